/*
 * Fuzzing what reads requests: the guard's automaton, and the decoders behind
 * it. The last byte says in pieces of how many bytes the others come: however
 * they come, the same requests are seen and the same is refused. What the
 * decoders take is UTF-8 without NUL and within bounds.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/http/envelope.h"
#include "adapt/http/guard.h"
#include "adapt/http/http_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void must(bool so)
{
	if (!so)
		abort();
}

struct seen {
	unsigned heads, ends;
	int status;
	enum qpp_scan_at at;
	size_t good;
};

static struct seen scan(const char *p, size_t n, size_t piece)
{
	struct qpp_scan g;
	struct seen s = { 0 };
	qpp_scan_init(&g);
	for (size_t i = 0; i < n; i += piece) {
		size_t k = n - i < piece ? n - i : piece;
		struct qpp_scanned got = qpp_scan(&g, p + i, k);
		must(got.good <= k);
		s.heads += got.heads;
		s.ends += got.ends;
	}
	s.at = qpp_scan_where(&g);
	s.status = s.at == QPP_AT_BAD ? g.status : 0;
	must(s.ends <= s.heads);
	must(s.at != QPP_AT_BAD || (g.status >= 400 && g.why));
	return s;
}

static void must_be_text(struct qpp_str s)
{
	must(!s.n || (s.p && !memchr(s.p, 0, s.n) && qpp_utf8_valid(s)));
}

static void must_be_pairs(struct qpp_http_pairs pairs, size_t most)
{
	must(pairs.n <= most);
	for (size_t i = 0; i < pairs.n; i++) {
		must_be_text(pairs.v[i].name);
		must_be_text(pairs.v[i].value);
	}
}

static enum qpp_code page(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	(void)host, (void)r, (void)s, (void)err;
	return QPP_OK;
}

#define PAGE(p) { .method = QPP_GET, .path = (p), .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = page, .summary = "x" }

static void route(struct qpp_arena *a, struct qpp_str path)
{
	static const struct qpp_page pages[] = { PAGE("/"), PAGE("/a/{id}"), PAGE("/a/b"), PAGE("/a/{id}/b/{n}"), PAGE("/files/{path*}") };
	static const struct qpp_page_table table = QPP_PAGE_TABLE("x", pages), *const tables[] = { &table };
	const struct qpp_router *x;
	struct qpp_route r;
	struct qpp_err err;
	must(qpp_router_make(a, tables, 1, &x, &err) == QPP_OK);
	if (qpp_route(x, a, QPP_GET, path, &r))
		must_be_pairs(r.params, 16);
}

static void decode(struct qpp_arena *a, struct qpp_str s)
{
	struct qpp_http_pairs pairs;
	struct qpp_pair_list cookies = { 0 };
	struct qpp_form form;
	struct qpp_str text;
	struct qpp_err err;
	struct qpp_buf b;
	if (qpp_percent_decode(a, s, true, &text))
		must_be_text(text);
	if (qpp_decode_pairs(a, s, 20, &pairs, &err) == QPP_OK)
		must_be_pairs(pairs, 20);
	(void)qpp_decode_cookies(a, s, 20, &cookies);
	must(cookies.v.n <= 20);
	unsigned version = qpp_accept_version(a, s, (struct qpp_versions){ 4, 6, 6 });
	must(version >= 4 && version <= 6);
	if (qpp_decode_multipart(a, QPP_LIT("multipart/form-data; boundary=b"), s, 20, &form, &err) == QPP_OK) {
		must(form.n <= 20);
		for (size_t i = 0; i < form.n; i++)
			must(form.v[i].name.n && form.v[i].body.p >= s.p && form.v[i].body.p + form.v[i].body.n <= s.p + s.n);
	}
	(void)qpp_header_parameter(a, s, "boundary");
	qpp_buf_init(&b, a, 2 * s.n + 16);
	qpp_buf_masked(&b, s);
	/* A log line stays one line. */
	must(!qpp_buf_done(&b).n || !memchr(qpp_buf_done(&b).p, '\n', b.n));
	route(a, s);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!n)
		return 0;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str s = { (const char *)p, n - 1 };
	struct seen whole = scan(s.p, s.n, s.n + 1), pieces = scan(s.p, s.n, p[n - 1] % 64 + 1u);
	must(whole.heads == pieces.heads && whole.ends == pieces.ends && whole.status == pieces.status && whole.at == pieces.at);
	decode(&a, s);
	/* The body alone, as forms have it. */
	const char *body = s.n ? memmem(s.p, s.n, "\r\n\r\n", 4) : NULL;
	if (body)
		decode(&a, (struct qpp_str){ body + 4, s.n - (size_t)(body + 4 - s.p) });
	qpp_arena_close(&a);
	return 0;
}
