/*
 * The trace: a score is a graph of facts. Every derived number is made by one
 * constructor, qpp_derive(), which evaluates an operation over its inputs and,
 * when a trace is given, records the fact. Without a trace nothing is recorded
 * and nothing is allocated, and the numbers are the same.
 *
 * A fact can be recomputed from its recorded operation and inputs alone:
 * qpp_op_eval() is what made it.
 */
#ifndef QPP_TRACE_H
#define QPP_TRACE_H

#include "qpp/dec.h"
#include "qpp/err.h"

enum qpp_unit {
	QPP_UNIT_NUMBER,    /* as many decimals as it needs */
	QPP_UNIT_COUNT,
	QPP_UNIT_FLAG,      /* 0 no, 1 yes */
	QPP_UNIT_DECILE,
	QPP_UNIT_POINTS,    /* 4 decimals */
	QPP_UNIT_PERCENT,   /* 4 decimals */
	QPP_UNIT_RATE,      /* at least 2 decimals, more when given */
	QPP_UNIT_WEIGHT,    /* whole percents */
	QPP_UNIT_SCORE,     /* 2 decimals */
	QPP_UNIT_FACTORX,   /* percent of pay, unrounded: 6 decimals */
	QPP_UNIT_FACTOR,    /* percent of pay, 2 decimals */
	QPP_UNITS
};

enum qpp_fact_id {
#define FACT(NAME, name, unit, cite, says) QPP_F_##NAME,
#include "qpp/facts.def"
#undef FACT
	QPP_FACTS_COUNT
};

struct qpp_fact_def {
	const char *name;
	enum qpp_unit unit;
	const char *cite, *says;
};

const struct qpp_fact_def *qpp_fact_def(enum qpp_fact_id id);

/* Operations over the inputs a, b, c, ... */
enum qpp_op {
	QPP_OP_GIVEN,        /* not derived: input, parameter or override */
	QPP_OP_SUM,
	QPP_OP_DIFFERENCE,   /* a - b */
	QPP_OP_PRODUCT,
	QPP_OP_QUOTIENT,     /* a / b */
	QPP_OP_PERCENT,      /* 100 a / b */
	QPP_OP_PERCENT_OF,   /* a times b percent */
	QPP_OP_LEAST,
	QPP_OP_GREATEST,
	QPP_OP_ROUND,        /* a to b decimals, half away from zero */
	QPP_OP_SAME,         /* a, chosen among the rows that were passed over */
	QPP_OP_COUNT,        /* how many inputs */
	QPP_OP_BETWEEN,      /* a when b reaches c and not d (d absent: when b reaches c), higher is better */
	QPP_OP_BETWEEN_DOWN, /* the same, lower is better */
	QPP_OP_INTERPOLATE,  /* a + (b - c) / (d - c) */
	QPP_OP_AT_LEAST,     /* a >= b */
	QPP_OP_ANY,          /* whether one input is not 0 */
	QPP_OP_NEGATE,       /* -a */
	QPP_OPS
};

const char *qpp_op_name(enum qpp_op op);

qpp_dec qpp_op_eval(enum qpp_op op, const qpp_dec *in, size_t n);

enum qpp_fact_kind { QPP_KIND_INPUT, QPP_KIND_PARAMETER, QPP_KIND_DERIVED, QPP_KIND_OVERRIDE };
enum qpp_fact_status { QPP_KNOWN_FACT, QPP_MISSING_FACT, QPP_NOT_APPLICABLE };

/* A row of a rule that was tried before the one that decided, and why it did not apply. */
struct qpp_passed {
	struct qpp_str row, why;
};

struct qpp_fact {
	enum qpp_fact_id id;
	struct qpp_str subject;      /* "quality/110/registry" */
	qpp_dec value;
	struct qpp_str label;        /* of a parameter: its name; of a choice: what was chosen */
	const void *row;             /* of a parameter: its struct qpp_param_row or qpp_table_row */
	enum qpp_fact_status status;
	enum qpp_fact_kind kind;
	enum qpp_op op;
	struct qpp_str rule;         /* paragraph */
	struct qpp_str note;         /* one sentence, empty when the operation says it all */
	const uint32_t *inputs;      /* fact numbers */
	size_t n_inputs;
	QPP_VEC(struct qpp_passed) passed;
	struct qpp_where origin;
};

struct qpp_trace {
	struct qpp_arena *arena;
	QPP_VEC(struct qpp_fact) facts;          /* [0] is no fact */
	uint32_t *parameter_facts;               /* by parameter, so that each is recorded once */
};

void qpp_trace_init(struct qpp_trace *t, struct qpp_arena *a);

/* A value as its unit is printed. */
struct qpp_str qpp_unit_text(struct qpp_arena *a, enum qpp_unit unit, qpp_dec v);
const char *qpp_unit_name(enum qpp_unit unit);

const char *qpp_fact_kind_name(enum qpp_fact_kind k);
const char *qpp_fact_status_name(enum qpp_fact_status s);

#endif
