/* /account/consents: which registries may file for an organization; /account/tokens: the tokens of a registry's programs. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

#define ACCOUNT { QPP_LIT_INIT("/account"), QPP_LIT_INIT("Account and access") }

QPP_VIEW(choose_org, qpp_choose_org)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->title, e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ ACCOUNT, { QPP_LIT(""), m->title } }, 2);
	say(h, "<h1>{}</h1>\n<p>{}</p>\n", T(m->title), T(m->says));
	if (!m->v.n) {
		put(h, "<p>You are Security Official of no such organization.</p>\n<p><a class=\"ds-c-button\" href=\"/account\">To account and "
		       "access</a></p>\n");
		return qpp_shell_end(h, s);
	}
	put(h, "<h2>Which organization?</h2>\n<ul class=\"q-list\">\n");
	for (size_t i = 0; i < m->v.n; i++)
		say(h, "<li><a href=\"{}{}\">{}</a> <span class=\"q-muted\">{}, {}</span></li>\n", T(m->href), U(m->v.v[i].id), T(m->v.v[i].name),
		    T(m->v.v[i].kind), T(m->v.v[i].number));
	put(h, "</ul>\n");
	return qpp_shell_end(h, s);
}

/* ---- consents ---- */

static struct qpp_str consents_path(struct qpp_arena *a, struct qpp_str org_id)
{
	return qpp_str_cat(a, "/account/consents/", qpp_str_dup(a, org_id).p, (char *)NULL);
}

static void holding(struct qpp_html *h, const struct qpp_consents_page *m, const struct qpp_consent_line *x)
{
	qpp_stack_row(h);
	say(h, "{} <span class=\"q-muted\">{}</span></th>", T(x->registry), T(x->number));
	qpp_stack_cell(h, "Performance year");
	say(h, "{}</td>", N(x->year));
	qpp_stack_cell(h, "Since");
	say(h, "{}<span class=\"q-note\">{}</span></td>", T(x->given), T(x->by.n ? x->by : QPP_LIT("came with the data")));
	qpp_stack_cell(h, "What to do");
	say(h, "<a href=\"/account/consents/{}/{}/{}/end\">End<span class=\"ds-u-visibility--screen-reader\"> the consent for {} in {}</span></a>"
	       "</td></tr>\n", U(m->org.id), U(x->registry_id), N(x->year), T(x->registry), N(x->year));
}

static void holdings(struct qpp_html *h, const struct qpp_consents_page *m)
{
	put(h, "<h2>May file now</h2>\n");
	if (!m->holds.n) {
		say(h, "<p>No registry may file for {}. Only its own people can.</p>\n", T(m->org.name));
		return;
	}
	TABLE(h, "Registries that may file now");
	qpp_stack_column(h, "Registry"), qpp_stack_column(h, "Performance year"), qpp_stack_column(h, "Since"), qpp_stack_column(h, "What to do");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->holds.n; i++)
		holding(h, m, &m->holds.v[i]);
	qpp_stack_end(h);
}

static void endings(struct qpp_html *h, const struct qpp_consents_page *m)
{
	if (!m->ended.n)
		return;
	put(h, "<h2>Ended</h2>\n");
	TABLE(h, "Consents that were ended");
	qpp_stack_column(h, "Registry"), qpp_stack_column(h, "Performance year"), qpp_stack_column(h, "Given"), qpp_stack_column(h, "Ended");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->ended.n; i++) {
		const struct qpp_consent_line *x = &m->ended.v[i];
		qpp_stack_row(h);
		say(h, "{} <span class=\"q-muted\">{}</span></th>", T(x->registry), T(x->number));
		qpp_stack_cell(h, "Performance year");
		say(h, "{}</td>", N(x->year));
		qpp_stack_cell(h, "Given");
		say(h, "{}</td>", T(x->given));
		qpp_stack_cell(h, "Ended");
		say(h, "{}<span class=\"q-note\">{}</span></td></tr>\n", T(x->ended), T(x->by));
	}
	qpp_stack_end(h);
}

static void found(struct qpp_html *h, const struct qpp_consents_page *m)
{
	if (!m->searched)
		return;
	put(h, "<h3>Registries found</h3>\n");
	if (!m->found.n) {
		say(h, "<p>No registry has a name that begins with \"{}\", or that identifier. Ask the registry how it is registered here.</p>\n", T(m->query));
		return;
	}
	put(h, "<ul class=\"q-list\">\n");
	for (size_t i = 0; i < m->found.n; i++)
		say(h, "<li><a href=\"/account/consents/{}/{}/{}/give\">{}</a> <span class=\"q-muted\">{}</span></li>\n", U(m->org.id),
		    U(m->found.v[i].id), N(m->year), T(m->found.v[i].name), T(m->found.v[i].number));
	put(h, "</ul>\n");
	if (m->total > (int64_t)m->found.n)
		say(h, "<p>There are {} in all. Type more of the name to see the others.</p>\n", N(m->total));
}

static void search(struct qpp_html *h, struct qpp_arena *a, const struct qpp_consents_page *m, const struct qpp_form_errors *e)
{
	struct qpp_option *options = QPP_NEW_ARRAY(a, m->years.n + 1, struct qpp_option);
	for (size_t i = 0; i < m->years.n; i++)
		options[i].value = options[i].words = qpp_i64_text(a, m->years.v[i]);
	put(h, "<h2 id=\"new\">Let a registry file</h2>\n");
	form_ask(h, qpp_str_cat(a, consents_path(a, m->org.id).p, "#new", (char *)NULL));
	put(h, "<div class=\"q-row\">\n");
	form_field(h, e, &(struct qpp_field){ .name = "registry", .label = QPP_LIT("Registry"),
		.hint = QPP_LIT("Beginning of its name, or its identifier. Leave it empty to see all."), .value = m->query });
	form_select(h, e, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = qpp_i64_text(a, m->year) }, options,
	            m->years.n);
	put(h, "</div>\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Find"), NULL, QPP_LIT(""));
	form_end(h);
	found(h, m);
}

QPP_VIEW(consents, qpp_consents_page)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Registries that may file"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ ACCOUNT, { QPP_LIT("/account/consents"), QPP_LIT("Registries that may file") },
		{ QPP_LIT(""), m->org.name } }, 3);
	say(h, "<h1>Registries that may file</h1>\n<p class=\"q-subject\"><strong>{}</strong> <span class=\"q-muted\">{}, {}</span></p>\n<p>A ",
	    T(m->org.name), T(m->org.kind), T(m->org.number));
	term(h, "registry", "registry");
	put(h, " submits data for your organization only with your consent, and only for the year that you choose. You can end it at any "
	       "time.</p>\n");
	holdings(h, m);
	search(h, a, m, e);
	endings(h, m);
	return qpp_shell_end(h, s);
}

QPP_VIEW(consent_review, qpp_consent_review)
{
	struct qpp_html page, *h = &page;
	const char *title = m->give ? "Let this registry file?" : "End this consent?";
	struct qpp_str back = consents_path(a, m->org.id);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_of(title), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ ACCOUNT, { back, QPP_LIT("Registries that may file") }, { QPP_LIT(""), m->registry.name } }, 3);
	say(h, "<h1>{}</h1>\n<dl class=\"q-facts\"><dt>Registry</dt><dd>{} <span class=\"q-muted\">{}</span></dd><dt>Files for</dt><dd>{} "
	       "<span class=\"q-muted\">{}</span></dd><dt>Performance year</dt><dd>{}</dd></dl>\n<h2>What will happen</h2>\n<ul>\n",
	    W(title), T(m->registry.name), T(m->registry.number), T(m->org.name), T(m->org.number), N(m->year));
	if (m->give)
		say(h, "<li>{} can submit, replace and delete its own data for {} from now on, for {} only.</li>\n<li>Data that it submits can change "
		       "the score, and undo an exception.</li>\n<li>It sees what it submitted itself, and the score of it; not what you or others "
		       "submit.</li>\n", T(m->registry.name), T(m->org.name), N(m->year));
	else
		say(h, "<li>{} can submit nothing more for {} for {}, from this moment on.</li>\n<li>What it submitted before stays and counts. Delete "
		       "it under Submissions if it should not.</li>\n<li>You can let it file again later.</li>\n",
		    T(m->registry.name), T(m->org.name), N(m->year));
	put(h, "<li>The registry is told by e-mail, and the act is recorded with your name.</li>\n</ul>\n");
	form_begin(h, s, qpp_str_cat(a, back.p, "/", qpp_str_dup(a, m->registry.id).p, "/", qpp_i64_text(a, m->year).p, m->give ? "/give" : "/end",
	                             (char *)NULL), false);
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, m->give ? QPP_TONE_GOOD : QPP_TONE_BAD, m->give ? QPP_LIT("Let it file") : QPP_LIT("End the consent"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Cancel</a>\n</div>\n", T(back));
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- tokens ---- */

static void token_row(struct qpp_html *h, const struct qpp_tokens_page *m, const struct qpp_token_line *x)
{
	qpp_stack_row(h);
	say(h, "{}</th>", T(x->name));
	qpp_stack_cell(h, "Performance year");
	say(h, "{}</td>", N(x->year));
	qpp_stack_cell(h, "Made");
	say(h, "{}<span class=\"q-note\">{}</span></td>", T(x->made), T(x->by));
	qpp_stack_cell(h, "State");
	qpp_badge(h, x->over ? QPP_TONE_PLAIN : QPP_TONE_GOOD, x->revoked.n ? QPP_LIT("Revoked") : x->over ? QPP_LIT("Ended") : QPP_LIT("Good"));
	say(h, " <span class=\"q-muted\">{}{}</span></td>", W(x->revoked.n || x->over ? "" : "until "), T(x->revoked.n ? x->revoked : x->ends));
	qpp_stack_cell(h, "What to do");
	if (!x->over)
		say(h, "<a href=\"/account/tokens/{}/{}/revoke\">Revoke<span class=\"ds-u-visibility--screen-reader\"> {}</span></a>", U(m->org.id),
		    U(x->id), T(x->name));
	put(h, "</td></tr>\n");
}

static void new_token(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tokens_page *m,
                      const struct qpp_form_errors *e)
{
	static const struct qpp_option lives[] = {
		{ QPP_LIT_INIT("3"), QPP_LIT_INIT("3 months"), QPP_LIT_INIT("") }, { QPP_LIT_INIT("6"), QPP_LIT_INIT("6 months"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("12"), QPP_LIT_INIT("12 months"), QPP_LIT_INIT("") },
	};
	struct qpp_option *options = QPP_NEW_ARRAY(a, m->years.n + 1, struct qpp_option);
	for (size_t i = 0; i < m->years.n; i++)
		options[i].value = options[i].words = qpp_i64_text(a, m->years.v[i]);
	put(h, "<h2 id=\"new\">Make a token</h2>\n");
	form_begin(h, s, qpp_str_cat(a, "/account/tokens/", qpp_str_dup(a, m->org.id).p, (char *)NULL), false);
	form_field(h, e, &(struct qpp_field){ .name = "name", .label = QPP_LIT("What uses it"),
		.hint = QPP_LIT("So that you know it again, for example \"Night upload, server 2\"."), .value = m->name });
	put(h, "<div class=\"q-row\">\n");
	form_select(h, e, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = qpp_i64_text(a, m->year) }, options,
	            m->years.n);
	form_select(h, e, &(struct qpp_field){ .name = "months", .label = QPP_LIT("Good for"), .value = m->months.n ? m->months : QPP_LIT("12") },
	            lives, sizeof lives / sizeof *lives);
	put(h, "</div>\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Make the token"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(tokens, qpp_tokens_page)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("API tokens"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ ACCOUNT, { QPP_LIT("/account/tokens"), QPP_LIT("API tokens") }, { QPP_LIT(""), m->org.name } }, 3);
	say(h, "<h1>API tokens</h1>\n<p class=\"q-subject\"><strong>{}</strong> <span class=\"q-muted\">{}</span></p>\n<p>With a token your software "
	       "submits data for the practices that let you. It is a secret like a password: give each program its own, and revoke one that may "
	       "be known to others.</p>\n", T(m->org.name), T(m->org.number));
	if (!m->v.n) {
		put(h, "<p>There is no token yet.</p>\n");
	} else {
		TABLE(h, "Tokens of your programs");
		qpp_stack_column(h, "What uses it"), qpp_stack_column(h, "Performance year"), qpp_stack_column(h, "Made");
		qpp_stack_column(h, "State"), qpp_stack_column(h, "What to do");
		qpp_stack_body(h);
		for (size_t i = 0; i < m->v.n; i++)
			token_row(h, m, &m->v.v[i]);
		qpp_stack_end(h);
	}
	new_token(h, a, s, m, e);
	return qpp_shell_end(h, s);
}

QPP_VIEW(token_made, qpp_token_made)
{
	struct qpp_html page, *h = &page;
	struct qpp_str back = qpp_str_cat(a, "/account/tokens/", qpp_str_dup(a, m->org.id).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("The token is made"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ ACCOUNT, { back, QPP_LIT("API tokens") }, { QPP_LIT(""), m->name } }, 3);
	put(h, "<h1>The token is made</h1>\n");
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("Copy it now: it is not shown again"));
	put(h, "<p class=\"ds-c-alert__text\">We keep only a fingerprint of it. If it is lost, revoke it and make another one.</p>\n");
	qpp_alert_end(h);
	say(h, "<dl class=\"q-facts\"><dt>Token</dt><dd><code class=\"q-key\">{}</code></dd><dt>For</dt><dd>{}, performance year {}</dd><dt>Good until"
	       "</dt><dd>{}</dd></dl>\n<h2>How a program uses it</h2>\n<p>It sends the token with each request, in the header "
	       "<code>Authorization: Bearer</code>, to <code>/api/submissions</code>.</p>\n<p><a class=\"ds-c-button\" href=\"{}\">I have copied "
	       "it</a></p>\n", T(m->token), T(m->name), N(m->year), T(m->ends), T(back));
	return qpp_shell_end(h, s);
}

QPP_VIEW(token_review, qpp_token_review)
{
	struct qpp_html page, *h = &page;
	struct qpp_str back = qpp_str_cat(a, "/account/tokens/", qpp_str_dup(a, m->org.id).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Revoke this token?"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ ACCOUNT, { back, QPP_LIT("API tokens") }, { QPP_LIT(""), m->token.name } }, 3);
	say(h, "<h1>Revoke this token?</h1>\n<dl class=\"q-facts\"><dt>What uses it</dt><dd>{}</dd><dt>Performance year</dt><dd>{}</dd><dt>Made</dt>"
	       "<dd>{}</dd></dl>\n<h2>What will happen</h2>\n<ul>\n<li>The program that uses it is refused from its next request on.</li>\n"
	       "<li>What it submitted stays as it is.</li>\n<li>A revoked token cannot be used again. You can make another one.</li>\n</ul>\n",
	    T(m->token.name), N(m->token.year), T(m->token.made));
	form_begin(h, s, qpp_str_cat(a, back.p, "/", qpp_str_dup(a, m->token.id).p, "/revoke", (char *)NULL), false);
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_BAD, QPP_LIT("Revoke the token"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Cancel</a>\n</div>\n", T(back));
	form_end(h);
	return qpp_shell_end(h, s);
}
