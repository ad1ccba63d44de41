/*
 * Submissions and measurement sets: the present state of what was filed. A key is
 * free again when its row was deleted; find-or-create is one statement, so that any
 * number of callers get the same row.
 */
#include "adapt/store/store_int.h"

#define SUBMISSION(X)                                                                                                     \
	X(TEXT, id, id) X(YEAR, who.py, py) X(ENTITY, who.entity, entity) X(TEXT, who.org_id, org_id) X(TEXT, who.npi, npi) \
	X(TEXT, body, body) X(TIME, created, created) X(NUMBER, version, version)
#define submission_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_submission_row, kind, member)
TABLE(submission_table, SUBMISSION, struct qpp_submission_row, offsetof(struct qpp_submission_row, changed));

#define SET(X)                                                                                                    \
	X(TEXT, id, id) X(TEXT, submission_id, submission_id) X(TEXT, submitter_id, submitter_id)                      \
	X(TEXT, category, category) X(TEXT, method, method) X(TEXT, program, program)                                  \
	X(TEXT, practice_id, practice_id) X(TEXT, body, body) X(TIME, created, created) X(NUMBER, version, version)
#define set_table_COLUMN(kind, member, column) COLUMN_AT(struct qpp_set_row, kind, member)
TABLE(set_table, SET, struct qpp_set_row, offsetof(struct qpp_set_row, changed));

#define SELECT_SUBMISSION SELECT(SUBMISSION, "submission")
#define SELECT_SET SELECT(SET, "measurement_set")

enum qpp_code qpp_store_submission_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_submission_row *out,
                                       struct qpp_err *err)
{
	return row_get(tx, &submission_table, DB_SQL(SELECT_SUBMISSION "WHERE id = ? AND deleted = 0"), VALUES(V_TEXT(id)), out,
	               "submission", err);
}

enum qpp_code qpp_store_submission_find(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_submission_row *out,
                                        struct qpp_err *err)
{
	return row_get(tx, &submission_table,
	               DB_SQL(SELECT_SUBMISSION "WHERE org_id = ? AND py = ? AND npi = ? AND entity = ? AND deleted = 0"),
	               VALUES(V_TEXT(who->org_id), V_NUMBER(who->py.v), V_TEXT(who->npi),
	                      V_TEXT(qpp_str_of(who->entity ? qpp_entity_name(who->entity) : ""))),
	               out, "submission", err);
}

enum qpp_code qpp_store_submission_find_or_create(struct qpp_tx *tx, struct qpp_submission_row *s, bool *created,
                                                  struct qpp_err *err)
{
	int64_t changes;
	struct qpp_submission_row new = *s;
	enum qpp_code code = refuse_tin(tx, s->body, err);
	if (code != QPP_OK)
		return code;
	if (!new.id.n)
		new.id = tx_new_id(tx);
	new.created = tx->now;
	new.version = 1;
	*created = false;
	code = row_write(tx, &submission_table,
	                 DB_SQL("INSERT INTO submission (changed" SUBMISSION(COLUMN_NAME) ", deleted) VALUES (?" SUBMISSION(COLUMN_MARK)
	                        ", 0) ON CONFLICT DO NOTHING"),
	                 &new, NULL, 0, &changes, err);
	if (code == QPP_OK && changes) {
		new.changed = tx->now;
		*s = new;
		*created = true;
		return QPP_OK;
	}
	return code == QPP_OK ? qpp_store_submission_find(tx, &new.who, s, err) : code;
}

/* What a change of no row means: it is gone, or another version. */
static enum qpp_code why_not(struct qpp_tx *tx, const char *sql, struct qpp_str id, const char *what, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_read(tx, sql, VALUES(V_TEXT(id)), &rows, err);
	if (code != QPP_OK)
		return code;
	return rows.n ? stale(err, what) : not_found(err, what);
}

#define LOOK_SUBMISSION DB_SQL("SELECT version FROM submission WHERE id = ? AND deleted = 0")
#define LOOK_SET DB_SQL("SELECT version FROM measurement_set WHERE id = ? AND deleted = 0")

enum qpp_code qpp_store_submission_replace(struct qpp_tx *tx, struct qpp_submission_row *s, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = refuse_tin(tx, s->body, err);
	if (code == QPP_OK)
		code = tx_change(tx, DB_SQL("UPDATE submission SET changed = ?, body = ?, version = version + 1 "
		                            "WHERE id = ? AND deleted = 0 AND (? = 0 OR version = ?)"),
		                 VALUES(V_TIME(tx->now), V_TEXT(s->body), V_TEXT(s->id), V_NUMBER(s->version), V_NUMBER(s->version)), &rows,
		                 err);
	if (code == QPP_OK && !rows.changes)
		code = why_not(tx, LOOK_SUBMISSION, s->id, "submission", err);
	return code == QPP_OK ? qpp_store_submission_get(tx, s->id, s, err) : code;
}

enum qpp_code qpp_store_submission_delete(struct qpp_tx *tx, struct qpp_str id, int64_t version, struct qpp_err *err)
{
	struct db_rows rows;
	/* In this order, as every change of a set touches its submission too: two processes cannot wait for each other. */
	enum qpp_code code = tx_change(tx, DB_SQL("UPDATE submission SET changed = ?, deleted = ?, version = version + 1 "
	                                          "WHERE id = ? AND deleted = 0 AND (? = 0 OR version = ?)"),
	                               VALUES(V_TIME(tx->now), V_TIME(tx->now), V_TEXT(id), V_NUMBER(version), V_NUMBER(version)), &rows,
	                               err);
	if (code == QPP_OK && !rows.changes)
		return why_not(tx, LOOK_SUBMISSION, id, "submission", err);
	if (code == QPP_OK)
		code = tx_change(tx, DB_SQL("UPDATE measurement_set SET changed = ?, deleted = ?, version = version + 1 "
		                            "WHERE submission_id = ? AND deleted = 0"),
		                 VALUES(V_TIME(tx->now), V_TIME(tx->now), V_TEXT(id)), &rows, err);
	return code;
}

/* The lists: one statement for each way in, so that each has its index. */
#define ANY_OF                                                                                          \
	"AND (? = 0 OR py = ?) AND (? = '' OR entity = ?) AND (? = '' OR org_id = ?) AND (? = '' OR npi = ?) " \
	"AND (? = '' OR id IN (SELECT submission_id FROM measurement_set WHERE submitter_id = ? AND deleted = 0)) "
#define LIST_OF(which) \
	{ DB_SQL(SELECT_SUBMISSION "WHERE deleted = 0 AND " which ANY_OF "ORDER BY created, id LIMIT ? OFFSET ?"), \
	  DB_SQL("SELECT COUNT(*) FROM submission WHERE deleted = 0 AND " which ANY_OF) }

static const struct {
	const char *list, *count;
} ways[] = {
	LIST_OF("? = '' "),
	LIST_OF("org_id = ? "),
	LIST_OF("npi = ? AND npi <> '' "),
	LIST_OF("id IN (SELECT submission_id FROM measurement_set WHERE submitter_id = ? AND submitter_id <> '' AND deleted = 0) "),
};

enum qpp_code qpp_store_submission_list(struct qpp_tx *tx, const struct qpp_submission_query *q, struct qpp_slice slice,
                                        struct qpp_submission_row_rows *out, struct qpp_err *err)
{
	size_t way = q->org_id.n ? 1 : q->npi.n ? 2 : q->submitter_id.n ? 3 : 0;
	struct qpp_str in = way == 1 ? q->org_id : way == 2 ? q->npi : way == 3 ? q->submitter_id : (struct qpp_str){ "", 0 };
	struct qpp_str entity = qpp_str_of(q->entity ? qpp_entity_name(q->entity) : "");
	const struct db_value values[] = { V_TEXT(in), V_NUMBER(q->py.v), V_NUMBER(q->py.v), V_TEXT(entity), V_TEXT(entity),
		V_TEXT(q->org_id), V_TEXT(q->org_id), V_TEXT(q->npi), V_TEXT(q->npi), V_TEXT(q->submitter_id), V_TEXT(q->submitter_id),
		V_NUMBER(slice_most(slice)), V_NUMBER(slice.start) };
	enum { ALL = sizeof values / sizeof *values };
	*out = (struct qpp_submission_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, ways[way].count, values, ALL - 2, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &submission_table, ways[way].list, values, ALL, (void **)&out->v, &out->n, err);
}

/* --- sets --- */

#define KEY_OF(s) \
	V_TEXT((s)->submission_id), V_TEXT((s)->submitter_id), V_TEXT((s)->category), V_TEXT((s)->method), V_TEXT((s)->program), \
	V_TEXT((s)->practice_id)
#define BY_KEY \
	"WHERE submission_id = ? AND submitter_id = ? AND category = ? AND method = ? AND program = ? AND practice_id = ? AND deleted = 0"

/* A change of a set is one of its submission, which must be there. */
static enum qpp_code touch(struct qpp_tx *tx, struct qpp_str submission_id, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = tx_change(tx, DB_SQL("UPDATE submission SET changed = ?, version = version + 1 WHERE id = ? AND deleted = 0"),
	                               VALUES(V_TIME(tx->now), V_TEXT(submission_id)), &rows, err);
	return code == QPP_OK && !rows.changes ? not_found(err, "submission") : code;
}

static enum qpp_code find_set(struct qpp_tx *tx, const struct qpp_set_row *key, struct qpp_set_row *out, struct qpp_err *err)
{
	return row_get(tx, &set_table, DB_SQL(SELECT_SET BY_KEY), VALUES(KEY_OF(key)), out, "measurement set", err);
}

enum qpp_code qpp_store_set_create(struct qpp_tx *tx, struct qpp_set_row *s, struct qpp_err *err)
{
	int64_t changes;
	struct qpp_set_row new = *s, there;
	enum qpp_code code = refuse_tin(tx, s->body, err);
	if (code == QPP_OK)
		code = touch(tx, s->submission_id, err);
	if (code != QPP_OK)
		return code;
	if (!new.id.n)
		new.id = tx_new_id(tx);
	new.created = tx->now;
	new.version = 1;
	code = row_write(tx, &set_table,
	                 DB_SQL("INSERT INTO measurement_set (changed" SET(COLUMN_NAME) ", deleted) VALUES (?" SET(COLUMN_MARK)
	                        ", 0) ON CONFLICT DO NOTHING"),
	                 &new, NULL, 0, &changes, err);
	if (code == QPP_OK && changes) {
		new.changed = tx->now;
		*s = new;
		return QPP_OK;
	}
	if (code == QPP_OK)
		code = find_set(tx, &new, &there, err);
	if (code == QPP_OK) {
		s->id = there.id;
		code = duplicate(err, "a measurement set");
	}
	return code;
}

enum qpp_code qpp_store_set_put(struct qpp_tx *tx, struct qpp_set_row *s, bool *created, struct qpp_err *err)
{
	struct qpp_set_row there;
	enum qpp_code code = find_set(tx, s, &there, err);
	*created = false;
	if (code == QPP_NOT_FOUND) {
		code = qpp_store_set_create(tx, s, err);
		*created = code == QPP_OK;
		/* Another process was faster between the two. */
		if (code != QPP_DUPLICATE)
			return code;
		there.id = s->id;
	} else if (code != QPP_OK) {
		return code;
	}
	s->id = there.id;
	s->version = 0;
	return qpp_store_set_replace(tx, s, err);
}

enum qpp_code qpp_store_set_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_set_row *out, struct qpp_err *err)
{
	return row_get(tx, &set_table, DB_SQL(SELECT_SET "WHERE id = ? AND deleted = 0"), VALUES(V_TEXT(id)), out,
	               "measurement set", err);
}

enum qpp_code qpp_store_set_replace(struct qpp_tx *tx, struct qpp_set_row *s, struct qpp_err *err)
{
	struct qpp_set_row there, other;
	struct db_rows rows;
	enum qpp_code code = refuse_tin(tx, s->body, err);
	if (code == QPP_OK)
		code = qpp_store_set_get(tx, s->id, &there, err);
	if (code == QPP_OK && s->version && s->version != there.version)
		code = stale(err, "measurement set");
	if (code == QPP_OK)
		code = touch(tx, there.submission_id, err);
	if (code != QPP_OK)
		return code;
	/* A set stays in its submission; the rest of its key may change to one that is free. */
	s->submission_id = there.submission_id;
	code = find_set(tx, s, &other, err);
	if (code == QPP_OK && !qpp_str_eq(other.id, s->id))
		return duplicate(err, "a measurement set");
	if (code != QPP_OK && code != QPP_NOT_FOUND)
		return code;
	code = tx_change(tx, DB_SQL("UPDATE measurement_set SET changed = ?, submitter_id = ?, category = ?, method = ?, program = ?, "
	                            "practice_id = ?, body = ?, version = version + 1 WHERE id = ? AND version = ? AND deleted = 0"),
	                 VALUES(V_TIME(tx->now), V_TEXT(s->submitter_id), V_TEXT(s->category), V_TEXT(s->method), V_TEXT(s->program),
	                        V_TEXT(s->practice_id), V_TEXT(s->body), V_TEXT(s->id), V_NUMBER(there.version)), &rows, err);
	if (code == QPP_OK && !rows.changes)
		code = stale(err, "measurement set");
	if (code == QPP_OK) {
		s->created = there.created;
		s->changed = tx->now;
		s->version = there.version + 1;
	}
	return code;
}

enum qpp_code qpp_store_set_delete(struct qpp_tx *tx, struct qpp_str id, int64_t version, struct qpp_err *err)
{
	struct qpp_set_row there;
	struct db_rows rows;
	enum qpp_code code = qpp_store_set_get(tx, id, &there, err);
	if (code == QPP_OK && version && version != there.version)
		code = stale(err, "measurement set");
	if (code == QPP_OK)
		code = touch(tx, there.submission_id, err);
	if (code == QPP_OK)
		code = tx_change(tx, DB_SQL("UPDATE measurement_set SET changed = ?, deleted = ?, version = version + 1 "
		                            "WHERE id = ? AND version = ? AND deleted = 0"),
		                 VALUES(V_TIME(tx->now), V_TIME(tx->now), V_TEXT(id), V_NUMBER(there.version)), &rows, err);
	return code == QPP_OK && !rows.changes ? stale(err, "measurement set") : code;
}

enum qpp_code qpp_store_set_of_submission(struct qpp_tx *tx, struct qpp_str submission_id, struct qpp_str submitter_id,
                                          struct qpp_set_row_rows *out, struct qpp_err *err)
{
	out->total = -1;
	return row_list(tx, &set_table,
	                DB_SQL(SELECT_SET "WHERE submission_id = ? AND (? = 1 OR submitter_id = ?) AND deleted = 0 ORDER BY created, id"),
	                VALUES(V_TEXT(submission_id), V_NUMBER(submitter_id.p == NULL), V_TEXT(submitter_id)), (void **)&out->v, &out->n,
	                err);
}

#define OF_SUBMITTER \
	"WHERE submitter_id = ? AND submitter_id <> '' AND deleted = 0 AND " \
	"(? = 0 OR submission_id IN (SELECT id FROM submission WHERE py = ? AND deleted = 0)) "

enum qpp_code qpp_store_set_of_submitter(struct qpp_tx *tx, struct qpp_str submitter_id, qpp_py py, struct qpp_slice slice,
                                         struct qpp_set_row_rows *out, struct qpp_err *err)
{
	const struct db_value values[] = { V_TEXT(submitter_id), V_NUMBER(py.v), V_NUMBER(py.v), V_NUMBER(slice_most(slice)),
		V_NUMBER(slice.start) };
	*out = (struct qpp_set_row_rows){ .total = -1 };
	enum qpp_code code = slice_total(tx, slice, DB_SQL("SELECT COUNT(*) FROM measurement_set " OF_SUBMITTER), values, 3, &out->total, err);
	if (code != QPP_OK)
		return code;
	return row_list(tx, &set_table, DB_SQL(SELECT_SET OF_SUBMITTER "ORDER BY created, id LIMIT ? OFFSET ?"), values, 5,
	                (void **)&out->v, &out->n, err);
}
