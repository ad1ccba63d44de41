/*
 * What the benchmarks and tests of the whole service share: the clock, lists of times and their percentiles, bare
 * SQLite commits to compare with, other programs to compare with, and a client over
 * HTTP that keeps many connections busy from one thread.
 *
 * Figures of a machine that others use as well mean little by themselves: every
 * benchmark prints ratios, measured in turns in one run, and the load beside them.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

int64_t bench_now_us(void);                      /* steady */
double bench_load(void);                         /* the load average of one minute */
_Noreturn void bench_fail(const char *what, const char *detail);

/* ---- times ---- */

struct bench_times {
	int64_t *v;                                  /* microseconds */
	size_t n, cap;
};
void bench_times_add(struct bench_times *t, int64_t us);
/* In milliseconds, the time within which `per_mille` of them lie; sorts. 0 of none. */
double bench_times_ms(struct bench_times *t, int per_mille);

/* ---- bare SQLite ---- */

/* How many inserts of these bytes, each committed to disk, a second, during `us`; the file is made at `path`. */
double bench_bare_commits(const char *path, const char *body, size_t n, int64_t us);

/* ---- other programs ---- */

struct bench_program {
	pid_t pid;
	unsigned port;
};

/* Starts it; when it prints an address as qppd does, `port` is that of the address. */
struct bench_program bench_start(char *const argv[], bool prints_address);
/* Asks it to end and waits; its exit status, -1 when a signal ended it. */
int bench_end(struct bench_program *p);
/* Processor time so far of it and of the processes it has started, in microseconds; its memory at most, in MB. */
int64_t bench_cpu_us(const struct bench_program *p);
long bench_memory_mb(const struct bench_program *p);
/* Waits until its port takes connections. */
void bench_await(const struct bench_program *p);
/* A port that is free now. */
unsigned bench_free_port(void);
/* A folder and what is in it. */
void bench_remove(const char *folder);

/* ---- the client ---- */

struct bench_load {
	unsigned port, connections;
	int64_t us;                                  /* how long */
	double rate;                                 /* requests a second by the clock; 0: each connection as fast as it is answered */
	/* Writes the `n`th request, all of it, into `to`; how long it is. */
	size_t (*request)(void *host, uint64_t n, char *to, size_t room);
	void *host;
	int expect;                                  /* the status that is good */
	uint64_t most;                               /* requests in all, then it ends; 0: any number */
};

/*
 * With a rate, the moment at which a request is due is fixed beforehand, and its time is counted from then, whether or
 * not a connection was free: a server that stops for a second is not asked less in it.
 */
struct bench_result {
	uint64_t good, bad;
	double seconds;                              /* until the last answer */
	struct bench_times times;                    /* of the good */
	uint64_t bytes;                              /* of all answers, with heads */
	char first_bad[200];
};
struct bench_result bench_run(const struct bench_load *l);

#endif
