/* Score runs, elections, requests and decisions. */
#include "adapt/store/store_int.h"

#define RUN(X)                                                                                                             \
	X(TEXT, id, id) X(YEAR, who.py, py) X(ENTITY, who.entity, entity) X(TEXT, who.org_id, org_id) X(TEXT, who.npi, npi)  \
	X(TEXT, submission_id, submission_id) X(TEXT, program, program) X(TEXT, inputs_hash, inputs_hash)                    \
	X(TEXT, rules_hash, rules_hash) X(TEXT, version, version) X(TEXT, headline, headline)                                \
	X(TEXT, final_score, final_score) X(TEXT, factor, factor) X(TEXT, reason, reason) X(FLAG, counts, counts)            \
	X(TIME, made, made) X(NUMBER, sequence, sequence) X(TEXT, scoring_id, scoring_id) X(TEXT, phase, phase)               \
	X(TEXT, kind, kind) X(NUMBER, number, number) X(TEXT, exact, exact) X(ENTITY, paid_level, paid_level)                \
	X(TEXT, paid_org_id, paid_org_id) X(TEXT, old_score, old_score) X(TEXT, old_factor, old_factor)
#define run_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_run, kind, member)
TABLE(run_table, RUN, struct qpp_run, -1);

#define ELECTION(X)                                                                                                  \
	X(TEXT, id, id) X(TEXT, kind, kind) X(YEAR, py, py) X(TEXT, org_id, org_id) X(TEXT, npi, npi) X(TEXT, state, state) \
	X(TEXT, body, body) X(TIME, created, created) X(NUMBER, version, version)
#define election_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_election_row, kind, member)
TABLE(election_table, ELECTION, struct qpp_election_row, offsetof(struct qpp_election_row, changed));

#define REQUEST(X)                                                                                         \
	X(TEXT, id, id) X(TEXT, kind, kind) X(YEAR, py, py) X(TEXT, org_id, org_id) X(TEXT, npi, npi)           \
	X(TEXT, account_id, account_id) X(TEXT, state, state) X(TEXT, body, body) X(TIME, created, created)     \
	X(NUMBER, version, version)
#define request_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_request_row, kind, member)
TABLE(request_table, REQUEST, struct qpp_request_row, offsetof(struct qpp_request_row, changed));

#define DECISION(X)                                                                                              \
	X(TEXT, id, id) X(TEXT, request_id, request_id) X(TEXT, account_id, account_id) X(TEXT, outcome, outcome)     \
	X(TEXT, body, body) X(TIME, made, made) X(NUMBER, sequence, sequence)
#define decision_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_decision, kind, member)
TABLE(decision_table, DECISION, struct qpp_decision, -1);

enum qpp_code qpp_store_run_add(struct qpp_tx *tx, struct qpp_run *r, struct qpp_err *err)
{
	int64_t changes;
	enum qpp_code code = refuse_tin(tx, r->headline, err);
	if (code != QPP_OK)
		return code;
	if (!r->id.n)
		r->id = tx_new_id(tx);
	r->made = tx->now;
	code = row_write(tx, &run_table, DB_SQL(INSERT(RUN, "run") "ON CONFLICT DO NOTHING"), r, NULL, 0, &changes, err);
	return code == QPP_OK && !changes ? duplicate(err, "a score run") : code;
}

enum qpp_code qpp_store_run_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_run *out, struct qpp_err *err)
{
	return row_get(tx, &run_table, DB_SQL(SELECT(RUN, "run") "WHERE id = ?"), VALUES(V_TEXT(id)), out, "score run", err);
}

enum qpp_code qpp_store_run_list(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_slice slice, struct qpp_run_rows *out,
                                 struct qpp_err *err)
{
	const struct db_value values[] = { V_TEXT(who->org_id), V_NUMBER(who->py.v), V_TEXT(who->npi),
		V_TEXT(qpp_str_of(who->entity ? qpp_entity_name(who->entity) : "")), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_run_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM run WHERE org_id = ? AND py = ? AND npi = ? AND entity = ?"),
	                                 values, 4, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &run_table,
	                DB_SQL(SELECT(RUN, "run") "WHERE org_id = ? AND py = ? AND npi = ? AND entity = ? "
	                                          "ORDER BY made DESC, sequence DESC, id LIMIT ? OFFSET ?"),
	                values, 6, (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_run_of_org(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_str org_id, struct qpp_slice slice,
                                   struct qpp_run_rows *out, struct qpp_err *err)
{
	const struct db_value values[] = { V_TEXT(scoring_id), V_TEXT(org_id), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_run_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM run WHERE scoring_id = ? AND scoring_id <> '' AND org_id = ?"),
	                                 values, 2, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &run_table,
	                DB_SQL(SELECT(RUN, "run") "WHERE scoring_id = ? AND scoring_id <> '' AND org_id = ? ORDER BY entity, npi, id LIMIT ? OFFSET ?"),
	                values, 4, (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_run_of_scoring(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_str kind, struct qpp_str after,
                                       int64_t most, struct qpp_run_rows *out, struct qpp_err *err)
{
	*out = (struct qpp_run_rows){ .total = -1 };
	return row_list(tx, &run_table,
	                DB_SQL(SELECT(RUN, "run") "WHERE scoring_id = ? AND scoring_id <> '' AND kind = ? AND id > ? ORDER BY id LIMIT ?"),
	                VALUES(V_TEXT(scoring_id), V_TEXT(kind), V_TEXT(after), V_NUMBER(slice_most((struct qpp_slice){ .most = most }))),
	                (void **)&out->v, &out->n, err);
}

#define RUN_WHO(who) V_TEXT((who)->org_id), V_NUMBER((who)->py.v), V_TEXT((who)->npi), \
	V_TEXT(qpp_str_of((who)->entity ? qpp_entity_name((who)->entity) : ""))

/* When a run was first released; the newest release goes before, then the newest version. */
#define RUN_RELEASED "(SELECT MIN(r.at) FROM score_release r WHERE r.scoring_id = run.scoring_id)"

enum qpp_code qpp_store_run_released(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str kind, qpp_time at,
                                     struct qpp_slice slice, struct qpp_run_rows *out, struct qpp_err *err)
{
	*out = (struct qpp_run_rows){ .total = -1 };
	return row_list(tx, &run_table,
	                DB_SQL(SELECT(RUN, "run") "WHERE org_id = ? AND py = ? AND npi = ? AND entity = ? AND scoring_id <> '' "
	                                          "AND (? = '' OR kind = ?) AND EXISTS (SELECT 1 FROM score_release r WHERE "
	                                          "r.scoring_id = run.scoring_id AND (? < 0 OR r.at <= ?)) "
	                                          "ORDER BY " RUN_RELEASED " DESC, number DESC, id LIMIT ? OFFSET ?"),
	                VALUES(RUN_WHO(who), V_TEXT(kind), V_TEXT(kind), V_TIME(at), V_TIME(at), V_NUMBER(slice_most(slice)),
	                       V_NUMBER(slice.start)),
	                (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_run_number(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str kind, int64_t *out,
                                   struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM run WHERE org_id = ? AND py = ? AND npi = ? "
	                                        "AND entity = ? AND kind = ?"),
	                             VALUES(RUN_WHO(who), V_TEXT(kind)), &rows, err);
	*out = code == QPP_OK && rows.n ? rows.cells[0].i : 0;
	return code;
}

enum qpp_code qpp_store_election_put(struct qpp_tx *tx, struct qpp_election_row *e, struct qpp_err *err)
{
	static const struct versioned how = { &election_table, DB_SQL(INSERT(ELECTION, "election") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(ELECTION, "election") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM election WHERE id = ?"),
		"election" };
	enum qpp_code code = refuse_tin(tx, e->body, err);
	if (!e->version)
		e->created = tx->now;
	return code == QPP_OK ? row_put(tx, &how, e, &e->id, &e->version, err) : code;
}

enum qpp_code qpp_store_election_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_election_row *out, struct qpp_err *err)
{
	return row_get(tx, &election_table, DB_SQL(SELECT(ELECTION, "election") "WHERE id = ?"), VALUES(V_TEXT(id)), out,
	               "election", err);
}

#define ELECTION_WHERE \
	"WHERE (? = 0 OR py = ?) AND (? = '' OR kind = ?) AND (? = '' OR org_id = ?) AND (? = '' OR state = ?) "

enum qpp_code qpp_store_election_list(struct qpp_tx *tx, qpp_py py, struct qpp_str kind, struct qpp_str org_id,
                                      struct qpp_str state, struct qpp_slice slice, struct qpp_election_row_rows *out,
                                      struct qpp_err *err)
{
	const struct db_value values[] = { V_NUMBER(py.v), V_NUMBER(py.v), V_TEXT(kind), V_TEXT(kind), V_TEXT(org_id), V_TEXT(org_id),
		V_TEXT(state), V_TEXT(state), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_election_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM election " ELECTION_WHERE), values, 8, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &election_table, DB_SQL(SELECT(ELECTION, "election") ELECTION_WHERE "ORDER BY created DESC, id LIMIT ? OFFSET ?"),
	                values, 10, (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_request_put(struct qpp_tx *tx, struct qpp_request_row *r, struct qpp_err *err)
{
	static const struct versioned how = { &request_table, DB_SQL(INSERT(REQUEST, "request") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(REQUEST, "request") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM request WHERE id = ?"),
		"request" };
	enum qpp_code code = refuse_tin(tx, r->body, err);
	if (!r->version)
		r->created = tx->now;
	return code == QPP_OK ? row_put(tx, &how, r, &r->id, &r->version, err) : code;
}

enum qpp_code qpp_store_request_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_request_row *out, struct qpp_err *err)
{
	return row_get(tx, &request_table, DB_SQL(SELECT(REQUEST, "request") "WHERE id = ?"), VALUES(V_TEXT(id)), out, "request", err);
}

#define REQUEST_WHERE                                                                                       \
	"WHERE (? = 0 OR py = ?) AND (? = '' OR kind = ?) AND (? = '' OR org_id = ?) AND (? = '' OR account_id = ?) " \
	"AND (? = '' OR state = ?) "

enum qpp_code qpp_store_request_list(struct qpp_tx *tx, const struct qpp_request_query *q, struct qpp_slice slice,
                                     struct qpp_request_row_rows *out, struct qpp_err *err)
{
	const struct db_value values[] = { V_NUMBER(q->py.v), V_NUMBER(q->py.v), V_TEXT(q->kind), V_TEXT(q->kind), V_TEXT(q->org_id),
		V_TEXT(q->org_id), V_TEXT(q->account_id), V_TEXT(q->account_id), V_TEXT(q->state), V_TEXT(q->state),
		V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	*out = (struct qpp_request_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM request " REQUEST_WHERE), values, 10, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &request_table, DB_SQL(SELECT(REQUEST, "request") REQUEST_WHERE "ORDER BY created, id LIMIT ? OFFSET ?"), values,
	                12, (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_decision_add(struct qpp_tx *tx, struct qpp_decision *d, struct qpp_err *err)
{
	int64_t changes;
	enum qpp_code code = refuse_tin(tx, d->body, err);
	if (code != QPP_OK)
		return code;
	if (!d->id.n)
		d->id = tx_new_id(tx);
	d->made = tx->now;
	code = row_write(tx, &decision_table, DB_SQL(INSERT(DECISION, "decision") "ON CONFLICT DO NOTHING"), d, NULL, 0, &changes, err);
	return code == QPP_OK && !changes ? duplicate(err, "a decision") : code;
}

enum qpp_code qpp_store_decision_of(struct qpp_tx *tx, struct qpp_str request_id, struct qpp_decision_rows *out,
                                    struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &decision_table, DB_SQL(SELECT(DECISION, "decision") "WHERE request_id = ? ORDER BY made, sequence, id"),
	                VALUES(V_TEXT(request_id)), (void **)&out->v, &out->n, err);
}
