/* Models of the election room: the list of one's groups, and one group with its steps, members, checks and what is next. */
#include "adapt/portal/making_vgroup_int.h"

#include "adapt/portal/view.h"

/* ---- words ---- */

struct qpp_mark_words vg_state_words(const struct qpp_vgroup_row *row)
{
	static const struct qpp_mark_words words[QPP_VGROUP_STATES] = {
		[QPP_VGROUP_NONE] = { QPP_LIT_INIT("Unknown"), QPP_TONE_PLAIN }, [QPP_VGROUP_DRAFT] = { QPP_LIT_INIT("Being formed"), QPP_TONE_PLAIN },
		[QPP_VGROUP_RECEIVED] = { QPP_LIT_INIT("Received"), QPP_TONE_GOOD }, [QPP_VGROUP_RETURNED] = { QPP_LIT_INIT("Returned"), QPP_TONE_WARN },
		[QPP_VGROUP_APPROVED] = { QPP_LIT_INIT("Approved"), QPP_TONE_GOOD }, [QPP_VGROUP_DENIED] = { QPP_LIT_INIT("Denied"), QPP_TONE_BAD },
		[QPP_VGROUP_WITHDRAWN] = { QPP_LIT_INIT("Withdrawn"), QPP_TONE_PLAIN },
	};
	return words[qpp_vgroup_state_of(row->state)];
}

static struct qpp_mark_words party_words(enum qpp_party_state s)
{
	static const struct qpp_mark_words words[QPP_PARTY_STATES] = {
		[QPP_PARTY_NONE] = { QPP_LIT_INIT("Unknown"), QPP_TONE_PLAIN }, [QPP_PARTY_INVITED] = { QPP_LIT_INIT("Invited"), QPP_TONE_WARN },
		[QPP_PARTY_ACCEPTED] = { QPP_LIT_INIT("In"), QPP_TONE_GOOD }, [QPP_PARTY_DECLINED] = { QPP_LIT_INIT("Declined"), QPP_TONE_PLAIN },
		[QPP_PARTY_LEFT] = { QPP_LIT_INIT("Not in"), QPP_TONE_PLAIN },
		[QPP_PARTY_UNINVITED] = { QPP_LIT_INIT("Invitation taken back"), QPP_TONE_PLAIN },
		[QPP_PARTY_NAMED] = { QPP_LIT_INIT("In"), QPP_TONE_GOOD },
	};
	return words[s];
}

static bool is_in(const struct qpp_vgroup_member *m)
{
	return m->state == QPP_PARTY_ACCEPTED || m->state == QPP_PARTY_NAMED;
}

static struct qpp_str last_moment(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup_window *w)
{
	return qpp_eastern(a, p->zone, (qpp_time){ w->closes.us - QPP_MICROS_A_SECOND });
}

void vg_make_head(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_head *x)
{
	qpp_time now = qpp_now(p->service->clock);
	*x = (struct qpp_vgroup_head){ .id = g->row.id, .name = g->row.name, .year = g->row.py.v, .state = vg_state_words(&g->row), .note = g->row.note };
	if (g->row.revising && !g->window.over)
		x->state = (struct qpp_mark_words){ QPP_LIT("Filed, being changed"), QPP_TONE_WARN };
	if (g->window.known && now.us < g->window.closes.us) {
		x->deadline = last_moment(p, a, &g->window);
		x->left = CAT(a, "in ", C(a, qpp_span_words(a, g->window.closes.us - now.us)));
	}
}

/* ---- members ---- */

static struct qpp_str size_of(struct qpp_arena *a, const struct qpp_vgroup_member *m)
{
	int64_t eligible = 0;
	if (!m->n_people)
		return QPP_LIT("None known");
	/* What somebody else's clinicians are is not shown before all have agreed. */
	if (m->hidden || !m->people)
		return CAT(a, C(a, qpp_i64_text(a, (int64_t)m->n_people)), m->n_people == 1 ? " clinician" : " clinicians");
	for (size_t i = 0; i < m->n_people; i++)
		eligible += m->people[i].eligible == QPP_YES;
	return CAT(a, C(a, qpp_i64_text(a, (int64_t)m->n_people)), m->n_people == 1 ? " clinician, " : " clinicians, ", C(a, qpp_i64_text(a, eligible)),
	           " MIPS eligible");
}

static struct qpp_mark_words signed_of(const struct qpp_vgroup *g, const struct qpp_vgroup_member *m)
{
	/* Who elected by e-mail said that there is an agreement, and signed it elsewhere. */
	if (is_in(m) && qpp_str_is(g->row.origin, "mail"))
		return (struct qpp_mark_words){ QPP_LIT("Acknowledged"), QPP_TONE_PLAIN };
	if (!is_in(m) || !g->agreed)
		return (struct qpp_mark_words){ 0 };
	if (m->signature)
		return (struct qpp_mark_words){ QPP_LIT("Signed"), QPP_TONE_GOOD };
	return (struct qpp_mark_words){ m->earlier ? QPP_LIT("To be signed anew") : QPP_LIT("Not signed"), QPP_TONE_WARN };
}

struct qpp_str vg_member_name(struct qpp_arena *a, const struct qpp_vgroup *g, const struct qpp_vgroup_member *m)
{
	size_t number = 1;
	for (size_t i = 0; i < g->n_members && &g->members[i] != m; i++)
		number++;
	return m->org.name.n ? m->org.name : CAT(a, "Practice ", C(a, qpp_i64_text(a, (int64_t)number)));
}

size_t vg_make_members(struct qpp_arena *a, const struct qpp_vgroup *g, bool all, struct qpp_vgroup_member_line **out)
{
	struct qpp_vgroup_member_line *v = QPP_NEW_ARRAY(a, g->n_members + 1, struct qpp_vgroup_member_line);
	size_t n = 0;
	for (size_t i = 0; i < g->n_members; i++) {
		const struct qpp_vgroup_member *m = &g->members[i];
		bool invited = m->state == QPP_PARTY_INVITED;
		if (!all && !is_in(m))
			continue;
		v[n++] = (struct qpp_vgroup_member_line){ .org_id = m->row.org_id, .name = vg_member_name(a, g, m), .size = size_of(a, m),
			.number = m->tin.n ? CAT(a, "TIN ", C(a, m->tin)) : QPP_LIT(""), .state = party_words(m->state), .signed_words = signed_of(g, m), .own = m->own,
			.can_answer = invited && m->own_official && g->may_edit, .can_leave = is_in(m) && m->own_official && g->may_edit,
			.can_uninvite = invited && !m->own_official && (g->caller_began || g->caller_represents) && g->may_edit, .can_list = m->own };
	}
	*out = v;
	return n;
}

/* ---- checks ---- */

size_t vg_make_checks(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_str org_id, bool time, struct qpp_vgroup_check_line **out)
{
	struct qpp_vgroup_check_line *v = QPP_NEW_ARRAY(a, g->n_checks + 1, struct qpp_vgroup_check_line);
	size_t n = 0;
	for (int tone = QPP_TONE_BAD; tone >= QPP_TONE_WARN; tone--)
		for (size_t i = 0; i < g->n_checks; i++) {
			const struct qpp_vgroup_check *c = &g->checks[i];
			const struct qpp_finding *f = c->finding;
			if ((f->severity == QPP_ERROR) != (tone == QPP_TONE_BAD) || (org_id.n && !qpp_str_eq(org_id, c->org_id)) || (c->time_only && !time))
				continue;
			struct qpp_str whose = QPP_LIT("");
			for (size_t k = 0; k < g->n_members; k++)
				if (c->org_id.n && qpp_str_eq(g->members[k].row.org_id, c->org_id))
					whose = vg_member_name(a, g, &g->members[k]);
			/* A value that is somebody's NPI is not for those who do not know them yet. */
			v[n++] = (struct qpp_vgroup_check_line){ .whose = whose, .says = CAT(a, C(a, f->message), f->value.n && g->agreed ? " (" : "",
				f->value.n && g->agreed ? C(a, f->value) : "", f->value.n && g->agreed ? ")" : ""), .expected = f->expected, .cite = f->cite, .tone = tone };
		}
	*out = v;
	return n;
}

/* ---- what it becomes, what happened ---- */

size_t vg_make_becomes(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_str **out)
{
	struct qpp_str *v = QPP_NEW_ARRAY(a, g->answer.n_duties + 6, struct qpp_str);
	size_t n = 0;
	const struct qpp_election_answer *x = &g->answer;
	if (g->n_in < 2) {
		*out = v;
		return 0;
	}
	v[n++] = CAT(a, C(a, qpp_i64_text(a, (int64_t)x->practices)), " practices with ", C(a, qpp_i64_text(a, (int64_t)x->clinicians)),
	             " clinicians in all", x->small_practice ? ": together still a small practice." : ": together no small practice any more.");
	if (x->without_adjustment)
		v[n++] = CAT(a, C(a, qpp_i64_text(a, (int64_t)x->without_adjustment)),
		             " of them get no payment adjustment (QPs and newly enrolled); their work counts all the same.");
	v[n++] = qpp_str_is(x->apm_score, "virtualGroup") ? QPP_LIT("Every MIPS eligible clinician is paid on the virtual group's score, also participants in an APM.")
	                                                  : QPP_LIT("Every MIPS eligible clinician is paid on the virtual group's score; participants in a MIPS APM on the APM entity's.");
	if (x->n_closed_programs)
		v[n++] = QPP_LIT("It reports traditional MIPS only: no MVP and no APP.");
	for (size_t i = 0; i < x->n_duties; i++)
		v[n++] = CAT(a, C(a, portal_capital(a, x->duties[i].says)), ".");
	*out = v;
	return n;
}

static const struct {
	const char *kind, *says;
} happenings[] = {
	{ "began", "The group was begun" }, { "invited", "A practice was invited" }, { "accepted", "A practice accepted" },
	{ "declined", "A practice declined" }, { "left", "A practice left" }, { "uninvited", "An invitation was taken back" },
	{ "listed", "A practice changed its list of clinicians" }, { "represented", "The representative was named" },
	{ "clause", "A clause of the agreement was changed" }, { "signed", "A practice signed the agreement" },
	{ "filed", "The election was filed" }, { "revised", "What was filed was opened for changes" }, { "kept", "What was filed was kept as it is" },
	{ "withdrawn", "The group was withdrawn" }, { "approved", "The election was approved" }, { "returned", "The election was returned" },
	{ "denied", "The election was denied" }, { "alarm", "A change during the year was told to the representative" },
};

size_t vg_make_events(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_event_line **out)
{
	struct qpp_vgroup_event_line *v = QPP_NEW_ARRAY(a, g->n_events + 1, struct qpp_vgroup_event_line);
	for (size_t i = 0; i < g->n_events; i++) {
		const struct qpp_vgroup_event *e = &g->events[i];
		struct qpp_str name = QPP_LIT("");
		v[i] = (struct qpp_vgroup_event_line){ .at = qpp_eastern_exact(a, p->zone, e->at), .says = e->kind };
		for (size_t k = 0; k < g->n_members; k++)
			if (e->org_id.n && qpp_str_eq(e->org_id, g->members[k].row.org_id))
				name = vg_member_name(a, g, &g->members[k]);
		for (size_t k = 0; k < sizeof happenings / sizeof *happenings; k++)
			if (qpp_str_is(e->kind, happenings[k].kind))
				v[i].says = CAT(a, happenings[k].says, name.n ? ": " : "", C(a, name));
	}
	*out = v;
	return g->n_events;
}

size_t vg_make_alarms(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_alarm_line **out)
{
	static const char *const says[QPP_ALARMS] = { "", "A clinician joined", "A clinician of the election is gone", "The practice has grown",
		                                          "Nobody bills under the TIN any more", "Too few practices are left", "A subgroup of the practice is registered" };
	struct qpp_vgroup_alarm_line *v = QPP_NEW_ARRAY(a, g->n_alarms + 1, struct qpp_vgroup_alarm_line);
	for (size_t i = 0; i < g->n_alarms; i++) {
		const struct qpp_vgroup_alarm *x = &g->alarms[i];
		v[i] = (struct qpp_vgroup_alarm_line){ .cite = x->cite, .consequence = portal_capital(a, x->consequence),
			.by = x->by.us ? qpp_eastern_day(a, p->zone, x->by) : QPP_LIT(""),
			.says = CAT(a, C(a, x->org), x->org.n ? ": " : "", says[x->kind], x->npi.n ? ", NPI " : "", C(a, x->npi), x->kind == QPP_ALARM_TOO_MANY ? " to " : "",
			            x->kind == QPP_ALARM_TOO_MANY ? C(a, qpp_i64_text(a, x->count)) : "", x->kind == QPP_ALARM_TOO_MANY ? " clinicians" : "", ".") };
	}
	*out = v;
	return g->n_alarms;
}

/* ---- steps and what is next ---- */

static const struct {
	const char *words, *behind;
} step_words[QPP_STEPS] = {
	[QPP_STEP_MEMBERS] = { "Practices", "#members" }, [QPP_STEP_ROSTERS] = { "Clinicians", "#checks" },
	[QPP_STEP_REPRESENTATIVE] = { "Representative", "/representative" }, [QPP_STEP_AGREEMENT] = { "Agreement", "/agreement" },
	[QPP_STEP_SIGNATURES] = { "Signatures", "/agreement" }, [QPP_STEP_FILE] = { "File", "/filing" },
};

static struct qpp_str behind(struct qpp_arena *a, const struct qpp_vgroup *g, const char *what)
{
	return CAT(a, "/virtual-groups/", C(a, g->row.id), what);
}

static void make_steps(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_room *m)
{
	struct qpp_vgroup_step_line *v = QPP_NEW_ARRAY(a, QPP_STEPS, struct qpp_vgroup_step_line);
	for (int i = 0; i < QPP_STEPS; i++)
		v[i] = (struct qpp_vgroup_step_line){ qpp_str_of(step_words[i].words), behind(a, g, step_words[i].behind), g->done[i],
			                                  g->may_edit && i == (int)g->next && !g->done[i] };
	m->steps.v = v;
	m->steps.n = QPP_STEPS;
}

static void say_next(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_room *m, struct qpp_str says, const char *what, const char *words)
{
	m->next = says;
	m->next_href = what ? behind(a, g, what) : QPP_LIT("");
	m->next_words = qpp_str_of(words);
}

static bool owes_signature(const struct qpp_vgroup *g)
{
	for (size_t i = 0; i < g->n_members; i++)
		if (g->members[i].own_official && is_in(&g->members[i]) && !g->members[i].signature)
			return true;
	return false;
}

static bool owes_answer(const struct qpp_vgroup *g)
{
	for (size_t i = 0; i < g->n_members; i++)
		if (g->members[i].own_official && g->members[i].state == QPP_PARTY_INVITED)
			return true;
	return false;
}

static void next_of_filed(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_room *m)
{
	switch (g->state) {
	case QPP_VGROUP_RECEIVED:
		say_next(a, g, m, QPP_LIT("The election is received. A reviewer of the agency looks at it and writes to you; nothing is to be done."), NULL, "");
		break;
	case QPP_VGROUP_APPROVED:
		say_next(a, g, m, CAT(a, "The group is approved as ", C(a, g->row.identifier), ". Use this identifier wherever its data are submitted."), NULL, "");
		break;
	case QPP_VGROUP_DENIED:
		say_next(a, g, m, QPP_LIT("The election was denied. The practices report as they would without the group."), NULL, "");
		break;
	default:
		say_next(a, g, m, QPP_LIT("The time to elect for this year is over."), NULL, "");
	}
}

static void make_next(struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_room *m)
{
	bool files = g->caller_began || g->caller_represents;
	if (!g->may_edit)
		next_of_filed(a, g, m);
	else if (owes_answer(g))
		say_next(a, g, m, QPP_LIT("Your practice is asked to join. Accept or decline below. Until the election is filed you can leave again; all members "
		                          "then have one score and one payment adjustment for the year."), "#members", "Go to the answer");
	else if (!g->done[QPP_STEP_MEMBERS])
		say_next(a, g, m, g->n_open ? QPP_LIT("Practices that were asked have not all answered yet. They are written to by e-mail.")
		                            : QPP_LIT("Invite at least one other practice by its TIN."), g->n_open || !files ? NULL : "#invite", "Invite practices");
	else if (!g->done[QPP_STEP_ROSTERS])
		say_next(a, g, m, QPP_LIT("Some practice cannot be in the group as it is. The checks below say what is to be mended."), "#checks", "Go to the checks");
	else if (!g->done[QPP_STEP_REPRESENTATIVE])
		say_next(a, g, m, QPP_LIT("Name the person who speaks for the group, with a way to be reached."), "/representative", "Name the representative");
	else if (owes_signature(g))
		say_next(a, g, m, QPP_LIT("Read the agreement and sign it for your practice."), "/agreement", "Read and sign the agreement");
	else if (!g->done[QPP_STEP_SIGNATURES])
		say_next(a, g, m, QPP_LIT("Other practices have not signed the agreement yet."), "/agreement", "See who signed");
	else if (files)
		say_next(a, g, m, QPP_LIT("Everything is there. Review the election and file it."), "/filing", "Review and file");
	else
		say_next(a, g, m, QPP_LIT("Everything is there. The representative files the election."), NULL, "");
}

static void make_filed(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_vgroup *g, struct qpp_vgroup_room *m)
{
	bool files = g->caller_began || g->caller_represents, filed = g->state == QPP_VGROUP_RECEIVED || g->state == QPP_VGROUP_APPROVED;
	bool portal = qpp_str_is(g->row.origin, "portal");
	m->may_withdraw = files && (g->state == QPP_VGROUP_DRAFT || ((filed || g->state == QPP_VGROUP_RETURNED) && g->window.open));
	m->may_revise = files && portal && filed && g->window.open && !g->row.revising;
	m->may_keep = files && filed && g->window.open && g->row.revising;
	if (!g->row.sequence)
		return;
	m->receipt_href = CAT(a, "/virtual-groups/", C(a, g->row.id), "/receipts/", C(a, qpp_i64_text(a, g->row.sequence)));
	m->receipt_words = g->row.filed.us && g->state != QPP_VGROUP_WITHDRAWN ? CAT(a, "Filed ", C(a, qpp_eastern_exact(a, p->zone, g->row.filed)), ".")
	                                                                       : QPP_LIT("Withdrawn.");
}

static enum qpp_code make_changes(const struct qpp_call *call, const struct qpp_vgroup *g, struct qpp_vgroup_room *m, struct qpp_err *err)
{
	struct qpp_vgroup_changes x = { 0 };
	enum qpp_code code = g->caller_official && g->may_edit ? qpp_vgroup_since(call, g, &x, err) : QPP_OK;
	m->last_year = x.group;
	m->changes.v = x.v;
	m->changes.n = x.n;
	return code;
}

enum qpp_code making_vgroup(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_vgroup_room *m, struct qpp_err *err)
{
	struct qpp_vgroup g;
	struct qpp_arena *a = call->arena;
	struct qpp_vgroup_member_line *members;
	struct qpp_vgroup_check_line *checks;
	struct qpp_vgroup_event_line *events;
	struct qpp_vgroup_alarm_line *alarms;
	struct qpp_str *becomes;
	enum qpp_code code = qpp_vgroup_see(call, id, &g, err);
	if (code == QPP_OK)
		code = make_changes(call, &g, m, err);
	if (code != QPP_OK)
		return code;
	vg_make_head(p, a, &g, &m->head);
	make_steps(a, &g, m);
	make_next(a, &g, m);
	make_filed(p, a, &g, m);
	m->members.n = vg_make_members(a, &g, true, &members);
	m->members.v = members;
	m->checks.n = vg_make_checks(a, &g, QPP_LIT(""), g.may_edit, &checks);
	m->checks.v = checks;
	m->events.n = vg_make_events(p, a, &g, &events);
	m->events.v = events;
	m->alarms.n = vg_make_alarms(p, a, &g, &alarms);
	m->alarms.v = alarms;
	m->becomes.n = vg_make_becomes(a, &g, &becomes);
	m->becomes.v = becomes;
	m->hidden = g.n_open && !g.row.filed.us;
	m->may_invite = g.may_edit && (g.caller_official || g.caller_represents);
	return QPP_OK;
}

/* ---- the list ---- */

static void make_open(struct qpp_portal *p, struct qpp_arena *a, qpp_time now, struct qpp_vgroup_home *m)
{
	enum { MOST = 16 };
	qpp_py years[MOST];
	size_t n = qpp_vgroup_years(p->service, now, years, MOST);
	struct qpp_deadline *open = QPP_NEW_ARRAY(a, n + 1, struct qpp_deadline);
	struct qpp_vgroup_choice *v = QPP_NEW_ARRAY(a, n + 1, struct qpp_vgroup_choice);
	int64_t next = INT64_MAX;
	for (size_t i = 0; i < n; i++) {
		struct qpp_vgroup_window w = qpp_vgroup_window_at(p->service, years[i], now);
		if (w.known && now.us < w.opens.us && w.opens.us < next) {
			next = w.opens.us;
			m->next = CAT(a, "The time to elect for ", C(a, qpp_i64_text(a, years[i].v)), " begins ", C(a, qpp_eastern(a, p->zone, w.opens)), ".");
		}
		v[i] = (struct qpp_vgroup_choice){ qpp_i64_text(a, years[i].v), qpp_i64_text(a, years[i].v) };
		if (!w.open || now.us >= w.closes.us || now.us < w.opens.us)
			continue;
		/* Where the service keeps every window open, the year whose time it is goes first. */
		if (!m->year.n)
			m->year = v[i].value;
		open[m->open.n++] = (struct qpp_deadline){ .title = CAT(a, "The time to elect for ", C(a, v[i].words)), .closes = last_moment(p, a, &w),
			.left = CAT(a, "in ", C(a, qpp_span_words(a, w.closes.us - now.us))) };
	}
	m->open.v = open;
	m->years.v = v;
	m->years.n = n;
}

static enum qpp_code make_pasts(const struct qpp_call *call, struct qpp_vgroup_home *m, struct qpp_err *err)
{
	QPP_VEC(struct qpp_vgroup_choice) all = { 0 };
	struct qpp_arena *a = call->arena;
	enum qpp_code code = QPP_OK;
	for (size_t i = 0; code == QPP_OK && i < m->years.n; i++) {
		struct qpp_vgroup_pasts pasts;
		uint64_t year = 0;
		(void)qpp_str_u64(m->years.v[i].value, 9999, &year);
		code = qpp_vgroup_past_of(call, (qpp_py){ (int)year }, &pasts, err);
		for (size_t k = 0; code == QPP_OK && k < pasts.n; k++)
			*QPP_PUSH(a, &all) = (struct qpp_vgroup_choice){ pasts.v[k].group.id, CAT(a, "Yes, ", C(a, pasts.v[k].group.name), " of ",
				C(a, qpp_i64_text(a, pasts.v[k].py.v))) };
	}
	m->pasts.v = all.v;
	m->pasts.n = all.n;
	return code;
}

enum qpp_code making_vgroups(struct qpp_portal *p, const struct qpp_call *call, struct qpp_vgroup_home *m, struct qpp_err *err)
{
	struct qpp_vgroups_mine mine;
	struct qpp_arena *a = call->arena;
	enum qpp_code code = qpp_vgroups_of(call, &mine, err);
	m->may_start = m->orgs.n > 0;
	make_open(p, a, qpp_now(p->service->clock), m);
	if (code == QPP_OK && m->may_start)
		code = make_pasts(call, m, err);
	if (code != QPP_OK)
		return code;
	struct qpp_vgroup_item *v = QPP_NEW_ARRAY(a, mine.n + 1, struct qpp_vgroup_item);
	for (size_t i = 0; i < mine.n; i++) {
		const struct qpp_vgroup_mine *x = &mine.v[i];
		bool out = x->party_state == QPP_PARTY_DECLINED || x->party_state == QPP_PARTY_LEFT || x->party_state == QPP_PARTY_UNINVITED;
		/* Who is out sees that it is so, not the group. */
		if (out)
			continue;
		v[m->mine.n++] = (struct qpp_vgroup_item){ .href = CAT(a, "/virtual-groups/", C(a, x->row.id)), .name = x->row.name, .practice = x->org.name,
			.by = x->began_by, .year = x->row.py.v, .state = vg_state_words(&x->row), .invitation = x->party_state == QPP_PARTY_INVITED };
	}
	m->mine.v = v;
	return QPP_OK;
}
