/*
 * 414.1360(a): an activity counts for a virtual group when enough of its
 * clinicians performed it. Decides how many a practice that says yes stands for,
 * and whether that is enough. The representative who adds up the data of the
 * practices sees the answer.
 */
#include "qpp/activity.h"

#include "calc.h"

/* R-414.1360(a): the yes of a practice promises a share of its clinicians, or stands for all of them. */
static int64_t stands_for(struct qpp_calc *c, bool by_percent, qpp_dec least, int64_t size)
{
	if (!by_percent || qpp_reading(c, QPP_R_activity_of_practice) == QPP_R_activity_of_practice_all)
		return size;
	int64_t n = 0;
	qpp_dec needed = qpp_dec_mul(least, qpp_dec_of(size));
	while (n < size && qpp_dec_cmp(qpp_dec_mul(qpp_dec_of(n), qpp_dec_of(100)), needed) < 0)
		n++;
	return n;
}

enum qpp_code qpp_activity_of_group(const struct qpp_request *q, int64_t clinicians, const int64_t *attesting, size_t n,
                                    struct qpp_activity_answer *out, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	*out = (struct qpp_activity_answer){ 0 };
	const struct qpp_table_row *row = qpp_row_needed(&c, QPP_T_activity_clinicians, QPP_KEYS({ -1, { NULL, 0 } }));
	if (!row)
		return qpp_calc_code(&c, err);
	bool by_percent = qpp_str_is(qpp_cell_word(row, QPP_C_activity_clinicians_counts), "percent");
	qpp_dec least = qpp_cell_num(&c, QPP_T_activity_clinicians, row, QPP_C_activity_clinicians_least).v;
	for (size_t i = 0; i < n; i++)
		out->counted += stands_for(&c, by_percent, least, attesting[i]);
	qpp_dec counted = qpp_dec_of(out->counted), needed = least;
	if (by_percent) {
		counted = qpp_dec_mul(counted, qpp_dec_of(100));
		needed = qpp_dec_mul(least, qpp_dec_of(clinicians));
	}
	out->performed = out->counted > 0 && qpp_dec_cmp(counted, needed) >= 0;
	return qpp_calc_code(&c, err);
}

enum qpp_code qpp_activity_days(const struct qpp_request *q, int64_t *days, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	struct qpp_num least = qpp_param(&c, QPP_P_ia_period_days);
	if (c.code == QPP_OK && !qpp_dec_i64(least.v, days))
		qpp_calc_fail(&c, QPP_BUG, "the least period of an activity is no whole number");
	return qpp_calc_code(&c, err);
}
