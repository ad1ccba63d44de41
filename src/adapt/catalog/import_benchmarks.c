/*
 * Benchmarks: their entries, whichever way they were published, and checks of
 * them that an error of a publisher would not pass.
 *
 * Two encodings were published. Nine or ten `deciles` are the entry values of
 * deciles 2 (or 1) to 10, already from worst to best. `percentiles` ascend for
 * every measure, so those of an inverse measure are read from p99 down to p10;
 * the percentile that is left over (p99, or p1 of an inverse measure) begins no
 * decile. The direction is the benchmark's own isInverse where it has one, else
 * that of its measure.
 */
#include "import_int.h"

enum { PERCENTILES = QPP_ENTRIES + 1 };

static const char known_members[] =
	"measureId submissionMethod performanceYear benchmarkYear isToppedOut isToppedOutByProgram isInverse metricType "
	"isHighPriority deciles percentiles averagePerformanceRate";

static void wrong_count(struct record *r, const struct json *at, size_t n, const char *expected)
{
	struct qpp_finding *f = qpp_import_remark(r, QPP_ERROR, "benchmarkEntryCount", at, "the number of entries is wrong");
	f->value = qpp_i64_text(r->im->a, (int64_t)n);
	f->expected = qpp_str_of(expected);
}

static void read_deciles(struct record *r, const struct json *deciles, struct qpp_benchmark *b)
{
	if (deciles->n != QPP_ENTRIES && deciles->n != QPP_ENTRIES - 1) {
		wrong_count(r, deciles, deciles->n, "9 or 10");
		return;
	}
	b->flat_deciles = true;
	b->has_first = deciles->n == QPP_ENTRIES;
	b->entry[0] = qpp_dec_undefined();
	size_t k = b->has_first ? 0 : 1;
	for (const struct json *x = deciles->first; x; x = x->next)
		qpp_import_number_of(r, x, &b->entry[k++]);
}

static void read_percentiles(struct record *r, const struct json *percentiles, struct qpp_benchmark *b)
{
	static const char *const names[PERCENTILES] = { "1", "10", "20", "30", "40", "50", "60", "70", "80", "90", "99" };
	qpp_dec v[PERCENTILES];
	for (size_t i = 0; i < PERCENTILES; i++) {
		const struct json *x = qpp_import_member(percentiles, names[i]);
		if (!x || percentiles->n != PERCENTILES) {
			wrong_count(r, percentiles, percentiles->n, "11: percentiles 1, 10, 20, ... 90 and 99");
			return;
		}
		qpp_import_number_of(r, x, &v[i]);
	}
	b->has_first = true;
	for (size_t k = 0; k < QPP_ENTRIES; k++)
		b->entry[k] = v[b->inverse ? PERCENTILES - 1 - k : k];
}

static void read_entries(struct record *r, struct qpp_benchmark *b)
{
	const struct json *deciles = qpp_import_child(r, "deciles", OPTIONAL, JSON_ARRAY);
	const struct json *percentiles = qpp_import_child(r, "percentiles", OPTIONAL, JSON_OBJECT);
	if (r->bad)
		return;
	if (!deciles == !percentiles)
		qpp_import_remark(r, QPP_ERROR, "memberMissing", r->j,
		                  "there must be deciles or percentiles, and not both");
	else if (deciles)
		read_deciles(r, deciles, b);
	else
		read_percentiles(r, percentiles, b);
}

/* Checks of the entries */

static size_t first_entry(const struct qpp_benchmark *b)
{
	return b->has_first ? 0 : 1;
}

static const char *entry_text(struct record *r, const struct qpp_benchmark *b)
{
	struct qpp_buf text;
	qpp_buf_init(&text, r->im->a, 400);
	for (size_t k = first_entry(b); k < QPP_ENTRIES; k++) {
		qpp_buf_cat(&text, text.n ? ", " : "", (char *)NULL);
		qpp_buf_dec_short(&text, b->entry[k], 0, 9);
	}
	return qpp_buf_done(&text).p;
}

static void remark_entries(struct record *r, const struct qpp_benchmark *b, enum qpp_severity severity,
                           const char *code, const char *message, const char *expected)
{
	const struct json *at = qpp_import_member(r->j, b->flat_deciles ? "deciles" : "percentiles");
	struct qpp_finding *f = qpp_import_remark(r, severity, code, at, message);
	f->value = qpp_str_of(entry_text(r, b));
	f->expected = qpp_str_of(expected);
}

/* The order from worst to best, and empty deciles. */
static void check_order(struct record *r, const struct qpp_benchmark *b)
{
	bool monotone = true, equal = true;
	for (size_t k = first_entry(b) + 1; k < QPP_ENTRIES; k++) {
		int c = qpp_dec_cmp(b->entry[k - 1], b->entry[k]);
		monotone = monotone && (b->inverse ? c >= 0 : c <= 0);
		equal = equal && c == 0;
	}
	if (!monotone)
		remark_entries(r, b, QPP_WARNING, "benchmarkNotMonotone", "the entries do not go from worst to best",
		               b->inverse ? "no entry above the one before it" : "no entry below the one before it");
	else if (equal)
		remark_entries(r, b, QPP_WARNING, "benchmarkAllEqual",
		               "all entries are equal: every decile but the last is empty", "");
	else if (qpp_dec_eq(b->entry[1], b->entry[2]))
		remark_entries(r, b, QPP_INFORMATION, "benchmarkEntriesRepeat",
		               "the second and the third decile begin at the same rate: the second is empty", "");
}

static bool is_rate(enum qpp_metric metric)
{
	return metric == QPP_METRIC_PROPORTION || metric == QPP_METRIC_SINGLE || metric == QPP_METRIC_REGISTRY_SINGLE ||
	       metric == QPP_METRIC_MULTI || metric == QPP_METRIC_REGISTRY_MULTI;
}

/* Rates are percents. Some benchmarks were published as fractions, under which every rate is the best. */
static void check_rates(struct record *r, const struct qpp_benchmark *b)
{
	const qpp_dec one = qpp_dec_of(1), hundred = qpp_dec_of(100);
	bool outside = false, fraction = true, positive = false, fine = false;
	for (size_t k = first_entry(b); k < QPP_ENTRIES; k++) {
		qpp_dec v = b->entry[k];
		outside = outside || qpp_dec_sign(v) < 0 || qpp_dec_cmp(v, hundred) > 0;
		fraction = fraction && qpp_dec_cmp(v, one) <= 0;
		positive = positive || qpp_dec_sign(v) > 0;
		fine = fine || !qpp_dec_eq(qpp_dec_round(v, 2), v);
	}
	if (outside)
		remark_entries(r, b, QPP_WARNING, "benchmarkOutOfRange", "an entry of a rate is outside 0 to 100", "0 to 100");
	/* Low rates of an inverse measure are natural; with more decimals than rates have, they are fractions. */
	else if (fraction && positive && (!b->inverse || fine))
		remark_entries(r, b, QPP_WARNING, "benchmarkFraction",
		               "no entry is above 1: these look like fractions where percents are expected", "percents");
}

/* What the benchmark repeats about its measure. */

static void contradiction(struct record *r, const char *member, const char *value, const char *expected)
{
	struct qpp_finding *f = qpp_import_remark(r, QPP_WARNING, "catalogContradiction", qpp_import_member(r->j, member),
	                                          "the benchmark and its measure contradict each other");
	f->value = qpp_str_cat(r->im->a, member, " ", value, (char *)NULL);
	f->expected = qpp_str_of(expected);
}

static void compare_flag(struct record *r, const char *member, bool measure)
{
	const struct json *j = qpp_import_member(r->j, member);
	if (j && j->kind == JSON_BOOLEAN && j->yes != measure)
		contradiction(r, member, j->yes ? "true" : "false", measure ? "true, as of the measure" : "false, as of the measure");
}

static void check_measure(struct record *r, const struct qpp_benchmark *b, const struct qpp_measure *m)
{
	struct qpp_str metric = qpp_import_text(r, "metricType", OPTIONAL);
	compare_flag(r, "isInverse", m->inverse);
	compare_flag(r, "isHighPriority", m->high_priority);
	if (metric.n && !qpp_str_is(metric, qpp_metric_name(m->metric)))
		contradiction(r, "metricType", metric.p, qpp_metric_name(m->metric));
	if (!(m->methods & 1u << b->method))
		contradiction(r, "submissionMethod", qpp_method_name(b->method), "one of the measure's submissionMethods");
}

/* False when the benchmark is to be left out. */
static bool read_benchmark(struct record *r, struct qpp_benchmark *b)
{
	b->measure_id = qpp_import_text(r, "measureId", REQUIRED);
	b->method = qpp_import_method(r, "submissionMethod");
	qpp_import_name(r, "benchmark", b->measure_id, b->method);
	qpp_import_check_year(r);
	b->benchmark_year = qpp_import_year(r, "benchmarkYear", REQUIRED);
	b->topped_out = qpp_import_flag(r, "isToppedOut");
	b->capped = qpp_import_flag(r, "isToppedOutByProgram");
	b->average = qpp_import_number(r, "averagePerformanceRate");
	b->inverse = qpp_import_flag(r, "isInverse");
	const struct qpp_measure *m = qpp_catalog_measure(&r->im->c, b->measure_id);
	if (!r->bad && !m) {
		qpp_import_remark(r, QPP_WARNING, "benchmarkOrphan", r->j,
		                  "the benchmark is of a measure that is not in the measures file, and is left out");
		return false;
	}
	if (m && !qpp_import_member(r->j, "isInverse"))
		b->inverse = m->inverse;
	read_entries(r, b);
	if (r->bad)
		return false;
	check_order(r, b);
	if (is_rate(m->metric))
		check_rates(r, b);
	check_measure(r, b, m);
	return !r->bad;
}

void qpp_import_benchmarks(struct import *im, const struct json *array)
{
	QPP_VEC(struct qpp_benchmark) list = { 0 };
	struct import_keys keys = { .im = im, .kind = "benchmark" };
	for (const struct json *x = array->first; x; x = x->next) {
		struct record r;
		struct qpp_benchmark b = { 0 };
		if (!qpp_import_begin(&r, im, x, "benchmark") || !read_benchmark(&r, &b))
			continue;
		qpp_import_keep(&keys, &r, b.measure_id, b.method);
		*QPP_PUSH(im->a, &list) = b;
	}
	im->c.benchmarks = qpp_import_sorted(&keys, list.v, sizeof *list.v, &im->c.n_benchmarks);
	qpp_import_unknown_members(im, array, known_members);
}
