/*
 * R-414.1385(a)(2) and (5), (8) below: when a review may be asked for, until when an
 * answer must have arrived, how long documents are kept. The filer sees the
 * window and how much of it is left; the operator's job sees the due instant.
 */
#include "calc.h"
#include "qpp/review.h"

enum { HOUR = 3600, LAST_MONTH = 12, LAST_DAY = 31 };

static struct qpp_calc calc_of(const struct qpp_request *q)
{
	return (struct qpp_calc){ .rules = q->rules, .arena = q->arena };
}

static int whole(struct qpp_calc *c, struct qpp_num x)
{
	int64_t v = 0;
	if (c->code == QPP_OK && !qpp_dec_i64(x.v, &v))
		qpp_calc_fail(c, QPP_BUG, "a rule on targeted review holds no whole number");
	return (int)v;
}

/* A published instant; absent where the year has none. */
static struct qpp_moment published(const struct qpp_rules *rules, enum qpp_rule_param p)
{
	const struct qpp_param_row *row = rules->params[p];
	struct qpp_moment m = { 0 };
	if (row && row->status != QPP_RULE_NONE)
		m.has = qpp_instant_parse(row->value.text, &m.at, NULL);
	return m;
}

static qpp_instant closing_of(struct qpp_calc *c, const struct qpp_zone *zone, qpp_day day)
{
	int hour = whole(c, qpp_param(c, QPP_P_review_closing_hour));
	return qpp_zone_instant(zone, day, hour * HOUR);
}

static void later(struct qpp_moment *m, struct qpp_moment other)
{
	if (other.has && (!m->has || other.at.v > m->at.v))
		*m = other;
}

static void earlier(struct qpp_moment *m, struct qpp_moment other)
{
	if (other.has && (!m->has || other.at.v < m->at.v))
		*m = other;
}

/* The first release that opens the window; factors are never out without the scores they are made of. */
static struct qpp_moment opened_by(const struct qpp_review_window *w, const struct qpp_review_known *known)
{
	struct qpp_moment m = known->factors;
	if (qpp_str_is(w->opens_with, "scores"))
		earlier(&m, known->scores);
	return m;
}

static void find_opening(struct qpp_calc *c, const struct qpp_review_known *known, struct qpp_review_window *w, bool *checked)
{
	const struct qpp_param_row *row = c->rules->params[QPP_P_review_opens];
	*checked = true;
	w->opens = opened_by(w, known);
	w->by_release = w->opens.has;
	if (w->opens.has)
		return;
	w->opens = published(c->rules, QPP_P_review_opens);
	if (w->opens.has && row->status == QPP_RULE_READING)
		*checked = qpp_reading(c, QPP_R_review_opening) == 0;
}

static void find_closing(struct qpp_calc *c, const struct qpp_zone *zone, const struct qpp_review_known *known,
                         struct qpp_str closes, struct qpp_review_window *w)
{
	w->closes = published(c->rules, QPP_P_review_closes);
	if (known->factors.has && qpp_str_is(closes, "factors")) {
		qpp_day day = qpp_zone_day(zone, known->factors.at);
		later(&w->closes, (struct qpp_moment){ true, closing_of(c, zone, (qpp_day){ day.v + w->days }) });
	}
	int64_t before = w->closes.at.v;
	bool had = w->closes.has;
	later(&w->closes, known->extended);
	w->extended = known->extended.has && (!had || w->closes.at.v != before);
}

static void judge(struct qpp_review_window *w, qpp_instant at, bool opening_checked)
{
	w->margin = w->closes.has ? w->closes.at.v - at.v : 0;
	if (w->closes.has && w->margin < 0)
		w->state = QPP_WINDOW_OVER;
	else if (opening_checked && (!w->opens.has || at.v < w->opens.at.v))
		w->state = QPP_WINDOW_NOT_OPEN;
	else
		w->state = QPP_WINDOW_OPEN;
}

enum qpp_code qpp_review_window(const struct qpp_request *q, const struct qpp_zone *zone, const struct qpp_review_known *known,
                                qpp_instant at, struct qpp_review_window *out, struct qpp_err *err)
{
	struct qpp_calc c = calc_of(q);
	bool checked = true;
	*out = (struct qpp_review_window){ 0 };
	const struct qpp_table_row *row = qpp_row_needed(&c, QPP_T_review_windows, QPP_KEYS({ -1, { NULL, 0 } }));
	if (c.code != QPP_OK)
		return qpp_calc_code(&c, err);
	out->opens_with = qpp_cell_word(row, QPP_C_review_windows_opens_with);
	out->days = whole(&c, qpp_cell_num(&c, QPP_T_review_windows, row, QPP_C_review_windows_days));
	out->cite = qpp_cell_word(row, QPP_C_review_windows_cite);
	find_opening(&c, known, out, &checked);
	find_closing(&c, zone, known, qpp_cell_word(row, QPP_C_review_windows_closes), out);
	judge(out, at, checked);
	return qpp_calc_code(&c, err);
}

struct qpp_review_window qpp_review_campaign_window(const struct qpp_review_campaign *k, struct qpp_moment extended, qpp_instant at)
{
	struct qpp_review_window w = { .opens = k->opens, .closes = k->closes, .cite = k->cite };
	later(&w.closes, extended);
	w.extended = extended.has && (!k->closes.has || w.closes.at.v != k->closes.at.v);
	judge(&w, at, k->opens.has);
	return w;
}

/* R-414.1385(a)(5): so many whole days behind the Eastern day it was asked. */
enum qpp_code qpp_review_due(const struct qpp_request *q, const struct qpp_zone *zone, qpp_instant asked,
                             struct qpp_review_due *out, struct qpp_err *err)
{
	struct qpp_calc c = calc_of(q);
	struct qpp_str text = qpp_reading(&c, QPP_R_review_reply_transition) == 0 ? QPP_LIT("earlier") : QPP_LIT("newer");
	const struct qpp_table_row *row = qpp_row_needed(&c, QPP_T_review_reply, QPP_KEYS({ QPP_C_review_reply_text, text }));
	*out = (struct qpp_review_due){ 0 };
	if (c.code != QPP_OK)
		return qpp_calc_code(&c, err);
	out->days = whole(&c, qpp_cell_num(&c, QPP_T_review_reply, row, QPP_C_review_reply_days));
	qpp_day last = { qpp_zone_day(zone, asked).v + out->days };
	if (qpp_reading(&c, QPP_R_review_reply_hour) == 0)
		out->due.v = qpp_zone_instant(zone, (qpp_day){ last.v + 1 }, 0).v - 1;
	else
		out->due = closing_of(&c, zone, last);
	out->may_close = qpp_str_is(qpp_param_word(&c, QPP_P_review_silence), "close");
	return qpp_calc_code(&c, err);
}

/* R-414.1385(a)(8) */
enum qpp_code qpp_review_keep_until(const struct qpp_request *q, qpp_day *out, struct qpp_err *err)
{
	struct qpp_calc c = calc_of(q);
	int years = whole(&c, qpp_param(&c, QPP_P_review_retention_years));
	if (c.code == QPP_OK && !qpp_day_of(qpp_rules_py(q->rules).v + years, LAST_MONTH, LAST_DAY, out))
		qpp_calc_fail(&c, QPP_BUG, "the performance period has no last day");
	return qpp_calc_code(&c, err);
}
