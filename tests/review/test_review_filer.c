/*
 * The filer's side of targeted review over a real store (SQLite, and PostgreSQL by pg.sh): windows to the second, rights,
 * drafts, filing once and only once, documents, answers, withdrawal. The facts are numbered as the acceptance list has them.
 */
#include "world.h"

/* ---- 1: the window, to the second ---- */

static void try_at(int py, const char *instant, int64_t us, enum qpp_code expected)
{
	struct qpp_review_form f = form(py);
	struct qpp_review_filing x;
	at("2023-09-03T12:00:00-04:00");
	struct qpp_str id = draft(ELM, &f);
	size_t mails = mails_to(ELM, "Your targeted review was filed", NULL);
	at(instant);
	later(us);
	assert_code(file(ELM, id, &x), expected);
	if (expected == QPP_OK) {
		assert_string_equal(state_of(id), "submitted");
		assert_int_equal(ledger_records(id, "filing"), 1);
		assert_true(x.at.us == w.store.clock.now.us && x.number.n && strstr(text_of(x.receipt), "\"signature\""));
	} else {
		assert_string_equal(state_of(id), "draft");
		assert_int_equal(ledger_records(id, "filing"), 0);
		assert_non_null(strstr(w.err.primary, "over"));
	}
	assert_int_equal(mails_to(ELM, "Your targeted review was filed", NULL), mails + (expected == QPP_OK));
}

static void filing__of_2023_is_taken_through_8_pm_in_summer_time(void **unused)
{
	(void)unused;
	try_at(2023, "2024-10-11T20:00:01-04:00", 0, QPP_CONFLICT);
	try_at(2023, "2024-10-11T19:59:59-04:00", 0, QPP_OK);
	try_at(2023, "2024-10-11T20:00:00-04:00", 0, QPP_OK);
	try_at(2023, "2024-10-11T20:00:00-04:00", 999999, QPP_OK);
	try_at(2023, "2024-10-11T20:00:00-04:00", 1000000, QPP_CONFLICT);
}

static void filing__of_2022_and_2024_likewise(void **unused)
{
	(void)unused;
	release(2022, "", "2023-08-10T09:00:00-04:00");
	try_at(2022, "2023-10-09T20:00:01-04:00", 0, QPP_CONFLICT);
	try_at(2022, "2023-10-09T19:59:59-04:00", 0, QPP_OK);
	try_at(2022, "2023-10-09T20:00:00-04:00", 0, QPP_OK);
	release(2024, "2025-09-15T10:00:00-04:00", "2025-10-15T10:00:00-04:00");
	try_at(2024, "2025-11-14T20:00:01-05:00", 0, QPP_CONFLICT);
	try_at(2024, "2025-11-14T19:59:59-05:00", 0, QPP_OK);
	try_at(2024, "2025-11-14T20:00:00-05:00", 0, QPP_OK);
}

static void filing__tells_the_margin_and_writes_a_receipt(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_filing x;
	struct qpp_str mail;
	at("2024-10-11T19:57:00-04:00");
	struct qpp_str id = draft(ELM, &f);
	assert_ok(file(ELM, id, &x));
	assert_int_equal(x.margin, 180);
	assert_int_equal(mails_to(ELM, "Your targeted review was filed: request ", &mail), 1);
	assert_non_null(strstr(text_of(mail), "October 11, 2024, at 7:57:00 p.m. ET"));
	assert_non_null(strstr(text_of(mail), text_of(x.number)));
	assert_null(strstr(text_of(mail), ELM_TIN));
	struct qpp_review_detail d = seen(ELM, id);
	assert_true(d.has_receipt && qpp_str_eq(d.receipt.number, x.number));
	assert_int_equal(d.margin, 180);
	/* The receipt is of the instant of the last byte, whatever the clock of the store says. */
	assert_true(d.receipt.at.us == x.at.us);
}

/* ---- 2: open before there is an end ---- */

static void window__of_2024_is_open_before_the_factors_are_out(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2024);
	struct qpp_review_year y;
	at("2025-09-20T12:00:00-04:00");
	release(2024, "", "");
	struct qpp_reviewing r = by(NOBODY);
	assert_ok(qpp_review_year_get(&r, (qpp_py){ 2024 }, &y, &w.err));
	assert_int_equal(y.window.state, QPP_WINDOW_NOT_OPEN);
	struct qpp_str id = draft(ELM, &f);
	struct qpp_review_filing x;
	assert_code(file(ELM, id, &x), QPP_CONFLICT);
	assert_non_null(strstr(w.err.detail, "release of the final scores"));
	release(2024, "2025-09-15T10:00:00-04:00", "");
	assert_ok(qpp_review_year_get(&r, (qpp_py){ 2024 }, &y, &w.err));
	assert_true(y.window.state == QPP_WINDOW_OPEN && !y.window.closes.has && y.window.days == 30 && y.reply_days == 15);
	assert_ok(file(ELM, id, &x));
	release(2024, "2025-09-15T10:00:00-04:00", "2025-10-15T10:00:00-04:00");
	assert_ok(qpp_review_year_get(&r, (qpp_py){ 2024 }, &y, &w.err));
	qpp_instant end;
	assert_true(qpp_instant_parse(QPP_LIT("2025-11-14T20:00:00-05:00"), &end, NULL));
	assert_true(y.window.closes.has && y.window.closes.at.v == end.v);
}

/* ---- 3: the operator extends ---- */

static void extension__lets_a_draft_be_filed_again(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_filing x;
	struct qpp_review_year y;
	struct qpp_audit_rows audits;
	struct qpp_tx *tx;
	qpp_instant end;
	struct qpp_str id = draft(ELM, &f), reason = QPP_LIT("claims data came late");
	at("2024-10-15T09:00:00-04:00");
	assert_code(file(ELM, id, &x), QPP_CONFLICT);
	assert_true(qpp_instant_parse(QPP_LIT("2024-10-31T20:00:00-04:00"), &end, NULL));
	struct qpp_reviewing staff = by(ELM), rosa = by(ROSA), operator = by(OPERATOR), again = by(OPERATOR), nobody = by(NOBODY);
	assert_code(qpp_review_extend(&staff, f.py, QPP_LIT(""), end, reason, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_extend(&rosa, f.py, QPP_LIT(""), end, reason, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_extend(&operator, f.py, QPP_LIT(""), end, QPP_LIT(" "), &w.err), QPP_DATA);
	operator = by(OPERATOR);
	assert_ok(qpp_review_extend(&operator, f.py, QPP_LIT(""), end, reason, &w.err));
	/* Never to an earlier day. */
	assert_code(qpp_review_extend(&again, f.py, QPP_LIT(""), (qpp_instant){ end.v - 1 }, reason, &w.err), QPP_DATA);
	assert_true(has_finding(again.findings, "valueOutOfRange", "/closes"));
	assert_ok(qpp_review_year_get(&nobody, f.py, &y, &w.err));
	assert_true(y.window.extended && y.window.closes.at.v == end.v && y.n_extensions == 1);
	assert_text(y.extensions[0].reason, "claims data came late");
	assert_ok(file(ELM, id, &x));
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	struct qpp_audit_query q = { .subject = QPP_LIT("review-window/2023") };
	assert_ok(qpp_store_audit_list(tx, &q, (struct qpp_slice){ 0 }, &audits, &w.err));
	qpp_store_end(tx);
	assert_int_equal(audits.n, 1);
	assert_true(qpp_str_eq(audits.v[0].account_id, w.actors[OPERATOR].account_id) && qpp_str_is(audits.v[0].action, "review.extend"));
}

static void campaign__takes_its_own_levels_in_its_own_window(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_filing x;
	struct qpp_review_year y;
	struct qpp_review_campaign c = { .name = QPP_LIT("stormDora"), .says = QPP_LIT("Reweighting because of the storm Dora"),
		                             .levels = QPP_LIT("group+individual") };
	at("2024-11-20T12:00:00-05:00");
	f.reason = c.name;
	struct qpp_reviewing r = by(ELM), operator = by(OPERATOR), twice = by(OPERATOR), nobody = by(NOBODY);
	struct qpp_str id = { NULL, 0 };
	int64_t version = 0;
	assert_code(qpp_review_save(&r, &f, &id, &version, &w.err), QPP_DATA);
	c.closes = (struct qpp_moment){ true, qpp_time_instant(w.store.clock.now) };
	c.closes.at.v += 86400;
	assert_ok(qpp_review_campaign_add(&operator, f.py, &c, QPP_LIT("so decided on November 19"), &w.err));
	assert_code(qpp_review_campaign_add(&twice, f.py, &c, QPP_LIT("again"), &w.err), QPP_DUPLICATE);
	assert_ok(qpp_review_year_get(&nobody, f.py, &y, &w.err));
	assert_true(y.window.state == QPP_WINDOW_OVER && y.n_campaigns == 2 && y.campaigns[1].by_operator);
	assert_true(qpp_str_eq(y.reasons[y.n_reasons - 1].name, c.name));
	id = draft(ELM, &f);
	assert_ok(file(ELM, id, &x));
	assert_true(qpp_str_eq(seen(ELM, id).line.row.campaign, c.name));
	/* Another reason is still too late, and an APM entity is not of this campaign. */
	f.reason = QPP_LIT("automaticEuc");
	assert_code(file(ELM, draft(ELM, &f), &x), QPP_CONFLICT);
	struct qpp_review_form entity = form(2023);
	entity.level = QPP_APM_ENTITY;
	entity.as = QPP_REVIEW_AS_ENTITY;
	entity.org_id = w.aco.id;
	entity.reason = c.name;
	assert_code(file(ACO, draft(ACO, &entity), &x), QPP_DATA);
	/* At its own end it is over. */
	later((int64_t)86400 * QPP_MICROS_A_SECOND + QPP_MICROS_A_SECOND);
	f.reason = c.name;
	f.level = QPP_INDIVIDUAL;
	f.npi = QPP_LIT(OTHER_NPI);
	assert_code(file(ELM, draft(ELM, &f), &x), QPP_CONFLICT);
}

/* ---- 4: duplicates ---- */

static void a_second_request_on_the_same_matter_is_linked(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023), other = f;
	struct qpp_review_filing x;
	struct qpp_str first = filed(ELM, &f);
	struct qpp_str second = draft(ELM, &f);
	later(QPP_MICROS_A_SECOND);
	assert_ok(file(ELM, second, &x));
	assert_true(qpp_str_eq(x.duplicate_of, first));
	struct qpp_review_detail d = seen(ROSA, second);
	assert_true(qpp_str_eq(d.line.row.first_id, first) && d.n_duplicates == 1 && qpp_str_eq(d.duplicates[0].row.id, first));
	/* Another matter, another year, another subject: none. */
	other.reason = QPP_LIT("smallPracticeBonus");
	assert_ok(file(ELM, draft(ELM, &other), &x));
	assert_int_equal(x.duplicate_of.n, 0);
	other = f;
	other.level = QPP_INDIVIDUAL;
	other.npi = QPP_LIT(CLINICIAN_NPI);
	assert_ok(file(ELM, draft(ELM, &other), &x));
	assert_int_equal(x.duplicate_of.n, 0);
	/* The first one withdrawn no longer stands in the way. */
	struct qpp_reviewing r = by(ELM);
	assert_ok(qpp_review_withdraw(&r, first, 0, QPP_LIT(""), &w.err));
	r = by(ELM);
	assert_ok(qpp_review_withdraw(&r, second, 0, QPP_LIT(""), &w.err));
	assert_ok(file(ELM, draft(ELM, &f), &x));
	assert_int_equal(x.duplicate_of.n, 0);
}

/* ---- 5: rights ---- */

static enum qpp_code try_save(enum person p, const struct qpp_review_form *f)
{
	struct qpp_reviewing r = by(p);
	struct qpp_str id = { NULL, 0 };
	int64_t version = 0;
	return qpp_review_save(&r, f, &id, &version, &w.err);
}

static void nobody_files_for_an_organization_without_a_role(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023), unknown;
	char first[sizeof w.err.primary];
	assert_code(try_save(OAK, &f), QPP_FORBIDDEN);
	assert_code(try_save(NOBODY, &f), QPP_FORBIDDEN);
	assert_code(try_save(ACO, &f), QPP_FORBIDDEN);
	f.org_id = QPP_LIT("");
	f.number = QPP_LIT("00-0054321");
	assert_code(try_save(OAK, &f), QPP_FORBIDDEN);
	memcpy(first, w.err.primary, sizeof first);
	/* A practice that is not known is told by the same words. */
	unknown = f;
	unknown.number = QPP_LIT("000009999");
	assert_code(try_save(OAK, &unknown), QPP_FORBIDDEN);
	assert_string_equal(w.err.primary, first);
	assert_ok(try_save(ELM, &f));
	/* To say that one is a third party does not make one. */
	f.as = QPP_REVIEW_AS_THIRD_PARTY;
	f.authority = true;
	assert_code(try_save(OAK, &f), QPP_FORBIDDEN);
}

static void a_third_party_files_with_the_attestation_and_sees_no_score(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_filing x;
	f.as = QPP_REVIEW_AS_THIRD_PARTY;
	f.org_id = QPP_LIT("");
	f.number = QPP_LIT(ELM_TIN);
	struct qpp_str id = draft(REG, &f);
	struct qpp_reviewing r = by(REG);
	x = (struct qpp_review_filing){ .id = id, .certified = true };
	assert_code(qpp_review_file(&r, &x, &w.err), QPP_DATA);
	assert_true(has_finding(r.findings, "memberMissing", "/authority"));
	f.authority = true;
	int64_t version = 1;
	r = by(REG);
	assert_ok(qpp_review_save(&r, &f, &id, &version, &w.err));
	assert_int_equal(version, 2);
	assert_ok(file(REG, id, &x));
	struct qpp_review_detail d = seen(REG, id);
	assert_false(d.sees_score);
	assert_int_equal(d.line.org.name.n, 0);
	assert_text(d.line.org.tin_masked, "*****4321");
	/* The practice it is about sees it, with its score, and changes nothing of it. */
	assert_true(seen(ELM, id).sees_score);
	r = by(ELM);
	assert_code(qpp_review_withdraw(&r, id, 0, QPP_LIT(""), &w.err), QPP_FORBIDDEN);
	struct qpp_review_detail none;
	r = by(OAK);
	assert_code(qpp_review_get(&r, id, &none, &w.err), QPP_NOT_FOUND);
}

static void a_decision_shows_a_third_party_no_figures(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval();
	f.as = QPP_REVIEW_AS_THIRD_PARTY;
	f.authority = true;
	struct qpp_str id = decided(REG, &f, &o);
	struct qpp_review_detail d = seen(REG, id);
	assert_true(d.decided && d.decision.approved);
	assert_int_equal(d.decision.n_overrides, 0);
	assert_int_equal(d.decision.by_name.n, 0);
	assert_false(d.has_recommendation);
	assert_int_equal(seen(ELM, id).decision.n_overrides, 1);
}

static void a_clinician_asks_for_the_own_score_where_they_billed(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	f.as = QPP_REVIEW_AS_CLINICIAN;
	f.level = QPP_INDIVIDUAL;
	f.npi = QPP_LIT(CLINICIAN_NPI);
	struct qpp_review_filing x;
	assert_ok(file(NPI, draft(NPI, &f), &x));
	f.npi = QPP_LIT(OTHER_NPI);
	assert_code(try_save(NPI, &f), QPP_FORBIDDEN);
	f.npi = QPP_LIT(CLINICIAN_NPI);
	f.org_id = w.oak.id;
	assert_code(try_save(NPI, &f), QPP_FORBIDDEN);
	f.org_id = w.elm.id;
	f.level = QPP_GROUP;
	assert_code(try_save(NPI, &f), QPP_FORBIDDEN);
	f.level = QPP_INDIVIDUAL;
	f.npi = QPP_LIT("9000000008");
	assert_code(try_save(NPI, &f), QPP_DATA);
}

static void levels__are_those_of_the_year(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_year y;
	struct qpp_reviewing r = by(NOBODY);
	f.level = QPP_VIRTUAL_GROUP;
	f.org_id = w.group.id;
	assert_ok(try_save(VG, &f));
	assert_code(try_save(ELM, &f), QPP_FORBIDDEN);
	f.level = QPP_APM_ENTITY;
	f.org_id = w.aco.id;
	f.as = QPP_REVIEW_AS_ENTITY;
	assert_ok(try_save(ACO, &f));
	assert_ok(qpp_review_year_get(&r, (qpp_py){ 2022 }, &y, &w.err));
	assert_true(!y.may_ask[QPP_SUBGROUP] && y.may_ask[QPP_GROUP]);
	assert_ok(qpp_review_year_get(&r, (qpp_py){ 2023 }, &y, &w.err));
	assert_true(y.may_ask[QPP_SUBGROUP]);
	/* The organization must be of the level's kind. */
	f.level = QPP_GROUP;
	assert_code(try_save(ACO, &f), QPP_FORBIDDEN);
}

static void drafts__are_their_own_sides_alone(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_str id = draft(ELM, &f);
	struct qpp_review_detail none;
	struct qpp_review_line *lines;
	int64_t total;
	size_t n;
	struct qpp_reviewing rosa = by(ROSA), oak = by(OAK), elm = by(ELM), reviewer = by(ELM_REVIEWER);
	assert_code(qpp_review_get(&rosa, id, &none, &w.err), QPP_NOT_FOUND);
	assert_code(qpp_review_get(&oak, id, &none, &w.err), QPP_NOT_FOUND);
	assert_ok(qpp_review_get(&reviewer, id, &none, &w.err));
	assert_ok(qpp_review_mine(&elm, (qpp_py){ 0 }, &lines, &n, &w.err));
	assert_int_equal(n, 1);
	assert_text(lines[0].action, "file");
	assert_ok(qpp_review_mine(&oak, (qpp_py){ 0 }, &lines, &n, &w.err));
	assert_int_equal(n, 0);
	assert_ok(qpp_review_queue(&rosa, &(struct qpp_review_filter){ 0 }, &lines, &n, &total, &w.err));
	assert_int_equal(n, 0);
	assert_code(qpp_review_queue(&elm, &(struct qpp_review_filter){ 0 }, &lines, &n, &total, &w.err), QPP_FORBIDDEN);
}

static void a_draft_is_saved_under_the_version_it_was_read_with(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_str id = draft(ELM, &f);
	int64_t mine = 1, theirs = 1;
	struct qpp_reviewing r = by(ELM);
	f.explanation = QPP_LIT("My words.");
	assert_ok(qpp_review_save(&r, &f, &id, &mine, &w.err));
	assert_int_equal(mine, 2);
	f.explanation = QPP_LIT("Their words.");
	assert_code(qpp_review_save(&r, &f, &id, &theirs, &w.err), QPP_STALE);
	assert_text(seen(ELM, id).form.explanation, "My words.");
}

static void filing__says_everything_that_is_missing_at_once(void **unused)
{
	(void)unused;
	struct qpp_review_form f = { .py = { 2023 }, .level = QPP_GROUP, .org_id = w.elm.id, .as = QPP_REVIEW_AS_STAFF };
	struct qpp_str id = draft(ELM, &f);
	struct qpp_reviewing r = by(ELM);
	struct qpp_review_filing x = { .id = id };
	assert_code(qpp_review_file(&r, &x, &w.err), QPP_DATA);
	static const char *const fields[] = { "/certified", "/name", "/phone", "/email", "/legalName", "/explanation", "/reason" };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		assert_true(has_finding(r.findings, "memberMissing", fields[i]));
	assert_int_equal(r.findings->errors, sizeof fields / sizeof *fields);
	assert_string_equal(state_of(id), "draft");
}

/* ---- once, and only once ---- */

enum { MANY = 20 };

struct one_of_many {
	pthread_t thread;
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_reviewing r;
	struct qpp_review_filing x;
	struct qpp_err err;
	enum qpp_code code;
};

static void *file_one(void *self)
{
	struct one_of_many *o = self;
	/* Who comes while the first is being worked on is told so, and asks again. */
	do
		o->code = qpp_review_file(&o->r, &o->x, &o->err);
	while (o->code == QPP_CONFLICT);
	return NULL;
}

static void twenty_filings_under_one_key_are_one_request(void **unused)
{
	(void)unused;
	static struct one_of_many many[MANY];
	struct qpp_review_form f = form(2023);
	struct qpp_str id = draft(ELM, &f);
	size_t replayed = 0;
	for (int i = 0; i < MANY; i++) {
		struct one_of_many *o = &many[i];
		*o = (struct one_of_many){ .r = by(ELM), .x = { .id = id, .certified = true, .key = QPP_LIT("a-key") } };
		qpp_findings_init(&o->findings, &o->arena, 100);
		o->r.call.arena = &o->arena;
		o->r.findings = &o->findings;
		o->r.at.us += i;
	}
	for (int i = 0; i < MANY; i++)
		assert_int_equal(pthread_create(&many[i].thread, NULL, file_one, &many[i]), 0);
	for (int i = 0; i < MANY; i++)
		pthread_join(many[i].thread, NULL);
	for (int i = 0; i < MANY; i++) {
		assert_string_equal(qpp_code_name(many[i].code), "ok");
		assert_true(qpp_str_eq(many[i].x.number, many[0].x.number) && qpp_str_eq(many[i].x.receipt, many[0].x.receipt));
		assert_true(many[i].x.at.us == many[0].x.at.us);
		replayed += many[i].x.replayed;
	}
	assert_int_equal(replayed, MANY - 1);
	assert_int_equal(ledger_records(id, "filing"), 1);
	assert_int_equal(mails_to(ELM, "Your targeted review was filed", NULL), 1);
	assert_int_equal(seen(ELM, id).n_events, 2);
	for (int i = 0; i < MANY; i++)
		qpp_arena_close(&many[i].arena);
	/* Behind the window the same key still answers the first time; without it the request is no draft any more. */
	at("2024-10-12T12:00:00-04:00");
	struct qpp_reviewing r = by(ELM);
	struct qpp_review_filing x = { .id = id, .certified = true, .key = QPP_LIT("a-key") };
	assert_ok(qpp_review_file(&r, &x, &w.err));
	assert_true(x.replayed && x.at.us < r.at.us);
	assert_code(file(ELM, id, &x), QPP_CONFLICT);
	struct qpp_review_form other = form(2023);
	struct qpp_review_filing y = { .id = draft(ELM, &other), .certified = true, .key = QPP_LIT("a-key") };
	assert_code(qpp_review_file(&r, &y, &w.err), QPP_KEY_REUSED);
}

/* ---- 11: documents ---- */

static enum qpp_code attach(struct qpp_str id, const char *name, struct qpp_str bytes, struct qpp_review_document_row *out)
{
	struct qpp_reviewing r = by(ELM);
	return qpp_review_attach(&r, id, qpp_str_of(name), bytes, out, &w.err);
}

static void documents__are_taken_by_content_and_name(void **unused)
{
	(void)unused;
	static const struct {
		const char *name;
		struct qpp_str bytes;
		const char *kind;
	} files[] = {
		{ "notice.pdf", QPP_LIT_INIT("%PDF-1.7 ..."), "pdf" },
		{ "NOTICE.PDF", QPP_LIT_INIT("%PDF-1.7 ..."), "pdf" },
		{ "shot.png", QPP_LIT_INIT("\x89PNG\r\n\x1a\n...."), "png" },
		{ "photo.jpeg", QPP_LIT_INIT("\xff\xd8\xff\xe0...."), "jpg" },
		{ "roster.csv", QPP_LIT_INIT("npi,name\r\n9000000007,Nina\r\n"), "csv" },
		{ "letter.txt", QPP_LIT_INIT("Dear reviewer"), "txt" },
		{ "letter.docx", QPP_LIT_INIT("PK\3\4..[Content_Types].xml..word/document.xml.."), "docx" },
		{ "book.xlsx", QPP_LIT_INIT("PK\3\4..[Content_Types].xml..xl/workbook.xml.."), "xlsx" },
		{ "../../etc/letter.txt", QPP_LIT_INIT("Dear reviewer"), "txt" },
		{ "program.exe", QPP_LIT_INIT("MZ...."), NULL },
		{ "notice.pdf.exe", QPP_LIT_INIT("%PDF-1.7 ..."), NULL },
		{ "notice.pdf", QPP_LIT_INIT("MZ\x90\0...."), NULL },
		{ "notice.pdf", QPP_LIT_INIT("Dear reviewer"), NULL },
		{ "shot.png", QPP_LIT_INIT("%PDF-1.7 ..."), NULL },
		{ "page.txt", QPP_LIT_INIT("\n<html><script>alert(1)</script>"), NULL },
		{ "script.txt", QPP_LIT_INIT("#!/bin/sh\nrm"), NULL },
		{ "letter.txt", QPP_LIT_INIT("a\0b"), NULL },
		{ "letter.txt", QPP_LIT_INIT("\xff\xfe"), NULL },
		{ "letter.docx", QPP_LIT_INIT("PK\3\4..[Content_Types].xml..word/document.xml..word/vbaProject.bin.."), NULL },
		{ "letter.docx", QPP_LIT_INIT("PK\3\4..[Content_Types].xml..xl/workbook.xml.."), NULL },
		{ "archive.zip", QPP_LIT_INIT("PK\3\4...."), NULL },
		{ "empty.pdf", QPP_LIT_INIT(""), NULL },
		{ "pdf", QPP_LIT_INIT("%PDF-1.7 ..."), NULL },
		{ "a\nb.pdf", QPP_LIT_INIT("%PDF-1.7 ..."), NULL },
	};
	struct qpp_review_form f = form(2023);
	struct qpp_str id = draft(ELM, &f);
	size_t taken = 0;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct qpp_review_document_row d;
		enum qpp_code code = attach(id, files[i].name, files[i].bytes, &d);
		if (!files[i].kind) {
			if (code != QPP_DATA)
				print_error("%s was taken\n", files[i].name);
			assert_code(code, QPP_DATA);
			continue;
		}
		assert_ok(code);
		assert_string_equal(text_of(d.kind), files[i].kind);
		assert_null(memchr(d.name.p, '/', d.name.n));
		taken++;
	}
	assert_int_equal(seen(ELM, id).n_documents, taken);
}

static void documents__keep_hash_uploader_and_instant(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_document_row d, whole;
	struct qpp_str id = draft(ELM, &f);
	assert_ok(attach(id, "letter.txt", QPP_LIT("abc"), &d));
	/* The published digest of "abc". */
	assert_text(d.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_true(qpp_str_eq(d.account_id, w.actors[ELM].account_id) && d.at.us == w.store.clock.now.us && d.size == 3);
	struct qpp_review_filing x;
	assert_ok(file(ELM, id, &x));
	struct qpp_reviewing rosa = by(ROSA), oak = by(OAK), elm = by(ELM);
	assert_ok(qpp_review_document(&rosa, id, d.id, &whole, &w.err));
	assert_text(whole.bytes, "abc");
	assert_code(qpp_review_document(&oak, id, d.id, &whole, &w.err), QPP_NOT_FOUND);
	/* What was filed stays filed; more can come until it is decided. */
	assert_code(qpp_review_detach(&elm, id, d.id, &w.err), QPP_CONFLICT);
	assert_ok(attach(id, "more.txt", QPP_LIT("more"), &d));
	struct qpp_review_detail seen_now = seen(ELM, id);
	assert_int_equal(seen_now.n_documents, 2);
	qpp_day until;
	assert_true(qpp_day_of(2029, 12, 31, &until));
	assert_true(seen_now.keeps && seen_now.keep_until.v == until.v);
}

static void documents__are_bounded_one_by_one_and_together(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_document_row d, none;
	struct qpp_str id = draft(ELM, &f);
	char *p = qpp_arena_alloc(&w.store.arena, QPP_REVIEW_FILE_BYTES + 1);
	memset(p, 'a', QPP_REVIEW_FILE_BYTES + 1);
	assert_code(attach(id, "large.txt", (struct qpp_str){ p, QPP_REVIEW_FILE_BYTES + 1 }, &d), QPP_LIMIT);
	for (int i = 0; i < 5; i++)
		assert_ok(attach(id, "large.txt", (struct qpp_str){ p, QPP_REVIEW_FILE_BYTES }, &d));
	assert_code(attach(id, "one.txt", (struct qpp_str){ p, 1 }, &none), QPP_LIMIT);
	struct qpp_reviewing r = by(ELM);
	assert_ok(qpp_review_detach(&r, id, d.id, &w.err));
	for (int i = 4; i < QPP_REVIEW_MOST_FILES; i++)
		assert_ok(attach(id, "small.txt", (struct qpp_str){ p, 10 }, &d));
	assert_code(attach(id, "small.txt", (struct qpp_str){ p, 10 }, &d), QPP_LIMIT);
}

/* ---- 6: more information ---- */

static void an_answer_is_in_time_through_the_last_second_of_the_last_day(void **unused)
{
	(void)unused;
	static const struct {
		int py;
		const char *now, *due;
	} asked[] = { { 2023, "2024-09-20T14:00:00-04:00", "2024-10-20T23:59:59-04:00" },
		          { 2024, "2025-10-25T22:30:00-04:00", "2025-11-09T23:59:59-05:00" } };
	for (size_t i = 0; i < 2; i++)
		for (int late = 0; late < 2; late++) {
			struct qpp_review_form f = form(asked[i].py);
			release(asked[i].py, i ? "2025-09-15T10:00:00-04:00" : "", i ? "2025-10-15T10:00:00-04:00" : "2024-08-12T10:00:00-04:00");
			at(asked[i].now);
			struct qpp_str id = in_review(ELM, &f);
			struct qpp_reviewing r = by(ROSA);
			assert_ok(qpp_review_ask(&r, id, 0, QPP_LIT("Please send the notice of approval."), &w.err));
			struct qpp_review_detail d = seen(ELM, id);
			at(asked[i].due);
			assert_true(d.line.row.due.us == w.store.clock.now.us);
			assert_text(d.question, "Please send the notice of approval.");
			later(late ? QPP_MICROS_A_SECOND : QPP_MICROS_A_SECOND - 1);
			r = by(ELM);
			assert_int_equal(seen(ELM, id).can[QPP_REVIEW_ANSWER], !late);
			assert_code(qpp_review_answer(&r, id, 0, QPP_LIT("Here it is."), &w.err), late ? QPP_CONFLICT : QPP_OK);
			assert_string_equal(state_of(id), late ? "informationRequested" : "informationReceived");
		}
}

static void a_question_goes_to_the_submitter_with_its_day(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_str mail, id = in_review(ELM, &f);
	struct qpp_reviewing r = by(ROSA);
	assert_code(qpp_review_ask(&r, id, 0, QPP_LIT("Is your TIN 00-0054321?"), &w.err), QPP_DATA);
	assert_true(has_finding(r.findings, "identifierInvalid", "/question"));
	r = by(ROSA);
	assert_ok(qpp_review_ask(&r, id, 0, QPP_LIT("Please send the notice of approval."), &w.err));
	assert_int_equal(mails_to(ELM, "A question about your targeted review", &mail), 1);
	assert_non_null(strstr(text_of(mail), "October 3, 2024, at 11:59:59 p.m. ET"));
	assert_non_null(strstr(text_of(mail), "Please send the notice of approval."));
	struct qpp_review_line *lines;
	size_t n;
	r = by(ELM);
	assert_ok(qpp_review_mine(&r, (qpp_py){ 2023 }, &lines, &n, &w.err));
	assert_text(lines[0].action, "answer");
}

/* ---- withdrawal; 12: view only ---- */

static void withdrawn__is_withdrawn_for_good(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_str id = in_review(ELM, &f);
	struct qpp_reviewing r = by(ELM);
	assert_ok(qpp_review_withdraw(&r, id, version_of(id), QPP_LIT("mended elsewhere"), &w.err));
	assert_string_equal(state_of(id), "withdrawn");
	assert_int_equal(ledger_records(id, "withdrawal"), 1);
	r = by(ROSA);
	struct qpp_review_opinion o = approval();
	assert_code(qpp_review_recommend(&r, id, 0, &o, &w.err), QPP_CONFLICT);
	r = by(ELM);
	assert_code(qpp_review_withdraw(&r, id, 0, QPP_LIT(""), &w.err), QPP_CONFLICT);
}

static void view_only__reads_everything_and_writes_nothing(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_str id = filed(ELM, &f), other = draft(ELM, &f);
	struct qpp_review_document_row d;
	struct qpp_review_filing x = { .id = other, .certified = true };
	struct qpp_review_opinion o = approval();
	int64_t version = 1;
	struct qpp_reviewing r = by(VIEWER);
	assert_ok(qpp_review_get(&r, other, &(struct qpp_review_detail){ 0 }, &w.err));
	struct qpp_review_detail seen_now = seen(VIEWER, id);
	for (int act = 0; act < QPP_REVIEW_ACTS; act++)
		assert_false(seen_now.can[act]);
	assert_code(qpp_review_save(&r, &f, &other, &version, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_file(&r, &x, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_attach(&r, other, QPP_LIT("a.txt"), QPP_LIT("a"), &d, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_detach(&r, other, QPP_LIT("x"), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_withdraw(&r, id, 0, QPP_LIT(""), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_answer(&r, id, 0, QPP_LIT("a"), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_assign(&r, id, 0, QPP_LIT(""), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_ask(&r, id, 0, QPP_LIT("a"), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_recommend(&r, id, 0, &o, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_confirm(&r, id, 0, NULL, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_return(&r, id, 0, QPP_LIT("a"), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_close(&r, id, 0, QPP_LIT("a"), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_extend(&r, f.py, QPP_LIT(""), (qpp_instant){ INT32_MAX }, QPP_LIT("a"), &w.err), QPP_FORBIDDEN);
	assert_string_equal(state_of(id), "submitted");
	assert_string_equal(state_of(other), "draft");
	/* The agent's own account reads, and has no right to anything. */
	seen_now = seen(AGENT, id);
	for (int act = 0; act < QPP_REVIEW_ACTS; act++)
		assert_false(seen_now.can[act]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REVIEW_TEST(filing__of_2023_is_taken_through_8_pm_in_summer_time),
		REVIEW_TEST(filing__of_2022_and_2024_likewise),
		REVIEW_TEST(filing__tells_the_margin_and_writes_a_receipt),
		REVIEW_TEST(window__of_2024_is_open_before_the_factors_are_out),
		REVIEW_TEST(extension__lets_a_draft_be_filed_again),
		REVIEW_TEST(campaign__takes_its_own_levels_in_its_own_window),
		REVIEW_TEST(a_second_request_on_the_same_matter_is_linked),
		REVIEW_TEST(nobody_files_for_an_organization_without_a_role),
		REVIEW_TEST(a_third_party_files_with_the_attestation_and_sees_no_score),
		REVIEW_TEST(a_decision_shows_a_third_party_no_figures),
		REVIEW_TEST(a_clinician_asks_for_the_own_score_where_they_billed),
		REVIEW_TEST(levels__are_those_of_the_year),
		REVIEW_TEST(drafts__are_their_own_sides_alone),
		REVIEW_TEST(a_draft_is_saved_under_the_version_it_was_read_with),
		REVIEW_TEST(filing__says_everything_that_is_missing_at_once),
		REVIEW_TEST(twenty_filings_under_one_key_are_one_request),
		REVIEW_TEST(documents__are_taken_by_content_and_name),
		REVIEW_TEST(documents__keep_hash_uploader_and_instant),
		REVIEW_TEST(documents__are_bounded_one_by_one_and_together),
		REVIEW_TEST(an_answer_is_in_time_through_the_last_second_of_the_last_day),
		REVIEW_TEST(a_question_goes_to_the_submitter_with_its_day),
		REVIEW_TEST(withdrawn__is_withdrawn_for_good),
		REVIEW_TEST(view_only__reads_everything_and_writes_nothing),
	};
	return RUN_AS_TAP(tests);
}
