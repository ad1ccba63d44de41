/*
 * The e-mail election: what is read from lines people type, what is asked about,
 * who is answered, deadlines to the second, two groups that claim one TIN, and
 * that what is written out is read back as it was.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "adapt/json/read_election.h"
#include "adapt/mail/mime_election.h"
#include "adapt/mail/mime_read.h"
#include "app/election_mail.h"
#include "app/store_intake.h"
#include "cmd/catalogs.h"
#include "identity/world.h"
#include "made.h"
#include "qpp/rules.h"

static struct qpp_intake desk;
static const struct qpp_mime_trust trust = { .received_by = "mx.qpp.example" };

static int setup(void **unused)
{
	struct qpp_year_text texts[8];
	size_t n = 0;
	if (world_setup(unused) != 0)
		return 1;
	for (; qpp_embedded_catalogs[n].py.v && n < 8; n++)
		texts[n] = (struct qpp_year_text){ qpp_embedded_catalogs[n].py, qpp_embedded_catalogs[n].text };
	desk = (struct qpp_intake){ .store = world.store };
	expect_ok(qpp_years_load(&world.arena, texts, n, &desk.years, &world.err));
	(void)world_account("amy.official", world_practice("000000011", "Elm", made_npi(&world.arena, 1).p), QPP_POST_OFFICIAL);
	(void)world_account("bob.official", world_practice("000000022", "Oak", made_npi(&world.arena, 2).p), QPP_POST_OFFICIAL);
	(void)world_account("sam.staff", world_practice("000000033", "Fir", made_npi(&world.arena, 3).p), QPP_POST_STAFF);
	return 0;
}

/* --- reading --- */

static struct qpp_intake_reading read_lines(const char *text)
{
	struct qpp_intake_reading r;
	const struct qpp_letter letter = { .text = qpp_str_of(text), .subject = QPP_LIT("Virtual group election") };
	qpp_intake_read(&world.arena, &letter, &r);
	return r;
}

static bool doubts(const struct qpp_intake_reading *r, const char *code)
{
	for (size_t i = 0; i < r->doubts.n; i++)
		if (strcmp(r->doubts.v[i].code, code) == 0)
			return true;
	return false;
}

static size_t clinicians(const struct qpp_intake_reading *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->election.n_practices; i++)
		n += r->election.practices[i].n_clinicians;
	return n;
}

static void lines__in_any_of_the_ways_people_write_give_the_same(void **unused)
{
	(void)unused;
	static const char *const ways[] = {
		"PY 2025\nPractice: Elm Street Clinic\nTIN: 00-0000011\nNPIs: 9000010014, 9000020013\nPractice: Oak\nTIN: 000000022\nNPI: 9000020021\n",
		"PY2025\nPractice name: Elm Street Clinic, TIN: 000000011, NPIs: 9000010014; 9000020013\nGroup 2: Oak (TIN: 000000022) NPI: 9000020021\n",
		"Performance Year: 2025\n1. Elm Street Clinic (TIN 00-0000011): 9000010014, 9000020013\n2. Oak - TIN 000000022 - NPI 9000020021\n",
		"Performance year 2025\nTIN\tPractice Name\tNPI\n000000011\tElm Street Clinic\t9000010014\n\t\t9000020013\n000000022\tOak\t9000020021\n",
		"for performance year 2025\n| TIN | Legal Business Name | NPI |\n|---|---|---|\n| 000000011 | Elm Street Clinic | 9000010014, 9000020013 |\n| 000000022 | Oak | 9000020021 |\n",
		"Year: 2025\nTIN: 000000011\nName: Elm Street Clinic\nNPIs:\n9000010014\n9000020013\n\nTIN: 000000022\nName: Oak\nNPIs:\n* 9000020021\n",
		"Performance year: 2025\nPractice:\nElm Street Clinic\nTax ID: 000\xe2\x80\x91""00\xe2\x80\x93""0011\nNPI #: 9000010014\nNPI #: 9000020013\nPractice:\nOak\nTax ID: \xef\xbc\x90""00000022\nNPI #: 9000020021\n",
	};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct qpp_intake_reading r = read_lines(ways[i]);
		if (r.questions || r.election.n_practices != 2 || clinicians(&r) != 3)
			print_error("way %zu: %zu questions, %zu practices, %zu clinicians: %s\n", i, r.questions, r.election.n_practices, clinicians(&r),
			            r.doubts.n ? r.doubts.v[0].says.p : "");
		assert_true(r.is_election && r.has_py);
		assert_int_equal(r.election.py.v, 2025);
		assert_int_equal(r.questions, 0);
		assert_int_equal(r.election.n_practices, 2);
		expect_str(r.election.practices[0].name, "Elm Street Clinic");
		expect_str(r.election.practices[0].tin, "000000011");
		expect_str(r.election.practices[1].name, "Oak");
		expect_str(r.election.practices[1].tin, "000000022");
		assert_int_equal(r.election.practices[0].n_clinicians, 2);
		expect_str(r.election.practices[1].clinicians[0].npi, "9000020021");
	}
}

static void lines__that_have_two_readings_are_asked_about(void **unused)
{
	(void)unused;
	static const struct {
		const char *text, *code;
	} cases[] = {
		{ "Performance year: 2025\nPerformance year: 2026\n", "twoYears" },
		{ "Performance year: next\n", "yearUnclear" },
		{ "no year here\n", "yearMissing" },
		{ "NPIs: 9000010014\n", "npiWithoutTin" },
		{ "TIN,NPI,Practice\n000000011,9000010014,Elm\n000000011,9000020013,Ash\n", "twoNames" },
		{ "Practice: Elm\nTIN: 000000011\nNPIs: 9000010014\nAsk for 5555550100 please\n", "numberUnclear" },
		{ "We have not signed the agreement yet but confirm to do so.\n", "agreementUnclear" },
		{ "Can you confirm that the agreement exists?\n", "agreementUnclear" },
		{ "Agreement: perhaps\n", "agreementUnclear" },
		{ "Agreement executed on: soon\n", "dayUnclear" },
		{ "Practice: Elm\nTIN: 000000011\nName: Jane Roe\n", "nameUnclear" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct qpp_intake_reading r = read_lines(cases[i].text);
		if (!doubts(&r, cases[i].code) || !r.questions)
			fail_msg("%s is not asked about %s", cases[i].text, cases[i].code);
	}
}

static void agreement__is_acknowledged_by_words_that_say_so_alone(void **unused)
{
	(void)unused;
	static const char *const yes[] = { "Agreement: yes", "We attest that a formal written\nagreement exists among the TINs.", "A written agreement has been signed by all." };
	static const char *const open[] = { "An agreement will be signed; it is in place soon.", "Attached is a draft agreement, which exists.", "Agreement: no" };
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(read_lines(yes[i]).election.acknowledged, QPP_YES);
	for (size_t i = 0; i < 3; i++)
		assert_int_not_equal(read_lines(open[i]).election.acknowledged, QPP_YES);
	struct qpp_intake_reading r = read_lines("Agreement executed on: November 1, 2024");
	assert_true(r.election.has_executed_on);
	r = read_lines("Agreement date: 2024-11-01");
	assert_int_equal(r.election.executed_on.v, read_lines("Signed on: 11/1/2024").election.executed_on.v);
}

static void quotes__and_signatures_are_not_read(void **unused)
{
	(void)unused;
	struct qpp_intake_reading r = read_lines("Performance year: 2025\nPractice: Elm\nTIN: 000000011\nNPIs: 9000010014\n"
	                                         "Sincerely,\nJane\nCell 9000020013\n> Practice: Old\n> TIN: 000000099\n-----Original Message-----\nTIN: 000000098\n");
	assert_int_equal(r.election.n_practices, 1);
	assert_int_equal(clinicians(&r), 1);
	assert_true(doubts(&r, "quotedNotRead"));
}

static void numbers__of_the_form_of_a_tin_are_masked(void **unused)
{
	(void)unused;
	static const char *const cases[][2] = {
		{ "TIN 000000011, and", "TIN *****0011, and" }, { "00-0000011", "*****0011" }, { "000-00-0011", "*****0011" },
		{ "NPI 9000010014.", "NPI 9000010014." }, { "00000011", "*****0011" }, { "call 555-0100", "call 555-0100" }, { "a\r\nb", "a  b" },
		{ "000000011-555-0100", "*****0011-555-0100" }, { "555-0100-000000011", "555-0100-*****0011" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_str(qpp_intake_masked(&world.arena, qpp_str_of(cases[i][0])), cases[i][1]);
}

static void html__is_read_as_lines_and_cells(void **unused)
{
	(void)unused;
	struct qpp_str text = qpp_mime_plain(&world.arena, QPP_LIT("<p>A &amp; B<br>C<script>x < 1</script><tr><td>1<td>2</tr><!-- 3 --><style>p</style> &lt;4"));
	expect_str(text, "\nA & B\nC\n\t1\t2\n <4");
}

/* --- out and in again --- */

static void message__that_is_written_is_read_back_as_it_was(void **unused)
{
	(void)unused;
	static const char text[] = "{\"performanceYear\": 2025, \"agreement\": {\"acknowledged\": true, \"executedOn\": \"2024-11-01\"}, "
	    "\"representative\": {\"name\": \"R\xc3\xb6""bin, \\\"Rob\\\" Sample\", \"email\": \"amy.official@example.org\", \"phone\": \"555-0100\", \"address\": \"1 Example Street\\nSpringfield\"}, "
	    "\"practices\": [{\"name\": \"=Elm, \\\"The\\\" Clinic\", \"tin\": \"000000011\", \"inOtherVirtualGroup\": false, \"billingNpis\": 1, \"lowVolumeCriteriaExceeded\": 3, "
	    "\"npis\": [{\"npi\": \"9000010014\", \"type\": \"physician\", \"mipsEligible\": true, \"qpStatus\": \"partial\", \"newlyEnrolled\": false}]}, "
	    "{\"name\": \"Oak\", \"tin\": \"000000022\", \"npis\": [{\"npi\": \"9000020013\"}, {\"npi\": \"9000020021\", \"mipsEligible\": false}]}]}";
	struct qpp_findings f;
	struct qpp_str raw, again;
	qpp_findings_init(&f, &world.arena, 10);
	struct qpp_election *e = qpp_json_read_election(&world.arena, QPP_LIT("e"), qpp_str_of(text), 1 << 20, &f);
	assert_non_null(e);
	assert_int_equal(f.list.n, 0);
	struct qpp_mime_election m = { .from = e->representative.email, .from_name = e->representative.name, .to = QPP_LIT("x@qpp.example"),
		.subject = qpp_election_mail_subject(&world.arena, e), .text = qpp_election_mail_text(&world.arena, e, NULL, 0),
		.roster = qpp_election_mail_roster(&world.arena, e), .date = { 1731675600LL * QPP_MICROS_A_SECOND } };
	expect_ok(qpp_mime_election(&world.arena, &m, &raw, &world.err));
	expect_ok(qpp_mime_election(&world.arena, &m, &again, &world.err));
	assert_true(qpp_str_eq(raw, again));
	struct qpp_letter letter;
	struct qpp_intake_reading r;
	qpp_mime_read(&world.arena, &trust, raw, m.date, &letter);
	assert_int_equal(letter.kind, QPP_LETTER);
	assert_true(letter.ours);
	expect_str(letter.from, "amy.official@example.org");
	qpp_intake_read(&world.arena, &letter, &r);
	if (r.doubts.n)
		print_error("%s\n", r.doubts.v[0].says.p);
	assert_int_equal(r.doubts.n, 0);
	const struct qpp_election *x = &r.election;
	assert_int_equal(x->py.v, 2025);
	assert_int_equal(x->acknowledged, QPP_YES);
	assert_int_equal(x->executed_on.v, e->executed_on.v);
	expect_str(x->representative.phone, "555-0100");
	expect_str(x->representative.address, "1 Example Street, Springfield");
	assert_int_equal(x->n_practices, 2);
	const struct qpp_election_practice *p = &x->practices[0];
	/* A spreadsheet does not run it as a formula. */
	expect_str(p->name, "'=Elm, \"The\" Clinic");
	assert_int_equal(p->in_other_virtual_group, QPP_NO);
	assert_int_equal(p->low_volume_criteria_exceeded.v, 3);
	assert_int_equal(p->billing_npis.v, 1);
	assert_true(p->clinicians[0].has_type);
	assert_int_equal(p->clinicians[0].qp, QPP_ELECTION_QP_PARTIAL);
	assert_int_equal(p->clinicians[0].mips_eligible, QPP_YES);
	assert_int_equal(p->clinicians[0].newly_enrolled, QPP_NO);
	assert_int_equal(x->practices[1].clinicians[1].mips_eligible, QPP_NO);
	assert_int_equal(x->practices[1].clinicians[0].mips_eligible, QPP_UNKNOWN);
	m.to = QPP_LIT("a@b.example\r\nBcc: c@d.example");
	expect_code(qpp_mime_election(&world.arena, &m, &raw, &world.err), QPP_USAGE);
}

/* --- taking in --- */

/* A complete election of two practices. */
static const char *election(const char *from, const char *id, const char *tin1, const char *tin2, const char *more)
{
	return qpp_str_cat(&world.arena, more, "From: ", from, "\r\nMessage-ID: <", id, "@example.org>\r\nSubject: Virtual group election\r\n\r\n"
	                   "Performance year: 2025\r\nRepresentative: Robin Sample\r\nEmail: robin@example.org\r\nAgreement: yes\r\n"
	                   "Agreement executed on: 10/1/2024\r\nPractice: Elm\r\nTIN: ", tin1, "\r\nNPIs: 9000010014\r\nPractice: Ash\r\nTIN: ", tin2,
	                   "\r\nNPIs: 9000020013, 9000020021\r\n", (char *)NULL).p;
}

static qpp_time at(const char *instant, int64_t us)
{
	qpp_instant t;
	assert_true(qpp_instant_parse(qpp_str_of(instant), &t, NULL));
	return (qpp_time){ t.v * QPP_MICROS_A_SECOND + us };
}

static struct qpp_intake_result take(const char *raw, qpp_time received)
{
	struct qpp_letter letter;
	struct qpp_intake_result result;
	world_move(1);
	qpp_mime_read(&world.arena, &trust, qpp_str_of(raw), received, &letter);
	expect_ok(qpp_intake_take(&desk, &world.arena, &letter, qpp_str_of(raw), received, &result, &world.err));
	return result;
}

static struct qpp_election_row row_of(struct qpp_str id)
{
	struct qpp_election_row row;
	struct qpp_tx *tx;
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	expect_ok(qpp_store_election_get(tx, id, &row, &world.err));
	qpp_store_end(tx);
	return row;
}

static bool says(const char *to, const char *part)
{
	struct qpp_str text = world_mail_text(to), word;
	struct qpp_buf b;
	qpp_buf_init(&b, &world.arena, text.n + 1);
	/* Without the breaks of its lines. */
	for (struct qpp_str rest = text; qpp_str_word(&rest, &word);)
		qpp_buf_cat(&b, b.n ? " " : "", qpp_str_dup(&world.arena, word).p, (char *)NULL);
	return strstr(qpp_buf_done(&b).p, part) != NULL;
}

static void deadline__counts_to_the_second(void **unused)
{
	(void)unused;
	static const struct {
		const char *instant;
		int64_t us;
		enum qpp_intake_outcome outcome;
	} cases[] = {
		{ "2024-12-31T23:59:00-05:00", 0, QPP_INTAKE_FILED }, { "2024-12-31T23:59:59-05:00", 999999, QPP_INTAKE_FILED },
		{ "2025-01-01T00:00:00-05:00", 0, QPP_INTAKE_RETURNED }, { "2024-10-01T00:00:00-04:00", 0, QPP_INTAKE_FILED },
	 { "2024-09-30T23:59:59-04:00", 999999, QPP_INTAKE_RETURNED },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *id = qpp_str_cat(&world.arena, "edge", qpp_i64_text(&world.arena, (int64_t)i).p, (char *)NULL).p;
		struct qpp_intake_result r = take(election("amy.official@example.org", id, "000000011", "000000044", ""), at(cases[i].instant, cases[i].us));
		if (r.outcome != cases[i].outcome)
			fail_msg("%s: %s", cases[i].instant, qpp_intake_outcome_name(r.outcome));
		if (i == 2)
			assert_true(says("amy.official@example.org", "the window had closed for performance year 2025"));
		if (i == 4)
			assert_true(says("amy.official@example.org", "the window was not yet open for performance year 2025"));
	}
}

static void stamp__of_our_own_server_counts_and_nobody_elses(void **unused)
{
	(void)unused;
	static const char ours[] = "Received: from a.example by mx.qpp.example with ESMTP; Tue, 31 Dec 2024 23:59:58 -0500\r\n";
	static const char others[] = "Received: from a.example by mx.elsewhere.example with ESMTP; Tue, 31 Dec 2024 23:59:58 -0500\r\n";
	static const char old[] = "Received: from a.example by mx.qpp.example; Tue, 24 Dec 2024 23:59:58 -0500\r\n";
	static const char behind[] = "Received: from b.example by mx.elsewhere.example; Wed, 1 Jan 2025 00:00:02 -0500\r\n"
	                             "Received: from a.example by mx.qpp.example; Tue, 31 Dec 2024 23:59:58 -0500\r\n";
	qpp_time now = at("2025-01-01T00:00:03-05:00", 0);
	const char *from = "amy.official@example.org";
	assert_int_equal(take(election(from, "s1", "000000011", "000000044", others), now).outcome, QPP_INTAKE_RETURNED);
	assert_int_equal(take(election(from, "s2", "000000011", "000000044", old), now).outcome, QPP_INTAKE_RETURNED);
	assert_int_equal(take(election(from, "s3", "000000011", "000000044", behind), now).outcome, QPP_INTAKE_RETURNED);
	assert_int_equal(take(election(from, "s4", "000000011", "000000044", ours), now).outcome, QPP_INTAKE_FILED);
}

static void message__twice_is_filed_once(void **unused)
{
	(void)unused;
	qpp_time now = at("2024-11-15T12:00:00-05:00", 0);
	const char *raw = election("amy.official@example.org", "one", "000000011", "000000044", "");
	struct qpp_intake_result r = take(raw, now);
	assert_int_equal(r.outcome, QPP_INTAKE_FILED);
	size_t mails = world_mails("amy.official@example.org", "");
	/* Another way to us, the same message. */
	const char *other_way = qpp_str_cat(&world.arena, "Return-Path: <amy.official@example.org>\r\nReceived: by somebody\r\n", raw, (char *)NULL).p;
	assert_int_equal(take(other_way, now).outcome, QPP_INTAKE_REPEATED);
	assert_int_equal(world_mails("amy.official@example.org", ""), mails);
	expect_str(row_of(r.election_id).state, "received");
}

static void filed__waits_for_the_reviewer_and_has_its_practices(void **unused)
{
	(void)unused;
	struct qpp_intake_result amy = take(election("amy.official@example.org", "v", "000000011", "000000044", ""), at("2024-11-15T12:00:00-05:00", 0));
	const struct qpp_vgroup_query q = { .py = { 2025 }, .state = QPP_LIT("received"), .origin = QPP_LIT("mail"), .filed = true };
	struct qpp_vgroup_row_rows groups;
	struct qpp_vgroup_party_rows parties;
	struct qpp_org org;
	struct qpp_str holder;
	struct qpp_tx *tx;
	assert_int_equal(amy.outcome, QPP_INTAKE_FILED);
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	expect_ok(qpp_store_vgroup_list(tx, &q, (struct qpp_slice){ 0 }, &groups, &world.err));
	assert_int_equal(groups.n, 1);
	expect_str(groups.v[0].rep_email, "robin@example.org");
	expect_ok(qpp_store_vgroup_parties(tx, groups.v[0].id, &parties, &world.err));
	assert_int_equal(parties.n, 2);
	expect_ok(qpp_store_org_by_tin(tx, QPP_LIT("000000044"), &org, &world.err));
	expect_ok(qpp_store_vgroup_claimed(tx, (qpp_py){ 2025 }, org.id, &holder, &world.err));
	assert_true(qpp_str_eq(holder, groups.v[0].id));
	qpp_store_end(tx);
}

static void tin__claimed_by_two_groups_is_the_first_ones(void **unused)
{
	(void)unused;
	qpp_time now = at("2024-11-15T12:00:00-05:00", 0);
	struct qpp_intake_result amy = take(election("amy.official@example.org", "a", "000000011", "000000044", ""), now);
	assert_int_equal(amy.outcome, QPP_INTAKE_FILED);
	assert_int_equal(take(election("bob.official@example.org", "b", "000000022", "000000044", ""), now).outcome, QPP_INTAKE_RETURNED);
	assert_true(says("bob.official@example.org", "For practice Ash, TIN *****0044"));
	assert_true(says("bob.official@example.org", "Leave it out here, or have the other virtual group leave it out"));
	/* The same sender again: what was sent last counts, and what it let go is free. */
	struct qpp_intake_result again = take(election("amy.official@example.org", "c", "000000011", "000000055", ""), now);
	assert_int_equal(again.outcome, QPP_INTAKE_FILED);
	assert_true(says("amy.official@example.org", "It takes the place of the election that you sent before."));
	expect_str(row_of(amy.election_id).state, "replaced");
	assert_int_equal(take(election("bob.official@example.org", "d", "000000022", "000000044", ""), now).outcome, QPP_INTAKE_FILED);
}

static enum qpp_code relation_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	return qpp_store_relation_put(tx, request, err);
}

/* The clinician of the first practice of election() as the store knows it. */
static void stands(struct qpp_str org_id, const char *qp_status)
{
	struct qpp_relation x = { .py = { 2024 }, .org_id = org_id, .npi = QPP_LIT("9000010014"), .statuses = QPP_LIT(""), .body = QPP_LIT("{}"),
		.facts = qpp_str_cat(&world.arena, "{\"clinicianType\": \"physician\", \"firstEnrolled\": \"2012-03-01\", \"qpStatus\": \"", qp_status,
		                     "\", \"segments\": [{\"segment\": 1, \"allowedCharges\": 120000, \"patients\": 300, \"services\": 900},"
		                     " {\"segment\": 2, \"allowedCharges\": 120000, \"patients\": 300, \"services\": 900}]}", (char *)NULL) };
	expect_ok(qpp_store_write(world.store, &world.arena, relation_change, &x, &world.err));
}

static void eligibility__is_what_the_store_knows_whatever_the_message_says(void **unused)
{
	(void)unused;
	const qpp_time now = at("2024-11-15T12:00:00-05:00", 0);
	struct qpp_str yew = world_practice("000000066", "Yew", "9000010014");
	(void)world_account("carl.official", yew, QPP_POST_OFFICIAL);
	assert_int_equal(take(election("carl.official@example.org", "k", "000000066", "000000044", ""), now).outcome, QPP_INTAKE_FILED);
	stands(yew, "qp");
	assert_int_equal(take(election("carl.official@example.org", "l", "000000066", "000000044", ""), now).outcome, QPP_INTAKE_RETURNED);
	assert_true(says("carl.official@example.org", "the solo practitioner is not MIPS eligible (9000010014)"));
	stands(yew, "none");
	assert_int_equal(take(election("carl.official@example.org", "m", "000000066", "000000044", ""), now).outcome, QPP_INTAKE_FILED);
}

static void row__of_an_election_holds_no_tin(void **unused)
{
	(void)unused;
	struct qpp_intake_result r = take(election("amy.official@example.org", "a", "000000011", "000000044", ""), at("2024-11-15T12:00:00-05:00", 0));
	struct qpp_election_row row = row_of(r.election_id);
	assert_null(strstr(row.body.p, "000000011"));
	assert_null(strstr(row.body.p, "000000044"));
	assert_non_null(strstr(row.body.p, "*****0044"));
	assert_non_null(strstr(row.body.p, "9000020021"));
	assert_null(strstr(world_mail_text("amy.official@example.org").p, "000000044"));
}

static void sender__who_is_no_official_of_a_party_is_sent_to_sign_in(void **unused)
{
	(void)unused;
	qpp_time now = at("2024-11-15T12:00:00-05:00", 0);
	/* A stranger, somebody of the staff, an official of another practice. */
	static const char *const from[] = { "eve@elsewhere.example", "sam.staff@example.org", "bob.official@example.org" };
	for (size_t i = 0; i < 3; i++) {
		struct qpp_intake_result r = take(election(from[i], from[i], "000000011", i == 1 ? "000000033" : "000000044", ""), now);
		assert_int_equal(r.outcome, QPP_INTAKE_UNVERIFIED);
		assert_int_equal(r.election_id.n, 0);
		assert_true(says(from[i], "the address could not be matched with the account of a Security Official"));
		assert_false(says(from[i], "Elm"));
	}
	/* Where the mail server does not vouch, the right address is not enough. */
	desk.need_proof = true;
	assert_int_equal(take(election("amy.official@example.org", "p", "000000011", "000000044", ""), now).outcome, QPP_INTAKE_UNVERIFIED);
}

static void sender__is_answered_so_often_a_day(void **unused)
{
	(void)unused;
	qpp_time now = at("2024-11-15T12:00:00-05:00", 0);
	int answered = 0;
	for (int i = 0; i < 30; i++)
		answered += take(election("eve@elsewhere.example", qpp_i64_text(&world.arena, i).p, "000000044", "000000055", ""), now).answered;
	assert_int_equal(answered, 20);
	now.us += 86401LL * QPP_MICROS_A_SECOND;
	assert_true(take(election("eve@elsewhere.example", "next", "000000044", "000000055", ""), now).answered);
}

/* A message that withdraws, of a year, or of none. */
static const char *withdrawal(const char *from, const char *id, const char *year)
{
	return qpp_str_cat(&world.arena, "From: ", from, "\r\nMessage-ID: <", id, "@example.org>\r\nSubject: Virtual group election\r\n\r\n", year,
	                   "Withdraw: yes\r\n", (char *)NULL).p;
}

static struct qpp_str group_state(void)
{
	const struct qpp_vgroup_query q = { .py = { 2025 }, .origin = QPP_LIT("mail"), .filed = true };
	struct qpp_vgroup_row_rows groups;
	struct qpp_tx *tx;
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	expect_ok(qpp_store_vgroup_list(tx, &q, (struct qpp_slice){ 0 }, &groups, &world.err));
	qpp_store_end(tx);
	assert_int_equal(groups.n, 1);
	return groups.v[0].state;
}

static void withdrawal__frees_what_its_sender_elected(void **unused)
{
	(void)unused;
	const char *amy = "amy.official@example.org", *bob = "bob.official@example.org", *year = "Performance year: 2025\r\n";
	qpp_time now = at("2024-11-15T12:00:00-05:00", 0);
	struct qpp_intake_result filed = take(election(amy, "f", "000000011", "000000044", ""), now);
	assert_int_equal(filed.outcome, QPP_INTAKE_FILED);
	/* Neither a stranger's, nor another official's, nor one without a year. */
	assert_int_equal(take(withdrawal("eve@elsewhere.example", "w1", year), now).outcome, QPP_INTAKE_UNVERIFIED);
	assert_int_equal(take(withdrawal(bob, "w2", year), now).outcome, QPP_INTAKE_RETURNED);
	assert_true(says(bob, "Nothing that this address elected by e-mail for the year stands."));
	assert_int_equal(take(withdrawal(amy, "w3", ""), now).outcome, QPP_INTAKE_RETURNED);
	expect_str(group_state(), "received");
	assert_int_equal(take(withdrawal(amy, "w4", year), at("2024-12-31T23:59:59-05:00", 999999)).outcome, QPP_INTAKE_WITHDRAWN);
	assert_true(says(amy, "is withdrawn: it does not stand any more, and its practices are free."));
	expect_str(group_state(), "withdrawn");
	expect_str(row_of(filed.election_id).state, "withdrawn");
	/* The same message again changes nothing, and what was withdrawn is free for others. */
	assert_int_equal(take(withdrawal(amy, "w4", year), now).outcome, QPP_INTAKE_REPEATED);
	assert_int_equal(take(election(bob, "g", "000000022", "000000044", ""), now).outcome, QPP_INTAKE_FILED);
}

static void withdrawal__after_the_window_is_none(void **unused)
{
	(void)unused;
	const char *amy = "amy.official@example.org";
	assert_int_equal(take(election(amy, "f", "000000011", "000000044", ""), at("2024-12-31T23:59:59-05:00", 0)).outcome, QPP_INTAKE_FILED);
	assert_int_equal(take(withdrawal(amy, "w", "Performance year: 2025\r\n"), at("2025-01-01T00:00:00-05:00", 0)).outcome, QPP_INTAKE_RETURNED);
	assert_true(says(amy, "is not withdrawn, because of the following:"));
	expect_str(group_state(), "received");
}

static void answer__names_the_message_it_answers(void **unused)
{
	(void)unused;
	struct qpp_intake_answer x = { .outcome = QPP_INTAKE_OTHER };
	static const char *const ids[][2] = {
		{ "<a.b@example.org>", "a.b@example.org" }, { "", "" }, { "a@b", "" }, { "<a b@c>", "" }, { "<a@b>, <c@d>", "" }, { "<ab>", "" },
		{ "<000000011@example.org>", "" },
	};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		const struct qpp_letter letter = { .from = QPP_LIT("a@example.org"), .message_id = qpp_str_of(ids[i][0]) };
		expect_str(qpp_intake_reply(&world.arena, &letter, &x).answers, ids[i][1]);
	}
}

/* --- V4: elections that were decided in public, by e-mail --- */

/* Rows of a table that people paste into a message: practices are CLINICIANS/ELIGIBLE/BILLING, separated by blanks; the first is Amy's. */
static const char *table_of(const char *practices)
{
	struct qpp_buf b;
	struct qpp_str rest = qpp_str_of(practices), practice, part;
	uint64_t figure[3], npi = 500;
	qpp_buf_init(&b, &world.arena, 1 << 16);
	qpp_buf_cat(&b, "TIN\tPractice Name\tNPI\tMIPS eligible\tBilling NPIs\tLow volume criteria exceeded\r\n", (char *)NULL);
	for (int p = 0; qpp_str_word(&rest, &practice); p++) {
		const char *tin = qpp_str_cat(&world.arena, "0000000", p ? qpp_i64_text(&world.arena, 50 + p).p : "11", (char *)NULL).p;
		for (int k = 0; k < 3; k++)
			assert_true(qpp_str_cut(&practice, '/', &part) && qpp_str_u64(part, 100, &figure[k]));
		for (uint64_t k = 0; k < figure[0]; k++)
			qpp_buf_cat(&b, tin, "\tPractice ", qpp_str_dup(&world.arena, part).p, "\t", made_npi(&world.arena, npi++).p, "\t",
			            k < figure[1] ? "yes" : "no", "\t", qpp_i64_text(&world.arena, (int64_t)figure[2]).p, "\t",
			            figure[1] || figure[0] > 1 ? "3" : "0", "\r\n", (char *)NULL);
	}
	return qpp_buf_done(&b).p;
}

static struct qpp_intake_row line_of(struct qpp_str id)
{
	struct qpp_intake_row_rows rows;
	struct qpp_tx *tx;
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	expect_ok(qpp_store_intake_list(tx, QPP_LIT(""), (struct qpp_slice){ 0 }, &rows, &world.err));
	qpp_store_end(tx);
	for (size_t i = 0; i < rows.n; i++)
		if (qpp_str_eq(rows.v[i].id, id))
			return rows.v[i];
	fail_msg("no line of the message");
	return (struct qpp_intake_row){ 0 };
}

/* As tests/published has them, with the same sources. */
static void v4__is_decided_by_mail_as_it_was_in_public(void **unused)
{
	(void)unused;
	static const struct {
		const char *id, *year, *instant, *practices, *code;
	} rows[] = {
		{ "G1", "2025", "2024-12-31T23:59:00-05:00", "1/1/1 10/1/10", NULL }, { "G3", "2025", "2024-09-30T12:00:00-04:00", "1/1/1 10/1/10", "notOpen" },
		{ "G4", "2025", "2024-11-15T12:00:00-05:00", "1/1/1 11/6/11", "tooManyClinicians" },
		{ "G5", "2025", "2024-11-15T12:00:00-05:00", "1/1/1 8/0/8", "noEligibleClinician" },
		{ "G6", "2025", "2024-11-15T12:00:00-05:00", "10/1/10", "tooFewTins" },
		{ "G9", "2025", "2024-11-15T12:00:00-05:00", "1/1/1 3/3/5", "npiListIncomplete" },
		{ "G11", "2023", "2022-10-02T12:00:00-04:00", "1/1/1 10/1/10", "notOpen" },
		{ "G12", "2024", "2023-10-01T12:00:00-04:00", "1/1/1 10/1/10", "notOpen" },
		{ "G14", "2018", "2017-11-15T12:00:00-05:00", "1/0/1 10/1/10", "belowLowVolume" },
		{ "G15", "2025", "2024-11-15T12:00:00-05:00", "9/9/9 9/9/9 9/9/9 9/9/9 9/9/9", NULL },
		{ "G16", "2025", "2024-11-15T12:00:00-05:00", "1/1/1 1/1/1 1/1/1", NULL },
		{ "G18", "2020", "2019-11-15T12:00:00-05:00", "1/1/1 10/10/10", NULL },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *raw = qpp_str_cat(&world.arena, "From: amy.official@example.org\r\nMessage-ID: <", rows[i].id, "@example.org>\r\n"
			"Subject: Virtual group election\r\n\r\nPerformance year: ", rows[i].year, "\r\nRepresentative: Robin Sample\r\n"
			"Email: robin@example.org\r\nAgreement: yes\r\n\r\n", table_of(rows[i].practices), (char *)NULL).p;
		struct qpp_intake_result r = take(raw, at(rows[i].instant, 0));
		struct qpp_intake_row line = line_of(r.id);
		const char *code = rows[i].code ? qpp_str_cat(&world.arena, "\"", rows[i].code, "\"", (char *)NULL).p : "";
		if (r.outcome != (rows[i].code ? QPP_INTAKE_RETURNED : QPP_INTAKE_FILED) || !strstr(qpp_str_dup(&world.arena, line.body).p, code))
			fail_msg("%s: %s %s", rows[i].id, qpp_intake_outcome_name(r.outcome), qpp_str_dup(&world.arena, line.body).p);
	}
}

static void window__kept_open_takes_what_is_late(void **unused)
{
	(void)unused;
	desk.window_open = true;
	assert_int_equal(take(election("amy.official@example.org", "l", "000000011", "000000044", ""), at("2026-05-05T12:00:00-04:00", 0)).outcome,
	                 QPP_INTAKE_FILED);
}

#define INTAKE_TEST(f) cmocka_unit_test_setup_teardown(f, setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		INTAKE_TEST(lines__in_any_of_the_ways_people_write_give_the_same),
		INTAKE_TEST(lines__that_have_two_readings_are_asked_about),
		INTAKE_TEST(agreement__is_acknowledged_by_words_that_say_so_alone),
		INTAKE_TEST(quotes__and_signatures_are_not_read),
		INTAKE_TEST(numbers__of_the_form_of_a_tin_are_masked),
		INTAKE_TEST(html__is_read_as_lines_and_cells),
		INTAKE_TEST(message__that_is_written_is_read_back_as_it_was),
		INTAKE_TEST(deadline__counts_to_the_second),
		INTAKE_TEST(stamp__of_our_own_server_counts_and_nobody_elses),
		INTAKE_TEST(message__twice_is_filed_once),
		INTAKE_TEST(filed__waits_for_the_reviewer_and_has_its_practices),
		INTAKE_TEST(tin__claimed_by_two_groups_is_the_first_ones),
		INTAKE_TEST(eligibility__is_what_the_store_knows_whatever_the_message_says),
		INTAKE_TEST(row__of_an_election_holds_no_tin),
		INTAKE_TEST(sender__who_is_no_official_of_a_party_is_sent_to_sign_in),
		INTAKE_TEST(sender__is_answered_so_often_a_day),
		INTAKE_TEST(withdrawal__frees_what_its_sender_elected),
		INTAKE_TEST(withdrawal__after_the_window_is_none),
		INTAKE_TEST(answer__names_the_message_it_answers),
		INTAKE_TEST(v4__is_decided_by_mail_as_it_was_in_public),
		INTAKE_TEST(window__kept_open_takes_what_is_late),
	};
	return RUN_AS_TAP(tests);
}
