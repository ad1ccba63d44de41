/* Shared parts: whom a page is about, the score as a ring, findings, entry forms. */
#include "adapt/portal/parts.h"

void part_subject(struct qpp_html *h, const struct qpp_subject *x)
{
	say(h, "<p class=\"q-subject\"><strong>{}</strong> <span class=\"q-muted\">{}</span> ", T(x->name), T(x->number));
	if (x->clinician.n)
		say(h, "<span>{}</span> ", T(x->clinician));
	say(h, "<span class=\"q-nowrap\">{}, performance year {}</span></p>\n", T(x->level), N(x->year));
}

void part_crumbs(struct qpp_html *h, struct qpp_arena *a, struct qpp_str id, const struct qpp_subject *x, struct qpp_str here)
{
	struct qpp_crumb v[3] = { { QPP_LIT("/submissions"), QPP_LIT("Submissions") } };
	size_t n = 1;
	if (id.n)
		v[n++] = (struct qpp_crumb){ qpp_str_cat(a, "/submissions/", qpp_str_dup(a, id).p, (char *)NULL), x->name };
	if (here.n)
		v[n++] = (struct qpp_crumb){ QPP_LIT(""), here };
	else
		v[n - 1].href = QPP_LIT("");
	qpp_crumbs(h, v, n);
}

/*
 * The ring is drawn over a path of length 10000, so that hundredths of points are its units. The mark is where the
 * performance threshold lies. The words beside it say the same: the drawing is hidden from those who listen.
 */
void part_ring(struct qpp_html *h, const struct qpp_score_view *x)
{
	put(h, "<div class=\"q-score\">\n<svg class=\"q-ring\" viewBox=\"0 0 120 120\" aria-hidden=\"true\">\n"
	       "<circle class=\"q-ring__back\" cx=\"60\" cy=\"60\" r=\"50\" pathLength=\"10000\"/>\n");
	if (x->has)
		say(h, "<circle class=\"q-ring__score\" cx=\"60\" cy=\"60\" r=\"50\" pathLength=\"10000\" stroke-dasharray=\"{} 10000\" "
		       "transform=\"rotate(-90 60 60)\"/>\n", N(x->hundredths));
	if (x->threshold_hundredths)
		say(h, "<circle class=\"q-ring__mark\" cx=\"60\" cy=\"60\" r=\"50\" pathLength=\"10000\" stroke-dasharray=\"60 9940\" "
		       "stroke-dashoffset=\"-{}\" transform=\"rotate(-90 60 60)\"/>\n", N(x->threshold_hundredths - 30));
	say(h, "<text x=\"60\" y=\"68\" text-anchor=\"middle\">{}</text>\n</svg>\n<div>\n", T(x->has ? x->score : QPP_LIT("\xE2\x80\x94")));
	if (!x->has) {
		say(h, "<p class=\"q-score__figure\">No score yet</p>\n<p>{}</p>\n", T(x->why_not));
	} else {
		say(h, "<p class=\"q-score__figure\">{} <span>of 100 points</span></p>\n<p>{}</p>\n", T(x->score), T(x->band));
		put(h, "<dl class=\"q-facts\">");
		if (x->threshold.n) {
			put(h, "<dt>");
			term(h, "performance-threshold", "Performance threshold");
			say(h, "</dt><dd>{}</dd>", T(x->threshold));
		}
		if (x->factor.n) {
			put(h, "<dt>");
			term(h, "payment-adjustment", "Payment adjustment");
			say(h, "</dt><dd>{}</dd>", T(x->factor));
		}
		put(h, "</dl>\n");
	}
	put(h, "</div>\n</div>\n");
}

bool part_window(struct qpp_html *h, const struct qpp_window_view *w)
{
	if (w->open) {
		if (w->closes.n)
			say(h, "<p class=\"q-muted\">The submission window closes {}.</p>\n", T(w->closes));
		return false;
	}
	qpp_alert_begin(h, QPP_TONE_WARN, QPP_LIT("The submission window is closed"));
	say(h, "<p class=\"ds-c-alert__text\">{} Data can be looked at; they cannot be changed.</p>\n", T(w->closed));
	qpp_alert_end(h);
	return true;
}

void part_texts(struct qpp_html *h, const qpp_texts *v)
{
	if (!v->n)
		return;
	put(h, "<ul>\n");
	for (size_t i = 0; i < v->n; i++)
		say(h, "<li>{}</li>\n", T(v->v[i]));
	put(h, "</ul>\n");
}

static void finding(struct qpp_html *h, const struct qpp_upload_error *x)
{
	const struct qpp_finding *f = &x->finding;
	put(h, "<li>\n<p class=\"q-finding\">");
	if (f->where.line)
		say(h, "<span class=\"q-line\">Line {}</span> ", N(f->where.line));
	say(h, "<strong>{}{}</strong>{}</p>\n", T(f->subject), W(f->subject.n ? ": " : ""), T(f->message));
	if (x->excerpt.n)
		say(h, "<pre class=\"q-excerpt\" tabindex=\"0\" role=\"group\" aria-label=\"Line {} of the file\"><code>{}</code></pre>\n",
		    N(f->where.line), T(x->excerpt));
	put(h, "<dl class=\"q-facts\">");
	if (f->value.n)
		say(h, "<dt>Found</dt><dd>{}</dd>", T(f->value));
	if (f->expected.n)
		say(h, "<dt>Expected</dt><dd>{}</dd>", T(f->expected));
	if (f->hint.n)
		say(h, "<dt>What to do</dt><dd>{}</dd>", T(f->hint));
	if (f->cite.n)
		say(h, "<dt>Rule</dt><dd>{}</dd>", T(f->cite));
	if (f->where.pointer.n)
		say(h, "<dt>Place</dt><dd><code>{}</code></dd>", T(f->where.pointer));
	say(h, "<dt>Code</dt><dd><code>{}</code></dd></dl>\n</li>\n", T(f->code));
}

void part_findings(struct qpp_html *h, const struct qpp_upload_error *v, size_t n)
{
	put(h, "<ol class=\"q-findings\">\n");
	for (size_t i = 0; i < n; i++)
		finding(h, &v[i]);
	put(h, "</ol>\n");
}

void part_period(struct qpp_html *h, const struct qpp_form_errors *e, struct qpp_str start, struct qpp_str end)
{
	put(h, "<div class=\"q-row\">\n");
	form_field(h, e, &(struct qpp_field){ .name = "start", .label = QPP_LIT("First day of the performance period"),
		.hint = QPP_LIT("Year, month, day: 2025-01-31"), .value = start, .flags = QPP_FIELD_SHORT });
	form_field(h, e, &(struct qpp_field){ .name = "end", .label = QPP_LIT("Last day of the performance period"),
		.hint = QPP_LIT("Year, month, day: 2025-12-31"), .value = end, .flags = QPP_FIELD_SHORT });
	put(h, "</div>\n");
}

void part_cehrt(struct qpp_html *h, const struct qpp_form_errors *e, struct qpp_str id)
{
	form_field(h, e, &(struct qpp_field){ .name = "cehrt", .label = QPP_LIT("CEHRT ID"),
		.hint = QPP_LIT("15 letters and digits, from the Certified Health IT Product List."), .value = id,
		.flags = QPP_FIELD_SHORT });
}

void part_entry_buttons(struct qpp_html *h)
{
	put(h, "<div class=\"q-buttons\">\n");
	form_button(h, QPP_TONE_GOOD, QPP_LIT("See what this would change"), "do", QPP_LIT("review"));
	form_button(h, QPP_TONE_PLAIN, QPP_LIT("Save as a draft"), "do", QPP_LIT("draft"));
	put(h, "</div>\n<p class=\"q-muted\">Nothing is filed before you have seen what it changes. A draft counts for nothing, and "
	       "waits here for everybody who may submit for the organization.</p>\n");
}

void part_draft(struct qpp_html *h, struct qpp_str saved)
{
	if (!saved.n)
		return;
	qpp_alert_begin(h, QPP_TONE_PLAIN, QPP_LIT("This is a draft"));
	say(h, "<p class=\"ds-c-alert__text\">Saved {}. It is not filed.</p>\n", T(saved));
	qpp_alert_end(h);
}
