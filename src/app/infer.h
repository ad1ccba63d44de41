/*
 * The use case behind `infer`: which readings of the rules do the agency's own
 * published results support? Each row of the public QPP Experience file prints
 * parts of a score; what the parts of a row allow is recomputed from them by
 * the scorer, under every combination of the readings that were asked on the
 * way, and held against what the row prints.
 *
 * A printed figure was rounded, so it stands for an interval; every part rises
 * with each of its inputs, so the scorer run at the lower and at the upper ends
 * gives the interval of the result. A row agrees when that interval meets the
 * printed one: nothing looser, nothing tighter is known. How many decimals a
 * column was printed with is the most that any row of its year shows in it (the
 * file drops trailing zeros). Exact are: figures that the rules keep whole
 * (activities, promoting interoperability, the small practice bonus) when they
 * are printed so, and an addend printed as 0.
 *
 *   weights     of the flags of reweighting, against the weights the row prints
 *   quality     of the measures' points, small practice bonus and improvement
 *   cost        of the measures' points and improvement
 *   ia          of the activities' points
 *   final       of the category scores and the complex patient bonus
 *   adjustment  of the final score: before rounding as recomputed above where
 *               that can be done (reading score-compared)
 */
#ifndef QPP_APP_INFER_H
#define QPP_APP_INFER_H

#include "qpp/score.h"

struct qpp_printed {
	bool given;
	qpp_dec v;
	int decimals;                /* as printed */
	struct qpp_str text;
};

enum qpp_figure {
	QPP_FIGURE_FINAL, QPP_FIGURE_ADJUSTMENT, QPP_FIGURE_COMPLEX, QPP_FIGURE_QUALITY, QPP_FIGURE_QUALITY_IMPROVEMENT,
	QPP_FIGURE_SMALL_BONUS, QPP_FIGURE_COST, QPP_FIGURE_COST_IMPROVEMENT, QPP_FIGURE_IA, QPP_FIGURE_PI,
	QPP_FIGURE_WEIGHT,           /* one for each category, in their order; as fractions of 1 */
	QPP_FIGURES = QPP_FIGURE_WEIGHT + QPP_CATEGORIES
};

struct qpp_row_measure {
	struct qpp_str id;
	struct qpp_str collection_type;          /* in the file's words; empty where it does not say */
	struct qpp_printed points;
};

/* One row of the file, in plain data. */
struct qpp_experience_row {
	struct qpp_str label;                    /* never empty: "row 3" when the row has none */
	qpp_py py;
	struct qpp_printed figure[QPP_FIGURES];
	struct qpp_row_measure *measures[QPP_CATEGORIES];
	size_t n_measures[QPP_CATEGORIES];
	uint32_t reweighted;                     /* bits 1u << category: a flag of the row says so */
	enum qpp_tri small_practice, reported, facility_scored;
	enum qpp_tri unnamed_bonus;              /* quality bonus points, of which the row says only that there are some */
	enum qpp_tri activity_credit;            /* points for activities that the row does not list */
	struct qpp_str option;                   /* "Traditional MIPS", ...; empty where the file does not say */
};

enum qpp_part {
	QPP_PART_WEIGHTS, QPP_PART_QUALITY, QPP_PART_COST, QPP_PART_IA, QPP_PART_FINAL, QPP_PART_ADJUSTMENT, QPP_PARTS
};

enum qpp_infer_outcome {
	QPP_INFER_AGREES,
	QPP_INFER_DIFFERS,
	QPP_INFER_NO_RULE,           /* the year lacks a rule */
	QPP_INFER_NOT_POSSIBLE       /* the row does not say enough */
};

struct qpp_range {
	qpp_dec least, most;
};

/* A reading as one run had it. */
struct qpp_infer_choice {
	struct qpp_str reading, alternative;
};

/* One part of one row under one combination of readings. */
struct qpp_infer_try {
	enum qpp_infer_outcome outcome;
	struct qpp_str recomputed;               /* "77.03" or "77.02..77.04"; empty without a result */
	struct qpp_range range;                  /* undefined for weights */
	qpp_dec off;                             /* of one that differs: printed less the nearest end of the range */
	struct qpp_str why;                      /* NO_RULE and NOT_POSSIBLE: a sentence */
	const struct qpp_infer_choice *choices;
	size_t n_choices;
};

struct qpp_infer_part {
	struct qpp_str printed;                  /* empty: the row does not print this part, and nothing was tried */
	struct qpp_infer_try *tries;             /* [0] under the readings in force */
	size_t n_tries;
};

struct qpp_infer_row {
	const struct qpp_experience_row *is;
	struct qpp_infer_part parts[QPP_PARTS];
};

/* What the rows say of one alternative of a reading. A row agrees when every part that asks the reading can. */
struct qpp_infer_evidence {
	struct qpp_str reading, alternative;
	const struct qpp_experience_row **agree, **differ;
	size_t n_agree, n_differ, n_untouched;
};

struct qpp_infer {
	struct qpp_infer_row *rows;
	size_t n_rows;
	struct qpp_infer_evidence *evidence;     /* readings in the order of the rules, their alternatives together */
	size_t n_evidence;
	size_t outcomes[QPP_INFER_NOT_POSSIBLE + 1];     /* of parts, under the readings in force */
};

struct qpp_infer_request {
	struct qpp_arena *arena;
	const struct qpp_ruleset *rules;
	/* The catalog of a year, NULL when there is none. */
	const struct qpp_catalog *(*catalog_of)(void *host, qpp_py py);
	void *host;
	const struct qpp_experience_row *rows;
	size_t n_rows;
};

/* QPP_BUG only: what cannot be recomputed is an outcome. */
QPP_MUST_USE enum qpp_code qpp_infer_rows(const struct qpp_infer_request *r, struct qpp_infer *out, struct qpp_err *err);

const char *qpp_part_name(enum qpp_part p);
const char *qpp_infer_outcome_name(enum qpp_infer_outcome o);      /* agrees, differs, noRule, notPossible */

#endif
