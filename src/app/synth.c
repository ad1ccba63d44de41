/*
 * The synthetic program year: block after block of practices is made, handed out item by item and forgotten.
 * See synth.h for what it promises.
 */
#include "app/synth_int.h"

enum { YEARS_TO_PAYMENT = 2 };

const char *qpp_synth_file_name(enum qpp_synth_file f)
{
	static const char *const names[QPP_SYNTH_FILES] = { "organizations", "clinicians", "relations", "submissions", "silent",
		                                                "elections", "accounts", "consents", "stories" };
	return f < QPP_SYNTH_FILES ? names[f] : NULL;
}

const char *qpp_synth_kind_name(enum qpp_synth_kind k)
{
	static const char *const names[QPP_SYNTH_KINDS] = { "practice", "virtualGroup", "apmEntity", "registry", "agency" };
	return k < QPP_SYNTH_KINDS ? names[k] : NULL;
}

void qpp_synth_give(struct qpp_synth *s, const struct qpp_synth_item *item)
{
	if (s->code != QPP_OK || !qpp_synth_wants(s, item->file))
		return;
	s->counts->items[item->file]++;
	s->code = s->call->take(s->call->host, item, s->err);
}

static void give_organization(struct qpp_synth *s, const struct qpp_synth_organization *x)
{
	if (qpp_synth_wants(s, QPP_SYNTH_ORGANIZATIONS))
		s->counts->organizations[x->kind]++;
	qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_ORGANIZATIONS, .organization = x });
}

static void give_practice(struct qpp_synth *s, const struct qpp_synth_practice *p)
{
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_BLOCK, p->number);
	struct qpp_synth_organization x = {
		.kind = QPP_SYNTH_PRACTICE, .id = p->id, .name = p->name, .tin = p->tin,
		.specialty = qpp_str_of(qpp_synth_specialties[p->specialty].set),
		.place = { qpp_synth_street(s->block, &c), qpp_str_of(p->spot->city), qpp_str_of(p->spot->state),
		           qpp_str_of(p->spot->county), qpp_str_of(p->spot->zip) },
		.facts = &p->facts, .eligibility = &p->eligibility, .level = QPP_GROUP,
	};
	if (p->team && p->team->kind == QPP_SYNTH_VIRTUAL_GROUP)
		x.virtual_group = p->team->id;
	if (p->team && p->team->kind == QPP_SYNTH_APM_ENTITY)
		x.apm_entity = p->team->id;
	give_organization(s, &x);
}

static void give_team(struct qpp_synth *s, const struct qpp_synth_team *t)
{
	struct qpp_str *ids = QPP_NEW_ARRAY(s->block, t->n, struct qpp_str);
	for (size_t i = 0; i < t->n; i++)
		ids[i] = t->practices[i]->id;
	struct qpp_synth_organization x = { .kind = t->kind, .id = t->id, .name = t->name, .members = ids, .n_members = t->n,
		                                .advanced = t->advanced };
	if (t->kind == QPP_SYNTH_VIRTUAL_GROUP) {
		x.facts = &t->facts;
		x.eligibility = &t->eligibility;
		x.level = QPP_VIRTUAL_GROUP;
	}
	give_organization(s, &x);
}

/* Once for the run: the agency itself and the registries. */
static void give_others(struct qpp_synth *s)
{
	give_organization(s, &(struct qpp_synth_organization){ .kind = QPP_SYNTH_AGENCY, .id = QPP_LIT("AGENCY"),
	                                                       .name = QPP_LIT("Quality Payment Program") });
	for (int i = 0; i < QPP_SYNTH_REGISTRIES; i++)
		give_organization(s, &(struct qpp_synth_organization){ .kind = QPP_SYNTH_REGISTRY, .id = qpp_synth_registry_id(i),
		                                                       .name = qpp_synth_registry_name(i) });
}

static void count_relation(struct qpp_synth *s, const struct qpp_eligibility *x)
{
	if (x->status < QPP_ELIGIBILITY_STATUSES)
		s->counts->status[x->status]++;
	for (int i = 0; i < QPP_SPECIALS; i++)
		s->counts->special[i] += x->specials >> i & 1;
}

static struct qpp_synth_relation relation_of(struct qpp_synth *s, const struct qpp_synth_practice *p, const struct qpp_synth_person *x)
{
	struct qpp_synth_relation r = { .py = s->py, .tin = p->tin, .npi = x->is.npi, .facts = &x->facts, .individual = &x->individual };
	if (x->in_group)
		r.group = &x->group;
	if (x->in_virtual_group)
		r.virtual_group_status = &x->virtual_group;
	if (p->team && p->team->kind == QPP_SYNTH_VIRTUAL_GROUP)
		r.virtual_group = p->team->id;
	if (p->team && p->team->kind == QPP_SYNTH_APM_ENTITY)
		r.apm_entity = p->team->id;
	if (x->subgroup)
		r.subgroup = qpp_str_cat(s->block, "SG-", qpp_str_dup(s->block, p->id).p, "-", qpp_i64_text(s->block, x->subgroup).p, (char *)NULL);
	/* What Medicare pays is what it allows without the patient's part: four fifths, and a little less. */
	r.allowed = (qpp_cents){ x->charges_cents };
	r.paid = (qpp_cents){ x->charges_cents / 100 * (70 + x->charges_cents % 10) };
	return r;
}

/* Types that came late into the program have a line of a year that did not list them yet. */
static void give_earlier(struct qpp_synth *s, const struct qpp_synth_relation *now, const struct qpp_synth_person *x)
{
	struct qpp_request q = { .arena = s->block, .rules = s->earlier };
	struct qpp_eligibility_facts facts = x->facts;
	struct qpp_eligibility answer;
	struct qpp_err err;
	if (x->is.type != QPP_NURSE_MIDWIFE && x->is.type != QPP_CLINICAL_SOCIAL_WORKER)
		return;
	facts.location.given = false;
	struct qpp_synth_relation r = { .py = { s->py.v - YEARS_TO_PAYMENT }, .tin = now->tin, .npi = now->npi, .facts = &facts,
		                            .individual = &answer, .allowed = now->allowed, .paid = now->paid };
	if (qpp_eligibility_decide(&q, &facts, QPP_INDIVIDUAL, &answer, &err) != QPP_OK)
		return;
	count_relation(s, &answer);
	qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_RELATIONS, .relation = &r });
}

/* The second clinician of the first practice of a block bills elsewhere two years later. */
static void give_later(struct qpp_synth *s, const struct qpp_synth_practice *p, const struct qpp_synth_relation *now)
{
	struct qpp_synth_relation r = { .py = { s->py.v + YEARS_TO_PAYMENT }, .tin = p[1].tin, .npi = now->npi,
		                            .allowed = now->allowed, .paid = now->paid };
	qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_RELATIONS, .relation = &r });
}

static void give_people(struct qpp_synth *s, const struct qpp_synth_practice *p)
{
	for (size_t i = 0; i < p->n && s->code == QPP_OK; i++) {
		const struct qpp_synth_person *x = &p->people[i];
		if (!x->guest)
			qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_CLINICIANS, .clinician = &x->is });
		if (!qpp_synth_wants(s, QPP_SYNTH_RELATIONS))
			continue;
		struct qpp_synth_relation r = relation_of(s, p, x);
		count_relation(s, &x->individual);
		qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_RELATIONS, .relation = &r });
		give_earlier(s, &r, x);
		if (p == s->practices && s->n > 1 && i == 1 && !x->guest)
			give_later(s, p, &r);
	}
}

static void give_block(struct qpp_synth *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (qpp_synth_wants(s, QPP_SYNTH_ORGANIZATIONS))
			give_practice(s, &s->practices[i]);
		give_people(s, &s->practices[i]);
	}
	for (size_t i = 0; i < s->n_teams; i++)
		give_team(s, &s->teams[i]);
	if (qpp_synth_wants(s, QPP_SYNTH_SUBMISSIONS) || qpp_synth_wants(s, QPP_SYNTH_SILENT)) {
		for (size_t i = 0; i < s->n && s->code == QPP_OK; i++)
			qpp_synth_file_practice(s, &s->practices[i]);
		for (size_t i = 0; i < s->n_teams && s->code == QPP_OK; i++)
			qpp_synth_file_team(s, &s->teams[i]);
	}
	qpp_synth_elect(s);
	qpp_synth_accounts(s);
	qpp_synth_tell_stories(s);
}

/* Which places are under the automatic policy this year. */
static void look_at_spots(struct qpp_synth *s)
{
	for (; qpp_synth_spots[s->n_spots].state; s->n_spots++) {
		const struct qpp_synth_spot *spot = &qpp_synth_spots[s->n_spots];
		struct qpp_request q = { .arena = s->keep, .rules = s->rules, .catalog = s->call->catalog };
		struct qpp_location at = { .given = true, .state = qpp_str_of(spot->state), .county = qpp_str_of(spot->county),
			                       .zip = qpp_str_of(spot->zip) };
		struct qpp_euc euc;
		if (s->code == QPP_OK)
			s->code = qpp_euc_at(&q, &at, QPP_INDIVIDUAL, &euc, s->err);
		s->listed[s->n_spots] = s->code == QPP_OK && euc.answer == QPP_EUC_YES;
	}
}

/* How large a practice of a virtual group may be; 0 in a year without. */
static size_t virtual_group_most(const struct qpp_synth *s)
{
	const struct qpp_param *p = qpp_ruleset_param(s->call->rules, QPP_LIT("virtual_group_practice_most_clinicians"));
	const struct qpp_param_row *row = p ? qpp_param_row(p, s->py) : NULL;
	int64_t n = 0;
	if (row && row->value.kind == QPP_CELL_NUMBER)
		(void)qpp_dec_i64(row->value.number, &n);
	return (size_t)n;
}

static void begin(struct qpp_synth *s)
{
	s->py = s->call->catalog->py;
	s->code = qpp_rules_bind(s->keep, s->call->rules, s->py, NULL, 0, &s->rules, s->err);
	if (s->code == QPP_OK)
		s->code = qpp_rules_bind(s->keep, s->call->rules, (qpp_py){ s->py.v - YEARS_TO_PAYMENT }, NULL, 0, &s->earlier, s->err);
	if (s->code != QPP_OK)
		return;
	s->plan = qpp_plan_make(s->keep, s->rules, s->call->catalog);
	for (; qpp_synth_specialties[s->n_specialties].set; s->n_specialties++)
		s->weights += qpp_synth_specialties[s->n_specialties].weight;
	s->virtual_group_most = virtual_group_most(s);
	qpp_synth_make_lists(s);
	look_at_spots(s);
}

enum qpp_code qpp_synth_run(const struct qpp_synth_call *call, struct qpp_synth_counts *counts, struct qpp_err *err)
{
	struct qpp_arena keep = QPP_ARENA_INIT, block = QPP_ARENA_INIT, attempt = QPP_ARENA_INIT;
	*counts = (struct qpp_synth_counts){ 0 };
	if (!call->practices || call->practices > QPP_SYNTH_MOST_PRACTICES)
		return qpp_fail(err, QPP_USAGE, "a synthetic state has from 1 to 999999 practices", (char *)NULL);
	struct qpp_synth *s = QPP_NEW(&keep, struct qpp_synth);
	*s = (struct qpp_synth){ .call = call, .counts = counts, .err = err, .keep = &keep, .block = &block, .attempt = &attempt };
	begin(s);
	if (s->code == QPP_OK)
		give_others(s);
	struct qpp_mark start = qpp_arena_mark(&block);
	for (uint64_t first = 0; first < call->practices && s->code == QPP_OK; first += QPP_SYNTH_BLOCK) {
		uint64_t left = call->practices - first;
		qpp_synth_make_block(s, first, left < QPP_SYNTH_BLOCK ? (size_t)left : QPP_SYNTH_BLOCK);
		if (s->code == QPP_OK)
			give_block(s);
		qpp_arena_reset(&block, start);
		if (call->progress)
			call->progress(call->host, first + s->n);
	}
	enum qpp_code code = s->code;
	qpp_arena_close(&attempt);
	qpp_arena_close(&block);
	qpp_arena_close(&keep);
	return code;
}
