/*
 * How one gets a role, and loses it (portal.md 3.2, 3.6): ask, be approved or
 * denied by a Security Official, be removed. Everything is decided inside the
 * write, on the roles as they are then. Rules that stand nowhere but here:
 *
 *   - nobody approves the own request
 *   - the last Security Official of an organization is never removed
 *   - the first Security Official of a practice, and a Clinician, prove who they are by what only the practice knows
 *   - roles on the agency's side are granted by administration, never asked for
 */
#include "app/identity_int.h"
#include "app/notices.h"

enum { NUMBER_MOST = 40, NOTE_MOST = 500, TIN_DIGITS = 9, NPI_DIGITS = 10 };

static enum qpp_code not_theirs(struct qpp_err *err)
{
	return qpp_fail(err, QPP_NOT_FOUND, "there is no such thing, or it is not yours", (char *)NULL);
}

static bool digits(struct qpp_str s, size_t n)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n == n;
}

/* A TIN as people type it, with a dash or spaces; not nine digits: empty. */
static struct qpp_str plain_tin(struct qpp_arena *a, struct qpp_str typed)
{
	char *p = qpp_arena_alloc(a, TIN_DIGITS + 1);
	size_t n = 0;
	for (size_t i = 0; i < typed.n; i++) {
		if (typed.p[i] == '-' || typed.p[i] == ' ')
			continue;
		if (n == TIN_DIGITS || typed.p[i] < '0' || typed.p[i] > '9')
			return QPP_LIT("");
		p[n++] = typed.p[i];
	}
	return n == TIN_DIGITS ? (struct qpp_str){ p, n } : QPP_LIT("");
}

/* --- looking for an organization --- */

static enum qpp_code find_org(struct qpp_tx *tx, enum qpp_org_kind kind, struct qpp_str number, struct qpp_org *org,
                              struct qpp_err *err)
{
	if (kind == QPP_ORG_PRACTICE) {
		struct qpp_str tin = plain_tin(qpp_tx_arena(tx), number);
		return tin.n > 0 ? qpp_store_org_by_tin(tx, tin, org, err) : QPP_NOT_FOUND;
	}
	struct qpp_str trimmed = qpp_str_trim(number);
	return trimmed.n > 0 ? qpp_store_org_by_number(tx, kind, trimmed, org, err) : QPP_NOT_FOUND;
}

static bool can_connect_to(enum qpp_org_kind kind)
{
	return kind == QPP_ORG_PRACTICE || kind == QPP_ORG_VIRTUAL_GROUP || kind == QPP_ORG_APM_ENTITY ||
	       kind == QPP_ORG_REGISTRY || kind == QPP_ORG_CLINICIAN;
}

enum qpp_code qpp_connect_find(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_person *who,
                               enum qpp_org_kind kind, struct qpp_str number, struct qpp_org_found *out,
                               struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_org org;
	int64_t officials = 0;
	if (who->stage != QPP_STAGE_FULL)
		return qpp_fail(err, QPP_SIGNED_OUT, "sign-in is not complete", (char *)NULL);
	if (!can_connect_to(kind))
		return qpp_fail(err, QPP_USAGE, "that is no kind of organization one can connect to", (char *)NULL);
	if (number.n > NUMBER_MOST)
		number.n = 0;
	enum qpp_code code = qpp_store_begin(identity->c.store, arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = find_org(tx, kind, number, &org, err);
	if (code == QPP_OK)
		code = qpp_store_role_count(tx, org.id, QPP_POST_OFFICIAL, QPP_POST_ACTIVE, &officials, err);
	qpp_store_end(tx);
	if (code == QPP_NOT_FOUND) {
		qpp_fail(err, QPP_NOT_FOUND, "no organization of that kind has this number", (char *)NULL);
		qpp_err_hint(err, "Look whether the kind is right and the number complete.", (char *)NULL);
	}
	if (code != QPP_OK)
		return code;
	*out = (struct qpp_org_found){
		.org_id = org.id, .name = org.name, .number = org.number, .tin_masked = org.tin_masked, .city = org.city,
		.state = org.state, .kind = org.kind, .has_official = officials > 0,
	};
	return QPP_OK;
}

/* --- asking --- */

struct asking {
	struct qpp_asking q;
	const struct qpp_role_request *request;
	struct qpp_role_row row;
};

static bool post_fits(enum qpp_org_kind kind, enum qpp_post post)
{
	if (kind == QPP_ORG_CLINICIAN)
		return post == QPP_POST_CLINICIAN;
	return can_connect_to(kind) && (post == QPP_POST_OFFICIAL || post == QPP_POST_STAFF);
}

static enum qpp_code proof_fails(struct qpp_err *err)
{
	qpp_fail(err, QPP_DATA, "the TIN and NPI given do not belong to this organization", (char *)NULL);
	qpp_err_hint(err, "Give the TIN of the practice and the NPI of a clinician who bills through it this year, or ask "
	                  "without them: the service center then decides.", (char *)NULL);
	return QPP_DATA;
}

/* A clinician bills through the practice with this TIN. */
static enum qpp_code bills_there(struct qpp_tx *tx, struct qpp_str tin, struct qpp_str npi, qpp_py py,
                                 struct qpp_org *practice, struct qpp_err *err)
{
	struct qpp_relation relation;
	struct qpp_str plain = plain_tin(qpp_tx_arena(tx), tin);
	if (plain.n == 0 || !digits(npi, NPI_DIGITS))
		return proof_fails(err);
	enum qpp_code code = qpp_store_org_by_tin(tx, plain, practice, err);
	if (code == QPP_OK)
		code = qpp_store_relation_get(tx, py, practice->id, npi, &relation, err);
	return code == QPP_NOT_FOUND ? proof_fails(err) : code;
}

/* Whether the role is granted at once. QPP_DATA: a proof was offered and does not hold. */
static enum qpp_code proven(struct qpp_tx *tx, const struct qpp_role_request *r, const struct qpp_org *org, bool *out,
                            struct qpp_err *err)
{
	struct qpp_org practice;
	int64_t officials = 0;
	*out = false;
	if (r->proof_tin.n == 0 && r->proof_npi.n == 0)
		return QPP_OK;
	bool clinician = org->kind == QPP_ORG_CLINICIAN;
	if (!clinician && (org->kind != QPP_ORG_PRACTICE || r->post != QPP_POST_OFFICIAL))
		return QPP_OK;
	enum qpp_code code = bills_there(tx, r->proof_tin, r->proof_npi, r->proof_py, &practice, err);
	if (code != QPP_OK)
		return code;
	if (clinician ? !qpp_str_eq(r->proof_npi, org->number) : !qpp_str_eq(practice.id, org->id))
		return proof_fails(err);
	if (!clinician)
		code = qpp_store_role_count(tx, org->id, QPP_POST_OFFICIAL, QPP_POST_ACTIVE, &officials, err);
	*out = officials == 0;
	return code;
}

static enum qpp_code tell_officials(struct qpp_tx *tx, const struct asking *k, const struct qpp_org *org, struct qpp_err *err)
{
	enum { TOLD_MOST = 20 };
	struct qpp_role_row_rows rows;
	struct qpp_arena *a = qpp_tx_arena(tx);
	const struct qpp_person *who = k->q.who;
	int told = 0;
	enum qpp_code code = qpp_store_role_of_org(tx, org->id, QPP_POST_ACTIVE, (struct qpp_slice){ 0 }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n && told < TOLD_MOST; i++) {
		struct qpp_account official;
		if (rows.v[i].post != QPP_POST_OFFICIAL)
			continue;
		code = qpp_store_account_get(tx, rows.v[i].account_id, &official, err);
		if (code == QPP_OK)
			code = qpp_notify(tx, qpp_notice_role_requested(a, official.name, who->name.n > 0 ? who->name : who->subject,
			                                                org->name, k->request->post),
			                  official.email, err);
		told++;
	}
	return code;
}

static enum qpp_code ask(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct asking *k = request;
	const struct qpp_role_request *r = k->request;
	struct qpp_org org;
	bool granted = false;
	enum qpp_code code = qpp_store_org_get(tx, r->org_id, &org, err);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? not_theirs(err) : code;
	if (!post_fits(org.kind, r->post))
		return qpp_fail(err, QPP_USAGE, "an organization of that kind has no such role", (char *)NULL);
	code = proven(tx, r, &org, &granted, err);
	if (code != QPP_OK)
		return code;
	k->row = (struct qpp_role_row){
		.id = QPP_LIT(""), .account_id = k->q.who->account_id, .org_id = org.id, .post = r->post,
		.state = granted ? QPP_POST_ACTIVE : QPP_POST_REQUESTED, .by_id = QPP_LIT(""),
		.note = granted ? QPP_LIT("proven by TIN and NPI") : r->note,
		.created = qpp_tx_now(tx), .changed = qpp_tx_now(tx),
	};
	code = qpp_store_role_put(tx, &k->row, err);
	if (code == QPP_DUPLICATE) {
		qpp_fail(err, QPP_DUPLICATE, "you have this role already, or have asked for it", (char *)NULL);
		return code;
	}
	if (code == QPP_OK && !granted)
		code = tell_officials(tx, k, &org, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &k->q, granted ? "role.proven" : "role.request", QPP_LIT(""), org.id, k->row.id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_role_request(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                               const struct qpp_person *who, const struct qpp_role_request *request,
                               struct qpp_role_row *out, struct qpp_err *err)
{
	struct asking k = { .q = { identity, arena, from, who }, .request = request };
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, "role.request", err);
	if (code == QPP_OK && request->note.n > NOTE_MOST)
		code = qpp_fail(err, QPP_LIMIT, "the note has more than 500 characters", (char *)NULL);
	if (code == QPP_OK && qpp_text_holds_tin(request->note))
		code = qpp_fail(err, QPP_USAGE, "the note has a number as long as a TIN: it would be kept readable", (char *)NULL);
	if (code != QPP_OK)
		return code;
	qpp_time now = qpp_now(identity->c.clock);
	bool offers = request->proof_tin.n > 0 || request->proof_npi.n > 0;
	if (offers && qpp_address_locked(identity, from->peer, now)) {
		qpp_fail(err, QPP_FORBIDDEN, "there were too many wrong tries from this address", (char *)NULL);
		qpp_err_hint(err, "Try again in one hour, or ask without a proof.", (char *)NULL);
		return qpp_refused(&k.q, "role.request", request->org_id, QPP_LIT(""), QPP_FORBIDDEN, err);
	}
	code = qpp_store_write(identity->c.store, arena, ask, &k, err);
	if (code == QPP_DATA)
		qpp_address_failed(identity, from->peer, now);
	if (code == QPP_DATA || code == QPP_DUPLICATE)
		return qpp_refused(&k.q, "role.request", request->org_id, QPP_LIT(""), code, err);
	if (code == QPP_OK)
		*out = k.row;
	return code;
}

/* --- deciding --- */

struct deciding {
	struct qpp_asking q;
	struct qpp_str role_id, note;
	int64_t version;
	enum qpp_role_act act;
	struct qpp_role_row row;
};

static const char *act_name(enum qpp_role_act act)
{
	return act == QPP_ROLE_APPROVE ? "role.approve" : act == QPP_ROLE_DENY ? "role.deny" : "role.remove";
}

/* Whether the act is theirs, and possible as things stand. */
static enum qpp_code may_act(struct qpp_tx *tx, const struct deciding *d, const struct qpp_role_row *r, struct qpp_err *err)
{
	bool governs, own = qpp_str_eq(r->account_id, d->q.who->account_id);
	enum qpp_code code = qpp_role_governs(tx, d->q.who->account_id, r->org_id, &governs, err);
	if (code != QPP_OK)
		return code;
	if (!governs && !own)
		return not_theirs(err);
	if (d->version != 0 && d->version != r->version)
		return qpp_fail(err, QPP_STALE, "the request has changed since it was shown", (char *)NULL);
	if (d->act != QPP_ROLE_REMOVE && own) {
		qpp_fail(err, QPP_FORBIDDEN, "nobody decides the own request", (char *)NULL);
		qpp_err_hint(err, "Another Security Official of the organization has to decide it.", (char *)NULL);
		return QPP_FORBIDDEN;
	}
	/* A request of one's own is taken back; one's own role is given up. */
	bool fits = d->act == QPP_ROLE_REMOVE ? r->state == QPP_POST_ACTIVE || (own && r->state == QPP_POST_REQUESTED)
	                                      : r->state == QPP_POST_REQUESTED;
	if (!fits)
		return qpp_fail(err, QPP_CONFLICT, "that was decided already", (char *)NULL);
	return QPP_OK;
}

static enum qpp_code last_official_stays(struct qpp_tx *tx, const struct qpp_role_row *r, struct qpp_err *err)
{
	int64_t n = 0;
	if (r->post != QPP_POST_OFFICIAL || r->state != QPP_POST_ACTIVE)
		return QPP_OK;
	enum qpp_code code = qpp_store_role_count(tx, r->org_id, QPP_POST_OFFICIAL, QPP_POST_ACTIVE, &n, err);
	if (code != QPP_OK || n > 1)
		return code;
	qpp_fail(err, QPP_FORBIDDEN, "the last Security Official of an organization cannot be removed", (char *)NULL);
	qpp_err_hint(err, "Have another person become Security Official first.", (char *)NULL);
	return QPP_FORBIDDEN;
}

static enum qpp_code tell_person(struct qpp_tx *tx, const struct deciding *d, struct qpp_err *err)
{
	struct qpp_account a;
	struct qpp_org org;
	/* What somebody does with the own role needs no news of it. */
	if (qpp_str_eq(d->row.account_id, d->q.who->account_id))
		return QPP_OK;
	enum qpp_code code = qpp_store_account_get(tx, d->row.account_id, &a, err);
	if (code == QPP_OK)
		code = qpp_store_org_get(tx, d->row.org_id, &org, err);
	if (code != QPP_OK)
		return code;
	return qpp_notify(tx, qpp_notice_role(qpp_tx_arena(tx), a.name, org.name, d->row.post, d->row.state, d->note), a.email,
	                  err);
}

static enum qpp_code decide(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	static const enum qpp_role_state after[] = {
		[QPP_ROLE_APPROVE] = QPP_POST_ACTIVE, [QPP_ROLE_DENY] = QPP_POST_DENIED, [QPP_ROLE_REMOVE] = QPP_POST_REMOVED,
	};
	struct deciding *d = request;
	struct qpp_role_row r;
	enum qpp_code code = qpp_store_role_get(tx, d->role_id, &r, err);
	if (code != QPP_OK)
		return code == QPP_NOT_FOUND ? not_theirs(err) : code;
	code = may_act(tx, d, &r, err);
	if (code == QPP_OK && d->act == QPP_ROLE_REMOVE)
		code = last_official_stays(tx, &r, err);
	if (code != QPP_OK)
		return code;
	r.state = after[d->act];
	r.by_id = d->q.who->account_id;
	r.note = d->note;
	r.changed = qpp_tx_now(tx);
	code = qpp_store_role_put(tx, &r, err);
	d->row = r;
	if (code == QPP_OK)
		code = tell_person(tx, d, err);
	if (code == QPP_OK)
		code = qpp_note_act(tx, &d->q, act_name(d->act), QPP_LIT(""), r.org_id, r.id, QPP_OK, err);
	return code;
}

enum qpp_code qpp_role_act(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                           const struct qpp_person *who, struct qpp_str role_id, int64_t version, enum qpp_role_act act,
                           struct qpp_str note, struct qpp_role_row *out, struct qpp_err *err)
{
	struct deciding d = {
		.q = { identity, arena, from, who }, .role_id = role_id, .version = version, .act = act, .note = note,
	};
	if (act < QPP_ROLE_APPROVE || act > QPP_ROLE_REMOVE)
		return qpp_fail(err, QPP_USAGE, "a role can be approved, denied or removed", (char *)NULL);
	if (note.n > NOTE_MOST)
		return qpp_fail(err, QPP_LIMIT, "the note has more than 500 characters", (char *)NULL);
	enum qpp_code code = qpp_person_may_write(identity, arena, from, who, act_name(act), err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_write(identity->c.store, arena, decide, &d, err);
	if (code == QPP_NOT_FOUND || code == QPP_FORBIDDEN || code == QPP_CONFLICT || code == QPP_STALE)
		return qpp_refused(&d.q, act_name(act), QPP_LIT(""), role_id, code, err);
	if (code == QPP_OK)
		*out = d.row;
	return code;
}
