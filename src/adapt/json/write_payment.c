/* Which score pays, as JSON: without one there is `noAdjustment` with the reason, and no adjustment. */
#include "adapt/json/write_payment.h"

#include <stdlib.h>

#include "adapt/json/write.h"
#include "qpp/claims.h"

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

json_t *qpp_json_reason(const struct qpp_reason *r)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "rule", r->rule);
	qpp_json_put_text(o, "text", r->text);
	return o;
}

static json_t *score(struct qpp_arena *a, const struct qpp_payment_facts *f, size_t i)
{
	const struct qpp_payment_score *s = &f->scores[i];
	json_t *o = json_object();
	put(o, "index", json_integer((json_int_t)i));
	qpp_json_put_text(o, "tin", s->tin);
	qpp_json_put_text(o, "participation", qpp_str_of(qpp_entity_name(s->participation)));
	qpp_json_put_text(o, "program", s->program);
	put(o, "finalScore", qpp_json_text(qpp_unit_text(a, QPP_UNIT_SCORE, s->final_score)));
	return o;
}

static void put_why(json_t *to, const struct qpp_payment *p)
{
	json_t *reasons = json_array(), *passed = json_array(), *missing = json_array();
	for (size_t i = 0; i < p->why.list.n; i++)
		add(reasons, qpp_json_reason(&p->why.list.v[i]));
	for (size_t i = 0; i < p->passed.n; i++) {
		json_t *o = json_object();
		put(o, "index", json_integer((json_int_t)p->passed.v[i].score));
		qpp_json_put_text(o, "why", p->passed.v[i].why.text);
		qpp_json_put_text(o, "rule", p->passed.v[i].why.rule);
		add(passed, o);
	}
	for (size_t i = 0; i < p->why.unknown.n; i++) {
		json_t *o = json_object();
		qpp_json_put_text(o, "fact", p->why.unknown.v[i].fact);
		qpp_json_put_text(o, "decides", p->why.unknown.v[i].decides);
		add(missing, o);
	}
	put(to, "reasons", reasons);
	put(to, "passed", passed);
	put(to, "missingFacts", missing);
}

static json_t *sensitivity(const struct qpp_payment_answer *x)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->otherwise.n; i++) {
		const struct qpp_payment_otherwise *w = &x->otherwise.v[i];
		json_t *o = json_object();
		qpp_json_put_text(o, "reading", w->reading);
		qpp_json_put_text(o, "alternative", w->alternative);
		put(o, "pays", w->pays ? json_integer((json_int_t)w->score) : json_string("none"));
		add(list, o);
	}
	return list;
}

json_t *qpp_json_payment(struct qpp_arena *a, const struct qpp_payment_answer *x, const struct qpp_findings *f)
{
	json_t *o = json_object();
	put(o, "performanceYear", json_integer(x->py.v));
	put(o, "paymentYear", json_integer(x->py.v + QPP_PAYMENT_YEARS_LATER));
	qpp_json_put_text(o, "npi", x->facts->npi);
	qpp_json_put_text(o, "tin", x->facts->tin);
	if (x->payment.pays) {
		put(o, "pays", score(a, x->facts, x->payment.score));
		put(o, "adjustment", qpp_json_adjustment(a, &x->payment.adjustment));
	} else {
		put(o, "noAdjustment", qpp_json_reason(&x->payment.no_adjustment));
		if (x->payment.awaits_virtual_group)
			put(o, "awaits", json_string(qpp_entity_name(QPP_VIRTUAL_GROUP)));
	}
	put_why(o, &x->payment);
	put(o, "sensitivity", sensitivity(x));
	put(o, "findings", qpp_json_findings(f));
	qpp_json_put_text(o, "rules", x->rules_hash);
	return o;
}
