/*
 * What the eligibility look-up answers: rows of the store, decided by the rules
 * of the year (src/core/eligibility.c). Nothing of it is kept: the facts are,
 * and the rules may change.
 */
#include "app/provider.h"

#include "qpp/check.h"
#include "qpp/eligibility.h"
#include "qpp/rules.h"

enum { NPI_DIGITS = 10, MOST_FINDINGS = 20 };

struct asking {
	struct qpp_tx *tx;
	const struct qpp_call *call;
	qpp_py py;
};

/* The threshold of a figure that year; undefined when it is not asked. */
static qpp_dec threshold(const struct asking *q, const char *criterion)
{
	const struct qpp_table *t = qpp_ruleset_table(qpp_years_rules(q->call->service->years), QPP_LIT("low_volume"));
	int name = t ? qpp_table_column(t, QPP_LIT("criterion")) : -1, most = t ? qpp_table_column(t, QPP_LIT("at_most")) : -1;
	for (size_t i = 0; name >= 0 && most >= 0 && i < t->n_rows; i++) {
		const struct qpp_table_row *row = &t->rows[i];
		if (row->from <= q->py.v && q->py.v <= row->to && qpp_str_is(row->cells[name].text, criterion))
			return row->cells[most].number;
	}
	return qpp_dec_undefined();
}

/* A figure that a segment shows to be low; of two segments one is enough. */
static void compare(const struct asking *q, struct qpp_standing *s, const char *criterion, unsigned bit)
{
	qpp_dec most = threshold(q, criterion);
	for (int i = 0; qpp_dec_ok(most) && i < QPP_SEGMENTS; i++) {
		const struct qpp_billed *b = &s->facts->segment[i];
		const struct qpp_number *x = bit == QPP_LOW_CHARGES    ? &b->allowed_charges
		                             : bit == QPP_LOW_PATIENTS ? &b->patients
		                                                       : &b->services;
		if (!b->billed || !x->given)
			continue;
		s->low_known = true;
		if (qpp_dec_cmp(x->v, most) <= 0)
			s->low |= bit;
	}
}

static enum qpp_code stand(const struct asking *q, struct qpp_str facts, enum qpp_entity level, struct qpp_standing *out,
                           struct qpp_err *err);

enum qpp_code qpp_provider_stand(const struct qpp_call *call, qpp_py py, struct qpp_str facts, enum qpp_entity level,
                                 struct qpp_standing *out, struct qpp_err *err)
{
	const struct asking q = { .call = call, .py = py };
	*out = (struct qpp_standing){ 0 };
	return stand(&q, facts, level, out, err);
}

static enum qpp_code stand(const struct asking *q, struct qpp_str facts, enum qpp_entity level, struct qpp_standing *out,
                           struct qpp_err *err)
{
	enum qpp_code code = qpp_standing_read(q->call, q->py, facts, level, out, err);
	if (!out->facts)
		return code;
	compare(q, out, "allowedCharges", QPP_LOW_CHARGES);
	compare(q, out, "patients", QPP_LOW_PATIENTS);
	compare(q, out, "services", QPP_LOW_SERVICES);
	return code;
}

enum qpp_code qpp_standing_read(const struct qpp_call *call, qpp_py py, struct qpp_str facts, enum qpp_entity level,
                                struct qpp_standing *out, struct qpp_err *err)
{
	struct qpp_findings findings;
	struct qpp_arena *a = call->arena;
	struct qpp_eligibility *x = QPP_NEW(a, struct qpp_eligibility);
	*out = (struct qpp_standing){ 0 };
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	const struct qpp_eligibility_facts *f = facts.n ? qpp_eligibility_doc_read(a, facts, &findings) : NULL;
	if (facts.n && (!f || findings.errors))
		return qpp_fail(err, QPP_BUG, "facts of eligibility of the store cannot be read", (char *)NULL);
	if (!f)
		return QPP_OK;
	struct qpp_request request = { .arena = a, .rules = qpp_years_bound(call->service->years, py),
		                           .catalog = qpp_years_catalog(call->service->years, py), .findings = &findings };
	enum qpp_code code = QPP_OK;
	/* Years without a catalog have rules, too. */
	if (!request.rules)
		code = qpp_rules_bind(a, qpp_years_rules(call->service->years), py, NULL, 0, &request.rules, err);
	if (code != QPP_OK)
		return code;
	out->facts = f;
	out->decided = x;
	return qpp_eligibility_decide(&request, f, level, x, err);
}

static enum qpp_code read_groups(const struct asking *q, struct qpp_provider_org *x, struct qpp_str npi, struct qpp_err *err)
{
	struct qpp_membership_rows rows;
	enum qpp_code code = qpp_store_membership_of_org(q->tx, q->py, x->relation.org_id, npi, &rows, err);
	if (code != QPP_OK)
		return code;
	x->groups = QPP_NEW_ARRAY(q->call->arena, rows.n + 1, struct qpp_provider_group);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_provider_group *g = &x->groups[x->n_groups++];
		g->body = rows.v[i].body;
		code = qpp_store_org_get(q->tx, rows.v[i].group_id, &g->org, err);
	}
	return code;
}

static enum qpp_code read_org(const struct asking *q, const struct qpp_relation *relation, struct qpp_provider_org *x,
                              struct qpp_err *err)
{
	struct qpp_fact_row group = { 0 };
	const struct qpp_who who = { .py = q->py, .entity = QPP_GROUP, .org_id = relation->org_id };
	*x = (struct qpp_provider_org){ .relation = *relation };
	enum qpp_code code = qpp_store_org_get(q->tx, relation->org_id, &x->org, err);
	if (code == QPP_OK && qpp_actor_is_of(q->call->actor, relation->org_id))
		code = qpp_store_org_tin(q->tx, relation->org_id, &x->tin, err);
	if (code == QPP_OK)
		code = stand(q, relation->facts, QPP_INDIVIDUAL, &x->alone, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_fact_get(q->tx, &who, QPP_LIT("eligibility"), &group, err);
	if (code == QPP_OK || code == QPP_NOT_FOUND)
		code = stand(q, code == QPP_OK ? group.body : QPP_LIT(""), QPP_GROUP, &x->together, err);
	return code == QPP_OK ? read_groups(q, x, relation->npi, err) : code;
}

static enum qpp_code read_provider(const struct asking *q, struct qpp_str npi, struct qpp_provider *out, struct qpp_err *err)
{
	struct qpp_relation_rows rows;
	*out = (struct qpp_provider){ .py = q->py };
	enum qpp_code code = qpp_store_clinician_get(q->tx, npi, &out->clinician, err);
	if (code == QPP_NOT_FOUND)
		return qpp_fail(err, QPP_NOT_FOUND, "no data are known of this NPI", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_store_relation_of_npi(q->tx, q->py, npi, &rows, err);
	if (code != QPP_OK)
		return code;
	out->orgs = QPP_NEW_ARRAY(q->call->arena, rows.n + 1, struct qpp_provider_org);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		code = read_org(q, &rows.v[i], &out->orgs[out->n_orgs++], err);
	return code;
}

enum qpp_code qpp_provider_of(const struct qpp_call *call, struct qpp_str npi, qpp_py py, struct qpp_provider *out,
                              struct qpp_err *err)
{
	struct asking q = { .call = call, .py = py };
	const struct qpp_catalog *catalog;
	if (!qpp_npi_check_digit_ok(npi)) {
		(void)qpp_fail(err, QPP_USAGE, "an NPI is ten digits, the last of which is its check digit", (char *)NULL);
		if (npi.n == NPI_DIGITS)
			qpp_err_hint(err, "one digit may be mistyped", (char *)NULL);
		return QPP_USAGE;
	}
	enum qpp_code code = qpp_years_need(call->service->years, call->arena, py, &catalog, err);
	if (code == QPP_OK)
		code = qpp_store_begin(call->service->store, call->arena, &q.tx, err);
	if (code != QPP_OK)
		return code;
	code = read_provider(&q, npi, out, err);
	qpp_store_end(q.tx);
	return code;
}

/* They are facts of the agency: of its organization, at a level. */
static enum qpp_code stats(struct qpp_tx *tx, qpp_py py, enum qpp_entity level, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_org_rows agency;
	struct qpp_fact_row row;
	enum qpp_code code = qpp_store_org_list(tx, QPP_ORG_AGENCY, QPP_LIT(""), (struct qpp_slice){ .most = 1 }, &agency, err);
	if (code != QPP_OK)
		return code;
	if (!agency.n)
		return qpp_not_found(err, "figure");
	const struct qpp_who who = { .py = py, .entity = level, .org_id = agency.v[0].id };
	code = qpp_store_fact_get(tx, &who, QPP_LIT("stats"), &row, err);
	*out = row.body;
	return code == QPP_NOT_FOUND ? qpp_fail(err, QPP_NOT_FOUND, "no figures are known of that year", (char *)NULL) : code;
}

enum qpp_code qpp_provider_stats(const struct qpp_call *call, qpp_py py, enum qpp_entity level, struct qpp_str *out,
                                 struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = stats(tx, py, level, out, err);
	qpp_store_end(tx);
	return code;
}
