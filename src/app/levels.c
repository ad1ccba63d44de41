/* Several scores of one clinician: what is laid before the rules of the choice, and what comes of it for each. */
#include "app/levels.h"

/* The facts of an earlier file are the same ones: what they tell is told once. */
static bool seen_before(const struct qpp_levels_request *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (r->facts[k]->other_scores == r->facts[i]->other_scores)
			return true;
	return false;
}

bool qpp_levels_needed(const struct qpp_levels_request *r)
{
	bool needed = r->n > 1;
	for (size_t i = 0; i < r->n; i++)
		needed |= r->facts[i]->n_other_scores > 0 || r->facts[i]->virtual_group_member == QPP_YES;
	return needed;
}

static struct qpp_finding *disagree(struct qpp_findings *f, enum qpp_severity severity, const char *subject,
                                    struct qpp_where where, struct qpp_str message)
{
	struct qpp_finding *x = qpp_find(f, severity, "filesDisagree", where, message);
	x->subject = qpp_str_of(subject);
	return x;
}

static struct qpp_str told_in(struct qpp_arena *a, struct qpp_str value, struct qpp_str file)
{
	return qpp_str_cat(a, qpp_shown(a, value).p, " in ", qpp_shown(a, file).p, (char *)NULL);
}

static bool of_one_tin(enum qpp_entity e)
{
	return e == QPP_INDIVIDUAL || e == QPP_GROUP || e == QPP_SUBGROUP;
}

/* The first submission before `i` that tells a TIN (or NPI) of its own; `i` when there is none. */
static size_t first_told(const struct qpp_submission *const *s, size_t i, bool npi)
{
	for (size_t k = 0; k < i; k++)
		if (npi ? s[k]->entity == QPP_INDIVIDUAL && s[k]->npi.n : of_one_tin(s[k]->entity) && s[k]->tin.n)
			return k;
	return i;
}

static void check_filer(const struct qpp_submission *const *s, const struct qpp_str *files, size_t i, bool npi,
                        struct qpp_findings *f)
{
	size_t first = first_told(s, i, npi);
	struct qpp_str a = npi ? s[first]->npi : s[first]->tin, b = npi ? s[i]->npi : s[i]->tin;
	bool asked = npi ? s[i]->entity == QPP_INDIVIDUAL : of_one_tin(s[i]->entity);
	if (first == i || !asked || !b.n || qpp_str_eq(a, b))
		return;
	struct qpp_finding *x = disagree(f, QPP_WARNING, npi ? "nationalProviderIdentifier" : "taxpayerIdentificationNumber",
		npi ? s[i]->npi_where : s[i]->tin_where,
		npi ? QPP_LIT("the submissions are of different clinicians; they are taken as scores of one")
		    : QPP_LIT("the submissions are of different TINs; they are taken as scores under one"));
	x->value = told_in(f->arena, b, files[i]);
	x->expected = told_in(f->arena, a, files[first]);
	x->hint = QPP_LIT("each TIN keeps its own score: qpp payment tells which one pays under which TIN");
}

void qpp_levels_check(const struct qpp_submission *const *s, const struct qpp_str *files, size_t n, struct qpp_findings *f)
{
	for (size_t i = 1; i < n; i++) {
		check_filer(s, files, i, false, f);
		check_filer(s, files, i, true, f);
		if (s[i]->py.v == s[0]->py.v)
			continue;
		struct qpp_finding *x = disagree(f, QPP_ERROR, "performanceYear", (struct qpp_where){ .file = files[i] },
			QPP_LIT("the submissions are of different performance years, and scores of one year are chosen from"));
		x->value = told_in(f->arena, qpp_i64_text(f->arena, s[i]->py.v), files[i]);
		x->expected = told_in(f->arena, qpp_i64_text(f->arena, s[0]->py.v), files[0]);
	}
}

/* Yes where any of the facts says so: a virtual group is joined for a whole TIN. */
static enum qpp_tri virtual_group_member(const struct qpp_levels_request *r)
{
	enum qpp_tri member = QPP_UNKNOWN;
	bool no = false;
	for (size_t i = 0; i < r->n; i++) {
		no |= r->facts[i]->virtual_group_member == QPP_NO;
		if (r->facts[i]->virtual_group_member == QPP_YES)
			member = QPP_YES;
	}
	if (member == QPP_YES && no)
		disagree(r->findings, QPP_WARNING, "virtualGroupMember", (struct qpp_where){ 0 },
		         QPP_LIT("the facts say both that there is a virtual group and that there is none; there is one"));
	return member == QPP_YES ? QPP_YES : no ? QPP_NO : QPP_UNKNOWN;
}

static size_t count(const struct qpp_levels_request *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += r->answers[i].n_scored + (seen_before(r, i) ? 0 : r->facts[i]->n_other_scores);
	return n;
}

struct laying {
	struct qpp_levels *out;
	struct qpp_payment_score *candidates;
	size_t *place, n;
};

static void candidate(struct laying *l, enum qpp_entity level, struct qpp_str program, qpp_dec final_score,
                      struct qpp_where where)
{
	l->candidates[l->n] = (struct qpp_payment_score){ .participation = level, .program = program, .final_score = final_score,
		                                              .where = where };
	l->place[l->n++] = l->out->n - 1;
}

/* R-414.1405(a): of one level only the reporting option with the highest score is laid before the rules. */
static void lay_file(struct laying *l, const struct qpp_answer *answer)
{
	for (size_t i = 0; i < answer->n_scored; i++) {
		struct qpp_scored *s = &answer->scored[i];
		struct qpp_level_score *x = &l->out->scores[l->out->n++];
		*x = (struct qpp_level_score){ .answer = answer, .scored = s };
		x->why.rule = QPP_LIT("414.1405(a)");
		if (s->counts && s->score.final_score.has)
			candidate(l, answer->entity, s->score.program, s->score.final_exact.v, answer->submission->entity_where);
		else if (s->score.final_score.has)
			x->why.text = QPP_LIT("another reporting option of the same submission is higher, or as high and first");
		else
			x->why.text = s->score.no_score.n ? s->score.no_score : QPP_LIT("there is no final score");
		s->counts = false;
		s->why = QPP_LIT("");
	}
}

static void lay_told(struct laying *l, const struct qpp_facts *facts)
{
	for (size_t i = 0; i < facts->n_other_scores; i++) {
		const struct qpp_other_score *o = &facts->other_scores[i];
		l->out->scores[l->out->n++] = (struct qpp_level_score){ .told = o };
		candidate(l, o->participation, QPP_LIT(""), o->final_score, o->where);
	}
}

static struct qpp_payment_facts *lay_out(const struct qpp_levels_request *r, struct qpp_levels *out)
{
	struct qpp_payment_facts *f = QPP_NEW(r->arena, struct qpp_payment_facts);
	size_t n = count(r);
	struct laying l = { .out = out, .candidates = QPP_NEW_ARRAY(r->arena, n + 1, struct qpp_payment_score),
		                .place = QPP_NEW_ARRAY(r->arena, n + 1, size_t) };
	out->scores = QPP_NEW_ARRAY(r->arena, n + 1, struct qpp_level_score);
	for (size_t i = 0; i < r->n; i++)
		lay_file(&l, &r->answers[i]);
	for (size_t i = 0; i < r->n; i++)
		if (!seen_before(r, i))
			lay_told(&l, r->facts[i]);
	*f = (struct qpp_payment_facts){ .py = out->py, .virtual_group_member = virtual_group_member(r), .scores = l.candidates,
		                             .n_scores = l.n };
	for (int level = QPP_INDIVIDUAL; level < QPP_ENTITIES; level++) {
		f->has_status[level] = true;
		f->status[level] = QPP_ELIGIBLE;
	}
	out->place = l.place;
	return f;
}

static void tell(struct qpp_levels *out)
{
	const struct qpp_payment *p = &out->choice.payment;
	for (size_t i = 0; i < p->passed.n; i++)
		out->scores[out->place[p->passed.v[i].score]].why = p->passed.v[i].why;
	if (!p->pays)
		return;
	struct qpp_level_score *x = &out->scores[out->place[p->score]];
	x->counts = true;
	/* The first reason is that of the score that pays. */
	x->why = p->why.list.v[0];
	out->counts = x;
	if (x->scored) {
		x->scored->counts = true;
		x->scored->why = x->why.text;
	}
}

enum qpp_code qpp_levels_choose(const struct qpp_levels_request *r, struct qpp_levels *out, struct qpp_err *err)
{
	*out = (struct qpp_levels){ .py = r->answers[0].py, .rules_hash = r->rules->hash };
	struct qpp_payment_request q = { r->arena, r->rules, out->py, NULL, r->findings };
	enum qpp_code code = qpp_payment_answer(&q, lay_out(r, out), &out->choice, err);
	if (code != QPP_OK)
		return code;
	tell(out);
	const struct qpp_payment *p = &out->choice.payment;
	for (size_t i = 0; i < r->n; i++)
		r->answers[i].level_says = p->pays ? p->why.list.v[0].text : p->no_adjustment.text;
	return QPP_OK;
}
