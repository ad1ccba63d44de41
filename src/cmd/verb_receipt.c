/* qpp receipt: whether a receipt, what was filed and an exported ledger are genuine. Off line. */
#include <stdio.h>
#include <string.h>

#include "adapt/receipt/verify.h"
#include "cmd/cli.h"

enum { MOST_RECEIPT = 1 << 16, MOST_KEY = 1 << 10 };
static const size_t MOST_FILE = (size_t)1 << 30;

static enum qpp_code run(struct qpp_cli *cli);

static const struct qpp_option options[] = {
	{ "key", "KEY", "the public key: 64 hexadecimal digits, or a file that has them" },
	{ "filed", "FILE", "what was filed: it must be what the receipt is for" },
	{ "ledger", "FILE", "an exported ledger: it must hold as a whole and have the receipt's record" },
	{ NULL, NULL, NULL },
};

const struct qpp_verb qpp_verb_receipt = {
	.name = "receipt", .operands = "verify FILE", .least = 2, .most = 2,
	.summary = "Whether a receipt of a filing is genuine.",
	.about = "Checks the signature, and that what the receipt says has the hash it names, with the public key alone: neither\n"
	         "the service nor a network is needed. Exit status 1 when anything does not hold.",
	.options = options, .example = "qpp receipt verify receipt.json --key qpp.pub --filed submission.json", .run = run,
};

static enum qpp_code read_key(struct qpp_cli *cli, struct qpp_str *out)
{
	const char *given;
	enum qpp_code code = qpp_cli_needed(cli, "key", &given);
	if (code != QPP_OK)
		return code;
	*out = qpp_str_of(given);
	if (qpp_receipt_hex(*out, QPP_HASH_HEX))
		return QPP_OK;
	code = qpp_cli_read(cli, given, MOST_KEY, out);
	*out = qpp_str_trim(*out);
	return code;
}

static enum qpp_code verify(struct qpp_cli *cli, struct qpp_receipt *r, int64_t *records)
{
	struct qpp_str key, text;
	const char *filed = qpp_cli_value(cli, "filed"), *ledger = qpp_cli_value(cli, "ledger");
	enum qpp_code code = read_key(cli, &key);
	if (code == QPP_OK)
		code = qpp_cli_read(cli, cli->operand[1], MOST_RECEIPT, &text);
	if (code == QPP_OK)
		code = qpp_receipt_verify(cli->arena, text, key, r, &cli->err);
	if (code == QPP_OK && filed)
		code = qpp_cli_read(cli, filed, MOST_FILE, &text);
	if (code == QPP_OK && filed)
		code = qpp_receipt_filed(cli->arena, r, text, &cli->err);
	if (code == QPP_OK && ledger)
		code = qpp_cli_read(cli, ledger, MOST_FILE, &text);
	if (code == QPP_OK && ledger)
		code = qpp_ledger_verify(cli->arena, text, key, r, records, &cli->err);
	return code;
}

static enum qpp_code run(struct qpp_cli *cli)
{
	struct qpp_receipt r;
	int64_t records = 0;
	if (strcmp(cli->operand[0], "verify") != 0) {
		(void)qpp_fail(&cli->err, QPP_USAGE, "the only thing to do with a receipt is: verify", (char *)NULL);
		qpp_err_detail(&cli->err, cli->operand[0], (char *)NULL);
		return QPP_USAGE;
	}
	enum qpp_code code = verify(cli, &r, &records);
	if (code != QPP_OK)
		return code;
	bool ledger = qpp_cli_value(cli, "ledger") != NULL;
	if (cli->json)
		return qpp_cli_print_json(cli, json_pack("{s:b, s:s#, s:s#, s:s#, s:s#, s:s#, s:I}", "genuine", 1, "number", r.number.p,
		                                         (int)r.number.n, "at", qpp_time_text(cli->arena, r.at).p, 27, "kind", r.kind.p,
		                                         (int)r.kind.n, "subject", r.subject.p, (int)r.subject.n, "sha256", r.sha256.p,
		                                         (int)r.sha256.n, "ledgerRecords", (json_int_t)records));
	struct qpp_buf b;
	qpp_buf_init(&b, cli->arena, 4096);
	qpp_buf_cat(&b, "The receipt is genuine.\n  number   ", (char *)NULL);
	qpp_buf_str(&b, r.number);
	qpp_buf_cat(&b, "\n  received ", (char *)NULL);
	qpp_buf_time(&b, r.at);
	qpp_buf_cat(&b, "\n  what     ", (char *)NULL);
	qpp_buf_str(&b, r.kind);
	qpp_buf_cat(&b, ", ", (char *)NULL);
	qpp_buf_str(&b, r.subject);
	qpp_buf_cat(&b, "\n  SHA-256  ", (char *)NULL);
	qpp_buf_str(&b, r.sha256);
	qpp_buf_char(&b, '\n');
	if (qpp_cli_value(cli, "filed"))
		qpp_buf_cat(&b, "It is for the file that was given.\n", (char *)NULL);
	if (ledger)
		qpp_buf_cat(&b, "Its record is in the ledger, all ", qpp_i64_text(cli->arena, records).p, " records of which hold.\n", (char *)NULL);
	return qpp_cli_print(cli, qpp_buf_done(&b));
}
