/* What would change a standing: the rules are asked again, so that a turn that is told is one that happens. */
#include "unit.h"

#include <string.h>

#include "adapt/json/read_eligibility.h"
#include "app/turns.h"
#include "findings.h"
#include "rules/world.h"

#define CLINICIAN "'clinicianType': 'physician', 'firstEnrolled': '2010-05-01', 'optIn': 'none'"
#define ABOVE(n) "{'segment': " #n ", 'allowedCharges': '90000.01', 'patients': 201, 'services': 201}"
#define BELOW(n) "{'segment': " #n ", 'allowedCharges': '90000.00', 'patients': 200, 'services': 200}"
#define SOME(n) "{'segment': " #n ", 'allowedCharges': 90000, 'patients': 201, 'services': 201}"

static struct qpp_arena arena = QPP_ARENA_INIT;

struct asked {
	enum qpp_eligibility_status status;
	struct qpp_turns turns;
};

static struct asked ask(const char *text, enum qpp_entity level)
{
	struct qpp_request q = world_request(2023);
	struct qpp_findings findings;
	struct qpp_eligibility x;
	struct qpp_err err = { 0 };
	struct asked out = { 0 };
	qpp_findings_init(&findings, &arena, 10);
	struct qpp_eligibility_facts *facts = qpp_json_read_eligibility(&arena, QPP_LIT("facts.json"), json(&arena, text), 0, &findings);
	q.arena = &arena;
	assert_non_null(facts);
	assert_int_equal(qpp_eligibility_decide(&q, facts, level, &x, &err), QPP_OK);
	assert_int_equal(qpp_eligibility_turns(&q, facts, level, x.status, &out.turns, &err), QPP_OK);
	out.status = x.status;
	return out;
}

/* What becomes of it if something holds whose words begin so; `undecided` where nothing of the kind is told. */
static const char *if_(const struct asked *x, const char *words)
{
	for (size_t i = 0; i < x->turns.n; i++)
		if (strncmp(x->turns.v[i].what.p, words, strlen(words)) == 0)
			return qpp_eligibility_status_name(x->turns.v[i].becomes);
	return "undecided";
}

static void eligible__by_a_figure_that_falls(void **state)
{
	(void)state;
	struct asked x = ask("{" CLINICIAN ", 'qpStatus': 'none', 'segments': [" ABOVE(1) ", " ABOVE(2) "]}", QPP_INDIVIDUAL);
	assert_int_equal(x.status, QPP_ELIGIBLE);
	assert_string_equal(if_(&x, "allowed charges were"), "optInEligible");
	assert_string_equal(if_(&x, "services were"), "optInEligible");
	assert_string_equal(if_(&x, "the clinician becomes a qualifying"), "exemptQp");
	assert_string_equal(if_(&x, "there is an election"), "undecided");
}

static void choice__by_an_election_or_by_all_figures(void **state)
{
	(void)state;
	struct asked x = ask("{" CLINICIAN ", 'qpStatus': 'none', 'segments': [" SOME(1) ", " SOME(2) "]}", QPP_INDIVIDUAL);
	assert_int_equal(x.status, QPP_OPT_IN_ELIGIBLE);
	assert_string_equal(if_(&x, "there is an election"), "eligibleOptedIn");
	assert_string_equal(if_(&x, "allowed charges, patients and services all"), "eligible");
}

static void low__by_one_figure_to_a_choice_by_all_to_a_duty(void **state)
{
	(void)state;
	struct asked x = ask("{" CLINICIAN ", 'qpStatus': 'none', 'segments': [" BELOW(1) ", " BELOW(2) "]}", QPP_INDIVIDUAL);
	assert_int_equal(x.status, QPP_EXEMPT_LOW_VOLUME);
	assert_string_equal(if_(&x, "patients exceeded"), "optInEligible");
	assert_string_equal(if_(&x, "allowed charges, patients and services all"), "eligible");
}

static void others__by_what_exempts_them(void **state)
{
	(void)state;
	struct asked qp = ask("{" CLINICIAN ", 'qpStatus': 'qp', 'segments': [" ABOVE(1) ", " ABOVE(2) "]}", QPP_INDIVIDUAL);
	assert_int_equal(qp.status, QPP_EXEMPT_QP);
	assert_string_equal(if_(&qp, "the clinician were no"), "eligible");
	struct asked new = ask("{'clinicianType': 'physician', 'firstEnrolled': '2023-05-01', 'qpStatus': 'none', 'segments': [" ABOVE(1) ", "
	                       ABOVE(2) "]}", QPP_INDIVIDUAL);
	assert_int_equal(new.status, QPP_EXEMPT_NEWLY_ENROLLED);
	assert_string_equal(if_(&new, "the enrollment in Medicare"), "eligible");
}

/* Of a group whose clinicians' own facts are not told nothing is said about a clinician. */
static void group__says_nothing_of_a_clinician(void **state)
{
	(void)state;
	struct asked x = ask("{'optIn': 'none', 'segments': [" ABOVE(1) ", " ABOVE(2) "]}", QPP_GROUP);
	assert_int_equal(x.status, QPP_ELIGIBLE);
	assert_string_equal(if_(&x, "patients were"), "optInEligible");
	assert_string_equal(if_(&x, "the clinician"), "undecided");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eligible__by_a_figure_that_falls),
		cmocka_unit_test(choice__by_an_election_or_by_all_figures),
		cmocka_unit_test(low__by_one_figure_to_a_choice_by_all_to_a_duty),
		cmocka_unit_test(others__by_what_exempts_them),
		cmocka_unit_test(group__says_nothing_of_a_clinician),
	};
	int failed = RUN_AS_TAP(tests);
	qpp_arena_close(&arena);
	return failed;
}
