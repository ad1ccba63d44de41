/*
 * Quality measures: which ones somebody of the specialty reports, and counts whose rates earn about the points that
 * make up the percent aimed at.
 */
#include "app/synth_int.h"

enum { MOST = 1000, LEAST = 100, STEP = 45, MOST_OF_SET = 20, FULL = 10000, FEW_BELOW = 4500 };

qpp_dec qpp_synth_rate_at(const struct qpp_benchmark *b, int points)
{
	int first = b->has_first ? 0 : 1, decile = points / 100;
	if (decile >= QPP_ENTRIES)
		return b->entry[QPP_ENTRIES - 1];
	/* Below the second decile of a benchmark that does not tell where its first begins. */
	if (decile < first + 1)
		return b->entry[first];
	qpp_dec low = b->entry[decile - 1], width = qpp_dec_sub(b->entry[decile], low);
	return qpp_dec_add(low, qpp_dec_mul(width, qpp_dec_ratio(points % 100, 100)));
}

/* Cases: an individual has some dozens, a group more. */
static int draw_cases(struct qpp_synth_work *w)
{
	int most = w->order->clinicians > 100 ? 2000 : w->order->clinicians > 1 ? 150 + 18 * (int)w->order->clinicians : 160;
	return qpp_chance_between(&w->chance, most / 3, most);
}

static struct qpp_count count(int64_t n)
{
	return (struct qpp_count){ true, n };
}

/* Counts with that rate, as near as whole patients come; a QCDR tells the rate itself. */
static void set_counts(struct qpp_synth_work *w, struct qpp_measurement *x, qpp_dec rate, enum qpp_method method)
{
	struct qpp_rate_counts *r = QPP_NEW(w->a, struct qpp_rate_counts);
	int cases = draw_cases(w), left_out = qpp_chance_share(&w->chance, 500) ? 0 : qpp_chance_below(&w->chance, cases / 8 + 1);
	int64_t met = 0;
	(void)qpp_dec_i64(qpp_dec_round(qpp_dec_mul(rate, qpp_dec_ratio(cases, 100)), 0), &met);
	met = met < 0 ? 0 : met > cases ? cases : met;
	int excepted = qpp_chance_share(&w->chance, 300) ? qpp_chance_below(&w->chance, cases / 20 + 1) : 0;
	int excluded = method == QPP_EHR && qpp_chance_share(&w->chance, 300) ? qpp_chance_below(&w->chance, cases / 20 + 1) : 0;
	*r = (struct qpp_rate_counts){ .met = count(met), .not_met = count(cases - met),
		                           .eligible = count(cases + left_out + excepted + excluded), .exclusion = count(excluded),
		                           .exception = count(excepted) };
	x->kind = QPP_VALUE_SINGLE;
	x->rates = r;
	x->n_rates = 1;
	x->end_to_end = method == QPP_EHR;
	if (x->measure->metric == QPP_METRIC_REGISTRY_SINGLE)
		x->performance_rate = (struct qpp_number){ .given = true, .v = qpp_dec_round(qpp_dec_ratio(met * 100, cases), 2) };
}

struct choice {
	const struct qpp_synth_measure *v[MOST_OF_SET];
	size_t n;
};

static bool chosen(const struct choice *c, const struct qpp_synth_measure *x)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i]->measure == x->measure)
			return true;
	return false;
}

enum wish { OUTCOME, HIGH_PRIORITY, REGULAR, ANY };

static bool fulfils(const struct qpp_synth_measure *x, enum wish wish)
{
	return wish == OUTCOME ? x->outcome && x->regular : wish == HIGH_PRIORITY ? x->outcome || x->high_priority
	                                                  : wish == REGULAR       ? x->regular
	                                                                          : true;
}

/* The next that fulfils the wish, from a place by chance. */
static bool choose(struct qpp_synth_work *w, struct choice *c, struct qpp_synth_list list, enum wish wish)
{
	size_t from = list.n ? (size_t)qpp_chance_below(&w->chance, (int)list.n) : 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct qpp_synth_measure *x = &list.v[(from + i) % list.n];
		if (!fulfils(x, wish) || chosen(c, x))
			continue;
		c->v[c->n++] = x;
		return true;
	}
	return false;
}

/* An outcome, or at least something of high priority, and then what is left of the specialty, or what everybody does. */
static void choose_measures(struct qpp_synth_work *w, struct choice *c, enum qpp_method method, size_t wanted)
{
	const struct qpp_synth *s = w->s;
	struct qpp_synth_list own = s->lists[w->order->specialty][method], general = s->lists[QPP_SYNTH_GENERAL][method];
	if (w->mvp) {
		own = qpp_synth_list_of_ids(w->s, w->a, w->mvp->quality, w->mvp->id, method);
		general = (struct qpp_synth_list){ 0 };
	}
	if (!choose(w, c, own, OUTCOME) && !choose(w, c, general, OUTCOME) && !choose(w, c, own, HIGH_PRIORITY))
		(void)choose(w, c, general, HIGH_PRIORITY);
	while (c->n < wanted && choose(w, c, own, REGULAR))
		;
	while (c->n < wanted && choose(w, c, general, REGULAR))
		;
	while (c->n < wanted && choose(w, c, own, ANY))
		;
}

static void add_measures(struct qpp_synth_work *w, const struct choice *c, enum qpp_method method, int points)
{
	struct qpp_measurement_set *set = qpp_synth_add_set(w, QPP_QUALITY, method, c->n + 1);
	/* From 2025 what came out of a record system names it; before, nobody minds. */
	if (method == QPP_EHR)
		set->cehrt_id = QPP_LIT("0015CSYNTHETIC1");
	for (size_t i = 0; i < c->n; i++) {
		struct qpp_measurement *x = &set->measurements[set->n_measurements++];
		int aim = points + qpp_chance_around(&w->chance, STEP);
		*x = (struct qpp_measurement){ .measure_id = c->v[i]->measure->id, .measure = c->v[i]->measure };
		set_counts(w, x, qpp_synth_rate_at(c->v[i]->benchmark, aim < LEAST ? LEAST : aim > MOST ? MOST : aim), method);
	}
}

/* The survey that goes with the pathway: each summary measure is a result of its own. */
static void add_survey(struct qpp_synth_work *w, int points)
{
	const struct qpp_catalog *c = w->s->call->catalog;
	struct qpp_measurement_set *set = qpp_synth_add_set(w, QPP_QUALITY, QPP_SURVEY_VENDOR, MOST_OF_SET);
	for (size_t i = 0; i < c->n_measures && set->n_measurements < MOST_OF_SET; i++) {
		const struct qpp_measure *m = &c->measures[i];
		const struct qpp_benchmark *b = qpp_catalog_benchmark(c, m->id, QPP_SURVEY_VENDOR);
		if (m->metric != QPP_METRIC_CAHPS || !b || !qpp_strs_has(m->programs, w->program))
			continue;
		struct qpp_measurement *x = &set->measurements[set->n_measurements++];
		*x = (struct qpp_measurement){ .measure_id = m->id, .measure = m, .kind = QPP_VALUE_SCORE };
		x->score = (struct qpp_number){ .given = true, .v = qpp_dec_round(qpp_synth_rate_at(b, points), 2) };
		x->reliability = (struct qpp_number){ .given = true, .v = qpp_dec_scaled(85, 2) };
		x->case_count = count(qpp_chance_between(&w->chance, 120, 400));
	}
	if (!set->n_measurements)
		w->submission->n_sets--;
}

/* The measures of the pathway, from the records; the survey beside them where there are several clinicians. */
static void add_pathway(struct qpp_synth_work *w, int points)
{
	static const char *const ids[] = { "001", "112", "113", "134", "236" };
	struct qpp_str strs[sizeof ids / sizeof *ids];
	struct choice c = { .n = 0 };
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		strs[i] = qpp_str_of(ids[i]);
	struct qpp_strs wanted = { strs, sizeof ids / sizeof *ids };
	struct qpp_synth_list list = qpp_synth_list_of_ids(w->s, w->a, wanted, w->program, QPP_EHR);
	for (size_t i = 0; i < list.n; i++)
		c.v[c.n++] = &list.v[i];
	add_measures(w, &c, QPP_EHR, points);
	if (w->order->entity != QPP_INDIVIDUAL)
		add_survey(w, points);
}

/* Points of each measure so that places, also those that stay empty, come to the percent; who does badly reports few. */
void qpp_synth_add_quality(struct qpp_synth_work *w, const struct qpp_synth_aims *aims)
{
	int percent = aims->percent[QPP_QUALITY];
	size_t wanted = w->mvp ? 4 : QPP_SYNTH_MEASURES, reported = wanted;
	struct choice c = { .n = 0 };
	if (qpp_program_kind_of(w->program) == QPP_PROGRAM_APP) {
		add_pathway(w, percent / 10 < LEAST ? LEAST : percent / 10);
		return;
	}
	/* By the standing and not by the try at hand, so that tries differ in degree. */
	if (w->order->standing < 6400 && qpp_chance_share(&w->chance, 600))
		reported = w->order->standing < FEW_BELOW ? 2 : wanted - 1;
	choose_measures(w, &c, w->order->method, reported);
	if (!c.n)
		return;
	int claims = (int)w->facts->n_administrative_claims;
	int points = percent * ((int)wanted + claims) / 10 / ((int)c.n + claims);
	add_measures(w, &c, w->order->method, points < LEAST ? LEAST : points > MOST ? MOST : points);
}
