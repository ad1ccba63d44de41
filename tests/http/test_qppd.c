/*
 * The program itself, as a process: its options, its signals, thousands of idle
 * connections, and the shipped nginx configuration in front of it.
 *
 *   test_qppd QPPD NGINX_CONF
 */
#include "../unit/unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static struct qpp_arena arena = QPP_ARENA_INIT;
static const char *program, *nginx_conf;
static char dir[] = "/tmp/qpp-qppd-XXXXXX";

static const char *in_dir(const char *name)
{
	return qpp_str_cat(&arena, dir, "/", name, (char *)NULL).p;
}

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- processes ---- */

struct child {
	pid_t pid;
	int out;                     /* its standard output */
	unsigned port;
};

static pid_t spawn(char *const argv[], int out, int err, int passed)
{
	posix_spawn_file_actions_t fa;
	pid_t pid = 0;
	assert_int_equal(posix_spawn_file_actions_init(&fa), 0);
	if (out >= 0)
		(void)posix_spawn_file_actions_adddup2(&fa, out, STDOUT_FILENO);
	if (err >= 0)
		(void)posix_spawn_file_actions_adddup2(&fa, err, STDERR_FILENO);
	if (passed >= 0)
		(void)posix_spawn_file_actions_adddup2(&fa, passed, 3);
	assert_int_equal(posix_spawnp(&pid, argv[0], &fa, NULL, argv, environ), 0);
	(void)posix_spawn_file_actions_destroy(&fa);
	return pid;
}

static struct qpp_str read_all(int fd)
{
	struct qpp_buf b;
	char piece[4096];
	ssize_t n;
	qpp_buf_init(&b, &arena, 1 << 20);
	while ((n = read(fd, piece, sizeof piece)) > 0)
		qpp_buf_add(&b, piece, (size_t)n);
	return qpp_buf_done(&b);
}

/* Runs it to its end; what it printed on standard error. */
static struct qpp_str run(const char *a, const char *b, int *status)
{
	int err[2];
	char *argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)"--data", (char *)(uintptr_t)in_dir("other"),
		             (char *)(uintptr_t)a, (char *)(uintptr_t)b, NULL };
	assert_int_equal(pipe2(err, O_CLOEXEC), 0);
	pid_t pid = spawn(argv, err[1], err[1], -1);
	(void)close(err[1]);
	struct qpp_str text = read_all(err[0]);
	(void)close(err[0]);
	int got = 0;
	assert_int_equal(waitpid(pid, &got, 0), pid);
	*status = WIFEXITED(got) ? WEXITSTATUS(got) : -1;
	return text;
}

/* Starts it; the options are words ended by NULL. Its data are its own, unless an option says where they are. */
static struct child start_with(const char *const *options, int passed)
{
	const char *argv[32] = { program, "--port", "0", "--data", in_dir("run") };
	int out[2], n = 5;
	char line[256] = "";
	struct child c = { 0 };
	while (*options)
		argv[n++] = *options++;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	c.pid = spawn((char *const *)(uintptr_t)argv, out[1], -1, passed);
	(void)close(out[1]);
	c.out = out[0];
	size_t got = 0;
	while (got < sizeof line - 1 && !memchr(line, '\n', got)) {
		ssize_t k = read(c.out, line + got, sizeof line - 1 - got);
		if (k <= 0)
			fail_msg("%s ended: %s", program, line);
		got += (size_t)k;
	}
	const char *colon = strrchr(line, ':');
	uint64_t port = 0;
	assert_non_null(colon);
	assert_true(qpp_str_u64(qpp_str_trim(qpp_str_of(colon + 1)), 65535, &port));
	c.port = (unsigned)port;
	return c;
}

#define START(...) start_with((const char *const[]){ __VA_ARGS__, NULL }, -1)

/* The exit status after a signal; -1 when it did not end in ten seconds. */
static int end(struct child *c, int signal_number)
{
	int status = 0;
	(void)kill(c->pid, signal_number);
	for (int i = 0; i < 1000; i++) {
		pid_t got = waitpid(c->pid, &status, WNOHANG);
		if (got == c->pid) {
			(void)close(c->out);
			return WIFEXITED(status) ? WEXITSTATUS(status) : -2;
		}
		(void)usleep(10000);
	}
	(void)kill(c->pid, SIGKILL);
	(void)waitpid(c->pid, &status, 0);
	(void)close(c->out);
	return -1;
}

/* ---- the client ---- */

static int try_connect(unsigned port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof at) != 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static struct qpp_str read_for(int fd, int millis)
{
	struct qpp_buf b;
	char piece[4096];
	ssize_t n;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	qpp_buf_init(&b, &arena, 1 << 20);
	while (poll(&p, 1, millis) > 0 && (n = read(fd, piece, sizeof piece)) > 0)
		qpp_buf_add(&b, piece, (size_t)n);
	return qpp_buf_done(&b);
}

static void write_to(int fd, const char *text)
{
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static struct qpp_str ask(unsigned port, const char *head)
{
	int fd = try_connect(port);
	assert_true(fd >= 0);
	write_to(fd, head);
	write_to(fd, "Host: test\r\nConnection: close\r\n\r\n");
	struct qpp_str answer = read_for(fd, 15000);
	(void)close(fd);
	return answer;
}

static bool has(struct qpp_str text, const char *part)
{
	return text.p && memmem(text.p, text.n, part, strlen(part)) != NULL;
}

static bool is(struct qpp_str answer, int status)
{
	struct qpp_str line = qpp_str_cat(&arena, "HTTP/1.1 ", qpp_i64_text(&arena, status).p, " ", (char *)NULL);
	return qpp_str_starts(answer, line.p);
}

/* ---- options ---- */

static void option__that_is_wrong_is_named(void **unused)
{
	(void)unused;
	int status;
	assert_true(has(run("--prot", "1", &status), "did you mean --port?"));
	assert_int_equal(status, 2);
	assert_true(has(run("--port", "70000", &status), "--port 70000"));
	assert_int_equal(status, 2);
	assert_true(has(run("--rate", "25", &status), "25/40"));
	assert_int_equal(status, 2);
	assert_true(has(run("--bind", "nowhere", &status), "nowhere"));
	assert_int_equal(status, 2);
	assert_true(has(run("--port", NULL, &status), "needs a value"));
	assert_int_equal(status, 2);
	(void)run("--static", "/nonexistent", &status);
	assert_int_equal(status, 4);
}

static void option__help_and_manual_name_every_option(void **unused)
{
	(void)unused;
	int status;
	struct qpp_str help = run("--help", NULL, &status);
	assert_int_equal(status, 0);
	struct qpp_str manual = run("--manual", NULL, &status);
	assert_int_equal(status, 0);
	static const char *const names[] = { "--port", "--bind", "--data", "--static", "--log", "--rate", "--trust-proxy", "--drain" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_true(has(help, names[i]));
		assert_true(has(manual, names[i] + 2));
	}
	assert_true(has(run("--show-matrix", NULL, &status), "| practiceOfficial |"));
	assert_int_equal(status, 0);
}

/* ---- running ---- */

static void run__answers_and_ends_as_asked(void **unused)
{
	(void)unused;
	struct child c = START("--data", in_dir("data"));
	assert_true(is(ask(c.port, "GET /healthz HTTP/1.1\r\n"), 200));
	int idle = try_connect(c.port);
	write_to(idle, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
	assert_true(is(read_for(idle, 300), 200));
	int64_t began = now_ms();
	assert_int_equal(end(&c, SIGTERM), 0);
	assert_true(now_ms() - began < 3000);
	assert_true(try_connect(c.port) < 0);
	(void)close(idle);
	struct stat st;
	assert_int_equal(stat(in_dir("data/forms.key"), &st), 0);
	assert_int_equal(st.st_size, 32);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* Once more, with what is there. */
	c = START("--data", in_dir("data"));
	assert_int_equal(end(&c, SIGINT), 0);
}

static void run__gives_up_what_takes_too_long(void **unused)
{
	(void)unused;
	struct child c = START("--drain", "1");
	int half = try_connect(c.port);
	write_to(half, "GET /healthz HT");
	(void)usleep(100000);
	int64_t began = now_ms();
	assert_int_equal(end(&c, SIGTERM), 4);
	assert_in_range(now_ms() - began, 900, 4000);
	(void)close(half);
}

static void run__says_that_the_port_is_taken(void **unused)
{
	(void)unused;
	struct child c = START("--drain", "1");
	int status;
	struct qpp_str text = run("--port", qpp_i64_text(&arena, c.port).p, &status);
	assert_int_equal(status, 2);
	assert_true(has(text, "another program listens there"));
	assert_int_equal(end(&c, SIGTERM), 0);
}

static void run__opens_its_log_anew(void **unused)
{
	(void)unused;
	struct child c = START("--log", in_dir("log"));
	(void)ask(c.port, "GET /first HTTP/1.1\r\n");
	assert_int_equal(rename(in_dir("log"), in_dir("log.1")), 0);
	(void)kill(c.pid, SIGHUP);
	(void)usleep(200000);
	(void)ask(c.port, "GET /second HTTP/1.1\r\n");
	assert_int_equal(end(&c, SIGTERM), 0);
	int fd = open(in_dir("log"), O_RDONLY);
	struct qpp_str text = read_all(fd);
	(void)close(fd);
	assert_true(has(text, "/second"));
	assert_false(has(text, "/first"));
}

static void run__takes_a_socket_that_is_passed(void **unused)
{
	(void)unused;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof at;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(fd, 100), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	/* The shell knows its own number, which exec keeps. */
	char *argv[] = { "sh", "-c", "LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" --port 1 --data \"$1\"",
		             (char *)(uintptr_t)program, (char *)(uintptr_t)in_dir("passed"), NULL };
	int out[2];
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	struct child c = { .port = ntohs(at.sin_port), .out = out[0] };
	c.pid = spawn(argv, out[1], -1, fd);
	(void)close(out[1]);
	assert_true(is(ask(c.port, "GET /healthz HTTP/1.1\r\n"), 200));
	assert_int_equal(end(&c, SIGTERM), 0);
	(void)close(fd);
}

static void rate__is_kept_by_address(void **unused)
{
	(void)unused;
	struct child c = START("--rate", "5/5");
	int good = 0, refused = 0;
	struct qpp_str answer = QPP_LIT("");
	for (int i = 0; i < 60; i++) {
		answer = ask(c.port, "GET /api/openapi.json HTTP/1.1\r\n");
		good += is(answer, 200);
		refused += is(answer, 429);
	}
	assert_int_equal(good + refused, 60);
	assert_in_range(good, 25, 40);
	assert_true(has(answer, "Retry-After: "));
	assert_true(has(answer, "TooManyRequests"));
	assert_true(is(ask(c.port, "GET /healthz HTTP/1.1\r\n"), 200));
	assert_int_equal(end(&c, SIGTERM), 0);
	c = START("--rate", "off");
	for (int i = 0; i < 300; i++)
		assert_true(is(ask(c.port, "GET /api/openapi.json HTTP/1.1\r\n"), 200));
	assert_int_equal(end(&c, SIGTERM), 0);
}

/* ---- a crowd ---- */

enum { CROWD = 4000, MORE = 700, ACTIVE = 500, MEMORY_KB = 256 << 10 };

static long memory_kb(pid_t pid)
{
	char path[64], line[256];
	long kb = 0;
	(void)snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f))
		if (sscanf(line, "VmHWM: %ld", &kb) == 1)
			break;
	(void)fclose(f);
	return kb;
}

/* The longest of some requests, one after the other on one connection each, in milliseconds. */
static int64_t slowest_of(unsigned port, int n)
{
	int64_t worst = 0;
	for (int i = 0; i < n; i++) {
		int64_t began = now_ms();
		assert_true(is(ask(port, "GET /healthz HTTP/1.1\r\n"), 200));
		if (now_ms() - began > worst)
			worst = now_ms() - began;
	}
	return worst;
}

static void crowd__of_idle_connections_is_held(void **unused)
{
	(void)unused;
	static int fds[CROWD + MORE];
	struct child c = START("--rate", "off");
	for (int i = 0; i < CROWD; i++) {
		fds[i] = try_connect(c.port);
		assert_true(fds[i] >= 0);
		/* Every fourth has asked something, every fourth has begun to. */
		if (i % 4 == 0)
			write_to(fds[i], "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
		else if (i % 4 == 1)
			write_to(fds[i], "GET /healthz HTTP/1.1\r\nHost: a\r\nX-Padding: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n");
	}
	assert_true(slowest_of(c.port, ACTIVE) < 1500);
	/* More than it holds: the idle make room. */
	for (int i = CROWD; i < CROWD + MORE; i++)
		fds[i] = try_connect(c.port);
	assert_true(slowest_of(c.port, 20) < 15000);
	assert_true(slowest_of(c.port, ACTIVE) < 1500);
	long kb = memory_kb(c.pid);
	print_message("# %d connections, %ld MB at most\n", CROWD + MORE, kb >> 10);
	/* A sanitizer has memory of its own. */
#if !defined(__SANITIZE_ADDRESS__)
	assert_true(kb < MEMORY_KB);
#endif
	for (int i = 0; i < CROWD + MORE; i++)
		(void)close(fds[i]);
	assert_int_equal(end(&c, SIGTERM), 0);
}

/* ---- nginx in front ---- */

static unsigned free_port(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof at;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	(void)close(fd);
	return ntohs(at.sin_port);
}

/* The shipped file with another port, without TLS and with short times; false when a line to change is not in it. */
static bool adapt_conf(const char *to, unsigned port, unsigned upstream)
{
	const struct {
		const char *from;
		char text[120];
	} changes[] = {
		{ "listen 443 ssl http2;", "" }, { "server 127.0.0.1:8080;", "" }, { "ssl_certificate ", "#" }, { "ssl_certificate_key ", "#" },
		{ "ssl_protocols ", "#" }, { "client_header_timeout 10s;", "client_header_timeout 1s;" },
		{ "client_body_timeout 10s;", "client_body_timeout 1s;" },
	};
	char line[1000], listening[64], server[64];
	bool found[sizeof changes / sizeof *changes] = { false };
	(void)snprintf(listening, sizeof listening, "listen 127.0.0.1:%u;", port);
	(void)snprintf(server, sizeof server, "server 127.0.0.1:%u;", upstream);
	FILE *in = fopen(nginx_conf, "r"), *out = fopen(to, "w");
	assert_non_null(in);
	assert_non_null(out);
	fprintf(out, "daemon off; worker_processes 1; pid %s; error_log %s;\nevents { worker_connections 512; }\nhttp {\n", in_dir("nginx.pid"),
	        in_dir("nginx.log"));
	static const char *const temporary[] = { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" };
	for (size_t i = 0; i < sizeof temporary / sizeof *temporary; i++)
		fprintf(out, "%s_temp_path %s;\n", temporary[i], in_dir(temporary[i]));
	while (fgets(line, sizeof line, in)) {
		const char *text = line;
		for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
			if (strstr(line, changes[i].from) && !strchr(line, '#')) {
				found[i] = true;
				text = i == 0 ? listening : i == 1 ? server : changes[i].text;
			}
		fprintf(out, "%s\n", text);
	}
	fprintf(out, "}\n");
	(void)fclose(in);
	assert_int_equal(fclose(out), 0);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (!found[i])
			return false;
	return true;
}

/* The other side ends a connection that sends too slowly, within `millis`. */
static bool is_cut(unsigned port, const char *first, int millis)
{
	int fd = try_connect(port);
	int64_t began = now_ms();
	write_to(fd, first);
	bool cut = false;
	while (!cut && now_ms() - began < millis) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		char piece[1000];
		if (poll(&p, 1, 1500) > 0) {
			ssize_t n = read(fd, piece, sizeof piece);
			cut = n <= 0 || is((struct qpp_str){ piece, (size_t)n }, 408);
			break;
		}
		write_to(fd, "a");
	}
	(void)close(fd);
	return cut;
}

static void nginx__in_front_guards_and_passes_on(void **unused)
{
	(void)unused;
	struct child c = START("--trust-proxy", "--https", "--log", in_dir("proxied.log"));
	unsigned port = free_port();
	const char *conf = in_dir("nginx.conf");
	assert_true(adapt_conf(conf, port, c.port));
	char *argv[] = { "nginx", "-p", dir, "-c", (char *)(uintptr_t)conf, NULL };
	pid_t nginx = spawn(argv, -1, -1, -1);
	int fd = -1;
	for (int i = 0; i < 500 && (fd = try_connect(port)) < 0; i++)
		(void)usleep(10000);
	assert_true(fd >= 0);
	/* Keep-alive: three on one connection. */
	for (int i = 0; i < 3; i++) {
		write_to(fd, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
		assert_true(is(read_for(fd, 500), 200));
	}
	(void)close(fd);
	struct qpp_str answer = ask(port, "GET /healthz HTTP/1.1\r\nX-Real-IP: 192.0.2.9\r\n");
	assert_true(has(answer, "Strict-Transport-Security"));
	assert_true(is(ask(port, "GET /metrics HTTP/1.1\r\n"), 404));
	assert_true(is(ask(port, "GET /readyz HTTP/1.1\r\n"), 404));
	assert_true(is(ask(port, "POST /healthz HTTP/1.1\r\nContent-Length: 20000000\r\n"), 413));
	assert_true(is_cut(port, "GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", 5000));
	assert_true(is_cut(port, "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", 5000));
	(void)kill(nginx, SIGTERM);
	assert_int_equal(waitpid(nginx, NULL, 0), nginx);
	assert_int_equal(end(&c, SIGTERM), 0);
	int log = open(in_dir("proxied.log"), O_RDONLY);
	struct qpp_str text = read_all(log);
	(void)close(log);
	/* The address is nginx's own word, not the client's. */
	assert_true(has(text, "\"peer\":\"127.0.0.1\""));
	assert_false(has(text, "192.0.2.9"));
}

/* As many descriptors as a crowd needs, where the system allows it. */
static bool raise_files(void)
{
	struct rlimit files = { 0 };
	(void)getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max < 2 * (CROWD + MORE) ? files.rlim_max : 2 * (CROWD + MORE);
	(void)setrlimit(RLIMIT_NOFILE, &files);
	return files.rlim_cur >= CROWD + MORE + 200;
}

static int make_dir(void **unused)
{
	(void)unused;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **unused)
{
	(void)unused;
	char *argv[] = { "rm", "-rf", dir, NULL };
	pid_t pid = spawn(argv, -1, -1, -1);
	(void)waitpid(pid, NULL, 0);
	qpp_arena_close(&arena);
	return 0;
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[] = {
		cmocka_unit_test(option__that_is_wrong_is_named),
		cmocka_unit_test(option__help_and_manual_name_every_option),
		cmocka_unit_test(run__answers_and_ends_as_asked),
		cmocka_unit_test(run__gives_up_what_takes_too_long),
		cmocka_unit_test(run__says_that_the_port_is_taken),
		cmocka_unit_test(run__opens_its_log_anew),
		cmocka_unit_test(run__takes_a_socket_that_is_passed),
		cmocka_unit_test(rate__is_kept_by_address),
		cmocka_unit_test(crowd__of_idle_connections_is_held),
		cmocka_unit_test(nginx__in_front_guards_and_passes_on),
	};
	if (argc != 3)
		return 2;
	program = argv[1];
	nginx_conf = argv[2];
	SKIP_UNLESS(tests, crowd__of_idle_connections_is_held, raise_files(), "too few descriptors are allowed");
	SKIP_UNLESS(tests, nginx__in_front_guards_and_passes_on, system("command -v nginx >/dev/null 2>&1") == 0, "nginx is not installed");
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
