/* qpp adjust: the payment adjustment of a final score. */
#include "adapt/json/write.h"
#include "adapt/text/render.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year; the adjustment is on payments two years later" },
	{ "score", "S", "final score, 0..100; more than two decimals are used as given" },
	{ "scaling", "X", "scaling factor for budget neutrality, 0..3; the year's fitted value when not given" },
	{ "additional", "Y", "scaling factor of the additional factor, 0..1; the year's fitted value when not given" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_adjust = {
	.name = "adjust", .operands = "", .summary = "Payment adjustment factor of a final score.",
	.about = "42 CFR 414.1405. The agency has never published its scaling factors: without --scaling the year's fitted\n"
	         "value is used and marked so; a year without one has no positive factor.",
	.options = options, .example = "qpp adjust --year 2023 --score 77.032", .run = run,
};

static void say_no_scaling(struct qpp_findings *f)
{
	struct qpp_finding *x = qpp_find(f, QPP_WARNING, "scalingUnknown", (struct qpp_where){ 0 },
	                                 QPP_LIT("the scaling factor of that year is not known, so the positive factor is not"));
	x->subject = QPP_LIT("scaling_factor_fitted");
	x->hint = QPP_LIT("give one with --scaling to see what it would be");
	x->cite = QPP_LIT("414.1405(b)(3)");
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_number score, scaling, additional;
	struct qpp_request q;
	struct qpp_adjustment out;
	struct qpp_findings findings;
	const char *given;
	qpp_py py;
	qpp_findings_init(&findings, cli->arena, 8);
	enum qpp_code code = qpp_cli_year(cli, true, &py);
	if (code == QPP_OK)
		code = qpp_cli_needed(cli, "score", &given);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "score", "0", "100", &score);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "scaling", "0", "1000", &scaling);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "additional", "0", "1", &additional);
	if (code == QPP_OK)
		code = qpp_cli_request(cli, py, false, false, &q);
	if (code == QPP_OK)
		code = qpp_score_adjustment(&q, score.v, scaling, additional, &out, &cli->err);
	if (code != QPP_OK)
		return code;
	if (!out.factor.has)
		say_no_scaling(&findings);
	if (cli->json) {
		json_t *o = qpp_json_adjustment(cli->arena, &out);
		if (findings.list.n)
			json_object_set_new(o, "findings", qpp_json_findings(&findings));
		return qpp_cli_print_json(cli, o);
	}
	qpp_print_findings(&findings);
	return qpp_cli_print(cli, qpp_text_adjustment(cli->arena, &out));
}
