/* /api/submissions/.../score and score-preview: scores in the shape of the agency's engine. */
#include "adapt/api/api_int.h"
#include "adapt/json/read_submission.h"
#include "adapt/json/write_tree.h"

static const struct qpp_param_doc score_params[] = {
	QPP_API_PARAM_ID, { QPP_IN_QUERY, "program", "string", false, "mips, app1, appPlus or the id of an MVP; absent: every program of the submission" },
	{ 0 }
};
static const struct qpp_param_doc preview_params[] = {
	{ QPP_IN_QUERY, "program", "string", false, "mips, app1, appPlus or the id of an MVP; absent: every program of the submission" }, { 0 }
};

static enum qpp_code tell(const struct qpp_call *call, const struct qpp_answer *x, const struct qpp_findings *f,
                          struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_emit e;
	qpp_api_begin(&e, s->arena);
	qpp_emit_answer(&e, "score", x, call->service->version);
	if (f)
		qpp_api_warnings(&e, f);
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static enum qpp_code score(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	const struct qpp_answer *x;
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK)
		code = qpp_submission_score(&call, qpp_param(r, "id"), qpp_query(r, "program"), &x, err);
	return code == QPP_OK ? tell(&call, x, NULL, s, err) : code;
}

static enum qpp_code preview(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	const struct qpp_answer *x;
	struct qpp_findings *f = qpp_api_findings(r);
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code != QPP_OK)
		return code;
	struct qpp_submission *sub = qpp_json_read_submission(r->arena, QPP_LIT(""), r->body, 0, f);
	if (sub && sub->py.v)
		code = qpp_filing_check(call.service, r->arena, sub, f, err);
	if (code == QPP_OK && (!sub || f->errors))
		code = qpp_fail(err, QPP_DATA, "invalid submission object", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_score_preview(&call, sub, qpp_query(r, "program"), &x, err);
	if (code != QPP_OK)
		return qpp_api_refuse(s, code, f, "invalid submission object", err);
	return tell(&call, x, f, s, err);
}

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/api/submissions/submissions/{id}/score", .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_READ,
	  .handle = score, .flags = QPP_PAGE_API, .versions = QPP_API_V1, .params = score_params,
	  .summary = "The score of a submission; a registry sees that of its own data" },
	{ .method = QPP_POST, .path = "/api/submissions/submissions/score-preview", .can = QPP_CAN_PREVIEW_SCORE, .audit = QPP_AUDIT_NONE,
	  .handle = preview, .flags = QPP_PAGE_API, .body = QPP_API_MOST_BODY, .versions = QPP_API_V1, .params = preview_params,
	  .takes = "application/json", .summary = "The score that a submission would get; nothing is kept" },
};
const struct qpp_page_table qpp_api_score_pages = QPP_PAGE_TABLE("scores", pages);
