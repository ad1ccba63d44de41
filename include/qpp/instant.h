/*
 * Instants: seconds since 1970-01-01T00:00:00Z, without leap seconds. Reads no
 * clock and knows no zones: a text says by itself how far it is from universal
 * time, and deadlines stand in rules/ that way.
 */
#ifndef QPP_INSTANT_H
#define QPP_INSTANT_H

#include "qpp/day.h"

typedef struct {
	int64_t v;
} qpp_instant;

enum { QPP_SECONDS_A_DAY = 86400 };

/*
 * RFC 3339: 2024-12-31T23:59:59-05:00, or Z for universal time. `*offset`, which
 * may be NULL, is the distance the text has from universal time, in seconds,
 * negative to the west.
 *
 * A fraction of a second is dropped, so that what arrives within the last second
 * of a window is within the window. False for anything else: no offset, a day
 * or hour that does not exist, a leap second (23:59:60).
 */
bool qpp_instant_parse(struct qpp_str s, qpp_instant *out, int32_t *offset);

/* The day it is there, `offset` seconds from universal time. */
qpp_day qpp_instant_day(qpp_instant t, int32_t offset);

/* 2024-12-31T23:59:59-05:00; with Z where the offset is 0. Years outside 1..9999 print as they count. */
void qpp_buf_instant(struct qpp_buf *b, qpp_instant t, int32_t offset);

#endif
