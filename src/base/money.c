/* Money in cents: read digit by digit, so that every amount that can be held can be written and read back. */
#include "qpp/money.h"

bool qpp_cents_parse(struct qpp_str s, qpp_cents *out)
{
	struct qpp_str rest = s, whole;
	uint64_t dollars, cents = 0;
	out->v = 0;
	bool negative = qpp_str_starts(s, "-");
	if (negative)
		rest.p++, rest.n--;
	if (!qpp_str_cut(&rest, '.', &whole) || !qpp_str_u64(whole, INT64_MAX / 100, &dollars))
		return false;
	if (rest.p) {
		if (rest.n > 2 || !qpp_str_u64(rest, 99, &cents))
			return false;
		if (rest.n == 1)
			cents *= 10;
	}
	uint64_t v = dollars * 100 + cents;
	if (v > (uint64_t)INT64_MAX + negative)
		return false;
	out->v = (int64_t)(negative ? -v : v);
	return true;
}

bool qpp_cents_add(qpp_cents a, qpp_cents b, qpp_cents *out)
{
	return !__builtin_add_overflow(a.v, b.v, &out->v);
}

bool qpp_cents_pct(qpp_cents a, qpp_dec pct, qpp_cents *out)
{
	qpp_dec share = qpp_dec_mul(qpp_dec_of(a.v), qpp_dec_div(pct, qpp_dec_of(100)));
	out->v = 0;
	return qpp_dec_i64(qpp_dec_round(share, 0), &out->v);
}

void qpp_buf_cents(struct qpp_buf *b, qpp_cents v)
{
	qpp_buf_dec(b, qpp_dec_scaled(v.v, 2), 2);
}
