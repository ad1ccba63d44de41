/* Offsets of a zone, and instants from its days and hours. */
#include "qpp/zone.h"

int32_t qpp_zone_offset(const struct qpp_zone *z, qpp_instant t)
{
	size_t low = 0, high = z->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (z->at[middle] <= t.v)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? z->offset[low - 1] : z->before;
}

qpp_day qpp_zone_day(const struct qpp_zone *z, qpp_instant t)
{
	return qpp_instant_day(t, qpp_zone_offset(z, t));
}

/* The offset of half a day earlier is the one before a change of that day; the later one is taken when that fits. */
qpp_instant qpp_zone_instant(const struct qpp_zone *z, qpp_day day, int32_t second)
{
	int64_t there = (int64_t)day.v * QPP_SECONDS_A_DAY + second;
	int32_t early = qpp_zone_offset(z, (qpp_instant){ there - QPP_SECONDS_A_DAY / 2 });
	qpp_instant t = { there - early };
	int32_t then = qpp_zone_offset(z, t);
	if (then == early)
		return t;
	qpp_instant other = { there - then };
	return qpp_zone_offset(z, other) == then ? other : t;
}
