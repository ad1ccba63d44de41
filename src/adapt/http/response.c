/* Making a response: bytes, text, redirects, downloads, cookies. */
#include <string.h>

#include "adapt/http/http_int.h"

const char *qpp_http_status_name(int status)
{
	static const struct {
		int status;
		const char *name;
	} names[] = {
		{ 200, "OK" },           { 201, "Created" },            { 204, "No Content" },         { 302, "Found" },
		{ 303, "See Other" },    { 304, "Not Modified" },       { 400, "Bad Request" },        { 401, "Unauthorized" },
		{ 403, "Forbidden" },    { 404, "Not Found" },          { 405, "Method Not Allowed" }, { 406, "Not Acceptable" },
		{ 408, "Request Timeout" }, { 409, "Conflict" },        { 412, "Precondition Failed" }, { 413, "Content Too Large" },
		{ 414, "URI Too Long" }, { 415, "Unsupported Media Type" }, { 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" },
		{ 501, "Not Implemented" }, { 503, "Service Unavailable" }, { 505, "HTTP Version Not Supported" },
		{ 507, "Insufficient Storage" },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].status == status)
			return names[i].name;
	return "Error";
}

void qpp_response_init(struct qpp_http_response *s, struct qpp_arena *a)
{
	*s = (struct qpp_http_response){ .arena = a };
}

/* A header value with a line break would let data write headers of its own. */
static bool harmless(struct qpp_str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == 0x7F)
			return false;
	return true;
}

void qpp_respond_header(struct qpp_http_response *s, const char *name, struct qpp_str value)
{
	if (!harmless(value)) {
		s->status = 500;
		s->type = QPP_LIT("text/plain; charset=utf-8");
		s->body = QPP_LIT("A header of this answer has control characters; it was not sent.\n");
		return;
	}
	*QPP_PUSH(s->arena, &s->headers) = (struct qpp_http_pair){ qpp_str_of(name), qpp_str_dup(s->arena, value) };
}

void qpp_respond_set(struct qpp_http_response *s, const char *name, struct qpp_str value)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->headers.n; i++)
		if (!qpp_str_eq_nocase(s->headers.v[i].name, qpp_str_of(name)))
			s->headers.v[kept++] = s->headers.v[i];
	s->headers.n = kept;
	qpp_respond_header(s, name, value);
}

void qpp_respond(struct qpp_http_response *s, int status, const char *type, struct qpp_str body)
{
	s->status = status;
	s->type = qpp_str_of(type);
	s->body = body;
}

void qpp_respond_text(struct qpp_http_response *s, int status, struct qpp_str text)
{
	qpp_respond(s, status, "text/plain; charset=utf-8", text);
}

void qpp_respond_html(struct qpp_http_response *s, int status, struct qpp_str html)
{
	qpp_respond(s, status, "text/html; charset=utf-8", html);
}

/* "//host" and "/\host" lead to another host in a browser. */
static bool own_path(struct qpp_str path)
{
	if (!path.n || path.p[0] != '/' || !harmless(path) || memchr(path.p, '\\', path.n))
		return false;
	return path.n < 2 || path.p[1] != '/';
}

void qpp_respond_redirect(struct qpp_http_response *s, struct qpp_str path)
{
	qpp_respond_text(s, 303, QPP_LIT(""));
	qpp_respond_set(s, "Location", own_path(path) ? path : QPP_LIT("/"));
}

void qpp_respond_redirect_away(struct qpp_http_response *s, struct qpp_str url)
{
	qpp_respond_text(s, 302, QPP_LIT(""));
	qpp_respond_set(s, "Location", url);
}

void qpp_respond_download(struct qpp_http_response *s, const char *type, struct qpp_str filename, struct qpp_str body)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
	struct qpp_buf b;
	qpp_buf_init(&b, s->arena, 256);
	qpp_buf_cat(&b, "attachment; filename=\"", (char *)NULL);
	for (size_t i = 0; i < filename.n && i < 128; i++)
		qpp_buf_char(&b, memchr(plain, filename.p[i], sizeof plain - 1) ? filename.p[i] : '_');
	qpp_buf_char(&b, '"');
	qpp_respond(s, 200, type, body);
	qpp_respond_set(s, "Content-Disposition", qpp_buf_done(&b));
}

void qpp_respond_cookie(struct qpp_http_response *s, const char *name, struct qpp_str value, int64_t seconds)
{
	struct qpp_buf b;
	qpp_buf_init(&b, s->arena, 8192);
	qpp_buf_cat(&b, "__Host-", name, "=", (char *)NULL);
	qpp_buf_str(&b, seconds < 0 ? QPP_LIT("") : value);
	qpp_buf_cat(&b, "; Path=/; Secure; HttpOnly; SameSite=Lax", (char *)NULL);
	if (seconds) {
		qpp_buf_cat(&b, "; Max-Age=", (char *)NULL);
		qpp_buf_i64(&b, seconds < 0 ? 0 : seconds);
	}
	qpp_respond_header(s, "Set-Cookie", qpp_buf_done(&b));
}

/* ---- conditional requests ---- */

struct qpp_str qpp_etag_version(struct qpp_arena *a, int64_t version)
{
	return qpp_str_cat(a, "\"v", qpp_i64_text(a, version).p, "\"", (char *)NULL);
}

void qpp_respond_etag(struct qpp_http_response *s, struct qpp_str etag)
{
	qpp_respond_set(s, "ETag", etag);
}

/* The list of a conditional header has `etag`; a weak one (W/"x") counts only where `weak`. */
static bool lists(struct qpp_str list, struct qpp_str etag, bool weak)
{
	struct qpp_str rest = list, one;
	while (list.n && qpp_str_cut(&rest, ',', &one)) {
		one = qpp_str_trim(one);
		if (weak && qpp_str_starts(one, "W/"))
			one = (struct qpp_str){ one.p + 2, one.n - 2 };
		if (qpp_str_eq(one, etag))
			return true;
	}
	return false;
}

bool qpp_none_match_hits(const struct qpp_http_request *r, struct qpp_str etag)
{
	struct qpp_str list = qpp_header(r, "if-none-match");
	return list.p && etag.p && (qpp_str_is(qpp_str_trim(list), "*") || lists(list, etag, true));
}

enum qpp_code qpp_if_match(const struct qpp_http_request *r, struct qpp_str etag, struct qpp_err *err)
{
	struct qpp_str list = qpp_header(r, "if-match");
	if (!list.p || (etag.p && (qpp_str_is(qpp_str_trim(list), "*") || lists(list, etag, false))))
		return QPP_OK;
	(void)qpp_fail(err, QPP_STALE, "it was changed since you read it", (char *)NULL);
	if (etag.p)
		qpp_err_detail(err, "it is now ", qpp_str_dup(r->arena, etag).p, (char *)NULL);
	qpp_err_hint(err, "read it again, then send the change with the new ETag", (char *)NULL);
	return QPP_STALE;
}
