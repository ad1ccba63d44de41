/* qpp election: may these practices form a virtual group, and what their agreement must hold. */
#include <string.h>

#include "adapt/json/read_election.h"
#include "adapt/json/write_election.h"
#include "adapt/text/render_election.h"
#include "app/clock.h"
#include "cmd/election_cli.h"

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "at", "INSTANT", "when the election was sent, over the file's submittedAt: 2024-12-31T23:59:00-05:00" },
	{ "from", "ADDRESS", "email: who sends it (default: the representative's email)" },
	{ "to", "ADDRESS", "email: whom it goes to (default: the agency's address for elections)" },
	{ "draft", NULL, "email: write the message also where the election would be rejected" },
	{ "data", "DIR", "intake: the folder of data of the service" },
	{ "store", "URL", "intake: where the service keeps its data (default: a file in the folder of data)" },
	{ "address", "URL", "intake: public address of the service, for the answers" },
	{ "authserv", "ID", "intake: an address counts only where Authentication-Results of this server says dmarc=pass" },
	{ "received-by", "HOST", "intake: the stamp of this mail server's Received header is the moment that counts" },
	{ "id", "VG", "aggregate: the identifier of the virtual group" },
	{ "output", "FILE", "aggregate, email: write to FILE" },
	{ "require-all", NULL, "aggregate: a practice without a submission is an error" },
	QPP_OPTION_RULES,
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_election = {
	.name = "election", .operands = "check FILE | agreement PY | aggregate FILE SUBMISSION... | email FILE | intake", .least = 1, .most = -1,
	.summary = "May these practices form a virtual group.",
	.about = "42 CFR 414.1315. Judges an election (JSON) under the rules of its performance year and lists everything that is\n"
	         "wrong with it: its time, its parties, their clinicians, the agreement, the representative. What the file does\n"
	         "not say is unknown, never false: a warning tells what it would decide.\n"
	         "election agreement PY lists the provisions that the agreement among the practices must hold.\n"
	         "election aggregate FILE SUBMISSION... adds the submissions (QPP JSON) of the practices of an accepted election\n"
	         "up to the one that the virtual group files: on standard output, or with --output in a file. Who is missing and\n"
	         "what could not be added is told on standard error; --json prints that as JSON, and wants --output.\n"
	         "election email FILE writes the election as a complete message (RFC 5322): text, the acknowledgement of the agreement\n"
	         "with its provisions, and the roster as CSV, ready to be sent by the representative. How long there is to send it is\n"
	         "told on standard error.\n"
	         "election intake takes a message on standard input, from a mail server's pipe: keeps it in DIR, finds the election\n"
	         "in it, files it or tells what is missing, and puts the answer into the outbox. While qppd has the data, qppd does\n"
	         "so. Exit status of intake: 0 it is kept, 65 it is no message, 75 try again.\n"
	         "FILE - is standard input. Exit status 1: the election is rejected.",
	.options = options, .example = "qpp election check election.json --at 2024-11-15T12:00:00-05:00", .run = run,
};

enum { MOST_BYTES = 1 << 20, MOST_FINDINGS = 1000 };

/* The time on the command line goes before the file's. */
static enum qpp_code time_given(struct qpp_cli *cli, struct qpp_election *e)
{
	const char *at = qpp_cli_value(cli, "at");
	qpp_instant t;
	int32_t offset;
	if (!at)
		return QPP_OK;
	if (!qpp_instant_parse(qpp_str_of(at), &t, &offset)) {
		(void)qpp_fail(&cli->err, QPP_USAGE, "--at ", at, " is not a time with its distance from universal time", (char *)NULL);
		qpp_err_hint(&cli->err, "for example 2024-12-31T23:59:00-05:00, or 2025-01-01T04:59:00Z", (char *)NULL);
		return QPP_USAGE;
	}
	if (e) {
		e->has_submitted_at = true;
		e->submitted_at = t;
		e->submitted_offset = offset;
		e->submitted_where = (struct qpp_where){ 0 };
	}
	return QPP_OK;
}

static enum qpp_code read_at(struct qpp_cli *cli, const char *path, struct qpp_findings *f, struct qpp_request *q,
                             struct qpp_election **e, struct qpp_election_answer *answer, bool now)
{
	struct qpp_str text;
	*e = NULL;
	*answer = (struct qpp_election_answer){ 0 };
	enum qpp_code code = time_given(cli, NULL);
	if (code == QPP_OK)
		code = qpp_cli_read(cli, path, MOST_BYTES, &text);
	if (code != QPP_OK)
		return code;
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	*e = qpp_json_read_election(cli->arena, qpp_str_of(name), text, MOST_BYTES, f);
	if (!*e)
		return QPP_OK;
	code = time_given(cli, *e);
	if (now && !(*e)->has_submitted_at && !(*e)->submitted_refused) {
		(*e)->has_submitted_at = true;
		(*e)->submitted_at = qpp_time_instant(qpp_now(qpp_clock_system()));
	}
	if (code == QPP_OK)
		code = qpp_cli_request(cli, (*e)->py, false, false, q);
	q->findings = f;
	return code == QPP_OK ? qpp_election_check(q, *e, answer, &cli->err) : code;
}

enum qpp_code qpp_election_read(struct qpp_cli *cli, const char *path, struct qpp_findings *f, struct qpp_request *q,
                                struct qpp_election **e, struct qpp_election_answer *answer)
{
	return read_at(cli, path, f, q, e, answer, false);
}

enum qpp_code qpp_election_read_now(struct qpp_cli *cli, const char *path, struct qpp_findings *f, struct qpp_request *q,
                                    struct qpp_election **e, struct qpp_election_answer *answer)
{
	return read_at(cli, path, f, q, e, answer, true);
}

static enum qpp_code check(struct qpp_cli *cli)
{
	struct qpp_election_answer answer;
	struct qpp_election *e;
	struct qpp_findings f;
	struct qpp_request q;
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_election_read(cli, cli->operand[1], &f, &q, &e, &answer);
	if (code != QPP_OK)
		return code;
	if (cli->json) {
		json_t *o = qpp_json_election(e, &answer, &f);
		if (cli->rules)
			qpp_json_put_text(o, "rules", cli->rules->hash);
		code = qpp_cli_print_json(cli, o);
	} else {
		qpp_print_findings(&f);
		code = qpp_cli_print(cli, qpp_text_election(cli->arena, e, &answer, &f));
	}
	return code == QPP_OK && !answer.accepted ? QPP_DATA : code;
}

static enum qpp_code agreement(struct qpp_cli *cli)
{
	const struct qpp_provision *v;
	struct qpp_request q;
	uint64_t year;
	size_t n;
	if (!qpp_str_u64(qpp_str_of(cli->operand[1]), 9999, &year) || year < 1000)
		return qpp_fail(&cli->err, QPP_USAGE, cli->operand[1], " is not a performance year of four digits", (char *)NULL);
	enum qpp_code code = qpp_cli_request(cli, (qpp_py){ (int)year }, false, false, &q);
	if (code == QPP_OK)
		code = qpp_election_provisions(&q, &v, &n, &cli->err);
	if (code != QPP_OK)
		return code;
	if (cli->json)
		return qpp_cli_print_json(cli, qpp_json_provisions(cli->arena, v, n));
	return qpp_cli_print(cli, qpp_text_provisions(cli->arena, v, n));
}

static enum qpp_code run(struct qpp_cli *cli)
{
	static const struct {
		const char *name;
		int least, most;
		enum qpp_code (*run)(struct qpp_cli *cli);
	} parts[] = { { "check", 2, 2, check }, { "agreement", 2, 2, agreement }, { "aggregate", 2, -1, qpp_election_aggregate },
	            { "email", 2, 2, qpp_election_email }, { "intake", 1, 1, qpp_election_intake } };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (strcmp(cli->operand[0], parts[i].name) != 0)
			continue;
		if (parts[i].most >= 0 && cli->n_operands > parts[i].most)
			return qpp_fail(&cli->err, QPP_USAGE, "qpp election ", parts[i].name, " does not take ",
			                cli->operand[parts[i].most], (char *)NULL);
		if (cli->n_operands < parts[i].least)
			return qpp_fail(&cli->err, QPP_USAGE, "qpp election ", parts[i].name, " needs a file or year", (char *)NULL);
		return parts[i].run(cli);
	}
	(void)qpp_fail(&cli->err, QPP_USAGE, "qpp election cannot ", cli->operand[0], (char *)NULL);
	qpp_err_hint(&cli->err, "qpp election check FILE, qpp election agreement PY, qpp election aggregate FILE SUBMISSION..., qpp election email FILE, or qpp election intake", (char *)NULL);
	return QPP_USAGE;
}
