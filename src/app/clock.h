/*
 * The clock, a port: moments are microseconds of universal time since
 * 1970-01-01T00:00:00Z, without leap seconds. The core never reads it; use cases
 * ask the one they were given, tests move theirs.
 *
 *   struct qpp_test_clock hand = qpp_clock_test(at);
 *   hand.now.us += 60 * QPP_MICROS_A_SECOND;
 *   use_case(&hand.clock, ...);
 *
 * The clock of the system never goes backwards within one process, so that a
 * step of the machine's clock moves no recorded time behind an earlier one.
 */
#ifndef QPP_APP_CLOCK_H
#define QPP_APP_CLOCK_H

#include "qpp/instant.h"

typedef struct {
	int64_t us;              /* microseconds since 1970; 0 also stands for "never" */
} qpp_time;

enum { QPP_MICROS_A_SECOND = 1000000 };

struct qpp_clock {
	qpp_time (*now)(struct qpp_clock *self);      /* may be called from any thread */
};

static inline qpp_time qpp_now(struct qpp_clock *clock)
{
	return clock->now(clock);
}

/* The clock of the machine (src/adapt/sys/clock.c). */
struct qpp_clock *qpp_clock_system(void);

/* The same, moved so that it shows `start` at the time of this call. Once a process. */
struct qpp_clock *qpp_clock_from(qpp_time start);

/* A clock that stands until it is moved. */
struct qpp_test_clock {
	struct qpp_clock clock;
	qpp_time now;
};
struct qpp_test_clock qpp_clock_test(qpp_time at);

/* Deadlines and other instants of the rules are whole seconds. */
qpp_time qpp_time_of_instant(qpp_instant t);
qpp_instant qpp_time_instant(qpp_time t);                    /* the second it lies in */

/* 2025-04-15T23:59:59.123456Z, always with six decimals; reads exactly that back, false for anything else. */
void qpp_buf_time(struct qpp_buf *b, qpp_time t);
struct qpp_str qpp_time_text(struct qpp_arena *a, qpp_time t);
bool qpp_time_parse(struct qpp_str s, qpp_time *out);

#endif
