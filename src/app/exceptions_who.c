/*
 * Who may apply for, see and decide an exception. A practice that is not known
 * and one in which the caller has no role are refused alike, so that nobody
 * finds out by asking who is there.
 */
#include "app/exceptions_int.h"

enum qpp_code exception_writes(const struct qpp_excepting *x, struct qpp_err *err)
{
	if (x->call.actor->view_only)
		return qpp_fail(err, QPP_FORBIDDEN, "whoever looks as somebody else changes nothing", (char *)NULL);
	if (!x->call.actor->account_id.n)
		return qpp_fail(err, QPP_SIGNED_OUT, "an exception is applied for by a person who is signed in", (char *)NULL);
	return QPP_OK;
}

static bool has_post(const struct qpp_actor *actor, struct qpp_str org_id, enum qpp_post post)
{
	for (size_t i = 0; i < actor->n; i++)
		if (qpp_str_eq(actor->roles[i].org_id, org_id) && actor->roles[i].post == post)
			return true;
	return false;
}

bool exception_official(const struct qpp_actor *actor, struct qpp_str org_id)
{
	return has_post(actor, org_id, QPP_POST_OFFICIAL);
}

static bool of_agency(const struct qpp_actor *actor, enum qpp_post post)
{
	for (size_t i = 0; i < actor->n; i++)
		if (actor->roles[i].kind == QPP_ORG_AGENCY && (!post || actor->roles[i].post == post))
			return true;
	return false;
}

bool exception_reviewer(const struct qpp_actor *actor)
{
	return of_agency(actor, QPP_POST_REVIEWER);
}

bool exception_agency(const struct qpp_actor *actor)
{
	return of_agency(actor, QPP_POST_NONE);
}

static bool is_clinician(const struct qpp_actor *actor, struct qpp_str npi)
{
	for (size_t i = 0; npi.n && i < actor->n; i++)
		if (actor->roles[i].kind == QPP_ORG_CLINICIAN && qpp_str_eq(actor->roles[i].number, npi))
			return true;
	return false;
}

/* Staff Users of an APM entity see its applications; its Security Officials make them. */
static bool files_for(const struct qpp_actor *actor, const struct qpp_who *who)
{
	if (exception_official(actor, who->org_id) || is_clinician(actor, who->npi))
		return true;
	return who->entity != QPP_APM_ENTITY && has_post(actor, who->org_id, QPP_POST_STAFF);
}

struct exception_reader exception_reader_of(const struct qpp_excepting *x, const struct qpp_exception_row *row)
{
	const struct qpp_actor *actor = x->call.actor;
	struct exception_reader r = { .agency = exception_agency(actor), .files = files_for(actor, &row->who) };
	bool own = actor->account_id.n && qpp_str_eq(actor->account_id, row->account_id);
	bool theirs = r.files || has_post(actor, row->who.org_id, QPP_POST_STAFF);
	r.partial = own || theirs || qpp_actor_is_of(actor, row->who.org_id);
	r.sees = theirs || (r.agency && !qpp_str_is(row->state, "draft"));
	return r;
}

static enum qpp_code no_role(struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_FORBIDDEN, "you have no role that applies for this organization or clinician", (char *)NULL);
	qpp_err_hint(err, "ask one of its Security Officials for a role; for an APM entity only they apply", (char *)NULL);
	return QPP_FORBIDDEN;
}

static enum qpp_org_kind kind_of(enum qpp_entity e)
{
	switch (e) {
	case QPP_VIRTUAL_GROUP: return QPP_ORG_VIRTUAL_GROUP;
	case QPP_SUBGROUP: return QPP_ORG_SUBGROUP;
	case QPP_APM_ENTITY: return QPP_ORG_APM_ENTITY;
	default: return QPP_ORG_PRACTICE;
	}
}

enum qpp_code exception_subject(struct qpp_excepting *x, struct qpp_tx *tx, const struct qpp_exception_form *f, struct qpp_who *who,
                                struct qpp_err *err)
{
	struct qpp_org org;
	struct qpp_relation relation;
	*who = (struct qpp_who){ .py = f->py, .entity = f->level, .org_id = f->org_id };
	if (f->level == QPP_INDIVIDUAL)
		who->npi = f->npi;
	enum qpp_code code = qpp_store_org_get(tx, f->org_id, &org, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && (f->level == QPP_ENTITY_NONE || org.kind != kind_of(f->level))))
		return no_role(err);
	if (code != QPP_OK)
		return code;
	if (f->level == QPP_INDIVIDUAL) {
		code = qpp_store_relation_get(tx, f->py, org.id, f->npi, &relation, err);
		if (code == QPP_NOT_FOUND && files_for(x->call.actor, who)) {
			exception_fault(x->findings, QPP_ERROR, "identifierInvalid", "npi",
			                QPP_LIT("no clinician with this NPI bills through the practice in that year"),
			                QPP_LIT("the NPI of a clinician of the practice"), QPP_LIT(""));
			return qpp_fail(err, QPP_DATA, "no clinician with this NPI bills through the practice in that year", (char *)NULL);
		}
		if (code == QPP_NOT_FOUND)
			return no_role(err);
	}
	if (code == QPP_OK && !files_for(x->call.actor, who))
		return no_role(err);
	return code;
}
