/* Counting: a cell for each question and kind of people, and which of them are beyond what chance explains. */
#include "app/radar_int.h"

#include <stdlib.h>

#include "qpp/buf.h"

static const struct qpp_radar_about abouts[QPP_RADAR_CHECKS] = {
#define CHECK(NAME, name, title, next) { name, title, next },
#include "app/radar.def"
};

static const struct qpp_radar_limit limits[QPP_RADAR_THRESHOLDS] = {
#define THRESHOLD(NAME, name, value, reason) { name, value, reason },
#include "app/radar.def"
};

const struct qpp_radar_about *qpp_radar_about(enum qpp_radar_check c)
{
	return &abouts[c];
}

const struct qpp_radar_limit *qpp_radar_limit(enum qpp_radar_threshold t)
{
	return &limits[t];
}

void radar_cells_init(struct radar_cells *c, struct qpp_arena *a)
{
	*c = (struct radar_cells){ .arena = a };
	c->last = &c->first;
}

/* ---- finding a cell ---- */

struct name {
	struct qpp_str front, behind;
};

static uint32_t hash_add(uint32_t h, struct qpp_str s)
{
	enum { FNV_PRIME = 16777619 };
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * FNV_PRIME;
	return h;
}

static bool is_name(struct qpp_str text, const struct name *x)
{
	return text.n == x->front.n + x->behind.n && qpp_str_eq((struct qpp_str){ text.p, x->front.n }, x->front) &&
	       qpp_str_eq((struct qpp_str){ text.p + x->front.n, x->behind.n }, x->behind);
}

static struct qpp_str name_text(struct qpp_arena *a, const struct name *x)
{
	return qpp_str_cat(a, qpp_str_dup(a, x->front).p, qpp_str_dup(a, x->behind).p, (char *)NULL);
}

static struct radar_cell *cell(struct radar_cells *c, const struct radar_seen *x, const struct name *kind)
{
	enum { FNV_BASIS = 2166136261u };
	const struct name step = { qpp_str_of(x->step), x->of };
	uint32_t h = hash_add(hash_add(hash_add(hash_add((uint32_t)FNV_BASIS ^ x->check, step.front), step.behind), kind->front), kind->behind);
	struct radar_cell **place = &c->bucket[h % RADAR_BUCKETS];
	for (; *place; place = &(*place)->next)
		if ((*place)->check == x->check && is_name((*place)->step, &step) && is_name((*place)->kind, kind))
			return *place;
	struct radar_cell *new = QPP_NEW(c->arena, struct radar_cell);
	*new = (struct radar_cell){ .check = x->check, .step = name_text(c->arena, &step), .rule = qpp_str_dup(c->arena, qpp_str_of(x->rule)),
		                        .kind = name_text(c->arena, kind), .unit = qpp_str_of(x->unit) };
	*place = new;
	*c->last = new;
	c->last = &new->order;
	return new;
}

static void count(struct radar_cells *c, const struct radar_seen *x, const struct qpp_who *who, const struct name *kind, bool by_chance)
{
	struct radar_cell *k = cell(c, x, kind);
	k->by_chance = by_chance;
	k->n++;
	k->hits += x->hit;
	/* By chance it is the others who received something. */
	if (x->hit != by_chance)
		k->sum += x->size;
	if (!x->hit || k->n_examples == QPP_RADAR_EXAMPLES)
		return;
	struct qpp_who *e = &k->example[k->n_examples++];
	*e = *who;
	e->org_id = qpp_str_dup(c->arena, who->org_id);
	e->npi = who->npi.n ? qpp_str_dup(c->arena, who->npi) : QPP_LIT("");
}

void radar_see(struct radar_cells *c, const struct radar_seen *x, const struct qpp_who *who)
{
	const struct name everybody = { QPP_LIT(""), QPP_LIT("") };
	c->observations++;
	count(c, x, who, &everybody, false);
}

void radar_see_kinds(struct radar_cells *c, const struct radar_seen *x, const struct qpp_who *who, const struct radar_kinds *kinds)
{
	const struct name of[] = {
		{ QPP_LIT(""), QPP_LIT("") },
		{ QPP_LIT("level "), qpp_str_of(qpp_entity_name(who->entity)) },
		{ QPP_LIT("program "), kinds->program },
		{ QPP_LIT("state "), kinds->state },
	};
	c->observations++;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		if (!i || of[i].behind.n)
			count(c, x, who, &of[i], true);
}

/* ---- judging ---- */

/* Whether missing / all, n times in a row, comes less often than once in `least` kinds. Fixed point of nine digits, rounded up. */
static bool unlikely(int64_t missing, int64_t all, int64_t n, int64_t least)
{
	const int64_t one = 1000000000;
	int64_t p = one;
	for (int64_t i = 0; i < n; i++) {
		qpp_i128 next = (qpp_i128)p * missing;
		p = (int64_t)(next / all) + (next % all != 0);
		if (p < one / least)
			return true;
	}
	return false;
}

/* The same question over everybody: the cell without a kind. */
static const struct radar_cell *whole(const struct radar_cells *c, const struct radar_cell *of)
{
	const struct radar_seen x = { .check = of->check, .step = of->step.p };
	const struct name step = { of->step, QPP_LIT("") };
	uint32_t h = hash_add(2166136261u ^ (uint32_t)of->check, of->step);
	(void)x;
	for (const struct radar_cell *k = c->bucket[h % RADAR_BUCKETS]; k; k = k->next)
		if (k->check == of->check && is_name(k->step, &step) && !k->kind.n)
			return k;
	return of;
}

static bool stands_out(const struct radar_cells *c, const struct radar_cell *k)
{
	int64_t least = limits[QPP_RADAR_OVER_CHANCE].value, share = limits[QPP_RADAR_OVER_SHARE].value;
	const struct radar_cell *all = whole(c, k);
	if (!k->by_chance)
		return k->hits >= limits[QPP_RADAR_OVER_LEAST].value;
	if (k->hits != k->n)
		return false;
	if (k == all)
		return unlikely(share - 1, share, k->n, least);
	/* Where nobody at all received it, it is said once. */
	if (all->hits == all->n)
		return false;
	/* The rule of succession: of a few others one more may have been missing, and one more not. */
	return unlikely(all->hits - k->hits + 1, all->n - k->n + 2, k->n, least);
}

static struct qpp_str size_of(const struct radar_cells *c, const struct radar_cell *k, struct qpp_arena *a)
{
	enum { HUNDREDTHS = 100, PLACES = 2 };
	const struct radar_cell *from = k->by_chance ? whole(c, k) : k;
	int64_t n = k->by_chance ? from->n - from->hits : from->hits;
	if (!n || !from->sum || !from->unit.n)
		return QPP_LIT("");
	qpp_dec mean = qpp_dec_round(qpp_dec_div(qpp_dec_of(from->sum), qpp_dec_of(n * HUNDREDTHS)), PLACES);
	return qpp_str_cat(a, k->by_chance ? "the others received " : "", qpp_dec_text(a, mean, PLACES).p, " ", from->unit.p, " on average", (char *)NULL);
}

static int by_touched(const void *a, const void *b)
{
	const struct qpp_radar_finding *x = a, *y = b;
	if (x->touched != y->touched)
		return (x->touched < y->touched) - (x->touched > y->touched);
	if (x->check != y->check)
		return x->check < y->check ? -1 : 1;
	int step = qpp_str_cmp(x->step, y->step);
	return step ? step : qpp_str_cmp(x->kind, y->kind);
}

static void add(const struct radar_cells *c, const struct radar_cell *k, struct qpp_arena *a, struct qpp_radar_finding *f)
{
	*f = (struct qpp_radar_finding){ .check = k->check, .step = qpp_str_dup(a, k->step), .rule = qpp_str_dup(a, k->rule),
		                             .kind = qpp_str_dup(a, k->kind), .touched = k->hits, .of = k->n, .size = size_of(c, k, a),
		                             .n_examples = k->n_examples };
	for (size_t i = 0; i < k->n_examples; i++) {
		f->example[i] = k->example[i];
		f->example[i].org_id = qpp_str_dup(a, k->example[i].org_id);
		f->example[i].npi = qpp_str_dup(a, k->example[i].npi);
	}
}

/* One cause in many steps is said once, with the step that it shows in most: they stand in order already. */
static size_t merge(struct qpp_radar_finding *v, size_t n, struct qpp_arena *a)
{
	enum { STEPS_MOST = 8 };
	struct qpp_radar_finding *first[QPP_RADAR_CHECKS] = { NULL };
	size_t steps[QPP_RADAR_CHECKS] = { 0 }, kept = 0;
	for (size_t i = 0; i < n; i++)
		steps[v[i].check] += !v[i].kind.n;
	for (size_t i = 0; i < n; i++) {
		enum qpp_radar_check c = v[i].check;
		bool many = !v[i].kind.n && steps[c] > STEPS_MOST;
		if (many && first[c]) {
			first[c]->touched += v[i].touched;
			first[c]->of += v[i].of;
			continue;
		}
		v[kept] = v[i];
		if (many) {
			first[c] = &v[kept];
			v[kept].step = qpp_str_cat(a, v[i].step.p, " and ", qpp_i64_text(a, (int64_t)steps[c] - 1).p, " more", (char *)NULL);
		}
		kept++;
	}
	return kept;
}

void radar_judge(const struct radar_cells *c, struct qpp_arena *a, struct qpp_radar *out)
{
	size_t n = 0;
	for (const struct radar_cell *k = c->first; k; k = k->order)
		n += stands_out(c, k);
	out->v = QPP_NEW_ARRAY(a, n + 1, struct qpp_radar_finding);
	out->n = 0;
	for (const struct radar_cell *k = c->first; k; k = k->order)
		if (stands_out(c, k))
			add(c, k, a, &out->v[out->n++]);
	qsort(out->v, out->n, sizeof *out->v, by_touched);
	out->n = merge(out->v, out->n, a);
	out->observations = c->observations;
}
