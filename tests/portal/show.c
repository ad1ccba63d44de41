/*
 * Renders every view of the portal in every state that it has, as files, for
 * browser tests and for people to look at: empty, full, with errors, closed
 * windows, long names, and text that would break a page that does not escape.
 *
 *   show FOLDER [ASSETS]         ASSETS: where the style is, from there; "static/"
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/portal/view.h"
#include "adapt/portal/views.h"
#include "app/access.h"
#include "show_feedback.h"
#include "show_review.h"
#include "show_vgroup.h"

#define S(text) QPP_LIT_INIT(text)
#define LIST(...) { (__VA_ARGS__), sizeof(__VA_ARGS__) / sizeof(__VA_ARGS__)[0] }
#define TEXTS(...) { (const struct qpp_str[]){ __VA_ARGS__ }, sizeof((const struct qpp_str[]){ __VA_ARGS__ }) / sizeof(struct qpp_str) }
#define HOSTILE "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{}%s&amp;"
#define LONG "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft Family Medicine and Cardiology of " \
             "Northern Westmoreland County Pennsylvania, Limited Liability Partnership"

static const char *folder, *assets = "static/";
static struct qpp_arena arena = QPP_ARENA_INIT;

static void save(const char *name, struct qpp_str html)
{
	struct qpp_str path = qpp_str_cat(&arena, folder, "/", name, ".html", (char *)NULL);
	FILE *f = fopen(path.p, "wb");
	if (!f || fwrite(html.p, 1, html.n, f) != html.n || fclose(f) != 0) {
		fprintf(stderr, "show: cannot write %s\n", path.p);
		exit(1);
	}
}

static struct qpp_shell shell(enum qpp_place at, bool person)
{
	struct qpp_shell s = { .assets = qpp_str_of(assets), .at = at };
	if (person) {
		s.person = QPP_LIT("Erika Mustermann");
		s.csrf = QPP_LIT("b5f2c0de");
		s.ends = QPP_LIT("3:05 p.m. ET");
		s.seconds_left = 1800;
		s.roles = QPP_OF_PERSONS;
	}
	return s;
}

#define SHOW(name, view, at, person, ...)                                                \
	do {                                                                             \
		struct qpp_shell s_ = shell(at, person);                                 \
		save(name, qpp_view_##view(&arena, &s_, &(__VA_ARGS__), NULL));          \
	} while (0)
#define SHOW_ERRORS(name, view, at, person, errors, ...)                                 \
	do {                                                                             \
		struct qpp_shell s_ = shell(at, person);                                 \
		const struct qpp_form_errors e_ = { (errors), sizeof(errors) / sizeof(errors)[0] }; \
		save(name, qpp_view_##view(&arena, &s_, &(__VA_ARGS__), &e_));           \
	} while (0)

static const int64_t years[] = { 2025, 2024, 2023 };
#define YEARS { years, 3 }
#define MAPLE { .name = S("Maple Family Medicine"), .number = S("TIN *****1234"), .level = S("Group"), .year = 2025 }
#define LONG_SUBJECT { .name = S(LONG), .number = S("Virtual group VG-000000000000000000001"), .level = S("Virtual group"), .year = 2025 }
#define HOSTILE_SUBJECT { .name = S(HOSTILE), .number = S(HOSTILE), .clinician = S(HOSTILE), .level = S("Individual"), .year = 2025 }
#define OPEN { .open = true, .closes = S("March 31, 2026, at 8 p.m. ET") }
#define CLOSED { .open = false, .closed = S("It closed April 15, 2024, at 8 p.m. ET.") }
#define ID S("0b2f3c44-5a6b-4c7d-8e9f-001122334455")

static const struct qpp_score_view score_71 = { .has = true, .score = S("71.20"), .threshold = S("75.00"), .factor = S("\xE2\x88\x92""0.46 %"),
	.band = S("Negative: below the performance threshold"), .hundredths = 7120, .threshold_hundredths = 7500 };
static const struct qpp_score_view score_83 = { .has = true, .score = S("83.45"), .threshold = S("75.00"), .factor = S("+1.12 %"),
	.band = S("Positive: above the performance threshold"), .hundredths = 8345, .threshold_hundredths = 7500 };
static const struct qpp_score_view score_100 = { .has = true, .score = S("100.00"), .threshold = S("75.00"), .factor = S("+2.15 %"),
	.band = S("Positive: above the performance threshold"), .hundredths = 10000, .threshold_hundredths = 7500 };
static const struct qpp_score_view score_none = { .why_not = S("Nothing was submitted, and no exception is known."), .threshold_hundredths = 7500 };

static void home(void)
{
	const struct qpp_deadline open[] = {
		{ S("Data submission for 2025"), S("March 31, 2026, at 8 p.m. ET"), S("in 12 days and 4 hours"), S("/submissions") },
		{ S("Virtual group election for 2026"), S("December 31, 2025, at 11:59 p.m. ET"), S("in 3 hours"), S("") },
	};
	const struct qpp_subject_link mine[] = {
		{ MAPLE, S("/submissions"), S("Score so far 71.20") }, { LONG_SUBJECT, S("/submissions"), S("No data yet") },
		{ HOSTILE_SUBJECT, S("/submissions"), S("") },
	};
	const struct qpp_form_error wrong[] = { { "npi", S("\"12345\" is no NPI: it has ten digits") } };
	SHOW("home", home, QPP_AT_HOME, false, (struct qpp_home){ .open = LIST(open), .synthetic = true, .year = 2025 });
	SHOW("home-nothing-open", home, QPP_AT_HOME, true, (struct qpp_home){ .year = 2025 });
	SHOW("home-mine", home, QPP_AT_HOME, true, (struct qpp_home){ .open = LIST(open), .mine = LIST(mine), .year = 2025, .waiting = 2 });
	SHOW_ERRORS("home-error", home, QPP_AT_HOME, false, wrong, (struct qpp_home){ .open = LIST(open), .npi = S("12345") });
	struct qpp_shell view = shell(QPP_AT_HOME, true);
	view.view_as = QPP_LIT("the practice with TIN *****1234");
	view.what_if = true;
	view.done = QPP_LIT("Your request was sent to the Security Officials of Maple Family Medicine.");
	save("home-view-as", qpp_view_home(&arena, &view, &(struct qpp_home){ .mine = LIST(mine) }, NULL));
}

static void sign_in(void)
{
	const struct qpp_provider providers[] = {
		{ S("harp"), S("HARP"), S("For practices, registries and virtual groups") },
		{ S("acoms"), S("ACO-MS"), S("For representatives of Shared Savings Program ACOs") },
	};
	const struct qpp_form_error wrong[] = { { NULL, S("This user name and password do not go together, or the account is locked") } };
	const struct qpp_form_error code[] = { { "code", S("This code is wrong, or was used already") } };
	SHOW("sign-in", sign_in, QPP_AT_NONE, false, (struct qpp_sign_in){ .providers = LIST(providers), .to = S("/submissions?year=2025"),
		.demo = S("Try maple.official with the password that the start printed.") });
	SHOW("sign-in-ended", sign_in, QPP_AT_NONE, false, (struct qpp_sign_in){ .ended = true });
	SHOW_ERRORS("sign-in-wrong", sign_in, QPP_AT_NONE, false, wrong,
	            (struct qpp_sign_in){ .user = S(HOSTILE), .to = S(HOSTILE), .providers = LIST(providers) });
	SHOW("totp", totp, QPP_AT_NONE, false, (struct qpp_totp){ .to = S("/") });
	SHOW("totp-enroll", totp, QPP_AT_NONE, false, (struct qpp_totp){ .secret = S("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"),
		.uri = S("otpauth://totp/OpenQPP:erika?secret=JBSWY3DPEHPK3PXP&issuer=OpenQPP") });
	SHOW_ERRORS("totp-wrong", totp, QPP_AT_NONE, false, code, (struct qpp_totp){ .to = S("/") });
}

static void account(void)
{
	const struct qpp_membership_line mine[] = {
		{ ID, S("Maple Family Medicine"), S("Practice"), S("TIN *****1234"), S("Security Official"), S("Active"), S("since January 3, 2025"), true, 2 },
		{ ID, S(LONG), S("Virtual group"), S("VG-1"), S("Staff User"), S("Waiting for approval"), S("asked March 3, 2025"), false, 0 },
		{ ID, S(HOSTILE), S("Registry"), S(HOSTILE), S("Staff User"), S("Denied"), S(""), false, 0 },
	};
	const struct qpp_person_line waiting[] = {
		{ S("r1"), S("Max Mustermann"), S("max@example.org"), S("Staff User"), S("Waiting"), S("March 3, 2025"), S("I do the billing"), false },
		{ S("r2"), S(HOSTILE), S("erika@example.org"), S("Security Official"), S("Waiting"), S("March 4, 2025"), S(HOSTILE), true },
	};
	const struct qpp_person_line active[] = {
		{ S("r3"), S("Erika Mustermann"), S("erika@example.org"), S("Security Official"), S("Active"), S("January 3, 2025"), S(""), true },
		{ S("r4"), S(LONG), S("averyveryveryverylongmailboxnamethatdoesnotbreak@subdomain.example.org"), S("Staff User"), S("Active"),
		  S("January 3, 2025"), S(""), false },
	};
	SHOW("account", account, QPP_AT_ACCOUNT, true, (struct qpp_account_view){ .name = S("Erika Mustermann"), .email = S("erika@example.org"),
		.by = S("HARP"), .mine = LIST(mine) });
	SHOW("account-new", account, QPP_AT_ACCOUNT, true, (struct qpp_account_view){ .name = S("Erika Mustermann"),
		.email = S("erika@example.org"), .by = S("this installation") });
	SHOW("access", access, QPP_AT_ACCOUNT, true, (struct qpp_access_view){ .org_id = ID, .org = S("Maple Family Medicine"),
		.kind = S("Practice"), .number = S("TIN *****1234"), .waiting = LIST(waiting), .active = LIST(active), .officials = 1 });
	SHOW("access-quiet", access, QPP_AT_ACCOUNT, true, (struct qpp_access_view){ .org_id = ID, .org = S(LONG), .kind = S("Practice"),
		.number = S("TIN *****1234"), .active = LIST(active), .officials = 2 });
	for (int act = QPP_ACT_APPROVE; act <= QPP_ACT_REMOVE; act++) {
		static const char *const names[] = { "access-approve", "access-deny", "access-remove" };
		SHOW(names[act], access_review, QPP_AT_ACCOUNT, true, (struct qpp_access_review){ .act = (enum qpp_access_act)act,
			.person = waiting[0], .org = S("Maple Family Medicine"), .org_id = ID });
	}
	SHOW("access-last-official", access_review, QPP_AT_ACCOUNT, true, (struct qpp_access_review){ .act = QPP_ACT_REMOVE,
		.person = active[0], .org = S(HOSTILE), .org_id = ID, .last_official = true });
}

static void connect(void)
{
	const struct qpp_form_error kind[] = { { "kind", S("Choose a kind of organization") } };
	const struct qpp_form_error role[] = { { "role", S("Choose a role") } };
	const struct qpp_found_org found[] = { { ID, S("Maple Family Medicine"), S("TIN *****1234"), S("Harrisburg, PA") },
		{ ID, S(HOSTILE), S(HOSTILE), S(LONG) } };
	SHOW("connect-kind", connect, QPP_AT_ACCOUNT, true, (struct qpp_connect){ .missing = false });
	SHOW_ERRORS("connect-kind-error", connect, QPP_AT_ACCOUNT, true, kind, (struct qpp_connect){ .missing = false });
	SHOW("connect-search", connect, QPP_AT_ACCOUNT, true, (struct qpp_connect){ .kind = S("practice") });
	SHOW("connect-none", connect, QPP_AT_ACCOUNT, true, (struct qpp_connect){ .kind = S("apmEntity"), .query = S(HOSTILE), .missing = true });
	SHOW("connect-role", connect, QPP_AT_ACCOUNT, true, (struct qpp_connect){ .kind = S("practice"), .found = found[0] });
	SHOW_ERRORS("connect-role-error", connect, QPP_AT_ACCOUNT, true, role, (struct qpp_connect){ .kind = S("practice"), .found = found[1],
		.query = S(HOSTILE), .has_official = true });
	SHOW("connect-clinician", connect, QPP_AT_ACCOUNT, true, (struct qpp_connect){ .kind = S("clinician"), .found = found[0], .proof_tin = S(HOSTILE) });
}

static void own(void)
{
	const struct qpp_form_error old[] = { { "old", S("This is not your present password. After five wrong ones the account is locked for an hour") },
		{ "new", S("It has fewer than 12 characters. It has no digit") } };
	const struct qpp_form_error code[] = { { "password", S("This is not your present password") }, { "code", S("That is not the code of the new key") } };
	const struct qpp_session_line sessions[] = {
		{ ID, S("203.0.113.7"), S("March 3, 2026, at 4:12 p.m. ET"), S("March 3, 2026, at 4:20 p.m. ET"), S("March 4, 2026, at 4:12 a.m. ET"), true },
		{ ID, S(""), S("March 3, 2026, at 1:02 p.m. ET"), S("March 3, 2026, at 1:03 p.m. ET"), S("March 4, 2026, at 1:02 a.m. ET"), false },
		{ ID, S("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"), S("March 2, 2026, at 11:59 p.m. ET"), S(HOSTILE), S(HOSTILE), false },
	};
	const struct qpp_factor_form factor = { .local = true, .has = true, .mail = true, .secret = S("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"),
		.uri = S("otpauth://totp/OpenQPP:erika?secret=JBSWY3DPEHPK3PXP&issuer=OpenQPP") };
	struct qpp_factor_form first = factor;
	first.has = first.mail = false;
	SHOW("password", password, QPP_AT_PASSWORD, true, (struct qpp_password_form){ .local = true, .least = 12 });
	SHOW("password-elsewhere", password, QPP_AT_PASSWORD, true, (struct qpp_password_form){ .provider = S("HARP") });
	SHOW_ERRORS("password-error", password, QPP_AT_PASSWORD, true, old, (struct qpp_password_form){ .local = true, .least = 15 });
	SHOW("factor", factor, QPP_AT_FACTOR, true, factor);
	SHOW("factor-first", factor, QPP_AT_FACTOR, true, first);
	SHOW("factor-elsewhere", factor, QPP_AT_FACTOR, true, (struct qpp_factor_form){ .provider = S(HOSTILE) });
	SHOW_ERRORS("factor-error", factor, QPP_AT_FACTOR, true, code, factor);
	SHOW("sessions", sessions, QPP_AT_SESSIONS, true, (struct qpp_sessions_view){ LIST(sessions) });
	SHOW("sessions-one", sessions, QPP_AT_SESSIONS, true, (struct qpp_sessions_view){ .v = { sessions, 1 } });
	SHOW("session", session_time, QPP_AT_NONE, true, (struct qpp_session_time){ .ends = S("3:05 p.m. ET"), .left = S("29 minutes and 58 seconds") });
	SHOW("session-soon", session_time, QPP_AT_NONE, true, (struct qpp_session_time){ .ends = S("3:05 p.m. ET"), .left = S("2 minutes"), .soon = true });
	SHOW("session-last", session_time, QPP_AT_NONE, true, (struct qpp_session_time){ .ends = S("3:05 p.m. ET"), .left = S("2 minutes"), .soon = true, .last = true });
}

#define PRACTICE { .id = ID, .name = S("Maple Family Medicine"), .number = S("TIN *****1234"), .kind = S("Practice") }
#define REGISTRY { .id = ID, .name = S("Keystone Registry"), .number = S("R-0001"), .kind = S("Registry or vendor") }
#define HOSTILE_ORG { .id = S("x"), .name = S(HOSTILE), .number = S(HOSTILE), .kind = S("Registry or vendor") }

static void registries(void)
{
	const struct qpp_own_org both[] = { PRACTICE, { .id = ID, .name = S(LONG), .number = S("VG-1"), .kind = S("Virtual group") } };
	const struct qpp_own_org found[] = { REGISTRY, HOSTILE_ORG, { .id = ID, .name = S(LONG), .number = S("R-0003") } };
	const struct qpp_consent_line holds[] = {
		{ ID, S("Keystone Registry"), S("R-0001"), S("January 3, 2026"), S(""), S("Erika Mustermann"), 2025 },
		{ ID, S(LONG), S("R-0003"), S("January 3, 2025"), S(""), S(""), 2024 },
	};
	const struct qpp_consent_line ended[] = { { ID, S(HOSTILE), S(HOSTILE), S("January 3, 2025"), S("March 3, 2025"), S(HOSTILE), 2024 } };
	const struct qpp_form_error already[] = { { NULL, S("This registry may file for that year already") } };
	const struct qpp_token_line tokens[] = {
		{ ID, S("Night upload, server 2"), S("January 3, 2026"), S("Erika Mustermann"), S("January 3, 2027"), S(""), 2025, false },
		{ ID, S(HOSTILE), S("January 3, 2025"), S(HOSTILE), S("January 3, 2026"), S("March 3, 2025"), 2024, true },
		{ ID, S(LONG), S("January 3, 2025"), S("Erika Mustermann"), S("January 3, 2026"), S(""), 2024, true },
	};
	const struct qpp_form_error name[] = { { "name", S("Say what uses the token") } };
	SHOW("consents-choose", choose_org, QPP_AT_CONSENTS, true, (struct qpp_choose_org){ .title = S("Registries that may file"),
		.says = S("A registry submits data for an organization only with its consent."), .href = S("/account/consents/"), .v = LIST(both) });
	SHOW("consents-choose-none", choose_org, QPP_AT_TOKENS, true, (struct qpp_choose_org){ .title = S("API tokens"), .says = S("With a token ..."),
		.href = S("/account/tokens/") });
	SHOW("consents", consents, QPP_AT_CONSENTS, true, (struct qpp_consents_page){ .org = PRACTICE, .holds = LIST(holds), .ended = LIST(ended), .year = 2025,
		.years = YEARS });
	SHOW("consents-none", consents, QPP_AT_CONSENTS, true, (struct qpp_consents_page){ .org = HOSTILE_ORG, .year = 2025, .years = YEARS });
	SHOW("consents-found", consents, QPP_AT_CONSENTS, true, (struct qpp_consents_page){ .org = PRACTICE, .year = 2024, .years = YEARS, .query = S("Key"),
		.searched = true, .found = LIST(found), .total = 41 });
	SHOW("consents-not-found", consents, QPP_AT_CONSENTS, true, (struct qpp_consents_page){ .org = PRACTICE, .year = 2024, .years = YEARS, .query = S(HOSTILE),
		.searched = true });
	SHOW("consent-give", consent_review, QPP_AT_CONSENTS, true, (struct qpp_consent_review){ .give = true, .org = PRACTICE, .registry = REGISTRY, .year = 2025 });
	SHOW("consent-end", consent_review, QPP_AT_CONSENTS, true, (struct qpp_consent_review){ .org = PRACTICE, .registry = HOSTILE_ORG, .year = 2025 });
	SHOW_ERRORS("consent-refused", consent_review, QPP_AT_CONSENTS, true, already, (struct qpp_consent_review){ .give = true, .org = PRACTICE,
		.registry = REGISTRY, .year = 2025 });
	SHOW("tokens", tokens, QPP_AT_TOKENS, true, (struct qpp_tokens_page){ .org = REGISTRY, .v = LIST(tokens), .years = YEARS, .year = 2025 });
	SHOW("tokens-none", tokens, QPP_AT_TOKENS, true, (struct qpp_tokens_page){ .org = REGISTRY, .years = YEARS, .year = 2025 });
	SHOW_ERRORS("tokens-error", tokens, QPP_AT_TOKENS, true, name, (struct qpp_tokens_page){ .org = HOSTILE_ORG, .years = YEARS, .year = 2025, .months = S("3") });
	SHOW("token-made", token_made, QPP_AT_TOKENS, true, (struct qpp_token_made){ .org = REGISTRY, .name = S("Night upload, server 2"), .year = 2025,
		.token = S("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"), .ends = S("January 3, 2027") });
	SHOW("token-revoke", token_review, QPP_AT_TOKENS, true, (struct qpp_token_review){ .org = REGISTRY, .token = tokens[0] });
}

static void staff(void)
{
	const struct qpp_form_error wrong[] = { { "kind", S("Choose whose eyes") }, { "id", S("Type the user name or number") },
		{ "reason", S("Say why you look: it stands in the record") } };
	const struct qpp_form_error nobody[] = { { "id", S("Nobody of that kind has this name or number") } };
	const struct qpp_request_line requests[] = {
		{ S("r1"), S("Max Mustermann"), S("max@example.org"), S("Security Official"), S("Maple Family Medicine"), S("Practice"), S("TIN *****1234"),
		  S("March 3, 2026"), S("I am the office manager. 555-0100"), false },
		{ S("r2"), S("Erika Mustermann"), S("erika@example.org"), S("Staff User"), S(LONG), S("APM entity"), S("A1234"), S("March 4, 2026"), S(""), true },
		{ S("r3"), S(HOSTILE), S(HOSTILE), S("Staff User"), S(HOSTILE), S("APM entity"), S(HOSTILE), S("March 4, 2026"), S(HOSTILE), false },
	};
	const struct qpp_shut_line shut[] = {
		{ S("a1"), S("maple.staff"), S("Max Mustermann"), S("max@example.org"), S("Locked after wrong tries until 3:05 p.m. ET"), S("March 3, 2026"), false },
		{ S("a2"), S(HOSTILE), S(HOSTILE), S(HOSTILE), S("Disabled: not used for 60 days, or by an administrator"), S("never"), true },
	};
	const struct qpp_form_error reason[] = { { "reason", S("Give the reason: it is told to the person and kept") } };
	const struct qpp_form_error own[] = { { NULL, S("One's own account is opened by another operator") } };
	SHOW("view-as", view_as, QPP_AT_VIEW_AS, true, (struct qpp_view_as_form){ .kind = S("") });
	SHOW_ERRORS("view-as-error", view_as, QPP_AT_VIEW_AS, true, wrong, (struct qpp_view_as_form){ .kind = S("") });
	SHOW_ERRORS("view-as-nobody", view_as, QPP_AT_VIEW_AS, true, nobody, (struct qpp_view_as_form){ .kind = S("tin"), .id = S(HOSTILE), .reason = S(HOSTILE) });
	SHOW("operator-access", operator_access, QPP_AT_OPERATOR_ACCESS, true, (struct qpp_operator_access){ .requests = LIST(requests), .accounts = LIST(shut),
		.requests_total = 117, .accounts_total = 204 });
	SHOW("operator-access-none", operator_access, QPP_AT_OPERATOR_ACCESS, true, (struct qpp_operator_access){ .requests_total = 0 });
	SHOW("operator-approve", request_review, QPP_AT_OPERATOR_ACCESS, true, (struct qpp_request_review){ .x = requests[0], .approve = true });
	SHOW("operator-deny", request_review, QPP_AT_OPERATOR_ACCESS, true, (struct qpp_request_review){ .x = requests[2] });
	SHOW_ERRORS("operator-deny-error", request_review, QPP_AT_OPERATOR_ACCESS, true, reason, (struct qpp_request_review){ .x = requests[1] });
	SHOW("operator-unlock", open_review, QPP_AT_OPERATOR_ACCESS, true, (struct qpp_open_review){ shut[0] });
	SHOW_ERRORS("operator-enable-error", open_review, QPP_AT_OPERATOR_ACCESS, true, own, (struct qpp_open_review){ shut[1] });
	struct qpp_shell view = shell(QPP_AT_ACCOUNT, true);
	view.view_as = QPP_LIT("the account maple.official");
	view.roles = QPP_BY(PRACTICE_STAFF);
	save("account-view-as", qpp_view_account(&arena, &view, &(struct qpp_account_view){ .name = S("Agent") }, NULL));
}

static void eligibility(void)
{
	const struct qpp_form_error npi[] = { { "npi", S("\"9000000000\" is no NPI: its last digit does not fit the others") } };
	const struct qpp_volume volume[] = {
		{ S("Allowed charges"), S("$104,220.15"), S("$98,003.00") },
		{ S("Patients"), S("312"), S("187") },
		{ S("Services"), S("1,204"), S("1,190") },
	};
	const struct qpp_known_line apm[] = { { "Advanced APM", S("Yes") }, { "QP scores by payments", S("AE 61.5, ME 48") }, { "Subdivision", S(HOSTILE) } };
	const struct qpp_known_line person[] = { { "NPI", S("9000000007") }, { "Specialty", S("Family medicine") }, { "Enrolled in Medicare", S("March 1, 2012") },
		{ "QP status", S("No qualifying APM participant") } };
	const struct qpp_known_line at_level[] = { { "Opt-in election", S("None yet") }, { "Hospital for facility-based scoring", S(HOSTILE) } };
	const struct qpp_eligibility_apm apms[] = { { S("Medicare Shared Savings Program"), S("Susquehanna ACO"), S("A1234"), LIST(apm) },
		{ S(HOSTILE), S(""), S(""), { NULL, 0 } } };
	const struct qpp_reason_line choice[] = { { S("Exceeds the limits for charges and services"), S("414.1310(b)(1)(iii)"), S("/rules/414.1310.html#x") },
		{ S("Does not exceed the limit for patients in both segments"), S("a publication"), S("") } };
	const struct qpp_reason_line hostile[] = { { S(HOSTILE), S(HOSTILE), S("/rules/414.1310.html") } };
	const struct qpp_turn_line turns[] = { { S("there is an election to opt in, which holds for the whole year"), S("MIPS eligible by opting in") },
		{ S(HOSTILE), S(HOSTILE) } };
	const struct qpp_eligibility_practice practices[] = {
		{ .name = S("Maple Family Medicine"), .number = S("TIN *****1234"), .place = S("Harrisburg, PA"),
		  .individual = { .level = "an individual", .title = S("Not required; may opt in"), .standing = QPP_STANDS_CHOICE, .reasons = LIST(choice),
			.statuses = TEXTS(S("Small practice"), S("Rural")), .turns = LIST(turns), .volume = LIST(volume), .known = LIST(at_level) },
		  .group = { .level = "part of the group", .title = S("MIPS eligible"), .standing = QPP_STANDS_IN, .reasons = LIST(choice) },
		  .apms = LIST(apms), .virtual_group = S(""),
		  .exception = S("Automatic exception: the practice lies in a county under a disaster declaration") },
		{ .name = S(LONG), .number = S("TIN *****9876"), .place = S("Erie, PA"),
		  .individual = { .level = "an individual", .title = S("Exempt: below the low-volume threshold"), .standing = QPP_STANDS_OUT, .reasons = LIST(hostile) },
		  .group = { .level = "part of the group", .title = S("Not decided"), .unknown = TEXTS(S("How many clinicians bill under the TIN")) },
		  .virtual_group = S("Lake Erie Virtual Group") },
	};
	SHOW("eligibility-look-up", lookup, QPP_AT_ELIGIBILITY, false, (struct qpp_lookup){ .year = 2025, .years = YEARS });
	SHOW("eligibility-nobody", lookup, QPP_AT_ELIGIBILITY, false, (struct qpp_lookup){ .npi = S("9000000007"), .year = 2024, .years = YEARS, .missing = true });
	SHOW_ERRORS("eligibility-error", lookup, QPP_AT_ELIGIBILITY, false, npi, (struct qpp_lookup){ .npi = S("9000000000"), .year = 2025, .years = YEARS });
	SHOW("eligibility", eligibility, QPP_AT_ELIGIBILITY, false, (struct qpp_eligibility_view){ .npi = S("9000000007"), .name = S("Erika Mustermann"),
		.known = LIST(person), .year = 2025, .years = YEARS,
		.practices = LIST(practices), .masked = true });
	SHOW("eligibility-none", eligibility, QPP_AT_ELIGIBILITY, true, (struct qpp_eligibility_view){ .npi = S("9000000007"), .name = S(HOSTILE),
		.year = 2023, .years = YEARS });
}

static const struct qpp_choice_org orgs[] = { { ID, S("Maple Family Medicine"), S("*****1234") }, { S("x"), S(HOSTILE), S("") } };

static void submissions(void)
{
	const struct qpp_submission_line lines[] = {
		{ ID, MAPLE, S("Quality, Promoting interoperability"), S("71.20"), S("March 3, 2026, at 4:12 p.m. ET") },
		{ ID, LONG_SUBJECT, S(""), S(""), S("March 3, 2026, at 4:12 p.m. ET") },
		{ ID, HOSTILE_SUBJECT, S("Quality"), S("100.00"), S("March 3, 2026, at 4:12 p.m. ET") },
	};
	const struct qpp_form_error npi[] = { { "new-npi", S("Give the NPI of the clinician") } };
	SHOW("submissions", submissions, QPP_AT_SUBMISSIONS, true, (struct qpp_submission_list){ .year = 2025, .years = YEARS, .orgs = LIST(orgs),
		.lines = LIST(lines), .total = 57, .start = 20, .page = 20, .may_file = true });
	SHOW("submissions-empty", submissions, QPP_AT_SUBMISSIONS, true, (struct qpp_submission_list){ .year = 2025, .years = YEARS, .orgs = LIST(orgs),
		.page = 20, .may_file = true, .level = S("subgroup") });
	SHOW_ERRORS("submissions-error", submissions, QPP_AT_SUBMISSIONS, true, npi, (struct qpp_submission_list){ .year = 2025, .years = YEARS,
		.orgs = LIST(orgs), .page = 20, .may_file = true });
}

static void submission(void)
{
	const struct qpp_measure_line quality[] = {
		{ S("001"), S("Diabetes: Glycemic Status Assessment Greater Than 9%"), S("s1"), S("Electronic health record"), S("104 of 120 met, 3 excluded"),
		  S("7.4000"), S("Picked: an outcome measure") },
		{ S("134"), S(HOSTILE), S("s1"), S("Registry"), S("20 of 20 met"), S(""), S("Left out: fewer than 20 cases") },
	};
	const struct qpp_measure_line activities[] = { { S("IA_EPA_1"), S("Provide 24/7 access"), S("s2"), S(""), S("Yes"), S("20.0000"), S("") } };
	const struct qpp_category_view full[] = {
		{ "quality", "Quality", true, S("71.25 %"), S("30 %"), S("21.38"), S(""), LIST(quality),
		  TEXTS(S("4 more quality measures: 6 are required, 2 are there"), S("One outcome or high-priority measure")) },
		{ "ia", "Improvement activities", true, S("50.00 %"), S("15 %"), S("7.50"), S(""), LIST(activities), { NULL, 0 } },
		{ "pi", "Promoting interoperability", true, S(""), S("0 %"), S(""), S("Small practice: to quality and improvement activities"), { NULL, 0 }, { NULL, 0 } },
		{ "cost", "Cost", false, S("62.00 %"), S("30 %"), S("18.60"), S(""), { NULL, 0 }, { NULL, 0 } },
	};
	const struct qpp_category_view empty[] = {
		{ "quality", "Quality", true, S(""), S("30 %"), S(""), S(""), { NULL, 0 }, TEXTS(S("6 quality measures")) },
		{ "ia", "Improvement activities", true, S(""), S("15 %"), S(""), S(""), { NULL, 0 }, TEXTS(S("Activities")) },
		{ "pi", "Promoting interoperability", true, S(""), S("25 %"), S(""), S(""), { NULL, 0 }, { NULL, 0 } },
		{ "cost", "Cost", false, S(""), S("30 %"), S(""), S(""), { NULL, 0 }, { NULL, 0 } },
	};
	const struct qpp_receipt_line receipts[] = { { S("0000000042"), S("March 3, 2026, at 4:12:03 p.m. ET"), S("Quality, by electronic health record") } };
	const struct qpp_draft_line drafts[] = { { S("/submissions/x/ia"), S("Improvement activities"), S("March 3, 2026, at 4:12 p.m. ET") } };
	SHOW("submission", submission, QPP_AT_SUBMISSIONS, true, (struct qpp_submission_view){ .id = ID, .subject = MAPLE, .window = OPEN, .score = score_71,
		.categories = LIST(full), .missing = TEXTS(S("Share of patients with both Medicare and Medicaid: decides the complex patient bonus")),
		.receipts = LIST(receipts), .drafts = LIST(drafts), .may_file = true, .registries = S("2 sets were filed by registries; only they can change them.") });
	SHOW("submission-empty", submission, QPP_AT_SUBMISSIONS, true, (struct qpp_submission_view){ .id = ID, .subject = LONG_SUBJECT, .window = OPEN,
		.score = score_none, .categories = LIST(empty), .may_file = true });
	SHOW("submission-closed", submission, QPP_AT_SUBMISSIONS, true, (struct qpp_submission_view){ .id = ID, .subject = HOSTILE_SUBJECT, .window = CLOSED,
		.score = score_100, .categories = LIST(full), .receipts = LIST(receipts), .may_file = true });
}

static void filing(void)
{
	const struct qpp_upload_error errors[] = {
		{ { .code = S("measureUnknown"), .severity = QPP_ERROR, .subject = S("Quality measure 999"), .message = S("there is no such measure in 2025"),
		    .value = S("\"999\""), .expected = S("the id of a measure of 2025"), .hint = S("Did you mean 099?"), .cite = S("42 CFR 414.1330"),
		    .where = { S("march.json"), S("/measurementSets/0/measurements/3/measureId"), 14, 21 } }, S("      \"measureId\": \"999\",") },
		{ { .code = S("countsExceedEligible"), .severity = QPP_ERROR, .subject = S(HOSTILE), .message = S(HOSTILE), .value = S(HOSTILE),
		    .where = { S("march.json"), S(HOSTILE), 20411, 1 } }, S(HOSTILE HOSTILE HOSTILE HOSTILE HOSTILE HOSTILE) },
	};
	const struct qpp_form_error none[] = { { "file", S("Choose a file") } };
	const struct qpp_change_line changes[] = { { S("Quality"), S("71.25 %"), S("88.10 %") }, { S("Weight of improvement activities"), S("0 %"), S("15 %") },
		{ S("Payment adjustment"), S("\xE2\x88\x92""0.46 %"), S("+1.12 %") } };
	SHOW("upload", upload, QPP_AT_SUBMISSIONS, true, (struct qpp_upload){ .action = S("/submissions/upload"), .most_megabytes = 20, .window = OPEN });
	SHOW("upload-faults", upload, QPP_AT_SUBMISSIONS, true, (struct qpp_upload){ .subject = MAPLE, .action = S("/submissions/upload"), .file = S(HOSTILE ".json"),
		.most_megabytes = 20, .errors = LIST(errors), .remarks = LIST(errors), .left_out = 4812, .window = OPEN });
	SHOW_ERRORS("upload-none", upload, QPP_AT_SUBMISSIONS, true, none, (struct qpp_upload){ .action = S("/submissions/upload"), .most_megabytes = 20, .window = OPEN });
	SHOW("upload-closed", upload, QPP_AT_SUBMISSIONS, true, (struct qpp_upload){ .subject = MAPLE, .action = S("/submissions/upload"), .window = CLOSED });
	SHOW("review", review, QPP_AT_SUBMISSIONS, true, (struct qpp_filing_review){ .subject = MAPLE, .action = S("/submissions/file"), .back = S("/submissions/x"),
		.what = S("Upload of march.json: 6 quality measures, 2 improvement activities"), .draft = ID, .key = ID, .before = score_71, .after = score_83,
		.difference = S("+12.25 points"), .changes = LIST(changes), .replaces = TEXTS(S("Quality, by electronic health record, filed March 3, 2026")),
		.window = OPEN });
	SHOW("review-undoes", review, QPP_AT_SUBMISSIONS, true, (struct qpp_filing_review){ .subject = HOSTILE_SUBJECT, .action = S("/submissions/file"),
		.back = S("/submissions/x"), .what = S(HOSTILE), .draft = ID, .key = ID, .before = score_83, .after = score_71, .difference = S("\xE2\x88\x92""12.25 points"),
		.worse = true, .changes = LIST(changes), .undoes = TEXTS(S("Promoting interoperability does not count now, because of a hardship exception. With these "
		"data it counts again with 25 %.")), .remarks = LIST(errors), .window = OPEN });
	SHOW("review-first", review, QPP_AT_SUBMISSIONS, true, (struct qpp_filing_review){ .subject = LONG_SUBJECT, .action = S("/submissions/file"), .back = S("/submissions"),
		.what = S("3 improvement activities"), .draft = ID, .key = ID, .before = score_none, .after = score_100, .window = CLOSED });
	SHOW("receipt", receipt, QPP_AT_SUBMISSIONS, true, (struct qpp_receipt_view){ .number = S("0000000042"), .at = S("October 11, 2024, at 7:59:57 p.m. ET"),
		.sha256 = S("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"), .key = S("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"),
		.what = S("Quality, by electronic health record: 6 measures"), .margin = S("3 seconds"), .deadline = S("October 11, 2024, at 8 p.m. ET"), .subject = MAPLE,
		.href_back = S("/submissions/x"), .href_text = S("/submissions/x/receipts/42.txt"), .href_body = S("/submissions/x/receipts/42.json"),
		.next = TEXTS(S("Improvement activities have no data yet."), S(HOSTILE)) });
	SHOW("receipt-late", receipt, QPP_AT_SUBMISSIONS, true, (struct qpp_receipt_view){ .number = S("0000000042"), .at = S("October 11, 2024, at 8:00:01 p.m. ET"),
		.sha256 = S("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"), .key = S("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"),
		.what = S(HOSTILE), .margin = S("1 second"), .deadline = S("October 11, 2024, at 8 p.m. ET"), .late = true, .subject = HOSTILE_SUBJECT,
		.href_back = S("/submissions/x") });
}

static void entry(void)
{
	const struct qpp_found_measure found[] = {
		{ S("001"), S("Diabetes: Glycemic Status Assessment Greater Than 9%"), S("Intermediate outcome, high priority, lower is better"),
		  TEXTS(S("electronic health record"), S("registry")), S("104 of 120 met") },
		{ S("ACR12"), S(HOSTILE), S("Process"), { NULL, 0 }, S("") },
	};
	const struct qpp_rate_fields one[] = { { S(""), S("120"), S("104"), S("13"), S("3"), S(""), "r0-" } };
	const struct qpp_rate_fields two[] = { { S("Overall"), S("120"), S("abc"), S(""), S(""), S(""), "r0-" }, { S(HOSTILE), S(""), S(""), S(""), S(""), S(""), "r1-" } };
	const struct qpp_option_text methods[] = { { S("electronicHealthRecord"), S("Electronic health record") }, { S("registry"), S("Registry") } };
	const struct qpp_option_text programs[] = { { S("mips"), S("Traditional MIPS") }, { S("G0053"), S("MVP: Advancing Cancer Care") } };
	const struct qpp_form_error wrong[] = { { "r0-met", S("\"abc\" is no whole number") }, { "cehrt", S("A CEHRT ID has 15 letters and digits") } };
	SHOW("entry-search", search, QPP_AT_SUBMISSIONS, true, (struct qpp_search_view){ .submission_id = ID, .subject = MAPLE, .category = "quality", .title = "Quality",
		.query = S("diabetes"), .sets = TEXTS(S("Family Medicine"), S("Cardiology")), .found = LIST(found), .total = 41, .window = OPEN });
	SHOW("entry-search-none", search, QPP_AT_SUBMISSIONS, true, (struct qpp_search_view){ .submission_id = ID, .subject = LONG_SUBJECT, .category = "quality",
		.title = "Quality", .query = S(HOSTILE), .window = OPEN });
	SHOW("entry-measure", measure, QPP_AT_SUBMISSIONS, true, (struct qpp_measure_form){ .submission_id = ID, .subject = MAPLE, .id = S("001"),
		.title = S("Diabetes: Glycemic Status Assessment Greater Than 9%"), .says = S("Intermediate outcome, high priority, lower is better"), .action = S("/submissions/x/quality/001"),
		.methods = LIST(methods), .programs = LIST(programs), .start = S("2025-01-01"), .end = S("2025-12-31"), .rates = LIST(one), .window = OPEN,
		.draft_saved = S("March 3, 2026, at 4:12 p.m. ET") });
	SHOW_ERRORS("entry-measure-error", measure, QPP_AT_SUBMISSIONS, true, wrong, (struct qpp_measure_form){ .submission_id = ID, .subject = HOSTILE_SUBJECT, .id = S("ACR12"),
		.title = S(HOSTILE), .action = S("/x"), .methods = LIST(methods), .rates = LIST(two), .start = S(HOSTILE), .cehrt = S(HOSTILE), .window = OPEN });
	SHOW("entry-measure-nonproportion", measure, QPP_AT_SUBMISSIONS, true, (struct qpp_measure_form){ .submission_id = ID, .subject = MAPLE, .id = S("MUSIC4"),
		.title = S("Length of stay"), .action = S("/x"), .methods = LIST(methods), .kind = QPP_ENTRY_NON_PROPORTION, .window = OPEN });
	SHOW("entry-measure-claims", measure, QPP_AT_SUBMISSIONS, true, (struct qpp_measure_form){ .submission_id = ID, .subject = MAPLE, .id = S("479"),
		.title = S("Hospital-wide readmission"), .action = S("/x"), .kind = QPP_ENTRY_NOT, .window = OPEN });
}

static void lists(void)
{
	const struct qpp_activity_line activities[] = { { S("IA_EPA_1"), S("Provide 24/7 Access to MIPS Eligible Clinicians"), S("high"), true },
		{ S("IA_EPA_2"), S(HOSTILE), S("medium"), false } };
	const struct qpp_activity_group groups[] = { { S("Expanded Practice Access"), LIST(activities) } };
	const struct qpp_option_text exclusions[] = { { S("PI_LVPP_1"), S("Fewer than 100 permissible prescriptions") } };
	const struct qpp_pi_line lines[] = {
		{ .id = S("PI_EP_1"), .title = S("e-Prescribing"), .field = S("PI_EP_1"), .counts = true, .required = true, .numerator = S("90"), .denominator = S("100"),
		  .exclusions = LIST(exclusions) },
		{ .id = S("PI_EP_2"), .title = S(HOSTILE), .field = S("PI_EP_2"), .answer = S("yes") },
	};
	const struct qpp_pi_group pi[] = { { S("e-Prescribing"), LIST(lines) } };
	const struct qpp_form_error wrong[] = { { "PI_EP_1-numerator", S("The numerator is larger than the denominator") } };
	const struct qpp_rule_link rules[] = { { S("/rules/414.1380.html"), S("42 CFR 414.1380: Scoring") }, { S("/rules/calendar.html"), S(HOSTILE) } };
	SHOW("activities", activities, QPP_AT_SUBMISSIONS, true, (struct qpp_activities_form){ .submission_id = ID, .subject = MAPLE, .start = S("2025-01-01"),
		.end = S("2025-12-31"), .groups = LIST(groups), .chosen = 1, .window = OPEN });
	SHOW("activities-closed", activities, QPP_AT_SUBMISSIONS, true, (struct qpp_activities_form){ .submission_id = ID, .subject = MAPLE, .window = CLOSED });
	SHOW("pi", pi, QPP_AT_SUBMISSIONS, true, (struct qpp_pi_form){ .submission_id = ID, .subject = MAPLE, .start = S("2025-01-01"), .end = S("2025-12-31"),
		.groups = LIST(pi), .window = OPEN });
	SHOW_ERRORS("pi-error", pi, QPP_AT_SUBMISSIONS, true, wrong, (struct qpp_pi_form){ .submission_id = ID, .subject = LONG_SUBJECT, .groups = LIST(pi), .window = OPEN });
	SHOW("help", help, QPP_AT_HELP, false, (struct qpp_rules_view){ .v = LIST(rules) });
	SHOW("rules", rules, QPP_AT_RULES, false, (struct qpp_rules_view){ .v = LIST(rules), .hash = S("9f86d081884c7d659a2feaa0c55ad015") });
	SHOW("error-404", error, QPP_AT_NONE, true, (struct qpp_error_view){ .status = 404, .title = S("Not found"), .says = S("There is no such page, or it is not yours to see."),
		.request = S("7c9e6679") });
	SHOW("error-507", error, QPP_AT_NONE, false, (struct qpp_error_view){ .status = 507, .title = S("No space left"), .says = S("Nothing was saved: the disk of this installation is full."),
		.detail = S(HOSTILE), .hint = S("Try again later; what you saved before is kept.") });
}

static void exceptions(void)
{
	const struct qpp_exception_item items[] = {
		{ S("/exceptions/x"), S("Maple Family Medicine, as a group"), S("0000000042-17"), S("Extreme and uncontrollable circumstances"),
		  S("A natural disaster (fire, flood, storm, earthquake)"), S("Quality, improvement activities"), S("Waits for a decision"), S("October 2, 2025"), QPP_TONE_WARN },
		{ S("/exceptions/y"), S(LONG ", as a group"), S(""), S("Hardship in promoting interoperability"), S("Not said yet"), S("None yet"), S("Draft, not filed"), S(""), QPP_TONE_PLAIN },
		{ S("/exceptions/z"), S(HOSTILE), S(HOSTILE), S(HOSTILE), S(HOSTILE), S(HOSTILE), S("Denied"), S("October 3, 2025"), QPP_TONE_BAD },
	};
	const struct qpp_automatic_item automatic[] = {
		{ S("Erika Mustermann"), S("9000000007"), S("Maple Family Medicine"), S("Lee County, FL, is on the list of PY 2024"), false },
		{ S(HOSTILE), S("9000000015"), S(LONG), S("a ZIP code of a listed county"), true },
	};
	const struct qpp_pick subjects[] = { { S("group x"), S("Maple Family Medicine, as a group"), S("TIN *****1234"), true }, { S("individual x"), S("One clinician of " LONG), S("With the NPI below"), false } };
	const struct qpp_pick kinds[] = { { S("euc"), S("Extreme and uncontrollable circumstances"), S("For any categories"), true }, { S("piHardship"), S("Hardship in promoting interoperability"), S(""), false } };
	const struct qpp_pick events[] = { { S("naturalDisaster"), S("A natural disaster (fire, flood, storm, earthquake)"), S(""), false }, { S("other"), S(HOSTILE), S(""), true } };
	const struct qpp_pick categories[] = { { S("quality"), S("Quality"), S(""), true }, { S("pi"), S("Promoting interoperability"), S(""), false } };
	const struct qpp_told facts[] = { { S("What happened"), S("A natural disaster (fire, flood, storm, earthquake)") }, { S("When"), S("September 26, 2025 to December 31, 2025") }, { S("Applicant"), S(HOSTILE) } };
	const struct qpp_form_error subject[] = { { "subject", S("Choose for whom you apply") }, { "npi", S("Type the NPI of the clinician") } };
	const struct qpp_form_error wrong[] = { { "event", S("It is not said what happened") }, { "begins", S("This is no day; expected: a day, 2024-03-01") },
		{ "categories", S("No category is named; expected: at least one") }, { "excused", S("Not enough of the entity's clinicians are excused") }, { "explanation", S("It is missing") } };
	const struct qpp_form_error certified[] = { { "certified-yes", S("Say that it is true: without that it cannot be filed") } };
	const struct qpp_form_error reason[] = { { "act", S("Choose: approve or deny") }, { "reason", S("Write the reason: it goes out by e-mail") } };
	const struct qpp_str effect[] = { S("The categories have no weight; it goes to the others."), S("Data that are submitted give it back.") };
	const struct qpp_str until = S("Applications are taken until December 31, 2025, at 8 p.m. ET. What comes later is not taken.");
	struct qpp_exception_show app = { .id = ID, .who = S("Maple Family Medicine, as a group"), .kind = S("Extreme and uncontrollable circumstances, performance year 2025"),
		.state = S("Waits for a decision"), .tone = QPP_TONE_WARN, .explanation = S("The river was in the office.\nFour months."), .window = until, .version = 3, .facts = LIST(facts),
		.effect = LIST(effect), .key = S("k"), .open = true, .may_file = true };
	SHOW("exceptions", exceptions, QPP_AT_EXCEPTIONS, true, (struct qpp_exceptions_page){ .year = 2025, .years = YEARS, .open = true, .window = until, .items = LIST(items),
		.automatic = LIST(automatic), .automatic_total = 240, .may_apply = true });
	SHOW("exceptions-none", exceptions, QPP_AT_EXCEPTIONS, true, (struct qpp_exceptions_page){ .year = 2024, .years = YEARS, .may_apply = true,
		.window = S("The time to apply was over on December 31, 2024, at 8 p.m. ET. Nothing is taken any more.") });
	SHOW("exception-start", exception_start, QPP_AT_EXCEPTIONS, true, (struct qpp_exception_start){ .year = 2025, .subjects = LIST(subjects), .kinds = LIST(kinds), .window = until });
	SHOW_ERRORS("exception-start-error", exception_start, QPP_AT_EXCEPTIONS, true, subject, (struct qpp_exception_start){ .year = 2025, .subjects = LIST(subjects), .kinds = LIST(kinds),
		.npi = S(HOSTILE), .window = until });
	SHOW("exception-start-nobody", exception_start, QPP_AT_EXCEPTIONS, true, (struct qpp_exception_start){ .year = 2025, .window = until });
	SHOW("exception-form", exception_edit, QPP_AT_EXCEPTIONS, true, (struct qpp_exception_edit){ .id = ID, .who = S("Maple Family Medicine, as a group"), .kind = app.kind, .window = until,
		.version = 2, .events = LIST(events), .categories = LIST(categories), .begins = S("2025-09-26"), .explanation = S("The river"), .open = true });
	SHOW_ERRORS("exception-form-error", exception_edit, QPP_AT_EXCEPTIONS, true, wrong, (struct qpp_exception_edit){ .id = ID, .who = S(HOSTILE), .kind = app.kind, .window = until,
		.events = LIST(events), .categories = LIST(categories), .begins = S(HOSTILE), .ends = S(HOSTILE), .explanation = S(HOSTILE), .members = S("20"), .excused = S("3"), .entity = true });
	SHOW("exception-form-counted", exception_edit, QPP_AT_EXCEPTIONS, true, (struct qpp_exception_edit){ .id = ID, .who = S("River ACO, APM entity"), .kind = app.kind, .window = until,
		.events = LIST(events), .categories = LIST(categories), .members = S("20"), .excused = S("16"), .entity = true, .knows_members = true });
	SHOW("exception-review", exception_review, QPP_AT_EXCEPTIONS, true, app);
	SHOW_ERRORS("exception-review-error", exception_review, QPP_AT_EXCEPTIONS, true, certified, app);
	app.faults = (qpp_texts)TEXTS(S("It is not said what happened; expected: one of the events of the form"), S(HOSTILE));
	SHOW("exception-review-faults", exception_review, QPP_AT_EXCEPTIONS, true, app);
	app.faults = (qpp_texts){ 0 };
	app.may_file = false, app.may_withdraw = true, app.href_receipt = QPP_LIT("/exceptions/x/receipt");
	SHOW("exception-waits", exception, QPP_AT_EXCEPTIONS, true, app);
	app.may_withdraw = false, app.agency = app.may_decide = true, app.act = app.reason = QPP_LIT("");
	SHOW("exception-decide", exception, QPP_AT_EXCEPTION_QUEUE, true, app);
	app.reason = QPP_LIT(HOSTILE), app.explanation = QPP_LIT(HOSTILE);
	SHOW_ERRORS("exception-decide-error", exception, QPP_AT_EXCEPTION_QUEUE, true, reason, app);
	app.may_decide = false, app.decision = QPP_LIT(HOSTILE), app.decided_by = QPP_LIT("Rosa Mustermann"), app.state = QPP_LIT("Denied"), app.tone = QPP_TONE_BAD;
	SHOW("exception-decided", exception, QPP_AT_EXCEPTION_QUEUE, true, app);
	SHOW("exception-queue", exceptions_queue, QPP_AT_EXCEPTION_QUEUE, true, (struct qpp_exceptions_queue){ .year = 2025, .years = YEARS, .state = S("submitted"), .items = LIST(items), .total = 204 });
	SHOW("exception-queue-none", exceptions_queue, QPP_AT_EXCEPTION_QUEUE, true, (struct qpp_exceptions_queue){ .year = 2025, .years = YEARS, .state = S("denied") });
	SHOW("exception-receipt", kept, QPP_AT_EXCEPTIONS, true, (struct qpp_kept_view){ .title = S("Received"), .what = S("Application: Extreme and uncontrollable circumstances, quality"),
		.who = S("Maple Family Medicine, as a group"), .number = S("0000000042-17"), .at = S("December 31, 2025, at 7:59:57 p.m. ET"), .sha256 = S("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
		.key = S("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), .deadline = S("December 31, 2025, at 8 p.m. ET"), .margin = S("3 seconds"), .href_text = S("/exceptions/x/receipt.json"),
		.href_back = S("/exceptions/x"), .back = S("To the application"), .crumb = S("Exceptions"), .crumb_href = S("/exceptions"), .next = TEXTS(S("A reviewer of the agency decides.")) });
}

static void registrations(void)
{
	const struct qpp_registration_item items[] = {
		{ S("/registrations/x"), S("Maple Family Medicine, as a group"), S("MVP G0055: Advancing Care for Heart Disease"), S("June 2, 2024"),
		  S("With the survey, which needs a registration of its own by July 1, 2024, at 8 p.m. ET, or it lapses"), QPP_TONE_WARN, true },
		{ S("/registrations/y"), S("The surgeons, subgroup of " LONG), S("The CAHPS for MIPS survey"), S("June 3, 2024"), S(""), QPP_TONE_PLAIN, true },
		{ S("/registrations/z"), S(HOSTILE), S(HOSTILE), S("June 3, 2024"), S(HOSTILE), QPP_TONE_BAD, false },
	};
	const struct qpp_str windows[] = { S("MVPs are registered, changed and cancelled until December 2, 2024, at 8 p.m. ET."),
		S("The CAHPS for MIPS survey is registered, changed and cancelled until July 1, 2024, at 8 p.m. ET.") };
	const struct qpp_str over[] = { S("MVPs are not registered any more: the time was over on December 2, 2024, at 8 p.m. ET.") };
	const struct qpp_str warnings[] = { S("Maple Family Medicine, as a group: With the survey, which needs a registration of its own by July 1, 2024, at 8 p.m. ET, or it lapses."), S(HOSTILE) };
	const struct qpp_pick subjects[] = { { S("group x"), S("Maple Family Medicine, as a group"), S("TIN *****1234"), true },
		{ S("subgroup x"), S("A subgroup of " LONG), S("You name it and its clinicians on the next page"), false } };
	const struct qpp_pick pathways[] = { { S("cahps"), S("The CAHPS for MIPS survey"), S(""), false }, { S("G0055"), S("G0055: Advancing Care for Heart Disease"), S(""), true },
		{ S("x"), S(HOSTILE), S(""), false } };
	const struct qpp_pick measures[] = { { S("479"), S("479: Hospital-Wide Readmission"), S(""), true }, { S("484"), S(HOSTILE), S(""), false } };
	const struct qpp_told facts[] = { { S("What"), S("MVP G0055: Advancing Care for Heart Disease") }, { S("CAHPS for MIPS survey"), S("Yes") }, { S("Description"), S(HOSTILE) } };
	const struct qpp_form_error choose[] = { { "subject", S("Choose for whom you register") }, { "pathway", S("Choose what is registered") }, { "npi", S("Type the NPI of the clinician") } };
	const struct qpp_form_error wrong[] = { { "population", S("It is not said which population health measure counts") }, { "cahps", S("The time to register the survey is over") },
		{ "name", S("The subgroup has no name") }, { "description", S("The text has nine digits in it") }, { "npis", S("No clinician stands in the subgroup") }, { NULL, S("No such level") } };
	struct qpp_registration_edit form = { .id = S(""), .year = 2024, .subject = S("group x"), .pathway = S("G0055"), .key = S("k"), .who = S("Maple Family Medicine, as a group"),
		.what = S("MVP G0055: Advancing Care for Heart Disease"), .window = windows[0], .populations = LIST(measures), .outcomes = LIST(measures), .survey = true, .cahps = true,
		.survey_by = S("The survey needs a registration of its own by July 1, 2024, at 8 p.m. ET. Without it the choice lapses."), .facts = LIST(facts) };
	struct qpp_registration_show one = { .id = S("x"), .who = S("Maple Family Medicine, as a group"), .what = form.what, .window = windows[0], .survey = items[0].survey,
		.href_receipt = S("/registrations/x/receipt"), .version = 2, .tone = QPP_TONE_WARN, .facts = LIST(facts), .stands = true, .may_change = true };
	SHOW("registrations", registrations, QPP_AT_REGISTRATIONS, true, (struct qpp_registrations_page){ .year = 2024, .years = YEARS, .windows = LIST(windows), .warnings = LIST(warnings),
		.items = LIST(items), .may_register = true });
	SHOW("registrations-none", registrations, QPP_AT_REGISTRATIONS, true, (struct qpp_registrations_page){ .year = 2024, .years = YEARS, .windows = LIST(over) });
	SHOW("registration-start", registration_start, QPP_AT_REGISTRATIONS, true, (struct qpp_registration_start){ .year = 2024, .subjects = LIST(subjects), .pathways = LIST(pathways), .windows = LIST(windows) });
	SHOW_ERRORS("registration-start-error", registration_start, QPP_AT_REGISTRATIONS, true, choose, (struct qpp_registration_start){ .year = 2024, .subjects = LIST(subjects),
		.pathways = LIST(pathways), .npi = S(HOSTILE), .windows = LIST(windows) });
	SHOW("registration-start-nobody", registration_start, QPP_AT_REGISTRATIONS, true, (struct qpp_registration_start){ .year = 2024, .windows = LIST(over) });
	SHOW("registration-form", registration_edit, QPP_AT_REGISTRATIONS, true, form);
	SHOW("registration-review", registration_review, QPP_AT_REGISTRATIONS, true, form);
	form.id = QPP_LIT("x"), form.version = 2, form.subgroup = true, form.name = form.description = form.npis = form.who = QPP_LIT(HOSTILE);
	form.pathways.v = pathways, form.pathways.n = sizeof pathways / sizeof *pathways;
	SHOW_ERRORS("registration-form-error", registration_edit, QPP_AT_REGISTRATIONS, true, wrong, form);
	SHOW("registration-review-change", registration_review, QPP_AT_REGISTRATIONS, true, form);
	SHOW("registration", registration, QPP_AT_REGISTRATIONS, true, one);
	SHOW("registration-cancel", registration_cancel, QPP_AT_REGISTRATIONS, true, one);
	one.stands = one.may_change = false, one.survey = QPP_LIT(""), one.who = QPP_LIT(HOSTILE);
	SHOW("registration-cancelled", registration, QPP_AT_REGISTRATIONS, true, one);
}

static void opting_in(void)
{
	const struct qpp_choosing_item items[] = {
		{ .who = S("Maple Family Medicine, as a group"), .status = S("Not required; may opt in"), .href = S("/eligibility/opt-in/x/2025"), .query = S(""), .may = true },
		{ .who = S("Erika Mustermann (9000000007) at Maple Family Medicine"), .status = S("MIPS eligible by opting in"), .says = S("The choice for this year is made, and cannot be taken back."),
		  .chosen = S("Opt in, chosen February 1, 2026 by Max Mustermann"), .href_receipt = S("/eligibility/opt-in/x/2025/receipt?npi=9000000007") },
		{ .who = S(HOSTILE), .status = S("Exempt: at or below the low-volume threshold"), .says = S("There is nothing to choose.") },
	};
	const struct qpp_reason_line reasons[] = { { S("Exceeds one figure of the threshold"), S("414.1310(b)(1)(iii)"), S("") }, { S(HOSTILE), S(HOSTILE), S("") } };
	const struct qpp_form_error typed[] = { { "typed", S("Type: opt in") } };
	struct qpp_opt_in_confirm m = { .who = S("Maple Family Medicine, as a group"), .title = S("Opt in"), .typed = S("opt in"), .action = S("/eligibility/opt-in/x/2025/optIn"),
		.back = S("/eligibility/opt-in?year=2025"), .opts_in = true, .year = 2025, .reasons = LIST(reasons) };
	SHOW("opt-in", opt_in, QPP_AT_OPT_IN, true, (struct qpp_opt_in_page){ .year = 2025, .years = YEARS, .items = LIST(items), .total = 212 });
	SHOW("opt-in-none", opt_in, QPP_AT_OPT_IN, true, (struct qpp_opt_in_page){ .year = 2025, .years = YEARS });
	SHOW("opt-in-confirm", opt_in_confirm, QPP_AT_OPT_IN, true, m);
	SHOW_ERRORS("opt-in-confirm-error", opt_in_confirm, QPP_AT_OPT_IN, true, typed, m);
	m.title = QPP_LIT("Report voluntarily"), m.typed = QPP_LIT("report voluntarily"), m.opts_in = false, m.who = QPP_LIT(LONG ", as a group");
	SHOW("opt-in-voluntary", opt_in_confirm, QPP_AT_OPT_IN, true, m);
}

static void operators(void)
{
	const struct qpp_run_line runs[] = {
		{ S("c1"), S("Complex patient bonus"), S("Corrected"), S("The bonus was missing for every APM entity"), S("July 2, 2024, at 9 a.m. ET"), S("Done: 470 scores, 247 clinicians"),
		  S(""), 2023, 470, 247, 240, 240, 7, 0, .done = true, .corrected = true, .factors = true },
		{ S("f1"), S(""), S("Final"), S("The year as announced"), S("July 1, 2024, at 9 a.m. ET"), S("Done: 470 scores, 679 clinicians"),
		  S("July 1, 2024, at 9 a.m. ET, with payment adjustments"), 2023, 470, 679, 610, 0, 0, 0, .done = true, .factors = true },
		{ S("h1"), S(HOSTILE), S("Corrected"), S(HOSTILE), S("July 1, 2024, at 9 a.m. ET"), S("Given up"), S(""), 2023, 0, 0, 0, 0, 0, 0, .dropped = true, .corrected = true },
		{ S("p1"), S(""), S("Preview"), S(LONG), S("June 1, 2024, at 9 a.m. ET"), S("First part: 400 scores so far"), S(""), 2023, 400, 0, 0, 0, 0, 0, .working = true },
	};
	const struct qpp_form_error wrong[] = { { "phase", S("Choose a phase") }, { "scaling", S("Choose the scaling factor") },
		{ "reason", S("Say why the run is made: it is kept with it") } };
	const struct qpp_form_error bad[] = { { "name", S("Give it a name: everyone it touches sees it") }, { "overlay", S("Change rules, or facts, or both") },
		{ "level", S("Choose whose facts are corrected") } };
	const struct qpp_form_error at[] = { { "at", S("A release is not in the past") }, { "reason", S("Give the reason: it is shown beside the release") } };
	const struct qpp_moved_line moved[] = {
		{ S("Maple Family Medicine"), S("9000000502"), S("62.10"), S("75.00"), S("-1.55"), S("0.00"), true },
		{ S(HOSTILE), S("9000000510"), S(""), S("12.30"), S("0.00"), S("-9.00"), false },
	};
	const struct qpp_str specials[] = { QPP_LIT_INIT("smallPractice"), QPP_LIT_INIT("rural") };
	const struct qpp_radar_line findings[] = {
		{ S("Nobody of a kind received what others with the same claim to it did"), S("Complex patient bonus"), S("level apmEntity"), S("414.1380(c)(3)"),
		  S("the others received 4.94 points on average"), S("Compare the facts of one of these with those of somebody who received it"), 23, 23,
		  TEXTS(S("Clayton Accountable Care"), S(HOSTILE)) },
		{ S(HOSTILE), S(HOSTILE), S(""), S(HOSTILE), S(""), S(HOSTILE), 1, 1, { NULL, 0 } },
	};
	const struct qpp_request_group groups[] = {
		{ S("The complex patient bonus is missing"), S("quality"), S("414.1385(a)(3)"), S("July 3, 2024"), S("July 9, 2024"),
		  S("complex patient bonus: nobody of a kind received what others with the same claim to it did"), 12, 11 },
		{ S(HOSTILE), S(""), S(""), S("July 3, 2024"), S("July 3, 2024"), S(""), 1, 1 },
	};
	SHOW("runs", operator_runs, QPP_AT_OPERATOR_RUNS, true, (struct qpp_operator_runs){ .v = LIST(runs), .years = YEARS, .year = 2023, .phase = S("final"), .scaling = S("rules") });
	SHOW("runs-busy", operator_runs, QPP_AT_OPERATOR_RUNS, true, (struct qpp_operator_runs){ .v = LIST(runs), .years = YEARS, .year = 2023, .busy = true });
	SHOW("runs-none", operator_runs, QPP_AT_OPERATOR_RUNS, true, (struct qpp_operator_runs){ .years = YEARS, .year = 2025, .phase = S("final"), .scaling = S("rules") });
	SHOW_ERRORS("runs-error", operator_runs, QPP_AT_OPERATOR_RUNS, true, wrong, (struct qpp_operator_runs){ .years = YEARS, .year = 2025, .reason = S(HOSTILE) });
	SHOW("run", operator_run, QPP_AT_OPERATOR_RUNS, true, (struct qpp_operator_run){ .x = runs[1] });
	SHOW("run-working", operator_run, QPP_AT_OPERATOR_RUNS, true, (struct qpp_operator_run){ .x = runs[3], .findings = -1 });
	SHOW("run-moved", operator_run, QPP_AT_OPERATOR_CORRECTIONS, true, (struct qpp_operator_run){ .x = runs[0], .has_effect = true, .findings = 2, .moved = 247, .up = 240,
		.down = 7, .score_moved = 247, .factor_moved = 240, .list = LIST(moved), .way = S(""), .next = S("v9"), .scaling_after = S("0.3241") });
	SHOW("run-hostile", operator_run, QPP_AT_OPERATOR_CORRECTIONS, true, (struct qpp_operator_run){ .x = runs[2], .findings = -1 });
	SHOW("run-nobody", operator_run, QPP_AT_OPERATOR_CORRECTIONS, true, (struct qpp_operator_run){ .x = runs[0], .has_effect = true });
	SHOW("run-release", run_act, QPP_AT_OPERATOR_RUNS, true, (struct qpp_run_act){ .x = runs[0], .factors = true });
	SHOW("run-release-preview", run_act, QPP_AT_OPERATOR_RUNS, true, (struct qpp_run_act){ .x = runs[3] });
	SHOW_ERRORS("run-release-error", run_act, QPP_AT_OPERATOR_RUNS, true, at, (struct qpp_run_act){ .x = runs[1], .at = S(HOSTILE) });
	SHOW("run-drop", run_act, QPP_AT_OPERATOR_RUNS, true, (struct qpp_run_act){ .x = runs[3], .drop = true });
	SHOW("corrections", operator_corrections, QPP_AT_OPERATOR_CORRECTIONS, true, (struct qpp_operator_corrections){ .v = LIST(runs), .years = YEARS, .year = 2023,
		.specials = LIST(specials), .scaling = S("frozen") });
	SHOW("corrections-busy", operator_corrections, QPP_AT_OPERATOR_CORRECTIONS, true, (struct qpp_operator_corrections){ .v = LIST(runs), .years = YEARS, .year = 2023, .busy = true });
	SHOW_ERRORS("corrections-error", operator_corrections, QPP_AT_OPERATOR_CORRECTIONS, true, bad, (struct qpp_operator_corrections){ .years = YEARS, .year = 2023,
		.specials = LIST(specials), .facts = S(HOSTILE), .overlay = S(HOSTILE), .state = S(HOSTILE) });
	SHOW("radar", operator_radar, QPP_AT_OPERATOR_RADAR, true, (struct qpp_operator_radar){ .year = 2023, .years = YEARS, .has_run = true, .looked = true, .run = runs[1],
		.levels = 470, .clinicians = 679, .questions = 4702, .requests = 13, .v = LIST(findings), .groups = LIST(groups) });
	SHOW("radar-nothing", operator_radar, QPP_AT_OPERATOR_RADAR, true, (struct qpp_operator_radar){ .year = 2023, .years = YEARS, .has_run = true, .looked = true, .run = runs[1],
		.levels = 470, .clinicians = 679, .questions = 4702 });
	SHOW("radar-looking", operator_radar, QPP_AT_OPERATOR_RADAR, true, (struct qpp_operator_radar){ .year = 2023, .years = YEARS, .has_run = true, .run = runs[1] });
	SHOW("radar-none", operator_radar, QPP_AT_OPERATOR_RADAR, true, (struct qpp_operator_radar){ .year = 2025, .years = YEARS });
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: show FOLDER [ASSETS]\n");
		return 2;
	}
	folder = argv[1];
	if (argc > 2)
		assets = argv[2];
	home(), sign_in(), account(), connect(), own(), registries(), staff(), eligibility();
	submissions(), submission(), filing(), entry(), lists();
	show_vgroups(folder, assets);
	show_feedback(folder, assets);
	exceptions(), registrations(), opting_in(), operators();
	show_reviews(&(struct qpp_show){ &arena, shell, save });
	qpp_arena_close(&arena);
	return 0;
}
