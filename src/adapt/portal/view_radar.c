/* Of operators: /operator/radar. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

static void finding(struct qpp_html *h, const struct qpp_radar_line *x)
{
	say(h, "<section>\n<h3>{}{}{}</h3>\n<p><strong>{}</strong></p>\n<dl class=\"q-facts\"><dt>How many</dt><dd>{} of {} that were looked at</dd>"
	       "<dt>Paragraph</dt><dd>{}</dd>", T(x->step), W(x->kind.n ? ", " : ""), T(x->kind), T(x->says), N(x->touched), N(x->of), T(x->rule));
	if (x->size.n)
		say(h, "<dt>How large</dt><dd>{}</dd>", T(x->size));
	say(h, "<dt>What to do next</dt><dd>{}</dd></dl>\n", T(x->next));
	if (x->examples.n) {
		put(h, "<p>For example:</p>\n");
		part_texts(h, &x->examples);
	}
	put(h, "</section>\n");
}

static void findings(struct qpp_html *h, const struct qpp_operator_radar *m)
{
	put(h, "<h2>What the last run got wrong</h2>\n");
	if (!m->has_run) {
		say(h, "<p>No score run of {} is done: there is nothing to look at.</p>\n", N(m->year));
		return;
	}
	say(h, "<p>Run: <a href=\"/operator/runs/{}\">{}</a>, {}.</p>\n", U(m->run.id), T(m->run.name.n ? m->run.name : m->run.phase), T(m->run.begun));
	if (!m->looked) {
		say(h, "<p>The radar is looking at it. <a href=\"/operator/radar?year={}\">See whether it is done</a></p>\n", N(m->year));
		return;
	}
	say(h, "<p>{} scores of {} clinicians were made again, {} questions asked.</p>\n", N(m->levels), N(m->clinicians), N(m->questions));
	if (!m->v.n)
		put(h, "<p>Nothing was found.</p>\n");
	for (size_t i = 0; i < m->v.n; i++)
		finding(h, &m->v.v[i]);
	if (m->v.n)
		say(h, "<p><a href=\"/operator/corrections?year={}\">Correct it for everyone it touches</a></p>\n", N(m->year));
}

static void groups(struct qpp_html *h, const struct qpp_operator_radar *m)
{
	put(h, "<h2>What open requests have in common</h2>\n");
	if (!m->groups.n) {
		put(h, "<p>No request for review is open.</p>\n");
		return;
	}
	TABLE(h, "Open requests by what they are about");
	qpp_stack_column(h, "Reason"), qpp_stack_column(h, "About"), qpp_stack_number(h, "Requests"), qpp_stack_number(h, "Subjects");
	qpp_stack_column(h, "Filed"), qpp_stack_column(h, "Likely cause");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->groups.n; i++) {
		const struct qpp_request_group *x = &m->groups.v[i];
		qpp_stack_row(h);
		say(h, "{}", T(x->says));
		if (x->rule.n)
			say(h, " <span class=\"q-muted\">{}</span>", T(x->rule));
		put(h, "</th>");
		qpp_stack_cell(h, "About");
		say(h, "{}</td>", T(x->about.n ? x->about : QPP_LIT("Everything")));
		qpp_stack_figure(h, "Requests");
		say(h, "{}</td>", N(x->requests));
		qpp_stack_figure(h, "Subjects");
		say(h, "{}</td>", N(x->subjects));
		qpp_stack_cell(h, "Filed");
		say(h, "{} to {}</td>", T(x->first), T(x->last));
		qpp_stack_cell(h, "Likely cause");
		say(h, "{}</td></tr>\n", T(x->cause.n ? x->cause : QPP_LIT("None was found")));
	}
	qpp_stack_end(h);
}

QPP_VIEW(operator_radar, qpp_operator_radar)
{
	struct qpp_html page, *h = &page;
	struct qpp_option *options = QPP_NEW_ARRAY(a, m->years.n + 1, struct qpp_option);
	qpp_html_init(h, a);
	for (size_t i = 0; i < m->years.n; i++)
		options[i].value = options[i].words = qpp_i64_text(a, m->years.v[i]);
	qpp_shell_begin(h, s, QPP_LIT("Radar"), e);
	put(h, "<h1>Radar</h1>\n<p class=\"q-lead\">What scoring may have got wrong for many, found before they ask.</p>\n");
	form_ask(h, QPP_LIT("/operator/radar"));
	form_select(h, NULL, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = qpp_i64_text(a, m->year) }, options, m->years.n);
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show"), NULL, QPP_LIT(""));
	form_end(h);
	findings(h, m);
	groups(h, m);
	return qpp_shell_end(h, s);
}
