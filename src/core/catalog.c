/* The catalog: look-ups by binary search, and the names of the published data. */
#include "qpp/catalog.h"

#include "catalog_format.h"

struct key {
	struct qpp_str id;
	enum qpp_method method;
};

static int by_method(const struct key *k, struct qpp_str id, enum qpp_method method)
{
	int c = qpp_str_cmp(k->id, id);
	if (c)
		return c;
	return k->method < method ? -1 : k->method > method;
}

static int to_measure(const struct key *key, const void *at)
{
	return qpp_str_cmp(key->id, ((const struct qpp_measure *)at)->id);
}

static int to_mvp(const struct key *key, const void *at)
{
	return qpp_str_cmp(key->id, ((const struct qpp_mvp *)at)->id);
}

static int to_average(const struct key *key, const void *at)
{
	return qpp_str_cmp(key->id, ((const struct qpp_national_average *)at)->measure_id);
}

static int to_benchmark(const struct key *key, const void *at)
{
	const struct qpp_benchmark *b = at;
	return by_method(key, b->measure_id, b->method);
}

static int to_cluster(const struct key *key, const void *at)
{
	const struct qpp_cluster *c = at;
	return by_method(key, c->measure_id, c->method);
}

static int to_no_benchmark(const struct key *key, const void *at)
{
	const struct qpp_no_benchmark *n = at;
	return by_method(key, n->measure_id, n->method);
}

/* The element of `n` sorted ones to which the key compares equal. */
static const void *find(struct key key, const void *v, size_t n, size_t size, int (*to)(const struct key *, const void *))
{
	size_t low = 0;
	while (low < n) {
		size_t middle = low + (n - low) / 2;
		const void *at = (const char *)v + middle * size;
		int c = to(&key, at);
		if (c == 0)
			return at;
		if (c < 0)
			n = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct qpp_measure *qpp_catalog_measure(const struct qpp_catalog *c, struct qpp_str id)
{
	return find((struct key){ .id = id }, c->measures, c->n_measures, sizeof *c->measures, to_measure);
}

const struct qpp_benchmark *qpp_catalog_benchmark(const struct qpp_catalog *c, struct qpp_str id, enum qpp_method m)
{
	return find((struct key){ id, m }, c->benchmarks, c->n_benchmarks, sizeof *c->benchmarks, to_benchmark);
}

const struct qpp_cluster *qpp_catalog_cluster(const struct qpp_catalog *c, struct qpp_str id, enum qpp_method m)
{
	return find((struct key){ id, m }, c->clusters, c->n_clusters, sizeof *c->clusters, to_cluster);
}

const struct qpp_mvp *qpp_catalog_mvp(const struct qpp_catalog *c, struct qpp_str id)
{
	return find((struct key){ .id = id }, c->mvps, c->n_mvps, sizeof *c->mvps, to_mvp);
}

const struct qpp_national_average *qpp_catalog_average(const struct qpp_catalog *c, struct qpp_str id)
{
	return find((struct key){ .id = id }, c->averages, c->n_averages, sizeof *c->averages, to_average);
}

const struct qpp_no_benchmark *qpp_catalog_no_benchmark(const struct qpp_catalog *c, struct qpp_str id, enum qpp_method m)
{
	return find((struct key){ id, m }, c->no_benchmarks, c->n_no_benchmarks, sizeof *c->no_benchmarks,
	            to_no_benchmark);
}

struct qpp_str qpp_catalog_near(const struct qpp_catalog *c, struct qpp_str id, struct qpp_arena *scratch)
{
	struct qpp_str *ids = QPP_NEW_ARRAY(scratch, c->n_measures, struct qpp_str);
	for (size_t i = 0; i < c->n_measures; i++)
		ids[i] = c->measures[i].id;
	int at = qpp_str_near(id, ids, c->n_measures);
	return at < 0 ? QPP_LIT("") : ids[at];
}

bool qpp_strs_has(struct qpp_strs s, struct qpp_str x)
{
	if (!x.n)
		return false;
	/* Ids and ZIP codes of a list begin alike: the last byte tells most of them apart. */
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].n == x.n && s.v[i].p[x.n - 1] == x.p[x.n - 1] && qpp_str_eq(s.v[i], x))
			return true;
	return false;
}

/* The value from `first` on that has this name; `n` when there is none. */
static unsigned value_of(struct qpp_str name, const char *const *names, unsigned first, unsigned n)
{
	unsigned i = first;
	while (i < n && !qpp_str_is(name, names[i]))
		i++;
	return i;
}

const char *qpp_category_name(enum qpp_category c)
{
	return c < QPP_CATEGORIES ? qpp_category_names[c] : "none";
}

bool qpp_category_of(struct qpp_str name, enum qpp_category *out)
{
	/* Promoting interoperability was called advancing care information at first. */
	unsigned v = qpp_str_is(name, "aci") ? QPP_PI : value_of(name, qpp_category_names, 0, QPP_CATEGORIES);
	*out = (enum qpp_category)v;
	return v < QPP_CATEGORIES;
}

const char *qpp_method_name(enum qpp_method m)
{
	return qpp_method_names[m < QPP_METHODS ? m : QPP_METHOD_NONE];
}

enum qpp_method qpp_method_of(struct qpp_str name)
{
	unsigned v = value_of(name, qpp_method_names, QPP_METHOD_NONE + 1, QPP_METHODS);
	return v < QPP_METHODS ? (enum qpp_method)v : QPP_METHOD_NONE;
}

const char *qpp_metric_name(enum qpp_metric m)
{
	return m < QPP_METRICS ? qpp_metric_names[m] : "none";
}

bool qpp_metric_of(struct qpp_str name, enum qpp_metric *out)
{
	unsigned v = value_of(name, qpp_metric_names, 0, QPP_METRICS);
	*out = (enum qpp_metric)v;
	return v < QPP_METRICS;
}

const char *qpp_algorithm_name(enum qpp_algorithm a)
{
	return qpp_algorithm_names[a < QPP_ALGORITHMS ? a : QPP_ALGORITHM_NONE];
}

bool qpp_algorithm_of(struct qpp_str name, enum qpp_algorithm *out)
{
	unsigned v = value_of(name, qpp_algorithm_names, QPP_ALGORITHM_NONE + 1, QPP_ALGORITHMS);
	*out = v < QPP_ALGORITHMS ? (enum qpp_algorithm)v : QPP_ALGORITHM_NONE;
	return v < QPP_ALGORITHMS;
}
