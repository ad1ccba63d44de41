/*
 * Within the submission period of its year, or not: rules/calendar.md has the
 * instants, both ends belong to it. Outside of it every write is refused, as
 * the agency does, with 401; reading and previewing go on.
 */
#include "app/service.h"

enum qpp_code qpp_window_check(const struct qpp_service *service, qpp_py py, qpp_time at, struct qpp_err *err)
{
	struct qpp_str first = qpp_years_param(service->years, "submission_opens", py);
	struct qpp_str last = qpp_years_param(service->years, "submission_closes", py);
	qpp_instant opens, closes, now = qpp_time_instant(at);
	if (service->window_open)
		return QPP_OK;
	if (!qpp_instant_parse(first, &opens, NULL) ||
	    !qpp_instant_parse(last, &closes, NULL)) {
		(void)qpp_fail(err, QPP_SIGNED_OUT, "the submission period of that performance year is not known", (char *)NULL);
		qpp_err_hint(err, "an operator can open it", (char *)NULL);
		return QPP_SIGNED_OUT;
	}
	if (now.v >= opens.v && now.v <= closes.v)
		return QPP_OK;
	(void)qpp_fail(err, QPP_SIGNED_OUT, "the submission period of that performance year is ",
	               now.v < opens.v ? "not open yet" : "over", (char *)NULL);
	/* Texts of the rules end in NUL. */
	qpp_err_detail(err, "from ", first.p, " through ", last.p, (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1325(e)"));
	return QPP_SIGNED_OUT;
}
