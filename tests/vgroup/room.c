/* The election room for tests: see room.h. */
#include "room.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/catalogs.h"

static void must(struct room *r, enum qpp_code code, const char *what)
{
	if (code == QPP_OK)
		return;
	printf("Bail out! %s: %s: %s (%s)\n", what, qpp_code_name(code), r->err.primary, r->err.detail);
	exit(1);
}

static const struct qpp_years *load_years(struct room *r)
{
	static struct qpp_arena a = QPP_ARENA_INIT;
	static const struct qpp_years *years;
	struct qpp_year_text texts[20];
	size_t n = 0;
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; c->py.v; c++)
		texts[n++] = (struct qpp_year_text){ c->py, c->text };
	if (!years)
		must(r, qpp_years_load(&a, texts, n, &years, &r->err), "years");
	return years;
}

/* ---- people ---- */

/* An NPI that begins with 9: its check digit is Luhn's over it with 80840 in front. */
static struct qpp_str npi_of(struct room *r, int64_t n)
{
	char *text = qpp_arena_alloc(&r->w.arena, 40);
	int sum = 24;
	(void)snprintf(text, 40, "9%08lld", (long long)n);
	for (int i = 8; i >= 0; i--) {
		int d = text[i] - '0';
		if ((8 - i) % 2 == 0)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	text[9] = (char)('0' + (10 - sum % 10) % 10);
	text[10] = 0;
	return (struct qpp_str){ text, 10 };
}

struct joining {
	struct room *r;
	struct practice *p;
	int py;
	size_t n, eligible;
	int criteria;
	bool new_practice;
};

enum whose { OF_GROUP, OF_QP, OF_ELIGIBLE };

static struct qpp_str facts(struct room *r, enum whose whose, int criteria)
{
	char *text = qpp_arena_alloc(&r->w.arena, 1000);
	int charges = criteria > 0 ? 120000 : 1000, patients = criteria > 1 ? 300 : 10, services = criteria > 2 ? 900 : 10;
	char one[200];
	(void)snprintf(one, sizeof one, "\"allowedCharges\": %d, \"patients\": %d, \"services\": %d", charges, patients, services);
	static const char *const heads[] = { "", "\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"qp\", ",
		                                 "\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"none\", " };
	(void)snprintf(text, 1000, "{%s\"segments\": [{\"segment\": 1, %s}, {\"segment\": 2, %s}]}", heads[whose], one, one);
	return qpp_str_of(text);
}

static enum qpp_code add_people(struct qpp_tx *tx, struct joining *j, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < j->n; i++) {
		struct qpp_clinician c = { .npi = npi_of(j->r, ++j->r->drawn), .type = 1, .first = QPP_LIT("Ada"), .last = QPP_LIT("Byron"),
			.specialty = QPP_LIT("physician"), .enrolled = QPP_LIT("2012-03-01"), .body = QPP_LIT("{}") };
		struct qpp_relation rel = { .py = { j->py }, .org_id = j->p->id, .npi = c.npi, .body = QPP_LIT("{}"),
			.facts = facts(j->r, i < j->eligible ? OF_ELIGIBLE : OF_QP, j->criteria) };
		code = qpp_store_clinician_put(tx, &c, err);
		if (code == QPP_OK)
			code = qpp_store_relation_put(tx, &rel, err);
		j->p->npis[j->p->n++] = c.npi;
	}
	return code;
}

static enum qpp_code add_official(struct qpp_tx *tx, struct joining *j, struct qpp_err *err)
{
	struct practice *p = j->p;
	struct qpp_arena *a = &j->r->w.arena;
	struct qpp_account account = { .provider = QPP_LIT("local"), .subject = qpp_str_cat(a, "official-", p->tin.p, (char *)NULL),
		.name = qpp_str_cat(a, "Official of ", p->name.p, (char *)NULL), .email = qpp_str_cat(a, "official", p->tin.p, "@example.org", (char *)NULL),
		.state = QPP_LIT("active"), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_account_put(tx, &account, err);
	p->account_id = qpp_str_dup(a, account.id);
	struct qpp_role_row role = { .account_id = p->account_id, .org_id = p->id, .post = QPP_POST_OFFICIAL, .state = QPP_POST_ACTIVE };
	return code == QPP_OK ? qpp_store_role_put(tx, &role, err) : code;
}

static enum qpp_code join(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct joining *j = request;
	struct qpp_org org = { .kind = QPP_ORG_PRACTICE, .name = j->p->name, .address1 = QPP_LIT("1 Example Street"), .city = QPP_LIT("Springfield"),
		.state = QPP_LIT("FL"), .zip = QPP_LIT("33901"), .body = QPP_LIT("{}") };
	enum qpp_code code = j->new_practice ? qpp_store_org_put(tx, &org, j->p->tin, err) : QPP_OK;
	if (j->new_practice)
		j->p->id = qpp_str_dup(&j->r->w.arena, org.id);
	struct qpp_fact_row fact = { .who = { { j->py }, QPP_GROUP, j->p->id, QPP_LIT("") }, .topic = QPP_LIT("eligibility"),
		.body = facts(j->r, OF_GROUP, j->criteria) };
	if (code == QPP_OK)
		code = add_people(tx, j, err);
	if (code == QPP_OK && j->new_practice)
		code = qpp_store_fact_put(tx, &fact, err);
	return code == QPP_OK && j->new_practice ? add_official(tx, j, err) : code;
}

size_t practice(struct room *r, int py, const char *name, size_t n, size_t eligible, int criteria)
{
	struct practice *p = &r->p[r->n];
	struct joining j = { r, p, py, n, eligible, criteria, true };
	char *tin = qpp_arena_alloc(&r->w.arena, 40);
	(void)snprintf(tin, 40, "0001%05zu", r->n + 1);
	p->tin = qpp_str_of(tin);
	p->name = qpp_str_of(name);
	must(r, qpp_store_write(r->w.store, &r->w.arena, join, &j, &r->err), name);
	struct qpp_actor_role *role = QPP_NEW(&r->w.arena, struct qpp_actor_role);
	*role = (struct qpp_actor_role){ .org_id = p->id, .kind = QPP_ORG_PRACTICE, .post = QPP_POST_OFFICIAL };
	p->actor = (struct qpp_actor){ .account_id = p->account_id, .roles = role, .n = 1 };
	return r->n++;
}

struct qpp_str joins(struct room *r, size_t p, int py)
{
	struct joining j = { r, &r->p[p], py, 1, 1, 3, false };
	must(r, qpp_store_write(r->w.store, &r->w.arena, join, &j, &r->err), "joins");
	return r->p[p].npis[r->p[p].n - 1];
}

struct leaving {
	struct qpp_str org_id, npi;
	int py;
};

static enum qpp_code leave(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct leaving *l = request;
	return qpp_store_relation_delete(tx, (qpp_py){ l->py }, l->org_id, l->npi, err);
}

void leaves(struct room *r, size_t p, int py, struct qpp_str npi)
{
	struct leaving l = { r->p[p].id, npi, py };
	must(r, qpp_store_write(r->w.store, &r->w.arena, leave, &l, &r->err), "leaves");
}

/* ---- the room ---- */

static struct qpp_actor agency(struct room *r, const char *id, enum qpp_post post)
{
	struct qpp_actor_role *role = QPP_NEW(&r->w.arena, struct qpp_actor_role);
	*role = (struct qpp_actor_role){ .org_id = QPP_LIT("agency"), .kind = QPP_ORG_AGENCY, .post = post };
	return (struct qpp_actor){ .account_id = qpp_str_of(id), .roles = role, .n = 1 };
}

void room_open(struct room *r)
{
	memset(r, 0, sizeof *r);
	world_open(&r->w, NULL);
	r->service = (struct qpp_service){ .store = r->w.store, .clock = &r->w.clock.clock, .years = load_years(r), .version = "test" };
	r->reviewer = agency(r, "reviewer", QPP_POST_REVIEWER);
	r->other_reviewer = agency(r, "other reviewer", QPP_POST_REVIEWER);
	r->agent = agency(r, "agent", QPP_POST_AGENT);
	at(r, "2024-11-15T12:00:00-05:00");
}

void room_close(struct room *r)
{
	world_close(&r->w);
}

void at(struct room *r, const char *instant)
{
	qpp_instant t;
	if (!qpp_instant_parse(qpp_str_of(instant), &t, NULL))
		exit(1);
	r->w.clock.now = qpp_time_of_instant(t);
}

struct qpp_call call_of(struct room *r, const struct qpp_actor *actor)
{
	return (struct qpp_call){ .service = &r->service, .arena = &r->w.arena, .actor = actor };
}

struct qpp_call by(struct room *r, size_t p)
{
	return call_of(r, &r->p[p].actor);
}

struct qpp_str begin_group(struct room *r, int py, size_t n, bool in)
{
	struct qpp_str id, tins[MOST_PRACTICES];
	struct qpp_call first = by(r, 0);
	const struct qpp_vgroup_rep rep = { QPP_LIT("Rita Representative"), QPP_LIT("Manager"), QPP_LIT("rita@example.org"), QPP_LIT("555-0100"),
		                                QPP_LIT("1 Example Street") };
	must(r, qpp_vgroup_start(&first, r->p[0].id, (qpp_py){ py }, QPP_LIT("River Valley"), QPP_LIT(""), &id, &r->err), "start");
	must(r, qpp_vgroup_represent(&first, id, &rep, true, &r->err), "represent");
	for (size_t i = 1; i < n; i++)
		tins[i - 1] = r->p[i].tin;
	if (n > 1)
		must(r, qpp_vgroup_invite(&first, id, tins, n - 1, &r->err), "invite");
	for (size_t i = 1; in && i < n; i++) {
		struct qpp_call call = by(r, i);
		must(r, qpp_vgroup_answer(&call, id, r->p[i].id, QPP_VGROUP_ACCEPT, &r->err), "accept");
	}
	return id;
}

struct qpp_vgroup see_by(struct room *r, const struct qpp_actor *actor, struct qpp_str id)
{
	struct qpp_vgroup g;
	struct qpp_call call = call_of(r, actor);
	must(r, qpp_vgroup_see(&call, id, &g, &r->err), "see");
	return g;
}

struct qpp_vgroup see(struct room *r, size_t p, struct qpp_str id)
{
	return see_by(r, &r->p[p].actor, id);
}

void sign_all(struct room *r, struct qpp_str id, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct qpp_vgroup g = see(r, i, id);
		struct qpp_call call = by(r, i);
		must(r, qpp_vgroup_sign(&call, id, r->p[i].id, QPP_LIT("Ada Byron"), QPP_LIT("Owner"), g.hash, &r->err), "sign");
	}
}

struct qpp_str elect(struct room *r, int py, size_t n)
{
	struct qpp_receipt receipt;
	struct qpp_call first = by(r, 0);
	struct qpp_str id = begin_group(r, py, n, true);
	sign_all(r, id, n);
	must(r, qpp_vgroup_file(&first, id, QPP_LIT(""), r->w.clock.now, &receipt, &r->err), "file");
	return id;
}

bool has_check(struct room *r, const struct qpp_vgroup *g, const char *code, size_t p)
{
	for (size_t i = 0; i < g->n_checks; i++)
		if (qpp_str_is(g->checks[i].finding->code, code) && (p >= MOST_PRACTICES || qpp_str_eq(g->checks[i].org_id, r->p[p].id)))
			return true;
	return false;
}

size_t mails_to(struct room *r, const char *address, const char *subject)
{
	struct qpp_mail_row_rows rows;
	struct qpp_tx *tx;
	size_t n = 0;
	must(r, qpp_store_begin(r->w.store, &r->w.arena, &tx, &r->err), "begin");
	must(r, qpp_store_mail_list(tx, QPP_MAIL_WAITING, (struct qpp_slice){ 0 }, &rows, &r->err), "mail");
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++)
		n += qpp_str_is(rows.v[i].recipient, address) && qpp_str_is(rows.v[i].subject, subject);
	return n;
}
