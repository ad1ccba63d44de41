/*
 * Lists and single submissions as their readers may see them. A registry's list
 * has the submissions it has a part in, with its own sets only.
 */
#include "app/submissions.h"

#include "app/filing_int.h"

/* Sets that are not the asker's to see are left out. */
static enum qpp_code read_sets(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_seen_submission *x, struct qpp_err *err)
{
	struct qpp_set_row_rows rows;
	enum qpp_code code = qpp_store_set_of_submission(tx, x->row.id, (struct qpp_str){ NULL, 0 }, &rows, err);
	if (code != QPP_OK)
		return code;
	x->sets = QPP_NEW_ARRAY(call->arena, rows.n + 1, struct qpp_filed_set);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		if (qpp_actor_reach(call->actor, &x->row.who, rows.v[i].submitter_id) == QPP_REACH_NONE)
			continue;
		code = qpp_filed_read(call->service, call->arena, &rows.v[i], &x->row.who, &x->sets[x->n_sets], err);
		x->n_sets++;
	}
	return code;
}

/* Its organization, and the TIN as the asker may see it. */
static enum qpp_code read_org(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_seen_submission *x, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_org_get(tx, x->row.who.org_id, &x->org, err);
	if (code != QPP_OK || (x->row.who.entity != QPP_INDIVIDUAL && x->row.who.entity != QPP_GROUP))
		return code;
	x->tin = x->org.tin_masked;
	if (qpp_actor_is_of(call->actor, x->row.who.org_id))
		code = qpp_store_org_tin(tx, x->row.who.org_id, &x->tin, err);
	return code;
}

static enum qpp_code see(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_seen_submission *x, struct qpp_err *err)
{
	enum qpp_code code = read_org(tx, call, x, err);
	return code == QPP_OK ? read_sets(tx, call, x, err) : code;
}

/* Whether the asker sees it at all: as the organization, or by a set of its own, or as a registry that is let in. */
static bool in_sight(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_submission *x)
{
	const struct qpp_actor_role *registry = qpp_actor_registry(call);
	if (x->n_sets || qpp_actor_reach(call->actor, &x->row.who, QPP_LIT("")) != QPP_REACH_NONE)
		return true;
	if (!registry || (call->actor->token_py.v && call->actor->token_py.v != x->row.who.py.v))
		return false;
	return qpp_registry_let_in(tx, call->service, &x->row.who, registry->org_id);
}

/* Which organization a list is of: the one named, else the only one there is. */
static const struct qpp_actor_role *acting_role(const struct qpp_call *call, struct qpp_err *err)
{
	const struct qpp_actor *actor = call->actor;
	for (size_t i = 0; i < actor->n; i++)
		if (call->acting.n && qpp_str_eq(actor->roles[i].org_id, call->acting))
			return &actor->roles[i];
	if (actor->n == 1)
		return &actor->roles[0];
	if (!actor->n)
		(void)qpp_fail(err, QPP_FORBIDDEN, "you have no role in an organization yet", (char *)NULL);
	else
		(void)qpp_fail(err, QPP_USAGE, "you have roles in several organizations", (char *)NULL);
	if (actor->n)
		qpp_err_hint(err, "name one in the header organization-id", (char *)NULL);
	return NULL;
}

/* The organization that the asker names by TIN or id; `*none` when there is no such one. */
static enum qpp_code named_org(struct qpp_tx *tx, const struct qpp_submission_ask *ask, struct qpp_org *org, bool *none,
                               struct qpp_err *err)
{
	enum qpp_code code = QPP_NOT_FOUND;
	static const enum qpp_org_kind kinds[] = { QPP_ORG_VIRTUAL_GROUP, QPP_ORG_SUBGROUP, QPP_ORG_APM_ENTITY };
	if (ask->tin.n)
		code = qpp_store_org_by_tin(tx, ask->tin, org, err);
	for (size_t i = 0; !ask->tin.n && code == QPP_NOT_FOUND && i < sizeof kinds / sizeof *kinds; i++)
		code = qpp_store_org_by_number(tx, kinds[i], ask->entity_id, org, err);
	*none = code == QPP_NOT_FOUND;
	return *none ? QPP_OK : code;
}

static enum qpp_code query_of(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_submission_ask *ask,
                              struct qpp_submission_query *q, bool *none, struct qpp_err *err)
{
	struct qpp_org org = { 0 };
	enum qpp_code code = QPP_OK;
	*q = (struct qpp_submission_query){ .py = ask->py, .entity = ask->entity, .npi = ask->npi };
	if (ask->tin.n || ask->entity_id.n)
		code = named_org(tx, ask, &org, none, err);
	if (code != QPP_OK || *none)
		return code;
	q->org_id = org.id;
	if (org.id.n && qpp_actor_is_of(call->actor, org.id))
		return QPP_OK;
	const struct qpp_actor_role *role = org.id.n ? qpp_actor_registry(call) : NULL;
	if (!role)
		role = acting_role(call, err);
	if (!role)
		return err ? err->code : QPP_USAGE;
	if (role->kind == QPP_ORG_REGISTRY) {
		q->submitter_id = role->org_id;
	} else if (role->kind == QPP_ORG_CLINICIAN) {
		*none = (q->npi.n && !qpp_str_eq(q->npi, role->number)) || (q->entity && q->entity != QPP_INDIVIDUAL);
		q->npi = role->number;
		q->entity = QPP_INDIVIDUAL;
	} else if (role->kind != QPP_ORG_AGENCY) {
		*none = q->org_id.n && !qpp_str_eq(q->org_id, role->org_id);
		q->org_id = role->org_id;
	}
	if (call->actor->token_py.v) {
		*none |= q->py.v && q->py.v != call->actor->token_py.v;
		q->py = call->actor->token_py;
	}
	return QPP_OK;
}

static enum qpp_code see_rows(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_submission_row_rows *rows,
                              struct qpp_seen_submissions *out, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	out->v = QPP_NEW_ARRAY(call->arena, rows->n + 1, struct qpp_seen_submission);
	for (size_t i = 0; code == QPP_OK && i < rows->n; i++) {
		out->v[out->n].row = rows->v[i];
		code = see(tx, call, &out->v[out->n], err);
		if (code == QPP_OK && in_sight(tx, call, &out->v[out->n]))
			out->n++;
		else
			out->v[out->n] = (struct qpp_seen_submission){ 0 };
	}
	return code;
}

static enum qpp_code list(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_submission_ask *ask,
                          struct qpp_slice slice, struct qpp_seen_submissions *out, struct qpp_err *err)
{
	struct qpp_submission_query q;
	struct qpp_submission_row_rows rows = { 0 };
	bool none = false;
	enum qpp_code code = query_of(tx, call, ask, &q, &none, err);
	*out = (struct qpp_seen_submissions){ 0 };
	slice.count = true;
	if (code == QPP_OK && !none)
		code = qpp_store_submission_list(tx, &q, slice, &rows, err);
	if (code != QPP_OK || none)
		return code;
	out->total = rows.total;
	/* A registry that has no set there yet still learns of the submission that it may file into. */
	if (!rows.total && q.submitter_id.n && q.org_id.n) {
		struct qpp_who who = { .py = q.py, .org_id = q.org_id };
		if (!q.py.v || !qpp_registry_let_in(tx, call->service, &who, q.submitter_id))
			return QPP_OK;
		q.submitter_id = QPP_LIT("");
		code = qpp_store_submission_list(tx, &q, slice, &rows, err);
		out->total = rows.total;
	}
	return code == QPP_OK ? see_rows(tx, call, &rows, out, err) : code;
}

enum qpp_code qpp_submissions_list(const struct qpp_call *call, const struct qpp_submission_ask *ask, struct qpp_slice slice,
                                   struct qpp_seen_submissions *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = list(tx, call, ask, slice, out, err);
	qpp_store_end(tx);
	return code;
}

static enum qpp_code see_one(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_str id, struct qpp_seen_submission *out,
                             struct qpp_err *err)
{
	*out = (struct qpp_seen_submission){ 0 };
	enum qpp_code code = qpp_store_submission_get(tx, id, &out->row, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "submission");
	if (code == QPP_OK)
		code = see(tx, call, out, err);
	if (code == QPP_OK && !in_sight(tx, call, out))
		return qpp_not_found(err, "submission");
	return code;
}

enum qpp_code qpp_submission_see(const struct qpp_call *call, struct qpp_str id, struct qpp_seen_submission *out,
                                 struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = see_one(tx, call, id, out, err);
	qpp_store_end(tx);
	return code;
}

static enum qpp_code set_see(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_str id, struct qpp_filed_set *out,
                             enum qpp_reach *reach, struct qpp_err *err)
{
	struct qpp_set_row row;
	struct qpp_submission_row submission;
	enum qpp_code code = qpp_store_set_get(tx, id, &row, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "measurement set");
	if (code == QPP_OK)
		code = qpp_store_submission_get(tx, row.submission_id, &submission, err);
	if (code != QPP_OK)
		return code;
	enum qpp_reach r = qpp_actor_reach(call->actor, &submission.who, row.submitter_id);
	if (reach)
		*reach = r;
	if (r == QPP_REACH_NONE)
		return qpp_not_found(err, "measurement set");
	return qpp_filed_read(call->service, call->arena, &row, &submission.who, out, err);
}

enum qpp_code qpp_set_see(const struct qpp_call *call, struct qpp_str id, struct qpp_filed_set *out, enum qpp_reach *reach,
                          struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = set_see(tx, call, id, out, reach, err);
	qpp_store_end(tx);
	return code;
}

/* Sets of one submitter over all its submissions: whose each is, is asked of its submission. */
static enum qpp_code sets_of_submitter(struct qpp_tx *tx, const struct qpp_call *call, struct qpp_str submitter_id, qpp_py py,
                                       struct qpp_slice slice, struct qpp_seen_sets *out, struct qpp_err *err)
{
	struct qpp_set_row_rows rows;
	slice.count = true;
	enum qpp_code code = qpp_store_set_of_submitter(tx, submitter_id, py, slice, &rows, err);
	if (code != QPP_OK)
		return code;
	out->v = QPP_NEW_ARRAY(call->arena, rows.n + 1, struct qpp_filed_set);
	out->total = rows.total;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_submission_row submission;
		code = qpp_store_submission_get(tx, rows.v[i].submission_id, &submission, err);
		if (code == QPP_OK)
			code = qpp_filed_read(call->service, call->arena, &rows.v[i], &submission.who, &out->v[out->n], err);
		out->n++;
	}
	return code;
}

/* Sets of what the asker sees, in the order of the submissions. */
static enum qpp_code sets_of_submissions(const struct qpp_seen_submission *v, size_t n, struct qpp_slice slice,
                                         struct qpp_arena *a, struct qpp_seen_sets *out)
{
	size_t all = 0;
	for (size_t i = 0; i < n; i++)
		all += v[i].n_sets;
	out->v = QPP_NEW_ARRAY(a, all + 1, struct qpp_filed_set);
	out->total = (int64_t)all;
	int64_t at = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].n_sets; k++, at++)
			if (at >= slice.start && at - slice.start < slice.most)
				out->v[out->n++] = v[i].sets[k];
	return QPP_OK;
}

enum qpp_code qpp_sets_list(const struct qpp_call *call, struct qpp_str submission_id, qpp_py py, struct qpp_slice slice,
                            struct qpp_seen_sets *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_seen_submission one;
	struct qpp_seen_submissions many;
	*out = (struct qpp_seen_sets){ 0 };
	if (submission_id.n) {
		enum qpp_code code = qpp_submission_see(call, submission_id, &one, err);
		return code == QPP_OK ? sets_of_submissions(&one, 1, slice, call->arena, out) : code;
	}
	if (!qpp_actor_registry(call)) {
		struct qpp_submission_ask ask = { .py = py };
		enum qpp_code code = qpp_submissions_list(call, &ask, (struct qpp_slice){ 0 }, &many, err);
		return code == QPP_OK ? sets_of_submissions(many.v, many.n, slice, call->arena, out) : code;
	}
	if (call->actor->token_py.v)
		py = call->actor->token_py;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = sets_of_submitter(tx, call, qpp_actor_registry(call)->org_id, py, slice, out, err);
	qpp_store_end(tx);
	return code;
}
