/*
 * Models made of what the use cases answer, and the words they share. Nothing of
 * HTTP is seen here: a handler reads its parameters and calls these.
 */
#ifndef QPP_PORTAL_MAKING_H
#define QPP_PORTAL_MAKING_H

#include "adapt/portal/portal_host.h"
#include "adapt/portal/views.h"

/* Errors of a form under way. */
struct portal_errors {
	struct qpp_arena *arena;
	QPP_VEC(struct qpp_form_error) list;
};
void portal_wrong(struct portal_errors *e, const char *field, struct qpp_str says);
struct qpp_form_errors portal_errors_of(const struct portal_errors *e);
/* The error of a use case as the one of a form; false when it is none that the person can mend. */
bool portal_wrong_err(struct portal_errors *e, const char *field, const struct qpp_err *err);

/* "a", then texts; ended by (char *)NULL. */
#define CAT(a, ...) qpp_str_cat((a), __VA_ARGS__, (char *)NULL)
/* NUL-terminated. */
#define C(a, s) (qpp_str_dup((a), (s)).p)

/* A path of this server: begins with one slash, no control characters. Otherwise "/". */
struct qpp_str portal_path(struct qpp_str to);

struct qpp_subject portal_subject(struct qpp_arena *a, const struct qpp_org *org, const struct qpp_who *who);
const char *portal_kind_title(enum qpp_org_kind k);
struct qpp_str portal_number(struct qpp_arena *a, enum qpp_org_kind kind, struct qpp_str number, struct qpp_str tin_masked);

/* The years that can be chosen, newest first. */
size_t portal_years(struct qpp_portal *p, struct qpp_arena *a, const int64_t **out);
/* Of the query or form; the newest when it is not told or not known. */
int64_t portal_year(struct qpp_portal *p, struct qpp_str told);
struct qpp_window portal_window(struct qpp_portal *p, struct qpp_arena *a, qpp_py py);
/* Whether the ten digits are an NPI; the sentence when not. */
bool portal_npi_ok(struct qpp_arena *a, struct qpp_str npi, struct qpp_str *says);

#endif
