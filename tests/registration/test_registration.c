/* Registrations: who registers what until when, subgroups, and the survey in an MVP that lapses unless it is registered itself. */
#include "world.h"

#include "app/registration.h"

#define JULY_1 "2024-07-01T20:00:00-04:00"

/* The MVP of 2024 that has the survey in it, and one that has not. */
static struct qpp_str with_survey(bool has)
{
	const struct qpp_catalog *c = qpp_years_catalog(w.service.years, (qpp_py){ 2024 });
	for (size_t i = 0; i < c->n_mvps; i++)
		if (qpp_mvp_has_cahps(c, &c->mvps[i]) == has)
			return c->mvps[i].id;
	fail_msg("no such MVP in 2024");
	return QPP_LIT("");
}

static struct qpp_registration_form mvp(enum qpp_entity level)
{
	return (struct qpp_registration_form){ .py = { 2024 }, .kind = QPP_REGISTER_MVP, .level = level, .org_id = w.elm.id, .mvp = with_survey(true),
		.population_health = QPP_LIT("479"), .cahps = level != QPP_INDIVIDUAL };
}

static struct qpp_registration_form survey(enum qpp_entity level)
{
	return (struct qpp_registration_form){ .py = { 2024 }, .kind = QPP_REGISTER_CAHPS, .level = level, .org_id = w.elm.id };
}

static struct qpp_registration_form subgroup(const char *npis)
{
	struct qpp_registration_form f = mvp(QPP_SUBGROUP);
	f.name = QPP_LIT("The surgeons");
	f.description = QPP_LIT("Those who operate");
	f.npis = qpp_str_of(npis);
	return f;
}

static struct qpp_findings *said;

static enum qpp_code try(enum person p, const struct qpp_registration_form *f, struct qpp_registering *g)
{
	struct qpp_excepting x = by(p);
	g->form = *f;
	said = x.findings;
	return qpp_registration_file(&x, g, &w.err);
}

static enum qpp_code try_new(enum person p, const struct qpp_registration_form *f)
{
	struct qpp_registering g = { 0 };
	return try(p, f, &g);
}

static struct qpp_str registers(enum person p, const struct qpp_registration_form *f)
{
	struct qpp_registering g = { 0 };
	assert_ok(try(p, f, &g));
	return g.id;
}

static enum qpp_code cancel(enum person p, struct qpp_str id)
{
	struct qpp_excepting x = by(p);
	return qpp_registration_cancel(&x, id, 0, &w.err);
}

static struct qpp_registered look(enum person p, struct qpp_str id)
{
	struct qpp_excepting x = by(p);
	struct qpp_registered r;
	assert_ok(qpp_registration_get(&x, id, &r, &w.err));
	return r;
}

static int64_t warned(void)
{
	int64_t n;
	assert_ok(qpp_registration_warn(&w.service, &w.zone, &w.store.arena, (qpp_py){ 2024 }, &n, &w.err));
	return n;
}

static int setup(void **unused)
{
	(void)exceptions_setup(unused);
	at("2024-06-20T12:00:00-04:00");
	return 0;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, people_close)

/* ---- who ---- */

/* Fact 11 of portal.md 4.6. */
static void rights__need_the_security_official(void **unused)
{
	static const enum person others[] = { STAFF, LISTED, OAK, ACO, VG, REVIEWER, AGENT, VIEWER, REGISTRY, SURGEON };
	struct qpp_registration_form f = mvp(QPP_GROUP);
	struct qpp_registered r;
	(void)unused;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_code(try_new(others[i], &f), QPP_FORBIDDEN);
	assert_code(try_new(STAFF, &f), QPP_FORBIDDEN);
	assert_string_equal(w.err.primary, "a Security Official of the organization registers for it");
	assert_non_null(strstr(w.err.hint, "ask one of its Security Officials"));
	struct qpp_str id = registers(OFFICIAL, &f);
	assert_code(cancel(STAFF, id), QPP_FORBIDDEN);
	assert_false(look(STAFF, id).may_change);
	assert_true(look(OFFICIAL, id).may_change);
	assert_false(look(VIEWER, id).may_change);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct qpp_excepting x = by(others[i]);
		bool sees = others[i] == STAFF || others[i] == REVIEWER || others[i] == AGENT || others[i] == VIEWER;
		assert_code(qpp_registration_get(&x, id, &r, &w.err), sees ? QPP_OK : QPP_NOT_FOUND);
	}
	assert_code(cancel(OAK, id), QPP_NOT_FOUND);
}

static void rights__of_an_entity_are_its_own_officials(void **unused)
{
	struct qpp_registration_form f = mvp(QPP_APM_ENTITY);
	(void)unused;
	f.org_id = w.aco.id;
	assert_code(try_new(OFFICIAL, &f), QPP_FORBIDDEN);
	assert_code(try_new(ACO_STAFF, &f), QPP_FORBIDDEN);
	assert_true(registers(ACO, &f).n > 0);
	f.level = QPP_GROUP;
	assert_code(try_new(ACO, &f), QPP_DATA);
	assert_true(has_finding(said, "registrationLevel", "/subject"));
}

/* ---- when ---- */

static void window__holds_its_last_second(void **unused)
{
	struct qpp_registration_form f = mvp(QPP_GROUP);
	(void)unused;
	f.cahps = false;
	at("2024-03-31T23:59:59-04:00");
	assert_code(try_new(OFFICIAL, &f), QPP_CONFLICT);
	assert_string_equal(w.err.primary, "registrations of this year are not taken yet");
	at("2024-04-01T00:00:00-04:00");
	struct qpp_str id = registers(OFFICIAL, &f);
	at("2024-12-02T20:00:00-05:00");
	assert_ok(cancel(OFFICIAL, id));
	id = registers(OFFICIAL, &f);
	struct qpp_registering g = { .id = id };
	assert_ok(try(OFFICIAL, &f, &g));
	at("2024-12-02T20:00:01-05:00");
	assert_code(try(OFFICIAL, &f, &g), QPP_CONFLICT);
	assert_string_equal(w.err.primary, "the time to register is over");
	assert_non_null(strstr(w.err.detail, "until December 2, 2024, at 8:00:00 p.m. ET; this one came December 2, 2024, at 8:00:01 p.m. ET"));
	assert_code(cancel(OFFICIAL, id), QPP_CONFLICT);
	f.level = QPP_INDIVIDUAL;
	assert_code(try_new(OFFICIAL, &f), QPP_CONFLICT);
	assert_true(look(OFFICIAL, id).stands && !look(OFFICIAL, id).may_change);
}

static void window__of_the_survey_is_its_own(void **unused)
{
	struct qpp_registration_form f = survey(QPP_GROUP);
	(void)unused;
	at(JULY_1);
	struct qpp_str id = registers(OFFICIAL, &f);
	assert_ok(cancel(OFFICIAL, id));
	at("2024-07-01T20:00:01-04:00");
	assert_code(try_new(OFFICIAL, &f), QPP_CONFLICT);
	assert_string_equal(w.err.cite, "414.1335(a)(3)");
}

/* ---- what ---- */

static void form__tells_every_fault(void **unused)
{
	struct qpp_registration_form f = mvp(QPP_GROUP);
	(void)unused;
	f.mvp = QPP_LIT("M9999");
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(has_finding(said, "valueUnknown", "/mvp"));
	f.mvp = with_survey(false);
	f.population_health = QPP_LIT("");
	f.outcome_claims = QPP_LIT("001");
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(has_finding(said, "memberMissing", "/population") && has_finding(said, "valueUnknown", "/outcome"));
	assert_true(has_finding(said, "registrationSurvey", "/cahps"));
	f = mvp(QPP_INDIVIDUAL);
	f.npi = QPP_LIT("9000000023");
	f.cahps = true;
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(has_finding(said, "identifierInvalid", "/npi") && has_finding(said, "registrationSurvey", "/cahps"));
	f = mvp(QPP_VIRTUAL_GROUP);
	f.org_id = w.group.id;
	assert_code(try_new(VG, &f), QPP_DATA);
	assert_true(has_finding(said, "registrationLevel", "/subject"));
	assert_int_equal(mails_to(-1, "", NULL), 0);
}

static void form__of_the_survey_needs_two_clinicians(void **unused)
{
	struct qpp_registration_form f = survey(QPP_GROUP);
	(void)unused;
	f.org_id = w.oak.id;
	assert_code(try_new(OAK, &f), QPP_DATA);
	assert_true(has_finding(said, "registrationLevel", "/subject"));
	f.level = QPP_INDIVIDUAL;
	assert_code(try_new(OAK, &f), QPP_DATA);
	f = survey(QPP_VIRTUAL_GROUP);
	f.org_id = w.group.id;
	assert_true(registers(VG, &f).n > 0);
}

static void filing__is_once_and_has_a_receipt(void **unused)
{
	struct qpp_registration_form f = mvp(QPP_GROUP);
	struct qpp_registering one = { .key = QPP_LIT("k") }, two = { .key = QPP_LIT("k") };
	struct qpp_registered *v;
	size_t n;
	(void)unused;
	assert_ok(try(OFFICIAL, &f, &one));
	assert_ok(try(OFFICIAL, &f, &two));
	assert_true(!one.replayed && two.replayed && qpp_str_eq(one.id, two.id));
	assert_code(try_new(OFFICIAL, &f), QPP_CONFLICT);
	assert_string_equal(w.err.primary, "this is registered already");
	struct qpp_registered r = look(OFFICIAL, one.id);
	assert_true(r.stands && r.receipt.number.n > 0);
	assert_text(r.receipt.kind, "registration");
	assert_text(r.by, "official");
	assert_int_equal(mails_to(OFFICIAL, "Your registration was received", NULL), 1);
	/* Another level of the practice registers for itself. */
	f = mvp(QPP_INDIVIDUAL);
	f.npi = QPP_LIT(CLINICIAN_NPI);
	assert_true(registers(OFFICIAL, &f).n > 0);
	struct qpp_excepting x = by(STAFF);
	assert_ok(qpp_registrations_mine(&x, (qpp_py){ 2024 }, &v, &n, &w.err));
	assert_int_equal(n, 2);
	x = by(OAK);
	assert_ok(qpp_registrations_mine(&x, (qpp_py){ 2024 }, &v, &n, &w.err));
	assert_int_equal(n, 0);
}

static void change__keeps_whose_it_is(void **unused)
{
	struct qpp_registration_form f = mvp(QPP_GROUP);
	struct qpp_str id = registers(OFFICIAL, &f);
	struct qpp_registered was = look(OFFICIAL, id);
	struct qpp_registering g = { .id = id, .version = was.version };
	(void)unused;
	f.mvp = with_survey(false);
	f.cahps = false;
	f.level = QPP_APM_ENTITY;
	f.org_id = w.oak.id;
	assert_ok(try(OFFICIAL, &f, &g));
	struct qpp_registered now = look(OFFICIAL, id);
	assert_true(qpp_str_eq(now.form.mvp, f.mvp) && now.form.level == QPP_GROUP && qpp_str_eq(now.form.org_id, w.elm.id));
	assert_false(qpp_str_eq(now.receipt.number, was.receipt.number));
	assert_code(try(OFFICIAL, &f, &g), QPP_STALE);
	assert_ok(cancel(OFFICIAL, id));
	assert_text(look(OFFICIAL, id).receipt.kind, "cancellation");
	assert_int_equal(mails_to(OFFICIAL, "Your registration is cancelled", NULL), 1);
	assert_code(cancel(OFFICIAL, id), QPP_CONFLICT);
	assert_false(look(OFFICIAL, id).stands);
	/* What is cancelled is free again. */
	f = mvp(QPP_GROUP);
	assert_true(registers(OFFICIAL, &f).n > 0);
}

/* ---- subgroups ---- */

static void subgroup__has_a_clinician_alone(void **unused)
{
	struct qpp_registration_form f = subgroup(CLINICIAN_NPI), g = subgroup(CLINICIAN_NPI ", " OTHER_NPI);
	(void)unused;
	struct qpp_str id = registers(OFFICIAL, &f);
	assert_code(try_new(OFFICIAL, &g), QPP_DATA);
	assert_true(has_finding(said, "registrationSubgroup", "/npis") && said->errors == 1);
	assert_non_null(strstr(w.err.detail, CLINICIAN_NPI));
	g = subgroup(OTHER_NPI);
	struct qpp_str other = registers(OFFICIAL, &g);
	/* Its own clinicians are no hindrance to a change. */
	struct qpp_registering change = { .id = id };
	f.description = QPP_LIT("Those who operate on Mondays");
	assert_ok(try(OFFICIAL, &f, &change));
	assert_ok(cancel(OFFICIAL, other));
	f.npis = QPP_LIT(CLINICIAN_NPI "\r\n" OTHER_NPI);
	assert_ok(try(OFFICIAL, &f, &change));
}

static void subgroup__says_who_it_is(void **unused)
{
	struct qpp_registration_form f = subgroup("");
	(void)unused;
	f.name = QPP_LIT("");
	f.description = QPP_LIT("TIN 00-0054321");
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(has_finding(said, "memberMissing", "/name") && has_finding(said, "identifierInvalid", "/description"));
	assert_true(has_finding(said, "memberMissing", "/npis"));
	f = subgroup(OTHER_NPI " " OTHER_NPI " 9000000023 9000000008");
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(has_finding(said, "registrationSubgroup", "/npis") && said->errors == 3);
	/* What is no NPI is told, and not passed over. */
	f = subgroup("NPI" CLINICIAN_NPI);
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(has_finding(said, "identifierInvalid", "/npis") && said->errors == 1);
	f = subgroup(ELM_TIN);
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(said->errors == 1 && !strstr(w.err.detail, ELM_TIN));
	enum { LONG = 20000 };
	char *many = qpp_arena_alloc(&w.store.arena, LONG + 1);
	memset(many, '9', LONG);
	many[LONG] = 0;
	f = subgroup(many);
	assert_code(try_new(OFFICIAL, &f), QPP_DATA);
	assert_true(has_finding(said, "tooMany", "/npis") && said->errors == 1);
}

static void subgroup__has_its_survey_beside_its_mvp(void **unused)
{
	struct qpp_registration_form f = subgroup(CLINICIAN_NPI), s = survey(QPP_SUBGROUP), group = mvp(QPP_GROUP);
	(void)unused;
	struct qpp_str whole = registers(OFFICIAL, &group), id = registers(OFFICIAL, &f);
	s.of = whole;
	assert_code(try_new(OFFICIAL, &s), QPP_DATA);
	s.of = id;
	struct qpp_str own = registers(OFFICIAL, &s);
	assert_int_equal(look(OFFICIAL, id).cahps, QPP_CAHPS_REGISTERED);
	assert_int_equal(look(OFFICIAL, whole).cahps, QPP_CAHPS_DUE);
	assert_ok(cancel(OFFICIAL, id));
	assert_false(look(OFFICIAL, own).stands);
}

/* ---- the survey in an MVP: fact 12 of portal.md 4.6 ---- */

static void survey__lapses_unless_it_is_registered_itself(void **unused)
{
	struct qpp_registration_form f = mvp(QPP_GROUP), s = survey(QPP_GROUP);
	struct qpp_str text = QPP_LIT("");
	(void)unused;
	at("2024-04-10T12:00:00-04:00");
	struct qpp_str id = registers(OFFICIAL, &f);
	assert_int_equal(mails_to(OFFICIAL, "Your registration was received", &text), 1);
	assert_non_null(strstr(text_of(text), "registration of its own by July 1, 2024, at 8 p.m. ET"));
	struct qpp_registered r = look(OFFICIAL, id);
	assert_int_equal(r.cahps, QPP_CAHPS_DUE);
	assert_true(r.cahps_by.has);
	assert_int_equal(warned(), 0);
	at("2024-06-17T20:00:00-04:00");
	assert_int_equal(warned(), 1);
	assert_int_equal(warned(), 0);
	assert_int_equal(mails_to(OFFICIAL, "Register the CAHPS for MIPS survey, or it lapses", &text), 1);
	assert_non_null(strstr(text_of(text), "July 1, 2024, at 8 p.m. ET"));
	assert_int_equal(mails_to(STAFF, "", NULL), 0);
	at(JULY_1);
	assert_int_equal(look(OFFICIAL, id).cahps, QPP_CAHPS_DUE);
	struct qpp_str own = registers(OFFICIAL, &s);
	assert_int_equal(look(OFFICIAL, id).cahps, QPP_CAHPS_REGISTERED);
	assert_ok(cancel(OFFICIAL, own));
	at("2024-07-01T20:00:01-04:00");
	assert_int_equal(look(OFFICIAL, id).cahps, QPP_CAHPS_LAPSED);
	assert_true(look(OFFICIAL, id).stands);
	assert_int_equal(warned(), 0);
}

static void survey__that_is_registered_is_not_warned_of_and_stays(void **unused)
{
	struct qpp_registration_form f = mvp(QPP_GROUP), s = survey(QPP_GROUP);
	(void)unused;
	struct qpp_str id = registers(OFFICIAL, &f);
	assert_true(registers(OFFICIAL, &s).n > 0);
	assert_int_equal(warned(), 0);
	at("2024-10-01T12:00:00-04:00");
	assert_int_equal(look(OFFICIAL, id).cahps, QPP_CAHPS_REGISTERED);
	/* What was chosen in time stays when something else changes; it cannot be chosen any more. */
	struct qpp_registering g = { .id = id };
	f.population_health = QPP_LIT("484");
	assert_ok(try(OFFICIAL, &f, &g));
	f.cahps = false;
	assert_ok(try(OFFICIAL, &f, &g));
	f.cahps = true;
	assert_code(try(OFFICIAL, &f, &g), QPP_DATA);
	assert_true(has_finding(said, "registrationSurvey", "/cahps"));
	f.level = QPP_APM_ENTITY;
	f.org_id = w.aco.id;
	assert_code(try_new(ACO, &f), QPP_DATA);
}

static void review__says_the_same_and_writes_nothing(void **unused)
{
	struct qpp_registering g = { .form = mvp(QPP_GROUP) };
	struct qpp_registered *v;
	size_t n;
	(void)unused;
	struct qpp_excepting x = by(OFFICIAL);
	assert_ok(qpp_registration_try(&x, &g, &w.err));
	assert_ok(qpp_registrations_mine(&x, (qpp_py){ 2024 }, &v, &n, &w.err));
	assert_int_equal(n, 0);
	x = by(STAFF);
	assert_code(qpp_registration_try(&x, &g, &w.err), QPP_FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rights__need_the_security_official),
		TEST(rights__of_an_entity_are_its_own_officials),
		TEST(window__holds_its_last_second),
		TEST(window__of_the_survey_is_its_own),
		TEST(form__tells_every_fault),
		TEST(form__of_the_survey_needs_two_clinicians),
		TEST(filing__is_once_and_has_a_receipt),
		TEST(change__keeps_whose_it_is),
		TEST(subgroup__has_a_clinician_alone),
		TEST(subgroup__says_who_it_is),
		TEST(subgroup__has_its_survey_beside_its_mvp),
		TEST(survey__lapses_unless_it_is_registered_itself),
		TEST(survey__that_is_registered_is_not_warned_of_and_stays),
		TEST(review__says_the_same_and_writes_nothing),
	};
	return RUN_AS_TAP(tests);
}
