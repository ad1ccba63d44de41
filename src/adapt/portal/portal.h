/*
 * The portal: the HTML pages of the service, as tables of pages. A handler reads
 * its parameters, asks a use case, makes a model and hands it to a view; it knows
 * neither the store nor SQL.
 *
 * Sessions. Who is signed in is found by the server's hook (qpp_auth_identify():
 * `r->caller.session` is a struct qpp_asker). A session that ended is nobody:
 * public pages go on, others lead to /sign-in and back.
 */
#ifndef QPP_PORTAL_H
#define QPP_PORTAL_H

#include "adapt/http/page.h"
#include "adapt/portal/portal_host.h"

/* The tables; `host` of each is the portal. At most QPP_PORTAL_TABLES of them are written to `out`. */
enum { QPP_PORTAL_TABLES = 24 };
size_t qpp_portal_tables(struct qpp_portal *p, struct qpp_page_table out[QPP_PORTAL_TABLES]);

/* For the hook of the server, whose host need not be the portal. */
void qpp_portal_error_page(struct qpp_portal *p, const struct qpp_http_request *r, int status, const struct qpp_err *err,
                           struct qpp_http_response *s);

#endif
