/* Claim lines under one factor: amounts at their edges, rounding, days, sums; remittance lines held against them. */
#include "unit.h"

#include "app/remit.h"
#include "qpp/claims.h"
#include "world.h"

static struct qpp_claims bound(int py, const char *factor, const char *reading, size_t alternative)
{
	struct qpp_claims c;
	struct qpp_err err = { 0 };
	const struct qpp_rules *rules;
	struct qpp_choice choice = { qpp_str_of(reading), alternative };
	qpp_dec pct;
	assert_true(qpp_dec_parse(qpp_str_of(factor), &pct));
	assert_int_equal(qpp_rules_bind(world()->arena, world()->set, (qpp_py){ py }, &choice, reading ? 1 : 0, &rules, &err), QPP_OK);
	assert_int_equal(qpp_claims_bind(world()->arena, rules, pct, &c, &err), QPP_OK);
	return c;
}

static qpp_day day(const char *text)
{
	qpp_day d;
	assert_true(qpp_day_parse(qpp_str_of(text), &d));
	return d;
}

static struct qpp_claim_result line(const struct qpp_claims *c, int64_t paid, const char *date)
{
	struct qpp_claim_line x = { .covered_professional_service = true, .assigned = true, .date = day(date), .paid = { paid } };
	struct qpp_claim_result r = { 0 };
	assert_int_equal(qpp_claim_adjust(c, &x, &r), QPP_OK);
	return r;
}

static void claims__a_factor_of_a_year_is_for_its_payment_year(void **unused)
{
	(void)unused;
	struct qpp_claims c = bound(2023, "-9", NULL, 0);
	assert_int_equal(line(&c, 10000, "2024-12-31").adjustment.v, 0);
	assert_int_equal(line(&c, 10000, "2025-01-01").adjustment.v, -900);
	assert_int_equal(line(&c, 10000, "2025-12-31").adjustment.v, -900);
	assert_int_equal(line(&c, 10000, "2026-01-01").adjustment.v, 0);
	c = bound(0, "-9", NULL, 0);
	assert_int_equal(line(&c, 10000, "2026-01-01").adjustment.v, -900);
}

static void claims__days_without_rules_and_years_without_rules_refuse(void **unused)
{
	(void)unused;
	struct qpp_claims c = bound(0, "1", NULL, 0);
	struct qpp_claim_line x = { .date = day("2018-12-31") };
	struct qpp_claim_result r;
	struct qpp_err err;
	const struct qpp_rules *rules;
	assert_int_equal(qpp_claim_adjust(&c, &x, &r), QPP_NO_RULE);
	x.date = day("2019-01-01");
	assert_int_equal(qpp_claim_adjust(&c, &x, &r), QPP_OK);
	assert_int_equal(qpp_rules_bind(world()->arena, world()->set, (qpp_py){ 2016 }, NULL, 0, &rules, &err), QPP_OK);
	assert_int_equal(qpp_claims_bind(world()->arena, rules, qpp_dec_of(1), &c, &err), QPP_NO_RULE);
	assert_string_equal(err.primary, "no rules for claims in PY 2016");
}

static void claims__halves_of_a_cent_go_as_the_reading_says(void **unused)
{
	(void)unused;
	static const struct {
		int64_t paid, away, even, zero;
	} rows[] = { { 50, 1, 0, 0 }, { 150, 2, 2, 1 }, { 49, 0, 0, 0 }, { 51, 1, 1, 0 }, { -50, -1, 0, 0 }, { -150, -2, -2, -1 } };
	struct qpp_claims away = bound(2023, "1", NULL, 0), even = bound(2023, "1", "claim_rounding", 1),
	                  zero = bound(2023, "1", "claim_rounding", 2), loss = bound(2023, "-1", NULL, 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(line(&away, rows[i].paid, "2025-01-01").adjustment.v, rows[i].away);
		assert_int_equal(line(&even, rows[i].paid, "2025-01-01").adjustment.v, rows[i].even);
		assert_int_equal(line(&zero, rows[i].paid, "2025-01-01").adjustment.v, rows[i].zero);
		assert_int_equal(line(&loss, rows[i].paid, "2025-01-01").adjustment.v, -rows[i].away);
	}
}

static void claims__large_amounts_are_exact_or_refused(void **unused)
{
	(void)unused;
	struct qpp_claims c = bound(2023, "0.000000000001", NULL, 0);
	assert_true(line(&c, INT64_MAX / 2, "2025-01-01").adjustment.v == 46117);          /* the product needs 128 bits */
	c = bound(2023, "99.99", NULL, 0);
	struct qpp_claim_line x = { .covered_professional_service = true, .assigned = true, .date = day("2025-01-01"),
	                            .paid = { INT64_MAX } };
	struct qpp_claim_result r;
	assert_int_equal(qpp_claim_adjust(&c, &x, &r), QPP_ARITHMETIC);
	x.paid.v = INT64_MIN;
	assert_int_equal(qpp_claim_adjust(&c, &x, &r), QPP_ARITHMETIC);
}

/* The short way of a share of an amount gives what the exact ratios give. */
static void claims__agree_with_exact_ratios(void **unused)
{
	(void)unused;
	static const char *const factors[] = { "-9", "-0.39", "0", "0.18", "2.15", "8.26" };
	uint64_t state = 1;
	for (size_t k = 0; k < sizeof factors / sizeof *factors; k++) {
		struct qpp_claims c = bound(2023, factors[k], NULL, 0);
		for (int i = 0; i < 20000; i++) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			qpp_cents paid = { (int64_t)(state >> 33) % 20000000 - 10000000 }, expected, sequestration;
			struct qpp_claim_result r = line(&c, paid.v, "2025-05-05");
			assert_true(qpp_cents_pct(paid, c.factor_pct, &expected));
			assert_int_equal(r.adjustment.v, expected.v);
			assert_true(qpp_cents_pct(r.after, qpp_dec_of(2), &sequestration));
			assert_int_equal(r.sequestration.v, sequestration.v);
			assert_int_equal(r.net.v, paid.v + expected.v - sequestration.v);
		}
	}
}

static void claims__amounts_of_a_line_agree(void **unused)
{
	(void)unused;
	struct qpp_claim_line x = { .allowed = { 10000 }, .deductible = { 1000 }, .coinsurance = { 1800 }, .paid = { 7200 } };
	assert_true(qpp_claim_amounts_agree(&x));
	x.paid.v++;
	assert_false(qpp_claim_amounts_agree(&x));
	x = (struct qpp_claim_line){ .allowed = { -10000 }, .paid = { -8000 } };
	assert_true(qpp_claim_amounts_agree(&x));
}

static void claims__sums_that_do_not_fit_are_told(void **unused)
{
	(void)unused;
	struct qpp_claims c = bound(2023, "0", NULL, 0);
	struct qpp_claim_totals t = { 0 };
	struct qpp_claim_line x = { .date = day("2025-01-01"), .paid = { INT64_MAX / 2 + 1 } };
	struct qpp_claim_result r;
	assert_int_equal(qpp_claim_adjust(&c, &x, &r), QPP_OK);
	assert_true(qpp_claim_totals_add(&t, &x, &r));
	assert_int_equal(t.lines, 1);
	assert_int_equal(t.adjusted, 0);
	assert_false(qpp_claim_totals_add(&t, &x, &r));
}

static void remit__codes_are_those_of_the_factor(void **unused)
{
	(void)unused;
	struct qpp_claims up = bound(2023, "2.15", NULL, 0), down = bound(2023, "-9", "sequestration_code", 1);
	struct qpp_remit_codes codes = qpp_remit_codes_of(&up);
	assert_text(codes.positive, "144");
	assert_text(codes.negative, "237");
	assert_text(codes.sequestration, "253");
	assert_true(codes.up);
	codes = qpp_remit_codes_of(&down);
	assert_text(codes.positive, "144");
	assert_text(codes.negative, "237");
	assert_text(codes.sequestration, "243");
	assert_false(codes.up);
}

static void remit__lines_are_held_against_the_factor(void **unused)
{
	(void)unused;
	struct qpp_claims c = bound(2023, "2.15", NULL, 0), items = bound(2023, "2.15", "item_lines", 1);
	struct qpp_remit_check k = { .claims = &c };
	struct qpp_remit_line x = { .procedure = QPP_LIT("99213"), .base = { 8000 }, .found = { 172 } };
	qpp_cents expected;
	assert_false(qpp_remit_differs(&k, &x, &expected));
	x.found.v = 171;
	assert_true(qpp_remit_differs(&k, &x, &expected));
	assert_int_equal(expected.v, 172);
	x.procedure = QPP_LIT("J1100");
	assert_true(qpp_remit_differs(&k, &x, &expected));
	assert_int_equal(expected.v, 0);
	k.claims = &items;
	x.found.v = 172;
	assert_false(qpp_remit_differs(&k, &x, &expected));
	k.claims = &c;
	x = (struct qpp_remit_line){ .base = { 8000 }, .has_date = true, .date = day("2024-12-31") };
	assert_false(qpp_remit_differs(&k, &x, &expected));
	assert_int_equal(k.other_year, 1);
	x.date = day("2035-01-01");
	assert_false(qpp_remit_differs(&k, &x, &expected));
	assert_int_equal(k.no_rule, 1);
	assert_int_equal(k.differing, 2);
	assert_int_equal(k.lines, 6);
}

static void remit__a_claim_adjusted_as_a_whole_is_compared_as_one(void **unused)
{
	(void)unused;
	struct qpp_claims c = bound(2023, "2.15", NULL, 0);
	struct qpp_remit_check k = { .claims = &c };
	struct qpp_remit_line x = { .base = { 8000 }, .in_sum = true }, claim = { .of_claim = true, .in_sum = true, .found = { 344 } };
	qpp_cents expected;
	assert_false(qpp_remit_differs(&k, &x, &expected));
	assert_false(qpp_remit_differs(&k, &x, &expected));
	assert_false(qpp_remit_differs(&k, &claim, &expected));
	assert_int_equal(expected.v, 344);
	assert_false(qpp_remit_differs(&k, &x, &expected));
	assert_true(qpp_remit_differs(&k, &claim, &expected));
	assert_int_equal(expected.v, 172);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims__a_factor_of_a_year_is_for_its_payment_year),
		cmocka_unit_test(claims__days_without_rules_and_years_without_rules_refuse),
		cmocka_unit_test(claims__halves_of_a_cent_go_as_the_reading_says),
		cmocka_unit_test(claims__large_amounts_are_exact_or_refused),
		cmocka_unit_test(claims__agree_with_exact_ratios),
		cmocka_unit_test(claims__amounts_of_a_line_agree),
		cmocka_unit_test(claims__sums_that_do_not_fit_are_told),
		cmocka_unit_test(remit__codes_are_those_of_the_factor),
		cmocka_unit_test(remit__lines_are_held_against_the_factor),
		cmocka_unit_test(remit__a_claim_adjusted_as_a_whole_is_compared_as_one),
	};
	return RUN_AS_TAP(tests);
}
