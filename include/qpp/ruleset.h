/*
 * The rule set: what rules/ (one Markdown file per CFR section) says, compiled
 * to one position-independent image. The image is embedded in the library; any
 * other can be loaded, so an old run can be recomputed under its old rules.
 *
 * qpp_ruleset_load() checks every offset and length of the image (it may come
 * from a file) and decodes it once into the arena. A rule set is immutable and
 * may be shared; look-ups allocate nothing. Its texts are NUL-terminated.
 *
 * The program names parameters, tables, columns and readings by the
 * enumerations of the generated header rule_names.h, so that a name that does
 * not exist in rules/ does not compile. A loaded image is bound to those names
 * by text: a name that an older image lacks has no rows, and refuses.
 */
#ifndef QPP_RULESET_H
#define QPP_RULESET_H

#include "qpp/day.h"
#include "qpp/dec.h"
#include "qpp/err.h"

enum qpp_rule_status {
	QPP_RULE_FINAL,        /* scores */
	QPP_RULE_PROPOSED,     /* what-if runs only, marked */
	QPP_RULE_READING,      /* scores; rests on a reading that is named */
	QPP_RULE_NONE          /* known to have no final rule: refuses */
};

/* A value of a parameter or a table cell. */
enum qpp_cell_kind { QPP_CELL_ANY, QPP_CELL_NUMBER, QPP_CELL_TEXT };

struct qpp_cell {
	enum qpp_cell_kind kind;      /* ANY is the word `any` or `-` */
	qpp_dec number;               /* of a NUMBER */
	struct qpp_str text;          /* as written, every kind */
};

struct qpp_param_row {
	int from, to;                 /* performance years, both included */
	struct qpp_cell value;
	enum qpp_rule_status status;
	struct qpp_str reading;       /* name, when status is READING */
	struct qpp_str source;
};

struct qpp_param {
	struct qpp_str name, cite, title;        /* cite and title of the section it stands in */
	struct qpp_str unit, shows_in;
	const struct qpp_param_row *rows;
	size_t n_rows;
};

struct qpp_table_row {
	int from, to;
	const struct qpp_cell *cells; /* one per column, the PY column left out */
};

struct qpp_table {
	struct qpp_str name, cite, title;
	const struct qpp_str *columns;           /* the PY column left out */
	size_t n_columns;
	const struct qpp_table_row *rows;        /* in the order written: the first that fits decides */
	size_t n_rows;
};

struct qpp_reading {
	struct qpp_str name, cite, says, because, confidence;
	const struct qpp_str *alternatives;      /* of its `Switch:` line; [0] is what we chose */
	size_t n_alternatives;                   /* 0 when it has no switch */
};

struct qpp_pair {
	struct qpp_str name, value;
};

struct qpp_case {
	struct qpp_str name, cite, file, source, input, facts;
	uint32_t line;
	int py;
	const struct qpp_pair *given, *expect;
	size_t n_given, n_expect;
};

struct qpp_section {
	struct qpp_str cite, title, prose, file;
	uint32_t line;
};

struct qpp_ruleset {
	struct qpp_str hash;                     /* 64 hexadecimal digits over the machine blocks */
	/* Of a what-if run: the file that changed the rules, and the hash of its blocks; empty otherwise. */
	struct qpp_str overlay, overlay_hash;
	bool provisional;                        /* proposed rows score: of a what-if run only */
	const struct qpp_section *sections;
	const struct qpp_param *params;
	const struct qpp_table *tables;
	const struct qpp_reading *readings;
	const struct qpp_case *cases;
	size_t n_sections, n_params, n_tables, n_readings, n_cases;
};

/* Decodes an image. QPP_DATA with what is wrong and where when it is not a whole, valid image. */
QPP_MUST_USE enum qpp_code qpp_ruleset_load(struct qpp_arena *a, const void *image, size_t size,
                                            const struct qpp_ruleset **out, struct qpp_err *err);

/* Whether two names are one: `-` and `_` do not tell names apart. */
bool qpp_rule_name_eq(struct qpp_str a, struct qpp_str b);

/* By name; NULL when there is none. */
const struct qpp_param *qpp_ruleset_param(const struct qpp_ruleset *rs, struct qpp_str name);
const struct qpp_table *qpp_ruleset_table(const struct qpp_ruleset *rs, struct qpp_str name);
const struct qpp_reading *qpp_ruleset_reading(const struct qpp_ruleset *rs, struct qpp_str name);
int qpp_table_column(const struct qpp_table *t, struct qpp_str name);         /* -1 when there is none */

/* The row of a parameter for a year; NULL when no row covers it. */
const struct qpp_param_row *qpp_param_row(const struct qpp_param *p, qpp_py py);

const char *qpp_rule_status_name(enum qpp_rule_status s);

/* The image compiled from rules/ and embedded in the library. */
extern const unsigned char qpp_rules_image[];
extern const size_t qpp_rules_image_size;

#endif
