/* qpp claims: the adjustment on claim lines, and whether a remittance has it. */
#include <string.h>

#include "adapt/json/write.h"
#include "cmd/claims_cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "factor", "PCT", "the payment adjustment factor in percent, for example -9 or 2.15" },
	{ "year", "PY", "performance year of the factor: services of other years than PY + 2 are then not adjusted" },
	{ "output", "FILE", "adjust: write the lines to FILE, which appears only when it is complete" },
	{ "reading", "NAME=ALTERNATIVE", "another reading of the rules, for example adjust_unassigned=yes" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_claims = {
	.name = "claims", .operands = "adjust FILE.csv | check FILE.835", .least = 2, .most = 2,
	.summary = "The payment adjustment on claim lines; whether a remittance (X12 835) has it.",
	.about = "adjust  reads lines with the columns claim, line, tin, npi, date, coveredProfessionalService, assigned,\n"
	         "        allowed, deductible, coinsurance, paid, in any order, and writes them with adjustment, after,\n"
	         "        group, carc, rarc, sequestration, net behind them. Other columns pass through. With --json the\n"
	         "        totals are printed, and the lines only with --output.\n"
	         "check   lists the lines of a remittance whose adjustment is not what the factor makes it.\n"
	         "Files of any size are read in constant memory.",
	.options = options, .example = "qpp claims adjust claims.csv --factor 2.15 --year 2023", .run = run,
};

struct qpp_str qpp_cents_text(struct qpp_arena *a, qpp_cents v)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 40);
	qpp_buf_cents(&b, v);
	return qpp_buf_done(&b);
}

json_t *qpp_claims_json(struct qpp_arena *a, const struct qpp_claims_call *call)
{
	json_t *o = json_object();
	qpp_json_put_text(o, "factorPercent", qpp_dec_text_short(a, call->claims.factor_pct, 2, 9));
	if (call->py.v)
		json_object_set_new(o, "year", json_integer(call->py.v));
	return o;
}

void qpp_claims_put_findings(json_t *to, const struct qpp_findings *lists, size_t n)
{
	json_t *all = json_array();
	size_t left_out = 0;
	for (size_t i = 0; i < n; i++) {
		json_t *list = qpp_json_findings(&lists[i]);
		json_array_extend(all, list);
		json_decref(list);
		left_out += lists[i].left_out;
	}
	if (json_array_size(all))
		json_object_set_new(to, "findings", all);
	else
		json_decref(all);
	if (left_out)
		json_object_set_new(to, "findingsLeftOut", json_integer((json_int_t)left_out));
}

static enum qpp_code prepare(struct qpp_cli *cli, struct qpp_claims_call *call)
{
	struct qpp_number factor;
	struct qpp_choice choice;
	const struct qpp_ruleset *rs;
	const struct qpp_rules *rules;
	const char *given;
	size_t n;
	enum qpp_code code = qpp_cli_needed(cli, "factor", &given);
	if (code == QPP_OK)
		code = qpp_cli_number(cli, "factor", "-100", "100", &factor);
	if (code == QPP_OK)
		code = qpp_cli_year(cli, false, &call->py);
	if (code == QPP_OK)
		code = qpp_cli_rules(cli, &rs);
	if (code == QPP_OK)
		code = qpp_cli_reading(cli, rs, &choice, &n);
	if (code == QPP_OK)
		code = qpp_rules_bind(cli->arena, rs, call->py, &choice, n, &rules, &cli->err);
	if (code == QPP_OK)
		code = qpp_claims_bind(cli->arena, rules, factor.v, &call->claims, &cli->err);
	return code;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	static const struct {
		const char *name;
		enum qpp_code (*run)(struct qpp_cli *cli, const struct qpp_claims_call *call, const char *path);
	} parts[] = { { "adjust", qpp_claims_adjust }, { "check", qpp_claims_check } };
	struct qpp_claims_call call;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (strcmp(cli->operand[0], parts[i].name) != 0)
			continue;
		enum qpp_code code = prepare(cli, &call);
		return code == QPP_OK ? parts[i].run(cli, &call, cli->operand[1]) : code;
	}
	(void)qpp_fail(&cli->err, QPP_USAGE, "qpp claims does not know ", cli->operand[0], (char *)NULL);
	qpp_err_hint(&cli->err, "it knows adjust and check", (char *)NULL);
	return QPP_USAGE;
}
