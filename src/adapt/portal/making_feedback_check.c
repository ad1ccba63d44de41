/* The agency's feedback against ours, line by line: what, theirs, ours, and why ours is so. */
#include "adapt/portal/making_feedback.h"

#include "adapt/html/anchor.h"
#include "adapt/html/words.h"
#include "app/equation.h"

enum { MOST_FINDINGS = 50, PUBLISHED = 2 };

/* One figure of ours, as far as there is one. */
struct ours {
	struct qpp_value v;
	struct qpp_str why, rule;
};

struct checking {
	struct qpp_portal *portal;
	struct qpp_arena *arena;
	const struct qpp_feedback *x;
	struct qpp_feedback_check *m;
	QPP_VEC(struct qpp_check_line) lines;
	uint64_t met[QPP_CATEGORIES];        /* bits of our measures that theirs named; of the first 64 */
};

/* ---- ours ---- */

static uint32_t fact_of(const struct qpp_trace *t, enum qpp_fact_id id)
{
	for (size_t i = 1; t && i < t->facts.n; i++)
		if (t->facts.v[i].id == id && t->facts.v[i].status == QPP_KNOWN_FACT)
			return (uint32_t)i;
	return 0;
}

/* The sentence of its fact, or else the sum that made it. */
static void explain(const struct checking *c, struct ours *o)
{
	const struct qpp_trace *t = c->x->scored ? c->x->scored->trace : NULL;
	if (!t || !o->v.has || !o->v.fact)
		return;
	const struct qpp_fact *f = &t->facts.v[o->v.fact];
	struct qpp_str equation = qpp_equation(c->arena, t, f);
	if (!o->why.n)
		o->why = f->note.n && f->kind != QPP_KIND_PARAMETER ? f->note : equation.n ? CAT(c->arena, C(c->arena, equation), " = ", C(c->arena, qpp_fact_text(c->arena, f)))
		                                                         : qpp_str_of(qpp_fact_def(f->id)->says);
	if (!o->rule.n)
		o->rule = f->rule;
}

static struct qpp_value by_fact(const struct checking *c, enum qpp_fact_id id)
{
	uint32_t fact = fact_of(c->x->scored->trace, id);
	return fact ? (struct qpp_value){ true, c->x->scored->trace->facts.v[fact].value, fact } : (struct qpp_value){ 0 };
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

static struct ours ours_measure(struct checking *c, const struct making_claim *x)
{
	const struct qpp_category_score *k = &c->x->scored->score.category[x->category];
	const struct qpp_measure_score *found = NULL;
	for (size_t i = 0; i < k->n_measures; i++) {
		const struct qpp_measure_score *m = &k->measures[i];
		/* One measure by two collection types: the one that counts, where theirs does not say which. */
		if (!same_id(m->measure_id, x->measure_id) || (x->method != QPP_METHOD_NONE && x->method != m->method))
			continue;
		if (i < 64)
			c->met[x->category] |= UINT64_C(1) << i;
		if (!found || (m->picked && !found->picked))
			found = m;
	}
	return found ? (struct ours){ .v = found->points.points, .why = why_measure(c->arena, found) }
	             : (struct ours){ .why = QPP_LIT("we have no data for it") };
}

static struct qpp_str why_factor(const struct checking *c)
{
	struct qpp_str threshold = qpp_years_param(c->portal->service->years, "performance_threshold", c->x->who.py);
	qpp_dec limit, score;
	if (!qpp_dec_parse(threshold, &limit) || !qpp_dec_parse(c->x->shown->final_score, &score))
		return QPP_LIT("");
	int side = qpp_dec_cmp(score, limit);
	return CAT(c->arena, "a final score of ", C(c->arena, c->x->shown->final_score), side > 0 ? " is above" : side ? " is below" : " is at",
	           " the performance threshold of ", C(c->arena, threshold));
}

static struct ours ours_of(struct checking *c, const struct making_claim *x)
{
	const struct qpp_score *s = c->x->scored ? &c->x->scored->score : NULL;
	const struct qpp_category_score *k = s ? &s->category[x->category] : NULL;
	if (x->figure == MAKING_FINAL)
		return (struct ours){ .v = s && s->final_score.has ? s->final_score : by_text(c->x->shown->final_score), .why = c->x->why };
	if (x->figure == MAKING_ADJUSTMENT)
		return (struct ours){ .v = s && s->adjustment.total.has ? s->adjustment.total : by_text(c->x->shown->factor_released.us ? c->x->shown->factor : QPP_LIT("")),
			.why = c->x->no_factor.n ? c->x->no_factor : why_factor(c) };
	if (!s)
		return (struct ours){ .why = c->x->no_detail };
	switch (x->figure) {
	case MAKING_COMPLEX:
		return (struct ours){ .v = s->complex_patient_bonus };
	case MAKING_PERCENT:
		return (struct ours){ .v = k->percent };
	case MAKING_POINTS:
		return (struct ours){ .v = k->points };
	case MAKING_CONTRIBUTION:
		return (struct ours){ .v = k->contribution };
	case MAKING_WEIGHT:
		return (struct ours){ .v = k->weight, .why = k->reweighted };
	case MAKING_IMPROVEMENT:
		return (struct ours){ .v = by_fact(c, x->category == QPP_COST ? QPP_F_COST_IMPROVEMENT : QPP_F_QUALITY_IMPROVEMENT) };
	case MAKING_SMALL_BONUS:
		return (struct ours){ .v = by_fact(c, QPP_F_SMALL_BONUS) };
	default:
		return ours_measure(c, x);
	}
}

/* ---- a line ---- */

static struct qpp_str what_of(struct qpp_arena *a, const struct making_claim *x)
{
	const char *title = qpp_category_title(x->category);
	switch (x->figure) {
	case MAKING_FINAL:
		return QPP_LIT("Final score");
	case MAKING_ADJUSTMENT:
		return QPP_LIT("Payment adjustment, percent");
	case MAKING_COMPLEX:
		return QPP_LIT("Complex patient bonus");
	case MAKING_PERCENT:
		return CAT(a, title, ", score in percent");
	case MAKING_POINTS:
		return CAT(a, title, ", points");
	case MAKING_CONTRIBUTION:
		return CAT(a, title, ", points of the final score");
	case MAKING_WEIGHT:
		return CAT(a, title, ", weight in percent");
	case MAKING_IMPROVEMENT:
		return CAT(a, title, ", improvement");
	case MAKING_SMALL_BONUS:
		return QPP_LIT("Small practice bonus");
	default:
		return CAT(a, title, ", ", C(a, x->measure_id), x->method == QPP_METHOD_NONE ? "" : ", ",
		           x->method == QPP_METHOD_NONE ? "" : qpp_method_title(x->method), ", points");
	}
}

/* What a request about such a difference is made for (rules/414.1385.md); empty where the filer must say. */
static const char *reason_of(const struct making_claim *x)
{
	static const char *const by_category[QPP_CATEGORIES] = {
		[QPP_QUALITY] = "measureError", [QPP_COST] = "costAttribution", [QPP_IA] = "activityCredit", [QPP_PI] = "interoperability",
	};
	switch (x->figure) {
	case MAKING_FINAL:
	case MAKING_ADJUSTMENT:
		return "";
	case MAKING_COMPLEX:
		return "complexPatientBonus";
	case MAKING_SMALL_BONUS:
		return "smallPracticeBonus";
	case MAKING_WEIGHT:
		return "exceptionNotApplied";
	default:
		return by_category[x->category];
	}
}

static struct qpp_str cite(const struct checking *c, struct qpp_str rule)
{
	struct qpp_html h;
	qpp_html_init(&h, c->arena);
	if (rule.n)
		qpp_html_cite(&h, qpp_years_rules(c->portal->service->years), "/rules/", rule);
	return qpp_html_done(&h);
}

/* What a request about it begins with. */
static struct qpp_str explanation(struct qpp_arena *a, const struct qpp_check_line *line)
{
	return CAT(a, "The feedback of the agency says ", C(a, line->theirs.n ? line->theirs : QPP_LIT("nothing")), " for: ", C(a, line->what),
	           ". Recomputed by the published rules it is ", C(a, line->ours.n ? line->ours : QPP_LIT("not there")), line->why.n ? ", because " : "", C(a, line->why),
	           ".");
}

static void put_line(struct checking *c, const struct making_claim *x, struct ours o, bool theirs)
{
	struct qpp_arena *a = c->arena;
	bool category = x->figure != MAKING_FINAL && x->figure != MAKING_ADJUSTMENT && x->figure != MAKING_COMPLEX;
	explain(c, &o);
	struct qpp_check_line *line = QPP_PUSH(a, &c->lines);
	*line = (struct qpp_check_line){ .what = what_of(a, x), .why = o.why, .rule = cite(c, o.rule), .reason = qpp_str_of(reason_of(x)),
		.category = category ? qpp_str_of(qpp_category_name(x->category)) : QPP_LIT(""), .measure = x->measure_id };
	if (theirs)
		line->theirs = qpp_dec_text(a, x->v, x->places);
	if (o.v.has)
		line->ours = qpp_dec_text(a, o.v.v, x->places);
	/* A bonus or improvement of 0 is the same as none. */
	bool none = !o.v.has && x->figure != MAKING_MEASURE && x->figure != MAKING_FINAL && x->figure != MAKING_ADJUSTMENT;
	line->same = theirs && ((none && qpp_dec_sign(x->v) == 0) || (o.v.has && qpp_dec_cmp(qpp_dec_round(x->v, x->places), qpp_dec_round(o.v.v, x->places)) == 0));
	line->explanation = explanation(a, line);
	c->m->different += !line->same;
}

/* Of a category whose measures they tell: ours that count, and that they do not name. */
static void not_theirs(struct checking *c, const struct making_agency *agency)
{
	bool told[QPP_CATEGORIES] = { false };
	for (size_t i = 0; i < agency->v.n; i++)
		told[agency->v.v[i].category] |= agency->v.v[i].figure == MAKING_MEASURE;
	for (size_t i = 0; i < QPP_CATEGORIES; i++) {
		const struct qpp_category_score *k = &c->x->scored->score.category[making_categories[i].category];
		for (size_t j = 0; told[k->category] && j < k->n_measures && j < 64; j++) {
			const struct qpp_measure_score *m = &k->measures[j];
			bool not_asked = agency->submitted && m->method == QPP_ADMIN_CLAIMS;
			if (!m->picked || not_asked || c->met[k->category] & UINT64_C(1) << j)
				continue;
			const struct making_claim x = { .figure = MAKING_MEASURE, .category = k->category, .measure_id = m->measure_id, .method = m->method, .places = PUBLISHED };
			put_line(c, &x, (struct ours){ .v = m->points.points, .why = why_measure(c->arena, m) }, false);
		}
	}
}

static void faults(struct qpp_arena *a, const struct qpp_findings *f, struct qpp_feedback_check *m)
{
	struct qpp_upload_error *v = QPP_NEW_ARRAY(a, f->list.n + 1, struct qpp_upload_error);
	for (size_t i = 0; i < f->list.n; i++)
		if (f->list.v[i].severity == QPP_ERROR)
			v[m->faults.n++].finding = f->list.v[i];
	m->faults.v = v;
}

enum qpp_code making_feedback_check(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s, struct qpp_str typed,
                                    struct qpp_feedback_check *m, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_who who;
	struct qpp_feedback x;
	struct making_agency agency;
	struct qpp_findings f;
	enum qpp_code code = making_feedback_who(call, s, &who, err);
	if (code == QPP_OK)
		code = qpp_feedback_see(call, &(struct qpp_feedback_ask){ .who = who, .detail = true }, &x, err);
	if (code != QPP_OK)
		return code;
	*m = (struct qpp_feedback_check){ .has = true, .href = making_feedback_href(a, s), .subject = making_feedback_subject(a, &x),
		.py = qpp_i64_text(a, s->py.v), .level = qpp_str_of(qpp_entity_name(who.entity)), .org = s->org_id, .npi = s->npi, .typed = typed,
		.may_ask = !call->actor->view_only };
	if (!qpp_str_trim(typed).n)
		return QPP_OK;
	qpp_findings_init(&f, a, MOST_FINDINGS);
	making_agency_read(a, s->py, s->npi, typed, &agency, &f);
	faults(a, &f, m);
	if (m->faults.n)
		return QPP_OK;
	struct checking c = { .portal = p, .arena = a, .x = &x, .m = m };
	m->format = agency.format;
	m->note = agency.note;
	m->no_detail = x.scored ? QPP_LIT("") : x.no_detail;
	for (size_t i = 0; i < agency.v.n; i++)
		put_line(&c, &agency.v.v[i], ours_of(&c, &agency.v.v[i]), true);
	if (x.scored)
		not_theirs(&c, &agency);
	m->lines.v = c.lines.v;
	m->lines.n = c.lines.n;
	return QPP_OK;
}
