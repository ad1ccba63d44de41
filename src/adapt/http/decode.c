/*
 * What a client can write as it likes: percent-encoding, queries, cookies.
 * Everything is bounded and checked here, so that a handler gets text without
 * NUL that is UTF-8, or none.
 */
#include <string.h>

#include "adapt/http/http_int.h"

const struct qpp_http_limits qpp_http_limits = {
	.target = 8192, .head = 16384, .headers = 64, .query = 64, .cookies = 32, .form = 1000, .parts = 64, .body = 1 << 20,
};

bool qpp_utf8_valid(struct qpp_str s)
{
	while (s.n) {
		size_t n = qpp_str_character(s);
		if (!n || !s.p[0])
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool qpp_percent_decode(struct qpp_arena *a, struct qpp_str s, bool plus, struct qpp_str *out)
{
	size_t n = 0;
	*out = s;
	if (s.n && (memchr(s.p, '%', s.n) || (plus && memchr(s.p, '+', s.n)))) {
		char *to = qpp_arena_alloc(a, s.n + 1);
		for (size_t i = 0; i < s.n; i++) {
			int high, low;
			if (s.p[i] != '%') {
				to[n++] = plus && s.p[i] == '+' ? ' ' : s.p[i];
				continue;
			}
			if (s.n - i < 3 || (high = hex(s.p[i + 1])) < 0 || (low = hex(s.p[i + 2])) < 0)
				return false;
			to[n++] = (char)(high << 4 | low);
			i += 2;
		}
		*out = (struct qpp_str){ to, n };
	}
	return qpp_utf8_valid(*out);
}

enum qpp_code qpp_decode_pairs(struct qpp_arena *a, struct qpp_str s, size_t most, struct qpp_http_pairs *out, struct qpp_err *err)
{
	QPP_VEC(struct qpp_http_pair) list = { 0 };
	struct qpp_str rest = s, part, name, value, decoded_name, decoded_value;
	*out = (struct qpp_http_pairs){ 0 };
	while (s.n && qpp_str_cut(&rest, '&', &part)) {
		if (!part.n)
			continue;
		if (list.n == most)
			return qpp_fail(err, QPP_LIMIT, "there are more than ", qpp_i64_text(a, (int64_t)most).p, " parameters",
			                (char *)NULL);
		value = part;
		(void)qpp_str_cut(&value, '=', &name);
		if (!qpp_percent_decode(a, name, true, &decoded_name) || !qpp_percent_decode(a, value, true, &decoded_value)) {
			(void)qpp_fail(err, QPP_USAGE, "parameter ", qpp_i64_text(a, (int64_t)list.n + 1).p, " cannot be decoded",
			               (char *)NULL);
			qpp_err_hint(err, "percent-encode UTF-8; %00 is not taken", (char *)NULL);
			return QPP_USAGE;
		}
		*QPP_PUSH(a, &list) = (struct qpp_http_pair){ decoded_name, decoded_value.p ? decoded_value : QPP_LIT("") };
	}
	*out = (struct qpp_http_pairs){ list.v, list.n };
	return QPP_OK;
}

/* RFC 6265, 4.1.1: visible ASCII without quote, comma, semicolon and backslash. */
static bool cookie_text(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= ' ' || c >= 0x7F || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return true;
}

bool qpp_decode_cookies(struct qpp_arena *a, struct qpp_str s, size_t most, struct qpp_pair_list *out)
{
	struct qpp_str rest = s, part, name;
	while (s.n && qpp_str_cut(&rest, ';', &part)) {
		struct qpp_str value = qpp_str_trim(part);
		if (!value.n || !memchr(value.p, '=', value.n))
			continue;
		(void)qpp_str_cut(&value, '=', &name);
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			value = (struct qpp_str){ value.p + 1, value.n - 2 };
		if (!name.n || !cookie_text(name) || !cookie_text(value))
			continue;
		if (out->v.n == most)
			return false;
		*QPP_PUSH(a, &out->v) = (struct qpp_http_pair){ name, value };
	}
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool qpp_str_eq_nocase(struct qpp_str a, struct qpp_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool qpp_str_has_nocase(struct qpp_str s, const char *part)
{
	struct qpp_str p = qpp_str_of(part);
	for (size_t i = 0; p.n <= s.n && i <= s.n - p.n; i++)
		if (qpp_str_eq_nocase((struct qpp_str){ s.p + i, p.n }, p))
			return true;
	return false;
}

struct qpp_str qpp_str_lower(struct qpp_arena *a, struct qpp_str s)
{
	char *to = qpp_arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		to[i] = lower(s.p[i]);
	return (struct qpp_str){ to, s.n };
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How long the run of digits and hyphens at the front is, and how many digits it has. */
static size_t digit_run(struct qpp_str s, size_t *digits)
{
	size_t n = 0;
	*digits = 0;
	while (n < s.n && (digit(s.p[n]) || (s.p[n] == '-' && n && n + 1 < s.n && digit(s.p[n + 1])))) {
		*digits += digit(s.p[n]);
		n++;
	}
	return n;
}

/* A TIN has nine digits, whatever hyphens are between them (12-3456789, 123-45-6789). */
void qpp_buf_masked(struct qpp_buf *b, struct qpp_str s)
{
	enum { TIN_DIGITS = 9 };
	size_t digits;
	while (s.n) {
		size_t n = digit_run(s, &digits);
		if (digits == TIN_DIGITS)
			qpp_buf_str(b, QPP_LIT("*********"));
		else if (n)
			qpp_buf_add(b, s.p, n);
		else
			qpp_buf_char(b, (unsigned char)s.p[0] < ' ' || s.p[0] == 0x7F ? '?' : s.p[0]);
		s.p += n ? n : 1;
		s.n -= n ? n : 1;
	}
}
