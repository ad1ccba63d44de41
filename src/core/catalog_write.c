/* Writes the catalog's text form, line by line from the tables that the reader reads by. */
#include "qpp/catalog.h"

#include "catalog_format.h"

enum { MOST_DECIMALS = 9 };

static void add(struct qpp_buf *b, struct qpp_str s)
{
	qpp_buf_char(b, '\t');
	qpp_buf_str(b, s);
}

static void add_name(struct qpp_buf *b, const char *name)
{
	add(b, qpp_str_of(name));
}

static void add_texts(struct qpp_buf *b, struct qpp_strs list)
{
	for (size_t i = 0; i < list.n; i++)
		add(b, list.v[i]);
}

static void add_number(struct qpp_buf *b, qpp_dec v)
{
	qpp_buf_char(b, '\t');
	if (qpp_dec_ok(v))
		qpp_buf_dec_short(b, v, 0, MOST_DECIMALS);
	else
		qpp_buf_cat(b, QPP_CATALOG_ABSENT, (char *)NULL);
}

static void add_year(struct qpp_buf *b, int year)
{
	qpp_buf_char(b, '\t');
	if (year)
		qpp_buf_i64(b, year);
	else
		qpp_buf_cat(b, QPP_CATALOG_ABSENT, (char *)NULL);
}

static void add_methods(struct qpp_buf *b, uint32_t methods)
{
	for (unsigned m = QPP_METHOD_NONE + 1; m < QPP_METHODS; m++)
		if (methods & 1u << m)
			add_name(b, qpp_method_names[m]);
}

static bool flag_set(const struct qpp_flag *flag, const void *record)
{
	return *(const bool *)((const char *)record + flag->offset);
}

static void add_flags(struct qpp_buf *b, struct qpp_flags flags, const void *record)
{
	for (size_t i = 0; i < flags.n; i++)
		if (flag_set(&flags.v[i], record))
			add_name(b, flags.v[i].name);
}

/* Whether a line has nothing to say, and is left out. */
static bool is_default(const struct qpp_line *line, const void *record)
{
	const void *member = (const char *)record + line->offset;
	switch (line->shape) {
	case QPP_LINE_TEXT:
		return !((const struct qpp_str *)member)->n;
	case QPP_LINE_TEXTS:
		return !((const struct qpp_strs *)member)->n;
	case QPP_LINE_METHODS:
		return !*(const uint32_t *)member;
	case QPP_LINE_ALGORITHM:
		return *(const enum qpp_algorithm *)member == QPP_ALGORITHM_NONE;
	case QPP_LINE_WEIGHT:
		return *(const enum qpp_ia_weight *)member == QPP_IA_UNWEIGHTED;
	case QPP_LINE_FLAGS:
		for (size_t i = 0; i < qpp_measure_flags.n; i++)
			if (flag_set(&qpp_measure_flags.v[i], record))
				return false;
		return true;
	}
	return true;
}

static void write_member(struct qpp_buf *b, const struct qpp_line *line, const void *record)
{
	const void *member = (const char *)record + line->offset;
	switch (line->shape) {
	case QPP_LINE_TEXT:
		add(b, *(const struct qpp_str *)member);
		break;
	case QPP_LINE_TEXTS:
		add_texts(b, *(const struct qpp_strs *)member);
		break;
	case QPP_LINE_METHODS:
		add_methods(b, *(const uint32_t *)member);
		break;
	case QPP_LINE_FLAGS:
		add_flags(b, qpp_measure_flags, record);
		break;
	case QPP_LINE_ALGORITHM:
		add_name(b, qpp_algorithm_name(*(const enum qpp_algorithm *)member));
		break;
	case QPP_LINE_WEIGHT:
		add_name(b, qpp_ia_weight_names[*(const enum qpp_ia_weight *)member]);
		break;
	}
}

static void write_lines(struct qpp_buf *b, struct qpp_lines lines, const char *indent, const void *record)
{
	for (size_t i = 0; i < lines.n; i++) {
		if (is_default(&lines.v[i], record))
			continue;
		qpp_buf_cat(b, indent, lines.v[i].keyword, (char *)NULL);
		write_member(b, &lines.v[i], record);
		qpp_buf_char(b, '\n');
	}
}

static void write_measure(struct qpp_buf *b, const struct qpp_measure *m)
{
	qpp_buf_cat(b, "measure", (char *)NULL);
	add(b, m->id);
	add_name(b, qpp_category_name(m->category));
	add_name(b, qpp_metric_name(m->metric));
	add_year(b, m->first_py);
	add(b, m->title);
	qpp_buf_char(b, '\n');
	write_lines(b, qpp_measure_lines, "\t", m);
	for (size_t i = 0; i < m->n_strata; i++) {
		qpp_buf_cat(b, "\tstratum", (char *)NULL);
		if (m->strata[i].name.n)
			add(b, m->strata[i].name);
		qpp_buf_char(b, '\n');
		write_lines(b, qpp_stratum_lines, "\t\t", &m->strata[i]);
	}
}

static void write_benchmark(struct qpp_buf *b, const struct qpp_benchmark *x)
{
	qpp_buf_cat(b, "benchmark", (char *)NULL);
	add(b, x->measure_id);
	add_name(b, qpp_method_name(x->method));
	add_year(b, x->benchmark_year);
	add_number(b, x->average);
	for (int k = 0; k < QPP_ENTRIES; k++)
		add_number(b, x->entry[k]);
	add_flags(b, qpp_benchmark_flags, x);
	qpp_buf_char(b, '\n');
}

static void write_sets(struct qpp_buf *b, const char *keyword, const struct qpp_cluster_set *sets, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		qpp_buf_cat(b, "\t", keyword, (char *)NULL);
		add(b, sets[i].name);
		add_texts(b, sets[i].measure_ids);
		qpp_buf_char(b, '\n');
	}
}

static void write_cluster(struct qpp_buf *b, const struct qpp_cluster *c)
{
	qpp_buf_cat(b, "cluster", (char *)NULL);
	add(b, c->measure_id);
	add_name(b, qpp_method_name(c->method));
	qpp_buf_char(b, '\n');
	write_sets(b, "specialtySet", c->specialty_sets, c->n_specialty_sets);
	write_sets(b, "clinicalCluster", c->clinical_clusters, c->n_clinical_clusters);
}

static void write_mvp(struct qpp_buf *b, const struct qpp_mvp *m)
{
	qpp_buf_cat(b, "mvp", (char *)NULL);
	add(b, m->id);
	add(b, m->title);
	qpp_buf_char(b, '\n');
	write_lines(b, qpp_mvp_lines, "\t", m);
}

static void write_average(struct qpp_buf *b, const struct qpp_national_average *n)
{
	qpp_buf_cat(b, "average", (char *)NULL);
	add(b, n->measure_id);
	add_number(b, n->group);
	add_number(b, n->individual);
	qpp_buf_char(b, '\n');
}

static void write_no_benchmark(struct qpp_buf *b, const struct qpp_no_benchmark *n)
{
	qpp_buf_cat(b, "noBenchmark", (char *)NULL);
	add(b, n->measure_id);
	add_name(b, qpp_method_name(n->method));
	add_texts(b, n->codes);
	qpp_buf_char(b, '\n');
}

static void write_counties(struct qpp_buf *b, const struct qpp_euc_list *list)
{
	qpp_buf_cat(b, "counties", (char *)NULL);
	add(b, list->source);
	qpp_buf_char(b, '\n');
	for (size_t i = 0; i < list->n_counties; i++) {
		qpp_buf_cat(b, "\tcounty", (char *)NULL);
		add(b, list->counties[i].state);
		add(b, list->counties[i].name);
		add_texts(b, list->counties[i].zips);
		qpp_buf_char(b, '\n');
	}
}

void qpp_catalog_write(struct qpp_buf *b, const struct qpp_catalog *c)
{
	qpp_buf_cat(b, QPP_CATALOG_MAGIC "\t" QPP_CATALOG_VERSION, (char *)NULL);
	add_year(b, c->py.v);
	add(b, c->source);
	qpp_buf_char(b, '\n');
	for (size_t i = 0; i < c->n_measures; i++)
		write_measure(b, &c->measures[i]);
	for (size_t i = 0; i < c->n_benchmarks; i++)
		write_benchmark(b, &c->benchmarks[i]);
	for (size_t i = 0; i < c->n_clusters; i++)
		write_cluster(b, &c->clusters[i]);
	for (size_t i = 0; i < c->n_mvps; i++)
		write_mvp(b, &c->mvps[i]);
	for (size_t i = 0; i < c->n_averages; i++)
		write_average(b, &c->averages[i]);
	for (size_t i = 0; i < c->n_no_benchmarks; i++)
		write_no_benchmark(b, &c->no_benchmarks[i]);
	if (c->euc.source.n)
		write_counties(b, &c->euc);
	qpp_buf_cat(b, "end\t", (char *)NULL);
	qpp_buf_i64(b, (int64_t)(c->n_measures + c->n_benchmarks + c->n_clusters + c->n_mvps + c->n_averages +
	                         c->n_no_benchmarks + (c->euc.source.n != 0)));
	qpp_buf_char(b, '\n');
}
