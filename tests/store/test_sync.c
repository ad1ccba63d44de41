/*
 * A disk that does not confirm: when a sync fails, every waiting write fails, the
 * store stops acknowledging for good and says so, reading goes on, and what was
 * acknowledged before is there when it is opened anew. This program's own fsync and
 * fdatasync stand in front of the system's.
 */
#include "unit.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "world.h"

static atomic_bool failing;
static atomic_int syncs;

int fdatasync(int fd)
{
	atomic_fetch_add(&syncs, 1);
	if (atomic_load(&failing)) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	atomic_fetch_add(&syncs, 1);
	if (atomic_load(&failing)) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

static struct world world;
static struct qpp_org org;

static int open_world(void **unused)
{
	(void)unused;
	world_open(&world, NULL);
	org = world_practice(&world, "000123456", "Maple");
	return 0;
}

static int close_world(void **unused)
{
	(void)unused;
	atomic_store(&failing, false);
	world_close(&world);
	return 0;
}

struct waiter {
	struct filing filing;
	struct qpp_arena arena;
	struct qpp_err err;
	enum qpp_code code;
	pthread_t thread;
};

static void *file(void *arg)
{
	struct waiter *w = arg;
	w->filing = (struct filing){ .who = { { 2023 }, QPP_GROUP, org.id, { "", 0 } }, .category = "quality", .body = QPP_LIT("{}") };
	w->code = qpp_store_write(world.store, &w->arena, file_change, &w->filing, &w->err);
	return NULL;
}

static enum qpp_code file_one(void)
{
	struct waiter w = { .arena = QPP_ARENA_INIT };
	(void)file(&w);
	world.err = w.err;
	qpp_arena_close(&w.arena);
	return w.code;
}

static void store__every_acknowledged_write_was_synced(void **unused)
{
	(void)unused;
	for (int i = 0; i < 20; i++) {
		int before = atomic_load(&syncs);
		assert_int_equal(file_one(), QPP_OK);
		assert_true(atomic_load(&syncs) > before);
	}
}

static void store__a_failed_sync_stops_acknowledging(void **unused)
{
	(void)unused;
	enum { WAITERS = 12 };
	struct waiter *w = QPP_NEW_ARRAY(&world.arena, WAITERS, struct waiter);
	const char *why;
	struct qpp_org got;
	struct qpp_tx *tx;
	int64_t records;
	for (int i = 0; i < 3; i++)
		assert_int_equal(file_one(), QPP_OK);
	assert_true(qpp_store_healthy(world.store, NULL));
	atomic_store(&failing, true);
	for (int i = 0; i < WAITERS; i++)
		pthread_create(&w[i].thread, NULL, file, &w[i]);
	for (int i = 0; i < WAITERS; i++) {
		pthread_join(w[i].thread, NULL);
		assert_string_equal(qpp_code_name(w[i].code), "stopped");
		qpp_arena_close(&w[i].arena);
	}
	assert_false(qpp_store_healthy(world.store, &why));
	assert_true(*why);
	/* A disk that seems well again is not believed: what it dropped is not known. */
	atomic_store(&failing, false);
	assert_int_equal(file_one(), QPP_STOPPED);
	assert_int_equal(qpp_code_http(QPP_STOPPED), 503);
	assert_int_equal(qpp_store_begin(world.store, &world.arena, &tx, &world.err), QPP_OK);
	assert_int_equal(qpp_store_org_get(tx, org.id, &got, &world.err), QPP_OK);
	qpp_store_end(tx);
	world_reopen(&world);
	assert_true(qpp_store_healthy(world.store, NULL));
	assert_int_equal(qpp_store_ledger_check(world.store, &records, &world.err), QPP_OK);
	assert_true(records >= 3);
	assert_int_equal(file_one(), QPP_OK);
}

static void store__one_process_at_a_time_writes(void **unused)
{
	(void)unused;
	struct qpp_store *second;
	struct qpp_store_config c = { .url = world.url, .keys = &world.keys, .clock = &world.clock.clock, .migrate = true };
	assert_int_equal(qpp_store_open(&c, &second, &world.err), QPP_BUSY);
	assert_null(second);
	assert_string_equal(world.err.primary, "another process has the store open");
}

static void store__checkpoints_and_copies_while_it_is_used(void **unused)
{
	(void)unused;
	char copy[128], url[160];
	struct qpp_store *other;
	int64_t records, of_copy;
	for (int i = 0; i < 600; i++)
		assert_int_equal(file_one(), QPP_OK);
	assert_true(qpp_store_figures(world.store).checkpoints > 0);
	snprintf(copy, sizeof copy, "%s/copy.db", world.folder);
	assert_int_equal(qpp_store_backup(world.store, copy, &world.err), QPP_OK);
	assert_int_equal(file_one(), QPP_OK);
	snprintf(url, sizeof url, "sqlite:%s", copy);
	struct qpp_store_config c = { .url = url, .keys = &world.keys, .clock = &world.clock.clock };
	assert_int_equal(qpp_store_open(&c, &other, &world.err), QPP_OK);
	assert_int_equal(qpp_store_ledger_check(other, &of_copy, &world.err), QPP_OK);
	qpp_store_close(other);
	snprintf(copy, sizeof copy, "%s/copy.db.lock", world.folder);
	(void)unlink(copy);
	assert_int_equal(qpp_store_ledger_check(world.store, &records, &world.err), QPP_OK);
	assert_int_equal(of_copy, 600);
	assert_int_equal(records, 601);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store__every_acknowledged_write_was_synced),
		TEST(store__a_failed_sync_stops_acknowledging),
		TEST(store__one_process_at_a_time_writes),
		TEST(store__checkpoints_and_copies_while_it_is_used),
	};
	return RUN_AS_TAP(tests);
}
