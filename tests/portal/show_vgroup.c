/* The views of virtual groups in every state, as files: see show.c. */
#include <stdio.h>
#include <stdlib.h>

#include "adapt/portal/view.h"
#include "adapt/portal/views_vgroup.h"
#include "app/access.h"
#include "show_vgroup.h"

#define S(text) QPP_LIT_INIT(text)
#define LIST(...) { (__VA_ARGS__), sizeof(__VA_ARGS__) / sizeof(__VA_ARGS__)[0] }
#define TEXTS(...) { (const struct qpp_str[]){ __VA_ARGS__ }, sizeof((const struct qpp_str[]){ __VA_ARGS__ }) / sizeof(struct qpp_str) }
#define HOSTILE "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{}%s&amp;"
#define LONG "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft Family Medicine and Cardiology of " \
             "Northern Westmoreland County Pennsylvania, Limited Liability Partnership"
#define ID S("0b2f3c44-5a6b-4c7d-8e9f-001122334455")
#define GOOD(words) { S(words), QPP_TONE_GOOD }
#define WARN(words) { S(words), QPP_TONE_WARN }
#define PLAIN(words) { S(words), QPP_TONE_PLAIN }
#define HEAD(words) \
	{ .id = ID, .name = S("River Valley Group"), .year = 2025, .state = words, .deadline = S("December 31, 2024, at 11:59 p.m. ET"), .left = S("in 16 days and 7 hours") }

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

static struct qpp_shell shell(enum qpp_place at)
{
	return (struct qpp_shell){ .assets = qpp_str_of(assets), .at = at, .person = QPP_LIT("Erika Mustermann"), .csrf = QPP_LIT("b5f2c0de"),
		                       .ends = QPP_LIT("3:05 p.m. ET"), .seconds_left = 1800, .roles = QPP_OF_PERSONS };
}

#define SHOW(name, view, ...)                                                            \
	do {                                                                             \
		struct qpp_shell s_ = shell(QPP_AT_VGROUPS);                             \
		save(name, qpp_view_##view(&arena, &s_, &(__VA_ARGS__), NULL));          \
	} while (0)
#define SHOW_ERRORS(name, view, errors, ...)                                             \
	do {                                                                             \
		struct qpp_shell s_ = shell(QPP_AT_VGROUPS);                             \
		const struct qpp_form_errors e_ = { (errors), sizeof(errors) / sizeof(errors)[0] }; \
		save(name, qpp_view_##view(&arena, &s_, &(__VA_ARGS__), &e_));           \
	} while (0)

static const struct qpp_vgroup_member_line members[] = {
	{ .org_id = S("m1"), .name = S("Elm Street Clinic"), .number = S("TIN *****3450"), .size = S("9 clinicians, 9 MIPS eligible"), .state = GOOD("In"),
	  .signed_words = GOOD("Signed"), .own = true, .can_leave = true, .can_list = true },
	{ .org_id = S("m2"), .name = S(LONG), .number = S("TIN *****3451"), .size = S("10 clinicians, 1 MIPS eligible"), .state = WARN("Invited"), .can_uninvite = true },
	{ .org_id = S("m3"), .name = S(HOSTILE), .size = S("2 clinicians"), .state = PLAIN("Declined"), .signed_words = WARN("Not signed") },
	{ .org_id = S("m4"), .name = S("Practice 4"), .size = S("None known"), .state = WARN("Invited"), .own = true, .can_answer = true, .can_list = true },
};
static const struct qpp_vgroup_check_line checks[] = {
	{ S("Oak Hill Medicine"), S("the practice has too many clinicians for a virtual group (11)"),
	  S("10 or fewer; every NPI that bills under the TIN counts, also those who are not MIPS eligible"), S("414.1315(a)(1)"), QPP_TONE_BAD },
	{ S(""), S("the election does not acknowledge a formal written agreement between all parties"), S("acknowledged: true"), S("414.1315(c)(2)(ii)"), QPP_TONE_BAD },
	{ S(HOSTILE), S(LONG), S(HOSTILE), S(HOSTILE), QPP_TONE_WARN },
};
static const struct qpp_vgroup_alarm_line alarms[] = {
	{ S("Elm Street Clinic: A clinician joined, NPI 9000000007."), S("A clinician who joins one of the TINs during the year belongs to the virtual group; no TIN can join"),
	  S("January 2, 2026"), S("414.1315(a)(1)") },
	{ S("Too few practices are left."), S(LONG), S(""), S("414.1315(d)") },
};
static const struct qpp_vgroup_event_line events[] = {
	{ S("December 15, 2024, at 12:00:01 p.m. ET"), S("The group was begun: Elm Street Clinic") },
	{ S("December 15, 2024, at 12:10:44 p.m. ET"), S("The election was filed") },
};
static const struct qpp_vgroup_person_line people[] = {
	{ S("9000000007"), S("Erika Mustermann"), S("m1"), GOOD("MIPS eligible") }, { S("9000000008"), S(LONG), S("m2"), { S("No NPI: look for a mistyped digit"), QPP_TONE_BAD } },
	{ S("9000000015"), S(HOSTILE), S("m1"), WARN("Not known to bill here") },
};

static void list(void)
{
	const struct qpp_deadline open[] = { { S("The time to elect for 2025"), S("December 31, 2024, at 11:59 p.m. ET"), S("in 16 days and 7 hours"), S("") } };
	const struct qpp_vgroup_item mine[] = {
		{ S("/virtual-groups/1"), S("River Valley Group"), S("Elm Street Clinic"), S(""), 2025, PLAIN("Being formed"), false },
		{ S("/virtual-groups/2"), S(HOSTILE), S("Elm Street Clinic"), S(LONG), 2025, PLAIN("Being formed"), true },
		{ S("/virtual-groups/3"), S(LONG), S("Elm Street Clinic"), S(""), 2024, GOOD("Approved"), false },
	};
	const struct qpp_vgroup_choice years[] = { { S("2025"), S("2025") }, { S("2026"), S("2026") } }, orgs[] = { { S("m1"), S("Elm Street Clinic, TIN *****3450") } },
	                               pasts[] = { { S("v1"), S("Yes, River Valley Group of 2024") } };
	const struct qpp_form_error wrong[] = { { "name", S("The virtual group needs a name") }, { "org", S("This practice is in another virtual group of the year already") } };
	SHOW("vgroups", vgroups, (struct qpp_vgroup_home){ .open = LIST(open), .mine = LIST(mine), .years = LIST(years), .orgs = LIST(orgs), .pasts = LIST(pasts),
		.may_start = true });
	SHOW("vgroups-empty", vgroups, (struct qpp_vgroup_home){ .may_start = true });
	SHOW("vgroups-staff", vgroups, (struct qpp_vgroup_home){ .open = LIST(open), .years = LIST(years) });
	SHOW_ERRORS("vgroups-error", vgroups, wrong, (struct qpp_vgroup_home){ .open = LIST(open), .years = LIST(years), .orgs = LIST(orgs), .may_start = true,
		.name = S(HOSTILE), .year = S("2025") });
}

static void room(void)
{
	const struct qpp_vgroup_step_line steps[] = {
		{ S("Practices"), S("/virtual-groups/1#members"), true, false }, { S("Clinicians"), S("/virtual-groups/1#checks"), false, true },
		{ S("Representative"), S("/virtual-groups/1/representative"), true, false }, { S("Agreement"), S("/virtual-groups/1/agreement"), false, false },
		{ S("Signatures"), S("/virtual-groups/1/agreement"), false, false }, { S("File"), S("/virtual-groups/1/filing"), false, false },
	};
	const struct qpp_form_error wrong[] = { { "tins", S("A TIN has nine digits: number 2 of the list, 12345. Type it without a dash") } };
	SHOW("vgroup-draft", vgroup, (struct qpp_vgroup_room){ .head = HEAD(PLAIN("Being formed")), .steps = LIST(steps), .members = LIST(members), .checks = LIST(checks),
		.next = S("Practices that were asked have not all answered yet."), .may_invite = true, .may_withdraw = true, .hidden = true, .events = LIST(events) });
	SHOW_ERRORS("vgroup-error", vgroup, wrong, (struct qpp_vgroup_room){ .head = HEAD(PLAIN("Being formed")), .steps = LIST(steps), .members = LIST(members),
		.tins = S("000123450\n12345"), .may_invite = true });
	SHOW("vgroup-renewal", vgroup, (struct qpp_vgroup_room){ .head = HEAD(PLAIN("Being formed")), .steps = LIST(steps), .members = LIST(members),
		.last_year = S("River Valley Group"), .changes = TEXTS(S("Oak Hill Medicine was in last year's group and is not in this one."), S(LONG), S(HOSTILE)),
		.becomes = TEXTS(S("5 practices with 45 clinicians in all: together no small practice any more.")), .next = S("Everything is there."),
		.next_href = S("/virtual-groups/1/filing"), .next_words = S("Review and file") });
	SHOW("vgroup-approved", vgroup, (struct qpp_vgroup_room){ .head = { .id = ID, .name = S(LONG), .year = 2025, .state = GOOD("Approved") }, .steps = LIST(steps),
		.members = LIST(members), .alarms = LIST(alarms), .events = LIST(events), .receipt_href = S("/virtual-groups/1/receipts/7"),
		.receipt_words = S("Filed December 15, 2024, at 12:10:44 p.m. ET."), .may_revise = true, .may_withdraw = true });
	SHOW("vgroup-returned", vgroup, (struct qpp_vgroup_room){ .head = { .id = ID, .name = S(HOSTILE), .year = 2025, .state = WARN("Returned"), .note = S(HOSTILE) },
		.steps = LIST(steps), .members = LIST(members), .may_keep = true });
}

static void parts(void)
{
	const struct qpp_form_error wrong[] = { { "npis", S("What stands in the list is no NPI: number 2 of the list") } };
	const struct qpp_form_error rep[] = { { "rep-name", S("Type the name of the representative") }, { "rep-email", S("Type one e-mail address") } };
	SHOW("vgroup-clinicians", vgroup_roster, (struct qpp_vgroup_roster){ .head = HEAD(PLAIN("Being formed")), .org_id = S("m1"), .practice = S("Elm Street Clinic"),
		.number = S("TIN 000123450"), .known = S("9 NPIs are known to bill under this TIN in 2025."), .people = LIST(people), .checks = LIST(checks), .may_edit = true });
	SHOW_ERRORS("vgroup-clinicians-error", vgroup_roster, wrong, (struct qpp_vgroup_roster){ .head = HEAD(PLAIN("Being formed")), .org_id = S("m1"), .practice = S(LONG),
		.number = S("TIN 000123450"), .typed = S(HOSTILE), .may_edit = true });
	SHOW("vgroup-representative", vgroup_rep, (struct qpp_vgroup_rep_form){ .head = HEAD(PLAIN("Being formed")), .name = S("Erika Mustermann"), .email = S("erika@example.org"),
		.self = true, .may_edit = true });
	SHOW_ERRORS("vgroup-representative-error", vgroup_rep, rep, (struct qpp_vgroup_rep_form){ .head = HEAD(PLAIN("Being formed")), .email = S(HOSTILE), .may_edit = true });
}

static void agreement(void)
{
	const struct qpp_vgroup_clause_line clauses[] = {
		{ S("identities"), S("i"), S("Parties"), S("The parties are the practices listed above.\nNobody else is a party."), S("names each party"), "clause-identities", false },
		{ S("term"), S("ii"), S("Term"), S(HOSTILE), S("runs for at least one performance period"), "clause-term", true },
	};
	const struct qpp_vgroup_signature_line signatures[] = {
		{ S("m1"), S("Elm Street Clinic"), S("Erika Mustermann, Owner"), S("December 15, 2024, at 12:05:00 p.m. ET"), true, false },
		{ S("m2"), S(LONG), S("Max Mustermann"), S("December 14, 2024, at 9:00:00 a.m. ET"), false, true }, { S("m3"), S(HOSTILE), S(""), S(""), false, false },
	};
	const struct qpp_vgroup_choice to_sign[] = { { S("m1"), S("Elm Street Clinic") }, { S("m2"), S("Oak Hill Medicine") } };
	const struct qpp_form_error wrong[] = { { "signer", S("Type your name: that is the signature") }, { "bind-yes", S("Say that you are authorized to bind the practice") } };
	const struct qpp_form_error clause[] = { { "clause-term", S("The clause holds what may be a TIN") } };
#define TEXT_OF .head = HEAD(PLAIN("Being formed")), .clauses = LIST(clauses), .signatures = LIST(signatures), .parties = LIST(members), .people = LIST(people), \
	.hash = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"), .agreed = true
	SHOW("vgroup-agreement", vgroup_agreement, (struct qpp_vgroup_agreement_view){ TEXT_OF, .to_sign = { to_sign, 1 }, .may_edit = true });
	SHOW("vgroup-agreement-open", vgroup_agreement, (struct qpp_vgroup_agreement_view){ .head = HEAD(PLAIN("Being formed")) });
	SHOW_ERRORS("vgroup-agreement-error", vgroup_agreement, wrong, (struct qpp_vgroup_agreement_view){ TEXT_OF, .to_sign = LIST(to_sign), .may_edit = true });
	SHOW("vgroup-agreement-edit", vgroup_agreement, (struct qpp_vgroup_agreement_view){ TEXT_OF, .may_edit = true, .editing = true });
	SHOW_ERRORS("vgroup-agreement-edit-error", vgroup_agreement, clause, (struct qpp_vgroup_agreement_view){ TEXT_OF, .may_edit = true, .editing = true });
	SHOW("vgroup-print", vgroup_print, (struct qpp_vgroup_agreement_view){ TEXT_OF });
}

static void filing(void)
{
	const struct qpp_form_error late[] = { { NULL, S("The time to elect a virtual group for this year is over") } };
	SHOW("vgroup-filing", vgroup_filing, (struct qpp_vgroup_filing){ .head = HEAD(PLAIN("Being formed")), .key = ID, .representative = S("Erika Mustermann, erika@example.org"),
		.members = LIST(members), .becomes = TEXTS(S("5 practices with 45 clinicians in all.")), .ready = true, .open = true });
	SHOW("vgroup-filing-missing", vgroup_filing, (struct qpp_vgroup_filing){ .head = HEAD(PLAIN("Being formed")), .members = LIST(members), .checks = LIST(checks), .open = true });
	SHOW_ERRORS("vgroup-filing-late", vgroup_filing, late, (struct qpp_vgroup_filing){ .head = HEAD(PLAIN("Being formed")), .members = LIST(members), .ready = true });
	SHOW("vgroup-withdrawal", vgroup_filing, (struct qpp_vgroup_filing){ .head = HEAD(GOOD("Received")), .withdraw = true });
	SHOW("vgroup-receipt", vgroup_receipt, (struct qpp_vgroup_receipt_view){ .head = HEAD(GOOD("Received")), .number = S("0000000007-43"),
		.at = S("December 15, 2024, at 12:10:44 p.m. ET"), .margin = S("16 days and 11 hours before the end of the time to elect"), .what = S("Election of the virtual group"),
		.sha256 = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"), .key = S("abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789"),
		.href_text = S("/receipt.json"), .href_body = S("/filed.json") });
}

static void pool(void)
{
	const struct qpp_vgroup_pool_line lines[] = {
		{ S("Elm Street Clinic"), S("9"), S("71.20"), S("\xE2\x88\x92""0.46 %"), S("$420000"), S("\xE2\x88\x92$1932"), S("$4704"), S(""), true },
		{ S(LONG), S("10"), S("88.00"), S("not known"), S("not known"), S("not known"), S("not known"), S("The score is what the practice typed."), false },
		{ S(HOSTILE), S("1"), S("not shown"), S("not shown"), S("not shown"), S("not shown"), S("not shown"), S(""), false },
	};
	const struct qpp_vgroup_choice own[] = { { S("m1"), S("Elm Street Clinic") }, { S("m2"), S("Oak Hill Medicine") } };
	const struct qpp_form_error wrong[] = { { "score", S("A score is a number from 0 to 100") } };
	SHOW("vgroup-pool", vgroup_pool, (struct qpp_vgroup_pool_view){ .head = HEAD(PLAIN("Being formed")), .lines = LIST(lines), .score = S("83.45"), .factor = S("1.12 %"),
		.how = S("The data of 2023 of all practices added up and scored as a virtual group's."), .small = S("Together the practices are no small practice any more."),
		.reached = TEXTS(S("112"), S("236")), .shown = true, .own = LIST(own), .typed_dollars = S("420000"), .shows = true });
	SHOW("vgroup-pool-hidden", vgroup_pool, (struct qpp_vgroup_pool_view){ .head = HEAD(PLAIN("Being formed")), .lines = LIST(lines), .small = S("Still small."),
		.why_not = S("Not all practices have filed data as a group for one and the same year."), .own = { own, 1 } });
	SHOW_ERRORS("vgroup-pool-error", vgroup_pool, wrong, (struct qpp_vgroup_pool_view){ .head = HEAD(PLAIN("Being formed")), .lines = LIST(lines), .small = S("Still small."),
		.own = { own, 1 }, .typed_score = S(HOSTILE) });
}

static void data(void)
{
	SHOW("vgroup-data", vgroup_data, (struct qpp_vgroup_data_view){ .head = HEAD(GOOD("Approved")), .reporting = TEXTS(S("Elm Street Clinic"), S(LONG)),
		.missing = TEXTS(S(HOSTILE)), .checks = LIST(checks), .href = S("/virtual-groups/1/data/submission.json") });
	SHOW("vgroup-data-none", vgroup_data, (struct qpp_vgroup_data_view){ .head = HEAD(GOOD("Received")), .missing = TEXTS(S("Elm Street Clinic")) });
}

static void review(void)
{
	const struct qpp_vgroup_count counts[] = { { S("All"), S("/reviewer/virtual-groups"), 3, false }, { S("Received"), S("/reviewer/virtual-groups?state=received"), 2, true } };
	const struct qpp_vgroup_review_line lines[] = {
		{ S("/reviewer/virtual-groups/1"), S("River Valley Group"), S("December 15, 2024, at 12:10 p.m. ET"), S("Erika Mustermann"), S("in the portal"), S(""), 2025, 5, 45, 0, 1,
		  GOOD("Received") },
		{ S("/reviewer/virtual-groups/2"), S(LONG), S("December 16, 2024, at 1 p.m. ET"), S(HOSTILE), S("by e-mail"), S(HOSTILE), 2025, 1, 1, 3, 0, WARN("Returned") },
	};
	const struct qpp_vgroup_choice years[] = { { S("2025"), S("2025") }, { S("2024"), S("2024") } };
	const struct qpp_letter_line letters[] = {
		{ S("December 15, 2024, at 12:10 p.m. ET"), S("erika@example.org"), S("2025"), WARN("Not complete"),
		  TEXTS(S("A practice lacks its name, its TIN or its NPIs."), S("No performance year is named.")), true },
		{ S("December 15, 2024, at 9 a.m. ET"), S(HOSTILE), S(""), WARN("Sender not verified"), .answered = true },
		{ S("December 14, 2024, at 9 a.m. ET"), S(""), S(""), GOOD("Automatic, or unreadable") , .answered = false },
	};
	const struct qpp_form_error wrong[] = { { "verdict", S("Choose a decision") }, { "reasons", S("Say why: the reasons go to the representative") } };
#define ONE .filed = S("December 15, 2024, at 12:10:44 p.m. ET"), .origin = S("In the portal"), .representative = S("Erika Mustermann"), .contact = S("erika@example.org"), \
	.executed = S("December 15, 2024"), .version = S("4"), .members = LIST(members), .people = LIST(people), .checks = LIST(checks), .events = LIST(events), .may_decide = true
	SHOW("vgroup-review-list", vgroup_review_list, (struct qpp_vgroup_review_list){ .counts = LIST(counts), .lines = LIST(lines), .years = LIST(years), .total = 40, .page = 25 });
	SHOW("vgroup-review-none", vgroup_review_list, (struct qpp_vgroup_review_list){ .counts = LIST(counts), .years = LIST(years), .name = S(HOSTILE) });
	SHOW("election-letters", election_letters, (struct qpp_election_letters){ .counts = LIST(counts), .lines = LIST(letters), .outcome = S("returned"), .total = 40, .page = 25 });
	SHOW("election-letters-none", election_letters, (struct qpp_election_letters){ .counts = LIST(counts) });
	SHOW("vgroup-review", vgroup_review, (struct qpp_vgroup_review_view){ .head = HEAD(GOOD("Received")), ONE, .waits = true });
	SHOW_ERRORS("vgroup-review-error", vgroup_review, wrong, (struct qpp_vgroup_review_view){ .head = HEAD(GOOD("Received")), ONE, .waits = true, .reasons = S(HOSTILE) });
	SHOW("vgroup-review-done", vgroup_review, (struct qpp_vgroup_review_view){ .head = { .id = ID, .name = S(LONG), .year = 2025, .state = GOOD("Approved"), .note = S(HOSTILE) }, ONE,
		.alarms = LIST(alarms), .identifier = S("VG2025001") });
}

void show_vgroups(const char *to, const char *from)
{
	folder = to;
	assets = from;
	list(), room(), parts(), agreement(), filing(), pool(), data(), review();
	qpp_arena_close(&arena);
}
