/* /eligibility: the look-up, and one clinician's standing at each practice with the reasons. */
#include "adapt/portal/view.h"
#include "adapt/portal/views.h"

#include "adapt/html/stack.h"

static void form(struct qpp_html *h, struct qpp_str npi, int64_t year, const int64_t *years, size_t n, struct qpp_arena *a,
                 const struct qpp_form_errors *e)
{
	struct qpp_option *options = QPP_NEW_ARRAY(a, n + 1, struct qpp_option);
	for (size_t i = 0; i < n; i++)
		options[i].value = options[i].words = qpp_i64_text(a, years[i]);
	form_ask(h, QPP_LIT("/eligibility"));
	put(h, "<div class=\"q-row\">\n");
	form_field(h, e, &(struct qpp_field){ .name = "npi", .label = QPP_LIT("NPI"), .hint = QPP_LIT("10 digits"), .value = npi,
		.flags = QPP_FIELD_CODE | QPP_FIELD_SHORT });
	form_select(h, e, &(struct qpp_field){ .name = "year", .label = QPP_LIT("Performance year"),
		.value = qpp_i64_text(a, year) }, options, n);
	put(h, "</div>\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Look up"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(lookup, qpp_lookup)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Eligibility"), e);
	put(h, "<h1>Who takes part?</h1>\n<p class=\"q-lead\">Whether a clinician takes part in ");
	term(h, "mips", "MIPS");
	put(h, " is decided for each practice and each ");
	term(h, "performance-year", "performance year");
	put(h, ". The answer comes with its reasons.</p>\n");
	if (m->missing) {
		qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("Nobody found"));
		say(h, "<p class=\"ds-c-alert__text\">No clinician with the NPI {} billed Medicare through a practice in {}. Check the "
		       "digits, or choose another year.</p>\n", T(m->npi), N(m->year));
		qpp_alert_end(h);
	}
	form(h, m->npi, m->year, m->years.v, m->years.n, a, e);
	return qpp_shell_end(h, s);
}

static const enum qpp_tone standing_tones[] = { [QPP_STANDS_UNKNOWN] = QPP_TONE_PLAIN, [QPP_STANDS_IN] = QPP_TONE_GOOD,
	[QPP_STANDS_CHOICE] = QPP_TONE_WARN, [QPP_STANDS_OUT] = QPP_TONE_PLAIN };

static void sentences(struct qpp_html *h, const qpp_texts *v)
{
	if (!v->n)
		return;
	put(h, "<ul class=\"q-reasons\">\n");
	for (size_t i = 0; i < v->n; i++)
		say(h, "<li>{}</li>\n", T(v->v[i]));
	put(h, "</ul>\n");
}

static void volume(struct qpp_html *h, const struct qpp_eligibility_level *l)
{
	if (!l->volume.n)
		return;
	put(h, "<details><summary>What was billed</summary>\n<table class=\"ds-c-table q-table\" role=\"table\">\n<caption "
	       "class=\"ds-c-table__caption\">Billed in the two segments of the determination period</caption>\n"
	       "<thead role=\"rowgroup\"><tr role=\"row\">");
	qpp_stack_column(h, "Figure"), qpp_stack_number(h, "First segment"), qpp_stack_number(h, "Second segment");
	qpp_stack_body(h);
	for (size_t i = 0; i < l->volume.n; i++) {
		const struct qpp_volume *v = &l->volume.v[i];
		qpp_stack_row(h);
		say(h, "{}</th>", T(v->what));
		qpp_stack_figure(h, "First segment");
		say(h, "{}</td>", T(v->first));
		qpp_stack_figure(h, "Second segment");
		say(h, "{}</td></tr>\n", T(v->second));
	}
	qpp_stack_end(h);
	put(h, "</details>\n");
}

static void reasons(struct qpp_html *h, const struct qpp_eligibility_level *l)
{
	if (!l->reasons.n)
		return;
	put(h, "<ul class=\"q-reasons\">\n");
	for (size_t i = 0; i < l->reasons.n; i++) {
		const struct qpp_reason_line *x = &l->reasons.v[i];
		say(h, "<li>{} (", T(x->text));
		if (x->href.n)
			say(h, "<a href=\"{}\">42 CFR {}</a>", T(x->href), T(x->cite));
		else
			say(h, "{}", T(x->cite));
		put(h, ")</li>\n");
	}
	put(h, "</ul>\n");
}

static void turns(struct qpp_html *h, const struct qpp_eligibility_level *l)
{
	if (!l->turns.n)
		return;
	put(h, "<details><summary>What would change this</summary>\n<ul class=\"q-reasons\">\n");
	for (size_t i = 0; i < l->turns.n; i++)
		say(h, "<li>If {}: <strong>{}</strong>.</li>\n", T(l->turns.v[i].what), T(l->turns.v[i].becomes));
	put(h, "</ul>\n</details>\n");
}

static void knowns(struct qpp_html *h, const qpp_knowns *v)
{
	for (size_t i = 0; i < v->n; i++)
		say(h, "<dt>{}</dt><dd>{}</dd>", W(v->v[i].what), T(v->v[i].says));
}

static void level(struct qpp_html *h, const struct qpp_eligibility_level *l)
{
	if (!l->title.n)
		return;
	say(h, "<section class=\"q-level\"><h3>As {}</h3>\n<p>", W(l->level));
	qpp_badge(h, standing_tones[l->standing], l->title);
	put(h, "</p>\n");
	reasons(h, l);
	if (l->unknown.n) {
		put(h, "<p>Not known, and it could change this:</p>\n");
		sentences(h, &l->unknown);
	}
	put(h, "<dl class=\"q-facts\"><dt>");
	term(h, "special-status", "Special statuses");
	put(h, "</dt><dd>");
	for (size_t i = 0; i < l->statuses.n; i++)
		say(h, "{}{}", W(i ? ", " : ""), T(l->statuses.v[i]));
	if (!l->statuses.n)
		put(h, "None");
	put(h, "</dd>");
	knowns(h, &l->known);
	put(h, "</dl>\n");
	turns(h, l);
	volume(h, l);
	put(h, "</section>\n");
}

static void apm(struct qpp_html *h, const struct qpp_eligibility_apm *x)
{
	say(h, "<span class=\"q-block\">{}{}{}", T(x->name), W(x->entity.n ? ": " : ""), T(x->entity));
	if (x->says.n)
		say(h, " <span class=\"q-muted\">{}</span>", T(x->says));
	put(h, "</span>");
	if (!x->known.n)
		return;
	put(h, "<details><summary>More about this APM</summary>\n<dl class=\"q-facts\">");
	knowns(h, &x->known);
	put(h, "</dl>\n</details>\n");
}

static void memberships(struct qpp_html *h, const struct qpp_eligibility_practice *p)
{
	put(h, "<dl class=\"q-facts\"><dt>");
	term(h, "virtual-group", "Virtual group");
	say(h, "</dt><dd>{}</dd><dt>", T(p->virtual_group.n ? p->virtual_group : QPP_LIT("None")));
	term(h, "apm", "APMs");
	put(h, "</dt><dd>");
	for (size_t i = 0; i < p->apms.n; i++)
		apm(h, &p->apms.v[i]);
	if (!p->apms.n)
		put(h, "None");
	put(h, "</dd>");
	if (p->exception.n)
		say(h, "<dt>Exceptions</dt><dd>{}</dd>", T(p->exception));
	put(h, "</dl>\n");
}

static void practice(struct qpp_html *h, const struct qpp_eligibility_practice *p)
{
	say(h, "<section class=\"q-card q-practice\">\n<h2>{}</h2>\n<p class=\"q-muted\">{}{}{}</p>\n<div class=\"q-columns\">\n",
	    T(p->name), T(p->number), W(p->place.n ? ", " : ""), T(p->place));
	level(h, &p->individual);
	level(h, &p->group);
	put(h, "</div>\n");
	memberships(h, p);
	put(h, "</section>\n");
}

static void year_links(struct qpp_html *h, const struct qpp_eligibility_view *m)
{
	put(h, "<nav class=\"q-years\" aria-label=\"Performance year\"><ul>\n");
	for (size_t i = 0; i < m->years.n; i++) {
		say(h, "<li><a href=\"/eligibility/{}?year={}\"", U(m->npi), N(m->years.v[i]));
		if (m->years.v[i] == m->year)
			put(h, " aria-current=\"page\"");
		say(h, ">{}</a></li>\n", N(m->years.v[i]));
	}
	put(h, "</ul></nav>\n");
}

QPP_VIEW(eligibility, qpp_eligibility_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, qpp_str_cat(a, "Eligibility of ", qpp_str_dup(a, m->name).p, (char *)NULL), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/eligibility"), QPP_LIT("Eligibility") }, { QPP_LIT(""), m->name } }, 2);
	say(h, "<h1>{}</h1>\n<dl class=\"q-facts q-facts--inline\">", T(m->name));
	knowns(h, &m->known);
	put(h, "</dl>\n");
	year_links(h, m);
	for (size_t i = 0; i < m->practices.n; i++)
		practice(h, &m->practices.v[i]);
	if (!m->practices.n)
		say(h, "<p>No practice billed for this clinician in {}.</p>\n", N(m->year));
	if (m->masked)
		put(h, "<p class=\"q-muted\">The TINs of practices are masked.</p>\n");
	put(h, "<h2>Another clinician or year</h2>\n");
	form(h, QPP_LIT(""), m->year, m->years.v, m->years.n, a, e);
	return qpp_shell_end(h, s);
}
