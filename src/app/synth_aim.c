/*
 * From a standing to how well somebody does in each category. Who does badly leaves categories out first; activities
 * and promoting interoperability are done fully by most, so that quality and cost carry the rest, cost some way
 * behind quality as it is everywhere.
 */
#include "app/synth_int.h"

enum { FULL = 10000, LEAST_QUALITY = 900, LEAST_COST = 1100, COST_BEHIND = 1400, COST_BEHIND_STRUCK = 4500, LEAST_PI = 5200, TRIES = 3 };

static const int *weights(struct qpp_synth *s, const struct qpp_synth_order *o, struct qpp_str program, uint32_t missing, int *out)
{
	enum qpp_program_kind kind = qpp_program_kind_of(program);
	struct qpp_weights *w = &s->weights_of[kind][o->small][missing];
	struct qpp_request q = { .arena = s->keep, .rules = s->rules, .catalog = s->call->catalog };
	struct qpp_err err;
	if (!(s->weights_known[kind][o->small] >> missing & 1)) {
		/* What the rules refuse has no weights: nobody is made who would need them. */
		if (qpp_score_weights(&q, program, o->small, missing, w, &err) != QPP_OK)
			*w = (struct qpp_weights){ 0 };
		s->weights_known[kind][o->small] |= UINT32_C(1) << missing;
	}
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		int64_t v = 0;
		if (w->weight[k].has)
			(void)qpp_dec_i64(w->weight[k].v, &v);
		out[k] = (int)v;
	}
	return out;
}

static int clamp(int v, int least, int most)
{
	return v < least ? least : v > most ? most : v;
}

static bool excused_from_pi(const struct qpp_synth_order *o)
{
	return o->small || o->hardship || o->statuses & (QPP_NON_PATIENT_FACING | QPP_HOSPITAL_BASED | QPP_ASC_BASED);
}

/* What is left for quality and cost, parted between them. */
static void part_rest(struct qpp_synth_aims *a, const int *w, int64_t rest, int behind)
{
	int64_t q, c;
	if (w[QPP_QUALITY] + w[QPP_COST] == 0)
		return;
	q = (rest + (int64_t)w[QPP_COST] * behind) / (w[QPP_QUALITY] + w[QPP_COST]);
	if (q > FULL)
		q = FULL;
	c = w[QPP_COST] ? (rest - w[QPP_QUALITY] * q) / w[QPP_COST] : 0;
	c = clamp((int)c, LEAST_COST, FULL);
	if (w[QPP_QUALITY])
		q = (rest - w[QPP_COST] * c) / w[QPP_QUALITY];
	a->percent[QPP_QUALITY] = (int)(q < -FULL ? -FULL : q > FULL ? FULL : q);
	a->percent[QPP_COST] = (int)c;
}

struct qpp_synth_aims qpp_synth_aim(struct qpp_synth *s, const struct qpp_synth_order *o, struct qpp_str program,
                                    const struct qpp_facts *facts, int standing, struct qpp_chance *c)
{
	bool may_leave_pi = excused_from_pi(o), pathway = qpp_program_kind_of(program) == QPP_PROGRAM_APP;
	/* Drawn from what they are, not from the try at hand, so that tries differ in degree and not in kind. */
	bool no_pi = o->hardship || o->struck || (may_leave_pi ? qpp_chance_share(c, 800) : o->standing < 5600 && qpp_chance_share(c, 700));
	bool no_ia = o->standing < 4200 && qpp_chance_share(c, 500), half_ia = o->standing < 6400 && !o->struck && qpp_chance_share(c, 250);
	int behind = (o->struck ? COST_BEHIND_STRUCK : COST_BEHIND) + qpp_chance_around(c, 500), wobble = qpp_chance_around(c, 300);
	struct qpp_synth_aims a = { 0 };
	for (int i = 0; i < TRIES; i++) {
		int w[QPP_CATEGORIES];
		uint32_t missing = (facts->n_cost && !o->listed ? 0 : 1u << QPP_COST) | (no_pi && may_leave_pi ? 1u << QPP_PI : 0);
		a = (struct qpp_synth_aims){ .reports = { [QPP_QUALITY] = true, [QPP_IA] = !no_ia || pathway, [QPP_PI] = !no_pi } };
		weights(s, o, program, pathway ? missing & 1u << QPP_PI : missing, w);
		a.percent[QPP_IA] = !a.reports[QPP_IA] ? 0 : half_ia && !pathway ? FULL / 2 : FULL;
		a.percent[QPP_PI] = no_pi ? 0 : clamp(8300 + (standing - 7500) + wobble, LEAST_PI, FULL);
		int64_t rest = (int64_t)standing * 100 - (int64_t)w[QPP_IA] * a.percent[QPP_IA] - (int64_t)w[QPP_PI] * a.percent[QPP_PI];
		part_rest(&a, w, rest, behind);
		if (a.percent[QPP_QUALITY] >= LEAST_QUALITY || (no_pi && no_ia))
			break;
		/* Too good already by what it did elsewhere. */
		if (!no_pi)
			no_pi = true;
		else
			no_ia = true;
	}
	a.percent[QPP_QUALITY] = clamp(a.percent[QPP_QUALITY], LEAST_QUALITY, FULL);
	return a;
}
