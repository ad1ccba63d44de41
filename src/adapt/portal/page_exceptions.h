/* What the pages of exceptions, of opting in and of registrations share. */
#ifndef QPP_PORTAL_PAGE_EXCEPTIONS_H
#define QPP_PORTAL_PAGE_EXCEPTIONS_H

#include "adapt/portal/making_exceptions.h"
#include "adapt/portal/pages.h"

/* The request as the use cases want it. */
struct qpp_excepting page_excepting(struct qpp_portal *p, const struct qpp_http_request *r);
/* Findings at their fields: "/event" is the field event. */
void page_at_fields(struct qpp_arena *a, const struct qpp_findings *f, struct portal_errors *errors);

#endif
