/* CSV in pieces of any size: records, positions, what is refused and how soon; claim lines read and handed on. */
#include "unit.h"

#include <sys/resource.h>

#include "adapt/csv/claims_csv.h"
#include "piece.h"
#include "world.h"

#define HEADER "claim,line,tin,npi,date,coveredProfessionalService,assigned,allowed,deductible,coinsurance,paid"
#define LINE "C1,1,000000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00,80.00"

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct piece source;

static struct qpp_csv *csv_of(struct qpp_str text, size_t most)
{
	struct qpp_csv *c = QPP_NEW(&arena, struct qpp_csv);
	source = (struct piece){ .text = text, .most = most };
	qpp_csv_open(c, &arena, piece_read, &source);
	return c;
}

static struct qpp_str field(const struct qpp_csv *c, size_t i)
{
	return qpp_csv_text(&arena, &c->fields[i]);
}

static void csv__reads_records_whatever_the_pieces(void **unused)
{
	(void)unused;
	static const char text[] = "\xEF\xBB\xBF" "a,b,c\r\n1,\"x, \"\"y\"\"\r\nz\",\r\n\n,,\n\"\",\"q\",last";
	for (size_t most = 0; most < sizeof text; most++) {
		struct qpp_csv *c = csv_of((struct qpp_str){ text, sizeof text - 1 }, most);
		assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
		assert_text(field(c, 0), "a");
		assert_text(c->record, "a,b,c");
		assert_true(c->crlf);
		assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
		assert_int_equal(c->n_fields, 3);
		assert_text(field(c, 1), "x, \"y\"\r\nz");
		assert_text(field(c, 2), "");
		assert_text(c->record, "1,\"x, \"\"y\"\"\r\nz\",");
		assert_int_equal(c->line, 2);
		assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
		assert_int_equal(c->line, 5);
		assert_int_equal(c->n_fields, 3);
		assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
		assert_text(field(c, 0), "");
		assert_text(field(c, 2), "last");
		assert_int_equal(c->line, 6);
		assert_int_equal(qpp_csv_next(c), QPP_CSV_END);
		assert_int_equal(qpp_csv_next(c), QPP_CSV_END);
	}
}

static void csv__knows_line_and_column_of_a_field(void **unused)
{
	(void)unused;
	struct qpp_csv *c = csv_of(QPP_LIT("a\n12,\"x\n\ny\",345\n"), 0);
	struct qpp_where where = { 0 };
	assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
	assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
	qpp_csv_where(c, 1, &where);
	assert_int_equal(where.line, 2);
	assert_int_equal(where.column, 4);
	qpp_csv_where(c, 2, &where);
	assert_int_equal(where.line, 4);
	assert_int_equal(where.column, 4);
}

static void csv__refuses_what_is_not_csv_and_says_where(void **unused)
{
	(void)unused;
	static const struct {
		struct qpp_str text;
		uint32_t line, column;
		const char *message;
	} rows[] = {
		{ QPP_LIT_INIT("a\nb,c\"d\n"), 2, 4, "there is a quote inside a field that does not begin with one" },
		{ QPP_LIT_INIT("\"a\"b\n"), 1, 4, "there is text behind a closing quote" },
		{ QPP_LIT_INIT("a\n\n\"b\nc"), 3, 1, "a quote is opened and never closed" },
		{ QPP_LIT_INIT("a\rb\n"), 1, 2, "a carriage return stands alone" },
		{ QPP_LIT_INIT("a,\0\n"), 1, 3, "there is a zero byte in the file" },
		{ QPP_LIT_INIT("a,\"x\n\0\"\n"), 2, 1, "there is a zero byte in the file" },
		{ QPP_LIT_INIT("\xFF\xFE" "a\0,\0"), 1, 1, "the file is UTF-16" },
		{ QPP_LIT_INIT("\xFE\xFF\0a\0,"), 1, 1, "the file is UTF-16" },
		{ QPP_LIT_INIT("a\0,\0b\0"), 1, 1, "the file is UTF-16" },
		{ QPP_LIT_INIT("\0a\0,\0b"), 1, 1, "the file is UTF-16" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t most = 0; most < 4; most++) {
			struct qpp_csv *c = csv_of(rows[i].text, most);
			enum qpp_csv_result is;
			while ((is = qpp_csv_next(c)) == QPP_CSV_RECORD)
				;
			assert_int_equal(is, QPP_CSV_FAULT);
			assert_string_equal(c->fault.message, rows[i].message);
			assert_int_equal(c->fault.line, rows[i].line);
			assert_int_equal(c->fault.column, rows[i].column);
			assert_false(c->fault.too_long);
		}
}

/* 100 MB of one line: refused after little of it was read, and with little memory. */
static void csv__refuses_an_endless_line_at_once(void **unused)
{
	(void)unused;
	static const char fillers[] = { 'x', ',', '"', ' ' };
	static const char *const fronts[] = { "", "a\n", "\"" };
	struct rusage before, after;
	getrusage(RUSAGE_SELF, &before);
	for (size_t i = 0; i < sizeof fillers; i++)
		for (size_t k = 0; k < sizeof fronts / sizeof *fronts; k++) {
			struct qpp_mark mark = qpp_arena_mark(&arena);
			struct qpp_csv *c = csv_of(qpp_str_of(fronts[k]), 0);
			enum qpp_csv_result is;
			source.filler = fillers[i];
			source.fill = 100u << 20;
			while ((is = qpp_csv_next(c)) == QPP_CSV_RECORD)
				;
			assert_int_equal(is, QPP_CSV_FAULT);
			assert_true(source.given < 3u << 20);
			qpp_arena_reset(&arena, mark);
		}
	getrusage(RUSAGE_SELF, &after);
	/* Kilobytes; sanitizers keep what was freed. */
	assert_true(after.ru_maxrss - before.ru_maxrss < 64 << 10);
}

static void csv__bounds_fields_records_and_columns(void **unused)
{
	(void)unused;
	struct qpp_csv *c = csv_of(QPP_LIT("a,"), 0);
	source.filler = 'x';
	source.fill = QPP_CSV_MOST_FIELD;
	assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
	c = csv_of(QPP_LIT("a,"), 0);
	source.filler = 'x';
	source.fill = QPP_CSV_MOST_FIELD + 1;
	assert_int_equal(qpp_csv_next(c), QPP_CSV_FAULT);
	assert_true(c->fault.too_long);
	assert_int_equal(c->fault.column, 3);
	c = csv_of(QPP_LIT(""), 0);
	source.filler = ',';
	source.fill = QPP_CSV_MOST_COLUMNS - 1;
	assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
	assert_int_equal(c->n_fields, QPP_CSV_MOST_COLUMNS);
	c = csv_of(QPP_LIT(""), 0);
	source.filler = ',';
	source.fill = QPP_CSV_MOST_COLUMNS;
	assert_int_equal(qpp_csv_next(c), QPP_CSV_FAULT);
}

static void csv__a_failing_source_is_no_end(void **unused)
{
	(void)unused;
	struct qpp_csv *c = csv_of(QPP_LIT("a\nb"), 0);
	source.fails = true;
	assert_int_equal(qpp_csv_next(c), QPP_CSV_RECORD);
	assert_int_equal(qpp_csv_next(c), QPP_CSV_READ_FAILED);
}

/* ---- claim lines ---- */

static struct qpp_claims_csv *claims_of(struct qpp_str text, size_t most)
{
	struct qpp_claims_csv *x = QPP_NEW(&arena, struct qpp_claims_csv);
	source = (struct piece){ .text = text, .most = most };
	qpp_claims_csv_open(x, &arena, QPP_LIT("claims.csv"), piece_read, &source);
	return x;
}

static void claims_csv__columns_stand_in_any_order(void **unused)
{
	(void)unused;
	struct qpp_claims_csv *x = claims_of(QPP_LIT(
		"paid,note,coinsurance,deductible,allowed,assigned,coveredProfessionalService,date,npi,tin,line,claim\n"
		"80.5,\"a, b\",20,0.05,100.55,N,true,2025-12-31,9000000007,000000001,7,C9\n"), 0);
	struct qpp_claim_line line;
	bool good;
	assert_true(qpp_claims_csv_header(x));
	assert_int_equal(qpp_claims_csv_next(x, &line, &good), QPP_CSV_RECORD);
	assert_true(good);
	assert_int_equal(line.paid.v, 8050);
	assert_int_equal(line.coinsurance.v, 2000);
	assert_int_equal(line.deductible.v, 5);
	assert_int_equal(line.allowed.v, 10055);
	assert_true(line.covered_professional_service);
	assert_false(line.assigned);
	assert_int_equal(qpp_claims_csv_next(x, &line, &good), QPP_CSV_END);
	assert_int_equal(x->errors.list.n + x->warnings.list.n, 0);
}

static void claims_csv__headers_are_refused_by_name(void **unused)
{
	(void)unused;
	struct qpp_claims_csv *x = claims_of(QPP_LIT("claim,line,tin,npi,date,coveredProfessionalServices,assigned,allowed,"
	                                             "deductible,coinsurance,paid,paid,net\n"), 0);
	assert_false(qpp_claims_csv_header(x));
	assert_int_equal(x->errors.list.n, 3);
	assert_text(x->errors.list.v[0].code, "csvColumnDuplicate");
	assert_text(x->errors.list.v[0].subject, "paid");
	assert_text(x->errors.list.v[1].code, "csvColumnMissing");
	assert_text(x->errors.list.v[1].subject, "coveredProfessionalService");
	assert_text(x->errors.list.v[1].hint, "there is a column coveredProfessionalServices");
	assert_text(x->errors.list.v[2].subject, "net");
	x = claims_of(QPP_LIT(LINE "\n"), 0);
	assert_false(qpp_claims_csv_header(x));
	assert_int_equal(x->errors.list.n, 1);
	x = claims_of(QPP_LIT(""), 0);
	assert_false(qpp_claims_csv_header(x));
	assert_text(x->errors.list.v[0].message, "the file is empty: there is no header");
}

static void claims_csv__faults_say_line_column_value_and_what_was_expected(void **unused)
{
	(void)unused;
	static const struct {
		const char *line, *code, *subject, *value;
		uint32_t column;
		bool warns;
	} rows[] = {
		{ ",1,000000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00,80.00", "csvValueMissing", "claim", "", 1, false },
		{ "C1,1,00000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00,80.00", "identifierInvalid", "tin", "00000001", 6, false },
		{ "C1,1,000000001,900000000x,2025-03-04,yes,yes,100.00,0,20.00,80.00", "identifierInvalid", "npi", "900000000x", 16, false },
		{ "C1,1,000000001,9000000008,2025-03-04,yes,yes,100.00,0,20.00,80.00", "identifierInvalid", "npi", "9000000008", 16, true },
		{ "C1,1,000000001,9000000007,2025-02-29,yes,yes,100.00,0,20.00,80.00", "valueUnknown", "date", "2025-02-29", 27, false },
		{ "C1,1,000000001,9000000007,2025-03-04,YES,yes,100.00,0,20.00,80.00", "valueUnknown", "coveredProfessionalService", "YES", 38, false },
		{ "C1,1,000000001,9000000007,2025-03-04,yes,,100.00,0,20.00,80.00", "valueUnknown", "assigned", "", 42, false },
		{ "C1,1,000000001,9000000007,2025-03-04,yes,yes,\"1,000.00\",0,20.00,80.00", "amountInvalid", "allowed", "1,000.00", 46, false },
		{ "C1,1,000000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00,80.001", "amountInvalid", "paid", "80.001", 61, false },
		{ "C1,1,000000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00,80.01", "claimPaidTooMuch", "paid", "80.01", 61, true },
		{ "C1,1,000000001,9000000007,2025-03-04,yes,yes,100.00,0,20.00", "csvFieldCount", NULL, "10", 0, false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct qpp_claims_csv *x = claims_of(qpp_str_cat(&arena, HEADER "\n" LINE "\n", rows[i].line, "\n", (char *)NULL), 0);
		struct qpp_claim_line line;
		bool good;
		assert_true(qpp_claims_csv_header(x));
		assert_int_equal(qpp_claims_csv_next(x, &line, &good), QPP_CSV_RECORD);
		assert_true(good);
		assert_int_equal(qpp_claims_csv_next(x, &line, &good), QPP_CSV_RECORD);
		assert_int_equal(good, rows[i].warns);
		const struct qpp_findings *list = rows[i].warns ? &x->warnings : &x->errors;
		assert_int_equal(list->list.n, 1);
		const struct qpp_finding *f = &list->list.v[0];
		assert_true(qpp_str_is(f->code, rows[i].code));
		assert_true(qpp_str_eq(f->subject, qpp_str_of(rows[i].subject)));
		assert_true(qpp_str_eq(f->value, qpp_str_of(rows[i].value)));
		assert_int_equal(f->where.line, 3);
		assert_int_equal(f->where.column, rows[i].column);
		assert_true(f->expected.n > 0);
	}
}

/*
 * Cut off at any byte, a file is refused, or is what was there before the cut (it ends with a whole line), or a
 * warning says that its last line does not end. The sample has both kinds of line ends here.
 */
static void claims_csv__cut_off_at_every_byte(void **unused)
{
	(void)unused;
	static const char text[] = HEADER ",note\r\n" LINE ",\"x\r\ny\"\n" LINE ",\r\n\n" LINE ",last\n";
	size_t whole = 0, open = 0, refused = 0;
	for (size_t n = 0; n < sizeof text; n++) {
		struct qpp_mark mark = qpp_arena_mark(&arena);
		struct qpp_claims_csv *x = claims_of((struct qpp_str){ text, n }, n % 7);
		struct qpp_claim_line line;
		bool good = true, at_line_end = n && text[n - 1] == '\n';
		if (qpp_claims_csv_header(x))
			while (qpp_claims_csv_next(x, &line, &good) == QPP_CSV_RECORD && good)
				;
		bool warned = x->warnings.list.n && qpp_str_is(x->warnings.list.v[0].code, "csvEndOpen");
		assert_true(x->errors.errors || warned || at_line_end);
		assert_false(at_line_end && warned);
		refused += x->errors.errors > 0;
		open += !x->errors.errors && warned;
		whole += !x->errors.errors && !warned;
		qpp_arena_reset(&arena, mark);
	}
	/* behind the header, each of the three lines, and the blank one */
	assert_int_equal(whole, 5);
	assert_true(open > 10);
	assert_true(refused > 200);
}

static struct qpp_buf written;

static bool take(void *host, const char *p, size_t n)
{
	(void)host;
	qpp_buf_add(&written, p, n);
	return true;
}

static void claims_csv__lines_are_handed_on_byte_by_byte(void **unused)
{
	(void)unused;
	struct qpp_claims_out out;
	struct qpp_claims claims;
	struct qpp_claim_line line;
	struct qpp_claim_result r;
	struct qpp_err err;
	bool good;
	assert_int_equal(qpp_claims_bind(&arena, world_rules(2023), qpp_dec_ratio(215, 100), &claims, &err), QPP_OK);
	for (size_t most = 0; most < 50; most++) {
		struct qpp_claims_csv *x = claims_of(QPP_LIT(
			HEADER ",\"my \"\"note\"\"\"\r\n" LINE ",\"x\r\ny\"\r\n"
			"\"C1\",2,000000001,9000000007,2025-03-04,yes,yes,-0.07,0,0,-0.07, \r\n"), most);
		qpp_buf_init(&written, &arena, 10000);
		qpp_claims_out_open(&out, &arena, take, NULL);
		assert_true(qpp_claims_csv_header(x));
		qpp_claims_out_header(&out, x);
		while (qpp_claims_csv_next(x, &line, &good) == QPP_CSV_RECORD) {
			assert_int_equal(qpp_claim_adjust(&claims, &line, &r), QPP_OK);
			qpp_claims_out_line(&out, x, &r);
		}
		assert_true(qpp_claims_out_flush(&out));
		assert_text(qpp_buf_done(&written),
			HEADER ",\"my \"\"note\"\"\",adjustment,after,group,carc,rarc,sequestration,net\r\n"
			LINE ",\"x\r\ny\",1.72,81.72,CO,144,N807,1.63,80.09\r\n"
			"\"C1\",2,000000001,9000000007,2025-03-04,yes,yes,-0.07,0,0,-0.07, ,0.00,-0.07,,,,0.00,-0.07\r\n");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv__reads_records_whatever_the_pieces),
		cmocka_unit_test(csv__knows_line_and_column_of_a_field),
		cmocka_unit_test(csv__refuses_what_is_not_csv_and_says_where),
		cmocka_unit_test(csv__refuses_an_endless_line_at_once),
		cmocka_unit_test(csv__bounds_fields_records_and_columns),
		cmocka_unit_test(csv__a_failing_source_is_no_end),
		cmocka_unit_test(claims_csv__columns_stand_in_any_order),
		cmocka_unit_test(claims_csv__headers_are_refused_by_name),
		cmocka_unit_test(claims_csv__faults_say_line_column_value_and_what_was_expected),
		cmocka_unit_test(claims_csv__cut_off_at_every_byte),
		cmocka_unit_test(claims_csv__lines_are_handed_on_byte_by_byte),
	};
	int failed = RUN_AS_TAP(tests);
	qpp_arena_close(&arena);
	return failed;
}
