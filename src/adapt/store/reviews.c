/*
 * Targeted reviews. What people write is encrypted, each text for its own
 * purpose, so that a text moved to another row does not open.
 */
#include "adapt/store/store_int.h"
#include "app/store_review.h"

#define REVIEW(X)                                                                                                       \
	X(TEXT, id, id) X(YEAR, who.py, py) X(ENTITY, who.entity, entity) X(TEXT, who.org_id, org_id) X(TEXT, who.npi, npi) \
	X(TEXT, account_id, account_id) X(TEXT, acting_id, acting_id) X(TEXT, state, state) X(TEXT, reason, reason)         \
	X(TEXT, campaign, campaign) X(TEXT, assignee_id, assignee_id) X(TEXT, number, number) X(TEXT, first_id, first_id)   \
	X(TEXT, body, body) X(TIME, created, created) X(TIME, filed, filed) X(TIME, asked, asked) X(TIME, due, due)         \
	X(FLAG, lapsed, lapsed) X(FLAG, to_apply, to_apply) X(NUMBER, margin, margin) X(NUMBER, sequence, sequence) X(NUMBER, version, version)
#define review_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_review_row, kind, member)
TABLE(review_table, REVIEW, struct qpp_review_row, offsetof(struct qpp_review_row, changed));

#define EVENT(X)                                                                                                      \
	X(TEXT, review_id, review_id) X(NUMBER, place, place) X(TEXT, account_id, account_id) X(TEXT, act, act)           \
	X(TEXT, was, was) X(TEXT, becomes, becomes) X(TEXT, note, note) X(FLAG, inside, inside) X(TIME, at, at)
#define event_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_review_event_row, kind, member)
TABLE(event_table, EVENT, struct qpp_review_event_row, -1);

/* A document as lists have it, and whole. */
#define PAPER(X)                                                                                                        \
	X(TEXT, id, id) X(TEXT, review_id, review_id) X(TEXT, account_id, account_id) X(TEXT, name, name) X(TEXT, kind, kind) \
	X(TEXT, sha256, sha256) X(NUMBER, size, size) X(TIME, at, at)
#define DOCUMENT(X) PAPER(X) X(TEXT, bytes, bytes)
#define paper_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_review_document_row, kind, member)
TABLE(paper_table, PAPER, struct qpp_review_document_row, -1);
#define document_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_review_document_row, kind, member)
TABLE(document_table, DOCUMENT, struct qpp_review_document_row, -1);

#define EXTENSION(X)                                                                                               \
	X(TEXT, id, id) X(YEAR, py, py) X(TEXT, campaign, campaign) X(TEXT, levels, levels) X(TEXT, says, says)        \
	X(TIME, opens, opens) X(TIME, closes, closes) X(TEXT, account_id, account_id) X(TEXT, reason, reason)          \
	X(TIME, made, made) X(NUMBER, sequence, sequence)
#define extension_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_review_extension_row, kind, member)
TABLE(extension_table, EXTENSION, struct qpp_review_extension_row, -1);

/* "review body ID": what a text is, and whose. */
static struct qpp_str sealed(struct qpp_tx *tx, const char *what, struct qpp_str id, struct qpp_str plain)
{
	struct qpp_str purpose = qpp_str_cat(tx->arena, what, qpp_str_dup(tx->arena, id).p, (char *)NULL);
	return crypt_seal(&tx->store->crypt, tx->arena, purpose.p, plain);
}

static enum qpp_code opened(struct qpp_tx *tx, const char *what, struct qpp_str id, struct qpp_str *text, struct qpp_err *err)
{
	struct qpp_str purpose = qpp_str_cat(tx->arena, what, qpp_str_dup(tx->arena, id).p, (char *)NULL);
	return crypt_open(&tx->store->crypt, tx->arena, purpose.p, *text, text, err);
}

/* --- requests --- */

enum qpp_code qpp_store_review_put(struct qpp_tx *tx, struct qpp_review_row *r, struct qpp_err *err)
{
	static const struct versioned how = { &review_table, DB_SQL(INSERT(REVIEW, "review") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(REVIEW, "review") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM review WHERE id = ?"),
		"request" };
	struct qpp_str plain = r->body;
	if (!r->id.n)
		r->id = tx_new_id(tx);
	if (!r->version)
		r->created = tx->now;
	r->body = sealed(tx, "review body ", r->id, plain);
	enum qpp_code code = row_put(tx, &how, r, &r->id, &r->version, err);
	r->body = plain;
	return code;
}

enum qpp_code qpp_store_review_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_review_row *out, struct qpp_err *err)
{
	enum qpp_code code = row_get(tx, &review_table, DB_SQL(SELECT(REVIEW, "review") "WHERE id = ?"), VALUES(V_TEXT(id)), out,
	                             "request", err);
	return code == QPP_OK ? opened(tx, "review body ", out->id, &out->body, err) : code;
}

static enum qpp_code open_all(struct qpp_tx *tx, struct qpp_review_row_rows *rows, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < rows->n; i++)
		code = opened(tx, "review body ", rows->v[i].id, &rows->v[i].body, err);
	return code;
}

#define REVIEW_WHERE                                                                                                  \
	"WHERE (? = 0 OR py = ?) AND (? = '' OR account_id = ?) AND (? = '' OR acting_id = ?) AND (? = '' OR org_id = ?) " \
	"AND (? = '' OR npi = ?) AND (? = '' OR state = ?) AND (? = '' OR reason = ?) AND (? = '' OR assignee_id = ?) "    \
	"AND (? = 0 OR state <> 'draft') AND (? = 0 OR state NOT IN ('approved', 'denied', 'withdrawn', 'closed')) "       \
	"AND (? = 0 OR assignee_id = '') AND (? = 0 OR first_id <> '') AND (? = 0 OR to_apply = 1) "                       \
	"AND (? = 0 OR (state = 'informationRequested' AND due < ?)) "                                                     \
	"AND (? = 0 OR lapsed = 1 OR (state = 'informationRequested' AND due < ?)) "

#define TWICE(x) V_TEXT(x), V_TEXT(x)
#define FLAGGED(x) V_NUMBER((x) ? 1 : 0)

enum qpp_code qpp_store_review_list(struct qpp_tx *tx, const struct qpp_review_query *q, struct qpp_slice slice,
                                    struct qpp_review_row_rows *out, struct qpp_err *err)
{
	enum { LIMITS = 2 };
	const struct db_value values[] = { V_NUMBER(q->py.v), V_NUMBER(q->py.v), TWICE(q->account_id), TWICE(q->acting_id),
		TWICE(q->org_id), TWICE(q->npi), TWICE(q->state), TWICE(q->reason), TWICE(q->assignee_id), FLAGGED(q->no_drafts),
		FLAGGED(q->open), FLAGGED(q->unassigned), FLAGGED(q->duplicates), FLAGGED(q->to_apply), V_TIME(q->due_before), V_TIME(q->due_before),
		V_TIME(q->overdue_at), V_TIME(q->overdue_at),
		V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	const size_t n = sizeof values / sizeof *values;
	*out = (struct qpp_review_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM review " REVIEW_WHERE), values, n - LIMITS, &out->total, err);
	if (code == QPP_OK)
		code = row_list(tx, &review_table,
		                DB_SQL(SELECT(REVIEW, "review") REVIEW_WHERE "ORDER BY filed, created, id LIMIT ? OFFSET ?"), values, n,
		                (void **)&out->v, &out->n, err);
	return code == QPP_OK ? open_all(tx, out, err) : code;
}

enum qpp_code qpp_store_review_same(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str reason,
                                    struct qpp_review_row_rows *out, struct qpp_err *err)
{
	*out = (struct qpp_review_row_rows){ .total = -1 };
	enum qpp_code code = row_list(tx, &review_table,
		DB_SQL(SELECT(REVIEW, "review") "WHERE org_id = ? AND py = ? AND npi = ? AND entity = ? AND (? = '' OR reason = ?) "
		       "AND state <> 'draft' ORDER BY filed, created, id"),
		VALUES(V_TEXT(who->org_id), V_NUMBER(who->py.v), V_TEXT(who->npi),
		       V_TEXT(qpp_str_of(who->entity ? qpp_entity_name(who->entity) : "")), TWICE(reason)),
		(void **)&out->v, &out->n, err);
	return code == QPP_OK ? open_all(tx, out, err) : code;
}

/* --- events --- */

enum qpp_code qpp_store_review_event_add(struct qpp_tx *tx, struct qpp_review_event_row *e, struct qpp_err *err)
{
	struct db_rows rows;
	struct qpp_str plain = e->note;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT COUNT(*) FROM review_event WHERE review_id = ?"), VALUES(V_TEXT(e->review_id)),
	                             &rows, err);
	if (code != QPP_OK)
		return code;
	e->place = rows.cells[0].i + 1;
	e->note = sealed(tx, "review note ", e->review_id, plain);
	code = row_write(tx, &event_table, DB_SQL(INSERT(EVENT, "review_event")), e, NULL, 0, NULL, err);
	e->note = plain;
	return code;
}

enum qpp_code qpp_store_review_event_of(struct qpp_tx *tx, struct qpp_str review_id, struct qpp_review_event_row_rows *out,
                                        struct qpp_err *err)
{
	out->total = -1;
	enum qpp_code code = row_list(tx, &event_table, DB_SQL(SELECT(EVENT, "review_event") "WHERE review_id = ? ORDER BY place"),
	                              VALUES(V_TEXT(review_id)), (void **)&out->v, &out->n, err);
	for (size_t i = 0; code == QPP_OK && i < out->n; i++)
		code = opened(tx, "review note ", review_id, &out->v[i].note, err);
	return code;
}

/* --- documents --- */

enum qpp_code qpp_store_review_document_add(struct qpp_tx *tx, struct qpp_review_document_row *d, struct qpp_err *err)
{
	struct qpp_review_document_row row;
	d->id = tx_new_id(tx);
	d->sha256 = crypt_sha256(tx->arena, d->bytes);
	d->size = (int64_t)d->bytes.n;
	row = *d;
	row.name = sealed(tx, "review paper ", d->id, d->name);
	row.bytes = sealed(tx, "review bytes ", d->id, d->bytes);
	return row_write(tx, &document_table, DB_SQL(INSERT(DOCUMENT, "review_document")), &row, NULL, 0, NULL, err);
}

enum qpp_code qpp_store_review_document_get(struct qpp_tx *tx, struct qpp_str review_id, struct qpp_str id,
                                            struct qpp_review_document_row *out, struct qpp_err *err)
{
	enum qpp_code code = row_get(tx, &document_table, DB_SQL(SELECT(DOCUMENT, "review_document") "WHERE id = ? AND review_id = ?"),
	                             VALUES(V_TEXT(id), V_TEXT(review_id)), out, "document", err);
	if (code == QPP_OK)
		code = opened(tx, "review paper ", out->id, &out->name, err);
	if (code == QPP_OK)
		code = opened(tx, "review bytes ", out->id, &out->bytes, err);
	if (code == QPP_OK && !qpp_str_eq(crypt_sha256(tx->arena, out->bytes), out->sha256))
		code = qpp_fail(err, QPP_DATA, "a document is not the one that was uploaded", (char *)NULL);
	return code;
}

enum qpp_code qpp_store_review_document_of(struct qpp_tx *tx, struct qpp_str review_id, struct qpp_review_document_row_rows *out,
                                           struct qpp_err *err)
{
	out->total = -1;
	enum qpp_code code = row_list(tx, &paper_table, DB_SQL(SELECT(PAPER, "review_document") "WHERE review_id = ? ORDER BY at, id"),
	                              VALUES(V_TEXT(review_id)), (void **)&out->v, &out->n, err);
	for (size_t i = 0; code == QPP_OK && i < out->n; i++)
		code = opened(tx, "review paper ", out->v[i].id, &out->v[i].name, err);
	return code;
}

enum qpp_code qpp_store_review_document_delete(struct qpp_tx *tx, struct qpp_str review_id, struct qpp_str id, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("DELETE FROM review_document WHERE id = ? AND review_id = ?"),
	                               VALUES(V_TEXT(id), V_TEXT(review_id)), &rows, err);
	return code == QPP_OK && !rows.changes ? not_found(err, "document") : code;
}

/* --- windows --- */

enum qpp_code qpp_store_review_extension_add(struct qpp_tx *tx, struct qpp_review_extension_row *x, struct qpp_err *err)
{
	enum qpp_code code = refuse_tin(tx, x->reason, err);
	if (code == QPP_OK)
		code = refuse_tin(tx, x->says, err);
	x->id = tx_new_id(tx);
	x->made = tx->now;
	return code == QPP_OK ? row_write(tx, &extension_table, DB_SQL(INSERT(EXTENSION, "review_extension")), x, NULL, 0, NULL, err) : code;
}

enum qpp_code qpp_store_review_extension_of(struct qpp_tx *tx, qpp_py py, struct qpp_review_extension_row_rows *out,
                                            struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &extension_table, DB_SQL(SELECT(EXTENSION, "review_extension") "WHERE py = ? ORDER BY made, sequence, id"),
	                VALUES(V_NUMBER(py.v)), (void **)&out->v, &out->n, err);
}
