/* Who belongs where in which year, and what is known of whom. */
#include "adapt/store/store_int.h"

#define RELATION(X) \
	X(YEAR, py, py) X(TEXT, org_id, org_id) X(TEXT, npi, npi) X(TEXT, facts, facts) X(TEXT, statuses, statuses) X(TEXT, body, body)
#define relation_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_relation, kind, member)
TABLE(relation_table, RELATION, struct qpp_relation, -1);

#define MEMBERSHIP(X) \
	X(YEAR, py, py) X(TEXT, group_id, group_id) X(TEXT, org_id, org_id) X(TEXT, npi, npi) X(TEXT, body, body)
#define membership_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_membership, kind, member)
TABLE(membership_table, MEMBERSHIP, struct qpp_membership, -1);

#define FACT(X)                                                                                             \
	X(YEAR, who.py, py) X(ENTITY, who.entity, entity) X(TEXT, who.org_id, org_id) X(TEXT, who.npi, npi)       \
	X(TEXT, topic, topic) X(TEXT, body, body) X(NUMBER, version, version)
#define fact_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_fact_row, kind, member)
TABLE(fact_table, FACT, struct qpp_fact_row, -1);

enum qpp_code qpp_store_relation_put(struct qpp_tx *tx, const struct qpp_relation *r, struct qpp_err *err)
{
	tx->people = true;
	enum qpp_code code = refuse_tin(tx, r->facts, err);
	if (code == QPP_OK)
		code = refuse_tin(tx, r->body, err);
	if (code == QPP_OK)
		code = row_write(tx, &relation_table, DB_SQL(UPSERT(RELATION, "relation", "npi, py, org_id")), r, NULL, 0, NULL, err);
	return code;
}

enum qpp_code qpp_store_relation_get(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str npi,
                                     struct qpp_relation *out, struct qpp_err *err)
{
	return row_get(tx, &relation_table, DB_SQL(SELECT(RELATION, "relation") "WHERE npi = ? AND py = ? AND org_id = ?"),
	               VALUES(V_TEXT(npi), V_NUMBER(py.v), V_TEXT(org_id)), out, "clinician in the practice that year", err);
}

enum qpp_code qpp_store_relation_delete(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str npi,
                                        struct qpp_err *err)
{
	struct db_rows rows;
	tx->people = true;
	enum qpp_code code = tx_change(tx, DB_SQL("DELETE FROM relation WHERE npi = ? AND py = ? AND org_id = ?"),
	                               VALUES(V_TEXT(npi), V_NUMBER(py.v), V_TEXT(org_id)), &rows, err);
	return code == QPP_OK && !rows.changes ? not_found(err, "clinician in the practice that year") : code;
}

enum qpp_code qpp_store_relation_of_npi(struct qpp_tx *tx, qpp_py py, struct qpp_str npi, struct qpp_relation_rows *out,
                                        struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &relation_table, DB_SQL(SELECT(RELATION, "relation") "WHERE npi = ? AND py = ? ORDER BY org_id"),
	                VALUES(V_TEXT(npi), V_NUMBER(py.v)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_relation_of_org(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_slice slice,
                                        struct qpp_relation_rows *out, struct qpp_err *err)
{
	*out = (struct qpp_relation_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM relation WHERE org_id = ? AND py = ?"),
	                                 VALUES(V_TEXT(org_id), V_NUMBER(py.v)), &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &relation_table,
	                DB_SQL(SELECT(RELATION, "relation") "WHERE org_id = ? AND py = ? ORDER BY npi LIMIT ? OFFSET ?"),
	                VALUES(V_TEXT(org_id), V_NUMBER(py.v), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v,
	                &out->n, err);
}

enum qpp_code qpp_store_membership_put(struct qpp_tx *tx, const struct qpp_membership *m, struct qpp_err *err)
{
	tx->people = true;
	enum qpp_code code = refuse_tin(tx, m->body, err);
	if (code == QPP_OK)
		code = row_write(tx, &membership_table, DB_SQL(UPSERT(MEMBERSHIP, "membership", "group_id, py, org_id, npi")), m, NULL, 0,
		                 NULL, err);
	return code;
}

enum qpp_code qpp_store_membership_delete(struct qpp_tx *tx, const struct qpp_membership *m, struct qpp_err *err)
{
	struct db_rows rows;
	tx->people = true;
	enum qpp_code code = tx_change(tx, DB_SQL("DELETE FROM membership WHERE group_id = ? AND py = ? AND org_id = ? AND npi = ?"),
	                               VALUES(V_TEXT(m->group_id), V_NUMBER(m->py.v), V_TEXT(m->org_id), V_TEXT(m->npi)), &rows, err);
	return code == QPP_OK && !rows.changes ? not_found(err, "membership") : code;
}

enum qpp_code qpp_store_membership_of_group(struct qpp_tx *tx, qpp_py py, struct qpp_str group_id, struct qpp_slice slice,
                                            struct qpp_membership_rows *out, struct qpp_err *err)
{
	*out = (struct qpp_membership_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM membership WHERE group_id = ? AND py = ?"),
	                                 VALUES(V_TEXT(group_id), V_NUMBER(py.v)), &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &membership_table,
	                DB_SQL(SELECT(MEMBERSHIP, "membership") "WHERE group_id = ? AND py = ? ORDER BY org_id, npi LIMIT ? OFFSET ?"),
	                VALUES(V_TEXT(group_id), V_NUMBER(py.v), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), (void **)&out->v,
	                &out->n, err);
}

enum qpp_code qpp_store_membership_of_org(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str npi,
                                          struct qpp_membership_rows *out, struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &membership_table,
	                DB_SQL(SELECT(MEMBERSHIP, "membership") "WHERE org_id = ? AND py = ? AND (? = '' OR npi = '' OR npi = ?) "
	                                                        "ORDER BY npi, group_id"),
	                VALUES(V_TEXT(org_id), V_NUMBER(py.v), V_TEXT(npi), V_TEXT(npi)), (void **)&out->v, &out->n, err);
}

enum qpp_code qpp_store_membership_of_npi(struct qpp_tx *tx, qpp_py py, struct qpp_str npi, struct qpp_membership_rows *out,
                                          struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &membership_table,
	                DB_SQL(SELECT(MEMBERSHIP, "membership") "WHERE npi = ? AND npi <> '' AND py = ? ORDER BY org_id, group_id"),
	                VALUES(V_TEXT(npi), V_NUMBER(py.v)), (void **)&out->v, &out->n, err);
}

#define WHO V_NUMBER(who->py.v), V_TEXT(qpp_str_of(who->entity ? qpp_entity_name(who->entity) : "")), V_TEXT(who->org_id), V_TEXT(who->npi)

enum qpp_code qpp_store_fact_get(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str topic, struct qpp_fact_row *out,
                                 struct qpp_err *err)
{
	return row_get(tx, &fact_table,
	               DB_SQL(SELECT(FACT, "fact") "WHERE py = ? AND entity = ? AND org_id = ? AND npi = ? AND topic = ?"),
	               VALUES(WHO, V_TEXT(topic)), out, "facts", err);
}

enum qpp_code qpp_store_fact_put(struct qpp_tx *tx, struct qpp_fact_row *f, struct qpp_err *err)
{
	struct qpp_fact_row there;
	tx->people = true;
	enum qpp_code code = refuse_tin(tx, f->body, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_fact_get(tx, &f->who, f->topic, &there, err);
	if (code == QPP_NOT_FOUND)
		there.version = 0;
	else if (code != QPP_OK)
		return code;
	if (f->version && f->version != there.version)
		return stale(err, "fact");
	int64_t was = f->version;
	f->version = there.version + 1;
	code = row_write(tx, &fact_table, DB_SQL(UPSERT(FACT, "fact", "org_id, py, npi, entity, topic")), f, NULL, 0, NULL, err);
	if (code != QPP_OK)
		f->version = was;
	return code;
}
