/* /feedback/.../changes, /claims and the files: for the organization itself and for its clinicians. */
#include "adapt/portal/pages.h"

#include "adapt/portal/making_feedback.h"

enum { MOST_PASTED = 4 << 20, MOST_UPLOAD = 8 << 20 };

static enum qpp_code subject_of(struct qpp_portal *p, const struct qpp_http_request *r, struct making_subject *out, struct qpp_err *err)
{
	return making_subject_of(p, qpp_param(r, "py"), qpp_param(r, "org"), qpp_param(r, "npi"), out, err);
}

static enum qpp_code changes(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct making_subject subject;
	struct qpp_feedback_changes_view m;
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = subject_of(p, r, &subject, err);
	if (code == QPP_OK)
		code = making_feedback_changes(p, &call, &subject, portal_value(qpp_query(r, "old")), portal_value(qpp_query(r, "now")), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_FEEDBACK, feedback_changes, &m, NULL);
	return code;
}

/* ---- claims ---- */

static enum qpp_code show_claims(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str typed,
                                 struct qpp_err *err)
{
	struct making_subject subject;
	struct qpp_feedback_claims_view m;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = subject_of(p, r, &subject, err);
	if (code == QPP_OK)
		code = making_feedback_claims(&call, &subject, typed, &m, err);
	if (code != QPP_OK)
		return code;
	if (m.wrong.n)
		portal_wrong(&errors, "paid", m.wrong.v[0]);
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_FEEDBACK, feedback_claims, &m, &list);
	return QPP_OK;
}

static enum qpp_code claims(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_claims(host, r, s, QPP_LIT(""), err);
}

static enum qpp_code claims_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	enum qpp_code code = qpp_request_form(r, &form, err);
	return code == QPP_OK ? show_claims(host, r, s, making_pasted(r->arena, portal_value(qpp_form_field(&form, "paid"))), err) : code;
}

/* ---- check the agency ---- */

static enum qpp_code show_check(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_str of[3],
                                struct qpp_str typed, bool compare, struct qpp_err *err)
{
	struct making_subject subject;
	struct qpp_feedback_check m = { 0 };
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = QPP_OK;
	if (portal_value(of[1]).n) {
		code = making_subject_of(p, of[0], of[1], of[2], &subject, err);
		if (code == QPP_OK)
			code = making_feedback_check(p, &call, &subject, typed, &m, err);
	}
	if (code != QPP_OK)
		return code;
	if (compare && m.has && !qpp_str_trim(typed).n)
		portal_wrong(&errors, "theirs-text", QPP_LIT("Paste the feedback of the agency, or choose a file"));
	else if (m.faults.n)
		portal_wrong(&errors, "theirs-text", QPP_LIT("This cannot be read as feedback of the agency: what is wrong stands below"));
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_FEEDBACK, feedback_check, &m, &list);
	return QPP_OK;
}

static enum qpp_code check(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_str of[3] = { qpp_query(r, "py"), qpp_query(r, "org"), qpp_query(r, "npi") };
	return show_check(host, r, s, of, QPP_LIT(""), false, err);
}

static enum qpp_code check_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	enum qpp_code code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_str of[3] = { qpp_form_field(&form, "py"), qpp_form_field(&form, "org"), qpp_form_field(&form, "npi") };
	const struct qpp_part *file = qpp_form_file(&form, "file");
	struct qpp_str typed = portal_value(qpp_form_field(&form, "theirs-text"));
	/* A form with neither is shown again; a subject that is missing is a form of somebody else's. */
	if (!portal_value(of[1]).n)
		return qpp_fail(err, QPP_USAGE, "the form does not say whose feedback it is", (char *)NULL);
	return show_check(host, r, s, of, making_pasted(r->arena, file && file->body.n ? file->body : typed), true, err);
}

/* ---- files ---- */

static enum qpp_code take(void *host, struct qpp_http_request *r, const char *kind, const struct qpp_call *call, struct qpp_feedback *x,
                          struct qpp_err *err)
{
	struct making_subject subject;
	struct qpp_who who;
	enum qpp_code code = qpp_feedback_may_download(call, err);
	if (code == QPP_OK)
		code = subject_of(host, r, &subject, err);
	if (code == QPP_OK)
		code = making_feedback_who(call, &subject, &who, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_feedback_ask ask = { .who = who, .version_id = portal_value(qpp_query(r, "version")), .detail = true };
	code = qpp_feedback_see(call, &ask, x, err);
	return code == QPP_OK ? qpp_feedback_download(call, x, kind, err) : code;
}

static enum qpp_code csv(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_feedback x;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = take(host, r, "csv", &call, &x, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "text/csv; charset=utf-8", making_feedback_file(r->arena, &x, "csv"), making_feedback_csv(r->arena, &x));
	return code;
}

static enum qpp_code json(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_feedback x;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = take(host, r, "json", &call, &x, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/json", making_feedback_file(r->arena, &x, "json"), making_feedback_json(&call, &x));
	return code;
}

static enum qpp_code pdf(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_feedback x;
	struct making_subject subject;
	struct qpp_str bytes;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = take(host, r, "pdf", &call, &x, err);
	if (code == QPP_OK)
		code = subject_of(host, r, &subject, err);
	if (code == QPP_OK)
		code = making_feedback_pdf(host, &call, &subject, x.shown->id, &bytes, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/pdf", making_feedback_file(r->arena, &x, "pdf"), bytes);
	return code;
}

#define FORM "application/x-www-form-urlencoded"
#define PY { QPP_IN_PATH, "py", "integer", true, "performance year" }
#define ORG { QPP_IN_PATH, "org", "string", true, "id of the organization" }
#define NPI { QPP_IN_PATH, "npi", "string", true, "NPI of one of its clinicians" }
#define VERSION { QPP_IN_QUERY, "version", "string", false, "id of a version; absent: the current one" }
#define OLD_NOW { QPP_IN_QUERY, "old", "string", true, "id of the version before" }, { QPP_IN_QUERY, "now", "string", true, "id of the version after" }
static const struct qpp_param_doc org_params[] = { PY, ORG, { 0 } };
static const struct qpp_param_doc npi_params[] = { PY, ORG, NPI, { 0 } };
static const struct qpp_param_doc check_params[] = {
	{ QPP_IN_QUERY, "py", "integer", false, "performance year" }, { QPP_IN_QUERY, "org", "string", false, "id of the organization" },
	{ QPP_IN_QUERY, "npi", "string", false, "NPI of one of its clinicians" }, { 0 },
};
static const struct qpp_param_doc org_file_params[] = { PY, ORG, VERSION, { 0 } };
static const struct qpp_param_doc npi_file_params[] = { PY, ORG, NPI, VERSION, { 0 } };
static const struct qpp_param_doc org_changes_params[] = { PY, ORG, OLD_NOW, { 0 } };
static const struct qpp_param_doc npi_changes_params[] = { PY, ORG, NPI, OLD_NOW, { 0 } };

#define OF_ORG "/feedback/{py}/{org}/"
#define OF_NPI "/feedback/{py}/{org}/{npi}/"
#define SEES .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_READ
#define TAKES .method = QPP_GET, .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_DOWNLOAD, .flags = QPP_PAGE_WAITS
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = OF_ORG "changes", SEES, .handle = changes, .summary = "What changed between two versions",
	  .params = org_changes_params },
	{ .method = QPP_GET, .path = OF_NPI "changes", SEES, .handle = changes, .summary = "What changed between two versions of a clinician",
	  .params = npi_changes_params },
	{ .method = QPP_GET, .path = OF_ORG "claims", SEES, .handle = claims, .summary = "What the adjustment does to claims", .params = org_params },
	{ .method = QPP_GET, .path = OF_NPI "claims", SEES, .handle = claims, .summary = "What the adjustment of a clinician does to claims",
	  .params = npi_params },
	{ .method = QPP_POST, .path = OF_ORG "claims", SEES, .handle = claims_post, .body = MOST_PASTED, .summary = "Apply it to amounts; nothing is kept",
	  .params = org_params, .takes = FORM },
	{ .method = QPP_POST, .path = OF_NPI "claims", SEES, .handle = claims_post, .body = MOST_PASTED, .summary = "Apply it to amounts; nothing is kept",
	  .params = npi_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/feedback/check", SEES, .handle = check, .summary = "Check the agency: its feedback against ours",
	  .params = check_params },
	{ .method = QPP_POST, .path = "/feedback/check", SEES, .handle = check_post, .body = MOST_UPLOAD, .summary = "Compare line by line; nothing is kept",
	  .takes = "multipart/form-data" },
	{ TAKES, .path = OF_ORG "feedback.csv", .handle = csv, .summary = "Feedback as a table", .params = org_file_params },
	{ TAKES, .path = OF_NPI "feedback.csv", .handle = csv, .summary = "Feedback of a clinician as a table", .params = npi_file_params },
	{ TAKES, .path = OF_ORG "feedback.pdf", .handle = pdf, .summary = "Feedback as a document", .params = org_file_params },
	{ TAKES, .path = OF_NPI "feedback.pdf", .handle = pdf, .summary = "Feedback of a clinician as a document", .params = npi_file_params },
	{ TAKES, .path = OF_ORG "feedback.json", .handle = json, .summary = "Feedback for programs", .params = org_file_params },
	{ TAKES, .path = OF_NPI "feedback.json", .handle = json, .summary = "Feedback of a clinician for programs", .params = npi_file_params },
};
const struct qpp_page_table portal_feedback_tool_pages = QPP_PAGE_TABLE("portal: tools of feedback", pages);
