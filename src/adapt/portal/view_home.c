/* /: what this is, the deadlines that are open now, the look-up, what is one's own; and sign-in with its second step. */
#include "adapt/portal/view.h"
#include "adapt/portal/views.h"

static void deadlines(struct qpp_html *h, const struct qpp_home *m)
{
	put(h, "<section class=\"q-card\" aria-labelledby=\"deadlines\">\n<h2 id=\"deadlines\">Open now</h2>\n");
	if (!m->open.n)
		put(h, "<p>No window is open at the moment.</p>\n");
	else
		put(h, "<ul class=\"q-deadlines\">\n");
	for (size_t i = 0; i < m->open.n; i++) {
		const struct qpp_deadline *d = &m->open.v[i];
		put(h, "<li>");
		if (d->href.n)
			say(h, "<a href=\"{}\">{}</a>", T(d->href), T(d->title));
		else
			say(h, "<strong>{}</strong>", T(d->title));
		say(h, "<span>closes {}</span><span class=\"q-muted\">{}</span></li>\n", T(d->closes), T(d->left));
	}
	if (m->open.n)
		put(h, "</ul>\n");
	put(h, "</section>\n");
}

static void look_up(struct qpp_html *h, const struct qpp_home *m, const struct qpp_form_errors *e)
{
	put(h, "<section class=\"q-card\" aria-labelledby=\"look-up\">\n<h2 id=\"look-up\">Who takes part?</h2>\n"
	       "<p>Look up a clinician by ");
	term(h, "npi", "NPI");
	put(h, ": eligibility at each practice, with the reasons. No sign-in needed.</p>\n");
	form_ask(h, QPP_LIT("/eligibility"));
	form_field(h, e, &(struct qpp_field){ .name = "npi", .label = QPP_LIT("NPI"), .hint = QPP_LIT("10 digits"),
		.value = m->npi, .flags = QPP_FIELD_CODE | QPP_FIELD_SHORT });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Look up"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "</section>\n");
}

static void mine(struct qpp_html *h, const struct qpp_home *m)
{
	if (m->waiting) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT(""));
		put(h, "<p class=\"ds-c-alert__text\">");
		qpp_count_words(h, m->waiting, "request for access waits", "requests for access wait");
		put(h, " for your decision. <a href=\"/account\">See who asks</a></p>\n");
		qpp_alert_end(h);
	}
	put(h, "<h2>Your organizations</h2>\n");
	if (!m->mine.n) {
		put(h, "<p>You have no role in an organization yet. <a href=\"/account/connect\">Connect to an organization</a> to see "
		       "and submit its data.</p>\n");
		return;
	}
	put(h, "<ul class=\"q-list\">\n");
	for (size_t i = 0; i < m->mine.n; i++) {
		const struct qpp_subject_link *x = &m->mine.v[i];
		say(h, "<li><a href=\"{}\">{}</a> <span class=\"q-muted\">{}</span>", T(x->href), T(x->subject.name), T(x->subject.number));
		if (x->state.n)
			say(h, "<span class=\"q-state\">{}</span>", T(x->state));
		put(h, "</li>\n");
	}
	put(h, "</ul>\n");
}

QPP_VIEW(home, qpp_home)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Home"), e);
	put(h, "<h1>The Quality Payment Program, with every reason</h1>\n<p class=\"ds-u-font-size--lg q-lead\">See who takes part in ");
	term(h, "mips", "MIPS");
	put(h, ", submit data, and see the score while you enter them. Every figure leads to the paragraph it comes from.</p>\n");
	if (m->synthetic) {
		qpp_alert_begin(h, QPP_TONE_PLAIN, QPP_LIT("All people and practices here are made up"));
		put(h, "<p class=\"ds-c-alert__text\">This installation runs on synthetic data. Nothing that is entered reaches Medicare.</p>\n");
		qpp_alert_end(h);
	}
	if (s->person.n)
		mine(h, m);
	put(h, "<div class=\"q-columns\">\n");
	look_up(h, m, e);
	deadlines(h, m);
	put(h, "</div>\n");
	if (!s->person.n)
		put(h, "<h2>For practices, registries and virtual groups</h2>\n<p>Sign in to see your organization's data, enter or "
		       "upload submissions and follow the score.</p>\n<p><a class=\"ds-c-button ds-c-button--solid\" "
		       "href=\"/sign-in\">Sign in</a></p>\n");
	return qpp_shell_end(h, s);
}

static void providers(struct qpp_html *h, const struct qpp_sign_in *m)
{
	if (!m->providers.n)
		return;
	put(h, "<section class=\"q-card\" aria-labelledby=\"providers\">\n<h2 id=\"providers\">With another account</h2>\n");
	for (size_t i = 0; i < m->providers.n; i++) {
		const struct qpp_provider *p = &m->providers.v[i];
		say(h, "<p><a class=\"ds-c-button\" href=\"/sign-in/with/{}?then={}\">Continue with {}</a></p>\n", U(p->id), U(m->to), T(p->name));
		if (p->hint.n)
			say(h, "<p class=\"ds-c-hint\">{}</p>\n", T(p->hint));
	}
	put(h, "</section>\n");
}

QPP_VIEW(sign_in, qpp_sign_in)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Sign in"), e);
	put(h, "<h1>Sign in</h1>\n");
	if (m->ended) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("Your session ended"));
		put(h, "<p class=\"ds-c-alert__text\">What you saved as a draft is kept. Sign in to go on where you were.</p>\n");
		qpp_alert_end(h);
	}
	if (m->demo.n) {
		qpp_alert_begin(h, QPP_TONE_PLAIN, QPP_LIT("Made-up people only"));
		say(h, "<p class=\"ds-c-alert__text\">{}</p>\n", T(m->demo));
		qpp_alert_end(h);
	}
	put(h, "<div class=\"q-columns\">\n<section class=\"q-card\" aria-labelledby=\"local\">\n<h2 id=\"local\">With an account of "
	       "this installation</h2>\n");
	form_begin(h, s, QPP_LIT("/sign-in"), false);
	form_hidden(h, "to", m->to);
	form_field(h, e, &(struct qpp_field){ .name = "user", .label = QPP_LIT("User name"), .value = m->user,
		.autocomplete = "username" });
	form_field(h, e, &(struct qpp_field){ .name = "password", .label = QPP_LIT("Password"), .flags = QPP_FIELD_SECRET,
		.autocomplete = "current-password" });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Sign in"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "<p class=\"q-muted\">After five failed attempts within two hours an account is locked for an hour.</p>\n</section>\n");
	providers(h, m);
	put(h, "</div>\n");
	return qpp_shell_end(h, s);
}

QPP_VIEW(totp, qpp_totp)
{
	struct qpp_html page, *h = &page;
	bool enrol = m->secret.n > 0;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, enrol ? QPP_LIT("Set up the second step") : QPP_LIT("Second step"), e);
	if (enrol) {
		say(h, "<h1>Set up the second step</h1>\n<p>Every account has a second step. Enter this key in an authenticator app "
		       "(\"enter a setup key\"), then type the six digits that the app shows.</p>\n"
		       "<dl class=\"q-facts\"><dt>Key</dt><dd><code class=\"q-key\">{}</code></dd><dt>Kind</dt><dd>by time, 6 digits, "
		       "30 seconds</dd></dl>\n<p><a href=\"{}\">Open the authenticator app of this device</a></p>\n",
		    T(m->secret), T(m->uri));
	} else {
		put(h, "<h1>Second step</h1>\n<p>Open your authenticator app and type the six digits it shows for this account.</p>\n");
	}
	form_begin(h, s, QPP_LIT("/sign-in/code"), false);
	form_hidden(h, "to", m->to);
	form_field(h, e, &(struct qpp_field){ .name = "code", .label = QPP_LIT("Six-digit code"),
		.hint = QPP_LIT("A code is good for 30 seconds and can be used once."), .flags = QPP_FIELD_CODE | QPP_FIELD_SHORT,
		.autocomplete = "one-time-code" });
	form_button(h, QPP_TONE_GOOD, enrol ? QPP_LIT("Finish") : QPP_LIT("Sign in"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "<p><a href=\"/sign-in\">Start again</a></p>\n");
	return qpp_shell_end(h, s);
}
