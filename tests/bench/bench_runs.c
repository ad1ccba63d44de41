/*
 * Score runs over a synthetic state: seconds of each run, and that two of them come out the same.
 *
 *   bench_runs FOLDER PRACTICES      makes FOLDER/store.db when there is none
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "app/runs.h"
#include "cmd/catalogs.h"
#include "cmd/seed.h"

enum { PY = 2023, SEED = 1, MOST_CATALOGS = 40 };

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct qpp_err err;

static void must(enum qpp_code code)
{
	if (code == QPP_OK)
		return;
	fprintf(stderr, "bench_runs: %s: %s %s\n", qpp_code_name(code), err.primary, err.detail);
	exit(1);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool tell(void *host, const struct qpp_scoring *at)
{
	int64_t *pieces = host;
	if (++*pieces % 100 == 0)
		fprintf(stderr, "\r%.*s %lld levels, %lld pairs ", QPP_ARG(at->step), (long long)at->levels, (long long)at->pairs);
	return true;
}

static struct qpp_scoring run(const struct qpp_service *service, enum qpp_phase phase, enum qpp_scaling_by scaling)
{
	struct qpp_run_order o = { .py = { PY }, .phase = phase, .scaling = scaling, .reason = QPP_LIT("bench"), .name = QPP_LIT("bench"),
		.account_id = QPP_LIT("bench") };
	struct qpp_scoring s;
	int64_t pieces = 0;
	const struct qpp_run_work work = { .progress = tell, .host = &pieces };
	double start = now();
	must(qpp_run_begin(service, &arena, &o, &s, &err));
	must(qpp_run_go(service, s.id, &work, &arena, &s, &err));
	double took = now() - start;
	fprintf(stderr, "\r");
	printf("%-10s %-8s %7.2f s  %lld levels (%lld scored), %lld TIN/NPIs (%lld paid), %.0f TIN/NPIs a second, %lld transactions, scaling %.*s\n"
	       "           digest %.16s\n",
	       qpp_phase_name(phase), qpp_scaling_by_name(scaling), took, (long long)s.levels, (long long)s.scored, (long long)s.pairs,
	       (long long)s.paid, (double)s.pairs / took, (long long)pieces, QPP_ARG(s.scaling_factor), s.digest.n ? s.digest.p : "-");
	fflush(stdout);
	return s;
}

int main(int argc, char **argv)
{
	struct qpp_keys keys = { .data = { 1 }, .index = { 2 }, .sign = { 3 } };
	struct qpp_year_text texts[MOST_CATALOGS];
	const struct qpp_catalog *catalog;
	struct qpp_store *store;
	const struct qpp_years *years;
	struct qpp_synth_counts counts;
	struct qpp_release release;
	size_t n = 0;
	if (argc != 3)
		return 2;
	const char *path = qpp_str_cat(&arena, argv[1], "/store.db", (char *)NULL).p;
	bool there = access(path, R_OK) == 0;
	struct qpp_store_config config = { .url = qpp_str_cat(&arena, "sqlite:", path, (char *)NULL).p, .keys = &keys,
		.clock = qpp_clock_system(), .migrate = true };
	must(qpp_store_open(&config, &store, &err));
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++)
		texts[n++] = (struct qpp_year_text){ c->py, c->text };
	must(qpp_years_load(&arena, texts, n, &years, &err));
	must(qpp_years_need(years, &arena, (qpp_py){ PY }, &catalog, &err));
	const struct qpp_seed seed = { .store = store, .rules = qpp_years_rules(years), .catalog = catalog, .py = { PY }, .seed = SEED,
		.practices = strtoull(argv[2], NULL, 10) };
	double start = now();
	if (!there)
		must(qpp_seed_run(&seed, &counts, &err));
	printf("seeded in %.2f s\n", now() - start);
	const struct qpp_service service = { .store = store, .clock = config.clock, .years = years, .version = "bench" };
	(void)run(&service, QPP_PHASE_PREVIEW, QPP_SCALING_BY_RULES);
	struct qpp_scoring a = run(&service, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES);
	struct qpp_scoring b = run(&service, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES);
	printf("the same twice: %s\n", qpp_str_eq(a.digest, b.digest) ? "yes" : "NO");
	must(qpp_release(&service, &arena, &(struct qpp_release_order){ .scoring_id = b.id, .factors = true, .reason = QPP_LIT("bench"),
	                                                               .account_id = QPP_LIT("bench") }, &release, &err));
	(void)run(&service, QPP_PHASE_FINAL, QPP_SCALING_BY_NEUTRALITY);
	(void)run(&service, QPP_PHASE_CORRECTED, QPP_SCALING_FROZEN);
	qpp_store_close(store);
	qpp_arena_close(&arena);
	return 0;
}
