/*
 * What a person looks after on the pages of the own account, and for an
 * organization as its Security Official: a new second factor, where one is
 * signed in, which registries may file, the tokens of a registry's programs.
 * Part of identity: what identity.h says of threads, waiting, audit records and
 * viewing as somebody else holds here.
 */
#ifndef QPP_APP_IDENTITY_OWN_H
#define QPP_APP_IDENTITY_OWN_H

#include "app/identity.h"

/* --- the second factor, anew --- */

/* What the person signs in with. */
struct qpp_factors {
	bool local;                      /* password and second factor are kept here; otherwise the provider has them */
	bool totp;                       /* an authenticator app is set up */
	bool mail;                       /* a code by mail may be asked for instead */
};
QPP_MUST_USE enum qpp_code qpp_factors_of(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                          struct qpp_factors *out, struct qpp_err *err);

/*
 * A key for another authenticator app; the one in use stays until the new one is confirmed. It is the same each time it is
 * asked for in one session, and kept nowhere: it is made of the session and the present key. QPP_USAGE: not a local account.
 */
QPP_MUST_USE enum qpp_code qpp_factor_offer(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                            struct qpp_totp_offer *out, struct qpp_err *err);
/*
 * Takes it, with the password and a code that the new app shows. All other sessions end, mail tells the person. Waits.
 * QPP_SIGNED_OUT: the password is wrong (counts as a wrong try); QPP_DATA: the code is; QPP_USAGE; QPP_BUSY.
 */
QPP_MUST_USE enum qpp_code qpp_factor_renew(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                            const struct qpp_person *who, struct qpp_str password, struct qpp_str code,
                                            struct qpp_err *err);

/* --- sessions --- */

struct qpp_session_shown {
	struct qpp_str id;               /* to end it by; good for nothing else */
	struct qpp_str place;            /* address that signed in; empty: not known */
	qpp_time created, used, ends;
	bool here;                       /* the one that asks */
};
struct qpp_sessions_shown {
	const struct qpp_session_shown *v;
	size_t n;
};
/* Those of the person that hold now and are complete, the newest first. QPP_FORBIDDEN while viewing as somebody else. */
QPP_MUST_USE enum qpp_code qpp_sessions_mine(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                             struct qpp_sessions_shown *out, struct qpp_err *err);
/* Ends one of them; `id` empty: all but the one that asks. Waits. QPP_NOT_FOUND: it has ended already, or is another's. */
QPP_MUST_USE enum qpp_code qpp_session_end(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                           const struct qpp_person *who, struct qpp_str id, struct qpp_err *err);

/* --- consents: a registry may file for a practice, virtual group or APM entity in a year --- */

struct qpp_consent_shown {
	struct qpp_consent row;
	struct qpp_str registry, number; /* name and number of the registry */
	struct qpp_str by;               /* who gave it, or ended it; empty: it came with the data */
};
struct qpp_consents_shown {
	const struct qpp_consent_shown *v;
	size_t n;
};
/*
 * Those of an organization in `n` years, those that hold first within a year; ended ones too. By a Security Official of
 * it. QPP_NOT_FOUND.
 */
QPP_MUST_USE enum qpp_code qpp_consents_of_org(struct qpp_identity *identity, struct qpp_arena *arena,
                                               const struct qpp_person *who, struct qpp_str org_id, const int64_t *years,
                                               size_t n, struct qpp_consents_shown *out, struct qpp_err *err);

/* Registries by the beginning of their name, or by their whole number; all, from the first, where `text` is empty. */
struct qpp_registries_found {
	const struct qpp_org *v;
	size_t n;
	int64_t total;
};
QPP_MUST_USE enum qpp_code qpp_registries_find(struct qpp_identity *identity, struct qpp_arena *arena,
                                               const struct qpp_person *who, struct qpp_str text,
                                               struct qpp_registries_found *out, struct qpp_err *err);
/* One of them; QPP_NOT_FOUND. */
QPP_MUST_USE enum qpp_code qpp_registry_get(struct qpp_identity *identity, struct qpp_arena *arena, struct qpp_str id,
                                            struct qpp_org *out, struct qpp_err *err);

/*
 * Gives the consent, or ends it: from this moment on nothing more can be filed by the registry for the organization and
 * year; what it filed stays. By a Security Official of the organization. The registry's Security Officials are told by
 * mail. Waits. QPP_NOT_FOUND; QPP_DUPLICATE: it is given already; QPP_CONFLICT: there is none to end; QPP_USAGE: an
 * organization that cannot give one.
 */
QPP_MUST_USE enum qpp_code qpp_consent_set(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                           const struct qpp_person *who, struct qpp_str org_id, struct qpp_str registry_id,
                                           qpp_py py, bool give, struct qpp_err *err);

/* --- the tokens of a registry, as its Security Official sees them (made and revoked by identity.h) --- */

struct qpp_token_shown {
	struct qpp_api_token row;
	struct qpp_str by;               /* who made it */
};
struct qpp_tokens_shown {
	const struct qpp_token_shown *v;
	size_t n;
};
/* In the order they were made; QPP_NOT_FOUND: no registry, or not its Security Official. */
QPP_MUST_USE enum qpp_code qpp_tokens_of_org(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                                             struct qpp_str org_id, struct qpp_tokens_shown *out, struct qpp_err *err);

#endif
