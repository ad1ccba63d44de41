/* Which score pays, and what rests on a reading: the same decision run again under each other alternative. */
#include "app/payment.h"

static enum qpp_code run(const struct qpp_payment_request *r, const struct qpp_choice *other,
                         const struct qpp_payment_facts *facts, struct qpp_findings *findings, struct qpp_payment *out,
                         struct qpp_err *err)
{
	struct qpp_choice choices[2];
	const struct qpp_rules *rules;
	size_t n = 0;
	if (r->choice)
		choices[n++] = *r->choice;
	if (other)
		choices[n++] = *other;
	enum qpp_code code = qpp_rules_bind(r->arena, r->rules, r->py, choices, n, &rules, err);
	if (code != QPP_OK)
		return code;
	struct qpp_request q = { .arena = r->arena, .rules = rules, .findings = findings };
	return qpp_payment_decide(&q, facts, out, err);
}

static bool same(const struct qpp_payment *a, const struct qpp_payment *b)
{
	return a->pays == b->pays && (!a->pays || a->score == b->score);
}

static void try_reading(const struct qpp_payment_request *r, const struct qpp_reading *reading,
                        struct qpp_payment_answer *out)
{
	size_t held = r->choice && qpp_str_eq(r->choice->reading, reading->name) ? r->choice->alternative : 0;
	for (size_t k = 0; k < reading->n_alternatives; k++) {
		struct qpp_choice choice = { reading->name, k };
		struct qpp_payment x;
		if (k == held || run(r, &choice, out->facts, NULL, &x, NULL) != QPP_OK || same(&x, &out->payment))
			continue;
		*QPP_PUSH(r->arena, &out->otherwise) =
		    (struct qpp_payment_otherwise){ reading->name, reading->alternatives[k], x.pays, x.score };
	}
}

enum qpp_code qpp_payment_answer(const struct qpp_payment_request *r, const struct qpp_payment_facts *facts,
                                 struct qpp_payment_answer *out, struct qpp_err *err)
{
	*out = (struct qpp_payment_answer){ .py = r->py, .facts = facts, .rules_hash = r->rules->hash };
	enum qpp_code code = run(r, NULL, facts, r->findings, &out->payment, err);
	for (size_t i = 0; code == QPP_OK && i < r->rules->n_readings; i++) {
		int bit = qpp_rules_reading_bit(r->rules->readings[i].name);
		if (bit >= 0 && out->payment.readings >> bit & 1)
			try_reading(r, &r->rules->readings[i], out);
	}
	return code;
}
