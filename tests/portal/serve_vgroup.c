/*
 * A service for the browser tests of the election room: practices of all sizes, each with a Security Official, and a reviewer;
 * the clock goes on from an instant, in the window of 2025 if none is given. Prints its address, and runs until its standard
 * input ends.
 *
 *   serve_vgroup FOLDER [STATIC_DIR [INSTANT YEAR]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "served.h"

/* Clinicians who bill there, how many of them take part in MIPS, and whether the practice is above the low-volume threshold. */
static const struct practice {
	const char *name, *account;
	int clinicians, eligible;
	bool above;
} practices[] = {
	{ "Elm Street Clinic", "official-elm", 9, 9, true },      { "Oak Hill Medicine", "official-oak", 9, 9, true },
	{ "Ash Grove Practice", "official-ash", 9, 9, true },     { "Birch Lane Doctors", "official-birch", 9, 9, true },
	{ "Cedar Family Care", "official-cedar", 9, 9, true },    { "Poplar Partners", "official-poplar", 11, 6, true },
	{ "Larch Solo Practice", "official-larch", 1, 1, true },  { "Maple Ten", "official-maple", 10, 1, true },
	{ "Rowan Eight", "official-rowan", 8, 0, true },          { "Hazel Five", "official-hazel", 5, 5, true },
	{ "Alder Solo Practice", "official-alder", 1, 1, false }, { "Linden Solo Practice", "official-linden", 1, 1, true },
	{ "Willow Solo Practice", "official-willow", 1, 1, true },   { "Aspen Solo Practice", "official-aspen", 1, 1, true },
};
enum { PRACTICES = sizeof practices / sizeof *practices };

static const char USUAL[] = "2024-12-15T12:00:00-05:00";
static int64_t begins, started;
static int year = 2025;

static qpp_time moved_now(struct qpp_clock *self)
{
	(void)self;
	return (qpp_time){ begins + qpp_now(qpp_clock_system()).us - started };
}

/* Who does not take part is a qualifying APM participant. */
static struct qpp_str facts_of(const struct practice *p, bool person, bool eligible)
{
	const char *volume = p->above ? "\"allowedCharges\": 120000, \"patients\": 300, \"services\": 900" :
	                                "\"allowedCharges\": 9000, \"patients\": 30, \"services\": 40";
	const char *who = eligible ? "\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"none\", " :
	                             "\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"qp\", ";
	return qpp_str_cat(&arena, "{", person ? who : "", "\"segments\": [{\"segment\": 1, ", volume, "}, {\"segment\": 2, ", volume, "}]}", (char *)NULL);
}

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

static enum qpp_code add_clinicians(struct qpp_tx *tx, struct qpp_str org_id, int first, const struct practice *p, struct qpp_err *e)
{
	static const char *const first_names[] = { "Ada", "Erika", "Max", "Rosa", "Noor", "Jonas", "Lena", "Omar", "Ines", "Paul", "Vera" };
	enum qpp_code code = QPP_OK;
	for (int i = 0; code == QPP_OK && i < p->clinicians; i++) {
		struct qpp_clinician c = { .npi = npi_of(first + i), .type = 1, .first = qpp_str_of(first_names[i]), .last = QPP_LIT("Mustermann"),
			.specialty = QPP_LIT("physician"), .enrolled = QPP_LIT("2012-03-01"), .body = QPP_LIT("{}") };
		struct qpp_relation r = { .py = { year }, .org_id = org_id, .npi = c.npi, .facts = facts_of(p, true, i < p->eligible), .body = QPP_LIT("{}") };
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
		struct qpp_org org = { .kind = QPP_ORG_PRACTICE, .name = qpp_str_of(practices[i].name), .address1 = QPP_LIT("1 Example Street"), .city = QPP_LIT("Harrisburg"),
			.state = QPP_LIT("PA"), .zip = QPP_LIT("17101"), .body = QPP_LIT("{}") };
		char tin[24];
		(void)snprintf(tin, sizeof tin, "0001234%02d", 50 + i);
		p->tin[i] = qpp_str_dup(&arena, qpp_str_of(tin));
		code = qpp_store_org_put(tx, &org, p->tin[i], e);
		p->org_id[i] = qpp_str_dup(&arena, org.id);
		struct qpp_fact_row fact = { .who = { { year }, QPP_GROUP, org.id, QPP_LIT("") }, .topic = QPP_LIT("eligibility"),
			.body = facts_of(&practices[i], false, true) };
		if (code == QPP_OK)
			code = qpp_store_fact_put(tx, &fact, e);
		if (code == QPP_OK)
			code = add_clinicians(tx, org.id, 100 * (i + 1), &practices[i], e);
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
	for (int i = 0; i < PRACTICES; i++)
		add_account(identity, practices[i].account, practices[i].name, QPP_POST_OFFICIAL, p->org_id[i]);
	add_account(identity, "reviewer", "Rolf Reviewer", QPP_POST_REVIEWER, p->agency);
}

int main(int argc, char **argv)
{
	static struct qpp_service service;
	static struct served served;
	static struct qpp_clock clock = { moved_now };
	struct people people;
	qpp_instant at;
	if (argc < 2 || argc == 4 || !qpp_instant_parse(qpp_str_of(argc > 4 ? argv[3] : USUAL), &at, NULL))
		return 2;
	begins = qpp_time_of_instant(at).us;
	year = argc > 4 ? atoi(argv[4]) : year;
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
