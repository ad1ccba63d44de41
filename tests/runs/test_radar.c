/*
 * The radar. The failures that the agency had are planted in a synthetic state,
 * and others: each is found without a request, with how many it touches, and
 * where nothing is wrong nothing is found.
 */
#include "state.h"

#include <string.h>

#include "app/radar.h"
#include "cmd/catalogs.h"
#include "cmd/service_runs.h"
#include "qpp/buf.h"
#include "unit.h"

enum { PRACTICES = 120, SOME_PRACTICES = 300, MANY_PRACTICES = 900 };

static struct state s;

static int begin(void **unused)
{
	(void)unused;
	state_open_of(&s, PRACTICES);
	return 0;
}

static int begin_some(void **unused)
{
	(void)unused;
	state_open_of(&s, SOME_PRACTICES);
	return 0;
}

static int begin_many(void **unused)
{
	(void)unused;
	state_open_of(&s, MANY_PRACTICES);
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
	print_message("# %ld levels, %ld clinicians, %ld observations, %zu findings\n", (long)r->levels, (long)r->pairs, (long)r->observations, r->n);
	for (size_t i = 0; i < r->n; i++)
		print_message("# %s: %s [%s] %ld of %ld; %s\n", qpp_radar_about(r->v[i].check)->name, r->v[i].step.p, r->v[i].kind.p,
		              (long)r->v[i].touched, (long)r->v[i].of, r->v[i].size.n ? r->v[i].size.p : "");
}

static struct qpp_radar look(struct qpp_str run)
{
	struct qpp_radar r;
	const struct qpp_radar_order o = { .py = { PY }, .scoring_id = run };
	assert_int_equal(qpp_radar_run(&s.service, &s.arena, &o, &r, &s.w.err), QPP_OK);
	show(&r);
	return r;
}

/* A run under changed rules. */
static struct qpp_radar under(const char *overlay)
{
	static const struct qpp_run_work all;
	const struct qpp_run_order o = { .py = { PY }, .phase = QPP_PHASE_FINAL, .scaling = QPP_SCALING_BY_RULES, .reason = QPP_LIT("planted"),
		.account_id = QPP_LIT("operator"), .overlay = qpp_str_of(overlay) };
	struct qpp_scoring run;
	enum qpp_code code = qpp_run_begin(&s.service, &s.arena, &o, &run, &s.w.err);
	if (code != QPP_OK)
		fail_msg("%s: %s", s.w.err.primary, s.w.err.detail);
	assert_int_equal(qpp_run_go(&s.service, run.id, &all, &s.arena, &run, &s.w.err), QPP_OK);
	return look(run.id);
}

static const struct qpp_radar_finding *find(const struct qpp_radar *r, enum qpp_radar_check check, const char *step, const char *kind)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].check == check && qpp_str_is(r->v[i].step, step) && qpp_str_is(r->v[i].kind, kind))
			return &r->v[i];
	return NULL;
}

/* Found, with somebody to look at; and nothing of another kind is said. */
static void assert_found(const struct qpp_radar *r, enum qpp_radar_check check, const char *step, const char *kind)
{
	const struct qpp_radar_finding *f = find(r, check, step, kind);
	assert_non_null(f);
	assert_true(f->touched > 0 && f->touched <= f->of);
	assert_true(f->n_examples > 0 && f->n_examples <= QPP_RADAR_EXAMPLES);
	assert_true(f->example[0].org_id.n > 0 && f->rule.n > 0);
}

static void assert_only(const struct qpp_radar *r, enum qpp_radar_check check)
{
	for (size_t i = 0; i < r->n; i++)
		assert_int_equal(r->v[i].check, check);
}

/* Facts over those of everybody of a cohort, as a feed or a decision would have put them there. */
struct putting {
	const struct qpp_who *who;
	size_t n;
	const char *facts;
};

static enum qpp_code put(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct putting *p = request;
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < p->n; i++) {
		struct qpp_override o = { .who = p->who[i], .topic = QPP_LIT("scoring"), .body = qpp_str_of(p->facts), .decision_id = QPP_LIT("feed"),
			.reason = QPP_LIT("feed"), .account_id = QPP_LIT("feed") };
		code = qpp_store_override_add(tx, &o, err);
	}
	return code;
}

static size_t put_over(const struct qpp_cohort *cohort, const char *facts)
{
	struct putting p = { .facts = facts };
	struct qpp_who *who;
	assert_int_equal(qpp_cohort_find(&s.service, &s.arena, cohort, &who, &p.n, &s.w.err), QPP_OK);
	p.who = who;
	assert_int_equal(qpp_store_write(s.w.store, &s.arena, put, &p, &s.w.err), QPP_OK);
	return p.n;
}

/* ---- nothing wrong ---- */

static void radar__finds_nothing_where_nothing_is_wrong(void **unused)
{
	(void)unused;
	static const enum qpp_phase phases[] = { QPP_PHASE_SUBMISSION, QPP_PHASE_PREVIEW, QPP_PHASE_FINAL };
	for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) {
		struct qpp_scoring run = run_all(&s, phases[i], QPP_SCALING_BY_RULES, "clean");
		struct qpp_radar r = look(run.id);
		assert_int_equal(r.n, 0);
		assert_true(r.levels > 500 && r.pairs > 1000 && r.observations > 2000);
	}
}

static void radar__looks_at_a_run_that_is_done(void **unused)
{
	(void)unused;
	struct qpp_radar r;
	struct qpp_scoring run = run_begin(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "begun");
	const struct qpp_radar_order o = { .py = { PY }, .scoring_id = run.id }, newest = { .py = { PY } };
	assert_int_equal(qpp_radar_run(&s.service, &s.arena, &o, &r, &s.w.err), QPP_CONFLICT);
	assert_int_equal(qpp_radar_run(&s.service, &s.arena, &newest, &r, &s.w.err), QPP_OK);
	assert_int_equal(r.run.id.n, 0);
	assert_int_equal(r.n, 0);
}

/* ---- September 2018: exceptions, a credit and a measure that were not applied ---- */

/* Approved for everybody; it takes the weight for those who sent nothing for the category. */
static void radar__hardship_and_circumstances_not_applied(void **unused)
{
	(void)unused;
	put_over(&(struct qpp_cohort){ .py = { PY }, .level = QPP_INDIVIDUAL }, "{\"reweight\":[{\"category\":\"pi\",\"reason\":\"hardship\"}]}");
	struct qpp_scoring run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "with exceptions");
	struct qpp_radar r = look(run.id);
	assert_int_equal(r.n, 0);
	r = under("# Planted\n\n## 414.1380(c)(2)(i)  Grounds\n```table reweight_grounds\ncolumns PY category reason restored cite\n"
	          "2023 cost any no planted\n2023 pi specialStatus yes planted\n2023 pi clinicianType yes planted\n"
	          "2023 pi smallPractice yes planted\n2023 any automaticEuc yes planted\n```\n");
	assert_found(&r, QPP_RADAR_EXCEPTION, "pi: hardship", "");
	assert_found(&r, QPP_RADAR_EXCEPTION, "quality: euc", "");
	assert_only(&r, QPP_RADAR_EXCEPTION);
}

/* The facts say that there is no ground, and the address that there is. */
static void radar__automatic_policy_not_applied(void **unused)
{
	(void)unused;
	put_over(&(struct qpp_cohort){ .py = { PY }, .level = QPP_INDIVIDUAL }, "{\"reweight\":[]}");
	struct qpp_scoring run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "planted");
	struct qpp_radar r = look(run.id);
	assert_found(&r, QPP_RADAR_COUNTY, "quality: automatic policy", "");
	assert_only(&r, QPP_RADAR_COUNTY);
}

/* The rules of the run know of no policy; the rules as they stand do. */
static void radar__automatic_policy_lost_by_the_rules(void **unused)
{
	(void)unused;
	struct qpp_radar r = under("# Planted\n\n## 414.1380(c)(2)(i)(A)(8)  Policy\n```table automatic_euc\ncolumns PY level where cite\n"
	                           "2023 any nowhere planted\n```\n");
	assert_found(&r, QPP_RADAR_COUNTY, "quality: automatic policy", "");
	assert_only(&r, QPP_RADAR_COUNTY);
}

static void radar__activity_credit_not_given(void **unused)
{
	(void)unused;
	struct qpp_radar r = under("# Planted\n\n## 414.1380(b)(3)  Activities\n```table ia_activity_points\n"
	                           "columns PY program weight special points cite\n2023 mvp medium any 20 planted\n2023 mvp high any 40 planted\n"
	                           "2023 any medium any 0 planted\n2023 any high yes 40 planted\n2023 any high no 20 planted\n```\n");
	assert_true(r.n > 0);
	assert_only(&r, QPP_RADAR_CREDIT);
}

static void radar__readmission_measure_not_added(void **unused)
{
	(void)unused;
	struct qpp_radar r = under("# Planted\n\n## 414.1380(b)(1)(iii)  Cases\n```table case_minimums\ncolumns PY measure minimum cite\n"
	                           "2023 479 1000000 planted\n2023 480 25 planted\n2023 484 18 planted\n2023 492 21 planted\n2023 any 20 planted\n```\n");
	assert_found(&r, QPP_RADAR_RESULT, "quality/479", "");
	assert_only(&r, QPP_RADAR_RESULT);
}

/* ---- September 2021: patient-reported outcomes, the bonus of the ACOs ---- */

static void radar__patient_reported_outcomes_not_outcomes(void **unused)
{
	(void)unused;
	struct qpp_radar r = under("# Planted\n\n## 414.1335(a)  Outcomes\n```table outcome_types\ncolumns PY type cite\n"
	                           "2023 outcome planted\n2023 intermediateOutcome planted\n```\n");
	assert_found(&r, QPP_RADAR_OUTCOME, "type patientReportedOutcome", "");
	assert_only(&r, QPP_RADAR_OUTCOME);
}

static void radar__bonus_missing_for_every_entity(void **unused)
{
	(void)unused;
	struct qpp_scoring clean = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "clean");
	struct qpp_radar r = look(clean.id);
	assert_int_equal(r.n, 0);
	size_t n = put_over(&(struct qpp_cohort){ .py = { PY }, .level = QPP_APM_ENTITY },
	                    "{\"complexPatient\":{\"medicalAtOrAboveMedian\":false,\"socialAtOrAboveMedian\":false}}");
	struct qpp_scoring run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "planted");
	r = look(run.id);
	print_message("# %zu entities\n", n);
	assert_found(&r, QPP_RADAR_NOBODY, "complex patient bonus", "level apmEntity");
	assert_only(&r, QPP_RADAR_NOBODY);
}

/* ---- of kinds that nobody has told of ---- */

/* A feed lost who is small. */
static void radar__status_lost(void **unused)
{
	(void)unused;
	size_t n = put_over(&(struct qpp_cohort){ .py = { PY }, .level = QPP_INDIVIDUAL, .special = qpp_str_of("smallPractice") }, "{\"smallPractice\":false}");
	struct qpp_scoring run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "planted");
	struct qpp_radar r = look(run.id);
	assert_true(n > 0);
	assert_found(&r, QPP_RADAR_SOURCES, "smallPractice", "");
	assert_int_equal(find(&r, QPP_RADAR_SOURCES, "smallPractice", "")->touched, (int64_t)n);
}

/* Another threshold than that of the rules. */
static void radar__factor_on_the_other_side(void **unused)
{
	(void)unused;
	struct qpp_radar r = under("# Planted\n\n## 414.1405(b)  Threshold\n```param performance_threshold\nunit  points   range 0..100\n"
	                           "PY  value  status  source\n2023  60  proposed  planted\n```\n");
	assert_found(&r, QPP_RADAR_SIGN, "adjustment factor", "");
	assert_only(&r, QPP_RADAR_SIGN);
}

/* ---- a catalog that came wrong ---- */

static struct qpp_str replaced(struct qpp_str text, const char *from, const char *to)
{
	size_t n = strlen(from), times = 0;
	struct qpp_buf b;
	qpp_buf_init(&b, &s.arena, 2 * text.n);
	for (size_t i = 0; i < text.n;) {
		bool here = text.n - i >= n && memcmp(text.p + i, from, n) == 0;
		if (here)
			qpp_buf_cat(&b, to, (char *)NULL);
		else
			qpp_buf_char(&b, text.p[i]);
		times += here;
		i += here ? n : 1;
	}
	assert_true(times > 0 && !b.full);
	return qpp_buf_done(&b);
}

/* A run of a state that filed by the right catalog, scored and looked at with another text in it. */
static struct qpp_radar with_catalog(const char *from, const char *to)
{
	const struct qpp_years *right = s.service.years;
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++) {
		if (c->py.v != PY)
			continue;
		const struct qpp_year_text text = { c->py, replaced(c->text, from, to) };
		assert_int_equal(qpp_years_load(&s.arena, &text, 1, &s.service.years, &s.w.err), QPP_OK);
	}
	assert_ptr_not_equal(s.service.years, right);
	struct qpp_scoring run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "planted");
	struct qpp_radar r = look(run.id);
	s.service.years = right;
	return r;
}

/* A word that the taxonomy does not have: nobody knows whether it is an outcome. */
static void radar__measure_of_a_type_that_nobody_knows(void **unused)
{
	(void)unused;
	struct qpp_radar r = with_catalog("\ttype\tpatientReportedOutcome\n", "\ttype\tpatientReportedExperience\n");
	assert_found(&r, QPP_RADAR_TYPE, "type patientReportedExperience", "");
	assert_only(&r, QPP_RADAR_TYPE);
}

/* Measures lost the collection type that they were filed by. */
static void radar__collection_type_lost(void **unused)
{
	(void)unused;
	struct qpp_radar r = with_catalog("\tmethods\tregistry\telectronicHealthRecord\tclaims\tcmsWebInterface\n",
	                                  "\tmethods\telectronicHealthRecord\tclaims\tcmsWebInterface\n");
	assert_found(&r, QPP_RADAR_METHOD, "quality/001/registry", "");
	assert_only(&r, QPP_RADAR_METHOD);
}

/* Deciles a hundred times as strict, on a measure of which less is better. */
static void radar__everybody_at_the_floor(void **unused)
{
	(void)unused;
	struct qpp_radar r = with_catalog("benchmark\t001\tregistry\t2021\t34\t99\t90\t80\t70\t60\t50\t40\t30\t20\t10\tinverse\n",
	                                  "benchmark\t001\tregistry\t2021\t34\t0.99\t0.9\t0.8\t0.7\t0.6\t0.5\t0.4\t0.3\t0.2\t0.1\tinverse\n");
	assert_found(&r, QPP_RADAR_FLOOR, "quality/001/registry", "");
	assert_only(&r, QPP_RADAR_FLOOR);
}

/* The order of the levels without the first of them: who reports individually has a score, and it does not pay. */
static void radar__eligible_and_not_paid(void **unused)
{
	(void)unused;
	struct qpp_radar r = under("# Planted\n\n## 414.1405(a)  Levels\n```table score_precedence\ncolumns PY level rank otherwise rests cite source\n"
	                           "2023 virtualGroup 1 1 published planted \"planted\"\n2023 apmEntity 2 2 published planted \"planted\"\n"
	                           "2023 group 2 2 published planted \"planted\"\n2023 subgroup 2 2 published planted \"planted\"\n"
	                           "2023 individual 0 0 published planted \"planted\"\n```\n");
	assert_found(&r, QPP_RADAR_UNPAID, "the score that counts", "");
	assert_only(&r, QPP_RADAR_UNPAID);
}

struct tampering {
	struct qpp_scoring run;
	struct qpp_run row;
	struct qpp_relation newcomer;
};

static enum qpp_code tamper(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct tampering *t = request;
	struct qpp_run_rows rows = { 0 };
	enum qpp_code code = qpp_store_run_of_scoring(tx, t->run.id, QPP_LIT("level"), QPP_LIT(""), 1, &rows, err);
	if (code != QPP_OK)
		return code;
	t->row = rows.v[0];
	t->row.id = QPP_LIT("");
	t->row.exact = QPP_LIT("123/10");
	t->row.final_score = QPP_LIT("12.30");
	t->row.number++;
	return qpp_store_run_add(tx, &t->row, err);
}

/* A row that no scoring made. */
static void radar__score_that_cannot_be_made_again(void **unused)
{
	(void)unused;
	struct tampering t = { .run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "final") };
	assert_int_equal(qpp_store_write(s.w.store, &s.arena, tamper, &t, &s.w.err), QPP_OK);
	struct qpp_radar r = look(t.run.id);
	assert_found(&r, QPP_RADAR_REPRODUCE, "final score", "");
	assert_only(&r, QPP_RADAR_REPRODUCE);
	assert_int_equal(r.v[0].touched, 1);
}

/* Somebody who must take part came in when the run had gone by. */
static enum qpp_code come_late(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct tampering *t = request;
	struct qpp_run row = pair_paid_by(&s, t->run.id, QPP_INDIVIDUAL, NULL);
	enum qpp_code code = qpp_store_relation_get(tx, row.who.py, row.who.org_id, row.who.npi, &t->newcomer, err);
	t->newcomer.npi = QPP_LIT("9999999993");
	return code == QPP_OK ? qpp_store_relation_put(tx, &t->newcomer, err) : code;
}

static void radar__clinician_lost_on_the_way(void **unused)
{
	(void)unused;
	struct tampering t = { .run = run_all(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "final") };
	assert_int_equal(qpp_store_write(s.w.store, &s.arena, come_late, &t, &s.w.err), QPP_OK);
	struct qpp_radar r = look(t.run.id);
	assert_found(&r, QPP_RADAR_LOST, "the clinicians of the run", "");
	assert_only(&r, QPP_RADAR_LOST);
	assert_true(qpp_str_is(r.v[0].example[0].npi, "9999999993"));
}

/* ---- by the service itself ---- */

static struct qpp_scoring run_row(struct qpp_str id)
{
	struct qpp_tx *tx;
	struct qpp_scoring row;
	assert_int_equal(qpp_store_begin(s.w.store, &s.arena, &tx, &s.w.err), QPP_OK);
	assert_int_equal(qpp_store_scoring_get(tx, id, &row, &s.w.err), QPP_OK);
	qpp_store_end(tx);
	return row;
}

/* What is to be done follows from the rows: the run is gone on with, then looked at, then nothing is left. */
static void jobs__go_on_with_a_run_and_look_at_it(void **unused)
{
	(void)unused;
	struct qpp_scoring run = run_begin(&s, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "begun by an operator");
	struct qpp_radar kept;
	bool did = true, found;
	int turns = 0;
	while (did && turns++ < 100) {
		assert_int_equal(qpp_run_jobs(&s.service, &did, &s.w.err), QPP_OK);
		if (turns == 1)
			state_reopen(&s);
	}
	run = run_row(run.id);
	assert_true(qpp_str_is(run.state, "done"));
	assert_int_equal(qpp_radar_kept(&s.service, &s.arena, &run, &kept, &found, &s.w.err), QPP_OK);
	assert_true(found && kept.n == 0 && kept.levels > 500);
	assert_true(qpp_str_eq(kept.run.id, run.id) && qpp_str_eq(kept.run.digest, run.digest));
}

/* What was found is read back as it was: check, step, how many, whom. */
static void jobs__keep_what_was_found(void **unused)
{
	(void)unused;
	struct qpp_radar kept, made = under("# Planted\n\n## 414.1405(b)  Threshold\n```param performance_threshold\nunit  points   range 0..100\n"
	                                    "PY  value  status  source\n2023  60  proposed  planted\n```\n");
	bool did, found;
	assert_int_equal(qpp_run_jobs(&s.service, &did, &s.w.err), QPP_OK);
	assert_true(did);
	assert_int_equal(qpp_radar_kept(&s.service, &s.arena, &made.run, &kept, &found, &s.w.err), QPP_OK);
	assert_true(found);
	assert_int_equal(kept.n, made.n);
	assert_int_equal(kept.v[0].check, QPP_RADAR_SIGN);
	assert_int_equal(kept.v[0].touched, made.v[0].touched);
	assert_int_equal(kept.v[0].n_examples, made.v[0].n_examples);
	assert_true(qpp_str_eq(kept.v[0].example[0].org_id, made.v[0].example[0].org_id) && qpp_str_eq(kept.v[0].step, made.v[0].step));
}

/* Nobody goes on with a correction whose facts are not all there, and no other run begins beside it. */
static void jobs__wait_for_the_facts_of_a_cohort(void **unused)
{
	(void)unused;
	struct qpp_run_order o = { .py = { PY }, .phase = QPP_PHASE_FINAL, .scaling = QPP_SCALING_BY_RULES, .reason = QPP_LIT("prepared"), .prepares = true };
	struct qpp_scoring run, other;
	bool did = true;
	assert_int_equal(qpp_run_begin(&s.service, &s.arena, &o, &run, &s.w.err), QPP_OK);
	assert_int_equal(qpp_run_jobs(&s.service, &did, &s.w.err), QPP_OK);
	assert_false(did);
	run = run_row(run.id);
	assert_true(qpp_str_is(run.state, "preparing"));
	assert_int_equal(run.levels, 0);
	assert_int_equal(qpp_run_begin(&s.service, &s.arena, &o, &other, &s.w.err), QPP_CONFLICT);
	assert_int_equal(qpp_run_drop(&s.service, &s.arena, run.id, &s.w.err), QPP_OK);
	assert_int_equal(qpp_run_begin(&s.service, &s.arena, &o, &other, &s.w.err), QPP_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(radar__finds_nothing_where_nothing_is_wrong, begin, end),
		cmocka_unit_test_setup_teardown(radar__looks_at_a_run_that_is_done, begin, end),
		cmocka_unit_test_setup_teardown(radar__hardship_and_circumstances_not_applied, begin, end),
		cmocka_unit_test_setup_teardown(radar__automatic_policy_not_applied, begin, end),
		cmocka_unit_test_setup_teardown(radar__automatic_policy_lost_by_the_rules, begin, end),
		cmocka_unit_test_setup_teardown(radar__activity_credit_not_given, begin, end),
		cmocka_unit_test_setup_teardown(radar__readmission_measure_not_added, begin_some, end),
		cmocka_unit_test_setup_teardown(radar__patient_reported_outcomes_not_outcomes, begin_some, end),
		cmocka_unit_test_setup_teardown(radar__bonus_missing_for_every_entity, begin_many, end),
		cmocka_unit_test_setup_teardown(radar__status_lost, begin, end),
		cmocka_unit_test_setup_teardown(radar__factor_on_the_other_side, begin, end),
		cmocka_unit_test_setup_teardown(radar__measure_of_a_type_that_nobody_knows, begin_some, end),
		cmocka_unit_test_setup_teardown(radar__collection_type_lost, begin, end),
		cmocka_unit_test_setup_teardown(radar__everybody_at_the_floor, begin_some, end),
		cmocka_unit_test_setup_teardown(radar__eligible_and_not_paid, begin, end),
		cmocka_unit_test_setup_teardown(radar__score_that_cannot_be_made_again, begin, end),
		cmocka_unit_test_setup_teardown(radar__clinician_lost_on_the_way, begin, end),
		cmocka_unit_test_setup_teardown(jobs__go_on_with_a_run_and_look_at_it, begin, end),
		cmocka_unit_test_setup_teardown(jobs__keep_what_was_found, begin, end),
		cmocka_unit_test_setup_teardown(jobs__wait_for_the_facts_of_a_cohort, begin, end),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
