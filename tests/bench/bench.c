/* Clock, times, bare commits and other programs; bench.h is the manual. */
#include "bench.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int64_t bench_now_us(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

double bench_load(void)
{
	double one = 0;
	(void)getloadavg(&one, 1);
	return one;
}

void bench_fail(const char *what, const char *detail)
{
	fprintf(stderr, "bench: %s%s%s\n", what, *detail ? ": " : "", detail);
	exit(1);
}

/* ---- times ---- */

void bench_times_add(struct bench_times *t, int64_t us)
{
	enum { FIRST = 1 << 16 };
	if (t->n == t->cap) {
		t->cap = t->cap ? t->cap * 2 : FIRST;
		t->v = realloc(t->v, t->cap * sizeof *t->v);
		if (!t->v)
			bench_fail("there is no memory", "");
	}
	t->v[t->n++] = us;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

double bench_times_ms(struct bench_times *t, int per_mille)
{
	if (!t->n)
		return 0;
	qsort(t->v, t->n, sizeof *t->v, by_size);
	return (double)t->v[(t->n - 1) * (size_t)per_mille / 1000] / 1000;
}

/* ---- bare SQLite ---- */

double bench_bare_commits(const char *path, const char *body, size_t n, int64_t us)
{
	sqlite3 *db;
	sqlite3_stmt *s;
	int64_t done = 0, began = bench_now_us();
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, body TEXT)",
	                 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO t (body) VALUES (?)", -1, &s, NULL) != SQLITE_OK)
		bench_fail("bare SQLite", sqlite3_errmsg(db));
	sqlite3_bind_text(s, 1, body, (int)n, SQLITE_STATIC);
	for (began = bench_now_us(); bench_now_us() < began + us; done++) {
		if (sqlite3_step(s) != SQLITE_DONE)
			bench_fail("bare SQLite", sqlite3_errmsg(db));
		sqlite3_reset(s);
	}
	double seconds = (double)(bench_now_us() - began) / 1e6;
	sqlite3_finalize(s);
	sqlite3_close(db);
	return (double)done / seconds;
}

/* ---- other programs ---- */

/* Those that run are ended however the benchmark ends. */
enum { MOST_PROGRAMS = 8 };
static pid_t running[MOST_PROGRAMS];

static void end_all(void)
{
	for (int i = 0; i < MOST_PROGRAMS; i++)
		if (running[i])
			(void)kill(running[i], SIGTERM);
}

/* `was` in the list becomes `is`; 0 is a free place. */
static void note_running(pid_t was, pid_t is)
{
	static bool registered;
	if (!registered)
		registered = atexit(end_all) == 0;
	for (int i = 0; i < MOST_PROGRAMS; i++)
		if (running[i] == was) {
			running[i] = is;
			return;
		}
}

static unsigned read_port(int fd)
{
	FILE *in = fdopen(fd, "r");
	char line[500];
	unsigned port = 0;
	while (in && !port && fgets(line, sizeof line, in))
		if (strstr(line, " listens on "))
			port = (unsigned)strtoul(strrchr(line, ':') + 1, NULL, 10);
	/* Kept open: the program may print more. */
	if (!port)
		bench_fail("a program ended before it listened", "");
	return port;
}

struct bench_program bench_start(char *const argv[], bool prints_address)
{
	struct bench_program p = { 0 };
	posix_spawn_file_actions_t fa;
	int out[2];
	if (pipe2(out, O_CLOEXEC) != 0 || posix_spawn_file_actions_init(&fa) != 0)
		bench_fail("a program cannot be started", strerror(errno));
	if (prints_address)
		(void)posix_spawn_file_actions_adddup2(&fa, out[1], STDOUT_FILENO);
	int failed = posix_spawnp(&p.pid, argv[0], &fa, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&fa);
	(void)close(out[1]);
	if (failed)
		bench_fail(argv[0], strerror(failed));
	note_running(0, p.pid);
	if (prints_address)
		p.port = read_port(out[0]);
	else
		(void)close(out[0]);
	return p;
}

int bench_end(struct bench_program *p)
{
	int status = 0;
	if (p->pid <= 0)
		return -1;
	(void)kill(p->pid, SIGTERM);
	(void)waitpid(p->pid, &status, 0);
	note_running(p->pid, 0);
	p->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int64_t cpu_of(pid_t pid)
{
	char path[64], line[1000];
	unsigned long long user = 0, system = 0;
	(void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *in = fopen(path, "r");
	if (!in)
		return 0;
	const char *p = fgets(line, sizeof line, in) ? strrchr(line, ')') : NULL;
	(void)fclose(in);
	if (!p || sscanf(p + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system) != 2)
		return 0;
	return (int64_t)(user + system) * 1000000 / sysconf(_SC_CLK_TCK);
}

int64_t bench_cpu_us(const struct bench_program *p)
{
	char path[64], line[1000];
	int64_t sum = cpu_of(p->pid);
	(void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)p->pid, (int)p->pid);
	FILE *in = fopen(path, "r");
	char *at = in && fgets(line, sizeof line, in) ? line : NULL;
	while (at && isdigit((unsigned char)*at)) {
		sum += cpu_of((pid_t)strtol(at, &at, 10));
		at += *at == ' ';
	}
	if (in)
		(void)fclose(in);
	return sum;
}

long bench_memory_mb(const struct bench_program *p)
{
	char path[64], line[200];
	long kb = 0;
	(void)snprintf(path, sizeof path, "/proc/%d/status", (int)p->pid);
	FILE *in = fopen(path, "r");
	while (in && !kb && fgets(line, sizeof line, in))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	if (in)
		(void)fclose(in);
	return kb >> 10;
}

unsigned bench_free_port(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof at;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		bench_fail("there is no free port", strerror(errno));
	(void)close(fd);
	return ntohs(at.sin_port);
}

void bench_await(const struct bench_program *p)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)p->port) };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (int i = 0; i < 500; i++) {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		bool there = fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) == 0;
		if (fd >= 0)
			(void)close(fd);
		if (there)
			return;
		(void)usleep(10000);
	}
	bench_fail("a program does not listen", "");
}

void bench_remove(const char *folder)
{
	char *argv[] = { "rm", "-rf", (char *)(uintptr_t)folder, NULL };
	pid_t pid = 0;
	if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ) == 0)
		(void)waitpid(pid, NULL, 0);
}
