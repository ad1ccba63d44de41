/*
 * What is known of one clinician's part in the program in a year: where the
 * clinician bills, and what is known of each practice. Public: TINs are masked.
 */
#ifndef QPP_APP_STANDING_H
#define QPP_APP_STANDING_H

#include "app/service.h"

struct qpp_standing_place {
	struct qpp_relation relation;
	struct qpp_org org;
	struct qpp_str group_facts;              /* JSON: facts of eligibility of the practice; empty: none */
	/* Virtual groups, subgroups and APM entities that the clinician or the practice is in. */
	struct qpp_standing_group {
		struct qpp_org org;
		struct qpp_str body;
	} *groups;
	size_t n_groups;
};

struct qpp_standing {
	struct qpp_clinician clinician;
	struct qpp_standing_place *places;
	size_t n;
};

/* QPP_NOT_FOUND: nobody has the NPI. Nobody billing that year is no error: there are no places. */
QPP_MUST_USE enum qpp_code qpp_standing_of(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str npi, qpp_py py,
                                           struct qpp_standing *out, struct qpp_err *err);

#endif
