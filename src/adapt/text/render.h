/*
 * Answers as text for a terminal: plain, at most 100 columns, no color. Each
 * function makes its text in the arena.
 */
#ifndef QPP_TEXT_RENDER_H
#define QPP_TEXT_RENDER_H

#include "app/answer.h"
#include "qpp/buf.h"
#include "qpp/score.h"

struct qpp_str qpp_text_points(struct qpp_arena *a, const struct qpp_points *p, const struct qpp_trace *t);
struct qpp_str qpp_text_weights(struct qpp_arena *a, const struct qpp_weights *w);
struct qpp_str qpp_text_adjustment(struct qpp_arena *a, const struct qpp_adjustment *x);
struct qpp_str qpp_text_score(struct qpp_arena *a, const struct qpp_score *s);
/* With the reasons below each score that was traced, `depth` levels of them (0: all). */
struct qpp_str qpp_text_answer(struct qpp_arena *a, const struct qpp_answer *x, unsigned depth);
/* One of its scores, without the hash of the rules. */
struct qpp_str qpp_text_scored(struct qpp_arena *a, const struct qpp_answer *x, const struct qpp_scored *s, unsigned depth);
/* One fact and what it was made of, indented. */
void qpp_text_trace(struct qpp_buf *b, const struct qpp_trace *t, uint32_t fact, unsigned depth);

#endif
