/*
 * The operations that make derived numbers: the only place where one is
 * computed. In line, so that a formula that names its operation pays for no
 * other; qpp_op_eval() is the same code for an operation read from a trace.
 */
#ifndef QPP_OPS_H
#define QPP_OPS_H

#include "qpp/trace.h"

static inline __attribute__((always_inline)) qpp_dec qpp_op_truth(bool yes)
{
	return qpp_dec_of(yes);
}

static inline __attribute__((always_inline)) qpp_dec qpp_op_fold(enum qpp_op op, const qpp_dec *in, size_t n)
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
static inline __attribute__((always_inline)) qpp_dec qpp_op_between(const qpp_dec *in, size_t n, int direction)
{
	for (size_t i = 0; i < n; i++)
		if (!qpp_dec_ok(in[i]))
			return qpp_dec_undefined();
	bool holds = n >= 3 && qpp_dec_cmp(in[1], in[2]) * direction >= 0 &&
	             (n < 4 || qpp_dec_cmp(in[1], in[3]) * direction < 0);
	return holds ? in[0] : qpp_dec_undefined();
}

static inline __attribute__((always_inline)) qpp_dec qpp_op_any(const qpp_dec *in, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (qpp_dec_sign(in[i]))
			return qpp_op_truth(true);
	return qpp_op_truth(false);
}

/* Operations of a fixed number of inputs. */
static inline __attribute__((always_inline)) qpp_dec qpp_op_apply(enum qpp_op op, const qpp_dec *in)
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
		return qpp_dec_ok(in[0]) && qpp_dec_ok(in[1]) ? qpp_op_truth(qpp_dec_cmp(in[0], in[1]) >= 0) : qpp_dec_undefined();
	case QPP_OP_NEGATE:
		return qpp_dec_neg(in[0]);
	default:
		return qpp_dec_undefined();
	}
}

static inline __attribute__((always_inline)) size_t qpp_op_inputs(enum qpp_op op)
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

static inline __attribute__((always_inline)) qpp_dec qpp_op_value(enum qpp_op op, const qpp_dec *in, size_t n)
{
	switch (op) {
	case QPP_OP_SUM:
	case QPP_OP_PRODUCT:
	case QPP_OP_LEAST:
	case QPP_OP_GREATEST:
		return qpp_op_fold(op, in, n);
	case QPP_OP_COUNT:
		return qpp_dec_of((int64_t)n);
	case QPP_OP_BETWEEN:
		return qpp_op_between(in, n, 1);
	case QPP_OP_BETWEEN_DOWN:
		return qpp_op_between(in, n, -1);
	case QPP_OP_ANY:
		return qpp_op_any(in, n);
	default:
		return n == qpp_op_inputs(op) ? qpp_op_apply(op, in) : qpp_dec_undefined();
	}
}

#endif
