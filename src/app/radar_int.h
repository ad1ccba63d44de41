/* What the files of the radar share: cells that count, and one look over everybody. */
#ifndef QPP_APP_RADAR_INT_H
#define QPP_APP_RADAR_INT_H

#include "app/radar.h"
#include "app/runs_int.h"

/* One question asked of one kind of people. */
struct radar_cell {
	struct radar_cell *next;         /* of the same bucket */
	struct radar_cell *order;        /* in the order they came */
	enum qpp_radar_check check;
	struct qpp_str step, rule, kind;
	bool by_chance;                  /* all must be hit, and that must be unlikely; else each hit is a fault */
	int64_t n, hits;
	int64_t sum;                     /* hundredths: of what was missed, or of what the others received */
	struct qpp_str unit;
	struct qpp_who example[QPP_RADAR_EXAMPLES];
	size_t n_examples;
};

enum { RADAR_BUCKETS = 4096 };

struct radar_cells {
	struct qpp_arena *arena;
	struct radar_cell *bucket[RADAR_BUCKETS];
	struct radar_cell *first, **last;
	int64_t observations;
};

/* An answer: `hit` when the person has the fault, or (by chance) received nothing. */
struct radar_seen {
	enum qpp_radar_check check;
	const char *step;                /* with `of` behind it where that is given */
	struct qpp_str of;
	const char *rule;
	bool hit;
	int64_t size;                    /* hundredths */
	const char *unit;                /* "points of weight" */
};

void radar_cells_init(struct radar_cells *c, struct qpp_arena *a);
/* Faults of single people. */
void radar_see(struct radar_cells *c, const struct radar_seen *x, const struct qpp_who *who);
/* What may be missing for one and not for all: counted for everybody and for each kind. */
struct radar_kinds {
	struct qpp_str program, state;
};
void radar_see_kinds(struct radar_cells *c, const struct radar_seen *x, const struct qpp_who *who, const struct radar_kinds *kinds);

/* What is beyond the thresholds, the most touched first. */
void radar_judge(const struct radar_cells *c, struct qpp_arena *a, struct qpp_radar *out);

/* --- radar_score.c, radar_lists.c: a level that was scored again --- */

struct radar_level {
	struct radar_cells *cells;
	struct qpp_piece *p;
	const struct qpp_org *org;
	const struct qpp_relation *relation;     /* of an individual; NULL otherwise */
	const struct qpp_known *known;
	const struct qpp_score *score;
	const struct qpp_trace *trace;
	struct radar_kinds kinds;
};
enum qpp_code radar_score(struct radar_level *x, struct qpp_err *err);
void radar_lists(struct radar_level *x);

/* --- radar_pairs.c: the rows that the run wrote --- */

struct radar_practice {
	struct radar_cells *cells;
	struct qpp_piece *p;
	const struct qpp_org *org;
	const struct qpp_run_rows *rows;
	int64_t pairs;
};
enum qpp_code radar_pairs(struct radar_practice *x, const struct qpp_relation_rows *people, struct qpp_err *err);
/* A score that was made again against what the rows of the run say it was. */
void radar_reproduce(struct radar_cells *c, const struct qpp_known *known, struct qpp_str exact, const struct qpp_run_rows *rows);

#endif
