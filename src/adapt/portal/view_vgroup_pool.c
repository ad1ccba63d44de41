/* Does it pay? The members alone and together, and what one's practice tells the others. And the data of the year, added up. */
#include "adapt/portal/parts_vgroup.h"
#include "adapt/portal/views_vgroup.h"

static void line(struct qpp_html *h, const struct qpp_vgroup_pool_line *x)
{
	qpp_stack_row(h);
	say(h, "{}{}", T(x->practice), W(x->own ? " (yours)" : ""));
	if (x->note.n)
		say(h, "<span class=\"q-note\">{}</span>", T(x->note));
	put(h, "</th>");
	qpp_stack_figure(h, "Clinicians");
	say(h, "{}</td>", T(x->clinicians));
	qpp_stack_figure(h, "Score alone");
	say(h, "{}</td>", T(x->score));
	qpp_stack_figure(h, "Adjustment alone");
	say(h, "{}</td>", T(x->factor));
	qpp_stack_figure(h, "Paid a year");
	say(h, "{}</td>", T(x->dollars));
	qpp_stack_figure(h, "Dollars alone");
	say(h, "{}</td>", T(x->alone));
	qpp_stack_figure(h, "Dollars together");
	say(h, "{}</td></tr>\n", T(x->together));
}

static void table(struct qpp_html *h, const struct qpp_vgroup_pool_view *m)
{
	TABLE(h, "The practices alone and together");
	qpp_stack_column(h, "Practice"), qpp_stack_number(h, "Clinicians"), qpp_stack_number(h, "Score alone"), qpp_stack_number(h, "Adjustment alone");
	qpp_stack_number(h, "Paid a year"), qpp_stack_number(h, "Dollars alone"), qpp_stack_number(h, "Dollars together");
	qpp_stack_body(h);
	for (size_t i = 0; i < m->lines.n; i++)
		line(h, &m->lines.v[i]);
	qpp_stack_end(h);
}

static void together(struct qpp_html *h, const struct qpp_vgroup_pool_view *m)
{
	put(h, "<h2>Together</h2>\n");
	if (!m->shown)
		put(h, "<p>Shown when every practice lets the others see its figures. Until then each sees its own.</p>\n");
	else if (m->score.n)
		say(h, "<p class=\"q-score__figure\">{} <span>of 100 points</span></p>\n<p>{}</p>\n", T(m->score), T(m->how));
	if (m->shown && m->factor.n)
		say(h, "<dl class=\"q-facts\"><dt>Payment adjustment</dt><dd>{}</dd></dl>\n", T(m->factor));
	if (m->why_not.n)
		say(h, "<p>{}</p>\n", T(m->why_not));
	say(h, "<p>{}</p>\n", T(m->small));
	if (!m->reached.n)
		return;
	put(h, "<h3>Measures with enough cases only together</h3>\n");
	part_texts(h, &m->reached);
}

static void own(struct qpp_html *h, struct qpp_arena *a, const struct qpp_shell *s, const struct qpp_vgroup_pool_view *m, const struct qpp_form_errors *e)
{
	struct qpp_option *v = QPP_NEW_ARRAY(a, m->own.n + 1, struct qpp_option);
	for (size_t i = 0; i < m->own.n; i++)
		v[i] = (struct qpp_option){ m->own.v[i].value, m->own.v[i].words, QPP_LIT("") };
	put(h, "<h2>Your figures</h2>\n");
	form_begin(h, s, vg_path(a, m->head.id, "/forecast"), false);
	if (m->own.n > 1)
		form_select(h, e, &(struct qpp_field){ .name = "org", .label = QPP_LIT("Practice"), .value = m->org }, v, m->own.n);
	else
		form_hidden(h, "org", m->own.v[0].value);
	form_field(h, e, &(struct qpp_field){ .name = "score", .label = QPP_LIT("Final score that you expect alone"), .value = m->typed_score,
		.hint = QPP_LIT("0 to 100. Leave it empty to use the data that were filed."), .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "dollars", .label = QPP_LIT("Paid by Medicare Part B in a year, in dollars"), .value = m->typed_dollars,
		.hint = QPP_LIT("For covered professional services; a rough figure will do."), .flags = QPP_FIELD_OPTIONAL | QPP_FIELD_SHORT });
	form_check(h, "shows", QPP_LIT("yes"), QPP_LIT("The other members may see these figures and our score"), m->shows);
	form_button(h, QPP_TONE_GOOD, QPP_LIT("Save"), NULL, QPP_LIT(""));
	form_end(h);
}

QPP_VIEW(vgroup_pool, qpp_vgroup_pool_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Does it pay?"), e);
	vg_head(h, a, &m->head, QPP_LIT("Does it pay?"));
	put(h, "<p>All members of a virtual group have one score and one payment adjustment. This compares it with what each would have alone: on data of a "
	       "year that is over, so it tells the past and promises nothing.</p>\n");
	if (m->lines.n)
		table(h, m);
	together(h, m);
	if (m->own.n)
		own(h, a, s, m, e);
	say(h, "<p><a href=\"{}\">Back to the group</a></p>\n", T(vg_path(a, m->head.id, "")));
	return qpp_shell_end(h, s);
}

/* ---- the data of the year ---- */

QPP_VIEW(vgroup_data, qpp_vgroup_data_view)
{
	struct qpp_html page, *h = &page;
	qpp_html_init(h, a);
	qpp_shell_begin(h, s, QPP_LIT("Data of the year"), e);
	vg_head(h, a, &m->head, QPP_LIT("Data of the year"));
	put(h, "<p>A virtual group adds the data of its practices up itself and reports them as one. This is what they have filed here so far.</p>\n");
	put(h, "<h2>Practices with data</h2>\n");
	part_texts(h, &m->reporting);
	if (!m->reporting.n)
		put(h, "<p>No practice has filed data as a group yet.</p>\n");
	put(h, "<h2>Practices that are missing</h2>\n");
	part_texts(h, &m->missing);
	if (!m->missing.n)
		put(h, "<p>Nobody is missing.</p>\n");
	if (m->checks.n) {
		put(h, "<h2>What adding up shows</h2>\n");
		vg_checks(h, m->checks.v, m->checks.n);
	}
	if (m->href.n)
		say(h, "<h2>Added up</h2>\n<p><a href=\"{}\">The submission of the virtual group (QPP JSON)</a></p>\n<p>Upload it as the <a "
		       "href=\"/submissions/upload\">group's submission</a>: before it is filed you see the score.</p>\n", T(m->href));
	say(h, "<p><a href=\"{}\">Back to the group</a></p>\n", T(vg_path(a, m->head.id, "")));
	return qpp_shell_end(h, s);
}
