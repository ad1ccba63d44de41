/* JSON text by hand; see member.h. */
#include "adapt/json/member.h"

enum { MOST_PLACES = 18 };

void qpp_json_quote(struct qpp_buf *b, struct qpp_str s)
{
	static const char hex[] = "0123456789abcdef";
	qpp_buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			qpp_buf_char(b, '\\');
		if (c >= ' ') {
			qpp_buf_char(b, (char)c);
			continue;
		}
		qpp_buf_cat(b, "\\u00", (char *)NULL);
		qpp_buf_char(b, hex[c >> 4]);
		qpp_buf_char(b, hex[c & 15]);
	}
	qpp_buf_char(b, '"');
}

void qpp_json_number(struct qpp_buf *b, qpp_dec v)
{
	qpp_dec rest = qpp_dec_sign(v) < 0 ? qpp_dec_neg(v) : v;
	qpp_i128 left = rest.n % rest.d;
	if (qpp_dec_sign(v) < 0)
		qpp_buf_char(b, '-');
	qpp_buf_i64(b, (int64_t)(rest.n / rest.d));
	for (int i = 0; left && i < MOST_PLACES; i++) {
		if (!i)
			qpp_buf_char(b, '.');
		left *= 10;
		qpp_buf_char(b, (char)('0' + (int)(left / rest.d)));
		left %= rest.d;
	}
}

void qpp_json_name(struct qpp_json_object *o, const char *member)
{
	qpp_buf_cat(o->b, o->some ? ", \"" : "\"", member, "\": ", (char *)NULL);
	o->some = true;
}

void qpp_json_put_str(struct qpp_json_object *o, const char *member, struct qpp_str s)
{
	if (!s.n)
		return;
	qpp_json_name(o, member);
	qpp_json_quote(o->b, s);
}

void qpp_json_put_i64(struct qpp_json_object *o, const char *member, int64_t v)
{
	qpp_json_name(o, member);
	qpp_buf_i64(o->b, v);
}

void qpp_json_put_count(struct qpp_json_object *o, const char *member, struct qpp_count c)
{
	if (c.given)
		qpp_json_put_i64(o, member, c.v);
}

void qpp_json_put_number(struct qpp_json_object *o, const char *member, const struct qpp_number *x)
{
	if (!x->given)
		return;
	qpp_json_name(o, member);
	qpp_json_number(o->b, x->v);
}

void qpp_json_put_quoted(struct qpp_json_object *o, const char *member, const struct qpp_number *x)
{
	if (!x->given)
		return;
	qpp_json_name(o, member);
	qpp_buf_char(o->b, '"');
	qpp_json_number(o->b, x->v);
	qpp_buf_char(o->b, '"');
}

void qpp_json_put_bool(struct qpp_json_object *o, const char *member, bool yes)
{
	qpp_json_name(o, member);
	qpp_buf_cat(o->b, yes ? "true" : "false", (char *)NULL);
}

void qpp_json_put_tri(struct qpp_json_object *o, const char *member, enum qpp_tri t)
{
	if (t != QPP_UNKNOWN)
		qpp_json_put_bool(o, member, t == QPP_YES);
}

void qpp_json_put_day(struct qpp_json_object *o, const char *member, bool given, qpp_day day)
{
	if (!given)
		return;
	qpp_json_name(o, member);
	qpp_buf_char(o->b, '"');
	qpp_buf_day(o->b, day);
	qpp_buf_char(o->b, '"');
}

void qpp_json_put_strs(struct qpp_json_object *o, const char *member, const struct qpp_str *v, size_t n)
{
	qpp_json_name(o, member);
	qpp_buf_char(o->b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			qpp_buf_cat(o->b, ", ", (char *)NULL);
		qpp_json_quote(o->b, v[i]);
	}
	qpp_buf_char(o->b, ']');
}
