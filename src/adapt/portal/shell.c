/*
 * The shell of every page of the portal: head, skip link, banner, header with
 * navigation and the menu of the account, the person's own pages at the side, the
 * warning before a session ends, and the footer. A link that somebody may not
 * follow is left out. The side comes after the page in the order of reading: on a
 * narrow screen it stands below, and a link in the header leads there.
 */
#include "adapt/portal/view.h"

#include "app/access.h"

/* For everybody, on top of the page. */
static const struct {
	enum qpp_place at;
	const char *href, *words;
} top[] = {
	{ QPP_AT_HOME, "/", "Home" },
	{ QPP_AT_ELIGIBILITY, "/eligibility", "Eligibility" },
	{ QPP_AT_RULES, "/rules", "Rules" },
	{ QPP_AT_HELP, "/help", "Help and glossary" },
};

/* At the side, for those who are signed in: a line is there for who has one of its roles, and left out for others. */
static const struct {
	enum qpp_place at;
	const char *href, *words;
	uint32_t roles;
} side[] = {
	{ QPP_AT_ACCOUNT, "/account", "Account and access", QPP_OF_PERSONS },
	{ QPP_AT_SUBMISSIONS, "/submissions", "Submissions", QPP_BY(CLINICIAN) | QPP_OF_FILERS },
	{ QPP_AT_FEEDBACK, "/feedback", "Performance feedback", QPP_BY(CLINICIAN) | QPP_OF_PROVIDERS | QPP_OF_AGENCY },
	{ QPP_AT_REVIEWS, "/targeted-review", "Targeted review", QPP_BY(CLINICIAN) | QPP_OF_FILERS },
	{ QPP_AT_VGROUPS, "/virtual-groups", "Virtual groups", QPP_BY(PRACTICE_OFFICIAL) | QPP_BY(PRACTICE_STAFF) | QPP_BY(GROUP_OFFICIAL) },
	{ QPP_AT_VGROUP_REVIEW, "/reviewer/virtual-groups", "Virtual group elections", QPP_BY(REVIEWER) },
	{ QPP_AT_EXCEPTIONS, "/exceptions", "Exceptions", QPP_BY(CLINICIAN) | QPP_OF_PROVIDERS },
	{ QPP_AT_REGISTRATIONS, "/registrations", "Registrations", QPP_OF_PROVIDERS },
	{ QPP_AT_OPT_IN, "/eligibility/opt-in", "Opting in", QPP_BY(CLINICIAN) | QPP_BY(PRACTICE_OFFICIAL) | QPP_BY(PRACTICE_STAFF) },
	{ QPP_AT_CONSENTS, "/account/consents", "Registries that may file", QPP_OF_OFFICIALS & QPP_OF_PROVIDERS },
	{ QPP_AT_TOKENS, "/account/tokens", "API tokens", QPP_BY(REGISTRY_OFFICIAL) },
	{ QPP_AT_EXCEPTION_QUEUE, "/reviewer/exceptions", "Applications for exceptions", QPP_OF_AGENCY },
	{ QPP_AT_REVIEWER, "/reviewer/targeted-review", "Requests for review", QPP_BY(REVIEWER) | QPP_BY(SECOND_REVIEWER) },
	{ QPP_AT_REVIEW_WINDOWS, "/operator/targeted-review", "Windows of review", QPP_BY(OPERATOR) },
	{ QPP_AT_OPERATOR_ACCESS, "/operator/access", "Requests and locked accounts", QPP_BY(OPERATOR) },
	{ QPP_AT_OPERATOR_RUNS, "/operator/runs", "Score runs", QPP_BY(OPERATOR) },
	{ QPP_AT_OPERATOR_RADAR, "/operator/radar", "Radar", QPP_BY(OPERATOR) },
	{ QPP_AT_OPERATOR_CORRECTIONS, "/operator/corrections", "Corrections", QPP_BY(OPERATOR) },
	{ QPP_AT_VIEW_AS, "/view-as", "Viewing tool", QPP_BY(AGENT) },
};

/* What a person looks after alone, under the name in the header. */
static const struct {
	enum qpp_place at;
	const char *href, *words;
} own[] = {
	{ QPP_AT_ACCOUNT, "/account", "Account and access" },
	{ QPP_AT_PASSWORD, "/account/password", "Password" },
	{ QPP_AT_FACTOR, "/account/factor", "Second step" },
	{ QPP_AT_SESSIONS, "/account/sessions", "Where you are signed in" },
};

static void head(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str title, bool errors)
{
	put(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	say(h, "<title>{}{} | OpenQPP</title>\n", W(errors ? "Error: " : ""), T(title));
	put(h, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
	/* Ours before theirs is what is left when theirs is missing; ours after theirs is what they do not have. */
	say(h, "<link rel=\"stylesheet\" href=\"{}base.css\">\n<link rel=\"stylesheet\" href=\"{}css/core-theme.css\">\n"
	       "<link rel=\"stylesheet\" href=\"{}css/index.css\">\n<link rel=\"stylesheet\" href=\"{}portal.css\">\n",
	    T(s->assets), T(s->assets), T(s->assets), T(s->assets));
	say(h, "<link rel=\"icon\" type=\"image/svg+xml\" href=\"{}icon.svg\">\n", T(s->assets));
	if (s->person.n)
		say(h, "<script src=\"{}session.js\" defer></script>\n", T(s->assets));
	say(h, "</head>\n<body class=\"ds-base{}\">\n", W(s->person.n ? " q-signed-in" : ""));
	put(h, "<a class=\"ds-c-skip-nav\" href=\"#main\">Skip to main content</a>\n");
}

static void banner(struct qpp_html *h, const struct qpp_shell *s)
{
	put(h, "<section class=\"q-banner\" aria-label=\"About this installation\"><div class=\"ds-l-container\">An independent "
	       "installation of OpenQPP. This is not a website of the United States government.</div></section>\n");
	if (s->what_if)
		put(h, "<section class=\"q-viewing\" aria-label=\"What-if rules\"><div class=\"ds-l-container\"><strong>What-if "
		       "rules.</strong> Scores here are made with changed rules, not with the rules as they stand.</div></section>\n");
	if (!s->view_as.n)
		return;
	say(h, "<section class=\"q-viewing\" aria-label=\"View only\"><div class=\"ds-l-container\"><strong>VIEW ONLY</strong> as {}. "
	       "Nothing can be changed, and what you open is recorded.\n",
	    T(s->view_as));
	form_begin(h, s, QPP_LIT("/view-as/exit"), false);
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Exit view mode"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "</div></section>\n");
}

static void link(struct qpp_html *h, const struct qpp_shell *s, enum qpp_place at, const char *href, const char *words)
{
	say(h, "<li><a href=\"{}\"", W(href));
	if (at == s->at)
		put(h, " aria-current=\"page\"");
	say(h, ">{}</a></li>\n", W(words));
}

static void navigation(struct qpp_html *h, const struct qpp_shell *s)
{
	put(h, "<nav class=\"q-nav\" aria-label=\"Main\"><div class=\"ds-l-container\"><ul>\n");
	for (size_t i = 0; i < sizeof top / sizeof *top; i++)
		link(h, s, top[i].at, top[i].href, top[i].words);
	put(h, "</ul></div></nav>\n");
}

static void side_navigation(struct qpp_html *h, const struct qpp_shell *s)
{
	put(h, "<nav class=\"q-side\" id=\"your-pages\" aria-labelledby=\"your-pages-title\" tabindex=\"-1\">\n"
	       "<h2 class=\"q-side__title\" id=\"your-pages-title\">Your pages</h2>\n<ul>\n");
	for (size_t i = 0; i < sizeof side / sizeof *side; i++)
		if (s->roles & side[i].roles)
			link(h, s, side[i].at, side[i].href, side[i].words);
	put(h, "</ul></nav>\n");
}

static void sign_out(struct qpp_html *h, const struct qpp_shell *s)
{
	form_begin(h, s, QPP_LIT("/sign-out"), false);
	put(h, "<button class=\"ds-c-button ds-c-button--small\" type=\"submit\">Sign out</button>\n");
	form_end(h);
}

static void person(struct qpp_html *h, const struct qpp_shell *s)
{
	if (!s->person.n) {
		put(h, "<a class=\"ds-c-button ds-c-button--small\" href=\"/sign-in\">Sign in</a>\n");
		return;
	}
	put(h, "<a class=\"q-to-side\" href=\"#your-pages\">Your pages</a>\n");
	/* Who looks as somebody else has no business with that account's keys, nor here with the own. */
	if (s->view_as.n) {
		say(h, "<span class=\"q-person\">{}</span>\n", T(s->person));
		sign_out(h, s);
		return;
	}
	say(h, "<details class=\"q-own\"><summary><span class=\"ds-u-visibility--screen-reader\">Your account: </span>"
	       "<span class=\"q-person\">{}</span></summary>\n<ul>\n", T(s->person));
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		link(h, s, own[i].at, own[i].href, own[i].words);
	put(h, "</ul></details>\n");
	sign_out(h, s);
}

static void header(struct qpp_html *h, const struct qpp_shell *s)
{
	put(h, "<header>\n<div class=\"q-top\"><div class=\"ds-l-container q-top__row\">\n"
	       "<a class=\"q-name\" href=\"/\">OpenQPP <span>Quality Payment Program</span></a>\n<div class=\"q-who\">\n");
	person(h, s);
	put(h, "</div>\n</div></div>\n");
	navigation(h, s);
	put(h, "</header>\n");
}

/* The warning two minutes before the end; session.js opens it. Without script the line in the footer says when. */
static void session(struct qpp_html *h, const struct qpp_shell *s)
{
	if (!s->person.n)
		return;
	say(h, "<dialog id=\"session\" class=\"q-dialog\" aria-labelledby=\"session-title\" data-seconds=\"{}\">\n",
	    N(s->seconds_left));
	put(h, "<h2 id=\"session-title\">You will be signed out within two minutes</h2>\n<p>For your safety, sessions end when "
	       "no page is opened for some time. Entries that you saved as a draft are kept.</p>\n<div class=\"q-buttons\">\n"
	       "<button class=\"ds-c-button ds-c-button--solid\" type=\"button\" id=\"session-keep\">Keep me signed in</button>\n");
	form_begin(h, s, QPP_LIT("/sign-out"), false);
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Sign me out now"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "</div>\n</dialog>\n");
}

static void summary(struct qpp_html *h, const struct qpp_form_errors *e)
{
	put(h, "<div class=\"ds-c-alert ds-c-alert--error ds-c-alert--hide-icon q-summary\" role=\"alert\" tabindex=\"-1\" id=\"errors\">\n"
	       "<div class=\"ds-c-alert__body\">\n<h2 class=\"ds-c-alert__heading\">There is a problem</h2>\n<ul>\n");
	for (size_t i = 0; i < e->n; i++)
		if (e->v[i].field)
			say(h, "<li><a href=\"#{}\">{}</a></li>\n", W(e->v[i].field), T(e->v[i].says));
		else
			say(h, "<li>{}</li>\n", T(e->v[i].says));
	put(h, "</ul>\n</div>\n</div>\n");
}

void qpp_shell_begin(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str title, const struct qpp_form_errors *errors)
{
	bool wrong = errors && errors->n;
	head(h, s, title, wrong);
	banner(h, s);
	header(h, s);
	if (s->person.n)
		put(h, "<div class=\"ds-l-container q-frame\">\n<main id=\"main\" class=\"q-main\" tabindex=\"-1\">\n");
	else
		put(h, "<main id=\"main\" class=\"ds-l-container q-main\" tabindex=\"-1\">\n");
	if (wrong) {
		summary(h, errors);
	} else if (s->done.n) {
		put(h, "<div role=\"status\">\n");
		qpp_alert_begin(h, QPP_TONE_GOOD, QPP_LIT(""));
		say(h, "<p class=\"ds-c-alert__text\">{}</p>\n", T(s->done));
		qpp_alert_end(h);
		put(h, "</div>\n");
	}
}

struct qpp_str qpp_shell_end(struct qpp_html *h, const struct qpp_shell *s)
{
	put(h, "</main>\n");
	if (s->person.n) {
		side_navigation(h, s);
		put(h, "</div>\n");
	}
	session(h, s);
	put(h, "<footer class=\"q-footer\"><div class=\"ds-l-container\">\n");
	if (s->person.n)
		say(h, "<p>You are signed out at {} unless you open another page before. What you saved as a draft is kept. "
		       "<a href=\"/session\">Time left</a></p>\n", T(s->ends));
	put(h, "<p>What is filed here counts as received at the moment its last byte arrives. Every score leads to its reasons "
	       "and to the <a href=\"/rules\">rules</a> behind them.</p>\n"
	       "<p><a href=\"/help\">Help and glossary</a></p>\n</div></footer>\n</body>\n</html>\n");
	return qpp_html_done(h);
}

void qpp_crumbs(struct qpp_html *h, const struct qpp_crumb *v, size_t n)
{
	put(h, "<nav class=\"q-crumbs\" aria-label=\"You are here\"><ol>\n");
	for (size_t i = 0; i < n; i++)
		if (v[i].href.n)
			say(h, "<li><a href=\"{}\">{}</a></li>\n", T(v[i].href), T(v[i].words));
		else
			say(h, "<li aria-current=\"page\">{}</li>\n", T(v[i].words));
	put(h, "</ol></nav>\n");
}
