/*
 * A service with the portal on a store of its own, for browser tests: one practice with a Security Official and a Staff
 * User who asks, one without anybody, one clinician, a registry with a Security Official, an operator, a service-center
 * agent and a reviewer, and a practice in a listed county that may opt in; filing open. Prints its address, and runs until its standard input ends.
 *
 *   serve FOLDER [STATIC_DIR]
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
#define SECRET "12345678901234567890"

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct qpp_err err;

struct world {
	struct qpp_auth auth;
	struct qpp_portal portal;
	struct qpp_service service;
	struct qpp_zone zone;
};

static void must(enum qpp_code code)
{
	if (code == QPP_OK)
		return;
	fprintf(stderr, "serve: %s: %s %s\n", qpp_code_name(code), err.primary, err.detail);
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

static const char facts[] = "{\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"none\", \"segments\": [{\"segment\": 1, \"allowedCharges\": 120000, \"patients\": 300, "
                            "\"services\": 900}, {\"segment\": 2, \"allowedCharges\": 95000, \"patients\": 260, \"services\": 700}]}";

/* Exceeds one figure of the low-volume threshold, not all: has the choice to opt in. */
static const char choice[] = "{\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"none\", \"segments\": [{\"segment\": 1, \"allowedCharges\": 95000, \"patients\": 150, "
                             "\"services\": 300}, {\"segment\": 2, \"allowedCharges\": 95000, \"patients\": 150, \"services\": 300}], \"location\": {\"state\": \"FL\", \"county\": \"Taylor\"}}";
/* Nothing is known of the score of the practice but that it has no cost. */
static const char larch_facts[] = "{\"smallPractice\": true, \"cost\": [], \"administrativeClaims\": []}";

struct people {
	struct qpp_str org_id, registry_id, agency_id, larch_id;
};

/* A practice on a river: a flood, a clinician in a listed county, and a choice to opt in. */
static enum qpp_code add_larch(struct qpp_tx *tx, struct people *p, struct qpp_err *e)
{
	struct qpp_org org = { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Larch Clinic"), .city = QPP_LIT("Perry"), .state = QPP_LIT("FL"),
		.body = QPP_LIT("{}") };
	struct qpp_clinician c = { .npi = QPP_LIT("9000000023"), .type = 1, .first = QPP_LIT("Lena"), .last = QPP_LIT("Musterfrau"),
		.specialty = QPP_LIT("Family medicine"), .enrolled = QPP_LIT("2012-03-01"), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_org_put(tx, &org, QPP_LIT("000222333"), e);
	p->larch_id = qpp_str_dup(&arena, org.id);
	if (code == QPP_OK)
		code = qpp_store_clinician_put(tx, &c, e);
	struct qpp_relation r = { .py = { 2023 }, .org_id = org.id, .npi = c.npi, .facts = qpp_str_of(choice), .body = QPP_LIT("{}") };
	if (code == QPP_OK)
		code = qpp_store_relation_put(tx, &r, e);
	struct qpp_fact_row group = { .who = { .py = { 2023 }, .entity = QPP_GROUP, .org_id = org.id }, .topic = QPP_LIT("eligibility"),
		.body = qpp_str_of(choice) };
	if (code == QPP_OK)
		code = qpp_store_fact_put(tx, &group, e);
	struct qpp_fact_row scoring = { .who = group.who, .topic = QPP_LIT("scoring"), .body = qpp_str_of(larch_facts) };
	return code == QPP_OK ? qpp_store_fact_put(tx, &scoring, e) : code;
}


static enum qpp_code add_org(struct qpp_tx *tx, enum qpp_org_kind kind, const char *name, const char *number, const char *tin, struct qpp_str *id,
                             struct qpp_err *e)
{
	struct qpp_org org = { .kind = kind, .name = qpp_str_of(name), .number = qpp_str_of(number), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_org_put(tx, &org, qpp_str_of(tin), e);
	*id = qpp_str_dup(&arena, org.id);
	return code;
}

static enum qpp_code add_people(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct people *p = request;
	struct qpp_org org = { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Maple Family Medicine"), .city = QPP_LIT("Harrisburg"),
		.state = QPP_LIT("PA"), .body = QPP_LIT("{}") };
	struct qpp_clinician c = { .npi = QPP_LIT("9000000007"), .type = 1, .first = QPP_LIT("Erika"), .last = QPP_LIT("Mustermann"),
		.specialty = QPP_LIT("Family medicine"), .enrolled = QPP_LIT("2012-03-01"), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_org_put(tx, &org, QPP_LIT("000123456"), e);
	p->org_id = qpp_str_dup(&arena, org.id);
	if (code == QPP_OK)
		code = qpp_store_clinician_put(tx, &c, e);
	struct qpp_relation r = { .py = { 2023 }, .org_id = org.id, .npi = c.npi, .facts = qpp_str_of(facts), .body = QPP_LIT("{}") };
	struct qpp_str alone;
	if (code == QPP_OK)
		code = qpp_store_relation_put(tx, &r, e);
	if (code == QPP_OK)
		code = add_larch(tx, p, e);
	if (code == QPP_OK)
		code = add_org(tx, QPP_ORG_PRACTICE, "Birch Cardiology", "", "000654321", &alone, e);
	if (code == QPP_OK)
		code = add_org(tx, QPP_ORG_REGISTRY, "Keystone Registry", "R-0001", "", &p->registry_id, e);
	return code == QPP_OK ? add_org(tx, QPP_ORG_AGENCY, "Agency", "", "", &p->agency_id, e) : code;
}

static void add_staff(struct qpp_identity *identity, const struct people *p)
{
	const struct {
		const char *name, *person;
		enum qpp_post post;
		struct qpp_str org_id;
	} staff[] = { { "registry", "Rita Mustermann", QPP_POST_OFFICIAL, p->registry_id }, { "operator", "Otto Mustermann", QPP_POST_OPERATOR, p->agency_id },
		{ "agent", "Agnes Mustermann", QPP_POST_AGENT, p->agency_id }, { "larch", "Larissa Musterfrau", QPP_POST_OFFICIAL, p->larch_id },
		{ "reviewer", "Rosa Mustermann", QPP_POST_REVIEWER, p->agency_id } };
	for (size_t i = 0; i < sizeof staff / sizeof *staff; i++) {
		struct qpp_account account;
		struct qpp_account_new n = { .name = qpp_str_of(staff[i].name), .person = qpp_str_of(staff[i].person),
			.email = QPP_LIT("staff@example.org"), .password = QPP_LIT(PASSWORD), .totp_secret = QPP_LIT(SECRET), .post = staff[i].post,
			.org_id = staff[i].org_id };
		must(qpp_admin_account_add(identity, &arena, &n, &account, &err));
	}
}

static void add_accounts(struct qpp_identity *identity, struct qpp_str org_id)
{
	struct qpp_account account;
	struct qpp_account_new official = { .name = QPP_LIT("official"), .person = QPP_LIT("Erika Mustermann"), .email = QPP_LIT("erika@example.org"),
		.password = QPP_LIT(PASSWORD), .totp_secret = QPP_LIT(SECRET), .post = QPP_POST_OFFICIAL, .org_id = org_id };
	struct qpp_account_new newcomer = { .name = QPP_LIT("newcomer"), .person = QPP_LIT("Max Mustermann"), .email = QPP_LIT("max@example.org"),
		.password = QPP_LIT(PASSWORD), .totp_secret = QPP_LIT(SECRET) };
	must(qpp_admin_account_add(identity, &arena, &official, &account, &err));
	must(qpp_admin_account_add(identity, &arena, &newcomer, &account, &err));
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
	struct qpp_keys keys;
	struct people people;
	struct qpp_page_table tables[QPP_PORTAL_TABLES + QPP_AUTH_TABLES];
	const struct qpp_page_table *pointers[QPP_PORTAL_TABLES + QPP_AUTH_TABLES];
	struct qpp_server *server;
	if (argc < 2 || sodium_init() < 0)
		return 2;
	randombytes_buf(&keys, sizeof keys);
	const struct qpp_store_config store = { .url = qpp_str_cat(&arena, "sqlite:", argv[1], "/store.db", (char *)NULL).p, .keys = &keys,
		.clock = qpp_clock_system(), .migrate = true };
	must(qpp_store_open(&store, &world.service.store, &err));
	world.service.clock = store.clock;
	world.service.years = load_years();
	world.service.window_open = true;
	const struct qpp_identity_config identity = { .store = world.service.store, .clock = store.clock, .address_failures = 100 };
	must(qpp_identity_open(&identity, &world.auth.identity, &err));
	world.auth.store = world.service.store;
	world.auth.clock = store.clock;
	must(qpp_zone_load(&arena, "America/New_York", &world.zone, &err));
	world.portal = (struct qpp_portal){ .service = &world.service, .identity = world.auth.identity, .zone = &world.zone };
	qpp_portal_init(&world.portal, &arena);
	must(qpp_store_write(world.service.store, &arena, add_people, &people, &err));
	add_accounts(world.auth.identity, people.org_id);
	add_staff(world.auth.identity, &people);

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
