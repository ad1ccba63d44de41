/* Of the service center and of operators: /view-as and /operator/access. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

/* ---- /view-as ---- */

QPP_VIEW(view_as, qpp_view_as_form)
{
	static const struct qpp_option kinds[] = {
		{ QPP_LIT_INIT("account"), QPP_LIT_INIT("An account"), QPP_LIT_INIT("By its user name") },
		{ QPP_LIT_INIT("npi"), QPP_LIT_INIT("A clinician"), QPP_LIT_INIT("By NPI") },
		{ QPP_LIT_INIT("tin"), QPP_LIT_INIT("A practice"), QPP_LIT_INIT("By TIN") },
		{ QPP_LIT_INIT("apmEntity"), QPP_LIT_INIT("An APM entity"), QPP_LIT_INIT("By its identifier") },
		{ QPP_LIT_INIT("registry"), QPP_LIT_INIT("A registry, QCDR or vendor"), QPP_LIT_INIT("By its identifier") },
		{ QPP_LIT_INIT("virtualGroup"), QPP_LIT_INIT("A virtual group"), QPP_LIT_INIT("By its identifier") },
	};
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Viewing tool"), e);
	put(h, "<h1>Viewing tool</h1>\n<p class=\"q-lead\">See this portal as somebody else sees it, to help that person.</p>\n<ul>\n<li>You see "
	       "everything and can change nothing.</li>\n<li>A yellow bar on every page says whom you look as, and ends it.</li>\n<li>Who looked, at "
	       "whom, at what and why is recorded.</li>\n</ul>\n");
	/* A TIN goes by POST: addresses are kept in logs and histories. */
	form_begin(h, s, QPP_LIT("/view-as"), false);
	form_radio(h, e, &(struct qpp_field){ .name = "kind", .label = QPP_LIT("Whose eyes?"), .value = m->kind }, kinds,
	           sizeof kinds / sizeof *kinds);
	form_field(h, e, &(struct qpp_field){ .name = "id", .label = QPP_LIT("User name or number"), .value = m->id, .flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"),
		.hint = QPP_LIT("Number of the ticket, and what you look for. At most 200 characters; no TIN."), .value = m->reason });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("View, read only"), NULL, QPP_LIT(""));
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- /operator/access ---- */

static void request_row(struct qpp_html *h, const struct qpp_request_line *x)
{
	qpp_stack_row(h);
	say(h, "{} <span class=\"q-muted\">{}</span></th>", T(x->person), T(x->email));
	qpp_stack_cell(h, "Asks for");
	say(h, "{} of {} <span class=\"q-muted\">{}, {}</span></td>", T(x->role), T(x->org), T(x->kind), T(x->number));
	qpp_stack_cell(h, "Proof");
	say(h, "{}</td>", T(x->proof.n ? x->proof : QPP_LIT("None was given")));
	qpp_stack_cell(h, "Asked");
	say(h, "{}</td>", T(x->asked));
	qpp_stack_cell(h, "What to do");
	if (x->own)
		put(h, "Another operator decides about your own request.");
	else
		say(h, "<a href=\"/operator/access/requests/{}/approve\">Approve<span class=\"ds-u-visibility--screen-reader\"> {}</span></a> "
		       "<a href=\"/operator/access/requests/{}/deny\">Deny<span class=\"ds-u-visibility--screen-reader\"> {}</span></a>",
		    U(x->role_id), T(x->person), U(x->role_id), T(x->person));
	put(h, "</td></tr>\n");
}

static void requests(struct qpp_html *h, const struct qpp_operator_access *m)
{
	put(h, "<h2>Requests that nobody in the organization can decide</h2>\n");
	if (!m->requests.n) {
		put(h, "<p>No request waits. Those in organizations with a ");
		term(h, "security-official", "Security Official");
		put(h, " are decided there.</p>\n");
		return;
	}
	put(h, "<p>These organizations have no Security Official. Make sure that the person belongs there, for example by a call to the number in "
	       "its Medicare enrollment.</p>\n");
	TABLE(h, "Requests that wait, the oldest first");
	qpp_stack_column(h, "Person"), qpp_stack_column(h, "Asks for"), qpp_stack_column(h, "Proof"), qpp_stack_column(h, "Asked");
	qpp_stack_column(h, "What to do");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->requests.n; i++)
		request_row(h, &m->requests.v[i]);
	qpp_stack_end(h);
	if (m->requests_total > (int64_t)m->requests.n)
		say(h, "<p>{} wait in all. The others show when these are decided.</p>\n", N(m->requests_total));
}

static void accounts(struct qpp_html *h, const struct qpp_operator_access *m)
{
	put(h, "<h2>Accounts that cannot sign in</h2>\n");
	if (!m->accounts.n) {
		put(h, "<p>No account is locked or disabled.</p>\n");
		return;
	}
	TABLE(h, "Locked and disabled accounts");
	qpp_stack_column(h, "Account"), qpp_stack_column(h, "Why"), qpp_stack_column(h, "Last sign-in"), qpp_stack_column(h, "What to do");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->accounts.n; i++) {
		const struct qpp_shut_line *x = &m->accounts.v[i];
		qpp_stack_row(h);
		say(h, "{} <span class=\"q-muted\">{} {}</span></th>", T(x->user), T(x->name), T(x->email));
		qpp_stack_cell(h, "Why");
		say(h, "{}</td>", T(x->why));
		qpp_stack_cell(h, "Last sign-in");
		say(h, "{}</td>", T(x->last));
		qpp_stack_cell(h, "What to do");
		say(h, "<a href=\"/operator/access/accounts/{}/open\">{}<span class=\"ds-u-visibility--screen-reader\"> {}</span></a></td></tr>\n",
		    U(x->id), W(x->disabled ? "Enable" : "Unlock"), T(x->user));
	}
	qpp_stack_end(h);
	if (m->accounts_total > (int64_t)m->accounts.n)
		say(h, "<p>{} in all; the first {} are shown.</p>\n", N(m->accounts_total), N((int64_t)m->accounts.n));
}

QPP_VIEW(operator_access, qpp_operator_access)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Requests and locked accounts"), e);
	put(h, "<h1>Requests and locked accounts</h1>\n");
	requests(h, m);
	accounts(h, m);
	return qpp_shell_end(h, s);
}

#define BACK { QPP_LIT_INIT("/operator/access"), QPP_LIT_INIT("Requests and locked accounts") }

static void review_buttons(struct qpp_html *h, enum qpp_tone tone, const char *words)
{
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, tone, qpp_str_of(words), NULL, QPP_LIT(""));
	put(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"/operator/access\">Cancel</a>\n</div>\n");
	form_end(h);
}

QPP_VIEW(request_review, qpp_request_review)
{
	const struct qpp_request_line *x = &m->x;
	const char *title = m->approve ? "Approve this request?" : "Deny this request?";
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_of(title), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ BACK, { QPP_LIT(""), m->approve ? QPP_LIT("Approve") : QPP_LIT("Deny") } }, 2);
	say(h, "<h1>{}</h1>\n<dl class=\"q-facts\"><dt>Person</dt><dd>{} <span class=\"q-muted\">{}</span></dd><dt>Asks for</dt><dd>{}</dd>"
	       "<dt>Organization</dt><dd>{} <span class=\"q-muted\">{}, {}</span></dd><dt>Asked</dt><dd>{}</dd><dt>Proof</dt><dd>{}</dd></dl>\n"
	       "<h2>What will happen</h2>\n<ul>\n",
	    W(title), T(x->person), T(x->email), T(x->role), T(x->org), T(x->kind), T(x->number), T(x->asked),
	    T(x->proof.n ? x->proof : QPP_LIT("None was given")));
	if (m->approve)
		say(h, "<li>{} becomes {} of {} at once, and sees and submits its data.</li>\n", T(x->person), T(x->role), T(x->org));
	else
		say(h, "<li>{} gets no access to {}, and can ask again.</li>\n", T(x->person), T(x->org));
	put(h, "<li>The person is told by e-mail, with the reason. The act is recorded with your name.</li>\n</ul>\n");
	form_begin(h, s, qpp_str_cat(a, "/operator/access/requests/", qpp_str_dup(a, x->role_id).p, m->approve ? "/approve" : "/deny", (char *)NULL),
	           false);
	form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"),
		.hint = m->approve ? QPP_LIT("How you made sure that the person belongs there.")
		                   : QPP_LIT("What was missing, so that the person can bring it."),
		.value = m->reason, .flags = QPP_FIELD_LONG });
	review_buttons(h, m->approve ? QPP_TONE_GOOD : QPP_TONE_BAD, m->approve ? "Approve" : "Deny");
	return qpp_shell_end(h, s);
}

QPP_VIEW(open_review, qpp_open_review)
{
	const struct qpp_shut_line *x = &m->x;
	const char *title = x->disabled ? "Enable this account?" : "Unlock this account?";
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_of(title), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ BACK, { QPP_LIT(""), x->user } }, 2);
	say(h, "<h1>{}</h1>\n<dl class=\"q-facts\"><dt>Account</dt><dd>{} <span class=\"q-muted\">{} {}</span></dd><dt>Why it is shut</dt><dd>{}</dd>"
	       "<dt>Last sign-in</dt><dd>{}</dd></dl>\n<h2>What will happen</h2>\n<ul>\n<li>The person can sign in again at once, with password and "
	       "second step as before.</li>\n<li>The person is told by e-mail, and the act is recorded with your name.</li>\n</ul>\n"
	       "<p>Make sure that the person asked for it: wrong passwords may have been somebody else's.</p>\n",
	    W(title), T(x->user), T(x->name), T(x->email), T(x->why), T(x->last));
	form_begin(h, s, qpp_str_cat(a, "/operator/access/accounts/", qpp_str_dup(a, x->id).p, "/open", (char *)NULL), false);
	review_buttons(h, QPP_TONE_GOOD, x->disabled ? "Enable the account" : "Unlock the account");
	return qpp_shell_end(h, s);
}
