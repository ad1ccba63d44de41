/*
 * QPP JSON to a submission. Taken are the bare submission object and the
 * wrappings {"submission": {...}} and {"data": {"submission": {...}}} in which
 * the service answers.
 *
 * The reader knows the shapes, not the measures: a value is a boolean, a
 * proportion, a single rate and so on by the members it has. Whether that is
 * what its measure asks for is qpp_check_submission()'s to say.
 *
 * Findings name every fault; reading never stops at the first. A measurement
 * or set that has an error is left out of the result, so the error findings
 * guard it: with findings->errors > 0 the submission is not what was filed.
 *
 * Codes: those of doc.h and fields.h, and setsEmpty measurementsEmpty.
 */
#ifndef QPP_JSON_READ_SUBMISSION_H
#define QPP_JSON_READ_SUBMISSION_H

#include "qpp/submission.h"

/*
 * NULL when there is no JSON object to read; an error finding then says why.
 * `most_bytes` 0 is 64 MiB.
 */
struct qpp_submission *qpp_json_read_submission(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                                size_t most_bytes, struct qpp_findings *f);

/* The same of a document that was read already, such as one that came as XML. */
struct qpp_json_doc;
struct qpp_submission *qpp_json_submission_of(struct qpp_arena *a, const struct qpp_json_doc *doc, struct qpp_findings *f);

#endif
