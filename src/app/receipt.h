/*
 * Receipts and the ledger as texts: what a receipt says, what its signature and
 * the chain cover, and how an exported ledger is laid out. Pure text; hashing and
 * signing belong to adapters. docs/receipts.md tells it to those who verify.
 *
 * A record of the ledger is chained by SHA-256 over
 *
 *   openqpp-ledger-1 LF sequence LF at LF kind LF subject LF sha256 LF previous LF
 *
 * `at` is 2025-04-15T23:59:59.123456Z, hashes are 64 lower-case hexadecimal digits, the first `previous` is 64 zeros.
 * A receipt is signed (Ed25519) over
 *
 *   openqpp-receipt-1 LF number LF sequence LF at LF kind LF subject LF sha256 LF previous LF chain LF
 *
 * so that a receipt alone proves its own record, and any later export that it was not rewritten. An exported ledger is
 *
 *   openqpp-ledger-1 KEY LF
 *   sequence SP at SP kind SP subject SP sha256 SP chain LF          (previous is the chain of the line before)
 *   head SP sequence SP at SP chain SP signature LF                  (the last line)
 *
 * where the head's signature is over "openqpp-head-1 LF sequence LF at LF chain LF", KEY is the public key and every
 * number is decimal without leading zeros: there is one way to write a ledger, and a verifier refuses any other.
 */
#ifndef QPP_APP_RECEIPT_H
#define QPP_APP_RECEIPT_H

#include "app/clock.h"
#include "qpp/err.h"

enum { QPP_HASH_HEX = 64, QPP_SIGNATURE_HEX = 128 };

struct qpp_receipt {
	struct qpp_str number;                       /* the sequence in ten digits, a dash and two check digits (ISO 7064, 97-10) */
	int64_t sequence;
	qpp_time at;                                 /* of the last byte of what was filed */
	struct qpp_str kind, subject;
	struct qpp_str sha256, previous, chain;
	struct qpp_str signature;                    /* 128 hexadecimal digits */
	struct qpp_str key;                          /* public key, 64 hexadecimal digits */
};

/* What is hashed, and what is signed; in the arena. */
struct qpp_str qpp_receipt_chain_text(struct qpp_arena *a, const struct qpp_receipt *r);
struct qpp_str qpp_receipt_signed_text(struct qpp_arena *a, const struct qpp_receipt *r);
struct qpp_str qpp_ledger_head_text(struct qpp_arena *a, int64_t sequence, qpp_time at, struct qpp_str chain);

struct qpp_str qpp_receipt_number(struct qpp_arena *a, int64_t sequence);

/* A kind or subject that a record may have: printable ASCII without spaces and JSON's quotes, 1..most bytes. */
bool qpp_receipt_word(struct qpp_str s, size_t most);
bool qpp_receipt_hex(struct qpp_str s, size_t digits);

/* The lines of an exported ledger, each with its end. */
struct qpp_str qpp_ledger_first_line(struct qpp_arena *a, struct qpp_str key);
struct qpp_str qpp_ledger_line(struct qpp_arena *a, const struct qpp_receipt *r);
struct qpp_str qpp_ledger_last_line(struct qpp_arena *a, int64_t sequence, qpp_time at, struct qpp_str chain,
                                    struct qpp_str signature);

/* The receipt as JSON, one member a line: the file that is handed out. */
struct qpp_str qpp_receipt_json(struct qpp_arena *a, const struct qpp_receipt *r);

#endif
