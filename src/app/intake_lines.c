/*
 * What a person types: lines with a name and a colon, tables, and lines that
 * begin with a TIN or an NPI. What stands in quotes of earlier mail is not read.
 * A number that could be something else is asked about.
 */
#include <string.h>
#include <strings.h>

#include "app/intake_int.h"
#include "qpp/check.h"

enum { CELLS = 32, NPI_DIGITS = 10, LEAST_NUMBER = 6, ADDRESS_LINES = 4, LABEL_MOST = 60 };

struct lines {
	struct qpp_intake_reader *r;
	struct qpp_intake_table table;           /* n 0: in none */
	char separator;                          /* ' ': two blanks and more */
	enum qpp_intake_field pending;           /* a name with nothing behind its colon: the next line is it */
	int address_lines;
	bool closing;                            /* behind "Sincerely,": numbers are those of a signature */
	bool ended;                              /* behind "-----Original Message-----" */
	bool quoted;
	int64_t practices, clinicians;           /* as the message counts them, -1: not said */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool begins(struct qpp_str s, const char *with)
{
	size_t n = strlen(with);
	return s.n >= n && strncasecmp(s.p, with, n) == 0;
}

/* --- numbers --- */

/* The next number of a line from `*at` on: digits with single dashes between, not part of a word. */
static bool next_number(struct qpp_str line, size_t *at, struct qpp_str *out)
{
	for (size_t i = *at; i < line.n; i++) {
		if (!is_digit(line.p[i]) || (i > 0 && (is_letter(line.p[i - 1]) || is_digit(line.p[i - 1]))))
			continue;
		size_t k = i;
		while (k < line.n && (is_digit(line.p[k]) || (line.p[k] == '-' && k + 1 < line.n && is_digit(line.p[k + 1]))))
			k++;
		*at = k;
		*out = (struct qpp_str){ line.p + i, k - i };
		if (k < line.n && is_letter(line.p[k]))
			continue;
		return true;
	}
	*at = line.n;
	return false;
}

static size_t digits_in(struct qpp_str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += is_digit(s.p[i]);
	return n;
}

/* A name as it is left between numbers: without the signs, brackets and names of fields around it. */
static struct qpp_str clean_name(struct qpp_arena *a, struct qpp_str s)
{
	static const char signs[] = " \t-:;,|()[]#*=.\"";
	for (bool more = true; more;) {
		more = false;
		while (s.n && strchr(signs, s.p[0]))
			s.p++, s.n--;
		while (s.n && strchr(signs, s.p[s.n - 1]) && s.p[s.n - 1] != '.')
			s.n--;
		/* "Elm Street Clinic (TIN", "NPIs" */
		size_t first = 0, last = s.n;
		while (first < s.n && !strchr(signs, s.p[first]))
			first++;
		while (last > 0 && !strchr(signs, s.p[last - 1]))
			last--;
		if (s.n && qpp_intake_field_of(a, (struct qpp_str){ s.p + last, s.n - last }) != FIELD_NONE && last > 0) {
			s.n = last;
			more = true;
		} else if (first < s.n && qpp_intake_field_of(a, (struct qpp_str){ s.p, first }) != FIELD_NONE) {
			s.p += first;
			s.n -= first;
			more = true;
		}
	}
	if (qpp_intake_field_of(a, s) != FIELD_NONE)
		s.n = 0;
	return s;
}

static void add_npi(struct lines *l, struct qpp_str npi)
{
	struct qpp_intake_reader *r = l->r;
	if (!r->text.at)
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "npiWithoutTin",
			qpp_str_cat(r->a, "The NPI ", qpp_str_dup(r->a, npi).p, " stands ahead of every TIN.", (char *)NULL),
			QPP_LIT("Write each NPI behind or under the TIN that it bills through."));
	else
		(void)qpp_intake_clinician(&r->text, r->a, npi);
}

/* All numbers of a value that is said to be NPIs. */
static void take_npis(struct lines *l, struct qpp_str value)
{
	struct qpp_str number;
	for (size_t at = 0; next_number(value, &at, &number);)
		if (digits_in(number) >= LEAST_NUMBER)
			add_npi(l, number);
}

/* --- practices --- */

static void take_practice(struct lines *l, struct qpp_str name)
{
	struct qpp_intake_practice *p = l->r->text.at;
	if (!p || p->name.n || p->clinicians.n || p->row)
		p = qpp_intake_begin(l->r, &l->r->text);
	p->name = name;
}

static void take_tin(struct lines *l, struct qpp_str value)
{
	struct qpp_intake_practice *p = l->r->text.at;
	struct qpp_str number = value, tin, rest = { "", 0 };
	size_t at = 0;
	if (next_number(value, &at, &number))
		rest = clean_name(l->r->a, (struct qpp_str){ value.p + at, value.n - at });
	if (!qpp_intake_tin(l->r->a, number, &tin))
		tin = number;
	if (!tin.n)
		return;
	if (!p || (p->tin.n && !qpp_str_eq(p->tin, tin)))
		p = qpp_intake_begin(l->r, &l->r->text);
	p->tin = tin;
	if (rest.n && digits_in(rest) == 0 && !p->name.n)
		p->name = rest;
	else if (rest.n && digits_in(rest) > 0)
		take_npis(l, rest);
}

/*
 * A line without a name of a field. With a TIN: a row; what stands ahead of it or between it and the first NPI names
 * the practice. With NPIs alone: those of the practice at hand.
 */
static void take_free(struct lines *l, struct qpp_str line)
{
	static const char *const phones[] = { "tel", "phone", "fax", "cell", "mobile", "call", "office", "direct" };
	struct qpp_intake_reader *r = l->r;
	struct qpp_str number, tin = { "", 0 }, name = { "", 0 };
	size_t at = 0, tin_begin = 0, tin_end = 0, first_npi = line.n;
	if (l->closing)
		return;
	for (size_t i = 0; i < sizeof phones / sizeof *phones; i++)
		if (begins(line, phones[i]))
			return;
	while (next_number(line, &at, &number)) {
		if (!tin.n && qpp_intake_tin(r->a, number, &tin)) {
			tin_begin = (size_t)(number.p - line.p);
			tin_end = at;
		} else if (number.n == NPI_DIGITS && qpp_intake_digits(number) && first_npi == line.n) {
			first_npi = (size_t)(number.p - line.p);
		}
	}
	if (tin.n) {
		name = clean_name(r->a, (struct qpp_str){ line.p, tin_begin < first_npi ? tin_begin : first_npi });
		if (!name.n && first_npi > tin_end)
			name = clean_name(r->a, (struct qpp_str){ line.p + tin_end, first_npi - tin_end });
		(void)qpp_intake_row(r, &r->text, tin, name);
	}
	for (at = 0; next_number(line, &at, &number);) {
		if (number.n != NPI_DIGITS || !qpp_intake_digits(number))
			continue;
		if (tin.n || qpp_npi_check_digit_ok(number) || first_npi == 0)
			add_npi(l, number);
		else
			qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "numberUnclear",
				qpp_str_cat(r->a, "It is not clear what the number ", qpp_str_dup(r->a, number).p, " is: an NPI has another check digit.",
				            (char *)NULL),
				QPP_LIT("Write NPI: before it if it is one, and look at its digits; leave it out otherwise."));
	}
}

/* --- lines with a name --- */

static void single(struct lines *l, struct qpp_str *to, struct qpp_str value, const char *what)
{
	/* A signature has an address and telephones of its own; what was said above it counts. */
	if (!value.n || qpp_str_eq(*to, value) || (l->closing && to->n))
		return;
	if (to->n)
		qpp_intake_doubt(l->r, QPP_DOUBT_QUESTION, "twoValues",
			qpp_str_cat(l->r->a, "The message gives the ", what, " of the representative twice: \"", qpp_shown(l->r->a, *to).p,
			            "\" and \"", qpp_shown(l->r->a, value).p, "\".", (char *)NULL),
			QPP_LIT("Name one representative, with one way of each kind to reach them."));
	*to = value;
}

/* "Jane Roe, Office Manager, jane@example.org, 555-0100": the name is what stands first. */
static void take_representative(struct lines *l, struct qpp_str value)
{
	struct qpp_election *e = &l->r->out->election;
	struct qpp_str rest = value, part;
	bool first = true;
	while (qpp_str_cut(&rest, ',', &part)) {
		part = qpp_str_trim(part);
		if (first)
			single(l, &e->representative.name, part, "name");
		else if (part.n && memchr(part.p, '@', part.n))
			single(l, &e->representative.email, part, "e-mail address");
		else if (digits_in(part) >= LEAST_NUMBER + 1 && !e->representative.phone.n)
			e->representative.phone = part;
		first = false;
	}
}

static void take_executed(struct lines *l, struct qpp_str value)
{
	struct qpp_election *e = &l->r->out->election;
	if (qpp_intake_day(value, &e->executed_on))
		e->has_executed_on = true;
	else if (value.n)
		qpp_intake_doubt(l->r, QPP_DOUBT_QUESTION, "dayUnclear",
			qpp_str_cat(l->r->a, "The day of the agreement cannot be read: \"", qpp_shown(l->r->a, value).p, "\".", (char *)NULL),
			QPP_LIT("Write it as month, day and year: 11/1/2024 or November 1, 2024."));
}

static void take_count(struct lines *l, enum qpp_intake_field field, struct qpp_str value)
{
	enum { MOST = 1000000 };
	uint64_t n;
	struct qpp_str word;
	if (!qpp_str_word(&value, &word) || !qpp_str_u64(word, MOST, &n))
		return;
	*(field == FIELD_PRACTICES ? &l->practices : &l->clinicians) = (int64_t)n;
}

static void take_field(struct lines *l, enum qpp_intake_field field, struct qpp_str value)
{
	struct qpp_election *e = &l->r->out->election;
	switch (field) {
	case FIELD_YEAR: qpp_intake_year(l->r, value); break;
	case FIELD_REPRESENTATIVE: take_representative(l, value); break;
	case FIELD_EMAIL: single(l, &e->representative.email, value, "e-mail address"); break;
	case FIELD_PHONE: single(l, &e->representative.phone, value, "telephone number"); break;
	case FIELD_ADDRESS: single(l, &e->representative.address, value, "address"); break;
	case FIELD_AGREEMENT: qpp_intake_agreement(l->r, value, true); break;
	case FIELD_EXECUTED: take_executed(l, value); break;
	case FIELD_CHANGES: e->changes = value; break;
	case FIELD_WITHDRAW: l->r->out->withdraws = qpp_intake_tri(value); break;
	case FIELD_PRACTICES:
	case FIELD_CLINICIANS: take_count(l, field, value); break;
	case FIELD_PRACTICE: take_practice(l, value); break;
	case FIELD_TIN: take_tin(l, value); break;
	case FIELD_NPI:
	case FIELD_CLINICIAN: take_npis(l, value); break;
	case FIELD_NAME:
		/* Of whom? Of the practice that has a TIN and no name, of the representative before any practice. */
		if (l->r->text.at && !l->r->text.at->name.n)
			take_practice(l, value);
		else if (!l->r->text.at)
			take_representative(l, value);
		else
			qpp_intake_doubt(l->r, QPP_DOUBT_QUESTION, "nameUnclear",
				qpp_str_cat(l->r->a, "It is not clear whose name \"", qpp_shown(l->r->a, value).p, "\" is.", (char *)NULL),
				QPP_LIT("Write Practice: or Representative: before it."));
		break;
	default: break;
	}
}

static bool waits(enum qpp_intake_field f)
{
	return f == FIELD_REPRESENTATIVE || f == FIELD_PRACTICE || f == FIELD_ADDRESS || f == FIELD_YEAR || f == FIELD_TIN ||
	       f == FIELD_EMAIL || f == FIELD_PHONE || f == FIELD_EXECUTED || f == FIELD_AGREEMENT;
}

/* Where in a value the next name with a colon begins: "Elm Clinic, TIN: ..."; the end when there is none. */
static size_t next_label(struct lines *l, struct qpp_str value, size_t *colon)
{
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] != ':')
			continue;
		size_t from = i;
		while (from > 0 && i - from <= LABEL_MOST && !strchr(",;|\t(", value.p[from - 1]))
			from--;
		struct qpp_str words = { value.p + from, i - from };
		if (from > 0 && qpp_intake_field_of(l->r->a, words) != FIELD_NONE) {
			*colon = i;
			return from;
		}
	}
	return value.n;
}

/* A name, a colon and what it says; further ones behind it in the same line. */
static bool take_labelled(struct lines *l, struct qpp_str line)
{
	struct qpp_str words = line, rest = line;
	(void)qpp_str_cut(&rest, ':', &words);
	if (words.n == line.n || words.n > LABEL_MOST)
		return false;
	enum qpp_intake_field field = qpp_intake_field_of(l->r->a, words);
	if (field == FIELD_NONE)
		return false;
	for (;;) {
		size_t colon = 0, end = field == FIELD_AGREEMENT || field == FIELD_ADDRESS ? rest.n : next_label(l, rest, &colon);
		struct qpp_str value = qpp_str_trim((struct qpp_str){ rest.p, end });
		if (end < rest.n || field == FIELD_PRACTICE)
			while (value.n && strchr(",;|(", value.p[value.n - 1]))
				value = qpp_str_trim((struct qpp_str){ value.p, value.n - 1 });
		if (value.n)
			take_field(l, field, value);
		if (end == rest.n) {
			l->pending = !value.n && waits(field) ? field : FIELD_NONE;
			l->address_lines = field == FIELD_ADDRESS ? ADDRESS_LINES : 0;
			return true;
		}
		field = qpp_intake_field_of(l->r->a, (struct qpp_str){ rest.p + end, colon - end });
		rest = (struct qpp_str){ rest.p + colon + 1, rest.n - colon - 1 };
	}
}

/* "TIN 000000002", "NPIs - 9000000001": a name ahead of the first digit, without a colon. */
static bool take_prefixed(struct lines *l, struct qpp_str line)
{
	size_t n = 0;
	while (n < line.n && !is_digit(line.p[n]))
		n++;
	enum qpp_intake_field f = n < line.n && n <= LABEL_MOST ? qpp_intake_field_of(l->r->a, (struct qpp_str){ line.p, n }) : FIELD_NONE;
	if (l->closing || (f != FIELD_TIN && f != FIELD_NPI && f != FIELD_YEAR && f != FIELD_EXECUTED && f != FIELD_PHONE && f != FIELD_FAX))
		return false;
	struct qpp_str value = { line.p + n, line.n - n };
	/* A line of several columns is a row. */
	if (f == FIELD_TIN && digits_in(value) > NPI_DIGITS)
		return false;
	take_field(l, f, value);
	return true;
}

/* --- tables --- */

static size_t split(struct qpp_str line, char separator, struct qpp_str *cells)
{
	size_t n = 0, from = 0;
	if (line.n && separator == '|') {
		if (line.p[0] == '|')
			line.p++, line.n--;
		if (line.n && line.p[line.n - 1] == '|')
			line.n--;
	}
	for (size_t i = 0; i <= line.n && n < CELLS; i++) {
		bool two = separator == ' ' && i + 1 < line.n && line.p[i] == ' ' && line.p[i + 1] == ' ';
		if (i < line.n && !(separator == ' ' ? two : line.p[i] == separator))
			continue;
		cells[n++] = qpp_str_trim((struct qpp_str){ line.p + from, i - from });
		while (two && i + 1 < line.n && line.p[i + 1] == ' ')
			i++;
		from = i + 1;
	}
	return n;
}

static bool take_head(struct lines *l, struct qpp_str line)
{
	static const char separators[] = "\t|;, ";
	struct qpp_str cells[CELLS];
	for (const char *s = separators; *s; s++) {
		size_t n = split(line, *s, cells);
		if (!qpp_intake_head(l->r->a, cells, n, &l->table))
			continue;
		l->separator = *s;
		return true;
	}
	l->table.n = 0;
	return false;
}

/* A line of the table at hand; false ends the table. */
static bool take_record(struct lines *l, struct qpp_str line)
{
	struct qpp_str cells[CELLS], number;
	size_t n = split(line, l->separator, cells), at = 0, numbers = 0;
	bool ruled = true;
	for (size_t i = 0; i < line.n; i++)
		ruled = ruled && strchr("-=+|: \t_", line.p[i]);
	if (ruled)
		return true;
	while (next_number(line, &at, &number))
		numbers += digits_in(number) >= LEAST_NUMBER;
	if (!numbers || n < 2)
		return false;
	qpp_intake_record(l->r, &l->r->text, &l->table, cells, n);
	return true;
}

/* --- lines --- */

static bool take_marks(struct lines *l, struct qpp_str line)
{
	static const char *const ends[] = { "-----Original Message", "---------- Forwarded message", "________________________________" };
	static const char *const closings[] = { "sincerely", "regards", "best regards", "kind regards", "best,", "thank you", "thanks",
	                                        "respectfully", "yours" };
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (begins(line, ends[i]))
			l->ended = true;
	for (size_t i = 0; i < sizeof closings / sizeof *closings; i++)
		if (begins(line, closings[i]) && line.n < LABEL_MOST)
			l->closing = true;
	if (qpp_str_is(line, "--"))
		l->closing = true;
	if (line.p[0] == '>')
		l->quoted = true;
	return l->ended || line.p[0] == '>';
}

static struct qpp_str without_bullet(struct qpp_str line)
{
	size_t n = 0;
	while (n < line.n && is_digit(line.p[n]))
		n++;
	if (n > 0 && n <= 3 && n + 1 < line.n && (line.p[n] == '.' || line.p[n] == ')') && line.p[n + 1] == ' ')
		return qpp_str_trim((struct qpp_str){ line.p + n + 1, line.n - n - 1 });
	if (line.n > 1 && (line.p[0] == '*' || line.p[0] == '-') && (line.p[1] == ' ' || line.p[1] == '\t'))
		return qpp_str_trim((struct qpp_str){ line.p + 1, line.n - 1 });
	return line;
}

static void take_pending(struct lines *l, struct qpp_str line)
{
	struct qpp_str *address = &l->r->out->election.representative.address;
	enum qpp_intake_field f = l->pending;
	if (f == FIELD_ADDRESS && address->n) {
		*address = qpp_str_cat(l->r->a, qpp_str_dup(l->r->a, *address).p, ", ", qpp_str_dup(l->r->a, line).p, (char *)NULL);
	} else {
		take_field(l, f, line);
	}
	if (f != FIELD_ADDRESS || --l->address_lines <= 0)
		l->pending = FIELD_NONE;
}

static void take_line(struct lines *l, struct qpp_str line)
{
	line = qpp_str_trim(line);
	if (!line.n) {
		l->pending = l->pending == FIELD_ADDRESS && l->address_lines < ADDRESS_LINES ? FIELD_NONE : l->pending;
		return;
	}
	if (l->ended || take_marks(l, line))
		return;
	if (l->table.n && take_record(l, line))
		return;
	l->table.n = 0;
	line = without_bullet(line);
	if (!line.n || take_labelled(l, line))
		return;
	if (l->pending) {
		take_pending(l, line);
		return;
	}
	if (!take_head(l, line) && !take_prefixed(l, line))
		take_free(l, line);
}

static void compare_count(struct lines *l, int64_t said, size_t found, const char *what)
{
	struct qpp_arena *a = l->r->a;
	if (said < 0 || (uint64_t)said == found)
		return;
	qpp_intake_doubt(l->r, QPP_DOUBT_QUESTION, "countDiffers",
		qpp_str_cat(a, "The message says it holds ", qpp_i64_text(a, said).p, " ", what, "; ", qpp_i64_text(a, (int64_t)found).p,
		            " were found.", (char *)NULL),
		QPP_LIT("See whether a part is missing, or correct the number."));
}

void qpp_intake_lines(struct qpp_intake_reader *r, struct qpp_str text)
{
	struct lines l = { .r = r, .practices = -1, .clinicians = -1 };
	struct qpp_str rest = text, line;
	size_t pairs = 0;
	while (qpp_str_cut(&rest, '\n', &line))
		take_line(&l, line);
	const struct qpp_intake_roster *roster = r->file.practices.n ? &r->file : &r->text;
	for (size_t i = 0; i < roster->practices.n; i++)
		pairs += roster->practices.v[i].clinicians.n;
	compare_count(&l, l.practices, roster->practices.n, "practices");
	compare_count(&l, l.clinicians, pairs, "clinicians");
	if (l.quoted || l.ended)
		qpp_intake_doubt(r, QPP_DOUBT_NOTE, "quotedNotRead", QPP_LIT("What stands in quotes of earlier messages was not read."),
			QPP_LIT(""));
}
