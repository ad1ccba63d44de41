/* A synthetic state to score: see state.h. */
#include "state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/catalogs.h"
#include "cmd/seed.h"
#include "qpp/buf.h"

enum { PRACTICES = 60, SEED = 1, MOST_CATALOGS = 40, SLICE = 1000, MOST_TEXT = 1 << 24 };

static void must(struct state *s, enum qpp_code code, const char *what)
{
	if (code == QPP_OK)
		return;
	printf("Bail out! %s: %s: %s (%s)\n", what, qpp_code_name(code), s->w.err.primary, s->w.err.detail);
	exit(1);
}

static const struct qpp_years *load_years(struct state *s)
{
	static struct qpp_arena kept = QPP_ARENA_INIT;
	static const struct qpp_years *years;
	struct qpp_year_text texts[MOST_CATALOGS];
	size_t n = 0;
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; !years && c->py.v; c++)
		texts[n++] = (struct qpp_year_text){ c->py, c->text };
	if (!years)
		must(s, qpp_years_load(&kept, texts, n, &years, &s->w.err), "the years");
	return years;
}

qpp_time instant(const char *text)
{
	qpp_instant t = { 0 };
	if (!qpp_instant_parse(qpp_str_of(text), &t, NULL))
		abort();
	return qpp_time_of_instant(t);
}

void state_at(struct state *s, const char *text)
{
	s->w.clock.now = instant(text);
}

void state_open(struct state *s)
{
	state_open_of(s, PRACTICES);
}

void state_open_of(struct state *s, int practices)
{
	struct qpp_synth_counts counts;
	memset(s, 0, sizeof *s);
	world_open(&s->w, NULL);
	state_at(s, "2024-07-01T12:00:00Z");
	s->service = (struct qpp_service){ .store = s->w.store, .clock = &s->w.clock.clock, .years = load_years(s), .version = "test" };
	const struct qpp_seed seed = { .store = s->w.store, .rules = qpp_years_rules(s->service.years),
		.catalog = qpp_years_catalog(s->service.years, (qpp_py){ PY }), .py = { PY }, .seed = SEED, .practices = (uint64_t)practices };
	must(s, qpp_seed_run(&seed, &counts, &s->w.err), "the synthetic state");
}

void state_close(struct state *s)
{
	world_close(&s->w);
	qpp_arena_close(&s->arena);
}

void state_reopen(struct state *s)
{
	world_reopen(&s->w);
	s->service.store = s->w.store;
}

struct qpp_call call_of(struct state *s, const struct qpp_org *org, enum qpp_post post)
{
	struct qpp_actor_role *role = QPP_NEW(&s->arena, struct qpp_actor_role);
	struct qpp_actor *actor = QPP_NEW(&s->arena, struct qpp_actor);
	*role = (struct qpp_actor_role){ .org_id = org->id, .kind = org->kind, .number = org->number, .post = post };
	*actor = (struct qpp_actor){ .account_id = QPP_LIT("tester"), .roles = role, .n = 1 };
	return (struct qpp_call){ .service = &s->service, .arena = &s->arena, .actor = actor };
}

struct qpp_call agency(struct state *s)
{
	struct qpp_org org = { .kind = QPP_ORG_AGENCY, .id = QPP_LIT("agency") };
	return call_of(s, &org, QPP_POST_OPERATOR);
}

struct qpp_scoring run_begin(struct state *s, enum qpp_phase phase, enum qpp_scaling_by scaling, const char *reason)
{
	const struct qpp_run_order o = { .py = { PY }, .phase = phase, .scaling = scaling, .reason = qpp_str_of(reason),
		.name = qpp_str_of(reason), .account_id = QPP_LIT("operator") };
	struct qpp_scoring run;
	must(s, qpp_run_begin(&s->service, &s->arena, &o, &run, &s->w.err), reason);
	run.id = qpp_str_dup(&s->arena, run.id);
	return run;
}

struct qpp_scoring run_all(struct state *s, enum qpp_phase phase, enum qpp_scaling_by scaling, const char *reason)
{
	static const struct qpp_run_work work;
	struct qpp_scoring run = run_begin(s, phase, scaling, reason);
	must(s, qpp_run_go(&s->service, run.id, &work, &s->arena, &run, &s->w.err), reason);
	return run;
}

enum qpp_code try_release(struct state *s, struct qpp_str run, const char *at, bool factors)
{
	struct qpp_release row;
	const struct qpp_release_order o = { .scoring_id = run, .at = at ? instant(at) : (qpp_time){ 0 }, .factors = factors,
		.reason = QPP_LIT("as announced"), .account_id = QPP_LIT("operator") };
	return qpp_release(&s->service, &s->arena, &o, &row, &s->w.err);
}

void must_release(struct state *s, struct qpp_str run, const char *at, bool factors)
{
	must(s, try_release(s, run, at, factors), "release");
}

struct qpp_run pair_paid_by(struct state *s, struct qpp_str run, enum qpp_entity level, const char *not_score)
{
	struct qpp_tx *tx;
	struct qpp_run_rows rows = { 0 };
	struct qpp_str after = QPP_LIT("");
	must(s, qpp_store_begin(s->w.store, &s->arena, &tx, &s->w.err), "reading");
	do {
		must(s, qpp_store_run_of_scoring(tx, run, QPP_LIT("pair"), after, SLICE, &rows, &s->w.err), "versions");
		for (size_t i = 0; i < rows.n; i++)
			if (rows.v[i].paid_level == level && !(not_score && qpp_str_is(rows.v[i].final_score, not_score))) {
				qpp_store_end(tx);
				return rows.v[i];
			}
		if (rows.n)
			after = rows.v[rows.n - 1].id;
	} while (rows.n == SLICE);
	qpp_store_end(tx);
	printf("Bail out! nobody is paid by that level\n");
	exit(1);
}

struct qpp_org org_of(struct state *s, struct qpp_str id)
{
	struct qpp_tx *tx;
	struct qpp_org org;
	must(s, qpp_store_begin(s->w.store, &s->arena, &tx, &s->w.err), "reading");
	must(s, qpp_store_org_get(tx, id, &org, &s->w.err), "organization");
	qpp_store_end(tx);
	return org;
}

enum qpp_code see(struct state *s, struct qpp_call *call, struct qpp_who who, bool detail, struct qpp_feedback *out)
{
	const struct qpp_feedback_ask ask = { .who = who, .detail = detail };
	return qpp_feedback_see(call, &ask, out, &s->w.err);
}

struct qpp_str text_of_run(struct state *s, struct qpp_str run)
{
	static const char *const kinds[] = { "level", "pair" };
	struct qpp_tx *tx;
	struct qpp_buf b;
	qpp_buf_init(&b, &s->arena, MOST_TEXT);
	must(s, qpp_store_begin(s->w.store, &s->arena, &tx, &s->w.err), "reading");
	QPP_VEC(struct qpp_str) lines = { 0 };
	for (size_t k = 0; k < 2; k++) {
		struct qpp_run_rows rows = { 0 };
		struct qpp_str after = QPP_LIT("");
		do {
			must(s, qpp_store_run_of_scoring(tx, run, qpp_str_of(kinds[k]), after, SLICE, &rows, &s->w.err), "versions");
			for (size_t i = 0; i < rows.n; i++) {
				const struct qpp_run *r = &rows.v[i];
				struct qpp_buf line;
				qpp_buf_init(&line, &s->arena, MOST_TEXT);
				qpp_buf_cat(&line, kinds[k], " ", qpp_entity_name(r->who.entity), " ", r->who.org_id.p, " ", r->who.npi.p, " ", r->program.p, " ",
				            r->final_score.p, " ", r->exact.p, " ", r->factor.p, " ", r->paid_org_id.p, " ", r->inputs_hash.p, " ", r->headline.p,
				            "\n", (char *)NULL);
				*QPP_PUSH(&s->arena, &lines) = qpp_buf_done(&line);
			}
			if (rows.n)
				after = rows.v[rows.n - 1].id;
		} while (rows.n == SLICE);
	}
	qpp_store_end(tx);
	/* Ids are of the run: the order by them is not the same for two of them. */
	for (size_t i = 1; i < lines.n; i++)
		for (size_t k = i; k > 0 && qpp_str_cmp(lines.v[k - 1], lines.v[k]) > 0; k--) {
			struct qpp_str x = lines.v[k];
			lines.v[k] = lines.v[k - 1];
			lines.v[k - 1] = x;
		}
	for (size_t i = 0; i < lines.n; i++)
		qpp_buf_str(&b, lines.v[i]);
	return qpp_buf_done(&b);
}

int64_t audits(struct state *s)
{
	struct qpp_tx *tx;
	struct qpp_audit_rows rows = { 0 };
	const struct qpp_audit_query q = { .account_id = QPP_LIT("tester") };
	must(s, qpp_store_begin(s->w.store, &s->arena, &tx, &s->w.err), "reading");
	must(s, qpp_store_audit_list(tx, &q, (struct qpp_slice){ .count = true }, &rows, &s->w.err), "audit");
	qpp_store_end(tx);
	return rows.total;
}
