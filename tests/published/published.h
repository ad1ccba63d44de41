/*
 * What the published tests share: figures written as text, rows that are all
 * looked at before a test fails, and small submissions made in the program.
 *
 * A row is never edited to pass. It says where its figure was printed, or from
 * what it follows, and its tolerance is what the printed rounding forces: none
 * where the figure is printed to as many decimals as it is computed.
 */
#ifndef TESTS_PUBLISHED_H
#define TESTS_PUBLISHED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/score_int.h"
#include "rules/world.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* "8.9585" as an exact number; the empty text or NULL is an undefined one. */
qpp_dec figure(const char *text);
struct qpp_number given(const char *text);

/* Holds what was computed against the figure of a row; tells both when they differ by more than `tolerance`. */
void row(const char *id, const char *source, const char *expected, qpp_dec tolerance, qpp_dec got);
void row_text(const char *id, const char *source, const char *expected, const char *got);
void row_true(const char *id, const char *source, const char *what, bool holds);

/* Ends a test: fails when one of its rows differed, or when it looked at none. */
void every_row_holds(void);

/* Rounded as the figure is printed: the half of its last printed place. */
qpp_dec half_of_last_place(const char *printed);

/* A measurement, for submissions made here. `denominator` 0: answered yes or no by `numerator`. */
struct reported {
	const char *id;
	int numerator, denominator;
};

/* A set of one category made of `n` reported measures, looked up in the catalog of the year. */
struct qpp_measurement_set set_of(int py, enum qpp_category category, enum qpp_method method,
                                  const struct reported *v, size_t n);

/* A quality measure with its counts; a set of them, through a registry. Of several strata the overall one is reported. */
struct counted {
	const char *id;
	int met, not_met;
};
struct qpp_measurement_set quality_set(int py, const struct counted *v, size_t n);

/* The whole year as its period, and a CEHRT id: what promoting interoperability needs besides its measures. */
void certify(struct qpp_measurement_set *set, int py);

/* Scores sets under the rules and catalog of a year; every figure asked for must come out. */
struct qpp_score score_of(int py, struct qpp_measurement_set *sets, size_t n, const struct qpp_facts *facts,
                          const char *program);

/* A catalog made here instead of a published one; measures and benchmarks sorted by id. */
struct qpp_score score_in(const struct qpp_catalog *catalog, int py, struct qpp_measurement_set *sets, size_t n,
                          const struct qpp_facts *facts, const char *program);

/* A calculation without a submission, to ask parts of the scorer one by one. */
void begin_part(struct qpp_scoring *s, const struct qpp_request *q);
struct qpp_num part_input(struct qpp_scoring *s, enum qpp_fact_id id, const char *text);

/* Quality from picked points ("6 7 8 9 10 5"), the number that counts, and what is added. */
struct quality_sum {
	int py;
	const char *points, *counted;
	bool small;
	const char *improvement;      /* NULL: none */
};
qpp_dec quality_percent(const struct quality_sum *in);

#endif
