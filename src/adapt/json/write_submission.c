/* QPP JSON, two blanks for each level, a value on one line. */
#include "adapt/json/write_submission.h"

#include "qpp/buf.h"

enum { MOST_BYTES = 64 << 20, MOST_PLACES = 18 };

/* Text in quotes; control characters as \u00XX. What was read is UTF-8 already. */
static void quote(struct qpp_buf *b, struct qpp_str s)
{
	static const char hex[] = "0123456789abcdef";
	qpp_buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			qpp_buf_char(b, '\\');
		if (c >= ' ') {
			qpp_buf_char(b, (char)c);
			continue;
		}
		qpp_buf_cat(b, "\\u00", (char *)NULL);
		qpp_buf_char(b, hex[c >> 4]);
		qpp_buf_char(b, hex[c & 15]);
	}
	qpp_buf_char(b, '"');
}

/* Every decimal, however many there are: buf.h rounds at nine. */
static void number(struct qpp_buf *b, qpp_dec v)
{
	qpp_dec rest = qpp_dec_sign(v) < 0 ? qpp_dec_neg(v) : v;
	qpp_i128 left = rest.n % rest.d;
	if (qpp_dec_sign(v) < 0)
		qpp_buf_char(b, '-');
	qpp_buf_i64(b, (int64_t)(rest.n / rest.d));
	for (int i = 0; left && i < MOST_PLACES; i++) {
		if (!i)
			qpp_buf_char(b, '.');
		left *= 10;
		qpp_buf_char(b, (char)('0' + (int)(left / rest.d)));
		left %= rest.d;
	}
}

/* ---- members, each with the comma before it ---- */

struct object {
	struct qpp_buf *b;
	bool some;
};

static void name(struct object *o, const char *member)
{
	qpp_buf_cat(o->b, o->some ? ", \"" : "\"", member, "\": ", (char *)NULL);
	o->some = true;
}

static void put_text(struct object *o, const char *member, struct qpp_str s)
{
	if (!s.n)
		return;
	name(o, member);
	quote(o->b, s);
}

static void put_count(struct object *o, const char *member, struct qpp_count c)
{
	if (!c.given)
		return;
	name(o, member);
	qpp_buf_i64(o->b, c.v);
}

static void put_number(struct object *o, const char *member, const struct qpp_number *x)
{
	if (!x->given)
		return;
	name(o, member);
	number(o->b, x->v);
}

static void put_bool(struct object *o, const char *member, bool yes)
{
	name(o, member);
	qpp_buf_cat(o->b, yes ? "true" : "false", (char *)NULL);
}

static void put_day(struct object *o, const char *member, bool given, qpp_day day)
{
	if (!given)
		return;
	name(o, member);
	qpp_buf_char(o->b, '"');
	qpp_buf_day(o->b, day);
	qpp_buf_char(o->b, '"');
}

/* ---- values ---- */

static void put_counts(struct object *o, const struct qpp_rate_counts *r)
{
	put_count(o, "performanceMet", r->met);
	put_count(o, "performanceNotMet", r->not_met);
	put_count(o, "eligiblePopulation", r->eligible);
	put_count(o, "eligiblePopulationExclusion", r->exclusion);
	put_count(o, "eligiblePopulationException", r->exception);
	put_count(o, "numeratorExclusion", r->numerator_exclusion);
}

static void put_strata(struct object *o, const struct qpp_measurement *m)
{
	name(o, "strata");
	qpp_buf_char(o->b, '[');
	for (size_t i = 0; i < m->n_rates; i++) {
		struct object stratum = { o->b, false };
		qpp_buf_cat(o->b, i ? ", {" : "{", (char *)NULL);
		put_text(&stratum, "stratum", m->rates[i].stratum);
		put_counts(&stratum, &m->rates[i]);
		qpp_buf_char(o->b, '}');
	}
	qpp_buf_char(o->b, ']');
}

static void put_score(struct object *o, const struct qpp_measurement *m)
{
	put_number(o, "score", &m->score);
	put_number(o, "reliability", &m->reliability);
	put_count(o, "caseCount", m->case_count);
	if (m->masked)
		put_bool(o, "mask", true);
}

static void put_members(struct object *o, const struct qpp_measurement *m)
{
	bool counted = m->kind == QPP_VALUE_SINGLE || m->kind == QPP_VALUE_MULTI || m->kind == QPP_VALUE_NON_PROPORTION;
	if (counted)
		put_bool(o, "isEndToEndReported", m->end_to_end);
	if (m->kind == QPP_VALUE_SINGLE && m->n_rates)
		put_counts(o, &m->rates[0]);
	if (m->kind == QPP_VALUE_MULTI)
		put_strata(o, m);
	put_number(o, "numerator", &m->numerator);
	put_number(o, "denominator", &m->denominator);
	put_number(o, "observationInstances", &m->observation_instances);
	put_number(o, "numeratorExclusion", &m->numerator_exclusion);
	put_number(o, "denominatorException", &m->denominator_exception);
	if (m->kind == QPP_VALUE_SCORE)
		put_score(o, m);
	put_number(o, "performanceRate", &m->performance_rate);
	put_number(o, "reportingRate", &m->reporting_rate);
}

static void measurement(struct qpp_buf *b, const struct qpp_measurement *m)
{
	struct object o = { b, false }, value = { b, false };
	qpp_buf_cat(b, "        {", (char *)NULL);
	put_text(&o, "measureId", m->measure_id);
	name(&o, "value");
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
	struct object o = { b, false };
	qpp_buf_cat(b, "    {\n      ", (char *)NULL);
	put_text(&o, "category", qpp_str_of(qpp_category_name(x->category)));
	put_text(&o, "submissionMethod", qpp_str_of(method_name(x->method)));
	put_text(&o, "programName", x->program);
	put_text(&o, "cehrtId", x->cehrt_id);
	put_day(&o, "performanceStart", x->has_start, x->start);
	put_day(&o, "performanceEnd", x->has_end, x->end);
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
	struct object value = { &b, false };
	qpp_buf_init(&b, a, MOST_BYTES);
	put_members(&value, m);
	return b.full ? QPP_LIT("") : qpp_buf_done(&b);
}

struct qpp_str qpp_json_submission(struct qpp_arena *a, const struct qpp_submission *s)
{
	struct qpp_buf b;
	struct object o = { &b, true };
	qpp_buf_init(&b, a, MOST_BYTES);
	qpp_buf_cat(&b, "{\n  \"performanceYear\": ", (char *)NULL);
	qpp_buf_i64(&b, s->py.v);
	if (s->entity != QPP_ENTITY_NONE)
		put_text(&o, "entityType", s->entity == QPP_APM_ENTITY ? QPP_LIT("apm") : qpp_str_of(qpp_entity_name(s->entity)));
	put_text(&o, "entityId", s->entity_id);
	put_text(&o, "taxpayerIdentificationNumber", s->tin);
	put_text(&o, "nationalProviderIdentifier", s->npi);
	qpp_buf_cat(&b, ",\n  \"measurementSets\": [\n", (char *)NULL);
	for (size_t i = 0; i < s->n_sets; i++) {
		set(&b, &s->sets[i]);
		qpp_buf_cat(&b, i + 1 < s->n_sets ? ",\n" : "\n", (char *)NULL);
	}
	qpp_buf_cat(&b, "  ]\n}\n", (char *)NULL);
	return b.full ? QPP_LIT("") : qpp_buf_done(&b);
}
