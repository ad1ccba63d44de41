/* The parts of the HTTP adapter that need no socket: decoding, forms, routing, conditions, rates, masks. */
#include "../unit/unit.h"

#include <string.h>

#include "adapt/http/csrf.h"
#include "adapt/http/envelope.h"
#include "adapt/http/http_int.h"
#include "adapt/http/rate.h"
#include "adapt/http/statics.h"

static struct qpp_arena arena = QPP_ARENA_INIT;

static int close_arena(void **unused)
{
	(void)unused;
	qpp_arena_close(&arena);
	return 0;
}

/* ---- decoding ---- */

static void decode__undoes_percent_and_plus(void **unused)
{
	(void)unused;
	struct qpp_str out;
	assert_true(qpp_percent_decode(&arena, QPP_LIT("a%20b+c%C3%A9"), false, &out));
	assert_text(out, "a b+c\xC3\xA9");
	assert_true(qpp_percent_decode(&arena, QPP_LIT("a%20b+c"), true, &out));
	assert_text(out, "a b c");
	assert_true(qpp_percent_decode(&arena, QPP_LIT("%2525"), false, &out));
	assert_text(out, "%25");
}

static void decode__refuses_what_is_broken(void **unused)
{
	(void)unused;
	static const char *const broken[] = { "%", "%2", "%zz", "%00", "%C3", "%C0%AF", "%ED%A0%80", "%F5%80%80%80", "a%", "\xFF" };
	struct qpp_str out;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		assert_false(qpp_percent_decode(&arena, qpp_str_of(broken[i]), false, &out));
}

static void decode__reads_queries_within_bounds(void **unused)
{
	(void)unused;
	struct qpp_http_pairs q;
	struct qpp_err err;
	assert_int_equal(qpp_decode_pairs(&arena, QPP_LIT("year=2023&&npi=9%30&flag&a=b=c&year=2024"), 10, &q, &err), QPP_OK);
	assert_int_equal(q.n, 5);
	assert_text(qpp_http_pairs_get(&q, "year"), "2023");
	assert_text(qpp_http_pairs_get(&q, "npi"), "90");
	assert_text(qpp_http_pairs_get(&q, "flag"), "");
	assert_text(qpp_http_pairs_get(&q, "a"), "b=c");
	assert_null(qpp_http_pairs_get(&q, "none").p);
	assert_int_equal(qpp_decode_pairs(&arena, QPP_LIT("a&b&c"), 2, &q, &err), QPP_LIMIT);
	assert_int_equal(qpp_decode_pairs(&arena, QPP_LIT("a=%"), 2, &q, &err), QPP_USAGE);
}

static void decode__reads_cookies_and_skips_broken_ones(void **unused)
{
	(void)unused;
	struct qpp_pair_list list = { 0 };
	assert_true(qpp_decode_cookies(&arena, QPP_LIT("a=b; __Host-session=x.y-z; broken; q=\"v\"; bad=a\"b; =c"), 10, &list));
	struct qpp_http_request r = { .arena = &arena, .cookies = { list.v.v, list.v.n } };
	assert_int_equal(list.v.n, 3);
	assert_text(qpp_cookie(&r, "session"), "x.y-z");
	/* A cookie without the prefix could have been set by a neighbor. */
	assert_null(qpp_cookie(&r, "a").p);
	assert_text(qpp_http_pairs_get(&r.cookies, "q"), "v");
	list = (struct qpp_pair_list){ 0 };
	assert_false(qpp_decode_cookies(&arena, QPP_LIT("a=1; b=2; c=3"), 2, &list));
}

/* ---- forms ---- */

#define TYPE "multipart/form-data; boundary=\"--x y\""
#define FORM                                                                                                     \
	"----x y\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nA & B\r\n"                              \
	"----x y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"q\\\".json\"\r\n"            \
	"Content-Type: application/json\r\n\r\n{\r\n--x\r\n}\r\n----x y--\r\n"

static enum qpp_code read_form(const char *type, struct qpp_str body, struct qpp_form *f, struct qpp_err *err)
{
	struct qpp_http_pair header = { QPP_LIT("content-type"), qpp_str_of(type) };
	struct qpp_http_request r = { .arena = &arena, .headers = { &header, 1 }, .body = body };
	return qpp_request_form(&r, f, err);
}

static void form__reads_fields_and_files(void **unused)
{
	(void)unused;
	struct qpp_form f;
	struct qpp_err err;
	assert_int_equal(read_form(TYPE, QPP_LIT(FORM), &f, &err), QPP_OK);
	assert_int_equal(f.n, 2);
	assert_text(qpp_form_field(&f, "name"), "A & B");
	const struct qpp_part *file = qpp_form_file(&f, "file");
	assert_non_null(file);
	assert_text(file->filename, "a \"q\".json");
	assert_text(file->type, "application/json");
	assert_text(file->body, "{\r\n--x\r\n}");
	assert_null(qpp_form_field(&f, "file").p);
	assert_int_equal(read_form("application/x-www-form-urlencoded; charset=utf-8", QPP_LIT("a=1+2&b=%3C"), &f, &err), QPP_OK);
	assert_text(qpp_form_field(&f, "a"), "1 2");
	assert_text(qpp_form_field(&f, "b"), "<");
}

static void form__refuses_every_form_that_is_cut_off(void **unused)
{
	(void)unused;
	struct qpp_str whole = QPP_LIT(FORM);
	struct qpp_form f;
	struct qpp_err err;
	/* The line break behind the last boundary may be missing. */
	for (size_t n = 0; n < whole.n - 2; n++)
		if (read_form(TYPE, (struct qpp_str){ whole.p, n }, &f, &err) != QPP_USAGE)
			fail_msg("cut at %zu it was taken", n);
}

static void form__refuses_what_is_no_form(void **unused)
{
	(void)unused;
	static const struct {
		const char *type, *body;
	} broken[] = {
		{ "application/json", "{}" },
		{ "multipart/form-data", FORM },
		{ "multipart/form-data; boundary=", FORM },
		{ "multipart/form-data; boundary=y", FORM },
		{ "multipart/form-data; boundary=y", "--y\r\n\r\nno name\r\n--y--" },
		{ "multipart/form-data; boundary=y", "--y\r\nContent-Disposition: form-data\r\n\r\nx\r\n--y--" },
		{ "multipart/form-data; boundary=y", "--y\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--y--" },
		{ "multipart/form-data; boundary=y", "--y\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--y--" },
		{ "multipart/form-data; boundary=y", "--y\r\nContent-Disposition: form-data; name=a\r\n\r\n\xFF\r\n--y--" },
		{ "multipart/form-data; boundary=y", "--y\nContent-Disposition: form-data; name=a\n\nx\n--y--" },
		{ "multipart/form-data; boundary=y", "preamble\r\n--y--" },
	};
	struct qpp_form f;
	struct qpp_err err;
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		if (read_form(broken[i].type, qpp_str_of(broken[i].body), &f, &err) != QPP_USAGE)
			fail_msg("%s: %s", broken[i].type, broken[i].body);
}

static void form__bounds_the_number_of_parts(void **unused)
{
	(void)unused;
	struct qpp_buf b;
	struct qpp_form f;
	struct qpp_err err;
	qpp_buf_init(&b, &arena, 1 << 16);
	for (size_t i = 0; i <= qpp_http_limits.parts; i++)
		qpp_buf_cat(&b, "--y\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n", (char *)NULL);
	qpp_buf_cat(&b, "--y--\r\n", (char *)NULL);
	assert_int_equal(read_form("multipart/form-data; boundary=y", qpp_buf_done(&b), &f, &err), QPP_LIMIT);
}

/* ---- routing ---- */

static enum qpp_code nothing(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	(void)host, (void)r, (void)s, (void)err;
	return QPP_OK;
}

#define PAGE(m, p) { .method = (m), .path = (p), .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = nothing, .summary = "x" }

static const struct qpp_page route_pages[] = {
	PAGE(QPP_GET, "/"), PAGE(QPP_GET, "/a/{id}"), PAGE(QPP_PUT, "/a/{id}"), PAGE(QPP_GET, "/a/new"), PAGE(QPP_GET, "/a/{id}/b/{n}"),
	PAGE(QPP_GET, "/files/{path*}"), PAGE(QPP_GET, "/files/index"),
};

static const struct qpp_router *router_of(const struct qpp_page_table *table)
{
	const struct qpp_router *x;
	struct qpp_err err;
	if (qpp_router_make(&arena, &table, 1, &x, &err) != QPP_OK)
		fail_msg("%s", err.primary);
	return x;
}

static void expect_route(const struct qpp_router *x, const char *path, const char *want, const char *param)
{
	struct qpp_route r;
	assert_true(qpp_route(x, &arena, QPP_GET, qpp_str_of(path), &r));
	if (!want) {
		if (r.is != QPP_NO_PATH)
			fail_msg("%s led to %s", path, r.page ? r.page->path : "another method");
		return;
	}
	if (r.is != QPP_FOUND || strcmp(r.page->path, want) != 0)
		fail_msg("%s led to %s, not to %s", path, r.page ? r.page->path : "nothing", want);
	if (param && (r.params.n < 1 || !qpp_str_is(r.params.v[0].value, param)))
		fail_msg("%s: its parameter is not %s", path, param);
}

static void route__finds_pages_by_their_patterns(void **unused)
{
	(void)unused;
	static const struct qpp_page_table table = QPP_PAGE_TABLE("t", route_pages);
	const struct qpp_router *x = router_of(&table);
	expect_route(x, "/", "/", NULL);
	expect_route(x, "/a/7", "/a/{id}", "7");
	expect_route(x, "/a/7/", "/a/{id}", "7");
	expect_route(x, "/a/new", "/a/new", NULL);
	expect_route(x, "/a/x%2Fy", "/a/{id}", "x/y");
	expect_route(x, "/a/%6Eew", "/a/new", NULL);
	expect_route(x, "/a/new/b/2", "/a/{id}/b/{n}", "new");
	expect_route(x, "/files/css/x.css", "/files/{path*}", "css/x.css");
	expect_route(x, "/files/index", "/files/index", NULL);
	expect_route(x, "/files/index/more", "/files/{path*}", "index/more");
	expect_route(x, "/a", NULL, NULL);
	expect_route(x, "/a//", NULL, NULL);
	expect_route(x, "//a/7", NULL, NULL);
	expect_route(x, "/a/7/b", NULL, NULL);
	expect_route(x, "/files/", NULL, NULL);
	expect_route(x, "/A/7", NULL, NULL);
	expect_route(x, "/a/1/b/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", NULL, NULL);
	expect_route(x, "/files/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18", "/files/{path*}", NULL);
}

static void route__says_which_methods_there_are(void **unused)
{
	(void)unused;
	static const struct qpp_page_table table = QPP_PAGE_TABLE("t", route_pages);
	struct qpp_route r;
	assert_true(qpp_route(router_of(&table), &arena, QPP_DELETE, QPP_LIT("/a/7"), &r));
	assert_int_equal(r.is, QPP_WRONG_METHOD);
	assert_int_equal(r.methods, 1u << QPP_GET | 1u << QPP_PUT);
	assert_false(qpp_route(router_of(&table), &arena, QPP_GET, QPP_LIT("/a/%00"), &r));
	assert_false(qpp_route(router_of(&table), &arena, QPP_GET, QPP_LIT("a"), &r));
}

static void route__refuses_incomplete_pages(void **unused)
{
	(void)unused;
	const struct qpp_page good = PAGE(QPP_GET, "/x");
	struct qpp_page v[2] = { good, PAGE(QPP_POST, "/x") };
	const struct qpp_page_table table = { "t", v, 2, NULL }, *tables = &table;
	const struct qpp_router *x;
	struct qpp_err err;
	assert_int_equal(qpp_router_make(&arena, &tables, 1, &x, &err), QPP_OK);
	for (int fault = 0; fault < 10; fault++) {
		v[1] = good;
		v[1].path = fault == 0 ? "/x" : fault == 1 ? "y" : fault == 2 ? "/y//z" : fault == 3 ? "/{r*}/z" : fault == 4 ? "/x/" : "/y";
		v[1].can = fault == 5 ? QPP_CAN_NOTHING : v[1].can;
		v[1].audit = fault == 6 ? QPP_AUDIT_UNSET : v[1].audit;
		v[1].handle = fault == 7 ? NULL : nothing;
		v[1].summary = fault == 8 ? "" : "x";
		v[1].method = fault == 9 ? QPP_NO_METHOD : QPP_GET;
		assert_int_equal(qpp_router_make(&arena, &tables, 1, &x, &err), QPP_BUG);
		assert_true(err.primary[0]);
	}
}

/* ---- conditions, versions, paths, lists ---- */

static struct qpp_http_request with_header(struct qpp_http_pair *h, const char *name, const char *value)
{
	*h = (struct qpp_http_pair){ qpp_str_of(name), qpp_str_of(value) };
	return (struct qpp_http_request){ .arena = &arena, .headers = { h, 1 } };
}

static void condition__if_match_is_strong(void **unused)
{
	(void)unused;
	struct qpp_http_pair h;
	struct qpp_err err;
	struct qpp_str etag = qpp_etag_version(&arena, 7), none = { NULL, 0 };
	assert_text(etag, "\"v7\"");
	struct qpp_http_request r = with_header(&h, "if-match", "\"v6\", \"v7\"");
	assert_int_equal(qpp_if_match(&r, etag, &err), QPP_OK);
	r = with_header(&h, "if-match", "W/\"v7\"");
	assert_int_equal(qpp_if_match(&r, etag, &err), QPP_STALE);
	r = with_header(&h, "if-match", "*");
	assert_int_equal(qpp_if_match(&r, etag, &err), QPP_OK);
	assert_int_equal(qpp_if_match(&r, none, &err), QPP_STALE);
	r = with_header(&h, "other", "x");
	assert_int_equal(qpp_if_match(&r, etag, &err), QPP_OK);
	r = with_header(&h, "if-none-match", "W/\"v7\"");
	assert_true(qpp_none_match_hits(&r, etag));
	r = with_header(&h, "if-none-match", "\"v8\"");
	assert_false(qpp_none_match_hits(&r, etag));
}

static unsigned version(const char *accept)
{
	return qpp_accept_version(&arena, qpp_str_of(accept), (struct qpp_versions){ 4, 6, 6 });
}

static void version__is_read_as_the_agency_reads_it(void **unused)
{
	(void)unused;
	assert_int_equal(version("application/vnd.qpp.cms.gov.v4+json"), 4);
	assert_int_equal(version("application/vnd.qpp.cms.gov.v5"), 5);
	assert_int_equal(version("text/html, application/vnd.qpp. cms.gov.v 5 +xml ; q=1"), 5);
	assert_int_equal(version("application/vnd.qpp.cms.gov.v9+json"), 6);
	assert_int_equal(version("application/vnd.qpp.cms.gov.v9+json, application/vnd.qpp.cms.gov.v4+json"), 6);
	assert_int_equal(version("application/vnd.qpp.cms.gov.v+json"), 6);
	assert_int_equal(version("application/json"), 6);
	assert_int_equal(version("application/vnd.qpp.cms.gov.v99999999999999999999"), 6);
	assert_int_equal(version(""), 6);
}

static void path__is_written_as_clients_read_it(void **unused)
{
	(void)unused;
	assert_text(qpp_json_path(&arena, QPP_LIT("")), "$");
	assert_text(qpp_json_path(&arena, QPP_LIT("/measurementSets/0/measurements/12/measureId")), "$.measurementSets[0].measurements[12].measureId");
	assert_text(qpp_json_path(&arena, QPP_LIT("/a b/c~1d/~0e")), "$['a b']['c/d']['~e']");
}

static void number__of_a_query_is_bounded(void **unused)
{
	(void)unused;
	struct qpp_http_pair q[] = { { QPP_LIT_INIT("startIndex"), QPP_LIT_INIT("20") }, { QPP_LIT_INIT("itemsPerPage"), QPP_LIT_INIT("99999") } };
	struct qpp_http_request r = { .arena = &arena, .query = { q, 2 } };
	struct qpp_paging p;
	struct qpp_err err;
	assert_int_equal(qpp_request_paging(&r, &p, &err), QPP_OK);
	assert_int_equal(p.start, 20);
	assert_int_equal(p.most, 99999);
	q[1].value = QPP_LIT("0");
	assert_int_equal(qpp_request_paging(&r, &p, &err), QPP_USAGE);
	q[1].value = QPP_LIT("-1");
	assert_int_equal(qpp_request_paging(&r, &p, &err), QPP_USAGE);
	q[1].value = QPP_LIT("000123456");
	q[1].name = QPP_LIT("startIndex");
	q[0].name = QPP_LIT("x");
	q[1].value = QPP_LIT("9x 000123456");
	assert_int_equal(qpp_request_paging(&r, &p, &err), QPP_USAGE);
	assert_null(strstr(err.detail, "000123456"));
}

static void key__of_idempotency_is_visible_text(void **unused)
{
	(void)unused;
	struct qpp_http_pair h;
	struct qpp_err err;
	struct qpp_str key;
	struct qpp_http_request r = with_header(&h, "idempotency-key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
	assert_int_equal(qpp_idempotency_key(&r, &key, &err), QPP_OK);
	assert_text(key, "8e03978e-40d5-43dd-bc93-6894a57f9324");
	r = with_header(&h, "idempotency-key", "abc");
	assert_int_equal(qpp_idempotency_key(&r, &key, &err), QPP_OK);
	assert_text(key, "abc");
	r = with_header(&h, "idempotency-key", "\"\"");
	assert_int_equal(qpp_idempotency_key(&r, &key, &err), QPP_USAGE);
	r = with_header(&h, "idempotency-key", "a b");
	assert_int_equal(qpp_idempotency_key(&r, &key, &err), QPP_USAGE);
	r = with_header(&h, "other", "a");
	assert_int_equal(qpp_idempotency_key(&r, &key, &err), QPP_OK);
	assert_null(key.p);
}

/* ---- answers ---- */

static struct qpp_str response_header(const struct qpp_http_response *s, const char *name)
{
	for (size_t i = 0; i < s->headers.n; i++)
		if (qpp_str_is(s->headers.v[i].name, name))
			return s->headers.v[i].value;
	return (struct qpp_str){ NULL, 0 };
}

static void answer__never_leads_to_another_host(void **unused)
{
	(void)unused;
	static const char *const away[] = { "//evil.example", "http://evil.example", "/\\evil.example", "", "/a\r\nX: y", "evil", "\\\\evil" };
	for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
		struct qpp_http_response s;
		qpp_response_init(&s, &arena);
		qpp_respond_redirect(&s, qpp_str_of(away[i]));
		assert_text(response_header(&s, "Location"), "/");
		assert_int_equal(s.status, 303);
	}
	struct qpp_http_response s;
	qpp_response_init(&s, &arena);
	qpp_respond_redirect(&s, QPP_LIT("/account?x=1"));
	assert_text(response_header(&s, "Location"), "/account?x=1");
}

static void answer__sets_cookies_of_this_host_alone(void **unused)
{
	(void)unused;
	struct qpp_http_response s;
	qpp_response_init(&s, &arena);
	qpp_respond_cookie(&s, "session", QPP_LIT("abc"), 60);
	assert_text(response_header(&s, "Set-Cookie"), "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60");
	qpp_response_init(&s, &arena);
	qpp_respond_cookie(&s, "session", QPP_LIT("abc"), -1);
	assert_text(response_header(&s, "Set-Cookie"), "__Host-session=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

/* ---- rates ---- */

enum { SECOND = 1000000 };

static unsigned ask_times(struct qpp_rate *r, const char *peer, int64_t now, unsigned n)
{
	unsigned good = 0;
	for (unsigned i = 0; i < n; i++)
		good += qpp_rate_ask(r, qpp_str_of(peer), now) == 0;
	return good;
}

static void rate__allows_a_burst_and_an_average(void **unused)
{
	(void)unused;
	struct qpp_rate *r = qpp_rate_open(&(struct qpp_rate_limits){ 25, 40, 0 });
	int64_t now = 1000LL * SECOND;
	assert_int_equal(ask_times(r, "192.0.2.1", now, 500), 200);
	assert_int_equal(qpp_rate_ask(r, QPP_LIT("192.0.2.1"), now), 1);
	assert_int_equal(ask_times(r, "192.0.2.2", now, 500), 200);
	assert_int_equal(ask_times(r, "192.0.2.1", now += SECOND, 500), 40);
	/* Forty a second are too many on average: after three minutes of it twenty-five are left. */
	for (int i = 0; i < 300; i++)
		(void)ask_times(r, "192.0.2.1", now += SECOND, 40);
	assert_int_equal(ask_times(r, "192.0.2.1", now += SECOND, 40), 25);
	/* Quiet for two minutes: as new. */
	assert_int_equal(ask_times(r, "192.0.2.1", now + 121LL * SECOND, 500), 200);
	qpp_rate_close(r);
}

static void rate__blocks_where_it_is_told_to(void **unused)
{
	(void)unused;
	struct qpp_rate *r = qpp_rate_open(&(struct qpp_rate_limits){ 25, 40, 600 });
	int64_t now = 1000LL * SECOND;
	assert_int_equal(ask_times(r, "2001:db8::1", now, 201), 200);
	/* Another address of the same network is the same client; another network is not. */
	assert_int_equal(qpp_rate_ask(r, QPP_LIT("2001:db8::ffff"), now + 599LL * SECOND), 600);
	assert_int_equal(qpp_rate_ask(r, QPP_LIT("2001:db8:0:1::1"), now + 599LL * SECOND), 0);
	assert_int_equal(qpp_rate_ask(r, QPP_LIT("2001:db8::1"), now + 1198LL * SECOND), 600);
	assert_int_equal(qpp_rate_ask(r, QPP_LIT("2001:db8::1"), now + 1799LL * SECOND), 0);
	qpp_rate_close(r);
}

static void rate__off_is_off(void **unused)
{
	(void)unused;
	struct qpp_rate *r = qpp_rate_open(&(struct qpp_rate_limits){ 0 });
	assert_int_equal(ask_times(r, "192.0.2.1", 1, 10000), 10000);
	qpp_rate_close(r);
}

static void rate__holds_with_more_addresses_than_it_has_room_for(void **unused)
{
	(void)unused;
	struct qpp_rate *r = qpp_rate_open(&(struct qpp_rate_limits){ 1, 1, 0 });
	unsigned good = 0;
	for (int i = 0; i < 200000; i++) {
		struct qpp_str ip = qpp_str_cat(&arena, "10.", qpp_i64_text(&arena, i >> 16).p, ".", qpp_i64_text(&arena, i >> 8 & 255).p, ".",
		                                qpp_i64_text(&arena, i & 255).p, (char *)NULL);
		good += qpp_rate_ask(r, ip, (int64_t)i + 1) == 0;
	}
	assert_int_equal(good, 200000);
	qpp_rate_close(r);
}

/* ---- tokens of forms ---- */

static void csrf__counts_for_its_session_alone(void **unused)
{
	(void)unused;
	static const unsigned char key[QPP_CSRF_KEY_BYTES] = { 1 }, other_key[QPP_CSRF_KEY_BYTES] = { 2 };
	struct qpp_http_response s;
	struct qpp_http_pair h;
	struct qpp_err err;
	qpp_response_init(&s, &arena);
	struct qpp_http_request r = with_header(&h, "x-csrf-token", "");
	r.csrf_key = key;
	r.caller.binding = QPP_LIT("session-1");
	h.value = qpp_csrf_token(&r, &s);
	assert_int_equal(s.headers.n, 0);
	assert_int_equal(qpp_csrf_check(&r, &err), QPP_OK);
	struct qpp_str first = h.value;
	assert_false(qpp_str_eq(first, qpp_csrf_token(&r, &s)));
	r.caller.binding = QPP_LIT("session-2");
	assert_int_equal(qpp_csrf_check(&r, &err), QPP_FORBIDDEN);
	r.caller.binding = QPP_LIT("session-1");
	r.csrf_key = other_key;
	assert_int_equal(qpp_csrf_check(&r, &err), QPP_FORBIDDEN);
	r.csrf_key = key;
	char *changed = qpp_arena_alloc(&arena, first.n + 1);
	for (size_t i = 0; i < first.n; i++) {
		memcpy(changed, first.p, first.n);
		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		h.value = (struct qpp_str){ changed, first.n };
		assert_int_equal(qpp_csrf_check(&r, &err), QPP_FORBIDDEN);
	}
	h.value = QPP_LIT("");
	assert_int_equal(qpp_csrf_check(&r, &err), QPP_FORBIDDEN);
	/* A visitor's cookie with the text of a session does not pass for it. */
	h.value = first;
	struct qpp_http_pair cookie = { QPP_LIT("__Host-visitor"), QPP_LIT("session-1") };
	r.caller.binding = (struct qpp_str){ NULL, 0 };
	r.cookies = (struct qpp_http_pairs){ &cookie, 1 };
	assert_int_equal(qpp_csrf_check(&r, &err), QPP_FORBIDDEN);
}

/* ---- masks ---- */

static struct qpp_str masked(const char *s)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 1000);
	qpp_buf_masked(&b, qpp_str_of(s));
	return qpp_buf_done(&b);
}

static void mask__hides_what_may_be_a_tin(void **unused)
{
	(void)unused;
	assert_text(masked("/x/000123456/y"), "/x/*********/y");
	assert_text(masked("00-0123456"), "*********");
	assert_text(masked("000-12-3456,000123456"), "*********,*********");
	assert_text(masked("npi 9000000001 stays"), "npi 9000000001 stays");
	assert_text(masked("a\r\nb"), "a??b");
	assert_text(masked("/7/8-"), "/7/8-");
}

/* ---- roles ---- */

static void access__matrix_has_every_page_and_role(void **unused)
{
	(void)unused;
	static const struct qpp_page_table table = QPP_PAGE_TABLE("t", route_pages);
	struct qpp_str text = qpp_permission_matrix(&arena, router_of(&table));
	size_t lines = 0;
	for (size_t i = 0; i < sizeof route_pages / sizeof *route_pages; i++) {
		struct qpp_str row = qpp_str_cat(&arena, "\n| ", qpp_http_method_name(route_pages[i].method), " ", route_pages[i].path, " | readPublic | none | yes |",
		                                 (char *)NULL);
		lines += memmem(text.p, text.n, row.p, row.n) != NULL;
	}
	assert_int_equal(lines, sizeof route_pages / sizeof *route_pages);
	assert_true(qpp_access(QPP_BY(PRACTICE_OFFICIAL), QPP_CAN_MANAGE_ACCESS));
	assert_false(qpp_access(QPP_BY(PRACTICE_STAFF), QPP_CAN_MANAGE_ACCESS));
	assert_false(qpp_access(QPP_BY(OPERATOR), QPP_CAN_DECIDE_REVIEW));
	assert_false(qpp_access(QPP_BY(AGENT), QPP_CAN_SUBMIT_DATA));
	assert_false(qpp_access(~0u, QPP_CAN_NOTHING));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decode__undoes_percent_and_plus),
		cmocka_unit_test(decode__refuses_what_is_broken),
		cmocka_unit_test(decode__reads_queries_within_bounds),
		cmocka_unit_test(decode__reads_cookies_and_skips_broken_ones),
		cmocka_unit_test(form__reads_fields_and_files),
		cmocka_unit_test(form__refuses_every_form_that_is_cut_off),
		cmocka_unit_test(form__refuses_what_is_no_form),
		cmocka_unit_test(form__bounds_the_number_of_parts),
		cmocka_unit_test(route__finds_pages_by_their_patterns),
		cmocka_unit_test(route__says_which_methods_there_are),
		cmocka_unit_test(route__refuses_incomplete_pages),
		cmocka_unit_test(condition__if_match_is_strong),
		cmocka_unit_test(version__is_read_as_the_agency_reads_it),
		cmocka_unit_test(path__is_written_as_clients_read_it),
		cmocka_unit_test(number__of_a_query_is_bounded),
		cmocka_unit_test(key__of_idempotency_is_visible_text),
		cmocka_unit_test(answer__never_leads_to_another_host),
		cmocka_unit_test(answer__sets_cookies_of_this_host_alone),
		cmocka_unit_test(rate__allows_a_burst_and_an_average),
		cmocka_unit_test(rate__blocks_where_it_is_told_to),
		cmocka_unit_test(rate__off_is_off),
		cmocka_unit_test(rate__holds_with_more_addresses_than_it_has_room_for),
		cmocka_unit_test(csrf__counts_for_its_session_alone),
		cmocka_unit_test(mask__hides_what_may_be_a_tin),
		cmocka_unit_test(access__matrix_has_every_page_and_role),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, close_arena);
}
