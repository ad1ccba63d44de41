/*
 * What a filing does not say: size and statuses of the filer, exceptions, risk of the patients, last year's scores,
 * and the measures that the agency computes from claims.
 */
#include "app/synth_int.h"

enum { MILLE = 1000, MOST_CLAIMS = 8, HOSPITAL_WIDE_CLINICIANS = 16 };

static struct qpp_number hundredths(int v)
{
	return (struct qpp_number){ .given = true, .v = qpp_dec_scaled(v, 2) };
}

static const struct qpp_reweight *all_reweighted(struct qpp_arena *a)
{
	struct qpp_reweight *v = QPP_NEW_ARRAY(a, QPP_CATEGORIES, struct qpp_reweight);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		v[k] = (struct qpp_reweight){ .category = (enum qpp_category)k, .reason = QPP_EUC };
	return v;
}

/* In a listed county the grounds follow from the place: facts that said there are none would contradict it. */
static void add_grounds(const struct qpp_synth_order *o, struct qpp_arena *a, struct qpp_facts *f)
{
	f->has_reweight = !o->listed || o->excused;
	if (o->excused) {
		f->reweight = all_reweighted(a);
		f->n_reweight = QPP_CATEGORIES;
	} else if (o->hardship) {
		struct qpp_reweight *v = QPP_NEW(a, struct qpp_reweight);
		*v = (struct qpp_reweight){ .category = QPP_PI, .reason = QPP_HARDSHIP };
		f->reweight = v;
		f->n_reweight = 1;
		f->has_reweight = true;
	}
}

static void add_risk(struct qpp_facts *f, struct qpp_chance *c)
{
	int medical = qpp_chance_around(c, 70), social = qpp_chance_around(c, 70);
	f->has_complex_patient = true;
	f->medical_z = hundredths(medical);
	f->social_z = hundredths(social);
	f->medical_at_or_above_median = medical >= 0 ? QPP_YES : QPP_NO;
	f->social_at_or_above_median = social >= 0 ? QPP_YES : QPP_NO;
}

static void add_prior(struct qpp_facts *f, const struct qpp_synth_order *o, struct qpp_chance *c)
{
	int quality = 7000 + (o->standing - 7500) / 2 + qpp_chance_around(c, 300);
	f->has_prior = true;
	f->prior_quality_score_pct = hundredths(quality);
	f->prior_quality_achievement_pct = hundredths(quality);
	f->prior_cost_pct = hundredths(quality - 900 + qpp_chance_around(c, 200));
	f->prior_same_identifier = qpp_chance_share(c, 800) ? QPP_YES : QPP_NO;
	f->prior_facility_based = QPP_NO;
}

/* How hospitals stand: invented, rising evenly. */
static void add_facility(struct qpp_facts *f, const struct qpp_synth_order *o, struct qpp_arena *a, struct qpp_chance *c)
{
	enum { ROWS = 10 };
	struct qpp_facility_row *rows = QPP_NEW_ARRAY(a, ROWS, struct qpp_facility_row);
	for (int i = 0; i < ROWS; i++)
		rows[i] = (struct qpp_facility_row){ .percentile = qpp_dec_of(i * 10), .quality_pct = qpp_dec_of(30 + i * 7),
			                                 .cost_pct = qpp_dec_of(25 + i * 6) };
	int at = (o->standing - 5500) / 55 + qpp_chance_around(c, 5);
	f->facility.percentile = (struct qpp_number){ .given = true, .v = qpp_dec_of(at < 0 ? 0 : at > 90 ? 90 : at) };
	f->facility.rows = rows;
	f->facility.n_rows = ROWS;
}

/* 414.1365(b): what an MVP participant chose among the measures of population health. */
static void register_mvp(const struct qpp_synth_order *o, struct qpp_facts *f)
{
	if (!o->mvp || !o->mvp->foundation_quality.n)
		return;
	f->registration.given = true;
	f->registration.population_health = o->mvp->foundation_quality.v[0];
}

static const struct qpp_measure *computed(const struct qpp_synth *s, struct qpp_str id)
{
	const struct qpp_measure *m = id.n ? qpp_catalog_measure(s->call->catalog, id) : NULL;
	return m && qpp_catalog_benchmark(s->call->catalog, m->id, QPP_ADMIN_CLAIMS) ? m : NULL;
}

static void add_measure(struct qpp_claims_measure *v, size_t *n, const struct qpp_synth *s, struct qpp_str id)
{
	const struct qpp_measure *m = computed(s, id);
	if (m)
		v[(*n)++] = (struct qpp_claims_measure){ .measure_id = m->id, .measure = m };
}

bool qpp_synth_has_cost(const struct qpp_synth_order *o)
{
	const struct qpp_specialty *x = &qpp_synth_specialties[o->specialty];
	/* One clinician in three has too few cases of everything. */
	return (x->total_cost || x->hospital_cost || x->episodes[0]) && !o->pathway.n && (o->clinicians > 2 || o->stream >> 10 & 1);
}

/* Which measures there will be: weights hang on it, so it is settled before the aims are. */
static void choose_claims(struct qpp_synth *s, const struct qpp_synth_order *o, struct qpp_arena *a, struct qpp_facts *f)
{
	const struct qpp_specialty *x = &qpp_synth_specialties[o->specialty];
	f->has_cost = f->has_administrative_claims = true;
	f->cost = QPP_NEW_ARRAY(a, MOST_CLAIMS, struct qpp_claims_measure);
	f->administrative_claims = QPP_NEW_ARRAY(a, MOST_CLAIMS, struct qpp_claims_measure);
	if (qpp_synth_has_cost(o)) {
		if (x->total_cost)
			add_measure(f->cost, &f->n_cost, s, QPP_LIT("TPCC_1"));
		if (x->hospital_cost)
			add_measure(f->cost, &f->n_cost, s, QPP_LIT("MSPB_1"));
		for (int i = 0; i < QPP_SYNTH_MOST_EPISODES && x->episodes[i]; i++)
			add_measure(f->cost, &f->n_cost, s, qpp_str_of(x->episodes[i]));
	}
	if (o->clinicians >= HOSPITAL_WIDE_CLINICIANS && (x->hospital_cost || x->total_cost)) {
		add_measure(f->administrative_claims, &f->n_administrative_claims, s, QPP_LIT("479"));
		if (x->total_cost)
			add_measure(f->administrative_claims, &f->n_administrative_claims, s, QPP_LIT("484"));
	}
}

void qpp_synth_begin_facts(struct qpp_synth *s, const struct qpp_synth_order *o, struct qpp_arena *a, struct qpp_facts *f)
{
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_CLAIMS, ~o->stream);
	*f = (struct qpp_facts){ .py = s->py, .participation = o->entity, .small_practice = o->small ? QPP_YES : QPP_NO,
		                     .apm_participant = o->apm ? QPP_YES : QPP_NO, .has_statuses = true, .statuses = o->statuses,
		                     .has_types = true, .types = o->types };
	if (o->location)
		f->location = *o->location;
	add_grounds(o, a, f);
	if (o->silent)
		return;
	add_risk(f, &c);
	add_prior(f, o, &c);
	if (o->statuses & QPP_FACILITY_BASED)
		add_facility(f, o, a, &c);
	register_mvp(o, f);
	choose_claims(s, o, a, f);
}

static void set_results(struct qpp_synth_work *w, struct qpp_claims_measure *v, size_t n, int percent, int cases)
{
	enum { STEP = 60, LEAST = 100, MOST = 1000, PERCENT_TO_POINTS = 10 };
	for (size_t i = 0; i < n; i++) {
		const struct qpp_benchmark *b = qpp_catalog_benchmark(w->s->call->catalog, v[i].measure_id, QPP_ADMIN_CLAIMS);
		int points = percent / PERCENT_TO_POINTS + qpp_chance_around(&w->chance, STEP);
		v[i].score = qpp_dec_round(qpp_synth_rate_at(b, points < LEAST ? LEAST : points > MOST ? MOST : points), 4);
		v[i].case_count = (struct qpp_count){ true, cases + qpp_chance_below(&w->chance, 200) };
	}
}

/* With several programs the first one's results stand: the agency computes them once. */
void qpp_synth_add_claims(struct qpp_synth_work *w, const struct qpp_synth_aims *aims)
{
	enum { COST_CASES = 60, QUALITY_CASES = 210 };
	struct qpp_facts *f = w->facts;
	if (f->n_cost && !f->cost[0].case_count.given)
		set_results(w, f->cost, f->n_cost, aims->percent[QPP_COST], COST_CASES);
	if (f->n_administrative_claims && !f->administrative_claims[0].case_count.given)
		set_results(w, f->administrative_claims, f->n_administrative_claims, aims->percent[QPP_QUALITY], QUALITY_CASES);
}
