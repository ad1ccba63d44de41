/* Rules and catalogs of all years, loaded once. */
#include "app/years.h"

#include "qpp/buf.h"
#include "qpp/rules.h"
#include "qpp/score.h"

struct year {
	qpp_py py;
	const struct qpp_catalog *catalog;
	const struct qpp_rules *rules;
	const struct qpp_plan *plan;
};

struct qpp_years {
	const struct qpp_ruleset *rules;
	struct year *v;
	size_t n;
};

enum qpp_code qpp_years_load(struct qpp_arena *a, const struct qpp_year_text *texts, size_t n,
                             const struct qpp_years **out, struct qpp_err *err)
{
	struct qpp_years *y = QPP_NEW(a, struct qpp_years);
	y->v = QPP_NEW_ARRAY(a, n, struct year);
	enum qpp_code code = qpp_ruleset_load(a, qpp_rules_image, qpp_rules_image_size, &y->rules, err);
	for (size_t i = 0; code == QPP_OK && i < n; i++) {
		struct year *x = &y->v[y->n++];
		x->py = texts[i].py;
		code = qpp_catalog_read(a, qpp_str_cat(a, "catalog/", qpp_i64_text(a, x->py.v).p, ".txt", (char *)NULL), texts[i].text,
		                        &x->catalog, err);
		if (code == QPP_OK)
			code = qpp_rules_bind(a, y->rules, x->py, NULL, 0, &x->rules, err);
		if (code == QPP_OK)
			x->plan = qpp_plan_make(a, x->rules, x->catalog);
	}
	*out = y;
	return code;
}

static const struct year *find(const struct qpp_years *y, qpp_py py)
{
	for (size_t i = 0; i < y->n; i++)
		if (y->v[i].py.v == py.v)
			return &y->v[i];
	return NULL;
}

const struct qpp_catalog *qpp_years_catalog(const struct qpp_years *y, qpp_py py)
{
	const struct year *x = find(y, py);
	return x ? x->catalog : NULL;
}

const struct qpp_rules *qpp_years_bound(const struct qpp_years *y, qpp_py py)
{
	const struct year *x = find(y, py);
	return x ? x->rules : NULL;
}

const struct qpp_plan *qpp_years_plan(const struct qpp_years *y, qpp_py py)
{
	const struct year *x = find(y, py);
	return x ? x->plan : NULL;
}

const struct qpp_ruleset *qpp_years_rules(const struct qpp_years *y)
{
	return y->rules;
}

qpp_py qpp_years_newest(const struct qpp_years *y)
{
	qpp_py newest = { 0 };
	for (size_t i = 0; i < y->n; i++)
		if (y->v[i].py.v > newest.v)
			newest = y->v[i].py;
	return newest;
}

struct qpp_str qpp_years_param(const struct qpp_years *y, const char *name, qpp_py py)
{
	const struct qpp_param *p = qpp_ruleset_param(y->rules, qpp_str_of(name));
	const struct qpp_param_row *row = p ? qpp_param_row(p, py) : NULL;
	return row && row->status != QPP_RULE_NONE ? row->value.text : QPP_LIT("");
}

enum qpp_code qpp_years_need(const struct qpp_years *y, struct qpp_arena *a, qpp_py py, const struct qpp_catalog **out,
                             struct qpp_err *err)
{
	struct qpp_buf known;
	*out = qpp_years_catalog(y, py);
	if (*out)
		return QPP_OK;
	qpp_buf_init(&known, a, 200);
	for (size_t i = 0; i < y->n; i++) {
		qpp_buf_cat(&known, known.n ? ", " : "", (char *)NULL);
		qpp_buf_i64(&known, y->v[i].py.v);
	}
	(void)qpp_fail(err, QPP_NO_RULE, "no published measures and benchmarks for PY ", qpp_i64_text(a, py.v).p, (char *)NULL);
	qpp_err_detail(err, "the years are ", qpp_buf_done(&known).p, (char *)NULL);
	return QPP_NO_RULE;
}
