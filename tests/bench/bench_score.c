/*
 * Final scores per second, one core: a six-measure practice with promoting
 * interoperability, improvement activities and cost. Prints each figure as a
 * ratio to its aim. Three ways: measures already resolved (no trace), the same
 * with a trace, and end to end from JSON text.
 *
 *   bench_score [SUBMISSION FACTS [SECONDS]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "adapt/json/read_facts.h"
#include "adapt/json/read_submission.h"
#include "app/answer.h"
#include "qpp/check.h"

enum { AIM_PLAIN = 1000000, AIM_TRACED = 50000, MOST_FILE = 1 << 24 };

static struct qpp_str read_file(struct qpp_arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = qpp_arena_alloc(a, MOST_FILE);
	if (!f) {
		fprintf(stderr, "bench_score: cannot read %s\n", path);
		exit(1);
	}
	size_t n = fread(p, 1, MOST_FILE, f);
	fclose(f);
	return (struct qpp_str){ p, n };
}

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct work {
	struct qpp_arena *scratch;
	const struct qpp_rules *rules;
	const struct qpp_catalog *catalog;
	const struct qpp_plan *plan;
	struct qpp_submission *submission;
	struct qpp_facts *facts;
	struct qpp_str submission_text, facts_text;
};

static void die(const char *what, const struct qpp_err *e)
{
	fprintf(stderr, "bench_score: %s: %s\n", what, e->primary);
	exit(1);
}

static void plain(struct work *w)
{
	struct qpp_err err;
	struct qpp_score score;
	struct qpp_request q = { w->scratch, w->rules, w->catalog, NULL, NULL, w->plan };
	if (qpp_score_submission(&q, w->submission, w->facts, QPP_LIT("mips"), &score, &err) != QPP_OK)
		die("plain", &err);
}

static void traced(struct work *w)
{
	struct qpp_err err;
	struct qpp_score score;
	struct qpp_trace trace;
	qpp_trace_init(&trace, w->scratch);
	struct qpp_request q = { w->scratch, w->rules, w->catalog, &trace, NULL, w->plan };
	if (qpp_score_submission(&q, w->submission, w->facts, QPP_LIT("mips"), &score, &err) != QPP_OK)
		die("traced", &err);
}

static void from_json(struct work *w)
{
	struct qpp_err err;
	struct qpp_findings f;
	struct qpp_score score;
	qpp_findings_init(&f, w->scratch, 100);
	struct qpp_submission *s = qpp_json_read_submission(w->scratch, QPP_LIT("s"), w->submission_text, 0, &f);
	struct qpp_facts *facts = qpp_json_read_facts(w->scratch, QPP_LIT("f"), w->facts_text, 0, &f);
	qpp_check_submission(s, w->catalog, &f);
	qpp_answer_check_facts(facts, w->catalog, &f);
	struct qpp_request q = { w->scratch, w->rules, w->catalog, NULL, &f, w->plan };
	if (qpp_score_submission(&q, s, facts, QPP_LIT("mips"), &score, &err) != QPP_OK)
		die("from JSON", &err);
}

static void measure(const char *name, void (*one)(struct work *), struct work *w, int64_t ns, long aim)
{
	struct qpp_mark m = qpp_arena_mark(w->scratch);
	int64_t begin = now_ns(), spent;
	long n = 0;
	do {
		for (int i = 0; i < 200; i++, n++) {
			one(w);
			qpp_arena_reset(w->scratch, m);
		}
		spent = now_ns() - begin;
	} while (spent < ns);
	long per_second = (long)((__int128)n * 1000000000 / spent);
	printf("%-28s %9ld a second", name, per_second);
	if (aim)
		printf("   %ld.%02ld of the aim of %ld", per_second / aim, per_second % aim * 100 / aim, aim);
	printf("\n");
}

int main(int argc, char **argv)
{
	struct qpp_arena a = QPP_ARENA_INIT, scratch = QPP_ARENA_INIT;
	struct work w = { .scratch = &scratch };
	struct qpp_findings f;
	struct qpp_err err;
	const struct qpp_ruleset *rs;
	int64_t seconds = argc > 3 ? atol(argv[3]) : 2;
	w.submission_text = read_file(&a, argc > 2 ? argv[1] : "tests/cases/solo-2023.json");
	w.facts_text = read_file(&a, argc > 2 ? argv[2] : "tests/cases/solo-2023.facts.json");
	qpp_findings_init(&f, &a, 100);
	if (qpp_catalog_read(&a, QPP_LIT("catalog"), read_file(&a, "catalog/2023.txt"), &w.catalog, &err) != QPP_OK ||
	    qpp_ruleset_load(&a, qpp_rules_image, qpp_rules_image_size, &rs, &err) != QPP_OK ||
	    qpp_rules_bind(&a, rs, w.catalog->py, NULL, 0, &w.rules, &err) != QPP_OK)
		die("setting up", &err);
	w.plan = qpp_plan_make(&a, w.rules, w.catalog);
	w.submission = qpp_json_read_submission(&a, QPP_LIT("s"), w.submission_text, 0, &f);
	w.facts = qpp_json_read_facts(&a, QPP_LIT("f"), w.facts_text, 0, &f);
	qpp_check_submission(w.submission, w.catalog, &f);
	qpp_answer_check_facts(w.facts, w.catalog, &f);
	measure("without trace", plain, &w, seconds * 1000000000, AIM_PLAIN);
	measure("with trace", traced, &w, seconds * 1000000000, AIM_TRACED);
	measure("from JSON, without trace", from_json, &w, seconds * 1000000000, 0);
	qpp_arena_close(&scratch);
	qpp_arena_close(&a);
	return 0;
}
