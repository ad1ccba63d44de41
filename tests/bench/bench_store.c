/*
 * Durable filings a second: submission, measurement set of 4 KB, ledger record with
 * signature and kept body, idempotency key, each acknowledged only when it is on disk;
 * with 8 and 64 clients, beside bare SQLite commits of the same bytes on the same disk,
 * in turns in the same run. Aim: 1,000 a second with group commit.
 *
 *   bench_store [SECONDS]         QPP_STORE_URL names a PostgreSQL to measure instead
 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/world.h"

enum { BODY = 4096, ROUNDS = 3, MOST_CLIENTS = 64, AIM = 1000, MOST_TIMES = 1 << 20 };

static struct world world;
static struct qpp_org org;
static char body[BODY + 1];
static atomic_bool stop;
static int64_t times[MOST_TIMES];
static atomic_size_t n_times;

static int64_t now_us(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

struct keyed {
	struct filing filing;
	struct qpp_once *once;
};

static enum qpp_code file_keyed(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct keyed *k = request;
	enum qpp_code code = file_change(tx, &k->filing, err);
	if (code == QPP_OK)
		k->once->response = qpp_receipt_json(qpp_tx_arena(tx), &k->filing.receipt);
	return code;
}

static void *client(void *arg)
{
	static atomic_int names;
	int me = atomic_fetch_add(&names, 1);
	int64_t *done = arg;
	struct qpp_err err;
	for (int i = 0; !atomic_load(&stop); i++) {
		struct qpp_arena a = QPP_ARENA_INIT;
		char key[32], npi[16];
		snprintf(key, sizeof key, "%d-%d", me, i);
		snprintf(npi, sizeof npi, "9%05d%04d", me, i % 1000);
		struct qpp_once once = { .scope = QPP_LIT("bench"), .key = qpp_str_of(key), .request_hash = QPP_LIT("h") };
		struct keyed k = { { .who = { { 2023 }, QPP_INDIVIDUAL, org.id, qpp_str_of(npi) }, .category = "quality",
		                     .body = { body, BODY } }, &once };
		int64_t began = now_us();
		if (qpp_store_write_once(world.store, &a, &once, file_keyed, &k, &err) != QPP_OK) {
			fprintf(stderr, "bench_store: %s (%s)\n", err.primary, err.detail);
			exit(1);
		}
		size_t at = atomic_fetch_add(&n_times, 1);
		if (at < MOST_TIMES)
			times[at] = now_us() - began;
		++*done;
		qpp_arena_close(&a);
	}
	return NULL;
}

/* Filings in `us` microseconds by so many clients. */
static int64_t filings(int clients, int64_t us)
{
	pthread_t threads[MOST_CLIENTS];
	int64_t done[MOST_CLIENTS] = { 0 }, sum = 0;
	atomic_store(&stop, false);
	for (int i = 0; i < clients; i++)
		pthread_create(&threads[i], NULL, client, &done[i]);
	usleep((useconds_t)us);
	atomic_store(&stop, true);
	for (int i = 0; i < clients; i++) {
		pthread_join(threads[i], NULL);
		sum += done[i];
	}
	return sum;
}

static int64_t bare(const char *path, int64_t us)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	int64_t n = 0, until = now_us() + us;
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, body TEXT)",
	                 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO t (body) VALUES (?)", -1, &s, NULL) != SQLITE_OK)
		exit(1);
	sqlite3_bind_text(s, 1, body, BODY, SQLITE_STATIC);
	while (now_us() < until) {
		if (sqlite3_step(s) != SQLITE_DONE)
			exit(1);
		sqlite3_reset(s);
		n++;
	}
	sqlite3_finalize(s);
	sqlite3_close(db);
	return n;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static double part_ms(size_t n, int per_mille)
{
	return n ? (double)times[(n - 1) * (size_t)per_mille / 1000] / 1000 : 0;
}

int main(int argc, char **argv)
{
	static const int clients[] = { 8, 64 };
	int64_t us = (argc > 1 ? atoll(argv[1]) : 3) * 1000000, alone = 0;
	char path[128];
	memset(body, 'x', BODY);
	body[0] = body[BODY - 1] = '"';
	world_open(&world, qpp_clock_system());
	org = world_practice(&world, "000123456", "Maple");
	snprintf(path, sizeof path, "%s/bare.db", world.folder);
	for (int i = 0; i < 2; i++) {
		int64_t sum = 0;
		alone = 0;
		atomic_store(&n_times, 0);
		for (int round = 0; round < ROUNDS; round++) {
			alone += bare(path, us);
			sum += filings(clients[i], us);
		}
		size_t n = atomic_load(&n_times) < MOST_TIMES ? atomic_load(&n_times) : MOST_TIMES;
		qsort(times, n, sizeof *times, by_size);
		double seconds = (double)us * ROUNDS / 1e6;
		printf("%2d clients: %.0f durable filings/s (p50 %.1f ms, p99 %.1f ms); bare SQLite commits %.0f/s; ratio %.2f; aim %d/s: %.2f\n",
		       clients[i], (double)sum / seconds, part_ms(n, 500), part_ms(n, 990), (double)alone / seconds,
		       (double)sum / (double)alone, AIM, (double)sum / seconds / AIM);
	}
	struct qpp_store_figures f = qpp_store_figures(world.store);
	printf("%.1f filings a commit, %lld checkpoints\n", (double)f.writes / (double)f.commits, (long long)f.checkpoints);
	static const char *const rest[] = { "", "-wal", "-shm" };
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/bare.db%s", world.folder, rest[i]);
		(void)unlink(path);
	}
	world_close(&world);
	return 0;
}
