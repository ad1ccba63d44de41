/* Answers that are kept ready: by key and stamp, within their bytes, those asked for last. */
#include "adapt/api/kept.h"

#include <string.h>

#include "../unit/unit.h"

enum { MEGABYTE = 1 << 20, TEXT = 1000, MANY = 20000, HOT = 7 };

static struct qpp_arena arena = QPP_ARENA_INIT;

static bool kept(struct qpp_kept *k, uint64_t key, uint64_t stamp)
{
	struct qpp_str got;
	return qpp_kept_get(k, key, stamp, &arena, &got);
}

static void kept__is_found_by_key_and_stamp(void **unused)
{
	(void)unused;
	struct qpp_kept *k = qpp_kept_open(MEGABYTE);
	struct qpp_str got;
	assert_non_null(k);
	assert_false(kept(k, 1, 1));
	qpp_kept_put(k, 1, 1, QPP_LIT("one"));
	qpp_kept_put(k, 2, 1, QPP_LIT("two"));
	assert_true(qpp_kept_get(k, 1, 1, &arena, &got));
	assert_true(qpp_str_is(got, "one"));
	assert_false(kept(k, 1, 2));
	qpp_kept_put(k, 1, 2, QPP_LIT("anew"));
	assert_true(qpp_kept_get(k, 1, 2, &arena, &got));
	assert_true(qpp_str_is(got, "anew"));
	assert_false(kept(k, 1, 1));
	assert_true(kept(k, 2, 1));
	/* No key, no memory at all: nothing is kept, nothing breaks. */
	qpp_kept_put(k, 0, 1, QPP_LIT("nobody"));
	assert_false(kept(k, 0, 1));
	qpp_kept_put(NULL, 1, 1, QPP_LIT("nowhere"));
	assert_false(kept(NULL, 1, 1));
	qpp_kept_close(k);
}

static void kept__stays_within_its_bytes(void **unused)
{
	(void)unused;
	struct qpp_kept *k = qpp_kept_open(MEGABYTE);
	char text[TEXT];
	int there = 0;
	memset(text, 'x', sizeof text);
	qpp_kept_put(k, HOT, 1, (struct qpp_str){ text, TEXT });
	for (uint64_t i = 0; i < MANY; i++) {
		qpp_kept_put(k, 1000 + i, 1, (struct qpp_str){ text, TEXT });
		assert_true(kept(k, 1000 + i, 1));
		/* What is asked for again and again is not let go. */
		assert_true(kept(k, HOT, 1));
	}
	for (uint64_t i = 0; i < MANY; i++)
		there += kept(k, 1000 + i, 1);
	assert_in_range(there, MEGABYTE / TEXT / 4, MEGABYTE / TEXT);
	/* One that is larger than a share of it is not kept, and takes nobody's place. */
	char *large = qpp_arena_alloc(&arena, MEGABYTE);
	qpp_kept_put(k, HOT, 1, (struct qpp_str){ large, MEGABYTE });
	assert_true(kept(k, HOT, 1));
	qpp_kept_close(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept__is_found_by_key_and_stamp),
		cmocka_unit_test(kept__stays_within_its_bytes),
	};
	int bad = RUN_AS_TAP(tests);
	qpp_arena_close(&arena);
	return bad;
}
