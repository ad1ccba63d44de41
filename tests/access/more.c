/*
 * What the five relations do not say: a practice sees what a registry filed for
 * it and changes nothing of it, a registry sees nothing of the practice's own,
 * consent and roles end at once. See matrix.h.
 */
#include "matrix.h"

#include <stdio.h>
#include <string.h>

static struct world *w;
static bool good;

#define SETS "/api/submissions/measurement-sets"
#define JSON "application/json"
static const struct qpp_page html = { .method = QPP_GET };

static void expect(const struct caller *c, const struct party *p, int year, const char *method, const char *target, const char *body, int status)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct ask x = { .method = method, .target = named_text(&a, target, p, year), .type = body ? JSON : NULL,
		             .body = qpp_str_of(named_text(&a, body ? body : "", p, year)) };
	if (strncmp(target, "/api/", 5) != 0)
		x.page = &html;
	struct asked got = client_ask(w, &a, c, &x);
	if (got.status != status) {
		printf("# %s as %s: expected %d; got %d %.*s\n", target, c->name, status, got.status, (int)(got.body.n < 160 ? got.body.n : 160),
		       got.body.n ? got.body.p : "");
		good = false;
	}
	qpp_arena_close(&a);
}

#define ACTIVITIES "\"category\":\"ia\",\"submissionMethod\":\"registry\",\"performanceStart\":\"$YEAR-01-01\",\"performanceEnd\":\"$YEAR-12-31\"," \
	"\"measurements\":[{\"measureId\":\"IA_EPA_2\",\"value\":true},{\"measureId\":\"IA_EPA_1\",\"value\":true}]"
#define INTO_IT "{\"submissionId\":\"$SUBMISSION\"," ACTIVITIES "}"
#define OF_IT "{\"submission\":{$WHO}," ACTIVITIES "}"
#define ONE "{\"measureId\":\"IA_EPA_2\",\"value\":true}"

/* Every change of a set and its measurements. */
static void no_change(const struct caller *c, const struct party *p, int status)
{
	expect(c, p, THIS_YEAR, "PUT", SETS "/$SET", OF_IT, status);
	expect(c, p, THIS_YEAR, "PATCH", SETS "/$SET", "{\"measurements\":[" ONE "]}", status);
	expect(c, p, THIS_YEAR, "DELETE", SETS "/$SET", NULL, status);
	expect(c, p, THIS_YEAR, "POST", "/api/submissions/measurements", "{\"measurementSetId\":\"$SET\",\"measureId\":\"IA_BMH_2\",\"value\":true}", status);
	expect(c, p, THIS_YEAR, "PUT", "/api/submissions/measurements/$MEASUREMENT", ONE, status);
	expect(c, p, THIS_YEAR, "PATCH", "/api/submissions/measurements/$MEASUREMENT", ONE, status);
	expect(c, p, THIS_YEAR, "DELETE", "/api/submissions/measurements/$MEASUREMENT", NULL, status);
}

/* The practice for which the first registry files: it sees, and changes nothing. */
static void practice_of_registry(const struct caller *official)
{
	const struct party *p = &w->party[OF_REGISTRY][0];
	uint64_t before = world_fingerprint(w);
	expect(official, p, THIS_YEAR, "GET", SETS "/$SET", NULL, 200);
	expect(official, p, THIS_YEAR, "GET", "/api/submissions/submissions/$SUBMISSION", NULL, 200);
	expect(official, p, THIS_YEAR, "GET", "/submissions/$SUBMISSION/receipts/$RECEIPT", NULL, 200);
	no_change(official, p, 403);
	good &= world_fingerprint(w) == before;
}

/* A set of the practice's own beside the registry's, which the registry does not see. */
static void registry_beside_practice(const struct caller *official)
{
	struct party own = w->party[OF_REGISTRY][0];
	const struct caller *token = &w->asker[QPP_ROLE_REGISTRY_TOKEN][CALLER_OWN], *registry = &w->official[OF_REGISTRY][0];
	struct qpp_arena a = QPP_ARENA_INIT;
	const struct ask x = { .method = "POST", .target = SETS, .type = JSON, .body = qpp_str_of(named_text(&a, INTO_IT, &own, THIS_YEAR)) };
	struct asked got = client_ask(w, &a, official, &x);
	const char *at = got.body.n ? strstr(qpp_str_dup(&a, got.body).p, "\"id\":\"") : NULL;
	const char *sequence = client_header(&got, "OpenQPP-Receipt").n ? strstr(client_header(&got, "OpenQPP-Receipt").p, "\"sequence\":") : NULL;
	must(got.status == 201 && at && sequence, "a set of the practice's own", NULL);
	(void)snprintf(own.filed[THIS_YEAR].set, ID, "%.36s", at + 6);
	(void)snprintf(own.filed[THIS_YEAR].receipt, ID, "%.*s", (int)strspn(sequence + 11, "0123456789"), sequence + 11);
	uint64_t before = world_fingerprint(w);
	expect(token, &own, THIS_YEAR, "GET", SETS "/$SET", NULL, 404);
	expect(token, &own, THIS_YEAR, "GET", "/api/submissions/measurements/$MEASUREMENT", NULL, 404);
	expect(registry, &own, THIS_YEAR, "GET", "/submissions/$SUBMISSION/receipts/$RECEIPT", NULL, 404);
	expect(registry, &own, THIS_YEAR, "GET", "/submissions/$SUBMISSION/receipts/$RECEIPT/filed.json", NULL, 404);
	no_change(token, &own, 404);
	const struct ask list = { .method = "GET", .target = named_text(&a, "/api/submissions/submissions/$SUBMISSION", &own, THIS_YEAR) };
	got = client_ask(w, &a, token, &list);
	good &= got.status == 200 && !strstr(qpp_str_dup(&a, got.body).p, own.filed[THIS_YEAR].set);
	good &= world_fingerprint(w) == before;
	expect(official, &own, THIS_YEAR, "DELETE", SETS "/$SET", NULL, 204);
	qpp_arena_close(&a);
}

/* Consent that was taken back: nothing more is filed or changed for that year; what was filed stays to be seen. */
static void consent_ends(void)
{
	const struct party *p = &w->party[OF_REGISTRY][0];
	const struct caller *who[] = { &w->official[OF_REGISTRY][0], &w->asker[QPP_ROLE_REGISTRY_STAFF][CALLER_OWN],
		                           &w->asker[QPP_ROLE_REGISTRY_TOKEN][CALLER_OWN] };
	world_consent(w, p, THIS_YEAR, false);
	uint64_t before = world_fingerprint(w);
	for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
		expect(who[i], p, THIS_YEAR, "POST", SETS, OF_IT, 403);
		expect(who[i], p, THIS_YEAR, "POST", SETS, INTO_IT, 404);
		no_change(who[i], p, 403);
		expect(who[i], p, THIS_YEAR, "GET", SETS "/$SET", NULL, 200);
	}
	good &= world_fingerprint(w) == before;
	expect(who[0], p, OTHER_YEAR, "PUT", SETS "/$SET", OF_IT, 200);
	world_consent(w, p, THIS_YEAR, true);
	expect(who[2], p, THIS_YEAR, "PUT", SETS "/$SET", OF_IT, 200);
}

/* A role that is removed is gone at the next request of the same session. */
static void role_ends(void)
{
	const struct party *p = &w->party[OF_PRACTICE][0];
	struct caller staff = { 0 };
	world_person(w, &staff, "leaves", p->org, QPP_POST_STAFF);
	expect(&staff, p, THIS_YEAR, "GET", SETS "/$SET", NULL, 200);
	world_remove(w, &staff, p->org);
	expect(&staff, p, THIS_YEAR, "GET", SETS "/$SET", NULL, 403);
	expect(&staff, p, THIS_YEAR, "PUT", SETS "/$SET", OF_IT, 403);
	expect(&staff, p, THIS_YEAR, "GET", "/submissions/$SUBMISSION", NULL, 403);
	expect(&staff, p, THIS_YEAR, "GET", "/account", NULL, 200);
}

void more_than_the_matrix(struct world *of, void (*tell)(bool good, const char *what))
{
	struct caller official = { 0 };
	w = of;
	world_person(w, &official, "of-the-practice", w->party[OF_REGISTRY][0].practice, QPP_POST_OFFICIAL);
	good = true;
	practice_of_registry(&official);
	tell(good, "a practice sees what a registry filed for it, and changes nothing of it");
	good = true;
	registry_beside_practice(&official);
	tell(good, "a registry sees and changes nothing of the practice's own");
	good = true;
	consent_ends();
	tell(good, "consent that was taken back ends filing at once, and no other year's");
	good = true;
	role_ends();
	tell(good, "a role that was removed is gone at the next request");
}
