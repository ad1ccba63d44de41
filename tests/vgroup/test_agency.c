/*
 * Virtual groups from the agency's side, by mail, and through the year: the list
 * and its conflicts, decisions, letters, renewals, alarms.
 */
#include "room.h"

#include <string.h>

#include "app/set_doc.h"

static struct room room;

static int open_room(void **unused)
{
	(void)unused;
	room_open(&room);
	for (size_t i = 0; i < 3; i++)
		practice(&room, 2025, "Practice", 3, 3, 3);
	return 0;
}

static int close_room(void **unused)
{
	(void)unused;
	room_close(&room);
	return 0;
}

static enum qpp_code decide(const struct qpp_actor *who, struct qpp_str id, int64_t version, enum qpp_vgroup_verdict verdict, const char *why,
                            struct qpp_str *identifier)
{
	struct qpp_call call = call_of(&room, who);
	return qpp_vgroup_decide(&call, id, version, verdict, qpp_str_of(why), identifier, &room.err);
}

static struct qpp_vgroup_lines lines(const struct qpp_vgroup_ask *ask)
{
	struct qpp_vgroup_lines out;
	struct qpp_call call = call_of(&room, &room.reviewer);
	assert_ok(qpp_vgroup_lines_of(&call, ask, (struct qpp_slice){ 0 }, &out, &room.err));
	return out;
}

/* ---- decisions ---- */

static void approved_it_has_an_identifier_and_members(void **unused)
{
	(void)unused;
	struct qpp_str id = elect(&room, 2025, 2), identifier;
	struct qpp_vgroup g = see_by(&room, &room.reviewer, id);
	assert_true(g.caller_reviews);
	assert_code(decide(&room.agent, id, g.row.version, QPP_VERDICT_APPROVE, "", &identifier), QPP_FORBIDDEN);
	assert_code(decide(&room.p[0].actor, id, g.row.version, QPP_VERDICT_APPROVE, "", &identifier), QPP_FORBIDDEN);
	assert_code(decide(&room.reviewer, id, g.row.version - 1, QPP_VERDICT_APPROVE, "", &identifier), QPP_STALE);
	assert_ok(decide(&room.reviewer, id, g.row.version, QPP_VERDICT_APPROVE, "", &identifier));
	assert_text(identifier, "VG2025001");
	/* The second reviewer, who saw it at the same moment, is told. */
	assert_code(decide(&room.other_reviewer, id, g.row.version, QPP_VERDICT_DENY, "no", &identifier), QPP_STALE);
	g = see(&room, 0, id);
	assert_int_equal(g.state, QPP_VGROUP_APPROVED);
	struct qpp_tx *tx;
	struct qpp_membership_rows members;
	struct qpp_role_row_rows roles;
	assert_ok(qpp_store_begin(room.w.store, &room.w.arena, &tx, &room.err));
	assert_ok(qpp_store_membership_of_group(tx, (qpp_py){ 2025 }, g.row.group_org_id, (struct qpp_slice){ 0 }, &members, &room.err));
	assert_ok(qpp_store_role_of_org(tx, g.row.group_org_id, QPP_POST_ACTIVE, (struct qpp_slice){ 0 }, &roles, &room.err));
	assert_int_equal(members.n, 2);
	/* Without a new election its members are no virtual group in the year after. */
	assert_ok(qpp_store_membership_of_group(tx, (qpp_py){ 2026 }, g.row.group_org_id, (struct qpp_slice){ 0 }, &members, &room.err));
	assert_int_equal(members.n, 0);
	qpp_store_end(tx);
	assert_int_equal(roles.n, 1);
	assert_true(qpp_str_eq(roles.v[0].account_id, room.p[0].account_id));
	assert_int_equal(mails_to(&room, "rita@example.org", "Your virtual group is approved"), 1);
	assert_int_equal(mails_to(&room, "official000100002@example.org", "Your virtual group is approved"), 1);
}

static void returned_it_says_why_and_can_be_filed_again_in_time(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = elect(&room, 2025, 2), identifier;
	int64_t version = see(&room, 0, id).row.version;
	assert_code(decide(&room.reviewer, id, version, QPP_VERDICT_RETURN, "  ", &identifier), QPP_DATA);
	assert_code(decide(&room.reviewer, id, version, QPP_VERDICT_RETURN, "TIN 000100002 is wrong", &identifier), QPP_DATA);
	assert_ok(decide(&room.reviewer, id, version, QPP_VERDICT_RETURN, "The address is missing.", &identifier));
	struct qpp_vgroup g = see(&room, 0, id);
	assert_int_equal(g.state, QPP_VGROUP_RETURNED);
	assert_text(g.row.note, "The address is missing.");
	assert_true(g.may_edit && g.ready);
	struct qpp_call call = by(&room, 0);
	assert_ok(qpp_vgroup_file(&call, id, QPP_LIT(""), room.w.clock.now, &receipt, &room.err));
	assert_int_equal(see(&room, 0, id).state, QPP_VGROUP_RECEIVED);
	assert_int_equal(see(&room, 0, id).n_decisions, 1);
	assert_ok(decide(&room.reviewer, id, see(&room, 0, id).row.version, QPP_VERDICT_DENY, "No.", &identifier));
	assert_code(qpp_vgroup_file(&call, id, QPP_LIT(""), room.w.clock.now, &receipt, &room.err), QPP_CONFLICT);
}

static void an_approved_election_can_be_withdrawn_in_time(void **unused)
{
	(void)unused;
	struct qpp_receipt receipt;
	struct qpp_str id = elect(&room, 2025, 2), identifier;
	struct qpp_call call = by(&room, 0);
	assert_ok(decide(&room.reviewer, id, see(&room, 0, id).row.version, QPP_VERDICT_APPROVE, "", &identifier));
	assert_ok(qpp_vgroup_withdraw(&call, id, room.w.clock.now, &receipt, &room.err));
	struct qpp_tx *tx;
	struct qpp_membership_rows members;
	assert_ok(qpp_store_begin(room.w.store, &room.w.arena, &tx, &room.err));
	assert_ok(qpp_store_membership_of_org(tx, (qpp_py){ 2025 }, room.p[0].id, QPP_LIT(""), &members, &room.err));
	qpp_store_end(tx);
	assert_int_equal(members.n, 0);
}

static void the_list_counts_by_state(void **unused)
{
	(void)unused;
	struct qpp_vgroup_lines out;
	struct qpp_call call = by(&room, 0);
	struct qpp_str id = elect(&room, 2025, 2), identifier;
	/* A draft is nobody's but its parties'. */
	struct qpp_call ash = by(&room, 2);
	struct qpp_str draft;
	assert_ok(qpp_vgroup_start(&ash, room.p[2].id, (qpp_py){ 2025 }, QPP_LIT("Draft"), QPP_LIT(""), &draft, &room.err));
	assert_code(qpp_vgroup_lines_of(&call, &(struct qpp_vgroup_ask){ .py = { 0 } }, (struct qpp_slice){ 0 }, &out, &room.err), QPP_FORBIDDEN);
	out = lines(&(struct qpp_vgroup_ask){ .py = { 2025 } });
	assert_int_equal(out.n, 1);
	assert_int_equal(out.v[0].practices, 2);
	assert_int_equal(out.v[0].clinicians, 6);
	assert_int_equal(out.v[0].errors, 0);
	assert_int_equal(out.counts[QPP_VGROUP_RECEIVED], 1);
	assert_ok(decide(&room.reviewer, id, out.v[0].row.version, QPP_VERDICT_APPROVE, "", &identifier));
	out = lines(&(struct qpp_vgroup_ask){ .py = { 2025 }, .state = QPP_VGROUP_RECEIVED });
	assert_int_equal(out.n, 0);
	assert_int_equal(out.counts[QPP_VGROUP_APPROVED], 1);
	struct qpp_vgroup g;
	struct qpp_call reviewer = call_of(&room, &room.reviewer);
	assert_code(qpp_vgroup_see(&reviewer, draft, &g, &room.err), QPP_NOT_FOUND);
}

/* ---- from year to year ---- */

static void a_renewal_asks_last_years_members_and_tells_the_difference(void **unused)
{
	(void)unused;
	struct qpp_str id = elect(&room, 2025, 3), identifier, renewed;
	struct qpp_vgroup_pasts past;
	struct qpp_vgroup_changes changes;
	struct qpp_call first = by(&room, 0), second = by(&room, 1), third = by(&room, 2);
	assert_ok(decide(&room.reviewer, id, see(&room, 0, id).row.version, QPP_VERDICT_APPROVE, "", &identifier));
	at(&room, "2025-11-15T12:00:00-05:00");
	assert_ok(qpp_vgroup_past_of(&first, (qpp_py){ 2026 }, &past, &room.err));
	assert_int_equal(past.n, 1);
	assert_int_equal(past.v[0].n, 3);
	assert_ok(qpp_vgroup_start(&first, room.p[0].id, (qpp_py){ 2026 }, QPP_LIT("Again"), past.v[0].group.id, &renewed, &room.err));
	struct qpp_vgroup g = see(&room, 0, renewed);
	assert_int_equal(g.n_open, 2);
	assert_ok(qpp_vgroup_answer(&second, renewed, room.p[1].id, QPP_VGROUP_ACCEPT, &room.err));
	assert_ok(qpp_vgroup_answer(&third, renewed, room.p[2].id, QPP_VGROUP_DECLINE, &room.err));
	/* The second grows too large in the year. */
	for (int i = 0; i < 11; i++)
		(void)joins(&room, 1, 2026);
	g = see(&room, 0, renewed);
	assert_ok(qpp_vgroup_since(&first, &g, &changes, &room.err));
	bool gone = false, large = false;
	for (size_t i = 0; i < changes.n; i++) {
		const char *line = qpp_str_dup(&room.w.arena, changes.v[i]).p;
		gone = gone || strstr(line, "is not in this one");
		large = large || strstr(line, "too many clinicians");
	}
	assert_true(gone && large);
	/* Another's group of last year is none of one's own. */
	practice(&room, 2026, "Stranger", 3, 3, 3);
	struct qpp_call stranger = by(&room, 3);
	assert_code(qpp_vgroup_start(&stranger, room.p[3].id, (qpp_py){ 2026 }, QPP_LIT("X"), past.v[0].group.id, &renewed, &room.err), QPP_NOT_FOUND);
}

static bool alarmed(const struct qpp_vgroup *g, enum qpp_alarm_kind kind)
{
	for (size_t i = 0; i < g->n_alarms; i++)
		if (g->alarms[i].kind == kind)
			return g->alarms[i].consequence.n > 0 && g->alarms[i].by.us > 0;
	return false;
}

static void the_year_raises_alarms_told_once(void **unused)
{
	(void)unused;
	int64_t n;
	struct qpp_str id = elect(&room, 2025, 2), identifier;
	assert_ok(decide(&room.reviewer, id, see(&room, 0, id).row.version, QPP_VERDICT_APPROVE, "", &identifier));
	at(&room, "2025-05-01T12:00:00-04:00");
	assert_int_equal(see(&room, 0, id).n_alarms, 0);
	assert_ok(qpp_vgroup_tell_alarms(&room.service, &room.w.arena, (qpp_py){ 2025 }, &n, &room.err));
	assert_int_equal(n, 0);
	struct qpp_str npi = joins(&room, 1, 2025);
	struct qpp_vgroup g = see(&room, 0, id);
	assert_true(alarmed(&g, QPP_ALARM_JOINED));
	assert_true(qpp_str_eq(g.alarms[0].npi, npi));
	assert_false(alarmed(&g, QPP_ALARM_TOO_MANY));
	for (int i = 0; i < 6; i++)
		(void)joins(&room, 1, 2025);
	g = see(&room, 0, id);
	assert_false(alarmed(&g, QPP_ALARM_TOO_MANY));       /* ten */
	(void)joins(&room, 1, 2025);
	g = see(&room, 0, id);
	assert_true(alarmed(&g, QPP_ALARM_TOO_MANY));        /* eleven */
	assert_ok(qpp_vgroup_tell_alarms(&room.service, &room.w.arena, (qpp_py){ 2025 }, &n, &room.err));
	assert_int_equal(n, 9);
	assert_ok(qpp_vgroup_tell_alarms(&room.service, &room.w.arena, (qpp_py){ 2025 }, &n, &room.err));
	assert_int_equal(n, 0);
	/* A TIN that is left by all leaves the group, of which one is none. */
	for (size_t i = 0; i < 3; i++)
		leaves(&room, 0, 2025, room.p[0].npis[i]);
	g = see(&room, 1, id);
	assert_true(alarmed(&g, QPP_ALARM_TIN_GONE) && alarmed(&g, QPP_ALARM_TOO_FEW));
}

static enum qpp_code register_subgroup(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct practice *p = request;
	struct qpp_org org = { .kind = QPP_ORG_SUBGROUP, .number = QPP_LIT("SG-1"), .name = QPP_LIT("Hands"), .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_org_put(tx, &org, QPP_LIT(""), err);
	const struct qpp_membership m = { .py = { 2025 }, .group_id = org.id, .org_id = p->id, .npi = QPP_LIT(""), .body = QPP_LIT("{}") };
	return code == QPP_OK ? qpp_store_membership_put(tx, &m, err) : code;
}

static void a_subgroup_of_a_member_raises_an_alarm(void **unused)
{
	(void)unused;
	int64_t n;
	struct qpp_str id = elect(&room, 2025, 2), identifier;
	assert_ok(decide(&room.reviewer, id, see(&room, 0, id).row.version, QPP_VERDICT_APPROVE, "", &identifier));
	assert_int_equal(see(&room, 0, id).n_alarms, 0);
	assert_ok(qpp_store_write(room.w.store, &room.w.arena, register_subgroup, &room.p[1], &room.err));
	struct qpp_vgroup g = see(&room, 0, id);
	assert_true(g.n_alarms == 1 && alarmed(&g, QPP_ALARM_SUBGROUP) && qpp_str_eq(g.alarms[0].org_id, room.p[1].id));
	assert_ok(qpp_vgroup_tell_alarms(&room.service, &room.w.arena, (qpp_py){ 2025 }, &n, &room.err));
	assert_int_equal(n, 1);
	assert_ok(qpp_vgroup_tell_alarms(&room.service, &room.w.arena, (qpp_py){ 2025 }, &n, &room.err));
	assert_int_equal(n, 0);
}

/* ---- does it pay ---- */

struct filing_one {
	struct qpp_str org_id, body;
	int py;
};

static enum qpp_code file_set(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	const struct filing_one *x = request;
	bool created;
	struct qpp_submission_row s = { .who = { { x->py }, QPP_GROUP, x->org_id, QPP_LIT("") }, .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_submission_find_or_create(tx, &s, &created, err);
	struct qpp_set_row set = { .submission_id = s.id, .category = QPP_LIT("quality"), .method = QPP_LIT("registry"), .program = QPP_LIT("mips"), .body = x->body };
	return code == QPP_OK ? qpp_store_set_put(tx, &set, &created, err) : code;
}

/* Measure 001 for fifteen patients: five too few for one practice, enough for two. */
static void files(size_t p, int py, const char *met)
{
	struct qpp_findings f;
	struct qpp_set_doc doc;
	const char *year = qpp_i64_text(&room.w.arena, py).p;
	qpp_findings_init(&f, &room.w.arena, 20);
	struct qpp_str json = qpp_str_cat(&room.w.arena, "{\"category\": \"quality\", \"submissionMethod\": \"registry\", \"programName\": \"mips\", "
		"\"performanceStart\": \"", year, "-01-01\", \"performanceEnd\": \"", year, "-12-31\", \"measurements\": [{\"measureId\": \"236\", \"value\": "
		"{\"isEndToEndReported\": false, \"performanceMet\": ", met, ", \"performanceNotMet\": 5, \"eligiblePopulation\": 15, "
		"\"eligiblePopulationExclusion\": 0, \"eligiblePopulationException\": 0}}]}", (char *)NULL);
	assert_true(qpp_set_doc_read(&room.w.arena, QPP_LIT("test"), json, QPP_SET_WHOLE, &doc, &f));
	assert_int_equal(f.errors, 0);
	struct filing_one x = { room.p[p].id, qpp_set_doc_text(&room.w.arena, &doc.s.sets[0], QPP_LIT("")), py };
	assert_ok(qpp_store_write(room.w.store, &room.w.arena, file_set, &x, &room.err));
}

static struct qpp_vgroup_pool pool(size_t p, struct qpp_str id)
{
	struct qpp_vgroup_pool out;
	struct qpp_call call = by(&room, p);
	assert_ok(qpp_vgroup_pool_of(&call, id, &out, &room.err));
	return out;
}

static const struct qpp_pool_member *of(const struct qpp_vgroup_pool *x, size_t p)
{
	for (size_t i = 0; i < x->n; i++)
		if (qpp_str_eq(x->members[i].org_id, room.p[p].id))
			return &x->members[i];
	return NULL;
}

static void together_they_have_the_cases_and_all_must_agree_to_see_it(void **unused)
{
	(void)unused;
	struct qpp_str id = begin_group(&room, 2025, 2, true);
	struct qpp_call first = by(&room, 0), second = by(&room, 1), stranger = by(&room, 2);
	struct qpp_vgroup_pool x;
	files(0, 2023, "10");
	x = pool(0, id);
	assert_true(x.why_not.n > 0);
	files(1, 2023, "10");
	x = pool(0, id);
	assert_false(x.shown);
	assert_undefined(x.score);
	assert_true(of(&x, 1)->hidden);
	assert_undefined(of(&x, 1)->score);
	assert_true(qpp_dec_ok(of(&x, 0)->score));
	assert_ok(qpp_vgroup_pool_say(&first, id, room.p[0].id, QPP_LIT(""), QPP_LIT("100000"), true, &room.err));
	assert_code(qpp_vgroup_pool_say(&first, id, room.p[1].id, QPP_LIT(""), QPP_LIT("1"), true, &room.err), QPP_NOT_FOUND);
	assert_code(qpp_vgroup_pool_say(&second, id, room.p[1].id, QPP_LIT("101"), QPP_LIT(""), true, &room.err), QPP_DATA);
	assert_ok(qpp_vgroup_pool_say(&second, id, room.p[1].id, QPP_LIT(""), QPP_LIT(""), true, &room.err));
	x = pool(0, id);
	assert_true(x.shown && x.by_data && x.py.v == 2023);
	assert_int_equal(x.n_reached, 1);
	assert_text(x.reached[0], "236");
	/* A score of the data, and what it means in dollars: a negative adjustment here. */
	assert_true(qpp_dec_ok(x.score) && qpp_dec_ok(x.factor_pct));
	assert_true(qpp_dec_eq(of(&x, 0)->together_dollars, qpp_dec_round(qpp_dec_mul(x.factor_pct, qpp_dec_of(1000)), 0)));
	assert_true(x.small);
	struct qpp_vgroup_pool none;
	assert_code(qpp_vgroup_pool_of(&stranger, id, &none, &room.err), QPP_NOT_FOUND);
}

static void typed_scores_give_a_rough_middle(void **unused)
{
	(void)unused;
	struct qpp_str id = begin_group(&room, 2025, 2, true);
	struct qpp_call first = by(&room, 0), second = by(&room, 1);
	assert_ok(qpp_vgroup_pool_say(&first, id, room.p[0].id, QPP_LIT("80"), QPP_LIT(""), true, &room.err));
	assert_ok(qpp_vgroup_pool_say(&second, id, room.p[1].id, QPP_LIT("90.5"), QPP_LIT(""), true, &room.err));
	struct qpp_vgroup_pool x = pool(1, id);
	assert_false(x.by_data);
	assert_text(qpp_dec_text(&room.w.arena, x.score, 2), "85.25");
}

static void the_years_data_are_added_up_and_the_missing_are_named(void **unused)
{
	(void)unused;
	struct qpp_vgroup g;
	struct qpp_vgroup_data x;
	struct qpp_str id = elect(&room, 2025, 2), identifier;
	struct qpp_call first = by(&room, 0), third = by(&room, 2);
	assert_ok(decide(&room.reviewer, id, see(&room, 0, id).row.version, QPP_VERDICT_APPROVE, "", &identifier));
	at(&room, "2026-02-01T12:00:00-05:00");
	assert_ok(qpp_vgroup_data_of(&first, id, &g, &x, &room.err));
	assert_int_equal(x.n_missing, 2);
	assert_null(x.submission);
	files(0, 2025, "10");
	assert_ok(qpp_vgroup_data_of(&first, id, &g, &x, &room.err));
	assert_int_equal(x.n_reporting, 1);
	assert_int_equal(x.n_missing, 1);
	assert_true(qpp_str_eq(x.missing[0]->row.org_id, room.p[1].id));
	files(1, 2025, "9");
	assert_ok(qpp_vgroup_data_of(&first, id, &g, &x, &room.err));
	assert_int_equal(x.n_missing, 0);
	assert_int_equal(x.submission->entity, QPP_VIRTUAL_GROUP);
	assert_text(x.submission->entity_id, "VG2025001");
	const struct qpp_rate_counts *r = &x.submission->sets[0].measurements[0].rates[0];
	assert_int_equal(r->met.v, 19);
	assert_int_equal(r->eligible.v, 30);
	assert_code(qpp_vgroup_data_of(&third, id, &g, &x, &room.err), QPP_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(approved_it_has_an_identifier_and_members), TEST(returned_it_says_why_and_can_be_filed_again_in_time),
		TEST(an_approved_election_can_be_withdrawn_in_time), TEST(the_list_counts_by_state), TEST(a_renewal_asks_last_years_members_and_tells_the_difference),
		TEST(the_year_raises_alarms_told_once),
		TEST(a_subgroup_of_a_member_raises_an_alarm),
		TEST(together_they_have_the_cases_and_all_must_agree_to_see_it), TEST(typed_scores_give_a_rough_middle),
		TEST(the_years_data_are_added_up_and_the_missing_are_named),
	};
	return RUN_AS_TAP(tests);
}
