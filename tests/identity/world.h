/* A store, a clock that is moved by hand and identity upon them, for tests. */
#ifndef IDENTITY_WORLD_H
#define IDENTITY_WORLD_H

#include "app/identity.h"

#define PASSWORD "Correct-Horse-7-Staple"
#define AGENCY_PASSWORD "Long-Enough-Battery-42"

struct world {
	char folder[64], url[256];
	struct qpp_keys keys;
	struct qpp_test_clock clock;
	struct qpp_arena arena;
	struct qpp_store *store;
	struct qpp_identity *identity;
	struct qpp_identity_config config;
	struct qpp_err err;
	unsigned peers;                  /* addresses used up */
};

extern struct world world;

/* For cmocka: a new world for each test. */
int world_setup(void **unused);
int world_teardown(void **unused);

/* Closes identity and opens it again, as a program that is started anew. */
void world_restart(void);
void world_move(int64_t seconds);

/* An address that nobody has used. */
struct qpp_from world_from(void);

/* Organizations; a practice has the TIN given, and the NPI bills through it in 2024. */
struct qpp_str world_practice(const char *tin, const char *name, const char *npi);
struct qpp_str world_org(enum qpp_org_kind kind, const char *number, const char *name);

/* An account with password and enrolled code; with a role where `post` is not 0. Its id. */
struct qpp_str world_account(const char *name, struct qpp_str org_id, enum qpp_post post);
/* The code its authenticator shows at this moment, `steps` of 30 seconds away. */
struct qpp_str world_code(int steps);

/* Signs the account in with both factors; the token. The clock moves a step, so that codes are new. */
struct qpp_str world_sign_in(const char *name);
struct qpp_person world_person(struct qpp_str token);

/* Audit records of an action with an outcome; mail waiting for an address. */
size_t world_audits(const char *action, int outcome);
size_t world_mails(const char *to, const char *subject_start);
/* The text of the newest mail to an address. */
struct qpp_str world_mail_text(const char *to);

#define expect_code(code, expected)                                                                      \
	do {                                                                                             \
		enum qpp_code code_ = (code);                                                            \
		if (code_ != (expected))                                                                 \
			print_error("%s: %s (%s)\n", qpp_code_name(code_), world.err.primary, world.err.detail); \
		assert_string_equal(qpp_code_name(code_), qpp_code_name(expected));                      \
	} while (0)
#define expect_ok(code) expect_code(code, QPP_OK)
#define expect_str(s, expected)                                                   \
	do {                                                                      \
		struct qpp_str s_ = (s);                                          \
		assert_int_equal(s_.n, strlen(expected));                         \
		assert_memory_equal(s_.n > 0 ? s_.p : "", expected, s_.n);        \
	} while (0)

#endif
