/* /reviewer/virtual-groups: elections by state, and the decision on one; /reviewer/election-letters: what came by mail. */
#include "adapt/portal/making_vgroup.h"
#include "adapt/portal/pages.h"

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { MOST_START = 1000000 };
	struct qpp_vgroup_review_list m = { .year = portal_value(qpp_query(r, "year")), .state = portal_value(qpp_query(r, "state")), .origin = portal_value(qpp_query(r, "origin")),
		                                .name = qpp_str_trim(portal_value(qpp_query(r, "name"))) };
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = qpp_query_number(r, "start", 0, MOST_START, &m.start, err);
	if (code == QPP_OK)
		code = making_vgroup_lines(host, &call, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_VGROUP_REVIEW, vgroup_review_list, &m, NULL);
	return code;
}

static enum qpp_code letters(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { MOST_START = 1000000 };
	struct qpp_election_letters m = { .outcome = portal_value(qpp_query(r, "outcome")) };
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = qpp_query_number(r, "start", 0, MOST_START, &m.start, err);
	if (code == QPP_OK)
		code = making_election_letters(host, &call, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_VGROUP_REVIEW, election_letters, &m, NULL);
	return code;
}

static enum qpp_code show(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str reasons,
                          const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_vgroup_review_view m = { .reasons = reasons };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_review(p, &call, qpp_param(r, "id"), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_VGROUP_REVIEW, vgroup_review, &m, errors);
	return code;
}

static enum qpp_code one(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show(host, r, s, QPP_LIT(""), NULL, err);
}

static enum qpp_code decide(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	static const char *const verdicts[] = { "", "approve", "return", "deny" };
	struct qpp_form form;
	struct qpp_str identifier;
	uint64_t version = 0;
	int verdict = QPP_VERDICT_DENY;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(host, r, "virtual-group.decide", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str reasons = portal_value(qpp_form_field(&form, "reasons"));
	while (verdict && !qpp_str_is(portal_value(qpp_form_field(&form, "verdict")), verdicts[verdict]))
		verdict--;
	if (!verdict)
		portal_wrong(&errors, "verdict", QPP_LIT("Choose a decision"));
	if (!qpp_str_u64(portal_value(qpp_form_field(&form, "version")), INT64_MAX, &version))
		return qpp_fail(err, QPP_USAGE, "the form is not whole", (char *)NULL);
	if (!errors.list.n) {
		struct qpp_call call = portal_call(host, r, QPP_LIT(""));
		code = qpp_vgroup_decide(&call, qpp_param(r, "id"), (int64_t)version, (enum qpp_vgroup_verdict)verdict, reasons, &identifier, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, CAT(r->arena, "/reviewer/virtual-groups/", C(r->arena, qpp_param(r, "id")), "?done=group-decided"));
			return QPP_OK;
		}
		if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, code == QPP_DATA ? "reasons" : "verdict", err))
			return code;
	}
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show(host, r, s, reasons, &these, err);
}

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the virtual group" }, { 0 } };
static const struct qpp_param_doc list_params[] = {
	{ QPP_IN_QUERY, "year", "integer", false, "performance year" },
	{ QPP_IN_QUERY, "state", "string", false, "received, returned, approved, denied, withdrawn" },
	{ QPP_IN_QUERY, "origin", "string", false, "portal, mail" },
	{ QPP_IN_QUERY, "name", "string", false, "beginning of the name" },
	{ QPP_IN_QUERY, "start", "integer", false, "first line, from 0" },
	{ 0 },
};
static const struct qpp_param_doc letter_params[] = {
	{ QPP_IN_QUERY, "outcome", "string", false, "unverified, returned, filed, withdrawn, other, silent" },
	{ QPP_IN_QUERY, "start", "integer", false, "first line, from 0" },
	{ 0 },
};

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/reviewer/virtual-groups", .can = QPP_CAN_DECIDE_REVIEW, .audit = QPP_AUDIT_READ, .handle = list,
	  .summary = "Elections of virtual groups by state", .params = list_params },
	{ .method = QPP_GET, .path = "/reviewer/election-letters", .can = QPP_CAN_DECIDE_REVIEW, .audit = QPP_AUDIT_READ, .handle = letters,
	  .summary = "Elections that came by e-mail, by what became of them", .params = letter_params },
	{ .method = QPP_GET, .path = "/reviewer/virtual-groups/{id}", .can = QPP_CAN_DECIDE_REVIEW, .audit = QPP_AUDIT_READ, .handle = one,
	  .summary = "One election with its checks", .params = id_params },
	{ .method = QPP_POST, .path = "/reviewer/virtual-groups/{id}", .can = QPP_CAN_DECIDE_REVIEW, .audit = QPP_AUDIT_DECISION, .handle = decide,
	  .flags = QPP_PAGE_WAITS, .summary = "Approve, return or deny an election", .takes = "application/x-www-form-urlencoded", .params = id_params },
};
const struct qpp_page_table portal_vgroup_review_pages = QPP_PAGE_TABLE("portal: reviewers, virtual groups", pages);
