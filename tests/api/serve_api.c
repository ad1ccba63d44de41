/*
 * The world of the API tests behind the real server: prints one line of JSON (address, tokens, organizations, a TIN) and
 * serves until its standard input ends. `upload.mjs` starts it.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "adapt/http/server.h"

static struct api_world w;

/* The bearer token as an actor; anything else is refused. */
static enum qpp_code identify(void *host, struct qpp_http_request *r, struct qpp_err *err)
{
	struct qpp_str bearer = qpp_header(r, "authorization");
	struct qpp_api_token token;
	struct qpp_org org;
	struct qpp_tx *tx;
	(void)host;
	if (!bearer.n)
		return QPP_OK;
	if (!qpp_str_starts(bearer, "Bearer "))
		return qpp_fail(err, QPP_SIGNED_OUT, "no bearer token", (char *)NULL);
	bearer = (struct qpp_str){ bearer.p + 7, bearer.n - 7 };
	enum qpp_code code = qpp_store_begin(w.store, r->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_api_token_by_hash(tx, qpp_store_token_hash(w.store, r->arena, bearer), &token, err);
	if (code == QPP_OK)
		code = qpp_store_org_get(tx, token.org_id, &org, err);
	qpp_store_end(tx);
	if (code != QPP_OK)
		return qpp_fail(err, QPP_SIGNED_OUT, "the token is no good", (char *)NULL);
	struct qpp_actor *actor = QPP_NEW(r->arena, struct qpp_actor);
	*actor = qpp_actor_of_token(r->arena, &token, &org);
	r->caller.session = actor;
	r->caller.roles = org.kind == QPP_ORG_REGISTRY ? QPP_BY(REGISTRY_TOKEN) : QPP_BY(PRACTICE_STAFF);
	r->caller.subject = actor->token_id;
	return QPP_OK;
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
	for (int i = 0; i < TABLES; i++) {
		tables[i] = *all[i];
		tables[i].host = &w.api;
		own[i] = &tables[i];
	}
	struct qpp_server_options o = { .clock = &w.clock.clock, .tables = own, .n_tables = TABLES, .hooks = { .identify = identify },
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
	api_close(&w);
	return clean ? 0 : 1;
}
