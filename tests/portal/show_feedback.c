/* The views of performance feedback in every state, as files: see show.c. */
#include <stdio.h>
#include <stdlib.h>

#include "adapt/portal/view.h"
#include "adapt/portal/views.h"
#include "app/access.h"
#include "show_feedback.h"

#define S(text) QPP_LIT_INIT(text)
#define LIST(...) { (__VA_ARGS__), sizeof(__VA_ARGS__) / sizeof(__VA_ARGS__)[0] }
#define TEXTS(...) { (const struct qpp_str[]){ __VA_ARGS__ }, sizeof((const struct qpp_str[]){ __VA_ARGS__ }) / sizeof(struct qpp_str) }
#define HOSTILE "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{}%s&amp;"
#define LONG "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft Family Medicine and Cardiology of " \
             "Northern Westmoreland County Pennsylvania, Limited Liability Partnership"
#define ORG "/feedback/2023/0b2f3c44-5a6b-4c7d-8e9f-001122334455"
#define ID S("0b2f3c44-5a6b-4c7d-8e9f-001122334455")
#define MAPLE { .name = S("Maple Family Medicine"), .number = S("TIN *****1234"), .level = S("Group"), .year = 2023 }
#define PERSON { .name = S("Maple Family Medicine"), .number = S("TIN *****1234"), .clinician = S("Erika Mustermann, NPI 9000000007"), .level = S("Individual"), .year = 2023 }
#define HOSTILE_SUBJECT { .name = S(HOSTILE), .number = S(HOSTILE), .clinician = S(HOSTILE), .level = S("Individual"), .year = 2023 }
#define TREE(n) S("<ul class=\"tree\">\n<li id=\"s" n "-fact-1\"><details open><summary><span class=\"says\">Final score</span> <span class=\"value\">71.20</span></summary>\n" \
                  "<p class=\"equation\">71.2000 rounded to 2 decimals gives <b>71.20</b></p>\n<ul>\n<li id=\"s" n "-fact-2\"><div class=\"line\"><span class=\"says\">" \
                  "<span class=\"subject\">Quality, 001:</span> points</span> <span class=\"value\">7.3000</span></div>\n" \
                  "<p class=\"source\"><span><a href=\"/rules/414.1380.html#x\">42 CFR 414.1380(c)</a></span> <span>source: somewhere</span></p>\n" \
                  "<ul class=\"passed\">\n<li>Passed over: row. Because.</li>\n</ul>\n</li>\n</ul>\n</details></li>\n</ul>\n")
#define CITE S("<a href=\"/rules/414.1310.html#x\">42 CFR 414.1310(e)(1)</a>")

static struct qpp_arena arena = QPP_ARENA_INIT;
static const char *folder, *assets;

static void save(const char *name, struct qpp_str html)
{
	struct qpp_str path = qpp_str_cat(&arena, folder, "/", name, ".html", (char *)NULL);
	FILE *f = fopen(path.p, "wb");
	if (!f || fwrite(html.p, 1, html.n, f) != html.n || fclose(f) != 0) {
		fprintf(stderr, "show: cannot write %s\n", path.p);
		exit(1);
	}
}

static struct qpp_shell shell(bool viewing)
{
	struct qpp_shell s = { .assets = qpp_str_of(assets), .at = QPP_AT_FEEDBACK, .person = QPP_LIT("Erika Mustermann"), .csrf = QPP_LIT("b5f2c0de"),
		                   .ends = QPP_LIT("3:05 p.m. ET"), .seconds_left = 1800, .roles = QPP_OF_PERSONS };
	if (viewing)
		s.view_as = QPP_LIT("the practice with TIN *****1234");
	return s;
}

#define SHOW(name, view, ...)                                                            \
	do {                                                                             \
		struct qpp_shell s_ = shell(false);                                      \
		save(name, qpp_view_##view(&arena, &s_, &(__VA_ARGS__), NULL));          \
	} while (0)
#define SHOW_VIEWING(name, view, ...)                                                    \
	do {                                                                             \
		struct qpp_shell s_ = shell(true);                                       \
		save(name, qpp_view_##view(&arena, &s_, &(__VA_ARGS__), NULL));          \
	} while (0)
#define SHOW_ERRORS(name, view, errors, ...)                                             \
	do {                                                                             \
		struct qpp_shell s_ = shell(false);                                      \
		const struct qpp_form_errors e_ = { (errors), sizeof(errors) / sizeof(errors)[0] }; \
		save(name, qpp_view_##view(&arena, &s_, &(__VA_ARGS__), &e_));           \
	} while (0)

static void home(void)
{
	static const int64_t years[] = { 2025, 2024, 2023, 2022 };
	const struct qpp_feedback_open orgs[] = {
		{ S(ORG), S("Maple Family Medicine"), S("TIN *****1234"), S("Practice"), S("Final score 71.20") },
		{ S(ORG), S(LONG), S("VG-1"), S("Virtual group"), S("Nothing released yet") }, { S(ORG), S(HOSTILE), S(HOSTILE), S("Practice"), S("Scores of its clinicians") },
	};
	const struct qpp_form_error wrong[] = { { "npi", S("\"12345\" is no NPI: it has ten digits") } };
	SHOW("feedback", feedback, (struct qpp_feedback_home){ .year = 2023, .years = LIST(years), .released = S("June 15, 2024, at 12 p.m. ET"),
		.factors = S("August 12, 2024, at 12 p.m. ET"), .orgs = LIST(orgs) });
	SHOW("feedback-preview", feedback, (struct qpp_feedback_home){ .year = 2023, .years = LIST(years), .released = S("June 15, 2024, at 12 p.m. ET"), .orgs = LIST(orgs) });
	SHOW("feedback-nothing", feedback, (struct qpp_feedback_home){ .year = 2025, .years = LIST(years) });
	SHOW("feedback-found", feedback, (struct qpp_feedback_home){ .year = 2023, .years = LIST(years), .orgs = LIST(orgs), .npi = S("9000000007"), .found = LIST(orgs) });
	SHOW("feedback-not-found", feedback, (struct qpp_feedback_home){ .year = 2023, .years = LIST(years), .orgs = LIST(orgs), .npi = S("9000000007") });
	SHOW_ERRORS("feedback-npi-wrong", feedback, wrong, (struct qpp_feedback_home){ .year = 2023, .years = LIST(years), .npi = S("12345") });
	SHOW("feedback-registry", feedback, (struct qpp_feedback_home){ .only_registry = true, .year = 2023 });
}

/* ---- reports ---- */

#define SCORED { .has = true, .score = S("71.20"), .threshold = S("75.00"), .factor = S("\xE2\x88\x92""0.46 %"), \
                 .band = S("Negative: below the performance threshold"), .hundredths = 7120, .threshold_hundredths = 7500 }

static const struct qpp_decile_line deciles[] = { { 2, S("12.5") }, { 3, S("20.00") }, { 7, S("71.4286") }, { 10, S("99.00") } };
static const struct qpp_feedback_measure measures[] = {
	{ .id = S("001"), .title = S("Diabetes: Hemoglobin A1c Poor Control"), .method = S("registry"), .rate = S("71.50"), .cases = S("104"), .points = S("7.30"),
	  .benchmark = S("Historical benchmark, topped out, lower is better"), .says = S("fills the place of the required outcome measure"), .why = TREE("2"),
	  .decile = S("Decile 7 of 10"), .reached = 7, .inverse = true, .deciles = LIST(deciles) },
	{ .id = S("110"), .title = S(HOSTILE), .rate = S("10.00"), .cases = S("19"), .points = S("0.00"), .says = S("fewer than 20 cases: not scored on a benchmark"),
	  .benchmark = S("Historical benchmark; it was not applied"), .deciles = LIST(deciles), .why = TREE("3") },
	{ .id = S("COST_1"), .title = S(LONG), .says = S("below the case minimum of 20: not scored") },
};
static const struct qpp_feedback_category categories[] = {
	{ .key = "quality", .title = "Quality", .percent = S("60.00 %"), .weight = S("55 %"), .contribution = S("33.00"), .why = TREE("4"), .weight_hundredths = 5500,
	  .contribution_hundredths = 3300, .measures = LIST(measures) },
	{ .key = "cost", .title = "Cost", .weight = S("0 %"), .note = S("Its weight went to other categories: no cost measure could be scored.") },
	{ .key = "ia", .title = "Improvement activities", .percent = S("100.00 %"), .weight = S("15 %"), .contribution = S("15.00"), .why = TREE("5"),
	  .weight_hundredths = 1500, .contribution_hundredths = 1500 },
	{ .key = "pi", .title = "Promoting interoperability", .percent = S("80.00 %"), .weight = S("30 %"), .contribution = S("24.00"), .note = S("By the scores of the facility."),
	  .weight_hundredths = 3000, .contribution_hundredths = 2400 },
};
static const struct qpp_feedback_bonus bonuses[] = { { "Complex patient bonus", S("3.20"), TREE("6") } };
#define V2 { ID, S("2"), S("Corrected"), S("November 1, 2024, at 9 a.m. ET"), S("TR-2023-000017"), S("71.20"), S("\xE2\x88\x92""0.46 %"), true, false }
#define V1 { S("x1"), S("1"), S("Final"), S("June 15, 2024, at 12 p.m. ET"), S(HOSTILE), S("62.10"), S("\xE2\x88\x92""1.55 %"), false, false }
static const struct qpp_feedback_version_line one_version[] = { V1 }, two_versions[] = { V2, V1 };
static const struct qpp_feedback_other_line others[] = { { S("Group"), S(LONG), S("60.00"), S("the individual score is higher: 71.20"), CITE },
	{ S("APM entity"), S(HOSTILE), S(""), S("it has none"), S("") } };
static const struct qpp_feedback_person people[] = { { S(ORG "/9000000007"), S("Erika Mustermann"), S("9000000007"), S("71.20"), S("\xE2\x88\x92""0.46 %"), S("Individual"), S("Corrected") },
	{ S(ORG "/9000010014"), S(HOSTILE), S("9000010014"), S(""), S(""), S("None"), S("Final") } };
#define FULL .href = S(ORG), .query = S("py=2023&level=group&org=x"), .payment_year = 2025, .score = SCORED, .pays = true, .counts = S("group score of Maple Family Medicine"), \
	.categories = LIST(categories), .bonuses = LIST(bonuses), .why_final = TREE("1"), .why_factor = TREE("7")

static void reports(void)
{
	SHOW("report", feedback_report, (struct qpp_feedback_report){ FULL, .may_download = true, .may_ask = true, .subject = MAPLE, .shown = V2, .versions = LIST(two_versions), .has_people = true, .levels = LIST(people),
		.people = LIST(people), .total = 45, .start = 20, .page = 20 });
	SHOW("report-one-version", feedback_report, (struct qpp_feedback_report){ FULL, .may_download = true, .may_ask = true, .subject = MAPLE, .shown = V1, .versions = LIST(one_version) });
	SHOW("report-old-version", feedback_report, (struct qpp_feedback_report){ FULL, .may_download = true, .may_ask = true, .subject = MAPLE, .shown = V1, .versions = LIST(two_versions) });
	SHOW("report-clinician", feedback_report, (struct qpp_feedback_report){ FULL, .may_download = true, .may_ask = true, .org_href = S(ORG), .subject = PERSON, .shown = V2, .versions = LIST(two_versions), .pair = true,
		.counts_why = S("the individual score of 71.20 pays: it is the highest of those that can pay"), .others = LIST(others) });
	SHOW("report-hostile", feedback_report, (struct qpp_feedback_report){ FULL, .may_download = true, .may_ask = true, .org_href = S(ORG), .subject = HOSTILE_SUBJECT, .shown = V1, .versions = LIST(two_versions), .pair = true,
		.counts_why = S(HOSTILE), .others = LIST(others), .additional_year = true, .additional = S("+0.20 %") });
	SHOW("report-preview", feedback_report, (struct qpp_feedback_report){ .href = S(ORG), .subject = MAPLE, .payment_year = 2025, .score = { .has = true, .score = S("71.20"),
		.threshold = S("75.00"), .band = S("Payment adjustments are not released yet."), .hundredths = 7120, .threshold_hundredths = 7500 },
		.no_factor = S("payment adjustments are not released yet"), .shown = { ID, S("1"), S("Final score preview"), S("June 15, 2024, at 12 p.m. ET"), S("the preview"), S("71.20"), S(""), true, false },
		.versions = LIST(one_version), .categories = LIST(categories), .may_download = true, .may_ask = true });
	SHOW("report-no-score", feedback_report, (struct qpp_feedback_report){ .href = S(ORG), .org_href = S(ORG), .subject = PERSON, .payment_year = 2025, .pair = true, .score = { .why_not =
		S("The clinician is excluded and gets no adjustment, whatever the scores: a qualifying APM participant.") }, .no_factor = S("there is no final score, and no payment adjustment"),
		.no_detail = S("there is no final score"), .shown = V1, .versions = LIST(one_version), .may_download = true, .may_ask = true });
	SHOW("report-nothing", feedback_report, (struct qpp_feedback_report){ .href = S(ORG), .subject = MAPLE, .nothing = true, .has_people = true });
	SHOW_VIEWING("report-view-as", feedback_report, (struct qpp_feedback_report){ FULL, .subject = MAPLE, .shown = V2, .versions = LIST(one_version) });
}

/* ---- tools ---- */

static void tools(void)
{
	const struct qpp_change_fact causes[] = { { S("Weight of the category"), S("Promoting interoperability"), S("25"), S("0"), S("an approved hardship exception"), CITE },
		{ S(HOSTILE), S(HOSTILE), S(""), S("1"), S(""), S("") } };
	const struct qpp_claim_line_view hundred = { S("$100.00"), S("\xE2\x88\x92$0.46"), S("$99.54"), S("$1.99"), S("$97.55") };
	const struct qpp_claim_line_view year = { S("$1,234,567.89"), S("\xE2\x88\x92$5,679.01"), S("$1,228,888.88"), S("$24,577.78"), S("$1,204,311.10") };
	const struct qpp_form_error wrong[] = { { "paid", S("Line 2: \"abc\" is not an amount of dollars, like 1,234.50") } };
	const struct qpp_form_error bad[] = { { "theirs-text", S("This cannot be read as feedback of the agency: what is wrong stands below") } };
	const struct qpp_check_line same[] = { { { .what = S("Final score"), .theirs = S("71.20"), .ours = S("71.20"), .same = true, .why = S("the individual score pays") }, CITE } };
	const struct qpp_check_line lines[] = { { { .what = S("Final score"), .theirs = S("71.20"), .ours = S("71.20"), .same = true, .why = S("the individual score pays") }, CITE },
		{ { .what = S("Quality, 001, registry, points"), .theirs = S("3.00"), .ours = S("7.30"), .why = S("a rate of 71.50 is in decile 7"), .reason = S("measureError"),
		    .category = S("quality"), .measure = S("001"), .explanation = S("The feedback says 3.00 & ours 7.30") }, CITE },
		{ { .what = S(HOSTILE), .why = S(HOSTILE), .measure = S(HOSTILE), .explanation = S(HOSTILE) }, S("") } };
	const struct qpp_upload_error faults[] = { { .finding = { .code = S("numberInvalid"), .severity = QPP_ERROR, .subject = S("row 1"), .message = S("this cell is not a number"),
		.value = S(HOSTILE), .expected = S("a decimal number"), .where = { .line = 2, .pointer = S("/0/final score") } } } };
	SHOW("changes", feedback_changes, (struct qpp_feedback_changes_view){ .href = S(ORG), .subject = PERSON, .old = V1, .now = V2, .causes = LIST(causes), .follows = LIST(causes) });
	SHOW("changes-none", feedback_changes, (struct qpp_feedback_changes_view){ .href = S(ORG), .subject = PERSON, .old = V1, .now = V1 });
	SHOW("changes-not-known", feedback_changes, (struct qpp_feedback_changes_view){ .href = S(ORG), .subject = PERSON, .old = V1, .now = V2,
		.no_detail = S("the data have changed since this version was made") });
#define CLAIMS .href = S(ORG), .subject = PERSON, .payment_year = 2025, .factor = S("\xE2\x88\x92""0.46 %"), .hundred = hundred
	SHOW("claims", feedback_claims, (struct qpp_feedback_claims_view){ CLAIMS });
	SHOW("claims-year", feedback_claims, (struct qpp_feedback_claims_view){ CLAIMS, .typed = S("$1,234,567.89"), .lines = 1, .total = year });
	SHOW_ERRORS("claims-wrong", feedback_claims, wrong, (struct qpp_feedback_claims_view){ CLAIMS, .typed = S("100\nabc\n" HOSTILE),
		.wrong = TEXTS(S("Line 2: \"abc\" is not an amount of dollars, like 1,234.50"), S(HOSTILE)) });
	SHOW("claims-no-factor", feedback_claims, (struct qpp_feedback_claims_view){ .href = S(ORG), .subject = PERSON, .payment_year = 2025,
		.no_factor = S("payment adjustments are not released yet") });
	SHOW_VIEWING("claims-view-as", feedback_claims, (struct qpp_feedback_claims_view){ CLAIMS });
#define CHECK .has = true, .href = S(ORG), .subject = PERSON, .py = S("2023"), .level = S("individual"), .org = ID, .npi = S("9000000007"), .may_ask = true
	SHOW("check-of-nobody", feedback_check, (struct qpp_feedback_check){ .has = false });
	SHOW("check", feedback_check, (struct qpp_feedback_check){ CHECK });
	SHOW("check-same", feedback_check, (struct qpp_feedback_check){ CHECK, .typed = S("final score\n71.20"), .format = S("rows of the Experience file, as a table"), .lines = LIST(same) });
	SHOW("check-different", feedback_check, (struct qpp_feedback_check){ CHECK, .typed = S(HOSTILE), .format = S("the JSON of a score"), .note = S("Row 2 of 9 was compared."),
		.lines = LIST(lines), .different = 2, .no_detail = S("the data have changed since this version was made") });
	SHOW_ERRORS("check-bad", feedback_check, bad, (struct qpp_feedback_check){ CHECK, .typed = S("final score\nabc"), .faults = LIST(faults) });
	SHOW_VIEWING("check-view-as", feedback_check, (struct qpp_feedback_check){ CHECK });
}

void show_feedback(const char *to, const char *from)
{
	folder = to;
	assets = from;
	home(), reports(), tools();
	qpp_arena_close(&arena);
}
