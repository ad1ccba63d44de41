/*
 * /api/eligibility: who takes part, by NPI. Public; those of a practice who send
 * their token see its TIN.
 */
#include "adapt/api/api_int.h"
#include "adapt/api/kept.h"
#include "adapt/json/write_provider.h"

enum { MOST_NPIS = 100, LATEST_RUN = 4 };

#define ELIGIBILITY_VERSIONS { 1, 6, 6 }
#define YEAR_PARAM { QPP_IN_QUERY, "year", "integer", false, "performance year; absent: the newest there is" }
#define RUN_PARAM { QPP_IN_QUERY, "runNum", "integer", false, "load of the year's data, 1 to 4; the latest is answered" }

static const struct qpp_param_doc one_params[] = {
	{ QPP_IN_PATH, "npi", "string", true, "ten digits, the last of which is the check digit" }, YEAR_PARAM, RUN_PARAM, { 0 }
};
static const struct qpp_param_doc many_params[] = {
	{ QPP_IN_PATH, "npis", "string", true, "NPIs between commas, at most 100" }, YEAR_PARAM, RUN_PARAM, { 0 }
};
static const struct qpp_param_doc year_params[] = { YEAR_PARAM, { 0 } };

static enum qpp_code read_query(const struct qpp_api *api, const struct qpp_http_request *r, qpp_py *py, struct qpp_err *err)
{
	int64_t run = LATEST_RUN;
	enum qpp_code code = qpp_api_year(r, py, err);
	if (code == QPP_OK && qpp_query(r, "runNum").n)
		code = qpp_query_number(r, "runNum", 1, LATEST_RUN, &run, err);
	if (code == QPP_OK && !py->v)
		*py = qpp_years_newest(api->service->years);
	return code;
}

/* A year without rules or catalog has no data. */
static enum qpp_code of_year(enum qpp_code code, struct qpp_err *err)
{
	return code == QPP_NO_RULE ? qpp_fail(err, QPP_NOT_FOUND, "no data are known of that year", (char *)NULL) : code;
}

/* What anybody may know of an NPI in a year; 0 for others: those of a practice see more. */
static uint64_t key_of(const struct qpp_http_request *r, struct qpp_str npi, qpp_py py)
{
	enum { DIGITS = 10, YEARS = 10000 };
	uint64_t number;
	if (r->caller.session || npi.n != DIGITS || py.v <= 0 || py.v >= YEARS || !qpp_str_u64(npi, UINT64_MAX, &number))
		return 0;
	return number * YEARS + (uint64_t)py.v;
}

static enum qpp_code make(void *host, struct qpp_http_request *r, struct qpp_str npi, qpp_py py, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_call call = qpp_api_anybody(host, r);
	struct qpp_provider x;
	struct qpp_emit e;
	enum qpp_code code = of_year(qpp_provider_of(&call, npi, py, &x, err), err);
	if (code != QPP_OK)
		return code;
	qpp_emit_init(&e, r->arena, QPP_API_MOST_BYTES);
	qpp_emit_open(&e, NULL, '{');
	qpp_emit_provider(&e, "data", &x);
	qpp_emit_close(&e, '}');
	*out = qpp_emit_done(&e);
	return QPP_OK;
}

static enum qpp_code one(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_api *api = host;
	struct qpp_str npi = qpp_param(r, "npi"), body;
	qpp_py py;
	enum qpp_code code = read_query(api, r, &py, err);
	if (code != QPP_OK)
		return code;
	uint64_t key = key_of(r, npi, py), stamp = qpp_store_people_stamp(api->service->store);
	if (stamp && qpp_kept_get(api->kept, key, stamp, r->arena, &body))
		return qpp_api_send(s, 200, body, err);
	code = make(host, r, npi, py, &body, err);
	if (code != QPP_OK)
		return code;
	if (stamp && body.n)
		qpp_kept_put(api->kept, key, stamp, body);
	return qpp_api_send(s, 200, body, err);
}

/* What cannot be answered of one NPI of several stands in its place. */
static void put_error(struct qpp_emit *e, struct qpp_str npi, const struct qpp_err *err)
{
	qpp_emit_open(e, NULL, '{');
	qpp_emit_text(e, "npi", qpp_shown(e->b.arena, npi));
	qpp_emit_open(e, "error", '{');
	qpp_emit_text(e, "type", err->code == QPP_NOT_FOUND ? QPP_LIT("NotFoundError") : QPP_LIT("BadRequest"));
	qpp_emit_text(e, "message", qpp_str_of(err->primary));
	qpp_emit_close(e, '}');
	qpp_emit_close(e, '}');
}

static enum qpp_code many(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call = qpp_api_anybody(host, r);
	struct qpp_str rest = qpp_param(r, "npis"), npi;
	struct qpp_emit e;
	size_t n = 0;
	qpp_py py;
	enum qpp_code code = read_query(host, r, &py, err);
	qpp_emit_init(&e, r->arena, QPP_API_MOST_BYTES);
	qpp_emit_open(&e, NULL, '{');
	qpp_emit_open(&e, "data", '[');
	while (code == QPP_OK && qpp_str_cut(&rest, ',', &npi)) {
		struct qpp_provider x;
		struct qpp_err one_err = { 0 };
		if (++n > MOST_NPIS)
			return qpp_fail(err, QPP_USAGE, "more than 100 NPIs are asked for at once", (char *)NULL);
		code = of_year(qpp_provider_of(&call, qpp_str_trim(npi), py, &x, &one_err), &one_err);
		if (code == QPP_OK) {
			qpp_emit_provider(&e, NULL, &x);
		} else if (code == QPP_NOT_FOUND || code == QPP_USAGE) {
			put_error(&e, npi, &one_err);
			code = QPP_OK;
		} else {
			*err = one_err;
		}
	}
	qpp_emit_close(&e, ']');
	qpp_emit_close(&e, '}');
	return code == QPP_OK ? qpp_api_send(s, 200, qpp_emit_done(&e), err) : code;
}

static enum qpp_code stats(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	static const enum qpp_entity levels[] = { QPP_INDIVIDUAL, QPP_GROUP };
	struct qpp_call call = qpp_api_anybody(host, r);
	struct qpp_emit e;
	qpp_py py;
	enum qpp_code code = read_query(host, r, &py, err);
	qpp_api_begin(&e, r->arena);
	for (size_t i = 0; code == QPP_OK && i < sizeof levels / sizeof *levels; i++) {
		struct qpp_str body = { 0 };
		code = qpp_provider_stats(&call, py, levels[i], &body, err);
		if (code == QPP_OK)
			qpp_emit_raw(&e, qpp_entity_name(levels[i]), body);
	}
	return code == QPP_OK ? qpp_api_send(s, 200, qpp_api_end(&e), err) : code;
}

/* Clients ask it for the year that is meant when they name none. */
static enum qpp_code version(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_api *api = host;
	struct qpp_emit e;
	qpp_api_begin(&e, r->arena);
	qpp_emit_int(&e, "defaultYear", qpp_years_newest(api->service->years).v);
	qpp_emit_text(&e, "version", qpp_str_of(api->service->version));
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/api/eligibility/npi/{npi}", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = one,
	  .flags = QPP_PAGE_API, .versions = ELIGIBILITY_VERSIONS, .params = one_params,
	  .summary = "Eligibility and special statuses of a clinician in each practice" },
	{ .method = QPP_GET, .path = "/api/eligibility/npis/{npis}", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = many,
	  .flags = QPP_PAGE_API, .versions = ELIGIBILITY_VERSIONS, .params = many_params,
	  .summary = "The same for several; an unknown NPI gives an entry with error" },
	{ .method = QPP_GET, .path = "/api/eligibility/stats", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = stats,
	  .flags = QPP_PAGE_API, .versions = ELIGIBILITY_VERSIONS, .params = year_params,
	  .summary = "National averages that the complex patient bonus rests on" },
	{ .method = QPP_GET, .path = "/api/eligibility/version", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = version,
	  .flags = QPP_PAGE_API, .versions = ELIGIBILITY_VERSIONS, .summary = "The year that is answered when none is named" },
};
const struct qpp_page_table qpp_api_eligibility_pages = QPP_PAGE_TABLE("eligibility", pages);
