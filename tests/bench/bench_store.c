/*
 * Durable filings a second: submission, measurement set of 4 KB, ledger record with
 * signature and kept body, idempotency key, each acknowledged only when it is on disk;
 * with 8 and 64 clients, beside bare SQLite commits of the same bytes on the same disk,
 * in turns in the same run. Aim: 1,000 a second with group commit.
 *
 *   bench_store [SECONDS]         QPP_STORE_URL names a PostgreSQL to measure instead
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "store/world.h"

enum { BODY = 4096, ROUNDS = 3, MOST_CLIENTS = 64, AIM = 1000, MICROS = 1000000 };

static struct world world;
static struct qpp_org org;
static char body[BODY + 1];
static atomic_bool stop;
static struct bench_times times;
static pthread_mutex_t times_lock = PTHREAD_MUTEX_INITIALIZER;

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
		int64_t began = bench_now_us();
		if (qpp_store_write_once(world.store, &a, &once, file_keyed, &k, &err) != QPP_OK)
			bench_fail(err.primary, err.detail);
		pthread_mutex_lock(&times_lock);
		bench_times_add(&times, bench_now_us() - began);
		pthread_mutex_unlock(&times_lock);
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

int main(int argc, char **argv)
{
	static const int clients[] = { 8, 64 };
	int64_t us = (argc > 1 ? atoll(argv[1]) : 3) * MICROS;
	char path[128];
	memset(body, 'x', BODY);
	body[0] = body[BODY - 1] = '"';
	world_open(&world, qpp_clock_system());
	org = world_practice(&world, "000123456", "Maple");
	snprintf(path, sizeof path, "%s/bare.db", world.folder);
	for (int i = 0; i < 2; i++) {
		int64_t sum = 0;
		double alone = 0, seconds = (double)us * ROUNDS / MICROS;
		times.n = 0;
		for (int round = 0; round < ROUNDS; round++) {
			alone += bench_bare_commits(path, body, BODY, us) / ROUNDS;
			sum += filings(clients[i], us);
		}
		double each = (double)sum / seconds;
		printf("%2d clients: %.0f durable filings/s (p50 %.1f ms, p99 %.1f ms); bare SQLite commits %.0f/s; ratio %.2f; aim %d/s: %.2f; load %.1f\n",
		       clients[i], each, bench_times_ms(&times, 500), bench_times_ms(&times, 990), alone, each / alone, AIM, each / AIM, bench_load());
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
