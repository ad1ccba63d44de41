/*
 * /api/submissions/measurements: single measurements of a set. Each change is a
 * filing of the whole set as it then stands.
 */
#include "adapt/api/filing.h"

static const char invalid[] = "invalid measurement object";

static const struct qpp_param_doc list_params[] = {
	{ QPP_IN_QUERY, "measurementSetId", "string", true, "measurements of this set" }, { 0 }
};
static const struct qpp_param_doc one_params[] = { QPP_API_PARAM_ID, { 0 } };
static const struct qpp_param_doc new_params[] = { QPP_API_PARAM_KEY, QPP_API_PARAM_MATCH, { 0 } };
static const struct qpp_param_doc change_params[] = { QPP_API_PARAM_ID, QPP_API_PARAM_KEY, QPP_API_PARAM_MATCH, { 0 } };

static struct qpp_str show_filed(struct qpp_arena *a, const struct qpp_filed *filed)
{
	struct qpp_emit e;
	qpp_api_begin(&e, a);
	(void)qpp_emit_measurement(&e, "measurement", &filed->set, filed->measure_id);
	qpp_api_warnings(&e, filed->findings);
	return qpp_api_end(&e);
}

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	struct qpp_slice slice;
	struct qpp_filed_set set;
	struct qpp_emit e;
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK)
		code = qpp_api_slice(r, &slice, err);
	if (code == QPP_OK && !qpp_query(r, "measurementSetId").n)
		code = qpp_fail(err, QPP_USAGE, "measurementSetId is missing: measurements are listed by their set", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_set_see(&call, qpp_query(r, "measurementSetId"), &set, NULL, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_measurement_set *m = &set.whole.sets[0];
	size_t from = slice.start < (int64_t)m->n_measurements ? (size_t)slice.start : m->n_measurements;
	size_t to = slice.most < (int64_t)(m->n_measurements - from) ? from + (size_t)slice.most : m->n_measurements;
	qpp_api_begin(&e, r->arena);
	qpp_api_list_head(&e, slice, (int64_t)m->n_measurements, to - from);
	qpp_emit_open(&e, "measurements", '[');
	for (size_t i = from; i < to; i++)
		(void)qpp_emit_measurement(&e, NULL, &set, m->measurements[i].measure_id);
	qpp_emit_close(&e, ']');
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static enum qpp_code show(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	struct qpp_filed_set set;
	struct qpp_str set_id, measure_id;
	struct qpp_emit e;
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK && !qpp_measurement_id_cut(qpp_param(r, "id"), &set_id, &measure_id))
		return qpp_not_found(err, "measurement");
	if (code == QPP_OK)
		code = qpp_set_see(&call, set_id, &set, NULL, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "measurement");
	if (code != QPP_OK)
		return code;
	qpp_api_begin(&e, r->arena);
	if (!qpp_emit_measurement(&e, "measurement", &set, measure_id))
		return qpp_not_found(err, "measurement");
	qpp_respond_etag(s, qpp_etag_version(r->arena, set.row.version));
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

/* The answer of a use case, with a set that is not there told as the measurement that was asked for. */
static enum qpp_code answer(enum qpp_code code, const struct qpp_filing *f, struct qpp_http_response *s, int status, struct qpp_err *err)
{
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "measurement");
	if (code != QPP_OK)
		return qpp_api_refuse(s, code, f->findings, invalid, err);
	return qpp_api_filed(f, s, status, err);
}

static enum qpp_code read_body(const struct qpp_http_request *r, struct qpp_filing *f, struct qpp_measurement_doc *doc, struct qpp_err *err)
{
	bool read = qpp_measurement_doc_read(r->arena, QPP_LIT(""), r->body, doc, f->findings);
	return read && !f->findings->errors ? QPP_OK : qpp_fail(err, QPP_DATA, invalid, (char *)NULL);
}

static enum qpp_code create(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { CREATED = 201 };
	struct qpp_filing f;
	struct qpp_measurement_doc doc;
	enum qpp_code code = qpp_api_filing(host, r, show_filed, &f, err);
	if (code == QPP_OK)
		code = read_body(r, &f, &doc, err);
	if (code == QPP_OK && !doc.set_id.n) {
		struct qpp_finding *x = qpp_find(f.findings, QPP_ERROR, "memberMissing", (struct qpp_where){ 0 },
		                                 QPP_LIT("the measurement does not say which measurement set it belongs to"));
		x->expected = QPP_LIT("measurementSetId");
		code = qpp_fail(err, QPP_DATA, invalid, (char *)NULL);
	}
	if (code == QPP_OK)
		code = qpp_file_measurement(&f, doc.set_id, doc.m.measure_id, QPP_MEASUREMENT_ADD, &doc.m, err);
	return answer(code, &f, s, CREATED, err);
}

/* PUT and PATCH: a measurement is its value, so both replace that. The body may name set and measure; then they must be these. */
static enum qpp_code put(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_filing f;
	struct qpp_measurement_doc doc;
	struct qpp_str set_id, measure_id;
	enum qpp_code code = qpp_api_filing(host, r, show_filed, &f, err);
	if (code == QPP_OK)
		code = read_body(r, &f, &doc, err);
	if (code == QPP_OK && !qpp_measurement_id_cut(qpp_param(r, "id"), &set_id, &measure_id))
		return qpp_not_found(err, "measurement");
	if (code == QPP_OK && ((doc.set_id.n && !qpp_str_eq(doc.set_id, set_id)) || !qpp_str_eq(doc.m.measure_id, measure_id))) {
		struct qpp_finding *x = qpp_find(f.findings, QPP_ERROR, "valueUnknown", doc.m.where,
		                                 QPP_LIT("the body is of another measurement than the address"));
		x->expected = measure_id;
		code = qpp_fail(err, QPP_DATA, invalid, (char *)NULL);
	}
	if (code == QPP_OK)
		code = qpp_file_measurement(&f, set_id, measure_id, QPP_MEASUREMENT_PUT, &doc.m, err);
	return answer(code, &f, s, 200, err);
}

static enum qpp_code withdraw(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { NO_CONTENT = 204 };
	struct qpp_filing f;
	struct qpp_str set_id, measure_id;
	enum qpp_code code = qpp_api_filing(host, r, NULL, &f, err);
	if (code == QPP_OK && !qpp_measurement_id_cut(qpp_param(r, "id"), &set_id, &measure_id))
		return qpp_not_found(err, "measurement");
	if (code == QPP_OK)
		code = qpp_file_measurement(&f, set_id, measure_id, QPP_MEASUREMENT_DELETE, NULL, err);
	return answer(code, &f, s, NO_CONTENT, err);
}

#define ALL "/api/submissions/measurements"
#define ONE "/api/submissions/measurements/{id}"
#define WRITES QPP_PAGE_API | QPP_PAGE_WAITS

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = ALL, .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = list, .flags = QPP_PAGE_API,
	  .versions = QPP_API_V1, .params = list_params, .summary = "Measurements of a set" },
	{ .method = QPP_POST, .path = ALL, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = create, .flags = WRITES,
	  .versions = QPP_API_V1, .params = new_params, .takes = "application/json", .success = 201,
	  .summary = "Adds a measurement to a set" },
	{ .method = QPP_GET, .path = ONE, .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = show, .flags = QPP_PAGE_API,
	  .versions = QPP_API_V1, .params = one_params, .summary = "One measurement" },
	{ .method = QPP_PUT, .path = ONE, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = put, .flags = WRITES,
	  .versions = QPP_API_V1, .params = change_params, .takes = "application/json", .summary = "Replaces a measurement" },
	{ .method = QPP_PATCH, .path = ONE, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = put, .flags = WRITES,
	  .versions = QPP_API_V1, .params = change_params, .takes = "application/json", .summary = "Replaces the value of a measurement" },
	{ .method = QPP_DELETE, .path = ONE, .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = withdraw, .flags = WRITES,
	  .versions = QPP_API_V1, .params = change_params, .success = 204, .summary = "Takes a measurement out of its set" },
};
const struct qpp_page_table qpp_api_measurement_pages = QPP_PAGE_TABLE("measurements", pages);
