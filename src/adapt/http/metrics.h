/* Counters of the server, as Prometheus reads them. Adding is one atomic step; reading may be a moment behind. */
#ifndef QPP_METRICS_H
#define QPP_METRICS_H

#include "adapt/http/page.h"

struct qpp_metrics;

struct qpp_gauges {
	unsigned connections, busy, waiting;     /* open; with a request under way; in the queue of the workers */
	uint64_t cut;                            /* connections ended because they were too slow */
	size_t body_bytes;
	int64_t uptime_seconds;
};

struct qpp_metrics *qpp_metrics_open(const struct qpp_router *x);
void qpp_metrics_close(struct qpp_metrics *m);
/* `page` is the index among the router's pages, or SIZE_MAX for what reached none. */
void qpp_metrics_add(struct qpp_metrics *m, size_t page, int status, int64_t took_us);
struct qpp_str qpp_metrics_text(struct qpp_arena *a, const struct qpp_metrics *m, const struct qpp_gauges *g);

#endif
