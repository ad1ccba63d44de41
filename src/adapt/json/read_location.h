/*
 * `location` of a facts file: {"state": "FL", "county": "Lee", "zip": "33901"},
 * each member optional. A code that is no state's, a ZIP code without five or
 * nine digits and a county without a letter are errors (valueUnknown); whether a
 * county exists is not known here.
 */
#ifndef QPP_JSON_READ_LOCATION_H
#define QPP_JSON_READ_LOCATION_H

#include "fields.h"

/* Leaves `out` alone when there is no such member. */
void qpp_json_read_location(struct qpp_json_in *in, const struct qpp_json *facts, struct qpp_location *out);

#endif
