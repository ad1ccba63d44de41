/* Adding up a virtual group: sums, who is missing, what has no sum, and scores that come out the same. */
#include "unit.h"

#include "adapt/json/read_submission.h"
#include "adapt/json/write_submission.h"
#include "app/aggregate.h"
#include "findings.h"
#include "qpp/check.h"
#include "rules/made_election.h"
#include "rules/world.h"

enum { MOST = 8 };

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct made_election made;
	struct qpp_submission *v[MOST];
	size_t n;
	struct qpp_aggregate answer;
};

static int begin(void **state)
{
	static struct run r;
	r = (struct run){ .arena = QPP_ARENA_INIT };
	qpp_findings_init(&r.findings, &r.arena, 200);
	made_election_begin(&r.made, &r.arena, 2025);
	*state = &r;
	return 0;
}

static int end(void **state)
{
	struct run *r = *state;
	qpp_arena_close(&r->arena);
	return 0;
}

/* Practices as made_election.h writes them: their TINs are 000000001 and so on. */
static void elect(struct run *r, const char *practices)
{
	struct qpp_str rest = qpp_str_of(practices), word;
	while (qpp_str_word(&rest, &word))
		assert_true(made_election_practice(&r->made, word));
}

static struct qpp_submission *read_checked(struct run *r, struct qpp_str text)
{
	struct qpp_submission *s =
	    qpp_json_read_submission(&r->arena, QPP_LIT("practice.json"), text, 0, &r->findings);
	assert_non_null(s);
	qpp_check_submission(s, world_catalog(2025), &r->findings);
	return s;
}

/* A submission of the practice `tin` whose sets are `sets`, single quotes for double ones. */
static void file(struct run *r, const char *tin, const char *sets)
{
	struct qpp_str head = qpp_str_cat(&r->arena, "{'performanceYear': 2025, 'entityType': 'group',"
		" 'taxpayerIdentificationNumber': '", tin, "', 'measurementSets': [", sets, "]}", (char *)NULL);
	assert_true(r->n < MOST);
	r->v[r->n++] = read_checked(r, json(&r->arena, head.p));
}

static void add_up(struct run *r, bool require_all, const struct qpp_rules *rules)
{
	struct qpp_request q = world_request(2025);
	struct qpp_err err;
	q.arena = &r->arena;
	q.findings = &r->findings;
	if (rules)
		q.rules = rules;
	struct qpp_aggregate_call call = { &q, &r->made.is, r->v, r->n, QPP_LIT("VG2025001"), require_all };
	if (qpp_aggregate(&call, &r->answer, &err) != QPP_OK)
		fail_msg("%s", err.primary);
}

static const struct qpp_measurement *sum_of(const struct run *r, const char *id)
{
	const struct qpp_submission *s = r->answer.submission;
	assert_non_null(s);
	for (size_t i = 0; i < s->n_sets; i++)
		for (size_t k = 0; k < s->sets[i].n_measurements; k++)
			if (qpp_str_is(s->sets[i].measurements[k].measure_id, id))
				return &s->sets[i].measurements[k];
	return NULL;
}

#define QUALITY(method, measurements) \
	"{'category': 'quality', 'submissionMethod': '" method "', 'performanceStart': '2025-01-01'," \
	" 'performanceEnd': '2025-12-31', 'measurements': [" measurements "]}"
#define RATE(id, met, missed, eligible) \
	"{'measureId': '" id "', 'value': {'isEndToEndReported': true, 'performanceMet': " met "," \
	" 'performanceNotMet': " missed ", 'eligiblePopulation': " eligible "}}"
#define IA(first, last, measurements) \
	"{'category': 'ia', 'submissionMethod': 'registry', 'performanceStart': '" first "'," \
	" 'performanceEnd': '" last "', 'measurements': [" measurements "]}"
#define PI(cehrt, first, last, measurements) \
	"{'category': 'pi', 'submissionMethod': 'electronicHealthRecord', 'cehrtId': '" cehrt "', 'performanceStart': '" first "'," \
	" 'performanceEnd': '" last "', 'measurements': [" measurements "]}"
#define SAYS(id, answer) "{'measureId': '" id "', 'value': " answer "}"

/* ---- counts ---- */

static void aggregate__adds_counts_of_a_rate(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", QUALITY("registry", "{'measureId': '047', 'value': {'isEndToEndReported': true, 'performanceMet': 10,"
		" 'performanceNotMet': 5, 'eligiblePopulation': 20, 'eligiblePopulationException': 2, 'performanceRate': 66.67}}"));
	file(r, "000000002", QUALITY("registry", "{'measureId': '047', 'value': {'isEndToEndReported': false, 'performanceMet': 1,"
		" 'performanceNotMet': 8, 'eligiblePopulation': 10, 'eligiblePopulationException': 1, 'performanceRate': 11.11, 'reportingRate': 100}}"));
	add_up(r, true, NULL);
	const struct qpp_measurement *m = sum_of(r, "047");
	assert_int_equal(m->rates[0].met.v, 11);
	assert_int_equal(m->rates[0].not_met.v, 13);
	assert_int_equal(m->rates[0].eligible.v, 30);
	assert_true(m->rates[0].exception.given);
	assert_int_equal(m->rates[0].exception.v, 3);
	assert_false(m->rates[0].exclusion.given);
	assert_false(m->end_to_end);
	assert_true(m->performance_rate.given);
	assert_text(qpp_dec_text(&r->arena, m->performance_rate.v, 2), "45.83");
	assert_false(m->reporting_rate.given);
	assert_int_equal(r->answer.submission->entity, QPP_VIRTUAL_GROUP);
	assert_text(r->answer.submission->entity_id, "VG2025001");
	assert_int_equal(r->answer.submission->tin.n + r->answer.submission->npi.n, 0);
	assert_int_equal(r->findings.list.n, 0);
}

static void aggregate__adds_strata_by_their_names(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", QUALITY("registry", "{'measureId': '226', 'value': {'isEndToEndReported': true, 'strata': ["
		"{'stratum': 'reporting', 'performanceMet': 1, 'performanceNotMet': 2, 'eligiblePopulation': 3},"
		"{'stratum': 'performance', 'performanceMet': 4, 'performanceNotMet': 5, 'eligiblePopulation': 9}]}}"));
	file(r, "000000002", QUALITY("registry", "{'measureId': '226', 'value': {'isEndToEndReported': true, 'strata': ["
		"{'stratum': 'performance', 'performanceMet': 40, 'performanceNotMet': 50, 'eligiblePopulation': 90},"
		"{'stratum': 'reporting', 'performanceMet': 10, 'performanceNotMet': 20, 'eligiblePopulation': 30}]}}"));
	for (size_t s = 0; s < 2; s++) {
		struct qpp_measurement *m = &r->v[s]->sets[0].measurements[0];
		/* Whatever the catalog calls the strata of that year: what is asked here is that names go together. */
		m->measure = NULL;
	}
	qpp_findings_init(&r->findings, &r->arena, 200);
	add_up(r, true, NULL);
	const struct qpp_measurement *m = sum_of(r, "226");
	assert_int_equal(m->n_rates, 2);
	assert_text(m->rates[0].stratum, "reporting");
	assert_int_equal(m->rates[0].met.v, 11);
	assert_text(m->rates[1].stratum, "performance");
	assert_int_equal(m->rates[1].not_met.v, 55);
	assert_int_equal(m->rates[1].eligible.v, 99);
	assert_false(m->performance_rate.given);
}

#define OBSERVED(numerator, rate) \
	QUALITY("registry", "{'measureId': 'ACEP50', 'value': {'isEndToEndReported': true, 'numerator': " numerator "," \
	        " 'denominator': 10, 'observationInstances': 8" rate "}}")

static void aggregate__adds_observations_exactly(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", OBSERVED("0.1", ""));
	file(r, "000000002", OBSERVED("-12.2500000000001", ""));
	qpp_findings_init(&r->findings, &r->arena, 200);
	add_up(r, true, NULL);
	struct qpp_str text = qpp_json_submission(&r->arena, r->answer.submission);
	assert_says(text, "\"numerator\": -12.1500000000001, \"denominator\": 20, \"observationInstances\": 16}");
}

static void aggregate__a_rate_of_observations_that_is_their_quotient_is_made_again(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", OBSERVED("4", ", 'performanceRate': 0.5"));
	file(r, "000000002", OBSERVED("12", ", 'performanceRate': 1.5"));
	qpp_findings_init(&r->findings, &r->arena, 200);
	add_up(r, true, NULL);
	assert_text(qpp_dec_text(&r->arena, sum_of(r, "ACEP50")->performance_rate.v, 2), "1.00");
	/* and one that is not has no sum */
	r->v[1]->sets[0].measurements[0].performance_rate.v = qpp_dec_of(2);
	add_up(r, true, NULL);
	assert_null(r->answer.submission);
	assert_says(found(&r->findings, "measureNotAdded")->message, "not the quotient");
}

static void aggregate__sums_that_do_not_fit_are_refused(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", QUALITY("registry", RATE("047", "9007199254740992", "0", "9007199254740992")));
	file(r, "000000002", QUALITY("registry", RATE("047", "1", "0", "1")));
	add_up(r, true, NULL);
	assert_null(r->answer.submission);
	assert_non_null(found(&r->findings, "countInvalid"));
}

static void aggregate__what_has_no_sum_is_refused_by_name(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	for (int i = 1; i <= 2; i++)
		file(r, i == 1 ? "000000001" : "000000002", QUALITY("certifiedSurveyVendor",
			"{'measureId': '321', 'value': {'score': 80.5, 'reliability': 0.8, 'mask': false, 'isBelowMinimum': false}}"));
	qpp_findings_init(&r->findings, &r->arena, 200);
	add_up(r, false, NULL);
	assert_null(r->answer.submission);
	const struct qpp_finding *f = found(&r->findings, "measureNotAdded");
	assert_non_null(f);
	assert_says(f->subject, "321");
	assert_says(f->value, "TIN 000000001; Practice 2, TIN 000000002");
	assert_true(f->hint.n > 0);
	/* One practice alone has nothing to be added to. */
	r->n = 1;
	qpp_findings_init(&r->findings, &r->arena, 200);
	add_up(r, false, NULL);
	assert_text(qpp_dec_text(&r->arena, sum_of(r, "321")->score.v, 1), "80.5");
}

static void aggregate__qcdr_rates_have_no_sum(void **state)
{
	struct run *r = *state;
	const struct qpp_catalog *c = world_catalog(2025);
	struct qpp_str id = { 0 };
	for (size_t i = 0; i < c->n_measures && !id.n; i++)
		if (c->measures[i].metric == QPP_METRIC_REGISTRY_SINGLE)
			id = qpp_str_dup(&r->arena, c->measures[i].id);
	assert_true(id.n > 0);
	elect(r, "5/5 4/4");
	for (int i = 1; i <= 2; i++) {
		struct qpp_str set = qpp_str_cat(&r->arena, "{'category': 'quality', 'submissionMethod': 'registry', 'measurements': ["
			"{'measureId': '", id.p, "', 'value': {'isEndToEndReported': true, 'performanceMet': 5, 'performanceNotMet': 5,"
			" 'eligiblePopulation': 10, 'performanceRate': 47.5}}]}", (char *)NULL);
		file(r, i == 1 ? "000000001" : "000000002", set.p);
	}
	qpp_findings_init(&r->findings, &r->arena, 200);
	add_up(r, false, NULL);
	assert_null(r->answer.submission);
	assert_says(found(&r->findings, "measureNotAdded")->message, "QCDR");
}

static void aggregate__names_who_does_not_report_a_measure(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4 3/3 2/2");
	file(r, "000000001", QUALITY("registry", RATE("047", "1", "1", "2") "," RATE("134", "1", "1", "2")));
	file(r, "000000002", QUALITY("registry", RATE("047", "1", "1", "2")) "," QUALITY("electronicHealthRecord", RATE("134", "1", "1", "2")));
	file(r, "000000003", IA("2025-01-01", "2025-12-31", SAYS("IA_EPA_2", "true")));
	add_up(r, false, NULL);
	assert_int_equal(times_found(&r->findings, "measureNotReported"), 3);
	const struct qpp_finding *f = &r->findings.list.v[0];
	assert_text(f->code, "practiceMissing");
	assert_says(f->subject, "TIN 000000004");
	f = found(&r->findings, "measureNotReported");
	assert_int_equal(f->severity, QPP_WARNING);
	assert_int_equal(r->answer.n_missing, 1);
	assert_int_equal(r->answer.reporting, 3);
	assert_int_equal(r->answer.reporting_clinicians, 12);
	assert_int_equal(r->answer.clinicians, 14);
	/* By one collection type and by another are two sums. */
	assert_int_equal(r->answer.submission->n_sets, 3);
}

/* ---- members ---- */

static void aggregate__refuses_what_is_not_of_the_group(void **state)
{
	static const struct {
		const char *code, *type, *tin, *year, *program;
	} rows[] = {
		{ "practiceUnknown", "group", "000000009", "2025", "mips" },
		{ "practiceUnknown", "group", "", "2025", "mips" },
		{ "practiceYearWrong", "group", "000000001", "2024", "mips" },
		{ "practiceProgramWrong", "group", "000000001", "2025", "app1" },
		{ "practiceProgramWrong", "group", "000000001", "2025", "G0053" },
		{ "practiceEntityWrong", "virtualGroup", "000000001", "2025", "mips" },
		{ "practiceEntityWrong", "subgroup", "000000001", "2025", "mips" },
	};
	struct run *r = *state;
	elect(r, "5/5 4/4");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qpp_str text = qpp_str_cat(&r->arena, "{'performanceYear': ", rows[i].year, ", 'entityType': '", rows[i].type,
			"', 'taxpayerIdentificationNumber': '", rows[i].tin, "', 'programName': '", rows[i].program,
			"', 'measurementSets': [" QUALITY("registry", RATE("047", "1", "1", "2")) "]}", (char *)NULL);
		qpp_findings_init(&r->findings, &r->arena, 200);
		r->n = 1;
		r->v[0] = qpp_json_read_submission(&r->arena, QPP_LIT("x.json"), json(&r->arena, text.p), 0, &r->findings);
		add_up(r, false, NULL);
		assert_null(r->answer.submission);
		assert_int_equal(r->findings.errors, 1);
		assert_non_null(found(&r->findings, rows[i].code));
	}
}

static void aggregate__refuses_two_submissions_of_a_category(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", QUALITY("registry", RATE("047", "1", "1", "2")));
	file(r, "000000001", IA("2025-01-01", "2025-12-31", SAYS("IA_EPA_2", "true")));
	add_up(r, false, NULL);
	assert_null(found(&r->findings, "practiceTwice"));
	assert_int_equal(r->answer.submission->n_sets, 2);
	file(r, "000000001", QUALITY("electronicHealthRecord", RATE("134", "1", "1", "2")));
	add_up(r, false, NULL);
	assert_null(r->answer.submission);
	assert_says(found(&r->findings, "practiceTwice")->subject, "TIN 000000001");
}

static void aggregate__missing_practices_are_errors_when_all_are_required(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000002", QUALITY("registry", RATE("047", "1", "1", "2")));
	add_up(r, true, NULL);
	assert_null(r->answer.submission);
	assert_int_equal(found(&r->findings, "practiceMissing")->severity, QPP_ERROR);
}

/* An empty submission is none. */
static void aggregate__a_submission_without_measures_is_missing(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", QUALITY("registry", RATE("047", "1", "1", "2")));
	file(r, "000000002", "");
	add_up(r, false, NULL);
	assert_int_equal(r->answer.n_missing, 1);
}

static struct qpp_str day(struct run *r, qpp_day d)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &r->arena, 40);
	qpp_buf_day(&b, d);
	return qpp_buf_done(&b);
}

static void aggregate__quality_is_of_all_the_days(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 4/4");
	file(r, "000000001", "{'category': 'quality', 'submissionMethod': 'registry', 'performanceStart': '2025-02-01',"
	                     " 'performanceEnd': '2025-12-31', 'measurements': [" RATE("047", "1", "1", "2") "]}");
	file(r, "000000002", "{'category': 'quality', 'submissionMethod': 'registry', 'performanceStart': '2025-01-01',"
	                     " 'performanceEnd': '2025-11-30', 'measurements': [" RATE("047", "1", "1", "2") "]}");
	add_up(r, true, NULL);
	assert_text(day(r, r->answer.submission->sets[0].start), "2025-01-01");
	assert_text(day(r, r->answer.submission->sets[0].end), "2025-12-31");
}

/* One clinician is not the practice: what the others did is not told. */
static void aggregate__an_individual_stands_for_one(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 2/2");
	struct qpp_str text = qpp_str_cat(&r->arena, "{'performanceYear': 2025, 'entityType': 'individual',"
		" 'taxpayerIdentificationNumber': '000000001', 'nationalProviderIdentifier': '9000000007', 'measurementSets': ["
		IA("2025-01-01", "2025-12-31", SAYS("IA_EPA_2", "true")) "]}", (char *)NULL);
	r->v[r->n++] = read_checked(r, json(&r->arena, text.p));
	file(r, "000000002", IA("2025-01-01", "2025-12-31", SAYS("IA_EPA_2", "true")));
	add_up(r, true, NULL);
	assert_false(sum_of(r, "IA_EPA_2")->yes);
	assert_says(found(&r->findings, "activityTooFew")->value, "3 of 7 clinicians");
	/* of five, and not listed among them */
	assert_int_equal(times_found(&r->findings, "practicePartly"), 2);
}

/* ---- activities ---- */

static void aggregate__half_of_all_clinicians_make_an_activity(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 5/5 1/1");
	file(r, "000000001", IA("2025-01-01", "2025-04-30", SAYS("IA_EPA_2", "true") "," SAYS("IA_BE_4", "true")));
	file(r, "000000002", IA("2025-06-01", "2025-12-31", SAYS("IA_EPA_2", "false") "," SAYS("IA_BE_4", "false")));
	file(r, "000000003", IA("2025-06-01", "2025-12-31", SAYS("IA_EPA_2", "true") "," SAYS("IA_BE_4", "false")));
	add_up(r, true, NULL);
	assert_true(sum_of(r, "IA_EPA_2")->yes);
	assert_false(sum_of(r, "IA_BE_4")->yes);
	const struct qpp_finding *f = found(&r->findings, "activityTooFew");
	assert_text(f->value, "5 of 11 clinicians: Practice 1, TIN 000000001");
	/* Periods need not meet: the set has the shortest of them. */
	assert_text(day(r, r->answer.submission->sets[0].start), "2025-01-01");
}

static void aggregate__a_practice_with_too_short_a_period_does_not_count(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 5/5");
	file(r, "000000001", IA("2025-01-01", "2025-03-30", SAYS("IA_EPA_2", "true")));
	file(r, "000000002", IA("2025-01-01", "2025-03-31", SAYS("IA_BE_4", "true")));
	add_up(r, true, NULL);
	assert_null(sum_of(r, "IA_EPA_2"));
	assert_true(sum_of(r, "IA_BE_4")->yes);
	assert_text(found(&r->findings, "iaPeriodTooShort")->value, "89");
}

/* ---- promoting interoperability ---- */

static void aggregate__yes_is_of_every_practice(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 5/5 1/1");
	file(r, "000000001", PI("0015CEXAMPLE001", "2025-01-01", "2025-12-31", SAYS("PI_PPHI_1", "true") "," SAYS("PI_PPHI_2", "true")
		"," SAYS("PI_PEA_1", "{'numerator': 10, 'denominator': 20}") "," SAYS("PI_EP_2_EX_1", "true")));
	file(r, "000000002", PI("0015CEXAMPLE002", "2025-02-01", "2025-10-31", SAYS("PI_PPHI_1", "true") "," SAYS("PI_PPHI_2", "false")
		"," SAYS("PI_PEA_1", "{'numerator': 3, 'denominator': 4}") "," SAYS("PI_EP_2", "true")));
	file(r, "000000003", QUALITY("registry", RATE("047", "1", "1", "2")));
	add_up(r, true, NULL);
	assert_true(sum_of(r, "PI_PPHI_1")->yes);
	assert_false(sum_of(r, "PI_PPHI_2")->yes);
	assert_says(found(&r->findings, "attestationNotAll")->value, "TIN 000000002");
	assert_int_equal(times_found(&r->findings, "attestationNotAll"), 1);
	/* The first practice is excused from the measure, and its exclusion does not hold for all. */
	assert_true(sum_of(r, "PI_EP_2")->yes);
	assert_null(sum_of(r, "PI_EP_2_EX_1"));
	assert_says(found(&r->findings, "exclusionNotAll")->value, "TIN 000000002");
	assert_text(qpp_dec_text(&r->arena, sum_of(r, "PI_PEA_1")->numerator.v, 0), "13");
	assert_text(qpp_dec_text(&r->arena, sum_of(r, "PI_PEA_1")->denominator.v, 0), "24");
	const struct qpp_measurement_set *pi = &r->answer.submission->sets[r->answer.submission->n_sets - 1];
	assert_text(pi->cehrt_id, "0015CEXAMPLE001");
	assert_text(found(&r->findings, "cehrtIdsDiffer")->value, "0015CEXAMPLE002");
	assert_text(found(&r->findings, "periodsDiffer")->value, "2025-02-01 to 2025-10-31");
	assert_int_equal(qpp_day_count(pi->start, pi->end), 273);
}

static void aggregate__exclusions_of_one_measure_go_together(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 5/5");
	file(r, "000000001", PI("0015CEXAMPLE001", "2025-01-01", "2025-12-31", SAYS("PI_PHCDRR_1_EX_1", "true")));
	file(r, "000000002", PI("0015CEXAMPLE001", "2025-01-01", "2025-12-31", SAYS("PI_PHCDRR_1_EX_2", "true")));
	add_up(r, true, NULL);
	assert_true(sum_of(r, "PI_PHCDRR_1_EX_1")->yes);
	assert_null(found(&r->findings, "exclusionNotAll"));
}

static void aggregate__the_other_reading_takes_one_yes_for_all(void **state)
{
	struct run *r = *state;
	const struct qpp_choice choice = { QPP_LIT("virtual-group-attestations"), 1 };
	const struct qpp_rules *rules;
	struct qpp_err err;
	elect(r, "5/5 5/5");
	file(r, "000000001", PI("0015CEXAMPLE001", "2025-01-01", "2025-12-31", SAYS("PI_PPHI_1", "true")));
	file(r, "000000002", PI("0015CEXAMPLE001", "2025-01-01", "2025-12-31", SAYS("PI_PPHI_2", "true")));
	assert_int_equal(qpp_rules_bind(&r->arena, world()->set, (qpp_py){ 2025 }, &choice, 1, &rules, &err), QPP_OK);
	add_up(r, true, rules);
	assert_true(sum_of(r, "PI_PPHI_1")->yes && sum_of(r, "PI_PPHI_2")->yes);
	add_up(r, true, NULL);
	assert_false(sum_of(r, "PI_PPHI_1")->yes || sum_of(r, "PI_PPHI_2")->yes);
}

static void aggregate__periods_without_a_common_day_are_refused(void **state)
{
	struct run *r = *state;
	elect(r, "5/5 5/5");
	file(r, "000000001", PI("0015CEXAMPLE001", "2025-01-01", "2025-06-30", SAYS("PI_PPHI_1", "true")));
	file(r, "000000002", PI("0015CEXAMPLE001", "2025-07-01", "2025-12-31", SAYS("PI_PPHI_1", "true")));
	add_up(r, true, NULL);
	assert_null(r->answer.submission);
	assert_non_null(found(&r->findings, "periodsApart"));
}

/* ---- the same score ---- */

static struct qpp_str score_of(struct run *r, struct qpp_submission *s)
{
	static const struct qpp_facts facts = { .small_practice = QPP_YES };
	struct qpp_request q = world_request(2025);
	struct qpp_score score;
	struct qpp_err err;
	q.arena = &r->arena;
	q.plan = world_plan(2025);
	assert_int_equal(qpp_score_submission(&q, s, &facts, QPP_LIT("mips"), &score, &err), QPP_OK);
	struct qpp_buf b;
	qpp_buf_init(&b, &r->arena, 2000);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		if (score.category[k].percent.has)
			qpp_buf_dec(&b, score.category[k].percent.v, 4);
		for (size_t i = 0; i < score.category[k].n_measures; i++)
			if (score.category[k].measures[i].points.points.has) {
				qpp_buf_char(&b, ' ');
				qpp_buf_dec(&b, score.category[k].measures[i].points.points.v, 4);
			}
		qpp_buf_char(&b, ';');
	}
	qpp_buf_dec(&b, score.final_score.v, 2);
	return qpp_buf_done(&b);
}

static struct qpp_submission *of_file(struct run *r, const char *path)
{
	struct qpp_str text;
	assert_true(world_file(qpp_str_of(path), &text));
	return read_checked(r, text);
}

static void assert_same(struct qpp_str got, struct qpp_str wanted)
{
	if (!qpp_str_eq(got, wanted))
		fail_msg("\"%.*s\" is not \"%.*s\"", QPP_ARG(got), QPP_ARG(wanted));
	assert_true(got.n > 20);
}

static void aggregate__scores_as_the_sum_made_by_hand(void **state)
{
	struct run *r = *state;
	elect(r, "1/1 10/1");
	r->v[0] = of_file(r, "samples/virtual-group/family-practice.json");
	r->v[1] = of_file(r, "samples/virtual-group/therapy-partners.json");
	r->n = 2;
	add_up(r, true, NULL);
	struct qpp_str text = qpp_json_submission(&r->arena, r->answer.submission);
	struct qpp_str got = score_of(r, read_checked(r, text));
	struct qpp_submission *by_hand = of_file(r, "tests/cases/virtual-group-by-hand.json");
	assert_same(text, qpp_json_submission(&r->arena, by_hand));
	assert_same(got, score_of(r, by_hand));
	assert_int_equal(r->findings.errors, 0);
	/* What is written is what is read: a second time gives the same bytes. */
	assert_same(qpp_json_submission(&r->arena, read_checked(r, text)), text);
}

static void aggregate__of_one_practice_scores_as_the_practice(void **state)
{
	static const char *const files[] = { "samples/virtual-group/family-practice.json", "samples/virtual-group/therapy-partners.json" };
	static const char *const practices[] = { "1/1", "1/1 10/10" };
	for (size_t i = 0; i < 2; i++) {
		struct run *r = *state;
		(void)end(state);
		(void)begin(state);
		elect(r, practices[i]);
		r->v[0] = of_file(r, files[i]);
		r->n = 1;
		add_up(r, false, NULL);
		struct qpp_str text = qpp_json_submission(&r->arena, r->answer.submission);
		/* What a virtual group has for being one (414.1380(b)(1)(vii)(C)) is not the question here. */
		struct qpp_submission *sum = read_checked(r, text);
		assert_int_equal(sum->entity, QPP_VIRTUAL_GROUP);
		sum->entity = r->v[0]->entity;
		assert_same(score_of(r, sum), score_of(r, r->v[0]));
	}
}

/* ---- writing ---- */

static void write__quotes_what_a_text_may_hold(void **state)
{
	struct run *r = *state;
	struct qpp_submission s = { .py = { 2025 }, .entity = QPP_APM_ENTITY, .entity_id = QPP_LIT("a\"b\\c\n\001 é") };
	struct qpp_str text = qpp_json_submission(&r->arena, &s);
	assert_says(text, "\"entityType\": \"apm\", \"entityId\": \"a\\\"b\\\\c\\u000a\\u0001 é\"");
	struct qpp_submission *back = qpp_json_read_submission(&r->arena, QPP_LIT("x"), text, 0, &r->findings);
	assert_true(qpp_str_eq(back->entity_id, s.entity_id));
	assert_int_equal(back->entity, QPP_APM_ENTITY);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(aggregate__adds_counts_of_a_rate),
		TEST(aggregate__adds_strata_by_their_names),
		TEST(aggregate__adds_observations_exactly),
		TEST(aggregate__a_rate_of_observations_that_is_their_quotient_is_made_again),
		TEST(aggregate__sums_that_do_not_fit_are_refused),
		TEST(aggregate__what_has_no_sum_is_refused_by_name),
		TEST(aggregate__qcdr_rates_have_no_sum),
		TEST(aggregate__names_who_does_not_report_a_measure),
		TEST(aggregate__refuses_what_is_not_of_the_group),
		TEST(aggregate__refuses_two_submissions_of_a_category),
		TEST(aggregate__missing_practices_are_errors_when_all_are_required),
		TEST(aggregate__a_submission_without_measures_is_missing),
		TEST(aggregate__quality_is_of_all_the_days),
		TEST(aggregate__an_individual_stands_for_one),
		TEST(aggregate__half_of_all_clinicians_make_an_activity),
		TEST(aggregate__a_practice_with_too_short_a_period_does_not_count),
		TEST(aggregate__yes_is_of_every_practice),
		TEST(aggregate__exclusions_of_one_measure_go_together),
		TEST(aggregate__the_other_reading_takes_one_yes_for_all),
		TEST(aggregate__periods_without_a_common_day_are_refused),
		TEST(aggregate__scores_as_the_sum_made_by_hand),
		TEST(aggregate__of_one_practice_scores_as_the_practice),
		TEST(write__quotes_what_a_text_may_hold),
	};
	return RUN_AS_TAP(tests);
}
