/*
 * Scoring a submission as its filer needs it: per program, with what is not
 * known and what rests on a reading. "What if" is always the same scorer run
 * again on changed facts or rules, never a second formula.
 */
#include "app/answer.h"

#include <stdlib.h>
#include <string.h>

#include "qpp/buf.h"

/* One run under given facts and choices of readings. */
static enum qpp_code run(const struct qpp_answer_request *r, const struct qpp_facts *facts, struct qpp_str program,
                         const struct qpp_choice *choice, struct qpp_trace *trace, struct qpp_findings *findings,
                         struct qpp_score *out, struct qpp_err *err)
{
	struct qpp_request q = { .arena = r->arena, .rules = r->bound, .catalog = r->catalog, .trace = trace, .findings = findings,
		                     .plan = r->plan };
	/* As the rules stand, they are bound and laid out already. */
	if (choice || !r->bound) {
		enum qpp_code code = qpp_rules_bind(r->arena, r->rules, r->submission->py, choice, choice ? 1 : 0, &q.rules, err);
		if (code != QPP_OK)
			return code;
		q.plan = NULL;
	}
	return qpp_score_submission(&q, r->submission, facts, program, out, err);
}

static void small_practice(struct qpp_facts *f) { f->small_practice = QPP_YES; }
static void apm_participant(struct qpp_facts *f) { f->apm_participant = QPP_YES; }

static void status(struct qpp_facts *f, enum qpp_status s)
{
	f->has_statuses = true;
	f->statuses |= s;
}

static void rural(struct qpp_facts *f) { status(f, QPP_RURAL); }
static void hospital_based(struct qpp_facts *f) { status(f, QPP_HOSPITAL_BASED); }

static void pi_hardship(struct qpp_facts *f)
{
	static const struct qpp_reweight hardship = { .category = QPP_PI, .reason = QPP_HARDSHIP };
	f->has_reweight = true;
	f->reweight = &hardship;
	f->n_reweight = 1;
}

/* As qpp_answer_locate() prepared it. */
static void in_a_listed_county(struct qpp_facts *f)
{
	f->has_reweight = true;
	f->reweight = f->if_listed;
	f->n_reweight = f->n_if_listed;
}

/* What an absent fact could turn out to be. */
static const struct {
	const char *fact, *value;
	void (*make)(struct qpp_facts *);
} turns_out[] = {
	{ "smallPractice", "true", small_practice },
	{ "specialStatuses", "rural", rural },
	{ "specialStatuses", "hospitalBased", hospital_based },
	{ "apmParticipant", "true", apm_participant },
	{ "reweight", "pi hardship", pi_hardship },
	{ "location.county", "a listed county", in_a_listed_county },
};

static void add_otherwise(const struct qpp_answer_request *r, struct qpp_scored *scored, struct qpp_missing_answer *m)
{
	enum { MOST = 4 };
	m->otherwise = QPP_NEW_ARRAY(r->arena, MOST, struct qpp_otherwise);
	for (size_t i = 0; i < sizeof turns_out / sizeof turns_out[0] && m->n_otherwise < MOST; i++) {
		if (!qpp_str_is(m->fact, turns_out[i].fact))
			continue;
		struct qpp_facts facts = *r->facts;
		struct qpp_score score;
		turns_out[i].make(&facts);
		/* Neither way a score: nothing to set side by side. */
		if (run(r, &facts, scored->score.program, NULL, NULL, NULL, &score, NULL) == QPP_OK &&
		    (score.final_score.has || scored->score.final_score.has))
			m->otherwise[m->n_otherwise++] = (struct qpp_otherwise){ qpp_str_of(turns_out[i].value), score.final_score,
			                                                         score.adjustment.total };
	}
}

static void say_missing(const struct qpp_answer_request *r, struct qpp_scored *scored)
{
	scored->missing = QPP_NEW_ARRAY(r->arena, QPP_MISSING_FACTS, struct qpp_missing_answer);
	for (int bit = 0; bit < QPP_MISSING_FACTS; bit++) {
		if (!(scored->score.missing & 1u << bit))
			continue;
		struct qpp_missing_answer *m = &scored->missing[scored->n_missing++];
		m->fact = qpp_str_of(qpp_missing_name(bit));
		m->decides = qpp_str_of(qpp_missing_decides(bit));
		add_otherwise(r, scored, m);
	}
}

static bool same_score(const struct qpp_score *a, const struct qpp_score *b)
{
	return a->final_score.has == b->final_score.has && (!a->final_score.has || qpp_dec_eq(a->final_score.v, b->final_score.v));
}

static void try_reading(const struct qpp_answer_request *r, struct qpp_scored *scored, const struct qpp_reading *reading)
{
	for (size_t k = 1; k < reading->n_alternatives; k++) {
		struct qpp_choice choice = { reading->name, k };
		struct qpp_score score;
		if (run(r, r->facts, scored->score.program, &choice, NULL, NULL, &score, NULL) != QPP_OK ||
		    same_score(&score, &scored->score))
			continue;
		scored->sensitivity[scored->n_sensitivity++] =
		    (struct qpp_sensitivity){ reading->name, reading->alternatives[k], score.final_score };
	}
}

/* Every unverified reading that this score asked for, under its other alternatives. */
static void say_sensitivity(const struct qpp_answer_request *r, struct qpp_scored *scored)
{
	size_t most = 0;
	for (size_t i = 0; i < r->rules->n_readings; i++)
		most += r->rules->readings[i].n_alternatives;
	scored->sensitivity = QPP_NEW_ARRAY(r->arena, most + 1, struct qpp_sensitivity);
	for (size_t i = 0; i < r->rules->n_readings; i++) {
		const struct qpp_reading *reading = &r->rules->readings[i];
		int bit = qpp_rules_reading_bit(reading->name);
		if (reading->n_alternatives < 2 || bit < 0 || !(scored->score.readings >> bit & 1))
			continue;
		scored->readings_tried++;
		try_reading(r, scored, reading);
	}
}

static enum qpp_code score_program(const struct qpp_answer_request *r, struct qpp_str program, struct qpp_scored *out,
                                   struct qpp_err *err)
{
	*out = (struct qpp_scored){ 0 };
	if (r->trace) {
		out->trace = QPP_NEW(r->arena, struct qpp_trace);
		qpp_trace_init(out->trace, r->arena);
	}
	enum qpp_code code = run(r, r->facts, program, NULL, out->trace, r->findings, &out->score, err);
	if (code != QPP_OK || r->plain)
		return code;
	say_missing(r, out);
	say_sensitivity(r, out);
	return QPP_OK;
}

/* The programs that the submission has sets of, each once, traditional MIPS first; "mips" when it has none. */
static size_t programs_of(const struct qpp_answer_request *r, struct qpp_str *programs)
{
	size_t n = 0;
	if (r->program.n) {
		programs[n++] = r->program;
		return n;
	}
	for (size_t i = 0; i < r->submission->n_sets; i++) {
		struct qpp_str p = r->submission->sets[i].program.n ? r->submission->sets[i].program : QPP_LIT("mips");
		bool seen = false;
		for (size_t k = 0; k < n; k++)
			seen |= qpp_str_eq(programs[k], p);
		if (!seen)
			programs[n++] = p;
	}
	if (!n)
		programs[n++] = QPP_LIT("mips");
	return n;
}

/* Traditional MIPS before the others, which stand by name. */
static int program_order(struct qpp_str a, struct qpp_str b)
{
	bool mips_a = !a.n || qpp_str_is(a, "mips"), mips_b = !b.n || qpp_str_is(b, "mips");
	return mips_a || mips_b ? mips_b - mips_a : qpp_str_cmp(a, b);
}

static int method_order(enum qpp_method a, enum qpp_method b)
{
	if (a == QPP_METHOD_NONE || b == QPP_METHOD_NONE)
		return (b == QPP_METHOD_NONE) - (a == QPP_METHOD_NONE);
	return strcmp(qpp_method_name(a), qpp_method_name(b));
}

static int set_order(const struct qpp_measurement_set *a, const struct qpp_measurement_set *b)
{
	int d = program_order(a->program, b->program);
	if (!d)
		d = (a->category > b->category) - (a->category < b->category);
	return d ? d : method_order(a->method, b->method);
}

/* Of equal sets the one that was given first: both stand in one array. */
static int by_set(const void *a, const void *b)
{
	const struct qpp_measurement_set *x = *(const struct qpp_measurement_set *const *)a,
	                                 *y = *(const struct qpp_measurement_set *const *)b;
	int d = set_order(x, y);
	return d ? d : (x > y) - (x < y);
}

/* The sets in an order that does not depend on which of them arrived first: clients send them side by side, and
   nothing that a score says may change by it. */
static const struct qpp_submission *in_order(struct qpp_arena *a, const struct qpp_submission *s)
{
	bool sorted = true;
	for (size_t i = 1; i < s->n_sets; i++)
		sorted &= set_order(&s->sets[i - 1], &s->sets[i]) <= 0;
	if (sorted)
		return s;
	const struct qpp_measurement_set **by = QPP_NEW_ARRAY(a, s->n_sets, const struct qpp_measurement_set *);
	struct qpp_submission *copy = QPP_NEW(a, struct qpp_submission);
	*copy = *s;
	copy->sets = QPP_NEW_ARRAY(a, s->n_sets, struct qpp_measurement_set);
	for (size_t i = 0; i < s->n_sets; i++)
		by[i] = &s->sets[i];
	qsort(by, s->n_sets, sizeof *by, by_set);
	for (size_t i = 0; i < s->n_sets; i++)
		copy->sets[i] = *by[i];
	return copy;
}

/* Of the scores of one level the highest counts; of equal ones the first. */
static void choose(struct qpp_answer *out)
{
	struct qpp_scored *best = NULL;
	for (size_t i = 0; i < out->n_scored; i++)
		if (!best || !best->score.final_score.has ||
		    (out->scored[i].score.final_score.has && qpp_dec_cmp(out->scored[i].score.final_exact.v, best->score.final_exact.v) > 0))
			best = &out->scored[i];
	best->counts = true;
	best->why = out->n_scored == 1 ? QPP_LIT("it is the only score")
	                               : QPP_LIT("the highest of the reporting options of one level counts");
}

enum qpp_code qpp_answer_submission(const struct qpp_answer_request *asked, struct qpp_answer *out, struct qpp_err *err)
{
	struct qpp_answer_request request = *asked;
	const struct qpp_answer_request *r = &request;
	request.submission = in_order(asked->arena, asked->submission);
	struct qpp_str *programs = QPP_NEW_ARRAY(r->arena, r->submission->n_sets + 1, struct qpp_str);
	size_t n = programs_of(r, programs);
	*out = (struct qpp_answer){ .py = r->submission->py, .entity = r->submission->entity, .submission = r->submission,
		                        .rules_hash = r->rules->hash };
	out->scored = QPP_NEW_ARRAY(r->arena, n, struct qpp_scored);
	for (size_t i = 0; i < n; i++) {
		enum qpp_code code = score_program(r, programs[i], &out->scored[out->n_scored++], err);
		if (code != QPP_OK)
			return code;
	}
	choose(out);
	return QPP_OK;
}

static void contradiction(struct qpp_findings *findings, const char *what, struct qpp_str facts, struct qpp_str file,
                          struct qpp_where where)
{
	struct qpp_finding *f = qpp_find(findings, QPP_WARNING, "factsContradictSubmission", where,
	                                 QPP_LIT("the facts say otherwise than the submission; the facts hold"));
	f->subject = qpp_str_of(what);
	f->value = file;
	f->expected = facts;
}

enum qpp_code qpp_answer_reconcile(struct qpp_submission *s, const struct qpp_facts *facts, qpp_py option,
                                   struct qpp_findings *findings, struct qpp_err *err)
{
	struct qpp_arena *a = findings->arena;
	if (facts->py.v && s->py.v && facts->py.v != s->py.v)
		contradiction(findings, "performanceYear", qpp_i64_text(a, facts->py.v), qpp_i64_text(a, s->py.v), s->where);
	if (facts->participation != QPP_ENTITY_NONE && s->entity != QPP_ENTITY_NONE && facts->participation != s->entity)
		contradiction(findings, "entityType", qpp_str_of(qpp_entity_name(facts->participation)),
		              qpp_str_of(qpp_entity_name(s->entity)), s->where);
	if (facts->py.v)
		s->py = facts->py;
	if (option.v)
		s->py = option;
	if (facts->participation != QPP_ENTITY_NONE)
		s->entity = facts->participation;
	if (s->py.v)
		return QPP_OK;
	(void)qpp_fail(err, QPP_DATA, "the performance year is not known", (char *)NULL);
	qpp_err_hint(err, "give performanceYear in the submission, or --year", (char *)NULL);
	return QPP_DATA;
}

static void resolve(struct qpp_claims_measure *list, size_t n, const struct qpp_catalog *catalog, bool cost,
                    struct qpp_findings *findings)
{
	for (size_t i = 0; i < n; i++) {
		const struct qpp_measure *m = qpp_catalog_measure(catalog, list[i].measure_id);
		bool fits = m && (cost ? m->category == QPP_COST
		                       : m->category == QPP_QUALITY && m->methods & 1u << QPP_ADMIN_CLAIMS);
		if (fits) {
			list[i].measure = m;
			continue;
		}
		struct qpp_finding *f = qpp_find(findings, QPP_ERROR, "measureUnknown", list[i].where,
		                                 cost ? QPP_LIT("no cost measure of that year has this id")
		                                      : QPP_LIT("no administrative-claims quality measure of that year has this id"));
		f->subject = f->value = list[i].measure_id;
		struct qpp_str near = qpp_catalog_near(catalog, list[i].measure_id, findings->arena);
		if (near.n)
			f->hint = qpp_str_cat(findings->arena, "did you mean ", qpp_str_dup(findings->arena, near).p, "?", (char *)NULL);
	}
}

static void registered(const struct qpp_registration *r, struct qpp_str id, const struct qpp_catalog *catalog,
                       struct qpp_findings *findings)
{
	const struct qpp_measure *m = qpp_catalog_measure(catalog, id);
	if (m && m->methods & 1u << QPP_ADMIN_CLAIMS)
		return;
	struct qpp_finding *f = qpp_find(findings, QPP_ERROR, "measureUnknown", r->where,
	                                 QPP_LIT("no administrative-claims quality measure of that year has this id"));
	f->subject = QPP_LIT("registration");
	f->value = qpp_shown(findings->arena, id);
	f->cite = QPP_LIT("414.1365(b)");
}

void qpp_answer_check_facts(struct qpp_facts *facts, const struct qpp_catalog *catalog, struct qpp_findings *findings)
{
	const struct qpp_registration *r = &facts->registration;
	if (r->population_health.n)
		registered(r, r->population_health, catalog, findings);
	for (size_t i = 0; i < r->n_outcome_claims; i++)
		registered(r, r->outcome_claims[i], catalog, findings);
	resolve(facts->administrative_claims, facts->n_administrative_claims, catalog, false, findings);
	resolve(facts->cost, facts->n_cost, catalog, true, findings);
}
