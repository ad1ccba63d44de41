/* Reading XML: the same submission as from JSON, the same findings, and what hostile documents are refused for. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "adapt/json/doc.h"
#include "adapt/json/read_submission.h"
#include "adapt/json/write_submission.h"
#include "adapt/xml/read_xml.h"
#include "findings.h"

enum { MOST_FINDINGS = 200, MOST_BYTES = 4 << 20, MEGABYTE = 1 << 20 };

struct run {
	struct qpp_arena arena;
	struct qpp_findings findings;
};

static int begin(void **state)
{
	static struct run r;
	r = (struct run){ .arena = QPP_ARENA_INIT };
	qpp_findings_init(&r.findings, &r.arena, MOST_FINDINGS);
	*state = &r;
	return 0;
}

static int end(void **state)
{
	struct run *r = *state;
	qpp_arena_close(&r->arena);
	return 0;
}

static struct qpp_str file(struct run *r, const char *name)
{
	const char *root = getenv("QPP_SOURCE");
	FILE *in = fopen(qpp_str_cat(&r->arena, root ? root : ".", "/tests/cases/", name, (char *)NULL).p, "rb");
	assert_non_null(in);
	char *text = qpp_arena_alloc(&r->arena, MEGABYTE);
	size_t n = fread(text, 1, MEGABYTE, in);
	(void)fclose(in);
	return (struct qpp_str){ text, n };
}

static struct qpp_submission *read_bytes(struct run *r, struct qpp_str text)
{
	return qpp_xml_read_submission(&r->arena, QPP_LIT("f.xml"), text, MOST_BYTES, &r->findings);
}

static struct qpp_submission *read_text(struct run *r, const char *text)
{
	return read_bytes(r, json(&r->arena, text));
}

#define SET_OF(value)                                                                                             \
	"<data><performanceYear>2023</performanceYear><entityType>group</entityType>\n"                              \
	"<measurementSet><category>quality</category><submissionMethod>registry</submissionMethod>\n"                \
	"<measurement><measureId>047</measureId>" value "</measurement></measurementSet></data>"
#define COUNTS "<isEndToEndReported>true</isEndToEndReported><performanceMet>7</performanceMet><eligiblePopulation>9</eligiblePopulation>"

/* ---- what is read ---- */

static void xml__is_the_submission_that_json_is(void **state)
{
	struct run *r = *state;
	struct qpp_submission *x = read_bytes(r, file(r, "submission-2023.xml"));
	struct qpp_submission *j = qpp_json_read_submission(&r->arena, QPP_LIT("f.json"), file(r, "solo-2023.json"), 0, &r->findings);
	assert_int_equal(r->findings.list.n, 0);
	assert_non_null(x);
	assert_non_null(j);
	struct qpp_str a = qpp_json_submission(&r->arena, x), b = qpp_json_submission(&r->arena, j);
	assert_true(a.n > 1000);
	assert_true(qpp_str_eq(a, b));
}

static void xml__strata_are_a_list_wherever_they_stand(void **state)
{
	struct run *r = *state;
	struct qpp_submission *s = read_text(r, SET_OF("<value><strata><stratum>a</stratum><performanceMet>1</performanceMet><eligiblePopulation>2"
		"</eligiblePopulation></strata><isEndToEndReported>false</isEndToEndReported><strata><stratum>b</stratum><performanceMet>300"
		"</performanceMet><eligiblePopulation>400</eligiblePopulation></strata></value>"));
	assert_int_equal(r->findings.list.n, 0);
	const struct qpp_measurement *m = &s->sets[0].measurements[0];
	assert_int_equal(m->kind, QPP_VALUE_MULTI);
	assert_int_equal(m->n_rates, 2);
	assert_text(m->rates[1].stratum, "b");
	/* The schema of the agency types counts as bytes, which end at 127. */
	assert_int_equal(m->rates[1].met.v, 300);
}

static void xml__booleans_numbers_and_nothing(void **state)
{
	struct run *r = *state;
	struct qpp_submission *s = read_text(r, "<data xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='s.xsd'>"
		"<performanceYear> 2023\n</performanceYear><entityType>individual</entityType><entityId/>"
		"<nationalProviderIdentifier xsi:nil='true'></nationalProviderIdentifier>"
		"<measurementSet><category>ia</category><submissionMethod>registry</submissionMethod>"
		"<measurement><measureId>IA_EPA_2</measureId><value>true</value></measurement></measurementSet>"
		"<measurementSet><category>pi</category><submissionMethod>registry</submissionMethod><measurement><measureId>PI_EP_1</measureId>"
		"<value><numerator>+3</numerator><denominator>04</denominator></value></measurement></measurementSet></data>");
	assert_int_equal(r->findings.list.n, 0);
	assert_int_equal(s->py.v, 2023);
	assert_int_equal(s->npi.n, 0);
	assert_true(s->sets[0].measurements[0].yes);
	assert_int_equal(qpp_dec_cmp(s->sets[1].measurements[0].numerator.v, qpp_dec_of(3)), 0);
	assert_int_equal(qpp_dec_cmp(s->sets[1].measurements[0].denominator.v, qpp_dec_of(4)), 0);
}

static void xml__a_name_space_of_the_whole_is_taken(void **state)
{
	struct run *r = *state;
	struct qpp_submission *s = read_text(r, "<q:data xmlns:q='urn:q'><q:performanceYear>2023</q:performanceYear><q:entityType>group</q:entityType></q:data>");
	assert_int_equal(s->py.v, 2023);
	assert_int_equal(r->findings.errors, 0);
	assert_non_null(found(&r->findings, "setsEmpty"));
}

/* ---- findings ---- */

static void xml__has_the_findings_and_pointers_of_json(void **state)
{
	struct run *r = *state;
	assert_non_null(read_text(r, SET_OF("<value>" COUNTS "<performanceNotMet>-1</performanceNotMet></value>")));
	const struct qpp_finding *x = found(&r->findings, "countInvalid");
	assert_non_null(x);
	assert_text(x->where.pointer, "/measurementSets/0/measurements/0/value/performanceNotMet");
	assert_text(x->value, "-1");
	assert_int_equal(x->where.line, 3);
	qpp_findings_init(&r->findings, &r->arena, MOST_FINDINGS);
	assert_non_null(read_text(r, SET_OF("<value>" COUNTS "<performanceNotMet>1e3</performanceNotMet></value>")));
	x = found(&r->findings, "kindWrong");
	assert_text(x->value, "1e3");
	assert_text(x->expected, "a number");
}

static void xml__unknown_and_doubled_elements_are_told(void **state)
{
	struct run *r = *state;
	assert_non_null(read_text(r, SET_OF("<value scheme='x'>" COUNTS "<eligiblePopulatoin>3</eligiblePopulatoin></value>")));
	assert_int_equal(times_found(&r->findings, "memberUnknown"), 2);
	qpp_findings_init(&r->findings, &r->arena, MOST_FINDINGS);
	assert_non_null(read_text(r, SET_OF("<value>" COUNTS "<performanceMet>9</performanceMet></value>")));
	assert_text(found(&r->findings, "jsonDuplicateMember")->where.pointer, "/measurementSets/0/measurements/0/value/performanceMet");
}

static void xml__an_element_of_another_name_space_is_another_element(void **state)
{
	struct run *r = *state;
	struct qpp_submission *s = read_text(r, SET_OF("<value xmlns:x='urn:x'>" COUNTS "<x:performanceNotMet>1</x:performanceNotMet></value>"));
	assert_non_null(found(&r->findings, "memberUnknown"));
	assert_false(s->sets[0].measurements[0].rates[0].not_met.given);
	qpp_findings_init(&r->findings, &r->arena, MOST_FINDINGS);
	s = read_text(r, "<data xmlns='urn:a'><performanceYear xmlns=''>2023</performanceYear><entityType>group</entityType>"
	                 "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/></data>");
	assert_int_equal(s->py.v, 0);
	assert_non_null(found(&r->findings, "memberMissing"));
}

/* ---- what is refused ---- */

static void xml__is_refused_where_it_is_not_well_formed(void **state)
{
	static const struct {
		const char *text, *code, *says;
		uint32_t line, column;
	} cases[] = {
		{ "", "xmlMalformed", "ends before", 1, 1 },
		{ "{ 'performanceYear': 2023 }", "xmlMalformed", "not XML", 1, 1 },
		{ "<data>\n<a>1</b></data>", "xmlMalformed", "another name", 2, 7 },
		{ "<data>\n  <a", "xmlMalformed", "within a tag", 2, 3 },
		{ "<data>&nbsp;</data>", "xmlMalformed", "not declared", 1, 7 },
		{ "<data a='1' a='2'/>", "xmlMalformed", "twice in one tag", 1, 13 },
		{ "<data/><data/>", "xmlMalformed", "follows the end", 1, 8 },
		{ "<q:data/>", "xmlMalformed", "name space", 1, 1 },
		{ "<submission/>", "xmlMalformed", "another name", 1, 1 },
		{ "<data>12<a/></data>", "xmlMalformed", "beside elements", 1, 9 },
		{ "<data><a/><![CDATA[x]]></data>", "xmlMalformed", "beside elements", 1, 24 },
		{ "<data>\xFF</data>", "xmlMalformed", "UTF-8", 1, 7 },
		{ "<data>&#0;</data>", "xmlMalformed", "no character", 1, 7 },
		{ "<?xml version='1.0' encoding='UTF-7'?><data/>", "xmlMalformed", "encoding", 1, 1 },
		{ "<?xml version='1.0' encoding='ISO-8859-1'?><data/>", "xmlMalformed", "encoding", 1, 1 },
	};
	struct run *r = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		qpp_findings_init(&r->findings, &r->arena, MOST_FINDINGS);
		assert_null(read_text(r, cases[i].text));
		const struct qpp_finding *x = found(&r->findings, cases[i].code);
		if (!x)
			fail_msg("%s: not refused by %s", cases[i].text, cases[i].code);
		assert_says(x->message, cases[i].says);
		if (x->where.line != cases[i].line || x->where.column != cases[i].column)
			fail_msg("%s: at %u:%u", cases[i].text, x->where.line, x->where.column);
	}
}

static void xml__utf_16_and_nul_are_refused(void **state)
{
	static const char wide[] = "\xFF\xFE<\0d\0a\0t\0a\0/\0>\0", nul[] = "<data>\0</data>";
	struct run *r = *state;
	assert_null(read_bytes(r, (struct qpp_str){ wide, sizeof wide - 1 }));
	assert_non_null(found(&r->findings, "xmlMalformed"));
	qpp_findings_init(&r->findings, &r->arena, MOST_FINDINGS);
	assert_null(read_bytes(r, (struct qpp_str){ nul, sizeof nul - 1 }));
	assert_non_null(found(&r->findings, "xmlMalformed"));
}

static void xml__no_document_type_is_taken(void **state)
{
	static const char *const cases[] = {
		"<!DOCTYPE data><data/>",
		"<!DOCTYPE data SYSTEM 'http://127.0.0.1:1/x.dtd'><data/>",
		"<!DOCTYPE data [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><data>&x;</data>",
		"<!DOCTYPE data [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><data/>",
		"<!DOCTYPE data [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
		"<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]><data>&d;</data>",
	};
	struct run *r = *state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		qpp_findings_init(&r->findings, &r->arena, MOST_FINDINGS);
		assert_null(read_text(r, cases[i]));
		assert_int_equal(r->findings.list.n, 1);
		assert_text(r->findings.list.v[0].code, "xmlDoctype");
	}
}

/* ---- bounds ---- */

/* `head`, then `piece` with its number until about `n` bytes, then `tail`. */
static struct qpp_str repeat(struct run *r, const char *head, const char *before, const char *after, const char *tail, size_t n)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &r->arena, n + 1000);
	qpp_buf_cat(&b, head, (char *)NULL);
	for (int64_t i = 0; b.n < n; i++) {
		qpp_buf_cat(&b, before, (char *)NULL);
		if (after)
			qpp_buf_i64(&b, i);
		qpp_buf_cat(&b, after ? after : "", (char *)NULL);
	}
	qpp_buf_cat(&b, tail, (char *)NULL);
	return qpp_buf_done(&b);
}

static double cpu_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static long peak_kib(void)
{
	struct rusage u;
	(void)getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static void xml__a_megabyte_of_anything_costs_little(void **state)
{
	static const struct {
		const char *name, *head, *before, *after, *tail, *code;
	} cases[] = {
		{ "nesting", "", "<data>", NULL, "", "xmlTooDeep" },
		{ "elements", "<data>", "<a/>", NULL, "</data>", "xmlTooLarge" },
		{ "attributes of one tag", "<data", " a", "='1'", "/>", "xmlTooLarge" },
		{ "name spaces of one tag", "<data", " xmlns:a", "='u'", "/>", "xmlTooLarge" },
		{ "attributes behind a bracket in quotes", "<data z='>'", " a", "='1'", "/>", "xmlTooLarge" },
		{ "a text", "<data><programName>", "xxxxxxxxxxxxxxxx", NULL, "</programName></data>", "memberMissing" },
		{ "CDATA in pieces", "<data><programName>", "<![CDATA[x]]>", NULL, "</programName></data>", "memberMissing" },
		{ "references", "<data><programName>", "&#120;", NULL, "</programName></data>", "memberMissing" },
		{ "a comment", "<data><!--", "x", NULL, "--></data>", "memberMissing" },
		{ "a name", "<data><a", "a", NULL, "/></data>", "memberMissing" },
		{ "sets", "<data>", "<measurementSet/>", NULL, "</data>", "tooMany" },
		{ "one element twice and again", "<data>", "<entityType>group</entityType>", NULL, "</data>", "jsonDuplicateMember" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct run *r = *state;
		(void)begin(state);
		struct qpp_str text = repeat(r, cases[i].head, cases[i].before, cases[i].after, cases[i].tail, MEGABYTE);
		text = json(&r->arena, text.p);
		long kib = peak_kib();
		double from = cpu_ms();
		(void)read_bytes(r, text);
		double took = cpu_ms() - from;
		kib = peak_kib() - kib;
		if (!found(&r->findings, cases[i].code))
			fail_msg("%s: no %s but %zu findings", cases[i].name, cases[i].code, r->findings.list.n);
		/* The aim is 50 ms and 32 MiB; sanitizers and a busy machine take several times that. */
		print_message("# %s: %.1f ms, %ld KiB more\n", cases[i].name, took, kib);
		assert_true(took < 1000);
		(void)end(state);
	}
	(void)begin(state);
}

static void xml__more_bytes_than_are_accepted(void **state)
{
	struct run *r = *state;
	struct qpp_str text = repeat(r, "<data>", "<a/>", NULL, "</data>", 1000);
	assert_null(qpp_xml_read_submission(&r->arena, QPP_LIT("f.xml"), text, 999, &r->findings));
	assert_text(found(&r->findings, "xmlTooLarge")->expected, "at most 999 bytes");
}

static void xml__seventeen_attributes_are_too_many_for_one_element(void **state)
{
	struct run *r = *state;
	assert_null(read_bytes(r, json(&r->arena, "<data a='' b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' l='' m='' n='' o='' p='' q=''/>")));
	assert_non_null(found(&r->findings, "xmlTooLarge"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
		TEST(xml__is_the_submission_that_json_is),
		TEST(xml__strata_are_a_list_wherever_they_stand),
		TEST(xml__booleans_numbers_and_nothing),
		TEST(xml__a_name_space_of_the_whole_is_taken),
		TEST(xml__has_the_findings_and_pointers_of_json),
		TEST(xml__unknown_and_doubled_elements_are_told),
		TEST(xml__an_element_of_another_name_space_is_another_element),
		TEST(xml__is_refused_where_it_is_not_well_formed),
		TEST(xml__utf_16_and_nul_are_refused),
		TEST(xml__no_document_type_is_taken),
		TEST(xml__a_megabyte_of_anything_costs_little),
		TEST(xml__more_bytes_than_are_accepted),
		TEST(xml__seventeen_attributes_are_too_many_for_one_element),
	};
	return RUN_AS_TAP(tests);
}
