/* /feedback: the years and organizations there are to open. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"
#include "app/access.h"

static void years(struct qpp_html *h, const struct qpp_feedback_home *m)
{
	put(h, "<nav class=\"q-years\" aria-label=\"Performance year\"><ul>\n");
	for (size_t i = 0; i < m->years.n; i++)
		say(h, "<li><a href=\"/feedback?year={}\"{}>{}</a></li>\n", N(m->years.v[i]), W(m->years.v[i] == m->year ? " aria-current=\"page\"" : ""),
		    N(m->years.v[i]));
	put(h, "</ul></nav>\n");
}

static void released(struct qpp_html *h, const struct qpp_feedback_home *m)
{
	if (!m->released.n)
		say(h, "<p class=\"q-lead\">Scores of {} are not released yet.</p>\n<p>Until then, scores of what was submitted are under "
		       "<a href=\"/submissions?year={}\">Submissions</a>.</p>\n", N(m->year), N(m->year));
	else if (!m->factors.n)
		say(h, "<p class=\"q-lead\">Scores of {} were released {}.</p>\n<p>Payment adjustments are not released yet.</p>\n", N(m->year),
		    T(m->released));
	else
		say(h, "<p class=\"q-lead\">Scores of {} were released {}, payment adjustments {}.</p>\n", N(m->year), T(m->released), T(m->factors));
}

static void table(struct qpp_html *h, const struct qpp_feedback_open *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		qpp_stack_row(h);
		say(h, "<a href=\"{}\">{}</a> <span class=\"q-muted\">{}</span></th>", T(v[i].href), T(v[i].name), T(v[i].number));
		qpp_stack_cell(h, "Feedback");
		say(h, "{}</td></tr>\n", T(v[i].says));
	}
	qpp_stack_end(h);
}

static void organizations(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_feedback_home *m)
{
	/* The agency's people have no organization of their own here. */
	if (!m->orgs.n && s->roles & QPP_OF_AGENCY)
		return;
	put(h, "<h2 id=\"organizations\">Choose an organization</h2>\n");
	if (!m->orgs.n) {
		put(h, "<p>You have no role in an organization that gets feedback. <a href=\"/account/connect\">Connect to an organization</a>.</p>\n");
		return;
	}
	TABLE(h, "Organizations that you have a role in");
	qpp_stack_column(h, "Organization"), qpp_stack_column(h, "Feedback");
	qpp_stack_body(h);
	table(h, m->orgs.v, m->orgs.n);
}

static void find(struct qpp_html *h, struct qpp_arena *a, const struct qpp_feedback_home *m, const struct qpp_form_errors *e)
{
	put(h, "<h2 id=\"find\">Find a clinician</h2>\n");
	form_ask(h, QPP_LIT("/feedback"));
	form_hidden(h, "year", qpp_i64_text(a, m->year));
	form_field(h, e, &(struct qpp_field){ .name = "npi", .label = QPP_LIT("NPI of the clinician"), .hint = QPP_LIT("10 digits"), .value = m->npi,
		.flags = QPP_FIELD_CODE | QPP_FIELD_SHORT });
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Find"), NULL, QPP_LIT(""));
	form_end(h);
	if (!m->npi.n || (e && e->n))
		return;
	if (!m->found.n) {
		say(h, "<p role=\"status\">There is no feedback of NPI {} for {} that you may see.</p>\n", T(m->npi), N(m->year));
		return;
	}
	TABLE(h, "Practices of this clinician that you may see");
	qpp_stack_column(h, "Practice"), qpp_stack_column(h, "Feedback");
	qpp_stack_body(h);
	table(h, m->found.v, m->found.n);
}

QPP_VIEW(feedback, qpp_feedback_home)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Performance feedback"), e);
	put(h, "<h1>Performance feedback</h1>\n");
	if (m->only_registry) {
		put(h, "<p class=\"q-lead\">Registries and vendors do not see final feedback or payment adjustments.</p>\n<p>The practice sees them "
		       "here. You see the scores of the data that you filed yourself under <a href=\"/submissions\">Submissions</a>.</p>\n");
		return qpp_shell_end(h, s);
	}
	years(h, m);
	released(h, m);
	organizations(h, s, m);
	find(h, a, m, e);
	return qpp_shell_end(h, s);
}
