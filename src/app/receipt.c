/* Receipts and ledgers as texts. There is one way to write each, so that a changed byte is seen. */
#include "app/receipt.h"

enum { LONGEST = 2048, NUMBER_DIGITS = 10 };

static void line(struct qpp_buf *b, struct qpp_str s)
{
	qpp_buf_str(b, s);
	qpp_buf_char(b, '\n');
}

/* sequence, at, kind, subject, sha256, previous: what both texts have in common. */
static void record_lines(struct qpp_buf *b, const struct qpp_receipt *r)
{
	qpp_buf_i64(b, r->sequence);
	qpp_buf_char(b, '\n');
	qpp_buf_time(b, r->at);
	qpp_buf_char(b, '\n');
	line(b, r->kind);
	line(b, r->subject);
	line(b, r->sha256);
	line(b, r->previous);
}

struct qpp_str qpp_receipt_chain_text(struct qpp_arena *a, const struct qpp_receipt *r)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST);
	line(&b, QPP_LIT("openqpp-ledger-1"));
	record_lines(&b, r);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_receipt_signed_text(struct qpp_arena *a, const struct qpp_receipt *r)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST);
	line(&b, QPP_LIT("openqpp-receipt-1"));
	line(&b, r->number);
	record_lines(&b, r);
	line(&b, r->chain);
	return qpp_buf_done(&b);
}

struct qpp_str qpp_ledger_head_text(struct qpp_arena *a, int64_t sequence, qpp_time at, struct qpp_str chain)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST);
	line(&b, QPP_LIT("openqpp-head-1"));
	qpp_buf_i64(&b, sequence);
	qpp_buf_char(&b, '\n');
	qpp_buf_time(&b, at);
	qpp_buf_char(&b, '\n');
	line(&b, chain);
	return qpp_buf_done(&b);
}

/* ISO 7064 modulus 97-10: two digits behind the number that make it 1 modulo 97; a wrong or swapped digit shows. */
struct qpp_str qpp_receipt_number(struct qpp_arena *a, int64_t sequence)
{
	int check = (int)(98 - sequence % 97 * 100 % 97);
	char digits[NUMBER_DIGITS];
	struct qpp_buf b;
	int64_t rest = sequence;
	for (int i = NUMBER_DIGITS - 1; i >= 0; i--, rest /= 10)
		digits[i] = (char)('0' + rest % 10);
	qpp_buf_init(&b, a, 64);
	if (rest)
		qpp_buf_i64(&b, rest);
	qpp_buf_add(&b, digits, sizeof digits);
	qpp_buf_char(&b, '-');
	qpp_buf_char(&b, (char)('0' + check / 10));
	qpp_buf_char(&b, (char)('0' + check % 10));
	return qpp_buf_done(&b);
}

bool qpp_receipt_word(struct qpp_str s, size_t most)
{
	bool fits = s.n > 0 && s.n <= most;
	for (size_t i = 0; i < s.n && fits; i++)
		fits = s.p[i] > ' ' && s.p[i] < 0x7F && s.p[i] != '"' && s.p[i] != '\\';
	return fits;
}

bool qpp_receipt_hex(struct qpp_str s, size_t digits)
{
	bool fits = s.n == digits;
	for (size_t i = 0; i < s.n && fits; i++)
		fits = (s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f');
	return fits;
}

struct qpp_str qpp_ledger_first_line(struct qpp_arena *a, struct qpp_str key)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST);
	qpp_buf_cat(&b, "openqpp-ledger-1 ", (char *)NULL);
	line(&b, key);
	return qpp_buf_done(&b);
}

static void word(struct qpp_buf *b, struct qpp_str s)
{
	qpp_buf_char(b, ' ');
	qpp_buf_str(b, s);
}

struct qpp_str qpp_ledger_line(struct qpp_arena *a, const struct qpp_receipt *r)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST);
	qpp_buf_i64(&b, r->sequence);
	qpp_buf_char(&b, ' ');
	qpp_buf_time(&b, r->at);
	word(&b, r->kind);
	word(&b, r->subject);
	word(&b, r->sha256);
	word(&b, r->chain);
	qpp_buf_char(&b, '\n');
	return qpp_buf_done(&b);
}

struct qpp_str qpp_ledger_last_line(struct qpp_arena *a, int64_t sequence, qpp_time at, struct qpp_str chain,
                                    struct qpp_str signature)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST);
	qpp_buf_cat(&b, "head ", (char *)NULL);
	qpp_buf_i64(&b, sequence);
	qpp_buf_char(&b, ' ');
	qpp_buf_time(&b, at);
	word(&b, chain);
	word(&b, signature);
	qpp_buf_char(&b, '\n');
	return qpp_buf_done(&b);
}

static void member(struct qpp_buf *b, const char *name, struct qpp_str value)
{
	qpp_buf_cat(b, ",\n  \"", name, "\": \"", (char *)NULL);
	qpp_buf_str(b, value);
	qpp_buf_char(b, '"');
}

struct qpp_str qpp_receipt_json(struct qpp_arena *a, const struct qpp_receipt *r)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST);
	qpp_buf_cat(&b, "{\n  \"receipt\": \"openqpp-receipt-1\"", (char *)NULL);
	member(&b, "number", r->number);
	qpp_buf_cat(&b, ",\n  \"sequence\": ", (char *)NULL);
	qpp_buf_i64(&b, r->sequence);
	member(&b, "at", qpp_time_text(a, r->at));
	member(&b, "kind", r->kind);
	member(&b, "subject", r->subject);
	member(&b, "sha256", r->sha256);
	member(&b, "previous", r->previous);
	member(&b, "chain", r->chain);
	member(&b, "signature", r->signature);
	member(&b, "key", r->key);
	qpp_buf_cat(&b, "\n}\n", (char *)NULL);
	return qpp_buf_done(&b);
}
