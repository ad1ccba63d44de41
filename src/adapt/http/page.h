/*
 * Pages: what this server answers, as tables. A page is one method on one
 * pattern; it names the capability that is needed, how it is audited, what it
 * takes and what it says, and its handler. From the same tables the server
 * routes and asks for permission, the permission matrix is printed, the OpenAPI
 * document is made and the tests walk.
 *
 *   static const struct qpp_page pages[] = {
 *     { .method = QPP_GET, .path = "/api/submissions/measurement-sets/{id}", .can = QPP_CAN_SEE_DATA,
 *       .audit = QPP_AUDIT_READ, .handle = show_set, .flags = QPP_PAGE_API, .versions = { 1, 1, 1 },
 *       .summary = "One measurement set", .params = set_params },
 *   };
 *   const struct qpp_page_table qpp_measurement_set_pages = QPP_PAGE_TABLE("measurement sets", pages);
 *
 * Patterns: segments are literal, `{name}` for one segment, or `{name*}` at the
 * end for all the rest. A literal goes before a name. A trailing slash is the
 * same page. HEAD, OPTIONS, 404 and 405 are the server's business.
 */
#ifndef QPP_PAGE_H
#define QPP_PAGE_H

#include "adapt/http/http.h"

/* How the record of who did what names it; none is 0. */
enum qpp_audit_class {
	QPP_AUDIT_UNSET,
	QPP_AUDIT_NONE,              /* public, nothing about a person */
	QPP_AUDIT_READ,              /* sees data of a person or practice */
	QPP_AUDIT_CHANGE,            /* changes them */
	QPP_AUDIT_FILING,            /* a legal act: goes into the ledger */
	QPP_AUDIT_ACCESS,            /* sign-in and -out, roles, tokens */
	QPP_AUDIT_DECISION,          /* of the agency's side */
	QPP_AUDIT_DOWNLOAD,          /* takes data of a person or practice away as a file */
	QPP_AUDITS
};
const char *qpp_audit_class_name(enum qpp_audit_class a);

enum {
	QPP_PAGE_API = 1,            /* JSON; errors too, whatever Accept says; CORS */
	QPP_PAGE_PLAIN = 2,          /* for machines that watch: no rate limit, not in OpenAPI, answers while draining */
	QPP_PAGE_NO_CSRF = 4,        /* a mutating page that takes no token: bearer only, or before any session */
	QPP_PAGE_WAITS = 8           /* waits for a commit, a mail server or a slow hash: runs beside the event loop */
};

/* A parameter, for the documents and the readers. */
enum qpp_param_in { QPP_IN_PATH = 1, QPP_IN_QUERY, QPP_IN_HEADER };
struct qpp_param_doc {
	enum qpp_param_in in;
	const char *name;
	const char *type;            /* of JSON schema: "string", "integer", "boolean" */
	bool required;
	const char *says;
};

/* Versions of the API by Accept header (versions.h); zeroed: none. */
struct qpp_versions {
	unsigned char least, most, standard;
};

struct qpp_http_request;
struct qpp_http_response;

/* `host` is what the server was given: the use cases' ports. */
typedef enum qpp_code qpp_handler(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err);

struct qpp_page {
	enum qpp_http_method method;
	const char *path;
	enum qpp_capability can;
	enum qpp_audit_class audit;
	qpp_handler *handle;
	unsigned flags;
	size_t body;                 /* most bytes; 0: as the server's limits say */
	struct qpp_versions versions;
	const char *summary;         /* one line for the documents */
	const struct qpp_param_doc *params;      /* ended by a NULL name; may be NULL */
	const char *takes;           /* media types of the body, comma-separated; NULL: none */
	int success;                 /* status when it is fine; 0: 200 */
};

struct qpp_page_table {
	const char *title;
	const struct qpp_page *v;
	size_t n;
	void *host;                  /* what its handlers get; NULL: the host of the server */
};
#define QPP_PAGE_TABLE(title, pages) { (title), (pages), sizeof(pages) / sizeof *(pages), NULL }

/*
 * Some role of the set may ask for the page. A program's token opens the API and what is public: the pages for people are
 * not for it.
 */
bool qpp_page_lets(const struct qpp_page *p, uint32_t roles);

/* ---- the router ---- */

struct qpp_router;

/*
 * Lays out `tables` for look-up. QPP_BUG naming the page when one has no capability, audit class, handler or summary, a
 * broken pattern, or a path and method that another has. Lives in the arena; is not changed afterwards.
 */
enum qpp_code qpp_router_make(struct qpp_arena *a, const struct qpp_page_table *const *tables, size_t n,
                              const struct qpp_router **out, struct qpp_err *err);

enum qpp_routing { QPP_FOUND, QPP_NO_PATH, QPP_WRONG_METHOD };
struct qpp_route {
	enum qpp_routing is;
	const struct qpp_page *page;
	void *host;                  /* of its table */
	size_t index;                /* of the page among all: for counters */
	unsigned methods;            /* set of 1 << enum qpp_http_method that the path takes */
	struct qpp_http_pairs params;
};

/*
 * `path` is raw (percent-encoded), without query; a segment is decoded after it was cut, so that %2F stays within it.
 * False when it cannot be decoded.
 */
bool qpp_route(const struct qpp_router *x, struct qpp_arena *a, enum qpp_http_method m, struct qpp_str path, struct qpp_route *out);

/* All pages, in the order of the tables, for what is made of them. */
size_t qpp_router_pages(const struct qpp_router *x);
const struct qpp_page *qpp_router_page(const struct qpp_router *x, size_t index);

/* The permission matrix, roles by pages, as Markdown. */
struct qpp_str qpp_permission_matrix(struct qpp_arena *a, const struct qpp_router *x);

/* The OpenAPI 3.1 document of the pages with QPP_PAGE_API, as JSON. */
struct qpp_str qpp_openapi(struct qpp_arena *a, const struct qpp_router *x, struct qpp_str title, struct qpp_str version);

#endif
