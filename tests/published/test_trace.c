/*
 * Properties of the trace, and of scoring as a whole, over the case files that
 * are shipped and over practices made by chance from the published catalogs,
 * most of them of PY2023:
 *
 *   the numbers are the same with and without a trace, with and without a plan;
 *   every derived fact can be computed again from its operation and inputs;
 *   every input is a fact that was recorded before;
 *   every fact has a paragraph, or was given;
 *   every number of a result carries its fact;
 *   no order in a file decides anything, and results stay within their limits;
 *   what is not known is listed, and "otherwise" is the score with it known.
 *
 *   test_trace [PRACTICES [SEED]]
 */
#include "published.h"

#include <stdlib.h>

#include "app/answer.h"
#include "qpp/check.h"
#include "random_practice.h"

enum { PY = 2023, FIRST_CATALOG = 2022, LAST_CATALOG = 2026, PRACTICES = 2500, MOST_FINDINGS = 50, MOST_TEXT = 1 << 20 };

static int practices = PRACTICES;
static uint64_t seed = 20230101;

/* ---- a score as text: everything of it but the numbers of facts ---- */

static void put(struct qpp_buf *b, const char *name, struct qpp_value v)
{
	qpp_buf_cat(b, " ", name, "=", (char *)NULL);
	if (v.has)
		qpp_buf_dec_short(b, v.v, 0, 9);
}

static void put_text(struct qpp_buf *b, const char *name, struct qpp_str s)
{
	qpp_buf_cat(b, " ", name, "=", (char *)NULL);
	qpp_buf_str(b, s);
}

static void put_measure(struct qpp_buf *b, const struct qpp_measure_score *m)
{
	const struct qpp_points *p = &m->points;
	put_text(b, "\n  measure", m->measure_id);
	put_text(b, "method", qpp_str_of(qpp_method_name(m->method)));
	put(b, "rate", m->rate);
	put(b, "cases", m->cases);
	put(b, "completeness", m->completeness);
	put(b, "points", p->points);
	put(b, "raw", p->raw);
	put(b, "cap", p->capped_at);
	put(b, "floor", p->floored_at);
	put(b, "available", m->available);
	put_text(b, "class", p->measure_class);
	put_text(b, "excluded", p->excluded_why);
	put_text(b, "status", m->status);
	qpp_buf_cat(b, m->picked ? " picked" : "", p->excluded ? " excluded" : "", p->benchmark ? " benchmark" : "", (char *)NULL);
	if (p->has_decile)
		put_text(b, "decile", qpp_i64_text(b->arena, p->decile));
}

static void put_category(struct qpp_buf *b, const struct qpp_category_score *c, bool measures)
{
	put_text(b, "\ncategory", qpp_str_of(qpp_category_name(c->category)));
	put(b, "percent", c->percent);
	put(b, "weight", c->weight);
	put(b, "points", c->points);
	put(b, "of", c->maximum_points);
	put(b, "contribution", c->contribution);
	put_text(b, "reweighted", c->reweighted);
	qpp_buf_cat(b, c->submitted ? " submitted" : "", c->scored ? " scored" : "", (char *)NULL);
	for (size_t i = 0; measures && i < c->n_measures; i++)
		put_measure(b, &c->measures[i]);
}

/* Without `measures` only what does not depend on the order of a file. */
static struct qpp_str text_of(struct qpp_arena *a, const struct qpp_score *s, bool measures)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_TEXT);
	put_text(&b, "program", s->program);
	put(&b, "final", s->final_score);
	put(&b, "exact", s->final_exact);
	put(&b, "bonus", s->complex_patient_bonus);
	put(&b, "factor", s->adjustment.factor);
	put(&b, "additional", s->adjustment.additional);
	put(&b, "total", s->adjustment.total);
	put(&b, "scaling", s->adjustment.scaling);
	put_text(&b, "band", qpp_str_of(qpp_band_name(s->adjustment.band)));
	put_text(&b, "missing", qpp_i64_text(a, s->missing));
	put_text(&b, "readings", qpp_i64_text(a, (int64_t)s->readings));
	put_text(&b, "more readings", qpp_i64_text(a, (int64_t)(s->readings >> 64)));
	for (int k = 0; k < QPP_CATEGORIES; k++)
		put_category(&b, &s->category[k], measures);
	assert_false(b.full);
	return qpp_buf_done(&b);
}

/* ---- what is looked at: a filing and where it comes from ---- */

struct subject {
	char name[80];
	int py;
	struct qpp_arena *arena;             /* emptied after it */
	const struct qpp_submission *submission;
	const struct qpp_facts *facts;
	struct qpp_str program;
	struct chance *chance;               /* of the one who looks */
};

static void check(const struct subject *s, const char *what, bool holds)
{
	row_true(s->name, "property", what, holds);
}

static enum qpp_code score(const struct subject *s, const struct qpp_submission *submission, struct qpp_trace *trace,
                           struct qpp_score *out, struct qpp_err *err)
{
	struct qpp_request q = { .arena = s->arena, .rules = world_rules(s->py), .catalog = world_catalog(s->py),
		                 .plan = world_plan(s->py), .trace = trace };
	return qpp_score_submission(&q, submission, s->facts, s->program, out, err);
}

static const char *const case_files[][2] = {
	{ "tests/cases/solo-2023.json", "tests/cases/solo-2023.facts.json" },
	{ "tests/cases/solo-2023.json", "" },
	{ "tests/cases/pi-full.json", "" },
	{ "tests/cases/pi-pdmp-excluded.json", "" },
	{ "tests/cases/pi-capped.json", "" },
	{ "tests/cases/pi-public-health-excluded.json", "" },
	{ "tests/cases/pi-no-risk-analysis.json", "" },
};

/* A practice that qpp_check_submission() finds no error in; its findings are not kept. */
static void check_sound(const struct subject *s, struct qpp_submission *submission)
{
	struct qpp_findings f;
	qpp_findings_init(&f, s->arena, MOST_FINDINGS);
	qpp_check_submission(submission, world_catalog(s->py), &f);
	for (size_t i = 0; i < f.list.n; i++)
		if (f.list.v[i].severity == QPP_ERROR)
			row_true(s->name, qpp_str_dup(s->arena, f.list.v[i].message).p, qpp_str_dup(s->arena, f.list.v[i].subject).p, false);
}

static void each_subject(void (*look)(const struct subject *))
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct chance chance = { seed }, of_look = { seed };
	struct subject s = { .arena = &a, .chance = &of_look };
	for (size_t i = 0; i < COUNT(case_files); i++) {
		struct filing f;
		struct qpp_mark mark = qpp_arena_mark(&a);
		if (!world_filing(&a, qpp_str_of(case_files[i][0]), qpp_str_of(case_files[i][1]), &f) || f.findings->errors)
			world_bail_out("a case file cannot be used", case_files[i][0]);
		snprintf(s.name, sizeof s.name, "%s%s", case_files[i][0], *case_files[i][1] ? " with facts" : "");
		s.py = f.submission->py.v;
		s.submission = f.submission;
		s.facts = f.facts;
		s.program = QPP_LIT("mips");
		look(&s);
		qpp_arena_reset(&a, mark);
	}
	for (int i = 0; i < practices; i++) {
		struct practice_by_chance p;
		struct qpp_mark mark = qpp_arena_mark(&a);
		/* Four of five are of one year, the others of all there are. */
		s.py = i % 5 ? PY : FIRST_CATALOG + i / 5 % (LAST_CATALOG - FIRST_CATALOG + 1);
		if (!world_catalog(s.py))
			world_bail_out("there is no catalog of the year", qpp_i64_text(&a, s.py).p);
		practice_by_chance(&chance, &a, world_catalog(s.py), &p);
		snprintf(s.name, sizeof s.name, "practice %d of seed %llu, PY%d", i, (unsigned long long)seed, s.py);
		s.submission = &p.submission;
		s.facts = &p.facts;
		s.program = p.program;
		check_sound(&s, &p.submission);
		look(&s);
		qpp_arena_reset(&a, mark);
	}
	qpp_arena_close(&a);
	every_row_holds();
}

/* ---- the properties ---- */

static void same_numbers(const struct subject *s)
{
	struct qpp_score without, with;
	struct qpp_trace trace;
	struct qpp_err err;
	qpp_trace_init(&trace, s->arena);
	enum qpp_code a = score(s, s->submission, NULL, &without, &err), b = score(s, s->submission, &trace, &with, &err);
	if (a != QPP_OK)
		print_error("%s: %s %s\n", s->name, err.primary, err.detail);
	check(s, "it is scored", a == QPP_OK && b == QPP_OK);
	if (a != QPP_OK || b != QPP_OK)
		return;
	struct qpp_str x = text_of(s->arena, &without, true), y = text_of(s->arena, &with, true);
	check(s, "the trace changes nothing", qpp_str_eq(x, y));
	if (!qpp_str_eq(x, y))
		print_error("without:%.*s\nwith:%.*s\n", QPP_ARG(x), QPP_ARG(y));
	/* Making a plan takes longer than scoring. */
	if (!chance_one_in(s->chance, 10))
		return;
	struct qpp_request q = { .arena = s->arena, .rules = world_rules(s->py), .catalog = world_catalog(s->py) };
	check(s, "it is scored without a plan", qpp_score_submission(&q, s->submission, s->facts, s->program, &with, &err) == QPP_OK);
	check(s, "the plan changes nothing", qpp_str_eq(x, text_of(s->arena, &with, true)));
}

static void trace__and_plan_change_no_number(void **unused)
{
	(void)unused;
	each_subject(same_numbers);
}

static void fault(const struct subject *s, const struct qpp_fact *f, uint32_t number, const char *what)
{
	char name[200];
	snprintf(name, sizeof name, "%s, fact %u %s of %.*s", s->name, number, qpp_fact_def(f->id)->name, QPP_ARG(f->subject));
	row_true(name, qpp_op_name(f->op), what, false);
}

static void check_derived(const struct subject *s, const struct qpp_trace *t, uint32_t number)
{
	const struct qpp_fact *f = &t->facts.v[number];
	qpp_dec *in = QPP_NEW_ARRAY(s->arena, f->n_inputs + 1, qpp_dec);
	for (size_t i = 0; i < f->n_inputs; i++) {
		if (f->inputs[i] == 0 || f->inputs[i] >= number) {
			fault(s, f, number, "its inputs were recorded before it");
			return;
		}
		in[i] = t->facts.v[f->inputs[i]].value;
	}
	if (f->op == QPP_OP_GIVEN)
		fault(s, f, number, "a derived fact has an operation");
	else if (!qpp_dec_ok(f->value) || !qpp_dec_eq(qpp_op_eval(f->op, in, f->n_inputs), f->value))
		fault(s, f, number, "its operation gives its value again");
}

static void check_facts(const struct subject *s)
{
	struct qpp_score out;
	struct qpp_trace trace;
	struct qpp_err err;
	qpp_trace_init(&trace, s->arena);
	if (score(s, s->submission, &trace, &out, &err) != QPP_OK)
		return;
	check(s, "something was traced", trace.facts.n > 1);
	for (uint32_t i = 1; i < trace.facts.n; i++) {
		const struct qpp_fact *f = &trace.facts.v[i];
		if (f->kind == QPP_KIND_DERIVED)
			check_derived(s, &trace, i);
		else if (f->n_inputs)
			fault(s, f, i, "what is not derived has no inputs");
		if (!f->rule.n && f->kind != QPP_KIND_INPUT)
			fault(s, f, i, "it has a paragraph or was given");
		if (f->kind == QPP_KIND_PARAMETER && !f->label.n)
			fault(s, f, i, "a figure of the rules has a name");
	}
}

static void trace__every_fact_can_be_computed_again(void **unused)
{
	(void)unused;
	each_subject(check_facts);
}

/* ---- numbers of a result and their facts ---- */

static void check_value(const struct subject *s, const struct qpp_trace *t, const char *name, struct qpp_value v)
{
	if (!v.has)
		return;
	bool linked = v.fact > 0 && v.fact < t->facts.n && qpp_dec_eq(t->facts.v[v.fact].value, v.v);
	if (!linked) {
		char what[120];
		snprintf(what, sizeof what, "%s carries its fact", name);
		check(s, what, false);
	}
}

static void check_links(const struct subject *s)
{
	struct qpp_score x;
	struct qpp_trace t;
	struct qpp_err err;
	qpp_trace_init(&t, s->arena);
	if (score(s, s->submission, &t, &x, &err) != QPP_OK)
		return;
	check_value(s, &t, "the final score", x.final_score);
	check_value(s, &t, "the final score before rounding", x.final_exact);
	check_value(s, &t, "the complex patient bonus", x.complex_patient_bonus);
	check_value(s, &t, "the factor", x.adjustment.factor);
	check_value(s, &t, "the total", x.adjustment.total);
	check_value(s, &t, "the scaling factor", x.adjustment.scaling);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		const struct qpp_category_score *c = &x.category[k];
		check_value(s, &t, "a category percent", c->percent);
		check_value(s, &t, "a weight", c->weight);
		check_value(s, &t, "the points of a category", c->points);
		check_value(s, &t, "the points available in a category", c->maximum_points);
		check_value(s, &t, "a contribution", c->contribution);
		for (size_t i = 0; i < c->n_measures; i++) {
			const struct qpp_measure_score *m = &c->measures[i];
			check_value(s, &t, "a rate", m->rate);
			check_value(s, &t, "a number of cases", m->cases);
			check_value(s, &t, "a completeness", m->completeness);
			check_value(s, &t, "the points of a measure", m->points.points);
			check_value(s, &t, "the points before floor and cap", m->points.raw);
			check_value(s, &t, "a cap", m->points.capped_at);
			check_value(s, &t, "a floor", m->points.floored_at);
			check_value(s, &t, "the points available for a measure", m->available);
		}
	}
	check(s, "the result was looked at", true);
}

static void trace__every_number_of_a_result_carries_its_fact(void **unused)
{
	(void)unused;
	each_subject(check_links);
}

/* ---- limits and order ---- */

static bool within(struct qpp_value v, int least, int most)
{
	return !v.has || (qpp_dec_cmp(v.v, qpp_dec_of(least)) >= 0 && qpp_dec_cmp(v.v, qpp_dec_of(most)) <= 0);
}

/* A measure that was reported through another collection type as well counts once. */
static bool picked_otherwise(const struct qpp_category_score *c, struct qpp_str id)
{
	for (size_t i = 0; i < c->n_measures; i++)
		if (c->measures[i].picked && qpp_str_eq(c->measures[i].measure_id, id))
			return true;
	return false;
}

/* How many picked measures earned less than this one. Claims measures are added, not picked. */
static int worse_picks(const struct qpp_category_score *c, const struct qpp_measure_score *than)
{
	int n = 0;
	for (size_t i = 0; i < c->n_measures; i++) {
		const struct qpp_measure_score *m = &c->measures[i];
		n += m->picked && m->method != QPP_ADMIN_CLAIMS && qpp_dec_cmp(m->points.points.v, than->points.points.v) < 0;
	}
	return n;
}

/* Only in the place of the required outcome measure may one stand that earned less than one left out. */
static void check_picks(const struct subject *s, const struct qpp_category_score *c)
{
	for (size_t i = 0; i < c->n_measures; i++) {
		const struct qpp_measure_score *m = &c->measures[i];
		if (!m->picked && !m->points.excluded && m->method != QPP_ADMIN_CLAIMS && !picked_otherwise(c, m->measure_id))
			check(s, "the best measures are picked", worse_picks(c, m) <= 1);
	}
}

/* From PY2024 what is submitted must be complete enough to count as a submission. */
static bool filed(const struct subject *s, const struct qpp_category_score *c)
{
	return c->submitted && (s->py < 2024 || c->qualifies);
}

static void check_limits(const struct subject *s)
{
	struct qpp_score x;
	struct qpp_err err;
	qpp_dec weights = qpp_dec_of(0), sum;
	int64_t scored = 0;
	if (score(s, s->submission, NULL, &x, &err) != QPP_OK)
		return;
	if (x.no_score.n) {
		check(s, "a group without a score submitted neither activities nor promoting interoperability",
		      (s->submission->entity == QPP_GROUP || s->submission->entity == QPP_SUBGROUP) && !filed(s, &x.category[QPP_IA]) && !filed(s, &x.category[QPP_PI]));
		check(s, "without a score there is no adjustment", !x.final_score.has && !x.adjustment.total.has);
		return;
	}
	sum = x.complex_patient_bonus.has ? x.complex_patient_bonus.v : qpp_dec_of(0);
	check(s, "the final score is from 0 to 100", x.final_score.has && within(x.final_score, 0, 100));
	check(s, "the bonus is from 0 to 10", within(x.complex_patient_bonus, 0, 10));
	check(s, "the factor is from -9 to 27", within(x.adjustment.total, -9, 27));
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		const struct qpp_category_score *c = &x.category[k];
		check(s, "a category score is from 0 to 100", within(c->percent, 0, 100));
		for (size_t i = 0; k != QPP_PI && i < c->n_measures; i++)
			check(s, "a measure has at most ten points, an activity at most forty",
			      within(c->measures[i].points.points, 0, k == QPP_IA ? 40 : 10));
		weights = qpp_dec_add(weights, c->weight.v);
		scored += c->scored;
		if (c->scored)
			sum = qpp_dec_add(sum, c->contribution.v);
	}
	if (x.kind != QPP_PROGRAM_APP)
		check_picks(s, &x.category[QPP_QUALITY]);
	check(s, "the weights sum to 100, or nothing has one", qpp_dec_eq(weights, qpp_dec_of(scored ? 100 : 0)));
	bool submitted = filed(s, &x.category[QPP_QUALITY]) || filed(s, &x.category[QPP_IA]) || filed(s, &x.category[QPP_PI]);
	submitted |= x.facility_based;
	qpp_dec expected = scored < 2 ? qpp_dec_of(75) : submitted ? qpp_dec_min(sum, qpp_dec_of(100)) : qpp_dec_of(0);
	check(s, "the final score is what the categories bring", qpp_dec_eq(x.final_exact.v, expected));
}

static void scores__stay_within_their_limits(void **unused)
{
	(void)unused;
	each_subject(check_limits);
}

static const struct qpp_measure_score *same_measure(const struct qpp_category_score *c, const struct qpp_measure_score *m)
{
	for (size_t i = 0; i < c->n_measures; i++)
		if (c->measures[i].method == m->method && qpp_str_eq(c->measures[i].measure_id, m->measure_id))
			return &c->measures[i];
	return NULL;
}

static bool same_picks(const struct qpp_score *x, const struct qpp_score *y)
{
	for (int k = 0; k < QPP_CATEGORIES; k++)
		for (size_t i = 0; i < x->category[k].n_measures; i++) {
			const struct qpp_measure_score *m = &x->category[k].measures[i], *n = same_measure(&y->category[k], m);
			if (!n || m->picked != n->picked || !qpp_str_eq(m->status, n->status))
				return false;
		}
	return true;
}

static void check_order(const struct subject *s)
{
	struct qpp_submission other;
	struct qpp_score x, y;
	struct qpp_err err;
	shuffle_submission(s->chance, s->arena, s->submission, &other);
	if (score(s, s->submission, NULL, &x, &err) != QPP_OK || score(s, &other, NULL, &y, &err) != QPP_OK)
		return;
	struct qpp_str a = text_of(s->arena, &x, false), b = text_of(s->arena, &y, false);
	check(s, "the order of the file does not matter", qpp_str_eq(a, b));
	check(s, "the order of the file does not choose measures", same_picks(&x, &y));
	if (!qpp_str_eq(a, b))
		print_error("as filed:%.*s\nshuffled:%.*s\n", QPP_ARG(a), QPP_ARG(b));
}

static void scores__do_not_depend_on_the_order_of_a_file(void **unused)
{
	(void)unused;
	each_subject(check_order);
}

/* ---- what is not known ---- */

static const struct qpp_missing_answer *missing_of(const struct qpp_scored *scored, const char *fact)
{
	for (size_t i = 0; i < scored->n_missing; i++)
		if (qpp_str_is(scored->missing[i].fact, fact))
			return &scored->missing[i];
	return NULL;
}

static bool answer(const struct subject *s, struct qpp_answer *out)
{
	struct qpp_findings f;
	struct qpp_err err;
	qpp_findings_init(&f, s->arena, MOST_FINDINGS);
	struct qpp_answer_request r = { .arena = s->arena, .rules = world()->set, .catalog = world_catalog(s->py),
	                                .submission = (struct qpp_submission *)s->submission, .facts = s->facts,
	                                .program = s->program, .findings = &f };
	return qpp_answer_submission(&r, out, &err) == QPP_OK && out->n_scored == 1;
}

static void absent_facts__of_the_shipped_submission_are_all_listed(void **unused)
{
	(void)unused;
	static const char *const unknown[] = { "smallPractice", "specialStatuses", "apmParticipant", "reweight", "cost",
		                                   "administrativeClaims", "complexPatient", "prior" };
	struct qpp_arena a = QPP_ARENA_INIT;
	struct filing f;
	struct qpp_answer out;
	assert_true(world_filing(&a, qpp_str_of(case_files[0][0]), (struct qpp_str){ NULL, 0 }, &f));
	/* One activity: then an APM participant would have more. */
	for (size_t i = 0; i < f.submission->n_sets; i++)
		if (f.submission->sets[i].category == QPP_IA)
			f.submission->sets[i].n_measurements = 1;
	struct subject s = { .name = "the shipped submission", .py = f.submission->py.v, .arena = &a,
	                     .submission = f.submission, .facts = f.facts, .program = QPP_LIT("mips") };
	assert_true(answer(&s, &out));
	for (size_t i = 0; i < COUNT(unknown); i++) {
		const struct qpp_missing_answer *m = missing_of(&out.scored[0], unknown[i]);
		check(&s, unknown[i], m != NULL);
		check(&s, "what it decides is said", m && m->decides.n > 0);
	}
	/* Promoting interoperability was submitted: who the clinicians are can no longer excuse it. */
	check(&s, "clinicianTypes decides nothing", !missing_of(&out.scored[0], "clinicianTypes"));
	qpp_arena_close(&a);
	every_row_holds();
}

/* The facts with one of them known, by the words of an answer; false for words that this test does not know. */
static bool with_fact(const struct qpp_facts *facts, struct qpp_str fact, struct qpp_str value, struct qpp_facts *out)
{
	static const struct qpp_reweight hardship = { .category = QPP_PI, .reason = QPP_HARDSHIP };
	*out = *facts;
	if (qpp_str_is(fact, "smallPractice") && qpp_str_is(value, "true")) {
		out->small_practice = QPP_YES;
	} else if (qpp_str_is(fact, "apmParticipant") && qpp_str_is(value, "true")) {
		out->apm_participant = QPP_YES;
	} else if (qpp_str_is(fact, "specialStatuses") && qpp_status_of(value)) {
		out->has_statuses = true;
		out->statuses |= qpp_status_of(value);
	} else if (qpp_str_is(fact, "reweight") && qpp_str_is(value, "pi hardship")) {
		out->has_reweight = true;
		out->reweight = &hardship;
		out->n_reweight = 1;
	} else {
		return false;
	}
	return true;
}

static void check_otherwise(const struct subject *s)
{
	struct qpp_answer out;
	/* Each answer scores a dozen times: a tenth of the practices is enough. */
	if (s->program.n == 0 || !chance_one_in(s->chance, 10) || !answer(s, &out))
		return;
	for (size_t i = 0; i < out.scored[0].n_missing; i++) {
		const struct qpp_missing_answer *m = &out.scored[0].missing[i];
		for (size_t j = 0; j < m->n_otherwise; j++) {
			const struct qpp_otherwise *o = &m->otherwise[j];
			struct qpp_facts facts;
			struct qpp_score known;
			struct qpp_err err;
			struct subject as_known = *s;
			as_known.facts = &facts;
			check(s, "the otherwise is one of those known", with_fact(s->facts, m->fact, o->value, &facts));
			check(s, "it can be scored", score(&as_known, s->submission, NULL, &known, &err) == QPP_OK);
			check(s, "otherwise is the score with the fact known",
			      o->final_score.has == known.final_score.has &&
			          (!o->final_score.has || qpp_dec_eq(o->final_score.v, known.final_score.v)) &&
			          o->total.has == known.adjustment.total.has &&
			          (!o->total.has || qpp_dec_eq(o->total.v, known.adjustment.total.v)));
		}
	}
}

static void absent_facts__otherwise_is_the_score_with_the_fact(void **unused)
{
	(void)unused;
	each_subject(check_otherwise);
}

/* The facts with an unknown one known, for the most part as in `other`; false when it is known already. */
static bool know(const struct qpp_facts *facts, int which, const struct qpp_facts *other, struct qpp_facts *out)
{
	*out = *facts;
	switch (which) {
	case QPP_MISSING_SMALL_PRACTICE:
		out->small_practice = QPP_YES;
		return !facts->small_practice;
	case QPP_MISSING_APM:
		out->apm_participant = QPP_YES;
		return !facts->apm_participant;
	case QPP_MISSING_STATUSES:
		out->has_statuses = true;
		out->statuses = other->statuses;
		return !facts->has_statuses;
	case QPP_MISSING_TYPES:
		out->has_types = true;
		out->types = 1u << QPP_PHYSICAL_THERAPIST;
		return !facts->has_types;
	case QPP_MISSING_REWEIGHT:
		out->has_reweight = true;
		out->reweight = other->reweight;
		out->n_reweight = other->n_reweight;
		return !facts->has_reweight;
	case QPP_MISSING_COST:
		out->has_cost = true;
		out->cost = other->cost;
		out->n_cost = other->n_cost;
		return !facts->has_cost;
	case QPP_MISSING_ADMIN_CLAIMS:
		out->has_administrative_claims = true;
		out->administrative_claims = other->administrative_claims;
		out->n_administrative_claims = other->n_administrative_claims;
		return !facts->has_administrative_claims;
	case QPP_MISSING_COMPLEX:
		out->has_complex_patient = true;
		out->medical_z = out->social_z = given("1");
		out->medical_at_or_above_median = out->social_at_or_above_median = QPP_YES;
		return !facts->has_complex_patient;
	case QPP_MISSING_PRIOR:
		out->has_prior = true;
		out->prior_quality_achievement_pct = out->prior_cost_pct = given("40");
		out->prior_same_identifier = QPP_YES;
		return !facts->has_prior;
	default:
		return false;
	}
}

static void check_not_listed(const struct subject *s)
{
	struct practice_by_chance other;
	struct qpp_score x, y;
	struct qpp_err err;
	struct qpp_facts facts;
	struct subject as_known = *s;
	as_known.facts = &facts;
	practice_by_chance(s->chance, s->arena, world_catalog(s->py), &other);
	if (score(s, s->submission, NULL, &x, &err) != QPP_OK)
		return;
	for (int bit = 0; bit < QPP_MISSING_FACTS; bit++) {
		if (x.missing & 1u << bit || !know(s->facts, bit, &other.facts, &facts))
			continue;
		bool scored = score(&as_known, s->submission, NULL, &y, &err) == QPP_OK;
		check(s, "it can be scored with one fact more", scored);
		row_true(s->name, qpp_missing_name(bit), "a fact that is not listed as missing decides nothing",
		         !scored || qpp_dec_eq(x.final_exact.v, y.final_exact.v));
	}
}

static void absent_facts__that_are_not_listed_decide_nothing(void **unused)
{
	(void)unused;
	each_subject(check_not_listed);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		practices = (int)strtol(argv[1], NULL, 10);
	if (argc > 2)
		seed = strtoull(argv[2], NULL, 10);
	if (practices < 1 || !seed)
		world_bail_out("usage", "test_trace [PRACTICES [SEED]], both at least 1");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trace__and_plan_change_no_number),
		cmocka_unit_test(trace__every_fact_can_be_computed_again),
		cmocka_unit_test(trace__every_number_of_a_result_carries_its_fact),
		cmocka_unit_test(scores__stay_within_their_limits),
		cmocka_unit_test(scores__do_not_depend_on_the_order_of_a_file),
		cmocka_unit_test(absent_facts__of_the_shipped_submission_are_all_listed),
		cmocka_unit_test(absent_facts__otherwise_is_the_score_with_the_fact),
		cmocka_unit_test(absent_facts__that_are_not_listed_decide_nothing),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
