/* The guard's automaton: what it refuses, and that it does not matter how the bytes are cut. */
#include "../unit/unit.h"

#include <string.h>

#include "adapt/http/guard.h"

#define HEAD "POST /api/x HTTP/1.1\r\nHost: a\r\n"

struct stream {
	const char *name;
	struct qpp_str bytes;
	int status;                  /* 0: taken */
	unsigned ends;               /* requests that end in it */
};
#define STREAM(name, bytes, status, ends) { (name), QPP_LIT_INIT(bytes), (status), (ends) }

static const struct stream streams[] = {
	STREAM("a plain request", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0, 1),
	STREAM("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 0, 1),
	STREAM("a body by its length", HEAD "Content-Length: 5\r\n\r\nhello", 0, 1),
	STREAM("a body that is not all there", HEAD "Content-Length: 5\r\n\r\nhell", 0, 0),
	STREAM("two in a row", HEAD "Content-Length: 2\r\n\r\nhiGET / HTTP/1.1\r\nHost: a\r\n\r\n", 0, 2),
	STREAM("chunks", HEAD "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0A\r\n0123456789\r\n0\r\n\r\n", 0, 1),
	STREAM("chunks and a trailer", HEAD "Transfer-Encoding: CHUNKED\r\n\r\n1\r\nx\r\n0\r\nX-A: b\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 0, 2),
	STREAM("a body that looks like a request", HEAD "Content-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n", 0, 1),
	STREAM("an empty value and one with tabs", "GET / HTTP/1.1\r\nHost: a\r\nX-A:\r\nX-B:\t b \t\r\n\r\n", 0, 1),
	STREAM("bytes beyond ASCII in a value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: \xC3\xA9\r\n\r\n", 0, 1),

	STREAM("Content-Length and Transfer-Encoding", HEAD "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 0),
	STREAM("the same the other way round", HEAD "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400, 0),
	STREAM("two lengths", HEAD "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400, 0),
	STREAM("two lengths that agree", HEAD "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400, 0),
	STREAM("a list of lengths", HEAD "Content-Length: 5, 5\r\n\r\nhello", 400, 0),
	STREAM("a signed length", HEAD "Content-Length: +5\r\n\r\nhello", 400, 0),
	STREAM("a negative length", HEAD "Content-Length: -5\r\n\r\n", 400, 0),
	STREAM("a length in hexadecimal", HEAD "Content-Length: 0x5\r\n\r\nhello", 400, 0),
	STREAM("an empty length", HEAD "Content-Length:\r\n\r\n", 400, 0),
	STREAM("a length beyond all", HEAD "Content-Length: 99999999999999999999\r\n\r\n", 400, 0),
	STREAM("a length padded beyond what is kept", HEAD "Content-Length: 5                                                    5\r\n\r\n", 400, 0),
	STREAM("another coding", HEAD "Transfer-Encoding: gzip\r\n\r\n", 501, 0),
	STREAM("a coding with another before", HEAD "Transfer-Encoding: gzip, chunked\r\n\r\n", 501, 0),
	STREAM("a coding in quotes", HEAD "Transfer-Encoding: \"chunked\"\r\n\r\n", 501, 0),
	STREAM("a coding behind a control character", HEAD "Transfer-Encoding: \vchunked\r\n\r\n", 400, 0),
	STREAM("the coding twice", HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 0),
	STREAM("the coding twice, once other", HEAD "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400, 0),
	STREAM("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, 0),
	STREAM("white space before the colon", HEAD "Content-Length : 5\r\n\r\nhello", 400, 0),
	STREAM("a folded line", HEAD "X-A: b\r\n c\r\n\r\n", 400, 0),
	STREAM("a folded coding", HEAD "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 501, 0),
	STREAM("a folded line with a tab", HEAD "X-A: b\r\n\tc\r\n\r\n", 400, 0),
	STREAM("a line that begins with a space", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, 0),
	STREAM("a NUL in a value", HEAD "X-A: b\0c\r\n\r\n", 400, 0),
	STREAM("a NUL in a name", HEAD "X\0-A: b\r\n\r\n", 400, 0),
	STREAM("a NUL in the length", HEAD "Content-Length: 5\0\r\n\r\nhello", 400, 0),
	STREAM("a NUL in the address", "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400, 0),
	STREAM("a bare line feed", "GET / HTTP/1.1\nHost: a\n\n", 400, 0),
	STREAM("a bare line feed in the head", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400, 0),
	STREAM("a bare carriage return", "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n", 400, 0),
	STREAM("an empty line before the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400, 0),
	STREAM("no colon", "GET / HTTP/1.1\r\nHost: a\r\nX-A b\r\n\r\n", 400, 0),
	STREAM("no Host", "GET / HTTP/1.1\r\n\r\n", 400, 0),
	STREAM("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, 0),
	STREAM("no version", "GET /\r\n\r\n", 400, 0),
	STREAM("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, 0),
	STREAM("a version with more digits", "GET / HTTP/1.11\r\nHost: a\r\n\r\n", 505, 0),
	STREAM("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, 0),
	STREAM("a space at the end of the line", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400, 0),
	STREAM("a space in the address", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, 0),
	STREAM("a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400, 0),
	STREAM("no method", " / HTTP/1.1\r\nHost: a\r\n\r\n", 400, 0),
	STREAM("an empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, 0),
	STREAM("the beginning of TLS", "\x16\x03\x01\x02\x00\x01\x00", 400, 0),
	STREAM("a chunk extension", HEAD "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n", 400, 0),
	STREAM("a chunk size with a sign", HEAD "Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n", 400, 0),
	STREAM("a chunk size with 0x", HEAD "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n", 400, 0),
	STREAM("a chunk without size", HEAD "Transfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n", 400, 0),
	STREAM("a chunk size that wraps", HEAD "Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n", 400, 0),
	STREAM("a chunk that is longer than it says", HEAD "Transfer-Encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n", 400, 0),
	STREAM("a chunk that ends in a line feed", HEAD "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n", 400, 0),
	STREAM("a length in the trailer", HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n", 400, 0),
	STREAM("a good one, then a bad one", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /\n", 400, 1),
};

static void scan__reads_and_refuses(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		const struct stream *s = &streams[i];
		struct qpp_scan g;
		qpp_scan_init(&g);
		struct qpp_scanned seen = qpp_scan(&g, s->bytes.p, s->bytes.n);
		bool bad = qpp_scan_where(&g) == QPP_AT_BAD;
		if (bad != (s->status != 0) || (bad && g.status != s->status) || seen.ends != s->ends)
			fail_msg("%s: status %d, %u requests", s->name, bad ? g.status : 0, seen.ends);
		if (bad && !(g.why && *g.why))
			fail_msg("%s: no reason", s->name);
		if (!bad && seen.good != s->bytes.n)
			fail_msg("%s: not all of it goes on", s->name);
	}
}

static void scan__does_not_care_how_the_bytes_are_cut(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
		const struct stream *s = &streams[i];
		for (size_t cut = 1; cut < s->bytes.n; cut++) {
			struct qpp_scan g;
			unsigned ends = 0;
			qpp_scan_init(&g);
			for (size_t at = 0; at < s->bytes.n; at += cut)
				ends += qpp_scan(&g, s->bytes.p + at, s->bytes.n - at < cut ? s->bytes.n - at : cut).ends;
			bool bad = qpp_scan_where(&g) == QPP_AT_BAD;
			if (bad != (s->status != 0) || (bad && g.status != s->status) || ends != s->ends)
				fail_msg("%s in pieces of %zu: status %d, %u requests", s->name, cut, bad ? g.status : 0, ends);
		}
	}
}

static void scan__lets_whole_requests_before_a_bad_one_go_on(void **unused)
{
	(void)unused;
	static const char good[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n", both[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /\n";
	struct qpp_scan g;
	qpp_scan_init(&g);
	struct qpp_scanned seen = qpp_scan(&g, both, sizeof both - 1);
	assert_int_equal(seen.good, sizeof good - 1);
	assert_int_equal(qpp_scan_where(&g), QPP_AT_BAD);
	assert_int_equal(qpp_scan(&g, good, sizeof good - 1).good, 0);
}

static int status_of(size_t repeat, const char *before, const char *again, const char *after)
{
	struct qpp_scan g;
	qpp_scan_init(&g);
	(void)qpp_scan(&g, before, strlen(before));
	for (size_t i = 0; i < repeat; i++)
		(void)qpp_scan(&g, again, strlen(again));
	(void)qpp_scan(&g, after, strlen(after));
	return qpp_scan_where(&g) == QPP_AT_BAD ? g.status : 0;
}

static void scan__bounds_address_headers_and_head(void **unused)
{
	(void)unused;
	static const char end[] = " HTTP/1.1\r\nHost: a\r\n\r\n";
	assert_int_equal(status_of(8191, "GET /", "a", end), 0);
	assert_int_equal(status_of(8192, "GET /", "a", end), 414);
	assert_int_equal(status_of(63, "GET / HTTP/1.1\r\nHost: a\r\n", "X: y\r\n", "\r\n"), 0);
	assert_int_equal(status_of(64, "GET / HTTP/1.1\r\nHost: a\r\n", "X: y\r\n", "\r\n"), 431);
	assert_int_equal(status_of(16000, "GET / HTTP/1.1\r\nHost: a\r\nX: ", "y", "\r\n\r\n"), 0);
	assert_int_equal(status_of(17000, "GET / HTTP/1.1\r\nHost: a\r\nX: ", "y", "\r\n\r\n"), 431);
	assert_int_equal(status_of(17, HEAD "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n", "\r\n"), 431);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scan__reads_and_refuses),
		cmocka_unit_test(scan__does_not_care_how_the_bytes_are_cut),
		cmocka_unit_test(scan__lets_whole_requests_before_a_bad_one_go_on),
		cmocka_unit_test(scan__bounds_address_headers_and_head),
	};
	return RUN_AS_TAP(tests);
}
