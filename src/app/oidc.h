/*
 * Sign-in by an identity provider (OpenID Connect), a port: src/adapt/oidc does it.
 *
 *   begin:  the browser is sent to `url` and given `cookie`; what must not leave this server (code verifier, nonce,
 *           the hash of the cookie) is kept here for ten minutes under `state`
 *   finish: the browser comes back with the query of the redirect and the cookie; the code is changed for tokens, the ID
 *           token is verified (signature by the provider's keys, issuer, audience, times, nonce), and who it is comes out
 *
 * A state is good once, and only in the browser that began with it.
 */
#ifndef QPP_APP_OIDC_H
#define QPP_APP_OIDC_H

#include "app/identity.h"

struct qpp_oidc_begun {
	struct qpp_str url, cookie;
};

struct qpp_oidc_back {
	struct qpp_str state, code, error;       /* of the query; empty when absent */
	struct qpp_str iss;                      /* RFC 9207; empty when absent */
	struct qpp_str cookie;
};

/* Shown as a button. */
struct qpp_oidc_provider {
	struct qpp_str id, title;                /* "harp", "HARP" */
};

struct qpp_oidc {
	const struct qpp_oidc_provider *providers;
	size_t n_providers;
	/* QPP_NOT_FOUND: no such provider; QPP_IO: it cannot be reached; QPP_BUSY: too many have begun. Waits. */
	enum qpp_code (*begin)(struct qpp_oidc *self, struct qpp_arena *arena, struct qpp_str provider, struct qpp_str then,
	                       struct qpp_oidc_begun *out, struct qpp_err *err);
	/* `then` is the path given to begin. QPP_SIGNED_OUT: refused, for whatever reason; QPP_IO. Waits. */
	enum qpp_code (*finish)(struct qpp_oidc *self, struct qpp_arena *arena, const struct qpp_oidc_back *back,
	                        struct qpp_vouched *out, struct qpp_str *then, struct qpp_err *err);
};

#endif
