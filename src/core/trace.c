/*
 * Facts and the operations that make them. qpp_op_eval() is the only place
 * where a recorded number is computed, so a trace can be checked by running it
 * again over each fact's inputs.
 */
#include "qpp/trace.h"

#include "qpp/buf.h"

static const struct qpp_fact_def fact_defs[] = {
#define FACT(NAME, name, unit, cite, says) { name, QPP_UNIT_##unit, cite, says },
#include "qpp/facts.def"
#undef FACT
};

const struct qpp_fact_def *qpp_fact_def(enum qpp_fact_id id)
{
	return &fact_defs[id];
}

const char *qpp_op_name(enum qpp_op op)
{
	static const char *const names[] = {
		"given", "sum", "difference", "product", "quotient", "percent", "percentOf", "least", "greatest",
		"round", "same", "count", "between", "betweenDown", "interpolate", "atLeast", "any", "negate",
	};
	return names[op];
}

static qpp_dec truth(bool yes)
{
	return qpp_dec_of(yes);
}

static qpp_dec fold(enum qpp_op op, const qpp_dec *in, size_t n)
{
	qpp_dec r = n ? in[0] : qpp_dec_of(op == QPP_OP_PRODUCT);
	for (size_t i = 1; i < n; i++)
		r = op == QPP_OP_SUM      ? qpp_dec_add(r, in[i])
		    : op == QPP_OP_PRODUCT ? qpp_dec_mul(r, in[i])
		    : op == QPP_OP_LEAST   ? qpp_dec_min(r, in[i])
		                           : qpp_dec_max(r, in[i]);
	return r;
}

/* in[0] when in[1] has reached in[2] and not yet in[3]; undefined when that is not so. */
static qpp_dec between(const qpp_dec *in, size_t n, int direction)
{
	for (size_t i = 0; i < n; i++)
		if (!qpp_dec_ok(in[i]))
			return qpp_dec_undefined();
	bool holds = n >= 3 && qpp_dec_cmp(in[1], in[2]) * direction >= 0 &&
	             (n < 4 || qpp_dec_cmp(in[1], in[3]) * direction < 0);
	return holds ? in[0] : qpp_dec_undefined();
}

static qpp_dec any(const qpp_dec *in, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (qpp_dec_sign(in[i]))
			return truth(true);
	return truth(false);
}

/* Operations of a fixed number of inputs. */
static qpp_dec apply(enum qpp_op op, const qpp_dec *in)
{
	int64_t places;
	switch (op) {
	case QPP_OP_DIFFERENCE:
		return qpp_dec_sub(in[0], in[1]);
	case QPP_OP_QUOTIENT:
		return qpp_dec_div(in[0], in[1]);
	case QPP_OP_PERCENT:
		return qpp_dec_div(qpp_dec_mul(in[0], qpp_dec_of(100)), in[1]);
	case QPP_OP_PERCENT_OF:
		return qpp_dec_mul(in[0], qpp_dec_div(in[1], qpp_dec_of(100)));
	case QPP_OP_ROUND:
		return qpp_dec_i64(in[1], &places) && places >= 0 && places <= 9 ? qpp_dec_round(in[0], (int)places)
		                                                                 : qpp_dec_undefined();
	case QPP_OP_SAME:
		return in[0];
	case QPP_OP_INTERPOLATE:
		return qpp_dec_add(in[0], qpp_dec_div(qpp_dec_sub(in[1], in[2]), qpp_dec_sub(in[3], in[2])));
	case QPP_OP_AT_LEAST:
		return qpp_dec_ok(in[0]) && qpp_dec_ok(in[1]) ? truth(qpp_dec_cmp(in[0], in[1]) >= 0) : qpp_dec_undefined();
	case QPP_OP_NEGATE:
		return qpp_dec_neg(in[0]);
	default:
		return qpp_dec_undefined();
	}
}

static size_t inputs_needed(enum qpp_op op)
{
	switch (op) {
	case QPP_OP_SAME:
	case QPP_OP_NEGATE:
		return 1;
	case QPP_OP_INTERPOLATE:
		return 4;
	default:
		return 2;
	}
}

qpp_dec qpp_op_eval(enum qpp_op op, const qpp_dec *in, size_t n)
{
	switch (op) {
	case QPP_OP_SUM:
	case QPP_OP_PRODUCT:
	case QPP_OP_LEAST:
	case QPP_OP_GREATEST:
		return fold(op, in, n);
	case QPP_OP_COUNT:
		return qpp_dec_of((int64_t)n);
	case QPP_OP_BETWEEN:
		return between(in, n, 1);
	case QPP_OP_BETWEEN_DOWN:
		return between(in, n, -1);
	case QPP_OP_ANY:
		return any(in, n);
	default:
		return n == inputs_needed(op) ? apply(op, in) : qpp_dec_undefined();
	}
}

void qpp_trace_init(struct qpp_trace *t, struct qpp_arena *a)
{
	*t = (struct qpp_trace){ .arena = a };
	*QPP_PUSH(a, &t->facts) = (struct qpp_fact){ .status = QPP_NOT_APPLICABLE };
}

struct qpp_str qpp_unit_text(struct qpp_arena *a, enum qpp_unit unit, qpp_dec v)
{
	switch (unit) {
	case QPP_UNIT_COUNT:
	case QPP_UNIT_DECILE:
	case QPP_UNIT_WEIGHT:
		return qpp_dec_text_short(a, v, 0, 4);
	case QPP_UNIT_FLAG:
		return qpp_dec_sign(v) ? QPP_LIT("yes") : QPP_LIT("no");
	case QPP_UNIT_POINTS:
	case QPP_UNIT_PERCENT:
		return qpp_dec_text(a, v, 4);
	case QPP_UNIT_RATE:
		return qpp_dec_text_short(a, v, 2, 6);
	case QPP_UNIT_SCORE:
	case QPP_UNIT_FACTOR:
		return qpp_dec_text(a, v, 2);
	case QPP_UNIT_FACTORX:
		return qpp_dec_text_short(a, v, 2, 6);
	default:
		return qpp_dec_text_short(a, v, 0, 6);
	}
}

const char *qpp_unit_name(enum qpp_unit unit)
{
	static const char *const names[] = {
		"number", "count", "flag", "decile", "points", "percent", "rate", "percentWeight", "score",
		"percentOfPay", "percentOfPay",
	};
	return names[unit];
}

const char *qpp_fact_kind_name(enum qpp_fact_kind k)
{
	static const char *const names[] = { "input", "parameter", "derived", "override" };
	return names[k];
}

const char *qpp_fact_status_name(enum qpp_fact_status s)
{
	static const char *const names[] = { "known", "missing", "notApplicable" };
	return names[s];
}
