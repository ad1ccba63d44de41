/*
 * A service for the browser test of the election room: five practices of nine clinicians, each with a Security Official, a
 * practice of eleven, and a reviewer; the clock stands in the window of PY2025 and goes on from there. Prints its address, then
 * the TINs, and runs until its standard input ends.
 *
 *   serve_vgroup FOLDER [STATIC_DIR]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "served.h"

enum { PRACTICES = 6, NINE = 9, LAST_SIZE = 11 };

/* 2024-12-15T12:00:00-05:00. */
static const int64_t BEGINS = 1734282000LL * QPP_MICROS_A_SECOND;
static int64_t started;

static qpp_time moved_now(struct qpp_clock *self)
{
	(void)self;
	return (qpp_time){ BEGINS + qpp_now(qpp_clock_system()).us - started };
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

int main(int argc, char **argv)
{
	static struct qpp_service service;
	static struct served served;
	static struct qpp_clock clock = { moved_now };
	struct people people;
	if (argc < 2)
		return 2;
	started = qpp_now(qpp_clock_system()).us;
	served_store(&service, argv[1], &clock);
	served_begin(&served, &service, true);
	must(qpp_store_write(service.store, &arena, add_people, &people, &err));
	add_accounts(served.auth.identity, &people);
	served_open(&served, argc > 2 ? argv[2] : NULL);
	fflush(stdout);
	while (getchar() != EOF)
		;
	served_end(&served);
	qpp_store_close(service.store);
	qpp_arena_close(&arena);
	return 0;
}
