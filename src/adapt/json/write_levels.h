/* Several scores and the one that counts, as JSON (docs/cli.md); gives a new value that the caller owns. */
#ifndef QPP_JSON_WRITE_LEVELS_H
#define QPP_JSON_WRITE_LEVELS_H

#include <jansson.h>

#include "app/levels.h"

json_t *qpp_json_levels(struct qpp_arena *a, const struct qpp_levels *x, const struct qpp_findings *f, unsigned depth);

#endif
