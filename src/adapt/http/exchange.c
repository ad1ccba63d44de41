/*
 * One exchange: the body is collected within its bounds, the caller is asked
 * for, the handler runs, the answer is handed to the library.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapt/http/envelope.h"
#include "adapt/http/server_int.h"

enum { FIRST_BODY = 4096, MOST_WASTED = 1 << 20, LARGE_BODY = 1 << 20 };

int64_t qpp_steady_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * QPP_MICROS_A_SECOND + t.tv_nsec / 1000;
}

struct qpp_exchange *qpp_exchange_open(struct qpp_server *s, struct MHD_Connection *con, const char *target)
{
	struct qpp_exchange *x = calloc(1, sizeof *x);
	if (!x)
		return NULL;
	x->server = s;
	x->con = con;
	x->request.arena = &x->arena;
	x->target = qpp_str_dup(&x->arena, qpp_str_of(target));
	qpp_response_init(&x->response, &x->arena);
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	x->guard = info ? info->socket_context : NULL;
	atomic_fetch_add(&s->exchanges, 1);
	return x;
}

/* ---- the caller ---- */

static enum qpp_code ask_hooks(struct qpp_exchange *x)
{
	const struct qpp_server_hooks *h = &x->server->o.hooks;
	struct qpp_http_request *r = &x->request;
	enum qpp_code code = h->identify ? h->identify(x->server->o.host, r, &x->err) : QPP_OK;
	if (code != QPP_OK)
		return code;
	if (!r->caller.roles)
		r->caller.roles = QPP_BY(ANONYMOUS);
	if (r->caller.view_only && r->method != QPP_GET) {
		(void)qpp_fail(&x->err, QPP_FORBIDDEN, "you see this as somebody else: nothing can be changed", (char *)NULL);
		qpp_err_hint(&x->err, "Exit view mode first: the button is in the yellow bar.", (char *)NULL);
		return QPP_FORBIDDEN;
	}
	if (!qpp_page_lets(r->page, r->caller.roles)) {
		bool nobody = r->caller.roles == QPP_BY(ANONYMOUS);
		return qpp_fail(&x->err, nobody ? QPP_SIGNED_OUT : QPP_FORBIDDEN, nobody ? "sign in first, or send a token" :
		                "your role does not allow this", (char *)NULL);
	}
	return h->may ? h->may(x->server->o.host, r, &x->err) : QPP_OK;
}

/* Who asks, and whether he may; once. */
static bool asked(struct qpp_exchange *x)
{
	if (!x->asked && !x->refused) {
		enum qpp_code code = ask_hooks(x);
		x->asked = true;
		if (code != QPP_OK)
			qpp_refuse(x, qpp_code_http(code));
	}
	return !x->refused;
}

/* A browser's form must come from our own page. */
static bool from_own_page(struct qpp_exchange *x)
{
	const struct qpp_http_request *r = &x->request;
	unsigned flags = r->page->flags;
	if (r->method == QPP_GET || flags & QPP_PAGE_NO_CSRF || (flags & QPP_PAGE_API && !r->caller.by_cookie))
		return true;
	if (qpp_csrf_check(r, &x->err) == QPP_OK)
		return true;
	qpp_refuse(x, 403);
	return false;
}

static void run_handler(struct qpp_exchange *x)
{
	void *host = x->route.host ? x->route.host : x->server->o.host;
	enum qpp_code code = x->request.page->handle(host, &x->request, &x->response, &x->err);
	if (code != QPP_OK) {
		x->err.code = code;
		qpp_answer_error(x, qpp_code_http(code));
	}
}

/* An answer whose record cannot be kept is not given. */
static void keep_record(struct qpp_exchange *x)
{
	const struct qpp_server_hooks *h = &x->server->o.hooks;
	/* What was refused for its form or its rate did nothing and saw nothing. */
	if (!h->audit || !x->asked || x->request.page->audit == QPP_AUDIT_NONE)
		return;
	if (h->audit(x->server->o.host, &x->request, x->response.status, &x->err) == QPP_OK)
		return;
	(void)qpp_fail(&x->err, QPP_BUSY, "the record of who did what cannot be kept, so nothing is done", (char *)NULL);
	qpp_response_init(&x->response, &x->arena);
	qpp_answer_error(x, 503);
}

void qpp_exchange_answer(struct qpp_exchange *x)
{
	if (!x->refused && !x->options && asked(x) && from_own_page(x))
		run_handler(x);
	if (x->refused)
		qpp_answer_error(x, x->refused);
	keep_record(x);
	qpp_answer_finish(x);
}

/* ---- the body ---- */

static void drop_body(struct qpp_exchange *x)
{
	atomic_fetch_sub(&x->server->body_bytes, x->cap);
	free(x->body);
	x->body = NULL;
	x->n = x->cap = 0;
}

static bool body_room(struct qpp_exchange *x, size_t n)
{
	size_t need = x->n + n, cap = x->cap ? x->cap : FIRST_BODY;
	if (need > x->limit) {
		(void)qpp_fail(&x->err, QPP_LIMIT, "what was sent is larger than this address takes", (char *)NULL);
		qpp_err_hint(&x->err, "at most ", qpp_i64_text(&x->arena, (int64_t)x->limit).p, " bytes are taken", (char *)NULL);
		qpp_refuse(x, 413);
		return false;
	}
	while (cap < need)
		cap *= 2;
	if (cap == x->cap)
		return true;
	if (atomic_fetch_add(&x->server->body_bytes, cap - x->cap) + cap - x->cap > x->server->o.body_memory) {
		atomic_fetch_sub(&x->server->body_bytes, cap - x->cap);
		(void)qpp_fail(&x->err, QPP_BUSY, "too much is being sent to the server at once", (char *)NULL);
		qpp_refuse(x, 503);
		return false;
	}
	char *p = realloc(x->body, cap);
	if (!p) {
		atomic_fetch_sub(&x->server->body_bytes, cap - x->cap);
		(void)qpp_fail(&x->err, QPP_BUSY, "there is no memory for what was sent", (char *)NULL);
		qpp_refuse(x, 503);
		return false;
	}
	x->body = p;
	x->cap = cap;
	return true;
}

/* A piece of the body; false when more was sent after a refusal than is worth reading. */
static bool take(struct qpp_exchange *x, const char *bytes, size_t n)
{
	bool keep = !x->refused && x->request.method != QPP_GET && !x->options;
	if (keep && body_room(x, n)) {
		memcpy(x->body + x->n, bytes, n);
		x->n += n;
		return true;
	}
	if (x->body)
		drop_body(x);
	x->wasted += n;
	return x->wasted <= MOST_WASTED;
}

/* ---- the library's side ---- */

static enum MHD_Result send_answer(struct qpp_exchange *x)
{
	struct qpp_http_response *s = &x->response;
	struct MHD_Response *m = MHD_create_response_from_buffer(s->body.n, (void *)(uintptr_t)s->body.p, MHD_RESPMEM_PERSISTENT);
	if (!m)
		return MHD_NO;
	for (size_t i = 0; i < s->headers.n; i++)
		(void)MHD_add_response_header(m, s->headers.v[i].name.p, s->headers.v[i].value.p);
	if (s->type.n)
		(void)MHD_add_response_header(m, "Content-Type", qpp_str_dup(&x->arena, s->type).p);
	if (atomic_load(&x->server->draining))
		(void)MHD_add_response_header(m, "Connection", "close");
	qpp_guard_sending(x->guard, s->body.n);
	atomic_store(&x->stage, QPP_STAGE_SENT);
	enum MHD_Result queued = MHD_queue_response(x->con, (unsigned)s->status, m);
	MHD_destroy_response(m);
	return queued;
}

static enum MHD_Result begin(struct qpp_exchange *x, const char *method)
{
	if (!x->guard || !qpp_guard_begin(x->guard)) {
		/* The guard did not see what the library read: nothing of it can be trusted. */
		(void)fputs("qppd: the guard is not in front of the HTTP library; nothing is answered\n", stderr);
		return MHD_NO;
	}
	qpp_head_read(x, method);
	/* Before a large body is let in, its sender is looked at. */
	if (x->has_body && x->limit > LARGE_BODY)
		(void)asked(x);
	atomic_store(&x->stage, QPP_STAGE_BODY);
	/* Told at once, so that it is not sent for nothing; the connection ends with the answer. */
	if (x->refused && (x->length > MOST_WASTED || qpp_header(&x->request, "expect").n)) {
		qpp_exchange_answer(x);
		return send_answer(x);
	}
	return MHD_YES;
}

/* The page waits by itself, or for the record of who did what. */
static bool waits(const struct qpp_exchange *x)
{
	const struct qpp_page *p = x->request.page;
	return p->flags & QPP_PAGE_WAITS || (x->server->o.hooks.audit && p->audit != QPP_AUDIT_NONE);
}

static enum MHD_Result complete(struct qpp_exchange *x)
{
	struct qpp_http_request *r = &x->request;
	r->body = (struct qpp_str){ x->body ? x->body : "", x->n };
	qpp_guard_times(x->guard, &r->began_us, &r->received_us);
	x->began_us = qpp_steady_us();
	if (!x->refused && !x->options && waits(x)) {
		atomic_store(&x->stage, QPP_STAGE_WORK);
		MHD_suspend_connection(x->con);
		if (qpp_pool_add(x->server->pool, x))
			return MHD_YES;
		(void)qpp_fail(&x->err, QPP_BUSY, "too many requests wait already", (char *)NULL);
		qpp_refuse(x, 503);
		qpp_exchange_answer(x);
		atomic_store(&x->stage, QPP_STAGE_ANSWER);
		MHD_resume_connection(x->con);
		return MHD_YES;
	}
	qpp_exchange_answer(x);
	return send_answer(x);
}

enum MHD_Result qpp_exchange_step(struct qpp_exchange *x, const char *method, const char *bytes, size_t *n)
{
	switch (atomic_load(&x->stage)) {
	case QPP_STAGE_HEAD:
		return begin(x, method);
	case QPP_STAGE_BODY:
		if (!*n)
			return complete(x);
		if (!take(x, bytes, *n)) {
			qpp_guard_refuse(x->guard, x->refused ? x->refused : 413, x->refused ? x->err.primary : "the body is too large");
			return MHD_NO;
		}
		*n = 0;
		return MHD_YES;
	case QPP_STAGE_ANSWER:
		return send_answer(x);
	default:
		return MHD_YES;
	}
}

static void write_log(struct qpp_exchange *x, int64_t took)
{
	struct qpp_http_request *r = &x->request;
	const struct qpp_log_line line = {
		.now_us = qpp_now(x->server->o.clock).us, .id = r->id, .peer = r->peer,
		.method = qpp_str_of(x->head ? "HEAD" : x->options ? "OPTIONS" : qpp_http_method_name(r->method)), .path = r->path,
		.query = x->query, .agent = qpp_header(r, "user-agent"), .subject = r->caller.subject,
		.page = r->page ? r->page->path : NULL, .audit = r->page ? qpp_audit_class_name(r->page->audit) : NULL,
		.status = x->response.status, .bytes = x->response.body.n, .took_us = took,
		.why = x->response.status >= 500 ? x->err.primary : NULL,
	};
	qpp_log_write(x->server->log, &x->arena, &line);
}

void qpp_exchange_close(struct qpp_exchange *x)
{
	if (atomic_load(&x->stage) == QPP_STAGE_SENT) {
		int64_t took = x->began_us ? qpp_steady_us() - x->began_us : 0;
		qpp_metrics_add(x->server->metrics, x->request.page ? x->route.index : SIZE_MAX, x->response.status, took);
		write_log(x, took);
	}
	if (x->guard)
		qpp_guard_end(x->guard);
	drop_body(x);
	atomic_fetch_sub(&x->server->exchanges, 1);
	qpp_arena_close(&x->arena);
	free(x);
}
