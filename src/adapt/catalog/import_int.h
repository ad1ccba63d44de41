/*
 * Inside the importer: the catalog under construction, and reading the members
 * of one record with a remark on everything that is not as it should be.
 */
#ifndef QPP_CATALOG_IMPORT_INT_H
#define QPP_CATALOG_IMPORT_INT_H

#include "import.h"
#include "import_json.h"

struct import {
	struct qpp_arena *a;
	struct qpp_findings *findings;
	struct qpp_catalog c;                      /* filled file by file, measures first */
	const struct json *const *measure_at;      /* where each measure stands */
	bool has_reasons;                          /* the year publishes why benchmarks are missing */
};

/* A record being read. An error about it makes it bad: it is then left out. */
struct record {
	struct import *im;
	const struct json *j;
	struct qpp_str subject;                    /* "measure 001" */
	bool bad;
};

enum need { OPTIONAL, REQUIRED };

/* An element of a file's array; `kind` is what to call it. False, with a remark, when it is not an object. */
bool qpp_import_begin(struct record *r, struct import *im, const struct json *j, const char *kind);

/* Names the record in its findings: "benchmark 001 by registry". */
void qpp_import_name(struct record *r, const char *kind, struct qpp_str id, enum qpp_method method);

/* A closed list of words. */
struct choices {
	const char *const *v;
	size_t n;
};

/*
 * Adds a finding about `r` at the place of `at` (NULL for none), whose other
 * members the caller fills in. An error makes the record bad.
 */
struct qpp_finding *qpp_import_remark(struct record *r, enum qpp_severity severity, const char *code,
                                      const struct json *at, const char *message);

/*
 * Members of a record. null counts as absent. Absent gives the empty value, with
 * a remark when it is required; so does a value of the wrong kind.
 */
struct qpp_str qpp_import_text(struct record *r, const char *name, enum need need);
struct qpp_str qpp_import_title(struct record *r, const char *name);       /* runs of white space become one blank */
struct qpp_str qpp_import_choice(struct record *r, const char *name, enum need need, struct choices choices);
bool qpp_import_flag(struct record *r, const char *name);
int qpp_import_year(struct record *r, const char *name, enum need need);
qpp_dec qpp_import_number(struct record *r, const char *name);             /* undefined when absent */
struct qpp_strs qpp_import_texts(struct record *r, const char *name);      /* a lone string is a list of one */
enum qpp_method qpp_import_method(struct record *r, const char *name);
uint32_t qpp_import_methods(struct record *r, const char *name);

/* The array or object of that name; NULL when it is absent or of another kind. */
const struct json *qpp_import_child(struct record *r, const char *name, enum need need, enum json_kind kind);

/* A single value; the number must be exact with at most nine decimals. */
bool qpp_import_text_of(struct record *r, const struct json *j, struct qpp_str *out);
bool qpp_import_number_of(struct record *r, const struct json *j, qpp_dec *out);

/* Remarks on a word that is not one of `choices`, naming the nearest. */
void qpp_import_unknown(struct record *r, const struct json *at, struct choices choices);

/*
 * Remarks once on each member name that the objects in `parent` have and nobody
 * knows: it may carry a rule. `known` are names between blanks, among them
 * those known and not needed.
 */
void qpp_import_unknown_members(struct import *im, const struct json *parent, const char *known);

/* performanceYear must be the catalog's. */
void qpp_import_check_year(struct record *r);

/* Remarks when `id` (at `at`) is not a measure of the catalog. */
void qpp_import_check_reference(struct record *r, const struct json *at, struct qpp_str id);
void qpp_import_check_references(struct record *r, const char *member, struct qpp_strs ids);

/* Collecting the records of one kind. */
struct import_key {
	struct qpp_str id;
	enum qpp_method method;
	const struct json *at;
	size_t index;                              /* place among the records read */
};

struct import_keys {
	struct import *im;
	const char *kind;
	QPP_VEC(struct import_key) list;
};

void qpp_import_keep(struct import_keys *keys, const struct record *r, struct qpp_str id, enum qpp_method method);

/*
 * The records (each of `size` bytes, in the order kept) sorted by key; of
 * records with the same key the first stays and the others are remarked on.
 * `*n` is set to how many are left.
 */
void *qpp_import_sorted(struct import_keys *keys, const void *records, size_t size, size_t *n);

/* The files. Each expects an array and fills its part of the catalog. */
void qpp_import_measures(struct import *im, const struct json *array);
void qpp_import_benchmarks(struct import *im, const struct json *array);
void qpp_import_reasons(struct import *im, const struct json *array);
void qpp_import_averages(struct import *im, const struct json *array);
void qpp_import_mvps(struct import *im, const struct json *array);
void qpp_import_clusters(struct import *im, const struct json *array);

/* What can only be seen when everything is read: measures without benchmark and without a reason. */
void qpp_import_check_missing(struct import *im);

#endif
