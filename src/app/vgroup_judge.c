/*
 * What the store knows of the parties, put as an election before the core
 * (qpp/election.h), and its findings brought back to the party they are about.
 * Nothing is decided here: who is MIPS eligible is the core's, too.
 */
#include "app/vgroup_int.h"

#include "app/mail.h"
#include "app/provider.h"
#include "qpp/check.h"
#include "qpp/eligibility.h"
#include "qpp/rules.h"

enum { MOST_FINDINGS = 400, YEARS_BACK = 2 };

enum qpp_code vgroup_rules(struct qpp_arena *a, const struct qpp_service *service, qpp_py py, const struct qpp_rules **out,
                           struct qpp_err *err)
{
	*out = qpp_years_bound(service->years, py);
	return *out ? QPP_OK : qpp_rules_bind(a, qpp_years_rules(service->years), py, NULL, 0, out, err);
}

/* ---- what is known of a clinician ---- */

/*
 * In a group the low-volume threshold is the group's matter: whoever is not excluded by type, enrollment or QP status counts
 * as MIPS eligible (414.1305). A solo practitioner is what the rules say of the clinician alone.
 */
static void read_status(struct qpp_vgroup_person *x, const struct qpp_standing *s, bool solo)
{
	if (!s->facts)
		return;
	switch (s->decided->status) {
	case QPP_ELIGIBLE:
	case QPP_ELIGIBLE_OPTED_IN:
		x->eligible = QPP_YES;
		break;
	case QPP_OPT_IN_ELIGIBLE:
	case QPP_EXEMPT_LOW_VOLUME:
		x->eligible = solo ? QPP_NO : QPP_YES;
		break;
	case QPP_EXEMPT_PARTIAL_QP:
		/* Joining is the decision to take part. */
		x->eligible = QPP_YES;
		break;
	case QPP_ELIGIBILITY_UNDECIDED:
		break;
	default:
		x->eligible = QPP_NO;
	}
	x->newly_enrolled = s->decided->status == QPP_EXEMPT_NEWLY_ENROLLED ? QPP_YES : x->eligible == QPP_UNKNOWN ? QPP_UNKNOWN : QPP_NO;
	if (s->facts->qp_status == QPP_QP_FULL)
		x->qp = QPP_ELECTION_QP;
	else if (s->facts->qp_status == QPP_QP_PARTIAL)
		x->qp = QPP_ELECTION_QP_PARTIAL;
	else if (s->facts->qp_status == QPP_QP_NONE)
		x->qp = QPP_ELECTION_QP_NONE;
	if (s->facts->has_type)
		x->type = qpp_str_of(qpp_clinician_type_name(s->facts->type));
}

/* How many figures the low-volume threshold has that year. */
static int64_t criteria(const struct qpp_service *service, qpp_py py)
{
	const struct qpp_table *t = qpp_ruleset_table(qpp_years_rules(service->years), QPP_LIT("low_volume"));
	int64_t n = 0;
	for (size_t i = 0; t && i < t->n_rows; i++)
		n += t->rows[i].from <= py.v && py.v <= t->rows[i].to;
	return n;
}

static void take_exceeded(const struct vgroup_work *w, struct qpp_vgroup_member *m, const struct qpp_standing *s)
{
	int low = 0;
	for (unsigned bits = s->low; bits; bits >>= 1)
		low += bits & 1;
	m->exceeds_known = s->facts && s->low_known;
	m->exceeds = criteria(w->call->service, m->known_py) - low;
}

static enum qpp_code read_person(struct vgroup_work *w, const struct qpp_relation_rows *known, struct qpp_vgroup_member *m,
                                 struct qpp_vgroup_person *x, bool solo, struct qpp_err *err)
{
	struct qpp_clinician c;
	const struct qpp_relation *r = NULL;
	struct qpp_standing s = { 0 };
	x->check_digit = qpp_npi_check_digit_ok(x->npi);
	for (size_t i = 0; i < known->n && !r; i++)
		if (qpp_str_eq(known->v[i].npi, x->npi))
			r = &known->v[i];
	x->in_store = r != NULL;
	enum qpp_code code = qpp_store_clinician_get(w->tx, x->npi, &c, err);
	if (code == QPP_OK) {
		x->name = qpp_str_cat(w->arena, vgroup_c(w->arena, c.first), c.first.n && c.last.n ? " " : "", vgroup_c(w->arena, c.last),
		                      (char *)NULL);
		x->type = c.specialty;
	} else if (code != QPP_NOT_FOUND) {
		return code;
	}
	code = r ? qpp_provider_stand(w->call, r->py, r->facts, QPP_INDIVIDUAL, &s, err) : QPP_OK;
	read_status(x, &s, solo);
	if (solo)
		take_exceeded(w, m, &s);
	return code;
}

/* Those who bill under the TIN: of the year, or of the last year before it that is known. An election is made in the fall
   before its year, when not even that fall's year need be known. */
static enum qpp_code bill(struct vgroup_work *w, const struct qpp_vgroup *g, struct qpp_vgroup_member *m, struct qpp_relation_rows *known,
                          struct qpp_err *err)
{
	const struct qpp_slice all = { .most = VGROUP_LIST_MOST, .count = true };
	m->known_py = g->row.py;
	enum qpp_code code = qpp_store_relation_of_org(w->tx, m->known_py, m->row.org_id, all, known, err);
	while (code == QPP_OK && !known->n && m->known_py.v > g->row.py.v - YEARS_BACK) {
		m->known_py.v--;
		code = qpp_store_relation_of_org(w->tx, m->known_py, m->row.org_id, all, known, err);
	}
	m->in_store = code == QPP_OK ? known->total : 0;
	return code;
}

static void take_list(struct vgroup_work *w, const struct qpp_vgroup_npi_rows *list, const struct qpp_relation_rows *known,
                      struct qpp_vgroup_member *m)
{
	QPP_VEC(struct qpp_vgroup_person) people = { 0 };
	for (size_t i = 0; i < list->n; i++)
		if (qpp_str_eq(list->v[i].org_id, m->row.org_id))
			*QPP_PUSH(w->arena, &people) = (struct qpp_vgroup_person){ .npi = list->v[i].npi };
	m->listed_by_hand = people.n > 0;
	for (size_t i = 0; !m->listed_by_hand && i < known->n; i++)
		*QPP_PUSH(w->arena, &people) = (struct qpp_vgroup_person){ .npi = known->v[i].npi };
	m->people = people.v;
	m->n_people = people.n;
}

static enum qpp_code group_facts(struct vgroup_work *w, struct qpp_vgroup_member *m, struct qpp_err *err)
{
	const struct qpp_who who = { .py = m->known_py, .entity = QPP_GROUP, .org_id = m->row.org_id };
	struct qpp_fact_row row = { 0 };
	struct qpp_standing s = { 0 };
	enum qpp_code code = qpp_store_fact_get(w->tx, &who, QPP_LIT("eligibility"), &row, err);
	if (code == QPP_OK)
		code = qpp_provider_stand(w->call, m->known_py, row.body, QPP_GROUP, &s, err);
	if (code == QPP_OK)
		take_exceeded(w, m, &s);
	return code == QPP_NOT_FOUND ? QPP_OK : code;
}

static enum qpp_code find_holder(struct vgroup_work *w, const struct qpp_vgroup *g, struct qpp_vgroup_member *m, struct qpp_err *err)
{
	struct qpp_membership_rows rows = { 0 };
	enum qpp_code code = qpp_store_vgroup_claimed(w->tx, g->row.py, m->row.org_id, &m->holder, err);
	if (qpp_str_eq(m->holder, g->row.id))
		m->holder = QPP_LIT("");
	if (code == QPP_OK && !m->holder.n)
		code = qpp_store_membership_of_org(w->tx, g->row.py, m->row.org_id, QPP_LIT(""), &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_org org;
		if (rows.v[i].npi.n || qpp_str_eq(rows.v[i].group_id, g->row.group_org_id))
			continue;
		code = qpp_store_org_get(w->tx, rows.v[i].group_id, &org, err);
		if (code == QPP_OK && org.kind == QPP_ORG_VIRTUAL_GROUP)
			m->holder = org.id;
	}
	return code;
}

enum qpp_code vgroup_people(struct vgroup_work *w, const struct qpp_vgroup *g, const struct qpp_vgroup_npi_rows *list,
                            struct qpp_vgroup_member *m, struct qpp_err *err)
{
	struct qpp_relation_rows known = { 0 };
	enum qpp_code code = bill(w, g, m, &known, err);
	if (code != QPP_OK)
		return code;
	take_list(w, list, &known, m);
	bool solo = m->n_people == 1;
	for (size_t i = 0; code == QPP_OK && i < m->n_people; i++)
		code = read_person(w, &known, m, &m->people[i], solo, err);
	if (code == QPP_OK && !solo)
		code = group_facts(w, m, err);
	return code == QPP_OK ? find_holder(w, g, m, err) : code;
}

/* ---- the election ---- */

/* Places are numbers of parties: findings are brought back by them. */
static struct qpp_where place_of(size_t i)
{
	return (struct qpp_where){ .line = (uint32_t)(i + 1) };
}

static void put_practice(struct vgroup_work *w, const struct qpp_vgroup_member *m, size_t i, struct qpp_election_practice *p)
{
	struct qpp_election_clinician *v = QPP_NEW_ARRAY(w->arena, m->n_people + 1, struct qpp_election_clinician);
	const struct qpp_where at = place_of(i);
	for (size_t k = 0; k < m->n_people; k++) {
		const struct qpp_vgroup_person *x = &m->people[k];
		v[k] = (struct qpp_election_clinician){ .npi = x->npi, .mips_eligible = x->eligible, .newly_enrolled = x->newly_enrolled,
			                                    .qp = x->qp, .where = at };
	}
	*p = (struct qpp_election_practice){ .name = m->org.name, .tin = m->tin, .clinicians = v, .n_clinicians = m->n_people,
		.in_other_virtual_group = m->holder.n ? QPP_YES : QPP_NO, .where = at, .name_where = at, .tin_where = at, .other_where = at,
		.billing_where = at, .low_volume_where = at, .npis_where = at };
	if (m->in_store)
		p->billing_npis = (struct qpp_count){ .given = true, .v = m->in_store };
	if (m->exceeds_known)
		p->low_volume_criteria_exceeded = (struct qpp_count){ .given = true, .v = m->exceeds };
}

/* The Eastern day of a moment: the clocks go back once within the window. */
static qpp_day eastern_day(const struct qpp_service *service, const struct qpp_vgroup *g, qpp_time t)
{
	qpp_instant back = { 0 };
	struct qpp_str text = qpp_years_param(service->years, "eastern_standard_begins", g->row.py);
	bool summer = text.n && qpp_instant_parse(text, &back, NULL) && qpp_time_instant(t).v < back.v;
	return qpp_instant_day(qpp_time_instant(t), summer ? g->window.opens_offset : g->window.closes_offset);
}

/* The agreement is made when the last party has signed the text as it stands. */
static void put_agreement(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_election *e)
{
	qpp_time last = { 0 };
	size_t n = 0;
	if (w->as_filed || qpp_str_is(g->row.origin, "mail")) {
		e->acknowledged = QPP_YES;
		e->has_executed_on = qpp_day_parse(g->row.executed_on, &e->executed_on);
		return;
	}
	for (size_t i = 0; i < g->n_members; i++) {
		const struct qpp_vgroup_signature *s = g->members[i].signature;
		n += vgroup_is_in(&g->members[i]) && s;
		if (s && s->at.us > last.us)
			last = s->at;
	}
	e->acknowledged = n && n == g->n_in ? QPP_YES : QPP_NO;
	e->has_executed_on = e->acknowledged == QPP_YES;
	e->executed_on = eastern_day(w->call->service, g, last);
}

/* When filed, or else now; where the service has the window open whatever the calendar says, within it. */
static void put_time(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_election *e)
{
	qpp_time at = w->as_filed && g->row.filed.us ? g->row.filed : w->at;
	if (w->call->service->window_open && g->window.known) {
		if (at.us >= g->window.closes.us)
			at.us = g->window.closes.us - 1;
		if (at.us < g->window.opens.us)
			at = g->window.opens;
	}
	e->has_submitted_at = true;
	e->submitted_at = qpp_time_instant(at);
	e->submitted_offset = g->window.closes_offset;
	if (!w->as_filed && g->row.sequence)
		e->changes = g->row.identifier.n ? g->row.identifier : g->row.id;
}

static struct qpp_election *election_of(struct vgroup_work *w, struct qpp_vgroup *g)
{
	struct qpp_election *e = QPP_NEW(w->arena, struct qpp_election);
	struct qpp_election_practice *v = QPP_NEW_ARRAY(w->arena, g->n_in + 1, struct qpp_election_practice);
	e->py = g->row.py;
	e->practices = v;
	for (size_t i = 0; i < g->n_members; i++)
		if (vgroup_is_in(&g->members[i]))
			put_practice(w, &g->members[i], i, &v[e->n_practices++]);
	e->representative.name = g->row.rep_name;
	e->representative.email = g->row.rep_email;
	e->representative.phone = g->row.rep_phone;
	e->representative.address = g->row.rep_address;
	put_agreement(w, g, e);
	put_time(w, g, e);
	return e;
}

/* ---- findings ---- */

static bool is_of_time(const struct qpp_finding *f)
{
	static const char *const codes[] = { "late", "notOpen", "wrongYear", "changeDuringYear" };
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (qpp_str_is(f->code, codes[i]))
			return true;
	return false;
}

static void take_finding(struct vgroup_work *w, struct qpp_vgroup *g, const struct qpp_finding *found)
{
	struct qpp_finding *f = QPP_NEW(w->arena, struct qpp_finding);
	struct qpp_vgroup_check *c = &g->checks[g->n_checks++];
	*f = *found;
	f->subject = QPP_LIT("");
	/* Some values are TINs. */
	if (f->value.n == VGROUP_TIN)
		f->value = QPP_LIT("");
	if (qpp_str_is(f->code, "agreementNotAcknowledged")) {
		f->message = QPP_LIT("not all practices have signed the agreement as it stands");
		f->expected = QPP_LIT("the signature of every practice of the group, on one and the same text");
	}
	*c = (struct qpp_vgroup_check){ .finding = f, .time_only = is_of_time(f) };
	if (f->where.line && f->where.line <= g->n_members)
		c->org_id = g->members[f->where.line - 1].row.org_id;
	f->where = (struct qpp_where){ 0 };
	g->errors += f->severity == QPP_ERROR && !c->time_only;
}

/* What the regulation leaves to good sense: an address that mail can be sent to, one clinician in two groups. */
static enum qpp_code own_findings(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_findings *f, struct qpp_err *err)
{
	enum qpp_code code = QPP_OK;
	if (g->row.rep_email.n && !qpp_mail_address(g->row.rep_email)) {
		struct qpp_finding *x = qpp_find(f, QPP_ERROR, "representativeMissing", (struct qpp_where){ 0 },
		                                 QPP_LIT("the e-mail address of the representative is none that can be written to"));
		x->value = qpp_shown(w->arena, g->row.rep_email);
		x->expected = QPP_LIT("one address, as name@example.org");
		x->cite = QPP_LIT("414.1315(c)(2)");
	}
	for (size_t i = 0; code == QPP_OK && i < g->n_members; i++)
		for (size_t k = 0; code == QPP_OK && vgroup_is_in(&g->members[i]) && k < g->members[i].n_people; k++) {
			bool elsewhere = false;
			struct qpp_str npi = g->members[i].people[k].npi;
			code = qpp_store_vgroup_npi_elsewhere(w->tx, g->row.py, g->row.id, npi, &elsewhere, err);
			if (!elsewhere)
				continue;
			struct qpp_finding *x = qpp_find(f, QPP_WARNING, "npiInOtherVirtualGroup", place_of(i),
			                                 QPP_LIT("the NPI stands in another virtual group of the year, under another TIN"));
			x->value = qpp_shown(w->arena, npi);
			x->expected = QPP_LIT("a clinician may bill under several TINs; look whether this one does");
			x->cite = QPP_LIT("414.1315(a)(1)");
		}
	return code;
}

enum qpp_code vgroup_judge(struct vgroup_work *w, struct qpp_vgroup *g, struct qpp_err *err)
{
	struct qpp_findings f;
	struct qpp_request q = { .arena = w->arena, .findings = &f };
	qpp_findings_init(&f, w->arena, MOST_FINDINGS);
	g->election = election_of(w, g);
	enum qpp_code code = vgroup_rules(w->arena, w->call->service, g->row.py, &q.rules, err);
	if (code == QPP_OK)
		code = qpp_election_check(&q, g->election, &g->answer, err);
	if (code == QPP_OK)
		code = own_findings(w, g, &f, err);
	if (code != QPP_OK)
		return code;
	g->checks = QPP_NEW_ARRAY(w->arena, f.list.n + 1, struct qpp_vgroup_check);
	for (size_t i = 0; i < f.list.n; i++)
		take_finding(w, g, &f.list.v[i]);
	return QPP_OK;
}
