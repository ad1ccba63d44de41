/* Rows by their columns: how every entity is bound to a statement and read from an answer. */
#include <string.h>

#include "adapt/store/store_int.h"

enum { MOST_ROWS = 1000 };

/* Enumerations are kept as their words, so that the database can be read without the program. */
static const char *word_of(enum column_kind kind, int v)
{
	switch (kind) {
	case ENTITY: return v ? qpp_entity_name((enum qpp_entity)v) : "";
	case ORG_KIND: return qpp_org_kind_name((enum qpp_org_kind)v);
	case POST: return qpp_post_name((enum qpp_post)v);
	case ROLE_STATE: return qpp_role_state_name((enum qpp_role_state)v);
	case MAIL_STATE: return qpp_mail_state_name((enum qpp_mail_state)v);
	default: return "";
	}
}

static int of_word(enum column_kind kind, struct qpp_str word)
{
	static const int ends[] = { [ENTITY] = QPP_ENTITIES, [ORG_KIND] = QPP_ORG_KINDS, [POST] = QPP_POSTS,
	                            [ROLE_STATE] = QPP_POST_STATES, [MAIL_STATE] = QPP_MAIL_STATES };
	for (int v = 1; v < ends[kind]; v++)
		if (qpp_str_is(word, word_of(kind, v)))
			return v;
	return 0;
}

static struct db_value value_of(const struct column *c, const void *row)
{
	const char *at = (const char *)row + c->offset;
	struct qpp_str s;
	int64_t i;
	int v;
	bool b;
	switch (c->kind) {
	case TEXT:
		memcpy(&s, at, sizeof s);
		return (struct db_value)V_TEXT(s);
	case NUMBER:
	case TIME:
		memcpy(&i, at, sizeof i);
		return (struct db_value)V_NUMBER(i);
	case FLAG:
		memcpy(&b, at, sizeof b);
		return (struct db_value)V_NUMBER(b);
	case YEAR:
		memcpy(&v, at, sizeof v);
		return (struct db_value)V_NUMBER(v);
	default:
		memcpy(&v, at, sizeof v);
		return (struct db_value)V_TEXT(qpp_str_of(word_of(c->kind, v)));
	}
}

struct db_value *row_values(struct qpp_tx *tx, const struct table *t, const void *row, const struct db_value *more,
                            size_t n_more, size_t *n)
{
	struct db_value *v = QPP_NEW_ARRAY(tx->arena, 1 + t->n + n_more, struct db_value);
	v[0].i = tx->now.us;
	for (size_t i = 0; i < t->n; i++)
		v[1 + i] = value_of(&t->columns[i], row);
	if (n_more)
		memcpy(v + 1 + t->n, more, n_more * sizeof *v);
	*n = 1 + t->n + n_more;
	return v;
}

void row_read(const struct table *t, const struct db_cell *cells, void *row)
{
	memset(row, 0, t->size);
	if (t->changed >= 0)
		memcpy((char *)row + t->changed, &cells[0].i, sizeof cells[0].i);
	for (size_t i = 0; i < t->n; i++) {
		const struct column *c = &t->columns[i];
		const struct db_cell *cell = &cells[1 + i];
		char *at = (char *)row + c->offset;
		int v = (int)cell->i;
		bool b = cell->i != 0;
		if (c->kind == TEXT) {
			memcpy(at, &cell->s, sizeof cell->s);
		} else if (c->kind == NUMBER || c->kind == TIME) {
			memcpy(at, &cell->i, sizeof cell->i);
		} else if (c->kind == FLAG) {
			memcpy(at, &b, sizeof b);
		} else {
			if (c->kind != YEAR)
				v = of_word(c->kind, cell->s);
			memcpy(at, &v, sizeof v);
		}
	}
}

enum qpp_code tx_read(struct qpp_tx *tx, const char *sql, const struct db_value *values, size_t n, struct db_rows *out,
                      struct qpp_err *err)
{
	struct qpp_err own;
	enum qpp_code code = tx->fault;
	if (code == QPP_OK)
		code = tx->db->driver->run(tx->db, tx->arena, sql, values, n, out, &own);
	else
		own = tx->fault_err;
	if (code != QPP_OK) {
		tx->fault = code;
		tx->fault_err = own;
		if (err)
			*err = own;
	}
	return code;
}

enum qpp_code tx_change(struct qpp_tx *tx, const char *sql, const struct db_value *values, size_t n, struct db_rows *out,
                        struct qpp_err *err)
{
	if (!tx->writes)
		return qpp_fail(err, QPP_BUG, "a transaction that reads was to change something", (char *)NULL);
	return tx_read(tx, sql, values, n, out, err);
}

enum qpp_code not_found(struct qpp_err *err, const char *what)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such ", what, (char *)NULL);
}

enum qpp_code duplicate(struct qpp_err *err, const char *what)
{
	return qpp_fail(err, QPP_DUPLICATE, "there is such ", what, " already", (char *)NULL);
}

enum qpp_code stale(struct qpp_err *err, const char *what)
{
	(void)qpp_fail(err, QPP_STALE, "the ", what, " has been changed since it was read", (char *)NULL);
	qpp_err_hint(err, "read it again, and make the change to what is there now", (char *)NULL);
	return QPP_STALE;
}

enum qpp_code row_get(struct qpp_tx *tx, const struct table *t, const char *sql, const struct db_value *values, size_t n,
                      void *row, const char *what, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, sql, values, n, &rows, err);
	if (code != QPP_OK)
		return code;
	if (!rows.n)
		return not_found(err, what);
	row_read(t, rows.cells, row);
	return QPP_OK;
}

enum qpp_code row_list(struct qpp_tx *tx, const struct table *t, const char *sql, const struct db_value *values, size_t n,
                       void **out, size_t *n_out, struct qpp_err *err)
{
	struct db_rows rows;
	*out = NULL;
	*n_out = 0;
	enum qpp_code code = tx_read(tx, sql, values, n, &rows, err);
	if (code != QPP_OK)
		return code;
	char *list = qpp_arena_array(tx->arena, rows.n + 1, t->size);
	for (size_t i = 0; i < rows.n; i++)
		row_read(t, rows.cells + i * rows.columns, list + i * t->size);
	*out = list;
	*n_out = rows.n;
	return QPP_OK;
}

enum qpp_code row_write(struct qpp_tx *tx, const struct table *t, const char *sql, const void *row,
                        const struct db_value *more, size_t n_more, int64_t *changes, struct qpp_err *err)
{
	struct db_rows rows;
	size_t n;
	struct db_value *values = row_values(tx, t, row, more, n_more, &n);
	enum qpp_code code = tx_change(tx, sql, values, n, &rows, err);
	if (changes)
		*changes = code == QPP_OK ? rows.changes : 0;
	return code;
}

static enum qpp_code row_insert(struct qpp_tx *tx, const struct versioned *v, void *row, struct qpp_str *id,
                                int64_t *version, struct qpp_err *err)
{
	int64_t changes;
	struct qpp_str given = *id;
	if (!id->n)
		*id = tx_new_id(tx);
	*version = 1;
	enum qpp_code code = row_write(tx, v->table, v->insert, row, NULL, 0, &changes, err);
	if (code == QPP_OK && !changes)
		code = duplicate(err, v->what);
	if (code != QPP_OK) {
		*id = given;
		*version = 0;
	}
	return code;
}

enum qpp_code row_put(struct qpp_tx *tx, const struct versioned *v, void *row, struct qpp_str *id, int64_t *version,
                      struct qpp_err *err)
{
	struct db_rows rows;
	int64_t changes, was = *version;
	enum qpp_code code;
	if (was == 0) {
		code = row_insert(tx, v, row, id, version, err);
	} else {
		*version = was + 1;
		code = row_write(tx, v->table, v->update, row, VALUES(V_TEXT(*id), V_NUMBER(was)), &changes, err);
		if (code == QPP_OK && !changes) {
			code = tx_read(tx, v->look, VALUES(V_TEXT(*id)), &rows, err);
			if (code == QPP_OK)
				code = rows.n ? stale(err, v->what) : not_found(err, v->what);
		}
		if (code != QPP_OK)
			*version = was;
	}
	if (code == QPP_OK && v->table->changed >= 0)
		memcpy((char *)row + v->table->changed, &tx->now, sizeof tx->now);
	return code;
}

int64_t slice_most(struct qpp_slice s)
{
	return s.most <= 0 || s.most > MOST_ROWS ? MOST_ROWS : s.most;
}

enum qpp_code slice_total(struct qpp_tx *tx, struct qpp_slice s, const char *sql, const struct db_value *values, size_t n,
                          int64_t *total, struct qpp_err *err)
{
	struct db_rows rows;
	*total = -1;
	if (!s.count)
		return QPP_OK;
	enum qpp_code code = tx_read(tx, sql, values, n, &rows, err);
	if (code == QPP_OK)
		*total = rows.cells[0].i;
	return code;
}
