/*
 * qpp: the command line. Finds the verb, runs it, prints what went wrong, and
 * turns the code into the exit status.
 */
#include <stdlib.h>
#include <string.h>

#include "adapt/json/write.h"
#include "cmd/cli.h"

extern const struct qpp_verb qpp_verb_score, qpp_verb_explain, qpp_verb_points, qpp_verb_weights,
    qpp_verb_final, qpp_verb_adjust, qpp_verb_payment, qpp_verb_infer, qpp_verb_claims,
    qpp_verb_eligibility, qpp_verb_qp, qpp_verb_election, qpp_verb_rules, qpp_verb_catalog,
    qpp_verb_synth, qpp_verb_receipt, qpp_verb_review, qpp_verb_feedback;

const struct qpp_verb *const qpp_verbs[] = {
	&qpp_verb_score, &qpp_verb_explain, &qpp_verb_points, &qpp_verb_weights, &qpp_verb_final,
	&qpp_verb_adjust, &qpp_verb_payment, &qpp_verb_infer, &qpp_verb_claims, &qpp_verb_eligibility,
	&qpp_verb_qp, &qpp_verb_election, &qpp_verb_rules, &qpp_verb_catalog, &qpp_verb_synth,
	&qpp_verb_receipt, &qpp_verb_review, &qpp_verb_feedback, NULL,
};

__attribute__((noreturn)) static void out_of_memory(void *host)
{
	(void)host;
	fputs("qpp: out of memory\n", stderr);
	exit(qpp_code_exit(QPP_IO));
}

static int finish(struct qpp_cli *cli, enum qpp_code code)
{
	if (code != QPP_OK && cli->err.primary[0]) {
		if (cli->json) {
			json_t *o = json_object();
			json_object_set_new(o, "error", qpp_json_error(&cli->err));
			(void)qpp_cli_print_json(cli, o);
		} else {
			qpp_print_error("qpp", &cli->err);
		}
	}
	qpp_arena_close(cli->arena);
	return cli->status ? cli->status : qpp_code_exit(code);
}

static enum qpp_code unknown_verb(struct qpp_cli *cli, const char *name)
{
	struct qpp_str names[32];
	size_t n = 0;
	for (const struct qpp_verb *const *v = qpp_verbs; *v; v++)
		names[n++] = qpp_str_of((*v)->name);
	int near = qpp_str_near(qpp_str_of(name), names, n);
	(void)qpp_fail(&cli->err, QPP_USAGE, "there is no verb ", name, (char *)NULL);
	if (near >= 0)
		qpp_err_hint(&cli->err, "did you mean qpp ", names[near].p, "?", (char *)NULL);
	else
		qpp_err_hint(&cli->err, "qpp --help lists the verbs", (char *)NULL);
	return QPP_USAGE;
}

static enum qpp_code version(struct qpp_cli *cli)
{
	const struct qpp_ruleset *rs;
	enum qpp_code code = qpp_cli_rules(cli, &rs);
	if (code == QPP_OK)
		printf("qpp %s\nrules %.*s\n", QPP_VERSION, QPP_ARG(rs->hash));
	return code;
}

/* What is asked of the program itself, not of a verb; false when `word` is a verb. */
static bool own_option(struct qpp_cli *cli, int argc, char **argv, enum qpp_code *code)
{
	const char *word = argc > 1 ? argv[1] : "--help";
	*code = QPP_OK;
	if (strcmp(word, "--version") == 0)
		*code = version(cli);
	else if (strcmp(word, "--completion") == 0)
		qpp_cli_completion(stdout);
	else if (strcmp(word, "--manual") == 0)
		qpp_cli_manual(stdout, argc > 2 ? qpp_verb_of(argv[2]) : NULL);
	else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0)
		qpp_cli_overview(argc > 1 ? stdout : stderr);
	else
		return false;
	if (argc < 2)
		*code = QPP_USAGE;
	return true;
}

int main(int argc, char **argv)
{
	struct qpp_arena arena = { NULL, out_of_memory, NULL };
	struct qpp_cli cli = { .arena = &arena };
	enum qpp_code code;
	if (own_option(&cli, argc, argv, &code))
		return finish(&cli, code);
	cli.verb = qpp_verb_of(argv[1]);
	if (!cli.verb) {
		for (int i = 2; i < argc; i++)
			cli.json |= strcmp(argv[i], "--json") == 0;
		return finish(&cli, unknown_verb(&cli, argv[1]));
	}
	code = qpp_cli_parse(&cli, argc - 1, argv + 1);
	if (code == QPP_OK && cli.n_operands >= 0)
		code = cli.verb->run(&cli);
	return finish(&cli, code);
}
