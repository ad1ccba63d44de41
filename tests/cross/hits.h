/* How often each figure of the rules decided something in a run of the cross-check. */
#ifndef TESTS_CROSS_HITS_H
#define TESTS_CROSS_HITS_H

#include "qpp/rules.h"
#include "qpp/trace.h"

void hits_count(const struct qpp_rules *rules, const struct qpp_trace *trace);

/* Lines of "count TAB name TAB years TAB value": parameters, and table rows that hold numbers. */
void hits_write(const char *path, const struct qpp_ruleset *set);

#endif
