/*
 * Qualifying APM participants (42 CFR 414.1425, 414.1430, 414.1450): from the
 * shares of payments and patients through Advanced APMs to the status for the
 * year, with the reason of every comparison.
 *
 * Shares are percents, 0..100. An absent share is unknown: where it could change
 * the status there is none, and the answer lists it. Two absences mean something
 * else: without any figure of the APM Entity, `payment` and `patients` are those
 * of the level that decides; without any figure of all payers, that option was
 * not asked for.
 */
#ifndef QPP_QP_H
#define QPP_QP_H

#include "qpp/score.h"

/* A sentence of an answer and the paragraph it rests on. */
struct qpp_reason {
	struct qpp_str rule, text;
};

/* A fact that was not told and could change the answer. */
struct qpp_unknown {
	struct qpp_str fact, decides;
};

struct qpp_reasons {
	QPP_VEC(struct qpp_reason) list;
	QPP_VEC(struct qpp_unknown) unknown;     /* each fact once, in the order of the tests */
};

enum qpp_qp_status { QPP_QP_UNKNOWN, QPP_QP_NONE, QPP_QP_PARTIAL, QPP_QP_FULL, QPP_QP_STATUSES };

struct qpp_qp_facts {
	struct qpp_number payment, patients;
	struct qpp_number entity_payment, entity_patients;
	struct qpp_number all_payer_payment, all_payer_patients;
};

struct qpp_qp {
	enum qpp_qp_status status;               /* QPP_QP_UNKNOWN: undecided */
	struct qpp_value incentive_percent;      /* of a QP */
	struct qpp_reasons why;
};

/* Fails with QPP_NO_RULE for a year without thresholds. */
QPP_MUST_USE enum qpp_code qpp_qp_decide(const struct qpp_request *q, const struct qpp_qp_facts *facts,
                                         struct qpp_qp *out, struct qpp_err *err);

/* "none", "partial", "qp"; "undecided" of the unknown one. */
const char *qpp_qp_status_name(enum qpp_qp_status s);

/* Adds a sentence; the list ends with (char *)NULL. */
void qpp_reason_add(struct qpp_arena *a, struct qpp_reasons *r, const char *rule, const char *first, ...)
    __attribute__((sentinel));
/* Adds a fact unless it is listed already. */
void qpp_unknown_add(struct qpp_arena *a, struct qpp_reasons *r, const char *fact, const char *decides);

#endif
