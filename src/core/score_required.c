/*
 * 414.1335(a) and the denominator reduction: how many quality measures the filer
 * must report. Somebody whose claims measures and CQMs are all that the clinical
 * clusters or specialty sets of those measures offer is held to that number. The
 * filer sees which sets were looked at.
 */
#include "score_int.h"

enum { MOST_MEASURES = 64 };

/* Distinct measures of one collection type, by id. */
struct id_set {
	struct qpp_str id[MOST_MEASURES];
	size_t n;
	bool full;
};

static bool has(const struct id_set *set, struct qpp_str id)
{
	for (size_t i = 0; i < set->n; i++)
		if (qpp_str_eq(set->id[i], id))
			return true;
	return false;
}

static void put(struct id_set *set, struct qpp_str id)
{
	if (has(set, id))
		return;
	if (set->n == MOST_MEASURES)
		set->full = true;
	else
		set->id[set->n++] = id;
}

struct reduction {
	struct id_set submitted;
	enum qpp_method method[MOST_MEASURES];   /* of each submitted one */
	struct id_set nobody;                    /* CQMs with nobody eligible: 0 of 0 */
	bool only_claims_and_cqm;
	bool outcome_or_high_priority;
};

static bool counts_for_outcome(struct qpp_scoring *s, const struct qpp_measure *m)
{
	return m->high_priority || s->plan->outcome[qpp_place(s->plan, m)];
}

static bool nobody_eligible(const struct qpp_measurement *m)
{
	if (m->kind == QPP_VALUE_NON_PROPORTION)
		return qpp_dec_sign(m->denominator.v) == 0;
	int64_t n = 0;
	for (size_t i = 0; i < m->n_rates; i++)
		n += m->rates[i].eligible.v;
	return (m->kind == QPP_VALUE_SINGLE || m->kind == QPP_VALUE_MULTI) && n == 0;
}

static void look_at(struct qpp_scoring *s, struct reduction *r)
{
	r->only_claims_and_cqm = true;
	for (size_t i = 0; i < s->submission->n_sets; i++) {
		const struct qpp_measurement_set *set = &s->submission->sets[i];
		if (!qpp_set_counts(s, set, QPP_QUALITY))
			continue;
		for (size_t j = 0; j < set->n_measurements; j++) {
			const struct qpp_measure *m = set->measurements[j].measure;
			if (!m || m->category != QPP_QUALITY)
				continue;
			if ((set->method != QPP_REGISTRY && set->method != QPP_CLAIMS) || m->qcdr)
				r->only_claims_and_cqm = false;
			r->outcome_or_high_priority |= counts_for_outcome(s, m);
			size_t before = r->submitted.n;
			put(&r->submitted, m->id);
			if (r->submitted.n > before)
				r->method[before] = set->method;
			if (set->method == QPP_REGISTRY && nobody_eligible(&set->measurements[j]))
				put(&r->nobody, m->id);
		}
	}
}

/* A specialty set that was submitted whole and is all that was submitted. */
static bool whole_specialty_set(struct qpp_scoring *s, const struct reduction *r, struct id_set *offered)
{
	for (size_t i = 0; i < r->submitted.n; i++) {
		const struct qpp_cluster *k = qpp_catalog_cluster(s->c.catalog, r->submitted.id[i], r->method[i]);
		for (size_t j = 0; k && j < k->n_specialty_sets; j++) {
			const struct qpp_strs ids = k->specialty_sets[j].measure_ids;
			size_t in_set = 0;
			for (size_t x = 0; x < ids.n; x++)
				in_set += has(&r->submitted, ids.v[x]);
			if (in_set != ids.n || in_set != r->submitted.n)
				continue;
			*offered = r->submitted;
			return true;
		}
	}
	return false;
}

/* Everything that the clusters of the submitted measures offer; false when a measure has no cluster. */
static bool clusters_offer(struct qpp_scoring *s, const struct reduction *r, struct id_set *offered)
{
	for (size_t i = 0; i < r->submitted.n; i++) {
		const struct qpp_cluster *k = qpp_catalog_cluster(s->c.catalog, r->submitted.id[i], r->method[i]);
		if (!k || !k->n_clinical_clusters)
			return false;
		for (size_t j = 0; j < k->n_clinical_clusters; j++)
			for (size_t x = 0; x < k->clinical_clusters[j].measure_ids.n; x++)
				put(offered, k->clinical_clusters[j].measure_ids.v[x]);
	}
	return !offered->full;
}

static bool offers_outcome(struct qpp_scoring *s, const struct id_set *offered)
{
	for (size_t i = 0; i < offered->n; i++) {
		const struct qpp_measure *m = qpp_catalog_measure(s->c.catalog, offered->id[i]);
		if (m && counts_for_outcome(s, m))
			return true;
	}
	return false;
}

/* What was available: the whole specialty set when it is not larger than what the clusters offer; 0 of 0 left out. */
static bool available(struct qpp_scoring *s, const struct reduction *r, struct id_set *out)
{
	struct id_set set = { 0 }, clusters = { 0 };
	bool whole = whole_specialty_set(s, r, &set), offer = clusters_offer(s, r, &clusters);
	if (!whole && !offer)
		return false;
	const struct id_set *from = whole && (!offer || set.n <= clusters.n) ? &set : &clusters;
	for (size_t i = 0; i < from->n; i++)
		if (!has(&r->nobody, from->id[i]))
			put(out, from->id[i]);
	return true;
}

/* The number of measures that were available, when it is less than `usual`; else `usual`. */
static struct qpp_num reduced(struct qpp_scoring *s, struct qpp_num usual, int64_t n_usual, bool *outcome_needed)
{
	struct qpp_calc *c = &s->c;
	struct reduction r = { 0 };
	struct id_set offered = { 0 };
	look_at(s, &r);
	bool short_of = r.submitted.n < (size_t)n_usual || !r.outcome_or_high_priority;
	if (s->kind != QPP_PROGRAM_MIPS || !r.submitted.n || r.submitted.full || !r.only_claims_and_cqm || !short_of)
		return usual;
	if (qpp_reading(c, QPP_R_denominator_reduction) != QPP_R_denominator_reduction_clusters)
		return usual;
	if (!available(s, &r, &offered))
		return usual;
	if (!offers_outcome(s, &offered))
		*outcome_needed = false;
	if (offered.n >= (size_t)n_usual)
		return usual;
	struct qpp_num fewer = qpp_constant(c, QPP_F_REQUIRED_MEASURES, (int64_t)offered.n);
	qpp_note(c, fewer, "the clinical clusters or the specialty set of the submitted measures offer no more", (char *)NULL);
	qpp_note_rule(c, fewer, QPP_LIT("414.1335(a)"));
	qpp_note_passed(c, fewer, "the usual number of measures", "denominator reduction applies");
	return fewer;
}

struct qpp_num qpp_required_measures(struct qpp_scoring *s, size_t suppressed, bool *outcome_needed)
{
	struct qpp_calc *c = &s->c;
	c->subject = QPP_LIT("quality");
	const struct qpp_table_row *row = s->plan->required[s->kind];
	if (!row)
		row = qpp_row_needed(c, QPP_T_measures_required, QPP_KEYS({ QPP_C_measures_required_program, qpp_kind_word(s) }));
	*outcome_needed = row && qpp_str_is(qpp_cell_word(row, QPP_C_measures_required_outcome), "yes");
	struct qpp_num usual = qpp_cell_num(c, QPP_T_measures_required, row, QPP_C_measures_required_count);
	int64_t n;
	if (!qpp_dec_i64(usual.v, &n))
		return usual;
	struct qpp_num required = QPP_DERIVE(c, QPP_F_REQUIRED_MEASURES, QPP_OP_SAME, reduced(s, usual, n, outcome_needed));
	if (!suppressed)
		return required;
	struct qpp_num off = qpp_constant(c, QPP_F_REQUIRED_MEASURES, (int64_t)suppressed);
	qpp_note(c, off, "submitted measures that were suppressed for the year", (char *)NULL);
	qpp_note_rule(c, off, QPP_LIT("414.1380(b)(1)(vii)(A)"));
	struct qpp_num left = QPP_DERIVE(c, QPP_F_REQUIRED_MEASURES, QPP_OP_DIFFERENCE, required, off);
	return QPP_DERIVE(c, QPP_F_REQUIRED_MEASURES, QPP_OP_GREATEST, left, qpp_constant(c, QPP_F_REQUIRED_MEASURES, 0));
}
