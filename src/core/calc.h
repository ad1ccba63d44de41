/*
 * The calculation at hand: the rules it runs under, the trace it may record,
 * and the first failure. Scoring functions are written with these few verbs;
 * each makes a number and, when there is a trace, the fact that explains it.
 *
 * A failure (a year without the rule, a number too large) is kept in the
 * calculation and every later number is undefined: the formulas need no checks
 * between the lines, the caller looks once at the end (qpp_calc_code).
 */
#ifndef QPP_CALC_H
#define QPP_CALC_H

#include "ops.h"
#include "qpp/rules.h"
#include "qpp/submission.h"
#include "qpp/trace.h"
#include "rule_names.h"

/* A number that knows its fact; fact 0 when nothing is traced. */
struct qpp_num {
	qpp_dec v;
	uint32_t fact;
};

enum qpp_missing {
#define MISSING(NAME, name, decides) QPP_MISSING_##NAME,
#include "qpp/missing.def"
#undef MISSING
	QPP_MISSING_COUNT
};

struct qpp_bound_table {
	const struct qpp_table *def;            /* NULL when the image lacks it */
	const struct qpp_table_row **rows;      /* those of the year, in order */
	size_t n_rows;
};

struct qpp_rules {
	const struct qpp_ruleset *set;
	qpp_py py;
	const struct qpp_param *param_defs[QPP_PARAMS];
	const struct qpp_param_row *params[QPP_PARAMS];
	struct qpp_bound_table tables[QPP_TABLES];
	uint8_t readings[QPP_READINGS];         /* chosen alternative */
};

struct qpp_calc {
	const struct qpp_rules *rules;
	const struct qpp_catalog *catalog;
	struct qpp_arena *arena;                /* results and scratch */
	struct qpp_trace *trace;                /* NULL: nothing is recorded */
	struct qpp_findings *findings;          /* NULL: remarks are dropped */
	struct qpp_str subject;                 /* of the facts being made */
	uint32_t missing;                       /* bits 1u << enum qpp_missing: asked for and unknown */
	qpp_reading_set readings_used;          /* bits: readings that were asked */
	enum qpp_code code;
	struct qpp_err err;
};

/* Fails the calculation with what is first set; later failures do not replace it. */
void qpp_calc_fail(struct qpp_calc *c, enum qpp_code code, const char *primary);
enum qpp_code qpp_calc_code(const struct qpp_calc *c, struct qpp_err *err);

/* A parameter of the year. Without a final rule: QPP_NO_RULE naming parameter and year. */
struct qpp_num qpp_param_far(struct qpp_calc *c, enum qpp_rule_param p);
static inline struct qpp_num qpp_param(struct qpp_calc *c, enum qpp_rule_param p)
{
	const struct qpp_param_row *row = c->rules->params[p];
	if (!c->trace && row && (row->status == QPP_RULE_FINAL || row->status == QPP_RULE_READING))
		return (struct qpp_num){ row->value.number, 0 };
	return qpp_param_far(c, p);
}

/* Its value as a word ("yes", a method name); empty when it refuses. */
struct qpp_str qpp_param_word(struct qpp_calc *c, enum qpp_rule_param p);
bool qpp_param_yes(struct qpp_calc *c, enum qpp_rule_param p);

/* Which alternative of a reading is in force, 0 the one we chose. */
int qpp_reading(struct qpp_calc *c, enum qpp_rule_reading r);

/*
 * The first row of the year whose key columns match. `keys` are (column, word)
 * pairs ended by column -1; an ANY cell matches every word. NULL without a row.
 */
struct qpp_key {
	int column;
	struct qpp_str word;
};
const struct qpp_table_row *qpp_row(struct qpp_calc *c, enum qpp_rule_table t, const struct qpp_key *keys);
/* The same, failing with QPP_NO_RULE (naming the table, the year and the words) when no row fits. */
const struct qpp_table_row *qpp_row_needed(struct qpp_calc *c, enum qpp_rule_table t, const struct qpp_key *keys);

/* A number in a row; the word of a cell. */
struct qpp_num qpp_cell_num(struct qpp_calc *c, enum qpp_rule_table t, const struct qpp_table_row *row, int column);
struct qpp_str qpp_cell_word(const struct qpp_table_row *row, int column);

#define QPP_KEYS(...) ((const struct qpp_key[]){ __VA_ARGS__, { -1, { NULL, 0 } } })

/* A number that was given. */
struct qpp_num qpp_input_traced(struct qpp_calc *c, enum qpp_fact_id id, qpp_dec v, struct qpp_where where);
#define qpp_input(c, id, v, where) \
	((c)->trace ? qpp_input_traced((c), (id), (v), (where)) : (struct qpp_num){ (v), 0 })
/* A whole number of our own counting that is not in any file (nothing was submitted: 0). */
struct qpp_num qpp_constant(struct qpp_calc *c, enum qpp_fact_id id, int64_t v);
/* A number derived from a list of others. */
struct qpp_num qpp_derive(struct qpp_calc *c, enum qpp_fact_id id, enum qpp_op op, const struct qpp_num *in, size_t n);

/* What becomes of a derived value: a fact when there is a trace, a failure when it is undefined. */
struct qpp_num qpp_derived(struct qpp_calc *c, enum qpp_fact_id id, enum qpp_op op, const struct qpp_num *in, size_t n,
                           qpp_dec value);

/* A number derived from a few that are named; in line, as the operation is known where it is written. */
enum { QPP_MOST_NAMED = 4 };
static inline __attribute__((always_inline)) struct qpp_num qpp_derive_named(struct qpp_calc *c, enum qpp_fact_id id,
                                                                             enum qpp_op op, const struct qpp_num *in,
                                                                             size_t n)
{
	qpp_dec values[QPP_MOST_NAMED];
	if (c->code != QPP_OK)
		return (struct qpp_num){ { 0, 0 }, 0 };
	for (size_t i = 0; i < n; i++)
		values[i] = in[i].v;
	qpp_dec v = qpp_op_value(op, values, n);
	if (c->trace || !qpp_dec_ok(v))
		return qpp_derived(c, id, op, in, n, v);
	return (struct qpp_num){ v, 0 };
}

#define QPP_DERIVE(c, id, op, ...)                                         \
	qpp_derive_named((c), (id), (op), (const struct qpp_num[]){ __VA_ARGS__ }, \
	                 sizeof((const struct qpp_num[]){ __VA_ARGS__ }) / sizeof(struct qpp_num))

/* Add to the fact of `x` when traced: a sentence (list ends with (char *)NULL), the paragraph, a row passed over. */
void qpp_note(struct qpp_calc *c, struct qpp_num x, const char *first, ...) __attribute__((sentinel));
void qpp_note_rule(struct qpp_calc *c, struct qpp_num x, struct qpp_str cite);
void qpp_note_passed(struct qpp_calc *c, struct qpp_num x, const char *row, const char *why);
void qpp_note_label(struct qpp_calc *c, struct qpp_num x, struct qpp_str label);

/* A yes/no fact about the filer; unknown counts as no and is remembered as missing. */
bool qpp_known_yes(struct qpp_calc *c, enum qpp_missing which, enum qpp_tri value);
void qpp_missing(struct qpp_calc *c, enum qpp_missing which);

bool qpp_num_yes(struct qpp_num x);

/* "quality/110/registry": made in the arena only when there is a trace. */
struct qpp_str qpp_subject(struct qpp_calc *c, const char *area, struct qpp_str id, const char *method);

#endif
