/*
 * The reasons as trees: a fact is a line with its sentence and its value, which
 * opens to the equation, the paragraph, the place in the file, the rows that were
 * passed over, and the facts that went in. Each fact is opened once, at its first
 * place, where it has its id; at the others it is linked.
 */
#include "adapt/html/explain.h"
#include "adapt/html/explain_int.h"
#include "app/equation.h"

/* Levels that are open at first: down to the categories. */
enum { OPEN_LEVELS = 3 };

static const struct qpp_measure *measure_of(const struct explained *e, struct qpp_str id)
{
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		const struct qpp_category_score *c = &e->x->score.category[k];
		for (size_t i = 0; i < c->n_measures; i++)
			if (qpp_str_eq(c->measures[i].measure_id, id))
				return c->measures[i].measure;
	}
	return NULL;
}

/*
 * "quality/001/electronicHealthRecord" as "Quality, 001 Diabetes: ..., electronic health record:". The other
 * subjects ("final", "adjustment") say nothing that the sentence does not, and are left out: false.
 */
static bool put_subject(const struct explained *e, struct qpp_str subject)
{
	struct qpp_html *h = e->h;
	struct qpp_str rest = subject, part;
	enum qpp_category category;
	if (!qpp_str_cut(&rest, '/', &part) || !qpp_category_of(part, &category))
		return false;
	qpp_html_lit(h, "<span class=\"subject\">");
	qpp_html_word(h, qpp_category_title(category));
	if (qpp_str_cut(&rest, '/', &part)) {
		const struct qpp_measure *m = measure_of(e, part);
		qpp_html_lit(h, ", ");
		qpp_html_text(h, part);
		qpp_html_word(h, m ? " " : "");
		qpp_html_text(h, m ? m->title : QPP_LIT(""));
	}
	if (qpp_str_cut(&rest, '/', &part)) {
		enum qpp_method method = qpp_method_of(part);
		qpp_html_lit(h, ", ");
		qpp_html_text(h, method == QPP_METHOD_NONE ? part : qpp_str_of(qpp_method_title(method)));
	}
	qpp_html_lit(h, ":</span> ");
	return true;
}

/* A figure of the rules by its name in words: "measure_floor_points", "weights.quality". */
static void put_figure(const struct explained *e, const struct qpp_fact *f)
{
	struct qpp_str rest = f->label, part;
	(void)qpp_str_cut(&rest, '.', &part);
	qpp_html_lit(e->h, "Figure of the rules: ");
	qpp_html_text(e->h, qpp_plain_words(e->h->b.arena, part));
	if (!rest.n)
		return;
	qpp_html_lit(e->h, ", ");
	qpp_html_text(e->h, rest);
}

/* The sentence and the value; the subject is said where it changes from the fact above. */
static void put_line(const struct explained *e, const struct qpp_fact *f, struct qpp_str above)
{
	const struct qpp_param *figure = f->id == QPP_F_PARAMETER ? qpp_ruleset_param(e->rules, f->label) : NULL;
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<span class=\"says\">");
	if (f->id == QPP_F_PARAMETER)
		put_figure(e, f);
	else if (!qpp_str_eq(f->subject, above) && put_subject(e, f->subject))
		qpp_html_word(h, qpp_fact_def(f->id)->says);
	else
		qpp_html_sentence(h, qpp_str_of(qpp_fact_def(f->id)->says));
	qpp_html_lit(h, "</span> <span class=\"value\">");
	qpp_html_value(h, (struct qpp_value){ true, f->value, 0 }, qpp_fact_def(f->id)->unit);
	/* "100 points", "2 decimals"; a mere number has no unit to tell. */
	if (figure && !qpp_str_is(figure->unit, "number")) {
		qpp_html_lit(h, " <span class=\"unit\">");
		qpp_html_text(h, figure->unit);
		qpp_html_lit(h, "</span>");
	}
	qpp_html_lit(h, "</span>");
}

/* Whether the equation of an operation is a clause ("23.72 lies between ..."), not arithmetic. */
static bool says_in_words(enum qpp_op op)
{
	return op == QPP_OP_ROUND || op == QPP_OP_AT_LEAST || op == QPP_OP_BETWEEN || op == QPP_OP_BETWEEN_DOWN;
}

static void put_equation(const struct explained *e, const struct qpp_fact *f)
{
	struct qpp_html *h = e->h;
	struct qpp_str made = qpp_equation(h->b.arena, e->x->trace, f);
	if (!made.n)
		return;
	qpp_html_lit(h, "<p class=\"equation\">");
	if (f->op == QPP_OP_ROUND && f->n_inputs && f->inputs[0]) {
		qpp_html_equation(h, qpp_fact_text(h->b.arena, &e->x->trace->facts.v[f->inputs[0]]));
		qpp_html_lit(h, " ");
	}
	qpp_html_equation(h, made);
	if (says_in_words(f->op))
		qpp_html_lit(h, " gives <b>");
	else
		qpp_html_lit(h, " = <b>");
	qpp_html_equation(h, qpp_fact_text(h->b.arena, f));
	qpp_html_lit(h, "</b></p>\n");
}

/* What a figure rests on: a publication, or a reading of ours. */
static void put_figure_source(const struct explained *e, const struct qpp_fact *f)
{
	const struct qpp_param *p = qpp_ruleset_param(e->rules, f->label);
	const struct qpp_param_row *row = p ? qpp_param_row(p, e->answer->py) : NULL;
	struct qpp_html *h = e->h;
	struct qpp_anchor to;
	if (f->note.n) {
		qpp_html_lit(h, " <span>source: ");
		qpp_html_text(h, f->note);
		qpp_html_lit(h, "</span>");
	}
	if (row && row->status == QPP_RULE_READING && qpp_anchor_of_reading(e->rules, row->reading, &to)) {
		qpp_html_lit(h, " <span>reading ");
		qpp_html_begin_link(h, e->folder, &to);
		qpp_html_text(h, row->reading);
		qpp_html_lit(h, "</a></span>");
	}
}

/* Where it comes from: the paragraph, and the publication or the place in a file. */
static void put_source(const struct explained *e, const struct qpp_fact *f)
{
	struct qpp_html *h = e->h;
	struct qpp_anchor to;
	bool place = f->origin.line || f->origin.pointer.n, figure = f->kind == QPP_KIND_PARAMETER;
	if (!f->rule.n && !place && !figure)
		return;
	qpp_html_lit(h, "<p class=\"source\">");
	if (f->rule.n) {
		qpp_html_lit(h, "<span>");
		qpp_html_cite(h, e->rules, e->folder, f->rule);
		qpp_html_lit(h, "</span>");
	}
	if (figure && qpp_anchor_of_figure(e->rules, f->label, &to)) {
		qpp_html_lit(h, " <span>figure ");
		qpp_html_begin_link(h, e->folder, &to);
		qpp_html_text(h, f->label);
		qpp_html_lit(h, "</a></span>");
	}
	if (figure)
		put_figure_source(e, f);
	if (place) {
		qpp_html_lit(h, " <span>from ");
		explain_place(h, &f->origin);
		qpp_html_lit(h, "</span>");
	}
	qpp_html_lit(h, "</p>\n");
}

static void put_made(const struct explained *e, const struct qpp_fact *f)
{
	struct qpp_html *h = e->h;
	put_equation(e, f);
	if (f->note.n && f->kind != QPP_KIND_PARAMETER) {
		qpp_html_lit(h, "<p>Because ");
		qpp_html_text(h, f->note);
		qpp_html_lit(h, ".</p>\n");
	}
	put_source(e, f);
	if (!f->passed.n)
		return;
	qpp_html_lit(h, "<ul class=\"passed\">\n");
	for (size_t i = 0; i < f->passed.n; i++) {
		qpp_html_lit(h, "<li>Passed over: ");
		qpp_html_text(h, f->passed.v[i].row);
		qpp_html_lit(h, ". ");
		qpp_html_sentence(h, f->passed.v[i].why);
		qpp_html_lit(h, ".</li>\n");
	}
	qpp_html_lit(h, "</ul>\n");
}

static void put_again(const struct explained *e, uint32_t number, struct qpp_str above)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<li class=\"again\"><div class=\"line\">");
	put_line(e, &e->x->trace->facts.v[number], above);
	qpp_html_lit(h, "</div>\n<p><a href=\"#");
	explain_fact_id(e, number);
	qpp_html_lit(h, "\">opened above</a></p></li>\n");
}

static void put_fact(const struct explained *e, uint32_t number, struct qpp_str above, int depth);

/* What a fact was made of, below it. */
static void put_inputs(const struct explained *e, const struct qpp_fact *f, int depth)
{
	bool any = false;
	for (size_t i = 0; i < f->n_inputs; i++) {
		if (!qpp_input_worth_telling(e->x->trace, f, i, e->told))
			continue;
		if (!any)
			qpp_html_lit(e->h, "<ul>\n");
		any = true;
		put_fact(e, f->inputs[i], f->subject, depth + 1);
	}
	if (any)
		qpp_html_lit(e->h, "</ul>\n");
}

static void put_fact(const struct explained *e, uint32_t number, struct qpp_str above, int depth)
{
	const struct qpp_fact *f = &e->x->trace->facts.v[number];
	struct qpp_html *h = e->h;
	if (e->told[number]) {
		put_again(e, number, above);
		return;
	}
	e->told[number] = true;
	qpp_html_lit(h, "<li id=\"");
	explain_fact_id(e, number);
	qpp_html_lit(h, "\">");
	if (!f->n_inputs) {
		qpp_html_lit(h, "<div class=\"line\">");
		put_line(e, f, above);
		qpp_html_lit(h, "</div>\n");
		put_made(e, f);
		qpp_html_lit(h, "</li>\n");
		return;
	}
	if (depth < OPEN_LEVELS)
		qpp_html_lit(h, "<details open><summary>");
	else
		qpp_html_lit(h, "<details><summary>");
	put_line(e, f, above);
	qpp_html_lit(h, "</summary>\n");
	put_made(e, f);
	put_inputs(e, f, depth);
	qpp_html_lit(h, "</details></li>\n");
}

static void put_tree(const struct explained *e, const char *title, uint32_t fact)
{
	struct qpp_html *h = e->h;
	qpp_html_lit(h, "<h3>");
	qpp_html_word(h, title);
	qpp_html_lit(h, "</h3>\n<ul class=\"tree\">\n");
	put_fact(e, fact, e->x->trace->facts.v[fact].subject, 0);
	qpp_html_lit(h, "</ul>\n");
}

/* Measures that earned points and do not count: their facts lead to no score, yet somebody may ask. */
static void put_unpicked(const struct explained *e)
{
	struct qpp_html *h = e->h;
	bool any = false;
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		const struct qpp_category_score *c = &e->x->score.category[k];
		for (size_t i = 0; i < c->n_measures; i++) {
			uint32_t fact = c->measures[i].points.points.fact;
			if (!fact || e->told[fact])
				continue;
			if (!any)
				qpp_html_lit(h, "<h3>Measures that do not count</h3>\n<ul class=\"tree\">\n");
			any = true;
			put_fact(e, fact, QPP_LIT(""), OPEN_LEVELS);
		}
	}
	if (any)
		qpp_html_lit(h, "</ul>\n");
}

void qpp_html_why(struct qpp_html *h, const struct qpp_why *w, uint32_t fact)
{
	const struct qpp_answer answer = { .py = w->py };
	if (!w->scored->trace || !fact)
		return;
	struct explained e = { .h = h, .rules = w->rules, .answer = &answer, .x = w->scored, .number = w->number, .folder = w->folder,
		.told = QPP_NEW_ARRAY(h->b.arena, w->scored->trace->facts.n, bool) };
	qpp_html_lit(h, "<ul class=\"tree\">\n");
	put_fact(&e, fact, QPP_LIT(""), OPEN_LEVELS - 1);
	qpp_html_lit(h, "</ul>\n");
}

void explain_why(const struct explained *e)
{
	const struct qpp_score *s = &e->x->score;
	if (s->final_score.fact)
		put_tree(e, "Why the final score is what it is", s->final_score.fact);
	if (s->adjustment.total.has && s->adjustment.total.fact)
		put_tree(e, "Why the payment adjustment is what it is", s->adjustment.total.fact);
	put_unpicked(e);
}
