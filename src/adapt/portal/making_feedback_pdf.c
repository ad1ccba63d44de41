/* Feedback as a document to be kept: the score and the adjustment, which score counts, categories, measures, versions. */
#include "adapt/portal/making_feedback.h"

#include "app/document.h"

enum { MEASURE_COLUMNS = 5, CATEGORY_COLUMNS = 4, OTHER_COLUMNS = 4, VERSION_COLUMNS = 5 };

static struct qpp_str dash(struct qpp_str s)
{
	return s.n ? s : QPP_LIT("\xE2\x80\x94");
}

static void row(struct qpp_document *d, const struct qpp_str *cells, size_t n)
{
	struct qpp_str *v = QPP_NEW_ARRAY(d->arena, n, struct qpp_str);
	for (size_t i = 0; i < n; i++)
		v[i] = dash(cells[i]);
	qpp_document_row(d, v);
}

static void fact(struct qpp_document *d, const char *what, struct qpp_str is)
{
	if (is.n)
		qpp_document_item(d, CAT(d->arena, what, ": ", C(d->arena, is)));
}

static void headline(struct qpp_document *d, const struct qpp_feedback_report *m)
{
	struct qpp_arena *a = d->arena;
	qpp_document_paragraph(d, CAT(a, C(a, m->subject.name), ", ", C(a, m->subject.number), m->subject.clinician.n ? "\n" : "",
	                              C(a, m->subject.clinician), "\n", C(a, m->subject.level), ", performance year ", C(a, qpp_i64_text(a, m->subject.year))));
	qpp_document_heading(d, 2, QPP_LIT("Final score and payment adjustment"));
	fact(d, "Final score", m->score.has ? CAT(a, C(a, m->score.score), " of 100 points") : m->score.why_not);
	fact(d, "Performance threshold", m->score.threshold);
	fact(d, C(a, CAT(a, "Payment adjustment in ", C(a, qpp_i64_text(a, m->payment_year)))), m->score.factor.n ? m->score.factor : m->no_factor);
	if (m->additional_year)
		fact(d, "Of which for exceptional performance", m->additional.n ? m->additional : QPP_LIT("none"));
	fact(d, "Version", CAT(a, C(a, m->shown.number), ", ", C(a, m->shown.phase), m->shown.current ? ", the current one" : ", not the current one"));
	fact(d, "Released", m->shown.released);
	fact(d, "Made because of", m->shown.reason);
	if (!m->pair)
		return;
	qpp_document_heading(d, 2, QPP_LIT("Which score counts"));
	qpp_document_paragraph(d, m->pays ? CAT(a, "The ", C(a, m->counts), ".") : QPP_LIT("No score counts for payment."));
	if (m->counts_why.n)
		qpp_document_paragraph(d, CAT(a, "Because ", C(a, m->counts_why), "."));
	static const struct qpp_document_column columns[OTHER_COLUMNS] = { { QPP_LIT_INIT("Level"), 2, false }, { QPP_LIT_INIT("Organization"), 3, false },
		{ QPP_LIT_INIT("Final score"), 2, true }, { QPP_LIT_INIT("Why it does not count"), 4, false } };
	if (m->others.n)
		qpp_document_table(d, columns, OTHER_COLUMNS);
	for (size_t i = 0; i < m->others.n; i++)
		row(d, (const struct qpp_str[]){ m->others.v[i].level, m->others.v[i].org, m->others.v[i].score, m->others.v[i].why }, OTHER_COLUMNS);
}

static void measures(struct qpp_document *d, const struct qpp_feedback_category *c)
{
	static const struct qpp_document_column columns[MEASURE_COLUMNS] = { { QPP_LIT_INIT("Measure or activity"), 5, false },
		{ QPP_LIT_INIT("Rate"), 2, true }, { QPP_LIT_INIT("Decile"), 2, false }, { QPP_LIT_INIT("Points"), 2, true }, { QPP_LIT_INIT("How it counts"), 4, false } };
	struct qpp_arena *a = d->arena;
	qpp_document_heading(d, 2, qpp_str_of(c->title));
	if (c->note.n)
		qpp_document_paragraph(d, c->note);
	if (!c->measures.n) {
		qpp_document_paragraph(d, QPP_LIT("No measures or activities."));
		return;
	}
	qpp_document_table(d, columns, MEASURE_COLUMNS);
	for (size_t i = 0; i < c->measures.n; i++) {
		const struct qpp_feedback_measure *x = &c->measures.v[i];
		row(d, (const struct qpp_str[]){ CAT(a, C(a, x->id), " ", C(a, x->title), x->method.n ? ", " : "", C(a, x->method)), x->rate, x->decile, x->points, x->says },
		    MEASURE_COLUMNS);
	}
}

static void detail(struct qpp_document *d, const struct qpp_feedback_report *m)
{
	static const struct qpp_document_column columns[CATEGORY_COLUMNS] = { { QPP_LIT_INIT("Category"), 4, false }, { QPP_LIT_INIT("Score"), 2, true },
		{ QPP_LIT_INIT("Weight"), 2, true }, { QPP_LIT_INIT("Points of the final score"), 3, true } };
	qpp_document_heading(d, 2, QPP_LIT("Categories"));
	if (m->no_detail.n) {
		qpp_document_paragraph(d, CAT(d->arena, "They cannot be shown: ", C(d->arena, m->no_detail), "."));
		return;
	}
	qpp_document_table(d, columns, CATEGORY_COLUMNS);
	for (size_t i = 0; i < m->categories.n; i++)
		row(d, (const struct qpp_str[]){ qpp_str_of(m->categories.v[i].title), m->categories.v[i].percent, m->categories.v[i].weight,
			m->categories.v[i].contribution }, CATEGORY_COLUMNS);
	for (size_t i = 0; i < m->bonuses.n; i++)
		fact(d, m->bonuses.v[i].what, CAT(d->arena, C(d->arena, m->bonuses.v[i].points), " points"));
	for (size_t i = 0; i < m->categories.n; i++)
		measures(d, &m->categories.v[i]);
}

static void versions(struct qpp_document *d, const struct qpp_feedback_report *m)
{
	static const struct qpp_document_column columns[VERSION_COLUMNS] = { { QPP_LIT_INIT("Version"), 2, false }, { QPP_LIT_INIT("Released"), 3, false },
		{ QPP_LIT_INIT("Made because of"), 4, false }, { QPP_LIT_INIT("Final score"), 2, true }, { QPP_LIT_INIT("Adjustment"), 2, true } };
	qpp_document_heading(d, 2, QPP_LIT("Versions"));
	qpp_document_table(d, columns, VERSION_COLUMNS);
	for (size_t i = 0; i < m->versions.n; i++) {
		const struct qpp_feedback_version_line *x = &m->versions.v[i];
		row(d, (const struct qpp_str[]){ CAT(d->arena, C(d->arena, x->number), ", ", C(d->arena, x->phase)), x->released, x->reason, x->score, x->factor },
		    VERSION_COLUMNS);
	}
}

enum qpp_code making_feedback_pdf(struct qpp_portal *p, const struct qpp_call *call, const struct making_subject *s, struct qpp_str version_id,
                                  struct qpp_str *pdf, struct qpp_err *err)
{
	struct qpp_document d;
	struct qpp_feedback_report m;
	struct qpp_arena *a = call->arena;
	enum qpp_code code = making_feedback(p, call, s, version_id, 0, &m, err);
	if (code != QPP_OK)
		return code;
	qpp_document_begin(&d, a, CAT(a, "Performance feedback ", C(a, qpp_i64_text(a, s->py.v))), QPP_LIT("OpenQPP"), qpp_now(p->service->clock));
	headline(&d, &m);
	detail(&d, &m);
	versions(&d, &m);
	qpp_document_paragraph(&d, QPP_LIT("Every figure opens to its reasons on the page of the feedback."));
	return qpp_document_pdf(&d, a, pdf, err);
}
