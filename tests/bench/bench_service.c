/*
 * The service as it is shipped, over a million made-up clinicians, in one run:
 *
 *   - eligibility by NPI, each request another clinician by chance, beside nginx with a file as long as an average
 *     answer, in turns (aim: half of nginx); made anew for each request, then with room for all answers (--answers), after
 *     all have been asked for once;
 *   - a file as long from memory, which is what the HTTP layer takes of it;
 *   - filings of 4 KB that are on disk before they are acknowledged, beside bare SQLite commits of the same bytes on the
 *     same disk, in turns (aim: 1,000 a second);
 *   - the same at 400 a second by the clock, each counted from the moment it was due (aim: p99 below 250 ms).
 *
 *   bench_service QPPD [SECONDS [PRACTICES [FOLDER]]]
 *
 * SECONDS (10) is how long each turn takes; 93,000 PRACTICES have a million clinicians; the FOLDER keeps the state for
 * the next time, otherwise it is made anew, which takes a minute or two, and removed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "state.h"

enum {
	SECONDS = 10, PRACTICES = 93000, MICROS = 1000000, TURNS = 3, LET_IN = 20000, AIM_FILINGS = 1000, RATE = 400, AIM_MS = 250,
	REQUEST = 8192, SAMPLES = 2000
};

/* For the answers of a million clinicians. */
#define MEMORY_MB "4096"

struct bench {
	const char *qppd;
	int64_t us;
	char folder[200], data[220], work[220], pages[240];
	struct state state;
	char *npis;
	size_t n_npis, n_filers;
	struct state_filer *filers;
	uint64_t chance;
	size_t next_filer;
};

static struct bench bench;

/* ---- requests ---- */

/* A generator that is the same everywhere: xorshift. */
static uint64_t chance(struct bench *b)
{
	b->chance ^= b->chance << 13;
	b->chance ^= b->chance >> 7;
	return b->chance ^= b->chance << 17;
}

static size_t ask_npi(void *host, uint64_t n, char *to, size_t room)
{
	struct bench *b = host;
	(void)n;
	return (size_t)snprintf(to, room, "GET /api/eligibility/npi/%.*s?year=%d HTTP/1.1\r\nHost: localhost\r\n\r\n", STATE_NPI,
	                        b->npis + chance(b) % b->n_npis * STATE_NPI, STATE_YEAR);
}

/* What the HTTP layer does alone: a file in memory, of the size of an answer. */
static size_t ask_static(void *host, uint64_t n, char *to, size_t room)
{
	(void)host, (void)n;
	return (size_t)snprintf(to, room, "GET /static/answer.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

/* All of them, one after the other. */
static size_t ask_next(void *host, uint64_t n, char *to, size_t room)
{
	struct bench *b = host;
	return (size_t)snprintf(to, room, "GET /api/eligibility/npi/%.*s?year=%d HTTP/1.1\r\nHost: localhost\r\n\r\n", STATE_NPI,
	                        b->npis + n % b->n_npis * STATE_NPI, STATE_YEAR);
}

static size_t ask_file(void *host, uint64_t n, char *to, size_t room)
{
	(void)host, (void)n;
	return (size_t)snprintf(to, room, "GET /answer.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

static size_t file_set(void *host, uint64_t n, char *to, size_t room)
{
	struct bench *b = host;
	(void)n;
	if (b->next_filer >= b->n_filers)
		bench_fail("everybody has filed already", "more practices are needed for so many seconds");
	return state_filing(&b->state, &b->filers[b->next_filer++], to, room);
}

/* ---- the other program ---- */

static struct bench_program start_nginx(const struct bench *b, size_t bytes)
{
	char path[300];
	unsigned port = bench_free_port();
	(void)snprintf(path, sizeof path, "%s/answer.json", b->pages);
	FILE *out = fopen(path, "w");
	for (size_t i = 0; out && i < bytes; i++)
		(void)fputc('x', out);
	if (!out || fclose(out) != 0)
		bench_fail("a file cannot be written", path);
	(void)snprintf(path, sizeof path, "%s/nginx.conf", b->work);
	if (!(out = fopen(path, "w")))
		bench_fail("a file cannot be written", path);
	/* Started by root it would read files as nobody. */
	fprintf(out, "%sdaemon off; worker_processes auto; pid %s/pid; error_log %s/error.log;\n"
	             "events { worker_connections 4096; }\nhttp {\naccess_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;\n"
	             "open_file_cache max=100;\nclient_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u;\n"
	             "scgi_temp_path %s/s; types { application/json json; }\nserver { listen 127.0.0.1:%u; root %s; }\n}\n",
	        geteuid() == 0 ? "user root; " : "", b->work, b->work, b->work, b->work, b->work, b->work, b->work, port, b->pages);
	if (fclose(out) != 0)
		bench_fail("a file cannot be written", path);
	char *argv[] = { "nginx", "-p", (char *)(uintptr_t)b->work, "-c", path, NULL };
	struct bench_program p = bench_start(argv, false);
	p.port = port;
	bench_await(&p);
	return p;
}

static struct bench_program start_qppd(const struct bench *b, const char *answers)
{
	char *argv[] = { (char *)(uintptr_t)b->qppd, "--port", "0", "--data", (char *)(uintptr_t)b->data, "--rate", "off", "--window", "open", "--static",
		         (char *)(uintptr_t)b->pages, "--answers", (char *)(uintptr_t)answers, NULL };
	return bench_start(argv, true);
}

/* ---- figures ---- */

struct sum {
	uint64_t good;
	double seconds;
	int64_t cpu;
	struct bench_times times;
};

static void turn(struct sum *s, const struct bench_program *p, const struct bench_load *l)
{
	int64_t before = bench_cpu_us(p);
	struct bench_result r = bench_run(l);
	s->cpu += bench_cpu_us(p) - before;
	if (r.bad)
		bench_fail("a request was not answered as it should be", r.first_bad);
	s->good += r.good;
	s->seconds += r.seconds;
	for (size_t i = 0; i < r.times.n; i++)
		bench_times_add(&s->times, r.times.v[i]);
	free(r.times.v);
}

static double per_second(const struct sum *s)
{
	return (double)s->good / s->seconds;
}

static double per_answer(const struct sum *s)
{
	return (double)s->cpu / (double)s->good;
}

static void print_one(const char *name, struct sum *s)
{
	printf("%s %.0f/s (p50 %.1f ms, p99 %.1f ms, %.0f us of processor each)", name, per_second(s), bench_times_ms(&s->times, 500),
	       bench_times_ms(&s->times, 990), per_answer(s));
}

/* ---- eligibility ---- */

struct beside {
	const char *name;
	const struct bench_program *ours, *nginx;
	size_t (*request)(void *host, uint64_t n, char *to, size_t room);
	unsigned connections;
};

static void beside_nginx(struct bench *b, const struct beside *x)
{
	struct sum us = { 0 }, them = { 0 };
	for (int i = 0; i < TURNS; i++) {
		turn(&us, x->ours, &(struct bench_load){ .port = x->ours->port, .connections = x->connections, .us = b->us, .request = x->request,
		                                         .host = b, .expect = 200 });
		turn(&them, x->nginx, &(struct bench_load){ .port = x->nginx->port, .connections = x->connections, .us = b->us, .request = ask_file,
		                                            .host = b, .expect = 200 });
	}
	printf("%s, %u connections: ", x->name, x->connections);
	print_one("qppd", &us);
	print_one("; nginx", &them);
	printf("; ratio %.2f, by processor time %.2f (aim 0.50); load %.1f\n", per_second(&us) / per_second(&them), per_answer(&them) / per_answer(&us),
	       bench_load());
	(void)fflush(stdout);
	free(us.times.v);
	free(them.times.v);
}

/* How long an answer is on average, with its head. */
static size_t answer_bytes(struct bench *b)
{
	enum { FEW = 8 };
	struct bench_program p = start_qppd(b, "0");
	struct bench_result r = bench_run(&(struct bench_load){ .port = p.port, .connections = FEW, .us = MICROS, .request = ask_npi, .host = b, .expect = 200 });
	if (r.bad || !r.good)
		bench_fail("no answers of eligibility", r.first_bad);
	free(r.times.v);
	(void)bench_end(&p);
	return (size_t)((double)r.bytes / (double)r.good);
}

/* Every answer is asked for once, so that it is there; how fast that was. */
static void ask_all(struct bench *b, const struct bench_program *ours)
{
	enum { CONNECTIONS = 64, MOST_SECONDS = 1800 };
	struct sum s = { 0 };
	turn(&s, ours, &(struct bench_load){ .port = ours->port, .connections = CONNECTIONS, .us = (int64_t)MOST_SECONDS * MICROS, .most = b->n_npis,
	                                     .request = ask_next, .host = b, .expect = 200 });
	print_one("all of them once", &s);
	printf(", in %.0f s; load %.1f\n", s.seconds, bench_load());
	free(s.times.v);
}

static void eligibility(struct bench *b)
{
	static const unsigned connections[] = { 64, 256 };
	static const struct {
		const char *name, *answers;
	} ways[] = { { "eligibility by NPI, made anew", "0" }, { "eligibility by NPI, kept ready", MEMORY_MB } };
	size_t bytes = answer_bytes(b);
	struct bench_program nginx = start_nginx(b, bytes);
	printf("an answer of eligibility has %zu bytes\n", bytes);
	for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
		struct bench_program ours = start_qppd(b, ways[w].answers);
		if (w)
			ask_all(b, &ours);
		for (size_t i = 0; i < sizeof connections / sizeof *connections; i++)
			beside_nginx(b, &(struct beside){ ways[w].name, &ours, &nginx, ask_npi, connections[i] });
		printf("qppd had %ld MB of memory at most\n", bench_memory_mb(&ours));
		if (w)
			beside_nginx(b, &(struct beside){ "a file as long, from memory", &ours, &nginx, ask_static, connections[0] });
		(void)bench_end(&ours);
	}
	(void)bench_end(&nginx);
}

/* ---- filings ---- */

static void filings(struct bench *b)
{
	static const unsigned connections[] = { 16, 64, 256 };
	static char one[REQUEST];
	char path[300];
	size_t n = state_filing(&b->state, &b->filers[0], one, sizeof one);
	const char *body = strstr(one, "\r\n\r\n") + 4;
	struct bench_program ours = start_qppd(b, "64");
	n -= (size_t)(body - one);
	(void)snprintf(path, sizeof path, "%s/bare.db", b->work);
	printf("a filing has %zu bytes\n", n);
	for (size_t i = 0; i < sizeof connections / sizeof *connections; i++) {
		struct sum us = { 0 };
		double bare = 0;
		for (int k = 0; k < TURNS; k++) {
			turn(&us, &ours, &(struct bench_load){ .port = ours.port, .connections = connections[i], .us = b->us, .request = file_set, .host = b, .expect = 201 });
			bare += bench_bare_commits(path, body, n, b->us / 2) / TURNS;
		}
		printf("durable filings, %u connections: ", connections[i]);
		print_one("qppd", &us);
		printf(" (aim %d/s: %.2f); bare SQLite commits %.0f/s, ratio %.2f; load %.1f\n", AIM_FILINGS, per_second(&us) / AIM_FILINGS, bare,
		       per_second(&us) / bare, bench_load());
		(void)fflush(stdout);
		free(us.times.v);
	}
	struct sum us = { 0 };
	turn(&us, &ours, &(struct bench_load){ .port = ours.port, .connections = 500, .us = TURNS * b->us, .rate = RATE, .request = file_set, .host = b, .expect = 201 });
	printf("durable filings, %d/s by the clock, 500 connections: ", RATE);
	print_one("qppd", &us);
	printf(", slowest %.1f ms (aim: p99 below %d ms: %.2f); load %.1f\n", bench_times_ms(&us.times, 1000), AIM_MS,
	       bench_times_ms(&us.times, 990) / AIM_MS, bench_load());
	free(us.times.v);
	(void)bench_end(&ours);
}

/* ---- all of it ---- */

static void prepare(struct bench *b, uint64_t practices)
{
	struct stat file;
	char path[300];
	(void)snprintf(b->data, sizeof b->data, "%s/data", b->folder);
	(void)snprintf(b->work, sizeof b->work, "%s/work", b->folder);
	(void)snprintf(path, sizeof path, "%s/filled", b->data);
	(void)snprintf(b->pages, sizeof b->pages, "%s/pages", b->work);
	(void)mkdir(b->work, 0700);
	(void)mkdir(b->pages, 0700);
	int64_t began = bench_now_us();
	state_open(&b->state, b->data);
	if (access(path, R_OK) != 0) {
		state_fill(&b->state, practices);
		FILE *out = fopen(path, "w");
		if (!out || fclose(out) != 0)
			bench_fail("a file cannot be written", path);
	}
	b->n_filers = state_let_in(&b->state, state_registry(&b->state), LET_IN, &b->filers);
	b->n_npis = state_npis(&b->state, &b->npis);
	(void)snprintf(path, sizeof path, "%s", b->state.path);
	state_close(&b->state);
	if (!b->n_npis || !b->n_filers || stat(path, &file) != 0)
		bench_fail("the state is empty", path);
	printf("%zu clinicians, %zu of them file through a registry; %.1f GB; ready in %.0f s\n", b->n_npis, b->n_filers,
	       (double)file.st_size / 1e9, (double)(bench_now_us() - began) / 1e6);
	(void)fflush(stdout);
}

int main(int argc, char **argv)
{
	struct bench *b = &bench;
	if (argc < 2 || argc > 5)
		bench_fail("usage: bench_service QPPD [SECONDS [PRACTICES [FOLDER]]]", "");
	bool keeps = argc == 5;
	b->qppd = argv[1];
	b->us = (argc > 2 ? atoll(argv[2]) : SECONDS) * MICROS;
	b->chance = UINT64_C(88172645463325252);
	(void)snprintf(b->folder, sizeof b->folder, "%s", keeps ? argv[4] : "/tmp/qpp-bench-XXXXXX");
	if (keeps ? mkdir(b->folder, 0700) != 0 && access(b->folder, W_OK) != 0 : !mkdtemp(b->folder))
		bench_fail("the folder cannot be made", b->folder);
	prepare(b, argc > 3 ? strtoull(argv[3], NULL, 10) : PRACTICES);
	eligibility(b);
	filings(b);
	free(b->npis);
	free(b->filers);
	if (!keeps)
		bench_remove(b->folder);
	return 0;
}
