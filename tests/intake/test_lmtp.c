/* LMTP as mail servers speak it, and as others might: dots, ends of messages, limits, answers for each recipient. */
#include "unit.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "adapt/mail/lmtp.h"

enum { MOST = 100000 };

static struct {
	struct qpp_lmtp *server;
	char taken[MOST + 1];
	int messages;
	enum qpp_code answer;
} now;

static enum qpp_code take(void *host, struct qpp_str raw, qpp_time received, struct qpp_err *err)
{
	(void)host;
	(void)err;
	assert_true(received.us > 0 && raw.n <= MOST);
	memcpy(now.taken, raw.p, raw.n);
	now.taken[raw.n] = '\0';
	now.messages++;
	return now.answer;
}

static int open_it(const char *listen, const char *recipient, unsigned idle)
{
	struct qpp_err err;
	const struct qpp_lmtp_config c = { .listen = listen, .clock = qpp_clock_system(), .most = MOST, .recipient = recipient, .take = take,
		                               .idle_seconds = idle };
	memset(&now, 0, sizeof now);
	assert_int_equal(qpp_lmtp_open(&c, &now.server, &err), QPP_OK);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		                      .sin_port = htons((uint16_t)atoi(strchr(qpp_lmtp_address(now.server), ':') + 1)) };
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static void close_it(int fd)
{
	close(fd);
	qpp_lmtp_close(now.server);
}

static void put(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

/* What is answered until a text stands in it, or the other end closes, or two seconds. */
static const char *heard(int fd, const char *until)
{
	static char text[20000];
	size_t n = 0;
	struct pollfd p = { fd, POLLIN, 0 };
	text[0] = '\0';
	while (!strstr(text, until) && poll(&p, 1, 4000) > 0) {
		ssize_t got = recv(fd, text + n, sizeof text - n - 1, 0);
		if (got <= 0)
			break;
		n += (size_t)got;
		text[n] = '\0';
	}
	return text;
}

static void message__by_pipelining_comes_whole_with_an_answer_for_each_recipient(void **unused)
{
	(void)unused;
	int fd = open_it("0", NULL, 0);
	put(fd, "LHLO mx\r\nMAIL FROM:<a@b.example> SIZE=100\r\nRCPT TO:<x@q.example>\r\nRCPT TO:<y@q.example>\r\nDATA\r\n");
	put(fd, "Subject: s\r\n\r\n..dot\r\n.\n.\r\nstill\r\n");
	/* The end in pieces. */
	put(fd, ".");
	usleep(20000);
	put(fd, "\r");
	usleep(20000);
	put(fd, "\nQUIT\r\n");
	const char *said = heard(fd, "221 2.0.0");
	assert_non_null(strstr(said, "250-PIPELINING"));
	assert_non_null(strstr(said, "250 2.0.0 taken\r\n250 2.0.0 taken\r\n221"));
	assert_int_equal(now.messages, 1);
	/* A line feed alone ends no line: what looks like an end is of the message. */
	assert_string_equal(now.taken, "Return-Path: <a@b.example>\r\nSubject: s\r\n\r\n.dot\r\n\n.\r\nstill\r\n");
	close_it(fd);
}

static void message__that_cannot_be_kept_is_to_be_tried_again_or_not(void **unused)
{
	(void)unused;
	static const struct {
		enum qpp_code code;
		const char *answer;
	} cases[] = { { QPP_IO, "451 4.3.0" }, { QPP_FULL, "451 4.3.0" }, { QPP_BUG, "451 4.3.0" }, { QPP_LIMIT, "554 5.6.0" } };
	int fd = open_it("0", NULL, 0);
	put(fd, "LHLO mx\r\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		now.answer = cases[i].code;
		put(fd, "MAIL FROM:<>\r\nRCPT TO:<x@q.example>\r\nDATA\r\nhello\r\n.\r\n");
		assert_non_null(strstr(heard(fd, cases[i].answer), cases[i].answer));
	}
	assert_string_equal(now.taken, "Return-Path: <>\r\nhello\r\n");
	close_it(fd);
}

static void message__too_large_is_refused_before_and_behind(void **unused)
{
	(void)unused;
	char *line = calloc(1, 1002);
	memset(line, 'a', 1000);
	int fd = open_it("0", NULL, 0);
	put(fd, "LHLO mx\r\nMAIL FROM:<a@b.example> SIZE=100001\r\n");
	assert_non_null(strstr(heard(fd, "552"), "552 5.3.4"));
	put(fd, "MAIL FROM:<a@b.example>\r\nRCPT TO:<x@q.example>\r\nDATA\r\n");
	for (int i = 0; i < 120; i++) {
		put(fd, line);
		put(fd, "\r\n");
	}
	put(fd, ".\r\n");
	assert_non_null(strstr(heard(fd, "552"), "552 5.3.4"));
	assert_int_equal(now.messages, 0);
	/* And the next one is taken. */
	put(fd, "MAIL FROM:<a@b.example>\r\nRCPT TO:<x@q.example>\r\nDATA\r\nhi\r\n.\r\n");
	assert_non_null(strstr(heard(fd, "250 2.0.0 taken"), "250 2.0.0 taken"));
	free(line);
	close_it(fd);
}

static void commands__out_of_turn_or_broken_are_refused(void **unused)
{
	(void)unused;
	static const struct {
		const char *say, *answer;
	} cases[] = {
		{ "EHLO mx\r\n", "500 5.5.1" }, { "MAIL FROM:<a@b.example>\r\n", "503 5.5.1" }, { "LHLO mx\r\n", "250 SIZE" }, { "DATA\r\n", "503 5.5.1" },
		{ "RCPT TO:<x@q.example>\r\n", "503 5.5.1" }, { "MAIL FROM:a@b.example\r\n", "501 5.1.7" }, { "MAIL FROM:<a b>\r\n", "501 5.1.7" },
		{ "MAIL FROM:<a@b.example>\r\n", "250 2.1.0" }, { "RCPT TO:<other@q.example>\r\n", "550 5.1.1" }, { "DATA\r\n", "503 5.5.1" },
		{ "RCPT TO:<X@q.example>\r\n", "250 2.1.5" }, { "RSET\r\n", "250 2.0.0" }, { "DATA\r\n", "503 5.5.1" }, { "NOOP\n", "500 5.5.2" },
		{ "NOOP\r\n", "250 2.0.0" }, { "VRFY x\r\n", "252" },
	};
	int fd = open_it("0", "x@q.example", 0);
	(void)heard(fd, "220 ");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		put(fd, cases[i].say);
		if (!strstr(heard(fd, "\r\n"), cases[i].answer) && !strstr(heard(fd, cases[i].answer), cases[i].answer))
			fail_msg("%s is not answered with %s", cases[i].say, cases[i].answer);
	}
	for (int i = 0; i < 30; i++)
		(void)!send(fd, "HELP\r\n", 6, MSG_NOSIGNAL);
	assert_non_null(strstr(heard(fd, "421"), "421 4.7.0"));
	close_it(fd);
}

static void session__that_says_nothing_is_ended(void **unused)
{
	(void)unused;
	int fd = open_it("0", NULL, 1);
	assert_non_null(strstr(heard(fd, "421"), "421 4.4.2"));
	close_it(fd);
}

static void sessions__beyond_the_most_are_told_so(void **unused)
{
	(void)unused;
	int fds[40], told = 0, fd = open_it("0", NULL, 0);
	struct sockaddr_in to = { 0 };
	socklen_t n = sizeof to;
	getpeername(fd, (struct sockaddr *)&to, &n);
	for (int i = 0; i < 40; i++) {
		fds[i] = socket(AF_INET, SOCK_STREAM, 0);
		assert_int_equal(connect(fds[i], (struct sockaddr *)&to, sizeof to), 0);
	}
	for (int i = 0; i < 40; i++)
		told += strstr(heard(fds[i], "\r\n"), "421 4.3.2") != NULL;
	for (int i = 0; i < 40; i++)
		close(fds[i]);
	/* 32 at once, of which `fd` is one. */
	assert_int_equal(told, 9);
	close_it(fd);
}

static void socket__in_the_file_system_is_there_while_it_runs(void **unused)
{
	(void)unused;
	char path[] = "/tmp/qpp-lmtp-XXXXXX", at[64];
	struct qpp_err err;
	struct stat st;
	assert_non_null(mkdtemp(path));
	snprintf(at, sizeof at, "%s/lmtp", path);
	const struct qpp_lmtp_config c = { .listen = at, .clock = qpp_clock_system(), .most = MOST, .take = take };
	assert_int_equal(qpp_lmtp_open(&c, &now.server, &err), QPP_OK);
	assert_int_equal(stat(at, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	strcpy(to.sun_path, at);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	assert_non_null(strstr(heard(fd, "220 "), "220 "));
	close_it(fd);
	assert_int_not_equal(stat(at, &st), 0);
	rmdir(path);
	struct qpp_lmtp_config wrong = c;
	wrong.listen = "mx.example:24";
	assert_int_equal(qpp_lmtp_open(&wrong, &now.server, &err), QPP_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(message__by_pipelining_comes_whole_with_an_answer_for_each_recipient),
		cmocka_unit_test(message__that_cannot_be_kept_is_to_be_tried_again_or_not),
		cmocka_unit_test(message__too_large_is_refused_before_and_behind),
		cmocka_unit_test(commands__out_of_turn_or_broken_are_refused),
		cmocka_unit_test(session__that_says_nothing_is_ended),
		cmocka_unit_test(sessions__beyond_the_most_are_told_so),
		cmocka_unit_test(socket__in_the_file_system_is_there_while_it_runs),
	};
	return RUN_AS_TAP(tests);
}
