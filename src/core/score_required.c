/*
 * 414.1335(a) and the denominator reduction: how many quality measures the filer
 * must report. Somebody whose claims measures and CQMs are all that the clinical
 * clusters or specialty sets of those measures offer is held to that number. The
 * filer sees which sets were looked at.
 */
#include "score_pick.h"

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
	const struct qpp_cluster *cluster[MOST_MEASURES];   /* of each (measure, collection type) that has one */
	size_t n_clusters;
	struct id_set clustered;                 /* submitted measures that are in a clinical cluster */
	struct id_set nobody;                    /* CQMs with nobody eligible: 0 of 0 */
	bool outcome_or_high_priority;
};

static bool counts_for_outcome(struct qpp_scoring *s, const struct qpp_measure *m)
{
	return m->high_priority || s->plan->outcome[qpp_place(s->plan, m)];
}

static void add_cluster(const struct qpp_scoring *s, struct reduction *r, const struct qpp_measure *m, enum qpp_method method)
{
	const struct qpp_cluster *k = s->plan->cluster[qpp_place(s->plan, m)][method];
	if (k && r->n_clusters < MOST_MEASURES)
		r->cluster[r->n_clusters++] = k;
	if (k && k->n_clinical_clusters)
		put(&r->clustered, m->id);
}

/* By no collection type that came. */
static bool nobody_eligible(const struct qpp_field *f, const struct qpp_measure *m)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].score->measure == m && !f->v[i].empty)
			return false;
	return true;
}

static void look_at(struct qpp_scoring *s, const struct qpp_field *f, struct reduction *r)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct qpp_measure *m = f->v[i].score->measure;
		enum qpp_method method = f->v[i].score->method;
		r->outcome_or_high_priority |= counts_for_outcome(s, m);
		put(&r->submitted, m->id);
		add_cluster(s, r, m, method);
		/* A suppressed one is taken off by itself. */
		if (method == QPP_REGISTRY && !f->v[i].suppressed && nobody_eligible(f, m))
			put(&r->nobody, m->id);
	}
}

/* A specialty set that was submitted whole and is all that was submitted. */
static bool whole_specialty_set(const struct reduction *r, struct id_set *offered)
{
	for (size_t i = 0; i < r->n_clusters; i++) {
		const struct qpp_cluster *k = r->cluster[i];
		for (size_t j = 0; j < k->n_specialty_sets; j++) {
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
static bool clusters_offer(const struct reduction *r, struct id_set *offered)
{
	for (size_t i = 0; i < r->n_clusters; i++)
		for (size_t j = 0; j < r->cluster[i]->n_clinical_clusters; j++) {
			const struct qpp_strs ids = r->cluster[i]->clinical_clusters[j].measure_ids;
			for (size_t x = 0; x < ids.n; x++)
				put(offered, ids.v[x]);
		}
	return r->clustered.n == r->submitted.n && !offered->full;
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
static bool available(const struct reduction *r, struct id_set *out)
{
	struct id_set set = { 0 }, clusters = { 0 };
	bool whole = whole_specialty_set(r, &set), offer = clusters_offer(r, &clusters);
	if (!whole && !offer)
		return false;
	const struct id_set *from = whole && (!offer || set.n <= clusters.n) ? &set : &clusters;
	for (size_t i = 0; i < from->n; i++)
		if (!has(&r->nobody, from->id[i]))
			put(out, from->id[i]);
	return true;
}

/* Where the reduction applies, measures with nobody eligible leave the score as well. */
static void drop_empty(struct qpp_field *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct qpp_candidate *x = &f->v[i];
		if (x->score->method != QPP_REGISTRY || !x->empty || !x->usable)
			continue;
		x->usable = false;
		x->score->status = QPP_LIT("nobody was eligible: left out with its place");
	}
}

/* Whether only claims measures and CQMs came: what the reduction process looks at. */
static bool only_claims_and_cqm(const struct qpp_field *f)
{
	for (size_t i = 0; i < f->n; i++) {
		enum qpp_method method = f->v[i].score->method;
		if ((method != QPP_REGISTRY && method != QPP_CLAIMS) || f->v[i].score->measure->qcdr)
			return false;
	}
	return f->n > 0 && !f->survey_unscored;
}

/* The number of measures that were available, when it is less than `usual`; else `usual`. */
static struct qpp_num reduced(struct qpp_scoring *s, struct qpp_field *f, struct qpp_num usual, int64_t n_usual,
                              bool *outcome_needed)
{
	struct qpp_calc *c = &s->c;
	struct qpp_num fewer;
	if (qpp_mvp_fewer_by_claims(s, &fewer, outcome_needed))
		return fewer;
	if (s->kind != QPP_PROGRAM_MIPS || !only_claims_and_cqm(f))
		return usual;
	struct reduction r = { 0 };
	struct id_set offered = { 0 };
	look_at(s, f, &r);
	bool short_of = r.submitted.n < (size_t)n_usual || !r.outcome_or_high_priority;
	if (r.submitted.full || !short_of)
		return usual;
	if (qpp_reading(c, QPP_R_denominator_reduction) != QPP_R_denominator_reduction_clusters)
		return usual;
	if (!available(&r, &offered))
		return usual;
	if (!offers_outcome(s, &offered))
		*outcome_needed = false;
	if (offered.n >= (size_t)n_usual)
		return usual;
	drop_empty(f);
	fewer = qpp_constant(c, QPP_F_REQUIRED_MEASURES, (int64_t)offered.n);
	qpp_note(c, fewer, "the clinical clusters or the specialty set of the submitted measures offer no more", (char *)NULL);
	qpp_note_rule(c, fewer, QPP_LIT("414.1335(a)"));
	qpp_note_passed(c, fewer, "the usual number of measures", "denominator reduction applies");
	return fewer;
}

/* R-414.1335(a), R-414.1365(c)(1): the usual number of the program, less what was not available or suppressed. */
struct qpp_num qpp_required_measures(struct qpp_scoring *s, struct qpp_field *f, size_t suppressed,
                                     bool *outcome_needed)
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
	struct qpp_num required = QPP_DERIVE(c, QPP_F_REQUIRED_MEASURES, QPP_OP_SAME, reduced(s, f, usual, n, outcome_needed));
	if (!suppressed)
		return required;
	struct qpp_num off = qpp_constant(c, QPP_F_REQUIRED_MEASURES, (int64_t)suppressed);
	qpp_note(c, off, "submitted measures that were suppressed for the year", (char *)NULL);
	qpp_note_rule(c, off, QPP_LIT("414.1380(b)(1)(vii)(A)"));
	struct qpp_num left = QPP_DERIVE(c, QPP_F_REQUIRED_MEASURES, QPP_OP_DIFFERENCE, required, off);
	return QPP_DERIVE(c, QPP_F_REQUIRED_MEASURES, QPP_OP_GREATEST, left, qpp_constant(c, QPP_F_REQUIRED_MEASURES, 0));
}
