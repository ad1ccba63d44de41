/*
 * Submissions, measurement sets and measurements as the Submissions API answers
 * them: what was filed, who filed it and when, and beside each value what the
 * service computes of it (app/computed.h). Numbers stand as they were filed.
 */
#ifndef QPP_JSON_WRITE_FILED_H
#define QPP_JSON_WRITE_FILED_H

#include "adapt/json/emit.h"
#include "app/submissions.h"

void qpp_emit_submission(struct qpp_emit *e, const char *name, const struct qpp_seen_submission *x);
void qpp_emit_set(struct qpp_emit *e, const char *name, const struct qpp_filed_set *x);
/* One measurement of a set, by measure id; nothing when the set has none. False then. */
bool qpp_emit_measurement(struct qpp_emit *e, const char *name, const struct qpp_filed_set *x, struct qpp_str measure_id);

/* A document that was only checked: no ids, no times, the identifiers that were sent. */
void qpp_emit_checked(struct qpp_emit *e, const char *name, const struct qpp_submission *s);

/* entityType as the agency writes it. */
struct qpp_str qpp_entity_wire(enum qpp_entity entity);

#endif
