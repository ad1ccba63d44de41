/*
 * What a filing would change: the sets that are there with and without it, under
 * the same facts, through the same scorer; then the filing itself, set by set.
 */
#include "app/prospect.h"

#include "app/filing_int.h"
#include "app/known.h"

bool qpp_prospect_submitter(const struct qpp_call *call, const struct qpp_seen_submission *seen, struct qpp_str *submitter_id)
{
	const struct qpp_actor_role *registry = qpp_actor_registry(call);
	/* Who looks on as another sees what that one would file; filing itself is refused where it is done. */
	struct qpp_actor filer = *call->actor;
	filer.view_only = false;
	*submitter_id = QPP_LIT("");
	if (qpp_actor_reach(&filer, &seen->row.who, QPP_LIT("")) == QPP_REACH_CHANGE)
		return true;
	if (!registry || qpp_actor_reach(&filer, &seen->row.who, registry->org_id) != QPP_REACH_CHANGE)
		return false;
	*submitter_id = registry->org_id;
	return true;
}

static bool same_key(const struct qpp_filed_set *old, const struct qpp_measurement_set *set, struct qpp_str submitter_id)
{
	struct qpp_str method = set->method == QPP_METHOD_NONE ? QPP_LIT("webAttestation") : qpp_str_of(qpp_method_name(set->method));
	return qpp_str_eq(old->row.submitter_id, submitter_id) && qpp_str_is(old->row.category, qpp_category_name(set->category)) &&
	       qpp_str_eq(old->row.method, method) && qpp_str_eq(old->row.program, set->program);
}

static void find_replaced(const struct qpp_call *call, struct qpp_prospect *x)
{
	x->replaced = QPP_NEW_ARRAY(call->arena, x->sets.n_sets + 1, const struct qpp_filed_set *);
	for (size_t i = 0; i < x->sets.n_sets; i++)
		for (size_t k = 0; k < x->seen.n_sets; k++)
			if (same_key(&x->seen.sets[k], &x->sets.sets[i], x->submitter_id))
				x->replaced[i] = &x->seen.sets[k];
}

/* The sets as one submission; with those of the prospect in the place of what they replace. */
static void together(struct qpp_arena *a, const struct qpp_prospect *x, bool with_new, struct qpp_submission *s)
{
	*s = (struct qpp_submission){ .py = x->seen.row.who.py, .entity = x->seen.row.who.entity, .npi = x->seen.row.who.npi };
	s->sets = QPP_NEW_ARRAY(a, x->seen.n_sets + x->sets.n_sets + 1, struct qpp_measurement_set);
	for (size_t i = 0; i < x->seen.n_sets; i++) {
		bool stays = true;
		for (size_t k = 0; with_new && k < x->sets.n_sets; k++)
			stays &= x->replaced[k] != &x->seen.sets[i];
		if (stays)
			s->sets[s->n_sets++] = x->seen.sets[i].whole.sets[0];
	}
	for (size_t k = 0; with_new && k < x->sets.n_sets; k++)
		s->sets[s->n_sets++] = x->sets.sets[k];
}

static enum qpp_code facts_of(const struct qpp_call *call, const struct qpp_who *who, struct qpp_facts **out, struct qpp_err *err)
{
	static const struct qpp_known_how how = { .at = { -1 } };
	struct qpp_tx *tx;
	struct qpp_known known;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_known_facts(call->service, tx, who, &how, &known, err);
	qpp_store_end(tx);
	*out = known.facts;
	return code;
}

/* QPP_NO_RULE and QPP_DATA are no failure of looking: there is no score, and a reason. */
static enum qpp_code score(const struct qpp_call *call, struct qpp_submission *s, struct qpp_facts *facts,
                           const struct qpp_answer **out, struct qpp_str *why, struct qpp_err *err)
{
	static const struct qpp_known_ask plain;
	enum qpp_code code = qpp_known_answer(call->service, call->arena, s, facts, &plain, out, err);
	if (code != QPP_NO_RULE && code != QPP_DATA && code != QPP_ARITHMETIC)
		return code;
	*why = qpp_str_dup(call->arena, qpp_str_of(err->primary));
	return QPP_OK;
}

static enum qpp_code check_sets(const struct qpp_call *call, struct qpp_prospect *x, struct qpp_findings *f, struct qpp_err *err)
{
	x->sets.py = x->seen.row.who.py;
	/* Of nobody: who it is has been settled. */
	x->sets.entity = QPP_ENTITY_NONE;
	enum qpp_code code = qpp_filing_check(call->service, call->arena, &x->sets, f, err);
	x->sets.entity = x->seen.row.who.entity;
	return code;
}

enum qpp_code qpp_prospect_look(const struct qpp_call *call, bool with_sets, struct qpp_findings *f, struct qpp_prospect *x,
                                struct qpp_err *err)
{
	struct qpp_submission *before = QPP_NEW(call->arena, struct qpp_submission), *after = QPP_NEW(call->arena, struct qpp_submission);
	const struct qpp_catalog *catalog;
	struct qpp_facts *facts;
	(void)qpp_prospect_submitter(call, &x->seen, &x->submitter_id);
	if (!with_sets)
		x->sets.n_sets = 0;
	enum qpp_code code = qpp_years_need(call->service->years, call->arena, x->seen.row.who.py, &catalog, err);
	if (code == QPP_OK && with_sets)
		code = check_sets(call, x, f, err);
	if (code == QPP_OK)
		code = facts_of(call, &x->seen.row.who, &facts, err);
	if (code != QPP_OK)
		return code;
	find_replaced(call, x);
	together(call->arena, x, false, before);
	code = score(call, before, facts, &x->before, &x->why_before, err);
	if (code != QPP_OK || !with_sets || f->errors)
		return code;
	together(call->arena, x, true, after);
	return score(call, after, facts, &x->after, &x->why_after, err);
}

/* ---- filing ---- */

static enum qpp_code file_one(const struct qpp_call *call, const struct qpp_prospect *x, size_t i, struct qpp_filing *f,
                              struct qpp_err *err)
{
	struct qpp_set_doc doc = {
		.s = x->sets, .submission_id = x->seen.row.id, .source = QPP_LIT("qpp-portal"),
		.has = QPP_HAS_CATEGORY | QPP_HAS_METHOD | QPP_HAS_PROGRAM | QPP_HAS_CEHRT | QPP_HAS_START | QPP_HAS_END |
		       QPP_HAS_MEASUREMENTS | QPP_HAS_SOURCE
	};
	doc.s.sets = &x->sets.sets[i];
	doc.s.n_sets = 1;
	f->bytes = qpp_set_doc_text(call->arena, doc.s.sets, doc.source);
	if (x->replaced[i]) {
		f->route = qpp_str_cat(call->arena, "portal replace ", qpp_str_dup(call->arena, x->replaced[i]->row.id).p, (char *)NULL);
		return qpp_file_replace(f, x->replaced[i]->row.id, &doc, err);
	}
	f->route = qpp_str_cat(call->arena, "portal file ", qpp_str_dup(call->arena, x->seen.row.id).p, (char *)NULL);
	return qpp_file_set(f, &doc, err);
}

enum qpp_code qpp_prospect_file(const struct qpp_call *call, const struct qpp_prospect *x, struct qpp_str key, qpp_time at,
                                struct qpp_findings *f, struct qpp_str *receipts, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < x->sets.n_sets; i++) {
		struct qpp_filing one = { .call = *call, .at = at, .findings = f };
		one.key = qpp_str_cat(call->arena, qpp_str_dup(call->arena, key).p, "-", qpp_i64_text(call->arena, (int64_t)i).p, (char *)NULL);
		code = file_one(call, x, i, &one, err);
		receipts[i] = one.receipt;
	}
	return code;
}

/* ---- beginning a submission ---- */

struct start_request {
	const struct qpp_call *call;
	const struct qpp_start *start;           /* one of the two */
	const struct qpp_submission *document;
	struct qpp_findings *findings;
	struct qpp_submission_row row;
};

static enum qpp_entity entity_of(enum qpp_org_kind kind)
{
	switch (kind) {
	case QPP_ORG_VIRTUAL_GROUP:
		return QPP_VIRTUAL_GROUP;
	case QPP_ORG_SUBGROUP:
		return QPP_SUBGROUP;
	case QPP_ORG_APM_ENTITY:
		return QPP_APM_ENTITY;
	case QPP_ORG_PRACTICE:
		return QPP_GROUP;
	default:
		return QPP_ENTITY_NONE;
	}
}

static enum qpp_code who_of_start(struct qpp_tx *tx, struct start_request *r, struct qpp_who *who, struct qpp_err *err)
{
	const struct qpp_start *s = r->start;
	struct qpp_org org;
	struct qpp_relation relation;
	enum qpp_code code = qpp_store_org_get(tx, s->org_id, &org, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "organization");
	if (code != QPP_OK)
		return code;
	*who = (struct qpp_who){ .py = s->py, .entity = entity_of(org.kind), .org_id = org.id };
	if (s->npi.n) {
		who->entity = QPP_INDIVIDUAL;
		who->npi = s->npi;
	}
	if (who->entity == QPP_ENTITY_NONE || qpp_actor_reach(r->call->actor, who, QPP_LIT("")) != QPP_REACH_CHANGE)
		return qpp_not_found(err, "organization");
	if (!s->npi.n)
		return QPP_OK;
	code = qpp_store_relation_get(tx, s->py, org.id, s->npi, &relation, err);
	if (code == QPP_NOT_FOUND)
		return qpp_fail(err, QPP_DATA, "no clinician with this NPI bills through the practice in that year", (char *)NULL);
	return code;
}

static enum qpp_code who_of_document(struct qpp_tx *tx, struct start_request *r, struct qpp_who *who, struct qpp_err *err)
{
	struct qpp_filing f = { .call = *r->call, .findings = r->findings };
	struct qpp_filer filer;
	bool known = false;
	enum qpp_code code = qpp_filer_find(tx, &f, r->document, who, &known, err);
	if (code == QPP_OK)
		code = qpp_filer_rights(tx, &f, who, known, qpp_filer_named(r->call->arena, r->document), &filer, err);
	return code;
}

static enum qpp_code start(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct start_request *r = request;
	struct qpp_who who;
	bool created;
	enum qpp_code code = r->start ? who_of_start(tx, r, &who, err) : who_of_document(tx, r, &who, err);
	if (code == QPP_OK)
		code = qpp_window_check(r->call->service, who.py, qpp_now(r->call->service->clock), err);
	r->row = (struct qpp_submission_row){ .who = who, .body = QPP_LIT("{}") };
	return code == QPP_OK ? qpp_store_submission_find_or_create(tx, &r->row, &created, err) : code;
}

static enum qpp_code run_start(struct start_request *r, struct qpp_str *id, struct qpp_err *err)
{
	if (r->call->actor->view_only)
		return qpp_fail(err, QPP_FORBIDDEN, "whoever looks as somebody else changes nothing", (char *)NULL);
	enum qpp_code code = qpp_store_write(r->call->service->store, r->call->arena, start, r, err);
	*id = r->row.id;
	return code;
}

enum qpp_code qpp_submission_start(const struct qpp_call *call, const struct qpp_start *s, struct qpp_str *id, struct qpp_err *err)
{
	struct start_request r = { .call = call, .start = s };
	return run_start(&r, id, err);
}

enum qpp_code qpp_submission_start_of(const struct qpp_call *call, const struct qpp_submission *s, struct qpp_findings *f,
                                      struct qpp_str *id, struct qpp_err *err)
{
	struct start_request r = { .call = call, .document = s, .findings = f };
	return run_start(&r, id, err);
}
