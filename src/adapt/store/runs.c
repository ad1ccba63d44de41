/* Runs over everybody, their releases, overrides of facts, and who was told of what. */
#include "adapt/store/store_int.h"

#define SCORING(X)                                                                                                        \
	X(TEXT, id, id) X(YEAR, py, py) X(TEXT, phase, phase) X(TEXT, state, state) X(TEXT, scope, scope) X(TEXT, base_id, base_id) \
	X(TEXT, name, name) X(TEXT, reason, reason) X(TEXT, account_id, account_id) X(TEXT, scaling, scaling)                \
	X(TEXT, scaling_factor, scaling_factor) X(TEXT, additional_scaling, additional_scaling) X(TEXT, rules_hash, rules_hash) \
	X(TEXT, version, version) X(TEXT, overlay, overlay) X(TEXT, step, step) X(TEXT, cursor, cursor_text)                  \
	X(TEXT, digest, digest) X(NUMBER, levels, levels) X(NUMBER, pairs, pairs) X(NUMBER, scored, scored)                  \
	X(NUMBER, paid, paid) X(NUMBER, up, up) X(NUMBER, down, down) X(NUMBER, losses, losses) X(NUMBER, gains, gains)      \
	X(NUMBER, told, told) X(TIME, created, created) X(TIME, finished, finished) X(NUMBER, sequence, sequence)            \
	X(NUMBER, number, number)
#define scoring_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_scoring, kind, member)
TABLE(scoring_table, SCORING, struct qpp_scoring, -1);

#define RELEASE(X)                                                                                                  \
	X(TEXT, id, id) X(YEAR, py, py) X(TEXT, phase, phase) X(TEXT, scoring_id, scoring_id) X(TIME, at, at)            \
	X(FLAG, factors, factors) X(TEXT, reason, reason) X(TEXT, account_id, account_id) X(TEXT, scope, scope)          \
	X(TIME, made, made) X(NUMBER, sequence, sequence)
#define release_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_release, kind, member)
TABLE(release_table, RELEASE, struct qpp_release, -1);

#define OVERRIDE(X)                                                                                                     \
	X(TEXT, id, id) X(YEAR, who.py, py) X(ENTITY, who.entity, entity) X(TEXT, who.org_id, org_id) X(TEXT, who.npi, npi)  \
	X(TEXT, topic, topic) X(TEXT, body, body) X(TEXT, decision_id, decision_id) X(TEXT, reason, reason)                  \
	X(TEXT, scoring_id, scoring_id) X(TEXT, account_id, account_id) X(TIME, made, made)
#define override_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_override, kind, member)
TABLE(override_table, OVERRIDE, struct qpp_override, -1);

enum qpp_code qpp_store_scoring_put(struct qpp_tx *tx, struct qpp_scoring *s, struct qpp_err *err)
{
	static const struct versioned how = { &scoring_table, DB_SQL(INSERT(SCORING, "scoring") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(SCORING, "scoring") "WHERE id = ? AND number = ?"), DB_SQL("SELECT number FROM scoring WHERE id = ?"),
		"score run" };
	enum qpp_code code = refuse_tin(tx, s->reason, err);
	if (code == QPP_OK)
		code = refuse_tin(tx, s->name, err);
	if (!s->number)
		s->created = tx->now;
	return code == QPP_OK ? row_put(tx, &how, s, &s->id, &s->number, err) : code;
}

enum qpp_code qpp_store_scoring_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_scoring *out, struct qpp_err *err)
{
	return row_get(tx, &scoring_table, DB_SQL(SELECT(SCORING, "scoring") "WHERE id = ?"), VALUES(V_TEXT(id)), out, "score run", err);
}

#define SCORING_WHERE "WHERE (? = 0 OR py = ?) AND (? = '' OR scope = ?) "

enum qpp_code qpp_store_scoring_list(struct qpp_tx *tx, qpp_py py, struct qpp_str scope, struct qpp_slice slice,
                                     struct qpp_scoring_rows *out, struct qpp_err *err)
{
	const struct db_value values[] = { V_NUMBER(py.v), V_NUMBER(py.v), V_TEXT(scope), V_TEXT(scope), V_NUMBER(slice_most(slice)),
		V_NUMBER(slice.start) };
	*out = (struct qpp_scoring_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM scoring " SCORING_WHERE), values, 4, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &scoring_table, DB_SQL(SELECT(SCORING, "scoring") SCORING_WHERE "ORDER BY created DESC, id LIMIT ? OFFSET ?"),
	                values, 6, (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_release_add(struct qpp_tx *tx, struct qpp_release *r, struct qpp_err *err)
{
	int64_t changes;
	enum qpp_code code = refuse_tin(tx, r->reason, err);
	if (code != QPP_OK)
		return code;
	if (!r->id.n)
		r->id = tx_new_id(tx);
	r->made = tx->now;
	code = row_write(tx, &release_table, DB_SQL(INSERT(RELEASE, "score_release") "ON CONFLICT DO NOTHING"), r, NULL, 0, &changes, err);
	return code == QPP_OK && !changes ? duplicate(err, "a release") : code;
}

enum qpp_code qpp_store_release_of(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_release_rows *out, struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &release_table, DB_SQL(SELECT(RELEASE, "score_release") "WHERE scoring_id = ? ORDER BY at, factors, id"),
	                VALUES(V_TEXT(scoring_id)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_release_list(struct qpp_tx *tx, qpp_py py, struct qpp_slice slice, struct qpp_release_rows *out,
                                     struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &release_table,
	                DB_SQL(SELECT(RELEASE, "score_release") "WHERE py = ? AND scope = 'all' ORDER BY at, factors, id LIMIT ? OFFSET ?"),
	                VALUES(V_NUMBER(py.v), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_override_add(struct qpp_tx *tx, struct qpp_override *o, struct qpp_err *err)
{
	int64_t changes;
	enum qpp_code code = refuse_tin(tx, o->body, err);
	if (code != QPP_OK)
		return code;
	if (!o->id.n)
		o->id = tx_new_id(tx);
	o->made = tx->now;
	code = row_write(tx, &override_table, DB_SQL(INSERT(OVERRIDE, "fact_override") "ON CONFLICT DO NOTHING"), o, NULL, 0, &changes, err);
	return code == QPP_OK && !changes ? duplicate(err, "an override") : code;
}

enum qpp_code qpp_store_override_of(struct qpp_tx *tx, const struct qpp_who *who, qpp_time at, struct qpp_str scoring_id,
                                    struct qpp_override_rows *out, struct qpp_err *err)
{
	out->total = -1;
	/* One that came with a correction holds when that was released; with a decision, from then on. */
	return row_list(tx, &override_table,
	                DB_SQL(SELECT(OVERRIDE, "fact_override") "WHERE org_id = ? AND py = ? AND npi = ? AND entity = ? "
	                       "AND ((scoring_id = '' AND (? < 0 OR made <= ?)) OR (scoring_id = ? AND scoring_id <> '') OR EXISTS (SELECT 1 FROM score_release r WHERE "
	                       "r.scoring_id = fact_override.scoring_id AND (? < 0 OR r.made <= ?))) ORDER BY made, id"),
	                VALUES(V_TEXT(who->org_id), V_NUMBER(who->py.v), V_TEXT(who->npi),
	                       V_TEXT(qpp_str_of(who->entity ? qpp_entity_name(who->entity) : "")), V_TIME(at), V_TIME(at),
	                       V_TEXT(scoring_id), V_TIME(at), V_TIME(at)),
	                (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_override_subjects(struct qpp_tx *tx, struct qpp_str scoring_id, const struct qpp_override *after, int64_t most,
                                          struct qpp_override_rows *out, struct qpp_err *err)
{
	struct qpp_str org = after ? after->who.org_id : QPP_LIT(""), npi = after ? after->who.npi : QPP_LIT("");
	struct qpp_str entity = after ? qpp_str_of(qpp_entity_name(after->who.entity)) : QPP_LIT("");
	out->total = -1;
	return row_list(tx, &override_table,
	                DB_SQL(SELECT(OVERRIDE, "fact_override") "WHERE scoring_id = ? AND scoring_id <> '' AND (org_id > ? OR (org_id = ? AND "
	                       "(entity > ? OR (entity = ? AND npi > ?)))) ORDER BY org_id, entity, npi, id LIMIT ?"),
	                VALUES(V_TEXT(scoring_id), V_TEXT(org), V_TEXT(org), V_TEXT(entity), V_TEXT(entity), V_TEXT(npi),
	                       V_NUMBER(slice_most((struct qpp_slice){ .most = most }))),
	                (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_told(struct qpp_tx *tx, struct qpp_str scoring_id, struct qpp_str account_id, bool *first, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("INSERT INTO scoring_told (changed, scoring_id, account_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
	                               VALUES(V_TIME(tx->now), V_TEXT(scoring_id), V_TEXT(account_id)), &rows, err);
	*first = code == QPP_OK && rows.changes > 0;
	return code;
}
