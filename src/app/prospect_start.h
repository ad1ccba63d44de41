/* Beginning a submission, for those who see no score; included by prospect.h, which is the manual. */
#ifndef QPP_APP_PROSPECT_START_H
#define QPP_APP_PROSPECT_START_H

#include "app/service.h"

/* The submission of an organization in a year, made when there is none, by those who may file for it. */
struct qpp_start {
	struct qpp_str org_id, npi;          /* npi: of an individual submission; empty: the organization as a whole */
	qpp_py py;
};
/* QPP_NOT_FOUND: no such organization, or not theirs; QPP_DATA: the NPI does not bill through the practice that year. */
QPP_MUST_USE enum qpp_code qpp_submission_start(const struct qpp_call *call, const struct qpp_start *s, struct qpp_str *id,
                                                struct qpp_err *err);
#endif
