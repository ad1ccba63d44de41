/* A service without sockets: see world.h. */
#include "world.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "adapt/http/envelope.h"
#include "cmd/catalogs.h"

static const int64_t MARCH_2024 = 1709251200LL * QPP_MICROS_A_SECOND;

static void must(enum qpp_code code, const struct qpp_err *err, const char *what)
{
	if (code == QPP_OK)
		return;
	printf("Bail out! %s: %s (%s)\n", what, err->primary, err->detail);
	exit(1);
}

/* ---- what is there ---- */

struct put_org {
	struct qpp_org *org;
	const char *tin;
};

static enum qpp_code put_org(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct put_org *p = request;
	return qpp_store_org_put(tx, p->org, qpp_str_of(p->tin), err);
}

static void make_org(struct api_world *w, struct qpp_org *org, enum qpp_org_kind kind, const char *number, const char *name,
                     const char *tin)
{
	struct qpp_err err = { 0 };
	struct put_org p = { org, tin };
	*org = (struct qpp_org){ .kind = kind, .number = qpp_str_of(number), .name = qpp_str_of(name), .address1 = QPP_LIT("1 Example Street"),
		                     .city = QPP_LIT("Springfield"), .state = QPP_LIT("FL"), .zip = QPP_LIT("339010000"), .body = QPP_LIT("{}") };
	must(qpp_store_write(w->store, &w->arena, put_org, &p, &err), &err, name);
	org->id = qpp_str_dup(&w->arena, org->id);
}

struct put_consent {
	struct qpp_consent row;
};

static enum qpp_code put_consent(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_consent_put(tx, &((struct put_consent *)request)->row, err);
}

void consent(struct api_world *w, int py, const struct qpp_org *practice, const struct qpp_org *registry, bool revoked)
{
	struct qpp_err err = { 0 };
	struct put_consent p = { { .py = { py }, .org_id = practice->id, .registry_id = registry->id, .given = w->clock.now,
		                       .revoked = { revoked ? w->clock.now.us : 0 } } };
	must(qpp_store_write(w->store, &w->arena, put_consent, &p, &err), &err, "consent");
}

static enum qpp_code put_fact(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_fact_put(tx, request, err);
}

void keep_fact(struct api_world *w, int py, enum qpp_entity entity, const struct qpp_org *org, const char *npi, const char *topic,
               const char *body)
{
	struct qpp_err err = { 0 };
	struct qpp_fact_row row = { .who = { .py = { py }, .entity = entity, .org_id = org->id, .npi = qpp_str_of(npi) },
		                        .topic = qpp_str_of(topic), .body = qpp_str_of(body) };
	must(qpp_store_write(w->store, &w->arena, put_fact, &row, &err), &err, topic);
}

static void add_role(struct api_world *w, enum asker who, const struct qpp_org *org, enum qpp_post post)
{
	struct qpp_actor *a = &w->actors[who];
	struct qpp_actor_role *roles = QPP_NEW_ARRAY(&w->arena, a->n + 1, struct qpp_actor_role);
	for (size_t i = 0; i < a->n; i++)
		roles[i] = a->roles[i];
	roles[a->n] = (struct qpp_actor_role){ .org_id = org->id, .kind = org->kind, .number = org->number, .post = post };
	a->roles = roles;
	a->n++;
	if (post)
		a->account_id = qpp_i64_text(&w->arena, who);
}

static void make_askers(struct api_world *w)
{
	static const struct {
		enum asker who;
		int py;
	} tokens[] = { { REGISTRY, 2023 }, { OTHER_REGISTRY, 2023 }, { LAST_YEARS_REGISTRY, 2022 } };
	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
		w->actors[tokens[i].who].token_id = qpp_str_cat(&w->arena, "token-", qpp_i64_text(&w->arena, tokens[i].who).p, (char *)NULL);
		w->actors[tokens[i].who].token_py.v = tokens[i].py;
	}
	add_role(w, REGISTRY, &w->registry, QPP_POST_NONE);
	add_role(w, LAST_YEARS_REGISTRY, &w->registry, QPP_POST_NONE);
	add_role(w, OTHER_REGISTRY, &w->other_registry, QPP_POST_NONE);
	add_role(w, OFFICIAL, &w->practice, QPP_POST_OFFICIAL);
	add_role(w, STAFF, &w->practice, QPP_POST_STAFF);
	add_role(w, OTHER_OFFICIAL, &w->other, QPP_POST_OFFICIAL);
	add_role(w, CLINICIAN, &w->clinician, QPP_POST_CLINICIAN);
	add_role(w, AGENT, &w->agency, QPP_POST_AGENT);
	add_role(w, WATCHER, &w->practice, QPP_POST_OFFICIAL);
	w->actors[WATCHER].view_only = true;
	add_role(w, BOTH, &w->practice, QPP_POST_OFFICIAL);
	add_role(w, BOTH, &w->other, QPP_POST_STAFF);
}

static const struct qpp_years *load_years(void)
{
	static struct qpp_arena a = QPP_ARENA_INIT;
	static const struct qpp_years *years;
	struct qpp_year_text texts[20];
	struct qpp_err err = { 0 };
	size_t n = 0;
	if (years)
		return years;
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++)
		texts[n++] = (struct qpp_year_text){ c->py, c->text };
	must(qpp_years_load(&a, texts, n, &years, &err), &err, "rules and catalogs");
	return years;
}

static void route_pages(struct api_world *w)
{
	static const struct qpp_page_table *const all[] = { &qpp_api_submission_pages, &qpp_api_set_pages, &qpp_api_measurement_pages,
		                                                &qpp_api_score_pages, &qpp_api_public_pages, &qpp_api_eligibility_pages };
	enum { N = sizeof all / sizeof *all };
	struct qpp_err err = { 0 };
	const struct qpp_page_table **own = QPP_NEW_ARRAY(&w->arena, N, const struct qpp_page_table *);
	for (size_t i = 0; i < N; i++) {
		struct qpp_page_table *t = QPP_NEW(&w->arena, struct qpp_page_table);
		*t = *all[i];
		t->host = &w->api;
		own[i] = t;
	}
	must(qpp_router_make(&w->arena, own, N, &w->router, &err), &err, "pages");
}

void api_open(struct api_world *w)
{
	struct qpp_err err = { 0 };
	char url[128], keys[128];
	memset(w, 0, sizeof *w);
	strcpy(w->folder, "/tmp/qpp-api-XXXXXX");
	if (!mkdtemp(w->folder))
		exit(1);
	snprintf(url, sizeof url, "sqlite:%s/store.db", w->folder);
	snprintf(keys, sizeof keys, "%s/keys", w->folder);
	must(qpp_keys_load(keys, true, &w->keys, &err), &err, "keys");
	w->clock = qpp_clock_test((qpp_time){ MARCH_2024 });
	struct qpp_store_config c = { .url = url, .keys = &w->keys, .clock = &w->clock.clock, .readers = 4, .migrate = true };
	must(qpp_store_open(&c, &w->store, &err), &err, "store");
	w->years = load_years();
	w->service = (struct qpp_service){ .store = w->store, .clock = &w->clock.clock, .years = w->years, .version = "0.1.0" };
	w->api.service = &w->service;
	make_org(w, &w->practice, QPP_ORG_PRACTICE, "", "Sample Family Practice", TIN);
	make_org(w, &w->other, QPP_ORG_PRACTICE, "", "Another Practice", OTHER_TIN);
	make_org(w, &w->registry, QPP_ORG_REGISTRY, "R1", "First Registry", "");
	make_org(w, &w->other_registry, QPP_ORG_REGISTRY, "R2", "Second Registry", "");
	make_org(w, &w->entity, QPP_ORG_APM_ENTITY, "A1001", "Example ACO", "");
	make_org(w, &w->agency, QPP_ORG_AGENCY, "CMS", "The agency", "");
	make_org(w, &w->clinician, QPP_ORG_CLINICIAN, NPI, "Own page", "");
	consent(w, 2023, &w->practice, &w->registry, false);
	make_askers(w);
	route_pages(w);
}

void api_close(struct api_world *w)
{
	static const char *const files[] = { "store.db", "store.db-wal", "store.db-shm", "store.db.lock", "store.db-lock", "keys" };
	char path[128];
	qpp_store_close(w->store);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(path, sizeof path, "%s/%s", w->folder, files[i]);
		unlink(path);
	}
	rmdir(w->folder);
	qpp_arena_close(&w->arena);
}

/* ---- asking ---- */

static struct qpp_http_pairs read_query(struct api_world *w, struct qpp_str query)
{
	QPP_VEC(struct qpp_http_pair) v = { 0 };
	struct qpp_str part, name;
	while (query.n && qpp_str_cut(&query, '&', &part)) {
		(void)qpp_str_cut(&part, '=', &name);
		*QPP_PUSH(&w->arena, &v) = (struct qpp_http_pair){ name, part };
	}
	return (struct qpp_http_pairs){ v.v, v.n };
}

static struct qpp_http_pairs read_headers(struct api_world *w, const char *headers)
{
	QPP_VEC(struct qpp_http_pair) v = { 0 };
	struct qpp_str rest = qpp_str_of(headers), line, name;
	while (rest.n && qpp_str_cut(&rest, '\n', &line)) {
		(void)qpp_str_cut(&line, ':', &name);
		*QPP_PUSH(&w->arena, &v) = (struct qpp_http_pair){ name, qpp_str_trim(line) };
	}
	return (struct qpp_http_pairs){ v.v, v.n };
}

static enum qpp_http_method method_of(struct qpp_str name)
{
	for (int m = QPP_GET; m < QPP_HTTP_METHODS; m++)
		if (qpp_str_is(name, qpp_http_method_name((enum qpp_http_method)m)))
			return (enum qpp_http_method)m;
	return QPP_NO_METHOD;
}

static struct qpp_str header_of(const struct qpp_http_response *s, const char *name)
{
	for (size_t i = 0; i < s->headers.n; i++)
		if (qpp_str_is(s->headers.v[i].name, name))
			return s->headers.v[i].value;
	return (struct qpp_str){ NULL, 0 };
}

struct answer ask_raw(struct api_world *w, enum asker who, const char *line, const char *headers, struct qpp_str body)
{
	struct qpp_str target = qpp_str_of(line), name, path;
	struct qpp_http_response s;
	struct qpp_route route;
	struct qpp_err err = { 0 };
	(void)qpp_str_cut(&target, ' ', &name);
	(void)qpp_str_cut(&target, '?', &path);
	assert_true(qpp_route(w->router, &w->arena, method_of(name), path, &route));
	assert_int_equal(route.is, QPP_FOUND);
	struct qpp_http_request r = { .arena = &w->arena, .method = method_of(name), .path = path, .params = route.params,
		                     .query = read_query(w, target), .headers = read_headers(w, headers), .body = body, .page = route.page,
		                     .began_us = w->clock.now.us, .received_us = w->clock.now.us };
	if (who != NOBODY)
		r.caller.session = &w->actors[who];
	qpp_response_init(&s, &w->arena);
	enum qpp_code code = route.page->handle(route.host, &r, &s, &err);
	if (code != QPP_OK) {
		assert_int_equal(code, err.code);
		qpp_respond_error(&s, &err);
	}
	return (struct answer){ .status = s.status, .body = s.body, .etag = header_of(&s, "ETag"),
		                    .receipt = header_of(&s, "OpenQPP-Receipt"), .replayed = header_of(&s, "Idempotency-Replayed").n > 0 };
}

struct answer ask_with(struct api_world *w, enum asker who, const char *line, const char *headers, const char *body)
{
	struct qpp_str text = qpp_str_dup(&w->arena, qpp_str_of(body));
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\'')
			((char *)text.p)[i] = '"';
	return ask_raw(w, who, line, headers, text);
}

struct answer ask(struct api_world *w, enum asker who, const char *line, const char *body)
{
	return ask_with(w, who, line, NULL, body);
}

/* ---- reading answers ---- */

static const char *value_text(struct api_world *w, json_t *v)
{
	if (!v)
		return "";
	char *text = json_is_string(v) ? strdup(json_string_value(v)) : json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
	const char *kept = qpp_str_dup(&w->arena, qpp_str_of(text)).p;
	free(text);
	return kept;
}

const char *at(struct api_world *w, const struct answer *a, const char *path)
{
	json_t *document = json_loadb(a->body.p ? a->body.p : "", a->body.n, 0, NULL), *v = document;
	char name[80];
	while (*path && v) {
		size_t n = strcspn(path, ".[]");
		snprintf(name, sizeof name, "%.*s", (int)n, path);
		if (n)
			v = json_is_array(v) ? json_array_get(v, (size_t)strtoul(name, NULL, 10)) : json_object_get(v, name);
		path += n + (path[n] != 0);
	}
	const char *text = value_text(w, v);
	json_decref(document);
	return text;
}

bool has(struct qpp_str text, const char *part)
{
	return text.n && memmem(text.p, text.n, part, strlen(part)) != NULL;
}

const char *cat(struct api_world *w, const char *first, ...)
{
	struct qpp_buf b;
	va_list ap;
	qpp_buf_init(&b, &w->arena, 1 << 20);
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_add(&b, s, strlen(s));
	va_end(ap);
	return qpp_buf_done(&b).p;
}
