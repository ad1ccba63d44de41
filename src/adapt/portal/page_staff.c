/* Of the service center and of operators: /view-as and /operator/access. */
#include "adapt/portal/pages.h"

#include "app/identity_operator.h"
#include "app/notices.h"

enum { SHOWN = 100 };

static enum qpp_code person_or(const struct qpp_http_request *r, const struct qpp_person **who, struct qpp_err *err)
{
	*who = portal_person(r);
	return *who ? QPP_OK : qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
}

/* ---- viewing as somebody else ---- */

static enum qpp_code view_as(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_view_as_form m = { 0 };
	(void)err;
	RESPOND((struct qpp_portal *)host, r, s, QPP_AT_VIEW_AS, view_as, &m, NULL);
	return QPP_OK;
}

static enum qpp_code view_as_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_form form;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = person_or(r, &who, err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_view_as_form m = { .kind = portal_value(qpp_form_field(&form, "kind")), .id = qpp_str_trim(portal_value(qpp_form_field(&form, "id"))),
		.reason = qpp_str_trim(portal_value(qpp_form_field(&form, "reason"))) };
	enum qpp_view_kind kind = qpp_view_kind_of(m.kind);
	if (kind == QPP_VIEW_NONE)
		portal_wrong(&errors, "kind", QPP_LIT("Choose whose eyes"));
	if (!m.id.n)
		portal_wrong(&errors, "id", QPP_LIT("Type the user name or number"));
	if (!m.reason.n)
		portal_wrong(&errors, "reason", QPP_LIT("Say why you look: it stands in the record"));
	if (!portal_errors_of(&errors).n) {
		code = qpp_view_as(p->identity, r->arena, &from, who, kind, m.id, m.reason, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, QPP_LIT("/"));
			return QPP_OK;
		}
		if ((code != QPP_NOT_FOUND && code != QPP_USAGE) || !portal_wrong_err(&errors, code == QPP_NOT_FOUND ? "id" : "reason", err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_VIEW_AS, view_as, &m, &list);
	return QPP_OK;
}

/* ---- requests ---- */

static struct qpp_request_line request_line(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_role_held *x)
{
	return (struct qpp_request_line){ .role_id = x->role_id, .person = x->account_name, .email = x->account_email,
		.role = qpp_str_of(qpp_post_title(x->post)), .org = x->org_name.n ? x->org_name : QPP_LIT("No name on record"),
		.kind = qpp_str_of(portal_kind_title(x->kind)), .number = portal_number(a, x->kind, x->org_number, x->tin_masked),
		.asked = qpp_eastern_day(a, p->zone, x->created), .proof = x->note, .own = x->own };
}

static struct qpp_shut_line shut_line(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_account_shut *x)
{
	return (struct qpp_shut_line){ .id = x->id, .user = x->subject, .name = x->name, .email = x->email, .disabled = x->disabled,
		.why = x->disabled ? QPP_LIT("Disabled: not used for 60 days, or by an administrator")
		                   : CAT(a, "Locked after wrong tries until ", C(a, qpp_eastern_hour(a, p->zone, x->locked_until))),
		.last = x->signed_in.us ? qpp_eastern_day(a, p->zone, x->signed_in) : QPP_LIT("never") };
}

static enum qpp_code operator_access(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_roles_held roles = { 0 };
	struct qpp_accounts_shut accounts = { 0 };
	const struct qpp_slice slice = { .most = SHOWN, .count = true };
	enum qpp_code code = person_or(r, &who, err);
	if (code == QPP_OK)
		code = qpp_roles_waiting(p->identity, r->arena, who, slice, &roles, err);
	if (code == QPP_OK)
		code = qpp_accounts_shut(p->identity, r->arena, who, slice, &accounts, err);
	if (code != QPP_OK)
		return code;
	struct qpp_request_line *v = QPP_NEW_ARRAY(r->arena, roles.n + 1, struct qpp_request_line);
	struct qpp_shut_line *w = QPP_NEW_ARRAY(r->arena, accounts.n + 1, struct qpp_shut_line);
	for (size_t i = 0; i < roles.n; i++)
		v[i] = request_line(p, r->arena, &roles.v[i]);
	for (size_t i = 0; i < accounts.n; i++)
		w[i] = shut_line(p, r->arena, &accounts.v[i]);
	struct qpp_operator_access m = { .requests = { v, roles.n }, .accounts = { w, accounts.n }, .requests_total = roles.total,
		.accounts_total = accounts.total };
	RESPOND(p, r, s, QPP_AT_OPERATOR_ACCESS, operator_access, &m, NULL);
	return QPP_OK;
}

/* The request of the address, among those that operators decide. */
static enum qpp_code request_of(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_person **who, struct qpp_role_held *x,
                                struct qpp_request_review *m, struct qpp_err *err)
{
	struct qpp_roles_held all = { 0 };
	struct qpp_str act = qpp_param(r, "act");
	enum qpp_code code = person_or(r, who, err);
	if (code == QPP_OK)
		code = qpp_roles_waiting(p->identity, r->arena, *who, (struct qpp_slice){ 0 }, &all, err);
	if (code != QPP_OK)
		return code;
	*m = (struct qpp_request_review){ .approve = qpp_str_is(act, "approve"), .reason = QPP_LIT("") };
	for (size_t i = 0; i < all.n && (m->approve || qpp_str_is(act, "deny")); i++)
		if (qpp_str_eq(all.v[i].role_id, qpp_param(r, "role"))) {
			*x = all.v[i];
			m->x = request_line(p, r->arena, x);
			return QPP_OK;
		}
	return qpp_not_found(err, "request");
}

static enum qpp_code request_review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_role_held x;
	struct qpp_request_review m;
	enum qpp_code code = request_of(host, r, &who, &x, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_OPERATOR_ACCESS, request_review, &m, NULL);
	return code;
}

static enum qpp_code request_act(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_role_held x;
	struct qpp_role_row row;
	struct qpp_request_review m;
	struct qpp_form form;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = qpp_request_form(r, &form, err);
	if (code == QPP_OK)
		code = request_of(p, r, &who, &x, &m, err);
	if (code != QPP_OK)
		return code;
	m.reason = qpp_str_trim(portal_value(qpp_form_field(&form, "reason")));
	if (!m.reason.n) {
		portal_wrong(&errors, "reason", QPP_LIT("Give the reason: it is told to the person and kept"));
	} else {
		code = qpp_role_act(p->identity, r->arena, &from, who, x.role_id, x.version, m.approve ? QPP_ROLE_APPROVE : QPP_ROLE_DENY, m.reason, &row, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, m.approve ? QPP_LIT("/operator/access?done=approved") : QPP_LIT("/operator/access?done=denied"));
			return QPP_OK;
		}
		if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, code == QPP_LIMIT ? "reason" : NULL, err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_OPERATOR_ACCESS, request_review, &m, &list);
	return QPP_OK;
}

/* ---- accounts ---- */

static enum qpp_code open_of(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_person **who, struct qpp_open_review *m,
                             struct qpp_err *err)
{
	struct qpp_account_shut x;
	enum qpp_code code = person_or(r, who, err);
	if (code == QPP_OK)
		code = qpp_account_shut_get(p->identity, r->arena, *who, qpp_param(r, "account"), &x, err);
	if (code == QPP_OK)
		m->x = shut_line(p, r->arena, &x);
	return code;
}

static enum qpp_code open_review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_open_review m;
	enum qpp_code code = open_of(host, r, &who, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_OPERATOR_ACCESS, open_review, &m, NULL);
	return code;
}

static enum qpp_code open_act(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_open_review m;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = open_of(p, r, &who, &m, err);
	if (code != QPP_OK)
		return code;
	code = qpp_account_open(p->identity, r->arena, &from, who, m.x.id, err);
	/* Somebody was faster, or the hour is over: the account is open, as was wanted. */
	if (code == QPP_OK || code == QPP_CONFLICT) {
		qpp_respond_redirect(s, QPP_LIT("/operator/access?done=opened"));
		return QPP_OK;
	}
	if (code != QPP_FORBIDDEN || !portal_wrong_err(&errors, NULL, err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_OPERATOR_ACCESS, open_review, &m, &list);
	return QPP_OK;
}

static const struct qpp_param_doc role_params[] = {
	{ QPP_IN_PATH, "role", "string", true, "id of the request" }, { QPP_IN_PATH, "act", "string", true, "approve or deny" }, { 0 },
};
static const struct qpp_param_doc account_params[] = { { QPP_IN_PATH, "account", "string", true, "id of the account" }, { 0 } };

#define FORM "application/x-www-form-urlencoded"
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/view-as", .can = QPP_CAN_VIEW_AS, .audit = QPP_AUDIT_NONE, .handle = view_as,
	  .summary = "Whom to look as, and why" },
	{ .method = QPP_POST, .path = "/view-as", .can = QPP_CAN_VIEW_AS, .audit = QPP_AUDIT_ACCESS, .handle = view_as_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Look as somebody else, read only", .takes = FORM },
	{ .method = QPP_GET, .path = "/operator/access", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = operator_access,
	  .summary = "Requests that nobody else can decide, and accounts that are shut" },
	{ .method = QPP_GET, .path = "/operator/access/requests/{role}/{act}", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ,
	  .handle = request_review, .summary = "What approving or denying will do", .params = role_params },
	{ .method = QPP_POST, .path = "/operator/access/requests/{role}/{act}", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_DECISION,
	  .handle = request_act, .flags = QPP_PAGE_WAITS, .summary = "Approve or deny a request", .params = role_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/operator/access/accounts/{account}/open", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ,
	  .handle = open_review, .summary = "What unlocking an account will do", .params = account_params },
	{ .method = QPP_POST, .path = "/operator/access/accounts/{account}/open", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_ACCESS,
	  .handle = open_act, .flags = QPP_PAGE_WAITS, .summary = "Unlock or enable an account", .params = account_params, .takes = FORM },
};
const struct qpp_page_table portal_staff_pages = QPP_PAGE_TABLE("portal: service center and operators", pages);
