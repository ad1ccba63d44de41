/*
 * A service with the portal over a synthetic state whose scores are released while one looks, for browser tests of
 * performance feedback: the practice of somebody whom its group's score pays, another practice, one that takes part in an APM
 * entity, the entity, a registry, and a service-center agent. Prints its address, then one line of JSON that says who is
 * where; reads commands, one a line, answers each with "ok", and runs until its standard input ends.
 *
 *   at INSTANT                      the clock stands there
 *   run PHASE REASON                a score run over everybody (preview, final)
 *   decide NUMBER                   of the practice's cost there is one measure with too few cases, as a review decides
 *   release scores|factors [INSTANT]    of the last run
 *
 *   serve_feedback FOLDER [STATIC_DIR]
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../runs/state.h"
#include "served.h"

static struct state state;
static struct qpp_str last_run;

/* ---- who there is ---- */

struct found {
	struct qpp_run pair;                 /* paid by its group */
	struct qpp_org practice, other, participant, entity, agency, registry;
	struct qpp_str both;                 /* NPI that is in `practice` and in `other` */
};

static enum qpp_code add_orgs(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct found *f = request;
	struct qpp_relation relation = { .py = { PY }, .npi = f->pair.who.npi, .facts = QPP_LIT("{}"), .body = QPP_LIT("{}") };
	f->agency = (struct qpp_org){ .kind = QPP_ORG_AGENCY, .number = QPP_LIT("AGENCY-TEST"), .name = QPP_LIT("The agency"), .body = QPP_LIT("{}") };
	f->registry = (struct qpp_org){ .kind = QPP_ORG_REGISTRY, .number = QPP_LIT("R-TEST"), .name = QPP_LIT("Keystone Registry"), .body = QPP_LIT("{}") };
	f->other = (struct qpp_org){ .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Birch Cardiology"), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_org_put(tx, &f->agency, QPP_LIT(""), e);
	if (code == QPP_OK)
		code = qpp_store_org_put(tx, &f->registry, QPP_LIT(""), e);
	if (code == QPP_OK)
		code = qpp_store_org_put(tx, &f->other, QPP_LIT("000999998"), e);
	/* The clinician bills there too. */
	relation.org_id = f->other.id;
	return code == QPP_OK ? qpp_store_relation_put(tx, &relation, e) : code;
}

static struct qpp_org keep(const struct qpp_org *o)
{
	struct qpp_org k = *o;
	k.id = qpp_str_dup(&arena, o->id);
	k.name = qpp_str_dup(&arena, o->name);
	return k;
}

/* Everybody of the state has a version of a run that is never released: who is paid by what is looked up there. */
static void look_up(struct found *f)
{
	struct qpp_scoring draft = run_all(&state, QPP_PHASE_SUBMISSION, QPP_SCALING_BY_RULES, "to look");
	struct qpp_scoring run = run_all(&state, QPP_PHASE_FINAL, QPP_SCALING_BY_RULES, "to look");
	struct qpp_run entity = pair_paid_by(&state, run.id, QPP_APM_ENTITY, NULL);
	struct qpp_org o;
	(void)draft;
	f->pair = pair_paid_by(&state, run.id, QPP_GROUP, NULL);
	f->pair.who.npi = qpp_str_dup(&arena, f->pair.who.npi);
	o = org_of(&state, f->pair.who.org_id);
	f->practice = keep(&o);
	o = org_of(&state, entity.who.org_id);
	f->participant = keep(&o);
	o = org_of(&state, entity.paid_org_id);
	f->entity = keep(&o);
	must(qpp_run_drop(&state.service, &arena, run.id, &err));
	must(qpp_store_write(state.service.store, &arena, add_orgs, f, &err));
}

static void add_account(struct qpp_identity *identity, const char *name, enum qpp_post post, struct qpp_str org_id)
{
	struct qpp_account account;
	struct qpp_account_new one = { .name = qpp_str_of(name), .person = qpp_str_of(name), .password = QPP_LIT(PASSWORD), .post = post,
		.org_id = qpp_str_dup(&arena, org_id), .email = qpp_str_cat(&arena, name, "@example.org", (char *)NULL) };
	must(qpp_admin_account_add(identity, &arena, &one, &account, &err));
}

static void tell(const struct found *f)
{
	const struct {
		const char *name;
		struct qpp_str is;
	} v[] = { { "practice", f->practice.id }, { "other", f->other.id }, { "participant", f->participant.id }, { "entity", f->entity.id },
		{ "npi", f->pair.who.npi }, { "name", f->practice.name } };
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		printf("%s\"%s\":\"%.*s\"", i ? "," : "{", v[i].name, (int)v[i].is.n, v[i].is.p);
	printf("}\n");
}

/* ---- commands ---- */

static void run(const char *phase, const char *reason)
{
	enum qpp_phase p = qpp_phase_of(qpp_str_of(phase));
	struct qpp_scoring x = run_all(&state, p, QPP_SCALING_BY_RULES, reason);
	last_run = qpp_str_dup(&arena, x.id);
}

/* A decision about the practice: of cost there is one measure, with too few cases. */
static void decide(const struct found *f, const char *number)
{
	struct qpp_scoring moved;
	const struct qpp_decided d = { .who = { .py = { PY }, .entity = QPP_GROUP, .org_id = f->practice.id }, .topic = QPP_LIT("scoring"),
		.facts = QPP_LIT("{\"cost\": [{\"measureId\": \"TPCC_1\", \"score\": \"1300\", \"caseCount\": 5}]}"), .decision_id = QPP_LIT("decision-1"), .number = qpp_str_of(number),
		.account_id = QPP_LIT("reviewer") };
	must(qpp_decided_apply(&state.service, &arena, &d, &moved, &err));
}

static void obey(const struct found *f, char *line)
{
	char *save = NULL, *word = strtok_r(line, " \n", &save), *a = strtok_r(NULL, " \n", &save), *b = strtok_r(NULL, "\n", &save);
	if (!word || !a)
		return;
	if (strcmp(word, "at") == 0)
		state_at(&state, a);
	else if (strcmp(word, "run") == 0)
		run(a, b ? b : "of the year");
	else if (strcmp(word, "decide") == 0)
		decide(f, a);
	else if (strcmp(word, "release") == 0)
		must_release(&state, last_run, b, strcmp(a, "factors") == 0);
	printf("ok\n");
	(void)fflush(stdout);
}

int main(int argc, char **argv)
{
	enum { LINE = 200 };
	static struct served served;
	static struct found found;
	char line[LINE];
	if (argc < 2 || sodium_init() < 0)
		return 2;
	state_open(&state);
	look_up(&found);
	served_begin(&served, &state.service, true);
	add_account(served.auth.identity, "practice", QPP_POST_OFFICIAL, found.practice.id);
	add_account(served.auth.identity, "other", QPP_POST_OFFICIAL, found.other.id);
	add_account(served.auth.identity, "participant", QPP_POST_OFFICIAL, found.participant.id);
	add_account(served.auth.identity, "entity", QPP_POST_OFFICIAL, found.entity.id);
	add_account(served.auth.identity, "registry", QPP_POST_OFFICIAL, found.registry.id);
	add_account(served.auth.identity, "agent", QPP_POST_AGENT, found.agency.id);
	served_open(&served, argc > 2 ? argv[2] : NULL);
	tell(&found);
	(void)fflush(stdout);
	while (fgets(line, sizeof line, stdin))
		obey(&found, line);
	served_end(&served);
	state_close(&state);
	qpp_arena_close(&arena);
	return 0;
}
