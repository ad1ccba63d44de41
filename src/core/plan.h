/*
 * The plan of a year: rules and catalog joined once, so that scoring many
 * submissions looks nothing up by text. Tables whose keys are few are laid out
 * by their keys; what depends on a measure is an array beside the catalog's
 * measures. Immutable; may be shared.
 */
#ifndef QPP_PLAN_H
#define QPP_PLAN_H

#include "calc.h"
#include "qpp/score.h"

enum { QPP_PI_MOST = 40, QPP_PI_KNOWN = 120, QPP_IA_WEIGHTS = 3, QPP_MASKS = 1 << QPP_CATEGORIES };

/* Rows of table measure_class_points. */
enum qpp_class { QPP_INCOMPLETE, QPP_UNSCORABLE, QPP_FIRST_YEAR, QPP_SECOND_YEAR, QPP_CLASSES };

enum qpp_pi_kind {
	QPP_PI_ATTEST, QPP_PI_ANSWER, QPP_PI_RATE, QPP_PI_YES, QPP_PI_REGISTRY, QPP_PI_SUPPRESSED, QPP_PI_INSTEAD,
	QPP_PI_OPTIONAL, QPP_PI_KINDS
};

/* A row of pi_measures with its measure and those that excuse it or say its level, as catalog entries. */
struct qpp_pi_item {
	const struct qpp_table_row *row;
	struct qpp_str id;
	const struct qpp_measure *measure;               /* NULL: not in the year's catalog */
	enum qpp_pi_kind kind;
	int objective;                                   /* items of one objective share the number */
	bool public_health;
	const struct qpp_measure *const *exclusions, *const *levels;
	size_t n_exclusions, n_levels;
};

/* A row of pi_redistribution. An index is -1 when the row names something else. */
struct qpp_pi_move {
	struct qpp_str from;
	int from_item, to_item;
	bool from_public_health, to_exchange;
};

struct qpp_plan {
	const struct qpp_rules *rules;
	const struct qpp_catalog *catalog;               /* NULL: questions that need none */
	const struct qpp_table_row *weights[QPP_PROGRAM_KINDS][2][QPP_MASKS];       /* [kind][small][missing] */
	const struct qpp_table_row *activity[QPP_PROGRAM_KINDS][QPP_IA_WEIGHTS][2]; /* [kind][weight][special] */
	const struct qpp_table_row *class_points[QPP_CLASSES][2];                   /* [class][small] */
	bool class_small[QPP_CLASSES];                   /* small practices have a row of their own */
	const struct qpp_table_row *required[QPP_PROGRAM_KINDS];
	const struct qpp_table_row *level[QPP_PROGRAM_KINDS][QPP_ENTITIES];         /* program_levels; of the APP that of app1 */
	const struct qpp_table_row *needs_data[QPP_ENTITIES];                       /* score_needs_data */
	/* By place in catalog->measures. */
	const struct qpp_table_row **case_minimum;       /* of quality (case_minimums) and cost (cost_case_minimums) */
	bool *outcome;                                   /* an outcome measure */
	const struct qpp_benchmark *(*benchmark)[QPP_METHODS];
	const struct qpp_cluster *(*cluster)[QPP_METHODS];
	uint8_t *pi_index;                               /* of measures that the category knows, from 1; 0: none */
	const struct qpp_table_row *usual_case_minimum;
	struct qpp_pi_item pi[QPP_PI_MOST];
	size_t n_pi;
	struct qpp_pi_move moves[QPP_PI_MOST];
	size_t n_moves;
	int send, receive;                               /* the two referral-loop measures; -1 when absent */
	uint32_t excused_statuses, excused_types;        /* from promoting interoperability */
	size_t n_pi_known;                               /* highest pi_index */
};

const char *qpp_class_name(enum qpp_class c);
const char *qpp_ia_weight_word(enum qpp_ia_weight w);
/* "cost+pi": the missing categories as the weights table has them; "none". */
struct qpp_str qpp_missing_word(struct qpp_arena *a, uint32_t missing);

/* Place of a measure in the plan's arrays. */
static inline size_t qpp_place(const struct qpp_plan *p, const struct qpp_measure *m)
{
	return (size_t)(m - p->catalog->measures);
}

#endif
