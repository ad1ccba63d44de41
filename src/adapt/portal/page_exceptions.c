/* /exceptions: apply, file, withdraw; /reviewer/exceptions: the queue and the decision. */
#include "adapt/portal/page_exceptions.h"

enum { MOST_FINDINGS = 100 };

struct qpp_excepting page_excepting(struct qpp_portal *p, const struct qpp_http_request *r)
{
	struct qpp_findings *f = QPP_NEW(r->arena, struct qpp_findings);
	qpp_findings_init(f, r->arena, MOST_FINDINGS);
	return (struct qpp_excepting){ .call = portal_call(p, r, QPP_LIT("")), .at = { r->received_us }, .zone = p->zone, .findings = f };
}

static int64_t number(struct qpp_str s)
{
	uint64_t v;
	return qpp_str_u64(qpp_str_trim(s), 1000000000, &v) ? (int64_t)v : 0;
}

void page_at_fields(struct qpp_arena *a, const struct qpp_findings *f, struct portal_errors *errors)
{
	for (size_t i = 0; i < f->list.n; i++) {
		const struct qpp_finding *x = &f->list.v[i];
		bool field = x->where.pointer.n > 1 && x->where.pointer.p[0] == '/';
		portal_wrong(errors, field ? C(a, x->where.pointer) + 1 : NULL,
		             CAT(a, C(a, portal_capital(a, x->message)), x->expected.n ? "; expected: " : "", C(a, x->expected)));
	}
}

static enum qpp_code begin_post(struct qpp_portal *p, struct qpp_http_request *r, const char *action, struct qpp_form *form, struct qpp_err *err)
{
	enum qpp_code code = portal_may_write(p, r, action, err);
	return code == QPP_OK ? qpp_request_form(r, form, err) : code;
}

static struct qpp_str path_of(struct qpp_http_request *r, const char *behind)
{
	return CAT(r->arena, "/exceptions/", C(r->arena, qpp_param(r, "id")), behind);
}

/* ---- the list ---- */

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_exceptions_page m = { .year = portal_year(p, portal_value(qpp_query(r, "year"))) };
	enum qpp_code code = making_exceptions(p, &x, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_EXCEPTIONS, exceptions, &m, NULL);
	return code;
}

/* ---- who and what ---- */

static enum qpp_code show_start(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str subject, struct qpp_str kind,
                                struct qpp_exception_start *m, const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_excepting x = page_excepting(p, r);
	const struct qpp_person *person = portal_person(r);
	if (!person)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	enum qpp_code code = making_exception_start(p, &x, person, subject, kind, m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_EXCEPTIONS, exception_start, m, errors);
	return code;
}

static enum qpp_code start(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_exception_start m = { .year = portal_year(host, portal_value(qpp_query(r, "year"))) };
	return show_start(host, r, s, QPP_LIT(""), QPP_LIT(""), &m, NULL, err);
}

static enum qpp_code start_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_exception_form f = { 0 };
	struct qpp_str id = QPP_LIT("");
	int64_t version = 0;
	enum qpp_code code = begin_post(p, r, "exception.draft", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str subject = portal_value(qpp_form_field(&form, "subject")), kind = portal_value(qpp_form_field(&form, "kind"));
	struct qpp_exception_start m = { .year = portal_year(p, portal_value(qpp_form_field(&form, "year"))), .npi = qpp_str_trim(portal_value(qpp_form_field(&form, "npi"))) };
	f.py.v = (int)m.year;
	f.npi = m.npi;
	f.kind = qpp_exception_kind_of(kind);
	if (!making_exception_subject(subject, &f))
		portal_wrong(&errors, "subject", QPP_LIT("Choose for whom you apply"));
	if (f.kind == QPP_EXCEPTION_NONE)
		portal_wrong(&errors, "kind", QPP_LIT("Choose which exception"));
	if (f.level == QPP_INDIVIDUAL && !f.npi.n)
		portal_wrong(&errors, "npi", QPP_LIT("Type the NPI of the clinician"));
	if (!errors.list.n) {
		struct qpp_excepting x = page_excepting(p, r);
		code = qpp_exception_save(&x, &f, &id, &version, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, CAT(r->arena, "/exceptions/", C(r->arena, id)));
			return QPP_OK;
		}
		if (code != QPP_DATA)
			return code;
		portal_wrong(&errors, "npi", CAT(r->arena, C(r->arena, portal_capital(r->arena, qpp_str_of(err->primary)))));
	}
	struct qpp_form_errors faults = portal_errors_of(&errors);
	return show_start(p, r, s, subject, kind, &m, &faults, err);
}

/* ---- the form ---- */

static enum qpp_code show_edit(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_excepting *x,
                               const struct qpp_exception_detail *d, const struct qpp_exception_form *f, const struct qpp_form_errors *errors,
                               struct qpp_err *err)
{
	struct qpp_exception_edit m;
	enum qpp_code code = making_exception_edit(p, x, d, f, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_EXCEPTIONS, exception_edit, &m, errors);
	return code;
}

static enum qpp_code show(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_exception_detail d;
	struct qpp_exception_show m;
	enum qpp_code code = qpp_exception_get(&x, qpp_param(r, "id"), &d, err);
	if (code != QPP_OK)
		return code;
	if (d.line.may_file)
		return show_edit(p, r, s, &x, &d, &d.form, NULL, err);
	making_exception_show(p, &x, &d, &m);
	m.may_decide = false;
	RESPOND(p, r, s, QPP_AT_EXCEPTIONS, exception, &m, NULL);
	return QPP_OK;
}

static void read_form(const struct qpp_form *form, struct qpp_exception_form *f)
{
	f->event = portal_value(qpp_form_field(form, "event"));
	f->begins = qpp_str_trim(portal_value(qpp_form_field(form, "begins")));
	f->ends = qpp_str_trim(portal_value(qpp_form_field(form, "ends")));
	f->explanation = qpp_str_trim(portal_value(qpp_form_field(form, "explanation")));
	f->members = number(portal_value(qpp_form_field(form, "members")));
	f->excused = number(portal_value(qpp_form_field(form, "excused")));
	f->categories = 0;
	for (size_t i = 0; i < form->n; i++)
		if (qpp_str_is(form->v[i].name, "category"))
			f->categories |= qpp_exception_categories(form->v[i].body);
}

static enum qpp_code edit_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_exception_detail d;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_str id = qpp_param(r, "id");
	enum qpp_code code = begin_post(p, r, "exception.draft", &form, err);
	struct qpp_excepting x = page_excepting(p, r);
	if (code == QPP_OK)
		code = qpp_exception_get(&x, id, &d, err);
	if (code != QPP_OK)
		return code;
	struct qpp_exception_form f = d.form;
	int64_t version = number(portal_value(qpp_form_field(&form, "version")));
	read_form(&form, &f);
	code = qpp_exception_save(&x, &f, &id, &version, err);
	if (code != QPP_OK)
		return code;
	if (!qpp_str_is(portal_value(qpp_form_field(&form, "do")), "review")) {
		qpp_respond_redirect(s, CAT(r->arena, "/exceptions?year=", C(r->arena, qpp_i64_text(r->arena, f.py.v)), "&done=exception-draft"));
		return QPP_OK;
	}
	/* The draft is kept with its faults; they are shown where they are. */
	page_at_fields(r->arena, x.findings, &errors);
	struct qpp_form_errors faults = portal_errors_of(&errors);
	if (!faults.n) {
		qpp_respond_redirect(s, path_of(r, "/review"));
		return QPP_OK;
	}
	d.line.row.version = version;
	return show_edit(p, r, s, &x, &d, &f, &faults, err);
}

/* ---- filing ---- */

static enum qpp_code review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_exception_detail d;
	struct qpp_exception_show m;
	enum qpp_code code = qpp_exception_get(&x, qpp_param(r, "id"), &d, err);
	if (code != QPP_OK)
		return code;
	if (!d.line.may_file) {
		qpp_respond_redirect(s, path_of(r, ""));
		return QPP_OK;
	}
	making_exception_show(p, &x, &d, &m);
	RESPOND(p, r, s, QPP_AT_EXCEPTIONS, exception_review, &m, NULL);
	return QPP_OK;
}

static enum qpp_code file(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_exception_detail d;
	struct qpp_exception_show m;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = begin_post(p, r, "exception.file", &form, err);
	struct qpp_excepting x = page_excepting(p, r);
	if (code != QPP_OK)
		return code;
	struct qpp_exception_filing f = { .id = qpp_param(r, "id"), .version = number(portal_value(qpp_form_field(&form, "version"))),
		.key = portal_value(qpp_form_field(&form, "key")), .certified = qpp_str_is(portal_value(qpp_form_field(&form, "certified")), "yes") };
	if (!f.certified) {
		portal_wrong(&errors, "certified-yes", QPP_LIT("Say that it is true: without that it cannot be filed"));
		code = qpp_exception_get(&x, f.id, &d, err);
		if (code != QPP_OK)
			return code;
		struct qpp_form_errors faults = portal_errors_of(&errors);
		making_exception_show(p, &x, &d, &m);
		RESPOND(p, r, s, QPP_AT_EXCEPTIONS, exception_review, &m, &faults);
		return QPP_OK;
	}
	code = qpp_exception_file(&x, &f, err);
	/* Faults of the draft are told on the page of the review. */
	if (code == QPP_OK || code == QPP_DATA)
		qpp_respond_redirect(s, path_of(r, code == QPP_OK ? "/receipt" : "/review"));
	return code == QPP_DATA ? QPP_OK : code;
}

static enum qpp_code withdraw(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	enum qpp_code code = begin_post(p, r, "exception.withdraw", &form, err);
	struct qpp_excepting x = page_excepting(p, r);
	if (code == QPP_OK)
		code = qpp_exception_withdraw(&x, qpp_param(r, "id"), number(portal_value(qpp_form_field(&form, "version"))), err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, path_of(r, "?done=exception-withdrawn"));
	return code;
}

static enum qpp_code filed(struct qpp_excepting *x, const struct qpp_http_request *r, struct qpp_exception_detail *d, struct qpp_err *err)
{
	enum qpp_code code = qpp_exception_get(x, qpp_param(r, "id"), d, err);
	return code == QPP_OK && !d->has_receipt ? qpp_not_found(err, "receipt") : code;
}

static enum qpp_code receipt(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_exception_detail d;
	struct qpp_kept_view m;
	enum qpp_code code = filed(&x, r, &d, err);
	if (code != QPP_OK)
		return code;
	making_exception_receipt(p, &x, &d, &m);
	RESPOND(p, r, s, QPP_AT_EXCEPTIONS, kept, &m, NULL);
	return QPP_OK;
}

static enum qpp_code receipt_text(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_excepting x = page_excepting(host, r);
	struct qpp_exception_detail d;
	enum qpp_code code = filed(&x, r, &d, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/json; charset=utf-8", CAT(r->arena, "receipt-", C(r->arena, d.receipt.number), ".json"),
		                     qpp_receipt_json(r->arena, &d.receipt));
	return code;
}

/* ---- the agency ---- */

static enum qpp_code queue(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_exceptions_queue m = { .year = portal_year(p, portal_value(qpp_query(r, "year"))), .state = portal_value(qpp_query(r, "state")) };
	enum qpp_exception_state state = qpp_exception_state_of(m.state);
	if (state == QPP_EXCEPTION_STATE_NONE || state == QPP_EXCEPTION_DRAFT)
		m.state = QPP_LIT("submitted");
	enum qpp_code code = making_exceptions_queue(p, &x, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_EXCEPTION_QUEUE, exceptions_queue, &m, NULL);
	return code;
}

static enum qpp_code show_decision(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str act, struct qpp_str reason,
                                   const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_exception_detail d;
	struct qpp_exception_show m;
	enum qpp_code code = qpp_exception_get(&x, qpp_param(r, "id"), &d, err);
	if (code != QPP_OK)
		return code;
	making_exception_show(p, &x, &d, &m);
	m.agency = true;
	m.href_receipt = QPP_LIT("");
	m.may_withdraw = false;
	m.act = act;
	m.reason = reason;
	RESPOND(p, r, s, QPP_AT_EXCEPTION_QUEUE, exception, &m, errors);
	return QPP_OK;
}

static enum qpp_code decision(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_decision(host, r, s, QPP_LIT(""), QPP_LIT(""), NULL, err);
}

static enum qpp_code decision_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = begin_post(p, r, "exception.decide", &form, err);
	struct qpp_excepting x = page_excepting(p, r);
	if (code != QPP_OK)
		return code;
	struct qpp_str act = portal_value(qpp_form_field(&form, "act")), reason = qpp_str_trim(portal_value(qpp_form_field(&form, "reason")));
	bool approve = qpp_str_is(act, "approve");
	if (!approve && !qpp_str_is(act, "deny"))
		portal_wrong(&errors, "act", QPP_LIT("Choose: approve or deny"));
	if (!reason.n)
		portal_wrong(&errors, "reason", QPP_LIT("Write the reason: it goes out by e-mail"));
	if (!errors.list.n) {
		code = qpp_exception_decide(&x, qpp_param(r, "id"), number(portal_value(qpp_form_field(&form, "version"))), approve, reason, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, CAT(r->arena, "/reviewer/exceptions/", C(r->arena, qpp_param(r, "id")), "?done=exception-decided"));
			return QPP_OK;
		}
		if (code != QPP_DATA)
			return code;
		page_at_fields(r->arena, x.findings, &errors);
	}
	struct qpp_form_errors faults = portal_errors_of(&errors);
	return show_decision(p, r, s, act, reason, &faults, err);
}

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the application" }, { 0 } };
static const struct qpp_param_doc year_params[] = { { QPP_IN_QUERY, "year", "integer", false, "performance year" }, { 0 } };

#define FORM "application/x-www-form-urlencoded"
#define READS .can = QPP_CAN_SEE_ELIGIBILITY, .audit = QPP_AUDIT_READ
#define CHANGES .can = QPP_CAN_APPLY_EXCEPTION, .audit = QPP_AUDIT_CHANGE, .flags = QPP_PAGE_WAITS
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/exceptions", READS, .handle = list, .summary = "What applies by itself, and one's applications", .params = year_params },
	{ .method = QPP_GET, .path = "/exceptions/new", .can = QPP_CAN_APPLY_EXCEPTION, .audit = QPP_AUDIT_READ, .handle = start,
	  .summary = "For whom, and which exception", .params = year_params },
	{ .method = QPP_POST, .path = "/exceptions", CHANGES, .handle = start_post, .summary = "A new draft", .takes = FORM },
	{ .method = QPP_GET, .path = "/exceptions/{id}", READS, .handle = show, .summary = "An application, or its form while it is a draft", .params = id_params },
	{ .method = QPP_POST, .path = "/exceptions/{id}", CHANGES, .handle = edit_post, .summary = "Keep the draft, and check it", .params = id_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/exceptions/{id}/review", .can = QPP_CAN_APPLY_EXCEPTION, .audit = QPP_AUDIT_READ, .handle = review,
	  .summary = "What would be filed", .params = id_params },
	{ .method = QPP_POST, .path = "/exceptions/{id}/file", .can = QPP_CAN_APPLY_EXCEPTION, .audit = QPP_AUDIT_FILING, .handle = file,
	  .flags = QPP_PAGE_WAITS, .summary = "File the application", .params = id_params, .takes = FORM },
	{ .method = QPP_POST, .path = "/exceptions/{id}/withdraw", .can = QPP_CAN_APPLY_EXCEPTION, .audit = QPP_AUDIT_FILING, .handle = withdraw,
	  .flags = QPP_PAGE_WAITS, .summary = "Withdraw it before it is decided", .params = id_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/exceptions/{id}/receipt", READS, .handle = receipt, .summary = "The receipt of the application", .params = id_params },
	{ .method = QPP_GET, .path = "/exceptions/{id}/receipt.json", READS, .handle = receipt_text, .summary = "The signed receipt as a file", .params = id_params },
	{ .method = QPP_GET, .path = "/reviewer/exceptions", .can = QPP_CAN_SEE_EXCEPTIONS, .audit = QPP_AUDIT_READ, .handle = queue,
	  .summary = "Applications that wait, and were decided", .params = year_params },
	{ .method = QPP_GET, .path = "/reviewer/exceptions/{id}", .can = QPP_CAN_SEE_EXCEPTIONS, .audit = QPP_AUDIT_READ, .handle = decision,
	  .summary = "An application, to be decided", .params = id_params },
	{ .method = QPP_POST, .path = "/reviewer/exceptions/{id}", .can = QPP_CAN_DECIDE_REVIEW, .audit = QPP_AUDIT_DECISION, .handle = decision_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Approve or deny it", .params = id_params, .takes = FORM },
};
const struct qpp_page_table portal_exception_pages = QPP_PAGE_TABLE("portal: exceptions", pages);
