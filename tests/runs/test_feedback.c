/* Feedback: who sees what of which version, and why it is so (portal.md 2.6). */
#include "state.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

static struct state s;
static struct qpp_scoring final;

static int begin(void **unused)
{
	(void)unused;
	state_open(&s);
	final = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "final");
	must_release(&s, final.id, NULL, true);
	return 0;
}

static int end(void **unused)
{
	(void)unused;
	state_close(&s);
	return 0;
}

static void assert_same(struct qpp_str a, struct qpp_str b)
{
	if (!qpp_str_eq(a, b))
		fail_msg("%.*s is not %.*s", QPP_ARG(a), QPP_ARG(b));
}

static struct qpp_tx *look(void)
{
	struct qpp_tx *tx;
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	return tx;
}

/* 2.6.3: not as the registry's people and not by its token, whatever it filed; and it is recorded. */
static void registry__never_sees_final_feedback(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_org_rows registries = { 0 };
	struct qpp_tx *tx = look();
	struct qpp_feedback_lines lines;
	assert_int_equal(qpp_store_org_list(tx, QPP_ORG_REGISTRY, QPP_LIT(""), (struct qpp_slice){ .most = 1 }, &registries, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	struct qpp_run row = pair_paid_by(&s, final.id, QPP_GROUP, NULL);
	struct qpp_call person = call_of(&s, &registries.v[0], QPP_POST_OFFICIAL), token = call_of(&s, &registries.v[0], QPP_POST_NONE);
	struct qpp_actor program = *token.actor;
	program.token_id = QPP_LIT("token");
	token.actor = &program;
	assert_int_equal(see(&s, &person, row.who, true, &x), QPP_FORBIDDEN);
	assert_int_equal(audits(&s), 1);
	assert_int_equal(see(&s, &token, row.who, false, &x), QPP_FORBIDDEN);
	assert_int_equal(audits(&s), 2);
	struct qpp_who group = { .py = { PY }, .entity = QPP_GROUP, .org_id = row.who.org_id };
	assert_int_equal(see(&s, &person, group, true, &x), QPP_FORBIDDEN);
	assert_int_equal(qpp_feedback_list(&person, (qpp_py){ PY }, row.who.org_id, (struct qpp_slice){ 0 }, &lines, &s.w.err), QPP_FORBIDDEN);
	assert_int_equal(qpp_feedback_of_npi(&person, (qpp_py){ PY }, row.who.npi, &lines, &s.w.err), QPP_FORBIDDEN);
	assert_int_equal(audits(&s), 5);
	/* A practice's own token is a program too: it files. */
	struct qpp_org practice = org_of(&s, row.who.org_id);
	struct qpp_call own = call_of(&s, &practice, QPP_POST_NONE);
	program = *own.actor;
	program.token_id = QPP_LIT("token");
	own.actor = &program;
	assert_int_equal(see(&s, &own, row.who, false, &x), QPP_FORBIDDEN);
}

struct adding {
	struct qpp_relation relation;
};

static enum qpp_code add_relation(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_relation_put(tx, &((struct adding *)request)->relation, err);
}

/* 2.6.4: of a clinician under two TINs the people of one see that one's pair. */
static void practice__sees_its_own_pairs_only(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_feedback_lines lines;
	struct qpp_relation_rows rows = { 0 };
	struct qpp_run a = pair_paid_by(&s, final.id, QPP_INDIVIDUAL, NULL), b = pair_paid_by(&s, final.id, QPP_GROUP, NULL);
	struct qpp_org at_a = org_of(&s, a.who.org_id), at_b = org_of(&s, b.who.org_id);
	struct qpp_tx *tx = look();
	assert_int_equal(qpp_store_relation_of_npi(tx, (qpp_py){ PY }, a.who.npi, &rows, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	struct adding more = { .relation = rows.v[0] };
	more.relation.org_id = at_b.id;
	assert_int_equal(qpp_store_write(s.w.store, &s.arena, add_relation, &more, &s.w.err), QPP_OK);
	struct qpp_scoring again = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_FROZEN, "with the second TIN");
	must_release(&s, again.id, NULL, true);
	struct qpp_call of_a = call_of(&s, &at_a, QPP_POST_STAFF), of_b = call_of(&s, &at_b, QPP_POST_STAFF), all = agency(&s);
	assert_int_equal(qpp_feedback_of_npi(&of_a, (qpp_py){ PY }, a.who.npi, &lines, &s.w.err), QPP_OK);
	assert_int_equal(lines.n, 1);
	assert_same(lines.v[0].who.org_id, at_a.id);
	assert_int_equal(qpp_feedback_of_npi(&of_b, (qpp_py){ PY }, a.who.npi, &lines, &s.w.err), QPP_OK);
	assert_int_equal(lines.n, 1);
	assert_same(lines.v[0].who.org_id, at_b.id);
	assert_int_equal(qpp_feedback_of_npi(&all, (qpp_py){ PY }, a.who.npi, &lines, &s.w.err), QPP_OK);
	assert_int_equal(lines.n, 2);
	struct qpp_who other = a.who;
	assert_int_equal(see(&s, &of_b, other, true, &x), QPP_NOT_FOUND);
	other.org_id = at_b.id;
	assert_int_equal(see(&s, &of_b, other, true, &x), QPP_OK);
	assert_int_equal(see(&s, &of_a, other, true, &x), QPP_NOT_FOUND);
	/* The clinician sees both, and nobody else's. */
	struct qpp_org page = { .id = QPP_LIT("own page"), .kind = QPP_ORG_CLINICIAN, .number = a.who.npi };
	struct qpp_call own = call_of(&s, &page, QPP_POST_CLINICIAN);
	assert_int_equal(qpp_feedback_of_npi(&own, (qpp_py){ PY }, a.who.npi, &lines, &s.w.err), QPP_OK);
	assert_int_equal(lines.n, 2);
	assert_int_equal(see(&s, &own, b.who, true, &x), qpp_str_eq(a.who.npi, b.who.npi) ? QPP_OK : QPP_NOT_FOUND);
	assert_int_equal(see(&s, &own, (struct qpp_who){ .py = { PY }, .entity = QPP_GROUP, .org_id = at_a.id }, true, &x), QPP_NOT_FOUND);
}

/* 2.6.5: a practice in an entity sees what its clinicians get, and not the entity's own page. */
static void participant__needs_a_role_in_the_entity(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_run row = pair_paid_by(&s, final.id, QPP_APM_ENTITY, NULL);
	struct qpp_org practice = org_of(&s, row.who.org_id), entity = org_of(&s, row.paid_org_id);
	struct qpp_call part = call_of(&s, &practice, QPP_POST_OFFICIAL), staff = call_of(&s, &entity, QPP_POST_STAFF);
	struct qpp_who whole = { .py = { PY }, .entity = QPP_APM_ENTITY, .org_id = entity.id };
	assert_int_equal(see(&s, &part, whole, true, &x), QPP_FORBIDDEN);
	assert_int_equal(audits(&s), 1);
	assert_int_equal(see(&s, &part, row.who, true, &x), QPP_OK);
	assert_int_equal(x.level, QPP_APM_ENTITY);
	assert_same(x.level_org.id, entity.id);
	assert_same(x.shown->final_score, row.final_score);
	assert_same(x.shown->factor, row.factor);
	assert_null(x.scored);
	assert_true(x.no_detail.n > 0);
	assert_int_equal(see(&s, &staff, whole, true, &x), QPP_OK);
	assert_same(x.shown->final_score, row.final_score);
	/* The entity's page says what its score pays, as its clinicians' do. */
	assert_same(x.shown->factor, row.factor);
	assert_non_null(x.scored);
	assert_int_equal(see(&s, &staff, row.who, true, &x), QPP_NOT_FOUND);
	/* Of an entity that it is not even in: as if there were none. */
	struct qpp_run apart = pair_paid_by(&s, final.id, QPP_INDIVIDUAL, NULL);
	struct qpp_org stranger = org_of(&s, apart.who.org_id);
	struct qpp_call outside = call_of(&s, &stranger, QPP_POST_OFFICIAL);
	assert_int_equal(see(&s, &outside, whole, true, &x), QPP_NOT_FOUND);
}

/* 414.1315(a)(2): the virtual group's score counts whatever the others are; they are listed with why they do not. */
static void virtual_group__counts_before_all_others(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_run row = pair_paid_by(&s, final.id, QPP_VIRTUAL_GROUP, NULL);
	struct qpp_org practice = org_of(&s, row.who.org_id), group = org_of(&s, row.paid_org_id);
	struct qpp_call part = call_of(&s, &practice, QPP_POST_OFFICIAL), representative = call_of(&s, &group, QPP_POST_OFFICIAL);
	assert_int_equal(see(&s, &part, row.who, false, &x), QPP_OK);
	assert_true(x.pays && x.level == QPP_VIRTUAL_GROUP);
	for (size_t i = 0; i < x.n_others; i++)
		assert_true(x.others[i].why.n > 0 && x.others[i].level != QPP_VIRTUAL_GROUP);
	assert_int_equal(see(&s, &representative, (struct qpp_who){ .py = { PY }, .entity = QPP_VIRTUAL_GROUP, .org_id = group.id }, true, &x), QPP_OK);
	assert_same(x.shown->final_score, row.final_score);
	assert_int_equal(see(&s, &part, (struct qpp_who){ .py = { PY }, .entity = QPP_VIRTUAL_GROUP, .org_id = group.id }, true, &x), QPP_FORBIDDEN);
}

/* 2.6.6 */
static void exceptional__factor_is_of_years_through_2022(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_run row = pair_paid_by(&s, final.id, QPP_GROUP, NULL);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_STAFF);
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_OK);
	assert_false(x.factor_additional_year);
	assert_int_equal(x.payment_year, 2025);
	row.who.py.v = 2022;
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_NOT_FOUND);
	assert_true(x.factor_additional_year);
}

/* 2.6.7: five patients are too few for a cost measure, which is there with the reason, scored by nothing. */
static void measure__below_its_case_minimum_says_so(void **unused)
{
	(void)unused;
	struct qpp_scoring made;
	struct qpp_feedback x;
	struct qpp_run row = pair_paid_by(&s, final.id, QPP_GROUP, NULL);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_STAFF);
	const struct qpp_decided d = { .who = { .py = { PY }, .entity = QPP_GROUP, .org_id = org.id }, .decision_id = QPP_LIT("decision"),
		.number = QPP_LIT("TR-1"), .facts = QPP_LIT("{\"cost\": [{\"measureId\": \"TPCC_1\", \"score\": \"1300\", \"caseCount\": 5}]}") };
	assert_int_equal(qpp_decided_apply(&s.service, &s.arena, &d, &made, &s.w.err), QPP_OK);
	assert_int_equal(see(&s, &call, d.who, true, &x), QPP_OK);
	assert_non_null(x.scored);
	const struct qpp_category_score *c = &x.scored->score.category[QPP_COST];
	assert_int_equal(c->n_measures, 1);
	assert_same(c->measures[0].measure_id, QPP_LIT("TPCC_1"));
	assert_false(c->measures[0].picked || c->measures[0].points.has_decile || c->measures[0].points.points.has);
	assert_same(c->measures[0].status, QPP_LIT("the case minimum is not met"));
	assert_false(c->scored);
}

static void list__has_the_group_and_its_clinicians(void **unused)
{
	(void)unused;
	struct qpp_feedback_lines lines;
	struct qpp_run row = pair_paid_by(&s, final.id, QPP_GROUP, NULL);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_STAFF);
	bool there = false;
	assert_int_equal(qpp_feedback_list(&call, (qpp_py){ PY }, org.id, (struct qpp_slice){ 0 }, &lines, &s.w.err), QPP_OK);
	assert_true(lines.n >= 2);
	assert_int_equal(lines.v[0].who.entity, QPP_GROUP);
	for (size_t i = 1; i < lines.n; i++) {
		assert_same(lines.v[i].who.org_id, org.id);
		if (qpp_str_eq(lines.v[i].who.npi, row.who.npi)) {
			there = true;
			assert_same(lines.v[i].current.factor, row.factor);
			assert_int_equal(lines.v[i].level, QPP_GROUP);
			assert_true(lines.v[i].name.n > 0);
		}
	}
	assert_true(there);
}

/* -9 % of $100.00 and of given amounts, to the cent: 123.45 less 11.11 (11.1105). */
static void claims__show_what_a_factor_does(void **unused)
{
	(void)unused;
	static const qpp_cents paid[] = { { 12345 }, { 100 }, { 5 } };
	struct qpp_claims_impact x;
	struct qpp_call call = agency(&s);
	assert_int_equal(qpp_feedback_claims(&call, (qpp_py){ PY }, QPP_LIT("-9.00"), paid, 3, &x, &s.w.err), QPP_OK);
	assert_int_equal(x.of_hundred.adjustment.v, -900);
	assert_int_equal(x.of_hundred.after.v, 9100);
	assert_int_equal(x.lines[0].adjustment.v, -1111);
	assert_int_equal(x.lines[1].adjustment.v, -9);
	assert_int_equal(x.lines[2].adjustment.v, 0);
	assert_int_equal(x.totals.paid.v, 12450);
	assert_int_equal(x.totals.adjustment.v, -1120);
	assert_int_equal(qpp_feedback_claims(&call, (qpp_py){ PY }, QPP_LIT("1.37"), paid, 1, &x, &s.w.err), QPP_OK);
	assert_int_equal(x.of_hundred.adjustment.v, 137);
	assert_int_equal(x.lines[0].adjustment.v, 169);
	assert_int_equal(qpp_feedback_claims(&call, (qpp_py){ PY }, QPP_LIT(""), paid, 1, &x, &s.w.err), QPP_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(registry__never_sees_final_feedback, begin, end),
		cmocka_unit_test_setup_teardown(practice__sees_its_own_pairs_only, begin, end),
		cmocka_unit_test_setup_teardown(participant__needs_a_role_in_the_entity, begin, end),
		cmocka_unit_test_setup_teardown(virtual_group__counts_before_all_others, begin, end),
		cmocka_unit_test_setup_teardown(exceptional__factor_is_of_years_through_2022, begin, end),
		cmocka_unit_test_setup_teardown(measure__below_its_case_minimum_says_so, begin, end),
		cmocka_unit_test_setup_teardown(list__has_the_group_and_its_clinicians, begin, end),
		cmocka_unit_test_setup_teardown(claims__show_what_a_factor_does, begin, end),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
