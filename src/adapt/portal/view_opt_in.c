/* /eligibility/opt-in: who has the choice, and the page on which it is made for the year. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

static void item(struct qpp_html *h, const struct qpp_choosing_item *x)
{
	qpp_stack_row(h);
	say(h, "{}</th>", T(x->who));
	qpp_stack_cell(h, "Standing");
	say(h, "{}", T(x->status));
	if (x->says.n)
		say(h, "<span class=\"q-note\">{}</span>", T(x->says));
	put(h, "</td>");
	qpp_stack_cell(h, "Choice");
	if (x->chosen.n)
		say(h, "<strong>{}</strong>", T(x->chosen));
	if (x->href_receipt.n)
		say(h, " <a class=\"q-block\" href=\"{}\">Receipt<span class=\"ds-u-visibility--screen-reader\"> of {}</span></a>", T(x->href_receipt), T(x->who));
	if (x->may)
		say(h, "<a class=\"q-block\" href=\"{}/optIn{}\">Opt in<span class=\"ds-u-visibility--screen-reader\"> for {}</span></a> "
		       "<a class=\"q-block\" href=\"{}/voluntary{}\">Report voluntarily<span class=\"ds-u-visibility--screen-reader\"> for {}</span></a>",
		    T(x->href), T(x->query), T(x->who), T(x->href), T(x->query), T(x->who));
	if (!x->chosen.n && !x->may)
		put(h, "None");
	put(h, "</td></tr>\n");
}

QPP_VIEW(opt_in, qpp_opt_in_page)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Opting in"), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/eligibility"), QPP_LIT("Eligibility") }, { QPP_LIT(""), QPP_LIT("Opting in") } }, 2);
	put(h, "<h1>Opting in</h1>\n<p class=\"q-lead\">Who exceeds some figures of the low-volume threshold, but not all, chooses: take part and be "
	       "paid by the score, report for feedback only, or do nothing.</p>\n<p>Nothing is filed for them before they have chosen. A choice holds "
	       "for the year and cannot be taken back. Only Security Officials choose.</p>\n");
	put(h, "<nav class=\"q-years\" aria-label=\"Performance year\"><ul>\n");
	for (size_t i = 0; i < m->years.n; i++) {
		say(h, "<li><a href=\"/eligibility/opt-in?year={}\"", N(m->years.v[i]));
		if (m->years.v[i] == m->year)
			put(h, " aria-current=\"page\"");
		say(h, ">{}</a></li>\n", N(m->years.v[i]));
	}
	put(h, "</ul></nav>\n");
	if (!m->items.n) {
		say(h, "<p>None of your practices or clinicians has a choice for {}.</p>\n", N(m->year));
		return qpp_shell_end(h, s);
	}
	TABLE(h, "Practices, and clinicians who have a choice");
	qpp_stack_column(h, "Who"), qpp_stack_column(h, "Standing"), qpp_stack_column(h, "Choice");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->items.n; i++)
		item(h, &m->items.v[i]);
	qpp_stack_end(h);
	if (m->total > (int64_t)m->items.n)
		say(h, "<p>And {} more, not shown.</p>\n", N(m->total - (int64_t)m->items.n));
	return qpp_shell_end(h, s);
}

static void consequences(struct qpp_html *h, const struct qpp_opt_in_confirm *m)
{
	if (m->opts_in)
		put(h, "<ul class=\"q-reasons\">\n<li>Data are to be submitted, and scored as everybody's are.</li>\n"
		       "<li>The payment adjustment of the score is applied, whether it is positive, neutral or negative. Without data it is the lowest.</li>\n"
		       "</ul>\n");
	else
		put(h, "<ul class=\"q-reasons\">\n<li>Data that are submitted are scored, and you get feedback.</li>\n"
		       "<li>There is no payment adjustment, neither positive nor negative.</li>\n</ul>\n");
}

QPP_VIEW(opt_in_confirm, qpp_opt_in_confirm)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, m->title, e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/eligibility"), QPP_LIT("Eligibility") }, { m->back, QPP_LIT("Opting in") },
		{ QPP_LIT(""), m->title } }, 3);
	say(h, "<h1>{}</h1>\n<p class=\"q-subject\"><strong>{}</strong> <span class=\"q-nowrap\">performance year {}</span></p>\n", T(m->title), T(m->who), N(m->year));
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("This cannot be taken back"));
	say(h, "<p class=\"ds-c-alert__text\">The choice holds for all of performance year {}. Nobody can change it afterwards, neither you nor the "
	       "agency.</p>\n", N(m->year));
	qpp_alert_end(h);
	put(h, "<h2>What it means</h2>\n");
	consequences(h, m);
	if (m->reasons.n) {
		put(h, "<h2>Why there is a choice</h2>\n<ul class=\"q-reasons\">\n");
		for (size_t i = 0; i < m->reasons.n; i++)
			say(h, "<li>{} ({})</li>\n", T(m->reasons.v[i].text), T(m->reasons.v[i].cite));
		put(h, "</ul>\n");
	}
	form_begin(h, s, m->action, false);
	form_field(h, e, &(struct qpp_field){ .name = "typed", .label = QPP_LIT("Type the words to confirm"),
		.hint = qpp_str_cat(a, "The words are: ", qpp_str_dup(a, m->typed).p, (char *)NULL), .flags = QPP_FIELD_SHORT });
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_BAD, m->title, NULL, QPP_LIT(""));
	say(h, "<a class=\"ds-c-button ds-c-button--ghost\" href=\"{}\">Back without choosing</a>\n</div>\n", T(m->back));
	form_end(h);
	return qpp_shell_end(h, s);
}
