/*
 * The check of a submission, from the outside in: filer, sets, measurements.
 * Only the resolution of measures and the doubles are decided here; values are
 * in check_value.c, rates in check_rate.c, identifiers and periods in
 * check_filer.c, claims that exclude each other in check_pi.c.
 */
#include "qpp/check.h"

#include <stdarg.h>
#include <string.h>

#include "check_int.h"

enum { LONGEST_MESSAGE = 1000 };

static struct qpp_str subject_of(struct qpp_check *k)
{
	const struct qpp_measurement *m = k->measurement;
	if (m && m->measure)
		return qpp_str_cat(k->arena, qpp_shown(k->arena, m->measure->id).p, " ",
		                   qpp_str_dup(k->arena, m->measure->title).p, (char *)NULL);
	if (m)
		return qpp_shown(k->arena, m->measure_id);
	if (!k->set)
		return QPP_LIT("");
	bool has_method = k->set->method != QPP_METHOD_NONE;
	return qpp_str_cat(k->arena, "measurement set ", qpp_category_name(k->set->category), has_method ? ", " : "",
	                   has_method ? qpp_method_name(k->set->method) : "", (char *)NULL);
}

struct qpp_finding *qpp_check_find(struct qpp_check *k, enum qpp_severity severity, const char *code,
                                   struct qpp_where where, const char *first, ...)
{
	if (qpp_findings_full(k->findings))
		return qpp_find(k->findings, severity, code, where, QPP_LIT(""));
	struct qpp_buf b;
	qpp_buf_init(&b, k->arena, LONGEST_MESSAGE);
	va_list ap;
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_add(&b, s, strlen(s));
	va_end(ap);
	struct qpp_str subject = subject_of(k);
	struct qpp_finding *x = qpp_find(k->findings, severity, code, where, qpp_buf_done(&b));
	x->subject = subject;
	return x;
}

struct qpp_str qpp_check_method_list(struct qpp_arena *a, uint32_t methods)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 200);
	for (int i = QPP_METHOD_NONE + 1; i < QPP_METHODS; i++)
		if (methods >> i & 1)
			qpp_buf_cat(&b, b.n ? ", " : "", qpp_method_name((enum qpp_method)i), (char *)NULL);
	return qpp_buf_done(&b);
}

static struct qpp_str list(struct qpp_arena *a, struct qpp_strs names)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 500);
	for (size_t i = 0; i < names.n; i++) {
		if (i)
			qpp_buf_cat(&b, ", ", (char *)NULL);
		qpp_buf_str(&b, names.v[i]);
	}
	return qpp_buf_done(&b);
}

static void name_unknown(struct qpp_check *k)
{
	bool full = qpp_findings_full(k->findings);
	struct qpp_str id = k->measurement->measure_id;
	/* A submission that no reader made has no places. */
	const struct qpp_where *where = k->measurement->id_where.pointer.n ? &k->measurement->id_where : &k->measurement->where;
	struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "measureUnknown", *where,
		"the year has no measure with this id", (char *)NULL);
	if (full)
		return;
	x->value = qpp_shown(k->arena, id);
	struct qpp_str near = qpp_catalog_near(k->catalog, id, k->arena);
	const struct qpp_measure *other = near.n ? qpp_catalog_measure(k->catalog, near) : NULL;
	if (other)
		x->hint = qpp_str_cat(k->arena, "did you mean ", qpp_str_dup(k->arena, other->id).p, " (",
		                      qpp_str_dup(k->arena, other->title).p, ")?", (char *)NULL);
}

static void check_method_and_program(struct qpp_check *k)
{
	const struct qpp_measure *measure = k->measurement->measure;
	const struct qpp_measurement_set *set = k->set;
	bool full = qpp_findings_full(k->findings);
	/* Activities and attestations have no collection types of their own. */
	if (measure->methods && !(measure->methods >> set->method & 1)) {
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "methodNotAllowed", k->measurement->where,
			"the measure cannot be submitted by ", qpp_method_name(set->method), (char *)NULL);
		x->value = qpp_str_of(qpp_method_name(set->method));
		if (!full)
			x->expected = qpp_check_method_list(k->arena, measure->methods);
	}
	if (measure->programs.n && !qpp_strs_has(measure->programs, set->program)) {
		struct qpp_finding *x = qpp_check_find(k, QPP_WARNING, "measureNotInProgram", k->measurement->where,
			"the measure does not belong to the program of its set", (char *)NULL);
		x->value = set->program;
		if (!full)
			x->expected = list(k->arena, measure->programs);
	}
}

static void check_measurement(struct qpp_check *k)
{
	struct qpp_measurement *m = k->measurement;
	m->measure = qpp_catalog_measure(k->catalog, m->measure_id);
	if (!m->measure) {
		name_unknown(k);
		return;
	}
	if (m->measure->category != k->set->category) {
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "categoryWrong", m->where,
			"the measure belongs to another performance category than its set", (char *)NULL);
		x->value = qpp_str_of(qpp_category_name(k->set->category));
		x->expected = qpp_str_of(qpp_category_name(m->measure->category));
		x->hint = QPP_LIT("move it to a set of its own category");
		return;
	}
	check_method_and_program(k);
	qpp_check_value(k);
}

/* Merge sort, from pairs up: equal elements keep their order. */
static void sort(struct qpp_arena *a, void **v, size_t n, int (*compare)(const void *, const void *))
{
	void **from = v, **to = QPP_NEW_ARRAY(a, n, void *);
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t left = 0; left < n; left += 2 * width) {
			size_t middle = left + width < n ? left + width : n, right = middle + width < n ? middle + width : n;
			size_t i = left, j = middle;
			for (size_t at = left; at < right; at++)
				to[at] = j == right || (i < middle && compare(from[i], from[j]) <= 0) ? from[i++] : from[j++];
		}
		void **sorted = to;
		to = from;
		from = sorted;
	}
	if (from != v)
		memcpy(v, from, n * sizeof *v);
}

static int by_measure(const void *a, const void *b)
{
	const struct qpp_measurement *x = a, *y = b;
	return qpp_str_cmp(x->measure_id, y->measure_id);
}

static void sort_measurements(struct qpp_check *k)
{
	size_t n = k->set->n_measurements;
	k->by_id = QPP_NEW_ARRAY(k->arena, n, void *);
	for (size_t i = 0; i < n; i++)
		k->by_id[i] = &k->set->measurements[i];
	sort(k->arena, k->by_id, n, by_measure);
}

static struct qpp_measurement *nth_by_id(const struct qpp_check *k, size_t i)
{
	return k->by_id[i];
}

struct qpp_measurement *qpp_check_in_set(const struct qpp_check *k, struct qpp_str id)
{
	size_t from = 0, to = k->set->n_measurements;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (qpp_str_cmp(nth_by_id(k, middle)->measure_id, id) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	bool found = from < k->set->n_measurements && qpp_str_eq(nth_by_id(k, from)->measure_id, id);
	return found ? nth_by_id(k, from) : NULL;
}

static void find_double_measures(struct qpp_check *k)
{
	for (size_t i = 1; i < k->set->n_measurements; i++) {
		struct qpp_measurement *first = nth_by_id(k, i - 1);
		k->measurement = nth_by_id(k, i);
		if (!qpp_str_eq(first->measure_id, k->measurement->measure_id))
			continue;
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "measureDuplicate", k->measurement->where,
			"the measure stands twice in one set; the other is on line ", qpp_i64_text(k->arena, first->where.line).p,
			(char *)NULL);
		x->expected = QPP_LIT("each measure once");
		x->hint = QPP_LIT("remove one of the two, or put it in a set of its own collection type");
	}
	k->measurement = NULL;
}

static int by_kind_of_set(const void *a, const void *b)
{
	const struct qpp_measurement_set *x = a, *y = b;
	if (x->category != y->category)
		return x->category < y->category ? -1 : 1;
	if (x->method != y->method)
		return x->method < y->method ? -1 : 1;
	return qpp_str_cmp(x->program, y->program);
}

/* The service keeps one set for a category, collection type and program: a second one would replace the first. */
static void find_double_sets(struct qpp_check *k)
{
	size_t n = k->submission->n_sets;
	void **sets = QPP_NEW_ARRAY(k->arena, n, void *);
	for (size_t i = 0; i < n; i++)
		sets[i] = &k->submission->sets[i];
	sort(k->arena, sets, n, by_kind_of_set);
	for (size_t i = 1; i < n; i++) {
		const struct qpp_measurement_set *first = sets[i - 1];
		k->set = sets[i];
		if (by_kind_of_set(first, k->set) != 0)
			continue;
		struct qpp_finding *x = qpp_check_find(k, QPP_ERROR, "setDuplicate", k->set->where,
			"there are two sets of this category, collection type and program; the other is on line ",
			qpp_i64_text(k->arena, first->where.line).p, (char *)NULL);
		x->value = k->set->program;
		x->hint = QPP_LIT("put all measurements in one set");
	}
	k->set = NULL;
}

static void check_set(struct qpp_check *k)
{
	qpp_check_program(k);
	qpp_check_period(k);
	qpp_check_cehrt(k);
	for (size_t i = 0; i < k->set->n_measurements; i++) {
		k->measurement = &k->set->measurements[i];
		check_measurement(k);
	}
	k->measurement = NULL;
	sort_measurements(k);
	find_double_measures(k);
	if (k->set->category == QPP_PI)
		qpp_check_pi(k);
}

void qpp_check_submission(struct qpp_submission *s, const struct qpp_catalog *catalog, struct qpp_findings *f)
{
	struct qpp_check k = { .submission = s, .catalog = catalog, .findings = f, .arena = f->arena };
	qpp_check_filer(&k);
	for (size_t i = 0; i < s->n_sets; i++) {
		k.set = &s->sets[i];
		check_set(&k);
	}
	k.set = NULL;
	find_double_sets(&k);
}
