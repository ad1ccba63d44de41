/*
 * The synthetic state: everything in it is valid, every status, level and route is there, and scored by the library
 * it looks as the published PY2023 does (AMA and others, spec of national distributions): mean 83.18, median 85.49;
 * 80.86 % of clinicians with a positive adjustment, 4.58 % neutral, 12.30 % negative, 2.26 % at the maximum
 * negative; negative of solo practices 49 %, of small ones 29 %, of rural ones 18 %. One seed gives one state.
 *
 *   test_synth [SEED [PRACTICES]]
 */
#include "unit.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rules/world.h"
#include "state.h"

enum { PY = 2023, PRACTICES = 2000 };

static uint64_t seed = 1, practices = PRACTICES;

static struct state *nation(void)
{
	static struct state s;
	if (!s.arena) {
		state_make(&s, PY, practices, seed, true);
		state_pay(&s);
	}
	return &s;
}

static void synth__no_line_has_an_error(void **unused)
{
	struct state *s = nation();
	(void)unused;
	if (s->errors)
		fail_msg("%zu errors, the first %.*s", s->errors, QPP_ARG(s->first_error));
	assert_true(s->filings.n > practices);
	assert_true(s->elections >= practices / 50);
	assert_int_equal(s->rejected, 0);
}

static void synth__every_status_level_and_route_is_there(void **unused)
{
	const struct state *s = nation();
	(void)unused;
	for (int i = 0; i < QPP_ELIGIBILITY_STATUSES; i++)
		if (s->counts.status[i] < 20)
			fail_msg("%s: %d", qpp_eligibility_status_name((enum qpp_eligibility_status)i), (int)s->counts.status[i]);
	for (int i = 0; i < QPP_SPECIALS; i++)
		if (s->counts.special[i] < 100)
			fail_msg("%s: %d", qpp_special_name((enum qpp_special)i), (int)s->counts.special[i]);
	for (int i = QPP_INDIVIDUAL; i < QPP_ENTITIES; i++)
		if (s->counts.level[i] < 4)
			fail_msg("%s: %d", qpp_entity_name((enum qpp_entity)i), (int)s->counts.level[i]);
	static const enum qpp_program_kind kinds[] = { QPP_PROGRAM_MIPS, QPP_PROGRAM_MVP, QPP_PROGRAM_APP };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		assert_true(s->counts.program[kinds[i]] >= 20);
	static const enum qpp_method methods[] = { QPP_REGISTRY, QPP_EHR, QPP_CLAIMS, QPP_SURVEY_VENDOR };
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		assert_true(s->methods[methods[i]] >= 20);
	for (int i = 0; i < QPP_SYNTH_FILES; i++)
		assert_true(s->counts.items[i]);
	for (int i = 0; i < QPP_SYNTH_KINDS; i++)
		assert_true(s->counts.organizations[i]);
	assert_int_equal(s->counts.items[QPP_SYNTH_STORIES], 9);
	assert_true(s->attested >= 20);
	assert_true(s->qcdr && s->reweighted && s->located && s->facility);
}

/* ---- distributions: hundredths of a point, hundredths of a percent ---- */

static int64_t hundredths(qpp_dec v)
{
	int64_t n = 0;
	assert_true(qpp_dec_i64(qpp_dec_mul(v, qpp_dec_of(100)), &n));
	return n;
}

struct shares {
	size_t all, positive, neutral, negative, most_negative;
};

enum population { EVERYBODY, SOLO, SMALL, RURAL, POPULATIONS };

static bool belongs(const struct state_relation *x, enum population p)
{
	return x->pays && (p == EVERYBODY || (p == SOLO && x->of_tin == 1) || (p == SMALL && x->specials >> QPP_SPECIAL_SMALL & 1) ||
	                   (p == RURAL && x->specials >> QPP_SPECIAL_RURAL & 1));
}

static struct shares shares_of(const struct state *s, enum population p)
{
	struct shares n = { 0 };
	for (size_t i = 0; i < s->relations.n; i++) {
		const struct state_relation *x = &s->relations.v[i];
		if (!belongs(x, p))
			continue;
		n.all++;
		n.most_negative += x->band == QPP_MAX_NEGATIVE;
		n.negative += x->band == QPP_NEGATIVE;
		n.neutral += x->band == QPP_NEUTRAL;
		n.positive += x->band == QPP_POSITIVE || x->band == QPP_EXCEPTIONAL;
	}
	return n;
}

static int by_score(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

static bool is_near(const char *what, int64_t got, int64_t published, int64_t tolerance)
{
	bool near = got >= published - tolerance && got <= published + tolerance;
	print_message("%s %lld.%02lld, published %lld.%02lld%s\n", what, (long long)got / 100, (long long)got % 100,
	              (long long)published / 100, (long long)published % 100, near ? "" : ": TOO FAR");
	return near;
}

static int64_t share(size_t part, size_t all)
{
	return (int64_t)(part * 10000 / all);
}

static void synth__final_scores_are_distributed_as_published(void **unused)
{
	enum { MEAN = 8318, MEDIAN = 8549, POINTS = 150, PERCENT = 300 };
	const struct state *s = nation();
	int64_t *scores = QPP_NEW_ARRAY(s->arena, s->relations.n, int64_t), sum = 0;
	size_t n = 0;
	(void)unused;
	for (size_t i = 0; i < s->relations.n; i++) {
		if (!s->relations.v[i].pays)
			continue;
		scores[n] = hundredths(s->relations.v[i].score.final_score);
		sum += scores[n++];
	}
	assert_true(n > practices * 4);
	qsort(scores, n, sizeof *scores, by_score);
	struct shares all = shares_of(s, EVERYBODY), solo = shares_of(s, SOLO), small = shares_of(s, SMALL), rural = shares_of(s, RURAL);
	bool good = is_near("mean", sum / (int64_t)n, MEAN, POINTS);
	good &= is_near("median", scores[n / 2], MEDIAN, POINTS);
	good &= is_near("positive", share(all.positive, n), 8086, PERCENT);
	good &= is_near("neutral", share(all.neutral, n), 458, PERCENT);
	good &= is_near("negative", share(all.negative, n), 1230, PERCENT);
	good &= is_near("maximum negative", share(all.most_negative, n), 226, PERCENT);
	good &= is_near("negative of solo practices", share(solo.negative + solo.most_negative, solo.all), 4900, PERCENT);
	good &= is_near("negative of small practices", share(small.negative + small.most_negative, small.all), 2900, PERCENT);
	good &= is_near("negative of rural practices", share(rural.negative + rural.most_negative, rural.all), 1800, PERCENT);
	print_message("paid on a score: %zu of %zu, solo %zu, small %zu, rural %zu; at the maximum solo %zu, small %zu\n", n, s->relations.n,
	              solo.all, small.all, rural.all, solo.most_negative, small.most_negative);
	assert_true(good);
}

/* Who takes part has a score; who does not, none. */
static void synth__everybody_in_has_a_score_that_pays(void **unused)
{
	const struct state *s = nation();
	(void)unused;
	for (size_t i = 0; i < s->relations.n; i++) {
		const struct state_relation *x = &s->relations.v[i];
		enum qpp_eligibility_status status = x->status[QPP_INDIVIDUAL];
		bool in = status == QPP_ELIGIBLE || status == QPP_ELIGIBLE_OPTED_IN;
		bool out = status == QPP_EXEMPT_QP || status == QPP_EXEMPT_NEWLY_ENROLLED;
		if ((in && !x->pays) || (out && x->pays))
			fail_msg("%.*s/%.*s", QPP_ARG(x->tin), QPP_ARG(x->npi));
	}
}

static void synth__one_seed_one_state(void **unused)
{
	struct state again, one, other, least;
	(void)unused;
	state_make(&one, PY, 200, seed, false);
	state_make(&again, PY, 200, seed, false);
	state_make(&other, PY, 200, seed + 1, false);
	assert_true(one.hash == again.hash);
	assert_true(one.hash != other.hash);
	state_make(&least, PY, 1, seed, true);
	assert_int_equal(least.counts.organizations[QPP_SYNTH_PRACTICE], 1);
	assert_int_equal(least.errors, 0);
}

/* Kilobytes at most that a process of its own needs for so many practices. */
static long memory_of(uint64_t n)
{
	struct rusage used;
	int status;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct state s;
		state_make(&s, PY, n, seed, false);
		_exit(0);
	}
	assert_int_equal(wait4(child, &status, 0, &used), child);
	assert_int_equal(status, 0);
	return used.ru_maxrss;
}

static void synth__memory_does_not_grow_with_the_practices(void **unused)
{
	(void)unused;
	enum { A_LITTLE_KB = 4096 };
	long few = memory_of(200), many = memory_of(2000);
	if (many > few + A_LITTLE_KB)
		fail_msg("%ld kB for 200 practices, %ld kB for 2000", few, many);
}

/* Other years have other measures, types and places, and no published distribution to be held against. */
static void synth__other_years_are_valid_too(void **unused)
{
	(void)unused;
	for (int py = PY - 1; py <= PY + 2; py++) {
		struct state s;
		state_make(&s, py, 120, seed, true);
		if (s.errors)
			fail_msg("%d: %zu errors, the first %.*s", py, s.errors, QPP_ARG(s.first_error));
		assert_int_equal(s.rejected, 0);
		state_pay(&s);
	}
}

static void synth__a_state_without_practices_is_refused(void **unused)
{
	struct qpp_synth_call call = { .rules = world()->set, .catalog = world_catalog(PY) };
	struct qpp_synth_counts counts;
	struct qpp_err err;
	(void)unused;
	assert_int_equal(qpp_synth_run(&call, &counts, &err), QPP_USAGE);
	call.practices = QPP_SYNTH_MOST_PRACTICES + 1;
	assert_int_equal(qpp_synth_run(&call, &counts, &err), QPP_USAGE);
}

static void skipped(void **unused)
{
	(void)unused;
}

/* The sanitizer keeps what was given back for a while: what a process needs then says nothing about the program. */
#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

int main(int argc, char **argv)
{
	if (argc > 1)
		seed = strtoull(argv[1], NULL, 10);
	if (argc > 2)
		practices = strtoull(argv[2], NULL, 10);
	const struct CMUnitTest tests[] = {
		/* First: what is kept by the others would count. */
		SANITIZED ? (struct CMUnitTest){ .name = "synth__memory # SKIP the address sanitizer keeps memory", .test_func = skipped }
		          : (struct CMUnitTest)cmocka_unit_test(synth__memory_does_not_grow_with_the_practices),
		cmocka_unit_test(synth__no_line_has_an_error),
		cmocka_unit_test(synth__every_status_level_and_route_is_there),
		cmocka_unit_test(synth__final_scores_are_distributed_as_published),
		cmocka_unit_test(synth__everybody_in_has_a_score_that_pays),
		cmocka_unit_test(synth__one_seed_one_state),
		cmocka_unit_test(synth__other_years_are_valid_too),
		cmocka_unit_test(synth__a_state_without_practices_is_refused),
	};
	return RUN_AS_TAP(tests);
}
