/*
 * Published examples of who may form a virtual group: a bulletin of the agency,
 * its presentations, and what societies printed. Letters and numbers are those
 * of our list of vectors, V4.
 *
 * R-414.1315(a)(1), R-414.1315(a)(2), R-414.1315(b), R-414.1315(c)(2), R-414.1315(d)
 */
#include "published.h"
#include "rules/made_election.h"

static const char *const bulletin = "CMS bulletin of October 1, 2024";

static struct qpp_election_answer judge(int py, const char *at, const char *practices, struct qpp_str *codes)
{
	struct made_election m;
	struct qpp_findings f;
	struct qpp_election_answer x;
	struct qpp_err err = { 0 };
	struct qpp_request q = world_request(py);
	struct qpp_str rest = qpp_str_of(practices), word;
	qpp_findings_init(&f, q.arena, 100);
	q.findings = &f;
	made_election_begin(&m, q.arena, py);
	while (qpp_str_word(&rest, &word))
		if (!made_election_practice(&m, word))
			world_bail_out("not a practice", practices);
	if (!made_election_sent(&m, qpp_str_of(at)))
		world_bail_out("not an instant", at);
	if (qpp_election_check(&q, &m.is, &x, &err) != QPP_OK)
		fail_msg("PY %d: %s", py, err.primary);
	*codes = made_election_codes(q.arena, &f);
	return x;
}

/* Practices are CLINICIANS/ELIGIBLE and what is special about them, see made_election.h. */
static void elections__are_decided_as_published(void **unused)
{
	(void)unused;
	static const struct {
		const char *id, *source;
		int py;
		const char *at, *practices, *codes;
	} rows[] = {
		{ "G1", "bulletin", 2025, "2024-12-31T23:59:00-05:00", "1/1 10/1", "none" },
		{ "G3", "bulletin", 2025, "2024-09-30T12:00:00-04:00", "1/1 10/1", "notOpen" },
		/* eleven NPIs, three of them QPs and two of types that are not eligible: all count */
		{ "G4", "CMS presentation on virtual groups; AAFP FPM, October 15, 2018", 2025, "2024-11-15T12:00:00-05:00",
		  "1/1 11/6", "tooManyClinicians" },
		{ "G5", "bulletin", 2025, "2024-11-15T12:00:00-05:00", "1/1 8/0", "noEligibleClinician" },
		{ "G6", "bulletin", 2025, "2024-11-15T12:00:00-05:00", "10/1", "tooFewTins" },
		{ "G7", "bulletin", 2025, "2024-11-15T12:00:00-05:00", "1/1 10/1/elsewhere", "tinInOtherVirtualGroup" },
		{ "G9", "bulletin", 2025, "2024-11-15T12:00:00-05:00", "1/1 3/3/bills5", "npiListIncomplete" },
		{ "G11", "aapc.com: the window opens October 3", 2023, "2022-10-02T12:00:00-04:00", "1/1 10/1", "notOpen" },
		{ "G12", "ncmedsoc.org: the window opens October 2", 2024, "2023-10-01T12:00:00-04:00", "1/1 10/1", "notOpen" },
		{ "G14", "CMS presentation on virtual groups", 2018, "2017-11-15T12:00:00-05:00", "1/1/exceeds0 10/1",
		  "belowLowVolume" },
		{ "G15", "ajmc.com", 2025, "2024-11-15T12:00:00-05:00", "9/9 9/9 9/9 9/9 9/9", "none" },
		{ "G16", "cms.gov, fast facts", 2025, "2024-11-15T12:00:00-05:00", "1/1 1/1 1/1", "none" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct qpp_str codes;
		struct qpp_election_answer x = judge(rows[i].py, rows[i].at, rows[i].practices, &codes);
		const char *source = qpp_str_is(qpp_str_of(rows[i].source), "bulletin") ? bulletin : rows[i].source;
		bool accepted = qpp_str_is(qpp_str_of(rows[i].codes), "none");
		row_text(rows[i].id, source, accepted ? "accept" : "reject", x.accepted ? "accept" : "reject");
		row_text(rows[i].id, source, rows[i].codes, codes.p);
	}
	every_row_holds();
}

static void effects__are_as_published(void **unused)
{
	(void)unused;
	struct qpp_str codes;
	static const char *const at = "2024-11-15T12:00:00-05:00";
	struct qpp_election_answer x = judge(2025, at, "9/9 9/9 9/9 9/9 9/9", &codes);
	row_true("G15", "ajmc.com; cms.gov, fast facts", "45 clinicians are no small practice", x.clinicians == 45 && !x.small_practice);
	x = judge(2025, at, "1/1 1/1 1/1", &codes);
	row_true("G16", "cms.gov, fast facts", "three clinicians are a small practice", x.clinicians == 3 && x.small_practice);
	x = judge(2020, "2019-11-15T12:00:00-05:00", "1/1 10/10", &codes);
	row_text("G18", "414.1315(a)(2); physiciansadvocacyinstitute.org", "apmEntity", x.apm_score.p);
	for (int py = 2018; py <= 2026; py++) {
		char sent[40];
		snprintf(sent, sizeof sent, "%d-11-15T12:00:00-05:00", py - 1);
		x = judge(py, sent, "1/1 10/10/qp", &codes);
		row_true("G19", "physiciansadvocacyinstitute.org", "a QP is counted and not adjusted",
		         x.accepted && x.clinicians == 11 && x.without_adjustment == 1);
	}
	every_row_holds();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elections__are_decided_as_published),
		cmocka_unit_test(effects__are_as_published),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
