/* What the pages of the API share: who asks, the envelope as exact text, refusals in the agency's words. */
#include "adapt/api/api_int.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ITEMS = 1000, FIRST_YEAR = 2017, LAST_YEAR = 9999 };

struct qpp_call qpp_api_anybody(void *host, const struct qpp_http_request *r)
{
	const struct qpp_api *api = host;
	struct qpp_actor *actor = QPP_NEW(r->arena, struct qpp_actor);
	struct qpp_str acting = qpp_header(r, "organization-id");
	if (r->caller.session && !api->actor)
		*actor = *(const struct qpp_actor *)r->caller.session;
	if (r->caller.session && api->actor) {
		struct qpp_err err;
		if (api->actor(api->self, r, actor, &err) != QPP_OK)
			*actor = (struct qpp_actor){ 0 };
	}
	actor->view_only |= r->caller.view_only;
	return (struct qpp_call){ .service = api->service, .arena = r->arena, .actor = actor,
		                      .acting = qpp_str_is(acting, "individual") ? QPP_LIT("") : acting, .record = r->caller.record };
}

enum qpp_code qpp_api_call(void *host, const struct qpp_http_request *r, struct qpp_call *out, struct qpp_err *err)
{
	const struct qpp_api *api = host;
	*out = qpp_api_anybody(host, r);
	if (r->caller.session && (!api->actor || out->actor->n || out->actor->account_id.n))
		return QPP_OK;
	return qpp_fail(err, QPP_SIGNED_OUT, "a token, or somebody signed in, is needed for this", (char *)NULL);
}

struct qpp_findings *qpp_api_findings(const struct qpp_http_request *r)
{
	struct qpp_findings *f = QPP_NEW(r->arena, struct qpp_findings);
	qpp_findings_init(f, r->arena, QPP_API_MOST_FINDINGS);
	return f;
}

void qpp_api_begin(struct qpp_emit *e, struct qpp_arena *a)
{
	qpp_emit_init(e, a, QPP_API_MOST_BYTES);
	qpp_emit_open(e, NULL, '{');
	qpp_emit_open(e, "data", '{');
}

struct qpp_str qpp_api_end(struct qpp_emit *e)
{
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
	return qpp_emit_done(e);
}

void qpp_api_warnings(struct qpp_emit *e, const struct qpp_findings *f)
{
	json_t *list = qpp_finding_details(e->b.arena, f, QPP_WARNING);
	char *text = json_array_size(list) ? json_dumps(list, JSON_COMPACT) : NULL;
	if (text)
		qpp_emit_raw(e, "warnings", qpp_str_of(text));
	free(text);
	json_decref(list);
}

enum qpp_code qpp_api_send(struct qpp_http_response *s, int status, struct qpp_str body, struct qpp_err *err)
{
	if (!body.n)
		return qpp_fail(err, QPP_LIMIT, "the answer would be larger than is sent; ask for fewer items", (char *)NULL);
	qpp_respond(s, status, "application/json; charset=utf-8", body);
	return QPP_OK;
}

static struct qpp_str sentence(struct qpp_arena *a, const struct qpp_err *err)
{
	return qpp_str_cat(a, err->primary, err->detail[0] ? ": " : "", err->detail, err->hint[0] ? "; " : "", err->hint, (char *)NULL);
}

enum qpp_code qpp_api_refuse(struct qpp_http_response *s, enum qpp_code code, const struct qpp_findings *f, const char *message,
                             struct qpp_err *err)
{
	enum { UNPROCESSABLE = 422 };
	if (code == QPP_DATA && f && f->errors) {
		qpp_respond_findings(s, qpp_str_of(message), f);
		return QPP_OK;
	}
	if (code == QPP_DUPLICATE) {
		qpp_respond_error_as(s, UNPROCESSABLE, "DuplicateEntryError", sentence(s->arena, err));
		return QPP_OK;
	}
	return code;
}

enum qpp_code qpp_api_slice(const struct qpp_http_request *r, struct qpp_slice *out, struct qpp_err *err)
{
	struct qpp_paging p;
	enum qpp_code code = qpp_request_paging(r, &p, err);
	if (code == QPP_OK)
		*out = (struct qpp_slice){ .start = p.start, .most = p.most < MOST_ITEMS ? p.most : MOST_ITEMS, .count = true };
	return code;
}

void qpp_api_list_head(struct qpp_emit *e, struct qpp_slice slice, int64_t total, size_t n)
{
	qpp_emit_int(e, "totalItems", total);
	qpp_emit_int(e, "currentItemCount", (int64_t)n);
	qpp_emit_int(e, "itemsPerPage", slice.most);
	qpp_emit_int(e, "startIndex", slice.start);
}

enum qpp_code qpp_api_year(const struct qpp_http_request *r, qpp_py *out, struct qpp_err *err)
{
	int64_t year = 0;
	const char *name = qpp_query(r, "performanceYear").p ? "performanceYear" : "year";
	/* Clients send the name without a value where they know none. */
	enum qpp_code code = qpp_query(r, name).n ? qpp_query_number(r, name, FIRST_YEAR, LAST_YEAR, &year, err) : QPP_OK;
	out->v = (int)year;
	return code;
}
