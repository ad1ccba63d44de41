/* Score runs and their release: the same twice, the same after a kill, seen from the instant on and not a second before. */
#include "state.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static struct state s;

static int begin(void **unused)
{
	(void)unused;
	state_open(&s);
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

static void run__comes_out_the_same_twice(void **unused)
{
	(void)unused;
	struct qpp_scoring a = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_NEUTRALITY, "first");
	struct qpp_scoring b = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_NEUTRALITY, "second");
	assert_true(a.pairs > 300 && a.levels > 200 && a.paid > 200);
	assert_same(a.digest, b.digest);
	assert_same(a.scaling_factor, b.scaling_factor);
	assert_same(text_of_run(&s, a.id), text_of_run(&s, b.id));
}

/* Gains are within losses, and one step of the scaling factor more would not be. */
static void run__neutral_scaling_makes_gains_equal_losses(void **unused)
{
	(void)unused;
	qpp_dec f, step = qpp_dec_scaled(1, 4);
	struct qpp_scoring a = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_NEUTRALITY, "neutral");
	assert_true(a.losses > 0 && a.gains > 0);
	assert_true(qpp_dec_parse(a.scaling_factor, &f));
	assert_true(qpp_dec_cmp(qpp_dec_mul(f, qpp_dec_of(a.gains)), qpp_dec_of(a.losses)) <= 0);
	assert_true(qpp_dec_cmp(qpp_dec_mul(qpp_dec_add(f, step), qpp_dec_of(a.gains)), qpp_dec_of(a.losses)) > 0);
}

static bool kill_after_two(void *host, const struct qpp_scoring *at)
{
	int *pieces = host;
	(void)at;
	if (++*pieces == 2)
		(void)raise(SIGKILL);
	return true;
}

static void run__killed_and_taken_up_comes_out_the_same(void **unused)
{
	(void)unused;
	static const struct qpp_run_work one_at_a_time = { .most = 1 };
	struct qpp_scoring whole = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "whole"), cut, at = { 0 };
	int status, turns = 0;
	cut = run_begin(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "cut");
	qpp_store_close(s.w.store);
	s.w.store = NULL;
	pid_t child = fork();
	if (child == 0) {
		int pieces = 0;
		const struct qpp_run_work work = { .progress = kill_after_two, .host = &pieces };
		state_reopen(&s);
		(void)!qpp_run_go(&s.service, cut.id, &work, &s.arena, &at, &s.w.err);
		_exit(3);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	state_reopen(&s);
	/* What is left is done in single steps, the store closed and opened between them. */
	do {
		assert_int_equal(qpp_run_go(&s.service, cut.id, &one_at_a_time, &s.arena, &at, &s.w.err), QPP_OK);
		if (turns++ < 2)
			state_reopen(&s);
	} while (qpp_str_is(at.state, "running"));
	assert_true(turns > 1);
	assert_same(at.digest, whole.digest);
	assert_int_equal(at.pairs, whole.pairs);
	assert_int_equal(at.levels, whole.levels);
	assert_same(text_of_run(&s, cut.id), text_of_run(&s, whole.id));
}

static void run__one_at_a_time_and_dropped_before_release_only(void **unused)
{
	(void)unused;
	struct qpp_run_order o = { .py = { PY }, .phase = QPP_PHASE_FINAL, .scaling = QPP_SCALING_BY_RULES, .reason = QPP_LIT("another") };
	struct qpp_scoring a = run_begin(&s, QPP_PHASE_PREVIEW, QPP_SCALING_BY_RULES, "first"), b;
	assert_int_equal(qpp_run_begin(&s.service, &s.arena, &o, &b, &s.w.err), QPP_CONFLICT);
	assert_int_equal(try_release(&s, a.id, NULL, false), QPP_CONFLICT);
	assert_int_equal(qpp_run_drop(&s.service, &s.arena, a.id, &s.w.err), QPP_OK);
	assert_int_equal(try_release(&s, a.id, NULL, false), QPP_CONFLICT);
	o.reason = QPP_LIT("");
	assert_int_equal(qpp_run_begin(&s.service, &s.arena, &o, &b, &s.w.err), QPP_USAGE);
	o.reason = QPP_LIT("frozen on nothing");
	o.scaling = QPP_SCALING_FROZEN;
	assert_int_equal(qpp_run_begin(&s.service, &s.arena, &o, &b, &s.w.err), QPP_USAGE);
	b = run_all(&s, QPP_PHASE_PREVIEW, QPP_SCALING_BY_RULES, "second");
	/* There is no factor in it to release. */
	assert_int_equal(try_release(&s, b.id, NULL, true), QPP_USAGE);
	assert_int_equal(try_release(&s, b.id, "2024-06-30T00:00:00Z", false), QPP_USAGE);
	assert_int_equal(try_release(&s, b.id, NULL, false), QPP_OK);
	assert_int_equal(try_release(&s, b.id, NULL, false), QPP_CONFLICT);
	assert_int_equal(qpp_run_drop(&s.service, &s.arena, b.id, &s.w.err), QPP_CONFLICT);
}

/* The record of a run and of its release, one each, and the chain holds. */
static void run__is_one_record_of_the_ledger(void **unused)
{
	(void)unused;
	struct qpp_tx *tx;
	struct qpp_ledger_number_rows rows = { 0 };
	int64_t before = 0, records = 0;
	/* The elections of the state are records, too. */
	assert_int_equal(qpp_store_ledger_check(s.w.store, &before, &s.w.err), QPP_OK);
	struct qpp_scoring a = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "final");
	must_release(&s, a.id, NULL, true);
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_store_ledger_of(tx, qpp_str_cat(&s.arena, "run/", a.id.p, (char *)NULL), (struct qpp_slice){ 0 }, &rows, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	assert_int_equal(rows.n, 2);
	assert_true(qpp_str_is(rows.v[0].kind, "run") && qpp_str_is(rows.v[1].kind, "release"));
	assert_int_equal(rows.v[0].sequence, a.sequence);
	assert_int_equal(qpp_store_ledger_check(s.w.store, &records, &s.w.err), QPP_OK);
	assert_int_equal(records - before, 2);
}

/* portal.md 2.6.1: the preview shows scores and has no factor anywhere. */
static void release__preview_has_no_factor(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_scoring a = run_all(&s, QPP_PHASE_PREVIEW, QPP_SCALING_BY_RULES, "preview");
	struct qpp_run row = pair_paid_by(&s, a.id, QPP_GROUP, NULL);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_STAFF);
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_NOT_FOUND);
	must_release(&s, a.id, "2024-07-10T12:00:00Z", false);
	state_at(&s, "2024-07-10T11:59:59Z");
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_NOT_FOUND);
	state_at(&s, "2024-07-10T12:00:00Z");
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_OK);
	assert_same(x.shown->final_score, row.final_score);
	assert_int_equal(x.shown->factor.n, 0);
	assert_same(x.no_factor, QPP_LIT("payment adjustments are not released yet"));
	assert_non_null(x.scored);
	assert_same(qpp_dec_text(&s.arena, x.scored->score.final_score.v, 2), row.final_score);
	assert_true(x.scored->score.category[QPP_QUALITY].scored || x.scored->score.category[QPP_IA].scored);
	assert_false(x.scored->score.adjustment.total.has || x.scored->score.adjustment.factor.has);
	size_t hidden = 0;
	for (size_t i = 1; i < x.scored->trace->facts.n; i++) {
		const struct qpp_fact *f = &x.scored->trace->facts.v[i];
		hidden += qpp_str_is(f->subject, "adjustment");
		assert_false(qpp_str_is(f->subject, "adjustment") && qpp_dec_ok(f->value));
	}
	assert_true(hidden > 0);
	/* The row itself has none: there is nothing that a mistake in a page could show. */
	assert_int_equal(row.factor.n, 0);
}

/* portal.md 2.6.2; PY2024's way: scores first, factors later, of one run. */
static void release__factor_is_there_at_the_instant_and_not_a_second_before(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_tx *tx;
	struct qpp_released released;
	struct qpp_scoring a = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "final");
	struct qpp_run row = pair_paid_by(&s, a.id, QPP_INDIVIDUAL, NULL);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_OFFICIAL);
	must_release(&s, a.id, "2024-07-15T12:00:00Z", false);
	must_release(&s, a.id, "2024-08-12T20:00:00-04:00", true);
	state_at(&s, "2024-08-12T19:59:59-04:00");
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_OK);
	assert_same(x.shown->final_score, row.final_score);
	assert_int_equal(x.shown->factor.n, 0);
	assert_int_equal(x.shown->factor_released.us, 0);
	assert_false(x.scored->score.adjustment.total.has);
	state_at(&s, "2024-08-12T20:00:00-04:00");
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_OK);
	assert_true(row.factor.n > 0);
	assert_same(x.shown->factor, row.factor);
	assert_int_equal(x.no_factor.n, 0);
	assert_same(qpp_dec_text(&s.arena, x.scored->score.adjustment.total.v, 2), row.factor);
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_released_of(tx, (qpp_py){ PY }, &released, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	assert_int_equal(released.scores.us, instant("2024-07-15T12:00:00Z").us);
	assert_int_equal(released.factors.us, instant("2024-08-12T20:00:00-04:00").us);
}

/* While data come in nothing counts that the agency computes itself. */
static void release__submission_time_is_what_was_filed(void **unused)
{
	(void)unused;
	struct qpp_feedback x;
	struct qpp_scoring early = run_all(&s, QPP_PHASE_SUBMISSION, QPP_SCALING_BY_RULES, "filed");
	struct qpp_run row = pair_paid_by(&s, early.id, QPP_GROUP, NULL);
	struct qpp_org org = org_of(&s, row.who.org_id);
	struct qpp_call call = call_of(&s, &org, QPP_POST_STAFF);
	must_release(&s, early.id, NULL, false);
	assert_int_equal(see(&s, &call, row.who, true, &x), QPP_OK);
	assert_int_equal(x.shown->phase, QPP_PHASE_SUBMISSION);
	assert_non_null(x.scored);
	assert_int_equal(x.scored->score.category[QPP_COST].n_measures, 0);
	assert_false(x.scored->score.complex_patient_bonus.has && qpp_dec_sign(x.scored->score.complex_patient_bonus.v) > 0);
	assert_int_equal(x.shown->factor.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(run__comes_out_the_same_twice, begin, end),
		cmocka_unit_test_setup_teardown(run__neutral_scaling_makes_gains_equal_losses, begin, end),
		cmocka_unit_test_setup_teardown(run__killed_and_taken_up_comes_out_the_same, begin, end),
		cmocka_unit_test_setup_teardown(run__one_at_a_time_and_dropped_before_release_only, begin, end),
		cmocka_unit_test_setup_teardown(run__is_one_record_of_the_ledger, begin, end),
		cmocka_unit_test_setup_teardown(release__preview_has_no_factor, begin, end),
		cmocka_unit_test_setup_teardown(release__factor_is_there_at_the_instant_and_not_a_second_before, begin, end),
		cmocka_unit_test_setup_teardown(release__submission_time_is_what_was_filed, begin, end),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
