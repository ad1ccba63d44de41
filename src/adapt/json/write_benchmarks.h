/*
 * Benchmarks as the agency publishes them: an array, one element a measure and
 * collection type. Percentiles are named by what the catalog keeps of them: the
 * ten that begin a decile, also for measures where lower is better.
 */
#ifndef QPP_JSON_WRITE_BENCHMARKS_H
#define QPP_JSON_WRITE_BENCHMARKS_H

#include "adapt/json/emit.h"
#include "qpp/catalog.h"

void qpp_emit_benchmarks(struct qpp_emit *e, const char *name, const struct qpp_catalog *c);

#endif
