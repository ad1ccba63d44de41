/* Answers on who takes part, as text for a terminal. */
#ifndef QPP_TEXT_ELIGIBILITY_H
#define QPP_TEXT_ELIGIBILITY_H

#include "qpp/eligibility.h"

struct qpp_str qpp_text_eligibility(struct qpp_arena *a, const struct qpp_eligibility *x);
struct qpp_str qpp_text_qp(struct qpp_arena *a, const struct qpp_qp *x);

#endif
