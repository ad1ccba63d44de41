/*
 * The e-mail election, coming in: a message is sorted, read as the election of a
 * virtual group (42 CFR 414.1315(c)(2)), judged by the core, filed and answered.
 *
 * Two forms are read: the message that `qpp election email` writes, and what a
 * person types in the plain form of the public toolkit: lines such as
 * `Performance year: ...`, `Representative: ...`, `Practice: ...`, `TIN: ...`,
 * `NPIs: ...`, a table of TIN, NPI and names, or one of these with the roster as
 * an attached CSV file. A line `Withdraw: yes` and a performance year withdraw what
 * the sender elected by mail. Whatever has more than one reading is a doubt, and a
 * doubt is a question in the answer, never a guess.
 *
 * Everything ahead of qpp_intake_take() is pure: no store, no clock, no mail.
 */
#ifndef QPP_APP_INTAKE_H
#define QPP_APP_INTAKE_H

#include "app/mail.h"
#include "app/service.h"
#include "qpp/election.h"

enum { QPP_LETTER_MOST_UNREAD = 8 };

/* What a message is as such; everything but a letter is never answered. */
enum qpp_letter_kind {
	QPP_LETTER,              /* from a person or a program that wants to be answered */
	QPP_LETTER_AUTOMATIC,    /* Auto-Submitted, an answer of a holiday, Precedence: bulk or junk */
	QPP_LETTER_BOUNCE,       /* an empty return path, a report, from the postmaster */
	QPP_LETTER_LIST,         /* of a mailing list */
	QPP_LETTER_LOOP,         /* written by this service, or passed on too often */
	QPP_LETTER_NOBODY,       /* no single sender with an address that can be written to */
	QPP_LETTER_UNREADABLE,   /* no message, or beyond a bound: `trouble` says which */
	QPP_LETTER_KINDS
};
const char *qpp_letter_kind_name(enum qpp_letter_kind k);

/* What the headers of a message say of where it comes from. */
struct qpp_letter_marks {
	struct qpp_str auto_submitted, precedence, from;   /* `from`: the one address, empty when there is no such */
	bool list, automatic, report;            /* List-* headers; other marks of programs; a report on delivery */
	bool empty_path;                         /* Return-Path: <> */
	size_t received;                         /* how many servers passed it on */
};
enum qpp_letter_kind qpp_letter_kind_of(const struct qpp_letter_marks *m);

/* What a sender's mail server was found to be, by the header of our own (Authentication-Results). */
enum qpp_letter_proof { QPP_PROOF_NONE, QPP_PROOF_PASS, QPP_PROOF_FAIL };

/* A message as adapt/mail/mime_read.h reads it: decoded, bounded, text in UTF-8. */
struct qpp_letter {
	enum qpp_letter_kind kind;
	enum qpp_letter_proof proof;
	struct qpp_str trouble;                  /* a sentence part: "its headers are longer than 64 kB" */
	struct qpp_str from, message_id, subject;
	struct qpp_str text;                     /* the plain text; that of the HTML where there is no plain one */
	struct qpp_str roster;                   /* the CSV file attached; empty without one */
	bool ours;                               /* it says it was written by `qpp election email` */
	struct qpp_str unread[QPP_LETTER_MOST_UNREAD];   /* attachments that are not read, by name */
	size_t n_unread;
	struct qpp_str doubts[QPP_LETTER_MOST_UNREAD];   /* what was not certain in reading: charsets, cut parts */
	size_t n_doubts;
	struct qpp_str hash;                     /* SHA-256 of what the sender wrote, without the marks of its way */
	bool has_stamp;
	qpp_time stamp;                          /* when our own mail server took it (--received-by) */
};

/* --- reading --- */

enum qpp_doubt_kind { QPP_DOUBT_QUESTION, QPP_DOUBT_NOTE };

/* Something that is not certain; `says` is a whole sentence without TIN, `mend` what to do about it. */
struct qpp_doubt {
	enum qpp_doubt_kind kind;
	const char *code;
	struct qpp_str says, mend;
};

struct qpp_intake_reading {
	bool is_election;                        /* it looks like one; otherwise nothing below counts */
	bool has_py;
	enum qpp_tri withdraws;                  /* a line says so: what this sender elected for the year is withdrawn, the rest is not looked at */
	struct qpp_election election;            /* in the arena; its time is the receipt's */
	QPP_VEC(struct qpp_doubt) doubts;
	size_t questions;                        /* doubts that are questions */
};

/* Reads a letter as an election. Never fails: what cannot be read is a doubt. */
void qpp_intake_read(struct qpp_arena *a, const struct qpp_letter *letter, struct qpp_intake_reading *out);

/* The text as it may be shown: numbers of the forms of a TIN as *****1234, control characters as blanks. */
struct qpp_str qpp_intake_masked(struct qpp_arena *a, struct qpp_str s);

/* --- the answer --- */

struct qpp_zone;

enum qpp_intake_outcome {
	QPP_INTAKE_FILED = 1,    /* complete, from the account of a representative: an election is filed */
	QPP_INTAKE_RETURNED,     /* something is missing or wrong: nothing is filed, the answer says what */
	QPP_INTAKE_UNVERIFIED,   /* from an address that is no representative's: kept, to be confirmed by signing in */
	QPP_INTAKE_OTHER,        /* no election */
	QPP_INTAKE_SILENT,       /* not a letter: kept as a line, never answered */
	QPP_INTAKE_WITHDRAWN,    /* what the sender elected for the year does not stand any more */
	QPP_INTAKE_REPEATED,     /* the same message again: nothing is done twice */
	QPP_INTAKE_OUTCOMES
};
const char *qpp_intake_outcome_name(enum qpp_intake_outcome o);

struct qpp_intake_answer {
	enum qpp_intake_outcome outcome;
	qpp_py py;                               /* 0: not known */
	qpp_time received;
	const struct qpp_receipt *receipt;       /* NULL without one */
	struct qpp_str election_id;
	const struct qpp_intake_reading *reading;
	const struct qpp_findings *findings;     /* of the core; NULL without any */
	struct qpp_str replaced;                 /* id of the election that this one replaces */
	const struct qpp_zone *zone;
	struct qpp_str address;                  /* of the portal; empty: not told */
};

/* What is written back: plain text, lines of at most 76 characters. No TIN, nothing of the store but what concerns the sender. */
struct qpp_mail qpp_intake_reply(struct qpp_arena *a, const struct qpp_letter *letter, const struct qpp_intake_answer *x);

/* --- the use case --- */

struct qpp_intake {
	struct qpp_store *store;
	const struct qpp_years *years;
	const struct qpp_zone *zone;
	struct qpp_str address;                  /* of the portal, for the answers; may be empty */
	bool window_open;                        /* elections are taken whatever the calendar says: judged as within their window */
	bool need_proof;                         /* an address counts only where our mail server vouches for it */
};

struct qpp_intake_result {
	enum qpp_intake_outcome outcome;
	bool answered;                           /* an answer stands in the outbox */
	struct qpp_str id, election_id;
};

/*
 * Takes a message in, once: a second time (same Message-ID, same content) changes nothing and is QPP_INTAKE_REPEATED.
 * `raw` is what is kept, encrypted, in the ledger; `received` the instant of its last byte. What was received before
 * that by our own mail server counts where the letter has its stamp. Errors are the store's: try again later.
 */
QPP_MUST_USE enum qpp_code qpp_intake_take(const struct qpp_intake *in, struct qpp_arena *a, const struct qpp_letter *letter,
                                           struct qpp_str raw, qpp_time received, struct qpp_intake_result *out,
                                           struct qpp_err *err);

#endif
