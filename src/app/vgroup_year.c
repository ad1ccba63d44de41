/*
 * From year to year, and within one: last year's group as what a new one begins
 * with, and what the year does to a group that stands.
 */
#include "app/vgroup_int.h"

#include "qpp/buf.h"
#include "qpp/ruleset.h"

/* ---- last year's ---- */

static enum qpp_code read_past(struct qpp_tx *tx, struct qpp_arena *a, const struct qpp_org *group, qpp_py py, struct qpp_str org_id,
                               struct qpp_vgroup_past *x, struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	*x = (struct qpp_vgroup_past){ .group = *group, .py = py };
	enum qpp_code code = qpp_store_org_get(tx, org_id, &x->org, err);
	if (code == QPP_OK)
		code = qpp_store_membership_of_group(tx, py, group->id, (struct qpp_slice){ 0 }, &rows, err);
	x->members = QPP_NEW_ARRAY(a, rows.n + 1, struct qpp_org);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		if (!rows.v[i].npi.n)
			code = qpp_store_org_get(tx, rows.v[i].org_id, &x->members[x->n++], err);
	return code;
}

static enum qpp_code pasts(struct qpp_tx *tx, const struct qpp_call *call, qpp_py before, struct qpp_vgroup_pasts *out, struct qpp_err *err)
{
	QPP_VEC(struct qpp_vgroup_past) all = { 0 };
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < call->actor->n; i++) {
		struct qpp_membership_rows rows = { 0 };
		struct qpp_org group;
		const struct qpp_actor_role *r = &call->actor->roles[i];
		if (r->kind != QPP_ORG_PRACTICE || r->post != QPP_POST_OFFICIAL)
			continue;
		code = qpp_store_membership_of_org(tx, before, r->org_id, QPP_LIT(""), &rows, err);
		for (size_t k = 0; code == QPP_OK && k < rows.n; k++) {
			if (rows.v[k].npi.n)
				continue;
			code = qpp_store_org_get(tx, rows.v[k].group_id, &group, err);
			if (code == QPP_OK && group.kind == QPP_ORG_VIRTUAL_GROUP)
				code = read_past(tx, call->arena, &group, before, r->org_id, QPP_PUSH(call->arena, &all), err);
		}
	}
	out->v = all.v;
	out->n = all.n;
	return code;
}

enum qpp_code qpp_vgroup_past_of(const struct qpp_call *call, qpp_py py, struct qpp_vgroup_pasts *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	*out = (struct qpp_vgroup_pasts){ 0 };
	enum qpp_code code = qpp_store_begin(call->service->store, call->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = pasts(tx, call, (qpp_py){ py.v - 1 }, out, err);
	qpp_store_end(tx);
	return code;
}

/* ---- the difference ---- */

static void say(struct qpp_arena *a, struct qpp_vgroup_changes *out, struct qpp_str line)
{
	struct qpp_str *v = QPP_NEW_ARRAY(a, out->n + 1, struct qpp_str);
	for (size_t i = 0; i < out->n; i++)
		v[i] = out->v[i];
	v[out->n++] = line;
	out->v = v;
}

static void compare(struct qpp_arena *a, const struct qpp_vgroup *g, const struct qpp_vgroup_past *past, struct qpp_vgroup_changes *out)
{
	for (size_t i = 0; i < past->n; i++) {
		const struct qpp_vgroup_member *m = vgroup_member(g, past->members[i].id);
		const char *name = vgroup_c(a, past->members[i].name);
		if (!m || (!vgroup_is_in(m) && m->state != QPP_PARTY_INVITED))
			say(a, out, qpp_str_cat(a, name, " was in last year's group and is not in this one.", (char *)NULL));
		else if (m->state == QPP_PARTY_INVITED)
			say(a, out, qpp_str_cat(a, name, " was in last year's group and has not answered yet.", (char *)NULL));
		else if (m->in_store && m->known_py.v == g->row.py.v && (size_t)m->in_store != m->n_people)
			say(a, out, qpp_str_cat(a, name, ": the list of clinicians and those who bill under the TIN differ.", (char *)NULL));
	}
	for (size_t i = 0; i < g->n_members; i++) {
		bool was = false;
		for (size_t k = 0; k < past->n; k++)
			was = was || qpp_str_eq(past->members[k].id, g->members[i].row.org_id);
		if (!was && vgroup_is_in(&g->members[i]))
			say(a, out, qpp_str_cat(a, g->members[i].hidden ? "Another practice" : vgroup_c(a, g->members[i].org.name), " is new.", (char *)NULL));
	}
	for (size_t i = 0; i < g->n_checks; i++) {
		const struct qpp_vgroup_member *m = vgroup_member(g, g->checks[i].org_id);
		if (m && g->checks[i].finding->severity == QPP_ERROR && !m->hidden)
			say(a, out, qpp_str_cat(a, "No longer holds for ", vgroup_c(a, m->org.name), ": ", vgroup_c(a, g->checks[i].finding->message), ".",
			                        (char *)NULL));
	}
}

enum qpp_code qpp_vgroup_since(const struct qpp_call *call, const struct qpp_vgroup *g, struct qpp_vgroup_changes *out, struct qpp_err *err)
{
	struct qpp_vgroup_pasts all;
	*out = (struct qpp_vgroup_changes){ 0 };
	enum qpp_code code = qpp_vgroup_past_of(call, g->row.py, &all, err);
	for (size_t i = 0; code == QPP_OK && i < all.n; i++) {
		if (!vgroup_member(g, all.v[i].org.id))
			continue;
		out->group = all.v[i].group.name;
		compare(call->arena, g, &all.v[i], out);
		break;
	}
	return code;
}

/* ---- within the year ---- */

static struct qpp_duty duty_of(const struct qpp_vgroup *g, const char *name)
{
	for (size_t i = 0; i < g->answer.n_duties; i++)
		if (qpp_str_is(g->answer.duties[i].name, name))
			return g->answer.duties[i];
	return (struct qpp_duty){ 0 };
}

static struct qpp_vgroup_alarm *alarm(struct vgroup_work *w, struct qpp_vgroup *g, enum qpp_alarm_kind kind, const struct qpp_vgroup_member *m,
                                      const char *duty, const char *more)
{
	struct qpp_vgroup_alarm *v = QPP_NEW_ARRAY(w->arena, g->n_alarms + 1, struct qpp_vgroup_alarm), *x = &v[g->n_alarms];
	struct qpp_duty d = duty_of(g, duty);
	qpp_instant opens;
	struct qpp_str text = qpp_years_param(w->call->service->years, "submission_opens", g->row.py);
	for (size_t i = 0; i < g->n_alarms; i++)
		v[i] = g->alarms[i];
	*x = (struct qpp_vgroup_alarm){ .kind = kind, .cite = d.cite };
	if (m) {
		x->org_id = m->row.org_id;
		x->org = m->org.name;
	}
	x->consequence = qpp_str_cat(w->arena, more, vgroup_c(w->arena, d.says), (char *)NULL);
	if (text.n && qpp_instant_parse(text, &opens, NULL))
		x->by = qpp_time_of_instant(opens);
	g->alarms = v;
	g->n_alarms++;
	return x;
}

static bool stands_in(const struct qpp_vgroup_member *m, struct qpp_str npi)
{
	for (size_t i = 0; i < m->n_people; i++)
		if (qpp_str_eq(m->people[i].npi, npi))
			return true;
	return false;
}

static bool bills(const struct qpp_relation_rows *rows, struct qpp_str npi)
{
	for (size_t i = 0; i < rows->n; i++)
		if (qpp_str_eq(rows->v[i].npi, npi))
			return true;
	return false;
}

static void member_alarms(struct vgroup_work *w, struct qpp_vgroup *g, const struct qpp_vgroup_member *m, const struct qpp_relation_rows *now,
                          int64_t most)
{
	for (size_t i = 0; i < now->n; i++)
		if (!stands_in(m, now->v[i].npi))
			alarm(w, g, QPP_ALARM_JOINED, m, "joining", "")->npi = now->v[i].npi;
	for (size_t i = 0; i < m->n_people; i++)
		if (!bills(now, m->people[i].npi))
			alarm(w, g, QPP_ALARM_LEFT, m, "update", "")->npi = m->people[i].npi;
	if ((int64_t)now->n > most)
		alarm(w, g, QPP_ALARM_TOO_MANY, m, "definition",
		      "the size was measured before the year, and a practice that was small enough then stays so when it grows later; ")->count = (int64_t)now->n;
}

/* What is known of the year at all: without a relation of any member the year has not been loaded. */
static enum qpp_code year_relations(struct vgroup_work *w, const struct qpp_vgroup *g, struct qpp_relation_rows *v, bool *known, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	*known = false;
	for (size_t i = 0; code == QPP_OK && i < g->n_members; i++) {
		if (!vgroup_is_in(&g->members[i]))
			continue;
		code = qpp_store_relation_of_org(w->tx, g->row.py, g->members[i].row.org_id, (struct qpp_slice){ .most = VGROUP_LIST_MOST }, &v[i], err);
		*known = *known || v[i].n;
	}
	return code;
}

static int64_t param(const struct qpp_service *service, const char *name, qpp_py py)
{
	const struct qpp_param *p = qpp_ruleset_param(qpp_years_rules(service->years), qpp_str_of(name));
	const struct qpp_param_row *row = p ? qpp_param_row(p, py) : NULL;
	int64_t n = 0;
	return row && row->status != QPP_RULE_NONE && qpp_dec_i64(row->value.number, &n) ? n : 0;
}

/* 414.1315(a)(1): a practice takes part with its whole TIN. A subgroup of it that registers reports beside that for nothing. */
static enum qpp_code subgroup_alarm(struct vgroup_work *w, struct qpp_vgroup *g, const struct qpp_vgroup_member *m, struct qpp_err *err)
{
	struct qpp_membership_rows in = { 0 };
	struct qpp_org org;
	bool has = false;
	enum qpp_code code = qpp_store_membership_of_org(w->tx, g->row.py, m->row.org_id, QPP_LIT(""), &in, err);
	for (size_t i = 0; code == QPP_OK && i < in.n; i++) {
		code = qpp_store_org_get(w->tx, in.v[i].group_id, &org, err);
		has = has || (code == QPP_OK && org.kind == QPP_ORG_SUBGROUP);
	}
	if (code == QPP_OK && has)
		(void)alarm(w, g, QPP_ALARM_SUBGROUP, m, "data", "its clinicians are paid on the score of the virtual group, for which no subgroup reports; ");
	return code;
}

enum qpp_code vgroup_alarms(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err)
{
	struct qpp_relation_rows *v = QPP_NEW_ARRAY(w->arena, g->n_members + 1, struct qpp_relation_rows);
	bool known;
	int64_t left = 0, most = param(w->call->service, "virtual_group_practice_most_clinicians", g->row.py),
	        least = param(w->call->service, "virtual_group_least_practices", g->row.py);
	if (!w->as_filed || (g->state != QPP_VGROUP_RECEIVED && g->state != QPP_VGROUP_APPROVED))
		return QPP_OK;
	enum qpp_code code = year_relations(w, g, v, &known, err);
	for (size_t i = 0; code == QPP_OK && i < g->n_members; i++)
		if (vgroup_is_in(&g->members[i]))
			code = subgroup_alarm(w, g, &g->members[i], err);
	for (size_t i = 0; code == QPP_OK && known && i < g->n_members; i++) {
		const struct qpp_vgroup_member *m = &g->members[i];
		if (!vgroup_is_in(m))
			continue;
		left += v[i].n > 0;
		if (v[i].n)
			member_alarms(w, g, m, &v[i], most);
		else
			alarm(w, g, QPP_ALARM_TIN_GONE, m, "definition", "nobody bills under the TIN any more: it leaves the virtual group with all its clinicians; ");
	}
	if (code == QPP_OK && known && left < least)
		alarm(w, g, QPP_ALARM_TOO_FEW, NULL, "definition", "too few TINs are left for a virtual group; ")->count = left;
	return code;
}
