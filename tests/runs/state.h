/* What the tests of score runs share: a synthetic state in a store with a clock that is moved, and short ways to ask. */
#ifndef RUNS_STATE_H
#define RUNS_STATE_H

#include "../store/world.h"
#include "app/correction.h"
#include "app/feedback.h"

enum { PY = 2023 };

struct state {
	struct world w;
	struct qpp_service service;
	struct qpp_arena arena;
};

/* 60 practices of one seed, on 1 July 2024. */
void state_open(struct state *s);
/* The same of so many practices. */
void state_open_of(struct state *s, int practices);
void state_close(struct state *s);
/* The store closed and opened again. */
void state_reopen(struct state *s);
/* To an instant, RFC 3339. */
void state_at(struct state *s, const char *instant);
qpp_time instant(const char *text);

/* Whoever acts for an organization. */
struct qpp_call call_of(struct state *s, const struct qpp_org *org, enum qpp_post post);
struct qpp_call agency(struct state *s);

struct qpp_scoring run_begin(struct state *s, enum qpp_phase phase, enum qpp_scaling_by scaling, const char *reason);
struct qpp_scoring run_all(struct state *s, enum qpp_phase phase, enum qpp_scaling_by scaling, const char *reason);
enum qpp_code try_release(struct state *s, struct qpp_str run, const char *at, bool factors);
void must_release(struct state *s, struct qpp_str run, const char *at, bool factors);

/* The first TIN/NPI of a run that is paid by a level (0: that is paid nothing) and, where it is given, by another score than `not_score`. */
struct qpp_run pair_paid_by(struct state *s, struct qpp_str run, enum qpp_entity level, const char *not_score);
struct qpp_org org_of(struct state *s, struct qpp_str id);
enum qpp_code see(struct state *s, struct qpp_call *call, struct qpp_who who, bool detail, struct qpp_feedback *out);

/* Rows of a run, as text that is the same for the same scores: who, what, why. */
struct qpp_str text_of_run(struct state *s, struct qpp_str run);
int64_t audits(struct state *s);

#endif
