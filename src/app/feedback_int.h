/* What the files of feedback share. */
#ifndef QPP_APP_FEEDBACK_INT_H
#define QPP_APP_FEEDBACK_INT_H

#include "app/feedback.h"
#include "app/runs_int.h"

/* A version with the run it is of. */
struct qpp_seen_version {
	struct qpp_run row;
	struct qpp_scoring scoring;
	qpp_time released, factor_released;      /* factor: us 0: not by now */
};

/*
 * May the asker see feedback of `who`: QPP_OK, QPP_FORBIDDEN (which goes into the audit), QPP_NOT_FOUND. In a transaction.
 * `refused` is set for QPP_FORBIDDEN.
 */
enum qpp_code qpp_feedback_may(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_who *who, struct qpp_err *err);
/* The audit's entry of a refusal, in a write of its own. */
void qpp_feedback_refused(const struct qpp_call *call, const struct qpp_who *who);

/* What was released by now, newest first; QPP_NOT_FOUND: nothing. */
enum qpp_code qpp_feedback_versions(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_who *who,
                                    struct qpp_seen_version **out, size_t *n, struct qpp_err *err);
/* As it is shown: without a factor that is not released, and for a level the one its score pays. */
enum qpp_code qpp_feedback_version_of(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v,
                                      struct qpp_feedback_version *out, struct qpp_err *err);

/* The score behind a version, made again with its reasons. `*answer` NULL: `*why` says why not. */
enum qpp_code qpp_feedback_detail(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v,
                                  const struct qpp_answer **answer, struct qpp_str *why, struct qpp_err *err);

#endif
