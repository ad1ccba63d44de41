/* From a request to a filing and back: shared by the pages of sets and measurements. */
#ifndef QPP_API_FILING_H
#define QPP_API_FILING_H

#include "adapt/api/api_int.h"

/*
 * The filing of a request: who, when, which bytes, under which key and version. QPP_USAGE for a header that is none;
 * QPP_STALE for an If-Match that no version can have.
 */
QPP_MUST_USE enum qpp_code qpp_api_filing(void *host, const struct qpp_http_request *r, qpp_filing_show *show, struct qpp_filing *out,
                                          struct qpp_err *err);

/* Receipt, ETag and body; `status` of what was done. 204 has no body. */
QPP_MUST_USE enum qpp_code qpp_api_filed(const struct qpp_filing *f, struct qpp_http_response *s, int status, struct qpp_err *err);

#endif
