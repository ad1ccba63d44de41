/*
 * Targeted review by the rules alone: every edge of the windows in summer and in winter time, answers that are due,
 * campaigns, and the table of steps as a whole.
 */
#include "unit.h"

#include <string.h>

#include "adapt/sys/zone.h"
#include "qpp/review.h"
#include "rules/world.h"

static struct qpp_arena arena;
static struct qpp_zone zone;

static struct qpp_request of_year(int py)
{
	struct qpp_request q = { .arena = &arena };
	struct qpp_err err;
	assert_int_equal(qpp_rules_bind(&arena, world()->set, (qpp_py){ py }, NULL, 0, &q.rules, &err), QPP_OK);
	return q;
}

static qpp_instant instant(const char *text)
{
	qpp_instant t;
	assert_true(qpp_instant_parse(qpp_str_of(text), &t, NULL));
	return t;
}

static struct qpp_moment moment(const char *text)
{
	return text ? (struct qpp_moment){ true, instant(text) } : (struct qpp_moment){ 0 };
}

static struct qpp_review_window window(int py, const char *scores, const char *factors, const char *extended, qpp_instant at)
{
	struct qpp_request q = of_year(py);
	struct qpp_review_known known = { moment(scores), moment(factors), moment(extended) };
	struct qpp_review_window w;
	struct qpp_err err;
	assert_int_equal(qpp_review_window(&q, &zone, &known, at, &w, &err), QPP_OK);
	return w;
}

/* ---- the zone ---- */

static void zone__an_hour_of_a_day_is_one_instant(void **unused)
{
	(void)unused;
	qpp_day day;
	assert_true(qpp_day_of(2024, 10, 11, &day));
	assert_true(qpp_zone_instant(&zone, day, 20 * 3600).v == instant("2024-10-11T20:00:00-04:00").v);
	assert_true(qpp_day_of(2025, 11, 14, &day));
	assert_true(qpp_zone_instant(&zone, day, 20 * 3600).v == instant("2025-11-14T20:00:00-05:00").v);
	/* The clocks go back on November 2, 2025: midnight is before that, 8 p.m. behind it. */
	assert_true(qpp_day_of(2025, 11, 2, &day));
	assert_true(qpp_zone_instant(&zone, day, 0).v == instant("2025-11-02T00:00:00-04:00").v);
	assert_true(qpp_zone_instant(&zone, day, 20 * 3600).v == instant("2025-11-02T20:00:00-05:00").v);
	assert_true(qpp_zone_instant(&zone, day, 3600).v == instant("2025-11-02T01:00:00-04:00").v);
	/* They go forward on March 9, 2025. */
	assert_true(qpp_day_of(2025, 3, 9, &day));
	assert_true(qpp_zone_instant(&zone, day, 0).v == instant("2025-03-09T00:00:00-05:00").v);
	assert_true(qpp_zone_instant(&zone, day, 20 * 3600).v == instant("2025-03-09T20:00:00-04:00").v);
	assert_int_equal(qpp_zone_day(&zone, instant("2025-11-03T04:59:59Z")).v, day.v + 238);
}

/* ---- windows ---- */

static void window__ends_with_the_first_second_of_the_closing_hour(void **unused)
{
	(void)unused;
	static const struct {
		int py;
		const char *scores, *factors, *closes;
	} ends[] = {
		{ 2022, NULL, "2023-08-10T09:00:00-04:00", "2023-10-09T20:00:00-04:00" },
		{ 2023, NULL, "2024-08-12T10:00:00-04:00", "2024-10-11T20:00:00-04:00" },
		{ 2024, "2025-09-15T10:00:00-04:00", "2025-10-15T10:00:00-04:00", "2025-11-14T20:00:00-05:00" },
	};
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		for (int second = -1; second <= 1; second++) {
			qpp_instant at = { instant(ends[i].closes).v + second };
			struct qpp_review_window w = window(ends[i].py, ends[i].scores, ends[i].factors, NULL, at);
			assert_int_equal(w.state, second <= 0 ? QPP_WINDOW_OPEN : QPP_WINDOW_OVER);
			assert_int_equal(w.margin, -second);
			assert_true(w.closes.at.v == instant(ends[i].closes).v);
			assert_true(w.by_release);
		}
}

static void window__opens_with_the_instant_of_the_release(void **unused)
{
	(void)unused;
	const char *released = "2024-08-12T10:00:00-04:00";
	qpp_instant at = instant(released);
	assert_int_equal(window(2023, NULL, released, NULL, (qpp_instant){ at.v - 1 }).state, QPP_WINDOW_NOT_OPEN);
	assert_int_equal(window(2023, NULL, released, NULL, at).state, QPP_WINDOW_OPEN);
}

static void window__of_2024_opens_with_the_scores_and_has_no_end_before_the_factors(void **unused)
{
	(void)unused;
	const char *scores = "2025-09-15T10:00:00-04:00", *factors = "2025-10-15T10:00:00-04:00";
	struct qpp_review_window w = window(2024, scores, NULL, NULL, instant("2025-09-16T10:00:00-04:00"));
	assert_int_equal(w.state, QPP_WINDOW_OPEN);
	assert_false(w.closes.has);
	assert_int_equal(w.days, 30);
	assert_text(w.opens_with, "scores");
	w = window(2024, scores, factors, NULL, instant("2025-10-15T10:00:00-04:00"));
	assert_true(w.closes.has && w.closes.at.v == instant("2025-11-14T20:00:00-05:00").v);
	/* Scores of 2023 open nothing: its text has the factors. */
	assert_int_equal(window(2023, "2026-06-15T10:00:00-04:00", NULL, NULL, instant("2024-08-01T10:00:00-04:00")).state,
	                 QPP_WINDOW_NOT_OPEN);
}

static void window__a_late_release_still_has_its_days(void **unused)
{
	(void)unused;
	/* A service that releases 2023 later than the agency did: the announced end does not cut its window short. */
	struct qpp_review_window w = window(2023, NULL, "2026-11-22T09:00:00-05:00", NULL, instant("2026-12-01T09:00:00-05:00"));
	assert_int_equal(w.state, QPP_WINDOW_OPEN);
	assert_true(w.closes.at.v == instant("2027-01-21T20:00:00-05:00").v);
}

static void window__an_extension_only_ever_moves_the_end_back(void **unused)
{
	(void)unused;
	const char *factors = "2024-08-12T10:00:00-04:00";
	qpp_instant at = instant("2024-10-12T00:00:01Z");
	struct qpp_review_window w = window(2023, NULL, factors, "2024-10-31T20:00:00-04:00", at);
	assert_int_equal(w.state, QPP_WINDOW_OPEN);
	assert_true(w.extended);
	w = window(2023, NULL, factors, "2024-09-01T20:00:00-04:00", at);
	assert_int_equal(w.state, QPP_WINDOW_OVER);
	assert_false(w.extended);
}

static void window__a_year_without_rules_refuses_by_name(void **unused)
{
	(void)unused;
	struct qpp_request q = of_year(2027);
	struct qpp_review_known known = { 0 };
	struct qpp_review_window w;
	struct qpp_review_due due;
	struct qpp_review_reason reason;
	struct qpp_err err;
	bool may;
	qpp_day day;
	assert_int_equal(qpp_review_window(&q, &zone, &known, (qpp_instant){ 0 }, &w, &err), QPP_NO_RULE);
	assert_non_null(strstr(err.primary, "review_windows"));
	assert_int_equal(qpp_review_due(&q, &zone, (qpp_instant){ 0 }, &due, &err), QPP_NO_RULE);
	assert_int_equal(qpp_review_may_ask(&q, QPP_GROUP, &may, &err), QPP_NO_RULE);
	assert_int_equal(qpp_review_may_deny(&q, QPP_LIT("duplicate"), &may, &err), QPP_NO_RULE);
	assert_int_equal(qpp_review_reason_find(&q, QPP_LIT("lateData"), &reason, &err), QPP_NO_RULE);
	assert_int_equal(qpp_review_keep_until(&q, &day, &err), QPP_NO_RULE);
}

/* ---- campaigns, reasons, retention ---- */

static void campaign__has_a_window_and_levels_of_its_own(void **unused)
{
	(void)unused;
	struct qpp_request q = of_year(2023);
	const struct qpp_review_campaign *v;
	struct qpp_err err;
	size_t n;
	assert_int_equal(qpp_review_campaigns(&q, &v, &n, &err), QPP_OK);
	assert_int_equal(n, 1);
	assert_text(v[0].name, "changeHealthcare");
	assert_true(qpp_review_campaign_takes(&v[0], QPP_SUBGROUP) && qpp_review_campaign_takes(&v[0], QPP_APM_ENTITY));
	assert_false(qpp_review_campaign_takes(&v[0], QPP_ENTITY_NONE));
	qpp_instant end = instant("2024-10-11T20:00:00-04:00");
	assert_int_equal(qpp_review_campaign_window(&v[0], moment(NULL), end).state, QPP_WINDOW_OPEN);
	assert_int_equal(qpp_review_campaign_window(&v[0], moment(NULL), (qpp_instant){ end.v + 1 }).state, QPP_WINDOW_OVER);
	struct qpp_review_window w = qpp_review_campaign_window(&v[0], moment("2024-10-20T20:00:00-04:00"), (qpp_instant){ end.v + 1 });
	assert_int_equal(w.state, QPP_WINDOW_OPEN);
	assert_true(w.extended);
	q = of_year(2022);
	assert_int_equal(qpp_review_campaigns(&q, &v, &n, &err), QPP_OK);
	assert_int_equal(n, 0);
}

static void reasons__of_every_year_can_be_told_and_judged(void **unused)
{
	(void)unused;
	for (int py = 2017; py <= 2026; py++) {
		struct qpp_request q = of_year(py);
		const struct qpp_review_reason *v;
		struct qpp_err err;
		size_t n, none = 0;
		assert_int_equal(qpp_review_reasons(&q, &v, &n, &err), QPP_OK);
		assert_true(n > 15);
		for (size_t i = 0; i < n; i++) {
			struct qpp_review_reason found;
			assert_int_equal(qpp_review_reason_find(&q, v[i].name, &found, &err), QPP_OK);
			assert_true(qpp_str_eq(found.says, v[i].says) && v[i].says.n && v[i].evidence.n && v[i].category.n && v[i].cite.n);
			none += v[i].scope == QPP_REVIEW_OF_NOTHING;
		}
		assert_true(none >= 3 || py > 2020);
	}
}

static void documents__are_kept_six_years_from_the_end_of_the_period(void **unused)
{
	(void)unused;
	struct qpp_request q = of_year(2023);
	struct qpp_err err;
	qpp_day until, expected;
	assert_int_equal(qpp_review_keep_until(&q, &until, &err), QPP_OK);
	assert_true(qpp_day_of(2029, 12, 31, &expected));
	assert_int_equal(until.v, expected.v);
	q = of_year(2018);
	assert_int_equal(qpp_review_keep_until(&q, &until, &err), QPP_NO_RULE);
}

/* ---- steps ---- */

static void steps__lead_nowhere_from_an_end(void **unused)
{
	(void)unused;
	struct qpp_request q = of_year(2018);
	struct qpp_err err;
	for (enum qpp_review_state from = QPP_REVIEW_NONE; from < QPP_REVIEW_STATES; from++)
		for (enum qpp_review_act act = QPP_REVIEW_NO_ACT; act < QPP_REVIEW_ACTS; act++) {
			enum qpp_review_state to;
			assert_int_equal(qpp_review_step(&q, from, act, &to, &err), QPP_OK);
			if (qpp_review_ended(from))
				assert_int_equal(to, QPP_REVIEW_NONE);
			/* Nothing is decided but by the second person, and nothing becomes a draft again. */
			if (qpp_review_decided(to))
				assert_int_equal(from, QPP_REVIEW_RECOMMENDED);
			if (to == QPP_REVIEW_DRAFT)
				assert_true(from == QPP_REVIEW_DRAFT || from == QPP_REVIEW_NONE);
		}
}

static void steps__every_state_can_be_reached_and_has_a_name(void **unused)
{
	(void)unused;
	struct qpp_request q = of_year(2018);
	struct qpp_err err;
	bool reached[QPP_REVIEW_STATES] = { [QPP_REVIEW_NONE] = true };
	for (int round = 0; round < QPP_REVIEW_STATES; round++)
		for (enum qpp_review_state from = QPP_REVIEW_NONE; from < QPP_REVIEW_STATES; from++)
			for (enum qpp_review_act act = QPP_REVIEW_EDIT; reached[from] && act < QPP_REVIEW_ACTS; act++) {
				enum qpp_review_state to;
				assert_int_equal(qpp_review_step(&q, from, act, &to, &err), QPP_OK);
				reached[to] = true;
			}
	for (enum qpp_review_state s = QPP_REVIEW_DRAFT; s < QPP_REVIEW_STATES; s++) {
		assert_true(reached[s]);
		assert_int_equal(qpp_review_state_of(qpp_str_of(qpp_review_state_name(s))), s);
		assert_true(*qpp_review_state_title(s) != 0);
	}
	for (enum qpp_review_act act = QPP_REVIEW_EDIT; act < QPP_REVIEW_ACTS; act++)
		assert_int_equal(qpp_review_act_of(qpp_str_of(qpp_review_act_name(act))), act);
}

static void steps__silence_closes_only_in_the_first_two_years(void **unused)
{
	(void)unused;
	for (int py = 2017; py <= 2026; py++) {
		struct qpp_request q = of_year(py);
		enum qpp_review_state to;
		struct qpp_err err;
		assert_int_equal(qpp_review_step(&q, QPP_REVIEW_IN_REVIEW, QPP_REVIEW_CLOSE, &to, &err), QPP_OK);
		assert_int_equal(to, py <= 2018 ? QPP_REVIEW_CLOSED : QPP_REVIEW_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zone__an_hour_of_a_day_is_one_instant),
		cmocka_unit_test(window__ends_with_the_first_second_of_the_closing_hour),
		cmocka_unit_test(window__opens_with_the_instant_of_the_release),
		cmocka_unit_test(window__of_2024_opens_with_the_scores_and_has_no_end_before_the_factors),
		cmocka_unit_test(window__a_late_release_still_has_its_days),
		cmocka_unit_test(window__an_extension_only_ever_moves_the_end_back),
		cmocka_unit_test(window__a_year_without_rules_refuses_by_name),
		cmocka_unit_test(campaign__has_a_window_and_levels_of_its_own),
		cmocka_unit_test(reasons__of_every_year_can_be_told_and_judged),
		cmocka_unit_test(documents__are_kept_six_years_from_the_end_of_the_period),
		cmocka_unit_test(steps__lead_nowhere_from_an_end),
		cmocka_unit_test(steps__every_state_can_be_reached_and_has_a_name),
		cmocka_unit_test(steps__silence_closes_only_in_the_first_two_years),
	};
	struct qpp_err err;
	if (qpp_zone_load(&arena, "America/New_York", &zone, &err) != QPP_OK)
		world_bail_out("no Eastern time", err.primary);
	int failed = RUN_AS_TAP(tests);
	qpp_arena_close(&arena);
	return failed;
}
