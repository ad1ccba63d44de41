/*
 * Bounded text under construction. A buffer is born with a maximum; what does
 * not fit is dropped and `full` is set, to be looked at once at the end.
 * The bytes live in the arena.
 */
#ifndef QPP_BUF_H
#define QPP_BUF_H

#include "qpp/dec.h"
#include "qpp/str.h"

struct qpp_buf {
	struct qpp_arena *arena;
	char *p;
	size_t n, cap, max;
	bool full;
};

void qpp_buf_init(struct qpp_buf *b, struct qpp_arena *a, size_t max);
void qpp_buf_add(struct qpp_buf *b, const void *p, size_t n);
void qpp_buf_str(struct qpp_buf *b, struct qpp_str s);
void qpp_buf_char(struct qpp_buf *b, char c);
void qpp_buf_i64(struct qpp_buf *b, int64_t v);
void qpp_buf_cat(struct qpp_buf *b, const char *first, ...) __attribute__((sentinel));   /* ends with (char *)NULL */

/* Plain notation with exactly `places` decimals (0..9), half away from zero. */
void qpp_buf_dec(struct qpp_buf *b, qpp_dec v, int places);

/*
 * Plain notation with as many decimals as the value needs, at least `least`
 * and at most `most`; a longer expansion is rounded at `most`.
 */
void qpp_buf_dec_short(struct qpp_buf *b, qpp_dec v, int least, int most);

/* What was written; NUL-terminated in memory. */
struct qpp_str qpp_buf_done(struct qpp_buf *b);

/* Shorthands that make the text in the arena. */
struct qpp_str qpp_dec_text(struct qpp_arena *a, qpp_dec v, int places);
struct qpp_str qpp_dec_text_short(struct qpp_arena *a, qpp_dec v, int least, int most);
struct qpp_str qpp_i64_text(struct qpp_arena *a, int64_t v);

#endif
