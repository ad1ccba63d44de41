/*
 * Who may file, see and handle a request for review. A practice that is not
 * known and one in which the caller has no role are refused alike, so that
 * nobody finds out by asking who is there.
 */
#include "app/review_int.h"
#include "qpp/check.h"

enum { TIN_DIGITS = 9 };

enum qpp_code review_writes(const struct qpp_reviewing *r, struct qpp_err *err)
{
	if (r->call.actor->view_only)
		return qpp_fail(err, QPP_FORBIDDEN, "whoever looks as somebody else changes nothing", (char *)NULL);
	if (!r->call.actor->account_id.n)
		return qpp_fail(err, QPP_SIGNED_OUT, "a request for review is made by a person who is signed in", (char *)NULL);
	return QPP_OK;
}

bool review_has_post(const struct qpp_actor *actor, enum qpp_post post)
{
	for (size_t i = 0; i < actor->n; i++)
		if (actor->roles[i].kind == QPP_ORG_AGENCY && actor->roles[i].post == post)
			return true;
	return false;
}

bool review_of_agency(const struct qpp_actor *actor)
{
	for (size_t i = 0; i < actor->n; i++)
		if (actor->roles[i].kind == QPP_ORG_AGENCY)
			return true;
	return false;
}

enum qpp_code review_needs_post(const struct qpp_reviewing *r, enum qpp_post post, struct qpp_err *err)
{
	enum qpp_code code = review_writes(r, err);
	if (code == QPP_OK && !review_has_post(r->call.actor, post))
		code = qpp_fail(err, QPP_FORBIDDEN, "this is for ", post == QPP_POST_OPERATOR ? "an operator" : post == QPP_POST_REVIEWER
		                ? "a reviewer" : "a second reviewer", " of the agency", (char *)NULL);
	return code;
}

enum qpp_code review_write(struct qpp_reviewing *r, qpp_change *change, void *request, struct qpp_err *err)
{
	enum qpp_code code = review_writes(r, err);
	return code == QPP_OK ? qpp_store_write(r->reviews->service->store, r->call.arena, change, request, err) : code;
}

enum qpp_code review_write_as(struct qpp_reviewing *r, enum qpp_post post, qpp_change *change, void *request, struct qpp_err *err)
{
	enum qpp_code code = review_needs_post(r, post, err);
	return code == QPP_OK ? qpp_store_write(r->reviews->service->store, r->call.arena, change, request, err) : code;
}

struct qpp_str review_name_of(struct qpp_tx *tx, struct qpp_str account_id)
{
	struct qpp_account account = { 0 };
	struct qpp_err ignored;
	if (!account_id.n || qpp_store_account_get(tx, account_id, &account, &ignored) != QPP_OK)
		return QPP_LIT("");
	return account.name;
}

/* A person's own role of filing in an organization. */
static bool files_in(const struct qpp_actor *actor, struct qpp_str org_id)
{
	for (size_t i = 0; i < actor->n; i++) {
		const struct qpp_actor_role *x = &actor->roles[i];
		if (qpp_str_eq(x->org_id, org_id) && (x->post == QPP_POST_OFFICIAL || x->post == QPP_POST_STAFF))
			return true;
	}
	return false;
}

static bool is_clinician(const struct qpp_actor *actor, struct qpp_str npi)
{
	for (size_t i = 0; npi.n && i < actor->n; i++)
		if (actor->roles[i].kind == QPP_ORG_CLINICIAN && qpp_str_eq(actor->roles[i].number, npi))
			return true;
	return false;
}

/* The practice of a subgroup speaks for it. */
static bool files_in_practice_of(struct qpp_tx *tx, const struct qpp_actor *actor, const struct qpp_who *who)
{
	struct qpp_membership_rows rows = { 0 };
	struct qpp_err err;
	if (who->entity != QPP_SUBGROUP ||
	    qpp_store_membership_of_group(tx, who->py, who->org_id, (struct qpp_slice){ 0 }, &rows, &err) != QPP_OK)
		return false;
	for (size_t i = 0; i < rows.n; i++)
		if (files_in(actor, rows.v[i].org_id))
			return true;
	return false;
}

static bool bills_there(struct qpp_tx *tx, const struct qpp_who *who)
{
	struct qpp_relation relation;
	struct qpp_err err;
	return qpp_store_relation_get(tx, who->py, who->org_id, who->npi, &relation, &err) == QPP_OK;
}

static enum qpp_code no_role(struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_FORBIDDEN, "you have no role that files for this organization or clinician", (char *)NULL);
	qpp_err_hint(err, "ask one of its Security Officials for a role; a registry's people file as third party intermediary",
	             (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1385(a)(1)"));
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

/* A TIN as people type it, with a dash or blanks. */
static struct qpp_str plain(struct qpp_arena *a, struct qpp_str typed)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, typed.n + 1);
	for (size_t i = 0; i < typed.n; i++)
		if (typed.p[i] != '-' && typed.p[i] != ' ')
			qpp_buf_char(&b, typed.p[i]);
	return qpp_buf_done(&b);
}

static bool is_tin(struct qpp_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n == TIN_DIGITS;
}

static enum qpp_code by_number(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *form, enum qpp_org_kind kind,
                               struct qpp_org *org, struct qpp_err *err)
{
	struct qpp_str number = qpp_str_trim(form->number);
	if (kind != QPP_ORG_PRACTICE)
		return qpp_store_org_by_number(tx, kind, number, org, err);
	struct qpp_str tin = plain(r->call.arena, number);
	if (!is_tin(tin)) {
		review_fault(r, QPP_ERROR, "identifierInvalid", "number", "a TIN has nine digits", "nine digits");
		return review_refuse(r, err);
	}
	enum qpp_code code = qpp_store_org_by_tin(tx, tin, org, err);
	if (code != QPP_NOT_FOUND || form->as != QPP_REVIEW_AS_THIRD_PARTY || !qpp_actor_registry(&r->call))
		return code;
	*org = (struct qpp_org){ .kind = kind, .body = QPP_LIT("{}") };
	return qpp_store_org_put(tx, org, tin, err);
}

enum qpp_code review_subject(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *form, struct qpp_who *who,
                             struct qpp_err *err)
{
	struct qpp_org org;
	enum qpp_org_kind kind = kind_of(form->level);
	*who = (struct qpp_who){ .py = form->py, .entity = form->level };
	if (form->level == QPP_INDIVIDUAL)
		who->npi = qpp_str_trim(form->npi);
	if (who->npi.n && !qpp_npi_check_digit_ok(who->npi))
		review_fault(r, QPP_ERROR, "identifierInvalid", "npi", "this is no NPI: its last digit is not its check digit",
		             "ten digits, the last of them the check digit");
	else if (form->level == QPP_INDIVIDUAL && !who->npi.n)
		review_fault(r, QPP_ERROR, "memberMissing", "npi", "the NPI of the clinician is missing", "ten digits");
	if (!form->org_id.n && !form->number.n)
		review_fault(r, QPP_ERROR, "memberMissing", "number", "the organization is not named",
		             kind == QPP_ORG_PRACTICE ? "the TIN of the practice" : "its number");
	if (r->findings->errors)
		return review_refuse(r, err);
	enum qpp_code code = form->org_id.n ? qpp_store_org_get(tx, form->org_id, &org, err) : by_number(r, tx, form, kind, &org, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && org.kind != kind))
		return no_role(err);
	who->org_id = org.id;
	return code;
}

enum qpp_code review_may_file(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_form *form,
                              const struct qpp_who *who, struct qpp_str *acting, struct qpp_err *err)
{
	const struct qpp_actor *actor = r->call.actor;
	const struct qpp_actor_role *registry = qpp_actor_registry(&r->call);
	*acting = who->org_id;
	switch (form->as) {
	case QPP_REVIEW_AS_CLINICIAN:
		*acting = QPP_LIT("");
		return who->entity == QPP_INDIVIDUAL && is_clinician(actor, who->npi) && bills_there(tx, who) ? QPP_OK : no_role(err);
	case QPP_REVIEW_AS_THIRD_PARTY:
		if (!registry || (registry->post != QPP_POST_OFFICIAL && registry->post != QPP_POST_STAFF))
			return no_role(err);
		*acting = registry->org_id;
		return QPP_OK;
	case QPP_REVIEW_AS_STAFF:
	case QPP_REVIEW_AS_ENTITY:
		return files_in(actor, who->org_id) || files_in_practice_of(tx, actor, who) ? QPP_OK : no_role(err);
	default:
		return no_role(err);
	}
}

struct review_reader review_reader_of(struct qpp_reviewing *r, struct qpp_tx *tx, const struct qpp_review_row *row)
{
	const struct qpp_actor *actor = r->call.actor;
	bool draft = qpp_str_is(row->state, "draft");
	bool own = actor->account_id.n && qpp_str_eq(actor->account_id, row->account_id);
	struct review_reader x = { .agency = review_of_agency(actor) };
	x.of_subject = files_in(actor, row->who.org_id) || is_clinician(actor, row->who.npi) || files_in_practice_of(tx, actor, &row->who);
	/* Who lost the role of that side no longer speaks for it. */
	x.files = row->acting_id.n ? files_in(actor, row->acting_id) : own && is_clinician(actor, row->who.npi);
	if (qpp_str_eq(row->acting_id, row->who.org_id))
		x.files |= files_in_practice_of(tx, actor, &row->who);
	x.partial = own || x.of_subject || (row->acting_id.n && qpp_actor_is_of(actor, row->acting_id)) ||
	            qpp_actor_is_of(actor, row->who.org_id);
	x.sees = x.files || (!draft && (x.of_subject || x.agency));
	return x;
}
