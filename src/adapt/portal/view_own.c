/* /account/password, /account/factor, /account/sessions, /session: what a person looks after alone. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

static void begin(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const char *title, const struct qpp_form_errors *e)
{
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_of(title), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/account"), QPP_LIT("Account and access") }, { QPP_LIT(""), qpp_str_of(title) } }, 2);
	say(h, "<h1>{}</h1>\n", W(title));
}

/* Kept by an identity provider: nothing to do here but to say where. */
static void elsewhere(struct qpp_html *h, const char *what, struct qpp_str provider)
{
	say(h, "<p class=\"q-lead\">You sign in by {}. Your {} is kept there.</p>\n<p>Change it on the pages of {}. It holds here from your next "
	       "sign-in on.</p>\n<p><a href=\"/account\">Back to account and access</a></p>\n", T(provider), W(what), T(provider));
}

QPP_VIEW(password, qpp_password_form)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, "Password", e);
	if (!m->local) {
		elsewhere(h, "password", m->provider);
		return qpp_shell_end(h, s);
	}
	say(h, "<p>A new password has at least {} characters: small and capital letters, digits and a sign such as ! or #. It is not one that "
	       "many people use, and does not hold your user name.</p>\n", N(m->least));
	form_begin(h, s, QPP_LIT("/account/password"), false);
	form_field(h, e, &(struct qpp_field){ .name = "old", .label = QPP_LIT("Present password"), .flags = QPP_FIELD_SECRET,
		.autocomplete = "current-password" });
	form_field(h, e, &(struct qpp_field){ .name = "new", .label = QPP_LIT("New password"), .flags = QPP_FIELD_SECRET,
		.autocomplete = "new-password" });
	form_field(h, e, &(struct qpp_field){ .name = "again", .label = QPP_LIT("New password once more"), .flags = QPP_FIELD_SECRET,
		.autocomplete = "new-password" });
	put(h, "<p>You stay signed in here. Everywhere else you are signed out.</p>\n<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Change the password"), NULL, QPP_LIT(""));
	put(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"/account\">Cancel</a>\n</div>\n");
	form_end(h);
	return qpp_shell_end(h, s);
}

QPP_VIEW(factor, qpp_factor_form)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, "Second step", e);
	if (!m->local) {
		elsewhere(h, "second step", m->provider);
		return qpp_shell_end(h, s);
	}
	if (m->has)
		put(h, "<p class=\"q-lead\">An authenticator app is set up for your account. You can put another one in its place, for "
		       "example on a new phone.</p>\n<p>The present app works until you have finished this page.</p>\n");
	else
		put(h, "<p class=\"q-lead\">No authenticator app is set up for your account. Set one up: a password alone is not enough to "
		       "keep data safe.</p>\n");
	if (m->mail)
		put(h, "<p>A code by e-mail can be asked for instead at sign-in.</p>\n");
	say(h, "<h2>1. Put this key into the new app</h2>\n<p>In the app choose \"enter a setup key\".</p>\n<dl class=\"q-facts\"><dt>Key</dt><dd>"
	       "<code class=\"q-key\">{}</code></dd><dt>Kind</dt><dd>by time, 6 digits, 30 seconds</dd></dl>\n"
	       "<p><a href=\"{}\">Open the authenticator app of this device</a></p>\n", T(m->secret), T(m->uri));
	put(h, "<h2>2. Show that it works</h2>\n");
	form_begin(h, s, QPP_LIT("/account/factor"), false);
	form_field(h, e, &(struct qpp_field){ .name = "password", .label = QPP_LIT("Your password"), .flags = QPP_FIELD_SECRET,
		.autocomplete = "current-password" });
	form_field(h, e, &(struct qpp_field){ .name = "code", .label = QPP_LIT("Six-digit code of the new app"),
		.flags = QPP_FIELD_CODE | QPP_FIELD_SHORT, .autocomplete = "one-time-code" });
	put(h, "<p>You stay signed in here. Everywhere else you are signed out, and you are told by e-mail.</p>\n<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, m->has ? QPP_LIT("Use the new app from now on") : QPP_LIT("Use this app from now on"), NULL, QPP_LIT(""));
	put(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"/account\">Cancel</a>\n</div>\n");
	form_end(h);
	put(h, "<h2>The phone is lost?</h2>\n<p>Without the app nobody can sign in to your account, you neither. Ask the "
	       "<a href=\"/help#contact\">service center</a>: after they have made sure that it is you, you set up a new app at your next "
	       "sign-in.</p>\n");
	return qpp_shell_end(h, s);
}

/* ---- sessions ---- */

static void session_row(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_session_line *x)
{
	qpp_stack_row(h);
	say(h, "{}", T(x->since));
	if (x->here)
		put(h, " <span class=\"q-block\"><strong>This one</strong></span>");
	put(h, "</th>");
	qpp_stack_cell(h, "From");
	say(h, "{}</td>", T(x->place.n ? x->place : QPP_LIT("not known")));
	qpp_stack_cell(h, "Last used");
	say(h, "{}</td>", T(x->used));
	qpp_stack_cell(h, "Ends at the latest");
	say(h, "{}</td>", T(x->ends));
	qpp_stack_cell(h, "What to do");
	if (x->here) {
		put(h, "Use \"Sign out\" above.");
	} else {
		form_begin(h, s, QPP_LIT("/account/sessions"), false);
		form_hidden(h, "session", x->id);
		say(h, "<button class=\"ds-c-button ds-c-button--small\" type=\"submit\">Sign out<span class=\"ds-u-visibility--screen-reader\"> "
		       "the session that began {}</span></button>\n", T(x->since));
		form_end(h);
	}
	put(h, "</td></tr>\n");
}

QPP_VIEW(sessions, qpp_sessions_view)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, "Where you are signed in", e);
	put(h, "<p>If you do not know one of these, sign it out and <a href=\"/account/password\">change your password</a>.</p>\n");
	TABLE(h, "Sessions that hold now");
	qpp_stack_column(h, "Signed in"), qpp_stack_column(h, "From"), qpp_stack_column(h, "Last used");
	qpp_stack_column(h, "Ends at the latest"), qpp_stack_column(h, "What to do");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->v.n; i++)
		session_row(h, s, &m->v.v[i]);
	qpp_stack_end(h);
	if (m->v.n > 1) {
		form_begin(h, s, QPP_LIT("/account/sessions"), false);
		form_hidden(h, "session", QPP_LIT("others"));
		form_button(h, QPP_TONE_BAD, QPP_LIT("Sign out everywhere but here"), NULL, QPP_LIT(""));
		form_end(h);
	} else {
		put(h, "<p>You are signed in here only.</p>\n");
	}
	return qpp_shell_end(h, s);
}

/* For browsers without script: a page of its own that can be left open; it comes anew when there is something to say. */
QPP_VIEW(session_time, qpp_session_time)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->soon ? QPP_LIT("You will be signed out within two minutes") : QPP_LIT("Time left"), e);
	if (m->soon) {
		put(h, "<h1>You will be signed out within two minutes</h1>\n<div role=\"alert\">\n");
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT(""));
		say(h, "<p class=\"ds-c-alert__text\">Your session ends at {}, in {}. What you saved as a draft is kept; what you typed elsewhere and "
		       "did not save is lost.</p>\n", T(m->ends), T(m->left));
		qpp_alert_end(h);
		put(h, "</div>\n");
	} else {
		say(h, "<h1>Time left</h1>\n<p class=\"q-lead\">Your session ends at {}, in {}, unless you open another page before.</p>\n"
		       "<p>You can leave this page open beside your work. It warns you two minutes before the end.</p>\n", T(m->ends), T(m->left));
	}
	if (m->last)
		put(h, "<p>Twelve hours after sign-in a session ends whatever you do. Save your work, sign out and sign in again.</p>\n");
	put(h, "<div class=\"q-buttons\">\n");
	if (!m->last) {
		form_begin(h, s, QPP_LIT("/session"), false);
		form_button(h, QPP_TONE_GOOD, QPP_LIT("Keep me signed in"), NULL, QPP_LIT(""));
		form_end(h);
	}
	form_begin(h, s, QPP_LIT("/sign-out"), false);
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Sign me out now"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "</div>\n");
	return qpp_shell_end(h, s);
}
