/* /reviewer/virtual-groups: elections as they stand filed, by state; one with its checks, and the decision. */
#include "adapt/portal/parts_vgroup.h"
#include "adapt/portal/views_vgroup.h"

/* ---- the list ---- */

static void filters(struct qpp_html *h, struct qpp_arena *a, const struct qpp_vgroup_review_list *m, const struct qpp_form_errors *e)
{
	static const struct qpp_option origins[] = {
		{ QPP_LIT_INIT(""), QPP_LIT_INIT("Any way"), QPP_LIT_INIT("") }, { QPP_LIT_INIT("portal"), QPP_LIT_INIT("Portal"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("mail"), QPP_LIT_INIT("E-mail"), QPP_LIT_INIT("") },
	};
	struct qpp_option *v = QPP_NEW_ARRAY(a, m->years.n + 1, struct qpp_option);
	v[0] = (struct qpp_option){ QPP_LIT(""), QPP_LIT("All years"), QPP_LIT("") };
	for (size_t i = 0; i < m->years.n; i++)
		v[i + 1] = (struct qpp_option){ m->years.v[i].value, m->years.v[i].words, QPP_LIT("") };
	form_ask(h, QPP_LIT("/reviewer/virtual-groups"));
	put(h, "<div class=\"q-row\">\n");
	form_select(h, e, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = m->year }, v, m->years.n + 1);
	form_select(h, e, &(struct qpp_field){ .name = "origin", .label = QPP_LIT("Came by"), .value = m->origin }, origins, 3);
	form_field(h, e, &(struct qpp_field){ .name = "name", .label = QPP_LIT("Name begins with"), .value = m->name, .flags = QPP_FIELD_OPTIONAL });
	put(h, "</div>\n");
	form_hidden(h, "state", m->state);
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show"), NULL, QPP_LIT(""));
	form_end(h);
}

static void line(struct qpp_html *h, const struct qpp_vgroup_review_line *x)
{
	qpp_stack_row(h);
	say(h, "<a href=\"{}\">{}</a> <span class=\"q-muted\">{}</span></th>", T(x->href), T(x->name), N(x->year));
	qpp_stack_cell(h, "Received");
	say(h, "{} <span class=\"q-muted\">{}</span></td>", T(x->filed), T(x->origin));
	qpp_stack_cell(h, "Size");
	qpp_count_words(h, x->practices, "practice", "practices");
	put(h, ", ");
	qpp_count_words(h, x->clinicians, "clinician", "clinicians");
	put(h, "</td>");
	qpp_stack_cell(h, "Checks");
	if (x->conflict.n)
		say(h, "<strong>Conflict with {}</strong> ", T(x->conflict));
	if (x->errors)
		qpp_count_words(h, x->errors, "error", "errors");
	else
		put(h, "No errors");
	if (x->warnings) {
		put(h, ", ");
		qpp_count_words(h, x->warnings, "remark", "remarks");
	}
	put(h, "</td>");
	qpp_stack_cell(h, "State");
	vg_badge(h, &x->state);
	put(h, "</td></tr>\n");
}

QPP_VIEW(vgroup_review_list, qpp_vgroup_review_list)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Virtual group elections"), e);
	put(h, "<h1>Virtual group elections</h1>\n<nav class=\"q-years\" aria-label=\"By state\"><ul>\n");
	for (size_t i = 0; i < m->counts.n; i++) {
		say(h, "<li><a href=\"{}\"", T(m->counts.v[i].href));
		if (m->counts.v[i].now)
			put(h, " aria-current=\"true\"");
		say(h, ">{} ({})</a></li>\n", T(m->counts.v[i].words), N(m->counts.v[i].n));
	}
	put(h, "</ul></nav>\n<p><a href=\"/reviewer/election-letters\">What came by e-mail</a>, also what could not be filed.</p>\n");
	filters(h, a, m, e);
	if (!m->lines.n) {
		put(h, "<p>No election is like that.</p>\n");
		return qpp_shell_end(h, s);
	}
	TABLE(h, "Elections, the last received first");
	qpp_stack_column(h, "Virtual group"), qpp_stack_column(h, "Received"), qpp_stack_column(h, "Size"), qpp_stack_column(h, "Checks");
	qpp_stack_column(h, "State");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->lines.n; i++)
		line(h, &m->lines.v[i]);
	qpp_stack_end(h);
	if (m->start + (int64_t)m->lines.n < m->total)
		say(h, "<p><a href=\"/reviewer/virtual-groups?year={}&amp;state={}&amp;origin={}&amp;start={}\">Next page</a></p>\n", U(m->year), U(m->state),
		    U(m->origin), N(m->start + m->page));
	return qpp_shell_end(h, s);
}

/* ---- one ---- */

static void facts(struct qpp_html *h, const struct qpp_vgroup_review_view *m)
{
	say(h, "<dl class=\"q-facts\"><dt>Received</dt><dd>{}</dd><dt>By</dt><dd>{}</dd><dt>Representative</dt><dd>{}</dd><dt>Contact</dt><dd>{}</dd>",
	    T(m->filed), T(m->origin), T(m->representative), T(m->contact));
	if (m->executed.n)
		say(h, "<dt>Agreement made</dt><dd>{}</dd>", T(m->executed));
	if (m->identifier.n)
		say(h, "<dt>Identifier</dt><dd>{}</dd>", T(m->identifier));
	put(h, "</dl>\n");
}

static void npis(struct qpp_html *h, const struct qpp_vgroup_review_view *m)
{
	put(h, "<details><summary>Every NPI as elected</summary>\n");
	TABLE(h, "Clinicians of all practices");
	qpp_stack_column(h, "NPI"), qpp_stack_column(h, "Practice"), qpp_stack_column(h, "Name"), qpp_stack_column(h, "State");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->people.n; i++) {
		qpp_stack_row(h);
		say(h, "{}</th>", T(m->people.v[i].npi));
		qpp_stack_cell(h, "Practice");
		say(h, "{}</td>", T(m->people.v[i].type));
		qpp_stack_cell(h, "Name");
		say(h, "{}</td>", T(m->people.v[i].name));
		qpp_stack_cell(h, "State");
		vg_badge(h, &m->people.v[i].state);
		put(h, "</td></tr>\n");
	}
	qpp_stack_end(h);
	put(h, "</details>\n");
}

static void decision(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_vgroup_review_view *m, const struct qpp_form_errors *e)
{
	static const struct qpp_option verdicts[] = {
		{ QPP_LIT_INIT("approve"), QPP_LIT_INIT("Approve"), QPP_LIT_INIT("The group gets an identifier; its practices are in it for the year.") },
		{ QPP_LIT_INIT("return"), QPP_LIT_INIT("Return with reasons"), QPP_LIT_INIT("It can be mended and filed again while the time to elect lasts.") },
		{ QPP_LIT_INIT("deny"), QPP_LIT_INIT("Deny"), QPP_LIT_INIT("Final. Its practices are free.") },
	};
	put(h, "<h2>Decide</h2>\n");
	say(h, "<form method=\"post\" action=\"/reviewer/virtual-groups/{}\">\n", U(m->head.id));
	form_hidden(h, "csrf", s->csrf);
	form_hidden(h, "version", m->version);
	form_radio(h, e, &(struct qpp_field){ .name = "verdict", .label = QPP_LIT("Decision"), .value = QPP_LIT("") }, verdicts, 3);
	form_field(h, e, &(struct qpp_field){ .name = "reasons", .label = QPP_LIT("Reasons"), .value = m->reasons,
		.hint = QPP_LIT("Sent to the representative and the practices. Needed for returning and denying."), .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_LONG });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Record the decision"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(vgroup_review, qpp_vgroup_review_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->head.name, e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/reviewer/virtual-groups"), QPP_LIT("Virtual group elections") },
		{ QPP_LIT(""), m->head.name } }, 2);
	say(h, "<h1>{}</h1>\n<p class=\"q-subject\"><span class=\"q-nowrap\">Virtual group, performance year {}</span> ", T(m->head.name), N(m->head.year));
	vg_badge(h, &m->head.state);
	put(h, "</p>\n");
	facts(h, m);
	vg_alarms(h, m->alarms.v, m->alarms.n);
	vg_members(h, s, m->head.id, m->members.v, m->members.n, false);
	npis(h, m);
	put(h, "<h2>Checks</h2>\n");
	if (m->checks.n)
		vg_checks(h, m->checks.v, m->checks.n);
	else
		put(h, "<p>The rules find nothing wrong.</p>\n");
	part_texts(h, &m->becomes);
	if (m->may_decide && m->waits)
		decision(h, s, m, e);
	else if (m->head.note.n)
		say(h, "<h2>Decision</h2>\n<p>{}</p>\n", T(m->head.note));
	vg_events(h, m->events.v, m->events.n);
	return qpp_shell_end(h, s);
}
