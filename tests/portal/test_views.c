/* The portal's words of time, and that a page holds what it was given, escaped, and its forms what was typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "adapt/portal/views.h"
#include "adapt/sys/zone.h"
#include "app/access.h"

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct qpp_zone zone;

static qpp_time at(const char *text)
{
	qpp_instant t;
	assert_true(qpp_instant_parse(qpp_str_of(text), &t, NULL));
	return qpp_time_of_instant(t);
}

static void eastern__follows_the_zone_over_both_changes_of_a_year(void **state)
{
	(void)state;
	assert_string_equal(qpp_eastern(&arena, &zone, at("2024-10-12T00:00:00Z")).p, "October 11, 2024, at 8 p.m. ET");
	assert_string_equal(qpp_eastern(&arena, &zone, at("2025-11-15T01:00:00Z")).p, "November 14, 2025, at 8 p.m. ET");
	assert_string_equal(qpp_eastern(&arena, &zone, at("2025-01-01T04:59:00Z")).p, "December 31, 2024, at 11:59 p.m. ET");
	assert_string_equal(qpp_eastern_hour(&arena, &zone, at("2024-03-10T06:59:59Z")).p, "1:59 a.m. ET");
	assert_string_equal(qpp_eastern_hour(&arena, &zone, at("2024-03-10T07:00:00Z")).p, "3 a.m. ET");
	assert_string_equal(qpp_eastern_exact(&arena, &zone, at("2024-07-01T16:00:05Z")).p, "July 1, 2024, at 12:00:05 p.m. ET");
	assert_string_equal(qpp_eastern_hour(&arena, &zone, at("2024-07-01T04:00:00Z")).p, "12 a.m. ET");
}

static void span__tells_its_two_largest_parts(void **state)
{
	(void)state;
	assert_string_equal(qpp_span_words(&arena, INT64_C(192000000)).p, "3 minutes and 12 seconds");
	assert_string_equal(qpp_span_words(&arena, INT64_C(86400000000) * 2 + 60000000).p, "2 days");
	assert_string_equal(qpp_span_words(&arena, -1000000).p, "1 second");
	assert_string_equal(qpp_span_words(&arena, 999999).p, "less than a second");
}

static void zone__refuses_what_is_no_zone_file(void **state)
{
	struct qpp_err err;
	struct qpp_zone z;
	(void)state;
	assert_int_equal(qpp_zone_read(&arena, QPP_LIT("TZif2"), &z, &err), QPP_DATA);
	assert_int_equal(qpp_zone_load(&arena, "America/Nowhere", &z, &err), QPP_IO);
}

static const char *sign_in(const struct qpp_sign_in *m, const struct qpp_form_errors *e)
{
	struct qpp_shell s = { .assets = QPP_LIT("/static/"), .csrf = QPP_LIT("token") };
	return qpp_view_sign_in(&arena, &s, m, e).p;
}

static void view__escapes_what_was_typed_and_keeps_it(void **state)
{
	const struct qpp_form_error v[] = { { "user", QPP_LIT("no <such> user") } };
	const struct qpp_form_errors errors = { v, 1 };
	const char *html = sign_in(&(struct qpp_sign_in){ .user = QPP_LIT("\"><script>"), .to = QPP_LIT("/") }, &errors);
	(void)state;
	assert_null(strstr(html, "<script>"));
	assert_non_null(strstr(html, "value=\"&quot;&gt;&lt;script&gt;\""));
	assert_non_null(strstr(html, "<title>Error: Sign in"));
	assert_non_null(strstr(html, "<a href=\"#user\">no &lt;such&gt; user</a>"));
	assert_non_null(strstr(html, "aria-describedby=\"user-error\""));
	assert_non_null(strstr(html, "name=\"csrf\" value=\"token\""));
}

static void view__leaves_out_links_that_one_may_not_follow(void **state)
{
	struct qpp_shell s = { .assets = QPP_LIT("/static/"), .person = QPP_LIT("Erika"), .roles = QPP_BY(SIGNED_IN) };
	(void)state;
	assert_null(strstr(qpp_view_home(&arena, &s, &(struct qpp_home){ .year = 2025 }, NULL).p, "href=\"/submissions\""));
	s.roles = QPP_BY(PRACTICE_STAFF);
	const char *staff = qpp_view_home(&arena, &s, &(struct qpp_home){ .year = 2025 }, NULL).p;
	assert_non_null(strstr(staff, "href=\"/submissions\""));
	assert_null(strstr(staff, "href=\"/account/consents\""));
	assert_null(strstr(staff, "href=\"/account/tokens\""));
	assert_null(strstr(staff, "href=\"/view-as\""));
	assert_null(strstr(staff, "href=\"/operator/access\""));
	s.roles = QPP_BY(REGISTRY_OFFICIAL);
	const char *registry = qpp_view_home(&arena, &s, &(struct qpp_home){ .year = 2025 }, NULL).p;
	assert_null(strstr(registry, "href=\"/account/consents\""));
	assert_non_null(strstr(registry, "href=\"/account/tokens\""));
	s.roles = QPP_BY(AGENT);
	const char *agent = qpp_view_home(&arena, &s, &(struct qpp_home){ .year = 2025 }, NULL).p;
	assert_non_null(strstr(agent, "href=\"/view-as\""));
	assert_null(strstr(agent, "href=\"/submissions\""));
}

static void review__has_no_way_to_remove_the_last_official(void **state)
{
	struct qpp_shell s = { .assets = QPP_LIT("/static/"), .person = QPP_LIT("Erika") };
	struct qpp_access_review m = { .act = QPP_ACT_REMOVE, .org_id = QPP_LIT("o"), .person = { .role_id = QPP_LIT("r") } };
	(void)state;
	assert_non_null(strstr(qpp_view_access_review(&arena, &s, &m, NULL).p, "action=\"/account/organizations/o/roles/r/remove\""));
	m.last_official = true;
	assert_null(strstr(qpp_view_access_review(&arena, &s, &m, NULL).p, "/roles/r/remove"));
}

static int load_zone(void **state)
{
	struct qpp_err err;
	(void)state;
	return qpp_zone_load(&arena, "America/New_York", &zone, &err) == QPP_OK ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eastern__follows_the_zone_over_both_changes_of_a_year),
		cmocka_unit_test(span__tells_its_two_largest_parts),
		cmocka_unit_test(zone__refuses_what_is_no_zone_file),
		cmocka_unit_test(view__escapes_what_was_typed_and_keeps_it),
		cmocka_unit_test(view__leaves_out_links_that_one_may_not_follow),
		cmocka_unit_test(review__has_no_way_to_remove_the_last_official),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	int failed = cmocka_run_group_tests(tests, load_zone, NULL);
	qpp_arena_close(&arena);
	return failed;
}
