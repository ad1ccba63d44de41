/*
 * The field of quality measures that a submission brings, between scoring each
 * of them (score_measures.c) and picking those that count (score_pick.c).
 */
#ifndef QPP_SCORE_PICK_H
#define QPP_SCORE_PICK_H

#include "score_int.h"

struct qpp_candidate {
	struct qpp_measure_score *score;
	struct qpp_num points;
	bool usable;              /* not passed over for another collection type, not left out */
	bool suppressed;          /* by the year: removed with ten points of the denominator */
	bool complete;            /* reported completely (or with nobody to report on) */
	bool empty;               /* nobody is eligible: 0 of 0 */
};

struct qpp_field {
	struct qpp_candidate *v;
	size_t n;
	bool survey_unscored;     /* CAHPS came, but no summary measure of it could be scored */
};

/* Scores every quality measurement of the program into `room` (one entry each, and one for the survey). */
void qpp_field_collect(struct qpp_scoring *s, struct qpp_field *f, struct qpp_measure_score *room);
size_t qpp_field_most(const struct qpp_scoring *s);

/* One measurement by one collection type. */
void qpp_field_score(struct qpp_scoring *s, enum qpp_method method, const struct qpp_measurement *m,
                     struct qpp_candidate *out);

bool qpp_is_outcome(const struct qpp_scoring *s, const struct qpp_measure *m);

/* Of the same measure through several collection types the best stays usable. */
void qpp_field_best_collection_type(struct qpp_field *f);

/* How many suppressed measures leave the denominator: those that no other collection type of the measure scores. */
size_t qpp_field_suppressed(const struct qpp_field *f);

/*
 * Fills `places` places, the outcome or high-priority one first where it is
 * needed; `points` gets one number for each. Returns how many.
 */
size_t qpp_field_pick(struct qpp_scoring *s, struct qpp_field *f, size_t places, bool outcome_needed,
                      struct qpp_num *points, struct qpp_category_score *out);

/*
 * How many measures the filer must report, `suppressed` ones taken off, and
 * whether one of them must be an outcome or high-priority measure (score_required.c).
 */
struct qpp_num qpp_required_measures(struct qpp_scoring *s, struct qpp_field *f, size_t suppressed,
                                     bool *outcome_needed);

/*
 * (b)(1)(vi): the improvement percent score; false when it does not apply (score_improve.c).
 */
bool qpp_quality_improved(struct qpp_scoring *s, const struct qpp_field *f, size_t places, bool outcome_needed,
                          struct qpp_num achievement, struct qpp_num *improvement_pct);

struct qpp_num qpp_pick_one(struct qpp_candidate *x, const char *status);

#endif
