/*
 * The ledger: records are appended in the transaction of the change they are of,
 * each chained to the one before (app/receipt.h says over what), and signed. The tail
 * is one row that is taken first, so that two processes append one after the other.
 */
#include <stdio.h>
#include <string.h>

#include "adapt/store/store_int.h"

enum { MOST_KIND = 40, MOST_SUBJECT = 200, PAGE = 1000, PURPOSE = 40 };

#define LEDGER "sequence, at, kind, subject, sha256, previous, chain, signature"

static const char *body_purpose(char *to, int64_t sequence)
{
	snprintf(to, PURPOSE, "body %lld", (long long)sequence);
	return to;
}

static enum qpp_code keep_record(struct qpp_tx *tx, const struct qpp_receipt *r, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("INSERT INTO ledger (" LEDGER ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
	                               VALUES(V_NUMBER(r->sequence), V_TIME(r->at), V_TEXT(r->kind), V_TEXT(r->subject), V_TEXT(r->sha256),
	                                      V_TEXT(r->previous), V_TEXT(r->chain), V_TEXT(r->signature)), &rows, err);
	if (code == QPP_OK)
		code = tx_change(tx, DB_SQL("UPDATE ledger_tail SET chain = ? WHERE name = 'ledger'"), VALUES(V_TEXT(r->chain)), &rows, err);
	return code;
}

enum qpp_code qpp_store_ledger_append(struct qpp_tx *tx, const struct qpp_ledger_new *n, struct qpp_receipt *out,
                                      struct qpp_err *err)
{
	const struct crypt *crypt = &tx->store->crypt;
	struct db_rows rows;
	char purpose[PURPOSE];
	if (!qpp_receipt_word(n->kind, MOST_KIND) || !qpp_receipt_word(n->subject, MOST_SUBJECT))
		return qpp_fail(err, QPP_BUG, "a record of the ledger has a kind or subject that cannot be written", (char *)NULL);
	enum qpp_code code = tx_change(tx, DB_SQL("UPDATE ledger_tail SET sequence = sequence + 1 WHERE name = 'ledger' "
	                                          "RETURNING sequence, chain"), NULL, 0, &rows, err);
	if (code != QPP_OK)
		return code;
	*out = (struct qpp_receipt){ .sequence = rows.cells[0].i, .at = n->at, .kind = qpp_str_dup(tx->arena, n->kind),
		.subject = qpp_str_dup(tx->arena, n->subject), .sha256 = crypt_sha256(tx->arena, n->body), .previous = rows.cells[1].s,
		.key = qpp_store_public_key(tx->store, tx->arena) };
	out->number = qpp_receipt_number(tx->arena, out->sequence);
	out->chain = crypt_sha256(tx->arena, qpp_receipt_chain_text(tx->arena, out));
	out->signature = crypt_sign(crypt, tx->arena, qpp_receipt_signed_text(tx->arena, out));
	code = keep_record(tx, out, err);
	if (code == QPP_OK && n->keep)
		code = tx_change(tx, DB_SQL("INSERT INTO ledger_body (sequence, body) VALUES (?, ?)"),
		                 VALUES(V_NUMBER(out->sequence),
		                        V_TEXT(crypt_seal(crypt, tx->arena, body_purpose(purpose, out->sequence), n->body))), &rows, err);
	return code;
}

static struct qpp_receipt read_record(struct qpp_tx *tx, const struct db_cell *c)
{
	return (struct qpp_receipt){ .number = qpp_receipt_number(tx->arena, c[0].i), .sequence = c[0].i, .at = { c[1].i },
		.kind = c[2].s, .subject = c[3].s, .sha256 = c[4].s, .previous = c[5].s, .chain = c[6].s, .signature = c[7].s,
		.key = qpp_store_public_key(tx->store, tx->arena) };
}

enum qpp_code qpp_store_ledger_receipt(struct qpp_tx *tx, int64_t sequence, struct qpp_receipt *out, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT " LEDGER " FROM ledger WHERE sequence = ?"), VALUES(V_NUMBER(sequence)), &rows, err);
	if (code != QPP_OK)
		return code;
	if (!rows.n)
		return not_found(err, "record of the ledger");
	*out = read_record(tx, rows.cells);
	return QPP_OK;
}

enum qpp_code qpp_store_ledger_body(struct qpp_tx *tx, int64_t sequence, struct qpp_str *out, struct qpp_err *err)
{
	struct db_rows rows;
	char purpose[PURPOSE];
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT body FROM ledger_body WHERE sequence = ?"), VALUES(V_NUMBER(sequence)), &rows, err);
	if (code != QPP_OK)
		return code;
	if (!rows.n)
		return not_found(err, "body of a record of the ledger");
	return crypt_open(&tx->store->crypt, tx->arena, body_purpose(purpose, sequence), rows.cells[0].s, out, err);
}

enum qpp_code qpp_store_ledger_of(struct qpp_tx *tx, struct qpp_str subject, struct qpp_slice slice,
                                  struct qpp_ledger_number_rows *out, struct qpp_err *err)
{
	struct db_rows rows;
	*out = (struct qpp_ledger_number_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM ledger WHERE subject = ?"), VALUES(V_TEXT(subject)),
	                                 &out->total, err);
	if (code == QPP_OK)
		code = tx_read(tx, DB_SQL("SELECT sequence, at, kind FROM ledger WHERE subject = ? ORDER BY sequence LIMIT ? OFFSET ?"),
		               VALUES(V_TEXT(subject), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), &rows, err);
	if (code != QPP_OK)
		return code;
	out->v = QPP_NEW_ARRAY(tx->arena, rows.n + 1, struct qpp_ledger_number);
	out->n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		out->v[i] = (struct qpp_ledger_number){ rows.cells[i * 3].i, { rows.cells[i * 3 + 1].i }, rows.cells[i * 3 + 2].s };
	return QPP_OK;
}

enum qpp_code qpp_store_ledger_seal(struct qpp_tx *tx, struct qpp_err *err)
{
	struct db_rows rows;
	/* Taken by an update as an append takes it, so that no record comes between. */
	enum qpp_code code = tx_change(tx, DB_SQL("UPDATE ledger_tail SET sequence = sequence WHERE name = 'ledger' AND sequence > "
	                                          "(SELECT COALESCE(MAX(sequence), -1) FROM ledger_head) RETURNING sequence, chain"),
	                               NULL, 0, &rows, err);
	if (code != QPP_OK || !rows.n)
		return code;
	int64_t sequence = rows.cells[0].i;
	struct qpp_str chain = rows.cells[1].s;
	struct qpp_str signature = crypt_sign(&tx->store->crypt, tx->arena, qpp_ledger_head_text(tx->arena, sequence, tx->now, chain));
	return tx_change(tx, DB_SQL("INSERT INTO ledger_head (sequence, at, chain, signature) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"),
	                 VALUES(V_NUMBER(sequence), V_TIME(tx->now), V_TEXT(chain), V_TEXT(signature)), &rows, err);
}

/* --- all of it: export and check walk the records a page at a time --- */

typedef enum qpp_code visit(struct qpp_tx *tx, const struct qpp_receipt *r, void *arg, struct qpp_err *err);

static enum qpp_code walk(struct qpp_tx *tx, int64_t last, visit *each, void *arg, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = QPP_OK;
	for (int64_t done = 0; done < last && code == QPP_OK;) {
		struct qpp_mark mark = qpp_arena_mark(tx->arena);
		code = tx_read(tx, DB_SQL("SELECT " LEDGER " FROM ledger WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?"),
		               VALUES(V_NUMBER(done), V_NUMBER(last), V_NUMBER(PAGE)), &rows, err);
		if (code == QPP_OK && !rows.n)
			code = qpp_fail(err, QPP_DATA, "records are missing from the ledger", (char *)NULL);
		for (size_t i = 0; i < rows.n && code == QPP_OK; i++) {
			struct qpp_receipt r = read_record(tx, rows.cells + i * rows.columns);
			code = each(tx, &r, arg, err);
			done = r.sequence;
		}
		qpp_arena_reset(tx->arena, mark);
	}
	return code;
}

struct export {
	bool (*write)(void *to, struct qpp_str piece);
	void *to;
};

static enum qpp_code put(const struct export *x, struct qpp_str text, struct qpp_err *err)
{
	if (x->write(x->to, text))
		return QPP_OK;
	return qpp_fail(err, QPP_IO, "the ledger could not be written out", (char *)NULL);
}

static enum qpp_code export_record(struct qpp_tx *tx, const struct qpp_receipt *r, void *arg, struct qpp_err *err)
{
	return put(arg, qpp_ledger_line(tx->arena, r), err);
}

static enum qpp_code export_all(struct qpp_tx *tx, struct export *x, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT sequence, at, chain, signature FROM ledger_head ORDER BY sequence DESC LIMIT 1"), NULL,
	                             0, &rows, err);
	if (code == QPP_OK && !rows.n)
		return not_found(err, "signed head of the ledger");
	if (code != QPP_OK)
		return code;
	const struct db_cell *head = rows.cells;
	code = put(x, qpp_ledger_first_line(tx->arena, qpp_str_of(tx->store->crypt.public_hex)), err);
	if (code == QPP_OK)
		code = walk(tx, head[0].i, export_record, x, err);
	if (code == QPP_OK)
		code = put(x, qpp_ledger_last_line(tx->arena, head[0].i, (qpp_time){ head[1].i }, head[2].s, head[3].s), err);
	return code;
}

enum qpp_code qpp_store_ledger_export(struct qpp_store *store, bool (*write)(void *to, struct qpp_str piece), void *to,
                                      struct qpp_err *err)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct export x = { write, to };
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(store, &arena, &tx, err);
	if (code == QPP_OK) {
		code = export_all(tx, &x, err);
		qpp_store_end(tx);
	}
	qpp_arena_close(&arena);
	return code;
}

struct check {
	int64_t records;
	char chain[QPP_HASH_HEX];
};

static enum qpp_code broken(struct qpp_err *err, struct qpp_arena *a, int64_t sequence, const char *why)
{
	(void)qpp_fail(err, QPP_DATA, "record ", qpp_i64_text(a, sequence).p, " of the ledger does not hold: ", why, (char *)NULL);
	return QPP_DATA;
}

static enum qpp_code check_record(struct qpp_tx *tx, const struct qpp_receipt *r, void *arg, struct qpp_err *err)
{
	struct check *c = arg;
	struct qpp_arena *a = tx->arena;
	struct qpp_str body;
	if (r->sequence != c->records + 1)
		return broken(err, a, c->records + 1, "it is missing");
	if (!qpp_str_eq(r->previous, (struct qpp_str){ c->chain, QPP_HASH_HEX }))
		return broken(err, a, r->sequence, "it does not follow the one before");
	if (!qpp_str_eq(r->chain, crypt_sha256(a, qpp_receipt_chain_text(a, r))))
		return broken(err, a, r->sequence, "its hash is another");
	if (!qpp_str_eq(r->signature, crypt_sign(&tx->store->crypt, a, qpp_receipt_signed_text(a, r))))
		return broken(err, a, r->sequence, "its signature is another");
	enum qpp_code code = qpp_store_ledger_body(tx, r->sequence, &body, err);
	if (code == QPP_OK && !qpp_str_eq(r->sha256, crypt_sha256(a, body)))
		return broken(err, a, r->sequence, "what was filed is not what is kept");
	if (code == QPP_DATA)
		return broken(err, a, r->sequence, "what was filed cannot be decrypted");
	if (code != QPP_OK && code != QPP_NOT_FOUND)
		return code;
	c->records++;
	memcpy(c->chain, r->chain.p, QPP_HASH_HEX);
	return QPP_OK;
}

static enum qpp_code check_all(struct qpp_tx *tx, struct check *c, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT sequence, chain FROM ledger_tail WHERE name = 'ledger'"), NULL, 0, &rows, err);
	if (code != QPP_OK || !rows.n)
		return code == QPP_OK ? qpp_fail(err, QPP_DATA, "the tail of the ledger is missing", (char *)NULL) : code;
	int64_t last = rows.cells[0].i;
	struct qpp_str chain = rows.cells[1].s;
	memset(c->chain, '0', sizeof c->chain);
	code = walk(tx, last, check_record, c, err);
	if (code == QPP_OK && !qpp_str_eq(chain, (struct qpp_str){ c->chain, QPP_HASH_HEX }))
		code = broken(err, tx->arena, last, "the tail is another");
	if (code == QPP_OK)
		code = tx_read(tx, DB_SQL("SELECT sequence FROM ledger WHERE sequence > ? LIMIT 1"), VALUES(V_NUMBER(last)), &rows, err);
	if (code == QPP_OK && rows.n)
		code = broken(err, tx->arena, rows.cells[0].i, "it stands behind the tail");
	return code;
}

enum qpp_code qpp_store_ledger_check(struct qpp_store *store, int64_t *records, struct qpp_err *err)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct check c = { 0 };
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(store, &arena, &tx, err);
	if (code == QPP_OK) {
		code = check_all(tx, &c, err);
		qpp_store_end(tx);
	}
	*records = c.records;
	qpp_arena_close(&arena);
	return code;
}
