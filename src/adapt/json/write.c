/* Answers as JSON: the pieces that every verb uses, and the score. */
#include "adapt/json/write.h"
#include "app/equation.h"
#include "qpp/buf.h"

#include <stdlib.h>

/* Members are stolen into the object; a failure can only be out of memory. */
static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

json_t *qpp_json_text(struct qpp_str s)
{
	json_t *t = json_stringn(s.p ? s.p : "", s.n);
	if (t)
		return t;
	char *clean = malloc(s.n + 1);
	if (!clean)
		abort();
	for (size_t i = 0; i < s.n; i++)
		clean[i] = (unsigned char)s.p[i] < 0x80 ? s.p[i] : '?';
	t = json_stringn(clean, s.n);
	free(clean);
	return t;
}

void qpp_json_put_text(json_t *to, const char *name, struct qpp_str s)
{
	if (s.n)
		put(to, name, qpp_json_text(s));
}

static void put_cstr(json_t *to, const char *name, const char *s)
{
	if (s && *s)
		put(to, name, qpp_json_text(qpp_str_of(s)));
}

void qpp_json_put_dec(struct qpp_arena *a, json_t *to, const char *name, struct qpp_value v, enum qpp_unit unit)
{
	if (v.has)
		put(to, name, qpp_json_text(qpp_unit_text(a, unit, v.v)));
}

static void put_place(json_t *to, struct qpp_str file, uint32_t line, uint32_t column, struct qpp_str pointer)
{
	if (!file.n && !line && !pointer.n)
		return;
	json_t *where = json_object();
	qpp_json_put_text(where, "file", file);
	if (line)
		put(where, "line", json_integer(line));
	if (column)
		put(where, "column", json_integer(column));
	/* The pointer of a whole document is the empty text: said where there is a line. */
	if (pointer.n || line)
		put(where, "pointer", qpp_json_text(pointer));
	put(to, "where", where);
}

json_t *qpp_json_error(const struct qpp_err *err)
{
	json_t *e = json_object();
	put_cstr(e, "code", qpp_code_name(err->code));
	put_cstr(e, "primary", err->primary);
	put_cstr(e, "detail", err->detail);
	put_cstr(e, "hint", err->hint);
	put_cstr(e, "cite", err->cite);
	put_place(e, qpp_str_of(err->file), err->line, err->column, QPP_LIT(""));
	return e;
}

json_t *qpp_json_finding(const struct qpp_finding *f)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "code", f->code);
	put_cstr(o, "severity", qpp_severity_name(f->severity));
	qpp_json_put_text(o, "subject", f->subject);
	qpp_json_put_text(o, "message", f->message);
	qpp_json_put_text(o, "value", f->value);
	qpp_json_put_text(o, "expected", f->expected);
	qpp_json_put_text(o, "hint", f->hint);
	qpp_json_put_text(o, "cite", f->cite);
	put_place(o, f->where.file, f->where.line, f->where.column, f->where.pointer);
	return o;
}

json_t *qpp_json_findings(const struct qpp_findings *f)
{
	json_t *list = json_array();
	for (size_t i = 0; i < f->list.n; i++)
		json_array_append_new(list, qpp_json_finding(&f->list.v[i]));
	return list;
}

json_t *qpp_json_weights(struct qpp_arena *a, const struct qpp_weights *w)
{
	json_t *o = json_object();
	for (int k = 0; k < QPP_CATEGORIES; k++)
		qpp_json_put_dec(a, o, qpp_category_name((enum qpp_category)k), w->weight[k], QPP_UNIT_WEIGHT);
	qpp_json_put_text(o, "rule", w->rule);
	return o;
}

json_t *qpp_json_adjustment(struct qpp_arena *a, const struct qpp_adjustment *x)
{
	json_t *o = json_object();
	qpp_json_put_dec(a, o, "factorPercent", x->factor, QPP_UNIT_FACTOR);
	qpp_json_put_dec(a, o, "additionalPercent", x->additional, QPP_UNIT_FACTOR);
	qpp_json_put_dec(a, o, "totalPercent", x->total, QPP_UNIT_FACTOR);
	put_cstr(o, "band", qpp_band_name(x->band));
	qpp_json_put_dec(a, o, "scaling", x->scaling, QPP_UNIT_NUMBER);
	put_cstr(o, "scalingSource", qpp_scaling_source_name(x->scaling_source));
	return o;
}

/* "points of ... = 6 + (85.00 - 82.56) / (88.81 - 82.56) = 6.3903: because ..." */
static struct qpp_str reason_text(struct qpp_arena *a, const struct qpp_trace *t, const struct qpp_fact *f)
{
	struct qpp_str value = qpp_fact_text(a, f), equation = qpp_equation(a, t, f);
	struct qpp_buf b;
	qpp_buf_init(&b, a, 2000);
	qpp_buf_cat(&b, qpp_fact_def(f->id)->says, " = ", (char *)NULL);
	if (equation.n && f->op != QPP_OP_ROUND)
		qpp_buf_cat(&b, equation.p, " = ", (char *)NULL);
	qpp_buf_str(&b, value);
	if (equation.n && f->op == QPP_OP_ROUND)
		qpp_buf_cat(&b, ", ", equation.p, (char *)NULL);
	if (f->note.n)
		qpp_buf_cat(&b, ", because ", qpp_str_dup(a, f->note).p, (char *)NULL);
	return qpp_buf_done(&b);
}

/* The steps that made the points, in the order they were made. */
static json_t *reasons(struct qpp_arena *a, const struct qpp_trace *t)
{
	json_t *list = json_array();
	for (size_t i = 1; i < t->facts.n; i++) {
		const struct qpp_fact *f = &t->facts.v[i];
		if (f->kind != QPP_KIND_DERIVED)
			continue;
		json_t *r = json_object();
		qpp_json_put_text(r, "rule", f->rule);
		qpp_json_put_text(r, "text", reason_text(a, t, f));
		json_array_append_new(list, r);
	}
	return list;
}

static void put_points(struct qpp_arena *a, json_t *o, const struct qpp_points *p)
{
	qpp_json_put_dec(a, o, "points", p->points, QPP_UNIT_POINTS);
	qpp_json_put_dec(a, o, "rawPoints", p->raw, QPP_UNIT_POINTS);
	if (p->has_decile)
		put(o, "decile", json_integer(p->decile));
	qpp_json_put_dec(a, o, "cappedAt", p->capped_at, QPP_UNIT_POINTS);
	qpp_json_put_dec(a, o, "flooredAt", p->floored_at, QPP_UNIT_POINTS);
	qpp_json_put_text(o, "class", p->measure_class);
	qpp_json_put_text(o, "classReason", p->class_why);
	if (p->excluded)
		put(o, "excluded", qpp_json_text(p->excluded_why));
}

json_t *qpp_json_points(struct qpp_arena *a, const struct qpp_points *p, const struct qpp_trace *trace, qpp_py py)
{
	json_t *o = json_object(), *b = json_object();
	put_points(a, o, p);
	put_cstr(b, "kind", !p->benchmark ? "none" : p->benchmark->benchmark_year == py.v ? "performancePeriod" : "historical");
	if (p->benchmark)
		put(b, "year", json_integer(p->benchmark->benchmark_year));
	put(o, "benchmark", b);
	put(o, "reasons", reasons(a, trace));
	return o;
}

static json_t *measure_score(struct qpp_arena *a, const struct qpp_measure_score *m, enum qpp_category category)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "measureId", m->measure_id);
	if (m->measure)
		qpp_json_put_text(o, "title", m->measure->title);
	if (m->method != QPP_METHOD_NONE)
		put_cstr(o, "submissionMethod", qpp_method_name(m->method));
	qpp_json_put_dec(a, o, category == QPP_COST ? "score" : "performanceRate", m->rate, QPP_UNIT_RATE);
	if (m->cases.has)
		put(o, "caseCount", json_integer((json_int_t)(m->cases.v.n / m->cases.v.d)));
	qpp_json_put_dec(a, o, "dataCompleteness", m->completeness, QPP_UNIT_RATE);
	put_points(a, o, &m->points);
	qpp_json_put_dec(a, o, "availablePoints", m->available, QPP_UNIT_POINTS);
	put(o, "picked", json_boolean(m->picked));
	qpp_json_put_text(o, "status", m->status);
	return o;
}

static json_t *category_score(struct qpp_arena *a, const struct qpp_category_score *c)
{
	json_t *o = json_object();
	put_cstr(o, "category", qpp_category_name(c->category));
	qpp_json_put_dec(a, o, "percent", c->percent, QPP_UNIT_PERCENT);
	qpp_json_put_dec(a, o, "weight", c->weight, QPP_UNIT_WEIGHT);
	qpp_json_put_dec(a, o, "points", c->points, QPP_UNIT_POINTS);
	qpp_json_put_dec(a, o, "maximumPoints", c->maximum_points, QPP_UNIT_POINTS);
	qpp_json_put_dec(a, o, "contribution", c->contribution, QPP_UNIT_POINTS);
	qpp_json_put_text(o, "reweighted", c->reweighted);
	qpp_json_put_text(o, "scoredBy", c->scored_by);
	if (c->empty_places > 0)
		put(o, "emptyPlaces", json_integer(c->empty_places));
	if (c->n_measures) {
		json_t *list = json_array();
		for (size_t i = 0; i < c->n_measures; i++)
			json_array_append_new(list, measure_score(a, &c->measures[i], c->category));
		put(o, "measures", list);
	}
	return o;
}

void qpp_json_put_score(struct qpp_arena *a, json_t *to, const struct qpp_score *s)
{
	qpp_json_put_dec(a, to, "finalScore", s->final_score, QPP_UNIT_SCORE);
	qpp_json_put_text(to, "noScore", s->no_score);
	if (s->by_facility.has) {
		json_t *facility = json_object();
		put(facility, "counts", json_boolean(s->facility_based));
		qpp_json_put_dec(a, facility, "finalScore", s->by_facility, QPP_UNIT_SCORE);
		qpp_json_put_dec(a, facility, "byMeasures", s->by_measures, QPP_UNIT_SCORE);
		put(to, "facilityBased", facility);
	}
	json_t *categories = json_array();
	for (int k = 0; k < QPP_CATEGORIES; k++)
		json_array_append_new(categories, category_score(a, &s->category[k]));
	put(to, "categories", categories);
	qpp_json_put_dec(a, to, "complexPatientBonus", s->complex_patient_bonus, QPP_UNIT_POINTS);
	qpp_json_put_dec(a, to, "smallPracticePoints", s->small_practice_points, QPP_UNIT_POINTS);
	if (s->final_score.has)
		put(to, "adjustment", qpp_json_adjustment(a, &s->adjustment));
}

static json_t *missing_facts(struct qpp_arena *a, const struct qpp_scored *x)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->n_missing; i++) {
		const struct qpp_missing_answer *m = &x->missing[i];
		json_t *o = json_object();
		qpp_json_put_text(o, "fact", m->fact);
		qpp_json_put_text(o, "decides", m->decides);
		if (m->n_otherwise) {
			json_t *others = json_array();
			for (size_t k = 0; k < m->n_otherwise; k++) {
				json_t *w = json_object();
				qpp_json_put_text(w, "value", m->otherwise[k].value);
				qpp_json_put_dec(a, w, "finalScore", m->otherwise[k].final_score, QPP_UNIT_SCORE);
				qpp_json_put_dec(a, w, "totalPercent", m->otherwise[k].total, QPP_UNIT_FACTOR);
				json_array_append_new(others, w);
			}
			put(o, "otherwise", others);
		}
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *sensitivity(struct qpp_arena *a, const struct qpp_scored *x)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->n_sensitivity; i++) {
		json_t *o = json_object();
		qpp_json_put_text(o, "reading", x->sensitivity[i].reading);
		qpp_json_put_text(o, "alternative", x->sensitivity[i].alternative);
		qpp_json_put_dec(a, o, "finalScore", x->sensitivity[i].final_score, QPP_UNIT_SCORE);
		json_array_append_new(list, o);
	}
	return list;
}

json_t *qpp_json_entity(const struct qpp_answer *x)
{
	const struct qpp_submission *s = x->submission;
	json_t *o = json_object();
	if (x->entity != QPP_ENTITY_NONE)
		put_cstr(o, "entityType", qpp_entity_name(x->entity));
	qpp_json_put_text(o, "entityId", s->entity_id);
	qpp_json_put_text(o, "taxpayerIdentificationNumber", s->tin);
	qpp_json_put_text(o, "nationalProviderIdentifier", s->npi);
	return o;
}

void qpp_json_put_scored(struct qpp_arena *a, json_t *to, const struct qpp_scored *x, unsigned depth)
{
	qpp_json_put_text(to, "program", x->score.program);
	qpp_json_put_score(a, to, &x->score);
	put(to, "missingFacts", missing_facts(a, x));
	put(to, "sensitivity", sensitivity(a, x));
	if (!x->trace)
		return;
	put(to, "trace", qpp_json_trace(a, x->trace, x->score.final_score.fact, depth));
	if (x->score.adjustment.total.has)
		put(to, "adjustmentTrace", qpp_json_trace(a, x->trace, x->score.adjustment.total.fact, depth));
}

json_t *qpp_json_answer(struct qpp_arena *a, const struct qpp_answer *x, const struct qpp_findings *f, unsigned depth)
{
	json_t *o = json_object();
	put(o, "performanceYear", json_integer(x->py.v));
	put(o, "entity", qpp_json_entity(x));
	for (size_t i = 0; i < x->n_scored; i++)
		if (x->scored[i].counts)
			qpp_json_put_scored(a, o, &x->scored[i], depth);
	if (x->n_scored > 1) {
		json_t *list = json_array();
		for (size_t i = 0; i < x->n_scored; i++) {
			json_t *one = json_object();
			qpp_json_put_scored(a, one, &x->scored[i], depth);
			if (x->scored[i].counts) {
				put(one, "counts", json_true());
				qpp_json_put_text(one, "why", x->scored[i].why);
			}
			json_array_append_new(list, one);
		}
		put(o, "scores", list);
	}
	put(o, "findings", qpp_json_findings(f));
	qpp_json_put_text(o, "rules", x->rules_hash);
	return o;
}
