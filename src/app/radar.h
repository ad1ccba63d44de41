/*
 * The radar: finds what scoring got wrong for many before anybody asks. It goes
 * over everybody of a run that is done, scores each again under the run's rules,
 * and looks at what came out against what is known of them; and it groups the
 * open requests for review by the step of the rules that they are about.
 *
 * The checks are of kinds of mistake, not of mistakes that were made: an exception
 * that was not consumed, something that nobody of a kind received, a result that
 * nobody was scored on, a list that is not closed, sources that disagree, people
 * lost on the way, a sign, a score that cannot be made again. radar.def has them
 * with what to do next, and the thresholds with their reasons.
 *
 * Memory grows with the number of steps and kinds, not with that of people.
 */
#ifndef QPP_APP_RADAR_H
#define QPP_APP_RADAR_H

#include "app/runs.h"

enum qpp_radar_check {
#define CHECK(NAME, name, title, next) QPP_RADAR_##NAME,
#include "app/radar.def"
	QPP_RADAR_CHECKS
};
struct qpp_radar_about {
	const char *name, *title, *next;
};
const struct qpp_radar_about *qpp_radar_about(enum qpp_radar_check c);

enum qpp_radar_threshold {
#define THRESHOLD(NAME, name, value, reason) QPP_RADAR_OVER_##NAME,
#include "app/radar.def"
	QPP_RADAR_THRESHOLDS
};
struct qpp_radar_limit {
	const char *name;
	int64_t value;
	const char *reason;
};
const struct qpp_radar_limit *qpp_radar_limit(enum qpp_radar_threshold t);

enum { QPP_RADAR_EXAMPLES = 10 };

struct qpp_radar_finding {
	enum qpp_radar_check check;
	struct qpp_str step;             /* "complex patient bonus", "promoting interoperability: hardship", "quality/479" */
	struct qpp_str rule;             /* paragraph */
	struct qpp_str kind;             /* of whom: "level apmEntity", "state FL"; empty: everybody */
	int64_t touched, of;             /* how many it holds for, of how many that were looked at */
	struct qpp_str size;             /* how large, a phrase; may be empty */
	struct qpp_who example[QPP_RADAR_EXAMPLES];
	size_t n_examples;
};

struct qpp_radar {
	qpp_py py;
	struct qpp_scoring run;          /* id empty: the year has none, and nobody was looked at */
	struct qpp_radar_finding *v;     /* the most touched first */
	size_t n;
	int64_t levels, pairs;           /* that were looked at */
	int64_t observations;            /* questions that were asked of them */
	bool cut;                        /* `progress` ended it: nothing is said of those it did not come to */
};

/*
 * `scoring_id` empty: the newest run over everybody of the year that is done. `progress` may be NULL; false ends it,
 * QPP_OK, with what was found so far. QPP_CONFLICT: the run is not done. Who may ask is for the caller.
 */
struct qpp_radar_order {
	qpp_py py;
	struct qpp_str scoring_id;
	bool (*progress)(void *host, int64_t levels);
	void *host;
};
QPP_MUST_USE enum qpp_code qpp_radar_run(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_radar_order *o,
                                         struct qpp_radar *out, struct qpp_err *err);

/*
 * The same, kept with the run for whoever looks later; and what was kept (`*found` false: nobody looked yet). Texts go
 * through a port by link: src/adapt/json.
 */
QPP_MUST_USE enum qpp_code qpp_radar_keep(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_radar_order *o,
                                          struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_radar_kept(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_scoring *run,
                                          struct qpp_radar *out, bool *found, struct qpp_err *err);
struct qpp_str qpp_radar_doc_text(struct qpp_arena *a, const struct qpp_radar *r);
/* But for the groups of requests; of the run its id, phase and digest. QPP_DATA. */
QPP_MUST_USE enum qpp_code qpp_radar_doc_read(struct qpp_arena *a, struct qpp_str text, struct qpp_radar *r, struct qpp_err *err);

/* --- open requests --- */

struct qpp_radar_group {
	struct qpp_str reason, category, measure;        /* as filed; category and measure may be empty */
	struct qpp_str says, rule;                       /* of the reason */
	int64_t requests, subjects;
	qpp_time first, last;                            /* filed */
	struct qpp_str number[QPP_RADAR_EXAMPLES];
	size_t n_numbers;
	const struct qpp_radar_finding *cause;           /* likely the same; NULL: none */
};
struct qpp_radar_groups {
	struct qpp_radar_group *v;                       /* most requests first */
	size_t n;
	int64_t requests;
};
/* Requests that have not ended, at most 10,000 (QPP_LIMIT). `radar` may be NULL. */
QPP_MUST_USE enum qpp_code qpp_radar_requests(const struct qpp_service *service, struct qpp_arena *a, qpp_py py,
                                              const struct qpp_radar *radar, struct qpp_radar_groups *out, struct qpp_err *err);

#endif
