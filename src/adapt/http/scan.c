/*
 * The guard's automaton: bytes of HTTP/1.x requests, one after the other. It
 * knows where each head and each body ends, by the one reading of RFC 9112 that
 * leaves no choice, and refuses everything else.
 */
#include <string.h>

#include "adapt/http/guard.h"
#include "adapt/http/http_int.h"

enum state {
	METHOD, TARGET, VERSION, LINE_LF,
	LINE_START, NAME, VALUE, VALUE_LF, HEAD_LF,
	BODY,
	CHUNK_SIZE, CHUNK_SIZE_LF, CHUNK_DATA, CHUNK_CR, CHUNK_LF,
	BAD
};

enum { LONGEST_METHOD = 16, MOST_HEX = 15, MOST_DIGITS = 18, MOST_TRAILERS = 16 };

void qpp_scan_init(struct qpp_scan *g)
{
	memset(g, 0, sizeof *g);
}

enum qpp_scan_at qpp_scan_where(const struct qpp_scan *g)
{
	switch (g->state) {
	case METHOD:
		return QPP_AT_LINE;
	case BAD:
		return QPP_AT_BAD;
	default:
		return g->state <= HEAD_LF && !g->trailer ? QPP_AT_HEAD : QPP_AT_BODY;
	}
}

static bool bad(struct qpp_scan *g, int status, const char *why)
{
	g->state = BAD;
	g->status = status;
	g->why = why;
	return false;
}

static bool token(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool in_method(struct qpp_scan *g, unsigned char c)
{
	if (c == ' ' && g->head > 1) {
		g->state = TARGET;
		return true;
	}
	if (!token(c) || g->head > LONGEST_METHOD)
		return bad(g, 400, "the request line does not begin with a method");
	return true;
}

static bool in_target(struct qpp_scan *g, unsigned char c)
{
	if (c == ' ' && g->target) {
		g->api = memcmp(g->start, "/api/", sizeof g->start) == 0;
		g->state = VERSION;
		return true;
	}
	if (c <= ' ' || c >= 0x7F || c == '#')
		return bad(g, 400, "the address has a character that must be percent-encoded");
	if (g->target < sizeof g->start)
		g->start[g->target] = (char)c;
	if (++g->target > qpp_http_limits.target)
		return bad(g, 414, "the address is too long");
	return true;
}

static bool in_version(struct qpp_scan *g, unsigned char c)
{
	if (c == '\r') {
		struct qpp_str v = { g->version, g->version_n };
		g->old = qpp_str_is(v, "HTTP/1.0");
		if (!g->old && !qpp_str_is(v, "HTTP/1.1"))
			return bad(g, qpp_str_starts(v, "HTTP/") ? 505 : 400, "the request line does not end in HTTP/1.0 or HTTP/1.1");
		g->state = LINE_LF;
		return true;
	}
	if (c <= ' ' || c >= 0x7F || g->version_n == sizeof g->version)
		return bad(g, 400, "the request line does not end in HTTP/1.0 or HTTP/1.1");
	g->version[g->version_n++] = (char)c;
	return true;
}

static bool line_start(struct qpp_scan *g, unsigned char c)
{
	if (c == '\r') {
		g->state = HEAD_LF;
		return true;
	}
	if (c == ' ' || c == '\t')
		return bad(g, 400, "a header line is folded");
	if (!token(c))
		return bad(g, 400, "a header has a name that is none");
	if (++g->lines > (g->trailer ? MOST_TRAILERS : qpp_http_limits.headers))
		return bad(g, 431, "there are too many headers");
	g->name_n = g->value_n = 0;
	g->name[g->name_n++] = (char)(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
	g->state = NAME;
	return true;
}

static bool in_name(struct qpp_scan *g, unsigned char c)
{
	if (c == ':') {
		g->state = VALUE;
		return true;
	}
	if (!token(c))
		return bad(g, 400, "a header has a name that is none");
	/* A longer name is not one that we look for. */
	if (g->name_n < sizeof g->name)
		g->name[g->name_n++] = (char)(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
	return true;
}

static bool read_length(struct qpp_scan *g, struct qpp_str value)
{
	if (g->length_seen)
		return bad(g, 400, "Content-Length is there twice");
	g->length_seen = true;
	if (value.n > MOST_DIGITS || !qpp_str_u64(value, UINT64_MAX, &g->length))
		return bad(g, 400, "Content-Length is not a number");
	return true;
}

static bool read_coding(struct qpp_scan *g, struct qpp_str value)
{
	if (g->coded)
		return bad(g, 400, "Transfer-Encoding is there twice");
	g->coded = true;
	g->chunked = qpp_str_eq_nocase(value, QPP_LIT("chunked"));
	return g->chunked || bad(g, 501, "Transfer-Encoding is not \"chunked\"");
}

static bool end_line(struct qpp_scan *g)
{
	struct qpp_str name = { g->name, g->name_n }, value = qpp_str_trim((struct qpp_str){ g->value, g->value_n });
	bool length = qpp_str_is(name, "content-length"), coding = qpp_str_is(name, "transfer-encoding");
	g->state = LINE_START;
	if ((length || coding) && g->trailer)
		return bad(g, 400, "a trailer says how long the message is");
	if (length)
		return read_length(g, value);
	if (coding)
		return read_coding(g, value);
	if (qpp_str_is(name, "host") && g->hosts < 2)
		g->hosts++;
	return true;
}

static bool in_value(struct qpp_scan *g, unsigned char c)
{
	if (c == '\r') {
		g->state = VALUE_LF;
		return true;
	}
	if ((c < ' ' && c != '\t') || c == 0x7F)
		return bad(g, 400, "a header has a control character");
	if (!g->value_n && (c == ' ' || c == '\t'))
		return true;
	/* One that is longer than any that we look for must not be taken for its beginning. */
	if (g->value_n < sizeof g->value)
		g->value[g->value_n++] = (char)c;
	else if (c != ' ' && c != '\t')
		g->value[0] = '?';
	return true;
}

static void next_request(struct qpp_scan *g, struct qpp_scanned *out)
{
	out->ends++;
	qpp_scan_init(g);
}

static bool end_head(struct qpp_scan *g, struct qpp_scanned *out)
{
	if (g->trailer) {
		next_request(g, out);
		return true;
	}
	if (g->coded && g->length_seen)
		return bad(g, 400, "Content-Length and Transfer-Encoding are both there");
	if (g->coded && g->old)
		return bad(g, 400, "HTTP/1.0 has no Transfer-Encoding");
	if (g->hosts > 1 || (!g->hosts && !g->old))
		return bad(g, 400, "there must be one Host header");
	out->heads++;
	g->head = g->lines = 0;
	g->left = g->chunked ? 0 : g->length;
	if (g->chunked)
		g->state = CHUNK_SIZE;
	else if (g->left)
		g->state = BODY;
	else
		next_request(g, out);
	return true;
}

static int hex_digit(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `head` counts the digits here. */
static bool chunk_size(struct qpp_scan *g, unsigned char c)
{
	int digit = hex_digit(c);
	if (c == '\r' && g->head) {
		g->state = CHUNK_SIZE_LF;
		return true;
	}
	if (digit < 0)
		return bad(g, 400, "a chunk does not begin with its size in hexadecimal digits alone");
	if (++g->head > MOST_HEX)
		return bad(g, 400, "a chunk is larger than any");
	g->left = g->left << 4 | (unsigned)digit;
	return true;
}

static bool begin_chunk(struct qpp_scan *g)
{
	g->head = g->lines = 0;
	g->trailer = g->left == 0;
	g->state = g->trailer ? LINE_START : CHUNK_DATA;
	return true;
}

static bool expect(struct qpp_scan *g, unsigned char c, char want, enum state next)
{
	if (c != (unsigned char)want)
		return bad(g, 400, "a line does not end in carriage return and line feed");
	g->state = next;
	return true;
}

static bool step(struct qpp_scan *g, unsigned char c, struct qpp_scanned *out)
{
	if (g->state <= HEAD_LF && ++g->head > qpp_http_limits.head)
		return bad(g, 431, "the head of the request is too large");
	switch ((enum state)g->state) {
	case METHOD:
		return in_method(g, c);
	case TARGET:
		return in_target(g, c);
	case VERSION:
		return in_version(g, c);
	case LINE_LF:
		return expect(g, c, '\n', LINE_START);
	case LINE_START:
		return line_start(g, c);
	case NAME:
		return in_name(g, c);
	case VALUE:
		return in_value(g, c);
	case VALUE_LF:
		return expect(g, c, '\n', LINE_START) && end_line(g);
	case HEAD_LF:
		return expect(g, c, '\n', LINE_START) && end_head(g, out);
	case CHUNK_SIZE:
		return chunk_size(g, c);
	case CHUNK_SIZE_LF:
		return expect(g, c, '\n', CHUNK_DATA) && begin_chunk(g);
	case CHUNK_CR:
		return expect(g, c, '\r', CHUNK_LF);
	case CHUNK_LF:
		return expect(g, c, '\n', CHUNK_SIZE);
	case BODY:
	case CHUNK_DATA:
	case BAD:
		break;
	}
	return false;
}

/* Bytes of a body are not looked at, only counted. */
static size_t skip_body(struct qpp_scan *g, size_t n, struct qpp_scanned *out)
{
	size_t take = g->left < n ? (size_t)g->left : n;
	g->left -= take;
	if (g->left)
		return take;
	if (g->state == CHUNK_DATA)
		g->state = CHUNK_CR;
	else
		next_request(g, out);
	return take;
}

struct qpp_scanned qpp_scan(struct qpp_scan *g, const char *p, size_t n)
{
	struct qpp_scanned out = { 0 };
	size_t i = 0;
	while (i < n) {
		unsigned ends = out.ends;
		if (g->state == BODY || g->state == CHUNK_DATA) {
			i += skip_body(g, n - i, &out);
		} else {
			if (g->state == BAD || !step(g, (unsigned char)p[i], &out))
				return out;
			i++;
		}
		/* Whole requests go on even when the one behind them is refused. */
		if (out.ends > ends)
			out.good = i;
	}
	out.good = n;
	return out;
}
