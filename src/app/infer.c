/*
 * Rows of the experience file held against the rules: which parts are
 * recomputed under which combinations of readings, and what all rows together
 * say of each alternative.
 */
#include "app/infer.h"

#include "app/infer_int.h"

/* The combinations of a part are few: it asks two or three readings of two alternatives at most. */
enum { MOST_TRIES = 64, MOST_READINGS = 8 };

/* The reading that no formula asks, because the row itself decides what was rounded; its alternatives stand here. */
static const char scale_reading[] = "score-compared";
static const struct qpp_str scale_alternatives[] = { QPP_LIT_INIT("unrounded"), QPP_LIT_INIT("rounded") };

/* What the rows of one year share. */
struct year {
	qpp_py py;
	const struct qpp_catalog *catalog;
	const struct qpp_rules *rules;
	const struct qpp_plan *plan;
	struct qpp_column_decimals decimals;
};

struct job {
	const struct qpp_infer_request *r;
	QPP_VEC(struct year) years;
	struct qpp_arena scratch;            /* of one run; reset behind each */
	struct qpp_err *err;
};

const char *qpp_part_name(enum qpp_part p)
{
	static const char *const names[] = { "weights", "quality", "cost", "ia", "final", "adjustment" };
	return names[p];
}

const char *qpp_infer_outcome_name(enum qpp_infer_outcome o)
{
	static const char *const names[] = { "agrees", "differs", "noRule", "notPossible" };
	return names[o];
}

/* ---- years ---- */

static struct year *year_of(struct job *j, qpp_py py)
{
	for (size_t i = 0; i < j->years.n; i++)
		if (j->years.v[i].py.v == py.v)
			return &j->years.v[i];
	return NULL;
}

static void widen(int *decimals, const struct qpp_printed *x)
{
	if (x->given && x->decimals > *decimals)
		*decimals = x->decimals;
}

static void count_decimals(struct qpp_column_decimals *to, const struct qpp_experience_row *row)
{
	for (int f = 0; f < QPP_FIGURES; f++)
		widen(&to->figure[f], &row->figure[f]);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		for (size_t i = 0; i < row->n_measures[k]; i++)
			widen(&to->points[k], &row->measures[k][i].points);
}

static enum qpp_code collect_years(struct job *j)
{
	const struct qpp_infer_request *r = j->r;
	for (size_t i = 0; i < r->n_rows; i++) {
		struct year *y = year_of(j, r->rows[i].py);
		if (!y) {
			y = QPP_PUSH(r->arena, &j->years);
			*y = (struct year){ .py = r->rows[i].py, .catalog = r->catalog_of(r->host, r->rows[i].py) };
			enum qpp_code code = qpp_rules_bind(r->arena, r->rules, y->py, NULL, 0, &y->rules, j->err);
			if (code != QPP_OK)
				return code;
			y->plan = qpp_plan_make(r->arena, y->rules, y->catalog);
		}
		count_decimals(&y->decimals, &r->rows[i]);
	}
	return QPP_OK;
}

/* ---- one part under one combination ---- */

/* A reading that a part asked; `def` NULL: the one of the scale. */
struct asked {
	const struct qpp_reading *def;
	struct qpp_str name;
	const struct qpp_str *alternatives;
	size_t n, chosen;
};

struct asked_list {
	struct asked v[MOST_READINGS];
	size_t n;
};

static bool scale_has_switch(const struct qpp_ruleset *rules)
{
	const struct qpp_reading *x = qpp_ruleset_reading(rules, qpp_str_of(scale_reading));
	return x && x->n_alternatives;
}

/* Readings with alternatives among those asked. */
static void list_asked(const struct qpp_ruleset *rules, enum qpp_part part, qpp_reading_set bits, struct asked_list *out)
{
	out->n = 0;
	for (size_t i = 0; i < rules->n_readings && out->n < MOST_READINGS; i++) {
		const struct qpp_reading *x = &rules->readings[i];
		int bit = qpp_rules_reading_bit(x->name);
		if (x->n_alternatives > 1 && bit >= 0 && bits >> bit & 1)
			out->v[out->n++] = (struct asked){ x, x->name, x->alternatives, x->n_alternatives, 0 };
	}
	if (part == QPP_PART_ADJUSTMENT && !scale_has_switch(rules) && out->n < MOST_READINGS)
		out->v[out->n++] = (struct asked){ NULL, qpp_str_of(scale_reading), scale_alternatives, 2, 0 };
}

static size_t combinations(const struct asked_list *asked)
{
	size_t n = 1;
	for (size_t i = 0; i < asked->n && n <= MOST_TRIES; i++)
		n *= asked->v[i].n;
	return n < MOST_TRIES ? n : MOST_TRIES;
}

/* The next combination, the last reading changing fastest; the first one is what is in force. */
static void next(struct asked_list *asked)
{
	for (size_t i = asked->n; i-- > 0;) {
		if (++asked->v[i].chosen < asked->v[i].n)
			return;
		asked->v[i].chosen = 0;
	}
}

static enum qpp_code prepare(struct job *j, const struct year *y, const struct qpp_experience_row *row,
                             const struct asked_list *asked, struct qpp_part_run *p)
{
	struct qpp_choice choices[MOST_READINGS];
	size_t n = 0;
	*p = (struct qpp_part_run){ .row = row, .decimals = &y->decimals };
	p->q = (struct qpp_request){ .arena = &j->scratch, .rules = y->rules, .catalog = y->catalog, .plan = y->plan };
	for (size_t i = 0; i < asked->n; i++) {
		const struct asked *x = &asked->v[i];
		if (!x->def)
			p->scale_takes_rounded = x->chosen > 0;
		else if (x->chosen)
			choices[n++] = (struct qpp_choice){ x->name, x->chosen };
	}
	if (!n)
		return QPP_OK;
	p->q.plan = NULL;
	return qpp_rules_bind(&j->scratch, j->r->rules, y->py, choices, n, &p->q.rules, j->err);
}

static const struct qpp_infer_choice *choices_of(struct qpp_arena *a, const struct asked_list *asked)
{
	struct qpp_infer_choice *v = QPP_NEW_ARRAY(a, asked->n, struct qpp_infer_choice);
	for (size_t i = 0; i < asked->n; i++)
		v[i] = (struct qpp_infer_choice){ asked->v[i].name, asked->v[i].alternatives[asked->v[i].chosen] };
	return v;
}

/* ---- one part under all combinations ---- */

static enum qpp_code try_one(struct job *j, const struct year *y, const struct qpp_experience_row *row, enum qpp_part part,
                             const struct asked_list *asked, struct qpp_infer_try *out, qpp_reading_set *readings)
{
	struct qpp_mark mark = qpp_arena_mark(&j->scratch);
	struct qpp_part_run p;
	enum qpp_code code = prepare(j, y, row, asked, &p);
	if (code != QPP_OK)
		return code;
	code = qpp_part_run(&p, part);
	*readings |= p.readings;
	*out = (struct qpp_infer_try){ .choices = choices_of(j->r->arena, asked), .n_choices = asked->n };
	qpp_part_hold(j->r->arena, code, &p, part, out);
	qpp_arena_reset(&j->scratch, mark);
	return QPP_OK;
}

/* Once as the rules are read, which tells the readings that matter; then under every combination of those. */
static enum qpp_code try_all(struct job *j, const struct year *y, const struct qpp_experience_row *row, enum qpp_part part,
                             struct qpp_infer_part *out)
{
	struct qpp_arena *a = j->r->arena;
	struct asked_list asked = { .n = 0 };
	qpp_reading_set readings = 0, ignored = 0;
	out->tries = QPP_NEW(a, struct qpp_infer_try);
	out->n_tries = 1;
	enum qpp_code code = try_one(j, y, row, part, &asked, out->tries, &readings);
	list_asked(j->r->rules, part, readings, &asked);
	if (code != QPP_OK || !asked.n)
		return code;
	out->n_tries = combinations(&asked);
	out->tries = QPP_NEW_ARRAY(a, out->n_tries, struct qpp_infer_try);
	for (size_t i = 0; i < out->n_tries && code == QPP_OK; i++, next(&asked))
		code = try_one(j, y, row, part, &asked, &out->tries[i], &ignored);
	return code;
}

/* ---- what all rows say ---- */

/* What a row says of an alternative: 0 nothing, 1 agrees, -1 differs. */
static int says(const struct qpp_infer_row *row, const struct qpp_infer_evidence *e)
{
	int said = 0;
	for (int part = 0; part < QPP_PARTS; part++) {
		const struct qpp_infer_part *p = &row->parts[part];
		bool agrees = false, differs = false;
		for (size_t t = 0; t < p->n_tries; t++)
			for (size_t c = 0; c < p->tries[t].n_choices; c++) {
				if (!qpp_str_eq(p->tries[t].choices[c].reading, e->reading) ||
				    !qpp_str_eq(p->tries[t].choices[c].alternative, e->alternative))
					continue;
				agrees |= p->tries[t].outcome == QPP_INFER_AGREES;
				differs |= p->tries[t].outcome == QPP_INFER_DIFFERS;
			}
		if (differs && !agrees)
			return -1;
		if (agrees)
			said = 1;
	}
	return said;
}

static void weigh(struct qpp_arena *a, struct qpp_infer *out, struct qpp_str reading, struct qpp_str alternative)
{
	struct qpp_infer_evidence *e = &out->evidence[out->n_evidence++];
	*e = (struct qpp_infer_evidence){ .reading = reading, .alternative = alternative };
	e->agree = QPP_NEW_ARRAY(a, out->n_rows, const struct qpp_experience_row *);
	e->differ = QPP_NEW_ARRAY(a, out->n_rows, const struct qpp_experience_row *);
	for (size_t i = 0; i < out->n_rows; i++) {
		int said = says(&out->rows[i], e);
		if (said > 0)
			e->agree[e->n_agree++] = out->rows[i].is;
		else if (said < 0)
			e->differ[e->n_differ++] = out->rows[i].is;
		else
			e->n_untouched++;
	}
}

static void weigh_all(const struct qpp_infer_request *r, struct qpp_infer *out)
{
	size_t most = 2;
	for (size_t i = 0; i < r->rules->n_readings; i++)
		most += r->rules->readings[i].n_alternatives;
	out->evidence = QPP_NEW_ARRAY(r->arena, most, struct qpp_infer_evidence);
	for (size_t i = 0; i < r->rules->n_readings; i++)
		for (size_t k = 0; k < r->rules->readings[i].n_alternatives; k++)
			weigh(r->arena, out, r->rules->readings[i].name, r->rules->readings[i].alternatives[k]);
	for (size_t k = 0; k < 2 && !scale_has_switch(r->rules); k++)
		weigh(r->arena, out, qpp_str_of(scale_reading), scale_alternatives[k]);
}

static enum qpp_code infer_row(struct job *j, struct qpp_infer_row *out)
{
	const struct year *y = year_of(j, out->is->py);
	for (int part = 0; part < QPP_PARTS; part++) {
		struct qpp_infer_part *p = &out->parts[part];
		p->printed = qpp_part_printed(j->r->arena, out->is, (enum qpp_part)part);
		if (!p->printed.n)
			continue;
		enum qpp_code code = try_all(j, y, out->is, (enum qpp_part)part, p);
		if (code != QPP_OK)
			return code;
	}
	return QPP_OK;
}

enum qpp_code qpp_infer_rows(const struct qpp_infer_request *r, struct qpp_infer *out, struct qpp_err *err)
{
	struct job j = { .r = r, .scratch = { NULL, r->arena->refuse, r->arena->host }, .err = err };
	*out = (struct qpp_infer){ .rows = QPP_NEW_ARRAY(r->arena, r->n_rows, struct qpp_infer_row), .n_rows = r->n_rows };
	enum qpp_code code = collect_years(&j);
	for (size_t i = 0; i < r->n_rows && code == QPP_OK; i++) {
		out->rows[i].is = &r->rows[i];
		code = infer_row(&j, &out->rows[i]);
		for (int part = 0; part < QPP_PARTS && code == QPP_OK; part++)
			if (out->rows[i].parts[part].n_tries)
				out->outcomes[out->rows[i].parts[part].tries[0].outcome]++;
	}
	if (code == QPP_OK)
		weigh_all(r, out);
	qpp_arena_close(&j.scratch);
	return code;
}
