/* What the handlers of targeted review share. */
#ifndef QPP_PORTAL_PAGES_REVIEW_H
#define QPP_PORTAL_PAGES_REVIEW_H

#include "adapt/portal/making_review.h"
#include "adapt/portal/pages.h"

/* The caller of a use case of reviews, at the instant of the last byte. */
struct qpp_reviewing portal_reviewing(struct qpp_portal *p, const struct qpp_http_request *r);
int64_t portal_version(const struct qpp_form *form);
/* Every value of a field, with blanks between. */
struct qpp_str portal_words(struct qpp_arena *a, const struct qpp_form *form, const char *name);
/* What use cases of reviews refuse, at the fields of a form: findings, or the sentence at `other`. False: not to be mended. */
bool portal_refused(struct portal_errors *errors, const struct qpp_reviewing *v, enum qpp_code code, const char *other, const struct qpp_err *err);

/* The decision of the request in the address as a letter, and as a PDF: the filer's copy, or the agency's. */
enum qpp_code portal_letter(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, enum making_side side,
                            enum qpp_place place, struct qpp_err *err);
enum qpp_code portal_letter_pdf(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, enum making_side side,
                                struct qpp_err *err);

extern const struct qpp_page_table portal_review_pages, portal_reviewer_pages, portal_review_operator_pages;

#endif
