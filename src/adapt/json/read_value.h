/* The value of one measurement, kind by the members it has. Used by read_submission.c only. */
#ifndef QPP_JSON_READ_VALUE_H
#define QPP_JSON_READ_VALUE_H

#include "fields.h"

/* Fills the value members of `m`; faults are findings. */
void qpp_json_read_value(struct qpp_json_in *in, const struct qpp_json *value, struct qpp_measurement *m);

#endif
