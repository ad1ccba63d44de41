/* The contract of the store, for accounts, roles, sessions, tokens, consents, audit and mail. */
#include <unistd.h>

#include "contract.h"

/* --- access --- */

struct access {
	struct qpp_account account;
	struct qpp_role_row role;
	struct qpp_session session;
	struct qpp_api_token token;
	struct qpp_consent consent;
	int64_t n;
};
CHANGE(put_access, struct access)
{
	enum qpp_code code = qpp_store_account_put(tx, &r->account, err);
	r->role.account_id = r->session.account_id = r->account.id;
	if (code == QPP_OK)
		code = qpp_store_role_put(tx, &r->role, err);
	if (code == QPP_OK)
		code = qpp_store_session_put(tx, &r->session, err);
	if (code == QPP_OK)
		code = qpp_store_api_token_put(tx, &r->token, err);
	return code == QPP_OK ? qpp_store_consent_put(tx, &r->consent, err) : code;
}
AS_CHANGE(put_access, struct access)
CHANGE(put_role, struct access)
{
	return qpp_store_role_put(tx, &r->role, err);
}
AS_CHANGE(put_role, struct access)
CHANGE(put_account, struct access)
{
	return qpp_store_account_put(tx, &r->account, err);
}
AS_CHANGE(put_account, struct access)
CHANGE(put_consent, struct access)
{
	return qpp_store_consent_put(tx, &r->consent, err);
}
AS_CHANGE(put_consent, struct access)
CHANGE(purge_sessions, struct access)
{
	return qpp_store_session_purge(tx, (qpp_time){ 0 }, (qpp_time){ 200 }, &r->n, err);
}
AS_CHANGE(purge_sessions, struct access)

static struct access access_of(const char *org_id)
{
	return (struct access){
		.account = { .provider = QPP_LIT("local"), .subject = QPP_LIT("ana"), .name = QPP_LIT("Ana"), .state = QPP_LIT("active"),
		             .password = QPP_LIT("$argon2id$x"), .totp_secret = QPP_LIT("JBSWY3DPEHPK3PXP"), .body = QPP_LIT("{}") },
		.role = { .org_id = qpp_str_of(org_id), .post = QPP_POST_OFFICIAL, .state = QPP_POST_REQUESTED },
		.session = { .token_hash = qpp_store_token_hash(world.store, &world.arena, QPP_LIT("cookie")), .seen = { 100 }, .ends = { 200 } },
		.token = { .token_hash = qpp_store_token_hash(world.store, &world.arena, QPP_LIT("bearer")), .org_id = QPP_LIT("registry"),
		           .py = { 2023 } },
		.consent = { { 2023 }, qpp_str_of(org_id), QPP_LIT("registry"), QPP_LIT("acc"), { 100 }, { 0 } },
	};
}

static void store__keeps_accounts_roles_sessions_tokens_and_consents(void **unused)
{
	(void)unused;
	struct access a = access_of("org");
	struct qpp_account account;
	struct qpp_session session;
	struct qpp_api_token token;
	struct qpp_consent consent;
	struct qpp_role_row_rows roles;
	int64_t n;
	assert_ok(write_it(put_access_change, &a));
	assert_text(a.account.totp_secret, "JBSWY3DPEHPK3PXP");
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_account_by_subject(tx, QPP_LIT("local"), QPP_LIT("ana"), &account, &world.err));
	assert_text(account.totp_secret, "JBSWY3DPEHPK3PXP");
	assert_ok(qpp_store_session_get(tx, a.session.token_hash, &session, &world.err));
	assert_true(qpp_str_eq(session.account_id, account.id));
	assert_ok(qpp_store_api_token_by_hash(tx, a.token.token_hash, &token, &world.err));
	assert_int_equal(token.py.v, 2023);
	assert_ok(qpp_store_consent_get(tx, (qpp_py){ 2023 }, QPP_LIT("org"), QPP_LIT("registry"), &consent, &world.err));
	assert_code(qpp_store_consent_get(tx, (qpp_py){ 2024 }, QPP_LIT("org"), QPP_LIT("registry"), &consent, &world.err), QPP_NOT_FOUND);
	assert_ok(qpp_store_role_of_org(tx, QPP_LIT("org"), QPP_POST_REQUESTED, (struct qpp_slice){ .count = true }, &roles, &world.err));
	assert_int_equal(roles.total, 1);
	assert_int_equal(roles.v[0].post, QPP_POST_OFFICIAL);
	assert_ok(qpp_store_role_count(tx, QPP_LIT("org"), QPP_POST_OFFICIAL, QPP_POST_ACTIVE, &n, &world.err));
	assert_int_equal(n, 0);
	qpp_store_end(tx);
}

static void store__one_account_a_name_and_one_open_role_a_post(void **unused)
{
	(void)unused;
	struct access a = access_of("org"), b = access_of("org");
	assert_ok(write_it(put_access_change, &a));
	assert_code(write_it(put_account_change, &b), QPP_DUPLICATE);
	b.role.account_id = a.account.id;
	assert_code(write_it(put_role_change, &b), QPP_DUPLICATE);
	a.role.state = QPP_POST_DENIED;
	assert_ok(write_it(put_role_change, &a));
	assert_ok(write_it(put_role_change, &b));
	/* The denied one cannot come to life beside the new one. */
	a.role.state = QPP_POST_ACTIVE;
	assert_code(write_it(put_role_change, &a), QPP_DUPLICATE);
	struct access late = a;
	late.role.state = QPP_POST_REMOVED;
	late.role.version = 1;
	assert_code(write_it(put_role_change, &late), QPP_STALE);
}

static void store__consent_is_gone_when_revoked_and_sessions_when_ended(void **unused)
{
	(void)unused;
	struct access a = access_of("org");
	struct qpp_consent consent;
	struct qpp_session session;
	struct qpp_consent_rows consents;
	assert_ok(write_it(put_access_change, &a));
	a.consent.revoked.us = 300;
	assert_ok(write_it(put_consent_change, &a));
	assert_ok(write_it(purge_sessions_change, &a));
	assert_int_equal(a.n, 1);
	struct qpp_tx *tx = begin();
	assert_code(qpp_store_consent_get(tx, (qpp_py){ 2023 }, QPP_LIT("org"), QPP_LIT("registry"), &consent, &world.err), QPP_NOT_FOUND);
	assert_ok(qpp_store_consent_list(tx, (qpp_py){ 2023 }, QPP_LIT(""), QPP_LIT("registry"), (struct qpp_slice){ 0 }, &consents, &world.err));
	assert_int_equal(consents.n, 1);
	assert_int_equal(consents.v[0].revoked.us, 300);
	assert_code(qpp_store_session_get(tx, a.session.token_hash, &session, &world.err), QPP_NOT_FOUND);
	qpp_store_end(tx);
}

CHANGE(put_mail, struct qpp_mail_row)
{
	return qpp_store_mail_put(tx, r, err);
}
AS_CHANGE(put_mail, struct qpp_mail_row)

static void store__the_outbox_gives_what_is_due_and_to_one_sender(void **unused)
{
	(void)unused;
	struct qpp_mail_row m = { .recipient = QPP_LIT("ana@example.org"), .subject = QPP_LIT("s"), .text = QPP_LIT("t"), .next = { 10 } };
	struct qpp_mail_row_rows rows;
	assert_ok(write_it(put_mail_change, &m));
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_mail_due(tx, (qpp_time){ 9 }, (struct qpp_slice){ 0 }, &rows, &world.err));
	assert_int_equal(rows.n, 0);
	assert_ok(qpp_store_mail_due(tx, (qpp_time){ 10 }, (struct qpp_slice){ 0 }, &rows, &world.err));
	assert_int_equal(rows.n, 1);
	qpp_store_end(tx);
	struct qpp_mail_row one = rows.v[0], other = rows.v[0];
	one.state = QPP_MAIL_SENT;
	assert_ok(write_it(put_mail_change, &one));
	assert_code(write_it(put_mail_change, &other), QPP_STALE);
	tx = begin();
	assert_ok(qpp_store_mail_due(tx, (qpp_time){ 99 }, (struct qpp_slice){ 0 }, &rows, &world.err));
	assert_int_equal(rows.n, 0);
	qpp_store_end(tx);
}

static void store__audit_is_numbered_and_found(void **unused)
{
	(void)unused;
	struct qpp_audit_rows rows;
	for (int i = 0; i < 5; i++) {
		struct qpp_audit a = { .account_id = i % 2 ? QPP_LIT("ana") : QPP_LIT("bob"), .action = QPP_LIT("GET /x"), .outcome = 200,
			.subject = QPP_LIT("thing") };
		world.clock.now.us++;
		assert_ok(qpp_store_audit(world.store, &world.arena, &a, &world.err));
		assert_int_equal(a.sequence, i + 1);
	}
	struct qpp_tx *tx = begin();
	struct qpp_audit_query q = { .account_id = QPP_LIT("bob") };
	assert_ok(qpp_store_audit_list(tx, &q, (struct qpp_slice){ .count = true }, &rows, &world.err));
	assert_int_equal(rows.total, 3);
	assert_int_equal(rows.v[0].sequence, 5);
	q.to = world.clock.now;
	assert_ok(qpp_store_audit_list(tx, &q, (struct qpp_slice){ .count = true }, &rows, &world.err));
	assert_int_equal(rows.total, 2);
	q = (struct qpp_audit_query){ .subject = QPP_LIT("thing"), .account_id = QPP_LIT("ana") };
	assert_ok(qpp_store_audit_list(tx, &q, (struct qpp_slice){ .most = 1 }, &rows, &world.err));
	assert_int_equal(rows.n, 1);
	assert_int_equal(rows.v[0].sequence, 4);
	qpp_store_end(tx);
}

static int64_t records_of(const char *account)
{
	struct qpp_audit_rows rows;
	struct qpp_audit_query q = { .account_id = qpp_str_of(account) };
	struct qpp_tx *tx = begin();
	assert_ok(qpp_store_audit_list(tx, &q, (struct qpp_slice){ .count = true, .most = 1 }, &rows, &world.err));
	qpp_store_end(tx);
	return rows.total;
}

static enum qpp_code refuse_change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	(void)tx, (void)request;
	return qpp_fail(err, QPP_DATA, "no", (char *)NULL);
}

static void store__audit_that_nobody_waits_for_is_kept_soon(void **unused)
{
	(void)unused;
	enum { MANY = 2500, PATIENCE = 500, STEP_US = 10000 };
	char account[] = "eve";
	struct qpp_audit a = { .account_id = { account, 3 }, .action = QPP_LIT("GET /y"), .outcome = 200 };
	assert_ok(qpp_store_audit_soon(world.store, &a, &world.err));
	/* It is the store's from here on. */
	memset(account, 'x', 3);
	for (int i = 0; i < PATIENCE && !records_of("eve"); i++)
		(void)usleep(STEP_US);
	assert_int_equal(records_of("eve"), 1);
	/* It goes with the next write, whatever becomes of that. */
	a.account_id = QPP_LIT("fay");
	assert_ok(qpp_store_audit_soon(world.store, &a, &world.err));
	assert_code(qpp_store_write(world.store, &world.arena, refuse_change, NULL, &world.err), QPP_DATA);
	assert_int_equal(records_of("fay"), 1);
	/* And none is lost by closing. */
	for (int i = 0; i < MANY; i++)
		assert_ok(qpp_store_audit_soon(world.store, &a, &world.err));
	world_reopen(&world);
	assert_int_equal(records_of("fay"), MANY + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store__keeps_accounts_roles_sessions_tokens_and_consents),
		TEST(store__one_account_a_name_and_one_open_role_a_post),
		TEST(store__consent_is_gone_when_revoked_and_sessions_when_ended),
		TEST(store__the_outbox_gives_what_is_due_and_to_one_sender),
		TEST(store__audit_is_numbered_and_found),
		TEST(store__audit_that_nobody_waits_for_is_kept_soon),
	};
	return RUN_AS_TAP(tests);
}
