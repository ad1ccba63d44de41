/* Score runs from beginning to end; runs.h is the manual. */
#include "app/runs_int.h"

#include "app/receipt.h"
#include "qpp/buf.h"

enum { MOST_RECORD = 4096, SCALING_PLACES = 4 };

static const char *const phases[QPP_PHASES] = { "", "submission", "preview", "final", "corrected" };
static const char *const scalings[QPP_SCALING_BYS] = { "", "rules", "neutral", "frozen" };

const char *qpp_phase_name(enum qpp_phase p)
{
	return p < QPP_PHASES ? phases[p] : "";
}

enum qpp_phase qpp_phase_of(struct qpp_str name)
{
	for (int i = 1; i < QPP_PHASES; i++)
		if (qpp_str_is(name, phases[i]))
			return (enum qpp_phase)i;
	return (enum qpp_phase)0;
}

const char *qpp_scaling_by_name(enum qpp_scaling_by s)
{
	return s < QPP_SCALING_BYS ? scalings[s] : "";
}

enum qpp_scaling_by qpp_scaling_by_of(struct qpp_str name)
{
	for (int i = 1; i < QPP_SCALING_BYS; i++)
		if (qpp_str_is(name, scalings[i]))
			return (enum qpp_scaling_by)i;
	return (enum qpp_scaling_by)0;
}

/* ---- the runner ---- */

static struct qpp_number number_of(struct qpp_str text)
{
	struct qpp_number x = { 0 };
	x.given = text.n && qpp_dec_parse(text, &x.v);
	return x;
}

void qpp_runner_scaling(struct qpp_runner *r)
{
	r->scaling = number_of(r->row.scaling_factor);
	r->additional = number_of(r->row.additional_scaling);
}

/* Whether what is made from a base has factors is the base's to say. */
static bool has_factors(const struct qpp_scoring *row, const struct qpp_scoring *base)
{
	enum qpp_phase phase = qpp_phase_of(row->phase);
	if (phase == QPP_PHASE_CORRECTED && base->id.n)
		phase = qpp_phase_of(base->phase);
	return phase == QPP_PHASE_FINAL || phase == QPP_PHASE_CORRECTED;
}

enum qpp_code qpp_runner_make(struct qpp_arena *a, const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_scoring *row,
                              struct qpp_runner *out, struct qpp_err *err)
{
	*out = (struct qpp_runner){ .service = service, .row = *row, .ruleset = qpp_years_rules(service->years) };
	enum qpp_code code = qpp_years_need(service->years, a, row->py, &out->catalog, err);
	if (code == QPP_OK && row->base_id.n)
		code = qpp_store_scoring_get(tx, row->base_id, &out->base, err);
	if (code == QPP_OK && row->overlay.n)
		code = qpp_overlay_doc_read(a, out->ruleset, row->overlay, &out->ruleset, err);
	if (code == QPP_OK)
		code = qpp_rules_bind(a, out->ruleset, row->py, NULL, 0, &out->rules, err);
	if (code != QPP_OK)
		return code;
	out->plan = qpp_plan_make(a, out->rules, out->catalog);
	out->how = (struct qpp_known_how){ .at = row->created, .scoring_id = row->id, .rules = out->rules };
	out->how.filed_only = qpp_phase_of(row->phase) == QPP_PHASE_SUBMISSION;
	out->factors = has_factors(row, &out->base);
	out->only_moved = qpp_phase_of(row->phase) == QPP_PHASE_CORRECTED;
	out->all = qpp_str_is(row->scope, "all");
	out->all_levels = out->all && out->only_moved && out->factors &&
	                  (!qpp_str_eq(row->scaling_factor, out->base.scaling_factor) || row->overlay.n || out->base.overlay.n ||
	                   qpp_str_is(row->scaling, scalings[QPP_SCALING_BY_NEUTRALITY]));
	qpp_runner_scaling(out);
	return QPP_OK;
}

/* ---- beginning ---- */

enum qpp_code qpp_run_current(struct qpp_tx *tx, qpp_py py, qpp_time now, struct qpp_scoring *out, struct qpp_err *err)
{
	struct qpp_release_rows rows = { 0 };
	struct qpp_slice slice = { 0 };
	struct qpp_str seen = QPP_LIT(""), planned = QPP_LIT("");
	enum qpp_code code;
	*out = (struct qpp_scoring){ 0 };
	do {
		code = qpp_store_release_list(tx, py, slice, &rows, err);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
			if (rows.v[i].at.us <= now.us)
				seen = rows.v[i].scoring_id;
			else if (!planned.n)
				planned = rows.v[i].scoring_id;
		}
		slice.start += (int64_t)rows.n;
	} while (code == QPP_OK && rows.n == 1000);
	if (!seen.n)
		seen = planned;
	return code == QPP_OK && seen.n ? qpp_store_scoring_get(tx, seen, out, err) : code;
}

struct beginning {
	const struct qpp_service *service;
	const struct qpp_run_order *order;
	struct qpp_str rules_hash;
	struct qpp_scoring row;
};

static enum qpp_code must_be_alone(struct qpp_tx *tx, qpp_py py, struct qpp_err *err)
{
	struct qpp_scoring_rows rows = { 0 };
	enum qpp_code code = qpp_store_scoring_list(tx, py, QPP_LIT("all"), (struct qpp_slice){ 0 }, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++)
		if (qpp_str_is(rows.v[i].state, "running") || qpp_str_is(rows.v[i].state, "preparing")) {
			code = qpp_fail(err, QPP_CONFLICT, "another score run of that year is not done", (char *)NULL);
			qpp_err_hint(err, "go on with it, or drop it", (char *)NULL);
		}
	return code;
}

static enum qpp_code base_of(struct qpp_tx *tx, const struct beginning *b, struct qpp_scoring *base, struct qpp_err *err)
{
	const struct qpp_run_order *o = b->order;
	bool needed = o->phase == QPP_PHASE_CORRECTED || o->scaling == QPP_SCALING_FROZEN;
	enum qpp_code code = o->base_id.n ? qpp_store_scoring_get(tx, o->base_id, base, err)
	                                  : qpp_run_current(tx, o->py, qpp_tx_now(tx), base, err);
	if (code == QPP_OK && needed && !base->id.n)
		return qpp_fail(err, QPP_USAGE, "there is no run that was released to go on from", (char *)NULL);
	if (code == QPP_OK && base->id.n && base->py.v != o->py.v)
		return qpp_fail(err, QPP_USAGE, "the run to go on from is of another year", (char *)NULL);
	return code;
}

static enum qpp_code begin(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct beginning *b = request;
	const struct qpp_run_order *o = b->order;
	struct qpp_scoring base = { 0 };
	enum qpp_code code = must_be_alone(tx, o->py, err);
	if (code == QPP_OK)
		code = base_of(tx, b, &base, err);
	if (code != QPP_OK)
		return code;
	b->row = (struct qpp_scoring){
		.py = o->py, .phase = qpp_str_of(qpp_phase_name(o->phase)), .state = o->prepares ? QPP_LIT("preparing") : QPP_LIT("running"),
		.scope = QPP_LIT("all"), .base_id = base.id, .name = o->name, .reason = o->reason, .account_id = o->account_id,
		.scaling = qpp_str_of(qpp_scaling_by_name(o->scaling)), .rules_hash = b->rules_hash, .overlay = o->overlay,
		.version = qpp_str_of(b->service->version), .step = QPP_LIT("levels"),
	};
	if (o->scaling == QPP_SCALING_FROZEN) {
		b->row.scaling_factor = base.scaling_factor;
		b->row.additional_scaling = base.additional_scaling;
	}
	return qpp_store_scoring_put(tx, &b->row, err);
}

enum qpp_code qpp_run_begin(const struct qpp_service *service, struct qpp_arena *a, const struct qpp_run_order *o,
                            struct qpp_scoring *out, struct qpp_err *err)
{
	struct beginning b = { .service = service, .order = o };
	const struct qpp_catalog *catalog;
	const struct qpp_ruleset *rules = qpp_years_rules(service->years);
	if (!o->reason.n || !o->phase || o->phase >= QPP_PHASES || !o->scaling || o->scaling >= QPP_SCALING_BYS)
		return qpp_fail(err, QPP_USAGE, "a score run needs a phase, a choice of scaling and a reason", (char *)NULL);
	if (o->phase == QPP_PHASE_CORRECTED && !o->name.n)
		return qpp_fail(err, QPP_USAGE, "a correction needs a name", (char *)NULL);
	enum qpp_code code = qpp_years_need(service->years, a, o->py, &catalog, err);
	if (code == QPP_OK && o->overlay.n)
		code = qpp_overlay_doc_read(a, rules, o->overlay, &rules, err);
	if (code != QPP_OK)
		return code;
	b.rules_hash = rules->hash;
	code = qpp_store_write(service->store, a, begin, &b, err);
	*out = b.row;
	return code;
}

/* ---- going on ---- */

enum qpp_code qpp_run_finish(struct qpp_tx *tx, struct qpp_scoring *s, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	struct qpp_receipt receipt;
	struct qpp_buf b;
	qpp_buf_init(&b, a, MOST_RECORD);
	qpp_buf_cat(&b, "{\"performanceYear\":", qpp_i64_text(a, s->py.v).p, ",\"phase\":\"", qpp_str_dup(a, s->phase).p, "\",\"reason\":", (char *)NULL);
	qpp_runs_quote(&b, s->reason);
	qpp_buf_cat(&b, ",\"rules\":\"", qpp_str_dup(a, s->rules_hash).p, "\",\"scaling\":\"", qpp_str_dup(a, s->scaling).p, "\",\"scalingFactor\":\"",
	            qpp_str_dup(a, s->scaling_factor).p, "\",\"levels\":", qpp_i64_text(a, s->levels).p, ",\"pairs\":",
	            qpp_i64_text(a, s->pairs).p, ",\"digest\":\"", qpp_str_dup(a, s->digest).p, "\"}", (char *)NULL);
	const struct qpp_ledger_new n = { .at = qpp_tx_now(tx), .kind = QPP_LIT("run"), .keep = true, .body = qpp_buf_done(&b),
		                              .subject = qpp_str_cat(a, "run/", qpp_str_dup(a, s->id).p, (char *)NULL) };
	enum qpp_code code = qpp_store_ledger_append(tx, &n, &receipt, err);
	s->state = QPP_LIT("done");
	s->finished = qpp_tx_now(tx);
	s->sequence = code == QPP_OK ? receipt.sequence : 0;
	return code;
}

/* R-414.1405(b)(3): losses over gains at a scaling of one, not more than the most; rounded down, so that gains stay within losses. */
static enum qpp_code neutral_scaling(struct qpp_runner *r, struct qpp_scoring *s, struct qpp_arena *a, struct qpp_err *err)
{
	const struct qpp_param *most = qpp_ruleset_param(r->ruleset, QPP_LIT("scaling_factor_most"));
	qpp_dec limit = qpp_dec_undefined(), x;
	for (size_t i = 0; most && i < most->n_rows; i++)
		if (most->rows[i].from <= s->py.v && s->py.v <= most->rows[i].to)
			limit = most->rows[i].value.number;
	if (!qpp_dec_ok(limit))
		return qpp_fail(err, QPP_NO_RULE, "the year has no limit of the scaling factor", (char *)NULL);
	x = s->gains ? qpp_dec_div(qpp_dec_of(s->losses), qpp_dec_of(s->gains)) : limit;
	x = qpp_dec_round(qpp_dec_min(x, limit), SCALING_PLACES);
	if (s->gains && qpp_dec_cmp(qpp_dec_mul(x, qpp_dec_of(s->gains)), qpp_dec_of(s->losses)) > 0)
		x = qpp_dec_sub(x, qpp_dec_scaled(1, SCALING_PLACES));
	s->scaling_factor = qpp_dec_text(a, x, SCALING_PLACES);
	return QPP_OK;
}

struct writing {
	const struct qpp_piece *piece;
	struct qpp_scoring row;
};

static enum qpp_code write_piece(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct writing *w = request;
	enum qpp_code code = QPP_OK;
	w->row = w->piece->next;
	for (size_t i = 0; code == QPP_OK && i < w->piece->rows.n; i++) {
		struct qpp_run row = w->piece->rows.v[i];
		code = qpp_store_run_add(tx, &row, err);
	}
	if (code == QPP_OK && !w->row.step.n)
		code = qpp_run_finish(tx, &w->row, err);
	return code == QPP_OK ? qpp_store_scoring_put(tx, &w->row, err) : code;
}

static struct qpp_scoring kept(struct qpp_arena *a, const struct qpp_scoring *s)
{
	struct qpp_scoring x = *s;
	struct qpp_str *const texts[] = { &x.id, &x.phase, &x.state, &x.scope, &x.base_id, &x.name, &x.reason, &x.account_id, &x.scaling,
		                              &x.scaling_factor, &x.additional_scaling, &x.rules_hash, &x.version, &x.overlay, &x.step, &x.cursor,
		                              &x.digest };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		*texts[i] = texts[i]->n ? qpp_str_dup(a, *texts[i]) : QPP_LIT("");
	return x;
}

/* One transaction; what it made is gone again afterwards, but for how the run stands, in the arena `keep`. */
static enum qpp_code one_piece(struct qpp_runner *r, struct qpp_arena *keep, struct qpp_err *err)
{
	struct qpp_arena a = QPP_ARENA_INIT;
	struct qpp_piece p = { .r = r, .arena = &a };
	struct writing w = { .piece = &p };
	enum qpp_code code = qpp_store_begin(r->service->store, &a, &p.tx, err);
	if (code == QPP_OK) {
		code = qpp_piece_next(&p, err);
		qpp_store_end(p.tx);
	}
	if (code == QPP_OK && qpp_str_is(r->row.step, "sums") && qpp_str_is(p.next.step, "pairs"))
		code = neutral_scaling(r, &p.next, &a, err);
	if (code == QPP_OK)
		code = qpp_store_write(r->service->store, &a, write_piece, &w, err);
	if (code == QPP_OK) {
		r->row = kept(keep, &w.row);
		qpp_runner_scaling(r);
	}
	qpp_arena_close(&a);
	return code;
}

static enum qpp_code open_runner(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str id, struct qpp_runner *r,
                                 struct qpp_err *err)
{
	struct qpp_tx *tx;
	struct qpp_scoring row;
	enum qpp_code code = qpp_store_begin(service->store, a, &tx, err);
	if (code != QPP_OK)
		return code;
	code = qpp_store_scoring_get(tx, id, &row, err);
	if (code == QPP_OK && qpp_str_is(row.state, "dropped"))
		code = qpp_fail(err, QPP_CONFLICT, "the score run was dropped", (char *)NULL);
	if (code == QPP_OK)
		code = qpp_runner_make(a, service, tx, &row, r, err);
	qpp_store_end(tx);
	if (code == QPP_OK && qpp_str_is(row.state, "running") && !qpp_str_eq(row.rules_hash, r->ruleset->hash)) {
		code = qpp_fail(err, QPP_CONFLICT, "the score run was begun under other rules than this program has", (char *)NULL);
		qpp_err_hint(err, "drop it, and begin another", (char *)NULL);
	}
	return code;
}

enum qpp_code qpp_run_go(const struct qpp_service *service, struct qpp_str id, const struct qpp_run_work *work, struct qpp_arena *a,
                         struct qpp_scoring *out, struct qpp_err *err)
{
	/* The row changes with each piece: its texts have two places that take turns. */
	struct qpp_arena turns[2] = { QPP_ARENA_INIT, QPP_ARENA_INIT };
	struct qpp_arena own = QPP_ARENA_INIT;
	struct qpp_runner r;
	bool on = true;
	int64_t done = 0;
	enum qpp_code code = open_runner(service, &own, id, &r, err);
	while (code == QPP_OK && on && qpp_str_is(r.row.state, "running") && (!work->most || done < work->most)) {
		struct qpp_arena *turn = &turns[done++ % 2];
		qpp_arena_close(turn);
		*turn = (struct qpp_arena)QPP_ARENA_INIT;
		code = one_piece(&r, turn, err);
		if (code == QPP_OK && work->progress)
			on = work->progress(work->host, &r.row);
	}
	if (code == QPP_OK)
		*out = kept(a, &r.row);
	qpp_arena_close(&turns[0]);
	qpp_arena_close(&turns[1]);
	qpp_arena_close(&own);
	return code;
}

/* ---- giving up ---- */

static enum qpp_code drop(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct qpp_scoring row;
	struct qpp_release_rows releases = { 0 };
	struct qpp_str id = *(struct qpp_str *)request;
	enum qpp_code code = qpp_store_scoring_get(tx, id, &row, err);
	if (code == QPP_OK)
		code = qpp_store_release_of(tx, id, &releases, err);
	if (code == QPP_OK && releases.n)
		code = qpp_fail(err, QPP_CONFLICT, "the score run was released: what people have seen stays", (char *)NULL);
	row.state = QPP_LIT("dropped");
	return code == QPP_OK ? qpp_store_scoring_put(tx, &row, err) : code;
}

enum qpp_code qpp_run_drop(const struct qpp_service *service, struct qpp_arena *a, struct qpp_str id, struct qpp_err *err)
{
	return qpp_store_write(service->store, a, drop, &id, err);
}
