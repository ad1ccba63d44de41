/*
 * What every page of the JSON API shares: the shapes of success and error, lists
 * in pages, versions by the Accept header.
 *
 *   {"data": {"measurementSet": {...}}}
 *   {"error": {"type": "ValidationError", "message": "...", "details":
 *      [{"message": "...", "path": "$.measurementSets[0].category", "location": {"path": the same}, ...}]}}
 *
 * The place stands twice because clients of two generations read it, one here,
 * one there. Functions that take a json_t steal it.
 */
#ifndef QPP_ENVELOPE_H
#define QPP_ENVELOPE_H

#include <jansson.h>

#include "adapt/http/page.h"
#include "qpp/finding.h"

/* {"data": {NAME: value}} */
void qpp_respond_data(struct qpp_http_response *s, int status, const char *name, json_t *value);
/* Any document. */
void qpp_respond_json(struct qpp_http_response *s, int status, json_t *document);
/* The same with warnings beside the value: {"data": {NAME: value, "warnings": [...]}}; none when there is none. */
void qpp_respond_data_warned(struct qpp_http_response *s, int status, const char *name, json_t *value,
                             const struct qpp_findings *f);

/*
 * Errors. The status is that of the code; the type is by the status (ValidationError, Unauthorized, NotFoundError, ...).
 * A QPP_BUG or QPP_IO says nothing of what happened inside.
 */
void qpp_respond_error(struct qpp_http_response *s, const struct qpp_err *err);
/* The same with another status, for what has no code of its own (405, 429). */
void qpp_respond_error_status(struct qpp_http_response *s, int status, const struct qpp_err *err);
void qpp_respond_error_as(struct qpp_http_response *s, int status, const char *type, struct qpp_str message);
/* 422 with the errors among the findings as details. */
void qpp_respond_findings(struct qpp_http_response *s, struct qpp_str message, const struct qpp_findings *f);
json_t *qpp_finding_details(struct qpp_arena *a, const struct qpp_findings *f, enum qpp_severity severity);
const char *qpp_error_type(int status);

/* "/measurementSets/0/category" as "$.measurementSets[0].category". */
struct qpp_str qpp_json_path(struct qpp_arena *a, struct qpp_str pointer);

/* ---- lists ---- */

struct qpp_paging {
	int64_t start, most;         /* startIndex from 0; itemsPerPage, 10 unless asked */
};

/* From the query; QPP_USAGE for what is no number. */
enum qpp_code qpp_request_paging(const struct qpp_http_request *r, struct qpp_paging *out, struct qpp_err *err);
/* {"data": {totalItems, currentItemCount, itemsPerPage, startIndex, NAME: items}} */
void qpp_respond_list(struct qpp_http_response *s, struct qpp_paging p, int64_t total, const char *name, json_t *items);

/* ---- versions ---- */

unsigned qpp_accept_version(struct qpp_arena *a, struct qpp_str accept, struct qpp_versions offered);

#endif
