/* Givens of a case as values, and what it expects against what came out; see case_run.h. */
#include "case_run.h"

#include <stdarg.h>

void case_says(struct case_run *r, const char *first, ...)
{
	va_list ap;
	va_start(ap, first);
	for (const char *s = first; s; s = va_arg(ap, const char *))
		qpp_buf_cat(&r->says, s, (char *)NULL);
	va_end(ap);
	qpp_buf_char(&r->says, '\n');
}

/* A text with its end, for the lists of case_says(). */
static const char *text(struct case_run *r, struct qpp_str s)
{
	return qpp_str_dup(r->arena, s).p;
}

static const struct qpp_pair *find(const struct qpp_pair *v, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (qpp_str_is(v[i].name, name))
			return &v[i];
	return NULL;
}

bool case_given(struct case_run *r, const char *name, struct qpp_str *value)
{
	const struct qpp_pair *p = find(r->is->given, r->is->n_given, name);
	if (!p)
		return false;
	r->looked_at[p - r->is->given] = true;
	*value = p->value;
	return true;
}

bool case_gives(struct case_run *r, const char *name)
{
	return find(r->is->given, r->is->n_given, name) != NULL;
}

bool case_expects(const struct case_run *r, const char *name)
{
	return find(r->is->expect, r->is->n_expect, name) != NULL;
}

static void not_a(struct case_run *r, const char *name, struct qpp_str value, const char *what)
{
	case_says(r, "the given `", name, "` is ", text(r, value), ", not ", what, (char *)NULL);
}

void case_number(struct case_run *r, const char *name, struct qpp_number *out)
{
	struct qpp_str value;
	*out = (struct qpp_number){ 0 };
	if (!case_given(r, name, &value))
		return;
	out->given = qpp_dec_parse(value, &out->v);
	if (!out->given)
		not_a(r, name, value, "a number");
}

void case_tri(struct case_run *r, const char *name, enum qpp_tri *out)
{
	struct qpp_str value;
	if (!case_given(r, name, &value))
		return;
	*out = qpp_str_is(value, "yes") ? QPP_YES : qpp_str_is(value, "no") ? QPP_NO : QPP_UNKNOWN;
	if (*out == QPP_UNKNOWN)
		not_a(r, name, value, "yes or no");
}

struct qpp_str case_word(struct case_run *r, const char *name)
{
	struct qpp_str value = { NULL, 0 };
	(void)case_given(r, name, &value);
	return value;
}

size_t case_numbers(struct case_run *r, const char *name, qpp_dec out[CASE_MOST_VALUES])
{
	struct qpp_str rest, word;
	size_t n = 0;
	if (!case_given(r, name, &rest))
		return 0;
	struct qpp_str value = rest;
	while (qpp_str_word(&rest, &word)) {
		if (n == CASE_MOST_VALUES || !qpp_dec_parse(word, &out[n])) {
			not_a(r, name, value, "a list of numbers");
			return n;
		}
		n++;
	}
	return n;
}

uint32_t case_missing(struct case_run *r)
{
	struct qpp_str rest, part;
	uint32_t missing = 0;
	if (!case_given(r, "missing", &rest) || qpp_str_is(rest, "none"))
		return 0;
	struct qpp_str value = rest;
	while (qpp_str_cut(&rest, ',', &part)) {
		enum qpp_category category;
		if (qpp_category_of(qpp_str_trim(part), &category))
			missing |= 1u << category;
		else
			not_a(r, "missing", value, "a list of categories");
	}
	return missing;
}

void case_answer(struct case_run *r, const char *name, struct qpp_str answer)
{
	*QPP_PUSH(r->arena, &r->answers) = (struct case_answer){ name, answer };
}

void case_answer_value(struct case_run *r, const char *name, enum qpp_unit unit, struct qpp_value v)
{
	if (v.has)
		case_answer(r, name, qpp_unit_text(r->arena, unit, v.v));
}

void case_answer_adjustment(struct case_run *r, const struct qpp_adjustment *a)
{
	case_answer(r, "band", qpp_str_of(qpp_band_name(a->band)));
	case_answer_value(r, "factor", QPP_UNIT_FACTOR, a->factor);
	case_answer_value(r, "additional", QPP_UNIT_FACTOR, a->additional);
	case_answer_value(r, "total", QPP_UNIT_FACTOR, a->total);
}

/* Two printed answers: word for word the same text, or the same number ("75" for "75.00"). */
static bool same(struct qpp_str expected, struct qpp_str got)
{
	struct qpp_str a, b;
	for (;;) {
		bool more_a = qpp_str_word(&expected, &a), more_b = qpp_str_word(&got, &b);
		qpp_dec x, y;
		if (!more_a || !more_b)
			return more_a == more_b;
		if (!qpp_str_eq(a, b) && !(qpp_dec_parse(a, &x) && qpp_dec_parse(b, &y) && qpp_dec_eq(x, y)))
			return false;
	}
}

/* "pi/PI_EP_1/pi.measure.points": the fact behind the last slash, the subject before it. */
static void split_subject(struct qpp_str name, struct qpp_str *subject, struct qpp_str *fact)
{
	size_t at = name.n;
	while (at > 0 && name.p[at - 1] != '/')
		at--;
	*fact = (struct qpp_str){ name.p + at, name.n - at };
	*subject = (struct qpp_str){ name.p, at ? at - 1 : 0 };
}

/* The last fact of that name, as printed. Facts of several subjects are told apart by naming one. */
static bool in_trace(struct case_run *r, struct qpp_str name, struct qpp_str *got)
{
	struct qpp_str subject, fact;
	const struct qpp_fact *found = NULL;
	split_subject(name, &subject, &fact);
	for (size_t i = 1; i < r->trace.facts.n; i++) {
		const struct qpp_fact *f = &r->trace.facts.v[i];
		const struct qpp_fact_def *def = qpp_fact_def(f->id);
		if (!qpp_str_is(fact, def->name) || (subject.n && !qpp_str_eq(subject, f->subject)))
			continue;
		if (found && !qpp_str_eq(found->subject, f->subject)) {
			case_says(r, "`", text(r, name), "` is a fact of ", text(r, found->subject), " and of ", text(r, f->subject),
			          ": name one as SUBJECT/", def->name, (char *)NULL);
			return false;
		}
		found = f;
		*got = qpp_unit_text(r->arena, def->unit, f->value);
	}
	return found != NULL;
}

static void compare(struct case_run *r, const struct qpp_pair *expected)
{
	struct qpp_str got = { NULL, 0 };
	bool has = false;
	for (size_t i = 0; i < r->answers.n && !has; i++) {
		has = qpp_str_is(expected->name, r->answers.v[i].name);
		got = r->answers.v[i].text;
	}
	if (!has)
		has = in_trace(r, expected->name, &got);
	if (!has && qpp_str_is(expected->value, "none"))
		return;
	if (!has)
		case_says(r, "expected ", text(r, expected->name), " ", text(r, expected->value), ", got no such answer", (char *)NULL);
	else if (!same(expected->value, got))
		case_says(r, "expected ", text(r, expected->name), " ", text(r, expected->value), ", got ", text(r, got), (char *)NULL);
}

void case_compare(struct case_run *r, enum qpp_code code)
{
	const struct qpp_pair *refused = find(r->is->expect, r->is->n_expect, "refused");
	for (size_t i = 0; i < r->is->n_given; i++)
		if (!r->looked_at[i])
			case_says(r, "the given `", text(r, r->is->given[i].name), "` says nothing to this question", (char *)NULL);
	if (refused) {
		if (!qpp_str_is(refused->value, qpp_code_name(code)))
			case_says(r, "expected refused ", text(r, refused->value), ", got ", qpp_code_name(code), (char *)NULL);
		if (r->is->n_expect > 1)
			case_says(r, "a refused question has no other answers", (char *)NULL);
	} else if (code != QPP_OK && !(r->says.n && !*r->err.primary)) {
		/* Unless the question was not even put, which was told. */
		case_says(r, "expected an answer, got ", qpp_code_name(code), ": ", r->err.primary,
		          *r->err.detail ? ": " : "", r->err.detail, (char *)NULL);
	} else if (code == QPP_OK) {
		for (size_t i = 0; i < r->is->n_expect; i++)
			compare(r, &r->is->expect[i]);
	}
}
