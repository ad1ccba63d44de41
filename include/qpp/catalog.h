/*
 * The catalog of one performance year: the measures and activities of all four
 * categories, benchmarks, MVPs, clinical clusters, national averages and the
 * counties under the automatic policy for extreme circumstances, as CMS published them, in our own compact form. Facts and figures only.
 *
 * A catalog is read from its text form (catalog/README.md gives the format) by
 * qpp_catalog_read(), which is pure: the bytes come from a file, from the copy
 * embedded in the program, or from a database. It is immutable afterwards and
 * may be shared; look-ups allocate nothing.
 */
#ifndef QPP_CATALOG_H
#define QPP_CATALOG_H

#include "qpp/day.h"
#include "qpp/dec.h"
#include "qpp/err.h"

enum qpp_category { QPP_QUALITY, QPP_COST, QPP_IA, QPP_PI, QPP_CATEGORIES };

/* Collection types, by the names of the published data. */
enum qpp_method {
	QPP_METHOD_NONE,
	QPP_REGISTRY,
	QPP_EHR,               /* electronicHealthRecord */
	QPP_CLAIMS,
	QPP_ADMIN_CLAIMS,      /* administrativeClaims */
	QPP_WEB_INTERFACE,     /* cmsWebInterface */
	QPP_SURVEY_VENDOR,     /* certifiedSurveyVendor */
	QPP_METHODS
};

enum qpp_metric {
	QPP_METRIC_BOOLEAN,
	QPP_METRIC_PROPORTION,
	QPP_METRIC_SINGLE,             /* singlePerformanceRate */
	QPP_METRIC_REGISTRY_SINGLE,    /* registrySinglePerformanceRate */
	QPP_METRIC_MULTI,              /* multiPerformanceRate */
	QPP_METRIC_REGISTRY_MULTI,     /* registryMultiPerformanceRate */
	QPP_METRIC_NON_PROPORTION,     /* nonProportion */
	QPP_METRIC_CAHPS,
	QPP_METRIC_COST_SCORE,         /* costScore */
	QPP_METRICS
};

/* How the rates of several strata become one. */
enum qpp_algorithm {
	QPP_ALGORITHM_NONE,
	QPP_SIMPLE_AVERAGE,
	QPP_WEIGHTED_AVERAGE,
	QPP_SUM_NUMERATORS,
	QPP_OVERALL_STRATUM_ONLY,
	QPP_SPLIT,
	QPP_ALGORITHMS
};

enum qpp_ia_weight { QPP_IA_UNWEIGHTED, QPP_IA_MEDIUM, QPP_IA_HIGH };

struct qpp_strs {
	const struct qpp_str *v;
	size_t n;
};

struct qpp_stratum_def {
	struct qpp_str name;         /* empty where the publisher gave none */
	/* Population UUIDs of the eCQM, empty where absent. */
	struct qpp_str initial_population, denominator, denominator_exclusion, denominator_exception,
	    numerator, numerator_exclusion;
	struct qpp_strs stratifications;     /* reporting strata of this population, UUIDs */
};

struct qpp_measure {
	struct qpp_str id, title;
	enum qpp_category category;
	enum qpp_metric metric;
	int first_py;                /* first performance year; 0 when not given */
	/* quality and cost */
	uint32_t methods;            /* bit 1u << enum qpp_method */
	struct qpp_str type;         /* measureType: process, outcome, intermediateOutcome, ... */
	bool high_priority, inverse;
	bool qcdr;                   /* isRegistryMeasure: a QCDR measure */
	uint32_t truncated;          /* icdImpacted, by method: scored on nine months */
	uint32_t suppressed;         /* clinicalGuidelineChanged, by method: left out */
	bool cap_removed_any;        /* isSevenPointCapRemoved */
	uint32_t cap_removed;        /* sevenPointCapRemoved, by method */
	uint32_t historical_removed; /* historic_benchmarks "removed", by method: only the period's own can count */
	uint32_t historical_flat;    /* historic_benchmarks "flat", by method */
	enum qpp_algorithm algorithm;
	const struct qpp_stratum_def *strata;
	size_t n_strata;
	struct qpp_str emeasure_id, emeasure_uuid;
	struct qpp_strs sets;        /* specialty sets */
	struct qpp_strs vendors;     /* allowedVendors (QCDR measures) */
	struct qpp_strs programs;    /* allowedPrograms */
	/* improvement activities */
	enum qpp_ia_weight ia_weight;
	struct qpp_str subcategory;
	/* promoting interoperability */
	struct qpp_str objective, reporting_category;
	bool required, bonus;
	struct qpp_strs exclusions, substitutes, preprod;
};

enum { QPP_ENTRIES = 10 };

struct qpp_benchmark {
	struct qpp_str measure_id;
	enum qpp_method method;
	int benchmark_year;          /* == the catalog's year: made from the performance period itself */
	bool inverse;
	bool topped_out;             /* isToppedOut */
	bool capped;                 /* isToppedOutByProgram: the topped-out cap applies */
	bool flat_deciles;           /* came as `deciles` (9 or 10 numbers), not as percentiles */
	/*
	 * entry[k] is the rate at which decile k + 1 begins, best decile last. From
	 * percentiles all ten are known; nine published deciles leave entry[0] unknown
	 * (has_first false).
	 */
	qpp_dec entry[QPP_ENTRIES];
	bool has_first;
	qpp_dec average;             /* averagePerformanceRate; undefined when not published */
};

struct qpp_cluster_set {
	struct qpp_str name;
	struct qpp_strs measure_ids;
};

/* For one (measure, collection type): the specialty sets and clinical clusters it belongs to. */
struct qpp_cluster {
	struct qpp_str measure_id;
	enum qpp_method method;
	const struct qpp_cluster_set *specialty_sets, *clinical_clusters;
	size_t n_specialty_sets, n_clinical_clusters;
};

struct qpp_mvp {
	struct qpp_str id, title;
	struct qpp_strs quality, ia, cost, foundation_pi, foundation_quality, administrative_claims;
};

struct qpp_national_average {
	struct qpp_str measure_id;
	qpp_dec group, individual;   /* dollars; undefined when not published */
};

/* Why a (measure, collection type) has no benchmark. */
struct qpp_no_benchmark {
	struct qpp_str measure_id;
	enum qpp_method method;
	struct qpp_strs codes;       /* BR-009, ... */
};

/*
 * A county under the automatic policy for extreme and uncontrollable
 * circumstances. A ZIP code may be of several counties, and a county may have
 * none. The name is as qpp_county_key() makes it (euc.h).
 */
struct qpp_euc_county {
	struct qpp_str state, name;                      /* "FL", "lee" */
	struct qpp_strs zips;                            /* ascending */
};

/* The list of a year. Without a source there is no list, which is not an empty one. */
struct qpp_euc_list {
	struct qpp_str source;
	const struct qpp_euc_county *counties;           /* sorted by (state, name) */
	size_t n_counties;
};

struct qpp_catalog {
	qpp_py py;
	struct qpp_str source;                           /* whose publication, which release */
	const struct qpp_measure *measures;              /* sorted by id */
	size_t n_measures;
	const struct qpp_benchmark *benchmarks;          /* sorted by (measure id, method) */
	size_t n_benchmarks;
	const struct qpp_cluster *clusters;              /* sorted by (measure id, method) */
	size_t n_clusters;
	const struct qpp_mvp *mvps;                      /* sorted by id */
	size_t n_mvps;
	const struct qpp_national_average *averages;     /* sorted by measure id */
	size_t n_averages;
	const struct qpp_no_benchmark *no_benchmarks;    /* sorted by (measure id, method) */
	size_t n_no_benchmarks;
	struct qpp_euc_list euc;
};

/*
 * Reads the text form; everything is made in `a`, strings point into `text`.
 * Fails with QPP_DATA, naming line and column, on anything the format does not allow.
 */
QPP_MUST_USE enum qpp_code qpp_catalog_read(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                            const struct qpp_catalog **out, struct qpp_err *err);

/*
 * Writes the text form. Reading it again gives the same catalog, and a text
 * that this function wrote is written again byte for byte.
 */
void qpp_catalog_write(struct qpp_buf *b, const struct qpp_catalog *c);

/* Look-ups; NULL when there is none. */
const struct qpp_measure *qpp_catalog_measure(const struct qpp_catalog *c, struct qpp_str id);
const struct qpp_benchmark *qpp_catalog_benchmark(const struct qpp_catalog *c, struct qpp_str id, enum qpp_method m);
const struct qpp_cluster *qpp_catalog_cluster(const struct qpp_catalog *c, struct qpp_str id, enum qpp_method m);
const struct qpp_mvp *qpp_catalog_mvp(const struct qpp_catalog *c, struct qpp_str id);
const struct qpp_national_average *qpp_catalog_average(const struct qpp_catalog *c, struct qpp_str id);
const struct qpp_no_benchmark *qpp_catalog_no_benchmark(const struct qpp_catalog *c, struct qpp_str id, enum qpp_method m);

/* The measure id of this catalog nearest to `id`, for hints; empty when none is near. */
struct qpp_str qpp_catalog_near(const struct qpp_catalog *c, struct qpp_str id, struct qpp_arena *scratch);

bool qpp_strs_has(struct qpp_strs s, struct qpp_str x);

/* Names of the published data; -1 (or the NONE value) for a name that is not one. */
const char *qpp_category_name(enum qpp_category c);
bool qpp_category_of(struct qpp_str name, enum qpp_category *out);       /* also "aci" */
const char *qpp_method_name(enum qpp_method m);
enum qpp_method qpp_method_of(struct qpp_str name);                      /* QPP_METHOD_NONE when unknown */
const char *qpp_metric_name(enum qpp_metric m);
bool qpp_metric_of(struct qpp_str name, enum qpp_metric *out);
const char *qpp_algorithm_name(enum qpp_algorithm a);
bool qpp_algorithm_of(struct qpp_str name, enum qpp_algorithm *out);

#endif
