/*
 * Arena: chunks of doubling size, newest first. A reset keeps the newest chunk
 * beside the one it lands in, so a loop that marks and resets does not allocate
 * again, wherever in a chunk its mark was.
 */
#include "qpp/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct qpp_chunk {
	struct qpp_chunk *older;
	size_t used, size;
	_Alignas(max_align_t) unsigned char bytes[];
};

enum { FIRST_CHUNK = 4096, LARGEST_STEP = 1 << 20 };

__attribute__((noreturn)) static void out_of_memory(struct qpp_arena *a)
{
	if (a->refuse)
		a->refuse(a->host);
	__builtin_trap();
}

static void add_chunk(struct qpp_arena *a, size_t size)
{
	size_t step = a->top ? a->top->size * 2 : FIRST_CHUNK;
	if (step > LARGEST_STEP)
		step = LARGEST_STEP;
	if (step < size)
		step = size;
	if (step > SIZE_MAX - sizeof(struct qpp_chunk))
		out_of_memory(a);
	struct qpp_chunk *c = malloc(sizeof *c + step);
	if (!c)
		out_of_memory(a);
	c->older = a->top;
	c->used = 0;
	c->size = step;
	a->top = c;
}

static void *take(struct qpp_arena *a, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	if (size > SIZE_MAX - align)
		out_of_memory(a);
	size = (size + align - 1) & ~(align - 1);
	if (!a->top || a->top->size - a->top->used < size)
		add_chunk(a, size);
	void *p = a->top->bytes + a->top->used;
	a->top->used += size;
	return p;
}

void *qpp_arena_alloc(struct qpp_arena *a, size_t size)
{
	return memset(take(a, size), 0, size);
}

void *qpp_arena_array(struct qpp_arena *a, size_t n, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory(a);
	return qpp_arena_alloc(a, bytes);
}

void *qpp_arena_array_raw(struct qpp_arena *a, size_t n, size_t size)
{
	size_t bytes;
	if (__builtin_mul_overflow(n, size, &bytes))
		out_of_memory(a);
	return take(a, bytes);
}

void *qpp_arena_grow(struct qpp_arena *a, const void *old, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap * 2 : 8;
	void *p = qpp_arena_array(a, more, size);
	if (*cap)
		memcpy(p, old, *cap * size);
	*cap = more;
	return p;
}

struct qpp_mark qpp_arena_mark(const struct qpp_arena *a)
{
	return (struct qpp_mark){ a->top, a->top ? a->top->used : 0 };
}

void qpp_arena_reset(struct qpp_arena *a, struct qpp_mark m)
{
	struct qpp_chunk *newest = a->top;
	if (!newest)
		return;
	if (newest == m.top) {
		newest->used = m.used;
		return;
	}
	while (newest->older != m.top) {
		struct qpp_chunk *older = newest->older;
		newest->older = older->older;
		free(older);
	}
	newest->used = 0;
	if (m.top)
		m.top->used = m.used;
}

void qpp_arena_close(struct qpp_arena *a)
{
	while (a->top) {
		struct qpp_chunk *older = a->top->older;
		free(a->top);
		a->top = older;
	}
}
