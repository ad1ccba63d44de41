/* qpp qp: whether a clinician is a qualifying APM participant. */
#include "adapt/json/write_eligibility.h"
#include "adapt/text/eligibility.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year" },
	{ "payment", "PCT", "percent of payments through Advanced APMs, 0..100; with figures of the entity, the clinician's own" },
	{ "patients", "PCT", "percent of patients" },
	{ "entity-payment", "PCT", "percent of payments of the APM Entity" },
	{ "entity-patients", "PCT", "percent of patients of the APM Entity" },
	{ "all-payer-payment", "PCT", "percent of payments of all payers (All-Payer Combination Option)" },
	{ "all-payer-patients", "PCT", "percent of patients of all payers" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_qp = {
	.name = "qp", .operands = "", .summary = "Whether a clinician is a qualifying APM participant (QP), and why.",
	.about = "42 CFR 414.1425 and 414.1430. Payments or patients suffice, and a threshold met exactly is met. --payment and\n"
	         "--patients alone are those of the level that decides. A figure that is not given is unknown.",
	.options = options, .example = "qpp qp --year 2026 --payment 76 --entity-payment 60", .run = run,
};

static enum qpp_code read_percents(struct qpp_cli *cli, struct qpp_qp_facts *f)
{
	const struct {
		const char *name;
		struct qpp_number *to;
	} percents[] = {
		{ "payment", &f->payment },
		{ "patients", &f->patients },
		{ "entity-payment", &f->entity_payment },
		{ "entity-patients", &f->entity_patients },
		{ "all-payer-payment", &f->all_payer_payment },
		{ "all-payer-patients", &f->all_payer_patients },
	};
	enum qpp_code code = QPP_OK;
	bool any = false;
	for (size_t i = 0; i < sizeof percents / sizeof *percents && code == QPP_OK; i++) {
		code = qpp_cli_number(cli, percents[i].name, "0", "100", percents[i].to);
		any |= percents[i].to->given;
	}
	if (code == QPP_OK && !any) {
		code = qpp_fail(&cli->err, QPP_USAGE, "no percent is given", (char *)NULL);
		qpp_err_hint(&cli->err, "give --payment, --patients or both", (char *)NULL);
	}
	return code;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_qp_facts facts = { 0 };
	struct qpp_request q;
	struct qpp_qp answer;
	qpp_py py;
	enum qpp_code code = qpp_cli_year(cli, true, &py);
	if (code == QPP_OK)
		code = read_percents(cli, &facts);
	if (code == QPP_OK)
		code = qpp_cli_request(cli, py, false, false, &q);
	if (code == QPP_OK)
		code = qpp_qp_decide(&q, &facts, &answer, &cli->err);
	if (code != QPP_OK)
		return code;
	if (cli->json)
		return qpp_cli_print_json(cli, qpp_json_qp(cli->arena, &answer));
	return qpp_cli_print(cli, qpp_text_qp(cli->arena, &answer));
}
