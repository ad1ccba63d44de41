/*
 * What an e-mailed election says in words: the performance year, a day, and
 * whether a formal written agreement exists among the parties (414.1315(c)(2),
 * 414.1315(c)(3)). A sentence that says so with a "not", an "if" or a "will" in
 * it says nothing certain, and is asked about.
 */
#include <string.h>

#include "app/intake_int.h"

enum { SENTENCE_MOST = 2000, YEAR_DIGITS = 4 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char low(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* --- years --- */

static void take_year(struct qpp_intake_reader *r, int year)
{
	struct qpp_intake_reading *o = r->out;
	if (o->has_py && o->election.py.v != year)
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "twoYears",
			qpp_str_cat(r->a, "The message names two performance years: ", qpp_i64_text(r->a, o->election.py.v).p, " and ",
			            qpp_i64_text(r->a, year).p, ".", (char *)NULL),
			QPP_LIT("Write one line: Performance year: and the year that the election is for."));
	if (!o->has_py)
		o->election.py = (qpp_py){ year };
	o->has_py = true;
}

static bool year_at(struct qpp_str s, int *out)
{
	uint64_t v;
	if (s.n < YEAR_DIGITS || (s.n > YEAR_DIGITS && is_digit(s.p[YEAR_DIGITS])) || s.p[0] == '0' ||
	    !qpp_str_u64((struct qpp_str){ s.p, YEAR_DIGITS }, 9999, &v))
		return false;
	*out = (int)v;
	return true;
}

void qpp_intake_year(struct qpp_intake_reader *r, struct qpp_str value)
{
	int year;
	for (size_t i = 0; i < value.n; i++)
		if (is_digit(value.p[i])) {
			if (year_at((struct qpp_str){ value.p + i, value.n - i }, &year)) {
				take_year(r, year);
				return;
			}
			break;
		}
	qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "yearUnclear",
		qpp_str_cat(r->a, "The performance year cannot be read: \"", qpp_shown(r->a, value).p, "\".", (char *)NULL),
		QPP_LIT("Write it with four digits."));
}

static bool has_at(struct qpp_str text, size_t i, const char *word)
{
	size_t n = strlen(word);
	if (i + n > text.n)
		return false;
	for (size_t k = 0; k < n; k++)
		if (low(text.p[i + k]) != word[k])
			return false;
	return true;
}

void qpp_intake_years(struct qpp_intake_reader *r, struct qpp_str text)
{
	static const char *const words[] = { "performance year", "py" };
	int year;
	for (size_t i = 0; i < text.n; i++) {
		if (i > 0 && (low(text.p[i - 1]) >= 'a' && low(text.p[i - 1]) <= 'z'))
			continue;
		for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
			if (!has_at(text, i, words[w]))
				continue;
			size_t k = i + strlen(words[w]);
			while (k < text.n && (text.p[k] == ' ' || text.p[k] == '\n' || text.p[k] == ':' || text.p[k] == '('))
				k++;
			if (k < text.n && year_at((struct qpp_str){ text.p + k, text.n - k }, &year))
				take_year(r, year);
		}
	}
}

/* --- days --- */

static bool day_of_numbers(const int v[3], bool year_first, qpp_day *out)
{
	return year_first ? qpp_day_of(v[0], v[1], v[2], out) : qpp_day_of(v[2], v[0], v[1], out);
}

static int month_of(struct qpp_str word)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	for (int m = 0; word.n >= 3 && m < 12; m++)
		if (has_at(word, 0, (const char[]){ names[3 * m], names[3 * m + 1], names[3 * m + 2], '\0' }))
			return m + 1;
	return 0;
}

bool qpp_intake_day(struct qpp_str s, qpp_day *out)
{
	enum { PARTS = 3 };
	int v[PARTS] = { 0 }, n = 0, month = 0;
	size_t first = 0;
	for (size_t i = 0; i < s.n && n < PARTS;) {
		size_t k = i;
		if (is_digit(s.p[i])) {
			while (k < s.n && is_digit(s.p[k]) && k - i < YEAR_DIGITS)
				v[n] = v[n] * 10 + (s.p[k++] - '0');
			first = n++ == 0 ? k - i : first;
		} else if (low(s.p[i]) >= 'a' && low(s.p[i]) <= 'z') {
			while (k < s.n && low(s.p[k]) >= 'a' && low(s.p[k]) <= 'z')
				k++;
			month = n == 0 && !month ? month_of((struct qpp_str){ s.p + i, k - i }) : month;
		} else {
			k++;
		}
		i = k;
	}
	if (month && n >= 2)
		return qpp_day_of(v[1], month, v[0], out);
	return n == PARTS && day_of_numbers(v, first == YEAR_DIGITS, out);
}

/* --- the agreement --- */

static bool has_any(struct qpp_str sentence, const char *const *words, size_t n)
{
	for (size_t w = 0; w < n; w++)
		for (size_t i = 0; i < sentence.n; i++)
			if (has_at(sentence, i, words[w]))
				return true;
	return false;
}

#define HAS(sentence, list) has_any(sentence, list, sizeof list / sizeof *list)

/* A sentence in which the agreement stands: yes, no, or nothing that could be relied on. */
static enum qpp_tri judge(struct qpp_str sentence, bool *unclear)
{
	static const char *const says[] = { "acknowledg", "attest", "certif", "confirm", "affirm", "declar", "exists", "in place",
	                                    "in effect", "been executed", "have executed", "was executed", "been signed", "have signed",
	                                    "was signed", "entered into", "has been made" };
	static const char *const spoils[] = { " not ", "n't", " no ", " will ", " shall be ", "pending", "draft", " yet", " once ",
	                                      " if ", "unless", "intend", "plan to", "would", "working on", "?", "sample", "template" };
	if (!HAS(sentence, says))
		return QPP_UNKNOWN;
	*unclear = HAS(sentence, spoils);
	return *unclear ? QPP_UNKNOWN : QPP_YES;
}

static void settle(struct qpp_intake_reader *r, enum qpp_tri said)
{
	struct qpp_election *e = &r->out->election;
	if (e->acknowledged != QPP_UNKNOWN && said != QPP_UNKNOWN && e->acknowledged != said)
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "agreementUnclear",
			QPP_LIT("The message says two things about the agreement among the practices."),
			QPP_LIT("Write one line: Agreement: yes, when a formal written agreement exists among all of them."));
	if (said != QPP_UNKNOWN)
		e->acknowledged = said;
}

/* Sentences of a text with "agreement" in them: blanks made one, ends at a full stop or an empty line. */
static void take_sentences(struct qpp_intake_reader *r, struct qpp_str text, bool named)
{
	struct qpp_buf b;
	char last = ' ';
	static const char *const about[] = { "agreement" };
	qpp_buf_init(&b, r->a, SENTENCE_MOST);
	for (size_t i = 0; i <= text.n; i++) {
		char c = i < text.n ? text.p[i] : '\n';
		bool stop = i == text.n || ((c == '.' || c == ';' || c == '!' || c == '?') && (i + 1 == text.n || text.p[i + 1] == ' ' || text.p[i + 1] == '\n'))
		            || (c == '\n' && i + 1 < text.n && text.p[i + 1] == '\n');
		if (stop) {
			bool unclear = false;
			if (c == '?')
				qpp_buf_char(&b, '?');
			qpp_buf_char(&b, ' ');
			struct qpp_str sentence = qpp_buf_done(&b);
			if (named || HAS(sentence, about))
				settle(r, judge(sentence, &unclear));
			r->agreement_unclear = r->agreement_unclear || unclear;
			qpp_buf_init(&b, r->a, SENTENCE_MOST);
			qpp_buf_char(&b, ' ');
			last = ' ';
			continue;
		}
		c = c == '\n' || c == '\t' ? ' ' : c;
		if (c != ' ' || last != ' ')
			qpp_buf_char(&b, low(c));
		last = c;
	}
}

void qpp_intake_agreement(struct qpp_intake_reader *r, struct qpp_str says, bool named)
{
	struct qpp_str rest = says, word;
	if (!named) {
		if (!r->agreement_named)
			take_sentences(r, says, false);
		return;
	}
	r->agreement_named = true;
	enum qpp_tri plain = QPP_UNKNOWN;
	if (qpp_str_word(&rest, &word)) {
		while (word.n && strchr(".,;:!", word.p[word.n - 1]))
			word.n--;
		plain = qpp_intake_tri(word);
	}
	if (plain != QPP_UNKNOWN) {
		settle(r, plain);
		return;
	}
	enum qpp_tri was = r->out->election.acknowledged;
	take_sentences(r, says, true);
	if (r->out->election.acknowledged == was && was == QPP_UNKNOWN)
		r->agreement_unclear = true;
}
