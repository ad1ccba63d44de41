/* /eligibility/opt-in: who has the choice, its confirmation, its receipt. */
#include "adapt/portal/page_exceptions.h"

/* Of the address: the practice, the year, and the clinician where there is an NPI. */
static enum qpp_code subject(struct qpp_http_request *r, struct qpp_who *who, struct qpp_err *err)
{
	uint64_t year;
	enum { LAST_YEAR = 9999 };
	struct qpp_str npi = portal_value(qpp_query(r, "npi"));
	if (!qpp_str_u64(qpp_param(r, "year"), LAST_YEAR, &year))
		return qpp_not_found(err, "election");
	*who = (struct qpp_who){ .py = { (int)year }, .entity = npi.n ? QPP_INDIVIDUAL : QPP_GROUP, .org_id = qpp_param(r, "org"), .npi = npi };
	return QPP_OK;
}

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_opt_in_page m = { .year = portal_year(p, portal_value(qpp_query(r, "year"))) };
	enum qpp_code code = making_opt_in(p, &x, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_OPT_IN, opt_in, &m, NULL);
	return code;
}

static struct qpp_str receipt_path(struct qpp_arena *a, const struct qpp_who *who)
{
	return CAT(a, "/eligibility/opt-in/", C(a, who->org_id), "/", C(a, qpp_i64_text(a, who->py.v)), "/receipt", who->npi.n ? "?npi=" : "", C(a, who->npi));
}

/* The standing of the subject, and what the address chooses. */
static enum qpp_code choosing(struct qpp_http_request *r, struct qpp_excepting *x, struct qpp_who *who, enum qpp_opt_choice *choice,
                              struct qpp_choosing *c, struct qpp_err *err)
{
	enum qpp_code code = subject(r, who, err);
	*choice = qpp_choice_of(qpp_param(r, "choice"));
	if (code == QPP_OK && *choice == QPP_CHOICE_NONE)
		code = qpp_not_found(err, "election");
	return code == QPP_OK ? qpp_opt_in_get(x, who, c, err) : code;
}

static enum qpp_code confirm(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_who who;
	enum qpp_opt_choice choice;
	struct qpp_choosing c;
	struct qpp_opt_in_confirm m;
	enum qpp_code code = choosing(r, &x, &who, &choice, &c, err);
	if (code != QPP_OK)
		return code;
	if (!c.open || !c.official) {
		(void)qpp_fail(err, QPP_CONFLICT, "there is no choice to make here", (char *)NULL);
		qpp_err_detail(err, c.says.n ? C(r->arena, c.says) : "a Security Official of the practice chooses", (char *)NULL);
		return QPP_CONFLICT;
	}
	making_opt_in_confirm(r->arena, &c, choice, r->path, &m);
	RESPOND(p, r, s, QPP_AT_OPT_IN, opt_in_confirm, &m, NULL);
	return QPP_OK;
}

static enum qpp_code elect(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_form form;
	struct qpp_who who;
	enum qpp_opt_choice choice;
	struct qpp_choosing c;
	struct qpp_opt_in_confirm m;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(p, r, "election.optIn", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code == QPP_OK)
		code = choosing(r, &x, &who, &choice, &c, err);
	if (code != QPP_OK)
		return code;
	struct qpp_choice_made made = { .who = who, .choice = choice, .typed = portal_value(qpp_form_field(&form, "typed")) };
	code = qpp_opt_in_elect(&x, &made, err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, receipt_path(r->arena, &who));
		return QPP_OK;
	}
	if (code != QPP_DATA)
		return code;
	portal_wrong(&errors, "typed", CAT(r->arena, "Type: ", qpp_choice_typed(choice)));
	struct qpp_form_errors faults = portal_errors_of(&errors);
	making_opt_in_confirm(r->arena, &c, choice, r->path, &m);
	RESPOND(p, r, s, QPP_AT_OPT_IN, opt_in_confirm, &m, &faults);
	return QPP_OK;
}

static enum qpp_code made(struct qpp_http_request *r, struct qpp_excepting *x, struct qpp_choosing *c, struct qpp_err *err)
{
	struct qpp_who who;
	enum qpp_code code = subject(r, &who, err);
	if (code == QPP_OK)
		code = qpp_opt_in_get(x, &who, c, err);
	return code == QPP_OK && !c->has_receipt ? qpp_not_found(err, "receipt") : code;
}

static enum qpp_code receipt(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_choosing c;
	struct qpp_kept_view m;
	enum qpp_code code = made(r, &x, &c, err);
	if (code != QPP_OK)
		return code;
	making_opt_in_receipt(p, r->arena, &c, &m);
	RESPOND(p, r, s, QPP_AT_OPT_IN, kept, &m, NULL);
	return QPP_OK;
}

static enum qpp_code receipt_text(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_excepting x = page_excepting(host, r);
	struct qpp_choosing c;
	enum qpp_code code = made(r, &x, &c, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/json; charset=utf-8", CAT(r->arena, "receipt-", C(r->arena, c.receipt.number), ".json"),
		                     qpp_receipt_json(r->arena, &c.receipt));
	return code;
}

#define WHO { QPP_IN_PATH, "org", "string", true, "id of the practice" }, { QPP_IN_PATH, "year", "integer", true, "performance year" }, \
	{ QPP_IN_QUERY, "npi", "string", false, "of a clinician of it" }
static const struct qpp_param_doc who_params[] = { WHO, { 0 } };
static const struct qpp_param_doc choice_params[] = { WHO, { QPP_IN_PATH, "choice", "string", true, "optIn or voluntary" }, { 0 } };
static const struct qpp_param_doc year_params[] = { { QPP_IN_QUERY, "year", "integer", false, "performance year" }, { 0 } };

#define READS .can = QPP_CAN_SEE_ELIGIBILITY, .audit = QPP_AUDIT_READ
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/eligibility/opt-in", READS, .handle = list, .summary = "Who has a choice, and what was chosen", .params = year_params },
	{ .method = QPP_GET, .path = "/eligibility/opt-in/{org}/{year}/receipt", READS, .handle = receipt, .summary = "The receipt of an election",
	  .params = who_params },
	{ .method = QPP_GET, .path = "/eligibility/opt-in/{org}/{year}/receipt.json", READS, .handle = receipt_text,
	  .summary = "The signed receipt as a file", .params = who_params },
	{ .method = QPP_GET, .path = "/eligibility/opt-in/{org}/{year}/{choice}", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_READ, .handle = confirm,
	  .summary = "What the choice means, and that it cannot be taken back", .params = choice_params },
	{ .method = QPP_POST, .path = "/eligibility/opt-in/{org}/{year}/{choice}", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_FILING, .handle = elect,
	  .flags = QPP_PAGE_WAITS, .summary = "Choose for the year", .params = choice_params, .takes = "application/x-www-form-urlencoded" },
};
const struct qpp_page_table portal_opt_in_pages = QPP_PAGE_TABLE("portal: opting in", pages);
