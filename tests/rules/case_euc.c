/* Cases on the automatic policy for extreme circumstances: a place given, the answer and what would decide it expected. */
#include "case_run.h"
#include "qpp/euc.h"

/* The code and the digits as the reader of facts makes them. */
static void place(struct case_run *r, struct qpp_location *at)
{
	struct qpp_str state = case_word(r, "state"), zip = case_word(r, "zip");
	at->given = true;
	at->state = qpp_str_of(qpp_state_code(qpp_state_of(state)));
	at->county = case_word(r, "county");
	if (state.n && !at->state.n)
		case_says(r, "there is no state ", qpp_str_dup(r->arena, state).p, (char *)NULL);
	if (zip.n && !qpp_zip_of(zip, &at->zip))
		case_says(r, "there is no ZIP code ", qpp_str_dup(r->arena, zip).p, (char *)NULL);
}

enum qpp_code case_ask_euc(struct case_run *r)
{
	struct qpp_location at = { 0 };
	struct qpp_euc answer;
	struct qpp_str level = case_word(r, "level");
	place(r, &at);
	if (r->says.n)
		return QPP_USAGE;
	enum qpp_code code =
	    qpp_euc_at(&r->request, &at, level.n ? qpp_entity_of(level) : QPP_INDIVIDUAL, &answer, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "automatic_euc", qpp_str_of(qpp_euc_answer_name(answer.answer)));
	if (answer.why.unknown.n)
		case_answer(r, "unknown", answer.why.unknown.v[0].fact);
	return code;
}
