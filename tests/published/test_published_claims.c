/*
 * Published and derived figures of claim lines (V6 of our list of vectors): what
 * contractors' pages and the text of 42 CFR 414.1405(e) make of them. R-414.1405(e)
 */
#include "published.h"
#include "qpp/claims.h"

static const qpp_dec exactly = QPP_DEC_INIT(0);

static int64_t cents(const char *text)
{
	qpp_cents v;
	if (!qpp_cents_parse(qpp_str_of(text), &v))
		fail_msg("not an amount: %s", text);
	return v.v;
}

static void claims__lines(void **unused)
{
	(void)unused;
	static const char *const regulation = "414.1405(e), on the amount paid; Palmetto GBA 12/11/2024 for sequestration";
	static const struct {
		int py;
		const char *allowed, *deductible, *coinsurance, *paid, *factor, *adjustment, *after, *carc, *sequestration, *net;
	} rows[] = {
		{ 2022, "100.00", "0", "20.00", "80.00", "0.00", "0", "80.00", "", "1.60", "78.40" },
		{ 2022, "90.00", "90.00", "0", "0.00", "-9.00", "0", "0", "", "0", "0.00" },
		{ 2022, "200.00", "0", "40.00", "160.00", "8.26", "13.22", "173.22", "144", "3.46", "169.76" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_claims claims;
		struct qpp_claim_result r;
		struct qpp_err err = { 0 };
		struct qpp_claim_line line = { .covered_professional_service = true, .assigned = true };
		char id[40];
		snprintf(id, sizeof id, "V6 row %zu", i + 1);
		line.allowed.v = cents(rows[i].allowed);
		line.deductible.v = cents(rows[i].deductible);
		line.coinsurance.v = cents(rows[i].coinsurance);
		line.paid.v = cents(rows[i].paid);
		(void)qpp_day_of(rows[i].py + QPP_PAYMENT_YEARS_LATER, 6, 1, &line.date);
		if (qpp_claims_bind(world()->arena, world_rules(rows[i].py), figure(rows[i].factor), &claims, &err) != QPP_OK ||
		    qpp_claim_adjust(&claims, &line, &r) != QPP_OK)
			fail_msg("%s: %s", id, err.primary);
		row(id, regulation, rows[i].adjustment, exactly, qpp_dec_scaled(r.adjustment.v, 2));
		row(id, regulation, rows[i].after, exactly, qpp_dec_scaled(r.after.v, 2));
		row(id, regulation, rows[i].sequestration, exactly, qpp_dec_scaled(r.sequestration.v, 2));
		row(id, regulation, rows[i].net, exactly, qpp_dec_scaled(r.net.v, 2));
		if (*rows[i].carc) {
			row_true(id, "ngsmedicare.com, 8/1/2022", "CO, N807",
			         qpp_str_is(r.period->codes.group, "CO") && qpp_str_is(r.period->codes.rarc, "N807"));
			row_true(id, "ngsmedicare.com, 8/1/2022", rows[i].carc, qpp_str_is(r.period->codes.carc, rows[i].carc));
		} else {
			row_true(id, regulation, "no adjustment to give a code", r.adjustment.v == 0);
		}
	}
	every_row_holds();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(claims__lines) };
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
