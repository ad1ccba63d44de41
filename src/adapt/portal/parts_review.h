/* What the views of targeted review share. */
#ifndef QPP_PORTAL_PARTS_REVIEW_H
#define QPP_PORTAL_PARTS_REVIEW_H

#include "adapt/portal/models_review.h"
#include "adapt/portal/parts.h"

/* Everything of a list of options, as those of a form. */
const struct qpp_option *tr_options(struct qpp_arena *a, const qpp_tr_options *v);
/* The year's window in one paragraph: open until, over since, or not open yet. */
void tr_window(struct qpp_html *h, const struct qpp_tr_window *w);
void tr_windows(struct qpp_html *h, const qpp_tr_windows *v);
/* What was asked for, as a list of terms. */
void tr_request(struct qpp_html *h, const struct qpp_tr_request *x);
void tr_documents(struct qpp_html *h, const struct qpp_shell *s, const qpp_tr_documents *v);
void tr_upload(struct qpp_html *h, const struct qpp_shell *s, const struct qpp_form_errors *e, struct qpp_str action, int64_t megabytes);
void tr_events(struct qpp_html *h, const qpp_tr_events *v);
void tr_decision(struct qpp_html *h, const struct qpp_tr_decision *x);
/* Before and after, and the facts that changed. */
void tr_difference(struct qpp_html *h, const struct qpp_tr_difference *x);
/* Lines of requests under a heading; nothing when there are none. */
void tr_lines(struct qpp_html *h, const qpp_tr_lines *v);
/* Targeted review, the request, this page; `href` may be empty. */
void tr_crumbs(struct qpp_html *h, struct qpp_str href, struct qpp_str words, struct qpp_str here);

#endif
