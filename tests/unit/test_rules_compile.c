/* The rules compiler: what a valid source becomes, and every error with its place. */
#include "rules_text.h"

/* -- what a valid source becomes -- */

static void compile__keeps_sections_and_prose_without_blocks(void **state)
{
	(void)state;
	const struct qpp_ruleset *rs = load_text(whole);
	assert_int_equal(rs->n_sections, 2);
	assert_text(rs->sections[0].cite, "414.1(a)");
	assert_text(rs->sections[0].title, "The threshold");
	assert_text(rs->sections[0].file, "rules/a.md");
	assert_int_equal(rs->sections[0].line, 4);
	assert_text(rs->sections[0].prose,
	            "First line.\n\nSecond line.\n```\nscore = sum\n```\n### 414.1(a) in short");
	assert_text(rs->sections[1].prose, "");
}

static void compile__keeps_param_rows_exactly(void **state)
{
	(void)state;
	const struct qpp_param *p = qpp_ruleset_param(load_text(whole), QPP_LIT("threshold"));
	assert_text(p->cite, "414.1(a)");
	assert_text(p->title, "The threshold");
	assert_text(p->unit, "points");
	assert_text(p->shows_in, "feedback, explanation");
	assert_int_equal(p->n_rows, 3);
	const struct qpp_param_row *row = qpp_param_row(p, (qpp_py){ 2025 });
	assert_int_equal(row->from, 2018);
	assert_int_equal(row->status, QPP_RULE_READING);
	assert_text(row->reading, "ties");
	assert_text(row->source, "");
	assert_text(row->value.text, "60.50");
	assert_true(qpp_dec_eq(row->value.number, qpp_dec_ratio(121, 2)));
	assert_int_equal(qpp_param_row(p, (qpp_py){ 2026 })->status, QPP_RULE_NONE);
	assert_int_equal(qpp_param_row(p, (qpp_py){ 2026 })->value.kind, QPP_CELL_ANY);
	assert_null(qpp_param_row(p, (qpp_py){ 2016 }));
	assert_null(qpp_param_row(p, (qpp_py){ 2027 }));
}

static void compile__tells_numbers_texts_and_any_apart(void **state)
{
	(void)state;
	const struct qpp_ruleset *rs = load_text(whole);
	const struct qpp_table *t = qpp_ruleset_table(rs, QPP_LIT("weights"));
	assert_text(t->cite, "414.1(b)");
	assert_int_equal(t->n_columns, 5);
	assert_int_equal(t->n_rows, 2);
	assert_int_equal(qpp_table_column(t, QPP_LIT("cost-share")), 3);
	assert_int_equal(qpp_table_column(t, QPP_LIT("cost_share")), 3);
	assert_int_equal(qpp_table_column(t, QPP_LIT("PY")), -1);
	const struct qpp_cell *first = t->rows[0].cells, *second = t->rows[1].cells;
	assert_int_equal(first[1].kind, QPP_CELL_TEXT);
	assert_text(first[1].text, "001");
	assert_int_equal(first[2].kind, QPP_CELL_NUMBER);
	assert_int_equal(first[4].kind, QPP_CELL_TEXT);
	assert_text(first[4].text, "414.1(b), second");
	assert_int_equal(second[0].kind, QPP_CELL_ANY);
	assert_int_equal(second[1].kind, QPP_CELL_ANY);
	assert_true(qpp_dec_eq(second[3].number, qpp_dec_ratio(89, 2)));
}

static void compile__quoted_cell_is_text(void **state)
{
	(void)state;
	const struct qpp_ruleset *rs = load_text(TABLE("columns PY a b c\n2020 \"75\" \"any\" \"\"\n"));
	const struct qpp_cell *cells = rs->tables[0].rows[0].cells;
	assert_int_equal(cells[0].kind, QPP_CELL_TEXT);
	assert_int_equal(cells[1].kind, QPP_CELL_TEXT);
	assert_int_equal(cells[2].kind, QPP_CELL_TEXT);
	assert_text(cells[2].text, "");
}

static void compile__numbers_keep_every_digit(void **state)
{
	(void)state;
	const struct qpp_ruleset *rs =
	    load_text(TABLE("columns PY a b c d\n2020 -0.000000000000000001 123456789012345678 0 2.50\n"));
	const struct qpp_cell *cells = rs->tables[0].rows[0].cells;
	assert_true(qpp_dec_eq(cells[0].number, qpp_dec_scaled(-1, 18)));
	assert_true(qpp_dec_eq(cells[1].number, qpp_dec_of(123456789012345678)));
	assert_true(qpp_dec_eq(cells[2].number, qpp_dec_of(0)));
	assert_true(qpp_dec_eq(cells[3].number, qpp_dec_ratio(5, 2)));
}

static void compile__joins_the_lines_of_a_reading(void **state)
{
	(void)state;
	const struct qpp_reading *x = qpp_ruleset_reading(load_text(whole), QPP_LIT("ties"));
	assert_text(x->says, "a tie is neutral.");
	assert_text(x->because, "414.1(a)");
	assert_text(x->confidence, "unverified");
	assert_int_equal(x->n_alternatives, 2);
	assert_text(x->alternatives[0], "neutral");
	assert_text(x->alternatives[1], "not-so");
}

static void compile__case_inherits_along_a_chain(void **state)
{
	(void)state;
	const struct qpp_ruleset *rs = load_text(whole);
	const struct qpp_case *first = &rs->cases[0], *second = &rs->cases[1], *third = &rs->cases[2];
	assert_text(first->source, "published: who, \"where\"");
	assert_text(first->expect[0].name, "047/measure.points");
	assert_text(first->expect[1].value, "40 60");
	assert_int_equal(first->py, 2023);
	assert_int_equal(third->py, 2024);
	assert_text(third->input, "a.json");
	assert_text(third->facts, "c.json");
	assert_int_equal(third->n_expect, 1);
	assert_text(second->name, "second");
	assert_int_equal(second->py, 2024);
	assert_text(second->facts, "c.json");
	assert_int_equal(second->n_given, 4);
	assert_text(second->given[0].name, "final_score");
	assert_text(second->given[1].name, "small");
	assert_text(second->given[1].value, "no");
	assert_text(second->given[2].name, "threshold");
	assert_text(second->given[3].name, "code");
	assert_int_equal(second->line, 43);
	assert_text(first->given[1].value, "yes");
}

static void compile__takes_crlf_bom_and_a_missing_last_line_feed(void **state)
{
	(void)state;
	const struct qpp_ruleset *rs =
	    load_text("\xEF\xBB\xBF## 1  T\r\n```param x\r\nunit n\r\nPY value\r\n2020 5 final src\r\n```");
	assert_int_equal(rs->n_params, 1);
	assert_text(rs->params[0].rows[0].source, "src");
}

static void compile__other_fences_are_prose(void **state)
{
	(void)state;
	const struct qpp_ruleset *rs = load_text(HEADING "````\n```param x\n````\n```text\n## 2 no heading\n```\n");
	assert_int_equal(rs->n_params, 0);
	assert_int_equal(rs->n_sections, 1);
}

static void compile__of_nothing_is_an_empty_rule_set(void **state)
{
	(void)state;
	struct result r = compile(NULL, 0);
	assert_int_equal(r.code, QPP_OK);
	assert_int_equal(load(r.image)->n_sections, 0);
	assert_null(qpp_ruleset_param(load(r.image), QPP_LIT("x")));
}

static void compile__cases_may_be_like_one_in_another_file(void **state)
{
	(void)state;
	struct qpp_rules_source sources[] = {
		{ QPP_LIT("rules/b.md"), QPP_LIT("## 2  B\n```case two\npy 2020\nexpect final_score 1\nsource by hand\n```\n") },
		{ QPP_LIT("rules/a.md"), QPP_LIT("## 1  A\n```case one\nlike two\nexpect final_score 1\nsource by hand\n```\n") },
	};
	struct result r = compile(sources, 2);
	assert_int_equal(r.code, QPP_OK);
	assert_text(load(r.image)->cases[0].name, "one");
	assert_int_equal(load(r.image)->cases[0].py, 2020);
}

/* -- errors: the scan -- */

static void compile__reports_unclosed_block_at_its_opening(void **state)
{
	(void)state;
	only_error("# T\n" HEADING "```param x\nunit n\nPY value\n2020 5 final src\n",
	           "rules/a.md:3: this block is not closed by a line of three backquotes");
	only_error(HEADING "```text\nabc\n", "rules/a.md:2: this block is not closed by a line of three backquotes");
	only_error(HEADING "```param x\nunit n\nPY value\n2020 5 final src\n```param y\nunit n\nPY v\n2020 5 final src\n" FENCE,
	           "rules/a.md:2: this block is not closed by a line of three backquotes");
}

static void compile__reports_block_outside_a_section(void **state)
{
	(void)state;
	only_error("# Title\n```param x\nunit n\nPY value\n2020 5 final src\n```\n",
	           "rules/a.md:2: this block stands before the first `## CITE  Title` heading");
}

static void compile__reports_block_without_name_and_unknown_kind(void **state)
{
	(void)state;
	only_error(HEADING "```param\nunit n\nPY value\n2020 5 final src\n```\n",
	           "rules/a.md:2: a param block needs a name behind the word `param`");
	only_error(HEADING "```params\n```\n",
	           "rules/a.md:2: `params` is not a kind of block (param, table, case, reading); did you mean `param`?");
	only_error(HEADING "```parma x\n```\n",
	           "rules/a.md:2: `parma` is not a kind of block (param, table, case, reading); did you mean `param`?");
	only_error("##\n", "rules/a.md:1: a `##` heading needs a cite and a title, as in "
	                   "`## 414.1405(b)(1)  Performance threshold`");
}

static void compile__reports_what_is_not_text(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"\xFF", "\xC3", "\xC0\x80", "\xE0\x9F\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x1B[31m",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		only_error(qpp_str_cat(&arena, HEADING, bad[i], "\n", (char *)NULL).p,
		           "rules/a.md:2: this line is not UTF-8 text without control characters");
	assert_non_null(load_text(HEADING "Tab\t, \xC2\xA7 414, \xE2\x89\xA5, \xF0\x9F\x91\x8D\n"));
}

/* -- errors: params -- */

static void compile__reports_overlap_with_file_and_line(void **state)
{
	(void)state;
	only_error(PARAM("2018..2019 1 final s\n2019..2020 2 final s\n"),
	           "rules/a.md:6: the years 2019..2020 of threshold overlap the row above (2018..2019)");
	only_error(PARAM("2018 1 final s\n\n# comment\n2018 2 final s\n"),
	           "rules/a.md:8: the year 2018 of threshold overlaps the row above (2018)");
}

static void compile__reports_gap(void **state)
{
	(void)state;
	only_error(PARAM("2018 1 final s\n2021 2 final s\n"),
	           "rules/a.md:6: threshold has no row for 2019..2020, between this row and the one above; "
	           "a year without a rule needs a row of status none");
}

static void compile__reports_unsorted_years(void **state)
{
	(void)state;
	only_error(PARAM("2020 1 final s\n2019 2 final s\n"),
	           "rules/a.md:6: the year 2019 of threshold stands below later years (2020); "
	           "rows go from the first year to the last");
}

static void compile__reports_impossible_years(void **state)
{
	(void)state;
	static const char *const bad[] = { "2020..2019", "20", "2019-2020", "2019...2020", "02020" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *text = qpp_str_cat(&arena, HEADING "```param threshold\nunit points\nPY value status source\n",
		                               "2018 1 final s\n", bad[i], " 1 final s\n" FENCE, (char *)NULL).p;
		const char *error = qpp_str_cat(&arena, "rules/a.md:6: expected a year such as 2023 or years such as 2022..2026, not `",
		                                bad[i], "`", (char *)NULL).p;
		only_error(text, error);
	}
}

static void compile__reports_value_outside_range(void **state)
{
	(void)state;
	only_error(PARAM("2020 100.01 final s\n"), "rules/a.md:5: the value `100.01` is outside the range `0..100`");
	only_error(PARAM("2020 -0.01 final s\n"), "rules/a.md:5: the value `-0.01` is outside the range `0..100`");
	only_error(PARAM("2020 ten final s\n"),
	           "rules/a.md:5: the value `ten` is not a number, though there is a range `0..100`");
	assert_non_null(load_text(PARAM("2020 0 final s\n2021 100 final s\n")));
}

static void compile__reports_dash_that_is_not_none(void **state)
{
	(void)state;
	only_error(PARAM("2020 - final s\n"),
	           "rules/a.md:5: the value `-` says nothing; `-` stands only in a row of status none");
	only_error(PARAM("2020 5 none\n"), "rules/a.md:5: a row of status none has the value `-`, not `5`");
	only_error(PARAM("2020 any final s\n"), "rules/a.md:5: the value `any` says nothing; `any` stands only in tables");
}

static void compile__reports_status_and_source(void **state)
{
	(void)state;
	only_error(PARAM("2020 5 finl s\n"),
	           "rules/a.md:5: `finl` is not a status: expected final, proposed, reading NAME or none");
	only_error(PARAM("2020 5\n"),
	           "rules/a.md:5: a row needs a status (final, proposed, reading NAME or none) behind its value");
	only_error(PARAM("2020 5 final\n"), "rules/a.md:5: a final figure needs a source behind its status");
	only_error(PARAM("2020 5 proposed\n"), "rules/a.md:5: a proposed figure needs a source behind its status");
	only_error(PARAM("2020\n"), "rules/a.md:5: the row has no value behind its years");
	only_error(PARAM("2020 \"5 final s\n"), "rules/a.md:5: a double quote is not closed");
	only_error(PARAM("2020 \"5\"final s\n2021 5 final s\n2023 5 final s\n"),
	           "rules/a.md:5: a closing double quote must be followed by a blank");
}

static void compile__reports_unknown_reading(void **state)
{
	(void)state;
	only_error(PARAM("2020 5 reading tyes\n") READING("Says: x\nConfidence: text\n"),
	           "rules/a.md:5: there is no reading `tyes`; did you mean `ties`?");
	only_error(PARAM("2020 5 reading\n"),
	           "rules/a.md:5: the status `reading` needs the name of the reading");
}

static void compile__reports_param_headers(void **state)
{
	(void)state;
#define ROWS "PY value\n2020 5 final s\n" FENCE
	only_error(HEADING "```param x\n" ROWS, "rules/a.md:2: param `x` has no unit");
	only_error(HEADING "```param x\nunit a   unit b\n" ROWS, "rules/a.md:3: `unit` is given twice");
	only_error(HEADING "```param x\nunit a\nscale 5\n" ROWS,
	           "rules/a.md:4: expected unit, range, shows-in or the column titles (PY ...), not `scale`");
	only_error(HEADING "```param x\nunit a   range   shows-in b\n" ROWS, "rules/a.md:3: `range` has no value");
	only_error(HEADING "```param x\nunit a\nshows-in\n" ROWS, "rules/a.md:4: `shows-in` has no value");
	only_error(HEADING "```param x\nunit a   range 5..1\n" ROWS,
	           "rules/a.md:3: the range `5..1` is not two numbers, the lower first, as in `0..100`");
	only_error(HEADING "```param x\nunit a   range 5\n" ROWS,
	           "rules/a.md:3: the range `5` is not two numbers, the lower first, as in `0..100`");
	only_error(HEADING "```param x\nunit a\n2020 5 final s\n" FENCE,
	           "rules/a.md:4: the column titles (PY  value  status  source) must stand above the rows");
	only_error(HEADING "```param x\nunit a\nPY value\n" FENCE, "rules/a.md:2: param `x` has no rows");
	only_error(HEADING "```param x-y\nunit a\n" ROWS,
	           "rules/a.md:2: the param name `x-y` is not made of letters, digits and `_`");
	only_error(HEADING "```param x y\nunit a\n" ROWS,
	           "rules/a.md:2: the param name `x y` is not made of letters, digits and `_`");
#undef ROWS
}

static void compile__reports_name_defined_twice_across_files(void **state)
{
	(void)state;
	struct qpp_rules_source sources[] = {
		{ QPP_LIT("rules/b.md"), QPP_LIT("\n" PARAM("2020 5 final s\n")) },
		{ QPP_LIT("rules/a.md"), QPP_LIT(PARAM("2020 5 final s\n")) },
	};
	struct result r = compile(sources, 2);
	assert_int_equal(r.errors.list.n, 1);
	assert_string_equal(error_text(&r.errors.list.v[0]),
	                    "rules/b.md:3: param `threshold` is defined twice; the first is at rules/a.md:2");
	only_error(CASE("py 2020\nexpect final_score 1\nsource by hand\n") CASE("py 2020\nexpect final_score 1\nsource by hand\n"),
	           "rules/a.md:8: case `one` is defined twice; the first is at rules/a.md:2");
}

static void compile__reports_names_that_make_one_c_name(void **state)
{
	(void)state;
	only_error(HEADING "```table a\ncolumns PY b_c\n2020 1\n```\n```table a_b\ncolumns PY c\n2020 1\n```\n",
	           "rules/a.md:6: column `c` and column `b_c` (rules/a.md:2) have the same C name `QPP_C_a_b_c`");
	only_error(TABLE("columns PY a-b a_b\n2020 1 2\n"),
	           "rules/a.md:2: column `a_b` and column `a-b` (rules/a.md:2) have the same C name `QPP_C_weights_a_b`");
}

/* -- errors: tables -- */

static void compile__reports_number_of_cells(void **state)
{
	(void)state;
	only_error(TABLE("columns PY a b\n2020 1 2\n2021 1\n"),
	           "rules/a.md:5: this row has 1 cell behind its years; table `weights` has 2 columns besides PY");
	only_error(TABLE("columns PY a b\n2020 1 2 3\n2021 1 2\n"),
	           "rules/a.md:4: this row has 3 cells behind its years; table `weights` has 2 columns besides PY; "
	           "a cell with blanks in it stands in double quotes");
	only_error(TABLE("columns PY a b\n2020 1 2\n2021 \"1 2\n"), "rules/a.md:5: a double quote is not closed");
}

static void compile__reports_check_that_fails(void **state)
{
	(void)state;
	only_error(TABLE("columns PY a b\ncheck a + b = 100\n2020 40 60\n2021 40.5 59\n"),
	           "rules/a.md:6: `a + b` is 99.5 in this row, not `100`");
	only_error(TABLE("columns PY a b\ncheck a+b=100\n2020 40 60\n2021 - 100\n"),
	           "rules/a.md:6: the cell `-` of `a` is not a number, but the table checks `a+b`");
}

static void compile__reports_check_that_makes_no_sense(void **state)
{
	(void)state;
	only_error(TABLE("check quality + kost = 100\ncolumns PY quality cost\n2020 40 60\n"),
	           "rules/a.md:3: the check names `kost`, which is not a column of the table; did you mean `cost`?");
	only_error(TABLE("columns PY a b\ncheck a + b\n2020 40 60\n"),
	           "rules/a.md:4: expected a check such as `a + b = 100`, not `a + b`");
	only_error(TABLE("columns PY a b\ncheck a = many\n2020 40 60\n"),
	           "rules/a.md:4: expected a check such as `a + b = 100`, not `a = many`");
}

static void compile__reports_row_written_twice(void **state)
{
	(void)state;
	only_error(TABLE("columns PY a b\n2020 1 2\n2021 1 2\n2020   1   2\n"),
	           "rules/a.md:6: this row is the same as the one on line 4");
}

static void compile__reports_columns(void **state)
{
	(void)state;
	only_error(TABLE("columns a b\n2020 1\n"), "rules/a.md:3: the first column must be PY, not `a`");
	only_error(TABLE("columns PY a a\n2020 1 2\n"), "rules/a.md:2: column `a` is defined twice");
	only_error(TABLE("columns PY a b*\n2020 1 2\n"),
	           "rules/a.md:3: the column `b*` is not a name of letters, digits, `_` and `-`");
	only_error(TABLE("columns PY a\ncolumns PY a\n2020 1\n"), "rules/a.md:4: `columns` is given twice");
	only_error(TABLE("columns PY a\n2020 1\ncolumns PY a b\ncheck a = 1\n2021 1\n"),
	           "rules/a.md:5: `columns` is given twice");
	only_error(TABLE("2020 1\ncolumns PY a\n2020 1\n"), "rules/a.md:3: the `columns` line must stand above the rows");
	only_error(TABLE("columns PY a\n"), "rules/a.md:2: table `weights` has no rows");
	only_error(TABLE(""), "rules/a.md:2: table `weights` has no `columns` line");
	only_error(TABLE("columns PY a\nkey a\n2020 1\n"),
	           "rules/a.md:4: expected columns, check or a row that begins with a year, not `key`");
	only_error(TABLE("columns PY a\n2020 1\n20 1\n"),
	           "rules/a.md:5: expected a year such as 2023 or years such as 2022..2026, not `20`");
}

static void compile__reports_too_many_columns(void **state)
{
	(void)state;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 10000);
	qpp_buf_cat(&b, HEADING "```table t\ncolumns PY", (char *)NULL);
	for (int i = 0; i < 101; i++)
		qpp_buf_cat(&b, " c", qpp_i64_text(&arena, i).p, (char *)NULL);
	qpp_buf_cat(&b, "\n" FENCE, (char *)NULL);
	struct result r = compile_text(qpp_buf_done(&b).p);
	assert_string_equal(error_text(&r.errors.list.v[1]), "rules/a.md:3: a table has at most 100 columns");
}

/* -- errors: readings -- */

static void compile__reports_reading_members(void **state)
{
	(void)state;
	only_error(READING("Because: x   Confidence: text\n"), "rules/a.md:2: reading `ties` has no Says");
	only_error(READING("Says: x\n"),
	           "rules/a.md:2: reading `ties` has no Confidence: text, published or unverified");
	only_error(READING("Says: x\nConfidence: high\n"),
	           "rules/a.md:4: the confidence `high` is not one: expected text, published or unverified");
	only_error(READING("Says: x\nConfidence: unverified\n"),
	           "rules/a.md:4: reading `ties` is unverified and must have a Switch that names the alternatives, "
	           "our choice first");
	only_error(READING("Says: x\nSays: y\nConfidence: text\n"), "rules/a.md:4: `Says` is given twice");
	only_error(READING("Says: x\nmore\nConfidence: text\n"),
	           "rules/a.md:4: expected Says, Because, Confidence or Switch, then `:`, or an indented line that goes on");
	only_error(READING("  more\nSays: x\nConfidence: text\n"),
	           "rules/a.md:3: expected Says, Because, Confidence or Switch, then `:`");
}

static void compile__reports_switch(void **state)
{
	(void)state;
	only_error(READING("Says: x\nConfidence: text\nSwitch: one\n"),
	           "rules/a.md:5: a switch needs two or more alternatives, as in `neutral | positive`");
	only_error(READING("Says: x\nConfidence: text\nSwitch: one | of two\n"),
	           "rules/a.md:5: the alternative `of two` is not a name of letters, digits, `_` and `-`");
	only_error(READING("Says: x\nConfidence: text\nSwitch: one | one\n"),
	           "rules/a.md:2: alternative `one` is defined twice");
}

/* -- errors: cases -- */

#define REST "expect final_score 1\nsource by hand\n"

static void compile__reports_unknown_name_with_the_nearest(void **state)
{
	(void)state;
	only_error(CASE("py 2020\ngiven final_scor 75\n" REST),
	           "rules/a.md:4: `final_scor` is not the name of a fact, param, table or column; did you mean `final_score`?");
	only_error(CASE("py 2020\ngiven 047/measure.point 7\n" REST),
	           "rules/a.md:4: `047/measure.point` is not the name of a fact, param, table or column; "
	           "did you mean `measure.points`?");
	only_error(CASE("py 2020\n" REST "expect zzz 1\n"),
	           "rules/a.md:6: `zzz` is not the name of a fact, param, table or column");
	only_error(PARAM("2020 5 final s\n") CASE("py 2020\ngiven threshhold 7\n" REST),
	           "rules/a.md:10: `threshhold` is not the name of a fact, param, table or column; did you mean `threshold`?");
}

static void compile__reports_missing_members_of_a_case(void **state)
{
	(void)state;
	only_error(CASE(REST), "rules/a.md:2: case `one` has no year: a line such as `py 2023`");
	only_error(CASE("py 2020\nsource by hand\n"), "rules/a.md:2: case `one` expects nothing");
	only_error(CASE("py 2020\nexpect final_score 1\n"),
	           "rules/a.md:2: case `one` has no source (published: WHERE, by hand, or derived: HOW)");
}

static void compile__reports_case_lines(void **state)
{
	(void)state;
	only_error(CASE("py 2020..2021\n" REST), "rules/a.md:3: expected one year such as `py 2023`, not `2020..2021`");
	only_error(CASE("py 2020\npy 2021\n" REST), "rules/a.md:4: `py` is given twice");
	only_error(CASE("py 2020\nwant x\n" REST),
	           "rules/a.md:4: expected py, like, given, expect, input, facts or source, not `want`");
	only_error(CASE("py 2020\ngiven\n" REST), "rules/a.md:4: expected a name and its value, as in `final_score 75`");
	only_error(CASE("py 2020\ngiven final_score\n" REST),
	           "rules/a.md:4: `final_score` has no value; one blank stands between a name and its value, "
	           "two or more between pairs");
	only_error(CASE("py 2020\ngiven final_score 1\ngiven final_score 2\n" REST),
	           "rules/a.md:5: `final_score` is given twice");
	only_error(CASE("py 2020\ninput\n" REST), "rules/a.md:4: expected `input PATH   facts PATH`, each once, at `input`");
	only_error(CASE("py 2020\ninput a   input b\n" REST),
	           "rules/a.md:4: expected `input PATH   facts PATH`, each once, at `input`");
	only_error(CASE("py 2020\nfacts a   what b\n" REST),
	           "rules/a.md:4: expected `input PATH   facts PATH`, each once, at `what`");
	only_error(CASE("py 2020\nexpect final_score 1\nsource me\n"),
	           "rules/a.md:5: expected the source as `published: WHERE`, `by hand` or `derived: HOW`, not `me`");
	only_error(CASE("py 2020\nexpect final_score 1\nsource published:\n"),
	           "rules/a.md:5: expected the source as `published: WHERE`, `by hand` or `derived: HOW`, not `published:`");
	only_error(CASE("py 2020\nsource by hand\n" REST), "rules/a.md:6: `source` is given twice");
}

static void compile__reports_like(void **state)
{
	(void)state;
	only_error(CASE("like anybody else\n" REST), "rules/a.md:3: there is no case `anybody else`");
	only_error(HEADING "```case some case\npy 2020\n" REST FENCE HEADING "```case two\nlike sole case\n" REST FENCE,
	           "rules/a.md:9: there is no case `sole case`; did you mean `some case`?");
	only_error(CASE("like one\n" REST), "rules/a.md:3: case `one` is like `one`, which leads back to it");
	only_error(CASE("like two\n" REST) "```case two\nlike three\n" REST "```\n```case three\nlike one\n" REST FENCE,
	           "rules/a.md:13: case `three` is like `one`, which leads back to it");
	only_error(CASE("py 2020\n" REST) HEADING "```case two\nlike one   two\n" REST FENCE,
	           "rules/a.md:9: expected the end of the line or a remark in parentheses behind the title, not `two`");
	only_error(CASE("py 2020\nlike\n" REST), "rules/a.md:4: `like` needs the title of another case");
}

static void compile__reports_all_errors_in_order_of_lines(void **state)
{
	(void)state;
	struct result r = compile_text(CASE("py 2020\ngiven zzz 1\n" REST) PARAM("2020 200 final s\n2020 5 finl s\n"));
	assert_int_equal(r.errors.list.n, 3);
	assert_string_equal(r.err.primary, "the rules have 3 errors");
	assert_int_equal(r.errors.list.v[0].where.line, 4);
	assert_int_equal(r.errors.list.v[1].where.line, 12);
	assert_int_equal(r.errors.list.v[2].where.line, 13);
	assert_text(r.errors.list.v[0].code, "rules");
}

static void compile__counts_errors_beyond_the_list(void **state)
{
	(void)state;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 100000);
	qpp_buf_cat(&b, HEADING "```case one\npy 2020\n" REST, (char *)NULL);
	for (int i = 0; i < 150; i++)
		qpp_buf_cat(&b, "zork\n", (char *)NULL);
	qpp_buf_cat(&b, FENCE, (char *)NULL);
	struct result r = compile_text(qpp_buf_done(&b).p);
	assert_int_equal(r.errors.list.n, 100);
	assert_int_equal(r.errors.left_out, 50);
	assert_string_equal(r.err.primary, "the rules have 150 errors");
}

static void compile__refuses_sources_beyond_the_limit(void **state)
{
	(void)state;
	size_t n = (16 << 20) + 1;
	char *text = qpp_arena_alloc(&arena, n);
	memset(text, 'x', n);
	struct qpp_rules_source source = { QPP_LIT("rules/a.md"), { text, n } };
	assert_int_equal(compile(&source, 1).code, QPP_LIMIT);
}

static void compile__refuses_blocks_beyond_the_limits(void **state)
{
	(void)state;
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 1 << 20);
	qpp_buf_cat(&b, HEADING "```case one\n", (char *)NULL);
	for (int i = 0; i < 5001; i++)
		qpp_buf_cat(&b, "py 2020\n", (char *)NULL);
	qpp_buf_cat(&b, FENCE, (char *)NULL);
	only_error(qpp_buf_done(&b).p, "rules/a.md:2: this block has more than 5000 lines");

	qpp_buf_init(&b, &arena, 1 << 20);
	qpp_buf_cat(&b, HEADING "```case one\npy 2020\nexpect final_score 1\nsource by hand\ngiven", (char *)NULL);
	for (int i = 0; i < 501; i++)
		qpp_buf_cat(&b, "  ", qpp_i64_text(&arena, i).p, "/final_score 1", (char *)NULL);
	qpp_buf_cat(&b, "\n" FENCE, (char *)NULL);
	only_error(qpp_buf_done(&b).p, "rules/a.md:6: a case has at most 500 values");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(compile__keeps_sections_and_prose_without_blocks),
		cmocka_unit_test(compile__keeps_param_rows_exactly),
		cmocka_unit_test(compile__tells_numbers_texts_and_any_apart),
		cmocka_unit_test(compile__quoted_cell_is_text),
		cmocka_unit_test(compile__numbers_keep_every_digit),
		cmocka_unit_test(compile__joins_the_lines_of_a_reading),
		cmocka_unit_test(compile__case_inherits_along_a_chain),
		cmocka_unit_test(compile__takes_crlf_bom_and_a_missing_last_line_feed),
		cmocka_unit_test(compile__other_fences_are_prose),
		cmocka_unit_test(compile__of_nothing_is_an_empty_rule_set),
		cmocka_unit_test(compile__cases_may_be_like_one_in_another_file),
		cmocka_unit_test(compile__reports_unclosed_block_at_its_opening),
		cmocka_unit_test(compile__reports_block_outside_a_section),
		cmocka_unit_test(compile__reports_block_without_name_and_unknown_kind),
		cmocka_unit_test(compile__reports_what_is_not_text),
		cmocka_unit_test(compile__reports_overlap_with_file_and_line),
		cmocka_unit_test(compile__reports_gap),
		cmocka_unit_test(compile__reports_unsorted_years),
		cmocka_unit_test(compile__reports_impossible_years),
		cmocka_unit_test(compile__reports_value_outside_range),
		cmocka_unit_test(compile__reports_dash_that_is_not_none),
		cmocka_unit_test(compile__reports_status_and_source),
		cmocka_unit_test(compile__reports_unknown_reading),
		cmocka_unit_test(compile__reports_param_headers),
		cmocka_unit_test(compile__reports_name_defined_twice_across_files),
		cmocka_unit_test(compile__reports_names_that_make_one_c_name),
		cmocka_unit_test(compile__reports_number_of_cells),
		cmocka_unit_test(compile__reports_check_that_fails),
		cmocka_unit_test(compile__reports_check_that_makes_no_sense),
		cmocka_unit_test(compile__reports_row_written_twice),
		cmocka_unit_test(compile__reports_columns),
		cmocka_unit_test(compile__reports_too_many_columns),
		cmocka_unit_test(compile__reports_reading_members),
		cmocka_unit_test(compile__reports_switch),
		cmocka_unit_test(compile__reports_unknown_name_with_the_nearest),
		cmocka_unit_test(compile__reports_missing_members_of_a_case),
		cmocka_unit_test(compile__reports_case_lines),
		cmocka_unit_test(compile__reports_like),
		cmocka_unit_test(compile__reports_all_errors_in_order_of_lines),
		cmocka_unit_test(compile__counts_errors_beyond_the_list),
		cmocka_unit_test(compile__refuses_sources_beyond_the_limit),
		cmocka_unit_test(compile__refuses_blocks_beyond_the_limits),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, teardown);
}
