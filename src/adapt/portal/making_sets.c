/*
 * Measurement sets out of what was typed. Each part remembers the field it came
 * from as its place, so that the findings of the check come out at their fields.
 */
#include "adapt/portal/making_int.h"

static struct qpp_where at_field(const char *field)
{
	return (struct qpp_where){ .pointer = qpp_str_of(field) };
}

static void count(struct making_forming *w, const char *field, bool needed, struct qpp_count *out)
{
	struct qpp_str typed = qpp_str_trim(making_value(w->d, qpp_str_of(field)));
	uint64_t v;
	enum { MOST = 1000000000 };
	if (!typed.n) {
		if (needed)
			portal_wrong(w->errors, field, QPP_LIT("A number is missing"));
		return;
	}
	if (!qpp_str_u64(typed, MOST, &v)) {
		portal_wrong(w->errors, field, CAT(w->arena, "\"", C(w->arena, qpp_shown(w->arena, typed)), "\" is no whole number"));
		return;
	}
	*out = (struct qpp_count){ true, (int64_t)v };
}

static void number(struct making_forming *w, const char *field, struct qpp_number *out)
{
	struct qpp_str typed = qpp_str_trim(making_value(w->d, qpp_str_of(field)));
	qpp_dec v;
	if (!typed.n || !qpp_dec_parse(typed, &v) || qpp_dec_sign(v) < 0) {
		portal_wrong(w->errors, field, typed.n ? CAT(w->arena, "\"", C(w->arena, qpp_shown(w->arena, typed)), "\" is no number")
		                                       : QPP_LIT("A number is missing"));
		return;
	}
	*out = (struct qpp_number){ true, v, at_field(field) };
}

static void day(struct making_forming *w, const char *field, bool *has, qpp_day *out)
{
	struct qpp_str typed = qpp_str_trim(making_value(w->d, qpp_str_of(field)));
	*has = qpp_day_parse(typed, out);
	if (!*has)
		portal_wrong(w->errors, field, QPP_LIT("A day is written as year, month and day: 2025-01-31"));
}

static void set_head(struct making_forming *w, enum qpp_category category, struct qpp_measurement_set *set)
{
	*set = (struct qpp_measurement_set){ .category = category, .program = making_value(w->d, QPP_LIT("program")),
		.cehrt_id = qpp_str_trim(making_value(w->d, QPP_LIT("cehrt"))), .program_where = at_field("program"),
		.cehrt_where = at_field("cehrt"), .start_where = at_field("start"), .end_where = at_field("end") };
	if (!set->program.n)
		set->program = QPP_LIT("mips");
	day(w, "start", &set->has_start, &set->start);
	day(w, "end", &set->has_end, &set->end);
}

static const struct qpp_measurement_set *own_set(const struct making_forming *w, const struct qpp_measurement_set *like)
{
	for (size_t i = 0; i < w->seen->n_sets; i++) {
		const struct qpp_measurement_set *s = &w->seen->sets[i].whole.sets[0];
		if (qpp_str_eq(w->seen->sets[i].row.submitter_id, w->submitter) && s->category == like->category && s->method == like->method &&
		    qpp_str_eq(s->program, like->program))
			return s;
	}
	return NULL;
}

/* ---- a quality measure ---- */

static void rates_of(struct making_forming *w, const struct qpp_measure *measure, struct qpp_measurement *x)
{
	bool multi = measure->metric == QPP_METRIC_MULTI || measure->metric == QPP_METRIC_REGISTRY_MULTI;
	size_t n = multi && measure->n_strata ? measure->n_strata : 1;
	struct qpp_rate_counts *v = QPP_NEW_ARRAY(w->arena, n, struct qpp_rate_counts);
	x->kind = multi ? QPP_VALUE_MULTI : QPP_VALUE_SINGLE;
	for (size_t i = 0; i < n; i++) {
		const char *prefix = CAT(w->arena, "r", C(w->arena, qpp_i64_text(w->arena, (int64_t)i)), "-").p;
		const char *first = CAT(w->arena, prefix, "eligible").p;
		v[i].stratum = multi && measure->n_strata ? measure->strata[i].name : QPP_LIT("");
		v[i].where = at_field(first);
		count(w, first, true, &v[i].eligible);
		count(w, CAT(w->arena, prefix, "met").p, true, &v[i].met);
		count(w, CAT(w->arena, prefix, "notMet").p, true, &v[i].not_met);
		count(w, CAT(w->arena, prefix, "exclusion").p, false, &v[i].exclusion);
		count(w, CAT(w->arena, prefix, "exception").p, false, &v[i].exception);
		/* An empty field of what may stay empty is none. */
		v[i].exclusion.given = v[i].exception.given = true;
	}
	x->rates = v;
	x->n_rates = n;
}

static void quality(struct making_forming *w, struct qpp_str id, struct qpp_measurement_set *set)
{
	const struct qpp_measure *measure = qpp_catalog_measure(w->catalog, id);
	struct qpp_measurement x = { .measure_id = id };
	const struct qpp_measurement_set *old;
	size_t n = 0;
	set_head(w, QPP_QUALITY, set);
	set->method = qpp_method_of(making_value(w->d, QPP_LIT("method")));
	if (!measure || measure->category != QPP_QUALITY || set->method == QPP_METHOD_NONE) {
		portal_wrong(w->errors, "method", QPP_LIT("Choose how the data were collected"));
		return;
	}
	if (measure->metric == QPP_METRIC_NON_PROPORTION) {
		x.kind = QPP_VALUE_NON_PROPORTION;
		x.where = x.value_where = at_field("numerator");
		number(w, "numerator", &x.numerator);
		number(w, "denominator", &x.denominator);
		number(w, "instances", &x.observation_instances);
	} else {
		x.where = x.value_where = at_field("r0-eligible");
		x.end_to_end = set->method == QPP_EHR;
		rates_of(w, measure, &x);
	}
	old = own_set(w, set);
	set->measurements = QPP_NEW_ARRAY(w->arena, (old ? old->n_measurements : 0) + 1, struct qpp_measurement);
	for (size_t i = 0; old && i < old->n_measurements; i++)
		if (!qpp_str_eq(old->measurements[i].measure_id, id))
			set->measurements[n++] = old->measurements[i];
	set->measurements[n++] = x;
	set->n_measurements = n;
}

/* ---- activities, promoting interoperability ---- */

/* A list as a whole takes the place of the one that is there, however that came in. */
static void like_filed(const struct making_forming *w, struct qpp_measurement_set *set)
{
	for (size_t i = 0; i < w->seen->n_sets; i++) {
		const struct qpp_measurement_set *s = &w->seen->sets[i].whole.sets[0];
		if (s->category == set->category && qpp_str_eq(w->seen->sets[i].row.submitter_id, w->submitter)) {
			set->method = s->method;
			set->program = s->program;
		}
	}
}

static void activities(struct making_forming *w, struct qpp_measurement_set *set)
{
	set_head(w, QPP_IA, set);
	like_filed(w, set);
	set->measurements = QPP_NEW_ARRAY(w->arena, w->d->form.n + 1, struct qpp_measurement);
	for (size_t i = 0; i < w->d->form.n; i++)
		if (qpp_str_is(w->d->form.v[i].name, "activity"))
			set->measurements[set->n_measurements++] = (struct qpp_measurement){ .measure_id = w->d->form.v[i].value,
				.kind = QPP_VALUE_BOOLEAN, .yes = true };
	if (!set->n_measurements)
		portal_wrong(w->errors, NULL, QPP_LIT("Tick at least one activity"));
}

static void pi_one(struct making_forming *w, const struct qpp_measure *measure, struct qpp_measurement_set *set)
{
	struct qpp_arena *a = w->arena;
	const char *id = C(a, measure->id), *top = CAT(a, id, "-numerator").p, *bottom = CAT(a, id, "-denominator").p;
	const char *answer_field = CAT(a, id, "-answer").p;
	struct qpp_str answer = making_value(w->d, qpp_str_of(answer_field)), out = making_value(w->d, CAT(a, id, "-exclusion"));
	struct qpp_measurement x = { .measure_id = measure->id };
	if (measure->metric == QPP_METRIC_PROPORTION) {
		if (making_value(w->d, qpp_str_of(top)).n || making_value(w->d, qpp_str_of(bottom)).n) {
			x.kind = QPP_VALUE_PROPORTION;
			x.where = x.value_where = at_field(top);
			number(w, top, &x.numerator);
			number(w, bottom, &x.denominator);
			set->measurements[set->n_measurements++] = x;
		}
	} else if (answer.n) {
		x.where = x.value_where = at_field(answer_field);
		x.yes = qpp_str_is(answer, "yes");
		set->measurements[set->n_measurements++] = x;
	}
	if (out.n && qpp_strs_has(measure->exclusions, out))
		set->measurements[set->n_measurements++] = (struct qpp_measurement){ .measure_id = out, .yes = true,
			.where = at_field(CAT(a, id, "-exclusion").p) };
}

static void pi(struct making_forming *w, struct qpp_measurement_set *set)
{
	set_head(w, QPP_PI, set);
	like_filed(w, set);
	set->measurements = QPP_NEW_ARRAY(w->arena, 2 * w->catalog->n_measures + 1, struct qpp_measurement);
	for (size_t i = 0; i < w->catalog->n_measures; i++)
		if (w->catalog->measures[i].category == QPP_PI)
			pi_one(w, &w->catalog->measures[i], set);
	if (!set->n_measurements)
		portal_wrong(w->errors, NULL, QPP_LIT("Nothing was entered"));
}

/* ---- upload ---- */

static enum qpp_code uploaded(struct making_forming *w, struct qpp_submission *s, struct qpp_err *err)
{
	enum { FEW = 100 };
	s->sets = QPP_NEW_ARRAY(w->arena, w->d->sets.n + 1, struct qpp_measurement_set);
	for (size_t i = 0; i < w->d->sets.n; i++) {
		struct qpp_set_doc doc;
		struct qpp_findings f;
		qpp_findings_init(&f, w->arena, FEW);
		if (!qpp_set_doc_read(w->arena, QPP_LIT(""), w->d->sets.v[i], QPP_SET_WHOLE, &doc, &f) || f.errors || !doc.s.n_sets)
			return qpp_fail(err, QPP_BUG, "a draft of the store cannot be read", (char *)NULL);
		s->sets[s->n_sets++] = doc.s.sets[0];
	}
	return QPP_OK;
}

enum qpp_code making_sets(struct making_forming *w, struct qpp_submission *s, struct qpp_err *err)
{
	enum { BEHIND = sizeof "quality-" - 1 };
	struct qpp_str topic = w->d->topic;
	if (qpp_str_is(topic, "upload"))
		return uploaded(w, s, err);
	s->sets = QPP_NEW(w->arena, struct qpp_measurement_set);
	s->n_sets = 1;
	if (qpp_str_is(topic, "ia"))
		activities(w, s->sets);
	else if (qpp_str_is(topic, "pi"))
		pi(w, s->sets);
	else
		quality(w, (struct qpp_str){ topic.p + BEHIND, topic.n - BEHIND }, s->sets);
	return QPP_OK;
}
