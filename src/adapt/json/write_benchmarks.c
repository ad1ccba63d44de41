/* Benchmarks as the agency publishes them. */
#include "adapt/json/write_benchmarks.h"

enum { PLACES = 9 };

/* As published until PY2022: where the second to the tenth decile begin. */
static void put_deciles(struct qpp_emit *e, const struct qpp_benchmark *b)
{
	qpp_emit_open(e, "deciles", '[');
	for (int i = b->has_first && b->flat_deciles ? 0 : 1; i < QPP_ENTRIES; i++)
		qpp_emit_dec(e, NULL, b->entry[i], PLACES);
	qpp_emit_close(e, ']');
}

/* As published since: ascending, also where lower is better, so that decile d begins at percentile 100 - 10 (d - 1). */
static void put_percentiles(struct qpp_emit *e, const struct qpp_benchmark *b)
{
	static const char *const up[QPP_ENTRIES] = { "1", "10", "20", "30", "40", "50", "60", "70", "80", "90" };
	static const char *const down[QPP_ENTRIES] = { "99", "90", "80", "70", "60", "50", "40", "30", "20", "10" };
	qpp_emit_open(e, "percentiles", '{');
	for (int i = 0; i < QPP_ENTRIES; i++) {
		int k = b->inverse ? QPP_ENTRIES - 1 - i : i;
		qpp_emit_dec(e, b->inverse ? down[k] : up[k], b->entry[k], PLACES);
	}
	qpp_emit_close(e, '}');
}

void qpp_emit_benchmarks(struct qpp_emit *e, const char *name, const struct qpp_catalog *c)
{
	qpp_emit_open(e, name, '[');
	for (size_t i = 0; i < c->n_benchmarks; i++) {
		const struct qpp_benchmark *b = &c->benchmarks[i];
		const struct qpp_measure *m = qpp_catalog_measure(c, b->measure_id);
		qpp_emit_open(e, NULL, '{');
		qpp_emit_text(e, "measureId", b->measure_id);
		qpp_emit_int(e, "benchmarkYear", b->benchmark_year);
		qpp_emit_int(e, "performanceYear", c->py.v);
		qpp_emit_text(e, "submissionMethod", qpp_str_of(qpp_method_name(b->method)));
		if (m)
			qpp_emit_text(e, "metricType", qpp_str_of(qpp_metric_name(m->metric)));
		qpp_emit_bool(e, "isInverse", b->inverse);
		qpp_emit_bool(e, "isToppedOut", b->topped_out);
		qpp_emit_bool(e, "isToppedOutByProgram", b->capped);
		if (m)
			qpp_emit_bool(e, "isHighPriority", m->high_priority);
		qpp_emit_dec(e, "averagePerformanceRate", b->average, PLACES);
		if (b->flat_deciles)
			put_deciles(e, b);
		else
			put_percentiles(e, b);
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
}
