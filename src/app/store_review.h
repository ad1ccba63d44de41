/*
 * The store: targeted reviews, what happened to them, their documents, and what
 * the operator changed about windows. Included by review.h; store.h says what
 * holds for all of it. Texts of people (bodies, notes, questions, the bytes and names of
 * documents) are encrypted at rest.
 */
#ifndef QPP_APP_STORE_REVIEW_H
#define QPP_APP_STORE_REVIEW_H

#include "app/store.h"
#include "qpp/review.h"

struct qpp_review_row {
	struct qpp_str id;
	struct qpp_who who;                  /* about whom */
	struct qpp_str account_id;           /* who files */
	struct qpp_str acting_id;            /* organization on whose side: the subject itself or a registry; empty: a clinician */
	struct qpp_str state;                /* qpp_review_state_name() */
	struct qpp_str reason, campaign;     /* campaign: empty for the year's own window */
	struct qpp_str assignee_id;          /* empty: nobody */
	struct qpp_str number;               /* empty for a draft */
	struct qpp_str first_id;             /* the earlier request on the same matter; empty: none */
	struct qpp_str body;                 /* JSON of the form, and of what is recommended */
	qpp_time created, changed, filed;    /* filed: the last byte; 0 for a draft */
	qpp_time asked, due;                 /* of the last information request; 0: none */
	bool lapsed;                         /* which nobody answered */
	bool to_apply;                       /* approved with corrections that were not handed over to scoring yet */
	int64_t margin;                      /* seconds before the closing when it was filed */
	int64_t sequence;                    /* of the ledger record of the filing */
	int64_t version;
};
QPP_ROWS(qpp_review_row);

/* New, or anew under its version. QPP_STALE, QPP_NOT_FOUND. */
QPP_MUST_USE enum qpp_code qpp_store_review_put(struct qpp_tx *tx, struct qpp_review_row *r, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_review_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_review_row *out,
                                                struct qpp_err *err);

/* Empty and 0: any. */
struct qpp_review_query {
	qpp_py py;
	struct qpp_str account_id, acting_id, org_id, npi;
	struct qpp_str state, reason, assignee_id;
	bool no_drafts, open, unassigned, duplicates, to_apply;
	qpp_time due_before;                 /* an information request is open whose last second is before it */
	qpp_time overdue_at;                 /* the same, or one was given back because nobody answered */
};
/* The oldest filing first; drafts by their creation. */
QPP_MUST_USE enum qpp_code qpp_store_review_list(struct qpp_tx *tx, const struct qpp_review_query *q, struct qpp_slice slice,
                                                 struct qpp_review_row_rows *out, struct qpp_err *err);
/* Filed requests on the same subject, year and reason, oldest first. */
QPP_MUST_USE enum qpp_code qpp_store_review_same(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str reason,
                                                 struct qpp_review_row_rows *out, struct qpp_err *err);

/* Made, never changed. */
struct qpp_review_event_row {
	struct qpp_str review_id;
	int64_t place;                       /* 1, 2, ...: the store counts */
	struct qpp_str account_id;           /* empty: a job of the service */
	struct qpp_str act, was, becomes;    /* qpp_review_act_name(), states */
	struct qpp_str note;                 /* a question, an answer, why it was returned */
	bool inside;                         /* for the agency's side only */
	qpp_time at;
	struct qpp_str actor_name;           /* not kept: the use case fills it in */
};
QPP_ROWS(qpp_review_event_row);
QPP_MUST_USE enum qpp_code qpp_store_review_event_add(struct qpp_tx *tx, struct qpp_review_event_row *e, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_review_event_of(struct qpp_tx *tx, struct qpp_str review_id,
                                                     struct qpp_review_event_row_rows *out, struct qpp_err *err);

struct qpp_review_document_row {
	struct qpp_str id, review_id, account_id;
	struct qpp_str name, kind, sha256;   /* kind: pdf png jpg csv xlsx docx txt */
	int64_t size;
	qpp_time at;
	struct qpp_str bytes;                /* empty in lists */
};
QPP_ROWS(qpp_review_document_row);
/* Sets id, sha256 and size. */
QPP_MUST_USE enum qpp_code qpp_store_review_document_add(struct qpp_tx *tx, struct qpp_review_document_row *d,
                                                         struct qpp_err *err);
/* With its bytes. QPP_NOT_FOUND also when it is of another request. */
QPP_MUST_USE enum qpp_code qpp_store_review_document_get(struct qpp_tx *tx, struct qpp_str review_id, struct qpp_str id,
                                                         struct qpp_review_document_row *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_review_document_of(struct qpp_tx *tx, struct qpp_str review_id,
                                                        struct qpp_review_document_row_rows *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_review_document_delete(struct qpp_tx *tx, struct qpp_str review_id, struct qpp_str id,
                                                            struct qpp_err *err);

/* An extension, or a campaign (which has `levels`): made, never changed. */
struct qpp_review_extension_row {
	struct qpp_str id;
	qpp_py py;
	struct qpp_str campaign;             /* empty: the year's window */
	struct qpp_str levels, says;         /* of a campaign that begins with this row; empty: an extension */
	qpp_time opens, closes;
	struct qpp_str account_id, reason;
	qpp_time made;
	int64_t sequence;
};
QPP_ROWS(qpp_review_extension_row);
QPP_MUST_USE enum qpp_code qpp_store_review_extension_add(struct qpp_tx *tx, struct qpp_review_extension_row *x,
                                                          struct qpp_err *err);
/* Of a year, oldest first. */
QPP_MUST_USE enum qpp_code qpp_store_review_extension_of(struct qpp_tx *tx, qpp_py py, struct qpp_review_extension_row_rows *out,
                                                         struct qpp_err *err);

#endif
