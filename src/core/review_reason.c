/*
 * R-414.1385(a) and what it says below, and 414.1455: who may ask in a year, for what,
 * and on what grounds a request may be denied. The filer chooses from the
 * reasons; the reviewer sees whether one can be approved at all.
 */
#include "calc.h"
#include "qpp/review.h"

const char *qpp_review_scope_name(enum qpp_review_scope s)
{
	static const char *const names[QPP_REVIEW_SCOPES] = { "none", "adjustment", "list" };
	return names[s < QPP_REVIEW_SCOPES ? s : QPP_REVIEW_OF_NOTHING];
}

static enum qpp_review_scope scope_of(struct qpp_str word)
{
	for (enum qpp_review_scope s = QPP_REVIEW_OF_NOTHING; s < QPP_REVIEW_SCOPES; s++)
		if (qpp_str_is(word, qpp_review_scope_name(s)))
			return s;
	return QPP_REVIEW_OF_NOTHING;
}

/* The year has rows at all: otherwise "no" would be said where nobody knows. */
static bool has_year(struct qpp_calc *c, enum qpp_rule_table t)
{
	return qpp_row_needed(c, t, QPP_KEYS({ -1, { NULL, 0 } })) != NULL;
}

enum qpp_code qpp_review_may_ask(const struct qpp_request *q, enum qpp_entity level, bool *out, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	struct qpp_str word = qpp_str_of(level ? qpp_entity_name(level) : "");
	*out = has_year(&c, QPP_T_review_levels) && qpp_row(&c, QPP_T_review_levels, QPP_KEYS({ QPP_C_review_levels_level, word }));
	return qpp_calc_code(&c, err);
}

/* R-414.1385(a)(3) */
enum qpp_code qpp_review_may_deny(const struct qpp_request *q, struct qpp_str ground, bool *out, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	*out = has_year(&c, QPP_T_review_grounds) && qpp_row(&c, QPP_T_review_grounds, QPP_KEYS({ QPP_C_review_grounds_ground, ground }));
	return qpp_calc_code(&c, err);
}

static struct qpp_review_reason reason_in(const struct qpp_table_row *row)
{
	return (struct qpp_review_reason){
		.name = qpp_cell_word(row, QPP_C_review_reasons_reason), .category = qpp_cell_word(row, QPP_C_review_reasons_category),
		.scope = scope_of(qpp_cell_word(row, QPP_C_review_reasons_within)),
		.touches = qpp_cell_word(row, QPP_C_review_reasons_touches), .fact = qpp_cell_word(row, QPP_C_review_reasons_fact),
		.says = qpp_cell_word(row, QPP_C_review_reasons_says), .evidence = qpp_cell_word(row, QPP_C_review_reasons_evidence),
		.cite = qpp_cell_word(row, QPP_C_review_reasons_cite)
	};
}

enum qpp_code qpp_review_reasons(const struct qpp_request *q, const struct qpp_review_reason **out,
                                 size_t *n, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	const struct qpp_bound_table *t = &q->rules->tables[QPP_T_review_reasons];
	struct qpp_review_reason *v = QPP_NEW_ARRAY(q->arena, t->n_rows + 1, struct qpp_review_reason);
	(void)has_year(&c, QPP_T_review_reasons);
	for (*n = 0; *n < t->n_rows; ++*n)
		v[*n] = reason_in(t->rows[*n]);
	*out = v;
	return qpp_calc_code(&c, err);
}

/* R-414.1385(a)(4), R-414.1385(b), R-414.1455(b): what it is about, and whether anybody reviews that. */
enum qpp_code qpp_review_reason_find(const struct qpp_request *q, struct qpp_str name, struct qpp_review_reason *out,
                                     struct qpp_err *err)
{
	struct qpp_calc c = { .rules = q->rules, .arena = q->arena };
	const struct qpp_table_row *row = NULL;
	*out = (struct qpp_review_reason){ 0 };
	if (has_year(&c, QPP_T_review_reasons))
		row = qpp_row(&c, QPP_T_review_reasons, QPP_KEYS({ QPP_C_review_reasons_reason, name }));
	if (c.code != QPP_OK)
		return qpp_calc_code(&c, err);
	if (!row)
		return qpp_fail(err, QPP_NOT_FOUND, "the year has no such reason to ask for a review", (char *)NULL);
	*out = reason_in(row);
	return QPP_OK;
}

static struct qpp_moment moment_in(const struct qpp_table_row *row, int column)
{
	struct qpp_moment m = { 0 };
	m.has = row->cells[column].kind != QPP_CELL_ANY && qpp_instant_parse(row->cells[column].text, &m.at, NULL);
	return m;
}

enum qpp_code qpp_review_campaigns(const struct qpp_request *q, const struct qpp_review_campaign **out,
                                   size_t *n, struct qpp_err *err)
{
	const struct qpp_bound_table *t = &q->rules->tables[QPP_T_review_campaigns];
	struct qpp_review_campaign *v = QPP_NEW_ARRAY(q->arena, t->n_rows + 1, struct qpp_review_campaign);
	for (*n = 0; *n < t->n_rows; ++*n) {
		const struct qpp_table_row *row = t->rows[*n];
		v[*n] = (struct qpp_review_campaign){
			.name = qpp_cell_word(row, QPP_C_review_campaigns_campaign), .says = qpp_cell_word(row, QPP_C_review_campaigns_says),
			.levels = qpp_cell_word(row, QPP_C_review_campaigns_levels), .cite = qpp_cell_word(row, QPP_C_review_campaigns_cite),
			.opens = moment_in(row, QPP_C_review_campaigns_opens), .closes = moment_in(row, QPP_C_review_campaigns_closes)
		};
		if (!v[*n].closes.has)
			return qpp_fail(err, QPP_BUG, "a campaign of the rules has no end", (char *)NULL);
	}
	*out = v;
	return QPP_OK;
}

bool qpp_review_campaign_takes(const struct qpp_review_campaign *k, enum qpp_entity level)
{
	struct qpp_str rest = k->levels, word;
	while (level && qpp_str_cut(&rest, '+', &word))
		if (qpp_str_is(word, qpp_entity_name(level)))
			return true;
	return false;
}
