/*
 * The C sources made from a rule set at build time.
 *
 * The names header makes a name that does not exist in rules/ a compile error:
 *
 *   enum qpp_rule_param { QPP_P_<param>, ..., QPP_PARAMS };
 *   enum qpp_rule_table { QPP_T_<table>, ..., QPP_TABLES };
 *   enum { QPP_C_<table>_<column>, ... };                     index without the PY column
 *   enum qpp_rule_reading { QPP_R_<reading>, ..., QPP_READINGS };
 *   enum { QPP_R_<reading>_<alternative>, ... };              index into its alternatives
 *
 * and, to bind a loaded image to them by text, the lists QPP_RULE_PARAMS(X),
 * QPP_RULE_TABLES(X) and QPP_RULE_READINGS(X) of X(name), and the texts
 * QPP_RULE_COLUMNS_<table> "small missing" and QPP_RULE_ALTERNATIVES_<reading>
 * "neutral positive" (empty without a switch).
 *
 * A `-` of a name is a `_` in all of them but those two texts, which have the
 * names as they are written; the look-ups of qpp/ruleset.h take either.
 */
#ifndef QPP_ADAPT_RULES_GENERATE_H
#define QPP_ADAPT_RULES_GENERATE_H

#include "qpp/ruleset.h"

/* The text of rule_names.h. */
struct qpp_str qpp_rules_names_header(struct qpp_arena *a, const struct qpp_ruleset *rs);

/* The text of rules_image.c, which defines qpp_rules_image and qpp_rules_image_size. */
struct qpp_str qpp_rules_image_source(struct qpp_arena *a, struct qpp_str image);

#endif
