/* A practice with two clinicians, an APM entity and a virtual group, people with roles in them, and a clock that is moved. */
#ifndef EXCEPTIONS_WORLD_H
#define EXCEPTIONS_WORLD_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/opt_in.h"
#include "store/world.h"

/* OFFICIAL and STAFF of the practice, LISTED a clinician of it, OAK of another practice, ACO and ACO_STAFF of the APM entity,
   SURGEON of the subgroup. */
enum person { OFFICIAL, STAFF, LISTED, OAK, ACO, ACO_STAFF, VG, REVIEWER, PARTIAL, AGENT, VIEWER, REGISTRY, SURGEON, PERSONS };

#define LISTED_NPI "9000000007"
#define OTHER_NPI "9000000015"

struct exceptions_world {
	struct world store;
	struct qpp_service service;
	struct qpp_zone zone;
	struct qpp_org elm, oak, group, subgroup, aco, agency, registry;
	struct qpp_actor actors[PERSONS];
	struct qpp_err err;
};
extern struct exceptions_world w;

int exceptions_setup(void **unused);
int exceptions_teardown(void **unused);
#define EXCEPTION_TEST(name) cmocka_unit_test_setup_teardown(name, exceptions_setup, exceptions_teardown)

#define assert_code(code, expected)                                                                \
	do {                                                                                       \
		enum qpp_code code_ = (code);                                                      \
		if (code_ != (expected))                                                           \
			print_error("%s: %s (%s)\n", qpp_code_name(code_), w.err.primary, w.err.detail); \
		assert_string_equal(qpp_code_name(code_), qpp_code_name(expected));                \
	} while (0)
#define assert_ok(code) assert_code(code, QPP_OK)

struct qpp_excepting by(enum person p);
void at(const char *instant);
const char *text_of(struct qpp_str s);
bool has_finding(const struct qpp_findings *f, const char *code, const char *pointer);
void put_fact(const struct qpp_who *who, const char *topic, const char *body);
void put_relation(const char *npi, const char *facts);
size_t mails(const char *subject);

/* 2024, the group of the practice, a disaster, quality and ia. */
struct qpp_exception_form form(void);
struct qpp_str draft(enum person p, const struct qpp_exception_form *f);
enum qpp_code file(enum person p, struct qpp_str id, struct qpp_exception_filing *out);
struct qpp_str filed(enum person p, const struct qpp_exception_form *f);
struct qpp_str approved(enum person p, const struct qpp_exception_form *f);
struct qpp_exception_detail seen(enum person p, struct qpp_str id);
enum qpp_code decide(enum person p, struct qpp_str id, bool approve);

#endif
