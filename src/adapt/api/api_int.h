/* What the pages of the API share. */
#ifndef QPP_API_INT_H
#define QPP_API_INT_H

#include "adapt/api/api.h"
#include "adapt/http/envelope.h"
#include "adapt/json/write_filed.h"

#define QPP_API_V1 { 1, 1, 1 }
#define QPP_API_PARAM_ID { QPP_IN_PATH, "id", "string", true, "the id, as an earlier answer gave it" }
#define QPP_API_PARAM_KEY                                                                                                  \
	{ QPP_IN_HEADER, "Idempotency-Key", "string", false, "the same key and body again: the same answer and receipt, nothing filed twice" }
#define QPP_API_PARAM_MATCH { QPP_IN_HEADER, "If-Match", "string", false, "the ETag of what is changed: 412 when it has moved on" }
#define QPP_API_PARAM_ACTING                                                                                               \
	{ QPP_IN_HEADER, "organization-id", "string", false, "the organization to act for, where you have roles in several" }
#define QPP_API_PARAM_PAGE                                                                                                 \
	{ QPP_IN_QUERY, "startIndex", "integer", false, "the first item, from 0" },                                        \
	    { QPP_IN_QUERY, "itemsPerPage", "integer", false, "10 unless asked; at most 1,000 are given" }

enum { QPP_API_MOST_BYTES = 64 << 20, QPP_API_MOST_FINDINGS = 500, QPP_API_MOST_BODY = 4 << 20 };

/* Who asks and of what; QPP_SIGNED_OUT for nobody. */
QPP_MUST_USE enum qpp_code qpp_api_call(void *host, const struct qpp_http_request *r, struct qpp_call *out, struct qpp_err *err);
/* The same for a page that anybody may ask: nobody is an actor without roles. */
struct qpp_call qpp_api_anybody(void *host, const struct qpp_http_request *r);

struct qpp_findings *qpp_api_findings(const struct qpp_http_request *r);

/* {"data": { what is emitted between the two }} */
void qpp_api_begin(struct qpp_emit *e, struct qpp_arena *a);
struct qpp_str qpp_api_end(struct qpp_emit *e);
void qpp_api_warnings(struct qpp_emit *e, const struct qpp_findings *f);
/* Sends what was emitted; QPP_LIMIT when it was too much. */
QPP_MUST_USE enum qpp_code qpp_api_send(struct qpp_http_response *s, int status, struct qpp_str body, struct qpp_err *err);

/*
 * An error of a use case as the agency answers it: findings as ValidationError with `message`, a thing that is there
 * already as DuplicateEntryError; everything else is the server's to say.
 */
enum qpp_code qpp_api_refuse(struct qpp_http_response *s, enum qpp_code code, const struct qpp_findings *f, const char *message,
                             struct qpp_err *err);

/* Part of a list, from the query. */
QPP_MUST_USE enum qpp_code qpp_api_slice(const struct qpp_http_request *r, struct qpp_slice *out, struct qpp_err *err);
void qpp_api_list_head(struct qpp_emit *e, struct qpp_slice slice, int64_t total, size_t n);

/* performanceYear (or `year`) and entityType of the query; absent: 0. */
QPP_MUST_USE enum qpp_code qpp_api_year(const struct qpp_http_request *r, qpp_py *out, struct qpp_err *err);

#endif
