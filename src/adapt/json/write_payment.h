/* Which score pays, as JSON (docs/cli.md); gives a new value that the caller owns. */
#ifndef QPP_JSON_WRITE_PAYMENT_H
#define QPP_JSON_WRITE_PAYMENT_H

#include <jansson.h>

#include "app/payment.h"

json_t *qpp_json_payment(struct qpp_arena *a, const struct qpp_payment_answer *x, const struct qpp_findings *f);
json_t *qpp_json_reason(const struct qpp_reason *r);

#endif
