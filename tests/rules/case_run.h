/*
 * One case of rules/ being run: what it gives, the answers its question got,
 * and what is wrong. A question looks at the givens (each one looked at is
 * remembered, so that a given nobody understands fails the case), asks the
 * library, and puts down named answers; what the case expects is then held
 * against those, and against the facts of the trace.
 */
#ifndef TESTS_CASE_RUN_H
#define TESTS_CASE_RUN_H

#include "qpp/buf.h"
#include "world.h"

enum { CASE_MOST_GIVEN = 64, CASE_MOST_VALUES = 16 };

struct case_answer {
	const char *name;
	struct qpp_str text;          /* as it is printed */
};

struct case_run {
	const struct qpp_case *is;
	struct qpp_arena *arena;      /* of this case */
	struct qpp_trace trace;
	struct qpp_findings findings;
	struct qpp_request request;   /* of the case's year and readings */
	bool looked_at[CASE_MOST_GIVEN];
	QPP_VEC(struct case_answer) answers;
	struct qpp_buf says;          /* what is wrong, a line each; empty: the case holds */
	struct qpp_err err;           /* of a question that was refused */
};

/* A line of diagnosis; the list ends with (char *)NULL. */
void case_says(struct case_run *r, const char *first, ...) __attribute__((sentinel));

/* The text of a given, which counts as looked at; false when the case does not give it. */
bool case_given(struct case_run *r, const char *name, struct qpp_str *value);
bool case_gives(struct case_run *r, const char *name);
bool case_expects(const struct case_run *r, const char *name);

/* A given as a number, yes or no, words and numbers. A value of another kind fails the case. */
void case_number(struct case_run *r, const char *name, struct qpp_number *out);
void case_tri(struct case_run *r, const char *name, enum qpp_tri *out);
struct qpp_str case_word(struct case_run *r, const char *name);
size_t case_numbers(struct case_run *r, const char *name, qpp_dec out[CASE_MOST_VALUES]);

/* `missing quality,pi` or `missing none` as bits. */
uint32_t case_missing(struct case_run *r);

/* Puts down answers. A value that is absent is no answer. */
void case_answer(struct case_run *r, const char *name, struct qpp_str text);
void case_answer_value(struct case_run *r, const char *name, enum qpp_unit unit, struct qpp_value v);
void case_answer_adjustment(struct case_run *r, const struct qpp_adjustment *a);

/* Asks the question that the case puts (case_ask.c); QPP_OK, or what it was refused with. */
enum qpp_code case_ask(struct case_run *r);

/* The same for cases with an input file (case_score.c). */
enum qpp_code case_ask_submission(struct case_run *r);
enum qpp_code case_ask_final(struct case_run *r);

/* A claim line (case_claims.c). */
enum qpp_code case_ask_claims(struct case_run *r);

/* Cases on virtual groups (case_election.c). */
enum qpp_code case_ask_election(struct case_run *r);
enum qpp_code case_ask_provision(struct case_run *r);

/* Improvement activities of virtual groups (case_activity.c). */
enum qpp_code case_ask_activity(struct case_run *r);

/* Who takes part, and QP status (case_eligibility.c). */
enum qpp_code case_ask_eligibility(struct case_run *r);
enum qpp_code case_ask_qp(struct case_run *r);

/* Where the automatic policy for extreme circumstances holds (case_euc.c). */
enum qpp_code case_ask_euc(struct case_run *r);
/* Which of several final scores pays (case_payment.c). */
enum qpp_code case_ask_payment(struct case_run *r);
/* When data of a year may be submitted (case_window.c). */
enum qpp_code case_ask_window(struct case_run *r);

/* Targeted review (case_review.c): the window, who may ask, grounds, reasons, answers that are due, steps. */
enum qpp_code case_ask_review(struct case_run *r);
enum qpp_code case_ask_review_level(struct case_run *r);
enum qpp_code case_ask_review_ground(struct case_run *r);
enum qpp_code case_ask_review_reason(struct case_run *r);
enum qpp_code case_ask_review_due(struct case_run *r);
enum qpp_code case_ask_review_step(struct case_run *r);

/* Exceptions that are applied for (case_exception.c): the window, who may ask for what; who elects to opt in. */
enum qpp_code case_ask_exception_window(struct case_run *r);
enum qpp_code case_ask_exception(struct case_run *r);
enum qpp_code case_ask_opt_in(struct case_run *r);
enum qpp_code case_ask_registration(struct case_run *r);

/* Holds what the case expects against the answers and the trace. */
void case_compare(struct case_run *r, enum qpp_code code);

#endif
