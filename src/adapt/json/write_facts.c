/* Facts about filers and of eligibility, as JSON. */
#include "adapt/json/write_facts.h"

#include "adapt/json/member.h"

static void put_location(struct qpp_json_object *o, const struct qpp_location *at)
{
	struct qpp_json_object place = { o->b, false };
	if (!at->given)
		return;
	qpp_json_name(o, "location");
	qpp_buf_char(o->b, '{');
	qpp_json_put_str(&place, "state", at->state);
	qpp_json_put_str(&place, "county", at->county);
	qpp_json_put_str(&place, "zip", at->zip);
	qpp_buf_char(o->b, '}');
}

/* Names of the bits that are set. */
static void put_bits(struct qpp_json_object *o, const char *member, uint32_t bits, const char *(*name_of)(int))
{
	struct qpp_str names[32];
	size_t n = 0;
	for (int i = 0; i < 32; i++)
		if (bits >> i & 1 && name_of(i))
			names[n++] = qpp_str_of(name_of(i));
	qpp_json_put_strs(o, member, names, n);
}

static const char *status_name(int i)
{
	return qpp_status_name((enum qpp_status)(1 << i));
}

static const char *type_name(int i)
{
	return i < QPP_CLINICIAN_TYPES ? qpp_clinician_type_name((enum qpp_clinician_type)i) : NULL;
}

static void put_reweight(struct qpp_json_object *o, const struct qpp_facts *f)
{
	qpp_json_name(o, "reweight");
	qpp_buf_char(o->b, '[');
	for (size_t i = 0; i < f->n_reweight; i++) {
		struct qpp_json_object ground = { o->b, false };
		qpp_buf_cat(o->b, i ? ", {" : "{", (char *)NULL);
		qpp_json_put_str(&ground, "category", qpp_str_of(qpp_category_name(f->reweight[i].category)));
		qpp_json_put_str(&ground, "reason", qpp_str_of(qpp_reweight_reason_name(f->reweight[i].reason)));
		qpp_buf_char(o->b, '}');
	}
	qpp_buf_char(o->b, ']');
}

static void put_claims(struct qpp_json_object *o, const char *member, const struct qpp_claims_measure *v, size_t n)
{
	qpp_json_name(o, member);
	qpp_buf_char(o->b, '[');
	for (size_t i = 0; i < n; i++) {
		struct qpp_json_object measure = { o->b, false };
		struct qpp_number score = { .given = true, .v = v[i].score };
		qpp_buf_cat(o->b, i ? ", {" : "{", (char *)NULL);
		qpp_json_put_str(&measure, "measureId", v[i].measure_id);
		qpp_json_put_quoted(&measure, "score", &score);
		qpp_json_put_count(&measure, "caseCount", v[i].case_count);
		qpp_buf_char(o->b, '}');
	}
	qpp_buf_char(o->b, ']');
}

static void put_complex(struct qpp_json_object *o, const struct qpp_facts *f)
{
	struct qpp_json_object risk = { o->b, false };
	qpp_json_name(o, "complexPatient");
	qpp_buf_char(o->b, '{');
	qpp_json_put_quoted(&risk, "hccRiskScore", &f->hcc_risk_score);
	qpp_json_put_quoted(&risk, "dualEligibleRatio", &f->dual_eligible_ratio);
	qpp_json_put_quoted(&risk, "medicalZ", &f->medical_z);
	qpp_json_put_quoted(&risk, "socialZ", &f->social_z);
	qpp_json_put_tri(&risk, "medicalAtOrAboveMedian", f->medical_at_or_above_median);
	qpp_json_put_tri(&risk, "socialAtOrAboveMedian", f->social_at_or_above_median);
	qpp_buf_char(o->b, '}');
}

static void put_prior(struct qpp_json_object *o, const struct qpp_facts *f)
{
	struct qpp_json_object prior = { o->b, false };
	qpp_json_name(o, "prior");
	qpp_buf_char(o->b, '{');
	qpp_json_put_quoted(&prior, "qualityScorePercent", &f->prior_quality_score_pct);
	qpp_json_put_quoted(&prior, "qualityAchievementPercent", &f->prior_quality_achievement_pct);
	qpp_json_put_quoted(&prior, "costPercent", &f->prior_cost_pct);
	qpp_json_put_tri(&prior, "sameIdentifier", f->prior_same_identifier);
	qpp_json_put_tri(&prior, "facilityBased", f->prior_facility_based);
	qpp_buf_char(o->b, '}');
}

static void put_registration(struct qpp_json_object *o, const struct qpp_registration *r)
{
	struct qpp_json_object chosen = { o->b, false };
	qpp_json_name(o, "registration");
	qpp_buf_char(o->b, '{');
	qpp_json_put_str(&chosen, "populationHealthMeasure", r->population_health);
	qpp_json_put_strs(&chosen, "outcomeClaimsMeasures", r->outcome_claims, r->n_outcome_claims);
	qpp_buf_char(o->b, '}');
}

static void put_facility(struct qpp_json_object *o, const struct qpp_facility *f)
{
	struct qpp_json_object facility = { o->b, false };
	qpp_json_name(o, "facility");
	qpp_buf_char(o->b, '{');
	qpp_json_put_quoted(&facility, "percentile", &f->percentile);
	qpp_json_name(&facility, "table");
	qpp_buf_char(o->b, '[');
	for (size_t i = 0; i < f->n_rows; i++) {
		struct qpp_json_object row = { o->b, false };
		struct qpp_number percentile = { .given = true, .v = f->rows[i].percentile };
		struct qpp_number quality = { .given = true, .v = f->rows[i].quality_pct }, cost = { .given = true, .v = f->rows[i].cost_pct };
		qpp_buf_cat(o->b, i ? ", {" : "{", (char *)NULL);
		qpp_json_put_quoted(&row, "percentile", &percentile);
		qpp_json_put_quoted(&row, "qualityPercent", &quality);
		qpp_json_put_quoted(&row, "costPercent", &cost);
		qpp_buf_char(o->b, '}');
	}
	qpp_buf_cat(o->b, "]}", (char *)NULL);
}

void qpp_json_write_facts(struct qpp_buf *b, const struct qpp_facts *f)
{
	struct qpp_json_object o = { b, false };
	qpp_buf_char(b, '{');
	if (f->py.v)
		qpp_json_put_i64(&o, "performanceYear", f->py.v);
	if (f->participation != QPP_ENTITY_NONE)
		qpp_json_put_str(&o, "participation", qpp_str_of(qpp_entity_name(f->participation)));
	qpp_json_put_tri(&o, "smallPractice", f->small_practice);
	if (f->has_statuses)
		put_bits(&o, "specialStatuses", f->statuses, status_name);
	if (f->has_types)
		put_bits(&o, "clinicianTypes", f->types, type_name);
	qpp_json_put_tri(&o, "apmParticipant", f->apm_participant);
	qpp_json_put_tri(&o, "virtualGroupMember", f->virtual_group_member);
	if (f->has_reweight)
		put_reweight(&o, f);
	if (f->has_administrative_claims)
		put_claims(&o, "administrativeClaims", f->administrative_claims, f->n_administrative_claims);
	if (f->has_cost)
		put_claims(&o, "cost", f->cost, f->n_cost);
	if (f->has_complex_patient)
		put_complex(&o, f);
	if (f->has_prior)
		put_prior(&o, f);
	if (f->registration.given)
		put_registration(&o, &f->registration);
	if (f->facility.n_rows)
		put_facility(&o, &f->facility);
	put_location(&o, &f->location);
	qpp_buf_char(b, '}');
}

/* ---- facts of eligibility ---- */

static void put_segments(struct qpp_json_object *o, const struct qpp_eligibility_facts *f)
{
	bool some = false;
	qpp_json_name(o, "segments");
	qpp_buf_char(o->b, '[');
	for (int i = 0; i < QPP_SEGMENTS; i++) {
		struct qpp_json_object segment = { o->b, false };
		const struct qpp_billed *x = &f->segment[i];
		if (!x->billed)
			continue;
		qpp_buf_cat(o->b, some ? ", {" : "{", (char *)NULL);
		some = true;
		qpp_json_put_i64(&segment, "segment", i + 1);
		qpp_json_put_quoted(&segment, "allowedCharges", &x->allowed_charges);
		qpp_json_put_number(&segment, "patients", &x->patients);
		qpp_json_put_number(&segment, "services", &x->services);
		qpp_buf_char(o->b, '}');
	}
	qpp_buf_char(o->b, ']');
}

/* One number for both segments, or an array of both; nothing when neither is known. */
static void put_by_segment(struct qpp_json_object *o, const char *member, const struct qpp_by_segment *x, bool quoted)
{
	const char *mark = quoted ? "\"" : "";
	if (!x->v[0].given && !x->v[1].given)
		return;
	bool same = x->v[0].given && x->v[1].given && qpp_dec_eq(x->v[0].v, x->v[1].v);
	qpp_json_name(o, member);
	if (!same)
		qpp_buf_char(o->b, '[');
	for (int i = 0; i < (same ? 1 : QPP_SEGMENTS); i++) {
		qpp_buf_cat(o->b, i ? ", " : "", x->v[i].given ? mark : "null", (char *)NULL);
		if (!x->v[i].given)
			continue;
		qpp_json_number(o->b, x->v[i].v);
		qpp_buf_cat(o->b, mark, (char *)NULL);
	}
	if (!same)
		qpp_buf_char(o->b, ']');
}

static bool has_practice(const struct qpp_eligibility_facts *f)
{
	return f->clinicians.v[0].given || f->clinicians.v[1].given || f->rural_share.given;
}

static void put_practice(struct qpp_json_object *o, const struct qpp_eligibility_facts *f)
{
	struct qpp_json_object practice = { o->b, false };
	qpp_json_name(o, "practice");
	qpp_buf_char(o->b, '{');
	put_by_segment(&practice, "clinicians", &f->clinicians, false);
	qpp_json_put_quoted(&practice, "ruralShare", &f->rural_share);
	qpp_json_put_quoted(&practice, "hpsaShare", &f->hpsa_share);
	put_by_segment(&practice, "nonPatientFacing", &f->non_patient_facing, false);
	put_by_segment(&practice, "hospitalBased", &f->hospital_based, false);
	put_by_segment(&practice, "ascBased", &f->asc_based, false);
	put_by_segment(&practice, "facilityBased", &f->facility_based, false);
	qpp_buf_char(o->b, '}');
}

static void put_services(struct qpp_json_object *o, const struct qpp_eligibility_facts *f)
{
	struct qpp_json_object encounters = { o->b, false }, places = { o->b, false };
	if (f->encounters.v[0].given || f->encounters.v[1].given) {
		qpp_json_name(o, "encounters");
		qpp_buf_char(o->b, '{');
		put_by_segment(&encounters, "patientFacing", &f->encounters, false);
		qpp_buf_char(o->b, '}');
	}
	if (!f->hospital.v[0].given && !f->hospital.v[1].given)
		return;
	qpp_json_name(o, "placeOfService");
	qpp_buf_char(o->b, '{');
	put_by_segment(&places, "hospital", &f->hospital, true);
	put_by_segment(&places, "asc", &f->asc, true);
	put_by_segment(&places, "facility", &f->facility, true);
	qpp_json_put_tri(&places, "inpatientOrEmergency", f->inpatient_or_emergency);
	qpp_json_put_tri(&places, "hospitalScored", f->hospital_scored);
	qpp_buf_char(o->b, '}');
}

void qpp_json_write_eligibility_facts(struct qpp_buf *b, const struct qpp_eligibility_facts *f)
{
	struct qpp_json_object o = { b, false };
	qpp_buf_char(b, '{');
	if (f->has_type)
		qpp_json_put_str(&o, "clinicianType", qpp_str_of(qpp_clinician_type_name(f->type)));
	qpp_json_put_day(&o, "firstEnrolled", f->has_first_enrolled, f->first_enrolled);
	if (f->qp_status != QPP_QP_UNKNOWN)
		qpp_json_put_str(&o, "qpStatus", qpp_str_of(qpp_qp_status_name(f->qp_status)));
	qpp_json_put_tri(&o, "partialQpElected", f->partial_qp_elected);
	if (f->opt_in != QPP_OPT_IN_UNKNOWN)
		qpp_json_put_str(&o, "optIn", qpp_str_of(qpp_opt_in_name(f->opt_in)));
	if (f->has_segments)
		put_segments(&o, f);
	if (has_practice(f))
		put_practice(&o, f);
	qpp_json_put_tri(&o, "rural", f->rural);
	qpp_json_put_tri(&o, "hpsa", f->hpsa);
	put_services(&o, f);
	put_location(&o, &f->location);
	qpp_buf_char(b, '}');
}
