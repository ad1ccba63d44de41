/*
 * The agency's side of targeted review over a real store: assignment, questions and silence, two people for a decision,
 * what a decision changes and that nothing changes it. The facts are numbered as the acceptance list has them.
 */
#include "world.h"

/* ---- who handles a request ---- */

static void nobody_handles_the_own_request(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval();
	struct qpp_str id = filed(ELM, &f);
	struct qpp_reviewing r = by(ELM_REVIEWER);
	assert_code(qpp_review_assign(&r, id, 0, QPP_LIT(""), &w.err), QPP_FORBIDDEN);
	r = by(ROSA);
	assert_ok(qpp_review_assign(&r, id, 0, QPP_LIT(""), &w.err));
	r = by(ELM_REVIEWER);
	assert_code(qpp_review_ask(&r, id, 0, QPP_LIT("a question"), &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_recommend(&r, id, 0, &o, &w.err), QPP_FORBIDDEN);
	r = by(ROSA);
	assert_ok(qpp_review_recommend(&r, id, 0, &o, &w.err));
	r = by(ELM_REVIEWER);
	assert_code(qpp_review_confirm(&r, id, 0, NULL, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_return(&r, id, 0, QPP_LIT("no"), &w.err), QPP_FORBIDDEN);
	struct qpp_review_detail d = seen(ELM_REVIEWER, id);
	assert_false(d.can[QPP_REVIEW_APPROVE] || d.can[QPP_REVIEW_RETURN]);
	assert_string_equal(state_of(id), "recommended");
}

static void each_step_is_for_its_role(void **unused)
{
	(void)unused;
	static const enum person not_reviewers[] = { ELM, OAK, REG, NOBODY, SUE, OPERATOR, AGENT };
	static const enum person not_second[] = { ELM, OAK, REG, NOBODY, ROSA, RUTH, OPERATOR, AGENT };
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval();
	struct qpp_str id = in_review(ELM, &f);
	for (size_t i = 0; i < sizeof not_reviewers / sizeof *not_reviewers; i++) {
		struct qpp_reviewing r = by(not_reviewers[i]);
		assert_code(qpp_review_assign(&r, id, 0, QPP_LIT(""), &w.err), QPP_FORBIDDEN);
		assert_code(qpp_review_ask(&r, id, 0, QPP_LIT("a question"), &w.err), QPP_FORBIDDEN);
		assert_code(qpp_review_recommend(&r, id, 0, &o, &w.err), QPP_FORBIDDEN);
	}
	struct qpp_reviewing r = by(ROSA);
	assert_ok(qpp_review_recommend(&r, id, 0, &o, &w.err));
	for (size_t i = 0; i < sizeof not_second / sizeof *not_second; i++) {
		r = by(not_second[i]);
		assert_code(qpp_review_confirm(&r, id, 0, NULL, &w.err), QPP_FORBIDDEN);
		assert_code(qpp_review_return(&r, id, 0, QPP_LIT("no"), &w.err), QPP_FORBIDDEN);
	}
}

static void whoever_recommends_does_not_confirm(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval();
	struct qpp_str id = in_review(ELM, &f);
	struct qpp_reviewing r = by(SAM);
	assert_ok(qpp_review_recommend(&r, id, 0, &o, &w.err));
	assert_code(qpp_review_confirm(&r, id, 0, NULL, &w.err), QPP_FORBIDDEN);
	assert_code(qpp_review_return(&r, id, 0, QPP_LIT("no"), &w.err), QPP_FORBIDDEN);
	assert_false(seen(SAM, id).can[QPP_REVIEW_APPROVE]);
	assert_true(seen(SUE, id).can[QPP_REVIEW_APPROVE] && !seen(SUE, id).can[QPP_REVIEW_DENY]);
	r = by(SUE);
	assert_ok(qpp_review_return(&r, id, 0, QPP_LIT("look at the notice of approval again"), &w.err));
	assert_string_equal(state_of(id), "inReview");
	/* Outside the agency nothing of that shows. */
	struct qpp_review_detail d = seen(ELM, id);
	assert_false(d.has_recommendation);
	for (size_t i = 0; i < d.n_events; i++) {
		assert_false(qpp_str_is(d.events[i].act, "recommend") || qpp_str_is(d.events[i].act, "return"));
		assert_false(qpp_str_is(d.events[i].actor_name, "sam") || qpp_str_is(d.events[i].actor_name, "rosa"));
	}
	assert_true(seen(ROSA, id).n_events > d.n_events);
	r = by(ROSA);
	assert_ok(qpp_review_recommend(&r, id, 0, &o, &w.err));
	r = by(SAM);
	assert_ok(qpp_review_confirm(&r, id, 0, NULL, &w.err));
	assert_string_equal(state_of(id), "approved");
}

static void assignment__is_to_reviewers(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_str id = filed(ELM, &f);
	struct qpp_review_line *lines;
	int64_t total;
	size_t n;
	struct qpp_reviewing r = by(ROSA);
	assert_code(qpp_review_assign(&r, id, 0, w.actors[SUE].account_id, &w.err), QPP_NOT_FOUND);
	assert_code(qpp_review_assign(&r, id, 0, w.actors[ELM].account_id, &w.err), QPP_NOT_FOUND);
	assert_ok(qpp_review_queue(&r, &(struct qpp_review_filter){ .unassigned = true }, &lines, &n, &total, &w.err));
	assert_true(n == 1 && total == 1);
	assert_text(lines[0].action, "assign");
	assert_ok(qpp_review_assign(&r, id, 0, w.actors[RUTH].account_id, &w.err));
	assert_int_equal(mails_to(ELM, "Your targeted review is in review", NULL), 1);
	assert_ok(qpp_review_queue(&r, &(struct qpp_review_filter){ .unassigned = true }, &lines, &n, &total, &w.err));
	assert_true(n == 0 && total == 0);
	r = by(RUTH);
	assert_ok(qpp_review_queue(&r, &(struct qpp_review_filter){ .assignee_id = w.actors[RUTH].account_id, .open = true }, &lines, &n, &total, &w.err));
	assert_int_equal(n, 1);
	assert_text(lines[0].action, "decide");
	assert_text(lines[0].assignee_name, "ruth");
	assert_ok(qpp_review_queue(&r, &(struct qpp_review_filter){ .py = { 2022 } }, &lines, &n, &total, &w.err));
	assert_int_equal(n, 0);
}

/* ---- 6: silence ---- */

static int64_t lapse(void)
{
	struct qpp_reviewing r = by(NOBODY);
	int64_t n;
	assert_ok(qpp_review_lapse_due(&r, &n, &w.err));
	return n;
}

static void silence__returns_the_case_to_the_reviewer(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_filing x;
	struct qpp_str id = in_review(ELM, &f), mail;
	struct qpp_reviewing r = by(ROSA);
	at("2024-09-20T14:00:00-04:00");
	r = by(ROSA);
	assert_ok(qpp_review_ask(&r, id, 0, QPP_LIT("Please send the notice."), &w.err));
	at("2024-10-20T23:59:59-04:00");
	assert_int_equal(lapse(), 0);
	later(QPP_MICROS_A_SECOND - 1);
	assert_int_equal(lapse(), 0);
	later(1);
	assert_int_equal(lapse(), 1);
	assert_int_equal(lapse(), 0);
	assert_string_equal(state_of(id), "inReview");
	struct qpp_review_detail d = seen(ROSA, id);
	assert_true(d.line.row.lapsed && !d.can[QPP_REVIEW_CLOSE] && d.can[QPP_REVIEW_RECOMMEND]);
	assert_text(d.events[d.n_events - 1].note, "no answer arrived in time: decide on available information");
	assert_int_equal(mails_to(ELM, "The time to answer is over", &mail), 1);
	assert_non_null(strstr(text_of(mail), "decided on the information there is"));
	/* Years since 2019 close nothing for silence, and the window is over for another request. */
	r = by(ROSA);
	assert_code(qpp_review_close(&r, id, 0, QPP_LIT("no answer"), &w.err), QPP_CONFLICT);
	assert_code(file(ELM, draft(ELM, &f), &x), QPP_CONFLICT);
	/* It is decided on what there is. */
	struct qpp_review_opinion o = denial("notWarranted");
	r = by(ROSA);
	assert_ok(qpp_review_recommend(&r, id, 0, &o, &w.err));
	r = by(SUE);
	assert_ok(qpp_review_confirm(&r, id, 0, NULL, &w.err));
}

static void silence__may_close_a_request_of_2018_and_another_may_be_filed(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2018);
	struct qpp_review_filing x;
	at("2019-07-10T12:00:00-04:00");
	struct qpp_str id = in_review(ELM, &f), mail;
	struct qpp_reviewing r = by(ROSA);
	assert_code(qpp_review_close(&r, id, 0, QPP_LIT("no answer"), &w.err), QPP_CONFLICT);
	r = by(ROSA);
	assert_ok(qpp_review_ask(&r, id, 0, QPP_LIT("Please send the notice."), &w.err));
	at("2019-08-10T00:00:00-04:00");
	assert_int_equal(lapse(), 1);
	assert_int_equal(mails_to(ELM, "The time to answer is over", &mail), 1);
	assert_non_null(strstr(text_of(mail), "may now be closed"));
	assert_true(seen(ROSA, id).can[QPP_REVIEW_CLOSE]);
	r = by(ROSA);
	assert_ok(qpp_review_close(&r, id, 0, QPP_LIT("no answer came"), &w.err));
	assert_string_equal(state_of(id), "closed");
	assert_ok(file(ELM, draft(ELM, &f), &x));
	assert_int_equal(x.duplicate_of.n, 0);
	r = by(ELM);
	assert_code(qpp_review_answer(&r, id, 0, QPP_LIT("too late"), &w.err), QPP_CONFLICT);
}

static void an_answer_in_time_stops_the_silence(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_str id = in_review(ELM, &f);
	struct qpp_reviewing r = by(ROSA);
	assert_ok(qpp_review_ask(&r, id, 0, QPP_LIT("Please send the notice."), &w.err));
	r = by(ELM);
	assert_ok(qpp_review_answer(&r, id, 0, QPP_LIT("It was sent on May 3."), &w.err));
	assert_int_equal(ledger_records(id, "answer"), 1);
	at("2025-01-01T12:00:00-05:00");
	assert_int_equal(lapse(), 0);
	assert_string_equal(state_of(id), "informationReceived");
	assert_int_equal(seen(ELM, id).question.n, 0);
	/* Another question has another day. */
	r = by(ROSA);
	assert_ok(qpp_review_ask(&r, id, 0, QPP_LIT("And the address?"), &w.err));
	assert_int_equal(lapse(), 0);
	at("2025-02-01T00:00:00-05:00");
	assert_int_equal(lapse(), 1);
}

/* ---- 7: what a decision changes ---- */

/* What the store knows of the subject besides requests: its facts. */
static struct qpp_str facts_of_elm(void)
{
	struct qpp_who who = { { 2023 }, QPP_GROUP, w.elm.id, { NULL, 0 } };
	struct qpp_fact_row row;
	struct qpp_tx *tx;
	assert_ok(qpp_store_begin(w.store.store, &w.store.arena, &tx, &w.err));
	assert_ok(qpp_store_fact_get(tx, &who, QPP_LIT("scoring"), &row, &w.err));
	qpp_store_end(tx);
	return row.body;
}

static enum qpp_code fact_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_fact_put(tx, request, err);
}

static void a_denial_changes_nothing(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = denial("notWarranted");
	const struct qpp_review_override *v;
	struct qpp_fact_row row = { .who = { { 2023 }, QPP_GROUP, w.elm.id, { NULL, 0 } }, .topic = QPP_LIT("scoring"), .body = QPP_LIT("{\"smallPractice\": true}") };
	assert_ok(qpp_store_write(w.store.store, &w.store.arena, fact_change, &row, &w.err));
	struct qpp_str before = facts_of_elm();
	struct qpp_str id = decided(ELM, &f, &o), mail;
	assert_true(qpp_str_eq(facts_of_elm(), before));
	assert_int_equal(overrides_of(2023, &v), 0);
	assert_int_equal(ledger_records(id, "decision"), 1);
	assert_int_equal(mails_to(ELM, "Your targeted review is decided", &mail), 1);
	/* portal.md 1.10.7: the notice says what was decided, on what ground and why, that nothing moved, and that it is final. */
	struct qpp_review_detail d = seen(ELM, id);
	const char *const told[] = { "Your request was denied. The score and the factor stay as they were.", "Ground: A change is not warranted.",
		"The score is as the rules have it.", "The decision is final: there is no further review." };
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		assert_non_null(strstr(text_of(mail), told[i]));
	assert_int_equal(mails_to(ELM, qpp_str_cat(&w.store.arena, "Your targeted review is decided: request ", text_of(d.line.row.number), (char *)NULL).p, NULL), 1);
	assert_null(strstr(text_of(mail), "computed anew"));
	for (int p = 0; p < PERSONS; p++)
		assert_int_equal(mails_to((enum person)p, "Your targeted review is decided", NULL), p == ELM);
	assert_true(d.decided && !d.decision.approved);
	assert_text(d.decision.ground, "notWarranted");
	assert_text(d.decision.reasons, "The score is as the rules have it.");
	/* Nor does what is only recommended, or returned. */
	o = approval();
	f.reason = QPP_LIT("automaticEuc");
	(void)recommended(ELM, &f, &o);
	assert_int_equal(overrides_of(2023, &v), 0);
}

static void an_approval_carries_its_corrections(void **unused)
{
	(void)unused;
	static const struct qpp_review_override small = { QPP_LIT_INIT("smallPractice"), QPP_LIT_INIT("true"), { NULL, 0 }, { NULL, 0 } };
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval();
	const struct qpp_review_override *v;
	struct qpp_str id = decided(ELM, &f, &o), mail;
	assert_int_equal(overrides_of(2023, &v), 1);
	assert_text(v[0].fact, "reweight");
	assert_true(qpp_str_eq(v[0].value, o.overrides[0].value));
	assert_true(qpp_str_eq(v[0].decision_id, seen(ROSA, id).decision.id));
	assert_int_equal(overrides_of(2022, &v), 0);
	assert_int_equal(mails_to(ELM, "Your targeted review is decided", &mail), 1);
	assert_non_null(strstr(text_of(mail), "computed anew"));
	/* A later decision on another matter stands behind it. */
	f.reason = QPP_LIT("smallPracticeBonus");
	o.overrides = &small;
	later(QPP_MICROS_A_SECOND);
	(void)decided(ELM, &f, &o);
	assert_int_equal(overrides_of(2023, &v), 2);
	assert_text(v[1].fact, "smallPractice");
	/* An approval without a change of the score has none. */
	f.reason = QPP_LIT("specialStatus");
	o = (struct qpp_review_opinion){ .approve = true, .reasons = QPP_LIT("The status was shown wrongly; the score had it right.") };
	(void)decided(ELM, &f, &o);
	assert_int_equal(overrides_of(2023, &v), 2);
}

/* A door to scoring that can be shut. */
struct door {
	struct qpp_decision_port port;
	enum qpp_code answers;
	int applied;
	char facts[200], topic[20], decision_id[40];
};
static struct door door;

static enum qpp_code door_check(const struct qpp_decision_port *self, struct qpp_arena *a, struct qpp_str topic, struct qpp_str facts,
                                struct qpp_err *err)
{
	(void)self;
	(void)a;
	(void)topic;
	if (memmem(facts.p, facts.n, "noSuchFact", 10))
		return qpp_fail(err, QPP_DATA, "there is no such fact", (char *)NULL);
	return QPP_OK;
}

static enum qpp_code door_apply(const struct qpp_decision_port *self, struct qpp_arena *a, const struct qpp_review_row *row,
                                struct qpp_str topic, struct qpp_str facts, struct qpp_str decision_id, struct qpp_err *err)
{
	(void)self;
	(void)a;
	assert_string_equal(text_of(row->state), "approved");
	if (door.answers != QPP_OK)
		return qpp_fail(err, door.answers, "the door is shut", (char *)NULL);
	door.applied++;
	snprintf(door.facts, sizeof door.facts, "%.*s", QPP_ARG(facts));
	snprintf(door.topic, sizeof door.topic, "%.*s", QPP_ARG(topic));
	snprintf(door.decision_id, sizeof door.decision_id, "%.*s", QPP_ARG(decision_id));
	return QPP_OK;
}

static void corrections__reach_scoring_once_and_after_a_failure(void **unused)
{
	(void)unused;
	static const struct qpp_review_override unknown = { QPP_LIT_INIT("noSuchFact"), QPP_LIT_INIT("1"), { NULL, 0 }, { NULL, 0 } };
	static const struct qpp_review_override lvt = { QPP_LIT_INIT("charges"), QPP_LIT_INIT("1"), QPP_LIT_INIT("eligibility"), { NULL, 0 } };
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval(), no = denial("notWarranted");
	int64_t n;
	door = (struct door){ .port = { door_check, door_apply }, .answers = QPP_OK };
	rw.reviews.decisions = &door.port;
	struct qpp_str id = decided(ELM, &f, &o);
	assert_int_equal(door.applied, 1);
	assert_string_equal(door.facts, "{\"reweight\":[{\"category\":\"pi\",\"reason\":\"exception\"}]}");
	assert_string_equal(door.topic, "scoring");
	assert_string_equal(door.decision_id, text_of(seen(ROSA, id).decision.id));
	assert_false(seen(ELM, id).line.row.to_apply);
	/* A denial knocks at no door. */
	f.reason = QPP_LIT("measureError");
	(void)decided(ELM, &f, &no);
	assert_int_equal(door.applied, 1);
	/* Shut: the decision is made all the same, and its correction waits. */
	door.answers = QPP_IO;
	f.reason = QPP_LIT("automaticEuc");
	id = decided(ELM, &f, &o);
	assert_string_equal(state_of(id), "approved");
	assert_true(seen(ELM, id).line.row.to_apply);
	struct qpp_reviewing r = by(NOBODY);
	assert_code(qpp_review_apply_due(&r, &n, &w.err), QPP_IO);
	assert_true(n == 0 && door.applied == 1);
	door.answers = QPP_OK;
	assert_ok(qpp_review_apply_due(&r, &n, &w.err));
	assert_true(n == 1 && door.applied == 2);
	assert_ok(qpp_review_apply_due(&r, &n, &w.err));
	assert_true(n == 0 && door.applied == 2);
	/* The other text of facts. */
	f.reason = QPP_LIT("specialStatus");
	o.overrides = &lvt;
	(void)decided(ELM, &f, &o);
	assert_string_equal(door.topic, "eligibility");
	/* What scoring cannot read is not even recommended. */
	f.reason = QPP_LIT("attribution");
	o.overrides = &unknown;
	id = in_review(ELM, &f);
	r = by(ROSA);
	assert_code(qpp_review_recommend(&r, id, 0, &o, &w.err), QPP_DATA);
	assert_string_equal(state_of(id), "inReview");
}

static void a_recommendation_says_what_it_needs(void **unused)
{
	(void)unused;
	static const struct qpp_review_override broken = { QPP_LIT_INIT("reweight"), QPP_LIT_INIT("{nonsense"), { NULL, 0 }, { NULL, 0 } };
	static const struct qpp_review_override nameless = { QPP_LIT_INIT("two words"), QPP_LIT_INIT("1"), { NULL, 0 }, { NULL, 0 } };
	struct qpp_review_form f = form(2023);
	struct qpp_str id = in_review(ELM, &f);
	struct qpp_review_opinion all[] = { approval(), approval(), approval(), approval(), denial("notWarranted"), denial("dislike"),
		                                denial("duplicate"), denial("notWarranted"), denial("notWarranted") };
	static const char *const fields[] = { "/overrides", "/overrides", "/overrides", "/overrides", "/overrides", "/ground", "/ground",
		                                  "/reasons", "/reasons" };
	all[0].n_overrides = 0;
	all[1].overrides = &broken;
	all[2].overrides = &nameless;
	all[3].score_change = false;
	all[4].overrides = all[0].overrides;
	all[4].n_overrides = 1;
	all[7].reasons = QPP_LIT("  ");
	all[8].reasons = QPP_LIT("The TIN 000054321 is not a small practice.");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct qpp_reviewing r = by(ROSA);
		assert_code(qpp_review_recommend(&r, id, 0, &all[i], &w.err), QPP_DATA);
		assert_int_equal(r.findings->errors, 1);
		assert_string_equal(text_of(r.findings->list.v[0].where.pointer), fields[i]);
	}
	assert_string_equal(state_of(id), "inReview");
}

static void a_duplicate_may_be_denied_as_one(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = denial("duplicate");
	(void)filed(ELM, &f);
	later(QPP_MICROS_A_SECOND);
	assert_string_equal(state_of(decided(ELM, &f, &o)), "denied");
}

/* ---- 10: out of scope ---- */

static void a_qp_determination_is_reviewed_for_the_list_alone(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion approve = approval(), deny = denial("outOfScope");
	f.reason = QPP_LIT("qpDetermination");
	struct qpp_str id = in_review(ELM, &f);
	struct qpp_reviewing r = by(ROSA);
	assert_int_equal(seen(ROSA, id).reason.scope, QPP_REVIEW_OF_NOTHING);
	assert_code(qpp_review_recommend(&r, id, 0, &approve, &w.err), QPP_CONFLICT);
	assert_non_null(strstr(w.err.primary, "out of scope"));
	assert_string_equal(w.err.cite, "414.1455(a)");
	r = by(ROSA);
	assert_ok(qpp_review_recommend(&r, id, 0, &deny, &w.err));
	r = by(SUE);
	assert_ok(qpp_review_confirm(&r, id, 0, NULL, &w.err));
	/* Left off a Participation List is within it. */
	f.reason = QPP_LIT("participationList");
	id = in_review(ELM, &f);
	assert_int_equal(seen(ROSA, id).reason.scope, QPP_REVIEW_OF_LIST);
	r = by(ROSA);
	assert_ok(qpp_review_recommend(&r, id, 0, &approve, &w.err));
}

/* ---- 8: final ---- */

static void assert_final(enum qpp_code code)
{
	assert_code(code, QPP_CONFLICT);
	assert_string_equal(w.err.primary, "the decision is final, no further review");
	assert_string_equal(w.err.cite, "414.1385(a)(7)");
}

static void what_is_decided_is_final_for_everybody(void **unused)
{
	(void)unused;
	for (int approve = 0; approve < 2; approve++) {
		struct qpp_review_form f = form(2023);
		struct qpp_review_opinion o = approve ? approval() : denial("notWarranted"), other = approve ? denial("notWarranted") : approval();
		struct qpp_review_document_row d;
		struct qpp_review_filing x;
		int64_t version = 0;
		f.reason = approve ? QPP_LIT("automaticEuc") : f.reason;
		struct qpp_str id = decided(ELM, &f, &o);
		struct qpp_reviewing elm = by(ELM), rosa = by(ROSA), sam = by(SAM), sue = by(SUE);
		int64_t is = version_of(id);
		assert_final(qpp_review_save(&elm, &f, &id, &version, &w.err));
		assert_final(file(ELM, id, &x));
		assert_final(qpp_review_withdraw(&elm, id, 0, QPP_LIT(""), &w.err));
		assert_final(qpp_review_answer(&elm, id, 0, QPP_LIT("more"), &w.err));
		assert_final(qpp_review_attach(&elm, id, QPP_LIT("a.txt"), QPP_LIT("a"), &d, &w.err));
		assert_final(qpp_review_detach(&elm, id, QPP_LIT("x"), &w.err));
		assert_final(qpp_review_assign(&rosa, id, 0, QPP_LIT(""), &w.err));
		assert_final(qpp_review_ask(&rosa, id, 0, QPP_LIT("a question"), &w.err));
		assert_final(qpp_review_recommend(&rosa, id, 0, &other, &w.err));
		assert_final(qpp_review_close(&rosa, id, 0, QPP_LIT("closed"), &w.err));
		assert_final(qpp_review_confirm(&sam, id, 0, NULL, &w.err));
		assert_final(qpp_review_confirm(&sue, id, is, NULL, &w.err));
		assert_final(qpp_review_return(&sue, id, 0, QPP_LIT("again"), &w.err));
		assert_int_equal(version_of(id), is);
		for (enum person p = ELM; p < PERSONS; p++) {
			struct qpp_reviewing r = by(p);
			struct qpp_review_detail seen_now;
			if (qpp_review_get(&r, id, &seen_now, &w.err) == QPP_OK)
				for (int act = 0; act < QPP_REVIEW_ACTS; act++)
					assert_false(seen_now.can[act]);
		}
		/* On the same matter: linked while the window is open, final behind it. */
		assert_ok(file(ELM, draft(ELM, &f), &x));
		assert_true(qpp_str_eq(x.duplicate_of, id));
		struct qpp_str late = draft(ELM, &f);
		at("2024-10-12T12:00:00-04:00");
		assert_final(file(ELM, late, &x));
		at("2024-09-04T12:00:00-04:00");
	}
}

/* ---- two at once ---- */

struct deciding {
	pthread_t thread;
	struct qpp_arena arena;
	struct qpp_findings findings;
	struct qpp_reviewing r;
	struct qpp_str id;
	int64_t version;
	bool give_back;
	struct qpp_err err;
	enum qpp_code code;
};

static void *decide_one(void *self)
{
	struct deciding *d = self;
	d->code = d->give_back ? qpp_review_return(&d->r, d->id, d->version, QPP_LIT("not yet"), &d->err)
	                       : qpp_review_confirm(&d->r, d->id, d->version, NULL, &d->err);
	return NULL;
}

static void of_two_who_decide_at_once_one_wins_and_the_other_is_told(void **unused)
{
	(void)unused;
	static const char *const reasons[] = { "automaticEuc", "exceptionNotApplied", "smallPracticeBonus", "measureError", "benchmark",
		                                   "completeness" };
	size_t rounds = sizeof reasons / sizeof *reasons;
	for (size_t i = 0; i < rounds; i++) {
		struct deciding two[2];
		struct qpp_review_form f = form(2023);
		struct qpp_review_opinion o = approval();
		f.reason = qpp_str_of(reasons[i]);
		struct qpp_str id = recommended(ELM, &f, &o);
		for (int k = 0; k < 2; k++) {
			two[k] = (struct deciding){ .r = by(k ? SUE : SAM), .id = id, .version = version_of(id), .give_back = k == 1 && i % 2 };
			qpp_findings_init(&two[k].findings, &two[k].arena, 100);
		}
		for (int k = 0; k < 2; k++) {
			two[k].r.call.arena = &two[k].arena;
			two[k].r.findings = &two[k].findings;
			assert_int_equal(pthread_create(&two[k].thread, NULL, decide_one, &two[k]), 0);
		}
		for (int k = 0; k < 2; k++)
			pthread_join(two[k].thread, NULL);
		int winner = two[0].code == QPP_OK ? 0 : 1;
		const struct deciding *loser = &two[1 - winner];
		assert_string_equal(qpp_code_name(two[winner].code), "ok");
		assert_string_equal(qpp_code_name(loser->code), "stale");
		assert_non_null(strstr(loser->err.detail, winner ? "sue" : "sam"));
		assert_non_null(strstr(loser->err.detail, two[winner].give_back ? "return" : "approve"));
		assert_string_equal(state_of(id), two[winner].give_back ? "inReview" : "approved");
		assert_int_equal(ledger_records(id, "decision"), two[winner].give_back ? 0 : 1);
		for (int k = 0; k < 2; k++)
			qpp_arena_close(&two[k].arena);
	}
}

static void a_step_on_an_older_version_is_told_who_was_faster(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval();
	struct qpp_str id = in_review(ELM, &f);
	int64_t read = version_of(id);
	struct qpp_reviewing rosa = by(ROSA), ruth = by(RUTH);
	assert_ok(qpp_review_ask(&rosa, id, read, QPP_LIT("Please send the notice."), &w.err));
	assert_code(qpp_review_recommend(&ruth, id, read, &o, &w.err), QPP_STALE);
	assert_non_null(strstr(w.err.detail, "rosa: ask"));
	/* A document that arrives meanwhile sends nobody away. */
	struct qpp_review_document_row d;
	struct qpp_reviewing elm = by(ELM);
	assert_ok(qpp_review_answer(&elm, id, 0, QPP_LIT("Here."), &w.err));
	read = version_of(id);
	assert_ok(qpp_review_attach(&elm, id, QPP_LIT("a.txt"), QPP_LIT("a"), &d, &w.err));
	assert_ok(qpp_review_recommend(&ruth, id, read, &o, &w.err));
}

/* ---- precedents; what is at rest ---- */

static void precedents__are_the_decisions_on_the_same_reason(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_opinion o = approval(), no = denial("notWarranted");
	struct qpp_review_detail *v;
	size_t n;
	struct qpp_str first = decided(ELM, &f, &o);
	later(QPP_MICROS_A_SECOND);
	f.org_id = w.oak.id;
	struct qpp_str second = decided(OAK, &f, &no);
	(void)filed(OAK, &f);
	f.reason = QPP_LIT("automaticEuc");
	(void)decided(OAK, &f, &o);
	struct qpp_reviewing r = by(RUTH), elm = by(ELM);
	assert_ok(qpp_review_precedents(&r, f.py, QPP_LIT("exceptionNotApplied"), &v, &n, &w.err));
	assert_int_equal(n, 2);
	assert_true(qpp_str_eq(v[0].line.row.id, second) && qpp_str_eq(v[1].line.row.id, first));
	assert_text(v[0].decision.by_name, "rosa");
	assert_text(v[0].decision.confirmed_by_name, "sue");
	assert_code(qpp_review_precedents(&elm, f.py, QPP_LIT("exceptionNotApplied"), &v, &n, &w.err), QPP_FORBIDDEN);
}

static bool file_has(const char *path, const char *what)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return false;
	static char bytes[8 << 20];
	size_t n = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	return memmem(bytes, n, what, strlen(what)) != NULL;
}

static void what_people_write_is_not_readable_in_the_database(void **unused)
{
	(void)unused;
	struct qpp_review_form f = form(2023);
	struct qpp_review_document_row d;
	char path[128];
	f.explanation = QPP_LIT("Xylophone: our TIN 000054321 was used for data of others.");
	struct qpp_str id = draft(ELM, &f);
	struct qpp_reviewing r = by(ELM);
	assert_ok(qpp_review_attach(&r, id, QPP_LIT("glockenspiel.txt"), QPP_LIT("Marimba 000054321"), &d, &w.err));
	struct qpp_review_filing x;
	assert_ok(file(ELM, id, &x));
	assert_text(seen(ELM, id).form.explanation, "Xylophone: our TIN 000054321 was used for data of others.");
	if (getenv("QPP_STORE_URL"))
		return;
	world_reopen(&w.store);
	w.service.store = w.store.store;
	static const char *const files[] = { "store.db", "store.db-wal" };
	static const char *const words[] = { "Xylophone", "glockenspiel", "Marimba", "000054321" };
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", w.store.folder, files[i]);
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			assert_false(file_has(path, words[k]));
	}
	snprintf(path, sizeof path, "%s/store.db", w.store.folder);
	assert_true(file_has(path, "exceptionNotApplied"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		REVIEW_TEST(nobody_handles_the_own_request),
		REVIEW_TEST(each_step_is_for_its_role),
		REVIEW_TEST(whoever_recommends_does_not_confirm),
		REVIEW_TEST(assignment__is_to_reviewers),
		REVIEW_TEST(silence__returns_the_case_to_the_reviewer),
		REVIEW_TEST(silence__may_close_a_request_of_2018_and_another_may_be_filed),
		REVIEW_TEST(an_answer_in_time_stops_the_silence),
		REVIEW_TEST(a_denial_changes_nothing),
		REVIEW_TEST(an_approval_carries_its_corrections),
		REVIEW_TEST(corrections__reach_scoring_once_and_after_a_failure),
		REVIEW_TEST(a_recommendation_says_what_it_needs),
		REVIEW_TEST(a_duplicate_may_be_denied_as_one),
		REVIEW_TEST(a_qp_determination_is_reviewed_for_the_list_alone),
		REVIEW_TEST(what_is_decided_is_final_for_everybody),
		REVIEW_TEST(of_two_who_decide_at_once_one_wins_and_the_other_is_told),
		REVIEW_TEST(a_step_on_an_older_version_is_told_who_was_faster),
		REVIEW_TEST(precedents__are_the_decisions_on_the_same_reason),
		REVIEW_TEST(what_people_write_is_not_readable_in_the_database),
	};
	return RUN_AS_TAP(tests);
}
