/* /feedback/.../changes and /feedback/.../claims: two versions side by side, and what the adjustment does to payments. */
#include "adapt/portal/parts.h"
#include "adapt/portal/views.h"

#define DASH "\xE2\x80\x94"

static void begin(struct qpp_html *h, const struct qpp_shell *s, struct qpp_str href, const struct qpp_subject *subject, const char *title,
                  const struct qpp_form_errors *e)
{
	qpp_shell_begin(h, s, qpp_str_of(title), e);
	qpp_crumbs(h, (const struct qpp_crumb[]){ { QPP_LIT("/feedback"), QPP_LIT("Performance feedback") },
		{ href, subject->clinician.n ? subject->clinician : subject->name }, { QPP_LIT(""), qpp_str_of(title) } }, 3);
	say(h, "<h1>{}</h1>\n", W(title));
	part_subject(h, subject);
}

/* ---- two versions ---- */

static void side(struct qpp_html *h, const char *what, struct qpp_str old, struct qpp_str now)
{
	qpp_stack_row(h);
	say(h, "{}</th>", W(what));
	qpp_stack_cell(h, "Was");
	say(h, "{}</td>", T(old.n ? old : QPP_LIT(DASH)));
	qpp_stack_cell(h, "Is");
	say(h, "{}</td></tr>\n", T(now.n ? now : QPP_LIT(DASH)));
}

static void sides(struct qpp_html *h, const struct qpp_feedback_changes_view *m)
{
	TABLE(h, "Both versions");
	put(h, "<td></td>");
	say(h, "<th scope=\"col\" role=\"columnheader\">Version {}</th><th scope=\"col\" role=\"columnheader\">Version {}</th>", T(m->old.number),
	    T(m->now.number));
	qpp_stack_body(h);
	side(h, "State", m->old.phase, m->now.phase);
	side(h, "Released", m->old.released, m->now.released);
	side(h, "Made because of", m->old.reason, m->now.reason);
	side(h, "Final score", m->old.score, m->now.score);
	side(h, "Payment adjustment", m->old.factor, m->now.factor);
	qpp_stack_end(h);
}

static void facts(struct qpp_html *h, const struct qpp_change_fact *v, size_t n)
{
	qpp_stack_column(h, "What"), qpp_stack_number(h, "Was"), qpp_stack_number(h, "Is"), qpp_stack_column(h, "Why"), qpp_stack_column(h, "Rule");
	qpp_stack_body(h);
	for (size_t i = 0; i < n; i++) {
		qpp_stack_row(h);
		if (v[i].subject.n)
			say(h, "<span class=\"q-block q-muted\">{}</span>", T(v[i].subject));
		say(h, "{}</th>", T(v[i].says));
		qpp_stack_figure(h, "Was");
		say(h, "{}</td>", T(v[i].old.n ? v[i].old : QPP_LIT(DASH)));
		qpp_stack_figure(h, "Is");
		say(h, "{}</td>", T(v[i].now.n ? v[i].now : QPP_LIT(DASH)));
		qpp_stack_cell(h, "Why");
		say(h, "{}</td>", T(v[i].note.n ? v[i].note : QPP_LIT(DASH)));
		qpp_stack_cell(h, "Rule");
		qpp_html_part(h, v[i].rule.n ? v[i].rule : QPP_LIT(DASH));
		put(h, "</td></tr>\n");
	}
	qpp_stack_end(h);
}

QPP_VIEW(feedback_changes, qpp_feedback_changes_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	begin(h, s, m->href, &m->subject, "What changed", e);
	sides(h, m);
	put(h, "<h2 id=\"causes\">What caused it</h2>\n");
	if (m->no_detail.n) {
		say(h, "<p>The figures behind them cannot be held against each other: {}.</p>\n", T(m->no_detail));
		return qpp_shell_end(h, s);
	}
	if (!m->causes.n && !m->follows.n) {
		put(h, "<p>Every figure is the same in both.</p>\n");
		return qpp_shell_end(h, s);
	}
	if (m->causes.n) {
		TABLE(h, "Figures that changed by themselves");
		facts(h, m->causes.v, m->causes.n);
	} else {
		put(h, "<p>No figure changed by itself.</p>\n");
	}
	put(h, "<h2 id=\"follows\">What follows from it</h2>\n");
	if (m->follows.n) {
		TABLE(h, "Figures that changed because of those");
		facts(h, m->follows.v, m->follows.n);
	} else {
		put(h, "<p>Nothing else changed.</p>\n");
	}
	return qpp_shell_end(h, s);
}

/* ---- claims ---- */

static void amounts(struct qpp_html *h, const struct qpp_claim_line_view *x)
{
	say(h, "<dl class=\"q-facts\"><dt>Medicare pays</dt><dd>{}</dd><dt>Adjustment</dt><dd>{}</dd><dt>After the adjustment</dt><dd>{}</dd>"
	       "<dt>Sequestration</dt><dd>{}</dd><dt>You receive</dt><dd><strong>{}</strong></dd></dl>\n",
	    T(x->paid), T(x->adjustment), T(x->after), T(x->sequestration), T(x->net));
}

static void wrong(struct qpp_html *h, const struct qpp_feedback_claims_view *m)
{
	if (!m->wrong.n)
		return;
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("These lines are no amounts"));
	part_texts(h, &m->wrong);
	put(h, "<p class=\"ds-c-alert__text\">There are no totals until they are mended. Nothing that you pasted was lost.</p>\n");
	qpp_alert_end(h);
}

QPP_VIEW(feedback_claims, qpp_feedback_claims_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	begin(h, s, m->href, &m->subject, "What the adjustment does to claims", e);
	if (!m->factor.n) {
		say(h, "<p class=\"q-lead\">There is no payment adjustment to apply: {}.</p>\n", T(m->no_factor));
		return qpp_shell_end(h, s);
	}
	say(h, "<p class=\"q-lead\">{} on what Medicare pays for covered professional services in {}.</p>\n", T(m->factor), N(m->payment_year));
	put(h, "<p>It changes the paid amount of each claim line, not the patient's deductible or coinsurance, and not drugs or other items. "
	       "Sequestration is another reduction, made after it for everybody.</p>\n<h2 id=\"hundred\">Of a payment of $100</h2>\n");
	amounts(h, &m->hundred);
	put(h, "<h2 id=\"year\">Of a year of payments</h2>\n");
	wrong(h, m);
	if (m->lines) {
		say(h, "<p role=\"status\">{} {} together, each adjusted and rounded to the cent by itself, as claims are:</p>\n", N(m->lines),
		    W(m->lines == 1 ? "amount" : "amounts"));
		amounts(h, &m->total);
	}
	if (s->view_as.n) {
		put(h, "<p>In view mode nothing can be sent: amounts are computed for the organization's own people.</p>\n");
		return qpp_shell_end(h, s);
	}
	form_begin(h, s, qpp_str_cat(a, qpp_str_dup(a, m->href).p, "/claims", (char *)NULL), false);
	form_field(h, e, &(struct qpp_field){ .name = "paid", .label = QPP_LIT("Amounts that Medicare paid"),
		.hint = QPP_LIT("One amount a line, before adjustment and sequestration. $ and commas may stand in it: $1,234.50. Nothing is kept."),
		.value = m->typed, .flags = QPP_FIELD_LONG });
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Compute"), NULL, QPP_LIT(""));
	form_end(h);
	return qpp_shell_end(h, s);
}
