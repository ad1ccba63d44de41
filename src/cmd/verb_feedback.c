/* qpp feedback check: what the agency published about somebody, against what the published rules give for what was filed. */
#include <string.h>

#include "adapt/json/read_agency.h"
#include "adapt/json/write_agency.h"
#include "adapt/text/agency.h"
#include "app/guard.h"
#include "cmd/score_inputs.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "facts", "FILE", "what the submission does not say about its filer (JSON)" },
	{ "year", "PY", "performance year, over the file's" },
	{ "program", "P", "mips, app1, appPlus or an MVP id; the one that counts when not given" },
	{ "npi", "NPI", "which of several rows it is; the submission's own when not given" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_feedback = {
	.name = "feedback", .operands = "check FILE SUBMISSION", .least = 3, .most = 3,
	.summary = "The agency's published feedback against the published rules, figure by figure.",
	.about = "FILE is what the agency handed out: rows of the public Experience file (CSV, by tabs, or JSON) or the JSON of a score\n"
	         "from its API. SUBMISSION is what was filed (QPP JSON); it is scored under the rules of its year, and each figure of\n"
	         "FILE is held against ours, as far as it was printed with decimals. Below a difference stands what ours was made of,\n"
	         "and the reason that a request for targeted review about it would have.\n"
	         "The page \"Check the agency\" of the service does the same. Exit status 1: something differs.",
	.options = options, .example = "qpp feedback check agency.csv submission.json --facts facts.json", .run = run,
};

enum { MOST_BYTES = 8 << 20, MOST_FINDINGS = 1000, PUBLISHED_PLACES = 2 };

/* What was filed, scored with its reasons. */
static enum qpp_code score(struct qpp_cli *cli, const struct qpp_score_inputs *in, const struct qpp_ruleset *rules, struct qpp_findings *f,
                           struct qpp_answer *out)
{
	struct qpp_score_input *x = &in->v[0];
	struct qpp_request q = { .arena = cli->arena, .catalog = in->catalog, .findings = f };
	struct qpp_answer_request r = { .arena = cli->arena, .rules = rules, .catalog = in->catalog, .submission = x->submission, .facts = x->facts,
		.trace = true, .findings = f, .plain = true };
	enum qpp_code code = qpp_cli_program(cli, &r.program);
	if (code == QPP_OK)
		code = qpp_rules_bind(cli->arena, rules, x->submission->py, NULL, 0, &q.rules, &cli->err);
	if (code == QPP_OK)
		code = qpp_answer_locate(&q, x->submission, x->facts, &cli->err);
	return code == QPP_OK ? qpp_answer_submission(&r, out, &cli->err) : code;
}

static struct qpp_str threshold_of(struct qpp_arena *a, const struct qpp_ruleset *rules, qpp_py py)
{
	const struct qpp_param *p = qpp_ruleset_param(rules, QPP_LIT("performance_threshold"));
	const struct qpp_param_row *row = p ? qpp_param_row(p, py) : NULL;
	return row && row->value.kind == QPP_CELL_NUMBER ? qpp_dec_text(a, row->value.number, PUBLISHED_PLACES) : QPP_LIT("");
}

static enum qpp_code compare(struct qpp_cli *cli, const struct qpp_score_inputs *in, const struct qpp_agency *theirs, struct qpp_findings *f)
{
	const struct qpp_ruleset *rules;
	struct qpp_answer answer;
	struct qpp_agency_lines lines;
	enum qpp_code code = qpp_cli_rules(cli, &rules);
	if (code == QPP_OK)
		code = score(cli, in, rules, f, &answer);
	if (code != QPP_OK)
		return code;
	const struct qpp_scored *counts = qpp_answer_counting(&answer);
	qpp_py py = in->v[0].submission->py;
	struct qpp_agency_ours ours = { .scored = counts, .threshold = threshold_of(cli->arena, rules, py), .no_detail = QPP_LIT("nothing could be scored") };
	if (counts && counts->score.final_score.has)
		ours.final_score = qpp_dec_text(cli->arena, counts->score.final_score.v, PUBLISHED_PLACES);
	qpp_agency_compare(cli->arena, theirs, &ours, &lines);
	if (!cli->json)
		qpp_print_findings(f);
	code = cli->json ? qpp_cli_print_json(cli, qpp_json_agency(py, theirs, &lines, f)) : qpp_cli_print(cli, qpp_text_agency(cli->arena, theirs, &lines));
	return code == QPP_OK && lines.different ? QPP_DATA : code;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	const char *path = cli->operand[1], *npi = qpp_cli_value(cli, "npi");
	struct qpp_findings f;
	struct qpp_score_inputs in = { 0 };
	struct qpp_agency theirs;
	struct qpp_str text;
	if (strcmp(cli->operand[0], "check") != 0)
		return qpp_fail(&cli->err, QPP_USAGE, "feedback has no ", cli->operand[0], "; it has check", (char *)NULL);
	if (strcmp(path, "-") == 0 && strcmp(cli->operand[2], "-") == 0)
		return qpp_fail(&cli->err, QPP_USAGE, "standard input is given more than once", (char *)NULL);
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_cli_read(cli, path, MOST_BYTES, &text);
	/* What is left of the operands is the submission. */
	cli->operand += 2;
	cli->n_operands -= 2;
	if (code == QPP_OK)
		code = qpp_score_read(cli, &f, &in);
	if (code == QPP_OK && (f.errors || !in.catalog))
		return qpp_cli_refuse(cli, &f, "no comparison");
	if (code != QPP_OK)
		return code;
	const struct qpp_submission *s = in.v[0].submission;
	qpp_json_read_agency(cli->arena, qpp_str_of(strcmp(path, "-") == 0 ? "standard input" : path), s->py, npi ? qpp_str_of(npi) : s->npi, text, &theirs,
	                     &f);
	return f.errors ? qpp_cli_refuse(cli, &f, "no comparison") : compare(cli, &in, &theirs, &f);
}
