/*
 * Gathering: rows and texts of the store become what the scorer takes. What a
 * decision put over the facts of the store goes over them here, and nowhere
 * else, so that every score of the service knows of it.
 */
#include "app/known.h"

#include <sodium.h>

#include "app/provider.h"
#include "qpp/eligibility.h"
#include "qpp/euc.h"

enum { MOST_FINDINGS = 1000, HASH_BYTES = 32 };

/* ---- the hash of what went in ---- */

static void hash_text(crypto_generichash_state *h, struct qpp_str s)
{
	/* Its length in front, so that two texts side by side are not one. */
	unsigned char n[8];
	for (int i = 0; i < 8; i++)
		n[i] = (unsigned char)((uint64_t)s.n >> (8 * i));
	(void)crypto_generichash_update(h, n, sizeof n);
	if (s.n)
		(void)crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
}

static struct qpp_str hash_end(struct qpp_arena *a, crypto_generichash_state *h)
{
	unsigned char bytes[HASH_BYTES];
	char *text = qpp_arena_alloc(a, 2 * HASH_BYTES + 1);
	(void)crypto_generichash_final(h, bytes, sizeof bytes);
	(void)sodium_bin2hex(text, 2 * HASH_BYTES + 1, bytes, sizeof bytes);
	return (struct qpp_str){ text, 2 * HASH_BYTES };
}

/* ---- facts ---- */

static bool same_who(const struct qpp_who *a, const struct qpp_who *b)
{
	return a->py.v == b->py.v && a->entity == b->entity && qpp_str_eq(a->org_id, b->org_id) && qpp_str_eq(a->npi, b->npi);
}

static enum qpp_code read_facts(struct qpp_arena *a, struct qpp_str text, struct qpp_facts **out, struct qpp_err *err)
{
	struct qpp_findings findings;
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	*out = qpp_facts_doc_read(a, text, &findings);
	if (!*out || findings.errors)
		return qpp_fail(err, QPP_BUG, "facts of the store cannot be read", (char *)NULL);
	return QPP_OK;
}

static enum qpp_code put_over(struct qpp_arena *a, struct qpp_str text, struct qpp_facts **facts, struct qpp_err *err)
{
	struct qpp_facts *above;
	enum qpp_code code = read_facts(a, text, &above, err);
	if (code == QPP_OK)
		*facts = qpp_facts_over(a, *facts, above);
	return code;
}

/* What the agency computes itself is not there while data come in. */
static void only_filed(struct qpp_facts *f)
{
	f->has_administrative_claims = f->has_cost = f->has_complex_patient = f->has_prior = f->has_members = false;
	f->n_administrative_claims = f->n_cost = f->n_members = 0;
	f->hcc_risk_score.given = f->dual_eligible_ratio.given = f->medical_z.given = f->social_z.given = false;
	f->medical_at_or_above_median = f->social_at_or_above_median = QPP_UNKNOWN;
	f->facility = (struct qpp_facility){ 0 };
}

/*
 * Where a clinician practices stands in the enrollment record, which came with the facts of eligibility: of who has no
 * facts for scoring it is all that there is, and the policy needs no more.
 */
static enum qpp_code enrolled_at(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_location *out, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_findings findings;
	struct qpp_relation relation;
	if (who->entity != QPP_INDIVIDUAL)
		return QPP_OK;
	enum qpp_code code = qpp_store_relation_get(tx, who->py, who->org_id, who->npi, &relation, err);
	if (code != QPP_OK || !relation.facts.n)
		return code == QPP_NOT_FOUND ? QPP_OK : code;
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	const struct qpp_eligibility_facts *facts = qpp_eligibility_doc_read(a, relation.facts, &findings);
	/* What is wrong with them is said where eligibility is decided. */
	if (facts && !findings.errors)
		*out = facts->location;
	return QPP_OK;
}

/* A place under the automatic policy is a ground for reweighting, which is asked of the year's list of counties. */
static enum qpp_code locate(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_who *who, const struct qpp_known_how *how,
                            struct qpp_facts *facts, struct qpp_err *err)
{
	struct qpp_findings findings;
	const struct qpp_submission of = { .py = who->py, .entity = who->entity };
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	const struct qpp_request q = { .arena = a, .rules = how->rules ? how->rules : qpp_years_bound(service->years, who->py),
		                           .catalog = qpp_years_catalog(service->years, who->py), .findings = &findings };
	return q.rules ? qpp_answer_locate(&q, &of, facts, err) : QPP_OK;
}

static enum qpp_code gather_facts(const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_who *who,
                                  const struct qpp_known_how *how, struct qpp_known *x, crypto_generichash_state *h, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_fact_row row = { 0 };
	struct qpp_override_rows over = { 0 };
	x->who = *who;
	x->facts = QPP_NEW(a, struct qpp_facts);
	enum qpp_code code = qpp_store_fact_get(tx, who, QPP_LIT("scoring"), &row, err);
	x->has_facts = code == QPP_OK;
	if (code == QPP_OK)
		code = read_facts(a, row.body, &x->facts, err);
	else if (code == QPP_NOT_FOUND)
		code = QPP_OK;
	hash_text(h, row.body);
	if (code == QPP_OK)
		code = qpp_store_override_of(tx, who, how->at, how->scoring_id, &over, err);
	x->overrides = over.v;
	x->n_overrides = over.n;
	for (size_t i = 0; code == QPP_OK && i < over.n; i++) {
		if (!qpp_str_is(over.v[i].topic, "scoring"))
			continue;
		code = put_over(a, over.v[i].body, &x->facts, err);
		hash_text(h, over.v[i].body);
	}
	if (code == QPP_OK && how->over_who && same_who(how->over_who, who)) {
		code = put_over(a, how->over, &x->facts, err);
		hash_text(h, how->over);
	}
	if (code != QPP_OK)
		return code;
	/* Whose it is says of which level it is. */
	x->facts->participation = QPP_ENTITY_NONE;
	if (how->filed_only)
		only_filed(x->facts);
	hash_text(h, how->filed_only ? QPP_LIT("filed") : QPP_LIT("all"));
	if (!x->facts->location.given) {
		code = enrolled_at(tx, who, &x->facts->location, err);
		hash_text(h, x->facts->location.state);
		hash_text(h, x->facts->location.county);
	}
	if (code != QPP_OK)
		return code;
	return locate(service, a, who, how, x->facts, err);
}

static void hash_who(crypto_generichash_state *h, const struct qpp_who *who, struct qpp_arena *a)
{
	hash_text(h, qpp_i64_text(a, who->py.v));
	hash_text(h, qpp_str_of(qpp_entity_name(who->entity)));
	hash_text(h, who->org_id);
	hash_text(h, who->npi);
}

enum qpp_code qpp_known_facts(const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_who *who,
                              const struct qpp_known_how *how, struct qpp_known *out, struct qpp_err *err)
{
	crypto_generichash_state h;
	(void)crypto_generichash_init(&h, NULL, 0, HASH_BYTES);
	*out = (struct qpp_known){ 0 };
	hash_who(&h, who, qpp_tx_arena(tx));
	enum qpp_code code = gather_facts(service, tx, who, how, out, &h, err);
	out->inputs_hash = hash_end(qpp_tx_arena(tx), &h);
	return code;
}

/* ---- what was filed ---- */

static enum qpp_code gather_sets(const struct qpp_service *service, struct qpp_tx *tx, struct qpp_known *x, crypto_generichash_state *h,
                                 struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_set_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_submission_find(tx, &x->who, &x->row, err);
	x->submission = (struct qpp_submission){ .py = x->who.py, .entity = x->who.entity, .npi = x->who.npi };
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code == QPP_OK)
		code = qpp_store_set_of_submission(tx, x->row.id, (struct qpp_str){ NULL, 0 }, &rows, err);
	struct qpp_filed_set *sets = QPP_NEW_ARRAY(a, rows.n + 1, struct qpp_filed_set);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		code = qpp_filed_read(service, a, &rows.v[i], &x->who, &sets[i], err);
		hash_text(h, rows.v[i].submitter_id);
		hash_text(h, rows.v[i].body);
	}
	if (code == QPP_OK)
		x->submission = qpp_known_together(a, &x->who, sets, rows.n);
	return code;
}

enum qpp_code qpp_known_gather(const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_who *who,
                               const struct qpp_known_how *how, struct qpp_known *out, struct qpp_err *err)
{
	crypto_generichash_state h;
	(void)crypto_generichash_init(&h, NULL, 0, HASH_BYTES);
	*out = (struct qpp_known){ 0 };
	hash_who(&h, who, qpp_tx_arena(tx));
	enum qpp_code code = gather_facts(service, tx, who, how, out, &h, err);
	if (code == QPP_OK)
		code = gather_sets(service, tx, out, &h, err);
	out->inputs_hash = hash_end(qpp_tx_arena(tx), &h);
	return code;
}

/* Who filed a set twice, or two who filed the same, is the scorer's to choose between. */
struct qpp_submission qpp_known_together(struct qpp_arena *a, const struct qpp_who *who, const struct qpp_filed_set *sets, size_t n)
{
	struct qpp_submission s = { .py = who->py, .entity = who->entity, .npi = who->npi };
	s.sets = QPP_NEW_ARRAY(a, n + 1, struct qpp_measurement_set);
	for (size_t i = 0; i < n; i++)
		s.sets[s.n_sets++] = sets[i].whole.sets[0];
	return s;
}

/* ---- the score with its reasons ---- */

enum qpp_code qpp_known_answer(const struct qpp_service *service, struct qpp_arena *a, struct qpp_submission *s,
                               struct qpp_facts *facts, const struct qpp_known_ask *ask, const struct qpp_answer **out,
                               struct qpp_err *err)
{
	struct qpp_answer *x = QPP_NEW(a, struct qpp_answer);
	const struct qpp_catalog *catalog;
	struct qpp_findings findings;
	qpp_findings_init(&findings, a, MOST_FINDINGS);
	enum qpp_code code = qpp_years_need(service->years, a, s->py, &catalog, err);
	if (code != QPP_OK)
		return code;
	qpp_answer_check_facts(facts, catalog, &findings);
	const struct qpp_answer_request r = {
		.arena = a, .rules = ask->rules ? ask->rules : qpp_years_rules(service->years), .catalog = catalog, .submission = s,
		.facts = facts, .program = ask->program, .trace = ask->trace, .findings = &findings, .plain = ask->plain,
		.bound = ask->rules ? NULL : qpp_years_bound(service->years, s->py),
		.plan = ask->rules ? NULL : qpp_years_plan(service->years, s->py),
	};
	code = qpp_answer_submission(&r, x, err);
	if (code == QPP_OK)
		*out = x;
	return code;
}
