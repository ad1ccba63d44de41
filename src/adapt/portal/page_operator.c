/* Of operators: /operator/runs and /operator/corrections. What takes long is begun here and done by the service's own thread. */
#include "adapt/portal/pages.h"

#include <string.h>

#include "app/correction.h"
#include "app/radar.h"
#include "qpp/buf.h"
#include "qpp/eligibility.h"

enum { LIST_MOST = 50, RUNS_MOST = 100 };

/* ---- lines ---- */

static struct qpp_str progress_of(struct qpp_arena *a, const struct qpp_scoring *x)
{
	const char *n = qpp_i64_text(a, qpp_str_is(x->step, "levels") ? x->levels : x->pairs).p;
	if (qpp_str_is(x->state, "dropped"))
		return QPP_LIT("Given up");
	if (qpp_str_is(x->state, "preparing"))
		return QPP_LIT("The facts of the cohort are being put down");
	if (qpp_str_is(x->state, "done"))
		return CAT(a, "Done: ", qpp_i64_text(a, x->levels).p, " scores, ", qpp_i64_text(a, x->pairs).p, " clinicians");
	if (qpp_str_is(x->step, "levels"))
		return CAT(a, "First part: ", n, " scores so far");
	return qpp_str_is(x->step, "sums") ? QPP_LIT("Second part: adding up gains and losses") : CAT(a, "Last part: ", n, " clinicians so far");
}

static enum qpp_code released_of(struct qpp_portal *p, struct qpp_tx *tx, const struct qpp_scoring *x, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_release_rows rows = { 0 };
	enum qpp_code code = qpp_store_release_of(tx, x->id, &rows, err);
	*out = QPP_LIT("");
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		*out = CAT(a, C(a, *out), out->n ? "; " : "", C(a, qpp_eastern(a, p->zone, rows.v[i].at)), rows.v[i].factors ? ", with payment adjustments" : "");
	return code;
}

/* Whether what is made from a base has factors is the base's to say. */
static enum qpp_code factors_of(struct qpp_tx *tx, const struct qpp_scoring *x, bool *out, struct qpp_err *err)
{
	struct qpp_scoring base = *x;
	enum qpp_code code = QPP_OK;
	while (code == QPP_OK && qpp_phase_of(base.phase) == QPP_PHASE_CORRECTED && base.base_id.n)
		code = qpp_store_scoring_get(tx, base.base_id, &base, err);
	*out = qpp_phase_of(base.phase) == QPP_PHASE_FINAL;
	return code;
}

static enum qpp_code line_of(struct qpp_portal *p, struct qpp_tx *tx, const struct qpp_scoring *x, struct qpp_run_line *out, struct qpp_err *err)
{
	static const char *const phases[QPP_PHASES] = { "", "Submission-time", "Preview", "Final", "Corrected" };
	struct qpp_arena *a = qpp_tx_arena(tx);
	*out = (struct qpp_run_line){ .id = x->id, .name = x->name, .phase = qpp_str_of(phases[qpp_phase_of(x->phase)]), .reason = x->reason,
		.begun = qpp_eastern(a, p->zone, x->created), .progress = progress_of(a, x), .year = x->py.v, .levels = x->levels, .pairs = x->pairs,
		.paid = x->paid, .up = x->up, .down = x->down, .told = x->told, .done = qpp_str_is(x->state, "done"),
		.dropped = qpp_str_is(x->state, "dropped"), .corrected = qpp_phase_of(x->phase) == QPP_PHASE_CORRECTED };
	out->working = !out->done && !out->dropped;
	enum qpp_code code = released_of(p, tx, x, &out->released, err);
	return code == QPP_OK ? factors_of(tx, x, &out->factors, err) : code;
}

struct listing {
	struct qpp_run_line *v;
	size_t n;
	bool busy;
};

static enum qpp_code list_runs(struct qpp_portal *p, struct qpp_arena *a, int64_t year, bool corrected, struct listing *out, struct qpp_err *err)
{
	struct qpp_scoring_rows rows = { 0 };
	struct qpp_tx *tx;
	*out = (struct listing){ 0 };
	enum qpp_code code = qpp_store_begin(p->service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_scoring_list(tx, (qpp_py){ (int)year }, QPP_LIT("all"), (struct qpp_slice){ .most = RUNS_MOST }, &rows, err);
	out->v = QPP_NEW_ARRAY(a, rows.n + 1, struct qpp_run_line);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		struct qpp_run_line *x = &out->v[out->n];
		code = line_of(p, tx, &rows.v[i], x, err);
		out->busy |= x->working;
		out->n += !corrected || x->corrected;
	}
	qpp_store_end(tx);
	return code;
}

/* The year of the query or the form; else that of the newest run; else the newest. */
static enum qpp_code year_of(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_str given, const int64_t **years, size_t *n, int64_t *out,
                             struct qpp_err *err)
{
	struct qpp_scoring_rows rows = { 0 };
	struct qpp_tx *tx;
	uint64_t asked = 0;
	*n = portal_years(p, r->arena, years);
	*out = *n ? (*years)[0] : 0;
	enum qpp_code code = qpp_store_begin(p->service->store, r->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_scoring_list(tx, (qpp_py){ 0 }, QPP_LIT("all"), (struct qpp_slice){ .most = 1 }, &rows, err);
	qpp_store_end(tx);
	if (code == QPP_OK && rows.n)
		*out = rows.v[0].py.v;
	for (size_t i = 0; given.n && qpp_str_u64(given, INT32_MAX, &asked) && i < *n; i++)
		if ((*years)[i] == (int64_t)asked)
			*out = (int64_t)asked;
	return code;
}

/* ---- /operator/runs ---- */

static enum qpp_code show_runs(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_operator_runs *m,
                               struct qpp_str year, const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct listing all;
	enum qpp_code code = year_of(p, r, year, &m->years.v, &m->years.n, &m->year, err);
	if (code == QPP_OK)
		code = list_runs(p, r->arena, m->year, false, &all, err);
	if (code != QPP_OK)
		return code;
	m->v.v = all.v;
	m->v.n = all.n;
	m->busy = all.busy;
	RESPOND(p, r, s, QPP_AT_OPERATOR_RUNS, operator_runs, m, errors);
	return QPP_OK;
}

static enum qpp_code runs(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_operator_runs m = { .phase = QPP_LIT("final"), .scaling = QPP_LIT("rules") };
	return show_runs(host, r, s, &m, portal_value(qpp_query(r, "year")), NULL, err);
}

static void go_to(struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str id, const char *done)
{
	qpp_respond_redirect(s, CAT(r->arena, "/operator/runs/", C(r->arena, id), "?done=", done));
}

static enum qpp_code runs_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_scoring run;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_operator_runs m = { 0 };
	int64_t year;
	enum qpp_code code = portal_may_write(p, r, "begin a score run", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code == QPP_OK)
		code = year_of(p, r, portal_typed(&form, "year"), &m.years.v, &m.years.n, &year, err);
	if (code != QPP_OK)
		return code;
	m.phase = portal_typed(&form, "phase"), m.scaling = portal_typed(&form, "scaling"), m.reason = portal_typed(&form, "reason");
	const struct qpp_run_order o = { .py = { (int)year }, .phase = qpp_phase_of(m.phase), .scaling = qpp_scaling_by_of(m.scaling), .reason = m.reason,
		.account_id = portal_person(r)->account_id };
	if (!o.phase || o.phase == QPP_PHASE_CORRECTED)
		portal_wrong(&errors, "phase", QPP_LIT("Choose a phase"));
	if (!o.scaling)
		portal_wrong(&errors, "scaling", QPP_LIT("Choose the scaling factor"));
	if (!o.reason.n)
		portal_wrong(&errors, "reason", QPP_LIT("Say why the run is made: it is kept with it"));
	if (!portal_errors_of(&errors).n) {
		code = qpp_run_begin(p->service, r->arena, &o, &run, err);
		if (code == QPP_OK) {
			go_to(r, s, run.id, "run-begun");
			return QPP_OK;
		}
		if (!portal_wrong_err(&errors, NULL, err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_runs(p, r, s, &m, portal_typed(&form, "year"), &list, err);
}

/* ---- /operator/runs/{run} ---- */

static enum qpp_code run_of(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_scoring *run, struct qpp_run_line *x, struct qpp_err *err)
{
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(p->service->store, r->arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_scoring_get(tx, qpp_param(r, "run"), run, err);
	/* A decision about one person is no run of an operator. */
	if (code == QPP_NOT_FOUND || (code == QPP_OK && !qpp_str_is(run->scope, "all")))
		code = qpp_not_found(err, "score run");
	if (code == QPP_OK)
		code = line_of(p, tx, run, x, err);
	qpp_store_end(tx);
	return code;
}

static enum qpp_code name_org(struct qpp_portal *p, struct qpp_arena *a, struct qpp_str id, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_org org;
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(p->service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_org_get(tx, id, &org, err);
	qpp_store_end(tx);
	if (code == QPP_OK)
		*out = org.name.n ? org.name : portal_number(a, org.kind, org.number, org.tin_masked);
	return code;
}

static enum qpp_code moved(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_operator_run *m, struct qpp_err *err)
{
	enum qpp_direction way = qpp_str_is(m->way, "up") ? QPP_UP : qpp_str_is(m->way, "down") ? QPP_DOWN : QPP_ANY_WAY;
	struct qpp_moves moves;
	enum qpp_code code = qpp_correction_each(p->service, r->arena, m->x.id, way, portal_value(qpp_query(r, "after")), LIST_MOST, &moves, err);
	if (code != QPP_OK)
		return code;
	struct qpp_moved_line *v = QPP_NEW_ARRAY(r->arena, moves.n + 1, struct qpp_moved_line);
	for (size_t i = 0; code == QPP_OK && i < moves.n; i++) {
		const struct qpp_run *row = &moves.v[i].run;
		v[i] = (struct qpp_moved_line){ .npi = row->who.npi, .old_score = row->old_score, .score = row->final_score, .old_factor = row->old_factor,
			.factor = row->factor, .up = moves.v[i].direction == QPP_UP };
		code = name_org(p, r->arena, row->who.org_id, &v[i].org, err);
	}
	m->list.v = v;
	m->list.n = moves.n;
	m->next = moves.next;
	return code;
}

static enum qpp_code effect(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_operator_run *m, struct qpp_err *err)
{
	struct qpp_effect e;
	enum qpp_code code = qpp_correction_effect(p->service, r->arena, m->x.id, &e, err);
	if (code != QPP_OK)
		return code;
	m->has_effect = true;
	m->moved = e.moved, m->up = e.up, m->down = e.down, m->score_moved = e.score_moved, m->factor_moved = e.factor_moved;
	m->only_factor = e.only_factor, m->gained = e.gained, m->lost = e.lost;
	m->scaling_before = e.scaling_before, m->scaling_after = e.scaling_after;
	for (int i = 0; i < QPP_QUANTILES; i++) {
		m->score_quantile[i] = e.score_quantile[i];
		m->factor_quantile[i] = e.factor_quantile[i];
	}
	return moved(p, r, m, err);
}

static enum qpp_code run(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_scoring row;
	struct qpp_radar radar;
	bool found = false;
	struct qpp_operator_run m = { .way = portal_value(qpp_query(r, "way")), .findings = -1 };
	enum qpp_code code = run_of(p, r, &row, &m.x, err);
	if (code == QPP_OK && m.x.done)
		code = qpp_radar_kept(p->service, r->arena, &row, &radar, &found, err);
	if (found)
		m.findings = (int64_t)radar.n;
	if (code == QPP_DATA)
		code = QPP_OK;
	if (code == QPP_OK && m.x.done && m.x.corrected)
		code = effect(p, r, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, m.x.corrected ? QPP_AT_OPERATOR_CORRECTIONS : QPP_AT_OPERATOR_RUNS, operator_run, &m, NULL);
	return code;
}

/* ---- release, and giving up ---- */

static enum qpp_code act_of(struct qpp_portal *p, struct qpp_http_request *r, bool drop, struct qpp_run_act *m, struct qpp_err *err)
{
	struct qpp_scoring row;
	*m = (struct qpp_run_act){ .drop = drop };
	enum qpp_code code = run_of(p, r, &row, &m->x, err);
	m->factors = m->x.factors;
	return code;
}

static enum qpp_code show_act(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, bool drop, struct qpp_err *err)
{
	struct qpp_run_act m;
	enum qpp_code code = act_of(p, r, drop, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_OPERATOR_RUNS, run_act, &m, NULL);
	return code;
}

static enum qpp_code release(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_act(host, r, s, false, err);
}

static enum qpp_code release_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_run_act m;
	struct qpp_form form;
	struct qpp_release row;
	qpp_instant at = { 0 };
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(p, r, "release a score run", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code == QPP_OK)
		code = act_of(p, r, false, &m, err);
	if (code != QPP_OK)
		return code;
	m.at = portal_typed(&form, "at"), m.reason = portal_typed(&form, "reason"), m.factors = portal_typed(&form, "factors").n > 0;
	if (m.at.n && !qpp_instant_parse(m.at, &at, NULL))
		portal_wrong(&errors, "at", QPP_LIT("Write a day and an hour with the distance from universal time, like 2024-08-12T10:00:00-04:00"));
	if (!m.reason.n)
		portal_wrong(&errors, "reason", QPP_LIT("Give the reason: it is shown beside the release"));
	if (!portal_errors_of(&errors).n) {
		const struct qpp_release_order o = { .scoring_id = m.x.id, .at = m.at.n ? qpp_time_of_instant(at) : (qpp_time){ 0 }, .factors = m.factors,
			.reason = m.reason, .account_id = portal_person(r)->account_id };
		code = qpp_release(p->service, r->arena, &o, &row, err);
		if (code == QPP_OK) {
			go_to(r, s, m.x.id, "released");
			return QPP_OK;
		}
		if (!portal_wrong_err(&errors, code == QPP_USAGE ? "at" : NULL, err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_OPERATOR_RUNS, run_act, &m, &list);
	return QPP_OK;
}

static enum qpp_code drop(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_act(host, r, s, true, err);
}

static enum qpp_code drop_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_run_act m;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(p, r, "give up a score run", err);
	if (code == QPP_OK)
		code = act_of(p, r, true, &m, err);
	if (code != QPP_OK)
		return code;
	code = qpp_run_drop(p->service, r->arena, m.x.id, err);
	if (code == QPP_OK) {
		go_to(r, s, m.x.id, "dropped");
		return QPP_OK;
	}
	if (!portal_wrong_err(&errors, NULL, err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_OPERATOR_RUNS, run_act, &m, &list);
	return QPP_OK;
}

/* ---- /operator/corrections ---- */

static enum qpp_code show_corrections(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_operator_corrections *m,
                                      struct qpp_str year, const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct listing all;
	struct qpp_str *specials = QPP_NEW_ARRAY(r->arena, QPP_SPECIALS, struct qpp_str);
	enum qpp_code code = year_of(p, r, year, &m->years.v, &m->years.n, &m->year, err);
	if (code == QPP_OK)
		code = list_runs(p, r->arena, m->year, true, &all, err);
	if (code != QPP_OK)
		return code;
	for (int i = 0; i < QPP_SPECIALS; i++)
		specials[i] = qpp_str_of(qpp_special_name((enum qpp_special)i));
	m->v.v = all.v;
	m->v.n = all.n;
	m->busy = all.busy;
	m->specials.v = specials;
	m->specials.n = QPP_SPECIALS;
	RESPOND(p, r, s, QPP_AT_OPERATOR_CORRECTIONS, operator_corrections, m, errors);
	return QPP_OK;
}

static enum qpp_code corrections(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_operator_corrections m = { .scaling = QPP_LIT("frozen") };
	return show_corrections(host, r, s, &m, portal_value(qpp_query(r, "year")), NULL, err);
}

static void read_correction(const struct qpp_form *f, struct qpp_operator_corrections *m)
{
	m->name = portal_typed(f, "name"), m->reason = portal_typed(f, "reason"), m->overlay = portal_value(qpp_form_field(f, "overlay")), m->facts = portal_typed(f, "facts");
	m->level = portal_typed(f, "level"), m->state = portal_typed(f, "state"), m->county = portal_typed(f, "county"), m->special = portal_typed(f, "special");
	m->scaling = portal_typed(f, "scaling");
	if (!qpp_str_trim(m->overlay).n)
		m->overlay = QPP_LIT("");
}

static void check_correction(struct portal_errors *errors, const struct qpp_operator_corrections *m)
{
	if (!m->name.n)
		portal_wrong(errors, "name", QPP_LIT("Give it a name: everyone it touches sees it"));
	if (!m->reason.n)
		portal_wrong(errors, "reason", QPP_LIT("Say what was wrong: everyone it touches sees it"));
	if (!m->overlay.n && !m->facts.n)
		portal_wrong(errors, "overlay", QPP_LIT("Change rules, or facts, or both"));
	if (m->facts.n && qpp_entity_of(m->level) == QPP_ENTITY_NONE)
		portal_wrong(errors, "level", QPP_LIT("Choose whose facts are corrected"));
	if (!m->facts.n && m->level.n)
		portal_wrong(errors, "facts", QPP_LIT("Write what holds for them, or choose nobody"));
	if (!qpp_scaling_by_of(m->scaling))
		portal_wrong(errors, "scaling", QPP_LIT("Choose the scaling factor"));
}

static enum qpp_code begin_correction(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_operator_corrections *m, int64_t year,
                                      struct qpp_scoring *run_row, struct qpp_err *err)
{
	struct qpp_correction c = { .order = { .py = { (int)year }, .phase = QPP_PHASE_CORRECTED, .scaling = qpp_scaling_by_of(m->scaling), .name = m->name,
		.reason = m->reason, .account_id = portal_person(r)->account_id, .overlay = m->overlay }, .facts = m->facts };
	const struct qpp_cohort cohort = { .py = { (int)year }, .level = qpp_entity_of(m->level), .state = m->state, .county = m->county, .special = m->special };
	struct qpp_who *who = NULL;
	enum qpp_code code = QPP_OK;
	if (m->facts.n)
		code = qpp_cohort_find(p->service, r->arena, &cohort, &who, &c.n_cohort, err);
	c.cohort = who;
	return code == QPP_OK ? qpp_correction_begin(p->service, r->arena, &c, run_row, err) : code;
}

static enum qpp_code corrections_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_scoring row;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_operator_corrections m = { 0 };
	int64_t year;
	enum qpp_code code = portal_may_write(p, r, "begin a correction", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code == QPP_OK)
		code = year_of(p, r, portal_typed(&form, "year"), &m.years.v, &m.years.n, &year, err);
	if (code != QPP_OK)
		return code;
	read_correction(&form, &m);
	check_correction(&errors, &m);
	if (!portal_errors_of(&errors).n) {
		code = begin_correction(p, r, &m, year, &row, err);
		if (code == QPP_OK) {
			go_to(r, s, row.id, "run-begun");
			return QPP_OK;
		}
		if (!portal_wrong_err(&errors, code == QPP_DATA ? (m.facts.n ? "facts" : "overlay") : NULL, err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_corrections(p, r, s, &m, portal_typed(&form, "year"), &list, err);
}

static const struct qpp_param_doc year_params[] = { { QPP_IN_QUERY, "year", "integer", false, "performance year" }, { 0 } };
static const struct qpp_param_doc run_params[] = { { QPP_IN_PATH, "run", "string", true, "id of the score run" }, { 0 } };
static const struct qpp_param_doc moved_params[] = {
	{ QPP_IN_PATH, "run", "string", true, "id of the score run" }, { QPP_IN_QUERY, "way", "string", false, "up or down" },
	{ QPP_IN_QUERY, "after", "string", false, "version to go on behind" }, { 0 },
};

#define FORM "application/x-www-form-urlencoded"
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/operator/runs", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = runs,
	  .summary = "Score runs of a year, and a new one", .params = year_params },
	{ .method = QPP_POST, .path = "/operator/runs", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_DECISION, .handle = runs_post, .flags = QPP_PAGE_WAITS,
	  .summary = "Begin a score run", .takes = FORM },
	{ .method = QPP_GET, .path = "/operator/runs/{run}", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = run,
	  .summary = "A score run: how far it is, and of a correction who goes up and who goes down", .params = moved_params },
	{ .method = QPP_GET, .path = "/operator/runs/{run}/release", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = release,
	  .summary = "What a release will show to whom", .params = run_params },
	{ .method = QPP_POST, .path = "/operator/runs/{run}/release", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_DECISION, .handle = release_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Release a score run", .params = run_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/operator/runs/{run}/drop", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = drop,
	  .summary = "What giving a score run up will do", .params = run_params },
	{ .method = QPP_POST, .path = "/operator/runs/{run}/drop", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_DECISION, .handle = drop_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Give a score run up", .params = run_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/operator/corrections", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = corrections,
	  .summary = "Corrections at large of a year, and a new one", .params = year_params },
	{ .method = QPP_POST, .path = "/operator/corrections", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_DECISION, .handle = corrections_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Begin a correction at large", .takes = FORM },
};
const struct qpp_page_table portal_operator_pages = QPP_PAGE_TABLE("portal: runs and corrections", pages);
