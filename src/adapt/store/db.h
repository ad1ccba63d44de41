/*
 * A thin driver: one connection to a database, one statement at a time, in the
 * subset of SQL that SQLite and PostgreSQL share. Types are TEXT and BIGINT, no
 * column is NULL, `?` stands for a value, and only literals are statements: what
 * comes from outside is always a value.
 *
 * Nothing here is shared between threads: one thread at a time has a connection.
 */
#ifndef QPP_STORE_DB_H
#define QPP_STORE_DB_H

#include "qpp/err.h"

/* A statement: a literal, so that no text from outside can become one. It is prepared once for each connection. */
#define DB_SQL(literal) ("" literal "")

struct db_value {
	bool is_text;
	int64_t i;
	struct qpp_str s;
};

struct db_cell {
	struct qpp_str s;        /* of a text */
	int64_t i;               /* of a number */
};

struct db_rows {
	struct db_cell *cells;   /* row after row */
	size_t n, columns;
	int64_t changes;         /* rows inserted, updated or deleted */
};

enum db_mode { DB_WRITE, DB_READ };

struct db_driver;

struct db {
	const struct db_driver *driver;
	/* The last failure ended the transaction, or lost the connection: nothing more can be done in it. */
	bool lost;
	/* The last failure was a conflict with another process: the same again may work. */
	bool again;
	/* A commit failed in a way that leaves unknown what is on disk. */
	bool failed_sync;
};

struct db_driver {
	/* QPP_USAGE: the URL; QPP_BUSY: another process writes there; QPP_IO. */
	enum qpp_code (*open)(const char *url, enum db_mode mode, struct db **out, struct qpp_err *err);
	void (*close)(struct db *db);
	enum qpp_code (*run)(struct db *db, struct qpp_arena *arena, const char *sql, const struct db_value *values, size_t n,
	                     struct db_rows *out, struct qpp_err *err);
	/* Several statements without values, for migrations; words of the subset are put into the words of the database. */
	enum qpp_code (*script)(struct db *db, const char *sql, struct qpp_err *err);
	enum qpp_code (*begin)(struct db *db, struct qpp_err *err);
	enum qpp_code (*commit)(struct db *db, struct qpp_err *err);
	void (*rollback)(struct db *db);
	/* Work between transactions (SQLite: the checkpoint); how many were done. May be NULL. */
	enum qpp_code (*rest)(struct db *db, int64_t *done, struct qpp_err *err);
	enum qpp_code (*backup)(struct db *db, const char *path, struct qpp_err *err);
};

extern const struct db_driver db_sqlite, db_pg;

/* The driver of a URL and the part behind its prefix; NULL with QPP_USAGE for another prefix. */
const struct db_driver *db_driver_of(const char *url, struct qpp_err *err);

/* Statements that were prepared, by the address of their literal: a small table open to all drivers. */
enum { DB_STATEMENTS = 512 };
struct db_cache {
	const char *sql[DB_STATEMENTS];
	void *prepared[DB_STATEMENTS];
};
/* The place of a statement: `prepared` there is NULL when it is new. NULL when the table is full. */
void **db_cached(struct db_cache *cache, const char *sql);

#endif
