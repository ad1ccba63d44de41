/* Which score pays: the reader of the scores and its worst inputs, what is unknown, and the reasons. */
#include "unit.h"

#include "adapt/json/read_payment.h"
#include "app/payment.h"
#include "findings.h"
#include "rules/world.h"

#define SCORE(tin, level, points) "{'tin': '" tin "', 'participation': '" level "', 'finalScore': '" points "'}"
#define ONE "000000001"
#define TWO "000000002"

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_payment_answer answer;
};

static int begin(void **state)
{
	static struct run r;
	r = (struct run){ .arena = QPP_ARENA_INIT };
	qpp_findings_init(&r.findings, &r.arena, 1000);
	*state = &r;
	return 0;
}

static int end(void **state)
{
	struct run *r = *state;
	qpp_arena_close(&r->arena);
	return 0;
}

static struct qpp_payment_facts *tell(struct run *r, const char *text)
{
	return qpp_json_read_payment(&r->arena, QPP_LIT("scores.json"), json(&r->arena, text), 0, &r->findings);
}

static const struct qpp_payment *decide_under(struct run *r, int py, const struct qpp_choice *choice, const char *text)
{
	struct qpp_err err = { 0 };
	const struct qpp_payment_facts *facts = tell(r, text);
	struct qpp_payment_request q = { &r->arena, world()->set, { py }, choice, &r->findings };
	assert_int_equal(r->findings.errors, 0);
	if (qpp_payment_answer(&q, facts, &r->answer, &err) != QPP_OK)
		fail_msg("%s", err.primary);
	return &r->answer.payment;
}

static const struct qpp_payment *decide(struct run *r, int py, const char *text)
{
	return decide_under(r, py, NULL, text);
}

static bool is_unknown(const struct qpp_payment *p, const char *fact)
{
	for (size_t i = 0; i < p->why.unknown.n; i++)
		if (qpp_str_is(p->why.unknown.v[i].fact, fact))
			return true;
	return false;
}

/* ---- the reader ---- */

static void read__every_member(void **state)
{
	struct run *r = *state;
	const struct qpp_payment_facts *f = tell(r, "{'performanceYear': 2023, 'npi': '9000010014', 'tin': '" TWO "',"
		"'virtualGroupMember': true, 'eligibility': {'individual': 'exemptLowVolume', 'group': 'eligibleOptedIn',"
		"'virtualGroup': 'eligible'}, 'scores': [{'tin': '" ONE "', 'participation': 'subgroup', 'program': 'G0057',"
		"'finalScore': '71.50'}, {'tin': '" TWO "', 'participation': 'apmEntity', 'finalScore': 100}]}");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(f->py.v, 2023);
	assert_text(f->npi, "9000010014");
	assert_text(f->tin, TWO);
	assert_int_equal(f->virtual_group_member, QPP_YES);
	assert_true(f->has_status[QPP_INDIVIDUAL] && f->has_status[QPP_GROUP] && f->has_status[QPP_VIRTUAL_GROUP]);
	assert_false(f->has_status[QPP_SUBGROUP] || f->has_status[QPP_APM_ENTITY]);
	assert_int_equal(f->status[QPP_INDIVIDUAL], QPP_EXEMPT_LOW_VOLUME);
	assert_int_equal(f->status[QPP_GROUP], QPP_ELIGIBLE_OPTED_IN);
	assert_int_equal(f->n_scores, 2);
	assert_int_equal(f->scores[0].participation, QPP_SUBGROUP);
	assert_text(f->scores[0].tin, ONE);
	assert_text(f->scores[0].program, "G0057");
	assert_true(qpp_dec_eq(f->scores[0].final_score, qpp_dec_scaled(7150, 2)));
	assert_true(qpp_dec_eq(f->scores[1].final_score, qpp_dec_of(100)));
	assert_text(f->scores[1].where.pointer, "/scores/1");
}

/* A text is refused with the code, at the place; the last names what must be said. */
static void refused(struct run *r, const char *text, const char *code, const char *pointer, const char *says)
{
	qpp_findings_init(&r->findings, &r->arena, 1000);
	(void)tell(r, text);
	const struct qpp_finding *x = found(&r->findings, code);
	assert_true(r->findings.errors > 0);
	if (!x)
		fail_msg("%s: no finding %s", text, code);
	if (!qpp_str_is(x->where.pointer, pointer))
		fail_msg("%s: at %.*s", text, QPP_ARG(x->where.pointer));
	assert_says(qpp_str_cat(&r->arena, qpp_str_dup(&r->arena, x->message).p, " ", qpp_str_dup(&r->arena, x->hint).p, " ",
	                        qpp_str_dup(&r->arena, x->expected).p, (char *)NULL), says);
}

static void read__the_worst_inputs_are_refused_by_name_and_place(void **state)
{
	struct run *r = *state;
	refused(r, "[]", "kindWrong", "", "the scores of a clinician");
	refused(r, "{'tin': '" ONE "', 'scores': [", "jsonMalformed", "/scores", "");
	refused(r, "{'tin': '" ONE "'}", "memberMissing", "", "scores");
	refused(r, "{'scores': []}", "memberMissing", "", "tin");
	refused(r, "{'tin': '" ONE "', 'tin': '" TWO "', 'scores': []}", "jsonDuplicateMember", "/tin", "tin");
	refused(r, "{'tin': '" ONE "', 'scores': [], 'virtualGroupMembr': true}", "memberUnknown", "/virtualGroupMembr",
	        "virtualGroupMember");
	refused(r, "{'tin': '" ONE "', 'scores': [], 'eligibility': {'groups': 'eligible'}}", "memberUnknown",
	        "/eligibility/groups", "group");
	refused(r, "{'tin': '" ONE "', 'scores': [], 'eligibility': {'group': 'exemptQP'}}", "valueUnknown", "/eligibility/group",
	        "exemptQp");
	refused(r, "{'tin': '" ONE "', 'scores': [], 'eligibility': {'group': 'undecided'}}", "valueUnknown",
	        "/eligibility/group", "");
	refused(r, "{'tin': '00-0000001', 'scores': []}", "identifierInvalid", "/tin", "nine digits");
	refused(r, "{'tin': 1, 'scores': []}", "kindWrong", "/tin", "");
	refused(r, "{'tin': '" ONE "', 'scores': [" SCORE("00000001", "group", "5") "]}", "identifierInvalid", "/scores/0/tin",
	        "nine digits");
	refused(r, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "groups", "5") "]}", "valueUnknown", "/scores/0/participation",
	        "group");
	refused(r, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "none", "5") "]}", "valueUnknown", "/scores/0/participation", "");
	refused(r, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "group", "100.01") "]}", "valueOutOfRange",
	        "/scores/0/finalScore", "100");
	refused(r, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "group", "-0.01") "]}", "valueOutOfRange",
	        "/scores/0/finalScore", "0");
	refused(r, "{'tin': '" ONE "', 'scores': [{'tin': '" ONE "', 'participation': 'group'}]}", "memberMissing",
	        "/scores/0", "finalScore");
	refused(r, "{'tin': '" ONE "', 'scores': [7]}", "kindWrong", "/scores/0", "a score");
	refused(r, "{'tin': '" ONE "', 'scores': {}}", "kindWrong", "/scores", "array");
	refused(r, "{'tin': '" ONE "', 'npi': '123', 'scores': []}", "identifierInvalid", "/npi", "ten digits");
	refused(r, "{'tin': '" ONE "', 'performanceYear': 23, 'scores': []}", "valueUnknown", "/performanceYear", "");
	refused(r, "{'tin': '" ONE "', 'scores': [{'tin': '" ONE "', 'participation': 'group', 'finalScore': 1e999}]}",
	        "numberInvalid", "/scores/0/finalScore", "");
}

static void read__a_list_longer_than_any_clinicians_is_refused(void **state)
{
	struct run *r = *state;
	struct qpp_buf b;
	qpp_buf_init(&b, &r->arena, 1 << 20);
	qpp_buf_cat(&b, "{'tin': '" ONE "', 'scores': [", (char *)NULL);
	for (int i = 0; i < 501; i++)
		qpp_buf_cat(&b, i ? "," : "", SCORE(ONE, "group", "5"), (char *)NULL);
	qpp_buf_cat(&b, "]}", (char *)NULL);
	tell(r, qpp_buf_done(&b).p);
	assert_non_null(found(&r->findings, "tooMany"));
}

static void read__a_wrong_check_digit_is_only_a_warning(void **state)
{
	struct run *r = *state;
	tell(r, "{'tin': '" ONE "', 'npi': '9000010015', 'scores': []}");
	assert_int_equal(found(&r->findings, "identifierInvalid")->severity, QPP_WARNING);
}

/* ---- the decision ---- */

static void decide__every_other_score_has_a_reason_in_order(void **state)
{
	struct run *r = *state;
	const struct qpp_payment *p = decide(r, 2023, "{'tin': '" ONE "', 'eligibility': {'individual': 'exemptLowVolume'},"
		"'scores': [" SCORE(ONE, "individual", "99") "," SCORE(ONE, "group", "70") "," SCORE(TWO, "group", "95") ","
		SCORE(ONE, "subgroup", "69") "]}");
	assert_true(p->pays);
	assert_int_equal(p->score, 1);
	assert_int_equal(p->passed.n, 3);
	assert_int_equal(p->passed.v[0].score, 0);
	assert_says(p->passed.v[0].why.text, "low-volume threshold at the individual level");
	assert_text(p->passed.v[0].why.rule, "414.1310(b)(1)(iii)");
	assert_int_equal(p->passed.v[1].score, 2);
	assert_says(p->passed.v[1].why.text, "another TIN");
	assert_int_equal(p->passed.v[2].score, 3);
	assert_says(p->passed.v[2].why.text, "group score is higher: 70.00");
	/* The score that pays, then one for each that does not. */
	assert_int_equal(p->why.list.n, 4);
	assert_says(p->why.list.v[0].text, "the group score of 70.00 pays");
	assert_says(p->why.list.v[1].text, "the individual score of 99.00 does not pay");
	assert_text(qpp_dec_text(&r->arena, p->adjustment.total.v, 2), "-0.60");
}

static void decide__without_a_score_there_is_no_adjustment_and_a_reason(void **state)
{
	struct run *r = *state;
	const struct qpp_payment *p = decide(r, 2023, "{'tin': '" ONE "', 'scores': []}");
	assert_false(p->pays);
	assert_false(p->adjustment.total.has || p->awaits_virtual_group);
	assert_says(p->no_adjustment.text, "no final score");
	assert_int_equal(p->why.list.n, 1);
	assert_int_equal(p->why.unknown.n, 0);
}

static void decide__who_is_excluded_is_told_by_which_paragraph(void **state)
{
	static const struct {
		const char *status, *rule;
	} rows[] = { { "exemptQp", "414.1310(b)(1)(i)" }, { "exemptPartialQp", "414.1310(b)(1)(ii)" },
		         { "exemptNewlyEnrolled", "414.1310(c)" }, { "ineligibleType", "414.1310(a)" } };
	struct run *r = *state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *text = qpp_str_cat(&r->arena, "{'tin': '" ONE "', 'eligibility': {'individual': 'eligible', 'virtualGroup': '",
		                               rows[i].status, "'}, 'scores': [" SCORE(ONE, "individual", "80") "]}", (char *)NULL).p;
		const struct qpp_payment *p = decide(r, 2020, text);
		assert_false(p->pays);
		assert_string_equal(qpp_str_dup(&r->arena, p->no_adjustment.rule).p, rows[i].rule);
		assert_int_equal(p->passed.n, 1);
	}
}

static void decide__what_is_unknown_is_named_only_where_it_could_matter(void **state)
{
	struct run *r = *state;
	const struct qpp_payment *p = decide(r, 2023, "{'tin': '" ONE "', 'virtualGroupMember': false, 'eligibility':"
		"{'group': 'eligible'}, 'scores': [" SCORE(ONE, "group", "80") "]}");
	assert_int_equal(p->why.unknown.n, 0);
	p = decide(r, 2023, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "subgroup", "80") "," SCORE(ONE, "virtualGroup", "50") "]}");
	assert_true(is_unknown(p, "eligibility.group") && is_unknown(p, "eligibility.virtualGroup"));
	assert_false(is_unknown(p, "eligibility.individual") || is_unknown(p, "virtualGroupMember"));
	/* In 2020 the APM Entity goes before: whether there is a virtual group does not matter. */
	p = decide(r, 2020, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "apmEntity", "50") "]}");
	assert_false(is_unknown(p, "virtualGroupMember"));
	p = decide(r, 2020, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "group", "50") "]}");
	assert_true(is_unknown(p, "virtualGroupMember"));
	/* There were no virtual groups yet. */
	p = decide(r, 2017, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "group", "50") "]}");
	assert_false(is_unknown(p, "virtualGroupMember"));
}

static void decide__contradictions_are_findings_and_the_score_holds(void **state)
{
	struct run *r = *state;
	const struct qpp_payment *p = decide(r, 2023, "{'tin': '" ONE "', 'virtualGroupMember': false, 'scores': ["
		SCORE(ONE, "group", "80") "," SCORE(ONE, "virtualGroup", "50") "]}");
	assert_int_equal(p->score, 1);
	assert_text(found(&r->findings, "virtualGroupContradicts")->where.pointer, "/virtualGroupMember");
	(void)decide(r, 2022, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "subgroup", "80") "]}");
	assert_text(found(&r->findings, "levelNotThatYear")->where.pointer, "/scores/0");
	assert_int_equal(times_found(&r->findings, "levelNotThatYear"), 1);
}

static void decide__scores_that_print_alike_are_told_apart(void **state)
{
	struct run *r = *state;
	const struct qpp_payment *p = decide(r, 2023, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "individual", "88.001") ","
		SCORE(ONE, "group", "88.0012") "]}");
	assert_int_equal(p->score, 1);
	assert_says(p->passed.v[0].why.text, "higher: 88.0012");
}

static void decide__other_readings_are_tried_and_told_only_where_they_differ(void **state)
{
	struct run *r = *state;
	const char *text = "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "group", "50") "," SCORE(ONE, "individual", "60") "]}";
	struct qpp_choice choice = { QPP_LIT("group-or-individual-score"), 1 };
	assert_int_equal(decide(r, 2018, text)->score, 1);
	assert_int_equal(r->answer.otherwise.n, 1);
	assert_text(r->answer.otherwise.v[0].alternative, "group");
	assert_int_equal(r->answer.otherwise.v[0].score, 0);
	/* Where the caller has set it, the first alternative is the other one. */
	assert_int_equal(decide_under(r, 2018, &choice, text)->score, 0);
	assert_int_equal(r->answer.otherwise.n, 1);
	assert_text(r->answer.otherwise.v[0].alternative, "highest");
	assert_int_equal(decide(r, 2023, text)->score, 1);
	assert_int_equal(r->answer.otherwise.n, 0);
}

static void decide__a_score_of_zero_pays(void **state)
{
	struct run *r = *state;
	const struct qpp_payment *p = decide(r, 2024, "{'tin': '" ONE "', 'scores': [" SCORE(ONE, "virtualGroup", "0") "]}");
	assert_true(p->pays);
	assert_int_equal(p->adjustment.band, QPP_MAX_NEGATIVE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(read__every_member, begin, end),
		cmocka_unit_test_setup_teardown(read__the_worst_inputs_are_refused_by_name_and_place, begin, end),
		cmocka_unit_test_setup_teardown(read__a_list_longer_than_any_clinicians_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(read__a_wrong_check_digit_is_only_a_warning, begin, end),
		cmocka_unit_test_setup_teardown(decide__every_other_score_has_a_reason_in_order, begin, end),
		cmocka_unit_test_setup_teardown(decide__without_a_score_there_is_no_adjustment_and_a_reason, begin, end),
		cmocka_unit_test_setup_teardown(decide__who_is_excluded_is_told_by_which_paragraph, begin, end),
		cmocka_unit_test_setup_teardown(decide__what_is_unknown_is_named_only_where_it_could_matter, begin, end),
		cmocka_unit_test_setup_teardown(decide__contradictions_are_findings_and_the_score_holds, begin, end),
		cmocka_unit_test_setup_teardown(decide__scores_that_print_alike_are_told_apart, begin, end),
		cmocka_unit_test_setup_teardown(decide__other_readings_are_tried_and_told_only_where_they_differ, begin, end),
		cmocka_unit_test_setup_teardown(decide__a_score_of_zero_pays, begin, end),
	};
	return RUN_AS_TAP(tests);
}
