/* What the files of the aggregation share: the practices at hand, and the answers of all of them to one measure. */
#ifndef QPP_APP_AGGREGATE_INT_H
#define QPP_APP_AGGREGATE_INT_H

#include "app/aggregate.h"
#include "core/calc.h"
#include "qpp/buf.h"

/* A measurement set, and the practice whose it is. */
struct qpp_part {
	const struct qpp_election_practice *practice;
	int64_t clinicians;                              /* of the practice; one for an individual's submission */
	const struct qpp_measurement_set *set;
};

struct qpp_parts {
	struct qpp_part *v;
	size_t n;
};

struct qpp_adding {
	struct qpp_calc c;
	const struct qpp_request *request;
	const struct qpp_election *election;
	struct qpp_arena *arena;
	struct qpp_findings *findings;
	struct qpp_parts parts[QPP_CATEGORIES];
	QPP_VEC(struct qpp_measurement_set) sets;        /* of the answer */
	int64_t clinicians;                              /* of the whole virtual group */
};

/* A finding whose message is the given parts; the list ends with (char *)NULL. */
struct qpp_finding *qpp_adding_find(struct qpp_adding *g, enum qpp_severity severity, const char *code,
                                    struct qpp_where where, struct qpp_str subject, const char *first, ...)
    __attribute__((sentinel));

/* "001 Diabetes: ...", as findings name a measure; "practice Elm Street Clinic, TIN 000000002". */
struct qpp_str qpp_adding_measure(struct qpp_adding *g, const struct qpp_measurement *m);
struct qpp_str qpp_adding_practice(struct qpp_arena *a, const struct qpp_election_practice *p);

/* The practices of the parts for which `chosen` is set, as one text. */
struct qpp_str qpp_adding_names(struct qpp_adding *g, const struct qpp_parts *parts, const bool *chosen);

/* NPIs that bill under the TIN of a practice. */
int64_t qpp_adding_size(const struct qpp_election_practice *p);

/* The measurement of a set with that id; NULL when there is none. */
const struct qpp_measurement *qpp_adding_of(const struct qpp_measurement_set *set, struct qpp_str id);

/*
 * A set for the parts: category, method and record system of the first, the days from the first to the last of all,
 * and every measure id that occurs, each one time and without a value yet.
 */
struct qpp_measurement_set qpp_adding_set(struct qpp_adding *g, const struct qpp_parts *parts);

/*
 * The sum of the counts that the parts have for the measure of `m`, into `m`. False when they cannot be added, which
 * was told.
 */
bool qpp_adding_sum(struct qpp_adding *g, const struct qpp_parts *parts, struct qpp_measurement *m);

void qpp_adding_quality(struct qpp_adding *g);
void qpp_adding_activities(struct qpp_adding *g);
void qpp_adding_pi(struct qpp_adding *g);

#endif
