/*
 * 414.1315(b): until the window closes an election can be withdrawn, here by the mail of whoever sent it. Withdrawing is one
 * write, and the same message again is answered as the first time.
 */
#include <jansson.h>
#include <string.h>

#include "app/intake_file.h"
#include "app/vgroup_take.h"

struct withdrawing {
	const struct qpp_intake_withdrawal *x;
	struct qpp_arena *a;
	struct qpp_intake_filed *out;
	struct qpp_once once;
};

static bool is_theirs(const struct withdrawing *w, struct qpp_str account_id)
{
	for (size_t i = 0; account_id.n && i < w->x->n_accounts; i++)
		if (qpp_str_eq(w->x->accounts[i], account_id))
			return true;
	return false;
}

/* The groups that stand in the room; how many in `*n`. */
static enum qpp_code let_groups_go(struct withdrawing *w, struct qpp_tx *tx, size_t *n, struct qpp_err *err)
{
	const struct qpp_vgroup_query q = { .py = w->x->py, .origin = QPP_LIT("mail"), .filed = true };
	struct qpp_vgroup_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_vgroup_list(tx, &q, (struct qpp_slice){ 0 }, &rows, err);
	*n = 0;
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_vgroup_row *row = &rows.v[i];
		bool stands = qpp_str_is(row->state, "received") || qpp_str_is(row->state, "returned") || qpp_str_is(row->state, "approved");
		if (!stands || !is_theirs(w, row->account_id))
			continue;
		code = qpp_vgroup_let_go(tx, row, err);
		++*n;
	}
	return code;
}

static bool is_of_them(const struct withdrawing *w, struct qpp_str body)
{
	json_t *o = json_loadb(body.p, body.n, 0, NULL);
	const char *account = json_string_value(json_object_get(o, "account"));
	bool theirs = account && is_theirs(w, qpp_str_of(account));
	json_decref(o);
	return theirs;
}

/* The elections behind them; the id of one in `*id`. */
static enum qpp_code let_elections_go(struct withdrawing *w, struct qpp_tx *tx, struct qpp_str *id, struct qpp_err *err)
{
	struct qpp_election_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_election_list(tx, w->x->py, QPP_LIT("virtualGroup"), QPP_LIT(""), QPP_LIT("received"), (struct qpp_slice){ 0 },
	                                             &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		if (!is_of_them(w, rows.v[i].body))
			continue;
		rows.v[i].state = QPP_LIT("withdrawn");
		*id = rows.v[i].id;
		code = qpp_store_election_put(tx, &rows.v[i], err);
	}
	return code;
}

static enum qpp_code change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct withdrawing *w = request;
	struct qpp_receipt receipt;
	struct qpp_str id = QPP_LIT("");
	size_t n;
	enum qpp_code code = let_groups_go(w, tx, &n, err);
	/* Nothing is kept of what is refused, so that the same message may be judged again. */
	if (code == QPP_OK && !n)
		return qpp_fail(err, QPP_NOT_FOUND, "nothing that this sender elected stands", (char *)NULL);
	if (code == QPP_OK)
		code = let_elections_go(w, tx, &id, err);
	const struct qpp_ledger_new record = { .at = w->x->at, .kind = QPP_LIT("withdrawal"), .body = w->x->bytes, .keep = true,
		.subject = qpp_str_cat(w->a, "election/", qpp_str_dup(w->a, id).p, (char *)NULL) };
	if (code == QPP_OK)
		code = qpp_store_ledger_append(tx, &record, &receipt, err);
	if (code != QPP_OK)
		return code;
	*w->out = (struct qpp_intake_filed){ .accepted = true, .id = qpp_str_dup(w->a, id), .sequence = receipt.sequence };
	w->once.response = qpp_i64_text(w->a, receipt.sequence);
	w->once.status = 1;
	return QPP_OK;
}

enum qpp_code qpp_intake_withdraw(struct qpp_store *store, struct qpp_arena *a, const struct qpp_intake_withdrawal *x,
                                  struct qpp_intake_filed *out, struct qpp_err *err)
{
	struct withdrawing w = { .x = x, .a = a, .out = out,
		                     .once = { .scope = QPP_LIT("withdrawal-mail"), .key = x->key, .request_hash = x->key } };
	uint64_t sequence;
	*out = (struct qpp_intake_filed){ 0 };
	enum qpp_code code = qpp_store_write_once(store, a, &w.once, change, &w, err);
	if (code != QPP_OK || !w.once.replayed)
		return code;
	if (!qpp_str_u64(w.once.response, INT64_MAX, &sequence))
		return qpp_fail(err, QPP_BUG, "a kept answer cannot be read", (char *)NULL);
	*out = (struct qpp_intake_filed){ .accepted = true, .replayed = true, .id = QPP_LIT(""), .sequence = (int64_t)sequence };
	return QPP_OK;
}
