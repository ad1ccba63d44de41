/*
 * Promoting Interoperability: claims that cannot stand together. A measure is
 * claimed when it is attested or has a numerator; its exclusion says that it
 * does not apply, its substitute that something else was done in its place.
 */
#include "check_int.h"

static bool claimed(const struct qpp_measurement *m)
{
	if (m->kind == QPP_VALUE_BOOLEAN)
		return m->yes;
	return m->numerator.given && qpp_dec_sign(m->numerator.v) > 0;
}

static void refuse_pair(struct qpp_check *k, const char *code, const struct qpp_measurement *other, const char *says,
                        const char *hint)
{
	if (qpp_findings_full(k->findings)) {
		qpp_check_find(k, QPP_ERROR, code, k->measurement->where, "", (char *)NULL);
		return;
	}
	const char *id = qpp_str_dup(k->arena, other->measure_id).p;
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, code, k->measurement->where, says, id, " (line ",
		qpp_i64_text(k->arena, other->where.line).p, ") are both claimed", (char *)NULL);
	x->value = qpp_str_of(id);
	x->expected = QPP_LIT("one of the two");
	x->hint = qpp_str_of(hint);
}

static void check_exclusions(struct qpp_check *k)
{
	struct qpp_strs ids = k->measurement->measure->exclusions;
	for (size_t i = 0; i < ids.n; i++) {
		const struct qpp_measurement *other = qpp_check_in_set(k, ids.v[i]);
		if (other && claimed(other))
			refuse_pair(k, "piMeasureAndExclusion", other, "the measure and its exclusion ",
			            "report the measure, or claim the exclusion");
	}
}

/* The early years list an exclusion among the substitutes too: that pair is told of as an exclusion. */
static bool is_exclusion_pair(const struct qpp_measure *a, const struct qpp_measure *b)
{
	return qpp_strs_has(a->exclusions, b->id) || qpp_strs_has(b->exclusions, a->id);
}

static void check_substitutes(struct qpp_check *k)
{
	const struct qpp_measure *measure = k->measurement->measure;
	struct qpp_strs ids = measure->substitutes;
	for (size_t i = 0; i < ids.n; i++) {
		const struct qpp_measurement *other = qpp_check_in_set(k, ids.v[i]);
		if (!other || other == k->measurement || !other->measure || !claimed(other) || is_exclusion_pair(measure, other->measure))
			continue;
		/* A pair that names each other is told of once, at the later id. */
		bool mutual = qpp_strs_has(other->measure->substitutes, measure->id);
		if (!mutual || qpp_str_cmp(other->measure_id, measure->id) < 0)
			refuse_pair(k, "piSubstituteConflict", other, "the measure and its alternative ",
			            "claim the one that was done; both together cannot be scored");
	}
}

void qpp_check_pi(struct qpp_check *k)
{
	for (size_t i = 0; i < k->set->n_measurements; i++) {
		k->measurement = &k->set->measurements[i];
		if (!k->measurement->measure || !claimed(k->measurement))
			continue;
		check_exclusions(k);
		check_substitutes(k);
	}
	k->measurement = NULL;
}
