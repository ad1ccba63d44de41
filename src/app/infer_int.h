/* What the files of infer share: one part of one row, run once. */
#ifndef QPP_APP_INFER_INT_H
#define QPP_APP_INFER_INT_H

#include "app/infer.h"
#include "core/score_int.h"

/* With how many decimals the columns of a year are printed. */
struct qpp_column_decimals {
	int figure[QPP_FIGURES], points[QPP_CATEGORIES];
};

struct qpp_part_run {
	struct qpp_request q;                    /* the rules as this run reads them; its arena is scratch */
	const struct qpp_experience_row *row;
	const struct qpp_column_decimals *decimals;
	bool scale_takes_rounded;                /* reading score-compared, in its other alternative */
	/* What comes out. */
	struct qpp_range got;
	struct qpp_range exact;                  /* of the final score: before rounding */
	qpp_dec weight[QPP_CATEGORIES];
	qpp_reading_set readings;                /* bits of those that were asked */
	const char *why;                         /* it cannot be recomputed; NULL when it was */
	struct qpp_err err;
};

/* QPP_OK with `got` or `why`; QPP_NO_RULE, QPP_ARITHMETIC with `err`. */
enum qpp_code qpp_part_run(struct qpp_part_run *p, enum qpp_part part);

/* What came of a run that ended with `code`, held against the row: fills in all but the choices. */
void qpp_part_hold(struct qpp_arena *a, enum qpp_code code, const struct qpp_part_run *p, enum qpp_part part,
                   struct qpp_infer_try *out);

/* The part as the row prints it; empty when it does not. */
struct qpp_str qpp_part_printed(struct qpp_arena *a, const struct qpp_experience_row *row, enum qpp_part part);

enum qpp_code qpp_part_quality(struct qpp_part_run *p);
enum qpp_code qpp_part_cost(struct qpp_part_run *p);
enum qpp_code qpp_part_ia(struct qpp_part_run *p);

/* Ends a run: what was asked, and what went wrong. */
enum qpp_code qpp_part_finish(struct qpp_part_run *p, const struct qpp_scoring *s);

/* Scored under traditional MIPS, as far as the row says. */
bool qpp_row_traditional(const struct qpp_experience_row *row);

/* What a figure of so many decimals was rounded from; one number; no less and no more than two. */
struct qpp_range qpp_range_around(qpp_dec v, int decimals);
struct qpp_range qpp_range_exactly(qpp_dec v);
struct qpp_range qpp_range_within(struct qpp_range r, qpp_dec least, qpp_dec most);

/* End 0 is the least, 1 the most. */
qpp_dec qpp_range_end(struct qpp_range r, int end);
void qpp_range_set(struct qpp_range *r, int end, qpp_dec v);

/* A figure as an input, from 0 to `most`: an absent one is 0, and a printed 0 is exact. */
struct qpp_range qpp_input_range(const struct qpp_part_run *p, enum qpp_figure f, qpp_dec most);

/* The figure a part is held against; the interval that its printed text stands for. */
enum qpp_figure qpp_part_figure(enum qpp_part part);
struct qpp_range qpp_printed_range(const struct qpp_part_run *p, enum qpp_figure f);

#endif
