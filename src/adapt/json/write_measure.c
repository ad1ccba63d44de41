/* One measure of the catalog as JSON. */
#include "adapt/json/write.h"

static void put_list(json_t *to, const char *name, struct qpp_strs list)
{
	if (!list.n)
		return;
	json_t *l = json_array();
	for (size_t i = 0; i < list.n; i++)
		json_array_append_new(l, qpp_json_text(list.v[i]));
	json_object_set_new(to, name, l);
}

static json_t *benchmark(struct qpp_arena *a, const struct qpp_benchmark *b)
{
	json_t *o = json_object(), *entries = json_array();
	qpp_json_put_text(o, "submissionMethod", qpp_str_of(qpp_method_name(b->method)));
	json_object_set_new(o, "benchmarkYear", json_integer(b->benchmark_year));
	json_object_set_new(o, "isInverse", json_boolean(b->inverse));
	json_object_set_new(o, "isToppedOut", json_boolean(b->topped_out));
	json_object_set_new(o, "isToppedOutByProgram", json_boolean(b->capped));
	for (int i = b->has_first ? 0 : 1; i < QPP_ENTRIES; i++)
		json_array_append_new(entries, qpp_json_text(qpp_dec_text_short(a, b->entry[i], 0, 9)));
	json_object_set_new(o, "firstDecile", json_integer(b->has_first ? 1 : 2));
	json_object_set_new(o, "entries", entries);
	return o;
}

json_t *qpp_json_measure(struct qpp_arena *a, const struct qpp_catalog *c, const struct qpp_measure *m)
{
	json_t *o = json_object(), *methods = json_array(), *benchmarks = json_array();
	qpp_json_put_text(o, "measureId", m->id);
	qpp_json_put_text(o, "title", m->title);
	qpp_json_put_text(o, "category", qpp_str_of(qpp_category_name(m->category)));
	qpp_json_put_text(o, "metricType", qpp_str_of(qpp_metric_name(m->metric)));
	qpp_json_put_text(o, "measureType", m->type);
	if (m->first_py)
		json_object_set_new(o, "firstPerformanceYear", json_integer(m->first_py));
	if (m->category == QPP_QUALITY) {
		json_object_set_new(o, "isHighPriority", json_boolean(m->high_priority));
		json_object_set_new(o, "isInverse", json_boolean(m->inverse));
		json_object_set_new(o, "isRegistryMeasure", json_boolean(m->qcdr));
	}
	if (m->ia_weight != QPP_IA_UNWEIGHTED)
		qpp_json_put_text(o, "weight", m->ia_weight == QPP_IA_HIGH ? QPP_LIT("high") : QPP_LIT("medium"));
	qpp_json_put_text(o, "objective", m->objective);
	if (m->category == QPP_PI)
		json_object_set_new(o, "isRequired", json_boolean(m->required));
	put_list(o, "exclusion", m->exclusions);
	put_list(o, "substitutes", m->substitutes);
	put_list(o, "allowedPrograms", m->programs);
	put_list(o, "measureSets", m->sets);
	for (int k = 1; k < QPP_METHODS; k++) {
		if (!(m->methods & 1u << k))
			continue;
		json_array_append_new(methods, qpp_json_text(qpp_str_of(qpp_method_name((enum qpp_method)k))));
		const struct qpp_benchmark *b = qpp_catalog_benchmark(c, m->id, (enum qpp_method)k);
		if (b)
			json_array_append_new(benchmarks, benchmark(a, b));
	}
	json_object_set_new(o, "submissionMethods", methods);
	json_object_set_new(o, "benchmarks", benchmarks);
	return o;
}
