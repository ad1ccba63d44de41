/* /api/submissions/submissions: what the caller has a part in. Submissions are made by filing measurement sets. */
#include "adapt/api/api_int.h"

static const struct qpp_param_doc list_params[] = {
	{ QPP_IN_HEADER, "qpp-taxpayer-identification-number", "string", false, "nine digits: submissions of this practice. Never in the address" },
	{ QPP_IN_QUERY, "nationalProviderIdentifier", "string", false, "ten digits" },
	{ QPP_IN_QUERY, "entityId", "string", false, "of a virtual group, subgroup or APM entity" },
	{ QPP_IN_QUERY, "entityType", "string", false, "individual, group, virtualGroup, subgroup or apm" },
	{ QPP_IN_QUERY, "performanceYear", "integer", false, "four digits" },
	QPP_API_PARAM_PAGE,
	QPP_API_PARAM_ACTING,
	{ 0 }
};
static const struct qpp_param_doc one_params[] = { QPP_API_PARAM_ID, { 0 } };

static bool digits(struct qpp_str s, size_t n)
{
	uint64_t v;
	return s.n == n && qpp_str_u64(s, UINT64_MAX, &v);
}

/* Values are not repeated in errors: a mistyped TIN is one nearly. */
static enum qpp_code read_ask(const struct qpp_http_request *r, struct qpp_submission_ask *ask, struct qpp_err *err)
{
	enum { TIN_DIGITS = 9, NPI_DIGITS = 10 };
	struct qpp_str entity = qpp_query(r, "entityType");
	*ask = (struct qpp_submission_ask){ .tin = qpp_header(r, "qpp-taxpayer-identification-number"),
		                                .entity_id = qpp_query(r, "entityId"), .npi = qpp_query(r, "nationalProviderIdentifier") };
	if (ask->tin.n && !digits(ask->tin, TIN_DIGITS))
		return qpp_fail(err, QPP_USAGE, "the header qpp-taxpayer-identification-number is not nine digits", (char *)NULL);
	if (ask->npi.n && !digits(ask->npi, NPI_DIGITS))
		return qpp_fail(err, QPP_USAGE, "nationalProviderIdentifier is not ten digits", (char *)NULL);
	if (entity.n) {
		ask->entity = qpp_entity_of(entity);
		if (ask->entity == QPP_ENTITY_NONE)
			return qpp_fail(err, QPP_USAGE, "entityType is none of individual, group, virtualGroup, subgroup, apm", (char *)NULL);
	}
	return qpp_api_year(r, &ask->py, err);
}

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	struct qpp_submission_ask ask;
	struct qpp_slice slice;
	struct qpp_seen_submissions seen;
	struct qpp_emit e;
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK)
		code = read_ask(r, &ask, err);
	if (code == QPP_OK)
		code = qpp_api_slice(r, &slice, err);
	if (code == QPP_OK)
		code = qpp_submissions_list(&call, &ask, slice, &seen, err);
	if (code != QPP_OK)
		return code;
	qpp_api_begin(&e, r->arena);
	qpp_api_list_head(&e, slice, seen.total, seen.n);
	qpp_emit_open(&e, "submissions", '[');
	for (size_t i = 0; i < seen.n; i++)
		qpp_emit_submission(&e, NULL, &seen.v[i]);
	qpp_emit_close(&e, ']');
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static enum qpp_code show(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	struct qpp_seen_submission seen;
	struct qpp_emit e;
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK)
		code = qpp_submission_see(&call, qpp_param(r, "id"), &seen, err);
	if (code != QPP_OK)
		return code;
	qpp_api_begin(&e, r->arena);
	qpp_emit_submission(&e, "submission", &seen);
	qpp_respond_etag(s, qpp_etag_version(r->arena, seen.row.version));
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static enum qpp_code refuse(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	(void)host;
	(void)r;
	(void)s;
	(void)qpp_fail(err, QPP_SIGNED_OUT, "Current user cannot create this object", (char *)NULL);
	qpp_err_hint(err, "POST /measurement-sets finds or creates the submission", (char *)NULL);
	return QPP_SIGNED_OUT;
}

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/api/submissions/submissions", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = list,
	  .flags = QPP_PAGE_API, .versions = QPP_API_V1, .params = list_params,
	  .summary = "Submissions that the caller has a part in, with the measurement sets the caller may see" },
	{ .method = QPP_POST, .path = "/api/submissions/submissions", .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_CHANGE, .handle = refuse,
	  .flags = QPP_PAGE_API, .versions = QPP_API_V1, .takes = "application/json",
	  .summary = "Always 401, as at the agency: POST /measurement-sets finds or creates the submission", .success = 401 },
	{ .method = QPP_GET, .path = "/api/submissions/submissions/{id}", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = show,
	  .flags = QPP_PAGE_API, .versions = QPP_API_V1, .params = one_params, .summary = "One submission" },
};
const struct qpp_page_table qpp_api_submission_pages = QPP_PAGE_TABLE("submissions", pages);
