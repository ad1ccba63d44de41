/*
 * A score in the shape of the agency's scoring engine: nodes of name, value,
 * parts and metadata, from the total down to each measure (apis.md 1.6). The
 * figures are those of our score; what the agency's engine shows besides and we
 * have no figure for is left out, not made up.
 */
#ifndef QPP_JSON_WRITE_TREE_H
#define QPP_JSON_WRITE_TREE_H

#include "adapt/json/emit.h"

struct qpp_answer;

/* The score that counts under `name`; beside it `scores`, one a program, where the submission has several. */
void qpp_emit_answer(struct qpp_emit *e, const char *name, const struct qpp_answer *x, const char *version);

#endif
