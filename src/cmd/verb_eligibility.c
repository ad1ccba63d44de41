/* qpp eligibility: whether a clinician or practice takes part in MIPS, and with which special statuses. */
#include <string.h>

#include "adapt/json/read_eligibility.h"
#include "adapt/json/write.h"
#include "adapt/json/write_eligibility.h"
#include "adapt/text/eligibility.h"
#include "cmd/cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "year", "PY", "performance year" },
	{ "level", "LEVEL", "individual (default), group or virtualGroup: whom the facts are about" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_eligibility = {
	.name = "eligibility", .operands = "FACTS", .least = 1, .most = 1,
	.summary = "Whether a clinician or practice takes part in MIPS, and why.",
	.about = "42 CFR 414.1305 and 414.1310. FACTS is a JSON file (- is standard input) with what is known; what is absent is\n"
	         "unknown and never assumed: a status that hangs on it is not given, and the answer names the fact.",
	.options = options, .example = "qpp eligibility --year 2024 clinician.json --level individual", .run = run,
};

enum { MOST_BYTES = 4 << 20, MOST_FINDINGS = 200 };

static enum qpp_code level_of(struct qpp_cli *cli, enum qpp_entity *out)
{
	const char *value = qpp_cli_value(cli, "level");
	*out = value ? qpp_entity_of(qpp_str_of(value)) : QPP_INDIVIDUAL;
	if (*out == QPP_INDIVIDUAL || *out == QPP_GROUP || *out == QPP_VIRTUAL_GROUP)
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_USAGE, "--level ", value, " is not a level that has an eligibility", (char *)NULL);
	qpp_err_hint(&cli->err, "expected individual, group or virtualGroup", (char *)NULL);
	return QPP_USAGE;
}

/* What the status hangs on, when it is undecided. */
static void say_unknown(struct qpp_findings *f, const struct qpp_eligibility *x)
{
	if (x->status != QPP_ELIGIBILITY_UNDECIDED)
		return;
	struct qpp_finding *n = qpp_find(f, QPP_WARNING, "factUnknown", (struct qpp_where){ 0 },
	                                 QPP_LIT("the status cannot be decided: facts that it hangs on are not told"));
	n->subject = QPP_LIT("facts");
	n->hint = QPP_LIT("the answer lists them");
	n->cite = QPP_LIT("414.1310");
}

static enum qpp_code refuse(struct qpp_cli *cli, const struct qpp_findings *f)
{
	if (cli->json) {
		json_t *o = json_object();
		json_object_set_new(o, "findings", qpp_json_findings(f));
		(void)qpp_cli_print_json(cli, o);
	} else {
		qpp_print_findings(f);
	}
	return QPP_DATA;
}

/* For the counties: a year whose catalog is not here has no list, which is an answer and no failure. */
static enum qpp_code find_counties(struct qpp_cli *cli, qpp_py py, const struct qpp_eligibility_facts *facts,
                                   struct qpp_request *q)
{
	if (!facts->location.given)
		return QPP_OK;
	enum qpp_code code = qpp_cli_catalog(cli, py, &q->catalog);
	if (code != QPP_NO_RULE)
		return code;
	q->catalog = NULL;
	cli->err = (struct qpp_err){ 0 };
	return QPP_OK;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_findings f;
	struct qpp_request q;
	struct qpp_str text;
	struct qpp_eligibility answer;
	enum qpp_entity level;
	qpp_py py;
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_cli_year(cli, true, &py);
	if (code == QPP_OK)
		code = level_of(cli, &level);
	if (code == QPP_OK)
		code = qpp_cli_request(cli, py, false, false, &q);
	if (code == QPP_OK)
		code = qpp_cli_read(cli, cli->operand[0], MOST_BYTES, &text);
	if (code != QPP_OK)
		return code;
	const char *name = strcmp(cli->operand[0], "-") == 0 ? "standard input" : cli->operand[0];
	const struct qpp_eligibility_facts *facts =
	    qpp_json_read_eligibility(cli->arena, qpp_str_of(name), text, MOST_BYTES, &f);
	if (!facts || f.errors)
		return refuse(cli, &f);
	q.findings = &f;
	code = find_counties(cli, py, facts, &q);
	if (code == QPP_OK)
		code = qpp_eligibility_decide(&q, facts, level, &answer, &cli->err);
	if (code != QPP_OK)
		return code;
	say_unknown(&f, &answer);
	if (cli->json) {
		json_t *o = qpp_json_eligibility(&answer);
		if (f.list.n)
			json_object_set_new(o, "findings", qpp_json_findings(&f));
		return qpp_cli_print_json(cli, o);
	}
	qpp_print_findings(&f);
	return qpp_cli_print(cli, qpp_text_eligibility(cli->arena, &answer));
}
