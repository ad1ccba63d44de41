/*
 * The measurement sets of a filing: improvement activities and promoting interoperability here, quality in
 * synth_quality.c.
 */
#include "app/synth_int.h"

enum { FULL = 10000, MOST_ACTIVITIES = 4, MOST_PI = 30, MILLE = 1000 };

struct qpp_measurement_set *qpp_synth_add_set(struct qpp_synth_work *w, enum qpp_category category, enum qpp_method method,
                                              size_t room)
{
	struct qpp_measurement_set *set = &w->submission->sets[w->submission->n_sets++];
	*set = (struct qpp_measurement_set){ .category = category, .method = method, .program = w->program };
	set->measurements = QPP_NEW_ARRAY(w->a, room, struct qpp_measurement);
	set->has_start = qpp_day_of(w->s->py.v, 1, 1, &set->start);
	set->has_end = qpp_day_of(w->s->py.v, 12, 31, &set->end);
	return set;
}

static struct qpp_measurement *add(struct qpp_measurement_set *set, const struct qpp_measure *m)
{
	struct qpp_measurement *x = &set->measurements[set->n_measurements++];
	*x = (struct qpp_measurement){ .measure_id = m->id, .measure = m, .kind = QPP_VALUE_BOOLEAN, .yes = true };
	return x;
}

static bool is_in(const struct qpp_measurement_set *set, const struct qpp_measure *m)
{
	for (size_t i = 0; i < set->n_measurements; i++)
		if (set->measurements[i].measure == m)
			return true;
	return false;
}

/* The n-th activity that the program takes; of an MVP one of its own. NULL behind the last. */
static const struct qpp_measure *activity(const struct qpp_synth_work *w, int n)
{
	const struct qpp_catalog *c = w->s->call->catalog;
	/* A medical home and the like are statuses that are attested, not done. */
	static const char *const homes[] = { "IA_PCMH" };
	for (size_t i = 0; i < (w->mvp ? w->mvp->ia.n : c->n_measures); i++) {
		const struct qpp_measure *m = w->mvp ? qpp_catalog_measure(c, w->mvp->ia.v[i]) : &c->measures[i];
		if (!m || m->category != QPP_IA || qpp_str_is(m->id, homes[0]) || !qpp_strs_has(m->programs, w->program))
			continue;
		if (n-- == 0)
			return m;
	}
	return NULL;
}

static int activities(const struct qpp_synth_work *w)
{
	int n = 0;
	while (activity(w, n))
		n++;
	return n;
}

/* Who reports quality by claims has nobody to send the rest for them: they attest it on the web. */
static enum qpp_method by(const struct qpp_synth_work *w, enum qpp_method otherwise)
{
	return w->order->method == QPP_CLAIMS ? QPP_METHOD_NONE : otherwise;
}

/* Two of those that weigh much, or four; one for who does it by half. */
static void add_activities(struct qpp_synth_work *w, const struct qpp_synth_aims *aims)
{
	int all = activities(w), wanted = aims->percent[QPP_IA] < FULL ? 1 : MOST_ACTIVITIES;
	struct qpp_measurement_set *set = qpp_synth_add_set(w, QPP_IA, by(w, QPP_REGISTRY), MOST_ACTIVITIES);
	int high = 0;
	for (int tries = 0; tries < 40 && all && (int)set->n_measurements < wanted && high < 2; tries++) {
		const struct qpp_measure *m = activity(w, qpp_chance_below(&w->chance, all));
		if (is_in(set, m))
			continue;
		add(set, m);
		high += m->ia_weight == QPP_IA_HIGH;
	}
}

static const struct qpp_measure *named(const struct qpp_synth_work *w, const char *id)
{
	const struct qpp_measure *m = qpp_catalog_measure(w->s->call->catalog, qpp_str_of(id));
	return m && qpp_strs_has(m->programs, w->program) ? m : NULL;
}

static void add_yes(struct qpp_synth_work *w, struct qpp_measurement_set *set, const char *id)
{
	const struct qpp_measure *m = named(w, id);
	if (m)
		add(set, m);
}

static void add_rate(struct qpp_synth_work *w, struct qpp_measurement_set *set, const char *id, int percent)
{
	const struct qpp_measure *m = named(w, id);
	if (!m)
		return;
	struct qpp_measurement *x = add(set, m);
	int denominator = qpp_chance_between(&w->chance, 80, 900), numerator = (int)((int64_t)denominator * percent / FULL);
	x->kind = QPP_VALUE_PROPORTION;
	x->denominator = (struct qpp_number){ .given = true, .v = qpp_dec_of(denominator) };
	x->numerator = (struct qpp_number){ .given = true, .v = qpp_dec_of(numerator < 1 ? 1 : numerator) };
}

/* A registry of public health, with how far the connection is; or why there is none. */
static void add_registry(struct qpp_synth_work *w, struct qpp_measurement_set *set, const char *id, const char *stage,
                         const char *exclusion)
{
	if (exclusion && named(w, exclusion) && qpp_chance_share(&w->chance, 250)) {
		add_yes(w, set, exclusion);
		return;
	}
	add_yes(w, set, id);
	add_yes(w, set, stage);
}

/*
 * Attestations and registries are whole or nothing; rates make the difference. Who exchanges in both directions by a
 * network has no rates of exchange.
 */
static void add_interoperability(struct qpp_synth_work *w, const struct qpp_synth_aims *aims)
{
	enum { EXCHANGES_FROM = 8000, BY_YES = 3500, BY_YES_EXCHANGED = 6500 };
	struct qpp_measurement_set *set = qpp_synth_add_set(w, QPP_PI, by(w, QPP_EHR), MOST_PI);
	int percent = aims->percent[QPP_PI];
	bool exchanges = percent >= EXCHANGES_FROM && qpp_chance_share(&w->chance, 400) && named(w, "PI_HIE_5");
	int given = exchanges ? BY_YES_EXCHANGED : BY_YES;
	int rate = (int)((int64_t)(percent - given) * FULL / (FULL - given));
	set->cehrt_id = QPP_LIT("0015CSYNTHETIC1");
	add_yes(w, set, "PI_PPHI_1");
	add_yes(w, set, "PI_PPHI_2");
	add_yes(w, set, "PI_ONCDIR_1");
	add_yes(w, set, "PI_INFBLO_1");
	add_rate(w, set, "PI_EP_1", rate);
	add_yes(w, set, "PI_EP_2");
	add_rate(w, set, "PI_PEA_1", rate);
	if (exchanges) {
		add_yes(w, set, "PI_HIE_5");
	} else {
		add_rate(w, set, "PI_HIE_1", rate);
		add_rate(w, set, "PI_HIE_4", rate);
	}
	add_registry(w, set, "PI_PHCDRR_1", "PI_PHCDRR_1_PROD", NULL);
	add_registry(w, set, "PI_PHCDRR_3", "PI_PHCDRR_3_PROD", "PI_PHCDRR_3_EX_1");
	if (qpp_chance_share(&w->chance, 150))
		add_registry(w, set, "PI_PHCDRR_5", "PI_PHCDRR_5_PROD", NULL);
}

void qpp_synth_add_sets(struct qpp_synth_work *w, const struct qpp_synth_aims *aims)
{
	bool pathway = qpp_program_kind_of(w->program) == QPP_PROGRAM_APP;
	if (aims->reports[QPP_QUALITY])
		qpp_synth_add_quality(w, aims);
	/* The pathway gives everybody its activities. */
	if (aims->reports[QPP_IA] && !pathway)
		add_activities(w, aims);
	if (aims->reports[QPP_PI])
		add_interoperability(w, aims);
}
