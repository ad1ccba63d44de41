/*
 * Published examples of which final score pays. Letters are those of our list of
 * vectors; what it leaves unsaid of a clinician (eligible at each level) is said.
 *
 *   V6  scores to claims, (a) to (d) (R-414.1405(a), R-414.1310(b)(1)(i))
 *   V4  G18, G19: virtual groups (R-414.1315(a)(2))
 */
#include "published.h"

#include "qpp/payment.h"

static const char *const moves = "CMS fact sheet of 2019 on the payment adjustment", *const pai = "PAI, virtual groups";

/* "group/1/88": level, TIN, final score. */
static struct qpp_payment_score made_score(const char *text)
{
	struct qpp_str rest = qpp_str_of(text), level;
	struct qpp_payment_score s = { 0 };
	assert_true(qpp_str_cut(&rest, '/', &level) && qpp_str_cut(&rest, '/', &s.tin));
	s.participation = qpp_entity_of(level);
	s.final_score = given(rest.p).v;
	return s;
}

static const char *paid(int py, const char *billed, enum qpp_eligibility_status status, const char *first, const char *second)
{
	static const char *const places[] = { "0", "1" };
	struct qpp_request q = world_request(py);
	struct qpp_payment_score scores[2] = { made_score(first), made_score(second ? second : first) };
	struct qpp_payment_facts f = { .tin = qpp_str_of(billed), .scores = scores, .n_scores = second ? 2 : 1 };
	struct qpp_payment x;
	struct qpp_err err = { 0 };
	for (int level = QPP_INDIVIDUAL; level < QPP_ENTITIES; level++) {
		f.has_status[level] = true;
		f.status[level] = status;
	}
	if (qpp_payment_decide(&q, &f, &x, &err) != QPP_OK)
		fail_msg("PY %d: %s", py, err.primary);
	return x.pays ? places[x.score] : "none";
}

static void payment__published_examples(void **unused)
{
	(void)unused;
	const struct {
		const char *id;
		int py;
		const char *billed, *first, *second;
		enum qpp_eligibility_status status;
		const char *expected, *source;
	} rows[] = {
		{ "(a)", 2019, "2", "individual/1/80", NULL, QPP_ELIGIBLE, "0", moves },
		{ "(b), a new TIN", 2019, "3", "individual/1/60", "individual/2/95", QPP_ELIGIBLE, "1", moves },
		{ "(b), the first TIN", 2019, "1", "individual/1/60", "individual/2/95", QPP_ELIGIBLE, "0", moves },
		{ "(c)", 2023, "1", "individual/1/70", "group/1/88", QPP_ELIGIBLE, "1", "AAO, individual or group, 2023" },
		{ "(d)", 2023, "1", "group/1/95", NULL, QPP_EXEMPT_QP, "none", pai },
		{ "G18", 2020, "1", "virtualGroup/1/90", "apmEntity/1/50", QPP_ELIGIBLE, "1", "42 CFR 414.1315(a)(2), PAI" },
		{ "G19", 2020, "1", "virtualGroup/1/90", NULL, QPP_EXEMPT_QP, "none", pai },
		{ "G19", 2025, "1", "virtualGroup/1/90", NULL, QPP_EXEMPT_QP, "none", pai },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		row_text(rows[i].id, rows[i].source, rows[i].expected,
		         paid(rows[i].py, rows[i].billed, rows[i].status, rows[i].first, rows[i].second));
	every_row_holds();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(payment__published_examples) };
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
