/* qpp score and qpp explain: the main job. A submission in, the final score, the factor and every reason out. */
#include <string.h>

#include "adapt/html/explain.h"
#include "adapt/json/read_facts.h"
#include "adapt/json/read_submission.h"
#include "adapt/json/write.h"
#include "adapt/text/render.h"
#include "app/answer.h"
#include "cmd/cli.h"
#include "cmd/output.h"
#include "qpp/check.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option score_options[] = {
	{ "facts", "FILE", "what the submission does not say about its filer (JSON)" },
	{ "year", "PY", "performance year, over the file's" },
	{ "program", "P", "mips, app1, appPlus or an MVP id; every program of the file when not given" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

static const struct qpp_option explain_options[] = {
	{ "facts", "FILE", "what the submission does not say about its filer (JSON)" },
	{ "year", "PY", "performance year, over the file's" },
	{ "program", "P", "mips, app1, appPlus or an MVP id; every program of the file when not given" },
	{ "depth", "N", "how many levels of reasons; all when not given" },
	{ "html", "OUT", "write one page with all reasons instead; it links to rules/ beside it (qpp rules pages)" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_score = {
	.name = "score", .operands = "FILE", .least = 1, .most = 1,
	.summary = "Final score and payment adjustment of a submission (QPP JSON).",
	.about = "Reads a submission in the program's QPP JSON, checks it, and scores it under the rules of its year.\n"
	         "Facts that are absent are unknown, never false: the answer lists each with what it would decide.\n"
	         "FILE - is standard input. Errors in the data are all listed, with their place; then there is no score.",
	.options = score_options, .example = "qpp score submission.json --facts facts.json", .run = run,
};

const struct qpp_verb qpp_verb_explain = {
	.name = "explain", .operands = "FILE", .least = 1, .most = 1,
	.summary = "The same as score, with every reason: from the final score down to the submitted counts.",
	.about = "Shows how each number was made, from which inputs, under which paragraph, and which rows of the rules were\n"
	         "passed over.",
	.options = explain_options, .example = "qpp explain submission.json --facts facts.json --depth 4", .run = run,
};

enum { MOST_BYTES = 64 << 20, MOST_FINDINGS = 1000, MOST_FACTS_BYTES = 4 << 20 };

struct inputs {
	struct qpp_submission *submission;
	struct qpp_facts *facts;
	const struct qpp_catalog *catalog;
};

static enum qpp_code read_facts(struct qpp_cli *cli, struct qpp_findings *f, struct inputs *in)
{
	const char *path = qpp_cli_value(cli, "facts");
	struct qpp_str text;
	in->facts = QPP_NEW(cli->arena, struct qpp_facts);
	if (!path)
		return QPP_OK;
	enum qpp_code code = qpp_cli_read(cli, path, MOST_FACTS_BYTES, &text);
	if (code != QPP_OK)
		return code;
	struct qpp_facts *facts = qpp_json_read_facts(cli->arena, qpp_str_of(path), text, MOST_FACTS_BYTES, f);
	if (facts)
		in->facts = facts;
	return QPP_OK;
}

/* Reads and checks both files. Faults in the data are findings; only what stops reading is an error. */
static enum qpp_code read_inputs(struct qpp_cli *cli, struct qpp_findings *f, struct inputs *in)
{
	struct qpp_str text;
	qpp_py year;
	enum qpp_code code = qpp_cli_year(cli, false, &year);
	if (code == QPP_OK)
		code = qpp_cli_read(cli, cli->operand[0], MOST_BYTES, &text);
	if (code != QPP_OK)
		return code;
	const char *name = strcmp(cli->operand[0], "-") == 0 ? "standard input" : cli->operand[0];
	in->submission = qpp_json_read_submission(cli->arena, qpp_str_of(name), text, MOST_BYTES, f);
	code = read_facts(cli, f, in);
	if (code != QPP_OK || !in->submission)
		return code;
	code = qpp_answer_reconcile(in->submission, in->facts, year, f, &cli->err);
	/* A file with faults may be without a year because of one of them: the findings say it better. */
	if (code == QPP_DATA && f->errors) {
		cli->err.primary[0] = 0;
		return QPP_OK;
	}
	if (code == QPP_OK)
		code = qpp_cli_catalog(cli, in->submission->py, &in->catalog);
	if (code == QPP_OK) {
		qpp_check_submission(in->submission, in->catalog, f);
		qpp_answer_check_facts(in->facts, in->catalog, f);
	}
	return code;
}

/* What follows from where the filer practices, under the rules of the year. */
static enum qpp_code locate(struct qpp_cli *cli, const struct qpp_ruleset *rules, const struct inputs *in,
                            struct qpp_findings *f)
{
	struct qpp_request q = { .arena = cli->arena, .catalog = in->catalog, .findings = f };
	enum qpp_code code = qpp_rules_bind(cli->arena, rules, in->submission->py, NULL, 0, &q.rules, &cli->err);
	return code != QPP_OK ? code : qpp_answer_locate(&q, in->submission, in->facts, &cli->err);
}

/* The answer on standard output, as JSON or text; with --html a page, and then no text. */
static enum qpp_code tell(struct qpp_cli *cli, const struct qpp_ruleset *rules, const struct qpp_answer *answer,
                          const struct qpp_findings *f, unsigned levels)
{
	const char *page = qpp_cli_value(cli, "html");
	enum qpp_code code = QPP_OK;
	if (!cli->json)
		qpp_cli_print_findings(f);
	if (page)
		code = qpp_cli_write(cli, page, qpp_html_explain(cli->arena, rules, answer, f));
	if (code == QPP_OK && cli->json)
		return qpp_cli_print_json(cli, qpp_json_answer(cli->arena, answer, f, levels));
	return code != QPP_OK || page ? code : qpp_cli_print(cli, qpp_text_answer(cli->arena, answer, levels));
}

static enum qpp_code run(struct qpp_cli *cli)
{
	bool explain = cli->verb == &qpp_verb_explain;
	struct qpp_findings f;
	struct inputs in = { 0 };
	struct qpp_number depth = { 0 };
	struct qpp_str program;
	const struct qpp_ruleset *rules;
	struct qpp_answer answer;
	int64_t levels = 0;
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_cli_program(cli, &program);
	if (code == QPP_OK && cli->json && explain && qpp_cli_value(cli, "html") && strcmp(qpp_cli_value(cli, "html"), "-") == 0)
		code = qpp_fail(&cli->err, QPP_USAGE, "--json and --html - cannot share standard output", (char *)NULL);
	if (code == QPP_OK && explain)
		code = qpp_cli_number(cli, "depth", "1", "1000", &depth);
	if (code == QPP_OK && depth.given && !qpp_dec_i64(depth.v, &levels))
		code = qpp_fail(&cli->err, QPP_USAGE, "--depth is not a whole number", (char *)NULL);
	if (code == QPP_OK)
		code = read_inputs(cli, &f, &in);
	if (code == QPP_OK && (f.errors || !in.submission))
		return qpp_cli_refuse(cli, &f, "no score");
	if (code == QPP_OK)
		code = qpp_cli_rules(cli, &rules);
	if (code == QPP_OK)
		code = locate(cli, rules, &in, &f);
	if (code != QPP_OK)
		return code;
	struct qpp_answer_request r = { cli->arena, rules, in.catalog, in.submission, in.facts, program, explain, &f };
	code = qpp_answer_submission(&r, &answer, &cli->err);
	if (code != QPP_OK)
		return code;
	return tell(cli, rules, &answer, &f, (unsigned)levels);
}
