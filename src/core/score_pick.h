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
	bool foreign;             /* no measure of the program */
	bool organization;        /* an eCQM that counts for the complex organization adjustment */
};

struct qpp_field {
	struct qpp_candidate *v;
	size_t n;
	struct qpp_measure_score *room;   /* the measures as they are shown, with those that are not of the program */
	size_t n_room;
	bool survey_came;         /* CAHPS came, of the program or not */
	bool survey_unscored;     /* CAHPS came, but no summary measure of it could be scored */
};

/* Scores every quality measurement of the program's sets (one entry each, and one for the survey). */
void qpp_field_collect(struct qpp_scoring *s, struct qpp_field *f);
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
 * (b)(1)(vi): the improvement percent score; false when it does not apply (score_improve.c). Only who
 * participated fully has one.
 */
bool qpp_full_participation(const struct qpp_scoring *s, const struct qpp_field *f, size_t places, bool outcome_needed);
bool qpp_quality_improved(struct qpp_scoring *s, bool full_participation, struct qpp_num achievement,
                          struct qpp_num *improvement_pct);

struct qpp_num qpp_pick_one(struct qpp_candidate *x, const char *status);

/* More points, and of equal ones by id. */
bool qpp_better(const struct qpp_candidate *a, const struct qpp_candidate *b);

/* A measure that the agency computed from claims. */
void qpp_score_claims_measure(struct qpp_scoring *s, const struct qpp_claims_measure *given, struct qpp_candidate *x);

/* Whether quality came for the program, and by claims only. */
bool qpp_all_by_claims(const struct qpp_scoring *s);

/* A place for one more candidate. */
struct qpp_candidate *qpp_field_add(struct qpp_field *f);

/* The set of the APP (score_app.c): one number for each place that counts; returns how many. */
size_t qpp_app_places(const struct qpp_scoring *s);
bool qpp_app_asks(struct qpp_scoring *s, const struct qpp_measure *m);   /* a place for the measure */
size_t qpp_app_pick(struct qpp_scoring *s, struct qpp_field *f, struct qpp_num *points, struct qpp_category_score *out,
                    bool *full_participation);

/* MVPs (score_mvp.c): chosen measures of outcomes join the field; one of population health is added to the points. */
void qpp_mvp_outcome_claims(struct qpp_scoring *s, struct qpp_field *f);
size_t qpp_mvp_population_health(struct qpp_scoring *s, struct qpp_field *f, struct qpp_num *points, size_t n);
/* A small practice whose MVP has fewer measures by claims than are required: that many; false when it is not so. */
bool qpp_mvp_fewer_by_claims(struct qpp_scoring *s, struct qpp_num *required, bool *outcome_needed);

#endif
