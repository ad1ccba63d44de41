/*
 * How many claim lines a second one core adjusts: plain lines of CSV, read, adjusted and written, all in memory,
 * beside moving the same bytes. Time of the processor, so that other work does not count. Aim: 5,000,000 lines.
 *
 *   bench_claims
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapt/csv/claims_csv.h"

enum { LINES = 100000, ROUNDS = 10, TRIES = 5, AIM = 5000000 };

struct lines {
	struct qpp_str header, body;
	size_t round, at;
	bool header_given;
};

static uint64_t written;
static char sink_buffer[1 << 21];

/* The same lines again and again. */
static ptrdiff_t give(void *host, void *to, size_t room)
{
	struct lines *x = host;
	if (!x->header_given) {
		x->header_given = true;
		memcpy(to, x->header.p, x->header.n);
		return (ptrdiff_t)x->header.n;
	}
	if (x->at == x->body.n) {
		x->at = 0;
		x->round++;
	}
	if (x->round == ROUNDS)
		return 0;
	size_t n = x->body.n - x->at < room ? x->body.n - x->at : room;
	memcpy(to, x->body.p + x->at, n);
	x->at += n;
	return (ptrdiff_t)n;
}

static bool take(void *host, const char *p, size_t n)
{
	(void)host;
	memcpy(sink_buffer, p, n < sizeof sink_buffer ? n : sizeof sink_buffer);
	written += n;
	return true;
}

static double now_s(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct qpp_str make_lines(struct qpp_arena *a)
{
	struct qpp_buf b;
	uint64_t state = 1;
	char line[200];
	qpp_buf_init(&b, a, (size_t)LINES * sizeof line);
	for (int i = 0; i < LINES; i++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		unsigned r = (unsigned)(state >> 33), allowed = r % 50000 + 1, share = allowed / 5, paid = allowed - share;
		int n = snprintf(line, sizeof line, "C%07d,%d,000000001,%s,2025-%02u-%02u,%s,yes,%u.%02u,0,%u.%02u,%u.%02u\n", i, i % 9 + 1,
		                 r & 64 ? "9000000007" : "9000000015", r % 12 + 1, r / 12 % 28 + 1, r % 10 ? "yes" : "no", allowed / 100,
		                 allowed % 100, share / 100, share % 100, paid / 100, paid % 100);
		qpp_buf_add(&b, line, (size_t)n);
	}
	return qpp_buf_done(&b);
}

static uint64_t adjust_all(const struct qpp_claims *claims, struct lines *source)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_claims_csv *csv = QPP_NEW(&a, struct qpp_claims_csv);
	struct qpp_claims_out out;
	struct qpp_claim_totals totals = { 0 };
	struct qpp_claim_line line;
	struct qpp_claim_result r;
	bool good;
	qpp_claims_csv_open(csv, &a, QPP_LIT("bench"), give, source);
	qpp_claims_out_open(&out, &a, take, NULL);
	if (!qpp_claims_csv_header(csv))
		exit(1);
	qpp_claims_out_header(&out, csv);
	while (qpp_claims_csv_next(csv, &line, &good) == QPP_CSV_RECORD) {
		if (!good || qpp_claim_adjust(claims, &line, &r) != QPP_OK || !qpp_claim_totals_add(&totals, &line, &r))
			exit(1);
		qpp_claims_out_line(&out, csv, &r);
	}
	qpp_claims_out_flush(&out);
	qpp_arena_close(&a);
	return totals.lines;
}

/* Moving the bytes in and out: what no program of this kind goes below. */
static void move_all(struct lines *source, uint64_t out)
{
	static char block[1 << 18];
	ptrdiff_t n;
	while ((n = give(source, block, sizeof block)) > 0)
		;
	for (uint64_t moved = 0; moved < out; moved += sizeof block)
		take(NULL, block, sizeof block);
}

int main(void)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	const struct qpp_ruleset *set;
	const struct qpp_rules *rules;
	struct qpp_claims claims;
	struct qpp_err err;
	struct qpp_str body = make_lines(&a), header = QPP_LIT(
		"claim,line,tin,npi,date,coveredProfessionalService,assigned,allowed,deductible,coinsurance,paid\n");
	if (qpp_ruleset_load(&a, qpp_rules_image, qpp_rules_image_size, &set, &err) != QPP_OK ||
	    qpp_rules_bind(&a, set, (qpp_py){ 2023 }, NULL, 0, &rules, &err) != QPP_OK ||
	    qpp_claims_bind(&a, rules, qpp_dec_ratio(215, 100), &claims, &err) != QPP_OK)
		return 1;
	double best = 1e9, moved = 1e9;
	uint64_t lines = 0;
	for (int i = 0; i < TRIES; i++) {
		struct lines source = { header, body, 0, 0, false }, again = source;
		written = 0;
		double start = now_s();
		lines = adjust_all(&claims, &source);
		double took = now_s() - start;
		best = took < best ? took : best;
		uint64_t out = written;
		start = now_s();
		move_all(&again, out);
		took = now_s() - start;
		moved = took < moved ? took : moved;
	}
	double rate = (double)lines / best;
	printf("claim lines  %.2f million a second of one core, %.0f ns each; aim 5.00 million, ratio %.2f\n", rate / 1e6, 1e9 / rate,
	       rate / AIM);
	printf("moving the bytes alone takes %.0f ns a line: %.1f times less\n", moved * 1e9 / (double)lines, best / moved);
	qpp_arena_close(&a);
	return 0;
}
