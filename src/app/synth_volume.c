/*
 * What the clinicians of a practice, or of several that report as one, come to together; and who takes part, as
 * the rules of eligibility answer.
 */
#include "app/synth_int.h"

static void add(struct qpp_number *sum, const struct qpp_number *x)
{
	sum->v = sum->given ? qpp_dec_add(sum->v, x->v) : x->v;
	sum->given = true;
}

static struct qpp_number one_if(bool yes)
{
	return (struct qpp_number){ .given = true, .v = qpp_dec_of(yes) };
}

/* Only who billed in a segment is counted in it; what a clinician is, the rules have said by then. */
static void add_person(struct qpp_eligibility_facts *to, const struct qpp_synth_person *person)
{
	const struct qpp_eligibility_facts *x = &person->facts;
	static const enum qpp_special kinds[] = { QPP_SPECIAL_NON_PATIENT_FACING, QPP_SPECIAL_HOSPITAL, QPP_SPECIAL_ASC,
		                                      QPP_SPECIAL_FACILITY };
	struct qpp_by_segment *sums[] = { &to->non_patient_facing, &to->hospital_based, &to->asc_based, &to->facility_based };
	for (int i = 0; i < QPP_SEGMENTS; i++) {
		struct qpp_number one = one_if(true);
		if (!x->segment[i].billed)
			continue;
		to->segment[i].billed = true;
		add(&to->segment[i].allowed_charges, &x->segment[i].allowed_charges);
		add(&to->segment[i].patients, &x->segment[i].patients);
		add(&to->segment[i].services, &x->segment[i].services);
		add(&to->clinicians.v[i], &one);
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			struct qpp_number counts = one_if(person->individual.specials >> kinds[k] & 1);
			add(&sums[k]->v[i], &counts);
		}
	}
}

void qpp_synth_sum_up(struct qpp_synth_practice *const *practices, size_t n, struct qpp_eligibility_facts *out)
{
	int64_t rural = 0, shortage = 0, all = 0;
	*out = (struct qpp_eligibility_facts){ .has_segments = true };
	for (size_t i = 0; i < n; i++) {
		const struct qpp_synth_practice *p = practices[i];
		for (size_t k = 0; k < p->n; k++)
			add_person(out, &p->people[k]);
		all += (int64_t)p->n;
		rural += p->rural ? (int64_t)p->n : 0;
		shortage += p->shortage ? (int64_t)p->n : 0;
	}
	/* Shares with three decimals, as files have them. */
	out->rural_share = (struct qpp_number){ .given = true, .v = qpp_dec_scaled(rural * 1000 / all, 3) };
	out->hpsa_share = (struct qpp_number){ .given = true, .v = qpp_dec_scaled(shortage * 1000 / all, 3) };
}

static void ask(struct qpp_synth *s, const struct qpp_eligibility_facts *facts, enum qpp_entity level,
                struct qpp_eligibility *out)
{
	struct qpp_request q = { .arena = s->block, .rules = s->rules, .catalog = s->call->catalog };
	if (s->code == QPP_OK)
		s->code = qpp_eligibility_decide(&q, facts, level, out, s->err);
}

/* A clinician's facts with the volume of the whole: what is asked of somebody in a group. */
static struct qpp_eligibility_facts in_whole(const struct qpp_synth_person *x, const struct qpp_eligibility_facts *whole)
{
	struct qpp_eligibility_facts f = *whole;
	f.has_type = x->facts.has_type;
	f.type = x->facts.type;
	f.has_first_enrolled = x->facts.has_first_enrolled;
	f.first_enrolled = x->facts.first_enrolled;
	f.qp_status = x->facts.qp_status;
	f.partial_qp_elected = x->facts.partial_qp_elected;
	return f;
}

static void set_practice(struct qpp_eligibility_facts *f, const struct qpp_eligibility_facts *practice)
{
	f->clinicians = practice->clinicians;
	f->rural_share = practice->rural_share;
	f->hpsa_share = practice->hpsa_share;
	f->non_patient_facing = practice->non_patient_facing;
	f->hospital_based = practice->hospital_based;
	f->asc_based = practice->asc_based;
	f->facility_based = practice->facility_based;
}

void qpp_synth_decide(struct qpp_synth *s, struct qpp_synth_practice *p)
{
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_VOLUME, ~p->number);
	/* How many there are is asked of each; what each of them is makes the counts of the practice. */
	qpp_synth_sum_up(&p, 1, &p->facts);
	for (size_t i = 0; i < p->n; i++) {
		p->people[i].facts.clinicians = p->facts.clinicians;
		ask(s, &p->people[i].facts, QPP_INDIVIDUAL, &p->people[i].individual);
	}
	qpp_synth_sum_up(&p, 1, &p->facts);
	p->facts.opt_in = qpp_chance_share(&c, 400) ? QPP_OPT_IN_ELECTED : QPP_OPT_IN_UNKNOWN;
	ask(s, &p->facts, QPP_GROUP, &p->eligibility);
	/* Where there is no choice there was none to make. */
	if (p->eligibility.status != QPP_ELIGIBLE_OPTED_IN)
		p->facts.opt_in = QPP_OPT_IN_UNKNOWN;
	for (size_t i = 0; i < p->n; i++) {
		struct qpp_synth_person *x = &p->people[i];
		struct qpp_eligibility_facts whole = in_whole(x, &p->facts);
		set_practice(&x->facts, &p->facts);
		x->in_group = p->n > 1;
		if (x->in_group)
			ask(s, &whole, QPP_GROUP, &x->group);
	}
}

void qpp_synth_decide_team(struct qpp_synth *s, struct qpp_synth_team *t)
{
	if (t->kind != QPP_SYNTH_VIRTUAL_GROUP)
		return;
	qpp_synth_sum_up(t->practices, t->n, &t->facts);
	ask(s, &t->facts, QPP_VIRTUAL_GROUP, &t->eligibility);
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < t->practices[i]->n; k++) {
			struct qpp_synth_person *x = &t->practices[i]->people[k];
			struct qpp_eligibility_facts whole = in_whole(x, &t->facts);
			x->in_virtual_group = true;
			ask(s, &whole, QPP_VIRTUAL_GROUP, &x->virtual_group);
		}
	}
}
