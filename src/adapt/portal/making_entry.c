/*
 * Entry forms out of the catalog of the year, filled from a draft or from what is
 * filed.
 */
#include "adapt/portal/making.h"

#include <string.h>

#include "adapt/html/words.h"
#include "app/prospect.h"

enum { MOST_FOUND = 50 };

/* The submission, its window and the catalog of its year: what every form begins with. */
struct begun {
	struct qpp_seen_submission seen;
	const struct qpp_catalog *catalog;
	struct qpp_str submitter;
};

static enum qpp_code begin(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct begun *b,
                           struct qpp_subject *subject, struct qpp_window_view *window, struct qpp_err *err)
{
	enum qpp_code code = qpp_submission_see(call, id, &b->seen, err);
	if (code == QPP_OK && !qpp_prospect_submitter(call, &b->seen, &b->submitter))
		code = qpp_fail(err, QPP_FORBIDDEN, "your role sees these data and changes nothing", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_years_need(p->service->years, call->arena, b->seen.row.who.py, &b->catalog, err);
	if (code != QPP_OK)
		return code;
	*subject = portal_subject(call->arena, &b->seen.org, &b->seen.row.who);
	*window = portal_window(p, call->arena, b->seen.row.who.py);
	return QPP_OK;
}

/* ---- search ---- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool contains(struct qpp_str text, struct qpp_str part)
{
	for (size_t i = 0; part.n <= text.n && i <= text.n - part.n; i++) {
		size_t k = 0;
		while (k < part.n && lower(text.p[i + k]) == lower(part.p[k]))
			k++;
		if (k == part.n)
			return true;
	}
	return false;
}

/* Every word is in the id or the title. */
static bool matches(const struct qpp_measure *m, struct qpp_str query)
{
	struct qpp_str word;
	while (qpp_str_word(&query, &word))
		if (!contains(m->id, word) && !contains(m->title, word))
			return false;
	return true;
}

static struct qpp_str says(struct qpp_arena *a, const struct qpp_measure *m)
{
	return CAT(a, C(a, portal_capital(a, qpp_plain_words(a, m->type))), m->high_priority ? ", high priority" : "", m->inverse ? ", lower is better" : "");
}

static const struct qpp_measurement *filed(const struct begun *b, struct qpp_str id, enum qpp_method method,
                                           const struct qpp_measurement_set **set)
{
	for (size_t i = 0; i < b->seen.n_sets; i++) {
		const struct qpp_measurement_set *s = &b->seen.sets[i].whole.sets[0];
		if (!qpp_str_eq(b->seen.sets[i].row.submitter_id, b->submitter) || (method != QPP_METHOD_NONE && s->method != method))
			continue;
		for (size_t k = 0; k < s->n_measurements; k++)
			if (qpp_str_eq(s->measurements[k].measure_id, id)) {
				*set = s;
				return &s->measurements[k];
			}
	}
	return NULL;
}

static void found(struct qpp_arena *a, const struct begun *b, const struct qpp_measure *m, struct qpp_found_measure *out)
{
	const struct qpp_measurement_set *set;
	const struct qpp_measurement *x = filed(b, m->id, QPP_METHOD_NONE, &set);
	struct qpp_str *methods = QPP_NEW_ARRAY(a, QPP_METHODS, struct qpp_str);
	size_t n = 0;
	for (int k = QPP_REGISTRY; k < QPP_METHODS; k++)
		if (m->methods & UINT32_C(1) << k)
			methods[n++] = qpp_str_of(qpp_method_title((enum qpp_method)k));
	*out = (struct qpp_found_measure){ .id = m->id, .title = m->title, .says = says(a, m), .methods = { methods, n } };
	if (x)
		out->entered = making_data(a, x);
}

static void specialty_sets(struct qpp_arena *a, const struct qpp_catalog *c, qpp_texts *out)
{
	QPP_VEC(struct qpp_str) all = { 0 };
	for (size_t i = 0; i < c->n_measures; i++)
		for (size_t k = 0; k < c->measures[i].sets.n; k++) {
			struct qpp_str name = c->measures[i].sets.v[k];
			size_t at = 0;
			while (at < all.n && qpp_str_cmp(all.v[at], name) < 0)
				at++;
			if (at < all.n && qpp_str_eq(all.v[at], name))
				continue;
			*QPP_PUSH(a, &all) = name;
			memmove(&all.v[at + 1], &all.v[at], (all.n - 1 - at) * sizeof *all.v);
			all.v[at] = name;
		}
	out->v = all.v;
	out->n = all.n;
}

static bool entered_by_people(const struct qpp_measure *m)
{
	return m->category == QPP_QUALITY && m->metric != QPP_METRIC_CAHPS && m->metric != QPP_METRIC_COST_SCORE &&
	       m->methods & (UINT32_C(1) << QPP_REGISTRY | UINT32_C(1) << QPP_EHR);
}

enum qpp_code making_search(struct qpp_portal *p, const struct qpp_call *call, struct qpp_search_view *m, struct qpp_err *err)
{
	struct begun b;
	enum qpp_code code = begin(p, call, m->submission_id, &b, &m->subject, &m->window, err);
	struct qpp_found_measure *v = QPP_NEW_ARRAY(call->arena, MOST_FOUND, struct qpp_found_measure);
	size_t n = 0;
	if (code != QPP_OK)
		return code;
	m->category = "quality";
	m->title = qpp_category_title(QPP_QUALITY);
	specialty_sets(call->arena, b.catalog, &m->sets);
	for (size_t i = 0; i < b.catalog->n_measures; i++) {
		const struct qpp_measure *x = &b.catalog->measures[i];
		if (!entered_by_people(x) || !matches(x, m->query) || (m->set.n && !qpp_strs_has(x->sets, m->set)))
			continue;
		m->total++;
		if (n < MOST_FOUND)
			found(call->arena, &b, x, &v[n++]);
	}
	m->found.v = v;
	m->found.n = n;
	return QPP_OK;
}

/* ---- one measure ---- */

static struct qpp_str day_text(struct qpp_arena *a, bool has, qpp_day d)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 20);
	if (has)
		qpp_buf_day(&b, d);
	return qpp_buf_done(&b);
}

static void whole_year(struct qpp_arena *a, qpp_py py, struct qpp_str *start, struct qpp_str *end)
{
	const char *year = C(a, qpp_i64_text(a, py.v));
	*start = CAT(a, year, "-01-01");
	*end = CAT(a, year, "-12-31");
}

static struct qpp_str count_text(struct qpp_arena *a, const struct qpp_count *c)
{
	return c->given ? qpp_i64_text(a, c->v) : QPP_LIT("");
}

static struct qpp_str number_text(struct qpp_arena *a, const struct qpp_number *x)
{
	return x->given ? qpp_dec_text_short(a, x->v, 0, 4) : QPP_LIT("");
}

static void rates(struct qpp_arena *a, const struct qpp_measure *measure, struct qpp_measure_form *m)
{
	bool multi = measure->metric == QPP_METRIC_MULTI || measure->metric == QPP_METRIC_REGISTRY_MULTI;
	size_t n = multi && measure->n_strata ? measure->n_strata : 1;
	struct qpp_rate_fields *v = QPP_NEW_ARRAY(a, n, struct qpp_rate_fields);
	for (size_t i = 0; i < n; i++) {
		v[i].stratum = multi && measure->n_strata ? measure->strata[i].name : QPP_LIT("");
		v[i].prefix = CAT(a, "r", C(a, qpp_i64_text(a, (int64_t)i)), "-").p;
	}
	m->rates.v = v;
	m->rates.n = n;
}

static struct qpp_rate_fields *rate_of(const struct qpp_measure_form *m, size_t i)
{
	return (struct qpp_rate_fields *)&m->rates.v[i];
}

static void fill_from_set(struct qpp_arena *a, const struct qpp_measurement_set *set, const struct qpp_measurement *x,
                          struct qpp_measure_form *m)
{
	m->method = qpp_str_of(qpp_method_name(set->method));
	m->program = set->program;
	m->cehrt = set->cehrt_id;
	m->start = day_text(a, set->has_start, set->start);
	m->end = day_text(a, set->has_end, set->end);
	m->numerator = number_text(a, &x->numerator);
	m->denominator = number_text(a, &x->denominator);
	m->instances = number_text(a, &x->observation_instances);
	for (size_t i = 0; i < m->rates.n; i++)
		for (size_t k = 0; k < x->n_rates; k++) {
			const struct qpp_rate_counts *r = &x->rates[k];
			struct qpp_rate_fields *f = rate_of(m, i);
			if (m->rates.n > 1 && !qpp_str_eq(r->stratum, f->stratum))
				continue;
			f->eligible = count_text(a, &r->eligible);
			f->met = count_text(a, &r->met);
			f->not_met = count_text(a, &r->not_met);
			f->exclusion = count_text(a, &r->exclusion);
			f->exception = count_text(a, &r->exception);
		}
}

static void fill_from_draft(struct qpp_arena *a, const struct making_draft *d, struct qpp_measure_form *m)
{
	m->method = making_value(d, QPP_LIT("method"));
	m->program = making_value(d, QPP_LIT("program"));
	m->cehrt = making_value(d, QPP_LIT("cehrt"));
	m->start = making_value(d, QPP_LIT("start"));
	m->end = making_value(d, QPP_LIT("end"));
	m->numerator = making_value(d, QPP_LIT("numerator"));
	m->denominator = making_value(d, QPP_LIT("denominator"));
	m->instances = making_value(d, QPP_LIT("instances"));
	for (size_t i = 0; i < m->rates.n; i++) {
		struct qpp_rate_fields *f = rate_of(m, i);
		f->eligible = making_value(d, CAT(a, f->prefix, "eligible"));
		f->met = making_value(d, CAT(a, f->prefix, "met"));
		f->not_met = making_value(d, CAT(a, f->prefix, "notMet"));
		f->exclusion = making_value(d, CAT(a, f->prefix, "exclusion"));
		f->exception = making_value(d, CAT(a, f->prefix, "exception"));
	}
}

static void choices(struct qpp_arena *a, const struct qpp_catalog *c, const struct qpp_measure *measure, struct qpp_measure_form *m)
{
	struct qpp_option_text *methods = QPP_NEW_ARRAY(a, QPP_METHODS, struct qpp_option_text);
	struct qpp_option_text *programs = QPP_NEW_ARRAY(a, c->n_mvps + 1, struct qpp_option_text);
	size_t n = 0;
	for (int k = QPP_REGISTRY; k <= QPP_EHR; k++)
		if (measure->methods & UINT32_C(1) << k)
			methods[n++] = (struct qpp_option_text){ qpp_str_of(qpp_method_name((enum qpp_method)k)), qpp_str_of(qpp_method_title((enum qpp_method)k)) };
	m->methods.v = methods;
	m->methods.n = n;
	n = 0;
	programs[n++] = (struct qpp_option_text){ QPP_LIT("mips"), QPP_LIT("Traditional MIPS") };
	for (size_t i = 0; i < c->n_mvps; i++)
		if (qpp_strs_has(c->mvps[i].quality, measure->id))
			programs[n++] = (struct qpp_option_text){ c->mvps[i].id, CAT(a, "MVP: ", C(a, c->mvps[i].title)) };
	m->programs.v = programs;
	m->programs.n = n;
}

static void draft_saved(struct qpp_portal *p, struct qpp_arena *a, const struct making_draft *d, struct qpp_str *out)
{
	if (d && d->saved.us)
		*out = qpp_eastern(a, p->zone, d->saved);
}

enum qpp_code making_measure(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str measure_id, const struct making_draft *d,
                             struct qpp_measure_form *m, struct qpp_err *err)
{
	struct begun b;
	struct qpp_arena *a = call->arena;
	const struct qpp_measurement_set *set;
	enum qpp_code code = begin(p, call, m->submission_id, &b, &m->subject, &m->window, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_measure *measure = qpp_catalog_measure(b.catalog, measure_id);
	if (!measure || measure->category != QPP_QUALITY)
		return qpp_not_found(err, "measure");
	m->id = measure->id;
	m->title = measure->title;
	m->says = says(a, measure);
	m->action = CAT(a, "/submissions/", C(a, m->submission_id), "/quality/", C(a, measure->id));
	m->kind = !entered_by_people(measure) ? QPP_ENTRY_NOT : measure->metric == QPP_METRIC_NON_PROPORTION ? QPP_ENTRY_NON_PROPORTION : QPP_ENTRY_RATES;
	choices(a, b.catalog, measure, m);
	if (m->kind == QPP_ENTRY_RATES)
		rates(a, measure, m);
	whole_year(a, b.seen.row.who.py, &m->start, &m->end);
	const struct qpp_measurement *x = filed(&b, measure->id, QPP_METHOD_NONE, &set);
	if (d)
		fill_from_draft(a, d, m);
	else if (x)
		fill_from_set(a, set, x, m);
	draft_saved(p, a, d, &m->draft_saved);
	return QPP_OK;
}

/* ---- improvement activities ---- */

static bool chosen(const struct begun *b, const struct making_draft *d, struct qpp_str id)
{
	const struct qpp_measurement_set *set;
	if (!d) {
		const struct qpp_measurement *x = filed(b, id, QPP_METHOD_NONE, &set);
		return x && x->yes;
	}
	for (size_t i = 0; i < d->form.n; i++)
		if (qpp_str_is(d->form.v[i].name, "activity") && qpp_str_eq(d->form.v[i].value, id))
			return true;
	return false;
}

static struct qpp_str weight_words(enum qpp_ia_weight w)
{
	return w == QPP_IA_HIGH ? QPP_LIT("high weight") : w == QPP_IA_MEDIUM ? QPP_LIT("medium weight") : QPP_LIT("");
}

/* The period of the set of a category that is filed, or the whole year. */
static void period(struct qpp_arena *a, const struct begun *b, enum qpp_category category, const struct making_draft *d,
                   struct qpp_str *start, struct qpp_str *end, struct qpp_str *cehrt)
{
	whole_year(a, b->seen.row.who.py, start, end);
	for (size_t i = 0; i < b->seen.n_sets; i++) {
		const struct qpp_measurement_set *s = &b->seen.sets[i].whole.sets[0];
		if (s->category == category && qpp_str_eq(b->seen.sets[i].row.submitter_id, b->submitter)) {
			*start = day_text(a, s->has_start, s->start);
			*end = day_text(a, s->has_end, s->end);
			*cehrt = s->cehrt_id;
		}
	}
	if (d) {
		*start = making_value(d, QPP_LIT("start"));
		*end = making_value(d, QPP_LIT("end"));
		*cehrt = making_value(d, QPP_LIT("cehrt"));
	}
}

/* The subcategories or objectives of a category, in the order of the catalog. */
static size_t headings(struct qpp_arena *a, const struct qpp_catalog *c, enum qpp_category category, struct qpp_str **out)
{
	size_t n = 0;
	*out = QPP_NEW_ARRAY(a, c->n_measures + 1, struct qpp_str);
	for (size_t i = 0; i < c->n_measures; i++) {
		const struct qpp_measure *x = &c->measures[i];
		struct qpp_str heading = category == QPP_IA ? x->subcategory : x->objective;
		size_t k = 0;
		if (x->category != category)
			continue;
		while (k < n && !qpp_str_eq((*out)[k], heading))
			k++;
		if (k == n)
			(*out)[n++] = heading;
	}
	return n;
}

static struct qpp_str heading_words(struct qpp_arena *a, struct qpp_str heading)
{
	return heading.n ? portal_capital(a, qpp_plain_words(a, heading)) : QPP_LIT("Other");
}

enum qpp_code making_activities(struct qpp_portal *p, const struct qpp_call *call, const struct making_draft *d,
                                struct qpp_activities_form *m, struct qpp_err *err)
{
	struct begun b;
	struct qpp_arena *a = call->arena;
	struct qpp_str *heads, none;
	enum qpp_code code = begin(p, call, m->submission_id, &b, &m->subject, &m->window, err);
	if (code != QPP_OK)
		return code;
	size_t n = headings(a, b.catalog, QPP_IA, &heads);
	struct qpp_activity_group *groups = QPP_NEW_ARRAY(a, n + 1, struct qpp_activity_group);
	for (size_t g = 0; g < n; g++) {
		QPP_VEC(struct qpp_activity_line) v = { 0 };
		for (size_t i = 0; i < b.catalog->n_measures; i++) {
			const struct qpp_measure *x = &b.catalog->measures[i];
			if (x->category != QPP_IA || !qpp_str_eq(x->subcategory, heads[g]))
				continue;
			bool yes = chosen(&b, d, x->id);
			m->chosen += yes;
			*QPP_PUSH(a, &v) = (struct qpp_activity_line){ x->id, x->title, weight_words(x->ia_weight), yes };
		}
		groups[g].title = heading_words(a, heads[g]);
		groups[g].v.v = v.v;
		groups[g].v.n = v.n;
	}
	m->groups.v = groups;
	m->groups.n = n;
	period(a, &b, QPP_IA, d, &m->start, &m->end, &none);
	draft_saved(p, a, d, &m->draft_saved);
	return QPP_OK;
}

/* ---- promoting interoperability ---- */

static void exclusions(struct qpp_arena *a, const struct begun *b, const struct qpp_measure *x, struct qpp_pi_line *out)
{
	struct qpp_option_text *v = QPP_NEW_ARRAY(a, x->exclusions.n + 1, struct qpp_option_text);
	const struct qpp_measurement_set *set;
	for (size_t i = 0; i < x->exclusions.n; i++) {
		const struct qpp_measure *e = qpp_catalog_measure(b->catalog, x->exclusions.v[i]);
		const struct qpp_measurement *filed_one = filed(b, x->exclusions.v[i], QPP_METHOD_NONE, &set);
		v[i] = (struct qpp_option_text){ x->exclusions.v[i], e ? e->title : x->exclusions.v[i] };
		if (filed_one && filed_one->yes)
			out->exclusion = x->exclusions.v[i];
	}
	out->exclusions.v = v;
	out->exclusions.n = x->exclusions.n;
}

static bool is_exclusion(const struct qpp_catalog *c, struct qpp_str id)
{
	for (size_t i = 0; i < c->n_measures; i++)
		if (c->measures[i].category == QPP_PI && qpp_strs_has(c->measures[i].exclusions, id))
			return true;
	return false;
}

static struct qpp_pi_line pi_line(struct qpp_arena *a, const struct begun *b, const struct qpp_measure *x, const struct making_draft *d)
{
	struct qpp_pi_line l = { .id = x->id, .title = x->title, .field = x->id, .counts = x->metric == QPP_METRIC_PROPORTION, .required = x->required };
	const struct qpp_measurement_set *set;
	const struct qpp_measurement *m = filed(b, x->id, QPP_METHOD_NONE, &set);
	const char *id = C(a, x->id);
	exclusions(a, b, x, &l);
	if (d) {
		l.numerator = making_value(d, CAT(a, id, "-numerator"));
		l.denominator = making_value(d, CAT(a, id, "-denominator"));
		l.answer = making_value(d, CAT(a, id, "-answer"));
		l.exclusion = making_value(d, CAT(a, id, "-exclusion"));
	} else if (m) {
		l.numerator = number_text(a, &m->numerator);
		l.denominator = number_text(a, &m->denominator);
		l.answer = l.counts ? QPP_LIT("") : m->yes ? QPP_LIT("yes") : QPP_LIT("no");
	}
	return l;
}

enum qpp_code making_pi(struct qpp_portal *p, const struct qpp_call *call, const struct making_draft *d, struct qpp_pi_form *m,
                        struct qpp_err *err)
{
	struct begun b;
	struct qpp_arena *a = call->arena;
	struct qpp_str *heads;
	enum qpp_code code = begin(p, call, m->submission_id, &b, &m->subject, &m->window, err);
	if (code != QPP_OK)
		return code;
	size_t n = headings(a, b.catalog, QPP_PI, &heads), kept = 0;
	struct qpp_pi_group *groups = QPP_NEW_ARRAY(a, n + 1, struct qpp_pi_group);
	for (size_t g = 0; g < n; g++) {
		QPP_VEC(struct qpp_pi_line) v = { 0 };
		for (size_t i = 0; i < b.catalog->n_measures; i++) {
			const struct qpp_measure *x = &b.catalog->measures[i];
			if (x->category == QPP_PI && qpp_str_eq(x->objective, heads[g]) && !is_exclusion(b.catalog, x->id))
				*QPP_PUSH(a, &v) = pi_line(a, &b, x, d);
		}
		if (!v.n)
			continue;
		groups[kept].title = heading_words(a, heads[g]);
		groups[kept].v.v = v.v;
		groups[kept++].v.n = v.n;
	}
	m->groups.v = groups;
	m->groups.n = kept;
	period(a, &b, QPP_PI, d, &m->start, &m->end, &m->cehrt);
	draft_saved(p, a, d, &m->draft_saved);
	return QPP_OK;
}
