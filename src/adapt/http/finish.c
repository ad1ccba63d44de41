/* What every answer carries: headers of safety and caching, CORS, errors for people and for programs. */
#include "adapt/http/envelope.h"
#include "adapt/http/server_int.h"

static void set_default(struct qpp_http_response *s, const char *name, struct qpp_str value)
{
	for (size_t i = 0; i < s->headers.n; i++)
		if (qpp_str_eq_nocase(s->headers.v[i].name, qpp_str_of(name)))
			return;
	qpp_respond_header(s, name, value);
}

/* ---- errors ---- */

static void escape(struct qpp_buf *b, const char *text)
{
	for (const char *p = text; *p; p++) {
		switch (*p) {
		case '&':
			qpp_buf_cat(b, "&amp;", (char *)NULL);
			break;
		case '<':
			qpp_buf_cat(b, "&lt;", (char *)NULL);
			break;
		case '>':
			qpp_buf_cat(b, "&gt;", (char *)NULL);
			break;
		case '"':
			qpp_buf_cat(b, "&quot;", (char *)NULL);
			break;
		default:
			qpp_buf_char(b, *p);
		}
	}
}

static void paragraph(struct qpp_buf *b, const char *text)
{
	if (!text[0])
		return;
	qpp_buf_cat(b, "<p>", (char *)NULL);
	escape(b, text);
	qpp_buf_cat(b, ".</p>\n", (char *)NULL);
}

/* A page without the portal's frame: it must come out when nothing else does. */
static void plain_page(struct qpp_exchange *x, int status)
{
	struct qpp_buf b;
	qpp_buf_init(&b, &x->arena, 16384);
	qpp_buf_cat(&b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>", qpp_http_status_name(status),
	            " - OpenQPP</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	            "<link rel=\"stylesheet\" href=\"",
	            qpp_static_address(&x->request, "plain.css").p, "\">\n</head>\n<body>\n<main>\n<h1>", qpp_http_status_name(status),
	            "</h1>\n", (char *)NULL);
	paragraph(&b, status == 500 ? "The server failed at this request; nothing of it was acknowledged" : x->err.primary);
	if (status != 500) {
		paragraph(&b, x->err.detail);
		paragraph(&b, x->err.hint);
	}
	qpp_buf_cat(&b, "<p><a href=\"/\">To the beginning</a></p>\n</main>\n</body>\n</html>\n", (char *)NULL);
	qpp_respond_html(&x->response, status, qpp_buf_done(&b));
}

static struct qpp_str methods_text(struct qpp_arena *a, unsigned set)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 100);
	for (int m = QPP_GET; m < QPP_HTTP_METHODS; m++)
		if (set & 1u << m)
			qpp_buf_cat(&b, qpp_http_method_name((enum qpp_http_method)m), m == QPP_GET ? ", HEAD, " : ", ", (char *)NULL);
	qpp_buf_cat(&b, "OPTIONS", (char *)NULL);
	return qpp_buf_done(&b);
}

void qpp_answer_error(struct qpp_exchange *x, int status)
{
	struct qpp_http_response *s = &x->response;
	s->status = 0;
	if (status == 405)
		qpp_respond_set(s, "Allow", methods_text(&x->arena, x->route.methods));
	if (status == 401 && !x->request.wants_html)
		qpp_respond_set(s, "WWW-Authenticate", QPP_LIT("Bearer realm=\"OpenQPP\""));
	if (status == 503)
		set_default(s, "Retry-After", QPP_LIT("5"));
	if (!x->request.wants_html)
		qpp_respond_error_status(s, status, &x->err);
	else if (x->server->o.hooks.error_page)
		x->server->o.hooks.error_page(x->server->o.host, &x->request, status, &x->err, s);
	if (!s->status)
		plain_page(x, status);
}

/* ---- every answer ---- */

/* The API's data are for any origin that has a token: no cookie goes along, so nothing is open that was closed. */
static void add_cors(struct qpp_exchange *x)
{
	struct qpp_http_response *s = &x->response;
	set_default(s, "Access-Control-Allow-Origin", QPP_LIT("*"));
	if (!x->options) {
		set_default(s, "Access-Control-Expose-Headers", QPP_LIT("ETag, Idempotency-Replayed, Location, OpenQPP-Receipt, Retry-After, X-Request-Id"));
		return;
	}
	set_default(s, "Access-Control-Allow-Methods", methods_text(&x->arena, x->route.methods));
	set_default(s, "Access-Control-Allow-Headers",
	            QPP_LIT("Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, organization-id, "
	                    "qpp-taxpayer-identification-number"));
	set_default(s, "Access-Control-Max-Age", QPP_LIT("600"));
}

static void answer_options(struct qpp_exchange *x)
{
	qpp_respond(&x->response, 204, "", QPP_LIT(""));
	qpp_respond_set(&x->response, "Allow", x->route.methods ? methods_text(&x->arena, x->route.methods)
	                                                        : QPP_LIT("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
}

static struct qpp_str header_of(const struct qpp_http_response *s, const char *name)
{
	for (size_t i = 0; i < s->headers.n; i++)
		if (qpp_str_eq_nocase(s->headers.v[i].name, qpp_str_of(name)))
			return s->headers.v[i].value;
	return (struct qpp_str){ NULL, 0 };
}

/* What the client has already need not be sent again. */
static void not_modified(struct qpp_exchange *x)
{
	struct qpp_http_response *s = &x->response;
	if (x->request.method != QPP_GET || s->status != 200 || !qpp_none_match_hits(&x->request, header_of(s, "ETag")))
		return;
	s->status = 304;
	s->body = QPP_LIT("");
	s->type = QPP_LIT("");
}

static void add_safety(struct qpp_exchange *x)
{
	struct qpp_http_response *s = &x->response;
	bool html = qpp_str_starts(s->type, "text/html"), api = qpp_str_starts(x->request.path, "/api/");
	set_default(s, "Content-Security-Policy",
	            html ? QPP_LIT("default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
	                           "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	                 : QPP_LIT("default-src 'none'; frame-ancestors 'none'"));
	set_default(s, "X-Content-Type-Options", QPP_LIT("nosniff"));
	set_default(s, "Referrer-Policy", QPP_LIT("same-origin"));
	set_default(s, "Cross-Origin-Resource-Policy", api ? QPP_LIT("cross-origin") : QPP_LIT("same-origin"));
	if (html)
		set_default(s, "Cross-Origin-Opener-Policy", QPP_LIT("same-origin"));
	if (x->server->o.https)
		set_default(s, "Strict-Transport-Security", QPP_LIT("max-age=31536000"));
	set_default(s, "Cache-Control", QPP_LIT("no-store"));
	set_default(s, "X-Request-Id", x->request.id);
	if (x->request.version)
		set_default(s, "Vary", QPP_LIT("Accept"));
	if (api)
		add_cors(x);
}

void qpp_answer_finish(struct qpp_exchange *x)
{
	struct qpp_http_response *s = &x->response;
	if (x->options && !x->refused)
		answer_options(x);
	if (!s->status) {
		(void)qpp_fail(&x->err, QPP_BUG, "a page answered nothing", (char *)NULL);
		qpp_answer_error(x, 500);
	}
	not_modified(x);
	add_safety(x);
}
