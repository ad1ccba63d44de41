/* qppd's options: one table makes the parser, the help and the manual page. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/qppd.h"

enum { DEMO_YEAR = 2023, PORT = 8080, DRAIN = 20, ANSWERS = 64, AVERAGE = 25, BURST = 40 };

struct option_row {
	const char *name, *arg, *help;
	int letter;
};

enum letter {
	OPT_PORT = 256, OPT_BIND, OPT_DATA, OPT_STORE, OPT_DEMO, OPT_DEMO_YEAR, OPT_FACTOR, OPT_CLOCK, OPT_SETTINGS, OPT_LMTP, OPT_CONSENT,
	OPT_WINDOW, OPT_STATIC, OPT_LOG, OPT_RATE, OPT_BLOCK, OPT_PROXY, OPT_HTTPS, OPT_THREADS, OPT_WORKERS,
	OPT_CONNECTIONS, OPT_ANSWERS, OPT_DRAIN, OPT_OPERATOR, OPT_MATRIX, OPT_OPENAPI, OPT_HELP, OPT_MANUAL, OPT_VERSION
};

static const struct option_row rows[] = {
	{ "port", "N", "port to listen on; 0: any that is free (default 8080)", OPT_PORT },
	{ "bind", "ADDRESS", "address to listen on (default 127.0.0.1); a socket passed by the service manager goes before", OPT_BIND },
	{ "data", "DIR", "folder of what is kept; made when it is not there (default qppd-data)", OPT_DATA },
	{ "store", "URL", "where it is kept: sqlite:FILE, postgresql://... (default: a file in the folder of data)", OPT_STORE },
	{ "demo", "N", "fill an empty store with a synthetic state of N practices and a few accounts, and print them", OPT_DEMO },
	{ "demo-year", "PY", "performance year of the synthetic state (default 2023)", OPT_DEMO_YEAR },
	{ "second-factor", "on|off", "off: a password is enough; with --demo only, to try things out (default on)", OPT_FACTOR },
	{ "clock", "INSTANT", "where the service's clock begins at each start, like 2024-10-02T09:00:00-04:00; with --demo only", OPT_CLOCK },
	{ "settings", "FILE", "public address, mail server and identity providers (docs/operator.md)", OPT_SETTINGS },
	{ "lmtp", "PORT|SOCKET", "take e-mailed elections from a mail server on this machine (docs/operator.md)", OPT_LMTP },
	{ "consent", "on|off", "off: registries may file for any practice, as at the agency (default on)", OPT_CONSENT },
	{ "window", "calendar|open", "open: filings are taken whatever the calendar says (default calendar)", OPT_WINDOW },
	{ "static", "DIR", "folder of styles, fonts and icons, in place of those in the program", OPT_STATIC },
	{ "log", "FILE", "access log; - is standard error; reopened at SIGHUP", OPT_LOG },
	{ "rate", "A/B", "requests a second from one address: A on average of 2 minutes, B on average of 5 seconds; off: no limit (default 25/40)",
	  OPT_RATE },
	{ "rate-block", "SECONDS", "an address over the rate is refused so long, anew from each further request (default 0: not)", OPT_BLOCK },
	{ "trust-proxy", NULL, "believe X-Real-IP and X-Request-Id from loopback: a proxy stands in front", OPT_PROXY },
	{ "https", NULL, "clients come by TLS, ended by the proxy: say so to browsers", OPT_HTTPS },
	{ "threads", "N", "event loops (default: one for each core)", OPT_THREADS },
	{ "workers", "N", "threads for requests that wait for a commit (default 32)", OPT_WORKERS },
	{ "connections", "N", "connections at once (default 4096)", OPT_CONNECTIONS },
	{ "answers", "MB", "memory for answers of eligibility that are kept ready until the data change; 0: none (default 64)", OPT_ANSWERS },
	{ "drain", "SECONDS", "at SIGTERM, how long requests under way may take to finish (default 20)", OPT_DRAIN },
	{ "operator", "NAME", "make the account of an operator, print its password, and end", OPT_OPERATOR },
	{ "show-matrix", NULL, "print who may do what, as Markdown, and end", OPT_MATRIX },
	{ "show-openapi", NULL, "print the description of the API, and end", OPT_OPENAPI },
	{ "help", NULL, "print this help", OPT_HELP },
	{ "manual", NULL, "print the manual page", OPT_MANUAL },
	{ "version", NULL, "print the version", OPT_VERSION },
};
enum { ROWS = sizeof rows / sizeof *rows };

static const char about[] =
    "qppd serves the portal and the APIs. It prints its address on standard output once it listens, and runs until\n"
    "SIGTERM or SIGINT: then it takes no more connections, finishes the requests under way and ends with status 0.\n"
    "A second signal ends it at once.";

static void help(FILE *to)
{
	enum { COLUMN = 26 };
	fprintf(to, "Usage: qppd [options]\n\n%s\n\nOptions:\n", about);
	for (int i = 0; i < ROWS; i++) {
		int n = fprintf(to, "  --%s%s%s", rows[i].name, rows[i].arg ? " " : "", rows[i].arg ? rows[i].arg : "");
		fprintf(to, "%*s%s\n", n < COLUMN ? COLUMN - n : 1, "", rows[i].help);
	}
	fprintf(to, "\nExample:\n  qppd --data /var/lib/qppd --log /var/log/qppd/access.log --trust-proxy --https\n\n"
	            "Exit status: 0 ended as asked, 1 wrong settings, 2 wrong usage, 4 something failed, or requests had to be given up.\n");
}

static void manual(FILE *to)
{
	fprintf(to, ".TH QPPD 8 \"\" \"OpenQPP\" \"OpenQPP manual\"\n.SH NAME\nqppd \\- the service: portal and APIs\n"
	            ".SH SYNOPSIS\n.B qppd\n[options]\n.SH DESCRIPTION\n%s\n.SH OPTIONS\n", about);
	for (int i = 0; i < ROWS; i++)
		fprintf(to, ".TP\n.B \\-\\-%s %s\n%s\n", rows[i].name, rows[i].arg ? rows[i].arg : "", rows[i].help);
	fprintf(to, ".SH PAGES OF THE SERVER\n/healthz: it is alive. /readyz: it may be sent requests (503 while it is being stopped).\n"
	            "/metrics: counters in the text form of Prometheus, answered on loopback alone. /api/openapi.json: the API.\n"
	            ".SH SIGNALS\nSIGTERM, SIGINT: finish and end. SIGHUP: open the log anew.\n"
	            ".SH EXIT STATUS\n0 ended as asked; 1 wrong settings; 2 wrong usage; 4 something failed, or requests had to be given up.\n"
	            ".SH SEE ALSO\n.BR qpp (1)\n");
}

static enum qpp_code bad_value(struct qpp_err *err, const char *name, const char *value, const char *expected)
{
	return qpp_fail(err, QPP_USAGE, "--", name, " ", value, " is not ", expected, (char *)NULL);
}

static enum qpp_code number(const char *name, const char *value, uint64_t most, unsigned *out, struct qpp_err *err)
{
	uint64_t v;
	if (!qpp_str_u64(qpp_str_of(value), most, &v))
		return bad_value(err, name, value, "a whole number in range");
	*out = (unsigned)v;
	return QPP_OK;
}

static enum qpp_code instant(const char *name, const char *value, qpp_time *out, struct qpp_err *err)
{
	qpp_instant t;
	int32_t offset;
	if (!qpp_instant_parse(qpp_str_of(value), &t, &offset))
		return bad_value(err, name, value, "an instant with its offset, like 2024-10-02T09:00:00-04:00");
	*out = qpp_time_of_instant(t);
	return QPP_OK;
}

/* One of two words. */
static enum qpp_code either(const char *name, const char *value, const char *yes, const char *no, bool *out, struct qpp_err *err)
{
	if (strcmp(value, yes) != 0 && strcmp(value, no) != 0)
		return qpp_fail(err, QPP_USAGE, "--", name, " ", value, " is neither ", yes, " nor ", no, (char *)NULL);
	*out = strcmp(value, yes) == 0;
	return QPP_OK;
}

static enum qpp_code rate(const char *value, struct qpp_rate_limits *out, struct qpp_err *err)
{
	enum { MOST = 1000000 };
	struct qpp_str burst = qpp_str_of(value), average;
	uint64_t a, b;
	if (strcmp(value, "off") == 0) {
		out->average = out->burst = 0;
		return QPP_OK;
	}
	(void)qpp_str_cut(&burst, '/', &average);
	if (!qpp_str_u64(average, MOST, &a) || !qpp_str_u64(burst, MOST, &b) || !a || !b)
		return bad_value(err, "rate", value, "two numbers like 25/40, or off");
	out->average = (unsigned)a;
	out->burst = (unsigned)b;
	return QPP_OK;
}

static enum qpp_code take(struct qppd_options *o, const struct option_row *row, const char *value, struct qpp_err *err)
{
	enum { MOST_PORT = 65535, MOST_SECONDS = 86400, MOST_THREADS = 1024, MOST_CONNECTIONS = 60000, MOST_DEMO = 999999, MOST_YEAR = 9999,
		   MOST_MB = 1 << 20 };
	switch ((enum letter)row->letter) {
	case OPT_PORT:
		return number(row->name, value, MOST_PORT, &o->port, err);
	case OPT_BIND:
		o->bind = value;
		return QPP_OK;
	case OPT_DATA:
		o->data = value;
		return QPP_OK;
	case OPT_STORE:
		o->store = value;
		return QPP_OK;
	case OPT_DEMO:
		return number(row->name, value, MOST_DEMO, &o->demo, err);
	case OPT_DEMO_YEAR:
		return number(row->name, value, MOST_YEAR, &o->demo_year, err);
	case OPT_FACTOR:
		return either(row->name, value, "off", "on", &o->password_alone, err);
	case OPT_CLOCK:
		return instant(row->name, value, &o->start, err);
	case OPT_SETTINGS:
		o->settings = value;
		return QPP_OK;
	case OPT_LMTP:
		o->lmtp = value;
		return QPP_OK;
	case OPT_CONSENT:
		return either(row->name, value, "off", "on", &o->consent_off, err);
	case OPT_WINDOW:
		return either(row->name, value, "open", "calendar", &o->window_open, err);
	case OPT_STATIC:
		o->static_dir = value;
		return QPP_OK;
	case OPT_LOG:
		o->log = value;
		return QPP_OK;
	case OPT_RATE:
		return rate(value, &o->rate, err);
	case OPT_BLOCK:
		return number(row->name, value, MOST_SECONDS, &o->rate.block_seconds, err);
	case OPT_PROXY:
		o->trust_proxy = true;
		return QPP_OK;
	case OPT_HTTPS:
		o->https = true;
		return QPP_OK;
	case OPT_THREADS:
		return number(row->name, value, MOST_THREADS, &o->threads, err);
	case OPT_WORKERS:
		return number(row->name, value, MOST_THREADS, &o->workers, err);
	case OPT_CONNECTIONS:
		return number(row->name, value, MOST_CONNECTIONS, &o->connections, err);
	case OPT_ANSWERS:
		return number(row->name, value, MOST_MB, &o->answers, err);
	case OPT_DRAIN:
		return number(row->name, value, MOST_SECONDS, &o->drain, err);
	case OPT_OPERATOR:
		o->operator_name = value;
		return QPP_OK;
	case OPT_MATRIX:
		o->what = QPPD_SHOW_MATRIX;
		return QPP_OK;
	case OPT_OPENAPI:
		o->what = QPPD_SHOW_OPENAPI;
		return QPP_OK;
	case OPT_HELP:
		help(stdout);
		o->what = QPPD_DONE;
		return QPP_OK;
	case OPT_MANUAL:
		manual(stdout);
		o->what = QPPD_DONE;
		return QPP_OK;
	case OPT_VERSION:
		printf("qppd %s\n", QPP_VERSION);
		o->what = QPPD_DONE;
		return QPP_OK;
	}
	return QPP_BUG;
}

static enum qpp_code unknown(const char *given, struct qpp_err *err)
{
	struct qpp_str names[ROWS], bare = qpp_str_of(given), rest;
	while (bare.n && bare.p[0] == '-')
		bare.p++, bare.n--;
	rest = bare;
	(void)qpp_str_cut(&rest, '=', &bare);
	for (int i = 0; i < ROWS; i++)
		names[i] = qpp_str_of(rows[i].name);
	int near = qpp_str_near(bare, names, ROWS);
	(void)qpp_fail(err, QPP_USAGE, "qppd has no option ", given, (char *)NULL);
	if (near >= 0)
		qpp_err_hint(err, "did you mean --", rows[near].name, "?", (char *)NULL);
	else
		qpp_err_hint(err, "qppd --help lists its options", (char *)NULL);
	return QPP_USAGE;
}

enum qpp_code qppd_options(int argc, char **argv, struct qppd_options *o, struct qpp_err *err)
{
	struct option longs[ROWS + 1] = { 0 };
	int got;
	*o = (struct qppd_options){ .port = PORT, .drain = DRAIN, .answers = ANSWERS, .data = "qppd-data", .demo_year = DEMO_YEAR, .rate = { AVERAGE, BURST, 0 } };
	for (int i = 0; i < ROWS; i++)
		longs[i] = (struct option){ rows[i].name, rows[i].arg ? required_argument : no_argument, NULL, rows[i].letter };
	opterr = 0;
	while ((got = getopt_long(argc, argv, ":h", longs, NULL)) != -1) {
		if (got == ':')
			return qpp_fail(err, QPP_USAGE, "option ", argv[optind - 1], " needs a value", (char *)NULL);
		if (got == '?')
			return unknown(argv[optind - 1], err);
		if (got == 'h')
			got = OPT_HELP;
		enum qpp_code code = take(o, &rows[got - OPT_PORT], optarg, err);
		if (code != QPP_OK || o->what == QPPD_DONE)
			return code;
	}
	if (optind < argc)
		return qpp_fail(err, QPP_USAGE, "qppd does not take ", argv[optind], (char *)NULL);
	if (o->start.us && !o->demo)
		return qpp_fail(err, QPP_USAGE, "--clock goes with --demo only: real filings are stamped by the real time", (char *)NULL);
	if (o->password_alone && !o->demo)
		return qpp_fail(err, QPP_USAGE, "--second-factor off goes with --demo only: real people need a second factor", (char *)NULL);
	return QPP_OK;
}
