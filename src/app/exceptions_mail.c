/* What the applicant is written. No TIN stands in it, and no score: the reader signs in for those. */
#include "app/eastern.h"
#include "app/exceptions_int.h"
#include "app/notices.h"

enum { MOST = 5 };

struct words {
	struct qpp_arena *a;
	struct qpp_str v[MOST];
	size_t n;
};
#define SAY(w, ...) ((w)->v[(w)->n++] = qpp_str_cat((w)->a, __VA_ARGS__, (char *)NULL))
#define C(s) (qpp_str_dup(w->a, (s)).p)

static const char *filed(struct words *w, const struct qpp_excepting *x, const struct qpp_exception_row *row, const struct qpp_receipt *receipt)
{
	SAY(w, "Your application for an exception for performance year ", qpp_i64_text(w->a, row->who.py.v).p, " arrived on ",
	    qpp_eastern_exact(w->a, x->zone, row->filed).p, " and is kept.");
	SAY(w, "Receipt number: ", C(receipt->number), "\nSHA-256 of what you filed: ", C(receipt->sha256));
	SAY(w, "You get another message when it is decided. Until then you can withdraw it. Data that are submitted for a category give "
	       "it its weight back, also when an exception is approved; for an APM entity they do not.");
	return "Your application for an exception was filed";
}

static const char *decided(struct words *w, const struct qpp_exception_row *row, const struct exception_body *b, bool approved)
{
	SAY(w, approved ? "Your application for an exception was approved." : "Your application for an exception was denied.");
	SAY(w, C(b->reason));
	if (approved && row->who.entity == QPP_APM_ENTITY)
		SAY(w, "All categories have no weight from now on, also where data are submitted.");
	else if (approved)
		SAY(w, "The categories have no weight from now on, as long as no data are submitted for them.");
	else
		SAY(w, "All categories count as before. Who believes that a score is wrong because of this can ask for a targeted review of "
		       "it after the scores are released.");
	return approved ? "Your exception is approved" : "Your application for an exception is denied";
}

enum qpp_code exception_mail(struct qpp_tx *tx, const struct qpp_excepting *x, const struct qpp_exception_row *row,
                             const struct exception_body *body, const struct qpp_receipt *receipt, struct qpp_err *err)
{
	struct words own = { .a = qpp_tx_arena(tx) }, *w = &own;
	struct qpp_account account = { 0 };
	const char *subject = "Your application for an exception was withdrawn";
	enum qpp_code code = qpp_store_account_get(tx, row->account_id, &account, err);
	if (code == QPP_NOT_FOUND || (code == QPP_OK && !qpp_mail_address(account.email)))
		return QPP_OK;
	if (code != QPP_OK)
		return code;
	if (qpp_str_is(row->state, "submitted"))
		subject = filed(w, x, row, receipt);
	else if (qpp_str_is(row->state, "withdrawn"))
		SAY(w, "Nothing of it is decided. While the window is open you can apply again.");
	else
		subject = decided(w, row, body, qpp_str_is(row->state, "approved"));
	struct qpp_str whole = qpp_str_cat(w->a, subject, row->number.n ? ": " : "", C(row->number), (char *)NULL);
	struct qpp_mail m = qpp_notice_say(w->a, account.name, whole, w->v, w->n);
	m.to = account.email;
	return qpp_mail_queue(tx, &m, err);
}
