/* The model of /reviewer/election-letters: what came by mail, what became of it, and what was wrong with it. */
#include "adapt/portal/making_vgroup.h"

#include <jansson.h>
#include <string.h>

#include "adapt/portal/view.h"

/* The outcomes of app/intake.h by their names; the first is any. */
static const struct {
	const char *name, *words;
	enum qpp_tone tone;
} outcomes[] = {
	{ "", "All", QPP_TONE_PLAIN },
	{ "unverified", "Sender not verified", QPP_TONE_WARN },
	{ "returned", "Not complete", QPP_TONE_WARN },
	{ "filed", "Filed", QPP_TONE_GOOD },
	{ "withdrawn", "Withdrawn", QPP_TONE_PLAIN },
	{ "other", "No election", QPP_TONE_PLAIN },
	{ "silent", "Automatic, or unreadable", QPP_TONE_PLAIN },
};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

/* What a code of the message's line says to somebody who has not seen the message. */
static const char *says(const char *code)
{
	static const struct {
		const char *code, *says;
	} faults[] = {
#define X(code, says, mend) { code, says },
#include "app/intake_mends.def"
#undef X
		{ "yearMissing", "No performance year is named." }, { "yearUnclear", "The performance year cannot be read." },
		{ "twoYears", "Two performance years are named." }, { "npiWithoutTin", "An NPI stands under no TIN." },
		{ "twoNames", "A TIN stands with two names." }, { "numberUnclear", "A number may be an NPI or none." },
		{ "agreementUnclear", "It is not certain that the agreement is made." }, { "dayUnclear", "The day of the agreement cannot be read." },
		{ "nameUnclear", "A name may be a practice's or a clinician's." }, { "rosterDiffers", "The text and the roster attached differ." },
		{ "rosterBroken", "The roster attached cannot be read to its end." }, { "rosterHead", "The roster attached does not name its columns." },
		{ "countDiffers", "The number of practices or clinicians is another than those listed." },
		{ "twoValues", "Something is said twice, differently." },
		{ "nothingToWithdraw", "The sender has no election to withdraw." },
		{ "tooMany", "The list is longer than can be read." }, { "textUnclear", "The text cannot be read whole." },
		{ "notRead", "An attachment was not read." }, { "quotedNotRead", "Quoted lines were not read." },
	};
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (strcmp(faults[i].code, code) == 0)
			return faults[i].says;
	return code;
}

static qpp_texts wrong_with(struct qpp_arena *a, struct qpp_str body)
{
	size_t i;
	json_t *code, *o = json_loadb(body.p, body.n, 0, NULL), *codes = json_object_get(o, "codes");
	struct qpp_str *v = QPP_NEW_ARRAY(a, json_array_size(codes) + 1, struct qpp_str);
	qpp_texts out = { .v = v };
	json_array_foreach(codes, i, code) {
		struct qpp_str text = json_is_string(code) ? qpp_str_dup(a, qpp_str_of(says(json_string_value(code)))) : QPP_LIT("");
		bool again = !text.n;
		for (size_t k = 0; k < out.n; k++)
			again = again || qpp_str_eq(v[k], text);
		if (!again)
			v[out.n++] = text;
	}
	json_decref(o);
	return out;
}

static struct qpp_mark_words became(struct qpp_str outcome)
{
	for (size_t i = 1; i < OUTCOMES; i++)
		if (qpp_str_is(outcome, outcomes[i].name))
			return (struct qpp_mark_words){ qpp_str_of(outcomes[i].words), outcomes[i].tone };
	return (struct qpp_mark_words){ outcome, QPP_TONE_PLAIN };
}

static enum qpp_code make_counts(const struct qpp_call *call, struct qpp_election_letters *m, struct qpp_err *err)
{
	struct qpp_vgroup_count *v = QPP_NEW_ARRAY(call->arena, OUTCOMES, struct qpp_vgroup_count);
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < OUTCOMES; i++) {
		struct qpp_intake_row_rows rows;
		code = qpp_vgroup_letters_of(call, qpp_str_of(outcomes[i].name), (struct qpp_slice){ .most = 1 }, &rows, err);
		v[i] = (struct qpp_vgroup_count){ .words = qpp_str_of(outcomes[i].words), .n = rows.total, .now = qpp_str_is(m->outcome, outcomes[i].name),
			.href = CAT(call->arena, "/reviewer/election-letters?outcome=", outcomes[i].name) };
	}
	m->counts.v = v;
	m->counts.n = OUTCOMES;
	return code;
}

enum qpp_code making_election_letters(struct qpp_portal *p, const struct qpp_call *call, struct qpp_election_letters *m, struct qpp_err *err)
{
	enum { PAGE = 25 };
	struct qpp_arena *a = call->arena;
	struct qpp_intake_row_rows rows;
	enum qpp_code code = make_counts(call, m, err);
	m->page = PAGE;
	if (code == QPP_OK)
		code = qpp_vgroup_letters_of(call, m->outcome, (struct qpp_slice){ .start = m->start, .most = PAGE }, &rows, err);
	if (code != QPP_OK)
		return code;
	struct qpp_letter_line *v = QPP_NEW_ARRAY(a, rows.n + 1, struct qpp_letter_line);
	for (size_t i = 0; i < rows.n; i++) {
		const struct qpp_intake_row *x = &rows.v[i];
		v[i] = (struct qpp_letter_line){ .received = qpp_eastern(a, p->zone, x->received), .sender = x->sender, .answered = x->answered,
			.year = x->py.v ? qpp_i64_text(a, x->py.v) : QPP_LIT(""), .became = became(x->outcome), .wrong = wrong_with(a, x->body) };
	}
	m->lines.v = v;
	m->lines.n = rows.n;
	m->total = rows.total;
	return QPP_OK;
}
