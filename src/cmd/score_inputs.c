/* Reads what is to be scored: the files of the call, their facts, the catalog of their year. */
#include "cmd/score_inputs.h"

#include <string.h>

#include "adapt/json/read_facts.h"
#include "adapt/json/read_submission.h"
#include "app/levels.h"
#include "qpp/check.h"

enum { MOST_BYTES = 64 << 20, MOST_FACTS_BYTES = 4 << 20, MOST_FILES = 100 };

static struct qpp_str shown_name(const char *path)
{
	return qpp_str_of(strcmp(path, "-") == 0 ? "standard input" : path);
}

static enum qpp_code read_facts(struct qpp_cli *cli, const char *path, struct qpp_findings *f, struct qpp_facts **out)
{
	struct qpp_str text;
	*out = QPP_NEW(cli->arena, struct qpp_facts);
	if (!path)
		return QPP_OK;
	enum qpp_code code = qpp_cli_read(cli, path, MOST_FACTS_BYTES, &text);
	if (code != QPP_OK)
		return code;
	struct qpp_facts *facts = qpp_json_read_facts(cli->arena, shown_name(path), text, MOST_FACTS_BYTES, f);
	if (facts)
		*out = facts;
	return QPP_OK;
}

/* Standard input can be read once, and the facts are one file for all or one for each. */
static enum qpp_code check_call(struct qpp_cli *cli, const char *const *facts, size_t n_facts, size_t n)
{
	size_t standard = 0;
	for (size_t i = 0; i < n; i++)
		standard += strcmp(cli->operand[i], "-") == 0;
	for (size_t i = 0; i < n_facts; i++)
		standard += strcmp(facts[i], "-") == 0;
	if (standard > 1)
		return qpp_fail(&cli->err, QPP_USAGE, "standard input is given more than once", (char *)NULL);
	if (n > MOST_FILES)
		return qpp_fail(&cli->err, QPP_USAGE, "more files are given than one clinician has scores", (char *)NULL);
	if (n_facts <= 1 || n_facts == n)
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_USAGE, "--facts is given ", qpp_i64_text(cli->arena, (int64_t)n_facts).p, " times for ",
	               qpp_i64_text(cli->arena, (int64_t)n).p, n == 1 ? " file" : " files", (char *)NULL);
	qpp_err_hint(&cli->err, "give it once for all files, or once for each in the same order", (char *)NULL);
	return QPP_USAGE;
}

/*
 * Facts that are given once for several files say nothing of the level of each: that of the submission holds.
 * What they say besides holds for all.
 */
static const struct qpp_facts *facts_of_file(struct qpp_arena *a, const struct qpp_facts *facts, bool shared)
{
	if (!shared)
		return facts;
	struct qpp_facts *own = QPP_NEW(a, struct qpp_facts);
	*own = *facts;
	own->participation = QPP_ENTITY_NONE;
	return own;
}

static enum qpp_code read_submission(struct qpp_cli *cli, const char *path, struct qpp_findings *f,
                                     struct qpp_score_input *x)
{
	struct qpp_str text;
	x->file = shown_name(path);
	enum qpp_code code = qpp_cli_read(cli, path, MOST_BYTES, &text);
	if (code == QPP_OK)
		x->submission = qpp_json_read_submission(cli->arena, x->file, text, MOST_BYTES, f);
	return code;
}

/* The year and level that hold for a file that could be read. */
static enum qpp_code reconcile(struct qpp_cli *cli, struct qpp_score_input *x, bool shared, qpp_py year,
                               struct qpp_findings *f)
{
	if (!x->submission)
		return QPP_OK;
	enum qpp_code code = qpp_answer_reconcile(x->submission, facts_of_file(cli->arena, x->facts, shared), year, f, &cli->err);
	/* A file with faults may be without a year because of one of them: the findings say it better. */
	if (code == QPP_DATA && f->errors) {
		cli->err.primary[0] = 0;
		return QPP_OK;
	}
	return code;
}

/* Whether all were read and are of one year; the findings say what is not. */
static bool of_one_year(struct qpp_cli *cli, const struct qpp_score_inputs *in, struct qpp_findings *f)
{
	const struct qpp_submission **s = QPP_NEW_ARRAY(cli->arena, in->n, const struct qpp_submission *);
	struct qpp_str *files = QPP_NEW_ARRAY(cli->arena, in->n, struct qpp_str);
	for (size_t i = 0; i < in->n; i++) {
		s[i] = in->v[i].submission;
		files[i] = in->v[i].file;
		if (!s[i] || !s[i]->py.v)
			return false;
	}
	qpp_levels_check(s, files, in->n, f);
	for (size_t i = 1; i < in->n; i++)
		if (s[i]->py.v != s[0]->py.v)
			return false;
	return true;
}

/* Against the catalog of the year; facts that several files share are checked once. */
static void check_all(const struct qpp_score_inputs *in, struct qpp_findings *f)
{
	for (size_t i = 0; i < in->n; i++) {
		qpp_check_submission(in->v[i].submission, in->catalog, f);
		if (!i || in->v[i].facts != in->v[i - 1].facts)
			qpp_answer_check_facts(in->v[i].facts, in->catalog, f);
	}
}

enum qpp_code qpp_score_read(struct qpp_cli *cli, struct qpp_findings *f, struct qpp_score_inputs *in)
{
	const char *const *facts;
	size_t n_facts = qpp_cli_values(cli, "facts", &facts), n = (size_t)cli->n_operands;
	bool shared = n > 1 && n_facts == 1;
	qpp_py year;
	enum qpp_code code = qpp_cli_year(cli, false, &year);
	if (code == QPP_OK)
		code = check_call(cli, facts, n_facts, n);
	*in = (struct qpp_score_inputs){ .v = QPP_NEW_ARRAY(cli->arena, n, struct qpp_score_input), .n = n };
	for (size_t i = 0; code == QPP_OK && i < n; i++) {
		code = read_submission(cli, cli->operand[i], f, &in->v[i]);
		if (code == QPP_OK && shared && i)
			in->v[i].facts = in->v[0].facts;
		else if (code == QPP_OK)
			code = read_facts(cli, n_facts ? facts[i] : NULL, f, &in->v[i].facts);
		if (code == QPP_OK)
			code = reconcile(cli, &in->v[i], shared, year, f);
	}
	if (code != QPP_OK || !of_one_year(cli, in, f))
		return code;
	code = qpp_cli_catalog(cli, in->v[0].submission->py, &in->catalog);
	if (code == QPP_OK)
		check_all(in, f);
	return code;
}
