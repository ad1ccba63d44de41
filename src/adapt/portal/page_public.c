/* Pages that everybody may see: home, eligibility, help, rules; and the way in and out. */
#include "adapt/portal/pages.h"

#include <string.h>

#include "adapt/html/html.h"

static enum qpp_code home(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_home m = { .year = portal_year(p, QPP_LIT("")), .synthetic = p->demo != NULL };
	const struct qpp_person *who = portal_person(r);
	struct qpp_roles_held pending = { 0 };
	enum qpp_code code = who && who->roles & QPP_OF_OFFICIALS ? qpp_roles_pending(p->identity, r->arena, who, &pending, err) : QPP_OK;
	if (code != QPP_OK)
		return code;
	m.waiting = (int64_t)pending.n;
	making_home(p, r->arena, who, &m);
	RESPOND(p, r, s, QPP_AT_HOME, home, &m, NULL);
	return QPP_OK;
}

/* ---- sign-in ---- */

static enum qpp_code show_sign_in(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str user,
                                  struct qpp_str to, const struct qpp_form_errors *errors)
{
	struct qpp_sign_in m = { .user = user, .to = portal_path(to), .ended = qpp_query(r, "ended").p != NULL,
		.demo = p->demo ? qpp_str_of(p->demo) : QPP_LIT("") };
	if (p->oidc && p->oidc->n_providers) {
		struct qpp_provider *v = QPP_NEW_ARRAY(r->arena, p->oidc->n_providers, struct qpp_provider);
		for (size_t i = 0; i < p->oidc->n_providers; i++)
			v[i] = (struct qpp_provider){ p->oidc->providers[i].id, p->oidc->providers[i].title, QPP_LIT("") };
		m.providers.v = v;
		m.providers.n = p->oidc->n_providers;
	}
	RESPOND(p, r, s, QPP_AT_NONE, sign_in, &m, errors);
	return QPP_OK;
}

static enum qpp_code sign_in(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	(void)err;
	if (portal_person(r)) {
		qpp_respond_redirect(s, portal_path(qpp_query(r, "to")));
		return QPP_OK;
	}
	return show_sign_in(host, r, s, QPP_LIT(""), portal_value(qpp_query(r, "to")), NULL);
}

/* The next page: the second step, or where the person wanted to go. */
static void go_on(struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_signed_in *in, struct qpp_str to)
{
	struct qpp_html h;
	qpp_respond_cookie(s, "session", in->token, 0);
	if (in->stage == QPP_STAGE_FULL) {
		qpp_respond_redirect(s, portal_path(to));
		return;
	}
	qpp_html_init(&h, r->arena);
	qpp_html_lit(&h, "/sign-in/code?to=");
	qpp_html_url(&h, portal_path(to));
	qpp_respond_redirect(s, qpp_html_done(&h));
}

static enum qpp_code sign_in_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_signed_in in;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str user = portal_value(qpp_form_field(&form, "user")), to = portal_value(qpp_form_field(&form, "to"));
	code = qpp_sign_in(p->identity, r->arena, &from, user, portal_value(qpp_form_field(&form, "password")), &in, err);
	if (code == QPP_OK) {
		go_on(r, s, &in, to);
		return QPP_OK;
	}
	if (code != QPP_SIGNED_OUT || !portal_wrong_err(&errors, "user", err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_sign_in(p, r, s, user, to, &list);
}

static enum qpp_code show_code(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str to,
                               const struct qpp_form_errors *errors, struct qpp_err *err)
{
	const struct qpp_person *person = portal_half(r);
	struct qpp_from from = portal_from(r);
	struct qpp_totp m = { .to = portal_path(to) };
	if (person->stage == QPP_STAGE_ENROLL) {
		struct qpp_totp_offer offer;
		enum qpp_code code = qpp_totp_offer(p->identity, r->arena, &from, qpp_cookie(r, "session"), &offer, err);
		if (code != QPP_OK)
			return code;
		m.secret = offer.secret;
		m.uri = offer.uri;
	}
	RESPOND(p, r, s, QPP_AT_NONE, totp, &m, errors);
	return QPP_OK;
}

static enum qpp_code code_page(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *person = portal_half(r);
	if (!person || person->stage == QPP_STAGE_FULL) {
		qpp_respond_redirect(s, person ? portal_path(qpp_query(r, "to")) : QPP_LIT("/sign-in"));
		return QPP_OK;
	}
	return show_code(host, r, s, portal_value(qpp_query(r, "to")), NULL, err);
}

static enum qpp_code code_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *person = portal_half(r);
	struct qpp_from from = portal_from(r);
	struct qpp_form form;
	struct qpp_signed_in in;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	if (!person) {
		qpp_respond_redirect(s, QPP_LIT("/sign-in?ended=1"));
		return QPP_OK;
	}
	struct qpp_str typed = portal_value(qpp_form_field(&form, "code")), to = portal_value(qpp_form_field(&form, "to")), token = qpp_cookie(r, "session");
	if (person->stage == QPP_STAGE_ENROLL)
		code = qpp_totp_confirm(p->identity, r->arena, &from, token, typed, &in, err);
	else
		code = qpp_sign_in_verify(p->identity, r->arena, &from, token, QPP_LIT("totp"), typed, &in, err);
	if (code == QPP_OK) {
		go_on(r, s, &in, to);
		return QPP_OK;
	}
	if (code == QPP_SIGNED_OUT) {
		qpp_respond_redirect(s, QPP_LIT("/sign-in?ended=1"));
		return QPP_OK;
	}
	if (!portal_wrong_err(&errors, "code", err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_code(p, r, s, to, &list, err);
}

static enum qpp_code sign_out(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_from from = portal_from(r);
	struct qpp_str token = qpp_cookie(r, "session");
	enum qpp_code code = token.n ? qpp_sign_out(p->identity, r->arena, &from, token, err) : QPP_OK;
	if (code != QPP_OK)
		return code;
	qpp_respond_cookie(s, "session", QPP_LIT(""), -1);
	qpp_respond_redirect(s, QPP_LIT("/?done=signed-out"));
	return QPP_OK;
}

static enum qpp_code view_exit(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_from from = portal_from(r);
	const struct qpp_person *person = portal_person(r);
	if (!person)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	enum qpp_code code = qpp_view_end(p->identity, r->arena, &from, person, err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, QPP_LIT("/view-as?done=view-ended"));
	return code;
}

/* ---- eligibility ---- */

static enum qpp_code look_up(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str npi, int64_t year,
                             bool missing, const struct qpp_form_errors *errors)
{
	struct qpp_lookup m = { .npi = npi, .year = year, .missing = missing };
	m.years.n = portal_years(p, r->arena, &m.years.v);
	RESPOND(p, r, s, QPP_AT_ELIGIBILITY, lookup, &m, errors);
	if (missing)
		s->status = 404;
	return QPP_OK;
}

/* The look-up: an NPI that was typed leads to its page. */
static enum qpp_code eligibility_form(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_str npi = qpp_str_trim(portal_value(qpp_query(r, "npi"))), says;
	int64_t year = portal_year(p, portal_value(qpp_query(r, "year")));
	struct portal_errors errors = { .arena = r->arena };
	(void)err;
	if (!qpp_query(r, "npi").p)
		return look_up(p, r, s, npi, year, false, NULL);
	if (portal_npi_ok(r->arena, npi, &says)) {
		qpp_respond_redirect(s, CAT(r->arena, "/eligibility/", C(r->arena, npi), "?year=", C(r->arena, qpp_i64_text(r->arena, year))));
		return QPP_OK;
	}
	portal_wrong(&errors, "npi", says);
	struct qpp_form_errors list = portal_errors_of(&errors);
	return look_up(p, r, s, npi, year, false, &list);
}

static enum qpp_code eligibility(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_str npi = qpp_param(r, "npi"), says;
	int64_t year = portal_year(p, portal_value(qpp_query(r, "year")));
	struct qpp_eligibility_view m = { 0 };
	struct portal_errors errors = { .arena = r->arena };
	if (!portal_npi_ok(r->arena, npi, &says)) {
		portal_wrong(&errors, "npi", says);
		struct qpp_form_errors list = portal_errors_of(&errors);
		return look_up(p, r, s, npi, year, false, &list);
	}
	enum qpp_code code = making_eligibility(p, r->arena, npi, year, &m, err);
	if (code == QPP_NOT_FOUND)
		return look_up(p, r, s, npi, year, true, NULL);
	if (code != QPP_OK)
		return code;
	m.masked = !portal_person(r);
	RESPOND(p, r, s, QPP_AT_ELIGIBILITY, eligibility, &m, NULL);
	return QPP_OK;
}

/* ---- help, rules ---- */

static enum qpp_code help(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_rules_view m = { 0 };
	(void)err;
	RESPOND((struct qpp_portal *)host, r, s, QPP_AT_HELP, help, &m, NULL);
	return QPP_OK;
}

static enum qpp_code rules(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_rules_view m;
	(void)err;
	making_rules(host, r->arena, &m);
	RESPOND((struct qpp_portal *)host, r, s, QPP_AT_RULES, rules, &m, NULL);
	return QPP_OK;
}

static enum qpp_code rule_page(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_str html = making_rule_page(p, qpp_param(r, "page"));
	if (!html.n)
		return qpp_fail(err, QPP_NOT_FOUND, "there is no such page of rules", (char *)NULL);
	qpp_respond_html(s, 200, html);
	qpp_respond_set(s, "Content-Security-Policy", p->rule_policy);
	return QPP_OK;
}

static const struct qpp_param_doc npi_params[] = {
	{ QPP_IN_PATH, "npi", "string", true, "ten digits" },
	{ QPP_IN_QUERY, "year", "integer", false, "performance year; the newest when it is not told" },
	{ 0 },
};
static const struct qpp_param_doc page_params[] = { { QPP_IN_PATH, "page", "string", true, "414.1380.html" }, { 0 } };

#define FORM "application/x-www-form-urlencoded"
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = home,
	  .summary = "What this is, open deadlines, look-up, one's organizations" },
	{ .method = QPP_GET, .path = "/sign-in", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_NONE, .handle = sign_in, .summary = "Ways to sign in" },
	{ .method = QPP_POST, .path = "/sign-in", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS, .handle = sign_in_post,
	  .flags = QPP_PAGE_WAITS, .summary = "User name and password", .takes = FORM },
	{ .method = QPP_GET, .path = "/sign-in/code", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_NONE, .handle = code_page,
	  .flags = QPP_PAGE_WAITS, .summary = "The second step" },
	{ .method = QPP_POST, .path = "/sign-in/code", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS, .handle = code_post,
	  .flags = QPP_PAGE_WAITS, .summary = "The code of the second step", .takes = FORM },
	{ .method = QPP_POST, .path = "/sign-out", .can = QPP_CAN_SIGN_IN, .audit = QPP_AUDIT_ACCESS, .handle = sign_out,
	  .flags = QPP_PAGE_WAITS, .summary = "End the session", .takes = FORM },
	{ .method = QPP_POST, .path = "/view-as/exit", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS, .handle = view_exit,
	  .flags = QPP_PAGE_WAITS, .summary = "Stop looking as somebody else", .takes = FORM },
	{ .method = QPP_GET, .path = "/eligibility", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = eligibility_form,
	  .summary = "Look-up by NPI" },
	{ .method = QPP_GET, .path = "/eligibility/{npi}", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = eligibility,
	  .summary = "Eligibility of a clinician, with reasons", .params = npi_params },
	{ .method = QPP_GET, .path = "/help", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = help, .summary = "Help and glossary" },
	{ .method = QPP_GET, .path = "/rules", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = rules, .summary = "The rules" },
	{ .method = QPP_GET, .path = "/rules/{page}", .can = QPP_CAN_READ_PUBLIC, .audit = QPP_AUDIT_NONE, .handle = rule_page,
	  .summary = "The rules of one section", .params = page_params },
};
const struct qpp_page_table portal_public_pages = QPP_PAGE_TABLE("portal: public pages and sign-in", pages);
