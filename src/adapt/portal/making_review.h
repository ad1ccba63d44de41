/* Models of targeted review made of what its use cases answer. Nothing of HTTP is seen here. */
#ifndef QPP_PORTAL_MAKING_REVIEW_H
#define QPP_PORTAL_MAKING_REVIEW_H

#include "adapt/portal/making.h"
#include "adapt/portal/views_review.h"
#include "app/document.h"
#include "app/feedback.h"
#include "app/review.h"

/* Whose pages: links of the filer's side or of the agency's. */
enum making_side { TR_FILER, TR_AGENCY };

/* ---- parts ---- */

struct qpp_tr_window making_tr_window(struct qpp_portal *p, struct qpp_arena *a, qpp_py py, const struct qpp_review_window *w);
/* Every year's and campaign's; `open_only` leaves out what is over. */
QPP_MUST_USE enum qpp_code making_tr_windows(struct qpp_portal *p, struct qpp_reviewing *r, qpp_tr_windows *out, struct qpp_err *err);
struct qpp_tr_line making_tr_line(struct qpp_portal *p, struct qpp_arena *a, enum making_side side, const struct qpp_review_line *x);
struct qpp_tr_request making_tr_request(struct qpp_arena *a, const struct qpp_review_detail *x);
struct qpp_tr_decision making_tr_decision(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_decided *d);
qpp_tr_documents making_tr_documents(struct qpp_portal *p, struct qpp_arena *a, enum making_side side, const struct qpp_review_detail *x);
qpp_tr_events making_tr_events(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_review_detail *x);
qpp_tr_lines making_tr_lines(struct qpp_portal *p, struct qpp_arena *a, enum making_side side, const struct qpp_review_line *v, size_t n);
/* "62.10 to 75.00, -1.55 % to 0.00 %", and the facts between both. */
void making_tr_outcomes(struct qpp_arena *a, const struct qpp_outcome *before, const struct qpp_outcome *after,
                        const struct qpp_changes *changes, struct qpp_tr_difference *out);
/* What a decided request changed: the version it made against the one before. Nothing where none was made. */
void making_tr_changed(struct qpp_reviewing *r, const struct qpp_review_detail *x, struct qpp_tr_difference *out);
const char *making_tr_category(struct qpp_str name);
struct qpp_str making_tr_size(struct qpp_arena *a, int64_t bytes);

/* Findings of a use case at the fields of a form; those of the severity and above. */
void making_tr_faults(struct portal_errors *e, const struct qpp_findings *f, enum qpp_severity least);

/* ---- pages ---- */

QPP_MUST_USE enum qpp_code making_tr_landing(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_tr_landing *m, struct qpp_err *err);
/* The form as it was typed, drafted or asked for; `id` empty: a new one. */
QPP_MUST_USE enum qpp_code making_tr_form(struct qpp_portal *p, struct qpp_reviewing *r, const struct qpp_person *person,
                                          const struct qpp_review_form *f, struct qpp_str id, int64_t version, struct qpp_tr_form *m,
                                          struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_tr_evidence(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_evidence *m,
                                              struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_tr_certify(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_certify *m,
                                             struct qpp_err *err);
/* QPP_NOT_FOUND before it is filed; `*text` the receipt as it is downloaded. */
QPP_MUST_USE enum qpp_code making_tr_receipt(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_receipt *m,
                                             struct qpp_str *text, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_tr_detail(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_detail *m,
                                            struct qpp_err *err);
/* QPP_NOT_FOUND before it is decided. */
QPP_MUST_USE enum qpp_code making_tr_letter(struct qpp_portal *p, struct qpp_reviewing *r, enum making_side side, struct qpp_str id,
                                            struct qpp_tr_letter *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_tr_letter_pdf(struct qpp_arena *a, const struct qpp_tr_letter *m, qpp_time now, struct qpp_str *out,
                                                struct qpp_err *err);

/* ---- the agency's ---- */

struct making_tr_filter {
	struct qpp_str year, state, reason;
	bool open, mine, unassigned, overdue, duplicates;
	int64_t start;
};
QPP_MUST_USE enum qpp_code making_tr_queue(struct qpp_portal *p, struct qpp_reviewing *r, const struct making_tr_filter *f,
                                           struct qpp_tr_queue *m, struct qpp_err *err);
/* What is typed in the forms stands in `m` already; `over` is scored when `tries`, with faults in `errors`. */
QPP_MUST_USE enum qpp_code making_tr_bench(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_str id, struct qpp_tr_bench *m,
                                           struct portal_errors *errors, struct qpp_err *err);
/* The correction that was picked or written, as one JSON object; empty with a fault in `errors` where it is none. */
struct qpp_str making_tr_over(struct qpp_arena *a, const struct qpp_tr_bench *m, struct portal_errors *errors);
/* Its members as corrections of a topic. */
struct qpp_review_override *making_tr_overrides(struct qpp_arena *a, struct qpp_str over, struct qpp_str topic, size_t *n);

/* ---- the operator's ---- */

QPP_MUST_USE enum qpp_code making_tr_operator(struct qpp_portal *p, struct qpp_reviewing *r, struct qpp_tr_operator *m, struct qpp_err *err);

#endif
