/* Decisions and corrections: new versions beside the old ones, for everyone they touch and nobody else (portal.md 1.10.7, 1.10.9, 2.6.9). */
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
	state_at(&s, "2024-09-02T15:00:00Z");
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

#define CLAIMS "{\"cost\": [], \"administrativeClaims\": []}"

/* Somebody whose own score counts and whom a small change of facts moves: facts, and how it comes out. */
static struct qpp_run movable(enum qpp_entity level, const char *facts, struct qpp_whatif *out)
{
	struct qpp_tx *tx;
	struct qpp_run_rows rows = { 0 };
	struct qpp_call call = agency(&s);
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_store_run_of_scoring(tx, final.id, QPP_LIT("pair"), QPP_LIT(""), 1000, &rows, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++) {
		struct qpp_findings f;
		struct qpp_run *r = &rows.v[i];
		struct qpp_who of = r->who;
		if (r->paid_level != level)
			continue;
		if (level != QPP_INDIVIDUAL)
			of = (struct qpp_who){ .py = r->who.py, .entity = level, .org_id = r->paid_org_id };
		qpp_findings_init(&f, &s.arena, 20);
		enum qpp_code code = qpp_what_if(&call, &r->who, &of, qpp_str_of(facts), &f, out, &s.w.err);
		if (code != QPP_OK)
			fail_msg("%s: %s %.*s", qpp_code_name(code), s.w.err.primary, QPP_ARG(f.list.n ? f.list.v[0].message : QPP_LIT("")));
		if (out->after.scored && !qpp_str_eq(out->after.factor, out->before.factor))
			return *r;
	}
	fail_msg("nobody moves");
	abort();
}

static int64_t versions_of(const struct qpp_who *who, const char *kind)
{
	struct qpp_tx *tx;
	struct qpp_run_rows rows = { 0 };
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_store_run_released(tx, who, qpp_str_of(kind), (qpp_time){ -1 }, (struct qpp_slice){ 0 }, &rows, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	return (int64_t)rows.n;
}

static int64_t overrides_of(const struct qpp_who *who)
{
	struct qpp_tx *tx;
	struct qpp_override_rows rows = { 0 };
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_store_override_of(tx, who, (qpp_time){ -1 }, QPP_LIT(""), &rows, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	return (int64_t)rows.n;
}

/* The counterfactual writes nothing, and says first what is the cause. */
static void what_if__says_before_and_after_and_keeps_nothing(void **unused)
{
	(void)unused;
	struct qpp_whatif x;
	struct qpp_findings f;
	struct qpp_call call = agency(&s);
	struct qpp_run row = movable(QPP_INDIVIDUAL, CLAIMS, &x);
	assert_same(x.before.final_score, row.final_score);
	assert_same(x.before.factor, row.factor);
	assert_true(x.changes.n > 0);
	assert_true(x.changes.v[0].cause);
	assert_true(x.changes.v[0].path.n > 0 && x.changes.v[0].rule.n > 0);
	bool past_causes = false, final_there = false;
	for (size_t i = 0; i < x.changes.n; i++) {
		const struct qpp_changed *c = &x.changes.v[i];
		assert_false(past_causes && c->cause);
		past_causes |= !c->cause;
		assert_false(qpp_str_eq(c->old, c->now) && c->old.n && c->old_fact && c->now_fact &&
		             qpp_dec_eq(x.before.scored_as->trace->facts.v[c->old_fact].value, x.after.scored_as->trace->facts.v[c->now_fact].value));
		final_there |= qpp_str_eq(c->old, x.before.final_score) && qpp_str_eq(c->now, x.after.final_score);
	}
	assert_true(final_there);
	assert_int_equal(versions_of(&row.who, "pair"), 1);
	/* Again without anything put over: no difference at all. */
	qpp_findings_init(&f, &s.arena, 20);
	assert_int_equal(qpp_what_if(&call, &row.who, NULL, QPP_LIT("{}"), &f, &x, &s.w.err), QPP_OK);
	assert_same(x.before.final_score, x.after.final_score);
	assert_int_equal(x.changes.n, 0);
	assert_int_equal(qpp_what_if(&call, &row.who, NULL, QPP_LIT("{\"smalPractice\": true}"), &f, &x, &s.w.err), QPP_DATA);
}

/* 1.10.7, 2.6.9: an approval makes a version beside the old one; a decision without effect makes none; nobody else is touched. */
static void decision__makes_a_version_and_keeps_the_old_one(void **unused)
{
	(void)unused;
	struct qpp_whatif would;
	struct qpp_feedback x;
	struct qpp_changes changes;
	struct qpp_scoring made;
	struct qpp_str before = text_of_run(&s, final.id);
	struct qpp_run row = movable(QPP_INDIVIDUAL, CLAIMS, &would);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_OFFICIAL);
	struct qpp_decided d = { .who = row.who, .facts = QPP_LIT(CLAIMS), .decision_id = QPP_LIT("decision-1"), .number = QPP_LIT("TR-2023-0001"),
		                     .account_id = QPP_LIT("second reviewer") };
	d.facts = QPP_LIT("{\"cost\": 5}");
	assert_int_equal(qpp_decided_apply(&s.service, &s.arena, &d, &made, &s.w.err), QPP_DATA);
	assert_int_equal(versions_of(&row.who, "pair"), 1);
	d.facts = QPP_LIT(CLAIMS);
	assert_int_equal(qpp_decided_apply(&s.service, &s.arena, &d, &made, &s.w.err), QPP_OK);
	assert_int_equal(made.levels, 1);
	assert_int_equal(made.pairs, 1);
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_OK);
	assert_int_equal(x.n_versions, 2);
	assert_true(x.versions[0].current && !x.versions[1].current);
	assert_same(x.versions[0].reason, QPP_LIT("TR-2023-0001"));
	assert_int_equal(x.versions[0].phase, QPP_PHASE_CORRECTED);
	assert_int_equal(x.versions[0].number, 2);
	assert_same(x.versions[0].final_score, would.after.final_score);
	assert_same(x.versions[0].factor, would.after.factor);
	assert_same(x.versions[1].final_score, row.final_score);
	assert_same(x.versions[1].factor, row.factor);
	assert_non_null(x.scored);
	assert_same(qpp_dec_text(&s.arena, x.scored->score.final_score.v, 2), would.after.final_score);
	/* The old one is readable with its reasons, and the difference is that of the counterfactual. */
	const struct qpp_feedback_ask old = { .who = row.who, .version_id = x.versions[1].id, .detail = true };
	struct qpp_feedback y;
	assert_int_equal(qpp_feedback_see(&call, &old, &y, &s.w.err), QPP_OK);
	assert_non_null(y.scored);
	assert_same(qpp_dec_text(&s.arena, y.scored->score.final_score.v, 2), row.final_score);
	assert_int_equal(qpp_feedback_changes(&call, &row.who, x.versions[1].id, x.versions[0].id, &changes, &s.w.err), QPP_OK);
	assert_int_equal(changes.n, would.changes.n);
	for (size_t i = 0; i < changes.n; i++)
		assert_same(changes.v[i].path, would.changes.v[i].path);
	/* Handed over again it does nothing; the same facts by another decision move nothing, so there is no third version. */
	s.w.clock.now.us += QPP_MICROS_A_SECOND;
	assert_int_equal(qpp_decided_apply(&s.service, &s.arena, &d, &made, &s.w.err), QPP_OK);
	assert_int_equal(made.levels + made.pairs, 0);
	assert_int_equal(overrides_of(&row.who), 1);
	d.decision_id = QPP_LIT("decision-1, again");
	assert_int_equal(qpp_decided_apply(&s.service, &s.arena, &d, &made, &s.w.err), QPP_OK);
	assert_int_equal(made.levels + made.pairs, 0);
	assert_int_equal(overrides_of(&row.who), 2);
	assert_int_equal(versions_of(&row.who, "pair"), 2);
	/* What was written before stands byte for byte, and the next run over everybody knows of the decision. */
	assert_same(text_of_run(&s, final.id), before);
	struct qpp_scoring again = run_all(&s, QPP_PHASE_CORRECTED, QPP_SCALING_FROZEN, "nothing to correct");
	assert_int_equal(again.pairs, 0);
}

/* A group's decision touches each of its clinicians whose score it is. */
static void decision__about_a_group_moves_its_clinicians(void **unused)
{
	(void)unused;
	struct qpp_whatif would;
	struct qpp_scoring made;
	struct qpp_feedback x;
	struct qpp_run row = movable(QPP_GROUP, CLAIMS, &would);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_OFFICIAL);
	const struct qpp_decided d = { .who = { .py = { PY }, .entity = QPP_GROUP, .org_id = org.id }, .facts = QPP_LIT(CLAIMS),
		.decision_id = QPP_LIT("decision-2"), .number = QPP_LIT("TR-2023-0002"), .account_id = QPP_LIT("second reviewer") };
	assert_int_equal(qpp_decided_apply(&s.service, &s.arena, &d, &made, &s.w.err), QPP_OK);
	assert_int_equal(made.levels, 1);
	assert_true(made.pairs >= 1);
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_OK);
	assert_same(x.shown->final_score, would.after.final_score);
	assert_same(x.shown->factor, would.after.factor);
	assert_same(x.shown->reason, QPP_LIT("TR-2023-0002"));
	assert_int_equal(see(&s, &call, d.who, true, &x), QPP_OK);
	assert_int_equal(x.n_versions, 2);
	assert_same(x.versions[0].final_score, would.after.final_score);
	assert_same(x.versions[0].factor, would.after.factor);
	assert_false(qpp_str_eq(x.versions[0].final_score, x.versions[1].final_score));
}

/* ---- at large ---- */

struct person {
	struct qpp_str org_id, email, id;
	enum qpp_post post;
};

static enum qpp_code add_person(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct person *p = request;
	struct qpp_account account = { .provider = QPP_LIT("local"), .subject = p->email, .name = p->email, .email = p->email,
		.state = QPP_LIT("active"), .body = QPP_LIT("{}"), .id = p->id };
	struct qpp_role_row role = { .org_id = p->org_id, .post = p->post, .state = QPP_POST_ACTIVE };
	enum qpp_code code = p->id.n ? QPP_OK : qpp_store_account_put(tx, &account, err);
	p->id = role.account_id = account.id;
	return code == QPP_OK ? qpp_store_role_put(tx, &role, err) : code;
}

static size_t mail_to(const char *email, size_t *all)
{
	struct qpp_tx *tx;
	struct qpp_mail_row_rows rows = { 0 };
	size_t n = 0;
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_store_mail_list(tx, QPP_MAIL_WAITING, (struct qpp_slice){ 0 }, &rows, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++)
		n += qpp_str_is(rows.v[i].recipient, email);
	*all = rows.n;
	return n;
}

static struct qpp_scoring correct(const struct qpp_correction *c)
{
	static const struct qpp_run_work work;
	struct qpp_scoring run;
	enum qpp_code code = qpp_correction_begin(&s.service, &s.arena, c, &run, &s.w.err);
	if (code != QPP_OK)
		fail_msg("%s: %s %s", qpp_code_name(code), s.w.err.primary, s.w.err.detail);
	run.id = qpp_str_dup(&s.arena, run.id);
	assert_int_equal(qpp_run_go(&s.service, run.id, &work, &s.arena, &run, &s.w.err), QPP_OK);
	return run;
}

/*
 * 1.10.9: cost is taken out for everyone as an individual and as a group, and nobody is a small practice. Some go up, some down; all who move have a
 * version and their people one notice; before the release nobody sees anything; who does not move has one version still.
 */
static void correction__reaches_everyone_who_moves_and_nobody_else(void **unused)
{
	(void)unused;
	struct qpp_who *individuals, *groups;
	size_t n_individuals, n_groups, all;
	struct qpp_effect effect;
	struct qpp_moves moves, up, down;
	struct qpp_feedback x;
	int64_t told;
	bool done;
	struct qpp_cohort c = { .py = { PY }, .level = QPP_INDIVIDUAL };
	assert_int_equal(qpp_cohort_find(&s.service, &s.arena, &c, &individuals, &n_individuals, &s.w.err), QPP_OK);
	c.level = QPP_GROUP;
	assert_int_equal(qpp_cohort_find(&s.service, &s.arena, &c, &groups, &n_groups, &s.w.err), QPP_OK);
	assert_true(n_individuals > 300 && n_groups == 60);
	struct qpp_who *cohort = QPP_NEW_ARRAY(&s.arena, n_individuals + n_groups, struct qpp_who);
	memcpy(cohort, individuals, n_individuals * sizeof *cohort);
	memcpy(cohort + n_individuals, groups, n_groups * sizeof *cohort);
	struct qpp_correction order = { .order = { .py = { PY }, .scaling = QPP_SCALING_FROZEN, .name = QPP_LIT("Cost data of 2023"),
		.reason = QPP_LIT("the cost data were wrong"), .account_id = QPP_LIT("operator") },
		.facts = QPP_LIT("{\"cost\": [], \"smallPractice\": false}") };
	struct qpp_scoring run;
	assert_int_equal(qpp_correction_begin(&s.service, &s.arena, &order, &run, &s.w.err), QPP_USAGE);
	order.cohort = cohort;
	order.n_cohort = n_individuals + n_groups;
	run = correct(&order);
	assert_int_equal(qpp_correction_effect(&s.service, &s.arena, run.id, &effect, &s.w.err), QPP_OK);
	assert_int_equal(effect.moved, run.pairs);
	assert_true(effect.up > 0 && effect.down > 0);
	assert_int_equal(effect.up, run.up);
	assert_int_equal(effect.down, run.down);
	assert_int_equal(effect.pairs, final.pairs);
	assert_true(effect.moved < final.pairs);
	qpp_dec least, half, most;
	assert_true(qpp_dec_parse(effect.score_quantile[0], &least) && qpp_dec_parse(effect.score_quantile[2], &half) &&
	            qpp_dec_parse(effect.score_quantile[4], &most));
	assert_true(qpp_dec_cmp(least, half) <= 0 && qpp_dec_cmp(half, most) <= 0 && qpp_dec_sign(least) < 0 && qpp_dec_sign(most) > 0);
	assert_int_equal(qpp_correction_each(&s.service, &s.arena, run.id, QPP_ANY_WAY, QPP_LIT(""), 1000, &moves, &s.w.err), QPP_OK);
	assert_int_equal(qpp_correction_each(&s.service, &s.arena, run.id, QPP_UP, QPP_LIT(""), 1000, &up, &s.w.err), QPP_OK);
	assert_int_equal(qpp_correction_each(&s.service, &s.arena, run.id, QPP_DOWN, QPP_LIT(""), 1000, &down, &s.w.err), QPP_OK);
	assert_int_equal(moves.n, effect.moved);
	assert_int_equal(up.n, effect.up);
	assert_int_equal(down.n, effect.down);
	/* Somebody who goes down with a score of the practice's own, the details of which its people see. */
	size_t at = 0;
	while (at + 1 < down.n && down.v[at].run.paid_level != QPP_INDIVIDUAL && down.v[at].run.paid_level != QPP_GROUP)
		at++;
	struct qpp_run loser = down.v[at].run;
	struct person official = { .org_id = loser.who.org_id, .email = QPP_LIT("official@example.org"), .post = QPP_POST_OFFICIAL };
	assert_int_equal(qpp_store_write(s.w.store, &s.arena, add_person, &official, &s.w.err), QPP_OK);
	struct person staff = { .org_id = loser.who.org_id, .email = QPP_LIT("staff@example.org"), .post = QPP_POST_STAFF };
	assert_int_equal(qpp_store_write(s.w.store, &s.arena, add_person, &staff, &s.w.err), QPP_OK);
	/* Nobody sees it yet. */
	struct qpp_org org = org_of(&s, loser.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_OFFICIAL);
	assert_int_equal(see(&s, &call, loser.who, true, &x), QPP_OK);
	assert_int_equal(x.n_versions, 1);
	assert_int_equal(qpp_correction_notices(&s.service, run.id, 0, &told, &done, &s.w.err), QPP_CONFLICT);
	must_release(&s, run.id, "2024-09-13T16:00:00Z", true);
	state_at(&s, "2024-09-13T15:59:59Z");
	assert_int_equal(see(&s, &call, loser.who, true, &x), QPP_OK);
	assert_int_equal(x.n_versions, 1);
	assert_int_equal(qpp_correction_notices(&s.service, run.id, 0, &told, &done, &s.w.err), QPP_CONFLICT);
	state_at(&s, "2024-09-13T16:00:00Z");
	assert_int_equal(see(&s, &call, loser.who, true, &x), QPP_OK);
	assert_int_equal(x.n_versions, 2);
	assert_same(x.shown->factor, loser.factor);
	assert_same(x.shown->reason, QPP_LIT("Cost data of 2023: the cost data were wrong"));
	assert_non_null(x.scored);
	assert_false(qpp_str_eq(x.versions[1].factor, x.versions[0].factor) && qpp_str_eq(x.versions[1].final_score, x.versions[0].final_score));
	/* Every one who moved has two versions; all the others one. */
	struct qpp_tx *tx;
	struct qpp_run_rows rows = { 0 };
	int64_t two = 0;
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_store_run_of_scoring(tx, final.id, QPP_LIT("pair"), QPP_LIT(""), 1000, &rows, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++)
		two += versions_of(&rows.v[i].who, "pair") == 2;
	assert_int_equal(two, effect.moved);
	/* One message to the official, none to staff, none again. */
	assert_int_equal(qpp_correction_notices(&s.service, run.id, 1, &told, &done, &s.w.err), QPP_OK);
	int64_t first = told;
	assert_int_equal(qpp_correction_notices(&s.service, run.id, 0, &told, &done, &s.w.err), QPP_OK);
	assert_true(done);
	assert_int_equal(first + told, 1);
	assert_int_equal(mail_to("official@example.org", &all), 1);
	assert_int_equal(all, 1);
	assert_int_equal(qpp_correction_notices(&s.service, run.id, 0, &told, &done, &s.w.err), QPP_OK);
	assert_int_equal(told, 0);
	assert_int_equal(mail_to("official@example.org", &all), 1);
}

/* Where the scaling is computed anew, those who were not corrected see their factor move and their score stand. */
static void correction__of_few_moves_only_the_factor_of_the_rest(void **unused)
{
	(void)unused;
	struct qpp_effect effect;
	struct qpp_whatif would;
	struct qpp_scoring neutral = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_NEUTRALITY, "neutral");
	must_release(&s, neutral.id, NULL, true);
	s.w.clock.now.us += QPP_MICROS_A_SECOND;
	struct qpp_run one = movable(QPP_INDIVIDUAL, CLAIMS, &would);
	const struct qpp_correction order = { .order = { .py = { PY }, .scaling = QPP_SCALING_BY_NEUTRALITY, .name = QPP_LIT("Threshold"),
		.reason = QPP_LIT("a test of the scaling"), .account_id = QPP_LIT("operator"),
		.overlay = QPP_LIT("# Correction\n\n## 414.1405(c)  Applicable percentage\n\n```param applicable_percent\nunit     percent      range 0..9\n"
		                   "PY          value   status  source\n2023        7       proposed  a correction\n```\n") },
		.facts = QPP_LIT(CLAIMS), .cohort = &one.who, .n_cohort = 1 };
	struct qpp_scoring run = correct(&order);
	assert_int_equal(qpp_correction_effect(&s.service, &s.arena, run.id, &effect, &s.w.err), QPP_OK);
	assert_true(effect.score_moved <= 1);
	assert_true(effect.only_factor > 100);
	assert_same(effect.scaling_after, run.scaling_factor);
	assert_same(effect.scaling_before, neutral.scaling_factor);
	/* What was released stays as it was until this is. */
	assert_int_equal(versions_of(&one.who, "pair"), 2);
	must_release(&s, run.id, NULL, true);
	s.w.clock.now.us += QPP_MICROS_A_SECOND;
	/* A factor that was not among the few is told of under the overlay, and its score can be made again under it. */
	struct qpp_moves moves;
	struct qpp_feedback x;
	assert_int_equal(qpp_correction_each(&s.service, &s.arena, run.id, QPP_ANY_WAY, QPP_LIT(""), 1000, &moves, &s.w.err), QPP_OK);
	size_t looked = 0;
	for (size_t i = 0; i < moves.n && looked < 3; i++) {
		struct qpp_run *r = &moves.v[i].run;
		struct qpp_call call = agency(&s);
		if (!qpp_str_eq(r->old_score, r->final_score) || !r->factor.n)
			continue;
		looked++;
		assert_int_equal(see(&s, &call, r->who, true, &x), QPP_OK);
		assert_same(x.shown->factor, r->factor);
		assert_false(qpp_str_eq(x.versions[1].factor, r->factor));
		assert_non_null(x.scored);
		assert_same(qpp_dec_text(&s.arena, x.scored->score.adjustment.total.v, 2), r->factor);
	}
	assert_int_equal(looked, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_if__says_before_and_after_and_keeps_nothing, begin, end),
		cmocka_unit_test_setup_teardown(decision__makes_a_version_and_keeps_the_old_one, begin, end),
		cmocka_unit_test_setup_teardown(decision__about_a_group_moves_its_clinicians, begin, end),
		cmocka_unit_test_setup_teardown(correction__reaches_everyone_who_moves_and_nobody_else, begin, end),
		cmocka_unit_test_setup_teardown(correction__of_few_moves_only_the_factor_of_the_rest, begin, end),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
