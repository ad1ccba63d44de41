/*
 * The election room: who may see a group and what of it. The group is loaded
 * whole in one transaction, judged by the rules of its year, and then shown as
 * far as the caller may see it.
 */
#include "app/vgroup_int.h"

#include "qpp/buf.h"
#include "qpp/ruleset.h"

/* ---- words ---- */

static const char *const states[QPP_VGROUP_STATES] = { "", "draft", "received", "returned", "approved", "denied", "withdrawn" };
static const char *const parties[QPP_PARTY_STATES] = { "", "invited", "accepted", "declined", "left", "uninvited", "named" };

const char *qpp_vgroup_state_name(enum qpp_vgroup_state s)
{
	return states[s];
}

enum qpp_vgroup_state qpp_vgroup_state_of(struct qpp_str name)
{
	int i = QPP_VGROUP_STATES - 1;
	while (i && !qpp_str_is(name, states[i]))
		i--;
	return (enum qpp_vgroup_state)i;
}

const char *qpp_party_state_name(enum qpp_party_state s)
{
	return parties[s];
}

enum qpp_party_state qpp_party_state_of(struct qpp_str name)
{
	int i = QPP_PARTY_STATES - 1;
	while (i && !qpp_str_is(name, parties[i]))
		i--;
	return (enum qpp_party_state)i;
}

const char *vgroup_c(struct qpp_arena *a, struct qpp_str s)
{
	return s.n ? qpp_str_dup(a, s).p : "";
}

struct qpp_str vgroup_masked(struct qpp_arena *a, struct qpp_str tin)
{
	enum { LAST = 4 };
	struct qpp_str last = tin.n > LAST ? (struct qpp_str){ tin.p + tin.n - LAST, LAST } : QPP_LIT("");
	return qpp_str_cat(a, "*****", vgroup_c(a, last), (char *)NULL);
}

struct qpp_str vgroup_mask_tins(struct qpp_arena *a, struct qpp_str s)
{
	enum { KEEP = 4 };
	struct qpp_str out = qpp_str_dup(a, s);
	char *p = (char *)(uintptr_t)out.p;
	for (size_t i = 0, run = 0; i <= out.n; i++) {
		bool digit = i < out.n && p[i] >= '0' && p[i] <= '9';
		for (size_t k = i - run; !digit && run == VGROUP_TIN && k < i - KEEP; k++)
			p[k] = '*';
		run = digit ? run + 1 : 0;
	}
	return out;
}

bool vgroup_has_tin(struct qpp_str s)
{
	size_t run = 0;
	for (size_t i = 0; i <= s.n; i++) {
		bool digit = i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
		if (!digit && run == VGROUP_TIN)
			return true;
		run = digit ? run + 1 : 0;
	}
	return false;
}

bool vgroup_is_in(const struct qpp_vgroup_member *m)
{
	return m->state == QPP_PARTY_ACCEPTED || m->state == QPP_PARTY_NAMED;
}

struct qpp_vgroup_member *vgroup_member(const struct qpp_vgroup *g, struct qpp_str org_id)
{
	for (size_t i = 0; i < g->n_members; i++)
		if (qpp_str_eq(g->members[i].row.org_id, org_id))
			return &g->members[i];
	return NULL;
}

bool vgroup_official(const struct qpp_actor *actor, struct qpp_str org_id)
{
	/* A virtual group or an APM entity has officials, too, and is never in a virtual group. */
	for (size_t i = 0; i < actor->n; i++)
		if (actor->roles[i].kind == QPP_ORG_PRACTICE && actor->roles[i].post == QPP_POST_OFFICIAL && qpp_str_eq(actor->roles[i].org_id, org_id))
			return true;
	return false;
}

bool vgroup_agency(const struct qpp_actor *actor, enum qpp_post post)
{
	for (size_t i = 0; i < actor->n; i++)
		if (actor->roles[i].kind == QPP_ORG_AGENCY && (post == QPP_POST_NONE || actor->roles[i].post == post))
			return true;
	return false;
}

/* ---- the window ---- */

static bool instant_of(const struct qpp_service *service, const char *name, qpp_py py, qpp_instant *t, int32_t *offset)
{
	struct qpp_str text = qpp_years_param(service->years, name, py);
	return text.n && qpp_instant_parse(text, t, offset);
}

struct qpp_vgroup_window qpp_vgroup_window_at(const struct qpp_service *service, qpp_py py, qpp_time at)
{
	struct qpp_vgroup_window w = { 0 };
	qpp_instant opens, closes;
	w.known = instant_of(service, "election_opens", py, &opens, &w.opens_offset) &&
	          instant_of(service, "election_closes", py, &closes, &w.closes_offset);
	if (!w.known)
		return w;
	/* The last second belongs to the window whole. */
	w.opens = qpp_time_of_instant(opens);
	w.closes.us = (closes.v + 1) * QPP_MICROS_A_SECOND;
	w.over = !service->window_open && at.us >= w.closes.us;
	w.open = service->window_open || (at.us >= w.opens.us && !w.over);
	return w;
}

size_t qpp_vgroup_years(const struct qpp_service *service, qpp_time at, qpp_py *out, size_t most)
{
	const struct qpp_param *p = qpp_ruleset_param(qpp_years_rules(service->years), QPP_LIT("election_closes"));
	size_t n = 0;
	for (size_t i = 0; p && i < p->n_rows; i++)
		for (int y = p->rows[i].from; y <= p->rows[i].to && n < most; y++) {
			struct qpp_vgroup_window w = qpp_vgroup_window_at(service, (qpp_py){ y }, at);
			if (w.known && !w.over)
				out[n++] = (qpp_py){ y };
		}
	return n;
}

/* ---- loading ---- */

static enum qpp_code load_member(struct vgroup_work *w, const struct qpp_vgroup *g, const struct qpp_vgroup_npi_rows *list,
                                 struct qpp_vgroup_member *m, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_org_get(w->tx, m->row.org_id, &m->org, err);
	if (code == QPP_OK)
		code = qpp_store_org_tin(w->tx, m->row.org_id, &m->tin, err);
	m->state = qpp_party_state_of(m->row.state);
	m->own = qpp_actor_is_of(w->call->actor, m->row.org_id);
	m->own_official = vgroup_official(w->call->actor, m->row.org_id);
	if (w->as_filed)
		m->state = m->row.elected ? QPP_PARTY_ACCEPTED : QPP_PARTY_LEFT;
	if (code != QPP_OK || (!vgroup_is_in(m) && m->state != QPP_PARTY_INVITED))
		return code;
	return vgroup_people(w, g, list, m, err);
}

static enum qpp_code load_members(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err)
{
	struct qpp_vgroup_party_rows rows;
	struct qpp_vgroup_npi_rows list = { 0 };
	enum qpp_code code = qpp_store_vgroup_parties(w->tx, g->row.id, &rows, err);
	if (code == QPP_OK)
		code = qpp_store_vgroup_npis(w->tx, g->row.id, w->as_filed ? QPP_LIT("elected") : QPP_LIT("list"), &list, err);
	if (code != QPP_OK)
		return code;
	g->members = QPP_NEW_ARRAY(w->arena, rows.n + 1, struct qpp_vgroup_member);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_vgroup_member *m = &g->members[g->n_members++];
		m->row = rows.v[i];
		code = load_member(w, g, &list, m, err);
		g->n_in += vgroup_is_in(m);
		g->n_open += m->state == QPP_PARTY_INVITED;
	}
	g->agreed = g->n_in > 1 && !g->n_open;
	return code;
}

/* What the caller is in the group; false: nobody who may know of it. */
static bool load_caller(struct vgroup_work *w, struct qpp_vgroup *g)
{
	const struct qpp_actor *actor = w->call->actor;
	bool asked = false;
	for (size_t i = 0; i < g->n_members; i++) {
		const struct qpp_vgroup_member *m = &g->members[i];
		bool live = vgroup_is_in(m) || m->state == QPP_PARTY_INVITED;
		asked = asked || (m->own && live);
		g->caller_in = g->caller_in || (m->own && vgroup_is_in(m));
		g->caller_official = g->caller_official || (m->own_official && vgroup_is_in(m));
	}
	g->caller_began = g->row.org_id.n && vgroup_official(actor, g->row.org_id);
	g->caller_represents = g->row.account_id.n && actor->account_id.n && qpp_str_eq(actor->account_id, g->row.account_id);
	g->caller_reviews = vgroup_agency(actor, QPP_POST_REVIEWER);
	return asked || (g->caller_represents && (g->caller_in || qpp_str_is(g->row.origin, "mail"))) || (g->row.filed.us && vgroup_agency(actor, QPP_POST_NONE)) ||
	       (g->row.group_org_id.n && qpp_actor_is_of(actor, g->row.group_org_id));
}

static bool is_editable(const struct qpp_vgroup *g)
{
	bool filed = g->state == QPP_VGROUP_RECEIVED || g->state == QPP_VGROUP_APPROVED;
	return !g->window.over && g->state != QPP_VGROUP_DENIED && (!filed || g->row.revising);
}

static enum qpp_code load_past(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err)
{
	struct qpp_vgroup_event_rows events = { 0 };
	struct qpp_decision_rows decisions = { 0 };
	enum qpp_code code = qpp_store_vgroup_events(w->tx, g->row.id, &events, err);
	if (code == QPP_OK)
		code = qpp_store_decision_of(w->tx, g->row.id, &decisions, err);
	g->events = events.v;
	g->n_events = events.n;
	g->decisions = decisions.v;
	g->n_decisions = decisions.n;
	return code;
}

static void find_steps(struct qpp_vgroup *g)
{
	bool signed_all = g->n_in > 0, rosters = g->n_in > 0, rep = true;
	for (size_t i = 0; i < g->n_members; i++)
		if (vgroup_is_in(&g->members[i]) && g->members[i].state != QPP_PARTY_NAMED)
			signed_all = signed_all && g->members[i].signature;
	for (size_t i = 0; i < g->n_checks; i++) {
		const struct qpp_finding *f = g->checks[i].finding;
		rosters = rosters && !(f->severity == QPP_ERROR && g->checks[i].org_id.n);
		rep = rep && !(f->severity == QPP_ERROR && qpp_str_is(f->code, "representativeMissing"));
	}
	g->done[QPP_STEP_MEMBERS] = g->agreed;
	g->done[QPP_STEP_ROSTERS] = rosters;
	g->done[QPP_STEP_REPRESENTATIVE] = rep;
	g->done[QPP_STEP_AGREEMENT] = g->agreed && rosters;
	g->done[QPP_STEP_SIGNATURES] = signed_all && g->agreed;
	g->done[QPP_STEP_FILE] = g->row.sequence && !g->row.revising && g->state != QPP_VGROUP_RETURNED;
	for (g->next = QPP_STEP_MEMBERS; g->next < QPP_STEP_FILE && g->done[g->next];)
		g->next = (enum qpp_vgroup_step)(g->next + 1);
	g->ready = g->next == QPP_STEP_FILE && !g->errors && !g->n_open;
}

/* What was filed stands as it was filed, whatever was begun to be changed and not filed in time. */
static bool stands(const struct qpp_vgroup *g)
{
	return (g->state == QPP_VGROUP_RECEIVED || g->state == QPP_VGROUP_APPROVED) && (!g->row.revising || g->window.over);
}

enum qpp_code vgroup_load(struct vgroup_work *w, struct qpp_str id, struct qpp_vgroup *g, struct qpp_err *err)
{
	*g = (struct qpp_vgroup){ 0 };
	enum qpp_code code = qpp_store_vgroup_get(w->tx, id, &g->row, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "virtual group");
	if (code != QPP_OK)
		return code;
	g->state = qpp_vgroup_state_of(g->row.state);
	g->window = qpp_vgroup_window_at(w->call->service, g->row.py, w->at);
	w->as_filed = w->as_filed || stands(g);
	code = load_members(w, g, err);
	if (code == QPP_OK && !load_caller(w, g))
		return qpp_not_found(err, "virtual group");
	g->may_edit = is_editable(g);
	if (code == QPP_OK)
		code = vgroup_agreement(w, g, err);
	if (code == QPP_OK)
		code = vgroup_judge(w, g, err);
	if (code == QPP_OK)
		code = load_past(w, g, err);
	if (code == QPP_OK)
		code = vgroup_alarms(w, g, err);
	find_steps(g);
	return code;
}

/* ---- seeing ---- */

/* Members that the caller does not know yet: not own, not the one who began, and not all have agreed. */
static void hide(struct vgroup_work *w, struct qpp_vgroup *g)
{
	bool all = g->agreed || g->row.filed.us || vgroup_agency(w->call->actor, QPP_POST_NONE);
	for (size_t i = 0; i < g->n_members; i++) {
		struct qpp_vgroup_member *m = &g->members[i];
		bool known = m->own || (all && g->caller_in) || vgroup_agency(w->call->actor, QPP_POST_NONE);
		m->hidden = !known && !qpp_str_eq(m->row.org_id, g->row.org_id);
		if (!known)
			m->tin = m->hidden && !g->caller_began ? QPP_LIT("") : vgroup_masked(w->arena, m->tin);
		if (!known)
			m->people = NULL;
		if (m->hidden)
			m->org.name = QPP_LIT("");
	}
	if (all)
		return;
	/* The text names everybody. */
	g->agreement = QPP_LIT("");
}

enum qpp_code qpp_vgroup_see(const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup *out, struct qpp_err *err)
{
	struct vgroup_work w = { .call = call, .arena = call->arena, .at = qpp_now(call->service->clock) };
	bool practice = false;
	for (size_t i = 0; i < call->actor->n; i++)
		practice = practice || call->actor->roles[i].kind == QPP_ORG_PRACTICE;
	w.as_filed = !practice && vgroup_agency(call->actor, QPP_POST_NONE);
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &w.tx, err);
	if (code != QPP_OK)
		return code;
	code = vgroup_load(&w, id, out, err);
	qpp_store_end(w.tx);
	if (code == QPP_OK)
		hide(&w, out);
	return code;
}

/* ---- one's own ---- */

static enum qpp_code collect(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_actor_role *role,
                             struct qpp_vgroups_mine *out, struct qpp_err *err)
{
	struct qpp_vgroup_party_rows rows = { 0 };
	enum qpp_code code = qpp_store_vgroup_party_of(tx, role->org_id, (qpp_py){ 0 }, &rows, err);
	QPP_VEC(struct qpp_vgroup_mine) all = { out->v, out->n, out->n };
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_vgroup_mine x = { .party = rows.v[i], .party_state = qpp_party_state_of(rows.v[i].state),
			                         .official = role->post == QPP_POST_OFFICIAL };
		struct qpp_org began;
		code = qpp_store_vgroup_get(tx, rows.v[i].group_id, &x.row, err);
		if (code == QPP_OK)
			code = qpp_store_org_get(tx, role->org_id, &x.org, err);
		x.state = qpp_vgroup_state_of(x.row.state);
		if (code == QPP_OK && x.row.org_id.n && qpp_store_org_get(tx, x.row.org_id, &began, err) == QPP_OK)
			x.began_by = began.name;
		if (code == QPP_OK)
			*QPP_PUSH(call->arena, &all) = x;
	}
	out->v = all.v;
	out->n = all.n;
	return code;
}

enum qpp_code qpp_vgroups_of(const struct qpp_call *call, struct qpp_vgroups_mine *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_vgroups_mine){ 0 };
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; code == QPP_OK && i < call->actor->n; i++) {
		const struct qpp_actor_role *r = &call->actor->roles[i];
		bool again = false;
		for (size_t k = 0; k < i; k++)
			again = again || qpp_str_eq(call->actor->roles[k].org_id, r->org_id);
		if (r->kind == QPP_ORG_PRACTICE && !again)
			code = collect(tx, call, r, out, err);
	}
	qpp_store_end(tx);
	return code;
}
