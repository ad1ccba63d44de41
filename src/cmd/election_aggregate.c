/*
 * qpp election aggregate: the submissions of the practices of a virtual group in,
 * its one submission out. With errors nothing is written: half a virtual group
 * would be taken for the whole.
 */
#include <string.h>

#include "adapt/json/read_submission.h"
#include "adapt/json/write.h"
#include "adapt/json/write_submission.h"
#include "app/aggregate.h"
#include "cmd/election_cli.h"
#include "cmd/output.h"
#include "qpp/check.h"

enum { MOST_BYTES = 64 << 20, MOST_FINDINGS = 1000 };

/* Reads and checks the submissions; faults in the data are findings. */
static enum qpp_code read_submissions(struct qpp_cli *cli, const struct qpp_request *q, struct qpp_submission **v, size_t *n)
{
	*n = 0;
	for (int i = 2; i < cli->n_operands; i++) {
		const char *path = cli->operand[i], *name = strcmp(path, "-") == 0 ? "standard input" : path;
		struct qpp_str text;
		enum qpp_code code = qpp_cli_read(cli, path, MOST_BYTES, &text);
		if (code != QPP_OK)
			return code;
		struct qpp_submission *s = qpp_json_read_submission(cli->arena, qpp_str_of(name), text, MOST_BYTES, q->findings);
		if (!s)
			continue;
		/* One of another year is not checked by this year's catalog: that it is one is what there is to say. */
		if (s->py.v == q->catalog->py.v)
			qpp_check_submission(s, q->catalog, q->findings);
		v[(*n)++] = s;
	}
	return QPP_OK;
}

static json_t *practices(struct qpp_cli *cli, const struct qpp_aggregate *x)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->n_missing; i++) {
		json_t *o = json_object();
		qpp_json_put_text(o, "name", qpp_shown(cli->arena, x->missing[i]->name));
		qpp_json_put_text(o, "tin", qpp_shown(cli->arena, x->missing[i]->tin));
		json_array_append_new(list, o);
	}
	return list;
}

static enum qpp_code print_json(struct qpp_cli *cli, const struct qpp_aggregate *x, const struct qpp_findings *f)
{
	json_t *o = json_object(), *measures = json_object();
	json_object_set_new(o, "practices", json_integer((json_int_t)x->practices));
	json_object_set_new(o, "reporting", json_integer((json_int_t)x->reporting));
	json_object_set_new(o, "clinicians", json_integer((json_int_t)x->clinicians));
	json_object_set_new(o, "reportingClinicians", json_integer((json_int_t)x->reporting_clinicians));
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (x->n_measures[k])
			json_object_set_new(measures, qpp_category_name((enum qpp_category)k), json_integer((json_int_t)x->n_measures[k]));
	json_object_set_new(o, "measures", measures);
	json_object_set_new(o, "missing", practices(cli, x));
	json_object_set_new(o, "findings", qpp_json_findings(f));
	qpp_json_put_text(o, "rules", cli->rules->hash);
	return qpp_cli_print_json(cli, o);
}

static void print_text(struct qpp_cli *cli, const struct qpp_aggregate *x, const struct qpp_findings *f)
{
	qpp_print_findings(f);
	fprintf(stderr, "qpp: %zu of %zu practices, %lld of %lld clinicians;", x->reporting, x->practices,
	        (long long)x->reporting_clinicians, (long long)x->clinicians);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (x->n_measures[k])
			fprintf(stderr, " %s %zu", qpp_category_name((enum qpp_category)k), x->n_measures[k]);
	fputs("\n", stderr);
	for (size_t i = 0; i < x->n_missing; i++)
		fprintf(stderr, "qpp: missing: %s, TIN %s\n", qpp_shown(cli->arena, x->missing[i]->name).p,
		        qpp_shown(cli->arena, x->missing[i]->tin).p);
}

static enum qpp_code answer(struct qpp_cli *cli, const struct qpp_aggregate *x, const struct qpp_findings *f)
{
	const char *output = qpp_cli_value(cli, "output");
	struct qpp_str text = qpp_json_submission(cli->arena, x->submission);
	if (!text.n)
		return qpp_fail(&cli->err, QPP_LIMIT, "the sum is larger than any submission that is accepted", (char *)NULL);
	enum qpp_code code = qpp_cli_write(cli, output ? output : "-", text);
	if (code != QPP_OK)
		return code;
	if (cli->json)
		return print_json(cli, x, f);
	print_text(cli, x, f);
	return QPP_OK;
}

static enum qpp_code check_call(struct qpp_cli *cli)
{
	const char *output = qpp_cli_value(cli, "output");
	if (cli->n_operands < 3) {
		(void)qpp_fail(&cli->err, QPP_USAGE, "qpp election aggregate needs the submissions of the practices", (char *)NULL);
		qpp_err_hint(&cli->err, "for example: qpp election aggregate election.json elm.json oak.json --id VG2025001", (char *)NULL);
		return QPP_USAGE;
	}
	for (const char *p = qpp_cli_value(cli, "id"); p && *p; p++)
		if (*p <= ' ' || *p > '~')
			return qpp_fail(&cli->err, QPP_USAGE, "--id holds letters, digits and signs of ASCII only", (char *)NULL);
	if (!cli->json || (output && strcmp(output, "-") != 0))
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_USAGE, "--json and the submission cannot share standard output", (char *)NULL);
	qpp_err_hint(&cli->err, "give --output FILE for the submission", (char *)NULL);
	return QPP_USAGE;
}

enum qpp_code qpp_election_aggregate(struct qpp_cli *cli)
{
	struct qpp_election_answer decision;
	struct qpp_findings elected, f;
	struct qpp_election *e;
	struct qpp_request q;
	struct qpp_aggregate x;
	size_t n;
	enum qpp_code code = check_call(cli);
	if (code != QPP_OK)
		return code;
	qpp_findings_init(&elected, cli->arena, MOST_FINDINGS);
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	code = qpp_election_read(cli, cli->operand[1], &elected, &q, &e, &decision);
	if (code != QPP_OK)
		return code;
	if (!decision.accepted)
		return qpp_cli_refuse(cli, &elected, "no sum, the election is rejected");
	code = qpp_cli_catalog(cli, e->py, &q.catalog);
	q.findings = &f;
	struct qpp_submission **v = QPP_NEW_ARRAY(cli->arena, (size_t)cli->n_operands, struct qpp_submission *);
	if (code == QPP_OK)
		code = read_submissions(cli, &q, v, &n);
	if (code != QPP_OK)
		return code;
	struct qpp_aggregate_call call = { &q, e, v, n, qpp_str_of(qpp_cli_value(cli, "id")), qpp_cli_flag(cli, "require-all") };
	code = qpp_aggregate(&call, &x, &cli->err);
	if (code != QPP_OK)
		return code;
	return x.submission ? answer(cli, &x, &f) : qpp_cli_refuse(cli, &f, "no sum");
}
