/*
 * Elections, accounts and consents that go with a block: what was chosen before the year began, who signs in for
 * whom, and which registry may file for which practice.
 */
#include "app/synth_int.h"

const char *qpp_synth_choice_name(enum qpp_synth_choice c)
{
	static const char *const names[QPP_SYNTH_CHOICES] = { "virtualGroup", "optIn", "voluntary", "mvp", "subgroup", "partialQp" };
	return c < QPP_SYNTH_CHOICES ? names[c] : NULL;
}

const char *qpp_synth_role_name(enum qpp_synth_role r)
{
	static const char *const names[QPP_SYNTH_ROLES] = { "securityOfficial", "staffUser", "clinician", "reviewer",
		                                                "secondReviewer", "operator", "serviceCenter", "auditor" };
	return r < QPP_SYNTH_ROLES ? names[r] : NULL;
}

static void give_election(struct qpp_synth *s, const struct qpp_synth_election *x)
{
	qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_ELECTIONS, .election = x });
}

/* How many figures of the low-volume threshold the whole exceeds, as far as its status tells. */
static struct qpp_count criteria(const struct qpp_eligibility *x)
{
	return (struct qpp_count){ true, x->status == QPP_ELIGIBLE ? 3 : x->status == QPP_EXEMPT_LOW_VOLUME ? 0 : 1 };
}

static void list_clinicians(struct qpp_synth *s, const struct qpp_synth_practice *p, struct qpp_election_practice *to)
{
	struct qpp_election_clinician *v = QPP_NEW_ARRAY(s->block, p->n, struct qpp_election_clinician);
	for (size_t i = 0; i < p->n; i++) {
		const struct qpp_synth_person *x = &p->people[i];
		enum qpp_eligibility_status status = x->individual.status;
		bool counts = status == QPP_ELIGIBLE || status == QPP_ELIGIBLE_OPTED_IN || status == QPP_OPT_IN_ELIGIBLE;
		v[i] = (struct qpp_election_clinician){ .npi = x->is.npi, .has_type = true, .type = x->is.type,
			.mips_eligible = counts || x->virtual_group.status == QPP_ELIGIBLE ? QPP_YES : QPP_NO,
			.newly_enrolled = status == QPP_EXEMPT_NEWLY_ENROLLED ? QPP_YES : QPP_NO,
			.qp = x->facts.qp_status == QPP_QP_FULL ? QPP_ELECTION_QP : QPP_ELECTION_QP_NONE };
	}
	to->clinicians = v;
	to->n_clinicians = p->n;
}

/* In the autumn before the year, with an agreement that was executed before. */
static void elect_virtual_group(struct qpp_synth *s, const struct qpp_synth_team *t)
{
	struct qpp_election_practice *practices = QPP_NEW_ARRAY(s->block, t->n, struct qpp_election_practice);
	const struct qpp_synth_person *first = &t->practices[0]->people[0];
	struct qpp_election e = { .py = s->py, .has_submitted_at = true, .submitted_offset = -18000, .acknowledged = QPP_YES,
		                      .practices = practices, .n_practices = t->n };
	qpp_day sent;
	(void)qpp_day_of(s->py.v - 1, 11, 20, &sent);
	e.submitted_at = (qpp_instant){ (int64_t)sent.v * QPP_SECONDS_A_DAY + 61200 };
	e.has_executed_on = qpp_day_of(s->py.v - 1, 10, 15, &e.executed_on);
	e.representative.name = qpp_str_cat(s->block, first->is.first.p, " ", first->is.last.p, (char *)NULL);
	e.representative.email = qpp_str_cat(s->block, "rep.", qpp_str_dup(s->block, t->id).p, "@example.org", (char *)NULL);
	e.representative.phone = QPP_LIT("555-0100");
	e.representative.address = qpp_str_cat(s->block, "1 Main Street, ", t->practices[0]->spot->city, (char *)NULL);
	for (size_t i = 0; i < t->n; i++) {
		const struct qpp_synth_practice *p = t->practices[i];
		practices[i] = (struct qpp_election_practice){ .name = p->name, .tin = p->tin, .in_other_virtual_group = QPP_NO,
			.billing_npis = { true, (int64_t)p->n }, .low_volume_criteria_exceeded = criteria(&p->eligibility) };
		list_clinicians(s, p, &practices[i]);
	}
	give_election(s, &(struct qpp_synth_election){ .choice = QPP_SYNTH_ELECTS_VIRTUAL_GROUP, .py = s->py, .organization = t->id,
	                                               .virtual_group = &e });
}

static void elect_persons(struct qpp_synth *s, const struct qpp_synth_practice *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct qpp_synth_person *x = &p->people[i];
		struct qpp_synth_election e = { .py = s->py, .organization = p->id, .npi = x->is.npi };
		if (x->facts.opt_in == QPP_OPT_IN_ELECTED || x->facts.opt_in == QPP_OPT_IN_VOLUNTARY) {
			e.choice = x->facts.opt_in == QPP_OPT_IN_ELECTED ? QPP_SYNTH_OPTS_IN : QPP_SYNTH_VOLUNTARY;
			give_election(s, &e);
		}
		if (x->facts.partial_qp_elected == QPP_YES && !x->guest) {
			e.choice = QPP_SYNTH_PARTIAL_QP;
			give_election(s, &e);
		}
	}
}

static void elect_subgroups(struct qpp_synth *s, const struct qpp_synth_practice *p)
{
	struct qpp_str *npis = QPP_NEW_ARRAY(s->block, p->n, struct qpp_str);
	for (int k = 1; k <= 2; k++) {
		struct qpp_synth_election e = { .choice = QPP_SYNTH_REGISTERS_SUBGROUP, .py = s->py, .organization = p->id,
			                            .program = p->mvp->id, .npis = npis };
		for (size_t i = 0; i < p->n; i++)
			if (p->people[i].subgroup == k)
				npis[e.n_npis++] = p->people[i].is.npi;
		e.subgroup = qpp_str_cat(s->block, "SG-", qpp_str_dup(s->block, p->id).p, "-", qpp_i64_text(s->block, k).p, (char *)NULL);
		give_election(s, &e);
	}
}

void qpp_synth_elect(struct qpp_synth *s)
{
	if (!qpp_synth_wants(s, QPP_SYNTH_ELECTIONS))
		return;
	for (size_t i = 0; i < s->n_teams; i++)
		if (s->teams[i].kind == QPP_SYNTH_VIRTUAL_GROUP)
			elect_virtual_group(s, &s->teams[i]);
	for (size_t i = 0; i < s->n; i++) {
		const struct qpp_synth_practice *p = &s->practices[i];
		elect_persons(s, p);
		if (p->facts.opt_in == QPP_OPT_IN_ELECTED && p->n > 1)
			give_election(s, &(struct qpp_synth_election){ .choice = QPP_SYNTH_OPTS_IN, .py = s->py, .organization = p->id });
		if (p->route == QPP_ROUTE_SUBGROUPS)
			elect_subgroups(s, p);
		else if (p->mvp)
			give_election(s, &(struct qpp_synth_election){ .choice = QPP_SYNTH_REGISTERS_MVP, .py = s->py, .organization = p->id,
			                                               .program = p->mvp->id });
	}
}

/* ---- accounts ---- */

static void give_account(struct qpp_synth *s, enum qpp_synth_role role, const char *who, struct qpp_str organization,
                         struct qpp_str name, struct qpp_str npi)
{
	struct qpp_str at = qpp_str_dup(s->block, organization);
	struct qpp_synth_account x = { .role = role, .organization = organization, .name = name, .npi = npi };
	x.id = qpp_str_cat(s->block, who, ".", at.p, (char *)NULL);
	x.email = qpp_str_cat(s->block, x.id.p, "@example.org", (char *)NULL);
	qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_ACCOUNTS, .account = &x });
}

static struct qpp_str drawn_name(struct qpp_synth *s, struct qpp_chance *c)
{
	struct qpp_str first = qpp_synth_first_name(c), last = qpp_synth_last_name(c);
	return qpp_str_cat(s->block, first.p, " ", last.p, (char *)NULL);
}

static struct qpp_str name_of(struct qpp_synth *s, const struct qpp_synth_person *x)
{
	return qpp_str_cat(s->block, x->is.first.p, " ", x->is.last.p, (char *)NULL);
}

/* The agency's people and the registries', once. */
static void give_staff(struct qpp_synth *s)
{
	static const struct {
		enum qpp_synth_role role;
		const char *who;
	} agency[] = {
		{ QPP_SYNTH_REVIEWER, "reviewer" }, { QPP_SYNTH_SECOND_REVIEWER, "second" }, { QPP_SYNTH_OPERATOR, "operator" },
		{ QPP_SYNTH_SERVICE_CENTER, "agent" }, { QPP_SYNTH_AUDITOR, "auditor" },
	};
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_BLOCK, UINT64_MAX);
	for (size_t i = 0; i < sizeof agency / sizeof *agency; i++)
		give_account(s, agency[i].role, agency[i].who, QPP_LIT("AGENCY"), drawn_name(s, &c), (struct qpp_str){ 0 });
	for (int i = 0; i < QPP_SYNTH_REGISTRIES; i++) {
		give_account(s, QPP_SYNTH_SECURITY_OFFICIAL, "official", qpp_synth_registry_id(i), drawn_name(s, &c), (struct qpp_str){ 0 });
		give_account(s, QPP_SYNTH_STAFF, "staff", qpp_synth_registry_id(i), drawn_name(s, &c), (struct qpp_str){ 0 });
	}
}

void qpp_synth_accounts(struct qpp_synth *s)
{
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_BLOCK, ~s->practices[0].number - QPP_SYNTH_BLOCK);
	if (s->practices[0].number == 0)
		give_staff(s);
	for (size_t i = 0; i < s->n; i++) {
		const struct qpp_synth_practice *p = &s->practices[i];
		give_account(s, QPP_SYNTH_SECURITY_OFFICIAL, "official", p->id, drawn_name(s, &c), (struct qpp_str){ 0 });
		if (p->size != QPP_SOLO)
			give_account(s, QPP_SYNTH_STAFF, "staff", p->id, drawn_name(s, &c), (struct qpp_str){ 0 });
		give_account(s, QPP_SYNTH_CLINICIAN_ROLE, "clinician", p->id, name_of(s, &p->people[0]), p->people[0].is.npi);
		if (p->method == QPP_REGISTRY && !p->team && p->course != QPP_SILENT && p->course != QPP_EXCUSED) {
			struct qpp_synth_consent x = { .py = s->py, .practice = p->id, .registry = qpp_synth_registry_id(p->registry) };
			qpp_synth_give(s, &(struct qpp_synth_item){ .file = QPP_SYNTH_CONSENTS, .consent = &x });
		}
	}
	for (size_t i = 0; i < s->n_teams; i++)
		give_account(s, QPP_SYNTH_SECURITY_OFFICIAL, "official", s->teams[i].id, drawn_name(s, &c), (struct qpp_str){ 0 });
}
