/*
 * The election room over a real store with a moved clock: forming a group,
 * signing, filing to the second, and every rejection of the vectors (V4) and the
 * acceptance facts, as those who form a group meet them.
 */
#include "room.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct room room;

static int open_room(void **unused)
{
	(void)unused;
	room_open(&room);
	return 0;
}

static int close_room(void **unused)
{
	(void)unused;
	room_close(&room);
	return 0;
}

static enum qpp_code file_it(struct qpp_str id, const char *key, struct qpp_receipt *receipt)
{
	struct qpp_call first = by(&room, 0);
	return qpp_vgroup_file(&first, id, qpp_str_of(key), room.w.clock.now, receipt, &room.err);
}

/* A solo practitioner and a group of `n` with `eligible`, all agreed and signed, at an instant. */
static struct qpp_str two(int py, size_t n, size_t eligible)
{
	practice(&room, py, "Elm Street Solo", 1, 1, 3);
	practice(&room, py, "Oak Street Clinic", n, eligible, 3);
	return begin_group(&room, py, 2, true);
}

/* ---- V4 ---- */

static void a_solo_and_a_group_of_ten_file_in_the_last_minute(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = two(2025, 10, 1);
	sign_all(&room, id, 2);
	at(&room, "2024-12-31T23:59:00-05:00");
	assert_ok(file_it(id, "", &receipt));
	struct qpp_vgroup g = see(&room, 0, id);
	assert_int_equal(g.state, QPP_VGROUP_RECEIVED);
	assert_int_equal(g.errors, 0);
	assert_int_equal(g.answer.clinicians, 11);
	assert_true(receipt.at.us == room.w.clock.now.us);
}

static void the_window_is_kept_to_the_second(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = two(2025, 10, 1);
	at(&room, "2024-09-30T23:59:59-04:00");
	sign_all(&room, id, 2);
	assert_code(file_it(id, "", &receipt), QPP_CONFLICT);
	assert_true(has_check(&room, (struct qpp_vgroup[]){ see(&room, 0, id) }, "notOpen", MOST_PRACTICES));
	at(&room, "2025-01-01T00:00:00-05:00");
	assert_code(file_it(id, "", &receipt), QPP_CONFLICT);
	assert_string_equal(room.err.cite, "414.1315(b)");
	at(&room, "2024-12-31T23:59:59-05:00");
	room.w.clock.now.us += QPP_MICROS_A_SECOND - 1;
	assert_ok(file_it(id, "", &receipt));
}

static void the_first_second_is_in_and_the_years_open_on_their_days(void **unused)
{
	(void)unused;
	static const struct {
		int py;
		const char *early, *first;
	} years[] = { { 2025, "2024-09-30T23:59:59-04:00", "2024-10-01T00:00:00-04:00" }, { 2023, "2022-10-02T12:00:00-04:00", "2022-10-03T00:00:00-04:00" },
		          { 2024, "2023-10-01T12:00:00-04:00", "2023-10-02T00:00:00-04:00" } };
	for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
		at(&room, years[i].early);
		assert_false(qpp_vgroup_window_at(&room.service, (qpp_py){ years[i].py }, room.w.clock.now).open);
		at(&room, years[i].first);
		assert_true(qpp_vgroup_window_at(&room.service, (qpp_py){ years[i].py }, room.w.clock.now).open);
	}
}

static void what_is_wrong_is_told_of_the_practice(void **unused)
{
	(void)unused;
	static const struct {
		size_t n, eligible;
		int criteria;
		const char *code;
	} wrong[] = { { 11, 6, 3, "tooManyClinicians" }, { 8, 0, 3, "noEligibleClinician" }, { 5, 5, 0, "belowLowVolume" } };
	struct qpp_receipt receipt;
	struct qpp_str tins[3];
	practice(&room, 2025, "Elm Street Solo", 1, 1, 3);
	for (size_t i = 0; i < 3; i++) {
		size_t p = practice(&room, 2025, wrong[i].code, wrong[i].n, wrong[i].eligible, wrong[i].criteria);
		tins[i] = room.p[p].tin;
	}
	struct qpp_str id = begin_group(&room, 2025, 4, true);
	(void)tins;
	struct qpp_vgroup g = see(&room, 0, id);
	for (size_t i = 0; i < 3; i++)
		assert_true(has_check(&room, &g, wrong[i].code, i + 1));
	assert_false(g.done[QPP_STEP_ROSTERS]);
	sign_all(&room, id, 4);
	assert_code(file_it(id, "", &receipt), QPP_DATA);
}

static void one_practice_is_no_virtual_group(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	practice(&room, 2025, "Elm Street Solo", 1, 1, 3);
	struct qpp_str id = begin_group(&room, 2025, 1, true);
	struct qpp_vgroup g = see(&room, 0, id);
	assert_true(has_check(&room, &g, "tooFewTins", MOST_PRACTICES));
	assert_false(g.done[QPP_STEP_MEMBERS]);
	assert_code(file_it(id, "", &receipt), QPP_DATA);
}

static void a_practice_joins_with_its_whole_tin(void **unused)
{
	(void)unused;
	struct qpp_str id = two(2025, 5, 5);
	struct qpp_call oak = by(&room, 1), elm = by(&room, 0);
	assert_ok(qpp_vgroup_list_npis(&oak, id, room.p[1].id, room.p[1].npis, 3, &room.err));
	struct qpp_vgroup g = see(&room, 1, id);
	assert_true(has_check(&room, &g, "npiListIncomplete", 1));
	/* Nobody changes the list of another practice. */
	assert_code(qpp_vgroup_list_npis(&elm, id, room.p[1].id, room.p[1].npis, 5, &room.err), QPP_NOT_FOUND);
	struct qpp_str wrong[5];
	memcpy(wrong, room.p[1].npis, sizeof wrong);
	wrong[4] = QPP_LIT("9000000006");
	assert_ok(qpp_vgroup_list_npis(&oak, id, room.p[1].id, wrong, 5, &room.err));
	g = see(&room, 1, id);
	assert_true(has_check(&room, &g, "identifierInvalid", 1));
	/* An empty list is the store's again. */
	assert_ok(qpp_vgroup_list_npis(&oak, id, room.p[1].id, NULL, 0, &room.err));
	g = see(&room, 1, id);
	assert_false(has_check(&room, &g, "npiListIncomplete", 1));
	assert_int_equal(g.errors, 1);           /* the agreement is not signed */
}

static void a_solo_below_the_threshold_of_2018_is_refused(void **unused)
{
	(void)unused;
	at(&room, "2017-11-15T12:00:00-05:00");
	practice(&room, 2018, "Below", 1, 1, 1);
	practice(&room, 2018, "Above", 5, 5, 3);
	struct qpp_vgroup g = see(&room, 0, begin_group(&room, 2018, 2, true));
	assert_true(has_check(&room, &g, "belowLowVolume", 0));
	assert_false(has_check(&room, &g, "belowLowVolume", 1));
	/* The letters are those of 2018. */
	assert_text(g.clauses[1].provision.name, "signatures");
}

static void what_the_group_becomes(void **unused)
{
	(void)unused;
	at(&room, "2024-11-15T12:00:00-05:00");
	static const char *const names[] = { "A", "B", "C", "D", "E" };
	for (size_t i = 0; i < 5; i++)
		practice(&room, 2025, names[i], 9, 9, 3);
	struct qpp_vgroup g = see(&room, 0, elect(&room, 2025, 5));
	assert_int_equal(g.answer.clinicians, 45);
	assert_false(g.answer.small_practice);
	assert_text(g.answer.apm_score, "virtualGroup");
	assert_int_equal(g.errors, 0);
}

static void three_solos_are_a_small_practice(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < 3; i++)
		practice(&room, 2025, "Solo", 1, 1, 3);
	struct qpp_vgroup g = see(&room, 0, begin_group(&room, 2025, 3, true));
	assert_true(g.answer.small_practice);
}

/* ---- nobody is enrolled by another ---- */

static void only_the_own_official_answers(void **unused)
{
	(void)unused;
	practice(&room, 2025, "Elm", 1, 1, 3);
	practice(&room, 2025, "Oak", 5, 5, 3);
	practice(&room, 2025, "Ash", 5, 5, 3);
	struct qpp_str id = begin_group(&room, 2025, 2, false);
	struct qpp_call elm = by(&room, 0), oak = by(&room, 1), ash = by(&room, 2);
	struct qpp_vgroup g;
	assert_code(qpp_vgroup_answer(&elm, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err), QPP_FORBIDDEN);
	/* A stranger does not even learn that there is a group. */
	assert_code(qpp_vgroup_see(&ash, id, &g, &room.err), QPP_NOT_FOUND);
	assert_code(qpp_vgroup_answer(&ash, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err), QPP_NOT_FOUND);
	struct qpp_actor_role staff = { .org_id = room.p[1].id, .kind = QPP_ORG_PRACTICE, .post = QPP_POST_STAFF };
	struct qpp_actor staff_user = { .account_id = QPP_LIT("staff"), .roles = &staff, .n = 1 };
	struct qpp_call call = call_of(&room, &staff_user);
	assert_code(qpp_vgroup_answer(&call, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err), QPP_FORBIDDEN);
	struct qpp_actor viewed = room.p[1].actor;
	viewed.view_only = true;
	call = call_of(&room, &viewed);
	assert_code(qpp_vgroup_answer(&call, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err), QPP_FORBIDDEN);
	assert_ok(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_DECLINE, &room.err));
	assert_code(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err), QPP_NOT_FOUND);
	assert_int_equal(mails_to(&room, "official000100001@example.org", "News of your virtual group"), 1);
	/* Asked again, in, out again before it is filed, and free for another group. */
	assert_ok(qpp_vgroup_invite(&elm, id, &room.p[1].tin, 1, &room.err));
	assert_ok(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err));
	assert_ok(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_LEAVE, &room.err));
	struct qpp_str other;
	assert_ok(qpp_vgroup_start(&oak, room.p[1].id, (qpp_py){ 2025 }, QPP_LIT("Another"), QPP_LIT(""), &other, &room.err));
}

static void invitations_are_checked_and_can_be_taken_back(void **unused)
{
	(void)unused;
	practice(&room, 2025, "Elm", 1, 1, 3);
	practice(&room, 2025, "Oak", 5, 5, 3);
	struct qpp_str id = begin_group(&room, 2025, 1, true);
	struct qpp_call elm = by(&room, 0), oak = by(&room, 1);
	struct qpp_str bad[] = { room.p[1].tin, QPP_LIT("00012"), QPP_LIT("000999999"), room.p[0].tin };
	assert_code(qpp_vgroup_invite(&elm, id, bad, 2, &room.err), QPP_DATA);
	assert_non_null(strstr(room.err.detail, "number 2"));
	/* All or none. */
	assert_int_equal(see(&room, 0, id).n_members, 1);
	assert_code(qpp_vgroup_invite(&elm, id, &bad[2], 1, &room.err), QPP_DATA);
	assert_null(strstr(room.err.detail, "000999999"));
	assert_code(qpp_vgroup_invite(&elm, id, &bad[3], 1, &room.err), QPP_DATA);
	assert_ok(qpp_vgroup_invite(&elm, id, bad, 1, &room.err));
	assert_int_equal(mails_to(&room, "official000100002@example.org", "Your practice is invited to a virtual group"), 1);
	assert_code(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_UNINVITE, &room.err), QPP_FORBIDDEN);
	assert_ok(qpp_vgroup_answer(&elm, id, room.p[1].id, QPP_VGROUP_UNINVITE, &room.err));
	assert_code(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err), QPP_NOT_FOUND);
}

static void names_are_hidden_until_all_agree(void **unused)
{
	(void)unused;
	practice(&room, 2025, "Elm", 1, 1, 3);
	practice(&room, 2025, "Oak", 5, 5, 3);
	practice(&room, 2025, "Ash", 5, 5, 3);
	struct qpp_str id = begin_group(&room, 2025, 3, false);
	struct qpp_call oak = by(&room, 1), ash = by(&room, 2);
	assert_ok(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err));
	struct qpp_vgroup g = see(&room, 1, id);
	for (size_t i = 0; i < g.n_members; i++) {
		bool ash_here = qpp_str_eq(g.members[i].row.org_id, room.p[2].id);
		assert_int_equal(g.members[i].hidden, ash_here);
		if (ash_here) {
			assert_int_equal(g.members[i].org.name.n, 0);
			assert_int_equal(g.members[i].tin.n, 0);
			assert_null(g.members[i].people);
		}
	}
	assert_int_equal(g.agreement.n, 0);
	assert_ok(qpp_vgroup_answer(&ash, id, room.p[2].id, QPP_VGROUP_ACCEPT, &room.err));
	g = see(&room, 1, id);
	for (size_t i = 0; i < g.n_members; i++)
		assert_false(g.members[i].hidden);
	assert_true(g.agreement.n > 0);
}

/* ---- one group a year ---- */

struct accepting {
	struct qpp_str id;
	enum qpp_code code;
	struct qpp_arena arena;
	struct qpp_err err;
};

static void *accept_it(void *self)
{
	struct accepting *a = self;
	struct qpp_call call = { .service = &room.service, .arena = &a->arena, .actor = &room.p[2].actor };
	a->code = qpp_vgroup_answer(&call, a->id, room.p[2].id, QPP_VGROUP_ACCEPT, &a->err);
	return NULL;
}

static void two_groups_claim_one_practice_and_one_gets_it(void **unused)
{
	(void)unused;
	struct accepting a[2] = { { .arena = QPP_ARENA_INIT }, { .arena = QPP_ARENA_INIT } };
	pthread_t t[2];
	for (size_t i = 0; i < 3; i++)
		practice(&room, 2025, "Practice", 3, 3, 3);
	for (size_t i = 0; i < 2; i++) {
		struct qpp_call call = by(&room, i);
		assert_ok(qpp_vgroup_start(&call, room.p[i].id, (qpp_py){ 2025 }, QPP_LIT("Group"), QPP_LIT(""), &a[i].id, &room.err));
		assert_ok(qpp_vgroup_invite(&call, a[i].id, &room.p[2].tin, 1, &room.err));
	}
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&t[i], NULL, accept_it, &a[i]), 0);
	for (size_t i = 0; i < 2; i++)
		pthread_join(t[i], NULL);
	assert_int_equal((a[0].code == QPP_OK) + (a[1].code == QPP_OK), 1);
	size_t lost = a[0].code == QPP_OK;
	assert_int_equal(a[lost].code, QPP_DUPLICATE);
	assert_string_equal(a[lost].err.primary, "this practice is in another virtual group of the year already");
	/* The one that did not get it sees the conflict. */
	struct qpp_vgroup g = see(&room, lost, a[lost].id);
	for (size_t i = 0; i < g.n_members; i++)
		if (qpp_str_eq(g.members[i].row.org_id, room.p[2].id))
			assert_true(g.members[i].holder.n > 0);
	qpp_arena_close(&a[0].arena);
	qpp_arena_close(&a[1].arena);
}

static void a_member_of_an_approved_group_is_taken(void **unused)
{
	(void)unused;
	practice(&room, 2025, "Elm", 3, 3, 3);
	practice(&room, 2025, "Oak", 3, 3, 3);
	struct qpp_str id = elect(&room, 2025, 2), other, identifier;
	struct qpp_call reviewer = call_of(&room, &room.reviewer), oak = by(&room, 1);
	assert_ok(qpp_vgroup_decide(&reviewer, id, see(&room, 0, id).row.version, QPP_VERDICT_APPROVE, QPP_LIT(""), &identifier, &room.err));
	assert_code(qpp_vgroup_start(&oak, room.p[1].id, (qpp_py){ 2025 }, QPP_LIT("Other"), QPP_LIT(""), &other, &room.err), QPP_DUPLICATE);
	/* The year after is another year: last year's approval makes nobody a member. */
	at(&room, "2025-11-15T12:00:00-05:00");
	assert_ok(qpp_vgroup_start(&oak, room.p[1].id, (qpp_py){ 2026 }, QPP_LIT("Other"), QPP_LIT(""), &other, &room.err));
	struct qpp_tx *tx;
	struct qpp_membership_rows rows;
	assert_ok(qpp_store_begin(room.w.store, &room.w.arena, &tx, &room.err));
	assert_ok(qpp_store_membership_of_org(tx, (qpp_py){ 2026 }, room.p[0].id, QPP_LIT(""), &rows, &room.err));
	qpp_store_end(tx);
	assert_int_equal(rows.n, 0);
}

static void a_clinician_in_two_groups_is_told_of_and_may_be(void **unused)
{
	(void)unused;
	practice(&room, 2025, "Elm", 3, 3, 3);
	practice(&room, 2025, "Oak", 3, 3, 3);
	practice(&room, 2025, "Ash", 3, 3, 3);
	(void)elect(&room, 2025, 2);
	struct qpp_str id, npis[3];
	struct qpp_call ash = by(&room, 2);
	assert_ok(qpp_vgroup_start(&ash, room.p[2].id, (qpp_py){ 2025 }, QPP_LIT("Other"), QPP_LIT(""), &id, &room.err));
	memcpy(npis, room.p[2].npis, sizeof npis);
	npis[2] = room.p[0].npis[0];
	struct qpp_vgroup g = see(&room, 2, id);
	assert_false(has_check(&room, &g, "npiInOtherVirtualGroup", 2));
	assert_ok(qpp_vgroup_list_npis(&ash, id, room.p[2].id, npis, 3, &room.err));
	g = see(&room, 2, id);
	assert_true(has_check(&room, &g, "npiInOtherVirtualGroup", 2));
	for (size_t i = 0; i < g.n_checks; i++)
		if (qpp_str_is(g.checks[i].finding->code, "npiInOtherVirtualGroup"))
			assert_int_equal(g.checks[i].finding->severity, QPP_WARNING);
}

/* ---- the agreement ---- */

static void another_text_has_no_signatures(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = two(2025, 5, 5);
	struct qpp_call elm = by(&room, 0);
	struct qpp_vgroup g = see(&room, 0, id);
	struct qpp_str first = g.hash;
	assert_int_equal(g.n_clauses, 9);
	sign_all(&room, id, 2);
	assert_true(see(&room, 0, id).ready);
	assert_code(qpp_vgroup_sign(&elm, id, room.p[0].id, QPP_LIT("Ada Byron"), QPP_LIT(""), first, &room.err), QPP_DUPLICATE);
	assert_ok(qpp_vgroup_write_clause(&elm, id, QPP_LIT("incentives"), QPP_LIT("We meet every month."), &room.err));
	g = see(&room, 0, id);
	assert_false(qpp_str_eq(g.hash, first));
	assert_false(g.done[QPP_STEP_SIGNATURES]);
	assert_null(g.members[0].signature);
	assert_non_null(g.members[0].earlier);
	assert_code(file_it(id, "", &receipt), QPP_DATA);
	assert_code(qpp_vgroup_sign(&elm, id, room.p[0].id, QPP_LIT("Ada Byron"), QPP_LIT(""), first, &room.err), QPP_STALE);
	/* The template's words again are the first text again, which everybody has signed. */
	assert_ok(qpp_vgroup_write_clause(&elm, id, QPP_LIT("incentives"), QPP_LIT(""), &room.err));
	g = see(&room, 0, id);
	assert_true(qpp_str_eq(g.hash, first) && g.ready);
	/* Another NPI is another text. */
	(void)joins(&room, 1, 2025);
	assert_false(see(&room, 0, id).done[QPP_STEP_SIGNATURES]);
}

static void the_agreement_names_parties_and_npis_and_no_tin(void **unused)
{
	(void)unused;
	struct qpp_str id = two(2025, 5, 5);
	struct qpp_vgroup g = see(&room, 0, id);
	static const char *const provisions[] = { "identities", "term", "notice", "rights", "incentives", "enrollment", "closeOut", "compliance", "signatures" };
	static const char *const letters[] = { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" };
	for (size_t i = 0; i < 9; i++) {
		assert_true(qpp_str_is(g.clauses[i].provision.name, provisions[i]));
		assert_true(qpp_str_is(g.clauses[i].provision.letter, letters[i]));
		assert_false(qpp_str_eq(g.clauses[i].standard, g.clauses[i].provision.says));
	}
	const char *text = qpp_str_dup(&room.w.arena, g.agreement).p;
	for (size_t i = 0; i < room.p[1].n; i++)
		assert_non_null(strstr(text, qpp_str_dup(&room.w.arena, room.p[1].npis[i]).p));
	assert_null(strstr(text, room.p[1].tin.p));
	assert_non_null(strstr(text, "Oak Street Clinic, TIN *****0002"));
	struct qpp_call elm = by(&room, 0);
	assert_code(qpp_vgroup_write_clause(&elm, id, QPP_LIT("term"), QPP_LIT("The TIN 000100002 is bound."), &room.err), QPP_DATA);
	assert_code(qpp_vgroup_write_clause(&elm, id, QPP_LIT("none"), QPP_LIT("text"), &room.err), QPP_NOT_FOUND);
}

static void only_an_official_signs_for_the_own_practice(void **unused)
{
	(void)unused;
	struct qpp_str id = two(2025, 5, 5);
	struct qpp_str hash = see(&room, 0, id).hash;
	struct qpp_call elm = by(&room, 0);
	assert_code(qpp_vgroup_sign(&elm, id, room.p[1].id, QPP_LIT("Ada"), QPP_LIT(""), hash, &room.err), QPP_NOT_FOUND);
	assert_code(qpp_vgroup_sign(&elm, id, room.p[0].id, QPP_LIT("  "), QPP_LIT(""), hash, &room.err), QPP_DATA);
}

static void without_a_representative_nothing_is_filed(void **unused)
{
	(void)unused;
	static const struct qpp_vgroup_rep none[] = { { .name = { 0 } }, { .name = QPP_LIT_INIT("Rita") }, { .name = QPP_LIT_INIT("Rita"), .email = QPP_LIT_INIT("not an address") } };
	struct qpp_receipt receipt;
	struct qpp_str id = two(2025, 5, 5);
	struct qpp_call elm = by(&room, 0);
	sign_all(&room, id, 2);
	for (size_t i = 0; i < 3; i++) {
		assert_ok(qpp_vgroup_represent(&elm, id, &none[i], true, &room.err));
		struct qpp_vgroup g = see(&room, 0, id);
		assert_true(has_check(&room, &g, "representativeMissing", MOST_PRACTICES));
		assert_int_equal(g.next, QPP_STEP_REPRESENTATIVE);
		/* What was typed is kept. */
		assert_true(qpp_str_eq(g.row.rep_email, none[i].email));
		assert_code(file_it(id, "", &receipt), QPP_DATA);
	}
}

static void without_signatures_nothing_is_filed(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = two(2025, 5, 5);
	assert_code(file_it(id, "", &receipt), QPP_DATA);
	assert_string_equal(room.err.cite, "414.1315(c)(2)(ii)");
	struct qpp_vgroup g = see(&room, 0, id);
	assert_true(has_check(&room, &g, "agreementNotAcknowledged", MOST_PRACTICES));
}

/* ---- filed ---- */

static void a_form_sent_twice_is_one_filing(void **unused)
{
	(void)unused;
	struct qpp_receipt first, second;
	struct qpp_str id = two(2025, 5, 5), body;
	struct qpp_call elm = by(&room, 0), oak = by(&room, 1);
	sign_all(&room, id, 2);
	assert_code(qpp_vgroup_file(&oak, id, QPP_LIT("k"), room.w.clock.now, &first, &room.err), QPP_FORBIDDEN);
	assert_ok(file_it(id, "key-1", &first));
	room.w.clock.now.us += 5 * QPP_MICROS_A_SECOND;
	assert_ok(file_it(id, "key-1", &second));
	assert_true(qpp_str_eq(first.number, second.number) && first.at.us == second.at.us);
	assert_ok(qpp_vgroup_receipt(&elm, id, first.sequence, &second, &body, &room.err));
	assert_non_null(strstr(qpp_str_dup(&room.w.arena, body).p, "\"performanceYear\": 2025"));
	assert_int_equal(mails_to(&room, "rita@example.org", "Your virtual group's election was received"), 1);
	assert_int_equal(mails_to(&room, "official000100002@example.org", "Your virtual group's election was received"), 1);
	int64_t records;
	assert_ok(qpp_store_ledger_check(room.w.store, &records, &room.err));
	assert_int_equal(records, 1);
}

static void what_is_filed_stands_until_it_is_filed_anew(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	practice(&room, 2025, "Elm", 3, 3, 3);
	practice(&room, 2025, "Oak", 3, 3, 3);
	practice(&room, 2025, "Ash", 3, 3, 3);
	struct qpp_str id = elect(&room, 2025, 3);
	struct qpp_call elm = by(&room, 0), ash = by(&room, 2);
	assert_code(qpp_vgroup_answer(&ash, id, room.p[2].id, QPP_VGROUP_LEAVE, &room.err), QPP_CONFLICT);
	assert_code(qpp_vgroup_write_clause(&elm, id, QPP_LIT("term"), QPP_LIT("other"), &room.err), QPP_CONFLICT);
	assert_ok(qpp_vgroup_revise(&elm, id, true, room.w.clock.now, &room.err));
	assert_ok(qpp_vgroup_answer(&ash, id, room.p[2].id, QPP_VGROUP_LEAVE, &room.err));
	/* The reviewer sees what stands: three practices, and Ash is not free yet. */
	assert_int_equal(see_by(&room, &room.reviewer, id).n_in, 3);
	struct qpp_str other;
	assert_code(qpp_vgroup_start(&ash, room.p[2].id, (qpp_py){ 2025 }, QPP_LIT("Other"), QPP_LIT(""), &other, &room.err), QPP_DUPLICATE);
	sign_all(&room, id, 2);
	assert_ok(file_it(id, "", &receipt));
	assert_int_equal(see_by(&room, &room.reviewer, id).n_in, 2);
	assert_ok(qpp_vgroup_start(&ash, room.p[2].id, (qpp_py){ 2025 }, QPP_LIT("Other"), QPP_LIT(""), &other, &room.err));
}

static void after_the_deadline_nobody_changes_anything(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = two(2025, 5, 5);
	struct qpp_call elm = by(&room, 0), oak = by(&room, 1);
	sign_all(&room, id, 2);
	at(&room, "2024-12-31T23:58:00-05:00");
	assert_ok(file_it(id, "", &receipt));
	assert_ok(qpp_vgroup_revise(&elm, id, true, room.w.clock.now, &room.err));
	assert_ok(qpp_vgroup_answer(&oak, id, room.p[1].id, QPP_VGROUP_LEAVE, &room.err));
	at(&room, "2025-01-01T00:00:00-05:00");
	assert_code(file_it(id, "", &receipt), QPP_CONFLICT);
	assert_code(qpp_vgroup_withdraw(&elm, id, room.w.clock.now, &receipt, &room.err), QPP_CONFLICT);
	assert_code(qpp_vgroup_revise(&elm, id, false, room.w.clock.now, &room.err), QPP_CONFLICT);
	assert_code(qpp_vgroup_represent(&elm, id, &(struct qpp_vgroup_rep){ .name = { 0 } }, true, &room.err), QPP_CONFLICT);
	/* What was begun to be changed and not filed again is as if it had not been begun. */
	struct qpp_vgroup g = see(&room, 0, id);
	assert_int_equal(g.n_in, 2);
	assert_false(g.may_edit);
	assert_int_equal(g.errors, 0);
	struct qpp_str other;
	assert_code(qpp_vgroup_start(&oak, room.p[1].id, (qpp_py){ 2025 }, QPP_LIT("Late"), QPP_LIT(""), &other, &room.err), QPP_CONFLICT);
}

static void withdrawn_in_time_all_are_free(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = two(2025, 5, 5), other;
	struct qpp_call elm = by(&room, 0), oak = by(&room, 1);
	sign_all(&room, id, 2);
	assert_ok(file_it(id, "", &receipt));
	assert_code(qpp_vgroup_withdraw(&oak, id, room.w.clock.now, &receipt, &room.err), QPP_FORBIDDEN);
	at(&room, "2024-12-31T23:59:59-05:00");
	assert_ok(qpp_vgroup_withdraw(&elm, id, room.w.clock.now, &receipt, &room.err));
	assert_text(receipt.kind, "withdrawal");
	assert_int_equal(see(&room, 0, id).state, QPP_VGROUP_WITHDRAWN);
	assert_ok(qpp_vgroup_start(&oak, room.p[1].id, (qpp_py){ 2025 }, QPP_LIT("Other"), QPP_LIT(""), &other, &room.err));
}

static void a_year_without_rules_cannot_be_elected(void **unused)
{
	(void)unused;
	struct qpp_str id;
	practice(&room, 2025, "Elm", 1, 1, 3);
	struct qpp_call elm = by(&room, 0);
	assert_code(qpp_vgroup_start(&elm, room.p[0].id, (qpp_py){ 2017 }, QPP_LIT("Early"), QPP_LIT(""), &id, &room.err), QPP_NO_RULE);
	assert_code(qpp_vgroup_start(&elm, room.p[0].id, (qpp_py){ 2024 }, QPP_LIT("Late"), QPP_LIT(""), &id, &room.err), QPP_CONFLICT);
	qpp_py years[4];
	size_t n = qpp_vgroup_years(&room.service, room.w.clock.now, years, 4);
	assert_int_equal(n, 2);
	assert_int_equal(years[0].v, 2025);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_solo_and_a_group_of_ten_file_in_the_last_minute), TEST(the_window_is_kept_to_the_second),
		TEST(the_first_second_is_in_and_the_years_open_on_their_days), TEST(what_is_wrong_is_told_of_the_practice),
		TEST(one_practice_is_no_virtual_group), TEST(a_practice_joins_with_its_whole_tin), TEST(a_solo_below_the_threshold_of_2018_is_refused),
		TEST(what_the_group_becomes), TEST(three_solos_are_a_small_practice), TEST(only_the_own_official_answers),
		TEST(invitations_are_checked_and_can_be_taken_back), TEST(names_are_hidden_until_all_agree),
		TEST(two_groups_claim_one_practice_and_one_gets_it), TEST(a_member_of_an_approved_group_is_taken), TEST(a_clinician_in_two_groups_is_told_of_and_may_be),
		TEST(another_text_has_no_signatures),
		TEST(the_agreement_names_parties_and_npis_and_no_tin), TEST(only_an_official_signs_for_the_own_practice),
		TEST(without_a_representative_nothing_is_filed), TEST(without_signatures_nothing_is_filed), TEST(a_form_sent_twice_is_one_filing),
		TEST(what_is_filed_stands_until_it_is_filed_anew), TEST(after_the_deadline_nobody_changes_anything), TEST(withdrawn_in_time_all_are_free),
		TEST(a_year_without_rules_cannot_be_elected),
	};
	return RUN_AS_TAP(tests);
}
