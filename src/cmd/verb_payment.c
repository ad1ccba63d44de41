/* qpp payment: which of a clinician's final scores decides what Medicare pays. */
#include <string.h>

#include "adapt/json/read_payment.h"
#include "adapt/json/write_payment.h"
#include "adapt/text/payment.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year, over the file's" },
	{ "reading", "NAME=ALTERNATIVE", "another reading of the rules, for example new-tin-score=any" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_payment = {
	.name = "payment", .operands = "FACTS", .least = 1, .most = 1,
	.summary = "Which of a clinician's final scores pays, and how much.",
	.about = "FACTS is a JSON file (- is standard input) with all final scores of one clinician for a year, each with the TIN it\n"
	         "was earned under, the TIN that is billed two years later, and whether the clinician is eligible at each level.\n"
	         "Answers the score that pays with its adjustment, or that there is none, and a reason for every score passed over.\n"
	         "What is absent is unknown: a level without a word is taken as eligible, and the answer names it.",
	.options = options, .example = "qpp payment clinician.json --year 2023", .run = run,
};

enum { MOST_BYTES = 4 << 20, MOST_FINDINGS = 200 };

/* The year that holds, option over file; QPP_DATA when neither tells one. */
static enum qpp_code year_of(struct qpp_cli *cli, const struct qpp_payment_facts *facts, qpp_py *py)
{
	enum qpp_code code = qpp_cli_year(cli, false, py);
	if (code != QPP_OK || py->v)
		return code;
	*py = facts->py;
	if (py->v)
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_DATA, "the performance year is not known", (char *)NULL);
	qpp_err_hint(&cli->err, "give performanceYear in the file, or --year", (char *)NULL);
	return QPP_DATA;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	const char *path = cli->operand[0];
	struct qpp_findings f;
	struct qpp_str text;
	struct qpp_payment_answer answer;
	struct qpp_choice choice;
	const struct qpp_ruleset *rules;
	size_t n_choices;
	qpp_py py;
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_cli_year(cli, false, &py);
	if (code == QPP_OK)
		code = qpp_cli_rules(cli, &rules);
	if (code == QPP_OK)
		code = qpp_cli_reading(cli, rules, &choice, &n_choices);
	if (code == QPP_OK)
		code = qpp_cli_read(cli, path, MOST_BYTES, &text);
	if (code != QPP_OK)
		return code;
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	const struct qpp_payment_facts *facts = qpp_json_read_payment(cli->arena, qpp_str_of(name), text, MOST_BYTES, &f);
	if (!facts || f.errors)
		return qpp_cli_refuse(cli, &f, "no answer");
	code = year_of(cli, facts, &py);
	if (code != QPP_OK)
		return code;
	struct qpp_payment_request r = { cli->arena, rules, py, n_choices ? &choice : NULL, &f };
	code = qpp_payment_answer(&r, facts, &answer, &cli->err);
	if (code != QPP_OK)
		return code;
	if (cli->json)
		return qpp_cli_print_json(cli, qpp_json_payment(cli->arena, &answer, &f));
	qpp_print_findings(&f);
	return qpp_cli_print(cli, qpp_text_payment(cli->arena, &answer));
}
