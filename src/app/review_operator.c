/* The operator moves the end of a window, or makes a special campaign: with a reason, in the ledger and the audit. */
#include "app/eastern.h"
#include "app/review_int.h"

enum { LONGEST_CAMPAIGN = 40 };

struct moving {
	struct qpp_reviewing *r;
	struct qpp_review_extension_row row;
};

static enum qpp_code put_down(struct qpp_tx *tx, struct moving *m, const char *action, struct qpp_err *err)
{
	struct qpp_receipt receipt;
	struct qpp_arena *a = qpp_tx_arena(tx);
	const char *year = qpp_i64_text(a, m->row.py.v).p;
	struct qpp_str subject = qpp_str_cat(a, "review-window/", year, m->row.campaign.n ? "/" : "", qpp_str_dup(a, m->row.campaign).p, (char *)NULL);
	struct qpp_ledger_new record = { .at = m->r->at, .kind = QPP_LIT("extension"), .body = m->row.reason, .keep = true, .subject = subject };
	struct qpp_audit audit = { .at = m->r->at, .account_id = m->r->call.actor->account_id, .action = qpp_str_of(action),
		                       .subject = subject, .outcome = qpp_code_http(QPP_OK) };
	enum qpp_code code = qpp_store_ledger_append(tx, &record, &receipt, err);
	m->row.account_id = audit.account_id;
	m->row.sequence = code == QPP_OK ? receipt.sequence : 0;
	if (code == QPP_OK)
		code = qpp_store_review_extension_add(tx, &m->row, err);
	return code == QPP_OK ? qpp_store_audit_add(tx, &audit, err) : code;
}

static enum qpp_code extend(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct moving *m = request;
	struct qpp_review_window w;
	struct qpp_review_campaign campaign;
	bool found = true;
	enum qpp_code code = QPP_OK;
	if (m->row.campaign.n)
		code = review_campaign(m->r, tx, m->row.py, m->row.campaign, &campaign, &found, err);
	if (code == QPP_OK && !found)
		return qpp_fail(err, QPP_NOT_FOUND, "the year has no such campaign", (char *)NULL);
	if (code == QPP_OK)
		code = review_window(m->r, tx, m->row.py, m->row.campaign, m->r->at, &w, err);
	if (code != QPP_OK)
		return code;
	if (w.closes.has && qpp_time_instant(m->row.closes).v <= w.closes.at.v) {
		review_fault(m->r, QPP_ERROR, "valueOutOfRange", "closes", "a window is only ever extended: this is not later than its end",
		             qpp_str_cat(m->r->call.arena, "later than ",
		                         qpp_eastern_exact(m->r->call.arena, m->r->reviews->eastern, qpp_time_of_instant(w.closes.at)).p,
		                         (char *)NULL).p);
		return review_refuse(m->r, err);
	}
	return put_down(tx, m, "review.extend", err);
}

enum qpp_code qpp_review_extend(struct qpp_reviewing *r, qpp_py py, struct qpp_str campaign, qpp_instant closes, struct qpp_str reason,
                                struct qpp_err *err)
{
	struct moving m = { r, { .py = py, .campaign = campaign, .closes = qpp_time_of_instant(closes), .reason = reason } };
	enum qpp_code code = review_needs_post(r, QPP_POST_OPERATOR, err);
	if (code != QPP_OK)
		return code;
	review_check_text(r, "reason", reason);
	code = review_refuse(r, err);
	return code == QPP_OK ? review_write_as(r, QPP_POST_OPERATOR, extend, &m, err) : code;
}

static enum qpp_code add_campaign(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct moving *m = request;
	struct qpp_review_reason reason;
	/* The name is that of a reason, and must not be another's. */
	enum qpp_code code = review_reason(m->r, tx, m->row.py, m->row.campaign, &reason, err);
	if (code == QPP_OK)
		return qpp_fail(err, QPP_DUPLICATE, "the year has a reason of this name already", (char *)NULL);
	return code == QPP_NOT_FOUND ? put_down(tx, m, "review.campaign", err) : code;
}

static void check_campaign(struct qpp_reviewing *r, const struct qpp_review_campaign *c)
{
	struct qpp_str rest = c->levels, word;
	if (!review_is_word(c->name) || c->name.n > LONGEST_CAMPAIGN)
		review_fault(r, QPP_ERROR, "valueUnknown", "name", "a campaign has one word of letters for a name", "at most 40 letters and digits");
	review_check_text(r, "says", c->says);
	if (!c->levels.n)
		review_fault(r, QPP_ERROR, "memberMissing", "levels", "it is not said who may ask", "levels between +");
	while (c->levels.n && qpp_str_cut(&rest, '+', &word))
		if (qpp_entity_of(word) == QPP_ENTITY_NONE)
			review_fault(r, QPP_ERROR, "valueUnknown", "levels", "there is no such level",
			             "individual, group, subgroup, virtualGroup, apmEntity");
	if (!c->closes.has || (c->opens.has && c->opens.at.v > c->closes.at.v))
		review_fault(r, QPP_ERROR, "valueOutOfRange", "closes", "the campaign ends before it begins, or never", "a later instant");
}

enum qpp_code qpp_review_campaign_add(struct qpp_reviewing *r, qpp_py py, const struct qpp_review_campaign *c, struct qpp_str reason,
                                      struct qpp_err *err)
{
	struct moving m = { r, { .py = py, .campaign = c->name, .levels = c->levels, .says = c->says, .reason = reason } };
	enum qpp_code code = review_needs_post(r, QPP_POST_OPERATOR, err);
	if (code != QPP_OK)
		return code;
	check_campaign(r, c);
	review_check_text(r, "reason", reason);
	m.row.opens = c->opens.has ? qpp_time_of_instant(c->opens.at) : (qpp_time){ 0 };
	m.row.closes = c->closes.has ? qpp_time_of_instant(c->closes.at) : (qpp_time){ 0 };
	code = review_refuse(r, err);
	return code == QPP_OK ? review_write_as(r, QPP_POST_OPERATOR, add_campaign, &m, err) : code;
}
