/* Applications for exceptions. The body is sealed for its own row, so that a text moved to another does not open. */
#include "adapt/store/store_int.h"
#include "app/store_exceptions.h"

#define EXCEPTION(X)                                                                                                    \
	X(TEXT, id, id) X(YEAR, who.py, py) X(ENTITY, who.entity, entity) X(TEXT, who.org_id, org_id) X(TEXT, who.npi, npi) \
	X(TEXT, kind, kind) X(TEXT, event, event) X(TEXT, categories, categories) X(TEXT, account_id, account_id)           \
	X(TEXT, state, state) X(TEXT, number, number) X(TEXT, body, body) X(TIME, created, created) X(TIME, filed, filed)   \
	X(TIME, decided, decided) X(NUMBER, sequence, sequence) X(NUMBER, version, version)
#define exception_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_exception_row, kind, member)
TABLE(exception_table, EXCEPTION, struct qpp_exception_row, offsetof(struct qpp_exception_row, changed));

static const char *purpose(struct qpp_tx *tx, struct qpp_str id)
{
	return qpp_str_cat(tx->arena, "exception body ", qpp_str_dup(tx->arena, id).p, (char *)NULL).p;
}

static enum qpp_code opened(struct qpp_tx *tx, struct qpp_exception_row *r, struct qpp_err *err)
{
	return crypt_open(&tx->store->crypt, tx->arena, purpose(tx, r->id), r->body, &r->body, err);
}

static enum qpp_code open_all(struct qpp_tx *tx, struct qpp_exception_row_rows *rows, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < rows->n; i++)
		code = opened(tx, &rows->v[i], err);
	return code;
}

enum qpp_code qpp_store_exception_put(struct qpp_tx *tx, struct qpp_exception_row *r, struct qpp_err *err)
{
	static const struct versioned how = { &exception_table, DB_SQL(INSERT(EXCEPTION, "exception") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(EXCEPTION, "exception") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM exception WHERE id = ?"),
		"application" };
	struct qpp_str plain = r->body;
	if (!r->id.n)
		r->id = tx_new_id(tx);
	if (!r->version)
		r->created = tx->now;
	r->body = crypt_seal(&tx->store->crypt, tx->arena, purpose(tx, r->id), plain);
	enum qpp_code code = row_put(tx, &how, r, &r->id, &r->version, err);
	r->body = plain;
	return code;
}

enum qpp_code qpp_store_exception_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_exception_row *out, struct qpp_err *err)
{
	enum qpp_code code = row_get(tx, &exception_table, DB_SQL(SELECT(EXCEPTION, "exception") "WHERE id = ?"), VALUES(V_TEXT(id)), out,
	                             "application", err);
	return code == QPP_OK ? opened(tx, out, err) : code;
}

#define EXCEPTION_WHERE                                                                                        \
	"WHERE (? = 0 OR py = ?) AND (? = '' OR org_id = ?) AND (? = '' OR npi = ?) AND (? = '' OR state = ?) " \
	"AND (? = '' OR kind = ?) AND (? = 0 OR state <> 'draft') "
#define TWICE(x) V_TEXT(x), V_TEXT(x)

enum qpp_code qpp_store_exception_list(struct qpp_tx *tx, const struct qpp_exception_query *q, struct qpp_slice slice,
                                       struct qpp_exception_row_rows *out, struct qpp_err *err)
{
	enum { LIMITS = 2 };
	const struct db_value values[] = { V_NUMBER(q->py.v), V_NUMBER(q->py.v), TWICE(q->org_id), TWICE(q->npi), TWICE(q->state),
		TWICE(q->kind), V_NUMBER(q->filed ? 1 : 0), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	const size_t n = sizeof values / sizeof *values;
	*out = (struct qpp_exception_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM exception " EXCEPTION_WHERE), values, n - LIMITS,
	                                 &out->total, err);
	if (code == QPP_OK)
		code = row_list(tx, &exception_table,
		                DB_SQL(SELECT(EXCEPTION, "exception") EXCEPTION_WHERE "ORDER BY filed, created, id LIMIT ? OFFSET ?"), values, n,
		                (void **)&out->v, &out->n, err);
	return code == QPP_OK ? open_all(tx, out, err) : code;
}

enum qpp_code qpp_store_exception_of(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_exception_row_rows *out,
                                     struct qpp_err *err)
{
	*out = (struct qpp_exception_row_rows){ .total = -1 };
	enum qpp_code code = row_list(tx, &exception_table,
		DB_SQL(SELECT(EXCEPTION, "exception") "WHERE org_id = ? AND py = ? AND npi = ? AND entity = ? ORDER BY filed, created, id"),
		VALUES(V_TEXT(who->org_id), V_NUMBER(who->py.v), V_TEXT(who->npi), V_TEXT(qpp_str_of(qpp_entity_name(who->entity)))),
		(void **)&out->v, &out->n, err);
	return code == QPP_OK ? open_all(tx, out, err) : code;
}
