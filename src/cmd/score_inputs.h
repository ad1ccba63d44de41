/* What `score` and `explain` work on: submissions, each with its facts, all of one year. */
#ifndef QPP_CMD_SCORE_INPUTS_H
#define QPP_CMD_SCORE_INPUTS_H

#include "app/answer.h"
#include "cmd/cli.h"

struct qpp_score_input {
	struct qpp_str file;
	struct qpp_submission *submission;
	struct qpp_facts *facts;                 /* never NULL; that of another file where --facts was given once */
};

struct qpp_score_inputs {
	struct qpp_score_input *v;
	size_t n;
	const struct qpp_catalog *catalog;
};

/*
 * Reads and checks every file. Faults in the data are findings, and with an error among them there is no catalog
 * and nothing to score; QPP_USAGE when the facts do not fit the files one to one.
 */
QPP_MUST_USE enum qpp_code qpp_score_read(struct qpp_cli *cli, struct qpp_findings *f, struct qpp_score_inputs *in);

#endif
