/*
 * 414.1315(a)(1), (c)(2): an e-mailed election becomes an election of the store,
 * whole or not at all. Judging and filing are one write, so that of two groups
 * that claim one TIN at the same moment one has it and the other is told.
 * The row holds parties by the keyed hash of their TIN.
 */
#include <jansson.h>
#include <string.h>

#include "app/intake.h"
#include "app/intake_file.h"
#include "app/vgroup_take.h"

enum { MOST_ELECTIONS = 1000 };

struct filing {
	const struct qpp_intake_filing *f;
	struct qpp_store *store;
	struct qpp_arena *a;
	struct qpp_findings *findings;
	struct qpp_intake_filed *out;
	struct qpp_once once;
	struct qpp_vgroup_row group;     /* that this one replaces; without a version: none */
};

static struct qpp_str hash_of(const struct filing *w, struct qpp_str tin)
{
	return qpp_store_token_hash(w->store, w->a, qpp_str_cat(w->a, "election-party ", qpp_str_dup(w->a, tin).p, (char *)NULL));
}

/* --- what stands already --- */

static bool names(const json_t *body, struct qpp_str hash)
{
	size_t i;
	json_t *party;
	json_array_foreach(json_object_get(body, "practices"), i, party) {
		const char *is = json_string_value(json_object_get(party, "hash"));
		if (is && qpp_str_is(hash, is))
			return true;
	}
	return false;
}

/* Whether an election of the sender's own that stands has one of the practices: it is replaced. */
static void look_at(struct filing *w, const struct qpp_election_row *row, const struct qpp_election_practice *v, size_t n)
{
	json_t *body = json_loadb(row->body.p, row->body.n, 0, NULL);
	const char *account = json_string_value(json_object_get(body, "account"));
	bool mine = account && qpp_str_is(w->f->account_id, account), shared = false;
	for (size_t i = 0; i < n; i++) {
		if (!v[i].tin.n || !names(body, hash_of(w, v[i].tin)))
			continue;
		shared = true;
	}
	json_decref(body);
	if (mine && shared)
		w->out->replaced = row->id;
}

/* A practice is in one virtual group a year, whichever way that was elected. */
static enum qpp_code look_up_holder(struct filing *w, struct qpp_tx *tx, struct qpp_election_practice *p, struct qpp_str org_id, struct qpp_err *err)
{
	struct qpp_vgroup_row own = { 0 };
	struct qpp_str holder;
	enum qpp_code code = qpp_vgroup_holder(tx, w->f->election->py, org_id, w->f->account_id, QPP_LIT(""), &holder, &own, err);
	if (code == QPP_OK && own.version)
		w->group = own;
	else if (code == QPP_OK && holder.n)
		p->in_other_virtual_group = QPP_YES;
	return code;
}

/* What is known of a practice, whatever the message says of it. */
static enum qpp_code know(struct filing *w, struct qpp_tx *tx, struct qpp_election_practice *p, struct qpp_err *err)
{
	const struct qpp_service service = { .store = w->store, .years = w->f->years };
	struct qpp_org org;
	enum qpp_code code = qpp_store_org_by_tin(tx, p->tin, &org, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code == QPP_OK)
		code = look_up_holder(w, tx, p, org.id, err);
	if (code != QPP_OK)
		return code;
	struct qpp_vgroup_row own = w->group;
	own.py = w->f->election->py;
	return qpp_vgroup_know(&service, tx, &own, org.id, p, err);
}

static enum qpp_code judge(struct filing *w, struct qpp_tx *tx, bool *accepted, struct qpp_err *err)
{
	struct qpp_election e = *w->f->election;
	struct qpp_election_answer answer;
	struct qpp_election_row_rows rows;
	struct qpp_election_practice *v = QPP_NEW_ARRAY(w->a, e.n_practices + 1, struct qpp_election_practice);
	enum qpp_code code = qpp_store_election_list(tx, e.py, QPP_LIT("virtualGroup"), QPP_LIT(""), QPP_LIT("received"),
	                                             (struct qpp_slice){ .most = MOST_ELECTIONS }, &rows, err);
	if (e.n_practices)
		memcpy(v, e.practices, e.n_practices * sizeof *v);
	for (size_t i = 0; code == QPP_OK && i < e.n_practices; i++)
		code = know(w, tx, &v[i], err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < rows.n; i++)
		look_at(w, &rows.v[i], v, e.n_practices);
	/* What nobody here knows to be in another group is in none that is here. */
	for (size_t i = 0; i < e.n_practices; i++)
		if (v[i].in_other_virtual_group == QPP_UNKNOWN)
			v[i].in_other_virtual_group = QPP_NO;
	e.practices = v;
	e.has_submitted_at = true;
	e.submitted_at = w->f->judged;
	e.submitted_offset = 0;
	const struct qpp_request q = { .arena = w->a, .rules = w->f->rules, .findings = w->findings };
	code = qpp_election_check(&q, &e, &answer, err);
	*accepted = answer.accepted;
	return code;
}

/* --- the row --- */

static json_t *text(struct qpp_arena *a, struct qpp_str s)
{
	struct qpp_str masked = qpp_intake_masked(a, s);
	json_t *x = json_stringn(masked.n ? masked.p : "", masked.n);
	return x ? x : json_string("");
}

static struct qpp_str body_of(struct filing *w)
{
	const struct qpp_election *e = w->f->election;
	json_t *o = json_object(), *list = json_array(), *rep = json_object();
	json_object_set_new(o, "origin", json_string("email"));
	json_object_set_new(o, "sender", json_string(w->f->proved ? "authenticated" : "address"));
	json_object_set_new(o, "account", json_stringn(w->f->account_id.p, w->f->account_id.n));
	json_object_set_new(rep, "name", text(w->a, e->representative.name));
	json_object_set_new(rep, "email", text(w->a, e->representative.email));
	json_object_set_new(rep, "phone", text(w->a, e->representative.phone));
	json_object_set_new(rep, "address", text(w->a, e->representative.address));
	json_object_set_new(o, "representative", rep);
	for (size_t i = 0; i < e->n_practices; i++) {
		const struct qpp_election_practice *p = &e->practices[i];
		json_t *x = json_object(), *npis = json_array();
		struct qpp_str hash = hash_of(w, p->tin);
		json_object_set_new(x, "name", text(w->a, p->name));
		json_object_set_new(x, "tin", text(w->a, p->tin));
		json_object_set_new(x, "hash", json_stringn(hash.p, hash.n));
		for (size_t k = 0; k < p->n_clinicians; k++)
			json_array_append_new(npis, text(w->a, p->clinicians[k].npi));
		json_object_set_new(x, "npis", npis);
		json_array_append_new(list, x);
	}
	json_object_set_new(o, "practices", list);
	char *written = json_dumps(o, JSON_COMPACT);
	struct qpp_str out = qpp_str_dup(w->a, qpp_str_of(written));
	free(written);
	json_decref(o);
	return out;
}

static enum qpp_code replace(struct filing *w, struct qpp_tx *tx, struct qpp_err *err)
{
	struct qpp_election_row row;
	if (!w->out->replaced.n)
		return QPP_OK;
	enum qpp_code code = qpp_store_election_get(tx, w->out->replaced, &row, err);
	row.state = QPP_LIT("replaced");
	return code == QPP_OK ? qpp_store_election_put(tx, &row, err) : code;
}

/* It waits for a reviewer, beside those of the portal. */
static enum qpp_code wait_for_review(struct filing *w, struct qpp_tx *tx, int64_t sequence, struct qpp_err *err)
{
	w->group.account_id = w->f->account_id;
	w->group.filed = w->f->at;
	w->group.sequence = sequence;
	return qpp_vgroup_take(tx, &w->group, w->f->election, err);
}

static enum qpp_code change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct filing *w = request;
	struct qpp_election_row row = { .kind = QPP_LIT("virtualGroup"), .py = w->f->election->py, .org_id = QPP_LIT(""), .npi = QPP_LIT(""),
		                            .state = QPP_LIT("received") };
	struct qpp_receipt receipt;
	bool accepted = false;
	size_t most = w->findings->most;
	/* The store may run this again: what was found the first time is found anew. */
	qpp_findings_init(w->findings, w->a, most);
	*w->out = (struct qpp_intake_filed){ 0 };
	w->group = (struct qpp_vgroup_row){ 0 };
	enum qpp_code code = judge(w, tx, &accepted, err);
	if (code != QPP_OK)
		return code;
	/* Nothing is kept of what is refused, so that the same message may be judged again. */
	if (!accepted)
		return qpp_fail(err, QPP_DATA, "the election is not complete", (char *)NULL);
	row.body = body_of(w);
	code = replace(w, tx, err);
	if (code == QPP_OK)
		code = qpp_store_election_put(tx, &row, err);
	const struct qpp_ledger_new record = {
		.at = w->f->at, .kind = QPP_LIT("election"), .body = w->f->bytes, .keep = true,
		.subject = qpp_str_cat(w->a, "election/", qpp_str_dup(w->a, row.id).p, (char *)NULL),
	};
	if (code == QPP_OK)
		code = qpp_store_ledger_append(tx, &record, &receipt, err);
	if (code == QPP_OK)
		code = wait_for_review(w, tx, receipt.sequence, err);
	if (code != QPP_OK)
		return code;
	w->out->accepted = true;
	w->out->id = row.id;
	w->out->sequence = receipt.sequence;
	w->once.response = qpp_str_cat(w->a, qpp_str_dup(w->a, row.id).p, " ", qpp_i64_text(w->a, receipt.sequence).p, " ",
	                               qpp_str_dup(w->a, w->out->replaced).p, (char *)NULL);
	w->once.status = 1;
	return QPP_OK;
}

enum qpp_code qpp_intake_file(struct qpp_store *store, struct qpp_arena *a, const struct qpp_intake_filing *f,
                              struct qpp_findings *findings, struct qpp_intake_filed *out, struct qpp_err *err)
{
	struct filing w = { .f = f, .store = store, .a = a, .findings = findings, .out = out,
		                .once = { .scope = QPP_LIT("election-mail"), .key = f->key, .request_hash = f->key } };
	enum qpp_code code = qpp_store_write_once(store, a, &w.once, change, &w, err);
	if (code == QPP_DATA && findings->errors)
		return QPP_OK;
	if (code != QPP_OK || !w.once.replayed)
		return code;
	struct qpp_str rest = w.once.response, word;
	uint64_t n;
	*out = (struct qpp_intake_filed){ .replayed = true };
	if (qpp_str_word(&rest, &out->id) && qpp_str_word(&rest, &word) && qpp_str_u64(word, INT64_MAX, &n)) {
		out->accepted = true;
		out->sequence = (int64_t)n;
		(void)qpp_str_word(&rest, &out->replaced);
	}
	return QPP_OK;
}
