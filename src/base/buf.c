/* Bounded text under construction, and numbers as text. */
#include "qpp/buf.h"

#include <stdarg.h>
#include <string.h>

#include "dec_int.h"

void qpp_buf_init(struct qpp_buf *b, struct qpp_arena *a, size_t max)
{
	*b = (struct qpp_buf){ .arena = a, .max = max };
}

static bool room(struct qpp_buf *b, size_t n)
{
	if (n > b->max || b->n > b->max - n) {
		b->full = true;
		return false;
	}
	size_t need = b->n + n + 1;
	if (need <= b->cap)
		return true;
	size_t cap = b->cap ? b->cap * 2 : 64;
	if (cap < need)
		cap = need;
	char *p = qpp_arena_array_raw(b->arena, cap, 1);
	if (b->n)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
	return true;
}

/* The bytes there are and the end of the text; without a call, since most of what is added fits. */
static inline bool fits(const struct qpp_buf *b, size_t n)
{
	return n < b->cap - b->n && n <= b->max - b->n;
}

void qpp_buf_add(struct qpp_buf *b, const void *p, size_t n)
{
	if (!n || (!fits(b, n) && !room(b, n)))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void qpp_buf_str(struct qpp_buf *b, struct qpp_str s)
{
	qpp_buf_add(b, s.p, s.n);
}

void qpp_buf_char(struct qpp_buf *b, char c)
{
	if (fits(b, 1) || room(b, 1))
		b->p[b->n++] = c;
}

void qpp_buf_cat(struct qpp_buf *b, const char *first, ...)
{
	va_list ap;
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_add(b, s, strlen(s));
	va_end(ap);
}

/* The digits of v, at least `least` of them, into the end of `to`; returns the first. */
static char *digits(unsigned __int128 v, int least, char *end)
{
	char *p = end;
	while (v || least > 0) {
		*--p = (char)('0' + (int)(v % 10));
		v /= 10;
		least--;
	}
	return p;
}

enum { LONGEST_NUMBER = 48 };

void qpp_buf_i64(struct qpp_buf *b, int64_t v)
{
	char text[LONGEST_NUMBER], *end = text + sizeof text;
	char *p = digits(v < 0 ? -(unsigned __int128)v : (unsigned __int128)v, 1, end);
	if (v < 0)
		qpp_buf_char(b, '-');
	qpp_buf_add(b, p, (size_t)(end - p));
}

/* The parts of a rounded number as text; zero has no sign. */
static void add_parts(struct qpp_buf *b, bool negative, unsigned __int128 whole, uint64_t part, int places)
{
	char text[LONGEST_NUMBER], *end = text + sizeof text;
	if (negative && (whole || part))
		qpp_buf_char(b, '-');
	char *p = digits(whole, 1, end);
	qpp_buf_add(b, p, (size_t)(end - p));
	if (places) {
		qpp_buf_char(b, '.');
		p = digits(part, places, end);
		qpp_buf_add(b, p, (size_t)(end - p));
	}
}

static bool printable(struct qpp_buf *b, qpp_dec v, int places)
{
	if (qpp_dec_ok(v) && places >= 0 && places <= QPP_MOST_ROUNDED_PLACES)
		return true;
	qpp_buf_cat(b, "undefined", (char *)NULL);
	return false;
}

void qpp_buf_dec(struct qpp_buf *b, qpp_dec v, int places)
{
	unsigned __int128 whole;
	uint64_t part;
	if (!printable(b, v, places))
		return;
	qpp_dec_parts(v, places, &whole, &part);
	add_parts(b, v.n < 0, whole, part, places);
}

void qpp_buf_dec_short(struct qpp_buf *b, qpp_dec v, int least, int most)
{
	unsigned __int128 whole;
	uint64_t part;
	if (!printable(b, v, most))
		return;
	qpp_dec_parts(v, most, &whole, &part);
	int places = most;
	for (; places > least && part % 10 == 0; places--)
		part /= 10;
	add_parts(b, v.n < 0, whole, part, places);
}

struct qpp_str qpp_buf_done(struct qpp_buf *b)
{
	if (!b->p)
		return QPP_LIT("");
	b->p[b->n] = 0;
	return (struct qpp_str){ b->p, b->n };
}

struct qpp_str qpp_dec_text(struct qpp_arena *a, qpp_dec v, int places)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST_NUMBER + 16);
	qpp_buf_dec(&b, v, places);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_dec_text_short(struct qpp_arena *a, qpp_dec v, int least, int most)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST_NUMBER + 16);
	qpp_buf_dec_short(&b, v, least, most);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_i64_text(struct qpp_arena *a, int64_t v)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST_NUMBER);
	qpp_buf_i64(&b, v);
	return qpp_buf_done(&b);
}
