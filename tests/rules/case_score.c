/* Cases that end in a final score: of a submission in a file, or of category scores that the case gives. */
#include "case_run.h"

static const char *const percent_names[QPP_CATEGORIES] = {
	[QPP_QUALITY] = "quality.percent", [QPP_COST] = "cost.percent", [QPP_IA] = "ia.percent", [QPP_PI] = "pi.percent",
};

static void answer_score(struct case_run *r, const struct qpp_score *score)
{
	struct qpp_buf weights;
	qpp_buf_init(&weights, r->arena, 100);
	case_answer_value(r, "final_score", QPP_UNIT_SCORE, score->final_score);
	case_answer_value(r, "complex_patient_bonus", QPP_UNIT_POINTS, score->complex_patient_bonus);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		case_answer_value(r, percent_names[k], QPP_UNIT_PERCENT, score->category[k].percent);
		qpp_buf_cat(&weights, k ? " " : "", (char *)NULL);
		qpp_buf_str(&weights, qpp_unit_text(r->arena, QPP_UNIT_WEIGHT, score->category[k].weight.v));
	}
	case_answer(r, "weights", qpp_buf_done(&weights));
	case_answer_adjustment(r, &score->adjustment);
}

enum qpp_code case_ask_final(struct case_run *r)
{
	struct qpp_final_question ask = { .program = case_word(r, "program") };
	struct qpp_score score;
	enum qpp_tri small = QPP_NO;
	case_number(r, "quality", &ask.percent[QPP_QUALITY]);
	case_number(r, "cost", &ask.percent[QPP_COST]);
	case_number(r, "ia", &ask.percent[QPP_IA]);
	case_number(r, "pi", &ask.percent[QPP_PI]);
	case_number(r, "complex", &ask.complex_patient_bonus);
	case_tri(r, "small", &small);
	ask.small = small == QPP_YES;
	ask.missing = case_missing(r);
	enum qpp_code code = qpp_score_final(&r->request, &ask, &score, &r->err);
	if (code == QPP_OK)
		answer_score(r, &score);
	return code;
}

/* Errors in the shipped files are faults of the case. */
static bool sound(struct case_run *r, const struct filing *f)
{
	for (size_t i = 0; i < f->findings->list.n; i++) {
		const struct qpp_finding *x = &f->findings->list.v[i];
		if (x->severity == QPP_ERROR)
			case_says(r, qpp_str_dup(r->arena, x->where.file).p, ":", qpp_i64_text(r->arena, x->where.line).p, ": ",
			          qpp_str_dup(r->arena, x->message).p, (char *)NULL);
	}
	if (f->submission && f->submission->py.v != r->is->py)
		case_says(r, "the file is of another performance year than the case", (char *)NULL);
	return r->says.n == 0;
}

enum qpp_code case_ask_submission(struct case_run *r)
{
	struct filing f;
	struct qpp_score score;
	struct qpp_str program = case_word(r, "program");
	bool read = world_filing(r->arena, r->is->input, r->is->facts, &f);
	if (!sound(r, &f))
		return QPP_DATA;
	if (!read) {
		case_says(r, "cannot read ", qpp_str_dup(r->arena, r->is->input).p, " ", qpp_str_dup(r->arena, r->is->facts).p,
		          (char *)NULL);
		return QPP_IO;
	}
	case_tri(r, "small", &f.facts->small_practice);
	enum qpp_code code = qpp_score_submission(&r->request, f.submission, f.facts, program, &score, &r->err);
	if (code == QPP_OK)
		answer_score(r, &score);
	return code;
}
