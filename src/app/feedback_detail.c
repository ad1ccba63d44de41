/*
 * The score behind a version, made again with its reasons: from the same inputs
 * (their hash says so) under the same rules. What is not released yet is not in it.
 */
#include "app/feedback_int.h"

/* No adjustment, neither in the score nor in the trace: what is hidden must not be there to be found. */
static void hide_adjustment(struct qpp_scored *s)
{
	s->score.adjustment = (struct qpp_adjustment){ 0 };
	for (size_t i = 0; s->trace && i < s->trace->facts.n; i++) {
		struct qpp_fact *f = &s->trace->facts.v[i];
		if (!qpp_str_is(f->subject, "adjustment"))
			continue;
		f->value = qpp_dec_undefined();
		f->status = QPP_MISSING_FACT;
		f->note = f->label = QPP_LIT("");
		f->inputs = NULL;
		f->n_inputs = 0;
		f->passed.n = 0;
	}
	for (size_t i = 0; i < s->n_missing; i++)
		for (size_t k = 0; k < s->missing[i].n_otherwise; k++)
			s->missing[i].otherwise[k].total = (struct qpp_value){ 0 };
}

/* Under the scaling of the run, where that is not the one of the rules. */
static enum qpp_code adjust_again(const struct qpp_runner *r, struct qpp_arena *a, struct qpp_scored *s, struct qpp_err *err)
{
	const struct qpp_request q = { .arena = a, .rules = r->rules, .catalog = r->catalog, .plan = r->plan, .trace = s->trace };
	if (!r->scaling.given && !r->additional.given)
		return QPP_OK;
	hide_adjustment(s);
	return s->score.final_exact.has ? qpp_score_adjustment(&q, s->score.final_exact.v, r->scaling, r->additional, &s->score.adjustment, err)
	                                : QPP_OK;
}

static struct qpp_who subject_of(const struct qpp_run *row)
{
	struct qpp_who who = row->who;
	if (!qpp_str_is(row->kind, "pair") || row->paid_level == QPP_INDIVIDUAL)
		return who;
	return (struct qpp_who){ .py = who.py, .entity = row->paid_level, .org_id = row->paid_org_id };
}

static enum qpp_code make_again(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v,
                                const struct qpp_answer **out, struct qpp_str *why, struct qpp_err *err)
{
	struct qpp_runner *r = QPP_NEW(call->arena, struct qpp_runner);
	struct qpp_known *x = QPP_NEW(call->arena, struct qpp_known);
	const struct qpp_answer *answer;
	const struct qpp_who who = subject_of(&v->row);
	enum qpp_code code = qpp_runner_make(call->arena, call->service, tx, &v->scoring, r, err);
	if (code == QPP_OK && !qpp_str_eq(r->ruleset->hash, v->row.rules_hash)) {
		*why = QPP_LIT("it was made under rules that this program does not have");
		return QPP_OK;
	}
	if (code == QPP_OK)
		code = qpp_known_gather(call->service, tx, &who, &r->how, x, err);
	if (code == QPP_OK && !qpp_str_eq(x->inputs_hash, v->row.inputs_hash)) {
		*why = QPP_LIT("the data have changed since this version was made");
		return QPP_OK;
	}
	const struct qpp_known_ask ask = { .rules = r->ruleset, .program = v->row.program, .trace = true };
	if (code == QPP_OK)
		code = qpp_known_answer(call->service, call->arena, &x->submission, x->facts, &ask, &answer, err);
	if (code != QPP_OK)
		return code;
	struct qpp_scored *s = &answer->scored[0];
	if (v->factor_released.us)
		code = adjust_again(r, call->arena, s, err);
	else
		hide_adjustment(s);
	*out = answer;
	return code;
}

enum qpp_code qpp_feedback_detail(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v,
                                  const struct qpp_answer **answer, struct qpp_str *why, struct qpp_err *err)
{
	const struct qpp_who who = subject_of(&v->row);
	struct qpp_err refusal;
	*answer = NULL;
	if (!v->row.final_score.n) {
		*why = QPP_LIT("there is no final score");
		return QPP_OK;
	}
	if (qpp_feedback_may(tx, call, &who, &refusal) != QPP_OK) {
		*why = QPP_LIT("it is the score of an entity, whose details are for those with a role in the entity itself");
		return QPP_OK;
	}
	return make_again(tx, call, v, answer, why, err);
}
