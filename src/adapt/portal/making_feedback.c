/* Models of one report of performance feedback: the score that counts, what it was made of, and its versions. */
#include "adapt/portal/making_feedback.h"

#include "adapt/html/anchor.h"
#include "adapt/html/explain.h"
#include "adapt/html/words.h"
#include "app/guard.h"

#define RULES "/rules/"

const struct making_category making_categories[QPP_CATEGORIES] = {
	{ QPP_QUALITY, "quality" }, { QPP_COST, "cost" }, { QPP_IA, "ia" }, { QPP_PI, "pi" },
};

struct qpp_str making_factor(struct qpp_arena *a, struct qpp_str factor)
{
	qpp_dec v;
	if (!qpp_dec_parse(factor, &v))
		return QPP_LIT("");
	int sign = qpp_dec_sign(v);
	return CAT(a, sign < 0 ? "\xE2\x88\x92" : sign ? "+" : "", C(a, qpp_dec_text(a, sign < 0 ? qpp_dec_neg(v) : v, 2)), " %");
}

const char *making_phase(enum qpp_phase phase)
{
	switch (phase) {
	case QPP_PHASE_SUBMISSION:
		return "Preliminary";
	case QPP_PHASE_PREVIEW:
		return "Final score preview";
	case QPP_PHASE_FINAL:
		return "Final";
	default:
		return "Corrected";
	}
}

static int64_t hundredths(qpp_dec v)
{
	int64_t out = 0;
	(void)qpp_dec_i64(qpp_dec_round(qpp_dec_mul(v, qpp_dec_of(100)), 0), &out);
	return out;
}

/* ---- the score ---- */

/* The band by the sign of the factor, where the score itself was not made again. */
static const char *band_of(const struct qpp_feedback *x)
{
	qpp_dec v;
	if (x->scored && x->scored->score.adjustment.total.has)
		return qpp_band_title(x->scored->score.adjustment.band);
	if (!qpp_dec_parse(x->shown->factor, &v))
		return "";
	return qpp_dec_sign(v) > 0 ? qpp_band_title(QPP_POSITIVE) : qpp_dec_sign(v) ? qpp_band_title(QPP_NEGATIVE) : qpp_band_title(QPP_NEUTRAL);
}

static struct qpp_score_view score_view(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_feedback *x)
{
	struct qpp_score_view m = { .why_not = x->why.n ? CAT(a, C(a, portal_capital(a, x->why)), ".") : QPP_LIT("There is no final score.") };
	qpp_dec v;
	if (qpp_dec_parse(qpp_years_param(p->service->years, "performance_threshold", x->who.py), &v)) {
		m.threshold = qpp_dec_text(a, v, 2);
		m.threshold_hundredths = hundredths(v);
	}
	if (!qpp_dec_parse(x->shown->final_score, &v))
		return m;
	m.has = true;
	m.score = x->shown->final_score;
	m.hundredths = hundredths(v);
	m.factor = making_factor(a, x->shown->factor);
	m.band = m.factor.n ? qpp_str_of(band_of(x)) : CAT(a, C(a, portal_capital(a, x->no_factor)), ".");
	return m;
}

struct qpp_feedback_version_line making_version(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_feedback_version *v)
{
	return (struct qpp_feedback_version_line){ .id = v->id, .number = qpp_i64_text(a, v->number), .phase = qpp_str_of(making_phase(v->phase)),
		.released = qpp_eastern(a, p->zone, v->released), .score = v->final_score,
		.reason = v->review ? CAT(a, "request for review ", C(a, v->reason)) : v->reason,
		.factor = v->factor_released.us ? making_factor(a, v->factor) : QPP_LIT(""), .current = v->current };
}

static void versions(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_feedback *x, struct qpp_feedback_report *m)
{
	struct qpp_feedback_version_line *v = QPP_NEW_ARRAY(a, x->n_versions + 1, struct qpp_feedback_version_line);
	for (size_t i = 0; i < x->n_versions; i++) {
		v[i] = making_version(p, a, &x->versions[i]);
		v[i].shown = &x->versions[i] == x->shown;
		if (v[i].shown)
			m->shown = v[i];
	}
	m->versions.v = v;
	m->versions.n = x->n_versions;
}

/* "group Maple Family Medicine (TIN *****1234)" */
static struct qpp_str level_words(struct qpp_arena *a, enum qpp_entity level, const struct qpp_org *org)
{
	static const char *const words[QPP_ENTITIES] = {
		[QPP_ENTITY_NONE] = "", [QPP_INDIVIDUAL] = "individual score at ", [QPP_GROUP] = "group score of ",
		[QPP_VIRTUAL_GROUP] = "virtual group score of ", [QPP_SUBGROUP] = "subgroup score of ", [QPP_APM_ENTITY] = "APM entity score of ",
	};
	struct qpp_str number = portal_number(a, org->kind, org->number, org->tin_masked);
	return CAT(a, words[level], C(a, org->name.n ? org->name : QPP_LIT("an organization without a name on record")), number.n ? " (" : "",
	           C(a, number), number.n ? ")" : "");
}

static struct qpp_str cite(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str rule)
{
	struct qpp_html h;
	qpp_html_init(&h, a);
	qpp_html_cite(&h, qpp_years_rules(p->service->years), RULES, rule);
	return qpp_html_done(&h);
}

static void which_counts(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_feedback *x, struct qpp_feedback_report *m)
{
	struct qpp_feedback_other_line *v = QPP_NEW_ARRAY(a, x->n_others + 1, struct qpp_feedback_other_line);
	m->pair = x->who.entity == QPP_INDIVIDUAL;
	m->pays = x->pays;
	m->counts = level_words(a, x->level, &x->level_org);
	m->counts_why = x->why;
	for (size_t i = 0; i < x->n_others; i++)
		v[i] = (struct qpp_feedback_other_line){ .level = qpp_str_of(qpp_entity_title(x->others[i].level)), .org = x->others[i].org.name,
			.score = x->others[i].final_score, .why = x->others[i].why, .rule = cite(p, a, x->others[i].rule) };
	m->others.v = v;
	m->others.n = x->n_others;
}

/* ---- its detail ---- */

struct reasons {
	struct qpp_arena *arena;
	struct qpp_why why;
};

/* Each figure has its own tree, whose ids are told apart by its number. */
static struct qpp_str why(struct reasons *r, struct qpp_value v)
{
	struct qpp_html h;
	if (!v.has || !v.fact)
		return QPP_LIT("");
	r->why.number++;
	qpp_html_init(&h, r->arena);
	qpp_html_why(&h, &r->why, v.fact);
	return qpp_html_done(&h);
}

static void deciles(struct qpp_arena *a, qpp_py py, const struct qpp_measure_score *x, struct qpp_feedback_measure *m)
{
	const struct qpp_benchmark *b = x->points.benchmark;
	if (x->points.has_decile) {
		m->reached = x->points.decile;
		m->decile = x->points.decile ? CAT(a, "Decile ", C(a, qpp_i64_text(a, x->points.decile)), " of 10") : QPP_LIT("Below the first decile");
	}
	if (!b)
		return;
	struct qpp_decile_line *v = QPP_NEW_ARRAY(a, QPP_ENTRIES, struct qpp_decile_line);
	size_t n = 0;
	for (int k = b->has_first ? 0 : 1; k < QPP_ENTRIES; k++)
		v[n++] = (struct qpp_decile_line){ k + 1, qpp_dec_text_short(a, b->entry[k], 2, 4) };
	m->deciles.v = v;
	m->deciles.n = n;
	m->inverse = b->inverse;
	m->benchmark = CAT(a, b->benchmark_year == py.v ? "Benchmark of the performance period itself" : "Historical benchmark",
	                   b->topped_out ? ", topped out" : "", b->capped ? ", points are capped" : "", b->inverse ? ", lower is better" : "",
	                   x->points.raw.has ? "" : "; it was not applied");
}

static void measure(struct reasons *r, const struct qpp_measure_score *x, struct qpp_feedback_measure *m)
{
	struct qpp_arena *a = r->arena;
	*m = (struct qpp_feedback_measure){ .id = x->measure_id, .title = x->measure ? x->measure->title : QPP_LIT(""), .says = x->status };
	if (x->method != QPP_METHOD_NONE)
		m->method = qpp_str_of(qpp_method_title(x->method));
	if (x->rate.has)
		m->rate = qpp_dec_text_short(a, x->rate.v, 2, 4);
	if (x->cases.has)
		m->cases = qpp_dec_text_short(a, x->cases.v, 0, 2);
	if (x->points.points.has)
		m->points = qpp_dec_text_short(a, x->points.points.v, 2, 4);
	m->why = why(r, x->points.points);
	deciles(a, r->why.py, x, m);
}

static void category(struct reasons *r, const struct qpp_category_score *c, struct qpp_feedback_category *out)
{
	struct qpp_arena *a = r->arena;
	struct qpp_feedback_measure *v = QPP_NEW_ARRAY(a, c->n_measures + 1, struct qpp_feedback_measure);
	out->percent = c->percent.has ? CAT(a, C(a, qpp_dec_text(a, c->percent.v, 2)), " %") : QPP_LIT("");
	out->weight = c->weight.has ? CAT(a, C(a, qpp_dec_text_short(a, c->weight.v, 0, 2)), " %") : QPP_LIT("");
	out->contribution = c->contribution.has ? qpp_dec_text(a, c->contribution.v, 2) : QPP_LIT("");
	out->weight_hundredths = c->weight.has ? hundredths(c->weight.v) : 0;
	out->contribution_hundredths = c->contribution.has ? hundredths(c->contribution.v) : 0;
	out->why = why(r, c->contribution);
	if (c->reweighted.n)
		out->note = CAT(a, "Its weight went to other categories: ", C(a, qpp_reweight_words(c->reweighted)), ".");
	else if (qpp_str_is(c->scored_by, "facility"))
		out->note = QPP_LIT("By the scores of the facility.");
	else if (qpp_str_is(c->scored_by, "members"))
		out->note = QPP_LIT("By the scores of those who take part.");
	else if (!c->submitted && c->category != QPP_COST)
		out->note = QPP_LIT("Nothing was submitted for it.");
	for (size_t i = 0; i < c->n_measures; i++)
		measure(r, &c->measures[i], &v[i]);
	out->measures.v = v;
	out->measures.n = c->n_measures;
}

static void bonuses(struct reasons *r, const struct qpp_score *s, struct qpp_feedback_report *m)
{
	const struct {
		const char *what;
		const struct qpp_value *v;
	} all[] = { { "Complex patient bonus", &s->complex_patient_bonus }, { "Small practice bonus", &s->small_practice_points } };
	struct qpp_feedback_bonus *v = QPP_NEW_ARRAY(r->arena, 2, struct qpp_feedback_bonus);
	for (size_t i = 0; i < 2; i++)
		if (all[i].v->has)
			v[m->bonuses.n++] = (struct qpp_feedback_bonus){ all[i].what, qpp_dec_text(r->arena, all[i].v->v, 2), why(r, *all[i].v) };
	m->bonuses.v = v;
}

static void detail(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_feedback *x, struct qpp_feedback_report *m)
{
	m->no_detail = x->no_detail;
	if (!x->scored)
		return;
	const struct qpp_score *s = &x->scored->score;
	struct reasons r = { a, { qpp_years_rules(p->service->years), x->who.py, x->scored, 0, RULES } };
	struct qpp_feedback_category *v = QPP_NEW_ARRAY(a, QPP_CATEGORIES, struct qpp_feedback_category);
	m->no_detail = QPP_LIT("");
	m->why_final = why(&r, s->final_score);
	m->why_factor = why(&r, s->adjustment.total);
	if (s->adjustment.additional.has)
		m->additional = making_factor(a, qpp_dec_text(a, s->adjustment.additional.v, 2));
	for (size_t i = 0; i < QPP_CATEGORIES; i++) {
		v[i] = (struct qpp_feedback_category){ .key = making_categories[i].key, .title = qpp_category_title(making_categories[i].category) };
		category(&r, &s->category[making_categories[i].category], &v[i]);
	}
	m->categories.v = v;
	m->categories.n = QPP_CATEGORIES;
	bonuses(&r, s, m);
}

/* ---- all of it ---- */

struct qpp_subject making_feedback_subject(struct qpp_arena *a, const struct qpp_feedback *x)
{
	struct qpp_subject s = portal_subject(a, &x->org, &x->who);
	if (x->who.npi.n && (x->clinician.first.n || x->clinician.last.n))
		s.clinician = CAT(a, C(a, x->clinician.first), x->clinician.first.n ? " " : "", C(a, x->clinician.last), ", NPI ", C(a, x->who.npi));
	return s;
}

static enum qpp_code see(struct qpp_portal *p, const struct qpp_call *call, const struct qpp_who *who, struct qpp_str version_id,
                         struct qpp_feedback_report *m, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_feedback x;
	const struct qpp_feedback_ask ask = { .who = *who, .version_id = version_id, .detail = true };
	enum qpp_code code = qpp_feedback_see(call, &ask, &x, err);
	if (code != QPP_OK)
		return code;
	m->subject = making_feedback_subject(a, &x);
	m->payment_year = x.payment_year;
	m->score = score_view(p, a, &x);
	m->no_factor = x.no_factor;
	m->additional_year = x.factor_additional_year && m->score.factor.n;
	versions(p, a, &x, m);
	which_counts(p, a, &x, m);
	detail(p, a, &x, m);
	return QPP_OK;
}

enum qpp_code making_feedback(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s, struct qpp_str version_id,
                              int64_t start, struct qpp_feedback_report *m, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_who who = { .py = s->py, .entity = QPP_INDIVIDUAL, .org_id = s->org_id, .npi = s->npi };
	enum qpp_code code = QPP_OK;
	*m = (struct qpp_feedback_report){ .href = making_feedback_href(a, s), .start = start,
		.payment_year = s->py.v + QPP_PAYMENT_YEARS_LATER, .may_download = !call->actor->view_only };
	if (s->npi.n)
		m->org_href = making_feedback_href(a, &(struct making_subject){ s->py, s->org_id, QPP_LIT("") });
	else
		code = making_feedback_people(p, call, s, &who, m, err);
	if (code == QPP_OK)
		code = see(p, call, &who, version_id, m, err);
	/* Of one's own organization, and nothing released of itself: its clinicians may have something. */
	if (code == QPP_NOT_FOUND && !s->npi.n && !version_id.n && m->subject.year) {
		m->nothing = true;
		code = QPP_OK;
	}
	if (code == QPP_OK)
		m->query = CAT(a, "py=", C(a, qpp_i64_text(a, s->py.v)), "&level=", qpp_entity_name(who.entity), "&org=", C(a, s->org_id),
		               s->npi.n ? "&npi=" : "", C(a, s->npi));
	m->may_ask = !call->actor->view_only;
	return code;
}
