/*
 * What the parts of the store's contract share: one world a test, short ways to
 * begin, write and compare. Each part is a program of its own.
 */
#ifndef STORE_CONTRACT_H
#define STORE_CONTRACT_H

#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

#define assert_ok(code) assert_code(code, QPP_OK)
#define assert_code(code, expected)                                                                             \
	do {                                                                                                    \
		enum qpp_code code_ = (code);                                                                   \
		if (code_ != (expected))                                                                        \
			print_error("%s: %s (%s)\n", qpp_code_name(code_), world.err.primary, world.err.detail); \
		assert_string_equal(qpp_code_name(code_), qpp_code_name(expected));                             \
	} while (0)

static struct world world;

static int open_world(void **unused)
{
	(void)unused;
	world_open(&world, NULL);
	return 0;
}

static int close_world(void **unused)
{
	(void)unused;
	world_close(&world);
	return 0;
}

static struct qpp_tx *begin(void)
{
	struct qpp_tx *tx;
	assert_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	return tx;
}

static enum qpp_code write_it(qpp_change *change, void *request)
{
	return qpp_store_write(world.store, &world.arena, change, request, &world.err);
}

/* A change of a typed request: CHANGE is its head, AS_CHANGE makes NAME_change of it. */
#define CHANGE(name, type) static enum qpp_code name(struct qpp_tx *tx, type *r, struct qpp_err *err)
#define AS_CHANGE(name, type)                                                                       \
	static enum qpp_code name##_change(struct qpp_tx *tx, void *request, struct qpp_err *err)    \
	{                                                                                            \
		type *r = request;                                                                   \
		return name(tx, r, err);                                                             \
	}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)

#endif
