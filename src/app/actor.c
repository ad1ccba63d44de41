/*
 * Who may see and change what was filed. A registry has what it filed itself; a
 * practice, virtual group, subgroup or APM entity sees all that was filed for
 * it and changes what its own people filed; a clinician sees the own data; the
 * agency's side sees.
 */
#include "app/service.h"

struct qpp_actor qpp_actor_of_token(struct qpp_arena *a, const struct qpp_api_token *t, const struct qpp_org *org)
{
	struct qpp_actor_role *role = QPP_NEW(a, struct qpp_actor_role);
	*role = (struct qpp_actor_role){ .org_id = qpp_str_dup(a, org->id), .kind = org->kind, .number = qpp_str_dup(a, org->number) };
	return (struct qpp_actor){ .token_id = qpp_str_dup(a, t->id), .token_py = t->py, .roles = role, .n = 1 };
}

static bool may_file(const struct qpp_actor *actor, const struct qpp_actor_role *r)
{
	bool by_person = r->post == QPP_POST_OFFICIAL || r->post == QPP_POST_STAFF;
	return !actor->view_only && (by_person || (r->post == QPP_POST_NONE && actor->token_id.n));
}

static enum qpp_reach reach_of_role(const struct qpp_actor *actor, const struct qpp_actor_role *r, const struct qpp_who *who,
                                    struct qpp_str submitter_id)
{
	enum qpp_reach most = may_file(actor, r) ? QPP_REACH_CHANGE : QPP_REACH_SEE;
	switch (r->kind) {
	case QPP_ORG_AGENCY:
		return QPP_REACH_SEE;
	case QPP_ORG_REGISTRY:
		return submitter_id.n && qpp_str_eq(submitter_id, r->org_id) ? most : QPP_REACH_NONE;
	case QPP_ORG_CLINICIAN:
		return who->entity == QPP_INDIVIDUAL && who->npi.n && qpp_str_eq(r->number, who->npi) ? QPP_REACH_SEE : QPP_REACH_NONE;
	default:
		if (!qpp_str_eq(r->org_id, who->org_id))
			return QPP_REACH_NONE;
		return submitter_id.n ? QPP_REACH_SEE : most;
	}
}

enum qpp_reach qpp_actor_reach(const struct qpp_actor *actor, const struct qpp_who *who, struct qpp_str submitter_id)
{
	enum qpp_reach best = QPP_REACH_NONE;
	if (actor->token_id.n && actor->token_py.v && actor->token_py.v != who->py.v)
		return QPP_REACH_NONE;
	for (size_t i = 0; i < actor->n; i++) {
		enum qpp_reach one = reach_of_role(actor, &actor->roles[i], who, submitter_id);
		if (one > best)
			best = one;
	}
	return best;
}

bool qpp_actor_is_of(const struct qpp_actor *actor, struct qpp_str org_id)
{
	for (size_t i = 0; i < actor->n; i++)
		if (qpp_str_eq(actor->roles[i].org_id, org_id))
			return true;
	return false;
}

const struct qpp_actor_role *qpp_actor_registry(const struct qpp_call *call)
{
	const struct qpp_actor_role *found = NULL;
	for (size_t i = 0; i < call->actor->n; i++) {
		const struct qpp_actor_role *r = &call->actor->roles[i];
		if (r->kind != QPP_ORG_REGISTRY)
			continue;
		if (!found || qpp_str_eq(r->org_id, call->acting))
			found = r;
	}
	return found;
}

enum qpp_code qpp_not_found(struct qpp_err *err, const char *what)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such ", what, ", or it is not yours", (char *)NULL);
}
