/*
 * Exceptions: what excuses somebody from categories of a year, by itself or
 * because it was applied for. include/qpp/exception.h has the rules,
 * rules/exceptions.md their text; app/guard.h says what data would undo.
 *
 * Who may
 *  - apply for an organization: its Security Officials and Staff Users, for an APM entity its Security Officials; a
 *    clinician for the own TIN/NPI where the practice billed.
 *  - see an application: those, and the agency's side (no drafts). Anything else is QPP_NOT_FOUND, as what does not exist.
 *  - decide: one reviewer, never about the own application or an organization of theirs (QPP_FORBIDDEN).
 *  - view-only changes nothing.
 *
 * draft -> submitted -> approved or denied; withdrawn until it is decided. What was decided is decided: QPP_CONFLICT.
 * Filing is refused outside of the window (QPP_CONFLICT with the window in the detail; the draft is kept), with faults
 * (QPP_DATA, findings), and while another application of the subject for one of the categories is open or approved.
 * An approval becomes facts over those of the store (topic "scoring", reweight) in the same transaction: every score
 * from then on knows of it. Filing, withdrawal and decision are records of the ledger; the applicant gets mail of each.
 */
#ifndef QPP_APP_EXCEPTIONS_H
#define QPP_APP_EXCEPTIONS_H

#include "app/receipt.h"
#include "app/service.h"
#include "app/store_exceptions.h"
#include "qpp/euc.h"
#include "qpp/exception.h"
#include "qpp/finding.h"
#include "qpp/zone.h"

/* One request to a use case: who asks, and when the last byte of it came. */
struct qpp_excepting {
	struct qpp_call call;
	qpp_time at;
	const struct qpp_zone *zone;             /* Eastern time */
	struct qpp_findings *findings;           /* in the arena of the call */
};

enum qpp_exception_state {
	QPP_EXCEPTION_STATE_NONE, QPP_EXCEPTION_DRAFT, QPP_EXCEPTION_SUBMITTED, QPP_EXCEPTION_APPROVED, QPP_EXCEPTION_DENIED,
	QPP_EXCEPTION_WITHDRAWN, QPP_EXCEPTION_STATES
};
const char *qpp_exception_state_name(enum qpp_exception_state s);        /* draft submitted approved denied withdrawn */
const char *qpp_exception_state_title(enum qpp_exception_state s);       /* "Waits for a decision" */
enum qpp_exception_state qpp_exception_state_of(struct qpp_str name);

/* ---- the year ---- */

struct qpp_exception_year {
	qpp_py py;
	struct qpp_exception_window window;
	const struct qpp_exception_event *events[QPP_EXCEPTION_KINDS];
	size_t n_events[QPP_EXCEPTION_KINDS];
	bool may[QPP_EXCEPTION_KINDS][QPP_ENTITIES], all[QPP_EXCEPTION_KINDS][QPP_ENTITIES];
};
/* As it stands at `x->at`. QPP_NO_RULE. */
QPP_MUST_USE enum qpp_code qpp_exception_year_get(struct qpp_excepting *x, qpp_py py, struct qpp_exception_year *out, struct qpp_err *err);

/* ---- the form ---- */

struct qpp_exception_form {
	qpp_py py;
	enum qpp_exception_kind kind;
	enum qpp_entity level;
	struct qpp_str org_id, npi;
	struct qpp_str event;
	struct qpp_str begins, ends;             /* days of the event, 2024-03-01; ends may be empty: it goes on */
	uint32_t categories;                     /* bits 1u << enum qpp_category */
	int64_t members, excused;                /* of an APM entity, where the store does not know them */
	struct qpp_str explanation;
};

/* Saves a draft: `id` empty and version 0 a new one, else anew under its version. Faults are warnings. */
QPP_MUST_USE enum qpp_code qpp_exception_save(struct qpp_excepting *x, const struct qpp_exception_form *form, struct qpp_str *id,
                                              int64_t *version, struct qpp_err *err);

struct qpp_exception_filing {
	struct qpp_str id;
	int64_t version;                         /* as the applicant saw it; 0: whatever it is */
	bool certified;                          /* "what I say is true to the best of my knowledge" */
	struct qpp_str key;                      /* idempotency key; empty: none */
	/* What comes of it. */
	struct qpp_str number, receipt;          /* receipt: JSON */
	bool replayed;
};
QPP_MUST_USE enum qpp_code qpp_exception_file(struct qpp_excepting *x, struct qpp_exception_filing *f, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_exception_withdraw(struct qpp_excepting *x, struct qpp_str id, int64_t version, struct qpp_err *err);
/* By a reviewer; `reason` goes out by mail and is needed. */
QPP_MUST_USE enum qpp_code qpp_exception_decide(struct qpp_excepting *x, struct qpp_str id, int64_t version, bool approve,
                                                struct qpp_str reason, struct qpp_err *err);

/* ---- what one sees ---- */

struct qpp_exception_line {
	struct qpp_exception_row row;            /* without its body */
	struct qpp_org org;                      /* TIN masked */
	struct qpp_str says;                     /* the event in words */
	bool may_file, may_withdraw, may_decide;
};
struct qpp_exception_detail {
	struct qpp_exception_line line;
	struct qpp_exception_form form;
	struct qpp_str applicant;                /* name */
	struct qpp_exception_window window;      /* at the instant asked, for its event */
	struct qpp_findings faults;              /* of the form as it is */
	bool knows_members;                      /* members and excused are those of the store */
	bool has_receipt;
	struct qpp_receipt receipt;
	int64_t margin;                          /* seconds before the closing at which it was filed */
	struct qpp_str decision;                 /* the reason; empty: none yet */
	struct qpp_str decided_by;               /* to the agency's side only */
};
QPP_MUST_USE enum qpp_code qpp_exception_get(struct qpp_excepting *x, struct qpp_str id, struct qpp_exception_detail *out,
                                             struct qpp_err *err);
/* Of the actor's organizations and own NPI in a year; drafts among them. */
QPP_MUST_USE enum qpp_code qpp_exceptions_mine(struct qpp_excepting *x, qpp_py py, struct qpp_exception_line **out, size_t *n,
                                               struct qpp_err *err);
/* The agency's queue; `state` empty: any but drafts. Longest waiting first. */
QPP_MUST_USE enum qpp_code qpp_exceptions_queue(struct qpp_excepting *x, qpp_py py, struct qpp_str state, struct qpp_slice slice,
                                                struct qpp_exception_line **out, size_t *n, int64_t *total, struct qpp_err *err);

/* What holds without an application: a clinician of a practice in a county under the automatic policy. */
struct qpp_exception_automatic {
	struct qpp_org org;
	struct qpp_clinician clinician;
	enum qpp_euc_answer answer;              /* YES or POSSIBLE */
	struct qpp_str why;
};
enum { QPP_AUTOMATIC_MOST = 200 };
/* Of the practices and the NPI of the actor; at most QPP_AUTOMATIC_MOST, `*total` how many there are. */
QPP_MUST_USE enum qpp_code qpp_exceptions_automatic(struct qpp_excepting *x, qpp_py py, struct qpp_exception_automatic **out, size_t *n,
                                                    int64_t *total, struct qpp_err *err);

#endif
