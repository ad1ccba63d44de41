/* JSON text, member by member. */
#include "adapt/json/emit.h"

void qpp_emit_init(struct qpp_emit *e, struct qpp_arena *a, size_t most)
{
	*e = (struct qpp_emit){ 0 };
	qpp_buf_init(&e->b, a, most);
}

/* Text in quotes; control characters as \u00XX. What we hold is UTF-8 already. */
static void quote(struct qpp_buf *b, struct qpp_str s)
{
	static const char hex[] = "0123456789abcdef";
	size_t done = 0;
	qpp_buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		qpp_buf_add(b, s.p + done, i - done);
		done = i + (c < ' ');
		if (c >= ' ') {
			qpp_buf_char(b, '\\');
			continue;
		}
		qpp_buf_add(b, "\\u00", 4);
		qpp_buf_char(b, hex[c >> 4]);
		qpp_buf_char(b, hex[c & 15]);
	}
	qpp_buf_add(b, s.p + done, s.n - done);
	qpp_buf_char(b, '"');
}

static void begin(struct qpp_emit *e, const char *name)
{
	if (e->some)
		qpp_buf_char(&e->b, ',');
	e->some = true;
	if (name) {
		quote(&e->b, qpp_str_of(name));
		qpp_buf_char(&e->b, ':');
	}
}

void qpp_emit_open(struct qpp_emit *e, const char *name, char kind)
{
	begin(e, name);
	qpp_buf_char(&e->b, kind);
	e->some = false;
}

void qpp_emit_close(struct qpp_emit *e, char kind)
{
	qpp_buf_char(&e->b, kind);
	e->some = true;
}

void qpp_emit_text(struct qpp_emit *e, const char *name, struct qpp_str s)
{
	begin(e, name);
	quote(&e->b, s);
}

void qpp_emit_text_or_null(struct qpp_emit *e, const char *name, struct qpp_str s)
{
	if (s.n)
		qpp_emit_text(e, name, s);
	else
		qpp_emit_null(e, name);
}

void qpp_emit_bool(struct qpp_emit *e, const char *name, bool yes)
{
	begin(e, name);
	qpp_buf_str(&e->b, yes ? QPP_LIT("true") : QPP_LIT("false"));
}

void qpp_emit_int(struct qpp_emit *e, const char *name, int64_t v)
{
	begin(e, name);
	qpp_buf_i64(&e->b, v);
}

void qpp_emit_null(struct qpp_emit *e, const char *name)
{
	begin(e, name);
	qpp_buf_str(&e->b, QPP_LIT("null"));
}

void qpp_emit_dec(struct qpp_emit *e, const char *name, qpp_dec v, int places)
{
	if (!qpp_dec_ok(v)) {
		qpp_emit_null(e, name);
		return;
	}
	begin(e, name);
	qpp_buf_dec_short(&e->b, v, 0, places);
}

void qpp_emit_raw(struct qpp_emit *e, const char *name, struct qpp_str json)
{
	begin(e, name);
	qpp_buf_str(&e->b, json);
}

struct qpp_str qpp_emit_done(struct qpp_emit *e)
{
	return e->b.full ? QPP_LIT("") : qpp_buf_done(&e->b);
}
