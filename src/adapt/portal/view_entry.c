/*
 * Data entry: quality measures found and filled in one by one, improvement
 * activities as a list to tick, promoting interoperability by objective. Every
 * form leads to the page that says what it would change; none files by itself.
 */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

static void found(struct qpp_html *h, const struct qpp_search_view *m, const struct qpp_found_measure *x)
{
	say(h, "<li>\n<h3><a href=\"/submissions/{}/{}/{}\"><span class=\"q-id\">{}</span> {}</a></h3>\n<p class=\"q-muted\">{}",
	    U(m->submission_id), W(m->category), U(x->id), T(x->id), T(x->title), T(x->says));
	for (size_t i = 0; i < x->methods.n; i++)
		say(h, "{}{}", W(i ? ", " : ". Collected by "), T(x->methods.v[i]));
	put(h, "</p>\n");
	if (x->entered.n)
		say(h, "<p>There already: {}</p>\n", T(x->entered));
	put(h, "</li>\n");
}

QPP_VIEW(search, qpp_search_view)
{
	struct qpp_html page, *h = &page;
	struct qpp_option *sets = QPP_NEW_ARRAY(a, m->sets.n + 1, struct qpp_option);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_of(m->title), e);
	part_crumbs(h, a, m->submission_id, &m->subject, qpp_str_of(m->title));
	say(h, "<h1>{}</h1>\n", W(m->title));
	part_subject(h, &m->subject);
	if (part_window(h, &m->window))
		return qpp_shell_end(h, s);
	sets[0].words = QPP_LIT("All specialties");
	for (size_t i = 0; i < m->sets.n; i++)
		sets[i + 1].value = sets[i + 1].words = m->sets.v[i];
	form_ask(h, qpp_str_cat(a, "/submissions/", qpp_str_dup(a, m->submission_id).p, "/", m->category, (char *)NULL));
	put(h, "<div class=\"q-row\">\n");
	form_field(h, e, &(struct qpp_field){ .name = "q", .label = QPP_LIT("Measure"), .hint = QPP_LIT("Number, or words of the title"),
		.value = m->query });
	if (m->sets.n)
		form_select(h, e, &(struct qpp_field){ .name = "set", .label = QPP_LIT("Specialty measure set"), .value = m->set }, sets,
		                m->sets.n + 1);
	put(h, "</div>\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Find"), NULL, QPP_LIT(""));
	form_end(h);
	put(h, "<h2>");
	qpp_count_words(h, m->total, "measure", "measures");
	put(h, "</h2>\n");
	if (!m->total)
		put(h, "<p>No measure of this year has that number or these words. Try fewer words, or all specialties.</p>\n");
	else if (m->total > (int64_t)m->found.n)
		say(h, "<p>The first {} are shown. Type more of the title, or choose a specialty.</p>\n", N((int64_t)m->found.n));
	if (m->found.n)
		put(h, "<ul class=\"q-found\">\n");
	for (size_t i = 0; i < m->found.n; i++)
		found(h, m, &m->found.v[i]);
	if (m->found.n)
		put(h, "</ul>\n");
	return qpp_shell_end(h, s);
}

/* ---- one quality measure ---- */

static void rate_field(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_rate_fields *r,
                       const char *name, struct qpp_str label, struct qpp_str value, unsigned flags)
{
	form_field(h, e, &(struct qpp_field){ .name = qpp_str_cat(a, r->prefix, name, (char *)NULL).p, .label = label, .value = value,
		.flags = flags | QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
}

static void rate_fields(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_rate_fields *r)
{
	if (r->stratum.n)
		say(h, "<fieldset class=\"ds-c-fieldset q-stratum\">\n<legend class=\"ds-c-label\">{}</legend>\n", T(r->stratum));
	put(h, "<div class=\"q-row\">\n");
	rate_field(h, a, e, r, "eligible", QPP_LIT("Eligible population"), r->eligible, 0);
	rate_field(h, a, e, r, "met", QPP_LIT("Performance met"), r->met, 0);
	rate_field(h, a, e, r, "notMet", QPP_LIT("Performance not met"), r->not_met, 0);
	put(h, "</div>\n<div class=\"q-row\">\n");
	rate_field(h, a, e, r, "exclusion", QPP_LIT("Denominator exclusions"), r->exclusion, QPP_FIELD_OPTIONAL);
	rate_field(h, a, e, r, "exception", QPP_LIT("Denominator exceptions"), r->exception, QPP_FIELD_OPTIONAL);
	put(h, "</div>\n");
	if (r->stratum.n)
		put(h, "</fieldset>\n");
}

static const struct qpp_option *options_of(struct qpp_arena *a, const struct qpp_option_text *v, size_t n)
{
	struct qpp_option *o = QPP_NEW_ARRAY(a, n + 1, struct qpp_option);
	for (size_t i = 0; i < n; i++)
		o[i] = (struct qpp_option){ v[i].value, v[i].words, QPP_LIT("") };
	return o;
}

static void counts(struct qpp_html *h, struct qpp_arena *a, const struct qpp_measure_form *m, const struct qpp_form_errors *e)
{
	put(h, "<h2>Counts</h2>\n<p>Over all payers, for the whole performance period. Met, not met, exclusions and exceptions together "
	       "are the patients that were reported; the eligible population is at least as large.</p>\n");
	for (size_t i = 0; i < m->rates.n; i++)
		rate_fields(h, a, e, &m->rates.v[i]);
	if (m->kind != QPP_ENTRY_NON_PROPORTION)
		return;
	form_field(h, e, &(struct qpp_field){ .name = "numerator", .label = QPP_LIT("Numerator"), .value = m->numerator,
		.flags = QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "denominator", .label = QPP_LIT("Denominator"), .value = m->denominator,
		.flags = QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "instances", .label = QPP_LIT("Observation instances"), .value = m->instances,
		.flags = QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
}

QPP_VIEW(measure, qpp_measure_form)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->title, e);
	part_crumbs(h, a, m->submission_id, &m->subject, m->id);
	say(h, "<h1><span class=\"q-id\">{}</span> {}</h1>\n<p class=\"q-muted\">{}</p>\n", T(m->id), T(m->title), T(m->says));
	part_subject(h, &m->subject);
	if (part_window(h, &m->window))
		return qpp_shell_end(h, s);
	if (m->kind == QPP_ENTRY_NOT) {
		put(h, "<p>This measure is computed from claims or surveys. Nothing is entered for it.</p>\n");
		return qpp_shell_end(h, s);
	}
	part_draft(h, m->draft_saved);
	form_begin(h, s, m->action, false);
	form_select(h, e, &(struct qpp_field){ .name = "method", .label = QPP_LIT("How were the data collected?"), .value = m->method },
	                options_of(a, m->methods.v, m->methods.n), m->methods.n);
	if (m->programs.n > 1)
		form_select(h, e, &(struct qpp_field){ .name = "program", .label = QPP_LIT("Reporting option"), .value = m->program },
		                options_of(a, m->programs.v, m->programs.n), m->programs.n);
	counts(h, a, m, e);
	put(h, "<h2>Period</h2>\n");
	part_period(h, e, m->start, m->end);
	part_cehrt(h, e, m->cehrt);
	part_entry_buttons(h);
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- improvement activities ---- */

QPP_VIEW(activities, qpp_activities_form)
{
	struct qpp_html page, *h = &page;
	struct qpp_str path = qpp_str_cat(a, "/submissions/", qpp_str_dup(a, m->submission_id).p, "/ia", (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Improvement activities"), e);
	part_crumbs(h, a, m->submission_id, &m->subject, QPP_LIT("Improvement activities"));
	put(h, "<h1>Improvement activities</h1>\n");
	part_subject(h, &m->subject);
	if (part_window(h, &m->window))
		return qpp_shell_end(h, s);
	put(h, "<p>Tick each activity that was performed for at least 90 days in a row in the year.</p>\n");
	part_draft(h, m->draft_saved);
	form_begin(h, s, path, false);
	part_period(h, e, m->start, m->end);
	for (size_t g = 0; g < m->groups.n; g++) {
		const struct qpp_activity_group *group = &m->groups.v[g];
		say(h, "<fieldset class=\"ds-c-fieldset\">\n<legend class=\"ds-c-label\">{}</legend>\n", T(group->title));
		for (size_t i = 0; i < group->v.n; i++) {
			const struct qpp_activity_line *x = &group->v.v[i];
			struct qpp_str words = qpp_str_cat(a, qpp_str_dup(a, x->id).p, " ", qpp_str_dup(a, x->title).p,
			                                   x->weight.n ? " (" : "", qpp_str_dup(a, x->weight).p, x->weight.n ? ")" : "",
			                                   (char *)NULL);
			form_check(h, "activity", x->id, words, x->chosen);
		}
		put(h, "</fieldset>\n");
	}
	if (!m->groups.n)
		put(h, "<p>The catalog of this year lists no activities.</p>\n");
	part_entry_buttons(h);
	form_end(h);
	return qpp_shell_end(h, s);
}

/* ---- promoting interoperability ---- */

static void exclusion(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_pi_line *x)
{
	struct qpp_option *o;
	if (!x->exclusions.n)
		return;
	o = QPP_NEW_ARRAY(a, x->exclusions.n + 1, struct qpp_option);
	o[0].words = QPP_LIT("No exclusion is claimed");
	for (size_t i = 0; i < x->exclusions.n; i++)
		o[i + 1] = (struct qpp_option){ x->exclusions.v[i].value, x->exclusions.v[i].words, QPP_LIT("") };
	form_select(h, e, &(struct qpp_field){ .name = qpp_str_cat(a, qpp_str_dup(a, x->field).p, "-exclusion", (char *)NULL).p,
		.label = QPP_LIT("Exclusion"), .value = x->exclusion, .flags = QPP_FIELD_OPTIONAL }, o, x->exclusions.n + 1);
}

static void pi_line(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_pi_line *x)
{
	static const struct qpp_option answers[] = {
		{ QPP_LIT_INIT("yes"), QPP_LIT_INIT("Yes"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT("no"), QPP_LIT_INIT("No"), QPP_LIT_INIT("") },
		{ QPP_LIT_INIT(""), QPP_LIT_INIT("No answer"), QPP_LIT_INIT("") },
	};
	const char *field = qpp_str_dup(a, x->field).p;
	say(h, "<fieldset class=\"ds-c-fieldset q-stratum\">\n<legend class=\"ds-c-label\"><span class=\"q-id\">{}</span> {}{}</legend>\n",
	    T(x->id), T(x->title), W(x->required ? " (required)" : ""));
	if (x->counts) {
		put(h, "<div class=\"q-row\">\n");
		form_field(h, e, &(struct qpp_field){ .name = qpp_str_cat(a, field, "-numerator", (char *)NULL).p, .label = QPP_LIT("Numerator"),
			.value = x->numerator, .flags = QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
		form_field(h, e, &(struct qpp_field){ .name = qpp_str_cat(a, field, "-denominator", (char *)NULL).p,
			.label = QPP_LIT("Denominator"), .value = x->denominator, .flags = QPP_FIELD_NUMBER | QPP_FIELD_SHORT });
		put(h, "</div>\n");
	} else {
		form_select(h, e, &(struct qpp_field){ .name = qpp_str_cat(a, field, "-answer", (char *)NULL).p, .label = QPP_LIT("Answer"),
			.value = x->answer }, answers, 3);
	}
	exclusion(h, a, e, x);
	put(h, "</fieldset>\n");
}

QPP_VIEW(pi, qpp_pi_form)
{
	struct qpp_html page, *h = &page;
	struct qpp_str path = qpp_str_cat(a, "/submissions/", qpp_str_dup(a, m->submission_id).p, "/pi", (char *)NULL);
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Promoting interoperability"), e);
	part_crumbs(h, a, m->submission_id, &m->subject, QPP_LIT("Promoting interoperability"));
	put(h, "<h1>Promoting interoperability</h1>\n");
	part_subject(h, &m->subject);
	if (part_window(h, &m->window))
		return qpp_shell_end(h, s);
	part_draft(h, m->draft_saved);
	form_begin(h, s, path, false);
	part_period(h, e, m->start, m->end);
	part_cehrt(h, e, m->cehrt);
	for (size_t g = 0; g < m->groups.n; g++) {
		say(h, "<h2>{}</h2>\n", T(m->groups.v[g].title));
		for (size_t i = 0; i < m->groups.v[g].v.n; i++)
			pi_line(h, a, e, &m->groups.v[g].v.v[i]);
	}
	if (!m->groups.n)
		put(h, "<p>The catalog of this year lists no measures.</p>\n");
	part_entry_buttons(h);
	form_end(h);
	return qpp_shell_end(h, s);
}
