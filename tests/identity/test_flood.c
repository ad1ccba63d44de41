/*
 * Sign-in under load: many at once do not take more memory than the threads that
 * hash, the rest is told to come back; a hundred guesses at once are five; and a
 * name that does not exist takes as long as one that does.
 *
 *   test_flood [PAIRS]       how many timings of each kind; without, 100
 */
#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "world.h"

enum { AT_ONCE = 100, NAMES = 8 };
static int pairs = 100;

struct client {
	const char *name, *password;
	char peer[32];
	enum qpp_code code;
	pthread_t thread;
};

static void *sign_in(void *arg)
{
	struct client *c = arg;
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct qpp_from from = { qpp_str_of(c->peer), QPP_LIT("r") };
	struct qpp_signed_in in;
	struct qpp_err err;
	c->code = qpp_sign_in(world.identity, &arena, &from, qpp_str_of(c->name), qpp_str_of(c->password), &in, &err);
	qpp_arena_close(&arena);
	return NULL;
}

static int all_at_once(struct client c[AT_ONCE], const char *name, const char *password, enum qpp_code counted)
{
	int n = 0;
	for (int i = 0; i < AT_ONCE; i++) {
		c[i] = (struct client){ .name = name, .password = password };
		snprintf(c[i].peer, sizeof c[i].peer, "10.1.%d.%d", i / 200, i % 200);
		assert_int_equal(pthread_create(&c[i].thread, NULL, sign_in, &c[i]), 0);
	}
	for (int i = 0; i < AT_ONCE; i++) {
		pthread_join(c[i].thread, NULL);
		n += c[i].code == counted;
	}
	return n;
}

/* Kilobytes. */
static long peak(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static void flood__is_bounded_and_told_to_come_back(void **unused)
{
	(void)unused;
	static struct client c[AT_ONCE];
	world.config.hash_threads = 2;
	world.config.hash_waiting = 10;
	world_restart();
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	/* One after the other, for what a single sign-in takes. */
	struct qpp_from from = world_from();
	struct qpp_signed_in in;
	expect_ok(qpp_sign_in(world.identity, &world.arena, &from, QPP_LIT("alice"), QPP_LIT(PASSWORD), &in, &world.err));
	long before = peak();
	int ok = all_at_once(c, "alice", PASSWORD, QPP_OK), busy = 0;
	for (int i = 0; i < AT_ONCE; i++)
		busy += c[i].code == QPP_BUSY;
	print_message("# %d signed in, %d were told to come back, %ld KB more\n", ok, busy, peak() - before);
	assert_int_equal(ok + busy, AT_ONCE);
	assert_true(ok >= 12 && busy > 0);
	assert_true(qpp_identity_figures(world.identity).busy == busy);
	/* One more hash at once than before (19 MiB), and a hundred threads with their arenas. Without the bound it is 2 GB. */
	assert_true(peak() - before < 120 * 1024);
	/* To be busy is no wrong try. */
	expect_ok(qpp_sign_in(world.identity, &world.arena, &from, QPP_LIT("alice"), QPP_LIT(PASSWORD), &in, &world.err));
}

static void guesses__at_once_are_five(void **unused)
{
	(void)unused;
	static struct client c[AT_ONCE];
	world.config.hash_waiting = 2 * AT_ONCE;
	world_restart();
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	assert_int_equal(all_at_once(c, "alice", "wrong", QPP_SIGNED_OUT), AT_ONCE);
	assert_int_equal(world_audits("account.lock", 403), 1);
	assert_int_equal(all_at_once(c, "alice", PASSWORD, QPP_OK), 0);
	world_move(3600);
	struct qpp_from from = world_from();
	struct qpp_signed_in in;
	expect_ok(qpp_sign_in(world.identity, &world.arena, &from, QPP_LIT("alice"), QPP_LIT(PASSWORD), &in, &world.err));
}

/* --- timing --- */

static int64_t timed(const char *name)
{
	struct timespec a, b;
	struct qpp_signed_in in;
	struct qpp_from from = world_from();
	struct qpp_mark mark = qpp_arena_mark(&world.arena);
	clock_gettime(CLOCK_MONOTONIC, &a);
	enum qpp_code code = qpp_sign_in(world.identity, &world.arena, &from, qpp_str_of(name), QPP_LIT("wrong"), &in, &world.err);
	clock_gettime(CLOCK_MONOTONIC, &b);
	qpp_arena_reset(&world.arena, mark);
	assert_int_equal(code, QPP_SIGNED_OUT);
	return (b.tv_sec - a.tv_sec) * 1000000000LL + b.tv_nsec - a.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void timing__does_not_tell_who_exists(void **unused)
{
	(void)unused;
	int64_t *known = calloc((size_t)pairs, sizeof *known), *unknown = calloc((size_t)pairs, sizeof *unknown);
	char name[NAMES][16], none[NAMES][16];
	int longer = 0;
	for (int i = 0; i < NAMES; i++) {
		snprintf(name[i], sizeof name[i], "person%02d", i);
		snprintf(none[i], sizeof none[i], "nobody%02d", i);
		world_account(name[i], QPP_LIT(""), QPP_POST_NONE);
	}
	timed(name[0]);
	for (int i = 0; i < pairs; i++) {
		/* Every account a few times, then two hours on: each try counts, and sometimes one locks. */
		if (i % (NAMES * 3) == 0)
			world_move(7200);
		/* Which comes first changes, so that what follows a try is the same for both. */
		if (i % 2 == 0)
			known[i] = timed(name[i / 2 % NAMES]);
		unknown[i] = timed(none[i % NAMES]);
		if (i % 2 != 0)
			known[i] = timed(name[i / 2 % NAMES]);
		longer += known[i] > unknown[i];
	}
	qsort(known, (size_t)pairs, sizeof *known, by_size);
	qsort(unknown, (size_t)pairs, sizeof *unknown, by_size);
	int64_t a = known[pairs / 2], b = unknown[pairs / 2], wide = unknown[pairs * 3 / 4] - unknown[pairs / 4];
	int64_t apart = a > b ? a - b : b - a;
	print_message("# medians: known %lld us, unknown %lld us; half of the unknown lie within %lld us; known longer in %d of %d\n",
	              (long long)a / 1000, (long long)b / 1000, (long long)wide / 1000, longer, pairs);
	/* Within the noise: less apart than the quartiles of one kind, and than a hundredth of the whole where that is more. */
	assert_true(apart < wide || apart < b / 100);
	/* Which of a pair takes longer is a toss of a coin: within five deviations of half. */
	int64_t odd = 2 * longer - pairs;
	assert_true(odd * odd < 25LL * pairs);
	/* Both take a hash: a name that does not exist is not answered at once. */
	assert_true(unknown[0] * 3 > known[0]);
	free(known);
	free(unknown);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(flood__is_bounded_and_told_to_come_back),
		WORLD_TEST(guesses__at_once_are_five),
		WORLD_TEST(timing__does_not_tell_who_exists),
	};
	if (argc > 1)
		pairs = atoi(argv[1]);
	return RUN_AS_TAP(tests);
}
