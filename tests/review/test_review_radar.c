/* Open requests as the radar groups them: by what they are about, with what may have caused them. */
#include "world.h"

#include "app/radar.h"

static struct qpp_radar_groups grouped(int py, const struct qpp_radar *radar)
{
	struct qpp_radar_groups g;
	assert_ok(qpp_radar_requests(&w.service, &w.store.arena, (qpp_py){ py }, radar, &g, &w.err));
	return g;
}

static void requests__are_grouped_by_what_they_are_about(void **unused)
{
	(void)unused;
	struct qpp_review_form elm = form(2023), oak = form(2023), measures = form(2023), other_year = form(2022);
	oak.org_id = w.oak.id;
	oak.legal_name = QPP_LIT("Oak");
	measures.reason = QPP_LIT("measureError");
	measures.categories = QPP_LIT("quality");
	measures.measures = QPP_LIT("128 479");
	struct qpp_review_opinion no = denial("notWarranted");
	(void)draft(ELM, &elm);
	assert_int_equal(grouped(2023, NULL).n, 0);
	(void)filed(ELM, &elm);
	(void)filed(OAK, &oak);
	(void)filed(ELM, &measures);
	struct qpp_radar_groups g = grouped(2023, NULL);
	assert_int_equal(g.requests, 3);
	assert_int_equal(g.n, 3);
	/* The most requests first. */
	assert_text(g.v[0].reason, "exceptionNotApplied");
	assert_int_equal(g.v[0].requests, 2);
	assert_int_equal(g.v[0].subjects, 2);
	assert_int_equal(g.v[0].n_numbers, 2);
	assert_true(g.v[0].first.us <= g.v[0].last.us && g.v[0].first.us > 0);
	assert_true(g.v[0].says.n > g.v[0].reason.n && g.v[0].rule.n);
	assert_null(g.v[0].cause);
	/* A request about two measures is one of each. */
	assert_text(g.v[1].measure, "128");
	assert_text(g.v[2].measure, "479");
	/* What has ended is no more open. */
	struct qpp_review_form again = form(2023);
	again.reason = QPP_LIT("automaticEuc");
	(void)decided(ELM, &again, &no);
	g = grouped(2023, NULL);
	assert_int_equal(g.requests, 3);
	(void)other_year;
	assert_int_equal(grouped(2022, NULL).n, 0);
}

static void requests__of_one_subject_count_it_once(void **unused)
{
	(void)unused;
	struct qpp_review_form elm = form(2023);
	(void)filed(ELM, &elm);
	(void)filed(ELM, &elm);
	struct qpp_radar_groups g = grouped(2023, NULL);
	assert_int_equal(g.n, 1);
	assert_int_equal(g.v[0].requests, 2);
	assert_int_equal(g.v[0].subjects, 1);
}

static void requests__have_the_finding_that_may_have_caused_them(void **unused)
{
	(void)unused;
	struct qpp_review_form elm = form(2023), measures = form(2023), bonus = form(2023);
	measures.reason = QPP_LIT("measureError");
	measures.measures = QPP_LIT("479");
	bonus.reason = QPP_LIT("complexPatientBonus");
	bonus.org_id = w.oak.id;
	(void)filed(ELM, &elm);
	(void)filed(ELM, &measures);
	(void)filed(OAK, &bonus);
	struct qpp_radar_finding findings[] = {
		{ .check = QPP_RADAR_SIGN, .step = QPP_LIT("adjustment factor") },
		{ .check = QPP_RADAR_RESULT, .step = QPP_LIT("quality/479") },
		{ .check = QPP_RADAR_EXCEPTION, .step = QPP_LIT("pi: hardship") },
	};
	struct qpp_radar radar = { .v = findings, .n = 3 };
	struct qpp_radar_groups g = grouped(2023, &radar);
	for (size_t i = 0; i < g.n; i++) {
		if (qpp_str_is(g.v[i].reason, "measureError"))
			assert_ptr_equal(g.v[i].cause, &findings[1]);
		else if (qpp_str_is(g.v[i].reason, "exceptionNotApplied"))
			assert_ptr_equal(g.v[i].cause, &findings[2]);
		else
			assert_null(g.v[i].cause);
	}
	assert_int_equal(g.n, 3);
	/* Somebody who is among the examples of a finding was touched by it, whatever the reason says. */
	findings[0].example[0] = (struct qpp_who){ { 2023 }, QPP_GROUP, w.oak.id, QPP_LIT("") };
	findings[0].n_examples = 1;
	g = grouped(2023, &radar);
	for (size_t i = 0; i < g.n; i++)
		if (qpp_str_is(g.v[i].reason, "complexPatientBonus"))
			assert_ptr_equal(g.v[i].cause, &findings[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REVIEW_TEST(requests__are_grouped_by_what_they_are_about),
		REVIEW_TEST(requests__of_one_subject_count_it_once),
		REVIEW_TEST(requests__have_the_finding_that_may_have_caused_them),
	};
	return RUN_AS_TAP(tests);
}
