/* /account: one's roles; connecting; the access of others for a Security Official, with a review before each act. */
#include "adapt/portal/pages.h"

#include "app/notices.h"

static enum qpp_code person_or(const struct qpp_http_request *r, const struct qpp_person **who, struct qpp_err *err)
{
	*who = portal_person(r);
	return *who ? QPP_OK : qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
}

static struct qpp_str state_words(enum qpp_role_state s)
{
	static const char *const words[QPP_POST_STATES] = { "", "Waiting for approval", "Active", "Denied", "Removed" };
	return qpp_str_of(words[s]);
}

static struct qpp_membership_line membership(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_role_held *x)
{
	return (struct qpp_membership_line){ .org_id = x->org_id, .org = x->org_name, .kind = qpp_str_of(portal_kind_title(x->kind)),
		.number = portal_number(a, x->kind, x->org_number, x->tin_masked), .role = qpp_str_of(qpp_post_title(x->post)),
		.state = state_words(x->state), .official = x->post == QPP_POST_OFFICIAL && x->state == QPP_POST_ACTIVE,
		.since = CAT(a, x->state == QPP_POST_REQUESTED ? "asked " : "since ", C(a, qpp_eastern_day(a, p->zone, x->changed))) };
}

/* While an agent looks as an organization there is no account: what is seen is what one of its people could. */
static void as_viewed(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_person *who, struct qpp_account_view *m)
{
	m->name = who->viewed_id;
	m->email = m->by = QPP_LIT("");
	if (who->viewing == QPP_VIEW_ACCOUNT)
		return;
	struct qpp_membership_line *v = QPP_NEW_ARRAY(a, who->n_held + 1, struct qpp_membership_line);
	for (size_t i = 0; i < who->n_held; i++) {
		v[i] = membership(p, a, &who->held[i]);
		v[i].state = state_words(QPP_POST_ACTIVE);
		v[i].since = QPP_LIT("");
	}
	m->mine.v = v;
	m->mine.n = who->n_held;
}

static enum qpp_code account(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_roles_held mine, pending = { 0 };
	enum qpp_code code = person_or(r, &who, err);
	if (code == QPP_OK)
		code = qpp_roles_mine(p->identity, r->arena, who, (enum qpp_role_state)0, &mine, err);
	if (code == QPP_OK)
		code = qpp_roles_pending(p->identity, r->arena, who, &pending, err);
	if (code != QPP_OK)
		return code;
	struct qpp_membership_line *v = QPP_NEW_ARRAY(r->arena, mine.n + 1, struct qpp_membership_line);
	for (size_t i = 0; i < mine.n; i++) {
		const struct qpp_role_held *x = &mine.v[i];
		v[i] = membership(p, r->arena, x);
		for (size_t k = 0; k < pending.n; k++)
			v[i].waiting += v[i].official && qpp_str_eq(pending.v[k].org_id, x->org_id);
	}
	struct qpp_account_view m = { .name = who->name, .email = who->email,
		.by = qpp_str_is(who->provider, "local") ? QPP_LIT("an account of this installation") : who->provider, .mine = { v, mine.n } };
	if (who->viewing != QPP_VIEW_NONE)
		as_viewed(p, r->arena, who, &m);
	RESPOND(p, r, s, QPP_AT_ACCOUNT, account, &m, NULL);
	return QPP_OK;
}

/* ---- connecting ---- */

static enum qpp_code show_connect(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_connect *m,
                                  const struct qpp_form_errors *errors)
{
	RESPOND(p, r, s, QPP_AT_ACCOUNT, connect, m, errors);
	return QPP_OK;
}

static enum qpp_code connect(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_connect m = { .kind = portal_value(qpp_query(r, "kind")) };
	struct portal_errors errors = { .arena = r->arena };
	(void)err;
	if (qpp_query(r, "kind").p && qpp_org_kind_of(m.kind) == QPP_ORG_NONE)
		portal_wrong(&errors, "kind", QPP_LIT("Choose a kind of organization"));
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_connect(host, r, s, &m, list.n ? &list : NULL);
}

/* What both steps begin with: the form, and the organization that its number names. */
static enum qpp_code find(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_form *form, struct qpp_connect *m,
                          struct portal_errors *errors, struct qpp_org_found *found, struct qpp_err *err)
{
	const struct qpp_person *who;
	enum qpp_code code = person_or(r, &who, err);
	if (code == QPP_OK)
		code = qpp_request_form(r, form, err);
	if (code != QPP_OK)
		return code;
	m->kind = portal_value(qpp_form_field(form, "kind"));
	m->query = qpp_str_trim(portal_value(qpp_form_field(form, "query")));
	if (qpp_org_kind_of(m->kind) == QPP_ORG_NONE) {
		portal_wrong(errors, "kind", QPP_LIT("Choose a kind of organization"));
		return QPP_OK;
	}
	if (!m->query.n) {
		portal_wrong(errors, "query", QPP_LIT("Type the number"));
		return QPP_OK;
	}
	code = qpp_connect_find(p->identity, r->arena, who, qpp_org_kind_of(m->kind), m->query, found, err);
	if (code == QPP_NOT_FOUND) {
		m->missing = true;
		return QPP_OK;
	}
	if (code != QPP_OK)
		return portal_wrong_err(errors, "query", err) ? QPP_OK : code;
	m->found = (struct qpp_found_org){ found->org_id, found->name, portal_number(r->arena, found->kind, found->number, found->tin_masked),
		found->city.n ? CAT(r->arena, C(r->arena, found->city), ", ", C(r->arena, found->state)) : found->state };
	m->has_official = found->has_official;
	return QPP_OK;
}

static enum qpp_code connect_search(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_connect m = { 0 };
	struct qpp_form form;
	struct qpp_org_found found;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = find(host, r, &form, &m, &errors, &found, err);
	struct qpp_form_errors list = portal_errors_of(&errors);
	return code == QPP_OK ? show_connect(host, r, s, &m, &list) : code;
}

static enum qpp_code connect_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_connect m = { 0 };
	struct qpp_form form;
	struct qpp_org_found found;
	struct qpp_role_row row;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(p, r, "role.request", err);
	if (code == QPP_OK)
		code = find(p, r, &form, &m, &errors, &found, err);
	if (code != QPP_OK)
		return code;
	if (m.found.id.n) {
		m.role = portal_value(qpp_form_field(&form, "role"));
		m.proof_tin = qpp_str_trim(portal_value(qpp_form_field(&form, "proof-tin")));
		m.proof_npi = qpp_str_trim(portal_value(qpp_form_field(&form, "proof-npi")));
		m.note = qpp_str_trim(portal_value(qpp_form_field(&form, "note")));
		struct qpp_role_request ask = { .org_id = m.found.id, .post = qpp_post_of(m.role), .proof_tin = m.proof_tin,
			.proof_npi = m.proof_npi, .proof_py = { (int)portal_year(p, QPP_LIT("")) }, .note = m.note };
		if (ask.post == QPP_POST_NONE) {
			portal_wrong(&errors, "role", QPP_LIT("Choose a role"));
		} else if (qpp_text_holds_tin(m.note)) {
			portal_wrong(&errors, "note", QPP_LIT("Leave out the number that looks like a TIN: the note is kept readable"));
		} else {
			code = qpp_role_request(p->identity, r->arena, &from, portal_person(r), &ask, &row, err);
			if (code == QPP_OK) {
				qpp_respond_redirect(s, row.state == QPP_POST_ACTIVE ? QPP_LIT("/account?done=connected") : QPP_LIT("/account?done=requested"));
				return QPP_OK;
			}
			if (!portal_wrong_err(&errors, code == QPP_DATA ? "proof-tin" : code == QPP_LIMIT ? "note" : "role", err))
				return code;
		}
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_connect(p, r, s, &m, &list);
}

/* ---- the access of others ---- */

static struct qpp_person_line line_of(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_role_held *x)
{
	return (struct qpp_person_line){ .role_id = x->role_id, .name = x->account_name, .email = x->account_email,
		.role = qpp_str_of(qpp_post_title(x->post)), .state = state_words(x->state),
		.asked = qpp_eastern_day(a, p->zone, x->changed), .note = x->note, .self = x->own };
}

static enum qpp_code people(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_person *who, enum qpp_role_state state,
                            struct qpp_roles_held *held, struct qpp_person_line **out, struct qpp_err *err)
{
	enum qpp_code code = qpp_roles_of_org(p->identity, r->arena, who, qpp_param(r, "org"), state, (struct qpp_slice){ 0 }, held, err);
	if (code != QPP_OK)
		return code;
	*out = QPP_NEW_ARRAY(r->arena, held->n + 1, struct qpp_person_line);
	for (size_t i = 0; i < held->n; i++)
		(*out)[i] = line_of(p, r->arena, &held->v[i]);
	return QPP_OK;
}

static enum qpp_code access_page(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_roles_held waiting, active;
	struct qpp_person_line *w, *v;
	enum qpp_code code = person_or(r, &who, err);
	if (code == QPP_OK)
		code = people(p, r, who, QPP_POST_REQUESTED, &waiting, &w, err);
	if (code == QPP_OK)
		code = people(p, r, who, QPP_POST_ACTIVE, &active, &v, err);
	if (code != QPP_OK)
		return code;
	struct qpp_access_view m = { .org_id = qpp_param(r, "org"), .waiting = { w, waiting.n }, .active = { v, active.n } };
	const struct qpp_role_held *any = active.n ? active.v : waiting.n ? waiting.v : NULL;
	if (any) {
		m.org = any->org_name;
		m.kind = qpp_str_of(portal_kind_title(any->kind));
		m.number = portal_number(r->arena, any->kind, any->org_number, any->tin_masked);
	}
	for (size_t i = 0; i < active.n; i++)
		m.officials += active.v[i].post == QPP_POST_OFFICIAL;
	RESPOND(p, r, s, QPP_AT_ACCOUNT, access, &m, NULL);
	return QPP_OK;
}

static const struct {
	const char *word, *done;
	enum qpp_role_act act;
	enum qpp_access_act shown;
} acts[] = {
	{ "approve", "approved", QPP_ROLE_APPROVE, QPP_ACT_APPROVE },
	{ "deny", "denied", QPP_ROLE_DENY, QPP_ACT_DENY },
	{ "remove", "removed", QPP_ROLE_REMOVE, QPP_ACT_REMOVE },
};
enum { ACTS = sizeof acts / sizeof *acts };

static size_t act_of(const struct qpp_http_request *r)
{
	size_t i = 0;
	while (i < ACTS && !qpp_str_is(qpp_param(r, "act"), acts[i].word))
		i++;
	return i;
}

/* The role of the address, which must be of the organization of the address. */
static enum qpp_code role_of(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_person **who, struct qpp_role_held *x,
                             struct qpp_err *err)
{
	enum qpp_code code = person_or(r, who, err);
	if (code == QPP_OK)
		code = qpp_role_show(p->identity, r->arena, *who, qpp_param(r, "role"), x, err);
	if (code == QPP_OK && (act_of(r) == ACTS || !qpp_str_eq(x->org_id, qpp_param(r, "org"))))
		return qpp_not_found(err, "role");
	return code;
}

static enum qpp_code show_review(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_role_held *x,
                                 struct qpp_str reason, const struct qpp_form_errors *errors)
{
	struct qpp_access_review m = { .act = acts[act_of(r)].shown, .person = line_of(p, r->arena, x), .org = x->org_name,
		.org_id = x->org_id, .reason = reason, .last_official = x->last_official };
	RESPOND(p, r, s, QPP_AT_ACCOUNT, access_review, &m, errors);
	return QPP_OK;
}

static enum qpp_code review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_role_held x;
	enum qpp_code code = role_of(host, r, &who, &x, err);
	return code == QPP_OK ? show_review(host, r, s, &x, QPP_LIT(""), NULL) : code;
}

static enum qpp_code act(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_role_held x;
	struct qpp_role_row row;
	struct qpp_form form;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(p, r, "role.act", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code == QPP_OK)
		code = role_of(p, r, &who, &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str reason = portal_value(qpp_form_field(&form, "reason"));
	code = qpp_role_act(p->identity, r->arena, &from, who, x.role_id, x.version, acts[act_of(r)].act, reason, &row, err);
	if (code == QPP_OK) {
		bool gone = x.own && acts[act_of(r)].act == QPP_ROLE_REMOVE;
		qpp_respond_redirect(s, gone ? QPP_LIT("/account?done=removed")
		                             : CAT(r->arena, "/account/organizations/", C(r->arena, x.org_id), "?done=", acts[act_of(r)].done));
		return QPP_OK;
	}
	if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, NULL, err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_review(p, r, s, &x, reason, &list);
}

static const struct qpp_param_doc org_params[] = { { QPP_IN_PATH, "org", "string", true, "id of the organization" }, { 0 } };
static const struct qpp_param_doc role_params[] = {
	{ QPP_IN_PATH, "org", "string", true, "id of the organization" },
	{ QPP_IN_PATH, "role", "string", true, "id of the role" },
	{ QPP_IN_PATH, "act", "string", true, "approve, deny or remove" },
	{ 0 },
};

#define FORM "application/x-www-form-urlencoded"
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/account", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_READ, .handle = account,
	  .summary = "One's account, organizations and roles" },
	{ .method = QPP_GET, .path = "/account/connect", .can = QPP_CAN_REQUEST_ROLE, .audit = QPP_AUDIT_NONE, .handle = connect,
	  .summary = "Connect to an organization" },
	{ .method = QPP_POST, .path = "/account/connect/search", .can = QPP_CAN_REQUEST_ROLE, .audit = QPP_AUDIT_READ,
	  .handle = connect_search, .summary = "Find an organization by its number", .takes = FORM },
	{ .method = QPP_POST, .path = "/account/connect", .can = QPP_CAN_REQUEST_ROLE, .audit = QPP_AUDIT_ACCESS, .handle = connect_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Ask for a role", .takes = FORM },
	{ .method = QPP_GET, .path = "/account/organizations/{org}", .can = QPP_CAN_MANAGE_ACCESS, .audit = QPP_AUDIT_READ,
	  .handle = access_page, .summary = "Who has access, and who asks for it", .params = org_params },
	{ .method = QPP_GET, .path = "/account/organizations/{org}/roles/{role}/{act}", .can = QPP_CAN_MANAGE_ACCESS,
	  .audit = QPP_AUDIT_READ, .handle = review, .summary = "What approving, denying or removing will do", .params = role_params },
	{ .method = QPP_POST, .path = "/account/organizations/{org}/roles/{role}/{act}", .can = QPP_CAN_MANAGE_ACCESS,
	  .audit = QPP_AUDIT_ACCESS, .handle = act, .flags = QPP_PAGE_WAITS, .summary = "Approve, deny or remove a role",
	  .params = role_params, .takes = FORM },
};
const struct qpp_page_table portal_account_pages = QPP_PAGE_TABLE("portal: account and access", pages);
