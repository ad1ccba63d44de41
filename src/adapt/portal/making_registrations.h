/* Models of /registrations, made of what the use case answers. Nothing of HTTP is seen here. */
#ifndef QPP_PORTAL_MAKING_REGISTRATIONS_H
#define QPP_PORTAL_MAKING_REGISTRATIONS_H

#include "adapt/portal/making_exceptions.h"
#include "app/registration.h"

QPP_MUST_USE enum qpp_code making_registrations(struct qpp_portal *p, struct qpp_excepting *x, struct qpp_registrations_page *m, struct qpp_err *err);
/* For whom and what: `subject` and `pathway` are those that were chosen, or empty. */
QPP_MUST_USE enum qpp_code making_registration_start(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_person *person, struct qpp_str subject,
                                                     struct qpp_str pathway, struct qpp_registration_start *m, struct qpp_err *err);
/* "group ORG", "subgroup ORG REGISTRATION", and "cahps" or an MVP: into a form of the year. False: they are none. */
bool making_registration_subject(struct qpp_str subject, struct qpp_str pathway, struct qpp_registration_form *f);
/* The form, and its review; `key` and what is shown again are in it. */
QPP_MUST_USE enum qpp_code making_registration_edit(struct qpp_portal *p, struct qpp_excepting *x, const struct qpp_person *person,
                                                    const struct qpp_registering *g, struct qpp_registration_edit *m, struct qpp_err *err);
void making_registration_show(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_registered *r, struct qpp_registration_show *m);
void making_registration_receipt(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_registered *r, struct qpp_kept_view *m);

#endif
