/*
 * Facts as JSON (docs/cli.md): what is written is what read_facts.c, read_levels.c and read_eligibility.c read.
 * Absent facts are not written. Each function writes one object, on one line.
 */
#ifndef QPP_JSON_WRITE_FACTS_H
#define QPP_JSON_WRITE_FACTS_H

#include "qpp/eligibility.h"

/* The facts about a filer; `otherScores`, `distributions` and members of an APM entity are left out. */
void qpp_json_write_facts(struct qpp_buf *b, const struct qpp_facts *f);

void qpp_json_write_eligibility_facts(struct qpp_buf *b, const struct qpp_eligibility_facts *f);

#endif
