/*
 * 500 e-mailed elections made from one seed, each read, judged, filed and answered
 * as made.c says it must be. With a folder as its argument the program writes the
 * messages and a manifest there instead.
 */
#include "unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/mail/mime_read.h"
#include "app/store_intake.h"
#include "cmd/catalogs.h"
#include "identity/world.h"
#include "made.h"

enum { MESSAGES = 500, SEED = 7 };

static const struct qpp_mime_trust trust = { .authserv = "mx.qpp.example" };

static struct qpp_intake opened(void)
{
	struct qpp_intake in = { .store = world.store, .address = QPP_LIT("https://qpp.example") };
	struct qpp_year_text texts[8];
	size_t n = 0;
	for (; qpp_embedded_catalogs[n].py.v && n < 8; n++)
		texts[n] = (struct qpp_year_text){ qpp_embedded_catalogs[n].py, qpp_embedded_catalogs[n].text };
	expect_ok(qpp_years_load(&world.arena, texts, n, &in.years, &world.err));
	for (int i = 0; i < MADE_OFFICIALS; i++) {
		char npi[16];
		snprintf(npi, sizeof npi, "%.*s", 10, made_npi(&world.arena, 900 + (uint64_t)i).p);
		struct qpp_str org = world_practice(made_official_tins[i], "Known Practice", npi);
		(void)world_account(made_official_names[i], org, QPP_POST_OFFICIAL);
	}
	return in;
}

static struct qpp_intake_row row_of(struct qpp_arena *a, struct qpp_str hash)
{
	struct qpp_intake_row row = { 0 };
	struct qpp_tx *tx;
	expect_ok(qpp_store_begin(world.store, a, &tx, &world.err));
	expect_ok(qpp_store_intake_by_hash(tx, hash, &row, &world.err));
	qpp_store_end(tx);
	return row;
}

/* The text of the newest mail to an address; empty when there is none. */
static struct qpp_str answer_to(struct qpp_arena *a, struct qpp_str to)
{
	struct qpp_mail_row_rows rows;
	struct qpp_tx *tx;
	struct qpp_str text = { "", 0 };
	int64_t newest = 0;
	expect_ok(qpp_store_begin(world.store, a, &tx, &world.err));
	expect_ok(qpp_store_mail_list(tx, QPP_MAIL_WAITING, (struct qpp_slice){ 0 }, &rows, &world.err));
	for (size_t i = 0; i < rows.n; i++)
		if (qpp_str_eq(rows.v[i].recipient, to) && rows.v[i].created.us >= newest) {
			newest = rows.v[i].created.us;
			text = rows.v[i].text;
		}
	qpp_store_end(tx);
	return text;
}

static bool has(struct qpp_str text, const char *part)
{
	return text.n && strstr(text.p, part);
}

/* No number of nine digits, with or without dashes as a TIN has them, stands in an answer ahead of its receipt. */
static void no_tin(const struct made_message *m, size_t n, struct qpp_str text)
{
	const char *end = text.n ? strstr(text.p, "Your receipt") : NULL;
	size_t most = end ? (size_t)(end - text.p) : text.n;
	for (size_t i = 0, run = 0; i <= most; i++) {
		bool digit = i < most && text.p[i] >= '0' && text.p[i] <= '9';
		if (!digit && run == 9)
			fail_msg("message %zu (%s): a TIN in the answer: %.*s", n, m->what, (int)most, text.p);
		run = digit ? run + 1 : 0;
	}
}

/* What was filed has every practice and clinician of the message. */
static bool is_whole(struct qpp_arena *a, struct qpp_str id, const struct made_message *m)
{
	struct qpp_election_row row;
	struct qpp_tx *tx;
	size_t i, clinicians = 0;
	json_t *practice;
	expect_ok(qpp_store_begin(world.store, a, &tx, &world.err));
	expect_ok(qpp_store_election_get(tx, id, &row, &world.err));
	qpp_store_end(tx);
	json_t *body = json_loadb(row.body.p, row.body.n, 0, NULL), *practices = json_object_get(body, "practices");
	json_array_foreach(practices, i, practice)
		clinicians += json_array_size(json_object_get(practice, "npis"));
	bool whole = json_array_size(practices) == m->practices && clinicians == m->clinicians;
	json_decref(body);
	return whole;
}

static size_t one(const struct qpp_intake *in, size_t n, bool again)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct made_message m = made_message(&a, SEED, n);
	struct qpp_letter letter;
	struct qpp_intake_result result;
	size_t bad = 0;
	world.clock.now.us += QPP_MICROS_A_SECOND;
	qpp_mime_read(&a, &trust, m.raw, m.received, &letter);
	expect_ok(qpp_intake_take(in, &a, &letter, m.raw, m.received, &result, &world.err));
	enum qpp_intake_outcome expected = again ? QPP_INTAKE_REPEATED : m.outcome;
	struct qpp_intake_row row = row_of(&a, letter.hash);
	bool coded = again || !m.code || has(row.body, m.code);
	if (result.outcome != expected || !coded || (!again && result.answered != m.answered)) {
		print_error("message %zu (%s): %s, answered %d, codes %s, trouble %.*s\n", n, m.what, qpp_intake_outcome_name(result.outcome),
		            result.answered, row.body.p, QPP_ARG(letter.trouble));
		if (getenv("SHOW_MESSAGE"))
			print_error("%.*s\n", (int)(m.raw.n < 3000 ? m.raw.n : 3000), m.raw.p);
		bad = 1;
	}
	if (result.outcome == QPP_INTAKE_FILED && !is_whole(&a, result.election_id, &m)) {
		print_error("message %zu (%s): not all of it was filed\n", n, m.what);
		bad = 1;
	}
	if (result.answered)
		no_tin(&m, n, answer_to(&a, letter.from));
	qpp_arena_close(&a);
	return bad;
}

static void made__500_elections_are_sorted_as_they_must_be(void **unused)
{
	(void)unused;
	struct qpp_intake in = opened();
	size_t bad = 0;
	for (size_t n = 0; n < MESSAGES; n++) {
		/* One empty message is as another: the second is the same again. */
		bool again = n >= made_kinds() && !made_message(&world.arena, SEED, n % made_kinds()).raw.n;
		bad += one(&in, n, again);
	}
	assert_int_equal(bad, 0);
	/* And once more, all of them: nothing is done twice. */
	size_t mails = world_mails("amy.official@example.org", "");
	for (size_t n = 0; n < MESSAGES; n += 7)
		bad += one(&in, n, true);
	assert_int_equal(bad, 0);
	assert_int_equal(world_mails("amy.official@example.org", ""), mails);
}

static int write_all(const char *folder)
{
	char path[512];
	snprintf(path, sizeof path, "%s/manifest.csv", folder);
	FILE *manifest = fopen(path, "w");
	if (!manifest)
		return 1;
	fputs("file,received,outcome,answered,code,what\n", manifest);
	for (size_t n = 0; n < MESSAGES; n++) {
		struct qpp_arena a = QPP_ARENA_INIT;
		struct made_message m = made_message(&a, SEED, n);
		snprintf(path, sizeof path, "%s/%03zu.eml", folder, n);
		FILE *f = fopen(path, "wb");
		if (!f || fwrite(m.raw.p, 1, m.raw.n, f) != m.raw.n || fclose(f) != 0)
			return 1;
		fprintf(manifest, "%03zu.eml,%s,%s,%d,%s,\"%s\"\n", n, qpp_time_text(&a, m.received).p, qpp_intake_outcome_name(m.outcome),
		        m.answered, m.code ? m.code : "", m.what);
		qpp_arena_close(&a);
	}
	return fclose(manifest);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(made__500_elections_are_sorted_as_they_must_be, world_setup, world_teardown),
	};
	return argc > 1 ? write_all(argv[1]) : RUN_AS_TAP(tests);
}
