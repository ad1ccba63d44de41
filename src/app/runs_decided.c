/*
 * A decision about somebody becomes facts over those of the store, and new
 * versions of every score that they move: the subject's, and the TIN/NPIs whose
 * counting score it is or becomes. One transaction, so that nobody sees half of it.
 */
#include "app/provider.h"
#include "app/runs_int.h"

enum { MOST_FINDINGS = 50 };

struct deciding {
	const struct qpp_service *service;
	const struct qpp_decided *d;
	struct qpp_scoring row;
};

static enum qpp_code write_rows(struct qpp_tx *tx, struct qpp_piece *p, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < p->rows.n; i++)
		code = qpp_store_run_add(tx, &p->rows.v[i], err);
	return code;
}

/* A decision is handed over again when the first time's answer was lost. */
static enum qpp_code kept_before(struct qpp_tx *tx, const struct qpp_decided *d, struct qpp_str topic, bool *out, struct qpp_err *err)
{
	struct qpp_override_rows rows = { 0 };
	enum qpp_code code = qpp_store_override_of(tx, &d->who, (qpp_time){ -1 }, QPP_LIT(""), &rows, err);
	*out = false;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		*out |= qpp_str_eq(rows.v[i].decision_id, d->decision_id) && qpp_str_eq(rows.v[i].topic, topic);
	return code;
}

static enum qpp_code override(struct qpp_tx *tx, const struct qpp_decided *d, struct qpp_err *err)
{
	bool kept;
	struct qpp_str topic = d->topic.n ? d->topic : QPP_LIT("scoring");
	enum qpp_code code = kept_before(tx, d, topic, &kept, err);
	if (code != QPP_OK || kept)
		return code;
	struct qpp_override o = { .who = d->who, .topic = topic, .body = d->facts,
		                      .decision_id = d->decision_id, .reason = d->number, .account_id = d->account_id };
	return qpp_store_override_add(tx, &o, err);
}

/* Of the run that people see: its scaling holds. What it has no factors for, this has none for either. */
static struct qpp_scoring row_on(const struct deciding *x, const struct qpp_scoring *base)
{
	return (struct qpp_scoring){
		.py = x->d->who.py, .phase = QPP_LIT("corrected"), .state = QPP_LIT("running"), .scope = QPP_LIT("some"), .base_id = base->id,
		.name = x->d->number, .reason = x->d->number, .account_id = x->d->account_id, .scaling = QPP_LIT("frozen"),
		.scaling_factor = base->scaling_factor, .additional_scaling = base->additional_scaling, .rules_hash = base->rules_hash,
		.version = qpp_str_of(x->service->version), .overlay = base->overlay,
	};
}

static enum qpp_code score_again(struct qpp_tx *tx, struct deciding *x, struct qpp_err *err)
{
	struct qpp_runner *r = QPP_NEW(qpp_tx_arena(tx), struct qpp_runner);
	struct qpp_piece p = { .r = r, .arena = qpp_tx_arena(tx), .tx = tx };
	enum qpp_code code = qpp_store_scoring_put(tx, &x->row, err);
	if (code == QPP_OK)
		code = qpp_runner_make(p.arena, x->service, tx, &x->row, r, err);
	if (code != QPP_OK)
		return code;
	x->row.rules_hash = r->ruleset->hash;
	p.next = x->row;
	code = qpp_piece_level(&p, &x->d->who, err);
	if (code == QPP_OK)
		code = qpp_piece_touched(&p, &x->d->who, err);
	if (code == QPP_OK)
		code = write_rows(tx, &p, err);
	x->row = p.next;
	return code;
}

static enum qpp_code decide(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct deciding *x = request;
	struct qpp_scoring base;
	enum qpp_code code = override(tx, x->d, err);
	if (code == QPP_OK)
		code = qpp_run_current(tx, x->d->who.py, qpp_tx_now(tx), &base, err);
	x->row = (struct qpp_scoring){ .py = x->d->who.py };
	/* Before anything was released there is no version to correct: the next run knows of it. */
	if (code != QPP_OK || !base.id.n)
		return code;
	x->row = row_on(x, &base);
	code = score_again(tx, x, err);
	if (code == QPP_OK)
		code = qpp_run_finish(tx, &x->row, err);
	if (code == QPP_OK)
		code = qpp_store_scoring_put(tx, &x->row, err);
	if (code != QPP_OK || !(x->row.levels + x->row.pairs))
		return code;
	struct qpp_release release = { .py = x->row.py, .phase = x->row.phase, .scoring_id = x->row.id, .at = qpp_tx_now(tx),
		                           .reason = x->row.reason, .account_id = x->row.account_id, .scope = x->row.scope,
		                           .sequence = x->row.sequence };
	return qpp_store_release_add(tx, &release, err);
}

/* The facts are read once before they are kept: what cannot be read then would stop every run. */
enum qpp_code qpp_decided_check(struct qpp_arena *a, const struct qpp_decided *d, struct qpp_err *err)
{
	struct qpp_findings f;
	qpp_findings_init(&f, a, MOST_FINDINGS);
	if (!d->facts.n || !d->decision_id.n || !d->number.n)
		return qpp_fail(err, QPP_USAGE, "a decision that changes facts names them, itself and its request", (char *)NULL);
	bool eligibility = qpp_str_is(d->topic, "eligibility");
	bool read = eligibility ? qpp_eligibility_doc_read(a, d->facts, &f) != NULL : qpp_facts_doc_read(a, d->facts, &f) != NULL;
	if (read && !f.errors)
		return QPP_OK;
	(void)qpp_fail(err, QPP_DATA, "the facts of the decision cannot be read", (char *)NULL);
	if (f.list.n)
		qpp_err_detail(err, qpp_str_dup(a, f.list.v[0].message).p, (char *)NULL);
	return QPP_DATA;
}

enum qpp_code qpp_decided_apply(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_decided *d,
                                struct qpp_scoring *out, struct qpp_err *err)
{
	struct deciding x = { .service = service, .d = d };
	enum qpp_code code = qpp_decided_check(a, d, err);
	if (code == QPP_OK)
		code = qpp_store_write(service->store, a, decide, &x, err);
	*out = x.row;
	return code;
}
