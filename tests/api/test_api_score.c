/* Scores in the shape of the agency's engine: its published figures, and who sees which score. */
#include "world.h"

#include <stdio.h>
#include <string.h>

static struct api_world w;

static int begin(void **unused)
{
	(void)unused;
	api_open(&w);
	return 0;
}

static int end(void **unused)
{
	(void)unused;
	api_close(&w);
	return 0;
}

#define PREVIEW "POST /api/submissions/submissions/score-preview"

/*
 * The tutorial of the Submissions API: measure 047 by registry at 76.92 % in PY2022, decile 5, a small practice whose
 * other categories but activities are reweighted: (5.3676 + 6) / 60, half of the final score. apis.md 1.6 (a).
 */
static void score__of_the_tutorial(void **unused)
{
	(void)unused;
	consent(&w, 2022, &w.practice, &w.registry, false);
	keep_fact(&w, 2022, QPP_GROUP, &w.practice, "", "scoring",
	          "{\"smallPractice\": true, \"specialStatuses\": [], \"cost\": [], \"administrativeClaims\": []}");
	w.service.window_open = true;
	struct answer a = ask(&w, LAST_YEARS_REGISTRY, "POST " SETS,
	                      "{'submission': {'performanceYear': 2022, 'entityType': 'group', 'taxpayerIdentificationNumber': '" TIN "'}, "
	                      "'category': 'quality', 'submissionMethod': 'registry', 'performanceStart': '2022-01-01', 'performanceEnd': "
	                      "'2022-12-31', 'measurements': [" SINGLE("047", 120, 36) "]}");
	assert_answer(a, 201);
	struct answer s = ask(&w, LAST_YEARS_REGISTRY, cat(&w, "GET /api/submissions/submissions/", at(&w, &a, "data.measurementSet.submissionId"),
	                      "/score?program=mips", (char *)NULL), "");
	assert_answer(s, 200);
#define QUALITY_PART "data.score.parts[0]"
#define SET_PART QUALITY_PART ".original.parts[0]"
#define MEASURE SET_PART ".parts[0]"
	assert_string_equal(at(&w, &s, "data.score.name"), "total");
	assert_string_equal(at(&w, &s, "data.score.title"), "Total Score");
	assert_string_equal(at(&w, &s, QUALITY_PART ".name"), "quality");
	assert_string_equal(at(&w, &s, QUALITY_PART ".title"), "QUALITY component of total score");
	assert_string_equal(at(&w, &s, QUALITY_PART ".detail"), "Scoring based on weight of 50%.");
	assert_string_equal(at(&w, &s, QUALITY_PART ".value"), "9.473");
	assert_string_equal(at(&w, &s, QUALITY_PART ".original.value"), "18.946");
	assert_string_equal(at(&w, &s, QUALITY_PART ".original.detail"), "Picked the highest scoring measurement set registry");
	assert_string_equal(at(&w, &s, MEASURE ".name"), "047");
	assert_string_equal(at(&w, &s, MEASURE ".value"), "5.3676");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.performanceRate"), "76.92");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.decile"), "5");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.partialPoints"), "4.86");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.partialDecileScore"), "0.3676");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.decileScore"), "5.3676");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.deciles[3]"), "72.06");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.processingStatus"), "PICKED");
	assert_string_equal(at(&w, &s, MEASURE ".metadata.measureTitle"), "Advance Care Plan");
	assert_string_equal(at(&w, &s, SET_PART ".metadata.smallPracticeBonus"), "6");
	assert_string_equal(at(&w, &s, SET_PART ".metadata.denominator"), "60");
	assert_string_equal(at(&w, &s, SET_PART ".metadata.unroundedScoreValue"), "11.3676");
	assert_string_equal(at(&w, &s, SET_PART ".metadata.measuresPicked[0]"), "047");
	assert_string_equal(at(&w, &s, "data.score.parts[1].name"), "feedback-quality");
	assert_string_equal(at(&w, &s, "data.score.parts[1].parts[0].detail"), "Focus on improving measure 047");
	assert_string_equal(at(&w, &s, "data.score.metadata.maxContributionQuality"), "50");
	assert_string_equal(at(&w, &s, "data.score.metadata.hasQualityMeasures"), "true");
	assert_string_equal(at(&w, &s, "data.score.metadata.hasPIMeasures"), "false");
	assert_string_equal(at(&w, &s, "data.score.errors"), "[]");
	assert_true(strncmp(at(&w, &s, "data.score.warnings[0]"), "Disclaimer:", 11) == 0);
}

#define PI_MEASURES                                                                                                     \
	"{'measureId': 'PI_PPHI_1', 'value': true}, {'measureId': 'PI_PPHI_2', 'value': true}, {'measureId': 'PI_ONCDIR_1', "   \
	"'value': true}, {'measureId': 'PI_INFBLO_1', 'value': true}, {'measureId': 'PI_EP_1', 'value': {'numerator': 49, "       \
	"'denominator': 115}}, {'measureId': 'PI_EP_2', 'value': true}, {'measureId': 'PI_HIE_1', 'value': {'numerator': 1123, " \
	"'denominator': 1951}}, {'measureId': 'PI_HIE_4', 'value': {'numerator': 923, 'denominator': 951}}, {'measureId': "       \
	"'PI_PEA_1', 'value': {'numerator': 861, 'denominator': 1809}}, {'measureId': 'PI_PHCDRR_1_PROD', 'value': true}, {'measureId': " \
	"'PI_PHCDRR_3_PROD', 'value': true}, {'measureId': 'PI_PHCDRR_1', 'value': true}, {'measureId': 'PI_PHCDRR_3', 'value': true}"
#define ALL_SETS                                                                                                        \
	"{" FILER(TIN) ", 'measurementSets': [{" QUALITY(SINGLE("047", 120, 36)) "}, {" IA "}, {'category': 'pi', 'submissionMethod': " \
	"'electronicHealthRecord', 'cehrtId': '0015CEXAMPLE001', " PERIOD ", 'measurements': [" PI_MEASURES "]}]}"

/* Index of the part of that name. */
static const char *part(const struct answer *a, const char *name, const char *rest)
{
	for (int i = 0; i < 8; i++) {
		char index[8];
		snprintf(index, sizeof index, "%d", i);
		const char *path = cat(&w, "data.score.parts[", index, "]", (char *)NULL);
		if (strcmp(at(&w, a, cat(&w, path, ".name", (char *)NULL)), name) == 0)
			return at(&w, a, cat(&w, path, rest, (char *)NULL));
	}
	return "";
}

static void preview__has_every_category_in_the_engines_shape(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, REGISTRY, PREVIEW, ALL_SETS);
	assert_answer(a, 200);
	assert_string_equal(part(&a, "ia", ".title"), "IA component of total score");
	assert_string_equal(part(&a, "ia", ".original.parts[0].parts[0].name"), "IA_EPA_2");
	assert_string_equal(part(&a, "ia", ".original.parts[0].parts[0].value"), "10");
	assert_string_equal(part(&a, "ia", ".original.parts[0].parts[0].metadata.maxContribution"), "40");
	assert_string_equal(part(&a, "ia", ".original.parts[0].parts[0].metadata.weight"), "medium");
	assert_string_equal(part(&a, "pi", ".original.parts[0].metadata.performancePeriod"), "365");
	assert_string_equal(part(&a, "pi", ".original.parts[0].metadata.hasCehrtId"), "true");
	assert_string_equal(part(&a, "pi", ".original.parts[0].parts[4].name"), "PI_EP_1");
	assert_string_equal(part(&a, "pi", ".original.parts[0].parts[4].metadata.formula"), "((49/115)*10) = 4");
	assert_string_equal(part(&a, "pi", ".original.parts[0].parts[4].metadata.objective"), "electronicPrescribing");
	assert_string_equal(part(&a, "pi", ".original.parts[0].parts[4].metadata.mipsMinimumScore"), "1");
	/* Query of the monitoring program brings 10 beside the 4. */
	assert_string_equal(part(&a, "pi", ".original.parts[0].metadata.objectiveScores.electronicPrescribing"), "14");
	assert_string_equal(part(&a, "bonuses", ".value"), "0");
	/* Nothing is kept. */
	struct answer list = ask(&w, REGISTRY, "GET /api/submissions/submissions", "");
	assert_string_equal(at(&w, &list, "data.totalItems"), "0");
}

static void preview__refuses_what_filing_would(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, REGISTRY, PREVIEW, "{" FILER(TIN) ", 'measurementSets': [{" QUALITY(SINGLE("O47", 1, 1)) "}]}");
	assert_answer(a, 422);
	assert_string_equal(at(&w, &a, "error.details[0].path"), "$.measurementSets[0].measurements[0].measureId");
	assert_answer(ask(&w, REGISTRY, PREVIEW, ""), 422);
	assert_answer(ask(&w, NOBODY, PREVIEW, ALL_SETS), 401);
	assert_answer(ask(&w, REGISTRY, PREVIEW, "{'performanceYear': 2017, 'entityType': 'group', 'measurementSets': []}"), 422);
	assert_answer(ask(&w, REGISTRY, PREVIEW "?program=nonsense", ALL_SETS), 400);
}

static void score__a_registry_sees_that_of_its_own_sets(void **unused)
{
	(void)unused;
	struct answer q = ask(&w, REGISTRY, "POST " SETS, QUALITY_SET), ia = ask(&w, OFFICIAL, "POST " SETS, IA_SET);
	assert_answer(q, 201);
	assert_answer(ia, 201);
	const char *line = cat(&w, "GET /api/submissions/submissions/", at(&w, &q, "data.measurementSet.submissionId"), "/score", (char *)NULL);
	struct answer own = ask(&w, REGISTRY, line, ""), all = ask(&w, OFFICIAL, line, "");
	assert_answer(own, 200);
	assert_string_equal(at(&w, &own, "data.score.metadata.hasIAMeasures"), "false");
	assert_string_equal(at(&w, &own, "data.score.metadata.hasQualityMeasures"), "true");
	assert_string_equal(at(&w, &all, "data.score.metadata.hasIAMeasures"), "true");
	assert_answer(ask(&w, OTHER_REGISTRY, line, ""), 404);
	assert_answer(ask(&w, OTHER_OFFICIAL, line, ""), 404);
	assert_answer(ask(&w, NOBODY, line, ""), 401);
}

static void score__of_several_programs_names_them(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, REGISTRY, PREVIEW,
	                      "{" FILER(TIN) ", 'measurementSets': [{" IA "}, {'programName': 'app1', " IA "}]}");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.scores[0].metadata.pickedProgramName"), "mips");
	assert_string_equal(at(&w, &a, "data.scores[1].metadata.pickedProgramName"), "app1");
	assert_string_equal(at(&w, &a, "data.score.name"), "total");
	struct answer one = ask(&w, REGISTRY, PREVIEW "?program=app1",
	                        "{" FILER(TIN) ", 'measurementSets': [{" IA "}, {'programName': 'app1', " IA "}]}");
	assert_string_equal(at(&w, &one, "data.scores"), "");
	assert_string_equal(at(&w, &one, "data.score.metadata.pickedProgramName"), "app1");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(score__of_the_tutorial),
		T(preview__has_every_category_in_the_engines_shape),
		T(preview__refuses_what_filing_would),
		T(score__a_registry_sees_that_of_its_own_sets),
		T(score__of_several_programs_names_them),
	};
	return RUN_AS_TAP(tests);
}
