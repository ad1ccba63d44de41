/* What the pages of operators show: score runs, corrections at large, the radar. See models.h. */
#ifndef QPP_PORTAL_MODELS_OPERATOR_H
#define QPP_PORTAL_MODELS_OPERATOR_H

#include "adapt/portal/models.h"

struct qpp_run_line {
	struct qpp_str id, name, phase, reason, begun, progress, released;     /* released: empty when it is not */
	int64_t year, levels, pairs, paid, up, down, told;
	bool working, done, dropped, corrected, factors;
};
typedef QPP_LIST(struct qpp_run_line) qpp_run_lines;

struct qpp_operator_runs {
	qpp_run_lines v;
	QPP_LIST(int64_t) years;
	int64_t year;
	bool busy;                           /* one is not done: another cannot begin */
	struct qpp_str phase, scaling, reason;
};

/* ---- one run ---- */

struct qpp_moved_line {
	struct qpp_str org, npi, old_score, score, old_factor, factor;
	bool up;
};
struct qpp_operator_run {
	struct qpp_run_line x;
	bool has_effect;                     /* of a correction that is scored */
	int64_t moved, up, down, score_moved, factor_moved, only_factor, gained, lost;
	struct qpp_str score_quantile[5], factor_quantile[5], scaling_before, scaling_after;
	QPP_LIST(struct qpp_moved_line) list;
	struct qpp_str way, next;            /* "up", "down" or empty; from where the list goes on */
	int64_t findings;                    /* of the radar; -1: it has not looked yet */
};

/* What a release, or giving a run up, will do. */
struct qpp_run_act {
	struct qpp_run_line x;
	bool drop;
	struct qpp_str at, reason;
	bool factors;
};

/* ---- corrections ---- */

struct qpp_operator_corrections {
	qpp_run_lines v;
	QPP_LIST(int64_t) years;
	qpp_texts specials;
	int64_t year;
	bool busy;
	struct qpp_str name, reason, overlay, facts, level, state, county, special, scaling;
};

/* ---- the radar ---- */

struct qpp_radar_line {
	struct qpp_str says, step, kind, rule, size, next;
	int64_t touched, of;
	qpp_texts examples;
};
struct qpp_request_group {
	struct qpp_str says, about, rule, first, last, cause;
	int64_t requests, subjects;
};
struct qpp_operator_radar {
	int64_t year;
	QPP_LIST(int64_t) years;
	bool has_run, looked;
	struct qpp_run_line run;
	int64_t levels, clinicians, questions, requests;
	QPP_LIST(struct qpp_radar_line) v;
	QPP_LIST(struct qpp_request_group) groups;
};

#endif
