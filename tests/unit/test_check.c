/* What is said about a submission before it is scored. */
#include "unit.h"

#include "adapt/json/read_submission.h"
#include "findings.h"
#include "qpp/check.h"
#include "small_catalog.h"

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_submission *submission;
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

/* Checks a whole submission; the text must read without errors of its own. */
static void check(struct run *r, const char *text)
{
	r->submission = qpp_json_read_submission(&r->arena, QPP_LIT("s.json"), json(&r->arena, text), 0, &r->findings);
	assert_non_null(r->submission);
	assert_int_equal(r->findings.errors, 0);
	qpp_check_submission(r->submission, &small_catalog, &r->findings);
}

/* One set of a fully named group: its own members, and its measurements. */
static void check_set(struct run *r, const char *set, const char *measurements)
{
	check(r, qpp_str_cat(&r->arena, "{'performanceYear': 2023, 'entityType': 'group', 'taxpayerIdentificationNumber': '000000001',"
		"'measurementSets': [{'performanceStart': '2023-01-01', 'performanceEnd': '2023-12-31', ", set,
		", 'measurements': [\n", measurements, "]}]}", (char *)NULL).p);
}

#define REGISTRY "'category': 'quality', 'submissionMethod': 'registry'"
#define EHR "'category': 'quality', 'submissionMethod': 'electronicHealthRecord'"
#define PI "'category': 'pi', 'submissionMethod': 'registry', 'cehrtId': 'XX15C0000000000'"
#define IA "'category': 'ia', 'submissionMethod': 'registry'"

/* One measurement of a quality set. */
static void check_value(struct run *r, const char *set, const char *id, const char *value)
{
	check_set(r, set, qpp_str_cat(&r->arena, "{'measureId': '", id, "', 'value': ", value, "}", (char *)NULL).p);
}

#define COUNTS(met, not_met, eligible) \
	"{'isEndToEndReported': true, 'performanceMet': " #met ", 'performanceNotMet': " #not_met ", 'eligiblePopulation': " #eligible "}"

static const struct qpp_finding *only(struct run *r, const char *code)
{
	assert_int_equal(r->findings.list.n, 1);
	assert_int_equal(r->findings.list.v[0].code.n, strlen(code));
	assert_memory_equal(r->findings.list.v[0].code.p, code, strlen(code));
	return &r->findings.list.v[0];
}

static void check__a_sound_submission_has_no_findings_and_its_measures_resolved(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY, "001", COUNTS(10, 90, 100));
	assert_int_equal(r->findings.list.n, 0);
	assert_ptr_equal(r->submission->sets[0].measurements[0].measure, &small_measures[0]);
}

/* Measures */

static void check__an_unknown_measure_is_an_error_with_the_nearest_id_and_title(void **state)
{
	struct run *r = *state;
	check_value(r, IA, "ia_epa_1", "true");
	const struct qpp_finding *x = only(r, "measureUnknown");
	assert_int_equal(x->severity, QPP_ERROR);
	assert_text(x->value, "ia_epa_1");
	assert_says(x->hint, "did you mean IA_EPA_1 (24/7 Access)?");
	assert_text(x->where.pointer, "/measurementSets/0/measurements/0/measureId");
	assert_int_equal(x->where.line, 2);
	assert_null(r->submission->sets[0].measurements[0].measure);
}

static void check__a_measure_of_another_category_is_an_error_and_nothing_more_is_said_of_it(void **state)
{
	struct run *r = *state;
	check_value(r, IA, "001", "true");
	const struct qpp_finding *x = only(r, "categoryWrong");
	assert_text(x->value, "ia");
	assert_text(x->expected, "quality");
	assert_text(x->subject, "001 Diabetes: Hemoglobin A1c Poor Control");
}

static void check__a_collection_type_the_measure_lacks_is_an_error(void **state)
{
	struct run *r = *state;
	check_value(r, "'category': 'quality', 'submissionMethod': 'claims'", "001", COUNTS(10, 90, 100));
	const struct qpp_finding *x = only(r, "methodNotAllowed");
	assert_text(x->value, "claims");
	assert_text(x->expected, "registry, electronicHealthRecord");
}

static void check__activities_have_no_collection_type_to_be_wrong(void **state)
{
	struct run *r = *state;
	check_value(r, "'category': 'ia', 'submissionMethod': 'webAttestation'", "IA_EPA_1", "true");
	assert_int_equal(r->findings.list.n, 0);
}

static void check__a_measure_outside_its_program_is_a_warning(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY ", 'programName': 'G0053'", "001", COUNTS(10, 90, 100));
	const struct qpp_finding *x = only(r, "measureNotInProgram");
	assert_int_equal(x->severity, QPP_WARNING);
	assert_text(x->value, "G0053");
	assert_text(x->expected, "mips, app1");
}

static void check__the_program_gets_its_published_spelling(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY ", 'programName': 'g0053'", "459", "{'isEndToEndReported': true, 'numerator': 1, 'denominator': 2,"
		"'observationInstances': 2}");
	assert_int_equal(r->findings.list.n, 0);
	assert_text(r->submission->sets[0].program, "G0053");
}

static void check__an_unknown_program_is_an_error_with_the_nearest(void **state)
{
	struct run *r = *state;
	check_value(r, IA ", 'programName': 'G0054'", "IA_EPA_1", "true");
	assert_text(only(r, "programUnknown")->hint, "did you mean G0053?");
	assert_text(only(r, "programUnknown")->where.pointer, "/measurementSets/0/programName");
}

static void check__the_same_measure_twice_in_a_set_is_an_error_at_the_second(void **state)
{
	struct run *r = *state;
	check_set(r, IA, "{'measureId': 'IA_EPA_1', 'value': true},\n{'measureId': 'IA_EPA_1', 'value': true}");
	const struct qpp_finding *x = only(r, "measureDuplicate");
	assert_int_equal(x->where.line, 3);
	assert_says(x->message, "line 2");
}

static void check__the_same_set_twice_is_an_error_but_not_by_another_collection_type(void **state)
{
	struct run *r = *state;
	check(r, "{'performanceYear': 2023, 'entityType': 'group', 'taxpayerIdentificationNumber': '000000001', 'measurementSets': [\n"
		"{'performanceStart': '2023-01-01', 'performanceEnd': '2023-12-31', " IA ", 'measurements': [{'measureId': 'IA_EPA_1', 'value': true}]},\n"
		"{'performanceStart': '2023-01-01', 'performanceEnd': '2023-12-31', 'category': 'ia',"
		"'submissionMethod': 'electronicHealthRecord', 'measurements': [{'measureId': 'IA_EPA_1', 'value': true}]},\n"
		"{'performanceStart': '2023-01-01', 'performanceEnd': '2023-12-31', " IA ", 'programName': 'MIPS',"
		"'measurements': [{'measureId': 'IA_EPA_1', 'value': true}]}]}");
	const struct qpp_finding *x = only(r, "setDuplicate");
	assert_int_equal(x->where.line, 4);
	assert_says(x->message, "line 2");
}

/* Values */

static void check__a_value_of_another_kind_names_the_members_that_are_asked_for(void **state)
{
	static const struct { const char *set, *id, *value, *expected; } rows[] = {
		{ REGISTRY, "001", "true", "performanceMet" },
		{ REGISTRY, "226", COUNTS(1, 1, 2), "strata" },
		{ EHR, "001", "{'isEndToEndReported': true, 'strata': []}", "eligiblePopulation" },
		{ REGISTRY, "459", "{'numerator': 1, 'denominator': 2}", "observationInstances" },
		{ REGISTRY, "AQUA8", "{'score': 1}", "performanceRate" },
		{ IA, "IA_EPA_1", "{'numerator': 1, 'denominator': 2}", "true or false" },
		{ PI, "PI_EP_1", "true", "numerator, denominator" },
		{ PI, "PI_HIE_5", "{'numerator': 1, 'denominator': 2}", "true or false" },
		{ "'category': 'quality', 'submissionMethod': 'certifiedSurveyVendor'", "321", "true", "score" }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		check_value(r, rows[i].set, rows[i].id, rows[i].value);
		const struct qpp_finding *x = only(r, "valueKindWrong");
		assert_int_equal(x->severity, QPP_ERROR);
		assert_says(x->expected, rows[i].expected);
		assert_text(x->where.pointer, "/measurementSets/0/measurements/0/value");
		end(state);
	}
	begin(state);
}

static void check__a_proportion_may_say_that_it_was_reported_end_to_end(void **state)
{
	struct run *r = *state;
	check_value(r, PI, "PI_EP_1", "{'numerator': 1, 'denominator': 2, 'isEndToEndReported': true}");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(r->submission->sets[0].measurements[0].kind, QPP_VALUE_PROPORTION);
	check_value(r, PI, "PI_EP_1", "{'numerator': 0.5, 'denominator': 2, 'isEndToEndReported': true}");
	assert_text(only(r, "countInvalid")->value, "0.5");
}

static void check__observations_are_asked_for_where_the_rate_is_made_of_them(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY, "459", "{'numerator': 1, 'denominator': 2, 'isEndToEndReported': true}");
	assert_says(only(r, "valueKindWrong")->expected, "observationInstances");
}

static void check__more_patients_than_eligible_are_an_error(void **state)
{
	struct run *r = *state;
	check_value(r, EHR, "001", "{'isEndToEndReported': true, 'performanceMet': 50, 'performanceNotMet': 30,"
		"'eligiblePopulation': 100, 'eligiblePopulationExclusion': 11, 'eligiblePopulationException': 10}");
	const struct qpp_finding *x = only(r, "countsExceedEligible");
	assert_text(x->value, "50 + 30 + 11 + 10 = 101");
	assert_text(x->expected, "at most 100 (eligiblePopulation)");
}

static void check__as_many_patients_as_eligible_are_none(void **state)
{
	struct run *r = *state;
	check_value(r, EHR, "001", "{'isEndToEndReported': true, 'performanceMet': 50, 'performanceNotMet': 30,"
		"'eligiblePopulation': 100, 'eligiblePopulationExclusion': 10, 'eligiblePopulationException': 10}");
	assert_int_equal(r->findings.list.n, 0);
}

#define EXCLUDED(rest) "{'isEndToEndReported': true, 'performanceMet': 5, 'performanceNotMet': 4, 'eligiblePopulation': 10," \
	"'eligiblePopulationExclusion': 1" rest "}"

static void check__a_registry_may_exclude_in_a_qcdr_measure_only(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY, "001", EXCLUDED(""));
	assert_says(only(r, "exclusionNotZero")->message, "registry");
	assert_text(only(r, "exclusionNotZero")->value, "1");
	end(state);
	begin(state);
	check_value(r, EHR, "001", EXCLUDED(""));
	assert_int_equal(r->findings.list.n, 0);
	check_value(r, REGISTRY, "AQUA8", EXCLUDED(", 'performanceRate': 70"));
	assert_int_equal(r->findings.list.n, 0);
}

static void check__no_patient_met_or_missed_is_worth_knowing(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY, "001", COUNTS(0, 0, 0));
	assert_int_equal(only(r, "noRate")->severity, QPP_INFORMATION);
	assert_int_equal(r->findings.errors, 0);
}

#define STRATUM(name, met, not_met) \
	"{'stratum': '" name "', 'performanceMet': " #met ", 'performanceNotMet': " #not_met ", 'eligiblePopulation': 1000}"
#define MULTI(...) "{'isEndToEndReported': true, 'strata': [" __VA_ARGS__ "]}"

static void check__strata_are_asked_for_by_name_exactly_once(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY, "226", MULTI(STRATUM("reporting", 1, 1) "," STRATUM("performance", 1, 1)));
	assert_int_equal(r->findings.list.n, 0);
	check_value(r, REGISTRY, "226", MULTI(STRATUM("reporting", 1, 1) "," STRATUM("reporting", 1, 1) "," STRATUM("perfomance", 1, 1)));
	assert_int_equal(r->findings.list.n, 3);
	assert_text(found(&r->findings, "stratumDuplicate")->value, "reporting");
	assert_text(found(&r->findings, "stratumMissing")->value, "performance");
	assert_says(found(&r->findings, "stratumMissing")->expected, "reporting, performance");
	assert_text(found(&r->findings, "stratumUnknown")->value, "perfomance");
	assert_text(found(&r->findings, "stratumUnknown")->hint, "did you mean performance?");
	assert_text(found(&r->findings, "stratumUnknown")->where.pointer, "/measurementSets/0/measurements/0/value/strata/2");
}

static void check__strata_without_published_names_are_counted(void **state)
{
	struct run *r = *state;
	check_value(r, EHR, "238", MULTI(STRATUM("a", 1, 1) "," STRATUM("b", 1, 1)));
	assert_int_equal(r->findings.list.n, 0);
	check_value(r, EHR, "238", MULTI(STRATUM("a", 1, 1)));
	assert_text(only(r, "stratumMissing")->value, "1");
	assert_text(only(r, "stratumMissing")->expected, "2");
}

static void check__a_numerator_above_its_denominator_is_an_error(void **state)
{
	struct run *r = *state;
	check_value(r, PI, "PI_HIE_1", "{'numerator': 0, 'denominator': 0}");
	check_value(r, PI, "PI_HIE_1", "{'numerator': 5, 'denominator': 5}");
	assert_int_equal(r->findings.list.n, 0);
	check_value(r, PI, "PI_HIE_1", "{'numerator': 1, 'denominator': 0}");
	assert_text(only(r, "numeratorExceedsDenominator")->value, "1");
	assert_text(only(r, "numeratorExceedsDenominator")->expected, "at most 0");
}

/* Rates */

static void check__a_submitted_rate_may_differ_from_the_counts_by_a_hundredth(void **state)
{
	static const struct { const char *rate; bool good; } rows[] = {
		{ "33.33", true }, { "33.34", true }, { "33.32", true }, { "33.333333333", true }, { "33.35", false }, { "33.31", false },
		{ "0.33", false }, { "33", false }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		check_value(r, EHR, "001", qpp_str_cat(&r->arena, "{'isEndToEndReported': true, 'performanceMet': 1, 'performanceNotMet': 2,"
			"'eligiblePopulation': 3, 'performanceRate': ", rows[i].rate, "}", (char *)NULL).p);
		if (rows[i].good) {
			assert_int_equal(r->findings.list.n, 0);
		} else {
			const struct qpp_finding *x = only(r, "rateDiffers");
			assert_int_equal(x->severity, QPP_WARNING);
			assert_text(x->expected, "33.33");
			assert_says(x->where.pointer, "/value/performanceRate");
		}
		end(state);
	}
	begin(state);
}

static void check__a_submitted_reporting_rate_is_compared_too(void **state)
{
	struct run *r = *state;
	check_value(r, EHR, "001", "{'isEndToEndReported': true, 'performanceMet': 1, 'performanceNotMet': 2,"
		"'eligiblePopulation': 4, 'reportingRate': 100}");
	assert_text(only(r, "rateDiffers")->expected, "75.00");
	assert_says(only(r, "rateDiffers")->message, "reportingRate");
}

static void check__the_rate_of_several_strata_goes_by_the_measures_algorithm(void **state)
{
	static const struct { const char *set, *id, *strata, *expected; } rows[] = {
		{ REGISTRY, "226", STRATUM("reporting", 9, 1) "," STRATUM("performance", 1, 3), "25.00" },
		{ EHR, "238", STRATUM("a", 1, 1) "," STRATUM("b", 1, 3), "37.50" },
		{ EHR, "370", STRATUM("adolescent", 1, 1) "," STRATUM("adult", 1, 7) "," STRATUM("overall", 99, 0), "20.00" },
		{ EHR, "394", STRATUM("one", 1, 1) "," STRATUM("overall", 1, 4), "20.00" }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		check_value(r, rows[i].set, rows[i].id, qpp_str_cat(&r->arena, "{'isEndToEndReported': true, 'performanceRate': 99, 'strata': [",
			rows[i].strata, "]}", (char *)NULL).p);
		const struct qpp_finding *x = only(r, "rateDiffers");
		assert_string_equal(x->expected.p, rows[i].expected);
		end(state);
	}
	begin(state);
}

static void check__a_qcdr_measure_needs_its_rate_and_is_not_second_guessed(void **state)
{
	struct run *r = *state;
	check_value(r, REGISTRY, "AQUA8", COUNTS(0, 0, 0));
	assert_null(found(&r->findings, "rateMissing"));
	end(state);
	begin(state);
	check_value(r, REGISTRY, "AQUA8", EXCLUDED(", 'performanceRate': 12.5"));
	assert_int_equal(r->findings.list.n, 0);
	check_value(r, REGISTRY, "AQUA8", COUNTS(5, 4, 10));
	assert_int_equal(only(r, "rateMissing")->severity, QPP_ERROR);
	end(state);
	begin(state);
	check_value(r, REGISTRY, "AQUA8", EXCLUDED(", 'performanceRate': 100.01"));
	assert_text(only(r, "valueOutOfRange")->value, "100.01");
}

/* Promoting interoperability */

#define CLAIM(id) "{'measureId': '" id "', 'value': true}"
#define DENY(id) "{'measureId': '" id "', 'value': false}"
#define SHARE(id, numerator) "{'measureId': '" id "', 'value': {'numerator': " #numerator ", 'denominator': 10}}"

static void check__a_measure_and_its_exclusion_cannot_both_be_claimed(void **state)
{
	struct run *r = *state;
	check_set(r, PI, CLAIM("PI_LVPP_1") "," SHARE("PI_EP_1", 4));
	const struct qpp_finding *x = only(r, "piMeasureAndExclusion");
	assert_int_equal(x->severity, QPP_ERROR);
	assert_text(x->subject, "PI_EP_1 e-Prescribing");
	assert_text(x->value, "PI_LVPP_1");
	end(state);
	begin(state);
	check_set(r, PI, DENY("PI_LVPP_1") "," SHARE("PI_EP_1", 4));
	check_set(r, PI, CLAIM("PI_LVPP_1") "," SHARE("PI_EP_1", 0));
	assert_int_equal(r->findings.list.n, 0);
}

static void check__a_measure_and_its_substitute_cannot_both_be_claimed_and_are_told_of_once(void **state)
{
	struct run *r = *state;
	check_set(r, PI, SHARE("PI_HIE_1", 4) "," CLAIM("PI_HIE_5"));
	assert_text(only(r, "piSubstituteConflict")->value, "PI_HIE_1");
	assert_text(only(r, "piSubstituteConflict")->subject, "PI_HIE_5 Bi-Directional Exchange");
	end(state);
	begin(state);
	check_set(r, PI, SHARE("PI_HIE_1", 0) "," CLAIM("PI_HIE_5"));
	check_set(r, PI, SHARE("PI_HIE_1", 4) "," DENY("PI_HIE_5"));
	assert_int_equal(r->findings.list.n, 0);
}

static void check__a_substitute_named_by_one_side_only_is_told_of_too(void **state)
{
	struct run *r = *state;
	check_set(r, PI, SHARE("PI_HIE_4", 4) "," CLAIM("PI_HIE_5"));
	assert_text(only(r, "piSubstituteConflict")->subject, "PI_HIE_4 Receiving Health Information");
}

static void check__promoting_interoperability_without_cehrt_id_is_told_that_it_scores_nothing(void **state)
{
	struct run *r = *state;
	check_value(r, "'category': 'pi', 'submissionMethod': 'registry'", "PI_HIE_5", "true");
	const struct qpp_finding *x = only(r, "cehrtIdMissing");
	assert_int_equal(x->severity, QPP_WARNING);
	assert_says(x->message, "score 0");
	assert_text(x->cite, "414.1380(b)(4)");
}

static void check__the_form_of_the_cehrt_id_is_looked_at(void **state)
{
	static const struct { const char *id; int severity; } rows[] = {
		{ "XX15CXXXXXXXXXX", -1 }, { "0015CVB2BF5C2K9", -1 }, { "2025C12345678XX", -1 },
		{ "XX15EXXXXXXXXXX", QPP_INFORMATION }, { "0014EABCDEFGHIJ", QPP_INFORMATION },
		{ "XX14E", QPP_WARNING }, { "xx15cxxxxxxxxxx", QPP_WARNING }, { "XX15CXXXXXXXXX", QPP_WARNING },
		{ "XX15CXXXXXXXXXXX", QPP_WARNING }, { "XX15C-XXXXXXXXX", QPP_WARNING }, { "XXAACXXXXXXXXXX", QPP_WARNING }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		check_value(r, qpp_str_cat(&r->arena, "'category': 'pi', 'submissionMethod': 'registry', 'cehrtId': '", rows[i].id, "'",
			(char *)NULL).p, "PI_HIE_5", "true");
		const struct qpp_finding *x = found(&r->findings, "cehrtIdFormat");
		assert_int_equal(x ? (int)x->severity : -1, rows[i].severity);
		assert_int_equal(r->findings.list.n, x ? 1 : 0);
		end(state);
	}
	begin(state);
}

/* Period and filer */

static void check_period(struct run *r, const char *period)
{
	check(r, qpp_str_cat(&r->arena, "{'performanceYear': 2023, 'entityType': 'group', 'taxpayerIdentificationNumber': '000000001',"
		"'measurementSets': [{" IA ", ", period, " 'measurements': [{'measureId': 'IA_EPA_1', 'value': true}]}]}", (char *)NULL).p);
}

static void check__a_period_lies_within_its_year_in_order(void **state)
{
	struct run *r = *state;
	check_period(r, "'performanceStart': '2023-01-01', 'performanceEnd': '2023-12-31',");
	check_period(r, "'performanceStart': '2023-05-01', 'performanceEnd': '2023-05-01',");
	assert_int_equal(r->findings.list.n, 0);
	check_period(r, "'performanceStart': '2023-05-02', 'performanceEnd': '2023-05-01',");
	assert_text(only(r, "periodReversed")->expected, "not before 2023-05-02");
	end(state);
	begin(state);
	check_period(r, "'performanceStart': '2022-12-31', 'performanceEnd': '2024-01-01',");
	assert_int_equal(times_found(&r->findings, "periodOutsideYear"), 2);
	assert_text(r->findings.list.v[0].value, "2022-12-31");
	assert_text(r->findings.list.v[0].expected, "a day from 2023-01-01 to 2023-12-31");
	assert_text(r->findings.list.v[1].where.pointer, "/measurementSets/0/performanceEnd");
}

static void check__a_period_that_is_not_given_is_a_warning(void **state)
{
	struct run *r = *state;
	check_period(r, "");
	assert_text(only(r, "periodMissing")->expected, "performanceStart and performanceEnd");
	end(state);
	begin(state);
	check_period(r, "'performanceStart': '2023-01-01',");
	assert_text(only(r, "periodMissing")->expected, "performanceEnd");
}

static void check_filer(struct run *r, const char *filer)
{
	check(r, qpp_str_cat(&r->arena, "{'performanceYear': 2023, ", filer, ", 'measurementSets': [{'performanceStart': '2023-01-01',"
		"'performanceEnd': '2023-12-31', " IA ", 'measurements': [{'measureId': 'IA_EPA_1', 'value': true}]}]}", (char *)NULL).p);
}

#define TIN(x) "'taxpayerIdentificationNumber': '" x "'"
#define NPI(x) "'nationalProviderIdentifier': '" x "'"

static void check__identifiers_are_well_formed(void **state)
{
	static const struct { const char *filer, *code; int severity; } rows[] = {
		{ "'entityType': 'individual', " TIN("000000001") ", " NPI("9000000007"), "identifierInvalid", -1 },
		{ "'entityType': 'individual', " TIN("00-0000001") ", " NPI("9000000007"), "identifierInvalid", QPP_ERROR },
		{ "'entityType': 'individual', " TIN("00000001") ", " NPI("9000000007"), "identifierInvalid", QPP_ERROR },
		{ "'entityType': 'individual', " TIN("000000001") ", " NPI("9000000008"), "identifierInvalid", QPP_WARNING },
		{ "'entityType': 'individual', " TIN("000000001") ", " NPI("900000000"), "identifierInvalid", QPP_ERROR },
		{ "'entityType': 'individual', " TIN("000000001") ", " NPI("900000000X"), "identifierInvalid", QPP_ERROR },
		{ "'entityType': 'individual', " TIN("000000001"), "entityIncomplete", QPP_WARNING },
		{ "'entityType': 'group', " TIN("000000001"), "entityIncomplete", -1 },
		{ "'entityType': 'group'", "entityIncomplete", QPP_WARNING },
		{ "'entityType': 'group', " TIN(""), "entityIncomplete", QPP_WARNING },
		{ "'entityType': 'virtualGroup'", "entityIncomplete", QPP_WARNING },
		{ "'entityType': 'apm', 'entityId': 'E1'", "entityIncomplete", -1 }
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		begin(state);
		struct run *r = *state;
		check_filer(r, rows[i].filer);
		const struct qpp_finding *x = found(&r->findings, rows[i].code);
		if ((x ? (int)x->severity : -1) != rows[i].severity || r->findings.list.n != (x ? 1 : 0))
			fail_msg("%s", rows[i].filer);
		end(state);
	}
	begin(state);
}

static void npi__check_digit_is_luhn_over_the_prefixed_number(void **state)
{
	(void)state;
	/* By hand: 24 for the prefix, 9+8+5+6+1+4+6+2+2 for the digits, every other doubled, leave 3 to the next ten. */
	char npi[] = "9876543213";
	assert_true(qpp_npi_check_digit_ok(qpp_str_of(npi)));
	for (size_t i = 0; i < 10; i++) {
		char right = npi[i];
		for (char c = '0'; c <= '9'; c++) {
			npi[i] = c;
			assert_int_equal(qpp_npi_check_digit_ok(qpp_str_of(npi)), c == right);
		}
		npi[i] = right;
	}
	assert_false(qpp_npi_check_digit_ok(QPP_LIT("98765432130")));
	assert_false(qpp_npi_check_digit_ok(QPP_LIT("")));
}

static void check__a_full_list_of_findings_only_counts(void **state)
{
	struct run *r = *state;
	struct qpp_buf b;
	qpp_buf_init(&b, &r->arena, 1 << 20);
	for (int i = 0; i < 500; i++) {
		qpp_buf_cat(&b, i ? ",{'measureId': 'X" : "{'measureId': 'X", (char *)NULL);
		qpp_buf_i64(&b, i);
		qpp_buf_cat(&b, "', 'value': true}", (char *)NULL);
	}
	check_set(r, IA, qpp_buf_done(&b).p);
	assert_int_equal(r->findings.list.n, 100);
	assert_int_equal(r->findings.errors, 500);
	assert_int_equal(r->findings.left_out, 400);
}

/* A file with a fault of nearly every kind. */
static const char faulty[] =
	"{'performanceYear': 2023, 'entityType': 'individual', 'taxpayerIdentificationNumber': '1', 'measurementSets': ["
	"{" REGISTRY ", 'programName': 'x', 'performanceStart': '2024-01-02', 'performanceEnd': '2024-01-01', 'cehrtId': 'x',"
	" 'measurements': [" CLAIM("001") ", " CLAIM("001") ", " CLAIM("IA_EPA_1") ", " CLAIM("nothing") ", "
	"{'measureId': '226', 'value': " MULTI(STRATUM("reporting", 900, 900) "," STRATUM("reporting", 0, 0) "," STRATUM("x", 1, 1)) "},"
	"{'measureId': '238', 'value': " MULTI(STRATUM("x", 1, 1)) "},"
	"{'measureId': 'AQUA8', 'value': " COUNTS(5, 5, 1) "}]},"
	"{" PI ", 'measurements': [" CLAIM("PI_LVPP_1") ", " CLAIM("PI_HIE_5") ", " SHARE("PI_HIE_1", 11) ", " SHARE("PI_EP_1", 1) "]},"
	"{" PI ", 'measurements': []}]}";

static void check__every_fault_counts_when_no_finding_is_kept(void **state)
{
	struct run *r = *state;
	struct qpp_findings none;
	check(r, faulty);
	qpp_findings_init(&none, &r->arena, 0);
	struct qpp_submission *s = qpp_json_read_submission(&r->arena, QPP_LIT("s.json"), json(&r->arena, faulty), 0, &none);
	qpp_check_submission(s, &small_catalog, &none);
	assert_int_equal(none.list.n, 0);
	assert_int_equal(none.errors, r->findings.errors);
	assert_int_equal(none.left_out, r->findings.list.n);
	assert_true(none.errors >= 18);
}

static void check__every_finding_has_its_message_and_place(void **state)
{
	struct run *r = *state;
	check(r, faulty);
	for (size_t i = 0; i < r->findings.list.n; i++) {
		const struct qpp_finding *x = &r->findings.list.v[i];
		assert_true(x->message.n > 0);
		assert_text(x->where.file, "s.json");
		assert_true(x->where.line > 0 && x->where.column > 0);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(check__a_sound_submission_has_no_findings_and_its_measures_resolved),
		TEST(check__an_unknown_measure_is_an_error_with_the_nearest_id_and_title),
		TEST(check__a_measure_of_another_category_is_an_error_and_nothing_more_is_said_of_it),
		TEST(check__a_collection_type_the_measure_lacks_is_an_error),
		TEST(check__activities_have_no_collection_type_to_be_wrong),
		TEST(check__a_measure_outside_its_program_is_a_warning),
		TEST(check__the_program_gets_its_published_spelling),
		TEST(check__an_unknown_program_is_an_error_with_the_nearest),
		TEST(check__the_same_measure_twice_in_a_set_is_an_error_at_the_second),
		TEST(check__the_same_set_twice_is_an_error_but_not_by_another_collection_type),
		TEST(check__a_value_of_another_kind_names_the_members_that_are_asked_for),
		TEST(check__a_proportion_may_say_that_it_was_reported_end_to_end),
		TEST(check__observations_are_asked_for_where_the_rate_is_made_of_them),
		TEST(check__more_patients_than_eligible_are_an_error),
		TEST(check__as_many_patients_as_eligible_are_none),
		TEST(check__a_registry_may_exclude_in_a_qcdr_measure_only),
		TEST(check__no_patient_met_or_missed_is_worth_knowing),
		TEST(check__strata_are_asked_for_by_name_exactly_once),
		TEST(check__strata_without_published_names_are_counted),
		TEST(check__a_numerator_above_its_denominator_is_an_error),
		TEST(check__a_submitted_rate_may_differ_from_the_counts_by_a_hundredth),
		TEST(check__a_submitted_reporting_rate_is_compared_too),
		TEST(check__the_rate_of_several_strata_goes_by_the_measures_algorithm),
		TEST(check__a_qcdr_measure_needs_its_rate_and_is_not_second_guessed),
		TEST(check__a_measure_and_its_exclusion_cannot_both_be_claimed),
		TEST(check__a_measure_and_its_substitute_cannot_both_be_claimed_and_are_told_of_once),
		TEST(check__a_substitute_named_by_one_side_only_is_told_of_too),
		TEST(check__promoting_interoperability_without_cehrt_id_is_told_that_it_scores_nothing),
		TEST(check__the_form_of_the_cehrt_id_is_looked_at),
		TEST(check__a_period_lies_within_its_year_in_order),
		TEST(check__a_period_that_is_not_given_is_a_warning),
		TEST(check__identifiers_are_well_formed),
		TEST(npi__check_digit_is_luhn_over_the_prefixed_number),
		TEST(check__every_fault_counts_when_no_finding_is_kept),
		TEST(check__every_finding_has_its_message_and_place),
		TEST(check__a_full_list_of_findings_only_counts),
	};
	return RUN_AS_TAP(tests);
}
