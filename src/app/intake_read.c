/*
 * A letter read as an election: its text, the roster that is attached, and what
 * the two say of each other. intake.h is the manual.
 */
#include <string.h>

#include "app/intake_int.h"

static bool contains(struct qpp_str text, const char *low)
{
	size_t n = strlen(low);
	for (size_t i = 0; i + n <= text.n; i++) {
		size_t k = 0;
		while (k < n && (text.p[i + k] | (text.p[i + k] >= 'A' && text.p[i + k] <= 'Z' ? 0x20 : 0)) == low[k])
			k++;
		if (k == n)
			return true;
	}
	return false;
}

/* Dashes, blanks and digits of other alphabets as those of ASCII; what cannot be seen left out. */
static struct qpp_str plain_text(struct qpp_arena *a, struct qpp_str s)
{
	static const struct {
		const char *from, *to;
	} same[] = { { "\xc2\xa0", " " }, { "\xe2\x80\x90", "-" }, { "\xe2\x80\x91", "-" }, { "\xe2\x80\x92", "-" }, { "\xe2\x80\x93", "-" },
		         { "\xe2\x80\x94", "-" }, { "\xe2\x88\x92", "-" }, { "\xe2\x80\x8b", "" }, { "\xe2\x80\x8c", "" }, { "\xe2\x80\x8d", "" },
		         { "\xef\xbb\xbf", "" }, { "\xc2\xad", "" }, { "\xef\xbc\x9a", ":" }, { "\xe2\x80\xa2", "*" }, { "\xe2\x80\xaf", " " } };
	enum { SAME = sizeof same / sizeof *same, WIDE = 3, DIGITS = 10 };
	struct qpp_buf b;
	qpp_buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n;) {
		size_t k = 0;
		if ((unsigned char)s.p[i] < 0x80) {
			if (s.p[i] != '\r')
				qpp_buf_char(&b, (s.p[i] < ' ' && s.p[i] != '\n' && s.p[i] != '\t') || s.p[i] == 0x7f ? ' ' : s.p[i]);
			i++;
			continue;
		}
		while (k < SAME && (s.n - i < strlen(same[k].from) || memcmp(s.p + i, same[k].from, strlen(same[k].from)) != 0))
			k++;
		unsigned char last = s.n - i >= WIDE ? (unsigned char)s.p[i + 2] : 0;
		if (k < SAME) {
			qpp_buf_cat(&b, same[k].to, (char *)NULL);
			i += strlen(same[k].from);
		} else if (s.n - i >= WIDE && memcmp(s.p + i, "\xef\xbc", 2) == 0 && last >= 0x90 && last < 0x90 + DIGITS) {
			qpp_buf_char(&b, (char)('0' + (last - 0x90)));
			i += WIDE;
		} else {
			qpp_buf_char(&b, s.p[i++]);
		}
	}
	return qpp_buf_done(&b);
}

/* --- the roster of the file against that of the text --- */

static const struct qpp_intake_practice *practice_of(const struct qpp_intake_roster *r, struct qpp_str tin)
{
	for (size_t i = 0; tin.n && i < r->practices.n; i++)
		if (qpp_str_eq(r->practices.v[i].tin, tin))
			return &r->practices.v[i];
	return NULL;
}

static bool has_npi(const struct qpp_intake_practice *p, struct qpp_str npi)
{
	for (size_t i = 0; i < p->clinicians.n; i++)
		if (qpp_str_eq(p->clinicians.v[i].npi, npi))
			return true;
	return false;
}

/* Whoever stands in the text stands in the file: otherwise one of them is out of date. */
static void compare(struct qpp_intake_reader *r)
{
	for (size_t i = 0; i < r->text.practices.n; i++) {
		const struct qpp_intake_practice *p = &r->text.practices.v[i], *q = practice_of(&r->file, p->tin);
		struct qpp_str npi = { "", 0 };
		for (size_t k = 0; q && k < p->clinicians.n && !npi.n; k++)
			if (!has_npi(q, p->clinicians.v[k].npi))
				npi = p->clinicians.v[k].npi;
		if (!p->tin.n || (q && !npi.n))
			continue;
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "rosterDiffers",
			npi.n ? qpp_str_cat(r->a, "The NPI ", qpp_str_dup(r->a, npi).p, " stands under TIN ", qpp_str_dup(r->a, p->tin).p,
			                    " in the text, but not in the roster attached.", (char *)NULL)
			      : qpp_str_cat(r->a, "The TIN ", qpp_str_dup(r->a, p->tin).p, " stands in the text, but not in the roster attached.",
			                    (char *)NULL),
			QPP_LIT("Make both say the same, or leave the list out of the text."));
		return;
	}
}

static void take_roster(struct qpp_intake_reader *r)
{
	struct qpp_election *e = &r->out->election;
	const struct qpp_intake_roster *roster = r->file.practices.n ? &r->file : &r->text;
	struct qpp_election_practice *v = QPP_NEW_ARRAY(r->a, roster->practices.n + 1, struct qpp_election_practice);
	if (r->file.practices.n)
		compare(r);
	if (roster->too_many)
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "tooMany", QPP_LIT("The list of practices or NPIs is longer than can be read."),
		                 QPP_LIT("Write to us, so that we can take it in by hand."));
	for (size_t i = 0; i < roster->practices.n; i++) {
		const struct qpp_intake_practice *p = &roster->practices.v[i], *named = practice_of(&r->text, p->tin);
		v[i] = (struct qpp_election_practice){
			.name = p->name.n || !named ? p->name : named->name, .tin = p->tin, .in_other_virtual_group = p->other,
			.billing_npis = p->billing, .low_volume_criteria_exceeded = p->low_volume, .clinicians = p->clinicians.v,
			.n_clinicians = p->clinicians.n,
		};
	}
	e->practices = v;
	e->n_practices = roster->practices.n;
}

static void tell_unread(struct qpp_intake_reader *r, const struct qpp_letter *letter)
{
	for (size_t i = 0; i < letter->n_unread; i++)
		qpp_intake_doubt(r, QPP_DOUBT_NOTE, "notRead",
			qpp_str_cat(r->a, "The attachment \"", qpp_shown(r->a, letter->unread[i]).p, "\" was not read.", (char *)NULL),
			QPP_LIT("A roster can be read as a CSV file (.csv), or as lines of the message itself."));
	for (size_t i = 0; i < letter->n_doubts; i++)
		qpp_intake_doubt(r, QPP_DOUBT_QUESTION, "textUnclear", letter->doubts[i],
			QPP_LIT("Send it again as plain text in UTF-8."));
}

void qpp_intake_read(struct qpp_arena *a, const struct qpp_letter *letter, struct qpp_intake_reading *out)
{
	struct qpp_intake_reader r = { .a = a, .out = out };
	*out = (struct qpp_intake_reading){ 0 };
	struct qpp_str text = plain_text(a, letter->text), subject = plain_text(a, letter->subject);
	if (letter->roster.n)
		qpp_intake_csv(&r, plain_text(a, letter->roster));
	qpp_intake_lines(&r, text);
	if (!out->has_py) {
		qpp_intake_years(&r, subject);
		qpp_intake_years(&r, text);
	}
	if (!r.agreement_named)
		qpp_intake_agreement(&r, text, false);
	if (r.agreement_unclear && out->election.acknowledged != QPP_NO) {
		out->election.acknowledged = QPP_UNKNOWN;
		qpp_intake_doubt(&r, QPP_DOUBT_QUESTION, "agreementUnclear",
			QPP_LIT("It is not certain from the message that the agreement among the practices has been made."),
			QPP_LIT("When it has, write one line: Agreement: yes."));
	}
	take_roster(&r);
	bool words = contains(subject, "virtual group") || contains(text, "virtual group");
	out->is_election = letter->ours || (words && (out->election.n_practices > 0 || out->withdraws == QPP_YES || contains(subject, "elect") || contains(text, "elect"))) ||
	                   (letter->roster.n && r.file.practices.n > 1);
	if (!out->has_py)
		qpp_intake_doubt(&r, QPP_DOUBT_QUESTION, "yearMissing", QPP_LIT("The message does not say which performance year the election is for."),
		                 QPP_LIT("Write a line: Performance year: and the year, with four digits."));
	tell_unread(&r, letter);
}
