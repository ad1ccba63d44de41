/*
 * Two organizations of every kind with data of two years, callers of every role,
 * and the service that they ask: the parts of qppd on a store of its own. See
 * matrix.h.
 */
#include "matrix.h"

#include <ftw.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/runs.h"

static struct qpp_err err;

void must(bool good, const char *what, const struct qpp_err *e)
{
	if (good)
		return;
	printf("Bail out! %s: %s %s\n", what, e ? e->primary : "", e ? e->detail : "");
	exit(1);
}

static void keep(char *to, size_t size, struct qpp_str s)
{
	must(s.n < size, "a text is longer than expected", NULL);
	if (s.n)
		memcpy(to, s.p, s.n);
	to[s.n] = 0;
}
#define KEEP(to, s) keep((to), sizeof(to), (s))

/* ---- roles ---- */

static const struct {
	enum kind kind;
	enum qpp_post post;
	bool agency;
} posts[ASKERS] = {
	[QPP_ROLE_CLINICIAN] = { OF_CLINICIAN, QPP_POST_CLINICIAN, false },
	[QPP_ROLE_PRACTICE_OFFICIAL] = { OF_PRACTICE, QPP_POST_OFFICIAL, false },
	[QPP_ROLE_PRACTICE_STAFF] = { OF_PRACTICE, QPP_POST_STAFF, false },
	[QPP_ROLE_GROUP_OFFICIAL] = { OF_GROUP, QPP_POST_OFFICIAL, false },
	[QPP_ROLE_GROUP_STAFF] = { OF_GROUP, QPP_POST_STAFF, false },
	[QPP_ROLE_ENTITY_OFFICIAL] = { OF_ENTITY, QPP_POST_OFFICIAL, false },
	[QPP_ROLE_ENTITY_STAFF] = { OF_ENTITY, QPP_POST_STAFF, false },
	[QPP_ROLE_REGISTRY_OFFICIAL] = { OF_REGISTRY, QPP_POST_OFFICIAL, false },
	[QPP_ROLE_REGISTRY_STAFF] = { OF_REGISTRY, QPP_POST_STAFF, false },
	[QPP_ROLE_REGISTRY_TOKEN] = { OF_REGISTRY, QPP_POST_NONE, false },
	[QPP_ROLE_REVIEWER] = { OF_PRACTICE, QPP_POST_REVIEWER, true },
	[QPP_ROLE_SECOND_REVIEWER] = { OF_PRACTICE, QPP_POST_SECOND_REVIEWER, true },
	[QPP_ROLE_OPERATOR] = { OF_PRACTICE, QPP_POST_OPERATOR, true },
	[QPP_ROLE_AGENT] = { OF_PRACTICE, QPP_POST_AGENT, true },
	[QPP_ROLE_AUDITOR] = { OF_PRACTICE, QPP_POST_AUDITOR, true },
	[VIEWER] = { OF_PRACTICE, QPP_POST_AGENT, true },
};

const char *asker_name(int role)
{
	return role == VIEWER ? "agentViewing" : role == HALF ? "halfSignedIn" : qpp_role_name((enum qpp_role)role);
}

enum kind kind_of_role(int role)
{
	return posts[role].kind;
}

const struct caller *world_filer(const struct world *w, const struct party *p)
{
	int i = p == &w->party[p->kind][1];
	return &w->official[p->kind == OF_CLINICIAN ? OF_PRACTICE : p->kind][i];
}

/* ---- organizations ---- */

struct put_org {
	struct qpp_org org;
	const char *tin;
};

static enum qpp_code put_org(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct put_org *p = request;
	p->org.id = QPP_LIT("");
	enum qpp_code code = qpp_store_org_put(tx, &p->org, qpp_str_of(p->tin), e);
	return code;
}

static void make_org(struct world *w, enum qpp_org_kind kind, const char *number, const char *tin, char id[ID])
{
	struct put_org p = { { .kind = kind, .number = qpp_str_of(number),
		                   .name = qpp_str_cat(&w->arena, "Organization ", number, tin, (char *)NULL), .city = QPP_LIT("Springfield"),
		                   .state = QPP_LIT("FL"), .body = QPP_LIT("{}") }, tin };
	must(qpp_store_write(w->service->store, &w->arena, put_org, &p, &err) == QPP_OK, "organization", &err);
	keep(id, ID, p.org.id);
}

struct belonging {
	struct qpp_clinician clinician;
	struct qpp_relation relation;
};

static enum qpp_code put_belonging(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct belonging *b = request;
	enum qpp_code code = qpp_store_clinician_put(tx, &b->clinician, e);
	return code == QPP_OK ? qpp_store_relation_put(tx, &b->relation, e) : code;
}

static const qpp_py years[YEARS] = { { 2023 }, { 2022 } };

static void make_clinician(struct world *w, const struct party *p)
{
	static const char facts[] = "{\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"none\", \"segments\": "
	                            "[{\"segment\": 1, \"allowedCharges\": 120000, \"patients\": 300, \"services\": 900}, "
	                            "{\"segment\": 2, \"allowedCharges\": 95000, \"patients\": 260, \"services\": 700}]}";
	for (int y = 0; y < YEARS; y++) {
		struct belonging b = {
			{ .npi = qpp_str_of(p->npi), .type = 1, .first = QPP_LIT("Erika"), .last = QPP_LIT("Mustermann"), .enrolled = QPP_LIT("2012-03-01"),
			  .specialty = QPP_LIT("Family medicine"), .body = QPP_LIT("{}") },
			{ .py = years[y], .org_id = qpp_str_of(p->practice), .npi = qpp_str_of(p->npi), .facts = qpp_str_of(facts), .body = QPP_LIT("{}") },
		};
		must(qpp_store_write(w->service->store, &w->arena, put_belonging, &b, &err) == QPP_OK, "clinician", &err);
	}
}

static enum qpp_code put_fact(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	return qpp_store_fact_put(tx, request, e);
}

/* Figures of the years, which everybody may ask for. */
static void make_figures(struct world *w, const char *agency)
{
	static const enum qpp_entity levels[] = { QPP_INDIVIDUAL, QPP_GROUP };
	for (int i = 0; i < 2 * YEARS; i++) {
		struct qpp_fact_row f = { .who = { .py = years[i / 2], .entity = levels[i % 2], .org_id = qpp_str_of(agency) }, .topic = QPP_LIT("stats"), .body = QPP_LIT("{}") };
		must(qpp_store_write(w->service->store, &w->arena, put_fact, &f, &err) == QPP_OK, "figures", &err);
	}
}

static enum qpp_code put_consent(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	return qpp_store_consent_put(tx, request, e);
}

void world_consent(struct world *w, const struct party *p, int year, bool holds)
{
	struct qpp_consent c = { .py = years[year], .org_id = qpp_str_of(p->practice), .registry_id = qpp_str_of(p->org), .given = { 1 },
		                     .revoked = { holds ? 0 : 2 } };
	must(qpp_store_write(w->service->store, &w->arena, put_consent, &c, &err) == QPP_OK, "consent", &err);
}

/* NPIs begin with 9 and have a valid check digit; TINs of others and of nobody end alike, since errors show the end. */
static const char *const npis[] = { "9000000007", "9000010014" };
static const char *const tins[KINDS][2] = { { "000111001", "000111002" }, { "", "" }, { "", "" }, { "", "" }, { "000444001", "000444002" } };
static const char *const numbers[KINDS][2] = { { "", "" }, { "", "" }, { "VG-0001", "VG-0002" }, { "A1001", "A1002" }, { "R-0001", "R-0002" } };

static void make_party(struct world *w, enum kind kind, int i)
{
	static const enum qpp_org_kind kinds[KINDS] = { QPP_ORG_PRACTICE, QPP_ORG_CLINICIAN, QPP_ORG_VIRTUAL_GROUP, QPP_ORG_APM_ENTITY,
		                                            QPP_ORG_REGISTRY };
	struct party *p = &w->party[kind][i], *practice = &w->party[OF_PRACTICE][i];
	p->kind = kind;
	KEEP(p->npi, qpp_str_of(npis[i]));
	KEEP(p->tin, qpp_str_of(kind == OF_CLINICIAN ? tins[OF_PRACTICE][i] : tins[kind][i]));
	KEEP(p->number, qpp_str_of(kind == OF_CLINICIAN ? npis[i] : numbers[kind][i]));
	make_org(w, kinds[kind], kind == OF_PRACTICE ? "" : p->number, kind == OF_PRACTICE ? p->tin : "", p->org);
	memcpy(p->practice, kind == OF_CLINICIAN ? practice->org : p->org, ID);
	memcpy(p->governed, kind == OF_CLINICIAN ? practice->org : p->org, ID);
	if (kind == OF_REGISTRY) {
		make_org(w, QPP_ORG_PRACTICE, "", p->tin, p->practice);
		for (int y = 0; y < YEARS; y++)
			world_consent(w, p, y, true);
	}
	if (kind == OF_CLINICIAN)
		make_clinician(w, p);
}

/* As the second party is named, and not there. */
static void make_nobody(struct world *w)
{
	struct party *n = &w->nobody;
	n->kind = OF_PRACTICE;
	KEEP(n->org, QPP_LIT("00000000-0000-4000-8000-00000000000a"));
	KEEP(n->practice, QPP_LIT("00000000-0000-4000-8000-00000000000b"));
	KEEP(n->governed, QPP_LIT("00000000-0000-4000-8000-00000000000c"));
	KEEP(n->role, QPP_LIT("00000000-0000-4000-8000-00000000000d"));
	KEEP(n->open_role, QPP_LIT("00000000-0000-4000-8000-00000000000d"));
	KEEP(n->token, QPP_LIT("00000000-0000-4000-8000-000000000010"));
	KEEP(n->registry, QPP_LIT("00000000-0000-4000-8000-000000000011"));
	KEEP(n->account, QPP_LIT("00000000-0000-4000-8000-000000000012"));
	KEEP(n->tin, QPP_LIT("000991002"));
	KEEP(n->npi, QPP_LIT("9000020011"));
	KEEP(n->number, QPP_LIT("NONE-01"));
	for (int y = 0; y < YEARS; y++) {
		KEEP(n->filed[y].submission, QPP_LIT("00000000-0000-4000-8000-00000000000e"));
		KEEP(n->filed[y].set, QPP_LIT("00000000-0000-4000-8000-00000000000f"));
		KEEP(n->filed[y].receipt, QPP_LIT("999999"));
		KEEP(n->filed[y].application, QPP_LIT("00000000-0000-4000-8000-000000000013"));
		KEEP(n->filed[y].registration, QPP_LIT("00000000-0000-4000-8000-000000000013"));
		KEEP(n->filed[y].unfiled, QPP_LIT("00000000-0000-4000-8000-000000000014"));
		KEEP(n->filed[y].review, QPP_LIT("00000000-0000-4000-8000-000000000016"));
		KEEP(n->filed[y].vgroup, QPP_LIT("00000000-0000-4000-8000-000000000015"));
		KEEP(n->filed[y].vgroup_receipt, QPP_LIT("999998"));
	}
}

/* ---- callers ---- */

static struct qpp_from nowhere(void)
{
	return (struct qpp_from){ QPP_LIT("127.0.0.1"), QPP_LIT("arranged") };
}

static void sign_in(struct world *w, struct caller *c)
{
	struct qpp_from from = nowhere();
	struct qpp_signed_in in;
	const struct qpp_vouched who = { QPP_LIT("test"), qpp_str_of(c->name), qpp_str_of(c->name),
		                             qpp_str_cat(&w->arena, c->name, "@example.org", (char *)NULL) };
	must(qpp_sign_in_vouched(w->identity, &w->arena, &from, &who, &in, &err) == QPP_OK, "sign-in", &err);
	KEEP(c->token, in.token);
}

static struct qpp_person person_of(struct world *w, const struct caller *c)
{
	struct qpp_person person;
	must(qpp_session_person(w->identity, &w->arena, qpp_str_of(c->token), true, &person, &err) == QPP_OK, "session", &err);
	return person;
}

static void give_role(struct world *w, const struct caller *c, const char *org, enum qpp_post post)
{
	must(qpp_admin_role_grant(w->identity, &w->arena, QPP_LIT("test"), qpp_str_of(c->name), qpp_str_of(org), post, &err) == QPP_OK, "role", &err);
}

struct role_change {
	struct qpp_str account, org;
	struct qpp_role_row row;
	enum qpp_role_state to;
};

static enum qpp_code change_role(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct role_change *c = request;
	struct qpp_role_row_rows rows;
	enum qpp_code code = qpp_store_role_of_account(tx, c->account, (enum qpp_role_state)0, &rows, e);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		if (!qpp_str_eq(rows.v[i].org_id, c->org) || rows.v[i].state == c->to)
			continue;
		rows.v[i].state = c->to;
		rows.v[i].changed = qpp_tx_now(tx);
		return qpp_store_role_put(tx, &rows.v[i], e);
	}
	return code;
}

static void move_role(struct world *w, const char *account, const char *org, enum qpp_role_state to)
{
	struct role_change c = { .account = qpp_str_of(account), .org = qpp_str_of(org), .to = to };
	must(qpp_store_write(w->service->store, &w->arena, change_role, &c, &err) == QPP_OK, "role", &err);
}

/* A form token of its session, from a page of ours. */
static void take_form_token(struct world *w, struct caller *c)
{
	static const struct qpp_page html = { .method = QPP_GET };
	static const char before[] = "name=\"csrf\" value=\"", cookie[] = "__Host-visitor=";
	struct qpp_arena a = QPP_ARENA_INIT;
	const struct ask x = { .page = &html, .method = "GET", .target = c->token[0] && !c->unknown && !c->half ? "/help" : "/sign-in" };
	struct asked got = client_ask(w, &a, c, &x);
	const char *at = got.body.n ? strstr(qpp_str_dup(&a, got.body).p, before) : NULL;
	must(at != NULL, "a page of ours has no form token", NULL);
	at += sizeof before - 1;
	KEEP(c->form_token, ((struct qpp_str){ at, strcspn(at, "\"") }));
	struct qpp_str set = client_header(&got, "Set-Cookie");
	if (set.n && qpp_str_starts(set, cookie))
		KEEP(c->visitor, ((struct qpp_str){ set.p + sizeof cookie - 1, strcspn(set.p + sizeof cookie - 1, ";") }));
	qpp_arena_close(&a);
}

static void look_on(struct world *w, struct caller *c)
{
	struct qpp_from from = nowhere();
	struct qpp_person person = person_of(w, c);
	must(qpp_view_as(w->identity, &w->arena, &from, &person, QPP_VIEW_TIN, qpp_str_of(w->party[OF_PRACTICE][0].tin), QPP_LIT("a call"), &err) == QPP_OK, "view", &err);
}

/* ---- half signed in: the password was right, and a second factor must be set up ---- */

struct copying {
	struct qpp_str from, to;
};

static enum qpp_code copy_session(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	const struct copying *c = request;
	struct qpp_session s;
	enum qpp_code code = qpp_store_session_get(tx, c->from, &s, e);
	s.token_hash = c->to;
	return code == QPP_OK ? qpp_store_session_put(tx, &s, e) : code;
}

/* Without a password once more: each costs a hash. */
static void copy_half(struct world *w, const struct caller *from, struct caller *c)
{
	struct qpp_str token = qpp_store_new_token(w->service->store, &w->arena, 32);
	struct copying k = { qpp_store_token_hash(w->service->store, &w->arena, qpp_str_of(from->token)),
		                 qpp_store_token_hash(w->service->store, &w->arena, token) };
	must(qpp_store_write(w->service->store, &w->arena, copy_session, &k, &err) == QPP_OK, "session", &err);
	KEEP(c->token, token);
	c->half = true;
	c->roles = QPP_BY(ANONYMOUS);
	take_form_token(w, c);
}

static void make_half(struct world *w, struct caller c[CALLERS])
{
	static const struct qpp_account_new one = { .name = QPP_LIT("half-way"), .person = QPP_LIT("Max Mustermann"),
		                                        .email = QPP_LIT("half@example.org"), .password = QPP_LIT("Correct-Horse-7-Staple") };
	struct qpp_from from = nowhere();
	struct qpp_account account;
	struct qpp_signed_in in;
	struct caller first = { 0 };
	must(qpp_admin_account_add(w->identity, &w->arena, &one, &account, &err) == QPP_OK, "account", &err);
	must(qpp_sign_in(w->identity, &w->arena, &from, one.name, one.password, &in, &err) == QPP_OK && in.stage == QPP_STAGE_ENROLL, "sign-in", &err);
	KEEP(first.token, in.token);
	for (int i = 0; i < CALLERS; i++)
		copy_half(w, &first, &c[i]);
}

void world_sign_in_anew(struct world *w, struct caller *c)
{
	if (!c->token[0] || c->program || c->unknown)
		return;
	if (c->half) {
		copy_half(w, c, c);
		return;
	}
	sign_in(w, c);
	if (c->viewing)
		look_on(w, c);
	take_form_token(w, c);
}

static void make_token(struct world *w, int i, int year, bool revoked, struct caller *c)
{
	struct qpp_from from = nowhere();
	struct qpp_person person = person_of(w, &w->official[OF_REGISTRY][i]);
	struct qpp_api_token row;
	struct qpp_str token;
	c->program = true;
	c->roles = QPP_BY(REGISTRY_TOKEN);
	must(qpp_token_make(w->identity, &w->arena, &from, &person, qpp_str_of(w->party[OF_REGISTRY][i].org), years[year], QPP_LIT("test"),
	                    (qpp_time){ 0 }, &token, &row, &err) == QPP_OK, "token", &err);
	KEEP(c->token, token);
	if (!revoked)
		return;
	must(qpp_token_revoke(w->identity, &w->arena, &from, &person, row.id, &err) == QPP_OK, "token", &err);
	c->unknown = true;
}

static void make_unknown(struct world *w, struct caller *c)
{
	KEEP(c->token, qpp_store_new_token(w->service->store, &w->arena, 32));
	c->unknown = true;
	c->roles = QPP_BY(ANONYMOUS);
}

static void make_person(struct world *w, int role, enum which which, const char *agency, const char *third)
{
	struct caller *c = &w->asker[role][which];
	bool agencys = posts[role].agency, revoked = which == CALLER_REVOKED;
	const char *org = agencys ? agency : w->party[posts[role].kind][which == CALLER_OTHER].org;
	(void)snprintf(c->name, sizeof c->name, "%s-%d", asker_name(role), which);
	c->roles = QPP_BY(SIGNED_IN);
	c->viewing = role == VIEWER;
	sign_in(w, c);
	if (posts[role].post) {
		give_role(w, c, org, posts[role].post);
		if (revoked)
			move_role(w, person_of(w, c).account_id.p, org, QPP_POST_REMOVED);
		if (revoked && !agencys)
			give_role(w, c, third, posts[role].post);
		if (!revoked || !agencys)
			c->roles |= 1u << role;
	}
	if (role == VIEWER)
		c->roles = QPP_BY(SIGNED_IN) | QPP_BY(PRACTICE_STAFF);
	if (role == VIEWER && !revoked)
		look_on(w, c);
	else if (role == VIEWER)
		c->viewing = false, c->roles = QPP_BY(SIGNED_IN);
	take_form_token(w, c);
}

static void make_askers(struct world *w)
{
	static const enum qpp_org_kind kinds[KINDS] = { QPP_ORG_PRACTICE, QPP_ORG_CLINICIAN, QPP_ORG_VIRTUAL_GROUP, QPP_ORG_APM_ENTITY,
		                                            QPP_ORG_REGISTRY };
	char agency[ID], third[KINDS][ID];
	make_org(w, QPP_ORG_AGENCY, "AGENCY", "", agency);
	make_figures(w, agency);
	for (int k = 0; k < KINDS; k++)
		make_org(w, kinds[k], k == OF_PRACTICE ? "" : k == OF_CLINICIAN ? "9000030010" : "THIRD", k == OF_PRACTICE ? "000111003" : "", third[k]);
	memcpy(w->third_registry, third[OF_REGISTRY], ID);
	for (int role = 0; role < ASKERS; role++) {
		struct caller *c = w->asker[role];
		if (role == QPP_ROLE_REGISTRY_TOKEN) {
			make_token(w, 0, THIS_YEAR, false, &c[CALLER_OWN]);
			make_token(w, 1, THIS_YEAR, false, &c[CALLER_OTHER]);
			make_token(w, 0, THIS_YEAR, true, &c[CALLER_REVOKED]);
			make_token(w, 0, OTHER_YEAR, false, &c[CALLER_YEAR]);
			make_unknown(w, &c[CALLER_UNKNOWN]);
			c[CALLER_UNKNOWN].program = true;
			continue;
		}
		if (role == HALF) {
			make_half(w, c);
			continue;
		}
		for (int i = 0; i < CALLER_UNKNOWN && role != QPP_ROLE_ANONYMOUS; i++)
			make_person(w, role, (enum which)i, agency, third[posts[role].kind]);
		for (int i = 0; i < CALLER_UNKNOWN && role == QPP_ROLE_ANONYMOUS; i++)
			c[i].roles = QPP_BY(ANONYMOUS);
		make_unknown(w, &c[CALLER_UNKNOWN]);
		for (int i = 0; i < CALLERS; i++)
			if (role == QPP_ROLE_ANONYMOUS || i == CALLER_UNKNOWN)
				take_form_token(w, &c[i]);
	}
}

void world_person(struct world *w, struct caller *c, const char *name, const char *org, enum qpp_post post)
{
	KEEP(c->name, qpp_str_of(name));
	sign_in(w, c);
	give_role(w, c, org, post);
	take_form_token(w, c);
}

void world_remove(struct world *w, const struct caller *c, const char *org)
{
	move_role(w, person_of(w, c).account_id.p, org, QPP_POST_REMOVED);
}

static void make_officials(struct world *w)
{
	for (int k = 0; k < KINDS; k++)
		for (int i = 0; i < 2 && k != OF_CLINICIAN; i++) {
			struct caller *c = &w->official[k][i];
			(void)snprintf(c->name, sizeof c->name, "official-%d-%d", k, i);
			sign_in(w, c);
			give_role(w, c, w->party[k][i].org, QPP_POST_OFFICIAL);
			take_form_token(w, c);
		}
}

/* ---- data ---- */

static const struct named *row_of(const char *page)
{
	for (size_t i = 0; i < named_pages_n; i++)
		if (strcmp(named_pages[i].page, page) == 0)
			return &named_pages[i];
	return NULL;
}

/* The text of a member behind `name`, in quotes or not. */
static void take_member(struct qpp_arena *a, struct qpp_str text, const char *name, char to[ID])
{
	const char *at = text.n ? strstr(qpp_str_dup(a, text).p, name) : NULL;
	must(at != NULL, "an answer lacks a member", NULL);
	at += strlen(name);
	keep(to, ID, (struct qpp_str){ at, strcspn(at, "\",};") });
}

static struct asked file(struct world *w, struct qpp_arena *a, struct party *p, int year, const char *page, const char *target)
{
	const struct named *row = row_of(page);
	const struct ask x = { .method = page[1] == 'U' ? "PUT" : "POST", .target = target, .type = row->type,
		                   .body = qpp_str_of(named_text(a, row->body, p, year)) };
	return client_ask(w, a, world_filer(w, p), &x);
}

void world_file(struct world *w, struct party *p, int year)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct filed *f = &p->filed[year];
	struct asked got = file(w, &a, p, year, "POST /api/submissions/measurement-sets", "/api/submissions/measurement-sets");
	/* It is there, perhaps without all of its measurements. */
	if (got.status == 422) {
		take_member(&a, got.body, "it is ", f->set);
		got = file(w, &a, p, year, "PUT /api/submissions/measurement-sets/{id}", named_text(&a, "/api/submissions/measurement-sets/$SET", p, year));
	}
	if (got.status != 201 && got.status != 200)
		printf("# filing for kind %d: %d %.*s\n", p->kind, got.status, QPP_ARG(got.body));
	must(got.status == 201 || got.status == 200, "filing", NULL);
	take_member(&a, got.body, "\"submissionId\":\"", f->submission);
	take_member(&a, got.body, "\"id\":\"", f->set);
	take_member(&a, client_header(&got, "OpenQPP-Receipt"), "\"sequence\":", f->receipt);
	qpp_arena_close(&a);
}

void world_take_away(struct world *w, struct party *p, int year)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	const struct ask x = { .method = "DELETE", .target = named_text(&a, "/api/submissions/measurement-sets/$SET", p, year) };
	struct asked got = client_ask(w, &a, world_filer(w, p), &x);
	if (got.status != 204)
		printf("# %s: %d %.*s\n", x.target, got.status, QPP_ARG(got.body));
	must(got.status == 204, "taking a set back", NULL);
	qpp_arena_close(&a);
}

void world_draft(struct world *w, struct party *p, int year)
{
	static const struct qpp_page html = { .method = QPP_POST };
	struct qpp_arena a = QPP_ARENA_INIT;
	const struct named *row = row_of("POST /submissions/{id}/ia");
	const struct ask x = { .page = &html, .method = "POST", .target = named_text(&a, row->target, p, year), .type = row->type,
		                   .body = qpp_str_of(named_text(&a, row->body, p, year)) };
	struct asked got = client_ask(w, &a, world_filer(w, p), &x);
	must(got.status == 303, "a draft", NULL);
	qpp_arena_close(&a);
}

struct role_request {
	char *id;                        /* of the row; empty: a new one */
	const char *org;
	enum qpp_post post;
	struct qpp_str account;
};

static enum qpp_code put_request(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct role_request *r = request;
	struct qpp_role_row row = { 0 };
	enum qpp_code code = QPP_OK;
	if (r->id[0])
		code = qpp_store_role_get(tx, qpp_str_of(r->id), &row, e);
	else
		row = (struct qpp_role_row){ .account_id = r->account, .org_id = qpp_str_of(r->org), .post = r->post,
			                         .created = qpp_tx_now(tx), .note = QPP_LIT("") };
	row.state = QPP_POST_REQUESTED;
	row.changed = qpp_tx_now(tx);
	if (code == QPP_OK)
		code = qpp_store_role_put(tx, &row, e);
	if (code == QPP_OK && !r->id[0])
		keep(r->id, ID, row.id);
	return code;
}

static void ask_for_role(struct world *w, const char *name, const char *org, enum qpp_post post, char id[ID])
{
	struct caller c = { 0 };
	struct role_request r = { .id = id, .org = org, .post = post };
	if (!id[0]) {
		KEEP(c.name, qpp_str_of(name));
		sign_in(w, &c);
		r.account = person_of(w, &c).account_id;
	}
	must(qpp_store_write(w->service->store, &w->arena, put_request, &r, &err) == QPP_OK, "request for a role", &err);
}

/* A token to be revoked, and an account to be opened again. */
static void make_decidable(struct world *w, struct party *p)
{
	struct qpp_from from = nowhere();
	struct qpp_api_token row;
	struct qpp_str token;
	memcpy(p->token, w->nobody.token, ID);
	if (p->kind == OF_REGISTRY) {
		struct qpp_person person = person_of(w, world_filer(w, p));
		must(qpp_token_make(w->identity, &w->arena, &from, &person, qpp_str_of(p->org), years[THIS_YEAR], QPP_LIT("revoked"), (qpp_time){ 0 },
		                    &token, &row, &err) == QPP_OK, "token", &err);
		KEEP(p->token, row.id);
	}
	must(qpp_admin_account(w->identity, &w->arena, QPP_LIT("test"), QPP_LIT("shut"), QPP_ADMIN_DISABLE, &err) == QPP_OK, "account", &err);
}

void world_undecide(struct world *w, struct party *p)
{
	char name[32];
	(void)snprintf(name, sizeof name, "asks-%d-%d", p->kind, p == &w->party[p->kind][1]);
	(void)snprintf(p->email, sizeof p->email, "%s@example.org", name);
	ask_for_role(w, name, p->governed, QPP_POST_STAFF, p->role);
	ask_for_role(w, "opens", w->open, QPP_POST_OFFICIAL, w->open_role);
	memcpy(p->open_role, w->open_role, ID);
	memcpy(p->registry, w->third_registry, ID);
	memcpy(p->account, w->shut, ID);
	make_decidable(w, p);
	struct party consents = *p;
	memcpy(consents.practice, p->governed, ID);
	memcpy(consents.org, w->third_registry, ID);
	for (int y = 0; y < YEARS; y++)
		world_consent(w, &consents, y, false);
	for (int y = 0; y < YEARS; y++) {
		memcpy(p->filed[y].application, w->nobody.filed[y].application, ID);
		memcpy(p->filed[y].unfiled, w->nobody.filed[y].unfiled, ID);
		memcpy(p->filed[y].registration, w->nobody.filed[y].registration, ID);
	}
	const char *account = qpp_str_dup(&w->arena, person_of(w, world_filer(w, p)).account_id).p;
	world_apply(w, p, account);
	world_elect(w, p, account);
}

/* ---- what is kept ---- */

static sqlite3 *look;

static void open_look(const struct world *w)
{
	char path[128];
	(void)snprintf(path, sizeof path, "%s/store.db", w->folder);
	must(sqlite3_open_v2(path, &look, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK, "the store's file", NULL);
	(void)sqlite3_busy_timeout(look, 10000);
}

/* Eight bytes at a time: every row is read thousands of times. */
static void mix(uint64_t *h, const char *bytes, size_t n)
{
	uint64_t word;
	for (; n >= sizeof word; bytes += sizeof word, n -= sizeof word) {
		memcpy(&word, bytes, sizeof word);
		*h = (*h ^ word) * UINT64_C(1099511628211);
		*h ^= *h >> 32;
	}
	for (size_t i = 0; i < n; i++)
		*h = (*h ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
}

static void mix_table(uint64_t *h, const char *name)
{
	char text[128];
	sqlite3_stmt *rows;
	(void)snprintf(text, sizeof text, "SELECT * FROM \"%s\"", name);
	must(sqlite3_prepare_v2(look, text, -1, &rows, NULL) == SQLITE_OK, name, NULL);
	while (sqlite3_step(rows) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(rows); i++) {
			const char *bytes = (const char *)sqlite3_column_text(rows, i);
			mix(h, bytes, (size_t)sqlite3_column_bytes(rows, i));
			mix(h, "|", 1);
		}
	(void)sqlite3_finalize(rows);
}

/* A number that changes with every commit of another connection. */
static int64_t commits_seen(void)
{
	sqlite3_stmt *pragma;
	must(sqlite3_prepare_v2(look, "PRAGMA data_version", -1, &pragma, NULL) == SQLITE_OK && sqlite3_step(pragma) == SQLITE_ROW, "data_version",
	     NULL);
	int64_t seen = sqlite3_column_int64(pragma, 0);
	(void)sqlite3_finalize(pragma);
	return seen;
}

uint64_t world_fingerprint(const struct world *w)
{
	static uint64_t h;
	static int64_t of = -1;
	sqlite3_stmt *names;
	(void)w;
	int64_t now = commits_seen();
	if (now == of)
		return h;
	of = now;
	h = UINT64_C(14695981039346656037);
	must(sqlite3_prepare_v2(look, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('audit', 'session', 'counter', "
	                              "'ledger_head', 'ledger_tail') ORDER BY name", -1, &names, NULL) == SQLITE_OK, "tables", NULL);
	while (sqlite3_step(names) == SQLITE_ROW)
		mix_table(&h, (const char *)sqlite3_column_text(names, 0));
	(void)sqlite3_finalize(names);
	return h;
}

static enum qpp_code nothing(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	(void)tx, (void)request, (void)e;
	return QPP_OK;
}

const char *world_record(struct world *w, struct qpp_arena *a)
{
	struct qpp_tx *tx;
	struct qpp_audit_rows rows = { 0 };
	const struct qpp_audit_query any = { 0 };
	/* Records that nobody waits for go with the next write. */
	must(qpp_store_write(w->service->store, a, nothing, NULL, &err) == QPP_OK, "store", &err);
	must(qpp_store_begin(w->service->store, a, &tx, &err) == QPP_OK, "store", &err);
	enum qpp_code code = qpp_store_audit_list(tx, &any, (struct qpp_slice){ .most = 1 }, &rows, &err);
	qpp_store_end(tx);
	must(code == QPP_OK && rows.n, "record", &err);
	return qpp_str_cat(a, qpp_str_dup(a, rows.v[0].action).p, " ", qpp_i64_text(a, rows.v[0].outcome).p, rows.v[0].view_as.n ? " viewing" : "",
	                   (char *)NULL).p;
}

/* Everybody is scored and the scores are released, with their factors. */
static void release(struct world *w, int year)
{
	static const struct qpp_run_work work;
	struct qpp_scoring run;
	struct qpp_release row;
	const struct qpp_run_order order = { .py = years[year], .phase = QPP_PHASE_FINAL, .scaling = QPP_SCALING_BY_RULES, .name = QPP_LIT("final"),
		                                 .reason = QPP_LIT("of the year"), .account_id = QPP_LIT("operator") };
	must(qpp_run_begin(w->service, &w->arena, &order, &run, &err) == QPP_OK, "a run", &err);
	must(qpp_run_go(w->service, run.id, &work, &w->arena, &run, &err) == QPP_OK, "a run", &err);
	const struct qpp_release_order all = { .scoring_id = run.id, .factors = true, .reason = QPP_LIT("as announced"), .account_id = QPP_LIT("operator") };
	must(qpp_release(w->service, &w->arena, &all, &row, &err) == QPP_OK, "a release", &err);
}

/* ---- requests for review ---- */

static struct asked post(struct world *w, struct qpp_arena *a, const struct caller *c, const char *target, const char *body)
{
	static const struct qpp_page html = { .method = QPP_POST };
	const struct ask x = { .page = &html, .method = "POST", .target = target, .type = "application/x-www-form-urlencoded",
		                   .body = qpp_str_of(body) };
	return client_ask(w, a, c, &x);
}

/* The years' windows are over long since: an operator moves them. */
static void open_reviews(struct world *w)
{
	static const char *const bodies[YEARS] = { "end=2023&day=2090-01-01&hour=20:00&reason=A+test", "end=2022&day=2090-01-01&hour=20:00&reason=A+test" };
	struct qpp_arena a = QPP_ARENA_INIT;
	for (int y = 0; y < YEARS; y++)
		must(post(w, &a, &w->asker[QPP_ROLE_OPERATOR][CALLER_OWN], "/operator/targeted-review/extend", bodies[y]).status == 303, "a window", NULL);
	qpp_arena_close(&a);
}

/* As each may: a clinician for the own TIN/NPI, a registry as third party. */
static void file_review(struct world *w, struct party *p, int year)
{
	static const char *const about[KINDS] = {
		[OF_PRACTICE] = "level=group&org=$PRACTICE&as=practiceStaff", [OF_CLINICIAN] = "level=individual&npi=$NPI&number=$TIN&as=clinician",
		[OF_GROUP] = "level=virtualGroup&org=$ORG&as=entityRepresentative", [OF_ENTITY] = "level=apmEntity&org=$ORG&as=entityRepresentative",
		[OF_REGISTRY] = "level=group&number=$TIN&as=thirdParty&authority=yes",
	};
	struct qpp_arena a = QPP_ARENA_INIT;
	bool second = p == &w->party[p->kind][1];
	const struct caller *c = p->kind == OF_CLINICIAN ? &w->asker[QPP_ROLE_CLINICIAN][second ? CALLER_OTHER : CALLER_OWN] : world_filer(w, p);
	const char *body = qpp_str_cat(&a, about[p->kind], "&py=$YEAR&legalName=x&name=x&phone=1&email=x@example.org&reason=benchmark&explanation=x",
	                               (char *)NULL).p;
	struct asked got = post(w, &a, c, "/targeted-review/new", named_text(&a, body, p, year));
	if (got.status != 303)
		printf("# kind %d: %d %.*s\n", p->kind, got.status, QPP_ARG(got.body));
	must(got.status == 303, "a draft of a request for review", NULL);
	struct qpp_str at = client_header(&got, "Location"), part = { 0 };
	for (int i = 0; i < 3; i++)
		(void)qpp_str_cut(&at, '/', &part);
	keep(p->filed[year].review, ID, (struct qpp_str){ part.p, strcspn(part.p, "?\r\n") });
	got = post(w, &a, c, named_text(&a, "/targeted-review/$REVIEW/review", p, year), "certified=yes");
	must(got.status == 303, "a request for review", NULL);
	qpp_arena_close(&a);
}

/* ---- all of it ---- */

static void serve(struct world *w)
{
	static const struct qpp_page_table *tables[QPP_RUNNING_TABLES];
	const struct qppd_options o = { .data = w->folder, .window_open = true };
	must(qpp_running_open(&o, &w->running, &err) == QPP_OK, "the service", &err);
	w->service = qpp_running_service(w->running);
	w->identity = qpp_running_identity(w->running);
	const struct qpp_server_options s = {
		.clock = qpp_clock_system(), .tables = tables, .n_tables = qpp_running_tables(w->running, tables), .host = w->running,
		.hooks = qpp_running_hooks(), .socket = -1, .version = "test", .threads = 1, .workers = 2,
	};
	must(qpp_server_open(&s, &w->server, &err) == QPP_OK, "the server", &err);
	w->port = qpp_server_port(w->server);
	w->router = qpp_server_router(w->server);
}

void world_open(struct world *w)
{
	memset(w, 0, sizeof *w);
	/* In memory where there is such a folder: each request waits for its record to be on disk. */
	(void)snprintf(w->folder, sizeof w->folder, "%s/qpp-access-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	must(sodium_init() >= 0 && mkdtemp(w->folder), "a folder", NULL);
	serve(w);
	for (int k = 0; k < KINDS; k++)
		for (int i = 0; i < 2; i++)
			make_party(w, (enum kind)k, i);
	struct put_org open_practice = { { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Open"), .body = QPP_LIT("{}") }, "000777777" };
	must(qpp_store_write(w->service->store, &w->arena, put_org, &open_practice, &err) == QPP_OK, "organization", &err);
	KEEP(w->open, open_practice.org.id);
	make_nobody(w);
	make_officials(w);
	make_askers(w);
	open_reviews(w);
	struct caller shut = { .name = "shut" };
	sign_in(w, &shut);
	KEEP(w->shut, person_of(w, &shut).account_id);
	for (int k = 0; k < KINDS; k++)
		for (int i = 0; i < 2; i++) {
			for (int y = 0; y < YEARS; y++)
				world_file(w, &w->party[k][i], y), file_review(w, &w->party[k][i], y);
			world_undecide(w, &w->party[k][i]);
		}
	for (int y = 0; y < YEARS; y++)
		release(w, y);
	open_look(w);
}

static int remove_one(const char *path, const struct stat *s, int flag, struct FTW *ftw)
{
	(void)s, (void)flag, (void)ftw;
	return remove(path);
}

void world_close(struct world *w)
{
	client_close();
	(void)sqlite3_close(look);
	must(qpp_server_close(w->server, 5), "the server did not end", NULL);
	qpp_running_close(w->running);
	(void)nftw(w->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	qpp_arena_close(&w->arena);
}
