/*
 * The ledger and its receipts: what they prove, and that no byte of them can be
 * changed unseen. With a folder as argument it writes a sample there for other
 * verifiers (verify.sh) instead.
 */
#include "unit.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapt/receipt/verify.h"
#include "world.h"

static struct world world;
static struct qpp_org org;
static const char *const bodies[] = { "{\"a\":1}", "{\"b\":2}", "{\"c\":3}", "{\"d\":4}" };
enum { RECORDS = sizeof bodies / sizeof *bodies };
static struct qpp_receipt receipts[RECORDS];

static enum qpp_code seal(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	(void)request;
	return qpp_store_ledger_seal(tx, err);
}

/* A ledger of a few filings with a signed head. */
static int fill(void **unused)
{
	(void)unused;
	world_open(&world, NULL);
	org = world_practice(&world, "000123456", "Maple");
	for (int i = 0; i < RECORDS; i++) {
		struct filing f = { .who = { { 2023 }, QPP_GROUP, org.id, { "", 0 } }, .category = "quality", .body = qpp_str_of(bodies[i]) };
		world.clock.now.us += 1234567;
		if (qpp_store_write(world.store, &world.arena, file_change, &f, &world.err) != QPP_OK)
			return -1;
		receipts[i] = f.receipt;
	}
	return qpp_store_write(world.store, &world.arena, seal, NULL, &world.err) == QPP_OK ? 0 : -1;
}

static int empty(void **unused)
{
	(void)unused;
	world_close(&world);
	return 0;
}

struct text {
	char p[8192];
	size_t n;
};

static bool collect(void *to, struct qpp_str piece)
{
	struct text *t = to;
	if (t->n + piece.n > sizeof t->p)
		return false;
	memcpy(t->p + t->n, piece.p, piece.n);
	t->n += piece.n;
	return true;
}

static struct qpp_str export_to(struct text *t)
{
	t->n = 0;
	assert_int_equal(qpp_store_ledger_export(world.store, collect, t, &world.err), QPP_OK);
	return (struct qpp_str){ t->p, t->n };
}

static enum qpp_code verify_ledger(struct qpp_str text, const struct qpp_receipt *r)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	int64_t records;
	enum qpp_code code = qpp_ledger_verify(&a, text, qpp_store_public_key(world.store, &world.arena), r, &records, &world.err);
	qpp_arena_close(&a);
	return code;
}

static enum qpp_code verify_receipt(struct qpp_str text)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_receipt r;
	enum qpp_code code = qpp_receipt_verify(&a, text, qpp_store_public_key(world.store, &world.arena), &r, &world.err);
	qpp_arena_close(&a);
	return code;
}

static void receipt__holds_and_is_of_what_was_filed(void **unused)
{
	(void)unused;
	struct qpp_receipt r;
	struct qpp_str key = qpp_store_public_key(world.store, &world.arena), text = qpp_receipt_json(&world.arena, &receipts[1]);
	assert_int_equal(qpp_receipt_verify(&world.arena, text, key, &r, &world.err), QPP_OK);
	assert_int_equal(r.sequence, 2);
	assert_text(r.number, "0000000002-92");
	assert_text(qpp_time_text(&world.arena, r.at), "2024-03-01T00:00:02.469134Z");
	assert_int_equal(qpp_receipt_filed(&world.arena, &r, qpp_str_of(bodies[1]), &world.err), QPP_OK);
	assert_int_equal(qpp_receipt_filed(&world.arena, &r, qpp_str_of(bodies[2]), &world.err), QPP_DATA);
	assert_int_equal(qpp_receipt_verify(&world.arena, text, QPP_LIT("abc"), &r, &world.err), QPP_USAGE);
	/* Another installation's key. */
	char other[QPP_HASH_HEX + 1];
	memcpy(other, key.p, QPP_HASH_HEX + 1);
	other[0] = other[0] == '0' ? '1' : '0';
	assert_int_equal(qpp_receipt_verify(&world.arena, text, qpp_str_of(other), &r, &world.err), QPP_DATA);
}

static void receipt__shows_every_changed_byte(void **unused)
{
	(void)unused;
	struct qpp_str text = qpp_receipt_json(&world.arena, &receipts[2]);
	char *copy = qpp_arena_alloc(&world.arena, text.n);
	memcpy(copy, text.p, text.n);
	for (size_t i = 0; i < text.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			copy[i] = (char)(text.p[i] ^ (1 << bit));
			if (verify_receipt((struct qpp_str){ copy, text.n }) != QPP_DATA)
				fail_msg("byte %zu bit %d changed unseen", i, bit);
			copy[i] = text.p[i];
		}
	for (size_t n = 0; n < text.n; n++)
		assert_int_equal(verify_receipt((struct qpp_str){ copy, n }), QPP_DATA);
	assert_int_equal(verify_receipt(text), QPP_OK);
}

static void ledger__shows_every_changed_byte(void **unused)
{
	(void)unused;
	struct text t;
	struct qpp_str text = export_to(&t);
	assert_int_equal(verify_ledger(text, NULL), QPP_OK);
	for (size_t i = 0; i < text.n; i++)
		for (int bit = 0; bit < 8; bit++) {
			t.p[i] = (char)(t.p[i] ^ (1 << bit));
			if (verify_ledger(text, NULL) != QPP_DATA)
				fail_msg("byte %zu bit %d changed unseen", i, bit);
			t.p[i] = (char)(t.p[i] ^ (1 << bit));
		}
	for (size_t n = 0; n < text.n; n++)
		assert_int_equal(verify_ledger((struct qpp_str){ t.p, n }, NULL), QPP_DATA);
}

/* The line that begins with `start`, and its length. */
static char *line_of(struct text *t, const char *start, size_t *n)
{
	char with[32];
	snprintf(with, sizeof with, "\n%s ", start);
	char *at = memmem(t->p, t->n, with, strlen(with));
	assert_non_null(at);
	at++;
	*n = (size_t)((char *)memchr(at, '\n', t->n - (size_t)(at - t->p)) - at) + 1;
	return at;
}

static void ledger__shows_what_was_taken_out_doubled_or_swapped(void **unused)
{
	(void)unused;
	struct text t, changed;
	size_t two_n, three_n;
	(void)export_to(&t);
	char *two = line_of(&t, "2", &two_n), *three = line_of(&t, "3", &three_n);
	struct qpp_str before = { t.p, (size_t)(two - t.p) }, line2 = { two, two_n }, line3 = { three, three_n };
	struct qpp_str after2 = { two + two_n, t.n - before.n - two_n }, after3 = { three + three_n, t.n - before.n - two_n - three_n };
	const struct qpp_str forms[][4] = {
		{ before, after2, { "", 0 }, { "", 0 } },
		{ before, line2, line2, after2 },
		{ before, line3, line2, after3 },
		{ before, line2, { "\n", 1 }, after2 },
	};
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		changed.n = 0;
		for (int part = 0; part < 4; part++)
			assert_true(collect(&changed, forms[i][part]));
		assert_int_equal(verify_ledger((struct qpp_str){ changed.p, changed.n }, NULL), QPP_DATA);
	}
}

static void ledger__a_receipt_finds_a_rewritten_or_shortened_history(void **unused)
{
	(void)unused;
	struct text t;
	struct qpp_receipt old = receipts[RECORDS - 1];
	char chain[QPP_HASH_HEX];
	assert_int_equal(verify_ledger(export_to(&t), &old), QPP_OK);
	/* The same installation, put back to its beginning and filled with something else: a genuine chain, another history. */
	struct qpp_keys keys = world.keys;
	memcpy(chain, old.chain.p, sizeof chain);
	old.chain = (struct qpp_str){ chain, sizeof chain };
	world_close(&world);
	world_open(&world, NULL);
	world.keys = keys;
	world_reopen(&world);
	org = world_practice(&world, "000123456", "Maple");
	for (int i = 0; i < RECORDS; i++) {
		assert_int_equal(qpp_store_write(world.store, &world.arena, seal, NULL, &world.err), QPP_OK);
		assert_int_equal(verify_ledger(export_to(&t), NULL), QPP_OK);
		assert_int_equal(verify_ledger(export_to(&t), &old), QPP_DATA);
		struct filing f = { .who = { { 2023 }, QPP_GROUP, org.id, { "", 0 } }, .category = "quality", .body = QPP_LIT("{\"x\":0}") };
		assert_int_equal(qpp_store_write(world.store, &world.arena, file_change, &f, &world.err), QPP_OK);
	}
	assert_int_equal(qpp_store_write(world.store, &world.arena, seal, NULL, &world.err), QPP_OK);
	assert_int_equal(verify_ledger(export_to(&t), NULL), QPP_OK);
	assert_int_equal(verify_ledger(export_to(&t), &old), QPP_DATA);
	assert_string_equal(world.err.primary, "the ledger has another record than the receipt");
}

static void ledger__is_sealed_once_and_exported_up_to_the_seal(void **unused)
{
	(void)unused;
	struct text t;
	struct filing f = { .who = { { 2023 }, QPP_GROUP, org.id, { "", 0 } }, .category = "ia", .body = QPP_LIT("{}") };
	int64_t records;
	assert_int_equal(qpp_store_write(world.store, &world.arena, seal, NULL, &world.err), QPP_OK);
	assert_int_equal(qpp_store_write(world.store, &world.arena, file_change, &f, &world.err), QPP_OK);
	(void)export_to(&t);
	assert_null(memmem(t.p, t.n, "\n5 ", 3));
	assert_int_equal(qpp_store_write(world.store, &world.arena, seal, NULL, &world.err), QPP_OK);
	assert_int_equal(verify_ledger(export_to(&t), &f.receipt), QPP_OK);
	assert_int_equal(qpp_store_ledger_check(world.store, &records, &world.err), QPP_OK);
	assert_int_equal(records, RECORDS + 1);
}

/* ---- the database behind the store's back ---- */

static bool on_sqlite(void)
{
	return strncmp(world.url, "sqlite:", 7) == 0;
}

static PGresult *ask_postgres(PGconn *db, const char *sql, ExecStatusType expected)
{
	PGresult *r = PQexec(db, sql);
	if (PQresultStatus(r) != expected)
		fail_msg("%s: %s", sql, PQerrorMessage(db));
	return r;
}

/* The URL is postgres: and libpq's own words. */
static PGconn *open_postgres(void)
{
	PGconn *db = PQconnectdb(strchr(world.url, ':') + 1);
	if (PQstatus(db) != CONNECTION_OK)
		fail_msg("%s", PQerrorMessage(db));
	return db;
}

static void change_behind(const char *sql)
{
	if (on_sqlite()) {
		sqlite3 *db;
		assert_int_equal(sqlite3_open(world.url + 7, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
		return;
	}
	PGconn *db = open_postgres();
	PQclear(ask_postgres(db, sql, PGRES_COMMAND_OK));
	PQfinish(db);
}

static void ledger__check_finds_what_was_changed_in_the_database(void **unused)
{
	(void)unused;
	static const char *const changes[] = {
		"UPDATE ledger SET subject = 'other' WHERE sequence = 2",
		"UPDATE ledger SET signature = '00' || substr(signature, 3) WHERE sequence = 3",
		"DELETE FROM ledger WHERE sequence = 2",
		"DELETE FROM ledger WHERE sequence = 4",
		"UPDATE ledger_body SET body = (SELECT body FROM ledger_body WHERE sequence = 1) WHERE sequence = 2",
		"UPDATE ledger_tail SET sequence = 3",
		"INSERT INTO ledger SELECT 9, at, kind, subject, sha256, previous, chain, signature FROM ledger WHERE sequence = 4",
	};
	int64_t records;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		assert_int_equal(qpp_store_ledger_check(world.store, &records, &world.err), QPP_OK);
		qpp_store_close(world.store);
		world.store = NULL;
		change_behind(changes[i]);
		world_reopen(&world);
		if (qpp_store_ledger_check(world.store, &records, &world.err) != QPP_DATA)
			fail_msg("not seen: %s", changes[i]);
		world_close(&world);
		fill(NULL);
	}
}

static void no_tin_in_files(const char *tin)
{
	static const char *const files[] = { "store.db", "store.db-wal" };
	for (int i = 0; i < 2; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/%s", world.folder, files[i]);
		FILE *f = fopen(path, "rb");
		if (!f)
			continue;
		static char bytes[1 << 22];
		size_t n = fread(bytes, 1, sizeof bytes, f);
		fclose(f);
		assert_true(i > 0 || n > 0);
		assert_null(memmem(bytes, n, tin, strlen(tin)));
	}
}

/* Every row of every table, as the server prints it. */
static void no_tin_in_rows(const char *tin)
{
	PGconn *db = open_postgres();
	PGresult *tables = ask_postgres(db, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'", PGRES_TUPLES_OK);
	int rows = 0;
	for (int i = 0; i < PQntuples(tables); i++) {
		char sql[256];
		snprintf(sql, sizeof sql, "SELECT t::text FROM %s t", PQgetvalue(tables, i, 0));
		PGresult *r = ask_postgres(db, sql, PGRES_TUPLES_OK);
		for (int k = 0; k < PQntuples(r); k++, rows++)
			assert_null(strstr(PQgetvalue(r, k, 0), tin));
		PQclear(r);
	}
	assert_true(rows > 0);
	PQclear(tables);
	PQfinish(db);
}

/* No TIN can be read in what the store keeps. (Measurement sets are in the clear: they name no person.) */
static void store__holds_no_tin_in_the_clear(void **unused)
{
	(void)unused;
	if (on_sqlite())
		no_tin_in_files("000123456");
	else
		no_tin_in_rows("000123456");
}

static void write_file(const char *folder, const char *name, struct qpp_str s)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(s.p, 1, s.n, f) != s.n || fclose(f) != 0)
		exit(1);
}

static int write_sample(const char *folder)
{
	struct text t;
	if (fill(NULL) != 0)
		return 1;
	write_file(folder, "ledger.txt", export_to(&t));
	write_file(folder, "receipt.json", qpp_receipt_json(&world.arena, &receipts[1]));
	write_file(folder, "filed.json", qpp_str_of(bodies[1]));
	write_file(folder, "key", qpp_store_public_key(world.store, &world.arena));
	return empty(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fill, empty)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(receipt__holds_and_is_of_what_was_filed),
		TEST(receipt__shows_every_changed_byte),
		TEST(ledger__shows_every_changed_byte),
		TEST(ledger__shows_what_was_taken_out_doubled_or_swapped),
		TEST(ledger__a_receipt_finds_a_rewritten_or_shortened_history),
		TEST(ledger__is_sealed_once_and_exported_up_to_the_seal),
		TEST(ledger__check_finds_what_was_changed_in_the_database),
		TEST(store__holds_no_tin_in_the_clear),
	};
	return argc > 1 ? write_sample(argv[1]) : RUN_AS_TAP(tests);
}
