/*
 * The facts file: what a submission does not say about its filer. Every field
 * is optional, an absent one is unknown. A field that nobody knows is an error
 * that names it, its place and the nearest known name: a misspelt fact must
 * not pass for an absent one.
 *
 * Decimals stand as JSON strings or numbers and are read as text. Ranges:
 * dualEligibleRatio 0..1, percents and final scores 0..100, z scores -20..20,
 * hccRiskScore, scores of measures and counts not negative.
 *
 * Codes: those of doc.h and fields.h (memberUnknown here an error), and
 * factDuplicate: a measure given twice in one list.
 */
#ifndef QPP_JSON_READ_FACTS_H
#define QPP_JSON_READ_FACTS_H

#include "qpp/submission.h"

/*
 * NULL when there is no JSON object to read; an error finding then says why.
 * A fact with an error is left out, as if absent. `most_bytes` 0 is 64 MiB.
 */
struct qpp_facts *qpp_json_read_facts(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                      size_t most_bytes, struct qpp_findings *f);

#endif
