/*
 * Answers as JSON, in the shapes of the command line's contract (docs/cli.md).
 * Each function gives a new jansson value that the caller owns; NULL never
 * comes back (running out of memory ends the program).
 *
 * Decimals are strings in plain notation, counts are integers, an absent value
 * is absent. Text that is not valid UTF-8 (a command-line argument can be
 * anything) has the offending bytes replaced by "?".
 */
#ifndef QPP_JSON_WRITE_H
#define QPP_JSON_WRITE_H

#include <jansson.h>

#include "app/answer.h"
#include "qpp/catalog.h"
#include "qpp/score.h"

json_t *qpp_json_error(const struct qpp_err *err);
json_t *qpp_json_finding(const struct qpp_finding *f);
json_t *qpp_json_findings(const struct qpp_findings *f);

/* `reasons` are the facts of the trace that carry a sentence, in the order they were made. */
json_t *qpp_json_points(struct qpp_arena *a, const struct qpp_points *p, const struct qpp_trace *trace, qpp_py py);
json_t *qpp_json_weights(struct qpp_arena *a, const struct qpp_weights *w);
json_t *qpp_json_adjustment(struct qpp_arena *a, const struct qpp_adjustment *x);
/* finalScore, categories, complexPatientBonus, adjustment. */
void qpp_json_put_score(struct qpp_arena *a, json_t *to, const struct qpp_score *s);
/* The whole answer of `score`; with traces cut at `depth` levels (0: all) where there are any. */
json_t *qpp_json_answer(struct qpp_arena *a, const struct qpp_answer *x, const struct qpp_findings *f, unsigned depth);
/* Its parts, for answers on several files: who filed; the members of one program's score. */
json_t *qpp_json_entity(const struct qpp_answer *x);
void qpp_json_put_scored(struct qpp_arena *a, json_t *to, const struct qpp_scored *x, unsigned depth);
/* One fact with its inputs below it; a fact that stands elsewhere already is only named there. */
json_t *qpp_json_trace(struct qpp_arena *a, const struct qpp_trace *t, uint32_t fact, unsigned depth);
json_t *qpp_json_measure(struct qpp_arena *a, const struct qpp_catalog *c, const struct qpp_measure *m);

/* Small builders shared by the verbs. */
json_t *qpp_json_text(struct qpp_str s);
void qpp_json_put_text(json_t *to, const char *name, struct qpp_str s);          /* nothing when empty */
void qpp_json_put_dec(struct qpp_arena *a, json_t *to, const char *name, struct qpp_value v, enum qpp_unit unit);

#endif
