/*
 * A filing within the submission period of its year, or not: outside of it
 * every write is refused, as the agency does, with 401; reading and previewing
 * go on.
 */
#include "app/service.h"
#include "qpp/window.h"

enum qpp_code qpp_window_check(const struct qpp_service *service, qpp_py py, qpp_time at, struct qpp_err *err)
{
	struct qpp_str first, last;
	if (service->window_open)
		return QPP_OK;
	enum qpp_window w = qpp_window_at(qpp_years_rules(service->years), py, qpp_time_instant(at), &first, &last);
	if (w == QPP_WINDOW_OPEN)
		return QPP_OK;
	if (w == QPP_WINDOW_UNKNOWN) {
		(void)qpp_fail(err, QPP_SIGNED_OUT, "the submission period of that performance year is not known", (char *)NULL);
		qpp_err_hint(err, "an operator can open it", (char *)NULL);
		return QPP_SIGNED_OUT;
	}
	(void)qpp_fail(err, QPP_SIGNED_OUT, "the submission period of that performance year is ",
	               w == QPP_WINDOW_NOT_OPEN ? "not open yet" : "over", (char *)NULL);
	/* Texts of the rules end in NUL. */
	if (first.n && last.n)
		qpp_err_detail(err, "from ", first.p, " through ", last.p, (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1325(e)"));
	return QPP_SIGNED_OUT;
}
