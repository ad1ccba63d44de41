/*
 * The files of the module: eligibility.c decides the status, eligibility_volume.c
 * the low-volume threshold, eligibility_status.c the special statuses.
 */
#ifndef QPP_ELIGIBILITY_INT_H
#define QPP_ELIGIBILITY_INT_H

#include "calc.h"
#include "qpp/eligibility.h"

struct qpp_eligibility_asking {
	struct qpp_calc *c;
	const struct qpp_eligibility_facts *facts;
	enum qpp_entity level;
	struct qpp_eligibility *out;
};

/* How much was billed: at or below a figure, some of the figures exceeded, all of them. */
enum qpp_volume { QPP_BELOW, QPP_BETWEEN, QPP_ABOVE };

/* Both the same when nothing that is unknown could change it. */
struct qpp_volumes {
	enum qpp_volume least, most;
};

static inline void qpp_eligibility_reason(struct qpp_eligibility_asking *q, const char *rule, const char *text)
{
	qpp_reason_add(q->c->arena, &q->out->why, rule, text, (char *)NULL);
}

static inline void qpp_eligibility_unknown(struct qpp_eligibility_asking *q, const char *fact, const char *decides)
{
	qpp_unknown_add(q->c->arena, &q->out->why, fact, decides);
}

struct qpp_volumes qpp_low_volume(struct qpp_eligibility_asking *q);

/* Fills in the special statuses of the answer, with their reasons. */
void qpp_special_statuses(struct qpp_eligibility_asking *q);

#endif
