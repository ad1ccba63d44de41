/*
 * Who is written to when a correction is released: everyone whose score or
 * factor moved, once. Those who moved are gone through in the order of their
 * versions; an account that was told is remembered with the run.
 */
#include "app/correction.h"
#include "app/notices.h"

enum { ROWS_AT_ONCE = 100, ROLES_MOST = 1000 };

struct telling {
	struct qpp_str scoring_id;
	int64_t told;
	bool done;
};

static enum qpp_code write_to(struct qpp_tx *tx, struct telling *t, const struct qpp_scoring *run, struct qpp_str account_id,
                              const struct qpp_org *org, struct qpp_err *err)
{
	struct qpp_account account;
	bool first;
	enum qpp_code code = qpp_store_account_get(tx, account_id, &account, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code == QPP_OK && (!qpp_mail_address(account.email) || qpp_str_is(account.state, "disabled")))
		return QPP_OK;
	if (code == QPP_OK)
		code = qpp_store_told(tx, t->scoring_id, account_id, &first, err);
	if (code != QPP_OK || !first)
		return code;
	struct qpp_mail mail = qpp_notice_corrected(qpp_tx_arena(tx), account.name, org->name, run->py, run->name, run->reason);
	mail.to = account.email;
	t->told++;
	return qpp_mail_queue(tx, &mail, err);
}

/* The Security Officials of a practice; of a clinician's own page everybody who has it. */
static enum qpp_code write_to_people(struct qpp_tx *tx, struct telling *t, const struct qpp_scoring *run, const struct qpp_org *of,
                                     const struct qpp_org *about, struct qpp_err *err)
{
	struct qpp_role_row_rows roles = { 0 };
	enum qpp_code code = qpp_store_role_of_org(tx, of->id, QPP_POST_ACTIVE, (struct qpp_slice){ .most = ROLES_MOST }, &roles, err);
	for (size_t i = 0; code == QPP_OK && i < roles.n; i++)
		if (of->kind == QPP_ORG_CLINICIAN || roles.v[i].post == QPP_POST_OFFICIAL)
			code = write_to(tx, t, run, roles.v[i].account_id, about, err);
	return code;
}

static enum qpp_code tell_of(struct qpp_tx *tx, struct telling *t, const struct qpp_scoring *run, const struct qpp_run *row,
                             struct qpp_err *err)
{
	struct qpp_org practice, own;
	bool score = !qpp_str_eq(row->final_score, row->old_score), factor = !qpp_str_eq(row->factor, row->old_factor);
	if (!score && !factor)
		return QPP_OK;
	enum qpp_code code = qpp_store_org_get(tx, row->who.org_id, &practice, err);
	if (code == QPP_OK)
		code = write_to_people(tx, t, run, &practice, &practice, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_org_by_number(tx, QPP_ORG_CLINICIAN, row->who.npi, &own, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	return code == QPP_OK ? write_to_people(tx, t, run, &own, &practice, err) : code;
}

static enum qpp_code must_be_seen(struct qpp_tx *tx, const struct qpp_scoring *run, struct qpp_err *err)
{
	struct qpp_release_rows rows = { 0 };
	enum qpp_code code = qpp_store_release_of(tx, run->id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		if (rows.v[i].at.us <= qpp_tx_now(tx).us)
			return QPP_OK;
	return code == QPP_OK ? qpp_fail(err, QPP_CONFLICT, "the correction is not released: nobody can see yet what they are told of", (char *)NULL)
	                      : code;
}

static enum qpp_code tell_some(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct telling *t = request;
	struct qpp_scoring run;
	struct qpp_run_rows rows = { 0 };
	t->told = 0;
	t->done = false;
	enum qpp_code code = qpp_store_scoring_get(tx, t->scoring_id, &run, err);
	if (code == QPP_OK)
		code = must_be_seen(tx, &run, err);
	if (code == QPP_OK)
		code = qpp_store_run_of_scoring(tx, run.id, QPP_LIT("pair"), run.cursor, ROWS_AT_ONCE, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		code = tell_of(tx, t, &run, &rows.v[i], err);
	t->done = rows.n < ROWS_AT_ONCE;
	if (code != QPP_OK || !rows.n)
		return code;
	/* The run is done: its cursor now says who was told. */
	run.cursor = rows.v[rows.n - 1].id;
	run.told += t->told;
	return qpp_store_scoring_put(tx, &run, err);
}

enum qpp_code qpp_correction_notices(const struct qpp_service *service, struct qpp_str scoring_id, int64_t most, int64_t *told,
                                     bool *done, struct qpp_err *err)
{
	struct telling t = { .scoring_id = scoring_id };
	enum qpp_code code = QPP_OK;
	*told = 0;
	for (int64_t i = 0; code == QPP_OK && !t.done && (!most || i < most); i++) {
		struct qpp_arena scratch = QPP_ARENA_INIT;
		code = qpp_store_write(service->store, &scratch, tell_some, &t, err);
		if (code == QPP_OK)
			*told += t.told;
		qpp_arena_close(&scratch);
	}
	*done = code == QPP_OK && t.done;
	return code;
}
