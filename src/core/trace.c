/*
 * Facts: their kinds, their units, and running an operation again over a
 * fact's recorded inputs (ops.h has the operations themselves).
 */
#include "qpp/trace.h"

#include "ops.h"
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

qpp_dec qpp_op_eval(enum qpp_op op, const qpp_dec *in, size_t n)
{
	return qpp_op_value(op, in, n);
}

void qpp_trace_init(struct qpp_trace *t, struct qpp_arena *a)
{
	/* Room for the facts of most practices at once, so that recording seldom moves them. */
	enum { USUAL_FACTS = 480 };
	*t = (struct qpp_trace){ .arena = a };
	t->facts.v = QPP_RAW_ARRAY(a, USUAL_FACTS, struct qpp_fact);
	t->facts.cap = USUAL_FACTS;
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
