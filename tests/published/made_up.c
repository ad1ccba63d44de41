/* Catalogs of a few measures; see made_up.h. */
#include "made_up.h"

#include "rules/world.h"

enum { PATIENTS = 100, FEW_PATIENTS = 19 };

static struct qpp_str id_of(int i)
{
	return qpp_str_cat(world()->arena, "MADE", qpp_i64_text(world()->arena, i + 1).p, (char *)NULL);
}

static void add_benchmark(struct qpp_benchmark *b, struct qpp_str id)
{
	*b = (struct qpp_benchmark){ .measure_id = id, .method = QPP_REGISTRY, .has_first = true, .average = qpp_dec_undefined() };
	for (int k = 0; k < QPP_ENTRIES; k++)
		b->entry[k] = qpp_dec_of(k * 10);
}

static void report(struct qpp_measurement *m, const struct qpp_measure *measure, int rate, bool few)
{
	struct qpp_rate_counts *counts = QPP_NEW(world()->arena, struct qpp_rate_counts);
	int eligible = few ? FEW_PATIENTS : PATIENTS, met = rate * eligible / 100;
	*counts = (struct qpp_rate_counts){ .met = { true, met }, .not_met = { true, eligible - met }, .eligible = { true, eligible } };
	*m = (struct qpp_measurement){ .measure_id = measure->id, .measure = measure, .kind = QPP_VALUE_SINGLE, .rates = counts,
	                               .n_rates = 1 };
}

/* Every reported measure belongs to the one cluster of them all. */
static void add_clusters(struct qpp_catalog *c, const struct qpp_measure *measures)
{
	struct qpp_arena *a = world()->arena;
	struct qpp_cluster_set *set = QPP_NEW(a, struct qpp_cluster_set);
	struct qpp_str *ids = QPP_NEW_ARRAY(a, c->n_measures, struct qpp_str);
	struct qpp_cluster *clusters = QPP_NEW_ARRAY(a, c->n_measures, struct qpp_cluster);
	for (size_t i = 0; i < c->n_measures; i++) {
		ids[i] = measures[i].id;
		clusters[i] = (struct qpp_cluster){ .measure_id = ids[i], .method = QPP_REGISTRY, .clinical_clusters = set,
		                                    .n_clinical_clusters = 1 };
	}
	*set = (struct qpp_cluster_set){ QPP_LIT("made"), { ids, c->n_measures } };
	c->clusters = clusters;
	c->n_clusters = c->n_measures;
}

const struct qpp_catalog *made_up_catalog(const struct made_up_practice *p, struct qpp_measurement_set *set)
{
	struct qpp_arena *a = world()->arena;
	struct qpp_catalog *c = QPP_NEW(a, struct qpp_catalog);
	struct qpp_measure *measures = QPP_NEW_ARRAY(a, MADE_UP_MEASURES, struct qpp_measure);
	struct qpp_benchmark *benchmarks = QPP_NEW_ARRAY(a, MADE_UP_MEASURES, struct qpp_benchmark);
	*set = (struct qpp_measurement_set){ .category = QPP_QUALITY, .method = QPP_REGISTRY };
	set->measurements = QPP_NEW_ARRAY(a, MADE_UP_MEASURES, struct qpp_measurement);
	for (int i = 0; i < MADE_UP_MEASURES && p->rate[i]; i++) {
		bool outcome = p->outcome == i + 1;
		measures[i] = (struct qpp_measure){ .id = id_of(i), .category = QPP_QUALITY, .metric = QPP_METRIC_SINGLE,
		                                    .methods = 1u << QPP_REGISTRY, .high_priority = outcome || p->high_priority == i + 1,
		                                    .type = outcome ? QPP_LIT("outcome") : QPP_LIT("process") };
		add_benchmark(&benchmarks[i], measures[i].id);
		report(&set->measurements[i], &measures[i], p->rate[i], p->few_cases == i + 1);
		set->n_measurements++;
	}
	*c = (struct qpp_catalog){ .measures = measures, .n_measures = set->n_measurements, .benchmarks = benchmarks,
	                           .n_benchmarks = set->n_measurements };
	if (p->clusters)
		add_clusters(c, measures);
	return c;
}

/* Nine entries: the second decile is the first that is known. */
static struct qpp_benchmark nine_deciles(const char *id, const int hundredths[QPP_ENTRIES - 1])
{
	struct qpp_benchmark b = { .measure_id = qpp_str_of(id), .method = QPP_REGISTRY, .flat_deciles = true,
	                           .average = qpp_dec_undefined() };
	for (int k = 1; k < QPP_ENTRIES; k++)
		b.entry[k] = qpp_dec_scaled(hundredths[k - 1], 2);
	return b;
}

const struct qpp_catalog *made_up_engine_sample(void)
{
	static const int of_046[] = { 0, 9615, 9944, 10000, 10000, 10000, 10000, 10000, 10000 };
	static const int of_110[] = { 0, 2689, 4049, 5000, 5707, 6479, 7308, 8271, 9644 };
	static const char *const ids[] = { "046", "110", "ACRAD15" };
	enum { N = sizeof ids / sizeof *ids };
	struct qpp_arena *a = world()->arena;
	struct qpp_catalog *c = QPP_NEW(a, struct qpp_catalog);
	struct qpp_measure *measures = QPP_NEW_ARRAY(a, N, struct qpp_measure);
	struct qpp_benchmark *benchmarks = QPP_NEW_ARRAY(a, N, struct qpp_benchmark);
	for (size_t i = 0; i < N; i++)
		measures[i] = (struct qpp_measure){ .id = qpp_str_of(ids[i]), .category = QPP_QUALITY, .methods = 1u << QPP_REGISTRY,
		                                    .metric = QPP_METRIC_SINGLE, .type = QPP_LIT("process") };
	measures[N - 1].qcdr = true;
	benchmarks[0] = nine_deciles(ids[0], of_046);
	benchmarks[1] = nine_deciles(ids[1], of_110);
	*c = (struct qpp_catalog){ .measures = measures, .n_measures = N, .benchmarks = benchmarks, .n_benchmarks = N - 1 };
	return c;
}
