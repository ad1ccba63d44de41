/* Who asks, and the record of it: hooks of the server. auth.h is the manual. */
#include <string.h>

#include "adapt/api/auth.h"

struct qpp_from qpp_auth_from(const struct qpp_http_request *r)
{
	return (struct qpp_from){ .peer = r->peer, .request_id = r->id };
}

/* The token of an Authorization header of type Bearer; p == NULL: there is none. */
static struct qpp_str bearer(const struct qpp_http_request *r)
{
	static const char word[] = "bearer ";
	struct qpp_str h = qpp_header(r, "authorization");
	if (h.p == NULL || h.n < sizeof word - 1)
		return (struct qpp_str){ 0 };
	for (size_t i = 0; i < sizeof word - 1; i++)
		if ((h.p[i] | 0x20) != (word[i] | 0x20))
			return (struct qpp_str){ 0 };
	return qpp_str_trim((struct qpp_str){ h.p + sizeof word - 1, h.n - (sizeof word - 1) });
}

/* How much time is left is asked by a program or timer of the page, not by the person. */
static bool counts_as_use(const struct qpp_http_request *r)
{
	return !qpp_str_is(r->path, "/api/auth/sessions/ttl") && !qpp_str_is(r->path, "/session");
}

/* What somebody who looks on as another must still be able to do: stop, and leave. */
static bool allowed_while_viewing(const struct qpp_http_request *r)
{
	static const char *const paths[] = { "/api/auth/helpdesk/view", "/api/auth/sessions", "/api/auth/sessions/refresh",
		                                 "/view-as/exit", "/session", "/sign-out" };
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (qpp_str_is(r->path, paths[i]))
			return true;
	return false;
}

static enum qpp_code as_program(struct qpp_auth *auth, struct qpp_http_request *r, struct qpp_asker *asker, struct qpp_err *err)
{
	enum qpp_code code = qpp_token_org(auth->identity, r->arena, asker->token, &asker->api, &asker->org, err);
	if (code != QPP_OK)
		return code;
	asker->program = true;
	r->caller = (struct qpp_caller){
		.session = asker, .roles = QPP_BY(REGISTRY_TOKEN), .subject = asker->api.id, .binding = asker->api.id,
	};
	return QPP_OK;
}

static enum qpp_code identify(struct qpp_auth *auth, struct qpp_http_request *r, struct qpp_err *err)
{
	struct qpp_str token = bearer(r);
	bool by_cookie = token.p == NULL;
	r->caller = (struct qpp_caller){ .roles = QPP_BY(ANONYMOUS) };
	if (by_cookie)
		token = qpp_cookie(r, QPP_SESSION_COOKIE);
	if (token.n == 0)
		return QPP_OK;
	struct qpp_asker *asker = QPP_NEW(r->arena, struct qpp_asker);
	asker->token = token;
	enum qpp_code code = qpp_session_person(auth->identity, r->arena, token, counts_as_use(r), &asker->person, err);
	if (code == QPP_SIGNED_OUT && !by_cookie)
		return as_program(auth, r, asker, err);
	if (code == QPP_SIGNED_OUT)
		return QPP_OK;
	if (code != QPP_OK)
		return code;
	const struct qpp_person *p = &asker->person;
	r->caller = (struct qpp_caller){
		.session = asker, .roles = p->roles, .view_only = p->viewing != QPP_VIEW_NONE && !allowed_while_viewing(r),
		.by_cookie = by_cookie, .subject = p->account_id, .binding = p->binding,
	};
	return QPP_OK;
}

static const char *method_name(const struct qpp_http_request *r)
{
	switch (r->method) {
	case QPP_GET: return "GET";
	case QPP_POST: return "POST";
	case QPP_PUT: return "PUT";
	case QPP_PATCH: return "PATCH";
	case QPP_DELETE: return "DELETE";
	default: return "?";
	}
}

/* What is known of a request before it is done. */
static struct qpp_audit *record_of(const struct qpp_http_request *r, const struct qpp_asker *asker)
{
	struct qpp_audit *a = QPP_NEW(r->arena, struct qpp_audit);
	bool program = asker != NULL && asker->program;
	*a = (struct qpp_audit){
		.account_id = asker != NULL && !program ? asker->person.account_id : QPP_LIT(""),
		.org_id = program ? asker->org.id : QPP_LIT(""),
		/* The pattern, not the path: nothing that somebody put into an address. */
		.action = qpp_str_cat(r->arena, method_name(r), " ", r->page->path, (char *)NULL),
		.subject = program ? asker->api.id : QPP_LIT(""),
		.place = r->peer, .request_id = r->id, .outcome = r->page->success ? r->page->success : 200,
		.view_as = asker != NULL && asker->person.view_as.n > 0 ? asker->person.view_as : QPP_LIT(""),
	};
	return a;
}

enum qpp_code qpp_auth_identify(struct qpp_auth *auth, struct qpp_http_request *r, struct qpp_err *err)
{
	enum qpp_code code = identify(auth, r, err);
	if (r->page != NULL && r->page->audit != QPP_AUDIT_NONE)
		r->caller.record = record_of(r, r->caller.session);
	return code;
}

enum qpp_code qpp_auth_audit(struct qpp_auth *auth, const struct qpp_http_request *r, int status, struct qpp_err *err)
{
	enum { FIRST_REFUSAL = 400 };
	struct qpp_audit *a = r->caller.record;
	bool refused = status >= FIRST_REFUSAL;
	if (a == NULL || (a->sequence != 0 && !refused))
		return QPP_OK;
	a->at = qpp_now(auth->clock);
	a->outcome = status;
	/* Nothing was changed: nobody waits for the disk. */
	if (refused || r->page->audit == QPP_AUDIT_READ)
		return qpp_store_audit_soon(auth->store, a, err);
	return qpp_store_audit(auth->store, r->arena, a, err);
}
