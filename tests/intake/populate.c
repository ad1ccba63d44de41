/*
 * populate DIR EMAIL TIN...: a store in DIR, as qppd opens it, with practices of these TINs and an account with this
 * address that is Security Official of the first. For the tests with real mail servers.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/store.h"

struct making {
	const char *email;
	char **tins;
	int n;
};

static enum qpp_code make(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct making *m = request;
	struct qpp_account account = { .provider = QPP_LIT("local"), .subject = QPP_LIT("amy.official"), .name = QPP_LIT("Amy Official"),
		                           .email = qpp_str_of(m->email), .state = QPP_LIT("active"), .password = QPP_LIT(""), .totp_secret = QPP_LIT(""),
		                           .body = QPP_LIT("{}") };
	enum qpp_code code = qpp_store_account_put(tx, &account, err);
	for (int i = 0; code == QPP_OK && i < m->n; i++) {
		struct qpp_org org = { .kind = QPP_ORG_PRACTICE, .name = QPP_LIT("Practice"), .body = QPP_LIT("{}") };
		struct qpp_role_row role = { .account_id = account.id, .post = QPP_POST_OFFICIAL, .state = QPP_POST_ACTIVE, .by_id = QPP_LIT(""),
			                         .note = QPP_LIT("") };
		code = qpp_store_org_put(tx, &org, qpp_str_of(m->tins[i]), err);
		role.org_id = org.id;
		if (code == QPP_OK && i == 0)
			code = qpp_store_role_put(tx, &role, err);
	}
	return code;
}

int main(int argc, char **argv)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_keys keys;
	struct qpp_store *store = NULL;
	struct qpp_err err = { 0 };
	if (argc < 4)
		return 2;
	(void)mkdir(argv[1], 0700);
	struct making m = { argv[2], argv + 3, argc - 3 };
	enum qpp_code code = qpp_keys_load(qpp_str_cat(&a, argv[1], "/store.keys", (char *)NULL).p, true, &keys, &err);
	const struct qpp_store_config c = { .url = qpp_str_cat(&a, "sqlite:", argv[1], "/store.db", (char *)NULL).p, .keys = &keys,
		                                .clock = qpp_clock_system(), .migrate = true };
	if (code == QPP_OK)
		code = qpp_store_open(&c, &store, &err);
	if (code == QPP_OK)
		code = qpp_store_write(store, &a, make, &m, &err);
	if (code != QPP_OK)
		fprintf(stderr, "populate: %s %s\n", err.primary, err.detail);
	qpp_store_close(store);
	qpp_arena_close(&a);
	return code != QPP_OK;
}
