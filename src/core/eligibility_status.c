/*
 * 414.1305: the special statuses. Each is one figure (a count, or a percent of
 * services or of clinicians) held against the row of its year and level in the
 * table special_statuses. They change how a practice is scored: a small practice
 * has other weights and a bonus, the others may be spared a category.
 */
#include "eligibility_int.h"

static const char *const names[QPP_SPECIALS] = {
	[QPP_SPECIAL_SMALL] = "smallPractice",       [QPP_SPECIAL_RURAL] = "rural",
	[QPP_SPECIAL_HPSA] = "hpsa",                 [QPP_SPECIAL_NON_PATIENT_FACING] = "nonPatientFacing",
	[QPP_SPECIAL_HOSPITAL] = "hospitalBased",    [QPP_SPECIAL_ASC] = "ascBased",
	[QPP_SPECIAL_FACILITY] = "facilityBased",
};

const char *qpp_special_name(enum qpp_special s)
{
	return s < QPP_SPECIALS ? names[s] : NULL;
}

/* What a status is told by: a figure a segment, and the facts to ask for where it is absent. */
struct measured {
	struct qpp_by_segment figure;
	const char *fact, *what;
	bool percent;
};

static qpp_dec hundred(qpp_dec share)
{
	return qpp_dec_mul(share, qpp_dec_of(100));
}

static struct measured shares(const struct qpp_by_segment *s, const char *fact, const char *what)
{
	struct measured m = { *s, fact, what, true };
	for (int i = 0; i < QPP_SEGMENTS; i++)
		m.figure.v[i].v = s->v[i].given ? hundred(s->v[i].v) : qpp_dec_undefined();
	return m;
}

/* A share of the practice, which is the same in both segments. */
static struct measured share(struct qpp_number s, const char *fact, const char *what)
{
	return shares(&(struct qpp_by_segment){ { s, s } }, fact, what);
}

/* Some of the clinicians of each segment; a segment without clinicians shows nothing. */
static struct measured part(const struct qpp_by_segment *n, const struct qpp_by_segment *of, const char *fact,
                            const char *what)
{
	struct measured m = { .fact = fact, .what = what, .percent = true };
	for (int i = 0; i < QPP_SEGMENTS; i++) {
		struct qpp_number *to = &m.figure.v[i];
		to->given = n->v[i].given && of->v[i].given && qpp_dec_sign(of->v[i].v) > 0;
		to->v = to->given ? qpp_dec_div(hundred(n->v[i].v), of->v[i].v) : qpp_dec_undefined();
	}
	return m;
}

/* Whether the clinician practices in such a place: told, or plain from the practice having only such places or none. */
static struct measured place(enum qpp_tri told, struct qpp_number practice, const char *fact, const char *what)
{
	bool all = practice.given && qpp_dec_cmp(practice.v, qpp_dec_of(1)) == 0;
	bool none = practice.given && qpp_dec_sign(practice.v) == 0;
	struct qpp_number x = { .given = told != QPP_UNKNOWN || all || none };
	x.v = qpp_dec_of(told == QPP_YES || (told == QPP_UNKNOWN && all));
	return share(x, fact, what);
}

static struct measured individual(const struct qpp_eligibility_facts *f, enum qpp_special s)
{
	switch (s) {
	case QPP_SPECIAL_RURAL:
		return place(f->rural, f->rural_share, "rural", "practice in rural places");
	case QPP_SPECIAL_HPSA:
		return place(f->hpsa, f->hpsa_share, "hpsa", "practice in shortage areas");
	case QPP_SPECIAL_NON_PATIENT_FACING:
		return (struct measured){ f->encounters, "encounters.patientFacing", "patient-facing encounters", false };
	case QPP_SPECIAL_HOSPITAL:
		return shares(&f->hospital, "placeOfService.hospital", "services in a hospital");
	case QPP_SPECIAL_ASC:
		return shares(&f->asc, "placeOfService.asc", "services in an ambulatory surgical center");
	default:
		return shares(&f->facility, "placeOfService.facility", "services in a facility");
	}
}

static struct measured group(const struct qpp_eligibility_facts *f, enum qpp_special s)
{
	const struct qpp_by_segment *all = &f->clinicians;
	switch (s) {
	case QPP_SPECIAL_RURAL:
		return share(f->rural_share, "practice.ruralShare", "clinicians in rural places");
	case QPP_SPECIAL_HPSA:
		return share(f->hpsa_share, "practice.hpsaShare", "clinicians in shortage areas");
	case QPP_SPECIAL_NON_PATIENT_FACING:
		return part(&f->non_patient_facing, all, "practice.nonPatientFacing", "clinicians who do not face patients");
	case QPP_SPECIAL_HOSPITAL:
		return part(&f->hospital_based, all, "practice.hospitalBased", "hospital-based clinicians");
	case QPP_SPECIAL_ASC:
		return part(&f->asc_based, all, "practice.ascBased", "ASC-based clinicians");
	default:
		return part(&f->facility_based, all, "practice.facilityBased", "facility-based clinicians");
	}
}

/* Clinicians of the practice, whatever the level; a segment without any is not there. */
static struct measured practice_size(const struct qpp_eligibility_facts *f)
{
	struct measured m = { f->clinicians, "practice.clinicians", "clinicians", false };
	for (int i = 0; i < QPP_SEGMENTS; i++)
		m.figure.v[i].given &= qpp_dec_sign(m.figure.v[i].v) > 0;
	return m;
}

static bool compares(struct qpp_str how, qpp_dec got, qpp_dec figure)
{
	int c = qpp_dec_cmp(got, figure);
	if (qpp_str_is(how, "atMost"))
		return c <= 0;
	return qpp_str_is(how, "above") ? c > 0 : c >= 0;
}

static const char *said(struct qpp_str how)
{
	return qpp_str_is(how, "atMost") ? ", which is at most " : qpp_str_is(how, "above") ? ", which is above " : ", which is at least ";
}

/* R-414.1305, reading status-in-either-segment: yes when one segment shows it, unknown while one is not told. */
static enum qpp_tri holds(struct qpp_eligibility_asking *q, const struct qpp_table_row *row, struct qpp_str how,
                          const struct measured *m)
{
	struct qpp_arena *a = q->c->arena;
	bool first_only = qpp_str_is(qpp_cell_word(row, QPP_C_special_statuses_segments), "first");
	qpp_dec figure = qpp_cell_num(q->c, QPP_T_special_statuses, row, QPP_C_special_statuses_figure).v;
	bool open = false;
	for (int i = 0; i < (first_only ? 1 : QPP_SEGMENTS); i++) {
		const struct qpp_number *got = &m->figure.v[i];
		open |= !got->given;
		if (!got->given || !compares(how, got->v, figure))
			continue;
		const char *unit = m->percent ? " percent" : "";
		qpp_reason_add(a, &q->out->why, "414.1305", qpp_cell_word(row, QPP_C_special_statuses_status).p, ": ", m->what,
		               " in segment ", qpp_i64_text(a, i + 1).p, ": ", qpp_dec_text_short(a, got->v, 0, 4).p, unit, said(how),
		               qpp_dec_text_short(a, figure, 0, 4).p, unit, (char *)NULL);
		return QPP_YES;
	}
	return open ? QPP_UNKNOWN : QPP_NO;
}

/* 414.1380(e)(2): one service in 21 or 23, and a hospital with a score to lend, besides the share. */
static enum qpp_tri facility_besides(struct qpp_eligibility_asking *q, enum qpp_tri share_holds)
{
	const struct qpp_eligibility_facts *f = q->facts;
	const char *decides = "the special status facilityBased";
	if (share_holds == QPP_NO || f->inpatient_or_emergency == QPP_NO || f->hospital_scored == QPP_NO)
		return QPP_NO;
	if (f->inpatient_or_emergency == QPP_UNKNOWN)
		qpp_unknown_add(q->c->arena, &q->out->why, "placeOfService.inpatientOrEmergency", decides);
	if (f->hospital_scored == QPP_UNKNOWN)
		qpp_unknown_add(q->c->arena, &q->out->why, "placeOfService.hospitalScored", decides);
	bool known = f->inpatient_or_emergency == QPP_YES && f->hospital_scored == QPP_YES;
	return known ? share_holds : QPP_UNKNOWN;
}

static enum qpp_tri status_of(struct qpp_eligibility_asking *q, enum qpp_special s)
{
	bool alone = q->level == QPP_INDIVIDUAL;
	const struct qpp_table_row *row =
	    qpp_row_needed(q->c, QPP_T_special_statuses,
	                   QPP_KEYS({ QPP_C_special_statuses_status, qpp_str_of(names[s]) },
	                            { QPP_C_special_statuses_level, qpp_str_of(qpp_entity_name(q->level)) }));
	struct qpp_str how = qpp_cell_word(row, QPP_C_special_statuses_compare);
	if (!row || qpp_str_is(how, "never"))
		return QPP_NO;
	if (s == QPP_SPECIAL_FACILITY && !alone &&
	    qpp_reading(q->c, QPP_R_facility_group_share) == QPP_R_facility_group_share_more_than)
		how = QPP_LIT("above");
	struct measured m = s == QPP_SPECIAL_SMALL ? practice_size(q->facts) : alone ? individual(q->facts, s) : group(q->facts, s);
	size_t before = q->out->why.list.n;
	enum qpp_tri is = holds(q, row, how, &m);
	if (is == QPP_UNKNOWN)
		qpp_unknown_add(q->c->arena, &q->out->why, m.fact,
		                qpp_str_cat(q->c->arena, "the special status ", names[s], (char *)NULL).p);
	if (s != QPP_SPECIAL_FACILITY || !alone)
		return is;
	enum qpp_tri whole = facility_besides(q, is);
	/* The share alone was no reason. */
	if (whole != QPP_YES)
		q->out->why.list.n = before;
	return whole;
}

void qpp_special_statuses(struct qpp_eligibility_asking *q)
{
	for (int s = 0; s < QPP_SPECIALS && q->c->code == QPP_OK; s++) {
		enum qpp_tri is = status_of(q, (enum qpp_special)s);
		q->out->specials |= (uint32_t)(is == QPP_YES) << s;
		q->out->specials_unknown |= (uint32_t)(is == QPP_UNKNOWN) << s;
	}
}
