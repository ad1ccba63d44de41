/* Members to plain data: kinds, numbers, names, and what is said when they are not as they must be. */
#include "fields.h"

#include <string.h>

#include "qpp/buf.h"

enum { MOST_FIELDS = 64, MOST_CHOICES = 32, MOST_REAL_MEMBERS = 1000, LEAST_FOUR_DIGITS = 1000, MOST_FOUR_DIGITS = 9999 };

/* 2^53: beyond it many programs that write JSON change the number without a word. */
static const int64_t most_count = (int64_t)1 << 53;

struct qpp_where qpp_json_place_of(struct qpp_json_in *in, const struct qpp_json *node)
{
	return qpp_json_where(in->arena, &in->doc, node);
}

struct qpp_finding *qpp_json_find(struct qpp_json_in *in, enum qpp_severity severity, const char *code,
                                  const struct qpp_json *node, struct qpp_str message)
{
	struct qpp_where where = { 0 };
	if (!qpp_findings_full(in->findings))
		where = qpp_json_place_of(in, node);
	struct qpp_finding *x = qpp_find(in->findings, severity, code, where, message);
	x->subject = in->subject;
	return x;
}

struct qpp_str qpp_json_shown(struct qpp_json_in *in, const struct qpp_json *node)
{
	if (qpp_findings_full(in->findings))
		return QPP_LIT("");
	if (node->kind == QPP_JSON_NUMBER || node->kind == QPP_JSON_STRING)
		return qpp_shown(in->arena, node->text);
	if (node->kind == QPP_JSON_BOOLEAN)
		return qpp_str_of(node->n ? "true" : "false");
	return qpp_str_of(qpp_json_kind_name(node->kind));
}

/* "the member performanceMet", or "this value" for an element of an array. */
static struct qpp_str named(struct qpp_json_in *in, const struct qpp_json *node, const char *rest)
{
	if (qpp_findings_full(in->findings))
		return QPP_LIT("");
	if (!node->key.n)
		return qpp_str_cat(in->arena, "this value ", rest, (char *)NULL);
	return qpp_str_cat(in->arena, qpp_shown(in->arena, node->key).p, " ", rest, (char *)NULL);
}

/* An error about a value: what it is not, and what it should be. Answers false. */
static bool wrong(struct qpp_json_in *in, const char *code, const struct qpp_json *node, const char *rest,
                  struct qpp_str expected)
{
	struct qpp_str value = qpp_json_shown(in, node);
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, code, node, named(in, node, rest));
	x->value = value;
	x->expected = expected;
	return false;
}

bool qpp_json_kind_wrong(struct qpp_json_in *in, const struct qpp_json *node, const char *expected)
{
	struct qpp_str value = qpp_json_shown(in, node);
	/* The quotes tell the text "12" from the number 12. */
	if (node->kind == QPP_JSON_STRING && !in->doc.not_json)
		value = qpp_str_cat(in->arena, "\"", value.p, "\"", (char *)NULL);
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "kindWrong", node, named(in, node, "is of the wrong kind"));
	x->value = value;
	x->expected = qpp_str_of(expected);
	if (in->doc.not_json)
		return false;
	if (node->kind == QPP_JSON_STRING && strstr(expected, "number"))
		x->hint = QPP_LIT("write the number without quotes");
	else if (node->kind == QPP_JSON_NUMBER && strstr(expected, "text"))
		x->hint = QPP_LIT("write it in double quotes");
	return false;
}

static const struct qpp_json_field *field_named(const struct qpp_json_shape *shape, struct qpp_str name)
{
	for (size_t i = 0; i < shape->n; i++)
		if (qpp_str_is(name, shape->fields[i].name))
			return &shape->fields[i];
	return NULL;
}

static const struct qpp_json_field *field_near(const struct qpp_json_shape *shape, struct qpp_str name)
{
	struct qpp_str names[MOST_FIELDS];
	size_t n = 0;
	for (; n < shape->n && n < MOST_FIELDS; n++)
		names[n] = qpp_str_of(shape->fields[n].need == QPP_FIELD_COMPUTED ? "" : shape->fields[n].name);
	int i = qpp_str_near(name, names, n);
	return i < 0 ? NULL : &shape->fields[i];
}

static void name_unknown(struct qpp_json_in *in, const struct qpp_json *object, const struct qpp_json *member,
                         const struct qpp_json_shape *shape)
{
	if (qpp_findings_full(in->findings)) {
		qpp_find(in->findings, shape->unknown, "memberUnknown", (struct qpp_where){ 0 }, QPP_LIT(""));
		return;
	}
	const char *name = qpp_shown(in->arena, member->key).p;
	struct qpp_finding *x = qpp_find(in->findings, shape->unknown, "memberUnknown",
		qpp_json_where_key(in->arena, &in->doc, member),
		qpp_str_cat(in->arena, shape->what, " has no member named ", *name ? name : "\"\"", (char *)NULL));
	x->subject = in->subject;
	x->value = qpp_str_of(name);
	const struct qpp_json_field *near = field_near(shape, member->key);
	if (!near)
		return;
	x->expected = qpp_str_of(near->name);
	/* Looking for it in a hostile object, once for every finding, would take minutes. */
	bool lost = near->loses && object->n <= MOST_REAL_MEMBERS && !qpp_field(object, near->name);
	x->hint = qpp_str_cat(in->arena, "did you mean ", near->name, "?", lost ? " Without " : "", lost ? near->name : "",
	                      lost ? ", " : "", lost ? near->loses : "", (char *)NULL);
}

static void name_missing(struct qpp_json_in *in, const struct qpp_json *object, const struct qpp_json_shape *shape,
                         const struct qpp_json_field *field)
{
	bool full = qpp_findings_full(in->findings);
	struct qpp_str message = full ? QPP_LIT("") : qpp_str_cat(in->arena, shape->what, " has no ", field->name, (char *)NULL);
	struct qpp_finding *x = qpp_json_find(in, field->need == QPP_FIELD_REQUIRED ? QPP_ERROR : QPP_WARNING,
	                                      "memberMissing", object, message);
	x->expected = qpp_str_of(field->name);
	if (field->loses && !full)
		x->hint = qpp_str_cat(in->arena, "without it, ", field->loses, (char *)NULL);
}

void qpp_json_check_shape(struct qpp_json_in *in, const struct qpp_json *object, const struct qpp_json_shape *shape)
{
	for (const struct qpp_json *m = object->first; m; m = m->next)
		if (!field_named(shape, m->key))
			name_unknown(in, object, m, shape);
	for (size_t i = 0; i < shape->n; i++) {
		const struct qpp_json_field *field = &shape->fields[i];
		bool wanted = field->need == QPP_FIELD_EXPECTED || field->need == QPP_FIELD_REQUIRED;
		if (wanted && !qpp_field(object, field->name))
			name_missing(in, object, shape, field);
	}
}

size_t qpp_json_bounded(struct qpp_json_in *in, const struct qpp_json *array, size_t most)
{
	if (array->n <= most)
		return array->n;
	struct qpp_str n = qpp_i64_text(in->arena, array->n);
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "tooMany", array, named(in, array, "has more elements than can be right"));
	x->value = n;
	x->expected = qpp_str_cat(in->arena, "at most ", qpp_i64_text(in->arena, (int64_t)most).p, (char *)NULL);
	return most;
}

const struct qpp_json *qpp_field(const struct qpp_json *object, const char *name)
{
	const struct qpp_json *m = qpp_json_member(object, name);
	return m && m->kind != QPP_JSON_NULL ? m : NULL;
}

const struct qpp_json *qpp_field_of_kind(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                                         enum qpp_json_kind kind)
{
	const struct qpp_json *m = qpp_field(object, name);
	if (m && m->kind != kind) {
		qpp_json_kind_wrong(in, m, qpp_json_kind_name(kind));
		return NULL;
	}
	return m;
}

bool qpp_field_text(struct qpp_json_in *in, const struct qpp_json *object, const char *name, struct qpp_str *out)
{
	const struct qpp_json *m = qpp_field_of_kind(in, object, name, QPP_JSON_STRING);
	if (m)
		*out = m->text;
	return m != NULL;
}

bool qpp_field_bool(struct qpp_json_in *in, const struct qpp_json *object, const char *name, bool *out)
{
	const struct qpp_json *m = qpp_field_of_kind(in, object, name, QPP_JSON_BOOLEAN);
	if (m)
		*out = m->n != 0;
	return m != NULL;
}

bool qpp_field_tri(struct qpp_json_in *in, const struct qpp_json *object, const char *name, enum qpp_tri *out)
{
	bool yes;
	if (!qpp_field_bool(in, object, name, &yes))
		return false;
	*out = yes ? QPP_YES : QPP_NO;
	return true;
}

bool qpp_field_day(struct qpp_json_in *in, const struct qpp_json *object, const char *name, qpp_day *out)
{
	const struct qpp_json *m = qpp_field_of_kind(in, object, name, QPP_JSON_STRING);
	qpp_day day;
	if (!m)
		return false;
	if (!qpp_day_parse(m->text, &day))
		return wrong(in, "valueUnknown", m, "is not a day of the calendar", QPP_LIT("a day as YYYY-MM-DD"));
	*out = day;
	return true;
}

bool qpp_field_py(struct qpp_json_in *in, const struct qpp_json *object, const char *name, qpp_py *out)
{
	const struct qpp_json *m = qpp_field(object, name);
	qpp_dec v;
	int64_t year;
	if (!m)
		return false;
	if (m->kind != QPP_JSON_NUMBER && m->kind != QPP_JSON_STRING)
		return qpp_json_kind_wrong(in, m, "a number: the performance year");
	if (!qpp_dec_parse(m->text, &v) || !qpp_dec_i64(v, &year) || year < LEAST_FOUR_DIGITS || year > MOST_FOUR_DIGITS)
		return wrong(in, "valueUnknown", m, "is not a year", QPP_LIT("the performance year in four digits"));
	out->v = (int)year;
	return true;
}

/* The number of a value that was found to be a count's; false with a finding when it cannot be one. */
static bool whole(struct qpp_json_in *in, const struct qpp_json *m, int64_t *out)
{
	const char *fault = NULL;
	qpp_dec v;
	int64_t n = 0;
	if (m->text.n && m->text.p[0] == '-' && (!qpp_dec_parse(m->text, &v) || qpp_dec_sign(v) < 0))
		fault = "is negative";
	else if (!qpp_dec_parse(m->text, &v))
		fault = "is too large or too long for a count";
	else if (!qpp_dec_i64(v, &n))
		fault = "is not a whole number";
	else if (n > most_count)
		fault = "is too large for a count";
	if (fault)
		return wrong(in, "countInvalid", m, fault,
		             qpp_str_cat(in->arena, "a whole number from 0 to ", qpp_i64_text(in->arena, most_count).p, (char *)NULL));
	*out = n;
	return true;
}

bool qpp_field_count(struct qpp_json_in *in, const struct qpp_json *object, const char *name, struct qpp_count *out)
{
	const struct qpp_json *m = qpp_field_of_kind(in, object, name, QPP_JSON_NUMBER);
	int64_t n;
	if (!m || !whole(in, m, &n))
		return false;
	*out = (struct qpp_count){ true, n };
	return true;
}

static struct qpp_str range_text(struct qpp_json_in *in, const struct qpp_json_range *r)
{
	if (r->has_least && r->has_most)
		return qpp_str_cat(in->arena, "a number from ", qpp_i64_text(in->arena, r->least).p, " to ",
		                   qpp_i64_text(in->arena, r->most).p, (char *)NULL);
	return qpp_str_cat(in->arena, r->has_least ? "at least " : "at most ",
	                   qpp_i64_text(in->arena, r->has_least ? r->least : r->most).p, (char *)NULL);
}

bool qpp_field_number(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                      const struct qpp_json_range *range, struct qpp_number *out)
{
	const struct qpp_json *m = qpp_field(object, name);
	qpp_dec v;
	int64_t n;
	if (!m)
		return false;
	if (m->kind != QPP_JSON_NUMBER && !(range->as_text && m->kind == QPP_JSON_STRING))
		return qpp_json_kind_wrong(in, m, range->as_text ? "a number, or a number as text" : "a number");
	if (range->whole) {
		if (!whole(in, m, &n))
			return false;
		v = qpp_dec_of(n);
	} else if (!qpp_dec_parse(m->text, &v)) {
		return wrong(in, "numberInvalid", m, "is not a number that can be kept exactly",
		             QPP_LIT("a decimal number of at most 18 digits"));
	}
	if ((range->has_least && qpp_dec_cmp(v, qpp_dec_of(range->least)) < 0) ||
	    (range->has_most && qpp_dec_cmp(v, qpp_dec_of(range->most)) > 0))
		return wrong(in, "valueOutOfRange", m, "is out of range", range_text(in, range));
	*out = (struct qpp_number){ true, v, qpp_json_place_of(in, m) };
	return true;
}

static void name_choices(struct qpp_json_in *in, const struct qpp_json *node, const struct qpp_str *names, int n)
{
	bool full = qpp_findings_full(in->findings);
	struct qpp_finding *x = qpp_json_find(in, QPP_ERROR, "valueUnknown", node, named(in, node, "is a name that is not known"));
	if (full)
		return;
	x->value = qpp_shown(in->arena, node->text);
	struct qpp_buf all;
	qpp_buf_init(&all, in->arena, 512);
	for (int i = 0; i < n; i++)
		if (names[i].n)
			qpp_buf_cat(&all, all.n ? ", " : "one of ", names[i].p, (char *)NULL);
	x->expected = qpp_buf_done(&all);
	int near = qpp_str_near(node->text, names, (size_t)n);
	if (near >= 0)
		x->hint = qpp_str_cat(in->arena, "did you mean ", names[near].p, "?", (char *)NULL);
}

bool qpp_json_choice(struct qpp_json_in *in, const struct qpp_json *node, const char *(*name_of)(int), int n, int *out)
{
	struct qpp_str names[MOST_CHOICES];
	if (node->kind != QPP_JSON_STRING)
		return qpp_json_kind_wrong(in, node, qpp_json_kind_name(QPP_JSON_STRING));
	for (int i = 0; i < n; i++) {
		names[i] = qpp_str_of(name_of(i));
		if (names[i].n && qpp_str_eq(names[i], node->text)) {
			*out = i;
			return true;
		}
	}
	name_choices(in, node, names, n);
	return false;
}

bool qpp_field_choice(struct qpp_json_in *in, const struct qpp_json *object, const char *name,
                      const char *(*name_of)(int), int n, int *out)
{
	const struct qpp_json *m = qpp_field(object, name);
	return m && qpp_json_choice(in, m, name_of, n, out);
}

const struct qpp_json *qpp_json_read_object(struct qpp_json_in *in, struct qpp_str file, struct qpp_str text,
                                            size_t most_bytes, const struct qpp_json_shape *shape, const char *expected)
{
	if (!qpp_json_parse(in->arena, file, text, most_bytes, &in->doc, in->findings))
		return NULL;
	const struct qpp_json *o = in->doc.root;
	if (o->kind != QPP_JSON_OBJECT) {
		qpp_json_kind_wrong(in, o, expected);
		return NULL;
	}
	qpp_json_check_shape(in, o, shape);
	return o;
}
