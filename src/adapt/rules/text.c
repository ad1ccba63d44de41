/*
 * What every pass of the rules compiler uses: reporting, and the small pieces
 * of text of which blocks are made.
 */
#include <stdarg.h>
#include <string.h>

#include "rules_int.h"

enum { LONGEST_MESSAGE = 1000 };

struct qpp_finding *rules_error(struct rules *r, struct qpp_str file, uint32_t line, const char *first, ...)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->errors->arena, LONGEST_MESSAGE);
	va_list ap;
	va_start(ap, first);
	for (const char *s = first; s && !qpp_findings_full(r->errors); s = va_arg(ap, const char *))
		qpp_buf_cat(&b, s, (char *)NULL);
	va_end(ap);
	return qpp_find(r->errors, QPP_ERROR, "rules", (struct qpp_where){ .file = file, .line = line }, qpp_buf_done(&b));
}

const char *rules_quote(struct rules *r, struct qpp_str s)
{
	if (qpp_findings_full(r->errors))
		return "";
	return qpp_str_cat(r->arena, "`", qpp_shown(r->arena, s).p, "`", (char *)NULL).p;
}

const char *rules_number(struct rules *r, int64_t n)
{
	return qpp_findings_full(r->errors) ? "" : qpp_i64_text(r->arena, n).p;
}

const char *rules_years_text(struct rules *r, int from, int to)
{
	if (from == to)
		return rules_number(r, from);
	if (qpp_findings_full(r->errors))
		return "";
	return qpp_str_cat(r->arena, rules_number(r, from), "..", rules_number(r, to), (char *)NULL).p;
}

void rules_did_you_mean(struct rules *r, struct qpp_finding *f, struct qpp_str s,
                        const struct qpp_str *candidates, size_t n)
{
	int near = f == &r->errors->scratch ? -1 : qpp_str_near(s, candidates, n);
	if (near >= 0)
		f->hint = qpp_str_cat(r->errors->arena, "did you mean ", rules_quote(r, candidates[near]), "?", (char *)NULL);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool rules_group(struct qpp_str *rest, struct qpp_str *group)
{
	*rest = qpp_str_trim(*rest);
	if (!rest->n)
		return false;
	size_t n = 1;
	while (n < rest->n && rest->p[n] != '\t' && !(rest->p[n] == ' ' && is_blank(rest->p[n - 1])))
		n++;
	*group = qpp_str_trim((struct qpp_str){ rest->p, n });
	*rest = (struct qpp_str){ rest->p + n, rest->n - n };
	return true;
}

bool rules_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool year(struct qpp_str s, int *out)
{
	uint64_t v;
	if (s.n != 4 || !qpp_str_u64(s, 9999, &v))
		return false;
	*out = (int)v;
	return true;
}

bool rules_years(struct qpp_str s, int *from, int *to)
{
	if (s.n == 4 && year(s, from)) {
		*to = *from;
		return true;
	}
	return s.n == 10 && s.p[4] == '.' && s.p[5] == '.' && year((struct qpp_str){ s.p, 4 }, from) &&
	       year((struct qpp_str){ s.p + 6, 4 }, to) && *from <= *to;
}

/* A number, unless it is written as identifiers such as 001 are. */
static bool is_number(struct qpp_str s, qpp_dec *out)
{
	size_t sign = s.n && s.p[0] == '-';
	if (s.n > sign + 1 && s.p[sign] == '0' && rules_is_digit(s.p[sign + 1])) {
		*out = qpp_dec_undefined();
		return false;
	}
	return qpp_dec_parse(s, out);
}

static bool quoted(struct qpp_str *rest, struct qpp_cell *cell, const char **fault)
{
	struct qpp_str inside = { rest->p + 1, rest->n - 1 };
	const char *end = inside.n ? memchr(inside.p, '"', inside.n) : NULL;
	if (!end) {
		*fault = "a double quote is not closed";
		return false;
	}
	size_t n = (size_t)(end - inside.p);
	*rest = (struct qpp_str){ end + 1, inside.n - n - 1 };
	if (rest->n && !is_blank(rest->p[0])) {
		*fault = "a closing double quote must be followed by a blank";
		return false;
	}
	*cell = (struct qpp_cell){ QPP_CELL_TEXT, qpp_dec_undefined(), { inside.p, n } };
	return true;
}

bool rules_cell(struct qpp_str *rest, struct qpp_cell *cell, const char **fault)
{
	*fault = NULL;
	*rest = qpp_str_trim(*rest);
	if (rest->n && rest->p[0] == '"')
		return quoted(rest, cell, fault);
	if (!qpp_str_word(rest, &cell->text))
		return false;
	bool number = is_number(cell->text, &cell->number);
	bool any = qpp_str_is(cell->text, "any") || qpp_str_is(cell->text, "-");
	cell->kind = any ? QPP_CELL_ANY : number ? QPP_CELL_NUMBER : QPP_CELL_TEXT;
	return true;
}

/* How many bytes the UTF-8 character at the front of `s` has; 0 when there is none. */
static size_t character(struct qpp_str s)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t n = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
	if (n > s.n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (((unsigned char)s.p[i] & 0xC0) != 0x80)
			return 0;
	/* Overlong forms, surrogates and what lies beyond U+10FFFF, by the second byte. */
	unsigned char second = n > 2 ? (unsigned char)s.p[1] : 0;
	bool wrong = (c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90) ||
	             (c == 0xF4 && second > 0x8F);
	return wrong ? 0 : n;
}

bool rules_is_text(struct qpp_str s)
{
	while (s.n) {
		size_t n = character(s);
		unsigned char c = (unsigned char)s.p[0];
		if (!n || (c < 0x20 && c != '\t') || c == 0x7F)
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

bool rules_is_name(struct qpp_str s, bool dashes)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !rules_is_digit(c) && c != '_' && !(dashes && c == '-'))
			return false;
	}
	return s.n > 0;
}
