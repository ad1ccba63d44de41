/*
 * PostgreSQL by libpq: values go as parameters, statements are prepared once for
 * each connection, commits are synchronous. A connection that broke is made anew
 * when the next transaction begins.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/store/db.h"

enum { OID_INT8 = 20, OID_TEXT = 25, MOST_VALUES = 40, LONGEST_SQL = 8192, DIGITS = 24 };

struct pg {
	struct db db;
	PGconn *conn;
	enum db_mode mode;
	struct db_cache cache;
	unsigned names;
};

static struct pg *pg_of(struct db *db)
{
	return (struct pg *)db;
}

/* By SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html */
static enum qpp_code code_of(struct pg *p, const char *state)
{
	if (PQstatus(p->conn) != CONNECTION_OK)
		return QPP_IO;
	if (!state)
		return QPP_IO;
	if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0)
		p->db.again = true;
	if (strcmp(state, "53100") == 0)
		return QPP_FULL;
	return p->db.again || strncmp(state, "53", 2) == 0 || strncmp(state, "57", 2) == 0 || strncmp(state, "58", 2) == 0 ? QPP_IO : QPP_BUG;
}

static enum qpp_code fail_pg(struct pg *p, PGresult *r, const char *what, struct qpp_err *err)
{
	enum qpp_code code = code_of(p, r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL);
	if (PQstatus(p->conn) != CONNECTION_OK)
		p->db.lost = true;
	(void)qpp_fail(err, code, code == QPP_FULL ? "the disk of the store is full" : "the store could not ",
	               code == QPP_FULL ? "" : what, (char *)NULL);
	qpp_err_detail(err, r && *PQresultErrorMessage(r) ? PQresultErrorMessage(r) : PQerrorMessage(p->conn), (char *)NULL);
	PQclear(r);
	return code;
}

/* One statement without values and without answer. */
static enum qpp_code plain(struct pg *p, const char *sql, const char *what, struct qpp_err *err)
{
	PGresult *r = PQexec(p->conn, sql);
	ExecStatusType status = PQresultStatus(r);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return fail_pg(p, r, what, err);
	PQclear(r);
	return QPP_OK;
}

static enum qpp_code set_up(struct pg *p, struct qpp_err *err)
{
	enum qpp_code code = plain(p, "SET synchronous_commit = on; SET client_min_messages = warning; SET client_encoding = 'UTF8'",
	                           "set its connection up", err);
	if (code == QPP_OK && p->mode == DB_READ)
		code = plain(p, "SET default_transaction_read_only = on", "set its connection up", err);
	return code;
}

static void shut(struct db *db)
{
	struct pg *p = pg_of(db);
	for (size_t i = 0; i < DB_STATEMENTS; i++)
		free(p->cache.prepared[i]);
	PQfinish(p->conn);
	free(p);
}

static enum qpp_code open_server(const char *url, enum db_mode mode, struct db **out, struct qpp_err *err)
{
	/* postgresql:// and postgres:// are libpq's own; postgres:host=... is not. */
	const char *info = strchr(url, ':') + 1;
	if (strncmp(info, "//", 2) == 0)
		info = url;
	struct pg *p = calloc(1, sizeof *p);
	*out = NULL;
	if (!p)
		return qpp_fail(err, QPP_IO, "there is no memory to open the store", (char *)NULL);
	p->db.driver = &db_pg;
	p->mode = mode;
	p->conn = PQconnectdb(info);
	enum qpp_code code = QPP_OK;
	if (PQstatus(p->conn) != CONNECTION_OK)
		code = fail_pg(p, NULL, "be reached", err);
	if (code == QPP_OK)
		code = set_up(p, err);
	if (code == QPP_OK)
		*out = &p->db;
	else
		shut(&p->db);
	return code;
}

/* `?` to $1, $2, ...: no literal of the subset has a question mark in a quoted text. */
static bool numbered(const char *sql, char *to, size_t size)
{
	size_t at = 0;
	int number = 0;
	for (; *sql; sql++) {
		if (at + DIGITS > size)
			return false;
		if (*sql == '?')
			at += (size_t)snprintf(to + at, size - at, "$%d", ++number);
		else
			to[at++] = *sql;
	}
	to[at] = 0;
	return true;
}

static enum qpp_code prepare(struct pg *p, const char *sql, const struct db_value *values, size_t n, void **at,
                             struct qpp_err *err)
{
	char text[LONGEST_SQL], name[DIGITS];
	Oid types[MOST_VALUES];
	if (!numbered(sql, text, sizeof text) || n > MOST_VALUES)
		return qpp_fail(err, QPP_BUG, "a statement of the store is too long", (char *)NULL);
	for (size_t i = 0; i < n; i++)
		types[i] = values[i].is_text ? OID_TEXT : OID_INT8;
	snprintf(name, sizeof name, "s%u", ++p->names);
	PGresult *r = PQprepare(p->conn, name, text, (int)n, types);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return fail_pg(p, r, "understand a statement", err);
	PQclear(r);
	*at = strdup(name);
	return *at ? QPP_OK : qpp_fail(err, QPP_IO, "there is no memory for a statement", (char *)NULL);
}

static void read_cells(PGresult *r, struct qpp_arena *arena, struct db_rows *out)
{
	out->n = (size_t)PQntuples(r);
	out->columns = (size_t)PQnfields(r);
	out->cells = QPP_NEW_ARRAY(arena, out->n * out->columns + 1, struct db_cell);
	struct db_cell *cell = out->cells;
	for (int row = 0; row < (int)out->n; row++)
		for (int c = 0; c < (int)out->columns; c++, cell++)
			if (PQftype(r, c) == OID_TEXT)
				cell->s = qpp_str_dup(arena, (struct qpp_str){ PQgetvalue(r, row, c), (size_t)PQgetlength(r, row, c) });
			else
				cell->i = strtoll(PQgetvalue(r, row, c), NULL, 10);
}

static enum qpp_code run(struct db *db, struct qpp_arena *arena, const char *sql, const struct db_value *values, size_t n,
                         struct db_rows *out, struct qpp_err *err)
{
	struct pg *p = pg_of(db);
	const char *params[MOST_VALUES];
	char digits[MOST_VALUES][DIGITS];
	*out = (struct db_rows){ 0 };
	void **at = db_cached(&p->cache, sql);
	if (!at)
		return qpp_fail(err, QPP_BUG, "there are more statements than the store has room for", (char *)NULL);
	enum qpp_code code = *at ? QPP_OK : prepare(p, sql, values, n, at, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		if (values[i].is_text) {
			/* libpq wants an end mark; texts of the store have no NUL in them. */
			params[i] = qpp_str_dup(arena, values[i].s).p;
		} else {
			snprintf(digits[i], DIGITS, "%lld", (long long)values[i].i);
			params[i] = digits[i];
		}
	PGresult *r = PQexecPrepared(p->conn, *at, (int)n, params, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(r);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return fail_pg(p, r, "do what it was asked", err);
	read_cells(r, arena, out);
	out->changes = strtoll(PQcmdTuples(r), NULL, 10);
	PQclear(r);
	return QPP_OK;
}

/* Migrations: texts compare by their bytes, as they do in SQLite. */
static enum qpp_code script(struct db *db, const char *sql, struct qpp_err *err)
{
	static const char word[] = " TEXT ", instead[] = " TEXT COLLATE \"C\" ";
	size_t size = strlen(sql) * 4 + 1, at = 0;
	char *text = malloc(size);
	if (!text)
		return qpp_fail(err, QPP_IO, "there is no memory for a migration", (char *)NULL);
	while (*sql)
		if (strncmp(sql, word, sizeof word - 1) == 0) {
			memcpy(text + at, instead, sizeof instead - 1);
			at += sizeof instead - 1;
			sql += sizeof word - 1;
		} else {
			text[at++] = *sql++;
		}
	text[at] = 0;
	enum qpp_code code = plain(pg_of(db), text, "change its tables", err);
	free(text);
	return code;
}

static enum qpp_code reconnect(struct pg *p, struct qpp_err *err)
{
	for (size_t i = 0; i < DB_STATEMENTS; i++)
		free(p->cache.prepared[i]);
	memset(&p->cache, 0, sizeof p->cache);
	PQreset(p->conn);
	if (PQstatus(p->conn) != CONNECTION_OK)
		return fail_pg(p, NULL, "be reached", err);
	return set_up(p, err);
}

static enum qpp_code begin(struct db *db, struct qpp_err *err)
{
	struct pg *p = pg_of(db);
	enum qpp_code code = QPP_OK;
	const char *sql = p->mode == DB_READ ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" : "BEGIN";
	if (PQstatus(p->conn) != CONNECTION_OK)
		code = reconnect(p, err);
	db->lost = db->again = false;
	if (code == QPP_OK)
		code = plain(p, sql, "begin a transaction", err);
	/* The server may have gone since the last one: that shows only now. */
	if (code != QPP_OK && PQstatus(p->conn) != CONNECTION_OK) {
		code = reconnect(p, err);
		db->lost = db->again = false;
		if (code == QPP_OK)
			code = plain(p, sql, "begin a transaction", err);
	}
	return code;
}

static void rollback(struct db *db)
{
	struct pg *p = pg_of(db);
	if (PQstatus(p->conn) == CONNECTION_OK && PQtransactionStatus(p->conn) != PQTRANS_IDLE)
		(void)plain(p, "ROLLBACK", "undo", NULL);
}

static enum qpp_code commit(struct db *db, struct qpp_err *err)
{
	struct pg *p = pg_of(db);
	PGresult *r = PQexec(p->conn, "COMMIT");
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return fail_pg(p, r, "commit", err);
	/* A transaction that had failed answers ROLLBACK, which is no error to the server. */
	bool kept = strcmp(PQcmdStatus(r), "COMMIT") == 0;
	PQclear(r);
	return kept ? QPP_OK : qpp_fail(err, QPP_BUG, "a failed transaction was to be committed", (char *)NULL);
}

const struct db_driver db_pg = { open_server, shut, run, script, begin, commit, rollback, NULL, NULL };
