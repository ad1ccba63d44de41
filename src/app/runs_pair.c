/*
 * A TIN/NPI: the scores it has of every level it belongs to, laid before the
 * rules of the choice (414.1405, rules/precedence.md), and what the one that
 * counts pays under the scaling of the run.
 */
#include "app/runs_int.h"

#include "app/provider.h"
#include "qpp/buf.h"

enum { FEW_FINDINGS = 8, PUBLISHED_PLACES = 2, MOST_HEADLINE = 4096 };

/* ---- eligibility ---- */

enum qpp_code qpp_pair_status(struct qpp_piece *p, const struct qpp_who *who, struct qpp_str facts, enum qpp_entity level,
                              const struct qpp_eligibility_facts **read, bool *has, enum qpp_eligibility_status *out,
                              struct qpp_err *err)
{
	struct qpp_override_rows over = { 0 };
	struct qpp_findings findings;
	struct qpp_eligibility decided;
	*has = false;
	*read = NULL;
	enum qpp_code code = qpp_store_override_of(p->tx, who, p->r->how.at, p->r->how.scoring_id, &over, err);
	/* Facts of eligibility of a decision are whole: the last one holds. */
	for (size_t i = 0; i < over.n; i++)
		if (qpp_str_is(over.v[i].topic, "eligibility"))
			facts = over.v[i].body;
	if (code != QPP_OK || !facts.n)
		return code;
	qpp_findings_init(&findings, p->arena, FEW_FINDINGS);
	*read = qpp_eligibility_doc_read(p->arena, facts, &findings);
	if (!*read || findings.errors)
		return qpp_fail(err, QPP_BUG, "facts of eligibility of the store cannot be read", (char *)NULL);
	const struct qpp_request q = { .arena = p->arena, .rules = p->r->rules, .catalog = p->r->catalog, .findings = &findings };
	code = qpp_eligibility_decide(&q, *read, level, &decided, err);
	*out = decided.status;
	*has = code == QPP_OK && decided.status < QPP_ELIGIBILITY_STATUSES;
	return code;
}

static int64_t dollars_of(const struct qpp_eligibility_facts *f)
{
	int64_t most = 0;
	for (int i = 0; f && i < QPP_SEGMENTS; i++) {
		int64_t whole = 0;
		if (f->segment[i].billed && f->segment[i].allowed_charges.given &&
		    qpp_dec_i64(qpp_dec_round(f->segment[i].allowed_charges.v, 0), &whole) && whole > most)
			most = whole;
	}
	return most;
}

/* ---- the practice ---- */

enum qpp_code qpp_pair_practice(struct qpp_piece *p, struct qpp_str org_id, struct qpp_pair_practice *out, struct qpp_err *err)
{
	struct qpp_fact_row facts = { 0 };
	const struct qpp_who who = { .py = p->r->row.py, .entity = QPP_GROUP, .org_id = org_id };
	*out = (struct qpp_pair_practice){ .org_id = org_id };
	enum qpp_code code = qpp_store_fact_get(p->tx, &who, QPP_LIT("eligibility"), &facts, err);
	if (code == QPP_OK || code == QPP_NOT_FOUND)
		code = qpp_pair_status(p, &who, facts.body, QPP_GROUP, &out->group_facts, &out->has_group, &out->group_status, err);
	if (code == QPP_OK)
		code = qpp_store_membership_of_org(p->tx, who.py, org_id, QPP_LIT(""), &out->members, err);
	if (code != QPP_OK)
		return code;
	out->groups = QPP_NEW_ARRAY(p->arena, out->members.n + 1, struct qpp_org);
	for (size_t i = 0; code == QPP_OK && i < out->members.n; i++)
		code = qpp_store_org_get(p->tx, out->members.v[i].group_id, &out->groups[i], err);
	return code;
}

/* ---- one TIN/NPI ---- */

struct laying {
	struct qpp_piece *p;
	struct qpp_tin_npi *pair;
	struct qpp_payment_score *scores;
	size_t n;
};

static enum qpp_code lay(struct laying *l, const struct qpp_who *who, struct qpp_err *err)
{
	const struct qpp_run *row;
	enum qpp_code code = qpp_piece_find(l->p, who, &row, err);
	qpp_dec exact;
	if (code != QPP_OK || !row)
		return code;
	if (!qpp_exact_parse(row->exact, &exact))
		return qpp_fail(err, QPP_BUG, "an exact score of the store cannot be read", (char *)NULL);
	l->pair->from[l->n] = row;
	l->scores[l->n++] = (struct qpp_payment_score){ .participation = who->entity, .tin = l->pair->who.org_id, .program = row->program,
		                                            .final_score = exact };
	return QPP_OK;
}

static enum qpp_entity level_of(enum qpp_org_kind kind)
{
	switch (kind) {
	case QPP_ORG_VIRTUAL_GROUP:
		return QPP_VIRTUAL_GROUP;
	case QPP_ORG_SUBGROUP:
		return QPP_SUBGROUP;
	case QPP_ORG_APM_ENTITY:
		return QPP_APM_ENTITY;
	default:
		return QPP_ENTITY_NONE;
	}
}

static void status(struct qpp_payment_facts *f, enum qpp_entity level, enum qpp_eligibility_status s)
{
	f->has_status[level] = true;
	f->status[level] = s;
}

static enum qpp_code lay_groups(struct laying *l, const struct qpp_pair_practice *at, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	struct qpp_payment_facts *f = &l->pair->facts;
	for (size_t i = 0; code == QPP_OK && i < at->members.n; i++) {
		const struct qpp_membership *m = &at->members.v[i];
		enum qpp_entity level = level_of(at->groups[i].kind);
		if (level == QPP_ENTITY_NONE || (m->npi.n && !qpp_str_eq(m->npi, l->pair->who.npi)))
			continue;
		if (level == QPP_VIRTUAL_GROUP) {
			/* What is over the low-volume threshold together is asked of the group as a whole when it is formed. */
			f->virtual_group_member = QPP_YES;
			status(f, level, QPP_ELIGIBLE);
		}
		code = lay(l, &(struct qpp_who){ .py = l->pair->who.py, .entity = level, .org_id = m->group_id }, err);
	}
	return code;
}

enum qpp_code qpp_pair_decide(const struct qpp_runner *r, struct qpp_arena *a, struct qpp_tin_npi *out, struct qpp_err *err)
{
	struct qpp_findings findings;
	qpp_findings_init(&findings, a, FEW_FINDINGS);
	const struct qpp_request q = { .arena = a, .rules = r->rules, .catalog = r->catalog, .plan = r->plan, .findings = &findings };
	enum qpp_code code = qpp_payment_decide(&q, &out->facts, &out->payment, err);
	out->adjustment = (struct qpp_adjustment){ 0 };
	if (code == QPP_OK && out->payment.pays)
		code = qpp_runner_adjust(r, a, out->facts.scores[out->payment.score].final_score, &out->adjustment, err);
	return code;
}

enum qpp_code qpp_pair_judge(struct qpp_piece *p, const struct qpp_pair_practice *at, const struct qpp_relation *relation,
                             struct qpp_tin_npi *out, struct qpp_err *err)
{
	const struct qpp_eligibility_facts *facts;
	enum qpp_eligibility_status own;
	bool has;
	size_t most = 2 + at->members.n;
	*out = (struct qpp_tin_npi){ .who = { .py = relation->py, .entity = QPP_INDIVIDUAL, .org_id = at->org_id, .npi = relation->npi } };
	out->from = QPP_NEW_ARRAY(p->arena, most, const struct qpp_run *);
	out->facts = (struct qpp_payment_facts){ .py = relation->py, .npi = relation->npi, .tin = at->org_id,
		                                     .virtual_group_member = QPP_NO };
	struct laying l = { .p = p, .pair = out, .scores = QPP_NEW_ARRAY(p->arena, most, struct qpp_payment_score) };
	enum qpp_code code = qpp_pair_status(p, &out->who, relation->facts, QPP_INDIVIDUAL, &facts, &has, &own, err);
	if (code != QPP_OK)
		return code;
	out->dollars = dollars_of(facts);
	if (has)
		status(&out->facts, QPP_INDIVIDUAL, own);
	if (at->has_group)
		status(&out->facts, QPP_GROUP, at->group_status);
	code = lay(&l, &out->who, err);
	if (code == QPP_OK)
		code = lay(&l, &(struct qpp_who){ .py = relation->py, .entity = QPP_GROUP, .org_id = at->org_id }, err);
	if (code == QPP_OK)
		code = lay_groups(&l, at, err);
	out->facts.scores = l.scores;
	out->facts.n_scores = l.n;
	return code == QPP_OK ? qpp_pair_decide(p->r, p->arena, out, err) : code;
}

/* ---- rows and sums ---- */

static struct qpp_str headline_of(struct qpp_arena *a, const struct qpp_tin_npi *x, bool factors)
{
	const struct qpp_payment *pay = &x->payment;
	const struct qpp_reason *why = pay->pays ? &pay->why.list.v[0] : &pay->no_adjustment;
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_HEADLINE);
	qpp_buf_cat(&b, "{\"why\":", (char *)NULL);
	qpp_runs_quote(&b, why->text);
	qpp_buf_cat(&b, ",\"rule\":", (char *)NULL);
	qpp_runs_quote(&b, why->rule);
	if (pay->pays && factors)
		qpp_buf_cat(&b, ",\"band\":\"", qpp_band_name(x->adjustment.band), "\"", (char *)NULL);
	qpp_buf_char(&b, '}');
	return qpp_buf_done(&b);
}

enum qpp_code qpp_piece_pair(struct qpp_piece *p, const struct qpp_tin_npi *x, struct qpp_err *err)
{
	struct qpp_run row = { .who = x->who, .kind = QPP_LIT("pair"), .counts = x->payment.pays };
	row.headline = headline_of(p->arena, x, p->r->factors);
	if (x->payment.pays) {
		const struct qpp_run *from = x->from[x->payment.score];
		row.program = from->program;
		row.submission_id = from->submission_id;
		row.inputs_hash = from->inputs_hash;
		row.final_score = from->final_score;
		row.exact = from->exact;
		row.paid_level = from->who.entity;
		row.paid_org_id = from->who.org_id;
		if (p->r->factors && x->adjustment.total.has)
			row.factor = qpp_dec_text(p->arena, x->adjustment.total.v, PUBLISHED_PLACES);
	}
	return qpp_piece_add(p, &row, err);
}

/* Hundredths of a percent times whole dollars; false when it does not fit. */
static bool add_to(int64_t *sum, qpp_dec pct, int64_t dollars)
{
	int64_t hundredths, part;
	return qpp_dec_i64(qpp_dec_mul(pct, qpp_dec_of(100)), &hundredths) && !__builtin_mul_overflow(hundredths, dollars, &part) &&
	       !__builtin_add_overflow(*sum, part, sum);
}

enum qpp_code qpp_piece_sum(struct qpp_piece *p, const struct qpp_tin_npi *x, struct qpp_err *err)
{
	const struct qpp_request q = { .arena = p->arena, .rules = p->r->rules };
	const struct qpp_number one = { .given = true, .v = qpp_dec_of(1) };
	struct qpp_adjustment at_one;
	if (!x->payment.pays)
		return QPP_OK;
	enum qpp_code code = qpp_score_adjustment(&q, x->facts.scores[x->payment.score].final_score, one, (struct qpp_number){ 0 }, &at_one, err);
	if (code != QPP_OK || !at_one.factor.has)
		return code;
	bool loss = qpp_dec_sign(at_one.factor.v) < 0;
	if (!add_to(loss ? &p->next.losses : &p->next.gains, loss ? qpp_dec_neg(at_one.factor.v) : at_one.factor.v, x->dollars))
		return qpp_fail(err, QPP_ARITHMETIC, "the sums for budget neutrality are too large", (char *)NULL);
	return QPP_OK;
}
