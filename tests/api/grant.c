/*
 * What the tests of the whole service need to know of a synthetic state, and consents given in it, while the service is
 * stopped: there are no names of practices and no TINs in an API for anybody to look up.
 *
 *   grant STORE KEYS YEAR                          one line of JSON: the registry of the demonstration, a practice that let
 *                                                  it in, one that did not and that of demo-official, each with TIN and the
 *                                                  NPI of one of its own
 *   grant STORE KEYS YEAR PRACTICE REGISTRY        the practice (id) lets the registry (id) in
 */
#include <stdio.h>
#include <stdlib.h>

#include "app/store_access.h"

enum { MOST = 100 };

struct found {
	struct qpp_org org;
	struct qpp_str tin, npi;
};

static struct qpp_arena arena = QPP_ARENA_INIT;
static struct qpp_err err;
static struct qpp_store *store;

static void must(enum qpp_code code)
{
	if (code == QPP_OK)
		return;
	fprintf(stderr, "grant: %s: %s\n", err.primary, err.detail);
	exit(1);
}

/* With a clinician who bills through it and through no other practice, so that what is asked of the NPI is of it. */
static bool look(struct qpp_tx *tx, qpp_py py, const struct qpp_org *org, struct found *out)
{
	struct qpp_relation_rows people = { 0 }, all = { 0 };
	must(qpp_store_relation_of_org(tx, py, org->id, (struct qpp_slice){ .most = MOST }, &people, &err));
	for (size_t i = 0; i < people.n; i++) {
		must(qpp_store_relation_of_npi(tx, py, people.v[i].npi, &all, &err));
		if (all.n != 1)
			continue;
		*out = (struct found){ .org = *org, .npi = people.v[i].npi };
		must(qpp_store_org_tin(tx, org->id, &out->tin, &err));
		return true;
	}
	return false;
}

static void print(const char *name, const struct found *x, const char *after)
{
	printf("\"%s\":{\"id\":\"%.*s\",\"tin\":\"%.*s\",\"npi\":\"%.*s\"}%s", name, QPP_ARG(x->org.id), QPP_ARG(x->tin), QPP_ARG(x->npi), after);
}

/* The practice of the demonstration's Security Official. */
static void look_own(struct qpp_tx *tx, qpp_py py, struct found *out)
{
	struct qpp_account account;
	struct qpp_role_row_rows roles = { 0 };
	struct qpp_org org;
	must(qpp_store_account_by_subject(tx, QPP_LIT("local"), QPP_LIT("demo-official"), &account, &err));
	must(qpp_store_role_of_account(tx, account.id, QPP_POST_ACTIVE, &roles, &err));
	must(qpp_store_org_get(tx, roles.v[0].org_id, &org, &err));
	(void)look(tx, py, &org, out);
}

static void tell(qpp_py py)
{
	struct qpp_tx *tx;
	struct qpp_org_rows registries = { 0 }, practices = { 0 };
	struct found in = { 0 }, out = { 0 }, own = { 0 };
	must(qpp_store_begin(store, &arena, &tx, &err));
	must(qpp_store_org_list(tx, QPP_ORG_REGISTRY, QPP_LIT(""), (struct qpp_slice){ .most = 1 }, &registries, &err));
	must(qpp_store_org_list(tx, QPP_ORG_PRACTICE, QPP_LIT(""), (struct qpp_slice){ .most = MOST }, &practices, &err));
	for (size_t i = 0; i < practices.n && (!in.npi.n || !out.npi.n); i++) {
		struct qpp_consent c;
		struct qpp_submission_row_rows filed = { 0 };
		const struct qpp_submission_query q = { .py = py, .org_id = practices.v[i].id };
		bool let_in = qpp_store_consent_get(tx, py, practices.v[i].id, registries.v[0].id, &c, &err) == QPP_OK;
		struct found *f = let_in ? &in : &out;
		must(qpp_store_submission_list(tx, &q, (struct qpp_slice){ .most = 1 }, &filed, &err));
		/* The one that is refused first has filed nothing, so that what is there later came by the registry. */
		if (!f->npi.n && (let_in || !filed.n))
			(void)look(tx, py, &practices.v[i], f);
	}
	look_own(tx, py, &own);
	qpp_store_end(tx);
	if (!in.npi.n || !out.npi.n || !own.npi.n) {
		fprintf(stderr, "grant: no practice with, none without a consent, or none of the official\n");
		exit(1);
	}
	printf("{\"registry\":\"%.*s\",", QPP_ARG(registries.v[0].id));
	print("letIn", &in, ",");
	print("own", &own, ",");
	print("notLetIn", &out, "}\n");
}

static enum qpp_code put(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	return qpp_store_consent_put(tx, request, e);
}

int main(int argc, char **argv)
{
	struct qpp_keys keys;
	uint64_t year;
	if ((argc != 4 && argc != 6) || !qpp_str_u64(qpp_str_of(argv[3]), 9999, &year))
		return 2;
	must(qpp_keys_load(argv[2], false, &keys, &err));
	const struct qpp_store_config config = { .url = argv[1], .keys = &keys, .clock = qpp_clock_system() };
	must(qpp_store_open(&config, &store, &err));
	if (argc == 6) {
		struct qpp_consent c = { .py = { (int)year }, .org_id = qpp_str_of(argv[4]), .registry_id = qpp_str_of(argv[5]), .given = { 1 } };
		must(qpp_store_write(store, &arena, put, &c, &err));
	} else {
		tell((qpp_py){ (int)year });
	}
	qpp_store_close(store);
	qpp_arena_close(&arena);
	return 0;
}
