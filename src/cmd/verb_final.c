/* qpp final: the final score and the adjustment of category scores that are given. */
#include "adapt/json/write.h"
#include "adapt/text/render.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year" },
	{ "quality", "PCT", "quality score, 0..100" },
	{ "cost", "PCT", "cost score, 0..100" },
	{ "ia", "PCT", "improvement activities score, 0..100 (100 is 40 of 40 points)" },
	{ "pi", "PCT", "promoting interoperability score, 0..100" },
	{ "complex", "PTS", "complex patient bonus, in points of the final score" },
	{ "small", NULL, "a small practice" },
	{ "missing", "LIST", "categories that are not scored: quality,cost,ia,pi" },
	{ "program", "P", "mips (default), app1, appPlus or an MVP id" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_final = {
	.name = "final", .operands = "", .summary = "Final score and payment adjustment of category scores that are given.",
	.about = "42 CFR 414.1380(c) and 414.1405. A category that is not given scores 0 unless it is named by --missing;\n"
	         "then its weight goes to the others.",
	.options = options, .example = "qpp final --year 2023 --quality 80 --cost 60 --ia 100 --pi 90 --complex 3.5", .run = run,
};

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_final_question ask = { .small = qpp_cli_flag(cli, "small") };
	struct qpp_request q;
	struct qpp_score score;
	qpp_py py;
	enum qpp_code code = qpp_cli_year(cli, true, &py);
	for (int k = 0; k < QPP_CATEGORIES && code == QPP_OK; k++)
		code = qpp_cli_number(cli, qpp_category_name((enum qpp_category)k), "0", "100", &ask.percent[k]);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "complex", "0", "100", &ask.complex_patient_bonus);
	if (code == QPP_OK)
		code = qpp_cli_categories(cli, "missing", &ask.missing);
	if (code == QPP_OK)
		code = qpp_cli_program(cli, &ask.program);
	for (int k = 0; k < QPP_CATEGORIES && code == QPP_OK; k++)
		if (ask.missing & 1u << k && ask.percent[k].given)
			code = qpp_fail(&cli->err, QPP_USAGE, "--", qpp_category_name((enum qpp_category)k),
			                " is given and named by --missing too", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_cli_request(cli, py, false, false, &q);
	if (code == QPP_OK)
		code = qpp_score_final(&q, &ask, &score, &cli->err);
	if (code != QPP_OK)
		return code;
	if (!cli->json)
		return qpp_cli_print(cli, qpp_text_score(cli->arena, &score));
	json_t *o = json_object();
	qpp_json_put_score(cli->arena, o, &score);
	return qpp_cli_print_json(cli, o);
}
