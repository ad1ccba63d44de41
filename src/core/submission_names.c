/* Names of the values in submissions and facts, as the files and the pages write them. */
#include "qpp/submission.h"

static const char *const entity_names[] = {
	[QPP_ENTITY_NONE] = "none",
	[QPP_INDIVIDUAL] = "individual",
	[QPP_GROUP] = "group",
	[QPP_VIRTUAL_GROUP] = "virtualGroup",
	[QPP_SUBGROUP] = "subgroup",
	[QPP_APM_ENTITY] = "apmEntity"
};
static const struct {
	enum qpp_status status;
	const char *name;
} status_names[] = {
	{ QPP_RURAL, "rural" },
	{ QPP_HPSA, "hpsa" },
	{ QPP_NON_PATIENT_FACING, "nonPatientFacing" },
	{ QPP_HOSPITAL_BASED, "hospitalBased" },
	{ QPP_ASC_BASED, "ascBased" },
	{ QPP_FACILITY_BASED, "facilityBased" }
};
static const char *const type_names[] = {
	[QPP_PHYSICIAN] = "physician",
	[QPP_PHYSICIAN_ASSISTANT] = "physicianAssistant",
	[QPP_NURSE_PRACTITIONER] = "nursePractitioner",
	[QPP_CLINICAL_NURSE_SPECIALIST] = "clinicalNurseSpecialist",
	[QPP_CRNA] = "crna",
	[QPP_PHYSICAL_THERAPIST] = "physicalTherapist",
	[QPP_OCCUPATIONAL_THERAPIST] = "occupationalTherapist",
	[QPP_SPEECH_LANGUAGE_PATHOLOGIST] = "speechLanguagePathologist",
	[QPP_AUDIOLOGIST] = "audiologist",
	[QPP_CLINICAL_PSYCHOLOGIST] = "clinicalPsychologist",
	[QPP_DIETITIAN] = "dietitian",
	[QPP_NURSE_MIDWIFE] = "nurseMidwife",
	[QPP_CLINICAL_SOCIAL_WORKER] = "clinicalSocialWorker"
};
static const char *const reason_names[] = {
	[QPP_HARDSHIP] = "hardship",
	[QPP_EUC] = "euc",
	[QPP_AUTOMATIC_EUC] = "automaticEuc",
	[QPP_BY_SPECIAL_STATUS] = "specialStatus",
	[QPP_BY_CLINICIAN_TYPE] = "clinicianType",
	[QPP_JOINED_LATE] = "joinedLate",
	[QPP_DATA_INTEGRITY] = "dataIntegrity",
	[QPP_DECERTIFIED] = "decertified",
	[QPP_THIRD_PARTY] = "thirdParty"
};

/* The first of `names` from `from` on that is `name`; `n` when there is none. */
static unsigned index_of(struct qpp_str name, const char *const *names, unsigned from, unsigned n)
{
	while (from < n && !qpp_str_is(name, names[from]))
		from++;
	return from;
}

const char *qpp_entity_name(enum qpp_entity e)
{
	return entity_names[e < QPP_ENTITIES ? e : QPP_ENTITY_NONE];
}

enum qpp_entity qpp_entity_of(struct qpp_str name)
{
	/* The service's own name for an APM entity. */
	if (qpp_str_is(name, "apm"))
		return QPP_APM_ENTITY;
	unsigned i = index_of(name, entity_names, QPP_INDIVIDUAL, QPP_ENTITIES);
	return i < QPP_ENTITIES ? (enum qpp_entity)i : QPP_ENTITY_NONE;
}

enum { STATUSES = sizeof status_names / sizeof *status_names };

const char *qpp_status_name(enum qpp_status s)
{
	for (unsigned i = 0; i < STATUSES; i++)
		if (status_names[i].status == s)
			return status_names[i].name;
	return "none";
}

uint32_t qpp_status_of(struct qpp_str name)
{
	for (unsigned i = 0; i < STATUSES; i++)
		if (qpp_str_is(name, status_names[i].name))
			return status_names[i].status;
	return 0;
}

const char *qpp_clinician_type_name(enum qpp_clinician_type t)
{
	return t < QPP_CLINICIAN_TYPES ? type_names[t] : "none";
}

bool qpp_clinician_type_of(struct qpp_str name, enum qpp_clinician_type *out)
{
	*out = (enum qpp_clinician_type)index_of(name, type_names, 0, QPP_CLINICIAN_TYPES);
	return *out < QPP_CLINICIAN_TYPES;
}

const char *qpp_reweight_reason_name(enum qpp_reweight_reason r)
{
	return r < QPP_REWEIGHT_REASONS ? reason_names[r] : "none";
}

bool qpp_reweight_reason_of(struct qpp_str name, enum qpp_reweight_reason *out)
{
	*out = (enum qpp_reweight_reason)index_of(name, reason_names, 0, QPP_REWEIGHT_REASONS);
	return *out < QPP_REWEIGHT_REASONS;
}
