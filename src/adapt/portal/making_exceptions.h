/* Models of exceptions and of opting in, made of what the use cases answer. Nothing of HTTP is seen here. */
#ifndef QPP_PORTAL_MAKING_EXCEPTIONS_H
#define QPP_PORTAL_MAKING_EXCEPTIONS_H

#include "adapt/portal/making.h"
#include "app/opt_in.h"

/* "the group Maple Family Medicine, *****1234", "Erika Mustermann at Maple Family Medicine". */
struct qpp_str making_whom(struct qpp_arena *a, const struct qpp_org *org, const struct qpp_who *who, const struct qpp_clinician *clinician);

QPP_MUST_USE enum qpp_code making_exceptions(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_exceptions_page *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code making_exception_start(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_person *person,
                                                  struct qpp_str subject, struct qpp_str kind, struct qpp_exception_start *m, struct qpp_err *err);
/* "group ORG", "individual ORG": what the first page of the form asks for. False: it is none. */
bool making_exception_subject(struct qpp_str subject, struct qpp_exception_form *f);
QPP_MUST_USE enum qpp_code making_exception_edit(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_exception_detail *d,
                                                 const struct qpp_exception_form *f, struct qpp_exception_edit *m, struct qpp_err *err);
void making_exception_show(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_exception_detail *d, struct qpp_exception_show *m);
QPP_MUST_USE enum qpp_code making_exceptions_queue(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_exceptions_queue *m, struct qpp_err *err);
void making_exception_receipt(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_exception_detail *d, struct qpp_kept_view *m);

QPP_MUST_USE enum qpp_code making_opt_in(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_opt_in_page *m, struct qpp_err *err);
void making_opt_in_confirm(struct qpp_arena *a, const struct qpp_choosing *c, enum qpp_opt_choice choice, struct qpp_str action, struct qpp_opt_in_confirm *m);
void making_opt_in_receipt(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_choosing *c, struct qpp_kept_view *m);

#endif
