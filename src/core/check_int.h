/* Shared by the check_*.c files: what is being checked, and how a finding is made. */
#ifndef QPP_CHECK_INT_H
#define QPP_CHECK_INT_H

#include "qpp/buf.h"
#include "qpp/check.h"

struct qpp_check {
	struct qpp_submission *submission;
	const struct qpp_catalog *catalog;
	struct qpp_findings *findings;
	struct qpp_arena *arena;                   /* of the findings */
	/* What is being looked at; the subject of findings. */
	struct qpp_measurement_set *set;           /* NULL: the filer */
	struct qpp_measurement *measurement;       /* NULL: the set */
	void **by_id;                              /* measurements of the set by measure id, then place */
};

/* A finding whose message is the given parts; the list ends with (char *)NULL. */
struct qpp_finding *qpp_check_find(struct qpp_check *k, enum qpp_severity severity, const char *code,
                                   struct qpp_where where, const char *first, ...) __attribute__((sentinel));

/* The first measurement of the set with that id; NULL when there is none. */
struct qpp_measurement *qpp_check_in_set(const struct qpp_check *k, struct qpp_str id);

/* "registry, electronicHealthRecord". */
struct qpp_str qpp_check_method_list(struct qpp_arena *a, uint32_t methods);

void qpp_check_filer(struct qpp_check *k);
void qpp_check_program(struct qpp_check *k);
void qpp_check_period(struct qpp_check *k);
void qpp_check_cehrt(struct qpp_check *k);
void qpp_check_value(struct qpp_check *k);
void qpp_check_rates(struct qpp_check *k);
void qpp_check_pi(struct qpp_check *k);

#endif
