/*
 * Proof that a form came from one of our own pages: a token bound to the session
 * (or, before there is one, to a cookie of the visitor), made with a key of the
 * server. Every page with a form calls qpp_csrf_token() and puts what it gives
 * into a hidden field `csrf`; the server checks before the handler runs.
 */
#ifndef QPP_CSRF_H
#define QPP_CSRF_H

#include "adapt/http/http.h"

enum { QPP_CSRF_KEY_BYTES = 32 };

/* A new token for this caller; sets the visitor's cookie where nobody is signed in. Each call gives another text. */
struct qpp_str qpp_csrf_token(const struct qpp_http_request *r, struct qpp_http_response *s);

/*
 * The request carries a token of this caller, in the header X-CSRF-Token or the field `csrf`, and no header of the
 * browser says that it comes from elsewhere. QPP_FORBIDDEN with what to do.
 */
enum qpp_code qpp_csrf_check(const struct qpp_http_request *r, struct qpp_err *err);

#endif
