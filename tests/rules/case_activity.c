/* Cases on improvement activities of virtual groups: practices that say yes, by their sizes. */
#include "case_run.h"
#include "qpp/activity.h"

enum qpp_code case_ask_activity(struct case_run *r)
{
	qpp_dec given[CASE_MOST_VALUES], all[CASE_MOST_VALUES];
	int64_t sizes[CASE_MOST_VALUES], clinicians = 0;
	struct qpp_activity_answer x;
	size_t n = case_numbers(r, "attesting", given);
	bool whole = case_numbers(r, "clinicians", all) == 1 && qpp_dec_i64(all[0], &clinicians);
	for (size_t i = 0; i < n; i++)
		whole &= qpp_dec_i64(given[i], &sizes[i]);
	if (!whole) {
		case_says(r, "clinicians and attesting are counts", (char *)NULL);
		return QPP_USAGE;
	}
	enum qpp_code code = qpp_activity_of_group(&r->request, clinicians, sizes, n, &x, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "performed", x.performed ? QPP_LIT("yes") : QPP_LIT("no"));
	case_answer(r, "counted", qpp_i64_text(r->arena, x.counted));
	return code;
}
