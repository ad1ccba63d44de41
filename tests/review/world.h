/*
 * A store with two practices, a virtual group, an APM entity, a registry and the agency, people with roles in them, and
 * a clock and releases that are moved by hand: the world of the tests of targeted review.
 */
#ifndef REVIEW_WORLD_H
#define REVIEW_WORLD_H

#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/review.h"
#include "store/world.h"

/* ELM and OAK are Staff Users of two practices, NPI the clinician of ELM's; VG, ACO, REG staff of those. */
enum person { ELM, OAK, NPI, VG, ACO, REG, NOBODY, ROSA, RUTH, SAM, SUE, ELM_REVIEWER, OPERATOR, AGENT, VIEWER, PERSONS };

#define ELM_TIN "000054321"
#define OAK_TIN "000065432"
#define CLINICIAN_NPI "9000000007"
#define OTHER_NPI "9000000015"

struct releases {
	struct qpp_release_port port;
	int py;                          /* of which year these are */
	qpp_time scores, factors;
};

struct review_world {
	struct world store;
	struct qpp_service service;
	struct qpp_reviews reviews;
	struct qpp_zone zone;
	struct releases releases;
	const struct qpp_years *years;
	struct qpp_org elm, oak, group, aco, registry, agency;
	struct qpp_actor actors[PERSONS];
	struct qpp_str accounts[PERSONS];
	struct qpp_err err;
};

extern struct review_world w;

int review_setup(void **unused);
int review_teardown(void **unused);
#define REVIEW_TEST(name) cmocka_unit_test_setup_teardown(name, review_setup, review_teardown)

#define assert_code(code, expected)                                                                \
	do {                                                                                       \
		enum qpp_code code_ = (code);                                                      \
		if (code_ != (expected))                                                           \
			print_error("%s: %s (%s)\n", qpp_code_name(code_), w.err.primary, w.err.detail); \
		assert_string_equal(qpp_code_name(code_), qpp_code_name(expected));                \
	} while (0)
#define assert_ok(code) assert_code(code, QPP_OK)

/* A request of somebody at the clock's moment; findings in it. */
struct qpp_reviewing by(enum person p);
/* The clock: an RFC 3339 instant; some microseconds more. */
void at(const char *instant);
void later(int64_t us);
/* What the service has released of a year, "" for not yet. */
void release(int py, const char *scores, const char *factors);

/* A form without faults: the group ELM in `py`, exceptionNotApplied. */
struct qpp_review_form form(int py);

/* A draft, filed, and taken by ROSA, asked, recommended: each as far as it says; the id. */
struct qpp_str draft(enum person p, const struct qpp_review_form *f);
enum qpp_code file(enum person p, struct qpp_str id, struct qpp_review_filing *out);
struct qpp_str filed(enum person p, const struct qpp_review_form *f);
struct qpp_str in_review(enum person p, const struct qpp_review_form *f);
struct qpp_str recommended(enum person p, const struct qpp_review_form *f, const struct qpp_review_opinion *o);
struct qpp_str decided(enum person p, const struct qpp_review_form *f, const struct qpp_review_opinion *o);

/* An approval that reweights PI; a denial on a ground. */
struct qpp_review_opinion approval(void);
struct qpp_review_opinion denial(const char *ground);

struct qpp_review_detail seen(enum person p, struct qpp_str id);
const char *state_of(struct qpp_str id);
int64_t version_of(struct qpp_str id);
/* The corrections that hold for ELM's group in a year. */
size_t overrides_of(int py, const struct qpp_review_override **out);
/* Mails to somebody whose subject begins so, and the text of the last one. */
size_t mails_to(enum person p, const char *subject, struct qpp_str *text);
int64_t ledger_records(struct qpp_str id, const char *kind);
bool has_finding(const struct qpp_reviewing *r, const char *code, const char *pointer);
const char *text_of(struct qpp_str s);

#endif
