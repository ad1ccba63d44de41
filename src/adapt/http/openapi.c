/* The description of the API in OpenAPI 3.1, from the page tables. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/http/http_int.h"

static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

static void put_word(json_t *to, const char *name, const char *word)
{
	put(to, name, json_string(word));
}

static json_t *reference(const char *to)
{
	json_t *o = json_object();
	put_word(o, "$ref", to);
	return o;
}

static json_t *typed(const char *type)
{
	json_t *o = json_object();
	put_word(o, "type", type);
	return o;
}

/* OpenAPI has no segment that takes all the rest: {file*} is shown as {file}. */
static struct qpp_str shown_path(struct qpp_arena *a, const char *path)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 4096);
	for (const char *p = path; *p; p++)
		if (*p != '*')
			qpp_buf_char(&b, *p);
	return qpp_buf_done(&b);
}

static json_t *parameter(const char *in, const char *name, const char *type, bool required, const char *says)
{
	json_t *o = json_object();
	put_word(o, "name", name);
	put_word(o, "in", in);
	put(o, "required", json_boolean(required));
	put_word(o, "description", says);
	put(o, "schema", typed(type));
	return o;
}

static bool documented(const struct qpp_page *p, struct qpp_str name)
{
	for (const struct qpp_param_doc *d = p->params; d && d->name; d++)
		if (d->in == QPP_IN_PATH && qpp_str_is(name, d->name))
			return true;
	return false;
}

/* Those that the page describes, and those of its path that it does not. */
static json_t *parameters(struct qpp_arena *a, const struct qpp_page *p)
{
	static const char *const places[] = { "", "path", "query", "header" };
	json_t *list = json_array();
	struct qpp_str rest = shown_path(a, p->path), part;
	while (qpp_str_cut(&rest, '/', &part)) {
		struct qpp_str name = { part.p + 1, part.n - 2 };
		if (part.n < 3 || part.p[0] != '{' || documented(p, name))
			continue;
		(void)json_array_append_new(list, parameter("path", qpp_str_dup(a, name).p, "string", true, "identifier"));
	}
	for (const struct qpp_param_doc *d = p->params; d && d->name; d++)
		(void)json_array_append_new(list, parameter(places[d->in], d->name, d->type, d->required || d->in == QPP_IN_PATH, d->says));
	return list;
}

static json_t *content(struct qpp_arena *a, const char *types)
{
	json_t *o = json_object();
	struct qpp_str rest = qpp_str_of(types), type;
	while (qpp_str_cut(&rest, ',', &type)) {
		json_t *media = json_object();
		put(media, "schema", json_object());
		put(o, qpp_str_dup(a, qpp_str_trim(type)).p, media);
	}
	return o;
}

static json_t *responses(struct qpp_arena *a, const struct qpp_page *p)
{
	json_t *o = json_object(), *good = json_object();
	int status = p->success ? p->success : 200;
	put_word(good, "description", qpp_http_status_name(status));
	if (status != 204)
		put(good, "content", content(a, "application/json"));
	put(o, qpp_i64_text(a, status).p, good);
	put(o, "default", reference("#/components/responses/Error"));
	return o;
}

static json_t *operation(struct qpp_arena *a, const struct qpp_page *p)
{
	json_t *o = json_object();
	put_word(o, "summary", p->summary);
	json_t *list = parameters(a, p);
	if (json_array_size(list))
		put(o, "parameters", list);
	else
		json_decref(list);
	if (p->takes) {
		json_t *body = json_object();
		put(body, "required", json_true());
		put(body, "content", content(a, p->takes));
		put(o, "requestBody", body);
	}
	put(o, "responses", responses(a, p));
	json_t *security = json_array();
	if (!qpp_access(QPP_BY(ANONYMOUS), p->can)) {
		json_t *bearer = json_object();
		put(bearer, "bearer", json_array());
		(void)json_array_append_new(security, bearer);
	}
	put(o, "security", security);
	put_word(o, "x-capability", qpp_capability_name(p->can));
	if (p->versions.standard) {
		json_t *versions = json_array();
		for (unsigned v = p->versions.least; v <= p->versions.most; v++)
			(void)json_array_append_new(versions, json_integer((json_int_t)v));
		put(o, "x-versions", versions);
	}
	return o;
}

static json_t *properties(const char *const *names, const char *const *types)
{
	json_t *o = json_object();
	for (; *names; names++, types++)
		put(o, *names, typed(*types));
	return o;
}

/* The error envelope, which all pages share. */
static json_t *components(struct qpp_arena *a)
{
	static const char *const detail_names[] = { "message", "path", "location", "type", "value", "expected", "hint", "cite", NULL };
	static const char *const detail_types[] = { "string", "string", "object", "string", "string", "string", "string", "string" };
	static const char *const error_names[] = { "type", "message", NULL }, *const error_types[] = { "string", "string" };
	json_t *detail = typed("object"), *details = typed("array"), *error = typed("object"), *envelope = typed("object");
	put(detail, "properties", properties(detail_names, detail_types));
	put(details, "items", detail);
	json_t *members = properties(error_names, error_types);
	put(members, "details", details);
	put(error, "properties", members);
	json_t *outer = json_object();
	put(outer, "error", error);
	put(envelope, "properties", outer);
	json_t *schemas = json_object(), *answers = json_object(), *answer = json_object(), *security = json_object();
	put(schemas, "Error", envelope);
	json_t *media = content(a, "application/json");
	put(json_object_get(media, "application/json"), "schema", reference("#/components/schemas/Error"));
	put_word(answer, "description", "What is wrong, with the place of each fault");
	put(answer, "content", media);
	put(answers, "Error", answer);
	json_t *bearer = json_object();
	put_word(bearer, "type", "http");
	put_word(bearer, "scheme", "bearer");
	put(security, "bearer", bearer);
	json_t *o = json_object();
	put(o, "schemas", schemas);
	put(o, "responses", answers);
	put(o, "securitySchemes", security);
	return o;
}

static int add_bytes(const char *p, size_t n, void *to)
{
	qpp_buf_add(to, p, n);
	return 0;
}

struct qpp_str qpp_openapi(struct qpp_arena *a, const struct qpp_router *x, struct qpp_str title, struct qpp_str version)
{
	enum { MOST = 8 << 20 };
	json_t *document = json_object(), *info = json_object(), *paths = json_object();
	put_word(document, "openapi", "3.1.0");
	put(info, "title", json_stringn(title.p, title.n));
	put(info, "version", json_stringn(version.p, version.n));
	put(document, "info", info);
	for (size_t i = 0; i < qpp_router_pages(x); i++) {
		const struct qpp_page *p = qpp_router_page(x, i);
		if (!(p->flags & QPP_PAGE_API))
			continue;
		const char *path = shown_path(a, p->path).p;
		json_t *of_path = json_object_get(paths, path);
		if (!of_path) {
			of_path = json_object();
			put(paths, path, of_path);
		}
		put(of_path, qpp_str_lower(a, qpp_str_of(qpp_http_method_name(p->method))).p, operation(a, p));
	}
	put(document, "paths", paths);
	put(document, "components", components(a));
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST);
	(void)json_dump_callback(document, add_bytes, &b, JSON_COMPACT);
	json_decref(document);
	return qpp_buf_done(&b);
}
