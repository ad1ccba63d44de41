/* Models of submissions: the list, one of them with its score so far and what is needed, its explanation. */
#include "adapt/portal/making.h"

#include "adapt/html/explain.h"
#include "adapt/html/words.h"
#include "app/guard.h"
#include "app/prospect.h"

enum { PAGE = 20, MOST_FINDINGS = 1000 };

/* ---- words of a score ---- */

const struct qpp_scored *making_counts(const struct qpp_answer *x)
{
	return qpp_answer_counting(x);
}

static struct qpp_str percent(struct qpp_arena *a, const struct qpp_value *v, int places)
{
	return v->has ? CAT(a, C(a, qpp_dec_text(a, v->v, places)), " %") : QPP_LIT("");
}

/* "+1.12 %", with the minus of print. */
static struct qpp_str factor(struct qpp_arena *a, const struct qpp_adjustment *x)
{
	const struct qpp_value *v = x->total.has ? &x->total : &x->factor;
	int sign = v->has ? qpp_dec_sign(v->v) : 0;
	if (!v->has)
		return QPP_LIT("");
	return CAT(a, sign < 0 ? "\xE2\x88\x92" : sign ? "+" : "", C(a, qpp_dec_text(a, sign < 0 ? qpp_dec_neg(v->v) : v->v, 2)), " %");
}

static int64_t hundredths(qpp_dec v)
{
	int64_t out = 0;
	(void)qpp_dec_i64(qpp_dec_round(qpp_dec_mul(v, qpp_dec_of(100)), 0), &out);
	return out;
}

struct qpp_score_view making_score(struct qpp_portal *p, struct qpp_arena *a, qpp_py py, const struct qpp_answer *answer, struct qpp_str why)
{
	const struct qpp_scored *x = making_counts(answer);
	struct qpp_score_view m = { .why_not = why.n ? why : QPP_LIT("Nothing was submitted yet.") };
	struct qpp_str threshold = qpp_years_param(p->service->years, "performance_threshold", py);
	qpp_dec limit;
	if (qpp_dec_parse(threshold, &limit)) {
		m.threshold = qpp_dec_text(a, limit, 2);
		m.threshold_hundredths = hundredths(limit);
	}
	if (!x)
		return m;
	if (!x->score.final_score.has) {
		m.why_not = x->score.no_score.n ? x->score.no_score : m.why_not;
		return m;
	}
	m.has = true;
	m.score = qpp_dec_text(a, x->score.final_score.v, 2);
	m.hundredths = hundredths(x->score.final_score.v);
	m.band = qpp_str_of(qpp_band_title(x->score.adjustment.band));
	m.factor = factor(a, &x->score.adjustment);
	return m;
}

/* ---- data in words ---- */

static void put_rate(struct qpp_buf *b, const struct qpp_rate_counts *r)
{
	if (r->stratum.n) {
		qpp_buf_str(b, r->stratum);
		qpp_buf_cat(b, ": ", (char *)NULL);
	}
	qpp_buf_i64(b, r->met.v);
	qpp_buf_cat(b, " met, ", (char *)NULL);
	qpp_buf_i64(b, r->not_met.v);
	qpp_buf_cat(b, " not met, of ", (char *)NULL);
	qpp_buf_i64(b, r->eligible.v);
}

struct qpp_str making_data(struct qpp_arena *a, const struct qpp_measurement *x)
{
	struct qpp_buf b;
	enum { MOST = 1 << 16 };
	qpp_buf_init(&b, a, MOST);
	switch (x->kind) {
	case QPP_VALUE_BOOLEAN:
		return x->yes ? QPP_LIT("Yes") : QPP_LIT("No");
	case QPP_VALUE_PROPORTION:
	case QPP_VALUE_NON_PROPORTION:
		return CAT(a, C(a, qpp_dec_text_short(a, x->numerator.v, 0, 2)), " of ", C(a, qpp_dec_text_short(a, x->denominator.v, 0, 2)));
	case QPP_VALUE_SCORE:
		return qpp_dec_text_short(a, x->score.v, 0, 4);
	default:
		for (size_t i = 0; i < x->n_rates; i++) {
			qpp_buf_cat(&b, i ? "; " : "", (char *)NULL);
			put_rate(&b, &x->rates[i]);
		}
		return qpp_buf_done(&b);
	}
}

/* ---- the list ---- */

static struct qpp_str categories_of(struct qpp_arena *a, const struct qpp_seen_submission *x)
{
	struct qpp_buf b;
	uint32_t there = 0;
	qpp_buf_init(&b, a, 200);
	for (size_t i = 0; i < x->n_sets; i++)
		there |= UINT32_C(1) << x->sets[i].whole.sets[0].category;
	for (int c = 0; c < QPP_CATEGORIES; c++)
		if (there & UINT32_C(1) << c)
			qpp_buf_cat(&b, b.n ? ", " : "", qpp_category_title((enum qpp_category)c), (char *)NULL);
	return qpp_buf_done(&b);
}

static enum qpp_code list_line(struct qpp_portal *p, const struct qpp_call *call, const struct qpp_seen_submission *x,
                               struct qpp_submission_line *out, struct qpp_err *err)
{
	struct qpp_findings f;
	struct qpp_prospect look = { .seen = *x };
	qpp_findings_init(&f, call->arena, MOST_FINDINGS);
	*out = (struct qpp_submission_line){ .id = x->row.id, .subject = portal_subject(call->arena, &x->org, &x->row.who),
		.categories = categories_of(call->arena, x), .changed = qpp_eastern(call->arena, p->zone, x->row.changed) };
	enum qpp_code code = qpp_prospect_look(call, false, &f, &look, err);
	if (code == QPP_OK)
		out->score = making_score(p, call->arena, x->row.who.py, look.before, look.why_before).score;
	return code;
}

static enum qpp_code list_org(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str org, struct qpp_submission_ask *ask,
                              struct qpp_submission_list *m, struct qpp_submission_line *v, struct qpp_err *err)
{
	struct qpp_call own = *call;
	struct qpp_seen_submissions seen;
	own.acting = org;
	enum qpp_code code = qpp_submissions_list(&own, ask, (struct qpp_slice){ .start = m->start, .most = PAGE }, &seen, err);
	for (size_t i = 0; code == QPP_OK && i < seen.n; i++)
		code = list_line(p, &own, &seen.v[i], &v[m->lines.n++], err);
	if (code == QPP_OK)
		m->total += seen.total;
	return code;
}

enum qpp_code making_list(struct qpp_portal *p, const struct qpp_call *call, const struct qpp_person *person, enum qpp_entity level,
                          struct qpp_submission_list *m, struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_choice_org *orgs = QPP_NEW_ARRAY(a, person->n_held + 1, struct qpp_choice_org);
	struct qpp_submission_ask ask = { .py = { (int)m->year }, .entity = level };
	struct qpp_submission_line *v = QPP_NEW_ARRAY(a, (person->n_held + 1) * PAGE, struct qpp_submission_line);
	enum qpp_code code = QPP_OK;
	bool one = false;
	for (size_t i = 0; i < person->n_held; i++) {
		orgs[i] = (struct qpp_choice_org){ person->held[i].org_id, person->held[i].org_name, person->held[i].tin_masked };
		one |= qpp_str_eq(m->org, person->held[i].org_id);
		m->may_file |= person->held[i].post == QPP_POST_OFFICIAL || person->held[i].post == QPP_POST_STAFF;
	}
	m->may_file &= person->viewing == QPP_VIEW_NONE;
	m->orgs.v = orgs;
	m->orgs.n = person->n_held;
	m->page = PAGE;
	m->years.n = portal_years(p, a, &m->years.v);
	if (!one)
		m->org = QPP_LIT("");
	for (size_t i = 0; code == QPP_OK && i < person->n_held; i++)
		if (!one || qpp_str_eq(m->org, person->held[i].org_id))
			code = list_org(p, call, person->held[i].org_id, &ask, m, v, err);
	m->lines.v = v;
	/* Pages are turned of one organization; of all, the first of each are shown. */
	if (!one && person->n_held > 1)
		m->total = 0;
	return code;
}

/* ---- one submission ---- */

static const struct {
	enum qpp_category category;
	const char *key;
	bool entered;
} order[] = { { QPP_QUALITY, "quality", true }, { QPP_IA, "ia", true }, { QPP_PI, "pi", true }, { QPP_COST, "cost", false } };

static struct qpp_str needed_places(struct qpp_arena *a, int n)
{
	return CAT(a, C(a, qpp_i64_text(a, n)), n == 1 ? " more quality measure" : " more quality measures",
	           ": a place without a measure brings 0 points");
}

static void needed(struct qpp_arena *a, const struct qpp_category_score *c, enum qpp_category category, struct qpp_category_view *out)
{
	struct qpp_str *v = QPP_NEW_ARRAY(a, 3, struct qpp_str);
	size_t n = 0;
	if (category == QPP_COST || (c && c->reweighted.n && !c->submitted))
		return;
	if (!c || !c->submitted)
		v[n++] = QPP_LIT("Data for this category: without them it brings 0 points");
	else if (c->empty_places)
		v[n++] = needed_places(a, c->empty_places);
	if (c && c->submitted && category == QPP_IA && c->points.has && c->maximum_points.has && qpp_dec_cmp(c->points.v, c->maximum_points.v) < 0)
		v[n++] = CAT(a, "More activities: ", C(a, qpp_dec_text_short(a, c->points.v, 0, 2)), " of ",
		             C(a, qpp_dec_text_short(a, c->maximum_points.v, 0, 2)), " points are there");
	if (c && c->submitted && !c->qualifies)
		v[n++] = QPP_LIT("The data are not complete enough for this category to count");
	out->needed.v = v;
	out->needed.n = n;
}

static const struct qpp_measure_score *scored_as(const struct qpp_category_score *c, struct qpp_str id, enum qpp_method method)
{
	/* An activity or a PI measure counts once, however it came. */
	bool by_method = c && (c->category == QPP_QUALITY || c->category == QPP_COST) && method != QPP_METHOD_NONE;
	for (size_t i = 0; c && i < c->n_measures; i++)
		if (qpp_str_eq(c->measures[i].measure_id, id) && (!by_method || c->measures[i].method == method))
			return &c->measures[i];
	return NULL;
}

static void measure_line(struct qpp_arena *a, const struct qpp_filed_set *set, const struct qpp_measurement *x,
                         const struct qpp_category_score *c, struct qpp_measure_line *out)
{
	enum qpp_method method = set->whole.sets[0].method;
	const struct qpp_measure_score *score = scored_as(c, x->measure_id, method);
	*out = (struct qpp_measure_line){ .id = x->measure_id, .title = x->measure ? x->measure->title : QPP_LIT(""), .set_id = set->row.id,
		.data = making_data(a, x) };
	if (method != QPP_METHOD_NONE)
		out->method = qpp_str_of(qpp_method_title(method));
	if (!score)
		return;
	out->says = score->status;
	if (score->points.points.has)
		out->points = qpp_dec_text_short(a, score->points.points.v, 2, 4);
}

static void category_view(struct qpp_arena *a, const struct qpp_seen_submission *seen, const struct qpp_scored *x, size_t k,
                          struct qpp_category_view *out)
{
	enum qpp_category category = order[k].category;
	const struct qpp_category_score *c = x ? &x->score.category[category] : NULL;
	size_t most = 0, n = 0;
	*out = (struct qpp_category_view){ .key = order[k].key, .title = qpp_category_title(category), .entered = order[k].entered };
	if (c) {
		out->percent = percent(a, &c->percent, 2);
		out->weight = percent(a, &c->weight, 0);
		out->contribution = c->contribution.has ? qpp_dec_text(a, c->contribution.v, 2) : QPP_LIT("");
		out->reweighted = making_reweight_words(c->reweighted);
	}
	for (size_t i = 0; i < seen->n_sets; i++)
		if (seen->sets[i].whole.sets[0].category == category)
			most += seen->sets[i].whole.sets[0].n_measurements;
	struct qpp_measure_line *v = QPP_NEW_ARRAY(a, most + 1, struct qpp_measure_line);
	for (size_t i = 0; i < seen->n_sets; i++) {
		const struct qpp_measurement_set *set = &seen->sets[i].whole.sets[0];
		for (size_t j = 0; set->category == category && j < set->n_measurements; j++)
			measure_line(a, &seen->sets[i], &set->measurements[j], c, &v[n++]);
	}
	out->measures.v = v;
	out->measures.n = n;
	needed(a, c, category, out);
}

static enum qpp_code receipts(struct qpp_portal *p, const struct qpp_call *call, const struct qpp_seen_submission *seen,
                              struct qpp_submission_view *m, struct qpp_err *err)
{
	struct qpp_seen_receipts all;
	struct qpp_arena *a = call->arena;
	enum qpp_code code = qpp_receipts_of(call, seen, &all, err);
	struct qpp_receipt_line *v = QPP_NEW_ARRAY(a, all.n + 1, struct qpp_receipt_line);
	for (size_t i = 0; code == QPP_OK && i < all.n; i++)
		v[i] = (struct qpp_receipt_line){ qpp_i64_text(a, all.v[i].sequence), qpp_eastern_exact(a, p->zone, all.v[i].at),
			qpp_str_of(qpp_category_title(all.v[i].set->whole.sets[0].category)) };
	m->receipts.v = v;
	m->receipts.n = all.n;
	return code;
}

static void drafts(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str id, struct qpp_str text, struct qpp_submission_view *m)
{
	struct making_drafts d;
	making_drafts_read(a, text, &d);
	struct qpp_draft_line *v = QPP_NEW_ARRAY(a, d.n + 1, struct qpp_draft_line);
	for (size_t i = 0; i < d.n; i++) {
		const char *topic = C(a, d.v[i].topic), *submission = C(a, id);
		v[i].saved = qpp_eastern(a, p->zone, d.v[i].saved);
		if (qpp_str_starts(d.v[i].topic, "quality-")) {
			v[i].what = CAT(a, "Quality measure ", topic + 8);
			v[i].href = CAT(a, "/submissions/", submission, "/quality/", topic + 8);
		} else if (qpp_str_is(d.v[i].topic, "upload")) {
			v[i].what = CAT(a, "Upload of ", C(a, d.v[i].file));
			v[i].href = CAT(a, "/submissions/", submission, "/review/upload");
		} else {
			v[i].what = qpp_str_is(d.v[i].topic, "ia") ? QPP_LIT("Improvement activities") : QPP_LIT("Promoting interoperability");
			v[i].href = CAT(a, "/submissions/", submission, "/", topic);
		}
	}
	m->drafts.v = v;
	m->drafts.n = d.n;
}

static void missing(struct qpp_arena *a, const struct qpp_scored *x, struct qpp_submission_view *m)
{
	struct qpp_str *v;
	if (!x)
		return;
	v = QPP_NEW_ARRAY(a, x->n_missing + 1, struct qpp_str);
	for (size_t i = 0; i < x->n_missing; i++)
		v[i] = CAT(a, C(a, qpp_plain_words(a, x->missing[i].fact)), ": decides ", C(a, x->missing[i].decides));
	m->missing.v = v;
	m->missing.n = x->n_missing;
}

enum qpp_code making_submission(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_submission_view *m,
                                struct qpp_err *err)
{
	struct qpp_arena *a = call->arena;
	struct qpp_prospect x = { 0 };
	struct qpp_findings f;
	struct qpp_str submitter, text;
	size_t others = 0;
	qpp_findings_init(&f, a, MOST_FINDINGS);
	enum qpp_code code = qpp_submission_see(call, id, &x.seen, err);
	if (code == QPP_OK)
		code = qpp_prospect_look(call, false, &f, &x, err);
	if (code == QPP_OK)
		code = qpp_drafts_get(call, &x.seen, &text, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_scored *counts = making_counts(x.before);
	*m = (struct qpp_submission_view){ .id = id, .subject = portal_subject(a, &x.seen.org, &x.seen.row.who),
		.window = portal_window(p, a, x.seen.row.who.py), .score = making_score(p, a, x.seen.row.who.py, x.before, x.why_before),
		.may_file = qpp_prospect_submitter(call, &x.seen, &submitter) && !call->actor->view_only };
	struct qpp_category_view *v = QPP_NEW_ARRAY(a, QPP_CATEGORIES, struct qpp_category_view);
	for (size_t k = 0; k < QPP_CATEGORIES; k++)
		category_view(a, &x.seen, counts, k, &v[k]);
	m->categories.v = v;
	m->categories.n = QPP_CATEGORIES;
	for (size_t i = 0; i < x.seen.n_sets; i++)
		others += !qpp_str_eq(x.seen.sets[i].row.submitter_id, submitter);
	if (others)
		m->registries = CAT(a, C(a, qpp_i64_text(a, (int64_t)others)), others == 1 ? " set was" : " sets were",
		                    " filed by others for this organization; only they can change them.");
	missing(a, counts, m);
	drafts(p, a, id, text, m);
	return receipts(p, call, &x.seen, m, err);
}

enum qpp_code making_why(struct qpp_portal *p, const struct qpp_call *call, struct qpp_str id, struct qpp_str *html, struct qpp_err *err)
{
	const struct qpp_answer *answer;
	struct qpp_findings none;
	qpp_findings_init(&none, call->arena, 1);
	enum qpp_code code = qpp_submission_score(call, id, QPP_LIT(""), &answer, err);
	if (code == QPP_OK)
		*html = qpp_html_explain(call->arena, qpp_years_rules(p->service->years), answer, &none);
	return code;
}
