/*
 * Cases on targeted review: `requested` an instant, with what was released and extended by then; `review_level`;
 * `ground` of a denial; `reason`; `information_asked`; `standing` and `act`.
 */
#include "adapt/sys/zone.h"
#include "qpp/review.h"
#include "case_run.h"

static const struct qpp_zone *eastern(void)
{
	static struct qpp_arena arena = QPP_ARENA_INIT;
	static struct qpp_zone zone;
	struct qpp_err err;
	if (!zone.n && qpp_zone_load(&arena, "America/New_York", &zone, &err) != QPP_OK)
		world_bail_out("no Eastern time", err.primary);
	return &zone;
}

static struct qpp_moment moment(struct case_run *r, const char *name)
{
	struct qpp_moment m = { 0 };
	struct qpp_str value;
	if (!case_given(r, name, &value))
		return m;
	m.has = qpp_instant_parse(value, &m.at, NULL);
	if (!m.has)
		case_says(r, "the given `", name, "` is no instant", (char *)NULL);
	return m;
}

static struct qpp_str there(struct case_run *r, struct qpp_moment m)
{
	struct qpp_buf b;
	if (!m.has)
		return QPP_LIT("unknown");
	qpp_buf_init(&b, r->arena, 40);
	qpp_buf_instant(&b, m.at, qpp_zone_offset(eastern(), m.at));
	return qpp_buf_done(&b);
}

static struct qpp_str yes_no(bool b)
{
	return b ? QPP_LIT("yes") : QPP_LIT("no");
}

static enum qpp_code campaign_window(struct case_run *r, struct qpp_moment extended, qpp_instant at, struct qpp_review_window *w)
{
	const struct qpp_review_campaign *v;
	struct qpp_str name = case_word(r, "campaign");
	size_t n;
	enum qpp_code code = qpp_review_campaigns(&r->request, &v, &n, &r->err);
	for (size_t i = 0; code == QPP_OK && i < n; i++)
		if (qpp_str_eq(v[i].name, name)) {
			/* The extension of a case is of the year's window. */
			(void)extended;
			*w = qpp_review_campaign_window(&v[i], (struct qpp_moment){ 0 }, at);
			return QPP_OK;
		}
	case_says(r, "the year has no such campaign", (char *)NULL);
	return QPP_USAGE;
}

enum qpp_code case_ask_review(struct case_run *r)
{
	struct qpp_review_known known = { moment(r, "scores_released"), moment(r, "factors_released"), moment(r, "extended") };
	struct qpp_moment at = moment(r, "requested");
	struct qpp_review_window w;
	enum qpp_code code = case_gives(r, "campaign")
	    ? campaign_window(r, known.extended, at.at, &w)
	    : qpp_review_window(&r->request, eastern(), &known, at.at, &w, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "review", qpp_str_of(qpp_window_name(w.state)));
	case_answer(r, "closes", there(r, w.closes));
	if (w.closes.has)
		case_answer(r, "margin", qpp_i64_text(r->arena, w.margin));
	return code;
}

enum qpp_code case_ask_review_level(struct case_run *r)
{
	bool may;
	enum qpp_code code = qpp_review_may_ask(&r->request, qpp_entity_of(case_word(r, "review_level")), &may, &r->err);
	if (code == QPP_OK)
		case_answer(r, "may_ask", yes_no(may));
	return code;
}

enum qpp_code case_ask_review_ground(struct case_run *r)
{
	bool may;
	enum qpp_code code = qpp_review_may_deny(&r->request, case_word(r, "ground"), &may, &r->err);
	if (code == QPP_OK)
		case_answer(r, "may_deny", yes_no(may));
	return code;
}

enum qpp_code case_ask_review_reason(struct case_run *r)
{
	struct qpp_review_reason reason;
	enum qpp_code code = qpp_review_reason_find(&r->request, case_word(r, "reason"), &reason, &r->err);
	if (code == QPP_NOT_FOUND) {
		case_answer(r, "scope", QPP_LIT("unknown"));
		return QPP_OK;
	}
	case_answer(r, "scope", qpp_str_of(qpp_review_scope_name(reason.scope)));
	case_answer(r, "fact", reason.fact);
	return code;
}

enum qpp_code case_ask_review_due(struct case_run *r)
{
	struct qpp_review_due due;
	struct qpp_moment asked = moment(r, "information_asked");
	enum qpp_code code = qpp_review_due(&r->request, eastern(), asked.at, &due, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "due", there(r, (struct qpp_moment){ true, due.due }));
	case_answer(r, "silence", due.may_close ? QPP_LIT("close") : QPP_LIT("decide"));
	return code;
}

enum qpp_code case_ask_review_step(struct case_run *r)
{
	enum qpp_review_state from = qpp_review_state_of(case_word(r, "standing")), to;
	enum qpp_review_act act = qpp_review_act_of(case_word(r, "act"));
	if (!from || !act)
		case_says(r, "no such state or act", (char *)NULL);
	enum qpp_code code = qpp_review_step(&r->request, from, act, &to, &r->err);
	if (code == QPP_OK)
		case_answer(r, "becomes", to ? qpp_str_of(qpp_review_state_name(to)) : QPP_LIT("none"));
	return code;
}
