/*
 * qppd: puts the service together: options, keys, pages, server; then waits for
 * signals. The only thread that sees signals is this one.
 */
#include "cmd/service.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/terminal.h"

/* ---- keys ---- */

static enum qpp_code io_error(struct qpp_err *err, const char *what, const char *path)
{
	(void)qpp_fail(err, QPP_IO, what, path, (char *)NULL);
	qpp_err_detail(err, strerror(errno), (char *)NULL);
	return QPP_IO;
}

/*
 * The key of form tokens is kept with the data, so that a form that was open while the service was restarted still
 * counts. Made once; readable by the service alone.
 */
static enum qpp_code load_key(const char *dir, unsigned char key[QPP_CSRF_KEY_BYTES], struct qpp_err *err)
{
	char path[4096];
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return io_error(err, "the folder of data cannot be made: ", dir);
	if (snprintf(path, sizeof path, "%s/forms.key", dir) >= (int)sizeof path)
		return qpp_fail(err, QPP_USAGE, "the name of the folder of data is too long", (char *)NULL);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		randombytes_buf(key, QPP_CSRF_KEY_BYTES);
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 || write(fd, key, QPP_CSRF_KEY_BYTES) != QPP_CSRF_KEY_BYTES || fsync(fd) != 0 || close(fd) != 0)
			return io_error(err, "a key cannot be kept: ", path);
		return QPP_OK;
	}
	if (fd < 0)
		return io_error(err, "a key cannot be read: ", path);
	ssize_t n = read(fd, key, QPP_CSRF_KEY_BYTES);
	(void)close(fd);
	if (n != QPP_CSRF_KEY_BYTES)
		return qpp_fail(err, QPP_DATA, "a key is broken: ", path, (char *)NULL);
	return QPP_OK;
}

/* ---- the socket of a service manager ---- */

static int passed_socket(void)
{
	enum { FIRST_PASSED = 3 };
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	uint64_t p, n;
	if (!pid || !count || !qpp_str_u64(qpp_str_of(pid), INT32_MAX, &p) || !qpp_str_u64(qpp_str_of(count), 1000, &n))
		return -1;
	return (pid_t)p == getpid() && n >= 1 ? FIRST_PASSED : -1;
}

/* ---- running ---- */

static void block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static int wait_and_close(struct qpp_server *server, const sigset_t *set, unsigned drain)
{
	int got = 0;
	while (sigwait(set, &got) == 0 && got == SIGHUP)
		qpp_server_reopen_log(server);
	/* The next one ends the process as it does by itself. */
	sigset_t both;
	sigemptyset(&both);
	sigaddset(&both, SIGTERM);
	sigaddset(&both, SIGINT);
	(void)sigprocmask(SIG_UNBLOCK, &both, NULL);
	if (qpp_server_close(server, drain))
		return 0;
	fputs("qppd: requests were under way for too long and were given up\n", stderr);
	return qpp_code_exit(QPP_IO);
}

static enum qpp_code show(const struct qppd_options *o, struct qpp_err *err)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	const struct qpp_router *x;
	const struct qpp_page_table *tables[QPP_RUNNING_TABLES];
	enum qpp_code code = qpp_router_make(&a, tables, qpp_running_tables(NULL, tables), &x, err);
	if (code == QPP_OK) {
		struct qpp_str text = o->what == QPPD_SHOW_MATRIX ? qpp_permission_matrix(&a, x)
		                                                  : qpp_openapi(&a, x, QPP_LIT("OpenQPP"), QPP_LIT(QPP_VERSION));
		(void)fwrite(text.p, 1, text.n, stdout);
		if (fflush(stdout) != 0)
			code = qpp_fail(err, QPP_IO, "standard output cannot be written", (char *)NULL);
	}
	qpp_arena_close(&a);
	return code;
}

static enum qpp_code serve(const struct qppd_options *o, int *status, struct qpp_err *err)
{
	unsigned char key[QPP_CSRF_KEY_BYTES];
	const struct qpp_page_table *tables[QPP_RUNNING_TABLES];
	struct qpp_running *running = NULL;
	struct qpp_server *server;
	sigset_t set;
	enum qpp_code code = load_key(o->data, key, err);
	block_signals(&set);
	if (code == QPP_OK)
		code = qpp_running_open(o, &running, err);
	if (code == QPP_OK && o->operator_name) {
		code = qpp_running_operator(running, o->operator_name, err);
		qpp_running_close(running);
		return code;
	}
	if (code != QPP_OK)
		return code;
	size_t n = qpp_running_tables(running, tables);
	const struct qpp_server_options options = {
		.clock = qpp_running_clock(running), .tables = tables, .n_tables = n, .host = running, .hooks = qpp_running_hooks(),
		.bind = o->bind, .port = o->port, .socket = passed_socket(), .static_dir = o->static_dir, .log = o->log,
		.rate = o->rate, .trust_proxy = o->trust_proxy, .https = o->https, .threads = o->threads, .workers = o->workers,
		.connections = o->connections, .csrf_key = key, .version = QPP_VERSION,
	};
	code = qpp_server_open(&options, &server, err);
	if (code == QPP_OK) {
		printf("qppd listens on %s\n", qpp_server_address(server));
		(void)fflush(stdout);
		*status = wait_and_close(server, &set, o->drain);
	}
	qpp_running_close(running);
	return code;
}

int main(int argc, char **argv)
{
	enum { ARENAS = 4 };
	struct qppd_options o;
	struct qpp_err err = { 0 };
	int status = 0;
	/* An arena of the C library for each of many threads would hold memory that none of them uses. */
	(void)mallopt(M_ARENA_MAX, ARENAS);
	if (sodium_init() < 0)
		return qpp_code_exit(QPP_IO);
	enum qpp_code code = qppd_options(argc, argv, &o, &err);
	if (code == QPP_OK && o.what == QPPD_RUN)
		code = serve(&o, &status, &err);
	else if (code == QPP_OK && o.what != QPPD_DONE)
		code = show(&o, &err);
	if (code == QPP_OK)
		return status;
	qpp_print_error("qppd", &err);
	return qpp_code_exit(code);
}
