/*
 * Calendar days (proleptic Gregorian) as a count from 1970-01-01, and
 * performance years. Neither reads a clock.
 */
#ifndef QPP_DAY_H
#define QPP_DAY_H

#include "qpp/buf.h"

typedef struct {
	int32_t v;     /* days since 1970-01-01 */
} qpp_day;

typedef struct {
	int v;         /* performance year; the payment year is two later */
} qpp_py;

bool qpp_day_of(int year, int month, int day, qpp_day *out);     /* false when there is no such day */
void qpp_day_civil(qpp_day d, int *year, int *month, int *day);
bool qpp_day_parse(struct qpp_str s, qpp_day *out);              /* exactly YYYY-MM-DD */

/* Days from `first` through `last`, both counted; 0 or less when last is before first. */
int32_t qpp_day_count(qpp_day first, qpp_day last);

void qpp_buf_day(struct qpp_buf *b, qpp_day d);                  /* YYYY-MM-DD */

#endif
