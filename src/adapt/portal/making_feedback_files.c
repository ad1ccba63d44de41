/* Feedback as files: a table of measures for a spreadsheet, and the score for programs. */
#include "adapt/html/words.h"
#include "adapt/json/write_tree.h"
#include "adapt/portal/making_feedback.h"

enum { MOST_FILE = 16 << 20 };

struct qpp_str making_feedback_file(struct qpp_arena *a, const struct qpp_feedback *x, const char *kind)
{
	return CAT(a, "feedback-", C(a, qpp_i64_text(a, x->who.py.v)), "-", C(a, x->who.npi.n ? x->who.npi : qpp_str_of(qpp_entity_name(x->who.entity))),
	           "-version-", C(a, qpp_i64_text(a, x->shown->number)), ".", kind);
}

/* ---- CSV ---- */

/*
 * A cell that a spreadsheet would take for a formula is made text by an apostrophe in front, as spreadsheets write it; a
 * number stays one. Quoted where it must be.
 */
static void cell(struct qpp_buf *b, struct qpp_str s, bool first)
{
	static const char formula[] = "=+-@\t\r\n", quoted[] = "\",\n\r\t";
	qpp_dec number;
	bool quote = false;
	if (!first)
		qpp_buf_char(b, ',');
	for (size_t i = 0; i < s.n; i++)
		for (const char *q = quoted; *q; q++)
			quote |= s.p[i] == *q;
	if (quote)
		qpp_buf_char(b, '"');
	for (const char *f = formula; s.n && *f && !qpp_dec_parse(s, &number); f++)
		if (s.p[0] == *f)
			qpp_buf_char(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			qpp_buf_char(b, '"');
		qpp_buf_char(b, s.p[i]);
	}
	if (quote)
		qpp_buf_char(b, '"');
}

enum { COLUMNS = 11 };

static void row(struct qpp_buf *b, const struct qpp_str v[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++)
		cell(b, v[i].p ? v[i] : QPP_LIT(""), i == 0);
	qpp_buf_cat(b, "\r\n", (char *)NULL);
}

static struct qpp_str number(struct qpp_arena *a, struct qpp_value v, int least, int most)
{
	return v.has ? qpp_dec_text_short(a, v.v, least, most) : QPP_LIT("");
}

static void category(struct qpp_buf *b, const struct qpp_category_score *c)
{
	struct qpp_arena *a = b->arena;
	struct qpp_str title = qpp_str_of(qpp_category_title(c->category));
	const struct qpp_str head[COLUMNS] = { QPP_LIT("category"), title, QPP_LIT(""), QPP_LIT(""), number(a, c->percent, 2, 4), QPP_LIT(""), QPP_LIT(""),
		number(a, c->contribution, 2, 4), number(a, c->weight, 0, 2), QPP_LIT(""), c->reweighted };
	row(b, head);
	for (size_t i = 0; i < c->n_measures; i++) {
		const struct qpp_measure_score *m = &c->measures[i];
		const struct qpp_str line[COLUMNS] = { QPP_LIT("measure"), title, m->measure_id, m->measure ? m->measure->title : QPP_LIT(""),
			number(a, m->rate, 2, 4), number(a, m->cases, 0, 2), m->points.has_decile ? qpp_i64_text(a, m->points.decile) : QPP_LIT(""),
			number(a, m->points.points, 2, 4), qpp_str_of(qpp_method_title(m->method)), m->picked ? QPP_LIT("yes") : QPP_LIT("no"), m->status };
		row(b, line);
	}
}

struct qpp_str making_feedback_csv(struct qpp_arena *a, const struct qpp_feedback *x)
{
	struct qpp_buf b;
	static const struct qpp_str head[COLUMNS] = { QPP_LIT_INIT("what"), QPP_LIT_INIT("category"), QPP_LIT_INIT("measure"), QPP_LIT_INIT("title"),
		QPP_LIT_INIT("rate or percent"), QPP_LIT_INIT("cases"), QPP_LIT_INIT("decile"), QPP_LIT_INIT("points"), QPP_LIT_INIT("weight or collection type"),
		QPP_LIT_INIT("counts"), QPP_LIT_INIT("reason") };
	qpp_buf_init(&b, a, MOST_FILE);
	row(&b, head);
	const struct qpp_str final[COLUMNS] = { QPP_LIT("final score"), [7] = x->shown->final_score, [10] = x->why };
	row(&b, final);
	const struct qpp_str factor[COLUMNS] = { QPP_LIT("payment adjustment, percent"), [7] = x->shown->factor_released.us ? x->shown->factor : QPP_LIT(""),
		[10] = x->no_factor };
	row(&b, factor);
	if (x->scored && x->scored->score.complex_patient_bonus.has) {
		const struct qpp_str bonus[COLUMNS] = { QPP_LIT("complex patient bonus"), [7] = number(a, x->scored->score.complex_patient_bonus, 2, 4) };
		row(&b, bonus);
	}
	for (size_t i = 0; x->scored && i < QPP_CATEGORIES; i++)
		category(&b, &x->scored->score.category[making_categories[i].category]);
	if (!x->scored) {
		const struct qpp_str none[COLUMNS] = { QPP_LIT("categories and measures"), [10] = x->no_detail };
		row(&b, none);
	}
	return qpp_buf_done(&b);
}

/* ---- JSON ---- */

static void org(struct qpp_emit *e, const char *name, const struct qpp_org *o)
{
	qpp_emit_open(e, name, '{');
	qpp_emit_text(e, "id", o->id);
	qpp_emit_text(e, "name", o->name);
	qpp_emit_close(e, '}');
}

/* Texts of decimals stay the numbers they are. */
static void decimal(struct qpp_emit *e, const char *name, struct qpp_str text)
{
	qpp_dec v;
	if (qpp_dec_parse(text, &v))
		qpp_emit_dec(e, name, v, 2);
	else
		qpp_emit_null(e, name);
}

static void version(struct qpp_emit *e, const struct qpp_feedback_version *v)
{
	qpp_emit_open(e, "version", '{');
	qpp_emit_text(e, "id", v->id);
	qpp_emit_int(e, "number", v->number);
	qpp_emit_text(e, "phase", qpp_str_of(qpp_phase_name(v->phase)));
	qpp_emit_text(e, "released", qpp_time_text(e->b.arena, v->released));
	qpp_emit_bool(e, "current", v->current);
	qpp_emit_text(e, "reason", v->reason);
	qpp_emit_close(e, '}');
}

static void which(struct qpp_emit *e, const struct qpp_feedback *x)
{
	qpp_emit_open(e, "counts", '{');
	qpp_emit_bool(e, "pays", x->pays);
	qpp_emit_text_or_null(e, "level", x->level ? qpp_str_of(qpp_entity_name(x->level)) : QPP_LIT(""));
	if (x->level_org.id.n)
		org(e, "organization", &x->level_org);
	qpp_emit_text(e, "why", x->why);
	qpp_emit_open(e, "others", '[');
	for (size_t i = 0; i < x->n_others; i++) {
		qpp_emit_open(e, NULL, '{');
		qpp_emit_text(e, "level", qpp_str_of(qpp_entity_name(x->others[i].level)));
		org(e, "organization", &x->others[i].org);
		decimal(e, "finalScore", x->others[i].final_score);
		qpp_emit_text(e, "why", x->others[i].why);
		qpp_emit_text(e, "rule", x->others[i].rule);
		qpp_emit_close(e, '}');
	}
	qpp_emit_close(e, ']');
	qpp_emit_close(e, '}');
}

struct qpp_str making_feedback_json(const struct qpp_call *call, const struct qpp_feedback *x)
{
	struct qpp_emit e;
	qpp_emit_init(&e, call->arena, MOST_FILE);
	qpp_emit_open(&e, NULL, '{');
	qpp_emit_int(&e, "performanceYear", x->who.py.v);
	qpp_emit_int(&e, "paymentYear", x->payment_year);
	qpp_emit_text(&e, "entityType", qpp_str_of(qpp_entity_name(x->who.entity)));
	org(&e, "organization", &x->org);
	if (x->who.npi.n)
		qpp_emit_text(&e, "nationalProviderIdentifier", x->who.npi);
	version(&e, x->shown);
	decimal(&e, "finalScore", x->shown->final_score);
	/* Before it is released there is no member of that name. */
	if (x->shown->factor_released.us && x->shown->factor.n)
		decimal(&e, "paymentAdjustmentPercent", x->shown->factor);
	else
		qpp_emit_text(&e, "noPaymentAdjustment", x->no_factor);
	which(&e, x);
	if (x->scored)
		qpp_emit_answer(&e, "score", x->answer, call->service->version);
	else
		qpp_emit_text(&e, "noDetail", x->no_detail);
	qpp_emit_close(&e, '}');
	return qpp_emit_done(&e);
}
