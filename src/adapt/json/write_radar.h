/* What the radar found, as JSON (docs/cli.md). */
#ifndef QPP_JSON_WRITE_RADAR_H
#define QPP_JSON_WRITE_RADAR_H

#include <jansson.h>

#include "app/radar.h"

/* `g` may be NULL. */
json_t *qpp_json_radar(struct qpp_arena *a, const struct qpp_radar *r, const struct qpp_radar_groups *g);

/* What was written, read again, but for the groups; of the run its id, phase and digest. QPP_DATA. */
QPP_MUST_USE enum qpp_code qpp_radar_doc_read(struct qpp_arena *a, struct qpp_str text, struct qpp_radar *r, struct qpp_err *err);

#endif
