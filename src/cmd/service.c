/* The parts of the service, from the store outward; see service.h. */
#include "cmd/service.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/api/api.h"
#include "adapt/api/auth.h"
#include "adapt/portal/portal.h"
#include "adapt/sys/zone.h"
#include "cmd/catalogs.h"
#include "cmd/seed.h"

enum { CHORE_SECONDS = 5, DEMO_PASSWORD_BYTES = 9, MOST_PATH = 4096 };

struct qpp_running {
	struct qpp_arena arena;
	struct qpp_keys keys;
	struct qpp_service service;
	struct qpp_auth auth;
	struct qpp_portal portal;
	struct qpp_zone zone;
	struct qpp_api api;
	struct qpp_page_table tables[QPP_RUNNING_TABLES];
	pthread_t chores;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool works, ends;
};

/* ---- hooks ---- */

static enum qpp_code identify(void *host, struct qpp_http_request *r, struct qpp_err *err)
{
	return qpp_auth_identify(&((struct qpp_running *)host)->auth, r, err);
}

static enum qpp_code audit(void *host, const struct qpp_http_request *r, int status, struct qpp_err *err)
{
	return qpp_auth_audit(&((struct qpp_running *)host)->auth, r, status, err);
}

static bool ready(void *host, struct qpp_buf *why)
{
	const char *says = NULL;
	bool good = qpp_store_healthy(((struct qpp_running *)host)->service.store, &says);
	if (!good && says)
		qpp_buf_cat(why, says, (char *)NULL);
	return good;
}

static void error_page(void *host, const struct qpp_http_request *r, int status, const struct qpp_err *err, struct qpp_http_response *s)
{
	qpp_portal_error_page(&((struct qpp_running *)host)->portal, r, status, err, s);
}

struct qpp_server_hooks qpp_running_hooks(void)
{
	return (struct qpp_server_hooks){ .identify = identify, .audit = audit, .ready = ready, .error_page = error_page };
}

size_t qpp_running_tables(struct qpp_running *r, const struct qpp_page_table *out[QPP_RUNNING_TABLES])
{
	static const struct qpp_page_table *const api[] = {
		&qpp_api_submission_pages, &qpp_api_set_pages, &qpp_api_measurement_pages, &qpp_api_score_pages, &qpp_api_public_pages,
		&qpp_api_eligibility_pages,
	};
	static struct qpp_running nobody;
	struct qpp_running *of = r ? r : &nobody;
	size_t n = qpp_portal_tables(&of->portal, of->tables);
	qpp_auth_tables(&of->auth, of->tables + n);
	n += QPP_AUTH_TABLES;
	for (size_t i = 0; i < sizeof api / sizeof *api; i++) {
		of->tables[n] = *api[i];
		of->tables[n++].host = &of->api;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = &of->tables[i];
	return n;
}

/* ---- chores: sessions and accounts that ran out, the head of the ledger ---- */

static enum qpp_code seal(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	(void)request;
	return qpp_store_ledger_seal(tx, err);
}

static void do_chores(struct qpp_running *r)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_err err;
	int64_t disabled = 0;
	/* What fails now is tried again; a store that takes no writes is told by /readyz. */
	(void)!qpp_identity_sweep(r->auth.identity, &a, &disabled, &err);
	(void)!qpp_store_write(r->service.store, &a, seal, NULL, &err);
	qpp_arena_close(&a);
}

static void *chores(void *self)
{
	struct qpp_running *r = self;
	pthread_mutex_lock(&r->lock);
	while (!r->ends) {
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += CHORE_SECONDS;
		(void)pthread_cond_timedwait(&r->wake, &r->lock, &until);
		pthread_mutex_unlock(&r->lock);
		do_chores(r);
		pthread_mutex_lock(&r->lock);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* ---- opening ---- */

static enum qpp_code load_years(struct qpp_running *r, struct qpp_err *err)
{
	size_t n = 0;
	while (qpp_embedded_catalogs[n].py.v)
		n++;
	struct qpp_year_text *texts = QPP_NEW_ARRAY(&r->arena, n, struct qpp_year_text);
	for (size_t i = 0; i < n; i++)
		texts[i] = (struct qpp_year_text){ qpp_embedded_catalogs[i].py, qpp_embedded_catalogs[i].text };
	return qpp_years_load(&r->arena, texts, n, &r->service.years, err);
}

static enum qpp_code open_store(struct qpp_running *r, const struct qppd_options *o, struct qpp_err *err)
{
	const char *key_file = qpp_str_cat(&r->arena, o->data, "/store.keys", (char *)NULL).p;
	const char *url = o->store ? o->store : qpp_str_cat(&r->arena, "sqlite:", o->data, "/store.db", (char *)NULL).p;
	enum qpp_code code = qpp_keys_load(key_file, true, &r->keys, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_store_config config = { .url = url, .keys = &r->keys, .clock = qpp_clock_system(), .migrate = true };
	r->service.clock = config.clock;
	r->service.version = QPP_VERSION;
	r->service.consent_off = o->consent_off;
	r->service.window_open = o->window_open;
	return qpp_store_open(&config, &r->service.store, err);
}

static enum qpp_code open_people(struct qpp_running *r, struct qpp_err *err)
{
	const struct qpp_identity_config config = { .store = r->service.store, .clock = r->service.clock };
	enum qpp_code code = qpp_identity_open(&config, &r->auth.identity, err);
	if (code == QPP_OK)
		code = qpp_zone_load(&r->arena, "America/New_York", &r->zone, err);
	r->auth.store = r->service.store;
	r->auth.clock = r->service.clock;
	r->portal = (struct qpp_portal){ .service = &r->service, .identity = r->auth.identity, .zone = &r->zone };
	r->api = (struct qpp_api){ .service = &r->service, .actor = qpp_api_asker };
	if (code == QPP_OK)
		qpp_portal_init(&r->portal, &r->arena);
	return code;
}

/* ---- a synthetic state, to try things out ---- */

static enum qpp_code first_of(struct qpp_running *r, enum qpp_org_kind kind, struct qpp_org *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_org_rows rows = { 0 };
	enum qpp_code code = qpp_store_begin(r->service.store, &r->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_org_list(tx, kind, QPP_LIT(""), (struct qpp_slice){ .most = 1 }, &rows, err);
	qpp_store_end(tx);
	if (code == QPP_OK && rows.n)
		*out = rows.v[0];
	return code == QPP_OK && !rows.n ? QPP_NOT_FOUND : code;
}

static enum qpp_code add_person(struct qpp_running *r, const char *name, const char *person, enum qpp_post post,
                                enum qpp_org_kind kind, struct qpp_str password, struct qpp_err *err)
{
	struct qpp_org org = { 0 };
	struct qpp_account account;
	enum qpp_code code = first_of(r, kind, &org, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	const struct qpp_account_new one = { .name = qpp_str_of(name), .person = qpp_str_of(person), .password = password,
		                                 .email = qpp_str_cat(&r->arena, name, "@example.org", (char *)NULL), .post = post,
		                                 .org_id = org.id, .privileged = kind == QPP_ORG_AGENCY };
	if (code == QPP_OK)
		code = qpp_admin_account_add(r->auth.identity, &r->arena, &one, &account, err);
	if (code == QPP_OK)
		printf("  %-12s %s, %.*s\n", name, person, QPP_ARG(org.name));
	return code;
}

static enum qpp_code add_people(struct qpp_running *r, struct qpp_err *err)
{
	static const struct {
		const char *name, *person;
		enum qpp_post post;
		enum qpp_org_kind kind;
	} people[] = {
		{ "official", "Security Official", QPP_POST_OFFICIAL, QPP_ORG_PRACTICE },
		{ "staff", "Staff User", QPP_POST_STAFF, QPP_ORG_PRACTICE },
		{ "registry", "Security Official of a registry", QPP_POST_OFFICIAL, QPP_ORG_REGISTRY },
		{ "vgroup", "Security Official of a virtual group", QPP_POST_OFFICIAL, QPP_ORG_VIRTUAL_GROUP },
		{ "operator", "Operator", QPP_POST_OPERATOR, QPP_ORG_AGENCY },
		{ "reviewer", "Reviewer", QPP_POST_REVIEWER, QPP_ORG_AGENCY },
	};
	/* A capital letter and a sign, as passwords here must have. */
	struct qpp_str token = qpp_store_new_token(r->service.store, &r->arena, DEMO_PASSWORD_BYTES);
	struct qpp_str password = qpp_str_cat(&r->arena, "Try-", token.p, (char *)NULL);
	printf("Demo accounts (none of these people exist; the second factor is set up at the first sign-in), password %.*s\n",
	       QPP_ARG(password));
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < sizeof people / sizeof *people; i++)
		code = add_person(r, people[i].name, people[i].person, people[i].post, people[i].kind, password, err);
	return code;
}

static enum qpp_code add_demo(struct qpp_running *r, const struct qppd_options *o, struct qpp_err *err)
{
	enum { DEMO_SEED = 1 };
	struct qpp_org any;
	struct qpp_synth_counts counts;
	const qpp_py py = { (int)o->demo_year };
	const struct qpp_catalog *catalog;
	enum qpp_code code = first_of(r, QPP_ORG_PRACTICE, &any, err);
	if (code != QPP_NOT_FOUND)
		return code;
	code = qpp_years_need(r->service.years, &r->arena, py, &catalog, err);
	const struct qpp_seed seed = { .store = r->service.store, .rules = qpp_years_rules(r->service.years), .catalog = catalog,
		                           .py = py, .seed = DEMO_SEED, .practices = o->demo };
	if (code == QPP_OK)
		code = qpp_seed_run(&seed, &counts, err);
	if (code == QPP_OK)
		printf("A synthetic state of %u practices, performance year %d\n", o->demo, py.v);
	return code == QPP_OK ? add_people(r, err) : code;
}

enum qpp_code qpp_running_open(const struct qppd_options *o, struct qpp_running **out, struct qpp_err *err)
{
	struct qpp_running *r = calloc(1, sizeof *r);
	if (!r)
		return qpp_fail(err, QPP_IO, "out of memory", (char *)NULL);
	*out = r;
	r->arena = (struct qpp_arena)QPP_ARENA_INIT;
	(void)pthread_mutex_init(&r->lock, NULL);
	(void)pthread_cond_init(&r->wake, NULL);
	enum qpp_code code = open_store(r, o, err);
	if (code == QPP_OK)
		code = load_years(r, err);
	if (code == QPP_OK)
		code = open_people(r, err);
	if (code == QPP_OK && o->demo) {
		r->portal.demo = "All people and practices here are made up. The program printed the accounts when it started.";
		code = add_demo(r, o, err);
	}
	if (code == QPP_OK)
		r->works = pthread_create(&r->chores, NULL, chores, r) == 0;
	if (code == QPP_OK && !r->works)
		code = qpp_fail(err, QPP_IO, "no thread for the chores of the service", (char *)NULL);
	if (code == QPP_OK)
		return code;
	qpp_running_close(r);
	*out = NULL;
	return code;
}

void qpp_running_close(struct qpp_running *r)
{
	if (!r)
		return;
	if (r->works) {
		pthread_mutex_lock(&r->lock);
		r->ends = true;
		pthread_cond_signal(&r->wake);
		pthread_mutex_unlock(&r->lock);
		pthread_join(r->chores, NULL);
	}
	if (r->auth.identity)
		qpp_identity_close(r->auth.identity);
	qpp_store_close(r->service.store);
	sodium_memzero(&r->keys, sizeof r->keys);
	pthread_cond_destroy(&r->wake);
	pthread_mutex_destroy(&r->lock);
	qpp_arena_close(&r->arena);
	free(r);
}
