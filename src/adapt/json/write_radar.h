/* What the radar found, as JSON (docs/cli.md). */
#ifndef QPP_JSON_WRITE_RADAR_H
#define QPP_JSON_WRITE_RADAR_H

#include <jansson.h>

#include "app/radar.h"

/* `g` may be NULL. */
json_t *qpp_json_radar(struct qpp_arena *a, const struct qpp_radar *r, const struct qpp_radar_groups *g);

#endif
