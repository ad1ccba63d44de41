/* The shapes of the JSON API. */
#include "adapt/http/envelope.h"

#include <stdlib.h>
#include <string.h>

#include "adapt/http/http_int.h"

enum { MOST_JSON = 256 << 20, MOST_ITEMS = 100000, ITEMS = 10 };

/* A failure can only be out of memory. */
static void put(json_t *to, const char *name, json_t *value)
{
	if (!value || json_object_set_new(to, name, value) != 0)
		abort();
}

static json_t *text(struct qpp_str s)
{
	json_t *t = json_stringn(s.p ? s.p : "", s.n);
	return t ? t : json_string("?");
}

static void put_text(json_t *to, const char *name, struct qpp_str s)
{
	if (s.n)
		put(to, name, text(s));
}

static int add_bytes(const char *p, size_t n, void *to)
{
	qpp_buf_add(to, p, n);
	return 0;
}

void qpp_respond_json(struct qpp_http_response *s, int status, json_t *document)
{
	struct qpp_buf b;
	qpp_buf_init(&b, s->arena, MOST_JSON);
	(void)json_dump_callback(document, add_bytes, &b, JSON_COMPACT | JSON_ENCODE_ANY);
	json_decref(document);
	qpp_respond(s, status, "application/json; charset=utf-8", qpp_buf_done(&b));
}

void qpp_respond_data(struct qpp_http_response *s, int status, const char *name, json_t *value)
{
	json_t *document = json_object(), *data = json_object();
	put(data, name, value);
	put(document, "data", data);
	qpp_respond_json(s, status, document);
}

void qpp_respond_data_warned(struct qpp_http_response *s, int status, const char *name, json_t *value,
                             const struct qpp_findings *f)
{
	json_t *document = json_object(), *data = json_object(), *warnings = qpp_finding_details(s->arena, f, QPP_WARNING);
	put(data, name, value);
	if (json_array_size(warnings))
		put(data, "warnings", warnings);
	else
		json_decref(warnings);
	put(document, "data", data);
	qpp_respond_json(s, status, document);
}

/* ---- errors ---- */

const char *qpp_error_type(int status)
{
	switch (status) {
	case 400:
		return "BadRequest";
	case 401:
		return "Unauthorized";
	case 403:
		return "Forbidden";
	case 404:
		return "NotFoundError";
	case 405:
		return "MethodNotAllowed";
	case 409:
		return "ConflictError";
	case 412:
		return "PreconditionFailed";
	case 413:
		return "PayloadTooLarge";
	case 414:
		return "UriTooLong";
	case 415:
		return "UnsupportedMediaType";
	case 422:
		return "ValidationError";
	case 429:
		return "TooManyRequests";
	case 503:
		return "ServiceUnavailable";
	case 507:
		return "InsufficientStorage";
	default:
		return "InternalServerError";
	}
}

static void respond_error(struct qpp_http_response *s, int status, const char *type, struct qpp_str message, json_t *details)
{
	json_t *document = json_object(), *error = json_object();
	put(error, "type", json_string(type ? type : qpp_error_type(status)));
	put(error, "message", text(message));
	put(error, "details", details);
	put(document, "error", error);
	qpp_respond_json(s, status, document);
}

void qpp_respond_error_as(struct qpp_http_response *s, int status, const char *type, struct qpp_str message)
{
	respond_error(s, status, type, message, json_array());
}

void qpp_respond_error(struct qpp_http_response *s, const struct qpp_err *err)
{
	qpp_respond_error_status(s, qpp_code_http(err->code), err);
}

void qpp_respond_error_status(struct qpp_http_response *s, int status, const struct qpp_err *err)
{
	json_t *details = json_array();
	/* What went wrong inside is for the log. */
	if (status == 500) {
		respond_error(s, status, NULL, QPP_LIT("The server failed at this request; nothing of it was acknowledged"), details);
		return;
	}
	if (err->detail[0] || err->hint[0] || err->cite[0] || err->line) {
		json_t *d = json_object();
		put_text(d, "message", qpp_str_of(err->detail[0] ? err->detail : err->primary));
		put_text(d, "hint", qpp_str_of(err->hint));
		put_text(d, "cite", qpp_str_of(err->cite));
		if (err->line) {
			put(d, "line", json_integer(err->line));
			put(d, "column", json_integer(err->column));
		}
		(void)json_array_append_new(details, d);
	}
	respond_error(s, status, NULL, qpp_str_of(err->primary), details);
}

/* One step of a JSON pointer, with ~1 and ~0 undone. */
static void add_step(struct qpp_buf *b, struct qpp_str step)
{
	uint64_t index;
	bool plain = step.n > 0;
	if (qpp_str_u64(step, UINT64_MAX, &index)) {
		qpp_buf_char(b, '[');
		qpp_buf_str(b, step);
		qpp_buf_char(b, ']');
		return;
	}
	for (size_t i = 0; plain && i < step.n; i++)
		plain = strchr("~ .[]'\"", step.p[i]) == NULL;
	qpp_buf_cat(b, plain ? "." : "['", (char *)NULL);
	for (size_t i = 0; i < step.n; i++) {
		if (step.p[i] == '~' && i + 1 < step.n && (step.p[i + 1] == '0' || step.p[i + 1] == '1'))
			qpp_buf_char(b, step.p[++i] == '0' ? '~' : '/');
		else
			qpp_buf_char(b, step.p[i]);
	}
	if (!plain)
		qpp_buf_cat(b, "']", (char *)NULL);
}

struct qpp_str qpp_json_path(struct qpp_arena *a, struct qpp_str pointer)
{
	struct qpp_buf b;
	struct qpp_str rest = pointer, step;
	qpp_buf_init(&b, a, 4096);
	qpp_buf_char(&b, '$');
	if (pointer.n && pointer.p[0] == '/') {
		rest.p++, rest.n--;
		while (qpp_str_cut(&rest, '/', &step))
			add_step(&b, step);
	}
	return qpp_buf_done(&b);
}

static json_t *detail(struct qpp_arena *a, const struct qpp_finding *f)
{
	json_t *d = json_object(), *location = json_object();
	struct qpp_str path = qpp_json_path(a, f->where.pointer);
	put(d, "message", text(f->message));
	put(d, "path", text(path));
	put(location, "path", text(path));
	if (f->where.line) {
		put(location, "line", json_integer(f->where.line));
		put(location, "column", json_integer(f->where.column));
	}
	put(d, "location", location);
	put_text(d, "type", f->code);
	put_text(d, "subject", f->subject);
	put_text(d, "value", f->value);
	put_text(d, "expected", f->expected);
	put_text(d, "hint", f->hint);
	put_text(d, "cite", f->cite);
	return d;
}

json_t *qpp_finding_details(struct qpp_arena *a, const struct qpp_findings *f, enum qpp_severity severity)
{
	json_t *list = json_array();
	for (size_t i = 0; f && i < f->list.n; i++)
		if (f->list.v[i].severity == severity)
			(void)json_array_append_new(list, detail(a, &f->list.v[i]));
	return list;
}

void qpp_respond_findings(struct qpp_http_response *s, struct qpp_str message, const struct qpp_findings *f)
{
	respond_error(s, 422, NULL, message, qpp_finding_details(s->arena, f, QPP_ERROR));
}

/* ---- lists ---- */

enum qpp_code qpp_request_paging(const struct qpp_http_request *r, struct qpp_paging *out, struct qpp_err *err)
{
	*out = (struct qpp_paging){ 0, ITEMS };
	enum qpp_code code = qpp_query_number(r, "startIndex", 0, INT32_MAX, &out->start, err);
	return code == QPP_OK ? qpp_query_number(r, "itemsPerPage", 1, MOST_ITEMS, &out->most, err) : code;
}

void qpp_respond_list(struct qpp_http_response *s, struct qpp_paging p, int64_t total, const char *name, json_t *items)
{
	json_t *document = json_object(), *data = json_object();
	put(data, "totalItems", json_integer(total));
	put(data, "currentItemCount", json_integer((json_int_t)json_array_size(items)));
	put(data, "itemsPerPage", json_integer(p.most));
	put(data, "startIndex", json_integer(p.start));
	put(data, name, items);
	put(document, "data", data);
	qpp_respond_json(s, 200, document);
}
