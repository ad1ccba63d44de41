/*
 * The rows that a run wrote: is everybody there who must be, is nobody eligible
 * without a score, does each factor lie on its side of the threshold, can each
 * score be made again.
 */
#include "app/radar_int.h"

#include "qpp/eligibility.h"

static bool same_who(const struct qpp_who *a, const struct qpp_who *b)
{
	return a->entity == b->entity && qpp_str_eq(a->org_id, b->org_id) && qpp_str_eq(a->npi, b->npi);
}

static const struct qpp_run *pair_of(const struct qpp_run_rows *rows, const struct qpp_who *who)
{
	for (size_t i = 0; i < rows->n; i++)
		if (qpp_str_is(rows->v[i].kind, "pair") && same_who(&rows->v[i].who, who))
			return &rows->v[i];
	return NULL;
}

/* R-414.1405(b): of the rules as they stand, whatever the run was made with. */
static void see_sign(struct radar_practice *x, const struct qpp_run *row)
{
	const struct qpp_service *service = x->p->r->service;
	const struct qpp_param *p = qpp_ruleset_param(qpp_years_rules(service->years), QPP_LIT("performance_threshold"));
	const struct qpp_param_row *threshold = p ? qpp_param_row(p, row->who.py) : NULL;
	qpp_dec score, factor;
	if (!threshold || threshold->status == QPP_RULE_NONE || !qpp_exact_parse(row->exact, &score) || !qpp_dec_parse(row->factor, &factor))
		return;
	/* A factor may be rounded to nothing; it must not be on the other side. */
	int side = qpp_dec_cmp(score, threshold->value.number), sign = qpp_dec_sign(factor);
	const struct radar_seen seen = { .check = QPP_RADAR_SIGN, .step = "adjustment factor", .rule = "414.1405(b)",
		.hit = side > 0 ? sign < 0 : side < 0 ? sign > 0 : sign != 0 };
	radar_see(x->cells, &seen, &row->who);
}

/* Words of a relation against the facts that scoring takes. */
static bool has_word(struct qpp_str words, const char *word)
{
	struct qpp_str part;
	while (qpp_str_word(&words, &part))
		if (qpp_str_is(part, word))
			return true;
	return false;
}

static enum qpp_code see_sources(struct radar_practice *x, const struct qpp_relation *relation, const struct qpp_who *who, struct qpp_err *err)
{
	struct qpp_known known;
	enum qpp_code code = qpp_known_facts(x->p->r->service, x->p->tx, who, &x->p->r->how, &known, err);
	if (code != QPP_OK)
		return code;
	for (int i = 0; i < QPP_SPECIALS; i++) {
		const struct qpp_facts *f = known.facts;
		bool is_small = i == QPP_SPECIAL_SMALL, told = is_small ? f->small_practice != QPP_UNKNOWN : f->has_statuses;
		if (!told || !has_word(relation->statuses, qpp_special_name((enum qpp_special)i)))
			continue;
		const struct radar_seen seen = { .check = QPP_RADAR_SOURCES, .step = qpp_special_name((enum qpp_special)i), .rule = "414.1305",
			.hit = is_small ? f->small_practice == QPP_NO : !(f->statuses >> (i - QPP_SPECIAL_RURAL) & 1) };
		radar_see(x->cells, &seen, who);
	}
	return QPP_OK;
}

static enum qpp_code one(struct radar_practice *x, const struct qpp_relation *relation, struct qpp_err *err)
{
	const struct qpp_who who = { .py = relation->py, .entity = QPP_INDIVIDUAL, .org_id = relation->org_id, .npi = relation->npi };
	const struct qpp_run *row = pair_of(x->rows, &who);
	const struct qpp_eligibility_facts *facts;
	enum qpp_eligibility_status status;
	bool has;
	enum qpp_code code = qpp_pair_status(x->p, &who, relation->facts, QPP_INDIVIDUAL, &facts, &has, &status, err);
	if (code == QPP_OK)
		code = see_sources(x, relation, &who, err);
	if (code != QPP_OK)
		return code;
	x->pairs++;
	bool eligible = has && (status == QPP_ELIGIBLE || status == QPP_ELIGIBLE_OPTED_IN);
	/* A correction writes what moved, and nothing of the others. */
	if (x->p->r->all && !x->p->r->only_moved && eligible) {
		const struct radar_seen lost = { .check = QPP_RADAR_LOST, .step = "the clinicians of the run", .rule = "414.1310", .hit = !row };
		radar_see(x->cells, &lost, &who);
		const struct radar_seen unpaid = { .check = QPP_RADAR_UNPAID, .step = "the score that counts", .rule = "414.1405", .hit = row && !row->counts };
		radar_see(x->cells, &unpaid, &who);
	}
	if (row)
		see_sign(x, row);
	return QPP_OK;
}

enum qpp_code radar_pairs(struct radar_practice *x, const struct qpp_relation_rows *people, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < people->n; i++)
		code = one(x, &people->v[i], err);
	return code;
}

void radar_reproduce(struct radar_cells *c, const struct qpp_known *known, struct qpp_str exact,
                     const struct qpp_run_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct qpp_run *row = &rows->v[i];
		/* Other facts than then are no fault of the run. */
		if (!qpp_str_is(row->kind, "level") || !same_who(&row->who, &known->who) || !qpp_str_eq(row->inputs_hash, known->inputs_hash))
			continue;
		const struct radar_seen seen = { .check = QPP_RADAR_REPRODUCE, .step = "final score", .rule = "414.1380(c)",
			.hit = !qpp_str_eq(exact, row->exact) };
		radar_see(c, &seen, &known->who);
	}
}
