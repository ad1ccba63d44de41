/* What the files of targeted review share. */
#ifndef QPP_APP_REVIEW_INT_H
#define QPP_APP_REVIEW_INT_H

#include "app/review.h"

/* The body of a request: the form, the open question, what a reviewer recommends. */
struct review_body {
	struct qpp_review_form form;
	struct qpp_str question;
	bool recommended;
	struct qpp_review_decided opinion;
};

/* --- review_body.c: JSON --- */

struct qpp_str review_body_text(struct qpp_arena *a, const struct review_body *b);
enum qpp_code review_body_read(struct qpp_arena *a, struct qpp_str text, struct review_body *out, struct qpp_err *err);
/* What is kept of a decision, and of a filing in the ledger. */
struct qpp_str review_opinion_text(struct qpp_arena *a, const struct qpp_review_decided *d);
enum qpp_code review_opinion_read(struct qpp_arena *a, struct qpp_str text, struct qpp_review_decided *out, struct qpp_err *err);
struct qpp_str review_filing_text(struct qpp_arena *a, const struct qpp_review_row *row, const struct qpp_review_form *form,
                                  const struct qpp_review_document_row_rows *documents);
bool review_is_json(struct qpp_str s);
bool review_is_text(struct qpp_str s);               /* UTF-8 without NUL */

/* --- review_year.c: rules, windows, campaigns --- */

/* The rules of a year, bound in the arena of the call where the service has none. */
enum qpp_code review_rules(struct qpp_reviewing *r, qpp_py py, struct qpp_request *out, struct qpp_err *err);
/* The reason by its name, of the rules or of a campaign made by an operator. QPP_NOT_FOUND. */
enum qpp_code review_reason(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_str name,
                            struct qpp_review_reason *out, struct qpp_err *err);
/* The campaign that a reason belongs to; `*found` false: the year's own window. */
enum qpp_code review_campaign(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_str reason,
                              struct qpp_review_campaign *out, bool *found, struct qpp_err *err);
/* The window for a reason at an instant. */
enum qpp_code review_window(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_str reason, qpp_time at,
                            struct qpp_review_window *out, struct qpp_err *err);
/* "until October 11, 2024, at 8:00:00 p.m. ET", "until 30 days after the factors are released". */
struct qpp_str review_until(struct qpp_reviewing *r, const struct qpp_review_window *w);

/* --- review_who.c: rights --- */

/* Nobody who looks as somebody else, and no program. */
enum qpp_code review_writes(const struct qpp_reviewing *r, struct qpp_err *err);
/* A write by a person; by somebody of the agency. */
enum qpp_code review_write(struct qpp_reviewing *r, qpp_change *change, void *request, struct qpp_err *err);
enum qpp_code review_write_as(struct qpp_reviewing *r, enum qpp_post post, qpp_change *change, void *request, struct qpp_err *err);
struct qpp_str review_name_of(struct qpp_tx *tx, struct qpp_str account_id);
bool review_has_post(const struct qpp_actor *actor, enum qpp_post post);
enum qpp_code review_needs_post(const struct qpp_reviewing *r, enum qpp_post post, struct qpp_err *err);
bool review_of_agency(const struct qpp_actor *actor);
/* The organization a form is about; made where a registry names a practice that nobody knew. */
enum qpp_code review_subject(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *form,
                             struct qpp_who *who, struct qpp_err *err);
/* May the actor file for `who` as the form says; `*acting` is the organization on whose side. QPP_FORBIDDEN. */
enum qpp_code review_may_file(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *form,
                              const struct qpp_who *who, struct qpp_str *acting, struct qpp_err *err);

struct review_reader {
	bool sees, agency;
	bool files;                  /* of the side that filed it: may edit, answer, withdraw */
	bool of_subject;             /* of the people it is about */
	bool partial;                /* own request, or one about an organization of the reader's: must not handle it */
};
struct review_reader review_reader_of(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_row *row);

/* --- review_check.c: the form, and texts --- */

/* Faults become findings of this severity; those of who and what year are always errors. QPP_DATA when there are errors. */
enum qpp_code review_check(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *form,
                           enum qpp_severity severity, struct qpp_err *err);
enum qpp_code review_refuse(struct qpp_reviewing *r, struct qpp_err *err);
void review_fault(struct qpp_reviewing *r, enum qpp_severity severity, const char *code, const char *field, const char *message,
                  const char *expected);
/* A text that goes into mail or a letter: there, not too long, and without the nine digits of a TIN. */
void review_check_text(struct qpp_reviewing *r, const char *field, struct qpp_str text);
/* A name of a fact or a campaign: letters, digits and dots, a letter first. */
bool review_is_word(struct qpp_str s);
/* The texts of facts that a correction may be of. */
enum { QPP_REVIEW_TOPICS = 2 };
extern const struct qpp_str review_topics[QPP_REVIEW_TOPICS];

/* --- review_change.c: one step of one request --- */

struct review_step {
	struct qpp_reviewing *r;
	enum qpp_review_act act;
	struct qpp_str id;
	int64_t version;             /* 0: whatever it is */
	struct qpp_str note;         /* of the event */
	bool inside;                 /* the event is for the agency alone */
	/* Filled in by review_open(). */
	struct qpp_review_row row;
	struct review_body body;
	struct review_reader reader;
	struct qpp_request rules;
	enum qpp_review_state was, becomes;
};

/* Reads the request, sees who asks, whether the step can be taken, and that nobody was faster. */
enum qpp_code review_open(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err);
/* Puts the row, adds the event, and writes to the submitter where somebody else acted. */
enum qpp_code review_done(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err);
enum qpp_code review_final(struct qpp_err *err, struct qpp_arena *a, const struct qpp_review_row *row);
/* A record of the ledger: `kind`, subject review/ID. */
enum qpp_code review_record(struct qpp_tx *tx, struct qpp_reviewing *r, struct qpp_str id, const char *kind, struct qpp_str body,
                            struct qpp_receipt *receipt, struct qpp_err *err);

/* --- review_view.c: what one sees --- */

typedef enum qpp_code review_looking(struct qpp_tx *tx, void *request, struct qpp_err *err);
enum qpp_code review_look(struct qpp_reviewing *r, review_looking *at, void *request, struct qpp_err *err);
enum qpp_code review_line(struct qpp_tx *tx, struct qpp_reviewing *r, const struct qpp_review_row *row,
                          const struct review_reader *reader, struct qpp_review_line *out, struct qpp_err *err);
enum qpp_code review_detail(struct qpp_tx *tx, struct qpp_reviewing *r, const struct qpp_review_row *row,
                            const struct review_reader *reader, struct qpp_review_detail *out, struct qpp_err *err);

/* --- review_mail.c --- */

enum qpp_code review_mail(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err);
enum qpp_code review_mail_filed(struct qpp_tx *tx, struct review_step *s, const struct qpp_receipt *receipt, struct qpp_err *err);

/* --- review_kind.c --- */

/* pdf png jpg csv xlsx docx txt; NULL with `*why` when the type is not taken or the content is another. */
const char *review_kind_of(struct qpp_str name, struct qpp_str bytes, const char **why);

#endif
