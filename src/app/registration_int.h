/* What the files of registrations share. */
#ifndef QPP_APP_REGISTRATION_INT_H
#define QPP_APP_REGISTRATION_INT_H

#include "app/exceptions_int.h"
#include "app/registration.h"

/* The body of an election row. */
struct registration_body {
	struct qpp_registration_form form;
	struct qpp_str by;
	qpp_time at;
	int64_t sequence;
	bool warned;                             /* that the survey is due */
};
/* "mvpRegistration", "cahpsRegistration": the kind of the row. */
struct qpp_str registration_kind(enum qpp_register k);
struct qpp_str registration_text(struct qpp_arena *a, const struct registration_body *b);
enum qpp_code registration_read(struct qpp_arena *a, const struct qpp_election_row *row, struct registration_body *out, struct qpp_err *err);

/* The registration of an id, for who sees it: otherwise QPP_NOT_FOUND. */
enum qpp_code registration_open(struct qpp_tx *tx, const struct qpp_excepting *x, struct qpp_str id, struct qpp_election_row *row,
                                struct registration_body *body, struct qpp_err *err);
/* Of an organization in a year, those that stand. */
enum qpp_code registration_standing(struct qpp_tx *tx, qpp_py py, enum qpp_register kind, struct qpp_str org_id, struct qpp_election_row_rows *out,
                                    struct qpp_err *err);

/* Where the survey of an MVP stands at an instant; its window in `*w`. */
enum qpp_code registration_cahps(struct qpp_excepting *x, struct qpp_tx *tx, struct qpp_str id, const struct qpp_registration_form *f,
                                 enum qpp_cahps *out, struct qpp_exception_window *w, struct qpp_err *err);
enum qpp_code registration_window(struct qpp_excepting *x, qpp_py py, enum qpp_register kind, struct qpp_exception_window *out, struct qpp_err *err);

/* In registration_check.c: faults become findings; `was` is what is changed, NULL for a new one. */
enum qpp_code registration_check(struct qpp_excepting *x, struct qpp_tx *tx, const struct qpp_registration_form *f, struct qpp_str id,
                                 const struct qpp_registration_form *was, struct qpp_err *err);
/* The next NPI of a list as it was typed. */
bool registration_npi(struct qpp_str *rest, struct qpp_str *npi);

/* In registration_mail.c: to the Security Officials of the organization. */
enum registration_news { REGISTRATION_FILED, REGISTRATION_CANCELLED, REGISTRATION_DUE };
enum qpp_code registration_tell(struct qpp_tx *tx, const struct qpp_zone *zone, const struct registration_body *b, enum registration_news what,
                                const struct qpp_receipt *receipt, const struct qpp_exception_window *cahps, struct qpp_err *err);

#endif
