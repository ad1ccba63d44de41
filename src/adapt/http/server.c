/* The server: the library's daemon, its socket, the sweep of slow connections, the end. */
#include "adapt/http/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "adapt/http/server_int.h"

enum {
	BACKLOG = 1024, CONNECTION_MEMORY = 32 << 10, STACK = 512 << 10, SPARE_DESCRIPTORS = 128,
	CONNECTIONS = 4096, WORKERS = 32, BODY_MEMORY = 64 << 20, HEAD_SECONDS = 10, BODY_SECONDS = 20, IDLE_SECONDS = 30,
	LEAST_RATE = 500, LEAST_READ = 16384
};

const char *qpp_server_address(const struct qpp_server *s)
{
	return s->address;
}

unsigned qpp_server_port(const struct qpp_server *s)
{
	return s->port;
}

const struct qpp_router *qpp_server_router(const struct qpp_server *s)
{
	return s->router;
}

void qpp_server_reopen_log(struct qpp_server *s)
{
	qpp_log_reopen(s->log);
}

/* ---- what the library calls ---- */

static void *begin_request(void *server, const char *target, struct MHD_Connection *con)
{
	return qpp_exchange_open(server, con, target);
}

static enum MHD_Result step(void *server, struct MHD_Connection *con, const char *url, const char *method, const char *version,
                            const char *bytes, size_t *n, void **exchange)
{
	(void)server, (void)con, (void)url, (void)version;
	return *exchange ? qpp_exchange_step(*exchange, method, bytes, n) : MHD_NO;
}

static void end_request(void *server, struct MHD_Connection *con, void **exchange, enum MHD_RequestTerminationCode how)
{
	(void)server, (void)con, (void)how;
	if (*exchange)
		qpp_exchange_close(*exchange);
	*exchange = NULL;
}

static void connection(void *server, struct MHD_Connection *con, void **guard, enum MHD_ConnectionNotificationCode what)
{
	struct qpp_server *s = server;
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info = MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);
		*guard = info ? qpp_guard_open(info->connect_fd, &s->guard_host) : NULL;
	} else if (*guard) {
		qpp_guard_close(*guard);
		*guard = NULL;
	}
}

/* Paths and queries are decoded by us, with bounds: the library leaves them as they are. */
static size_t leave_encoded(void *server, struct MHD_Connection *con, char *s)
{
	(void)server, (void)con;
	return strlen(s);
}

/* What it has to say is about clients that went away; the access log has what matters. */
static void be_quiet(void *server, const char *format, va_list args)
{
	(void)server, (void)format, (void)args;
}

static void refused(void *server, int fd, int status, const char *why)
{
	struct qpp_server *s = server;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct sockaddr_storage from;
	socklen_t n = sizeof from;
	char peer[NI_MAXHOST] = "";
	if (getpeername(fd, (struct sockaddr *)&from, &n) == 0)
		(void)getnameinfo((struct sockaddr *)&from, n, peer, sizeof peer, NULL, 0, NI_NUMERICHOST);
	qpp_metrics_add(s->metrics, SIZE_MAX, status, 0);
	qpp_log_write(s->log, &a, &(struct qpp_log_line){ .now_us = qpp_now(s->o.clock).us, .peer = qpp_str_of(peer), .status = status,
	                                                  .why = why });
	qpp_arena_close(&a);
}

static void *sweep(void *server)
{
	struct qpp_server *s = server;
	while (!atomic_load(&s->swept)) {
		struct qpp_guard_count n = qpp_guard_sweep(&s->guard_host, &s->limits);
		atomic_store(&s->open, n.open);
		atomic_store(&s->busy, n.busy);
		atomic_fetch_add(&s->cut, n.cut);
		/* A second, in steps that let the end not wait for it. */
		for (int i = 0; i < 20 && !atomic_load(&s->swept); i++)
			(void)nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
	}
	return NULL;
}

/* ---- listening ---- */

static enum qpp_code listen_on(struct qpp_server *s, int *out, struct qpp_err *err)
{
	char port[16];
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_PASSIVE }, *found = NULL;
	(void)snprintf(port, sizeof port, "%u", s->o.port);
	if (s->o.port > 65535 || getaddrinfo(s->o.bind, port, &hints, &found) != 0) {
		(void)qpp_fail(err, QPP_USAGE, "there is no address ", s->o.bind, " with port ", port, " to listen on", (char *)NULL);
		return QPP_USAGE;
	}
	int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
	if (fd >= 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		(void)qpp_fail(err, QPP_USAGE, "cannot listen on ", s->o.bind, " port ", port, (char *)NULL);
		qpp_err_detail(err, strerror(errno), (char *)NULL);
		if (errno == EADDRINUSE)
			qpp_err_hint(err, "another program listens there; --port names another port, 0 any that is free", (char *)NULL);
		if (fd >= 0)
			(void)close(fd);
		freeaddrinfo(found);
		return QPP_USAGE;
	}
	freeaddrinfo(found);
	*out = fd;
	return QPP_OK;
}

static void name_address(struct qpp_server *s, int fd)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof at;
	char host[NI_MAXHOST] = "?", port[NI_MAXSERV] = "0";
	uint64_t number = 0;
	if (getsockname(fd, (struct sockaddr *)&at, &n) == 0)
		(void)getnameinfo((struct sockaddr *)&at, n, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
	(void)qpp_str_u64(qpp_str_of(port), 65535, &number);
	s->port = (unsigned)number;
	bool six = strchr(host, ':') != NULL;
	(void)snprintf(s->address, sizeof s->address, "http://%s%.64s%s:%s", six ? "[" : "", host, six ? "]" : "", port);
}

/* As many descriptors as connections and the store need; fewer connections when there are fewer. */
static void fit_descriptors(struct qpp_server *s)
{
	struct rlimit files;
	rlim_t want = s->o.connections + SPARE_DESCRIPTORS;
	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	if (files.rlim_cur < want) {
		files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur < want)
		s->o.connections = files.rlim_cur > 2 * SPARE_DESCRIPTORS ? (unsigned)files.rlim_cur - SPARE_DESCRIPTORS : SPARE_DESCRIPTORS / 2;
}

static void set_defaults(struct qpp_server *s, const struct qpp_server_options *o)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	s->o = *o;
	s->o.bind = o->bind ? o->bind : "127.0.0.1";
	s->o.threads = o->threads ? o->threads : cores > 0 ? (unsigned)cores : 1;
	s->o.workers = o->workers ? o->workers : WORKERS;
	s->o.connections = o->connections ? o->connections : CONNECTIONS;
	s->o.body_memory = o->body_memory ? o->body_memory : BODY_MEMORY;
	fit_descriptors(s);
	/* The library gives each of its loops a share of the connections: whole shares, at least one. */
	if (s->o.threads > s->o.connections)
		s->o.threads = s->o.connections;
	s->limits = (struct qpp_guard_limits){
		.head_seconds = (int)(o->head_seconds ? o->head_seconds : HEAD_SECONDS),
		.body_seconds = (int)(o->body_seconds ? o->body_seconds : BODY_SECONDS),
		.idle_seconds = (int)(o->idle_seconds ? o->idle_seconds : IDLE_SECONDS),
		.bytes_a_second = LEAST_RATE, .read_a_second = LEAST_READ, .connections = s->o.connections,
	};
	s->guard_host = (struct qpp_guard_host){ s, o->clock, refused };
	if (o->csrf_key)
		memcpy(s->csrf_key, o->csrf_key, sizeof s->csrf_key);
	else
		randombytes_buf(s->csrf_key, sizeof s->csrf_key);
	unsigned char boot[8];
	randombytes_buf(boot, sizeof boot);
	(void)sodium_bin2hex(s->boot, sizeof s->boot, boot, sizeof boot);
	s->started_us = qpp_steady_us();
}

/* ---- opening and closing ---- */

static enum qpp_code open_parts(struct qpp_server *s, struct qpp_err *err)
{
	const struct qpp_page_table **tables = QPP_NEW_ARRAY(&s->arena, s->o.n_tables + 1, const struct qpp_page_table *);
	qpp_own_pages(s);
	tables[0] = &s->own_table;
	for (size_t i = 0; i < s->o.n_tables; i++)
		tables[i + 1] = s->o.tables[i];
	enum qpp_code code = qpp_router_make(&s->arena, tables, s->o.n_tables + 1, &s->router, err);
	if (code == QPP_OK)
		code = qpp_statics_open(s->o.static_dir, &s->statics, err);
	if (code != QPP_OK)
		return code;
	s->openapi = qpp_openapi(&s->arena, s->router, QPP_LIT("OpenQPP"), qpp_str_of(s->o.version ? s->o.version : "0"));
	s->log = qpp_log_open(s->o.log);
	if (!s->log) {
		(void)qpp_fail(err, QPP_IO, "the access log cannot be opened: ", s->o.log, (char *)NULL);
		qpp_err_detail(err, strerror(errno), (char *)NULL);
		return QPP_IO;
	}
	s->metrics = qpp_metrics_open(s->router);
	s->rate = qpp_rate_open(&s->o.rate);
	s->pool = qpp_pool_open(s->o.workers);
	if (!s->metrics || !s->rate || !s->pool || !qpp_guard_install())
		return qpp_fail(err, QPP_IO, "there is no memory for the server", (char *)NULL);
	return QPP_OK;
}

static void free_parts(struct qpp_server *s)
{
	qpp_pool_close(s->pool);
	qpp_log_close(s->log);
	qpp_metrics_close(s->metrics);
	qpp_rate_close(s->rate);
	qpp_statics_close(s->statics);
	qpp_arena_close(&s->arena);
	free(s);
}

static enum qpp_code start(struct qpp_server *s, struct qpp_err *err)
{
	int fd = s->o.socket;
	enum qpp_code code = fd >= 0 ? QPP_OK : listen_on(s, &fd, err);
	if (code != QPP_OK)
		return code;
	name_address(s, fd);
	s->daemon = MHD_start_daemon(
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, step, s,
	    MHD_OPTION_EXTERNAL_LOGGER, be_quiet, s, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, s->o.threads,
	    MHD_OPTION_CONNECTION_LIMIT, s->o.connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
	    MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
	    begin_request, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, s, MHD_OPTION_NOTIFY_COMPLETED, end_request, s,
	    MHD_OPTION_NOTIFY_CONNECTION, connection, s, MHD_OPTION_END);
	if (!s->daemon) {
		(void)close(fd);
		return qpp_fail(err, QPP_IO, "the server cannot be started", (char *)NULL);
	}
	if (pthread_create(&s->sweeper, NULL, sweep, s) != 0) {
		MHD_stop_daemon(s->daemon);
		return qpp_fail(err, QPP_IO, "the server cannot be started", (char *)NULL);
	}
	return QPP_OK;
}

enum qpp_code qpp_server_open(const struct qpp_server_options *o, struct qpp_server **out, struct qpp_err *err)
{
	if (sodium_init() < 0)
		return qpp_fail(err, QPP_IO, "the library of cryptography cannot be started", (char *)NULL);
	struct qpp_server *s = calloc(1, sizeof *s);
	if (!s)
		return qpp_fail(err, QPP_IO, "there is no memory for the server", (char *)NULL);
	set_defaults(s, o);
	enum qpp_code code = open_parts(s, err);
	if (code == QPP_OK)
		code = start(s, err);
	if (code != QPP_OK) {
		free_parts(s);
		return code;
	}
	*out = s;
	return QPP_OK;
}

bool qpp_server_close(struct qpp_server *s, unsigned seconds)
{
	int64_t until = qpp_steady_us() + (int64_t)seconds * QPP_MICROS_A_SECOND;
	atomic_store(&s->draining, true);
	MHD_socket listening = MHD_quiesce_daemon(s->daemon);
	bool left = true;
	/* What has begun is finished: requests being read, worked on, or answered. */
	while (left) {
		left = qpp_guard_sweep(&s->guard_host, &s->limits).busy || atomic_load(&s->exchanges);
		if (qpp_steady_us() >= until)
			break;
		if (left)
			(void)nanosleep(&(struct timespec){ 0, 10000000 }, NULL);
	}
	atomic_store(&s->swept, true);
	(void)pthread_join(s->sweeper, NULL);
	/* The workers finish before the library does: it must not end while a connection is in their hands. */
	qpp_pool_stop(s->pool);
	MHD_stop_daemon(s->daemon);
	if (listening != MHD_INVALID_SOCKET)
		(void)close(listening);
	free_parts(s);
	return !left;
}
