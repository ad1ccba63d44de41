/*
 * qpp election intake: the end of a mail server's pipe. The message is on disk,
 * with the moment it came, before anything else is done; then it is taken in,
 * unless another process has the store: that one (qppd) finds it.
 */
#include <string.h>

#include "adapt/sys/spool.h"
#include "adapt/sys/zone.h"
#include "cmd/catalogs.h"
#include "cmd/desk.h"
#include "cmd/election_cli.h"

/* sysexits(3): what mail servers understand. */
enum { EX_OK_ = 0, EX_DATAERR_ = 65, EX_TEMPFAIL_ = 75, MOST_YEARS = 32 };

struct intake {
	struct qpp_cli *cli;
	struct qpp_desk desk;
	struct qpp_zone zone;
	struct qpp_keys keys;
	struct qpp_store *store;
};

static enum qpp_code open_store(struct intake *x, const char *dir)
{
	struct qpp_cli *cli = x->cli;
	struct qpp_year_text texts[MOST_YEARS];
	size_t n = 0;
	const char *url = qpp_cli_value(cli, "store");
	const char *key_file = qpp_str_cat(cli->arena, dir, "/store.keys", (char *)NULL).p;
	enum qpp_code code = qpp_keys_load(key_file, true, &x->keys, &cli->err);
	const struct qpp_store_config config = {
		.url = url ? url : qpp_str_cat(cli->arena, "sqlite:", dir, "/store.db", (char *)NULL).p, .keys = &x->keys, .clock = qpp_clock_system(),
		.readers = 1, .migrate = true,
	};
	if (code == QPP_OK)
		code = qpp_store_open(&config, &x->store, &cli->err);
	for (; qpp_embedded_catalogs[n].py.v && n < MOST_YEARS; n++)
		texts[n] = (struct qpp_year_text){ qpp_embedded_catalogs[n].py, qpp_embedded_catalogs[n].text };
	if (code == QPP_OK)
		code = qpp_years_load(cli->arena, texts, n, &x->desk.intake.years, &cli->err);
	if (code == QPP_OK)
		code = qpp_zone_load(cli->arena, "America/New_York", &x->zone, &cli->err);
	x->desk.intake.store = x->store;
	x->desk.intake.zone = &x->zone;
	return code;
}

static int sysexit(enum qpp_code code)
{
	return code == QPP_OK ? EX_OK_ : code == QPP_LIMIT || code == QPP_DATA ? EX_DATAERR_ : EX_TEMPFAIL_;
}

static enum qpp_code take(struct intake *x)
{
	struct qpp_cli *cli = x->cli;
	const char *dir = qpp_cli_value(cli, "data"), *address = qpp_cli_value(cli, "address");
	struct qpp_str raw;
	size_t n;
	enum qpp_code code = qpp_cli_read(cli, "-", QPP_MIME_MOST, &raw);
	qpp_time received = qpp_now(qpp_clock_system());
	if (code == QPP_OK && !raw.n)
		code = qpp_fail(&cli->err, QPP_DATA, "there is no message on standard input", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_spool_put(cli->arena, dir, raw, received, &cli->err);
	if (code != QPP_OK)
		return code;
	x->desk.trust = (struct qpp_mime_trust){ .authserv = qpp_cli_value(cli, "authserv"), .received_by = qpp_cli_value(cli, "received-by") };
	x->desk.intake.address = qpp_str_of(address);
	x->desk.intake.need_proof = x->desk.trust.authserv != NULL;
	/* From here on the message is safe: what fails is tried again by the next one, or by the service. */
	code = open_store(x, dir);
	if (code == QPP_OK)
		code = qpp_spool_work(dir, qpp_desk_take, &x->desk, &n, &cli->err);
	if (code != QPP_OK && code != QPP_BUSY)
		qpp_print_error("qpp: the message is kept, and taken in later", &cli->err);
	return QPP_OK;
}

enum qpp_code qpp_election_intake(struct qpp_cli *cli)
{
	const char *dir;
	struct intake x = { .cli = cli };
	enum qpp_code code = qpp_cli_needed(cli, "data", &dir);
	if (code != QPP_OK)
		return code;
	code = take(&x);
	if (x.store)
		qpp_store_close(x.store);
	if (code != QPP_OK)
		qpp_print_error("qpp", &cli->err);
	cli->err = (struct qpp_err){ 0 };
	cli->status = sysexit(code);
	return code;
}
