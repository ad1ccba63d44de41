/*
 * The reviewer's side: one person decides, who has nothing to do with the matter.
 * An approval is facts over those of the store from the same moment on.
 */
#include "app/exceptions_int.h"

enum { LONGEST_REASON = 2000, TIN_DIGITS = 9 };

bool exception_has_tin(struct qpp_str s)
{
	size_t digits = 0;
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (digits == TIN_DIGITS)
			return true;
		else if (i == s.n || s.p[i] != '-' || digits != 2)
			digits = 0;
	}
	return false;
}

struct decision {
	struct qpp_excepting *x;
	struct qpp_str id, reason;
	int64_t version;
	bool approve;
};

static enum qpp_code may_decide(const struct qpp_excepting *x, const struct qpp_exception_row *row, int64_t version, struct qpp_err *err)
{
	struct exception_reader reader = exception_reader_of(x, row);
	if (!reader.sees)
		return qpp_not_found(err, "application");
	if (reader.partial) {
		(void)qpp_fail(err, QPP_FORBIDDEN, "nobody decides an application that is the own one, or of an own organization", (char *)NULL);
		qpp_err_hint(err, "another reviewer takes it", (char *)NULL);
		return QPP_FORBIDDEN;
	}
	if (version && version != row->version)
		return qpp_fail(err, QPP_STALE, "the application has changed since it was read", (char *)NULL);
	if (qpp_str_is(row->state, "submitted"))
		return QPP_OK;
	(void)qpp_fail(err, QPP_CONFLICT, "only an application that waits is decided", (char *)NULL);
	qpp_err_detail(err, "it is: ", qpp_exception_state_title(qpp_exception_state_of(row->state)), (char *)NULL);
	return QPP_CONFLICT;
}

/* 414.1318(b): a subgroup has what its group has. */
static enum qpp_code apply_to_subgroups(struct qpp_tx *tx, struct qpp_override over, struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	struct qpp_org org;
	enum qpp_code code = qpp_store_membership_of_org(tx, over.who.py, over.who.org_id, QPP_LIT(""), &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		bool again = false;
		for (size_t k = 0; k < i; k++)
			again |= qpp_str_eq(rows.v[k].group_id, rows.v[i].group_id);
		if (again)
			continue;
		code = qpp_store_org_get(tx, rows.v[i].group_id, &org, err);
		if (code != QPP_OK || org.kind != QPP_ORG_SUBGROUP)
			continue;
		over.id = QPP_LIT("");
		over.who = (struct qpp_who){ .py = over.who.py, .entity = QPP_SUBGROUP, .org_id = org.id };
		code = qpp_store_override_add(tx, &over, err);
	}
	return code;
}

/* What scoring is told: the ground of the event, by category. */
static enum qpp_code apply(struct qpp_tx *tx, struct decision *d, const struct qpp_exception_row *row, struct qpp_str decision_id,
                           struct qpp_err *err)
{
	struct qpp_request rules;
	struct qpp_exception_event event;
	bool found;
	enum qpp_code code = exception_rules(d->x, row->who.py, &rules, err);
	if (code == QPP_OK)
		code = qpp_exception_event_find(&rules, qpp_exception_kind_of(row->kind), row->event, &event, &found, err);
	if (code != QPP_OK)
		return code;
	struct qpp_override over = {
		.topic = QPP_LIT("scoring"), .decision_id = decision_id, .reason = row->number,
		.body = exception_facts(qpp_tx_arena(tx), qpp_exception_categories(row->categories), event.ground),
		.account_id = d->x->call.actor->account_id
	};
	over.who = row->who;
	code = qpp_store_override_add(tx, &over, err);
	return code == QPP_OK && row->who.entity == QPP_GROUP ? apply_to_subgroups(tx, over, err) : code;
}

static enum qpp_code decide(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct decision *d = request;
	struct qpp_exception_row row;
	struct exception_body body;
	struct qpp_receipt receipt;
	struct qpp_account account = { 0 };
	struct qpp_err ignored;
	enum qpp_code code = qpp_store_exception_get(tx, d->id, &row, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "application");
	if (code == QPP_OK)
		code = may_decide(d->x, &row, d->version, err);
	if (code == QPP_OK)
		code = exception_body_read(qpp_tx_arena(tx), &row, &body, err);
	if (code != QPP_OK)
		return code;
	body.decided = true;
	body.by_id = d->x->call.actor->account_id;
	if (qpp_store_account_get(tx, body.by_id, &account, &ignored) == QPP_OK)
		body.by_name = account.name;
	body.reason = d->reason;
	row.state = qpp_str_of(qpp_exception_state_name(d->approve ? QPP_EXCEPTION_APPROVED : QPP_EXCEPTION_DENIED));
	row.decided = d->x->at;
	row.body = exception_body_text(qpp_tx_arena(tx), &body);
	code = exception_record(tx, d->x, &row, "decision", row.body, &receipt, err);
	struct qpp_decision made = { .request_id = row.id, .account_id = body.by_id, .outcome = row.state, .body = d->reason };
	if (code == QPP_OK) {
		made.sequence = receipt.sequence;
		code = qpp_store_decision_add(tx, &made, err);
	}
	if (code == QPP_OK)
		code = qpp_store_exception_put(tx, &row, err);
	if (code == QPP_OK && d->approve)
		code = apply(tx, d, &row, made.id, err);
	return code == QPP_OK ? exception_mail(tx, d->x, &row, &body, NULL, err) : code;
}

enum qpp_code qpp_exception_decide(struct qpp_excepting *x, struct qpp_str id, int64_t version, bool approve, struct qpp_str reason,
                                   struct qpp_err *err)
{
	struct decision d = { x, id, qpp_str_trim(reason), version, approve };
	enum qpp_code code = exception_writes(x, err);
	if (code == QPP_OK && !exception_reviewer(x->call.actor))
		code = qpp_fail(err, QPP_FORBIDDEN, "this is for a reviewer of the agency", (char *)NULL);
	if (code != QPP_OK)
		return code;
	if (!d.reason.n || d.reason.n > LONGEST_REASON) {
		exception_fault(x->findings, QPP_ERROR, d.reason.n ? "valueOutOfRange" : "memberMissing", "reason",
		                d.reason.n ? QPP_LIT("the text is too long") : QPP_LIT("the reason is missing: it goes out by mail"),
		                QPP_LIT("a sentence or more, at most 2,000 bytes"), QPP_LIT(""));
		return qpp_fail(err, QPP_DATA, "a decision needs its reason", (char *)NULL);
	}
	if (exception_has_tin(d.reason)) {
		exception_fault(x->findings, QPP_ERROR, "identifierInvalid", "reason", QPP_LIT("the text has nine digits in it that could be a TIN"),
		                QPP_LIT("the last four digits: the text goes out by mail"), QPP_LIT(""));
		return qpp_fail(err, QPP_DATA, "a reason goes out by mail and holds no TIN", (char *)NULL);
	}
	return qpp_store_write(x->call.service->store, x->call.arena, decide, &d, err);
}
