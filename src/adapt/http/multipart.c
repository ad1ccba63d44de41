/*
 * multipart/form-data (RFC 7578) over a body that is already there and already
 * bounded: parts are borrowed from it, nothing is copied but names. The
 * library's own post processor is not used: it works on streams, keeps state of
 * its own and would have to be bounded from outside.
 *
 * Strict: lines end in CRLF, the boundary has 1 to 70 characters, every part
 * has a name, the closing boundary must be there (an upload that was cut off is
 * no upload).
 */
#include <string.h>

#include "adapt/http/http_int.h"

enum { LONGEST_BOUNDARY = 70, MOST_PART_HEAD = 4096 };

/* Behind the next `part` in *s, or false. */
static bool skip_past(struct qpp_str *s, struct qpp_str part)
{
	const char *at = s->n ? memmem(s->p, s->n, part.p, part.n) : NULL;
	if (!at)
		return false;
	s->n -= (size_t)(at - s->p) + part.n;
	s->p = at + part.n;
	return true;
}

/* One parameter off the front of `*rest`: ` name="value with \" inside"`; quotes are undone into the arena. */
static bool next_parameter(struct qpp_arena *a, struct qpp_str *rest, struct qpp_str *name, struct qpp_str *value)
{
	while (rest->n && (*rest->p == ';' || *rest->p == ' ' || *rest->p == '\t'))
		rest->p++, rest->n--;
	size_t n = 0;
	while (n < rest->n && rest->p[n] != '=' && rest->p[n] != ';')
		n++;
	*name = qpp_str_trim((struct qpp_str){ rest->p, n });
	if (!n || n == rest->n || rest->p[n] != '=')
		return false;
	rest->p += n + 1;
	rest->n -= n + 1;
	if (!rest->n || *rest->p != '"') {
		for (n = 0; n < rest->n && rest->p[n] != ';'; n++)
			;
		*value = qpp_str_trim((struct qpp_str){ rest->p, n });
		rest->p += n;
		rest->n -= n;
		return true;
	}
	char *to = qpp_arena_alloc(a, rest->n + 1);
	size_t i = 1, out = 0;
	for (; i < rest->n && rest->p[i] != '"'; i++) {
		if (rest->p[i] == '\\' && i + 1 < rest->n && (rest->p[i + 1] == '"' || rest->p[i + 1] == '\\'))
			i++;
		to[out++] = rest->p[i];
	}
	if (i == rest->n)
		return false;
	*value = (struct qpp_str){ to, out };
	rest->p += i + 1;
	rest->n -= i + 1;
	return true;
}

struct qpp_str qpp_header_parameter(struct qpp_arena *a, struct qpp_str value, const char *name)
{
	struct qpp_str rest = value, first, got_name, got;
	if (!qpp_str_cut(&rest, ';', &first) || !rest.p)
		return (struct qpp_str){ NULL, 0 };
	while (rest.n && next_parameter(a, &rest, &got_name, &got))
		if (qpp_str_eq_nocase(got_name, qpp_str_of(name)))
			return got;
	return (struct qpp_str){ NULL, 0 };
}

static enum qpp_code broken(struct qpp_err *err, const char *what)
{
	(void)qpp_fail(err, QPP_USAGE, "the form cannot be read: ", what, (char *)NULL);
	qpp_err_hint(err, "send multipart/form-data as browsers and curl -F do", (char *)NULL);
	return QPP_USAGE;
}

static bool read_header(struct qpp_arena *a, struct qpp_str line, struct qpp_part *part)
{
	struct qpp_str value = line, name;
	if (!memchr(line.p, ':', line.n))
		return false;
	(void)qpp_str_cut(&value, ':', &name);
	value = qpp_str_trim(value);
	if (qpp_str_eq_nocase(name, QPP_LIT("content-type")))
		part->type = value;
	if (!qpp_str_eq_nocase(name, QPP_LIT("content-disposition")))
		return true;
	if (value.n < 9 || !qpp_str_eq_nocase((struct qpp_str){ value.p, 9 }, QPP_LIT("form-data")))
		return false;
	part->name = qpp_header_parameter(a, value, "name");
	part->filename = qpp_header_parameter(a, value, "filename");
	return part->name.n && qpp_utf8_valid(part->name) && qpp_utf8_valid(part->filename);
}

static bool read_part(struct qpp_arena *a, struct qpp_str whole, struct qpp_part *part)
{
	struct qpp_str rest = whole, line;
	size_t head = 0;
	*part = (struct qpp_part){ 0 };
	for (;;) {
		const char *end = rest.n ? memmem(rest.p, rest.n, "\r\n", 2) : NULL;
		if (!end || (head += (size_t)(end - rest.p) + 2) > MOST_PART_HEAD)
			return false;
		line = (struct qpp_str){ rest.p, (size_t)(end - rest.p) };
		rest.n -= line.n + 2;
		rest.p += line.n + 2;
		if (!line.n)
			break;
		if (!read_header(a, line, part))
			return false;
	}
	part->body = rest;
	/* A field is text; a file is whatever it is. */
	return part->name.n && (part->filename.p || qpp_utf8_valid(rest));
}

enum qpp_code qpp_decode_multipart(struct qpp_arena *a, struct qpp_str type, struct qpp_str body, size_t most,
                                   struct qpp_form *out, struct qpp_err *err)
{
	struct qpp_str boundary = qpp_header_parameter(a, type, "boundary"), rest = body;
	QPP_VEC(struct qpp_part) list = { 0 };
	*out = (struct qpp_form){ 0 };
	if (!boundary.n || boundary.n > LONGEST_BOUNDARY || !qpp_utf8_valid(boundary))
		return broken(err, "its Content-Type has no usable boundary");
	struct qpp_buf b;
	qpp_buf_init(&b, a, LONGEST_BOUNDARY + 8);
	qpp_buf_cat(&b, "\r\n--", (char *)NULL);
	qpp_buf_str(&b, boundary);
	struct qpp_str between = qpp_buf_done(&b), first = { between.p + 2, between.n - 2 };
	if (rest.n < first.n || memcmp(rest.p, first.p, first.n) != 0)
		return broken(err, "it does not begin with its boundary");
	rest.p += first.n;
	rest.n -= first.n;
	while (rest.n < 2 || memcmp(rest.p, "--", 2) != 0) {
		struct qpp_part part;
		if (rest.n < 2 || memcmp(rest.p, "\r\n", 2) != 0)
			return broken(err, "a boundary is not at the end of its line");
		struct qpp_str whole = { rest.p + 2, rest.n - 2 };
		/* The line break before a boundary belongs to it; a part without headers begins with one. */
		rest = whole;
		if (!skip_past(&rest, between))
			return broken(err, "it ends before its closing boundary");
		whole.n -= rest.n + between.n;
		if (list.n == most)
			return qpp_fail(err, QPP_LIMIT, "the form has more than ", qpp_i64_text(a, (int64_t)most).p, " parts",
			                (char *)NULL);
		if (!read_part(a, whole, &part))
			return broken(err, "a part has no name, a broken head, or text that is not UTF-8");
		*QPP_PUSH(a, &list) = part;
	}
	*out = (struct qpp_form){ list.v, list.n };
	return QPP_OK;
}
