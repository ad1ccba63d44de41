/* The radar: each failure that the agency had is planted and found without a request, and nothing is found where nothing is. */
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/radar.h"
#include "unit.h"

static struct state s;

static int begin(void **unused)
{
	const char *n = getenv("RADAR_PRACTICES");
	(void)unused;
	state_open_of(&s, n ? atoi(n) : 60);
	return 0;
}

static int end(void **unused)
{
	(void)unused;
	state_close(&s);
	return 0;
}

static void show(const struct qpp_radar *r)
{
	print_message("# %ld levels, %ld pairs, %ld observations, %zu findings\n", (long)r->levels, (long)r->pairs, (long)r->observations, r->n);
	for (size_t i = 0; i < r->n; i++)
		print_message("# %s: %s [%s] %ld of %ld; %s\n", qpp_radar_about(r->v[i].check)->name, r->v[i].step.p, r->v[i].kind.p,
		              (long)r->v[i].touched, (long)r->v[i].of, r->v[i].size.n ? r->v[i].size.p : "");
	for (size_t i = 0; i < r->n && getenv("RADAR_FACTS"); i++) for (size_t k = 0; k < r->v[i].n_examples; k++) {
		struct qpp_tx *tx; struct qpp_fact_row f; struct qpp_submission_row sub; 
		(void)!qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err);
		int c = qpp_store_fact_get(tx, &r->v[i].example[k], QPP_LIT("scoring"), &f, &s.w.err);
		int d = qpp_store_submission_find(tx, &r->v[i].example[k], &sub, &s.w.err);
		print_message("# %s %d %d %.*s\n", r->v[i].example[k].npi.p, c, d, c ? 0 : (int)f.body.n, f.body.p);
		qpp_store_end(tx);
	}
}

static struct qpp_radar look(struct qpp_str run)
{
	struct qpp_radar r;
	const struct qpp_radar_order o = { .py = { PY }, .scoring_id = run };
	assert_int_equal(qpp_radar_run(&s.service, &s.arena, &o, &r, &s.w.err), QPP_OK);
	show(&r);
	return r;
}

static void clean(void **unused)
{
	(void)unused;
	struct qpp_scoring run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "final");
	struct qpp_radar r = look(run.id);
	assert_int_equal(r.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(clean, begin, end),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
