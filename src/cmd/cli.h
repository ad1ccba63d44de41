/*
 * What the verbs share: the table of verbs with their options, the parsed call,
 * and how answers and errors leave the program.
 *
 * A verb is one file: its table entry on top, the code under it. It returns
 * QPP_OK, or a code with `cli->err` filled in; main() prints the error and turns
 * the code into the exit status. Findings of severity error are no such error: the
 * verb prints them and returns QPP_DATA with an empty err.
 */
#ifndef QPP_CMD_CLI_H
#define QPP_CMD_CLI_H

#include <jansson.h>
#include <stdio.h>

#include "cmd/terminal.h"
#include "qpp/catalog.h"
#include "qpp/finding.h"
#include "qpp/score.h"

struct qpp_option {
	const char *name;        /* without the dashes */
	const char *arg;         /* what it takes, NULL for a flag */
	const char *help;
};

struct qpp_cli;

struct qpp_verb {
	const char *name;
	const char *operands;    /* "FILE", "PY ID", "" */
	int least, most;         /* how many operands; most -1: any number */
	const char *summary;     /* one line */
	const char *about;       /* paragraphs for --help and the manual */
	const struct qpp_option *options;     /* ended by a NULL name; every verb has --json and --help besides */
	const char *example;
	enum qpp_code (*run)(struct qpp_cli *cli);
};

enum { QPP_MOST_OPTIONS = 32 };

/* One option as it was given. */
struct qpp_given {
	int option;              /* place in verb->options */
	const char *value;
};

struct qpp_cli {
	const struct qpp_verb *verb;
	struct qpp_arena *arena;
	bool json;
	const char *value[QPP_MOST_OPTIONS];  /* by place in verb->options; "" for a flag that was given; the last of several */
	QPP_VEC(struct qpp_given) given;      /* all of them, in the order of the call */
	char **operand;
	int n_operands;
	int status;              /* exit status in place of the code's; 0: the code's */
	const struct qpp_ruleset *rules;      /* once they were asked for: a what-if run is marked on every answer */
	struct qpp_err err;
};

extern const struct qpp_verb *const qpp_verbs[];       /* ended by NULL */
const struct qpp_verb *qpp_verb_of(const char *name);

/* Fills in the call; QPP_USAGE with what is wrong, naming the nearest known option. */
enum qpp_code qpp_cli_parse(struct qpp_cli *cli, int argc, char **argv);
void qpp_cli_help(FILE *to, const struct qpp_verb *verb);
void qpp_cli_overview(FILE *to);
void qpp_cli_manual(FILE *to, const struct qpp_verb *verb);          /* troff; NULL: qpp(1) */
void qpp_cli_completion(FILE *to);                                   /* bash */

/* The value of an option, NULL when it was not given. */
const char *qpp_cli_value(const struct qpp_cli *cli, const char *name);
bool qpp_cli_flag(const struct qpp_cli *cli, const char *name);

/* All values of an option that may be given several times, in the order of the call; how many. */
size_t qpp_cli_values(const struct qpp_cli *cli, const char *name, const char *const **out);

/* Typed options. Not given: QPP_OK and nothing set. Otherwise QPP_USAGE naming the option, the value and the range. */
enum qpp_code qpp_cli_year(struct qpp_cli *cli, bool needed, qpp_py *out);
enum qpp_code qpp_cli_number(struct qpp_cli *cli, const char *name, const char *least, const char *most,
                             struct qpp_number *out);
enum qpp_code qpp_cli_categories(struct qpp_cli *cli, const char *name, uint32_t *out);
enum qpp_code qpp_cli_program(struct qpp_cli *cli, struct qpp_str *out);
enum qpp_code qpp_cli_needed(struct qpp_cli *cli, const char *name, const char **out);

/* The option of every verb that reads rules. */
#define QPP_OPTION_RULES \
	{ "rules", "FILE", "a what-if run: an overlay in the grammar of rules/ that changes figures" }

/*
 * Inputs: the embedded rules, changed by --rules where it is given (QPP_DATA with its errors already printed), a
 * year's catalog (QPP_NO_RULE when there is none), a file or "-".
 */
enum qpp_code qpp_cli_rules(struct qpp_cli *cli, const struct qpp_ruleset **out);
/* --reading NAME=ALTERNATIVE where it is given (`*n` 1); QPP_USAGE for a name or alternative that does not exist. */
enum qpp_code qpp_cli_reading(struct qpp_cli *cli, const struct qpp_ruleset *rs, struct qpp_choice *out, size_t *n);
enum qpp_code qpp_cli_catalog(struct qpp_cli *cli, qpp_py py, const struct qpp_catalog **out);
enum qpp_code qpp_cli_read(struct qpp_cli *cli, const char *path, size_t most, struct qpp_str *out);

/* A request for the given year, with a trace when asked; catalog NULL is allowed for questions without one. */
enum qpp_code qpp_cli_request(struct qpp_cli *cli, qpp_py py, bool catalog, bool trace, struct qpp_request *out);

/*
 * Prints a JSON document to standard output and frees it; text. Both say first of all when the rules were changed:
 * what prints in another way calls qpp_cli_mark() before.
 */
enum qpp_code qpp_cli_print_json(struct qpp_cli *cli, json_t *document);
enum qpp_code qpp_cli_print(struct qpp_cli *cli, struct qpp_str text);
void qpp_cli_mark(const struct qpp_cli *cli);
/* The data have errors: all of them are told, and what there is not for it; always QPP_DATA. */
enum qpp_code qpp_cli_refuse(struct qpp_cli *cli, const struct qpp_findings *f, const char *what);

#endif
