/*
 * The world of the API tests behind the real server: prints one line of JSON (address, tokens, organizations, a TIN) and
 * serves until its standard input ends. `upload.mjs` starts it.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapt/api/auth.h"
#include "adapt/http/server.h"

static struct api_world w;

static struct qpp_auth auth;

/* As the service does it. */
static enum qpp_code identify(void *host, struct qpp_http_request *r, struct qpp_err *err)
{
	return qpp_auth_identify(host, r, err);
}

static enum qpp_code put_token(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_api_token_put(tx, request, err);
}

static const char *make_token(const struct qpp_org *org)
{
	struct qpp_err err = { 0 };
	struct qpp_str text = qpp_store_new_token(w.store, &w.arena, 32);
	struct qpp_api_token t = { .token_hash = qpp_store_token_hash(w.store, &w.arena, text), .org_id = org->id, .py = { 2023 },
		                       .name = QPP_LIT("test"), .created = w.clock.now };
	if (qpp_store_write(w.store, &w.arena, put_token, &t, &err) != QPP_OK) {
		fprintf(stderr, "serve_api: %s\n", err.primary);
		exit(1);
	}
	return text.p;
}

int main(void)
{
	enum { TABLES = 6, DRAIN = 5 };
	static const struct qpp_page_table *const all[TABLES] = { &qpp_api_submission_pages, &qpp_api_set_pages, &qpp_api_measurement_pages,
		                                                      &qpp_api_score_pages, &qpp_api_public_pages, &qpp_api_eligibility_pages };
	static struct qpp_page_table tables[TABLES];
	const struct qpp_page_table *own[TABLES];
	struct qpp_server *server;
	struct qpp_err err = { 0 };
	char byte;
	api_open(&w);
	struct qpp_identity_config c = { .store = w.store, .clock = &w.clock.clock };
	if (qpp_identity_open(&c, &auth.identity, &err) != QPP_OK)
		return 1;
	auth.store = w.store;
	auth.clock = &w.clock.clock;
	w.api.actor = qpp_api_asker;
	for (int i = 0; i < TABLES; i++) {
		tables[i] = *all[i];
		tables[i].host = &w.api;
		own[i] = &tables[i];
	}
	struct qpp_server_options o = { .clock = &w.clock.clock, .tables = own, .n_tables = TABLES, .host = &auth, .hooks = { .identify = identify },
		                            .socket = -1, .version = "0.1.0" };
	if (qpp_server_open(&o, &server, &err) != QPP_OK) {
		fprintf(stderr, "serve_api: %s: %s\n", err.primary, err.detail);
		return 1;
	}
	printf("{\"address\":\"%s\",\"token\":\"%s\",\"otherToken\":\"%s\",\"practiceToken\":\"%s\",\"registry\":\"%s\",\"tin\":\"%s\"}\n",
	       qpp_server_address(server), make_token(&w.registry), make_token(&w.other_registry), make_token(&w.practice),
	       w.registry.id.p, TIN);
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	bool clean = qpp_server_close(server, DRAIN);
	qpp_identity_close(auth.identity);
	api_close(&w);
	return clean ? 0 : 1;
}
