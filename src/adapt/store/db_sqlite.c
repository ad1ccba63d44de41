/*
 * SQLite. One connection writes, and it alone moves the log into the file: SQLite
 * before 3.51.3 can lose committed writes when one connection checkpoints while
 * another resets the log, and Debian 12 has such a version. So no connection
 * checkpoints by itself; readers are opened read-only and cannot; a lock file keeps
 * a second process from writing. Every commit is synced (synchronous=FULL) before
 * it is answered.
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "adapt/store/db.h"

/* The log is moved into the file when it has as many pages (8 MB of 4 KB): seldom, and without a long pause. */
enum { CHECKPOINT_PAGES = 2000, WAIT_MS = 5000 };

struct lite {
	struct db db;
	sqlite3 *handle;
	struct db_cache cache;
	int lock;                /* of the writer; -1 */
	int log_pages;
};

static struct lite *lite_of(struct db *db)
{
	return (struct lite *)db;
}

static enum qpp_code fail_sqlite(struct lite *l, const char *what, struct qpp_err *err)
{
	int rc = sqlite3_extended_errcode(l->handle), basic = rc & 0xFF;
	enum qpp_code code = basic == SQLITE_FULL ? QPP_FULL : basic == SQLITE_BUSY ? QPP_BUSY : QPP_IO;
	if (basic == SQLITE_ERROR || basic == SQLITE_MISUSE || basic == SQLITE_CONSTRAINT || basic == SQLITE_RANGE)
		code = QPP_BUG;
	/* Also a sync between commits: what the system dropped then is not to be had back. */
	if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
		l->db.failed_sync = true;
	l->db.lost = sqlite3_get_autocommit(l->handle) != 0;
	(void)qpp_fail(err, code, code == QPP_FULL ? "the disk of the store is full" : "the store could not ",
	               code == QPP_FULL ? "" : what, (char *)NULL);
	qpp_err_detail(err, sqlite3_errmsg(l->handle), (char *)NULL);
	if (code == QPP_FULL)
		qpp_err_hint(err, "nothing of this was kept; free space, then send it again", (char *)NULL);
	return code;
}

static enum qpp_code plain(struct lite *l, const char *sql, struct qpp_err *err)
{
	if (sqlite3_exec(l->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return fail_sqlite(l, "change its tables", err);
	return QPP_OK;
}

/* Migrations: a key that is a number is the number of the row, so that it needs no index of its own. */
static enum qpp_code script(struct db *db, const char *sql, struct qpp_err *err)
{
	static const char word[] = " BIGINT PRIMARY KEY", instead[] = " INTEGER PRIMARY KEY";
	size_t at = 0;
	char *text = malloc(strlen(sql) * 2 + 1);
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
	enum qpp_code code = plain(lite_of(db), text, err);
	free(text);
	return code;
}

static void shut(struct db *db)
{
	struct lite *l = lite_of(db);
	for (size_t i = 0; i < DB_STATEMENTS; i++)
		sqlite3_finalize(l->cache.prepared[i]);
	sqlite3_close(l->handle);
	if (l->lock >= 0)
		close(l->lock);
	free(l);
}

/* PATH.lock is held as long as the process lives, however it ends. */
static enum qpp_code take_lock(struct lite *l, const char *path, struct qpp_err *err)
{
	char name[4096];
	size_t n = strlen(path);
	if (n + sizeof ".lock" > sizeof name)
		return qpp_fail(err, QPP_USAGE, "the path of the store is too long", (char *)NULL);
	memcpy(name, path, n);
	memcpy(name + n, ".lock", sizeof ".lock");
	l->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (l->lock < 0) {
		(void)qpp_fail(err, QPP_IO, "the store could not be opened", (char *)NULL);
		qpp_err_detail(err, name, ": ", strerror(errno), (char *)NULL);
		return QPP_IO;
	}
	if (flock(l->lock, LOCK_EX | LOCK_NB) != 0) {
		(void)qpp_fail(err, QPP_BUSY, "another process has the store open", (char *)NULL);
		qpp_err_detail(err, path, (char *)NULL);
		return QPP_BUSY;
	}
	return QPP_OK;
}

static int count_pages(void *self, sqlite3 *handle, const char *name, int pages)
{
	(void)handle;
	(void)name;
	((struct lite *)self)->log_pages = pages;
	return SQLITE_OK;
}

static enum qpp_code set_up(struct lite *l, enum db_mode mode, struct qpp_err *err)
{
	sqlite3_extended_result_codes(l->handle, 1);
	sqlite3_busy_timeout(l->handle, WAIT_MS);
	sqlite3_db_config(l->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	const char *set = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
	                  "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536";
	if (mode == DB_READ) {
		sqlite3_db_config(l->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
		set = "PRAGMA query_only=1; PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384";
	}
	enum qpp_code code = plain(l, set, err);
	if (mode == DB_WRITE)
		sqlite3_wal_hook(l->handle, count_pages, l);
	return code;
}

static enum qpp_code open_file(const char *url, enum db_mode mode, struct db **out, struct qpp_err *err)
{
	const char *path = url + strlen("sqlite:");
	struct lite *l = calloc(1, sizeof *l);
	*out = NULL;
	if (!l)
		return qpp_fail(err, QPP_IO, "there is no memory to open the store", (char *)NULL);
	l->db.driver = &db_sqlite;
	l->lock = -1;
	enum qpp_code code = mode == DB_WRITE ? take_lock(l, path, err) : QPP_OK;
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
	            (mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
	if (code == QPP_OK && sqlite3_open_v2(path, &l->handle, flags, NULL) != SQLITE_OK)
		code = fail_sqlite(l, "open its file", err);
	if (code == QPP_OK)
		code = set_up(l, mode, err);
	if (code == QPP_OK)
		*out = &l->db;
	else
		shut(&l->db);
	return code;
}

static enum qpp_code statement(struct lite *l, const char *sql, sqlite3_stmt **out, struct qpp_err *err)
{
	void **at = db_cached(&l->cache, sql);
	if (!at)
		return qpp_fail(err, QPP_BUG, "there are more statements than the store has room for", (char *)NULL);
	if (!*at && sqlite3_prepare_v3(l->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, (sqlite3_stmt **)at, NULL) != SQLITE_OK)
		return fail_sqlite(l, "understand a statement", err);
	*out = *at;
	return QPP_OK;
}

static void read_row(sqlite3_stmt *s, struct qpp_arena *arena, size_t columns, struct db_cell *cell)
{
	for (int c = 0; c < (int)columns; c++, cell++) {
		*cell = (struct db_cell){ 0 };
		if (sqlite3_column_type(s, c) == SQLITE_INTEGER)
			cell->i = sqlite3_column_int64(s, c);
		else
			cell->s = qpp_str_dup(arena, (struct qpp_str){ (const char *)sqlite3_column_text(s, c),
			                                               (size_t)sqlite3_column_bytes(s, c) });
	}
}

static enum qpp_code run(struct db *db, struct qpp_arena *arena, const char *sql, const struct db_value *values, size_t n,
                         struct db_rows *out, struct qpp_err *err)
{
	struct lite *l = lite_of(db);
	sqlite3_stmt *s = NULL;
	QPP_VEC(struct db_cell) cells = { 0 };
	int rc;
	*out = (struct db_rows){ 0 };
	enum qpp_code code = statement(l, sql, &s, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		if (values[i].is_text)
			sqlite3_bind_text(s, (int)i + 1, values[i].s.n ? values[i].s.p : "", (int)values[i].s.n, SQLITE_STATIC);
		else
			sqlite3_bind_int64(s, (int)i + 1, values[i].i);
	out->columns = (size_t)sqlite3_column_count(s);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
		for (size_t c = 0; c < out->columns; c++)
			(void)QPP_PUSH(arena, &cells);
		read_row(s, arena, out->columns, cells.v + cells.n - out->columns);
		out->n++;
	}
	out->cells = cells.v;
	if (rc != SQLITE_DONE)
		code = fail_sqlite(l, "do what it was asked", err);
	else
		out->changes = sqlite3_changes64(l->handle);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return code;
}

/* The writer takes its lock at once; a reader sees one state from here on. */
static enum qpp_code begin(struct db *db, struct qpp_err *err)
{
	struct db_rows rows;
	db->lost = db->again = false;
	if (lite_of(db)->lock >= 0)
		return run(db, NULL, DB_SQL("BEGIN IMMEDIATE"), NULL, 0, &rows, err);
	return run(db, NULL, DB_SQL("BEGIN"), NULL, 0, &rows, err);
}

static void rollback(struct db *db)
{
	struct db_rows rows;
	if (!sqlite3_get_autocommit(lite_of(db)->handle))
		(void)run(db, NULL, DB_SQL("ROLLBACK"), NULL, 0, &rows, NULL);
}

static enum qpp_code commit(struct db *db, struct qpp_err *err)
{
	struct db_rows rows;
	enum qpp_code code = run(db, NULL, DB_SQL("COMMIT"), NULL, 0, &rows, err);
	if (code == QPP_OK)
		return code;
	/* Only a full disk is sure to have kept nothing; after anything else nobody knows what the disk has. */
	if (code != QPP_FULL)
		db->failed_sync = true;
	rollback(db);
	return code;
}

static enum qpp_code rest(struct db *db, int64_t *done, struct qpp_err *err)
{
	struct lite *l = lite_of(db);
	if (l->log_pages < CHECKPOINT_PAGES)
		return QPP_OK;
	int rc = sqlite3_wal_checkpoint_v2(l->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	/* Readers in the way, or no room: the log stays, and is moved another time. */
	if (rc == SQLITE_BUSY || rc == SQLITE_FULL)
		return QPP_OK;
	if (rc != SQLITE_OK) {
		enum qpp_code code = fail_sqlite(l, "move its log into its file", err);
		if (!db->failed_sync && code == QPP_FULL)
			return QPP_OK;
		db->failed_sync = true;
		return code;
	}
	*done += 1;
	l->log_pages = 0;
	return QPP_OK;
}

static enum qpp_code backup(struct db *db, const char *path, struct qpp_err *err)
{
	struct lite *l = lite_of(db);
	sqlite3 *to = NULL;
	int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", l->handle, "main") : NULL;
	if (b) {
		rc = sqlite3_backup_step(b, -1);
		sqlite3_backup_finish(b);
	}
	enum qpp_code code = QPP_OK;
	if (!b || rc != SQLITE_DONE) {
		code = qpp_fail(err, rc == SQLITE_FULL ? QPP_FULL : QPP_IO, "the copy of the store could not be written", (char *)NULL);
		qpp_err_detail(err, path, ": ", sqlite3_errmsg(to), (char *)NULL);
	}
	sqlite3_close(to);
	return code;
}

const struct db_driver db_sqlite = { open_file, shut, run, script, begin, commit, rollback, rest, backup };
