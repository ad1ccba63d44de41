/* What the views of exceptions and of registrations share. */
#ifndef QPP_PORTAL_PARTS_EXCEPTIONS_H
#define QPP_PORTAL_PARTS_EXCEPTIONS_H

#include "adapt/portal/models_exceptions.h"
#include "adapt/portal/parts.h"

/* The years of a page, `year` the one that is shown. */
void part_year_nav(struct qpp_html *h, const char *path, int64_t year, const int64_t *v, size_t n);
void part_told(struct qpp_html *h, const struct qpp_told *v, size_t n);
/* Radio buttons of which the one that is on is chosen. */
void part_radios(struct qpp_html *h, struct qpp_arena *a, const struct qpp_form_errors *e, const struct qpp_field *f, const struct qpp_pick *v, size_t n);
/* <fieldset> of check boxes with its error; the caller closes it. */
void part_group_begin(struct qpp_html *h, const struct qpp_form_errors *e, const char *id, const char *legend);

#endif
