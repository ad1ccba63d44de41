/*
 * Two practices, a virtual group, a subgroup, an APM entity, a registry and the agency, people with roles in them, and a clock
 * that is moved by hand: what the tests of use cases about people share. Each of them says who its people are and what else
 * the store holds at first.
 */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/provider.h"
#include "qpp/zone.h"
#include "store/world.h"

enum { PEOPLE_MOST = 20 };

#define ELM_TIN "000054321"
#define OAK_TIN "000065432"
#define CLINICIAN_NPI "9000000007"
#define OTHER_NPI "9000000015"

struct people_world {
	struct world store;
	struct qpp_service service;
	struct qpp_zone zone;
	struct qpp_org elm, oak, group, subgroup, aco, registry, agency;
	struct qpp_actor actors[PEOPLE_MOST];        /* by the numbers of the test's own people */
	const char *const *names;                    /* of their accounts */
	struct qpp_err err;
};
extern struct people_world w;

#define assert_code(code, expected)                                                                \
	do {                                                                                       \
		enum qpp_code code_ = (code);                                                      \
		if (code_ != (expected))                                                           \
			print_error("%s: %s (%s)\n", qpp_code_name(code_), w.err.primary, w.err.detail); \
		assert_string_equal(qpp_code_name(code_), qpp_code_name(expected));                \
	} while (0)
#define assert_ok(code) assert_code(code, QPP_OK)

/* An empty store with the organizations and `n` accounts, which have no role yet. */
void people_open(const char *const *names, size_t n, const struct qpp_years *years);
int people_close(void **unused);

struct qpp_org people_org(enum qpp_org_kind kind, const char *number, const char *name, const char *tin);
void people_role(int person, const struct qpp_org *o, enum qpp_post post);
/* Of the practice ELM. */
void put_relation(int py, const char *npi, const char *facts);

/* The clock: an RFC 3339 instant. */
void at(const char *instant);
const char *text_of(struct qpp_str s);
bool has_finding(const struct qpp_findings *f, const char *code, const char *pointer);
/* Mails that wait whose subject begins so, to somebody (-1: to whomever), and the text of the last one. */
size_t mails_to(int person, const char *subject, struct qpp_str *text);

#endif
