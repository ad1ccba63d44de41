/* Performance feedback of a subject: versions, which score counts and why, its detail; feedback.h is the manual. */
#include "app/feedback_int.h"

enum { SLICE = 1000 };

/* The sentence that a run kept with a row: the first member of its headline. */
static struct qpp_str why_of(struct qpp_arena *a, struct qpp_str headline)
{
	static const char front[] = "{\"why\":\"";
	enum { FRONT = sizeof front - 1 };
	if (!qpp_str_starts(headline, front))
		return QPP_LIT("");
	char *p = qpp_arena_alloc(a, headline.n + 1);
	size_t n = 0;
	for (size_t i = FRONT; i < headline.n && headline.p[i] != '"'; i++) {
		if (headline.p[i] == '\\' && i + 1 < headline.n)
			i++;
		p[n++] = headline.p[i];
	}
	return (struct qpp_str){ p, n };
}

/* The other scores against the one that counts: as the rules chose, over the scores of that run. */
static enum qpp_code others(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v, struct qpp_feedback *out,
                            struct qpp_err *err)
{
	struct qpp_runner *r = QPP_NEW(call->arena, struct qpp_runner);
	struct qpp_piece p = { .r = r, .arena = call->arena, .tx = tx };
	struct qpp_pair_practice at;
	struct qpp_relation relation;
	struct qpp_tin_npi pair;
	enum qpp_code code = qpp_store_relation_get(tx, v->row.who.py, v->row.who.org_id, v->row.who.npi, &relation, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code == QPP_OK)
		code = qpp_runner_make(call->arena, call->service, tx, &v->scoring, r, err);
	if (code == QPP_OK)
		code = qpp_pair_practice(&p, v->row.who.org_id, &at, err);
	if (code == QPP_OK)
		code = qpp_pair_judge(&p, &at, &relation, &pair, err);
	/* Scores that came later than an old version are not held against it. */
	if (code != QPP_OK || pair.payment.pays != v->row.counts ||
	    (pair.payment.pays && !qpp_str_eq(pair.from[pair.payment.score]->exact, v->row.exact)))
		return code;
	out->others = QPP_NEW_ARRAY(call->arena, pair.payment.passed.n + 1, struct qpp_feedback_other);
	for (size_t i = 0; code == QPP_OK && i < pair.payment.passed.n; i++) {
		const struct qpp_payment_passed *x = &pair.payment.passed.v[i];
		struct qpp_feedback_other *o = &out->others[out->n_others++];
		*o = (struct qpp_feedback_other){ .level = pair.from[x->score]->who.entity, .final_score = pair.from[x->score]->final_score,
			                              .why = x->why.text, .rule = x->why.rule };
		code = qpp_store_org_get(tx, pair.from[x->score]->who.org_id, &o->org, err);
	}
	return code;
}

static struct qpp_str no_factor(const struct qpp_seen_version *v, const struct qpp_feedback_version *shown)
{
	enum qpp_phase phase = qpp_phase_of(v->row.phase);
	if (shown->factor.n)
		return QPP_LIT("");
	if (!v->row.final_score.n)
		return QPP_LIT("there is no final score, and no payment adjustment");
	if (phase == QPP_PHASE_SUBMISSION || phase == QPP_PHASE_PREVIEW || !v->factor_released.us)
		return QPP_LIT("payment adjustments are not released yet");
	return QPP_LIT("the scaling factor of positive adjustments of that year is not known");
}

static enum qpp_code which_counts(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v,
                                  struct qpp_feedback *out, struct qpp_err *err)
{
	bool pair = qpp_str_is(v->row.kind, "pair");
	out->pays = v->row.counts;
	out->level = pair ? v->row.paid_level : v->row.who.entity;
	out->why = why_of(call->arena, v->row.headline);
	struct qpp_str org_id = pair ? v->row.paid_org_id : v->row.who.org_id;
	enum qpp_code code = org_id.n ? qpp_store_org_get(tx, org_id, &out->level_org, err) : QPP_OK;
	return code == QPP_OK && pair ? others(tx, call, v, out, err) : code;
}

static enum qpp_code names(struct qpp_tx *tx, struct qpp_feedback *out, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_org_get(tx, out->who.org_id, &out->org, err);
	if (code == QPP_OK && out->who.npi.n)
		code = qpp_store_clinician_get(tx, out->who.npi, &out->clinician, err);
	return code;
}

static enum qpp_code see(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_feedback_ask *ask, struct qpp_feedback *out,
                         struct qpp_err *err)
{
	struct qpp_seen_version *v;
	size_t n, at = 0;
	enum qpp_code code = qpp_feedback_may(tx, call, &ask->who, err);
	if (code == QPP_OK)
		code = qpp_feedback_versions(tx, call, &ask->who, &v, &n, err);
	if (code != QPP_OK)
		return code;
	out->versions = QPP_NEW_ARRAY(call->arena, n, struct qpp_feedback_version);
	for (; code == QPP_OK && out->n_versions < n; out->n_versions++)
		code = qpp_feedback_version_of(tx, call, &v[out->n_versions], &out->versions[out->n_versions], err);
	out->versions[0].current = true;
	while (ask->version_id.n && at < n && !qpp_str_eq(v[at].row.id, ask->version_id))
		at++;
	if (code == QPP_OK && at == n)
		return qpp_not_found(err, "version of the feedback");
	out->shown = &out->versions[at];
	if (code == QPP_OK)
		code = names(tx, out, err);
	if (code == QPP_OK)
		code = which_counts(tx, call, &v[at], out, err);
	out->no_factor = no_factor(&v[at], out->shown);
	out->no_detail = QPP_LIT("it was not asked for");
	if (code == QPP_OK && ask->detail)
		code = qpp_feedback_detail(tx, call, &v[at], &out->answer, &out->no_detail, err);
	out->scored = out->answer ? &out->answer->scored[0] : NULL;
	return code;
}

enum qpp_code qpp_feedback_see(const struct qpp_call *call, const struct qpp_feedback_ask *ask, struct qpp_feedback *out,
                               struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_feedback){ .who = ask->who, .payment_year = ask->who.py.v + QPP_PAYMENT_YEARS_LATER };
	out->factor_additional_year = qpp_str_is(qpp_years_param(call->service->years, "additional_factor", ask->who.py), "yes");
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = see(tx, call, ask, out, err);
	qpp_store_end(tx);
	if (code == QPP_FORBIDDEN)
		qpp_feedback_refused(call, &ask->who);
	return code;
}

enum qpp_code qpp_feedback_changes(const struct qpp_call *call, const struct qpp_who *who, struct qpp_str old_id, struct qpp_str now_id,
                                   struct qpp_changes *out, struct qpp_err *err)
{
	struct qpp_feedback old, now;
	const struct qpp_feedback_ask before = { .who = *who, .version_id = old_id, .detail = true };
	const struct qpp_feedback_ask after = { .who = *who, .version_id = now_id, .detail = true };
	enum qpp_code code = qpp_feedback_see(call, &before, &old, err);
	if (code == QPP_OK)
		code = qpp_feedback_see(call, &after, &now, err);
	if (code != QPP_OK)
		return code;
	if (!old.scored || !now.scored) {
		(void)qpp_fail(err, QPP_CONFLICT, "one of the versions cannot be made again", (char *)NULL);
		qpp_err_detail(err, qpp_str_dup(call->arena, old.scored ? now.no_detail : old.no_detail).p, (char *)NULL);
		return QPP_CONFLICT;
	}
	*out = qpp_score_changes(call->arena, old.scored, now.scored);
	return QPP_OK;
}

/* ---- what there is to open ---- */

static enum qpp_code line(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_who *who, struct qpp_str name,
                          struct qpp_feedback_lines *out, struct qpp_err *err)
{
	struct qpp_seen_version *v;
	size_t n;
	struct qpp_feedback_line *x = &out->v[out->n];
	enum qpp_code code = qpp_feedback_versions(tx, call, who, &v, &n, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code != QPP_OK)
		return code;
	*x = (struct qpp_feedback_line){ .who = *who, .name = name, .level = who->npi.n ? v[0].row.paid_level : who->entity };
	x->current.current = true;
	out->n++;
	code = qpp_feedback_version_of(tx, call, &v[0], &x->current, err);
	x->current.current = true;
	return code;
}

static enum qpp_code own_lines(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_org *org, qpp_py py,
                               struct qpp_feedback_lines *out, struct qpp_err *err)
{
	struct qpp_membership_rows groups = { 0 };
	enum qpp_entity level = org->kind == QPP_ORG_VIRTUAL_GROUP ? QPP_VIRTUAL_GROUP : org->kind == QPP_ORG_SUBGROUP ? QPP_SUBGROUP
	                        : org->kind == QPP_ORG_APM_ENTITY ? QPP_APM_ENTITY : QPP_GROUP;
	enum qpp_code code = line(tx, call, &(struct qpp_who){ .py = py, .entity = level, .org_id = org->id }, org->name, out, err);
	if (code == QPP_OK && level == QPP_GROUP)
		code = qpp_store_membership_of_org(tx, py, org->id, QPP_LIT(""), &groups, err);
	for (size_t i = 0; code == QPP_OK && i < groups.n; i++) {
		struct qpp_org group;
		code = qpp_store_org_get(tx, groups.v[i].group_id, &group, err);
		bool again = false;
		for (size_t k = 0; k < i; k++)
			again |= qpp_str_eq(groups.v[k].group_id, groups.v[i].group_id);
		if (code == QPP_OK && group.kind == QPP_ORG_SUBGROUP && !again && out->n < SLICE)
			code = line(tx, call, &(struct qpp_who){ .py = py, .entity = QPP_SUBGROUP, .org_id = group.id }, group.name, out, err);
	}
	return code;
}

static struct qpp_str full_name(struct qpp_arena *a, const struct qpp_clinician *c)
{
	return qpp_str_cat(a, qpp_str_dup(a, c->first).p, c->first.n && c->last.n ? " " : "", qpp_str_dup(a, c->last).p, (char *)NULL);
}

static enum qpp_code list(struct qpp_tx *tx, const struct qpp_call *call, qpp_py py, struct qpp_str org_id, struct qpp_slice slice,
                          struct qpp_feedback_lines *out, struct qpp_err *err)
{
	struct qpp_org org;
	struct qpp_relation_rows people = { 0 };
	enum qpp_code code = qpp_store_org_get(tx, org_id, &org, err);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? qpp_not_found(err, "organization") : code;
	slice.count = true;
	out->org = org;
	if (org.kind == QPP_ORG_PRACTICE)
		code = qpp_store_relation_of_org(tx, py, org_id, slice, &people, err);
	out->total = people.total;
	out->v = QPP_NEW_ARRAY(call->arena, people.n + SLICE + 1, struct qpp_feedback_line);
	if (code == QPP_OK && !slice.start)
		code = own_lines(tx, call, &org, py, out, err);
	for (size_t i = 0; code == QPP_OK && i < people.n; i++) {
		const struct qpp_who who = { .py = py, .entity = QPP_INDIVIDUAL, .org_id = org_id, .npi = people.v[i].npi };
		struct qpp_clinician c = { 0 };
		code = qpp_store_clinician_get(tx, who.npi, &c, err);
		if (code == QPP_OK || code == QPP_NOT_FOUND)
			code = line(tx, call, &who, full_name(call->arena, &c), out, err);
	}
	return code;
}

enum qpp_code qpp_feedback_list(const struct qpp_call *call, qpp_py py, struct qpp_str org_id, struct qpp_slice slice,
                                struct qpp_feedback_lines *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_org org;
	struct qpp_who who = { .py = py, .entity = QPP_GROUP, .org_id = org_id };
	*out = (struct qpp_feedback_lines){ .total = -1 };
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	if (qpp_store_org_get(tx, org_id, &org, err) == QPP_OK && org.kind != QPP_ORG_PRACTICE)
		who.entity = org.kind == QPP_ORG_VIRTUAL_GROUP ? QPP_VIRTUAL_GROUP : org.kind == QPP_ORG_SUBGROUP ? QPP_SUBGROUP : QPP_APM_ENTITY;
	code = qpp_feedback_may(tx, call, &who, err);
	if (code == QPP_OK)
		code = list(tx, call, py, org_id, slice, out, err);
	qpp_store_end(tx);
	if (code == QPP_FORBIDDEN)
		qpp_feedback_refused(call, &who);
	return code;
}

static enum qpp_code of_npi(struct qpp_tx *tx, const struct qpp_call *call, qpp_py py, struct qpp_str npi, struct qpp_feedback_lines *out,
                            bool *forbidden, struct qpp_err *err)
{
	struct qpp_relation_rows rows = { 0 };
	enum qpp_code code = qpp_store_relation_of_npi(tx, py, npi, &rows, err);
	out->v = QPP_NEW_ARRAY(call->arena, rows.n + 1, struct qpp_feedback_line);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		const struct qpp_who who = { .py = py, .entity = QPP_INDIVIDUAL, .org_id = rows.v[i].org_id, .npi = npi };
		struct qpp_org org;
		enum qpp_code may = qpp_feedback_may(tx, call, &who, err);
		*forbidden |= may == QPP_FORBIDDEN;
		if (may == QPP_FORBIDDEN || may == QPP_NOT_FOUND)
			continue;
		code = may == QPP_OK ? qpp_store_org_get(tx, who.org_id, &org, err) : may;
		if (code == QPP_OK)
			code = line(tx, call, &who, org.name, out, err);
	}
	out->total = (int64_t)out->n;
	return code;
}

enum qpp_code qpp_feedback_of_npi(const struct qpp_call *call, qpp_py py, struct qpp_str npi, struct qpp_feedback_lines *out,
                                  struct qpp_err *err)
{
	struct qpp_tx *tx;
	bool forbidden = false;
	*out = (struct qpp_feedback_lines){ .total = -1 };
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = of_npi(tx, call, py, npi, out, &forbidden, err);
	qpp_store_end(tx);
	if (code != QPP_OK || out->n || !forbidden)
		return code;
	const struct qpp_who who = { .py = py, .entity = QPP_INDIVIDUAL, .npi = npi };
	qpp_feedback_refused(call, &who);
	return qpp_fail(err, QPP_FORBIDDEN, "registries and vendors do not see final feedback or payment adjustments", (char *)NULL);
}

/* ---- claims ---- */

enum qpp_code qpp_feedback_claims(const struct qpp_call *call, qpp_py py, struct qpp_str factor, const qpp_cents *paid, size_t n,
                                  struct qpp_claims_impact *out, struct qpp_err *err)
{
	enum { HUNDRED_DOLLARS = 10000 };
	const struct qpp_rules *rules = qpp_years_bound(call->service->years, py);
	struct qpp_claims claims;
	qpp_dec pct;
	*out = (struct qpp_claims_impact){ .lines = QPP_NEW_ARRAY(call->arena, n + 1, struct qpp_claim_result) };
	if (!qpp_dec_parse(factor, &pct))
		return qpp_fail(err, QPP_USAGE, "there is no payment adjustment to apply", (char *)NULL);
	if (!rules || !qpp_day_of(py.v + QPP_PAYMENT_YEARS_LATER, 1, 1, &out->day))
		return qpp_fail(err, QPP_NO_RULE, "the year has no rules", (char *)NULL);
	enum qpp_code code = qpp_claims_bind(call->arena, rules, pct, &claims, err);
	for (size_t i = 0; code == QPP_OK && i <= n; i++) {
		struct qpp_claim_line claim = { .covered_professional_service = true, .assigned = true, .date = out->day };
		struct qpp_claim_result *to = i < n ? &out->lines[i] : &out->of_hundred;
		claim.paid = claim.allowed = i < n ? paid[i] : (qpp_cents){ HUNDRED_DOLLARS };
		code = qpp_claim_adjust(&claims, &claim, to);
		if (code == QPP_OK && i < n && !qpp_claim_totals_add(&out->totals, &claim, to))
			code = QPP_ARITHMETIC;
		if (code != QPP_OK)
			(void)qpp_fail(err, code, "the amounts cannot be adjusted", (char *)NULL);
	}
	return code;
}
