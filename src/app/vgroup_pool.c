/*
 * Does it pay? The members' scores alone, on the data they filed for a year
 * before or as they type them, and together: their data added up across the TINs
 * as a virtual group adds them (app/aggregate.h), scored by the same scorer. What
 * a member brings is seen by the others when all members let it be seen.
 */
#include "app/vgroup_int.h"

#include "app/aggregate.h"
#include "app/answer.h"
#include "app/filing.h"
#include "app/submissions.h"
#include "qpp/rules.h"

enum { MOST_FINDINGS = 400, YEARS_BACK = 3, MOST_SCORE = 100 };

struct pooling {
	struct vgroup_work w;
	struct qpp_vgroup g;
	struct qpp_vgroup_pool *out;
	const struct qpp_vgroup_member **in;
	struct qpp_submission **filed;           /* of each member in the year; NULL: none */
	const struct qpp_answer **alone;
};

/* ---- data ---- */

enum qpp_code vgroup_filed(struct vgroup_work *w, qpp_py py, const struct qpp_vgroup_member *m, struct qpp_submission **out, struct qpp_err *err)
{
	const struct qpp_who who = { .py = py, .entity = QPP_GROUP, .org_id = m->row.org_id };
	struct qpp_submission_row row;
	struct qpp_set_row_rows sets = { 0 };
	struct qpp_arena *a = w->arena;
	*out = NULL;
	enum qpp_code code = qpp_store_submission_find(w->tx, &who, &row, err);
	if (code == QPP_OK)
		code = qpp_store_set_of_submission(w->tx, row.id, (struct qpp_str){ 0 }, &sets, err);
	if (code != QPP_OK || !sets.n)
		return code == QPP_NOT_FOUND ? QPP_OK : code;
	struct qpp_submission *s = QPP_NEW(a, struct qpp_submission);
	*s = (struct qpp_submission){ .py = py, .entity = QPP_GROUP, .tin = m->tin, .sets = QPP_NEW_ARRAY(a, sets.n, struct qpp_measurement_set) };
	for (size_t i = 0; code == QPP_OK && i < sets.n; i++) {
		struct qpp_filed_set one;
		code = qpp_filed_read(w->call->service, a, &sets.v[i], &who, &one, err);
		/* A registry's sets of other programs are not what a virtual group reports. */
		if (code == QPP_OK && qpp_str_is(sets.v[i].program, "mips"))
			s->sets[s->n_sets++] = one.whole.sets[0];
	}
	*out = s->n_sets ? s : NULL;
	return code;
}

/* The newest year before the election's for which all have data; else what each has of the year before. */
static enum qpp_code find_year(struct pooling *x, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (int back = 1; code == QPP_OK && back <= YEARS_BACK; back++) {
		qpp_py py = { x->g.row.py.v - back };
		size_t n = 0;
		if (!qpp_years_catalog(x->w.call->service->years, py))
			continue;
		for (size_t i = 0; code == QPP_OK && i < x->g.n_in; i++) {
			code = vgroup_filed(&x->w, py, x->in[i], &x->filed[i], err);
			n += x->filed[i] != NULL;
		}
		x->out->py = py;
		if (n == x->g.n_in)
			return code;
	}
	x->out->why_not = QPP_LIT("Not all practices have filed data as a group for one and the same year.");
	return code;
}

static enum qpp_code facts_of(struct pooling *x, qpp_py py, const struct qpp_vgroup_member *m, struct qpp_findings *f, struct qpp_facts **out,
                              struct qpp_err *err)
{
	const struct qpp_who who = { .py = py, .entity = QPP_GROUP, .org_id = m->row.org_id };
	struct qpp_fact_row row;
	*out = QPP_NEW(x->w.arena, struct qpp_facts);
	enum qpp_code code = qpp_store_fact_get(x->w.tx, &who, QPP_LIT("scoring"), &row, err);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? QPP_OK : code;
	struct qpp_facts *facts = qpp_facts_doc_read(x->w.arena, row.body, f);
	if (facts && !f->errors)
		*out = facts;
	(*out)->participation = QPP_ENTITY_NONE;
	return QPP_OK;
}

static enum qpp_code score(struct pooling *x, struct qpp_submission *s, struct qpp_facts *facts, struct qpp_findings *f, const struct qpp_answer **out,
                           struct qpp_err *err)
{
	struct qpp_answer *answer = QPP_NEW(x->w.arena, struct qpp_answer);
	const struct qpp_years *years = x->w.call->service->years;
	struct qpp_answer_request r = { .arena = x->w.arena, .rules = qpp_years_rules(years), .catalog = qpp_years_catalog(years, s->py), .submission = s,
		                            .facts = facts, .program = QPP_LIT("mips"), .findings = f };
	enum qpp_code code = qpp_answer_submission(&r, answer, err);
	*out = code == QPP_OK ? answer : NULL;
	return code;
}

static const struct qpp_score *score_of(const struct qpp_answer *x)
{
	for (size_t i = 0; x && i < x->n_scored; i++)
		if (x->scored[i].score.final_score.has)
			return &x->scored[i].score;
	return NULL;
}

static void take_score(const struct qpp_answer *answer, qpp_dec *points, qpp_dec *factor)
{
	const struct qpp_score *s = score_of(answer);
	if (!s)
		return;
	*points = s->final_score.v;
	if (s->adjustment.total.has)
		*factor = s->adjustment.total.v;
}

/* ---- together ---- */

/* The class of a measure for which there were too few cases. */
static bool scorable(const struct qpp_answer *answer, struct qpp_str id, bool *there)
{
	const struct qpp_score *s = score_of(answer);
	*there = false;
	for (int k = 0; s && k < QPP_CATEGORIES; k++)
		for (size_t i = 0; i < s->category[k].n_measures; i++) {
			const struct qpp_measure_score *m = &s->category[k].measures[i];
			if (!qpp_str_eq(m->measure_id, id))
				continue;
			*there = true;
			return !qpp_str_is(m->points.measure_class, "unscorable");
		}
	return false;
}

static void find_reached(struct pooling *x, const struct qpp_answer *together)
{
	const struct qpp_score *s = score_of(together);
	QPP_VEC(struct qpp_str) all = { 0 };
	const struct qpp_category_score *c = s ? &s->category[QPP_QUALITY] : NULL;
	for (size_t i = 0; c && i < c->n_measures; i++) {
		bool alone = false, anybody = false, there;
		struct qpp_str id = c->measures[i].measure_id;
		if (!scorable(together, id, &there))
			continue;
		for (size_t k = 0; k < x->g.n_in; k++) {
			alone = scorable(x->alone[k], id, &there) || alone;
			anybody = anybody || there;
		}
		if (anybody && !alone)
			*QPP_PUSH(x->w.arena, &all) = id;
	}
	x->out->reached = all.v;
	x->out->n_reached = all.n;
}

static struct qpp_election *election_of_year(struct pooling *x)
{
	struct qpp_election *e = QPP_NEW(x->w.arena, struct qpp_election);
	*e = *x->g.election;
	e->py = x->out->py;
	return e;
}

static enum qpp_code pool_data(struct pooling *x, struct qpp_err *err)
{
	struct qpp_arena *a = x->w.arena;
	const struct qpp_years *years = x->w.call->service->years;
	struct qpp_findings f;
	struct qpp_aggregate sum = { 0 };
	const struct qpp_answer *together;
	struct qpp_facts *facts = QPP_NEW(a, struct qpp_facts);
	qpp_findings_init(&f, a, MOST_FINDINGS);
	struct qpp_request q = { .arena = a, .rules = qpp_years_bound(years, x->out->py), .catalog = qpp_years_catalog(years, x->out->py), .findings = &f };
	const struct qpp_aggregate_call call = { .request = &q, .election = election_of_year(x), .submissions = x->filed, .n_submissions = x->g.n_in,
		                                     .id = QPP_LIT("together") };
	enum qpp_code code = qpp_aggregate(&call, &sum, err);
	if (code != QPP_OK)
		return code;
	if (!sum.submission) {
		x->out->why_not = QPP_LIT("The data of the practices cannot be added up.");
		for (size_t i = 0; i < f.list.n; i++)
			if (f.list.v[i].severity == QPP_ERROR)
				x->out->why_not = qpp_str_cat(a, "The data of the practices cannot be added up: ", vgroup_c(a, vgroup_mask_tins(a, f.list.v[i].message)), ".", (char *)NULL);
		return QPP_OK;
	}
	facts->small_practice = x->g.answer.small_practice ? QPP_YES : QPP_NO;
	facts->virtual_group_member = QPP_YES;
	code = score(x, sum.submission, facts, &f, &together, err);
	if (code != QPP_OK)
		return code;
	take_score(together, &x->out->score, &x->out->factor_pct);
	x->out->by_data = qpp_dec_ok(x->out->score);
	find_reached(x, together);
	return QPP_OK;
}

/* Without data of all: the middle of the scores, each clinician counting once. It is no score by the rules, and called none. */
static void pool_scores(struct pooling *x)
{
	qpp_dec sum = qpp_dec_of(0);
	int64_t n = 0;
	for (size_t i = 0; i < x->out->n; i++) {
		const struct qpp_pool_member *m = &x->out->members[i];
		if (!qpp_dec_ok(m->score))
			return;
		sum = qpp_dec_add(sum, qpp_dec_mul(m->score, qpp_dec_of(m->clinicians)));
		n += m->clinicians;
	}
	if (n)
		x->out->score = qpp_dec_round(qpp_dec_div(sum, qpp_dec_of(n)), 2);
}

/* ---- members ---- */

static qpp_dec number(struct qpp_str text)
{
	qpp_dec v = qpp_dec_undefined();
	return text.n && qpp_dec_parse(text, &v) ? v : qpp_dec_undefined();
}

static qpp_dec share(qpp_dec dollars, qpp_dec factor_pct)
{
	if (!qpp_dec_ok(dollars) || !qpp_dec_ok(factor_pct))
		return qpp_dec_undefined();
	return qpp_dec_round(qpp_dec_div(qpp_dec_mul(dollars, factor_pct), qpp_dec_of(MOST_SCORE)), 0);
}

static enum qpp_code read_member(struct pooling *x, size_t i, const struct qpp_vgroup_share_rows *shares, struct qpp_err *err)
{
	const struct qpp_vgroup_member *m = x->in[i];
	struct qpp_pool_member *p = &x->out->members[i];
	struct qpp_findings f;
	struct qpp_facts *facts;
	const qpp_dec none = qpp_dec_undefined();
	*p = (struct qpp_pool_member){ .org_id = m->row.org_id, .own = m->own, .clinicians = (int64_t)m->n_people, .score = none, .factor_pct = none,
		                           .dollars = none, .alone_dollars = none, .together_dollars = none, .small_alone = true };
	for (size_t k = 0; k < shares->n; k++)
		if (qpp_str_eq(shares->v[k].org_id, m->row.org_id)) {
			p->shows = shares->v[k].shows;
			p->typed_score = shares->v[k].score;
			p->typed_dollars = shares->v[k].dollars;
		}
	qpp_findings_init(&f, x->w.arena, MOST_FINDINGS);
	enum qpp_code code = x->filed[i] ? facts_of(x, x->filed[i]->py, m, &f, &facts, err) : QPP_OK;
	if (code == QPP_OK && x->filed[i])
		code = score(x, x->filed[i], facts, &f, &x->alone[i], err);
	take_score(x->alone[i], &p->score, &p->factor_pct);
	if (p->typed_score.n) {
		p->score = number(p->typed_score);
		p->factor_pct = none;
		p->typed = true;
	}
	p->dollars = number(p->typed_dollars);
	p->alone_dollars = share(p->dollars, p->factor_pct);
	return code;
}

static void hide(struct qpp_vgroup_pool *out)
{
	out->shown = out->n > 0;
	for (size_t i = 0; i < out->n; i++)
		out->shown = out->shown && out->members[i].shows;
	for (size_t i = 0; i < out->n; i++) {
		struct qpp_pool_member *m = &out->members[i];
		m->hidden = !m->own && !out->shown;
		m->together_dollars = out->shown ? share(m->dollars, out->factor_pct) : qpp_dec_undefined();
		if (m->hidden)
			m->score = m->factor_pct = m->dollars = m->alone_dollars = qpp_dec_undefined();
	}
	if (out->shown)
		return;
	out->score = out->factor_pct = qpp_dec_undefined();
	out->n_reached = 0;
}

static enum qpp_code pool(struct pooling *x, struct qpp_err *err)
{
	struct qpp_arena *a = x->w.arena;
	struct qpp_vgroup_share_rows shares = { 0 };
	bool all = x->g.n_in > 1;
	size_t n = 0;
	x->in = QPP_NEW_ARRAY(a, x->g.n_in + 1, const struct qpp_vgroup_member *);
	x->filed = QPP_NEW_ARRAY(a, x->g.n_in + 1, struct qpp_submission *);
	x->alone = QPP_NEW_ARRAY(a, x->g.n_in + 1, const struct qpp_answer *);
	x->out->members = QPP_NEW_ARRAY(a, x->g.n_in + 1, struct qpp_pool_member);
	for (size_t i = 0; i < x->g.n_members; i++)
		if (vgroup_is_in(&x->g.members[i]))
			x->in[n++] = &x->g.members[i];
	x->out->n = n;
	x->out->small = x->g.answer.small_practice;
	enum qpp_code code = qpp_store_vgroup_shares(x->w.tx, x->g.row.id, &shares, err);
	if (code == QPP_OK)
		code = find_year(x, err);
	for (size_t i = 0; code == QPP_OK && i < n; i++) {
		code = read_member(x, i, &shares, err);
		/* A score that was typed stands for other data than were filed. */
		all = all && x->filed[i] && !x->out->members[i].typed;
	}
	if (code == QPP_OK && all && !x->out->why_not.n)
		code = pool_data(x, err);
	if (code == QPP_OK && !x->out->by_data)
		pool_scores(x);
	return code;
}

enum qpp_code qpp_vgroup_pool_of(const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_pool *out, struct qpp_err *err)
{
	struct pooling x = { .w = { .call = call, .arena = call->arena, .at = qpp_now(call->service->clock) }, .out = out };
	*out = (struct qpp_vgroup_pool){ .score = qpp_dec_undefined(), .factor_pct = qpp_dec_undefined() };
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &x.w.tx, err);
	if (code != QPP_OK)
		return code;
	code = vgroup_load(&x.w, id, &x.g, err);
	if (code == QPP_OK && !x.g.caller_in)
		code = qpp_fail(err, QPP_FORBIDDEN, "only members see what the group would mean for them", (char *)NULL);
	if (code == QPP_OK)
		code = pool(&x, err);
	qpp_store_end(x.w.tx);
	if (code == QPP_OK)
		hide(out);
	return code;
}

/* ---- what a member tells ---- */

static enum qpp_code say(struct vgroup_change *c, struct qpp_err *err)
{
	struct qpp_vgroup_share *s = c->with;
	const struct qpp_vgroup_member *m = vgroup_member(&c->g, s->org_id);
	if (!m || !m->own || !vgroup_is_in(m))
		return qpp_not_found(err, "practice in this virtual group");
	if (!m->own_official)
		return qpp_fail(err, QPP_FORBIDDEN, "only a Security Official of the practice tells its figures", (char *)NULL);
	s->group_id = c->g.row.id;
	return qpp_store_vgroup_share_put(c->w.tx, s, err);
}

enum qpp_code qpp_vgroup_pool_say(const struct qpp_call *call, struct qpp_str id, struct qpp_str org_id, struct qpp_str score_text,
                                  struct qpp_str dollars, bool shows, struct qpp_err *err)
{
	enum { DIGITS_MOST = 14 };
	struct qpp_vgroup_share s = { .org_id = org_id, .shows = shows, .score = score_text, .dollars = dollars, .source = QPP_LIT("typed") };
	qpp_dec points = number(score_text), amount = number(dollars);
	bool fits = !score_text.n || (qpp_dec_ok(points) && qpp_dec_cmp(points, qpp_dec_of(0)) >= 0 && qpp_dec_cmp(points, qpp_dec_of(MOST_SCORE)) <= 0);
	if (!fits || score_text.n > DIGITS_MOST)
		return qpp_fail(err, QPP_DATA, "a score is a number from 0 to 100", (char *)NULL);
	if (dollars.n > DIGITS_MOST || (dollars.n && (!qpp_dec_ok(amount) || qpp_dec_cmp(amount, qpp_dec_of(0)) < 0)))
		return qpp_fail(err, QPP_DATA, "an amount is a number of dollars", (char *)NULL);
	return vgroup_change(call, id, qpp_now(call->service->clock), say, &s, err);
}
