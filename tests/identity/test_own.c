/*
 * What people look after themselves: consents and who may give them, sessions elsewhere, another second factor; and what
 * operators decide about access.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "app/identity_operator.h"
#include "app/identity_own.h"
#include "world.h"

static const int64_t years[] = { 2024 };

static struct qpp_person sign_in(const char *name)
{
	return world_person(world_sign_in(name));
}

static enum qpp_code consent(const struct qpp_person *who, struct qpp_str org, struct qpp_str registry, bool give)
{
	struct qpp_from from = world_from();
	return qpp_consent_set(world.identity, &world.arena, &from, who, org, registry, (qpp_py){ 2024 }, give, &world.err);
}

/* Whether the store lets the registry file, as filing asks it. */
static bool may_file(struct qpp_str org, struct qpp_str registry)
{
	struct qpp_tx *tx;
	struct qpp_consent row;
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	enum qpp_code code = qpp_store_consent_get(tx, (qpp_py){ 2024 }, org, registry, &row, &world.err);
	qpp_store_end(tx);
	return code == QPP_OK;
}

static void consent__holds_at_once_and_ends_at_once(void **unused)
{
	struct qpp_consents_shown list;
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", ""), registry = world_org(QPP_ORG_REGISTRY, "R-1", "Keystone");
	world_account("official1", org, QPP_POST_OFFICIAL);
	world_account("registry1", registry, QPP_POST_OFFICIAL);
	struct qpp_person who = sign_in("official1");
	assert_false(may_file(org, registry));
	expect_ok(consent(&who, org, registry, true));
	assert_true(may_file(org, registry));
	expect_code(consent(&who, org, registry, true), QPP_DUPLICATE);
	world_move(1);
	expect_ok(consent(&who, org, registry, false));
	assert_false(may_file(org, registry));
	expect_code(consent(&who, org, registry, false), QPP_CONFLICT);
	expect_ok(qpp_consents_of_org(world.identity, &world.arena, &who, org, years, 1, &list, &world.err));
	assert_int_equal(list.n, 1);
	expect_str(list.v[0].registry, "Keystone");
	assert_true(list.v[0].row.revoked.us == list.v[0].row.given.us + QPP_MICROS_A_SECOND);
	assert_int_equal(world_mails("registry1@example.org", "An organization lets"), 1);
	assert_int_equal(world_mails("registry1@example.org", "An organization no longer lets"), 1);
	assert_int_equal(world_audits("consent.give", 200), 1);
	assert_int_equal(world_audits("consent.end", 200), 1);
}

static void consent__is_given_by_an_official_of_the_organization_alone(void **unused)
{
	struct qpp_consents_shown list;
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", ""), elm = world_practice("000123457", "Elm Practice", "");
	struct qpp_str registry = world_org(QPP_ORG_REGISTRY, "R-1", "Keystone");
	world_account("staff1", org, QPP_POST_STAFF);
	world_account("official2", elm, QPP_POST_OFFICIAL);
	world_account("registry1", registry, QPP_POST_OFFICIAL);
	const char *const others[] = { "staff1", "official2", "registry1" };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct qpp_person who = sign_in(others[i]);
		expect_code(consent(&who, org, registry, true), QPP_NOT_FOUND);
		expect_code(qpp_consents_of_org(world.identity, &world.arena, &who, org, years, 1, &list, &world.err), QPP_NOT_FOUND);
	}
	assert_false(may_file(org, registry));
	assert_int_equal(world_audits("consent.give", 404), 3);
	/* A practice is no registry, and a registry gives nobody leave to file for it. */
	struct qpp_person official2 = sign_in("official2"), registry1 = sign_in("registry1");
	expect_code(consent(&official2, elm, org, true), QPP_NOT_FOUND);
	expect_code(consent(&registry1, registry, registry, true), QPP_USAGE);
}

static void sessions__elsewhere_are_seen_and_ended(void **unused)
{
	struct qpp_sessions_shown list;
	struct qpp_person gone;
	struct qpp_from from = world_from();
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	world_account("bob22", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str phone = world_sign_in("alice"), desk = world_sign_in("alice");
	struct qpp_person alice = world_person(desk), bob = sign_in("bob22");
	expect_ok(qpp_sessions_mine(world.identity, &world.arena, &alice, &list, &world.err));
	assert_int_equal(list.n, 2);
	assert_true(list.v[0].here);
	assert_false(list.v[1].here);
	/* The name of a session is of no use to anybody else, nor as a token. */
	expect_code(qpp_session_end(world.identity, &world.arena, &from, &bob, list.v[1].id, &world.err), QPP_NOT_FOUND);
	expect_code(qpp_session_person(world.identity, &world.arena, list.v[1].id, true, &gone, &world.err), QPP_SIGNED_OUT);
	expect_ok(qpp_session_end(world.identity, &world.arena, &from, &alice, list.v[1].id, &world.err));
	expect_code(qpp_session_person(world.identity, &world.arena, phone, true, &gone, &world.err), QPP_SIGNED_OUT);
	world_person(desk);
	world_sign_in("alice");
	expect_ok(qpp_session_end(world.identity, &world.arena, &from, &alice, QPP_LIT(""), &world.err));
	expect_ok(qpp_sessions_mine(world.identity, &world.arena, &alice, &list, &world.err));
	assert_int_equal(list.n, 1);
	assert_true(list.v[0].here);
}

static void factor__needs_the_password_and_a_code_of_the_new_key(void **unused)
{
	struct qpp_totp_offer offer, again;
	struct qpp_from from = world_from();
	(void)unused;
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_str elsewhere = world_sign_in("alice");
	struct qpp_person alice = sign_in("alice"), gone;
	expect_ok(qpp_factor_offer(world.identity, &world.arena, &alice, &offer, &world.err));
	expect_ok(qpp_factor_offer(world.identity, &world.arena, &alice, &again, &world.err));
	assert_true(qpp_str_eq(offer.secret, again.secret));
	/* The code of the present app is not that of the new one. */
	expect_code(qpp_factor_renew(world.identity, &world.arena, &from, &alice, QPP_LIT(PASSWORD), world_code(0), &world.err), QPP_DATA);
	expect_code(qpp_factor_renew(world.identity, &world.arena, &from, &alice, QPP_LIT("wrong"), world_code(0), &world.err), QPP_SIGNED_OUT);
	expect_ok(qpp_session_person(world.identity, &world.arena, elsewhere, true, &gone, &world.err));
	assert_int_equal(world_mails("alice@example.org", "Your second step"), 0);
	assert_int_equal(world_audits("account.factor", 200), 0);
}

static void operator__opens_accounts_of_others(void **unused)
{
	struct qpp_accounts_shut list;
	struct qpp_from from = world_from();
	struct qpp_signed_in in;
	(void)unused;
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "", "Agency");
	world_account("operator1", agency, QPP_POST_OPERATOR);
	world_account("agent1", agency, QPP_POST_AGENT);
	struct qpp_str alice = world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person operator = sign_in("operator1"), agent = sign_in("agent1");
	for (int i = 0; i < 5; i++) {
		struct qpp_from stranger = world_from();
		expect_code(qpp_sign_in(world.identity, &world.arena, &stranger, QPP_LIT("alice"), QPP_LIT("wrong"), &in, &world.err), QPP_SIGNED_OUT);
	}
	expect_code(qpp_accounts_shut(world.identity, &world.arena, &agent, (struct qpp_slice){ 0 }, &list, &world.err), QPP_FORBIDDEN);
	expect_code(qpp_account_open(world.identity, &world.arena, &from, &agent, alice, &world.err), QPP_FORBIDDEN);
	expect_ok(qpp_accounts_shut(world.identity, &world.arena, &operator, (struct qpp_slice){ 0 }, &list, &world.err));
	assert_int_equal(list.n, 1);
	expect_str(list.v[0].subject, "alice");
	assert_false(list.v[0].disabled);
	expect_code(qpp_account_open(world.identity, &world.arena, &from, &operator, operator.account_id, &world.err), QPP_FORBIDDEN);
	expect_ok(qpp_account_open(world.identity, &world.arena, &from, &operator, alice, &world.err));
	expect_code(qpp_account_open(world.identity, &world.arena, &from, &operator, alice, &world.err), QPP_CONFLICT);
	sign_in("alice");
	assert_int_equal(world_audits("account.unlock", 200), 1);
	assert_int_equal(world_audits("account.unlock", 403), 2);
}

static void operator__decides_what_nobody_else_can(void **unused)
{
	struct qpp_roles_held list;
	struct qpp_role_row row;
	struct qpp_from from = world_from();
	(void)unused;
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "", "Agency");
	struct qpp_str oak = world_practice("000123456", "Oak Practice", ""), elm = world_practice("000123457", "Elm Practice", "");
	world_account("operator1", agency, QPP_POST_OPERATOR);
	world_account("official2", elm, QPP_POST_OFFICIAL);
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person alice = sign_in("alice"), operator = sign_in("operator1");
	const struct qpp_str orgs[] = { oak, elm };
	for (size_t i = 0; i < 2; i++) {
		struct qpp_role_request r = { .org_id = orgs[i], .post = QPP_POST_OFFICIAL, .proof_py = { 2024 }, .note = QPP_LIT("office manager") };
		expect_ok(qpp_role_request(world.identity, &world.arena, &from, &alice, &r, &row, &world.err));
	}
	struct qpp_role_request tin = { .org_id = agency, .post = QPP_POST_STAFF, .proof_py = { 2024 }, .note = QPP_LIT("our TIN: 00-0123456.") };
	expect_code(qpp_role_request(world.identity, &world.arena, &from, &alice, &tin, &row, &world.err), QPP_USAGE);
	assert_non_null(strstr(world.err.primary, "as long as a TIN"));
	assert_true(qpp_text_holds_tin(tin.note));
	assert_false(qpp_text_holds_tin(QPP_LIT("call 555-010-0123, ticket 12345678")));
	expect_code(qpp_roles_waiting(world.identity, &world.arena, &alice, (struct qpp_slice){ 0 }, &list, &world.err), QPP_FORBIDDEN);
	/* Elm has an official, who decides there. */
	expect_ok(qpp_roles_waiting(world.identity, &world.arena, &operator, (struct qpp_slice){ 0 }, &list, &world.err));
	assert_int_equal(list.n, 1);
	expect_str(list.v[0].org_name, "Oak Practice");
	expect_str(list.v[0].note, "office manager");
	expect_str(list.v[0].account_email, "alice@example.org");
	expect_ok(qpp_role_act(world.identity, &world.arena, &from, &operator, list.v[0].role_id, list.v[0].version, QPP_ROLE_APPROVE, QPP_LIT("called"), &row,
	                       &world.err));
	expect_ok(qpp_roles_waiting(world.identity, &world.arena, &operator, (struct qpp_slice){ 0 }, &list, &world.err));
	assert_int_equal(list.n, 0);
}

#define WORLD_TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(consent__holds_at_once_and_ends_at_once),
		WORLD_TEST(consent__is_given_by_an_official_of_the_organization_alone),
		WORLD_TEST(sessions__elsewhere_are_seen_and_ended),
		WORLD_TEST(factor__needs_the_password_and_a_code_of_the_new_key),
		WORLD_TEST(operator__opens_accounts_of_others),
		WORLD_TEST(operator__decides_what_nobody_else_can),
	};
	return RUN_AS_TAP(tests);
}
