/* Lines and fields of the catalog's text form: nothing is copied, every text points into the input. */
#include "catalog_scan.h"

#include "qpp/finding.h"

enum { MOST_DECIMALS = 9 };      /* as many as are written again */

/* A column is a character: bytes that continue one are not counted. */
bool qpp_scan_refuse_at(struct qpp_scan *s, const char *at, const char *expected)
{
	uint32_t column = 1;
	for (const char *p = s->line; p < at; p++)
		column += ((unsigned char)*p & 0xC0) != 0x80;
	qpp_fail(s->err, QPP_DATA, "expected ", expected, (char *)NULL);
	/* The empty text has no line to count. */
	qpp_err_at(s->err, s->file, s->number ? s->number : 1, column);
	return false;
}

bool qpp_scan_refuse(struct qpp_scan *s, struct qpp_str found, const char *expected)
{
	qpp_scan_refuse_at(s, found.p, expected);
	if (found.n)
		qpp_err_detail(s->err, "found \"", qpp_shown(s->a, found).p, "\"", (char *)NULL);
	else if (found.p > s->line && found.p[-1] == '\t')
		qpp_err_detail(s->err, "the field is empty", (char *)NULL);
	else
		qpp_err_detail(s->err, "the line ends here", (char *)NULL);
	return false;
}

bool qpp_scan_refuse_word(struct qpp_scan *s, struct qpp_str found, const struct qpp_words *words)
{
	struct qpp_buf known;
	size_t n = words->n - words->first;
	struct qpp_str *names = QPP_NEW_ARRAY(s->a, n, struct qpp_str);
	qpp_buf_init(&known, s->a, sizeof(struct qpp_err));
	for (size_t i = 0; i < n; i++) {
		names[i] = qpp_str_of(words->v[words->first + i]);
		qpp_buf_cat(&known, i ? ", " : "", names[i].p, (char *)NULL);
	}
	qpp_scan_refuse_at(s, found.p, words->what);
	qpp_err_detail(s->err, "found \"", qpp_shown(s->a, found).p, "\"; known are ", qpp_buf_done(&known).p, (char *)NULL);
	int near = qpp_str_near(found, names, n);
	if (near >= 0)
		qpp_err_hint(s->err, "did you mean \"", names[near].p, "\"?", (char *)NULL);
	return false;
}

void qpp_scan_begin(struct qpp_scan *s, struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                    struct qpp_err *err)
{
	*s = (struct qpp_scan){ .a = a, .err = err, .file = file, .rest = text.n ? text : QPP_LIT("") };
	s->line = s->line_end = s->rest.p;
}

bool qpp_scan_line(struct qpp_scan *s)
{
	if (!s->rest.n || !qpp_str_cut(&s->rest, '\n', &s->fields))
		return false;
	s->line = s->fields.p;
	s->line_end = s->line + s->fields.n;
	s->number++;
	return true;
}

/* Bytes of the character at the front of `s`; 0 when it is not one, or is a control character other than tab. */
static size_t character(struct qpp_str s)
{
	unsigned char c = (unsigned char)s.p[0];
	return c == 0x7F || (c < ' ' && c != '\t') ? 0 : qpp_str_character(s);
}

bool qpp_scan_sound(struct qpp_scan *s)
{
	size_t n = s->fields.n;
	for (size_t at = 0, len; at < n; at += len) {
		len = character((struct qpp_str){ s->line + at, n - at });
		if (!len)
			return qpp_scan_refuse_at(s, s->line + at, "UTF-8 text without control characters");
	}
	return true;
}

int qpp_scan_depth(struct qpp_scan *s)
{
	int depth = 0;
	for (; s->fields.n && s->fields.p[0] == '\t'; depth++)
		s->fields.p++, s->fields.n--;
	return depth;
}

bool qpp_scan_text(struct qpp_scan *s, struct qpp_str *out, const char *expected)
{
	if (!qpp_str_cut(&s->fields, '\t', out))
		*out = (struct qpp_str){ s->line_end, 0 };
	return out->n || qpp_scan_refuse(s, *out, expected);
}

bool qpp_scan_texts(struct qpp_scan *s, struct qpp_strs *out, const char *expected)
{
	size_t n = 1;
	for (size_t i = 0; i < s->fields.n; i++)
		n += s->fields.p[i] == '\t';
	struct qpp_str *v = QPP_NEW_ARRAY(s->a, n, struct qpp_str);
	for (size_t i = 0; i < n; i++)
		if (!qpp_scan_text(s, &v[i], expected))
			return false;
	*out = (struct qpp_strs){ v, n };
	return true;
}

bool qpp_scan_word(struct qpp_scan *s, const struct qpp_words *words, size_t *out)
{
	struct qpp_str text;
	if (!qpp_scan_text(s, &text, words->what))
		return false;
	for (*out = words->first; *out < words->n; ++*out)
		if (qpp_str_is(text, words->v[*out]))
			return true;
	return qpp_scan_refuse_word(s, text, words);
}

bool qpp_scan_method(struct qpp_scan *s, enum qpp_method *out)
{
	static const struct qpp_words methods = { qpp_method_names, QPP_METHOD_NONE + 1, QPP_METHODS, "a collection type" };
	size_t method;
	if (!qpp_scan_word(s, &methods, &method))
		return false;
	*out = (enum qpp_method)method;
	return true;
}

bool qpp_scan_methods(struct qpp_scan *s, uint32_t *out)
{
	do {
		enum qpp_method method;
		if (!qpp_scan_method(s, &method))
			return false;
		*out |= 1u << method;
	} while (s->fields.p);
	return true;
}

bool qpp_scan_flags(struct qpp_scan *s, struct qpp_flags flags, void *record)
{
	const char *names[QPP_MOST_LINES];
	for (size_t i = 0; i < flags.n; i++)
		names[i] = flags.v[i].name;
	const struct qpp_words words = { names, 0, flags.n, "a flag" };
	while (s->fields.p) {
		size_t flag;
		if (!qpp_scan_word(s, &words, &flag))
			return false;
		*(bool *)((char *)record + flags.v[flag].offset) = true;
	}
	return true;
}

bool qpp_scan_number(struct qpp_scan *s, qpp_dec *out)
{
	static const char expected[] = "a number with at most 9 decimals, or -";
	struct qpp_str text;
	if (!qpp_scan_text(s, &text, expected))
		return false;
	*out = qpp_dec_undefined();
	if (qpp_str_is(text, QPP_CATALOG_ABSENT))
		return true;
	if (!qpp_dec_parse(text, out) || !qpp_dec_eq(qpp_dec_round(*out, MOST_DECIMALS), *out))
		return qpp_scan_refuse(s, text, expected);
	return true;
}

static bool year_of(struct qpp_scan *s, struct qpp_str text, int *out)
{
	uint64_t year;
	if (text.n != 4 || text.p[0] == '0' || !qpp_str_u64(text, INT16_MAX, &year))
		return qpp_scan_refuse(s, text, "a year");
	*out = (int)year;
	return true;
}

bool qpp_scan_year(struct qpp_scan *s, int *out)
{
	struct qpp_str text;
	return qpp_scan_text(s, &text, "a year") && year_of(s, text, out);
}

bool qpp_scan_year_or_none(struct qpp_scan *s, int *out)
{
	struct qpp_str text;
	*out = 0;
	return qpp_scan_text(s, &text, "a year or -") && (qpp_str_is(text, QPP_CATALOG_ABSENT) || year_of(s, text, out));
}

bool qpp_scan_line_done(struct qpp_scan *s)
{
	return !s->fields.p || qpp_scan_refuse(s, s->fields, "nothing more on this line");
}
