/*
 * Corrections at large: an operator finds that something was wrong for many, and
 * puts it right for everyone it touches. Named, with a reason; made of a rules
 * overlay, of facts over those of a cohort, or both. Everybody is scored again
 * before anything is seen; who goes up and who goes down is there to read; then it
 * is released, and everyone whose score or factor moved is written to.
 *
 *   qpp_correction_begin()  ->  qpp_run_go() until done  ->  qpp_correction_effect(), _each()
 *                           ->  qpp_release()            ->  qpp_correction_notices() until done
 */
#ifndef QPP_APP_CORRECTION_H
#define QPP_APP_CORRECTION_H

#include "app/runs.h"

struct qpp_correction {
	struct qpp_run_order order;              /* phase is corrected whatever it says; name and reason are needed */
	struct qpp_str facts;                    /* JSON of facts for the cohort; empty: none */
	const struct qpp_who *cohort;
	size_t n_cohort;
};
/* Writes the overrides of the cohort (bounded transactions), which hold in this run alone until it is released. As qpp_run_begin(). */
QPP_MUST_USE enum qpp_code qpp_correction_begin(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_correction *c,
                                                struct qpp_scoring *out, struct qpp_err *err);

/* A cohort by what it has in common; empty and 0: any. Bounded to 100,000 (QPP_LIMIT). */
struct qpp_cohort {
	qpp_py py;
	enum qpp_entity level;                   /* of the subjects: needed */
	struct qpp_str state, county;            /* of the organization */
	struct qpp_str special;                  /* word of qpp_special_name(): of an individual's relation */
};
QPP_MUST_USE enum qpp_code qpp_cohort_find(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_cohort *c,
                                           struct qpp_who **out, size_t *n, struct qpp_err *err);

enum { QPP_QUANTILES = 5 };

/* What it does, over the TIN/NPIs, against what is released now. Points and percents as text with two decimals. */
struct qpp_effect {
	int64_t pairs;                           /* that were looked at */
	int64_t moved, up, down;                 /* by factor; where that is the same, by score */
	int64_t score_moved, factor_moved, only_factor;
	int64_t gained, lost;                    /* a score that there was not, or is no more */
	/* Of what moved: the change of the factor (percent) and of the score (points). */
	struct qpp_str factor_quantile[QPP_QUANTILES], score_quantile[QPP_QUANTILES];    /* least, quarter, half, three quarters, most */
	struct qpp_str scaling_before, scaling_after;
};
/* QPP_CONFLICT: the run is not done. */
QPP_MUST_USE enum qpp_code qpp_correction_effect(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str scoring_id,
                                                 struct qpp_effect *out, struct qpp_err *err);

enum qpp_direction { QPP_ANY_WAY, QPP_UP, QPP_DOWN };
struct qpp_moved {
	struct qpp_run run;                      /* the new version; old_score and old_factor are those before */
	enum qpp_direction direction;
};
struct qpp_moves {
	struct qpp_moved *v;
	size_t n;
	struct qpp_str next;                     /* to go on from; empty: no more */
};
/* Each TIN/NPI that moved, by version id from behind `after`; at most `most`. */
QPP_MUST_USE enum qpp_code qpp_correction_each(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str scoring_id,
                                               enum qpp_direction direction, struct qpp_str after, int64_t most,
                                               struct qpp_moves *out, struct qpp_err *err);

/*
 * Writes to everyone whose score or factor moved: the Security Officials of the practice, and the clinician's own account;
 * once per account, whatever moved for it. After the release has come (QPP_CONFLICT before). Bounded transactions, `most` of
 * them (0: all); may be repeated and taken up. `*told`: messages written now; `*done`: nobody is left.
 */
QPP_MUST_USE enum qpp_code qpp_correction_notices(const struct qpp_service *service, struct qpp_str scoring_id, int64_t most,
                                                  int64_t *told, bool *done, struct qpp_err *err);

#endif
