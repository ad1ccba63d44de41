/* What is done with feedback: two versions held against each other, and the adjustment applied to amounts that were paid. */
#include "adapt/portal/making_feedback.h"

#include "adapt/html/anchor.h"
#include "adapt/html/words.h"

/* ---- two versions ---- */

/* "quality/110/registry points" as "Quality, 110": what the sentence of the fact does not say. */
static struct qpp_str subject_of(struct qpp_arena *a, struct qpp_str path)
{
	struct qpp_str part;
	enum qpp_category category;
	size_t end = 0;
	while (end < path.n && path.p[end] != '/' && path.p[end] != ' ' && path.p[end] != '.')
		end++;
	/* A figure of the rules is named like "weights.quality". */
	if (end < path.n && path.p[end] == '.')
		return qpp_category_of((struct qpp_str){ path.p + end + 1, path.n - end - 1 }, &category) ? qpp_str_of(qpp_category_title(category)) : QPP_LIT("");
	if (!qpp_category_of((struct qpp_str){ path.p, end }, &category))
		return QPP_LIT("");
	const char *title = qpp_category_title(category);
	path = end < path.n && path.p[end] == '/' ? (struct qpp_str){ path.p + end + 1, path.n - end - 1 } : QPP_LIT("");
	if (!qpp_str_cut(&path, '/', &part) || !part.n || part.p[0] == ' ')
		return qpp_str_of(title);
	for (size_t i = 0; i < part.n; i++)
		if (part.p[i] == ' ')
			part.n = i;
	return CAT(a, title, ", ", C(a, part));
}

static void change_facts(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_changes *x, struct qpp_feedback_changes_view *m)
{
	struct qpp_change_fact *causes = QPP_NEW_ARRAY(a, x->n + 1, struct qpp_change_fact), *follows = QPP_NEW_ARRAY(a, x->n + 1, struct qpp_change_fact);
	for (size_t i = 0; i < x->n; i++) {
		const struct qpp_changed *c = &x->v[i];
		struct qpp_html h;
		qpp_html_init(&h, a);
		qpp_html_cite(&h, qpp_years_rules(p->service->years), "/rules/", c->rule);
		const struct qpp_change_fact f = { portal_capital(a, qpp_str_of(c->says)), subject_of(a, c->path), c->old, c->now, c->note, qpp_html_done(&h) };
		if (c->cause)
			causes[m->causes.n++] = f;
		else
			follows[m->follows.n++] = f;
	}
	m->causes.v = causes;
	m->follows.v = follows;
}

enum qpp_code making_feedback_changes(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s, struct qpp_str old_id,
                                      struct qpp_str now_id, struct qpp_feedback_changes_view *m, struct qpp_err *err)
{
	struct qpp_who who;
	struct qpp_feedback old, now;
	struct qpp_changes changes;
	*m = (struct qpp_feedback_changes_view){ .href = making_feedback_href(call->arena, s) };
	enum qpp_code code = making_feedback_who(call, s, &who, err);
	if (code == QPP_OK)
		code = qpp_feedback_see(call, &(struct qpp_feedback_ask){ .who = who, .version_id = old_id }, &old, err);
	if (code == QPP_OK)
		code = qpp_feedback_see(call, &(struct qpp_feedback_ask){ .who = who, .version_id = now_id }, &now, err);
	if (code != QPP_OK)
		return code;
	m->subject = making_feedback_subject(call->arena, &now);
	m->old = making_version(p, call->arena, old.shown);
	m->now = making_version(p, call->arena, now.shown);
	code = qpp_feedback_changes(call, &who, old.shown->id, now.shown->id, &changes, err);
	if (code == QPP_OK)
		change_facts(p, call->arena, &changes, m);
	if (code != QPP_CONFLICT)
		return code;
	m->no_detail = qpp_str_dup(call->arena, qpp_str_of(err->detail));
	return QPP_OK;
}

/* ---- claims ---- */

struct qpp_str making_pasted(struct qpp_arena *a, struct qpp_str s)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			qpp_buf_char(&b, s.p[i]);
	return qpp_buf_done(&b);
}

/* "1234.50" as "$1,234.50", with the minus of print. */
static struct qpp_str dollars(struct qpp_arena *a, qpp_cents v)
{
	enum { CENTS = 3, THREE = 3 };
	struct qpp_buf raw, b;
	qpp_buf_init(&raw, a, 64);
	qpp_buf_cents(&raw, v);
	struct qpp_str s = qpp_buf_done(&raw);
	bool minus = s.n && s.p[0] == '-';
	if (minus)
		s = (struct qpp_str){ s.p + 1, s.n - 1 };
	qpp_buf_init(&b, a, 64);
	qpp_buf_cat(&b, minus ? "\xE2\x88\x92$" : "$", (char *)NULL);
	for (size_t i = 0; i < s.n; i++) {
		size_t left = s.n - CENTS - i;
		if (i && i < s.n - CENTS && left % THREE == 0)
			qpp_buf_char(&b, ',');
		qpp_buf_char(&b, s.p[i]);
	}
	return qpp_buf_done(&b);
}

/* An amount as people copy it: "$1,234.50", " 1234.5 ". Commas stand before three digits, or it is none. */
static bool amount(struct qpp_arena *a, struct qpp_str s, qpp_cents *out)
{
	struct qpp_buf b;
	size_t digits = 0;
	bool comma = false, fraction = false;
	s = qpp_str_trim(s);
	if (s.n && s.p[0] == '$')
		s = qpp_str_trim((struct qpp_str){ s.p + 1, s.n - 1 });
	qpp_buf_init(&b, a, 64);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == ',' || c == '.') {
			if (fraction || !digits || (comma && digits != 3) || (c == ',' && !comma && digits > 3))
				return false;
			comma |= c == ',';
			fraction = c == '.';
			digits = 0;
			if (fraction)
				qpp_buf_char(&b, c);
			continue;
		}
		digits++;
		qpp_buf_char(&b, c);
	}
	if (!digits || (comma && !fraction && digits != 3) || b.full)
		return false;
	return qpp_cents_parse(qpp_buf_done(&b), out) && out->v >= 0;
}

enum { MOST_AMOUNTS = 200000, MOST_WRONG = 50 };

static struct qpp_str wrong_line(struct qpp_arena *a, size_t number, struct qpp_str line)
{
	return CAT(a, "Line ", C(a, qpp_i64_text(a, (int64_t)number)), ": \"", C(a, qpp_shown(a, line)), "\" is not an amount of dollars, like 1,234.50");
}

/* One amount a line; empty lines are none. */
static size_t amounts(struct qpp_arena *a, struct qpp_str text, qpp_cents **out, struct qpp_feedback_claims_view *m)
{
	QPP_VEC(struct qpp_str) wrong = { 0 };
	QPP_VEC(qpp_cents) v = { 0 };
	struct qpp_str line;
	size_t number = 0, left_out = 0;
	while (qpp_str_cut(&text, '\n', &line)) {
		qpp_cents cents;
		number++;
		line = qpp_str_trim(line);
		if (!line.n)
			continue;
		if (v.n < MOST_AMOUNTS && amount(a, line, &cents))
			*QPP_PUSH(a, &v) = cents;
		else if (wrong.n < MOST_WRONG)
			*QPP_PUSH(a, &wrong) = wrong_line(a, number, line);
		else
			left_out++;
	}
	if (left_out)
		*QPP_PUSH(a, &wrong) = CAT(a, "And ", C(a, qpp_i64_text(a, (int64_t)left_out)), " more lines");
	m->wrong.v = wrong.v;
	m->wrong.n = wrong.n;
	*out = v.v;
	return v.n;
}

static struct qpp_claim_line_view claim_line(struct qpp_arena *a, qpp_cents paid, const struct qpp_claim_result *r)
{
	return (struct qpp_claim_line_view){ dollars(a, paid), dollars(a, r->adjustment), dollars(a, r->after), dollars(a, r->sequestration),
		dollars(a, r->net) };
}

enum qpp_code making_feedback_claims(const struct qpp_call *call, const struct making_subject *s, struct qpp_str typed,
                                     struct qpp_feedback_claims_view *m, struct qpp_err *err)
{
	enum { HUNDRED_DOLLARS = 10000 };
	struct qpp_arena *a = call->arena;
	struct qpp_who who;
	struct qpp_feedback x;
	struct qpp_claims_impact impact;
	qpp_cents *paid;
	*m = (struct qpp_feedback_claims_view){ .href = making_feedback_href(a, s), .typed = typed,
		.payment_year = s->py.v + QPP_PAYMENT_YEARS_LATER };
	enum qpp_code code = making_feedback_who(call, s, &who, err);
	if (code == QPP_OK)
		code = qpp_feedback_see(call, &(struct qpp_feedback_ask){ .who = who }, &x, err);
	if (code != QPP_OK)
		return code;
	m->subject = making_feedback_subject(a, &x);
	m->no_factor = x.no_factor;
	size_t n = amounts(a, typed, &paid, m);
	if (!x.shown->factor.n || !x.shown->factor_released.us)
		return QPP_OK;
	code = qpp_feedback_claims(call, s->py, x.shown->factor, paid, n, &impact, err);
	if (code != QPP_OK)
		return code;
	m->factor = making_factor(a, x.shown->factor);
	m->hundred = claim_line(a, (qpp_cents){ HUNDRED_DOLLARS }, &impact.of_hundred);
	/* Totals of a list with a line that is no amount would not be those of the list. */
	if (m->wrong.n)
		return QPP_OK;
	m->lines = (int64_t)n;
	const struct qpp_claim_result sum = { .adjustment = impact.totals.adjustment, .after = impact.totals.after,
		.sequestration = impact.totals.sequestration, .net = impact.totals.net };
	m->total = claim_line(a, impact.totals.paid, &sum);
	return QPP_OK;
}
