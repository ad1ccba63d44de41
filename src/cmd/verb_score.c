/* qpp score and qpp explain: the main job. A submission in, the final score, the factor and every reason out. */
#include <string.h>

#include "adapt/html/explain.h"
#include "adapt/json/write.h"
#include "adapt/json/write_levels.h"
#include "adapt/text/levels.h"
#include "adapt/text/render.h"
#include "cmd/output.h"
#include "cmd/score_inputs.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option score_options[] = {
	{ "facts", "FILE", "what the submission does not say about its filer (JSON); once for all, or once for each FILE" },
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
	.name = "score", .operands = "FILE...", .least = 1, .most = -1,
	.summary = "Final score and payment adjustment of a submission (QPP JSON).",
	.about = "Reads a submission in the program's QPP JSON, checks it, and scores it under the rules of its year.\n"
	         "Of several submissions of one clinician (individual, group, subgroup, virtual group, APM Entity), each is scored at\n"
	         "its own level, and the answer says which score counts, and why; so it does where the facts tell of other scores.\n"
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

enum { MOST_FINDINGS = 1000 };

/* What is to be told: of one file its answer, of several levels which of them counts. */
struct told {
	const struct qpp_ruleset *rules;
	struct qpp_answer *answers;
	struct qpp_levels levels;
	bool several;
	const struct qpp_findings *findings;
	unsigned depth;
};

/* On standard output, as JSON or text; with --html a page, and then no text. */
static enum qpp_code tell(struct qpp_cli *cli, const struct told *t)
{
	const char *page = qpp_cli_value(cli, "html");
	enum qpp_code code = QPP_OK;
	if (!cli->json)
		qpp_print_findings(t->findings);
	if (page)
		code = qpp_cli_write(cli, page, qpp_html_explain(cli->arena, t->rules, t->answers, t->findings));
	if (code == QPP_OK && cli->json)
		return qpp_cli_print_json(cli, t->several ? qpp_json_levels(cli->arena, &t->levels, t->findings, t->depth)
		                                          : qpp_json_answer(cli->arena, t->answers, t->findings, t->depth));
	if (code != QPP_OK || page)
		return code;
	return qpp_cli_print(cli, t->several ? qpp_text_levels(cli->arena, &t->levels, t->depth)
	                                     : qpp_text_answer(cli->arena, t->answers, t->depth));
}

/* The facts of one file with what follows from where its filer practices; facts may be shared by files of several levels. */
static enum qpp_code locate(struct qpp_cli *cli, const struct qpp_ruleset *rules, const struct qpp_catalog *catalog,
                            const struct qpp_score_input *x, struct qpp_findings *f, const struct qpp_facts **out)
{
	struct qpp_request q = { .arena = cli->arena, .catalog = catalog, .findings = f };
	struct qpp_facts *own = QPP_NEW(cli->arena, struct qpp_facts);
	enum qpp_code code = qpp_rules_bind(cli->arena, rules, x->submission->py, NULL, 0, &q.rules, &cli->err);
	*own = *x->facts;
	*out = own;
	return code != QPP_OK ? code : qpp_answer_locate(&q, x->submission, own, &cli->err);
}

/* Every file at its own level, then the choice between the levels where there is one. */
static enum qpp_code score_all(struct qpp_cli *cli, const struct qpp_score_inputs *in, struct qpp_str program,
                               struct qpp_findings *f, struct told *t)
{
	const struct qpp_facts **facts = QPP_NEW_ARRAY(cli->arena, in->n, const struct qpp_facts *);
	enum qpp_code code = qpp_cli_rules(cli, &t->rules);
	t->answers = QPP_NEW_ARRAY(cli->arena, in->n, struct qpp_answer);
	for (size_t i = 0; code == QPP_OK && i < in->n; i++) {
		const struct qpp_score_input *x = &in->v[i];
		code = locate(cli, t->rules, in->catalog, x, f, &facts[i]);
		const struct qpp_answer_request r = {
			.arena = cli->arena, .rules = t->rules, .catalog = in->catalog, .submission = x->submission, .facts = facts[i],
			.program = program, .trace = cli->verb == &qpp_verb_explain, .findings = f,
		};
		if (code == QPP_OK)
			code = qpp_answer_submission(&r, &t->answers[i], &cli->err);
		if (code != QPP_OK && in->n > 1 && !cli->err.file[0])
			qpp_err_at(&cli->err, x->file, 0, 0);
		t->answers[i].file = x->file;
	}
	struct qpp_levels_request levels = { cli->arena, t->rules, t->answers, facts, in->n, f };
	t->several = code == QPP_OK && qpp_levels_needed(&levels);
	return t->several ? qpp_levels_choose(&levels, &t->levels, &cli->err) : code;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	bool explain = cli->verb == &qpp_verb_explain;
	struct qpp_findings f;
	struct qpp_score_inputs in = { 0 };
	struct qpp_number depth = { 0 };
	struct qpp_str program;
	struct told told = { .findings = &f };
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
		code = qpp_score_read(cli, &f, &in);
	if (code == QPP_OK && (f.errors || !in.catalog))
		return qpp_cli_refuse(cli, &f, "no score");
	if (code == QPP_OK)
		code = score_all(cli, &in, program, &f, &told);
	told.depth = (unsigned)levels;
	return code == QPP_OK ? tell(cli, &told) : code;
}
