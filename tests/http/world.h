/*
 * A small service for the tests of the HTTP adapter: pages of every kind, callers
 * with every credential, and a raw client that sends bytes as they are.
 */
#ifndef HTTP_WORLD_H
#define HTTP_WORLD_H

#include <stdatomic.h>

#include "../unit/unit.h"
#include "adapt/http/server.h"

enum { WORLD_START = 1700000000 };       /* seconds; the clock stands there until a test moves it */

struct world {
	struct qpp_test_clock clock;
	struct qpp_server *server;
	bool ready, record_fails;
	_Atomic unsigned records;
	_Atomic unsigned handled;            /* how often some handler of /api/things was run */
};

extern const struct qpp_page_table world_pages;

/* Starts it with these options, but for pages, hooks, clock and address. */
void world_start(struct world *w, struct qpp_server_options o);
void world_stop(struct world *w);

/* What came back for these bytes until the other side closed, or nothing more came for `millis`. */
struct qpp_str world_send(struct qpp_arena *a, const struct world *w, struct qpp_str bytes, int millis);
/* The same for a request that ends the connection: `head` without its last empty line. */
struct qpp_str world_ask(struct qpp_arena *a, const struct world *w, const char *head, const char *body);

int world_connect(const struct world *w);
void world_write(int fd, const char *bytes, size_t n);
/* Reads until the other side closes or nothing comes for `millis`. */
struct qpp_str world_read(struct qpp_arena *a, int fd, int millis);
/* The connection was closed by the other side within that time. */
bool world_closed(int fd, int millis);

int world_status(struct qpp_str answer);
struct qpp_str world_body(struct qpp_str answer);
/* The value of a header of the answer; p == NULL: none. */
struct qpp_str world_header(struct qpp_str answer, const char *name);
bool world_has(struct qpp_str text, const char *part);

#define assert_status(answer, status)                                                        \
	do {                                                                                 \
		struct qpp_str answer_ = (answer);                                           \
		if (world_status(answer_) != (status))                                       \
			print_message("# %.*s\n", (int)(answer_.n < 600 ? answer_.n : 600), answer_.p ? answer_.p : ""); \
		assert_int_equal(world_status(answer_), (status));                           \
	} while (0)

#endif
