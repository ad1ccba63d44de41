/*
 * The pieces of an e-mailed election: what words name, what numbers are, and the
 * practices and clinicians that lines and records add up to. 414.1315(c)(2): the
 * election holds every practice by name and TIN, and every NPI under it.
 */
#include <string.h>

#include "app/intake_int.h"

enum { TIN_DIGITS = 9, LABEL_MOST = 60 };

static const char *const field_words[] = {
	[FIELD_NONE] = "",
#define X(name, words) [FIELD_##name] = words,
#include "app/intake_words.def"
#undef X
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

enum qpp_intake_field qpp_intake_field_of(struct qpp_arena *a, struct qpp_str words)
{
	struct qpp_buf b;
	if (words.n == 0 || words.n > LABEL_MOST)
		return FIELD_NONE;
	qpp_buf_init(&b, a, LABEL_MOST);
	for (size_t i = 0; i < words.n; i++) {
		char c = words.p[i];
		if (is_letter(c))
			qpp_buf_char(&b, (char)(c | 0x20));
		else if (b.n && b.p[b.n - 1] != ' ')
			qpp_buf_char(&b, ' ');
	}
	struct qpp_str asked = qpp_str_trim(qpp_buf_done(&b)), list, word;
	for (int f = 1; asked.n && f < FIELDS; f++)
		for (list = qpp_str_of(field_words[f]); qpp_str_cut(&list, '|', &word);)
			if (qpp_str_eq(word, asked))
				return (enum qpp_intake_field)f;
	return FIELD_NONE;
}

bool qpp_intake_digits(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

bool qpp_intake_tin(struct qpp_arena *a, struct qpp_str s, struct qpp_str *out)
{
	static const char *const shapes[] = { "ddddddddd", "dd-ddddddd", "ddd-dd-dddd" };
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		size_t n = strlen(shapes[i]), k = 0;
		while (s.n == n && k < n && (shapes[i][k] == 'd' ? is_digit(s.p[k]) : s.p[k] == '-'))
			k++;
		if (s.n != n || k < n)
			continue;
		struct qpp_buf b;
		qpp_buf_init(&b, a, TIN_DIGITS);
		for (k = 0; k < n; k++)
			if (is_digit(s.p[k]))
				qpp_buf_char(&b, s.p[k]);
		*out = qpp_buf_done(&b);
		return true;
	}
	return false;
}

enum qpp_tri qpp_intake_tri(struct qpp_str s)
{
	static const char *const yes[] = { "yes", "y", "true", "x", "1" }, *const no[] = { "no", "n", "false", "0" };
	char low[8] = "";
	if (s.n >= sizeof low)
		return QPP_UNKNOWN;
	for (size_t i = 0; i < s.n; i++)
		low[i] = is_letter(s.p[i]) ? (char)(s.p[i] | 0x20) : s.p[i];
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (strcmp(low, yes[i]) == 0)
			return QPP_YES;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (strcmp(low, no[i]) == 0)
			return QPP_NO;
	return QPP_UNKNOWN;
}

/* How far a number that could be a TIN, whole or mistyped by a digit, goes from `i`; 0: none begins there. */
static size_t tin_like(struct qpp_str s, size_t i)
{
	size_t digits = 0, k = i;
	if (i > 0 && is_digit(s.p[i - 1]))
		return 0;
	while (k < s.n && (is_digit(s.p[k]) || (s.p[k] == '-' && k > i && k + 1 < s.n && is_digit(s.p[k + 1]))))
		digits += is_digit(s.p[k++]);
	bool plain = digits == k - i;
	if (digits == TIN_DIGITS || (plain && digits == TIN_DIGITS - 1) || (!plain && digits == TIN_DIGITS + 1 && s.p[i + 2] == '-'))
		return k - i;
	/* With more behind a hyphen, what stands before it is one all the same. */
	for (k = i; k < s.n && is_digit(s.p[k]);)
		k++;
	return k - i == TIN_DIGITS ? TIN_DIGITS : 0;
}

struct qpp_str qpp_intake_masked(struct qpp_arena *a, struct qpp_str s)
{
	enum { SHOWN = 4 };
	struct qpp_buf b;
	qpp_buf_init(&b, a, s.n * 2 + 16);
	for (size_t i = 0; i < s.n;) {
		size_t n = is_digit(s.p[i]) ? tin_like(s, i) : 0;
		if (n) {
			qpp_buf_cat(&b, "*****", (char *)NULL);
			qpp_buf_add(&b, s.p + i + n - SHOWN, SHOWN);
			i += n;
			continue;
		}
		/* A number that is none is passed over whole, so that no part of it is taken for one. */
		do
			qpp_buf_char(&b, (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f ? ' ' : s.p[i]);
		while (++i < s.n && is_digit(s.p[i - 1]) && is_digit(s.p[i]));
	}
	return qpp_buf_done(&b);
}

void qpp_intake_doubt(struct qpp_intake_reader *r, enum qpp_doubt_kind kind, const char *code, struct qpp_str says,
                      struct qpp_str mend)
{
	struct qpp_doubt *d;
	struct qpp_str shown = qpp_intake_masked(r->a, says);
	/* Once is enough: a table has the same fault in each of its lines. */
	for (size_t i = 0; i < r->out->doubts.n; i++)
		if (strcmp(r->out->doubts.v[i].code, code) == 0 && qpp_str_eq(r->out->doubts.v[i].says, shown))
			return;
	r->out->questions += kind == QPP_DOUBT_QUESTION;
	if (r->out->doubts.n >= QPP_INTAKE_MOST_DOUBTS)
		return;
	d = QPP_PUSH(r->a, &r->out->doubts);
	*d = (struct qpp_doubt){ kind, code, shown, mend };
}

/* --- practices and clinicians --- */

struct qpp_intake_practice *qpp_intake_begin(struct qpp_intake_reader *r, struct qpp_intake_roster *roster)
{
	static struct qpp_intake_practice spare;
	if (roster->practices.n >= QPP_INTAKE_MOST_PRACTICES) {
		roster->too_many = true;
		roster->at = NULL;
		spare = (struct qpp_intake_practice){ 0 };
		return &spare;
	}
	struct qpp_intake_practice *p = QPP_PUSH(r->a, &roster->practices);
	*p = (struct qpp_intake_practice){ 0 };
	roster->at = p;
	return p;
}

struct qpp_intake_practice *qpp_intake_row(struct qpp_intake_reader *r, struct qpp_intake_roster *roster, struct qpp_str tin,
                                           struct qpp_str name)
{
	struct qpp_intake_practice *p = NULL;
	for (size_t i = roster->practices.n; !p && i > 0; i--)
		if (roster->practices.v[i - 1].row && qpp_str_eq(roster->practices.v[i - 1].tin, tin))
			p = &roster->practices.v[i - 1];
	if (!p) {
		p = qpp_intake_begin(r, roster);
		p->row = true;
		p->tin = tin;
	}
	roster->at = p;
	if (!p->name.n)
		p->name = name;
	else if (name.n && !qpp_str_eq(name, p->name))
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "twoNames",
			qpp_str_cat(r->a, "TIN ", qpp_str_dup(r->a, tin).p, " stands with two practice names: \"", qpp_shown(r->a, p->name).p,
			            "\" and \"", qpp_shown(r->a, name).p, "\".", (char *)NULL),
			QPP_LIT("Write one name for each TIN, the same in every line."));
	return p;
}

struct qpp_election_clinician *qpp_intake_clinician(struct qpp_intake_roster *roster, struct qpp_arena *a, struct qpp_str npi)
{
	struct qpp_intake_practice *p = roster->at;
	if (!p)
		return NULL;
	if (p->clinicians.n >= QPP_INTAKE_MOST_CLINICIANS) {
		roster->too_many = true;
		return NULL;
	}
	struct qpp_election_clinician *c = QPP_PUSH(a, &p->clinicians);
	*c = (struct qpp_election_clinician){ .npi = npi };
	return c;
}

/* --- tables --- */

bool qpp_intake_head(struct qpp_arena *a, const struct qpp_str *cells, size_t n, struct qpp_intake_table *out)
{
	bool tin = false, npi = false;
	*out = (struct qpp_intake_table){ 0 };
	for (size_t i = 0; i < n && i < sizeof out->columns / sizeof *out->columns; i++) {
		enum qpp_intake_field f = qpp_intake_field_of(a, cells[i]);
		for (size_t k = 0; k < cells[i].n; k++)
			if (is_digit(cells[i].p[k]))
				return false;
		tin = tin || f == FIELD_TIN;
		npi = npi || f == FIELD_NPI;
		out->columns[out->n++] = f;
	}
	return out->n >= 2 && tin && npi;
}

static struct qpp_str cell_of(const struct qpp_intake_table *t, const struct qpp_str *cells, size_t n, enum qpp_intake_field f)
{
	for (size_t i = 0; i < n && i < t->n; i++)
		if (t->columns[i] == f)
			return qpp_str_trim(cells[i]);
	return QPP_LIT("");
}

static void take_count(struct qpp_count *x, struct qpp_str s)
{
	enum { MOST = 100000 };
	uint64_t v;
	if (s.n && qpp_str_u64(s, MOST, &v))
		*x = (struct qpp_count){ .given = true, .v = (int64_t)v };
}

static enum qpp_election_qp qp_of(struct qpp_str s)
{
	for (int i = QPP_ELECTION_QP_NONE; i < QPP_ELECTION_QPS; i++)
		if (qpp_str_is(s, qpp_election_qp_name((enum qpp_election_qp)i)))
			return (enum qpp_election_qp)i;
	return QPP_ELECTION_QP_UNKNOWN;
}

void qpp_intake_record(struct qpp_intake_reader *r, struct qpp_intake_roster *roster, const struct qpp_intake_table *t,
                       const struct qpp_str *cells, size_t n)
{
	struct qpp_str written = cell_of(t, cells, n, FIELD_TIN), tin, npi = cell_of(t, cells, n, FIELD_NPI), npis = npi, part;
	struct qpp_str name = cell_of(t, cells, n, FIELD_PRACTICE);
	if (!written.n && !npi.n && !name.n)
		return;
	if (!qpp_intake_tin(r->a, written, &tin))
		tin = written;
	/* A cell that is left empty under a TIN goes on with it, as in a spreadsheet. */
	if (!tin.n && !name.n && roster->at)
		tin = roster->at->tin;
	struct qpp_intake_practice *p = qpp_intake_row(r, roster, tin, name);
	take_count(&p->billing, cell_of(t, cells, n, FIELD_BILLING));
	take_count(&p->low_volume, cell_of(t, cells, n, FIELD_LOW_VOLUME));
	if (p->other == QPP_UNKNOWN)
		p->other = qpp_intake_tri(cell_of(t, cells, n, FIELD_OTHER));
	while (npi.n && (qpp_str_word(&npis, &part))) {
		while (part.n && (part.p[part.n - 1] == ',' || part.p[part.n - 1] == ';'))
			part.n--;
		struct qpp_election_clinician *c = part.n ? qpp_intake_clinician(roster, r->a, part) : NULL;
		if (!c)
			continue;
		c->has_type = qpp_clinician_type_of(cell_of(t, cells, n, FIELD_TYPE), &c->type);
		c->mips_eligible = qpp_intake_tri(cell_of(t, cells, n, FIELD_ELIGIBLE));
		c->newly_enrolled = qpp_intake_tri(cell_of(t, cells, n, FIELD_NEW));
		c->qp = qp_of(cell_of(t, cells, n, FIELD_QP));
	}
}
