/*
 * One exchange: a request that was read, and the response that is made for it.
 * No type of the HTTP library is seen here; a test makes a request by hand.
 *
 * A request is complete when a handler sees it: every part is decoded, bounded
 * and checked (struct qpp_http_limits), the body is all there, and
 * `received_us` is the instant at which its last byte arrived, fixed before
 * anything else was done with it. Everything lives in `arena`, until the
 * response has been sent. Text is UTF-8 without NUL, but for headers and body,
 * which are the bytes as they came.
 *
 * A response is filled by one of the qpp_respond_ functions (here for bytes,
 * text and redirects; envelope.h for JSON) and returned to the server with
 * QPP_OK; a handler that returns another code answers with the error given in
 * `err`, in the form that the client reads (JSON or HTML).
 */
#ifndef QPP_HTTP_H
#define QPP_HTTP_H

#include "app/access.h"
#include "qpp/buf.h"
#include "qpp/err.h"

/* HEAD comes as QPP_GET; the server leaves the body away. */
enum qpp_http_method { QPP_NO_METHOD, QPP_GET, QPP_POST, QPP_PUT, QPP_PATCH, QPP_DELETE, QPP_HTTP_METHODS };
const char *qpp_http_method_name(enum qpp_http_method m);

struct qpp_http_pair {
	struct qpp_str name, value;
};

struct qpp_http_pairs {
	const struct qpp_http_pair *v;
	size_t n;
};

/* How much of each is read at most; a request that is larger is refused by name (413, 414, 431). */
struct qpp_http_limits {
	size_t target;               /* bytes of path and query */
	size_t head;                 /* bytes of request line and headers */
	size_t headers;              /* lines */
	size_t query, cookies, form; /* pairs */
	size_t parts;                /* of a multipart body */
	size_t body;                 /* bytes, where the page does not say */
};
extern const struct qpp_http_limits qpp_http_limits;

struct qpp_audit;

/* Who asks, as the `identify` hook of the server found out; zeroed: nobody. */
struct qpp_caller {
	const void *session;         /* of the one who wrote the hook; NULL: no session */
	uint32_t roles;              /* set of 1 << enum qpp_role */
	bool view_only;              /* sees as somebody else: every method but GET is refused */
	bool by_cookie;              /* the browser sends the credential by itself: mutating requests need a CSRF token */
	struct qpp_str subject;      /* opaque id for the access log, never a name or TIN */
	struct qpp_str binding;      /* what a CSRF token is bound to: the session's id */
	struct qpp_audit *record;    /* of the request, to be kept with what it changes; of the one who wrote the hooks */
};

struct qpp_page;
struct qpp_statics;

struct qpp_http_request {
	struct qpp_arena *arena;
	enum qpp_http_method method;
	struct qpp_str path;         /* decoded, without trailing slash; "/" is the root */
	struct qpp_http_pairs params;     /* parts of the path that the page's pattern names */
	struct qpp_http_pairs query;      /* decoded, in order */
	struct qpp_http_pairs headers;    /* names in lower case */
	struct qpp_http_pairs cookies;
	struct qpp_str body;
	int64_t began_us;            /* UTC microseconds since 1970: first byte of the request */
	int64_t received_us;         /* last byte */
	struct qpp_str peer;         /* address of the client, as text; behind a trusted proxy the one it names */
	struct qpp_str id;           /* of this request, as the log and X-Request-Id have it */
	unsigned version;            /* of the API, by the Accept header; 0: the page has none */
	bool wants_html;             /* a browser: errors are pages */
	struct qpp_caller caller;
	const struct qpp_page *page;
	const unsigned char *csrf_key;           /* of the server: csrf.h */
	const struct qpp_statics *statics;
};

/* The first value of that name; p == NULL when there is none. Header names in lower case. */
struct qpp_str qpp_param(const struct qpp_http_request *r, const char *name);
struct qpp_str qpp_query(const struct qpp_http_request *r, const char *name);
struct qpp_str qpp_header(const struct qpp_http_request *r, const char *name);
struct qpp_str qpp_cookie(const struct qpp_http_request *r, const char *name);
struct qpp_str qpp_http_pairs_get(const struct qpp_http_pairs *pairs, const char *name);

/* The address of a file under /static that changes when the file does: "/static/base.css?v=0123456789abcdef". */
struct qpp_str qpp_static_address(const struct qpp_http_request *r, const char *file);

/*
 * A whole number of the query within a range; not given: `*out` stays.
 * QPP_USAGE with the name, the value and the range.
 */
enum qpp_code qpp_query_number(const struct qpp_http_request *r, const char *name, int64_t least, int64_t most, int64_t *out,
                               struct qpp_err *err);

/* A file or field of a form. */
struct qpp_part {
	struct qpp_str name, filename, type, body;     /* filename.p == NULL: a field */
};

struct qpp_form {
	const struct qpp_part *v;
	size_t n;
};

/*
 * The body as a form: application/x-www-form-urlencoded or multipart/form-data.
 * QPP_USAGE for another type or a broken form, QPP_LIMIT for too many parts.
 */
enum qpp_code qpp_request_form(const struct qpp_http_request *r, struct qpp_form *out, struct qpp_err *err);
/* The value of a field; p == NULL when there is none. */
struct qpp_str qpp_form_field(const struct qpp_form *f, const char *name);
const struct qpp_part *qpp_form_file(const struct qpp_form *f, const char *name);

/*
 * The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header): a
 * quoted string or the same without quotes, 1 to 255 visible characters.
 * Absent: QPP_OK and out->p == NULL. QPP_USAGE for any other.
 */
enum qpp_code qpp_idempotency_key(const struct qpp_http_request *r, struct qpp_str *out, struct qpp_err *err);

struct qpp_http_response {
	struct qpp_arena *arena;
	int status;                  /* 0: nothing was answered yet */
	QPP_VEC(struct qpp_http_pair) headers;
	struct qpp_str type;         /* Content-Type */
	struct qpp_str body;         /* in the arena, or bytes that outlive the server */
};

void qpp_response_init(struct qpp_http_response *s, struct qpp_arena *a);

/* Adds a header; `value` must have no control characters (a line break in it is a QPP_BUG and is not sent). */
void qpp_respond_header(struct qpp_http_response *s, const char *name, struct qpp_str value);
/* Sets it, in place of those of that name. */
void qpp_respond_set(struct qpp_http_response *s, const char *name, struct qpp_str value);

void qpp_respond(struct qpp_http_response *s, int status, const char *type, struct qpp_str body);
void qpp_respond_text(struct qpp_http_response *s, int status, struct qpp_str text);
/* A page of ours; `html` was made by the functions of adapt/html. */
void qpp_respond_html(struct qpp_http_response *s, int status, struct qpp_str html);
/* 303 See Other (after a POST) to a path of this server; anything that could lead elsewhere becomes "/". */
void qpp_respond_redirect(struct qpp_http_response *s, struct qpp_str path);
/* 302 to an address of another server that the program chose itself (sign-in providers). */
void qpp_respond_redirect_away(struct qpp_http_response *s, struct qpp_str url);
/* A file to keep: Content-Disposition attachment; the name is made harmless. */
void qpp_respond_download(struct qpp_http_response *s, const char *type, struct qpp_str filename, struct qpp_str body);

/*
 * Cookies are always `__Host-NAME`, Secure, HttpOnly, Path=/, SameSite=Lax. `seconds` is how long the browser keeps it;
 * 0: until it is closed; below 0: it is removed. Read them by the name without prefix.
 */
void qpp_respond_cookie(struct qpp_http_response *s, const char *name, struct qpp_str value, int64_t seconds);

/* ---- conditional requests ---- */

/* A strong entity tag of a version counter: "v17". */
struct qpp_str qpp_etag_version(struct qpp_arena *a, int64_t version);
/* Sets ETag; a GET that already has it is answered 304 by the server. */
void qpp_respond_etag(struct qpp_http_response *s, struct qpp_str etag);
/* If-None-Match names `etag` (weak comparison), or is "*". */
bool qpp_none_match_hits(const struct qpp_http_request *r, struct qpp_str etag);
/*
 * If-Match: QPP_OK when it is absent or names `etag` (strong comparison; "*" when there is one);
 * otherwise QPP_STALE (412), saying what is there. `etag.p` NULL: the thing does not exist.
 */
enum qpp_code qpp_if_match(const struct qpp_http_request *r, struct qpp_str etag, struct qpp_err *err);

#endif
