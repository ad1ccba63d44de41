/* qpp points: what one measure earns at a rate. */
#include "adapt/json/write.h"
#include "adapt/text/render.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year" },
	{ "measure", "ID", "measure id, as 110 or TPCC_1" },
	{ "method", "M", "collection type: registry, electronicHealthRecord, claims, administrativeClaims, ..." },
	{ "rate", "R", "performance rate (or score, for measures computed from claims)" },
	{ "cases", "N", "number of cases; sufficient when not given" },
	{ "completeness", "PCT", "data completeness in percent; sufficient when not given" },
	{ "small", NULL, "a small practice" },
	{ "program", "P", "mips (default), app1, appPlus or an MVP id" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_points = {
	.name = "points", .operands = "", .summary = "Points of one measure at a performance rate, with the reasons.",
	.about = "Looks the measure's benchmark up in the year's catalog and applies 42 CFR 414.1380(b): data completeness,\n"
	         "case minimum, decile, floor and topped-out cap.",
	.options = options, .example = "qpp points --year 2023 --measure 110 --method registry --rate 85", .run = run,
};

static enum qpp_code find_measure(struct qpp_cli *cli, const struct qpp_catalog *c, struct qpp_points_question *ask)
{
	const char *id, *method;
	enum qpp_code code = qpp_cli_needed(cli, "measure", &id);
	if (code == QPP_OK)
		code = qpp_cli_needed(cli, "method", &method);
	if (code != QPP_OK)
		return code;
	ask->measure_id = qpp_str_of(id);
	ask->method = qpp_method_of(qpp_str_of(method));
	if (ask->method == QPP_METHOD_NONE) {
		struct qpp_str names[QPP_METHODS];
		for (int m = 1; m < QPP_METHODS; m++)
			names[m - 1] = qpp_str_of(qpp_method_name((enum qpp_method)m));
		int near = qpp_str_near(qpp_str_of(method), names, QPP_METHODS - 1);
		(void)qpp_fail(&cli->err, QPP_USAGE, "--method ", method, " is no collection type", (char *)NULL);
		if (near >= 0)
			qpp_err_hint(&cli->err, "did you mean ", names[near].p, "?", (char *)NULL);
		return QPP_USAGE;
	}
	const struct qpp_measure *m = qpp_catalog_measure(c, ask->measure_id);
	if (m && (m->category == QPP_QUALITY || m->category == QPP_COST) && m->methods & 1u << ask->method)
		return QPP_OK;
	struct qpp_str year = qpp_i64_text(cli->arena, c->py.v), near = qpp_catalog_near(c, ask->measure_id, cli->arena);
	if (!m)
		(void)qpp_fail(&cli->err, QPP_USAGE, "PY ", year.p, " has no measure ", id, (char *)NULL);
	else
		(void)qpp_fail(&cli->err, QPP_USAGE, "measure ", id, " is not collected by ", method, " in PY ", year.p, (char *)NULL);
	if (!m && near.n)
		qpp_err_hint(&cli->err, "did you mean ", qpp_str_dup(cli->arena, near).p, "?", (char *)NULL);
	return QPP_USAGE;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_points_question ask = { .small_practice = qpp_cli_flag(cli, "small") ? QPP_YES : QPP_NO };
	struct qpp_number rate;
	struct qpp_request q;
	struct qpp_points points;
	const char *given;
	qpp_py py;
	enum qpp_code code = qpp_cli_year(cli, true, &py);
	if (code == QPP_OK)
		code = qpp_cli_needed(cli, "rate", &given);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "rate", "-1000000", "1000000000", &rate);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "cases", "0", "1000000000", &ask.cases);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "completeness", "0", "100", &ask.completeness);
	if (code == QPP_OK)
		code = qpp_cli_program(cli, &ask.program);
	if (code == QPP_OK)
		code = qpp_cli_request(cli, py, true, true, &q);
	if (code == QPP_OK)
		code = find_measure(cli, q.catalog, &ask);
	if (code != QPP_OK)
		return code;
	ask.rate = rate.v;
	code = qpp_score_points(&q, &ask, &points, &cli->err);
	if (code != QPP_OK)
		return code;
	if (cli->json)
		return qpp_cli_print_json(cli, qpp_json_points(cli->arena, &points, q.trace, py));
	return qpp_cli_print(cli, qpp_text_points(cli->arena, &points, q.trace));
}
