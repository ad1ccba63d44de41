/*
 * Before something is filed: what it would change, and what is kept of it
 * meanwhile. People see the score go from a to b, and which exception their data
 * would undo, before they file; drafts wait until then, also over a sign-out.
 */
#ifndef QPP_APP_PROSPECT_H
#define QPP_APP_PROSPECT_H

#include "app/answer.h"
#include "app/prospect_start.h"
#include "app/submissions.h"

/* The same for whom a document says it is of. QPP_DATA: the findings say what is missing; QPP_FORBIDDEN, QPP_SIGNED_OUT. */
QPP_MUST_USE enum qpp_code qpp_submission_start_of(const struct qpp_call *call, const struct qpp_submission *s,
                                                   struct qpp_findings *f, struct qpp_str *id, struct qpp_err *err);

/* Sets that somebody thinks of filing into a submission. */
struct qpp_prospect {
	struct qpp_seen_submission seen;
	struct qpp_str submitter_id;         /* as whom; empty: the practice's own people */
	struct qpp_submission sets;          /* checked: what would be filed */
	const struct qpp_filed_set **replaced;       /* for each set, the one it would replace; NULL: none */
	const struct qpp_answer *before, *after;     /* NULL: nothing can be scored, `why_before`, `why_after` say why */
	struct qpp_str why_before, why_after;
};

/*
 * `x->seen` and `x->sets.sets` are given; the rest is filled in. `with_sets` false: only what there is now. Nothing is kept.
 * Findings are those of the check.
 */
QPP_MUST_USE enum qpp_code qpp_prospect_look(const struct qpp_call *call, bool with_sets, struct qpp_findings *f,
                                             struct qpp_prospect *x, struct qpp_err *err);

/* As whom the caller, or the one whom the caller looks on as, would file into this submission. False: not at all. */
bool qpp_prospect_submitter(const struct qpp_call *call, const struct qpp_seen_submission *seen, struct qpp_str *submitter_id);

/*
 * Files every set of a prospect, each a record with its receipt. `key` is the idempotency key of the form. `n` receipts of
 * qpp_filing.receipt come back in `receipts`, in the order of the sets. Stops at the first that cannot be filed; those
 * before it are filed, and a repetition with the same key files them no second time.
 */
QPP_MUST_USE enum qpp_code qpp_prospect_file(const struct qpp_call *call, const struct qpp_prospect *x, struct qpp_str key,
                                             qpp_time at, struct qpp_findings *f, struct qpp_str *receipts,
                                             struct qpp_err *err);

/*
 * Drafts: one text for a submission and those who file for it on the same side, changed by a function of text to text. The
 * text is the caller's; empty at first. QPP_NOT_FOUND: not theirs.
 */
typedef struct qpp_str qpp_draft_edit(struct qpp_arena *a, struct qpp_str old, void *with);
QPP_MUST_USE enum qpp_code qpp_drafts_get(const struct qpp_call *call, const struct qpp_seen_submission *seen, struct qpp_str *out,
                                          struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_drafts_change(const struct qpp_call *call, const struct qpp_seen_submission *seen,
                                             qpp_draft_edit *edit, void *with, struct qpp_err *err);

/* The receipts of what was filed into a submission, as far as the caller sees the sets; newest last. */
struct qpp_seen_receipt {
	int64_t sequence;
	qpp_time at;
	const struct qpp_filed_set *set;
};
struct qpp_seen_receipts {
	struct qpp_seen_receipt *v;
	size_t n;
};
QPP_MUST_USE enum qpp_code qpp_receipts_of(const struct qpp_call *call, const struct qpp_seen_submission *seen,
                                           struct qpp_seen_receipts *out, struct qpp_err *err);
/* One of them, with what was filed. QPP_NOT_FOUND: none of this submission. */
QPP_MUST_USE enum qpp_code qpp_receipt_see(const struct qpp_call *call, const struct qpp_seen_submission *seen, int64_t sequence,
                                           struct qpp_receipt *out, struct qpp_str *body, const struct qpp_filed_set **set,
                                           struct qpp_err *err);

#endif
