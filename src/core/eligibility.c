/*
 * 414.1305, 414.1310: who takes part. The exclusions are tested in the order of
 * 414.1310; the first that holds decides. A test that cannot be made for want of
 * a fact leaves its status possible and the next one is tried, so that a fact is
 * asked for only when it could change the answer. Who bills Medicare sees the
 * result before the year (first segment) and at its end (both).
 */
#include "eligibility_int.h"

const char *qpp_eligibility_status_name(enum qpp_eligibility_status s)
{
	static const char *const names[] = { "eligible", "eligibleOptedIn", "optInEligible", "exemptLowVolume",
		                                 "exemptNewlyEnrolled", "exemptQp", "exemptPartialQp", "ineligibleType", "undecided" };
	return s <= QPP_ELIGIBILITY_UNDECIDED ? names[s] : NULL;
}

const char *qpp_opt_in_name(enum qpp_opt_in o)
{
	static const char *const names[] = { NULL, "none", "optIn", "voluntary" };
	return o < QPP_OPT_INS ? names[o] : NULL;
}

static enum qpp_tri opposite(enum qpp_tri t)
{
	return t == QPP_UNKNOWN ? QPP_UNKNOWN : t == QPP_YES ? QPP_NO : QPP_YES;
}

/* R-414.1310(a), R-414.1305: only the types that the year lists. */
static enum qpp_tri wrong_type(struct qpp_eligibility_asking *q)
{
	if (!q->facts->has_type) {
		qpp_eligibility_unknown(q, "clinicianType", "whether the clinician is of a type that takes part");
		return QPP_UNKNOWN;
	}
	const char *name = qpp_clinician_type_name(q->facts->type);
	bool listed = qpp_row(q->c, QPP_T_eligible_types, QPP_KEYS({ QPP_C_eligible_types_type, qpp_str_of(name) })) != NULL;
	if (!listed)
		qpp_reason_add(q->c->arena, &q->out->why, "414.1305", "the year does not list the type ", name,
		               " among the MIPS eligible clinicians", (char *)NULL);
	return listed ? QPP_NO : QPP_YES;
}

/* R-414.1310(c): enrolled for the first time in the performance year. */
static enum qpp_tri newly_enrolled(struct qpp_eligibility_asking *q)
{
	qpp_day first;
	if (!q->facts->has_first_enrolled) {
		qpp_eligibility_unknown(q, "firstEnrolled", "whether the clinician enrolled in Medicare during the year");
		return QPP_UNKNOWN;
	}
	if (!qpp_day_of(q->c->rules->py.v, 1, 1, &first) || q->facts->first_enrolled.v < first.v)
		return QPP_NO;
	qpp_eligibility_reason(q, "414.1310(c)", "first enrolled in Medicare on or after January 1 of the performance year");
	return QPP_YES;
}

/* R-414.1310(b)(1)(i) */
static enum qpp_tri is_qp(struct qpp_eligibility_asking *q)
{
	if (q->facts->qp_status == QPP_QP_UNKNOWN) {
		qpp_eligibility_unknown(q, "qpStatus", "whether the clinician is excluded as a QP, or may choose as a partial QP");
		return QPP_UNKNOWN;
	}
	if (q->facts->qp_status != QPP_QP_FULL)
		return QPP_NO;
	qpp_eligibility_reason(q, "414.1310(b)(1)(i)", "a QP is excluded, in every practice the clinician bills under");
	return QPP_YES;
}

/* R-414.1310(b)(1)(ii) */
static enum qpp_tri stays_out_as_partial_qp(struct qpp_eligibility_asking *q)
{
	enum qpp_qp_status s = q->facts->qp_status;
	enum qpp_tri out = opposite(q->facts->partial_qp_elected);
	if (s == QPP_QP_NONE || s == QPP_QP_FULL)
		return QPP_NO;
	if (out == QPP_UNKNOWN)
		qpp_eligibility_unknown(q, "partialQpElected", "whether a partial QP takes part");
	if (s == QPP_QP_UNKNOWN)
		return out == QPP_NO ? QPP_NO : QPP_UNKNOWN;
	if (out == QPP_YES)
		qpp_eligibility_reason(q, "414.1310(b)(1)(ii)", "a partial QP who does not elect to take part is excluded");
	else if (out == QPP_NO)
		qpp_eligibility_reason(q, "414.1310(b)(1)(ii)", "a partial QP who elects to take part is included like everybody else");
	return out;
}

static void allow(struct qpp_eligibility_asking *q, enum qpp_eligibility_status s)
{
	q->out->possible |= UINT32_C(1) << s;
}

/* R-414.1310(b)(1)(iii), R-414.1310(b)(1)(iii)(A): some figures exceeded, and what was elected. */
static void between(struct qpp_eligibility_asking *q, bool certain)
{
	enum qpp_opt_in o = q->facts->opt_in;
	if (q->level == QPP_VIRTUAL_GROUP && qpp_param_yes(q->c, QPP_P_virtual_group_opts_in)) {
		allow(q, QPP_ELIGIBLE_OPTED_IN);
		qpp_eligibility_reason(q, "414.1310(b)(1)(iii)(A)", "the election of the virtual group opts its practices in");
		return;
	}
	if (o == QPP_OPT_IN_UNKNOWN)
		qpp_eligibility_unknown(q, "optIn", "whether the clinician or group opted in");
	if (o == QPP_OPT_IN_UNKNOWN || o == QPP_OPT_IN_ELECTED)
		allow(q, QPP_ELIGIBLE_OPTED_IN);
	if (o != QPP_OPT_IN_ELECTED)
		allow(q, QPP_OPT_IN_ELIGIBLE);
	if (!certain)
		return;
	if (o == QPP_OPT_IN_ELECTED)
		qpp_eligibility_reason(q, "414.1310(b)(1)(iii)", "at least one figure but not all is exceeded, and the election was to opt in");
	else if (o == QPP_OPT_IN_VOLUNTARY)
		qpp_eligibility_reason(q, "414.1310(b)(1)(iii)",
		       "at least one figure but not all is exceeded, and the election was to report for feedback only");
	else
		qpp_eligibility_reason(q, "414.1310(b)(1)(iii)", "at least one figure but not all is exceeded: opting in is possible");
}

/* R-414.1310(e): at the level that is asked about. */
static void judge_volume(struct qpp_eligibility_asking *q)
{
	struct qpp_volumes v = qpp_low_volume(q);
	bool certain = v.least == v.most;
	if (v.least == QPP_BELOW)
		allow(q, QPP_EXEMPT_LOW_VOLUME);
	if (v.most == QPP_ABOVE)
		allow(q, QPP_ELIGIBLE);
	if (v.least <= QPP_BETWEEN && v.most >= QPP_BETWEEN && qpp_param_yes(q->c, QPP_P_opt_in))
		between(q, certain);
	if (certain && v.least == QPP_BELOW)
		qpp_eligibility_reason(q, "414.1310(b)(1)(iii)", "the low-volume threshold is not exceeded");
	if (certain && v.most == QPP_ABOVE)
		qpp_eligibility_reason(q, "414.1310(a)", q->level == QPP_INDIVIDUAL ? "the clinician exceeds the low-volume threshold"
		                                                    : "the low-volume threshold is exceeded as one: all its clinicians "
		                                                      "who are not excluded themselves are in");
}

static const struct {
	enum qpp_tri (*test)(struct qpp_eligibility_asking *q);
	enum qpp_eligibility_status status;
} exclusions[] = {
	{ wrong_type, QPP_INELIGIBLE_TYPE },
	{ newly_enrolled, QPP_EXEMPT_NEWLY_ENROLLED },
	{ is_qp, QPP_EXEMPT_QP },
	{ stays_out_as_partial_qp, QPP_EXEMPT_PARTIAL_QP },
};

/* R-414.1310(d): of a group the clinician's own facts are asked only when they are told at all. */
static bool about_clinician(const struct qpp_eligibility_asking *q)
{
	const struct qpp_eligibility_facts *f = q->facts;
	return q->level == QPP_INDIVIDUAL || f->has_type || f->has_first_enrolled || f->qp_status != QPP_QP_UNKNOWN;
}

static void judge(struct qpp_eligibility_asking *q)
{
	for (size_t i = 0; i < sizeof exclusions / sizeof *exclusions && about_clinician(q); i++) {
		enum qpp_tri excluded = exclusions[i].test(q);
		if (excluded != QPP_NO)
			allow(q, exclusions[i].status);
		if (excluded == QPP_YES)
			return;
	}
	judge_volume(q);
}

/* The one status that is possible. Without a word there is no election yet (reading opt-in-not-told). */
static enum qpp_eligibility_status only(uint32_t possible)
{
	const uint32_t choice = UINT32_C(1) << QPP_OPT_IN_ELIGIBLE | UINT32_C(1) << QPP_ELIGIBLE_OPTED_IN;
	if (possible == choice)
		return QPP_OPT_IN_ELIGIBLE;
	for (int s = 0; s < QPP_ELIGIBILITY_STATUSES; s++)
		if (possible == UINT32_C(1) << s)
			return (enum qpp_eligibility_status)s;
	return QPP_ELIGIBILITY_UNDECIDED;
}

enum qpp_code qpp_eligibility_decide(const struct qpp_request *request, const struct qpp_eligibility_facts *facts,
                                     enum qpp_entity level, struct qpp_eligibility *out, struct qpp_err *err)
{
	struct qpp_calc c = { .rules = request->rules, .arena = request->arena };
	struct qpp_eligibility_asking q = { &c, facts, level, out };
	*out = (struct qpp_eligibility){ .status = QPP_ELIGIBILITY_UNDECIDED };
	if (level != QPP_INDIVIDUAL && level != QPP_GROUP && level != QPP_VIRTUAL_GROUP)
		return qpp_fail(err, QPP_USAGE, "eligibility is asked of an individual, a group or a virtual group", (char *)NULL);
	/* A year without rules refuses whatever is asked of it, and so does a virtual group before there were any. */
	(void)qpp_param_word(&c, level == QPP_VIRTUAL_GROUP ? QPP_P_virtual_group_opts_in : QPP_P_opt_in);
	if (c.code == QPP_OK) {
		judge(&q);
		qpp_special_statuses(&q);
	}
	out->status = only(out->possible);
	out->has_euc = facts->location.given;
	enum qpp_code code = qpp_calc_code(&c, err);
	return code != QPP_OK || !out->has_euc ? code : qpp_euc_at(request, &facts->location, level, &out->euc, err);
}
