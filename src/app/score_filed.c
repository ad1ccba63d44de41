/*
 * The score of what was filed, and of what somebody thinks of filing. The same
 * scorer as everywhere (app/answer.h); here only what goes into it is put
 * together: the sets that the asker may see, and the facts that the store has.
 */
#include "app/submissions.h"

#include "app/answer.h"
#include "app/filing_int.h"
#include "qpp/check.h"

enum { MOST_FINDINGS = 1000 };

static enum qpp_code answer(const struct qpp_call *call, struct qpp_submission *s, struct qpp_facts *facts,
                            struct qpp_str program, struct qpp_findings *findings, const struct qpp_answer **out,
                            struct qpp_err *err)
{
	struct qpp_answer *x = QPP_NEW(call->arena, struct qpp_answer);
	const struct qpp_catalog *catalog;
	enum qpp_code code = qpp_years_need(call->service->years, call->arena, s->py, &catalog, err);
	if (code != QPP_OK)
		return code;
	qpp_answer_check_facts(facts, catalog, findings);
	struct qpp_answer_request r = {
		.arena = call->arena, .rules = qpp_years_rules(call->service->years), .catalog = catalog, .submission = s,
		.facts = facts, .program = program, .trace = true, .findings = findings
	};
	code = qpp_answer_submission(&r, x, err);
	*out = x;
	return code;
}

/* All sets as one submission. Who filed a set twice, or two who filed the same, is the scorer's to choose between. */
static void together(struct qpp_arena *a, const struct qpp_seen_submission *x, struct qpp_submission *s)
{
	*s = (struct qpp_submission){ .py = x->row.who.py, .entity = x->row.who.entity, .npi = x->row.who.npi };
	s->sets = QPP_NEW_ARRAY(a, x->n_sets + 1, struct qpp_measurement_set);
	for (size_t i = 0; i < x->n_sets; i++)
		s->sets[s->n_sets++] = x->sets[i].whole.sets[0];
}

static enum qpp_code facts_of(const struct qpp_call *call, const struct qpp_who *who, struct qpp_findings *findings,
                              struct qpp_facts **out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_fact_row row;
	*out = QPP_NEW(call->arena, struct qpp_facts);
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_fact_get(tx, who, QPP_LIT("scoring"), &row, err);
	qpp_store_end(tx);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? QPP_OK : code;
	struct qpp_facts *facts = qpp_facts_doc_read(call->arena, row.body, findings);
	if (!facts || findings->errors)
		return qpp_fail(err, QPP_BUG, "facts of the store cannot be read", (char *)NULL);
	/* The submission says of which level it is. */
	facts->participation = QPP_ENTITY_NONE;
	*out = facts;
	return QPP_OK;
}

enum qpp_code qpp_submission_score(const struct qpp_call *call, struct qpp_str id, struct qpp_str program,
                                   const struct qpp_answer **out, struct qpp_err *err)
{
	struct qpp_seen_submission x;
	struct qpp_submission *s = QPP_NEW(call->arena, struct qpp_submission);
	struct qpp_facts *facts;
	struct qpp_findings findings;
	qpp_findings_init(&findings, call->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_submission_see(call, id, &x, err);
	if (code == QPP_OK)
		code = facts_of(call, &x.row.who, &findings, &facts, err);
	if (code != QPP_OK)
		return code;
	together(call->arena, &x, s);
	return answer(call, s, facts, program, &findings, out, err);
}

enum qpp_code qpp_score_preview(const struct qpp_call *call, struct qpp_submission *s, struct qpp_str program,
                                const struct qpp_answer **out, struct qpp_err *err)
{
	struct qpp_findings findings;
	qpp_findings_init(&findings, call->arena, MOST_FINDINGS);
	return answer(call, s, QPP_NEW(call->arena, struct qpp_facts), program, &findings, out, err);
}
