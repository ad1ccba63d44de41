/*
 * Moments in the words people read: "October 11, 2024, at 8 p.m. ET". All
 * deadlines of the program are Eastern; the offsets come from the zone file of
 * the system (src/adapt/sys/zone.c), so that no rule of summer time stands here.
 */
#ifndef QPP_APP_EASTERN_H
#define QPP_APP_EASTERN_H

#include "app/clock.h"
#include "qpp/zone.h"

/* "October 11, 2024, at 8 p.m. ET"; minutes only when there are any: "at 11:59 p.m. ET". */
struct qpp_str qpp_eastern(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t);
/* "October 11, 2024, at 8:00:03 p.m. ET": where the second counts. */
struct qpp_str qpp_eastern_exact(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t);
/* "8 p.m. ET" and "October 11, 2024" alone. */
struct qpp_str qpp_eastern_hour(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t);
struct qpp_str qpp_eastern_day(struct qpp_arena *a, const struct qpp_zone *z, qpp_time t);

/* A calendar day: "October 11, 2024". */
struct qpp_str qpp_day_words(struct qpp_arena *a, qpp_day d);

/* How long, by its two largest parts: "3 days and 4 hours", "3 minutes and 12 seconds", "less than a second". */
struct qpp_str qpp_span_words(struct qpp_arena *a, int64_t us);

#endif
