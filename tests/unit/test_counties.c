/* Lists of counties in CSV: what is taken as it comes, what is told, and that no text breaks the reader. */
#include "unit.h"

#include <stdlib.h>

#include "adapt/csv/counties_csv.h"
#include "findings.h"
#include "piece.h"

#define HEADER "state_code,county_name,zipcode\n"

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct qpp_findings findings;
static struct qpp_euc_list list;
static struct piece source;

static int forget(void **unused)
{
	(void)unused;
	qpp_arena_close(&arena);
	return 0;
}

static enum qpp_csv_result read_source(void)
{
	qpp_findings_init(&findings, &arena, 50);
	return qpp_counties_csv_read(&arena, QPP_LIT("list.csv"), piece_read, &source, QPP_LIT("somebody"), &findings, &list);
}

static void read_text(struct qpp_str text)
{
	source = (struct piece){ .text = text };
	assert_int_equal(read_source(), QPP_CSV_END);
}

/* The list as the catalog has it: "FL lee 33901 33903; GA lee". */
static struct qpp_str listed(void)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 10000);
	for (size_t i = 0; i < list.n_counties; i++) {
		const struct qpp_euc_county *c = &list.counties[i];
		qpp_buf_cat(&b, i ? "; " : "", (char *)NULL);
		qpp_buf_str(&b, c->state);
		qpp_buf_char(&b, ' ');
		qpp_buf_str(&b, c->name);
		for (size_t k = 0; k < c->zips.n; k++) {
			qpp_buf_char(&b, ' ');
			qpp_buf_str(&b, c->zips.v[k]);
		}
	}
	return qpp_buf_done(&b);
}

static void counties__come_in_order_each_once_with_its_zip_codes(void **unused)
{
	(void)unused;
	read_text(QPP_LIT(HEADER "GA,lee,31763\nFL,st johns,32092\nFL,lee,33903\nGA,clay,31763\nFL,lee,33901\n"));
	assert_int_equal(findings.list.n, 0);
	assert_text(list.source, "somebody");
	assert_text(listed(), "FL lee 33901 33903; FL st johns 32092; GA clay 31763; GA lee 31763");
}

static void counties__are_taken_as_people_write_them(void **unused)
{
	(void)unused;
	read_text(QPP_LIT("\xEF\xBB\xBF zipcode ,note,\"county_name\" , state_code\r\n"
	                  " 33901 ,x, Lee County ,fl\r\n"
	                  "\r\n"
	                  "33903-1234,,\"LEE\",FL \r\n"
	                  "70032,,Saint Bernard  Parish,LA\r\n"
	                  "00680,\"a, b\",Mayag\xC3\xBC" "ez Municipio,PR\r\n"
	                  ",,miccosukee indian reservation,FL"));
	/* All but a blank outside the quotes. */
	assert_int_equal(findings.list.n, 1);
	assert_non_null(found(&findings, "csvMalformed"));
	read_text(QPP_LIT("\xEF\xBB\xBF zipcode ,note,\"county_name\", state_code\r\n"
	                  " 33901 ,x, Lee County ,fl\r\n"
	                  "\r\n"
	                  "33903-1234,,\"LEE\",FL \r\n"
	                  "70032,,Saint Bernard  Parish,LA\r\n"
	                  "00680,\"a, b\",Mayag\xC3\xBC" "ez Municipio,PR\r\n"
	                  ",,miccosukee indian reservation,FL"));
	assert_int_equal(findings.list.n, 0);
	assert_text(listed(), "FL lee 33901 33903; FL miccosukee indian reservation; LA st bernard 70032; PR mayaguez 00680");
}

static void counties__what_stands_twice_is_told_with_both_lines(void **unused)
{
	(void)unused;
	read_text(QPP_LIT(HEADER "FL,lee,33901\nFL,lee,33903\nFL,Lee County,33901\nFL,lee,\nFL,lee,\n"));
	assert_int_equal(findings.errors, 0);
	assert_int_equal(times_found(&findings, "countyDuplicate"), 2);
	const struct qpp_finding *f = found(&findings, "countyDuplicate");
	assert_int_equal(f->severity, QPP_WARNING);
	assert_text(f->where.file, "list.csv");
	assert_int_equal(f->where.line, 6);
	f = &findings.list.v[1];
	assert_int_equal(f->where.line, 4);
	assert_text(f->value, "Lee, FL 33901");
	assert_text(f->hint, "first in line 2");
	assert_text(listed(), "FL lee 33901 33903");
}

static void counties__a_line_that_is_none_is_told_with_place_and_value(void **unused)
{
	(void)unused;
	static const struct {
		struct qpp_str line;
		const char *code, *says;
		uint32_t column;
	} rows[] = {
		{ QPP_LIT_INIT("XX,lee,33901"), "countyInvalid", "not the code of a state", 1 },
		{ QPP_LIT_INIT("Florida,lee,33901"), "countyInvalid", "not the code of a state", 1 },
		{ QPP_LIT_INIT(",lee,33901"), "countyInvalid", "not the code of a state", 1 },
		{ QPP_LIT_INIT("FL,,33901"), "countyInvalid", "not the name of a county", 4 },
		{ QPP_LIT_INIT("FL,...,33901"), "countyInvalid", "not the name of a county", 4 },
		{ QPP_LIT_INIT("FL,\xFF\xFE,33901"), "countyInvalid", "not the name of a county", 4 },
		{ QPP_LIT_INIT("FL,lee,3390"), "countyInvalid", "not a ZIP code", 8 },
		{ QPP_LIT_INIT("FL,lee,33901-12"), "countyInvalid", "not a ZIP code", 8 },
		{ QPP_LIT_INIT("FL,lee,3390l"), "countyInvalid", "not a ZIP code", 8 },
		{ QPP_LIT_INIT("FL,lee"), "csvFieldCount", "another number of fields", 0 },
		{ QPP_LIT_INIT("FL,lee,33901,x"), "csvFieldCount", "another number of fields", 0 },
		{ QPP_LIT_INIT("FL,lee,\"33901"), "csvMalformed", "never closed", 8 },
		{ QPP_LIT_INIT("FL,l\0e,33901"), "csvMalformed", "zero byte", 5 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qpp_buf b;
		qpp_buf_init(&b, &arena, 1000);
		qpp_buf_cat(&b, HEADER "FL,alachua,32601\n", (char *)NULL);
		qpp_buf_str(&b, rows[i].line);
		read_text(qpp_buf_done(&b));
		assert_int_equal(findings.list.n, 1);
		assert_int_equal(findings.errors, 1);
		assert_string_equal(findings.list.v[0].code.p, rows[i].code);
		assert_says(findings.list.v[0].message, rows[i].says);
		assert_int_equal(findings.list.v[0].where.line, 3);
		assert_int_equal(findings.list.v[0].where.column, rows[i].column);
		assert_text(listed(), "FL alachua 32601");
	}
}

static void counties__need_the_header_with_each_column_once(void **unused)
{
	(void)unused;
	read_text(QPP_LIT("FL,lee,33901\nFL,lee,33903\n"));
	assert_int_equal(times_found(&findings, "csvColumnMissing"), 3);
	assert_int_equal(list.n_counties, 0);
	read_text(QPP_LIT("state_code,county,zipcode\nFL,lee,33901\n"));
	assert_int_equal(findings.errors, 1);
	assert_says(findings.list.v[0].message, "no column county_name");
	assert_text(findings.list.v[0].value, "state_code,county,zipcode");
	assert_int_equal(list.n_counties, 0);
	read_text(QPP_LIT("state_code,county_name,zipcode,zipcode\nFL,lee,33901,33903\n"));
	assert_int_equal(times_found(&findings, "csvColumnDuplicate"), 1);
	read_text(QPP_LIT(""));
	assert_says(findings.list.v[0].message, "the file is empty");
	assert_int_equal(findings.errors, 1);
	read_text(QPP_LIT(HEADER));
	assert_int_equal(findings.list.n, 0);
	assert_int_equal(list.n_counties, 0);
}

static void counties__a_line_of_ten_megabytes_is_refused_early(void **unused)
{
	(void)unused;
	static const char fillers[] = { 'x', ',', ' ' };
	for (size_t i = 0; i < sizeof fillers; i++) {
		source = (struct piece){ .text = QPP_LIT(HEADER "FL,lee,33901\nFL,"), .filler = fillers[i], .fill = 10u << 20 };
		assert_int_equal(read_source(), QPP_CSV_END);
		assert_int_equal(times_found(&findings, "csvTooLong"), 1);
		assert_int_equal(findings.errors, 1);
		assert_int_equal(findings.list.v[0].where.line, 3);
		assert_true(source.given < 3u << 20);
	}
}

static void counties__are_not_without_number(void **unused)
{
	(void)unused;
	enum { LINES = 200001 };
	struct qpp_buf b;
	qpp_buf_init(&b, &arena, 16 << 20);
	qpp_buf_cat(&b, HEADER, (char *)NULL);
	for (int i = 0; i < LINES; i++)
		qpp_buf_cat(&b, "FL,lee,33901\n", (char *)NULL);
	read_text(qpp_buf_done(&b));
	assert_int_equal(findings.errors, 1);
	assert_non_null(found(&findings, "tooMany"));
	/* The others are only counted. */
	assert_int_equal(findings.list.n, 50);
	assert_text(listed(), "FL lee 33901");
}

static void counties__a_failing_source_is_no_end(void **unused)
{
	(void)unused;
	source = (struct piece){ .text = QPP_LIT(HEADER "FL,lee,33901\n"), .fails = true };
	assert_int_equal(read_source(), QPP_CSV_READ_FAILED);
}

/* Each byte of a list changed to each of some that mean something: told or taken, never more. */
static void counties__no_changed_byte_breaks_it(void **unused)
{
	(void)unused;
	static const char whole[] = HEADER "FL,lee,33901\nLA,\"st. b\",70032\r\nGA,clay,\n";
	static const char others[] = { 0, '\n', '\r', '"', ',', ' ', '\xC3', 'x', '0', '\xFF' };
	size_t told = 0;
	for (size_t at = 0; at + 1 < sizeof whole; at++)
		for (size_t k = 0; k < sizeof others; k++) {
			struct qpp_mark mark = qpp_arena_mark(&arena);
			char *text = malloc(sizeof whole - 1);
			assert_non_null(text);
			memcpy(text, whole, sizeof whole - 1);
			text[at] = others[k];
			read_text((struct qpp_str){ text, sizeof whole - 1 });
			assert_true(list.n_counties <= 4);
			for (size_t i = 0; i < list.n_counties; i++)
				assert_true(list.counties[i].state.n == 2 && list.counties[i].name.n > 0);
			told += findings.errors > 0;
			free(text);
			qpp_arena_reset(&arena, mark);
		}
	assert_true(told > 0);
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(counties__come_in_order_each_once_with_its_zip_codes),
		TEST(counties__are_taken_as_people_write_them),
		TEST(counties__what_stands_twice_is_told_with_both_lines),
		TEST(counties__a_line_that_is_none_is_told_with_place_and_value),
		TEST(counties__need_the_header_with_each_column_once),
		TEST(counties__a_line_of_ten_megabytes_is_refused_early),
		TEST(counties__are_not_without_number),
		TEST(counties__a_failing_source_is_no_end),
		TEST(counties__no_changed_byte_breaks_it),
	};
	return RUN_AS_TAP(tests);
}
