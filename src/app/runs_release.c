/*
 * Release: from an instant on, people see what a run made. A release is a row of
 * its own, so that it can be ordered ahead of time, and a record of the ledger.
 */
#include "app/runs_int.h"

#include "app/receipt.h"
#include "qpp/buf.h"

enum { MOST_RECORD = 4096 };

struct releasing {
	const struct qpp_release_order *order;
	struct qpp_release row;
};

static enum qpp_code may_be(struct qpp_tx *tx, const struct qpp_release_order *o, const struct qpp_scoring *run, struct qpp_err *err)
{
	struct qpp_scoring base = { 0 };
	struct qpp_release_rows rows = { 0 };
	enum qpp_phase phase = qpp_phase_of(run->phase);
	if (!qpp_str_is(run->state, "done"))
		return qpp_fail(err, QPP_CONFLICT, qpp_str_is(run->state, "dropped") ? "the score run was dropped" : "the score run is not done", (char *)NULL);
	enum qpp_code code = phase == QPP_PHASE_CORRECTED ? qpp_store_scoring_get(tx, run->base_id, &base, err) : QPP_OK;
	if (phase == QPP_PHASE_CORRECTED)
		phase = qpp_phase_of(base.phase);
	if (code == QPP_OK && o->factors && phase != QPP_PHASE_FINAL && phase != QPP_PHASE_CORRECTED)
		return qpp_fail(err, QPP_USAGE, "the score run has no payment adjustments", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_store_release_of(tx, run->id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		if (rows.v[i].factors == o->factors || rows.v[i].factors)
			code = qpp_fail(err, QPP_CONFLICT, "the score run is released already", (char *)NULL);
	return code;
}

static enum qpp_code record(struct qpp_tx *tx, struct qpp_release *r, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_receipt receipt;
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_RECORD);
	qpp_buf_cat(&b, "{\"performanceYear\":", qpp_i64_text(a, r->py.v).p, ",\"phase\":\"", qpp_str_dup(a, r->phase).p, "\",\"run\":\"",
	            qpp_str_dup(a, r->scoring_id).p, "\",\"at\":\"", qpp_time_text(a, r->at).p, "\",\"factors\":", r->factors ? "true" : "false",
	            ",\"by\":", (char *)NULL);
	qpp_runs_quote(&b, r->account_id);
	qpp_buf_cat(&b, ",\"reason\":", (char *)NULL);
	qpp_runs_quote(&b, r->reason);
	qpp_buf_char(&b, '}');
	const struct qpp_ledger_new n = { .at = qpp_tx_now(tx), .kind = QPP_LIT("release"), .keep = true, .body = qpp_buf_done(&b),
		                              .subject = qpp_str_cat(a, "run/", qpp_str_dup(a, r->scoring_id).p, (char *)NULL) };
	enum qpp_code code = qpp_store_ledger_append(tx, &n, &receipt, err);
	r->sequence = code == QPP_OK ? receipt.sequence : 0;
	return code;
}

static enum qpp_code release(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct releasing *x = request;
	const struct qpp_release_order *o = x->order;
	struct qpp_scoring run;
	qpp_time now = qpp_tx_now(tx);
	enum qpp_code code = qpp_store_scoring_get(tx, o->scoring_id, &run, err);
	if (code == QPP_OK)
		code = may_be(tx, o, &run, err);
	if (code == QPP_OK && o->at.us && o->at.us < now.us)
		code = qpp_fail(err, QPP_USAGE, "a release cannot be in the past", (char *)NULL);
	if (code != QPP_OK)
		return code;
	x->row = (struct qpp_release){ .py = run.py, .phase = run.phase, .scoring_id = run.id, .at = o->at.us ? o->at : now,
		                           .factors = o->factors, .reason = o->reason, .account_id = o->account_id, .scope = run.scope };
	code = record(tx, &x->row, err);
	return code == QPP_OK ? qpp_store_release_add(tx, &x->row, err) : code;
}

enum qpp_code qpp_release(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_release_order *o,
                          struct qpp_release *out, struct qpp_err *err)
{
	struct releasing x = { .order = o };
	if (!o->reason.n || !o->account_id.n)
		return qpp_fail(err, QPP_USAGE, "a release needs a reason and somebody who orders it", (char *)NULL);
	enum qpp_code code = qpp_store_write(service->store, a, release, &x, err);
	*out = x.row;
	return code;
}

enum qpp_code qpp_released_of(struct qpp_tx *tx, qpp_py py, struct qpp_released *out, struct qpp_err *err)
{
	struct qpp_release_rows rows = { 0 };
	struct qpp_slice slice = { 0 };
	enum qpp_code code;
	*out = (struct qpp_released){ 0 };
	do {
		code = qpp_store_release_list(tx, py, slice, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
			const struct qpp_release *r = &rows.v[i];
			if (qpp_phase_of(r->phase) == QPP_PHASE_SUBMISSION)
				continue;
			if (!out->scores.us || r->at.us < out->scores.us)
				out->scores = r->at;
			if (r->factors && (!out->factors.us || r->at.us < out->factors.us))
				out->factors = r->at;
		}
		slice.start += (int64_t)rows.n;
	} while (code == QPP_OK && rows.n == 1000);
	return code;
}
