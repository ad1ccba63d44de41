/*
 * A submission as it was filed (the program's QPP JSON), and the facts about
 * the filer that a submission does not say. Plain data: who reads it from
 * which format is an adapter's business, what it is worth is the scorer's.
 *
 * Everything that came from a file carries its place, so that every finding and
 * every fact of the trace can point at the byte it came from.
 */
#ifndef QPP_SUBMISSION_H
#define QPP_SUBMISSION_H

#include "qpp/catalog.h"
#include "qpp/finding.h"

/* Absent is unknown, never false. */
enum qpp_tri { QPP_UNKNOWN, QPP_NO, QPP_YES };

/* A count or number that may be absent. */
struct qpp_count {
	bool given;
	int64_t v;
};

struct qpp_number {
	bool given;
	qpp_dec v;
	struct qpp_where where;
};

enum qpp_entity {
	QPP_ENTITY_NONE, QPP_INDIVIDUAL, QPP_GROUP, QPP_VIRTUAL_GROUP, QPP_SUBGROUP, QPP_APM_ENTITY, QPP_ENTITIES
};

/* The counts of one rate: a whole single-rate measure, or one stratum of several. */
struct qpp_rate_counts {
	struct qpp_str stratum;                    /* empty for a single rate */
	struct qpp_count met, not_met, eligible, exclusion, exception;
	struct qpp_count numerator_exclusion;      /* QCDR measures */
	struct qpp_where where;
};

enum qpp_value_kind {
	QPP_VALUE_BOOLEAN,        /* `yes` */
	QPP_VALUE_PROPORTION,     /* numerator, denominator (PI) */
	QPP_VALUE_SINGLE,         /* rates[0] */
	QPP_VALUE_MULTI,          /* rates[] by stratum */
	QPP_VALUE_NON_PROPORTION, /* numerator, denominator, observation_instances */
	QPP_VALUE_SCORE           /* score, case_count (cost, administrative claims, CAHPS) */
};

struct qpp_measurement {
	struct qpp_str measure_id;
	const struct qpp_measure *measure;         /* resolved in the catalog; NULL until then */
	enum qpp_value_kind kind;
	bool yes;
	bool end_to_end;
	const struct qpp_rate_counts *rates;
	size_t n_rates;
	struct qpp_number performance_rate;        /* as submitted (required of QCDR measures) */
	struct qpp_number reporting_rate;          /* as submitted; checked, not used */
	struct qpp_number numerator, denominator;  /* proportion, nonProportion */
	struct qpp_number observation_instances, numerator_exclusion, denominator_exception;
	struct qpp_number score, reliability;
	bool masked;                               /* CAHPS: masked, or below the minimum: not scored */
	struct qpp_count case_count;
	struct qpp_where where;                    /* of the measurement object */
	struct qpp_where value_where;              /* of its value */
	struct qpp_where id_where;                 /* of its measureId; of the object when absent */
};

struct qpp_measurement_set {
	enum qpp_category category;
	enum qpp_method method;
	struct qpp_str program;                    /* "mips" when absent */
	struct qpp_str cehrt_id;                   /* empty when absent */
	bool has_start, has_end;
	qpp_day start, end;                        /* performanceStart, performanceEnd, inclusive */
	struct qpp_measurement *measurements;
	size_t n_measurements;
	struct qpp_where where;
	struct qpp_where program_where, cehrt_where, start_where, end_where;   /* of the set when absent */
};

struct qpp_submission {
	qpp_py py;
	enum qpp_entity entity;
	struct qpp_str entity_id, tin, npi;        /* empty when absent */
	struct qpp_measurement_set *sets;
	size_t n_sets;
	struct qpp_where where;
	struct qpp_where entity_where, tin_where, npi_where;   /* of the submission when absent */
};

/* Special statuses, as bits. */
enum qpp_status {
	QPP_RURAL = 1 << 0,
	QPP_HPSA = 1 << 1,
	QPP_NON_PATIENT_FACING = 1 << 2,
	QPP_HOSPITAL_BASED = 1 << 3,
	QPP_ASC_BASED = 1 << 4,
	QPP_FACILITY_BASED = 1 << 5
};

enum qpp_clinician_type {
	QPP_PHYSICIAN, QPP_PHYSICIAN_ASSISTANT, QPP_NURSE_PRACTITIONER, QPP_CLINICAL_NURSE_SPECIALIST, QPP_CRNA,
	QPP_PHYSICAL_THERAPIST, QPP_OCCUPATIONAL_THERAPIST, QPP_SPEECH_LANGUAGE_PATHOLOGIST, QPP_AUDIOLOGIST,
	QPP_CLINICAL_PSYCHOLOGIST, QPP_DIETITIAN, QPP_NURSE_MIDWIFE, QPP_CLINICAL_SOCIAL_WORKER, QPP_CLINICIAN_TYPES
};

enum qpp_reweight_reason {
	QPP_HARDSHIP, QPP_EUC, QPP_AUTOMATIC_EUC, QPP_BY_SPECIAL_STATUS, QPP_BY_CLINICIAN_TYPE, QPP_JOINED_LATE,
	QPP_DATA_INTEGRITY, QPP_DECERTIFIED, QPP_THIRD_PARTY, QPP_REWEIGHT_REASONS
};

struct qpp_reweight {
	enum qpp_category category;
	enum qpp_reweight_reason reason;
	struct qpp_where where;
};

/* A measure that CMS computes from claims: a cost measure or an administrative-claims quality measure. */
struct qpp_claims_measure {
	struct qpp_str measure_id;
	const struct qpp_measure *measure;         /* resolved; NULL until then */
	qpp_dec score;
	struct qpp_count case_count;
	struct qpp_where where;
};

/* National figures of one indicator over all clinicians of a prior period; a named input, never guessed. */
struct qpp_distribution {
	struct qpp_number mean, standard_deviation, median;
};

struct qpp_other_score {
	enum qpp_entity participation;
	qpp_dec final_score;
	struct qpp_where where;
};

/* 414.1365(b): what an MVP participant chose at registration. */
struct qpp_registration {
	bool given;
	struct qpp_str population_health;          /* measure id; empty: not told, or none */
	const struct qpp_str *outcome_claims;      /* measure ids */
	size_t n_outcome_claims;
	struct qpp_where where;
};

/* A row of the distributions that facility-based scoring looks up: scores in percent at a percentile of MIPS. */
struct qpp_facility_row {
	qpp_dec percentile, quality_pct, cost_pct;
	struct qpp_where where;
};

/* 414.1380(e): where the hospital stands, and what stands there in MIPS. */
struct qpp_facility {
	struct qpp_number percentile;              /* of its total performance score among hospitals, 0..100 */
	const struct qpp_facility_row *rows;       /* by rising percentile */
	size_t n_rows;
	struct qpp_where where;
};

/* 414.1317(b)(1): a clinician of an APM entity with the category scores of the other levels, in percent. */
struct qpp_member {
	struct qpp_number individual[QPP_CATEGORIES], group[QPP_CATEGORIES];
	uint32_t excused;                          /* bits 1u << enum qpp_category */
	bool not_eligible;                         /* no MIPS eligible clinician at either level: not counted */
	struct qpp_where where;
};

/*
 * Where an individual clinician practices. Members that were not told are empty; `given` tells whether a place was
 * told at all. `state` is a code that qpp_state_of() knows, `zip` has five digits.
 */
struct qpp_location {
	bool given;
	struct qpp_str state, county, zip;
	struct qpp_where where;
};

/*
 * What a submission does not say. `has_*` tells whether a list was given: an
 * absent list is unknown, an empty one says "none".
 */
struct qpp_facts {
	qpp_py py;                                 /* 0 when absent */
	enum qpp_entity participation;             /* QPP_ENTITY_NONE when absent */
	enum qpp_tri small_practice, apm_participant, virtual_group_member;
	bool has_statuses;
	uint32_t statuses;                         /* bits of enum qpp_status */
	bool has_types;
	uint32_t types;                            /* bits 1u << enum qpp_clinician_type */
	bool has_reweight, has_administrative_claims, has_cost, has_other_scores;
	const struct qpp_reweight *reweight;
	size_t n_reweight;
	struct qpp_claims_measure *administrative_claims;
	size_t n_administrative_claims;
	struct qpp_claims_measure *cost;
	size_t n_cost;
	bool has_complex_patient;
	struct qpp_number hcc_risk_score, dual_eligible_ratio, medical_z, social_z;
	enum qpp_tri medical_at_or_above_median, social_at_or_above_median;
	struct qpp_distribution hcc_distribution, dual_distribution;
	bool has_prior;
	struct qpp_number prior_quality_score_pct, prior_quality_achievement_pct, prior_cost_pct;
	enum qpp_tri prior_same_identifier, prior_facility_based;
	const struct qpp_other_score *other_scores;
	size_t n_other_scores;
	struct qpp_registration registration;
	struct qpp_facility facility;
	bool has_members;
	const struct qpp_member *members;          /* of an APM entity */
	size_t n_members;
	struct qpp_location location;
	/* The reweighting there would be if the county, which is not known, were a listed one (qpp_answer_locate). */
	const struct qpp_reweight *if_listed;
	size_t n_if_listed;
};

const char *qpp_entity_name(enum qpp_entity e);
enum qpp_entity qpp_entity_of(struct qpp_str name);          /* QPP_ENTITY_NONE when unknown; "apm" is apmEntity */
const char *qpp_status_name(enum qpp_status s);
uint32_t qpp_status_of(struct qpp_str name);                 /* 0 when unknown */
const char *qpp_clinician_type_name(enum qpp_clinician_type t);
bool qpp_clinician_type_of(struct qpp_str name, enum qpp_clinician_type *out);
const char *qpp_reweight_reason_name(enum qpp_reweight_reason r);
bool qpp_reweight_reason_of(struct qpp_str name, enum qpp_reweight_reason *out);

#endif
