/*
 * 414.1335(a), 414.1380(b)(1)(i): which of the scored measures count. The best
 * collection type of each, the outcome or high-priority place first, then the
 * measures with the most points; a place that nothing fills earns nothing.
 */
#include "score_pick.h"

bool qpp_is_outcome(const struct qpp_scoring *s, const struct qpp_measure *m)
{
	return s->plan->outcome[qpp_place(s->plan, m)];
}

/* More points first; then by id, so that the order of a file never decides. */
bool qpp_better(const struct qpp_candidate *a, const struct qpp_candidate *b)
{
	int cmp = qpp_dec_cmp(a->points.v, b->points.v);
	if (cmp)
		return cmp > 0;
	cmp = qpp_str_cmp(a->score->measure_id, b->score->measure_id);
	return cmp ? cmp < 0 : a->score->method < b->score->method;
}

void qpp_field_best_collection_type(struct qpp_field *f)
{
	for (size_t i = 0; i < f->n; i++)
		for (size_t j = i + 1; j < f->n; j++) {
			struct qpp_candidate *a = &f->v[i], *b = &f->v[j];
			if (!a->usable || !b->usable || a->score->measure != b->score->measure)
				continue;
			struct qpp_candidate *worse = qpp_better(a, b) ? b : a;
			worse->usable = false;
			worse->score->status = QPP_LIT("another collection type of the same measure earned at least as much");
		}
}

size_t qpp_field_suppressed(const struct qpp_field *f)
{
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) {
		bool other = false;
		for (size_t j = 0; j < f->n; j++)
			other |= f->v[j].score->measure == f->v[i].score->measure && (f->v[j].usable || (f->v[j].suppressed && j < i));
		n += f->v[i].suppressed && !other;
	}
	return n;
}

enum wanted { ANY_MEASURE, OUTCOME_MEASURE, HIGH_PRIORITY_MEASURE };

static bool fits(const struct qpp_scoring *s, const struct qpp_candidate *x, enum wanted wanted)
{
	if (wanted == OUTCOME_MEASURE)
		return qpp_is_outcome(s, x->score->measure);
	return wanted == ANY_MEASURE || x->score->measure->high_priority;
}

static struct qpp_candidate *best(const struct qpp_scoring *s, struct qpp_field *f, enum wanted wanted)
{
	struct qpp_candidate *found = NULL;
	for (size_t i = 0; i < f->n; i++) {
		struct qpp_candidate *x = &f->v[i];
		if (x->usable && !x->score->picked && fits(s, x, wanted) && (!found || qpp_better(x, found)))
			found = x;
	}
	return found;
}

struct qpp_num qpp_pick_one(struct qpp_candidate *x, const char *status)
{
	x->score->picked = true;
	x->score->status = qpp_str_of(status);
	return x->points;
}

static struct qpp_num empty_place(struct qpp_scoring *s, const char *why)
{
	s->c.subject = QPP_LIT("quality");
	struct qpp_num none = qpp_constant(&s->c, QPP_F_SLOT_POINTS, 0);
	qpp_note(&s->c, none, why, (char *)NULL);
	return none;
}

/* Somebody reported what was demanded, and the year took it out (reading suppressed_outcome). */
static bool suppressed_answers(struct qpp_scoring *s, const struct qpp_field *f, enum wanted wanted)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].suppressed && fits(s, &f->v[i], wanted))
			return qpp_reading(&s->c, QPP_R_suppressed_outcome) == QPP_R_suppressed_outcome_answers;
	return false;
}

/*
 * The place of the required outcome measure, else another high-priority measure;
 * false when it needs no place, since a suppressed one was reported for it.
 */
static bool required_place(struct qpp_scoring *s, struct qpp_field *f, struct qpp_num *points)
{
	static const struct {
		enum wanted wanted;
		const char *status;
	} demands[] = {
		{ OUTCOME_MEASURE, "fills the place of the required outcome measure" },
		{ HIGH_PRIORITY_MEASURE, "fills the place of the required outcome measure as another high-priority measure" },
	};
	for (size_t i = 0; i < sizeof demands / sizeof demands[0]; i++) {
		struct qpp_candidate *x = best(s, f, demands[i].wanted);
		if (x) {
			*points = qpp_pick_one(x, demands[i].status);
			return true;
		}
		if (suppressed_answers(s, f, demands[i].wanted))
			return false;
	}
	*points = empty_place(s, "no outcome measure and no other high-priority measure was reported: the place of the "
	                         "required measure earns 0 of 10 points");
	return true;
}

size_t qpp_field_pick(struct qpp_scoring *s, struct qpp_field *f, size_t places, bool outcome_needed,
                      struct qpp_num *points, struct qpp_category_score *out)
{
	size_t n = 0;
	if (places && outcome_needed)
		n += required_place(s, f, &points[0]);
	while (n < places) {
		struct qpp_candidate *x = best(s, f, ANY_MEASURE);
		points[n++] = x ? qpp_pick_one(x, "among the measures with the most points")
		                : empty_place(s, "a required measure was not reported: 0 of 10 points");
	}
	out->empty_places = (int)places;
	for (size_t i = 0; i < f->n; i++) {
		out->empty_places -= f->v[i].score->picked;
		if (f->v[i].usable && !f->v[i].score->picked)
			f->v[i].score->status = QPP_LIT("not picked: other measures earned at least as much");
	}
	return n;
}
