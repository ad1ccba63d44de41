/*
 * The access log: one JSON line a request, written at once. No TIN stands in it:
 * values of the query are left out, and whatever looks like a TIN in a path or a
 * header is masked.
 */
#ifndef QPP_LOG_H
#define QPP_LOG_H

#include "adapt/http/http.h"

struct qpp_log;

struct qpp_log_line {
	int64_t now_us;
	struct qpp_str id, peer, method, path, query, agent, subject;
	const char *page, *audit;    /* NULL: none */
	int status;
	size_t bytes;
	int64_t took_us;
	const char *why;             /* of a refusal, or what failed inside; NULL */
};

/* NULL when it cannot be opened (errno says why). `path` "-" is standard error; NULL writes nothing. */
struct qpp_log *qpp_log_open(const char *path);
void qpp_log_reopen(struct qpp_log *l);
void qpp_log_write(struct qpp_log *l, struct qpp_arena *a, const struct qpp_log_line *line);
void qpp_log_close(struct qpp_log *l);

#endif
