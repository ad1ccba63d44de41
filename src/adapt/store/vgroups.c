/* Virtual groups on their way to an election. */
#include "adapt/store/store_int.h"

#define VGROUP(X)                                                                                                 \
	X(TEXT, id, id) X(YEAR, py, py) X(TEXT, name, name) X(TEXT, state, state) X(TEXT, origin, origin)              \
	X(TEXT, org_id, org_id) X(TEXT, account_id, account_id) X(TEXT, rep_name, rep_name) X(TEXT, rep_title, rep_title) \
	X(TEXT, rep_email, rep_email) X(TEXT, rep_phone, rep_phone) X(TEXT, rep_address, rep_address)                  \
	X(TEXT, executed_on, executed_on) X(TEXT, identifier, identifier) X(TEXT, group_org_id, group_org_id)          \
	X(TEXT, note, note) X(TIME, filed, filed) X(NUMBER, sequence, sequence) X(FLAG, revising, revising)            \
	X(TIME, created, created) X(NUMBER, version, version)
#define vgroup_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_vgroup_row, kind, member)
TABLE(vgroup_table, VGROUP, struct qpp_vgroup_row, offsetof(struct qpp_vgroup_row, changed));

#define PARTY(X)                                                                                                  \
	X(TEXT, group_id, group_id) X(TEXT, org_id, org_id) X(YEAR, py, py) X(TEXT, state, state) X(TEXT, by_id, by_id) \
	X(TIME, invited, invited) X(TIME, answered, answered) X(FLAG, elected, elected)
#define party_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_vgroup_party, kind, member)
TABLE(party_table, PARTY, struct qpp_vgroup_party, -1);

#define NPI(X)                                                                                                    \
	X(TEXT, group_id, group_id) X(TEXT, edition, edition) X(TEXT, org_id, org_id) X(TEXT, npi, npi) X(NUMBER, place, place)
#define npi_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_vgroup_npi, kind, member)
TABLE(npi_table, NPI, struct qpp_vgroup_npi, -1);

#define CLAUSE(X) X(TEXT, group_id, group_id) X(TEXT, provision, provision) X(TEXT, body, body) X(TEXT, account_id, account_id)
#define clause_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_vgroup_clause, kind, member)
TABLE(clause_table, CLAUSE, struct qpp_vgroup_clause, offsetof(struct qpp_vgroup_clause, changed));

#define SIGNATURE(X)                                                                                              \
	X(TEXT, group_id, group_id) X(TEXT, org_id, org_id) X(TEXT, hash, hash) X(TEXT, account_id, account_id)        \
	X(TEXT, name, name) X(TEXT, title, title) X(TIME, at, at)
#define signature_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_vgroup_signature, kind, member)
TABLE(signature_table, SIGNATURE, struct qpp_vgroup_signature, -1);

#define EVENT(X)                                                                                                  \
	X(TEXT, group_id, group_id) X(NUMBER, number, number) X(TIME, at, at) X(TEXT, account_id, account_id)          \
	X(TEXT, org_id, org_id) X(TEXT, kind, kind) X(TEXT, note, note)
#define event_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_vgroup_event, kind, member)
TABLE(event_table, EVENT, struct qpp_vgroup_event, -1);

#define SHARE(X)                                                                                                  \
	X(TEXT, group_id, group_id) X(TEXT, org_id, org_id) X(FLAG, shows, shows) X(TEXT, score, score)                \
	X(TEXT, dollars, dollars) X(TEXT, source, source)
#define share_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_vgroup_share, kind, member)
TABLE(share_table, SHARE, struct qpp_vgroup_share, -1);

/* ---- groups ---- */

enum qpp_code qpp_store_vgroup_put(struct qpp_tx *tx, struct qpp_vgroup_row *g, struct qpp_err *err)
{
	static const struct versioned how = { &vgroup_table, DB_SQL(INSERT(VGROUP, "vgroup") "ON CONFLICT DO NOTHING"),
		DB_SQL(UPDATE(VGROUP, "vgroup") "WHERE id = ? AND version = ?"), DB_SQL("SELECT version FROM vgroup WHERE id = ?"),
		"virtual group" };
	enum qpp_code code = refuse_tin(tx, g->name, err);
	if (code == QPP_OK)
		code = refuse_tin(tx, g->note, err);
	if (!g->version)
		g->created = tx->now;
	return code == QPP_OK ? row_put(tx, &how, g, &g->id, &g->version, err) : code;
}

enum qpp_code qpp_store_vgroup_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_vgroup_row *out, struct qpp_err *err)
{
	return row_get(tx, &vgroup_table, DB_SQL(SELECT(VGROUP, "vgroup") "WHERE id = ?"), VALUES(V_TEXT(id)), out, "virtual group", err);
}

#define VGROUP_WHERE                                                                                          \
	"WHERE (? = 0 OR py = ?) AND (? = '' OR state = ?) AND (? = '' OR origin = ?) AND (? = 0 OR filed <> 0) " \
	"AND (? = '' OR SUBSTR(name, 1, LENGTH(?)) = ?) "
#define VGROUP_VALUES(q)                                                                                          \
	V_NUMBER((q)->py.v), V_NUMBER((q)->py.v), V_TEXT((q)->state), V_TEXT((q)->state), V_TEXT((q)->origin),         \
	V_TEXT((q)->origin), V_NUMBER((q)->filed), V_TEXT((q)->name), V_TEXT((q)->name), V_TEXT((q)->name)

enum qpp_code qpp_store_vgroup_count(struct qpp_tx *tx, const struct qpp_vgroup_query *q, int64_t *out, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT COUNT(*) FROM vgroup " VGROUP_WHERE), VALUES(VGROUP_VALUES(q)), &rows, err);
	*out = code == QPP_OK ? rows.cells[0].i : 0;
	return code;
}

enum qpp_code qpp_store_vgroup_list(struct qpp_tx *tx, const struct qpp_vgroup_query *q, struct qpp_slice slice,
                                    struct qpp_vgroup_row_rows *out, struct qpp_err *err)
{
	*out = (struct qpp_vgroup_row_rows){ .total = -1 };
	enum qpp_code code = slice.count ? qpp_store_vgroup_count(tx, q, &out->total, err) : QPP_OK;
	if (code != QPP_OK)
		return code;
	return row_list(tx, &vgroup_table,
	                DB_SQL(SELECT(VGROUP, "vgroup") VGROUP_WHERE "ORDER BY filed DESC, created DESC, id LIMIT ? OFFSET ?"),
	                VALUES(VGROUP_VALUES(q), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v, &out->n, err);
}

/* ---- parties ---- */

enum qpp_code qpp_store_vgroup_party_put(struct qpp_tx *tx, const struct qpp_vgroup_party *p, struct qpp_err *err)
{
	return row_write(tx, &party_table, DB_SQL(UPSERT(PARTY, "vgroup_party", "group_id, org_id")), p, NULL, 0, NULL, err);
}

enum qpp_code qpp_store_vgroup_parties(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_party_rows *out,
                                       struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &party_table, DB_SQL(SELECT(PARTY, "vgroup_party") "WHERE group_id = ? ORDER BY invited, org_id"),
	                VALUES(V_TEXT(group_id)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_vgroup_party_of(struct qpp_tx *tx, struct qpp_str org_id, qpp_py py, struct qpp_vgroup_party_rows *out,
                                        struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &party_table,
	                DB_SQL(SELECT(PARTY, "vgroup_party") "WHERE org_id = ? AND (? = 0 OR py = ?) ORDER BY py DESC, invited DESC, group_id"),
	                VALUES(V_TEXT(org_id), V_NUMBER(py.v), V_NUMBER(py.v)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_vgroup_claimed(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str *out, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT group_id FROM vgroup_claim WHERE py = ? AND org_id = ?"),
	                             VALUES(V_NUMBER(py.v), V_TEXT(org_id)), &rows, err);
	*out = code == QPP_OK && rows.n ? rows.cells[0].s : QPP_LIT("");
	return code;
}

enum qpp_code qpp_store_vgroup_claim(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str group_id,
                                     struct qpp_str *holder, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("INSERT INTO vgroup_claim (changed, py, org_id, group_id) VALUES (?, ?, ?, ?) "
	                                          "ON CONFLICT DO NOTHING"),
	                               VALUES(V_TIME(tx->now), V_NUMBER(py.v), V_TEXT(org_id), V_TEXT(group_id)), &rows, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_claimed(tx, py, org_id, holder, err);
	return code == QPP_OK && !qpp_str_eq(*holder, group_id) ? duplicate(err, "a virtual group of the practice") : code;
}

enum qpp_code qpp_store_vgroup_release(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str org_id, struct qpp_err *err)
{
	struct db_rows rows;
	return tx_change(tx, DB_SQL("DELETE FROM vgroup_claim WHERE group_id = ? AND (? = '' OR org_id = ?)"),
	                 VALUES(V_TEXT(group_id), V_TEXT(org_id), V_TEXT(org_id)), &rows, err);
}

/* ---- NPIs ---- */

enum qpp_code qpp_store_vgroup_npis_put(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str edition, struct qpp_str org_id,
                                        const struct qpp_str *npis, size_t n, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("DELETE FROM vgroup_npi WHERE group_id = ? AND edition = ? AND (? = '' OR org_id = ?)"),
	                               VALUES(V_TEXT(group_id), V_TEXT(edition), V_TEXT(org_id), V_TEXT(org_id)), &rows, err);
	for (size_t i = 0; code == QPP_OK && i < n; i++) {
		const struct qpp_vgroup_npi row = { group_id, edition, org_id, npis[i], (int64_t)i };
		code = row_write(tx, &npi_table, DB_SQL(INSERT(NPI, "vgroup_npi") "ON CONFLICT DO NOTHING"), &row, NULL, 0, NULL, err);
	}
	return code;
}

enum qpp_code qpp_store_vgroup_npis(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str edition,
                                    struct qpp_vgroup_npi_rows *out, struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &npi_table, DB_SQL(SELECT(NPI, "vgroup_npi") "WHERE group_id = ? AND edition = ? ORDER BY org_id, place, npi"),
	                VALUES(V_TEXT(group_id), V_TEXT(edition)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_vgroup_npi_elsewhere(struct qpp_tx *tx, qpp_py py, struct qpp_str group_id, struct qpp_str npi, bool *out,
                                             struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT COUNT(*) FROM vgroup_npi n JOIN vgroup g ON g.id = n.group_id "
	                                        "WHERE n.npi = ? AND n.edition = 'elected' AND n.group_id <> ? AND g.py = ?"),
	                             VALUES(V_TEXT(npi), V_TEXT(group_id), V_NUMBER(py.v)), &rows, err);
	*out = code == QPP_OK && rows.cells[0].i > 0;
	return code;
}

/* ---- the agreement ---- */

enum qpp_code qpp_store_vgroup_clause_put(struct qpp_tx *tx, const struct qpp_vgroup_clause *c, struct qpp_err *err)
{
	enum qpp_code code = refuse_tin(tx, c->body, err);
	if (code == QPP_OK)
		code = row_write(tx, &clause_table, DB_SQL(UPSERT(CLAUSE, "vgroup_clause", "group_id, provision")), c, NULL, 0, NULL, err);
	return code;
}

enum qpp_code qpp_store_vgroup_clauses(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_clause_rows *out,
                                       struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &clause_table, DB_SQL(SELECT(CLAUSE, "vgroup_clause") "WHERE group_id = ? ORDER BY provision"),
	                VALUES(V_TEXT(group_id)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_vgroup_agreement_keep(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str hash, struct qpp_str body,
                                              struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = refuse_tin(tx, body, err);
	if (code != QPP_OK)
		return code;
	return tx_change(tx, DB_SQL("INSERT INTO vgroup_agreement (changed, group_id, hash, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"),
	                 VALUES(V_TIME(tx->now), V_TEXT(group_id), V_TEXT(hash), V_TEXT(body)), &rows, err);
}

enum qpp_code qpp_store_vgroup_agreement_get(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str hash, struct qpp_str *body,
                                             struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT body FROM vgroup_agreement WHERE group_id = ? AND hash = ?"),
	                             VALUES(V_TEXT(group_id), V_TEXT(hash)), &rows, err);
	if (code == QPP_OK && !rows.n)
		return not_found(err, "agreement");
	if (code == QPP_OK)
		*body = rows.cells[0].s;
	return code;
}

enum qpp_code qpp_store_vgroup_sign(struct qpp_tx *tx, const struct qpp_vgroup_signature *s, struct qpp_err *err)
{
	int64_t changes;
	enum qpp_code code = row_write(tx, &signature_table, DB_SQL(INSERT(SIGNATURE, "vgroup_signature") "ON CONFLICT DO NOTHING"), s,
	                               NULL, 0, &changes, err);
	return code == QPP_OK && !changes ? duplicate(err, "a signature") : code;
}

enum qpp_code qpp_store_vgroup_signatures(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_signature_rows *out,
                                          struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &signature_table, DB_SQL(SELECT(SIGNATURE, "vgroup_signature") "WHERE group_id = ? ORDER BY at, org_id"),
	                VALUES(V_TEXT(group_id)), (void **)&out->v, &out->n, err);
}

/* ---- what happened, and what a party brings ---- */

enum qpp_code qpp_store_vgroup_event_add(struct qpp_tx *tx, struct qpp_vgroup_event *e, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = refuse_tin(tx, e->note, err);
	if (code == QPP_OK)
		code = tx_read(tx, DB_SQL("SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM vgroup_event WHERE group_id = ?"),
		               VALUES(V_TEXT(e->group_id)), &rows, err);
	if (code != QPP_OK)
		return code;
	e->number = rows.cells[0].i + 1;
	return row_write(tx, &event_table, DB_SQL(INSERT(EVENT, "vgroup_event")), e, NULL, 0, NULL, err);
}

enum qpp_code qpp_store_vgroup_events(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_event_rows *out,
                                      struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &event_table, DB_SQL(SELECT(EVENT, "vgroup_event") "WHERE group_id = ? ORDER BY number"),
	                VALUES(V_TEXT(group_id)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_vgroup_share_put(struct qpp_tx *tx, const struct qpp_vgroup_share *s, struct qpp_err *err)
{
	return row_write(tx, &share_table, DB_SQL(UPSERT(SHARE, "vgroup_share", "group_id, org_id")), s, NULL, 0, NULL, err);
}

enum qpp_code qpp_store_vgroup_shares(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_share_rows *out, struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &share_table, DB_SQL(SELECT(SHARE, "vgroup_share") "WHERE group_id = ? ORDER BY org_id"),
	                VALUES(V_TEXT(group_id)), (void **)&out->v, &out->n, err);
}
