/*
 * /api/submissions/measurement-sets: where data are filed. A new set finds or
 * makes its submission; PUT replaces a set whole, PATCH merges measurements by
 * measure id.
 */
#include "adapt/api/filing.h"

static const char invalid[] = "invalid measurement-set object";

static const struct qpp_param_doc list_params[] = {
	{ QPP_IN_QUERY, "submissionId", "string", false, "sets of this submission" },
	{ QPP_IN_QUERY, "performanceYear", "integer", false, "four digits" },
	QPP_API_PARAM_PAGE,
	QPP_API_PARAM_ACTING,
	{ 0 }
};
static const struct qpp_param_doc one_params[] = { QPP_API_PARAM_ID, { 0 } };
static const struct qpp_param_doc new_params[] = { QPP_API_PARAM_KEY, QPP_API_PARAM_ACTING, { 0 } };
static const struct qpp_param_doc change_params[] = {
	QPP_API_PARAM_ID, QPP_API_PARAM_KEY, QPP_API_PARAM_MATCH, QPP_API_PARAM_ACTING, { 0 }
};

static struct qpp_str show_filed(struct qpp_arena *a, const struct qpp_filed *filed)
{
	struct qpp_emit e;
	qpp_api_begin(&e, a);
	qpp_emit_set(&e, "measurementSet", &filed->set);
	qpp_api_warnings(&e, filed->findings);
	return qpp_api_end(&e);
}

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	struct qpp_slice slice;
	struct qpp_seen_sets seen;
	struct qpp_emit e;
	qpp_py py = { 0 };
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK)
		code = qpp_api_slice(r, &slice, err);
	if (code == QPP_OK)
		code = qpp_api_year(r, &py, err);
	if (code == QPP_OK)
		code = qpp_sets_list(&call, qpp_query(r, "submissionId"), py, slice, &seen, err);
	if (code != QPP_OK)
		return code;
	qpp_api_begin(&e, r->arena);
	qpp_api_list_head(&e, slice, seen.total, seen.n);
	qpp_emit_open(&e, "measurementSets", '[');
	for (size_t i = 0; i < seen.n; i++)
		qpp_emit_set(&e, NULL, &seen.v[i]);
	qpp_emit_close(&e, ']');
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static enum qpp_code show(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	struct qpp_filed_set set;
	struct qpp_emit e;
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK)
		code = qpp_set_see(&call, qpp_param(r, "id"), &set, NULL, err);
	if (code != QPP_OK)
		return code;
	qpp_api_begin(&e, r->arena);
	qpp_emit_set(&e, "measurementSet", &set);
	qpp_respond_etag(s, qpp_etag_version(r->arena, set.row.version));
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

/* The body as a set; with findings alone when there is none. */
static enum qpp_code read_body(const struct qpp_http_request *r, enum qpp_set_reading how, struct qpp_filing *f, struct qpp_set_doc *doc,
                               struct qpp_err *err)
{
	if (qpp_set_doc_read(r->arena, QPP_LIT(""), r->body, how, doc, f->findings) && (doc->s.n_sets || f->findings->errors))
		return f->findings->errors ? qpp_fail(err, QPP_DATA, invalid, (char *)NULL) : QPP_OK;
	return qpp_fail(err, QPP_DATA, invalid, (char *)NULL);
}

static enum qpp_code create(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { CREATED = 201 };
	struct qpp_filing f;
	struct qpp_set_doc doc;
	enum qpp_code code = qpp_api_filing(host, r, show_filed, &f, err);
	if (code == QPP_OK)
		code = read_body(r, QPP_SET_WHOLE, &f, &doc, err);
	if (code == QPP_OK)
		code = qpp_file_set(&f, &doc, err);
	if (code != QPP_OK)
		return qpp_api_refuse(s, code, f.findings, invalid, err);
	return qpp_api_filed(&f, s, CREATED, err);
}

static enum qpp_code change(void *host, struct qpp_http_request *r, struct qpp_http_response *s, bool whole, int status, struct qpp_err *err)
{
	struct qpp_filing f;
	struct qpp_set_doc doc;
	enum qpp_code code = qpp_api_filing(host, r, show_filed, &f, err);
	if (code == QPP_OK)
		code = read_body(r, whole ? QPP_SET_WHOLE : QPP_SET_PART, &f, &doc, err);
	if (code == QPP_OK)
		code = whole ? qpp_file_replace(&f, qpp_param(r, "id"), &doc, err) : qpp_file_merge(&f, qpp_param(r, "id"), &doc, err);
	if (code != QPP_OK)
		return qpp_api_refuse(s, code, f.findings, invalid, err);
	return qpp_api_filed(&f, s, status, err);
}

static enum qpp_code replace(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return change(host, r, s, true, 200, err);
}

static enum qpp_code merge(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { CREATED = 201 };
	const struct qpp_api *api = host;
	return change(host, r, s, false, api->patch_status ? api->patch_status : CREATED, err);
}

static enum qpp_code withdraw(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { NO_CONTENT = 204 };
	struct qpp_filing f;
	enum qpp_code code = qpp_api_filing(host, r, NULL, &f, err);
	if (code == QPP_OK)
		code = qpp_file_delete(&f, qpp_param(r, "id"), err);
	if (code != QPP_OK)
		return qpp_api_refuse(s, code, f.findings, invalid, err);
	return qpp_api_filed(&f, s, NO_CONTENT, err);
}

#define ALL "/api/submissions/measurement-sets"
#define ONE "/api/submissions/measurement-sets/{id}"
#define WRITES QPP_PAGE_API | QPP_PAGE_WAITS

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = ALL, .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = list, .flags = QPP_PAGE_API,
	  .versions = QPP_API_V1, .params = list_params, .summary = "The caller's own measurement sets" },
	{ .method = QPP_POST, .path = ALL, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = create, .flags = WRITES,
	  .body = QPP_API_MOST_BODY, .versions = QPP_API_V1, .params = new_params, .takes = "application/json", .success = 201,
	  .summary = "Files a measurement set; the submission it names by submissionId or describes as submission is found or created" },
	{ .method = QPP_GET, .path = ONE, .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = show, .flags = QPP_PAGE_API,
	  .versions = QPP_API_V1, .params = one_params, .summary = "One measurement set" },
	{ .method = QPP_PUT, .path = ONE, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = replace, .flags = WRITES,
	  .body = QPP_API_MOST_BODY, .versions = QPP_API_V1, .params = change_params, .takes = "application/json",
	  .summary = "Replaces a measurement set whole" },
	{ .method = QPP_PATCH, .path = ONE, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = merge, .flags = WRITES,
	  .body = QPP_API_MOST_BODY, .versions = QPP_API_V1, .params = change_params, .takes = "application/json", .success = 201,
	  .summary = "Replaces the members that are given; measurements by measure id, others stay" },
	{ .method = QPP_DELETE, .path = ONE, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = withdraw, .flags = WRITES,
	  .versions = QPP_API_V1, .params = change_params, .success = 204,
	  .summary = "Takes a measurement set back; what was filed stays in the ledger" },
};
const struct qpp_page_table qpp_api_set_pages = QPP_PAGE_TABLE("measurement sets", pages);
