/* Elections of virtual groups: the file, what is unknown, every code, and the instants of the rules. */
#include "unit.h"

#include "adapt/json/read_election.h"
#include "findings.h"
#include "rules/made_election.h"
#include "rules/world.h"

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct made_election made;
	struct qpp_election_answer answer;
};

static int begin(void **state)
{
	static struct run r;
	r = (struct run){ .arena = QPP_ARENA_INIT };
	qpp_findings_init(&r.findings, &r.arena, 200);
	made_election_begin(&r.made, &r.arena, 2025);
	assert_true(made_election_sent(&r.made, QPP_LIT("2024-11-15T12:00:00-05:00")));
	*state = &r;
	return 0;
}

static int end(void **state)
{
	struct run *r = *state;
	qpp_arena_close(&r->arena);
	return 0;
}

static void judge(struct run *r, const struct qpp_election *e)
{
	struct qpp_request q = world_request(e->py.v);
	struct qpp_err err;
	q.arena = &r->arena;
	q.findings = &r->findings;
	if (qpp_election_check(&q, e, &r->answer, &err) != QPP_OK)
		fail_msg("%s", err.primary);
}

static void judge_made(struct run *r, const char *practices)
{
	struct qpp_str rest = qpp_str_of(practices), word;
	while (qpp_str_word(&rest, &word))
		assert_true(made_election_practice(&r->made, word));
	judge(r, &r->made.is);
}

static struct qpp_election *read_text(struct run *r, const char *text)
{
	return qpp_json_read_election(&r->arena, QPP_LIT("election.json"), json(&r->arena, text), 0, &r->findings);
}

static const char whole[] =
    "{'performanceYear': 2025, 'submittedAt': '2024-12-31T23:59:00-05:00', 'changes': 'VG2025001',"
    " 'agreement': {'acknowledged': true, 'executedOn': '2024-11-01'},"
    " 'representative': {'name': ' R ', 'email': 'r@example.org', 'phone': '555-0100', 'address': 'A'},"
    " 'practices': [{'name': 'P', 'tin': '000000001', 'inOtherVirtualGroup': false, 'billingNpis': 3,"
    "  'lowVolumeCriteriaExceeded': 2, 'npis': [{'npi': '9000010014', 'type': 'physician', 'mipsEligible': true,"
    "  'qpStatus': 'partial', 'newlyEnrolled': false}]}]}";

static void election__every_member_is_read(void **state)
{
	struct run *r = *state;
	const struct qpp_election *e = read_text(r, whole);
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(e->py.v, 2025);
	assert_int_equal(e->submitted_at.v, 1735707540);
	assert_int_equal(e->submitted_offset, -5 * 3600);
	assert_text(e->changes, "VG2025001");
	assert_int_equal(e->acknowledged, QPP_YES);
	assert_true(e->has_executed_on);
	assert_text(e->representative.name, "R");
	const struct qpp_election_practice *p = &e->practices[0];
	assert_int_equal(e->n_practices, 1);
	assert_text(p->tin, "000000001");
	assert_true(p->in_other_virtual_group == QPP_NO && p->billing_npis.v == 3 && p->low_volume_criteria_exceeded.v == 2);
	assert_text(p->clinicians[0].npi, "9000010014");
	assert_true(p->clinicians[0].type == QPP_PHYSICIAN && p->clinicians[0].mips_eligible == QPP_YES);
	assert_int_equal(p->clinicians[0].qp, QPP_ELECTION_QP_PARTIAL);
	assert_text(p->clinicians[0].where.pointer, "/practices/0/npis/0/npi");
}

static void election__members_are_strict(void **state)
{
	static const struct { const char *text, *code, *pointer; } rows[] = {
		{ "[]", "kindWrong", "" }, { "{}", "memberMissing", "" }, { "{'performanceYear': 25}", "valueUnknown", "/performanceYear" },
		{ "{'performanceYear': 2025, 'practises': []}", "memberUnknown", "/practises" },
		{ "{'performanceYear': 2025, 'submittedAt': '2024-12-31'}", "valueUnknown", "/submittedAt" },
		{ "{'performanceYear': 2025, 'submittedAt': 20241231}", "kindWrong", "/submittedAt" },
		{ "{'performanceYear': 2025, 'agreement': true}", "kindWrong", "/agreement" },
		{ "{'performanceYear': 2025, 'agreement': {'executedOn': '2024-11-31'}}", "valueUnknown", "/agreement/executedOn" },
		{ "{'performanceYear': 2025, 'agreement': {'executed': '2024-11-30'}}", "memberUnknown", "/agreement/executed" },
		{ "{'performanceYear': 2025, 'representative': {'mail': 'a'}}", "memberUnknown", "/representative/mail" },
		{ "{'performanceYear': 2025, 'practices': {}}", "kindWrong", "/practices" },
		{ "{'performanceYear': 2025, 'practices': [1]}", "kindWrong", "/practices/0" },
		{ "{'performanceYear': 2025, 'practices': [{'tin': 1}]}", "kindWrong", "/practices/0/tin" },
		{ "{'performanceYear': 2025, 'practices': [{'billingNpis': -1}]}", "countInvalid", "/practices/0/billingNpis" },
		{ "{'performanceYear': 2025, 'practices': [{'lowVolumeCriteriaExceeded': 4}]}", "valueOutOfRange",
		  "/practices/0/lowVolumeCriteriaExceeded" },
		{ "{'performanceYear': 2025, 'practices': [{'npis': ['9']}]}", "kindWrong", "/practices/0/npis/0" },
		{ "{'performanceYear': 2025, 'practices': [{'npis': [{'qpStatus': 'yes'}]}]}", "valueUnknown", "/practices/0/npis/0/qpStatus" },
		{ "{'performanceYear': 2025, 'practices': [{'npis': [{'mipsEligible': 'yes'}]}]}", "kindWrong",
		  "/practices/0/npis/0/mipsEligible" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		(void)read_text(r, rows[i].text);
		const struct qpp_finding *x = found(&r->findings, rows[i].code);
		if (!x || !qpp_str_is(x->where.pointer, rows[i].pointer) || r->findings.errors != 1)
			fail_msg("%s", rows[i].text);
		assert_true(x->where.line > 0);
		end(state);
	}
	begin(state);
}

static void election__an_unknown_member_offers_the_nearest_name(void **state)
{
	struct run *r = *state;
	read_text(r, "{'performanceYear': 2025,\n 'submitedAt': '2024-12-31T23:59:00-05:00'}");
	const struct qpp_finding *x = found(&r->findings, "memberUnknown");
	assert_text(x->expected, "submittedAt");
	assert_int_equal(x->where.line, 2);
	assert_int_equal(x->where.column, 2);
}

/* Each code by the smallest fault that has it, and no other error beside it. */
static void election__every_code_can_be_reached_alone(void **state)
{
	static const struct { const char *at, *practices, *codes; } rows[] = {
		{ "2025-01-01T00:00:00-05:00", "1/1 10/1", "late" },
		{ "2024-09-30T23:59:59-04:00", "1/1 10/1", "notOpen" },
		{ "2024-11-15T12:00:00-05:00", "1/1", "tooFewTins" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/1 2/1/same", "tinDuplicate" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/1/elsewhere", "tinInOtherVirtualGroup" },
		{ "2024-11-15T12:00:00-05:00", "1/1 11/1", "tooManyClinicians" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/0", "noEligibleClinician" },
		{ "2024-11-15T12:00:00-05:00", "1/0 2/1", "soloNotEligible" },
		{ "2024-11-15T12:00:00-05:00", "1/1/new 2/1", "soloNotEligible" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/1/qp", "noEligibleClinician" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/1/exceeds0", "belowLowVolume" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/1/bills3", "npiListIncomplete" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/1/unnamed", "practiceIncomplete" },
		{ "2024-11-15T12:00:00-05:00", "1/1 2/1/bills1", "none" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		assert_true(made_election_sent(&r->made, qpp_str_of(rows[i].at)));
		r->made.is.executed_on.v -= 100;
		judge_made(r, rows[i].practices);
		assert_string_equal(made_election_codes(&r->arena, &r->findings).p, rows[i].codes);
		assert_int_equal(r->answer.accepted, qpp_str_is(qpp_str_of(rows[i].codes), "none"));
		end(state);
	}
	begin(state);
}

static void election__identifiers_are_checked(void **state)
{
	struct run *r = *state;
	judge_made(r, "1/1 2/1");
	assert_int_equal(r->findings.list.n, 0);
	struct qpp_election_practice *p = &r->made.practices.v[1];
	struct qpp_election_clinician *v = (struct qpp_election_clinician *)p->clinicians;
	p->tin = QPP_LIT("00-0000002");
	v[0].npi = QPP_LIT("9000000001");
	v[1].npi = QPP_LIT("900000");
	judge(r, &r->made.is);
	assert_int_equal(times_found(&r->findings, "identifierInvalid"), 3);
	assert_says(found(&r->findings, "identifierInvalid")->subject, "Practice 2");
}

static void election__an_npi_twice_counts_once(void **state)
{
	struct run *r = *state;
	judge_made(r, "1/1 10/1");
	struct qpp_election_practice *p = &r->made.practices.v[1];
	((struct qpp_election_clinician *)p->clinicians)[9].npi = p->clinicians[0].npi;
	judge(r, &r->made.is);
	assert_int_equal(found(&r->findings, "identifierInvalid")->severity, QPP_WARNING);
	assert_int_equal(found(&r->findings, "npiListIncomplete")->severity, QPP_ERROR);
	assert_int_equal(r->answer.clinicians, 11);
}

/* Facts of the agency that the file does not have refuse nothing; each is told. */
static void election__what_is_not_known_is_a_warning(void **state)
{
	struct run *r = *state;
	const struct qpp_election *e = read_text(r,
		"{'performanceYear': 2025, 'submittedAt': '2024-11-15T12:00:00-05:00', 'agreement': {'acknowledged': true},"
		" 'representative': {'name': 'R', 'phone': '555-0100'},"
		" 'practices': [{'name': 'P', 'tin': '000000001', 'npis': [{'npi': '9000010014'}]},"
		"  {'name': 'Q', 'tin': '000000002', 'npis': [{'npi': '9000020013'}, {'npi': '9000020021'}]}]}");
	judge(r, e);
	assert_true(r->answer.accepted);
	assert_int_equal(r->findings.errors, 0);
	assert_int_equal(times_found(&r->findings, "tinInOtherVirtualGroup"), 2);
	assert_int_equal(times_found(&r->findings, "belowLowVolume"), 2);
	assert_int_equal(times_found(&r->findings, "soloNotEligible"), 1);
	assert_int_equal(times_found(&r->findings, "noEligibleClinician"), 1);
	assert_int_equal(times_found(&r->findings, "agreementAfterElection"), 1);
	assert_int_equal(r->findings.list.n, 7);
}

static void election__an_empty_one_says_all_that_it_lacks(void **state)
{
	struct run *r = *state;
	judge(r, read_text(r, "{'performanceYear': 2025, 'representative': {'name': '  '}, 'practices': [{}]}"));
	assert_string_equal(made_election_codes(&r->arena, &r->findings).p,
	                    "memberMissing tooFewTins practiceIncomplete agreementNotAcknowledged representativeMissing");
	assert_int_equal(times_found(&r->findings, "practiceIncomplete"), 3);
	assert_int_equal(times_found(&r->findings, "representativeMissing"), 2);
}

static void election__a_year_without_virtual_groups_refuses(void **state)
{
	struct run *r = *state;
	struct qpp_err err;
	const struct qpp_provision *v;
	size_t n;
	struct qpp_request q = world_request(2017);
	q.arena = &r->arena;
	q.findings = &r->findings;
	r->made.is.py.v = 2017;
	assert_true(made_election_sent(&r->made, QPP_LIT("2016-11-15T12:00:00-05:00")));
	assert_int_equal(qpp_election_check(&q, &r->made.is, &r->answer, &err), QPP_NO_RULE);
	assert_false(r->answer.accepted);
	assert_int_equal(qpp_election_provisions(&q, &v, &n, &err), QPP_NO_RULE);
}

/* Every year that has a window has it whole, in order, and before the year; the clocks go back within it. */
static void calendar__every_window_is_one(void **state)
{
	(void)state;
	const struct qpp_ruleset *set = world()->set;
	const struct qpp_param *opens = qpp_ruleset_param(set, QPP_LIT("election_opens"));
	const struct qpp_param *closes = qpp_ruleset_param(set, QPP_LIT("election_closes"));
	const struct qpp_param *back = qpp_ruleset_param(set, QPP_LIT("eastern_standard_begins"));
	size_t n = 0;
	for (int py = 2017; py <= 2030; py++) {
		const struct qpp_param_row *a = qpp_param_row(opens, (qpp_py){ py }), *c = qpp_param_row(closes, (qpp_py){ py });
		qpp_instant first, middle, last;
		int32_t summer, fall, winter;
		if (!a || a->status == QPP_RULE_NONE)
			continue;
		n++;
		assert_true(qpp_instant_parse(a->value.text, &first, &summer));
		assert_true(qpp_instant_parse(c->value.text, &last, &winter));
		assert_true(qpp_instant_parse(qpp_param_row(back, (qpp_py){ py })->value.text, &middle, &fall));
		assert_true(first.v < middle.v && middle.v < last.v);
		assert_int_equal(summer, -4 * 3600);
		assert_int_equal(fall, summer);
		assert_int_equal(winter, -5 * 3600);
		qpp_day new_year;
		assert_true(qpp_day_of(py, 1, 1, &new_year));
		assert_int_equal(last.v + 1, (int64_t)new_year.v * QPP_SECONDS_A_DAY - winter);
		/* 1970-01-01 was a Thursday. */
		assert_int_equal((qpp_instant_day(middle, fall).v + 4) % 7, 0);
	}
	assert_int_equal(n, 9);
}

static void agreement__has_nine_provisions_in_order(void **state)
{
	static const char *const letters[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" };
	struct run *r = *state;
	for (int py = 2018; py <= 2026; py++) {
		struct qpp_request q = world_request(py);
		const struct qpp_provision *v;
		struct qpp_err err;
		size_t n;
		q.arena = &r->arena;
		assert_int_equal(qpp_election_provisions(&q, &v, &n, &err), QPP_OK);
		assert_int_equal(n, 9);
		for (size_t i = 0; i < n; i++)
			assert_string_equal(v[i].letter.p, letters[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(election__every_member_is_read, begin, end),
		cmocka_unit_test_setup_teardown(election__members_are_strict, begin, end),
		cmocka_unit_test_setup_teardown(election__an_unknown_member_offers_the_nearest_name, begin, end),
		cmocka_unit_test_setup_teardown(election__every_code_can_be_reached_alone, begin, end),
		cmocka_unit_test_setup_teardown(election__identifiers_are_checked, begin, end),
		cmocka_unit_test_setup_teardown(election__an_npi_twice_counts_once, begin, end),
		cmocka_unit_test_setup_teardown(election__what_is_not_known_is_a_warning, begin, end),
		cmocka_unit_test_setup_teardown(election__an_empty_one_says_all_that_it_lacks, begin, end),
		cmocka_unit_test_setup_teardown(election__a_year_without_virtual_groups_refuses, begin, end),
		cmocka_unit_test_setup_teardown(calendar__every_window_is_one, begin, end),
		cmocka_unit_test_setup_teardown(agreement__has_nine_provisions_in_order, begin, end),
	};
	return RUN_AS_TAP(tests);
}
