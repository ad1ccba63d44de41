/*
 * An application for an exception of each party and year, filed, and a draft of another; a registration of each party. Made anew
 * when they were decided, or cancelled. See matrix.h.
 */
#include "matrix.h"

#include <string.h>

#include "adapt/sys/zone.h"
#include "app/registration.h"

static struct qpp_err err;

static const struct qpp_zone *eastern(struct world *w)
{
	static struct qpp_zone zone;
	if (!zone.n)
		must(qpp_zone_load(&w->arena, "America/New_York", &zone, &err) == QPP_OK, "Eastern time", &err);
	return &zone;
}

/* The official who files for the party. */
static struct qpp_excepting official(struct world *w, struct qpp_arena *a, const struct party *p, const char *account)
{
	static const enum qpp_org_kind kinds[KINDS] = { QPP_ORG_PRACTICE, QPP_ORG_PRACTICE, QPP_ORG_VIRTUAL_GROUP, QPP_ORG_APM_ENTITY, QPP_ORG_PRACTICE };
	struct qpp_actor *actor = QPP_NEW(a, struct qpp_actor);
	struct qpp_actor_role *role = QPP_NEW(a, struct qpp_actor_role);
	struct qpp_findings *f = QPP_NEW(a, struct qpp_findings);
	*role = (struct qpp_actor_role){ .org_id = qpp_str_of(p->practice), .kind = kinds[p->kind], .post = QPP_POST_OFFICIAL };
	*actor = (struct qpp_actor){ .account_id = qpp_str_of(account), .roles = role, .n = 1 };
	qpp_findings_init(f, a, 50);
	return (struct qpp_excepting){ .call = { w->service, a, actor, QPP_LIT("") }, .at = qpp_now(w->service->clock), .zone = eastern(w), .findings = f };
}

static struct qpp_exception_form form_of(const struct party *p, int year, uint32_t categories)
{
	static const enum qpp_entity levels[KINDS] = { QPP_GROUP, QPP_INDIVIDUAL, QPP_VIRTUAL_GROUP, QPP_APM_ENTITY, QPP_GROUP };
	return (struct qpp_exception_form){ .py = { year == THIS_YEAR ? 2023 : 2022 }, .kind = QPP_EXCEPTION_EUC, .level = levels[p->kind],
		.org_id = qpp_str_of(p->practice), .npi = qpp_str_of(p->kind == OF_CLINICIAN ? p->npi : ""), .event = QPP_LIT("naturalDisaster"),
		.begins = QPP_LIT("2023-08-30"), .categories = p->kind == OF_ENTITY ? (1u << QPP_CATEGORIES) - 1 : categories, .members = 4, .excused = 4,
		.explanation = QPP_LIT("The river.") };
}

static void save(struct qpp_excepting *x, const struct qpp_exception_form *f, char id[ID])
{
	struct qpp_str made = QPP_LIT("");
	int64_t version = 0;
	must(qpp_exception_save(x, f, &made, &version, &err) == QPP_OK, "a draft of an application", &err);
	must(made.n < ID, "an id", NULL);
	memcpy(id, made.p, made.n);
	id[made.n] = 0;
}

/* An MVP, which stands for both years; of a virtual group its survey. */
static void enroll(struct qpp_excepting *x, struct party *p)
{
	static const enum qpp_entity levels[KINDS] = { QPP_GROUP, QPP_INDIVIDUAL, QPP_VIRTUAL_GROUP, QPP_APM_ENTITY, QPP_GROUP };
	const qpp_py py = { 2023 };
	struct qpp_registered *v;
	size_t n;
	must(qpp_registrations_mine(x, py, &v, &n, &err) == QPP_OK, "registrations", &err);
	for (size_t i = 0; i < n; i++)
		if (v[i].may_change && v[i].form.level == levels[p->kind])
			must(qpp_registration_cancel(x, v[i].id, 0, &err) == QPP_OK, "a cancellation", &err);
	const bool survey = p->kind == OF_GROUP;
	struct qpp_registering g = { .form = { .py = py, .kind = survey ? QPP_REGISTER_CAHPS : QPP_REGISTER_MVP, .level = levels[p->kind],
		.org_id = qpp_str_of(p->practice), .npi = qpp_str_of(p->kind == OF_CLINICIAN ? p->npi : ""), .mvp = qpp_str_of(survey ? "" : "G0053"),
		.population_health = qpp_str_of(survey ? "" : "479") } };
	must(qpp_registration_file(x, &g, &err) == QPP_OK, "a registration", &err);
	must(g.id.n < ID, "an id", NULL);
	for (int y = 0; y < YEARS; y++) {
		memcpy(p->filed[y].registration, g.id.p, g.id.n);
		p->filed[y].registration[g.id.n] = 0;
	}
}

void world_apply(struct world *w, struct party *p, const char *account)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	for (int y = 0; p->kind != OF_REGISTRY && y < YEARS; y++) {
		struct qpp_excepting x = official(w, &a, p, account);
		struct qpp_exception_form filed = form_of(p, y, 1u << QPP_PI), draft = form_of(p, y, 1u << QPP_IA);
		struct qpp_exception_line *lines;
		size_t n;
		must(qpp_exceptions_mine(&x, filed.py, &lines, &n, &err) == QPP_OK, "applications", &err);
		for (size_t i = 0; i < n; i++)
			if (lines[i].may_withdraw && lines[i].row.who.entity == filed.level)
				must(qpp_exception_withdraw(&x, lines[i].row.id, 0, &err) == QPP_OK, "a withdrawal", &err);
		save(&x, &filed, p->filed[y].application);
		struct qpp_exception_filing f = { .id = qpp_str_of(p->filed[y].application), .certified = true };
		must(qpp_exception_file(&x, &f, &err) == QPP_OK, "an application", &err);
		save(&x, &draft, p->filed[y].unfiled);
	}
	if (p->kind != OF_REGISTRY) {
		struct qpp_excepting x = official(w, &a, p, account);
		enroll(&x, p);
	}
	qpp_arena_close(&a);
}
