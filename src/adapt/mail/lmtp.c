/* The LMTP server; lmtp.h is the manual. */
#include "adapt/mail/lmtp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "qpp/buf.h"

enum { SESSIONS = 32, LINE = 1024, OUT = 16384, RECIPIENTS = 100, MOST_ERRORS = 20, MOST_SECONDS = 600, IDLE = 120, FIRST_DATA = 1 << 16,
       MOST_PORT = 65535, PATH_MODE = 0660, TICK_MS = 1000, PIECE = 1 << 16 };

enum where { GREETED, READY, SENDER, RECIPIENT, DATA };
/* How far an end of the message has come: the beginning of a line, a dot there, CR behind it. */
enum mark { IN_LINE, AFTER_CR, AT_LINE, AFTER_DOT, AFTER_DOT_CR };

struct session {
	int fd;
	enum where where;
	enum mark mark;
	char line[LINE];
	size_t n_line;
	bool line_long;
	char out[OUT];
	size_t n_out;
	char *data;
	size_t n_data, cap;
	bool too_large, quits;
	unsigned recipients, errors;
	int64_t began, heard;            /* microseconds */
};

struct qpp_lmtp {
	struct qpp_lmtp_config c;
	int fd, wake[2];
	char address[sizeof(((struct sockaddr_un *)0)->sun_path) + 16];
	bool is_path;
	pthread_t thread;
	struct session *sessions[SESSIONS];
};

/* --- what is said --- */

static void say(struct session *s, const char *first, ...)
{
	va_list ap;
	va_start(ap, first);
	for (const char *p = first; p; p = va_arg(ap, const char *)) {
		size_t n = strlen(p);
		if (n > OUT - s->n_out) {
			s->quits = true;
			break;
		}
		memcpy(s->out + s->n_out, p, n);
		s->n_out += n;
	}
	va_end(ap);
}

static void wrong(struct session *s, const char *text)
{
	say(s, text, (char *)NULL);
	if (++s->errors > MOST_ERRORS) {
		say(s, "421 4.7.0 too many errors\r\n", (char *)NULL);
		s->quits = true;
	}
}

static void reset(struct session *s)
{
	free(s->data);
	s->data = NULL;
	s->n_data = s->cap = 0;
	s->too_large = false;
	s->recipients = 0;
	if (s->where > READY)
		s->where = READY;
}

/* --- the message --- */

static void add(struct qpp_lmtp *l, struct session *s, const char *p, size_t n)
{
	if (s->too_large || n > l->c.most - s->n_data) {
		s->too_large = true;
		return;
	}
	if (s->n_data + n > s->cap) {
		size_t cap = s->cap ? s->cap * 2 : FIRST_DATA;
		while (cap < s->n_data + n)
			cap *= 2;
		char *more = realloc(s->data, cap);
		if (!more) {
			s->too_large = true;
			return;
		}
		s->data = more;
		s->cap = cap;
	}
	memcpy(s->data + s->n_data, p, n);
	s->n_data += n;
}

static void finish(struct qpp_lmtp *l, struct session *s)
{
	struct qpp_err err = { 0 };
	enum qpp_code code = QPP_LIMIT;
	unsigned n = s->recipients;
	if (!s->too_large)
		code = l->c.take(l->c.host, (struct qpp_str){ s->data, s->n_data }, qpp_now(l->c.clock), &err);
	/* An answer for each recipient, in their order. */
	for (unsigned i = 0; i < n; i++)
		say(s, s->too_large ? "552 5.3.4 the message is too large\r\n"
		       : code == QPP_OK ? "250 2.0.0 taken\r\n"
		       : code == QPP_LIMIT || code == QPP_DATA ? "554 5.6.0 the message cannot be taken\r\n"
		                                               : "451 4.3.0 it cannot be kept now, try again later\r\n", (char *)NULL);
	reset(s);
}

/* Bytes of the message, without the dots that were put in; how many were used. The end is CR LF dot CR LF. */
static size_t take_data(struct qpp_lmtp *l, struct session *s, const char *p, size_t n)
{
	size_t i = 0, from = 0;
	for (; i < n; i++) {
		char c = p[i];
		switch (s->mark) {
		case AT_LINE:
			s->mark = c == '.' ? AFTER_DOT : c == '\r' ? AFTER_CR : IN_LINE;
			if (c == '.') {
				/* The dot at the beginning of a line is not of the message. */
				add(l, s, p + from, i - from);
				from = i + 1;
			}
			break;
		case AFTER_DOT:
			s->mark = c == '\r' ? AFTER_DOT_CR : IN_LINE;
			if (c == '\r') {
				add(l, s, p + from, i - from);
				from = i + 1;
			}
			break;
		case AFTER_DOT_CR:
			if (c == '\n') {
				s->where = READY;
				finish(l, s);
				return i + 1;
			}
			add(l, s, "\r", 1);
			from = i;
			s->mark = c == '\r' ? AFTER_CR : IN_LINE;
			break;
		case AFTER_CR:
			s->mark = c == '\n' ? AT_LINE : c == '\r' ? AFTER_CR : IN_LINE;
			break;
		case IN_LINE:
			s->mark = c == '\r' ? AFTER_CR : IN_LINE;
			break;
		}
	}
	add(l, s, p + from, n - from);
	return n;
}

/* --- commands --- */

static bool is(const char *line, const char *word)
{
	size_t n = strlen(word);
	return strncasecmp(line, word, n) == 0 && (line[n] == '\0' || line[n] == ' ');
}

/* The address between angle brackets behind "FROM:" or "TO:"; false when there is none. */
static bool path_of(const char *line, const char *word, char *out, size_t most)
{
	const char *p = strcasestr(line, word), *end;
	if (!p)
		return false;
	p += strlen(word);
	while (*p == ' ')
		p++;
	end = *p == '<' ? strchr(p, '>') : NULL;
	if (!end || (size_t)(end - p) > most)
		return false;
	memcpy(out, p + 1, (size_t)(end - p) - 1);
	out[end - p - 1] = '\0';
	for (const char *c = out; *c; c++)
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7f)
			return false;
	return true;
}

static void mail_from(struct qpp_lmtp *l, struct session *s, const char *line)
{
	enum { PATH = 320 };
	char path[PATH];
	const char *size = strcasestr(line, " SIZE=");
	if (s->where != READY) {
		wrong(s, "503 5.5.1 not now\r\n");
		return;
	}
	if (!path_of(line, "FROM:", path, sizeof path)) {
		wrong(s, "501 5.1.7 that is no sender\r\n");
		return;
	}
	if (size && strtoull(size + strlen(" SIZE="), NULL, 10) > l->c.most) {
		say(s, "552 5.3.4 the message is too large\r\n", (char *)NULL);
		return;
	}
	reset(s);
	add(l, s, "Return-Path: <", strlen("Return-Path: <"));
	add(l, s, path, strlen(path));
	add(l, s, ">\r\n", strlen(">\r\n"));
	s->where = SENDER;
	say(s, "250 2.1.0 sender taken\r\n", (char *)NULL);
}

static void rcpt_to(struct qpp_lmtp *l, struct session *s, const char *line)
{
	enum { PATH = 320 };
	char path[PATH];
	if (s->where != SENDER && s->where != RECIPIENT)
		wrong(s, "503 5.5.1 not now\r\n");
	else if (!path_of(line, "TO:", path, sizeof path) || !*path)
		wrong(s, "501 5.1.3 that is no recipient\r\n");
	else if (l->c.recipient && strcasecmp(path, l->c.recipient) != 0)
		wrong(s, "550 5.1.1 there is no such address here\r\n");
	else if (s->recipients >= RECIPIENTS)
		say(s, "452 4.5.3 too many recipients\r\n", (char *)NULL);
	else {
		s->recipients++;
		s->where = RECIPIENT;
		say(s, "250 2.1.5 recipient taken\r\n", (char *)NULL);
	}
}

static void command(struct qpp_lmtp *l, struct session *s, const char *line)
{
	char size[24];
	if (is(line, "LHLO")) {
		reset(s);
		s->where = READY;
		snprintf(size, sizeof size, "%zu", l->c.most);
		say(s, "250-localhost\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 SIZE ", size, "\r\n", (char *)NULL);
	} else if (is(line, "MAIL")) {
		mail_from(l, s, line);
	} else if (is(line, "RCPT")) {
		rcpt_to(l, s, line);
	} else if (is(line, "DATA")) {
		if (s->where != RECIPIENT) {
			wrong(s, "503 5.5.1 no recipient was taken\r\n");
			return;
		}
		s->where = DATA;
		s->mark = AT_LINE;
		say(s, "354 end with a line that is a dot\r\n", (char *)NULL);
	} else if (is(line, "RSET")) {
		reset(s);
		say(s, "250 2.0.0 forgotten\r\n", (char *)NULL);
	} else if (is(line, "NOOP")) {
		say(s, "250 2.0.0 well\r\n", (char *)NULL);
	} else if (is(line, "VRFY")) {
		say(s, "252 2.5.0 send, and see\r\n", (char *)NULL);
	} else if (is(line, "QUIT")) {
		say(s, "221 2.0.0 good bye\r\n", (char *)NULL);
		s->quits = true;
	} else {
		wrong(s, "500 5.5.1 this is LMTP; there is no such command\r\n");
	}
}

static void take_byte(struct qpp_lmtp *l, struct session *s, char c)
{
	if (c != '\n') {
		if (s->n_line < sizeof s->line - 1)
			s->line[s->n_line++] = c ? c : ' ';
		else
			s->line_long = true;
		return;
	}
	bool ended = s->n_line > 0 && s->line[s->n_line - 1] == '\r';
	s->line[ended ? s->n_line - 1 : 0] = '\0';
	if (s->line_long || !ended)
		wrong(s, "500 5.5.2 a line ends in CR LF and has at most 1000 bytes\r\n");
	else
		command(l, s, s->line);
	s->n_line = 0;
	s->line_long = false;
}

static void take_bytes(struct qpp_lmtp *l, struct session *s, const char *p, size_t n)
{
	for (size_t i = 0; i < n && !s->quits;)
		if (s->where == DATA)
			i += take_data(l, s, p + i, n - i);
		else
			take_byte(l, s, p[i++]);
}

/* --- the loop --- */

static void end(struct session **s)
{
	reset(*s);
	(void)close((*s)->fd);
	free(*s);
	*s = NULL;
}

static void take_session(struct qpp_lmtp *l)
{
	static const char full[] = "421 4.3.2 too many sessions\r\n";
	int fd = accept4(l->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	size_t i = 0;
	if (fd < 0)
		return;
	while (i < SESSIONS && l->sessions[i])
		i++;
	struct session *s = i < SESSIONS ? calloc(1, sizeof *s) : NULL;
	if (!s) {
		(void)!send(fd, full, sizeof full - 1, MSG_NOSIGNAL);
		(void)close(fd);
		return;
	}
	s->fd = fd;
	s->began = s->heard = qpp_now(l->c.clock).us;
	say(s, "220 localhost OpenQPP LMTP\r\n", (char *)NULL);
	l->sessions[i] = s;
}

/* Sends what there is to say; false when the session is over. */
static bool speak(struct session *s)
{
	while (s->n_out) {
		ssize_t n = send(s->fd, s->out, s->n_out, MSG_NOSIGNAL);
		if (n < 0)
			return (errno == EAGAIN || errno == EINTR) && !s->quits;
		memmove(s->out, s->out + n, s->n_out - (size_t)n);
		s->n_out -= (size_t)n;
	}
	return !s->quits;
}

static bool hear(struct qpp_lmtp *l, struct session *s)
{
	char piece[PIECE];
	ssize_t n = recv(s->fd, piece, sizeof piece, 0);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		return false;
	if (n > 0) {
		s->heard = qpp_now(l->c.clock).us;
		take_bytes(l, s, piece, (size_t)n);
	}
	return speak(s);
}

static bool in_time(const struct qpp_lmtp *l, struct session *s)
{
	int64_t now = qpp_now(l->c.clock).us, idle = (int64_t)(l->c.idle_seconds ? l->c.idle_seconds : IDLE) * QPP_MICROS_A_SECOND;
	if (now - s->heard < idle && now - s->began < (int64_t)MOST_SECONDS * QPP_MICROS_A_SECOND)
		return true;
	say(s, "421 4.4.2 it took too long\r\n", (char *)NULL);
	(void)speak(s);
	return false;
}

static void *loop(void *self)
{
	struct qpp_lmtp *l = self;
	for (;;) {
		struct pollfd polls[SESSIONS + 2] = { { l->wake[0], POLLIN, 0 }, { l->fd, POLLIN, 0 } };
		for (int i = 0; i < SESSIONS; i++)
			polls[i + 2] = (struct pollfd){ l->sessions[i] ? l->sessions[i]->fd : -1,
				                            (short)(l->sessions[i] && l->sessions[i]->n_out ? POLLOUT : POLLIN), 0 };
		if (poll(polls, SESSIONS + 2, TICK_MS) < 0 && errno != EINTR)
			break;
		if (polls[0].revents)
			break;
		for (int i = 0; i < SESSIONS; i++) {
			struct session *s = l->sessions[i];
			bool goes_on = true;
			if (s && polls[i + 2].revents && polls[i + 2].fd == s->fd)
				goes_on = s->n_out ? speak(s) : hear(l, s);
			if (s && (!goes_on || !in_time(l, s)))
				end(&l->sessions[i]);
		}
		if (polls[1].revents)
			take_session(l);
	}
	for (int i = 0; i < SESSIONS; i++)
		if (l->sessions[i]) {
			say(l->sessions[i], "421 4.3.2 the service stops\r\n", (char *)NULL);
			(void)speak(l->sessions[i]);
			end(&l->sessions[i]);
		}
	return NULL;
}

/* --- opening --- */

static int open_path(struct qpp_lmtp *l)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	memcpy(at.sun_path, l->c.listen, strlen(l->c.listen));
	(void)unlink(l->c.listen);
	if (fd >= 0 && (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || chmod(l->c.listen, PATH_MODE) != 0)) {
		(void)close(fd);
		return -1;
	}
	snprintf(l->address, sizeof l->address, "%s", l->c.listen);
	return fd;
}

static int open_port(struct qpp_lmtp *l, unsigned port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || getsockname(fd, (struct sockaddr *)&at, &n) != 0) {
		(void)close(fd);
		return -1;
	}
	snprintf(l->address, sizeof l->address, "127.0.0.1:%u", ntohs(at.sin_port));
	return fd;
}

enum qpp_code qpp_lmtp_open(const struct qpp_lmtp_config *c, struct qpp_lmtp **out, struct qpp_err *err)
{
	uint64_t port = 0;
	bool is_path = strchr(c->listen, '/') != NULL;
	*out = NULL;
	if (is_path ? strlen(c->listen) >= sizeof((struct sockaddr_un *)0)->sun_path : !qpp_str_u64(qpp_str_of(c->listen), MOST_PORT, &port))
		return qpp_fail(err, QPP_USAGE, "LMTP is listened to on a port or the path of a socket, not on ", c->listen, (char *)NULL);
	struct qpp_lmtp *l = calloc(1, sizeof *l);
	if (!l)
		return qpp_fail(err, QPP_IO, "there is no memory for LMTP", (char *)NULL);
	l->c = *c;
	l->is_path = is_path;
	l->wake[0] = l->wake[1] = -1;
	l->fd = is_path ? open_path(l) : open_port(l, (unsigned)port);
	if (l->fd < 0 || listen(l->fd, SESSIONS) != 0 || pipe2(l->wake, O_CLOEXEC) != 0 || pthread_create(&l->thread, NULL, loop, l) != 0) {
		(void)qpp_fail(err, QPP_IO, "LMTP cannot listen on ", c->listen, (char *)NULL);
		qpp_err_detail(err, strerror(errno), (char *)NULL);
		if (l->fd >= 0)
			(void)close(l->fd);
		free(l);
		return QPP_IO;
	}
	*out = l;
	return QPP_OK;
}

const char *qpp_lmtp_address(const struct qpp_lmtp *l)
{
	return l->address;
}

void qpp_lmtp_close(struct qpp_lmtp *l)
{
	if (!l)
		return;
	(void)!write(l->wake[1], "", 1);
	pthread_join(l->thread, NULL);
	(void)close(l->fd);
	(void)close(l->wake[0]);
	(void)close(l->wake[1]);
	if (l->is_path)
		(void)unlink(l->c.listen);
	free(l);
}
