/*
 * Who may see feedback (portal.md 2.3). A registry or vendor files and sees what
 * it filed, and never what came of it; those who only take part in an entity see
 * their own practice. Both are told so, and it is recorded; everything else of
 * others is as if it did not exist.
 */
#include "app/feedback_int.h"

enum { SLICE = 500 };

static bool has_role(const struct qpp_actor *actor, enum qpp_org_kind kind)
{
	for (size_t i = 0; i < actor->n; i++)
		if (actor->roles[i].kind == kind)
			return true;
	return false;
}

/* Whether an organization of the asker takes part in a group; of a subgroup that is enough to see it. */
static enum qpp_code takes_part(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_who *who, bool *out, struct qpp_err *err)
{
	struct qpp_slice slice = { .most = SLICE };
	struct qpp_membership_rows rows = { 0 };
	enum qpp_code code;
	*out = false;
	do {
		code = qpp_store_membership_of_group(tx, who->py, who->org_id, slice, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n && !*out; i++)
			*out = qpp_actor_is_of(call->actor, rows.v[i].org_id);
		slice.start += SLICE;
	} while (code == QPP_OK && rows.n == SLICE && !*out);
	return code;
}

static enum qpp_code forbid(struct qpp_err *err, const char *why, const char *hint)
{
	(void)qpp_fail(err, QPP_FORBIDDEN, why, (char *)NULL);
	qpp_err_hint(err, hint, (char *)NULL);
	return QPP_FORBIDDEN;
}

enum qpp_code qpp_feedback_may(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_who *who, struct qpp_err *err)
{
	bool part = false;
	/* A token files data; feedback is for people. */
	if (!call->actor->token_id.n && qpp_actor_reach(call->actor, who, QPP_LIT("")) != QPP_REACH_NONE)
		return QPP_OK;
	if (who->entity != QPP_INDIVIDUAL && who->entity != QPP_GROUP) {
		enum qpp_code code = takes_part(tx, call, who, &part, err);
		if (code != QPP_OK)
			return code;
		if (part && who->entity == QPP_SUBGROUP && !call->actor->token_id.n)
			return QPP_OK;
	}
	if (has_role(call->actor, QPP_ORG_REGISTRY) || call->actor->token_id.n)
		return forbid(err, "registries and vendors do not see final feedback or payment adjustments",
		              "the practice sees it under Performance Feedback");
	if (part)
		return forbid(err, "feedback of the entity is for those with a role in the entity itself",
		              "ask its Security Official for a role there");
	return qpp_not_found(err, "feedback");
}

/* "feedback/2023/group/ORG", with "/NPI" of a clinician. */
static struct qpp_str subject_of(struct qpp_arena *a, const struct qpp_who *who)
{
	return qpp_str_cat(a, "feedback/", qpp_i64_text(a, who->py.v).p, "/", qpp_entity_name(who->entity), "/", qpp_str_dup(a, who->org_id).p,
	                   who->npi.n ? "/" : "", who->npi.n ? qpp_str_dup(a, who->npi).p : "", (char *)NULL);
}

enum qpp_code qpp_feedback_may_download(const struct qpp_call *call, struct qpp_err *err)
{
	return call->actor->view_only ? forbid(err, "files of feedback are for the organization's own people", "the page shows the same") : QPP_OK;
}

enum qpp_code qpp_feedback_download(const struct qpp_call *call, const struct qpp_feedback *x, const char *kind, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_audit row = { .at = qpp_now(call->service->clock), .account_id = call->actor->account_id, .org_id = x->who.org_id,
		                     .action = QPP_LIT("feedback.download"), .outcome = qpp_code_http(QPP_OK) };
	enum qpp_code code = qpp_feedback_may_download(call, err);
	if (code != QPP_OK)
		return code;
	row.subject = qpp_str_cat(a, subject_of(a, &x->who).p, "/", qpp_str_dup(a, x->shown->id).p, ".", kind, (char *)NULL);
	return qpp_store_audit(call->service->store, a, &row, err);
}

void qpp_feedback_refused(const struct qpp_call *call, const struct qpp_who *who)
{
	struct qpp_arena *a = call->arena;
	struct qpp_err err;
	struct qpp_audit row = { .at = qpp_now(call->service->clock), .account_id = call->actor->account_id,
		                     .action = QPP_LIT("feedback.refused"), .outcome = qpp_code_http(QPP_FORBIDDEN) };
	const struct qpp_actor_role *registry = qpp_actor_registry(call);
	if (registry)
		row.org_id = registry->org_id;
	else if (call->actor->n)
		row.org_id = call->actor->roles[0].org_id;
	row.subject = subject_of(a, who);
	/* The refusal stands whether or not it could be recorded: a store that takes no writes is told by /readyz. */
	(void)!qpp_store_audit(call->service->store, a, &row, &err);
}
