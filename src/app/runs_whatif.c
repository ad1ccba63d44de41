/*
 * How it comes out for somebody, made anew from what is known now: every level
 * the TIN/NPI belongs to is scored, the rules choose, and the score that counts
 * is made once more with its reasons. With other facts put over, it is a what-if.
 */
#include "app/runs_whatif.h"

#include "app/runs_int.h"

enum { PUBLISHED_PLACES = 2 };

static enum qpp_code make_runner(struct qpp_arena *a, const struct qpp_service *service, qpp_py py, const struct qpp_ruleset *ruleset,
                                 const struct qpp_known_how *how, struct qpp_runner *r, struct qpp_err *err)
{
	*r = (struct qpp_runner){ .service = service, .ruleset = ruleset ? ruleset : qpp_years_rules(service->years), .how = *how,
		                      .factors = true, .all = true };
	r->row.py = py;
	enum qpp_code code = qpp_years_need(service->years, a, py, &r->catalog, err);
	if (code == QPP_OK)
		code = qpp_rules_bind(a, r->ruleset, py, NULL, 0, &r->rules, err);
	if (code != QPP_OK)
		return code;
	r->how.rules = r->rules;
	r->plan = qpp_plan_make(a, r->rules, r->catalog);
	return QPP_OK;
}

/* The score that counts, with its reasons. */
static enum qpp_code explain(struct qpp_piece *p, const struct qpp_who *who, struct qpp_str program, bool trace, struct qpp_outcome *out,
                             struct qpp_err *err)
{
	const struct qpp_runner *r = p->r;
	struct qpp_known *x = QPP_NEW(p->arena, struct qpp_known);
	const struct qpp_known_ask ask = { .rules = r->ruleset, .program = program, .trace = trace };
	enum qpp_code code = qpp_known_gather(r->service, p->tx, who, &r->how, x, err);
	if (code == QPP_OK)
		code = qpp_known_answer(r->service, p->arena, &x->submission, x->facts, &ask, &out->answer, err);
	if (code == QPP_OK && out->answer->n_scored)
		out->scored_as = &out->answer->scored[0];
	return code;
}

static void pays(struct qpp_arena *a, const struct qpp_adjustment *x, struct qpp_outcome *out)
{
	out->band = x->band;
	if (x->total.has)
		out->factor = qpp_dec_text(a, x->total.v, PUBLISHED_PLACES);
}

/* ---- a level ---- */

static enum qpp_code of_level(struct qpp_piece *p, const struct qpp_who *who, bool trace, struct qpp_outcome *out, struct qpp_err *err)
{
	const struct qpp_run *row;
	struct qpp_adjustment adjustment;
	qpp_dec exact;
	enum qpp_code code = qpp_piece_level(p, who, err);
	if (code == QPP_OK)
		code = qpp_piece_find(p, who, &row, err);
	if (code != QPP_OK)
		return code;
	out->level = who->entity;
	out->org_id = who->org_id;
	if (!row || !qpp_exact_parse(row->exact, &exact)) {
		out->why = QPP_LIT("there is no final score");
		return QPP_OK;
	}
	out->scored = true;
	out->final_score = row->final_score;
	out->why = QPP_LIT("it is the score of this level");
	code = qpp_runner_adjust(p->r, p->arena, exact, &adjustment, err);
	if (code == QPP_OK)
		pays(p->arena, &adjustment, out);
	return code == QPP_OK ? explain(p, who, row->program, trace, out, err) : code;
}

/* ---- a TIN/NPI ---- */

static enum qpp_code score_levels(struct qpp_piece *p, const struct qpp_who *who, const struct qpp_pair_practice *at, struct qpp_err *err)
{
	static const enum qpp_entity of_kind[QPP_ORG_KINDS] = {
		[QPP_ORG_VIRTUAL_GROUP] = QPP_VIRTUAL_GROUP, [QPP_ORG_SUBGROUP] = QPP_SUBGROUP, [QPP_ORG_APM_ENTITY] = QPP_APM_ENTITY };
	enum qpp_code code = qpp_piece_level(p, who, err);
	if (code == QPP_OK)
		code = qpp_piece_level(p, &(struct qpp_who){ .py = who->py, .entity = QPP_GROUP, .org_id = who->org_id }, err);
	for (size_t i = 0; code == QPP_OK && i < at->members.n; i++) {
		const struct qpp_membership *m = &at->members.v[i];
		if (m->npi.n && !qpp_str_eq(m->npi, who->npi))
			continue;
		if (of_kind[at->groups[i].kind])
			code = qpp_piece_level(p, &(struct qpp_who){ .py = who->py, .entity = of_kind[at->groups[i].kind], .org_id = m->group_id }, err);
	}
	return code;
}

static enum qpp_code of_pair(struct qpp_piece *p, const struct qpp_who *who, bool trace, struct qpp_outcome *out, struct qpp_err *err)
{
	struct qpp_pair_practice at;
	struct qpp_relation relation;
	struct qpp_tin_npi pair;
	enum qpp_code code = qpp_store_relation_get(p->tx, who->py, who->org_id, who->npi, &relation, err);
	if (code == QPP_NOT_FOUND)
		return qpp_fail(err, QPP_NOT_FOUND, "the clinician does not bill through the practice that year", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_pair_practice(p, who->org_id, &at, err);
	if (code == QPP_OK)
		code = score_levels(p, who, &at, err);
	if (code == QPP_OK)
		code = qpp_pair_judge(p, &at, &relation, &pair, err);
	if (code != QPP_OK)
		return code;
	out->payment = pair.payment;
	out->scored = pair.payment.pays;
	out->why = pair.payment.pays ? pair.payment.why.list.v[0].text : pair.payment.no_adjustment.text;
	if (!pair.payment.pays)
		return QPP_OK;
	const struct qpp_run *from = pair.from[pair.payment.score];
	out->level = from->who.entity;
	out->org_id = from->who.org_id;
	out->final_score = from->final_score;
	pays(p->arena, &pair.adjustment, out);
	return explain(p, &from->who, from->program, trace, out, err);
}

static enum qpp_code outcome(struct qpp_tx *tx, const struct qpp_service *service, const struct qpp_who *who,
                             const struct qpp_known_how *how, const struct qpp_ruleset *rules, struct qpp_number scaling,
                             struct qpp_number additional, bool trace, struct qpp_outcome *out, struct qpp_err *err)
{
	struct qpp_runner *r = QPP_NEW(qpp_tx_arena(tx), struct qpp_runner);
	struct qpp_piece p = { .r = r, .arena = qpp_tx_arena(tx), .tx = tx };
	*out = (struct qpp_outcome){ 0 };
	enum qpp_code code = make_runner(p.arena, service, who->py, rules, how, r, err);
	r->scaling = scaling;
	r->additional = additional;
	if (code != QPP_OK)
		return code;
	return who->entity == QPP_INDIVIDUAL ? of_pair(&p, who, trace, out, err) : of_level(&p, who, trace, out, err);
}

enum qpp_code qpp_outcome_of(const struct qpp_call *call, const struct qpp_who *who, const struct qpp_known_how *how,
                             const struct qpp_ruleset *rules, struct qpp_number scaling, struct qpp_number additional, bool trace,
                             struct qpp_outcome *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = outcome(tx, call->service, who, how, rules, scaling, additional, trace, out, err);
	qpp_store_end(tx);
	return code;
}

/* ---- what if ---- */

static enum qpp_code both(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_who *who, const struct qpp_known_how *with,
                          struct qpp_whatif *out, struct qpp_err *err)
{
	static const struct qpp_known_how plain = { .at = { -1 } };
	struct qpp_runner *current = QPP_NEW(call->arena, struct qpp_runner);
	struct qpp_scoring row;
	const struct qpp_ruleset *rules = qpp_years_rules(call->service->years);
	/* Under the scaling and the rules of what people see, where there is something. */
	enum qpp_code code = qpp_run_current(tx, who->py, qpp_now(call->service->clock), &row, err);
	current->row = row;
	qpp_runner_scaling(current);
	if (code == QPP_OK && row.overlay.n)
		code = qpp_overlay_doc_read(call->arena, rules, row.overlay, &rules, err);
	if (code == QPP_OK)
		code = outcome(tx, call->service, who, &plain, rules, current->scaling, current->additional, true, &out->before, err);
	if (code == QPP_OK)
		code = outcome(tx, call->service, who, with, rules, current->scaling, current->additional, true, &out->after, err);
	return code;
}

enum qpp_code qpp_what_if(const struct qpp_call *call, const struct qpp_who *who, const struct qpp_who *over_who, struct qpp_str over,
                          struct qpp_findings *f, struct qpp_whatif *out, struct qpp_err *err)
{
	const struct qpp_known_how with = { .at = { -1 }, .over_who = over_who ? over_who : who, .over = over };
	struct qpp_tx *tx;
	*out = (struct qpp_whatif){ 0 };
	if (!qpp_facts_doc_read(call->arena, over, f) || f->errors)
		return qpp_fail(err, QPP_DATA, "the facts cannot be read", (char *)NULL);
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = both(tx, call, who, &with, out, err);
	qpp_store_end(tx);
	if (code == QPP_OK)
		out->changes = qpp_score_changes(call->arena, out->before.scored_as, out->after.scored_as);
	return code;
}
