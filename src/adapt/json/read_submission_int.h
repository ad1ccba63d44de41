/* What the readers of submissions, sets and single measurements share. */
#ifndef QPP_JSON_READ_SUBMISSION_INT_H
#define QPP_JSON_READ_SUBMISSION_INT_H

#include "fields.h"

/* More than any set can hold (a year has some 1,200 measures); hostile files stop here. */
enum { QPP_MOST_MEASUREMENTS = 20000 };

/* What the level below needs from those above. */
struct qpp_json_reading {
	struct qpp_json_in in;
	struct qpp_str program;          /* of the submission, for sets that name none */
	size_t measurements;             /* that may still be read */
};

/* False when the measurement has an error and is left out. */
bool qpp_json_read_measurement(struct qpp_json_reading *r, const struct qpp_json *node, struct qpp_measurement *m);

/* False when the set itself has an error and is left out; its measurements were still looked at. */
bool qpp_json_read_set(struct qpp_json_reading *r, const struct qpp_json *node, const struct qpp_json_shape *shape,
                       struct qpp_measurement_set *set);

/* Year, level and identifiers of a submission object. */
void qpp_json_read_filer(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_submission *s);

#endif
