/*
 * /api/submissions/measurements: single measurements of a set. Each change is a
 * filing of the whole set as it then stands.
 */
#include "adapt/api/filing.h"

static const char invalid[] = "invalid measurement object";

static const struct qpp_param_doc list_params[] = {
	{ QPP_IN_QUERY, "measurementSetId", "string", false, "measurements of this set; absent: of all the caller's own" },
	QPP_API_PARAM_PAGE, QPP_API_PARAM_ACTING, { 0 }
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

/* A list under way: of what is counted, the items of the slice are emitted. */
struct listing {
	struct qpp_slice slice;
	int64_t seen;
	size_t n;
	struct qpp_emit *e;
};

static void list_set(struct listing *l, const struct qpp_filed_set *set)
{
	const struct qpp_measurement_set *m = &set->whole.sets[0];
	for (size_t i = 0; i < m->n_measurements; i++, l->seen++) {
		if (l->seen < l->slice.start || l->seen >= l->slice.start + l->slice.most)
			continue;
		l->n++;
		(void)qpp_emit_measurement(l->e, NULL, set, m->measurements[i].measure_id);
	}
}

/* Of the set that is named, or of all of the caller's, some at a time so that a registry's thousands need little memory. */
static enum qpp_code list_all(const struct qpp_call *call, struct qpp_str set_id, struct listing *l, struct qpp_err *err)
{
	enum { AT_ONCE = 100 };
	struct qpp_arena scratch = QPP_ARENA_INIT;
	struct qpp_call own = *call;
	struct qpp_filed_set one;
	struct qpp_seen_sets sets = { .total = 1 };
	enum qpp_code code = set_id.n ? qpp_set_see(call, set_id, &one, NULL, err) : QPP_OK;
	own.arena = &scratch;
	if (set_id.n && code == QPP_OK)
		list_set(l, &one);
	for (int64_t start = 0; !set_id.n && code == QPP_OK && start < sets.total; start += AT_ONCE) {
		struct qpp_mark mark = qpp_arena_mark(&scratch);
		code = qpp_sets_list(&own, QPP_LIT(""), (qpp_py){ 0 }, (struct qpp_slice){ .start = start, .most = AT_ONCE, .count = true }, &sets, err);
		for (size_t i = 0; code == QPP_OK && i < sets.n; i++)
			list_set(l, &sets.v[i]);
		qpp_arena_reset(&scratch, mark);
	}
	qpp_arena_close(&scratch);
	return code;
}

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call;
	struct listing l = { 0 };
	struct qpp_emit items, e;
	struct qpp_str set_id = qpp_query(r, "measurementSetId");
	enum qpp_code code = qpp_api_call(host, r, &call, err);
	if (code == QPP_OK)
		code = qpp_api_slice(r, &l.slice, err);
	/* The items first: how many there are is known at the end, and stands at the beginning. */
	qpp_emit_init(&items, r->arena, QPP_API_MOST_BYTES);
	qpp_emit_open(&items, NULL, '[');
	l.e = &items;
	if (code == QPP_OK)
		code = list_all(&call, set_id, &l, err);
	if (code != QPP_OK)
		return code;
	qpp_emit_close(&items, ']');
	qpp_api_begin(&e, r->arena);
	qpp_api_list_head(&e, l.slice, l.seen, l.n);
	qpp_emit_raw(&e, "measurements", qpp_emit_done(&items));
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
	  .versions = QPP_API_V1, .params = list_params, .summary = "Measurements of a set, or of all sets of the caller" },
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
