/*
 * Drafts of a submission, and the receipts of what became of them. Drafts are
 * one text beside the submission for each side that files into it: what a
 * registry prepares is not the practice's to see.
 */
#include "app/prospect.h"

struct draft_request {
	const struct qpp_call *call;
	struct qpp_fact_row row;
	qpp_draft_edit *edit;
	void *with;
};

static bool place_of(const struct qpp_call *call, const struct qpp_seen_submission *seen, struct qpp_fact_row *row)
{
	struct qpp_str submitter;
	if (!qpp_prospect_submitter(call, seen, &submitter))
		return false;
	*row = (struct qpp_fact_row){ .who = seen->row.who };
	row->topic = qpp_str_cat(call->arena, "drafts/", qpp_str_dup(call->arena, submitter).p, (char *)NULL);
	return true;
}

enum qpp_code qpp_drafts_get(const struct qpp_call *call, const struct qpp_seen_submission *seen, struct qpp_str *out,
                             struct qpp_err *err)
{
	struct qpp_fact_row place, row;
	struct qpp_tx *tx;
	*out = QPP_LIT("");
	if (!place_of(call, seen, &place))
		return QPP_OK;
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_fact_get(tx, &place.who, place.topic, &row, err);
	qpp_store_end(tx);
	if (code == QPP_OK)
		*out = row.body;
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

static enum qpp_code change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct draft_request *r = request;
	struct qpp_fact_row old;
	enum qpp_code code = qpp_store_fact_get(tx, &r->row.who, r->row.topic, &old, err);
	if (code != QPP_OK && code != QPP_NOT_FOUND)
		return code;
	r->row.version = 0;
	r->row.body = r->edit(r->call->arena, code == QPP_OK ? old.body : QPP_LIT(""), r->with);
	return qpp_store_fact_put(tx, &r->row, err);
}

enum qpp_code qpp_drafts_change(const struct qpp_call *call, const struct qpp_seen_submission *seen, qpp_draft_edit *edit,
                                void *with, struct qpp_err *err)
{
	struct draft_request r = { .call = call, .edit = edit, .with = with };
	if (!place_of(call, seen, &r.row))
		return qpp_not_found(err, "submission");
	if (call->actor->view_only)
		return qpp_fail(err, QPP_FORBIDDEN, "whoever looks as somebody else changes nothing", (char *)NULL);
	return qpp_store_write(call->service->store, call->arena, change, &r, err);
}

/* ---- receipts ---- */

static struct qpp_str subject_of(const struct qpp_call *call, const struct qpp_filed_set *set)
{
	return qpp_str_cat(call->arena, "measurement-set/", qpp_str_dup(call->arena, set->row.id).p, (char *)NULL);
}

static enum qpp_code collect(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_submission *seen,
                             struct qpp_seen_receipts *out, struct qpp_err *err)
{
	QPP_VEC(struct qpp_seen_receipt) all = { 0 };
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < seen->n_sets; i++) {
		struct qpp_ledger_number_rows rows = { 0 };
		code = qpp_store_ledger_of(tx, subject_of(call, &seen->sets[i]), (struct qpp_slice){ 0 }, &rows, err);
		for (size_t k = 0; code == QPP_OK && k < rows.n; k++)
			*QPP_PUSH(call->arena, &all) = (struct qpp_seen_receipt){ rows.v[k].sequence, rows.v[k].at, &seen->sets[i] };
	}
	*out = (struct qpp_seen_receipts){ all.v, all.n };
	return code;
}

static void in_order(struct qpp_seen_receipts *r)
{
	for (size_t i = 1; i < r->n; i++) {
		struct qpp_seen_receipt one = r->v[i];
		size_t k = i;
		for (; k && r->v[k - 1].sequence > one.sequence; k--)
			r->v[k] = r->v[k - 1];
		r->v[k] = one;
	}
}

enum qpp_code qpp_receipts_of(const struct qpp_call *call, const struct qpp_seen_submission *seen, struct qpp_seen_receipts *out,
                              struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_seen_receipts){ 0 };
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = collect(tx, call, seen, out, err);
	qpp_store_end(tx);
	in_order(out);
	return code;
}

enum qpp_code qpp_receipt_see(const struct qpp_call *call, const struct qpp_seen_submission *seen, int64_t sequence,
                              struct qpp_receipt *out, struct qpp_str *body, const struct qpp_filed_set **set, struct qpp_err *err)
{
	struct qpp_seen_receipts all;
	struct qpp_tx *tx;
	const struct qpp_seen_receipt *found = NULL;
	enum qpp_code code = qpp_receipts_of(call, seen, &all, err);
	for (size_t i = 0; code == QPP_OK && i < all.n; i++)
		if (all.v[i].sequence == sequence)
			found = &all.v[i];
	if (code == QPP_OK && !found)
		return qpp_not_found(err, "receipt");
	if (code == QPP_OK)
		code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	*set = found->set;
	code = qpp_store_ledger_receipt(tx, sequence, out, err);
	if (code == QPP_OK && qpp_store_ledger_body(tx, sequence, body, err) != QPP_OK)
		*body = QPP_LIT("");
	qpp_store_end(tx);
	return code;
}
