/*
 * The guard: looks at the raw bytes of every connection before the HTTP library
 * does, and lets through only what every reader understands in the same way.
 * Two servers in a row that cut a stream of requests at different places are the
 * root of request smuggling, and the library is lenient where it should not be:
 * it joins folded lines, takes a bare line feed, stops a value at a NUL, and lets
 * Transfer-Encoding and Content-Length stand side by side.
 *
 * Refused, with a plain answer and the end of the connection:
 *   - a request line that is not METHOD SP target SP HTTP/1.0|1.1 CRLF
 *   - control characters (NUL, bare CR, bare LF), white space before a colon,
 *     folded lines, names that are no tokens
 *   - Content-Length twice, in a list, or not digits; beside Transfer-Encoding;
 *     Transfer-Encoding other than one "chunked", or in HTTP/1.0
 *   - chunk sizes that are not plain hexadecimal digits, chunk extensions
 *   - no Host or two of them in HTTP/1.1
 *   - heads beyond the limits (431, 414)
 *
 * It also times: when a request began, when its last byte arrived (the time of a
 * filing), and whether a client is too slow.
 *
 * The scanner (qpp_scan) is a plain automaton over bytes, without a socket: what
 * the fuzz target and the unit tests feed.
 */
#ifndef QPP_GUARD_H
#define QPP_GUARD_H

#include <stdatomic.h>

#include "qpp/str.h"

enum qpp_scan_at {
	QPP_AT_LINE,                 /* before or in a request line */
	QPP_AT_HEAD, QPP_AT_BODY, QPP_AT_BAD
};

struct qpp_scan {
	unsigned char state;         /* of the automaton */
	bool api, old;               /* the target begins with /api/; HTTP/1.0 */
	bool length_seen, chunked, coded, trailer;
	unsigned char hosts;
	unsigned char name_n, value_n, version_n;
	char name[24], value[40], version[12];
	char start[5];               /* of the target */
	uint32_t target, head, lines;
	uint64_t length, left;
	int status;                  /* of a refusal */
	const char *why;
};

/* What happened while bytes were looked at. */
struct qpp_scanned {
	size_t good;                 /* bytes that may go on; fewer than given only when the rest is refused */
	unsigned heads, ends;        /* heads that ended, requests that ended, among them */
};

void qpp_scan_init(struct qpp_scan *g);
struct qpp_scanned qpp_scan(struct qpp_scan *g, const char *p, size_t n);
enum qpp_scan_at qpp_scan_where(const struct qpp_scan *g);

/* ---- connections ---- */

struct qpp_clock;

enum qpp_guard_phase { QPP_PHASE_IDLE, QPP_PHASE_HEAD, QPP_PHASE_BODY, QPP_PHASE_WORK, QPP_PHASE_SEND };

struct qpp_guard_limits {
	int head_seconds;            /* from the first byte of a request to the end of its head */
	int body_seconds;            /* a body has this long, and longer by its bytes at the least rate */
	int bytes_a_second;          /* least rate of a body */
	int read_a_second;           /* least rate at which an answer is read */
	int idle_seconds;            /* between requests */
	unsigned connections;        /* with nine tenths of them taken, those idle for long make room */
};

/* What the server is told; called on the thread of the connection. */
struct qpp_guard_host {
	void *host;
	struct qpp_clock *clock;
	void (*refused)(void *host, int fd, int status, const char *why);
};

struct qpp_guard;

/* Once in a process; later calls do nothing. False: out of memory. */
bool qpp_guard_install(void);

struct qpp_guard *qpp_guard_open(int fd, const struct qpp_guard_host *host);
void qpp_guard_close(struct qpp_guard *g);

/* The library has begun with a request: false when the guard did not see its head, so that nothing may be trusted. */
bool qpp_guard_begin(struct qpp_guard *g);
/* Its body is there: when it began and when its last byte came. */
void qpp_guard_times(struct qpp_guard *g, int64_t *began_us, int64_t *received_us);
/* The answer is being sent; the request is over. */
void qpp_guard_sending(struct qpp_guard *g, size_t bytes);
void qpp_guard_end(struct qpp_guard *g);
/* An answer from outside the library, before any other; the connection ends. */
void qpp_guard_refuse(struct qpp_guard *g, int status, const char *why);
bool qpp_guard_is_bad(const struct qpp_guard *g);

/*
 * Ends what is too slow among the connections of `host`; how many there are, and how many have a request under way.
 * Called every second by one thread.
 */
struct qpp_guard_count {
	unsigned open, busy, cut;
};
struct qpp_guard_count qpp_guard_sweep(const struct qpp_guard_host *host, const struct qpp_guard_limits *limits);

#endif
