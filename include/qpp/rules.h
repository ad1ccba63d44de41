/*
 * The rules of one performance year: a rule set bound to a year, with each
 * reading set to one of its alternatives. Binding resolves every name once, so
 * that scoring looks nothing up by text. Immutable; may be shared.
 */
#ifndef QPP_RULES_H
#define QPP_RULES_H

#include "qpp/ruleset.h"

struct qpp_rules;

/* A set of readings, a bit each (qpp_rules_reading_bit). */
typedef unsigned __int128 qpp_reading_set __attribute__((aligned(8)));
enum { QPP_MOST_READINGS = 128 };

/* One reading set to another than its first alternative, for sensitivity runs. */
struct qpp_choice {
	struct qpp_str reading;
	size_t alternative;
};

/*
 * Fails with QPP_USAGE for a reading or alternative that does not exist. A year
 * without any rule binds; what is asked of it refuses by name (QPP_NO_RULE).
 */
QPP_MUST_USE enum qpp_code qpp_rules_bind(struct qpp_arena *a, const struct qpp_ruleset *rs, qpp_py py,
                                          const struct qpp_choice *choices, size_t n_choices,
                                          const struct qpp_rules **out, struct qpp_err *err);

const struct qpp_ruleset *qpp_rules_set(const struct qpp_rules *r);
qpp_py qpp_rules_py(const struct qpp_rules *r);

/* The bit of qpp_score.readings that stands for a reading; -1 when the program asks no such reading. */
int qpp_rules_reading_bit(struct qpp_str reading);

#endif
