/* Counting requests by page and status, and how long they took. */
#include "adapt/http/metrics.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Every status that is answered; others count as the last. */
static const short statuses[] = {
	200, 201, 204, 302, 303, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 422, 429, 431, 500, 501, 503,
	505, 507, 0,
};
enum { STATUSES = sizeof statuses / sizeof *statuses, MOST_TEXT = 8 << 20, MICROS = 1000000 };

/* Upper bounds of the histogram, in microseconds. */
static const int64_t bounds[] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000 };
enum { BOUNDS = sizeof bounds / sizeof *bounds };

struct qpp_metrics {
	const struct qpp_router *router;
	size_t pages;
	_Atomic uint64_t in[BOUNDS + 1], sum_us;
	_Atomic uint64_t count[];    /* by page and status; one page more for what reached none */
};

struct qpp_metrics *qpp_metrics_open(const struct qpp_router *x)
{
	size_t pages = qpp_router_pages(x);
	struct qpp_metrics *m = calloc(1, sizeof *m + (pages + 1) * STATUSES * sizeof m->count[0]);
	if (m) {
		m->router = x;
		m->pages = pages;
	}
	return m;
}

void qpp_metrics_close(struct qpp_metrics *m)
{
	free(m);
}

static void count(_Atomic uint64_t *c, uint64_t n)
{
	atomic_fetch_add_explicit(c, n, memory_order_relaxed);
}

void qpp_metrics_add(struct qpp_metrics *m, size_t page, int status, int64_t took_us)
{
	size_t k = 0, b = 0;
	while (k < STATUSES - 1 && statuses[k] != status)
		k++;
	while (b < BOUNDS && took_us > bounds[b])
		b++;
	count(&m->count[(page < m->pages ? page : m->pages) * STATUSES + k], 1);
	count(&m->in[b], 1);
	count(&m->sum_us, took_us > 0 ? (uint64_t)took_us : 0);
}

static void gauge(struct qpp_buf *b, const char *name, const char *kind, const char *help, int64_t v)
{
	qpp_buf_cat(b, "# HELP ", name, " ", help, "\n# TYPE ", name, " ", kind, "\n", name, " ", (char *)NULL);
	qpp_buf_i64(b, v);
	qpp_buf_char(b, '\n');
}

static void seconds(struct qpp_buf *b, int64_t micros)
{
	qpp_buf_dec_short(b, qpp_dec_ratio(micros, MICROS), 0, 6);
}

static void histogram(struct qpp_buf *b, const struct qpp_metrics *m)
{
	uint64_t all = 0;
	qpp_buf_cat(b, "# HELP qpp_http_request_seconds From the last byte of a request to its answer.\n"
	               "# TYPE qpp_http_request_seconds histogram\n", (char *)NULL);
	for (size_t i = 0; i <= BOUNDS; i++) {
		all += atomic_load_explicit(&m->in[i], memory_order_relaxed);
		qpp_buf_cat(b, "qpp_http_request_seconds_bucket{le=\"", (char *)NULL);
		if (i < BOUNDS)
			seconds(b, bounds[i]);
		else
			qpp_buf_cat(b, "+Inf", (char *)NULL);
		qpp_buf_cat(b, "\"} ", (char *)NULL);
		qpp_buf_i64(b, (int64_t)all);
		qpp_buf_char(b, '\n');
	}
	qpp_buf_cat(b, "qpp_http_request_seconds_sum ", (char *)NULL);
	seconds(b, (int64_t)atomic_load_explicit(&m->sum_us, memory_order_relaxed));
	qpp_buf_cat(b, "\nqpp_http_request_seconds_count ", (char *)NULL);
	qpp_buf_i64(b, (int64_t)all);
	qpp_buf_char(b, '\n');
}

static void requests(struct qpp_buf *b, const struct qpp_metrics *m)
{
	qpp_buf_cat(b, "# HELP qpp_http_requests_total Requests answered.\n# TYPE qpp_http_requests_total counter\n", (char *)NULL);
	for (size_t p = 0; p <= m->pages; p++)
		for (size_t k = 0; k < STATUSES; k++) {
			const struct qpp_page *page = p < m->pages ? qpp_router_page(m->router, p) : NULL;
			uint64_t n = atomic_load_explicit(&m->count[p * STATUSES + k], memory_order_relaxed);
			if (!n)
				continue;
			qpp_buf_cat(b, "qpp_http_requests_total{method=\"", page ? qpp_http_method_name(page->method) : "", "\",route=\"",
			            page ? page->path : "", "\",status=\"", (char *)NULL);
			qpp_buf_i64(b, statuses[k]);
			qpp_buf_cat(b, "\"} ", (char *)NULL);
			qpp_buf_i64(b, (int64_t)n);
			qpp_buf_char(b, '\n');
		}
}

struct qpp_str qpp_metrics_text(struct qpp_arena *a, const struct qpp_metrics *m, const struct qpp_gauges *g)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	requests(&b, m);
	histogram(&b, m);
	gauge(&b, "qpp_http_connections", "gauge", "Connections that are open.", g->connections);
	gauge(&b, "qpp_http_connections_busy", "gauge", "Connections with a request under way.", g->busy);
	gauge(&b, "qpp_http_connections_cut_total", "counter", "Connections ended because they were idle or too slow.", (int64_t)g->cut);
	gauge(&b, "qpp_http_waiting", "gauge", "Requests that wait for a worker.", g->waiting);
	gauge(&b, "qpp_http_body_bytes", "gauge", "Memory in use for bodies of requests.", (int64_t)g->body_bytes);
	gauge(&b, "qpp_uptime_seconds", "gauge", "Since the server was started.", g->uptime_seconds);
	return qpp_buf_done(&b);
}
