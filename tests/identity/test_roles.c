/*
 * Roles: who gets one, who decides, what can never happen; viewing as somebody
 * else; tokens of registries.
 */
#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

#define WHY QPP_LIT("ticket 17")

static struct qpp_role_row role;

static enum qpp_code ask(const struct qpp_person *who, struct qpp_str org, enum qpp_post post, const char *tin, const char *npi)
{
	struct qpp_from from = world_from();
	struct qpp_role_request r = { org, post, qpp_str_of(tin), qpp_str_of(npi), { 2024 }, QPP_LIT("") };
	return qpp_role_request(world.identity, &world.arena, &from, who, &r, &role, &world.err);
}

static enum qpp_code act(const struct qpp_person *who, struct qpp_str role_id, enum qpp_role_act what)
{
	struct qpp_from from = world_from();
	struct qpp_role_row out;
	return qpp_role_act(world.identity, &world.arena, &from, who, role_id, 0, what, QPP_LIT(""), &out, &world.err);
}

static struct qpp_person sign_in(const char *name)
{
	return world_person(world_sign_in(name));
}

/* The role of an account in an organization, in whatever state. */
static struct qpp_str role_of(const struct qpp_person *who, struct qpp_str org)
{
	struct qpp_roles_held mine;
	expect_ok(qpp_roles_mine(world.identity, &world.arena, who, 0, &mine, &world.err));
	for (size_t i = 0; i < mine.n; i++)
		if (qpp_str_eq(mine.v[i].org_id, org))
			return mine.v[i].role_id;
	return QPP_LIT("");
}

static void connect__finds_by_number_and_masks(void **unused)
{
	(void)unused;
	struct qpp_org_found f;
	world_practice("000123456", "Oak Practice", "");
	world_org(QPP_ORG_VIRTUAL_GROUP, "VG-17", "Oak and Elm");
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person alice = sign_in("alice");
	expect_ok(qpp_connect_find(world.identity, &world.arena, &alice, QPP_ORG_PRACTICE, QPP_LIT(" 00-0123456 "), &f, &world.err));
	expect_str(f.name, "Oak Practice");
	expect_str(f.tin_masked, "*****3456");
	assert_false(f.has_official);
	expect_code(qpp_connect_find(world.identity, &world.arena, &alice, QPP_ORG_PRACTICE, QPP_LIT("000123457"), &f, &world.err),
	            QPP_NOT_FOUND);
	expect_ok(qpp_connect_find(world.identity, &world.arena, &alice, QPP_ORG_VIRTUAL_GROUP, QPP_LIT("VG-17"), &f, &world.err));
	expect_code(qpp_connect_find(world.identity, &world.arena, &alice, QPP_ORG_AGENCY, QPP_LIT("agency"), &f, &world.err),
	            QPP_USAGE);
}

static void request__is_approved_by_an_official_not_by_the_asker(void **unused)
{
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "");
	struct qpp_str elm = world_practice("000123457", "Elm Practice", "");
	struct qpp_roles_held pending;
	world_account("official1", org, QPP_POST_OFFICIAL);
	world_account("official2", org, QPP_POST_OFFICIAL);
	world_account("stranger", elm, QPP_POST_OFFICIAL);
	world_account("staff", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person staff = sign_in("staff"), one = sign_in("official1"), two = sign_in("official2"),
	                  stranger = sign_in("stranger");
	expect_ok(ask(&staff, org, QPP_POST_STAFF, "", ""));
	assert_int_equal(role.state, QPP_POST_REQUESTED);
	struct qpp_str id = role.id;
	expect_code(ask(&staff, org, QPP_POST_STAFF, "", ""), QPP_DUPLICATE);
	/* Every Security Official sees it and is told; nobody else. */
	expect_ok(qpp_roles_pending(world.identity, &world.arena, &one, &pending, &world.err));
	assert_int_equal(pending.n, 1);
	expect_str(pending.v[0].account_name, "Person staff");
	expect_ok(qpp_roles_pending(world.identity, &world.arena, &two, &pending, &world.err));
	assert_int_equal(pending.n, 1);
	expect_ok(qpp_roles_pending(world.identity, &world.arena, &stranger, &pending, &world.err));
	assert_int_equal(pending.n, 0);
	assert_int_equal(world_mails("official1@example.org", "Somebody asks"), 1);
	assert_int_equal(world_mails("official2@example.org", "Somebody asks"), 1);
	assert_int_equal(world_mails("stranger@example.org", ""), 0);
	/* Not by the asker, not by an official of elsewhere: for that one it does not exist. */
	expect_code(act(&staff, id, QPP_ROLE_APPROVE), QPP_FORBIDDEN);
	expect_code(act(&stranger, id, QPP_ROLE_APPROVE), QPP_NOT_FOUND);
	struct qpp_err of_others = world.err;
	expect_code(act(&stranger, QPP_LIT("00000000-0000-4000-8000-000000000000"), QPP_ROLE_APPROVE), QPP_NOT_FOUND);
	assert_memory_equal(&of_others, &world.err, sizeof of_others);
	assert_int_equal(sign_in("staff").n_held, 0);
	expect_ok(act(&one, id, QPP_ROLE_APPROVE));
	expect_code(act(&two, id, QPP_ROLE_DENY), QPP_CONFLICT);
	staff = sign_in("staff");
	assert_int_equal(staff.n_held, 1);
	assert_int_equal(staff.roles, QPP_BY(SIGNED_IN) | QPP_BY(PRACTICE_STAFF));
	assert_true(qpp_person_has(&staff, org, QPP_POST_STAFF));
	assert_false(qpp_person_has(&staff, elm, QPP_POST_NONE));
	assert_int_equal(world_mails("staff@example.org", "You have a new role"), 1);
	assert_int_equal(world_audits("role.request", 200), 1);
	assert_int_equal(world_audits("role.approve", 200), 1);
	assert_int_equal(world_audits("role.approve", 403), 1);
	assert_int_equal(world_audits("role.approve", 404), 2);
}

static void request__denied_leaves_no_access_and_may_be_made_again(void **unused)
{
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "");
	world_account("official1", org, QPP_POST_OFFICIAL);
	world_account("staff", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person staff = sign_in("staff"), one = sign_in("official1");
	expect_ok(ask(&staff, org, QPP_POST_STAFF, "", ""));
	expect_ok(act(&one, role.id, QPP_ROLE_DENY));
	assert_int_equal(sign_in("staff").n_held, 0);
	assert_int_equal(world_mails("staff@example.org", "Your request for a role was denied"), 1);
	expect_ok(ask(&staff, org, QPP_POST_STAFF, "", ""));
	/* Taken back by the asker. */
	expect_ok(act(&staff, role.id, QPP_ROLE_REMOVE));
	expect_code(act(&one, role.id, QPP_ROLE_APPROVE), QPP_CONFLICT);
}

static void request__of_another_version_is_stale(void **unused)
{
	(void)unused;
	struct qpp_from from = world_from();
	struct qpp_role_row out;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "");
	world_account("official1", org, QPP_POST_OFFICIAL);
	world_account("staff", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person staff = sign_in("staff"), one = sign_in("official1");
	expect_ok(ask(&staff, org, QPP_POST_STAFF, "", ""));
	expect_code(qpp_role_act(world.identity, &world.arena, &from, &one, role.id, role.version + 1, QPP_ROLE_APPROVE,
	                         QPP_LIT(""), &out, &world.err), QPP_STALE);
	expect_ok(qpp_role_act(world.identity, &world.arena, &from, &one, role.id, role.version, QPP_ROLE_APPROVE, QPP_LIT(""),
	                       &out, &world.err));
}

static void request__fits_the_kind_of_organization(void **unused)
{
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "");
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "agency", "The agency");
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person alice = sign_in("alice");
	expect_code(ask(&alice, org, QPP_POST_CLINICIAN, "", ""), QPP_USAGE);
	expect_code(ask(&alice, org, QPP_POST_OPERATOR, "", ""), QPP_USAGE);
	expect_code(ask(&alice, agency, QPP_POST_OPERATOR, "", ""), QPP_USAGE);
	expect_code(ask(&alice, agency, QPP_POST_STAFF, "", ""), QPP_USAGE);
	expect_code(ask(&alice, QPP_LIT("00000000-0000-4000-8000-000000000000"), QPP_POST_STAFF, "", ""), QPP_NOT_FOUND);
}

static void first_official__proves_to_know_the_practice(void **unused)
{
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "9000000004");
	world_practice("000123457", "Elm Practice", "9000000012");
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	world_account("bobby", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person alice = sign_in("alice"), bobby = sign_in("bobby");
	/* A TIN of elsewhere, an NPI of elsewhere, and both of elsewhere. */
	expect_code(ask(&alice, org, QPP_POST_OFFICIAL, "000123457", "9000000004"), QPP_DATA);
	expect_code(ask(&alice, org, QPP_POST_OFFICIAL, "000123456", "9000000012"), QPP_DATA);
	expect_code(ask(&alice, org, QPP_POST_OFFICIAL, "000123457", "9000000012"), QPP_DATA);
	expect_ok(ask(&alice, org, QPP_POST_OFFICIAL, "00-0123456", "9000000004"));
	assert_int_equal(role.state, QPP_POST_ACTIVE);
	/* The second is for the first to decide, whatever it knows. */
	expect_ok(ask(&bobby, org, QPP_POST_OFFICIAL, "000123456", "9000000004"));
	assert_int_equal(role.state, QPP_POST_REQUESTED);
	assert_int_equal(world_audits("role.proven", 200), 1);
	assert_int_equal(world_audits("role.request", 422), 3);
}

static void clinician__proves_the_own_npi(void **unused)
{
	(void)unused;
	world_practice("000123456", "Oak Practice", "9000000004");
	world_practice("000123457", "Elm Practice", "9000000012");
	struct qpp_str own = world_org(QPP_ORG_CLINICIAN, "9000000004", "Dr. A B");
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person alice = sign_in("alice");
	expect_code(ask(&alice, own, QPP_POST_CLINICIAN, "000123457", "9000000012"), QPP_DATA);
	expect_ok(ask(&alice, own, QPP_POST_CLINICIAN, "000123456", "9000000004"));
	assert_int_equal(role.state, QPP_POST_ACTIVE);
	assert_true((sign_in("alice").roles & QPP_BY(CLINICIAN)) != 0);
}

static void proofs__cannot_be_guessed_on(void **unused)
{
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "9000000004");
	struct qpp_role_request r = { org, QPP_POST_OFFICIAL, QPP_LIT("000999999"), QPP_LIT("9000000004"), { 2024 }, QPP_LIT("") };
	struct qpp_from from = world_from();
	world_account("alice", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person alice = sign_in("alice");
	for (int i = 0; i < 5; i++)
		expect_code(qpp_role_request(world.identity, &world.arena, &from, &alice, &r, &role, &world.err), QPP_DATA);
	r.proof_tin = QPP_LIT("000123456");
	expect_code(qpp_role_request(world.identity, &world.arena, &from, &alice, &r, &role, &world.err), QPP_FORBIDDEN);
}

static void last_official__cannot_be_removed(void **unused)
{
	(void)unused;
	struct qpp_str org = world_practice("000123456", "Oak Practice", "");
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "agency", "The agency");
	struct qpp_roles_held people;
	world_account("official1", org, QPP_POST_OFFICIAL);
	world_account("official2", org, QPP_POST_OFFICIAL);
	world_account("operator", agency, QPP_POST_OPERATOR);
	struct qpp_person one = sign_in("official1"), two = sign_in("official2"), operator= sign_in("operator");
	expect_ok(act(&one, role_of(&two, org), QPP_ROLE_REMOVE));
	/* At once, for the session that is open. */
	expect_ok(qpp_session_person(world.identity, &world.arena, world_sign_in("official2"), true, &two, &world.err));
	assert_int_equal(two.n_held, 0);
	assert_int_equal(world_mails("official2@example.org", "A role of yours was removed"), 1);
	struct qpp_str last = role_of(&one, org);
	expect_code(act(&one, last, QPP_ROLE_REMOVE), QPP_FORBIDDEN);
	operator= sign_in("operator");
	expect_code(act(&operator, last, QPP_ROLE_REMOVE), QPP_FORBIDDEN);
	expect_ok(qpp_roles_of_org(world.identity, &world.arena, &one, org, QPP_POST_ACTIVE, (struct qpp_slice){ .count = true },
	                           &people, &world.err));
	assert_int_equal(people.n, 1);
	assert_true(people.v[0].last_official);
	assert_true(people.v[0].own);
	/* Removed ones govern nothing, even with the session they had. */
	expect_code(act(&two, last, QPP_ROLE_REMOVE), QPP_NOT_FOUND);
	expect_code(qpp_roles_of_org(world.identity, &world.arena, &two, org, 0, (struct qpp_slice){ 0 }, &people, &world.err),
	            QPP_NOT_FOUND);
}

/* Two officials remove each other at the same time: one stays. */
struct duel {
	struct qpp_person who;
	struct qpp_str role_id;
	enum qpp_code code;
};

static void *remove_other(void *arg)
{
	struct duel *d = arg;
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct qpp_from from = { QPP_LIT("10.9.9.9"), QPP_LIT("r") };
	struct qpp_role_row out;
	struct qpp_err err;
	d->code = qpp_role_act(world.identity, &arena, &from, &d->who, d->role_id, 0, QPP_ROLE_REMOVE, QPP_LIT(""), &out, &err);
	qpp_arena_close(&arena);
	return NULL;
}

static void last_official__stays_when_two_remove_each_other(void **unused)
{
	(void)unused;
	for (int round = 0; round < 10; round++) {
		char tin[10], a[16], b[16];
		pthread_t threads[2];
		snprintf(tin, sizeof tin, "0001234%02d", round);
		snprintf(a, sizeof a, "first%d", round);
		snprintf(b, sizeof b, "second%d", round);
		struct qpp_str org = world_practice(tin, "Oak Practice", "");
		world_account(a, org, QPP_POST_OFFICIAL);
		world_account(b, org, QPP_POST_OFFICIAL);
		struct duel d[2] = { { .who = sign_in(a) }, { .who = sign_in(b) } };
		d[0].role_id = role_of(&d[1].who, org);
		d[1].role_id = role_of(&d[0].who, org);
		for (int i = 0; i < 2; i++)
			assert_int_equal(pthread_create(&threads[i], NULL, remove_other, &d[i]), 0);
		for (int i = 0; i < 2; i++)
			pthread_join(threads[i], NULL);
		assert_int_equal((d[0].code == QPP_OK) + (d[1].code == QPP_OK), 1);
	}
}

static void feed__gives_roles_before_the_first_sign_in(void **unused)
{
	(void)unused;
	struct qpp_signed_in in;
	struct qpp_from from = world_from();
	struct qpp_str aco = world_org(QPP_ORG_APM_ENTITY, "A1001", "River ACO");
	expect_ok(qpp_admin_role_grant(world.identity, &world.arena, QPP_LIT("acoms"), QPP_LIT("Sub|7"), aco, QPP_POST_STAFF,
	                               &world.err));
	expect_code(qpp_admin_role_grant(world.identity, &world.arena, QPP_LIT("acoms"), QPP_LIT("Sub|7"), aco, QPP_POST_STAFF,
	                                 &world.err), QPP_DUPLICATE);
	struct qpp_vouched who = { QPP_LIT("acoms"), QPP_LIT("Sub|7"), QPP_LIT("Ann"), QPP_LIT("") };
	expect_ok(qpp_sign_in_vouched(world.identity, &world.arena, &from, &who, &in, &world.err));
	struct qpp_person p = world_person(in.token);
	assert_int_equal(p.roles, QPP_BY(SIGNED_IN) | QPP_BY(ENTITY_STAFF));
}

/* --- viewing --- */

static void view__shows_what_the_other_sees_and_writes_nothing(void **unused)
{
	(void)unused;
	struct qpp_from from = world_from();
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "agency", "The agency");
	struct qpp_str org = world_practice("000123456", "Oak Practice", "");
	struct qpp_role_row out;
	struct qpp_roles_held mine;
	world_account("agent", agency, QPP_POST_AGENT);
	world_account("official1", org, QPP_POST_OFFICIAL);
	world_account("staff", QPP_LIT(""), QPP_POST_NONE);
	struct qpp_person staff = sign_in("staff");
	expect_ok(ask(&staff, org, QPP_POST_STAFF, "", ""));
	struct qpp_str request = role.id, token = world_sign_in("agent");
	struct qpp_person p = world_person(token);
	expect_code(qpp_view_as(world.identity, &world.arena, &from, &staff, QPP_VIEW_TIN, QPP_LIT("000123456"), WHY, &world.err),
	            QPP_FORBIDDEN);
	expect_code(qpp_view_as(world.identity, &world.arena, &from, &p, QPP_VIEW_TIN, QPP_LIT("000999999"), WHY, &world.err),
	            QPP_NOT_FOUND);
	expect_ok(qpp_view_as(world.identity, &world.arena, &from, &p, QPP_VIEW_ACCOUNT, QPP_LIT("official1"), WHY, &world.err));
	p = world_person(token);
	assert_int_equal(p.viewing, QPP_VIEW_ACCOUNT);
	expect_str(p.viewed_id, "official1");
	assert_int_equal(p.roles, QPP_BY(SIGNED_IN) | QPP_BY(PRACTICE_OFFICIAL));
	expect_ok(qpp_roles_mine(world.identity, &world.arena, &p, 0, &mine, &world.err));
	assert_int_equal(mine.n, 1);
	expect_ok(qpp_roles_pending(world.identity, &world.arena, &p, &mine, &world.err));
	assert_int_equal(mine.n, 1);
	/* Every use case that writes refuses, and it is on record. */
	expect_code(qpp_role_act(world.identity, &world.arena, &from, &p, request, 0, QPP_ROLE_APPROVE, QPP_LIT(""), &out,
	                         &world.err), QPP_FORBIDDEN);
	expect_code(ask(&p, org, QPP_POST_STAFF, "", ""), QPP_FORBIDDEN);
	expect_code(qpp_password_change(world.identity, &world.arena, &from, &p, QPP_LIT(AGENCY_PASSWORD),
	                                QPP_LIT("Another-Long-One-77"), &world.err), QPP_FORBIDDEN);
	expect_code(qpp_view_as(world.identity, &world.arena, &from, &p, QPP_VIEW_TIN, QPP_LIT("000123456"), WHY, &world.err),
	            QPP_FORBIDDEN);
	assert_int_equal(world_audits("role.approve", 403), 1);
	assert_int_equal(world_audits("account.password", 403), 1);
	expect_ok(qpp_view_end(world.identity, &world.arena, &from, &p, &world.err));
	p = world_person(token);
	assert_int_equal(p.viewing, QPP_VIEW_NONE);
	assert_true((p.roles & QPP_BY(AGENT)) != 0);
	assert_int_equal(world_audits("view.begin", 200), 1);
	assert_int_equal(world_audits("view.end", 200), 1);
}

static void view__of_a_practice_never_names_its_tin(void **unused)
{
	(void)unused;
	struct qpp_from from = world_from();
	struct qpp_str agency = world_org(QPP_ORG_AGENCY, "agency", "The agency");
	char command[200];
	world_practice("000123456", "Oak Practice", "");
	world_account("agent", agency, QPP_POST_AGENT);
	struct qpp_str token = world_sign_in("agent");
	struct qpp_person p = world_person(token);
	expect_ok(qpp_view_as(world.identity, &world.arena, &from, &p, QPP_VIEW_TIN, QPP_LIT("000123456"), WHY, &world.err));
	p = world_person(token);
	expect_str(p.viewed_id, "*****3456");
	assert_int_equal(p.roles, QPP_BY(SIGNED_IN) | QPP_BY(PRACTICE_STAFF));
	snprintf(command, sizeof command, "grep -rqaF 000123456 '%s'", world.folder);
	assert_int_not_equal(system(command), 0);
	/* An agent whose role goes looks at nothing any more. */
	struct qpp_str operator_id = world_account("operator", agency, QPP_POST_OPERATOR);
	(void)operator_id;
	struct qpp_person operator= sign_in("operator");
	struct qpp_roles_held people;
	expect_ok(qpp_roles_of_org(world.identity, &world.arena, &operator, agency, QPP_POST_ACTIVE, (struct qpp_slice){ 0 },
	                           &people, &world.err));
	for (size_t i = 0; i < people.n; i++)
		if (people.v[i].post == QPP_POST_AGENT)
			expect_ok(act(&operator, people.v[i].role_id, QPP_ROLE_REMOVE));
	p = world_person(token);
	assert_int_equal(p.viewing, QPP_VIEW_NONE);
	assert_int_equal(p.n_held, 0);
}

/* --- tokens --- */

static void token__of_a_registry_by_its_official(void **unused)
{
	(void)unused;
	struct qpp_from from = world_from();
	struct qpp_str registry = world_org(QPP_ORG_REGISTRY, "R-1", "Good Registry"), token;
	struct qpp_str practice = world_practice("000123456", "Oak Practice", "");
	struct qpp_api_token row, found;
	struct qpp_org org;
	world_account("official1", registry, QPP_POST_OFFICIAL);
	world_account("staff", registry, QPP_POST_STAFF);
	world_account("practice1", practice, QPP_POST_OFFICIAL);
	struct qpp_person official = sign_in("official1"), staff = sign_in("staff"), other = sign_in("practice1");
	qpp_time ends = { world.clock.now.us + 3600LL * QPP_MICROS_A_SECOND };
	expect_code(qpp_token_make(world.identity, &world.arena, &from, &staff, registry, (qpp_py){ 2024 }, QPP_LIT("uploader"),
	                           ends, &token, &row, &world.err), QPP_NOT_FOUND);
	expect_code(qpp_token_make(world.identity, &world.arena, &from, &other, practice, (qpp_py){ 2024 }, QPP_LIT("uploader"),
	                           ends, &token, &row, &world.err), QPP_NOT_FOUND);
	expect_ok(qpp_token_make(world.identity, &world.arena, &from, &official, registry, (qpp_py){ 2024 },
	                         QPP_LIT("uploader"), ends, &token, &row, &world.err));
	expect_ok(qpp_token_org(world.identity, &world.arena, token, &found, &org, &world.err));
	assert_true(qpp_str_eq(org.id, registry));
	expect_code(qpp_token_org(world.identity, &world.arena, row.token_hash, &found, &org, &world.err), QPP_SIGNED_OUT);
	expect_code(qpp_token_revoke(world.identity, &world.arena, &from, &other, row.id, &world.err), QPP_NOT_FOUND);
	expect_ok(qpp_token_revoke(world.identity, &world.arena, &from, &official, row.id, &world.err));
	expect_code(qpp_token_org(world.identity, &world.arena, token, &found, &org, &world.err), QPP_SIGNED_OUT);
	ends.us = world.clock.now.us + 60LL * QPP_MICROS_A_SECOND;
	expect_ok(qpp_token_make(world.identity, &world.arena, &from, &official, registry, (qpp_py){ 2024 },
	                         QPP_LIT("uploader"), ends, &token, &row, &world.err));
	world_move(59);
	expect_ok(qpp_token_org(world.identity, &world.arena, token, &found, &org, &world.err));
	world_move(1);
	expect_code(qpp_token_org(world.identity, &world.arena, token, &found, &org, &world.err), QPP_SIGNED_OUT);
}

#define WORLD_TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(connect__finds_by_number_and_masks),
		WORLD_TEST(request__is_approved_by_an_official_not_by_the_asker),
		WORLD_TEST(request__denied_leaves_no_access_and_may_be_made_again),
		WORLD_TEST(request__of_another_version_is_stale),
		WORLD_TEST(request__fits_the_kind_of_organization),
		WORLD_TEST(first_official__proves_to_know_the_practice),
		WORLD_TEST(clinician__proves_the_own_npi),
		WORLD_TEST(proofs__cannot_be_guessed_on),
		WORLD_TEST(last_official__cannot_be_removed),
		WORLD_TEST(last_official__stays_when_two_remove_each_other),
		WORLD_TEST(feed__gives_roles_before_the_first_sign_in),
		WORLD_TEST(view__shows_what_the_other_sees_and_writes_nothing),
		WORLD_TEST(view__of_a_practice_never_names_its_tin),
		WORLD_TEST(token__of_a_registry_by_its_official),
	};
	return RUN_AS_TAP(tests);
}
