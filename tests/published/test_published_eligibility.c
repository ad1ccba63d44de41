/*
 * Published findings on who takes part, and QP status as it follows from the
 * text of 42 CFR 414.1430. Letters and numbers are those of our list of vectors:
 *
 *   V3  eligibility and special statuses (R-414.1305, R-414.1310(b)(1)(iii))
 *   V5  QP status (R-414.1430(a), R-414.1425(c)(3)(ii)) and the incentive (R-414.1450(b))
 *
 * "Above" and "below" of the list are told in figures here. What the list leaves
 * unsaid of a clinician (enrolled long ago, no QP, no election) is said.
 */
#include "published.h"

#include "qpp/eligibility.h"

static struct qpp_number count_of(const char *text)
{
	struct qpp_number n = given(text);
	n.given = text && *text;
	return n;
}

/* "90001/201/201"; "-" for a figure the year does not ask; NULL: nothing was billed. */
static struct qpp_billed billed(const char *text)
{
	struct qpp_billed b = { .billed = text != NULL };
	struct qpp_number *to[] = { &b.allowed_charges, &b.patients, &b.services };
	struct qpp_str rest = qpp_str_of(text), part;
	for (size_t i = 0; i < COUNT(to) && text && qpp_str_cut(&rest, '/', &part); i++)
		if (!qpp_str_is(part, "-"))
			to[i]->given = qpp_dec_parse(part, &to[i]->v);
	return b;
}

static struct qpp_eligibility_facts clinician(enum qpp_clinician_type type, const char *first, const char *second)
{
	struct qpp_eligibility_facts f = { .has_type = true, .type = type, .has_first_enrolled = true, .has_segments = true,
		                               .qp_status = QPP_QP_NONE, .opt_in = QPP_OPT_IN_NONE };
	assert_true(qpp_day_of(2010, 5, 1, &f.first_enrolled));
	f.segment[0] = billed(first);
	f.segment[1] = billed(second);
	return f;
}

static struct qpp_eligibility decide(int py, enum qpp_entity level, const struct qpp_eligibility_facts *f)
{
	struct qpp_request q = world_request(py);
	struct qpp_eligibility e;
	struct qpp_err err = { 0 };
	if (qpp_eligibility_decide(&q, f, level, &e, &err) != QPP_OK)
		fail_msg("PY %d: %s", py, err.primary);
	return e;
}

static const char *const above = "90001/201/201", *const below = "90000/200/200";
static const char *const det = "qpp.cms.gov, determination periods";

/* ---- V3 ---- */

static void eligibility__published_findings(void **unused)
{
	(void)unused;
	const struct {
		const char *id;
		int py;
		enum qpp_entity level;
		enum qpp_clinician_type type;
		const char *first, *second;
		enum qpp_qp_status qp;
		enum qpp_tri elected;
		enum qpp_opt_in opt_in;
		const char *expected, *source;
	} rows[] = {
		{ "E1", 2024, QPP_INDIVIDUAL, QPP_PHYSICIAN, above, above, QPP_QP_NONE, 0, QPP_OPT_IN_NONE, "eligible", det },
		{ "E3", 2024, QPP_INDIVIDUAL, QPP_PHYSICIAN, below, below, QPP_QP_NONE, 0, QPP_OPT_IN_NONE, "exemptLowVolume",
		  "\"or fewer\" is excluded" },
		{ "E4", 2024, QPP_INDIVIDUAL, QPP_PHYSICIAN, "95000/150/300", "95000/150/300", QPP_QP_NONE, 0, QPP_OPT_IN_NONE,
		  "optInEligible", "legalclarity.org; medisysinc.com" },
		{ "E5", 2020, QPP_INDIVIDUAL, QPP_PHYSICIAN, "95000/150/300", "95000/150/300", QPP_QP_NONE, 0, QPP_OPT_IN_ELECTED,
		  "eligibleOptedIn", "the agency's bulletin 2b28031; 414.1310" },
		{ "E6", 2018, QPP_INDIVIDUAL, QPP_PHYSICIAN, "95000/150/-", "95000/150/-", QPP_QP_NONE, 0, QPP_OPT_IN_NONE,
		  "exemptLowVolume", "paltc.org, 2018" },
		{ "E7", 2017, QPP_INDIVIDUAL, QPP_PHYSICIAN_ASSISTANT, "30001/101/-", "30001/101/-", QPP_QP_NONE, 0, QPP_OPT_IN_NONE,
		  "eligible", "mdinteractive.com" },
		{ "E12", 2022, QPP_INDIVIDUAL, QPP_CLINICAL_SOCIAL_WORKER, above, above, QPP_QP_NONE, 0, QPP_OPT_IN_NONE, "eligible",
		  "aao.org, who takes part in 2022" },
		{ "E13", 2018, QPP_INDIVIDUAL, QPP_PHYSICAL_THERAPIST, above, above, QPP_QP_NONE, 0, QPP_OPT_IN_NONE, "ineligibleType",
		  "healthmonix.com" },
		{ "E14", 2019, QPP_INDIVIDUAL, QPP_PHYSICAL_THERAPIST, above, above, QPP_QP_NONE, 0, QPP_OPT_IN_NONE, "eligible",
		  "healthmonix.com" },
		{ "E16", 2024, QPP_INDIVIDUAL, QPP_PHYSICIAN, above, above, QPP_QP_PARTIAL, QPP_NO, QPP_OPT_IN_NONE, "exemptPartialQp",
		  "414.1310(b)(1)(ii)" },
		{ "E17", 2024, QPP_INDIVIDUAL, QPP_PHYSICIAN, above, above, QPP_QP_PARTIAL, QPP_YES, QPP_OPT_IN_NONE, "eligible",
		  "414.1310(b)(1)(ii)" },
		{ "E18", 2024, QPP_GROUP, QPP_PHYSICIAN, "400000/900/2500", "400000/900/2500", QPP_QP_NONE, 0, QPP_OPT_IN_NONE,
		  "eligible", "fact sheet of 2020: in the group, though below alone" },
		{ "E21", 2018, QPP_INDIVIDUAL, QPP_PHYSICIAN, "90000/200/-", "500000/900/-", QPP_QP_NONE, 0, QPP_OPT_IN_NONE,
		  "exemptLowVolume", "neqpp.org, stays out" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_eligibility_facts f = clinician(rows[i].type, rows[i].first, rows[i].second);
		f.qp_status = rows[i].qp;
		f.partial_qp_elected = rows[i].elected;
		f.opt_in = rows[i].opt_in;
		struct qpp_eligibility e = decide(rows[i].py, rows[i].level, &f);
		row_text(rows[i].id, rows[i].source, rows[i].expected, qpp_eligibility_status_name(e.status));
	}
	every_row_holds();
}

/* E2: published is only that such a clinician need not take part; whether opting in is possible is our reading. */
static void eligibility__above_then_short_of_one_figure_need_not_take_part(void **unused)
{
	(void)unused;
	struct qpp_eligibility_facts f = clinician(QPP_PHYSICIAN, above, "90000/500/900");
	struct qpp_eligibility e = decide(2024, QPP_INDIVIDUAL, &f);
	row_true("E2", det, "exempt from required participation",
	         e.status == QPP_OPT_IN_ELIGIBLE || e.status == QPP_EXEMPT_LOW_VOLUME);
	f = clinician(QPP_PHYSICIAN, above, below);
	e = decide(2024, QPP_INDIVIDUAL, &f);
	row_text("E2, below", det, "exemptLowVolume", qpp_eligibility_status_name(e.status));
	every_row_holds();
}

static void special__published_findings(void **unused)
{
	(void)unused;
	const struct {
		const char *id, *first, *second;
		enum qpp_special status;
		bool holds;
		const char *source;
	} rows[] = {
		{ "E22", "100", "500", QPP_SPECIAL_NON_PATIENT_FACING, true, "asahq.org, either segment" },
		{ "E23", "101", "101", QPP_SPECIAL_NON_PATIENT_FACING, false, "asahq.org" },
		{ "E26", "15", "16", QPP_SPECIAL_SMALL, true, "asahq.org, either segment" },
		{ "E26, not", "16", "16", QPP_SPECIAL_SMALL, false, "asahq.org" },
		{ "E27", "0.75", "0.75", QPP_SPECIAL_HOSPITAL, true, "asahq.org, 75 percent or more" },
		{ "A8", "14", "14", QPP_SPECIAL_SMALL, true, "public-use file, a small practice of 14" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_eligibility_facts f = { 0 };
		struct qpp_by_segment *to = rows[i].status == QPP_SPECIAL_SMALL              ? &f.clinicians
		                            : rows[i].status == QPP_SPECIAL_HOSPITAL         ? &f.hospital
		                                                                             : &f.encounters;
		*to = (struct qpp_by_segment){ { count_of(rows[i].first), count_of(rows[i].second) } };
		struct qpp_eligibility e = decide(2024, QPP_INDIVIDUAL, &f);
		row_true(rows[i].id, rows[i].source, qpp_special_name(rows[i].status), (e.specials >> rows[i].status & 1) == rows[i].holds);
	}
	every_row_holds();
}

/* ---- V5 ---- */

static void qp__status_by_the_text(void **unused)
{
	(void)unused;
	static const struct {
		const char *id;
		int py;
		const char *payment, *patients, *entity_payment, *expected;
	} rows[] = {
		{ "V5.1", 2017, "25", "0", NULL, "qp" },
		{ "V5.2", 2019, "50", "0", NULL, "qp" },
		{ "V5.3", 2019, "49.9", "34.9", NULL, "partial" },
		{ "V5.4", 2022, "39.9", "25", NULL, "partial" },
		{ "V5.5", 2024, "50", "10", NULL, "qp" },
		{ "V5.6", 2024, "49", "35", NULL, "qp" },
		{ "V5.7", 2025, "74.9", "49.9", NULL, "partial" },
		{ "V5.8", 2025, "49.9", "34.9", NULL, "none" },
		{ "V5.9", 2026, "76", NULL, "60", "qp" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_request q = world_request(rows[i].py);
		struct qpp_qp_facts f = { .payment = count_of(rows[i].payment), .patients = count_of(rows[i].patients),
			                      .entity_payment = count_of(rows[i].entity_payment) };
		struct qpp_qp x;
		struct qpp_err err = { 0 };
		assert_int_equal(qpp_qp_decide(&q, &f, &x, &err), QPP_OK);
		row_text(rows[i].id, "414.1430; 414.1425(c)(3)(ii)", rows[i].expected, qpp_qp_status_name(x.status));
	}
	every_row_holds();
}

/* On 100,000 dollars paid in the base year. */
static void qp__incentive_on_a_round_base(void **unused)
{
	(void)unused;
	static const struct {
		int py;
		const char *dollars;
	} rows[] = { { 2022, "5000" }, { 2023, "3500" }, { 2024, "1880" }, { 2025, "0" } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_request q = world_request(rows[i].py);
		struct qpp_qp_facts f = { .payment = count_of("100"), .patients = count_of("100") };
		struct qpp_qp x;
		struct qpp_err err = { 0 };
		assert_int_equal(qpp_qp_decide(&q, &f, &x, &err), QPP_OK);
		row("V5, incentive", "qpp.cms.gov, Advanced APMs", rows[i].dollars, qpp_dec_of(0),
		    qpp_dec_mul(qpp_dec_of(1000), x.incentive_percent.v));
	}
	every_row_holds();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eligibility__published_findings),
		cmocka_unit_test(eligibility__above_then_short_of_one_figure_need_not_take_part),
		cmocka_unit_test(special__published_findings),
		cmocka_unit_test(qp__status_by_the_text),
		cmocka_unit_test(qp__incentive_on_a_round_base),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
