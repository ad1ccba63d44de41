/* The access log. */
#include "adapt/http/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapt/http/http_int.h"
#include "qpp/instant.h"

enum { MOST_LINE = 4000, MOST_VALUE = 300, MICROS = 1000000 };

struct qpp_log {
	pthread_mutex_t lock;        /* of `fd`, against its change */
	int fd;
	char *path;
};

static int open_file(const char *path)
{
	if (strcmp(path, "-") == 0)
		return dup(STDERR_FILENO);
	return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
}

struct qpp_log *qpp_log_open(const char *path)
{
	struct qpp_log *l = calloc(1, sizeof *l);
	if (!l)
		return NULL;
	(void)pthread_mutex_init(&l->lock, NULL);
	l->fd = -1;
	if (path) {
		l->path = strdup(path);
		l->fd = l->path ? open_file(path) : -1;
		if (l->fd < 0) {
			free(l->path);
			free(l);
			return NULL;
		}
	}
	return l;
}

/* When the new file cannot be opened, the old one goes on: a log that stops is worse than one in the wrong place. */
void qpp_log_reopen(struct qpp_log *l)
{
	int fd = l->path ? open_file(l->path) : -1;
	if (fd < 0)
		return;
	pthread_mutex_lock(&l->lock);
	int old = l->fd;
	l->fd = fd;
	pthread_mutex_unlock(&l->lock);
	(void)close(old);
}

void qpp_log_close(struct qpp_log *l)
{
	if (!l)
		return;
	if (l->fd >= 0)
		(void)close(l->fd);
	free(l->path);
	free(l);
}

/* Text as JSON, masked; bytes beyond ASCII as they would only break the line's encoding. */
static void put(struct qpp_buf *b, const char *name, struct qpp_str s)
{
	struct qpp_buf masked;
	if (!s.n)
		return;
	qpp_buf_init(&masked, b->arena, MOST_VALUE);
	qpp_buf_masked(&masked, (struct qpp_str){ s.p, s.n < MOST_VALUE ? s.n : MOST_VALUE });
	struct qpp_str text = qpp_buf_done(&masked);
	qpp_buf_cat(b, ",\"", name, "\":\"", (char *)NULL);
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		if (c == '"' || c == '\\')
			qpp_buf_char(b, '\\');
		qpp_buf_char(b, c < 0x80 ? (char)c : '?');
	}
	qpp_buf_char(b, '"');
}

static void put_number(struct qpp_buf *b, const char *name, int64_t v)
{
	qpp_buf_cat(b, ",\"", name, "\":", (char *)NULL);
	qpp_buf_i64(b, v);
}

/* a=1&b=2 as a,b: the names say what was asked, the values whom it is about. */
static struct qpp_str names_of(struct qpp_arena *a, struct qpp_str query)
{
	struct qpp_buf b;
	struct qpp_str rest = query, part, name;
	qpp_buf_init(&b, a, MOST_VALUE);
	while (query.n && qpp_str_cut(&rest, '&', &part)) {
		struct qpp_str value = part;
		(void)qpp_str_cut(&value, '=', &name);
		if (b.n)
			qpp_buf_char(&b, ',');
		qpp_buf_str(&b, name);
	}
	return qpp_buf_done(&b);
}

void qpp_log_write(struct qpp_log *l, struct qpp_arena *a, const struct qpp_log_line *x)
{
	struct qpp_buf b;
	if (l->fd < 0)
		return;
	qpp_buf_init(&b, a, MOST_LINE);
	qpp_buf_cat(&b, "{\"time\":\"", (char *)NULL);
	qpp_buf_instant(&b, (qpp_instant){ x->now_us / MICROS }, 0);
	qpp_buf_char(&b, '"');
	put(&b, "id", x->id);
	put(&b, "peer", x->peer);
	put(&b, "method", x->method);
	put(&b, "path", x->path);
	put(&b, "query", names_of(a, x->query));
	put(&b, "page", qpp_str_of(x->page));
	put_number(&b, "status", x->status);
	put_number(&b, "bytes", (int64_t)x->bytes);
	put_number(&b, "micros", x->took_us);
	put(&b, "who", x->subject);
	put(&b, "audit", qpp_str_of(x->audit));
	put(&b, "agent", x->agent);
	put(&b, "why", qpp_str_of(x->why));
	qpp_buf_cat(&b, "}\n", (char *)NULL);
	struct qpp_str line = qpp_buf_done(&b);
	pthread_mutex_lock(&l->lock);
	/* A log that cannot be written does not stop the service; the record of who did what is another (the audit hook). */
	(void)!write(l->fd, line.p, line.n);
	pthread_mutex_unlock(&l->lock);
}
