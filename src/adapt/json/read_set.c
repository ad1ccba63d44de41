/*
 * The bodies of the measurement set and measurement routes: one set with the
 * submission it belongs to (by id or as an embedded object), or one
 * measurement. Also the text in which the store keeps a set.
 */
#include "app/set_doc.h"
#include "qpp/buf.h"
#include "read_submission_int.h"
#include "write_submission.h"

#define COMPUTED(name) { (name), QPP_FIELD_COMPUTED, NULL }
#define OPTIONAL(name) { (name), QPP_FIELD_OPTIONAL, NULL }
#define OF_THE_SERVICE                                                                                                \
	COMPUTED("id"), COMPUTED("createdAt"), COMPUTED("updatedAt"), COMPUTED("submitterId"), COMPUTED("submitterType"), \
	    COMPUTED("measureSet"), COMPUTED("practiceDetails"), COMPUTED("suppressed"), COMPUTED("version")
#define OF_THE_FILER                                                                                              \
	OPTIONAL("programName"), OPTIONAL("cehrtId"), OPTIONAL("performanceStart"), OPTIONAL("performanceEnd"),       \
	    OPTIONAL("submission"), OPTIONAL("submissionId"), OPTIONAL("practiceId"), OPTIONAL("source")

static const struct qpp_json_field whole_fields[] = {
	{ "category", QPP_FIELD_REQUIRED, "the set belongs to no performance category" },
	{ "submissionMethod", QPP_FIELD_REQUIRED, "no benchmark can be chosen" },
	{ "measurements", QPP_FIELD_REQUIRED, "the set has nothing to score" },
	OF_THE_FILER, OF_THE_SERVICE
};
static const struct qpp_json_field part_fields[] = {
	OPTIONAL("category"), OPTIONAL("submissionMethod"), OPTIONAL("measurements"), OF_THE_FILER, OF_THE_SERVICE
};
static const struct qpp_json_field filer_fields[] = {
	{ "performanceYear", QPP_FIELD_REQUIRED, "nothing can be scored: all rules go by the year" },
	{ "entityType", QPP_FIELD_REQUIRED, "it is not known who is scored" },
	OPTIONAL("taxpayerIdentificationNumber"), OPTIONAL("nationalProviderIdentifier"), OPTIONAL("entityId"),
	OPTIONAL("programName"), COMPUTED("measurementSets"), OF_THE_SERVICE, COMPUTED("practiceId"), COMPUTED("source")
};

static const struct qpp_json_shape whole_shape = QPP_JSON_SHAPE("the measurement set", QPP_WARNING, whole_fields);
static const struct qpp_json_shape part_shape = QPP_JSON_SHAPE("the measurement set", QPP_WARNING, part_fields);
static const struct qpp_json_shape filer_shape = QPP_JSON_SHAPE("the submission", QPP_WARNING, filer_fields);

static bool parse(struct qpp_json_reading *r, struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                  const char *name, const char *expected, const struct qpp_json **object, struct qpp_findings *f)
{
	*r = (struct qpp_json_reading){ .in = { .arena = a, .findings = f }, .program = QPP_LIT("mips"),
		                            .measurements = QPP_MOST_MEASUREMENTS };
	if (!qpp_json_parse(a, file, text, 0, &r->in.doc, f))
		return false;
	const struct qpp_json *node = r->in.doc.root, *inner;
	if (node->kind == QPP_JSON_OBJECT && (inner = qpp_field(node, "data")) != NULL)
		node = inner;
	if (node->kind == QPP_JSON_OBJECT && (inner = qpp_field(node, name)) != NULL)
		node = inner;
	if (node->kind != QPP_JSON_OBJECT)
		return qpp_json_kind_wrong(&r->in, node, expected);
	*object = node;
	return true;
}

static void read_owner(struct qpp_json_reading *r, const struct qpp_json *object, struct qpp_set_doc *out)
{
	const struct qpp_json *submission = qpp_field_of_kind(&r->in, object, "submission", QPP_JSON_OBJECT);
	qpp_field_text(&r->in, object, "submissionId", &out->submission_id);
	if (!submission)
		return;
	out->has_submission = true;
	qpp_json_check_shape(&r->in, submission, &filer_shape);
	qpp_json_read_filer(&r->in, submission, &out->s);
	qpp_field_text(&r->in, submission, "programName", &r->program);
}

static unsigned members_of(const struct qpp_json *object)
{
	static const struct {
		const char *name;
		unsigned bit;
	} names[] = {
		{ "category", QPP_HAS_CATEGORY }, { "submissionMethod", QPP_HAS_METHOD }, { "programName", QPP_HAS_PROGRAM },
		{ "cehrtId", QPP_HAS_CEHRT }, { "performanceStart", QPP_HAS_START }, { "performanceEnd", QPP_HAS_END },
		{ "measurements", QPP_HAS_MEASUREMENTS }, { "source", QPP_HAS_SOURCE }, { "practiceId", QPP_HAS_PRACTICE },
	};
	unsigned has = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (qpp_field(object, names[i].name))
			has |= names[i].bit;
	return has;
}

bool qpp_set_doc_read(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, enum qpp_set_reading how,
                      struct qpp_set_doc *out, struct qpp_findings *f)
{
	struct qpp_json_reading r;
	const struct qpp_json *object = NULL;
	*out = (struct qpp_set_doc){ 0 };
	if (!parse(&r, a, file, text, "measurementSet", "an object: a measurement set", &object, f))
		return false;
	out->s.where = qpp_json_place_of(&r.in, object);
	out->s.entity_where = out->s.tin_where = out->s.npi_where = out->s.where;
	out->s.sets = QPP_NEW_ARRAY(a, 1, struct qpp_measurement_set);
	read_owner(&r, object, out);
	out->has = members_of(object);
	qpp_field_text(&r.in, object, "source", &out->source);
	qpp_field_text(&r.in, object, "practiceId", &out->practice_id);
	out->s.n_sets = qpp_json_read_set(&r, object, how == QPP_SET_WHOLE ? &whole_shape : &part_shape, &out->s.sets[0]);
	return true;
}

bool qpp_measurement_doc_read(struct qpp_arena *a, struct qpp_str file, struct qpp_str text, struct qpp_measurement_doc *out,
                              struct qpp_findings *f)
{
	struct qpp_json_reading r;
	const struct qpp_json *object = NULL;
	*out = (struct qpp_measurement_doc){ 0 };
	if (!parse(&r, a, file, text, "measurement", "an object: measureId and value", &object, f))
		return false;
	qpp_field_text(&r.in, object, "measurementSetId", &out->set_id);
	out->has_id = qpp_field(object, "measureId") != NULL;
	out->has_value = qpp_field(object, "value") != NULL;
	return qpp_json_read_measurement(&r, object, &out->m);
}

/* The set as it stands in a submission, with where its data came from. */
struct qpp_str qpp_set_doc_text(struct qpp_arena *a, const struct qpp_measurement_set *set, struct qpp_str source)
{
	struct qpp_str text = qpp_str_trim(qpp_json_set(a, set));
	if (!source.n || !text.n)
		return text;
	struct qpp_buf b;
	qpp_buf_init(&b, a, text.n + 200);
	qpp_buf_add(&b, text.p, text.n - 1);
	qpp_buf_cat(&b, ", \"source\": \"", (char *)NULL);
	for (size_t i = 0; i < source.n && i < 40; i++)
		if ((source.p[i] >= 'a' && source.p[i] <= 'z') || (source.p[i] >= '0' && source.p[i] <= '9'))
			qpp_buf_char(&b, source.p[i]);
	qpp_buf_cat(&b, "\"}", (char *)NULL);
	return qpp_buf_done(&b);
}
