/*
 * The clinicians of a practice: who they are, when they enrolled, what they billed in the two segments of the
 * determination period, and where. Amounts lie in ranges well apart from each other (above all figures of the
 * low-volume threshold, above some, below); who takes part is then decided by the rules, not here.
 */
#include "app/synth_int.h"

enum { MILLE = 1000, FIRST_YEAR_AGO = 30, NEW_PER_MILLE = 18, GUEST_PER_MILLE = 60, ONE_SEGMENT_PER_MILLE = 60 };

/* How much is billed: dollars, patients, services, from and to. */
static const struct {
	int charges[2], patients[2], services[2];
} volumes[] = {
	{ { 96000, 420000 }, { 220, 1400 }, { 240, 4200 } },
	{ { 20000, 88000 }, { 205, 600 }, { 210, 1500 } },
	{ { 500, 60000 }, { 3, 190 }, { 5, 195 } },
};

/* Per mille of the clinicians of a practice of the size with the first two volumes. */
static const int volume_shares[QPP_SIZES][2] = {
	[QPP_SOLO] = { 700, 160 }, [QPP_SMALL] = { 640, 190 }, [QPP_LARGE] = { 600, 180 },
};

static struct qpp_number number(int64_t n)
{
	return (struct qpp_number){ .given = true, .v = qpp_dec_of(n) };
}

static struct qpp_number per_mille(int n)
{
	return (struct qpp_number){ .given = true, .v = qpp_dec_scaled(n, 3) };
}

static void draw_volume(struct qpp_synth_person *x, const struct qpp_synth_practice *p, struct qpp_chance *c)
{
	const int *shares = volume_shares[p->size];
	int at = qpp_chance_below(c, MILLE);
	int kind = p->struck ? 2 : at < shares[0] ? 0 : at < shares[0] + shares[1] ? 1 : 2;
	int absent = qpp_chance_share(c, ONE_SEGMENT_PER_MILLE) ? qpp_chance_below(c, QPP_SEGMENTS) : QPP_SEGMENTS;
	x->facts.has_segments = true;
	for (int i = 0; i < QPP_SEGMENTS; i++) {
		int64_t cents = (int64_t)qpp_chance_between(c, volumes[kind].charges[0], volumes[kind].charges[1]) * 100 + qpp_chance_below(c, 100);
		struct qpp_billed billed = { .billed = true };
		billed.allowed_charges = (struct qpp_number){ .given = true, .v = qpp_dec_scaled(cents, 2) };
		billed.patients = number(qpp_chance_between(c, volumes[kind].patients[0], volumes[kind].patients[1]));
		billed.services = number(qpp_chance_between(c, volumes[kind].services[0], volumes[kind].services[1]));
		x->charges_cents = cents;
		if (i != absent)
			x->facts.segment[i] = billed;
	}
	/* Only who exceeds some of the figures and not all of them has a choice to make. */
	if (kind == 1) {
		at = qpp_chance_below(c, MILLE);
		x->facts.opt_in = at < 450 ? QPP_OPT_IN_UNKNOWN : at < 600 ? QPP_OPT_IN_NONE : at < 880 ? QPP_OPT_IN_ELECTED
		                                                                           : QPP_OPT_IN_VOLUNTARY;
	}
}

/* Where the services were given decides the special statuses of the clinician. */
static void draw_services(struct qpp_synth_person *x, const struct qpp_specialty *specialty, struct qpp_chance *c)
{
	int hospital = qpp_chance_share(c, specialty->hospital) ? qpp_chance_between(c, 780, 1000) : qpp_chance_between(c, 0, 500);
	bool surgical = hospital < 500 && qpp_chance_share(c, specialty->surgical_center * 2);
	int asc = surgical ? qpp_chance_between(c, 760, 1000) : qpp_chance_between(c, 0, 200);
	bool facility = hospital >= 780 && specialty->hospital && qpp_chance_share(c, specialty->facility * MILLE / specialty->hospital);
	bool no_patients = qpp_chance_share(c, specialty->no_patients);
	for (int i = 0; i < QPP_SEGMENTS; i++) {
		x->facts.hospital.v[i] = per_mille(surgical ? MILLE - asc : hospital);
		x->facts.asc.v[i] = per_mille(surgical ? asc : asc < MILLE - hospital ? asc : MILLE - hospital);
		x->facts.facility.v[i] = per_mille(facility ? hospital : hospital < 700 ? hospital : 700);
		x->facts.encounters.v[i] = number(no_patients ? qpp_chance_between(c, 0, 90) : qpp_chance_between(c, 150, 3000));
	}
	x->facts.inpatient_or_emergency = facility ? QPP_YES : QPP_NO;
	x->facts.hospital_scored = facility ? QPP_YES : QPP_NO;
}

static void draw_enrollment(struct qpp_synth *s, struct qpp_synth_person *x, struct qpp_chance *c)
{
	int ago = qpp_chance_share(c, NEW_PER_MILLE) ? 0 : qpp_chance_between(c, 1, FIRST_YEAR_AGO);
	int month = qpp_chance_between(c, 1, 12), day = qpp_chance_between(c, 1, 28);
	(void)qpp_day_of(s->py.v - ago, month, day, &x->is.enrolled);
	x->facts.has_first_enrolled = true;
	x->facts.first_enrolled = x->is.enrolled;
}

static void make_person(struct qpp_synth *s, struct qpp_synth_practice *p, struct qpp_synth_person *x)
{
	const struct qpp_specialty *specialty = &qpp_synth_specialties[p->specialty];
	uint64_t serial = ++s->people;
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_PERSON, serial);
	*x = (struct qpp_synth_person){ .is = { .npi = qpp_synth_npi(s->block, serial) } };
	x->is.first = qpp_synth_first_name(&c);
	x->is.last = qpp_synth_last_name(&c);
	x->is.type = qpp_chance_share(&c, specialty->other_per_mille) ? specialty->other : specialty->type;
	x->facts.has_type = true;
	x->facts.type = x->is.type;
	x->facts.qp_status = qpp_chance_share(&c, 4) ? QPP_QP_FULL : QPP_QP_NONE;
	draw_enrollment(s, x, &c);
	draw_volume(x, p, &c);
	draw_services(x, specialty, &c);
}

/* Somebody who bills under another TIN as well. */
static void make_guest(struct qpp_synth *s, struct qpp_synth_practice *p, struct qpp_synth_person *x)
{
	const struct qpp_synth_person *from = &p[-1].people[0];
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_VOLUME, p->number);
	*x = (struct qpp_synth_person){ .is = from->is, .facts = from->facts, .guest = true };
	x->facts.opt_in = QPP_OPT_IN_UNKNOWN;
	x->facts.segment[0] = x->facts.segment[1] = (struct qpp_billed){ 0 };
	draw_volume(x, p, &c);
}

void qpp_synth_make_people(struct qpp_synth *s, struct qpp_synth_practice *p)
{
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_PRACTICE, ~p->number);
	bool guest = p->n > 1 && p > s->practices && qpp_chance_share(&c, GUEST_PER_MILLE);
	p->people = QPP_NEW_ARRAY(s->block, p->n, struct qpp_synth_person);
	for (size_t i = 0; i < p->n; i++) {
		struct qpp_synth_person *x = &p->people[i];
		if (guest && i == p->n - 1)
			make_guest(s, p, x);
		else
			make_person(s, p, x);
		x->facts.rural = p->rural ? QPP_YES : QPP_NO;
		x->facts.hpsa = p->shortage ? QPP_YES : QPP_NO;
		x->facts.location = (struct qpp_location){ .given = true, .state = qpp_str_of(p->spot->state),
		                                           .county = qpp_str_of(p->spot->county), .zip = qpp_str_of(p->spot->zip) };
	}
}
