/*
 * Facts completed by where an individual practices (42 CFR
 * 414.1380(c)(2)(i)(A)(8)): what the list of counties says becomes grounds for
 * reweighting, which the scorer treats like those that were told. What was told
 * outranks what follows from the place.
 */
#include "app/answer.h"

#include "qpp/euc.h"

static bool has_ground(const struct qpp_facts *facts, enum qpp_category category)
{
	for (size_t i = 0; i < facts->n_reweight; i++)
		if (facts->reweight[i].category == category && facts->reweight[i].reason == QPP_AUTOMATIC_EUC)
			return true;
	return false;
}

/* The grounds that were told, and the automatic one of every category. */
static const struct qpp_reweight *with_all(struct qpp_arena *a, const struct qpp_facts *facts, size_t *n)
{
	struct qpp_reweight *v = QPP_NEW_ARRAY(a, facts->n_reweight + QPP_CATEGORIES, struct qpp_reweight);
	*n = 0;
	for (size_t i = 0; i < facts->n_reweight; i++)
		v[(*n)++] = facts->reweight[i];
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (!has_ground(facts, (enum qpp_category)k))
			v[(*n)++] = (struct qpp_reweight){ .category = (enum qpp_category)k, .reason = QPP_AUTOMATIC_EUC };
	return v;
}

static struct qpp_finding *say(const struct qpp_request *q, const struct qpp_facts *facts, enum qpp_severity severity,
                               const char *code, struct qpp_str message)
{
	struct qpp_finding *f = qpp_find(q->findings, severity, code, facts->location.where, message);
	f->subject = QPP_LIT("location");
	f->cite = QPP_LIT("414.1380(c)(2)(i)(A)(8)");
	return f;
}

static void applies(const struct qpp_request *q, struct qpp_facts *facts, struct qpp_str why)
{
	/* An empty list says that there is no ground at all. */
	if (facts->has_reweight && !facts->n_reweight) {
		say(q, facts, QPP_WARNING, "locationContradiction",
		    QPP_LIT("the county is under the automatic policy, and the facts say that nothing is reweighted; the facts hold"))
		    ->hint = QPP_LIT("leave reweight out for the policy to apply; where it was overlooked, ask for a targeted review");
		return;
	}
	size_t n;
	facts->reweight = with_all(q->arena, facts, &n);
	facts->n_reweight = n;
	facts->has_reweight = true;
	say(q, facts, QPP_INFORMATION, "automaticEuc", why)->hint =
	    QPP_LIT("every category is reweighted unless data are submitted for it; cost always");
}

static void is_open(const struct qpp_request *q, struct qpp_facts *facts, const struct qpp_euc *euc)
{
	struct qpp_finding *f = say(q, facts, QPP_WARNING, "locationUndecided", euc->why.list.v[0].text);
	if (!euc->why.unknown.n) {
		f->hint = QPP_LIT("where the policy was granted, say so in reweight with the reason automaticEuc");
		return;
	}
	f->expected = euc->why.unknown.v[0].fact;
	f->hint = QPP_LIT("give the state and the county of the practice");
	if (!facts->has_reweight || facts->n_reweight)
		facts->if_listed = with_all(q->arena, facts, &facts->n_if_listed);
}

static void applies_not(const struct qpp_request *q, const struct qpp_facts *facts, struct qpp_str why)
{
	bool told = false;
	for (int k = 0; k < QPP_CATEGORIES; k++)
		told |= has_ground(facts, (enum qpp_category)k);
	struct qpp_finding *f =
	    say(q, facts, told ? QPP_WARNING : QPP_INFORMATION, told ? "locationContradiction" : "automaticEuc", why);
	if (told)
		f->hint = QPP_LIT("the facts name the reason automaticEuc, and hold");
}

enum qpp_code qpp_answer_locate(const struct qpp_request *q, const struct qpp_submission *s, struct qpp_facts *facts,
                                struct qpp_err *err)
{
	struct qpp_euc euc;
	if (!facts->location.given)
		return QPP_OK;
	enum qpp_code code = qpp_euc_at(q, &facts->location, s->entity, &euc, err);
	if (code != QPP_OK)
		return code;
	if (euc.answer == QPP_EUC_YES)
		applies(q, facts, euc.why.list.v[0].text);
	else if (euc.answer == QPP_EUC_NO)
		applies_not(q, facts, euc.why.list.v[0].text);
	else
		is_open(q, facts, &euc);
	return QPP_OK;
}
