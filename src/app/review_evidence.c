/* Evidence that gathers itself: one look into the store, and the scorer once. */
#include "app/review_evidence.h"

#include "app/review_int.h"

static enum qpp_code decides(const struct qpp_reviewing *r, struct qpp_err *err)
{
	if (review_has_post(r->call.actor, QPP_POST_REVIEWER) || review_has_post(r->call.actor, QPP_POST_SECOND_REVIEWER))
		return QPP_OK;
	return qpp_fail(err, QPP_FORBIDDEN, "this is for reviewers of the agency", (char *)NULL);
}

static enum qpp_code receipts(const struct qpp_call *call, struct qpp_str id, struct qpp_seen_receipts *out, struct qpp_err *err)
{
	struct qpp_seen_submission seen;
	enum qpp_code code = qpp_submission_see(call, id, &seen, err);
	return code == QPP_OK ? qpp_receipts_of(call, &seen, out, err) : code;
}

static enum qpp_code locate(const struct qpp_call *call, struct qpp_tx *tx, struct qpp_review_evidence *x, struct qpp_err *err)
{
	const struct qpp_years *years = call->service->years;
	const struct qpp_who *who = &x->known.who;
	const struct qpp_request q = { .arena = call->arena, .rules = qpp_years_bound(years, who->py), .catalog = qpp_years_catalog(years, who->py) };
	struct qpp_euc euc;
	struct qpp_org org;
	enum qpp_code code = QPP_OK;
	x->place = x->known.facts->location;
	if (!x->place.given) {
		code = qpp_store_org_get(tx, who->org_id, &org, err);
		if (code == QPP_OK)
			x->place = (struct qpp_location){ .given = org.state.n > 0, .state = org.state, .county = org.county, .zip = org.zip };
	}
	if (code != QPP_OK || !x->place.given || !q.rules)
		return code;
	code = qpp_euc_at(&q, &x->place, QPP_INDIVIDUAL, &euc, err);
	if (code == QPP_OK)
		x->policy = euc.answer;
	return code;
}

enum qpp_code qpp_review_evidence(struct qpp_reviewing *r, const struct qpp_who *who, struct qpp_review_evidence *out, struct qpp_err *err)
{
	static const struct qpp_known_how all = { .at = { -1 } };
	struct qpp_whatif now;
	struct qpp_tx *tx;
	*out = (struct qpp_review_evidence){ 0 };
	enum qpp_code code = decides(r, err);
	if (code == QPP_OK)
		code = qpp_store_begin(r->call.service->store, r->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_known_gather(r->call.service, tx, who, &all, &out->known, err);
	if (code == QPP_OK)
		code = locate(&r->call, tx, out, err);
	qpp_store_end(tx);
	if (code == QPP_OK && out->known.row.id.n)
		code = receipts(&r->call, out->known.row.id, &out->receipts, err);
	if (code == QPP_OK)
		code = qpp_what_if(&r->call, who, NULL, QPP_LIT("{}"), r->findings, &now, err);
	if (code == QPP_OK)
		out->now = now.before;
	return code;
}

enum qpp_code qpp_review_try(struct qpp_reviewing *r, const struct qpp_who *who, struct qpp_str over, struct qpp_whatif *out,
                             struct qpp_err *err)
{
	enum qpp_code code = decides(r, err);
	return code == QPP_OK ? qpp_what_if(&r->call, who, NULL, over, r->findings, out, err) : code;
}
