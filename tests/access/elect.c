/*
 * A virtual group of each practice and year: begun by the practice, filed, and open for changes, so that its people may
 * change it and the agency sees it. What is left of it is arranged again when it was decided. See matrix.h.
 */
#include "matrix.h"

#include <stdio.h>
#include <string.h>

#include "app/vgroup.h"

static struct qpp_err err;

struct standing {
	struct qpp_str id;
	struct filed *filed;
};

/*
 * As filed and being changed. An election is not complete with one practice, and two of them would have to agree and sign:
 * that is tests/vgroup; here it is a row that says so, and a record of the ledger that is its receipt.
 */
static enum qpp_code stand(struct qpp_tx *tx, void *request, struct qpp_err *e)
{
	struct standing *s = request;
	struct qpp_vgroup_row row;
	struct qpp_receipt receipt;
	enum qpp_code code = qpp_store_vgroup_get(tx, s->id, &row, e);
	if (code == QPP_OK && !row.sequence) {
		const struct qpp_ledger_new n = { .at = qpp_tx_now(tx), .kind = QPP_LIT("election"), .body = QPP_LIT("{}"), .keep = true,
			.subject = qpp_str_cat(qpp_tx_arena(tx), "virtual-group/", row.id.p, (char *)NULL) };
		code = qpp_store_ledger_append(tx, &n, &receipt, e);
		row.sequence = receipt.sequence;
		row.filed = n.at;
	}
	row.state = QPP_LIT("received");
	row.revising = true;
	if (code == QPP_OK)
		code = qpp_store_vgroup_put(tx, &row, e);
	(void)snprintf(s->filed->vgroup_receipt, ID, "%lld", (long long)row.sequence);
	return code;
}

static void begin(struct world *w, struct qpp_arena *a, struct party *p, int year, const char *account)
{
	struct qpp_actor_role role = { .org_id = qpp_str_of(p->org), .kind = QPP_ORG_PRACTICE, .post = QPP_POST_OFFICIAL };
	const struct qpp_actor actor = { .account_id = qpp_str_of(account), .roles = &role, .n = 1 };
	const struct qpp_call call = { .service = w->service, .arena = a, .actor = &actor };
	struct qpp_str id;
	must(qpp_vgroup_start(&call, role.org_id, (qpp_py){ year == THIS_YEAR ? 2023 : 2022 }, QPP_LIT("River Valley"), QPP_LIT(""), &id, &err) == QPP_OK,
	     "a virtual group", &err);
	must(id.n < ID, "an id", NULL);
	memcpy(p->filed[year].vgroup, id.p, id.n);
	p->filed[year].vgroup[id.n] = 0;
}

void world_elect(struct world *w, struct party *p, const char *account)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	const struct party *practice = &w->party[OF_PRACTICE][p == &w->party[p->kind][1]];
	for (int y = 0; y < YEARS; y++) {
		struct filed *f = &p->filed[y];
		/* Only practices have one: to all others it is somebody else's. */
		if (p->kind != OF_PRACTICE) {
			memcpy(f->vgroup, practice->filed[y].vgroup, ID);
			memcpy(f->vgroup_receipt, practice->filed[y].vgroup_receipt, ID);
			continue;
		}
		if (!f->vgroup[0])
			begin(w, &a, p, y, account);
		struct standing s = { qpp_str_of(f->vgroup), f };
		must(qpp_store_write(w->service->store, &a, stand, &s, &err) == QPP_OK, "an election", &err);
	}
	qpp_arena_close(&a);
}
