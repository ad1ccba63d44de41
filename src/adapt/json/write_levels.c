/*
 * Several scores as JSON: on top what counts, as if it were alone; below it every
 * score with who filed it, from which file, and why it counts or does not.
 */
#include "adapt/json/write_levels.h"

#include <stdlib.h>

#include "adapt/json/write.h"
#include "adapt/json/write_payment.h"

static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

static void add(json_t *list, json_t *value)
{
	if (!value || json_array_append_new(list, value) != 0)
		abort();
}

/* The score itself: of a file with everything, or what the facts tell. */
static void put_score(struct qpp_arena *a, json_t *to, const struct qpp_level_score *s, unsigned depth)
{
	if (s->scored) {
		put(to, "entity", qpp_json_entity(s->answer));
		qpp_json_put_text(to, "file", s->answer->file);
		qpp_json_put_scored(a, to, s->scored, depth);
		return;
	}
	json_t *entity = json_object();
	qpp_json_put_text(entity, "entityType", qpp_str_of(qpp_entity_name(s->told->participation)));
	put(to, "entity", entity);
	qpp_json_put_text(to, "file", s->told->where.file);
	put(to, "finalScore", qpp_json_text(qpp_unit_text(a, QPP_UNIT_SCORE, s->told->final_score)));
}

static void put_counting(struct qpp_arena *a, json_t *to, const struct qpp_levels *x, unsigned depth)
{
	if (!x->counts) {
		put(to, "noAdjustment", qpp_json_reason(&x->choice.payment.no_adjustment));
		if (x->choice.payment.awaits_virtual_group)
			put(to, "awaits", json_string(qpp_entity_name(QPP_VIRTUAL_GROUP)));
		return;
	}
	put_score(a, to, x->counts, depth);
	if (x->counts->told)
		put(to, "adjustment", qpp_json_adjustment(a, &x->choice.payment.adjustment));
}

static json_t *scores(struct qpp_arena *a, const struct qpp_levels *x, unsigned depth)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->n; i++) {
		json_t *o = json_object();
		put_score(a, o, &x->scores[i], depth);
		if (x->scores[i].counts) {
			put(o, "counts", json_true());
			qpp_json_put_text(o, "why", x->scores[i].why.text);
			qpp_json_put_text(o, "rule", x->scores[i].why.rule);
		} else {
			put(o, "passed", qpp_json_reason(&x->scores[i].why));
		}
		add(list, o);
	}
	return list;
}

/* What the choice between the scores rests on; `counts` is a place in `scores`. */
static json_t *choice(const struct qpp_levels *levels)
{
	const struct qpp_payment_answer *x = &levels->choice;
	json_t *o = json_object(), *missing = json_array(), *readings = json_array();
	for (size_t i = 0; i < x->payment.why.unknown.n; i++) {
		json_t *m = json_object();
		qpp_json_put_text(m, "fact", x->payment.why.unknown.v[i].fact);
		qpp_json_put_text(m, "decides", x->payment.why.unknown.v[i].decides);
		add(missing, m);
	}
	for (size_t i = 0; i < x->otherwise.n; i++) {
		json_t *w = json_object();
		qpp_json_put_text(w, "reading", x->otherwise.v[i].reading);
		qpp_json_put_text(w, "alternative", x->otherwise.v[i].alternative);
		put(w, "counts", x->otherwise.v[i].pays ? json_integer((json_int_t)levels->place[x->otherwise.v[i].score])
		                                        : json_string("none"));
		add(readings, w);
	}
	put(o, "missingFacts", missing);
	put(o, "sensitivity", readings);
	return o;
}

json_t *qpp_json_levels(struct qpp_arena *a, const struct qpp_levels *x, const struct qpp_findings *f, unsigned depth)
{
	json_t *o = json_object();
	put(o, "performanceYear", json_integer(x->py.v));
	put_counting(a, o, x, depth);
	put(o, "scores", scores(a, x, depth));
	put(o, "choice", choice(x));
	put(o, "findings", qpp_json_findings(f));
	qpp_json_put_text(o, "rules", x->rules_hash);
	return o;
}
