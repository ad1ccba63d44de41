/*
 * A service with the portal on a store of its own, for browser tests: one practice with a Security Official and a Staff
 * User who asks, one without anybody, one clinician, a registry with a Security Official, an operator, a service-center
 * agent and a reviewer, and a practice in a listed county that may opt in; filing open. Prints its address, and runs until its standard input ends.
 *
 *   serve FOLDER [STATIC_DIR]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "served.h"

#define SECRET "12345678901234567890"

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
		{ "larchstaff", "Lotte Musterfrau", QPP_POST_STAFF, p->larch_id },
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

int main(int argc, char **argv)
{
	static struct qpp_service service;
	static struct served served;
	struct people people;
	if (argc < 2)
		return 2;
	served_store(&service, argv[1], qpp_clock_system());
	service.window_open = true;
	served_begin(&served, &service, false);
	must(qpp_store_write(service.store, &arena, add_people, &people, &err));
	add_accounts(served.auth.identity, people.org_id);
	add_staff(served.auth.identity, &people);
	served_open(&served, argc > 2 ? argv[2] : NULL);
	fflush(stdout);
	while (getchar() != EOF)
		;
	served_end(&served);
	qpp_store_close(service.store);
	qpp_arena_close(&arena);
	return 0;
}
