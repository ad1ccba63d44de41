/*
 * What every unit test includes: cmocka in the order it wants, and short ways
 * to compare texts and exact numbers. One group of tests per program, printed
 * as TAP.
 */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "qpp/buf.h"

/* A text equals a literal; cmocka shows both when it does not. */
#define assert_text(got, literal)                                                    \
	do {                                                                         \
		struct qpp_str text_ = (got);                                        \
		char shown_[512];                                                    \
		size_t n_ = text_.n < sizeof shown_ - 1 ? text_.n : sizeof shown_ - 1; \
		for (size_t i_ = 0; i_ < n_; i_++)                                   \
			shown_[i_] = text_.p[i_];                                    \
		shown_[n_] = 0;                                                      \
		assert_string_equal(shown_, (literal));                              \
		assert_int_equal(text_.n, sizeof(literal) - 1);                      \
	} while (0)

#define assert_undefined(v) assert_false(qpp_dec_ok(v))

#define RUN_AS_TAP(tests)                                         \
	(cmocka_set_message_output(CM_OUTPUT_TAP),                \
	 cmocka_run_group_tests((tests), NULL, NULL))

static inline void nothing_to_test(void **unused)
{
	(void)unused;
}

/*
 * One of `tests` that lacks something is replaced by one that says so, before they are run: cmocka's own skip() prints
 * "not ok". The first reason given holds.
 */
static inline void skip_unless(struct CMUnitTest *tests, size_t n, CMUnitTestFunction body, bool there, const char *reason)
{
	static char names[8][300];
	static size_t used;
	for (size_t i = 0; i < n && !there; i++) {
		if (tests[i].test_func != body || used == sizeof names / sizeof *names)
			continue;
		snprintf(names[used], sizeof *names, "%s # SKIP %s", tests[i].name, reason);
		tests[i].name = names[used++];
		tests[i].test_func = nothing_to_test;
	}
}

#define SKIP_UNLESS(tests, body, there, reason) skip_unless((tests), sizeof(tests) / sizeof *(tests), (body), (there), (reason))

#endif
