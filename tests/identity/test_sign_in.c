/*
 * Sign-in and sessions with a clock that is moved: locks and unlocks to the second,
 * codes that are good once, sessions that end when they must.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

static enum qpp_code try(const char *name, const char *password, struct qpp_from from, struct qpp_signed_in *in)
{
	return qpp_sign_in(world.identity, &world.arena, &from, qpp_str_of(name), qpp_str_of(password), in, &world.err);
}

static enum qpp_code try_anywhere(const char *name, const char *password)
{
	struct qpp_signed_in in;
	return try(name, password, world_from(), &in);
}

static enum qpp_code verify(struct qpp_str token, struct qpp_str code, struct qpp_signed_in *in)
{
	struct qpp_from from = world_from();
	return qpp_sign_in_verify(world.identity, &world.arena, &from, token, QPP_LIT("totp"), code, in, &world.err);
}

static enum qpp_code look(struct qpp_str token, bool touch, struct qpp_person *p)
{
	return qpp_session_person(world.identity, &world.arena, token, touch, p, &world.err);
}

/* --- password and code --- */

static void sign_in__needs_password_and_code(void **unused)
{
	(void)unused;
	struct qpp_signed_in in, full;
	struct qpp_person p;
	struct qpp_str id = world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	expect_ok(try("Alice", PASSWORD, world_from(), &in));
	assert_int_equal(in.stage, QPP_STAGE_CODE);
	assert_int_equal(in.token.n, 64);
	assert_int_equal(in.n_factors, 1);
	/* Half a session is nobody yet. */
	expect_ok(look(in.token, true, &p));
	assert_int_equal(p.stage, QPP_STAGE_CODE);
	assert_int_equal(p.roles, QPP_BY(ANONYMOUS));
	expect_ok(verify(in.token, world_code(0), &full));
	assert_int_equal(full.stage, QPP_STAGE_FULL);
	expect_ok(look(full.token, true, &p));
	assert_int_equal(p.roles, QPP_BY(SIGNED_IN));
	assert_true(qpp_str_eq(p.account_id, id));
	/* The token before is gone: who had seen it has nothing. */
	assert_false(qpp_str_eq(in.token, full.token));
	expect_code(look(in.token, true, &p), QPP_SIGNED_OUT);
	assert_int_equal(world_audits("account.signIn", 200), 1);
	assert_int_equal(world_audits("account.code", 200), 1);
}

static void sign_in__says_the_same_whatever_is_wrong(void **unused)
{
	(void)unused;
	struct qpp_err wrong_password, wrong_name, locked, odd_name;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	wrong_password = world.err;
	expect_code(try_anywhere("nobody", PASSWORD), QPP_SIGNED_OUT);
	wrong_name = world.err;
	expect_code(try_anywhere("no body\r\n", PASSWORD), QPP_SIGNED_OUT);
	odd_name = world.err;
	for (int i = 0; i < 4; i++)
		expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	expect_code(try_anywhere("alice", PASSWORD), QPP_SIGNED_OUT);
	locked = world.err;
	assert_memory_equal(&wrong_password, &wrong_name, sizeof wrong_name);
	assert_memory_equal(&wrong_password, &odd_name, sizeof odd_name);
	assert_memory_equal(&wrong_password, &locked, sizeof locked);
	assert_int_equal(world_audits("account.signIn", 401), 8);
}

static void code__is_good_once_and_one_step_away(void **unused)
{
	(void)unused;
	struct qpp_signed_in in, full;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	expect_ok(try("alice", PASSWORD, world_from(), &in));
	expect_code(verify(in.token, world_code(2), &full), QPP_DATA);
	expect_code(verify(in.token, world_code(-2), &full), QPP_DATA);
	struct qpp_str early = world_code(1);
	expect_ok(verify(in.token, early, &full));
	/* Neither the same code again, nor one of a step before it. */
	expect_ok(try("alice", PASSWORD, world_from(), &in));
	expect_code(verify(in.token, early, &full), QPP_DATA);
	expect_code(verify(in.token, world_code(0), &full), QPP_DATA);
	world_move(60);
	expect_ok(verify(in.token, world_code(0), &full));
	/* Typed as apps show it. */
	world_move(60);
	expect_ok(try("alice", PASSWORD, world_from(), &in));
	struct qpp_str code = world_code(-1);
	char spaced[9];
	snprintf(spaced, sizeof spaced, "%.3s %.3s", code.p, code.p + 3);
	expect_ok(verify(in.token, qpp_str_of(spaced), &full));
}

static void code__half_a_session_ends_after_ten_minutes(void **unused)
{
	(void)unused;
	struct qpp_signed_in in, full;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	expect_ok(try("alice", PASSWORD, world_from(), &in));
	world_move(599);
	expect_code(verify(in.token, QPP_LIT("12345"), &full), QPP_DATA);
	world_move(1);
	expect_code(verify(in.token, world_code(0), &full), QPP_SIGNED_OUT);
}

static void enrollment__comes_before_everything_else(void **unused)
{
	(void)unused;
	struct qpp_signed_in in, full;
	struct qpp_totp_offer offer, again;
	struct qpp_account a;
	struct qpp_person p;
	struct qpp_from from = world_from();
	struct qpp_account_new n = { .name = QPP_LIT("newbie"), .person = QPP_LIT("N"), .email = QPP_LIT(""),
		                         .password = QPP_LIT(PASSWORD), .totp_secret = QPP_LIT(""), .org_id = QPP_LIT("") };
	expect_ok(qpp_admin_account_add(world.identity, &world.arena, &n, &a, &world.err));
	expect_ok(try("newbie", PASSWORD, from, &in));
	assert_int_equal(in.stage, QPP_STAGE_ENROLL);
	expect_ok(look(in.token, true, &p));
	assert_int_equal(p.roles, QPP_BY(ANONYMOUS));
	expect_ok(qpp_totp_offer(world.identity, &world.arena, &from, in.token, &offer, &world.err));
	assert_true(qpp_str_starts(offer.uri, "otpauth://totp/OpenQPP:newbie?secret="));
	/* Not confirmed is not enrolled: the next sign-in begins there again, with another secret. */
	expect_ok(try("newbie", PASSWORD, from, &in));
	assert_int_equal(in.stage, QPP_STAGE_ENROLL);
	expect_ok(qpp_totp_offer(world.identity, &world.arena, &from, in.token, &again, &world.err));
	assert_false(qpp_str_eq(offer.secret, again.secret));
	expect_code(qpp_totp_confirm(world.identity, &world.arena, &from, in.token, QPP_LIT("000000"), &full, &world.err),
	            QPP_DATA);
	/* oathtool, which is not ours, reads the address and gives the code. */
	char command[256], code[16] = "";
	struct qpp_str secret = again.uri, rest;
	qpp_str_cut(&secret, '=', &rest);
	qpp_str_cut(&secret, '&', &rest);
	snprintf(command, sizeof command, "oathtool --totp -b -N @%lld %.*s 2>/dev/null",
	         (long long)(world.clock.now.us / QPP_MICROS_A_SECOND), (int)rest.n, rest.p);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	if (fgets(code, sizeof code, pipe) == NULL)
		code[0] = '\0';
	pclose(pipe);
	assert_true(code[0] != '\0');
	code[6] = '\0';
	expect_ok(qpp_totp_confirm(world.identity, &world.arena, &from, in.token, qpp_str_of(code), &full, &world.err));
	assert_int_equal(full.stage, QPP_STAGE_FULL);
	/* The code that confirmed it is used up, and from now on one is asked for. */
	expect_ok(try("newbie", PASSWORD, from, &in));
	assert_int_equal(in.stage, QPP_STAGE_CODE);
	expect_code(qpp_totp_offer(world.identity, &world.arena, &from, in.token, &again, &world.err), QPP_SIGNED_OUT);
	expect_code(verify(in.token, qpp_str_of(code), &full), QPP_DATA);
}

static void code__by_mail_where_it_is_allowed(void **unused)
{
	(void)unused;
	struct qpp_signed_in in, full;
	struct qpp_from from = world_from();
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	expect_ok(try("alice", PASSWORD, from, &in));
	expect_code(qpp_sign_in_request_code(world.identity, &world.arena, &from, in.token, QPP_LIT("email"), &world.err),
	            QPP_USAGE);
	world.config.mail_codes = true;
	world_restart();
	expect_ok(try("alice", PASSWORD, from, &in));
	assert_int_equal(in.n_factors, 2);
	expect_ok(qpp_sign_in_request_code(world.identity, &world.arena, &from, in.token, QPP_LIT("email"), &world.err));
	struct qpp_str text = world_mail_text("alice@example.org");
	char digits[7] = "";
	for (size_t i = 0; i + 8 <= text.n && digits[0] == '\0'; i++)
		if (text.p[i] == '\n' && strspn(text.p + i + 1, "0123456789") == 6)
			memcpy(digits, text.p + i + 1, 6);
	assert_int_equal(strlen(digits), 6);
	/* Of this sign-in only. */
	struct qpp_signed_in other;
	expect_ok(try("alice", PASSWORD, from, &other));
	expect_code(qpp_sign_in_verify(world.identity, &world.arena, &from, other.token, QPP_LIT("email"), qpp_str_of(digits),
	                               &full, &world.err), QPP_DATA);
	expect_ok(qpp_sign_in_verify(world.identity, &world.arena, &from, in.token, QPP_LIT("email"), qpp_str_of(digits), &full,
	                             &world.err));
	assert_int_equal(full.stage, QPP_STAGE_FULL);
}

/* --- locks --- */

static void lock__after_five_wrong_tries_for_one_hour_to_the_second(void **unused)
{
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	for (int i = 0; i < 5; i++) {
		world_move(60);
		expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	}
	assert_int_equal(world_audits("account.lock", 403), 1);
	assert_int_equal(world_mails("alice@example.org", "Sign-in to your account is locked"), 1);
	expect_code(try_anywhere("alice", PASSWORD), QPP_SIGNED_OUT);
	world_move(3599);
	expect_code(try_anywhere("alice", PASSWORD), QPP_SIGNED_OUT);
	world_move(1);
	expect_ok(try_anywhere("alice", PASSWORD));
	assert_int_equal(qpp_identity_figures(world.identity).locked, 1);
}

static void lock__tries_while_locked_do_not_lengthen_it(void **unused)
{
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	for (int i = 0; i < 5; i++)
		expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	for (int i = 0; i < 10; i++) {
		world_move(300);
		expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	}
	world_move(600);
	expect_ok(try_anywhere("alice", PASSWORD));
}

static void lock__counts_within_any_120_minutes(void **unused)
{
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	/* One, then three 119 minutes later: the first falls out of the window before the fifth. */
	expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	world_move(119 * 60);
	for (int i = 0; i < 3; i++)
		expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	world_move(60);
	expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	expect_ok(try_anywhere("alice", PASSWORD));
	/* The fifth within the window of the last four locks. */
	expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	expect_code(try_anywhere("alice", PASSWORD), QPP_SIGNED_OUT);
}

static void lock__wrong_codes_count_as_wrong_passwords(void **unused)
{
	(void)unused;
	struct qpp_signed_in in, full;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	expect_ok(try("alice", PASSWORD, world_from(), &in));
	for (int i = 0; i < 3; i++)
		expect_code(verify(in.token, QPP_LIT("000000"), &full), QPP_DATA);
	expect_code(verify(in.token, QPP_LIT("000000"), &full), QPP_SIGNED_OUT);
	expect_code(verify(in.token, world_code(0), &full), QPP_SIGNED_OUT);
	expect_code(try_anywhere("alice", PASSWORD), QPP_SIGNED_OUT);
	world_move(3600);
	expect_ok(try_anywhere("alice", PASSWORD));
}

static void lock__holds_over_a_restart(void **unused)
{
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	for (int i = 0; i < 3; i++)
		expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	world_restart();
	for (int i = 0; i < 2; i++)
		expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
	world_restart();
	expect_code(try_anywhere("alice", PASSWORD), QPP_SIGNED_OUT);
}

static void lock__a_success_forgives(void **unused)
{
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 4; i++)
			expect_code(try_anywhere("alice", "wrong"), QPP_SIGNED_OUT);
		world_sign_in("alice");
	}
}

static void lock__of_an_address(void **unused)
{
	(void)unused;
	struct qpp_signed_in in;
	struct qpp_from bad = { QPP_LIT("203.0.113.9"), QPP_LIT("r") };
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	/* Five names, none of which exists. */
	static const char *const names[] = { "nobody1", "nobody2", "nobody3", "nobody4", "nobody5" };
	for (int i = 0; i < 5; i++)
		expect_code(try(names[i], "x", bad, &in), QPP_SIGNED_OUT);
	expect_code(try("alice", PASSWORD, bad, &in), QPP_SIGNED_OUT);
	expect_ok(try_anywhere("alice", PASSWORD));
	world_move(3599);
	expect_code(try("alice", PASSWORD, bad, &in), QPP_SIGNED_OUT);
	world_move(1);
	expect_ok(try("alice", PASSWORD, bad, &in));
	/* IPv6: any address of one /64 is one address. */
	struct qpp_from six[] = { { QPP_LIT("2001:db8::1"), QPP_LIT("r") }, { QPP_LIT("2001:db8::ffff:2"), QPP_LIT("r") },
		                      { QPP_LIT("2001:db8:0:1::1"), QPP_LIT("r") } };
	for (int i = 0; i < 5; i++)
		expect_code(try(names[i], "x", six[i % 2], &in), QPP_SIGNED_OUT);
	expect_code(try("alice", PASSWORD, six[0], &in), QPP_SIGNED_OUT);
	expect_code(try("alice", PASSWORD, six[1], &in), QPP_SIGNED_OUT);
	expect_ok(try("alice", PASSWORD, six[2], &in));
	/* IPv4 written as IPv6 is the IPv4 address. */
	struct qpp_from mapped = { QPP_LIT("::ffff:203.0.113.9"), QPP_LIT("r") };
	for (int i = 0; i < 5; i++)
		expect_code(try(names[i], "x", mapped, &in), QPP_SIGNED_OUT);
	expect_code(try("alice", PASSWORD, bad, &in), QPP_SIGNED_OUT);
}

/* --- sessions --- */

static void session__ends_after_thirty_minutes_without_use(void **unused)
{
	(void)unused;
	struct qpp_person p;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str token = world_sign_in("alice");
	expect_ok(look(token, true, &p));
	assert_int_equal(p.idle_ends.us - p.now.us, 1800LL * QPP_MICROS_A_SECOND);
	assert_int_equal(p.warn.us - p.now.us, 1680LL * QPP_MICROS_A_SECOND);
	world_move(1680);
	expect_ok(look(token, false, &p));
	assert_int_equal(p.now.us, p.warn.us);
	/* To be asked how much is left is no use. */
	world_move(119);
	expect_ok(look(token, false, &p));
	assert_int_equal(p.idle_ends.us - p.now.us, QPP_MICROS_A_SECOND);
	/* "Keep me signed in": thirty minutes more. */
	expect_ok(look(token, true, &p));
	world_move(1799);
	expect_ok(look(token, false, &p));
	world_move(1);
	expect_code(look(token, true, &p), QPP_SIGNED_OUT);
	expect_code(look(token, true, &p), QPP_SIGNED_OUT);
}

static void session__use_is_remembered_over_a_restart(void **unused)
{
	(void)unused;
	struct qpp_person p;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str token = world_sign_in("alice");
	world_move(1700);
	expect_ok(look(token, true, &p));
	world_restart();
	world_move(1700);
	expect_ok(look(token, true, &p));
	world_restart();
	world_move(1800);
	expect_code(look(token, true, &p), QPP_SIGNED_OUT);
}

static void session__ends_after_twelve_hours_whatever_happens(void **unused)
{
	(void)unused;
	struct qpp_person p;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str token = world_sign_in("alice");
	for (int i = 0; i < 28; i++) {
		world_move(1500);
		expect_ok(look(token, true, &p));
	}
	/* 28 times 25 minutes are 11:40; the end of the session is nearer than idleness. */
	assert_int_equal(p.idle_ends.us, p.ends.us);
	world_move(1199);
	expect_ok(look(token, true, &p));
	world_move(1);
	expect_code(look(token, true, &p), QPP_SIGNED_OUT);
}

static void session__of_the_agency_ends_after_fifteen_minutes(void **unused)
{
	(void)unused;
	struct qpp_person p;
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "agency", "The agency");
	world_account("reviewer", agency, QPP_POST_REVIEWER);
	struct qpp_str token = world_sign_in("reviewer");
	expect_ok(look(token, true, &p));
	assert_true((p.roles & QPP_BY(REVIEWER)) != 0);
	world_move(899);
	expect_ok(look(token, false, &p));
	world_move(1);
	expect_code(look(token, false, &p), QPP_SIGNED_OUT);
}

static void session__hostile_tokens_are_nobody(void **unused)
{
	(void)unused;
	struct qpp_person p;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str token = world_sign_in("alice");
	char changed[65];
	memcpy(changed, token.p, 64);
	changed[63] = (char)(changed[63] == '0' ? '1' : '0');
	expect_code(look((struct qpp_str){ changed, 64 }, true, &p), QPP_SIGNED_OUT);
	expect_code(look((struct qpp_str){ token.p, 63 }, true, &p), QPP_SIGNED_OUT);
	expect_code(look(QPP_LIT(""), true, &p), QPP_SIGNED_OUT);
	expect_ok(look(token, true, &p));
	/* The hash that the store has is no token. */
	expect_code(look(qpp_store_token_hash(world.store, &world.arena, token), true, &p), QPP_SIGNED_OUT);
}

static void session__sign_out_here_and_everywhere(void **unused)
{
	(void)unused;
	struct qpp_person p;
	struct qpp_from from = world_from();
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str a = world_sign_in("alice"), b = world_sign_in("alice"), c = world_sign_in("alice");
	expect_ok(qpp_sign_out(world.identity, &world.arena, &from, a, &world.err));
	expect_ok(qpp_sign_out(world.identity, &world.arena, &from, a, &world.err));
	expect_code(look(a, true, &p), QPP_SIGNED_OUT);
	expect_ok(look(b, true, &p));
	expect_ok(qpp_sign_out_everywhere(world.identity, &world.arena, &from, &p, &world.err));
	expect_code(look(b, true, &p), QPP_SIGNED_OUT);
	expect_code(look(c, true, &p), QPP_SIGNED_OUT);
	assert_int_equal(world_audits("account.signOut", 200), 1);
	assert_int_equal(world_audits("account.signOutEverywhere", 200), 1);
}

/* --- accounts --- */

static void account__is_disabled_after_sixty_days_without_use(void **unused)
{
	(void)unused;
	struct qpp_signed_in in;
	int64_t disabled;
	enum { DAY = 86400 };
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	world_account("bobby", QPP_LIT(""), QPP_POST_NONE);
	world_sign_in("alice");
	world_move(30 * DAY);
	world_sign_in("bobby");
	world_move(30 * DAY - 90);
	expect_ok(qpp_identity_sweep(world.identity, &world.arena, &disabled, &world.err));
	assert_int_equal(disabled, 0);
	world_move(90);
	expect_ok(qpp_identity_sweep(world.identity, &world.arena, &disabled, &world.err));
	assert_int_equal(disabled, 1);
	assert_int_equal(world_mails("alice@example.org", "Your account was disabled"), 1);
	expect_code(try("alice", PASSWORD, world_from(), &in), QPP_FORBIDDEN);
	expect_code(try("alice", "wrong", world_from(), &in), QPP_SIGNED_OUT);
	expect_ok(try("bobby", PASSWORD, world_from(), &in));
	/* Without the sweep, sign-in itself sees it. */
	world_move(60 * DAY);
	expect_code(try("bobby", PASSWORD, world_from(), &in), QPP_FORBIDDEN);
	expect_ok(qpp_admin_account(world.identity, &world.arena, QPP_LIT("local"), QPP_LIT("alice"), QPP_ADMIN_ENABLE,
	                            &world.err));
	world_sign_in("alice");
}

static void account__ends_its_sessions_when_it_is_disabled(void **unused)
{
	(void)unused;
	struct qpp_person p;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str token = world_sign_in("alice");
	expect_ok(qpp_admin_account(world.identity, &world.arena, QPP_LIT("local"), QPP_LIT("alice"), QPP_ADMIN_DISABLE,
	                            &world.err));
	expect_code(look(token, true, &p), QPP_SIGNED_OUT);
}

static void password__says_every_reason(void **unused)
{
	(void)unused;
	static const struct {
		const char *password;
		bool privileged;
		unsigned faults;
	} cases[] = {
		{ "Tr0ub4dor&3x", false, 0 },
		{ "Tr0ub4dor&3", false, QPP_PASSWORD_SHORT },
		{ "TR0UB4DOR&3XY", false, QPP_PASSWORD_NO_LOWER },
		{ "tr0ub4dor&3xy", false, QPP_PASSWORD_NO_UPPER },
		{ "Troubxdor&xyz", false, QPP_PASSWORD_NO_DIGIT },
		{ "Tr0ub4dor3xyz", false, QPP_PASSWORD_NO_SYMBOL },
		{ "Tr0ub4dor&3xyz", true, QPP_PASSWORD_SHORT },
		{ "Tr0ub4dor&3xyzw", true, 0 },
		{ "", false, QPP_PASSWORD_SHORT | QPP_PASSWORD_NO_LOWER | QPP_PASSWORD_NO_UPPER | QPP_PASSWORD_NO_DIGIT |
		             QPP_PASSWORD_NO_SYMBOL | QPP_PASSWORD_COMMON },
		{ "Password123!!", false, QPP_PASSWORD_COMMON },
		{ "P@ssw0rd2024!", false, QPP_PASSWORD_COMMON },
		{ "WelcomeWelcome1!", false, QPP_PASSWORD_COMMON },
		{ "Summer2024!!!!", false, QPP_PASSWORD_COMMON },
		{ "Qwerty123456!", false, QPP_PASSWORD_COMMON },
		{ "My-Alice-Rabbit-9", false, QPP_PASSWORD_NAME },
		{ "Gr\xc3\xbc\xc3\x9f-Gott-77-x", false, 0 },
		{ "Gr\xff-Gott-77-xyzz", false, 0x100 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		unsigned faults = qpp_password_faults(qpp_str_of(cases[i].password), QPP_LIT("alice"), cases[i].privileged);
		if ((cases[i].faults & QPP_PASSWORD_CHARACTERS) != 0)
			faults &= QPP_PASSWORD_CHARACTERS;
		if (faults != cases[i].faults)
			print_error("%s: %x instead of %x\n", cases[i].password, faults, cases[i].faults);
		assert_int_equal(faults, cases[i].faults);
	}
	for (unsigned f = 1; f <= QPP_PASSWORD_CHARACTERS; f *= 2)
		assert_true(strlen(qpp_password_fault_text(f, true)) > 10);
}

static void password__is_changed_by_who_knows_the_old_one(void **unused)
{
	(void)unused;
	struct qpp_from from = world_from();
	struct qpp_person p;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str here = world_sign_in("alice"), there = world_sign_in("alice");
	p = world_person(here);
	expect_code(qpp_password_change(world.identity, &world.arena, &from, &p, QPP_LIT("wrong"), QPP_LIT("Other-Words-88-Here"),
	                                &world.err), QPP_SIGNED_OUT);
	expect_code(qpp_password_change(world.identity, &world.arena, &from, &p, QPP_LIT(PASSWORD), QPP_LIT("short"), &world.err),
	            QPP_DATA);
	assert_non_null(strstr(world.err.detail, "12 characters"));
	assert_non_null(strstr(world.err.detail, "no digit"));
	expect_ok(qpp_password_change(world.identity, &world.arena, &from, &p, QPP_LIT(PASSWORD), QPP_LIT("Other-Words-88-Here"),
	                              &world.err));
	expect_ok(look(here, true, &p));
	expect_code(look(there, true, &p), QPP_SIGNED_OUT);
	expect_code(try_anywhere("alice", PASSWORD), QPP_SIGNED_OUT);
	expect_ok(try_anywhere("alice", "Other-Words-88-Here"));
	assert_int_equal(world_mails("alice@example.org", "Your password was changed"), 1);
}

static void vouched__makes_an_account_once(void **unused)
{
	(void)unused;
	struct qpp_signed_in in, again;
	struct qpp_from from = world_from();
	struct qpp_vouched who = { QPP_LIT("harp"), QPP_LIT("sub-1"), QPP_LIT("Ann"), QPP_LIT("ann@example.org") };
	expect_ok(qpp_sign_in_vouched(world.identity, &world.arena, &from, &who, &in, &world.err));
	assert_int_equal(in.stage, QPP_STAGE_FULL);
	struct qpp_person p = world_person(in.token);
	expect_str(p.provider, "harp");
	expect_str(p.email, "ann@example.org");
	expect_ok(qpp_sign_in_vouched(world.identity, &world.arena, &from, &who, &again, &world.err));
	assert_true(qpp_str_eq(in.account_id, again.account_id));
	/* The same subject at another provider is somebody else. */
	who.provider = QPP_LIT("acoms");
	expect_ok(qpp_sign_in_vouched(world.identity, &world.arena, &from, &who, &again, &world.err));
	assert_false(qpp_str_eq(in.account_id, again.account_id));
	/* No provider vouches for a local account. */
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	who = (struct qpp_vouched){ QPP_LIT("local"), QPP_LIT("alice"), QPP_LIT(""), QPP_LIT("") };
	expect_code(qpp_sign_in_vouched(world.identity, &world.arena, &from, &who, &again, &world.err), QPP_SIGNED_OUT);
	/* And a federated one has no password. */
	expect_code(try_anywhere("sub-1", ""), QPP_SIGNED_OUT);
}

static void secrets__are_not_in_the_store_in_the_clear(void **unused)
{
	(void)unused;
	char command[400];
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str token = world_sign_in("alice");
	snprintf(command, sizeof command, "grep -rqaF -e '%.*s' -e '" PASSWORD "' -e 12345678901234567890 '%s'", (int)token.n,
	         token.p, world.folder);
	assert_int_not_equal(system(command), 0);
	snprintf(command, sizeof command, "grep -rqaF alice '%s'", world.folder);
	assert_int_equal(system(command), 0);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

int main(void)
{
	struct CMUnitTest tests[] = {
		WORLD_TEST(sign_in__needs_password_and_code),
		WORLD_TEST(sign_in__says_the_same_whatever_is_wrong),
		WORLD_TEST(code__is_good_once_and_one_step_away),
		WORLD_TEST(code__half_a_session_ends_after_ten_minutes),
		WORLD_TEST(enrollment__comes_before_everything_else),
		WORLD_TEST(code__by_mail_where_it_is_allowed),
		WORLD_TEST(lock__after_five_wrong_tries_for_one_hour_to_the_second),
		WORLD_TEST(lock__tries_while_locked_do_not_lengthen_it),
		WORLD_TEST(lock__counts_within_any_120_minutes),
		WORLD_TEST(lock__wrong_codes_count_as_wrong_passwords),
		WORLD_TEST(lock__holds_over_a_restart),
		WORLD_TEST(lock__a_success_forgives),
		WORLD_TEST(lock__of_an_address),
		WORLD_TEST(session__ends_after_thirty_minutes_without_use),
		WORLD_TEST(session__use_is_remembered_over_a_restart),
		WORLD_TEST(session__ends_after_twelve_hours_whatever_happens),
		WORLD_TEST(session__of_the_agency_ends_after_fifteen_minutes),
		WORLD_TEST(session__hostile_tokens_are_nobody),
		WORLD_TEST(session__sign_out_here_and_everywhere),
		WORLD_TEST(account__is_disabled_after_sixty_days_without_use),
		WORLD_TEST(account__ends_its_sessions_when_it_is_disabled),
		WORLD_TEST(password__says_every_reason),
		WORLD_TEST(password__is_changed_by_who_knows_the_old_one),
		WORLD_TEST(vouched__makes_an_account_once),
		WORLD_TEST(secrets__are_not_in_the_store_in_the_clear),
	};
	SKIP_UNLESS(tests, enrollment__comes_before_everything_else, system("command -v oathtool >/dev/null 2>&1") == 0, "oathtool is not installed");
	return RUN_AS_TAP(tests);
}
