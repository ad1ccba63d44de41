/*
 * Binding a rule set to a year: names to rows, once. A table whose columns are
 * not those this program was built for (an older or newer image) counts as
 * absent, so that it refuses instead of being misread.
 */
#include "calc.h"

/* struct qpp_score keeps the readings it asked as bits. */
_Static_assert((int)QPP_READINGS <= (int)QPP_MOST_READINGS, "more readings than bits");

static const char *const param_names[] = {
#define X(name) #name,
	QPP_RULE_PARAMS(X)
#undef X
};

static const char *const table_names[] = {
#define X(name) #name,
	QPP_RULE_TABLES(X)
#undef X
};

static const char *const reading_names[] = {
#define X(name) #name,
	QPP_RULE_READINGS(X)
#undef X
};

/* How many columns this program knows of each table, in the order of the names. */
static const char *const table_columns[] = {
#define X(name) QPP_RULE_COLUMNS_##name,
	QPP_RULE_TABLES(X)
#undef X
};

static bool same_columns(const struct qpp_table *t, const char *known)
{
	struct qpp_str rest = qpp_str_of(known), word;
	size_t i = 0;
	for (; qpp_str_word(&rest, &word); i++)
		if (i == t->n_columns || !qpp_str_eq(t->columns[i], word))
			return false;
	return i == t->n_columns;
}

static void bind_table(struct qpp_arena *a, struct qpp_bound_table *b, const struct qpp_table *t, qpp_py py)
{
	b->def = t;
	b->rows = QPP_NEW_ARRAY(a, t->n_rows + 1, const struct qpp_table_row *);
	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].from <= py.v && py.v <= t->rows[i].to)
			b->rows[b->n_rows++] = &t->rows[i];
}

static enum qpp_code choose(struct qpp_rules *r, const struct qpp_choice *choice, struct qpp_err *err)
{
	for (size_t i = 0; i < QPP_READINGS; i++) {
		if (!qpp_rule_name_eq(choice->reading, qpp_str_of(reading_names[i])))
			continue;
		const struct qpp_reading *def = qpp_ruleset_reading(r->set, choice->reading);
		if (!def || choice->alternative >= def->n_alternatives)
			return qpp_fail(err, QPP_USAGE, "reading ", reading_names[i], " has no such alternative", (char *)NULL);
		r->readings[i] = (uint8_t)choice->alternative;
		return QPP_OK;
	}
	return qpp_fail(err, QPP_USAGE, "no such reading in the rules", (char *)NULL);
}

enum qpp_code qpp_rules_bind(struct qpp_arena *a, const struct qpp_ruleset *rs, qpp_py py,
                             const struct qpp_choice *choices, size_t n_choices, const struct qpp_rules **out,
                             struct qpp_err *err)
{
	struct qpp_rules *r = QPP_NEW(a, struct qpp_rules);
	r->set = rs;
	r->py = py;
	for (size_t i = 0; i < QPP_PARAMS; i++) {
		r->param_defs[i] = qpp_ruleset_param(rs, qpp_str_of(param_names[i]));
		if (r->param_defs[i])
			r->params[i] = qpp_param_row(r->param_defs[i], py);
	}
	for (size_t i = 0; i < QPP_TABLES; i++) {
		const struct qpp_table *t = qpp_ruleset_table(rs, qpp_str_of(table_names[i]));
		if (t && same_columns(t, table_columns[i]))
			bind_table(a, &r->tables[i], t, py);
	}
	for (size_t i = 0; i < n_choices; i++) {
		enum qpp_code code = choose(r, &choices[i], err);
		if (code != QPP_OK)
			return code;
	}
	*out = r;
	return QPP_OK;
}

const struct qpp_ruleset *qpp_rules_set(const struct qpp_rules *r)
{
	return r->set;
}

qpp_py qpp_rules_py(const struct qpp_rules *r)
{
	return r->py;
}

int qpp_rules_reading_bit(struct qpp_str reading)
{
	for (int i = 0; i < QPP_READINGS; i++)
		if (qpp_rule_name_eq(reading, qpp_str_of(reading_names[i])))
			return i;
	return -1;
}
