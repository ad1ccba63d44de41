/* Audit records, and the outbox of mail. */
#include "adapt/store/store_int.h"

#define AUDIT(X)                                                                                                         \
	X(NUMBER, sequence, sequence) X(TIME, at, at) X(TEXT, account_id, account_id) X(TEXT, org_id, org_id)               \
	X(TEXT, action, action) X(TEXT, subject, subject) X(TEXT, place, place) X(TEXT, request_id, request_id)             \
	X(NUMBER, outcome, outcome) X(TEXT, view_as, view_as)
#define audit_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_audit, kind, member)
TABLE(audit_table, AUDIT, struct qpp_audit, -1);

#define MAIL(X)                                                                                                       \
	X(TEXT, id, id) X(TEXT, recipient, recipient) X(TEXT, subject, subject) X(TEXT, text, text) X(TEXT, html, html)  \
	X(TEXT, answers, answers) X(MAIL_STATE, state, state) X(NUMBER, attempts, attempts) X(TIME, created, created)    \
	X(TIME, next, next) X(TIME, sent, sent) X(TEXT, error, error) X(NUMBER, version, version)
#define mail_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_mail_row, kind, member)
TABLE(mail_table, MAIL, struct qpp_mail_row, -1);

enum qpp_code qpp_store_audit_add(struct qpp_tx *tx, struct qpp_audit *a, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("UPDATE counter SET value = value + 1 WHERE name = 'audit' RETURNING value"), NULL, 0,
	                               &rows, err);
	if (code != QPP_OK)
		return code;
	a->sequence = rows.cells[0].i;
	if (!a->at.us)
		a->at = tx->now;
	return row_write(tx, &audit_table, DB_SQL(INSERT(AUDIT, "audit")), a, NULL, 0, NULL, err);
}

static enum qpp_code audit_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_audit_add(tx, request, err);
}

enum qpp_code qpp_store_audit(struct qpp_store *store, struct qpp_arena *arena, struct qpp_audit *a, struct qpp_err *err)
{
	return qpp_store_write(store, arena, audit_change, a, err);
}

#define AUDIT_WHERE(in)                                                                                             \
	"WHERE " in "AND (? = '' OR account_id = ?) AND (? = '' OR org_id = ?) AND (? = '' OR subject = ?) AND "       \
	"(? = 0 OR at >= ?) AND (? = 0 OR at < ?) "
#define AUDIT_OF(in) { DB_SQL(SELECT(AUDIT, "audit") AUDIT_WHERE(in) "ORDER BY sequence DESC LIMIT ? OFFSET ?"), \
	               DB_SQL("SELECT COUNT(*) FROM audit " AUDIT_WHERE(in)) }

enum qpp_code qpp_store_audit_list(struct qpp_tx *tx, const struct qpp_audit_query *q, struct qpp_slice slice,
                                   struct qpp_audit_rows *out, struct qpp_err *err)
{
	static const struct {
		const char *list, *count;
	} ways[] = {
		AUDIT_OF("? = '' "), AUDIT_OF("account_id = ? AND account_id <> '' "), AUDIT_OF("org_id = ? AND org_id <> '' "),
		AUDIT_OF("subject = ? AND subject <> '' "),
	};
	size_t way = q->subject.n ? 3 : q->account_id.n ? 1 : q->org_id.n ? 2 : 0;
	const struct qpp_str in[] = { { "", 0 }, q->account_id, q->org_id, q->subject };
	const struct db_value values[] = { V_TEXT(in[way]), V_TEXT(q->account_id), V_TEXT(q->account_id), V_TEXT(q->org_id),
		V_TEXT(q->org_id), V_TEXT(q->subject), V_TEXT(q->subject), V_TIME(q->from), V_TIME(q->from), V_TIME(q->to), V_TIME(q->to),
		V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	enum { ALL = sizeof values / sizeof *values };
	*out = (struct qpp_audit_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, ways[way].count, values, ALL - 2, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &audit_table, ways[way].list, values, ALL, (void **)&out->v, &out->n, err);
}

/* --- mail --- */

enum qpp_code qpp_store_mail_put(struct qpp_tx *tx, struct qpp_mail_row *m, struct qpp_err *err)
{
	static const struct versioned how = { &mail_table, DB_SQL(INSERT(MAIL, "mail") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(MAIL, "mail") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM mail WHERE id = ?"), "mail" };
	if (!m->version) {
		m->created = tx->now;
		if (!m->state)
			m->state = QPP_MAIL_WAITING;
	}
	return row_put(tx, &how, m, &m->id, &m->version, err);
}

enum qpp_code qpp_store_mail_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_mail_row *out, struct qpp_err *err)
{
	return row_get(tx, &mail_table, DB_SQL(SELECT(MAIL, "mail") "WHERE id = ?"), VALUES(V_TEXT(id)), out, "mail", err);
}

enum qpp_code qpp_store_mail_due(struct qpp_tx *tx, qpp_time now, struct qpp_slice slice, struct qpp_mail_row_rows *out,
                                 struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &mail_table,
	                DB_SQL(SELECT(MAIL, "mail") "WHERE state = 'waiting' AND next <= ? ORDER BY next, id LIMIT ? OFFSET ?"),
	                VALUES(V_TIME(now), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_mail_list(struct qpp_tx *tx, enum qpp_mail_state state, struct qpp_slice slice,
                                  struct qpp_mail_row_rows *out, struct qpp_err *err)
{
	struct qpp_str word = qpp_str_of(qpp_mail_state_name(state));
	*out = (struct qpp_mail_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM mail WHERE state = ?"), VALUES(V_TEXT(word)), &out->total,
	                                 err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &mail_table, DB_SQL(SELECT(MAIL, "mail") "WHERE state = ? ORDER BY next, id LIMIT ? OFFSET ?"),
	                VALUES(V_TEXT(word), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v, &out->n, err);
}
