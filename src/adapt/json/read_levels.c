/* Registration, facility and members; see read_levels.h. */
#include "read_levels.h"

enum { MOST_CHOSEN = 20, MOST_ROWS = 1000, MOST_MEMBERS = 200000 };

#define FACT(name) { (name), QPP_FIELD_OPTIONAL, NULL }
#define PART(name) { (name), QPP_FIELD_REQUIRED, NULL }

static const struct qpp_json_field registration_fields[] = { FACT("populationHealthMeasure"), FACT("outcomeClaimsMeasures") };
static const struct qpp_json_field facility_fields[] = { PART("percentile"), PART("table") };
static const struct qpp_json_field row_fields[] = { PART("percentile"), PART("qualityPercent"), PART("costPercent") };
static const struct qpp_json_field member_fields[] = { FACT("individual"), FACT("group"), FACT("excused"), FACT("eligible") };
static const struct qpp_json_field percents_fields[] = { FACT("quality"), FACT("ia"), FACT("pi") };

static const struct qpp_json_shape registration_shape = QPP_JSON_SHAPE("registration", QPP_ERROR, registration_fields);
static const struct qpp_json_shape facility_shape = QPP_JSON_SHAPE("facility", QPP_ERROR, facility_fields);
static const struct qpp_json_shape row_shape = QPP_JSON_SHAPE("a row of facility.table", QPP_ERROR, row_fields);
static const struct qpp_json_shape member_shape = QPP_JSON_SHAPE("a member of the APM entity", QPP_ERROR, member_fields);
static const struct qpp_json_shape percents_shape = QPP_JSON_SHAPE("category percents", QPP_ERROR, percents_fields);

static const struct qpp_json_range percent = { .has_least = true, .has_most = true, .most = 100, .as_text = true };

static const char *scored_category_name(int i)
{
	return i == QPP_COST ? NULL : qpp_category_name((enum qpp_category)i);
}

static void read_registration(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_registration *out)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "registration", QPP_JSON_OBJECT);
	if (!o)
		return;
	*out = (struct qpp_registration){ .given = true, .where = qpp_json_place_of(in, o) };
	qpp_json_check_shape(in, o, &registration_shape);
	qpp_field_text(in, o, "populationHealthMeasure", &out->population_health);
	const struct qpp_json *array = qpp_field_of_kind(in, o, "outcomeClaimsMeasures", QPP_JSON_ARRAY);
	size_t n = array ? qpp_json_bounded(in, array, MOST_CHOSEN) : 0;
	struct qpp_str *ids = QPP_NEW_ARRAY(in->arena, n + 1, struct qpp_str);
	const struct qpp_json *e = array ? array->first : NULL;
	for (size_t i = 0; i < n; i++, e = e->next) {
		if (e->kind == QPP_JSON_STRING)
			ids[out->n_outcome_claims++] = e->text;
		else
			qpp_json_kind_wrong(in, e, "a measure id as text");
	}
	out->outcome_claims = ids;
}

/* Rows rise, so that the one at a percentile is found. */
static void refuse_order(struct qpp_json_in *in, const struct qpp_json *e)
{
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "valueOutOfRange", e,
	                                      QPP_LIT("the percentiles of facility.table do not rise"));
	x->expected = QPP_LIT("a percentile above that of the row before");
}

static void read_rows(struct qpp_json_in *in, const struct qpp_json *array, struct qpp_facility *out)
{
	size_t n = qpp_json_bounded(in, array, MOST_ROWS);
	struct qpp_facility_row *rows = QPP_NEW_ARRAY(in->arena, n + 1, struct qpp_facility_row);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next) {
		struct qpp_number percentile = { 0 }, quality = { 0 }, cost = { 0 };
		if (e->kind != QPP_JSON_OBJECT) {
			qpp_json_kind_wrong(in, e, "an object");
			continue;
		}
		qpp_json_check_shape(in, e, &row_shape);
		bool all = qpp_field_number(in, e, "percentile", &percent, &percentile);
		all &= qpp_field_number(in, e, "qualityPercent", &percent, &quality);
		all &= qpp_field_number(in, e, "costPercent", &percent, &cost);
		if (all && out->n_rows && qpp_dec_cmp(percentile.v, rows[out->n_rows - 1].percentile) <= 0)
			refuse_order(in, e);
		else if (all)
			rows[out->n_rows++] = (struct qpp_facility_row){ percentile.v, quality.v, cost.v, qpp_json_place_of(in, e) };
	}
	out->rows = rows;
}

static void read_facility(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_facility *out)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, "facility", QPP_JSON_OBJECT);
	if (!o)
		return;
	out->where = qpp_json_place_of(in, o);
	qpp_json_check_shape(in, o, &facility_shape);
	qpp_field_number(in, o, "percentile", &percent, &out->percentile);
	const struct qpp_json *array = qpp_field_of_kind(in, o, "table", QPP_JSON_ARRAY);
	if (array)
		read_rows(in, array, out);
}

static void read_percents(struct qpp_json_in *in, const struct qpp_json *object, const char *level, struct qpp_number *out)
{
	const struct qpp_json *o = qpp_field_of_kind(in, object, level, QPP_JSON_OBJECT);
	if (!o)
		return;
	qpp_json_check_shape(in, o, &percents_shape);
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (scored_category_name(k))
			qpp_field_number(in, o, scored_category_name(k), &percent, &out[k]);
}

static void read_member(struct qpp_json_in *in, const struct qpp_json *e, struct qpp_member *out)
{
	bool eligible = true;
	out->where = qpp_json_place_of(in, e);
	qpp_json_check_shape(in, e, &member_shape);
	read_percents(in, e, "individual", out->individual);
	read_percents(in, e, "group", out->group);
	if (qpp_field_bool(in, e, "eligible", &eligible))
		out->not_eligible = !eligible;
	const struct qpp_json *excused = qpp_field_of_kind(in, e, "excused", QPP_JSON_ARRAY);
	for (const struct qpp_json *x = excused ? excused->first : NULL; x; x = x->next) {
		int k;
		if (qpp_json_choice(in, x, scored_category_name, QPP_CATEGORIES, &k))
			out->excused |= 1u << k;
	}
}

static void read_members(struct qpp_json_in *in, const struct qpp_json *object, struct qpp_facts *facts)
{
	const struct qpp_json *array = qpp_field_of_kind(in, object, "members", QPP_JSON_ARRAY);
	if (!array)
		return;
	size_t n = qpp_json_bounded(in, array, MOST_MEMBERS);
	struct qpp_member *v = QPP_NEW_ARRAY(in->arena, n + 1, struct qpp_member);
	const struct qpp_json *e = array->first;
	for (size_t i = 0; i < n; i++, e = e->next) {
		if (e->kind == QPP_JSON_OBJECT)
			read_member(in, e, &v[facts->n_members++]);
		else
			qpp_json_kind_wrong(in, e, "an object");
	}
	facts->members = v;
	facts->has_members = true;
}

void qpp_json_read_levels(struct qpp_json_in *in, const struct qpp_json *facts_object, struct qpp_facts *facts)
{
	read_registration(in, facts_object, &facts->registration);
	read_facility(in, facts_object, &facts->facility);
	read_members(in, facts_object, facts);
}
