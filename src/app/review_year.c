/*
 * A year's window as it stands: the rules of the year, what the service has
 * released, and what an operator has changed. Everybody may see it.
 */
#include "app/eastern.h"
#include "app/review_int.h"

/* --- rules --- */

enum qpp_code review_rules(struct qpp_reviewing *r, qpp_py py, struct qpp_request *out, struct qpp_err *err)
{
	const struct qpp_years *years = r->reviews->service->years;
	*out = (struct qpp_request){ .arena = r->call.arena, .rules = qpp_years_bound(years, py) };
	if (out->rules)
		return QPP_OK;
	return qpp_rules_bind(r->call.arena, qpp_years_rules(years), py, NULL, 0, &out->rules, err);
}

/* --- what happened --- */

static struct qpp_moment moment_of(qpp_time t)
{
	return (struct qpp_moment){ t.us != 0, qpp_time_instant(t) };
}

static enum qpp_code released(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_review_known *known,
                              struct qpp_err *err)
{
	qpp_time scores = { 0 }, factors = { 0 };
	const struct qpp_release_port *port = r->reviews->releases;
	enum qpp_code code = port ? port->first(port, tx, py, &scores, &factors, err) : QPP_OK;
	known->scores = moment_of(scores);
	known->factors = moment_of(factors);
	return code;
}

/* The latest end that an operator set; the rows are few: one for each time somebody moved a deadline. */
static struct qpp_moment extended(const struct qpp_review_extension_row_rows *rows, struct qpp_str campaign)
{
	struct qpp_moment m = { 0 };
	for (size_t i = 0; i < rows->n; i++) {
		const struct qpp_review_extension_row *x = &rows->v[i];
		struct qpp_moment end = moment_of(x->closes);
		if (!x->levels.n && qpp_str_eq(x->campaign, campaign) && (!m.has || end.at.v > m.at.v))
			m = end;
	}
	return m;
}

static struct qpp_review_campaign made(const struct qpp_review_extension_row *x)
{
	return (struct qpp_review_campaign){ .name = x->campaign, .says = x->says, .levels = x->levels, .opens = moment_of(x->opens),
		                                 .closes = moment_of(x->closes), .cite = QPP_LIT("414.1385(a)(2)") };
}

struct state {
	struct qpp_request rules;
	struct qpp_review_known known;
	struct qpp_review_extension_row_rows extensions;
	const struct qpp_review_campaign *campaigns;         /* of the rules */
	size_t n_campaigns;
};

static enum qpp_code look(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct state *s, struct qpp_err *err)
{
	*s = (struct state){ 0 };
	enum qpp_code code = review_rules(r, py, &s->rules, err);
	if (code == QPP_OK)
		code = released(r, tx, py, &s->known, err);
	if (code == QPP_OK)
		code = qpp_store_review_extension_of(tx, py, &s->extensions, err);
	if (code == QPP_OK)
		code = qpp_review_campaigns(&s->rules, &s->campaigns, &s->n_campaigns, err);
	s->known.extended = extended(&s->extensions, QPP_LIT(""));
	return code;
}

static bool campaign_of(const struct state *s, struct qpp_str reason, struct qpp_review_campaign *out)
{
	for (size_t i = 0; i < s->n_campaigns; i++)
		if (qpp_str_eq(s->campaigns[i].name, reason)) {
			*out = s->campaigns[i];
			return true;
		}
	for (size_t i = 0; i < s->extensions.n; i++)
		if (s->extensions.v[i].levels.n && qpp_str_eq(s->extensions.v[i].campaign, reason)) {
			*out = made(&s->extensions.v[i]);
			return true;
		}
	return false;
}

enum qpp_code review_campaign(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_str reason,
                              struct qpp_review_campaign *out, bool *found, struct qpp_err *err)
{
	struct state s;
	enum qpp_code code = look(r, tx, py, &s, err);
	*found = code == QPP_OK && campaign_of(&s, reason, out);
	return code;
}

static struct qpp_review_reason reason_of(const struct qpp_review_campaign *c)
{
	return (struct qpp_review_reason){ .name = c->name, .category = QPP_LIT("campaign"), .scope = QPP_REVIEW_OF_ADJUSTMENT,
		                               .touches = QPP_LIT("all"), .fact = QPP_LIT("reweight"), .says = c->says,
		                               .evidence = QPP_LIT("What happened, and from when to when"), .cite = c->cite };
}

enum qpp_code review_reason(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_str name, struct qpp_review_reason *out,
                            struct qpp_err *err)
{
	struct state s;
	struct qpp_review_campaign c;
	enum qpp_code code = look(r, tx, py, &s, err);
	if (code == QPP_OK)
		code = qpp_review_reason_find(&s.rules, name, out, err);
	if (code != QPP_NOT_FOUND || !campaign_of(&s, name, &c))
		return code;
	*out = reason_of(&c);
	return QPP_OK;
}

enum qpp_code review_window(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_str reason, qpp_time at,
                            struct qpp_review_window *out, struct qpp_err *err)
{
	struct state s;
	struct qpp_review_campaign c;
	enum qpp_code code = look(r, tx, py, &s, err);
	if (code != QPP_OK)
		return code;
	if (reason.n && campaign_of(&s, reason, &c)) {
		*out = qpp_review_campaign_window(&c, extended(&s.extensions, c.name), qpp_time_instant(at));
		return QPP_OK;
	}
	return qpp_review_window(&s.rules, r->reviews->eastern, &s.known, qpp_time_instant(at), out, err);
}

struct qpp_str review_until(struct qpp_reviewing *r, const struct qpp_review_window *w)
{
	struct qpp_arena *a = r->call.arena;
	if (w->closes.has)
		return qpp_str_cat(a, "until ", qpp_eastern_exact(a, r->reviews->eastern, qpp_time_of_instant(w->closes.at)).p, (char *)NULL);
	return qpp_str_cat(a, "until ", qpp_i64_text(a, w->days).p, " days after the adjustment factors are released", (char *)NULL);
}

/* --- for the landing page --- */

static void put_campaign(struct qpp_reviewing *r, const struct state *s, const struct qpp_review_campaign *c, bool by_operator,
                         struct qpp_review_year *out)
{
	struct qpp_review_campaign_now *x = &out->campaigns[out->n_campaigns++];
	x->is = *c;
	x->by_operator = by_operator;
	x->window = qpp_review_campaign_window(c, extended(&s->extensions, c->name), qpp_time_instant(r->at));
}

static void put_campaigns(struct qpp_reviewing *r, const struct state *s, struct qpp_review_year *out)
{
	out->campaigns = QPP_NEW_ARRAY(r->call.arena, s->n_campaigns + s->extensions.n + 1, struct qpp_review_campaign_now);
	for (size_t i = 0; i < s->n_campaigns; i++)
		put_campaign(r, s, &s->campaigns[i], false, out);
	for (size_t i = 0; i < s->extensions.n; i++)
		if (s->extensions.v[i].levels.n) {
			struct qpp_review_campaign c = made(&s->extensions.v[i]);
			put_campaign(r, s, &c, true, out);
		}
}

static const struct qpp_review_campaign_now *now_of(const struct qpp_review_year *y, struct qpp_str name)
{
	for (size_t i = 0; i < y->n_campaigns; i++)
		if (qpp_str_eq(y->campaigns[i].is.name, name))
			return &y->campaigns[i];
	return NULL;
}

/* Reasons of campaigns that are not open are left out: nobody can file them. */
static enum qpp_code put_reasons(struct qpp_reviewing *r, const struct state *s, struct qpp_review_year *out, struct qpp_err *err)
{
	const struct qpp_review_reason *all;
	size_t n = 0;
	enum qpp_code code = qpp_review_reasons(&s->rules, &all, &n, err);
	if (code != QPP_OK)
		return code;
	struct qpp_review_reason *v = QPP_NEW_ARRAY(r->call.arena, n + out->n_campaigns + 1, struct qpp_review_reason);
	for (size_t i = 0; i < n; i++) {
		const struct qpp_review_campaign_now *c = now_of(out, all[i].name);
		if (!c || c->window.state == QPP_WINDOW_OPEN)
			v[out->n_reasons++] = all[i];
	}
	for (size_t i = 0; i < out->n_campaigns; i++)
		if (out->campaigns[i].by_operator && out->campaigns[i].window.state == QPP_WINDOW_OPEN)
			v[out->n_reasons++] = reason_of(&out->campaigns[i].is);
	out->reasons = v;
	return QPP_OK;
}

static enum qpp_code put_rest(struct qpp_reviewing *r, const struct state *s, struct qpp_review_year *out, struct qpp_err *err)
{
	struct qpp_review_due due;
	enum qpp_code code = QPP_OK;
	for (enum qpp_entity e = QPP_INDIVIDUAL; code == QPP_OK && e < QPP_ENTITIES; e++)
		code = qpp_review_may_ask(&s->rules, e, &out->may_ask[e], err);
	if (code == QPP_OK)
		code = qpp_review_due(&s->rules, r->reviews->eastern, qpp_time_instant(r->at), &due, err);
	if (code != QPP_OK)
		return code;
	out->reply_days = due.days;
	code = qpp_review_keep_until(&s->rules, &out->keep_until, err);
	out->keeps = code == QPP_OK;
	return code == QPP_NO_RULE ? QPP_OK : code;
}

static enum qpp_code year_of(struct qpp_reviewing *r, struct qpp_tx *tx, qpp_py py, struct qpp_review_year *out, struct qpp_err *err)
{
	struct state s;
	*out = (struct qpp_review_year){ .py = py };
	enum qpp_code code = look(r, tx, py, &s, err);
	if (code == QPP_OK)
		code = qpp_review_window(&s.rules, r->reviews->eastern, &s.known, qpp_time_instant(r->at), &out->window, err);
	if (code != QPP_OK)
		return code;
	out->extensions = s.extensions.v;
	out->n_extensions = s.extensions.n;
	put_campaigns(r, &s, out);
	code = put_reasons(r, &s, out, err);
	return code == QPP_OK ? put_rest(r, &s, out, err) : code;
}

enum qpp_code qpp_review_year_get(struct qpp_reviewing *r, qpp_py py, struct qpp_review_year *out, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(r->reviews->service->store, r->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = year_of(r, tx, py, out, err);
	qpp_store_end(tx);
	return code;
}

enum qpp_code qpp_review_years(struct qpp_reviewing *r, struct qpp_review_year **out, size_t *n, struct qpp_err *err)
{
	const struct qpp_table *t = qpp_ruleset_table(qpp_years_rules(r->reviews->service->years), QPP_LIT("review_windows"));
	struct qpp_tx *tx;
	int first = 0, last = 0;
	for (size_t i = 0; t && i < t->n_rows; i++) {
		first = !first || t->rows[i].from < first ? t->rows[i].from : first;
		last = t->rows[i].to > last ? t->rows[i].to : last;
	}
	*n = 0;
	*out = QPP_NEW_ARRAY(r->call.arena, (size_t)(last - first) + 2, struct qpp_review_year);
	enum qpp_code code = qpp_store_begin(r->reviews->service->store, r->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	for (int py = last; code == QPP_OK && first && py >= first; py--)
		code = year_of(r, tx, (qpp_py){ py }, &(*out)[(*n)++], err);
	qpp_store_end(tx);
	return code;
}
