/*
 * Reads the catalog's text form (catalog/README.md): one fact a line, fields
 * between tabs, leading tabs for what belongs to the record above. Reading is
 * strict: records stand in the order the look-ups search by, so a repeated or
 * misplaced one is refused here and not found wanting later; the last line
 * counts the records, so a text that was cut short is refused too.
 */
#include "qpp/catalog.h"

#include <string.h>

#include "catalog_scan.h"

/* What the lines below belong to. */
enum record { NO_RECORD, MEASURE, CLUSTER, MVP, COUNTIES };

struct reader {
	struct qpp_scan s;
	struct qpp_catalog c;
	uint64_t records;
	bool ended;                          /* the last line was read */
	enum record record;
	uint32_t seen, seen_in_stratum;      /* lines there are already: bits by place in their table */
	QPP_VEC(struct qpp_measure) measures;
	QPP_VEC(struct qpp_stratum_def) strata;                  /* of the last measure */
	QPP_VEC(struct qpp_benchmark) benchmarks;
	QPP_VEC(struct qpp_cluster) clusters;
	QPP_VEC(struct qpp_cluster_set) specialties, clinical;   /* of the last cluster */
	QPP_VEC(struct qpp_mvp) mvps;
	QPP_VEC(struct qpp_national_average) averages;
	QPP_VEC(struct qpp_no_benchmark) no_benchmarks;
	QPP_VEC(struct qpp_euc_county) counties;
};

#define LAST(vec) ((vec).n ? &(vec).v[(vec).n - 1] : NULL)

static const struct qpp_words category_words = { qpp_category_names, 0, QPP_CATEGORIES, "a category" };
static const struct qpp_words metric_words = { qpp_metric_names, 0, QPP_METRICS, "a metric type" };
static const struct qpp_words algorithm_words = {
	qpp_algorithm_names, QPP_ALGORITHM_NONE + 1, QPP_ALGORITHMS, "an algorithm"
};
static const struct qpp_words weight_words = {
	qpp_ia_weight_names, QPP_IA_UNWEIGHTED + 1, QPP_IA_HIGH + 1, "a weight"
};

/* Records, each with the fields behind its keyword */

/* The id of a record that must come after the last of its kind, whose id is `last` (p NULL for none). */
static bool read_id(struct reader *r, struct qpp_str last, struct qpp_str *id, const char *expected)
{
	if (!qpp_scan_text(&r->s, id, expected))
		return false;
	return !last.p || qpp_str_cmp(last, *id) < 0 ||
	       qpp_scan_refuse(&r->s, *id, "records of a kind in ascending order, none twice");
}

/* The same for a measure id with a collection type. */
static bool read_key(struct reader *r, struct qpp_str last, enum qpp_method last_method, struct qpp_str *id,
                     enum qpp_method *method)
{
	if (!qpp_scan_text(&r->s, id, "a measure id") || !qpp_scan_method(&r->s, method))
		return false;
	int c = last.p ? qpp_str_cmp(last, *id) : -1;
	return c < 0 || (c == 0 && last_method < *method) ||
	       qpp_scan_refuse(&r->s, *id, "records of a kind in ascending order, none twice");
}

static bool read_measure(struct reader *r)
{
	struct qpp_measure m = { 0 };
	size_t category, metric;
	if (!read_id(r, r->measures.n ? LAST(r->measures)->id : m.id, &m.id, "a measure id") ||
	    !qpp_scan_word(&r->s, &category_words, &category) || !qpp_scan_word(&r->s, &metric_words, &metric) ||
	    !qpp_scan_year_or_none(&r->s, &m.first_py) || !qpp_scan_text(&r->s, &m.title, "a title"))
		return false;
	m.category = (enum qpp_category)category;
	m.metric = (enum qpp_metric)metric;
	*QPP_PUSH(r->s.a, &r->measures) = m;
	memset(&r->strata, 0, sizeof r->strata);
	return true;
}

static bool read_entries(struct reader *r, struct qpp_benchmark *b)
{
	for (int k = 0; k < QPP_ENTRIES; k++) {
		const char *at = r->s.fields.p;
		if (!qpp_scan_number(&r->s, &b->entry[k]))
			return false;
		if (k > 0 && !qpp_dec_ok(b->entry[k]))
			return qpp_scan_refuse_at(&r->s, at, "a number: of the ten entries only the first may be -");
	}
	b->has_first = qpp_dec_ok(b->entry[0]);
	return true;
}

static bool read_benchmark(struct reader *r)
{
	struct qpp_benchmark b = { 0 };
	const struct qpp_benchmark *last = LAST(r->benchmarks);
	if (!read_key(r, last ? last->measure_id : b.measure_id, last ? last->method : b.method, &b.measure_id, &b.method) ||
	    !qpp_scan_year(&r->s, &b.benchmark_year) || !qpp_scan_number(&r->s, &b.average) || !read_entries(r, &b) ||
	    !qpp_scan_flags(&r->s, qpp_benchmark_flags, &b))
		return false;
	*QPP_PUSH(r->s.a, &r->benchmarks) = b;
	return true;
}

static bool read_cluster(struct reader *r)
{
	struct qpp_cluster c = { 0 };
	const struct qpp_cluster *last = LAST(r->clusters);
	if (!read_key(r, last ? last->measure_id : c.measure_id, last ? last->method : c.method, &c.measure_id, &c.method))
		return false;
	*QPP_PUSH(r->s.a, &r->clusters) = c;
	memset(&r->specialties, 0, sizeof r->specialties);
	memset(&r->clinical, 0, sizeof r->clinical);
	return true;
}

static bool read_mvp(struct reader *r)
{
	struct qpp_mvp m = { 0 };
	if (!read_id(r, r->mvps.n ? LAST(r->mvps)->id : m.id, &m.id, "an MVP id") ||
	    !qpp_scan_text(&r->s, &m.title, "a title"))
		return false;
	*QPP_PUSH(r->s.a, &r->mvps) = m;
	return true;
}

static bool read_average(struct reader *r)
{
	struct qpp_national_average n = { 0 };
	if (!read_id(r, r->averages.n ? LAST(r->averages)->measure_id : n.measure_id, &n.measure_id, "a measure id") ||
	    !qpp_scan_number(&r->s, &n.group) || !qpp_scan_number(&r->s, &n.individual))
		return false;
	*QPP_PUSH(r->s.a, &r->averages) = n;
	return true;
}

static bool read_no_benchmark(struct reader *r)
{
	struct qpp_no_benchmark n = { 0 };
	const struct qpp_no_benchmark *last = LAST(r->no_benchmarks);
	if (!read_key(r, last ? last->measure_id : n.measure_id, last ? last->method : n.method, &n.measure_id, &n.method) ||
	    !qpp_scan_texts(&r->s, &n.codes, "a reason code"))
		return false;
	*QPP_PUSH(r->s.a, &r->no_benchmarks) = n;
	return true;
}

static bool read_counties(struct reader *r)
{
	if (r->c.euc.source.n)
		return qpp_scan_refuse_at(&r->s, r->s.line, "one list of counties, not two");
	return qpp_scan_text(&r->s, &r->c.euc.source, "the source");
}

static bool read_end(struct reader *r)
{
	struct qpp_str text;
	uint64_t records;
	if (!qpp_scan_text(&r->s, &text, "the number of records"))
		return false;
	if (!qpp_str_u64(text, UINT64_MAX, &records) || records != r->records)
		return qpp_scan_refuse(&r->s, text, "the number of records that stand above");
	r->ended = true;
	return true;
}

/* Lines below a record */

/* Fills the member that `line` is about. */
static bool read_member(struct reader *r, const struct qpp_line *line, void *record)
{
	void *member = (char *)record + line->offset;
	size_t word;
	switch (line->shape) {
	case QPP_LINE_TEXT:
		return qpp_scan_text(&r->s, member, "a text");
	case QPP_LINE_TEXTS:
		return qpp_scan_texts(&r->s, member, "a text");
	case QPP_LINE_METHODS:
		return qpp_scan_methods(&r->s, member);
	case QPP_LINE_FLAGS:
		return qpp_scan_flags(&r->s, qpp_measure_flags, record);
	case QPP_LINE_ALGORITHM:
		if (!qpp_scan_word(&r->s, &algorithm_words, &word))
			return false;
		*(enum qpp_algorithm *)member = (enum qpp_algorithm)word;
		return true;
	case QPP_LINE_WEIGHT:
		if (!qpp_scan_word(&r->s, &weight_words, &word))
			return false;
		*(enum qpp_ia_weight *)member = (enum qpp_ia_weight)word;
		return true;
	}
	return false;
}

/* One of the lines of `table`, each at most once. */
static bool read_below(struct reader *r, struct qpp_lines table, struct qpp_str keyword, uint32_t *seen, void *record)
{
	const char *names[QPP_MOST_LINES];
	for (size_t i = 0; i < table.n; i++) {
		names[i] = table.v[i].keyword;
		if (!qpp_str_is(keyword, names[i]))
			continue;
		if (*seen & 1u << i)
			return qpp_scan_refuse(&r->s, keyword, "each line of a record only once");
		*seen |= 1u << i;
		return read_member(r, &table.v[i], record);
	}
	const struct qpp_words words = { names, 0, table.n, "a line that this record has" };
	return qpp_scan_refuse_word(&r->s, keyword, &words);
}

static bool read_stratum(struct reader *r, struct qpp_measure *m)
{
	struct qpp_stratum_def def = { 0 };
	if (r->s.fields.p && !qpp_scan_text(&r->s, &def.name, "the name of a stratum"))
		return false;
	*QPP_PUSH(r->s.a, &r->strata) = def;
	m->strata = r->strata.v;
	m->n_strata = r->strata.n;
	r->seen_in_stratum = 0;
	return true;
}

static bool read_cluster_set(struct reader *r, struct qpp_cluster *c, struct qpp_str keyword)
{
	struct qpp_cluster_set set;
	bool specialty = qpp_str_is(keyword, "specialtySet");
	if (!specialty && !qpp_str_is(keyword, "clinicalCluster"))
		return qpp_scan_refuse(&r->s, keyword, "specialtySet or clinicalCluster");
	if (!qpp_scan_text(&r->s, &set.name, "a name") || !qpp_scan_texts(&r->s, &set.measure_ids, "a measure id"))
		return false;
	if (specialty)
		*QPP_PUSH(r->s.a, &r->specialties) = set;
	else
		*QPP_PUSH(r->s.a, &r->clinical) = set;
	c->specialty_sets = r->specialties.v;
	c->n_specialty_sets = r->specialties.n;
	c->clinical_clusters = r->clinical.v;
	c->n_clinical_clusters = r->clinical.n;
	return true;
}

static bool read_county(struct reader *r, struct qpp_str keyword)
{
	struct qpp_euc_county county;
	if (!qpp_str_is(keyword, "county"))
		return qpp_scan_refuse(&r->s, keyword, "county");
	if (!qpp_scan_county(&r->s, LAST(r->counties), &county))
		return false;
	*QPP_PUSH(r->s.a, &r->counties) = county;
	return true;
}

/* A line with one leading tab, by what it belongs to. */
static bool read_below_record(struct reader *r, struct qpp_str keyword)
{
	switch (r->record) {
	case MEASURE:
		if (qpp_str_is(keyword, "stratum"))
			return read_stratum(r, LAST(r->measures));
		return read_below(r, qpp_measure_lines, keyword, &r->seen, LAST(r->measures));
	case CLUSTER:
		return read_cluster_set(r, LAST(r->clusters), keyword);
	case MVP:
		return read_below(r, qpp_mvp_lines, keyword, &r->seen, LAST(r->mvps));
	case COUNTIES:
		return read_county(r, keyword);
	case NO_RECORD:
		break;
	}
	return false;
}

/* A line with one leading tab, or (below a stratum) two. */
static bool read_indented(struct reader *r, int depth)
{
	struct qpp_str keyword;
	if (!qpp_scan_text(&r->s, &keyword, "a keyword"))
		return false;
	if (depth == 1 && r->record != NO_RECORD)
		return read_below_record(r, keyword);
	if (depth == 2 && r->record == MEASURE && r->strata.n)
		return read_below(r, qpp_stratum_lines, keyword, &r->seen_in_stratum, LAST(r->strata));
	return qpp_scan_refuse(&r->s, keyword, "a line further to the left: nothing above has lines of this depth");
}

/* A line without leading tab. */
static bool read_record(struct reader *r)
{
	static const struct {
		bool (*read)(struct reader *r);
		enum record record;
	} kinds[] = {
		{ read_measure, MEASURE }, { read_benchmark, NO_RECORD }, { read_cluster, CLUSTER }, { read_mvp, MVP },
		{ read_average, NO_RECORD }, { read_no_benchmark, NO_RECORD }, { read_counties, COUNTIES },
		{ read_end, NO_RECORD },
	};
	static const char *const names[] = { "measure", "benchmark", "cluster", "mvp", "average", "noBenchmark", "counties",
		                                 "end" };
	static const struct qpp_words words = { names, 0, sizeof names / sizeof *names, "a record" };
	size_t kind;
	if (!qpp_scan_word(&r->s, &words, &kind) || !kinds[kind].read(r))
		return false;
	r->record = kinds[kind].record;
	r->seen = 0;
	r->records++;
	return true;
}

static bool read_header(struct reader *r)
{
	static const char expected[] = QPP_CATALOG_MAGIC ", with which the first line of a catalog begins";
	struct qpp_str magic, version;
	if (!qpp_scan_line(&r->s))
		return qpp_scan_refuse_at(&r->s, r->s.line, expected);
	if (!qpp_scan_sound(&r->s) || !qpp_scan_text(&r->s, &magic, expected))
		return false;
	if (!qpp_str_is(magic, QPP_CATALOG_MAGIC))
		return qpp_scan_refuse(&r->s, magic, expected);
	if (!qpp_scan_text(&r->s, &version, "the version of the format"))
		return false;
	if (!qpp_str_is(version, QPP_CATALOG_VERSION))
		return qpp_scan_refuse(&r->s, version, "version " QPP_CATALOG_VERSION " of the format");
	return qpp_scan_year(&r->s, &r->c.py.v) && qpp_scan_text(&r->s, &r->c.source, "the source");
}

static bool read_line(struct reader *r)
{
	if (r->ended)
		return qpp_scan_refuse_at(&r->s, r->s.line, "nothing behind the last line");
	if (!qpp_scan_sound(&r->s))
		return false;
	int depth = qpp_scan_depth(&r->s);
	return (depth ? read_indented(r, depth) : read_record(r)) && qpp_scan_line_done(&r->s);
}

static bool read_all(struct reader *r)
{
	if (!read_header(r) || !qpp_scan_line_done(&r->s))
		return false;
	while (qpp_scan_line(&r->s))
		if (!read_line(r))
			return false;
	return r->ended || qpp_scan_refuse_at(&r->s, r->s.line_end, "a last line \"end\": the text is cut short");
}

enum qpp_code qpp_catalog_read(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                               const struct qpp_catalog **out, struct qpp_err *err)
{
	struct reader r = { 0 };
	*out = NULL;
	qpp_scan_begin(&r.s, a, file, text, err);
	if (!read_all(&r))
		return QPP_DATA;
	struct qpp_catalog *c = QPP_NEW(a, struct qpp_catalog);
	*c = (struct qpp_catalog){
		r.c.py, r.c.source,
		r.measures.v, r.measures.n, r.benchmarks.v, r.benchmarks.n, r.clusters.v, r.clusters.n,
		r.mvps.v, r.mvps.n, r.averages.v, r.averages.n, r.no_benchmarks.v, r.no_benchmarks.n,
		{ r.c.euc.source, r.counties.v, r.counties.n },
	};
	*out = c;
	return QPP_OK;
}
