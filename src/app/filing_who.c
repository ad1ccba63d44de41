/*
 * For whom a filing is, and who may file it. The agency lets a registry file
 * for any practice; here the practice lets it in, year by year. A practice that
 * is not known and one that has not consented are answered alike, so that
 * nobody finds out by filing who is there.
 */
#include "app/filing_int.h"

#include "qpp/buf.h"

static enum qpp_code incomplete(struct qpp_filing *f, struct qpp_where where, const char *missing, struct qpp_err *err)
{
	struct qpp_finding *x = qpp_find(f->findings, QPP_ERROR, "entityIncomplete", where,
	                                 QPP_LIT("the filer is not named: nobody can be told whose data these are"));
	x->expected = qpp_str_of(missing);
	return qpp_filing_refuse(f->findings, err);
}

static enum qpp_org_kind kind_of(enum qpp_entity e)
{
	switch (e) {
	case QPP_VIRTUAL_GROUP:
		return QPP_ORG_VIRTUAL_GROUP;
	case QPP_SUBGROUP:
		return QPP_ORG_SUBGROUP;
	case QPP_APM_ENTITY:
		return QPP_ORG_APM_ENTITY;
	default:
		return QPP_ORG_PRACTICE;
	}
}

static enum qpp_code make_org(struct qpp_tx *tx, const struct qpp_submission *s, enum qpp_org_kind kind, struct qpp_org *org,
                              struct qpp_err *err)
{
	*org = (struct qpp_org){ .kind = kind, .body = QPP_LIT("{}") };
	if (kind != QPP_ORG_PRACTICE)
		org->number = s->entity_id;
	return qpp_store_org_put(tx, org, kind == QPP_ORG_PRACTICE ? s->tin : QPP_LIT(""), err);
}

enum qpp_code qpp_filer_find(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_submission *s, struct qpp_who *who,
                             bool *known, struct qpp_err *err)
{
	enum qpp_org_kind kind = kind_of(s->entity);
	struct qpp_org org = { 0 };
	bool by_tin = kind == QPP_ORG_PRACTICE;
	if (s->entity == QPP_ENTITY_NONE)
		return incomplete(f, s->entity_where, "entityType", err);
	if (by_tin && !s->tin.n)
		return incomplete(f, s->tin_where, "taxpayerIdentificationNumber", err);
	if (!by_tin && !s->entity_id.n)
		return incomplete(f, s->entity_where, "entityId", err);
	if (s->entity == QPP_INDIVIDUAL && !s->npi.n)
		return incomplete(f, s->npi_where, "nationalProviderIdentifier", err);
	*who = (struct qpp_who){ .py = s->py, .entity = s->entity };
	if (s->entity == QPP_INDIVIDUAL)
		who->npi = s->npi;
	enum qpp_code code = by_tin ? qpp_store_org_by_tin(tx, s->tin, &org, err)
	                            : qpp_store_org_by_number(tx, kind, s->entity_id, &org, err);
	*known = code == QPP_OK;
	if (code == QPP_NOT_FOUND && f->call.service->consent_off && qpp_actor_registry(&f->call)) {
		code = make_org(tx, s, kind, &org, err);
		*known = code == QPP_OK;
	}
	who->org_id = org.id;
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

bool qpp_registry_let_in(struct qpp_tx *tx, const struct qpp_service *service, const struct qpp_who *who,
                         struct qpp_str registry_id)
{
	struct qpp_consent consent;
	struct qpp_err err;
	if (service->consent_off)
		return true;
	return who->org_id.n && qpp_store_consent_get(tx, who->py, who->org_id, registry_id, &consent, &err) == QPP_OK;
}

static enum qpp_code not_let_in(struct qpp_filing *f, const struct qpp_who *who, struct qpp_str named, struct qpp_err *err)
{
	struct qpp_arena *a = f->call.arena;
	const char *year = qpp_i64_text(a, who->py.v).p;
	(void)qpp_fail(err, QPP_FORBIDDEN, "the practice or group has not let this registry file for it for performance year ", year,
	               (char *)NULL);
	qpp_err_detail(err, "consent of ", qpp_str_dup(a, named).p, " is not on record", (char *)NULL);
	qpp_err_hint(err, "a Security Official of ", qpp_str_dup(a, named).p, " can grant it on the page /account", (char *)NULL);
	return QPP_FORBIDDEN;
}

/* In the agency's words, which clients know; what they mean is the detail. */
static enum qpp_code not_theirs(struct qpp_filing *f, struct qpp_str named, struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_SIGNED_OUT, "Current user cannot create this object", (char *)NULL);
	qpp_err_detail(err, "this account does not file for ", named.n ? qpp_str_dup(f->call.arena, named).p : "whom the data name", (char *)NULL);
	qpp_err_hint(err, "Check the TIN, NPI or id in the data, or ask a Security Official there for a role, on the page Account and access.", (char *)NULL);
	return QPP_SIGNED_OUT;
}

enum qpp_code qpp_filer_rights(struct qpp_tx *tx, struct qpp_filing *f, const struct qpp_who *who, bool known,
                               struct qpp_str named, struct qpp_filer *out, struct qpp_err *err)
{
	const struct qpp_actor *actor = f->call.actor;
	const struct qpp_actor_role *registry = qpp_actor_registry(&f->call);
	*out = (struct qpp_filer){ .who = *who };
	if (actor->token_id.n && actor->token_py.v && actor->token_py.v != who->py.v)
		return qpp_fail(err, QPP_SIGNED_OUT, "the token is for another performance year", (char *)NULL);
	if (known && qpp_actor_reach(actor, who, QPP_LIT("")) == QPP_REACH_CHANGE)
		return QPP_OK;
	if (!registry)
		return not_theirs(f, named, err);
	if (!qpp_registry_let_in(tx, f->call.service, who, registry->org_id))
		return not_let_in(f, who, named, err);
	out->submitter_id = registry->org_id;
	if (qpp_actor_reach(actor, who, registry->org_id) != QPP_REACH_CHANGE)
		return qpp_fail(err, QPP_FORBIDDEN, "this role sees what its registry filed and changes nothing", (char *)NULL);
	return QPP_OK;
}
