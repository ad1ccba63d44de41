/*
 * Cases on which score pays: `scores LEVEL/TIN/SCORE LEVEL/TIN/SCORE/PROGRAM`, with TINs by a figure, `none` for no
 * score; `statuses LEVEL/STATUS ...`; `billed` the TIN of the payment year; `member yes` of a virtual group.
 */
#include "case_run.h"
#include "qpp/payment.h"

static void no_word(struct case_run *r, const char *name, struct qpp_str word)
{
	case_says(r, "the given `", name, "` cannot be read: ", qpp_str_dup(r->arena, word).p, (char *)NULL);
}

static bool read_score(struct qpp_str word, struct qpp_payment_score *s)
{
	struct qpp_str level, score;
	if (!qpp_str_cut(&word, '/', &level) || !qpp_str_cut(&word, '/', &s->tin) || !qpp_str_cut(&word, '/', &score))
		return false;
	s->participation = qpp_entity_of(level);
	s->program = word;
	return s->participation != QPP_ENTITY_NONE && s->tin.n && qpp_dec_parse(score, &s->final_score);
}

static void read_scores(struct case_run *r, struct qpp_payment_facts *f)
{
	struct qpp_str rest = case_word(r, "scores"), word;
	struct qpp_payment_score *v = QPP_NEW_ARRAY(r->arena, CASE_MOST_VALUES, struct qpp_payment_score);
	f->scores = v;
	while (!qpp_str_is(rest, "none") && qpp_str_word(&rest, &word))
		if (f->n_scores == CASE_MOST_VALUES || !read_score(word, &v[f->n_scores++]))
			no_word(r, "scores", word);
}

static bool read_status(struct qpp_str word, struct qpp_payment_facts *f)
{
	struct qpp_str name;
	if (!qpp_str_cut(&word, '/', &name))
		return false;
	enum qpp_entity level = qpp_entity_of(name);
	for (int s = 0; s < QPP_ELIGIBILITY_STATUSES && level != QPP_ENTITY_NONE; s++) {
		if (!qpp_str_is(word, qpp_eligibility_status_name((enum qpp_eligibility_status)s)))
			continue;
		f->has_status[level] = true;
		f->status[level] = (enum qpp_eligibility_status)s;
		return true;
	}
	return false;
}

static void read_statuses(struct case_run *r, struct qpp_payment_facts *f)
{
	struct qpp_str rest = case_word(r, "statuses"), word;
	while (qpp_str_word(&rest, &word))
		if (!read_status(word, f))
			no_word(r, "statuses", word);
}

static struct qpp_str passed(struct case_run *r, const struct qpp_payment *x)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 200);
	for (size_t i = 0; i < x->passed.n; i++) {
		qpp_buf_cat(&b, i ? "," : "", (char *)NULL);
		qpp_buf_i64(&b, (int64_t)x->passed.v[i].score);
		if (!x->passed.v[i].why.rule.n || !x->passed.v[i].why.text.n)
			case_says(r, "a score is passed over without a reason or its paragraph", (char *)NULL);
	}
	return qpp_buf_done(&b);
}

static struct qpp_str unknown(struct case_run *r, const struct qpp_payment *x)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 400);
	for (size_t i = 0; i < x->why.unknown.n; i++) {
		qpp_buf_cat(&b, i ? "," : "", (char *)NULL);
		qpp_buf_str(&b, x->why.unknown.v[i].fact);
	}
	return b.n ? qpp_buf_done(&b) : QPP_LIT("none");
}

enum qpp_code case_ask_payment(struct case_run *r)
{
	struct qpp_payment_facts f = { .py = { r->is->py }, .tin = case_word(r, "billed") };
	struct qpp_payment x;
	read_scores(r, &f);
	read_statuses(r, &f);
	case_tri(r, "member", &f.virtual_group_member);
	if (r->says.n)
		return QPP_USAGE;
	enum qpp_code code = qpp_payment_decide(&r->request, &f, &x, &r->err);
	if (code != QPP_OK)
		return code;
	case_answer(r, "pays", x.pays ? qpp_i64_text(r->arena, (int64_t)x.score) : QPP_LIT("none"));
	case_answer(r, "passed", passed(r, &x));
	case_answer(r, "unknown", unknown(r, &x));
	if (x.pays)
		case_answer_adjustment(r, &x.adjustment);
	if (x.passed.n + x.pays != f.n_scores)
		case_says(r, "a score neither pays nor is passed over", (char *)NULL);
	return code;
}
