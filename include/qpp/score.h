/*
 * Scoring: from a submission and the facts about the filer to the final score
 * and the payment adjustment, under the rules of one performance year.
 *
 * Pure: no clock, no files, no globals. Results live in the arena of the
 * request. Each number of a result carries the number of its fact in the trace
 * (0 when no trace was asked for); the numbers are the same either way.
 *
 * Errors of every function here: QPP_NO_RULE (the year has no final rule for
 * something that was needed; the error names it), QPP_ARITHMETIC (a number too
 * large to be computed exactly), QPP_BUG.
 */
#ifndef QPP_SCORE_H
#define QPP_SCORE_H

#include "qpp/catalog.h"
#include "qpp/finding.h"
#include "qpp/rules.h"
#include "qpp/submission.h"
#include "qpp/trace.h"

/* A number and its fact. */
struct qpp_value {
	bool has;
	qpp_dec v;
	uint32_t fact;
};

/* What kind of scoring a program gets: its name in the rule tables. */
enum qpp_program_kind {
	QPP_PROGRAM_MIPS, QPP_PROGRAM_MVP, QPP_PROGRAM_APP,
	QPP_PROGRAM_WEB_INTERFACE_APM, QPP_PROGRAM_OTHER_APM,    /* APM scoring standard, 414.1370: weights only */
	QPP_PROGRAM_KINDS
};

enum qpp_band { QPP_MAX_NEGATIVE, QPP_NEGATIVE, QPP_NEUTRAL, QPP_POSITIVE, QPP_EXCEPTIONAL };
enum qpp_scaling_source { QPP_SCALING_NONE, QPP_SCALING_GIVEN, QPP_SCALING_FITTED };

/* 414.1405. Factors in percent of pay, two decimals. */
struct qpp_adjustment {
	enum qpp_band band;
	struct qpp_value factor;        /* absent: positive, and the year's scaling is not known */
	struct qpp_value additional;    /* absent: none that year, or not known */
	struct qpp_value total;
	struct qpp_value scaling;
	enum qpp_scaling_source scaling_source;
	uint32_t band_fact;
};

/* Points of one quality or cost measure on its benchmark. */
struct qpp_points {
	struct qpp_value points;        /* 4 decimals, after floor and cap */
	struct qpp_value raw;           /* before; absent when no benchmark was applied */
	int decile;                     /* 0..10; 0 below the first */
	bool has_decile;
	struct qpp_value capped_at, floored_at;
	const struct qpp_benchmark *benchmark;   /* of the collection type, also when it was not applied; NULL: none */
	struct qpp_str measure_class;   /* incomplete, unscorable, firstYear, secondYear; empty: by benchmark */
	struct qpp_str class_why;       /* why it is of that class */
	bool excluded;                  /* leaves numerator and denominator */
	struct qpp_str excluded_why;
};

/* One measure or activity in a category, picked or not. */
struct qpp_measure_score {
	struct qpp_str measure_id;
	const struct qpp_measure *measure;
	enum qpp_method method;
	struct qpp_value rate, cases, completeness;
	struct qpp_points points;
	struct qpp_value available;     /* PI: points it could bring */
	bool picked;
	struct qpp_str status;          /* a sentence: why picked or not */
	struct qpp_where where;
};

struct qpp_category_score {
	enum qpp_category category;
	bool submitted;                 /* data were given for it */
	bool qualifies;                 /* and they are complete enough to give back a weight */
	bool by_claims;                 /* quality: nothing but measures reported by claims */
	bool scored;                    /* has a weight */
	struct qpp_value percent;       /* 0..100; absent when nothing could be scored */
	struct qpp_value weight;        /* whole percents */
	struct qpp_value points, maximum_points;
	struct qpp_value contribution;  /* points of the final score */
	struct qpp_str reweighted;      /* reason, when its weight went elsewhere; empty otherwise */
	struct qpp_str scored_by;       /* "facility", "members"; empty: by what was submitted */
	struct qpp_measure_score *measures;
	size_t n_measures;
	int empty_places;               /* quality: required measures that were not reported, 0 points each */
};

struct qpp_score {
	struct qpp_str program;         /* "mips", "app1", an MVP id */
	enum qpp_program_kind kind;
	struct qpp_str no_score;        /* why there is no final score; empty when there is one */
	struct qpp_value final_score;   /* two decimals */
	struct qpp_value final_exact;   /* what the sliding scale uses */
	struct qpp_value complex_patient_bonus;
	struct qpp_value small_practice_points;  /* in the final score; absent but in 2018 */
	/* 414.1380(e), where facility-based scoring was possible: both final scores; the better one is final_score. */
	bool facility_based;            /* the facility's is the better one */
	struct qpp_value by_facility, by_measures;
	struct qpp_category_score category[QPP_CATEGORIES];
	struct qpp_adjustment adjustment;
	uint32_t missing;               /* bits of the facts that were needed and absent (missing.def) */
	qpp_reading_set readings;       /* bits of the readings that were asked */
};

/*
 * Rules and catalog of a year joined for scoring. Making one takes longer than
 * using it: who scores many submissions makes it once.
 */
struct qpp_plan;
const struct qpp_plan *qpp_plan_make(struct qpp_arena *a, const struct qpp_rules *rules, const struct qpp_catalog *catalog);

/* What a request brings along. `trace` and `findings` may be NULL; so may `plan`, which is then made. */
struct qpp_request {
	struct qpp_arena *arena;
	const struct qpp_rules *rules;
	const struct qpp_catalog *catalog;
	struct qpp_trace *trace;
	struct qpp_findings *findings;
	const struct qpp_plan *plan;     /* of these rules and this catalog */
};

/*
 * The whole score of one program. The submission and the facts must have been
 * checked (qpp_check_submission, qpp_check_facts); measurements that name no
 * measure of the catalog are passed over. `program` is "mips", "app1",
 * "appPlus" or an MVP id; sets of other programs are passed over. Fails with
 * QPP_DATA when the program is not for the level of the submission.
 */
QPP_MUST_USE enum qpp_code qpp_score_submission(const struct qpp_request *q, const struct qpp_submission *s,
                                                const struct qpp_facts *facts, struct qpp_str program,
                                                struct qpp_score *out, struct qpp_err *err);

/* One measure at a rate that is given. `cases` and `completeness` absent: sufficient. */
struct qpp_points_question {
	struct qpp_str measure_id;
	enum qpp_method method;
	struct qpp_str program;
	qpp_dec rate;
	struct qpp_number cases, completeness;
	enum qpp_tri small_practice;
};
QPP_MUST_USE enum qpp_code qpp_score_points(const struct qpp_request *q, const struct qpp_points_question *ask,
                                            struct qpp_points *out, struct qpp_err *err);

/* The weights when the categories of `missing` (bits 1u << enum qpp_category) are not scored. */
struct qpp_weights {
	struct qpp_value weight[QPP_CATEGORIES];
	struct qpp_str rule;
};
QPP_MUST_USE enum qpp_code qpp_score_weights(const struct qpp_request *q, struct qpp_str program, bool small,
                                             uint32_t missing, struct qpp_weights *out, struct qpp_err *err);

/* The final score of category scores that are given; an absent one scores 0 unless it is missing. */
struct qpp_final_question {
	struct qpp_str program;
	struct qpp_number percent[QPP_CATEGORIES];
	struct qpp_number complex_patient_bonus;
	bool small;
	uint32_t missing;
};
QPP_MUST_USE enum qpp_code qpp_score_final(const struct qpp_request *q, const struct qpp_final_question *ask,
                                           struct qpp_score *out, struct qpp_err *err);

/*
 * The payment adjustment of a final score (0..100, not rounded). `scaling` and
 * `additional_scaling` absent: the year's fitted values; a year without them has
 * no positive factor.
 */
QPP_MUST_USE enum qpp_code qpp_score_adjustment(const struct qpp_request *q, qpp_dec final_score,
                                                struct qpp_number scaling, struct qpp_number additional_scaling,
                                                struct qpp_adjustment *out, struct qpp_err *err);

enum qpp_program_kind qpp_program_kind_of(struct qpp_str program);
const char *qpp_program_kind_name(enum qpp_program_kind k);
const char *qpp_band_name(enum qpp_band b);
const char *qpp_scaling_source_name(enum qpp_scaling_source s);

/* Facts that may be missing, in the order of the bits of qpp_score.missing. */
enum { QPP_MISSING_FACTS =
#define MISSING(NAME, name, decides) +1
#include "qpp/missing.def"
#undef MISSING
};
const char *qpp_missing_name(int bit);
const char *qpp_missing_decides(int bit);

#endif
