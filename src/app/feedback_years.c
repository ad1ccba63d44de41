/* The years that feedback is asked for, and what of them is released. */
#include "app/feedback.h"

enum { MOST_YEARS = 20 };

static enum qpp_code one(struct qpp_tx *tx, qpp_time now, struct qpp_feedback_year *x, struct qpp_err *err)
{
	struct qpp_released when;
	enum qpp_code code = qpp_released_of(tx, x->py, &when, err);
	if (code != QPP_OK)
		return code;
	if (when.scores.us && when.scores.us <= now.us)
		x->scores = when.scores;
	if (when.factors.us && when.factors.us <= now.us)
		x->factors = when.factors;
	return QPP_OK;
}

enum qpp_code qpp_feedback_years(const struct qpp_call *call, struct qpp_feedback_years *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	const struct qpp_years *years = call->service->years;
	*out = (struct qpp_feedback_years){ .v = QPP_NEW_ARRAY(call->arena, MOST_YEARS, struct qpp_feedback_year) };
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	for (int y = qpp_years_newest(years).v; code == QPP_OK && out->n < MOST_YEARS && qpp_years_catalog(years, (qpp_py){ y }); y--) {
		out->v[out->n] = (struct qpp_feedback_year){ .py = { y } };
		code = one(tx, qpp_now(call->service->clock), &out->v[out->n++], err);
	}
	qpp_store_end(tx);
	return code;
}
