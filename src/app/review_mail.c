/*
 * What the submitter is written: the receipt, and every step that somebody else
 * took. No score and no TIN stands in it: the reader signs in for those.
 */
#include "app/eastern.h"
#include "app/notices.h"
#include "app/review_int.h"

enum { MOST = 6, LONGEST_NOTE = 2000 };

struct words {
	struct qpp_arena *a;
	struct qpp_str v[MOST];
	size_t n;
};

#define SAY(w, ...) ((w)->v[(w)->n++] = qpp_str_cat((w)->a, __VA_ARGS__, (char *)NULL))

static const char *text(struct words *w, struct qpp_str s)
{
	return qpp_str_dup(w->a, s).p;
}

/* A note in a message: its beginning, where it is long; control characters but line ends become blanks. */
static const char *note(struct words *w, struct qpp_str s)
{
	size_t n = s.n;
	if (n > LONGEST_NOTE)
		for (n = LONGEST_NOTE; n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80;)
			n--;
	struct qpp_buf b;
	qpp_buf_init(&b, w->a, n + 100);
	for (size_t i = 0; i < n; i++)
		if (s.p[i] != '\r')
			qpp_buf_char(&b, (unsigned char)s.p[i] < ' ' && s.p[i] != '\n' ? ' ' : s.p[i]);
	if (n < s.n)
		qpp_buf_cat(&b, "... (the whole text shows when you sign in)", (char *)NULL);
	return qpp_buf_done(&b).p;
}

static enum qpp_code send(struct qpp_tx *tx, struct review_step *s, const char *subject, struct words *w, struct qpp_err *err)
{
	struct qpp_account account = { 0 };
	enum qpp_code code = qpp_store_account_get(tx, s->row.account_id, &account, err);
	if (code != QPP_OK && code != QPP_NOT_FOUND)
		return code;
	/* The address of the account is known to be theirs; the one in the form is only typed. */
	struct qpp_str to = qpp_mail_address(account.email) ? account.email : s->body.form.email;
	if (!qpp_mail_address(to))
		return QPP_OK;
	struct qpp_str whole = qpp_str_cat(w->a, subject, s->row.number.n ? ": request " : "", text(w, s->row.number), (char *)NULL);
	struct qpp_mail m = qpp_notice_say(w->a, s->body.form.name.n ? s->body.form.name : account.name, whole, w->v, w->n);
	m.to = to;
	return qpp_mail_queue(tx, &m, err);
}

enum qpp_code review_mail_filed(struct qpp_tx *tx, struct review_step *s, const struct qpp_receipt *receipt, struct qpp_err *err)
{
	struct words w = { .a = qpp_tx_arena(tx) };
	const struct qpp_zone *z = s->r->reviews->eastern;
	SAY(&w, "Your request for a targeted review for performance year ", qpp_i64_text(w.a, s->row.who.py.v).p, " arrived on ",
	    qpp_eastern_exact(w.a, z, s->row.filed).p, " and is kept.");
	SAY(&w, "Receipt number: ", text(&w, receipt->number), "\nSHA-256 of what you filed: ", text(&w, receipt->sha256));
	SAY(&w, "You can add documents, and withdraw it, until it is decided. If a question comes up, you get a message like this "
	        "one with a day to answer by.");
	return send(tx, s, "Your targeted review was filed", &w, err);
}

static void asked(struct words *w, const struct review_step *s)
{
	SAY(w, "To decide your request, the agency needs more information. It must arrive by ",
	    qpp_eastern_exact(w->a, s->r->reviews->eastern, s->row.due).p, ".");
	SAY(w, note(w, s->body.question));
	SAY(w, "Sign in, open Targeted Review and this request to answer and to add documents. Do not send them by mail.");
}

static void lapsed(struct words *w, const struct review_step *s)
{
	struct qpp_review_due due;
	struct qpp_err ignored;
	bool close = qpp_review_due(&s->rules, s->r->reviews->eastern, qpp_time_instant(s->row.asked), &due, &ignored) == QPP_OK && due.may_close;
	SAY(w, "The time to answer was over on ", qpp_eastern_exact(w->a, s->r->reviews->eastern, s->row.due).p,
	    ". Nothing had arrived.");
	SAY(w, close ? "The request may now be closed. You can file another one while the window is open."
	             : "The request is now decided on the information there is. You can still add documents until then.");
}

struct qpp_str qpp_review_ground_words(struct qpp_str ground)
{
	static const struct {
		const char *name, *words;
	} all[] = { { "notWarranted", "A change is not warranted" }, { "duplicate", "A duplicate of another request" },
		{ "untimely", "Not submitted in the period" }, { "outOfScope", "Outside the scope of targeted review" } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (qpp_str_is(ground, all[i].name))
			return qpp_str_of(all[i].words);
	return QPP_LIT("");
}

/* R-414.1385(a)(7): the submitter is told, with the ground of a denial and the reasons. */
static void decided(struct words *w, const struct review_step *s)
{
	bool approved = s->becomes == QPP_REVIEW_APPROVED;
	SAY(w, approved ? "Your request was approved." : "Your request was denied. The score and the factor stay as they were.");
	if (!approved)
		SAY(w, "Ground: ", text(w, qpp_review_ground_words(s->body.opinion.ground)), ".");
	SAY(w, note(w, s->body.opinion.reasons));
	if (approved)
		SAY(w, s->body.opinion.score_change ? "The score is computed anew with the correction, and released as a new version."
		                                    : "The correction does not change the score.");
	SAY(w, "The decision is final: there is no further review.");
}

enum qpp_code review_mail(struct qpp_tx *tx, struct review_step *s, struct qpp_err *err)
{
	struct words w = { .a = qpp_tx_arena(tx) };
	switch (s->act) {
	case QPP_REVIEW_ASSIGN:
		if (s->was != QPP_REVIEW_SUBMITTED)
			return QPP_OK;
		SAY(&w, "A reviewer has begun with your request.");
		return send(tx, s, "Your targeted review is in review", &w, err);
	case QPP_REVIEW_ASK:
		asked(&w, s);
		return send(tx, s, "A question about your targeted review", &w, err);
	case QPP_REVIEW_LAPSE:
		lapsed(&w, s);
		return send(tx, s, "The time to answer is over", &w, err);
	case QPP_REVIEW_ANSWER:
		SAY(&w, "Your answer has arrived on ", qpp_eastern_exact(w.a, s->r->reviews->eastern, s->r->at).p, ".");
		return send(tx, s, "Your answer was received", &w, err);
	case QPP_REVIEW_WITHDRAW:
		if (s->was == QPP_REVIEW_DRAFT)
			return QPP_OK;
		SAY(&w, "Your request was withdrawn. Nothing of it is decided.");
		return send(tx, s, "Your targeted review was withdrawn", &w, err);
	case QPP_REVIEW_CLOSE:
		SAY(&w, "Your request was closed because what was asked for did not arrive. You can file another one while the window is open.");
		return send(tx, s, "Your targeted review was closed", &w, err);
	case QPP_REVIEW_APPROVE:
	case QPP_REVIEW_DENY:
		decided(&w, s);
		return send(tx, s, "Your targeted review is decided", &w, err);
	default:
		return QPP_OK;
	}
}
