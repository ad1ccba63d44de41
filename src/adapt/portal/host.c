/* What stands around every handler: who is asking, the shell of the page, errors, years and windows. */
#include "adapt/portal/pages_review.h"

#include "adapt/html/html.h"
#include "adapt/http/csrf.h"

size_t qpp_portal_tables(struct qpp_portal *p, struct qpp_page_table out[QPP_PORTAL_TABLES])
{
	static const struct qpp_page_table *const all[] = {
		&portal_public_pages,
		&portal_account_pages,
		&portal_submission_pages,
		&portal_entry_pages,
		&portal_own_pages,
		&portal_registry_pages,
		&portal_staff_pages,
		&portal_feedback_pages,
		&portal_feedback_tool_pages,
		&portal_vgroup_pages,
		&portal_vgroup_filing_pages,
		&portal_vgroup_review_pages,
		&portal_vgroup_pool_pages,
		&portal_exception_pages,
		&portal_registration_pages,
		&portal_opt_in_pages,
		&portal_review_pages,
		&portal_reviewer_pages,
		&portal_review_operator_pages,
		&portal_operator_pages,
		&portal_radar_pages,
	};
	enum { TABLES = sizeof all / sizeof *all };
	_Static_assert((int)TABLES <= (int)QPP_PORTAL_TABLES, "QPP_PORTAL_TABLES");
	for (size_t i = 0; i < TABLES; i++) {
		out[i] = *all[i];
		out[i].host = p;
	}
	return TABLES;
}

/* As adapt/api/auth.h has it. */
#define SESSION "session"

/* ---- who ---- */

const struct qpp_person *portal_half(const struct qpp_http_request *r)
{
	const struct qpp_asker *asker = r->caller.session;
	return asker && !asker->program ? &asker->person : NULL;
}

const struct qpp_person *portal_person(const struct qpp_http_request *r)
{
	const struct qpp_person *person = portal_half(r);
	return person && person->stage == QPP_STAGE_FULL ? person : NULL;
}

struct qpp_from portal_from(const struct qpp_http_request *r)
{
	return (struct qpp_from){ .peer = r->peer, .request_id = r->id };
}

struct qpp_call portal_call(struct qpp_portal *p, const struct qpp_http_request *r, struct qpp_str acting)
{
	const struct qpp_person *person = portal_person(r);
	struct qpp_actor *actor = QPP_NEW(r->arena, struct qpp_actor);
	if (person) {
		struct qpp_actor_role *roles = QPP_NEW_ARRAY(r->arena, person->n_held + 1, struct qpp_actor_role);
		for (size_t i = 0; i < person->n_held; i++)
			roles[i] = (struct qpp_actor_role){ .org_id = person->held[i].org_id, .kind = person->held[i].kind,
				.number = person->held[i].org_number, .post = person->held[i].post };
		*actor = (struct qpp_actor){ .account_id = person->account_id, .view_only = person->viewing != QPP_VIEW_NONE,
			.roles = roles, .n = person->n_held };
	}
	return (struct qpp_call){ .service = p->service, .arena = r->arena, .actor = actor, .acting = acting,
		                      .record = r->caller.record };
}

enum qpp_code portal_may_write(struct qpp_portal *p, struct qpp_http_request *r, const char *action, struct qpp_err *err)
{
	const struct qpp_person *person = portal_person(r);
	struct qpp_from from = portal_from(r);
	if (!person)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	return qpp_person_may_write(p->identity, r->arena, &from, person, action, err);
}

enum qpp_code portal_writing(struct qpp_portal *p, struct qpp_http_request *r, const char *action, struct qpp_form *form,
                             struct qpp_err *err)
{
	enum qpp_code code = portal_may_write(p, r, action, err);
	return code == QPP_OK ? qpp_request_form(r, form, err) : code;
}

struct qpp_str portal_value(struct qpp_str s)
{
	return s.p ? s : QPP_LIT("");
}

struct qpp_str portal_typed(const struct qpp_form *form, const char *name)
{
	return qpp_str_trim(portal_value(qpp_form_field(form, name)));
}

/* ---- receipts ---- */

enum qpp_code portal_receipt_sequence(const struct qpp_http_request *r, int64_t *out, struct qpp_err *err)
{
	uint64_t n;
	if (!qpp_str_u64(qpp_param(r, "number"), INT64_MAX, &n))
		return qpp_not_found(err, "receipt");
	*out = (int64_t)n;
	return QPP_OK;
}

void portal_give_receipt(const struct qpp_http_request *r, struct qpp_http_response *s, const struct portal_receipt *x)
{
	qpp_respond_download(s, "application/json", CAT(r->arena, "receipt-", C(r->arena, x->number), ".json"), x->text);
}

enum qpp_code portal_give_filed(const struct qpp_http_request *r, struct qpp_http_response *s, const struct portal_receipt *x, struct qpp_err *err)
{
	if (!x->body.n)
		return qpp_not_found(err, "filing");
	qpp_respond_download(s, x->type, CAT(r->arena, "filed-", C(r->arena, x->number), ".json"), x->body);
	return QPP_OK;
}

/* ---- the shell ---- */

/* What was just done, by a word of the query: nobody can make a page of ours say something else. */
static const struct {
	const char *word, *says;
} done[] = {
	{ "requested", "Your request was sent. You are told by e-mail what becomes of it." },
	{ "connected", "You are connected. The role holds from now on." },
	{ "approved", "The request was approved. The person is told by e-mail." },
	{ "denied", "The request was denied. The person is told by e-mail." },
	{ "removed", "The access was removed. The person is told by e-mail." },
	{ "password", "The password is changed. Everywhere else you are signed out." },
	{ "factor", "The new authenticator app is set up. Everywhere else you are signed out." },
	{ "session-ended", "That session has ended." },
	{ "others-ended", "You are signed out everywhere but here." },
	{ "kept", "You stay signed in." },
	{ "consent-given", "The registry may file from now on. It is told by e-mail." },
	{ "consent-ended", "The consent has ended. The registry can file nothing more for that year." },
	{ "token-revoked", "The token is revoked. Its program is refused from now on." },
	{ "opened", "The account is open. The person is told by e-mail." },
	{ "run-begun", "The run is under way. It goes on by itself." },
	{ "released", "The run is released. What is seen of it, and from when on, stands below." },
	{ "dropped", "The run is given up. Nobody sees what it made." },
	{ "view-ended", "You see your own pages again." },
	{ "registration-cancelled", "The registration is cancelled. The Security Officials are told by e-mail." },
	{ "exception-draft", "The draft is saved. It is not filed." },
	{ "exception-withdrawn", "The application is withdrawn." },
	{ "exception-decided", "The decision is made. The applicant is told by e-mail." },
	{ "draft", "The draft is saved. It is not filed." },
	{ "document-added", "The document is added." },
	{ "document-removed", "The document is removed." },
	{ "answered", "Your answer is received." },
	{ "withdrawn", "The request is withdrawn." },
	{ "assigned", "The request is yours." },
	{ "asked", "The question is sent. The submitter is told by e-mail." },
	{ "recommended", "The recommendation is kept. A second person decides." },
	{ "returned", "The request went back to its reviewer." },
	{ "decided", "The decision is made. It is final, and the submitter is told by e-mail." },
	{ "closed", "The request is closed for no response. The submitter is told by e-mail." },
	{ "extended", "The window is moved. Every page shows the new end." },
	{ "campaign", "The campaign is made. It is among the reasons while its window is open." },
	{ "signed-out", "You are signed out." },
	{ "began", "The group is begun. Invite the other practices." },
	{ "invited", "The practices are invited. They are told by e-mail." },
	{ "group-answered", "Your answer is recorded." },
	{ "listed", "The list of clinicians is saved and checked." },
	{ "represented", "The representative is saved." },
	{ "clauses", "The clauses are saved. What was signed before was another text." },
	{ "signed", "You have signed the agreement for your practice." },
	{ "revision", "The election is open for changes. What was filed stands until it is filed anew." },
	{ "stands", "What was filed stands as it is." },
	{ "group-withdrawn", "The group is withdrawn. The practices are told by e-mail." },
	{ "told", "Your figures are saved." },
	{ "group-decided", "The decision is recorded. The representative and the practices are told by e-mail." },
};

static struct qpp_str done_of(const struct qpp_http_request *r)
{
	struct qpp_str word = qpp_query(r, "done");
	for (size_t i = 0; i < sizeof done / sizeof *done; i++)
		if (qpp_str_is(word, done[i].word))
			return qpp_str_of(done[i].says);
	return QPP_LIT("");
}

/* "VIEW ONLY as practice with TIN *****1234". */
static const char *const view_kinds[QPP_VIEW_KINDS] = {
	[QPP_VIEW_NONE] = "", [QPP_VIEW_ACCOUNT] = "the account", [QPP_VIEW_NPI] = "the clinician with NPI",
	[QPP_VIEW_TIN] = "the practice with TIN", [QPP_VIEW_APM_ENTITY] = "the APM entity", [QPP_VIEW_REGISTRY] = "the registry",
	[QPP_VIEW_VIRTUAL_GROUP] = "the virtual group",
};

void portal_shell(struct qpp_portal *p, const struct qpp_http_request *r, struct qpp_http_response *s, enum qpp_place place,
                  struct qpp_shell *out)
{
	const struct qpp_person *person = portal_person(r);
	*out = (struct qpp_shell){ .assets = QPP_LIT("/static/"), .at = place, .csrf = qpp_csrf_token(r, s), .done = done_of(r),
		.what_if = p->what_if };
	if (!person)
		return;
	qpp_time end = person->idle_ends.us < person->ends.us ? person->idle_ends : person->ends;
	out->person = person->name.n ? person->name : person->subject;
	out->ends = qpp_eastern_hour(r->arena, p->zone, end);
	out->seconds_left = (end.us - person->now.us) / QPP_MICROS_A_SECOND;
	out->roles = person->roles;
	if (person->viewing != QPP_VIEW_NONE)
		out->view_as = CAT(r->arena, view_kinds[person->viewing], " ", C(r->arena, person->viewed_id));
}

size_t portal_n(const struct qpp_form_errors *e)
{
	return e ? e->n : 0;
}

/* ---- errors ---- */

static const struct {
	int status;
	const char *title, *says;
} statuses[] = {
	{ 400, "This cannot be understood", "Something in the address or the form is not as it should be." },
	{ 403, "Not allowed", "Your roles do not allow this." },
	{ 404, "Not found", "There is no such page, or it is not yours to see." },
	{ 405, "Not here", "This page does not take what was sent." },
	{ 409, "Changed meanwhile", "Somebody else is changing the same thing, or has." },
	{ 412, "Changed meanwhile", "What you saw has changed since. Look at it again before you go on." },
	{ 413, "Too large", "What was sent is larger than this page takes. Nothing of it was saved." },
	{ 422, "Errors in the data", "The data have errors. Nothing was saved." },
	{ 429, "Too many requests", "Wait a moment, then try again." },
	{ 503, "Busy", "There is more to do at the moment than can be taken on. Nothing was saved. Try again in a moment." },
	{ 507, "No space left", "The disk of this installation is full. Nothing was saved. What was filed before is kept and can be read." },
};

/* What was asked for, as an address of this service. What the last form said of itself is not said again. */
static struct qpp_str asked_for(const struct qpp_http_request *r)
{
	struct qpp_html h;
	size_t n = 0;
	qpp_html_init(&h, r->arena);
	qpp_buf_str(&h.b, r->path);
	for (size_t i = 0; i < r->query.n; i++) {
		if (qpp_str_is(r->query.v[i].name, "done"))
			continue;
		qpp_buf_char(&h.b, n++ ? '&' : '?');
		qpp_html_url(&h, r->query.v[i].name);
		qpp_buf_char(&h.b, '=');
		qpp_html_url(&h, r->query.v[i].value);
	}
	return qpp_buf_done(&h.b);
}

/* Somebody who must sign in is led there, and back afterwards. */
static bool to_sign_in(const struct qpp_http_request *r, int status, struct qpp_http_response *s)
{
	struct qpp_html h;
	const struct qpp_person *person = portal_half(r);
	if (status != 401)
		return false;
	if (person && person->stage != QPP_STAGE_FULL) {
		qpp_respond_redirect(s, QPP_LIT("/sign-in/code"));
		return true;
	}
	qpp_html_init(&h, r->arena);
	qpp_html_lit(&h, "/sign-in?");
	if (qpp_cookie(r, SESSION).n)
		qpp_html_lit(&h, "ended=1&");
	qpp_html_lit(&h, "to=");
	qpp_html_url(&h, r->method == QPP_GET ? asked_for(r) : QPP_LIT("/"));
	qpp_respond_redirect(s, qpp_html_done(&h));
	return true;
}

void qpp_portal_error_page(struct qpp_portal *p, const struct qpp_http_request *r, int status, const struct qpp_err *err,
                           struct qpp_http_response *s)
{
	struct qpp_error_view m = { .status = status, .title = QPP_LIT("Something went wrong"), .request = r->id,
		.says = QPP_LIT("This is our fault, not yours. It was recorded.") };
	struct qpp_shell shell;
	if (portal_hold(p, r, status, err, s) || to_sign_in(r, status, s))
		return;
	for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
		if (statuses[i].status == status) {
			m.title = qpp_str_of(statuses[i].title);
			m.says = qpp_str_of(statuses[i].says);
			if (err && status != 404) {
				m.detail = CAT(r->arena, err->primary, err->detail[0] ? ": " : "", err->detail);
				m.hint = qpp_str_dup(r->arena, qpp_str_of(err->hint));
			}
		}
	portal_shell(p, r, s, QPP_AT_NONE, &shell);
	qpp_respond_html(s, status, qpp_view_error(r->arena, &shell, &m, NULL));
}

