/* Money in cents. */
#include "qpp/money.h"

bool qpp_cents_parse(struct qpp_str s, qpp_cents *out)
{
	qpp_dec v;
	out->v = 0;
	return qpp_dec_parse(s, &v) && qpp_dec_i64(qpp_dec_mul(v, qpp_dec_of(100)), &out->v);
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
