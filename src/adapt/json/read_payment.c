/* Final scores of a clinician, member by member in the order of the struct. */
#include "read_payment.h"

#include "fields.h"
#include "qpp/check.h"

/* Nobody bills under hundreds of TINs; a longer list is none of one clinician. */
enum { MOST_SCORES = 500, TIN_DIGITS = 9, NPI_DIGITS = 10 };

#define FACT(name) { (name), QPP_FIELD_OPTIONAL, NULL }
#define PART(name) { (name), QPP_FIELD_REQUIRED, NULL }

static const struct qpp_json_field payment_fields[] = {
	FACT("performanceYear"), FACT("npi"),
	{ "tin", QPP_FIELD_REQUIRED, "which scores are of the TIN billed is not known" },
	FACT("virtualGroupMember"), FACT("eligibility"),
	{ "scores", QPP_FIELD_REQUIRED, "there is nothing to choose from; give an empty list where there is none" }
};
static const struct qpp_json_field eligibility_fields[] = { FACT("individual"), FACT("group"), FACT("virtualGroup") };
static const struct qpp_json_field score_fields[] = {
	PART("tin"), PART("participation"), FACT("program"), PART("finalScore")
};

static const struct qpp_json_shape payment_shape = QPP_JSON_SHAPE("the file of scores", QPP_ERROR, payment_fields);
static const struct qpp_json_shape eligibility_shape = QPP_JSON_SHAPE("eligibility", QPP_ERROR, eligibility_fields);
static const struct qpp_json_shape score_shape = QPP_JSON_SHAPE("a score", QPP_ERROR, score_fields);

static const struct qpp_json_range final_score = { .has_least = true, .has_most = true, .most = 100, .as_text = true };

static const char *entity_name(int i)
{
	return i == QPP_ENTITY_NONE ? NULL : qpp_entity_name((enum qpp_entity)i);
}

static const char *status_name(int i)
{
	return qpp_eligibility_status_name((enum qpp_eligibility_status)i);
}

static bool is_digits(struct qpp_str s, size_t n)
{
	bool digits = s.n == n;
	for (size_t i = 0; i < s.n; i++)
		digits &= s.p[i] >= '0' && s.p[i] <= '9';
	return digits;
}

static void refuse(struct qpp_json_in *in, const struct qpp_json *m, enum qpp_severity severity, const char *message,
                   const char *expected)
{
	struct qpp_finding *x = qpp_json_find(in, severity, "identifierInvalid", m, qpp_str_of(message));
	x->value = qpp_json_shown(in, m);
	x->expected = qpp_str_of(expected);
}

static bool read_tin(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_str *out)
{
	if (!qpp_field_text(in, object, "tin", out))
		return false;
	if (is_digits(*out, TIN_DIGITS))
		return true;
	refuse(in, qpp_field(object, "tin"), QPP_ERROR, "the TIN is not nine digits", "nine digits, no dashes");
	return false;
}

static void read_npi(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_str *out)
{
	if (!qpp_field_text(in, object, "npi", out))
		return;
	if (!is_digits(*out, NPI_DIGITS))
		refuse(in, qpp_field(object, "npi"), QPP_ERROR, "the NPI is not ten digits", "ten digits");
	else if (!qpp_npi_check_digit_ok(*out))
		refuse(in, qpp_field(object, "npi"), QPP_WARNING, "the last digit of the NPI is not its check digit", "an NPI");
}

static void read_eligibility(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_payment_facts *f)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "eligibility", QPP_JSON_OBJECT);
	int status;
	if (!o)
		return;
	qpp_json_check_shape(in, o, &eligibility_shape);
	for (size_t i = 0; i < sizeof eligibility_fields / sizeof *eligibility_fields; i++) {
		enum qpp_entity level = qpp_entity_of(qpp_str_of(eligibility_fields[i].name));
		f->has_status[level] =
		    qpp_field_choice(in, o, eligibility_fields[i].name, status_name, QPP_ELIGIBILITY_STATUSES, &status);
		if (f->has_status[level])
			f->status[level] = (enum qpp_eligibility_status)status;
	}
}

/* One score; false when it is not whole. */
static bool read_score(struct qpp_json_in *in, const struct qpp_json *e, struct qpp_payment_score *s)
{
	struct qpp_number score = { 0 };
	int level = QPP_ENTITY_NONE;
	if (e->kind != QPP_JSON_OBJECT)
		return qpp_json_kind_wrong(in, e, "an object: a score");
	qpp_json_check_shape(in, e, &score_shape);
	*s = (struct qpp_payment_score){ .where = qpp_json_place_of(in, e) };
	bool has_tin = read_tin(in, e, &s->tin);
	bool has_level = qpp_field_choice(in, e, "participation", entity_name, QPP_ENTITIES, &level);
	bool has_score = qpp_field_number(in, e, "finalScore", &final_score, &score);
	qpp_field_text(in, e, "program", &s->program);
	s->participation = (enum qpp_entity)level;
	s->final_score = score.v;
	return has_tin && has_level && has_score;
}

static void read_scores(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_payment_facts *f)
{
	const struct qpp_json *array = qpp_field_of_kind(in, object, "scores", QPP_JSON_ARRAY);
	size_t n = array ? qpp_json_bounded(in, array, MOST_SCORES) : 0;
	struct qpp_payment_score *v = QPP_NEW_ARRAY(in->arena, n + 1, struct qpp_payment_score);
	const struct qpp_json *e = n ? array->first : NULL;
	for (size_t i = 0; i < n; i++, e = e->next)
		f->n_scores += read_score(in, e, &v[f->n_scores]);
	f->scores = v;
}

struct qpp_payment_facts *qpp_json_read_payment(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                                size_t most_bytes, struct qpp_findings *f)
{
	struct qpp_json_in in = { .arena = a, .findings = f, .subject = QPP_LIT("scores") };
	const struct qpp_json *o = qpp_json_read_object(&in, file, text, most_bytes, &payment_shape,
	                                                "an object: the scores of a clinician");
	if (!o)
		return NULL;
	struct qpp_payment_facts *facts = QPP_NEW(a, struct qpp_payment_facts);
	qpp_field_py(&in, o, "performanceYear", &facts->py);
	read_npi(&in, o, &facts->npi);
	(void)read_tin(&in, o, &facts->tin);
	qpp_field_tri(&in, o, "virtualGroupMember", &facts->virtual_group_member);
	if (qpp_field(o, "virtualGroupMember"))
		facts->member_where = qpp_json_place_of(&in, qpp_field(o, "virtualGroupMember"));
	read_eligibility(&in, o, facts);
	read_scores(&in, o, facts);
	return facts;
}
