/* Versions of a score as its people see them: what was released by now, and what of it. */
#include "app/feedback_int.h"

enum { MOST_VERSIONS = 200, PUBLISHED_PLACES = 2 };

static enum qpp_code releases(struct qpp_tx *tx, struct qpp_str scoring_id, qpp_time now, qpp_time *scores, qpp_time *factors,
                              struct qpp_err *err)
{
	struct qpp_release_rows rows = { 0 };
	enum qpp_code code = qpp_store_release_of(tx, scoring_id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		const struct qpp_release *r = &rows.v[i];
		if (r->at.us > now.us)
			continue;
		if (scores && (!scores->us || r->at.us < scores->us))
			*scores = r->at;
		if (r->factors && (!factors->us || r->at.us < factors->us))
			*factors = r->at;
	}
	return code;
}

static enum qpp_code look(struct qpp_tx *tx, qpp_time now, struct qpp_seen_version *v, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_scoring_get(tx, v->row.scoring_id, &v->scoring, err);
	if (code == QPP_OK)
		code = releases(tx, v->row.scoring_id, now, &v->released, &v->factor_released, err);
	/* What a decision made has its factor with those of the run it was made on. */
	if (code == QPP_OK && qpp_str_is(v->scoring.scope, "some") && v->scoring.base_id.n) {
		code = releases(tx, v->scoring.base_id, now, NULL, &v->factor_released, err);
		if (v->factor_released.us && v->factor_released.us < v->released.us)
			v->factor_released = v->released;
	}
	return code;
}

enum qpp_code qpp_feedback_versions(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_who *who,
                                    struct qpp_seen_version **out, size_t *n, struct qpp_err *err)
{
	struct qpp_run_rows rows = { 0 };
	qpp_time now = qpp_now(call->service->clock);
	struct qpp_str kind = who->entity == QPP_INDIVIDUAL ? QPP_LIT("pair") : QPP_LIT("level");
	enum qpp_code code = qpp_store_run_released(tx, who, kind, now, (struct qpp_slice){ .most = MOST_VERSIONS }, &rows, err);
	if (code != QPP_OK)
		return code;
	if (!rows.n)
		return qpp_fail(err, QPP_NOT_FOUND, "no feedback was released yet", (char *)NULL);
	*out = QPP_NEW_ARRAY(call->arena, rows.n, struct qpp_seen_version);
	for (*n = 0; code == QPP_OK && *n < rows.n; ++*n) {
		(*out)[*n].row = rows.v[*n];
		code = look(tx, now, &(*out)[*n], err);
	}
	return code;
}

/* A level has no row of what it pays: its exact score and the scaling of the run say it. */
static enum qpp_code factor_of_level(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v, struct qpp_str *out,
                                     struct qpp_err *err)
{
	struct qpp_runner *r = QPP_NEW(call->arena, struct qpp_runner);
	struct qpp_adjustment x;
	qpp_dec exact;
	if (!qpp_exact_parse(v->row.exact, &exact))
		return QPP_OK;
	enum qpp_code code = qpp_runner_make(call->arena, call->service, tx, &v->scoring, r, err);
	if (code == QPP_OK)
		code = qpp_runner_adjust(r, call->arena, exact, &x, err);
	if (code == QPP_OK && x.total.has)
		*out = qpp_dec_text(call->arena, x.total.v, PUBLISHED_PLACES);
	return code;
}

enum qpp_code qpp_feedback_version_of(struct qpp_tx *tx, const struct qpp_call *call, const struct qpp_seen_version *v,
                                      struct qpp_feedback_version *out, struct qpp_err *err)
{
	*out = (struct qpp_feedback_version){ .id = v->row.id, .number = v->row.number, .phase = qpp_phase_of(v->row.phase),
		                                  .released = v->released, .reason = v->row.reason, .final_score = v->row.final_score,
		                                  .factor_released = v->factor_released };
	out->review = qpp_str_is(v->scoring.scope, "some");
	if (qpp_str_is(v->scoring.scope, "all") && v->scoring.name.n)
		out->reason = qpp_str_cat(call->arena, qpp_str_dup(call->arena, v->scoring.name).p, ": ", qpp_str_dup(call->arena, v->row.reason).p,
		                          (char *)NULL);
	if (!v->factor_released.us)
		return QPP_OK;
	out->factor = v->row.factor;
	return qpp_str_is(v->row.kind, "level") ? factor_of_level(tx, call, v, &out->factor, err) : QPP_OK;
}
