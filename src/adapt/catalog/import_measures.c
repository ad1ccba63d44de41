/*
 * The measures file: quality, cost, improvement activities and promoting
 * interoperability. The words of the closed lists are all that were published
 * for performance years 2017 through 2027; a new word is an error, because a
 * measure type that nobody knows would silently count for nothing.
 */
#include "import_int.h"

#define CHOICES(v) ((struct choices){ (v), sizeof(v) / sizeof *(v) })

static const char *const measure_types[] = {
	"efficiency", "intermediateOutcome", "intermediateOutcomeAndProcess", "outcome", "patientEngagementExperience",
	"patientReportedOutcome", "process", "structure",
};

static const char *const objectives[] = {
	"attestation", "coordinationOfCareThroughPatientEngagement", "electronicPrescribing", "healthInformationExchange",
	"medicationReconciliation", "patientElectronicAccess", "patientSpecificEducation", "protectPatientHealthInformation",
	"providerToPatientExchange", "publicHealthAndClinicalDataExchange", "publicHealthAndClinicalDataRegistryReporting",
	"publicHealthReporting", "secureMessaging",
};

static const char *const subcategories[] = {
	"achievingHealthEquity", "advancingHealthAndWellness", "behavioralAndMentalHealth", "beneficiaryEngagement",
	"careCoordination", "emergencyResponseAndPreparedness", "expandedPracticeAccess",
	"patientSafetyAndPracticeAssessment", "populationManagement",
};

static const char *const reporting_categories[] = {
	"attestation", "base", "bonus", "cehrtBonus", "exclusion", "performanceBonus", "preAttestation", "registryBonus",
	"required",
};

static const char *const weights[] = { "medium", "high" };
static const char *const historical[] = { "removed", "flat" };

static const char known_members[] =
	"measureId title category metricType firstPerformanceYear measureType submissionMethods isHighPriority isInverse "
	"isRegistryMeasure icdImpacted isIcdImpacted clinicalGuidelineChanged isClinicalGuidelineChanged "
	"isSevenPointCapRemoved sevenPointCapRemoved historic_benchmarks benchmarks overallAlgorithm eMeasureId eMeasureUuid "
	"measureSets allowedVendors allowedPrograms weight subcategoryId objective reportingCategory isRequired isBonus "
	"exclusion substitutes preprod strata "
	/* known, and not part of a catalog */
	"description lastPerformanceYear measureSpecification nqfEMeasureId nqfId nationalQualityStrategyDomain "
	"primarySteward isRiskAdjusted eligibilityOptions performanceOptions cpcPlusGroup requiredForPrograms "
	"cehrtEligible isToppedOutByProgram companionMeasureId allowedRegistrationTypes dataDisplayFormat";

static const char known_populations[] =
	"initialPopulationUuid denominatorUuid denominatorExclusionUuid denominatorExceptionUuid numeratorUuid "
	"numeratorExclusionUuid strata";

static void read_category(struct record *r, struct qpp_measure *m)
{
	struct qpp_str name = qpp_import_text(r, "category", REQUIRED);
	if (!name.n || qpp_category_of(name, &m->category))
		return;
	const char *names[QPP_CATEGORIES];
	for (unsigned c = 0; c < QPP_CATEGORIES; c++)
		names[c] = qpp_category_name((enum qpp_category)c);
	qpp_import_unknown(r, qpp_import_member(r->j, "category"), CHOICES(names));
}

static void read_metric(struct record *r, struct qpp_measure *m)
{
	struct qpp_str name = qpp_import_text(r, "metricType", REQUIRED);
	if (!name.n || qpp_metric_of(name, &m->metric))
		return;
	const char *names[QPP_METRICS];
	for (unsigned t = 0; t < QPP_METRICS; t++)
		names[t] = qpp_metric_name((enum qpp_metric)t);
	qpp_import_unknown(r, qpp_import_member(r->j, "metricType"), CHOICES(names));
}

static void read_algorithm(struct record *r, struct qpp_measure *m)
{
	struct qpp_str name = qpp_import_text(r, "overallAlgorithm", OPTIONAL);
	if (!name.n || qpp_algorithm_of(name, &m->algorithm))
		return;
	const char *names[QPP_ALGORITHMS];
	for (unsigned a = QPP_ALGORITHM_NONE + 1; a < QPP_ALGORITHMS; a++)
		names[a - 1] = qpp_algorithm_name((enum qpp_algorithm)a);
	qpp_import_unknown(r, qpp_import_member(r->j, "overallAlgorithm"), (struct choices){ names, QPP_ALGORITHMS - 1 });
}

static void read_populations(struct record *r, struct qpp_stratum_def *s)
{
	s->initial_population = qpp_import_text(r, "initialPopulationUuid", OPTIONAL);
	s->denominator = qpp_import_text(r, "denominatorUuid", OPTIONAL);
	s->denominator_exclusion = qpp_import_text(r, "denominatorExclusionUuid", OPTIONAL);
	s->denominator_exception = qpp_import_text(r, "denominatorExceptionUuid", OPTIONAL);
	s->numerator = qpp_import_text(r, "numeratorUuid", OPTIONAL);
	s->numerator_exclusion = qpp_import_text(r, "numeratorExclusionUuid", OPTIONAL);
	s->stratifications = qpp_import_texts(r, "strata");
}

static void read_strata(struct record *r, struct qpp_measure *m)
{
	const struct json *strata = qpp_import_child(r, "strata", OPTIONAL, JSON_ARRAY);
	if (!strata)
		return;
	qpp_import_unknown_members(r->im, strata, "name eMeasureUuids description");
	struct qpp_stratum_def *v = QPP_NEW_ARRAY(r->im->a, strata->n, struct qpp_stratum_def);
	size_t n = 0;
	for (const struct json *x = strata->first; x; x = x->next) {
		struct record s, u = { 0 };
		if (qpp_import_begin(&s, r->im, x, r->subject.p)) {
			qpp_import_unknown_members(r->im, x, known_populations);
			v[n].name = qpp_import_text(&s, "name", OPTIONAL);
			u = s;
			u.j = qpp_import_child(&s, "eMeasureUuids", OPTIONAL, JSON_OBJECT);
			if (u.j)
				read_populations(&u, &v[n]);
			n++;
		}
		r->bad = r->bad || s.bad || u.bad;
	}
	m->strata = v;
	m->n_strata = n;
}

/* By collection type, whether CMS took a historical benchmark away or made it flat ("benchmarks" in the first year). */
static void read_historical(struct record *r, struct qpp_measure *m)
{
	const struct json *h = qpp_import_child(r, "historic_benchmarks", OPTIONAL, JSON_OBJECT);
	if (!h)
		h = qpp_import_child(r, "benchmarks", OPTIONAL, JSON_OBJECT);
	for (const struct json *x = h ? h->first : NULL; x; x = x->next) {
		struct record one = { r->im, h, r->subject, false };
		enum qpp_method method = qpp_method_of(x->key);
		struct qpp_str what = qpp_import_choice(&one, x->key.p, REQUIRED, CHOICES(historical));
		if (method == QPP_METHOD_NONE)
			qpp_import_remark(&one, QPP_ERROR, "valueUnknown", x, "the member is not named by a collection type")->value =
			    qpp_shown(r->im->a, x->key);
		else if (qpp_str_is(what, "removed"))
			m->historical_removed |= 1u << method;
		else if (qpp_str_is(what, "flat"))
			m->historical_flat |= 1u << method;
		r->bad = r->bad || one.bad;
	}
}

static void read_quality(struct record *r, struct qpp_measure *m)
{
	m->type = qpp_import_choice(r, "measureType", REQUIRED, CHOICES(measure_types));
	m->high_priority = qpp_import_flag(r, "isHighPriority");
	m->qcdr = qpp_import_flag(r, "isRegistryMeasure");
	m->truncated = qpp_import_methods(r, "icdImpacted");
	m->suppressed = qpp_import_methods(r, "clinicalGuidelineChanged");
	m->cap_removed_any = qpp_import_flag(r, "isSevenPointCapRemoved");
	m->cap_removed = qpp_import_methods(r, "sevenPointCapRemoved");
	m->emeasure_id = qpp_import_text(r, "eMeasureId", OPTIONAL);
	m->emeasure_uuid = qpp_import_text(r, "eMeasureUuid", OPTIONAL);
	m->vendors = qpp_import_texts(r, "allowedVendors");
	read_historical(r, m);
	read_strata(r, m);
}

static void read_activity(struct record *r, struct qpp_measure *m)
{
	struct qpp_str weight = qpp_import_choice(r, "weight", OPTIONAL, CHOICES(weights));
	m->ia_weight = qpp_str_is(weight, "high")     ? QPP_IA_HIGH
	               : qpp_str_is(weight, "medium") ? QPP_IA_MEDIUM
	                                              : QPP_IA_UNWEIGHTED;
	m->subcategory = qpp_import_choice(r, "subcategoryId", OPTIONAL, CHOICES(subcategories));
}

static void read_interoperability(struct record *r, struct qpp_measure *m)
{
	m->objective = qpp_import_choice(r, "objective", OPTIONAL, CHOICES(objectives));
	m->reporting_category = qpp_import_choice(r, "reportingCategory", OPTIONAL, CHOICES(reporting_categories));
	m->required = qpp_import_flag(r, "isRequired");
	m->bonus = qpp_import_flag(r, "isBonus");
	m->exclusions = qpp_import_texts(r, "exclusion");
	m->substitutes = qpp_import_texts(r, "substitutes");
	m->preprod = qpp_import_texts(r, "preprod");
}

static void read_measure(struct record *r, struct qpp_measure *m)
{
	m->id = qpp_import_text(r, "measureId", REQUIRED);
	qpp_import_name(r, "measure", m->id, QPP_METHOD_NONE);
	m->title = qpp_import_title(r, "title");
	m->first_py = qpp_import_year(r, "firstPerformanceYear", OPTIONAL);
	m->methods = qpp_import_methods(r, "submissionMethods");
	m->inverse = qpp_import_flag(r, "isInverse");
	m->sets = qpp_import_texts(r, "measureSets");
	m->programs = qpp_import_texts(r, "allowedPrograms");
	read_metric(r, m);
	read_algorithm(r, m);
	read_category(r, m);
	if (r->bad)
		return;
	if (m->category == QPP_QUALITY)
		read_quality(r, m);
	else if (m->category == QPP_IA)
		read_activity(r, m);
	else if (m->category == QPP_PI)
		read_interoperability(r, m);
}

/* A flag that sums up a list, and the list: published from different sources, so they may differ. */
static void check_summary(struct record *r, const char *flag, const char *list, uint32_t methods)
{
	/* The list was not published in the first years of the flag. */
	const struct json *f = qpp_import_member(r->j, flag);
	if (!f || f->kind != JSON_BOOLEAN || !qpp_import_member(r->j, list) || f->yes == (methods != 0))
		return;
	struct qpp_finding *x = qpp_import_remark(r, QPP_WARNING, "catalogContradiction", f,
	                                          "the flag and the list that it sums up contradict each other");
	x->value = qpp_str_cat(r->im->a, flag, f->yes ? " is true" : " is false", (char *)NULL);
	x->expected = qpp_str_cat(r->im->a, "as ", list, methods ? ", which is not empty" : ", which is empty", (char *)NULL);
}

/* A measure of several rates cannot be scored without its strata and how they become one rate. */
static void check_strata(struct record *r, const struct qpp_measure *m)
{
	const char *message = NULL;
	if (m->metric != QPP_METRIC_MULTI && m->metric != QPP_METRIC_REGISTRY_MULTI)
		return;
	bool overall = m->algorithm != QPP_OVERALL_STRATUM_ONLY;
	for (size_t i = 0; i < m->n_strata; i++)
		overall = overall || qpp_str_is(m->strata[i].name, "overall");
	if (!m->n_strata)
		message = "a measure of several rates has no strata";
	else if (m->algorithm == QPP_ALGORITHM_NONE)
		message = "a measure of several rates has no overallAlgorithm";
	else if (!overall)
		message = "the overall stratum decides, and there is none of that name";
	if (message)
		qpp_import_remark(r, QPP_WARNING, "catalogStrataIncomplete", r->j, message);
}

static void check_measure(struct record *r, const struct qpp_measure *m)
{
	check_summary(r, "isIcdImpacted", "icdImpacted", m->truncated);
	check_summary(r, "isClinicalGuidelineChanged", "clinicalGuidelineChanged", m->suppressed);
	check_summary(r, "isSevenPointCapRemoved", "sevenPointCapRemoved", m->cap_removed);
	check_strata(r, m);
	qpp_import_check_references(r, "exclusion", m->exclusions);
	qpp_import_check_references(r, "substitutes", m->substitutes);
	qpp_import_check_references(r, "preprod", m->preprod);
}

void qpp_import_measures(struct import *im, const struct json *array)
{
	QPP_VEC(struct qpp_measure) measures = { 0 };
	struct import_keys keys = { .im = im, .kind = "measure" };
	for (const struct json *x = array->first; x; x = x->next) {
		struct record r;
		struct qpp_measure m = { 0 };
		if (!qpp_import_begin(&r, im, x, "measure"))
			continue;
		read_measure(&r, &m);
		if (r.bad)
			continue;
		qpp_import_keep(&keys, &r, m.id, QPP_METHOD_NONE);
		*QPP_PUSH(im->a, &measures) = m;
	}
	im->c.measures = qpp_import_sorted(&keys, measures.v, sizeof *measures.v, &im->c.n_measures);
	qpp_import_unknown_members(im, array, known_members);
	const struct json **at = QPP_NEW_ARRAY(im->a, im->c.n_measures, const struct json *);
	for (size_t i = 0; i < im->c.n_measures; i++) {
		const struct qpp_measure *m = &im->c.measures[i];
		struct record r;
		at[i] = keys.list.v[i].at;
		qpp_import_begin(&r, im, at[i], "measure");
		qpp_import_name(&r, "measure", m->id, QPP_METHOD_NONE);
		check_measure(&r, m);
	}
	im->measure_at = at;
}
