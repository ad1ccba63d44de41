/* The agency's figures against ours: what, theirs, ours, and why ours is so. */
#include "app/agency.h"

#include "app/equation.h"
#include "app/titles.h"
#include "qpp/buf.h"

#define CAT(a, ...) qpp_str_cat((a), __VA_ARGS__, (char *)NULL)
#define C(a, s) (qpp_str_dup((a), (s)).p)

enum { PUBLISHED = 2, MOST_MET = 64 };

/* One figure of ours, as far as there is one. */
struct ours {
	struct qpp_value v;
	struct qpp_str why, rule;
};

struct comparing {
	struct qpp_arena *arena;
	const struct qpp_agency_ours *ours;
	struct qpp_agency_lines *out;
	QPP_VEC(struct qpp_agency_line) lines;
	uint64_t met[QPP_CATEGORIES];        /* bits of our measures that theirs named; of the first MOST_MET */
};

/* ---- ours ---- */

static uint32_t fact_of(const struct qpp_trace *t, enum qpp_fact_id id)
{
	for (size_t i = 1; t && i < t->facts.n; i++)
		if (t->facts.v[i].id == id && t->facts.v[i].status == QPP_KNOWN_FACT)
			return (uint32_t)i;
	return 0;
}

/* A cap that does not bite and a rounding say nothing of why: the fact below them does. */
static const struct qpp_fact *telling(const struct qpp_trace *t, const struct qpp_fact *f)
{
	while (f->n_inputs && !f->note.n && (f->op == QPP_OP_ROUND || f->op == QPP_OP_SAME ||
	                                     (f->op == QPP_OP_LEAST && qpp_dec_eq(f->value, t->facts.v[f->inputs[0]].value))))
		f = &t->facts.v[f->inputs[0]];
	return f;
}

/* The sentence of its fact, or else the sum that made it. */
static void explain(const struct comparing *c, struct ours *o)
{
	const struct qpp_trace *t = c->ours->scored ? c->ours->scored->trace : NULL;
	if (!t || !o->v.has || !o->v.fact)
		return;
	const struct qpp_fact *f = telling(t, &t->facts.v[o->v.fact]);
	struct qpp_str equation = qpp_equation(c->arena, t, f);
	if (!o->why.n)
		o->why = f->note.n && f->kind != QPP_KIND_PARAMETER ? f->note : equation.n ? CAT(c->arena, C(c->arena, equation), " = ", C(c->arena, qpp_fact_text(c->arena, f)))
		                                                         : qpp_str_of(qpp_fact_def(f->id)->says);
	if (!o->rule.n)
		o->rule = f->rule;
}

static struct qpp_value by_fact(const struct comparing *c, enum qpp_fact_id id)
{
	uint32_t fact = fact_of(c->ours->scored->trace, id);
	return fact ? (struct qpp_value){ true, c->ours->scored->trace->facts.v[fact].value, fact } : (struct qpp_value){ 0 };
}

static struct qpp_value by_text(struct qpp_str text)
{
	struct qpp_value v = { 0 };
	v.has = qpp_dec_parse(text, &v.v);
	return v;
}

static bool same_id(struct qpp_str a, struct qpp_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if ((a.p[i] | ' ') != (b.p[i] | ' '))
			return false;
	return true;
}

/* "a rate of 99.57 is in decile 9; among the measures with the most points" */
static struct qpp_str why_measure(struct qpp_arena *a, const struct qpp_measure_score *m)
{
	if (!m->points.has_decile || !m->rate.has)
		return m->status;
	struct qpp_str rate = qpp_dec_text_short(a, m->rate.v, 2, 4);
	return m->points.decile ? CAT(a, "a rate of ", C(a, rate), " is in decile ", C(a, qpp_i64_text(a, m->points.decile)), "; ", C(a, m->status))
	                        : CAT(a, "a rate of ", C(a, rate), " is below the first decile; ", C(a, m->status));
}

static struct ours ours_measure(struct comparing *c, const struct qpp_agency_claim *x)
{
	const struct qpp_category_score *k = &c->ours->scored->score.category[x->category];
	const struct qpp_measure_score *found = NULL;
	for (size_t i = 0; i < k->n_measures; i++) {
		const struct qpp_measure_score *m = &k->measures[i];
		/* One measure by two collection types: the one that counts, where theirs does not say which. */
		if (!same_id(m->measure_id, x->measure_id) || (x->method != QPP_METHOD_NONE && x->method != m->method))
			continue;
		if (i < MOST_MET)
			c->met[x->category] |= UINT64_C(1) << i;
		if (!found || (m->picked && !found->picked))
			found = m;
	}
	return found ? (struct ours){ .v = found->points.points, .why = why_measure(c->arena, found) }
	             : (struct ours){ .why = QPP_LIT("we have no data for it") };
}

static struct qpp_str why_factor(const struct comparing *c)
{
	qpp_dec limit, score;
	if (!qpp_dec_parse(c->ours->threshold, &limit) || !qpp_dec_parse(c->ours->final_score, &score))
		return QPP_LIT("");
	int side = qpp_dec_cmp(score, limit);
	return CAT(c->arena, "a final score of ", C(c->arena, c->ours->final_score), side > 0 ? " is above" : side ? " is below" : " is at",
	           " the performance threshold of ", C(c->arena, c->ours->threshold));
}

static struct ours ours_of(struct comparing *c, const struct qpp_agency_claim *x)
{
	const struct qpp_score *s = c->ours->scored ? &c->ours->scored->score : NULL;
	const struct qpp_category_score *k = s ? &s->category[x->category] : NULL;
	if (x->figure == QPP_AGENCY_FINAL)
		return (struct ours){ .v = s && s->final_score.has ? s->final_score : by_text(c->ours->final_score), .why = c->ours->why };
	if (x->figure == QPP_AGENCY_ADJUSTMENT)
		return (struct ours){ .v = s && s->adjustment.total.has ? s->adjustment.total : by_text(c->ours->factor),
			.why = c->ours->no_factor.n ? c->ours->no_factor : why_factor(c) };
	if (!s)
		return (struct ours){ .why = c->ours->no_detail };
	switch (x->figure) {
	case QPP_AGENCY_COMPLEX:
		return (struct ours){ .v = s->complex_patient_bonus };
	case QPP_AGENCY_PERCENT:
		return (struct ours){ .v = k->percent };
	case QPP_AGENCY_POINTS:
		return (struct ours){ .v = k->points };
	case QPP_AGENCY_CONTRIBUTION:
		return (struct ours){ .v = k->contribution };
	case QPP_AGENCY_WEIGHT:
		return (struct ours){ .v = k->weight, .why = k->reweighted };
	case QPP_AGENCY_IMPROVEMENT:
		return (struct ours){ .v = by_fact(c, x->category == QPP_COST ? QPP_F_COST_IMPROVEMENT : QPP_F_QUALITY_IMPROVEMENT) };
	case QPP_AGENCY_SMALL_BONUS:
		return (struct ours){ .v = by_fact(c, QPP_F_SMALL_BONUS) };
	default:
		return ours_measure(c, x);
	}
}

/* ---- a line ---- */

static struct qpp_str what_of(struct qpp_arena *a, const struct qpp_agency_claim *x)
{
	const char *title = qpp_category_title(x->category);
	switch (x->figure) {
	case QPP_AGENCY_FINAL:
		return QPP_LIT("Final score");
	case QPP_AGENCY_ADJUSTMENT:
		return QPP_LIT("Payment adjustment, percent");
	case QPP_AGENCY_COMPLEX:
		return QPP_LIT("Complex patient bonus");
	case QPP_AGENCY_PERCENT:
		return CAT(a, title, ", score in percent");
	case QPP_AGENCY_POINTS:
		return CAT(a, title, ", points");
	case QPP_AGENCY_CONTRIBUTION:
		return CAT(a, title, ", points of the final score");
	case QPP_AGENCY_WEIGHT:
		return CAT(a, title, ", weight in percent");
	case QPP_AGENCY_IMPROVEMENT:
		return CAT(a, title, ", improvement");
	case QPP_AGENCY_SMALL_BONUS:
		return QPP_LIT("Small practice bonus");
	default:
		return CAT(a, title, ", ", C(a, x->measure_id), x->method == QPP_METHOD_NONE ? "" : ", ",
		           x->method == QPP_METHOD_NONE ? "" : qpp_method_title(x->method), ", points");
	}
}

/* What a request about such a difference is made for (rules/414.1385.md); empty where the filer must say. */
static const char *reason_of(const struct qpp_agency_claim *x)
{
	static const char *const by_category[QPP_CATEGORIES] = {
		[QPP_QUALITY] = "measureError", [QPP_COST] = "costAttribution", [QPP_IA] = "activityCredit", [QPP_PI] = "interoperability",
	};
	switch (x->figure) {
	case QPP_AGENCY_FINAL:
	case QPP_AGENCY_ADJUSTMENT:
		return "";
	case QPP_AGENCY_COMPLEX:
		return "complexPatientBonus";
	case QPP_AGENCY_SMALL_BONUS:
		return "smallPracticeBonus";
	case QPP_AGENCY_WEIGHT:
		return "exceptionNotApplied";
	default:
		return by_category[x->category];
	}
}

/* What a request about it begins with. */
static struct qpp_str explanation(struct qpp_arena *a, const struct qpp_agency_line *line)
{
	return CAT(a, "The feedback of the agency says ", C(a, line->theirs.n ? line->theirs : QPP_LIT("nothing")), " for: ", C(a, line->what),
	           ". Recomputed by the published rules it is ", C(a, line->ours.n ? line->ours : QPP_LIT("not there")), line->why.n ? ", because " : "", C(a, line->why),
	           ".");
}

static void put_line(struct comparing *c, const struct qpp_agency_claim *x, struct ours o, bool theirs)
{
	struct qpp_arena *a = c->arena;
	bool category = x->figure != QPP_AGENCY_FINAL && x->figure != QPP_AGENCY_ADJUSTMENT && x->figure != QPP_AGENCY_COMPLEX;
	explain(c, &o);
	struct qpp_agency_line *line = QPP_PUSH(a, &c->lines);
	*line = (struct qpp_agency_line){ .what = what_of(a, x), .why = o.why, .rule = o.rule, .reason = qpp_str_of(reason_of(x)),
		.category = category ? qpp_str_of(qpp_category_name(x->category)) : QPP_LIT(""), .measure = x->measure_id };
	if (theirs)
		line->theirs = qpp_dec_text(a, x->v, x->places);
	if (o.v.has)
		line->ours = qpp_dec_text(a, o.v.v, x->places);
	/* A bonus or improvement of 0 is the same as none. */
	bool none = !o.v.has && x->figure != QPP_AGENCY_MEASURE && x->figure != QPP_AGENCY_FINAL && x->figure != QPP_AGENCY_ADJUSTMENT;
	line->same = theirs && ((none && qpp_dec_sign(x->v) == 0) || (o.v.has && qpp_dec_cmp(qpp_dec_round(x->v, x->places), qpp_dec_round(o.v.v, x->places)) == 0));
	line->explanation = explanation(a, line);
	c->out->different += !line->same;
}

/* Of a category whose measures they tell: ours that count, and that they do not name. */
static void not_theirs(struct comparing *c, const struct qpp_agency *theirs)
{
	bool told[QPP_CATEGORIES] = { false };
	for (size_t i = 0; i < theirs->v.n; i++)
		told[theirs->v.v[i].category] |= theirs->v.v[i].figure == QPP_AGENCY_MEASURE;
	for (size_t i = 0; i < QPP_CATEGORIES; i++) {
		const struct qpp_category_score *k = &c->ours->scored->score.category[i];
		for (size_t j = 0; told[i] && j < k->n_measures && j < MOST_MET; j++) {
			const struct qpp_measure_score *m = &k->measures[j];
			bool not_asked = theirs->submitted && m->method == QPP_ADMIN_CLAIMS;
			if (!m->picked || not_asked || c->met[i] & UINT64_C(1) << j)
				continue;
			const struct qpp_agency_claim x = { .figure = QPP_AGENCY_MEASURE, .category = i, .measure_id = m->measure_id, .method = m->method, .places = PUBLISHED };
			put_line(c, &x, (struct ours){ .v = m->points.points, .why = why_measure(c->arena, m) }, false);
		}
	}
}

void qpp_agency_compare(struct qpp_arena *a, const struct qpp_agency *theirs, const struct qpp_agency_ours *ours,
                        struct qpp_agency_lines *out)
{
	struct comparing c = { .arena = a, .ours = ours, .out = out };
	*out = (struct qpp_agency_lines){ 0 };
	for (size_t i = 0; i < theirs->v.n; i++)
		put_line(&c, &theirs->v.v[i], ours_of(&c, &theirs->v.v[i]), true);
	if (ours->scored)
		not_theirs(&c, theirs);
	out->v = c.lines.v;
	out->n = c.lines.n;
}
