/* An operator made by whoever may start the program: nobody else could let in the first one. */
#include "cmd/service_operator.h"

#include <stdio.h>

struct opening {
	struct qpp_org_rows agency;
};

static enum qpp_code need_agency(struct qpp_tx *tx, void *mine, struct qpp_err *err)
{
	struct opening *o = mine;
	enum qpp_code code = qpp_store_org_list(tx, QPP_ORG_AGENCY, QPP_LIT(""), (struct qpp_slice){ .most = 1 }, &o->agency, err);
	if (code != QPP_OK || o->agency.n)
		return code;
	struct qpp_org org = { .kind = QPP_ORG_AGENCY, .number = QPP_LIT("QPP"), .name = QPP_LIT("Quality Payment Program"),
		                   .body = QPP_LIT("{}") };
	code = qpp_store_org_put(tx, &org, QPP_LIT(""), err);
	return code == QPP_OK ? qpp_store_org_list(tx, QPP_ORG_AGENCY, QPP_LIT(""), (struct qpp_slice){ .most = 1 }, &o->agency, err) : code;
}

enum qpp_code qpp_operator_add(struct qpp_arena *a, const struct qpp_service *service, struct qpp_identity *identity,
                               const char *name, struct qpp_err *err)
{
	enum { PASSWORD_BYTES = 15 };
	struct opening o = { 0 };
	struct qpp_account account;
	enum qpp_code code = qpp_store_write(service->store, a, need_agency, &o, err);
	if (code != QPP_OK)
		return code;
	/* A capital letter and a sign, as passwords here must have. */
	struct qpp_str token = qpp_store_new_token(service->store, a, PASSWORD_BYTES);
	struct qpp_str password = qpp_str_cat(a, "Op-", token.p, (char *)NULL);
	const struct qpp_account_new one = {
		.name = qpp_str_of(name), .person = QPP_LIT("Operator"), .password = password, .post = QPP_POST_OPERATOR,
		.org_id = o.agency.v[0].id, .privileged = true,
	};
	code = qpp_admin_account_add(identity, a, &one, &account, err);
	if (code == QPP_OK)
		printf("operator %s, password %s\nThe second factor is set up at the first sign-in; then change the password.\n", name, password.p);
	return code;
}
