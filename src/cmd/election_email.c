/* qpp election email: the election as the message that its representative sends to the agency. */
#include <string.h>
#include <unistd.h>

#include "adapt/mail/mime_election.h"
#include "app/election_mail.h"
#include "cmd/election_cli.h"
#include "cmd/output.h"
#include "qpp/rules.h"

enum { MOST_FINDINGS = 1000 };

/* Where elections are sent (bulletin of October 1, 2024). */
static const char agency[] = "MIPS_VirtualGroups@cms.hhs.gov";

/* How long there is to send it: the end of the window of the year. */
static void tell_deadline(const struct qpp_rules *rules, qpp_time now)
{
	const struct qpp_param *p = qpp_ruleset_param(qpp_rules_set(rules), QPP_LIT("election_closes"));
	const struct qpp_param_row *row = p ? qpp_param_row(p, qpp_rules_py(rules)) : NULL;
	qpp_instant closes;
	if (!row || row->status == QPP_RULE_NONE || !qpp_instant_parse(row->value.text, &closes, NULL))
		return;
	int64_t days = (closes.v - qpp_time_instant(now).v) / QPP_SECONDS_A_DAY;
	fprintf(stderr, "qpp: the agency has to have it by %.*s", QPP_ARG(row->value.text));
	if (closes.v < qpp_time_instant(now).v)
		fprintf(stderr, ", which has passed\n");
	else
		fprintf(stderr, ", in %lld day%s\n", (long long)days, days == 1 ? "" : "s");
}

/* When it is sent: as the call or the file says, otherwise now. */
static qpp_time sent_at(const struct qpp_election *e)
{
	return e->has_submitted_at ? qpp_time_of_instant(e->submitted_at) : qpp_now(qpp_clock_system());
}

enum qpp_code qpp_election_email(struct qpp_cli *cli)
{
	struct qpp_election_answer answer;
	struct qpp_election *e;
	struct qpp_findings f;
	struct qpp_request q;
	struct qpp_str message;
	const struct qpp_provision *v;
	const char *from = qpp_cli_value(cli, "from"), *to = qpp_cli_value(cli, "to"), *output = qpp_cli_value(cli, "output");
	size_t n;
	qpp_findings_init(&f, cli->arena, MOST_FINDINGS);
	enum qpp_code code = qpp_election_read_now(cli, cli->operand[1], &f, &q, &e, &answer);
	if (code != QPP_OK)
		return code;
	if (!e || (!answer.accepted && !qpp_cli_flag(cli, "draft")))
		return qpp_cli_refuse(cli, &f, "no message, the election would be rejected (--draft writes it all the same)");
	qpp_print_findings(&f);
	code = qpp_election_provisions(&q, &v, &n, &cli->err);
	if (code != QPP_OK)
		return code;
	qpp_time at = sent_at(e);
	const struct qpp_mime_election m = {
		.from = from ? qpp_str_of(from) : e->representative.email, .from_name = e->representative.name, .to = qpp_str_of(to ? to : agency),
		.subject = answer.accepted ? qpp_election_mail_subject(cli->arena, e)
		                           : qpp_str_cat(cli->arena, "DRAFT: ", qpp_election_mail_subject(cli->arena, e).p, (char *)NULL),
		.text = qpp_election_mail_text(cli->arena, e, v, n), .roster = qpp_election_mail_roster(cli->arena, e), .date = at,
	};
	code = qpp_mime_election(cli->arena, &m, &message, &cli->err);
	if (code == QPP_OK)
		tell_deadline(q.rules, at);
	return code == QPP_OK ? qpp_cli_write(cli, output ? output : "-", message) : code;
}
