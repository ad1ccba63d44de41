/*
 * One filing: made, scored as it would be, and made again a little better or worse until it comes out near the
 * standing it was ordered with. What cannot be reached (everything full, or nothing left to leave out) stays as near
 * as it came.
 */
#include "app/synth_int.h"

#include "app/answer.h"

enum { TRIES = 8, NEAR = 30, LOWEST_AIM = 200, HIGHEST_AIM = 12500, MOST_SETS = 12, MOST_FINDINGS = 4,
       ELSEWHERE = 37 };

struct tried {
	struct qpp_submission submission;
	struct qpp_facts facts;
	int came_out;              /* hundredths */
	bool unscorable;           /* exact numbers of it grow too large */
};

static void add_program(struct qpp_synth *s, const struct qpp_synth_order *o, struct qpp_str program, int aim,
                        struct tried *t)
{
	struct qpp_synth_work w = { .s = s, .a = s->attempt, .order = o, .program = program,
		                        .mvp = qpp_catalog_mvp(s->call->catalog, program),
		                        .chance = qpp_chance_stream(s->call->seed, QPP_DRAW_FILING, o->stream),
		                        .submission = &t->submission, .facts = &t->facts };
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_CLAIMS, o->stream);
	struct qpp_synth_aims aims = qpp_synth_aim(s, o, program, &t->facts, aim, &c);
	qpp_synth_add_sets(&w, &aims);
	qpp_synth_add_claims(&w, &aims);
}

static int in_hundredths(qpp_dec v)
{
	int64_t n = 0;
	(void)qpp_dec_i64(qpp_dec_round(qpp_dec_mul(v, qpp_dec_of(100)), 0), &n);
	return (int)n;
}

/* The best of its programs, as it will be scored. */
static enum qpp_code score(struct qpp_synth *s, const struct qpp_synth_order *o, struct tried *t)
{
	struct qpp_findings f;
	qpp_findings_init(&f, s->attempt, MOST_FINDINGS);
	struct qpp_request q = { .arena = s->attempt, .rules = s->rules, .catalog = s->call->catalog, .plan = s->plan };
	struct qpp_request there = q;
	struct qpp_facts facts = t->facts;
	struct qpp_str last = { 0 };
	there.findings = &f;
	enum qpp_code code = o->location ? qpp_answer_locate(&there, &t->submission, &facts, s->err) : QPP_OK;
	t->came_out = 0;
	for (size_t i = 0; i < t->submission.n_sets && code == QPP_OK; i++) {
		struct qpp_score x;
		if (qpp_str_eq(last, t->submission.sets[i].program))
			continue;
		last = t->submission.sets[i].program;
		code = qpp_score_submission(&q, &t->submission, &facts, last, &x, s->err);
		int came_out = code == QPP_OK && x.final_score.has ? in_hundredths(x.final_score.v) : 0;
		t->came_out = came_out > t->came_out ? came_out : t->came_out;
	}
	return code;
}

static void try_at(struct qpp_synth *s, const struct qpp_synth_order *o, int aim, struct tried *t)
{
	*t = (struct tried){ .submission = { .py = s->py, .entity = o->entity, .entity_id = o->id, .tin = o->tin, .npi = o->npi } };
	t->submission.sets = QPP_NEW_ARRAY(s->attempt, MOST_SETS, struct qpp_measurement_set);
	qpp_synth_begin_facts(s, o, s->attempt, &t->facts);
	if (o->pathway.n)
		add_program(s, o, o->pathway, aim, t);
	if (o->mvp)
		add_program(s, o, o->mvp->id, aim, t);
	if (o->mips && !o->pathway.n)
		add_program(s, o, QPP_LIT("mips"), aim, t);
	s->code = score(s, o, t);
	t->unscorable = s->code == QPP_ARITHMETIC;
}

static int distance(int a, int b)
{
	return a < b ? b - a : a - b;
}

static int within(int v)
{
	return v < LOWEST_AIM ? LOWEST_AIM : v > HIGHEST_AIM ? HIGHEST_AIM : v;
}

static void give(struct qpp_synth *s, const struct qpp_synth_order *o, struct tried *t)
{
	struct qpp_synth_filing x = { .submission = &t->submission, .facts = &t->facts };
	if (o->silent) {
		qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_SILENT, .filing = &x });
		return;
	}
	x.submitter = o->submitter;
	if (qpp_synth_wants(s, QPP_SYNTH_SUBMISSIONS)) {
		struct qpp_str last = { 0 };
		s->counts->level[o->entity]++;
		for (size_t i = 0; i < t->submission.n_sets; i++) {
			if (!qpp_str_eq(last, t->submission.sets[i].program))
				s->counts->program[qpp_program_kind_of(t->submission.sets[i].program)]++;
			last = t->submission.sets[i].program;
		}
	}
	qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_SUBMISSIONS, .filing = &x });
}

void qpp_synth_fill(struct qpp_synth *s, const struct qpp_synth_order *o)
{
	struct qpp_mark start = qpp_arena_mark(s->attempt);
	struct tried t = { 0 };
	int aim = o->standing, best = aim, nearest = HIGHEST_AIM, last = aim;
	if (s->code != QPP_OK || !qpp_synth_wants(s, o->silent ? QPP_SYNTH_SILENT : QPP_SYNTH_SUBMISSIONS))
		return;
	if (o->silent) {
		t.submission = (struct qpp_submission){ .py = s->py, .entity = o->entity, .entity_id = o->id, .tin = o->tin, .npi = o->npi };
		qpp_synth_begin_facts(s, o, s->attempt, &t.facts);
		give(s, o, &t);
		qpp_arena_reset(s->attempt, start);
		return;
	}
	for (int i = 0; i < TRIES && s->code == QPP_OK && nearest > NEAR; i++) {
		qpp_arena_reset(s->attempt, start);
		try_at(s, o, aim, &t);
		last = aim;
		if (t.unscorable && i + 1 < TRIES) {
			s->code = QPP_OK;
			aim += ELSEWHERE;
			continue;
		}
		if (distance(t.came_out, o->standing) < nearest) {
			nearest = distance(t.came_out, o->standing);
			best = aim;
		}
		aim = within(aim + (o->standing - t.came_out));
	}
	/* Of the last try nothing is needed when an earlier one was good. */
	if (t.unscorable && nearest < HIGHEST_AIM)
		s->code = QPP_OK;
	if (s->code == QPP_OK && last != best) {
		qpp_arena_reset(s->attempt, start);
		try_at(s, o, best, &t);
	}
	if (s->code == QPP_OK)
		give(s, o, &t);
	qpp_arena_reset(s->attempt, start);
}
