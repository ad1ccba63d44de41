/*
 * The store: who may come in and what for, what they did, and the mail to them.
 * Included by store.h, which says what holds for all of it.
 */
#include "app/store.h"

#ifndef QPP_APP_STORE_ACCESS_H
#define QPP_APP_STORE_ACCESS_H


/* --- accounts --- */

/* A person. Known by `provider` and `subject` together: "local" and the user name, or an identity provider and its sub. */
struct qpp_account {
	struct qpp_str id, provider, subject;
	struct qpp_str name, email;
	struct qpp_str state;            /* active, locked, disabled */
	struct qpp_str password;         /* argon2id string of libsodium; empty for federated ones */
	struct qpp_str totp_secret;      /* in the clear here, encrypted at rest; empty until enrolled */
	int64_t totp_step;               /* the last time step a code was taken for: it is not taken again */
	int64_t failed;                  /* sign-ins that failed since `failed_since` */
	qpp_time failed_since, locked_until, signed_in, created;
	struct qpp_str body;
	int64_t version;
};
QPP_ROWS(qpp_account);

/* New, or all of it anew by id under `version`. QPP_DUPLICATE, QPP_STALE. */
QPP_MUST_USE enum qpp_code qpp_store_account_put(struct qpp_tx *tx, struct qpp_account *a, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_account_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_account *out,
                                                 struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_account_by_subject(struct qpp_tx *tx, struct qpp_str provider, struct qpp_str subject,
                                                        struct qpp_account *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_account_list(struct qpp_tx *tx, struct qpp_slice slice, struct qpp_account_rows *out,
                                                  struct qpp_err *err);
/* Those that are locked at `now` or disabled, in the order of their names. */
QPP_MUST_USE enum qpp_code qpp_store_account_shut(struct qpp_tx *tx, qpp_time now, struct qpp_slice slice,
                                                  struct qpp_account_rows *out, struct qpp_err *err);

/* --- roles --- */

enum qpp_post {
	QPP_POST_NONE, QPP_POST_OFFICIAL, QPP_POST_STAFF, QPP_POST_CLINICIAN,
	/* On the agency's side, at the organization of kind agency. */
	QPP_POST_REVIEWER, QPP_POST_SECOND_REVIEWER, QPP_POST_OPERATOR, QPP_POST_AGENT, QPP_POST_AUDITOR,
	QPP_POSTS
};
const char *qpp_post_name(enum qpp_post k);        /* official staff clinician reviewer secondReviewer operator agent auditor */
enum qpp_post qpp_post_of(struct qpp_str name);

enum qpp_role_state { QPP_POST_REQUESTED = 1, QPP_POST_ACTIVE, QPP_POST_DENIED, QPP_POST_REMOVED, QPP_POST_STATES };
const char *qpp_role_state_name(enum qpp_role_state s);      /* requested active denied removed */

struct qpp_role_row {
	struct qpp_str id, account_id, org_id;
	enum qpp_post post;
	enum qpp_role_state state;
	struct qpp_str by_id;            /* account that decided or removed; empty while requested */
	struct qpp_str note;
	qpp_time created, changed;
	int64_t version;
};
QPP_ROWS(qpp_role_row);

/*
 * New, or anew by id under `version`. Of one account, organization and kind at most one role is requested or active:
 * QPP_DUPLICATE. QPP_STALE. That the last Security Official stays is for the use case, with qpp_store_role_count() in
 * the same transaction.
 */
QPP_MUST_USE enum qpp_code qpp_store_role_put(struct qpp_tx *tx, struct qpp_role_row *r, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_role_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_role_row *out, struct qpp_err *err);
/* `state` 0: any. In the order they were asked for. */
QPP_MUST_USE enum qpp_code qpp_store_role_of_account(struct qpp_tx *tx, struct qpp_str account_id, enum qpp_role_state state,
                                                     struct qpp_role_row_rows *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_role_of_org(struct qpp_tx *tx, struct qpp_str org_id, enum qpp_role_state state,
                                                 struct qpp_slice slice, struct qpp_role_row_rows *out, struct qpp_err *err);
/* Requests that nobody of the organization can decide, since it has no active Security Official; the oldest first. */
QPP_MUST_USE enum qpp_code qpp_store_role_waiting(struct qpp_tx *tx, struct qpp_slice slice, struct qpp_role_row_rows *out,
                                                  struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_role_count(struct qpp_tx *tx, struct qpp_str org_id, enum qpp_post post,
                                                enum qpp_role_state state, int64_t *out, struct qpp_err *err);

/* --- sessions --- */

struct qpp_session {
	struct qpp_str token_hash;       /* qpp_store_token_hash() of the cookie */
	struct qpp_str account_id;
	qpp_time created, seen, ends;    /* last request; the absolute end */
	struct qpp_str view_as;          /* JSON of whom a service-center agent looks at; empty otherwise */
	struct qpp_str body;
};
QPP_ROWS(qpp_session);

/* New or anew, by token hash. */
QPP_MUST_USE enum qpp_code qpp_store_session_put(struct qpp_tx *tx, const struct qpp_session *s, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_session_get(struct qpp_tx *tx, struct qpp_str token_hash, struct qpp_session *out,
                                                 struct qpp_err *err);
/* Of an account, the newest first; those that have ended too, until they are purged. */
QPP_MUST_USE enum qpp_code qpp_store_session_of(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_session_rows *out,
                                                struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_session_delete(struct qpp_tx *tx, struct qpp_str token_hash, struct qpp_err *err);
/* Everywhere; those of an account. */
QPP_MUST_USE enum qpp_code qpp_store_session_delete_of(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_err *err);
/* Those last seen before `idle`, or ended by `now`. */
QPP_MUST_USE enum qpp_code qpp_store_session_purge(struct qpp_tx *tx, qpp_time idle, qpp_time now, int64_t *n,
                                                   struct qpp_err *err);

/* --- API tokens of registries and practices --- */

struct qpp_api_token {
	struct qpp_str id, token_hash, org_id;
	qpp_py py;
	struct qpp_str name, by_id;      /* what it is called; the account that made it */
	qpp_time created, ends, revoked; /* 0: never */
	int64_t version;
};
QPP_ROWS(qpp_api_token);

QPP_MUST_USE enum qpp_code qpp_store_api_token_put(struct qpp_tx *tx, struct qpp_api_token *t, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_api_token_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_api_token *out,
                                                   struct qpp_err *err);
/* Also those that ended or were revoked: the caller looks. */
QPP_MUST_USE enum qpp_code qpp_store_api_token_by_hash(struct qpp_tx *tx, struct qpp_str token_hash,
                                                       struct qpp_api_token *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_api_token_of_org(struct qpp_tx *tx, struct qpp_str org_id, struct qpp_api_token_rows *out,
                                                      struct qpp_err *err);

/* --- consents: a practice lets a registry file for it in a year --- */

struct qpp_consent {
	qpp_py py;
	struct qpp_str org_id, registry_id;
	struct qpp_str by_id;            /* account that gave it, then that took it back */
	qpp_time given, revoked;         /* revoked 0: it holds */
};
QPP_ROWS(qpp_consent);

/* New or anew, by year, practice and registry. */
QPP_MUST_USE enum qpp_code qpp_store_consent_put(struct qpp_tx *tx, const struct qpp_consent *c, struct qpp_err *err);
/* QPP_NOT_FOUND also for one that was revoked. */
QPP_MUST_USE enum qpp_code qpp_store_consent_get(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id,
                                                 struct qpp_str registry_id, struct qpp_consent *out, struct qpp_err *err);
/* Given by a practice (`registry_id` empty) or to a registry (`org_id` empty); revoked ones too. */
QPP_MUST_USE enum qpp_code qpp_store_consent_list(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id,
                                                  struct qpp_str registry_id, struct qpp_slice slice,
                                                  struct qpp_consent_rows *out, struct qpp_err *err);

/* --- audit: made, never changed --- */

struct qpp_audit {
	int64_t sequence;                /* set by the store */
	qpp_time at;
	struct qpp_str account_id, org_id;       /* who, acting for whom; both empty: not signed in */
	struct qpp_str action, subject;          /* "GET /api/...", "role.approve"; what it was about. Never a TIN */
	struct qpp_str place;                    /* address of the peer */
	struct qpp_str request_id;
	int64_t outcome;                         /* HTTP status */
	struct qpp_str view_as;
};
QPP_ROWS(qpp_audit);

QPP_MUST_USE enum qpp_code qpp_store_audit_add(struct qpp_tx *tx, struct qpp_audit *a, struct qpp_err *err);
/* The same in a write of its own: for requests that change nothing else. */
QPP_MUST_USE enum qpp_code qpp_store_audit(struct qpp_store *store, struct qpp_arena *arena, struct qpp_audit *a,
                                           struct qpp_err *err);
/*
 * The same soon, without waiting: in the next commit, within a tenth of a second, for requests that saw something and changed
 * nothing. What the process has taken so and not written when it is killed is lost; when it is asked to end it is not.
 * While the disk is full such records wait in memory, up to some ten thousand. QPP_BUSY: so many wait already; QPP_STOPPED.
 */
QPP_MUST_USE enum qpp_code qpp_store_audit_soon(struct qpp_store *store, const struct qpp_audit *a, struct qpp_err *err);
/* Newest first; empty and 0: any. */
struct qpp_audit_query {
	struct qpp_str account_id, org_id, subject;
	qpp_time from, to;               /* from <= at < to */
};
QPP_MUST_USE enum qpp_code qpp_store_audit_list(struct qpp_tx *tx, const struct qpp_audit_query *q, struct qpp_slice slice,
                                                struct qpp_audit_rows *out, struct qpp_err *err);

/* --- outbox: mail, written with the change it tells of, sent later --- */

enum qpp_mail_state { QPP_MAIL_WAITING = 1, QPP_MAIL_SENT, QPP_MAIL_FAILED, QPP_MAIL_STATES };
const char *qpp_mail_state_name(enum qpp_mail_state s);      /* waiting sent failed */

struct qpp_mail_row {
	struct qpp_str id, recipient, subject, text, html;
	struct qpp_str answers;          /* Message-ID of what it answers, without its brackets; empty: nothing */
	enum qpp_mail_state state;
	int64_t attempts;
	qpp_time created, next, sent;    /* when it is to be tried (again); when it was taken by the server */
	struct qpp_str error;            /* of the last attempt */
	int64_t version;
};
QPP_ROWS(qpp_mail_row);

/* New, or anew by id under `version`: a sender that lost a race is QPP_STALE and lets go. */
QPP_MUST_USE enum qpp_code qpp_store_mail_put(struct qpp_tx *tx, struct qpp_mail_row *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_mail_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_mail_row *out,
                                              struct qpp_err *err);
/* Waiting and due by `now`, those that wait longest first. */
QPP_MUST_USE enum qpp_code qpp_store_mail_due(struct qpp_tx *tx, qpp_time now, struct qpp_slice slice,
                                              struct qpp_mail_row_rows *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_mail_list(struct qpp_tx *tx, enum qpp_mail_state state, struct qpp_slice slice,
                                               struct qpp_mail_row_rows *out, struct qpp_err *err);

#endif
