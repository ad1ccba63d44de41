/* What the files of the server share: the server, one exchange, the workers. */
#ifndef QPP_SERVER_INT_H
#define QPP_SERVER_INT_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "adapt/http/guard.h"
#include "adapt/http/http_int.h"
#include "adapt/http/log.h"
#include "adapt/http/metrics.h"
#include "adapt/http/server.h"
#include "adapt/http/statics.h"

struct qpp_pool;

enum qpp_stage {
	QPP_STAGE_HEAD,              /* the library has the head */
	QPP_STAGE_BODY,              /* bytes are collected, or thrown away when it is refused already */
	QPP_STAGE_WORK,              /* with a worker */
	QPP_STAGE_ANSWER,            /* to be sent */
	QPP_STAGE_SENT
};

struct qpp_exchange {
	struct qpp_arena arena;
	struct qpp_server *server;
	struct MHD_Connection *con;
	struct qpp_guard *guard;
	_Atomic enum qpp_stage stage;
	struct qpp_str target, query;            /* as they came */
	bool head, options;
	struct qpp_route route;
	struct qpp_http_request request;
	struct qpp_http_response response;
	struct qpp_err err;
	int refused;                 /* status of a refusal before the handler; `err` says why */
	bool asked;                  /* `identify` and `may` were asked already */
	char *body;
	size_t n, cap, limit;
	uint64_t length, wasted;     /* Content-Length; bytes thrown away */
	bool has_body;
	int64_t began_us;            /* steady clock, when the last byte was there */
	struct qpp_exchange *next;   /* in the queue of the workers */
};

struct qpp_server {
	struct qpp_arena arena;
	struct qpp_server_options o;
	struct MHD_Daemon *daemon;
	const struct qpp_router *router;
	struct qpp_statics *statics;
	struct qpp_log *log;
	struct qpp_rate *rate;
	struct qpp_metrics *metrics;
	struct qpp_pool *pool;
	struct qpp_guard_host guard_host;
	struct qpp_guard_limits limits;
	struct qpp_page own[8];
	struct qpp_page_table own_table;
	unsigned char csrf_key[QPP_CSRF_KEY_BYTES];
	char address[128], boot[17];
	unsigned port;
	int64_t started_us;
	_Atomic uint64_t serial, cut;
	_Atomic size_t body_bytes;
	_Atomic unsigned open, busy, exchanges;
	_Atomic bool draining, swept;
	pthread_t sweeper;
	struct qpp_str openapi;
};

/* Microseconds of a clock that is never moved. */
int64_t qpp_steady_us(void);

/* ---- exchange.c: from bytes to an answer ---- */
struct qpp_exchange *qpp_exchange_open(struct qpp_server *s, struct MHD_Connection *con, const char *target);
/* The library's calls for one request: head, pieces of the body, its end. */
enum MHD_Result qpp_exchange_step(struct qpp_exchange *x, const char *method, const char *bytes, size_t *n);
/* Makes the answer: what a worker calls, or the event loop. */
void qpp_exchange_answer(struct qpp_exchange *x);
void qpp_exchange_close(struct qpp_exchange *x);

/* ---- head.c: the head of a request ---- */
/* Reads it and decides what can be refused before the body: x->refused. */
void qpp_head_read(struct qpp_exchange *x, const char *method);
void qpp_refuse(struct qpp_exchange *x, int status);             /* as x->err says */

/* ---- finish.c: what every answer carries ---- */
/* The error in x->err as JSON or a page. */
void qpp_answer_error(struct qpp_exchange *x, int status);
void qpp_answer_finish(struct qpp_exchange *x);

/* ---- own_pages.c ---- */
void qpp_own_pages(struct qpp_server *s);

/* ---- pool.c ---- */
struct qpp_pool *qpp_pool_open(unsigned threads);
/* False when too many wait already. */
bool qpp_pool_add(struct qpp_pool *p, struct qpp_exchange *x);
unsigned qpp_pool_waiting(struct qpp_pool *p);
/* Finishes what waits, then ends the threads; nothing can be added any more. */
void qpp_pool_stop(struct qpp_pool *p);
void qpp_pool_close(struct qpp_pool *p);

#endif
