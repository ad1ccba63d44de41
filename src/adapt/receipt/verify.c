/*
 * Verification. Every text is read, written again in its one form, and compared
 * byte by byte; so nothing in it escapes the hashes and signatures over its values.
 */
#include "adapt/receipt/verify.h"

#include <sodium.h>
#include <string.h>

enum { MOST_KIND = 40, MOST_SUBJECT = 200 };

static const struct qpp_str zeros = QPP_LIT_INIT("0000000000000000000000000000000000000000000000000000000000000000");

static enum qpp_code wrong(struct qpp_err *err, const char *what)
{
	return qpp_fail(err, QPP_DATA, what, (char *)NULL);
}

static struct qpp_str sha256(struct qpp_arena *a, struct qpp_str bytes)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *hex = qpp_arena_alloc(a, QPP_HASH_HEX + 1);
	crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
	sodium_bin2hex(hex, QPP_HASH_HEX + 1, hash, sizeof hash);
	return (struct qpp_str){ hex, QPP_HASH_HEX };
}

static bool is_signed(struct qpp_str text, struct qpp_str signature, struct qpp_str key)
{
	unsigned char s[crypto_sign_BYTES], k[crypto_sign_PUBLICKEYBYTES];
	return qpp_receipt_hex(signature, QPP_SIGNATURE_HEX) && qpp_receipt_hex(key, QPP_HASH_HEX) &&
	       sodium_hex2bin(s, sizeof s, signature.p, signature.n, NULL, NULL, NULL) == 0 &&
	       sodium_hex2bin(k, sizeof k, key.p, key.n, NULL, NULL, NULL) == 0 &&
	       crypto_sign_verify_detached(s, (const unsigned char *)text.p, text.n, k) == 0;
}

static enum qpp_code check_key(struct qpp_str key, struct qpp_err *err)
{
	if (qpp_receipt_hex(key, QPP_HASH_HEX))
		return QPP_OK;
	(void)qpp_fail(err, QPP_USAGE, "a public key has 64 hexadecimal digits in lower case", (char *)NULL);
	return QPP_USAGE;
}

/* "name": "value" or "name": value on the next line; the value without its quotes. */
static bool member(struct qpp_str *rest, const char *name, struct qpp_str *out)
{
	struct qpp_str part;
	if (!qpp_str_cut(rest, '\n', &part))
		return false;
	part = qpp_str_trim(part);
	if (part.n && part.p[part.n - 1] == ',')
		part.n--;
	size_t n = strlen(name);
	if (part.n < n + 4 || part.p[0] != '"' || memcmp(part.p + 1, name, n) != 0 || memcmp(part.p + 1 + n, "\": ", 3) != 0)
		return false;
	*out = (struct qpp_str){ part.p + n + 4, part.n - n - 4 };
	if (out->n >= 2 && out->p[0] == '"' && out->p[out->n - 1] == '"')
		*out = (struct qpp_str){ out->p + 1, out->n - 2 };
	return true;
}

static bool sequence_of(struct qpp_str s, int64_t *out)
{
	uint64_t v;
	bool good = qpp_str_u64(s, INT64_MAX, &v);
	*out = good ? (int64_t)v : 0;
	return good;
}

static bool read_receipt(struct qpp_arena *a, struct qpp_str text, struct qpp_receipt *r)
{
	struct qpp_str rest = text, brace, form, sequence, at;
	*r = (struct qpp_receipt){ 0 };
	bool read = qpp_str_cut(&rest, '\n', &brace) && member(&rest, "receipt", &form) && member(&rest, "number", &r->number) &&
	            member(&rest, "sequence", &sequence) && member(&rest, "at", &at) && member(&rest, "kind", &r->kind) &&
	            member(&rest, "subject", &r->subject) && member(&rest, "sha256", &r->sha256) &&
	            member(&rest, "previous", &r->previous) && member(&rest, "chain", &r->chain) &&
	            member(&rest, "signature", &r->signature) && member(&rest, "key", &r->key);
	return read && sequence_of(sequence, &r->sequence) && qpp_time_parse(at, &r->at) && qpp_receipt_word(r->kind, MOST_KIND) &&
	       qpp_receipt_word(r->subject, MOST_SUBJECT) && qpp_receipt_hex(r->sha256, QPP_HASH_HEX) &&
	       qpp_receipt_hex(r->previous, QPP_HASH_HEX) && qpp_str_eq(qpp_receipt_json(a, r), text);
}

enum qpp_code qpp_receipt_verify(struct qpp_arena *a, struct qpp_str text, struct qpp_str key, struct qpp_receipt *out,
                                 struct qpp_err *err)
{
	enum qpp_code code = check_key(key, err);
	if (code != QPP_OK)
		return code;
	if (!read_receipt(a, text, out))
		return wrong(err, "this is not a receipt as it was handed out");
	if (!qpp_str_eq(out->key, key))
		return wrong(err, "the receipt names another key than the one given");
	if (!qpp_str_eq(out->number, qpp_receipt_number(a, out->sequence)))
		return wrong(err, "the number of the receipt does not belong to its sequence");
	if (!qpp_str_eq(out->chain, sha256(a, qpp_receipt_chain_text(a, out))))
		return wrong(err, "what the receipt says does not have the hash it names");
	if (!is_signed(qpp_receipt_signed_text(a, out), out->signature, key))
		return wrong(err, "the signature is not of this receipt by this key");
	return QPP_OK;
}

enum qpp_code qpp_receipt_filed(struct qpp_arena *a, const struct qpp_receipt *r, struct qpp_str bytes, struct qpp_err *err)
{
	if (qpp_str_eq(r->sha256, sha256(a, bytes)))
		return QPP_OK;
	return wrong(err, "this is not what was filed: its SHA-256 is another");
}

/* --- the ledger --- */

struct chain {
	struct qpp_str text, key;
	const struct qpp_receipt *receipt;
	int64_t records;
	char last[QPP_HASH_HEX];
	bool met;                        /* the record of the receipt was there */
};

static struct qpp_str last_of(const struct chain *c)
{
	return (struct qpp_str){ c->last, QPP_HASH_HEX };
}

static enum qpp_code at_record(struct qpp_arena *a, const struct chain *c, const char *what, struct qpp_err *err)
{
	(void)wrong(err, what);
	qpp_err_detail(err, "after record ", qpp_i64_text(a, c->records).p, (char *)NULL);
	return QPP_DATA;
}

/* One line and its end; false when the text ends before one. */
static bool next_line(struct qpp_str *rest, struct qpp_str *line)
{
	const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
	if (!end)
		return false;
	line->p = rest->p;
	line->n = (size_t)(end - rest->p) + 1;
	*rest = (struct qpp_str){ end + 1, rest->n - line->n };
	return true;
}

static bool words(struct qpp_str line, struct qpp_str *out, size_t n)
{
	struct qpp_str rest = { line.p, line.n - 1 };
	for (size_t i = 0; i < n; i++)
		if (!qpp_str_cut(&rest, ' ', &out[i]))
			return false;
	return true;
}

static enum qpp_code check_record(struct qpp_arena *a, struct chain *c, struct qpp_str line, struct qpp_err *err)
{
	struct qpp_str w[6];
	struct qpp_receipt r = { .previous = last_of(c) };
	if (!words(line, w, 6) || !sequence_of(w[0], &r.sequence) || !qpp_time_parse(w[1], &r.at))
		return at_record(a, c, "a line is not a record of a ledger", err);
	r.kind = w[2];
	r.subject = w[3];
	r.sha256 = w[4];
	r.chain = w[5];
	if (!qpp_str_eq(line, qpp_ledger_line(a, &r)))
		return at_record(a, c, "a line is not a record of a ledger", err);
	if (r.sequence != c->records + 1)
		return at_record(a, c, "a record is missing or stands twice", err);
	if (!qpp_str_eq(r.chain, sha256(a, qpp_receipt_chain_text(a, &r))))
		return at_record(a, c, "a record was changed, or follows another one than before", err);
	if (c->receipt && c->receipt->sequence == r.sequence) {
		if (!qpp_str_eq(c->receipt->chain, r.chain))
			return at_record(a, c, "the ledger has another record than the receipt", err);
		c->met = true;
	}
	memcpy(c->last, r.chain.p, QPP_HASH_HEX);
	c->records++;
	return QPP_OK;
}

static enum qpp_code check_head(struct qpp_arena *a, const struct chain *c, struct qpp_str line, struct qpp_err *err)
{
	struct qpp_str w[5];
	int64_t sequence;
	qpp_time at;
	if (!words(line, w, 5) || !sequence_of(w[1], &sequence) || !qpp_time_parse(w[2], &at) ||
	    !qpp_str_eq(line, qpp_ledger_last_line(a, sequence, at, w[3], w[4])))
		return at_record(a, c, "the last line is not a signed head", err);
	if (sequence != c->records || !qpp_str_eq(w[3], last_of(c)))
		return at_record(a, c, "the signed head is of another record", err);
	if (!is_signed(qpp_ledger_head_text(a, sequence, at, w[3]), w[4], c->key))
		return at_record(a, c, "the head is not signed by this key", err);
	return QPP_OK;
}

static enum qpp_code check_ledger(struct qpp_arena *a, struct chain *c, struct qpp_err *err)
{
	struct qpp_str rest = c->text, line;
	enum qpp_code code = QPP_OK;
	if (!next_line(&rest, &line) || !qpp_str_eq(line, qpp_ledger_first_line(a, c->key)))
		return at_record(a, c, "this is not a ledger of this key", err);
	while (code == QPP_OK) {
		struct qpp_mark mark = qpp_arena_mark(a);
		if (!next_line(&rest, &line))
			return at_record(a, c, "the ledger ends without a signed head", err);
		if (qpp_str_starts(line, "head ")) {
			code = check_head(a, c, line, err);
			break;
		}
		code = check_record(a, c, line, err);
		qpp_arena_reset(a, mark);
	}
	if (code == QPP_OK && rest.n)
		return at_record(a, c, "something follows the signed head", err);
	if (code == QPP_OK && c->receipt && !c->met)
		return at_record(a, c, "the record of the receipt is not in the ledger", err);
	return code;
}

enum qpp_code qpp_ledger_verify(struct qpp_arena *a, struct qpp_str text, struct qpp_str key, const struct qpp_receipt *receipt,
                                int64_t *records, struct qpp_err *err)
{
	struct chain c = { .text = text, .key = key, .receipt = receipt };
	memcpy(c.last, zeros.p, QPP_HASH_HEX);
	enum qpp_code code = check_key(key, err);
	if (code == QPP_OK)
		code = check_ledger(a, &c, err);
	*records = c.records;
	return code;
}
