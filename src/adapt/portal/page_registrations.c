/* /registrations: an MVP or the survey is registered, changed and cancelled. Until it is confirmed, the form carries all that was said. */
#include "adapt/portal/making_registrations.h"
#include "adapt/portal/page_exceptions.h"

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_registrations_page m = { .year = portal_year(p, portal_value(qpp_query(r, "year"))) };
	enum qpp_code code = making_registrations(p, &x, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_REGISTRATIONS, registrations, &m, NULL);
	return code;
}

/* ---- the form ---- */

static enum qpp_code show_edit(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_excepting *x,
                               const struct qpp_registering *g, bool review, const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_registration_edit m;
	const struct qpp_person *person = portal_person(r);
	if (!person)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	enum qpp_code code = making_registration_edit(p, x, person, g, &m, err);
	if (code != QPP_OK)
		return code;
	if (review)
		RESPOND(p, r, s, QPP_AT_REGISTRATIONS, registration_review, &m, errors);
	else
		RESPOND(p, r, s, QPP_AT_REGISTRATIONS, registration_edit, &m, errors);
	return QPP_OK;
}

/* What is asked first: for whom, and what; then its form. */
static enum qpp_code start(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_registration_year year;
	struct qpp_str subject = portal_value(qpp_query(r, "subject")), pathway = portal_value(qpp_query(r, "pathway"));
	struct qpp_registration_start m = { .year = portal_year(p, portal_value(qpp_query(r, "year"))), .npi = qpp_str_trim(portal_value(qpp_query(r, "npi"))) };
	struct qpp_registering g = { .form = { .py = { (int)m.year } } };
	const struct qpp_person *person = portal_person(r);
	if (!person)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	enum qpp_code code = qpp_registration_year_get(&x, g.form.py, &year, err);
	if (code != QPP_OK)
		return code;
	/* The form is sent without anything chosen, or opened for the first time. */
	bool sent = qpp_query(r, "pathway").p != NULL, whole = making_registration_subject(subject, pathway, &g.form);
	if (g.form.level == QPP_INDIVIDUAL)
		g.form.npi = m.npi;
	if (sent && !subject.n)
		portal_wrong(&errors, "subject", QPP_LIT("Choose for whom you register"));
	if (sent && !pathway.n)
		portal_wrong(&errors, "pathway", QPP_LIT("Choose what is registered"));
	if (whole && g.form.level == QPP_INDIVIDUAL && !m.npi.n)
		portal_wrong(&errors, "npi", QPP_LIT("Type the NPI of the clinician"));
	if (whole && !year.may[g.form.kind][g.form.level])
		portal_wrong(&errors, "subject", g.form.kind == QPP_REGISTER_MVP ? QPP_LIT("There are no MVPs for it in that year")
		                                                                : QPP_LIT("There is no survey for it: it is for groups, virtual groups, APM entities and subgroups with an MVP"));
	if (whole && !errors.list.n)
		return show_edit(p, r, s, &x, &g, false, NULL, err);
	struct qpp_form_errors faults = portal_errors_of(&errors);
	code = making_registration_start(p, &x, person, subject, pathway, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_REGISTRATIONS, registration_start, &m, &faults);
	return code;
}

/* What the form said, in the names of its fields. */
static enum qpp_code read_form(struct qpp_portal *p, const struct qpp_form *form, struct qpp_registering *g, struct qpp_err *err)
{
	uint64_t version;
	enum { LARGEST = 1000000000 };
	struct qpp_registration_form *f = &g->form;
	*g = (struct qpp_registering){ .id = portal_typed(form, "id"), .key = portal_typed(form, "key") };
	f->py.v = (int)portal_year(p, portal_typed(form, "year"));
	if (!making_registration_subject(portal_typed(form, "subject"), portal_typed(form, "pathway"), f))
		return qpp_fail(err, QPP_USAGE, "it is not said who registers what", (char *)NULL);
	g->version = qpp_str_u64(portal_typed(form, "version"), LARGEST, &version) ? (int64_t)version : 0;
	f->npi = portal_typed(form, "npi");
	f->population_health = portal_typed(form, "population");
	f->outcome_claims = portal_typed(form, "outcome");
	f->cahps = qpp_str_is(portal_typed(form, "cahps"), "yes");
	f->name = portal_typed(form, "name");
	f->description = portal_typed(form, "description");
	f->npis = portal_typed(form, "npis");
	return QPP_OK;
}

static enum qpp_code show_faults(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_excepting *x,
                                 const struct qpp_registering *g, struct qpp_err *err)
{
	struct portal_errors errors = { .arena = r->arena };
	page_at_fields(r->arena, x->findings, &errors);
	/* Whom it is for is not asked on this page. */
	for (size_t i = 0; i < errors.list.n; i++)
		if (errors.list.v[i].field && (qpp_str_is(qpp_str_of(errors.list.v[i].field), "subject") || qpp_str_is(qpp_str_of(errors.list.v[i].field), "npi")))
			errors.list.v[i].field = NULL;
	struct qpp_form_errors faults = portal_errors_of(&errors);
	return show_edit(p, r, s, x, g, false, &faults, err);
}

static enum qpp_code review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { KEY = 16 };
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_registering g;
	enum qpp_code code = portal_writing(p, r, "registration.review", &form, err);
	if (code == QPP_OK)
		code = read_form(p, &form, &g, err);
	struct qpp_excepting x = page_excepting(p, r);
	if (code == QPP_OK)
		code = qpp_registration_try(&x, &g, err);
	if (code == QPP_DATA)
		return show_faults(p, r, s, &x, &g, err);
	if (code != QPP_OK)
		return code;
	/* Sent twice, it is one registration. */
	g.key = qpp_store_new_token(p->service->store, r->arena, KEY);
	return show_edit(p, r, s, &x, &g, true, NULL, err);
}

static enum qpp_code file(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_registering g;
	enum qpp_code code = portal_writing(p, r, "registration.file", &form, err);
	if (code == QPP_OK)
		code = read_form(p, &form, &g, err);
	if (code != QPP_OK)
		return code;
	struct qpp_excepting x = page_excepting(p, r);
	if (qpp_str_is(portal_typed(&form, "do"), "back"))
		return show_edit(p, r, s, &x, &g, false, NULL, err);
	code = qpp_registration_file(&x, &g, err);
	if (code == QPP_DATA)
		return show_faults(p, r, s, &x, &g, err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, CAT(r->arena, "/registrations/", C(r->arena, g.id), "/receipt"));
	return code;
}

/* ---- one registration ---- */

static enum qpp_code show(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_registered of;
	struct qpp_registration_show m;
	enum qpp_code code = qpp_registration_get(&x, qpp_param(r, "id"), &of, err);
	if (code != QPP_OK)
		return code;
	making_registration_show(p, r->arena, &of, &m);
	RESPOND(p, r, s, QPP_AT_REGISTRATIONS, registration, &m, NULL);
	return QPP_OK;
}

/* The one that can be changed now, by the one who asks; otherwise its page, which says why not. */
static enum qpp_code changeable(struct qpp_excepting *x, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_registered *of, struct qpp_err *err)
{
	enum qpp_code code = qpp_registration_get(x, qpp_param(r, "id"), of, err);
	if (code == QPP_OK && !of->may_change)
		qpp_respond_redirect(s, CAT(r->arena, "/registrations/", C(r->arena, of->id)));
	return code;
}

static enum qpp_code edit(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_excepting x = page_excepting(host, r);
	struct qpp_registered of;
	struct qpp_str mvp = portal_value(qpp_query(r, "mvp"));
	enum qpp_code code = changeable(&x, r, s, &of, err);
	if (code != QPP_OK || !of.may_change)
		return code;
	if (mvp.n && of.form.kind == QPP_REGISTER_MVP)
		of.form.mvp = mvp;
	const struct qpp_registering g = { .form = of.form, .id = of.id, .version = of.version };
	return show_edit(host, r, s, &x, &g, false, NULL, err);
}

static enum qpp_code cancel(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_registered of;
	struct qpp_registration_show m;
	enum qpp_code code = changeable(&x, r, s, &of, err);
	if (code != QPP_OK || !of.may_change)
		return code;
	making_registration_show(p, r->arena, &of, &m);
	RESPOND(p, r, s, QPP_AT_REGISTRATIONS, registration_cancel, &m, NULL);
	return QPP_OK;
}

static enum qpp_code cancel_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	uint64_t version = 0;
	enum { LARGEST = 1000000000 };
	enum qpp_code code = portal_writing(p, r, "registration.cancel", &form, err);
	struct qpp_excepting x = page_excepting(p, r);
	if (code == QPP_OK && !qpp_str_u64(portal_typed(&form, "version"), LARGEST, &version))
		version = 0;
	if (code == QPP_OK)
		code = qpp_registration_cancel(&x, qpp_param(r, "id"), (int64_t)version, err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, CAT(r->arena, "/registrations/", C(r->arena, qpp_param(r, "id")), "?done=registration-cancelled"));
	return code;
}

static enum qpp_code with_receipt(struct qpp_excepting *x, const struct qpp_http_request *r, struct qpp_registered *of, struct qpp_err *err)
{
	enum qpp_code code = qpp_registration_get(x, qpp_param(r, "id"), of, err);
	return code == QPP_OK && !of->receipt.number.n ? qpp_not_found(err, "receipt") : code;
}

static enum qpp_code receipt(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_excepting x = page_excepting(p, r);
	struct qpp_registered of;
	struct qpp_kept_view m;
	enum qpp_code code = with_receipt(&x, r, &of, err);
	if (code != QPP_OK)
		return code;
	making_registration_receipt(p, r->arena, &of, &m);
	RESPOND(p, r, s, QPP_AT_REGISTRATIONS, kept, &m, NULL);
	return QPP_OK;
}

static enum qpp_code receipt_text(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_excepting x = page_excepting(host, r);
	struct qpp_registered of;
	enum qpp_code code = with_receipt(&x, r, &of, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/json; charset=utf-8", CAT(r->arena, "receipt-", C(r->arena, of.receipt.number), ".json"),
		                     qpp_receipt_json(r->arena, &of.receipt));
	return code;
}

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the registration" }, { 0 } };
static const struct qpp_param_doc edit_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the registration" },
	{ QPP_IN_QUERY, "mvp", "string", false, "an MVP to change to" }, { 0 } };
static const struct qpp_param_doc year_params[] = { { QPP_IN_QUERY, "year", "integer", false, "performance year" }, { 0 } };
static const struct qpp_param_doc start_params[] = { { QPP_IN_QUERY, "year", "integer", false, "performance year" },
	{ QPP_IN_QUERY, "subject", "string", false, "for whom: level and organization" }, { QPP_IN_QUERY, "npi", "string", false, "of one clinician" },
	{ QPP_IN_QUERY, "pathway", "string", false, "an MVP, or cahps" }, { 0 } };

#define FORM "application/x-www-form-urlencoded"
#define READS .can = QPP_CAN_SEE_ELIGIBILITY, .audit = QPP_AUDIT_READ
#define BEGINS .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_READ
#define FILES .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_FILING, .flags = QPP_PAGE_WAITS
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/registrations", READS, .handle = list, .summary = "MVPs and surveys that are registered", .params = year_params },
	{ .method = QPP_GET, .path = "/registrations/new", BEGINS, .handle = start, .summary = "For whom and what, then its form", .params = start_params },
	{ .method = QPP_POST, .path = "/registrations/review", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_READ, .handle = review,
	  .summary = "Check it, and show what would be registered", .takes = FORM },
	{ .method = QPP_POST, .path = "/registrations", FILES, .handle = file, .summary = "Register, or change what is registered", .takes = FORM },
	{ .method = QPP_GET, .path = "/registrations/{id}", READS, .handle = show, .summary = "A registration, and where its survey stands", .params = id_params },
	{ .method = QPP_GET, .path = "/registrations/{id}/edit", BEGINS, .handle = edit, .summary = "The form of a change", .params = edit_params },
	{ .method = QPP_GET, .path = "/registrations/{id}/cancel", BEGINS, .handle = cancel, .summary = "What cancelling does", .params = id_params },
	{ .method = QPP_POST, .path = "/registrations/{id}/cancel", FILES, .handle = cancel_post, .summary = "Cancel it", .params = id_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/registrations/{id}/receipt", READS, .handle = receipt, .summary = "The receipt of the last change", .params = id_params },
	{ .method = QPP_GET, .path = "/registrations/{id}/receipt.json", READS, .handle = receipt_text, .summary = "The signed receipt as a file",
	  .params = id_params },
};
const struct qpp_page_table portal_registration_pages = QPP_PAGE_TABLE("portal: registrations", pages);
