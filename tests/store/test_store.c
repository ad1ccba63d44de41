/*
 * The contract of the store: what every use case may rely on, whatever database
 * is behind it: people, filings, transactions, the schema. Runs over SQLite, and over
 * the PostgreSQL that QPP_STORE_URL names.
 */
#include "contract.h"

static struct filing filing_of(struct qpp_str org_id, const char *category, const char *body)
{
	return (struct filing){ .who = { .py = { 2023 }, .entity = QPP_GROUP, .org_id = org_id }, .category = category,
		.body = qpp_str_of(body) };
}

/* --- people --- */

struct org_put {
	struct qpp_org org;
	struct qpp_str tin;
};
CHANGE(org_put, struct org_put)
{
	return qpp_store_org_put(tx, &r->org, r->tin, err);
}
AS_CHANGE(org_put, struct org_put)

static void store__keeps_an_organization_and_shows_its_tin_masked(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple Street Clinic"), got;
	struct qpp_str tin;
	assert_int_equal(org.id.n, 36);
	assert_int_equal(org.version, 1);
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_org_get(tx, org.id, &got, &world.err));
	assert_text(got.name, "Maple Street Clinic");
	assert_text(got.tin_masked, "*****3456");
	assert_int_equal(got.kind, QPP_ORG_PRACTICE);
	assert_ok(qpp_store_org_by_tin(tx, QPP_LIT("000123456"), &got, &world.err));
	assert_true(qpp_str_eq(got.id, org.id));
	assert_ok(qpp_store_org_tin(tx, org.id, &tin, &world.err));
	assert_text(tin, "000123456");
	assert_code(qpp_store_org_by_tin(tx, QPP_LIT("000123457"), &got, &world.err), QPP_NOT_FOUND);
	assert_code(qpp_store_org_get(tx, QPP_LIT("nobody"), &got, &world.err), QPP_NOT_FOUND);
	qpp_store_end(tx);
}

static void store__refuses_a_second_practice_with_a_tin_and_a_stale_change(void **unused)
{
	(void)unused;
	struct org_put first = { world_practice(&world, "000123456", "First"), { "", 0 } };
	struct org_put second = { { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Second") }, QPP_LIT("000123456") };
	struct org_put late = first;
	struct qpp_str tin;
	assert_code(write_it(org_put_change, &second), QPP_DUPLICATE);
	second.tin = QPP_LIT("12345678");
	assert_code(write_it(org_put_change, &second), QPP_USAGE);
	first.org.name = QPP_LIT("First, renamed");
	assert_ok(write_it(org_put_change, &first));
	assert_int_equal(first.org.version, 2);
	assert_code(write_it(org_put_change, &late), QPP_STALE);
	/* Without a TIN in the change it keeps the one it has. */
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_org_tin(tx, first.org.id, &tin, &world.err));
	assert_text(tin, "000123456");
	qpp_store_end(tx);
}

static void store__finds_organizations_by_name_and_number(void **unused)
{
	(void)unused;
	struct qpp_org_rows rows;
	struct qpp_org got;
	(void)world_practice(&world, "000000001", "birch Family");
	(void)world_practice(&world, "000000002", "Alder Group");
	(void)world_practice(&world, "000000003", "Birch and Sons");
	struct org_put vg = { { .kind = QPP_ORG_VIRTUAL_GROUP, .number = QPP_LIT("VG00001"), .name = QPP_LIT("Birch VG") }, { "", 0 } };
	assert_ok(write_it(org_put_change, &vg));
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_org_list(tx, QPP_ORG_PRACTICE, QPP_LIT("BIRCH"), (struct qpp_slice){ .count = true }, &rows, &world.err));
	assert_int_equal(rows.n, 2);
	assert_int_equal(rows.total, 2);
	assert_text(rows.v[0].name, "Birch and Sons");
	assert_text(rows.v[1].name, "birch Family");
	assert_ok(qpp_store_org_list(tx, QPP_ORG_PRACTICE, QPP_LIT(""), (struct qpp_slice){ .start = 1, .most = 1 }, &rows, &world.err));
	assert_int_equal(rows.n, 1);
	assert_int_equal(rows.total, -1);
	assert_text(rows.v[0].name, "Birch and Sons");
	assert_ok(qpp_store_org_by_number(tx, QPP_ORG_VIRTUAL_GROUP, QPP_LIT("VG00001"), &got, &world.err));
	assert_text(got.tin_masked, "");
	assert_code(qpp_store_org_by_number(tx, QPP_ORG_APM_ENTITY, QPP_LIT("VG00001"), &got, &world.err), QPP_NOT_FOUND);
	qpp_store_end(tx);
}

CHANGE(people, struct qpp_org)
{
	struct qpp_clinician c = { .npi = QPP_LIT("9000000007"), .type = 1, .first = QPP_LIT("Ana"), .last = QPP_LIT("O'Hara \xc3\xa9"),
		.enrolled = QPP_LIT("2015-02-03"), .body = QPP_LIT("{}") };
	struct qpp_relation rel = { { 2023 }, r->id, c.npi, QPP_LIT("{\"lowVolume\":false}"), QPP_LIT("smallPractice rural"), QPP_LIT("{}") };
	struct qpp_membership m = { { 2023 }, QPP_LIT("group-1"), r->id, { "", 0 }, QPP_LIT("{}") };
	struct qpp_fact_row f = { { { 2023 }, QPP_GROUP, r->id, { "", 0 } }, QPP_LIT("scoring"), QPP_LIT("{\"smallPractice\":true}"), 0 };
	enum qpp_code code = qpp_store_clinician_put(tx, &c, err);
	if (code == QPP_OK)
		code = qpp_store_relation_put(tx, &rel, err);
	rel.py.v = 2024;
	rel.statuses = QPP_LIT("");
	if (code == QPP_OK)
		code = qpp_store_relation_put(tx, &rel, err);
	if (code == QPP_OK)
		code = qpp_store_membership_put(tx, &m, err);
	m.group_id = QPP_LIT("group-2");
	m.npi = c.npi;
	if (code == QPP_OK)
		code = qpp_store_membership_put(tx, &m, err);
	return code == QPP_OK ? qpp_store_fact_put(tx, &f, err) : code;
}
AS_CHANGE(people, struct qpp_org)

static void store__knows_who_belongs_where_in_which_year(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct qpp_clinician c;
	struct qpp_relation_rows relations;
	struct qpp_membership_rows members;
	struct qpp_fact_row fact;
	struct qpp_who who = { { 2023 }, QPP_GROUP, org.id, { "", 0 } };
	/* Twice: what is there already is written anew. */
	assert_ok(write_it(people_change, &org));
	assert_ok(write_it(people_change, &org));
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_clinician_get(tx, QPP_LIT("9000000007"), &c, &world.err));
	assert_text(c.last, "O'Hara \xc3\xa9");
	assert_int_equal(c.type, 1);
	assert_ok(qpp_store_relation_of_npi(tx, (qpp_py){ 2023 }, c.npi, &relations, &world.err));
	assert_int_equal(relations.n, 1);
	assert_text(relations.v[0].statuses, "smallPractice rural");
	assert_ok(qpp_store_relation_of_org(tx, (qpp_py){ 2024 }, org.id, (struct qpp_slice){ .count = true }, &relations, &world.err));
	assert_int_equal(relations.total, 1);
	assert_text(relations.v[0].statuses, "");
	assert_ok(qpp_store_relation_of_npi(tx, (qpp_py){ 2022 }, c.npi, &relations, &world.err));
	assert_int_equal(relations.n, 0);
	assert_ok(qpp_store_membership_of_org(tx, (qpp_py){ 2023 }, org.id, QPP_LIT(""), &members, &world.err));
	assert_int_equal(members.n, 2);
	assert_ok(qpp_store_membership_of_org(tx, (qpp_py){ 2023 }, org.id, QPP_LIT("9000000015"), &members, &world.err));
	assert_int_equal(members.n, 1);
	assert_text(members.v[0].group_id, "group-1");
	assert_ok(qpp_store_membership_of_npi(tx, (qpp_py){ 2023 }, c.npi, &members, &world.err));
	assert_int_equal(members.n, 1);
	assert_text(members.v[0].group_id, "group-2");
	assert_ok(qpp_store_fact_get(tx, &who, QPP_LIT("scoring"), &fact, &world.err));
	assert_text(fact.body, "{\"smallPractice\":true}");
	assert_int_equal(fact.version, 2);
	assert_int_equal(fact.who.entity, QPP_GROUP);
	who.entity = QPP_INDIVIDUAL;
	assert_code(qpp_store_fact_get(tx, &who, QPP_LIT("scoring"), &fact, &world.err), QPP_NOT_FOUND);
	qpp_store_end(tx);
}

CHANGE(rename_org, struct qpp_org)
{
	r->name = QPP_LIT("Another");
	return qpp_store_org_put(tx, r, QPP_LIT(""), err);
}
AS_CHANGE(rename_org, struct qpp_org)

static void store__tells_whether_people_were_changed(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct filing a = filing_of(org.id, "quality", "{}");
	uint64_t stamp = qpp_store_people_stamp(world.store);
	if (getenv("QPP_STORE_URL")) {
		assert_int_equal(stamp, 0);
		return;
	}
	assert_true(stamp > 0);
	assert_ok(write_it(file_change, &a));
	assert_int_equal(qpp_store_people_stamp(world.store), stamp);
	assert_ok(write_it(rename_org_change, &org));
	assert_true(qpp_store_people_stamp(world.store) > stamp);
}

/* --- filings --- */

static void store__finds_or_creates_and_replaces(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct filing a = filing_of(org.id, "quality", "{\"n\":1}"), b = filing_of(org.id, "quality", "{\"n\":2}"),
	              c = filing_of(org.id, "ia", "{\"n\":3}");
	struct qpp_set_row_rows sets;
	struct qpp_submission_row s;
	assert_ok(write_it(file_change, &a));
	assert_true(a.created);
	world.clock.now.us += 5;
	assert_ok(write_it(file_change, &b));
	assert_false(b.created);
	assert_ok(write_it(file_change, &c));
	assert_true(qpp_str_eq(a.submission.id, c.submission.id));
	assert_true(qpp_str_eq(a.set.id, b.set.id));
	assert_int_equal(b.set.version, 2);
	assert_int_equal(b.receipt.sequence, 2);
	assert_true(qpp_str_eq(b.receipt.previous, a.receipt.chain));
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_submission_get(tx, a.submission.id, &s, &world.err));
	assert_int_equal(s.changed.us - s.created.us, 5);
	assert_int_equal(s.version, 4);
	assert_ok(qpp_store_set_of_submission(tx, a.submission.id, (struct qpp_str){ NULL, 0 }, &sets, &world.err));
	assert_int_equal(sets.n, 2);
	assert_text(sets.v[0].body, "{\"n\":2}");
	assert_ok(qpp_store_set_of_submission(tx, a.submission.id, QPP_LIT("registry-1"), &sets, &world.err));
	assert_int_equal(sets.n, 0);
	qpp_store_end(tx);
}

struct set_change {
	struct qpp_set_row set;
	bool remove;
	struct qpp_str submission;
};
CHANGE(set_step, struct set_change)
{
	if (r->submission.n)
		return qpp_store_submission_delete(tx, r->submission, 0, err);
	return r->remove ? qpp_store_set_delete(tx, r->set.id, r->set.version, err) : qpp_store_set_replace(tx, &r->set, err);
}
AS_CHANGE(set_step, struct set_change)

static void store__changes_sets_only_under_their_version(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct filing a = filing_of(org.id, "quality", "{}"), b = filing_of(org.id, "ia", "{}");
	assert_ok(write_it(file_change, &a));
	assert_ok(write_it(file_change, &b));
	struct set_change one = { .set = a.set }, late = one;
	one.set.body = QPP_LIT("{\"new\":1}");
	assert_ok(write_it(set_step_change, &one));
	assert_int_equal(one.set.version, 2);
	assert_code(write_it(set_step_change, &late), QPP_STALE);
	late.remove = true;
	assert_code(write_it(set_step_change, &late), QPP_STALE);
	/* The key of another set of the submission is taken. */
	struct set_change taken = { .set = b.set };
	taken.set.category = QPP_LIT("quality");
	assert_code(write_it(set_step_change, &taken), QPP_DUPLICATE);
	one.set.id = QPP_LIT("no such");
	assert_code(write_it(set_step_change, &one), QPP_NOT_FOUND);
}

static void store__deleting_frees_the_key_and_keeps_the_ledger(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct filing a = filing_of(org.id, "quality", "{\"filed\":1}"), again = a;
	struct qpp_set_row set;
	struct qpp_submission_row s;
	struct qpp_str body;
	struct qpp_ledger_number_rows numbers;
	assert_ok(write_it(file_change, &a));
	struct set_change gone = { .submission = a.submission.id };
	assert_ok(write_it(set_step_change, &gone));
	assert_code(write_it(set_step_change, &gone), QPP_NOT_FOUND);
	struct qpp_tx *tx = begin();
	assert_code(qpp_store_set_get(tx, a.set.id, &set, &world.err), QPP_NOT_FOUND);
	assert_code(qpp_store_submission_find(tx, &a.who, &s, &world.err), QPP_NOT_FOUND);
	assert_ok(qpp_store_ledger_body(tx, a.receipt.sequence, &body, &world.err));
	assert_text(body, "{\"filed\":1}");
	assert_ok(qpp_store_ledger_of(tx, a.receipt.subject, (struct qpp_slice){ .count = true }, &numbers, &world.err));
	assert_int_equal(numbers.total, 1);
	assert_int_equal(numbers.v[0].sequence, 1);
	qpp_store_end(tx);
	assert_ok(write_it(file_change, &again));
	assert_true(again.created);
	assert_false(qpp_str_eq(again.submission.id, a.submission.id));
}

static void store__lists_submissions_by_whatever_is_given(void **unused)
{
	(void)unused;
	struct qpp_org one = world_practice(&world, "000000001", "One"), two = world_practice(&world, "000000002", "Two");
	struct qpp_submission_row_rows rows;
	struct filing f = filing_of(one.id, "quality", "{}");
	assert_ok(write_it(file_change, &f));
	world.clock.now.us++;
	f = filing_of(two.id, "quality", "{}");
	assert_ok(write_it(file_change, &f));
	world.clock.now.us++;
	f.who = (struct qpp_who){ { 2023 }, QPP_INDIVIDUAL, two.id, QPP_LIT("9000000007") };
	assert_ok(write_it(file_change, &f));
	const struct {
		struct qpp_submission_query q;
		int expected;
	} cases[] = {
		{ { .npi = QPP_LIT("") }, 3 },
		{ { .py = { 2023 } }, 3 },
		{ { .py = { 2022 } }, 0 },
		{ { .org_id = two.id }, 2 },
		{ { .org_id = two.id, .entity = QPP_GROUP }, 1 },
		{ { .npi = QPP_LIT("9000000007"), .py = { 2023 } }, 1 },
		{ { .npi = QPP_LIT("9000000007"), .org_id = one.id }, 0 },
		{ { .submitter_id = QPP_LIT("some registry") }, 0 },
	};
	struct qpp_tx *tx = begin();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_ok(qpp_store_submission_list(tx, &cases[i].q, (struct qpp_slice){ .most = 10, .count = true }, &rows, &world.err));
		assert_int_equal(rows.n, cases[i].expected);
		assert_int_equal(rows.total, cases[i].expected);
	}
	assert_ok(qpp_store_submission_list(tx, &cases[0].q, (struct qpp_slice){ .start = 1, .most = 1, .count = true }, &rows, &world.err));
	assert_int_equal(rows.n, 1);
	assert_int_equal(rows.total, 3);
	assert_true(qpp_str_eq(rows.v[0].who.org_id, two.id));
	qpp_store_end(tx);
}

struct racer {
	struct filing filing;
	enum qpp_code code;
	struct qpp_arena arena;
	struct qpp_err err;
};

static void *race(void *arg)
{
	struct racer *r = arg;
	r->code = qpp_store_write(world.store, &r->arena, file_change, &r->filing, &r->err);
	return NULL;
}

static void store__find_or_create_is_one_under_concurrency(void **unused)
{
	(void)unused;
	enum { RACERS = 24 };
	static const char *const categories[] = { "quality", "ia", "pi" };
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct racer *racers = QPP_NEW_ARRAY(&world.arena, RACERS, struct racer);
	pthread_t threads[RACERS];
	struct qpp_submission_row_rows rows;
	struct qpp_set_row_rows sets;
	int created = 0;
	for (int i = 0; i < RACERS; i++) {
		racers[i].filing = filing_of(org.id, categories[i % 3], "{}");
		assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
	}
	for (int i = 0; i < RACERS; i++) {
		pthread_join(threads[i], NULL);
		assert_ok(racers[i].code);
		created += racers[i].filing.created;
		assert_true(qpp_str_eq(racers[i].filing.submission.id, racers[0].filing.submission.id));
	}
	assert_int_equal(created, 3);
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_submission_list(tx, &(struct qpp_submission_query){ .org_id = org.id }, (struct qpp_slice){ 0 }, &rows, &world.err));
	assert_int_equal(rows.n, 1);
	assert_ok(qpp_store_set_of_submission(tx, rows.v[0].id, (struct qpp_str){ NULL, 0 }, &sets, &world.err));
	assert_int_equal(sets.n, 3);
	qpp_store_end(tx);
	for (int i = 0; i < RACERS; i++)
		qpp_arena_close(&racers[i].arena);
	int64_t records;
	assert_ok(qpp_store_ledger_check(world.store, &records, &world.err));
	assert_int_equal(records, RACERS);
}

CHANGE(cases_made, struct qpp_org)
{
	struct qpp_run run = { .who = { { 2023 }, QPP_GROUP, r->id, { "", 0 } }, .program = QPP_LIT("mips"), .version = QPP_LIT("0.1"),
		.headline = QPP_LIT("{}"), .final_score = QPP_LIT("83.18"), .factor = QPP_LIT("0.63"), .counts = true };
	struct qpp_election_row e = { .kind = QPP_LIT("optIn"), .py = { 2024 }, .org_id = r->id, .state = QPP_LIT("filed"), .body = QPP_LIT("{}") };
	struct qpp_request_row q = { .kind = QPP_LIT("review"), .py = { 2023 }, .org_id = r->id, .account_id = QPP_LIT("acc"),
		.state = QPP_LIT("open"), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_run_add(tx, &run, err);
	if (code == QPP_OK)
		code = qpp_store_election_put(tx, &e, err);
	e.state = QPP_LIT("approved");
	if (code == QPP_OK)
		code = qpp_store_election_put(tx, &e, err);
	if (code == QPP_OK)
		code = qpp_store_request_put(tx, &q, err);
	struct qpp_decision d = { .request_id = q.id, .account_id = QPP_LIT("rev"), .outcome = QPP_LIT("approved"), .body = QPP_LIT("{}") };
	return code == QPP_OK ? qpp_store_decision_add(tx, &d, err) : code;
}
AS_CHANGE(cases_made, struct qpp_org)

static void store__keeps_runs_elections_requests_and_decisions(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct qpp_run_rows runs;
	struct qpp_run run;
	struct qpp_election_row_rows elections;
	struct qpp_request_row_rows requests;
	struct qpp_decision_rows decisions;
	struct qpp_slice all = { .count = true };
	assert_ok(write_it(cases_made_change, &org));
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_run_list(tx, &(struct qpp_who){ { 2023 }, QPP_GROUP, org.id, { "", 0 } }, all, &runs, &world.err));
	assert_int_equal(runs.total, 1);
	assert_text(runs.v[0].final_score, "83.18");
	assert_true(runs.v[0].counts);
	assert_ok(qpp_store_run_get(tx, runs.v[0].id, &run, &world.err));
	assert_text(run.factor, "0.63");
	assert_ok(qpp_store_election_list(tx, (qpp_py){ 2024 }, QPP_LIT("optIn"), org.id, QPP_LIT("approved"), all, &elections, &world.err));
	assert_int_equal(elections.total, 1);
	assert_int_equal(elections.v[0].version, 2);
	assert_ok(qpp_store_election_list(tx, (qpp_py){ 0 }, QPP_LIT(""), org.id, QPP_LIT("filed"), all, &elections, &world.err));
	assert_int_equal(elections.total, 0);
	assert_ok(qpp_store_request_list(tx, &(struct qpp_request_query){ .kind = QPP_LIT("review"), .state = QPP_LIT("open") }, all, &requests,
	                                 &world.err));
	assert_int_equal(requests.total, 1);
	assert_ok(qpp_store_decision_of(tx, requests.v[0].id, &decisions, &world.err));
	assert_int_equal(decisions.n, 1);
	assert_text(decisions.v[0].outcome, "approved");
	qpp_store_end(tx);
}

/* --- transactions --- */

struct half {
	struct qpp_org org;
	enum qpp_code answer;
};
CHANGE(half_done, struct half)
{
	enum qpp_code code = qpp_store_org_put(tx, &r->org, QPP_LIT("000555555"), err);
	return code == QPP_OK ? qpp_fail(err, r->answer, "refused half way", (char *)NULL) : code;
}
AS_CHANGE(half_done, struct half)

static void store__a_change_that_fails_leaves_nothing(void **unused)
{
	(void)unused;
	struct half half = { { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Half") }, QPP_FORBIDDEN };
	struct qpp_org got;
	assert_code(write_it(half_done_change, &half), QPP_FORBIDDEN);
	assert_string_equal(world.err.primary, "refused half way");
	struct qpp_tx *tx = begin();
	assert_code(qpp_store_org_by_tin(tx, QPP_LIT("000555555"), &got, &world.err), QPP_NOT_FOUND);
	/* And a reading transaction cannot change anything. */
	struct qpp_org org = { .kind = QPP_ORG_PRACTICE };
	assert_code(qpp_store_org_put(tx, &org, QPP_LIT("000555555"), &world.err), QPP_BUG);
	qpp_store_end(tx);
}

struct mixed {
	struct half half;
	struct racer filing;
	enum qpp_code code;
	struct qpp_arena arena;
};

static void *fail_beside(void *arg)
{
	struct mixed *m = arg;
	struct qpp_err err;
	m->code = qpp_store_write(world.store, &m->arena, half_done_change, &m->half, &err);
	return NULL;
}

static void store__one_that_fails_takes_nothing_of_its_group(void **unused)
{
	(void)unused;
	enum { PAIRS = 16 };
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct mixed *m = QPP_NEW_ARRAY(&world.arena, PAIRS, struct mixed);
	pthread_t good[PAIRS], bad[PAIRS];
	struct qpp_org got;
	int64_t records;
	for (int i = 0; i < PAIRS; i++) {
		m[i].half = (struct half){ { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Half") }, QPP_FORBIDDEN };
		m[i].filing.filing = filing_of(org.id, "quality", "{}");
		pthread_create(&good[i], NULL, race, &m[i].filing);
		pthread_create(&bad[i], NULL, fail_beside, &m[i]);
	}
	for (int i = 0; i < PAIRS; i++) {
		pthread_join(good[i], NULL);
		pthread_join(bad[i], NULL);
		assert_ok(m[i].filing.code);
		assert_code(m[i].code, QPP_FORBIDDEN);
		qpp_arena_close(&m[i].arena);
		qpp_arena_close(&m[i].filing.arena);
	}
	struct qpp_tx *tx = begin();
	assert_code(qpp_store_org_by_tin(tx, QPP_LIT("000555555"), &got, &world.err), QPP_NOT_FOUND);
	qpp_store_end(tx);
	assert_ok(qpp_store_ledger_check(world.store, &records, &world.err));
	assert_int_equal(records, PAIRS);
	struct qpp_store_figures f = qpp_store_figures(world.store);
	assert_int_equal(f.failed, PAIRS);
	assert_int_equal(f.waiting, 0);
	assert_true(f.commits <= f.writes);
}

static void store__a_reader_sees_one_state(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct filing f = filing_of(org.id, "quality", "{}");
	struct qpp_submission_row s;
	struct qpp_org got;
	struct qpp_tx *old = begin();
	assert_ok(qpp_store_org_get(old, org.id, &got, &world.err));
	assert_ok(write_it(file_change, &f));
	assert_code(qpp_store_submission_get(old, f.submission.id, &s, &world.err), QPP_NOT_FOUND);
	struct qpp_tx *new = begin();
	assert_ok(qpp_store_submission_get(new, f.submission.id, &s, &world.err));
	qpp_store_end(new);
	qpp_store_end(old);
}

CHANGE(leak_tin, struct qpp_org)
{
	struct qpp_fact_row f = { { { 2023 }, QPP_GROUP, r->id, { "", 0 } }, QPP_LIT("scoring"), r->body, 0 };
	return qpp_store_fact_put(tx, &f, err);
}
AS_CHANGE(leak_tin, struct qpp_org)

static void store__refuses_a_tin_in_a_body(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	org.body = QPP_LIT("{\"taxpayerIdentificationNumber\":\"000123456\"}");
	assert_code(write_it(leak_tin_change, &org), QPP_BUG);
	/* A TIN of nobody, or nine digits among more, are not one of ours. */
	org.body = QPP_LIT("{\"a\":\"000999999\",\"npi\":\"9000123456\"}");
	assert_ok(write_it(leak_tin_change, &org));
}

static void store__is_there_after_opening_again(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple"), got;
	struct filing f = filing_of(org.id, "quality", "{\"kept\":true}");
	struct qpp_receipt r;
	assert_ok(write_it(file_change, &f));
	world_reopen(&world);
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_org_by_tin(tx, QPP_LIT("000123456"), &got, &world.err));
	assert_ok(qpp_store_ledger_receipt(tx, 1, &r, &world.err));
	assert_true(qpp_str_eq(qpp_receipt_json(&world.arena, &r), qpp_receipt_json(&world.arena, &f.receipt)));
	qpp_store_end(tx);
}

/* --- once --- */

struct once_filing {
	struct filing filing;
	struct qpp_once *once;
	int runs;
};
CHANGE(file_once, struct once_filing)
{
	enum qpp_code code = file_change(tx, &r->filing, err);
	r->runs++;
	r->once->status = 201;
	if (code == QPP_OK)
		r->once->response = qpp_receipt_json(qpp_tx_arena(tx), &r->filing.receipt);
	return code;
}
AS_CHANGE(file_once, struct once_filing)

static void store__the_same_key_gives_the_same_receipt(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct qpp_once first = { .scope = QPP_LIT("acc POST /x"), .key = QPP_LIT("k1"), .request_hash = QPP_LIT("h1") }, second = first,
	                other = first, elsewhere = first;
	struct once_filing f = { filing_of(org.id, "quality", "{}"), &first, 0 };
	assert_ok(qpp_store_write_once(world.store, &world.arena, &first, file_once_change, &f, &world.err));
	assert_false(first.replayed);
	world.clock.now.us += 60LL * QPP_MICROS_A_SECOND;
	f.once = &second;
	assert_ok(qpp_store_write_once(world.store, &world.arena, &second, file_once_change, &f, &world.err));
	assert_true(second.replayed);
	assert_int_equal(second.status, 201);
	assert_true(qpp_str_eq(first.response, second.response));
	assert_int_equal(f.runs, 1);
	other.request_hash = QPP_LIT("h2");
	assert_code(qpp_store_write_once(world.store, &world.arena, &other, file_once_change, &f, &world.err), QPP_KEY_REUSED);
	assert_int_equal(qpp_code_http(QPP_KEY_REUSED), 422);
	elsewhere.scope = QPP_LIT("another POST /x");
	f.once = &elsewhere;
	assert_ok(qpp_store_write_once(world.store, &world.arena, &elsewhere, file_once_change, &f, &world.err));
	assert_false(elsewhere.replayed);
}

struct many {
	struct once_filing f;
	struct qpp_once once;
	struct qpp_arena arena;
	enum qpp_code code;
};

static void *file_many(void *arg)
{
	struct many *m = arg;
	struct qpp_err err;
	m->code = qpp_store_write_once(world.store, &m->arena, &m->once, file_once_change, &m->f, &err);
	return NULL;
}

static void store__a_key_used_by_many_at_once_files_once(void **unused)
{
	(void)unused;
	enum { MANY = 50 };
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	static struct many m[MANY];
	pthread_t threads[MANY];
	int answered = 0, first = 0;
	int64_t records;
	memset(m, 0, sizeof m);
	for (int i = 0; i < MANY; i++) {
		m[i].once = (struct qpp_once){ .scope = QPP_LIT("s"), .key = QPP_LIT("k"), .request_hash = QPP_LIT("h") };
		m[i].f = (struct once_filing){ filing_of(org.id, "quality", "{}"), &m[i].once, 0 };
		pthread_create(&threads[i], NULL, file_many, &m[i]);
	}
	for (int i = 0; i < MANY; i++) {
		pthread_join(threads[i], NULL);
		assert_true(m[i].code == QPP_OK || m[i].code == QPP_CONFLICT);
		answered += m[i].code == QPP_OK;
		first += m[i].code == QPP_OK && !m[i].once.replayed;
	}
	assert_true(answered >= 1);
	assert_int_equal(first, 1);
	for (int i = 0; i < MANY; i++)
		qpp_arena_close(&m[i].arena);
	assert_ok(qpp_store_ledger_check(world.store, &records, &world.err));
	assert_int_equal(records, 1);
}

struct purge {
	int64_t n;
};
CHANGE(forget, struct purge)
{
	return qpp_store_once_purge(tx, qpp_tx_now(tx), 100, &r->n, err);
}
AS_CHANGE(forget, struct purge)

/* A change that waits until it is told to go on: what another asks meanwhile is in the air at the same time. */
struct gate {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool inside, go;
};

static enum qpp_code wait_inside(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct gate *g = request;
	(void)tx;
	(void)err;
	pthread_mutex_lock(&g->lock);
	g->inside = true;
	pthread_cond_signal(&g->moved);
	while (!g->go)
		pthread_cond_wait(&g->moved, &g->lock);
	pthread_mutex_unlock(&g->lock);
	return QPP_OK;
}

static void *hold_key(void *arg)
{
	struct qpp_once once = { .scope = QPP_LIT("s"), .key = QPP_LIT("k"), .request_hash = QPP_LIT("h") };
	struct qpp_arena arena = QPP_ARENA_INIT;
	struct qpp_err err;
	enum qpp_code code = qpp_store_write_once(world.store, &arena, &once, wait_inside, arg, &err);
	qpp_arena_close(&arena);
	return code == QPP_OK ? arg : NULL;
}

static void store__a_key_in_the_air_is_a_conflict_and_is_forgotten_in_time(void **unused)
{
	(void)unused;
	struct gate g = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, false };
	struct qpp_once once = { .scope = QPP_LIT("s"), .key = QPP_LIT("k"), .request_hash = QPP_LIT("h") };
	struct purge purge;
	pthread_t thread;
	void *kept;
	pthread_create(&thread, NULL, hold_key, &g);
	pthread_mutex_lock(&g.lock);
	while (!g.inside)
		pthread_cond_wait(&g.moved, &g.lock);
	pthread_mutex_unlock(&g.lock);
	assert_code(qpp_store_write_once(world.store, &world.arena, &once, wait_inside, &g, &world.err), QPP_CONFLICT);
	assert_int_equal(qpp_code_http(QPP_CONFLICT), 409);
	pthread_mutex_lock(&g.lock);
	g.go = true;
	pthread_cond_broadcast(&g.moved);
	pthread_mutex_unlock(&g.lock);
	pthread_join(thread, &kept);
	assert_non_null(kept);
	assert_ok(qpp_store_write_once(world.store, &world.arena, &once, wait_inside, &g, &world.err));
	assert_true(once.replayed);
	world.clock.now.us++;
	assert_ok(write_it(forget_change, &purge));
	assert_int_equal(purge.n, 1);
}

/* --- the schema --- */

static void store__the_schema_goes_down_and_up_again(void **unused)
{
	(void)unused;
	int at = -1;
	struct qpp_org org = world_practice(&world, "000123456", "Maple"), got;
	qpp_store_close(world.store);
	world.store = NULL;
	assert_ok(qpp_store_migrate(world.url, -1, &at, &world.err));
	int newest = at;
	assert_true(newest >= 4);
	for (int to = newest - 1; to >= 0; to--) {
		assert_ok(qpp_store_migrate(world.url, to, &at, &world.err));
		assert_int_equal(at, to);
		/* A store of another version is not opened as it is. */
		struct qpp_store_config c = { .url = world.url, .keys = &world.keys, .clock = &world.clock.clock };
		assert_code(qpp_store_open(&c, &world.store, &world.err), QPP_DATA);
		assert_null(world.store);
	}
	assert_code(qpp_store_migrate(world.url, newest + 1, &at, &world.err), QPP_USAGE);
	world_reopen(&world);
	struct qpp_tx *tx = begin();
	assert_code(qpp_store_org_get(tx, org.id, &got, &world.err), QPP_NOT_FOUND);
	qpp_store_end(tx);
	(void)world_practice(&world, "000123456", "Maple again");
}

static void store__is_not_opened_by_a_wrong_address(void **unused)
{
	(void)unused;
	struct qpp_store *s;
	struct qpp_store_config c = { .url = "mysql://x", .keys = &world.keys, .clock = &world.clock.clock };
	assert_code(qpp_store_open(&c, &s, &world.err), QPP_USAGE);
	c.url = "sqlite:/nowhere/at/all.db";
	assert_code(qpp_store_open(&c, &s, &world.err), QPP_IO);
	c.url = "postgres:host=/nowhere dbname=x";
	assert_code(qpp_store_open(&c, &s, &world.err), QPP_IO);
}

static void store__other_keys_do_not_open_its_secrets(void **unused)
{
	(void)unused;
	struct qpp_org org = world_practice(&world, "000123456", "Maple");
	struct qpp_str tin;
	memset(world.keys.data, 7, sizeof world.keys.data);
	world_reopen(&world);
	struct qpp_tx *tx = begin();
	assert_code(qpp_store_org_tin(tx, org.id, &tin, &world.err), QPP_DATA);
	qpp_store_end(tx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store__keeps_an_organization_and_shows_its_tin_masked),
		TEST(store__refuses_a_second_practice_with_a_tin_and_a_stale_change),
		TEST(store__finds_organizations_by_name_and_number),
		TEST(store__knows_who_belongs_where_in_which_year),
		TEST(store__tells_whether_people_were_changed),
		TEST(store__finds_or_creates_and_replaces),
		TEST(store__changes_sets_only_under_their_version),
		TEST(store__deleting_frees_the_key_and_keeps_the_ledger),
		TEST(store__lists_submissions_by_whatever_is_given),
		TEST(store__find_or_create_is_one_under_concurrency),
		TEST(store__keeps_runs_elections_requests_and_decisions),
		TEST(store__a_change_that_fails_leaves_nothing),
		TEST(store__one_that_fails_takes_nothing_of_its_group),
		TEST(store__a_reader_sees_one_state),
		TEST(store__refuses_a_tin_in_a_body),
		TEST(store__is_there_after_opening_again),
		TEST(store__the_same_key_gives_the_same_receipt),
		TEST(store__a_key_used_by_many_at_once_files_once),
		TEST(store__a_key_in_the_air_is_a_conflict_and_is_forgotten_in_time),
		TEST(store__the_schema_goes_down_and_up_again),
		TEST(store__is_not_opened_by_a_wrong_address),
		TEST(store__other_keys_do_not_open_its_secrets),
	};
	return RUN_AS_TAP(tests);
}
