/*
 * Arena: memory that is given back all at once.
 *
 * One arena per request, per score, per file. Everything made in an arena
 * lives until the arena is reset past it or closed; nothing is freed singly.
 * An allocation never returns NULL: when memory runs out the arena calls its
 * `refuse` handler, which must not return (a host sets it to longjmp or exit;
 * the default traps). Memory is zeroed.
 *
 *   struct qpp_arena a = QPP_ARENA_INIT;
 *   struct thing *t = QPP_NEW(&a, struct thing);
 *   qpp_arena_close(&a);
 */
#ifndef QPP_ARENA_H
#define QPP_ARENA_H

#include <stddef.h>

struct qpp_chunk;

struct qpp_arena {
	struct qpp_chunk *top;       /* newest chunk, older ones behind it */
	void (*refuse)(void *host);  /* called when memory runs out; never returns */
	void *host;                  /* given to refuse */
};

/* A place in an arena to which it can be reset. */
struct qpp_mark {
	struct qpp_chunk *top;
	size_t used;
};

#define QPP_ARENA_INIT { NULL, NULL, NULL }

/* `size` zeroed bytes, aligned for any type. */
void *qpp_arena_alloc(struct qpp_arena *a, size_t size) __attribute__((malloc, returns_nonnull));

/* `n` elements of `size` bytes; refuses when the product overflows. */
void *qpp_arena_array(struct qpp_arena *a, size_t n, size_t size) __attribute__((returns_nonnull));

/* The same without zeroing: for arrays every element of which is assigned before it is read. */
void *qpp_arena_array_raw(struct qpp_arena *a, size_t n, size_t size) __attribute__((returns_nonnull));

struct qpp_mark qpp_arena_mark(const struct qpp_arena *a);

/* Gives back everything made since `m`; the newest chunk is kept for reuse. */
void qpp_arena_reset(struct qpp_arena *a, struct qpp_mark m);

void qpp_arena_close(struct qpp_arena *a);

#define QPP_NEW(a, type) ((type *)qpp_arena_alloc((a), sizeof(type)))
#define QPP_RAW_ARRAY(a, n, type) ((type *)qpp_arena_array_raw((a), (n), sizeof(type)))
#define QPP_NEW_ARRAY(a, n, type) ((type *)qpp_arena_array((a), (n), sizeof(type)))

/*
 * A growable array in an arena:
 *   QPP_VEC(struct thing) things = {0};
 *   *QPP_PUSH(arena, &things) = thing;
 */
#define QPP_VEC(type) struct { type *v; size_t n, cap; }
#define QPP_PUSH(a, vec)                                                              \
	((vec)->n == (vec)->cap                                                           \
	     ? (void)((vec)->v = qpp_arena_grow((a), (vec)->v, &(vec)->cap, sizeof *(vec)->v)) \
	     : (void)0,                                                                   \
	 &(vec)->v[(vec)->n++])

/* A copy of `old` (`*cap` elements of `size` bytes) with room for more. */
void *qpp_arena_grow(struct qpp_arena *a, const void *old, size_t *cap, size_t size)
    __attribute__((returns_nonnull));

#endif
