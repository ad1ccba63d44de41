/* Items of the synthetic state as JSON Lines; docs/cli.md ("The synthetic state") shows the shapes. */
#ifndef QPP_JSON_WRITE_SYNTH_H
#define QPP_JSON_WRITE_SYNTH_H

#include "app/synth.h"

/* One item as one line, ending in a line feed. `scratch` may be reset afterwards. */
void qpp_json_write_synth(struct qpp_buf *b, struct qpp_arena *scratch, const struct qpp_synth_item *item);

#endif
