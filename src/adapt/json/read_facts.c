/* Facts, group by group in the order of the struct. */
#include "read_facts.h"

#include "fields.h"
#include "read_levels.h"
#include "read_location.h"

/* Lists in a facts file are short: a year has some forty measures that CMS computes from claims. */
enum { MOST_ELEMENTS = 500 };

#define FACT(name) { (name), QPP_FIELD_OPTIONAL, NULL }
#define PART(name) { (name), QPP_FIELD_REQUIRED, NULL }

static const struct qpp_json_field facts_fields[] = {
	FACT("performanceYear"), FACT("participation"), FACT("smallPractice"), FACT("specialStatuses"),
	FACT("clinicianTypes"), FACT("apmParticipant"), FACT("reweight"), FACT("administrativeClaims"), FACT("cost"),
	FACT("complexPatient"), FACT("prior"), FACT("otherScores"), FACT("virtualGroupMember"), FACT("distributions"),
	FACT("registration"), FACT("facility"), FACT("members"), FACT("location")
};
static const struct qpp_json_field reweight_fields[] = { PART("category"), PART("reason") };
static const struct qpp_json_field claims_fields[] = { PART("measureId"), PART("score"), FACT("caseCount") };
static const struct qpp_json_field distributions_fields[] = { FACT("hccRiskScore"), FACT("dualEligibleRatio") };
static const struct qpp_json_field distribution_fields[] = {
	FACT("mean"), FACT("standardDeviation"), FACT("median")
};
static const struct qpp_json_field complex_fields[] = {
	FACT("hccRiskScore"), FACT("dualEligibleRatio"), FACT("medicalZ"), FACT("socialZ"),
	FACT("medicalAtOrAboveMedian"), FACT("socialAtOrAboveMedian")
};
static const struct qpp_json_field prior_fields[] = {
	FACT("qualityScorePercent"), FACT("qualityAchievementPercent"), FACT("costPercent"),
	FACT("sameIdentifier"), FACT("facilityBased")
};
static const struct qpp_json_field other_fields[] = { PART("participation"), PART("finalScore") };

static const struct qpp_json_shape facts_shape = QPP_JSON_SHAPE("the facts file", QPP_ERROR, facts_fields);
static const struct qpp_json_shape reweight_shape = QPP_JSON_SHAPE("a reweighting", QPP_ERROR, reweight_fields);
static const struct qpp_json_shape claims_shape = QPP_JSON_SHAPE("a measure computed from claims", QPP_ERROR, claims_fields);
static const struct qpp_json_shape distributions_shape = QPP_JSON_SHAPE("distributions", QPP_ERROR, distributions_fields);
static const struct qpp_json_shape distribution_shape = QPP_JSON_SHAPE("a distribution", QPP_ERROR, distribution_fields);
static const struct qpp_json_shape complex_shape = QPP_JSON_SHAPE("complexPatient", QPP_ERROR, complex_fields);
static const struct qpp_json_shape prior_shape = QPP_JSON_SHAPE("prior", QPP_ERROR, prior_fields);
static const struct qpp_json_shape other_shape = QPP_JSON_SHAPE("a score of otherScores", QPP_ERROR, other_fields);

static const struct qpp_json_range percent = { .has_least = true, .has_most = true, .most = 100, .as_text = true };
static const struct qpp_json_range ratio = { .has_least = true, .has_most = true, .most = 1, .as_text = true };
static const struct qpp_json_range z_score = {
	.has_least = true, .has_most = true, .least = -20, .most = 20, .as_text = true
};
static const struct qpp_json_range not_negative = { .has_least = true, .as_text = true };

static const char *entity_name(int i)
{
	if (i == QPP_ENTITIES)
		return "apm";
	return i == QPP_ENTITY_NONE ? NULL : qpp_entity_name((enum qpp_entity)i);
}

static const char *status_name(int i)
{
	return qpp_status_name((enum qpp_status)(1 << i));
}

static const char *type_name(int i)
{
	return qpp_clinician_type_name((enum qpp_clinician_type)i);
}

static const char *category_name(int i)
{
	return qpp_category_name((enum qpp_category)i);
}

static const char *reason_name(int i)
{
	return qpp_reweight_reason_name((enum qpp_reweight_reason)i);
}

enum { STATUSES = 6 };
_Static_assert(QPP_FACILITY_BASED == 1 << (STATUSES - 1), "every special status has a name here");

static bool read_entity(struct qpp_json_in *in, const struct qpp_json *object, enum qpp_entity *out)
{
	int i;
	if (!qpp_field_choice(in, object, "participation", entity_name, QPP_ENTITIES + 1, &i))
		return false;
	*out = i == QPP_ENTITIES ? QPP_APM_ENTITY : (enum qpp_entity)i;
	return true;
}

/* A list of names as bits; `*has` only when every name was known. */
static void read_bits(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                      const char *(*name_of)(int), int n, bool *has, uint32_t *bits)
{
	const struct qpp_json *array = qpp_field_of_kind(in, object, name, QPP_JSON_ARRAY);
	if (!array)
		return;
	bool all = true;
	for (const struct qpp_json *e = array->first; e; e = e->next) {
		int i;
		if (qpp_json_choice(in, e, name_of, n, &i))
			*bits |= UINT32_C(1) << i;
		else
			all = false;
	}
	*has = all;
}

/* The list `name` and how many of its elements to read; every one an object of that shape. */
static const struct qpp_json *read_list(struct qpp_json_in *in, const struct qpp_json *object, const char *name, size_t *n)
{
	const struct qpp_json *array = qpp_field_of_kind(in, object, name, QPP_JSON_ARRAY);
	*n = array ? qpp_json_bounded(in, array, MOST_ELEMENTS) : 0;
	return array;
}

/* An element that is an object with known members; findings otherwise. */
static bool read_element(struct qpp_json_in *in, const struct qpp_json *e, const struct qpp_json_shape *shape)
{
	if (e->kind != QPP_JSON_OBJECT)
		return qpp_json_kind_wrong(in, e, "an object");
	qpp_json_check_shape(in, e, shape);
	return true;
}

static void read_reweight(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_facts *facts)
{
	size_t n;
	const struct qpp_json *array = read_list(in, object, "reweight", &n);
	if (!array)
		return;
	struct qpp_reweight *v = QPP_NEW_ARRAY(in->arena, n, struct qpp_reweight);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next) {
		int category, reason;
		if (!read_element(in, e, &reweight_shape))
			continue;
		bool has_category = qpp_field_choice(in, e, "category", category_name, QPP_CATEGORIES, &category);
		bool has_reason = qpp_field_choice(in, e, "reason", reason_name, QPP_REWEIGHT_REASONS, &reason);
		if (has_category && has_reason)
			v[facts->n_reweight++] = (struct qpp_reweight){ (enum qpp_category)category, (enum qpp_reweight_reason)reason,
			                                                qpp_json_place_of(in, e) };
	}
	facts->reweight = v;
	facts->has_reweight = true;
}

static void refuse_again(struct qpp_json_in *in, const struct qpp_json *e, struct qpp_str id)
{
	struct qpp_str shown = qpp_shown(in->arena, id);
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "factDuplicate", e,
		qpp_str_cat(in->arena, "measure ", shown.p, " is given twice", (char *)NULL));
	x->value = shown;
	x->expected = QPP_LIT("each measure once");
}

/* One measure with its score and cases; false when it is not whole. */
static bool read_claims_measure(struct qpp_json_in *in, const struct qpp_json *e, struct qpp_claims_measure *out)
{
	struct qpp_number score = { 0 };
	if (!read_element(in, e, &claims_shape))
		return false;
	*out = (struct qpp_claims_measure){ .where = qpp_json_place_of(in, e) };
	bool has_id = qpp_field_text(in, e, "measureId", &out->measure_id);
	bool has_score = qpp_field_number(in, e, "score", &not_negative, &score);
	qpp_field_count(in, e, "caseCount", &out->case_count);
	out->score = score.v;
	return has_id && has_score;
}

static void read_claims(struct qpp_json_in *in, const struct qpp_json *object, const char *name, bool *has,
                        struct qpp_claims_measure **out, size_t *n_out)
{
	size_t n;
	const struct qpp_json *array = read_list(in, object, name, &n);
	if (!array)
		return;
	struct qpp_claims_measure *v = QPP_NEW_ARRAY(in->arena, n, struct qpp_claims_measure);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next) {
		if (!read_claims_measure(in, e, &v[*n_out]))
			continue;
		size_t same = 0;
		while (!qpp_str_eq(v[same].measure_id, v[*n_out].measure_id))
			same++;
		if (same < *n_out)
			refuse_again(in, e, v[same].measure_id);
		else
			++*n_out;
	}
	*out = v;
	*has = true;
}

static void read_complex(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_facts *facts)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "complexPatient", QPP_JSON_OBJECT);
	if (!o)
		return;
	facts->has_complex_patient = true;
	qpp_json_check_shape(in, o, &complex_shape);
	qpp_field_number(in, o, "hccRiskScore", &not_negative, &facts->hcc_risk_score);
	qpp_field_number(in, o, "dualEligibleRatio", &ratio, &facts->dual_eligible_ratio);
	qpp_field_number(in, o, "medicalZ", &z_score, &facts->medical_z);
	qpp_field_number(in, o, "socialZ", &z_score, &facts->social_z);
	qpp_field_tri(in, o, "medicalAtOrAboveMedian", &facts->medical_at_or_above_median);
	qpp_field_tri(in, o, "socialAtOrAboveMedian", &facts->social_at_or_above_median);
}

static void read_distribution(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                              struct qpp_distribution *d)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, name, QPP_JSON_OBJECT);
	if (!o)
		return;
	qpp_json_check_shape(in, o, &distribution_shape);
	qpp_field_number(in, o, "mean", &not_negative, &d->mean);
	qpp_field_number(in, o, "standardDeviation", &not_negative, &d->standard_deviation);
	qpp_field_number(in, o, "median", &not_negative, &d->median);
}

static void read_distributions(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_facts *facts)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "distributions", QPP_JSON_OBJECT);
	if (!o)
		return;
	qpp_json_check_shape(in, o, &distributions_shape);
	read_distribution(in, o, "hccRiskScore", &facts->hcc_distribution);
	read_distribution(in, o, "dualEligibleRatio", &facts->dual_distribution);
}

static void read_prior(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_facts *facts)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "prior", QPP_JSON_OBJECT);
	if (!o)
		return;
	facts->has_prior = true;
	qpp_json_check_shape(in, o, &prior_shape);
	qpp_field_number(in, o, "qualityScorePercent", &percent, &facts->prior_quality_score_pct);
	qpp_field_number(in, o, "qualityAchievementPercent", &percent, &facts->prior_quality_achievement_pct);
	qpp_field_number(in, o, "costPercent", &percent, &facts->prior_cost_pct);
	qpp_field_tri(in, o, "sameIdentifier", &facts->prior_same_identifier);
	qpp_field_tri(in, o, "facilityBased", &facts->prior_facility_based);
}

static void read_other_scores(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_facts *facts)
{
	size_t n;
	const struct qpp_json *array = read_list(in, object, "otherScores", &n);
	if (!array)
		return;
	struct qpp_other_score *v = QPP_NEW_ARRAY(in->arena, n, struct qpp_other_score);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next) {
		struct qpp_other_score *x = &v[facts->n_other_scores];
		struct qpp_number score = { 0 };
		if (!read_element(in, e, &other_shape))
			continue;
		bool has_entity = read_entity(in, e, &x->participation);
		bool has_score = qpp_field_number(in, e, "finalScore", &percent, &score);
		if (!has_entity || !has_score)
			continue;
		x->final_score = score.v;
		x->where = qpp_json_place_of(in, e);
		facts->n_other_scores++;
	}
	facts->other_scores = v;
	facts->has_other_scores = true;
}

struct qpp_facts *qpp_json_read_facts(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                      size_t most_bytes, struct qpp_findings *f)
{
	struct qpp_json_in in = { .arena = a, .findings = f, .subject = QPP_LIT("facts") };
	const struct qpp_json *o = qpp_json_read_object(&in, file, text, most_bytes, &facts_shape, "an object: the facts");
	if (!o)
		return NULL;
	struct qpp_facts *facts = QPP_NEW(a, struct qpp_facts);
	qpp_field_py(&in, o, "performanceYear", &facts->py);
	read_entity(&in, o, &facts->participation);
	qpp_field_tri(&in, o, "smallPractice", &facts->small_practice);
	qpp_field_tri(&in, o, "apmParticipant", &facts->apm_participant);
	qpp_field_tri(&in, o, "virtualGroupMember", &facts->virtual_group_member);
	read_bits(&in, o, "specialStatuses", status_name, STATUSES, &facts->has_statuses, &facts->statuses);
	read_bits(&in, o, "clinicianTypes", type_name, QPP_CLINICIAN_TYPES, &facts->has_types, &facts->types);
	read_reweight(&in, o, facts);
	read_claims(&in, o, "administrativeClaims", &facts->has_administrative_claims, &facts->administrative_claims,
	            &facts->n_administrative_claims);
	read_claims(&in, o, "cost", &facts->has_cost, &facts->cost, &facts->n_cost);
	read_complex(&in, o, facts);
	read_distributions(&in, o, facts);
	read_prior(&in, o, facts);
	read_other_scores(&in, o, facts);
	qpp_json_read_levels(&in, o, facts);
	qpp_json_read_location(&in, o, &facts->location);
	return facts;
}
