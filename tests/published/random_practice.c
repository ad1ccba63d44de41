/* Practices by chance; see random_practice.h. */
#include "random_practice.h"

#include "qpp/score.h"

#include <string.h>

enum { MOST_SETS = 8, MOST_ROWS = 12, MOST_MEMBERS = 9, MOST_APP = 30, MOST_MEASURES = 9, MOST_ACTIVITIES = 5, MOST_PI = 40, MOST_CLAIMS = 60,
       MOST_PATIENTS = 400 };

int chance_below(struct chance *c, int n)
{
	/* xorshift64* */
	c->state ^= c->state >> 12;
	c->state ^= c->state << 25;
	c->state ^= c->state >> 27;
	return (int)((c->state * UINT64_C(2685821657736338717) >> 33) % (unsigned)n);
}

struct maker {
	struct chance *c;
	struct qpp_arena *a;
	const struct qpp_catalog *catalog;
	struct qpp_str program;
	struct qpp_measurement_set *sets;
	size_t n;
};

static struct qpp_number number(qpp_dec v)
{
	return (struct qpp_number){ .given = true, .v = v };
}

static struct qpp_number hundredths(struct maker *m, int most)
{
	return number(qpp_dec_scaled(chance_below(m->c, most * 100 + 1), 2));
}

/* Half of the practices report everything, the others leave some patients out. */
static struct qpp_rate_counts counts_by_chance(struct maker *m, const struct qpp_measure *measure, enum qpp_method method)
{
	int eligible = chance_one_in(m->c, 20) ? 0 : chance_below(m->c, chance_one_in(m->c, 5) ? 30 : MOST_PATIENTS) + 1;
	int reported = chance_one_in(m->c, 2) ? eligible : chance_below(m->c, eligible + 1);
	bool may_exclude = method != QPP_REGISTRY || measure->qcdr;
	int excluded = may_exclude && chance_one_in(m->c, 3) ? chance_below(m->c, reported / 4 + 1) : 0;
	int excepted = chance_one_in(m->c, 3) ? chance_below(m->c, (reported - excluded) / 4 + 1) : 0;
	int scored = reported - excluded - excepted;
	int met = chance_one_in(m->c, 6) ? scored : chance_one_in(m->c, 10) ? 0 : chance_below(m->c, scored + 1);
	return (struct qpp_rate_counts){ .met = { true, met }, .not_met = { true, scored - met }, .eligible = { true, eligible },
	                                 .exclusion = { true, excluded }, .exception = { true, excepted } };
}

/* Rates of one measure: one, or one of each stratum that its definition names. */
static void rates_by_chance(struct maker *m, struct qpp_measurement *x, enum qpp_method method)
{
	const struct qpp_measure *measure = x->measure;
	bool multi = measure->metric == QPP_METRIC_MULTI || measure->metric == QPP_METRIC_REGISTRY_MULTI;
	size_t n = multi && measure->n_strata ? measure->n_strata : 1;
	struct qpp_rate_counts *rates = QPP_NEW_ARRAY(m->a, n, struct qpp_rate_counts);
	for (size_t i = 0; i < n; i++) {
		rates[i] = counts_by_chance(m, measure, method);
		if (multi && measure->n_strata)
			rates[i].stratum = measure->strata[i].name;
	}
	x->kind = multi ? QPP_VALUE_MULTI : QPP_VALUE_SINGLE;
	x->rates = rates;
	x->n_rates = n;
	if (measure->metric == QPP_METRIC_REGISTRY_SINGLE || measure->metric == QPP_METRIC_REGISTRY_MULTI)
		x->performance_rate = hundredths(m, 100);
}

static void value_by_chance(struct maker *m, struct qpp_measurement *x, enum qpp_method method)
{
	switch (x->measure->metric) {
	case QPP_METRIC_NON_PROPORTION: {
		int denominator = chance_below(m->c, MOST_PATIENTS), observed = chance_below(m->c, denominator + 1);
		x->kind = QPP_VALUE_NON_PROPORTION;
		x->denominator = number(qpp_dec_of(denominator));
		x->observation_instances = number(qpp_dec_of(observed));
		x->numerator = number(qpp_dec_of(chance_below(m->c, 4 * MOST_PATIENTS)));
		if (chance_one_in(m->c, 2))
			x->denominator_exception = number(qpp_dec_of(chance_below(m->c, denominator - observed + 1)));
		return;
	}
	case QPP_METRIC_CAHPS:
	case QPP_METRIC_COST_SCORE:
		x->kind = QPP_VALUE_SCORE;
		x->score = hundredths(m, 100);
		x->case_count = (struct qpp_count){ chance_one_in(m->c, 2), chance_below(m->c, 60) };
		return;
	default:
		rates_by_chance(m, x, method);
	}
}

static bool has(const struct qpp_measurement_set *set, struct qpp_str id)
{
	for (size_t i = 0; i < set->n_measurements; i++)
		if (qpp_str_eq(set->measurements[i].measure_id, id))
			return true;
	return false;
}

static struct qpp_measurement_set *add_set(struct maker *m, enum qpp_category category, enum qpp_method method, size_t room)
{
	struct qpp_measurement_set *set = &m->sets[m->n++];
	*set = (struct qpp_measurement_set){ .category = category, .method = method, .program = m->program };
	set->measurements = QPP_NEW_ARRAY(m->a, room, struct qpp_measurement);
	set->has_start = qpp_day_of(m->catalog->py.v, 1, 1, &set->start);
	set->has_end = qpp_day_of(m->catalog->py.v, 12, 31, &set->end);
	return set;
}

static struct qpp_measurement *add(struct maker *m, struct qpp_measurement_set *set, const struct qpp_measure *measure)
{
	struct qpp_measurement *x = &set->measurements[set->n_measurements++];
	(void)m;
	*x = (struct qpp_measurement){ .measure_id = measure->id, .measure = measure, .kind = QPP_VALUE_BOOLEAN, .yes = true };
	return x;
}

/* One of the catalog, or of the lists of the MVP when there is one. */
static const struct qpp_measure *any_measure(struct maker *m, enum qpp_category category, const struct qpp_strs *of_mvp)
{
	if (of_mvp && of_mvp->n && !chance_one_in(m->c, 6))
		return qpp_catalog_measure(m->catalog, of_mvp->v[chance_below(m->c, (int)of_mvp->n)]);
	for (int tries = 0; tries < 100; tries++) {
		const struct qpp_measure *x = &m->catalog->measures[chance_below(m->c, (int)m->catalog->n_measures)];
		if (x->category == category)
			return x;
	}
	return NULL;
}

static void add_quality(struct maker *m, enum qpp_method method, const struct qpp_strs *of_mvp)
{
	struct qpp_measurement_set *set = add_set(m, QPP_QUALITY, method, MOST_MEASURES);
	int wanted = chance_below(m->c, MOST_MEASURES + 1);
	for (int tries = 0; tries < 60 && (int)set->n_measurements < wanted; tries++) {
		const struct qpp_measure *measure = any_measure(m, QPP_QUALITY, of_mvp);
		if (measure && measure->category == QPP_QUALITY && measure->methods >> method & 1 && !has(set, measure->id))
			value_by_chance(m, add(m, set, measure), method);
	}
}

static void add_activities(struct maker *m, const struct qpp_strs *of_mvp)
{
	struct qpp_measurement_set *set = add_set(m, QPP_IA, QPP_REGISTRY, MOST_ACTIVITIES);
	int wanted = chance_below(m->c, MOST_ACTIVITIES + 1);
	for (int i = 0; i < wanted; i++) {
		const struct qpp_measure *measure = any_measure(m, QPP_IA, of_mvp);
		if (measure && !has(set, measure->id))
			add(m, set, measure)->yes = !chance_one_in(m->c, 10);
	}
}

/* One measure or, now and then, one of its exclusions. */
static void add_objective(struct maker *m, struct qpp_measurement_set *set, const char *id)
{
	const struct qpp_measure *measure = qpp_catalog_measure(m->catalog, qpp_str_of(id));
	if (!measure || chance_one_in(m->c, 60))
		return;
	if (measure->exclusions.n && chance_one_in(m->c, 4)) {
		struct qpp_str exclusion = measure->exclusions.v[chance_below(m->c, (int)measure->exclusions.n)];
		add(m, set, qpp_catalog_measure(m->catalog, exclusion));
		return;
	}
	struct qpp_measurement *x = add(m, set, measure);
	if (measure->metric == QPP_METRIC_PROPORTION) {
		int denominator = chance_below(m->c, 200) + 1;
		x->kind = QPP_VALUE_PROPORTION;
		x->denominator = number(qpp_dec_of(denominator));
		x->numerator = number(qpp_dec_of(chance_below(m->c, denominator + 1)));
	}
	if (measure->preprod.n && chance_one_in(m->c, 2))
		add(m, set, qpp_catalog_measure(m->catalog, measure->preprod.v[chance_below(m->c, (int)measure->preprod.n)]));
}

static void add_interoperability(struct maker *m)
{
	static const char *const always[] = { "PI_PPHI_1", "PI_PPHI_2", "PI_ONCDIR_1", "PI_INFBLO_1", "PI_EP_1", "PI_EP_2",
		                                  "PI_PEA_1", "PI_PHCDRR_1", "PI_PHCDRR_3" };
	static const char *const bonus[] = { "PI_PHCDRR_2", "PI_PHCDRR_4", "PI_PHCDRR_5" };
	struct qpp_measurement_set *set = add_set(m, QPP_PI, QPP_EHR, MOST_PI);
	if (!chance_one_in(m->c, 30))
		set->cehrt_id = QPP_LIT("0015CEXAMPLE001");
	if (chance_one_in(m->c, 4))
		set->end.v = set->start.v + 80 + chance_below(m->c, 40);
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		add_objective(m, set, always[i]);
	if (chance_one_in(m->c, 4)) {
		add_objective(m, set, chance_one_in(m->c, 2) ? "PI_HIE_5" : "PI_HIE_6");
	} else {
		add_objective(m, set, "PI_HIE_1");
		add_objective(m, set, "PI_HIE_4");
	}
	for (size_t i = 0; i < sizeof bonus / sizeof *bonus; i++)
		if (chance_one_in(m->c, 4))
			add_objective(m, set, bonus[i]);
}

static enum qpp_tri tri(struct maker *m)
{
	return (enum qpp_tri)chance_below(m->c, 3);
}

/* A result somewhere along the benchmark, beyond both its ends now and then. */
static qpp_dec along(struct maker *m, const struct qpp_benchmark *b)
{
	int k = chance_below(m->c, QPP_ENTRIES - 1) + (b->has_first ? 0 : 1);
	qpp_dec from = b->entry[k < QPP_ENTRIES - 1 ? k : QPP_ENTRIES - 2], to = b->entry[QPP_ENTRIES - 1];
	qpp_dec v = qpp_dec_add(from, qpp_dec_mul(qpp_dec_sub(to, from), qpp_dec_ratio(chance_below(m->c, 140) - 20, 100)));
	return qpp_dec_round(qpp_dec_max(v, qpp_dec_of(0)), 4);
}

static struct qpp_claims_measure *claims_by_chance(struct maker *m, enum qpp_category category, int one_in, size_t *n)
{
	struct qpp_claims_measure *v = QPP_NEW_ARRAY(m->a, MOST_CLAIMS, struct qpp_claims_measure);
	*n = 0;
	for (size_t i = 0; i < m->catalog->n_measures && *n < MOST_CLAIMS; i++) {
		const struct qpp_measure *x = &m->catalog->measures[i];
		const struct qpp_benchmark *b = qpp_catalog_benchmark(m->catalog, x->id, QPP_ADMIN_CLAIMS);
		if (x->category == category && b && x->methods >> QPP_ADMIN_CLAIMS & 1 && chance_one_in(m->c, one_in))
			v[(*n)++] = (struct qpp_claims_measure){ .measure_id = x->id, .measure = x, .score = along(m, b),
			                                         .case_count = { !chance_one_in(m->c, 10), chance_below(m->c, 300) } };
	}
	return v;
}

static void complex_by_chance(struct maker *m, struct qpp_facts *f)
{
	f->has_complex_patient = true;
	if (!chance_one_in(m->c, 8))
		f->medical_z = number(qpp_dec_scaled(chance_below(m->c, 500) - 250, 2));
	if (!chance_one_in(m->c, 8))
		f->social_z = number(qpp_dec_scaled(chance_below(m->c, 500) - 250, 2));
	f->medical_at_or_above_median = tri(m);
	f->social_at_or_above_median = tri(m);
}

static void prior_by_chance(struct maker *m, struct qpp_facts *f)
{
	f->has_prior = true;
	if (!chance_one_in(m->c, 6))
		f->prior_quality_score_pct = hundredths(m, 100);
	if (!chance_one_in(m->c, 6))
		f->prior_quality_achievement_pct = hundredths(m, 100);
	if (!chance_one_in(m->c, 6))
		f->prior_cost_pct = hundredths(m, 100);
	f->prior_same_identifier = tri(m);
	f->prior_facility_based = tri(m);
}

static void reweight_by_chance(struct maker *m, struct qpp_facts *f)
{
	f->has_reweight = true;
	f->n_reweight = chance_one_in(m->c, 2) ? 0 : (size_t)chance_below(m->c, 4);
	struct qpp_reweight *v = QPP_NEW_ARRAY(m->a, f->n_reweight, struct qpp_reweight);
	for (size_t i = 0; i < f->n_reweight; i++)
		v[i] = (struct qpp_reweight){ .category = (enum qpp_category)chance_below(m->c, QPP_CATEGORIES),
		                              .reason = (enum qpp_reweight_reason)chance_below(m->c, QPP_REWEIGHT_REASONS) };
	f->reweight = v;
}

/* Each group of facts is known three times out of four. */
static void facts_by_chance(struct maker *m, struct qpp_facts *f)
{
	struct chance *c = m->c;
	*f = (struct qpp_facts){ .small_practice = tri(m), .apm_participant = tri(m), .virtual_group_member = tri(m) };
	f->has_statuses = !chance_one_in(c, 4);
	if (f->has_statuses && chance_one_in(c, 2))
		f->statuses = 1u << chance_below(c, 6);
	f->has_types = !chance_one_in(c, 4);
	if (f->has_types)
		f->types = 1u << chance_below(c, QPP_CLINICIAN_TYPES) | 1u << (chance_one_in(c, 2) ? chance_below(c, QPP_CLINICIAN_TYPES) : 0);
	f->has_cost = !chance_one_in(c, 4);
	if (f->has_cost)
		f->cost = claims_by_chance(m, QPP_COST, 3, &f->n_cost);
	f->has_administrative_claims = !chance_one_in(c, 4);
	if (f->has_administrative_claims)
		f->administrative_claims = claims_by_chance(m, QPP_QUALITY, 3, &f->n_administrative_claims);
	if (!chance_one_in(c, 4))
		complex_by_chance(m, f);
	if (!chance_one_in(c, 4))
		prior_by_chance(m, f);
	if (!chance_one_in(c, 4))
		reweight_by_chance(m, f);
}

/* A hospital's place in a table of few rows that rises. */
static void facility_by_chance(struct maker *m, struct qpp_facts *f)
{
	struct qpp_facility_row *rows = QPP_NEW_ARRAY(m->a, MOST_ROWS, struct qpp_facility_row);
	int n = 1 + chance_below(m->c, MOST_ROWS), percentile = 0;
	f->has_statuses = true;
	f->statuses |= QPP_FACILITY_BASED;
	for (int i = 0; i < n; i++) {
		percentile += 1 + chance_below(m->c, 100 / MOST_ROWS - 1);
		rows[i] = (struct qpp_facility_row){ .percentile = qpp_dec_of(percentile), .quality_pct = hundredths(m, 100).v,
		                                     .cost_pct = hundredths(m, 100).v };
	}
	f->facility = (struct qpp_facility){ .percentile = hundredths(m, 100), .rows = rows, .n_rows = (size_t)n };
}

static void members_by_chance(struct maker *m, struct qpp_facts *f)
{
	struct qpp_member *v = QPP_NEW_ARRAY(m->a, MOST_MEMBERS, struct qpp_member);
	f->has_members = true;
	f->n_members = (size_t)chance_below(m->c, MOST_MEMBERS);
	for (size_t i = 0; i < f->n_members; i++)
		for (int k = 0; k < QPP_CATEGORIES; k++) {
			if (chance_one_in(m->c, 2))
				v[i].individual[k] = hundredths(m, 100);
			if (chance_one_in(m->c, 2))
				v[i].group[k] = hundredths(m, 100);
			v[i].excused |= chance_one_in(m->c, 5) ? 1u << k : 0;
			v[i].not_eligible = chance_one_in(m->c, 8);
		}
	f->members = v;
}

static void registration_by_chance(struct maker *m, const struct qpp_mvp *mvp, struct qpp_facts *f)
{
	f->registration = (struct qpp_registration){ .given = true };
	if (mvp->foundation_quality.n)
		f->registration.population_health = mvp->foundation_quality.v[chance_below(m->c, (int)mvp->foundation_quality.n)];
	if (chance_one_in(m->c, 2)) {
		f->registration.outcome_claims = mvp->administrative_claims.v;
		f->registration.n_outcome_claims = mvp->administrative_claims.n;
	}
}

/* The levels that may report the program. */
static enum qpp_entity level_by_chance(struct chance *c, enum qpp_program_kind kind)
{
	static const enum qpp_entity mips[] = { QPP_GROUP, QPP_INDIVIDUAL, QPP_VIRTUAL_GROUP, QPP_APM_ENTITY };
	static const enum qpp_entity mvp[] = { QPP_GROUP, QPP_INDIVIDUAL, QPP_SUBGROUP, QPP_APM_ENTITY };
	static const enum qpp_entity app[] = { QPP_GROUP, QPP_INDIVIDUAL, QPP_APM_ENTITY, QPP_APM_ENTITY };
	const enum qpp_entity *from = kind == QPP_PROGRAM_MVP ? mvp : kind == QPP_PROGRAM_APP ? app : mips;
	return from[chance_one_in(c, 2) ? chance_below(c, 2) : chance_below(c, 4)];
}

/* The measures that the APP has. */
static const struct qpp_strs *app_measures(struct maker *m)
{
	struct qpp_str *v = QPP_NEW_ARRAY(m->a, MOST_APP, struct qpp_str);
	struct qpp_strs *list = QPP_NEW(m->a, struct qpp_strs);
	for (size_t i = 0; i < m->catalog->n_measures && list->n < MOST_APP; i++)
		if (m->catalog->measures[i].category == QPP_QUALITY && qpp_strs_has(m->catalog->measures[i].programs, m->program))
			v[list->n++] = m->catalog->measures[i].id;
	list->v = v;
	return list;
}

void practice_by_chance(struct chance *c, struct qpp_arena *a, const struct qpp_catalog *catalog,
                        struct practice_by_chance *out)
{
	struct maker m = { .c = c, .a = a, .catalog = catalog, .program = QPP_LIT("mips") };
	const struct qpp_mvp *mvp = NULL;
	if (catalog->n_mvps && chance_one_in(c, 5)) {
		mvp = &catalog->mvps[chance_below(c, (int)catalog->n_mvps)];
		m.program = mvp->id;
	} else if (chance_one_in(c, 5)) {
		m.program = QPP_LIT("app1");
	}
	enum qpp_program_kind kind = qpp_program_kind_of(m.program);
	const struct qpp_strs *of_program = mvp ? &mvp->quality : kind == QPP_PROGRAM_APP ? app_measures(&m) : NULL;
	m.sets = QPP_NEW_ARRAY(a, MOST_SETS, struct qpp_measurement_set);
	static const enum qpp_method methods[] = { QPP_REGISTRY, QPP_EHR, QPP_CLAIMS, QPP_SURVEY_VENDOR };
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (chance_one_in(c, (int)i + 1 + (i == 0)))
			add_quality(&m, methods[i], of_program);
	if (!chance_one_in(c, 4))
		add_activities(&m, mvp ? &mvp->ia : NULL);
	if (chance_one_in(c, 2))
		add_interoperability(&m);
	out->program = m.program;
	out->submission = (struct qpp_submission){ .py = catalog->py, .entity = level_by_chance(c, kind),
	                                           .tin = QPP_LIT("000123456"), .npi = QPP_LIT("9000000007"),
	                                           .sets = m.sets, .n_sets = m.n };
	facts_by_chance(&m, &out->facts);
	if (chance_one_in(c, 6))
		facility_by_chance(&m, &out->facts);
	if (out->submission.entity == QPP_APM_ENTITY && !chance_one_in(c, 4))
		members_by_chance(&m, &out->facts);
	if (mvp && !chance_one_in(c, 3))
		registration_by_chance(&m, mvp, &out->facts);
}

static void shuffle(struct chance *c, void *v, size_t n, size_t size)
{
	char *p = v, keep[sizeof(struct qpp_measurement_set) + sizeof(struct qpp_measurement)];
	for (size_t i = n; i > 1; i--) {
		size_t j = (size_t)chance_below(c, (int)i);
		memcpy(keep, p + (i - 1) * size, size);
		memmove(p + (i - 1) * size, p + j * size, size);
		memcpy(p + j * size, keep, size);
	}
}

void shuffle_submission(struct chance *c, struct qpp_arena *a, const struct qpp_submission *from, struct qpp_submission *to)
{
	*to = *from;
	to->sets = QPP_NEW_ARRAY(a, from->n_sets, struct qpp_measurement_set);
	for (size_t i = 0; i < from->n_sets; i++) {
		struct qpp_measurement_set *set = &to->sets[i];
		*set = from->sets[i];
		set->measurements = QPP_NEW_ARRAY(a, set->n_measurements, struct qpp_measurement);
		if (set->n_measurements)
			memcpy(set->measurements, from->sets[i].measurements, set->n_measurements * sizeof *set->measurements);
		shuffle(c, set->measurements, set->n_measurements, sizeof *set->measurements);
	}
	shuffle(c, to->sets, to->n_sets, sizeof *to->sets);
}
