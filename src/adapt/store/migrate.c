/*
 * The schema: numbered migrations, each in a transaction of its own together with
 * the number it leads to, so that a process killed at any moment leaves the old or the
 * new state and nothing between.
 */
#include "adapt/store/migrations.h"

#include "adapt/store/store_int.h"

int migrate_newest(void)
{
	int n = 0;
	while (store_migrations[n].up)
		n++;
	return n;
}

static enum qpp_code version(struct db *db, int *at, struct qpp_err *err)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct db_rows rows;
	enum qpp_code code = db->driver->script(db, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)", err);
	if (code == QPP_OK)
		code = db->driver->run(db, &arena, DB_SQL("SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM schema_version"), NULL, 0,
		                       &rows, err);
	*at = code == QPP_OK ? (int)rows.cells[0].i : 0;
	qpp_arena_close(&arena);
	return code;
}

static enum qpp_code step(struct db *db, const char *sql, int to, struct qpp_err *err)
{
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct db_rows rows;
	enum qpp_code code = db->driver->begin(db, err);
	/* A number without a migration changes nothing. */
	if (code == QPP_OK && *sql)
		code = db->driver->script(db, sql, err);
	if (code == QPP_OK)
		code = db->driver->run(db, &arena, DB_SQL("DELETE FROM schema_version"), NULL, 0, &rows, err);
	if (code == QPP_OK && to > 0)
		code = db->driver->run(db, &arena, DB_SQL("INSERT INTO schema_version (version) VALUES (?)"), VALUES(V_NUMBER(to)), &rows, err);
	if (code == QPP_OK)
		code = db->driver->commit(db, err);
	if (code != QPP_OK)
		db->driver->rollback(db);
	qpp_arena_close(&arena);
	return code;
}

enum qpp_code migrate_db(struct db *db, int to, int *at, struct qpp_err *err)
{
	enum qpp_code code = version(db, at, err);
	/* -2: only look. A newer program's tables are not touched. */
	if (code != QPP_OK || to < 0 || *at > migrate_newest())
		return code;
	while (code == QPP_OK && *at < to) {
		code = step(db, store_migrations[*at].up, *at + 1, err);
		*at += code == QPP_OK;
	}
	while (code == QPP_OK && *at > to) {
		code = step(db, store_migrations[*at - 1].down, *at - 1, err);
		*at -= code == QPP_OK;
	}
	return code;
}
