/* What the files of identity share. The manual is identity.h. */
#ifndef QPP_APP_IDENTITY_INT_H
#define QPP_APP_IDENTITY_INT_H

#include <pthread.h>

#include "app/identity.h"
#include "app/mail.h"

enum {
	QPP_FAILURES_MOST = 5,           /* reliability.md 2, AC-7 */
	QPP_TOTP_SECONDS = 30,
	QPP_TOTP_BYTES = 20,
	QPP_CODE_DIGITS = 6,
	QPP_PASSWORD_BYTES = 512,        /* a longer one is not hashed */
	QPP_SEEN_WAYS = 8,
	QPP_SEEN_SETS = 2048,
	QPP_ADDRESS_WAYS = 8,
	QPP_ADDRESS_SETS = 1024
};

#define QPP_MINUTES(n) ((int64_t)(n) * 60 * QPP_MICROS_A_SECOND)
#define QPP_DAYS(n) (QPP_MINUTES(n) * 60 * 24)

#define QPP_FAILURE_WINDOW QPP_MINUTES(120)
#define QPP_LOCK_TIME QPP_MINUTES(60)
#define QPP_IDLE QPP_MINUTES(30)
#define QPP_IDLE_AGENCY QPP_MINUTES(15)
#define QPP_WARNING QPP_MINUTES(2)       /* before the end of idleness */
#define QPP_ABSOLUTE QPP_MINUTES(720)
#define QPP_PENDING QPP_MINUTES(10)      /* a session without its second factor, and a code by mail */
#define QPP_UNUSED QPP_DAYS(60)

/* --- identity_hash.c: argon2id in a bounded queue --- */

struct qpp_hasher;
enum { QPP_HASH_TEXT = 128 };

QPP_MUST_USE enum qpp_code qpp_hasher_open(unsigned threads, unsigned waiting, struct qpp_hasher **out, struct qpp_err *err);
void qpp_hasher_close(struct qpp_hasher *h);
/* Waits for a thread. QPP_BUSY when too many wait, or there is no memory. */
QPP_MUST_USE enum qpp_code qpp_hasher_make(struct qpp_hasher *h, struct qpp_str password, char out[QPP_HASH_TEXT],
                                           struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_hasher_verify(struct qpp_hasher *h, const char *hash, struct qpp_str password, bool *right,
                                             struct qpp_err *err);
void qpp_hasher_figures(struct qpp_hasher *h, struct qpp_identity_figures *f);

/* --- the whole --- */

/* When a session was last used: kept here, written to the store by and by, so that no page waits for it. */
struct qpp_seen {
	char hash[QPP_HASH_TEXT];        /* of the token; empty: free */
	int64_t us;
	bool dirty;
};

struct qpp_identity {
	struct qpp_identity_config c;
	struct qpp_hasher *hasher;
	char nobody[QPP_HASH_TEXT];      /* hash that is verified for names that do not exist */
	unsigned char key[16];           /* of the tables below */

	pthread_mutex_t lock;            /* all that follows */
	pthread_cond_t stop_signal;
	pthread_t flusher;
	bool stopping;
	struct qpp_seen *seen;           /* sets x ways */
	struct qpp_address *addresses;   /* sets x ways */
	int64_t *address_times;          /* of each address: its last failures, the limit's number of them */
	struct qpp_identity_figures figures;
};

/* One use case at work. */
struct qpp_asking {
	struct qpp_identity *identity;
	struct qpp_arena *arena;
	const struct qpp_from *from;
	const struct qpp_person *who;    /* NULL: nobody yet */
};

struct qpp_str qpp_identity_time(const struct qpp_identity *identity, struct qpp_arena *a, qpp_time t);
qpp_time qpp_later(qpp_time t, int64_t us);

/* The audit record of a use case, in its transaction; `account` is who did it, where nobody is signed in. */
QPP_MUST_USE enum qpp_code qpp_note_act(struct qpp_tx *tx, const struct qpp_asking *q, const char *action,
                                        struct qpp_str account, struct qpp_str org, struct qpp_str subject,
                                        enum qpp_code outcome, struct qpp_err *err);
/* The record of an attempt that was refused: in a write of its own. Returns `code` with `err` as it was, or the store's. */
QPP_MUST_USE enum qpp_code qpp_refused(const struct qpp_asking *q, const char *action, struct qpp_str org,
                                       struct qpp_str subject, enum qpp_code code, struct qpp_err *err);

/* --- identity_lock.c --- */

/* A wrong try; true when it locked the account. The account is changed, not written. */
bool qpp_account_failed(struct qpp_arena *a, struct qpp_account *account, qpp_time now, unsigned most);
void qpp_account_forgive(struct qpp_arena *a, struct qpp_account *account);
bool qpp_account_unused(const struct qpp_account *account, qpp_time now);

/* The table; its members are freed with the identity. */
bool qpp_addresses_open(struct qpp_identity *identity);
bool qpp_address_locked(struct qpp_identity *identity, struct qpp_str peer, qpp_time now);
void qpp_address_failed(struct qpp_identity *identity, struct qpp_str peer, qpp_time now);

/* The one answer to everything that is wrong with a sign-in. */
enum qpp_code qpp_sign_in_refused(struct qpp_err *err);

/* --- identity_session.c --- */

/* What the body of a session says. */
struct qpp_session_body {
	enum qpp_stage stage;
	struct qpp_str mail_hash;        /* of the code that was mailed */
	int64_t mail_until;
	struct qpp_str place;            /* address that signed in; empty: not known */
};
void qpp_session_body_read(struct qpp_arena *a, struct qpp_str body, struct qpp_session_body *out);
struct qpp_str qpp_session_body_text(struct qpp_arena *a, const struct qpp_session_body *b);

/* The session if it holds now; QPP_SIGNED_OUT. Idleness by the longer limit: callers with roles look again. */
QPP_MUST_USE enum qpp_code qpp_session_held(struct qpp_identity *identity, struct qpp_tx *tx, struct qpp_str token_hash,
                                            struct qpp_session *out, struct qpp_session_body *body, struct qpp_err *err);
/* Opens one in the transaction, under the hash of `token`. */
QPP_MUST_USE enum qpp_code qpp_session_make(struct qpp_tx *tx, const struct qpp_asking *q, struct qpp_str token_hash,
                                            struct qpp_str account_id, enum qpp_stage stage, struct qpp_session *out,
                                            struct qpp_err *err);
/* When it was last used, as far as this process knows. */
qpp_time qpp_session_last_used(struct qpp_identity *identity, const struct qpp_session *s);
/* All sessions of the person end but the one at hand. */
QPP_MUST_USE enum qpp_code qpp_session_keep_only(struct qpp_tx *tx, const struct qpp_person *who, struct qpp_err *err);
/* Writes what was seen. */
QPP_MUST_USE enum qpp_code qpp_seen_flush(struct qpp_identity *identity, struct qpp_err *err);

/* --- identity_role_lists.c --- */

/* Whose roles are one's own: while viewing an account, that one's; empty: nobody's. */
struct qpp_str qpp_own_account(struct qpp_arena *a, const struct qpp_person *who);
QPP_MUST_USE enum qpp_code qpp_role_fill(struct qpp_tx *tx, const struct qpp_role_row *r, struct qpp_role_held *out,
                                         struct qpp_err *err);
uint32_t qpp_role_bits(enum qpp_org_kind kind, enum qpp_post post);
/* Active official of the organization, or operator: as the store has it now. */
QPP_MUST_USE enum qpp_code qpp_role_governs(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_str org_id, bool *out,
                                            struct qpp_err *err);

/* QPP_OK for an active Security Official of the organization, as the store has it now; QPP_NOT_FOUND. */
QPP_MUST_USE enum qpp_code qpp_must_be_official(struct qpp_tx *tx, struct qpp_str account_id, struct qpp_str org_id,
                                                struct qpp_err *err);

/* --- identity_factor.c --- */

/* The time step whose six-digit code was typed, or -1; steps up to `taken` are no longer good. */
int64_t qpp_totp_step(struct qpp_str secret, struct qpp_str typed, qpp_time now, int64_t taken);
/* A secret as people type it, and as an app reads it. */
QPP_MUST_USE enum qpp_code qpp_totp_show(const struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str secret,
                                         struct qpp_str subject, struct qpp_totp_offer *out, struct qpp_err *err);

/* --- identity_view.c --- */

/* What a session's view_as says; false when it says nothing. */
struct qpp_viewed {
	enum qpp_view_kind kind;
	struct qpp_str target;           /* id of the account or organization */
	struct qpp_str shown;
};
bool qpp_viewed_read(struct qpp_arena *a, struct qpp_str text, struct qpp_viewed *out);

/* --- shared by sign-in and administration --- */

/* A user name in its one form: ASCII letters small. False when it can be none. */
bool qpp_user_name(struct qpp_arena *a, struct qpp_str name, struct qpp_str *out);
/* QPP_DATA with all reasons. */
QPP_MUST_USE enum qpp_code qpp_password_check(struct qpp_str password, struct qpp_str name, bool privileged,
                                              struct qpp_err *err);
bool qpp_totp_enrolled(const struct qpp_account *a);
/* Puts a notice into the outbox; an account without an address gets none. */
QPP_MUST_USE enum qpp_code qpp_notify(struct qpp_tx *tx, struct qpp_mail m, struct qpp_str to, struct qpp_err *err);

#endif
