/*
 * Relying party of OpenID Connect: the port of app/oidc.h over configured
 * providers. Authorization code flow with PKCE (S256); keys and endpoints by
 * discovery, kept for ten minutes and read again when a signature does not fit.
 *
 * Building the request and verifying the ID token is iddawc's and rhonabwy's; what
 * is asked of a provider goes over our own bounded requests, so that a provider
 * that hangs holds a page for ten seconds at most. Addresses must be https; http
 * only on the loopback interface.
 */
#ifndef QPP_RELYING_H
#define QPP_RELYING_H

#include "app/oidc.h"

struct qpp_relying_provider {
	const char *id, *title;          /* "harp", "HARP"; the id is the provider of its accounts */
	const char *issuer;
	const char *client_id, *client_secret;   /* no secret (NULL): a public client */
	const char *scope;               /* NULL: "openid profile email" */
	const char *ca_file;             /* certificates to trust; NULL: the system's */
};

struct qpp_relying_config {
	const struct qpp_relying_provider *providers;
	size_t n_providers;
	const char *redirect_uri;        /* where the browser comes back: https://HOST/sign-in/back */
	struct qpp_clock *clock;
};

/* All is copied. QPP_USAGE: an address that is not https, an id twice or "local". */
QPP_MUST_USE enum qpp_code qpp_relying_open(const struct qpp_relying_config *c, struct qpp_oidc **out, struct qpp_err *err);
void qpp_relying_close(struct qpp_oidc *oidc);

#endif
