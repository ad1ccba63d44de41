/*
 * A submission as the program's QPP JSON: the one place that writes it. What is
 * written is what read_submission.c reads, member by member; members that the
 * service computes (ids, times) are not written, rates only where the submission
 * has them.
 *
 * Numbers are written exactly as they were read or added, so the text is made by
 * hand: a JSON library would take them through binary floating point.
 */
#ifndef QPP_JSON_WRITE_SUBMISSION_H
#define QPP_JSON_WRITE_SUBMISSION_H

#include "qpp/submission.h"

/* The whole document, ending in a line feed. Empty when it would be larger than any submission that is accepted. */
struct qpp_str qpp_json_submission(struct qpp_arena *a, const struct qpp_submission *s);

/* One set as it stands in a submission. */
struct qpp_str qpp_json_set(struct qpp_arena *a, const struct qpp_measurement_set *x);

/* The members of a value that is no boolean, without the braces. */
struct qpp_str qpp_json_value(struct qpp_arena *a, const struct qpp_measurement *m);

#endif
