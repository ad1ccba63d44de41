/* Eligibility and QP status as text: the status in a sentence, then why, then what is not known. */
#include "adapt/text/eligibility.h"

#include "adapt/text/why.h"
#include "adapt/text/wrap.h"

enum { MOST_TEXT = 1 << 20 };

static const char *sentence(enum qpp_eligibility_status s)
{
	static const char *const sentences[] = {
		[QPP_ELIGIBLE] = "Eligible: takes part in MIPS",
		[QPP_ELIGIBLE_OPTED_IN] = "Eligible by opting in: takes part in MIPS",
		[QPP_OPT_IN_ELIGIBLE] = "Not required to take part, and may opt in",
		[QPP_EXEMPT_LOW_VOLUME] = "Exempt: at or below the low-volume threshold",
		[QPP_EXEMPT_NEWLY_ENROLLED] = "Exempt: newly enrolled in Medicare",
		[QPP_EXEMPT_QP] = "Exempt: a qualifying APM participant",
		[QPP_EXEMPT_PARTIAL_QP] = "Exempt: a partial QP without an election to take part",
		[QPP_INELIGIBLE_TYPE] = "Not of a type that takes part",
		[QPP_ELIGIBILITY_UNDECIDED] = "Not decided: facts are missing",
	};
	return sentences[s];
}

static const char *euc_sentence(enum qpp_euc_answer x)
{
	static const char *const sentences[QPP_EUC_ANSWERS] = {
		[QPP_EUC_UNKNOWN] = "not known whether it applies",
		[QPP_EUC_NO] = "does not apply",
		[QPP_EUC_POSSIBLE] = "possible",
		[QPP_EUC_YES] = "applies: every category is reweighted unless data are submitted for it",
	};
	return sentences[x];
}

struct qpp_str qpp_text_eligibility(struct qpp_arena *a, const struct qpp_eligibility *x)
{
	struct qpp_buf b;
	bool any = false;
	qpp_buf_init(&b, a, MOST_TEXT);
	qpp_buf_cat(&b, sentence(x->status), "\n", (char *)NULL);
	for (int s = 0; s < QPP_ELIGIBILITY_STATUSES && x->status == QPP_ELIGIBILITY_UNDECIDED; s++)
		if (x->possible & UINT32_C(1) << s)
			qpp_buf_cat(&b, "  possible: ", sentence((enum qpp_eligibility_status)s), "\n", (char *)NULL);
	qpp_buf_cat(&b, "Special statuses: ", (char *)NULL);
	for (int s = 0; s < QPP_SPECIALS; s++)
		if (x->specials & UINT32_C(1) << s) {
			qpp_buf_cat(&b, any ? ", " : "", qpp_special_name((enum qpp_special)s), (char *)NULL);
			any = true;
		}
	qpp_buf_cat(&b, any ? "\n" : "none\n", (char *)NULL);
	qpp_text_why(&b, &x->why);
	if (x->has_euc) {
		qpp_buf_char(&b, '\n');
		qpp_text_wrap(&b, 0, 2, qpp_str_cat(a, "Automatic policy for extreme and uncontrollable circumstances: ",
		                                    euc_sentence(x->euc.answer), (char *)NULL));
		qpp_text_why(&b, &x->euc.why);
	}
	return qpp_buf_done(&b);
}

struct qpp_str qpp_text_qp(struct qpp_arena *a, const struct qpp_qp *x)
{
	static const char *const sentences[QPP_QP_STATUSES] = {
		[QPP_QP_UNKNOWN] = "Not decided: figures are missing",
		[QPP_QP_NONE] = "Neither a QP nor a partial QP",
		[QPP_QP_PARTIAL] = "A partial QP: takes part in MIPS only by choice",
		[QPP_QP_FULL] = "A QP: excluded from MIPS",
	};
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	qpp_buf_cat(&b, sentences[x->status], "\n", (char *)NULL);
	if (x->incentive_percent.has)
		qpp_buf_cat(&b, "APM Incentive Payment: ", qpp_dec_text(a, x->incentive_percent.v, 2).p, " %\n", (char *)NULL);
	qpp_text_why(&b, &x->why);
	return qpp_buf_done(&b);
}
