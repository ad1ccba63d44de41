/*
 * /api/submissions/public and health: what anybody may ask. A document is
 * checked and comes back with what the service computes, the identifiers as
 * they were sent: upload clients file what they get back from here.
 */
#include <strings.h>

#include "adapt/api/api_int.h"
#include "adapt/json/read_submission.h"
#include "adapt/json/write_benchmarks.h"
#include "adapt/xml/read_xml.h"

static const char invalid[] = "invalid submission object";

static const struct qpp_param_doc year_params[] = {
	{ QPP_IN_QUERY, "performanceYear", "integer", false, "four digits; absent: the newest year there is" },
	{ QPP_IN_QUERY, "year", "integer", false, "the same" },
	{ 0 }
};

/* The media type of the body, without its parameters, is XML's. */
static bool is_xml(const struct qpp_http_request *r)
{
	struct qpp_str rest = qpp_header(r, "content-type"), type = { 0 };
	(void)qpp_str_cut(&rest, ';', &type);
	type = qpp_str_trim(type);
	return (type.n == 15 && strncasecmp(type.p, "application/xml", 15) == 0) || (type.n == 8 && strncasecmp(type.p, "text/xml", 8) == 0);
}

/* JSON or XML in, JSON out. */
static enum qpp_code validate(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_call call = qpp_api_anybody(host, r);
	struct qpp_findings *f = qpp_api_findings(r);
	struct qpp_emit e;
	struct qpp_submission *sub = is_xml(r) ? qpp_xml_read_submission(r->arena, QPP_LIT(""), r->body, QPP_API_MOST_BODY, f)
	                                       : qpp_json_read_submission(r->arena, QPP_LIT(""), r->body, 0, f);
	enum qpp_code code = sub ? qpp_filing_check(call.service, r->arena, sub, f, err) : QPP_OK;
	if (code == QPP_OK && (!sub || f->errors))
		code = qpp_fail(err, QPP_DATA, invalid, (char *)NULL);
	if (code != QPP_OK)
		return qpp_api_refuse(s, code, f, invalid, err);
	qpp_api_begin(&e, r->arena);
	qpp_emit_checked(&e, "submission", sub);
	qpp_api_warnings(&e, f);
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static enum qpp_code benchmarks(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_api *api = host;
	const struct qpp_catalog *catalog = NULL;
	struct qpp_emit e;
	qpp_py py;
	enum qpp_code code = qpp_api_year(r, &py, err);
	if (code == QPP_OK && !py.v)
		py = qpp_years_newest(api->service->years);
	if (code == QPP_OK)
		code = qpp_years_need(api->service->years, r->arena, py, &catalog, err);
	if (code != QPP_OK)
		return code == QPP_NO_RULE ? qpp_not_found(err, "performance year") : code;
	qpp_emit_init(&e, r->arena, QPP_API_MOST_BYTES);
	qpp_emit_open(&e, NULL, '{');
	qpp_emit_benchmarks(&e, "data", catalog);
	qpp_emit_close(&e, '}');
	return qpp_api_send(s, 200, qpp_emit_done(&e), err);
}

static enum qpp_code health(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_api *api = host;
	struct qpp_emit e;
	qpp_api_begin(&e, r->arena);
	qpp_emit_text(&e, "status", QPP_LIT("UP"));
	qpp_emit_text(&e, "implementationVersion", qpp_str_of(api->service->version));
	return qpp_api_send(s, 200, qpp_api_end(&e), err);
}

static const struct qpp_page pages[] = {
	{ .method = QPP_POST, .path = "/api/submissions/public/validate-submission", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE,
	  .handle = validate, .flags = QPP_PAGE_API | QPP_PAGE_NO_CSRF, .body = QPP_API_MOST_BODY, .versions = QPP_API_V1,
	  .takes = "application/json, application/xml", .summary = "Checks a submission; answers it with computed rates, or everything that is wrong with it" },
	{ .method = QPP_GET, .path = "/api/submissions/public/benchmarks", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE,
	  .handle = benchmarks, .flags = QPP_PAGE_API, .versions = QPP_API_V1, .params = year_params,
	  .summary = "The benchmarks of a performance year" },
	{ .method = QPP_GET, .path = "/api/submissions/health", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = health,
	  .flags = QPP_PAGE_API, .versions = QPP_API_V1, .summary = "The service answers" },
};
const struct qpp_page_table qpp_api_public_pages = QPP_PAGE_TABLE("public", pages);
