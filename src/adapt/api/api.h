/*
 * The agency's own APIs as pages: /api/submissions and /api/eligibility, with
 * paths, members and statuses that its clients know (docs/api.md). A page reads
 * what is asked, calls a use case, and writes what it answers.
 *
 * The host of these tables is a struct qpp_api, set in the copy of the table
 * that the program gives the server.
 *
 *  - Receipts: every filing answers with the header OpenQPP-Receipt, one line of JSON (app/receipt.h). It is no member of
 *    the body, since clients of the agency refuse members they do not know.
 *  - ETag and If-Match: the version of a measurement set. If-Match is optional.
 *  - Idempotency-Key on every filing: the first answer again, with Idempotency-Replayed: true.
 */
#ifndef QPP_API_H
#define QPP_API_H

#include "adapt/http/page.h"
#include "app/service.h"

struct qpp_api {
	const struct qpp_service *service;
	/*
	 * Who asks, out of what the server's `identify` hook left in the request. NULL: `caller.session` is a
	 * struct qpp_actor, or NULL for nobody.
	 */
	enum qpp_code (*actor)(void *self, const struct qpp_http_request *r, struct qpp_actor *out, struct qpp_err *err);
	void *self;
	struct qpp_kept *kept;           /* answers of eligibility (kept.h); NULL: each is made anew */
	int patch_status;                /* of PATCH /measurement-sets/{id}; 0: 201, as the agency's tutorial shows it */
};

/* For `actor`: `caller.session` is a struct qpp_asker, as qpp_auth_identify() leaves it. */
enum qpp_code qpp_api_asker(void *self, const struct qpp_http_request *r, struct qpp_actor *out, struct qpp_err *err);

extern const struct qpp_page_table qpp_api_submission_pages, qpp_api_set_pages, qpp_api_measurement_pages,
    qpp_api_score_pages, qpp_api_public_pages, qpp_api_eligibility_pages;

#endif
