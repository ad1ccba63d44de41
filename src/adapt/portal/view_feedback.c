/* /feedback/{py}/{org} and .../{npi}: the score that counts, its parts with their reasons, its versions, and what to do with it. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

#define DASH "\xE2\x80\x94"

static void reasons(struct qpp_html *h, const char *what, struct qpp_str of, struct qpp_str why)
{
	if (!why.n)
		return;
	say(h, "<details class=\"q-why\"><summary>{}{}</summary>\n", W(what), T(of));
	qpp_html_part(h, why);
	put(h, "</details>\n");
}

/* ---- the headline ---- */

static void heading(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	struct qpp_crumb v[3] = { { QPP_LIT("/feedback"), QPP_LIT("Performance feedback") } };
	size_t n = 1;
	if (m->org_href.n)
		v[n++] = (struct qpp_crumb){ m->org_href, m->subject.name };
	v[n++] = (struct qpp_crumb){ QPP_LIT(""), m->org_href.n ? m->subject.clinician : m->subject.name };
	qpp_crumbs(h, v, n);
	say(h, "<h1>Performance feedback {}</h1>\n", N(m->subject.year));
	part_subject(h, &m->subject);
}

static void old_version(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	if (m->shown.current)
		return;
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("This is not the newest version"));
	say(h, "<p class=\"ds-c-alert__text\">You are looking at version {}. <a href=\"{}\">See the current one</a>.</p>\n", T(m->shown.number),
	    T(m->href));
	qpp_alert_end(h);
}

static void headline(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	put(h, "<h2 id=\"score\">Final score and payment adjustment</h2>\n");
	part_ring(h, &m->score);
	put(h, "<dl class=\"q-facts\">");
	say(h, "<dt>Payment adjustment in {}</dt><dd>{}</dd>", N(m->payment_year), T(m->score.factor.n ? m->score.factor : QPP_LIT("None to see")));
	if (m->no_factor.n)
		say(h, "<dt>Why there is none</dt><dd>{}</dd>", T(m->no_factor));
	if (m->additional_year)
		say(h, "<dt>Of which for exceptional performance</dt><dd>{}</dd>", T(m->additional.n ? m->additional : QPP_LIT("None")));
	say(h, "<dt>Version</dt><dd>{}, {}{}</dd><dt>Released</dt><dd>{}</dd>", T(m->shown.number), T(m->shown.phase),
	    W(m->shown.current ? ", the current one" : ""), T(m->shown.released));
	if (m->shown.reason.n)
		say(h, "<dt>Made because of</dt><dd>{}</dd>", T(m->shown.reason));
	put(h, "</dl>\n");
	reasons(h, "Why the final score is ", m->score.score, m->why_final);
	reasons(h, "Why the payment adjustment is ", m->score.factor, m->why_factor);
}

/* ---- which score counts ---- */

static void others(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	TABLE(h, "Other scores, and why they do not count");
	qpp_stack_column(h, "Level"), qpp_stack_column(h, "Organization"), qpp_stack_number(h, "Final score");
	qpp_stack_column(h, "Why it does not count");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->others.n; i++) {
		const struct qpp_feedback_other_line *x = &m->others.v[i];
		qpp_stack_row(h);
		say(h, "{}</th>", T(x->level));
		qpp_stack_cell(h, "Organization");
		say(h, "{}</td>", T(x->org.n ? x->org : QPP_LIT(DASH)));
		qpp_stack_figure(h, "Final score");
		say(h, "{}</td>", T(x->score.n ? x->score : QPP_LIT(DASH)));
		qpp_stack_cell(h, "Why not");
		say(h, "<span>{} ", T(x->why));
		qpp_html_part(h, x->rule);
		put(h, "</span></td></tr>\n");
	}
	qpp_stack_end(h);
}

static void which_counts(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	if (!m->pair)
		return;
	put(h, "<h2 id=\"counts\">Which score counts</h2>\n");
	if (m->pays)
		say(h, "<p class=\"q-lead\">The {}.</p>\n", T(m->counts));
	else
		put(h, "<p class=\"q-lead\">No score counts for payment.</p>\n");
	if (m->counts_why.n)
		say(h, "<p>Because {}.</p>\n", T(m->counts_why));
	if (m->others.n)
		others(h, m);
	else
		put(h, "<p class=\"q-muted\">There is no other score at this practice.</p>\n");
}

/* ---- categories ---- */

/* The part of the weight that was earned, drawn; the cells beside it say the same. */
static void bar(struct qpp_html *h, const struct qpp_feedback_category *c)
{
	say(h, "<svg class=\"q-bar\" viewBox=\"0 0 10000 700\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"q-bar__back\" "
	       "width=\"{}\" height=\"700\"/><rect class=\"q-bar__earned\" width=\"{}\" height=\"700\"/></svg>",
	    N(c->weight_hundredths), N(c->contribution_hundredths));
}

static void categories(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	put(h, "<h2 id=\"categories\">Categories</h2>\n<p>A category brings its score times its weight. The bar is as long as the weight; its dark "
	       "part was earned.</p>\n");
	TABLE(h, "Categories of the final score");
	qpp_stack_column(h, "Category"), qpp_stack_number(h, "Score"), qpp_stack_number(h, "Weight");
	qpp_stack_number(h, "Points of the final score"), qpp_stack_column(h, "Earned of its weight");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->categories.n; i++) {
		const struct qpp_feedback_category *c = &m->categories.v[i];
		qpp_stack_row(h);
		say(h, "<a href=\"#{}\">{}</a>", W(c->key), W(c->title));
		if (c->note.n)
			say(h, "<span class=\"q-note\">{}</span>", T(c->note));
		put(h, "</th>");
		qpp_stack_figure(h, "Score");
		say(h, "{}</td>", T(c->percent.n ? c->percent : QPP_LIT(DASH)));
		qpp_stack_figure(h, "Weight");
		say(h, "{}</td>", T(c->weight.n ? c->weight : QPP_LIT("0 %")));
		qpp_stack_figure(h, "Points");
		say(h, "{}</td>", T(c->contribution.n ? c->contribution : QPP_LIT("0.00")));
		qpp_stack_cell(h, "Earned");
		bar(h, c);
		put(h, "</td></tr>\n");
	}
	qpp_stack_end(h);
}

/* ---- measures ---- */

static void drawn_deciles(struct qpp_html *h, int64_t reached)
{
	put(h, "<svg class=\"q-deciles\" viewBox=\"0 0 100 10\" aria-hidden=\"true\">");
	for (int64_t k = 1; k <= 10; k++)
		say(h, "<rect class=\"{}\" x=\"{}\" width=\"9\" height=\"10\"/>", W(k <= reached ? "q-deciles__on" : "q-deciles__off"), N((k - 1) * 10));
	put(h, "</svg>");
}

static void deciles(struct qpp_html *h, const struct qpp_feedback_measure *x)
{
	if (!x->deciles.n)
		return;
	say(h, "<p>{}.</p>\n<ol class=\"q-thresholds\">\n", T(x->benchmark));
	for (size_t i = 0; i < x->deciles.n; i++)
		say(h, "<li{}><span>Decile {}</span> {} {}{}</li>\n", W(x->decile.n && x->deciles.v[i].decile == x->reached ? " class=\"q-reached\"" : ""),
		    N(x->deciles.v[i].decile), W(x->inverse ? "up to" : "from"), T(x->deciles.v[i].begins),
		    W(x->decile.n && x->deciles.v[i].decile == x->reached ? ", reached" : ""));
	put(h, "</ol>\n");
}

static void measure(struct qpp_html *h, const struct qpp_feedback_measure *x)
{
	qpp_stack_row(h);
	say(h, "<span class=\"q-id\">{}</span> {}", T(x->id), T(x->title));
	if (x->method.n)
		say(h, " <span class=\"q-muted q-block\">{}</span>", T(x->method));
	put(h, "</th>");
	qpp_stack_figure(h, "Rate");
	say(h, "{}</td>", T(x->rate.n ? x->rate : QPP_LIT(DASH)));
	qpp_stack_figure(h, "Cases");
	say(h, "{}</td>", T(x->cases.n ? x->cases : QPP_LIT(DASH)));
	qpp_stack_cell(h, "Decile");
	if (x->decile.n)
		drawn_deciles(h, x->reached);
	say(h, "<span class=\"q-block\">{}</span></td>", T(x->decile.n ? x->decile : QPP_LIT(DASH)));
	qpp_stack_figure(h, "Points");
	say(h, "{}</td>", T(x->points.n ? x->points : QPP_LIT(DASH)));
	qpp_stack_cell(h, "How it counts");
	say(h, "{}</td></tr>\n", T(x->says));
	if (!x->why.n && !x->deciles.n)
		return;
	say(h, "<tr role=\"row\"><td role=\"cell\" colspan=\"6\" class=\"q-whole\"><details class=\"q-why\"><summary>Why {} points for {}</summary>\n",
	    T(x->points.n ? x->points : QPP_LIT("no")), T(x->id));
	deciles(h, x);
	qpp_html_part(h, x->why);
	put(h, "</details></td></tr>\n");
}

static void category(struct qpp_html *h, const struct qpp_feedback_category *c)
{
	say(h, "<section class=\"q-category\" aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}</h2>\n", W(c->key), W(c->key), W(c->title));
	if (c->note.n)
		say(h, "<p>{}</p>\n", T(c->note));
	reasons(h, "Why it brings points: ", c->contribution, c->why);
	if (!c->measures.n) {
		put(h, "<p>No measures or activities.</p>\n</section>\n");
		return;
	}
	TABLE(h, "Measures and activities, counted or not");
	qpp_stack_column(h, "Measure or activity"), qpp_stack_number(h, "Rate"), qpp_stack_number(h, "Cases"), qpp_stack_column(h, "Decile");
	qpp_stack_number(h, "Points"), qpp_stack_column(h, "How it counts");
	qpp_stack_body(h);
	for (size_t i = 0; i < c->measures.n; i++)
		measure(h, &c->measures.v[i]);
	qpp_stack_end(h);
	put(h, "</section>\n");
}

static void bonuses(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	put(h, "<h2 id=\"bonuses\">Bonus points</h2>\n");
	if (!m->bonuses.n)
		put(h, "<p>None outside the categories.</p>\n");
	for (size_t i = 0; i < m->bonuses.n; i++) {
		say(h, "<p><strong>{}:</strong> {} points</p>\n", W(m->bonuses.v[i].what), T(m->bonuses.v[i].points));
		reasons(h, "Why ", m->bonuses.v[i].points, m->bonuses.v[i].why);
	}
}

static void detail(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	if (m->no_detail.n) {
		say(h, "<h2 id=\"categories\">Categories and measures</h2>\n<p>They cannot be shown: {}.</p>\n", T(m->no_detail));
		return;
	}
	categories(h, m);
	bonuses(h, m);
	for (size_t i = 0; i < m->categories.n; i++)
		category(h, &m->categories.v[i]);
}

/* ---- versions ---- */

static void choose_two(struct qpp_html *h, struct qpp_arena *a, const struct qpp_feedback_report *m)
{
	struct qpp_option *v = QPP_NEW_ARRAY(a, m->versions.n, struct qpp_option);
	for (size_t i = 0; i < m->versions.n; i++)
		v[i] = (struct qpp_option){ m->versions.v[i].id, qpp_str_cat(a, "Version ", qpp_str_dup(a, m->versions.v[i].number).p, ", ",
			qpp_str_dup(a, m->versions.v[i].phase).p, (char *)NULL), QPP_LIT("") };
	put(h, "<h3>Compare two versions</h3>\n");
	form_ask(h, qpp_str_cat(a, qpp_str_dup(a, m->href).p, "/changes", (char *)NULL));
	put(h, "<div class=\"q-row\">\n");
	form_select(h, NULL, &(struct qpp_field){ .name = "old", .label = QPP_LIT("From version"), .value = v[1].value }, v, m->versions.n);
	form_select(h, NULL, &(struct qpp_field){ .name = "now", .label = QPP_LIT("To version"), .value = v[0].value }, v, m->versions.n);
	put(h, "</div>\n");
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show what changed"), NULL, QPP_LIT(""));
	form_end(h);
}

static void versions(struct qpp_html *h, struct qpp_arena *a, const struct qpp_feedback_report *m)
{
	put(h, "<h2 id=\"versions\">Versions</h2>\n");
	TABLE(h, "Versions that were released, newest first");
	qpp_stack_column(h, "Version"), qpp_stack_column(h, "Released"), qpp_stack_column(h, "Made because of");
	qpp_stack_number(h, "Final score"), qpp_stack_number(h, "Adjustment");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->versions.n; i++) {
		const struct qpp_feedback_version_line *x = &m->versions.v[i];
		qpp_stack_row(h);
		say(h, "<a href=\"{}?version={}\">{}, {}</a>", T(m->href), U(x->id), T(x->number), T(x->phase));
		if (x->current)
			put(h, " <strong class=\"q-block\">Current</strong>");
		put(h, "</th>");
		qpp_stack_cell(h, "Released");
		say(h, "{}</td>", T(x->released));
		qpp_stack_cell(h, "Because of");
		say(h, "{}</td>", T(x->reason));
		qpp_stack_figure(h, "Final score");
		say(h, "{}</td>", T(x->score.n ? x->score : QPP_LIT("None")));
		qpp_stack_figure(h, "Adjustment");
		say(h, "{}</td></tr>\n", T(x->factor.n ? x->factor : QPP_LIT("Not released")));
	}
	qpp_stack_end(h);
	if (m->versions.n > 1)
		choose_two(h, a, m);
}

/* ---- what to do with it ---- */

/* portal.md 2.4: the agency's patient-level files are made of claims of single patients, of which nothing is kept here. */
static void no_patients(struct qpp_html *h)
{
	put(h, "<p>There are no patient-level reports here. The agency makes them from the claims of single patients; this installation has "
	       "counts and results of measures, and no patient. The agency gives them out with its own feedback.</p>\n");
}

static void downloads(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	put(h, "<h2 id=\"downloads\">Download</h2>\n");
	if (!m->may_download) {
		put(h, "<p>Files are for the organization's own people. They are not given out in view mode.</p>\n");
		return;
	}
	say(h, "<ul>\n<li><a href=\"{}/feedback.pdf?version={}\">This report (PDF)</a></li>\n", T(m->href), U(m->shown.id));
	say(h, "<li><a href=\"{}/feedback.csv?version={}\">Measures as a table (CSV)</a></li>\n", T(m->href), U(m->shown.id));
	say(h, "<li><a href=\"{}/feedback.json?version={}\">The whole score for programs (JSON)</a></li>\n", T(m->href), U(m->shown.id));
	put(h, "</ul>\n<p class=\"q-muted\">Each download is recorded.</p>\n");
	no_patients(h);
}

static void next_steps(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	put(h, "<h2 id=\"next\">What you can do</h2>\n<ul>\n");
	if (m->score.factor.n)
		say(h, "<li><a href=\"{}/claims\">See what the adjustment does to your claims</a></li>\n", T(m->href));
	say(h, "<li><a href=\"/feedback/check?{}\">Check the agency: compare its feedback with this, line by line</a></li>\n", T(m->query));
	if (m->may_ask)
		say(h, "<li><a href=\"/targeted-review/new?{}\">Ask for a targeted review</a></li>\n", T(m->query));
	put(h, "</ul>\n");
}

/* ---- others of the organization ---- */

static void people_table(struct qpp_html *h, const struct qpp_feedback_person *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		qpp_stack_row(h);
		say(h, "<a href=\"{}\">{}</a>", T(v[i].href), T(v[i].name));
		if (v[i].npi.n)
			say(h, " <span class=\"q-muted\">NPI {}</span>", T(v[i].npi));
		put(h, "</th>");
		qpp_stack_figure(h, "Final score");
		say(h, "{}</td>", T(v[i].score.n ? v[i].score : QPP_LIT("None")));
		qpp_stack_figure(h, "Adjustment");
		say(h, "{}</td>", T(v[i].factor.n ? v[i].factor : QPP_LIT(DASH)));
		qpp_stack_cell(h, "Score of");
		say(h, "{}</td>", T(v[i].level));
		qpp_stack_cell(h, "State");
		say(h, "{}</td></tr>\n", T(v[i].phase));
	}
	qpp_stack_end(h);
}

#define PEOPLE(h, caption, first)                                                                              \
	TABLE(h, caption);                                                                                     \
	qpp_stack_column(h, first), qpp_stack_number(h, "Final score"), qpp_stack_number(h, "Adjustment");     \
	qpp_stack_column(h, "Score of"), qpp_stack_column(h, "State");                                         \
	qpp_stack_body(h)

static void page_link(struct qpp_html *h, const struct qpp_feedback_report *m, int64_t start, const char *words)
{
	say(h, "<li><a href=\"{}?start={}#people\">{}</a></li>\n", T(m->href), N(start), W(words));
}

static void people(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	if (m->levels.n) {
		put(h, "<h2 id=\"subgroups\">Subgroups</h2>\n");
		PEOPLE(h, "Subgroups of the practice", "Subgroup");
		people_table(h, m->levels.v, m->levels.n);
	}
	if (!m->has_people)
		return;
	put(h, "<h2 id=\"people\">Clinicians of the practice</h2>\n");
	if (!m->people.n) {
		put(h, "<p>Nothing is released for them.</p>\n");
		return;
	}
	PEOPLE(h, "Clinicians, each with the score that counts at this practice", "Clinician");
	people_table(h, m->people.v, m->people.n);
	if (m->total <= m->page)
		return;
	int64_t end = m->start + m->page < m->total ? m->start + m->page : m->total;
	say(h, "<nav class=\"q-pages\" aria-label=\"Pages of the list\"><p>{} to {} of {}</p><ul>\n", N(m->start + 1), N(end), N(m->total));
	if (m->start > 0)
		page_link(h, m, m->start > m->page ? m->start - m->page : 0, "Earlier");
	if (end < m->total)
		page_link(h, m, end, "Further");
	put(h, "</ul></nav>\n");
}

static void nothing(struct qpp_html *h, const struct qpp_feedback_report *m)
{
	qpp_alert_begin(h, QPP_TONE_PLAIN, QPP_LIT("Nothing is released yet"));
	say(h, "<p class=\"ds-c-alert__text\">{} itself has no final score for performance year {} that was released. Scores of data "
	       "that were submitted are under <a href=\"/submissions?year={}\">Submissions</a>.</p>\n",
	    T(m->subject.name), N(m->subject.year), N(m->subject.year));
	qpp_alert_end(h);
}

QPP_VIEW(feedback_report, qpp_feedback_report)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_cat(a, "Performance feedback ", qpp_i64_text(a, m->subject.year).p, (char *)NULL), e);
	heading(h, m);
	if (m->nothing) {
		nothing(h, m);
		people(h, m);
		return qpp_shell_end(h, s);
	}
	old_version(h, m);
	headline(h, m);
	which_counts(h, m);
	people(h, m);
	detail(h, m);
	versions(h, a, m);
	downloads(h, m);
	next_steps(h, m);
	return qpp_shell_end(h, s);
}
