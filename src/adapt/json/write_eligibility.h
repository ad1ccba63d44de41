/* Answers on who takes part, as JSON (docs/cli.md); each function gives a new value that the caller owns. */
#ifndef QPP_JSON_WRITE_ELIGIBILITY_H
#define QPP_JSON_WRITE_ELIGIBILITY_H

#include <jansson.h>

#include "qpp/eligibility.h"

json_t *qpp_json_eligibility(const struct qpp_eligibility *x);
json_t *qpp_json_qp(struct qpp_arena *a, const struct qpp_qp *x);

#endif
