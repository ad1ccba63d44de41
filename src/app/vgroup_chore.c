/*
 * A chore: what the year does to groups that stand is told to their
 * representatives, each thing once, by mail.
 */
#include "app/vgroup_int.h"

#include "app/notices.h"
#include "qpp/buf.h"

static const char *const kinds[QPP_ALARMS] = { "", "joined", "left", "tooMany", "tinGone", "tooFew", "subgroup" };

static struct qpp_str key_of(struct qpp_arena *a, const struct qpp_vgroup_alarm *x)
{
	return qpp_str_cat(a, kinds[x->kind], " ", vgroup_c(a, x->org_id), " ", vgroup_c(a, x->npi), (char *)NULL);
}

static bool is_told(const struct qpp_vgroup *g, struct qpp_str key)
{
	for (size_t i = 0; i < g->n_events; i++)
		if (qpp_str_is(g->events[i].kind, "alarm") && qpp_str_eq(g->events[i].note, key))
			return true;
	return false;
}

static struct qpp_str words(struct qpp_arena *a, const struct qpp_vgroup_alarm *x)
{
	static const char *const says[QPP_ALARMS] = {
		"", "A clinician bills under the TIN who does not stand in the election", "A clinician of the election does not bill under the TIN any more",
		"The practice has more clinicians now than a practice of a virtual group may have when it elects",
		"Nobody bills under the TIN any more", "The virtual group has too few TINs left", "A subgroup of the practice is registered",
	};
	return qpp_str_cat(a, x->org.n ? vgroup_c(a, x->org) : "The virtual group", ": ", says[x->kind], x->npi.n ? " (NPI " : "", vgroup_c(a, x->npi),
	                   x->npi.n ? ")" : "", ". What follows: ", vgroup_c(a, x->consequence), ".", x->by.us ? " To be told to the agency before " : "",
	                   x->by.us ? qpp_notice_time(a, x->by).p : "", x->by.us ? "." : "", (char *)NULL);
}

static enum qpp_code tell(struct vgroup_change *c, struct qpp_err *err)
{
	int64_t *n = c->with;
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < c->g.n_alarms; i++) {
		const struct qpp_vgroup_alarm *x = &c->g.alarms[i];
		struct qpp_str key = key_of(c->w.arena, x), says = words(c->w.arena, x);
		if (is_told(&c->g, key))
			continue;
		code = vgroup_event(c->w.tx, c->w.call, c->g.row.id, x->org_id, "alarm", key, err);
		if (code == QPP_OK)
			code = vgroup_tell_rep(c->w.tx, &c->g.row, "A change in your virtual group", &says, 1, err);
		*n += code == QPP_OK;
	}
	return code;
}

enum qpp_code qpp_vgroup_tell_alarms(const struct qpp_service *service, struct qpp_arena *a, qpp_py py, int64_t *n, struct qpp_err *err)
{
	static const struct qpp_actor_role machine = { .kind = QPP_ORG_AGENCY, .post = QPP_POST_AUDITOR };
	static const struct qpp_actor actor = { .roles = &machine, .n = 1 };
	const struct qpp_call call = { .service = service, .arena = a, .actor = &actor };
	const struct qpp_vgroup_query q = { .py = py, .state = QPP_LIT("approved") };
	struct qpp_vgroup_row_rows rows = { 0 };
	struct qpp_tx *tx;
	*n = 0;
	enum qpp_code code = qpp_store_begin(service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_vgroup_list(tx, &q, (struct qpp_slice){ 0 }, &rows, err);
	qpp_store_end(tx);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		code = vgroup_change(&call, rows.v[i].id, qpp_now(service->clock), tell, n, err);
	return code;
}
