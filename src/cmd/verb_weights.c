/* qpp weights: the weight of each category when some are not scored. */
#include "adapt/json/write.h"
#include "adapt/text/render.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year" },
	{ "small", NULL, "a small practice" },
	{ "missing", "LIST", "categories that are not scored: quality,cost,ia,pi" },
	{ "program", "P", "mips (default), app1, appPlus or an MVP id" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_weights = {
	.name = "weights", .operands = "", .summary = "Weights of the four categories, redistributed when some are not scored.",
	.about = "42 CFR 414.1380(c): the weights of the year, and where the weight of a category goes that is not scored.",
	.options = options, .example = "qpp weights --year 2023 --small --missing pi", .run = run,
};

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_request q;
	struct qpp_weights weights;
	struct qpp_str program;
	uint32_t missing;
	qpp_py py;
	enum qpp_code code = qpp_cli_year(cli, true, &py);
	if (code == QPP_OK)
		code = qpp_cli_categories(cli, "missing", &missing);
	if (code == QPP_OK)
		code = qpp_cli_program(cli, &program);
	if (code == QPP_OK)
		code = qpp_cli_request(cli, py, false, false, &q);
	if (code == QPP_OK)
		code = qpp_score_weights(&q, program, qpp_cli_flag(cli, "small"), missing, &weights, &cli->err);
	if (code != QPP_OK)
		return code;
	if (cli->json)
		return qpp_cli_print_json(cli, qpp_json_weights(cli->arena, &weights));
	return qpp_cli_print(cli, qpp_text_weights(cli->arena, &weights));
}
