/* Requests over one connection that is kept, and answers reduced to what may be compared. See matrix.h. */
#include "matrix.h"

#include "adapt/http/http_int.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE = 30000, LARGEST = 16 << 20 };

static int connection = -1;

void client_close(void)
{
	if (connection >= 0)
		(void)close(connection);
	connection = -1;
}

static void open_connection(const struct world *w)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)w->port) };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connection < 0 || connect(connection, (struct sockaddr *)&at, sizeof at) != 0)
		must(false, "connecting", NULL);
}

static bool send_all(struct qpp_str text)
{
	while (text.n) {
		ssize_t n = send(connection, text.p, text.n, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		text.p += n;
		text.n -= (size_t)n;
	}
	return true;
}

struct qpp_str client_header(const struct asked *x, const char *name)
{
	struct qpp_str rest = x->head, line;
	while (qpp_str_cut(&rest, '\n', &line)) {
		struct qpp_str value = line, got;
		(void)qpp_str_cut(&value, ':', &got);
		if (value.p && qpp_str_eq_nocase(got, qpp_str_of(name)))
			return qpp_str_trim(value);
	}
	return (struct qpp_str){ NULL, 0 };
}

/* How many bytes of body follow; false while the head is not all there. */
static bool read_head(struct qpp_str all, struct asked *out, size_t *body)
{
	uint64_t v = 0;
	const char *end = all.n ? memmem(all.p, all.n, "\r\n\r\n", 4) : NULL;
	if (!end)
		return false;
	out->head = (struct qpp_str){ all.p, (size_t)(end - all.p) + 2 };
	(void)(all.n > 12 && qpp_str_u64((struct qpp_str){ all.p + 9, 3 }, 999, &v));
	out->status = (int)v;
	v = 0;
	(void)qpp_str_u64(client_header(out, "Content-Length"), LARGEST, &v);
	*body = out->status == 304 || out->status == 204 ? 0 : (size_t)v;
	return true;
}

static bool receive(struct qpp_arena *a, struct asked *out)
{
	struct qpp_buf b;
	char piece[16384];
	size_t body = 0;
	*out = (struct asked){ 0 };
	qpp_buf_init(&b, a, LARGEST);
	for (;;) {
		struct pollfd p = { .fd = connection, .events = POLLIN };
		ssize_t n = poll(&p, 1, PATIENCE) > 0 ? recv(connection, piece, sizeof piece, 0) : -1;
		if (n <= 0)
			return false;
		qpp_buf_add(&b, piece, (size_t)n);
		struct qpp_str all = qpp_buf_done(&b);
		if (!read_head(all, out, &body) || all.n < out->head.n + 2 + body)
			continue;
		out->body = (struct qpp_str){ all.p + out->head.n + 2, body };
		return true;
	}
}

/* ---- what is sent ---- */

static bool is_api(const struct ask *x)
{
	return !x->page || x->page->flags & QPP_PAGE_API;
}

static const char *credentials(struct qpp_arena *a, const struct caller *c, const struct ask *x)
{
	if (c->visitor[0] && !(c->token[0] && is_api(x) && !x->by_cookie))
		return qpp_str_cat(a, "Cookie: __Host-visitor=", c->visitor, c->token[0] ? "; __Host-session=" : "", c->token, "\r\n", (char *)NULL).p;
	if (!c->token[0])
		return "";
	if (c->program || (is_api(x) && !x->by_cookie))
		return qpp_str_cat(a, "Authorization: Bearer ", c->token, "\r\n", (char *)NULL).p;
	return qpp_str_cat(a, "Cookie: __Host-session=", c->token, "\r\n", (char *)NULL).p;
}

static const char *form_token(const struct caller *c, const struct ask *x)
{
	switch (x->forging) {
	case NO_TOKEN:
		return "";
	case BROKEN_TOKEN:
		return "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	case TOKEN_OF_ANOTHER:
		return x->token_of_another;
	default:
		return c->form_token;
	}
}

struct asked client_ask(struct world *w, struct qpp_arena *a, const struct caller *c, const struct ask *x)
{
	const char *token = form_token(c, x), *guarded = "";
	bool form = x->type && strcmp(x->type, "application/x-www-form-urlencoded") == 0, writes = strcmp(x->method, "GET") != 0;
	struct qpp_str body = x->body;
	struct asked out;
	/* As a form of ours sends it; what is no such form says it in a header. */
	if (writes && token[0] && form && (!is_api(x) || x->by_cookie))
		body = qpp_str_cat(a, "csrf=", token, "&", body.p ? body.p : "", (char *)NULL);
	else if (writes && token[0] && (!is_api(x) || x->by_cookie))
		guarded = qpp_str_cat(a, "X-CSRF-Token: ", token, "\r\n", (char *)NULL).p;
	const char *site = x->forging == FOREIGN_ORIGIN ? "Origin: http://elsewhere.example\r\n" : x->forging == FOREIGN_SITE ? "Sec-Fetch-Site: cross-site\r\n" : "";
	struct qpp_str request = qpp_str_cat(a, x->method, " ", x->target, " HTTP/1.1\r\nHost: service.example\r\nAccept: ",
	                                     is_api(x) ? "application/json" : "text/html", "\r\n", credentials(a, c, x), guarded, site,
	                                     x->headers ? x->headers : "", x->type ? "Content-Type: " : "", x->type ? x->type : "", x->type ? "\r\n" : "",
	                                     "Content-Length: ", qpp_i64_text(a, (int64_t)body.n).p, "\r\n\r\n", body.p ? body.p : "", (char *)NULL);
	for (int tries = 0; tries < 3; tries++) {
		if (connection < 0)
			open_connection(w);
		if (send_all(request) && receive(a, &out)) {
			if (qpp_str_eq_nocase(client_header(&out, "Connection"), QPP_LIT("close")))
				client_close();
			return out;
		}
		client_close();
	}
	printf("# no answer to %s %s\n", x->method, x->target);
	return (struct asked){ 0 };
}

/* ---- what is compared ---- */

static void drop_between(struct qpp_buf *b, struct qpp_str text, const char *before, char end)
{
	size_t n = strlen(before);
	while (text.n) {
		const char *at = memmem(text.p, text.n, before, n);
		if (!at)
			break;
		qpp_buf_add(b, text.p, (size_t)(at - text.p) + n);
		const char *stop = memchr(at + n, end, text.n - (size_t)(at + n - text.p));
		text.n -= stop ? (size_t)(stop - text.p) : text.n;
		text.p = stop;
	}
	qpp_buf_add(b, text.p, text.n);
}

static struct qpp_str without(struct qpp_arena *a, struct qpp_str text, const char *name)
{
	struct qpp_buf b;
	size_t n = name ? strlen(name) : 0;
	if (!n)
		return text;
	qpp_buf_init(&b, a, LARGEST);
	for (const char *at; text.n && (at = memmem(text.p, text.n, name, n)) != NULL;) {
		qpp_buf_add(&b, text.p, (size_t)(at - text.p));
		qpp_buf_char(&b, '*');
		text.n -= (size_t)(at - text.p) + n;
		text.p = at + n;
	}
	qpp_buf_add(&b, text.p, text.n);
	return qpp_buf_done(&b);
}

struct qpp_str client_bare(struct qpp_arena *a, const struct asked *x, const char *const *names, size_t n)
{
	static const char *const left_out[] = { "Date", "X-Request-Id", "Content-Length", "Retry-After" };
	struct qpp_str rest = x->head, line;
	struct qpp_buf b, c;
	const char *request = qpp_str_dup(a, client_header(x, "X-Request-Id")).p;
	qpp_buf_init(&b, a, LARGEST);
	qpp_buf_init(&c, a, LARGEST);
	while (qpp_str_cut(&rest, '\n', &line)) {
		struct qpp_str value = line, name;
		bool out = false;
		(void)qpp_str_cut(&value, ':', &name);
		for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
			out |= qpp_str_eq_nocase(name, qpp_str_of(left_out[i]));
		if (!out) {
			qpp_buf_str(&b, line);
			qpp_buf_char(&b, '\n');
		}
	}
	qpp_buf_str(&b, x->body);
	drop_between(&c, qpp_buf_done(&b), "name=\"csrf\" value=\"", '"');
	struct qpp_str all = without(a, qpp_buf_done(&c), request);
	for (size_t i = 0; i < n; i++)
		all = without(a, all, names[i]);
	return all;
}
