/* What the files of exceptions share. */
#ifndef QPP_APP_EXCEPTIONS_INT_H
#define QPP_APP_EXCEPTIONS_INT_H

#include "app/exceptions.h"

/* The body of an application. */
struct exception_body {
	struct qpp_exception_form form;
	struct qpp_str name;                     /* of the applicant */
	int64_t margin;
	bool decided;
	struct qpp_str by_id, by_name, reason;
};
struct qpp_str exception_body_text(struct qpp_arena *a, const struct exception_body *b);
enum qpp_code exception_body_read(struct qpp_arena *a, const struct qpp_exception_row *row, struct exception_body *out, struct qpp_err *err);
/* Facts for scoring: {"reweight":[...]}. */
struct qpp_str exception_facts(struct qpp_arena *a, uint32_t categories, enum qpp_reweight_reason ground);

/* Nine digits that could be a TIN, also as 00-0000000: what people write goes out by mail. */
bool exception_has_tin(struct qpp_str s);

/* ---- exceptions_who.c ---- */

struct exception_reader {
	bool sees, files, agency, partial;       /* partial: must not decide it */
};
struct exception_reader exception_reader_of(const struct qpp_excepting *x, const struct qpp_exception_row *row);
enum qpp_code exception_writes(const struct qpp_excepting *x, struct qpp_err *err);
bool exception_official(const struct qpp_actor *actor, struct qpp_str org_id);
bool exception_reviewer(const struct qpp_actor *actor);
bool exception_agency(const struct qpp_actor *actor);
/* The organization is of the level, the clinician bills there, the actor applies for them. QPP_FORBIDDEN, QPP_DATA. */
enum qpp_code exception_subject(struct qpp_excepting *x, struct qpp_tx *tx, const struct qpp_exception_form *f, struct qpp_who *who,
                                struct qpp_err *err);

/* ---- exceptions_check.c ---- */

enum qpp_code exception_rules(struct qpp_excepting *x, qpp_py py, struct qpp_request *out, struct qpp_err *err);
/* Faults of the form become findings of this severity. The store's count of an entity's clinicians goes into the form. */
enum qpp_code exception_check(struct qpp_excepting *x, struct qpp_tx *tx, struct qpp_exception_form *f, enum qpp_severity severity,
                              struct qpp_findings *to, bool *knows_members, struct qpp_err *err);
/* The window for the event of the form at an instant. */
enum qpp_code exception_window(struct qpp_excepting *x, const struct qpp_exception_form *f, qpp_time at, struct qpp_exception_event *event,
                               struct qpp_exception_window *out, struct qpp_err *err);
void exception_fault(struct qpp_findings *to, enum qpp_severity severity, const char *code, const char *member, struct qpp_str says,
                     struct qpp_str expected, struct qpp_str cite);

/* ---- exceptions_mail.c ---- */

enum qpp_code exception_mail(struct qpp_tx *tx, const struct qpp_excepting *x, const struct qpp_exception_row *row,
                             const struct exception_body *body, const struct qpp_receipt *receipt, struct qpp_err *err);

/* A record of the ledger about the application. */
enum qpp_code exception_record(struct qpp_tx *tx, const struct qpp_excepting *x, const struct qpp_exception_row *row, const char *kind,
                               struct qpp_str body, struct qpp_receipt *receipt, struct qpp_err *err);

#endif
