/* The explanation page from top to bottom: what it is about, the result of each score, its parts, remarks, reasons. */
#include "adapt/html/explain.h"

#include "adapt/html/explain_int.h"
#include "adapt/html/frame.h"
#include "adapt/html/stack.h"

/* A performance year decides the payments of the second year after it. */
enum { YEARS_TO_PAYMENT = 2 };

void explain_open_heading(const struct explained *e, int below)
{
	qpp_html_lit(e->h, "<h");
	qpp_html_i64(e->h, e->level + below);
	qpp_html_lit(e->h, " id=\"s");
	qpp_html_i64(e->h, (int64_t)e->number);
	qpp_html_lit(e->h, "-");
}

void explain_close_heading(const struct explained *e, int below)
{
	qpp_html_lit(e->h, "</h");
	qpp_html_i64(e->h, e->level + below);
	qpp_html_lit(e->h, ">\n");
}

void explain_fact_id(const struct explained *e, uint32_t fact)
{
	qpp_html_lit(e->h, "s");
	qpp_html_i64(e->h, (int64_t)e->number);
	qpp_html_lit(e->h, "-fact-");
	qpp_html_i64(e->h, fact);
}

void explain_value(const struct explained *e, struct qpp_value v, enum qpp_unit unit)
{
	bool linked = v.has && e->told && e->told[v.fact] && v.fact;
	if (linked) {
		qpp_html_lit(e->h, "<a href=\"#");
		explain_fact_id(e, v.fact);
		qpp_html_lit(e->h, "\">");
	}
	qpp_html_value(e->h, v, unit);
	if (linked)
		qpp_html_lit(e->h, "</a>");
}

void explain_place(struct qpp_html *h, const struct qpp_where *w)
{
	if (w->line) {
		qpp_html_lit(h, "line ");
		qpp_html_i64(h, w->line);
		qpp_html_lit(h, " of ");
	}
	qpp_html_text(h, w->file.n ? w->file : QPP_LIT("the file"));
	if (w->pointer.n) {
		qpp_html_lit(h, ", <code>");
		qpp_html_text(h, w->pointer);
		qpp_html_lit(h, "</code>");
	}
}

static void put_adjustment(const struct explained *e)
{
	const struct qpp_adjustment *x = &e->x->score.adjustment;
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<p>Payment adjustment in ");
	qpp_html_i64(h, e->answer->py.v + YEARS_TO_PAYMENT);
	qpp_html_lit(h, "\n<strong>");
	if (x->total.has)
		qpp_html_signed(h, x->total.v, QPP_UNIT_FACTOR);
	else
		qpp_html_lit(h, "Not known");
	qpp_html_lit(h, "</strong>\n<span>");
	qpp_html_word(h, qpp_band_title(x->band));
	qpp_html_lit(h, "</span>\n");
	if (!x->total.has)
		qpp_html_lit(h, "<span>The scaling factor of that year is not published.</span>\n");
	if (x->additional.has) {
		qpp_html_lit(h, "<span>Of which additional factor: ");
		qpp_html_signed(h, x->additional.v, QPP_UNIT_FACTOR);
		qpp_html_lit(h, "</span>\n");
	}
	if (x->band >= QPP_POSITIVE && x->scaling_source == QPP_SCALING_FITTED) {
		qpp_html_lit(h, "<span>Scaling factor ");
		qpp_html_value(h, x->scaling, QPP_UNIT_NUMBER);
		qpp_html_lit(h, ", fitted to public pairs of score and factor: the agency has never published it.</span>\n");
	}
	qpp_html_lit(h, "</p>\n");
}

/* 414.1380(e): the other final score, where the facility's was possible. */
static void put_facility(const struct explained *e)
{
	const struct qpp_score *s = &e->x->score;
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "\n<span>");
	qpp_html_word(h, s->facility_based ? "By the scores of the facility; by the measures it would be "
	                                   : "By the measures; by the scores of the facility it would be ");
	qpp_html_value(h, s->facility_based ? s->by_measures : s->by_facility, QPP_UNIT_SCORE);
	qpp_html_lit(h, ".</span>");
}

static void put_result(const struct explained *e)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<div class=\"result\">\n<p>Final score\n<strong>");
	if (!e->x->score.final_score.has) {
		qpp_html_lit(h, "none</strong>\n<span>Because ");
		qpp_html_text(h, e->x->score.no_score);
		qpp_html_lit(h, ".</span></p>\n</div>\n");
		return;
	}
	qpp_html_value(h, e->x->score.final_score, QPP_UNIT_SCORE);
	qpp_html_lit(h, "</strong>\n<span>of 100 points</span>");
	if (e->x->score.by_facility.has)
		put_facility(e);
	qpp_html_lit(h, "</p>\n");
	put_adjustment(e);
	qpp_html_lit(h, "</div>\n");
}

static void put_why(const struct explained *e, struct qpp_str trees)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<h2 id=\"s");
	qpp_html_i64(h, (int64_t)e->number);
	qpp_html_lit(h, "-why\" class=\"why\">Why");
	if (e->answer->n_scored > 1) {
		qpp_html_lit(h, ": ");
		qpp_html_text(h, qpp_program_title(h->b.arena, e->x->score.program));
	}
	qpp_html_lit(h, "</h2>\n<p>Each line opens to what it was made of, down to the figures of the rules and the counts "
	                "that were submitted. What was opened further up is named and linked, not opened again.</p>\n");
	qpp_html_part(h, trees);
}

static void put_contents(const struct explained *e)
{
	static const struct {
		const char *id, *title;
	} parts[] = {
		{ "categories", "Categories and measures" }, { "missing", "What is not known" },
		{ "readings", "Readings of the rules" },
	};
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<nav aria-label=\"On this page\"><ul class=\"contents\">\n");
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		qpp_html_lit(h, "<li><a href=\"#s1-");
		qpp_html_word(h, parts[i].id);
		qpp_html_lit(h, "\">");
		qpp_html_word(h, parts[i].title);
		qpp_html_lit(h, "</a></li>\n");
	}
	qpp_html_lit(h, "<li><a href=\"#findings\">Remarks on the data</a></li>\n");
	if (e->told)
		qpp_html_lit(h, "<li><a href=\"#s1-why\">Why</a></li>\n");
	qpp_html_lit(h, "</ul></nav>\n");
}

static void put_score(const struct explained *e)
{
	if (e->answer->n_scored > 1) {
		explain_heading(e, -1, "program");
		qpp_html_text(e->h, qpp_program_title(e->h->b.arena, e->x->score.program));
		explain_close_heading(e, -1);
	}
	put_result(e);
	if (e->x->score.final_score.has)
		explain_bar(e);
	if (e->answer->n_scored == 1)
		put_contents(e);
	explain_categories(e);
	explain_missing(e);
	explain_sensitivity(e);
}

static void put_identifier(struct qpp_html *h, const char *what, struct qpp_str id)
{
	if (!id.n)
		return;
	qpp_html_lit(h, "<dt>");
	qpp_html_word(h, what);
	qpp_html_lit(h, "</dt> <dd>");
	qpp_html_text(h, id);
	qpp_html_lit(h, "</dd>\n");
}

static void put_subject(struct qpp_html *h, const struct qpp_answer *x)
{
	qpp_html_lit(h, "<h1>MIPS final score for performance year ");
	qpp_html_i64(h, x->py.v);
	qpp_html_lit(h, "</h1>\n<dl class=\"about\">\n");
	put_identifier(h, "Reported as", qpp_str_of(qpp_entity_title(x->entity)));
	if (x->n_scored == 1)
		put_identifier(h, "Program", qpp_program_title(h->b.arena, x->scored[0].score.program));
	put_identifier(h, "Identifier", x->submission->entity_id);
	put_identifier(h, "TIN", x->submission->tin);
	put_identifier(h, "NPI", x->submission->npi);
	qpp_html_lit(h, "</dl>\n");
	if (!x->level_says.n)
		return;
	qpp_html_lit(h, "<p>Of the levels that were looked at: ");
	qpp_html_text(h, x->level_says);
	qpp_html_lit(h, ".</p>\n");
}

/* Several programs: each with its score, and which counts. */
static void put_programs(struct qpp_html *h, const struct qpp_answer *x)
{
	qpp_stack_begin(h, "", "Scores of this submission");
	qpp_stack_column(h, "Program");
	qpp_stack_number(h, "Final score");
	qpp_stack_number(h, "Adjustment");
	qpp_stack_column(h, "Counts");
	qpp_stack_body(h);
	for (size_t i = 0; i < x->n_scored; i++) {
		const struct qpp_scored *s = &x->scored[i];
		qpp_stack_row(h);
		qpp_html_lit(h, "<a href=\"#s");
		qpp_html_i64(h, (int64_t)i + 1);
		qpp_html_lit(h, "-program\">");
		qpp_html_text(h, qpp_program_title(h->b.arena, s->score.program));
		qpp_html_lit(h, "</a></th>");
		qpp_stack_figure(h, "Final score");
		qpp_html_value(h, s->score.final_score, QPP_UNIT_SCORE);
		qpp_html_lit(h, "</td>");
		qpp_stack_figure(h, "Adjustment");
		if (s->score.adjustment.total.has)
			qpp_html_signed(h, s->score.adjustment.total.v, QPP_UNIT_FACTOR);
		else
			qpp_html_lit(h, "not known");
		qpp_html_lit(h, "</td>");
		qpp_stack_cell(h, "Counts");
		qpp_html_word(h, s->counts ? "yes: " : "no");
		qpp_html_text(h, s->why);
		qpp_html_lit(h, "</td></tr>\n");
	}
	qpp_stack_end(h);
}

static void put_title(struct qpp_html *h, const struct qpp_ruleset *rules, const struct qpp_answer *x)
{
	struct qpp_buf title;
	qpp_buf_init(&title, h->b.arena, 400);
	for (size_t i = 0; i < x->n_scored; i++) {
		if (!x->scored[i].counts)
			continue;
		bool has = x->scored[i].score.final_score.has;
		qpp_buf_cat(&title, has ? "Final score " : "No final score", (char *)NULL);
		if (has)
			qpp_buf_str(&title, qpp_unit_text(h->b.arena, QPP_UNIT_SCORE, x->scored[i].score.final_score.v));
		qpp_buf_cat(&title, ", ", (char *)NULL);
		qpp_buf_str(&title, qpp_program_title(h->b.arena, x->scored[i].score.program));
	}
	qpp_buf_cat(&title, title.n ? ", performance year " : "MIPS scores, performance year ", (char *)NULL);
	qpp_buf_i64(&title, x->py.v);
	qpp_buf_cat(&title, " - OpenQPP", (char *)NULL);
	qpp_html_begin_page(h, rules, qpp_buf_done(&title), QPP_LIT("Explanation of a MIPS score"));
}

/* The trees are made first: the tables above them link to the facts that have a place there. */
static void make_trees(struct explained *e, struct qpp_html *trees)
{
	struct qpp_html *page = e->h;
	if (!e->x->trace)
		return;
	qpp_html_init(trees, page->b.arena);
	e->told = QPP_NEW_ARRAY(page->b.arena, e->x->trace->facts.n, bool);
	e->h = trees;
	explain_why(e);
	e->h = page;
}

struct qpp_str qpp_html_explain(struct qpp_arena *a, const struct qpp_ruleset *rules, const struct qpp_answer *x,
                                const struct qpp_findings *findings)
{
	struct qpp_html h;
	qpp_html_init(&h, a);
	put_title(&h, rules, x);
	put_subject(&h, x);
	if (x->n_scored > 1)
		put_programs(&h, x);
	struct qpp_html *trees = QPP_NEW_ARRAY(a, x->n_scored, struct qpp_html);
	struct explained *e = QPP_NEW_ARRAY(a, x->n_scored, struct explained);
	for (size_t i = 0; i < x->n_scored; i++) {
		e[i] = (struct explained){ &h, rules, x, &x->scored[i], i + 1, x->n_scored > 1 ? 3 : 2, NULL, QPP_RULE_FOLDER };
		make_trees(&e[i], &trees[i]);
		put_score(&e[i]);
	}
	explain_findings(&h, rules, findings);
	for (size_t i = 0; i < x->n_scored; i++)
		if (e[i].told)
			put_why(&e[i], qpp_html_done(&trees[i]));
	return qpp_html_end_page(&h, rules);
}
