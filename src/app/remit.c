/* What a line of a remittance should have been adjusted by, and the sums over all of them. */
#include "remit.h"

struct qpp_remit_codes qpp_remit_codes_of(const struct qpp_claims *c)
{
	const struct qpp_claim_period *p = &c->periods[c->n_periods - 1];
	bool up = qpp_dec_sign(c->factor_pct) >= 0;
	return (struct qpp_remit_codes){ .group = p->codes.group, .remark = p->codes.rarc, .up = up,
	                                 .positive = up ? p->codes.carc : p->opposite.carc,
	                                 .negative = up ? p->opposite.carc : p->codes.carc,
	                                 .sequestration = p->sequestration_codes.carc };
}

static void add(struct qpp_remit_check *k, qpp_cents *to, qpp_cents v)
{
	if (!qpp_cents_add(*to, v, to))
		k->too_large = true;
}

/* A line that does not say its day is taken to be of the factor's year. */
static const struct qpp_claim_period *period_of(const struct qpp_claims *c, const struct qpp_remit_line *line)
{
	if (line->has_date)
		return qpp_claim_period_of(c, line->date);
	for (size_t i = c->n_periods; i-- > 0;)
		if (c->periods[i].in_year)
			return &c->periods[i];
	return NULL;
}

/* A remittance goes to who took assignment. Which services are covered professional ones only the code tells. */
static qpp_cents expected_of(struct qpp_remit_check *k, const struct qpp_remit_line *line)
{
	const struct qpp_claim_period *p = period_of(k->claims, line);
	struct qpp_claim_line claim = { .assigned = true, .paid = line->base };
	struct qpp_claim_result r = { 0 };
	if (!p) {
		k->no_rule++;
		return line->found;
	}
	bool item = qpp_claim_is_item(p, line->procedure);
	claim.covered_professional_service = !item;
	claim.date = p->first;
	k->items += item;
	k->other_year += !p->in_year;
	if (qpp_claim_adjust(k->claims, &claim, &r) != QPP_OK)
		k->too_large = true;
	return r.adjustment;
}

static bool compare(struct qpp_remit_check *k, qpp_cents expected, qpp_cents found)
{
	k->adjusted += found.v != 0;
	k->differing += expected.v != found.v;
	return expected.v != found.v;
}

bool qpp_remit_differs(struct qpp_remit_check *k, const struct qpp_remit_line *line, qpp_cents *expected)
{
	add(k, &k->found, line->found);
	add(k, &k->sequestration, line->sequestration);
	if (line->of_claim && line->in_sum) {
		/* The lines before it have brought their parts. */
		add(k, &k->claim_found, line->found);
		*expected = k->claim_expected;
		qpp_cents found = k->claim_found;
		k->claim_expected = k->claim_found = (qpp_cents){ 0 };
		return compare(k, *expected, found);
	}
	k->lines++;
	*expected = expected_of(k, line);
	add(k, &k->expected, *expected);
	if (!line->in_sum)
		return compare(k, *expected, line->found);
	add(k, &k->claim_expected, *expected);
	add(k, &k->claim_found, line->found);
	return false;
}
