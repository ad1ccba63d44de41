/*
 * Whether a receipt or an exported ledger is genuine: checked off line, with
 * nothing but the public key. What is wrong is QPP_DATA and says in words what.
 */
#ifndef QPP_RECEIPT_VERIFY_H
#define QPP_RECEIPT_VERIFY_H

#include "app/receipt.h"

/* The receipt as it was handed out, byte for byte; `key` 64 hexadecimal digits. QPP_USAGE: the key. QPP_DATA. */
QPP_MUST_USE enum qpp_code qpp_receipt_verify(struct qpp_arena *a, struct qpp_str text, struct qpp_str key,
                                              struct qpp_receipt *out, struct qpp_err *err);

/* What was filed is what the receipt says. QPP_DATA. */
QPP_MUST_USE enum qpp_code qpp_receipt_filed(struct qpp_arena *a, const struct qpp_receipt *r, struct qpp_str bytes,
                                             struct qpp_err *err);

/*
 * A whole exported ledger: chain, order and signed head. With a receipt (which may be NULL) also that the ledger has
 * its record unchanged: one that was rewritten since, or put back to before it, does not. `*records` is how many hold.
 */
QPP_MUST_USE enum qpp_code qpp_ledger_verify(struct qpp_arena *a, struct qpp_str text, struct qpp_str key,
                                             const struct qpp_receipt *receipt, int64_t *records, struct qpp_err *err);

#endif
