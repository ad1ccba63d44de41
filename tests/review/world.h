/* People who file, review and decide, and releases that are moved by hand: the world of the tests of targeted review. */
#ifndef REVIEW_WORLD_H
#define REVIEW_WORLD_H

#include <pthread.h>

#include "app/review.h"
#include "people/people.h"

/* ELM and OAK are Staff Users of two practices, NPI the clinician of ELM's; VG, ACO, REG staff of those. */
enum person { ELM, OAK, NPI, VG, ACO, REG, NOBODY, ROSA, RUTH, SAM, SUE, ELM_REVIEWER, OPERATOR, AGENT, VIEWER, PERSONS };

struct releases {
	struct qpp_release_port port;
	int py;                          /* of which year these are */
	qpp_time scores, factors;
};

struct review_world {
	struct qpp_reviews reviews;
	struct releases releases;
};
extern struct review_world rw;

int review_setup(void **unused);
#define REVIEW_TEST(name) cmocka_unit_test_setup_teardown(name, review_setup, people_close)

/* A request of somebody at the clock's moment; findings in it. */
struct qpp_reviewing by(enum person p);
/* The clock some microseconds later. */
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
int64_t ledger_records(struct qpp_str id, const char *kind);

#endif
