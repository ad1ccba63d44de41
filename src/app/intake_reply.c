/*
 * What is written back to who sent an election: a receipt, or what is missing in
 * numbered plain words and how to mend it. Nothing that came with the message is
 * repeated to somebody who is not known here, so that nobody can have us write
 * for them; TINs are never written whole.
 */
#include <string.h>

#include "app/eastern.h"
#include "app/intake.h"
#include "app/receipt.h"

enum { WIDTH = 76, TEXT_MOST = 60000, MOST_POINTS = 60 };

struct writing {
	struct qpp_arena *a;
	struct qpp_buf b;
	const struct qpp_intake_answer *x;
	int64_t points;
};

static const struct {
	const char *code, *says, *mend;
} mends[] = {
#define X(code, says, mend) { code, says, mend },
#include "app/intake_mends.def"
#undef X
};

/* A paragraph, broken between words; further lines stand in by `in`. */
static void wrap(struct writing *w, struct qpp_str text, size_t in)
{
	size_t column = 0;
	struct qpp_str word;
	while (qpp_str_word(&text, &word)) {
		if (column && column + 1 + word.n > WIDTH) {
			qpp_buf_char(&w->b, '\n');
			for (size_t i = 0; i < in; i++)
				qpp_buf_char(&w->b, ' ');
			column = in;
		} else if (column) {
			qpp_buf_char(&w->b, ' ');
			column++;
		}
		qpp_buf_str(&w->b, word);
		column += word.n;
	}
	qpp_buf_char(&w->b, '\n');
}

static void say(struct writing *w, struct qpp_str text)
{
	if (w->b.n)
		qpp_buf_char(&w->b, '\n');
	wrap(w, text, 0);
}

#define SAY(w, ...) say(w, qpp_str_cat((w)->a, __VA_ARGS__, (char *)NULL))

static void point(struct writing *w, struct qpp_str says, struct qpp_str mend)
{
	enum { INDENT = 4 };
	if (++w->points > MOST_POINTS)
		return;
	if (w->points == 1)
		qpp_buf_char(&w->b, '\n');
	wrap(w, qpp_str_cat(w->a, qpp_i64_text(w->a, w->points).p, ". ", qpp_str_dup(w->a, says).p, mend.n ? " " : "",
	                    qpp_str_dup(w->a, mend).p, (char *)NULL), INDENT);
}

static struct qpp_str moment(struct writing *w, qpp_time t)
{
	return w->x->zone ? qpp_eastern_exact(w->a, w->x->zone, t) : qpp_time_text(w->a, t);
}

/* A finding in plain words; with its own when they may be repeated. */
static void tell(struct writing *w, const struct qpp_finding *f, bool known)
{
	struct qpp_str says = f->message, mend = f->hint;
	for (size_t i = 0; i < sizeof mends / sizeof *mends; i++)
		if (qpp_str_is(f->code, mends[i].code)) {
			mend = qpp_str_of(mends[i].mend);
			if (!known)
				says = qpp_str_of(mends[i].says);
		}
	if (known) {
		bool of_practice = qpp_str_starts(f->subject, "practice");
		/* What a line says is worth repeating, the words of our files are not. */
		bool shown = f->value.n && !qpp_str_is(f->value, "false") && !qpp_str_is(f->value, "true");
		says = qpp_str_cat(w->a, of_practice ? "For " : "", of_practice ? qpp_str_dup(w->a, f->subject).p : "", of_practice ? ": " : "",
		                   qpp_str_dup(w->a, f->message).p, shown ? " (" : "",
		                   shown ? qpp_str_dup(w->a, f->value).p : "", shown ? ")" : "", ".", (char *)NULL);
		says = qpp_intake_masked(w->a, says);
	}
	point(w, says, mend);
}

static void tell_points(struct writing *w, bool known)
{
	const struct qpp_intake_answer *x = w->x;
	const char *last = "";
	for (size_t i = 0; i < x->reading->doubts.n; i++) {
		const struct qpp_doubt *d = &x->reading->doubts.v[i];
		if (d->kind == QPP_DOUBT_QUESTION)
			point(w, known ? d->says : QPP_LIT("Something in the message has more than one reading."), d->mend);
	}
	for (size_t i = 0; x->findings && i < x->findings->list.n; i++) {
		const struct qpp_finding *f = &x->findings->list.v[i];
		/* In general words, the same fault of several practices is said once. */
		if (f->severity != QPP_ERROR || (!known && qpp_str_is(f->code, last)))
			continue;
		last = qpp_str_dup(w->a, f->code).p;
		tell(w, f, known);
	}
	if (w->points > MOST_POINTS)
		SAY(w, "There are ", qpp_i64_text(w->a, w->points - MOST_POINTS).p, " more points of this kind.");
}

static void tell_notes(struct writing *w)
{
	for (size_t i = 0; i < w->x->reading->doubts.n; i++) {
		const struct qpp_doubt *d = &w->x->reading->doubts.v[i];
		if (d->kind == QPP_DOUBT_NOTE)
			SAY(w, "Note: ", qpp_str_dup(w->a, d->says).p, " ", qpp_str_dup(w->a, d->mend).p);
	}
}

static void tell_receipt(struct writing *w)
{
	const struct qpp_receipt *r = w->x->receipt;
	if (!r)
		return;
	SAY(w, "Your receipt, which proves what was received and when (qpp receipt verify reads it):");
	qpp_buf_char(&w->b, '\n');
	qpp_buf_str(&w->b, qpp_receipt_json(w->a, r));
	if (w->b.n && w->b.p[w->b.n - 1] != '\n')
		qpp_buf_char(&w->b, '\n');
}

static const char *year_words(struct writing *w)
{
	return w->x->py.v ? qpp_str_cat(w->a, " for performance year ", qpp_i64_text(w->a, w->x->py.v).p, (char *)NULL).p : "";
}

static void portal(struct writing *w, const char *what)
{
	if (w->x->address.n)
		SAY(w, what, " ", qpp_str_dup(w->a, w->x->address).p, "/virtual-groups");
}

static void count(struct writing *w, size_t n, const char *one, const char *many)
{
	qpp_buf_cat(&w->b, qpp_i64_text(w->a, (int64_t)n).p, " ", n == 1 ? one : many, (char *)NULL);
}

static void filed(struct writing *w)
{
	const struct qpp_election *e = &w->x->reading->election;
	size_t clinicians = 0;
	for (size_t i = 0; i < e->n_practices; i++)
		clinicians += e->practices[i].n_clinicians;
	SAY(w, "Your election of a virtual group", year_words(w), " was received on ", moment(w, w->x->received).p,
	    " and is filed. It holds the elements that the rule asks for (42 CFR 414.1315(c)(2)).");
	qpp_buf_cat(&w->b, "\nIn it: ", (char *)NULL);
	count(w, e->n_practices, "practice", "practices");
	qpp_buf_cat(&w->b, ", ", (char *)NULL);
	count(w, clinicians, "clinician", "clinicians");
	qpp_buf_cat(&w->b, ".\n", (char *)NULL);
	if (w->x->replaced.n)
		SAY(w, "It takes the place of the election that you sent before.");
	SAY(w, "The agency now looks at eligibility and size; what it decides is told to you. Until the window closes you may send "
	    "the election again with changes: the last one counts.");
	portal(w, "See it here:");
	tell_notes(w);
	tell_receipt(w);
}

static void withdrawn(struct writing *w)
{
	SAY(w, "Your message was received on ", moment(w, w->x->received).p, ". Your election of a virtual group", year_words(w),
	    " is withdrawn: it does not stand any more, and its practices are free.");
	SAY(w, "Until the window closes you may elect anew.");
	portal(w, "See it here:");
	tell_receipt(w);
}

static void returned(struct writing *w)
{
	if (w->x->reading->withdraws == QPP_YES) {
		SAY(w, "Your message was received on ", moment(w, w->x->received).p, ". The election", year_words(w),
		    " is not withdrawn, because of the following:");
		tell_points(w, true);
		tell_receipt(w);
		return;
	}
	SAY(w, "Your election of a virtual group", year_words(w), " was received on ", moment(w, w->x->received).p,
	    ". It is not filed yet, because of the following:");
	tell_points(w, true);
	SAY(w, "Please mend this and send the whole election again, from the same address and while the window is open. What counts is the "
	    "moment at which the complete one arrives.");
	portal(w, "Or enter it here, where each point is checked while you type:");
	tell_notes(w);
	tell_receipt(w);
}

static void unverified(struct writing *w)
{
	SAY(w, "A message with an election of a virtual group", year_words(w), " came from this address on ", moment(w, w->x->received).p,
	    ". It is kept, but it is not filed: the address could not be matched with the account of a Security Official of one of "
	    "the practices in it.");
	SAY(w, "If it was you: sign in with your account and file the election there, or send it again from the address of that account, "
	    "while the window is open. If it was not you, there is nothing to do.");
	portal(w, "Sign in here:");
	if (w->x->reading->questions || (w->x->findings && w->x->findings->errors)) {
		SAY(w, "The message itself would also need this to be mended:");
		tell_points(w, false);
	}
	tell_receipt(w);
}

static void other(struct writing *w)
{
	SAY(w, "Your message came to the address for elections of virtual groups, but no election was found in it. Nobody reads what is sent "
	    "here.");
	SAY(w, "An election names the performance year, acknowledges the agreement, names the representative, and lists every practice "
	    "with its name, its TIN and all its NPIs.");
	portal(w, "It can be entered here:");
}

static const char *subject_of(enum qpp_intake_outcome o)
{
	static const char *const subjects[QPP_INTAKE_OUTCOMES] = {
		[QPP_INTAKE_FILED] = "Received and filed: virtual group election",
		[QPP_INTAKE_WITHDRAWN] = "Withdrawn: virtual group election",
		[QPP_INTAKE_RETURNED] = "Not complete: virtual group election",
		[QPP_INTAKE_UNVERIFIED] = "To be confirmed: virtual group election",
		[QPP_INTAKE_OTHER] = "No election found in your message",
	};
	return subjects[o] ? subjects[o] : subjects[QPP_INTAKE_OTHER];
}

/*
 * What the sender's Message-ID is between its brackets, to be named by the answer; empty when it is none (RFC 5322, 3.6.4:
 * visible characters around one @), or could be a TIN: nothing of a stranger's message goes back that need not.
 */
static struct qpp_str id_answered(struct qpp_arena *a, struct qpp_str id)
{
	enum { MOST = 200 };
	size_t at = 0;
	if (id.n < 5 || id.n > MOST || id.p[0] != '<' || id.p[id.n - 1] != '>' || !qpp_str_eq(qpp_intake_masked(a, id), id))
		return QPP_LIT("");
	struct qpp_str in = { id.p + 1, id.n - 2 };
	for (size_t i = 0; i < in.n; i++) {
		if (in.p[i] <= ' ' || in.p[i] >= 0x7f || in.p[i] == '<' || in.p[i] == '>')
			return QPP_LIT("");
		at += in.p[i] == '@';
	}
	return at == 1 ? in : QPP_LIT("");
}

struct qpp_mail qpp_intake_reply(struct qpp_arena *a, const struct qpp_letter *letter, const struct qpp_intake_answer *x)
{
	struct writing w = { .a = a, .x = x };
	qpp_buf_init(&w.b, a, TEXT_MOST);
	switch (x->outcome) {
	case QPP_INTAKE_FILED: filed(&w); break;
	case QPP_INTAKE_WITHDRAWN: withdrawn(&w); break;
	case QPP_INTAKE_RETURNED: returned(&w); break;
	case QPP_INTAKE_UNVERIFIED: unverified(&w); break;
	default: other(&w); break;
	}
	SAY(&w, "This was written by a program. It never asks for a password or a code by mail.");
	return (struct qpp_mail){ .to = letter->from, .subject = qpp_str_of(subject_of(x->outcome)),
		                      .text = qpp_buf_done(&w.b), .html = QPP_LIT(""), .answers = id_answered(a, letter->message_id) };
}
