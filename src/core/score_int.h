/*
 * What the scoring files share: the running calculation, the submission and
 * facts it is about, and one function for each part of 414.1380.
 */
#ifndef QPP_SCORE_INT_H
#define QPP_SCORE_INT_H

#include "calc.h"
#include "plan.h"
#include "qpp/buf.h"
#include "qpp/score.h"

struct qpp_scoring {
	struct qpp_calc c;
	const struct qpp_plan *plan;
	const struct qpp_submission *submission;     /* NULL: questions without one */
	const struct qpp_facts *facts;               /* never NULL while scoring a submission */
	struct qpp_str program;
	enum qpp_program_kind kind;
	const struct qpp_mvp *mvp;                   /* of an MVP */
	bool filed[QPP_CATEGORIES];                  /* data that count as a submission were given for it */
	struct qpp_str no_score;                     /* why there is no final score, unless fewer than two categories are scored */
};

void qpp_scoring_begin(struct qpp_scoring *s, const struct qpp_request *q, struct qpp_str program);

struct qpp_value qpp_value_of(struct qpp_num x);

/* The word of the program's kind, as the rule tables have it. */
struct qpp_str qpp_kind_word(const struct qpp_scoring *s);

/* Whether a measurement set belongs to the program being scored. */
bool qpp_set_counts(const struct qpp_scoring *s, const struct qpp_measurement_set *set, enum qpp_category category);

/* Performance rate, cases and completeness of a quality measurement (score_rate.c). */
struct qpp_rates {
	bool has_rate;               /* false: no patient counts for the rate */
	struct qpp_num rate;         /* at two decimals, as the service publishes it */
	struct qpp_num cases;
	struct qpp_num completeness; /* percent; .v undefined when not known */
};
void qpp_rates_of(struct qpp_scoring *s, const struct qpp_measurement *m, struct qpp_rates *out);

/* Points of a measure (score_points.c). */
struct qpp_points_in {
	const struct qpp_measure *measure;
	const struct qpp_benchmark *benchmark;       /* NULL: none */
	enum qpp_method method;
	bool has_rate;
	struct qpp_num rate, cases, completeness;
	bool has_cases, has_completeness;            /* false: sufficient */
	enum qpp_tri small_practice;
};
void qpp_points_of(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_points *out, struct qpp_num *points);

/* The case minimum of a quality measure is met, or no cases are told. */
bool qpp_enough_cases(struct qpp_scoring *s, const struct qpp_points_in *in);

/* On a benchmark, unrounded and without floor or cap; shared by quality and cost. */
struct qpp_num qpp_benchmark_points(struct qpp_scoring *s, const struct qpp_benchmark *b, struct qpp_num rate,
                                    struct qpp_points *out);

/* The same for a cost measure (score_cost.c); false when it is not scored. */
bool qpp_cost_points_of(struct qpp_scoring *s, const struct qpp_points_in *in, struct qpp_points *out, struct qpp_num *points);

/* The quality category from its numbers: `points` are the picked ones, empty places as 0. */
struct qpp_quality_sum {
	const struct qpp_num *points;
	size_t n;
	struct qpp_num counted;                      /* measures in the denominator */
	struct qpp_num small_bonus;                  /* 0: none */
	struct qpp_num organization;                 /* complex organization adjustment; 0: none */
	struct qpp_num improvement;                  /* percent; has_improvement false: none */
	bool has_improvement;
};
struct qpp_num qpp_quality_percent(struct qpp_scoring *s, const struct qpp_quality_sum *in,
                                   struct qpp_category_score *out);
struct qpp_num qpp_quality_improvement(struct qpp_scoring *s, struct qpp_num achievement, struct qpp_num prior,
                                       bool prior_score_low);
struct qpp_num qpp_cost_improvement(struct qpp_scoring *s, struct qpp_num achievement, struct qpp_num prior);

/* The categories. Each fills its category score and returns its percent (undefined when nothing can be scored). */
struct qpp_num qpp_score_quality(struct qpp_scoring *s, struct qpp_category_score *out);
struct qpp_num qpp_score_cost(struct qpp_scoring *s, struct qpp_category_score *out);
struct qpp_num qpp_score_ia(struct qpp_scoring *s, struct qpp_category_score *out);
struct qpp_num qpp_ia_percent(struct qpp_scoring *s, const struct qpp_num *points, size_t n, struct qpp_category_score *out);
struct qpp_num qpp_score_pi(struct qpp_scoring *s, struct qpp_category_score *out);

/* Whether what was given for a category counts as a submission of it (score_reweight.c). */
bool qpp_counts_as_submission(struct qpp_scoring *s, const struct qpp_category_score *out);

/* Which categories have no weight: bits, and the reason of each (score_reweight.c). */
uint32_t qpp_reweighted(struct qpp_scoring *s, struct qpp_category_score *categories);

/* Weights, bonus, sum (score_final.c). `percent` undefined where a category is missing. */
void qpp_final_of(struct qpp_scoring *s, const struct qpp_num *percent, uint32_t missing, bool small,
                  struct qpp_num bonus, bool submitted, struct qpp_score *out);
struct qpp_num qpp_complex_patient_bonus(struct qpp_scoring *s, bool submitted);
void qpp_adjustment_of(struct qpp_calc *c, struct qpp_num final_exact, struct qpp_num final_score,
                       struct qpp_number scaling, struct qpp_number additional_scaling, struct qpp_adjustment *out);

/*
 * A category that an APM entity did not submit, from its clinicians (score_members.c); false when that does
 * not apply. *percent is undefined when every one of them is excused.
 */
bool qpp_rolled_up(struct qpp_scoring *s, struct qpp_category_score *out, enum qpp_fact_id id, struct qpp_num *percent);

/*
 * 414.1380(e), after qpp_final_of: where it applies, the other final score, and the better one in *out
 * (score_facility.c). `reweighted`: categories without weight on an approved ground.
 */
void qpp_score_facility(struct qpp_scoring *s, const struct qpp_num *percent, uint32_t reweighted, struct qpp_num bonus,
                        bool submitted, struct qpp_score *out);

/* A remark, when somebody collects them. */
struct qpp_finding *qpp_remark(struct qpp_scoring *s, enum qpp_severity severity, const char *code,
                               struct qpp_where where, struct qpp_str message);

#endif
