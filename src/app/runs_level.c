/*
 * The score of one level of one subject: every reporting option it has data of,
 * without a trace, and the best of them. Who has nothing at all is not scored:
 * a practice that filed nothing as a group has no group score, a virtual group
 * always has one (414.1315(a)(2)), and a clinician who had to take part has one
 * of what there is.
 */
#include "app/runs_int.h"

#include "app/provider.h"
#include "qpp/buf.h"

enum { MOST_HEADLINE = 1 << 14, PUBLISHED_PLACES = 2, CATEGORY_PLACES = 4, FEW_FINDINGS = 4 };

enum qpp_code qpp_runner_adjust(const struct qpp_runner *r, struct qpp_arena *a, qpp_dec exact, struct qpp_adjustment *out,
                                struct qpp_err *err)
{
	const struct qpp_request q = { .arena = a, .rules = r->rules, .catalog = r->catalog, .plan = r->plan };
	return qpp_score_adjustment(&q, exact, r->scaling, r->additional, out, err);
}

static void figure(struct qpp_buf *b, struct qpp_arena *a, const char *name, const struct qpp_value *v, int places)
{
	if (v->has)
		qpp_buf_cat(b, ",\"", name, "\":", qpp_dec_text(a, v->v, places).p, (char *)NULL);
}

/* What a list of scores shows of one without making it again. */
static struct qpp_str headline_of(struct qpp_arena *a, const struct qpp_score *s, struct qpp_str why)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_HEADLINE);
	qpp_buf_cat(&b, "{\"why\":", (char *)NULL);
	qpp_runs_quote(&b, why);
	if (!s) {
		qpp_buf_char(&b, '}');
		return qpp_buf_done(&b);
	}
	qpp_buf_cat(&b, ",\"categories\":{", (char *)NULL);
	for (int i = 0; i < QPP_CATEGORIES; i++) {
		const struct qpp_category_score *c = &s->category[i];
		qpp_buf_cat(&b, i ? "," : "", "\"", qpp_category_name((enum qpp_category)i), "\":{\"scored\":", c->scored ? "true" : "false", (char *)NULL);
		figure(&b, a, "percent", &c->percent, CATEGORY_PLACES);
		figure(&b, a, "weight", &c->weight, PUBLISHED_PLACES);
		figure(&b, a, "contribution", &c->contribution, CATEGORY_PLACES);
		qpp_buf_char(&b, '}');
	}
	qpp_buf_char(&b, '}');
	figure(&b, a, "complexPatientBonus", &s->complex_patient_bonus, PUBLISHED_PLACES);
	qpp_buf_char(&b, '}');
	return qpp_buf_done(&b);
}

struct best {
	struct qpp_score score;
	bool has;
	struct qpp_str why;              /* nothing could be scored */
};

/* One program; a score that cannot be made is none, with its reason. */
static enum qpp_code try_program(const struct qpp_request *q, struct qpp_known *x, struct qpp_str program, struct best *best,
                                 struct qpp_err *err)
{
	struct qpp_score s;
	enum qpp_code code = qpp_score_submission(q, &x->submission, x->facts, program, &s, err);
	if (code == QPP_NO_RULE || code == QPP_DATA || code == QPP_ARITHMETIC) {
		best->why = qpp_str_dup(q->arena, qpp_str_of(err->primary));
		return QPP_OK;
	}
	if (code != QPP_OK)
		return code;
	if (!s.final_score.has && !best->has && s.no_score.n)
		best->why = s.no_score;
	if (s.final_score.has && (!best->has || qpp_dec_cmp(s.final_exact.v, best->score.final_exact.v) > 0)) {
		best->score = s;
		best->has = true;
	}
	return QPP_OK;
}

static bool seen_before(const struct qpp_submission *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (qpp_str_eq(s->sets[k].program, s->sets[i].program))
			return true;
	return false;
}

static enum qpp_code score(struct qpp_piece *p, struct qpp_known *x, struct best *best, struct qpp_err *err)
{
	const struct qpp_runner *r = p->r;
	const struct qpp_request q = { .arena = p->arena, .rules = r->rules, .catalog = r->catalog, .plan = r->plan };
	struct qpp_findings findings;
	enum qpp_code code = QPP_OK;
	*best = (struct best){ .why = QPP_LIT("there is no final score") };
	qpp_findings_init(&findings, p->arena, FEW_FINDINGS);
	qpp_answer_check_facts(x->facts, r->catalog, &findings);
	for (size_t i = 0; code == QPP_OK && i < x->submission.n_sets; i++) {
		struct qpp_str program = x->submission.sets[i].program.n ? x->submission.sets[i].program : QPP_LIT("mips");
		if (!seen_before(&x->submission, i))
			code = try_program(&q, x, program, best, err);
	}
	if (code == QPP_OK && !x->submission.n_sets)
		code = try_program(&q, x, QPP_LIT("mips"), best, err);
	return code;
}

static enum qpp_code must_take_part(struct qpp_piece *p, const struct qpp_who *who, bool *out, struct qpp_err *err)
{
	struct qpp_relation relation;
	const struct qpp_eligibility_facts *facts;
	enum qpp_eligibility_status status;
	bool has;
	*out = false;
	enum qpp_code code = qpp_store_relation_get(p->tx, who->py, who->org_id, who->npi, &relation, err);
	if (code == QPP_NOT_FOUND)
		return QPP_OK;
	if (code == QPP_OK)
		code = qpp_pair_status(p, who, relation.facts, QPP_INDIVIDUAL, &facts, &has, &status, err);
	*out = code == QPP_OK && has && (status == QPP_ELIGIBLE || status == QPP_ELIGIBLE_OPTED_IN);
	return code;
}

enum qpp_code qpp_piece_has_anything(struct qpp_piece *p, const struct qpp_known *x, bool *out, struct qpp_err *err)
{
	*out = x->submission.n_sets > 0;
	if (*out)
		return QPP_OK;
	switch (x->who.entity) {
	case QPP_VIRTUAL_GROUP:
		*out = true;
		return QPP_OK;
	case QPP_APM_ENTITY:
		*out = x->has_facts || x->n_overrides;
		return QPP_OK;
	case QPP_INDIVIDUAL:
		*out = x->has_facts;
		return *out ? QPP_OK : must_take_part(p, &x->who, out, err);
	default:
		return QPP_OK;
	}
}

enum qpp_code qpp_piece_score(struct qpp_piece *p, struct qpp_known *x, struct qpp_score *out, bool *has, struct qpp_err *err)
{
	struct best best;
	enum qpp_code code = score(p, x, &best, err);
	*out = best.score;
	*has = code == QPP_OK && best.has;
	return code;
}

enum qpp_code qpp_piece_level(struct qpp_piece *p, const struct qpp_who *who, struct qpp_err *err)
{
	struct qpp_known x;
	struct best best;
	bool any;
	enum qpp_code code = qpp_known_gather(p->r->service, p->tx, who, &p->r->how, &x, err);
	if (code == QPP_OK)
		code = qpp_piece_has_anything(p, &x, &any, err);
	if (code != QPP_OK || !any)
		return code;
	code = score(p, &x, &best, err);
	if (code != QPP_OK)
		return code;
	struct qpp_run row = { .who = *who, .kind = QPP_LIT("level"), .submission_id = x.row.id, .inputs_hash = x.inputs_hash,
		                   .counts = best.has, .program = best.has ? best.score.program : QPP_LIT("") };
	row.headline = headline_of(p->arena, best.has ? &best.score : NULL, best.has ? QPP_LIT("") : best.why);
	if (best.has) {
		row.final_score = qpp_dec_text(p->arena, best.score.final_score.v, PUBLISHED_PLACES);
		row.exact = qpp_exact_text(p->arena, best.score.final_exact.v);
	}
	code = qpp_piece_add(p, &row, err);
	if (code == QPP_OK)
		*QPP_PUSH(p->arena, &p->found) = (struct qpp_level_found){ .who = *who, .has = true, .row = row };
	return code;
}

/* ---- looking one up ---- */

static bool same_who(const struct qpp_who *a, const struct qpp_who *b)
{
	return a->entity == b->entity && qpp_str_eq(a->org_id, b->org_id) && qpp_str_eq(a->npi, b->npi);
}

/* All levels of an organization that this run has made: a practice's group and clinicians in one look. */
static enum qpp_code load(struct qpp_piece *p, struct qpp_str org_id, struct qpp_err *err)
{
	enum { SLICE = 1000 };
	struct qpp_run_rows rows = { 0 };
	struct qpp_slice slice = { .most = SLICE };
	enum qpp_code code;
	do {
		code = qpp_store_run_of_org(p->tx, p->r->row.id, org_id, slice, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
			if (qpp_str_is(rows.v[i].kind, "level"))
				*QPP_PUSH(p->arena, &p->found) = (struct qpp_level_found){ .who = rows.v[i].who, .has = true, .row = rows.v[i] };
		slice.start += SLICE;
	} while (code == QPP_OK && rows.n == SLICE);
	/* That it was looked up is kept as an entry of nobody. */
	if (code == QPP_OK)
		*QPP_PUSH(p->arena, &p->found) = (struct qpp_level_found){ .who = { .org_id = org_id } };
	return code;
}

static const struct qpp_level_found *look(const struct qpp_piece *p, const struct qpp_who *who)
{
	for (size_t i = p->found.n; i-- > 0;)
		if (same_who(&p->found.v[i].who, who))
			return &p->found.v[i];
	return NULL;
}

enum qpp_code qpp_piece_find(struct qpp_piece *p, const struct qpp_who *who, const struct qpp_run **out, struct qpp_err *err)
{
	const struct qpp_who nobody = { .org_id = who->org_id };
	const struct qpp_level_found *f = look(p, who);
	enum qpp_code code = QPP_OK;
	*out = NULL;
	if (!f && !look(p, &nobody)) {
		code = load(p, who->org_id, err);
		f = look(p, who);
	}
	if (code == QPP_OK && !f) {
		struct qpp_run_rows old = { 0 };
		if (!p->r->all || p->r->only_moved)
			code = qpp_store_run_released(p->tx, who, QPP_LIT("level"), (qpp_time){ -1 }, (struct qpp_slice){ .most = 1 }, &old, err);
		if (code != QPP_OK)
			return code;
		struct qpp_level_found *x = QPP_PUSH(p->arena, &p->found);
		*x = (struct qpp_level_found){ .who = *who, .has = old.n > 0 };
		if (old.n)
			x->row = old.v[0];
		f = x;
	}
	if (code == QPP_OK && f->has && f->row.final_score.n) {
		struct qpp_run *copy = QPP_NEW(p->arena, struct qpp_run);
		*copy = f->row;
		*out = copy;
	}
	return code;
}
