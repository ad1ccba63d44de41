/*
 * The score of what was filed, and of what somebody thinks of filing: the sets
 * that the asker may see, scored under what is known (app/known.h).
 */
#include "app/known.h"

enum qpp_code qpp_submission_score(const struct qpp_call *call, struct qpp_str id, struct qpp_str program,
                                   const struct qpp_answer **out, struct qpp_err *err)
{
	static const struct qpp_known_how how = { .at = { -1 } };
	struct qpp_seen_submission x;
	struct qpp_known known;
	struct qpp_tx *tx;
	enum qpp_code code = qpp_submission_see(call, id, &x, err);
	if (code == QPP_OK)
		code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_known_facts(call->service, tx, &x.row.who, &how, &known, err);
	qpp_store_end(tx);
	if (code != QPP_OK)
		return code;
	struct qpp_submission *s = QPP_NEW(call->arena, struct qpp_submission);
	*s = qpp_known_together(call->arena, &x.row.who, x.sets, x.n_sets);
	return qpp_known_answer(call->service, call->arena, s, known.facts, &(struct qpp_known_ask){ .program = program, .trace = true },
	                        out, err);
}

enum qpp_code qpp_score_preview(const struct qpp_call *call, struct qpp_submission *s, struct qpp_str program,
                                const struct qpp_answer **out, struct qpp_err *err)
{
	return qpp_known_answer(call->service, call->arena, s, QPP_NEW(call->arena, struct qpp_facts),
	                        &(struct qpp_known_ask){ .program = program, .trace = true }, out, err);
}
