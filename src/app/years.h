/*
 * The years that a service knows: the rule set and, for each performance year,
 * its catalog and bound rules. Loaded once at the start, not changed
 * afterwards, shared by all threads.
 */
#ifndef QPP_APP_YEARS_H
#define QPP_APP_YEARS_H

#include "qpp/catalog.h"

struct qpp_plan;
struct qpp_rules;
struct qpp_ruleset;
struct qpp_years;

/* The text of one catalog; the program brings them. */
struct qpp_year_text {
	qpp_py py;
	struct qpp_str text;
};

/* The rules in the library and these catalogs. QPP_DATA, QPP_BUG. */
QPP_MUST_USE enum qpp_code qpp_years_load(struct qpp_arena *a, const struct qpp_year_text *texts, size_t n,
                                          const struct qpp_years **out, struct qpp_err *err);

/* NULL for a year without a catalog. */
const struct qpp_catalog *qpp_years_catalog(const struct qpp_years *y, qpp_py py);
const struct qpp_rules *qpp_years_bound(const struct qpp_years *y, qpp_py py);
/* Both laid out for scoring. */
const struct qpp_plan *qpp_years_plan(const struct qpp_years *y, qpp_py py);
const struct qpp_ruleset *qpp_years_rules(const struct qpp_years *y);

/* The newest year that has both rules and a catalog. */
qpp_py qpp_years_newest(const struct qpp_years *y);

/* A parameter of the rules as it is written; empty when the year has none. */
struct qpp_str qpp_years_param(const struct qpp_years *y, const char *name, qpp_py py);

/* The catalog of a year, or QPP_NO_RULE that names the years there are. */
QPP_MUST_USE enum qpp_code qpp_years_need(const struct qpp_years *y, struct qpp_arena *a, qpp_py py,
                                          const struct qpp_catalog **out, struct qpp_err *err);

#endif
