/*
 * A service for the browser test of the election room: five practices of nine clinicians, each with a Security Official, a
 * practice of eleven, and a reviewer; the clock stands in the window of PY2025 and goes on from there. Prints its address, then
 * the TINs, and runs until its standard input ends.
 *
 *   serve_vgroup FOLDER [STATIC_DIR]
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/api/auth.h"
#include "adapt/http/server.h"
#include "adapt/portal/portal.h"
#include "adapt/sys/zone.h"
#include "cmd/catalogs.h"

#define PASSWORD "Correct-Horse-7-Staple"

enum { PRACTICES = 6, NINE = 9, LAST_SIZE = 11 };

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct qpp_err err;
/* 2024-12-15T12:00:00-05:00. */
static const int64_t BEGINS = 1734282000LL * QPP_MICROS_A_SECOND;
static int64_t started;

struct world {
	struct qpp_auth auth;
	struct qpp_portal portal;
	struct qpp_service service;
	struct qpp_zone zone;
};

static qpp_time moved_now(struct qpp_clock *self)
{
	(void)self;
	return (qpp_time){ BEGINS + qpp_now(qpp_clock_system()).us - started };
}

static void must(enum qpp_code code)
{
	if (code == QPP_OK)
		return;
	fprintf(stderr, "serve_vgroup: %s: %s %s\n", qpp_code_name(code), err.primary, err.detail);
	exit(1);
}

static enum qpp_code identify(void *host, struct qpp_http_request *r, struct qpp_err *e)
{
	return qpp_auth_identify(&((struct world *)host)->auth, r, e);
}

static enum qpp_code audit(void *host, const struct qpp_http_request *r, int status, struct qpp_err *e)
{
	return qpp_auth_audit(&((struct world *)host)->auth, r, status, e);
}

static void error_page(void *host, const struct qpp_http_request *r, int status, const struct qpp_err *e, struct qpp_http_response *s)
{
	qpp_portal_error_page(&((struct world *)host)->portal, r, status, e, s);
}

static const char person_facts[] = "{\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"none\", \"segments\": [{\"segment\": 1, "
                                   "\"allowedCharges\": 120000, \"patients\": 300, \"services\": 900}]}";
static const char group_facts[] = "{\"segments\": [{\"segment\": 1, \"allowedCharges\": 920000, \"patients\": 2300, \"services\": 7900}]}";

/* An NPI that begins with 9: its check digit is Luhn's over it with 80840 in front. */
static struct qpp_str npi_of(int n)
{
	char *text = qpp_arena_alloc(&arena, 24);
	int sum = 24;
	(void)snprintf(text, 24, "9%08d", n);
	for (int i = 8; i >= 0; i--) {
		int d = text[i] - '0';
		sum += (8 - i) % 2 ? d : d * 2 > 9 ? d * 2 - 9 : d * 2;
	}
	text[9] = (char)('0' + (10 - sum % 10) % 10);
	text[10] = 0;
	return (struct qpp_str){ text, 10 };
}

struct people {
	struct qpp_str org_id[PRACTICES], tin[PRACTICES], agency;
};

static const char *const names[PRACTICES] = { "Elm Street Clinic", "Oak Hill Medicine", "Ash Grove Practice", "Birch Lane Doctors", "Cedar Family Care",
	                                          "Poplar Partners" };

static enum qpp_code add_clinicians(struct qpp_tx *tx, struct qpp_str org_id, int first, int n, struct qpp_err *e)
{
	static const char *const first_names[] = { "Ada", "Erika", "Max", "Rosa", "Noor", "Jonas", "Lena", "Omar", "Ines", "Paul", "Vera" };
	enum qpp_code code = QPP_OK;
	for (int i = 0; code == QPP_OK && i < n; i++) {
		struct qpp_clinician c = { .npi = npi_of(first + i), .type = 1, .first = qpp_str_of(first_names[i]), .last = QPP_LIT("Mustermann"),
			.specialty = QPP_LIT("physician"), .enrolled = QPP_LIT("2012-03-01"), .body = QPP_LIT("{}") };
		struct qpp_relation r = { .py = { 2025 }, .org_id = org_id, .npi = c.npi, .facts = qpp_str_of(person_facts), .body = QPP_LIT("{}") };
		code = qpp_store_clinician_put(tx, &c, e);
		if (code == QPP_OK)
			code = qpp_store_relation_put(tx, &r, e);
	}
	return code;
}

static enum qpp_code add_people(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct people *p = request;
	struct qpp_org agency = { .kind = QPP_ORG_AGENCY, .number = QPP_LIT("AGENCY"), .name = QPP_LIT("The agency"), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_org_put(tx, &agency, QPP_LIT(""), e);
	p->agency = qpp_str_dup(&arena, agency.id);
	for (int i = 0; code == QPP_OK && i < PRACTICES; i++) {
		struct qpp_org org = { .kind = QPP_ORG_PRACTICE, .name = qpp_str_of(names[i]), .address1 = QPP_LIT("1 Example Street"), .city = QPP_LIT("Harrisburg"),
			.state = QPP_LIT("PA"), .zip = QPP_LIT("17101"), .body = QPP_LIT("{}") };
		char tin[24];
		(void)snprintf(tin, sizeof tin, "00012345%d", i);
		p->tin[i] = qpp_str_dup(&arena, qpp_str_of(tin));
		code = qpp_store_org_put(tx, &org, p->tin[i], e);
		p->org_id[i] = qpp_str_dup(&arena, org.id);
		struct qpp_fact_row fact = { .who = { { 2025 }, QPP_GROUP, org.id, QPP_LIT("") }, .topic = QPP_LIT("eligibility"),
			.body = qpp_str_of(group_facts) };
		if (code == QPP_OK)
			code = qpp_store_fact_put(tx, &fact, e);
		if (code == QPP_OK)
			code = add_clinicians(tx, org.id, 100 * (i + 1), i + 1 < PRACTICES ? NINE : LAST_SIZE, e);
	}
	return code;
}

static void add_account(struct qpp_identity *identity, const char *name, const char *person, enum qpp_post post, struct qpp_str org_id)
{
	struct qpp_account account;
	struct qpp_account_new one = { .name = qpp_str_of(name), .person = qpp_str_of(person), .password = QPP_LIT(PASSWORD), .post = post, .org_id = org_id,
		.email = qpp_str_cat(&arena, name, "@example.org", (char *)NULL) };
	must(qpp_admin_account_add(identity, &arena, &one, &account, &err));
}

static void add_accounts(struct qpp_identity *identity, const struct people *p)
{
	static const char *const officials[PRACTICES] = { "official-elm", "official-oak", "official-ash", "official-birch", "official-cedar", "official-poplar" };
	for (int i = 0; i < PRACTICES; i++)
		add_account(identity, officials[i], names[i], QPP_POST_OFFICIAL, p->org_id[i]);
	add_account(identity, "reviewer", "Rolf Reviewer", QPP_POST_REVIEWER, p->agency);
}

static const struct qpp_years *load_years(void)
{
	const struct qpp_years *years;
	struct qpp_year_text texts[40];
	size_t n = 0;
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++)
		texts[n++] = (struct qpp_year_text){ c->py, c->text };
	must(qpp_years_load(&arena, texts, n, &years, &err));
	return years;
}

int main(int argc, char **argv)
{
	static struct world world;
	static struct qpp_clock clock = { moved_now };
	struct qpp_keys keys;
	struct people people;
	struct qpp_page_table tables[QPP_PORTAL_TABLES + QPP_AUTH_TABLES];
	const struct qpp_page_table *pointers[QPP_PORTAL_TABLES + QPP_AUTH_TABLES];
	struct qpp_server *server;
	if (argc < 2 || sodium_init() < 0)
		return 2;
	started = qpp_now(qpp_clock_system()).us;
	randombytes_buf(&keys, sizeof keys);
	const struct qpp_store_config store = { .url = qpp_str_cat(&arena, "sqlite:", argv[1], "/store.db", (char *)NULL).p, .keys = &keys,
		.clock = &clock, .migrate = true };
	must(qpp_store_open(&store, &world.service.store, &err));
	world.service.clock = store.clock;
	world.service.years = load_years();
	const struct qpp_identity_config identity = { .store = world.service.store, .clock = store.clock, .address_failures = 100, .password_alone = true };
	must(qpp_identity_open(&identity, &world.auth.identity, &err));
	world.auth.store = world.service.store;
	world.auth.clock = store.clock;
	must(qpp_zone_load(&arena, "America/New_York", &world.zone, &err));
	world.portal = (struct qpp_portal){ .service = &world.service, .identity = world.auth.identity, .zone = &world.zone };
	qpp_portal_init(&world.portal, &arena);
	must(qpp_store_write(world.service.store, &arena, add_people, &people, &err));
	add_accounts(world.auth.identity, &people);

	size_t n = qpp_portal_tables(&world.portal, tables);
	qpp_auth_tables(&world.auth, tables + n);
	n += QPP_AUTH_TABLES;
	for (size_t i = 0; i < n; i++)
		pointers[i] = &tables[i];
	const struct qpp_server_options options = { .clock = store.clock, .tables = pointers, .n_tables = n, .host = &world,
		.hooks = { .identify = identify, .audit = audit, .error_page = error_page }, .socket = -1, .static_dir = argc > 2 ? argv[2] : NULL,
		.version = "test" };
	must(qpp_server_open(&options, &server, &err));
	printf("%s\n", qpp_server_address(server));
	fflush(stdout);
	while (getchar() != EOF)
		;
	(void)qpp_server_close(server, 5);
	qpp_identity_close(world.auth.identity);
	qpp_store_close(world.service.store);
	qpp_arena_close(&arena);
	return 0;
}
