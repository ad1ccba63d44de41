/* QPP JSON, two blanks for each level, a value on one line. */
#include "adapt/json/write_submission.h"

#include "adapt/json/member.h"

enum { MOST_BYTES = 64 << 20 };

static void put_counts(struct qpp_json_object *o, const struct qpp_rate_counts *r)
{
	qpp_json_put_count(o, "performanceMet", r->met);
	qpp_json_put_count(o, "performanceNotMet", r->not_met);
	qpp_json_put_count(o, "eligiblePopulation", r->eligible);
	qpp_json_put_count(o, "eligiblePopulationExclusion", r->exclusion);
	qpp_json_put_count(o, "eligiblePopulationException", r->exception);
	qpp_json_put_count(o, "numeratorExclusion", r->numerator_exclusion);
}

static void put_strata(struct qpp_json_object *o, const struct qpp_measurement *m)
{
	qpp_json_name(o, "strata");
	qpp_buf_char(o->b, '[');
	for (size_t i = 0; i < m->n_rates; i++) {
		struct qpp_json_object stratum = { o->b, false };
		qpp_buf_cat(o->b, i ? ", {" : "{", (char *)NULL);
		qpp_json_put_str(&stratum, "stratum", m->rates[i].stratum);
		put_counts(&stratum, &m->rates[i]);
		qpp_buf_char(o->b, '}');
	}
	qpp_buf_char(o->b, ']');
}

static void put_score(struct qpp_json_object *o, const struct qpp_measurement *m)
{
	qpp_json_put_number(o, "score", &m->score);
	qpp_json_put_number(o, "reliability", &m->reliability);
	qpp_json_put_count(o, "caseCount", m->case_count);
	if (m->masked)
		qpp_json_put_bool(o, "mask", true);
}

static void put_members(struct qpp_json_object *o, const struct qpp_measurement *m)
{
	bool counted = m->kind == QPP_VALUE_SINGLE || m->kind == QPP_VALUE_MULTI || m->kind == QPP_VALUE_NON_PROPORTION;
	if (counted)
		qpp_json_put_bool(o, "isEndToEndReported", m->end_to_end);
	if (m->kind == QPP_VALUE_SINGLE && m->n_rates)
		put_counts(o, &m->rates[0]);
	if (m->kind == QPP_VALUE_MULTI)
		put_strata(o, m);
	qpp_json_put_number(o, "numerator", &m->numerator);
	qpp_json_put_number(o, "denominator", &m->denominator);
	qpp_json_put_number(o, "observationInstances", &m->observation_instances);
	qpp_json_put_number(o, "numeratorExclusion", &m->numerator_exclusion);
	qpp_json_put_number(o, "denominatorException", &m->denominator_exception);
	if (m->kind == QPP_VALUE_SCORE)
		put_score(o, m);
	qpp_json_put_number(o, "performanceRate", &m->performance_rate);
	qpp_json_put_number(o, "reportingRate", &m->reporting_rate);
}

static void measurement(struct qpp_buf *b, const struct qpp_measurement *m)
{
	struct qpp_json_object o = { b, false }, value = { b, false };
	qpp_buf_cat(b, "        {", (char *)NULL);
	qpp_json_put_str(&o, "measureId", m->measure_id);
	qpp_json_name(&o, "value");
	if (m->kind == QPP_VALUE_BOOLEAN) {
		qpp_buf_cat(b, m->yes ? "true}" : "false}", (char *)NULL);
		return;
	}
	qpp_buf_char(b, '{');
	put_members(&value, m);
	qpp_buf_cat(b, "}}", (char *)NULL);
}

/* An attestation on the web has no collection type. */
static const char *method_name(enum qpp_method m)
{
	return m == QPP_METHOD_NONE ? "webAttestation" : qpp_method_name(m);
}

static void set(struct qpp_buf *b, const struct qpp_measurement_set *x)
{
	struct qpp_json_object o = { b, false };
	qpp_buf_cat(b, "    {\n      ", (char *)NULL);
	qpp_json_put_str(&o, "category", qpp_str_of(qpp_category_name(x->category)));
	qpp_json_put_str(&o, "submissionMethod", qpp_str_of(method_name(x->method)));
	qpp_json_put_str(&o, "programName", x->program);
	qpp_json_put_str(&o, "cehrtId", x->cehrt_id);
	qpp_json_put_day(&o, "performanceStart", x->has_start, x->start);
	qpp_json_put_day(&o, "performanceEnd", x->has_end, x->end);
	qpp_buf_cat(b, ",\n      \"measurements\": [\n", (char *)NULL);
	for (size_t i = 0; i < x->n_measurements; i++) {
		measurement(b, &x->measurements[i]);
		qpp_buf_cat(b, i + 1 < x->n_measurements ? ",\n" : "\n", (char *)NULL);
	}
	qpp_buf_cat(b, "      ]\n    }", (char *)NULL);
}

struct qpp_str qpp_json_set(struct qpp_arena *a, const struct qpp_measurement_set *x)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_BYTES);
	set(&b, x);
	return b.full ? QPP_LIT("") : qpp_buf_done(&b);
}

struct qpp_str qpp_json_value(struct qpp_arena *a, const struct qpp_measurement *m)
{
	struct qpp_buf b;
	struct qpp_json_object value = { &b, false };
	qpp_buf_init(&b, a, MOST_BYTES);
	put_members(&value, m);
	return b.full ? QPP_LIT("") : qpp_buf_done(&b);
}

struct qpp_str qpp_json_submission(struct qpp_arena *a, const struct qpp_submission *s)
{
	struct qpp_buf b;
	struct qpp_json_object o = { &b, true };
	qpp_buf_init(&b, a, MOST_BYTES);
	qpp_buf_cat(&b, "{\n  \"performanceYear\": ", (char *)NULL);
	qpp_buf_i64(&b, s->py.v);
	if (s->entity != QPP_ENTITY_NONE)
		qpp_json_put_str(&o, "entityType", s->entity == QPP_APM_ENTITY ? QPP_LIT("apm") : qpp_str_of(qpp_entity_name(s->entity)));
	qpp_json_put_str(&o, "entityId", s->entity_id);
	qpp_json_put_str(&o, "taxpayerIdentificationNumber", s->tin);
	qpp_json_put_str(&o, "nationalProviderIdentifier", s->npi);
	qpp_buf_cat(&b, ",\n  \"measurementSets\": [\n", (char *)NULL);
	for (size_t i = 0; i < s->n_sets; i++) {
		set(&b, &s->sets[i]);
		qpp_buf_cat(&b, i + 1 < s->n_sets ? ",\n" : "\n", (char *)NULL);
	}
	qpp_buf_cat(&b, "  ]\n}\n", (char *)NULL);
	return b.full ? QPP_LIT("") : qpp_buf_done(&b);
}
