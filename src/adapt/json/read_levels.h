/*
 * Facts of other levels and programs than traditional MIPS of a clinician or
 * group: the registration of an MVP participant, the hospital of who is
 * facility-based, the clinicians of an APM entity. Shapes: docs/cli.md.
 */
#ifndef QPP_JSON_READ_LEVELS_H
#define QPP_JSON_READ_LEVELS_H

#include "fields.h"
#include "qpp/submission.h"

/* Reads `registration`, `facility` and `members` of the facts object; findings for what is wrong in them. */
void qpp_json_read_levels(struct qpp_json_in *in, const struct qpp_json *facts_object, struct qpp_facts *facts);

#endif
