/*
 * Overlays: what a what-if file changes, what it leaves alone, what it is
 * refused for, and that its results are marked.
 */
#include "unit.h"

#include "adapt/rules/overlay.h"
#include "core/ruleset_image.h"
#include "findings.h"
#include "world.h"

#define HEADING "## 414.1(a)  A question\n"               /* line 1 of every overlay */
#define FENCE "```\n"
#define PARAM(name, unit, rows) HEADING "```param " name "\nunit " unit "\nPY value status source\n" rows FENCE
#define THRESHOLD(rows) PARAM("performance_threshold", "points", rows)
#define TABLE(name, lines) HEADING "```table " name "\n" lines FENCE
#define WEIGHTS "columns PY program small missing quality cost ia pi cite\n"

/* Not cryptographic, but as sensitive: the test needs no library. */
static void toy_hash(const void *p, size_t n, unsigned char out[32])
{
	uint64_t h = qpp_rules_checksum(p, n);
	for (int i = 0; i < 32; i++)
		out[i] = (unsigned char)(h >> 8 * (i % 8));
}

static struct qpp_findings errors;

static enum qpp_code merge_text(const char *text, const struct qpp_ruleset **out)
{
	struct qpp_rules_source overlay = { QPP_LIT("my-change.md"), qpp_str_of(text) };
	struct qpp_err err;
	qpp_findings_init(&errors, world()->arena, 100);
	return qpp_rules_overlay(world()->arena, world()->set, &overlay, toy_hash, &errors, out, &err);
}

static const struct qpp_ruleset *merged(const char *text)
{
	const struct qpp_ruleset *rs;
	if (merge_text(text, &rs) != QPP_OK)
		fail_msg("the overlay is refused: %.*s", QPP_ARG(errors.list.n ? errors.list.v[0].message : QPP_LIT("?")));
	return rs;
}

/* The overlay has this error and no other. */
static void refused(const char *text, uint32_t line, const char *message, const char *hint)
{
	const struct qpp_ruleset *rs;
	assert_int_equal(merge_text(text, &rs), QPP_DATA);
	assert_null(rs);
	assert_int_equal(errors.list.n, 1);
	assert_text(errors.list.v[0].where.file, "my-change.md");
	assert_int_equal(errors.list.v[0].where.line, line);
	assert_says(errors.list.v[0].message, message);
	assert_says(errors.list.v[0].hint, hint);
}

static struct qpp_request request(const struct qpp_ruleset *rs, int py)
{
	struct qpp_request q = { .arena = world()->arena };
	struct qpp_err err;
	assert_int_equal(qpp_rules_bind(q.arena, rs, (qpp_py){ py }, NULL, 0, &q.rules, &err), QPP_OK);
	return q;
}

static enum qpp_code adjust(const struct qpp_ruleset *rs, int py, const char *score, struct qpp_str *factor)
{
	struct qpp_request q = request(rs, py);
	const struct qpp_number fitted = { 0 };
	struct qpp_adjustment out;
	struct qpp_err err;
	qpp_dec s;
	assert_true(qpp_dec_parse(qpp_str_of(score), &s));
	enum qpp_code code = qpp_score_adjustment(&q, s, fitted, fitted, &out, &err);
	*factor = code == QPP_OK && out.total.has ? qpp_dec_text(q.arena, out.total.v, 2) : QPP_LIT("");
	return code;
}

/* "40/30/30/0"; empty when there is no row. */
static struct qpp_str weights(const struct qpp_ruleset *rs, int py, uint32_t missing)
{
	struct qpp_request q = request(rs, py);
	struct qpp_weights w;
	struct qpp_err err;
	struct qpp_buf b;
	if (qpp_score_weights(&q, QPP_LIT("mips"), false, missing, &w, &err) != QPP_OK)
		return QPP_LIT("");
	qpp_buf_init(&b, q.arena, 100);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		qpp_buf_cat(&b, k ? "/" : "", (char *)NULL);
		qpp_buf_dec(&b, w.weight[k].v, 0);
	}
	return qpp_buf_done(&b);
}

static struct qpp_str threshold(const struct qpp_ruleset *rs, int py)
{
	const struct qpp_param_row *row = qpp_param_row(qpp_ruleset_param(rs, QPP_LIT("performance_threshold")), (qpp_py){ py });
	return row ? row->value.text : QPP_LIT("");
}

/* ---- what changes ---- */

static void overlay__a_threshold_of_74_changes_the_factor(void **unused)
{
	(void)unused;
	struct qpp_str factor;
	assert_int_equal(adjust(world()->set, 2023, "77.032", &factor), QPP_OK);
	assert_text(factor, "0.18");
	assert_int_equal(adjust(merged(THRESHOLD("2023 74 final a question\n")), 2023, "77.032", &factor), QPP_OK);
	assert_text(factor, "0.25");
}

static void overlay__years_it_does_not_name_keep_their_figures(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = merged(THRESHOLD("2023 74 final a question\n2025 80 final another\n"));
	static const struct {
		int py;
		const char *threshold;
	} years[] = { { 2021, "60" }, { 2022, "75" }, { 2023, "74" }, { 2024, "75" }, { 2025, "80" }, { 2026, "75" } };
	for (size_t i = 0; i < sizeof years / sizeof *years; i++)
		assert_true(qpp_str_is(threshold(rs, years[i].py), years[i].threshold));
	struct qpp_str factor;
	assert_int_equal(adjust(rs, 2022, "71.79", &factor), QPP_OK);
	assert_text(factor, "-0.39");
}

static void overlay__a_year_without_a_rule_can_be_given_one(void **unused)
{
	(void)unused;
	assert_text(threshold(world()->set, 2027), "-");
	assert_text(threshold(merged(THRESHOLD("2027..2030 82 proposed somebody asks\n")), 2030), "82");
}

static void overlay__a_rule_can_be_taken_away(void **unused)
{
	(void)unused;
	struct qpp_str factor;
	assert_int_equal(adjust(merged(THRESHOLD("2023 - none what if it were not final\n")), 2023, "80", &factor), QPP_NO_RULE);
	assert_int_equal(adjust(merged(THRESHOLD("2023 - none what if it were not final\n")), 2024, "80", &factor), QPP_OK);
}

static void overlay__a_table_is_replaced_for_one_year_only(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = merged(TABLE("weights", WEIGHTS "2023 any any none 25 25 25 25 somewhere\n"));
	assert_text(weights(world()->set, 2023, 0), "30/30/15/25");
	assert_text(weights(rs, 2023, 0), "25/25/25/25");
	assert_text(weights(rs, 2022, 0), "30/30/15/25");
	assert_text(weights(rs, 2024, 0), "30/30/15/25");
}

static void overlay__a_table_names_every_row_of_its_years(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = merged(TABLE("weights", WEIGHTS "2023 any any none 25 25 25 25 somewhere\n"));
	assert_text(weights(world()->set, 2023, 1u << QPP_COST), "55/0/15/30");
	assert_text(weights(rs, 2023, 1u << QPP_COST), "");
	assert_text(weights(rs, 2024, 1u << QPP_COST), "55/0/15/30");
}

static void overlay__the_first_row_that_fits_decides_here_too(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = merged(TABLE(
		"weights", WEIGHTS "2023 any any none 40 30 30 0 first\n2022..2024 any any none 25 25 25 25 second\n"));
	assert_text(weights(rs, 2023, 0), "40/30/30/0");
	assert_text(weights(rs, 2022, 0), "25/25/25/25");
	assert_text(weights(rs, 2025, 0), "30/30/15/25");
}

static void overlay__a_new_reading_can_carry_a_figure(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = merged(THRESHOLD("2023 74 reading my-guess\n") HEADING
		"```reading my-guess\nSays : it was 74.\nBecause : somebody said so.   Confidence: unverified\nSwitch : a | b\n" FENCE);
	struct qpp_str factor;
	assert_non_null(qpp_ruleset_reading(rs, QPP_LIT("my-guess")));
	assert_non_null(qpp_ruleset_reading(rs, QPP_LIT("scaling-fitted")));
	assert_null(qpp_ruleset_reading(world()->set, QPP_LIT("my-guess")));
	assert_int_equal(adjust(rs, 2023, "77.032", &factor), QPP_OK);
	assert_text(factor, "0.25");
}

static void overlay__a_reading_of_the_rules_can_carry_a_figure(void **unused)
{
	(void)unused;
	const char *unknown = THRESHOLD("2023 74 reading threshold-2062\n");
	assert_text(threshold(merged(THRESHOLD("2023 74 reading threshold-2026\n")), 2023), "74");
	refused(unknown, 5, "there is no reading `threshold-2062`", "threshold-2026");
}

/* ---- proposed figures, and the mark ---- */

static void overlay__proposed_figures_score_in_an_overlay_only(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = merged(THRESHOLD("2023 74 proposed 90 FR 1\n"));
	struct qpp_ruleset as_rules = *rs;
	struct qpp_str factor;
	assert_true(rs->provisional);
	assert_int_equal(adjust(rs, 2023, "77.032", &factor), QPP_OK);
	assert_text(factor, "0.25");
	as_rules.provisional = false;
	assert_int_equal(adjust(&as_rules, 2023, "77.032", &factor), QPP_NO_RULE);
}

static void overlay__the_result_names_the_file_and_both_hashes(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *base = world()->set, *rs = merged(THRESHOLD("2023 74 final a question\n"));
	assert_false(base->provisional);
	assert_int_equal(base->overlay.n, 0);
	assert_text(rs->overlay, "my-change.md");
	assert_int_equal(rs->overlay_hash.n, 64);
	assert_int_equal(rs->hash.n, 64);
	assert_false(qpp_str_eq(rs->hash, base->hash));
	assert_false(qpp_str_eq(rs->hash, rs->overlay_hash));
}

static void overlay__the_hash_depends_on_figures_not_on_prose_or_cases(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *one = merged(THRESHOLD("2023 74 final a question\n"));
	const struct qpp_ruleset *prose = merged("# Why\nBecause.\n" THRESHOLD("2023 74 final a question\n") HEADING
		"```case anything\npy 2023\ngiven nobody knows\nexpect nothing at all\nsource by hand\n" FENCE);
	const struct qpp_ruleset *other = merged(THRESHOLD("2023 73 final a question\n"));
	assert_true(qpp_str_eq(one->hash, prose->hash));
	assert_true(qpp_str_eq(one->overlay_hash, prose->overlay_hash));
	assert_false(qpp_str_eq(one->hash, other->hash));
}

static void overlay__changed_figures_say_who_changed_them(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = merged(THRESHOLD("2023 74 final a question\n"));
	const struct qpp_param *p = qpp_ruleset_param(rs, QPP_LIT("performance_threshold"));
	assert_text(qpp_param_row(p, (qpp_py){ 2023 })->source, "a question (overlay my-change.md)");
	assert_text(qpp_param_row(p, (qpp_py){ 2021 })->source, "42 CFR 414.1405(b)(8)");
}

/* ---- what is refused ---- */

static void overlay__an_unknown_param_is_refused_with_the_near_name(void **unused)
{
	(void)unused;
	refused(PARAM("performance_treshold", "points", "2023 74 final x\n"), 2, "no param `performance_treshold`",
	        "did you mean `performance_threshold`?");
}

static void overlay__an_unknown_table_is_refused_with_the_near_name(void **unused)
{
	(void)unused;
	refused(TABLE("weight", "columns PY a\n2023 1\n"), 2, "no table `weight`", "did you mean `weights`?");
}

static void overlay__a_table_is_no_param(void **unused)
{
	(void)unused;
	refused(PARAM("weights", "points", "2023 74 final x\n"), 2, "`weights` is a table of the rules, not a param", "");
	refused(TABLE("final_most", "columns PY a\n2023 1\n"), 2, "`final_most` is a param of the rules, not a table", "");
}

static void overlay__another_unit_is_refused(void **unused)
{
	(void)unused;
	refused(PARAM("performance_threshold", "percent", "2023 74 final x\n"), 2,
	        "the unit of `performance_threshold` is `points` in the rules, not `percent`", "");
}

static void overlay__other_columns_are_refused(void **unused)
{
	(void)unused;
	refused(TABLE("outcome_types", "columns PY kind cite\n2023 outcome x\n"), 2,
	        "the columns of `outcome_types` are `PY type cite` in the rules", "");
}

static void overlay__a_word_for_a_number_is_refused(void **unused)
{
	(void)unused;
	refused(THRESHOLD("2023 many final x\n"), 5, "the value `many` is not a number", "");
	refused(TABLE("measures_required", "columns PY program count outcome cite\n2023 mips many yes x\n"), 4,
	        "the cell `many` of `count` is not a number", "");
	refused(PARAM("additional_factor", "word", "2023 perhaps final x\n"), 5, "`perhaps` is neither `yes` nor `no`", "");
}

static void overlay__a_reading_of_the_rules_is_not_changed(void **unused)
{
	(void)unused;
	refused(HEADING "```reading zero-rate\nSays : x.\nBecause : y.   Confidence: text\n" FENCE, 2,
	        "the rules have a reading `zero-rate` already", "");
}

static void overlay__years_may_be_left_out_but_not_given_twice(void **unused)
{
	(void)unused;
	assert_text(threshold(merged(THRESHOLD("2018 16 final x\n2023 74 final x\n")), 2020), "45");
	refused(THRESHOLD("2022..2023 74 final x\n2023 73 final x\n"), 6, "overlap", "");
}

static void overlay__one_that_changes_nothing_is_refused(void **unused)
{
	(void)unused;
	refused("# Only prose\n", 1, "this overlay changes nothing", "");
}

static void overlay__every_error_is_told_at_once(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs;
	assert_int_equal(merge_text(PARAM("nothing_like_it", "points", "2023 74 final x\n")
	                            PARAM("performance_threshold", "percent", "2023 many final x\n"), &rs), QPP_DATA);
	assert_int_equal(errors.list.n, 3);
	assert_int_equal(errors.list.v[0].where.line, 2);
	assert_int_equal(errors.list.v[1].where.line, 8);
	assert_int_equal(errors.list.v[2].where.line, 11);
}

/* ---- names ---- */

static void readings__are_chosen_by_either_spelling(void **unused)
{
	(void)unused;
	static const char *const names[] = { "denominator_reduction", "denominator-reduction" };
	for (size_t i = 0; i < 2; i++) {
		const struct qpp_choice choice = { qpp_str_of(names[i]), 1 };
		const struct qpp_rules *rules;
		struct qpp_err err;
		assert_int_equal(qpp_rules_bind(world()->arena, world()->set, (qpp_py){ 2023 }, &choice, 1, &rules, &err), QPP_OK);
	}
	assert_int_equal(qpp_rules_reading_bit(qpp_str_of(names[0])), qpp_rules_reading_bit(qpp_str_of(names[1])));
	assert_true(qpp_rules_reading_bit(QPP_LIT("score-compared")) >= 0);
	assert_int_equal(qpp_rules_reading_bit(QPP_LIT("no-such-reading")), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(overlay__a_threshold_of_74_changes_the_factor),
		cmocka_unit_test(overlay__years_it_does_not_name_keep_their_figures),
		cmocka_unit_test(overlay__a_year_without_a_rule_can_be_given_one),
		cmocka_unit_test(overlay__a_rule_can_be_taken_away),
		cmocka_unit_test(overlay__a_table_is_replaced_for_one_year_only),
		cmocka_unit_test(overlay__a_table_names_every_row_of_its_years),
		cmocka_unit_test(overlay__the_first_row_that_fits_decides_here_too),
		cmocka_unit_test(overlay__a_new_reading_can_carry_a_figure),
		cmocka_unit_test(overlay__a_reading_of_the_rules_can_carry_a_figure),
		cmocka_unit_test(overlay__proposed_figures_score_in_an_overlay_only),
		cmocka_unit_test(overlay__the_result_names_the_file_and_both_hashes),
		cmocka_unit_test(overlay__the_hash_depends_on_figures_not_on_prose_or_cases),
		cmocka_unit_test(overlay__changed_figures_say_who_changed_them),
		cmocka_unit_test(overlay__an_unknown_param_is_refused_with_the_near_name),
		cmocka_unit_test(overlay__an_unknown_table_is_refused_with_the_near_name),
		cmocka_unit_test(overlay__a_table_is_no_param),
		cmocka_unit_test(overlay__another_unit_is_refused),
		cmocka_unit_test(overlay__other_columns_are_refused),
		cmocka_unit_test(overlay__a_word_for_a_number_is_refused),
		cmocka_unit_test(overlay__a_reading_of_the_rules_is_not_changed),
		cmocka_unit_test(overlay__years_may_be_left_out_but_not_given_twice),
		cmocka_unit_test(overlay__one_that_changes_nothing_is_refused),
		cmocka_unit_test(overlay__every_error_is_told_at_once),
		cmocka_unit_test(readings__are_chosen_by_either_spelling),
	};
	return RUN_AS_TAP(tests);
}
