/*
 * The automatic policy for extreme circumstances: names of places, the answer with its doubts, the reader of
 * locations, and what becomes of a score. Which counties are listed is invented here; the real lists are for the
 * cases of rules/.
 */
#include "unit.h"

#include "adapt/json/read_eligibility.h"
#include "adapt/json/read_facts.h"
#include "app/answer.h"
#include "findings.h"
#include "qpp/eligibility.h"
#include "rules/world.h"

enum { YEAR = 2024 };

static const struct qpp_str lee_fl[] = { QPP_LIT_INIT("33901"), QPP_LIT_INIT("33903") };
static const struct qpp_str collier[] = { QPP_LIT_INIT("33903"), QPP_LIT_INIT("34101") };
static const struct qpp_str lee_ga[] = { QPP_LIT_INIT("31763") };
static const struct qpp_euc_county counties[] = {
	{ QPP_LIT_INIT("FL"), QPP_LIT_INIT("collier"), { collier, 2 } },
	{ QPP_LIT_INIT("FL"), QPP_LIT_INIT("desoto"), { NULL, 0 } },
	{ QPP_LIT_INIT("FL"), QPP_LIT_INIT("lee"), { lee_fl, 2 } },
	{ QPP_LIT_INIT("GA"), QPP_LIT_INIT("lee"), { lee_ga, 1 } },
};
static const struct qpp_catalog with_list = { .py = { YEAR }, .euc = { QPP_LIT_INIT("a test"), counties, 4 } };
static const struct qpp_catalog without_list = { .py = { YEAR } };

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_request request;
	struct qpp_euc euc;
};

static int begin(void **state)
{
	static struct run r;
	r = (struct run){ .arena = QPP_ARENA_INIT };
	qpp_findings_init(&r.findings, &r.arena, 100);
	r.request = (struct qpp_request){ .arena = &r.arena, .rules = world_rules(YEAR), .catalog = &with_list,
		                              .findings = &r.findings };
	*state = &r;
	return 0;
}

static int end(void **state)
{
	struct run *r = *state;
	qpp_arena_close(&r->arena);
	return 0;
}

static struct qpp_location place(const char *state, const char *county, const char *zip)
{
	return (struct qpp_location){ true, qpp_str_of(state), qpp_str_of(county), qpp_str_of(zip), { .line = 7 } };
}

static const char *at_level(struct run *r, const char *state, const char *county, const char *zip, enum qpp_entity level)
{
	struct qpp_location at = place(state, county, zip);
	struct qpp_err err;
	qpp_findings_init(&r->findings, &r->arena, 100);
	if (qpp_euc_at(&r->request, &at, level, &r->euc, &err) != QPP_OK)
		return qpp_code_name(err.code);
	assert_true(r->euc.why.list.n > 0);
	return qpp_euc_answer_name(r->euc.answer);
}

static const char *at(struct run *r, const char *state, const char *county, const char *zip)
{
	return at_level(r, state, county, zip, QPP_INDIVIDUAL);
}

static struct qpp_str reason(const struct run *r, size_t i)
{
	assert_true(i < r->euc.why.list.n);
	return r->euc.why.list.v[i].text;
}

static void assert_key(struct qpp_arena *a, const char *name, const char *key)
{
	struct qpp_str got = qpp_county_key(a, qpp_str_of(name));
	assert_int_equal(got.n, strlen(key));
	assert_memory_equal(got.p ? got.p : "", key, got.n);
	/* A key is its own key: so the catalog can ask for nothing else. */
	assert_true(qpp_str_eq(qpp_county_key(a, got), got));
}

static void places__names_of_one_county_have_one_key(void **state)
{
	struct qpp_arena *a = &((struct run *)*state)->arena;
	static const char *const names[][2] = {
		{ "Lee", "lee" }, { "  LEE   COUNTY ", "lee" }, { "lee co.", "lee" }, { "Miami-Dade", "miami dade" },
		{ "St. John the Baptist Parish", "st john the baptist" }, { "Saint Lucie", "st lucie" }, { "Sainte Genevieve", "ste genevieve" },
		{ "Prince George's", "prince georges" }, { "Prince George\xE2\x80\x99s", "prince georges" },
		{ "Mayag\xC3\xBC" "ez Municipio", "mayaguez" }, { "A\xC3\x91" "ASCO", "anasco" }, { "Do\xC3\xB1" "a\xC2\xA0" "Ana", "dona ana" },
		{ "Fairbanks North Star Borough", "fairbanks north star" },
		/* A city of the name of a county is another place, and a word alone is a name. */
		{ "Baltimore City", "baltimore city" }, { "Baltimore County", "baltimore" }, { "County", "county" },
		{ "James City County", "james city" }, { "St. Mary County Co.", "st mary" },
		{ "", "" }, { " .'\t ", "" },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_key(a, names[i][0], names[i][1]);
	/* A name no county has. */
	struct qpp_buf b;
	qpp_buf_init(&b, a, 1000);
	for (int i = 0; i < 300; i++)
		qpp_buf_char(&b, 'x');
	assert_int_equal(qpp_county_key(a, qpp_buf_done(&b)).n, 0);
}

static void places__zip_codes_have_five_or_nine_digits(void **state)
{
	(void)state;
	static const char *const good[] = { "33901", "33901-1234", "339011234" };
	static const char *const bad[] = { "", "3390", "339011", "33901-", "33901-123", "3390-11234", "33901 1234", "3390a", "-33901" };
	struct qpp_str five;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(qpp_zip_of(qpp_str_of(good[i]), &five));
		assert_text(five, "33901");
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(qpp_zip_of(qpp_str_of(bad[i]), &five));
}

static void places__states_are_found_by_their_code(void **state)
{
	(void)state;
	int n = 0;
	for (; qpp_state_code(n); n++) {
		assert_int_equal(qpp_state_of(qpp_str_of(qpp_state_code(n))), n);
		assert_true(n == 0 || strcmp(qpp_state_code(n - 1), qpp_state_code(n)) < 0);
	}
	/* Fifty, the District, five territories and three associated states. */
	assert_int_equal(n, 59);
	assert_null(qpp_state_name(n));
	assert_null(qpp_state_name(-1));
	assert_string_equal(qpp_state_name(qpp_state_of(QPP_LIT("pr"))), "Puerto Rico");
	assert_int_equal(qpp_state_of(QPP_LIT("XX")), -1);
	assert_int_equal(qpp_state_of(QPP_LIT("F")), -1);
	assert_int_equal(qpp_state_of(QPP_LIT("FLA")), -1);
}

static void euc__state_and_county_decide(void **state)
{
	struct run *r = *state;
	assert_string_equal(at(r, "FL", "Lee County", "33901"), "yes");
	assert_says(reason(r, 0), "Lee, FL is a county under the automatic policy in 2024");
	assert_text(r->euc.why.list.v[0].rule, "414.1380(c)(2)(i)(A)(8)");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(r->euc.why.unknown.n, 0);
	assert_string_equal(at(r, "GA", "lee", ""), "yes");
	assert_string_equal(at(r, "GA", "collier", ""), "no");
	assert_string_equal(at(r, "FL", "Polk", ""), "no");
	assert_int_equal(r->findings.list.n, 0);
	assert_string_equal(at(r, "FL", "De Soto", "34266"), "yes");
	assert_int_equal(r->findings.list.n, 0);
}

static void euc__a_county_of_nearly_a_listed_name_is_told(void **state)
{
	struct run *r = *state;
	assert_string_equal(at(r, "FL", "Colier", ""), "no");
	const struct qpp_finding *f = found(&r->findings, "countyNear");
	assert_non_null(f);
	assert_int_equal(f->severity, QPP_WARNING);
	assert_text(f->value, "Colier");
	assert_text(f->hint, "did you mean Collier, FL?");
	assert_int_equal(f->where.line, 7);
	/* Only of that state. */
	assert_string_equal(at(r, "GA", "Colier", ""), "no");
	assert_int_equal(r->findings.list.n, 0);
}

static void euc__a_zip_code_that_does_not_go_with_the_county_is_told(void **state)
{
	struct run *r = *state;
	assert_string_equal(at(r, "FL", "Lee", "34101"), "yes");
	assert_non_null(found(&r->findings, "locationContradiction"));
	assert_string_equal(at(r, "FL", "Polk", "33903"), "no");
	assert_says(reason(r, 1), "33903 is listed for Collier, FL; Lee, FL");
	assert_says(found(&r->findings, "locationContradiction")->hint, "Collier, FL; Lee, FL");
	assert_string_equal(at(r, "FL", "Polk", "33801"), "no");
	assert_null(found(&r->findings, "locationContradiction"));
}

static void euc__a_zip_code_alone_is_possible_or_no(void **state)
{
	struct run *r = *state;
	assert_string_equal(at(r, "", "", "33903"), "possible");
	assert_says(reason(r, 0), "Collier, FL; Lee, FL");
	assert_int_equal(r->euc.why.unknown.n, 1);
	assert_text(r->euc.why.unknown.v[0].fact, "location.county");
	assert_string_equal(at(r, "FL", "", "33903"), "possible");
	assert_string_equal(at(r, "", "", "60601"), "no");
	assert_int_equal(r->euc.why.list.n, 1);
	/* A county without ZIP codes cannot be told by one. */
	assert_string_equal(at(r, "FL", "", "34266"), "no");
	assert_says(reason(r, 1), "Desoto, FL is listed without ZIP codes");
	assert_string_equal(at(r, "GA", "", "33901"), "unknown");
	assert_says(found(&r->findings, "locationContradiction")->hint, "Lee, FL");
}

static void euc__less_than_that_is_unknown_unless_nothing_is_listed(void **state)
{
	struct run *r = *state;
	assert_string_equal(at(r, "FL", "", ""), "unknown");
	assert_text(r->euc.why.unknown.v[0].fact, "location.county");
	assert_string_equal(at(r, "NY", "", ""), "no");
	assert_string_equal(at(r, "", "", ""), "unknown");
	assert_text(r->euc.why.unknown.v[0].fact, "location.county");
	assert_string_equal(at(r, "", "Lee", ""), "possible");
	assert_says(reason(r, 0), "Lee, FL; Lee, GA");
	assert_text(r->euc.why.unknown.v[0].fact, "location.state");
	assert_string_equal(at(r, "", "Polk", ""), "no");
}

static void euc__without_a_list_nothing_is_no(void **state)
{
	struct run *r = *state;
	static const struct qpp_catalog empty = { .py = { YEAR }, .euc = { QPP_LIT_INIT("a test"), NULL, 0 } };
	const struct qpp_catalog *none[] = { &without_list, NULL };
	for (size_t i = 0; i < 2; i++) {
		r->request.catalog = none[i];
		assert_string_equal(at(r, "FL", "Polk", "33801"), "unknown");
		assert_says(reason(r, 0), "no list of counties");
		assert_int_equal(r->euc.why.unknown.n, 0);
		assert_string_equal(at(r, "", "", "60601"), "unknown");
	}
	r->request.catalog = &empty;
	assert_string_equal(at(r, "FL", "Lee", ""), "no");
	assert_string_equal(at(r, "FL", "", ""), "no");
}

static void euc__is_for_individuals(void **state)
{
	struct run *r = *state;
	static const enum qpp_entity others[] = { QPP_GROUP, QPP_VIRTUAL_GROUP, QPP_SUBGROUP, QPP_APM_ENTITY };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		assert_string_equal(at_level(r, "FL", "Lee", "", others[i]), "no");
		assert_says(reason(r, 0), "apply for the exception instead");
	}
	r->request.rules = world_rules(2020);
	r->request.catalog = NULL;
	assert_string_equal(at(r, "NY", "", ""), "yes");
	assert_string_equal(at_level(r, "NY", "", "", QPP_GROUP), "no");
	r->request.rules = world_rules(2027);
	assert_string_equal(at(r, "FL", "Lee", ""), "noRule");
}

static void euc__hostile_names_are_shown_and_not_obeyed(void **state)
{
	struct run *r = *state;
	assert_string_equal(at(r, "FL", "\x1B[31mLee\x07", ""), "no");
	assert_null(memchr(reason(r, 0).p, '\x1B', reason(r, 0).n));
	r->findings.list.n = 0;
	r->request.findings = NULL;
	assert_string_equal(at(r, "FL", "Colier", "33901"), "no");
}

/* ---- reading ---- */

static struct qpp_location read_location(struct run *r, const char *text)
{
	qpp_findings_init(&r->findings, &r->arena, 100);
	struct qpp_str s = json(&r->arena, text);
	const struct qpp_facts *facts = qpp_json_read_facts(&r->arena, QPP_LIT("f.json"), s, 0, &r->findings);
	assert_non_null(facts);
	size_t errors = r->findings.errors;
	/* Both kinds of facts read it alike. */
	const struct qpp_eligibility_facts *other = qpp_json_read_eligibility(&r->arena, QPP_LIT("f.json"), s, 0, &r->findings);
	assert_non_null(other);
	assert_int_equal(r->findings.errors, 2 * errors);
	assert_true(qpp_str_eq(other->location.zip, facts->location.zip) && qpp_str_eq(other->location.state, facts->location.state));
	return facts->location;
}

static void location__is_read_in_the_ways_it_is_written(void **state)
{
	struct run *r = *state;
	struct qpp_location x = read_location(r, "{'location': {'state': ' fl', 'county': ' Lee County ', 'zip': '33901-1234'}}");
	assert_int_equal(r->findings.list.n, 0);
	assert_true(x.given);
	assert_text(x.state, "FL");
	assert_text(x.county, "Lee County");
	assert_text(x.zip, "33901");
	assert_text(x.where.pointer, "/location");
	x = read_location(r, "{'location': {}}");
	assert_true(x.given && !x.state.n && !x.county.n && !x.zip.n);
	assert_false(read_location(r, "{'location': null}").given);
	assert_false(read_location(r, "{}").given);
}

static void location__what_it_cannot_be_is_refused_by_name(void **state)
{
	struct run *r = *state;
	static const struct {
		const char *text, *code, *pointer, *hint;
	} rows[] = {
		{ "{'location': {'state': 'Florida'}}", "valueUnknown", "/location/state", "the code of Florida is FL" },
		{ "{'location': {'state': 'Pueto Rico'}}", "valueUnknown", "/location/state", "the code of Puerto Rico is PR" },
		{ "{'location': {'state': 'fx'}}", "valueUnknown", "/location/state", "codes that begin so: FL, FM" },
		{ "{'location': {'state': ''}}", "valueUnknown", "/location/state", "" },
		{ "{'location': {'county': ' . '}}", "valueUnknown", "/location/county", "" },
		{ "{'location': {'zip': '3390'}}", "valueUnknown", "/location/zip", "" },
		{ "{'location': {'zip': 33901}}", "kindWrong", "/location/zip", "" },
		{ "{'location': {'countie': 'Lee'}}", "memberUnknown", "/location/countie", "county" },
		{ "{'location': 'FL'}", "kindWrong", "/location", "" },
		{ "{'locaton': {'state': 'FL'}}", "memberUnknown", "/locaton", "location" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		(void)read_location(r, rows[i].text);
		const struct qpp_finding *f = found(&r->findings, rows[i].code);
		assert_non_null(f);
		assert_int_equal(f->severity, QPP_ERROR);
		assert_int_equal(f->where.pointer.n, strlen(rows[i].pointer));
		assert_memory_equal(f->where.pointer.p, rows[i].pointer, f->where.pointer.n);
		assert_says(f->hint, rows[i].hint);
	}
}

static void eligibility__answers_for_the_place_that_is_told(void **state)
{
	struct run *r = *state;
	struct qpp_eligibility_facts facts = { .location = place("FL", "Lee", "") };
	struct qpp_eligibility x;
	struct qpp_err err;
	assert_int_equal(qpp_eligibility_decide(&r->request, &facts, QPP_INDIVIDUAL, &x, &err), QPP_OK);
	assert_true(x.has_euc);
	assert_int_equal(x.euc.answer, QPP_EUC_YES);
	assert_int_equal(qpp_eligibility_decide(&r->request, &facts, QPP_GROUP, &x, &err), QPP_OK);
	assert_int_equal(x.euc.answer, QPP_EUC_NO);
	facts.location.given = false;
	assert_int_equal(qpp_eligibility_decide(&r->request, &facts, QPP_INDIVIDUAL, &x, &err), QPP_OK);
	assert_false(x.has_euc);
}

/* ---- what becomes of a score ---- */

static const struct qpp_submission by_individual = { .py = { YEAR }, .entity = QPP_INDIVIDUAL };

static void locate(struct run *r, const struct qpp_submission *s, struct qpp_facts *facts)
{
	struct qpp_err err;
	qpp_findings_init(&r->findings, &r->arena, 100);
	assert_int_equal(qpp_answer_locate(&r->request, s, facts, &err), QPP_OK);
}

static void locate__gives_every_category_its_ground(void **state)
{
	struct run *r = *state;
	struct qpp_facts facts = { .location = place("FL", "Lee", "") };
	locate(r, &by_individual, &facts);
	assert_true(facts.has_reweight);
	assert_int_equal(facts.n_reweight, QPP_CATEGORIES);
	for (size_t i = 0; i < QPP_CATEGORIES; i++) {
		assert_int_equal(facts.reweight[i].category, i);
		assert_int_equal(facts.reweight[i].reason, QPP_AUTOMATIC_EUC);
	}
	assert_int_equal(found(&r->findings, "automaticEuc")->severity, QPP_INFORMATION);
	assert_int_equal(facts.n_if_listed, 0);
}

static void locate__keeps_the_grounds_that_were_told(void **state)
{
	struct run *r = *state;
	static const struct qpp_reweight told[] = { { .category = QPP_PI, .reason = QPP_HARDSHIP },
		                                      { .category = QPP_COST, .reason = QPP_AUTOMATIC_EUC } };
	struct qpp_facts facts = { .location = place("FL", "Lee", ""), .has_reweight = true, .reweight = told, .n_reweight = 2 };
	locate(r, &by_individual, &facts);
	assert_int_equal(facts.n_reweight, 5);
	assert_int_equal(facts.reweight[0].reason, QPP_HARDSHIP);
	size_t cost = 0;
	for (size_t i = 0; i < facts.n_reweight; i++)
		cost += facts.reweight[i].category == QPP_COST;
	assert_int_equal(cost, 1);
	/* An empty list is a word too, and outranks the place. */
	facts = (struct qpp_facts){ .location = place("FL", "Lee", ""), .has_reweight = true };
	locate(r, &by_individual, &facts);
	assert_int_equal(facts.n_reweight, 0);
	assert_int_equal(found(&r->findings, "locationContradiction")->severity, QPP_WARNING);
	facts = (struct qpp_facts){ .location = place("NY", "Kings", ""), .has_reweight = true, .reweight = told, .n_reweight = 2 };
	locate(r, &by_individual, &facts);
	assert_int_equal(facts.n_reweight, 2);
	assert_non_null(found(&r->findings, "locationContradiction"));
}

static void locate__gives_nothing_to_a_group_and_nothing_elsewhere(void **state)
{
	struct run *r = *state;
	const struct qpp_submission by_group = { .py = { YEAR }, .entity = QPP_GROUP };
	struct qpp_facts facts = { .location = place("FL", "Lee", "") };
	locate(r, &by_group, &facts);
	assert_int_equal(facts.n_reweight, 0);
	assert_false(facts.has_reweight);
	assert_says(found(&r->findings, "automaticEuc")->message, "for individuals");
	facts = (struct qpp_facts){ .location = place("NY", "Kings", "") };
	locate(r, &by_individual, &facts);
	assert_false(facts.has_reweight);
	facts = (struct qpp_facts){ 0 };
	locate(r, &by_individual, &facts);
	assert_int_equal(r->findings.list.n, 0);
}

static void locate__what_is_open_says_what_to_give(void **state)
{
	struct run *r = *state;
	struct qpp_facts facts = { .location = place("", "", "33901") };
	locate(r, &by_individual, &facts);
	const struct qpp_finding *f = found(&r->findings, "locationUndecided");
	assert_non_null(f);
	assert_text(f->expected, "location.county");
	assert_false(facts.has_reweight);
	assert_int_equal(facts.n_if_listed, QPP_CATEGORIES);
	r->request.catalog = &without_list;
	facts = (struct qpp_facts){ .location = place("FL", "Lee", "") };
	locate(r, &by_individual, &facts);
	assert_says(found(&r->findings, "locationUndecided")->hint, "automaticEuc");
	assert_int_equal(facts.n_if_listed, 0);
}

static const struct qpp_missing_answer *missing_county(const struct qpp_answer *x)
{
	for (size_t i = 0; i < x->scored[0].n_missing; i++)
		if (qpp_str_is(x->scored[0].missing[i].fact, "location.county"))
			return &x->scored[0].missing[i];
	return NULL;
}

/* The score of the shipped submission with activities and claims, from a place. */
static void score_from(struct run *r, struct qpp_location from, struct qpp_answer *out)
{
	struct filing f;
	struct qpp_err err;
	assert_true(world_filing(&r->arena, QPP_LIT("tests/cases/euc-nothing.json"), (struct qpp_str){ NULL, 0 }, &f));
	f.facts->location = from;
	r->request.catalog = f.catalog;
	locate(r, f.submission, f.facts);
	struct qpp_answer_request q = { .arena = &r->arena, .rules = world()->set, .catalog = f.catalog,
	                                .submission = f.submission, .facts = f.facts, .findings = &r->findings };
	assert_int_equal(qpp_answer_submission(&q, out, &err), QPP_OK);
}

static void score__is_told_both_ways_where_the_county_is_open(void **state)
{
	struct run *r = *state;
	struct qpp_answer x;
	score_from(r, place("", "", "33901"), &x);
	assert_true(qpp_dec_eq(x.scored[0].score.final_score.v, qpp_dec_of(0)));
	const struct qpp_missing_answer *m = missing_county(&x);
	assert_non_null(m);
	assert_int_equal(m->n_otherwise, 1);
	assert_true(qpp_dec_eq(m->otherwise[0].final_score.v, qpp_dec_of(75)));
	score_from(r, place("FL", "Lee", "33901"), &x);
	assert_true(qpp_dec_eq(x.scored[0].score.final_score.v, qpp_dec_of(75)));
	assert_null(missing_county(&x));
	score_from(r, place("IL", "Cook", ""), &x);
	assert_true(qpp_dec_eq(x.scored[0].score.final_score.v, qpp_dec_of(0)));
	assert_null(missing_county(&x));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(places__names_of_one_county_have_one_key),
		TEST(places__zip_codes_have_five_or_nine_digits),
		TEST(places__states_are_found_by_their_code),
		TEST(euc__state_and_county_decide),
		TEST(euc__a_county_of_nearly_a_listed_name_is_told),
		TEST(euc__a_zip_code_that_does_not_go_with_the_county_is_told),
		TEST(euc__a_zip_code_alone_is_possible_or_no),
		TEST(euc__less_than_that_is_unknown_unless_nothing_is_listed),
		TEST(euc__without_a_list_nothing_is_no),
		TEST(euc__is_for_individuals),
		TEST(euc__hostile_names_are_shown_and_not_obeyed),
		TEST(location__is_read_in_the_ways_it_is_written),
		TEST(location__what_it_cannot_be_is_refused_by_name),
		TEST(eligibility__answers_for_the_place_that_is_told),
		TEST(locate__gives_every_category_its_ground),
		TEST(locate__keeps_the_grounds_that_were_told),
		TEST(locate__gives_nothing_to_a_group_and_nothing_elsewhere),
		TEST(locate__what_is_open_says_what_to_give),
		TEST(score__is_told_both_ways_where_the_county_is_open),
	};
	return RUN_AS_TAP(tests);
}
