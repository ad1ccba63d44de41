/*
 * Sign-in over HTTP: the agency's /api/auth/ (apis.md 1.7), the way to identity
 * providers and back, and the hooks of the server that find out who asks and keep
 * the record of it.
 *
 *   struct qpp_auth auth = { .identity = identity, .oidc = oidc };
 *   struct qpp_page_table tables[QPP_AUTH_TABLES];
 *   qpp_auth_tables(&auth, tables);
 *
 * The cookie of a session is QPP_SESSION_COOKIE; a bearer token is a session's, or one of an organization's program.
 */
#ifndef QPP_API_AUTH_H
#define QPP_API_AUTH_H

#include "adapt/http/page.h"
#include "app/oidc.h"

#define QPP_SESSION_COOKIE "session"
#define QPP_PROVIDER_COOKIE "provider"

struct qpp_auth {
	struct qpp_identity *identity;
	struct qpp_store *store;         /* for the record of requests */
	struct qpp_clock *clock;
	struct qpp_oidc *oidc;           /* NULL: local accounts only */
};

enum { QPP_AUTH_TABLES = 2 };
/* The pages, bound to `auth`, which must outlive the server. */
void qpp_auth_tables(struct qpp_auth *auth, struct qpp_page_table out[QPP_AUTH_TABLES]);

/*
 * Fills r->caller; its `session` is a struct qpp_asker of r->arena. A cookie that is no good is nobody; a bearer token that
 * is no good is QPP_SIGNED_OUT.
 */
enum qpp_code qpp_auth_identify(struct qpp_auth *auth, struct qpp_http_request *r, struct qpp_err *err);

/*
 * One record of the request by the audit class of its page: who, what, from where, with what outcome; never a TIN. What
 * changed something has it before it is answered: a filing in its own transaction, anything else in one of its own. What only
 * read, or was refused, has it within a tenth of a second (qpp_store_audit_soon()).
 */
enum qpp_code qpp_auth_audit(struct qpp_auth *auth, const struct qpp_http_request *r, int status, struct qpp_err *err);

/* Where the use cases are told a request comes from. */
struct qpp_from qpp_auth_from(const struct qpp_http_request *r);

#endif
