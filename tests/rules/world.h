/*
 * What tests of scoring stand on: the embedded rules, the catalogs, and files
 * of the source tree, which is $QPP_SOURCE or the current directory.
 *
 * Everything lives in one arena until the program ends. What cannot be had is
 * told as TAP (`Bail out!`) and ends the program: a test that has nothing to
 * look at must not pass.
 */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "qpp/score.h"

struct world {
	struct qpp_arena *arena;
	const struct qpp_ruleset *set;
};

/* A submission with its facts, read and checked as `qpp score` does. */
struct filing {
	struct qpp_submission *submission;
	struct qpp_facts *facts;             /* never NULL */
	const struct qpp_catalog *catalog;
	struct qpp_findings *findings;
};

/* The one world of the program, made when first asked for. */
const struct world *world(void);

/* The catalog of a year, catalog/PY.txt; NULL when there is no such file. */
const struct qpp_catalog *world_catalog(int py);

/* The rules of a year. */
const struct qpp_rules *world_rules(int py);

/* Rules and catalog of a year joined; NULL when there is no catalog. */
const struct qpp_plan *world_plan(int py);

/* A request of a year without plan, trace and findings; the catalog is NULL where there is none. */
struct qpp_request world_request(int py);

/* A file of the source tree; false when it cannot be read. */
bool world_file(struct qpp_str path, struct qpp_str *text);

/*
 * Reads a submission, and its facts unless `facts` is empty, into `a`. False when a file cannot be read or
 * holds no submission; faults in the data are errors among the findings. `out->findings` is set in any case.
 */
bool world_filing(struct qpp_arena *a, struct qpp_str input, struct qpp_str facts, struct filing *out);

/* Ends the program as a test that could not be run. */
_Noreturn void world_bail_out(const char *why, const char *what);

#endif
