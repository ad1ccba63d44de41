/*
 * What each specialty can report: measures of its specialty set, or of the QCDR it uses, that have one rate and a
 * benchmark; and the MVP that most of its set is in. Made once for a run, from the catalog of the year.
 */
#include "app/synth_int.h"

enum { LEAST_OF_MVP = 3 };

static bool is_outcome(const struct qpp_measure *m)
{
	static const char *const types[] = { "outcome", "intermediateOutcome", "patientReportedOutcome" };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (qpp_str_is(m->type, types[i]))
			return true;
	return false;
}

/* Whether each decile has results of its own. */
static bool entries_apart(const struct qpp_benchmark *b)
{
	for (int k = b->has_first ? 1 : 2; k < QPP_ENTRIES; k++)
		if (qpp_dec_eq(b->entry[k], b->entry[k - 1]))
			return false;
	return true;
}

/* NULL measure: it cannot be reported so. */
static struct qpp_synth_measure look_at(const struct qpp_synth *s, const struct qpp_measure *m, struct qpp_str program,
                                        enum qpp_method method)
{
	struct qpp_synth_measure x = { .measure = NULL };
	bool single = m->metric == QPP_METRIC_SINGLE || (m->metric == QPP_METRIC_REGISTRY_SINGLE && method == QPP_REGISTRY);
	bool allowed = m->methods >> method & 1 && !(m->suppressed >> method & 1) && qpp_strs_has(m->programs, program);
	/* The first years of a measure have points of their own, whatever its rate is. */
	bool young = m->first_py >= s->py.v - 1;
	if (m->category != QPP_QUALITY || !single || !allowed || young)
		return x;
	x.benchmark = qpp_catalog_benchmark(s->call->catalog, m->id, method);
	if (!x.benchmark)
		return x;
	x.measure = m;
	x.outcome = is_outcome(m);
	x.high_priority = m->high_priority;
	x.regular = !x.benchmark->capped && entries_apart(x.benchmark) && !(m->historical_removed >> method & 1);
	return x;
}

static bool of_specialty(const struct qpp_measure *m, const struct qpp_specialty *x)
{
	return qpp_strs_has(m->sets, qpp_str_of(x->set)) || (m->qcdr && x->qcdr && qpp_str_starts(m->id, x->qcdr));
}

/* Those first with which every number of points can be earned. */
static struct qpp_synth_list sorted(struct qpp_arena *a, const struct qpp_synth_measure *v, size_t n)
{
	struct qpp_synth_measure *to = QPP_NEW_ARRAY(a, n + 1, struct qpp_synth_measure);
	size_t k = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++)
			if (v[i].regular == !pass)
				to[k++] = v[i];
	return (struct qpp_synth_list){ to, n };
}

static struct qpp_synth_list list_of(struct qpp_synth *s, const struct qpp_specialty *x, enum qpp_method method)
{
	const struct qpp_catalog *c = s->call->catalog;
	struct qpp_synth_measure *v = QPP_NEW_ARRAY(s->keep, c->n_measures + 1, struct qpp_synth_measure);
	size_t n = 0;
	for (size_t i = 0; i < c->n_measures; i++) {
		if (!of_specialty(&c->measures[i], x))
			continue;
		v[n] = look_at(s, &c->measures[i], QPP_LIT("mips"), method);
		n += v[n].measure != NULL;
	}
	return sorted(s->keep, v, n);
}

struct qpp_synth_list qpp_synth_list_of_ids(struct qpp_synth *s, struct qpp_arena *a, struct qpp_strs ids,
                                            struct qpp_str program, enum qpp_method method)
{
	struct qpp_synth_measure *v = QPP_NEW_ARRAY(a, ids.n + 1, struct qpp_synth_measure);
	size_t n = 0;
	for (size_t i = 0; i < ids.n; i++) {
		const struct qpp_measure *m = qpp_catalog_measure(s->call->catalog, ids.v[i]);
		if (!m)
			continue;
		v[n] = look_at(s, m, program, method);
		n += v[n].measure != NULL;
	}
	return sorted(a, v, n);
}

/* The MVP with the most measures that the specialty reports; NULL when none has some. */
static const struct qpp_mvp *mvp_of(struct qpp_synth *s, const struct qpp_synth_list *list)
{
	const struct qpp_catalog *c = s->call->catalog;
	const struct qpp_mvp *best = NULL;
	size_t most = LEAST_OF_MVP - 1;
	for (size_t i = 0; i < c->n_mvps; i++) {
		size_t n = 0;
		for (size_t k = 0; k < list->n; k++)
			n += qpp_strs_has(c->mvps[i].quality, list->v[k].measure->id);
		if (n > most && c->mvps[i].cost.n) {
			most = n;
			best = &c->mvps[i];
		}
	}
	return best;
}

void qpp_synth_make_lists(struct qpp_synth *s)
{
	static const enum qpp_method methods[] = { QPP_REGISTRY, QPP_EHR, QPP_CLAIMS };
	static const struct qpp_specialty general = { .set = "preventiveMedicine" };
	for (size_t k = 0; k < sizeof methods / sizeof *methods; k++) {
		for (int i = 0; i < s->n_specialties; i++)
			s->lists[i][methods[k]] = list_of(s, &qpp_synth_specialties[i], methods[k]);
		s->lists[QPP_SYNTH_GENERAL][methods[k]] = list_of(s, &general, methods[k]);
	}
	for (int i = 0; i < s->n_specialties; i++)
		s->mvps[i] = mvp_of(s, &s->lists[i][QPP_REGISTRY]);
}
