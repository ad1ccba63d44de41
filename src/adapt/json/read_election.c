/* Elections, member by member in the order of the struct. */
#include "read_election.h"

#include "fields.h"

/* There is no limit to the number of practices; a list longer than these is no election. */
enum { MOST_PRACTICES = 2000, MOST_CLINICIANS = 1000 };

#define MEMBER(name) { (name), QPP_FIELD_OPTIONAL, NULL }

static const struct qpp_json_field election_fields[] = {
	{ "performanceYear", QPP_FIELD_REQUIRED, "the window and the rules are not known" },
	MEMBER("submittedAt"), MEMBER("changes"), MEMBER("agreement"), MEMBER("representative"), MEMBER("practices")
};
static const struct qpp_json_field agreement_fields[] = { MEMBER("acknowledged"), MEMBER("executedOn") };
static const struct qpp_json_field representative_fields[] = {
	MEMBER("name"), MEMBER("email"), MEMBER("phone"), MEMBER("address")
};
static const struct qpp_json_field practice_fields[] = {
	MEMBER("name"), MEMBER("tin"), MEMBER("inOtherVirtualGroup"), MEMBER("billingNpis"),
	MEMBER("lowVolumeCriteriaExceeded"), MEMBER("npis")
};
static const struct qpp_json_field clinician_fields[] = {
	MEMBER("npi"), MEMBER("type"), MEMBER("mipsEligible"), MEMBER("qpStatus"), MEMBER("newlyEnrolled")
};

static const struct qpp_json_shape election_shape = QPP_JSON_SHAPE("the election", QPP_ERROR, election_fields);
static const struct qpp_json_shape agreement_shape = QPP_JSON_SHAPE("the agreement", QPP_ERROR, agreement_fields);
static const struct qpp_json_shape representative_shape =
    QPP_JSON_SHAPE("the representative", QPP_ERROR, representative_fields);
static const struct qpp_json_shape practice_shape = QPP_JSON_SHAPE("a practice", QPP_ERROR, practice_fields);
static const struct qpp_json_shape clinician_shape = QPP_JSON_SHAPE("a clinician", QPP_ERROR, clinician_fields);

static const struct qpp_json_range criteria = {
	.has_least = true, .has_most = true, .most = 3, .whole = true
};

static const char *type_name(int i)
{
	return qpp_clinician_type_name((enum qpp_clinician_type)i);
}

static const char *qp_name(int i)
{
	return qpp_election_qp_name((enum qpp_election_qp)i);
}

/* The place of a member, of the object when it is absent. */
static struct qpp_where place(struct qpp_json_in *in, const struct qpp_json *object, const char *name)
{
	const struct qpp_json *m = qpp_field(object, name);
	return qpp_json_place_of(in, m ? m : object);
}

/* Text without blanks around it, so that a blank passes for nothing. */
static void read_text(struct qpp_json_in *in, const struct qpp_json *object, const char *name, struct qpp_str *out)
{
	if (qpp_field_text(in, object, name, out))
		*out = qpp_str_trim(*out);
}

static bool read_instant(struct qpp_json_in *in, const struct qpp_json *object, const char *name, qpp_instant *out,
                         int32_t *offset)
{
	const struct qpp_json *m = qpp_field_of_kind(in, object, name, QPP_JSON_STRING);
	if (!m)
		return false;
	if (qpp_instant_parse(m->text, out, offset))
		return true;
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "valueUnknown", m,
		qpp_str_cat(in->arena, name, " is not a time with its distance from universal time", (char *)NULL));
	x->value = qpp_json_shown(in, m);
	x->expected = QPP_LIT("a time as YYYY-MM-DDTHH:MM:SS-05:00 or, in universal time, with Z");
	return false;
}

static void read_agreement(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_election *e)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "agreement", QPP_JSON_OBJECT);
	e->agreement_where = e->executed_where = place(in, object, "agreement");
	if (!o)
		return;
	qpp_json_check_shape(in, o, &agreement_shape);
	e->agreement_where = place(in, o, "acknowledged");
	e->executed_where = place(in, o, "executedOn");
	qpp_field_tri(in, o, "acknowledged", &e->acknowledged);
	e->has_executed_on = qpp_field_day(in, o, "executedOn", &e->executed_on);
}

static void read_representative(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_election *e)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "representative", QPP_JSON_OBJECT);
	e->representative_where = place(in, object, "representative");
	if (!o)
		return;
	qpp_json_check_shape(in, o, &representative_shape);
	read_text(in, o, "name", &e->representative.name);
	read_text(in, o, "email", &e->representative.email);
	read_text(in, o, "phone", &e->representative.phone);
	read_text(in, o, "address", &e->representative.address);
}

static void read_clinician(struct qpp_json_in *in, const struct qpp_json *o, struct qpp_election_clinician *x)
{
	int choice;
	qpp_json_check_shape(in, o, &clinician_shape);
	x->where = place(in, o, "npi");
	read_text(in, o, "npi", &x->npi);
	qpp_field_tri(in, o, "mipsEligible", &x->mips_eligible);
	qpp_field_tri(in, o, "newlyEnrolled", &x->newly_enrolled);
	x->has_type = qpp_field_choice(in, o, "type", type_name, QPP_CLINICIAN_TYPES, &choice);
	if (x->has_type)
		x->type = (enum qpp_clinician_type)choice;
	if (qpp_field_choice(in, o, "qpStatus", qp_name, QPP_ELECTION_QPS, &choice))
		x->qp = (enum qpp_election_qp)choice;
}

static void read_clinicians(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_election_practice *p)
{
	const struct qpp_json *array = qpp_field_of_kind(in, object, "npis", QPP_JSON_ARRAY);
	if (!array)
		return;
	size_t n = qpp_json_bounded(in, array, MOST_CLINICIANS);
	struct qpp_election_clinician *v = QPP_NEW_ARRAY(in->arena, n, struct qpp_election_clinician);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next)
		if (e->kind == QPP_JSON_OBJECT)
			read_clinician(in, e, &v[p->n_clinicians++]);
		else
			qpp_json_kind_wrong(in, e, "an object");
	p->clinicians = v;
}

static void read_practice(struct qpp_json_in *in, const struct qpp_json *o, struct qpp_election_practice *p)
{
	struct qpp_number exceeded = { 0 };
	qpp_json_check_shape(in, o, &practice_shape);
	p->where = qpp_json_place_of(in, o);
	p->name_where = place(in, o, "name");
	p->tin_where = place(in, o, "tin");
	p->other_where = place(in, o, "inOtherVirtualGroup");
	p->billing_where = place(in, o, "billingNpis");
	p->low_volume_where = place(in, o, "lowVolumeCriteriaExceeded");
	p->npis_where = place(in, o, "npis");
	read_text(in, o, "name", &p->name);
	read_text(in, o, "tin", &p->tin);
	qpp_field_tri(in, o, "inOtherVirtualGroup", &p->in_other_virtual_group);
	qpp_field_count(in, o, "billingNpis", &p->billing_npis);
	if (qpp_field_number(in, o, "lowVolumeCriteriaExceeded", &criteria, &exceeded))
		p->low_volume_criteria_exceeded.given = qpp_dec_i64(exceeded.v, &p->low_volume_criteria_exceeded.v);
	read_clinicians(in, o, p);
}

static void read_practices(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_election *e)
{
	const struct qpp_json *array = qpp_field_of_kind(in, object, "practices", QPP_JSON_ARRAY);
	e->practices_where = place(in, object, "practices");
	if (!array)
		return;
	size_t n = qpp_json_bounded(in, array, MOST_PRACTICES);
	struct qpp_election_practice *v = QPP_NEW_ARRAY(in->arena, n, struct qpp_election_practice);
	const struct qpp_json *x = array->first;
	for (size_t i = 0; i < n; i++, x = x->next)
		if (x->kind == QPP_JSON_OBJECT)
			read_practice(in, x, &v[e->n_practices++]);
		else
			qpp_json_kind_wrong(in, x, "an object");
	e->practices = v;
}

struct qpp_election *qpp_json_read_election(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                            size_t most_bytes, struct qpp_findings *f)
{
	struct qpp_json_in in = { .arena = a, .findings = f, .subject = QPP_LIT("election") };
	const struct qpp_json *o = qpp_json_read_object(&in, file, text, most_bytes, &election_shape, "an object: the election");
	if (!o)
		return NULL;
	struct qpp_election *e = QPP_NEW(a, struct qpp_election);
	e->where = qpp_json_place_of(&in, o);
	e->py_where = place(&in, o, "performanceYear");
	e->submitted_where = place(&in, o, "submittedAt");
	e->changes_where = place(&in, o, "changes");
	bool has_py = qpp_field_py(&in, o, "performanceYear", &e->py);
	e->has_submitted_at = read_instant(&in, o, "submittedAt", &e->submitted_at, &e->submitted_offset);
	e->submitted_refused = !e->has_submitted_at && qpp_field(o, "submittedAt");
	read_text(&in, o, "changes", &e->changes);
	read_agreement(&in, o, e);
	read_representative(&in, o, e);
	read_practices(&in, o, e);
	return has_py ? e : NULL;
}
