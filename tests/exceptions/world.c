/* The world of the tests of exceptions: see world.h. */
#include "world.h"

#include "cmd/catalogs.h"

static const char *const names[PERSONS] = { "official", "staff", "listed", "oak", "aco", "acostaff", "vg", "reviewer", "partial", "agent",
	"viewer", "registry", "surgeon" };

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

static void people(void)
{
	struct qpp_org own = people_org(QPP_ORG_CLINICIAN, CLINICIAN_NPI, "Nina Elm", "");
	people_role(OFFICIAL, &w.elm, QPP_POST_OFFICIAL);
	people_role(STAFF, &w.elm, QPP_POST_STAFF);
	people_role(LISTED, &own, QPP_POST_CLINICIAN);
	people_role(OAK, &w.oak, QPP_POST_OFFICIAL);
	people_role(ACO, &w.aco, QPP_POST_OFFICIAL);
	people_role(ACO_STAFF, &w.aco, QPP_POST_STAFF);
	people_role(VG, &w.group, QPP_POST_OFFICIAL);
	people_role(REVIEWER, &w.agency, QPP_POST_REVIEWER);
	people_role(PARTIAL, &w.agency, QPP_POST_REVIEWER);
	people_role(PARTIAL, &w.elm, QPP_POST_STAFF);
	people_role(AGENT, &w.agency, QPP_POST_AGENT);
	people_role(REGISTRY, &w.registry, QPP_POST_STAFF);
	people_role(SURGEON, &w.subgroup, QPP_POST_OFFICIAL);
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
	struct qpp_clinician c = { .npi = QPP_LIT(CLINICIAN_NPI), .type = 1, .first = QPP_LIT("Nina"), .last = QPP_LIT("Elm"), .specialty = QPP_LIT(""),
		.enrolled = QPP_LIT("2010-01-01"), .body = QPP_LIT("{}") };
	(void)unused;
	people_open(names, PERSONS, load_years());
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, clinician_change, &c, &w.err));
	people();
	put_relation(2024, CLINICIAN_NPI, "{\"location\": {\"state\": \"FL\", \"county\": \"Lee\"}}");
	put_relation(2024, OTHER_NPI, "{\"location\": {\"state\": \"IL\", \"county\": \"Cook\"}}");
	at("2024-12-01T12:00:00-05:00");
	return 0;
}

struct qpp_excepting by(enum person p)
{
	struct qpp_findings *f = QPP_NEW(&w.store.arena, struct qpp_findings);
	qpp_findings_init(f, &w.store.arena, 50);
	return (struct qpp_excepting){ .call = { &w.service, &w.store.arena, &w.actors[p], QPP_LIT("") }, .at = w.store.clock.now, .zone = &w.zone,
		.findings = f };
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
