/*
 * 414.1315(b): was the election sent within the window of its year? The window
 * is data of rules/calendar.md; everything is compared in universal time, and
 * told in Eastern time, in which the deadline was announced.
 */
#include "election_int.h"

struct window {
	qpp_instant opens, closes;
	int32_t summer, winter;          /* what Eastern time is away from universal time at its two ends */
};

static void no_instant(struct qpp_judging *j)
{
	qpp_calc_fail(&j->c, QPP_BUG, "a deadline of the rules is no instant");
}

static bool instant_of(struct qpp_judging *j, enum qpp_rule_param p, qpp_instant *out, int32_t *offset)
{
	struct qpp_str text = qpp_param_word(&j->c, p);
	if (j->c.code == QPP_OK && !qpp_instant_parse(text, out, offset))
		no_instant(j);
	return j->c.code == QPP_OK;
}

/* How far Eastern time is from universal time at `t`: the clocks go back once within the window. */
static bool eastern_offset(struct qpp_judging *j, qpp_instant t, int32_t *out)
{
	qpp_instant back, closes;
	int32_t summer, winter;
	if (!instant_of(j, QPP_P_eastern_standard_begins, &back, &summer) ||
	    !instant_of(j, QPP_P_election_closes, &closes, &winter))
		return false;
	*out = t.v < back.v ? summer : winter;
	return true;
}

static struct qpp_str instant_text(struct qpp_judging *j, qpp_instant t, int32_t offset)
{
	struct qpp_buf b;
	qpp_buf_init(&b, j->arena, 40);
	qpp_buf_instant(&b, t, offset);
	return qpp_buf_done(&b);
}

/* When the election was sent: as it was written, unless that was the time of another place than the East. */
static struct qpp_str sent_text(struct qpp_judging *j, const struct window *w)
{
	const struct qpp_election *e = j->election;
	int32_t offset = e->submitted_offset;
	if (offset != w->summer && offset != w->winter && !eastern_offset(j, e->submitted_at, &offset))
		return QPP_LIT("");
	return instant_text(j, e->submitted_at, offset);
}

/* The finding says when the election was sent, and within which window it should have been. */
static struct qpp_finding *outside(struct qpp_judging *j, const char *code, const struct window *w, const char *says)
{
	const struct qpp_election *e = j->election;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, code, e->submitted_where, says,
	                                       qpp_i64_text(j->arena, e->py.v).p, (char *)NULL);
	x->value = sent_text(j, w);
	x->expected = qpp_str_cat(j->arena, "from ", instant_text(j, w->opens, w->summer).p, " through ",
	                          instant_text(j, w->closes, w->winter).p, (char *)NULL);
	x->cite = QPP_LIT("414.1315(b)");
	return x;
}

/*
 * The year into whose window the election fell, another than its own; 0 when there is none. `*over` says whether
 * the year of the election had ended: the window of the year behind it, which closes with it, had closed.
 */
static int other_window(struct qpp_judging *j, bool *over)
{
	const struct qpp_election *e = j->election;
	const struct qpp_param *opens = j->c.rules->param_defs[QPP_P_election_opens];
	const struct qpp_param *closes = j->c.rules->param_defs[QPP_P_election_closes];
	int found = 0;
	*over = false;
	for (size_t i = 0; i < opens->n_rows; i++) {
		const struct qpp_param_row *first = &opens->rows[i], *last = qpp_param_row(closes, (qpp_py){ first->from });
		qpp_instant from, to;
		if (first->status == QPP_RULE_NONE || !last || last->status == QPP_RULE_NONE || first->from == e->py.v)
			continue;
		if (!qpp_instant_parse(first->value.text, &from, NULL) || !qpp_instant_parse(last->value.text, &to, NULL)) {
			no_instant(j);
			return 0;
		}
		if (e->submitted_at.v >= from.v && e->submitted_at.v <= to.v)
			found = first->from;
		*over = *over || (first->from > e->py.v && e->submitted_at.v > to.v);
	}
	return found;
}

/* R-414.1315(b): an election in the window of another year, or for a year that has passed. */
static void judge_year(struct qpp_judging *j, const struct window *w)
{
	bool over;
	int other = other_window(j, &over);
	/* Behind its own window and before the next one it is only late. */
	if (j->c.code != QPP_OK || (!other && !over))
		return;
	struct qpp_finding *x = outside(j, "wrongYear", w, other ? "the window that was open is not that of performance year "
	                                                          : "there is no election any more for performance year ");
	x->where = j->election->py_where;
	if (other)
		x->hint = qpp_str_cat(j->arena, "should performanceYear be ", qpp_i64_text(j->arena, other).p, "?", (char *)NULL);
}

/* Whether the opening day is to be looked at: it may be one that no bulletin we read has named. */
static bool opening_is_checked(struct qpp_judging *j)
{
	const struct qpp_param_row *row = j->c.rules->params[QPP_P_election_opens];
	return row->status != QPP_RULE_READING || qpp_reading(&j->c, QPP_R_election_opening) == 0;
}

/* R-414.1315(a)(1): once the year has begun, there is no changing. */
static void judge_change(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "changeDuringYear", e->changes_where,
		"a virtual group cannot be changed once its year has begun", (char *)NULL);
	x->value = qpp_shown(j->arena, e->changes);
	x->expected = QPP_LIT("a change before the window closes");
	x->hint = QPP_LIT("tell the agency what changed in the information of the election; who belongs to it stays as elected");
	x->cite = QPP_LIT("414.1315(a)(1)");
}

/* Without a time the window cannot be kept; one that could not be read was told by the reader. */
static void no_time(struct qpp_judging *j)
{
	if (j->election->submitted_refused)
		return;
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "memberMissing", j->election->where,
		"the election does not say when it was submitted", (char *)NULL);
	x->expected = QPP_LIT("submittedAt");
	x->hint = QPP_LIT("give submittedAt in the file, or the time on the command line");
	x->cite = QPP_LIT("414.1315(b)");
}

bool qpp_judge_misdated(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	const struct qpp_param_row *row = j->c.rules->params[QPP_P_election_opens];
	bool over;
	if ((row && row->status != QPP_RULE_NONE) || !e->has_submitted_at || !j->c.rules->param_defs[QPP_P_election_opens])
		return false;
	int other = other_window(j, &over);
	if (!other)
		return false;
	struct qpp_str year = qpp_i64_text(j->arena, other);
	struct qpp_finding *x = qpp_judge_find(j, QPP_ERROR, "wrongYear", e->py_where,
		"there are no virtual groups to elect for performance year ", qpp_i64_text(j->arena, e->py.v).p, (char *)NULL);
	x->value = qpp_i64_text(j->arena, e->py.v);
	x->expected = qpp_str_cat(j->arena, year.p, ", in whose window the election was sent", (char *)NULL);
	x->hint = qpp_str_cat(j->arena, "should performanceYear be ", year.p, "?", (char *)NULL);
	x->cite = QPP_LIT("414.1315(b)");
	return true;
}

void qpp_judge_time(struct qpp_judging *j)
{
	const struct qpp_election *e = j->election;
	struct window w;
	if (!instant_of(j, QPP_P_election_opens, &w.opens, &w.summer) ||
	    !instant_of(j, QPP_P_election_closes, &w.closes, &w.winter))
		return;
	if (!e->has_submitted_at) {
		no_time(j);
		return;
	}
	if (e->submitted_at.v < w.opens.v && opening_is_checked(j))
		outside(j, "notOpen", &w, "the window was not yet open for performance year ")->hint =
		    QPP_LIT("send the election again once the window is open");
	if (e->submitted_at.v > w.closes.v)
		outside(j, "late", &w, "the window had closed for performance year ")->hint =
		    QPP_LIT("virtual groups are elected anew for every year: the next window is in the fall");
	judge_year(j, &w);
	if (e->changes.n && e->submitted_at.v > w.closes.v)
		judge_change(j);
}

/* R-414.1315(c)(2): on which Eastern day the election was sent. */
bool qpp_judge_day(struct qpp_judging *j, qpp_day *out)
{
	int32_t offset;
	if (!j->election->has_submitted_at || !eastern_offset(j, j->election->submitted_at, &offset))
		return false;
	*out = qpp_instant_day(j->election->submitted_at, offset);
	return true;
}
