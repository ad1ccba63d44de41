/*
 * The facts of eligibility, as docs/cli.md shows them. Every member is optional,
 * an absent one is unknown. A member that nobody knows is an error that names
 * it, its place and the nearest known name: a misspelt fact must not pass for an
 * absent one.
 *
 * `segments` has one object for each segment in which anything was billed. A
 * figure of the practice or of encounters is one for each segment in an array
 * (null: not known), or a single one that holds for both.
 *
 * Codes: those of doc.h and fields.h (memberUnknown here an error),
 * factDuplicate: a segment that stands twice, and
 * countExceedsClinicians: more clinicians of a kind than there are.
 */
#ifndef QPP_JSON_READ_ELIGIBILITY_H
#define QPP_JSON_READ_ELIGIBILITY_H

#include "qpp/eligibility.h"

/* NULL when there is no JSON object to read; an error finding then says why. `most_bytes` 0 is 64 MiB. */
struct qpp_eligibility_facts *qpp_json_read_eligibility(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                                        size_t most_bytes, struct qpp_findings *f);

#endif
