/* /exceptions: what applies by itself, applications, the form, the review before filing, what became of it; the agency's queue. */
#include "adapt/portal/parts_exceptions.h"
#include "adapt/portal/views.h"

#define EXCEPTIONS { QPP_LIT_INIT("/exceptions"), QPP_LIT_INIT("Exceptions") }
#define QUEUE { QPP_LIT_INIT("/reviewer/exceptions"), QPP_LIT_INIT("Applications for exceptions") }

static void begin(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, struct qpp_str title, const struct qpp_form_errors *e,
                  bool agency)
{
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, title, e);
	if (agency)
		qpp_crumbs(h, (const struct qpp_crumb[]){ QUEUE, { QPP_LIT(""), title } }, 2);
	else
		qpp_crumbs(h, (const struct qpp_crumb[]){ EXCEPTIONS, { QPP_LIT(""), title } }, 2);
}

void part_year_nav(struct qpp_html *h, const char *path, int64_t year, const int64_t *v, size_t n)
{
	put(h, "<nav class=\"q-years\" aria-label=\"Performance year\"><ul>\n");
	for (size_t i = 0; i < n; i++) {
		say(h, "<li><a href=\"{}?year={}\"", W(path), N(v[i]));
		if (v[i] == year)
			put(h, " aria-current=\"page\"");
		say(h, ">{}</a></li>\n", N(v[i]));
	}
	put(h, "</ul></nav>\n");
}

void part_told(struct qpp_html *h, const struct qpp_told *v, size_t n)
{
	put(h, "<dl class=\"q-facts\">");
	for (size_t i = 0; i < n; i++)
		say(h, "<dt>{}</dt><dd>{}</dd>", T(v[i].what), T(v[i].says));
	put(h, "</dl>\n");
}

static void items(struct qpp_html *h, const struct qpp_exception_item *v, size_t n)
{
	qpp_stack_column(h, "Who"), qpp_stack_column(h, "What happened"), qpp_stack_column(h, "Categories"), qpp_stack_column(h, "State");
	qpp_stack_body(h);
	for (size_t i = 0; i < n; i++) {
		qpp_stack_row(h);
		say(h, "<a href=\"{}\">{}</a><span class=\"q-note\">{}</span></th>", T(v[i].href), T(v[i].who), T(v[i].kind));
		qpp_stack_cell(h, "What happened");
		say(h, "{}</td>", T(v[i].says));
		qpp_stack_cell(h, "Categories");
		say(h, "{}</td>", T(v[i].categories));
		qpp_stack_cell(h, "State");
		qpp_badge(h, (enum qpp_tone)v[i].tone, v[i].state);
		if (v[i].filed.n)
			say(h, "<span class=\"q-note\">{}{}{}</span>", T(v[i].filed), W(v[i].number.n ? ", " : ""), T(v[i].number));
		put(h, "</td></tr>\n");
	}
	qpp_stack_end(h);
}

/* ---- the list ---- */

static void automatic(struct qpp_html *h, const struct qpp_exceptions_page *m)
{
	put(h, "<h2>What applies by itself</h2>\n");
	if (!m->automatic.n) {
		say(h, "<p>For {} none of your clinicians is known to practice in a county under the automatic policy.</p>\n", N(m->year));
		return;
	}
	put(h, "<p>Clinicians in these counties are excused from every category without applying, as individuals: a category counts again "
	       "when data are submitted for it. A group, virtual group or APM entity applies for itself.</p>\n");
	TABLE(h, "Clinicians under the automatic policy");
	qpp_stack_column(h, "Clinician"), qpp_stack_column(h, "Practice"), qpp_stack_column(h, "Why");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->automatic.n; i++) {
		const struct qpp_automatic_item *x = &m->automatic.v[i];
		qpp_stack_row(h);
		say(h, "{} <span class=\"q-muted\">{}</span></th>", T(x->name), T(x->npi));
		qpp_stack_cell(h, "Practice");
		say(h, "{}</td>", T(x->practice));
		qpp_stack_cell(h, "Why");
		say(h, "{}{}</td></tr>\n", W(x->possible ? "Possible: " : ""), T(x->says));
	}
	qpp_stack_end(h);
	if (m->automatic_total > (int64_t)m->automatic.n)
		say(h, "<p>And {} more, not shown.</p>\n", N(m->automatic_total - (int64_t)m->automatic.n));
}

QPP_VIEW(exceptions, qpp_exceptions_page)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Exceptions"), e);
	put(h, "<h1>Exceptions</h1>\n<p class=\"q-lead\">Who was kept from collecting or submitting data by what nobody could control is excused "
	       "from categories: they do not count in the score.</p>\n");
	part_year_nav(h, "/exceptions", m->year, m->years.v, m->years.n);
	automatic(h, m);
	say(h, "<h2>Applications for {}</h2>\n<p>{}</p>\n", N(m->year), T(m->window));
	if (m->items.n) {
		TABLE(h, "Your applications");
		items(h, m->items.v, m->items.n);
	} else {
		put(h, "<p>There is none.</p>\n");
	}
	if (m->may_apply)
		say(h, "<p><a class=\"ds-c-button{}\" href=\"/exceptions/new?year={}\">{}</a></p>\n", W(m->open ? " ds-c-button--solid" : ""), N(m->year),
		    W(m->open ? "Apply for an exception" : "Write a draft"));
	return qpp_shell_end(h, s);
}

/* ---- who and what ---- */

void part_radios(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_field *f, const struct qpp_pick *v, size_t n)
{
	struct qpp_option *o = QPP_NEW_ARRAY(a, n + 1, struct qpp_option);
	struct qpp_field field = *f;
	for (size_t i = 0; i < n; i++) {
		o[i] = (struct qpp_option){ v[i].value, v[i].words, v[i].hint };
		if (v[i].on)
			field.value = v[i].value;
	}
	form_radio(h, e, &field, o, n);
}

QPP_VIEW(exception_start, qpp_exception_start)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, QPP_LIT("Apply for an exception"), e, false);
	say(h, "<h1>Apply for an exception</h1>\n<p>For performance year {}. {}</p>\n", N(m->year), T(m->window));
	if (!m->subjects.n) {
		put(h, "<p>You have no role in which you could apply. Security Officials and Staff Users apply for a practice or virtual group, Security "
		       "Officials for an APM entity, clinicians for themselves.</p>\n");
		return qpp_shell_end(h, s);
	}
	form_begin(h, s, QPP_LIT("/exceptions"), false);
	form_hidden(h, "year", qpp_i64_text(a, m->year));
	part_radios(h, a, e, &(struct qpp_field){ .name = "subject", .label = QPP_LIT("For whom?") }, m->subjects.v, m->subjects.n);
	form_field(h, e, &(struct qpp_field){ .name = "npi", .label = QPP_LIT("NPI"), .hint = QPP_LIT("Only where you apply for one clinician of a practice"),
		.value = m->npi, .flags = QPP_FIELD_CODE | QPP_FIELD_SHORT | QPP_FIELD_OPTIONAL });
	part_radios(h, a, e, &(struct qpp_field){ .name = "kind", .label = QPP_LIT("Which exception?") }, m->kinds.v, m->kinds.n);
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Go on"), NULL, QPP_LIT(""));
	form_end(h);
	return qpp_shell_end(h, s);
}

void part_group_begin(struct qpp_html *h, const struct qpp_form_errors *e, const char *id, const char *legend)
{
	const struct qpp_form_error *fault = NULL;
	for (size_t i = 0; e && i < e->n; i++)
		if (e->v[i].field && qpp_str_is(qpp_str_of(e->v[i].field), id))
			fault = &e->v[i];
	say(h, "<fieldset class=\"ds-c-fieldset\" id=\"{}\"", W(id));
	if (fault)
		say(h, " aria-describedby=\"{}-error\"", W(id));
	say(h, ">\n<legend class=\"ds-c-label\">{}</legend>\n", W(legend));
	if (fault)
		say(h, "<p class=\"ds-c-inline-error\" id=\"{}-error\">{}</p>\n", W(id), T(fault->says));
}

static void categories(struct qpp_html *h, const struct qpp_exception_edit *m, const struct qpp_form_errors *e)
{
	part_group_begin(h, e, "categories", "Which categories?");
	for (size_t i = 0; i < m->categories.n; i++)
		form_check(h, "category", m->categories.v[i].value, m->categories.v[i].words, m->categories.v[i].on);
	put(h, "</fieldset>\n");
}

static void share(struct qpp_html *h, const struct qpp_exception_edit *m, const struct qpp_form_errors *e)
{
	if (!m->entity)
		return;
	put(h, "<h2>The share of the entity's clinicians</h2>\n<p>An APM entity applies for all categories at once, and shows how many of its MIPS "
	       "eligible clinicians are excused from promoting interoperability.</p>\n");
	if (m->knows_members) {
		say(h, "<p>As this installation knows: {} of {} clinicians.</p>\n", T(m->excused), T(m->members));
		return;
	}
	put(h, "<div class=\"q-row\">\n");
	form_field(h, e, &(struct qpp_field){ .name = "members", .label = QPP_LIT("MIPS eligible clinicians"), .value = m->members,
		.flags = QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "excused", .label = QPP_LIT("Of them excused"), .value = m->excused,
		.flags = QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
	put(h, "</div>\n");
}

QPP_VIEW(exception_edit, qpp_exception_edit)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, QPP_LIT("Application for an exception"), e, false);
	say(h, "<h1>Application for an exception</h1>\n<p class=\"q-subject\"><strong>{}</strong></p>\n<p>{}</p>\n<p>{}</p>\n", T(m->who), T(m->kind), T(m->window));
	form_begin(h, s, qpp_str_cat(a, "/exceptions/", qpp_str_dup(a, m->id).p, (char *)NULL), false);
	form_hidden(h, "version", qpp_i64_text(a, m->version));
	part_radios(h, a, e, &(struct qpp_field){ .name = "event", .label = QPP_LIT("What happened?") }, m->events.v, m->events.n);
	put(h, "<div class=\"q-row\">\n");
	form_field(h, e, &(struct qpp_field){ .name = "begins", .label = QPP_LIT("It began on"), .hint = QPP_LIT("For example 2024-09-26"), .value = m->begins,
		.flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "ends", .label = QPP_LIT("It ended on"), .hint = QPP_LIT("Empty when it goes on"), .value = m->ends,
		.flags = QPP_FIELD_SHORT | QPP_FIELD_OPTIONAL });
	put(h, "</div>\n");
	categories(h, m, e);
	share(h, m, e);
	form_field(h, e, &(struct qpp_field){ .name = "explanation", .label = QPP_LIT("How did it keep you from collecting or submitting data?"),
		.hint = QPP_LIT("No documents are needed now. Keep what shows it, and write no patient's name."), .value = m->explanation, .flags = QPP_FIELD_LONG });
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Review before filing"), "do", QPP_LIT("review"));
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Save as a draft"), "do", QPP_LIT("draft"));
	put(h, "</div>\n");
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- review, detail ---- */

static void matter(struct qpp_html *h, const struct qpp_exception_show *m)
{
	say(h, "<p class=\"q-subject\"><strong>{}</strong></p>\n<p>{}</p>\n", T(m->who), T(m->kind));
	part_told(h, m->facts.v, m->facts.n);
	put(h, "<h2>Explanation</h2>\n");
	say(h, "<p class=\"q-typed\">{}</p>\n", T(m->explanation.n ? m->explanation : QPP_LIT("Nothing was written.")));
}

static void effect(struct qpp_html *h, const struct qpp_exception_show *m)
{
	if (!m->effect.n)
		return;
	put(h, "<h2>What an approval does</h2>\n");
	part_texts(h, &m->effect);
}

QPP_VIEW(exception_review, qpp_exception_show)
{
	struct qpp_html page, *h = &page;
	struct qpp_str edit = qpp_str_cat(a, "/exceptions/", qpp_str_dup(a, m->id).p, (char *)NULL);
	begin(h, a, s, QPP_LIT("Review before filing"), e, false);
	put(h, "<h1>Review before filing</h1>\n");
	if (m->faults.n) {
		qpp_alert_begin(h, QPP_TONE_BAD, QPP_LIT("This cannot be filed yet"));
		part_texts(h, &m->faults);
		qpp_alert_end(h);
	}
	matter(h, m);
	effect(h, m);
	say(h, "<h2>File it</h2>\n<p>{}</p>\n", T(m->window));
	if (m->faults.n || !m->open || !m->may_file) {
		say(h, "<p><a class=\"ds-c-button\" href=\"{}\">Back to the draft</a></p>\n", T(edit));
		return qpp_shell_end(h, s);
	}
	form_begin(h, s, qpp_str_cat(a, edit.p, "/file", (char *)NULL), false);
	form_hidden(h, "version", qpp_i64_text(a, m->version));
	form_hidden(h, "key", m->key);
	form_check(h, "certified", QPP_LIT("yes"), QPP_LIT("What I say here is true to the best of my knowledge."), false);
	if (e && e->n)
		say(h, "<p class=\"ds-c-inline-error\">{}</p>\n", T(e->v[0].says));
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("File the application"), NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Back without filing</a>\n</div>\n", T(edit));
	form_end(h);
	return qpp_shell_end(h, s);
}

static void decide(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_exception_show *m, const struct qpp_form_errors *e)
{
	const struct qpp_option acts[] = {
		{ QPP_LIT("approve"), QPP_LIT("Approve"), QPP_LIT("The categories have no weight from then on.") },
		{ QPP_LIT("deny"), QPP_LIT("Deny"), QPP_LIT("All categories count as before.") },
	};
	put(h, "<h2>Decide</h2>\n<p>One person decides, and the decision stands.</p>\n");
	form_begin(h, s, qpp_str_cat(a, "/reviewer/exceptions/", qpp_str_dup(a, m->id).p, (char *)NULL), false);
	form_hidden(h, "version", qpp_i64_text(a, m->version));
	form_radio(h, e, &(struct qpp_field){ .name = "act", .label = QPP_LIT("Decision"), .value = m->act }, acts, sizeof acts / sizeof *acts);
	form_field(h, e, &(struct qpp_field){ .name = "reason", .label = QPP_LIT("Reason"), .hint = QPP_LIT("It goes out by e-mail. Write no TIN."), .value = m->reason,
		.flags = QPP_FIELD_LONG });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Decide and tell the applicant"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(exception, qpp_exception_show)
{
	struct qpp_html page, *h = &page;
	begin(h, a, s, QPP_LIT("Application for an exception"), e, m->agency);
	put(h, "<h1>Application for an exception</h1>\n<p>");
	qpp_badge(h, (enum qpp_tone)m->tone, m->state);
	put(h, "</p>\n");
	if (m->decision.n) {
		put(h, "<h2>The decision</h2>\n");
		say(h, "<p class=\"q-typed\">{}</p>\n", T(m->decision));
		if (m->decided_by.n)
			say(h, "<p class=\"q-muted\">Decided by {}</p>\n", T(m->decided_by));
	}
	matter(h, m);
	effect(h, m);
	if (m->href_receipt.n)
		say(h, "<p><a href=\"{}\">Receipt</a></p>\n", T(m->href_receipt));
	if (m->may_decide)
		decide(h, a, s, m, e);
	if (m->may_withdraw) {
		put(h, "<h2>Withdraw it</h2>\n<p>Until it is decided, an application can be taken back. Another one can be filed while the window is "
		       "open.</p>\n");
		form_begin(h, s, qpp_str_cat(a, "/exceptions/", qpp_str_dup(a, m->id).p, "/withdraw", (char *)NULL), false);
		form_hidden(h, "version", qpp_i64_text(a, m->version));
		form_button(h, QPP_TONE_BAD, QPP_LIT("Withdraw the application"), NULL, QPP_LIT(""));
		form_end(h);
	}
	return qpp_shell_end(h, s);
}

/* ---- the agency ---- */

QPP_VIEW(exceptions_queue, qpp_exceptions_queue)
{
	static const struct {
		const char *state, *words;
	} states[] = { { "submitted", "Waiting" }, { "approved", "Approved" }, { "denied", "Denied" }, { "withdrawn", "Withdrawn" } };
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Applications for exceptions"), e);
	put(h, "<h1>Applications for exceptions</h1>\n<nav class=\"q-years\" aria-label=\"State\"><ul>\n");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		say(h, "<li><a href=\"/reviewer/exceptions?year={}&amp;state={}\"", N(m->year), W(states[i].state));
		if (qpp_str_is(m->state, states[i].state))
			put(h, " aria-current=\"page\"");
		say(h, ">{}</a></li>\n", W(states[i].words));
	}
	put(h, "</ul></nav>\n");
	part_year_nav(h, "/reviewer/exceptions", m->year, m->years.v, m->years.n);
	if (!m->items.n) {
		say(h, "<p>There is none for {}.</p>\n", N(m->year));
		return qpp_shell_end(h, s);
	}
	TABLE(h, "Applications, longest waiting first");
	items(h, m->items.v, m->items.n);
	if (m->total > (int64_t)m->items.n)
		say(h, "<p>There are {} in all. Those that wait longest are shown.</p>\n", N(m->total));
	return qpp_shell_end(h, s);
}

/* ---- receipts ---- */

QPP_VIEW(kept, qpp_kept_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Receipt"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { m->crumb_href, m->crumb }, { QPP_LIT(""), QPP_LIT("Receipt") } }, 2);
	say(h, "<h1>{}</h1>\n<p class=\"q-receipt\">Receipt <strong>{}</strong></p>\n<p class=\"q-subject\"><strong>{}</strong></p>\n", T(m->title),
	    T(m->number), T(m->who));
	say(h, "<dl class=\"q-facts\"><dt>What</dt><dd>{}</dd><dt>Received</dt><dd>{}</dd>", T(m->what), T(m->at));
	if (m->deadline.n)
		say(h, "<dt>Deadline</dt><dd>{}</dd><dt>Margin</dt><dd>{} before the deadline</dd>", T(m->deadline), T(m->margin));
	say(h, "<dt>SHA-256 of what was filed</dt><dd><code>{}</code></dd><dt>Signed with the key</dt><dd><code>{}</code></dd></dl>\n", T(m->sha256),
	    T(m->key));
	say(h, "<p>Keep the receipt: it proves, without this installation, what was filed and when.</p>\n<p><a href=\"{}\">Download the signed "
	       "receipt</a></p>\n", T(m->href_text));
	if (m->next.n) {
		put(h, "<h2>What is next</h2>\n");
		part_texts(h, &m->next);
	}
	say(h, "<p><a class=\"ds-c-button ds-c-button--solid\" href=\"{}\">{}</a></p>\n", T(m->href_back), T(m->back));
	return qpp_shell_end(h, s);
}
