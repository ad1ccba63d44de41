/* The views of targeted review in their states, for show.c. */
#include "show_review.h"

#include "adapt/portal/views_review.h"

#define S(text) QPP_LIT_INIT(text)
#define LIST(...) { (__VA_ARGS__), sizeof(__VA_ARGS__) / sizeof(__VA_ARGS__)[0] }
#define TEXTS(...) { (const struct qpp_str[]){ __VA_ARGS__ }, sizeof((const struct qpp_str[]){ __VA_ARGS__ }) / sizeof(struct qpp_str) }
#define HOSTILE "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{}%s&amp;"
#define LONG "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft Family Medicine, Limited Liability Partnership"
#define ID S("3f2504e0-4f89-41d3-9a0c-0305e82c3301")
#define NUMBER S("0000000042-17")

static const struct qpp_show *to;

#define SHOW(name, view, ...)                                                     \
	do {                                                                      \
		struct qpp_shell s_ = to->shell(QPP_AT_REVIEWS, true);            \
		to->save(name, qpp_view_##view(to->arena, &s_, &(__VA_ARGS__), NULL)); \
	} while (0)
#define SHOW_ERRORS(name, view, errors, ...)                                      \
	do {                                                                      \
		struct qpp_shell s_ = to->shell(QPP_AT_REVIEWS, true);            \
		const struct qpp_form_errors e_ = { (errors), sizeof(errors) / sizeof(errors)[0] }; \
		to->save(name, qpp_view_##view(to->arena, &s_, &(__VA_ARGS__), &e_)); \
	} while (0)

#define MAPLE { S("Maple Family Medicine"), S("TIN *****3456"), S(""), S("Group"), 2023 }
#define WORST { S(LONG), S(HOSTILE), S(HOSTILE), S("Individual"), 2023 }
#define OPEN { .year = 2023, .open = true, .opens = S("August 12, 2024"), .closes = S("October 11, 2024, at 8 p.m. ET"), .left = S("9 days and 11 hours"), \
	.reply_days = 30 }
#define OVER { .year = 2023, .over = true, .opens = S("August 12, 2024"), .closes = S("October 11, 2024, at 8 p.m. ET"), .reply_days = 30, \
	.moved = TEXTS(S("On October 1, 2024 the operator moved the end to October 11, 2024, at 8 p.m. ET: " HOSTILE)) }
#define LATER { .year = 2025, .opens = S("when the final scores are released"), .closes = S("30 days after the adjustment factors are released"), \
	.reply_days = 15 }
#define REQUEST { .number = NUMBER, .state = S("In review"), .level = S("Group"), .reason = S("An approved exception was not applied"), \
	.category = S("Reweighting"), .categories = S("Quality, Cost"), .measures = S("001 236"), .explanation = S("A hurricane closed us.\nFor weeks."), \
	.as = S("Practice staff"), .name = S("Erika Mustermann"), .email = S("erika@example.org"), .phone = S("555-0100"), \
	.legal_name = S("Maple Family Medicine"), .subject = MAPLE, .in_scope = true, .evidence = TEXTS(S("Notice of the approval")) }
#define WORST_REQUEST { .number = NUMBER, .state = S(HOSTILE), .reason = S(HOSTILE), .explanation = S(HOSTILE LONG), .name = S(HOSTILE), .subject = WORST, \
	.scope_says = S("It can be filed, and it will be denied: nobody reviews it.") }

static const struct qpp_tr_window windows[] = { OPEN, OVER, LATER,
	{ .year = 2023, .campaign = S("changeHealthcare"), .says = S("The attack on Change Healthcare " HOSTILE), .levels = S("individual+group"), .over = true,
	  .opens = S("September 2, 2024"), .closes = S("October 11, 2024, at 8 p.m. ET"), .reply_days = 30 } };
static const struct qpp_tr_line lines[] = {
	{ .href = S("/targeted-review/x"), .number = NUMBER, .subject = MAPLE, .reason = S("An approved exception was not applied"), .state = S("Information requested"),
	  .changed = S("October 2, 2024, at 9 a.m. ET"), .action = S("An answer is waited for"), .due = S("Due November 1, 2024, at 11:59 p.m. ET"), .overdue = true },
	{ .href = S("/targeted-review/y"), .number = S("Draft"), .subject = WORST, .reason = S(HOSTILE), .state = S("Draft"), .changed = S("today"),
	  .assignee = S(HOSTILE), .duplicate = true },
};
static const struct qpp_tr_document documents[] = {
	{ S("/d/1"), S("approval.pdf"), S("pdf"), S("48 kB"), S("October 2, 2024"), S("9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015"), S("/d/1/remove") },
	{ S("/d/2"), S(HOSTILE LONG), S("txt"), S("48 bytes"), S("today"), S("9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015"), S("") },
};
static const struct qpp_tr_event events[] = { { S("October 2, 2024, at 9:00:03 a.m. ET"), S("Erika Mustermann"), S("Filed"), S("") },
	{ S("October 3, 2024, at 9 a.m. ET"), S("The agency"), S("Information requested"), S(HOSTILE) } };
static const struct qpp_tr_override overrides[] = { { S("scoring"), S("reweight"), S("[{\"category\":\"pi\",\"reason\":\"euc\"}]"),
	  S("Promoting interoperability: its weight goes to other categories (approved exception for extreme and uncontrollable circumstances)") },
	{ S("scoring"), S("smallPractice"), S("true"), S("") } };
static const struct qpp_tr_fact_change changes[] = { { S("Weight of the category"), S("pi/weight"), S("25 %"), S("0 %"), S("414.1380(c)(2)"), S(HOSTILE), true },
	{ S("Final score"), S("final score"), S("62.10"), S("75.00"), S("414.1380"), S(""), false } };
#define APPROVED { .there = true, .approved = true, .score_change = true, .says = S("Approved: the score is computed again"), .by = S(HOSTILE), \
	.confirmed_by = S("Second"), .made = S("October 9, 2024"), .reasons = S("It was approved.\n" HOSTILE), .overrides = LIST(overrides) }
#define DENIED { .there = true, .says = S("Denied: score and payment adjustment stay as they were"), .ground = S("A change is not warranted"), \
	.made = S("October 9, 2024"), .reasons = S(HOSTILE) }
#define DIFFERENCE { .there = true, .says = S("62.10 to 75.00, -1.55 % to 0.00 %"), .score_before = S("62.10"), .score_after = S("75.00"), \
	.factor_before = S("-1.55 %"), .factor_after = S("0.00 %"), .why_before = S("It is the score of this level"), .why_after = S(HOSTILE), \
	.changes = LIST(changes), .left_out = 3 }
static const struct qpp_option_text options[] = { { S(""), S("Choose") }, { S("one"), S(HOSTILE) }, { S("two"), S(LONG) } };

static void filer(void)
{
	const struct qpp_form_error wrong[] = { { "explanation", S("The explanation is missing") }, { "authority-yes", S(HOSTILE) }, { NULL, S("As a whole") } };
	const struct qpp_form_error file[] = { { "file", S("A PDF does not begin like this " HOSTILE) } };
	const struct qpp_form_error certify[] = { { "certified-yes", S("The certification is missing") } };
	const struct qpp_form_error missing[] = { { "phone", S("The telephone number is missing") } };
	const struct qpp_form_error answer[] = { { "answer", S("The answer is missing") } };
	const struct qpp_option_text fields[] = { { S("explanation"), S(HOSTILE) }, { S("legalName"), S(LONG) } };
	SHOW("review-landing-empty", tr_landing, (struct qpp_tr_landing){ .may_file = true });
	SHOW("review-landing", tr_landing, (struct qpp_tr_landing){ .may_file = true, .windows = LIST(windows), .lines = LIST(lines) });
	SHOW("review-form", tr_form, (struct qpp_tr_form){ .action = S("/targeted-review/new"), .year = 2023, .years = LIST(options), .levels = LIST(options),
		.orgs = LIST(options), .ases = LIST(options), .reasons = LIST(options), .window = OPEN });
	SHOW_ERRORS("review-form-error", tr_form, wrong, (struct qpp_tr_form){ .action = S("/targeted-review/x/edit"), .id = ID, .version = S("3"), .year = 2023,
		.levels = LIST(options), .orgs = LIST(options), .ases = LIST(options), .reasons = LIST(options), .explanation = S(HOSTILE), .legal_name = S(HOSTILE),
		.categories = S("quality pi"), .third_party = true, .window = OVER, .saved = S("October 2, 2024") });
	SHOW("review-evidence", tr_evidence, (struct qpp_tr_evidence){ .id = ID, .number = S("Draft"), .subject = MAPLE, .request = REQUEST, .most_megabytes = 10,
		.most_all = 50, .most_files = 20, .draft = true });
	SHOW_ERRORS("review-evidence-error", tr_evidence, file, (struct qpp_tr_evidence){ .id = ID, .number = NUMBER, .subject = WORST, .request = WORST_REQUEST,
		.documents = LIST(documents), .most_megabytes = 10, .most_all = 50, .most_files = 20 });
	SHOW("review-certify", tr_certify, (struct qpp_tr_certify){ .id = ID, .version = S("2"), .key = S("k"), .request = REQUEST, .window = OPEN,
		.documents = LIST(documents), .duplicates = LIST(lines) });
	SHOW_ERRORS("review-certify-error", tr_certify, certify, (struct qpp_tr_certify){ .id = ID, .request = WORST_REQUEST, .window = OPEN, .missing = LIST(missing) });
	SHOW("review-certify-closed", tr_certify, (struct qpp_tr_certify){ .id = ID, .request = REQUEST, .window = OVER });
	SHOW("review-receipt", tr_receipt, (struct qpp_tr_receipt){ .id = ID, .number = NUMBER, .at = S("October 11, 2024, at 7:59:59 p.m. ET"), .margin = S("1 second"),
		.deadline = S("October 11, 2024, at 8 p.m. ET"), .sha256 = S("9f86d081"), .key = S("ab"), .duplicate = ID, .request = REQUEST });
	SHOW("review-draft", tr_detail, (struct qpp_tr_detail){ .id = ID, .request = REQUEST, .window = OPEN, .draft = true, .can_edit = true, .can_attach = true });
	SHOW("review-filed", tr_detail, (struct qpp_tr_detail){ .id = ID, .request = REQUEST, .window = OVER, .documents = LIST(documents), .events = LIST(events),
		.can_attach = true, .can_withdraw = true, .has_receipt = true, .keep_until = S("December 31, 2029"), .duplicates = LIST(lines) });
	SHOW_ERRORS("review-question", tr_detail, answer, (struct qpp_tr_detail){ .id = ID, .request = WORST_REQUEST, .window = OPEN, .question = S(HOSTILE),
		.due = S("November 1, 2024, at 11:59:59 p.m. ET"), .can_answer = true, .can_attach = true, .events = LIST(events) });
	SHOW("review-approved", tr_detail, (struct qpp_tr_detail){ .id = ID, .request = REQUEST, .window = OVER, .decision = APPROVED, .difference = DIFFERENCE,
		.sees_score = true, .final = true, .events = LIST(events) });
	SHOW("review-denied", tr_detail, (struct qpp_tr_detail){ .id = ID, .request = WORST_REQUEST, .window = OVER, .decision = DENIED, .final = true });
	SHOW("review-withdraw", tr_withdraw, (struct qpp_tr_withdraw){ .id = ID, .version = S("4"), .request = REQUEST });
	SHOW("review-letter", tr_letter, (struct qpp_tr_letter){ .request = REQUEST, .decision = APPROVED, .at = S("October 9, 2024"), .back = S("/targeted-review/x"),
		.pdf = S("/targeted-review/x/letter.pdf"), .difference = DIFFERENCE, .sees_score = true });
	SHOW("review-letter-denied", tr_letter, (struct qpp_tr_letter){ .request = WORST_REQUEST, .decision = DENIED, .at = S("today"), .back = S("/x"), .sees_score = true });
	SHOW("review-held", held, (struct qpp_held){ .action = S("/targeted-review/new"), .fields = LIST(fields) });
}

static void agency(void)
{
	const struct qpp_option_text counts[] = { { S("Open"), S("12") }, { S("Unassigned"), S("3") } };
	const struct qpp_known_line known[] = { { "Exceptions that are known", S(HOSTILE) }, { "Small practice", S("Yes") } };
	const struct qpp_form_error faster[] = { { NULL, S("The request has changed since it was read: " HOSTILE) } };
	const struct qpp_form_error wrong[] = { { "over", S("A correction is no fact with a value") }, { "reasons", S("A text is missing") }, { "verdict", S("Choose") } };
	const struct qpp_form_error moved[] = { { "day", S("This is no day") }, { "hour", S("This is no hour") }, { "levels-group", S(HOSTILE) } };
	SHOW("reviewer-queue-empty", tr_queue, (struct qpp_tr_queue){ .years = LIST(options), .states = LIST(options), .reasons = LIST(options), .counts = LIST(counts),
		.page = 50 });
	SHOW("reviewer-queue", tr_queue, (struct qpp_tr_queue){ .years = LIST(options), .states = LIST(options), .reasons = LIST(options), .counts = LIST(counts),
		.lines = LIST(lines), .total = 120, .start = 50, .page = 50, .more = S("year=2023&start="), .open = true });
	SHOW("reviewer-bench", tr_bench, (struct qpp_tr_bench){ .id = ID, .version = S("3"), .request = REQUEST, .documents = LIST(documents), .events = LIST(events),
		.duplicates = LIST(lines), .precedents = LIST(lines), .assignee = S(HOSTILE), .can_assign = true, .can_ask = true, .can_recommend = true, .known = LIST(known),
		.filed = TEXTS(S(HOSTILE)), .overrides = TEXTS(S(HOSTILE)), .facts = S("{\"smallPractice\": true, \"" HOSTILE LONG "\": 1}"), .now = DIFFERENCE, .tried = DIFFERENCE,
		.reweight_reasons = LIST(options), .grounds = LIST(options), .reweight = S("pi"), .over = S("{\"smallPractice\": true}") });
	SHOW_ERRORS("reviewer-bench-error", tr_bench, wrong, (struct qpp_tr_bench){ .id = ID, .request = WORST_REQUEST, .can_recommend = true, .reweight_reasons = LIST(options),
		.grounds = LIST(options), .over = S(HOSTILE), .reasons = S(HOSTILE), .now = { .none = S("There is no final score: " HOSTILE) } });
	SHOW_ERRORS("reviewer-bench-faster", tr_bench, faster, (struct qpp_tr_bench){ .id = ID, .request = REQUEST, .reasons = S(HOSTILE), .note = S("typed"),
		.recommendation = APPROVED, .reweight_reasons = LIST(options), .own = true });
	SHOW("reviewer-bench-second", tr_bench, (struct qpp_tr_bench){ .id = ID, .request = REQUEST, .can_confirm = true, .can_return = true, .recommendation = DENIED,
		.reweight_reasons = LIST(options), .asked = S(HOSTILE), .due = S("tomorrow") });
	SHOW("reviewer-bench-decided", tr_bench, (struct qpp_tr_bench){ .id = ID, .request = REQUEST, .decision = APPROVED });
	SHOW_ERRORS("operator-windows-error", tr_operator, moved, (struct qpp_tr_operator){ .windows = LIST(windows), .years = LIST(options), .ends = LIST(options),
		.reason = S(HOSTILE), .name = S(HOSTILE), .levels = S("group") });
	SHOW("operator-windows", tr_operator, (struct qpp_tr_operator){ .windows = LIST(windows), .years = LIST(options), .ends = LIST(options), .hour = S("20:00") });
}

void show_reviews(const struct qpp_show *where)
{
	to = where;
	filer();
	agency();
}
