/*
 * The server: listens, reads requests within bounds and time, asks who may, runs
 * the handler, sends the answer, writes the access log, counts. Meant to stand
 * on loopback behind nginx (deploy/nginx.conf), and to hold by itself when it
 * does not.
 *
 * Threads: `threads` event loops; pages that wait (QPP_PAGE_WAITS, and those of
 * which a record is kept) run on `workers` others, so that many filings can share
 * one commit while reading goes on. All hooks may be called from any of these
 * threads; `identify` is called on an event loop for pages that do not wait, so it
 * may read but not write.
 *
 * The course of a request: head -> guard -> route -> rate -> body -> identify ->
 * may -> CSRF -> handler -> audit -> answer. A page that takes a large body has
 * its caller asked before the body is read.
 */
#ifndef QPP_SERVER_H
#define QPP_SERVER_H

#include "adapt/http/csrf.h"
#include "adapt/http/page.h"
#include "adapt/http/rate.h"
#include "app/clock.h"

struct qpp_server_hooks {
	/*
	 * Who asks: fills r->caller. QPP_OK when nobody is signed in, too; QPP_SIGNED_OUT for a credential that is no
	 * good. NULL: everybody is anonymous.
	 */
	enum qpp_code (*identify)(void *host, struct qpp_http_request *r, struct qpp_err *err);
	/* May this caller ask for r->page with these parameters? QPP_OK, QPP_SIGNED_OUT, QPP_FORBIDDEN or QPP_NOT_FOUND.
	 * Asked after the role allows it. NULL: the role decides. */
	enum qpp_code (*may)(void *host, struct qpp_http_request *r, struct qpp_err *err);
	/*
	 * The record of who did what, before the answer leaves; when it cannot be kept, 503 is answered instead. For pages
	 * with an audit class, once the caller was asked for: also when he was refused.
	 */
	enum qpp_code (*audit)(void *host, const struct qpp_http_request *r, int status, struct qpp_err *err);
	/* For /readyz: false, with the reason. NULL: ready. */
	bool (*ready)(void *host, struct qpp_buf *why);
	/* The page of an error for a browser. NULL: a plain one. */
	void (*error_page)(void *host, const struct qpp_http_request *r, int status, const struct qpp_err *err, struct qpp_http_response *s);
};

struct qpp_server_options {
	struct qpp_clock *clock;
	const struct qpp_page_table *const *tables;
	size_t n_tables;
	void *host;                  /* given to handlers and hooks */
	struct qpp_server_hooks hooks;

	const char *bind;            /* an address; NULL: 127.0.0.1 */
	unsigned port;               /* 0: any free one */
	int socket;                  /* one that listens already; -1: none */
	const char *static_dir;      /* files below /static; NULL: those of the program alone */
	const char *log;             /* access log; NULL: none, "-": standard error */
	struct qpp_rate_limits rate;
	bool trust_proxy;            /* X-Real-IP and X-Request-Id from loopback are believed */
	bool https;                  /* clients come by TLS (a proxy's): Strict-Transport-Security */
	unsigned threads, workers;   /* 0: cores; 32 */
	unsigned connections;        /* at once; 0: 4096 */
	size_t body_memory;          /* bytes of all bodies at once; 0: 64 MiB */
	unsigned head_seconds, body_seconds, idle_seconds;       /* 0: 10, 20, 30 */
	const unsigned char *csrf_key;           /* QPP_CSRF_KEY_BYTES; NULL: a new one, with which older pages do not count */
	const char *version;
};

struct qpp_server;

/* QPP_USAGE: an address that cannot be listened on; QPP_BUG: broken tables; QPP_IO. */
QPP_MUST_USE enum qpp_code qpp_server_open(const struct qpp_server_options *o, struct qpp_server **out, struct qpp_err *err);

/* "http://127.0.0.1:8080" */
const char *qpp_server_address(const struct qpp_server *s);
unsigned qpp_server_port(const struct qpp_server *s);
const struct qpp_router *qpp_server_router(const struct qpp_server *s);

/* Opens the access log anew, after it was moved. */
void qpp_server_reopen_log(struct qpp_server *s);

/*
 * Takes no more connections, finishes what is under way, at most for `seconds`, and closes. False when requests had to
 * be given up.
 */
bool qpp_server_close(struct qpp_server *s, unsigned seconds);

#endif
