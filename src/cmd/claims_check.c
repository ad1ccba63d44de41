/* qpp claims check: each line of a remittance against what the factor makes of it. */
#include "adapt/json/write.h"
#include "adapt/x12/remit_835.h"
#include "cmd/claims_cli.h"
#include "cmd/stream.h"

/* A JSON document is one whole, so its list is bounded; the text goes out as it comes. */
enum { MOST_LISTED = 1000 };

struct job {
	struct qpp_cli *cli;
	struct qpp_remit_check check;
	struct qpp_835 reader;
	json_t *differences;
	uint64_t listed;
};

static struct qpp_str shown(struct job *j, struct qpp_str s)
{
	return qpp_shown(j->cli->arena, s);
}

static void list_json(struct job *j, const struct qpp_remit_line *line, qpp_cents expected)
{
	struct qpp_arena *a = j->cli->arena;
	json_t *o = json_object();
	qpp_json_put_text(o, "claim", shown(j, line->claim));
	qpp_json_put_text(o, "line", shown(j, line->line));
	qpp_json_put_text(o, "procedure", shown(j, line->procedure));
	json_object_set_new(o, "segment", json_integer((json_int_t)line->segment));
	qpp_json_put_text(o, "expected", qpp_cents_text(a, expected));
	qpp_json_put_text(o, "found", qpp_cents_text(a, line->found));
	qpp_json_put_text(o, "sequestration", qpp_cents_text(a, line->sequestration));
	json_array_append_new(j->differences, o);
}

static void list_text(struct job *j, const struct qpp_remit_line *line, qpp_cents expected)
{
	struct qpp_arena *a = j->cli->arena;
	if (j->listed == 1)
		printf("%-20s %-6s %-8s %9s %12s %12s %14s\n", "Claim", "Line", "Code", "Segment", "Expected", "Found",
		       "Sequestration");
	printf("%-20s %-6s %-8s %9llu %12s %12s %14s\n", shown(j, line->claim).p,
	       line->of_claim ? "claim" : shown(j, line->line).p, shown(j, line->procedure).p,
	       (unsigned long long)line->segment, qpp_cents_text(a, expected).p, qpp_cents_text(a, line->found).p,
	       qpp_cents_text(a, line->sequestration).p);
}

static void take(void *host, const struct qpp_remit_line *line)
{
	struct job *j = host;
	qpp_cents expected;
	if (!qpp_remit_differs(&j->check, line, &expected))
		return;
	j->listed++;
	if (j->cli->json && j->listed > MOST_LISTED)
		return;
	struct qpp_mark mark = qpp_arena_mark(j->cli->arena);
	if (j->cli->json)
		list_json(j, line, expected);
	else
		list_text(j, line, expected);
	qpp_arena_reset(j->cli->arena, mark);
}

static const struct {
	const char *name;
	size_t at;
} counts[] = {
	{ "claims", offsetof(struct qpp_remit_check, n_claims) },
	{ "lines", offsetof(struct qpp_remit_check, lines) },
	{ "adjusted", offsetof(struct qpp_remit_check, adjusted) },
	{ "differing", offsetof(struct qpp_remit_check, differing) },
	{ "items", offsetof(struct qpp_remit_check, items) },
	{ "otherYear", offsetof(struct qpp_remit_check, other_year) },
	{ "withoutRule", offsetof(struct qpp_remit_check, no_rule) },
}, sums[] = {
	{ "paid", offsetof(struct qpp_remit_check, paid) },
	{ "expected", offsetof(struct qpp_remit_check, expected) },
	{ "found", offsetof(struct qpp_remit_check, found) },
	{ "sequestration", offsetof(struct qpp_remit_check, sequestration) },
};

enum { COUNTS = sizeof counts / sizeof *counts, SUMS = sizeof sums / sizeof *sums };

static int64_t count_of(const struct job *j, size_t i)
{
	return (int64_t)*(const uint64_t *)((const char *)&j->check + counts[i].at);
}

static qpp_cents sum_of(const struct job *j, size_t i)
{
	return *(const qpp_cents *)((const char *)&j->check + sums[i].at);
}

static enum qpp_code print_json(struct job *j, const struct qpp_claims_call *call)
{
	json_t *o = qpp_claims_json(j->cli->arena, call);
	for (size_t i = 0; i < COUNTS; i++)
		json_object_set_new(o, counts[i].name, json_integer(count_of(j, i)));
	for (size_t i = 0; i < SUMS; i++)
		qpp_json_put_text(o, sums[i].name, qpp_cents_text(j->cli->arena, sum_of(j, i)));
	json_object_set_new(o, "differences", j->differences);
	if (j->listed > MOST_LISTED)
		json_object_set_new(o, "differencesLeftOut", json_integer((json_int_t)(j->listed - MOST_LISTED)));
	if (j->reader.partial)
		json_object_set_new(o, "partial", json_true());
	qpp_claims_put_findings(o, j->reader.findings, QPP_835_LISTS);
	return qpp_cli_print_json(j->cli, o);
}

static enum qpp_code print_text(struct job *j)
{
	struct qpp_arena *a = j->cli->arena;
	struct qpp_buf b;
	qpp_buf_init(&b, a, 4000);
	qpp_buf_cat(&b, j->listed ? "\n" : "", (char *)NULL);
	for (size_t i = 0; i < COUNTS; i++)
		qpp_buf_cat(&b, counts[i].name, " ", qpp_i64_text(a, count_of(j, i)).p, i + 1 < COUNTS ? ", " : "\n", (char *)NULL);
	for (size_t i = 0; i < SUMS; i++)
		qpp_buf_cat(&b, sums[i].name, " ", qpp_cents_text(a, sum_of(j, i)).p, i + 1 < SUMS ? ", " : "\n", (char *)NULL);
	for (int k = 0; k < QPP_835_LISTS; k++)
		qpp_print_findings(&j->reader.findings[k]);
	if (j->reader.partial)
		fprintf(stderr, "qpp: the result is partial: the file is not whole or its figures do not hold\n");
	return qpp_cli_print(j->cli, qpp_buf_done(&b));
}

enum qpp_code qpp_claims_check(struct qpp_cli *cli, const struct qpp_claims_call *call, const char *path)
{
	struct job *j = QPP_NEW(cli->arena, struct job);
	struct qpp_remit_codes codes = qpp_remit_codes_of(&call->claims);
	struct qpp_stream_in in;
	enum qpp_code code = qpp_stream_open(cli, path, &in);
	if (code != QPP_OK)
		return code;
	j->cli = cli;
	j->check.claims = &call->claims;
	j->differences = cli->json ? json_array() : NULL;
	in.count = &j->check.lines;
	in.counted = "lines";
	qpp_835_open(&j->reader, cli->arena, qpp_str_of(in.path), &codes, qpp_stream_read, &in, take, j);
	while (qpp_835_next(&j->reader) == QPP_X12_SEGMENT && !j->check.too_large)
		;
	code = qpp_stream_close(cli, &in);
	if (code != QPP_OK) {
		json_decref(j->differences);
		return code;
	}
	if (j->check.too_large) {
		json_decref(j->differences);
		return qpp_fail(&cli->err, QPP_ARITHMETIC, "the sums of the remittance are too large", (char *)NULL);
	}
	j->check.n_claims = j->reader.n_claims;
	j->check.paid = j->reader.paid;
	code = cli->json ? print_json(j, call) : print_text(j);
	return code == QPP_OK && (j->check.differing || j->reader.partial) ? QPP_DATA : code;
}
