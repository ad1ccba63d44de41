/* The whole server over real sockets: what is routed, refused, protected, timed and counted. */
#include "world.h"

#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapt/http/http_int.h"

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct world world;
static char log_path[] = "/tmp/qpp-http-log-XXXXXX", static_dir[] = "/tmp/qpp-http-static-XXXXXX";

#define ASK(head) world_ask(&arena, &world, (head), NULL)
#define SEND(head, body) world_ask(&arena, &world, (head), (body))
#define REGISTRY "Authorization: Bearer registry\r\n"

static void write_file(const char *name, const char *text)
{
	FILE *f = fopen(qpp_str_cat(&arena, static_dir, "/", name, (char *)NULL).p, "wb");
	assert_non_null(f);
	(void)fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static int start(void **unused)
{
	(void)unused;
	int fd = mkstemp(log_path);
	if (fd < 0 || !mkdtemp(static_dir))
		return -1;
	(void)close(fd);
	write_file("a.css", "body{}");
	write_file(".hidden", "no");
	if (symlink("/etc/passwd", qpp_str_cat(&arena, static_dir, "/link.txt", (char *)NULL).p) != 0)
		return -1;
	world_start(&world, (struct qpp_server_options){ .log = log_path, .static_dir = static_dir, .workers = 4, .threads = 2,
	                                                 .trust_proxy = true, .https = true });
	return 0;
}

static int stop(void **unused)
{
	(void)unused;
	world_stop(&world);
	(void)unlink(log_path);
	(void)unlink(qpp_str_cat(&arena, static_dir, "/a.css", (char *)NULL).p);
	(void)unlink(qpp_str_cat(&arena, static_dir, "/.hidden", (char *)NULL).p);
	(void)unlink(qpp_str_cat(&arena, static_dir, "/link.txt", (char *)NULL).p);
	(void)rmdir(static_dir);
	qpp_arena_close(&arena);
	return 0;
}

static struct qpp_str read_log(void)
{
	FILE *f = fopen(log_path, "rb");
	char *text = qpp_arena_alloc(&arena, 4 << 20);
	assert_non_null(f);
	size_t n = fread(text, 1, (4 << 20) - 1, f);
	(void)fclose(f);
	return (struct qpp_str){ text, n };
}

static json_t *json_of(struct qpp_str answer)
{
	struct qpp_str body = world_body(answer);
	json_t *o = json_loadb(body.p, body.n, 0, NULL);
	if (!o)
		fail_msg("no JSON: %.*s", QPP_ARG(answer));
	return o;
}

/* ---- addresses and methods ---- */

static void address__with_and_without_slash_is_one_page(void **unused)
{
	(void)unused;
	assert_text(world_body(ASK("GET /hello HTTP/1.1\r\n")), "hello\n");
	assert_text(world_body(ASK("GET /hello/ HTTP/1.1\r\n")), "hello\n");
	assert_text(world_body(ASK("GET http://elsewhere.example/hello?x=1 HTTP/1.1\r\n")), "hello\n");
	assert_status(ASK("GET /hell HTTP/1.1\r\n"), 404);
	assert_status(ASK("GET /hello%00 HTTP/1.1\r\n"), 400);
	assert_status(ASK("GET /hello?a=%zz HTTP/1.1\r\n"), 400);
	assert_status(ASK("GET /static/../a.css HTTP/1.1\r\n"), 404);
}

static void method__head_is_get_without_body(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("HEAD /hello HTTP/1.1\r\n");
	assert_status(a, 200);
	assert_text(world_header(a, "Content-Length"), "6");
	assert_int_equal(world_body(a).n, 0);
}

static void method__another_is_refused_with_those_that_are_taken(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("DELETE /api/things/1 HTTP/1.1\r\n");
	assert_status(a, 405);
	assert_text(world_header(a, "Allow"), "GET, HEAD, PUT, OPTIONS");
	assert_status(ASK("TRACE /hello HTTP/1.1\r\n"), 405);
	assert_status(ASK("CONNECT /hello HTTP/1.1\r\n"), 405);
	assert_status(SEND("POST /hello HTTP/1.1\r\n", "x"), 405);
}

static void method__options_answers_a_preflight(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("OPTIONS /api/things/1 HTTP/1.1\r\nOrigin: https://vendor.example\r\nAccess-Control-Request-Method: PUT\r\n");
	assert_status(a, 204);
	assert_text(world_header(a, "Access-Control-Allow-Origin"), "*");
	assert_text(world_header(a, "Access-Control-Allow-Methods"), "GET, HEAD, PUT, OPTIONS");
	assert_true(world_has(world_header(a, "Access-Control-Allow-Headers"), "qpp-taxpayer-identification-number"));
	assert_null(world_header(a, "Access-Control-Allow-Credentials").p);
	a = ASK("OPTIONS /hello HTTP/1.1\r\nOrigin: https://vendor.example\r\n");
	assert_status(a, 204);
	assert_null(world_header(a, "Access-Control-Allow-Origin").p);
	assert_status(ASK("OPTIONS * HTTP/1.1\r\n"), 204);
	assert_status(ASK("OPTIONS /nowhere HTTP/1.1\r\n"), 404);
}

/* ---- shapes ---- */

static void json__has_the_envelopes_of_the_api(void **unused)
{
	(void)unused;
	json_t *o = json_of(ASK("GET /api/things/7 HTTP/1.1\r\nAccept: application/vnd.qpp.cms.gov.v5+json\r\n"));
	json_t *thing = json_object_get(json_object_get(o, "data"), "thing");
	assert_string_equal(json_string_value(json_object_get(thing, "id")), "7");
	assert_int_equal(json_integer_value(json_object_get(thing, "version")), 5);
	json_decref(o);

	o = json_of(ASK("GET /api/things?startIndex=20 HTTP/1.1\r\n"));
	json_t *data = json_object_get(o, "data");
	assert_int_equal(json_integer_value(json_object_get(data, "totalItems")), 25);
	assert_int_equal(json_integer_value(json_object_get(data, "currentItemCount")), 5);
	assert_int_equal(json_integer_value(json_object_get(data, "itemsPerPage")), 10);
	assert_int_equal(json_integer_value(json_object_get(data, "startIndex")), 20);
	json_decref(o);
	assert_status(ASK("GET /api/things?itemsPerPage=x HTTP/1.1\r\n"), 400);

	struct qpp_str a = ASK("GET /api/faulty HTTP/1.1\r\nAccept: text/html\r\n");
	assert_status(a, 422);
	o = json_of(a);
	json_t *error = json_object_get(o, "error"), *details = json_object_get(error, "details"), *d = json_array_get(details, 0);
	assert_string_equal(json_string_value(json_object_get(error, "type")), "ValidationError");
	assert_string_equal(json_string_value(json_object_get(error, "message")), "invalid submission object");
	assert_int_equal(json_array_size(details), 1);
	assert_string_equal(json_string_value(json_object_get(d, "path")), "$.measurementSets[0].measurements[1].measureId");
	assert_string_equal(json_string_value(json_object_get(json_object_get(d, "location"), "path")),
	                    json_string_value(json_object_get(d, "path")));
	json_decref(o);
}

static void error__says_nothing_of_the_inside(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /fail/bug HTTP/1.1\r\nAccept: text/html\r\n");
	assert_status(a, 500);
	assert_false(world_has(a, "db.sqlite"));
	assert_true(world_has(a, "<h1>"));
	a = ASK("GET /fail/bug HTTP/1.1\r\n");
	assert_status(a, 500);
	assert_false(world_has(a, "db.sqlite"));
	assert_true(world_has(a, "InternalServerError"));
	assert_true(world_has(read_log(), "db.sqlite"));
	assert_status(ASK("GET /fail/silent HTTP/1.1\r\n"), 500);
}

static void error__has_the_status_of_its_code_and_is_escaped(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /fail/full HTTP/1.1\r\nAccept: text/html\r\n");
	assert_status(a, 507);
	assert_true(world_has(a, "it failed &lt;here&gt;"));
	assert_false(world_has(a, "<here>"));
	a = ASK("GET /fail/busy HTTP/1.1\r\n");
	assert_status(a, 503);
	assert_non_null(world_header(a, "Retry-After").p);
	assert_status(ASK("GET /fail/conflict HTTP/1.1\r\n"), 409);
	assert_status(ASK("GET /fail/data HTTP/1.1\r\n"), 422);
}

static void header__with_a_line_break_is_not_sent(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /fail/header HTTP/1.1\r\n");
	assert_status(a, 500);
	assert_false(world_has(a, "evil"));
	assert_false(world_has(a, "never seen"));
}

static void header__of_safety_is_on_every_answer(void **unused)
{
	(void)unused;
	static const char *const heads[] = {
		"GET /hello HTTP/1.1\r\n", "GET /nowhere HTTP/1.1\r\nAccept: text/html\r\n", "GET /api/things HTTP/1.1\r\n",
		"GET /static/a.css HTTP/1.1\r\n", "GET /fail/bug HTTP/1.1\r\n", "POST /form HTTP/1.1\r\n",
	};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		struct qpp_str a = ASK(heads[i]), csp = world_header(a, "Content-Security-Policy");
		assert_true(world_has(csp, "default-src 'none'"));
		assert_true(world_has(csp, "frame-ancestors 'none'"));
		assert_false(world_has(csp, "unsafe"));
		assert_text(world_header(a, "X-Content-Type-Options"), "nosniff");
		assert_text(world_header(a, "Referrer-Policy"), "same-origin");
		assert_text(world_header(a, "Strict-Transport-Security"), "max-age=31536000");
		assert_true(world_header(a, "X-Request-Id").n > 8);
		assert_true(world_header(a, "Cache-Control").n > 0);
		assert_null(world_header(a, "Server").p);
	}
}

static void condition__spares_what_the_client_has(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /api/things/7 HTTP/1.1\r\n");
	assert_text(world_header(a, "ETag"), "\"v3\"");
	a = ASK("GET /api/things/7 HTTP/1.1\r\nIf-None-Match: \"v2\", W/\"v3\"\r\n");
	assert_status(a, 304);
	assert_int_equal(world_body(a).n, 0);
	assert_status(ASK("GET /api/things/7 HTTP/1.1\r\nIf-None-Match: \"v2\"\r\n"), 200);
	unsigned before = atomic_load(&world.handled);
	assert_status(SEND("PUT /api/things/7 HTTP/1.1\r\n" REGISTRY "If-Match: \"v2\"\r\n", "{}"), 412);
	assert_int_equal(atomic_load(&world.handled), before);
	assert_status(SEND("PUT /api/things/7 HTTP/1.1\r\n" REGISTRY "If-Match: \"v3\"\r\n", "{}"), 200);
}

static void statics__come_from_memory(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /static/a.css HTTP/1.1\r\n"), tag = world_header(a, "ETag");
	assert_text(world_body(a), "body{}");
	assert_text(world_header(a, "Content-Type"), "text/css; charset=utf-8");
	assert_text(world_header(a, "Cache-Control"), "public, max-age=3600");
	assert_status(ASK(qpp_str_cat(&arena, "GET /static/a.css HTTP/1.1\r\nIf-None-Match: ", qpp_str_dup(&arena, tag).p, "\r\n", (char *)NULL).p), 304);
	struct qpp_str bare = qpp_str_dup(&arena, (struct qpp_str){ tag.p + 1, tag.n - 2 });
	a = ASK(qpp_str_cat(&arena, "GET /static/a.css?v=", bare.p, " HTTP/1.1\r\n", (char *)NULL).p);
	assert_text(world_header(a, "Cache-Control"), "public, max-age=31536000, immutable");
	assert_status(ASK("GET /static/plain.css HTTP/1.1\r\n"), 200);
	static const char *const out[] = { ".hidden", "link.txt", "%2e%2e/etc/passwd", "..%2fetc%2fpasswd", "%2fetc%2fpasswd", "a.css%2f..", "" };
	for (size_t i = 0; i < sizeof out / sizeof *out; i++)
		assert_status(ASK(qpp_str_cat(&arena, "GET /static/", out[i], " HTTP/1.1\r\n", (char *)NULL).p), 404);
}

static void download__has_a_harmless_name(void **unused)
{
	(void)unused;
	assert_text(world_header(ASK("GET /keep HTTP/1.1\r\n"), "Content-Disposition"), "attachment; filename=\"a__b___.._c.csv\"");
}

/* ---- who may ---- */

static void role__decides_before_the_handler(void **unused)
{
	(void)unused;
	assert_status(ASK("GET /officials HTTP/1.1\r\n"), 401);
	assert_text(world_header(ASK("GET /officials HTTP/1.1\r\n"), "WWW-Authenticate"), "Bearer realm=\"OpenQPP\"");
	assert_status(ASK("GET /officials HTTP/1.1\r\nCookie: __Host-session=staff\r\n"), 403);
	assert_status(ASK("GET /officials HTTP/1.1\r\nCookie: __Host-session=official\r\n"), 200);
	assert_status(ASK("GET /officials HTTP/1.1\r\nCookie: session=official\r\n"), 401);
	assert_status(ASK("GET /officials HTTP/1.1\r\nAuthorization: Bearer forged\r\n"), 401);
	unsigned before = atomic_load(&world.handled);
	assert_status(SEND("POST /api/things HTTP/1.1\r\n", "{}"), 401);
	assert_int_equal(atomic_load(&world.handled), before);
}

static void role__others_and_nothing_answer_the_same_bytes(void **unused)
{
	(void)unused;
	struct qpp_str others = ASK("GET /api/of/others/data HTTP/1.1\r\n" REGISTRY), none = ASK("GET /api/of/none/data HTTP/1.1\r\n" REGISTRY);
	assert_status(ASK("GET /api/of/mine/data HTTP/1.1\r\n" REGISTRY), 200);
	assert_status(others, 404);
	assert_true(qpp_str_eq(world_body(others), world_body(none)));
}

static void role__who_sees_as_another_changes_nothing(void **unused)
{
	(void)unused;
	struct qpp_str a = SEND("PUT /api/things/1 HTTP/1.1\r\nCookie: __Host-session=viewing\r\n", "{}");
	assert_status(a, 403);
	assert_true(world_has(a, "nothing can be changed"));
	assert_status(ASK("GET /officials HTTP/1.1\r\nCookie: __Host-session=viewing\r\n"), 200);
}

static void record__is_kept_or_nothing_is_answered(void **unused)
{
	(void)unused;
	unsigned before = atomic_load(&world.records);
	assert_status(ASK("GET /hello HTTP/1.1\r\n"), 200);
	assert_int_equal(atomic_load(&world.records), before);
	assert_status(ASK("GET /officials HTTP/1.1\r\n"), 401);
	assert_status(ASK("GET /api/of/mine/data HTTP/1.1\r\n" REGISTRY), 200);
	assert_int_equal(atomic_load(&world.records), before + 2);
	world.record_fails = true;
	struct qpp_str a = ASK("GET /api/of/mine/data HTTP/1.1\r\n" REGISTRY);
	world.record_fails = false;
	assert_status(a, 503);
	assert_false(world_has(a, "mine"));
}

/* ---- forms ---- */

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"
#define OFFICIAL "Cookie: __Host-session=official\r\n"

static struct qpp_str token(const char *cookie)
{
	struct qpp_str t = world_body(ASK(qpp_str_cat(&arena, "GET /form HTTP/1.1\r\n", cookie, (char *)NULL).p));
	return qpp_str_dup(&arena, t);
}

static void form__needs_the_token_of_its_session(void **unused)
{
	(void)unused;
	struct qpp_str mine = token(OFFICIAL), others = token("Cookie: __Host-session=staff\r\n");
	const char *good = qpp_str_cat(&arena, "name=x&csrf=", mine.p, (char *)NULL).p;
	assert_status(SEND("POST /form HTTP/1.1\r\n" OFFICIAL FORM_TYPE, good), 200);
	assert_status(SEND("POST /form HTTP/1.1\r\n" OFFICIAL FORM_TYPE, "name=x"), 403);
	assert_status(SEND("POST /form HTTP/1.1\r\n" OFFICIAL FORM_TYPE, qpp_str_cat(&arena, "csrf=", others.p, (char *)NULL).p), 403);
	assert_status(SEND("POST /form HTTP/1.1\r\n" OFFICIAL FORM_TYPE "Origin: https://evil.example\r\n", good), 403);
	assert_status(SEND("POST /form HTTP/1.1\r\n" OFFICIAL FORM_TYPE "Origin: null\r\n", good), 403);
	assert_status(SEND("POST /form HTTP/1.1\r\n" OFFICIAL FORM_TYPE "Sec-Fetch-Site: cross-site\r\n", good), 403);
	assert_status(SEND("POST /form HTTP/1.1\r\n" OFFICIAL FORM_TYPE "Origin: https://test\r\nSec-Fetch-Site: same-origin\r\n", good), 200);
	/* The API by a browser's cookie needs it as well; by a token it does not. */
	assert_status(SEND("PUT /api/things/1 HTTP/1.1\r\n" OFFICIAL, "{}"), 403);
	assert_status(SEND(qpp_str_cat(&arena, "PUT /api/things/1 HTTP/1.1\r\n" OFFICIAL "X-CSRF-Token: ", mine.p, "\r\n", (char *)NULL).p, "{}"), 200);
	assert_status(SEND("PUT /api/things/1 HTTP/1.1\r\n" REGISTRY, "{}"), 200);
}

static void form__of_a_visitor_is_bound_to_his_cookie(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /form HTTP/1.1\r\n"), set = world_header(a, "Set-Cookie"), cookie;
	assert_true(qpp_str_starts(set, "__Host-visitor="));
	(void)qpp_str_cut(&set, ';', &cookie);
	const char *body = qpp_str_cat(&arena, "csrf=", qpp_str_dup(&arena, world_body(a)).p, (char *)NULL).p;
	const char *with = qpp_str_cat(&arena, "POST /form HTTP/1.1\r\n" FORM_TYPE "Cookie: ", qpp_str_dup(&arena, cookie).p, "\r\n", (char *)NULL).p;
	assert_status(SEND(with, body), 200);
	assert_status(SEND("POST /form HTTP/1.1\r\n" FORM_TYPE, body), 403);
	assert_status(SEND("POST /form HTTP/1.1\r\n" FORM_TYPE "Cookie: __Host-visitor=0000\r\n", body), 403);
}

static void form__takes_an_upload(void **unused)
{
	(void)unused;
	struct qpp_str a = SEND("POST /open HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\n",
	                        "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nEm\r\n--b\r\nContent-Disposition: form-data; "
	                        "name=\"file\"; filename=\"x.json\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n--b--\r\n");
	assert_text(world_body(a), "Em|x.json|7");
	assert_status(SEND("POST /open HTTP/1.1\r\nContent-Type: text/plain\r\n", "x"), 400);
}

static void redirect__stays_here_and_sets_the_cookie(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /redirect?to=/account HTTP/1.1\r\n");
	assert_status(a, 303);
	assert_text(world_header(a, "Location"), "/account");
	assert_text(world_header(a, "Set-Cookie"), "__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60");
	assert_text(world_header(ASK("GET /redirect?to=%2F%2Fevil.example HTTP/1.1\r\n"), "Location"), "/");
}

/* ---- bodies ---- */

static const char *many(size_t n)
{
	char *p = qpp_arena_alloc(&arena, n + 1);
	memset(p, 'x', n);
	return p;
}

static void body__is_bounded_by_its_page(void **unused)
{
	(void)unused;
	assert_status(SEND("POST /api/things HTTP/1.1\r\n" REGISTRY, many(4096)), 201);
	struct qpp_str a = SEND("POST /api/things HTTP/1.1\r\n" REGISTRY, many(4097));
	assert_status(a, 413);
	assert_true(world_has(a, "at most 4096 bytes"));
	/* Far more than it takes: told before it is read. */
	a = world_send(&arena, &world, QPP_LIT("POST /api/things HTTP/1.1\r\nHost: a\r\n" REGISTRY "Content-Length: 1000000000\r\n\r\n"), 3000);
	assert_status(a, 413);
	a = world_send(&arena, &world, QPP_LIT("POST /api/things HTTP/1.1\r\nHost: a\r\n" REGISTRY "Expect: 100-continue\r\nContent-Length: 5000\r\n\r\n"), 3000);
	assert_status(a, 413);
	a = SEND("PUT /api/things/1 HTTP/1.1\r\n" REGISTRY, many((1 << 20) + 1));
	assert_status(a, 413);
}

static struct qpp_str chunked(const char *head, size_t chunk, size_t times)
{
	struct qpp_buf b;
	char size[32];
	qpp_buf_init(&b, &arena, 16 << 20);
	qpp_buf_cat(&b, head, "Host: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n", (char *)NULL);
	(void)snprintf(size, sizeof size, "%zx\r\n", chunk);
	for (size_t i = 0; i < times; i++)
		qpp_buf_cat(&b, size, many(chunk), "\r\n", (char *)NULL);
	qpp_buf_cat(&b, "0\r\n\r\n", (char *)NULL);
	return qpp_buf_done(&b);
}

static void body__in_chunks_is_bounded_too(void **unused)
{
	(void)unused;
	assert_status(world_send(&arena, &world, chunked("POST /api/things HTTP/1.1\r\n" REGISTRY, 1024, 4), 3000), 201);
	assert_status(world_send(&arena, &world, chunked("POST /api/things HTTP/1.1\r\n" REGISTRY, 1024, 5), 3000), 413);
	/* Endless: ended. */
	struct qpp_str a = world_send(&arena, &world, chunked("POST /api/things HTTP/1.1\r\n" REGISTRY, 1 << 16, 100), 3000);
	assert_true(world_status(a) == 413 || world_status(a) == 0);
}

static void body__that_is_large_is_not_read_from_a_stranger(void **unused)
{
	(void)unused;
	struct qpp_str a = world_send(&arena, &world, QPP_LIT("POST /api/large HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n"), 3000);
	assert_status(a, 401);
	assert_status(SEND("POST /api/large HTTP/1.1\r\n" REGISTRY, many(5 << 20)), 200);
}

static void body__of_a_get_is_read_past(void **unused)
{
	(void)unused;
	assert_text(world_body(SEND("GET /hello HTTP/1.1\r\n", "ignored")), "hello\n");
}

/* ---- times ---- */

static json_int_t number_in(struct qpp_str answer, const char *name)
{
	json_t *o = json_of(answer);
	json_int_t v = json_integer_value(json_object_get(json_object_get(json_object_get(o, "data"), "receipt"), name));
	json_decref(o);
	return v;
}

static void time__of_filing_is_that_of_the_last_byte(void **unused)
{
	(void)unused;
	static const char head[] = "POST /api/things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" REGISTRY "Content-Length: 4\r\n\r\nab";
	int64_t start_us = world.clock.now.us;
	int fd = world_connect(&world);
	world_write(fd, head, sizeof head - 1);
	usleep(100000);
	world.clock.now.us = start_us + 5000000;
	world_write(fd, "c", 1);
	usleep(100000);
	world.clock.now.us = start_us + 7000000;
	world_write(fd, "d", 1);
	usleep(100000);
	world.clock.now.us = start_us + 9000000;
	struct qpp_str a = world_read(&arena, fd, 3000);
	(void)close(fd);
	assert_status(a, 201);
	assert_int_equal(number_in(a, "began"), start_us);
	assert_int_equal(number_in(a, "received"), start_us + 7000000);
	assert_int_equal(number_in(a, "size"), 4);
}

static void time__of_each_of_several_requests_on_a_connection(void **unused)
{
	(void)unused;
	static const char one[] = "POST /api/things HTTP/1.1\r\nHost: a\r\n" REGISTRY "Content-Length: 1\r\n\r\na";
	int fd = world_connect(&world);
	for (int i = 0; i < 3; i++) {
		world.clock.now.us += 1000000;
		world_write(fd, one, sizeof one - 1);
		struct qpp_str a = world_read(&arena, fd, 300);
		assert_status(a, 201);
		assert_int_equal(number_in(a, "received"), world.clock.now.us);
	}
	/* And when they come all at once. */
	struct qpp_str three = qpp_str_cat(&arena, one, one, one, (char *)NULL);
	world_write(fd, three.p, three.n);
	struct qpp_str a = world_read(&arena, fd, 500);
	int answers = 0;
	for (const char *p = a.p; (p = memmem(p, a.n - (size_t)(p - a.p), "HTTP/1.1 201", 12)) != NULL; p += 12)
		answers++;
	assert_int_equal(answers, 3);
	(void)close(fd);
}

static void time__is_not_that_of_the_handling(void **unused)
{
	(void)unused;
	int64_t start_us = world.clock.now.us;
	int fd = world_connect(&world);
	/* The filing is here with the last byte, but its turn comes when the page before it is done. */
	struct qpp_str both = QPP_LIT("GET /busy HTTP/1.1\r\nHost: a\r\n\r\nPOST /api/things HTTP/1.1\r\nHost: a\r\n" REGISTRY
	                              "Connection: close\r\nContent-Length: 1\r\n\r\na");
	world_write(fd, both.p, both.n);
	usleep(200000);
	world.clock.now.us = start_us + 5000000;
	struct qpp_str a = world_read(&arena, fd, 3000);
	(void)close(fd);
	const char *second = memmem(a.p, a.n, "HTTP/1.1 201", 12);
	assert_non_null(second);
	assert_int_equal(number_in((struct qpp_str){ second, a.n - (size_t)(second - a.p) }, "received"), start_us);
}

/* ---- what is not taken off the wire ---- */

static void wire__refuses_what_could_be_read_in_two_ways(void **unused)
{
	(void)unused;
#define POST_API "POST /api/things HTTP/1.1\r\nHost: a\r\n" REGISTRY
	static const struct {
		const char *name;
		struct qpp_str bytes;
		int status;
	} smuggled[] = {
		{ "CL.TE", QPP_LIT_INIT(POST_API "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /officials HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
		{ "TE.CL", QPP_LIT_INIT(POST_API "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n"), 400 },
		{ "TE.TE", QPP_LIT_INIT(POST_API "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"), 400 },
		{ "two lengths", QPP_LIT_INIT(POST_API "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"), 400 },
		{ "folded", QPP_LIT_INIT(POST_API "X: a\r\n b\r\nContent-Length: 1\r\n\r\na"), 400 },
		{ "NUL", QPP_LIT_INIT(POST_API "X: a\0b\r\nContent-Length: 1\r\n\r\na"), 400 },
		{ "bare line feed", QPP_LIT_INIT("GET /hello HTTP/1.1\nHost: a\n\n"), 400 },
		{ "space before colon", QPP_LIT_INIT(POST_API "Content-Length : 1\r\n\r\na"), 400 },
		{ "chunk extension", QPP_LIT_INIT(POST_API "Transfer-Encoding: chunked\r\n\r\n1;x\r\na\r\n0\r\n\r\n"), 400 },
		{ "bare line feed in a chunk", QPP_LIT_INIT(POST_API "Transfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n"), 400 },
	};
	unsigned before = atomic_load(&world.handled);
	for (size_t i = 0; i < sizeof smuggled / sizeof *smuggled; i++) {
		int fd = world_connect(&world);
		world_write(fd, smuggled[i].bytes.p, smuggled[i].bytes.n);
		struct qpp_str a = world_read(&arena, fd, 3000);
		if (world_status(a) != smuggled[i].status)
			fail_msg("%s: %.*s", smuggled[i].name, QPP_ARG(a));
		/* One refusal, and the end. */
		assert_false(world_has((struct qpp_str){ a.p + 8, a.n - 8 }, "HTTP/1.1 "));
		assert_text(world_header(a, "Connection"), "close");
		assert_true(world_closed(fd, 2000));
		(void)close(fd);
	}
	assert_int_equal(atomic_load(&world.handled), before);
	assert_true(world_has(read_log(), "Content-Length and Transfer-Encoding are both there"));
}

static void wire__answers_the_good_request_before_a_bad_one(void **unused)
{
	(void)unused;
	struct qpp_str a = world_send(&arena, &world, QPP_LIT("GET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\nHost: a\n\n"), 1500);
	assert_status(a, 200);
	assert_true(world_has(a, "hello\n"));
	assert_false(world_has((struct qpp_str){ a.p + 8, a.n - 8 }, "HTTP/1.1 200"));
}

static void wire__survives_every_cut_of_a_request(void **unused)
{
	(void)unused;
	static const char whole[] = POST_API "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: y\r\n\r\n";
	for (size_t n = 0; n < sizeof whole - 1; n += 3) {
		int fd = world_connect(&world);
		world_write(fd, whole, n);
		(void)close(fd);
	}
	assert_text(world_body(ASK("GET /hello HTTP/1.1\r\n")), "hello\n");
}

static void wire__bounds_the_head(void **unused)
{
	(void)unused;
	assert_status(ASK(qpp_str_cat(&arena, "GET /", many(9000), " HTTP/1.1\r\n", (char *)NULL).p), 414);
	assert_status(ASK(qpp_str_cat(&arena, "GET /hello HTTP/1.1\r\nX: ", many(17000), "\r\n", (char *)NULL).p), 431);
	assert_status(ASK(qpp_str_cat(&arena, "GET /hello HTTP/1.1\r\nX: ", many(15000), "\r\n", (char *)NULL).p), 200);
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 1 << 16);
	qpp_buf_cat(&b, "GET /hello?", (char *)NULL);
	for (int i = 0; i < 65; i++)
		qpp_buf_cat(&b, "a&", (char *)NULL);
	qpp_buf_cat(&b, " HTTP/1.1\r\n", (char *)NULL);
	assert_status(ASK(qpp_buf_done(&b).p), 400);
}

/* ---- the log, the proxy, the counters, the description ---- */

static void log__has_no_tin(void **unused)
{
	(void)unused;
	(void)ASK("GET /api/things/000123456?taxpayerIdentificationNumber=000654321&year=2023 HTTP/1.1\r\nUser-Agent: x 000-98-7654 \"q\\\r\n" REGISTRY);
	struct qpp_str text = read_log();
	assert_false(world_has(text, "000123456"));
	assert_false(world_has(text, "000654321"));
	assert_false(world_has(text, "000-98-7654"));
	assert_true(world_has(text, "\"query\":\"taxpayerIdentificationNumber,year\""));
	assert_true(world_has(text, "\"page\":\"/api/things/{id}\""));
	/* Every line is JSON by itself. */
	struct qpp_str line;
	while (qpp_str_cut(&text, '\n', &line)) {
		if (!line.n)
			continue;
		json_t *o = json_loadb(line.p, line.n, 0, NULL);
		if (!o)
			fail_msg("no JSON: %.*s", QPP_ARG(line));
		json_decref(o);
	}
}

static void log__is_opened_anew(void **unused)
{
	(void)unused;
	assert_int_equal(unlink(log_path), 0);
	qpp_server_reopen_log(world.server);
	(void)ASK("GET /hello HTTP/1.1\r\nX-Request-Id: after-reopening\r\n");
	assert_true(world_has(read_log(), "after-reopening"));
}

static void proxy__is_believed_from_loopback(void **unused)
{
	(void)unused;
	struct qpp_str a = ASK("GET /hello HTTP/1.1\r\nX-Real-IP: 192.0.2.77\r\nX-Request-Id: from-the-proxy-1\r\n");
	assert_text(world_header(a, "X-Request-Id"), "from-the-proxy-1");
	assert_true(world_has(read_log(), "\"peer\":\"192.0.2.77\""));
	a = ASK("GET /hello HTTP/1.1\r\nX-Real-IP: x\"y\r\nX-Request-Id: a b\r\n");
	assert_false(qpp_str_is(world_header(a, "X-Request-Id"), "a b"));
	/* What is for the machine itself is not for those behind its proxy. */
	assert_status(ASK("GET /metrics HTTP/1.1\r\nX-Real-IP: 192.0.2.77\r\n"), 404);
	assert_status(ASK("GET /metrics HTTP/1.1\r\nX-Real-IP: 127.0.0.1\r\n"), 404);
}

static void metrics__count(void **unused)
{
	(void)unused;
	(void)ASK("GET /hello HTTP/1.1\r\n");
	struct qpp_str text = world_body(ASK("GET /metrics HTTP/1.1\r\n"));
	/* What clients that went away in the middle had sent is given back within a second or two. */
	for (int i = 0; i < 50 && !world_has(text, "qpp_http_body_bytes 0\n"); i++) {
		usleep(100000);
		text = world_body(ASK("GET /metrics HTTP/1.1\r\n"));
	}
	assert_true(world_has(text, "qpp_http_requests_total{method=\"GET\",route=\"/hello\",status=\"200\"}"));
	assert_true(world_has(text, "qpp_http_requests_total{method=\"\",route=\"\",status=\"404\"}"));
	assert_true(world_has(text, "qpp_http_request_seconds_bucket{le=\"+Inf\"}"));
	assert_true(world_has(text, "qpp_http_body_bytes 0\n"));
	assert_true(world_has(text, "qpp_uptime_seconds "));
}

static void ready__says_why_not(void **unused)
{
	(void)unused;
	assert_status(ASK("GET /readyz HTTP/1.1\r\n"), 200);
	world.ready = false;
	struct qpp_str a = ASK("GET /readyz HTTP/1.1\r\n");
	world.ready = true;
	assert_status(a, 503);
	assert_true(world_has(a, "the store is not there"));
	assert_status(ASK("GET /healthz HTTP/1.1\r\n"), 200);
}

static void openapi__and_routes_agree(void **unused)
{
	(void)unused;
	json_t *o = json_of(ASK("GET /api/openapi.json HTTP/1.1\r\n")), *paths = json_object_get(o, "paths"), *operations, *operation;
	const struct qpp_router *x = qpp_server_router(world.server);
	const char *path, *method;
	size_t documented = 0, routes = 0;
	assert_string_equal(json_string_value(json_object_get(o, "openapi")), "3.1.0");
	for (size_t i = 0; i < qpp_router_pages(x); i++) {
		const struct qpp_page *p = qpp_router_page(x, i);
		if (!(p->flags & QPP_PAGE_API))
			continue;
		routes++;
		if (!json_object_get(json_object_get(paths, p->path), qpp_str_lower(&arena, qpp_str_of(qpp_http_method_name(p->method))).p))
			fail_msg("%s %s is not described", qpp_http_method_name(p->method), p->path);
	}
	json_object_foreach(paths, path, operations)
		json_object_foreach(operations, method, operation) {
			char *target = qpp_arena_alloc(&arena, strlen(path) + 1), *upper = qpp_arena_alloc(&arena, strlen(method) + 1), *to = target;
			for (const char *p = path; *p; p++) {
				if (*p == '{')
					*to++ = '1';
				if (*p == '{')
					p = strchr(p, '}');
				else
					*to++ = *p;
			}
			for (size_t i = 0; method[i]; i++)
				upper[i] = (char)(method[i] - 0x20);
			int status = world_status(SEND(qpp_str_cat(&arena, upper, " ", target, " HTTP/1.1\r\n", (char *)NULL).p,
			                               strcmp(method, "get") ? "{}" : NULL));
			if (status == 404 || status == 405 || status == 0)
				fail_msg("%s %s answers %d", upper, target, status);
			documented++;
		}
	assert_int_equal(documented, routes);
	assert_true(documented > 7);
	json_decref(o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address__with_and_without_slash_is_one_page),
		cmocka_unit_test(method__head_is_get_without_body),
		cmocka_unit_test(method__another_is_refused_with_those_that_are_taken),
		cmocka_unit_test(method__options_answers_a_preflight),
		cmocka_unit_test(json__has_the_envelopes_of_the_api),
		cmocka_unit_test(error__says_nothing_of_the_inside),
		cmocka_unit_test(error__has_the_status_of_its_code_and_is_escaped),
		cmocka_unit_test(header__with_a_line_break_is_not_sent),
		cmocka_unit_test(header__of_safety_is_on_every_answer),
		cmocka_unit_test(condition__spares_what_the_client_has),
		cmocka_unit_test(statics__come_from_memory),
		cmocka_unit_test(download__has_a_harmless_name),
		cmocka_unit_test(role__decides_before_the_handler),
		cmocka_unit_test(role__others_and_nothing_answer_the_same_bytes),
		cmocka_unit_test(role__who_sees_as_another_changes_nothing),
		cmocka_unit_test(record__is_kept_or_nothing_is_answered),
		cmocka_unit_test(form__needs_the_token_of_its_session),
		cmocka_unit_test(form__of_a_visitor_is_bound_to_his_cookie),
		cmocka_unit_test(form__takes_an_upload),
		cmocka_unit_test(redirect__stays_here_and_sets_the_cookie),
		cmocka_unit_test(body__is_bounded_by_its_page),
		cmocka_unit_test(body__in_chunks_is_bounded_too),
		cmocka_unit_test(body__that_is_large_is_not_read_from_a_stranger),
		cmocka_unit_test(body__of_a_get_is_read_past),
		cmocka_unit_test(time__of_filing_is_that_of_the_last_byte),
		cmocka_unit_test(time__of_each_of_several_requests_on_a_connection),
		cmocka_unit_test(time__is_not_that_of_the_handling),
		cmocka_unit_test(wire__refuses_what_could_be_read_in_two_ways),
		cmocka_unit_test(wire__answers_the_good_request_before_a_bad_one),
		cmocka_unit_test(wire__survives_every_cut_of_a_request),
		cmocka_unit_test(wire__bounds_the_head),
		cmocka_unit_test(log__has_no_tin),
		cmocka_unit_test(log__is_opened_anew),
		cmocka_unit_test(proxy__is_believed_from_loopback),
		cmocka_unit_test(metrics__count),
		cmocka_unit_test(ready__says_why_not),
		cmocka_unit_test(openapi__and_routes_agree),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, stop);
}
