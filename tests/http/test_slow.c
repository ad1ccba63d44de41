/* Time: slow clients are cut, waiting pages run beside each other, and a server that is stopped finishes what it has. */
#include "world.h"

#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct qpp_arena arena = QPP_ARENA_INIT;

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void start(struct world *w, unsigned workers)
{
	world_start(w, (struct qpp_server_options){ .workers = workers, .threads = 2, .head_seconds = 1, .body_seconds = 1, .idle_seconds = 2 });
}

/* Sends `bytes` one every `millis`, until the other side is done with it; what came back. */
static struct qpp_str dribble(const struct world *w, const char *first, const char *bytes, int millis, int64_t *took)
{
	int fd = world_connect(w);
	int64_t began = now_ms();
	struct qpp_str answer = QPP_LIT("");
	world_write(fd, first, strlen(first));
	for (size_t i = 0; bytes[i] && !answer.n; i++) {
		world_write(fd, bytes + i, 1);
		answer = world_read(&arena, fd, millis);
	}
	*took = now_ms() - began;
	(void)close(fd);
	return answer;
}

static void slow__head_is_cut(void **unused)
{
	(void)unused;
	struct world w;
	int64_t took;
	start(&w, 2);
	struct qpp_str a = dribble(&w, "GET /hello HTTP/1.1\r\nHost: a\r\nX-A: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 100, &took);
	assert_status(a, 408);
	assert_in_range(took, 800, 3500);
	world_stop(&w);
}

static void slow__body_is_cut(void **unused)
{
	(void)unused;
	struct world w;
	int64_t took;
	start(&w, 2);
	struct qpp_str a = dribble(&w, "POST /api/things HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer registry\r\nContent-Length: 4000\r\n\r\n",
	                           "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 100, &took);
	assert_status(a, 408);
	assert_in_range(took, 800, 3500);
	assert_int_equal(atomic_load(&w.handled), 0);
	world_stop(&w);
}

static void slow__but_steady_body_is_taken(void **unused)
{
	(void)unused;
	static const char head[] = "POST /api/things HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer registry\r\nContent-Length: 4000\r\n\r\n";
	struct world w;
	char piece[200];
	start(&w, 2);
	int fd = world_connect(&w);
	memset(piece, 'x', sizeof piece);
	world_write(fd, head, sizeof head - 1);
	/* Two seconds and more, at a thousand bytes a second. */
	for (int i = 0; i < 20; i++) {
		usleep(120000);
		world_write(fd, piece, sizeof piece);
	}
	assert_status(world_read(&arena, fd, 500), 201);
	(void)close(fd);
	world_stop(&w);
}

static void slow__reader_is_cut(void **unused)
{
	(void)unused;
	struct world w;
	start(&w, 2);
	int fd = world_connect(&w), small = 2048;
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	/* Many answers asked for, none read: the socket fills, and the answer under way has its time. */
	static const char one[] = "GET /api/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n";
	bool cut = false;
	for (int i = 0; i < 100 && !cut; i++) {
		for (int k = 0; k < 1000 && send(fd, one, sizeof one - 1, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof one - 1; k++)
			;
		usleep(100000);
		cut = !world_has(world_body(world_ask(&arena, &w, "GET /metrics HTTP/1.1\r\n", NULL)), "qpp_http_connections_cut_total 0\n");
	}
	assert_true(cut);
	(void)close(fd);
	world_stop(&w);
}

static void idle__connection_is_closed(void **unused)
{
	(void)unused;
	struct world w;
	start(&w, 2);
	int fd = world_connect(&w);
	world_write(fd, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", 32);
	assert_status(world_read(&arena, fd, 300), 200);
	int64_t began = now_ms();
	assert_true(world_closed(fd, 5000));
	assert_in_range(now_ms() - began, 1000, 4500);
	(void)close(fd);
	world_stop(&w);
}

/* ---- pages that wait ---- */

static void *ask_slow(void *world)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	bool good = world_has(world_ask(&a, world, "GET /slow HTTP/1.1\r\n", NULL), "at last\n");
	qpp_arena_close(&a);
	return good ? world : NULL;
}

enum { ASKERS = 8 };

static void wait__pages_run_beside_each_other(void **unused)
{
	(void)unused;
	struct world w;
	pthread_t t[ASKERS];
	start(&w, ASKERS);
	int64_t began = now_ms();
	for (int i = 0; i < ASKERS; i++)
		assert_int_equal(pthread_create(&t[i], NULL, ask_slow, &w), 0);
	/* Others are answered meanwhile. */
	assert_status(world_ask(&arena, &w, "GET /hello HTTP/1.1\r\n", NULL), 200);
	assert_true(now_ms() - began < 350);
	for (int i = 0; i < ASKERS; i++) {
		void *good;
		assert_int_equal(pthread_join(t[i], &good), 0);
		assert_non_null(good);
	}
	/* One after the other they would take more than three seconds. */
	assert_true(now_ms() - began < 1600);
	world_stop(&w);
}

/* ---- many at once ---- */

/* As many as the library takes from the system in one lot, on one loop, which was busy while they asked. */
static void crowd__that_asks_in_one_moment_is_answered(void **unused)
{
	(void)unused;
	enum { LOT = 128, PATIENCE_MS = 5000 };
	static const char one[] = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", busy[] = "GET /busy HTTP/1.1\r\nHost: a\r\n\r\n";
	struct world w;
	int fds[LOT], first, answered = 0;
	char bytes[4096];
	world_start(&w, (struct qpp_server_options){ .threads = 1, .workers = 2 });
	first = world_connect(&w);
	for (int i = 0; i < LOT; i++) {
		fds[i] = world_connect(&w);
		world_write(fds[i], one, sizeof one - 1);
		assert_true(recv(fds[i], bytes, sizeof bytes, 0) > 0);
	}
	world_write(first, busy, sizeof busy - 1);
	usleep(100000);
	for (int i = 0; i < LOT; i++)
		world_write(fds[i], one, sizeof one - 1);
	for (int i = 0; i < LOT; i++) {
		struct pollfd p = { .fd = fds[i], .events = POLLIN };
		answered += poll(&p, 1, answered == i ? PATIENCE_MS : 0) > 0;
		(void)close(fds[i]);
	}
	assert_int_equal(answered, LOT);
	(void)close(first);
	world_stop(&w);
}

/* ---- the end ---- */

static void stop__finishes_what_is_under_way(void **unused)
{
	(void)unused;
	struct world w;
	pthread_t t;
	void *good;
	start(&w, 2);
	int idle = world_connect(&w), half = world_connect(&w);
	world_write(idle, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n", 32);
	assert_status(world_read(&arena, idle, 300), 200);
	world_write(half, "GET /hello HT", 13);
	assert_int_equal(pthread_create(&t, NULL, ask_slow, &w), 0);
	usleep(150000);
	int64_t began = now_ms();
	assert_true(qpp_server_close(w.server, 5));
	assert_in_range(now_ms() - began, 100, 3000);
	assert_int_equal(pthread_join(t, &good), 0);
	assert_non_null(good);
	assert_true(world_closed(idle, 1000));
	(void)close(idle);
	(void)close(half);
}

static void stop__gives_up_after_its_time(void **unused)
{
	(void)unused;
	struct world w;
	world_start(&w, (struct qpp_server_options){ .workers = 2, .threads = 1 });
	int half = world_connect(&w);
	world_write(half, "GET /hello HT", 13);
	usleep(100000);
	int64_t began = now_ms();
	assert_false(qpp_server_close(w.server, 1));
	assert_in_range(now_ms() - began, 900, 2500);
	(void)close(half);
}

static void stop__has_no_leftovers_after_many_times(void **unused)
{
	(void)unused;
	for (int i = 0; i < 20; i++) {
		struct world w;
		start(&w, 2);
		assert_status(world_ask(&arena, &w, "GET /hello HTTP/1.1\r\n", NULL), 200);
		world_stop(&w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slow__head_is_cut),
		cmocka_unit_test(slow__body_is_cut),
		cmocka_unit_test(slow__but_steady_body_is_taken),
		cmocka_unit_test(slow__reader_is_cut),
		cmocka_unit_test(idle__connection_is_closed),
		cmocka_unit_test(wait__pages_run_beside_each_other),
		cmocka_unit_test(crowd__that_asks_in_one_moment_is_answered),
		cmocka_unit_test(stop__finishes_what_is_under_way),
		cmocka_unit_test(stop__gives_up_after_its_time),
		cmocka_unit_test(stop__has_no_leftovers_after_many_times),
	};
	int failed = RUN_AS_TAP(tests);
	qpp_arena_close(&arena);
	return failed;
}
