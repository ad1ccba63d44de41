/*
 * The head of a request: headers, cookies, query, who sent it and from where,
 * which page it is for; and what of it is refused before a byte of the body is
 * kept.
 */
#include <arpa/inet.h>
#include <string.h>

#include "adapt/http/envelope.h"
#include "adapt/http/server_int.h"

void qpp_refuse(struct qpp_exchange *x, int status)
{
	if (!x->refused)
		x->refused = status;
}

static void refuse(struct qpp_exchange *x, int status, enum qpp_code code, const char *why, const char *hint)
{
	if (x->refused)
		return;
	(void)qpp_fail(&x->err, code, why, (char *)NULL);
	if (hint)
		qpp_err_hint(&x->err, hint, (char *)NULL);
	qpp_refuse(x, status);
}

/* ---- headers ---- */

struct gathering {
	struct qpp_exchange *x;
	QPP_VEC(struct qpp_http_pair) headers;
	struct qpp_pair_list cookies;
	bool cookies_fit;
};

static enum MHD_Result gather(void *to, enum MHD_ValueKind kind, const char *key, size_t key_size, const char *value,
                              size_t value_size)
{
	struct gathering *g = to;
	struct qpp_arena *a = &g->x->arena;
	(void)kind;
	struct qpp_str name = qpp_str_lower(a, (struct qpp_str){ key, key_size });
	struct qpp_str text = { value, value_size };
	*QPP_PUSH(a, &g->headers) = (struct qpp_http_pair){ name, text.p ? text : QPP_LIT("") };
	if (qpp_str_is(name, "cookie"))
		g->cookies_fit &= qpp_decode_cookies(a, text, qpp_http_limits.cookies, &g->cookies);
	return MHD_YES;
}

static void read_headers(struct qpp_exchange *x)
{
	struct gathering g = { .x = x, .cookies_fit = true };
	(void)MHD_get_connection_values_n(x->con, MHD_HEADER_KIND, gather, &g);
	x->request.headers = (struct qpp_http_pairs){ g.headers.v, g.headers.n };
	x->request.cookies = (struct qpp_http_pairs){ g.cookies.v.v, g.cookies.v.n };
	if (!g.cookies_fit)
		refuse(x, 431, QPP_LIMIT, "there are too many cookies", "delete the cookies of this site");
}

/* ---- who and what ---- */

static bool is_address(struct qpp_str s)
{
	char text[64] = { 0 };
	unsigned char to[16];
	if (!s.n || s.n >= sizeof text)
		return false;
	memcpy(text, s.p, s.n);
	return inet_pton(AF_INET, text, to) == 1 || inet_pton(AF_INET6, text, to) == 1;
}

static bool is_id(struct qpp_str s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	for (size_t i = 0; i < s.n; i++)
		if (!memchr(plain, s.p[i], sizeof plain - 1))
			return false;
	return s.n >= 8 && s.n <= 64;
}

static struct qpp_str peer_of(struct qpp_exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->con, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *sa = info ? info->client_addr : NULL;
	char *text = qpp_arena_alloc(&x->arena, INET6_ADDRSTRLEN + 1);
	if (sa && sa->sa_family == AF_INET)
		(void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, text, INET6_ADDRSTRLEN);
	else if (sa && sa->sa_family == AF_INET6)
		(void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, text, INET6_ADDRSTRLEN);
	return qpp_str_of(text);
}

static bool loopback(struct qpp_str peer)
{
	return qpp_str_starts(peer, "127.") || qpp_str_is(peer, "::1");
}

static void read_peer(struct qpp_exchange *x)
{
	struct qpp_http_request *r = &x->request;
	bool proxied = false;
	r->peer = peer_of(x);
	if (x->server->o.trust_proxy && loopback(r->peer)) {
		struct qpp_str real = qpp_header(r, "x-real-ip"), id = qpp_header(r, "x-request-id");
		proxied = is_id(id);
		if (proxied)
			r->id = id;
		if (is_address(real))
			r->peer = real;
	}
	if (!proxied)
		r->id = qpp_str_cat(&x->arena, x->server->boot, "-", qpp_i64_text(&x->arena, (int64_t)atomic_fetch_add(&x->server->serial, 1)).p,
		                    (char *)NULL);
}

static void read_method(struct qpp_exchange *x, const char *method)
{
	struct qpp_http_request *r = &x->request;
	x->head = strcmp(method, "HEAD") == 0;
	x->options = strcmp(method, "OPTIONS") == 0;
	for (int m = QPP_GET; m < QPP_HTTP_METHODS; m++)
		if (strcmp(method, qpp_http_method_name((enum qpp_http_method)m)) == 0)
			r->method = (enum qpp_http_method)m;
	if (x->head)
		r->method = QPP_GET;
}

/* The path and the query of the target; an absolute address is taken for its path (RFC 9112, 3.2.2). */
static void read_target(struct qpp_exchange *x)
{
	struct qpp_str target = x->target, path;
	if (qpp_str_starts(target, "http://") || qpp_str_starts(target, "https://")) {
		const char *at = memchr(target.p + 8, '/', target.n - 8);
		target = at ? (struct qpp_str){ at, target.n - (size_t)(at - target.p) } : QPP_LIT("/");
	}
	x->query = target;
	(void)qpp_str_cut(&x->query, '?', &path);
	x->target = path;
	struct qpp_http_request *r = &x->request;
	if (!qpp_percent_decode(&x->arena, path, false, &r->path)) {
		r->path = QPP_LIT("/");
		refuse(x, 400, QPP_USAGE, "the address cannot be decoded", "percent-encode UTF-8; %00 is not taken");
	}
	while (r->path.n > 1 && r->path.p[r->path.n - 1] == '/')
		r->path.n--;
	enum qpp_code code = qpp_decode_pairs(&x->arena, x->query, qpp_http_limits.query, &r->query, x->refused ? NULL : &x->err);
	if (code != QPP_OK)
		qpp_refuse(x, 400);
	/* JSON for programs, pages for people. */
	r->wants_html = !qpp_str_starts(r->path, "/api/") && qpp_str_has_nocase(qpp_header(r, "accept"), "text/html");
}

static void find_page(struct qpp_exchange *x)
{
	struct qpp_http_request *r = &x->request;
	if (x->refused)
		return;
	if (x->options && qpp_str_is(x->target, "*"))
		return;
	if (!qpp_route(x->server->router, &x->arena, r->method, x->target, &x->route)) {
		refuse(x, 400, QPP_USAGE, "the address is broken", NULL);
	} else if (x->route.is == QPP_NO_PATH) {
		refuse(x, 404, QPP_NOT_FOUND, "there is nothing at this address", NULL);
	} else if (x->route.is == QPP_WRONG_METHOD && !x->options) {
		refuse(x, 405, QPP_USAGE, "this address does not take that method", NULL);
	}
	r->page = x->route.page;
	r->params = x->route.params;
	if (r->page && r->page->versions.standard)
		r->version = qpp_accept_version(&x->arena, qpp_header(r, "accept"), r->page->versions);
}

static void ask_rate(struct qpp_exchange *x)
{
	if (x->refused || (x->request.page && x->request.page->flags & QPP_PAGE_PLAIN))
		return;
	unsigned wait = qpp_rate_ask(x->server->rate, x->request.peer, qpp_steady_us());
	if (!wait)
		return;
	struct qpp_str seconds = qpp_i64_text(&x->arena, wait);
	(void)qpp_fail(&x->err, QPP_BUSY, "too many requests came from your address", (char *)NULL);
	qpp_err_hint(&x->err, "ask again in ", seconds.p, wait == 1 ? " second" : " seconds", (char *)NULL);
	qpp_respond_set(&x->response, "Retry-After", seconds);
	qpp_refuse(x, 429);
}

static bool mutates(const struct qpp_http_request *r)
{
	return r->method > QPP_GET;
}

static void check_body(struct qpp_exchange *x)
{
	struct qpp_http_request *r = &x->request;
	struct qpp_str length = qpp_header(r, "content-length");
	(void)qpp_str_u64(length, UINT64_MAX, &x->length);
	x->has_body = x->length > 0 || qpp_header(r, "transfer-encoding").n > 0;
	x->limit = r->page && r->page->body ? r->page->body : qpp_http_limits.body;
	/* A GET has no body for us; a small one is read past. */
	if (!mutates(r))
		x->limit = 0;
	if (mutates(r) && x->length > x->limit)
		refuse(x, 413, QPP_LIMIT, "what was sent is larger than this address takes",
		       qpp_str_cat(&x->arena, "at most ", qpp_i64_text(&x->arena, (int64_t)x->limit).p, " bytes are taken", (char *)NULL).p);
}

void qpp_head_read(struct qpp_exchange *x, const char *method)
{
	struct qpp_http_request *r = &x->request;
	r->csrf_key = x->server->csrf_key;
	r->statics = x->server->statics;
	read_method(x, method);
	read_headers(x);
	read_peer(x);
	read_target(x);
	find_page(x);
	ask_rate(x);
	check_body(x);
}
