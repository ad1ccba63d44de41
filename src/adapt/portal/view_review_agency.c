/* /reviewer/targeted-review: the queue and the workbench. */
#include "adapt/portal/parts_review.h"
#include "adapt/portal/views_review.h"

/* ---- the queue ---- */

static void counts(struct qpp_html *h, const struct qpp_tr_queue *m)
{
	put(h, "<dl class=\"q-facts q-facts--inline\">");
	for (size_t i = 0; i < m->counts.n; i++)
		say(h, "<dt>{}</dt><dd>{}</dd>", T(m->counts.v[i].value), T(m->counts.v[i].words));
	put(h, "</dl>\n");
}

static void filters(struct qpp_html *h, struct qpp_arena *a, const struct qpp_tr_queue *m)
{
	form_ask(h, QPP_LIT("/reviewer/targeted-review"));
	put(h, "<div class=\"q-row\">\n");
	form_select(h, NULL, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"), .value = m->year },
	            tr_options(a, &m->years), m->years.n);
	form_select(h, NULL, &(struct qpp_field){ .name = "state", .label = QPP_LIT("State"), .value = m->state }, tr_options(a, &m->states), m->states.n);
	form_select(h, NULL, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"), .value = m->reason }, tr_options(a, &m->reasons),
	            m->reasons.n);
	put(h, "</div>\n<fieldset class=\"ds-c-fieldset\">\n<legend class=\"ds-c-label\">Only those</legend>\n");
	form_check(h, "open", QPP_LIT("yes"), QPP_LIT("that have not ended"), m->open);
	form_check(h, "mine", QPP_LIT("yes"), QPP_LIT("assigned to me"), m->mine);
	form_check(h, "unassigned", QPP_LIT("yes"), QPP_LIT("assigned to nobody"), m->unassigned);
	form_check(h, "overdue", QPP_LIT("yes"), QPP_LIT("whose answer is overdue"), m->overdue);
	form_check(h, "duplicates", QPP_LIT("yes"), QPP_LIT("that may be duplicates"), m->duplicates);
	put(h, "</fieldset>\n");
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show"), NULL, QPP_LIT(""));
	form_end(h);
}

static void pages(struct qpp_html *h, const struct qpp_tr_queue *m)
{
	if (m->total <= m->page)
		return;
	put(h, "<nav class=\"q-pages\" aria-label=\"Pages\"><ul>\n");
	if (m->start > 0)
		say(h, "<li><a href=\"/reviewer/targeted-review?{}{}\">Previous</a></li>\n", T(m->more), N(m->start > m->page ? m->start - m->page : 0));
	if (m->start + m->page < m->total)
		say(h, "<li><a href=\"/reviewer/targeted-review?{}{}\">Next</a></li>\n", T(m->more), N(m->start + m->page));
	put(h, "</ul></nav>\n");
}

QPP_VIEW(tr_queue, qpp_tr_queue)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Requests for review"), e);
	put(h, "<h1>Requests for review</h1>\n");
	counts(h, m);
	filters(h, a, m);
	put(h, "<h2>Requests</h2>\n<p>");
	qpp_count_words(h, m->total, "request", "requests");
	put(h, ", the longest waiting first.</p>\n");
	tr_lines(h, &m->lines);
	pages(h, m);
	return qpp_shell_end(h, s);
}

/* ---- the workbench ---- */

static struct qpp_str path_of(struct qpp_arena *a, const struct qpp_tr_bench *m, const char *rest)
{
	return qpp_str_cat(a, "/reviewer/targeted-review/", qpp_str_dup(a, m->id).p, rest, (char *)NULL);
}

static void begin(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_bench *m, const char *act)
{
	form_begin(h, s, path_of(a, m, act), false);
	form_hidden(h, "version", m->version);
}

static void standing(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_bench *m)
{
	say(h, "<p class=\"q-verdict\">{}</p>\n<p>{}{}</p>\n", T(m->request.state), W(m->assignee.n ? "With " : "With nobody yet."), T(m->assignee));
	if (m->own) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("This is yours to file, not to decide"));
		put(h, "<p class=\"ds-c-alert__text\">Nobody handles a request that is the own one, or of an own organization. Another reviewer takes it.</p>\n");
		qpp_alert_end(h);
	}
	if (m->asked.n)
		say(h, "<h2>Asked</h2>\n<p class=\"q-typed\">{}</p>\n<p>Due {}</p>\n", T(m->asked), T(m->due));
	if (m->can_assign) {
		begin(h, a, s, m, "/assign");
		form_button(h, QPP_TONE_PLAIN, m->assignee.n ? QPP_LIT("Take it over") : QPP_LIT("Assign to me"), NULL, QPP_LIT(""));
		form_end(h);
	}
}

static void evidence(struct qpp_html *h, const struct qpp_tr_bench *m)
{
	put(h, "<h2>What the installation knows</h2>\n<dl class=\"q-facts\">");
	for (size_t i = 0; i < m->known.n; i++)
		say(h, "<dt>{}</dt><dd>{}</dd>", W(m->known.v[i].what), T(m->known.v[i].says));
	put(h, "</dl>\n<h3>What was filed</h3>\n");
	if (m->filed.n)
		part_texts(h, &m->filed);
	else
		put(h, "<p>Nothing.</p>\n");
	if (m->overrides.n) {
		put(h, "<h3>Corrections that hold</h3>\n");
		part_texts(h, &m->overrides);
	}
	if (m->facts.n)
		say(h, "<details><summary>All facts for scoring</summary>\n<pre class=\"q-excerpt\" tabindex=\"0\" role=\"group\" "
		       "aria-label=\"Facts for scoring\"><code>{}</code></pre>\n</details>\n", T(m->facts));
}

static void score(struct qpp_html *h, const struct qpp_tr_bench *m)
{
	put(h, "<h2>The score as it is</h2>\n");
	if (!m->now.there) {
		if (m->now.none.n)
			say(h, "<p>{}</p>\n", T(m->now.none));
		return;
	}
	say(h, "<dl class=\"q-facts\"><dt>Final score</dt><dd>{}</dd><dt>Payment adjustment</dt><dd>{}</dd><dt>Why</dt><dd>{}</dd></dl>\n",
	    T(m->now.score_before), T(m->now.factor_before), T(m->now.why_before));
}

static void categories(struct qpp_html *h, const struct qpp_tr_bench *m)
{
	static const struct {
		const char *value;
		struct qpp_str words;
	} v[] = { { "quality", QPP_LIT_INIT("Quality") }, { "cost", QPP_LIT_INIT("Cost") }, { "ia", QPP_LIT_INIT("Improvement activities") },
		      { "pi", QPP_LIT_INIT("Promoting interoperability") } };
	put(h, "<fieldset class=\"ds-c-fieldset\">\n<legend class=\"ds-c-label\">Reweight</legend>\n");
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		form_check(h, "reweight", qpp_str_of(v[i].value), v[i].words, qpp_str_lists(m->reweight, v[i].value));
	put(h, "</fieldset>\n");
}

static void try_form(struct qpp_html *h, struct qpp_arena *a, const struct qpp_tr_bench *m, const struct qpp_form_errors *e)
{
	static const struct qpp_option small[] = { { QPP_LIT_INIT(""), QPP_LIT_INIT("As it is"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("yes"), QPP_LIT_INIT("Yes"), QPP_LIT_INIT("") }, { QPP_LIT_INIT("no"), QPP_LIT_INIT("No"), QPP_LIT_INIT("") } };
	put(h, "<h2 id=\"try\">What would change</h2>\n<p>Nothing is kept: the score is made with other facts and shown beside the one there is.</p>\n");
	form_ask(h, path_of(a, m, "#try"));
	form_hidden(h, "try", QPP_LIT("yes"));
	categories(h, m);
	form_select(h, e, &(struct qpp_field){ .name = "reweightReason", .label = QPP_LIT("With the reason"), .value = m->reweight_reason },
	            tr_options(a, &m->reweight_reasons), m->reweight_reasons.n);
	form_select(h, e, &(struct qpp_field){ .name = "small", .label = QPP_LIT("Small practice"), .value = m->small }, small, sizeof small / sizeof *small);
	form_field(h, e, &(struct qpp_field){ .name = "facts", .label = QPP_LIT("Other facts, as JSON"), .value = m->facts_tried,
		.hint = QPP_LIT("Members of the facts text: {\"apmParticipant\": true}"), .flags = QPP_FIELD_LONG | QPP_FIELD_OPTIONAL });
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Show what would change"), NULL, QPP_LIT(""));
	form_end(h);
	tr_difference(h, &m->tried);
}

static void ask_form(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_bench *m, const struct qpp_form_errors *e)
{
	if (!m->can_ask)
		return;
	put(h, "<h2>Ask for information</h2>\n");
	begin(h, a, s, m, "/ask");
	form_field(h, e, &(struct qpp_field){ .name = "question", .label = QPP_LIT("What is needed"), .value = m->question,
		.hint = QPP_LIT("The submitter gets it by e-mail, with the day it is due. No TIN."), .flags = QPP_FIELD_LONG });
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Send the question"), NULL, QPP_LIT(""));
	form_end(h);
}

static void recommend_form(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_bench *m,
                           const struct qpp_form_errors *e)
{
	static const struct qpp_option verdicts[] = {
		{ QPP_LIT_INIT("approve"), QPP_LIT_INIT("Approve, and correct the score"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("approveAsIs"), QPP_LIT_INIT("Approve without a change of the score"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("deny"), QPP_LIT_INIT("Deny"), QPP_LIT_INIT("") },
	};
	static const struct qpp_option topics[] = { { QPP_LIT_INIT("scoring"), QPP_LIT_INIT("Facts for scoring"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("eligibility"), QPP_LIT_INIT("Facts of eligibility"), QPP_LIT_INIT("") } };
	if (!m->can_recommend)
		return;
	put(h, "<h2>Recommend</h2>\n<p>A second person decides. Nothing changes before.</p>\n");
	begin(h, a, s, m, "/recommend");
	form_radio(h, e, &(struct qpp_field){ .name = "verdict", .label = QPP_LIT("Recommendation"), .value = m->verdict }, verdicts,
	           sizeof verdicts / sizeof *verdicts);
	form_field(h, e, &(struct qpp_field){ .name = "over", .label = QPP_LIT("Correction, as JSON"), .value = m->over,
		.hint = QPP_LIT("Of an approval that corrects the score. What was tried above stands here."), .flags = QPP_FIELD_LONG | QPP_FIELD_OPTIONAL });
	form_select(h, e, &(struct qpp_field){ .name = "topic", .label = QPP_LIT("The correction is about"), .value = m->topic }, topics,
	            sizeof topics / sizeof *topics);
	form_select(h, e, &(struct qpp_field){ .name = "ground", .label = QPP_LIT("Ground of a denial"), .value = m->ground,
		.hint = QPP_LIT("Counts only for a denial.") }, tr_options(a, &m->grounds), m->grounds.n);
	form_field(h, e, &(struct qpp_field){ .name = "reasons", .label = QPP_LIT("Reasons, for the letter"), .value = m->reasons,
		.flags = QPP_FIELD_LONG });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Recommend"), NULL, QPP_LIT(""));
	form_end(h);
}

static void second(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_tr_bench *m, const struct qpp_form_errors *e)
{
	if (m->can_confirm) {
		put(h, "<h2>Decide</h2>\n<p>This is final: there is no further review, and nobody can take it back.</p>\n");
		begin(h, a, s, m, "/confirm");
		form_button(h, QPP_TONE_BAD, QPP_LIT("Decide as recommended"), NULL, QPP_LIT(""));
		form_end(h);
	}
	if (m->can_return) {
		put(h, "<h2>Give it back</h2>\n");
		begin(h, a, s, m, "/return");
		form_field(h, e, &(struct qpp_field){ .name = "note", .label = QPP_LIT("What is to be looked at again"), .value = m->note,
			.flags = QPP_FIELD_LONG });
		form_button(h, QPP_TONE_PLAIN, QPP_LIT("Give it back"), NULL, QPP_LIT(""));
		form_end(h);
	}
	if (m->can_close) {
		put(h, "<h2>Close for no response</h2>\n");
		begin(h, a, s, m, "/close");
		form_field(h, e, &(struct qpp_field){ .name = "note", .label = QPP_LIT("Note"), .value = m->note, .flags = QPP_FIELD_LONG });
		form_button(h, QPP_TONE_BAD, QPP_LIT("Close the request"), NULL, QPP_LIT(""));
		form_end(h);
	}
}

/* Somebody was faster, and the form it was typed in is gone: the words are not. */
static void not_taken(struct qpp_html *h, const struct qpp_tr_bench *m)
{
	const struct {
		bool lost;
		struct qpp_str text;
	} v[] = { { !m->can_ask, m->question }, { !m->can_recommend, m->reasons }, { !m->can_recommend, m->over },
		      { !m->can_return && !m->can_close, m->note } };
	bool any = false;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		if (!v[i].lost || !v[i].text.n)
			continue;
		if (!any)
			put(h, "<h2>What you typed, and was not taken</h2>\n");
		any = true;
		say(h, "<p class=\"q-typed\">{}</p>\n", T(v[i].text));
	}
}

static void opinions(struct qpp_html *h, const struct qpp_tr_bench *m)
{
	if (m->decision.there) {
		put(h, "<h2>Decision</h2>\n");
		tr_decision(h, &m->decision);
		say(h, "<p><a href=\"/reviewer/targeted-review/{}/letter\">The letter</a></p>\n", U(m->id));
	} else if (m->recommendation.there) {
		put(h, "<h2>Recommendation</h2>\n");
		tr_decision(h, &m->recommendation);
	}
}

QPP_VIEW(tr_bench, qpp_tr_bench)
{
	struct qpp_html page, *h = &page;
	struct qpp_str title = qpp_str_cat(a, "Request ", qpp_str_dup(a, m->request.number).p, (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/reviewer/targeted-review"), QPP_LIT("Requests for review") }, { QPP_LIT(""), title } }, 2);
	say(h, "<h1>{}</h1>\n", T(title));
	if (e && e->n)
		not_taken(h, m);
	standing(h, a, s, m);
	opinions(h, m);
	put(h, "<h2>What was asked for</h2>\n");
	tr_request(h, &m->request);
	put(h, "<h3>Documents</h3>\n");
	tr_documents(h, s, &m->documents);
	if (m->duplicates.n) {
		put(h, "<h3>Other requests on the same matter</h3>\n");
		tr_lines(h, &m->duplicates);
	}
	evidence(h, m);
	score(h, m);
	if (!m->decision.there)
		try_form(h, a, m, e);
	put(h, "<h2>Decided before for the same reason</h2>\n");
	if (!m->precedents.n)
		put(h, "<p>Nothing yet this year.</p>\n");
	tr_lines(h, &m->precedents);
	ask_form(h, a, s, m, e);
	recommend_form(h, a, s, m, e);
	second(h, a, s, m, e);
	put(h, "<h2>What happened</h2>\n");
	tr_events(h, &m->events);
	return qpp_shell_end(h, s);
}
