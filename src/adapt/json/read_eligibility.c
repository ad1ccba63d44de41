/* The facts of eligibility, part by part in the order of docs/cli.md. */
#include "read_eligibility.h"

#include "fields.h"
#include "read_location.h"

#define FACT(name) { (name), QPP_FIELD_OPTIONAL, NULL }
#define PART(name) { (name), QPP_FIELD_REQUIRED, NULL }

static const struct qpp_json_field facts_fields[] = {
	FACT("clinicianType"), FACT("firstEnrolled"), FACT("qpStatus"), FACT("partialQpElected"), FACT("optIn"),
	FACT("segments"), FACT("practice"), FACT("rural"), FACT("hpsa"), FACT("encounters"), FACT("placeOfService"),
	FACT("location")
};
static const struct qpp_json_field segment_fields[] = {
	PART("segment"), FACT("allowedCharges"), FACT("patients"), FACT("services")
};
static const struct qpp_json_field practice_fields[] = {
	FACT("clinicians"), FACT("ruralShare"), FACT("hpsaShare"), FACT("nonPatientFacing"), FACT("hospitalBased"),
	FACT("ascBased"), FACT("facilityBased")
};
static const struct qpp_json_field encounters_fields[] = { FACT("patientFacing") };
static const struct qpp_json_field place_fields[] = {
	FACT("hospital"), FACT("asc"), FACT("facility"), FACT("inpatientOrEmergency"), FACT("hospitalScored")
};

static const struct qpp_json_shape facts_shape = QPP_JSON_SHAPE("the facts file", QPP_ERROR, facts_fields);
static const struct qpp_json_shape segment_shape = QPP_JSON_SHAPE("a segment", QPP_ERROR, segment_fields);
static const struct qpp_json_shape practice_shape = QPP_JSON_SHAPE("practice", QPP_ERROR, practice_fields);
static const struct qpp_json_shape encounters_shape = QPP_JSON_SHAPE("encounters", QPP_ERROR, encounters_fields);
static const struct qpp_json_shape place_shape = QPP_JSON_SHAPE("placeOfService", QPP_ERROR, place_fields);

static const struct qpp_json_range not_negative = { .has_least = true, .as_text = true };
static const struct qpp_json_range ratio = { .has_least = true, .has_most = true, .most = 1, .as_text = true };
static const struct qpp_json_range count = { .has_least = true, .whole = true };
static const struct qpp_json_range segment_number = {
	.has_least = true, .has_most = true, .least = 1, .most = QPP_SEGMENTS, .whole = true
};

static const char *type_name(int i)
{
	return qpp_clinician_type_name((enum qpp_clinician_type)i);
}

static const char *qp_name(int i)
{
	return i == QPP_QP_UNKNOWN ? NULL : qpp_qp_status_name((enum qpp_qp_status)i);
}

static const char *opt_in_name(int i)
{
	return qpp_opt_in_name((enum qpp_opt_in)i);
}

/* The member as an object with known members; NULL when absent or another thing. */
static const struct qpp_json *part(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                                   const struct qpp_json_shape *shape)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, name, QPP_JSON_OBJECT);
	if (o)
		qpp_json_check_shape(in, o, shape);
	return o;
}

/* An element of an array, read as the member of that name is read. */
static void read_element(struct qpp_json_in *in, const struct qpp_json *e, const char *name,
                         const struct qpp_json_range *range, struct qpp_number *out)
{
	struct qpp_json element = *e;
	element.key = qpp_str_of(name);
	element.next = NULL;
	const struct qpp_json object = { .kind = QPP_JSON_OBJECT, .n = 1, .first = &element };
	qpp_field_number(in, &object, name, range, out);
}

/* A figure of each segment, or one that holds for both. */
static void read_by_segment(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                            const struct qpp_json_range *range, struct qpp_by_segment *out)
{
	const struct qpp_json *m = qpp_field(object, name);
	if (m && m->kind != QPP_JSON_ARRAY) {
		if (qpp_field_number(in, object, name, range, &out->v[0]))
			for (int i = 1; i < QPP_SEGMENTS; i++)
				out->v[i] = out->v[0];
		return;
	}
	size_t n = m ? qpp_json_bounded(in, m, QPP_SEGMENTS) : 0;
	const struct qpp_json *e = n ? m->first : NULL;
	for (size_t i = 0; i < n; i++, e = e->next)
		read_element(in, e, name, range, &out->v[i]);
}

static void read_segment(struct qpp_json_in *in, const struct qpp_json *e, struct qpp_eligibility_facts *f)
{
	struct qpp_number number = { 0 };
	int64_t which;
	if (e->kind != QPP_JSON_OBJECT) {
		qpp_json_kind_wrong(in, e, "an object: a segment");
		return;
	}
	qpp_json_check_shape(in, e, &segment_shape);
	if (!qpp_field_number(in, e, "segment", &segment_number, &number) || !qpp_dec_i64(number.v, &which))
		return;
	struct qpp_billed *b = &f->segment[which - 1];
	if (b->billed) {
		struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "factDuplicate", e, QPP_LIT("a segment is given twice"));
		x->value = qpp_i64_text(in->arena, which);
		x->expected = QPP_LIT("each segment once");
		return;
	}
	b->billed = true;
	qpp_field_number(in, e, "allowedCharges", &not_negative, &b->allowed_charges);
	qpp_field_number(in, e, "patients", &count, &b->patients);
	qpp_field_number(in, e, "services", &count, &b->services);
}

static void read_segments(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_eligibility_facts *f)
{
	const struct qpp_json *array = qpp_field_of_kind(in, object, "segments", QPP_JSON_ARRAY);
	size_t n = array ? qpp_json_bounded(in, array, QPP_SEGMENTS) : 0;
	f->has_segments = array != NULL;
	const struct qpp_json *e = n ? array->first : NULL;
	for (size_t i = 0; i < n; i++, e = e->next)
		read_segment(in, e, f);
}

/* Nobody is counted who is not there. */
static void check_part(struct qpp_json_in *in, const struct qpp_json *practice, const char *name,
                       const struct qpp_by_segment *some, const struct qpp_by_segment *all)
{
	for (int i = 0; i < QPP_SEGMENTS; i++) {
		if (!some->v[i].given || !all->v[i].given || qpp_dec_cmp(some->v[i].v, all->v[i].v) <= 0)
			continue;
		/* A single count holds for both segments and need only be right in one. */
		if (qpp_field(practice, name)->kind != QPP_JSON_ARRAY && all->v[!i].given &&
		    qpp_dec_cmp(some->v[i].v, all->v[!i].v) <= 0)
			continue;
		struct qpp_finding *x =
		    qpp_json_find(in, QPP_ERROR, "countExceedsClinicians", qpp_field(practice, name),
		                  qpp_str_cat(in->arena, name, " counts more clinicians than the practice has", (char *)NULL));
		x->value = qpp_dec_text(in->arena, some->v[i].v, 0);
		x->expected = qpp_str_cat(in->arena, "at most ", qpp_dec_text(in->arena, all->v[i].v, 0).p, (char *)NULL);
		return;
	}
}

static void read_practice(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_eligibility_facts *f)
{
	const struct {
		const char *name;
		struct qpp_by_segment *to;
	} parts[] = {
		{ "nonPatientFacing", &f->non_patient_facing }, { "hospitalBased", &f->hospital_based },
		{ "ascBased", &f->asc_based },                  { "facilityBased", &f->facility_based },
	};
	const struct qpp_json *o = part(in, object, "practice", &practice_shape);
	if (!o)
		return;
	read_by_segment(in, o, "clinicians", &count, &f->clinicians);
	qpp_field_number(in, o, "ruralShare", &ratio, &f->rural_share);
	qpp_field_number(in, o, "hpsaShare", &ratio, &f->hpsa_share);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		read_by_segment(in, o, parts[i].name, &count, parts[i].to);
		check_part(in, o, parts[i].name, parts[i].to, &f->clinicians);
	}
}

static void read_places(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_eligibility_facts *f)
{
	const struct qpp_json *o = part(in, object, "placeOfService", &place_shape);
	if (!o)
		return;
	read_by_segment(in, o, "hospital", &ratio, &f->hospital);
	read_by_segment(in, o, "asc", &ratio, &f->asc);
	read_by_segment(in, o, "facility", &ratio, &f->facility);
	qpp_field_tri(in, o, "inpatientOrEmergency", &f->inpatient_or_emergency);
	qpp_field_tri(in, o, "hospitalScored", &f->hospital_scored);
}

static void read_clinician(struct qpp_json_in *in, const struct qpp_json *o, struct qpp_eligibility_facts *f)
{
	int i;
	f->has_type = qpp_field_choice(in, o, "clinicianType", type_name, QPP_CLINICIAN_TYPES, &i);
	if (f->has_type)
		f->type = (enum qpp_clinician_type)i;
	f->has_first_enrolled = qpp_field_day(in, o, "firstEnrolled", &f->first_enrolled);
	if (qpp_field_choice(in, o, "qpStatus", qp_name, QPP_QP_STATUSES, &i))
		f->qp_status = (enum qpp_qp_status)i;
	qpp_field_tri(in, o, "partialQpElected", &f->partial_qp_elected);
	if (qpp_field_choice(in, o, "optIn", opt_in_name, QPP_OPT_INS, &i))
		f->opt_in = (enum qpp_opt_in)i;
	qpp_field_tri(in, o, "rural", &f->rural);
	qpp_field_tri(in, o, "hpsa", &f->hpsa);
}

struct qpp_eligibility_facts *qpp_json_read_eligibility(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                                        size_t most_bytes, struct qpp_findings *f)
{
	struct qpp_json_in in = { .arena = a, .findings = f, .subject = QPP_LIT("facts") };
	const struct qpp_json *o = qpp_json_read_object(&in, file, text, most_bytes, &facts_shape, "an object: the facts");
	if (!o)
		return NULL;
	struct qpp_eligibility_facts *facts = QPP_NEW(a, struct qpp_eligibility_facts);
	read_clinician(&in, o, facts);
	read_segments(&in, o, facts);
	read_practice(&in, o, facts);
	const struct qpp_json *encounters = part(&in, o, "encounters", &encounters_shape);
	if (encounters)
		read_by_segment(&in, encounters, "patientFacing", &count, &facts->encounters);
	read_places(&in, o, facts);
	qpp_json_read_location(&in, o, &facts->location);
	return facts;
}
