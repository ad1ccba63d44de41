/*
 * A time zone as its changes. Where they come from is the caller's matter (the
 * service reads the zone file of the system): no rule of summer time stands here.
 */
#ifndef QPP_ZONE_H
#define QPP_ZONE_H

#include "qpp/instant.h"

/* From `at[i]` (seconds since 1970) on, `offset[i]` seconds from universal time. */
struct qpp_zone {
	const int64_t *at;
	const int32_t *offset;
	size_t n;
	int32_t before;                      /* ahead of the first change */
};

int32_t qpp_zone_offset(const struct qpp_zone *z, qpp_instant t);

/* The day it is there. */
qpp_day qpp_zone_day(const struct qpp_zone *z, qpp_instant t);

/*
 * The instant at which it is second `second` (0 is midnight) of a day there. An hour that comes twice is meant the
 * first time; one that the change skips is reckoned as before the change.
 */
qpp_instant qpp_zone_instant(const struct qpp_zone *z, qpp_day day, int32_t second);

#endif
