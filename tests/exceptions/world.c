/* The world of the tests of exceptions: see world.h. */
#include "world.h"

#include "adapt/sys/zone.h"
#include "cmd/catalogs.h"

struct exceptions_world w;

static const char *const names[PERSONS] = { "official", "staff", "listed", "oak", "aco", "acostaff", "vg", "reviewer", "partial", "agent",
	"viewer", "registry", "surgeon" };

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

static struct qpp_org org(enum qpp_org_kind kind, const char *number, const char *name, const char *tin)
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

static enum qpp_code relation_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_relation_put(tx, request, err);
}

static enum qpp_code clinician_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_clinician_put(tx, request, err);
}

static enum qpp_code fact_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_fact_put(tx, request, err);
}

void put_fact(const struct qpp_who *who, const char *topic, const char *body)
{
	struct qpp_fact_row row = { .who = *who, .topic = qpp_str_of(topic), .body = qpp_str_of(body) };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, fact_change, &row, &w.err));
}

void put_relation(const char *npi, const char *facts)
{
	struct qpp_relation x = { { 2024 }, w.elm.id, qpp_str_of(npi), qpp_str_of(facts), QPP_LIT(""), QPP_LIT("{}") };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, relation_change, &x, &w.err));
}

static void role(enum person p, const struct qpp_org *o, enum qpp_post post)
{
	struct qpp_actor *actor = &w.actors[p];
	struct qpp_actor_role *roles = QPP_NEW_ARRAY(&w.store.arena, actor->n + 1, struct qpp_actor_role);
	for (size_t i = 0; i < actor->n; i++)
		roles[i] = actor->roles[i];
	roles[actor->n++] = (struct qpp_actor_role){ o->id, o->kind, o->number, post };
	actor->roles = roles;
}

static void people(void)
{
	struct qpp_org own = org(QPP_ORG_CLINICIAN, LISTED_NPI, "Nina Elm", "");
	for (int p = 0; p < PERSONS; p++) {
		struct qpp_account a = { .provider = QPP_LIT("local"), .subject = qpp_str_of(names[p]), .name = qpp_str_of(names[p]),
			.email = qpp_str_cat(&w.store.arena, names[p], "@example.org", (char *)NULL), .state = QPP_LIT("active"), .body = QPP_LIT("{}") };
		assert_ok(qpp_store_write(w.store.store, &w.store.arena, account_change, &a, &w.err));
		w.actors[p].account_id = a.id;
	}
	role(OFFICIAL, &w.elm, QPP_POST_OFFICIAL);
	role(STAFF, &w.elm, QPP_POST_STAFF);
	role(LISTED, &own, QPP_POST_CLINICIAN);
	role(OAK, &w.oak, QPP_POST_OFFICIAL);
	role(ACO, &w.aco, QPP_POST_OFFICIAL);
	role(ACO_STAFF, &w.aco, QPP_POST_STAFF);
	role(VG, &w.group, QPP_POST_OFFICIAL);
	role(REVIEWER, &w.agency, QPP_POST_REVIEWER);
	role(PARTIAL, &w.agency, QPP_POST_REVIEWER);
	role(PARTIAL, &w.elm, QPP_POST_STAFF);
	role(AGENT, &w.agency, QPP_POST_AGENT);
	role(REGISTRY, &w.registry, QPP_POST_STAFF);
	role(SURGEON, &w.subgroup, QPP_POST_OFFICIAL);
	w.actors[VIEWER].n = w.actors[OFFICIAL].n;
	w.actors[VIEWER].roles = w.actors[OFFICIAL].roles;
	w.actors[VIEWER].view_only = true;
}

static const struct qpp_years *load_years(void)
{
	static struct qpp_arena kept = QPP_ARENA_INIT;
	static const struct qpp_years *years;
	struct qpp_year_text texts[40];
	size_t n = 0;
	for (const struct qpp_embedded_catalog *c = qpp_embedded_catalogs; !years && c->py.v; c++)
		texts[n++] = (struct qpp_year_text){ c->py, c->text };
	if (!years)
		assert_ok(qpp_years_load(&kept, texts, n, &years, &w.err));
	return years;
}

int exceptions_setup(void **unused)
{
	(void)unused;
	memset(&w, 0, sizeof w);
	world_open(&w.store, NULL);
	assert_ok(qpp_zone_load(&w.store.arena, "America/New_York", &w.zone, &w.err));
	w.service = (struct qpp_service){ .store = w.store.store, .clock = &w.store.clock.clock, .years = load_years(), .version = "test" };
	w.elm = org(QPP_ORG_PRACTICE, "", "Elm Street Clinic", "000054321");
	w.oak = org(QPP_ORG_PRACTICE, "", "Oak Clinic", "000065432");
	w.group = org(QPP_ORG_VIRTUAL_GROUP, "XVG-0001", "Two Streets", "");
	w.subgroup = org(QPP_ORG_SUBGROUP, "SG-1", "The surgeons", "");
	w.aco = org(QPP_ORG_APM_ENTITY, "A0001", "River ACO", "");
	w.registry = org(QPP_ORG_REGISTRY, "R0001", "Registry", "");
	w.agency = org(QPP_ORG_AGENCY, "agency", "Agency", "");
	struct qpp_clinician c = { .npi = QPP_LIT(LISTED_NPI), .type = 1, .first = QPP_LIT("Nina"), .last = QPP_LIT("Elm"), .specialty = QPP_LIT(""),
		.enrolled = QPP_LIT("2010-01-01"), .body = QPP_LIT("{}") };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, clinician_change, &c, &w.err));
	people();
	put_relation(LISTED_NPI, "{\"location\": {\"state\": \"FL\", \"county\": \"Lee\"}}");
	put_relation(OTHER_NPI, "{\"location\": {\"state\": \"IL\", \"county\": \"Cook\"}}");
	at("2024-12-01T12:00:00-05:00");
	return 0;
}

int exceptions_teardown(void **unused)
{
	(void)unused;
	world_close(&w.store);
	return 0;
}

void at(const char *text)
{
	qpp_instant t = { 0 };
	assert_true(qpp_instant_parse(qpp_str_of(text), &t, NULL));
	w.store.clock.now = qpp_time_of_instant(t);
}

struct qpp_excepting by(enum person p)
{
	struct qpp_findings *f = QPP_NEW(&w.store.arena, struct qpp_findings);
	qpp_findings_init(f, &w.store.arena, 50);
	return (struct qpp_excepting){ .call = { &w.service, &w.store.arena, &w.actors[p], QPP_LIT("") }, .at = w.store.clock.now, .zone = &w.zone,
		.findings = f };
}

bool has_finding(const struct qpp_findings *f, const char *code, const char *pointer)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (qpp_str_is(f->list.v[i].code, code) && qpp_str_is(f->list.v[i].where.pointer, pointer))
			return true;
	return false;
}

size_t mails(const char *subject)
{
	struct qpp_tx *tx;
	struct qpp_mail_row_rows rows = { 0 };
	size_t n = 0;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_store_mail_due(tx, (qpp_time){ INT64_MAX }, (struct qpp_slice){ .most = 100 }, &rows, &w.err));
	for (size_t i = 0; i < rows.n; i++)
		n += qpp_str_starts(rows.v[i].subject, subject);
	qpp_store_end(tx);
	return n;
}

struct qpp_exception_form form(void)
{
	return (struct qpp_exception_form){ .py = { 2024 }, .kind = QPP_EXCEPTION_EUC, .level = QPP_GROUP, .org_id = w.elm.id,
		.event = QPP_LIT("naturalDisaster"), .begins = QPP_LIT("2024-09-26"), .ends = QPP_LIT("2024-12-31"),
		.categories = 1u << QPP_QUALITY | 1u << QPP_IA, .explanation = QPP_LIT("The river was in the office.") };
}

struct qpp_str draft(enum person p, const struct qpp_exception_form *f)
{
	struct qpp_excepting x = by(p);
	struct qpp_str id = QPP_LIT("");
	int64_t version = 0;
	assert_ok(qpp_exception_save(&x, f, &id, &version, &w.err));
	return id;
}

enum qpp_code file(enum person p, struct qpp_str id, struct qpp_exception_filing *out)
{
	struct qpp_excepting x = by(p);
	*out = (struct qpp_exception_filing){ .id = id, .certified = true, .key = out->key };
	return qpp_exception_file(&x, out, &w.err);
}

struct qpp_str filed(enum person p, const struct qpp_exception_form *f)
{
	struct qpp_exception_filing out = { 0 };
	struct qpp_str id = draft(p, f);
	assert_ok(file(p, id, &out));
	return id;
}

enum qpp_code decide(enum person p, struct qpp_str id, bool approve)
{
	struct qpp_excepting x = by(p);
	return qpp_exception_decide(&x, id, 0, approve, QPP_LIT("The county was under water."), &w.err);
}

struct qpp_str approved(enum person p, const struct qpp_exception_form *f)
{
	struct qpp_str id = filed(p, f);
	assert_ok(decide(REVIEWER, id, true));
	return id;
}

struct qpp_exception_detail seen(enum person p, struct qpp_str id)
{
	struct qpp_excepting x = by(p);
	struct qpp_exception_detail d;
	assert_ok(qpp_exception_get(&x, id, &d, &w.err));
	return d;
}
