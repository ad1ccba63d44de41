/* The world of people: see people.h. */
#include "people.h"

#include "adapt/sys/zone.h"
#include "qpp/check.h"

struct people_world w;

const char *text_of(struct qpp_str s)
{
	return qpp_str_dup(&w.store.arena, s).p;
}

struct made {
	struct qpp_org *org;
	const char *tin;
};

static enum qpp_code org_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct made *m = request;
	return qpp_store_org_put(tx, m->org, qpp_str_of(m->tin), err);
}

struct qpp_org people_org(enum qpp_org_kind kind, const char *number, const char *name, const char *tin)
{
	struct qpp_org x = { .kind = kind, .number = qpp_str_of(number), .name = qpp_str_of(name), .body = QPP_LIT("{}") };
	struct made m = { &x, tin };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, org_change, &m, &w.err));
	return x;
}

static enum qpp_code account_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_account_put(tx, request, err);
}

static enum qpp_code role_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_role_put(tx, request, err);
}

static enum qpp_code relation_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_relation_put(tx, request, err);
}

static struct qpp_str mail_of(int person)
{
	return qpp_str_cat(&w.store.arena, w.names[person], "@example.org", (char *)NULL);
}

static void account(int person)
{
	struct qpp_account a = { .provider = QPP_LIT("local"), .subject = qpp_str_of(w.names[person]), .name = qpp_str_of(w.names[person]),
		                     .email = mail_of(person), .state = QPP_LIT("active"), .body = QPP_LIT("{}") };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, account_change, &a, &w.err));
	w.actors[person].account_id = a.id;
}

void people_role(int person, const struct qpp_org *o, enum qpp_post post)
{
	struct qpp_actor *actor = &w.actors[person];
	struct qpp_actor_role *roles = QPP_NEW_ARRAY(&w.store.arena, actor->n + 1, struct qpp_actor_role);
	struct qpp_role_row row = { .account_id = actor->account_id, .org_id = o->id, .post = post, .state = QPP_POST_ACTIVE };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, role_change, &row, &w.err));
	for (size_t i = 0; i < actor->n; i++)
		roles[i] = actor->roles[i];
	roles[actor->n++] = (struct qpp_actor_role){ o->id, o->kind, o->number, post };
	actor->roles = roles;
}

void put_relation(int py, const char *npi, const char *facts)
{
	struct qpp_relation x = { { py }, w.elm.id, qpp_str_of(npi), qpp_str_of(facts), QPP_LIT(""), QPP_LIT("{}") };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, relation_change, &x, &w.err));
}

void people_open(const char *const *names, size_t n, const struct qpp_years *years)
{
	memset(&w, 0, sizeof w);
	w.names = names;
	world_open(&w.store, NULL);
	assert_true(n <= PEOPLE_MOST && qpp_npi_check_digit_ok(QPP_LIT(CLINICIAN_NPI)) && qpp_npi_check_digit_ok(QPP_LIT(OTHER_NPI)));
	assert_ok(qpp_zone_load(&w.store.arena, "America/New_York", &w.zone, &w.err));
	w.service = (struct qpp_service){ .store = w.store.store, .clock = &w.store.clock.clock, .years = years, .version = "test" };
	w.elm = people_org(QPP_ORG_PRACTICE, "", "Elm Street Clinic", ELM_TIN);
	w.oak = people_org(QPP_ORG_PRACTICE, "", "Oak Clinic", OAK_TIN);
	w.group = people_org(QPP_ORG_VIRTUAL_GROUP, "XVG-0001", "Two Streets", "");
	w.subgroup = people_org(QPP_ORG_SUBGROUP, "SG-1", "The surgeons", "");
	w.aco = people_org(QPP_ORG_APM_ENTITY, "A0001", "River ACO", "");
	w.registry = people_org(QPP_ORG_REGISTRY, "R0001", "Registry", "");
	w.agency = people_org(QPP_ORG_AGENCY, "agency", "Agency", "");
	for (size_t i = 0; i < n; i++)
		account((int)i);
}

int people_close(void **unused)
{
	(void)unused;
	world_close(&w.store);
	return 0;
}

void at(const char *instant)
{
	qpp_instant t = { 0 };
	assert_true(qpp_instant_parse(qpp_str_of(instant), &t, NULL));
	w.store.clock.now = qpp_time_of_instant(t);
}

bool has_finding(const struct qpp_findings *f, const char *code, const char *pointer)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (qpp_str_is(f->list.v[i].code, code) && qpp_str_is(f->list.v[i].where.pointer, pointer))
			return true;
	return false;
}

size_t mails_to(int person, const char *subject, struct qpp_str *text)
{
	struct qpp_mail_row_rows rows = { 0 };
	struct qpp_tx *tx;
	size_t n = 0;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_store_mail_list(tx, QPP_MAIL_WAITING, (struct qpp_slice){ 0 }, &rows, &w.err));
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++) {
		if (!qpp_str_starts(rows.v[i].subject, subject) || (person >= 0 && !qpp_str_eq(rows.v[i].recipient, mail_of(person))))
			continue;
		n++;
		if (text)
			*text = rows.v[i].text;
	}
	return n;
}
