/* Who is given an account, and where they find work: a small practice that a hurricane struck, and one of each other kind. */
#include "cmd/service_demo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/runs.h"
#include "cmd/seed.h"
#include "cmd/terminal.h"
#include "qpp/buf.h"

enum { SEED = 1, PASSWORD_BYTES = 9, LIST_MOST = 1 << 16 };

struct demo {
	const struct qpp_demo *d;
	struct qpp_arena *arena;
	struct qpp_str password;
	struct qpp_buf list;
	struct qpp_org practice;         /* the one with work to do */
	struct qpp_str operator_id;      /* account that orders the release */
};

/* ---- organizations ---- */

static enum qpp_code list_orgs(struct demo *g, enum qpp_org_kind kind, struct qpp_slice slice, struct qpp_org_rows *rows,
                               struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(g->d->service->store, g->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_org_list(tx, kind, QPP_LIT(""), slice, rows, err);
	qpp_store_end(tx);
	return code;
}

/* The first practice: the one that a hurricane struck, at whatever size the state is. */
static enum qpp_code find_practice(struct demo *g, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(g->d->service->store, g->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_org_by_tin(tx, QPP_LIT("000000001"), &g->practice, err);
	qpp_store_end(tx);
	return code;
}

/* ---- accounts ---- */

struct role {
	const char *name, *is;
	enum qpp_post post;
	enum qpp_org_kind kind;
};

static const struct role roles[] = {
	{ "official", "Security Official", QPP_POST_OFFICIAL, QPP_ORG_PRACTICE },
	{ "staff", "Staff User", QPP_POST_STAFF, QPP_ORG_PRACTICE },
	{ "vgroup", "Security Official of a virtual group", QPP_POST_OFFICIAL, QPP_ORG_VIRTUAL_GROUP },
	{ "entity", "Security Official of an APM entity", QPP_POST_OFFICIAL, QPP_ORG_APM_ENTITY },
	{ "registry", "Security Official of a registry", QPP_POST_OFFICIAL, QPP_ORG_REGISTRY },
	{ "reviewer", "Reviewer", QPP_POST_REVIEWER, QPP_ORG_AGENCY },
	{ "second", "Second reviewer", QPP_POST_SECOND_REVIEWER, QPP_ORG_AGENCY },
	{ "operator", "Operator", QPP_POST_OPERATOR, QPP_ORG_AGENCY },
	{ "agent", "Service-center agent", QPP_POST_AGENT, QPP_ORG_AGENCY },
	{ "auditor", "Auditor", QPP_POST_AUDITOR, QPP_ORG_AGENCY },
};

/* Security Officials of practices that may elect together: two of one virtual group of the year, and one of another. */
static const struct member {
	const char *name;
	int64_t group, practice;         /* which, from 0 */
} members[] = { { "member", 0, 0 }, { "partner", 0, 1 }, { "writer", 1, 0 } };

/* With a TIN where others need it, to invite the practice. */
static enum qpp_code add_account(struct demo *g, const struct role *role, const struct qpp_org *org, struct qpp_str tin, struct qpp_err *err)
{
	struct qpp_account account;
	/* User names have five characters at least. */
	struct qpp_str name = qpp_str_cat(g->arena, "demo-", role->name, (char *)NULL);
	const struct qpp_account_new one = {
		.name = name, .person = qpp_str_of(role->is), .password = g->password, .post = role->post, .org_id = org->id,
		.email = qpp_str_cat(g->arena, role->name, "@example.org", (char *)NULL), .privileged = role->kind == QPP_ORG_AGENCY,
	};
	enum qpp_code code = qpp_admin_account_add(g->d->identity, g->arena, &one, &account, err);
	if (code == QPP_OK && role->post == QPP_POST_OPERATOR)
		g->operator_id = account.id;
	char line[256];
	(void)snprintf(line, sizeof line, "  %-14s %s, %.*s%s%.*s\n", name.p, role->is, QPP_ARG(org->name), tin.n ? ", TIN " : "", QPP_ARG(tin));
	qpp_buf_cat(&g->list, line, (char *)NULL);
	return code;
}

static enum qpp_code add_person(struct demo *g, const struct role *role, struct qpp_err *err)
{
	struct qpp_org_rows rows = { 0 };
	if (role->kind == QPP_ORG_PRACTICE)
		return add_account(g, role, &g->practice, QPP_LIT(""), err);
	enum qpp_code code = list_orgs(g, role->kind, (struct qpp_slice){ .most = 1 }, &rows, err);
	return code == QPP_OK && rows.n ? add_account(g, role, &rows.v[0], QPP_LIT(""), err) : code;
}

static enum qpp_code find_member(struct demo *g, struct qpp_tx *tx, const struct member *m, struct qpp_org *org, struct qpp_str *tin, struct qpp_err *err)
{
	struct qpp_org_rows groups = { 0 };
	struct qpp_membership_rows in = { 0 };
	enum qpp_code code = qpp_store_org_list(tx, QPP_ORG_VIRTUAL_GROUP, QPP_LIT(""), (struct qpp_slice){ .start = m->group, .most = 1 }, &groups, err);
	if (code == QPP_OK && groups.n)
		code = qpp_store_membership_of_group(tx, g->d->py, groups.v[0].id, (struct qpp_slice){ .start = m->practice, .most = 1 }, &in, err);
	if (code == QPP_OK && in.n)
		code = qpp_store_org_get(tx, in.v[0].org_id, org, err);
	return code == QPP_OK && in.n ? qpp_store_org_tin(tx, org->id, tin, err) : code;
}

static enum qpp_code add_member(struct demo *g, const struct member *m, struct qpp_err *err)
{
	const struct role role = { m->name, "Security Official", QPP_POST_OFFICIAL, QPP_ORG_PRACTICE };
	struct qpp_org org = { 0 };
	struct qpp_str tin = QPP_LIT("");
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(g->d->service->store, g->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = find_member(g, tx, m, &org, &tin, err);
	qpp_store_end(tx);
	/* A small state has fewer virtual groups, or none. */
	return code == QPP_OK && org.id.n ? add_account(g, &role, &org, tin, err) : code;
}

static enum qpp_code add_people(struct demo *g, struct qpp_err *err)
{
	/* A capital letter and a sign, as passwords here must have. */
	struct qpp_str token = qpp_store_new_token(g->d->service->store, g->arena, PASSWORD_BYTES);
	enum qpp_code code = find_practice(g, err);
	g->password = qpp_str_cat(g->arena, "Try-", token.p, (char *)NULL);
	qpp_buf_cat(&g->list, "Accounts to sign in with (nobody here exists), all with the password ", g->password.p, "\n", (char *)NULL);
	for (size_t i = 0; code == QPP_OK && i < sizeof roles / sizeof *roles; i++)
		code = add_person(g, &roles[i], err);
	for (size_t i = 0; code == QPP_OK && i < sizeof members / sizeof *members; i++)
		code = add_member(g, &members[i], err);
	return code;
}

/* ---- the list ---- */

static enum qpp_code keep_list(const char *path, struct qpp_str list, struct qpp_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = fd >= 0 && write(fd, list.p, list.n) == (ssize_t)list.n;
	int why = errno;
	if (fd >= 0 && close(fd) != 0)
		good = false;
	if (good)
		return QPP_OK;
	(void)qpp_fail(err, QPP_IO, "the list of accounts cannot be kept: ", path, (char *)NULL);
	qpp_err_detail(err, strerror(why), (char *)NULL);
	return QPP_IO;
}

/* ---- final scores ---- */

static bool show_progress(void *host, const struct qpp_scoring *at)
{
	(void)host;
	fprintf(stderr, "\rScoring everybody: %lld scores, %lld clinicians", (long long)at->levels, (long long)at->pairs);
	return true;
}

/* One run over everybody, released with the payment adjustments: feedback is there to be read and reviewed. */
static enum qpp_code score_everybody(struct demo *g, struct qpp_err *err)
{
	const struct qpp_run_work work = { .progress = show_progress };
	const struct qpp_run_order order = { .py = g->d->py, .phase = QPP_PHASE_FINAL, .scaling = QPP_SCALING_BY_RULES,
		                                 .name = QPP_LIT("final scores of the year"), .reason = QPP_LIT("as first released"), .account_id = g->operator_id };
	struct qpp_scoring run;
	struct qpp_release release;
	enum qpp_code code = qpp_run_begin(g->d->service, g->arena, &order, &run, err);
	if (code == QPP_OK)
		code = qpp_run_go(g->d->service, run.id, &work, g->arena, &run, err);
	fputc('\n', stderr);
	const struct qpp_release_order out = { .scoring_id = run.id, .factors = true, .account_id = g->operator_id,
		                                   .reason = QPP_LIT("final scores and payment adjustments of the year") };
	return code == QPP_OK ? qpp_release(g->d->service, g->arena, &out, &release, err) : code;
}

static enum qpp_code fill(struct demo *g, struct qpp_err *err)
{
	struct qpp_synth_counts counts;
	const struct qpp_years *years = g->d->service->years;
	const struct qpp_catalog *catalog;
	enum qpp_code code = qpp_years_need(years, g->arena, g->d->py, &catalog, err);
	const struct qpp_seed seed = { .store = g->d->service->store, .rules = qpp_years_rules(years), .catalog = catalog,
		                           .py = g->d->py, .seed = SEED, .practices = g->d->practices, .struck = true };
	fprintf(stderr, "Making a synthetic state of %u practices; this is done once.\n", g->d->practices);
	if (code == QPP_OK)
		code = qpp_seed_run(&seed, &counts, err);
	if (code == QPP_OK)
		code = add_people(g, err);
	return code == QPP_OK ? score_everybody(g, err) : code;
}

enum qpp_code qpp_demo_fill(struct qpp_arena *a, const struct qpp_demo *d, struct qpp_err *err)
{
	struct demo g = { .d = d, .arena = a };
	struct qpp_org_rows rows = { 0 };
	struct qpp_str list = QPP_LIT("");
	const char *path = qpp_str_cat(a, d->folder, "/demo-accounts.txt", (char *)NULL).p;
	enum qpp_code code = list_orgs(&g, QPP_ORG_PRACTICE, (struct qpp_slice){ .most = 1 }, &rows, err);
	/* The agency comes with the first operator. */
	if (code == QPP_OK && !rows.n)
		code = list_orgs(&g, QPP_ORG_AGENCY, (struct qpp_slice){ .most = 1 }, &rows, err);
	if (code != QPP_OK)
		return code;
	if (rows.n) {
		/* Filled before; without a list it is somebody's own store, and nothing is added to it. */
		if (access(path, R_OK) == 0)
			code = qpp_read_whole(a, path, LIST_MOST, &list, err);
		else if (!d->real_safeguards)
			code = qpp_fail(err, QPP_USAGE, "this store was not filled by --demo: --second-factor off and --clock are not for it", (char *)NULL);
	} else {
		qpp_buf_init(&g.list, a, LIST_MOST);
		code = fill(&g, err);
		list = qpp_buf_done(&g.list);
		if (code == QPP_OK)
			code = keep_list(path, list, err);
	}
	if (code == QPP_OK)
		(void)fwrite(list.p, 1, list.n, stdout);
	return code;
}
