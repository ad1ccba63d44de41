/*
 * 414.1367(c)(1): the quality measures of the APM performance pathway. Its set is
 * fixed: each measure of it has a place, which the best collection type fills;
 * one that was not reported earns nothing, one that cannot be scored leaves the
 * score. The filer sees which places stayed empty.
 */
#include "score_pick.h"

/* "001SSP" is measure 001 by the Medicare CQM collection type, published as a measure of its own. */
static bool of_place(struct qpp_str measure, struct qpp_str place)
{
	static const char medicare_cqm[] = "SSP";
	struct qpp_str rest;
	if (measure.n < place.n || !qpp_str_eq((struct qpp_str){ measure.p, place.n }, place))
		return false;
	rest = (struct qpp_str){ measure.p + place.n, measure.n - place.n };
	return !rest.n || qpp_str_is(rest, medicare_cqm);
}

/* R-414.1367(c)(1): whether the set of the program asks this filer for the measure (reading app_survey_demand). */
static bool asked(struct qpp_scoring *s, const struct qpp_table_row *row)
{
	if (!qpp_str_eq(qpp_cell_word(row, QPP_C_app_measures_program), s->program))
		return false;
	bool several = qpp_str_is(qpp_cell_word(row, QPP_C_app_measures_level), "several");
	return !several || s->submission->entity != QPP_INDIVIDUAL ||
	       qpp_reading(&s->c, QPP_R_app_survey_demand) == QPP_R_app_survey_demand_everyone;
}

struct place {
	struct qpp_candidate *best;    /* the usable candidate with the most points; NULL: none */
	bool came;                     /* data came for it */
	bool complete;                 /* and were complete */
};

static struct place look(struct qpp_field *f, struct qpp_str measure)
{
	struct place p = { 0 };
	for (size_t i = 0; i < f->n; i++) {
		struct qpp_candidate *x = &f->v[i];
		if (!of_place(x->score->measure_id, measure))
			continue;
		p.came = true;
		p.complete |= x->complete || x->suppressed;
		if (!x->usable)
			continue;
		if (p.best && !qpp_better(x, p.best)) {
			x->score->status = QPP_LIT("another collection type of the same measure earned at least as much");
			continue;
		}
		if (p.best)
			p.best->score->status = QPP_LIT("another collection type of the same measure earned at least as much");
		p.best = x;
	}
	bool survey = f->survey_unscored && qpp_str_is(measure, "321");
	p.came |= survey;
	p.complete |= survey;
	return p;
}

bool qpp_app_asks(struct qpp_scoring *s, const struct qpp_measure *m)
{
	const struct qpp_bound_table *t = &s->c.rules->tables[QPP_T_app_measures];
	for (size_t i = 0; i < t->n_rows; i++)
		if (of_place(m->id, qpp_cell_word(t->rows[i], QPP_C_app_measures_measure)) && asked(s, t->rows[i]))
			return true;
	return false;
}

size_t qpp_app_places(const struct qpp_scoring *s)
{
	return s->c.rules->tables[QPP_T_app_measures].n_rows;
}

size_t qpp_app_pick(struct qpp_scoring *s, struct qpp_field *f, struct qpp_num *points, struct qpp_category_score *out,
                    bool *full_participation)
{
	struct qpp_calc *c = &s->c;
	const struct qpp_bound_table *t = &c->rules->tables[QPP_T_app_measures];
	size_t n = 0;
	*full_participation = true;
	for (size_t i = 0; i < t->n_rows; i++) {
		if (!asked(s, t->rows[i]))
			continue;
		struct qpp_str measure = qpp_cell_word(t->rows[i], QPP_C_app_measures_measure);
		struct place p = look(f, measure);
		*full_participation &= p.complete;
		if (p.best) {
			points[n++] = qpp_pick_one(p.best, "a measure of the pathway");
		} else if (!p.came) {
			c->subject = qpp_subject(c, "quality", measure, NULL);
			points[n] = qpp_constant(c, QPP_F_SLOT_POINTS, 0);
			qpp_note(c, points[n++], "a measure of the pathway was not reported: 0 of 10 points", (char *)NULL);
			out->empty_places++;
		}
	}
	return n;
}
