/*
 * /api/auth/ with requests made by hand: the sign-in of the agency's clients, how
 * long it lasts, looking on as somebody else, and the hooks that find out who asks.
 */
#include "unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/api/auth.h"
#include "world.h"

static struct qpp_auth auth;
static struct qpp_page_table tables[QPP_AUTH_TABLES];
static struct qpp_http_response response;
static struct qpp_http_request request;

static int setup(void **state)
{
	int failed = world_setup(state);
	auth = (struct qpp_auth){ .identity = world.identity, .store = world.store, .clock = &world.clock.clock };
	qpp_auth_tables(&auth, tables);
	return failed;
}

/* One exchange, as the server does it; the code of the handler, or of the hooks. */
static enum qpp_code ask(enum qpp_http_method method, const char *path, struct qpp_str bearer, const char *body)
{
	const struct qpp_page *page = NULL;
	void *host = NULL;
	for (size_t t = 0; t < QPP_AUTH_TABLES; t++)
		for (size_t i = 0; i < tables[t].n; i++)
			if (tables[t].v[i].method == method && strcmp(tables[t].v[i].path, path) == 0) {
				page = &tables[t].v[i];
				host = tables[t].host;
			}
	assert_non_null(page);
	struct qpp_http_pair *header = QPP_NEW(&world.arena, struct qpp_http_pair);
	header->name = QPP_LIT("authorization");
	header->value = qpp_str_cat(&world.arena, "Bearer ", bearer.n > 0 ? qpp_str_dup(&world.arena, bearer).p : "", (char *)NULL);
	request = (struct qpp_http_request){ .arena = &world.arena, .method = method, .path = qpp_str_of(path), .body = qpp_str_of(body),
		                            .headers = { header, bearer.n > 0 }, .page = page };
	struct qpp_from from = world_from();
	request.peer = from.peer;
	request.id = from.request_id;
	qpp_response_init(&response, &world.arena);
	enum qpp_code code = qpp_auth_identify(&auth, &request, &world.err);
	if (code == QPP_OK && !qpp_access(request.caller.roles, page->can))
		code = request.caller.session != NULL ? QPP_FORBIDDEN : QPP_SIGNED_OUT;
	if (code == QPP_OK && request.caller.view_only && method != QPP_GET)
		code = QPP_FORBIDDEN;
	if (code == QPP_OK)
		code = page->handle(host, &request, &response, &world.err);
	struct qpp_err none;
	expect_ok(qpp_auth_audit(&auth, &request, qpp_code_http(code), &none));
	return code;
}

/* A text or number of the answer, by members one within the other. */
static struct qpp_str answered(const char *a, const char *b, const char *c)
{
	json_t *j = json_loadb(response.body.p, response.body.n, 0, NULL), *v = json_object_get(j, a);
	assert_non_null(j);
	v = b != NULL ? json_object_get(v, b) : v;
	v = c != NULL ? json_object_get(v, c) : v;
	struct qpp_str out = json_is_integer(v) ? qpp_i64_text(&world.arena, json_integer_value(v))
	                                        : qpp_str_dup(&world.arena, qpp_str_of(json_string_value(v)));
	json_decref(j);
	return out;
}

static struct qpp_str sign_in(const char *name, const char *password)
{
	world_move(30);
	expect_ok(ask(QPP_POST, "/api/auth/authn", QPP_LIT(""),
	              qpp_str_cat(&world.arena, "{\"username\":\"", name, "\",\"password\":\"", password, "\"}", (char *)NULL).p));
	struct qpp_str token = answered("auth", "text", NULL);
	assert_true(qpp_str_eq(token, answered("data", "auth", "text")));
	expect_str(answered("data", "activeFactor", "id"), "totp");
	expect_ok(ask(QPP_POST, "/api/auth/authn/request-mfa", token, "{\"factorId\":\"totp\"}"));
	expect_ok(ask(QPP_POST, "/api/auth/authn/verify", token,
	              qpp_str_cat(&world.arena, "{\"factorId\":\"totp\",\"verificationCode\":\"", world_code(0).p, "\"}", (char *)NULL).p));
	return answered("auth", "text", NULL);
}

static void client__signs_in_as_at_the_agency(void **unused)
{
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "");
	world_account("alice", org, QPP_POST_STAFF);
	struct qpp_str token = sign_in("alice", PASSWORD);
	expect_ok(ask(QPP_GET, "/api/auth/sessions/ttl", token, ""));
	expect_str(answered("data", "time_remaining", NULL), "1800");
	world_move(1000);
	expect_ok(ask(QPP_GET, "/api/auth/sessions/ttl", token, ""));
	expect_str(answered("data", "time_remaining", NULL), "800");
	expect_ok(ask(QPP_POST, "/api/auth/sessions/refresh", token, ""));
	expect_str(answered("data", "time_remaining", NULL), "1800");
	expect_ok(ask(QPP_GET, "/api/auth/authz", token, ""));
	assert_non_null(strstr(response.body.p, "*****3456"));
	assert_null(strstr(response.body.p, "000123456"));
	expect_ok(ask(QPP_DELETE, "/api/auth/sessions", token, ""));
	expect_code(ask(QPP_GET, "/api/auth/sessions/ttl", token, ""), QPP_SIGNED_OUT);
}

static void client__half_signed_in_reaches_nothing(void **unused)
{
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	expect_ok(ask(QPP_POST, "/api/auth/authn", QPP_LIT(""), "{\"username\":\"alice\",\"password\":\"" PASSWORD "\"}"));
	struct qpp_str token = answered("auth", "text", NULL);
	expect_str(answered("data", "stage", NULL), "code");
	expect_code(ask(QPP_GET, "/api/auth/sessions/ttl", token, ""), QPP_FORBIDDEN);
	expect_code(ask(QPP_GET, "/api/auth/authz", token, ""), QPP_FORBIDDEN);
	expect_code(ask(QPP_POST, "/api/auth/authn/enroll", token, ""), QPP_SIGNED_OUT);
	expect_code(ask(QPP_POST, "/api/auth/authn/verify", token, "{\"factorId\":\"totp\",\"verificationCode\":\"1\"}"), QPP_DATA);
}

static void client__hostile_bodies_are_refused(void **unused)
{
	(void)unused;
	static const char *const bodies[] = { "", "[]", "null", "{", "{\"username\":\"a\",\"username\":\"b\"}", "\xff" };
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		expect_code(ask(QPP_POST, "/api/auth/authn", QPP_LIT(""), bodies[i]), QPP_USAGE);
	expect_code(ask(QPP_POST, "/api/auth/authn", QPP_LIT(""), "{\"username\":1,\"password\":{}}"), QPP_SIGNED_OUT);
	expect_code(ask(QPP_POST, "/api/auth/authn", QPP_LIT(""), "{}"), QPP_SIGNED_OUT);
	expect_code(ask(QPP_POST, "/api/auth/authn/verify", QPP_LIT(""), "{}"), QPP_SIGNED_OUT);
	expect_code(ask(QPP_GET, "/api/auth/sessions/ttl", QPP_LIT("nonsense"), ""), QPP_SIGNED_OUT);
}

static void view__is_left_by_the_one_way_out(void **unused)
{
	(void)unused;
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "agency", "The agency");
	world_practice("000123456", "Oak Practice", "");
	world_account("agent", agency, QPP_POST_AGENT);
	struct qpp_str token = sign_in("agent", AGENCY_PASSWORD);
	expect_ok(ask(QPP_POST, "/api/auth/helpdesk/view", token, "{\"type\":\"tin\",\"id\":\"000123456\",\"reason\":\"ticket 17\"}"));
	expect_ok(ask(QPP_GET, "/api/auth/authz", token, ""));
	assert_non_null(strstr(response.body.p, "Oak Practice"));
	assert_true(request.caller.view_only);
	expect_code(ask(QPP_POST, "/api/auth/helpdesk/view", token, "{\"type\":\"tin\",\"id\":\"000123456\",\"reason\":\"ticket 17\"}"), QPP_FORBIDDEN);
	expect_ok(ask(QPP_DELETE, "/api/auth/helpdesk/view", token, ""));
	expect_ok(ask(QPP_GET, "/api/auth/authz", token, ""));
	assert_false(request.caller.view_only);
	assert_null(strstr(response.body.p, "Oak Practice"));
}

static void hook__knows_programs_by_their_token(void **unused)
{
	(void)unused;
	struct qpp_from from = world_from();
	struct qpp_str registry = world_org(QPP_ORG_REGISTRY, "R-1", "Good Registry"), token;
	struct qpp_api_token row;
	world_account("official1", registry, QPP_POST_OFFICIAL);
	struct qpp_person p = world_person(world_sign_in("official1"));
	expect_ok(qpp_token_make(world.identity, &world.arena, &from, &p, registry, (qpp_py){ 2024 }, QPP_LIT("uploader"),
	                         (qpp_time){ 0 }, &token, &row, &world.err));
	/* A program has no session to speak of. */
	expect_code(ask(QPP_GET, "/api/auth/sessions/ttl", token, ""), QPP_FORBIDDEN);
	const struct qpp_asker *asker = request.caller.session;
	assert_true(asker->program);
	assert_true(qpp_str_eq(asker->org.id, registry));
	assert_int_equal(request.caller.roles, QPP_BY(REGISTRY_TOKEN));
	/* The record of a request names the pattern, whatever the address was. */
	assert_int_equal(world_audits("POST /api/auth/authn", 200), 0);
}

#define AUTH_TEST(f) cmocka_unit_test_setup_teardown(f, setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		AUTH_TEST(client__signs_in_as_at_the_agency),
		AUTH_TEST(client__half_signed_in_reaches_nothing),
		AUTH_TEST(client__hostile_bodies_are_refused),
		AUTH_TEST(view__is_left_by_the_one_way_out),
		AUTH_TEST(hook__knows_programs_by_their_token),
	};
	return RUN_AS_TAP(tests);
}
