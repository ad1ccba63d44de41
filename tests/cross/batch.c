/*
 * The main scorer as the other side of the cross-check: JSON Lines in, each
 * {"id", "submission", "facts", "program"} or {"id", "payment"}, JSON Lines out in the shape of cli.mjs.
 *
 *   batch CATALOG_DIR [--hits FILE] < in > out
 *
 * --hits writes how often each figure and table row of the rules decided
 * something, from the traces; rows that nothing touched are listed with 0.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/json/read_facts.h"
#include "adapt/json/read_payment.h"
#include "adapt/json/read_submission.h"
#include "app/answer.h"
#include "hits.h"
#include "qpp/buf.h"
#include "qpp/check.h"

enum { FIRST_YEAR = 1990, YEARS = 100, MOST_LINE = 1 << 24, MOST_CATALOG = 1 << 24 };

struct year {
	const struct qpp_catalog *catalog;
	const struct qpp_rules *rules;
	const struct qpp_plan *plan;
};

static struct qpp_arena forever = QPP_ARENA_INIT;
static struct year years[YEARS];
static const struct qpp_ruleset *set;

static void die(const char *what, const char *detail)
{
	fprintf(stderr, "batch: %s: %s\n", what, detail);
	exit(1);
}

static struct qpp_str read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		die("cannot read", path);
	char *p = qpp_arena_alloc(&forever, MOST_CATALOG);
	size_t n = fread(p, 1, MOST_CATALOG, f);
	fclose(f);
	return (struct qpp_str){ p, n };
}

static const struct year *year_of(const char *dir, int py)
{
	struct qpp_err err;
	if (py < FIRST_YEAR || py >= FIRST_YEAR + YEARS)
		die("no such year", "performanceYear");
	struct year *y = &years[py - FIRST_YEAR];
	if (y->plan)
		return y;
	struct qpp_str path = qpp_str_cat(&forever, dir, "/", qpp_i64_text(&forever, py).p, ".txt", (char *)NULL);
	if (qpp_catalog_read(&forever, path, read_file(path.p), &y->catalog, &err) != QPP_OK ||
	    qpp_rules_bind(&forever, set, (qpp_py){ py }, NULL, 0, &y->rules, &err) != QPP_OK)
		die("setting up the year", err.primary);
	y->plan = qpp_plan_make(&forever, y->rules, y->catalog);
	return y;
}

static void put(struct qpp_arena *a, json_t *o, const char *name, struct qpp_value v, enum qpp_unit unit)
{
	if (v.has)
		json_object_set_new(o, name, json_string(qpp_unit_text(a, unit, v.v).p));
}

static void put_measures(struct qpp_arena *a, json_t *o, const struct qpp_category_score *c)
{
	for (size_t i = 0; i < c->n_measures; i++) {
		const struct qpp_measure_score *m = &c->measures[i];
		if (m->points.excluded || !m->points.points.has)
			continue;
		struct qpp_str id = qpp_str_dup(a, m->measure_id);
		const char *area = c->category == QPP_QUALITY ? "quality/" : "cost/";
		struct qpp_str key = c->category == QPP_QUALITY
		                         ? qpp_str_cat(a, area, id.p, "/", qpp_method_name(m->method), (char *)NULL)
		                         : qpp_str_cat(a, area, id.p, (char *)NULL);
		put(a, o, key.p, m->points.points, QPP_UNIT_POINTS);
	}
}

static json_t *answer(struct qpp_arena *a, const struct qpp_score *s)
{
	json_t *o = json_object(), *weights, *measures;
	if (!s->final_score.has) {
		json_object_set_new(o, "noScore", json_true());
		return o;
	}
	weights = json_array();
	measures = json_object();
	if (s->facility_based)
		json_object_set_new(o, "facilityBased", json_true());
	put(a, o, "finalScore", s->final_score, QPP_UNIT_SCORE);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		const struct qpp_category_score *c = &s->category[k];
		if (c->scored)
			put(a, o, qpp_category_name((enum qpp_category)k), c->percent, QPP_UNIT_PERCENT);
		json_array_append_new(weights, json_string(qpp_unit_text(a, QPP_UNIT_WEIGHT, c->weight.v).p));
	}
	json_object_set_new(o, "weights", weights);
	put(a, o, "complexPatientBonus", s->complex_patient_bonus, QPP_UNIT_POINTS);
	put(a, o, "factor", s->adjustment.factor, QPP_UNIT_FACTOR);
	put(a, o, "total", s->adjustment.total, QPP_UNIT_FACTOR);
	json_object_set_new(o, "band", json_string(qpp_band_name(s->adjustment.band)));
	put_measures(a, measures, &s->category[QPP_QUALITY]);
	put_measures(a, measures, &s->category[QPP_COST]);
	json_object_set_new(o, "measures", measures);
	return o;
}

static json_t *failed(const char *what)
{
	json_t *o = json_object();
	json_object_set_new(o, "error", json_string(what));
	return o;
}

/* A member of the line as text again, for the readers that real files go through; 15 digits bring a decimal back as it was. */
static struct qpp_str part(struct qpp_arena *a, const json_t *line, const char *name)
{
	char *text = json_dumps(json_object_get(line, name), JSON_COMPACT | JSON_REAL_PRECISION(15));
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text ? text : "{}"));
	free(text);
	return s;
}

static json_t *score_line(struct qpp_arena *a, const char *dir, const json_t *line, bool hits)
{
	struct qpp_findings f;
	struct qpp_score score;
	struct qpp_err err;
	struct qpp_trace trace;
	qpp_findings_init(&f, a, 20);
	struct qpp_submission *s = qpp_json_read_submission(a, QPP_LIT("submission"), part(a, line, "submission"), 0, &f);
	struct qpp_facts *facts = qpp_json_read_facts(a, QPP_LIT("facts"), part(a, line, "facts"), 0, &f);
	if (!s || !facts || qpp_answer_reconcile(s, facts, (qpp_py){ 0 }, &f, &err) != QPP_OK)
		return failed("not read");
	const struct year *y = year_of(dir, s->py.v);
	qpp_check_submission(s, y->catalog, &f);
	qpp_answer_check_facts(facts, y->catalog, &f);
	for (size_t i = 0; i < f.list.n; i++)
		if (f.list.v[i].severity == QPP_ERROR)
			return failed(qpp_str_cat(a, qpp_str_dup(a, f.list.v[i].code).p, " ", qpp_str_dup(a, f.list.v[i].message).p, " ",
			                          qpp_str_dup(a, f.list.v[i].subject).p, (char *)NULL).p);
	qpp_trace_init(&trace, a);
	struct qpp_request q = { a, y->rules, y->catalog, hits ? &trace : NULL, NULL, y->plan };
	const char *program = json_string_value(json_object_get(line, "program"));
	if (qpp_score_submission(&q, s, facts, qpp_str_of(program ? program : "mips"), &score, &err) != QPP_OK)
		return failed(err.primary);
	if (hits)
		hits_count(y->rules, &trace);
	return answer(a, &score);
}

/* Which of a clinician's scores pays: {"pays": N}, or {"pays": "none"}. */
static json_t *payment_line(struct qpp_arena *a, const json_t *line)
{
	struct qpp_findings f;
	struct qpp_payment x;
	struct qpp_err err;
	struct qpp_request q = { .arena = a };
	qpp_findings_init(&f, a, 20);
	const struct qpp_payment_facts *facts = qpp_json_read_payment(a, QPP_LIT("payment"), part(a, line, "payment"), 0, &f);
	if (!facts || f.errors)
		return failed(f.list.n ? qpp_str_dup(a, f.list.v[0].message).p : "not read");
	if (qpp_rules_bind(a, set, facts->py, NULL, 0, &q.rules, &err) != QPP_OK ||
	    qpp_payment_decide(&q, facts, &x, &err) != QPP_OK)
		return failed(err.primary);
	json_t *o = json_object();
	json_object_set_new(o, "pays", x.pays ? json_integer((json_int_t)x.score) : json_string("none"));
	return o;
}

int main(int argc, char **argv)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_err err;
	char *text = NULL;
	size_t cap = 0;
	const char *hits = argc > 3 && strcmp(argv[2], "--hits") == 0 ? argv[3] : NULL;
	if (argc < 2)
		die("usage", "batch CATALOG_DIR [--hits FILE]");
	if (qpp_ruleset_load(&forever, qpp_rules_image, qpp_rules_image_size, &set, &err) != QPP_OK)
		die("rules", err.primary);
	struct qpp_mark empty = qpp_arena_mark(&a);
	for (ssize_t n; (n = getline(&text, &cap, stdin)) > 0;) {
		json_t *line = json_loadb(text, (size_t)n, 0, NULL);
		if (!line)
			die("not JSON", "a line of the input");
		json_t *o = json_object_get(line, "payment") ? payment_line(&a, line) : score_line(&a, argv[1], line, hits != NULL);
		json_object_set(o, "id", json_object_get(line, "id"));
		char *out = json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER);
		puts(out);
		free(out);
		json_decref(o);
		json_decref(line);
		qpp_arena_reset(&a, empty);
	}
	if (hits)
		hits_write(hits, set);
	free(text);
	qpp_arena_close(&a);
	qpp_arena_close(&forever);
	return 0;
}
