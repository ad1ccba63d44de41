/* Which score pays, as text for a terminal. */
#ifndef QPP_TEXT_PAYMENT_H
#define QPP_TEXT_PAYMENT_H

#include "app/payment.h"

struct qpp_str qpp_text_payment(struct qpp_arena *a, const struct qpp_payment_answer *x);

#endif
