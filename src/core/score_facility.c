/*
 * 414.1380(e): facility-based scoring. Quality and cost have the scores that MIPS
 * has at the percentile of the hospital's total performance score; the better of
 * the two final scores holds. The clinician sees both.
 */
#include "score_int.h"

/* R-414.1380(e): the year, the level and what was submitted allow it; what is not known is remembered. */
static bool possible(struct qpp_scoring *s)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_facts *facts = s->facts;
	if (s->kind == QPP_PROGRAM_APP || !(facts->statuses & QPP_FACILITY_BASED))
		return false;
	const struct qpp_table_row *row =
	    qpp_row(c, QPP_T_facility_based_levels,
	            QPP_KEYS({ QPP_C_facility_based_levels_level, qpp_str_of(qpp_entity_name(s->submission->entity)) }));
	if (!row || !qpp_param_yes(c, QPP_P_facility_based_scoring))
		return false;
	bool needs = qpp_str_is(qpp_cell_word(row, QPP_C_facility_based_levels_submission), "yes");
	if (needs && !s->filed[QPP_IA] && !s->filed[QPP_PI])
		return false;
	if (!facts->facility.percentile.given || !facts->facility.n_rows)
		qpp_missing(c, QPP_MISSING_FACILITY);
	return facts->facility.percentile.given && facts->facility.n_rows;
}

/* The last row whose percentile is not above; NULL when all are. */
static const struct qpp_facility_row *row_at(const struct qpp_facility *f)
{
	const struct qpp_facility_row *found = NULL;
	for (size_t i = 0; i < f->n_rows; i++)
		if (qpp_dec_cmp(f->rows[i].percentile, f->percentile.v) <= 0)
			found = &f->rows[i];
	return found;
}

static struct qpp_num at_row(struct qpp_scoring *s, const struct qpp_facility_row *row, bool quality)
{
	return qpp_input(&s->c, quality ? QPP_F_FACILITY_QUALITY : QPP_F_FACILITY_COST,
	                 quality ? row->quality_pct : row->cost_pct, row->where);
}

/* Between two rows: the lower one, or a straight line (reading facility_percentile_between). */
static struct qpp_num score_at(struct qpp_scoring *s, const struct qpp_facility_row *row, bool quality, enum qpp_fact_id id)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_facility *f = &s->facts->facility;
	const struct qpp_facility_row *next = row + 1;
	struct qpp_num percentile = qpp_input(c, QPP_F_FACILITY_PERCENTILE, f->percentile.v, f->percentile.where);
	struct qpp_num low = at_row(s, row, quality), result;
	bool between = next < f->rows + f->n_rows && qpp_dec_cmp(f->percentile.v, row->percentile) > 0;
	if (between && qpp_reading(c, QPP_R_facility_percentile_between) == QPP_R_facility_percentile_between_interpolated) {
		struct qpp_num share = QPP_DERIVE(c, QPP_F_FACILITY_ROW, QPP_OP_INTERPOLATE, qpp_constant(c, QPP_F_FACILITY_ROW, 0),
		                                  percentile, qpp_input(c, QPP_F_FACILITY_ROW, row->percentile, row->where),
		                                  qpp_input(c, QPP_F_FACILITY_ROW, next->percentile, next->where));
		struct qpp_num rise = QPP_DERIVE(c, id, QPP_OP_DIFFERENCE, at_row(s, next, quality), low);
		result = QPP_DERIVE(c, id, QPP_OP_SUM, low, QPP_DERIVE(c, id, QPP_OP_PRODUCT, rise, share));
	} else {
		result = QPP_DERIVE(c, id, QPP_OP_SAME, low);
	}
	qpp_note(c, result, "the score of MIPS at the percentile of the hospital's total performance score", (char *)NULL);
	qpp_note_rule(c, result, QPP_LIT("414.1380(e)"));
	return result;
}

static void by_facility(struct qpp_category_score *cat)
{
	if (cat->reweighted.n)
		return;
	cat->scored_by = QPP_LIT("facility");
	cat->points = cat->maximum_points = (struct qpp_value){ 0 };
	cat->empty_places = 0;
}

static void below_all(struct qpp_scoring *s)
{
	const struct qpp_facility *f = &s->facts->facility;
	struct qpp_finding *x = qpp_remark(s, QPP_WARNING, "facilityPercentileMissing", f->percentile.where,
	                                   QPP_LIT("the table of the facility begins above its percentile: there is no facility-based score"));
	x->subject = QPP_LIT("facility");
	x->value = qpp_dec_text_short(s->c.arena, f->percentile.v, 0, 4);
	x->expected = QPP_LIT("a row for this percentile or a lower one");
	x->cite = QPP_LIT("414.1380(e)");
}

void qpp_score_facility(struct qpp_scoring *s, const struct qpp_num *percent, uint32_t reweighted, struct qpp_num bonus,
                        bool submitted, struct qpp_score *out)
{
	struct qpp_calc *c = &s->c;
	if (c->code != QPP_OK || !possible(s))
		return;
	const struct qpp_facility_row *row = row_at(&s->facts->facility);
	if (!row) {
		below_all(s);
		return;
	}
	struct qpp_num other[QPP_CATEGORIES];
	for (int k = 0; k < QPP_CATEGORIES; k++)
		other[k] = percent[k];
	c->subject = QPP_LIT("quality");
	other[QPP_QUALITY] = score_at(s, row, true, QPP_F_QUALITY_PERCENT);
	c->subject = QPP_LIT("cost");
	other[QPP_COST] = score_at(s, row, false, QPP_F_COST_PERCENT);
	/* (c)(3): from 2023 the bonus is also for those scored by the facility alone. */
	if (!submitted)
		bonus = qpp_complex_patient_bonus(s, true);
	struct qpp_score facility = *out;
	facility.no_score = QPP_LIT("");
	by_facility(&facility.category[QPP_QUALITY]);
	by_facility(&facility.category[QPP_COST]);
	qpp_final_of(s, other, reweighted, s->facts->small_practice == QPP_YES, bonus, true, &facility);
	out->by_measures = facility.by_measures = out->final_score;
	out->by_facility = facility.by_facility = facility.final_score;
	bool better = !out->final_score.has || qpp_dec_cmp(facility.final_exact.v, out->final_exact.v) > 0;
	if (c->code != QPP_OK || !better)
		return;
	*out = facility;
	out->facility_based = true;
}
