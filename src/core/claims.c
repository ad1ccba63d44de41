/*
 * 414.1405(e): from the factor to the payment of a claim line. Decides the
 * adjustment in cents, what Medicare pays after it, sequestration and the codes;
 * the practice sees them on every remittance.
 *
 * Everything that depends on rules and year is worked out when the factor is
 * bound; a line then costs a comparison of days and two divisions.
 */
#include "qpp/claims.h"

#include <string.h>

#include "calc.h"

enum { PERCENT = 100 };

typedef QPP_VEC(struct qpp_claim_period) periods_t;

/* `percent` as a ratio of cents to cents; false when it has too many digits to be exact. */
static bool share_of_percent(qpp_dec percent, struct qpp_claim_share *out)
{
	if (!qpp_dec_ok(percent) || !qpp_dec_small(percent.n))
		return false;
	out->n = (int64_t)percent.n;
	return !__builtin_mul_overflow(percent.d, PERCENT, &out->d);
}

/* ---- binding ---- */

static struct qpp_claim_codes codes_of(struct qpp_calc *c, const char *kind)
{
	struct qpp_claim_codes codes = { 0 };
	const struct qpp_table_row *row =
		qpp_row_needed(c, QPP_T_claim_codes, QPP_KEYS({ QPP_C_claim_codes_kind, qpp_str_of(kind) }));
	if (!row)
		return codes;
	codes.group = qpp_cell_word(row, QPP_C_claim_codes_group);
	codes.carc = qpp_cell_word(row, QPP_C_claim_codes_carc);
	if (row->cells[QPP_C_claim_codes_rarc].kind != QPP_CELL_ANY)
		codes.rarc = qpp_cell_word(row, QPP_C_claim_codes_rarc);
	return codes;
}

static void item_codes(struct qpp_calc *c, struct qpp_claim_period *p)
{
	const struct qpp_bound_table *t = &c->rules->tables[QPP_T_item_codes];
	struct qpp_str *items = QPP_NEW_ARRAY(c->arena, t->n_rows + 1, struct qpp_str);
	for (size_t i = 0; i < t->n_rows; i++)
		items[i] = qpp_cell_word(t->rows[i], QPP_C_item_codes_first);
	p->items = items;
	p->n_items = t->n_rows;
}

/* A cell of the table: a day, or `-` for the end of the payment year at hand. */
static bool day_of_cell(const struct qpp_cell *cell, int year, int month, int day, qpp_day *out)
{
	if (cell->kind == QPP_CELL_ANY)
		return qpp_day_of(year, month, day, out);
	return qpp_day_parse(cell->text, out);
}

/* What a year says of claims, once for each stretch of days with its own sequestration. */
static void add_year(struct qpp_calc *c, bool in_year, int factor_sign, periods_t *out)
{
	const struct qpp_bound_table *t = &c->rules->tables[QPP_T_sequestration];
	int year = c->rules->py.v + QPP_PAYMENT_YEARS_LATER;
	bool up = factor_sign >= 0;
	struct qpp_claim_period p = { .py = c->rules->py, .in_year = in_year };
	p.codes = codes_of(c, up ? "positive" : "negative");
	p.opposite = codes_of(c, up ? "negative" : "positive");
	bool usual = qpp_reading(c, QPP_R_sequestration_code) == QPP_R_sequestration_code_usual;
	p.sequestration_codes = codes_of(c, usual ? "sequestration" : "sequestration_palmetto");
	p.adjust_unassigned = qpp_reading(c, QPP_R_adjust_unassigned) == QPP_R_adjust_unassigned_yes;
	p.items_adjusted = qpp_reading(c, QPP_R_item_lines) == QPP_R_item_lines_adjusted;
	int rounding = qpp_reading(c, QPP_R_claim_rounding);
	p.rounding = rounding == QPP_R_claim_rounding_half_even     ? QPP_CLAIM_HALF_EVEN
	             : rounding == QPP_R_claim_rounding_toward_zero ? QPP_CLAIM_TOWARD_ZERO
	                                                            : QPP_CLAIM_HALF_AWAY;
	item_codes(c, &p);
	for (size_t i = 0; c->code == QPP_OK && i < t->n_rows; i++) {
		const struct qpp_cell *cells = t->rows[i]->cells;
		if (!day_of_cell(&cells[QPP_C_sequestration_first], year, 1, 1, &p.first) ||
		    !day_of_cell(&cells[QPP_C_sequestration_last], year, 12, 31, &p.last) ||
		    !share_of_percent(qpp_cell_num(c, QPP_T_sequestration, t->rows[i], QPP_C_sequestration_percent).v,
		                      &p.sequestration))
			qpp_calc_fail(c, QPP_BUG, "a row of sequestration has no days or no percent");
		*QPP_PUSH(c->arena, out) = p;
	}
}

/* The performance years that the rules of claims speak of. */
static void years_of(const struct qpp_ruleset *rs, int *from, int *to)
{
	const struct qpp_table *t = qpp_ruleset_table(rs, QPP_LIT("sequestration"));
	*from = 0;
	*to = -1;
	for (size_t i = 0; t && i < t->n_rows; i++) {
		if (!i || t->rows[i].from < *from)
			*from = t->rows[i].from;
		if (!i || t->rows[i].to > *to)
			*to = t->rows[i].to;
	}
}

/* The rules of another year under the same readings. */
static const struct qpp_rules *rules_of(struct qpp_arena *a, const struct qpp_rules *like, int year, struct qpp_err *err)
{
	const struct qpp_rules *bound;
	if (qpp_rules_bind(a, like->set, (qpp_py){ year }, NULL, 0, &bound, err) != QPP_OK)
		return NULL;
	struct qpp_rules *own = QPP_NEW(a, struct qpp_rules);
	*own = *bound;
	memcpy(own->readings, like->readings, sizeof own->readings);
	return own;
}

enum qpp_code qpp_claims_bind(struct qpp_arena *a, const struct qpp_rules *rules, qpp_dec factor_pct, struct qpp_claims *out,
                              struct qpp_err *err)
{
	periods_t periods = { 0 };
	int from, to, py = rules->py.v;
	*out = (struct qpp_claims){ .factor_pct = factor_pct };
	if (!share_of_percent(factor_pct, &out->factor))
		return qpp_fail(err, QPP_USAGE, "the factor has more digits than can be kept exactly", (char *)NULL);
	years_of(rules->set, &from, &to);
	if (py && (py < from || py > to)) {
		(void)qpp_fail(err, QPP_NO_RULE, "no rules for claims in PY ", qpp_i64_text(a, py).p, (char *)NULL);
		qpp_err_detail(err, "there are rules for PY ", qpp_i64_text(a, from).p, " to ", qpp_i64_text(a, to).p, (char *)NULL);
		return QPP_NO_RULE;
	}
	for (int year = from; year <= to; year++) {
		struct qpp_calc c = { .arena = a, .rules = rules_of(a, rules, year, err) };
		if (!c.rules)
			return err->code;
		add_year(&c, !py || py == year, qpp_dec_sign(factor_pct), &periods);
		enum qpp_code code = qpp_calc_code(&c, err);
		if (code != QPP_OK)
			return code;
	}
	out->periods = periods.v;
	out->n_periods = periods.n;
	return QPP_OK;
}

/* ---- a line ---- */

const struct qpp_claim_period *qpp_claim_period_of(const struct qpp_claims *c, qpp_day day)
{
	for (size_t i = 0; i < c->n_periods; i++)
		if (c->periods[i].first.v <= day.v && day.v <= c->periods[i].last.v)
			return &c->periods[i];
	return NULL;
}

/* How far the magnitude of a quotient moves away from zero for what is left of the division. */
static int carry(enum qpp_claim_rounding rounding, uint64_t quotient, uint64_t left, uint64_t d)
{
	bool half = left == d - left, more = left > d - left;
	switch (rounding) {
	case QPP_CLAIM_TOWARD_ZERO: return 0;
	case QPP_CLAIM_HALF_EVEN: return more || (half && quotient % 2 == 1);
	case QPP_CLAIM_HALF_AWAY: break;
	}
	return more || half;
}

/*
 * `share` of an amount, to the cent (reading claim_rounding). Worked out on magnitudes. Products of 64 bits are
 * the rule; larger ones go the same way in 128.
 */
static bool share_of(qpp_cents amount, struct qpp_claim_share share, enum qpp_claim_rounding rounding, qpp_cents *out)
{
	bool negative = (amount.v < 0) != (share.n < 0);
	uint64_t a = amount.v < 0 ? -(uint64_t)amount.v : (uint64_t)amount.v;
	uint64_t n = share.n < 0 ? -(uint64_t)share.n : (uint64_t)share.n;
	uint64_t d = (uint64_t)share.d, product, quotient, left;
	if (!__builtin_mul_overflow(a, n, &product)) {
		quotient = product / d;
		left = product % d;
	} else {
		unsigned __int128 wide = (unsigned __int128)a * n;
		if (wide / d > INT64_MAX)
			return false;
		quotient = (uint64_t)(wide / d);
		left = (uint64_t)(wide % d);
	}
	quotient += (uint64_t)carry(rounding, quotient, left, d);
	if (quotient > INT64_MAX)
		return false;
	out->v = negative ? -(int64_t)quotient : (int64_t)quotient;
	return true;
}

/*
 * R-414.1405(e): what Medicare pays for a covered professional service, times one plus the factor over 100; then
 * sequestration off the result. A line wholly taken by the deductible was paid nothing, so both are nothing.
 */
enum qpp_code qpp_claim_adjust(const struct qpp_claims *c, const struct qpp_claim_line *line, struct qpp_claim_result *out)
{
	const struct qpp_claim_period *p = qpp_claim_period_of(c, line->date);
	struct qpp_claim_result r = { .period = p };
	if (!p)
		return QPP_NO_RULE;
	bool adjusted = p->in_year && line->covered_professional_service && (line->assigned || p->adjust_unassigned);
	if (adjusted && !share_of(line->paid, c->factor, p->rounding, &r.adjustment))
		return QPP_ARITHMETIC;
	if (!qpp_cents_add(line->paid, r.adjustment, &r.after) ||
	    !share_of(r.after, p->sequestration, p->rounding, &r.sequestration) ||
	    !qpp_cents_add(r.after, (qpp_cents){ -r.sequestration.v }, &r.net))
		return QPP_ARITHMETIC;
	*out = r;
	return QPP_OK;
}

bool qpp_claim_totals_add(struct qpp_claim_totals *t, const struct qpp_claim_line *line,
                          const struct qpp_claim_result *r)
{
	bool fits = qpp_cents_add(t->paid, line->paid, &t->paid) &&
	            qpp_cents_add(t->adjustment, r->adjustment, &t->adjustment) &&
	            qpp_cents_add(t->after, r->after, &t->after) &&
	            qpp_cents_add(t->sequestration, r->sequestration, &t->sequestration) &&
	            qpp_cents_add(t->net, r->net, &t->net);
	t->lines += fits;
	t->adjusted += fits && r->adjustment.v;
	return fits;
}

bool qpp_claim_amounts_agree(const struct qpp_claim_line *line)
{
	qpp_cents share, whole;
	/* A line that takes a payment back has its signs turned. */
	if (line->allowed.v < 0 || line->paid.v < 0)
		return true;
	return qpp_cents_add(line->deductible, line->coinsurance, &share) && qpp_cents_add(share, line->paid, &whole) &&
	       whole.v <= line->allowed.v;
}

bool qpp_claim_is_item(const struct qpp_claim_period *p, struct qpp_str procedure)
{
	for (size_t i = 0; !p->items_adjusted && i < p->n_items; i++)
		if (procedure.n && p->items[i].n && procedure.p[0] == p->items[i].p[0])
			return true;
	return false;
}
