/* The call: options from the verb's table, typed values, help. */
#include "cmd/cli.h"

#include <getopt.h>
#include <string.h>

#include "qpp/buf.h"

const struct qpp_verb *qpp_verb_of(const char *name)
{
	for (const struct qpp_verb *const *v = qpp_verbs; *v; v++)
		if (strcmp((*v)->name, name) == 0)
			return *v;
	return NULL;
}

static int option_count(const struct qpp_verb *verb)
{
	int n = 0;
	while (verb->options[n].name)
		n++;
	return n;
}

enum { OPTION_BASE = 1000, OPTION_JSON = 500, OPTION_HELP = 501 };

static enum qpp_code unknown_option(struct qpp_cli *cli, const char *given)
{
	struct qpp_str names[QPP_MOST_OPTIONS + 2], bare = qpp_str_of(given);
	size_t n = 0;
	while (bare.n && bare.p[0] == '-')
		bare.p++, bare.n--;
	struct qpp_str rest = bare;
	(void)qpp_str_cut(&rest, '=', &bare);
	for (const struct qpp_option *o = cli->verb->options; o->name; o++)
		names[n++] = qpp_str_of(o->name);
	names[n++] = QPP_LIT("json");
	names[n++] = QPP_LIT("help");
	int near = qpp_str_near(bare, names, n);
	(void)qpp_fail(&cli->err, QPP_USAGE, "qpp ", cli->verb->name, " has no option ", given, (char *)NULL);
	if (near >= 0)
		qpp_err_hint(&cli->err, "did you mean --", names[near].p, "?", (char *)NULL);
	else
		qpp_err_hint(&cli->err, "qpp ", cli->verb->name, " --help lists its options", (char *)NULL);
	return QPP_USAGE;
}

static enum qpp_code check_operands(struct qpp_cli *cli)
{
	if (cli->n_operands < cli->verb->least) {
		(void)qpp_fail(&cli->err, QPP_USAGE, "qpp ", cli->verb->name, " needs ", cli->verb->operands, (char *)NULL);
		qpp_err_hint(&cli->err, "for example: ", cli->verb->example, (char *)NULL);
		return QPP_USAGE;
	}
	if (cli->verb->most >= 0 && cli->n_operands > cli->verb->most)
		return qpp_fail(&cli->err, QPP_USAGE, "qpp ", cli->verb->name, " does not take ", cli->operand[cli->verb->most],
		                (char *)NULL);
	return QPP_OK;
}

enum qpp_code qpp_cli_parse(struct qpp_cli *cli, int argc, char **argv)
{
	struct option longs[QPP_MOST_OPTIONS + 3] = { 0 };
	int n = option_count(cli->verb), got;
	for (int i = 0; i < n; i++)
		longs[i] = (struct option){ cli->verb->options[i].name, cli->verb->options[i].arg ? required_argument : no_argument,
		                            NULL, OPTION_BASE + i };
	longs[n] = (struct option){ "json", no_argument, NULL, OPTION_JSON };
	longs[n + 1] = (struct option){ "help", no_argument, NULL, OPTION_HELP };
	/* Known before anything can go wrong, so that a wrong call too is answered as asked. */
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		cli->json |= strcmp(argv[i], "--json") == 0;
	opterr = 0;
	optind = 1;
	while ((got = getopt_long(argc, argv, ":h", longs, NULL)) != -1) {
		if (got == ':')
			return qpp_fail(&cli->err, QPP_USAGE, "option ", argv[optind - 1], " needs a value", (char *)NULL);
		if (got == '?')
			return unknown_option(cli, argv[optind - 1]);
		if (got == 'h' || got == OPTION_HELP) {
			qpp_cli_help(stdout, cli->verb);
			cli->operand = NULL;
			cli->n_operands = -1;
			return QPP_OK;
		}
		if (got >= OPTION_BASE) {
			cli->value[got - OPTION_BASE] = optarg ? optarg : "";
			*QPP_PUSH(cli->arena, &cli->given) = (struct qpp_given){ got - OPTION_BASE, optarg ? optarg : "" };
		}
	}
	cli->operand = argv + optind;
	cli->n_operands = argc - optind;
	return check_operands(cli);
}

const char *qpp_cli_value(const struct qpp_cli *cli, const char *name)
{
	for (int i = 0; cli->verb->options[i].name; i++)
		if (strcmp(cli->verb->options[i].name, name) == 0)
			return cli->value[i];
	return NULL;
}

size_t qpp_cli_values(const struct qpp_cli *cli, const char *name, const char *const **out)
{
	const char **v = QPP_NEW_ARRAY(cli->arena, cli->given.n + 1, const char *);
	size_t n = 0;
	for (size_t i = 0; i < cli->given.n; i++)
		if (strcmp(cli->verb->options[cli->given.v[i].option].name, name) == 0)
			v[n++] = cli->given.v[i].value;
	*out = v;
	return n;
}

bool qpp_cli_flag(const struct qpp_cli *cli, const char *name)
{
	return qpp_cli_value(cli, name) != NULL;
}

enum qpp_code qpp_cli_needed(struct qpp_cli *cli, const char *name, const char **out)
{
	*out = qpp_cli_value(cli, name);
	if (*out)
		return QPP_OK;
	(void)qpp_fail(&cli->err, QPP_USAGE, "qpp ", cli->verb->name, " needs --", name, (char *)NULL);
	qpp_err_hint(&cli->err, "for example: ", cli->verb->example, (char *)NULL);
	return QPP_USAGE;
}

static enum qpp_code bad_value(struct qpp_cli *cli, const char *name, const char *value, const char *expected)
{
	(void)qpp_fail(&cli->err, QPP_USAGE, "--", name, " ", value, " is not ", expected, (char *)NULL);
	return QPP_USAGE;
}

enum qpp_code qpp_cli_year(struct qpp_cli *cli, bool needed, qpp_py *out)
{
	const char *value = qpp_cli_value(cli, "year");
	uint64_t year;
	out->v = 0;
	if (!value)
		return needed ? qpp_cli_needed(cli, "year", &value) : QPP_OK;
	if (!qpp_str_u64(qpp_str_of(value), 9999, &year) || year < 1000)
		return bad_value(cli, "year", value, "a performance year of four digits");
	out->v = (int)year;
	return QPP_OK;
}

enum qpp_code qpp_cli_number(struct qpp_cli *cli, const char *name, const char *least, const char *most,
                             struct qpp_number *out)
{
	const char *value = qpp_cli_value(cli, name);
	qpp_dec lo, hi;
	*out = (struct qpp_number){ 0 };
	if (!value)
		return QPP_OK;
	if (!qpp_dec_parse(qpp_str_of(value), &out->v))
		return bad_value(cli, name, value, "a decimal number");
	if (qpp_dec_parse(qpp_str_of(least), &lo) && qpp_dec_parse(qpp_str_of(most), &hi) &&
	    (qpp_dec_cmp(out->v, lo) < 0 || qpp_dec_cmp(out->v, hi) > 0))
		return bad_value(cli, name, value, qpp_str_cat(cli->arena, "between ", least, " and ", most, (char *)NULL).p);
	out->given = true;
	return QPP_OK;
}

enum qpp_code qpp_cli_categories(struct qpp_cli *cli, const char *name, uint32_t *out)
{
	const char *value = qpp_cli_value(cli, name);
	struct qpp_str rest = qpp_str_of(value), word;
	*out = 0;
	if (!value || strcmp(value, "none") == 0)
		return QPP_OK;
	while (qpp_str_cut(&rest, ',', &word)) {
		enum qpp_category c;
		if (!qpp_category_of(qpp_str_trim(word), &c))
			return bad_value(cli, name, value, "a list of quality, cost, ia, pi");
		*out |= 1u << c;
	}
	return QPP_OK;
}

enum qpp_code qpp_cli_program(struct qpp_cli *cli, struct qpp_str *out)
{
	*out = qpp_str_of(qpp_cli_value(cli, "program"));
	if (out->p && !out->n)
		return bad_value(cli, "program", "\"\"", "mips, app1, appPlus or an MVP id");
	return QPP_OK;
}

static void option_lines(FILE *to, const struct qpp_option *o)
{
	enum { COLUMN = 28 };
	int n = fprintf(to, "  --%s%s%s", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
	fprintf(to, "%*s%s\n", n < COLUMN ? COLUMN - n : 1, "", o->help);
}

static const struct qpp_option common[] = {
	{ "json", NULL, "print one JSON document on standard output" },
	{ "help", NULL, "print this help" },
	{ NULL, NULL, NULL },
};

void qpp_cli_help(FILE *to, const struct qpp_verb *verb)
{
	fprintf(to, "Usage: qpp %s%s%s [options]\n\n%s\n\n%s\n\nOptions:\n", verb->name, *verb->operands ? " " : "",
	        verb->operands, verb->summary, verb->about);
	for (const struct qpp_option *o = verb->options; o->name; o++)
		option_lines(to, o);
	for (const struct qpp_option *o = common; o->name; o++)
		option_lines(to, o);
	fprintf(to, "\nExample:\n  %s\n\nExit status: 0 fine, 1 errors in the data, 2 wrong usage, 3 no rule for that year,\n"
	            "4 input or output failed.\n", verb->example);
}

void qpp_cli_overview(FILE *to)
{
	fprintf(to, "OpenQPP: the MIPS final score and payment adjustment, with every reason.\n\nUsage: qpp VERB [options]\n\n");
	for (const struct qpp_verb *const *v = qpp_verbs; *v; v++)
		fprintf(to, "  %-10s %s\n", (*v)->name, (*v)->summary);
	fprintf(to, "\n  qpp VERB --help    options of a verb, with an example\n"
	            "  qpp --version      version and rule set\n"
	            "  qpp --completion   completion for bash\n");
}

void qpp_cli_completion(FILE *to)
{
	fprintf(to, "_qpp() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} words\n\tcase ${COMP_WORDS[1]} in\n");
	for (const struct qpp_verb *const *v = qpp_verbs; *v; v++) {
		fprintf(to, "\t%s) words='", (*v)->name);
		for (const struct qpp_option *o = (*v)->options; o->name; o++)
			fprintf(to, "--%s ", o->name);
		fprintf(to, "--json --help' ;;\n");
	}
	fprintf(to, "\tesac\n\tif [ \"$COMP_CWORD\" -eq 1 ]; then words='");
	for (const struct qpp_verb *const *v = qpp_verbs; *v; v++)
		fprintf(to, "%s ", (*v)->name);
	fprintf(to, "--help --version'; fi\n\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
	            "complete -o default -F _qpp qpp\n");
}

/* Text for troff: a leading dot or quote and every backslash and dash are protected. */
static void troff(FILE *to, const char *s)
{
	for (const char *p = s; *p; p++) {
		if ((p == s || p[-1] == '\n') && (*p == '.' || *p == '\''))
			fputs("\\&", to);
		if (*p == '\\' || *p == '-')
			putc('\\', to);
		putc(*p, to);
	}
}

void qpp_cli_manual(FILE *to, const struct qpp_verb *verb)
{
	fprintf(to, ".TH QPP%s%s 1 \"\" \"OpenQPP\" \"OpenQPP manual\"\n.SH NAME\nqpp%s%s \\- ", verb ? "-" : "",
	        verb ? verb->name : "", verb ? "-" : "", verb ? verb->name : "");
	troff(to, verb ? verb->summary : "the MIPS final score and payment adjustment, with every reason");
	fprintf(to, "\n.SH SYNOPSIS\n.B qpp %s\n", verb ? verb->name : "VERB");
	if (verb)
		troff(to, verb->operands);
	fprintf(to, "\n[options]\n.SH DESCRIPTION\n");
	if (!verb) {
		for (const struct qpp_verb *const *v = qpp_verbs; *v; v++) {
			fprintf(to, ".TP\n.BR qpp\\-%s (1)\n", (*v)->name);
			troff(to, (*v)->summary);
			putc('\n', to);
		}
		fprintf(to, ".SH FILES\nThe rules and the catalogs of all years are inside the program.\n");
	} else {
		troff(to, verb->about);
		fprintf(to, "\n.SH OPTIONS\n");
		for (int k = 0; k < 2; k++)
			for (const struct qpp_option *o = k ? common : verb->options; o->name; o++) {
				fprintf(to, ".TP\n.B \\-\\-%s %s\n", o->name, o->arg ? o->arg : "");
				troff(to, o->help);
				putc('\n', to);
			}
		fprintf(to, ".SH EXAMPLE\n.nf\n");
		troff(to, verb->example);
		fprintf(to, "\n.fi\n");
	}
	fprintf(to, ".SH EXIT STATUS\n0 fine; 1 errors in the data; 2 wrong usage; 3 no rule for that year; "
	            "4 input or output failed.\n");
}
