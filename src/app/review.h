/*
 * Targeted review (414.1385, 414.1455): somebody believes that a score or factor
 * was computed wrongly, asks, sends evidence, answers questions, and gets a
 * decision that two people made and nothing reviews any further.
 * include/qpp/review.h has the rules; rules/414.1385.md their text.
 *
 * Who may
 *  - file for an organization: its Security Officials and Staff Users; a clinician for the own TIN/NPI where the
 *    practice billed; a registry's people for anybody, with the attestation of authority (`authority`). Who files for a
 *    registry sees no score: `sees_score` of a detail is false, and the figures of a decision are left out.
 *  - see a request: who filed it, the people of the side that filed it, those of the organization it is about (not its
 *    drafts), the agency's side (not drafts). Anything else is QPP_NOT_FOUND, as what does not exist.
 *  - assign, ask, recommend, close: a reviewer. Confirm or return: a second reviewer, never who recommended. Nobody
 *    handles a request that is the own one or is about an organization of theirs (QPP_FORBIDDEN).
 *  - extend windows, make campaigns: an operator.
 *  - view-only changes nothing: QPP_FORBIDDEN from every function that writes.
 *
 * Refusals
 *  - QPP_DATA: the form has faults; the findings of struct qpp_reviewing name every one.
 *  - QPP_CONFLICT: the request's state does not allow it. What is decided answers "the decision is final" to everybody
 *    and for ever, also a new request on the same matter once the window is over.
 *  - QPP_STALE: `version` is not that of the request: somebody else was first; the detail says who and what.
 *  - QPP_LIMIT: a document or all of them are too large.
 *  - untimely filing is QPP_CONFLICT with the window in the detail; the draft stays a draft.
 *
 * Every change is an event with actor, instant, old and new state and a note; the submitter gets mail with each that
 * somebody else made, and the receipt. Filing, answers, withdrawals, decisions and extensions are records of the ledger.
 */
#ifndef QPP_APP_REVIEW_H
#define QPP_APP_REVIEW_H

#include "app/receipt.h"
#include "app/service.h"
#include "app/store_review.h"
#include "qpp/finding.h"
#include "qpp/review.h"

/* When the year's scores and factors were first released; what has not been is 0. A port until releases are kept. */
struct qpp_release_port {
	enum qpp_code (*first)(const struct qpp_release_port *self, struct qpp_tx *tx, qpp_py py, qpp_time *scores,
	                       qpp_time *factors, struct qpp_err *err);
};

/*
 * What a decision corrects becomes facts over those of the store: the door to score runs. `facts` is a JSON object of
 * members of the facts text of a topic ("scoring" or "eligibility"). `check` is asked before a recommendation is taken
 * (QPP_DATA: the facts cannot be read); `apply` when the decision is kept, and again until it is QPP_OK, so that
 * applying twice must do no more than once. Both are called outside of any transaction.
 */
struct qpp_decision_port {
	enum qpp_code (*check)(const struct qpp_decision_port *self, struct qpp_arena *a, struct qpp_str topic, struct qpp_str facts,
	                       struct qpp_err *err);
	enum qpp_code (*apply)(const struct qpp_decision_port *self, struct qpp_arena *a, const struct qpp_review_row *row,
	                       struct qpp_str topic, struct qpp_str facts, struct qpp_str decision_id, struct qpp_err *err);
};

/* What the use cases of reviews are given besides the service. Immutable, shared by all threads. */
struct qpp_reviews {
	const struct qpp_service *service;
	const struct qpp_zone *eastern;
	const struct qpp_release_port *releases;     /* NULL: nothing was released; windows are those of the calendar */
	const struct qpp_decision_port *decisions;   /* NULL: corrections wait in the store */
};

/* One request to a use case: who asks, and when the last byte of it came. */
struct qpp_reviewing {
	const struct qpp_reviews *reviews;
	struct qpp_call call;
	qpp_time at;
	struct qpp_findings *findings;               /* in the arena of the call */
};

enum {
	QPP_REVIEW_FILE_BYTES = 10 << 20, QPP_REVIEW_REQUEST_BYTES = 50 << 20, QPP_REVIEW_MOST_FILES = 20,
	QPP_REVIEW_TEXT_BYTES = 20000                /* of an explanation, a note, a letter's reasons */
};

/* --- windows, reasons, campaigns: for anybody --- */

struct qpp_review_year {
	qpp_py py;
	struct qpp_review_window window;
	const struct qpp_review_reason *reasons;     /* in categories, those of open campaigns included */
	size_t n_reasons;
	struct qpp_review_campaign_now {
		struct qpp_review_campaign is;
		struct qpp_review_window window;
		bool by_operator;                    /* made here, not in the rules */
	} *campaigns;
	size_t n_campaigns;
	bool may_ask[QPP_ENTITIES];                  /* by level */
	int reply_days;                              /* to information requests made now */
	bool keeps;                                  /* documents are kept until `keep_until` */
	qpp_day keep_until;
	const struct qpp_review_extension_row *extensions;     /* oldest first: the displays say who moved the end, and why */
	size_t n_extensions;
};
/* A year as it stands at `r->at`. QPP_NO_RULE. */
QPP_MUST_USE enum qpp_code qpp_review_year_get(struct qpp_reviewing *r, qpp_py py, struct qpp_review_year *out,
                                               struct qpp_err *err);
/* Every year that has rules, newest first. */
QPP_MUST_USE enum qpp_code qpp_review_years(struct qpp_reviewing *r, struct qpp_review_year **out, size_t *n,
                                            struct qpp_err *err);

/* --- the form --- */

enum qpp_review_as {
	QPP_REVIEW_AS_NOBODY, QPP_REVIEW_AS_CLINICIAN, QPP_REVIEW_AS_STAFF, QPP_REVIEW_AS_THIRD_PARTY, QPP_REVIEW_AS_ENTITY,
	QPP_REVIEW_ASES
};
const char *qpp_review_as_name(enum qpp_review_as x);        /* clinician practiceStaff thirdParty entityRepresentative */
enum qpp_review_as qpp_review_as_of(struct qpp_str name);

struct qpp_review_form {
	qpp_py py;
	enum qpp_entity level;
	/* About whom: an organization by id, or by what was typed. A TIN is looked up and not kept. */
	struct qpp_str org_id;
	struct qpp_str number;               /* TIN (individual, group) or the number of the virtual group, subgroup, entity */
	struct qpp_str npi;                  /* individual */
	struct qpp_str legal_name;           /* as the filer writes it */
	enum qpp_review_as as;
	struct qpp_str name, email, phone;   /* of the submitter */
	bool authority;                      /* third party: attests that it may act for the subject */
	struct qpp_str reason;               /* rules/414.1385.md, or a campaign */
	struct qpp_str categories;           /* quality cost ia pi, between blanks */
	struct qpp_str measures;             /* ids between blanks */
	struct qpp_str explanation;
};

/* --- what one sees --- */

/* A correction: a member of the facts text of a topic set to a value. `value` is JSON. */
struct qpp_review_override {
	struct qpp_str fact, value;
	struct qpp_str topic;                /* scoring, eligibility; empty: scoring */
	struct qpp_str decision_id;          /* set where it is read */
};
/* The corrections of a topic as one JSON object; empty when there are none. A later one of the same fact holds. */
struct qpp_str qpp_review_facts(struct qpp_arena *a, const struct qpp_review_override *v, size_t n, struct qpp_str topic);

struct qpp_review_decided {
	struct qpp_str id, by_id, by_name, confirmed_by_id, confirmed_by_name;
	bool approved, score_change;
	struct qpp_str ground;               /* of a denial */
	struct qpp_str reasons;              /* for the letter */
	const struct qpp_review_override *overrides;
	size_t n_overrides;
	qpp_time made;
	int64_t sequence;                    /* of the ledger */
};

struct qpp_review_line {                     /* of a list */
	struct qpp_review_row row;
	struct qpp_org org;                  /* TIN masked; of a third party's list only what it typed: no name, no number */
	struct qpp_str reason_says;
	struct qpp_str assignee_name;
	struct qpp_str action;               /* what the reader is waited for: "answer", "file", "decide", "confirm", "assign"; empty */
};

struct qpp_review_detail {
	struct qpp_review_line line;
	struct qpp_review_form form;
	struct qpp_review_reason reason;
	struct qpp_review_window window;     /* of the year or campaign, at the instant asked */
	const struct qpp_review_event_row *events;       /* oldest first, with the names of the actors */
	size_t n_events;
	const struct qpp_review_document_row *documents; /* without their bytes */
	size_t n_documents;
	const struct qpp_review_line *duplicates;        /* others on the same subject, year and matter */
	size_t n_duplicates;
	struct qpp_str question;             /* the open information request; empty: none */
	bool decided;
	struct qpp_review_decided decision;
	bool has_recommendation;             /* to the agency's side only */
	struct qpp_review_decided recommendation;
	bool has_receipt;
	struct qpp_receipt receipt;
	int64_t margin;                      /* seconds before the closing at which it was filed */
	bool sees_score;
	bool can[QPP_REVIEW_ACTS];           /* what the reader may do now */
	bool keeps;
	qpp_day keep_until;
};

QPP_MUST_USE enum qpp_code qpp_review_get(struct qpp_reviewing *r, struct qpp_str id, struct qpp_review_detail *out,
                                          struct qpp_err *err);
/* What the actor and the actor's organizations filed or is about them, newest change first. */
QPP_MUST_USE enum qpp_code qpp_review_mine(struct qpp_reviewing *r, qpp_py py, struct qpp_review_line **out, size_t *n,
                                           struct qpp_err *err);
/* The agency's queue: filters that are empty take everything that is not a draft; longest waiting first. */
struct qpp_review_filter {
	qpp_py py;
	enum qpp_review_state state;         /* NONE: any; */
	bool open;                           /* only what has not ended */
	struct qpp_str reason, assignee_id;
	bool unassigned, duplicates, overdue;
	struct qpp_slice slice;
};
QPP_MUST_USE enum qpp_code qpp_review_queue(struct qpp_reviewing *r, const struct qpp_review_filter *f,
                                            struct qpp_review_line **out, size_t *n, int64_t *total, struct qpp_err *err);
/* Decided requests with the same reason in the year: what was decided before. Newest first. */
QPP_MUST_USE enum qpp_code qpp_review_precedents(struct qpp_reviewing *r, qpp_py py, struct qpp_str reason,
                                                 struct qpp_review_detail **out, size_t *n, struct qpp_err *err);
/* A document's bytes, for who sees the request. */
QPP_MUST_USE enum qpp_code qpp_review_document(struct qpp_reviewing *r, struct qpp_str review_id, struct qpp_str document_id,
                                               struct qpp_review_document_row *out, struct qpp_err *err);

/* --- the filer --- */

/* Saves a draft: `id` empty and version 0 a new one, else anew under its version. Faults of a draft are warnings. */
QPP_MUST_USE enum qpp_code qpp_review_save(struct qpp_reviewing *r, const struct qpp_review_form *form, struct qpp_str *id,
                                           int64_t *version, struct qpp_err *err);

struct qpp_review_filing {
	struct qpp_str id;
	int64_t version;                     /* as the filer saw it; 0: whatever it is */
	bool certified;                      /* "what I say is true to the best of my knowledge" */
	struct qpp_str key;                  /* idempotency key; empty: none */
	/* What comes of it. */
	struct qpp_str number;               /* of the request, for the telephone and for mail */
	struct qpp_str receipt;              /* JSON */
	qpp_time at;                         /* the last byte of the first try */
	int64_t margin;                      /* seconds before the closing */
	struct qpp_str duplicate_of;         /* an open request on the same matter; empty: none */
	bool replayed;
};
QPP_MUST_USE enum qpp_code qpp_review_file(struct qpp_reviewing *r, struct qpp_review_filing *f, struct qpp_err *err);

/* PDF PNG JPG CSV XLSX DOCX TXT, by content and extension. QPP_DATA: another type, or both differ. QPP_LIMIT. */
QPP_MUST_USE enum qpp_code qpp_review_attach(struct qpp_reviewing *r, struct qpp_str id, struct qpp_str name,
                                             struct qpp_str bytes, struct qpp_review_document_row *out, struct qpp_err *err);
/* Before it is filed. */
QPP_MUST_USE enum qpp_code qpp_review_detach(struct qpp_reviewing *r, struct qpp_str id, struct qpp_str document_id,
                                             struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_review_withdraw(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str note,
                                               struct qpp_err *err);
/* To an information request, at the latest in its last second. */
QPP_MUST_USE enum qpp_code qpp_review_answer(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str text,
                                             struct qpp_err *err);

/* --- the agency --- */

/* To a reviewer; `assignee_id` empty: to oneself. The first assignment begins the review. */
QPP_MUST_USE enum qpp_code qpp_review_assign(struct qpp_reviewing *r, struct qpp_str id, int64_t version,
                                             struct qpp_str assignee_id, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_review_ask(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str question,
                                          struct qpp_err *err);

struct qpp_review_opinion {
	bool approve;
	bool score_change;                   /* of an approval: needs an override; without one there is none */
	struct qpp_str ground;               /* of a denial: duplicate untimely outOfScope notWarranted */
	struct qpp_str reasons;              /* for the letter; needed */
	const struct qpp_review_override *overrides;        /* none with a denial */
	size_t n_overrides;
};
/* A ground as the filer reads it; empty for none. */
struct qpp_str qpp_review_ground_words(struct qpp_str ground);
QPP_MUST_USE enum qpp_code qpp_review_recommend(struct qpp_reviewing *r, struct qpp_str id, int64_t version,
                                                const struct qpp_review_opinion *opinion, struct qpp_err *err);
/*
 * The second person: decides as recommended, for ever; or gives it back with a note. `*decision_id` may be NULL. The
 * decision is kept whether its correction can be applied at once or not (row.to_apply).
 */
QPP_MUST_USE enum qpp_code qpp_review_confirm(struct qpp_reviewing *r, struct qpp_str id, int64_t version,
                                              struct qpp_str *decision_id, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_review_return(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str note,
                                             struct qpp_err *err);
/* Years whose text lets silence close a request, after an information request lapsed. */
QPP_MUST_USE enum qpp_code qpp_review_close(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str note,
                                            struct qpp_err *err);

/* --- the operator --- */

/* The end of a year's window (`campaign` empty) or of a campaign, later than it is; with the reason, which is shown. */
QPP_MUST_USE enum qpp_code qpp_review_extend(struct qpp_reviewing *r, qpp_py py, struct qpp_str campaign, qpp_instant closes,
                                             struct qpp_str reason, struct qpp_err *err);
/* A special campaign: a word for a name, levels between +. */
QPP_MUST_USE enum qpp_code qpp_review_campaign_add(struct qpp_reviewing *r, qpp_py py, const struct qpp_review_campaign *c,
                                                   struct qpp_str reason, struct qpp_err *err);

/* --- jobs, and what other use cases need --- */

/* Information requests whose last second is over at `r->at` go back to the reviewer; how many. No actor is asked. */
QPP_MUST_USE enum qpp_code qpp_review_lapse_due(struct qpp_reviewing *r, int64_t *n, struct qpp_err *err);

/*
 * Hands corrections of approvals to the port that were not handed over yet, or could not be: how many. qpp_review_confirm()
 * does so for its own; this is for what a crash or a failure left. No actor is asked.
 */
QPP_MUST_USE enum qpp_code qpp_review_apply_due(struct qpp_reviewing *r, int64_t *n, struct qpp_err *err);

/* The corrections that decisions made for somebody in a year, in the order of the decisions: runs apply them over the facts. */
QPP_MUST_USE enum qpp_code qpp_review_overrides(struct qpp_tx *tx, const struct qpp_who *who, const struct qpp_review_override **out,
                                                size_t *n, struct qpp_err *err);

#endif
