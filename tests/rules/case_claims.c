/* Cases of a claim line: `paid` and `factor` given, what becomes of the payment expected. */
#include "case_run.h"
#include "qpp/claims.h"

static void amount(struct case_run *r, const char *name, qpp_cents *out)
{
	struct qpp_str text;
	*out = (qpp_cents){ 0 };
	if (case_given(r, name, &text) && !qpp_cents_parse(text, out))
		case_says(r, "the given `", name, "` is not an amount", (char *)NULL);
}

static bool yes(struct case_run *r, const char *name)
{
	enum qpp_tri value = QPP_YES;
	case_tri(r, name, &value);
	return value == QPP_YES;
}

static void answer_cents(struct case_run *r, const char *name, qpp_cents v)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 40);
	qpp_buf_cents(&b, v);
	case_answer(r, name, qpp_buf_done(&b));
}

static struct qpp_str codes_text(struct case_run *r, const struct qpp_claim_result *x)
{
	const struct qpp_claim_codes *c = &x->period->codes;
	struct qpp_buf b;
	if (!x->adjustment.v)
		return QPP_LIT("none");
	qpp_buf_init(&b, r->arena, 60);
	qpp_buf_str(&b, c->group);
	qpp_buf_char(&b, '-');
	qpp_buf_str(&b, c->carc);
	qpp_buf_char(&b, '-');
	qpp_buf_str(&b, c->rarc);
	return qpp_buf_done(&b);
}

/* Without a date the service is of the first day of the payment year. */
enum qpp_code case_ask_claims(struct case_run *r)
{
	struct qpp_claim_line line = { 0 };
	struct qpp_claim_result x;
	struct qpp_claims claims;
	struct qpp_number factor;
	struct qpp_str date;
	case_number(r, "factor", &factor);
	amount(r, "allowed", &line.allowed);
	amount(r, "deductible", &line.deductible);
	amount(r, "coinsurance", &line.coinsurance);
	amount(r, "paid", &line.paid);
	line.covered_professional_service = yes(r, "covered");
	line.assigned = yes(r, "assigned");
	(void)qpp_day_of(r->is->py + QPP_PAYMENT_YEARS_LATER, 1, 1, &line.date);
	if (case_given(r, "date", &date) && !qpp_day_parse(date, &line.date))
		case_says(r, "the given `date` is no day", (char *)NULL);
	if (!qpp_claim_amounts_agree(&line))
		case_says(r, "the amounts that are given do not agree", (char *)NULL);
	if (!factor.given || r->says.n)
		return QPP_USAGE;
	enum qpp_code code = qpp_claims_bind(r->arena, r->request.rules, factor.v, &claims, &r->err);
	if (code == QPP_OK)
		code = qpp_claim_adjust(&claims, &line, &x);
	if (code != QPP_OK)
		return code;
	answer_cents(r, "adjustment", x.adjustment);
	answer_cents(r, "after", x.after);
	answer_cents(r, "sequestration", x.sequestration);
	answer_cents(r, "net", x.net);
	case_answer(r, "codes", codes_text(r, &x));
	return QPP_OK;
}
