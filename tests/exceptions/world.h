/* People who apply for exceptions and decide them: the world of the tests of exceptions. */
#ifndef EXCEPTIONS_WORLD_H
#define EXCEPTIONS_WORLD_H

#include "app/opt_in.h"
#include "people/people.h"

/* OFFICIAL and STAFF of the practice, LISTED a clinician of it, OAK of another practice, ACO and ACO_STAFF of the APM entity,
   SURGEON of the subgroup. */
enum person { OFFICIAL, STAFF, LISTED, OAK, ACO, ACO_STAFF, VG, REVIEWER, PARTIAL, AGENT, VIEWER, REGISTRY, SURGEON, PERSONS };

int exceptions_setup(void **unused);
#define EXCEPTION_TEST(name) cmocka_unit_test_setup_teardown(name, exceptions_setup, people_close)

struct qpp_excepting by(enum person p);
void put_fact(const struct qpp_who *who, const char *topic, const char *body);

/* 2024, the group of the practice, a disaster, quality and ia. */
struct qpp_exception_form form(void);
struct qpp_str draft(enum person p, const struct qpp_exception_form *f);
enum qpp_code file(enum person p, struct qpp_str id, struct qpp_exception_filing *out);
struct qpp_str filed(enum person p, const struct qpp_exception_form *f);
struct qpp_str approved(enum person p, const struct qpp_exception_form *f);
struct qpp_exception_detail seen(enum person p, struct qpp_str id);
enum qpp_code decide(enum person p, struct qpp_str id, bool approve);

#endif
