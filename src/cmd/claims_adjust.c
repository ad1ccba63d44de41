/*
 * qpp claims adjust: lines in, lines with their adjustment out, in constant
 * memory. The first line with an error ends what is written, as a file that goes
 * on behind it would be taken for whole; the rest is still looked at, so that
 * one run tells what else is wrong.
 */
#include "adapt/csv/claims_csv.h"
#include "adapt/json/write.h"
#include "cmd/claims_cli.h"
#include "cmd/stream.h"

struct job {
	const struct qpp_claims_call *call;
	struct qpp_claims_csv csv;
	struct qpp_claims_out out;
	bool writes;                      /* the lines are wanted, not only their totals */
	struct qpp_claim_totals totals;
	uint64_t other_year;              /* lines whose services are not of the factor's year */
	qpp_py first_py;
	bool several_years;
	bool headed;                      /* the header could be read */
};

/* A line that could be read. Once there are errors it is only looked at. */
static void take(struct job *j, const struct qpp_claim_line *line)
{
	struct qpp_claim_result r;
	enum qpp_code code = qpp_claim_adjust(&j->call->claims, line, &r);
	if (code == QPP_NO_RULE)
		(void)qpp_claims_csv_error(&j->csv, QPP_CLAIM_DATE, "claimNoRule", "there are no rules for claims of that day");
	else if (code != QPP_OK)
		(void)qpp_claims_csv_error(&j->csv, QPP_CLAIM_PAID, "amountInvalid", "an amount is too large to be adjusted");
	if (j->csv.errors.errors)
		return;
	if (!qpp_claim_totals_add(&j->totals, line, &r)) {
		(void)qpp_claims_csv_error(&j->csv, QPP_CLAIM_PAID, "amountInvalid", "the sum of the lines is too large");
		return;
	}
	j->other_year += !r.period->in_year;
	if (!j->first_py.v)
		j->first_py = r.period->py;
	j->several_years |= r.period->py.v != j->first_py.v;
	if (j->writes)
		qpp_claims_out_line(&j->out, &j->csv, &r);
}

static void read_lines(struct job *j)
{
	struct qpp_claim_line line = { 0 };
	bool good;
	j->headed = qpp_claims_csv_header(&j->csv);
	if (!j->headed)
		return;
	if (j->writes)
		qpp_claims_out_header(&j->out, &j->csv);
	while (!j->out.failed && !qpp_findings_full(&j->csv.errors)) {
		if (qpp_claims_csv_next(&j->csv, &line, &good) != QPP_CSV_RECORD)
			break;
		if (good)
			take(j, &line);
	}
}

static void remark_on_years(struct qpp_arena *a, struct job *j)
{
	struct qpp_where where = { .file = j->csv.file };
	struct qpp_findings *f = &j->csv.warnings;
	if (j->other_year) {
		struct qpp_finding *x = qpp_find(f, QPP_INFORMATION, "claimOtherYear", where,
		                                 QPP_LIT("services of another year than the factor's are not adjusted"));
		x->value = qpp_str_cat(a, qpp_i64_text(a, (int64_t)j->other_year).p, j->other_year == 1 ? " line" : " lines",
		                       (char *)NULL);
		x->cite = QPP_LIT("414.1405(e)");
	} else if (j->several_years && !j->call->py.v) {
		struct qpp_finding *x = qpp_find(f, QPP_WARNING, "claimSeveralYears", where,
		                                 QPP_LIT("the lines are of several years, and a factor is of one"));
		x->hint = QPP_LIT("give the factor's performance year with --year");
		x->cite = QPP_LIT("414.1405(e)");
	}
}

/* ---- the answer ---- */

static const char *const names[] = { "paid", "adjustment", "after", "sequestration", "net" };

static void amounts(const struct qpp_claim_totals *t, qpp_cents v[5])
{
	v[0] = t->paid, v[1] = t->adjustment, v[2] = t->after, v[3] = t->sequestration, v[4] = t->net;
}

static void put_findings(json_t *to, const struct job *j)
{
	const struct qpp_findings lists[] = { j->csv.errors, j->csv.warnings };
	qpp_claims_put_findings(to, lists, sizeof lists / sizeof *lists);
}

static enum qpp_code print_totals(struct qpp_cli *cli, struct job *j)
{
	const struct qpp_claim_totals *t = &j->totals;
	qpp_cents v[5];
	amounts(t, v);
	if (cli->json) {
		json_t *o = qpp_claims_json(cli->arena, j->call);
		json_object_set_new(o, "lines", json_integer((json_int_t)t->lines));
		json_object_set_new(o, "adjusted", json_integer((json_int_t)t->adjusted));
		for (size_t i = 0; i < 5; i++)
			qpp_json_put_text(o, names[i], qpp_cents_text(cli->arena, v[i]));
		put_findings(o, j);
		return qpp_cli_print_json(cli, o);
	}
	struct qpp_buf b;
	qpp_buf_init(&b, cli->arena, 2000);
	qpp_buf_i64(&b, (int64_t)t->lines);
	qpp_buf_cat(&b, " lines, ", qpp_i64_text(cli->arena, (int64_t)t->adjusted).p, " adjusted\n", (char *)NULL);
	for (size_t i = 0; i < 5; i++)
		qpp_buf_cat(&b, names[i], " ", qpp_cents_text(cli->arena, v[i]).p, i < 4 ? ", " : "\n", (char *)NULL);
	return qpp_cli_print(cli, qpp_buf_done(&b));
}

/* With errors there are no totals: those of a part would be taken for those of the file. */
static enum qpp_code tell_partial(struct qpp_cli *cli, struct job *j, const char *output)
{
	struct qpp_str lines = qpp_i64_text(cli->arena, (int64_t)j->totals.lines);
	if (cli->json) {
		json_t *o = qpp_claims_json(cli->arena, j->call);
		json_object_set_new(o, "partial", json_true());
		json_object_set_new(o, "linesBefore", json_integer((json_int_t)j->totals.lines));
		put_findings(o, j);
		(void)qpp_cli_print_json(cli, o);
	} else {
		qpp_print_findings(&j->csv.errors);
		qpp_print_findings(&j->csv.warnings);
		if (output)
			fprintf(stderr, "qpp: %s was not written: the lines have errors\n", output);
		else if (!j->headed)
			fprintf(stderr, "qpp: nothing was written: the header has errors\n");
		else
			fprintf(stderr, "qpp: the output is partial: %s line%s written, up to the first error\n", lines.p,
			        j->totals.lines == 1 ? " was" : "s were");
	}
	return QPP_DATA;
}

static enum qpp_code answer(struct qpp_cli *cli, struct job *j, const char *output)
{
	if (j->csv.errors.errors)
		return tell_partial(cli, j, output);
	remark_on_years(cli->arena, j);
	if (!cli->json)
		qpp_print_findings(&j->csv.warnings);
	return cli->json || output ? print_totals(cli, j) : QPP_OK;
}

enum qpp_code qpp_claims_adjust(struct qpp_cli *cli, const struct qpp_claims_call *call, const char *path)
{
	struct job *j = QPP_NEW(cli->arena, struct job);
	struct qpp_stream_in in;
	struct qpp_stream_out to = { 0 };
	const char *output = qpp_cli_value(cli, "output");
	if (output && *output == '-' && !output[1])
		output = NULL;
	j->call = call;
	j->writes = output || !cli->json;
	enum qpp_code code = qpp_stream_open(cli, path, &in);
	if (code != QPP_OK)
		return code;
	code = j->writes ? qpp_stream_create(cli, output, &to) : QPP_OK;
	if (code != QPP_OK) {
		(void)qpp_stream_close(cli, &in);
		return code;
	}
	in.count = &j->totals.lines;
	in.counted = "lines";
	if (cli->rules->provisional && j->writes && !output)
		fprintf(stderr, "qpp: a what-if run, not the rules as they stand\n");
	qpp_claims_csv_open(&j->csv, cli->arena, qpp_str_of(in.path), qpp_stream_read, &in);
	if (j->writes)
		qpp_claims_out_open(&j->out, cli->arena, qpp_stream_write, &to);
	read_lines(j);
	if (j->writes)
		(void)qpp_claims_out_flush(&j->out);
	code = qpp_stream_close(cli, &in);
	enum qpp_code wrote = j->writes ? qpp_stream_finish(cli, &to, code == QPP_OK && !j->csv.errors.errors) : QPP_OK;
	if (code == QPP_OK)
		code = wrote;
	return code == QPP_OK ? answer(cli, j, output) : code;
}
