/* Pages: what is data stays text, every link leads to its place, and pages are as strict as html_check reads them. */
#include "unit.h"

#include "../rules/world.h"
#include "adapt/html/anchor.h"
#include "adapt/html/explain.h"
#include "adapt/html/rules_pages.h"
#include "adapt/html/words.h"
#include "app/answer.h"
#include "findings.h"
#include "html_check.h"

enum { MOST_PAGES = 64 };

static struct qpp_arena arena = QPP_ARENA_INIT;

static int close_arena(void **unused)
{
	(void)unused;
	qpp_arena_close(&arena);
	return 0;
}

typedef void emit(struct qpp_html *, struct qpp_str);

static struct qpp_str emitted(emit *how, struct qpp_str s)
{
	struct qpp_html h;
	qpp_html_init(&h, &arena);
	how(&h, s);
	return qpp_html_done(&h);
}

static void html__escapes_text_and_attributes(void **unused)
{
	(void)unused;
	assert_text(emitted(qpp_html_text, QPP_LIT("<script>alert('1')</script> & \"x\"")),
	            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;");
	assert_text(emitted(qpp_html_attr, QPP_LIT("\" onload=\"x")), "&quot; onload=&quot;x");
	assert_text(emitted(qpp_html_text, QPP_LIT("HbA1c (>9%), \xC3\xA9t\xC3\xA9")), "HbA1c (&gt;9%), \xC3\xA9t\xC3\xA9");
}

static void html__replaces_what_is_no_text(void **unused)
{
	(void)unused;
	assert_text(emitted(qpp_html_text, (struct qpp_str){ "a\0b\x1B" "c\x7F", 6 }),
	            "a\xEF\xBF\xBD" "b\xEF\xBF\xBD" "c\xEF\xBF\xBD");
	assert_text(emitted(qpp_html_text, QPP_LIT("\xC3<")), "\xEF\xBF\xBD&lt;");                /* a cut character */
	assert_text(emitted(qpp_html_text, QPP_LIT("\xC0\xBC")), "\xEF\xBF\xBD\xEF\xBF\xBD");     /* "<", overlong */
	assert_text(emitted(qpp_html_text, QPP_LIT("\xED\xA0\x80")), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	assert_text(emitted(qpp_html_text, QPP_LIT("\xC2\x85")), "\xEF\xBF\xBD\xEF\xBF\xBD");     /* a control character */
	assert_text(emitted(qpp_html_text, QPP_LIT("\t\xE2\x80\x93\xF0\x9F\x92\x89")), "\t\xE2\x80\x93\xF0\x9F\x92\x89");
}

static void html__an_address_cannot_leave_its_place(void **unused)
{
	(void)unused;
	assert_text(emitted(qpp_html_url, QPP_LIT("414.1380(b)(1)(i)")), "414.1380(b)(1)(i)");
	assert_text(emitted(qpp_html_url, QPP_LIT("javascript:x")), "javascript%3Ax");
	assert_text(emitted(qpp_html_url, QPP_LIT("../a?b#c\" d")), "..%2Fa%3Fb%23c%22%20d");
}

static void html__markdown_brings_no_html(void **unused)
{
	(void)unused;
	static const struct qpp_str prose = QPP_LIT_INIT(
	    "Title\n=====\n<script>x</script>\n\n*so* <b onclick=x>y</b> [z](javascript:z)\n");
	struct qpp_str got = emitted(qpp_html_markdown, prose);
	assert_says(got, "<h3>Title</h3>");
	assert_says(got, "<em>so</em>");
	assert_null(memmem(got.p, got.n, "<script", 7));
	assert_null(memmem(got.p, got.n, "onclick", 7));
	assert_null(memmem(got.p, got.n, "javascript:", 11));
}

static void words__of_a_name_read_as_a_sentence(void **unused)
{
	(void)unused;
	assert_text(qpp_plain_words(&arena, QPP_LIT("apmParticipant")), "APM participant");
	assert_text(qpp_plain_words(&arena, QPP_LIT("measure_floor_points")), "Measure floor points");
	assert_text(qpp_plain_words(&arena, QPP_LIT("pi_measures")), "PI measures");
	assert_text(qpp_plain_words(&arena, QPP_LIT("threshold-2026")), "Threshold 2026");
	assert_text(qpp_plain_words(&arena, QPP_LIT("cost")), "Cost");
	assert_text(qpp_plain_words(&arena, QPP_LIT("")), "");
}

static struct qpp_str equation(const char *text)
{
	struct qpp_html h;
	qpp_html_init(&h, &arena);
	qpp_html_equation(&h, qpp_str_of(text));
	return qpp_html_done(&h);
}

static void words__of_an_equation_have_the_signs_of_print(void **unused)
{
	(void)unused;
	assert_text(equation("8 + (23.72 - 27.32) / (22.50 - 27.32)"),
	            "8 + (23.72 \xE2\x88\x92 27.32) \xC3\xB7 (22.50 \xE2\x88\x92 27.32)");
	assert_text(equation("100 x 51 / 215"), "100 \xC3\x97 51 \xC3\xB7 215");
	assert_text(equation("-9.00"), "\xE2\x88\x92" "9.00");
	assert_text(equation("the lesser of 1 and 2"), "the lesser of 1 and 2");
	assert_text(equation(""), "");
}

static void anchor__leads_to_the_nearest_place(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = world()->set;
	struct qpp_anchor to;
	assert_true(qpp_anchor_of_cite(rs, QPP_LIT("414.1405(b)(2)"), &to));         /* a section */
	assert_text(to.page, "414.1405");
	assert_text(to.name, "414.1405(b)(2)");
	assert_null(to.row);
	assert_true(qpp_anchor_of_cite(rs, QPP_LIT("414.1370(h)(5)"), &to));         /* a row, of another CFR section */
	assert_text(to.page, "414.1380");
	assert_non_null(to.row);
	assert_true(qpp_anchor_of_cite(rs, QPP_LIT("414.1405(b)(2)(i)"), &to));      /* inside a section */
	assert_text(to.name, "414.1405(b)(2)");
	assert_true(qpp_anchor_of_cite(rs, QPP_LIT("414.1350"), &to));               /* around one */
	assert_text(to.name, "414.1350(c)");
	assert_true(qpp_anchor_of_cite(rs, QPP_LIT("414.1405(z)"), &to));            /* only the page */
	assert_text(to.page, "414.1405");
	assert_text(to.name, "main");
	assert_false(qpp_anchor_of_cite(rs, QPP_LIT("414.14051(b)"), &to));
	assert_false(qpp_anchor_of_cite(rs, QPP_LIT("Submissions API field reference"), &to));
	assert_false(qpp_anchor_of_cite(rs, QPP_LIT("-"), &to));
	assert_false(qpp_anchor_of_cite(rs, QPP_LIT(""), &to));
}

static void anchor__knows_figures_readings_and_findings(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = world()->set;
	struct qpp_anchor to;
	assert_true(qpp_anchor_of_figure(rs, QPP_LIT("performance_threshold"), &to));
	assert_text(to.page, "414.1405");
	assert_true(qpp_anchor_of_figure(rs, QPP_LIT("weights.quality"), &to));
	assert_text(to.name, "weights");
	assert_true(qpp_anchor_of_reading(rs, QPP_LIT("ties-at-threshold"), &to));
	assert_true(qpp_anchor_of_finding(rs, QPP_LIT("measureUnknown"), &to));
	assert_text(to.page, "findings");
	assert_false(qpp_anchor_of_figure(rs, QPP_LIT("no_such_figure"), &to));
	assert_false(qpp_anchor_of_reading(rs, QPP_LIT("no-such-reading"), &to));
	assert_false(qpp_anchor_of_finding(rs, QPP_LIT("noSuchFinding"), &to));
}

/* A page, checked; shown with its fault when it has one. */
static struct html_page checked(struct qpp_str name, struct qpp_str html)
{
	struct html_page page;
	html_check(&arena, name, html, &page);
	if (page.fault[0])
		fail_msg("%.*s: %s", QPP_ARG(name), page.fault);
	return page;
}

/* The rule pages below rules/, as an explanation links to them. */
static size_t rule_pages(struct html_page *pages)
{
	size_t n;
	const struct qpp_rules_page *made = qpp_html_rules_pages(&arena, world()->set, &n);
	assert_in_range(n, 2, MOST_PAGES - 1);
	for (size_t i = 0; i < n; i++)
		pages[i] = checked(qpp_str_cat(&arena, "rules/", made[i].file.p, (char *)NULL), made[i].html);
	return n;
}

static void assert_links_lead(const struct html_page *page, const struct html_page *pages, size_t n)
{
	for (size_t i = 0; i < page->links.n; i++)
		if (!html_leads(&arena, page, page->links.v[i], pages, n))
			fail_msg("%.*s: the link %.*s leads nowhere", QPP_ARG(page->name), QPP_ARG(page->links.v[i]));
}

static void rules_pages__have_everything_and_lead_to_it(void **unused)
{
	(void)unused;
	const struct qpp_ruleset *rs = world()->set;
	struct html_page pages[MOST_PAGES];
	size_t n = rule_pages(pages);
	struct qpp_anchor to;
	struct html_page all = { .name = QPP_LIT("all.html") };
	assert_text(pages[0].name, "rules/index.html");
	for (size_t i = 0; i < n; i++)
		assert_links_lead(&pages[i], pages, n);
	/* Every place that anything can be led to. */
#define LINK_TO(found)                                                                                \
	do {                                                                                          \
		struct qpp_html h;                                                                    \
		assert_true(found);                                                                   \
		qpp_html_init(&h, &arena);                                                            \
		qpp_html_begin_link(&h, "rules/", &to);                                               \
		*QPP_PUSH(&arena, &all.links) = (struct qpp_str){ h.b.p + 9, h.b.n - 11 };            \
	} while (0)
	for (size_t i = 0; i < rs->n_sections; i++)
		LINK_TO(qpp_anchor_of_cite(rs, rs->sections[i].cite, &to));
	for (size_t i = 0; i < rs->n_params; i++)
		LINK_TO(qpp_anchor_of_figure(rs, rs->params[i].name, &to));
	for (size_t i = 0; i < rs->n_tables; i++)
		LINK_TO(qpp_anchor_of_figure(rs, rs->tables[i].name, &to));
	for (size_t i = 0; i < rs->n_readings; i++)
		LINK_TO(qpp_anchor_of_reading(rs, rs->readings[i].name, &to));
	assert_links_lead(&all, pages, n);
}

static void rules_pages__say_value_status_and_source(void **unused)
{
	(void)unused;
	size_t n;
	const struct qpp_rules_page *made = qpp_html_rules_pages(&arena, world()->set, &n);
	for (size_t i = 0; i < n; i++) {
		if (!qpp_str_is(made[i].file, "414.1405.html"))
			continue;
		assert_says(made[i].html, "id=\"param-performance_threshold\"");
		assert_says(made[i].html, "<b>75</b></td><td>reading</td><td><a href=\"414.1405.html#reading-threshold-2026\">");
		assert_says(made[i].html, "band&nbsp;<b>maxNegative</b>");
		return;
	}
	fail_msg("there is no page of 414.1405");
}

static struct qpp_answer answer_of(const char *input, const char *facts, const char *second_program, struct filing *filing)
{
	struct qpp_answer answer;
	struct qpp_err err;
	if (!world_filing(&arena, qpp_str_of(input), qpp_str_of(facts), filing) || filing->findings->errors)
		fail_msg("%s cannot be read", input);
	if (second_program)
		filing->submission->sets[0].program = qpp_str_of(second_program);
	struct qpp_answer_request r = { .arena = &arena, .rules = world()->set, .catalog = filing->catalog,
		                            .submission = filing->submission, .facts = filing->facts, .trace = true,
		                            .findings = filing->findings };
	if (qpp_answer_submission(&r, &answer, &err) != QPP_OK)
		fail_msg("%s: %s", input, err.primary);
	return answer;
}

static void explain__every_link_leads_to_its_place(void **unused)
{
	(void)unused;
	static const struct {
		const char *input, *facts, *second_program;
	} cases[] = {
		{ "tests/cases/solo-2023.json", "tests/cases/solo-2023.facts.json", NULL },
		{ "tests/cases/solo-2023.json", NULL, NULL },
		{ "tests/cases/solo-2023.json", NULL, "G0058" },
		{ "tests/cases/pi-full.json", NULL, NULL },
		{ "tests/cases/pi-no-risk-analysis.json", NULL, NULL },
	};
	struct html_page pages[MOST_PAGES];
	size_t n = rule_pages(pages), most = 0;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct filing filing;
		struct qpp_answer answer = answer_of(cases[i].input, cases[i].facts, cases[i].second_program, &filing);
		struct qpp_str html = qpp_html_explain(&arena, world()->set, &answer, filing.findings);
		pages[n] = checked(QPP_LIT("explain.html"), html);
		assert_links_lead(&pages[n], pages, n + 1);
		most = pages[n].links.n > most ? pages[n].links.n : most;
	}
	assert_true(most > 100);
}

static void explain__says_which_level_counts_when_it_is_another(void **unused)
{
	(void)unused;
	struct filing filing;
	struct qpp_answer answer = answer_of("tests/cases/solo-2023.json", NULL, NULL, &filing);
	answer.level_says = QPP_LIT("the <APM Entity> score of 99.00 pays");
	answer.scored[0].counts = false;
	struct qpp_str html = qpp_html_explain(&arena, world()->set, &answer, filing.findings);
	assert_says(html, "<title>MIPS scores, performance year 2023");
	assert_says(html, "the &lt;APM Entity&gt; score of 99.00 pays");
}

static void explain__says_score_band_and_reasons(void **unused)
{
	(void)unused;
	struct filing filing;
	struct qpp_answer answer = answer_of("tests/cases/solo-2023.json", "tests/cases/solo-2023.facts.json", NULL, &filing);
	struct qpp_str html = qpp_html_explain(&arena, world()->set, &answer, filing.findings);
	const struct qpp_score *s = &answer.scored[0].score;
	struct qpp_str score = qpp_unit_text(&arena, QPP_UNIT_SCORE, s->final_score.v);
	assert_says(html, qpp_str_cat(&arena, "<title>Final score ", score.p, (char *)NULL).p);
	assert_says(html, qpp_str_cat(&arena, "<strong>", score.p, "</strong>", (char *)NULL).p);
	assert_says(html, "Positive: above the performance threshold");
	assert_says(html, "the lesser of ");
	assert_says(html, "\xC3\x97 51 \xC3\xB7 215");
	assert_says(html, "line 14 of tests/cases/solo-2023.json, <code>/measurementSets/0/measurements/0/value</code>");
	assert_says(html, "Passed over: below the case minimum");
	assert_says(html, "opened above</a>");
	for (int k = 0; k < QPP_CATEGORIES; k++)
		assert_says(html, qpp_unit_text(&arena, QPP_UNIT_POINTS, s->category[k].contribution.v).p);
}

/* Everything that came from outside, replaced by what would be markup. */
static void explain__data_stay_text(void **unused)
{
	(void)unused;
	static const struct qpp_str hostile = QPP_LIT_INIT("\"'><script>alert(1)</script>&lt;<img src=x onerror=y>");
	struct filing filing;
	struct qpp_answer answer = answer_of("tests/cases/solo-2023.json", NULL, NULL, &filing);
	struct qpp_scored *x = &answer.scored[0];
	filing.submission->tin = filing.submission->npi = filing.submission->entity_id = hostile;
	for (int k = 0; k < QPP_CATEGORIES; k++)
		for (size_t i = 0; i < x->score.category[k].n_measures; i++) {
			struct qpp_measure_score *m = &x->score.category[k].measures[i];
			struct qpp_measure *measure = QPP_NEW(&arena, struct qpp_measure);
			*measure = *m->measure;
			measure->title = m->measure_id = m->status = hostile;
			m->measure = measure;
		}
	for (size_t i = 1; i < x->trace->facts.n; i++) {
		struct qpp_fact *f = &x->trace->facts.v[i];
		f->subject = qpp_str_cat(&arena, "quality/", hostile.p, "/", hostile.p, (char *)NULL);
		f->label = f->note = f->rule = f->origin.file = f->origin.pointer = hostile;
		for (size_t k = 0; k < f->passed.n; k++)
			f->passed.v[k] = (struct qpp_passed){ hostile, hostile };
	}
	for (size_t i = 0; i < x->n_missing; i++)
		x->missing[i].fact = x->missing[i].decides = hostile;
	x->sensitivity[0] = (struct qpp_sensitivity){ hostile, hostile, x->score.final_score };
	x->n_sensitivity = x->readings_tried = 1;
	x->score.program = answer.rules_hash = hostile;
	const struct qpp_where where = { hostile, hostile, 1, 1 };
	struct qpp_finding *f = qpp_find(filing.findings, QPP_WARNING, "memberUnknown", where, hostile);
	f->code = f->subject = f->value = f->expected = f->hint = f->cite = hostile;
	struct qpp_str html = qpp_html_explain(&arena, world()->set, &answer, filing.findings);
	(void)checked(QPP_LIT("hostile.html"), html);
	assert_null(memmem(html.p, html.n, "<script", 7));
	assert_null(memmem(html.p, html.n, "<img", 4));
	assert_says(html, "&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;");
}

static void pages__mark_a_what_if_run(void **unused)
{
	(void)unused;
	struct qpp_ruleset changed = *world()->set;
	struct filing filing;
	struct qpp_answer answer = answer_of("tests/cases/pi-full.json", NULL, NULL, &filing);
	size_t n;
	changed.provisional = true;
	changed.overlay = QPP_LIT("lower <threshold>.md");
	changed.overlay_hash = QPP_LIT("0123456789abcdef");
	struct qpp_str html = qpp_html_explain(&arena, &changed, &answer, filing.findings);
	(void)checked(QPP_LIT("what-if.html"), html);
	assert_says(html, "<title>What if: ");
	assert_says(html, "Changed by lower &lt;threshold&gt;.md <code>0123456789ab</code>");
	html = qpp_html_rules_pages(&arena, &changed, &n)[0].html;
	assert_says(html, "What-if run, not the rules as they stand.");
	html = qpp_html_rules_pages(&arena, world()->set, &n)[0].html;
	assert_null(memmem(html.p, html.n, "What-if", 7));
}

static void check__finds_what_is_wrong(void **unused)
{
	(void)unused;
	static const char *const wrong[] = {
		"<html lang=\"en\"><p>", "<html lang=\"en\"></p></html>", "<html lang=\"en\">a & b</html>",
		"<html lang=\"en\"><p class=x></p></html>", "<html lang=\"en\"><p id=\"a\"></p><p id=\"a\"></p></html>",
		"<html lang=\"en\"><h2></h2></html>", "<html lang=\"en\"><table><tr></tr></table></html>",
		"<html lang=\"en\"><table><caption></caption><tr><th></th></tr></table></html>",
		"<html lang=\"en\"><script></script></html>", "<html lang=\"en\"><p onclick=\"x\"></p></html>", "<html>",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct html_page page;
		html_check(&arena, QPP_LIT("x"), qpp_str_cat(&arena, "<!DOCTYPE html>\n", wrong[i], (char *)NULL), &page);
		if (!page.fault[0])
			fail_msg("nothing is found wrong with %s", wrong[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html__escapes_text_and_attributes),
		cmocka_unit_test(html__replaces_what_is_no_text),
		cmocka_unit_test(html__an_address_cannot_leave_its_place),
		cmocka_unit_test(html__markdown_brings_no_html),
		cmocka_unit_test(words__of_a_name_read_as_a_sentence),
		cmocka_unit_test(words__of_an_equation_have_the_signs_of_print),
		cmocka_unit_test(anchor__leads_to_the_nearest_place),
		cmocka_unit_test(anchor__knows_figures_readings_and_findings),
		cmocka_unit_test(rules_pages__have_everything_and_lead_to_it),
		cmocka_unit_test(rules_pages__say_value_status_and_source),
		cmocka_unit_test(explain__every_link_leads_to_its_place),
		cmocka_unit_test(explain__says_score_band_and_reasons),
		cmocka_unit_test(explain__says_which_level_counts_when_it_is_another),
		cmocka_unit_test(explain__data_stay_text),
		cmocka_unit_test(pages__mark_a_what_if_run),
		cmocka_unit_test(check__finds_what_is_wrong),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, close_arena);
}
