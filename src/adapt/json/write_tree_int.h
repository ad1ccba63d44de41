/* What the files of the scoring tree share. */
#ifndef QPP_JSON_WRITE_TREE_INT_H
#define QPP_JSON_WRITE_TREE_INT_H

#include "adapt/json/emit.h"
#include "app/answer.h"

enum { QPP_TREE_PLACES = 4, QPP_TREE_EXACT = 9 };

struct qpp_tree {
	struct qpp_emit *e;
	const struct qpp_answer *answer;
	const struct qpp_scored *scored;
	const struct qpp_score *score;
	const struct qpp_category_score *category;
};

/* A value with four decimals, as the engine shows it; 0 when there is none. */
void qpp_tree_value(struct qpp_tree *t, const char *name, struct qpp_value v, int places);

/* The scored line of a measurement of a set; NULL: the scorer did not look at it. */
const struct qpp_measure_score *qpp_tree_line(const struct qpp_tree *t, const struct qpp_measurement_set *set,
                                              const struct qpp_measurement *m);

/* The parts of one measurement set, and what the engine says of the set as a whole. */
void qpp_tree_quality(struct qpp_tree *t, const struct qpp_measurement_set *set);
void qpp_tree_pi(struct qpp_tree *t, const struct qpp_measurement_set *set);
/* What of it stands again in the metadata of the whole; t->category is that of promoting interoperability. */
void qpp_tree_pi_total(struct qpp_tree *t);
void qpp_tree_ia(struct qpp_tree *t, const struct qpp_measurement_set *set);
void qpp_tree_cost(struct qpp_tree *t, const struct qpp_measurement_set *set);

void qpp_tree_picked(struct qpp_tree *t, bool picked);
void qpp_tree_no_instrumentations(struct qpp_tree *t);

#endif
