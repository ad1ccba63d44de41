/* Who takes part: the reader of the facts, the order of the tests, what is unknown, and the special statuses. */
#include "unit.h"

#include "adapt/json/read_eligibility.h"
#include "findings.h"
#include "rules/world.h"

#define CLINICIAN "'clinicianType': 'physician', 'firstEnrolled': '2010-05-01', 'qpStatus': 'none', 'optIn': 'none'"
#define ABOVE(n) "{'segment': " #n ", 'allowedCharges': '90000.01', 'patients': 201, 'services': 201}"
#define BELOW(n) "{'segment': " #n ", 'allowedCharges': '90000.00', 'patients': 200, 'services': 200}"
#define SOME(n) "{'segment': " #n ", 'allowedCharges': 90000, 'patients': 201, 'services': 201}"
#define BOTH_ABOVE "'segments': [" ABOVE(1) ", " ABOVE(2) "]"

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_eligibility answer;
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

static struct qpp_eligibility_facts *tell(struct run *r, const char *text)
{
	return qpp_json_read_eligibility(&r->arena, QPP_LIT("facts.json"), json(&r->arena, text), 0, &r->findings);
}

static const char *status_at(struct run *r, int py, enum qpp_entity level, const char *text)
{
	struct qpp_request q = world_request(py);
	struct qpp_err err = { 0 };
	const struct qpp_eligibility_facts *facts = tell(r, text);
	q.arena = &r->arena;
	assert_int_equal(r->findings.errors, 0);
	assert_non_null(facts);
	if (qpp_eligibility_decide(&q, facts, level, &r->answer, &err) != QPP_OK)
		return qpp_code_name(err.code);
	return qpp_eligibility_status_name(r->answer.status);
}

static const char *status(struct run *r, int py, const char *text)
{
	return status_at(r, py, QPP_INDIVIDUAL, text);
}

static bool is_unknown(const struct run *r, const char *fact)
{
	for (size_t i = 0; i < r->answer.why.unknown.n; i++)
		if (qpp_str_is(r->answer.why.unknown.v[i].fact, fact))
			return true;
	return false;
}

static bool has(const struct run *r, enum qpp_special s)
{
	return r->answer.specials >> s & 1;
}

/* ---- the reader ---- */

static void read__every_member(void **state)
{
	struct run *r = *state;
	const struct qpp_eligibility_facts *f = tell(r, "{" CLINICIAN ", 'partialQpElected': true, 'segments': [" ABOVE(2) "],"
		"'practice': {'clinicians': [12, 14], 'ruralShare': '0.80', 'hpsaShare': 0.5, 'nonPatientFacing': 9, 'hospitalBased': [0, 3],"
		"'ascBased': 1, 'facilityBased': 2}, 'rural': true, 'hpsa': false, 'encounters': {'patientFacing': [100, null]},"
		"'placeOfService': {'hospital': '0.75', 'asc': ['0.10', '0.2'], 'facility': 1, 'inpatientOrEmergency': true,"
		"'hospitalScored': false}}");
	assert_int_equal(r->findings.list.n, 0);
	assert_true(f->has_type && f->has_first_enrolled && f->has_segments);
	assert_int_equal(f->type, QPP_PHYSICIAN);
	assert_int_equal(f->qp_status, QPP_QP_NONE);
	assert_int_equal(f->partial_qp_elected, QPP_YES);
	assert_int_equal(f->opt_in, QPP_OPT_IN_NONE);
	assert_false(f->segment[0].billed);
	assert_true(f->segment[1].billed && f->segment[1].services.given);
	assert_true(qpp_dec_eq(f->segment[1].allowed_charges.v, qpp_dec_scaled(9000001, 2)));
	assert_true(qpp_dec_eq(f->clinicians.v[1].v, qpp_dec_of(14)));
	assert_true(qpp_dec_eq(f->non_patient_facing.v[1].v, qpp_dec_of(9)));
	assert_true(qpp_dec_eq(f->hospital_based.v[1].v, qpp_dec_of(3)));
	assert_true(f->encounters.v[0].given);
	assert_false(f->encounters.v[1].given);
	assert_true(qpp_dec_eq(f->asc.v[1].v, qpp_dec_scaled(2, 1)));
	assert_int_equal(f->rural, QPP_YES);
	assert_int_equal(f->hpsa, QPP_NO);
	assert_int_equal(f->inpatient_or_emergency, QPP_YES);
	assert_int_equal(f->hospital_scored, QPP_NO);
}

static void read__an_unknown_member_is_refused_with_the_nearest(void **state)
{
	struct run *r = *state;
	tell(r, "{'clinicanType': 'physician', 'practice': {'clinicans': 3}}");
	assert_int_equal(times_found(&r->findings, "memberUnknown"), 2);
	assert_says(found(&r->findings, "memberUnknown")->hint, "clinicianType");
	assert_int_equal(found(&r->findings, "memberUnknown")->where.line, 1);
}

static void read__an_element_has_its_own_place(void **state)
{
	struct run *r = *state;
	tell(r, "{'encounters': {'patientFacing': [100, -1]}, 'placeOfService': {'hospital': ['1.5']}}");
	assert_text(found(&r->findings, "countInvalid")->where.pointer, "/encounters/patientFacing/1");
	assert_text(found(&r->findings, "valueOutOfRange")->where.pointer, "/placeOfService/hospital/0");
}

static void read__segments_are_one_and_two_and_once(void **state)
{
	struct run *r = *state;
	tell(r, "{'segments': [" ABOVE(3) "]}");
	assert_non_null(found(&r->findings, "valueOutOfRange"));
	tell(r, "{'segments': [" ABOVE(1) ", " ABOVE(1) "]}");
	assert_non_null(found(&r->findings, "factDuplicate"));
	tell(r, "{'segments': [" ABOVE(1) ", " ABOVE(2) ", " ABOVE(2) "]}");
	assert_non_null(found(&r->findings, "tooMany"));
	tell(r, "{'segments': [{'patients': 3}]}");
	assert_non_null(found(&r->findings, "memberMissing"));
	tell(r, "{'segments': [7]}");
	assert_non_null(found(&r->findings, "kindWrong"));
}

static void read__nobody_is_counted_who_is_not_there(void **state)
{
	struct run *r = *state;
	tell(r, "{'practice': {'clinicians': [3, 5], 'ascBased': 4}}");
	assert_int_equal(r->findings.list.n, 0);
	tell(r, "{'practice': {'clinicians': [3, 5], 'ascBased': [4, 4]}}");
	assert_int_equal(times_found(&r->findings, "countExceedsClinicians"), 1);
	tell(r, "{'practice': {'clinicians': 3, 'nonPatientFacing': 4}}");
	assert_int_equal(times_found(&r->findings, "countExceedsClinicians"), 2);
	tell(r, "[]");
	assert_non_null(found(&r->findings, "kindWrong"));
}

/* ---- the status ---- */

static void status__the_first_exclusion_decides(void **state)
{
	struct run *r = *state;
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", " BOTH_ABOVE "}"), "eligible");
	assert_string_equal(status(r, 2018,
	                           "{'clinicianType': 'audiologist', 'firstEnrolled': '2018-03-01', 'qpStatus': 'qp'}"), "ineligibleType");
	assert_string_equal(status(r, 2024,
	                           "{'clinicianType': 'crna', 'firstEnrolled': '2024-03-01', 'qpStatus': 'qp'}"), "exemptNewlyEnrolled");
	assert_string_equal(status(r, 2024,
	                           "{'clinicianType': 'crna', 'firstEnrolled': '2023-03-01', 'qpStatus': 'qp'}"), "exemptQp");
	assert_string_equal(status(r, 2024, "{'clinicianType': 'crna', 'firstEnrolled': '2023-03-01', 'qpStatus': 'partial',"
	                                    "'partialQpElected': false}"), "exemptPartialQp");
	assert_false(is_unknown(r, "segments"));
}

static void status__what_is_absent_is_not_assumed(void **state)
{
	struct run *r = *state;
	assert_string_equal(status(r, 2024, "{}"), "undecided");
	assert_int_equal(r->answer.possible, (1 << QPP_ELIGIBILITY_STATUSES) - 1);
	assert_true(is_unknown(r, "clinicianType") && is_unknown(r, "firstEnrolled") && is_unknown(r, "qpStatus") &&
	            is_unknown(r, "partialQpElected") && is_unknown(r, "segments") && is_unknown(r, "optIn"));
	assert_string_equal(status(r, 2024,
	                           "{'clinicianType': 'physician', 'firstEnrolled': '2010-05-01', " BOTH_ABOVE "}"), "undecided");
	assert_int_equal(r->answer.possible, 1 << QPP_ELIGIBLE | 1 << QPP_EXEMPT_QP | 1 << QPP_EXEMPT_PARTIAL_QP);
}

static void status__a_partial_qp_who_elected_need_not_be_known_as_one(void **state)
{
	struct run *r = *state;
	assert_string_equal(status(r, 2024, "{'clinicianType': 'physician', 'firstEnrolled': '2010-05-01', 'partialQpElected': true, "
	                                    BOTH_ABOVE "}"), "undecided");
	assert_int_equal(r->answer.possible, 1 << QPP_ELIGIBLE | 1 << QPP_EXEMPT_QP);
}

static void status__a_figure_that_cannot_matter_is_not_asked(void **state)
{
	struct run *r = *state;
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", 'segments': [{'segment': 1, 'patients': 10}, " BELOW(2) "]}"),
	                    "exemptLowVolume");
	assert_false(is_unknown(r, "segment 1 services"));
	assert_string_equal(status(r, 2018, "{" CLINICIAN ", 'segments': [{'segment': 1, 'allowedCharges': '90001', 'patients': 201}]}"),
	                    "eligible");
}

static void status__segments_are_reconciled_by_the_lower(void **state)
{
	struct run *r = *state;
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", 'segments': [" ABOVE(1) ", " BELOW(2) "]}"), "exemptLowVolume");
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", 'segments': [" BELOW(1) ", " ABOVE(2) "]}"), "exemptLowVolume");
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", 'segments': [" ABOVE(1) ", " SOME(2) "]}"), "optInEligible");
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", 'segments': [" SOME(1) ", " BELOW(2) "]}"), "exemptLowVolume");
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", 'segments': [" ABOVE(2) "]}"), "eligible");
	assert_string_equal(status(r, 2024, "{" CLINICIAN ", 'segments': []}"), "exemptLowVolume");
}

static void status__a_group_is_asked_without_its_clinicians(void **state)
{
	struct run *r = *state;
	assert_string_equal(status_at(r, 2024, QPP_GROUP, "{" BOTH_ABOVE "}"), "eligible");
	assert_string_equal(status_at(r, 2024, QPP_GROUP, "{'qpStatus': 'qp', " BOTH_ABOVE "}"), "undecided");
	assert_string_equal(status_at(r, 2024, QPP_VIRTUAL_GROUP, "{'segments': [" SOME(1) "]}"), "eligibleOptedIn");
	assert_string_equal(status_at(r, 2017, QPP_VIRTUAL_GROUP, "{" BOTH_ABOVE "}"), "noRule");
	assert_string_equal(status_at(r, 2024, QPP_SUBGROUP, "{}"), "usage");
	assert_string_equal(status(r, 2027, "{}"), "noRule");
}

/* ---- special statuses ---- */

static void special__of_the_individual_and_of_the_group(void **state)
{
	struct run *r = *state;
	const char *facts = "{'practice': {'clinicians': [20, 15], 'ruralShare': '0.80', 'nonPatientFacing': 16},"
	                    "'encounters': {'patientFacing': [500, 101]}, 'placeOfService': {'hospital': '0.7499'}}";
	status(r, 2024, facts);
	assert_true(has(r, QPP_SPECIAL_SMALL));
	assert_int_equal(r->answer.specials, 1 << QPP_SPECIAL_SMALL);
	assert_true(is_unknown(r, "rural"));
	status_at(r, 2024, QPP_GROUP, facts);
	assert_true(has(r, QPP_SPECIAL_RURAL) && has(r, QPP_SPECIAL_NON_PATIENT_FACING));
	assert_true(is_unknown(r, "practice.hospitalBased"));
}

static void special__a_segment_not_told_leaves_it_open(void **state)
{
	struct run *r = *state;
	status(r, 2024, "{'encounters': {'patientFacing': [101]}}");
	assert_true(r->answer.specials_unknown >> QPP_SPECIAL_NON_PATIENT_FACING & 1);
	status(r, 2024, "{'encounters': {'patientFacing': [100]}}");
	assert_true(has(r, QPP_SPECIAL_NON_PATIENT_FACING));
	status(r, 2024, "{'practice': {'clinicians': [0, 16]}}");
	assert_false(has(r, QPP_SPECIAL_SMALL));
}

static void special__all_or_no_places_of_the_practice_tell_of_the_clinician(void **state)
{
	struct run *r = *state;
	status(r, 2024, "{'practice': {'ruralShare': 1, 'hpsaShare': 0}}");
	assert_true(has(r, QPP_SPECIAL_RURAL));
	assert_false(r->answer.specials_unknown >> QPP_SPECIAL_HPSA & 1);
	status(r, 2024, "{'rural': false, 'practice': {'ruralShare': 1}}");
	assert_false(has(r, QPP_SPECIAL_RURAL));
}

static void special__facility_based_wants_three_things(void **state)
{
	struct run *r = *state;
	status(r, 2024, "{'placeOfService': {'facility': '0.75', 'inpatientOrEmergency': true, 'hospitalScored': true}}");
	assert_true(has(r, QPP_SPECIAL_FACILITY));
	status(r, 2024, "{'placeOfService': {'facility': '0.75', 'hospitalScored': true}}");
	assert_true(is_unknown(r, "placeOfService.inpatientOrEmergency"));
	assert_false(has(r, QPP_SPECIAL_FACILITY));
	status(r, 2024, "{'placeOfService': {'facility': ['0.74', '1'], 'inpatientOrEmergency': true, 'hospitalScored': true}}");
	assert_false(has(r, QPP_SPECIAL_FACILITY));
}

#define EACH(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(read__every_member),
		EACH(read__an_unknown_member_is_refused_with_the_nearest),
		EACH(read__an_element_has_its_own_place),
		EACH(read__segments_are_one_and_two_and_once),
		EACH(read__nobody_is_counted_who_is_not_there),
		EACH(status__the_first_exclusion_decides),
		EACH(status__what_is_absent_is_not_assumed),
		EACH(status__a_partial_qp_who_elected_need_not_be_known_as_one),
		EACH(status__a_figure_that_cannot_matter_is_not_asked),
		EACH(status__segments_are_reconciled_by_the_lower),
		EACH(status__a_group_is_asked_without_its_clinicians),
		EACH(special__of_the_individual_and_of_the_group),
		EACH(special__a_segment_not_told_leaves_it_open),
		EACH(special__all_or_no_places_of_the_practice_tell_of_the_clinician),
		EACH(special__facility_based_wants_three_things),
	};
	return RUN_AS_TAP(tests);
}
