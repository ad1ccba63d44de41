/*
 * The trace as JSON: a tree from the result down to what was given. Facts are
 * shared (one rate serves the points and the improvement), so each is written
 * whole at its first place and named by its number at the others.
 */
#include <stdlib.h>

#include "adapt/json/write.h"

static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

struct walk {
	struct qpp_arena *a;
	const struct qpp_trace *t;
	bool *written;               /* by fact number */
};

static json_t *origin(const struct qpp_where *w)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "file", w->file);
	if (w->line)
		put(o, "line", json_integer(w->line));
	if (w->column)
		put(o, "column", json_integer(w->column));
	qpp_json_put_text(o, "pointer", w->pointer);
	return o;
}

static json_t *passed(const struct qpp_fact *f)
{
	json_t *list = json_array();
	for (size_t i = 0; i < f->passed.n; i++) {
		json_t *o = json_object();
		qpp_json_put_text(o, "row", f->passed.v[i].row);
		qpp_json_put_text(o, "why", f->passed.v[i].why);
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *node(struct walk *w, uint32_t number, unsigned depth)
{
	const struct qpp_fact *f = &w->t->facts.v[number];
	const struct qpp_fact_def *def = qpp_fact_def(f->id);
	json_t *o = json_object();
	put(o, "fact", json_integer(number));
	put(o, "id", qpp_json_text(f->id == QPP_F_PARAMETER ? f->label : qpp_str_of(def->name)));
	qpp_json_put_text(o, "subject", f->subject);
	put(o, "value", qpp_json_text(qpp_unit_text(w->a, def->unit, f->value)));
	if (w->written[number])
		return o;
	w->written[number] = true;
	put(o, "unit", qpp_json_text(qpp_str_of(qpp_unit_name(def->unit))));
	put(o, "status", qpp_json_text(qpp_str_of(qpp_fact_status_name(f->status))));
	put(o, "kind", qpp_json_text(qpp_str_of(qpp_fact_kind_name(f->kind))));
	put(o, "says", qpp_json_text(qpp_str_of(def->says)));
	qpp_json_put_text(o, "rule", f->rule);
	qpp_json_put_text(o, "note", f->note);
	if (f->kind == QPP_KIND_DERIVED)
		put(o, "operation", qpp_json_text(qpp_str_of(qpp_op_name(f->op))));
	if (f->n_inputs && depth != 1) {
		json_t *list = json_array();
		for (size_t i = 0; i < f->n_inputs; i++)
			if (f->inputs[i])
				json_array_append_new(list, node(w, f->inputs[i], depth ? depth - 1 : 0));
		put(o, "inputs", list);
	}
	if (f->passed.n)
		put(o, "passed", passed(f));
	if (f->origin.line || f->origin.pointer.n)
		put(o, "origin", origin(&f->origin));
	return o;
}

json_t *qpp_json_trace(struct qpp_arena *a, const struct qpp_trace *t, uint32_t fact, unsigned depth)
{
	struct walk w = { a, t, QPP_NEW_ARRAY(a, t->facts.n, bool) };
	return node(&w, fact, depth);
}
