/*
 * Identity: who is at the door, and as what. Accounts and sign-in with a second
 * factor, sessions, roles in organizations and how one gets them, viewing as
 * somebody else for support. Every use case here leaves an audit record in the
 * same transaction as its change.
 *
 *   struct qpp_signed_in in;
 *   code = qpp_sign_in(identity, arena, &from, name, password, &in, err);
 *   ... give in.token to the browser as a cookie; when in.stage is not QPP_STAGE_FULL, ask for the second factor
 *   code = qpp_sign_in_verify(identity, arena, &from, in.token, QPP_LIT("totp"), code_typed, &in, err);
 *   ... a new token: the first one is gone
 *   code = qpp_session_person(identity, arena, token, true, &person, err);      at every request
 *
 * Sign-in. Password (argon2id in a bounded queue of threads: when too many wait, QPP_BUSY), then a second factor: a
 * time-based code (TOTP, 30 seconds, one step of drift, none taken twice), or where the installation allows it a code by
 * mail. An account without a second factor reaches nothing but its enrollment. Five wrong passwords or codes within 120
 * minutes lock an account for an hour (reliability.md 2, AC-7), and sign-in from an address likewise. A wrong name, a wrong
 * password and a lock are answered by the same bytes in the same time.
 *
 * Sessions. An opaque token of 256 random bits; the store has its hash. It ends after 30 minutes without a request (15 on
 * the agency's side), and 12 hours after sign-in whatever happens. A session whose second factor is outstanding ends after
 * 10 minutes.
 *
 * Roles. A person asks for a role in an organization; a Security Official of it, not the one who asks, approves or denies;
 * the last Security Official cannot be removed (portal.md 3.2). The first one of a practice proves to know it: its TIN and
 * the NPI of one of its clinicians; otherwise the service center (an operator) decides.
 *
 * Threads. Everything may be called from any thread. What is handed out lives in the arena given. Functions that are
 * marked "waits" hash a password or wait for a commit: pages that call them are QPP_PAGE_WAITS.
 */
#ifndef QPP_APP_IDENTITY_H
#define QPP_APP_IDENTITY_H

#include "app/access.h"
#include "app/eastern.h"
#include "app/store.h"

struct qpp_identity;

struct qpp_identity_config {
	struct qpp_store *store;
	struct qpp_clock *clock;
	const char *issuer;              /* what an authenticator app shows; NULL: "OpenQPP" */
	unsigned hash_threads;           /* 0: 2 */
	unsigned hash_waiting;           /* at most so many wait for one of them; 0: 32 */
	unsigned account_failures;       /* wrong tries that lock an account; 0: 5 */
	unsigned address_failures;       /* and an address (IPv6: its /64); 0: 5. Raise it where many share one address */
	bool mail_codes;                 /* a code by mail may be the second factor */
	bool password_alone;             /* who has no second factor is let in without one: for trying out with made-up people */
	const struct qpp_zone *zone;     /* in which moments are told in mail; NULL: universal time */
};

/* Starts the threads. QPP_IO when they cannot be started. */
QPP_MUST_USE enum qpp_code qpp_identity_open(const struct qpp_identity_config *c, struct qpp_identity **out,
                                             struct qpp_err *err);
void qpp_identity_close(struct qpp_identity *identity);

/* Where a request comes from, for the audit record and the locks. */
struct qpp_from {
	struct qpp_str peer;             /* address of the client, as text */
	struct qpp_str request_id;
};

/* --- sign-in --- */

enum qpp_stage {
	QPP_STAGE_NONE,
	QPP_STAGE_ENROLL,                /* password right; a second factor must be enrolled first */
	QPP_STAGE_CODE,                  /* password right; the code is asked for */
	QPP_STAGE_FULL
};
const char *qpp_stage_name(enum qpp_stage s);            /* none enroll code full */

struct qpp_signed_in {
	enum qpp_stage stage;
	struct qpp_str token;            /* 64 hexadecimal digits: for the cookie, or a bearer */
	struct qpp_str account_id;
	const struct qpp_str *factors;   /* "totp", "email": those that can be asked for */
	size_t n_factors;
	qpp_time ends;
};

/*
 * Name and password of a local account. Waits. QPP_SIGNED_OUT with the one sentence for every reason; QPP_FORBIDDEN when
 * the password is right and the account is disabled; QPP_BUSY.
 */
QPP_MUST_USE enum qpp_code qpp_sign_in(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                       struct qpp_str name, struct qpp_str password, struct qpp_signed_in *out,
                                       struct qpp_err *err);

/* Sends a code by mail (factor "email"); nothing for "totp". Waits. QPP_SIGNED_OUT, QPP_USAGE: there is no such factor. */
QPP_MUST_USE enum qpp_code qpp_sign_in_request_code(struct qpp_identity *identity, struct qpp_arena *arena,
                                                    const struct qpp_from *from, struct qpp_str token,
                                                    struct qpp_str factor, struct qpp_err *err);

/*
 * The second factor. The session moves to a new token. Waits. QPP_SIGNED_OUT: the session is over, or the account is locked
 * by this wrong code; QPP_DATA: the code is wrong, or was used; the session stays.
 */
QPP_MUST_USE enum qpp_code qpp_sign_in_verify(struct qpp_identity *identity, struct qpp_arena *arena,
                                              const struct qpp_from *from, struct qpp_str token, struct qpp_str factor,
                                              struct qpp_str code, struct qpp_signed_in *out, struct qpp_err *err);

/* Enrollment of a time-based code: a new secret, shown once more until it is confirmed by a code. Waits. */
struct qpp_totp_offer {
	struct qpp_str secret;           /* base32, in groups of four */
	struct qpp_str uri;              /* otpauth://totp/... for a QR code */
};
QPP_MUST_USE enum qpp_code qpp_totp_offer(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                          struct qpp_str token, struct qpp_totp_offer *out, struct qpp_err *err);
/* Confirms it; the session becomes full under a new token. As qpp_sign_in_verify(). */
QPP_MUST_USE enum qpp_code qpp_totp_confirm(struct qpp_identity *identity, struct qpp_arena *arena,
                                            const struct qpp_from *from, struct qpp_str token, struct qpp_str code,
                                            struct qpp_signed_in *out, struct qpp_err *err);

/*
 * Somebody whom an identity provider vouches for (oidc.h). An account is made at the first time. The second factor is the
 * provider's. Waits. QPP_FORBIDDEN: the account is disabled.
 */
struct qpp_vouched {
	struct qpp_str provider, subject, name, email;
};
QPP_MUST_USE enum qpp_code qpp_sign_in_vouched(struct qpp_identity *identity, struct qpp_arena *arena,
                                               const struct qpp_from *from, const struct qpp_vouched *who,
                                               struct qpp_signed_in *out, struct qpp_err *err);

/* Ends the session; a token that is none is fine. Waits. */
QPP_MUST_USE enum qpp_code qpp_sign_out(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                        struct qpp_str token, struct qpp_err *err);

/* --- who is signed in --- */

/* A role as its person, or an official of the organization, sees it. */
struct qpp_role_held {
	struct qpp_str role_id, org_id;
	enum qpp_org_kind kind;
	struct qpp_str org_name, org_number, tin_masked;
	enum qpp_post post;
	enum qpp_role_state state;
	struct qpp_str account_id, account_name, account_email;      /* in lists of an organization's people */
	struct qpp_str note;
	qpp_time created, changed;
	int64_t version;
	bool last_official;              /* cannot be removed: the only active Security Official */
	bool own;                        /* of the one who asks: not theirs to approve */
};

/* Whom a service-center agent looks at. */
enum qpp_view_kind {
	QPP_VIEW_NONE, QPP_VIEW_ACCOUNT, QPP_VIEW_NPI, QPP_VIEW_TIN, QPP_VIEW_APM_ENTITY, QPP_VIEW_REGISTRY,
	QPP_VIEW_VIRTUAL_GROUP, QPP_VIEW_KINDS
};
const char *qpp_view_kind_name(enum qpp_view_kind k);        /* none account npi tin apmEntity registry virtualGroup */
enum qpp_view_kind qpp_view_kind_of(struct qpp_str name);

struct qpp_person {
	struct qpp_str account_id, provider, subject, name, email;
	struct qpp_str binding;          /* what a CSRF token is bound to */
	enum qpp_stage stage;
	uint32_t roles;                  /* set of QPP_BY(...); ANONYMOUS until the stage is full */
	const struct qpp_role_held *held;        /* active roles; while viewing, those of the one viewed */
	size_t n_held;
	enum qpp_view_kind viewing;      /* not NONE: read only */
	struct qpp_str viewed_id;        /* what the banner names: user name, NPI, masked TIN, entity id */
	struct qpp_str view_as;          /* for audit records */
	qpp_time now, warn, idle_ends, ends;     /* when the warning shows; the session's two ends */
};

/* Whoever a request comes from, a person or a program: what `session` of an HTTP caller points to. */
struct qpp_asker {
	struct qpp_str token;            /* as it was sent */
	bool program;                    /* by an API token: `api` and `org`; otherwise `person` */
	struct qpp_person person;
	struct qpp_api_token api;
	struct qpp_org org;
};

/*
 * The session of a token. With `touch` it counts as a request of the person; the page that asks how much time is left does
 * without. QPP_SIGNED_OUT: there is none, or it has ended.
 */
QPP_MUST_USE enum qpp_code qpp_session_person(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str token,
                                              bool touch, struct qpp_person *out, struct qpp_err *err);

/* Has an active role `post` (0: any) in the organization; while viewing, as the one viewed. */
bool qpp_person_has(const struct qpp_person *p, struct qpp_str org_id, enum qpp_post post);

/*
 * For every use case that changes something: QPP_SIGNED_OUT before the stage is full; QPP_FORBIDDEN while viewing as
 * somebody else, with an audit record of the attempt at `action`.
 */
QPP_MUST_USE enum qpp_code qpp_person_may_write(struct qpp_identity *identity, struct qpp_arena *arena,
                                                const struct qpp_from *from, const struct qpp_person *p, const char *action,
                                                struct qpp_err *err);

/* All sessions of the person end, this one too. Waits. */
QPP_MUST_USE enum qpp_code qpp_sign_out_everywhere(struct qpp_identity *identity, struct qpp_arena *arena,
                                                   const struct qpp_from *from, const struct qpp_person *who,
                                                   struct qpp_err *err);

/* --- password --- */

/* Why a password will not do; a set. Privileged accounts (the agency's side) need 15 characters, others 12. */
enum {
	QPP_PASSWORD_SHORT = 1, QPP_PASSWORD_LONG = 2, QPP_PASSWORD_NO_LOWER = 4, QPP_PASSWORD_NO_UPPER = 8,
	QPP_PASSWORD_NO_DIGIT = 16, QPP_PASSWORD_NO_SYMBOL = 32, QPP_PASSWORD_COMMON = 64, QPP_PASSWORD_NAME = 128,
	QPP_PASSWORD_CHARACTERS = 256    /* not UTF-8, or control characters */
};
unsigned qpp_password_faults(struct qpp_str password, struct qpp_str name, bool privileged);
/* A sentence for one of them. */
const char *qpp_password_fault_text(unsigned fault, bool privileged);

/*
 * A new password of the person. All other sessions end. Waits. QPP_DATA: it will not do, the reasons in the error;
 * QPP_SIGNED_OUT: the old one is wrong (counts as a wrong try); QPP_USAGE: not a local account; QPP_BUSY.
 */
QPP_MUST_USE enum qpp_code qpp_password_change(struct qpp_identity *identity, struct qpp_arena *arena,
                                               const struct qpp_from *from, const struct qpp_person *who,
                                               struct qpp_str old_password, struct qpp_str new_password,
                                               struct qpp_err *err);

/* --- roles in organizations --- */

/*
 * The organization somebody wants to connect to: practice by TIN, others by number. Name and masked TIN only, and whether
 * it has a Security Official. QPP_NOT_FOUND, QPP_USAGE (kind).
 */
struct qpp_org_found {
	struct qpp_str org_id, name, number, tin_masked, city, state;
	enum qpp_org_kind kind;
	bool has_official;
};
QPP_MUST_USE enum qpp_code qpp_connect_find(struct qpp_identity *identity, struct qpp_arena *arena,
                                            const struct qpp_person *who, enum qpp_org_kind kind, struct qpp_str number,
                                            struct qpp_org_found *out, struct qpp_err *err);

/* A number as long as a TIN is in it, with or without a hyphen: text that is kept readable must not have one. */
bool qpp_text_holds_tin(struct qpp_str text);

/*
 * Asks for a role: Security Official or Staff User of a practice, virtual group, APM entity or registry; Clinician of the
 * clinician's own page. Mail goes to its Security Officials. With a proof that holds (the TIN of the practice and an NPI
 * that bills through it in `py`; for a Clinician that NPI is the own one) the first Security Official and the Clinician have
 * it at once. Waits. QPP_DUPLICATE: requested or held already; QPP_NOT_FOUND; QPP_USAGE: no such role there, or a note with
 * a TIN in it; QPP_DATA: the proof does not hold; QPP_LIMIT: a note of more than 500 characters.
 */
struct qpp_role_request {
	struct qpp_str org_id;
	enum qpp_post post;
	struct qpp_str proof_tin, proof_npi;     /* empty: none is offered */
	qpp_py proof_py;
	struct qpp_str note;             /* told to whoever decides: what shows that the person belongs there; may be empty */
};
QPP_MUST_USE enum qpp_code qpp_role_request(struct qpp_identity *identity, struct qpp_arena *arena,
                                            const struct qpp_from *from, const struct qpp_person *who,
                                            const struct qpp_role_request *request, struct qpp_role_row *out,
                                            struct qpp_err *err);

enum qpp_role_act { QPP_ROLE_APPROVE = 1, QPP_ROLE_DENY, QPP_ROLE_REMOVE };

/*
 * Approves or denies a request, or removes a role: by a Security Official of the organization or an operator; one's own
 * role may be given up, one's own request never approved. `version`: the one that was seen; 0: whatever it is. Mail goes to
 * the person. Waits. QPP_NOT_FOUND also for a role that is not the asker's business; QPP_FORBIDDEN: one's own request, or
 * the last Security Official; QPP_CONFLICT: it is not in that state; QPP_STALE.
 */
QPP_MUST_USE enum qpp_code qpp_role_act(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                        const struct qpp_person *who, struct qpp_str role_id, int64_t version,
                                        enum qpp_role_act act, struct qpp_str note, struct qpp_role_row *out,
                                        struct qpp_err *err);

/* Roles. QPP_ROWS of what a page shows. */
struct qpp_roles_held {
	const struct qpp_role_held *v;
	size_t n;
	int64_t total;                   /* -1: not counted */
};
/* One's own, in whatever state (0: any). */
QPP_MUST_USE enum qpp_code qpp_roles_mine(struct qpp_identity *identity, struct qpp_arena *arena,
                                          const struct qpp_person *who, enum qpp_role_state state,
                                          struct qpp_roles_held *out, struct qpp_err *err);
/* What waits for the person's decision, over all organizations whose Security Official it is. */
QPP_MUST_USE enum qpp_code qpp_roles_pending(struct qpp_identity *identity, struct qpp_arena *arena,
                                             const struct qpp_person *who, struct qpp_roles_held *out, struct qpp_err *err);
/* The people of an organization. QPP_NOT_FOUND also when the person is no Security Official of it (operators may). */
QPP_MUST_USE enum qpp_code qpp_roles_of_org(struct qpp_identity *identity, struct qpp_arena *arena,
                                            const struct qpp_person *who, struct qpp_str org_id, enum qpp_role_state state,
                                            struct qpp_slice slice, struct qpp_roles_held *out, struct qpp_err *err);
/* One role, as far as it is the person's business; for the page that asks "approve this?". QPP_NOT_FOUND. */
QPP_MUST_USE enum qpp_code qpp_role_show(struct qpp_identity *identity, struct qpp_arena *arena,
                                         const struct qpp_person *who, struct qpp_str role_id, struct qpp_role_held *out,
                                         struct qpp_err *err);

/* --- viewing as somebody else: service-center agents --- */

/*
 * From the next request on. `id`: user name, NPI, TIN or number. `reason` (up to 200 characters, never empty) stands in every
 * audit record from the beginning to the end of it. Waits. QPP_FORBIDDEN: no agent; QPP_NOT_FOUND; QPP_USAGE.
 */
QPP_MUST_USE enum qpp_code qpp_view_as(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                       const struct qpp_person *who, enum qpp_view_kind kind, struct qpp_str id,
                                       struct qpp_str reason, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_view_end(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                        const struct qpp_person *who, struct qpp_err *err);

/* --- tokens of registries and practices, for their programs --- */

/*
 * Makes a token that files as the organization for a year: shown this once. By a Security Official of a registry. Waits.
 * QPP_FORBIDDEN.
 */
QPP_MUST_USE enum qpp_code qpp_token_make(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                          const struct qpp_person *who, struct qpp_str org_id, qpp_py py,
                                          struct qpp_str name, qpp_time ends, struct qpp_str *token,
                                          struct qpp_api_token *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_token_revoke(struct qpp_identity *identity, struct qpp_arena *arena,
                                            const struct qpp_from *from, const struct qpp_person *who,
                                            struct qpp_str token_id, struct qpp_err *err);
/* Whose token it is, if it holds now. QPP_SIGNED_OUT. */
QPP_MUST_USE enum qpp_code qpp_token_org(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str token,
                                         struct qpp_api_token *out, struct qpp_org *org, struct qpp_err *err);

/* --- administration: without a session, by whoever may start the program --- */

struct qpp_account_new {
	struct qpp_str name;             /* user name, 5 to 64 of letters, digits, . _ - @ */
	struct qpp_str person, email;
	struct qpp_str password;         /* empty: none; qpp_admin_password() sets one */
	struct qpp_str totp_secret;      /* raw bytes; empty: enrolled at the first sign-in */
	enum qpp_post post;              /* 0: none */
	struct qpp_str org_id;           /* of the post */
	bool privileged;                 /* the agency's side: longer passwords */
};
/* Waits. QPP_DUPLICATE, QPP_USAGE, QPP_DATA (password). */
QPP_MUST_USE enum qpp_code qpp_admin_account_add(struct qpp_identity *identity, struct qpp_arena *arena,
                                                 const struct qpp_account_new *n, struct qpp_account *out,
                                                 struct qpp_err *err);
/* A role, active at once; for local accounts and those of providers (roles by a feed, as ACO-MS gives them). */
QPP_MUST_USE enum qpp_code qpp_admin_role_grant(struct qpp_identity *identity, struct qpp_arena *arena,
                                                struct qpp_str provider, struct qpp_str subject, struct qpp_str org_id,
                                                enum qpp_post post, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_admin_password(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str name,
                                              struct qpp_str password, struct qpp_err *err);
enum qpp_admin_act { QPP_ADMIN_ENABLE = 1, QPP_ADMIN_DISABLE, QPP_ADMIN_UNLOCK, QPP_ADMIN_FORGET_TOTP };
/* All sessions of the account end, except when it is unlocked. QPP_NOT_FOUND. */
QPP_MUST_USE enum qpp_code qpp_admin_account(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str provider,
                                             struct qpp_str subject, enum qpp_admin_act act, struct qpp_err *err);

/*
 * What is to be done from time to time: sessions that ended are forgotten, accounts that nobody used for 60 days are
 * disabled (`*disabled` of them). Waits.
 */
QPP_MUST_USE enum qpp_code qpp_identity_sweep(struct qpp_identity *identity, struct qpp_arena *arena, int64_t *disabled,
                                              struct qpp_err *err);

/* Figures for /metrics. */
struct qpp_identity_figures {
	int64_t sign_ins, refused, locked, busy, hashing, waiting;
};
struct qpp_identity_figures qpp_identity_figures(struct qpp_identity *identity);

#endif
