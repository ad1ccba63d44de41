/* Several scores of one clinician: what takes part in the choice, what comes of each, and files that do not fit. */
#include "unit.h"

#include "app/levels.h"
#include "findings.h"
#include "rules/world.h"

enum { MOST = 3 };

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct filing filing[MOST];
	struct qpp_answer answer[MOST];
	const struct qpp_facts *facts[MOST];
	struct qpp_facts own[MOST];
	struct qpp_other_score told[2];
	size_t n;
	struct qpp_levels levels;
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

static const char *const individual = "tests/cases/levels-individual.json", *const group = "tests/cases/solo-2023.json";

/* One file more, scored, with facts of its own that say nothing yet. */
static struct qpp_facts *add(struct run *r, const char *file)
{
	size_t i = r->n++;
	struct qpp_err err = { 0 };
	assert_true(world_filing(&r->arena, qpp_str_of(file), QPP_LIT(""), &r->filing[i]));
	struct qpp_answer_request q = { .arena = &r->arena, .rules = world()->set, .catalog = r->filing[i].catalog,
		                            .submission = r->filing[i].submission, .facts = &r->own[i], .findings = &r->findings };
	if (qpp_answer_submission(&q, &r->answer[i], &err) != QPP_OK)
		fail_msg("%s", err.primary);
	r->answer[i].file = qpp_str_of(file);
	r->facts[i] = &r->own[i];
	return &r->own[i];
}

static struct qpp_levels_request request(struct run *r)
{
	return (struct qpp_levels_request){ &r->arena, world()->set, r->answer, r->facts, r->n, &r->findings };
}

static void choose(struct run *r)
{
	struct qpp_err err = { 0 };
	struct qpp_levels_request q = request(r);
	assert_true(qpp_levels_needed(&q));
	if (qpp_levels_choose(&q, &r->levels, &err) != QPP_OK)
		fail_msg("%s", err.primary);
}

static void tell(struct run *r, struct qpp_facts *f, enum qpp_entity level, int64_t points)
{
	r->told[0] = (struct qpp_other_score){ .participation = level, .final_score = qpp_dec_of(points) };
	f->other_scores = r->told;
	f->n_other_scores = 1;
}

static void levels__one_file_alone_is_no_choice(void **state)
{
	struct run *r = *state;
	struct qpp_facts *f = add(r, group);
	struct qpp_levels_request q = request(r);
	assert_false(qpp_levels_needed(&q));
	f->virtual_group_member = QPP_NO;
	assert_false(qpp_levels_needed(&q));
	f->virtual_group_member = QPP_YES;
	assert_true(qpp_levels_needed(&q));
}

static void levels__the_higher_file_counts_and_the_other_says_why_not(void **state)
{
	struct run *r = *state;
	(void)add(r, individual);
	(void)add(r, group);
	choose(r);
	assert_int_equal(r->levels.n, 2);
	assert_ptr_equal(r->levels.counts, &r->levels.scores[1]);
	assert_ptr_equal(r->levels.counts->answer, &r->answer[1]);
	assert_true(r->answer[1].scored[0].counts);
	assert_false(r->answer[0].scored[0].counts);
	assert_says(r->levels.scores[0].why.text, "the group score is higher");
	assert_says(r->answer[0].level_says, "the group score");
}

static void levels__a_told_score_takes_part_once_though_both_files_share_its_facts(void **state)
{
	struct run *r = *state;
	struct qpp_facts *f = add(r, individual);
	(void)add(r, group);
	tell(r, f, QPP_APM_ENTITY, 99);
	r->facts[1] = f;
	choose(r);
	assert_int_equal(r->levels.n, 3);
	assert_ptr_equal(r->levels.counts->told, &r->told[0]);
	assert_int_equal(r->levels.choice.payment.adjustment.band, QPP_POSITIVE);
	assert_false(r->answer[0].scored[0].counts || r->answer[1].scored[0].counts);
}

static void levels__a_virtual_groups_score_counts_though_it_is_lower(void **state)
{
	struct run *r = *state;
	tell(r, add(r, group), QPP_VIRTUAL_GROUP, 1);
	choose(r);
	assert_ptr_equal(r->levels.counts->told, &r->told[0]);
}

static void levels__a_member_without_the_virtual_groups_score_has_none_that_counts(void **state)
{
	struct run *r = *state;
	(void)add(r, individual);
	add(r, group)->virtual_group_member = QPP_YES;
	r->own[0].virtual_group_member = QPP_NO;
	choose(r);
	assert_null(r->levels.counts);
	assert_true(r->levels.choice.payment.awaits_virtual_group);
	assert_false(r->answer[0].scored[0].counts || r->answer[1].scored[0].counts);
	assert_says(r->levels.scores[0].why.text, "the virtual group's score is not told");
	assert_non_null(found(&r->findings, "filesDisagree"));
}

static void levels__what_has_no_final_score_is_no_candidate(void **state)
{
	struct run *r = *state;
	(void)add(r, individual);
	(void)add(r, group);
	r->answer[1].scored[0].score.final_score.has = false;
	r->answer[1].scored[0].score.no_score = QPP_LIT("a subgroup that submitted nothing");
	choose(r);
	assert_ptr_equal(r->levels.counts, &r->levels.scores[0]);
	assert_text(r->levels.scores[1].why.text, "a subgroup that submitted nothing");
}

static void levels__of_one_file_only_the_best_program_takes_part(void **state)
{
	struct run *r = *state;
	(void)add(r, individual);
	(void)add(r, group);
	/* The group's sets under two programs, of which the second is worth less. */
	struct qpp_scored *both = QPP_NEW_ARRAY(&r->arena, 2, struct qpp_scored);
	both[0] = both[1] = r->answer[1].scored[0];
	both[1].score.program = QPP_LIT("G0057");
	both[1].score.final_exact.v = qpp_dec_of(1);
	both[1].counts = false;
	r->answer[1].scored = both;
	r->answer[1].n_scored = 2;
	choose(r);
	assert_int_equal(r->levels.n, 3);
	assert_int_equal(r->levels.choice.facts->n_scores, 2);
	assert_ptr_equal(r->levels.counts, &r->levels.scores[1]);
	assert_says(r->levels.scores[2].why.text, "another reporting option of the same submission");
}

static void levels__equal_files_count_the_first(void **state)
{
	struct run *r = *state;
	(void)add(r, group);
	(void)add(r, group);
	choose(r);
	assert_ptr_equal(r->levels.counts, &r->levels.scores[0]);
	assert_says(r->levels.scores[1].why.text, "as high and stands first");
}

static void check__years_tins_and_clinicians_that_differ(void **state)
{
	struct run *r = *state;
	struct qpp_submission a = { .py = { 2023 }, .entity = QPP_INDIVIDUAL, .tin = QPP_LIT("000000001"), .npi = QPP_LIT("9000010014") };
	struct qpp_submission b = a, c = { .py = { 2023 }, .entity = QPP_APM_ENTITY, .tin = QPP_LIT("000000009") };
	const struct qpp_submission *s[] = { &a, &b, &c };
	const struct qpp_str files[] = { QPP_LIT("a.json"), QPP_LIT("b.json"), QPP_LIT("c.json") };
	qpp_levels_check(s, files, MOST, &r->findings);
	assert_int_equal(r->findings.list.n, 0);
	b.tin = QPP_LIT("000000002");
	b.npi = QPP_LIT("9000020013");
	qpp_levels_check(s, files, MOST, &r->findings);
	assert_int_equal(times_found(&r->findings, "filesDisagree"), 2);
	assert_int_equal(r->findings.errors, 0);
	c.py.v = 2024;
	qpp_levels_check(s, files, MOST, &r->findings);
	assert_int_equal(r->findings.errors, 1);
	const struct qpp_finding *last = &r->findings.list.v[r->findings.list.n - 1];
	assert_text(last->value, "2024 in c.json");
	assert_text(last->expected, "2023 in a.json");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(levels__one_file_alone_is_no_choice, begin, end),
		cmocka_unit_test_setup_teardown(levels__the_higher_file_counts_and_the_other_says_why_not, begin, end),
		cmocka_unit_test_setup_teardown(levels__a_told_score_takes_part_once_though_both_files_share_its_facts, begin, end),
		cmocka_unit_test_setup_teardown(levels__a_virtual_groups_score_counts_though_it_is_lower, begin, end),
		cmocka_unit_test_setup_teardown(levels__a_member_without_the_virtual_groups_score_has_none_that_counts, begin, end),
		cmocka_unit_test_setup_teardown(levels__what_has_no_final_score_is_no_candidate, begin, end),
		cmocka_unit_test_setup_teardown(levels__of_one_file_only_the_best_program_takes_part, begin, end),
		cmocka_unit_test_setup_teardown(levels__equal_files_count_the_first, begin, end),
		cmocka_unit_test_setup_teardown(check__years_tins_and_clinicians_that_differ, begin, end),
	};
	return RUN_AS_TAP(tests);
}
