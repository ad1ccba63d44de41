/* /submissions: the list, one submission, its reasons and receipts, and the beginning of a new one. */
#include "adapt/portal/pages.h"

#include "app/prospect_start.h"

static enum qpp_code show_list(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, int64_t year,
                               const struct qpp_form_errors *errors, struct qpp_err *err)
{
	const struct qpp_person *who = portal_person(r);
	struct qpp_submission_list m = { .year = year, .org = portal_value(qpp_query(r, "org")), .level = portal_value(qpp_query(r, "level")) };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum { MOST_START = 1000000 };
	if (!who)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	enum qpp_code code = qpp_query_number(r, "start", 0, MOST_START, &m.start, err);
	if (code == QPP_OK)
		code = making_list(p, &call, who, qpp_entity_of(m.level), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_SUBMISSIONS, submissions, &m, errors);
	return code;
}

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_list(host, r, s, portal_year(host, portal_value(qpp_query(r, "year"))), NULL, err);
}

static enum qpp_code start(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_str id, says;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(p, r, "submission.start", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	int64_t year = portal_year(p, portal_value(qpp_form_field(&form, "year")));
	struct qpp_start ask = { .org_id = portal_value(qpp_form_field(&form, "new-org")), .py = { (int)year } };
	if (qpp_str_is(portal_value(qpp_form_field(&form, "new-level")), "individual")) {
		ask.npi = qpp_str_trim(portal_value(qpp_form_field(&form, "new-npi")));
		if (!portal_npi_ok(r->arena, ask.npi, &says))
			portal_wrong(&errors, "new-npi", says);
	}
	if (!errors.list.n) {
		struct qpp_call call = portal_call(p, r, ask.org_id);
		code = qpp_submission_start(&call, &ask, &id, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, CAT(r->arena, "/submissions/", C(r->arena, id)));
			return QPP_OK;
		}
		if (!portal_wrong_err(&errors, code == QPP_DATA ? "new-npi" : "new-org", err))
			return code;
	}
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show_list(p, r, s, year, &these, err);
}

static enum qpp_code one(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_submission_view m;
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_submission(p, &call, qpp_param(r, "id"), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_SUBMISSIONS, submission, &m, NULL);
	return code;
}

static enum qpp_code why(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_str html;
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_why(p, &call, qpp_param(r, "id"), &html, err);
	if (code != QPP_OK)
		return code;
	qpp_respond_html(s, 200, html);
	/* It carries its style with it. */
	qpp_respond_set(s, "Content-Security-Policy", p->rule_policy);
	return QPP_OK;
}

/* The explanation leads to rules beside it. */
static enum qpp_code why_rule(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_str page = qpp_param(r, "page");
	if (!making_rule_page(host, page).n)
		return qpp_fail(err, QPP_NOT_FOUND, "there is no such page of rules", (char *)NULL);
	qpp_respond_redirect(s, CAT(r->arena, "/rules/", C(r->arena, page)));
	return QPP_OK;
}

/* ---- receipts ---- */

static enum qpp_code receipt_of(void *host, struct qpp_http_request *r, struct qpp_receipt_view *m, struct portal_receipt *x, struct qpp_err *err)
{
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	int64_t sequence;
	*m = (struct qpp_receipt_view){ 0 };
	*x = (struct portal_receipt){ .type = "application/json" };
	enum qpp_code code = portal_receipt_sequence(r, &sequence, err);
	if (code == QPP_OK)
		code = making_receipt(host, &call, qpp_param(r, "id"), sequence, m, &x->text, &x->body, err);
	x->number = m->number;
	return code;
}

static enum qpp_code receipt(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_receipt_view m;
	struct portal_receipt x;
	enum qpp_code code = receipt_of(host, r, &m, &x, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_SUBMISSIONS, receipt, &m, NULL);
	return code;
}

static enum qpp_code receipt_text(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_receipt_view m;
	struct portal_receipt x;
	enum qpp_code code = receipt_of(host, r, &m, &x, err);
	if (code == QPP_OK)
		portal_give_receipt(r, s, &x);
	return code;
}

static enum qpp_code receipt_body(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_receipt_view m;
	struct portal_receipt x;
	enum qpp_code code = receipt_of(host, r, &m, &x, err);
	return code == QPP_OK ? portal_give_filed(r, s, &x, err) : code;
}

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the submission" }, { 0 } };
static const struct qpp_param_doc receipt_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the submission" },
	{ QPP_IN_PATH, "number", "integer", true, "number of the record" },
	{ 0 },
};
static const struct qpp_param_doc rule_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the submission" },
	{ QPP_IN_PATH, "page", "string", true, "page of rules" },
	{ 0 },
};
static const struct qpp_param_doc list_params[] = {
	{ QPP_IN_QUERY, "year", "integer", false, "performance year" },
	{ QPP_IN_QUERY, "org", "string", false, "id of an organization" },
	{ QPP_IN_QUERY, "level", "string", false, "individual, group, virtualGroup, subgroup, apmEntity" },
	{ QPP_IN_QUERY, "start", "integer", false, "first line, from 0" },
	{ 0 },
};

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/submissions", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = list,
	  .summary = "Submissions by organization, level and year", .params = list_params },
	{ .method = QPP_POST, .path = "/submissions", .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_CHANGE, .handle = start,
	  .flags = QPP_PAGE_WAITS, .summary = "Begin a submission", .takes = "application/x-www-form-urlencoded" },
	{ .method = QPP_GET, .path = "/submissions/{id}", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = one,
	  .summary = "One submission: score so far, what is needed, data, receipts", .params = id_params },
	{ .method = QPP_GET, .path = "/submissions/{id}/why", .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_READ, .handle = why,
	  .summary = "Every figure of the score with its reasons", .params = id_params },
	{ .method = QPP_GET, .path = "/submissions/{id}/rules/{page}", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = why_rule,
	  .summary = "To the rules, from an explanation", .params = rule_params },
	{ .method = QPP_GET, .path = "/submissions/{id}/receipts/{number}", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = receipt,
	  .summary = "The receipt of a filing", .params = receipt_params },
	{ .method = QPP_GET, .path = "/submissions/{id}/receipts/{number}/receipt.json", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ,
	  .handle = receipt_text, .summary = "The signed receipt as a file", .params = receipt_params },
	{ .method = QPP_GET, .path = "/submissions/{id}/receipts/{number}/filed.json", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ,
	  .handle = receipt_body, .summary = "What was filed, as a file", .params = receipt_params },
};
const struct qpp_page_table portal_submission_pages = QPP_PAGE_TABLE("portal: submissions", pages);
