/* The Eligibility API: every member of the agency's answer, unknown is null, errors, and who sees the TIN. */
#include "world.h"

#include "adapt/api/kept.h"

#include <jansson.h>
#include <string.h>

static struct api_world w;

struct rows {
	struct qpp_clinician clinician;
	struct qpp_relation relation;
	struct qpp_membership membership;
	struct qpp_org *entity;
};

static enum qpp_code put_rows(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct rows *r = request;
	enum qpp_code code = qpp_store_clinician_put(tx, &r->clinician, err);
	if (code == QPP_OK)
		code = qpp_store_relation_put(tx, &r->relation, err);
	r->entity->body = QPP_LIT("{\"apmId\":\"21\",\"apmName\":\"Shared Savings\",\"mipsApmFlag\":true,\"advancedApmFlag\":false,\"complexPatientScore\":3.5}");
	if (code == QPP_OK)
		code = qpp_store_org_put(tx, r->entity, QPP_LIT(""), err);
	return code == QPP_OK ? qpp_store_membership_put(tx, &r->membership, err) : code;
}

#define SEGMENT(n, charges) "{\"segment\": " #n ", \"allowedCharges\": \"" charges "\", \"patients\": 300, \"services\": 200}"

static int begin(void **unused)
{
	(void)unused;
	struct qpp_err err = { 0 };
	api_open(&w);
	struct rows r = {
		.clinician = { .npi = QPP_LIT(NPI), .type = 1, .first = QPP_LIT("Robin"), .last = QPP_LIT("Sample"), .specialty = QPP_LIT("Internal Medicine"),
		               .enrolled = QPP_LIT("2010-05-01"), .body = QPP_LIT("{\"isMaqi\":false}") },
		.relation = { .py = { 2023 }, .org_id = w.practice.id, .npi = QPP_LIT(NPI), .body = QPP_LIT("{\"specialtyCode\":\"11\"}"),
		              .facts = QPP_LIT("{\"clinicianType\":\"physician\",\"firstEnrolled\":\"2010-05-01\",\"qpStatus\":\"none\",\"optIn\":\"none\",\"segments\":["
		                               SEGMENT(1, "95000.00") "," SEGMENT(2, "95000.00") "],\"practice\":{\"clinicians\":[5,5]},\"rural\":true,"
		                               "\"location\":{\"state\":\"FL\",\"county\":\"Lee\"}}") },
		.membership = { .py = { 2023 }, .group_id = w.entity.id, .org_id = w.practice.id, .npi = QPP_LIT(NPI),
		                .body = QPP_LIT("{\"providerRelationshipCode\":\"P\",\"qpPatientScores\":{\"ae\":0,\"ai\":0,\"at\":0,\"me\":1.25,\"mi\":0}}") },
		.entity = &w.entity,
	};
	assert_int_equal(qpp_store_write(w.store, &w.arena, put_rows, &r, &err), QPP_OK);
	keep_fact(&w, 2023, QPP_INDIVIDUAL, &w.agency, "", "stats", "{\"hccRiskScoreAverage\":1.12,\"dualEligibilityAverage\":0.28}");
	keep_fact(&w, 2023, QPP_GROUP, &w.agency, "", "stats", "{\"hccRiskScoreAverage\":1.15,\"dualEligibilityAverage\":0.3}");
	return 0;
}

static int end(void **unused)
{
	(void)unused;
	api_close(&w);
	return 0;
}

#define ONE "GET /api/eligibility/npi/"

/* Every name in the agency's answer (apis.md 2), whatever its value. */
static void check_members(const struct answer *a, const char *object, const char *const *names)
{
	json_t *document = json_loadb(a->body.p, a->body.n, 0, NULL), *v = json_object_get(document, "data");
	struct qpp_str rest = qpp_str_of(object), name;
	while (rest.n && qpp_str_cut(&rest, '/', &name)) {
		const char *key = qpp_str_dup(&w.arena, name).p;
		v = json_is_array(v) ? json_array_get(v, 0) : json_object_get(v, key);
	}
	size_t n = 0;
	for (; names[n]; n++) {
		if (!json_object_get(v, names[n]))
			print_message("# no %s in %s\n", names[n], object);
		assert_non_null(json_object_get(v, names[n]));
	}
	assert_int_equal(json_object_size(v), n);
	json_decref(document);
}

#define HARDSHIP "extremeHardship", "extremeHardshipReasons", "extremeHardshipEventType", "extremeHardshipSources"
#define STATUSES                                                                                                  \
	"aciHardship", "aciReweighting", "ambulatorySurgicalCenter", "hospitalBasedClinician", "hpsaClinician", "iaStudy", \
	    "nonPatientFacing", "ruralClinician", "smallGroupPractitioner"
#define SCENARIO                                                                                                  \
	"aggregationLevel", STATUSES, "eligibilityScenario", HARDSHIP, "hospitalVbpName", "hospitalVbpScore", "isEligible",  \
	    "isFacilityBased", "isOptedIn", "isOptInEligible", "optInDecisionDate", "lowVolumeServices", "lowVolumeSwitch", \
	    "lowVolumeStatusReasons", "mipsEligibleSwitch"

static void provider__has_every_member(void **unused)
{
	(void)unused;
	static const char *const provider[] = { "npi", "firstName", "middleName", "lastName", "nationalProviderIdentifierType", "firstApprovedDate",
		"yearsInMedicare", "pecosEnrollmentDate", "newlyEnrolled", "qpStatus", "qpScoreType", "isMaqi", "amsMipsEligibleClinician", "specialty",
		"organizations", NULL };
	static const char *const organization[] = { "TIN", "prvdrOrgName", "isFacilityBased", "addressLineOne", "addressLineTwo", "city", "state",
		"zip", "hospitalVbpName", "individualScenario", "groupScenario", "apms", "virtualGroups", NULL };
	static const char *const individual[] = { SCENARIO, "hasHospitalVbpCCN", "hasPaymentAdjustmentCCN", "specialty", "specialtyCode", NULL };
	static const char *const group[] = { SCENARIO, NULL };
	static const char *const apm[] = { "apmId", "apmName", "entityName", "subdivisionId", "subdivisionName", "advancedApmFlag", "mipsApmFlag",
		"lvtFlag", "lvtPayments", "lvtPatients", "lvtSmallStatus", "lvtPerformanceYear", "providerRelationshipCode", "qpPatientScores",
		"qpPaymentScores", "complexPatientScore", "finalQpcScore", HARDSHIP, "isOptedIn", NULL };
	static const char *const eligible[] = { "individual", "group", "mipsApm", "virtualGroup", NULL };
	static const char *const reasons[] = { "quality", "improvementActivities", "aci", "cost", NULL };
	struct answer a = ask(&w, NOBODY, ONE NPI "?year=2023", "");
	assert_answer(a, 200);
	check_members(&a, "", provider);
	check_members(&a, "organizations/0", organization);
	check_members(&a, "organizations/0/individualScenario", individual);
	check_members(&a, "organizations/0/groupScenario", group);
	check_members(&a, "organizations/0/apms/0", apm);
	check_members(&a, "organizations/0/individualScenario/isEligible", eligible);
	check_members(&a, "organizations/0/individualScenario/extremeHardshipReasons", reasons);
}

#define ALONE "data.organizations[0].individualScenario."

static void provider__is_decided_by_the_rules(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, NOBODY, ONE NPI "?year=2023", "");
	assert_string_equal(at(&w, &a, "data.firstApprovedDate"), "2010-05-01");
	assert_string_equal(at(&w, &a, "data.yearsInMedicare"), "13");
	assert_string_equal(at(&w, &a, "data.newlyEnrolled"), "false");
	assert_string_equal(at(&w, &a, "data.qpStatus"), "N");
	assert_string_equal(at(&w, &a, "data.isMaqi"), "false");
	/* Charges and patients above, services at the threshold: it may opt in. */
	assert_string_equal(at(&w, &a, ALONE "isOptInEligible"), "true");
	assert_string_equal(at(&w, &a, ALONE "isOptedIn"), "false");
	assert_string_equal(at(&w, &a, ALONE "isEligible.individual"), "false");
	assert_string_equal(at(&w, &a, ALONE "isEligible.mipsApm"), "true");
	assert_string_equal(at(&w, &a, ALONE "isEligible.virtualGroup"), "false");
	assert_string_equal(at(&w, &a, ALONE "lowVolumeSwitch"), "true");
	assert_string_equal(at(&w, &a, ALONE "lowVolumeStatusReasons[0].lowVolStusRsnCd"), "SRVC");
	assert_string_equal(at(&w, &a, ALONE "smallGroupPractitioner"), "true");
	assert_string_equal(at(&w, &a, ALONE "ruralClinician"), "true");
	assert_string_equal(at(&w, &a, ALONE "specialtyCode"), "11");
	/* Lee County, Florida, is on the list of 2023. */
	assert_string_equal(at(&w, &a, ALONE "extremeHardship"), "true");
	assert_string_equal(at(&w, &a, ALONE "extremeHardshipSources[0]"), "auto-fema");
	assert_string_equal(at(&w, &a, ALONE "extremeHardshipReasons.cost"), "true");
	/* What nobody told is null, not false. */
	assert_string_equal(at(&w, &a, ALONE "iaStudy"), "null");
	assert_string_equal(at(&w, &a, "data.organizations[0].groupScenario.lowVolumeSwitch"), "null");
	assert_string_equal(at(&w, &a, "data.organizations[0].apms[0].complexPatientScore"), "3.5");
	assert_string_equal(at(&w, &a, "data.organizations[0].apms[0].entityName"), "Example ACO");
	assert_string_equal(at(&w, &a, "data.organizations[0].apms[0].qpPatientScores.me"), "1.25");
}

static void provider__hides_the_tin_from_others(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, NOBODY, ONE NPI "?year=2023", ""), own = ask(&w, STAFF, ONE NPI "?year=2023", "");
	struct answer other = ask(&w, OTHER_OFFICIAL, ONE NPI "?year=2023", "");
	assert_string_equal(at(&w, &a, "data.organizations[0].TIN"), "XXXXXXXXXX");
	assert_string_equal(at(&w, &own, "data.organizations[0].TIN"), TIN);
	assert_string_equal(at(&w, &other, "data.organizations[0].TIN"), "XXXXXXXXXX");
	assert_false(has(a.body, "1222"));
}

static void provider__errors(void **unused)
{
	(void)unused;
	assert_answer(ask(&w, NOBODY, ONE "9000010015?year=2023", ""), 400);
	assert_answer(ask(&w, NOBODY, ONE "900001001?year=2023", ""), 400);
	assert_answer(ask(&w, NOBODY, ONE "abcdefghij?year=2023", ""), 400);
	assert_answer(ask(&w, NOBODY, ONE "9000010022?year=2023", ""), 404);
	assert_answer(ask(&w, NOBODY, ONE NPI "?year=2018", ""), 404);
	assert_answer(ask(&w, NOBODY, ONE NPI "?year=20x3", ""), 400);
	assert_answer(ask(&w, NOBODY, ONE NPI "?year=2023&runNum=5", ""), 400);
	assert_answer(ask(&w, NOBODY, ONE NPI "?year=2023&runNum=1", ""), 200);
	/* A clinician who billed nowhere that year has no organizations, and the member is there. */
	struct answer a = ask(&w, NOBODY, ONE NPI "?year=2024", "");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.organizations"), "[]");
}

static void providers__come_as_a_list(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, NOBODY, "GET /api/eligibility/npis/" NPI ",9000010022,x?year=2023", "");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data[0].npi"), NPI);
	assert_string_equal(at(&w, &a, "data[1].npi"), "9000010022");
	assert_string_equal(at(&w, &a, "data[1].error.type"), "NotFoundError");
	assert_string_equal(at(&w, &a, "data[2].error.type"), "BadRequest");
	assert_string_equal(at(&w, &a, "data[3]"), "");
}

/* One change after the other, each of something that the answer is made of. */
struct step {
	int which;
	struct rows *rows;
};

static enum qpp_code take_step(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct step *s = request;
	struct rows *r = s->rows;
	switch (s->which) {
	case 0:
		r->clinician.last = QPP_LIT("Changed");
		return qpp_store_clinician_put(tx, &r->clinician, err);
	case 1:
		r->relation.body = QPP_LIT("{\"specialtyCode\":\"12\"}");
		return qpp_store_relation_put(tx, &r->relation, err);
	case 2:
		r->entity->body = QPP_LIT("{\"apmId\":\"22\"}");
		return qpp_store_org_put(tx, r->entity, QPP_LIT(""), err);
	case 3:
		r->membership.body = QPP_LIT("{\"providerRelationshipCode\":\"A\"}");
		return qpp_store_membership_put(tx, &r->membership, err);
	case 4:
		return qpp_store_membership_delete(tx, &r->membership, err);
	default:
		return qpp_store_relation_delete(tx, (qpp_py){ 2023 }, w.practice.id, QPP_LIT(NPI), err);
	}
}

static void provider__kept_ready_is_what_holds_now(void **unused)
{
	(void)unused;
	enum { STEPS = 6, KEPT_BYTES = 1 << 20 };
	struct qpp_err err = { 0 };
	struct rows r = {
		.clinician = { .npi = QPP_LIT(NPI), .type = 1, .first = QPP_LIT("Robin"), .body = QPP_LIT("{}") },
		.relation = { .py = { 2023 }, .org_id = w.practice.id, .npi = QPP_LIT(NPI) },
		.membership = { .py = { 2023 }, .group_id = w.entity.id, .org_id = w.practice.id, .npi = QPP_LIT(NPI) }, .entity = &w.entity,
	};
	w.api.kept = qpp_kept_open(KEPT_BYTES);
	struct answer before = ask(&w, NOBODY, ONE NPI "?year=2023", ""), own = ask(&w, STAFF, ONE NPI "?year=2023", "");
	assert_string_equal(at(&w, &own, "data.organizations[0].TIN"), TIN);
	for (int i = 0; i < STEPS; i++) {
		int64_t reads = qpp_store_figures(w.store).reads;
		struct answer again = ask(&w, NOBODY, ONE NPI "?year=2023", "");
		assert_true(qpp_str_eq(before.body, again.body));
		assert_int_equal(qpp_store_figures(w.store).reads, reads);
		assert_int_equal(qpp_store_write(w.store, &w.arena, take_step, &(struct step){ i, &r }, &err), QPP_OK);
		struct answer now = ask(&w, NOBODY, ONE NPI "?year=2023", "");
		assert_answer(now, 200);
		assert_false(qpp_str_eq(before.body, now.body));
		before = now;
	}
	keep_fact(&w, 2023, QPP_GROUP, &w.practice, "", "eligibility", "{\"rural\":true}");
	int64_t reads = qpp_store_figures(w.store).reads;
	assert_answer(ask(&w, NOBODY, ONE NPI "?year=2023", ""), 200);
	assert_int_equal(qpp_store_figures(w.store).reads, reads + 1);
	qpp_kept_close(w.api.kept);
	w.api.kept = NULL;
}

static void stats__of_a_year(void **unused)
{
	(void)unused;
	struct answer a = ask(&w, NOBODY, "GET /api/eligibility/stats?year=2023", "");
	assert_answer(a, 200);
	assert_string_equal(at(&w, &a, "data.individual.hccRiskScoreAverage"), "1.12");
	assert_string_equal(at(&w, &a, "data.group.dualEligibilityAverage"), "0.3");
	assert_answer(ask(&w, NOBODY, "GET /api/eligibility/stats?year=2022", ""), 404);
	struct answer v = ask(&w, NOBODY, "GET /api/eligibility/version", "");
	assert_string_equal(at(&w, &v, "data.defaultYear"), "2026");
}

static enum qpp_code put_election(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_election_put(tx, request, err);
}

#define OF_NPI "{'submission': {'performanceYear': 2023, 'entityType': 'individual', 'taxpayerIdentificationNumber': '" TIN \
	"', 'nationalProviderIdentifier': '" NPI "'}, "

/* 95,000 dollars and 300 patients exceed the threshold, 200 services do not. */
static void filing__waits_for_the_one_who_may_opt_in(void **unused)
{
	(void)unused;
	struct qpp_err err = { 0 };
	struct answer a = ask(&w, REGISTRY, "POST " SETS, OF_NPI IA "}");
	assert_answer(a, 422);
	assert_string_equal(at(&w, &a, "error.type"), "ValidationError");
	assert_string_equal(at(&w, &a, "error.details[0].type"), "optInMissing");
	assert_answer(ask(&w, OFFICIAL, "POST " SETS, OF_NPI IA "}"), 422);
	struct answer list = ask_with(&w, OFFICIAL, "GET /api/submissions/submissions", "qpp-taxpayer-identification-number: " TIN, "");
	assert_string_equal(at(&w, &list, "data.totalItems"), "0");
	/* What others elected does not count, nor what was withdrawn. */
	struct qpp_election_row e = { .kind = QPP_LIT("voluntary"), .py = { 2023 }, .org_id = w.practice.id, .npi = QPP_LIT("9000010022"),
		                          .state = QPP_LIT("filed"), .body = QPP_LIT("{}") };
	assert_int_equal(qpp_store_write(w.store, &w.arena, put_election, &e, &err), QPP_OK);
	struct qpp_election_row own = { .kind = QPP_LIT("optIn"), .py = { 2023 }, .org_id = w.practice.id, .npi = QPP_LIT(NPI),
		                            .state = QPP_LIT("withdrawn"), .body = QPP_LIT("{}") };
	assert_int_equal(qpp_store_write(w.store, &w.arena, put_election, &own, &err), QPP_OK);
	assert_answer(ask(&w, REGISTRY, "POST " SETS, OF_NPI IA "}"), 422);
	own.state = QPP_LIT("filed");
	assert_int_equal(qpp_store_write(w.store, &w.arena, put_election, &own, &err), QPP_OK);
	assert_answer(ask(&w, REGISTRY, "POST " SETS, OF_NPI IA "}"), 201);
}

static void filing__of_whom_nothing_is_known_goes_on(void **unused)
{
	(void)unused;
	/* A group without facts, and a clinician of the same practice without any. */
	assert_answer(ask(&w, REGISTRY, "POST " SETS, IA_SET), 201);
	assert_answer(ask(&w, REGISTRY, "POST " SETS, "{'submission': {'performanceYear': 2023, 'entityType': 'individual', "
	                  "'taxpayerIdentificationNumber': '" TIN "', 'nationalProviderIdentifier': '9000010022'}, " IA "}"), 201);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		T(provider__has_every_member),
		T(provider__is_decided_by_the_rules),
		T(provider__hides_the_tin_from_others),
		T(provider__errors),
		T(provider__kept_ready_is_what_holds_now),
		T(providers__come_as_a_list),
		T(stats__of_a_year),
		T(filing__waits_for_the_one_who_may_opt_in),
		T(filing__of_whom_nothing_is_known_goes_on),
	};
	return RUN_AS_TAP(tests);
}
