/*
 * E-mailed elections made from a seed, each with what it must come to: complete
 * in every form, incomplete in each element, hostile, from strangers, from
 * programs. Nobody in them exists.
 */
#ifndef INTAKE_MADE_H
#define INTAKE_MADE_H

#include "app/intake.h"

struct made_message {
	const char *what;                        /* what is special about it */
	struct qpp_str raw;
	qpp_time received;
	enum qpp_intake_outcome outcome;
	const char *code;                        /* one that must be among the codes of its line; NULL: none asked */
	bool answered;
	size_t practices, clinicians;            /* of what is filed */
};

/* Kinds of message; the n-th message is of kind n % made_kinds(). */
size_t made_kinds(void);
/* In the arena. The same seed and number give the same bytes. */
struct made_message made_message(struct qpp_arena *a, uint64_t seed, size_t n);

/* The accounts that send: Security Officials of these TINs. */
enum { MADE_OFFICIALS = 3 };
extern const char *const made_official_tins[MADE_OFFICIALS];
extern const char *const made_official_names[MADE_OFFICIALS];      /* account names; the address is NAME@example.org */

/* An NPI that begins with 9, with its check digit. */
struct qpp_str made_npi(struct qpp_arena *a, uint64_t n);

#endif
