/* Reading a request: pairs by name, numbers, forms, the idempotency key. */
#include <string.h>

#include "adapt/http/http_int.h"

const char *qpp_http_method_name(enum qpp_http_method m)
{
	static const char *const names[QPP_HTTP_METHODS] = { "", "GET", "POST", "PUT", "PATCH", "DELETE" };
	return names[m < QPP_HTTP_METHODS ? m : QPP_NO_METHOD];
}

struct qpp_str qpp_http_pairs_get(const struct qpp_http_pairs *pairs, const char *name)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (qpp_str_is(pairs->v[i].name, name))
			return pairs->v[i].value;
	return (struct qpp_str){ NULL, 0 };
}

struct qpp_str qpp_param(const struct qpp_http_request *r, const char *name)
{
	return qpp_http_pairs_get(&r->params, name);
}

struct qpp_str qpp_query(const struct qpp_http_request *r, const char *name)
{
	return qpp_http_pairs_get(&r->query, name);
}

struct qpp_str qpp_header(const struct qpp_http_request *r, const char *name)
{
	return qpp_http_pairs_get(&r->headers, name);
}

/* Only cookies that a host set for itself are looked at: a neighbor's domain cannot set one of that name. */
struct qpp_str qpp_cookie(const struct qpp_http_request *r, const char *name)
{
	static const char prefix[] = "__Host-";
	for (size_t i = 0; i < r->cookies.n; i++) {
		struct qpp_str got = r->cookies.v[i].name;
		if (!qpp_str_starts(got, prefix))
			continue;
		got.p += sizeof prefix - 1;
		got.n -= sizeof prefix - 1;
		if (qpp_str_is(got, name))
			return r->cookies.v[i].value;
	}
	return (struct qpp_str){ NULL, 0 };
}

enum qpp_code qpp_query_number(const struct qpp_http_request *r, const char *name, int64_t least, int64_t most, int64_t *out,
                               struct qpp_err *err)
{
	struct qpp_str text = qpp_query(r, name);
	uint64_t v;
	if (!text.p)
		return QPP_OK;
	if (qpp_str_u64(text, (uint64_t)most, &v) && (int64_t)v >= least) {
		*out = (int64_t)v;
		return QPP_OK;
	}
	struct qpp_buf shown;
	qpp_buf_init(&shown, r->arena, 64);
	qpp_buf_masked(&shown, text);
	(void)qpp_fail(err, QPP_USAGE, "query parameter ", name, " is not a whole number from ", qpp_i64_text(r->arena, least).p,
	               " to ", qpp_i64_text(r->arena, most).p, (char *)NULL);
	qpp_err_detail(err, "it is \"", qpp_buf_done(&shown).p, "\"", (char *)NULL);
	return QPP_USAGE;
}

static bool has_type(struct qpp_str type, const char *name)
{
	struct qpp_str rest = type, first;
	return qpp_str_cut(&rest, ';', &first) && qpp_str_eq_nocase(qpp_str_trim(first), qpp_str_of(name));
}

enum qpp_code qpp_request_form(const struct qpp_http_request *r, struct qpp_form *out, struct qpp_err *err)
{
	struct qpp_str type = qpp_header(r, "content-type");
	struct qpp_http_pairs pairs;
	*out = (struct qpp_form){ 0 };
	if (has_type(type, "multipart/form-data"))
		return qpp_decode_multipart(r->arena, type, r->body, qpp_http_limits.parts, out, err);
	if (!has_type(type, "application/x-www-form-urlencoded")) {
		(void)qpp_fail(err, QPP_USAGE, "the body is not a form", (char *)NULL);
		qpp_err_hint(err, "send application/x-www-form-urlencoded or multipart/form-data", (char *)NULL);
		return QPP_USAGE;
	}
	enum qpp_code code = qpp_decode_pairs(r->arena, r->body, qpp_http_limits.form, &pairs, err);
	if (code != QPP_OK)
		return code;
	struct qpp_part *v = QPP_NEW_ARRAY(r->arena, pairs.n + 1, struct qpp_part);
	for (size_t i = 0; i < pairs.n; i++)
		v[i] = (struct qpp_part){ .name = pairs.v[i].name, .body = pairs.v[i].value };
	*out = (struct qpp_form){ v, pairs.n };
	return QPP_OK;
}

struct qpp_str qpp_form_field(const struct qpp_form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (!f->v[i].filename.p && qpp_str_is(f->v[i].name, name))
			return f->v[i].body.p ? f->v[i].body : QPP_LIT("");
	return (struct qpp_str){ NULL, 0 };
}

const struct qpp_part *qpp_form_file(const struct qpp_form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].filename.p && qpp_str_is(f->v[i].name, name))
			return &f->v[i];
	return NULL;
}

enum qpp_code qpp_idempotency_key(const struct qpp_http_request *r, struct qpp_str *out, struct qpp_err *err)
{
	enum { LONGEST_KEY = 255 };
	struct qpp_str key = qpp_header(r, "idempotency-key");
	*out = (struct qpp_str){ NULL, 0 };
	if (!key.p)
		return QPP_OK;
	if (key.n >= 2 && key.p[0] == '"' && key.p[key.n - 1] == '"')
		key = (struct qpp_str){ key.p + 1, key.n - 2 };
	bool good = key.n && key.n <= LONGEST_KEY;
	for (size_t i = 0; good && i < key.n; i++)
		good = key.p[i] > ' ' && key.p[i] < 0x7F && key.p[i] != '"' && key.p[i] != '\\';
	if (!good) {
		(void)qpp_fail(err, QPP_USAGE, "header Idempotency-Key is not 1 to 255 visible characters", (char *)NULL);
		qpp_err_hint(err, "a new UUID for each filing serves", (char *)NULL);
		return QPP_USAGE;
	}
	*out = key;
	return QPP_OK;
}
