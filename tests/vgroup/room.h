/*
 * What the tests of the election room share: a store of its own (SQLite, or the
 * PostgreSQL of QPP_STORE_URL), a clock that is moved, practices with clinicians
 * and Security Officials, a reviewer.
 */
#ifndef VGROUP_ROOM_H
#define VGROUP_ROOM_H

#include "../store/world.h"
#include "../unit/unit.h"
#include "app/vgroup.h"

enum { MOST_PRACTICES = 12 };

struct practice {
	struct qpp_str id, tin, name, account_id;
	struct qpp_actor actor;
	struct qpp_str npis[40];
	size_t n;
};

struct room {
	struct world w;
	struct qpp_service service;
	struct practice p[MOST_PRACTICES];
	size_t n;
	int64_t drawn;                   /* NPIs */
	struct qpp_actor reviewer, other_reviewer, agent;
	struct qpp_err err;
};

void room_open(struct room *r);
void room_close(struct room *r);

/* Moves the clock: "2024-12-31T23:59:59-05:00". */
void at(struct room *r, const char *instant);

/*
 * A practice with `n` clinicians who bill in `py`, the first `eligible` of them MIPS eligible, the others of a type that is
 * not. The practice exceeds `criteria` of the low-volume threshold. Its index.
 */
size_t practice(struct room *r, int py, const char *name, size_t n, size_t eligible, int criteria);
/* One more clinician bills there; one bills no more. */
struct qpp_str joins(struct room *r, size_t p, int py);
void leaves(struct room *r, size_t p, int py, struct qpp_str npi);

struct qpp_call call_of(struct room *r, const struct qpp_actor *actor);
struct qpp_call by(struct room *r, size_t p);

/* A group begun by p[0], all others in up to `n`: invited and, with `in`, accepted. */
struct qpp_str begin_group(struct room *r, int py, size_t n, bool in);
/* All of p[0..n) sign the text as it stands. */
void sign_all(struct room *r, struct qpp_str id, size_t n);
struct qpp_vgroup see(struct room *r, size_t p, struct qpp_str id);
struct qpp_vgroup see_by(struct room *r, const struct qpp_actor *actor, struct qpp_str id);
/* Elected and filed by p[0]. */
struct qpp_str elect(struct room *r, int py, size_t n);

/* Some check of the group has this code; of that practice (`p` < MOST_PRACTICES). */
bool has_check(struct room *r, const struct qpp_vgroup *g, const char *code, size_t p);
/* Messages in the outbox to an address. */
size_t mails_to(struct room *r, const char *address, const char *subject);

#define assert_ok(code) assert_code(code, QPP_OK)
#define assert_code(code, expected)                                                                  \
	do {                                                                                         \
		enum qpp_code code_ = (code);                                                        \
		if (code_ != (expected))                                                             \
			print_error("%s: %s (%s)\n", qpp_code_name(code_), room.err.primary, room.err.detail); \
		assert_string_equal(qpp_code_name(code_), qpp_code_name(expected));                  \
	} while (0)

#endif
