/*
 * /account: one's organizations and roles, connecting to another organization,
 * and for a Security Official the access of others. What is final is reviewed
 * before it is done; the last Security Official cannot be removed.
 */
#include "adapt/portal/view.h"
#include "adapt/portal/views.h"

#include "adapt/html/stack.h"
#include "app/access.h"

#define BEGIN_TABLE(h, caption) \
	put(h, "<table class=\"ds-c-table q-table\" role=\"table\">\n<caption class=\"ds-c-table__caption\">" caption \
	       "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">")

static enum qpp_tone tone_of(struct qpp_str state)
{
	return qpp_str_is(state, "Active") ? QPP_TONE_GOOD : qpp_str_is(state, "Waiting for approval") ? QPP_TONE_WARN : QPP_TONE_PLAIN;
}

static void membership(struct qpp_html *h, const struct qpp_membership_line *x)
{
	qpp_stack_row(h);
	say(h, "{} <span class=\"q-muted\">{}</span></th>", T(x->org), T(x->number));
	qpp_stack_cell(h, "Kind");
	say(h, "{}</td>", T(x->kind));
	qpp_stack_cell(h, "Your role");
	say(h, "{}</td>", T(x->role));
	qpp_stack_cell(h, "State");
	qpp_badge(h, tone_of(x->state), x->state);
	if (x->since.n)
		say(h, " <span class=\"q-muted\">{}</span>", T(x->since));
	put(h, "</td>");
	qpp_stack_cell(h, "Access");
	if (x->official) {
		say(h, "<a href=\"/account/organizations/{}\">Manage access<span class=\"ds-u-visibility--screen-reader\"> to {}</span></a>",
		    U(x->org_id), T(x->org));
		if (x->waiting) {
			put(h, " <span class=\"q-waiting\">");
			qpp_count_words(h, x->waiting, "request waits", "requests wait");
			put(h, "</span>");
		}
	}
	put(h, "</td></tr>\n");
}

QPP_VIEW(account, qpp_account_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Account and access"), e);
	say(h, "<h1>Account and access</h1>\n<dl class=\"q-facts\"><dt>Name</dt><dd>{}</dd>", T(m->name));
	if (m->email.n)
		say(h, "<dt>E-mail</dt><dd>{}</dd>", T(m->email));
	if (m->by.n)
		say(h, "<dt>Signed in by</dt><dd>{}</dd>", T(m->by));
	put(h, "</dl>\n<h2>Your organizations and roles</h2>\n");
	if (!m->mine.n) {
		put(h, "<p>You have no role yet. Without one you see only what is public. Connect to your organization; its ");
		term(h, "security-official", "Security Official");
		put(h, " decides.</p>\n");
	} else {
		BEGIN_TABLE(h, "Organizations you are connected to");
		qpp_stack_column(h, "Organization"), qpp_stack_column(h, "Kind"), qpp_stack_column(h, "Your role");
		qpp_stack_column(h, "State"), qpp_stack_column(h, "Access");
		qpp_stack_body(h);
		for (size_t i = 0; i < m->mine.n; i++)
			membership(h, &m->mine.v[i]);
		qpp_stack_end(h);
	}
	if (s->view_as.n)
		return qpp_shell_end(h, s);
	if (!(s->roles & QPP_OF_AGENCY))
		put(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"/account/connect\">Connect to an organization</a></p>\n");
	put(h, "<h2>How you sign in</h2>\n<ul class=\"q-list\">\n<li><a href=\"/account/password\">Password</a></li>\n"
	       "<li><a href=\"/account/factor\">Second step</a></li>\n<li><a href=\"/account/sessions\">Where you are signed in</a></li>\n</ul>\n");
	return qpp_shell_end(h, s);
}

static void act_link(struct qpp_html *h, const struct qpp_access_view *m, const struct qpp_person_line *p, const char *act,
                     const char *words)
{
	say(h, "<a href=\"/account/organizations/{}/roles/{}/{}\">{}<span class=\"ds-u-visibility--screen-reader\"> {}</span></a> ",
	    U(m->org_id), U(p->role_id), W(act), W(words), T(p->name));
}

static void person_row(struct qpp_html *h, const struct qpp_access_view *m, const struct qpp_person_line *p, bool waiting)
{
	qpp_stack_row(h);
	say(h, "{}{} <span class=\"q-muted\">{}</span></th>", T(p->name), W(p->self ? " (you)" : ""), T(p->email));
	qpp_stack_cell(h, "Role");
	say(h, "{}</td>", T(p->role));
	if (waiting)
		qpp_stack_cell(h, "Asked");
	else
		qpp_stack_cell(h, "Since");
	say(h, "{}", T(p->asked));
	if (p->note.n)
		say(h, "<span class=\"q-note\">{}</span>", T(p->note));
	put(h, "</td>");
	qpp_stack_cell(h, "What to do");
	if (waiting && p->self) {
		put(h, "Another Security Official decides about your own request.");
	} else if (waiting) {
		act_link(h, m, p, "approve", "Approve");
		act_link(h, m, p, "deny", "Deny");
	} else {
		act_link(h, m, p, "remove", "Remove");
	}
	put(h, "</td></tr>\n");
}

QPP_VIEW(access, qpp_access_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Manage access"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/account"), QPP_LIT("Account and access") }, { QPP_LIT(""), m->org } }, 2);
	say(h, "<h1>Access to {}</h1>\n<p class=\"q-muted\">{}, {}</p>\n", T(m->org), T(m->kind), T(m->number));
	put(h, "<h2>Requests</h2>\n");
	if (!m->waiting.n) {
		put(h, "<p>No request waits for a decision.</p>\n");
	} else {
		BEGIN_TABLE(h, "Requests that wait for a decision");
		qpp_stack_column(h, "Person"), qpp_stack_column(h, "Role"), qpp_stack_column(h, "Asked"), qpp_stack_column(h, "What to do");
		qpp_stack_body(h);
		for (size_t i = 0; i < m->waiting.n; i++)
			person_row(h, m, &m->waiting.v[i], true);
		qpp_stack_end(h);
	}
	put(h, "<h2>People with access</h2>\n");
	BEGIN_TABLE(h, "People with access now");
	qpp_stack_column(h, "Person"), qpp_stack_column(h, "Role"), qpp_stack_column(h, "Since"), qpp_stack_column(h, "What to do");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->active.n; i++)
		person_row(h, m, &m->active.v[i], false);
	qpp_stack_end(h);
	if (m->officials == 1)
		put(h, "<p>There is one Security Official. It is wise to have two: the last one cannot be removed.</p>\n");
	return qpp_shell_end(h, s);
}

static const struct {
	const char *title, *path, *button;
	enum qpp_tone tone;
} acts[] = {
	[QPP_ACT_APPROVE] = { "Approve this request?", "approve", "Approve", QPP_TONE_GOOD },
	[QPP_ACT_DENY] = { "Deny this request?", "deny", "Deny", QPP_TONE_BAD },
	[QPP_ACT_REMOVE] = { "Remove this person's access?", "remove", "Remove access", QPP_TONE_BAD },
};

static void consequences(struct qpp_html *h, const struct qpp_access_review *m)
{
	put(h, "<h2>What will happen</h2>\n<ul>\n");
	switch (m->act) {
	case QPP_ACT_APPROVE:
		say(h, "<li>{} can act for {} as {} at once.</li>\n", T(m->person.name), T(m->org), T(m->person.role));
		break;
	case QPP_ACT_DENY:
		say(h, "<li>{} gets no access to {}.</li>\n<li>The person can ask again.</li>\n", T(m->person.name), T(m->org));
		break;
	default:
		say(h, "<li>{} loses access to {} at once, also where signed in now.</li>\n<li>What was filed stays as it is.</li>\n",
		    T(m->person.name), T(m->org));
	}
	put(h, "<li>The person is told by e-mail, and the act is recorded with your name.</li>\n</ul>\n");
}

QPP_VIEW(access_review, qpp_access_review)
{
	struct qpp_html page, *h = &page;
	struct qpp_str back = qpp_str_cat(a, "/account/organizations/", qpp_str_dup(a, m->org_id).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_of(acts[m->act].title), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/account"), QPP_LIT("Account and access") }, { back, m->org },
		{ QPP_LIT(""), qpp_str_of(acts[m->act].button) } }, 3);
	say(h, "<h1>{}</h1>\n<dl class=\"q-facts\"><dt>Person</dt><dd>{} <span class=\"q-muted\">{}</span></dd><dt>Role</dt><dd>{}</dd>"
	       "<dt>Organization</dt><dd>{}</dd></dl>\n",
	    W(acts[m->act].title), T(m->person.name), T(m->person.email), T(m->person.role), T(m->org));
	if (m->act == QPP_ACT_REMOVE && m->last_official) {
		qpp_alert_begin(h, QPP_TONE_BAD, QPP_LIT("This is the last Security Official"));
		say(h, "<p class=\"ds-c-alert__text\">Without one nobody could let others in to {}. Have a second Security Official "
		       "approved first, then remove this one.</p>\n", T(m->org));
		qpp_alert_end(h);
		say(h, "<p><a href=\"{}\">Back to access</a></p>\n", T(back));
		return qpp_shell_end(h, s);
	}
	consequences(h, m);
	say(h, "<form method=\"post\" action=\"{}/roles/{}/{}\">\n", T(back), U(m->person.role_id), W(acts[m->act].path));
	form_hidden(h, "csrf", s->csrf);
	if (m->act != QPP_ACT_APPROVE)
		form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"),
			.hint = QPP_LIT("Told to the person."), .value = m->reason, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_LONG });
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, acts[m->act].tone, qpp_str_of(acts[m->act].button), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Cancel</a>\n</div>\n", T(back));
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- connect ---- */

static const struct {
	const char *kind, *words, *hint, *ask;
} kinds[] = {
	{ "practice", "Practice", "Found by its TIN", "TIN (9 digits)" },
	{ "virtualGroup", "Virtual group", "Found by its identifier", "Virtual group identifier" },
	{ "apmEntity", "APM entity", "Found by its identifier", "APM entity identifier" },
	{ "registry", "Registry, QCDR or vendor", "Found by its identifier", "Registry identifier" },
	{ "clinician", "Individual clinician", "Your own data across practices, found by NPI", "NPI (10 digits)" },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static size_t kind_of(struct qpp_str kind)
{
	for (size_t i = 0; i < KINDS; i++)
		if (qpp_str_is(kind, kinds[i].kind))
			return i;
	return KINDS;
}

static void steps(struct qpp_html *h, int now)
{
	static const char *const names[] = { "Kind", "Organization", "Role" };
	put(h, "<ol class=\"q-steps\" aria-label=\"Steps\">\n");
	for (int i = 0; i < 3; i++) {
		if (i < now)
			put(h, "<li class=\"q-steps__done\">");
		else
			put(h, "<li>");
		if (i == now)
			put(h, "<strong aria-current=\"step\">");
		say(h, "{}", W(names[i]));
		if (i == now)
			put(h, "</strong>");
		put(h, "</li>\n");
	}
	put(h, "</ol>\n");
}

static void choose_kind(struct qpp_html *h, const struct qpp_connect *m, const struct qpp_form_errors *e)
{
	struct qpp_option options[KINDS];
	steps(h, 0);
	for (size_t i = 0; i < KINDS; i++)
		options[i] = (struct qpp_option){ qpp_str_of(kinds[i].kind), qpp_str_of(kinds[i].words), qpp_str_of(kinds[i].hint) };
	form_ask(h, QPP_LIT("/account/connect"));
	form_radio(h, e, &(struct qpp_field){ .name = "kind", .label = QPP_LIT("What kind of organization?"), .value = m->kind },
	               options, KINDS);
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Continue"), NULL, QPP_LIT(""));
	form_end(h);
}

static void choose_org(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_connect *m, const struct qpp_form_errors *e)
{
	size_t k = kind_of(m->kind);
	steps(h, 1);
	/* A TIN goes by POST: addresses are kept in logs and histories. */
	form_begin(h, s, QPP_LIT("/account/connect/search"), false);
	form_hidden(h, "kind", m->kind);
	form_field(h, e, &(struct qpp_field){ .name = "query", .label = qpp_str_of(kinds[k].ask), .value = m->query });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Search"), NULL, QPP_LIT(""));
	form_end(h);
	if (m->missing)
		put(h, "<h2>Nothing found</h2>\n<p>No organization of this kind has that number. Type the whole number.</p>\n");
}

/* Who knows the practice need not wait for the service center. */
static void proof(struct qpp_html *h, const struct qpp_connect *m, const struct qpp_form_errors *e, bool person)
{
	if (!person && !qpp_str_is(m->kind, "practice"))
		return;
	if (person)
		put(h, "<h2>Show that it is you</h2>\n<p>Name a practice that you bill through. Without it the service center decides.</p>\n");
	else
		put(h, "<h2>Show that you know the practice</h2>\n<p>It has no Security Official yet. With its TIN and the NPI of a clinician "
		       "who bills through it you are the first one at once; without them the service center decides.</p>\n");
	form_field(h, e, &(struct qpp_field){ .name = "proof-tin", .label = QPP_LIT("TIN of the practice"), .hint = QPP_LIT("9 digits"),
		.value = m->proof_tin, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_CODE | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "proof-npi", .label = person ? QPP_LIT("Your NPI") : QPP_LIT("NPI of a clinician there"),
		.hint = QPP_LIT("10 digits"), .value = m->proof_npi, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_CODE | QPP_FIELD_SHORT });
}

static void choose_role(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_connect *m, const struct qpp_form_errors *e)
{
	static const struct qpp_option roles[] = {
		{ QPP_LIT_INIT("staff"), QPP_LIT_INIT("Staff User"), QPP_LIT_INIT("Views, enters and submits data. A Security Official approves.") },
		{ QPP_LIT_INIT("official"), QPP_LIT_INIT("Security Official"),
		  QPP_LIT_INIT("The same, and decides who has access. The first one of an organization is checked by the service center.") },
	};
	static const struct qpp_option own[] = {
		{ QPP_LIT_INIT("clinician"), QPP_LIT_INIT("Clinician"), QPP_LIT_INIT("Sees the own data across practices.") },
	};
	bool person = qpp_str_is(m->kind, "clinician");
	steps(h, 2);
	say(h, "<dl class=\"q-facts\"><dt>Organization</dt><dd>{} <span class=\"q-muted\">{}</span></dd><dt>Place</dt><dd>{}</dd></dl>\n",
	    T(m->found.name), T(m->found.number), T(m->found.place));
	form_begin(h, s, QPP_LIT("/account/connect"), false);
	form_hidden(h, "kind", m->kind);
	form_hidden(h, "query", m->query);
	form_radio(h, e, &(struct qpp_field){ .name = "role", .label = QPP_LIT("Which role do you ask for?"), .value = m->role },
	               person ? own : roles, person ? 1 : 2);
	if (!m->has_official)
		proof(h, m, e, person);
	form_field(h, e, &(struct qpp_field){ .name = "note", .label = m->has_official ? QPP_LIT("Note to the Security Officials")
		                                                                       : QPP_LIT("What else shows that you belong there"),
		.hint = m->has_official ? QPP_LIT("For example what you do there.")
		                        : QPP_LIT("For the service center: your position, and the number at which the organization can be called. No TIN."),
		.value = m->note, .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_LONG });
	say(h, "<p>With your request {} your name and e-mail address.</p>\n",
	    W(m->has_official ? "the Security Officials see" : "the service center sees"));
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Send the request"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(connect, qpp_connect)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Connect to an organization"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/account"), QPP_LIT("Account and access") },
		{ QPP_LIT(""), QPP_LIT("Connect to an organization") } }, 2);
	put(h, "<h1>Connect to an organization</h1>\n");
	if (m->found.id.n)
		choose_role(h, s, m, e);
	else if (kind_of(m->kind) < KINDS)
		choose_org(h, s, m, e);
	else
		choose_kind(h, m, e);
	return qpp_shell_end(h, s);
}
