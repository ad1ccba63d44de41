/*
 * The guard's side of the sockets: it stands in front of recv(), which the HTTP
 * library calls for every byte it reads. Connections that the server has not
 * registered (the store's, the mailer's) pass through untouched.
 *
 * Why here: the library has no hook between its socket and its parser, and a
 * proxy of our own in front of it would cost a copy and two system calls a
 * request. Should a later version of it read in another way, then no head is
 * ever seen here, qpp_guard_begin() says so, and the server answers nothing:
 * the guard can fail to be there, but not unseen.
 *
 * One thread reads a connection; another sweeps. They share atomics, and the
 * lock of a slot is held while its descriptor is shut down, so that no
 * descriptor is shut down that meanwhile belongs to another.
 */
#include "adapt/http/guard.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#include "adapt/http/http_int.h"
#include "app/clock.h"

enum { MOST_DESCRIPTORS = 1 << 16, TIMES = 8 };

struct times {
	int64_t began_us, received_us;
};

struct qpp_guard {
	pthread_mutex_t lock;        /* of `host` and the shutting down */
	_Atomic(const struct qpp_guard_host *) host;     /* NULL: the slot is free */
	int fd;
	struct qpp_scan scan;
	unsigned heads, begun;       /* heads that were seen, requests that the library began */
	int64_t began_us;            /* of the request that is being read */
	struct times times[TIMES];   /* of requests that are all here and not yet taken, oldest first */
	unsigned n_times;
	bool sent;                   /* a refusal was sent: nothing follows */
	_Atomic unsigned char phase;
	_Atomic int64_t since_us, bytes;                 /* of the phase */
};

static struct qpp_guard *slots;
static size_t n_slots;

bool qpp_guard_install(void)
{
	struct rlimit files;
	if (slots)
		return true;
	n_slots = getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < MOST_DESCRIPTORS ? (size_t)files.rlim_cur
	                                                                                    : MOST_DESCRIPTORS;
	slots = calloc(n_slots, sizeof *slots);
	for (size_t i = 0; slots && i < n_slots; i++)
		(void)pthread_mutex_init(&slots[i].lock, NULL);
	return slots != NULL;
}

static int64_t now_us(const struct qpp_guard_host *host)
{
	return qpp_now(host->clock).us;
}

/* How long something takes is no matter of the clock on the wall, which may be moved. */
static int64_t elapsed_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * QPP_MICROS_A_SECOND + t.tv_nsec / 1000;
}

static void enter(struct qpp_guard *g, enum qpp_guard_phase phase)
{
	atomic_store(&g->since_us, elapsed_us());
	atomic_store(&g->bytes, 0);
	atomic_store(&g->phase, (unsigned char)phase);
}

struct qpp_guard *qpp_guard_open(int fd, const struct qpp_guard_host *host)
{
	if (fd < 0 || (size_t)fd >= n_slots)
		return NULL;
	struct qpp_guard *g = &slots[fd];
	pthread_mutex_lock(&g->lock);
	g->fd = fd;
	g->heads = g->begun = g->n_times = 0;
	g->sent = false;
	qpp_scan_init(&g->scan);
	enter(g, QPP_PHASE_IDLE);
	atomic_store(&g->host, host);
	pthread_mutex_unlock(&g->lock);
	return g;
}

void qpp_guard_close(struct qpp_guard *g)
{
	pthread_mutex_lock(&g->lock);
	atomic_store(&g->host, NULL);
	pthread_mutex_unlock(&g->lock);
}

/* ---- answers from outside the library ---- */

static struct qpp_str refusal(struct qpp_arena *a, bool api, int status, const char *why)
{
	struct qpp_str body = api ? qpp_str_cat(a, "{\"error\":{\"type\":\"BadRequest\",\"message\":\"", why, "\",\"details\":[]}}\n",
	                                        (char *)NULL)
	                          : qpp_str_cat(a, "The request was refused: ", why, ".\n", (char *)NULL);
	return qpp_str_cat(a, "HTTP/1.1 ", qpp_i64_text(a, status).p, " ", qpp_http_status_name(status), "\r\nContent-Type: ",
	                   api ? "application/json" : "text/plain; charset=utf-8", "\r\nContent-Length: ",
	                   qpp_i64_text(a, (int64_t)body.n).p,
	                   "\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
	                   "Content-Security-Policy: default-src 'none'\r\n\r\n",
	                   body.p, (char *)NULL);
}

/* Takes what is there already: a descriptor closed with unread bytes resets the connection, and the answer is lost. */
static void drain(int fd)
{
	char waste[4096];
	for (int i = 0; i < 16; i++)
		if (recvfrom(fd, waste, sizeof waste, MSG_DONTWAIT, NULL, NULL) <= 0)
			break;
}

static void send_refusal(struct qpp_guard *g, int status, const char *why)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str text = refusal(&a, g->scan.api, status, why);
	(void)!send(g->fd, text.p, text.n, MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)shutdown(g->fd, SHUT_WR);
	drain(g->fd);
	qpp_arena_close(&a);
	g->sent = true;
}

void qpp_guard_refuse(struct qpp_guard *g, int status, const char *why)
{
	const struct qpp_guard_host *host = atomic_load(&g->host);
	if (g->sent || !host)
		return;
	send_refusal(g, status, why);
	host->refused(host->host, g->fd, status, why);
}

bool qpp_guard_is_bad(const struct qpp_guard *g)
{
	return qpp_scan_where(&g->scan) == QPP_AT_BAD;
}

/* ---- reading ---- */

static void note_times(struct qpp_guard *g, unsigned ends, int64_t now)
{
	for (; ends; ends--) {
		/* More requests in one go than anybody sends: the last time stands for the rest, never an earlier one. */
		if (g->n_times == TIMES)
			g->times[TIMES - 1].received_us = now;
		else
			g->times[g->n_times++] = (struct times){ g->began_us, now };
		g->began_us = now;
	}
}

/* The phase as the reader sees it; while an answer is made or sent it is not his. */
static void note_phase(struct qpp_guard *g, size_t n)
{
	unsigned char phase = atomic_load(&g->phase);
	enum qpp_scan_at at = qpp_scan_where(&g->scan);
	if (phase >= QPP_PHASE_WORK)
		return;
	if (at == QPP_AT_BODY) {
		if (phase != QPP_PHASE_BODY)
			enter(g, QPP_PHASE_BODY);
		atomic_fetch_add(&g->bytes, (int64_t)n);
	} else if ((at == QPP_AT_HEAD || g->scan.head) && phase != QPP_PHASE_HEAD) {
		enter(g, QPP_PHASE_HEAD);
	}
}

static ssize_t pass(struct qpp_guard *g, const struct qpp_guard_host *host, const char *p, size_t n)
{
	int64_t now = now_us(host);
	if (g->sent || qpp_guard_is_bad(g))
		return 0;
	if (qpp_scan_where(&g->scan) == QPP_AT_LINE && !g->scan.head)
		g->began_us = now;
	struct qpp_scanned seen = qpp_scan(&g->scan, p, n);
	g->heads += seen.heads;
	note_times(g, seen.ends, now);
	note_phase(g, n);
	if (!qpp_guard_is_bad(g))
		return (ssize_t)n;
	if (seen.good)
		return (ssize_t)seen.good;
	/* An answer that is being made for an earlier request must not be mixed with this one. */
	if (!g->n_times && atomic_load(&g->phase) < QPP_PHASE_WORK)
		qpp_guard_refuse(g, g->scan.status, g->scan.why);
	else
		host->refused(host->host, g->fd, g->scan.status, g->scan.why);
	return 0;
}

ssize_t qpp_guard_recv(int fd, void *to, size_t n, int flags) __asm__("recv") __attribute__((used, visibility("default")));

/* recv() of the whole program. */
ssize_t qpp_guard_recv(int fd, void *to, size_t n, int flags)
{
	ssize_t got = recvfrom(fd, to, n, flags, NULL, NULL);
	if (got <= 0 || !slots || fd < 0 || (size_t)fd >= n_slots)
		return got;
	const struct qpp_guard_host *host = atomic_load(&slots[fd].host);
	return host ? pass(&slots[fd], host, to, (size_t)got) : got;
}

/* ---- waiting ---- */

int qpp_guard_wait(int fd, struct epoll_event *events, int most, int timeout) __asm__("epoll_wait")
    __attribute__((used, visibility("default")));

/*
 * epoll_wait() of the whole program. The library takes events in lots of 128, and while a lot is full it asks for the next
 * one before it has worked on the first, with the same time to wait, which is for ever when no connection has a timeout: 128
 * clients who ask in the same moment, and nobody after them, are never answered. So a call that follows a full lot does not wait.
 */
int qpp_guard_wait(int fd, struct epoll_event *events, int most, int timeout)
{
	static _Thread_local bool full;
	int n = epoll_pwait(fd, events, most, full ? 0 : timeout, NULL);
	full = n == most;
	return n;
}

/* ---- the course of a request, told by the server ---- */

bool qpp_guard_begin(struct qpp_guard *g)
{
	return ++g->begun <= g->heads;
}

void qpp_guard_times(struct qpp_guard *g, int64_t *began_us, int64_t *received_us)
{
	const struct qpp_guard_host *host = atomic_load(&g->host);
	int64_t now = host ? now_us(host) : 0;
	*began_us = *received_us = now;
	if (g->n_times) {
		*began_us = g->times[0].began_us;
		*received_us = g->times[0].received_us;
		memmove(g->times, g->times + 1, --g->n_times * sizeof *g->times);
	}
	enter(g, QPP_PHASE_WORK);
}

void qpp_guard_sending(struct qpp_guard *g, size_t bytes)
{
	enter(g, QPP_PHASE_SEND);
	atomic_store(&g->bytes, (int64_t)bytes);
}

void qpp_guard_end(struct qpp_guard *g)
{
	enter(g, QPP_PHASE_IDLE);
	/* A part of the next request may be here already. */
	note_phase(g, 0);
}

/* ---- the slow ---- */

/*
 * The client has closed its side in the middle of a request. The library, which is told of changes alone, misses that
 * when the last bytes and the end came together.
 */
static bool gone(const struct qpp_guard *g)
{
	struct pollfd p = { .fd = g->fd, .events = POLLRDHUP };
	int unread = 1;
	return poll(&p, 1, 0) == 1 && ioctl(g->fd, FIONREAD, &unread) == 0 && unread == 0;
}

/* Why the connection has had its time; NULL: it has not. */
static const char *overdue(const struct qpp_guard *g, const struct qpp_guard_limits *l, int64_t now, bool crowded)
{
	int64_t seconds = (now - atomic_load(&g->since_us)) / QPP_MICROS_A_SECOND;
	int64_t bytes = atomic_load(&g->bytes);
	switch (atomic_load(&g->phase)) {
	case QPP_PHASE_IDLE:
		/* Nothing more is read of one that was refused behind a good request. */
		return qpp_guard_is_bad(g) || seconds >= (crowded ? 2 : l->idle_seconds) ? "idle" : NULL;
	case QPP_PHASE_HEAD:
		return seconds >= l->head_seconds ? "the head of the request took too long" : NULL;
	case QPP_PHASE_BODY:
		return seconds >= l->body_seconds + bytes / l->bytes_a_second ? "the body of the request came too slowly" : NULL;
	case QPP_PHASE_SEND:
		return seconds >= l->body_seconds + bytes / l->read_a_second ? "the answer was read too slowly" : NULL;
	default:
		return NULL;
	}
}

/* Answers a slow request where nothing was answered yet, and ends the connection; under the lock of the slot. */
static void cut(struct qpp_guard *g, const struct qpp_guard_host *host, const char *why)
{
	unsigned char phase = atomic_load(&g->phase);
	if (phase == QPP_PHASE_HEAD || phase == QPP_PHASE_BODY) {
		struct qpp_arena a = QPP_ARENA_INIT;
		struct qpp_str text = refusal(&a, false, 408, why);
		(void)!send(g->fd, text.p, text.n, MSG_NOSIGNAL | MSG_DONTWAIT);
		qpp_arena_close(&a);
		host->refused(host->host, g->fd, 408, why);
	}
	(void)shutdown(g->fd, SHUT_RDWR);
}

struct qpp_guard_count qpp_guard_sweep(const struct qpp_guard_host *host, const struct qpp_guard_limits *limits)
{
	static _Atomic unsigned before;
	struct qpp_guard_count n = { 0 };
	int64_t now = elapsed_us();
	bool crowded = atomic_load(&before) >= limits->connections / 10 * 9;
	for (size_t i = 0; i < n_slots; i++) {
		struct qpp_guard *g = &slots[i];
		if (atomic_load(&g->host) != host)
			continue;
		pthread_mutex_lock(&g->lock);
		if (atomic_load(&g->host) == host) {
			unsigned char phase = atomic_load(&g->phase);
			const char *why = overdue(g, limits, now, crowded);
			n.open++;
			n.busy += phase != QPP_PHASE_IDLE;
			n.cut += why != NULL;
			if (why)
				cut(g, host, why);
			else if ((phase == QPP_PHASE_HEAD || phase == QPP_PHASE_BODY) && gone(g))
				(void)shutdown(g->fd, SHUT_RDWR);
		}
		pthread_mutex_unlock(&g->lock);
	}
	atomic_store(&before, n.open);
	return n;
}
