/*
 * /api/auth/: sign-in for programs that sign in as people do at the agency
 * (apis.md 1.7), how long a session lasts, viewing as somebody else; and the two
 * pages between here and an identity provider. auth.h is the manual.
 */
#include <string.h>

#include "adapt/api/auth.h"
#include "adapt/http/envelope.h"

enum { BODY_MOST = 4096 };

static const struct qpp_asker *asker_of(const struct qpp_http_request *r)
{
	return r->caller.session;
}

static json_t *text(struct qpp_str s)
{
	return json_stringn(s.n > 0 ? s.p : "", s.n);
}

/* The members of a body that are texts; the rest is not read. A new reference. */
static enum qpp_code read_body(const struct qpp_http_request *r, json_t **out, struct qpp_err *err)
{
	*out = json_loadb(r->body.n > 0 ? r->body.p : "", r->body.n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(*out))
		return QPP_OK;
	json_decref(*out);
	*out = NULL;
	return qpp_fail(err, QPP_USAGE, "the body is not a JSON object", (char *)NULL);
}

static struct qpp_str member(struct qpp_arena *a, const json_t *body, const char *name)
{
	const json_t *v = json_object_get(body, name);
	return json_is_string(v) ? qpp_str_dup(a, (struct qpp_str){ json_string_value(v), json_string_length(v) }) : QPP_LIT("");
}

static json_t *factor_list(const struct qpp_signed_in *in)
{
	json_t *list = json_array();
	for (size_t i = 0; i < in->n_factors; i++)
		json_array_append_new(list, json_pack("{s:o, s:o}", "id", text(in->factors[i]), "type", text(in->factors[i])));
	return list;
}

/* {"auth": {"text": token}, "data": {...}}: clients of two generations read the token at either place. */
static void answer_signed_in(struct qpp_http_response *s, const struct qpp_signed_in *in)
{
	json_t *data = json_pack("{s:{s:o}, s:s, s:o}", "auth", "text", text(in->token), "stage", qpp_stage_name(in->stage),
	                         "factors", factor_list(in));
	if (in->n_factors > 0)
		json_object_set_new(data, "activeFactor", json_pack("{s:o}", "id", text(in->factors[0])));
	qpp_respond_json(s, 200, json_pack("{s:{s:o}, s:o}", "auth", "text", text(in->token), "data", data));
	qpp_respond_set(s, "Cache-Control", QPP_LIT("no-store"));
}

static enum qpp_code authn(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	struct qpp_signed_in in;
	json_t *body;
	enum qpp_code code = read_body(r, &body, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str name = member(r->arena, body, "username"), password = member(r->arena, body, "password");
	json_decref(body);
	code = qpp_sign_in(auth->identity, r->arena, &from, name, password, &in, err);
	if (code == QPP_OK)
		answer_signed_in(s, &in);
	return code;
}

/* The session that waits for its second factor. */
static enum qpp_code pending(const struct qpp_http_request *r, struct qpp_str *token, struct qpp_err *err)
{
	const struct qpp_asker *a = asker_of(r);
	if (a == NULL || a->program)
		return qpp_fail(err, QPP_SIGNED_OUT, "begin with user name and password", (char *)NULL);
	*token = a->token;
	return QPP_OK;
}

static enum qpp_code request_mfa(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	struct qpp_str token;
	json_t *body;
	enum qpp_code code = pending(r, &token, err);
	if (code == QPP_OK)
		code = read_body(r, &body, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str factor = member(r->arena, body, "factorId");
	json_decref(body);
	code = qpp_sign_in_request_code(auth->identity, r->arena, &from, token, factor, err);
	if (code == QPP_OK)
		qpp_respond_json(s, 200, json_pack("{s:{s:{s:o}}}", "data", "activeFactor", "id", text(factor)));
	return code;
}

static enum qpp_code verify(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	struct qpp_signed_in in;
	struct qpp_str token;
	json_t *body;
	enum qpp_code code = pending(r, &token, err);
	if (code == QPP_OK)
		code = read_body(r, &body, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str factor = member(r->arena, body, "factorId"), typed = member(r->arena, body, "verificationCode");
	json_decref(body);
	if (asker_of(r)->person.stage == QPP_STAGE_ENROLL)
		code = qpp_totp_confirm(auth->identity, r->arena, &from, token, typed, &in, err);
	else
		code = qpp_sign_in_verify(auth->identity, r->arena, &from, token, factor, typed, &in, err);
	if (code == QPP_OK)
		answer_signed_in(s, &in);
	return code;
}

static enum qpp_code enroll(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	struct qpp_totp_offer offer;
	struct qpp_str token;
	enum qpp_code code = pending(r, &token, err);
	if (code == QPP_OK)
		code = qpp_totp_offer(auth->identity, r->arena, &from, token, &offer, err);
	if (code != QPP_OK)
		return code;
	qpp_respond_json(s, 200, json_pack("{s:{s:s, s:o, s:o}}", "data", "factorId", "totp", "secret", text(offer.secret), "uri",
	                                   text(offer.uri)));
	qpp_respond_set(s, "Cache-Control", QPP_LIT("no-store"));
	return QPP_OK;
}

/* --- sessions --- */

static enum qpp_code person_of(const struct qpp_http_request *r, const struct qpp_person **out, struct qpp_err *err)
{
	static const struct qpp_person nobody;
	const struct qpp_asker *a = asker_of(r);
	*out = &nobody;
	if (a == NULL || a->program || a->person.stage != QPP_STAGE_FULL)
		return qpp_fail(err, QPP_SIGNED_OUT, "nobody is signed in, or the session has ended", (char *)NULL);
	*out = &a->person;
	return QPP_OK;
}

static json_t *time_left(const struct qpp_person *p)
{
	int64_t left = (p->idle_ends.us - p->now.us) / QPP_MICROS_A_SECOND;
	return json_pack("{s:I, s:I, s:I}", "time_remaining", (json_int_t)left, "ttl",
	                 (json_int_t)(p->idle_ends.us / QPP_MICROS_A_SECOND), "ends",
	                 (json_int_t)(p->ends.us / QPP_MICROS_A_SECOND));
}

static enum qpp_code ttl(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *p;
	(void)host;
	enum qpp_code code = person_of(r, &p, err);
	if (code != QPP_OK)
		return code;
	qpp_respond_json(s, 200, json_pack("{s:o}", "data", time_left(p)));
	qpp_respond_set(s, "Cache-Control", QPP_LIT("no-store"));
	return QPP_OK;
}

/* The request itself was the refreshment: the hook counted it. */
static enum qpp_code refresh(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *p;
	(void)host;
	enum qpp_code code = person_of(r, &p, err);
	if (code != QPP_OK)
		return code;
	/* A cookie is never shown to a script. */
	json_t *document = json_pack("{s:o}", "data", time_left(p));
	if (!r->caller.by_cookie)
		json_object_set_new(document, "auth", json_pack("{s:o}", "text", text(asker_of(r)->token)));
	qpp_respond_json(s, 200, document);
	qpp_respond_set(s, "Cache-Control", QPP_LIT("no-store"));
	return QPP_OK;
}

static enum qpp_code end_session(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	const struct qpp_asker *a = asker_of(r);
	enum qpp_code code = a != NULL && !a->program ? qpp_sign_out(auth->identity, r->arena, &from, a->token, err) : QPP_OK;
	if (code != QPP_OK)
		return code;
	qpp_respond_cookie(s, QPP_SESSION_COOKIE, QPP_LIT(""), -1);
	qpp_respond(s, 204, "application/json", QPP_LIT(""));
	return QPP_OK;
}

static enum qpp_code authz(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *p;
	(void)host;
	enum qpp_code code = person_of(r, &p, err);
	if (code != QPP_OK)
		return code;
	json_t *list = json_array();
	for (size_t i = 0; i < p->n_held; i++) {
		const struct qpp_role_held *h = &p->held[i];
		json_array_append_new(list, json_pack("{s:o, s:s, s:s, s:o, s:o}", "id", text(h->org_id), "orgType",
		                                      qpp_org_kind_name(h->kind), "role", qpp_post_name(h->post), "name",
		                                      text(h->org_name), "identifier",
		                                      text(h->org_number.n > 0 ? h->org_number : h->tin_masked)));
	}
	qpp_respond_json(s, 200, json_pack("{s:{s:o}}", "data", "authorizations", list));
	return QPP_OK;
}

/* --- viewing as somebody else --- */

static enum qpp_code view(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	const struct qpp_person *p;
	json_t *body;
	enum qpp_code code = person_of(r, &p, err);
	if (code == QPP_OK)
		code = read_body(r, &body, err);
	if (code != QPP_OK)
		return code;
	enum qpp_view_kind kind = qpp_view_kind_of(member(r->arena, body, "type"));
	struct qpp_str id = member(r->arena, body, "id"), reason = member(r->arena, body, "reason");
	json_decref(body);
	code = qpp_view_as(auth->identity, r->arena, &from, p, kind, id, reason, err);
	if (code == QPP_OK)
		qpp_respond_json(s, 200, json_pack("{s:{s:s}}", "data", "type", qpp_view_kind_name(kind)));
	return code;
}

static enum qpp_code end_view(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	const struct qpp_person *p;
	enum qpp_code code = person_of(r, &p, err);
	if (code == QPP_OK)
		code = qpp_view_end(auth->identity, r->arena, &from, p, err);
	if (code == QPP_OK)
		qpp_respond(s, 204, "application/json", QPP_LIT(""));
	return code;
}

/* --- identity providers --- */

static enum qpp_code no_provider(struct qpp_err *err)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such identity provider", (char *)NULL);
}

static struct qpp_str or_empty(struct qpp_str s)
{
	return s.p != NULL ? s : QPP_LIT("");
}

static enum qpp_code go_to_provider(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { SECONDS = 600 };
	struct qpp_auth *auth = host;
	struct qpp_oidc_begun begun;
	if (auth->oidc == NULL)
		return no_provider(err);
	enum qpp_code code = auth->oidc->begin(auth->oidc, r->arena, qpp_param(r, "provider"), or_empty(qpp_query(r, "then")),
	                                       &begun, err);
	if (code != QPP_OK)
		return code;
	qpp_respond_cookie(s, QPP_PROVIDER_COOKIE, begun.cookie, SECONDS);
	qpp_respond_redirect_away(s, begun.url);
	return QPP_OK;
}

static enum qpp_code come_back(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_auth *auth = host;
	struct qpp_from from = qpp_auth_from(r);
	struct qpp_vouched who;
	struct qpp_signed_in in;
	struct qpp_str then = QPP_LIT("/");
	if (auth->oidc == NULL)
		return no_provider(err);
	struct qpp_oidc_back back = {
		.state = or_empty(qpp_query(r, "state")), .code = or_empty(qpp_query(r, "code")),
		.error = or_empty(qpp_query(r, "error")), .iss = or_empty(qpp_query(r, "iss")),
		.cookie = or_empty(qpp_cookie(r, QPP_PROVIDER_COOKIE)),
	};
	enum qpp_code code = auth->oidc->finish(auth->oidc, r->arena, &back, &who, &then, err);
	if (code == QPP_OK)
		code = qpp_sign_in_vouched(auth->identity, r->arena, &from, &who, &in, err);
	if (code != QPP_OK)
		return code;
	qpp_respond_cookie(s, QPP_PROVIDER_COOKIE, QPP_LIT(""), -1);
	qpp_respond_cookie(s, QPP_SESSION_COOKIE, in.token, 0);
	/* To a path of this server only, whatever was asked for. */
	qpp_respond_redirect(s, then);
	return QPP_OK;
}

/* --- tables --- */

static const struct qpp_param_doc provider_params[] = {
	{ QPP_IN_PATH, "provider", "string", true, "The identity provider" },
	{ QPP_IN_QUERY, "then", "string", false, "Path to go to afterwards" },
	{ 0, NULL, NULL, false, NULL },
};

static const struct qpp_param_doc back_params[] = {
	{ QPP_IN_QUERY, "state", "string", true, "The sign-in that was begun" },
	{ QPP_IN_QUERY, "code", "string", false, "What the provider gave" },
	{ QPP_IN_QUERY, "error", "string", false, "Why it gave none" },
	{ QPP_IN_QUERY, "iss", "string", false, "The provider's issuer" },
	{ 0, NULL, NULL, false, NULL },
};

enum { SIGNING_IN = QPP_PAGE_API | QPP_PAGE_NO_CSRF | QPP_PAGE_WAITS };
#define JSON "application/json"

static const struct qpp_page api_pages[] = {
	{ .method = QPP_POST, .path = "/api/auth/authn", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS, .handle = authn,
	  .flags = SIGNING_IN, .body = BODY_MOST, .takes = JSON, .summary = "Sign in by user name and password" },
	{ .method = QPP_POST, .path = "/api/auth/authn/request-mfa", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS,
	  .handle = request_mfa, .flags = SIGNING_IN, .body = BODY_MOST, .takes = JSON, .summary = "Ask for a code" },
	{ .method = QPP_POST, .path = "/api/auth/authn/enroll", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS,
	  .handle = enroll, .flags = SIGNING_IN, .body = BODY_MOST, .takes = JSON, .summary = "Enroll a time-based code" },
	{ .method = QPP_POST, .path = "/api/auth/authn/verify", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS,
	  .handle = verify, .flags = SIGNING_IN, .body = BODY_MOST, .takes = JSON, .summary = "Give the code" },
	{ .method = QPP_GET, .path = "/api/auth/sessions/ttl", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_NONE,
	  .handle = ttl, .flags = QPP_PAGE_API, .summary = "Seconds until the session ends" },
	{ .method = QPP_POST, .path = "/api/auth/sessions/refresh", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_NONE,
	  .handle = refresh, .flags = QPP_PAGE_API, .body = BODY_MOST, .takes = JSON, .summary = "Keep me signed in" },
	{ .method = QPP_DELETE, .path = "/api/auth/sessions", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS,
	  .handle = end_session, .flags = QPP_PAGE_API | QPP_PAGE_WAITS, .summary = "Sign out", .success = 204 },
	{ .method = QPP_GET, .path = "/api/auth/authz", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_NONE, .handle = authz,
	  .flags = QPP_PAGE_API, .summary = "Organizations and roles of the one who is signed in" },
	{ .method = QPP_POST, .path = "/api/auth/helpdesk/view", .can = QPP_CAN_VIEW_AS, .audit = QPP_AUDIT_ACCESS,
	  .handle = view, .flags = QPP_PAGE_API | QPP_PAGE_WAITS, .body = BODY_MOST, .takes = JSON,
	  .summary = "View as somebody else, read only" },
	{ .method = QPP_DELETE, .path = "/api/auth/helpdesk/view", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS,
	  .handle = end_view, .flags = QPP_PAGE_API | QPP_PAGE_WAITS, .summary = "Exit the view mode", .success = 204 },
};

static const struct qpp_page provider_pages[] = {
	{ .method = QPP_GET, .path = "/sign-in/with/{provider}", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_NONE,
	  .handle = go_to_provider, .flags = QPP_PAGE_WAITS, .summary = "To an identity provider", .params = provider_params,
	  .success = 302 },
	{ .method = QPP_GET, .path = "/sign-in/back", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS, .handle = come_back,
	  .flags = QPP_PAGE_WAITS, .summary = "Back from an identity provider", .params = back_params, .success = 303 },
};

void qpp_auth_tables(struct qpp_auth *auth, struct qpp_page_table out[QPP_AUTH_TABLES])
{
	struct qpp_page_table api = QPP_PAGE_TABLE("signing in", api_pages);
	struct qpp_page_table providers = QPP_PAGE_TABLE("identity providers", provider_pages);
	out[0] = api;
	out[0].host = auth;
	out[1] = providers;
	out[1].host = auth;
}
