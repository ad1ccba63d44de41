/* A document is written as a tagged PDF; run without names it writes one to standard output, for other programs to look at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "app/document.h"
#include "qpp/str.h"

static void fill(struct qpp_document *d, struct qpp_arena *a, int rows)
{
	qpp_document_begin(d, a, QPP_LIT("Decision on TR-2023-000001"), QPP_LIT("Quality Payment Program"), (qpp_time){ 1727874000000000 });
	qpp_document_paragraph(d, QPP_LIT("Your request was approved.\nThe final score changes from 62.10 to 75.00."));
	qpp_document_heading(d, 2, QPP_LIT("Reasons"));
	for (int i = 0; i < 3; i++)
		qpp_document_item(d, QPP_LIT("The exception for Promoting Interoperability was approved and not consumed \xe2\x80\x93 \xc2\xa7 414.1380(c)(2)."));
	qpp_document_table(d, (const struct qpp_document_column[]){ { QPP_LIT("Measure"), 3, false }, { QPP_LIT("Points"), 1, true } }, 2);
	for (int i = 0; i < rows; i++)
		qpp_document_row(d, (const struct qpp_str[]){ QPP_LIT("Controlling High Blood Pressure"), QPP_LIT("8.2895") });
	qpp_document_paragraph(d, QPP_LIT("Bytes that are no text: \xff\xfe."));
}

static struct qpp_str made(struct qpp_arena *a, int rows)
{
	struct qpp_document d;
	struct qpp_str pdf;
	struct qpp_err err;
	fill(&d, a, rows);
	assert_int_equal(qpp_document_pdf(&d, a, &pdf, &err), QPP_OK);
	return pdf;
}

static bool has(struct qpp_str s, const char *what)
{
	return memmem(s.p, s.n, what, strlen(what)) != NULL;
}

static void document__is_a_tagged_pdf(void **state)
{
	(void)state;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str pdf = made(&a, 2);
	assert_true(qpp_str_starts(pdf, "%PDF-1."));
	assert_true(has(pdf, "/MarkInfo << /Marked true >>") && has(pdf, "/StructTreeRoot"));
	qpp_arena_close(&a);
}

static void document__is_the_same_bytes_each_time(void **state)
{
	(void)state;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str one = made(&a, 5), two = made(&a, 5);
	assert_true(qpp_str_eq(one, two));
	qpp_arena_close(&a);
}

static void document__goes_over_pages(void **state)
{
	(void)state;
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_str pdf = made(&a, 200);
	assert_true(pdf.n > made(&a, 20).n);
	qpp_arena_close(&a);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(document__is_a_tagged_pdf),
		cmocka_unit_test(document__is_the_same_bytes_each_time),
		cmocka_unit_test(document__goes_over_pages),
	};
	if (argc > 1 && strcmp(argv[1], "--write") == 0) {
		struct qpp_arena a = QPP_ARENA_INIT;
		struct qpp_str pdf = made(&a, 120);
		(void)fwrite(pdf.p, 1, pdf.n, stdout);
		qpp_arena_close(&a);
		return 0;
	}
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
