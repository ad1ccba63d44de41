/* Arenas: what they hand out, what a reset gives back, what happens when there is no memory. */
#include "unit.h"

#include <string.h>

static void arena__hands_out_zeroed_aligned_memory(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	for (size_t size = 0; size < 300; size++) {
		unsigned char *p = qpp_arena_alloc(&a, size);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xA5, size);
	}
	qpp_arena_close(&a);
}

static void arena__takes_more_than_a_chunk_at_once(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	enum { LARGE = 5 << 20 };
	char *small = qpp_arena_alloc(&a, 1), *large = qpp_arena_alloc(&a, LARGE);
	*small = 'x';
	memset(large, 'y', LARGE);
	assert_int_equal(*small, 'x');
	qpp_arena_close(&a);
}

static void arena__memory_after_a_reset_is_zeroed_again(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	char *kept = qpp_arena_alloc(&a, 16);
	memset(kept, 'k', 16);
	struct qpp_mark m = qpp_arena_mark(&a);
	char *first = qpp_arena_alloc(&a, 100);
	memset(first, 'f', 100);
	qpp_arena_reset(&a, m);
	char *second = qpp_arena_alloc(&a, 100);
	assert_ptr_equal(first, second);
	for (int i = 0; i < 100; i++)
		assert_int_equal(second[i], 0);
	for (int i = 0; i < 16; i++)
		assert_int_equal(kept[i], 'k');
	qpp_arena_close(&a);
}

static void arena__a_mark_of_an_empty_arena_resets_everything(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_mark m = qpp_arena_mark(&a);
	qpp_arena_reset(&a, m);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 100; i++)
			memset(qpp_arena_alloc(&a, 1000), 'x', 1000);
		qpp_arena_reset(&a, m);
	}
	qpp_arena_close(&a);
}

static void arena__a_loop_that_resets_uses_the_same_chunk_again(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	/* The mark stands at the end of its chunk: every round needs another one. */
	qpp_arena_alloc(&a, 4096 - 16);
	struct qpp_mark m = qpp_arena_mark(&a);
	void *first = qpp_arena_alloc(&a, 3000);
	for (int round = 0; round < 10; round++) {
		qpp_arena_reset(&a, m);
		assert_ptr_equal(qpp_arena_alloc(&a, 3000), first);
	}
	qpp_arena_close(&a);
}

static void arena__nested_marks_reset_from_the_inside_out(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	char *outer = qpp_arena_alloc(&a, 4000);
	memset(outer, 'o', 4000);
	struct qpp_mark first = qpp_arena_mark(&a);
	for (int i = 0; i < 20; i++) {
		char *middle = qpp_arena_alloc(&a, 3000);
		memset(middle, 'm', 3000);
		struct qpp_mark second = qpp_arena_mark(&a);
		for (int k = 0; k < 5; k++) {
			memset(qpp_arena_alloc(&a, 7000), 'i', 7000);
			qpp_arena_reset(&a, second);
		}
		assert_int_equal(middle[2999], 'm');
	}
	qpp_arena_reset(&a, first);
	assert_int_equal(outer[3999], 'o');
	qpp_arena_close(&a);
}

static void arena__a_growing_array_keeps_its_elements(void **unused)
{
	(void)unused;
	struct qpp_arena a = QPP_ARENA_INIT;
	QPP_VEC(int) numbers = { 0 };
	for (int i = 0; i < 1000; i++)
		*QPP_PUSH(&a, &numbers) = i;
	assert_int_equal(numbers.n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(numbers.v[i], i);
	qpp_arena_close(&a);
}

static jmp_buf refused;

static void refuse(void *host)
{
	++*(int *)host;
	longjmp(refused, 1);
}

static void arena__asks_its_host_when_memory_runs_out(void **unused)
{
	(void)unused;
	static int times;
	struct qpp_arena a = { NULL, refuse, &times };
	times = 0;
	if (!setjmp(refused)) {
		qpp_arena_array(&a, SIZE_MAX / 2, 3);          /* the product wraps */
		fail();
	}
	if (!setjmp(refused)) {
		qpp_arena_alloc(&a, SIZE_MAX - 3);             /* the alignment wraps */
		fail();
	}
	if (!setjmp(refused)) {
		qpp_arena_alloc(&a, SIZE_MAX - 40);            /* the chunk wraps */
		fail();
	}
	assert_int_equal(times, 3);
	assert_non_null(qpp_arena_alloc(&a, 10));              /* the arena is as good as before */
	qpp_arena_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena__hands_out_zeroed_aligned_memory),
		cmocka_unit_test(arena__takes_more_than_a_chunk_at_once),
		cmocka_unit_test(arena__memory_after_a_reset_is_zeroed_again),
		cmocka_unit_test(arena__a_mark_of_an_empty_arena_resets_everything),
		cmocka_unit_test(arena__a_loop_that_resets_uses_the_same_chunk_again),
		cmocka_unit_test(arena__nested_marks_reset_from_the_inside_out),
		cmocka_unit_test(arena__a_growing_array_keeps_its_elements),
		cmocka_unit_test(arena__asks_its_host_when_memory_runs_out),
	};
	return RUN_AS_TAP(tests);
}
