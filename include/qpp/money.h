/*
 * Money in whole cents, 64-bit, wrapped so that it cannot be mixed with a
 * count. Percentages of money round half away from zero, once, at the cent.
 */
#ifndef QPP_MONEY_H
#define QPP_MONEY_H

#include "qpp/buf.h"

typedef struct {
	int64_t v;
} qpp_cents;

/* "1234.50", "1234", "-0.05"; at most two decimals. False on anything else or out of range. */
bool qpp_cents_parse(struct qpp_str s, qpp_cents *out);

/* False when the sum does not fit. */
bool qpp_cents_add(qpp_cents a, qpp_cents b, qpp_cents *out);

/* `pct` percent of `a`, to the cent, half away from zero; false when it does not fit. */
bool qpp_cents_pct(qpp_cents a, qpp_dec pct, qpp_cents *out);

void qpp_buf_cents(struct qpp_buf *b, qpp_cents v);       /* always two decimals */

#endif
