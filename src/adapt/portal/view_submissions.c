/* /submissions: the list by entity and year, and one submission: its score so far, what is needed, what is there. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

static void filters(struct qpp_html *h, struct qpp_arena *a, const struct qpp_submission_list *m)
{
	static const struct qpp_option levels[] = {
		{ QPP_LIT_INIT(""), QPP_LIT_INIT("All levels"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("individual"), QPP_LIT_INIT("Individual"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("group"), QPP_LIT_INIT("Group"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("virtualGroup"), QPP_LIT_INIT("Virtual group"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("subgroup"), QPP_LIT_INIT("Subgroup"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("apmEntity"), QPP_LIT_INIT("APM entity"), QPP_LIT_INIT("") },
	};
	struct qpp_option *years = QPP_NEW_ARRAY(a, m->years.n + 1, struct qpp_option);
	struct qpp_option *orgs = QPP_NEW_ARRAY(a, m->orgs.n + 1, struct qpp_option);
	for (size_t i = 0; i < m->years.n; i++)
		years[i].value = years[i].words = qpp_i64_text(a, m->years.v[i]);
	orgs[0].words = QPP_LIT("All organizations");
	for (size_t i = 0; i < m->orgs.n; i++)
		orgs[i + 1] = (struct qpp_option){ m->orgs.v[i].id, m->orgs.v[i].name, QPP_LIT("") };
	form_ask(h, QPP_LIT("/submissions"));
	put(h, "<div class=\"q-row\">\n");
	form_select(h, NULL, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"),
		.value = qpp_i64_text(a, m->year) }, years, m->years.n);
	form_select(h, NULL, &(struct qpp_field){ .name = "org", .label = QPP_LIT("Organization"), .value = m->org }, orgs,
	                m->orgs.n + 1);
	form_select(h, NULL, &(struct qpp_field){ .name = "level", .label = QPP_LIT("Level"), .value = m->level }, levels,
	                sizeof levels / sizeof *levels);
	put(h, "</div>\n");
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show"), NULL, QPP_LIT(""));
	form_end(h);
}

static void line(struct qpp_html *h, const struct qpp_submission_line *x)
{
	qpp_stack_row(h);
	say(h, "<a href=\"/submissions/{}\">{}</a> <span class=\"q-muted\">{}</span>", U(x->id), T(x->subject.name), T(x->subject.number));
	if (x->subject.clinician.n)
		say(h, "<span class=\"q-block\">{}</span>", T(x->subject.clinician));
	put(h, "</th>");
	qpp_stack_cell(h, "Level");
	say(h, "{}</td>", T(x->subject.level));
	qpp_stack_cell(h, "Data");
	say(h, "{}</td>", T(x->categories.n ? x->categories : QPP_LIT("None yet")));
	qpp_stack_figure(h, "Score");
	say(h, "{}</td>", T(x->score.n ? x->score : QPP_LIT("\xE2\x80\x94")));
	qpp_stack_cell(h, "Changed");
	say(h, "{}</td></tr>\n", T(x->changed));
}

static void page_link(struct qpp_html *h, const struct qpp_submission_list *m, int64_t start, const char *words)
{
	say(h, "<li><a href=\"/submissions?year={}&amp;org={}&amp;level={}&amp;start={}\">{}</a></li>\n", N(m->year), U(m->org),
	    U(m->level), N(start), W(words));
}

static void pages(struct qpp_html *h, const struct qpp_submission_list *m)
{
	if (m->total <= m->page)
		return;
	say(h, "<nav class=\"q-pages\" aria-label=\"Pages of the list\"><p>{} to {} of {}</p><ul>\n", N(m->start + 1),
	    N(m->start + (int64_t)m->lines.n), N(m->total));
	if (m->start > 0)
		page_link(h, m, m->start > m->page ? m->start - m->page : 0, "Earlier");
	if (m->start + m->page < m->total)
		page_link(h, m, m->start + m->page, "Further");
	put(h, "</ul></nav>\n");
}

static void start_new(struct qpp_html *h, const struct qpp_shell *s, struct qpp_arena *a, const struct qpp_submission_list *m,
                      const struct qpp_form_errors *e)
{
	static const struct qpp_option levels[] = {
		{ QPP_LIT_INIT("group"), QPP_LIT_INIT("The organization as a whole"),
		  QPP_LIT_INIT("A practice as a group; a virtual group, subgroup or APM entity as what it is.") },
		{ QPP_LIT_INIT("individual"), QPP_LIT_INIT("One clinician of the practice"), QPP_LIT_INIT("Give the NPI below.") },
	};
	struct qpp_option *orgs = QPP_NEW_ARRAY(a, m->orgs.n + 1, struct qpp_option);
	for (size_t i = 0; i < m->orgs.n; i++)
		orgs[i] = (struct qpp_option){ m->orgs.v[i].id, m->orgs.v[i].name, QPP_LIT("") };
	put(h, "<section class=\"q-card\" aria-labelledby=\"new\">\n<h2 id=\"new\">Enter data</h2>\n");
	form_begin(h, s, QPP_LIT("/submissions"), false);
	form_hidden(h, "year", qpp_i64_text(a, m->year));
	form_select(h, e, &(struct qpp_field){ .name = "new-org", .label = QPP_LIT("Organization"), .value = m->org }, orgs, m->orgs.n);
	form_radio(h, e, &(struct qpp_field){ .name = "new-level", .label = QPP_LIT("For whom?"), .value = QPP_LIT("group") }, levels, 2);
	form_field(h, e, &(struct qpp_field){ .name = "new-npi", .label = QPP_LIT("NPI of the clinician"),
		.hint = QPP_LIT("10 digits"), .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_CODE | QPP_FIELD_SHORT });
	say(h, "<p>For performance year {}.</p>\n", N(m->year));
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Continue"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "</section>\n");
}

QPP_VIEW(submissions, qpp_submission_list)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Submissions"), e);
	put(h, "<h1>Submissions</h1>\n");
	if (m->may_file)
		say(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"/submissions/upload?year={}\">Upload a file</a></p>\n", N(m->year));
	filters(h, a, m);
	if (!m->lines.n) {
		say(h, "<h2>Nothing here yet</h2>\n<p>No data were submitted for {} with this choice.</p>\n", N(m->year));
	} else {
		TABLE(h, "Submissions that you may see");
		qpp_stack_column(h, "Who"), qpp_stack_column(h, "Level"), qpp_stack_column(h, "Data");
		qpp_stack_number(h, "Score"), qpp_stack_column(h, "Changed");
		qpp_stack_body(h);
		for (size_t i = 0; i < m->lines.n; i++)
			line(h, &m->lines.v[i]);
		qpp_stack_end(h);
		pages(h, m);
	}
	if (m->may_file && m->orgs.n)
		start_new(h, s, a, m, e);
	return qpp_shell_end(h, s);
}

/* ---- one submission ---- */

static void overview(struct qpp_html *h, const struct qpp_submission_view *m)
{
	TABLE(h, "The score by category");
	qpp_stack_column(h, "Category"), qpp_stack_number(h, "Score"), qpp_stack_number(h, "Weight"), qpp_stack_number(h, "Points");
	qpp_stack_column(h, "Weight moved");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->categories.n; i++) {
		const struct qpp_category_view *c = &m->categories.v[i];
		qpp_stack_row(h);
		say(h, "<a href=\"#{}\">{}</a></th>", W(c->key), W(c->title));
		qpp_stack_figure(h, "Score");
		say(h, "{}</td>", T(c->percent.n ? c->percent : QPP_LIT("\xE2\x80\x94")));
		qpp_stack_figure(h, "Weight");
		say(h, "{}</td>", T(c->weight.n ? c->weight : QPP_LIT("\xE2\x80\x94")));
		qpp_stack_figure(h, "Points");
		say(h, "{}</td>", T(c->contribution.n ? c->contribution : QPP_LIT("\xE2\x80\x94")));
		qpp_stack_cell(h, "Weight moved");
		say(h, "{}</td></tr>\n", T(c->reweighted));
	}
	qpp_stack_end(h);
}

static void measures(struct qpp_html *h, const struct qpp_submission_view *m, const struct qpp_category_view *c)
{
	bool change = m->may_file && m->window.open && c->entered;
	TABLE(h, "What is there");
	qpp_stack_column(h, "Measure or activity"), qpp_stack_column(h, "Data"), qpp_stack_number(h, "Points");
	qpp_stack_column(h, "How it counts");
	qpp_stack_body(h);
	for (size_t i = 0; i < c->measures.n; i++) {
		const struct qpp_measure_line *x = &c->measures.v[i];
		qpp_stack_row(h);
		if (change && qpp_str_is(qpp_str_of(c->key), "quality"))
			say(h, "<a href=\"/submissions/{}/quality/{}\"><span class=\"q-id\">{}</span> {}</a>", U(m->id), U(x->id), T(x->id), T(x->title));
		else
			say(h, "<span class=\"q-id\">{}</span> {}", T(x->id), T(x->title));
		if (x->method.n)
			say(h, " <span class=\"q-muted q-block\">{}</span>", T(x->method));
		put(h, "</th>");
		qpp_stack_cell(h, "Data");
		say(h, "{}</td>", T(x->data));
		qpp_stack_figure(h, "Points");
		say(h, "{}</td>", T(x->points.n ? x->points : QPP_LIT("\xE2\x80\x94")));
		qpp_stack_cell(h, "How it counts");
		say(h, "{}</td></tr>\n", T(x->says));
	}
	qpp_stack_end(h);
}

static void category(struct qpp_html *h, const struct qpp_submission_view *m, const struct qpp_category_view *c)
{
	say(h, "<section class=\"q-category\" aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}</h2>\n", W(c->key), W(c->key), W(c->title));
	if (c->needed.n) {
		put(h, "<h3>Still needed</h3>\n");
		part_texts(h, &c->needed);
	}
	if (c->measures.n)
		measures(h, m, c);
	else if (c->entered)
		put(h, "<p>No data yet.</p>\n");
	if (!c->entered)
		put(h, "<p class=\"q-muted\">Computed from claims. Nothing is entered here.</p>\n");
	else if (m->may_file && m->window.open)
		say(h, "<p><a class=\"ds-c-button\" href=\"/submissions/{}/{}\">{}<span class=\"ds-u-visibility--screen-reader\"> in {}"
		       "</span></a></p>\n", U(m->id), W(c->key), W(c->measures.n ? "Change or add" : "Enter data"), W(c->title));
	put(h, "</section>\n");
}

static void receipts(struct qpp_html *h, const struct qpp_submission_view *m)
{
	put(h, "<h2 id=\"receipts\">Receipts</h2>\n");
	if (!m->receipts.n) {
		put(h, "<p>Nothing was filed yet.</p>\n");
		return;
	}
	TABLE(h, "Filings, each with its signed receipt");
	qpp_stack_column(h, "Receipt"), qpp_stack_column(h, "Received"), qpp_stack_column(h, "What");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->receipts.n; i++) {
		const struct qpp_receipt_line *x = &m->receipts.v[i];
		qpp_stack_row(h);
		say(h, "<a href=\"/submissions/{}/receipts/{}\">{}</a></th>", U(m->id), U(x->number), T(x->number));
		qpp_stack_cell(h, "Received");
		say(h, "{}</td>", T(x->at));
		qpp_stack_cell(h, "What");
		say(h, "{}</td></tr>\n", T(x->what));
	}
	qpp_stack_end(h);
}

static void drafts(struct qpp_html *h, const struct qpp_submission_view *m)
{
	if (!m->drafts.n)
		return;
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("Drafts that are not filed"));
	put(h, "<ul>\n");
	for (size_t i = 0; i < m->drafts.n; i++)
		say(h, "<li><a href=\"{}\">{}</a> saved {}</li>\n", T(m->drafts.v[i].href), T(m->drafts.v[i].what), T(m->drafts.v[i].saved));
	put(h, "</ul>\n");
	qpp_alert_end(h);
}

QPP_VIEW(submission, qpp_submission_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->subject.name, e);
	part_crumbs(h, a, m->id, &m->subject, QPP_LIT(""));
	say(h, "<h1>{}</h1>\n<p class=\"q-muted\">{}{}{}, {}, performance year {}</p>\n", T(m->subject.name), T(m->subject.number),
	    W(m->subject.clinician.n ? ", " : ""), T(m->subject.clinician), T(m->subject.level), N(m->subject.year));
	bool closed = part_window(h, &m->window);
	drafts(h, m);
	put(h, "<h2>Score so far</h2>\n");
	part_ring(h, &m->score);
	overview(h, m);
	if (m->score.has)
		say(h, "<p><a href=\"/submissions/{}/why\">Why this score: every figure with its reasons</a></p>\n", U(m->id));
	if (m->missing.n) {
		put(h, "<h2>Not known</h2>\n<p>These facts were not told, and they decide something:</p>\n");
		part_texts(h, &m->missing);
	}
	if (m->may_file && !closed)
		say(h, "<p><a class=\"ds-c-button\" href=\"/submissions/{}/upload\">Upload a file for this submission</a></p>\n", U(m->id));
	for (size_t i = 0; i < m->categories.n; i++)
		category(h, m, &m->categories.v[i]);
	if (m->registries.n)
		say(h, "<p class=\"q-muted\">{}</p>\n", T(m->registries));
	receipts(h, m);
	return qpp_shell_end(h, s);
}
