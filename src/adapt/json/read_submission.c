/*
 * Submission, measurement sets, measurements. Each level checks its own
 * members; a part with an error is left out, which its finding says.
 */
#include "read_submission.h"

#include "fields.h"
#include "qpp/buf.h"
#include "read_submission_int.h"
#include "read_value.h"

/* More than any filing can hold; hostile files stop here. */
enum { MOST_SETS = 500 };

static const struct qpp_json_field submission_fields[] = {
	{ "performanceYear", QPP_FIELD_REQUIRED, "nothing can be scored: all rules go by the year" },
	{ "entityType", QPP_FIELD_REQUIRED, "it is not known who is scored" },
	{ "measurementSets", QPP_FIELD_REQUIRED, "there is nothing to score" },
	{ "taxpayerIdentificationNumber", QPP_FIELD_OPTIONAL, "the score cannot be tied to the practice" },
	{ "nationalProviderIdentifier", QPP_FIELD_OPTIONAL, "the score cannot be tied to the clinician" },
	{ "entityId", QPP_FIELD_OPTIONAL, "the score cannot be tied to the virtual group, subgroup or APM entity" },
	{ "programName", QPP_FIELD_OPTIONAL, "the sets count for traditional MIPS" },
	{ "id", QPP_FIELD_COMPUTED, NULL }, { "createdAt", QPP_FIELD_COMPUTED, NULL }, { "updatedAt", QPP_FIELD_COMPUTED, NULL },
	{ "submitterId", QPP_FIELD_COMPUTED, NULL }, { "submitterType", QPP_FIELD_COMPUTED, NULL },
	{ "practiceId", QPP_FIELD_COMPUTED, NULL }, { "practiceDetails", QPP_FIELD_COMPUTED, NULL },
	{ "suppressed", QPP_FIELD_COMPUTED, NULL }, { "source", QPP_FIELD_COMPUTED, NULL }, { "version", QPP_FIELD_COMPUTED, NULL }
};
static const struct qpp_json_field set_fields[] = {
	{ "category", QPP_FIELD_REQUIRED, "the set belongs to no performance category" },
	{ "submissionMethod", QPP_FIELD_REQUIRED, "no benchmark can be chosen" },
	{ "measurements", QPP_FIELD_REQUIRED, "the set has nothing to score" },
	{ "programName", QPP_FIELD_OPTIONAL, "the set counts for traditional MIPS" },
	{ "cehrtId", QPP_FIELD_OPTIONAL, "the Promoting Interoperability category scores 0" },
	{ "performanceStart", QPP_FIELD_OPTIONAL, "the length of the performance period cannot be tested" },
	{ "performanceEnd", QPP_FIELD_OPTIONAL, "the length of the performance period cannot be tested" },
	{ "id", QPP_FIELD_COMPUTED, NULL }, { "createdAt", QPP_FIELD_COMPUTED, NULL }, { "updatedAt", QPP_FIELD_COMPUTED, NULL },
	{ "submissionId", QPP_FIELD_COMPUTED, NULL }, { "submitterId", QPP_FIELD_COMPUTED, NULL },
	{ "submitterType", QPP_FIELD_COMPUTED, NULL }, { "measureSet", QPP_FIELD_COMPUTED, NULL },
	{ "practiceId", QPP_FIELD_COMPUTED, NULL }, { "practiceDetails", QPP_FIELD_COMPUTED, NULL },
	{ "suppressed", QPP_FIELD_COMPUTED, NULL }, { "source", QPP_FIELD_COMPUTED, NULL }, { "version", QPP_FIELD_COMPUTED, NULL }
};
static const struct qpp_json_field measurement_fields[] = {
	{ "measureId", QPP_FIELD_REQUIRED, "it is not known what was measured" },
	{ "value", QPP_FIELD_REQUIRED, "there is no result" },
	{ "id", QPP_FIELD_COMPUTED, NULL }, { "createdAt", QPP_FIELD_COMPUTED, NULL }, { "updatedAt", QPP_FIELD_COMPUTED, NULL },
	{ "measurementSetId", QPP_FIELD_COMPUTED, NULL }, { "submissionId", QPP_FIELD_COMPUTED, NULL },
	{ "submitterId", QPP_FIELD_COMPUTED, NULL }, { "version", QPP_FIELD_COMPUTED, NULL }
};

static const struct qpp_json_shape submission_shape = QPP_JSON_SHAPE("the submission", QPP_WARNING, submission_fields);
static const struct qpp_json_shape set_shape = QPP_JSON_SHAPE("the measurement set", QPP_WARNING, set_fields);
static const struct qpp_json_shape measurement_shape = QPP_JSON_SHAPE("the measurement", QPP_WARNING, measurement_fields);

static const char *entity_name(int i)
{
	/* The service writes "apm"; our own files "apmEntity". */
	if (i == QPP_ENTITIES)
		return "apm";
	return i == QPP_ENTITY_NONE ? NULL : qpp_entity_name((enum qpp_entity)i);
}

static const char *category_name(int i)
{
	return i == QPP_CATEGORIES ? "aci" : qpp_category_name((enum qpp_category)i);
}

static const char *method_name(int i)
{
	if (i == QPP_METHODS)
		return "webAttestation";
	return i == QPP_METHOD_NONE ? NULL : qpp_method_name((enum qpp_method)i);
}

static struct qpp_where place_of_member(struct qpp_json_in *in, const struct qpp_json *object, const char *name)
{
	const struct qpp_json *m = qpp_field(object, name);
	return qpp_json_place_of(in, m ? m : object);
}

/* False when the measurement has an error and is left out. */
bool qpp_json_read_measurement(struct qpp_json_reading *r, const struct qpp_json *node, struct qpp_measurement *m)
{
	struct qpp_json_in *in = &r->in;
	size_t errors = in->findings->errors;
	if (node->kind != QPP_JSON_OBJECT)
		return qpp_json_kind_wrong(in, node, "an object: measureId and value");
	struct qpp_str set = in->subject;
	*m = (struct qpp_measurement){ .where = qpp_json_place_of(in, node), .id_where = place_of_member(in, node, "measureId") };
	qpp_json_check_shape(in, node, &measurement_shape);
	if (qpp_field_text(in, node, "measureId", &m->measure_id) && !qpp_findings_full(in->findings))
		in->subject = qpp_str_cat(in->arena, "measure ", qpp_shown(in->arena, m->measure_id).p, (char *)NULL);
	const struct qpp_json *value = qpp_field(node, "value");
	if (value)
		qpp_json_read_value(in, value, m);
	in->subject = set;
	return in->findings->errors == errors;
}

static void read_measurements(struct qpp_json_reading *r, const struct qpp_json *node, struct qpp_measurement_set *set)
{
	struct qpp_json_in *in = &r->in;
	const struct qpp_json *array = qpp_field_of_kind(in, node, "measurements", QPP_JSON_ARRAY);
	if (!array)
		return;
	if (!array->n)
		qpp_json_find(in, QPP_WARNING, "measurementsEmpty", array, QPP_LIT("the measurement set has no measurements"));
	size_t n = qpp_json_bounded(in, array, r->measurements);
	r->measurements -= n;
	set->measurements = QPP_NEW_ARRAY(in->arena, n, struct qpp_measurement);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next)
		if (qpp_json_read_measurement(r, e, &set->measurements[set->n_measurements]))
			set->n_measurements++;
}

/* An attestation on the web has no collection type: it names no benchmark, so only categories without one have it. */
static bool read_method(struct qpp_json_in *in, const struct qpp_json *node, struct qpp_measurement_set *set)
{
	int method;
	if (!qpp_field_choice(in, node, "submissionMethod", method_name, QPP_METHODS + 1, &method))
		return false;
	set->method = method == QPP_METHODS ? QPP_METHOD_NONE : (enum qpp_method)method;
	return true;
}

/* False when the set itself has an error and is left out; its measurements were still looked at. */
bool qpp_json_read_set(struct qpp_json_reading *r, const struct qpp_json *node, const struct qpp_json_shape *shape,
                       struct qpp_measurement_set *set)
{
	struct qpp_json_in *in = &r->in;
	if (node->kind != QPP_JSON_OBJECT)
		return qpp_json_kind_wrong(in, node, "an object: a measurement set");
	size_t errors = in->findings->errors;
	int category;
	*set = (struct qpp_measurement_set){ .where = qpp_json_place_of(in, node), .program = r->program };
	qpp_json_check_shape(in, node, shape);
	if (qpp_field_choice(in, node, "category", category_name, QPP_CATEGORIES + 1, &category))
		set->category = category == QPP_CATEGORIES ? QPP_PI : (enum qpp_category)category;
	read_method(in, node, set);
	qpp_field_text(in, node, "programName", &set->program);
	qpp_field_text(in, node, "cehrtId", &set->cehrt_id);
	set->has_start = qpp_field_day(in, node, "performanceStart", &set->start);
	set->has_end = qpp_field_day(in, node, "performanceEnd", &set->end);
	set->program_where = place_of_member(in, node, "programName");
	set->cehrt_where = place_of_member(in, node, "cehrtId");
	set->start_where = place_of_member(in, node, "performanceStart");
	set->end_where = place_of_member(in, node, "performanceEnd");
	bool whole = in->findings->errors == errors;
	read_measurements(r, node, set);
	return whole;
}

static struct qpp_str set_subject(struct qpp_json_in *in, const struct qpp_json *node)
{
	const struct qpp_json *category = qpp_field(node, "category");
	bool named = category && category->kind == QPP_JSON_STRING;
	return qpp_str_cat(in->arena, "measurement set ", qpp_i64_text(in->arena, (int64_t)node->index + 1).p, named ? " (" : "",
	                   named ? qpp_shown(in->arena, category->text).p : "", named ? ")" : "", (char *)NULL);
}

static void read_sets(struct qpp_json_reading *r, const struct qpp_json *object, struct qpp_submission *s)
{
	struct qpp_json_in *in = &r->in;
	const struct qpp_json *array = qpp_field_of_kind(in, object, "measurementSets", QPP_JSON_ARRAY);
	if (!array)
		return;
	if (!array->n)
		qpp_json_find(in, QPP_WARNING, "setsEmpty", array, QPP_LIT("the submission has no measurement sets"));
	size_t n = qpp_json_bounded(in, array, MOST_SETS);
	s->sets = QPP_NEW_ARRAY(in->arena, n, struct qpp_measurement_set);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next) {
		in->subject = set_subject(in, e);
		if (qpp_json_read_set(r, e, &set_shape, &s->sets[s->n_sets]))
			s->n_sets++;
	}
	in->subject = QPP_LIT("");
}

void qpp_json_read_filer(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_submission *s)
{
	int entity;
	if (qpp_field_choice(in, object, "entityType", entity_name, QPP_ENTITIES + 1, &entity))
		s->entity = entity == QPP_ENTITIES ? QPP_APM_ENTITY : (enum qpp_entity)entity;
	qpp_field_py(in, object, "performanceYear", &s->py);
	qpp_field_text(in, object, "entityId", &s->entity_id);
	qpp_field_text(in, object, "taxpayerIdentificationNumber", &s->tin);
	qpp_field_text(in, object, "nationalProviderIdentifier", &s->npi);
	s->entity_where = place_of_member(in, object, "entityType");
	s->tin_where = place_of_member(in, object, "taxpayerIdentificationNumber");
	s->npi_where = place_of_member(in, object, "nationalProviderIdentifier");
}

/* The submission object within whatever the service wrapped it in; NULL with a finding when there is none. */
static const struct qpp_json *unwrap(struct qpp_json_in *in)
{
	const struct qpp_json *node = in->doc.root, *inner;
	if (node->kind == QPP_JSON_OBJECT && (inner = qpp_field(node, "data")) != NULL)
		node = inner;
	if (node->kind == QPP_JSON_OBJECT && (inner = qpp_field(node, "submission")) != NULL)
		node = inner;
	if (node->kind == QPP_JSON_OBJECT)
		return node;
	qpp_json_kind_wrong(in, node, "an object: the submission");
	return NULL;
}

struct qpp_submission *qpp_json_read_submission(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                                size_t most_bytes, struct qpp_findings *f)
{
	struct qpp_json_doc doc;
	return qpp_json_parse(a, file, text, most_bytes, &doc, f) ? qpp_json_submission_of(a, &doc, f) : NULL;
}

struct qpp_submission *qpp_json_submission_of(struct qpp_arena *a, const struct qpp_json_doc *doc, struct qpp_findings *f)
{
	struct qpp_json_reading r = { .in = { .arena = a, .doc = *doc, .findings = f }, .program = QPP_LIT("mips"),
		                          .measurements = QPP_MOST_MEASUREMENTS };
	const struct qpp_json *object = unwrap(&r.in);
	if (!object)
		return NULL;
	struct qpp_submission *s = QPP_NEW(a, struct qpp_submission);
	s->where = qpp_json_place_of(&r.in, object);
	qpp_json_check_shape(&r.in, object, &submission_shape);
	qpp_json_read_filer(&r.in, object, s);
	qpp_field_text(&r.in, object, "programName", &r.program);
	read_sets(&r, object, s);
	return s;
}
