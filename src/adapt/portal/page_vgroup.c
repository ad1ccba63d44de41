/*
 * /virtual-groups: the list, the beginning of a group, and one group: practices
 * asked by TIN, their answers, their clinicians, the representative. What was
 * typed is kept by the store where it can be, and comes back with the fault where
 * it cannot.
 */
#include "adapt/portal/making_vgroup.h"
#include "adapt/portal/pages.h"

#include "app/mail.h"

static struct qpp_str path_of(struct qpp_http_request *r, const char *behind)
{
	return CAT(r->arena, "/virtual-groups/", C(r->arena, qpp_param(r, "id")), behind);
}

/* ---- the list ---- */

static enum qpp_code show_list(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_vgroup_home *m,
                               const struct qpp_form_errors *errors, struct qpp_err *err)
{
	const struct qpp_person *who = portal_person(r);
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	/* The token of a registry is no person: it sees the page, and has nothing on it. */
	size_t held = who ? who->n_held : 0;
	struct qpp_vgroup_choice *orgs = QPP_NEW_ARRAY(r->arena, held + 1, struct qpp_vgroup_choice);
	for (size_t i = 0; i < held; i++)
		if (who->held[i].kind == QPP_ORG_PRACTICE && who->held[i].post == QPP_POST_OFFICIAL)
			orgs[m->orgs.n++] = (struct qpp_vgroup_choice){ who->held[i].org_id,
				CAT(r->arena, C(r->arena, who->held[i].org_name), ", TIN ", C(r->arena, who->held[i].tin_masked)) };
	m->orgs.v = orgs;
	enum qpp_code code = making_vgroups(p, &call, m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_VGROUPS, vgroups, m, errors);
	return code;
}

static enum qpp_code list(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_home m = { 0 };
	return show_list(host, r, s, &m, NULL, err);
}

static enum qpp_code start(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_str id;
	uint64_t year = 0;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_writing(p, r, "virtual-group.start", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_vgroup_home m = { .name = portal_typed(&form, "name"), .year = portal_typed(&form, "year"), .org = portal_typed(&form, "org"), .renews = portal_typed(&form, "renews") };
	struct qpp_call call = portal_call(p, r, m.org);
	if (!qpp_str_u64(m.year, 9999, &year))
		portal_wrong(&errors, "year", QPP_LIT("Choose a year"));
	code = errors.list.n ? QPP_DATA : qpp_vgroup_start(&call, m.org, (qpp_py){ (int)year }, m.name, m.renews, &id, err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, CAT(r->arena, "/virtual-groups/", C(r->arena, id), "?done=began"));
		return QPP_OK;
	}
	const char *field = code == QPP_DATA ? "name" : code == QPP_NOT_FOUND ? "renews" : code == QPP_DUPLICATE || code == QPP_FORBIDDEN ? "org" : "year";
	if (!errors.list.n && !portal_wrong_err(&errors, field, err))
		return code;
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show_list(p, r, s, &m, &these, err);
}

/* ---- one group ---- */

static enum qpp_code show_room(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_vgroup_room *m,
                               const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup(p, &call, qpp_param(r, "id"), m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_VGROUPS, vgroup, m, errors);
	return code;
}

static enum qpp_code room(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_room m = { 0 };
	return show_room(host, r, s, &m, NULL, err);
}

/* Words of a text field: one a line, or between blanks and commas; dashes within a number are left out. */
static size_t words_of(struct qpp_arena *a, struct qpp_str text, struct qpp_str **out)
{
	QPP_VEC(struct qpp_str) all = { 0 };
	char *clean = qpp_arena_alloc(a, text.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '-')
			clean[n++] = text.p[i] == ',' || text.p[i] == ';' ? ' ' : text.p[i];
	struct qpp_str rest = { clean, n }, word;
	while (qpp_str_word(&rest, &word))
		*QPP_PUSH(a, &all) = word;
	*out = all.v;
	return all.n;
}

/* Shows the group again with what was wrong, and what was typed. */
static enum qpp_code room_again(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const char *field, struct qpp_str tins,
                                enum qpp_code code, struct qpp_err *err)
{
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_vgroup_room m = { .tins = tins };
	if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, field, err))
		return code;
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show_room(p, r, s, &m, &these, err);
}

static enum qpp_code invite(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct qpp_str *tins;
	enum qpp_code code = portal_writing(host, r, "virtual-group.invite", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str text = portal_value(qpp_form_field(&form, "tins"));
	size_t n = words_of(r->arena, text, &tins);
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	code = qpp_vgroup_invite(&call, qpp_param(r, "id"), tins, n, err);
	if (code != QPP_OK)
		return room_again(host, r, s, "tins", text, code, err);
	qpp_respond_redirect(s, path_of(r, "?done=invited"));
	return QPP_OK;
}

static enum qpp_code answer(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	static const char *const acts[] = { "", "accept", "decline", "leave", "uninvite" };
	struct qpp_form form;
	int act = QPP_VGROUP_UNINVITE;
	enum qpp_code code = portal_writing(host, r, "virtual-group.answer", &form, err);
	if (code != QPP_OK)
		return code;
	while (act && !qpp_str_is(portal_typed(&form, "act"), acts[act]))
		act--;
	if (!act)
		return qpp_fail(err, QPP_USAGE, "this is no answer to an invitation", (char *)NULL);
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	code = qpp_vgroup_answer(&call, qpp_param(r, "id"), portal_typed(&form, "org"), (enum qpp_vgroup_act)act, err);
	if (code != QPP_OK)
		return room_again(host, r, s, NULL, QPP_LIT(""), code, err);
	/* Who is out sees the group no more. */
	qpp_respond_redirect(s, act == QPP_VGROUP_ACCEPT || act == QPP_VGROUP_UNINVITE ? path_of(r, "?done=group-answered")
	                                                                              : QPP_LIT("/virtual-groups?done=group-answered"));
	return QPP_OK;
}

/* ---- clinicians ---- */

static enum qpp_code show_roster(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_str *text,
                                 const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_vgroup_roster m = { 0 };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_roster(p, &call, qpp_param(r, "id"), qpp_param(r, "org"), &m, err);
	if (text)
		m.typed = *text;
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_VGROUPS, vgroup_roster, &m, errors);
	return code;
}

static enum qpp_code roster(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_roster(host, r, s, NULL, NULL, err);
}

static enum qpp_code save_roster(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct qpp_str *npis;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_writing(host, r, "virtual-group.list", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str text = portal_value(qpp_form_field(&form, "npis"));
	size_t n = words_of(r->arena, text, &npis);
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	code = qpp_vgroup_list_npis(&call, qpp_param(r, "id"), qpp_param(r, "org"), npis, n, err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, CAT(r->arena, path_of(r, "/practices/").p, C(r->arena, qpp_param(r, "org")), "?done=listed"));
		return QPP_OK;
	}
	if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, "npis", err))
		return code;
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show_roster(host, r, s, &text, &these, err);
}

/* ---- the representative ---- */

static enum qpp_code show_rep(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_vgroup_rep *rep, bool self,
                              const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_vgroup_rep_form m = { 0 };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_rep(p, &call, qpp_param(r, "id"), &m, err);
	if (rep) {
		m.name = rep->name;
		m.title = rep->title;
		m.email = rep->email;
		m.phone = rep->phone;
		m.address = rep->address;
		m.self = self;
	}
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_VGROUPS, vgroup_rep, &m, errors);
	return code;
}

static enum qpp_code rep(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_rep(host, r, s, NULL, false, NULL, err);
}

/* It is kept as it was typed, and then said what is wrong with it: nothing is lost. */
static enum qpp_code save_rep(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_writing(host, r, "virtual-group.represent", &form, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_vgroup_rep typed_rep = { portal_typed(&form, "rep-name"), portal_typed(&form, "rep-title"), portal_typed(&form, "rep-email"), portal_typed(&form, "rep-phone"),
		                                      portal_typed(&form, "rep-address") };
	bool self = qpp_str_is(portal_typed(&form, "self"), "yes");
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	code = qpp_vgroup_represent(&call, qpp_param(r, "id"), &typed_rep, self, err);
	if (code == QPP_NOT_FOUND || (code != QPP_OK && !portal_wrong_err(&errors, NULL, err)))
		return code;
	if (!typed_rep.name.n)
		portal_wrong(&errors, "rep-name", QPP_LIT("Type the name of the representative"));
	if (!qpp_mail_address(typed_rep.email))
		portal_wrong(&errors, "rep-email", QPP_LIT("Type one e-mail address, as name@example.org"));
	if (!errors.list.n) {
		qpp_respond_redirect(s, path_of(r, "?done=represented"));
		return QPP_OK;
	}
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show_rep(host, r, s, &typed_rep, self, &these, err);
}

/* ---- the table ---- */

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the virtual group" }, { 0 } };
static const struct qpp_param_doc org_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the virtual group" },
	{ QPP_IN_PATH, "org", "string", true, "id of a practice of it" },
	{ 0 },
};
#define FORM "application/x-www-form-urlencoded"

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/virtual-groups", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = list,
	  .summary = "One's virtual groups and invitations, and the beginning of a group" },
	{ .method = QPP_POST, .path = "/virtual-groups", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = start, .flags = QPP_PAGE_WAITS,
	  .summary = "Begin a virtual group", .takes = FORM },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = room,
	  .summary = "One virtual group: steps, practices, checks, what happened", .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/members", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = invite,
	  .flags = QPP_PAGE_WAITS, .summary = "Invite practices by TIN", .takes = FORM, .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/answers", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = answer,
	  .flags = QPP_PAGE_WAITS, .summary = "Accept, decline, leave, take an invitation back", .takes = FORM, .params = id_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/practices/{org}", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = roster,
	  .summary = "Clinicians of one's practice in a virtual group", .params = org_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/practices/{org}", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = save_roster,
	  .flags = QPP_PAGE_WAITS, .summary = "Change the list of clinicians", .takes = FORM, .params = org_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/representative", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = rep,
	  .summary = "The representative of a virtual group", .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/representative", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = save_rep,
	  .flags = QPP_PAGE_WAITS, .summary = "Name the representative", .takes = FORM, .params = id_params },
};
const struct qpp_page_table portal_vgroup_pages = QPP_PAGE_TABLE("portal: virtual groups", pages);
