/*
 * As whom a practice or team reports: the filings that are made for it, at each level, and who files nothing.
 */
#include "app/synth_int.h"

static uint32_t statuses_of(const struct qpp_eligibility *x)
{
	static const struct {
		enum qpp_special special;
		enum qpp_status status;
	} both[] = {
		{ QPP_SPECIAL_RURAL, QPP_RURAL }, { QPP_SPECIAL_HPSA, QPP_HPSA }, { QPP_SPECIAL_NON_PATIENT_FACING, QPP_NON_PATIENT_FACING },
		{ QPP_SPECIAL_HOSPITAL, QPP_HOSPITAL_BASED }, { QPP_SPECIAL_ASC, QPP_ASC_BASED }, { QPP_SPECIAL_FACILITY, QPP_FACILITY_BASED },
	};
	uint32_t bits = 0;
	for (size_t i = 0; i < sizeof both / sizeof *both; i++)
		bits |= x->specials >> both[i].special & 1 ? both[i].status : 0;
	return bits;
}

static uint32_t types_of(const struct qpp_synth_practice *p)
{
	uint32_t bits = 0;
	for (size_t i = 0; i < p->n; i++)
		bits |= UINT32_C(1) << p->people[i].is.type;
	return bits;
}

static bool is_in(enum qpp_eligibility_status s)
{
	return s == QPP_ELIGIBLE || s == QPP_ELIGIBLE_OPTED_IN;
}

static struct qpp_str submitter_of(const struct qpp_synth_practice *p, enum qpp_method method)
{
	return method == QPP_REGISTRY ? qpp_synth_registry_id(p->registry) : p->id;
}

/* What is the same for everybody who reports for the practice. */
static struct qpp_synth_order order_of(const struct qpp_synth_practice *p, enum qpp_entity entity)
{
	return (struct qpp_synth_order){
		.entity = entity, .tin = p->tin, .submitter = submitter_of(p, p->method), .specialty = p->specialty, .method = p->method,
		.mvp = p->mvp, .mips = !p->mvp || p->beside_mvp, .clinicians = p->n, .small = p->eligibility.specials >> QPP_SPECIAL_SMALL & 1,
		.statuses = statuses_of(&p->eligibility), .types = types_of(p), .silent = p->course == QPP_SILENT,
		.struck = p->struck,
		.standing = p->standing, .stream = p->number << 10,
	};
}

/* Clinicians of one practice do about as well as it does, on the same side of the threshold. */
static int own_standing(const struct qpp_synth *s, const struct qpp_synth_practice *p, size_t i)
{
	enum { STEP = 80, NEARLY = 7460, BARELY = 7560, MOST = 9960 };
	struct qpp_chance c = qpp_chance_stream(s->call->seed, QPP_DRAW_FILING, p->number << 10 | i);
	int standing = p->standing + qpp_chance_around(&c, p->n > 1 ? STEP : 1);
	if (p->course == QPP_LOW)
		return standing > NEARLY ? NEARLY : standing;
	return standing < BARELY ? BARELY : standing > MOST ? MOST : standing;
}

static void file_individual(struct qpp_synth *s, const struct qpp_synth_practice *p, size_t i)
{
	const struct qpp_synth_person *x = &p->people[i];
	struct qpp_synth_order o = order_of(p, QPP_INDIVIDUAL);
	o.npi = x->is.npi;
	o.clinicians = 1;
	o.statuses = statuses_of(&x->individual);
	o.types = UINT32_C(1) << x->is.type;
	o.location = &x->facts.location;
	o.listed = p->listed;
	o.stream |= i + 1;
	o.standing = own_standing(s, p, i);
	if (p->course == QPP_EXCUSED) {
		o.excused = !p->listed;
		o.silent = true;
	}
	if (i == 0 && p->wrong_npi.n) {
		/* Their own numbers have nothing; what was filed is under a number that is nobody's. */
		struct qpp_synth_order lost = o;
		lost.silent = true;
		qpp_synth_fill(s, &lost);
		o.npi = p->wrong_npi;
	}
	qpp_synth_fill(s, &o);
}

/* Who takes part files, and now and then somebody who need not; of a group that files nothing its clinicians are asked. */
static void file_individuals(struct qpp_synth *s, const struct qpp_synth_practice *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct qpp_synth_person *x = &p->people[i];
		bool volunteers = p->course == QPP_GOOD && (x->facts.opt_in == QPP_OPT_IN_VOLUNTARY ||
		                                            (x->individual.status == QPP_EXEMPT_LOW_VOLUME && i % 5 == 0));
		if (is_in(x->individual.status) || (volunteers && p->route == QPP_ROUTE_INDIVIDUALS))
			file_individual(s, p, i);
	}
}

static bool group_takes_part(const struct qpp_synth_practice *p)
{
	return p->n > 1 && is_in(p->eligibility.status);
}

static void file_group(struct qpp_synth *s, const struct qpp_synth_practice *p, struct qpp_str pathway)
{
	struct qpp_synth_order o = order_of(p, QPP_GROUP);
	o.apm = p->team && p->team->kind == QPP_SYNTH_APM_ENTITY;
	o.pathway = pathway;
	o.hardship = p->number % 23 == 0 && p->course == QPP_GOOD;
	if (p->course == QPP_EXCUSED) {
		o.excused = true;
		o.silent = true;
	}
	qpp_synth_fill(s, &o);
}

static void file_subgroups(struct qpp_synth *s, const struct qpp_synth_practice *p)
{
	for (int k = 1; k <= 2; k++) {
		struct qpp_synth_order o = order_of(p, QPP_SUBGROUP);
		o.id = qpp_str_cat(s->block, "SG-", qpp_str_dup(s->block, p->id).p, "-", qpp_i64_text(s->block, k).p, (char *)NULL);
		o.mips = false;
		o.clinicians = p->n / 2;
		o.stream |= 1000 + (uint64_t)k;
		qpp_synth_fill(s, &o);
	}
}

void qpp_synth_file_practice(struct qpp_synth *s, struct qpp_synth_practice *p)
{
	bool excused_persons = p->course == QPP_EXCUSED && p->route == QPP_ROUTE_INDIVIDUALS;
	if (p->route == QPP_ROUTE_VIRTUAL_GROUP)
		return;
	if (p->route == QPP_ROUTE_APM_ENTITY) {
		/* Beside their entity some report themselves, by the pathway or as before. */
		if (p->number % 3 == 0 && group_takes_part(p))
			file_group(s, p, p->number % 2 ? QPP_LIT("app1") : QPP_LIT(""));
		return;
	}
	if (p->route == QPP_ROUTE_INDIVIDUALS || excused_persons || !group_takes_part(p)) {
		file_individuals(s, p);
		return;
	}
	if (p->course == QPP_SILENT) {
		file_individuals(s, p);
		return;
	}
	if (p->route == QPP_ROUTE_SUBGROUPS) {
		file_subgroups(s, p);
		struct qpp_synth_practice rest = *p;
		rest.mvp = NULL;
		file_group(s, &rest, QPP_LIT(""));
		return;
	}
	file_group(s, p, QPP_LIT(""));
}

void qpp_synth_file_team(struct qpp_synth *s, struct qpp_synth_team *t)
{
	const struct qpp_synth_practice *lead = t->practices[0];
	bool entity = t->kind == QPP_SYNTH_APM_ENTITY;
	struct qpp_synth_order o = order_of(lead, entity ? QPP_APM_ENTITY : QPP_VIRTUAL_GROUP);
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++) {
		n += t->practices[i]->n;
		o.types |= types_of(t->practices[i]);
	}
	o.id = t->id;
	o.tin = (struct qpp_str){ 0 };
	o.submitter = t->id;
	o.clinicians = n;
	o.apm = entity;
	o.mvp = NULL;
	o.mips = true;
	o.stream |= 900;
	if (entity) {
		o.small = false;
		o.statuses = 0;
		/* Every third reports traditional MIPS instead of the pathway. */
		o.pathway = lead->number / QPP_SYNTH_BLOCK % 3 == 2 ? QPP_LIT("") : QPP_LIT("app1");
	} else {
		o.small = t->eligibility.specials >> QPP_SPECIAL_SMALL & 1;
		o.statuses = statuses_of(&t->eligibility);
	}
	qpp_synth_fill(s, &o);
}
