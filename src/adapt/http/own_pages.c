/* The server's own pages: is it alive, is it ready, its counters, static files, the description of the API. */
#include "adapt/http/envelope.h"
#include "adapt/http/server_int.h"

static enum qpp_code healthz(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	(void)host, (void)r, (void)err;
	qpp_respond_text(s, 200, QPP_LIT("ok\n"));
	return QPP_OK;
}

static enum qpp_code readyz(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_server *server = host;
	struct qpp_buf why;
	(void)err;
	qpp_buf_init(&why, r->arena, 1000);
	bool ready = !server->o.hooks.ready || server->o.hooks.ready(server->o.host, &why);
	if (atomic_load(&server->draining)) {
		ready = false;
		qpp_buf_cat(&why, "the server is being stopped", (char *)NULL);
	}
	if (ready)
		qpp_buf_cat(&why, "ready", (char *)NULL);
	qpp_buf_char(&why, '\n');
	qpp_respond_text(s, ready ? 200 : 503, qpp_buf_done(&why));
	return QPP_OK;
}

/* For the machine itself: what stands behind a proxy on loopback is not asked through it. */
static enum qpp_code metrics(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_server *server = host;
	if ((!qpp_str_starts(r->peer, "127.") && !qpp_str_is(r->peer, "::1")) || qpp_header(r, "x-real-ip").p)
		return qpp_fail(err, QPP_NOT_FOUND, "there is nothing at this address", (char *)NULL);
	const struct qpp_gauges g = {
		.connections = atomic_load(&server->open), .busy = atomic_load(&server->busy),
		.waiting = qpp_pool_waiting(server->pool), .cut = atomic_load(&server->cut),
		.body_bytes = atomic_load(&server->body_bytes),
		.uptime_seconds = (qpp_steady_us() - server->started_us) / QPP_MICROS_A_SECOND,
	};
	qpp_respond(s, 200, "text/plain; version=0.0.4; charset=utf-8", qpp_metrics_text(r->arena, server->metrics, &g));
	return QPP_OK;
}

static enum qpp_code static_file(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return qpp_statics_respond(((struct qpp_server *)host)->statics, r, s, err);
}

static enum qpp_code openapi(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	(void)r, (void)err;
	qpp_respond(s, 200, "application/json; charset=utf-8", ((struct qpp_server *)host)->openapi);
	return QPP_OK;
}

void qpp_own_pages(struct qpp_server *s)
{
	static const struct qpp_param_doc file_params[] = {
		{ QPP_IN_PATH, "file", "string", true, "path of the file" }, { QPP_IN_QUERY, "v", "string", false, "its tag, to keep it for long" },
		{ 0 },
	};
	const struct qpp_page pages[] = {
		{ .path = "/healthz", .handle = healthz, .flags = QPP_PAGE_PLAIN, .summary = "Is the server alive" },
		{ .path = "/readyz", .handle = readyz, .flags = QPP_PAGE_PLAIN, .summary = "May it be sent requests" },
		{ .path = "/metrics", .handle = metrics, .flags = QPP_PAGE_PLAIN, .summary = "Counters, for the machine itself" },
		{ .path = "/static/{file*}", .handle = static_file, .flags = QPP_PAGE_PLAIN, .summary = "Styles, fonts, icons",
		  .params = file_params },
		{ .path = "/api/openapi.json", .handle = openapi, .flags = QPP_PAGE_API, .summary = "This description of the API" },
	};
	size_t n = sizeof pages / sizeof *pages;
	_Static_assert(sizeof pages <= sizeof s->own, "room for the server's own pages");
	for (size_t i = 0; i < n; i++) {
		s->own[i] = pages[i];
		s->own[i].method = QPP_GET;
		s->own[i].can = QPP_CAN_READ_PUBLIC;
		s->own[i].audit = QPP_AUDIT_NONE;
	}
	s->own_table = (struct qpp_page_table){ "The server itself", s->own, n, s };
}
