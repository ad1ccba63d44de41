/* The clock of the machine. Within a process it never goes back: a step of the clock stands still until time catches up. */
#include "app/clock.h"

#include <stdatomic.h>
#include <time.h>

static qpp_time read_clock(struct qpp_clock *self)
{
	static _Atomic int64_t latest;
	struct timespec ts;
	(void)self;
	clock_gettime(CLOCK_REALTIME, &ts);
	int64_t now = (int64_t)ts.tv_sec * QPP_MICROS_A_SECOND + ts.tv_nsec / 1000, seen = atomic_load(&latest);
	while (now > seen && !atomic_compare_exchange_weak(&latest, &seen, now))
		;
	return (qpp_time){ now > seen ? now : seen };
}

struct qpp_clock *qpp_clock_system(void)
{
	static struct qpp_clock clock = { read_clock };
	return &clock;
}

struct moved {
	struct qpp_clock clock;
	int64_t by;
};

static qpp_time read_moved(struct qpp_clock *self)
{
	return (qpp_time){ read_clock(self).us + ((struct moved *)self)->by };
}

struct qpp_clock *qpp_clock_from(qpp_time start)
{
	static struct moved moved = { { read_moved }, 0 };
	moved.by = start.us - read_clock(&moved.clock).us;
	return &moved.clock;
}
