/* The world of the identity tests: see world.h. */
#include "unit.h"

#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world.h"

struct world world;

/* 2024-03-01T00:00:00Z, and the secret of every authenticator here. */
static const int64_t BEGIN_US = 1709251200LL * QPP_MICROS_A_SECOND;
static const char SECRET[] = "12345678901234567890";

static void open_identity(void)
{
	world.config.store = world.store;
	world.config.clock = &world.clock.clock;
	expect_ok(qpp_identity_open(&world.config, &world.identity, &world.err));
}

int world_setup(void **unused)
{
	(void)unused;
	char path[128];
	memset(&world, 0, sizeof world);
	strcpy(world.folder, "/tmp/qpp-identity-XXXXXX");
	assert_non_null(mkdtemp(world.folder));
	const char *url = getenv("QPP_STORE_URL");
	int at;
	snprintf(world.url, sizeof world.url, "sqlite:%s/store.db", world.folder);
	if (url) {
		snprintf(world.url, sizeof world.url, "%s", url);
		/* Every test begins with an empty database. */
		expect_ok(qpp_store_migrate(world.url, 0, &at, &world.err));
	}
	snprintf(path, sizeof path, "%s/keys", world.folder);
	expect_ok(qpp_keys_load(path, true, &world.keys, &world.err));
	world.clock = qpp_clock_test((qpp_time){ BEGIN_US });
	struct qpp_store_config c = { .url = world.url, .keys = &world.keys, .clock = &world.clock.clock, .migrate = true };
	expect_ok(qpp_store_open(&c, &world.store, &world.err));
	open_identity();
	return 0;
}

int world_teardown(void **unused)
{
	(void)unused;
	char command[160];
	qpp_identity_close(world.identity);
	qpp_store_close(world.store);
	qpp_arena_close(&world.arena);
	snprintf(command, sizeof command, "rm -rf '%s'", world.folder);
	return system(command);
}

void world_restart(void)
{
	qpp_identity_close(world.identity);
	open_identity();
}

void world_move(int64_t seconds)
{
	world.clock.now.us += seconds * QPP_MICROS_A_SECOND;
}

struct qpp_from world_from(void)
{
	char *text = qpp_arena_alloc(&world.arena, 32);
	unsigned n = ++world.peers;
	snprintf(text, 32, "10.%u.%u.%u", n >> 16 & 255, n >> 8 & 255, n & 255);
	return (struct qpp_from){ qpp_str_of(text), QPP_LIT("request-1") };
}

/* --- organizations --- */

struct made_org {
	struct qpp_org org;
	struct qpp_str tin, npi;
};

static enum qpp_code put_org(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct made_org *m = request;
	m->org.id = QPP_LIT("");
	enum qpp_code code = qpp_store_org_put(tx, &m->org, m->tin, err);
	if (code == QPP_OK && m->npi.n > 0) {
		struct qpp_clinician c = { .npi = m->npi, .type = 1, .first = QPP_LIT("A"), .last = QPP_LIT("B"), .body = QPP_LIT("{}") };
		struct qpp_relation r = { .py = { 2024 }, .org_id = m->org.id, .npi = m->npi, .facts = QPP_LIT("{}"),
			                      .statuses = QPP_LIT(""), .body = QPP_LIT("{}") };
		code = qpp_store_clinician_put(tx, &c, err);
		if (code == QPP_OK)
			code = qpp_store_relation_put(tx, &r, err);
	}
	return code;
}

static struct qpp_str make_org(enum qpp_org_kind kind, const char *number, const char *name, const char *tin, const char *npi)
{
	struct made_org m = { .org = { .kind = kind, .number = qpp_str_of(number), .name = qpp_str_of(name), .body = QPP_LIT("{}") },
		                  .tin = qpp_str_of(tin), .npi = qpp_str_of(npi) };
	expect_ok(qpp_store_write(world.store, &world.arena, put_org, &m, &world.err));
	return qpp_str_dup(&world.arena, m.org.id);
}

struct qpp_str world_practice(const char *tin, const char *name, const char *npi)
{
	return make_org(QPP_ORG_PRACTICE, "", name, tin, npi);
}

struct qpp_str world_org(enum qpp_org_kind kind, const char *number, const char *name)
{
	return make_org(kind, number, name, "", "");
}

/* --- accounts --- */

struct qpp_str world_account(const char *name, struct qpp_str org_id, enum qpp_post post)
{
	struct qpp_account a;
	struct qpp_str email = qpp_str_cat(&world.arena, name, "@example.org", (char *)NULL);
	struct qpp_account_new n = {
		.name = qpp_str_of(name), .person = qpp_str_cat(&world.arena, "Person ", name, (char *)NULL), .email = email,
		.password = post >= QPP_POST_REVIEWER ? QPP_LIT(AGENCY_PASSWORD) : QPP_LIT(PASSWORD),
		.totp_secret = { SECRET, sizeof SECRET - 1 }, .post = post, .org_id = org_id,
	};
	expect_ok(qpp_admin_account_add(world.identity, &world.arena, &n, &a, &world.err));
	return qpp_str_dup(&world.arena, a.id);
}

struct qpp_str world_code(int steps)
{
	char code[7];
	time_t now = (time_t)(world.clock.now.us / QPP_MICROS_A_SECOND) + 30 * steps;
	assert_int_equal(oath_totp_generate(SECRET, sizeof SECRET - 1, now, 30, 0, 6, code), OATH_OK);
	return qpp_str_dup(&world.arena, qpp_str_of(code));
}

struct qpp_str world_sign_in(const char *name)
{
	struct qpp_signed_in in;
	struct qpp_from from = world_from();
	world_move(30);
	enum qpp_code code = qpp_sign_in(world.identity, &world.arena, &from, qpp_str_of(name), QPP_LIT(PASSWORD), &in, &world.err);
	if (code == QPP_SIGNED_OUT)
		code = qpp_sign_in(world.identity, &world.arena, &from, qpp_str_of(name), QPP_LIT(AGENCY_PASSWORD), &in, &world.err);
	expect_ok(code);
	assert_int_equal(in.stage, QPP_STAGE_CODE);
	expect_ok(qpp_sign_in_verify(world.identity, &world.arena, &from, in.token, QPP_LIT("totp"), world_code(0), &in,
	                             &world.err));
	assert_int_equal(in.stage, QPP_STAGE_FULL);
	return in.token;
}

struct qpp_person world_person(struct qpp_str token)
{
	struct qpp_person p;
	expect_ok(qpp_session_person(world.identity, &world.arena, token, true, &p, &world.err));
	return p;
}

/* --- what was written --- */

size_t world_audits(const char *action, int outcome)
{
	struct qpp_tx *tx;
	struct qpp_audit_rows rows;
	struct qpp_audit_query q = { .account_id = QPP_LIT(""), .org_id = QPP_LIT(""), .subject = QPP_LIT("") };
	size_t n = 0;
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	expect_ok(qpp_store_audit_list(tx, &q, (struct qpp_slice){ 0 }, &rows, &world.err));
	for (size_t i = 0; i < rows.n; i++)
		n += qpp_str_is(rows.v[i].action, action) && rows.v[i].outcome == outcome;
	qpp_store_end(tx);
	return n;
}

static struct qpp_mail_row_rows waiting(void)
{
	struct qpp_tx *tx;
	struct qpp_mail_row_rows rows;
	expect_ok(qpp_store_begin(world.store, &world.arena, &tx, &world.err));
	expect_ok(qpp_store_mail_list(tx, QPP_MAIL_WAITING, (struct qpp_slice){ 0 }, &rows, &world.err));
	qpp_store_end(tx);
	return rows;
}

size_t world_mails(const char *to, const char *subject_start)
{
	struct qpp_mail_row_rows rows = waiting();
	size_t n = 0;
	for (size_t i = 0; i < rows.n; i++)
		n += qpp_str_is(rows.v[i].recipient, to) && qpp_str_starts(rows.v[i].subject, subject_start);
	return n;
}

struct qpp_str world_mail_text(const char *to)
{
	struct qpp_mail_row_rows rows = waiting();
	struct qpp_str newest = QPP_LIT("");
	qpp_time at = { -1 };
	for (size_t i = 0; i < rows.n; i++)
		if (qpp_str_is(rows.v[i].recipient, to) && rows.v[i].created.us >= at.us) {
			newest = rows.v[i].text;
			at = rows.v[i].created;
		}
	return newest;
}
