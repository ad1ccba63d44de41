/*
 * The submission period of a performance year, as rules/calendar.md has it
 * (414.1325(e)): both its instants belong to it.
 */
#ifndef QPP_WINDOW_H
#define QPP_WINDOW_H

#include "qpp/day.h"
#include "qpp/instant.h"

struct qpp_ruleset;

enum qpp_window { QPP_WINDOW_UNKNOWN, QPP_WINDOW_NOT_OPEN, QPP_WINDOW_OPEN, QPP_WINDOW_OVER, QPP_WINDOWS };
const char *qpp_window_name(enum qpp_window w);      /* unknown notOpen open over */

/* Where `at` lies; `first` and `last`, which may be NULL, are the two instants as the rules write them. */
enum qpp_window qpp_window_at(const struct qpp_ruleset *rules, qpp_py py, qpp_instant at, struct qpp_str *first,
                              struct qpp_str *last);

#endif
