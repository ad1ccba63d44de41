/* What the handlers of targeted review share. */
#ifndef QPP_PORTAL_PAGES_REVIEW_H
#define QPP_PORTAL_PAGES_REVIEW_H

#include "adapt/portal/making_review.h"
#include "adapt/portal/pages.h"

/* The caller of a use case of reviews, at the instant of the last byte. */
struct qpp_reviewing portal_reviewing(struct qpp_portal *p, const struct qpp_http_request *r);
/* A field of a form or query; empty when there is none. */
struct qpp_str portal_text(struct qpp_str s);
int64_t portal_version(const struct qpp_form *form);
/* Every value of a field, with blanks between. */
struct qpp_str portal_words(struct qpp_arena *a, const struct qpp_form *form, const char *name);
/* What use cases of reviews refuse, at the fields of a form: findings, or the sentence at `other`. False: not to be mended. */
bool portal_refused(struct portal_errors *errors, const struct qpp_reviewing *v, enum qpp_code code, const char *other, const struct qpp_err *err);

extern const struct qpp_page_table portal_review_pages, portal_reviewer_pages, portal_review_operator_pages;

#endif
