/* Organizations and clinicians. */
#include <string.h>

#include "adapt/store/store_int.h"

enum { TIN_DIGITS = 9, FOLDED = 400 };

#define ORG(X)                                                                                                    \
	X(TEXT, id, id) X(ORG_KIND, kind, kind) X(TEXT, number, number) X(TEXT, name, name) X(TEXT, address1, address1) \
	X(TEXT, address2, address2) X(TEXT, city, city) X(TEXT, state, state) X(TEXT, zip, zip) X(TEXT, county, county) \
	X(TEXT, body, body) X(NUMBER, version, version)
/* Columns that are made from others: the name to search by, and the TIN, which is read as such only to be masked. */
#define ORG_MORE ", name_folded = ?, tin = ?, tin_hash = ? "

#define org_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_org, kind, member)
TABLE(org_table, ORG, struct qpp_org, -1);

#define CLINICIAN(X)                                                                                         \
	X(TEXT, npi, npi) X(NUMBER, type, type) X(TEXT, first, first) X(TEXT, middle, middle) X(TEXT, last, last) \
	X(TEXT, specialty, specialty) X(TEXT, enrolled, enrolled) X(TEXT, body, body)
#define clinician_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_clinician, kind, member)
TABLE(clinician_table, CLINICIAN, struct qpp_clinician, -1);

#define SELECT_ORG "SELECT changed" ORG(COLUMN_NAME) ", tin FROM organization "

static struct qpp_str tin_index(struct qpp_tx *tx, struct qpp_str tin)
{
	return crypt_index(&tx->store->crypt, tx->arena, "tin", tin);
}

static bool is_tin(struct qpp_str s)
{
	bool digits = s.n == TIN_DIGITS;
	for (size_t i = 0; i < s.n && digits; i++)
		digits = s.p[i] >= '0' && s.p[i] <= '9';
	return digits;
}

/* Every run of exactly nine digits is looked up: what is no TIN of ours may stand there. */
enum qpp_code refuse_tin(struct qpp_tx *tx, struct qpp_str body, struct qpp_err *err)
{
	struct db_rows rows;
	for (size_t i = 0, n = 0; i <= body.n; i++) {
		if (i < body.n && body.p[i] >= '0' && body.p[i] <= '9') {
			n++;
			continue;
		}
		size_t run = n;
		n = 0;
		if (run != TIN_DIGITS)
			continue;
		struct qpp_str hash = tin_index(tx, (struct qpp_str){ body.p + i - run, run });
		enum qpp_code code = tx_read(tx, DB_SQL("SELECT 1 FROM organization WHERE kind = 'practice' AND tin_hash = ? AND tin_hash <> ''"),
		                             VALUES(V_TEXT(hash)), &rows, err);
		if (code != QPP_OK)
			return code;
		if (rows.n)
			return qpp_fail(err, QPP_BUG, "a TIN was to be stored in the clear", (char *)NULL);
	}
	return QPP_OK;
}

/* ASCII letters in lower case: names are searched without regard to it. */
static struct qpp_str folded(struct qpp_arena *a, struct qpp_str s)
{
	char *p = qpp_arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 'a' - 'A') : s.p[i];
	return (struct qpp_str){ p, s.n };
}

/* An organization and its TIN behind it, which is shown by its last four digits. */
static enum qpp_code read_org(struct qpp_tx *tx, const struct db_cell *cells, struct qpp_org *out, struct qpp_err *err)
{
	struct qpp_str tin;
	row_read(&org_table, cells, out);
	enum qpp_code code = crypt_open(&tx->store->crypt, tx->arena, "tin", cells[1 + org_table.n].s, &tin, err);
	if (code == QPP_OK && tin.n == TIN_DIGITS)
		out->tin_masked = qpp_str_cat(tx->arena, "*****", tin.p + TIN_DIGITS - 4, (char *)NULL);
	return code;
}

static enum qpp_code get_org(struct qpp_tx *tx, const char *sql, const struct db_value *values, size_t n,
                             struct qpp_org *out, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, sql, values, n, &rows, err);
	if (code != QPP_OK)
		return code;
	return rows.n ? read_org(tx, rows.cells, out, err) : not_found(err, "organization");
}

/* Whether somebody else has this TIN or number: a violated key would end a transaction of PostgreSQL. */
static enum qpp_code check_keys(struct qpp_tx *tx, const struct qpp_org *org, struct qpp_str hash, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT id FROM organization WHERE id <> ? AND "
	                                        "((? = 'practice' AND kind = 'practice' AND tin_hash = ? AND tin_hash <> '') "
	                                        "OR (kind = ? AND number = ? AND number <> ''))"),
	                             VALUES(V_TEXT(org->id), V_TEXT(qpp_str_of(qpp_org_kind_name(org->kind))), V_TEXT(hash),
	                                    V_TEXT(qpp_str_of(qpp_org_kind_name(org->kind))), V_TEXT(org->number)),
	                             &rows, err);
	return code == QPP_OK && rows.n ? duplicate(err, "an organization") : code;
}

static enum qpp_code insert_org(struct qpp_tx *tx, struct qpp_org *org, struct qpp_str sealed, struct qpp_str hash,
                                struct qpp_err *err)
{
	int64_t changes;
	if (!org->id.n)
		org->id = tx_new_id(tx);
	org->version = 1;
	enum qpp_code code = row_write(tx, &org_table,
	                               DB_SQL("INSERT INTO organization (changed" ORG(COLUMN_NAME) ", name_folded, tin, tin_hash) "
	                                      "VALUES (?" ORG(COLUMN_MARK) ", ?, ?, ?) ON CONFLICT DO NOTHING"),
	                               org, VALUES(V_TEXT(folded(tx->arena, org->name)), V_TEXT(sealed), V_TEXT(hash)), &changes, err);
	return code == QPP_OK && !changes ? duplicate(err, "an organization") : code;
}

static enum qpp_code update_org(struct qpp_tx *tx, struct qpp_org *org, struct qpp_str sealed, struct qpp_str hash,
                                struct qpp_err *err)
{
	int64_t changes, was = org->version++;
	enum qpp_code code = row_write(tx, &org_table,
	                               DB_SQL(UPDATE(ORG, "organization") ORG_MORE "WHERE id = ? AND version = ?"), org,
	                               VALUES(V_TEXT(folded(tx->arena, org->name)), V_TEXT(sealed), V_TEXT(hash), V_TEXT(org->id),
	                                      V_NUMBER(was)), &changes, err);
	if (code == QPP_OK && !changes)
		code = stale(err, "organization");
	if (code != QPP_OK)
		org->version = was;
	return code;
}

enum qpp_code qpp_store_org_put(struct qpp_tx *tx, struct qpp_org *org, struct qpp_str tin, struct qpp_err *err)
{
	struct qpp_str sealed = { "", 0 }, hash = { "", 0 };
	tx->people = true;
	if (tin.n && !is_tin(tin))
		return qpp_fail(err, QPP_USAGE, "a TIN has nine digits", (char *)NULL);
	if (tin.n) {
		sealed = crypt_seal(&tx->store->crypt, tx->arena, "tin", tin);
		hash = tin_index(tx, tin);
	} else if (org->version) {
		struct db_rows rows;
		enum qpp_code code = tx_read(tx, DB_SQL("SELECT tin, tin_hash FROM organization WHERE id = ?"), VALUES(V_TEXT(org->id)),
		                             &rows, err);
		if (code != QPP_OK)
			return code;
		if (!rows.n)
			return not_found(err, "organization");
		sealed = rows.cells[0].s;
		hash = rows.cells[1].s;
	}
	enum qpp_code code = refuse_tin(tx, org->body, err);
	if (code == QPP_OK)
		code = check_keys(tx, org, hash, err);
	if (code != QPP_OK)
		return code;
	code = org->version ? update_org(tx, org, sealed, hash, err) : insert_org(tx, org, sealed, hash, err);
	if (code == QPP_OK && tin.n)
		org->tin_masked = qpp_str_cat(tx->arena, "*****", qpp_str_dup(tx->arena, tin).p + TIN_DIGITS - 4, (char *)NULL);
	return code;
}

enum qpp_code qpp_store_org_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_org *out, struct qpp_err *err)
{
	return get_org(tx, DB_SQL(SELECT_ORG "WHERE id = ?"), VALUES(V_TEXT(id)), out, err);
}

enum qpp_code qpp_store_org_by_tin(struct qpp_tx *tx, struct qpp_str tin, struct qpp_org *out, struct qpp_err *err)
{
	if (!is_tin(tin))
		return not_found(err, "organization");
	return get_org(tx, DB_SQL(SELECT_ORG "WHERE kind = 'practice' AND tin_hash = ? AND tin_hash <> ''"),
	               VALUES(V_TEXT(tin_index(tx, tin))), out, err);
}

enum qpp_code qpp_store_org_by_number(struct qpp_tx *tx, enum qpp_org_kind kind, struct qpp_str number, struct qpp_org *out,
                                      struct qpp_err *err)
{
	return get_org(tx, DB_SQL(SELECT_ORG "WHERE kind = ? AND number = ? AND number <> ''"),
	               VALUES(V_TEXT(qpp_str_of(qpp_org_kind_name(kind))), V_TEXT(number)), out, err);
}

enum qpp_code qpp_store_org_list(struct qpp_tx *tx, enum qpp_org_kind kind, struct qpp_str name, struct qpp_slice slice,
                                 struct qpp_org_rows *out, struct qpp_err *err)
{
	/* Names that begin so lie between it and it followed by the greatest byte a text can have. */
	struct qpp_str from = folded(tx->arena, name), to = qpp_str_cat(tx->arena, from.p, "\xF4\x8F\xBF\xBF", (char *)NULL);
	struct qpp_str word = qpp_str_of(qpp_org_kind_name(kind));
	struct db_rows rows;
	*out = (struct qpp_org_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM organization WHERE kind = ? AND name_folded >= ? AND name_folded <= ?"),
	                                 VALUES(V_TEXT(word), V_TEXT(from), V_TEXT(to)), &out->total, err);
	if (code == QPP_OK)
		code = tx_read(tx, DB_SQL(SELECT_ORG "WHERE kind = ? AND name_folded >= ? AND name_folded <= ? "
		                          "ORDER BY name_folded, id LIMIT ? OFFSET ?"),
		               VALUES(V_TEXT(word), V_TEXT(from), V_TEXT(to), V_NUMBER(slice_most(slice)), V_NUMBER(slice.start)), &rows, err);
	if (code != QPP_OK)
		return code;
	out->v = QPP_NEW_ARRAY(tx->arena, rows.n + 1, struct qpp_org);
	for (out->n = 0; out->n < rows.n && code == QPP_OK; out->n++)
		code = read_org(tx, rows.cells + out->n * rows.columns, &out->v[out->n], err);
	return code;
}

enum qpp_code qpp_store_org_walk(struct qpp_tx *tx, enum qpp_org_kind kind, struct qpp_str after, int64_t most,
                                 struct qpp_org_rows *out, struct qpp_err *err)
{
	struct db_rows rows;
	*out = (struct qpp_org_rows){ .total = -1 };
	enum qpp_code code = tx_read(tx, DB_SQL(SELECT_ORG "WHERE kind = ? AND id > ? ORDER BY id LIMIT ?"),
	                             VALUES(V_TEXT(qpp_str_of(qpp_org_kind_name(kind))), V_TEXT(after),
	                                    V_NUMBER(slice_most((struct qpp_slice){ .most = most }))), &rows, err);
	if (code != QPP_OK)
		return code;
	out->v = QPP_NEW_ARRAY(tx->arena, rows.n + 1, struct qpp_org);
	for (; out->n < rows.n && code == QPP_OK; out->n++)
		code = read_org(tx, rows.cells + out->n * rows.columns, &out->v[out->n], err);
	return code;
}

enum qpp_code qpp_store_org_tin(struct qpp_tx *tx, struct qpp_str id, struct qpp_str *out, struct qpp_err *err)
{
	struct db_rows rows;
	*out = (struct qpp_str){ "", 0 };
	enum qpp_code code = tx_read(tx, DB_SQL("SELECT tin FROM organization WHERE id = ?"), VALUES(V_TEXT(id)), &rows, err);
	if (code != QPP_OK)
		return code;
	return rows.n ? crypt_open(&tx->store->crypt, tx->arena, "tin", rows.cells[0].s, out, err) : not_found(err, "organization");
}

enum qpp_code qpp_store_clinician_put(struct qpp_tx *tx, const struct qpp_clinician *c, struct qpp_err *err)
{
	tx->people = true;
	enum qpp_code code = refuse_tin(tx, c->body, err);
	return code == QPP_OK ? row_write(tx, &clinician_table, DB_SQL(UPSERT(CLINICIAN, "clinician", "npi")), c, NULL, 0, NULL, err) : code;
}

enum qpp_code qpp_store_clinician_get(struct qpp_tx *tx, struct qpp_str npi, struct qpp_clinician *out, struct qpp_err *err)
{
	return row_get(tx, &clinician_table, DB_SQL(SELECT(CLINICIAN, "clinician") "WHERE npi = ?"), VALUES(V_TEXT(npi)), out,
	               "clinician", err);
}
