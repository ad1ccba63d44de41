/* What a score leaves open: facts that were not given, readings of the rules, and remarks on the data. */
#include "adapt/html/explain_int.h"

/* "86.45 points (+15.75)": a score beside the one that was computed. */
static void put_other_score(const struct explained *e, struct qpp_value other)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "final score <b>");
	qpp_html_value(h, other, QPP_UNIT_SCORE);
	qpp_html_lit(h, "</b>");
	if (!other.has || !e->x->score.final_score.has)
		return;
	qpp_dec change = qpp_dec_sub(other.v, e->x->score.final_score.v);
	if (qpp_dec_sign(change)) {
		qpp_html_lit(h, " (");
		qpp_html_signed(h, change, QPP_UNIT_SCORE);
		qpp_html_lit(h, ")");
	} else {
		qpp_html_lit(h, " (the same)");
	}
}

static void put_otherwise(const struct explained *e, const struct qpp_otherwise *o)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<li>If ");
	qpp_html_text(h, o->value);
	qpp_html_lit(h, ": ");
	put_other_score(e, o->final_score);
	qpp_html_lit(h, ", payment adjustment <b>");
	if (o->total.has)
		qpp_html_signed(h, o->total.v, QPP_UNIT_FACTOR);
	else
		qpp_html_lit(h, "not known");
	qpp_html_lit(h, "</b></li>\n");
}

static void put_missing(const struct explained *e, const struct qpp_missing_answer *m)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<li><p><b>");
	qpp_html_text(h, qpp_plain_words(h->b.arena, m->fact));
	qpp_html_lit(h, "</b> <code>");
	qpp_html_text(h, m->fact);
	qpp_html_lit(h, "</code></p>\n<p>Decides ");
	qpp_html_text(h, m->decides);
	qpp_html_lit(h, ".</p>\n");
	if (m->n_otherwise) {
		qpp_html_lit(h, "<ul>\n");
		for (size_t i = 0; i < m->n_otherwise; i++)
			put_otherwise(e, &m->otherwise[i]);
		qpp_html_lit(h, "</ul>\n");
	}
	qpp_html_lit(h, "</li>\n");
}

void explain_missing(const struct explained *e)
{
	struct qpp_html *h = e->h;
	explain_heading(e, 0, "missing");
	qpp_html_lit(h, "What is not known");
	explain_close_heading(e, 0);
	if (!e->x->n_missing) {
		qpp_html_lit(h, "<p>Every fact that the score asks for was given.</p>\n");
		return;
	}
	qpp_html_lit(h, "<p>These facts were not given. Each was taken as not so; giving it in the facts file can change the "
	                "score.</p>\n<ul class=\"notes\">\n");
	for (size_t i = 0; i < e->x->n_missing; i++)
		put_missing(e, &e->x->missing[i]);
	qpp_html_lit(h, "</ul>\n");
}

static void put_reading(const struct explained *e, const struct qpp_sensitivity *s)
{
	const struct qpp_reading *r = qpp_ruleset_reading(e->rules, s->reading);
	struct qpp_html *h = e->h;
	struct qpp_anchor to;
	bool linked = qpp_anchor_of_reading(e->rules, s->reading, &to);
	qpp_html_lit(h, "<li><p><b>");
	if (linked)
		qpp_html_begin_link(h, QPP_RULE_FOLDER, &to);
	qpp_html_text(h, qpp_plain_words(h->b.arena, s->reading));
	if (linked)
		qpp_html_lit(h, "</a>");
	qpp_html_lit(h, "</b></p>\n");
	if (r) {
		qpp_html_lit(h, "<p>Here it is read so: ");
		qpp_html_text(h, r->says);
		qpp_html_lit(h, "</p>\n");
	}
	qpp_html_lit(h, "<ul>\n<li>Read as <code>");
	qpp_html_text(h, s->alternative);
	qpp_html_lit(h, "</code>: ");
	put_other_score(e, s->final_score);
	qpp_html_lit(h, "</li>\n</ul>\n</li>\n");
}

void explain_sensitivity(const struct explained *e)
{
	struct qpp_html *h = e->h;
	explain_heading(e, 0, "readings");
	qpp_html_lit(h, "Readings of the rules");
	explain_close_heading(e, 0);
	if (!e->x->readings_tried) {
		qpp_html_lit(h, "<p>No unverified reading of the rules was needed.</p>\n");
	} else if (!e->x->n_sensitivity) {
		qpp_html_lit(h, "<p>The final score is the same under every other reading of the rules that was tried (");
		qpp_html_i64(h, (int64_t)e->x->readings_tried);
		qpp_html_lit(h, ").</p>\n");
	} else {
		qpp_html_lit(h, "<p>Where the text of the rules leaves room, a reading was chosen. Of the readings that this score "
		                "asked for, these would give another score if they were chosen otherwise.</p>\n<ul class=\"notes\">\n");
		for (size_t i = 0; i < e->x->n_sensitivity; i++)
			put_reading(e, &e->x->sensitivity[i]);
		qpp_html_lit(h, "</ul>\n");
	}
}

static void put_member(struct qpp_html *h, const char *name, struct qpp_str value)
{
	if (!value.n)
		return;
	qpp_html_lit(h, "<dt>");
	qpp_html_word(h, name);
	qpp_html_lit(h, "</dt> <dd>");
	qpp_html_text(h, value);
	qpp_html_lit(h, "</dd>\n");
}

static void put_finding(struct qpp_html *h, const struct qpp_ruleset *rules, const struct qpp_finding *f)
{
	struct qpp_anchor to;
	bool linked = qpp_anchor_of_finding(rules, f->code, &to);
	qpp_html_lit(h, "<li class=\"");
	qpp_html_word(h, qpp_severity_name(f->severity));
	qpp_html_lit(h, "\"><p><b>");
	qpp_html_sentence(h, qpp_str_of(qpp_severity_name(f->severity)));
	qpp_html_lit(h, ":</b> ");
	qpp_html_text(h, f->message);
	qpp_html_lit(h, "</p>\n<dl class=\"about\">\n");
	put_member(h, "About", f->subject);
	put_member(h, "Found", f->value);
	put_member(h, "Expected", f->expected);
	put_member(h, "Hint", f->hint);
	if (f->where.file.n || f->where.line) {
		qpp_html_lit(h, "<dt>Place</dt> <dd>");
		explain_place(h, &f->where);
		qpp_html_lit(h, "</dd>\n");
	}
	if (f->cite.n) {
		qpp_html_lit(h, "<dt>Rule</dt> <dd>");
		qpp_html_cite(h, rules, QPP_RULE_FOLDER, f->cite);
		qpp_html_lit(h, "</dd>\n");
	}
	qpp_html_lit(h, "<dt>Code</dt> <dd>");
	if (linked)
		qpp_html_begin_link(h, QPP_RULE_FOLDER, &to);
	qpp_html_text(h, f->code);
	if (linked)
		qpp_html_lit(h, "</a>");
	qpp_html_lit(h, "</dd>\n</dl></li>\n");
}

void explain_findings(struct qpp_html *h, const struct qpp_ruleset *rules, const struct qpp_findings *f)
{
	qpp_html_lit(h, "<h2 id=\"findings\">Remarks on the data</h2>\n");
	if (!f->list.n) {
		qpp_html_lit(h, "<p>There is nothing to remark on the data.</p>\n");
		return;
	}
	qpp_html_lit(h, "<ul class=\"notes\">\n");
	for (size_t i = 0; i < f->list.n; i++)
		put_finding(h, rules, &f->list.v[i]);
	qpp_html_lit(h, "</ul>\n");
	if (f->left_out) {
		qpp_html_lit(h, "<p>And ");
		qpp_html_i64(h, (int64_t)f->left_out);
		qpp_html_lit(h, " more.</p>\n");
	}
}
