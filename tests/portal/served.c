/* See served.h. */
#include "served.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd/catalogs.h"

struct qpp_arena arena = QPP_ARENA_INIT;
struct qpp_err err;

void served_must(enum qpp_code code, const char *call)
{
	if (code == QPP_OK)
		return;
	fprintf(stderr, "%s: %s: %s %s\n", call, qpp_code_name(code), err.primary, err.detail);
	exit(1);
}

static enum qpp_code identify(void *host, struct qpp_http_request *r, struct qpp_err *e)
{
	return qpp_auth_identify(&((struct served *)host)->auth, r, e);
}

static enum qpp_code audit(void *host, const struct qpp_http_request *r, int status, struct qpp_err *e)
{
	return qpp_auth_audit(&((struct served *)host)->auth, r, status, e);
}

static void error_page(void *host, const struct qpp_http_request *r, int status, const struct qpp_err *e, struct qpp_http_response *s)
{
	qpp_portal_error_page(&((struct served *)host)->portal, r, status, e, s);
}

void served_store(struct qpp_service *service, const char *folder, struct qpp_clock *clock)
{
	static struct qpp_keys keys;
	struct qpp_year_text texts[40];
	size_t n = 0;
	if (sodium_init() < 0)
		exit(1);
	randombytes_buf(&keys, sizeof keys);
	const struct qpp_store_config store = { .url = qpp_str_cat(&arena, "sqlite:", folder, "/store.db", (char *)NULL).p, .keys = &keys, .clock = clock,
		.migrate = true };
	must(qpp_store_open(&store, &service->store, &err));
	service->clock = clock;
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++)
		texts[n++] = (struct qpp_year_text){ c->py, c->text };
	must(qpp_years_load(&arena, texts, n, &service->years, &err));
}

void served_begin(struct served *x, struct qpp_service *service, bool password_alone)
{
	const struct qpp_identity_config identity = { .store = service->store, .clock = service->clock, .address_failures = 100,
		.password_alone = password_alone };
	*x = (struct served){ .service = service };
	must(qpp_identity_open(&identity, &x->auth.identity, &err));
	x->auth.store = service->store;
	x->auth.clock = service->clock;
	must(qpp_zone_load(&arena, "America/New_York", &x->zone, &err));
	x->portal = (struct qpp_portal){ .service = service, .identity = x->auth.identity, .zone = &x->zone };
	qpp_portal_init(&x->portal, &arena);
}

void served_open(struct served *x, const char *static_dir)
{
	static struct qpp_page_table tables[QPP_PORTAL_TABLES + QPP_AUTH_TABLES];
	static const struct qpp_page_table *pointers[QPP_PORTAL_TABLES + QPP_AUTH_TABLES];
	size_t n = qpp_portal_tables(&x->portal, tables);
	qpp_auth_tables(&x->auth, tables + n);
	n += QPP_AUTH_TABLES;
	for (size_t i = 0; i < n; i++)
		pointers[i] = &tables[i];
	const struct qpp_server_options options = { .clock = x->service->clock, .tables = pointers, .n_tables = n, .host = x,
		.hooks = { .identify = identify, .audit = audit, .error_page = error_page }, .socket = -1, .static_dir = static_dir, .version = "test" };
	must(qpp_server_open(&options, &x->server, &err));
	printf("%s\n", qpp_server_address(x->server));
}

void served_end(struct served *x)
{
	(void)qpp_server_close(x->server, 5);
	qpp_identity_close(x->auth.identity);
}
