/*
 * The final scores of one clinician, and what is known of the clinician, for the
 * choice of the score that pays; docs/cli.md shows the shape. A member that nobody
 * knows is an error that names it, its place and the nearest known name. TINs are
 * held against their form: a digit that is lost would make a new TIN of an old one.
 *
 * Codes: those of doc.h and fields.h (memberUnknown here an error), and identifierInvalid.
 */
#ifndef QPP_JSON_READ_PAYMENT_H
#define QPP_JSON_READ_PAYMENT_H

#include "qpp/payment.h"

/*
 * NULL when there is no JSON object to read; an error finding then says why. A score with an error is left out:
 * with errors among the findings there is nothing to decide. `most_bytes` 0 is 64 MiB.
 */
struct qpp_payment_facts *qpp_json_read_payment(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                                size_t most_bytes, struct qpp_findings *f);

#endif
