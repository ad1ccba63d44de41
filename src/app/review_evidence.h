/*
 * What a reviewer would otherwise ask for: gathered from the store for the one a
 * request is about. What was filed and when, what is known for scoring with what
 * decisions put over it, the score as it comes out now and as it would with a correction.
 */
#ifndef QPP_APP_REVIEW_EVIDENCE_H
#define QPP_APP_REVIEW_EVIDENCE_H

#include "app/prospect.h"
#include "app/review.h"
#include "app/runs_whatif.h"
#include "qpp/euc.h"

struct qpp_review_evidence {
	struct qpp_known known;
	struct qpp_seen_receipts receipts;           /* of what was filed, newest first; none where nothing was */
	struct qpp_outcome now;
	/* Where it practices: of a clinician by the facts, of any other by its address; whether the automatic policy held there. */
	struct qpp_location place;
	enum qpp_euc_answer policy;                  /* QPP_EUC_UNKNOWN without a place */
};

/* For a reviewer and a second reviewer; anybody else is QPP_FORBIDDEN. */
QPP_MUST_USE enum qpp_code qpp_review_evidence(struct qpp_reviewing *r, const struct qpp_who *who, struct qpp_review_evidence *out,
                                               struct qpp_err *err);
/*
 * The score as it is and with other facts (JSON, docs/cli.md). Nothing is written. QPP_DATA: the facts cannot be read, the
 * findings of `r` say why.
 */
QPP_MUST_USE enum qpp_code qpp_review_try(struct qpp_reviewing *r, const struct qpp_who *who, struct qpp_str over, struct qpp_whatif *out,
                                          struct qpp_err *err);

#endif
