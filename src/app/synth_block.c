/*
 * A block of practices: which of them form a virtual group or belong to an APM entity, and what happened to some
 * of them, so that reviews have something to begin with. Teams never reach beyond their block.
 */
#include "app/synth_int.h"

enum { MOST_IN_VIRTUAL_GROUP = 3, MOST_IN_ENTITY = 3, MOST_TEAMS = 2, MILLE = 1000 };

static struct qpp_synth_team *new_team(struct qpp_synth *s, enum qpp_synth_kind kind, size_t most)
{
	struct qpp_synth_team *t = &s->teams[s->n_teams];
	*t = (struct qpp_synth_team){ .kind = kind };
	t->practices = QPP_NEW_ARRAY(s->block, most, struct qpp_synth_practice *);
	return t;
}

static void join(struct qpp_synth_team *t, struct qpp_synth_practice *p, enum qpp_synth_route route)
{
	t->practices[t->n++] = p;
	p->team = t;
	p->route = route;
	p->mvp = NULL;
}

static bool has_eligible(const struct qpp_synth_practice *p)
{
	for (size_t i = 0; i < p->n; i++) {
		enum qpp_eligibility_status status = p->people[i].individual.status;
		if (status == QPP_ELIGIBLE || status == QPP_ELIGIBLE_OPTED_IN || status == QPP_OPT_IN_ELIGIBLE)
			return true;
	}
	return false;
}

/* Whether it may be in a virtual group. Clinicians of several practices stay out: they would be in it with one TIN only. */
static bool may_join(const struct qpp_synth *s, const struct qpp_synth_practice *p)
{
	bool volume = p->eligibility.status == QPP_ELIGIBLE || p->eligibility.status == QPP_OPT_IN_ELIGIBLE ||
	              p->eligibility.status == QPP_ELIGIBLE_OPTED_IN;
	for (size_t i = 0; i < p->n; i++)
		if (p->people[i].guest)
			return false;
	return !p->team && !p->struck && p->n <= s->virtual_group_most && (p->course == QPP_GOOD || p->course == QPP_LOW) && volume &&
	       has_eligible(p);
}

static void make_virtual_group(struct qpp_synth *s, uint64_t block)
{
	struct qpp_synth_team *t = new_team(s, QPP_SYNTH_VIRTUAL_GROUP, MOST_IN_VIRTUAL_GROUP);
	struct qpp_synth_practice *found[MOST_IN_VIRTUAL_GROUP];
	size_t n = 0;
	for (size_t i = s->n; i-- > 0 && n < MOST_IN_VIRTUAL_GROUP;)
		if (may_join(s, &s->practices[i]))
			found[n++] = &s->practices[i];
	if (n < 2)
		return;
	for (size_t i = 0; i < n; i++)
		join(t, found[i], QPP_ROUTE_VIRTUAL_GROUP);
	t->id = qpp_str_cat(s->block, "VG", qpp_i64_text(s->block, s->py.v).p, qpp_synth_numbered(s->block, "", block + 1, 5).p, (char *)NULL);
	t->name = qpp_str_cat(s->block, qpp_str_dup(s->block, found[0]->name).p, " Virtual Group", (char *)NULL);
	s->n_teams++;
}

/* In an Advanced APM many are qualifying participants, in whole or in part. */
static void draw_participation(struct qpp_synth *s, struct qpp_synth_practice *p)
{
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_BLOCK, ~p->number);
	for (size_t i = 0; i < p->n; i++) {
		struct qpp_eligibility_facts *f = &p->people[i].facts;
		int at = qpp_chance_below(&c, MILLE);
		/* QPs are so in every practice: who bills under another TIN as well was made one with all of them. */
		if (p->people[i].guest || f->qp_status == QPP_QP_FULL)
			continue;
		f->qp_status = at < 350 ? QPP_QP_FULL : at < 600 ? QPP_QP_PARTIAL : QPP_QP_NONE;
		f->partial_qp_elected = f->qp_status != QPP_QP_PARTIAL ? QPP_UNKNOWN : at < 450 ? QPP_YES : QPP_NO;
	}
}

/* Guests follow the practice that they come from. */
static void copy_participation(struct qpp_synth *s)
{
	for (size_t i = 1; i < s->n; i++) {
		struct qpp_synth_person *last = &s->practices[i].people[s->practices[i].n - 1];
		if (!last->guest)
			continue;
		last->facts.qp_status = s->practices[i - 1].people[0].facts.qp_status;
		last->facts.partial_qp_elected = s->practices[i - 1].people[0].facts.partial_qp_elected;
	}
}

static void make_entity(struct qpp_synth *s, uint64_t block)
{
	struct qpp_synth_team *t = new_team(s, QPP_SYNTH_APM_ENTITY, MOST_IN_ENTITY);
	struct qpp_synth_practice *lead = NULL;
	for (size_t i = 0; i < s->n && !lead; i++)
		if (s->practices[i].size == QPP_LARGE && s->practices[i].course == QPP_GOOD && s->practices[i].route == QPP_ROUTE_GROUP)
			lead = &s->practices[i];
	if (!lead)
		return;
	t->id = qpp_synth_numbered(s->block, "A", block + 1, 5);
	t->name = qpp_str_cat(s->block, lead->spot->city, " Accountable Care ", t->id.p, (char *)NULL);
	t->advanced = block % 2 == 0;
	join(t, lead, QPP_ROUTE_APM_ENTITY);
	for (size_t i = 0; i < s->n && t->n < MOST_IN_ENTITY; i++)
		if (!s->practices[i].team && s->practices[i].size == QPP_SMALL && s->practices[i].course == QPP_GOOD)
			join(t, &s->practices[i], QPP_ROUTE_APM_ENTITY);
	for (size_t i = 0; i < t->n && t->advanced; i++)
		draw_participation(s, t->practices[i]);
	s->n_teams++;
}

/* Halves of the clinicians who may be in a subgroup; the rest stays with the group. */
static void make_subgroups(struct qpp_synth_practice *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		bool in = !p->people[i].guest && (p->people[i].group.status == QPP_ELIGIBLE || p->people[i].individual.status == QPP_ELIGIBLE);
		if (in)
			p->people[i].subgroup = 1 + (int)(n++ % 2);
	}
}

/* A registry that wrote the wrong number, which is nobody's here. */
static void mistake_numbers(struct qpp_synth *s, struct qpp_synth_practice *p)
{
	enum { NOBODY = 99000000 };
	p->wrong_npi = qpp_synth_npi(s->block, NOBODY + p->number % 999999);
}

static bool filed_individually(const struct qpp_synth_practice *p)
{
	return p->size == QPP_SOLO && p->course == QPP_GOOD && !p->team && p->people[0].individual.status == QPP_ELIGIBLE;
}

void qpp_synth_make_block(struct qpp_synth *s, uint64_t first, size_t n)
{
	uint64_t block = first / QPP_SYNTH_BLOCK;
	s->practices = QPP_NEW_ARRAY(s->block, n, struct qpp_synth_practice);
	s->teams = QPP_NEW_ARRAY(s->block, MOST_TEAMS, struct qpp_synth_team);
	s->n_teams = 0;
	s->n = 0;
	for (size_t i = 0; i < n; i++, s->n++)
		qpp_synth_make_practice(s, &s->practices[i], first + i);
	make_entity(s, block);
	copy_participation(s);
	for (size_t i = 0; i < n; i++)
		qpp_synth_decide(s, &s->practices[i]);
	make_virtual_group(s, block);
	for (size_t i = 0; i < s->n_teams; i++)
		qpp_synth_decide_team(s, &s->teams[i]);
	bool mistaken = false;
	for (size_t i = 0; i < n; i++) {
		struct qpp_synth_practice *p = &s->practices[i];
		if (p->route == QPP_ROUTE_SUBGROUPS)
			make_subgroups(p);
		if (!mistaken && block % 4 == 0 && filed_individually(p)) {
			mistake_numbers(s, p);
			mistaken = true;
		}
	}
}

/* ---- stories: each the first time that it happens ---- */

struct tale {
	const char *name, *says;
	bool (*of_practice)(const struct qpp_synth_practice *p);
	bool (*of_person)(const struct qpp_synth_practice *p, const struct qpp_synth_person *x);
};

static bool excused_by_application(const struct qpp_synth_practice *p)
{
	return p->course == QPP_EXCUSED && !p->listed && !p->team;
}

static bool excused_by_county(const struct qpp_synth_practice *p)
{
	return p->course == QPP_EXCUSED && p->listed && p->route == QPP_ROUTE_INDIVIDUALS;
}

static bool filed_under_wrong_npi(const struct qpp_synth_practice *p)
{
	return p->wrong_npi.n;
}

static bool silent_group(const struct qpp_synth_practice *p)
{
	return p->course == QPP_SILENT && p->n > 1;
}

static bool is_qp(const struct qpp_synth_practice *p, const struct qpp_synth_person *x)
{
	return p->team && x->individual.status == QPP_EXEMPT_QP;
}

static bool is_partial_qp(const struct qpp_synth_practice *p, const struct qpp_synth_person *x)
{
	return p->team && x->individual.status == QPP_EXEMPT_PARTIAL_QP;
}

static bool opted_in(const struct qpp_synth_practice *p, const struct qpp_synth_person *x)
{
	return p->route == QPP_ROUTE_INDIVIDUALS && x->individual.status == QPP_ELIGIBLE_OPTED_IN;
}

static bool in_two_practices(const struct qpp_synth_practice *p, const struct qpp_synth_person *x)
{
	return p->number > 0 && x->guest;
}

/* Goes to the practice that comes next. */
static bool moves(const struct qpp_synth_practice *p, const struct qpp_synth_person *x)
{
	return p->number % QPP_SYNTH_BLOCK == 0 && p->n > 1 && x == &p->people[1] && !x->guest;
}

static const struct tale tales[] = {
	{ "hardship", "an exception for all categories was applied for and approved", excused_by_application, NULL },
	{ "automaticEuc", "practices in a county under the automatic policy, and filed nothing", excused_by_county, NULL },
	{ "wrongNpi", "the registry filed the clinician's data under another NPI", filed_under_wrong_npi, NULL },
	{ "silentGroup", "a group that filed nothing", silent_group, NULL },
	{ "qp", "a qualifying APM participant, excluded in every practice", NULL, is_qp },
	{ "partialQp", "a partial QP who did not elect to take part", NULL, is_partial_qp },
	{ "optIn", "exceeds some figures of the low-volume threshold, and opted in", NULL, opted_in },
	{ "twoPractices", "bills under two TINs", NULL, in_two_practices },
	{ "moved", "bills under another TIN in the payment year", NULL, moves },
};

static void tell(struct qpp_synth *s, const struct tale *t, const struct qpp_synth_practice *p, const struct qpp_synth_person *x)
{
	struct qpp_synth_story story = { .name = qpp_str_of(t->name), .says = qpp_str_of(t->says), .organization = p->id };
	if (x)
		story.npi = x->is.npi;
	if (p->wrong_npi.n && t->of_practice == filed_under_wrong_npi) {
		story.npi = p->people[0].is.npi;
		story.other = p->wrong_npi;
	}
	qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_STORIES, .story = &story });
}

static const struct qpp_synth_person *somebody(const struct tale *t, const struct qpp_synth_practice *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (t->of_person(p, &p->people[i]))
			return &p->people[i];
	return NULL;
}

void qpp_synth_tell_stories(struct qpp_synth *s)
{
	for (size_t k = 0; k < sizeof tales / sizeof *tales; k++) {
		for (size_t i = 0; i < s->n && !(s->told >> k & 1); i++) {
			const struct qpp_synth_practice *p = &s->practices[i];
			const struct qpp_synth_person *x = tales[k].of_person ? somebody(&tales[k], p) : NULL;
			if (x || (tales[k].of_practice && tales[k].of_practice(p))) {
				tell(s, &tales[k], p, x);
				s->told |= UINT64_C(1) << k;
			}
		}
	}
}
