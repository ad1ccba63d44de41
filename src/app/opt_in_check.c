/*
 * 414.1310(b)(1)(iii): who exceeds some figures of the low-volume threshold but
 * not all takes part by choice. Nothing is filed for such a clinician or group
 * before it has opted in, or has chosen to report for feedback only; the agency
 * refuses it so too. Where the facts do not tell, nothing is refused.
 */
#include "app/filing_int.h"
#include "app/provider.h"
#include "qpp/eligibility.h"

/* Chosen here since the facts were loaded. */
static enum qpp_code elected(struct qpp_tx *tx, const struct qpp_who *who, bool *out, struct qpp_err *err)
{
	static const char *const kinds[] = { "optIn", "voluntary" };
	enum { MOST = 1000 };
	struct qpp_election_row_rows rows;
	enum qpp_code code = QPP_OK;
	*out = false;
	for (size_t k = 0; code == QPP_OK && k < sizeof kinds / sizeof *kinds; k++) {
		code = qpp_store_election_list(tx, who->py, qpp_str_of(kinds[k]), who->org_id, QPP_LIT(""), (struct qpp_slice){ .most = MOST },
		                               &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
			*out |= qpp_str_eq(rows.v[i].npi, who->npi) &&
			        (qpp_str_is(rows.v[i].state, "approved") || qpp_str_is(rows.v[i].state, "filed"));
	}
	return code;
}

/* The facts of eligibility that hold for `who`; empty when there are none. */
static enum qpp_code facts_of(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_relation relation = { 0 };
	struct qpp_fact_row fact = { 0 };
	enum qpp_code code = who->entity == QPP_INDIVIDUAL
	                         ? qpp_store_relation_get(tx, who->py, who->org_id, who->npi, &relation, err)
	                         : qpp_store_fact_get(tx, who, QPP_LIT("eligibility"), &fact, err);
	*out = who->entity == QPP_INDIVIDUAL ? relation.facts : fact.body;
	if (code == QPP_NOT_FOUND)
		*out = QPP_LIT("");
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

enum qpp_code qpp_opt_in_check(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_who *who, struct qpp_where where,
                               struct qpp_err *err)
{
	struct qpp_standing s;
	struct qpp_str facts;
	bool chosen = false;
	if (who->entity != QPP_INDIVIDUAL && who->entity != QPP_GROUP)
		return QPP_OK;
	enum qpp_code code = facts_of(tx, who, &facts, err);
	if (code == QPP_OK)
		code = qpp_standing_read(&f->call, who->py, facts, who->entity, &s, err);
	if (code != QPP_OK || !s.decided || s.decided->status != QPP_OPT_IN_ELIGIBLE || s.facts->opt_in != QPP_OPT_IN_NONE)
		return code;
	code = elected(tx, who, &chosen, err);
	if (code != QPP_OK || chosen)
		return code;
	struct qpp_finding *x = qpp_find(f->findings, QPP_ERROR, "optInMissing", where,
		who->entity == QPP_INDIVIDUAL ? QPP_LIT("the clinician may opt in, and has not: nothing is filed before that")
		                              : QPP_LIT("the group may opt in, and has not: nothing is filed before that"));
	x->expected = QPP_LIT("an election to opt in, or to report voluntarily");
	x->hint = QPP_LIT("the practice elects; an election to opt in cannot be taken back");
	x->cite = QPP_LIT("414.1310(b)(1)(iii)");
	return qpp_filing_refuse(f->findings, err);
}
