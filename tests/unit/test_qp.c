/* QP status from percents: the ways to it, the levels, what is unknown, and the reasons. */
#include "unit.h"

#include "findings.h"
#include "qpp/qp.h"
#include "rules/world.h"

static struct qpp_qp answer;

static struct qpp_number pct(const char *text)
{
	struct qpp_number n = { 0 };
	n.given = text && qpp_dec_parse(qpp_str_of(text), &n.v);
	return n;
}

static const char *status(int py, const char *payment, const char *patients, const char *entity_payment,
                          const char *entity_patients, const char *all_payment, const char *all_patients)
{
	struct qpp_request q = world_request(py);
	struct qpp_err err = { 0 };
	struct qpp_qp_facts f = { pct(payment), pct(patients), pct(entity_payment), pct(entity_patients),
		                      pct(all_payment), pct(all_patients) };
	if (qpp_qp_decide(&q, &f, &answer, &err) != QPP_OK)
		return qpp_code_name(err.code);
	return qpp_qp_status_name(answer.status);
}

static bool is_unknown(const char *fact)
{
	for (size_t i = 0; i < answer.why.unknown.n; i++)
		if (qpp_str_is(answer.why.unknown.v[i].fact, fact))
			return true;
	return false;
}

static void qp__payments_or_patients_suffice(void **state)
{
	(void)state;
	assert_string_equal(status(2024, "50", "0", NULL, NULL, NULL, NULL), "qp");
	assert_string_equal(status(2024, "0", "35", NULL, NULL, NULL, NULL), "qp");
	assert_string_equal(status(2024, "49.99", "34.99", NULL, NULL, NULL, NULL), "partial");
	assert_string_equal(status(2024, "39.99", "24.99", NULL, NULL, NULL, NULL), "none");
	assert_string_equal(status(2027, "100", "100", NULL, NULL, NULL, NULL), "noRule");
}

static void qp__the_entity_decides_until_either_may(void **state)
{
	(void)state;
	assert_string_equal(status(2025, "100", "100", "0", "0", NULL, NULL), "none");
	assert_says(answer.why.list.v[0].text, "APM Entity");
	assert_string_equal(status(2026, "100", "100", "0", "0", NULL, NULL), "qp");
	assert_string_equal(status(2026, "0", "0", "0", "50", NULL, NULL), "qp");
	assert_string_equal(status(2023, NULL, NULL, "50", "0", NULL, NULL), "qp");
}

static void qp__all_payers_need_a_part_of_medicare(void **state)
{
	(void)state;
	assert_string_equal(status(2024, "25", "0", NULL, NULL, "50", "0"), "qp");
	assert_string_equal(status(2024, "24.9", "0", NULL, NULL, "50", "0"), "partial");
	assert_string_equal(status(2024, "19.9", "0", NULL, NULL, "100", "0"), "none");
	assert_string_equal(status(2024, "25", "20", NULL, NULL, "0", "35"), "qp");
	assert_string_equal(status(2018, "0", "0", NULL, NULL, "100", "100"), "none");
	/* The clinician's own part serves the option while the entity's figures decide the other. */
	assert_string_equal(status(2024, "25", "0", "0", "0", "50", "0"), "qp");
}

static void qp__a_figure_not_told_is_unknown_where_it_matters(void **state)
{
	(void)state;
	assert_string_equal(status(2024, "50", NULL, NULL, NULL, NULL, NULL), "qp");
	assert_int_equal(answer.why.unknown.n, 0);
	assert_string_equal(status(2024, "45", NULL, NULL, NULL, NULL, NULL), "undecided");
	assert_true(is_unknown("patients"));
	assert_string_equal(status(2024, "45", "10", NULL, NULL, "20", NULL), "partial");
	assert_string_equal(status(2024, "45", "20", NULL, NULL, "20", NULL), "undecided");
	assert_true(is_unknown("allPayerPatients"));
}

static void qp__only_a_qp_is_paid(void **state)
{
	(void)state;
	status(2023, "90", "90", NULL, NULL, NULL, NULL);
	assert_true(qpp_dec_eq(answer.incentive_percent.v, qpp_dec_scaled(35, 1)));
	status(2023, "45", "0", NULL, NULL, NULL, NULL);
	assert_false(answer.incentive_percent.has);
}

static void qp__reasons_name_figure_threshold_and_paragraph(void **state)
{
	(void)state;
	status(2025, "74.9", "50", NULL, NULL, NULL, NULL);
	assert_int_equal(answer.why.list.n, 2);
	assert_text(answer.why.list.v[0].text, "payments: 74.9 percent is below the 75 percent of a QP");
	assert_text(answer.why.list.v[1].text, "patients: 50 percent reaches the 50 percent of a QP");
	assert_text(answer.why.list.v[1].rule, "414.1430(a)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(qp__payments_or_patients_suffice),
		cmocka_unit_test(qp__the_entity_decides_until_either_may),
		cmocka_unit_test(qp__all_payers_need_a_part_of_medicare),
		cmocka_unit_test(qp__a_figure_not_told_is_unknown_where_it_matters),
		cmocka_unit_test(qp__only_a_qp_is_paid),
		cmocka_unit_test(qp__reasons_name_figure_threshold_and_paragraph),
	};
	return RUN_AS_TAP(tests);
}
