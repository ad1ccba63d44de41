/* /feedback: where one begins, and a report. */
#include "adapt/portal/pages.h"

#include "adapt/portal/making_feedback.h"

enum { MOST_START = 1000000 };

static enum qpp_code home(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who = portal_person(r);
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	struct qpp_feedback_home m = { .npi = qpp_str_trim(portal_value(qpp_query(r, "npi"))) };
	struct qpp_str says, typed = m.npi;
	if (!who)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	if (portal_value(qpp_query(r, "year")).n)
		m.year = portal_year(p, qpp_query(r, "year"));
	if (typed.n && !portal_npi_ok(r->arena, typed, &says)) {
		portal_wrong(&errors, "npi", says);
		m.npi = QPP_LIT("");
	}
	enum qpp_code code = making_feedback_home(p, &call, who, &m, err);
	if (code != QPP_OK)
		return code;
	m.npi = typed;
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_FEEDBACK, feedback, &m, &list);
	return QPP_OK;
}

/* Of the organization, and of a clinician: the address says which. */
static enum qpp_code report(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct making_subject subject;
	struct qpp_feedback_report m;
	int64_t start = 0;
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_subject_of(p, qpp_param(r, "py"), qpp_param(r, "org"), qpp_param(r, "npi"), &subject, err);
	if (code == QPP_OK)
		code = qpp_query_number(r, "start", 0, MOST_START, &start, err);
	if (code == QPP_OK)
		code = making_feedback(p, &call, &subject, portal_value(qpp_query(r, "version")), start, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_FEEDBACK, feedback_report, &m, NULL);
	return code;
}

#define PY { QPP_IN_PATH, "py", "integer", true, "performance year" }
#define ORG { QPP_IN_PATH, "org", "string", true, "id of the organization" }
#define NPI { QPP_IN_PATH, "npi", "string", true, "NPI of one of its clinicians" }
#define VERSION { QPP_IN_QUERY, "version", "string", false, "id of a version; absent: the current one" }
static const struct qpp_param_doc home_params[] = {
	{ QPP_IN_QUERY, "year", "integer", false, "performance year" },
	{ QPP_IN_QUERY, "npi", "string", false, "NPI of a clinician to find" },
	{ 0 },
};
static const struct qpp_param_doc org_params[] = { PY, ORG, VERSION, { QPP_IN_QUERY, "start", "integer", false, "first clinician, from 0" }, { 0 } };
static const struct qpp_param_doc npi_params[] = { PY, ORG, NPI, VERSION, { 0 } };

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/feedback", .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_READ, .handle = home,
	  .summary = "Performance feedback: years and organizations", .params = home_params },
	{ .method = QPP_GET, .path = "/feedback/{py}/{org}", .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_READ, .handle = report,
	  .summary = "Feedback of an organization, and its clinicians", .params = org_params },
	{ .method = QPP_GET, .path = "/feedback/{py}/{org}/{npi}", .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_READ, .handle = report,
	  .summary = "Feedback of a clinician at a practice", .params = npi_params },
};
const struct qpp_page_table portal_feedback_pages = QPP_PAGE_TABLE("portal: performance feedback", pages);
