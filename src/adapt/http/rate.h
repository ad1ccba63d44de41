/*
 * How often one address may ask. Two measures at once, as the agency's API has
 * them: an average over two minutes and a burst over five seconds, both as
 * buckets of tokens. An address that is over either is told when to come again.
 *
 * The table has a fixed size and an unguessable order; an address that was quiet
 * for long gives way. IPv6 counts by /64, which is what one client has.
 */
#ifndef QPP_RATE_H
#define QPP_RATE_H

#include "qpp/str.h"

struct qpp_rate_limits {
	unsigned average;            /* requests a second, over 120 seconds; 0: no limit */
	unsigned burst;              /* requests a second, over 5 seconds */
	unsigned block_seconds;      /* an address over the limit is refused so long, again from each further request; 0: not */
};

struct qpp_rate;

struct qpp_rate *qpp_rate_open(const struct qpp_rate_limits *limits);      /* NULL: out of memory */
void qpp_rate_close(struct qpp_rate *r);

/* 0: it may be answered; otherwise after how many seconds it may be asked again. `now_us` from any steady clock. */
unsigned qpp_rate_ask(struct qpp_rate *r, struct qpp_str peer, int64_t now_us);

#endif
