/* Messages that came in by e-mail. */
#include "adapt/store/store_int.h"
#include "app/store_intake.h"

#define INTAKE(X)                                                                                                        \
	X(TEXT, id, id) X(TEXT, hash, hash) X(TEXT, message_id, message_id) X(TEXT, sender, sender)                         \
	X(TEXT, account_id, account_id) X(YEAR, py, py) X(TEXT, outcome, outcome) X(TEXT, reason, reason)                   \
	X(TEXT, election_id, election_id) X(TIME, received, received) X(NUMBER, sequence, sequence) X(FLAG, answered, answered) \
	X(TEXT, body, body)
#define intake_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_intake_row, kind, member)
TABLE(intake_table, INTAKE, struct qpp_intake_row, -1);

#define ACCOUNT_ID(X) X(TEXT, id, id)
#define account_id_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_intake_account, kind, member)
TABLE(account_id_table, ACCOUNT_ID, struct qpp_intake_account, -1);

enum qpp_code qpp_store_intake_add(struct qpp_tx *tx, struct qpp_intake_row *r, struct qpp_err *err)
{
	int64_t changes;
	enum qpp_code code = refuse_tin(tx, r->body, err);
	if (code != QPP_OK)
		return code;
	if (!r->id.n)
		r->id = tx_new_id(tx);
	code = row_write(tx, &intake_table, DB_SQL(INSERT(INTAKE, "intake") "ON CONFLICT DO NOTHING"), r, NULL, 0, &changes, err);
	return code == QPP_OK && !changes ? duplicate(err, "a message") : code;
}

enum qpp_code qpp_store_intake_by_hash(struct qpp_tx *tx, struct qpp_str hash, struct qpp_intake_row *out, struct qpp_err *err)
{
	return row_get(tx, &intake_table, DB_SQL(SELECT(INTAKE, "intake") "WHERE hash = ?"), VALUES(V_TEXT(hash)), out, "message", err);
}

enum qpp_code qpp_store_intake_list(struct qpp_tx *tx, struct qpp_str outcome, struct qpp_slice slice,
                                    struct qpp_intake_row_rows *out, struct qpp_err *err)
{
	const struct db_value values[] = { V_TEXT(outcome), V_TEXT(outcome), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_intake_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM intake WHERE (? = '' OR outcome = ?)"), values, 2,
	                                 &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &intake_table, DB_SQL(SELECT(INTAKE, "intake") "WHERE (? = '' OR outcome = ?) ORDER BY received DESC, id LIMIT ? OFFSET ?"),
	                values, 4, (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_intake_answers(struct qpp_tx *tx, struct qpp_str sender, qpp_time from, qpp_time to, int64_t *n,
                                       struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT COUNT(*) FROM intake WHERE sender = ? AND received >= ? AND received <= ? AND answered = 1"),
	                             VALUES(V_TEXT(sender), V_TIME(from), V_TIME(to)), &rows, err);
	*n = code == QPP_OK ? rows.cells[0].i : 0;
	return code;
}

enum qpp_code qpp_store_intake_accounts(struct qpp_tx *tx, struct qpp_str email, struct qpp_intake_account_rows *out,
                                        struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &account_id_table, DB_SQL("SELECT changed, id FROM account WHERE lower(email) = lower(?) ORDER BY id"),
	                VALUES(V_TEXT(email)), (void **)&out->v, &out->n, err);
}
