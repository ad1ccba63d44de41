/* Exceptions: who may apply for what until when, what an approval does, what data undo; and who opts in. */
#include "world.h"

#include "app/filing.h"
#include "app/known.h"

static struct qpp_who group_of(void)
{
	return (struct qpp_who){ .py = { 2024 }, .entity = QPP_GROUP, .org_id = w.elm.id };
}

static struct qpp_who listed(void)
{
	return (struct qpp_who){ .py = { 2024 }, .entity = QPP_INDIVIDUAL, .org_id = w.elm.id, .npi = QPP_LIT(CLINICIAN_NPI) };
}

/* ---- when ---- */

static void window__holds_its_last_second(void **unused)
{
	struct qpp_exception_filing out = { 0 };
	struct qpp_exception_form f = form();
	(void)unused;
	struct qpp_str id = draft(OFFICIAL, &f);
	at("2024-12-31T20:00:00-05:00");
	assert_ok(file(OFFICIAL, id, &out));
	assert_true(out.number.n > 0);
	struct qpp_exception_detail d = seen(OFFICIAL, id);
	assert_true(d.has_receipt && d.margin == 0);
	assert_text(d.line.row.state, "submitted");
}

static void window__refuses_a_second_later_and_keeps_the_draft(void **unused)
{
	struct qpp_exception_filing out = { 0 };
	struct qpp_exception_form f = form();
	(void)unused;
	struct qpp_str id = draft(OFFICIAL, &f);
	at("2024-12-31T20:00:01-05:00");
	assert_code(file(OFFICIAL, id, &out), QPP_CONFLICT);
	assert_string_equal(w.err.primary, "the time to apply is over");
	assert_non_null(strstr(w.err.detail, "December 31, 2024, at 8:00:00 p.m. ET; this one came December 31, 2024, at 8:00:01 p.m. ET"));
	assert_text(seen(OFFICIAL, id).line.row.state, "draft");
	assert_int_equal(mails_to(-1, "", NULL), 0);
}

static void window__refuses_before_it_opens(void **unused)
{
	struct qpp_exception_filing out = { 0 };
	struct qpp_exception_form f = form();
	(void)unused;
	at("2024-04-30T23:59:59-04:00");
	struct qpp_str id = draft(OFFICIAL, &f);
	assert_code(file(OFFICIAL, id, &out), QPP_CONFLICT);
	at("2024-05-01T00:00:00-04:00");
	assert_ok(file(OFFICIAL, id, &out));
}

static void window__of_an_event_may_end_later(void **unused)
{
	struct qpp_exception_filing out = { 0 };
	struct qpp_exception_form f = form();
	(void)unused;
	f.py.v = 2022;
	struct qpp_str flood = draft(OFFICIAL, &f);
	f.event = QPP_LIT("publicHealthEmergency");
	struct qpp_str covid = draft(OFFICIAL, &f);
	at("2023-03-03T20:00:00-05:00");
	assert_code(file(OFFICIAL, flood, &out), QPP_CONFLICT);
	assert_ok(file(OFFICIAL, covid, &out));
}

/* ---- the form ---- */

static void form__tells_its_faults_and_is_refused_with_them(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_str id = QPP_LIT("");
	int64_t version = 0;
	(void)unused;
	f.event = QPP_LIT("");
	f.categories = 0;
	f.begins = QPP_LIT("2024-02-30");
	f.explanation = QPP_LIT(" ");
	struct qpp_excepting x = by(OFFICIAL);
	assert_ok(qpp_exception_save(&x, &f, &id, &version, &w.err));
	assert_true(has_finding(x.findings, "exceptionEvent", "/event") && has_finding(x.findings, "exceptionCategories", "/categories"));
	assert_true(has_finding(x.findings, "valueUnknown", "/begins") && has_finding(x.findings, "memberMissing", "/explanation"));
	assert_int_equal(x.findings->errors, 0);
	x = by(OFFICIAL);
	struct qpp_exception_filing out = { .id = id };
	assert_code(qpp_exception_file(&x, &out, &w.err), QPP_DATA);
	assert_true(has_finding(x.findings, "memberMissing", "/certified") && x.findings->errors == 5);
	f = form();
	f.ends = QPP_LIT("2024-09-25");
	x = by(OFFICIAL);
	assert_ok(qpp_exception_save(&x, &f, &id, &version, &w.err));
	assert_true(has_finding(x.findings, "valueOutOfRange", "/ends"));
	assert_code((version = 1, qpp_exception_save(&x, &f, &id, &version, &w.err)), QPP_STALE);
}

static void filing__twice_with_one_key_is_one(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_exception_filing one = { .key = QPP_LIT("k1") }, two = { .key = QPP_LIT("k1") }, other = { 0 };
	(void)unused;
	struct qpp_str id = draft(OFFICIAL, &f);
	assert_ok(file(OFFICIAL, id, &one));
	assert_ok(file(OFFICIAL, id, &two));
	assert_true(!one.replayed && two.replayed && qpp_str_eq(one.receipt, two.receipt) && qpp_str_eq(one.number, two.number));
	assert_code(file(OFFICIAL, id, &other), QPP_CONFLICT);
	assert_int_equal(mails_to(-1, "Your application for an exception was filed", NULL), 1);
	assert_text(seen(OFFICIAL, id).receipt.kind, "filing");
}

static void filing__for_a_category_twice_is_refused_until_withdrawn(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_exception_filing out = { 0 };
	(void)unused;
	struct qpp_str first = filed(OFFICIAL, &f);
	f.categories = 1u << QPP_IA | 1u << QPP_PI;
	struct qpp_str second = draft(STAFF, &f);
	assert_code(file(STAFF, second, &out), QPP_CONFLICT);
	f.categories = 1u << QPP_PI;
	assert_true(filed(STAFF, &f).n > 0);
	struct qpp_excepting x = by(STAFF);
	assert_ok(qpp_exception_withdraw(&x, first, 0, &w.err));
	assert_code(qpp_exception_withdraw(&x, first, 0, &w.err), QPP_CONFLICT);
	assert_int_equal(mails_to(-1, "Your application for an exception was withdrawn", NULL), 1);
	f.categories = 1u << QPP_IA;
	assert_true(filed(STAFF, &f).n > 0);
}

/* ---- who ---- */

static enum qpp_code try_save(enum person p, const struct qpp_exception_form *f)
{
	struct qpp_excepting x = by(p);
	struct qpp_str id = QPP_LIT("");
	int64_t version = 0;
	return qpp_exception_save(&x, f, &id, &version, &w.err);
}

static void rights__are_of_the_own_people(void **unused)
{
	struct qpp_exception_form f = form(), own = form();
	struct qpp_exception_detail d;
	(void)unused;
	static const enum person others[] = { OAK, ACO, VG, REVIEWER, AGENT, VIEWER, REGISTRY, LISTED };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_code(try_save(others[i], &f), QPP_FORBIDDEN);
	own.level = QPP_INDIVIDUAL;
	own.npi = QPP_LIT(CLINICIAN_NPI);
	assert_ok(try_save(LISTED, &own));
	own.npi = QPP_LIT(OTHER_NPI);
	assert_code(try_save(LISTED, &own), QPP_FORBIDDEN);
	assert_ok(try_save(STAFF, &own));
	own.npi = QPP_LIT("9000000023");
	assert_code(try_save(STAFF, &own), QPP_DATA);
	struct qpp_str id = draft(OFFICIAL, &f);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct qpp_excepting x = by(others[i]);
		if (others[i] != VIEWER)
			assert_code(qpp_exception_get(&x, id, &d, &w.err), QPP_NOT_FOUND);
	}
	struct qpp_exception_filing out = { 0 };
	assert_code(file(VIEWER, id, &out), QPP_FORBIDDEN);
	assert_ok(file(OFFICIAL, id, &out));
	struct qpp_excepting x = by(AGENT);
	assert_ok(qpp_exception_get(&x, id, &d, &w.err));
	assert_false(d.line.may_decide || d.line.may_withdraw);
}

static void rights__to_decide_are_of_another_reviewer(void **unused)
{
	struct qpp_exception_form f = form();
	(void)unused;
	struct qpp_str id = filed(OFFICIAL, &f);
	assert_code(decide(OFFICIAL, id, true), QPP_FORBIDDEN);
	assert_code(decide(AGENT, id, true), QPP_FORBIDDEN);
	assert_code(decide(PARTIAL, id, true), QPP_FORBIDDEN);
	assert_false(seen(PARTIAL, id).line.may_decide);
	struct qpp_excepting x = by(REVIEWER);
	assert_code(qpp_exception_decide(&x, id, 0, true, QPP_LIT(" "), &w.err), QPP_DATA);
	assert_code(qpp_exception_decide(&x, id, 0, true, QPP_LIT("TIN 00-0054321 was hit"), &w.err), QPP_DATA);
	assert_code(qpp_exception_decide(&x, id, 1, true, QPP_LIT("ok"), &w.err), QPP_STALE);
	assert_true(seen(REVIEWER, id).line.may_decide);
	assert_ok(decide(REVIEWER, id, false));
	assert_code(decide(REVIEWER, id, true), QPP_CONFLICT);
}

static void lists__have_the_own_and_the_queue(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_exception_line *v;
	size_t n;
	int64_t total;
	(void)unused;
	struct qpp_str id = filed(OFFICIAL, &f);
	f.categories = 1u << QPP_PI;
	(void)draft(OFFICIAL, &f);
	struct qpp_excepting x = by(STAFF);
	assert_ok(qpp_exceptions_mine(&x, (qpp_py){ 2024 }, &v, &n, &w.err));
	assert_int_equal(n, 2);
	assert_ok(qpp_exceptions_mine(&x, (qpp_py){ 2023 }, &v, &n, &w.err));
	assert_int_equal(n, 0);
	x = by(OAK);
	assert_ok(qpp_exceptions_mine(&x, (qpp_py){ 2024 }, &v, &n, &w.err));
	assert_int_equal(n, 0);
	assert_code(qpp_exceptions_queue(&x, (qpp_py){ 0 }, QPP_LIT(""), (struct qpp_slice){ 0 }, &v, &n, &total, &w.err), QPP_FORBIDDEN);
	x = by(REVIEWER);
	assert_ok(qpp_exceptions_queue(&x, (qpp_py){ 0 }, QPP_LIT(""), (struct qpp_slice){ 0 }, &v, &n, &total, &w.err));
	assert_true(n == 1 && total == 1 && qpp_str_eq(v[0].row.id, id) && v[0].may_decide);
	assert_ok(decide(REVIEWER, id, true));
	assert_ok(qpp_exceptions_queue(&x, (qpp_py){ 0 }, QPP_LIT("submitted"), (struct qpp_slice){ 0 }, &v, &n, &total, &w.err));
	assert_int_equal(n, 0);
}

/* ---- what it does ---- */

static struct qpp_known known(const struct qpp_who *who)
{
	static const struct qpp_known_how how = { .at = { -1 } };
	struct qpp_tx *tx;
	struct qpp_known k;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_known_gather(&w.service, tx, who, &how, &k, &w.err));
	qpp_store_end(tx);
	return k;
}

static const struct qpp_score *score_of(const struct qpp_who *who)
{
	static const struct qpp_known_ask plain;
	struct qpp_known *k = QPP_NEW(&w.store.arena, struct qpp_known);
	const struct qpp_answer *a;
	*k = known(who);
	assert_ok(qpp_known_answer(&w.service, &w.store.arena, &k->submission, k->facts, &plain, &a, &w.err));
	return &a->scored[0].score;
}

static void approval__is_known_to_scoring(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_who who = group_of();
	(void)unused;
	struct qpp_str id = filed(OFFICIAL, &f);
	assert_int_equal(known(&who).facts->n_reweight, 0);
	assert_ok(decide(REVIEWER, id, true));
	struct qpp_known k = known(&who);
	assert_int_equal(k.facts->n_reweight, 2);
	assert_true(k.facts->reweight[0].reason == QPP_EUC && k.facts->reweight[1].category == QPP_IA);
	assert_int_equal(mails_to(-1, "Your exception is approved", NULL), 1);
	assert_text(seen(OFFICIAL, id).decision, "The county was under water.");
	assert_text(seen(OFFICIAL, id).decided_by, "");
	assert_text(seen(AGENT, id).decided_by, "reviewer");
	f.kind = QPP_EXCEPTION_PI;
	f.event = QPP_LIT("decertified");
	f.categories = 1u << QPP_PI;
	at("2024-12-02T12:00:00-05:00");
	(void)approved(OFFICIAL, &f);
	k = known(&who);
	assert_int_equal(k.facts->n_reweight, 3);
	assert_int_equal(k.facts->reweight[2].reason, QPP_DECERTIFIED);
}

static void denial__changes_nothing(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_who who = group_of();
	(void)unused;
	assert_ok(decide(REVIEWER, filed(OFFICIAL, &f), false));
	assert_int_equal(known(&who).facts->n_reweight, 0);
	assert_int_equal(mails_to(-1, "Your application for an exception is denied", NULL), 1);
}

#define SET_OF(filer, category) "{\"submission\": {\"performanceYear\": 2024, " filer "}, \"category\": " category \
	", \"submissionMethod\": \"electronicHealthRecord\", \"performanceStart\": \"2024-01-01\", \"performanceEnd\": \"2024-12-31\", "
#define ACTIVITY "\"measurements\": [{\"measureId\": \"IA_EPA_2\", \"value\": true}]}"
#define ELM_GROUP "\"entityType\": \"group\", \"taxpayerIdentificationNumber\": \"000054321\""
#define ELM_LISTED "\"entityType\": \"individual\", \"taxpayerIdentificationNumber\": \"000054321\", \"nationalProviderIdentifier\": \"" CLINICIAN_NPI "\""

static struct qpp_findings *put_set(enum person p, const char *text)
{
	struct qpp_excepting x = by(p);
	struct qpp_set_doc doc;
	assert_true(qpp_set_doc_read(&w.store.arena, QPP_LIT(""), qpp_str_of(text), QPP_SET_WHOLE, &doc, x.findings));
	struct qpp_filing f = { .call = x.call, .at = x.at, .bytes = qpp_str_of(text), .route = QPP_LIT("test"), .findings = x.findings };
	enum qpp_code code = qpp_file_set(&f, &doc, &w.err);
	if (code != QPP_OK && x.findings->list.n)
		print_error("%s\n", text_of(x.findings->list.v[0].message));
	assert_ok(code);
	return x.findings;
}

static void data__undo_an_exception_and_are_warned_of(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_who who = group_of();
	(void)unused;
	f.categories = 1u << QPP_QUALITY | 1u << QPP_IA | 1u << QPP_PI | 1u << QPP_COST;
	(void)approved(OFFICIAL, &f);
	assert_true(score_of(&who)->category[QPP_IA].reweighted.n > 0);
	at("2025-02-01T12:00:00-05:00");
	struct qpp_findings *found = put_set(OFFICIAL, SET_OF(ELM_GROUP, "\"ia\"") ACTIVITY);
	assert_true(has_finding(found, "exceptionUndone", "/category"));
	assert_int_equal(found->errors, 0);
	assert_non_null(strstr(text_of(found->list.v[0].message), "With these data it counts again"));
	assert_int_equal(score_of(&who)->category[QPP_IA].reweighted.n, 0);
	/* The others stay excused. */
	assert_true(score_of(&who)->category[QPP_QUALITY].reweighted.n > 0);
}

static void data__of_categories_that_count_are_not_warned_of(void **unused)
{
	struct qpp_exception_form f = form();
	(void)unused;
	f.categories = 1u << QPP_PI;
	(void)approved(OFFICIAL, &f);
	at("2025-02-01T12:00:00-05:00");
	assert_false(has_finding(put_set(OFFICIAL, SET_OF(ELM_GROUP, "\"ia\"") ACTIVITY), "exceptionUndone", "/category"));
}

static void automatic__holds_by_county_until_data_come(void **unused)
{
	struct qpp_exception_automatic *v;
	struct qpp_who who = listed();
	size_t n;
	int64_t total;
	(void)unused;
	put_fact(&who, "scoring", "{\"location\": {\"state\": \"FL\", \"county\": \"Lee\"}}");
	struct qpp_excepting x = by(OFFICIAL);
	assert_ok(qpp_exceptions_automatic(&x, (qpp_py){ 2024 }, &v, &n, &total, &w.err));
	assert_true(n == 1 && total == 1 && v[0].answer == QPP_EUC_YES);
	assert_text(v[0].clinician.npi, CLINICIAN_NPI);
	assert_true(v[0].why.n > 0);
	x = by(LISTED);
	assert_ok(qpp_exceptions_automatic(&x, (qpp_py){ 2024 }, &v, &n, &total, &w.err));
	assert_int_equal(n, 1);
	x = by(OAK);
	assert_ok(qpp_exceptions_automatic(&x, (qpp_py){ 2024 }, &v, &n, &total, &w.err));
	assert_int_equal(n, 0);
	assert_true(score_of(&who)->category[QPP_IA].reweighted.n > 0);
	at("2025-02-01T12:00:00-05:00");
	assert_true(has_finding(put_set(OFFICIAL, SET_OF(ELM_LISTED, "\"ia\"") ACTIVITY), "exceptionUndone", "/category"));
}

static enum qpp_code member_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_membership_put(tx, request, err);
}

static void approval__of_a_group_is_its_subgroups_too(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_who who = { .py = { 2024 }, .entity = QPP_SUBGROUP, .org_id = w.subgroup.id };
	struct qpp_membership m = { { 2024 }, w.subgroup.id, w.elm.id, QPP_LIT(CLINICIAN_NPI), QPP_LIT("{}") };
	(void)unused;
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, member_change, &m, &w.err));
	m.npi = QPP_LIT(OTHER_NPI);
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, member_change, &m, &w.err));
	(void)approved(OFFICIAL, &f);
	assert_int_equal(known(&who).facts->n_reweight, 2);
}

static void application__of_a_subgroup_is_its_groups(void **unused)
{
	struct qpp_exception_form f = form();
	struct qpp_exception_filing out = { .certified = true };
	(void)unused;
	f.level = QPP_SUBGROUP;
	f.org_id = w.subgroup.id;
	out.id = draft(SURGEON, &f);
	struct qpp_excepting x = by(SURGEON);
	assert_code(qpp_exception_file(&x, &out, &w.err), QPP_DATA);
	assert_true(has_finding(x.findings, "exceptionLevel", "/level"));
	bool told = false;
	for (size_t i = 0; i < x.findings->list.n; i++)
		told = told || strstr(text_of(x.findings->list.v[i].message), "a subgroup has what its group has and does not apply for itself");
	assert_true(told);
}

/* ---- an APM entity ---- */

static struct qpp_exception_form of_entity(int64_t members, int64_t excused)
{
	struct qpp_exception_form f = form();
	f.level = QPP_APM_ENTITY;
	f.org_id = w.aco.id;
	f.categories = (1u << QPP_CATEGORIES) - 1;
	f.members = members;
	f.excused = excused;
	return f;
}

static enum qpp_code try_file(enum person p, const struct qpp_exception_form *f, struct qpp_findings **found)
{
	struct qpp_excepting x = by(p);
	struct qpp_str id = draft(p, f);
	struct qpp_exception_filing out = { .id = id, .certified = true };
	*found = x.findings;
	return qpp_exception_file(&x, &out, &w.err);
}

static void entity__asks_for_all_with_its_share_by_its_official(void **unused)
{
	struct qpp_exception_form few = of_entity(4, 3), three = of_entity(4, 4), good = of_entity(4, 4);
	struct qpp_findings *found;
	struct qpp_who who = { .py = { 2024 }, .entity = QPP_APM_ENTITY, .org_id = w.aco.id };
	(void)unused;
	three.categories = 1u << QPP_QUALITY | 1u << QPP_IA | 1u << QPP_PI;
	assert_code(try_file(ACO, &few, &found), QPP_DATA);
	assert_true(has_finding(found, "exceptionShare", "/excused"));
	assert_code(try_file(ACO, &three, &found), QPP_DATA);
	assert_true(has_finding(found, "exceptionCategories", "/categories"));
	assert_code(try_save(ACO_STAFF, &good), QPP_FORBIDDEN);
	good.kind = QPP_EXCEPTION_PI;
	assert_code(try_file(ACO, &good, &found), QPP_DATA);
	assert_true(has_finding(found, "exceptionLevel", "/level"));
	good.kind = QPP_EXCEPTION_EUC;
	(void)approved(ACO, &good);
	assert_int_equal(known(&who).facts->n_reweight, QPP_CATEGORIES);
}

static void entity__is_counted_where_its_clinicians_are_known(void **unused)
{
	struct qpp_exception_form f = of_entity(4, 4);
	struct qpp_who who = { .py = { 2024 }, .entity = QPP_APM_ENTITY, .org_id = w.aco.id };
	struct qpp_findings *found;
	(void)unused;
	put_fact(&who, "scoring", "{\"members\": [{\"excused\": [\"pi\"]}, {\"excused\": [\"pi\"]}, {\"individual\": {\"quality\": 50}}]}");
	assert_code(try_file(ACO, &f, &found), QPP_DATA);
	assert_true(has_finding(found, "exceptionShare", "/excused"));
}

static void entity__keeps_its_exception_whatever_it_submits(void **unused)
{
	struct qpp_exception_form f = of_entity(4, 4);
	struct qpp_who who = { .py = { 2024 }, .entity = QPP_APM_ENTITY, .org_id = w.aco.id };
	(void)unused;
	(void)approved(ACO, &f);
	at("2025-02-01T12:00:00-05:00");
	assert_false(has_finding(put_set(ACO, SET_OF("\"entityType\": \"apm\", \"entityId\": \"A0001\"", "\"ia\"") ACTIVITY), "exceptionUndone", "/category"));
	assert_true(score_of(&who)->category[QPP_IA].reweighted.n > 0);
}

/* ---- opting in ---- */

#define CHOICE "{\"clinicianType\": \"physician\", \"firstEnrolled\": \"2010-05-01\", \"qpStatus\": \"none\", \"segments\": [{\"segment\": 1, " \
	"\"allowedCharges\": 95000, \"patients\": 150, \"services\": 300}, {\"segment\": 2, \"allowedCharges\": 95000, \"patients\": 150, \"services\": 300}]}"
#define REQUIRED "{\"clinicianType\": \"physician\", \"firstEnrolled\": \"2010-05-01\", \"qpStatus\": \"none\", \"segments\": [{\"segment\": 1, " \
	"\"allowedCharges\": 95000, \"patients\": 250, \"services\": 300}, {\"segment\": 2, \"allowedCharges\": 95000, \"patients\": 250, \"services\": 300}]}"

static enum qpp_code elect(enum person p, struct qpp_who who, enum qpp_opt_choice choice, const char *typed, struct qpp_choice_made *out)
{
	struct qpp_excepting x = by(p);
	*out = (struct qpp_choice_made){ .who = who, .choice = choice, .typed = qpp_str_of(typed) };
	return qpp_opt_in_elect(&x, out, &w.err);
}

static struct qpp_choosing standing(enum person p, struct qpp_who who)
{
	struct qpp_excepting x = by(p);
	struct qpp_choosing c;
	assert_ok(qpp_opt_in_get(&x, &who, &c, &w.err));
	return c;
}

static void opt_in__is_one_however_often_and_for_ever(void **unused)
{
	struct qpp_choice_made one, two, other;
	struct qpp_who who = group_of();
	(void)unused;
	put_fact(&who, "eligibility", CHOICE);
	at("2025-02-01T12:00:00-05:00");
	assert_true(standing(STAFF, who).may && standing(OFFICIAL, who).open && !standing(STAFF, who).official);
	assert_code(elect(OFFICIAL, who, QPP_CHOICE_OPT_IN, "yes", &one), QPP_DATA);
	assert_ok(elect(OFFICIAL, who, QPP_CHOICE_OPT_IN, " Opt In ", &one));
	assert_ok(elect(OFFICIAL, who, QPP_CHOICE_OPT_IN, "opt in", &two));
	assert_true(!one.replayed && two.replayed && one.number.n > 0);
	assert_true(qpp_str_eq(one.number, two.number) && qpp_str_eq(one.receipt, two.receipt));
	assert_int_equal(mails_to(-1, "Your election was received", NULL), 1);
	assert_code(elect(OFFICIAL, who, QPP_CHOICE_VOLUNTARY, "report voluntarily", &other), QPP_CONFLICT);
	assert_string_equal(w.err.primary, "the election of this year is made and cannot be changed");
	struct qpp_choosing c = standing(STAFF, who);
	assert_true(c.chosen == QPP_CHOICE_OPT_IN && c.has_receipt && !c.may && c.status == QPP_ELIGIBLE_OPTED_IN);
	assert_text(c.by, "official");
	/* Data are taken now. */
	(void)put_set(OFFICIAL, SET_OF(ELM_GROUP, "\"ia\"") ACTIVITY);
}

static void opt_in__of_a_clinician_is_the_clinicians(void **unused)
{
	struct qpp_choice_made made;
	struct qpp_who group = group_of();
	struct qpp_choosing *v;
	size_t n;
	int64_t total;
	(void)unused;
	put_fact(&group, "eligibility", REQUIRED);
	put_relation(2024, CLINICIAN_NPI, CHOICE);
	at("2025-02-01T12:00:00-05:00");
	assert_ok(elect(OFFICIAL, listed(), QPP_CHOICE_VOLUNTARY, "report voluntarily", &made));
	assert_true(standing(LISTED, listed()).chosen == QPP_CHOICE_VOLUNTARY && standing(LISTED, listed()).status == QPP_OPT_IN_ELIGIBLE);
	struct qpp_excepting x = by(OFFICIAL);
	assert_ok(qpp_opt_in_list(&x, (qpp_py){ 2024 }, &v, &n, &total, &w.err));
	assert_true(n == 2 && total == 2 && v[0].who.entity == QPP_GROUP && !v[0].may && v[1].chosen == QPP_CHOICE_VOLUNTARY);
}

static void opt_in__is_not_for_everybody(void **unused)
{
	struct qpp_choice_made made;
	struct qpp_who who = group_of(), entity = { .py = { 2024 }, .entity = QPP_APM_ENTITY, .org_id = w.aco.id }, early = group_of();
	(void)unused;
	put_fact(&who, "eligibility", REQUIRED);
	at("2025-02-01T12:00:00-05:00");
	assert_code(elect(OFFICIAL, who, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_CONFLICT);
	assert_code(elect(ACO, entity, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_CONFLICT);
	put_fact(&who, "eligibility", CHOICE);
	assert_code(elect(STAFF, who, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_FORBIDDEN);
	assert_code(elect(LISTED, who, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_NOT_FOUND);
	assert_code(elect(OAK, who, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_NOT_FOUND);
	assert_code(elect(VIEWER, who, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_FORBIDDEN);
	early.py.v = 2018;
	put_fact(&early, "eligibility", CHOICE);
	assert_code(elect(OFFICIAL, early, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_CONFLICT);
}

static void opt_in__has_a_last_second(void **unused)
{
	struct qpp_choice_made made;
	struct qpp_who who = group_of();
	(void)unused;
	put_fact(&who, "eligibility", CHOICE);
	at("2025-01-01T23:59:59-05:00");
	assert_code(elect(OFFICIAL, who, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_CONFLICT);
	at("2025-03-31T20:00:01-04:00");
	assert_code(elect(OFFICIAL, who, QPP_CHOICE_OPT_IN, "opt in", &made), QPP_CONFLICT);
	assert_non_null(strstr(w.err.detail, "ended on March 31, 2025, at 8 p.m. ET"));
	at("2025-03-31T20:00:00-04:00");
	assert_ok(elect(OFFICIAL, who, QPP_CHOICE_OPT_IN, "opt in", &made));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		EXCEPTION_TEST(window__holds_its_last_second), EXCEPTION_TEST(window__refuses_a_second_later_and_keeps_the_draft),
		EXCEPTION_TEST(window__refuses_before_it_opens), EXCEPTION_TEST(window__of_an_event_may_end_later),
		EXCEPTION_TEST(form__tells_its_faults_and_is_refused_with_them), EXCEPTION_TEST(filing__twice_with_one_key_is_one),
		EXCEPTION_TEST(filing__for_a_category_twice_is_refused_until_withdrawn), EXCEPTION_TEST(rights__are_of_the_own_people),
		EXCEPTION_TEST(rights__to_decide_are_of_another_reviewer), EXCEPTION_TEST(lists__have_the_own_and_the_queue),
		EXCEPTION_TEST(approval__is_known_to_scoring), EXCEPTION_TEST(denial__changes_nothing),
		EXCEPTION_TEST(approval__of_a_group_is_its_subgroups_too), EXCEPTION_TEST(application__of_a_subgroup_is_its_groups),
		EXCEPTION_TEST(data__undo_an_exception_and_are_warned_of), EXCEPTION_TEST(data__of_categories_that_count_are_not_warned_of),
		EXCEPTION_TEST(automatic__holds_by_county_until_data_come), EXCEPTION_TEST(entity__asks_for_all_with_its_share_by_its_official),
		EXCEPTION_TEST(entity__is_counted_where_its_clinicians_are_known), EXCEPTION_TEST(entity__keeps_its_exception_whatever_it_submits),
		EXCEPTION_TEST(opt_in__is_one_however_often_and_for_ever), EXCEPTION_TEST(opt_in__of_a_clinician_is_the_clinicians),
		EXCEPTION_TEST(opt_in__is_not_for_everybody), EXCEPTION_TEST(opt_in__has_a_last_second),
	};
	return RUN_AS_TAP(tests);
}
