/* Reading the facts file, and the names of what stands in it. */
#include "unit.h"

#include "adapt/json/read_facts.h"
#include "findings.h"

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_facts *facts;
};

static int begin(void **state)
{
	static struct run r;
	r = (struct run){ .arena = QPP_ARENA_INIT };
	qpp_findings_init(&r.findings, &r.arena, 100);
	*state = &r;
	return 0;
}

static int end(void **state)
{
	struct run *r = *state;
	qpp_arena_close(&r->arena);
	return 0;
}

static struct qpp_facts *tell(struct run *r, const char *text)
{
	r->facts = qpp_json_read_facts(&r->arena, QPP_LIT("facts.json"), json(&r->arena, text), 0, &r->findings);
	return r->facts;
}

static void facts__every_field_is_read(void **state)
{
	struct run *r = *state;
	const struct qpp_facts *f = tell(r, "{'performanceYear': 2023, 'participation': 'apmEntity', 'smallPractice': true,"
		"'specialStatuses': ['rural', 'facilityBased'], 'clinicianTypes': ['physician', 'clinicalSocialWorker'],"
		"'apmParticipant': false, 'reweight': [{'category': 'pi', 'reason': 'hardship'}],"
		"'administrativeClaims': [{'measureId': '479', 'score': '0.15', 'caseCount': 250}],"
		"'cost': [{'measureId': 'TPCC_1', 'score': 1300, 'caseCount': 40}, {'measureId': 'MSPB_1', 'score': '1'}],"
		"'complexPatient': {'hccRiskScore': '1.8', 'dualEligibleRatio': '0.4', 'medicalZ': '-0.5', 'socialZ': 1.0,"
		"'medicalAtOrAboveMedian': true, 'socialAtOrAboveMedian': false},"
		"'prior': {'qualityScorePercent': '60', 'qualityAchievementPercent': '58', 'costPercent': '50', 'sameIdentifier': true,"
		"'facilityBased': false}, 'otherScores': [{'participation': 'group', 'finalScore': '71.00'}], 'virtualGroupMember': false}");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(f->py.v, 2023);
	assert_int_equal(f->participation, QPP_APM_ENTITY);
	assert_int_equal(f->small_practice, QPP_YES);
	assert_int_equal(f->apm_participant, QPP_NO);
	assert_int_equal(f->virtual_group_member, QPP_NO);
	assert_true(f->has_statuses);
	assert_int_equal(f->statuses, QPP_RURAL | QPP_FACILITY_BASED);
	assert_int_equal(f->types, 1u << QPP_PHYSICIAN | 1u << QPP_CLINICAL_SOCIAL_WORKER);
	assert_int_equal(f->n_reweight, 1);
	assert_int_equal(f->reweight[0].category, QPP_PI);
	assert_int_equal(f->reweight[0].reason, QPP_HARDSHIP);
	assert_true(qpp_dec_eq(f->administrative_claims[0].score, qpp_dec_scaled(15, 2)));
	assert_int_equal(f->n_cost, 2);
	assert_int_equal(f->cost[0].case_count.v, 40);
	assert_false(f->cost[1].case_count.given);
	assert_true(qpp_dec_eq(f->medical_z.v, qpp_dec_scaled(-5, 1)));
	assert_int_equal(f->medical_at_or_above_median, QPP_YES);
	assert_int_equal(f->social_at_or_above_median, QPP_NO);
	assert_true(qpp_dec_eq(f->prior_cost_pct.v, qpp_dec_of(50)));
	assert_int_equal(f->prior_same_identifier, QPP_YES);
	assert_int_equal(f->other_scores[0].participation, QPP_GROUP);
	assert_true(qpp_dec_eq(f->other_scores[0].final_score, qpp_dec_of(71)));
	assert_text(f->cost[1].where.pointer, "/cost/1");
}

static void facts__an_absent_fact_is_unknown_and_an_empty_list_says_none(void **state)
{
	struct run *r = *state;
	const struct qpp_facts *f = tell(r, "{'specialStatuses': [], 'cost': []}");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(f->small_practice, QPP_UNKNOWN);
	assert_int_equal(f->py.v, 0);
	assert_true(f->has_statuses && f->has_cost);
	assert_int_equal(f->n_cost, 0);
	assert_false(f->has_types || f->has_reweight || f->has_administrative_claims || f->has_prior);
}

static void facts__an_unknown_field_is_an_error_with_its_place_and_the_nearest_name(void **state)
{
	struct run *r = *state;
	tell(r, "{'performanceYear': 2023,\n  'smalPractice': true, 'complexPatient': {'medicalz': 1}}");
	assert_int_equal(r->findings.errors, 2);
	const struct qpp_finding *x = &r->findings.list.v[0];
	assert_text(x->code, "memberUnknown");
	assert_int_equal(x->severity, QPP_ERROR);
	assert_text(x->value, "smalPractice");
	assert_text(x->expected, "smallPractice");
	assert_int_equal(x->where.line, 2);
	assert_int_equal(x->where.column, 3);
	assert_text(r->findings.list.v[1].expected, "medicalZ");
	assert_text(r->findings.list.v[1].where.pointer, "/complexPatient/medicalz");
}

static void facts__ranges_are_kept_at_both_ends(void **state)
{
	static const struct { const char *text; bool good; } rows[] = {
		{ "{'complexPatient': {'dualEligibleRatio': '0'}}", true }, { "{'complexPatient': {'dualEligibleRatio': '1'}}", true },
		{ "{'complexPatient': {'dualEligibleRatio': '1.0001'}}", false },
		{ "{'complexPatient': {'dualEligibleRatio': '-0.1'}}", false },
		{ "{'complexPatient': {'medicalZ': '20'}}", true }, { "{'complexPatient': {'medicalZ': '-20'}}", true },
		{ "{'complexPatient': {'medicalZ': '-20.1'}}", false }, { "{'complexPatient': {'hccRiskScore': '-1'}}", false },
		{ "{'prior': {'costPercent': '100'}}", true }, { "{'prior': {'costPercent': '100.01'}}", false },
		{ "{'otherScores': [{'participation': 'group', 'finalScore': '101'}]}", false },
		{ "{'cost': [{'measureId': 'TPCC_1', 'score': '-1'}]}", false }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		tell(r, rows[i].text);
		if ((r->findings.errors == 0) != rows[i].good)
			fail_msg("%s", rows[i].text);
		assert_true(rows[i].good || found(&r->findings, "valueOutOfRange"));
		end(state);
	}
	begin(state);
}

static void facts__kinds_are_strict(void **state)
{
	static const struct { const char *text, *code; } rows[] = {
		{ "{'smallPractice': 'yes'}", "kindWrong" }, { "{'smallPractice': 1}", "kindWrong" },
		{ "{'specialStatuses': 'rural'}", "kindWrong" }, { "{'specialStatuses': ['rurl']}", "valueUnknown" },
		{ "{'clinicianTypes': [1]}", "kindWrong" }, { "{'cost': {}}", "kindWrong" }, { "{'cost': [1]}", "kindWrong" },
		{ "{'cost': [{'score': '1'}]}", "memberMissing" }, { "{'cost': [{'measureId': 'TPCC_1'}]}", "memberMissing" },
		{ "{'cost': [{'measureId': 'TPCC_1', 'score': '1', 'caseCount': '40'}]}", "kindWrong" },
		{ "{'cost': [{'measureId': 'TPCC_1', 'score': '1', 'caseCount': 1.5}]}", "countInvalid" },
		{ "{'cost': [{'measureId': 'TPCC_1', 'score': 'abc'}]}", "numberInvalid" },
		{ "{'cost': [{'measureId': 'A', 'score': '1'}, {'measureId': 'A', 'score': '2'}]}", "factDuplicate" },
		{ "{'reweight': [{'category': 'pi'}]}", "memberMissing" },
		{ "{'reweight': [{'category': 'pi', 'reason': 'hardships'}]}", "valueUnknown" },
		{ "{'prior': []}", "kindWrong" }, { "{'participation': 'apmEntit'}", "valueUnknown" }, { "[]", "kindWrong" },
		{ "{'smallPractice': true, 'smallPractice': false}", "jsonDuplicateMember" }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		tell(r, rows[i].text);
		if (!found(&r->findings, rows[i].code))
			fail_msg("%s: no %s", rows[i].text, rows[i].code);
		assert_true(r->findings.errors > 0);
		end(state);
	}
	begin(state);
}

static void facts__a_list_with_an_unknown_name_counts_as_not_given(void **state)
{
	struct run *r = *state;
	assert_false(tell(r, "{'specialStatuses': ['rural', 'moon']}")->has_statuses);
}

static void names__go_both_ways(void **state)
{
	(void)state;
	for (int e = QPP_INDIVIDUAL; e < QPP_ENTITIES; e++)
		assert_int_equal(qpp_entity_of(qpp_str_of(qpp_entity_name((enum qpp_entity)e))), e);
	assert_int_equal(qpp_entity_of(QPP_LIT("apm")), QPP_APM_ENTITY);
	assert_int_equal(qpp_entity_of(QPP_LIT("none")), QPP_ENTITY_NONE);
	for (int s = QPP_RURAL; s <= QPP_FACILITY_BASED; s <<= 1)
		assert_int_equal(qpp_status_of(qpp_str_of(qpp_status_name((enum qpp_status)s))), s);
	assert_int_equal(qpp_status_of(QPP_LIT("none")), 0);
	for (int t = 0; t < QPP_CLINICIAN_TYPES; t++) {
		enum qpp_clinician_type back;
		assert_true(qpp_clinician_type_of(qpp_str_of(qpp_clinician_type_name((enum qpp_clinician_type)t)), &back));
		assert_int_equal(back, t);
	}
	for (int i = 0; i < QPP_REWEIGHT_REASONS; i++) {
		enum qpp_reweight_reason back;
		assert_true(qpp_reweight_reason_of(qpp_str_of(qpp_reweight_reason_name((enum qpp_reweight_reason)i)), &back));
		assert_int_equal(back, i);
	}
	enum qpp_clinician_type no_type;
	enum qpp_reweight_reason no_reason;
	assert_false(qpp_clinician_type_of(QPP_LIT("none"), &no_type));
	assert_false(qpp_reweight_reason_of(QPP_LIT("none"), &no_reason));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(facts__every_field_is_read),
		TEST(facts__an_absent_fact_is_unknown_and_an_empty_list_says_none),
		TEST(facts__an_unknown_field_is_an_error_with_its_place_and_the_nearest_name),
		TEST(facts__ranges_are_kept_at_both_ends),
		TEST(facts__kinds_are_strict),
		TEST(facts__a_list_with_an_unknown_name_counts_as_not_given),
		cmocka_unit_test(names__go_both_ways),
	};
	return RUN_AS_TAP(tests);
}
