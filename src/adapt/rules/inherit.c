/*
 * Cases that are like another: a case takes the year, the givens, the input
 * and the facts of the one its `like` names, then its own lines replace or add
 * to them. What the other expects, and its source, are its own.
 *
 * A chain is walked to its end and settled from there back, each case once,
 * so neither its length nor a circle matters.
 */
#include "rules_int.h"

struct chain {
	struct rules_case **v;
	size_t n, cap;
};

static void missing(struct rules *r, struct rules_case *c)
{
	struct qpp_finding *f =
	    rules_error(r, c->is.file, c->like_line, "there is no case ", rules_quote(r, c->like), (char *)NULL);
	struct qpp_str *titles = QPP_NEW_ARRAY(r->arena, r->cases.n, struct qpp_str);
	for (size_t i = 0; i < r->cases.n; i++)
		titles[i] = r->cases.v[i].is.name;
	rules_did_you_mean(r, f, c->like, titles, r->cases.n);
	c->broken = true;
}

/* What `c` is like; NULL when nothing, or after an error. */
static struct rules_case *model(struct rules *r, struct rules_case *c)
{
	if (!c->like.n)
		return NULL;
	struct rules_case *m = rules_case_named(r, c->like);
	if (!m) {
		missing(r, c);
	} else if (m->state == RULES_OPEN) {
		rules_error(r, c->is.file, c->like_line, "case ", rules_quote(r, c->is.name), " is like ", rules_quote(r, m->is.name),
		            ", which leads back to it", (char *)NULL);
		c->broken = true;
		m = NULL;
	}
	return m;
}

static const struct qpp_pair *find(const struct rules_pairs *list, struct qpp_str name)
{
	for (size_t i = 0; i < list->n; i++)
		if (qpp_str_eq(list->v[i].name, name))
			return &list->v[i];
	return NULL;
}

/* The model's givens in their order, replaced where `own` says otherwise, then what only `own` has. */
static struct rules_pairs merge(struct rules *r, const struct rules_pairs *model_pairs, const struct rules_pairs *own)
{
	struct rules_pairs all = { 0 };
	for (size_t i = 0; i < model_pairs->n; i++) {
		const struct qpp_pair *p = &model_pairs->v[i], *mine = find(own, p->name);
		*QPP_PUSH(r->arena, &all) = mine ? *mine : *p;
	}
	for (size_t i = 0; i < own->n; i++)
		if (!find(model_pairs, own->v[i].name))
			*QPP_PUSH(r->arena, &all) = own->v[i];
	return all;
}

static void settle(struct rules *r, struct rules_case *c, const struct rules_case *m)
{
	c->state = RULES_SETTLED;
	if (!m)
		return;
	c->broken |= m->broken;
	if (!c->is.py)
		c->is.py = m->is.py;
	if (!c->is.input.n)
		c->is.input = m->is.input;
	if (!c->is.facts.n)
		c->is.facts = m->is.facts;
	c->given = merge(r, &m->given, &c->given);
	if (c->given.n > RULES_MOST_PAIRS) {
		rules_error(r, c->is.file, c->like_line, "with what it inherits, this case has more than ",
		            rules_number(r, RULES_MOST_PAIRS), " values", (char *)NULL);
		c->given.n = 0;
	}
}

static void settle_chain(struct rules *r, struct rules_case *c)
{
	struct chain chain = { 0 };
	while (c && c->state == RULES_FRESH) {
		c->state = RULES_OPEN;
		*QPP_PUSH(r->arena, &chain) = c;
		c = model(r, c);
	}
	while (chain.n) {
		settle(r, chain.v[chain.n - 1], c);
		c = chain.v[--chain.n];
	}
}

void rules_inherit(struct rules *r)
{
	size_t pairs = 0;
	for (size_t i = 0; i < r->cases.n; i++) {
		struct rules_case *c = &r->cases.v[i];
		settle_chain(r, c);
		if (!c->is.py && !c->broken)
			rules_error(r, c->is.file, c->is.line, "case ", rules_quote(r, c->is.name), " has no year: a line such as `py 2023`",
			            (char *)NULL);
		c->is.given = c->given.v;
		c->is.n_given = c->given.n;
		c->is.expect = c->expect.v;
		c->is.n_expect = c->expect.n;
		pairs += c->given.n;
		if (pairs > RULES_MOST_PAIRS_IN_ALL) {
			rules_error(r, c->is.file, c->is.line, "the cases up to this one give more than ",
			            rules_number(r, RULES_MOST_PAIRS_IN_ALL), " values", (char *)NULL);
			return;
		}
	}
}
