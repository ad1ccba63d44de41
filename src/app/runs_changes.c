/*
 * The difference of two traces: facts are matched by what they are and of what,
 * in the order in which they were made. A parameter that only one of the scores
 * asked for has not changed; it was not needed by the other.
 */
#include <stdlib.h>

#include "app/guard.h"
#include "app/runs_whatif.h"

struct side {
	const struct qpp_trace *trace;
	uint32_t *order;                 /* fact numbers by kind, subject, number */
	size_t n;
	bool *changed;                   /* by fact number */
};

static int by_key(const struct qpp_fact *a, const struct qpp_fact *b)
{
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	int order = qpp_str_cmp(a->subject, b->subject);
	/* A parameter is known by its name. */
	if (!order && a->kind == QPP_KIND_PARAMETER && b->kind == QPP_KIND_PARAMETER)
		order = qpp_str_cmp(a->label, b->label);
	return order;
}

/* Insertion is enough for what is made nearly in order; a merge keeps the order of equal ones. */
static void sort(const struct qpp_trace *t, uint32_t *v, uint32_t *spare, size_t n)
{
	if (n < 2)
		return;
	size_t half = n / 2, i = 0, k = half, at = 0;
	sort(t, v, spare, half);
	sort(t, v + half, spare, n - half);
	while (i < half || k < n) {
		bool left = k == n || (i < half && by_key(&t->facts.v[v[i]], &t->facts.v[v[k]]) <= 0);
		spare[at++] = left ? v[i++] : v[k++];
	}
	for (i = 0; i < n; i++)
		v[i] = spare[i];
}

static struct side side_of(struct qpp_arena *a, const struct qpp_trace *t)
{
	struct side s = { .trace = t };
	if (!t || t->facts.n < 2)
		return s;
	s.n = t->facts.n - 1;
	s.order = QPP_NEW_ARRAY(a, s.n, uint32_t);
	s.changed = QPP_NEW_ARRAY(a, t->facts.n, bool);
	for (size_t i = 0; i < s.n; i++)
		s.order[i] = (uint32_t)(i + 1);
	sort(t, s.order, QPP_NEW_ARRAY(a, s.n, uint32_t), s.n);
	return s;
}

static bool same(const struct qpp_fact *a, const struct qpp_fact *b)
{
	return a->status == b->status && qpp_dec_eq(a->value, b->value) && qpp_str_eq(a->label, b->label);
}

static struct qpp_str shown(struct qpp_arena *a, const struct qpp_fact *f)
{
	if (!f || f->status != QPP_KNOWN_FACT)
		return QPP_LIT("");
	if (f->kind != QPP_KIND_PARAMETER && f->label.n)
		return f->label;
	return qpp_dec_ok(f->value) ? qpp_unit_text(a, qpp_fact_def(f->id)->unit, f->value) : QPP_LIT("");
}

struct list {
	QPP_VEC(struct qpp_changed) v;
};

static void add(struct qpp_arena *a, struct list *list, struct side *old, uint32_t o, struct side *now, uint32_t n)
{
	const struct qpp_fact *was = o ? &old->trace->facts.v[o] : NULL, *is = n ? &now->trace->facts.v[n] : NULL;
	const struct qpp_fact *any = is ? is : was;
	if (was && is && same(was, is))
		return;
	if (any->kind == QPP_KIND_PARAMETER && (!was || !is))
		return;
	if (o)
		old->changed[o] = true;
	if (n)
		now->changed[n] = true;
	struct qpp_changed *x = QPP_PUSH(a, &list->v);
	*x = (struct qpp_changed){ .old = shown(a, was), .now = shown(a, is), .rule = any->rule, .note = any->note, .old_fact = o, .now_fact = n,
		                       .says = qpp_fact_def(any->id)->says };
	/* "weights.quality": of which figure of the rules it is said. */
	if (any->kind == QPP_KIND_PARAMETER && any->label.n) {
		x->path = any->label;
		return;
	}
	x->path = qpp_str_cat(a, any->subject.n ? qpp_str_dup(a, any->subject).p : "", any->subject.n ? " " : "",
	                      qpp_fact_def(any->id)->name, (char *)NULL);
}

static void match(struct qpp_arena *a, struct side *old, struct side *now, struct list *list)
{
	size_t i = 0, k = 0;
	while (i < old->n || k < now->n) {
		int order = i == old->n ? 1 : k == now->n ? -1 : by_key(&old->trace->facts.v[old->order[i]], &now->trace->facts.v[now->order[k]]);
		uint32_t o = order <= 0 ? old->order[i++] : 0, n = order >= 0 ? now->order[k++] : 0;
		add(a, list, old, o, now, n);
	}
}

/* Whether something that a fact is made of changed. */
static bool follows(const struct side *s, uint32_t number)
{
	const struct qpp_fact *f = &s->trace->facts.v[number];
	for (size_t i = 0; i < f->n_inputs; i++)
		if (s->changed[f->inputs[i]])
			return true;
	return false;
}

/* What only one of the scores had to compute, it computed because of something else. */
static bool only_computed(const struct side *before, const struct side *after, const struct qpp_changed *x)
{
	if (x->now_fact && x->old_fact)
		return false;
	const struct qpp_fact *f = x->now_fact ? &after->trace->facts.v[x->now_fact] : &before->trace->facts.v[x->old_fact];
	return f->kind == QPP_KIND_DERIVED;
}

static int by_rank(const void *a, const void *b)
{
	const struct qpp_changed *x = a, *y = b;
	uint32_t of_x = x->now_fact ? x->now_fact : x->old_fact, of_y = y->now_fact ? y->now_fact : y->old_fact;
	if (x->cause != y->cause)
		return x->cause ? -1 : 1;
	if (of_x != of_y)
		return of_x < of_y ? -1 : 1;
	return x->now_fact ? -1 : y->now_fact ? 1 : 0;
}

/* Why a category weighs otherwise is a ground that no number of the trace is made of. */
static void say_ground(struct qpp_changed *x, const struct qpp_score *old, const struct qpp_score *now)
{
	struct qpp_str name = x->path, table;
	enum qpp_category k;
	if (!qpp_str_cut(&name, '.', &table) || !qpp_str_is(table, "weights") || !qpp_category_of(name, &k))
		return;
	struct qpp_str was = old->category[k].reweighted, is = now->category[k].reweighted;
	if (is.n && !qpp_str_eq(was, is))
		x->note = qpp_reweight_words(is);
}

struct qpp_changes qpp_score_changes(struct qpp_arena *a, const struct qpp_scored *old, const struct qpp_scored *now)
{
	struct side before = side_of(a, old ? old->trace : NULL), after = side_of(a, now ? now->trace : NULL);
	struct list list = { 0 };
	match(a, &before, &after, &list);
	for (size_t i = 0; i < list.v.n; i++) {
		struct qpp_changed *x = &list.v.v[i];
		x->cause = !only_computed(&before, &after, x) && !(x->now_fact && follows(&after, x->now_fact)) &&
		           !(x->old_fact && follows(&before, x->old_fact));
		if (old && now)
			say_ground(x, &old->score, &now->score);
	}
	if (list.v.n)
		qsort(list.v.v, list.v.n, sizeof *list.v.v, by_rank);
	return (struct qpp_changes){ list.v.v, list.v.n };
}
