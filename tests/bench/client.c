/*
 * The client: one thread, one epoll, connections that are kept. Heads are read
 * only as far as a status and a Content-Length; answers without one are not
 * understood, since none of those asked here are.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

enum { ROOM = 64 << 10, EVENTS = 256, LATE_US = 10000000 };

struct connection {
	int fd;
	bool busy;
	int64_t since;               /* when the request was sent, or due */
	size_t got;
	char in[ROOM];
};

struct run {
	const struct bench_load *l;
	struct bench_result *r;
	struct connection *v;
	unsigned *idle, n_idle;      /* a stack of those without a request */
	uint64_t sent;
	int64_t began;
	int poll;
	char out[ROOM];
};

static void open_one(struct run *run, unsigned i)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)run->l->port) };
	struct epoll_event e = { .events = EPOLLIN, .data.u32 = i };
	struct connection *c = &run->v[i];
	int one = 1;
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	c->busy = false;
	c->got = 0;
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0)
		bench_fail("no connection", strerror(errno));
	(void)setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (epoll_ctl(run->poll, EPOLL_CTL_ADD, c->fd, &e) != 0)
		bench_fail("epoll", strerror(errno));
}

/* Requests fit into a socket's buffer; one that does not is a mistake of the benchmark. */
static void send_one(struct run *run, unsigned i, int64_t since)
{
	struct connection *c = &run->v[i];
	size_t n = run->l->request(run->l->host, run->sent++, run->out, sizeof run->out);
	c->busy = true;
	c->since = since;
	if (send(c->fd, run->out, n, MSG_NOSIGNAL) != (ssize_t)n)
		bench_fail("a request was not sent whole", strerror(errno));
}

/* How long the answer is that stands in front; 0 while that is not known. */
static size_t answer_length(const char *in, size_t n)
{
	const char *end = memmem(in, n, "\r\n\r\n", 4);
	if (!end)
		return 0;
	for (const char *line = in; line < end;) {
		static const char name[] = "content-length:";
		if (strncasecmp(line, name, sizeof name - 1) == 0)
			return (size_t)(end - in) + 4 + strtoul(line + sizeof name - 1, NULL, 10);
		line = (const char *)memchr(line, '\n', (size_t)(end + 2 - line)) + 1;
	}
	return (size_t)(end - in) + 4;
}

static void take_answer(struct run *run, unsigned i, size_t length)
{
	struct connection *c = &run->v[i];
	struct bench_result *r = run->r;
	int status = c->got > 12 ? atoi(c->in + 9) : 0;
	c->busy = false;
	c->got = 0;
	r->bytes += length;
	run->idle[run->n_idle++] = i;
	if (status == run->l->expect) {
		r->good++;
		bench_times_add(&r->times, bench_now_us() - c->since);
		return;
	}
	if (!r->bad++)
		(void)snprintf(r->first_bad, sizeof r->first_bad, "%.*s", (int)(length < 190 ? length : 190),
		               length > 400 ? c->in + length - 190 : c->in);
}

static void read_one(struct run *run, unsigned i)
{
	struct connection *c = &run->v[i];
	ssize_t n = recv(c->fd, c->in + c->got, ROOM - 1 - c->got, MSG_DONTWAIT);
	if (n < 0 && errno == EAGAIN)
		return;
	if (n <= 0) {
		if (c->busy) {
			run->r->bad++;
			(void)snprintf(run->r->first_bad, sizeof run->r->first_bad, "a connection was closed under a request");
			run->idle[run->n_idle++] = i;
		}
		(void)close(c->fd);
		open_one(run, i);
		return;
	}
	c->got += (size_t)n;
	c->in[c->got] = 0;
	size_t length = answer_length(c->in, c->got);
	if (length >= ROOM)
		bench_fail("an answer is larger than the client reads", "");
	if (length && c->got >= length)
		take_answer(run, i, length);
}

/* Sends what is due; how long until the next is, in milliseconds. */
static int send_due(struct run *run)
{
	enum { LONG_MS = 100 };
	const struct bench_load *l = run->l;
	int64_t now = bench_now_us();
	if (now >= run->began + l->us || (l->most && run->sent >= l->most))
		return LONG_MS;
	if (l->rate <= 0) {
		while (run->n_idle && !(l->most && run->sent >= l->most))
			send_one(run, run->idle[--run->n_idle], now);
		return LONG_MS;
	}
	int64_t due = 0;
	while ((due = run->began + (int64_t)((double)run->sent * 1e6 / l->rate)) <= now && run->n_idle)
		send_one(run, run->idle[--run->n_idle], due);
	return !run->n_idle ? LONG_MS : due <= now ? 0 : (int)((due - now + 999) / 1000);
}

/* With a rate everything that was due is sent, however late. */
static bool done(const struct run *run)
{
	const struct bench_load *l = run->l;
	int64_t now = bench_now_us();
	if (now < run->began + l->us && !(l->most && run->sent >= l->most))
		return false;
	return run->n_idle == l->connections || now > run->began + l->us + LATE_US;
}

struct bench_result bench_run(const struct bench_load *l)
{
	struct bench_result r = { 0 };
	struct run *run = calloc(1, sizeof *run);
	struct epoll_event events[EVENTS];
	if (!run || !(run->v = calloc(l->connections, sizeof *run->v)) || !(run->idle = calloc(l->connections, sizeof *run->idle)))
		bench_fail("there is no memory", "");
	run->l = l;
	run->r = &r;
	run->poll = epoll_create1(EPOLL_CLOEXEC);
	for (unsigned i = 0; i < l->connections; i++) {
		open_one(run, i);
		run->idle[run->n_idle++] = i;
	}
	run->began = bench_now_us();
	while (!done(run)) {
		int n = epoll_wait(run->poll, events, EVENTS, send_due(run));
		for (int i = 0; i < n; i++)
			read_one(run, events[i].data.u32);
	}
	r.seconds = (double)(bench_now_us() - run->began) / 1e6;
	r.bad += l->connections - run->n_idle;
	if (run->n_idle < l->connections && !*r.first_bad)
		(void)snprintf(r.first_bad, sizeof r.first_bad, "%u of %llu requests to port %u had no answer for %.1f seconds", l->connections - run->n_idle,
		               (unsigned long long)run->sent, l->port, r.seconds - (double)l->us / 1e6);
	for (unsigned i = 0; i < l->connections; i++)
		(void)close(run->v[i].fd);
	(void)close(run->poll);
	free(run->v);
	free(run->idle);
	free(run);
	return r;
}
