/* An election that came by mail as a virtual group of the store: see vgroup_take.h. */
#include "app/vgroup_take.h"

#include "qpp/buf.h"

static const char *text(struct qpp_arena *a, struct qpp_str s)
{
	return s.n ? qpp_str_dup(a, s).p : "";
}

/* ---- who has a practice ---- */

static bool same_address(struct qpp_str a, struct qpp_str b)
{
	if (!a.n || a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if ((a.p[i] | 0x20) != (b.p[i] | 0x20))
			return false;
	return true;
}

enum qpp_code qpp_vgroup_holder(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str account_id, struct qpp_str address,
                                struct qpp_str *holder, struct qpp_vgroup_row *own, struct qpp_err *err)
{
	struct qpp_vgroup_row row;
	enum qpp_code code = qpp_store_vgroup_claimed(tx, py, org_id, holder, err);
	if (code != QPP_OK || !holder->n)
		return code;
	code = qpp_store_vgroup_get(tx, *holder, &row, err);
	if (code != QPP_OK || !qpp_str_is(row.origin, "mail"))
		return code;
	if (account_id.n ? qpp_str_eq(row.account_id, account_id) : same_address(row.rep_email, address))
		*own = row;
	return QPP_OK;
}

/* ---- taking ---- */

/* The parties of the election that is replaced, or withdrawn, are out, unless a new one names them. */
static enum qpp_code clear_earlier(struct qpp_tx *tx, struct qpp_str id, struct qpp_err *err)
{
	struct qpp_vgroup_party_rows rows = { 0 };
	enum qpp_code code = qpp_store_vgroup_parties(tx, id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		rows.v[i].state = QPP_LIT("left");
		rows.v[i].elected = false;
		code = qpp_store_vgroup_party_put(tx, &rows.v[i], err);
	}
	if (code == QPP_OK)
		code = qpp_store_vgroup_release(tx, id, QPP_LIT(""), err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_npis_put(tx, id, QPP_LIT("elected"), QPP_LIT(""), NULL, 0, err);
	return code;
}

static void fill_row(struct qpp_tx *tx, struct qpp_vgroup_row *row, const struct qpp_election *e)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_buf day;
	qpp_buf_init(&day, a, 16);
	if (e->has_executed_on)
		qpp_buf_day(&day, e->executed_on);
	row->py = e->py;
	if (!row->name.n)
		row->name = qpp_str_cat(a, "Virtual group of ", text(a, e->representative.name), (char *)NULL);
	row->state = QPP_LIT("received");
	row->origin = QPP_LIT("mail");
	row->rep_name = e->representative.name;
	row->rep_email = e->representative.email;
	row->rep_phone = e->representative.phone;
	row->rep_address = e->representative.address;
	row->executed_on = qpp_buf_done(&day);
	row->note = QPP_LIT("");
}

static enum qpp_code find_org(struct qpp_tx *tx, const struct qpp_election_practice *p, struct qpp_org *org, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_org_by_tin(tx, p->tin, org, err);
	if (code != QPP_NOT_FOUND)
		return code;
	*org = (struct qpp_org){ .kind = QPP_ORG_PRACTICE, .name = p->name, .body = QPP_LIT("{}") };
	return qpp_store_org_put(tx, org, p->tin, err);
}

static enum qpp_code put_party(struct qpp_tx *tx, const struct qpp_vgroup_row *row, const struct qpp_election_practice *p, struct qpp_err *err)
{
	struct qpp_org org;
	struct qpp_str holder, *npis = QPP_NEW_ARRAY(qpp_tx_arena(tx), p->n_clinicians + 1, struct qpp_str);
	for (size_t k = 0; k < p->n_clinicians; k++)
		npis[k] = p->clinicians[k].npi;
	enum qpp_code code = find_org(tx, p, &org, err);
	const struct qpp_vgroup_party party = { .group_id = row->id, .org_id = org.id, .py = row->py, .state = QPP_LIT("named"),
		.invited = qpp_tx_now(tx), .elected = true };
	if (code == QPP_OK)
		code = qpp_store_vgroup_claim(tx, row->py, org.id, row->id, &holder, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_party_put(tx, &party, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_npis_put(tx, row->id, QPP_LIT("list"), org.id, npis, p->n_clinicians, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_npis_put(tx, row->id, QPP_LIT("elected"), org.id, npis, p->n_clinicians, err);
	return code;
}

enum qpp_code qpp_vgroup_take(struct qpp_tx *tx, struct qpp_vgroup_row *row, const struct qpp_election *e, struct qpp_err *err)
{
	enum qpp_code code = row->version ? clear_earlier(tx, row->id, err) : QPP_OK;
	fill_row(tx, row, e);
	if (code == QPP_OK)
		code = qpp_store_vgroup_put(tx, row, err);
	for (size_t i = 0; code == QPP_OK && i < e->n_practices; i++)
		code = put_party(tx, row, &e->practices[i], err);
	struct qpp_vgroup_event happened = { .group_id = row->id, .at = row->filed, .account_id = row->account_id, .kind = QPP_LIT("filed") };
	return code == QPP_OK ? qpp_store_vgroup_event_add(tx, &happened, err) : code;
}

/* ---- letting go ---- */

static enum qpp_code disband(struct qpp_tx *tx, const struct qpp_vgroup_row *row, struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	if (!row->group_org_id.n)
		return QPP_OK;
	enum qpp_code code = qpp_store_membership_of_group(tx, row->py, row->group_org_id, (struct qpp_slice){ 0 }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		code = qpp_store_membership_delete(tx, &rows.v[i], err);
	return code;
}

enum qpp_code qpp_vgroup_let_go(struct qpp_tx *tx, struct qpp_vgroup_row *row, struct qpp_err *err)
{
	enum qpp_code code = clear_earlier(tx, row->id, err);
	if (code == QPP_OK)
		code = disband(tx, row, err);
	row->state = QPP_LIT("withdrawn");
	if (code == QPP_OK)
		code = qpp_store_vgroup_put(tx, row, err);
	struct qpp_vgroup_event happened = { .group_id = row->id, .at = qpp_tx_now(tx), .account_id = row->account_id, .kind = QPP_LIT("withdrawn") };
	return code == QPP_OK ? qpp_store_vgroup_event_add(tx, &happened, err) : code;
}
