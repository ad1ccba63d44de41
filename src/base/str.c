/* Borrowed text: comparison, cutting, concatenation. ASCII rules throughout. */
#include "qpp/str.h"

#include <stdarg.h>
#include <string.h>

struct qpp_str qpp_str_of(const char *cstr)
{
	return (struct qpp_str){ cstr, cstr ? strlen(cstr) : 0 };
}

bool qpp_str_eq(struct qpp_str a, struct qpp_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool qpp_str_is(struct qpp_str a, const char *cstr)
{
	return qpp_str_eq(a, qpp_str_of(cstr));
}

bool qpp_str_starts(struct qpp_str s, const char *prefix)
{
	size_t n = strlen(prefix);
	return n == 0 || (s.n >= n && memcmp(s.p, prefix, n) == 0);
}

int qpp_str_cmp(struct qpp_str a, struct qpp_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	if (c)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct qpp_str qpp_str_trim(struct qpp_str s)
{
	while (s.n && is_space(s.p[0]))
		s.p++, s.n--;
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct qpp_str qpp_str_dup(struct qpp_arena *a, struct qpp_str s)
{
	char *p = qpp_arena_alloc(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct qpp_str){ p, s.n };
}

bool qpp_str_cut(struct qpp_str *rest, char sep, struct qpp_str *part)
{
	if (!rest->p)
		return false;
	const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
	if (!at) {
		*part = *rest;
		*rest = (struct qpp_str){ NULL, 0 };
		return true;
	}
	size_t n = (size_t)(at - rest->p);
	*part = (struct qpp_str){ rest->p, n };
	*rest = (struct qpp_str){ at + 1, rest->n - n - 1 };
	return true;
}

bool qpp_str_word(struct qpp_str *rest, struct qpp_str *word)
{
	while (rest->n && is_space(rest->p[0]))
		rest->p++, rest->n--;
	if (!rest->n)
		return false;
	size_t n = 0;
	while (n < rest->n && !is_space(rest->p[n]))
		n++;
	*word = (struct qpp_str){ rest->p, n };
	rest->p += n;
	rest->n -= n;
	return true;
}

bool qpp_str_lists(struct qpp_str list, const char *word)
{
	struct qpp_str one;
	while (qpp_str_word(&list, &one))
		if (qpp_str_is(one, word))
			return true;
	return false;
}

/* The well-formed sequences by their first and second bytes (Unicode, table 3-7); further bytes are 80 to BF. */
static const struct {
	unsigned char first, first_to, second, second_to, n;
} sequences[] = {
	{ 0x00, 0x7F, 0, 0, 1 },       { 0xC2, 0xDF, 0x80, 0xBF, 2 }, { 0xE0, 0xE0, 0xA0, 0xBF, 3 }, { 0xE1, 0xEC, 0x80, 0xBF, 3 },
	{ 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 }, { 0xF0, 0xF0, 0x90, 0xBF, 4 }, { 0xF1, 0xF3, 0x80, 0xBF, 4 },
	{ 0xF4, 0xF4, 0x80, 0x8F, 4 },
};

size_t qpp_str_character(struct qpp_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t k = 0, last = sizeof sequences / sizeof *sequences;
	if (!s.n)
		return 0;
	while (k < last && (p[0] < sequences[k].first || p[0] > sequences[k].first_to))
		k++;
	if (k == last || sequences[k].n > s.n)
		return 0;
	for (size_t i = 1; i < sequences[k].n; i++)
		if (i == 1 ? p[1] < sequences[k].second || p[1] > sequences[k].second_to : (p[i] & 0xC0) != 0x80)
			return 0;
	return sequences[k].n;
}

struct qpp_str qpp_str_cat(struct qpp_arena *a, const char *first, ...)
{
	va_list ap, count;
	va_start(ap, first);
	va_copy(count, ap);
	size_t n = 0;
	for (const char *s = first; s; s = va_arg(count, const char *))
		n += strlen(s);
	va_end(count);
	char *p = qpp_arena_alloc(a, n + 1), *to = p;
	for (const char *s = first; s; s = va_arg(ap, const char *)) {
		size_t len = strlen(s);
		memcpy(to, s, len);
		to += len;
	}
	va_end(ap);
	return (struct qpp_str){ p, n };
}

bool qpp_str_u64(struct qpp_str s, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;
	if (!s.n)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, (uint64_t)10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v) || v > max)
			return false;
	}
	*out = v;
	return true;
}
