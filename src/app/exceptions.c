/*
 * The applicant's side of an exception: drafts, filing, withdrawal. What was
 * filed in the window is kept with its receipt; what comes later stays a draft.
 */
#include "app/exceptions_int.h"
#include "app/by_key.h"

#include <jansson.h>
#include <stdlib.h>

#include "app/eastern.h"

static const char *const state_names[QPP_EXCEPTION_STATES] = { "", "draft", "submitted", "approved", "denied", "withdrawn" };

const char *qpp_exception_state_name(enum qpp_exception_state s)
{
	return state_names[s < QPP_EXCEPTION_STATES ? s : QPP_EXCEPTION_STATE_NONE];
}

const char *qpp_exception_state_title(enum qpp_exception_state s)
{
	static const char *const titles[QPP_EXCEPTION_STATES] = { "Not known", "Draft, not filed", "Waits for a decision", "Approved", "Denied",
		"Withdrawn" };
	return titles[s < QPP_EXCEPTION_STATES ? s : QPP_EXCEPTION_STATE_NONE];
}

enum qpp_exception_state qpp_exception_state_of(struct qpp_str name)
{
	for (enum qpp_exception_state s = QPP_EXCEPTION_DRAFT; s < QPP_EXCEPTION_STATES; s++)
		if (qpp_str_is(name, state_names[s]))
			return s;
	return QPP_EXCEPTION_STATE_NONE;
}

static struct qpp_str state(enum qpp_exception_state s)
{
	return qpp_str_of(qpp_exception_state_name(s));
}

/* The application, for who may change it as the applicant's side. */
static enum qpp_code open_own(struct qpp_tx *tx, struct qpp_excepting *x, struct qpp_str id, int64_t version, struct qpp_exception_row *row,
                              struct exception_body *body, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_exception_get(tx, id, row, err);
	if (code == QPP_NOT_FOUND)
		return qpp_not_found(err, "application");
	if (code != QPP_OK)
		return code;
	struct exception_reader reader = exception_reader_of(x, row);
	if (!reader.sees)
		return qpp_not_found(err, "application");
	if (!reader.files)
		return qpp_fail(err, QPP_FORBIDDEN, "only the side that applies does this", (char *)NULL);
	if (version && version != row->version)
		return qpp_fail(err, QPP_STALE, "the application has changed since it was read", (char *)NULL);
	return exception_body_read(qpp_tx_arena(tx), row, body, err);
}

static enum qpp_code not_now(struct qpp_err *err, const struct qpp_exception_row *row)
{
	(void)qpp_fail(err, QPP_CONFLICT, "the application is at a step where this cannot be done", (char *)NULL);
	qpp_err_detail(err, "it is: ", qpp_exception_state_title(qpp_exception_state_of(row->state)), (char *)NULL);
	return QPP_CONFLICT;
}

enum qpp_code exception_record(struct qpp_tx *tx, const struct qpp_excepting *x, const struct qpp_exception_row *row, const char *kind,
                               struct qpp_str body, struct qpp_receipt *receipt, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	const struct qpp_ledger_new record = { .at = x->at, .kind = qpp_str_of(kind), .body = body, .keep = true,
		.subject = qpp_str_cat(a, "exception/", qpp_str_dup(a, row->id).p, (char *)NULL) };
	return qpp_store_ledger_append(tx, &record, receipt, err);
}

/* The columns of the row say what the form says. */
static void put_form(struct qpp_tx *tx, const struct qpp_excepting *x, const struct qpp_who *who, const struct qpp_exception_form *f,
                     struct qpp_exception_row *row, struct exception_body *body)
{
	struct qpp_account account = { 0 };
	struct qpp_err ignored;
	body->form = *f;
	body->name = qpp_store_account_get(tx, x->call.actor->account_id, &account, &ignored) == QPP_OK ? account.name : QPP_LIT("");
	row->who = *who;
	row->kind = qpp_str_of(qpp_exception_kind_name(f->kind));
	row->event = f->event;
	row->categories = qpp_exception_words(qpp_tx_arena(tx), f->categories);
	row->account_id = x->call.actor->account_id;
}

/* ---- drafts ---- */

struct saving {
	struct qpp_excepting *x;
	const struct qpp_exception_form *form;
	struct qpp_str id;
	int64_t version;
	struct qpp_findings before;              /* as they were: the store may run a change again */
};

static enum qpp_code save(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct saving *g = request;
	struct qpp_exception_row row = { .state = state(QPP_EXCEPTION_DRAFT) };
	struct exception_body body = { 0 };
	struct qpp_exception_form form = *g->form;
	struct qpp_who who;
	bool knows;
	*g->x->findings = g->before;
	enum qpp_code code = exception_subject(g->x, tx, &form, &who, err);
	if (code == QPP_OK)
		code = exception_check(g->x, tx, &form, QPP_WARNING, g->x->findings, &knows, err);
	if (code == QPP_OK && g->id.n)
		code = open_own(tx, g->x, g->id, g->version, &row, &body, err);
	if (code == QPP_OK && !qpp_str_is(row.state, "draft"))
		code = not_now(err, &row);
	if (code != QPP_OK)
		return code;
	put_form(tx, g->x, &who, &form, &row, &body);
	row.body = exception_body_text(qpp_tx_arena(tx), &body);
	code = qpp_store_exception_put(tx, &row, err);
	g->id = row.id;
	g->version = row.version;
	return code;
}

enum qpp_code qpp_exception_save(struct qpp_excepting *x, const struct qpp_exception_form *form, struct qpp_str *id, int64_t *version,
                                 struct qpp_err *err)
{
	struct saving g = { x, form, *id, *version, *x->findings };
	const struct qpp_str was = *id;
	enum qpp_code code = exception_writes(x, err);
	if (code == QPP_OK && form->kind == QPP_EXCEPTION_NONE)
		code = qpp_fail(err, QPP_USAGE, "it is not said which exception is applied for", (char *)NULL);
	if (code == QPP_OK) {
		g.id = was;
		code = qpp_store_write(x->call.service->store, x->call.arena, save, &g, err);
	}
	if (code == QPP_OK) {
		*id = g.id;
		*version = g.version;
	}
	return code;
}

/* ---- filing ---- */

struct filing {
	struct qpp_excepting *x;
	struct qpp_exception_filing *f;
	struct qpp_once *once;
	struct qpp_findings before;
};

static enum qpp_code untimely(const struct qpp_excepting *x, const struct qpp_exception_window *w, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	bool early = w->state == QPP_APPLY_NOT_YET;
	if (w->state == QPP_APPLY_UNKNOWN) {
		(void)qpp_fail(err, QPP_CONFLICT, "the window in which applications of this year were taken is not known here", (char *)NULL);
		return QPP_CONFLICT;
	}
	(void)qpp_fail(err, QPP_CONFLICT, early ? "applications for this year cannot be filed yet" : "the time to apply is over", (char *)NULL);
	qpp_err_detail(err, early ? "they are taken from " : "applications were taken until ",
	               qpp_eastern_exact(a, x->zone, qpp_time_of_instant(early ? w->opens.at : w->closes.at)).p, "; this one came ",
	               qpp_eastern_exact(a, x->zone, x->at).p, (char *)NULL);
	qpp_err_hint(err, early ? "the draft is kept" : "the draft is kept; nothing is taken behind the window", (char *)NULL);
	qpp_err_cite(err, w->cite);
	return QPP_CONFLICT;
}

/* Two applications for one category would be decided twice. */
static enum qpp_code once_each(struct qpp_tx *tx, const struct qpp_exception_row *row, struct qpp_err *err)
{
	struct qpp_exception_row_rows rows = { 0 };
	enum qpp_code code = qpp_store_exception_of(tx, &row->who, &rows, err);
	uint32_t mine = qpp_exception_categories(row->categories);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		const struct qpp_exception_row *r = &rows.v[i];
		bool holds = qpp_str_is(r->state, "submitted") || qpp_str_is(r->state, "approved");
		if (!holds || qpp_str_eq(r->id, row->id) || !(mine & qpp_exception_categories(r->categories)))
			continue;
		(void)qpp_fail(err, QPP_CONFLICT, "there is an application for one of these categories already", (char *)NULL);
		qpp_err_detail(err, "number ", qpp_str_dup(qpp_tx_arena(tx), r->number).p, ": ",
		               qpp_exception_state_title(qpp_exception_state_of(r->state)), (char *)NULL);
		return QPP_CONFLICT;
	}
	return code;
}

static struct qpp_str kept(struct qpp_arena *a, const struct qpp_exception_filing *f)
{
	json_t *o = json_pack("{s:s%, s:s%}", "number", f->number.p, f->number.n, "receipt", f->receipt.p, f->receipt.n);
	char *text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	struct qpp_str s = qpp_str_dup(a, qpp_str_of(text));
	free(text);
	json_decref(o);
	return s;
}

static enum qpp_code unkeep(struct qpp_arena *a, struct qpp_str response, struct qpp_exception_filing *f, struct qpp_err *err)
{
	json_t *o = json_loadb(response.n ? response.p : "", response.n, 0, NULL);
	if (!o)
		return qpp_fail(err, QPP_BUG, "a kept answer cannot be read", (char *)NULL);
	f->number = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(o, "number"))));
	f->receipt = qpp_str_dup(a, qpp_str_of(json_string_value(json_object_get(o, "receipt"))));
	json_decref(o);
	return QPP_OK;
}

static enum qpp_code acknowledge(struct qpp_tx *tx, struct filing *g, struct qpp_exception_row *row, struct exception_body *body,
                                 struct qpp_err *err)
{
	struct qpp_receipt receipt;
	struct qpp_arena *a = qpp_tx_arena(tx);
	row->body = exception_body_text(a, body);
	enum qpp_code code = exception_record(tx, g->x, row, "filing", row->body, &receipt, err);
	if (code != QPP_OK)
		return code;
	row->filed = g->x->at;
	row->number = receipt.number;
	row->sequence = receipt.sequence;
	row->state = state(QPP_EXCEPTION_SUBMITTED);
	code = qpp_store_exception_put(tx, row, err);
	if (code == QPP_OK)
		code = exception_mail(tx, g->x, row, body, &receipt, err);
	g->f->number = receipt.number;
	g->f->receipt = qpp_receipt_json(a, &receipt);
	g->once->response = kept(a, g->f);
	return code;
}

static enum qpp_code refuse(const struct qpp_excepting *x, struct qpp_err *err)
{
	if (!x->findings->errors)
		return QPP_OK;
	(void)qpp_fail(err, QPP_DATA, "the application cannot be taken as it is: ", qpp_i64_text(x->call.arena, (int64_t)x->findings->errors).p,
	               x->findings->errors == 1 ? " thing is missing or wrong" : " things are missing or wrong", (char *)NULL);
	if (x->findings->list.n)
		qpp_err_detail(err, qpp_str_dup(x->call.arena, x->findings->list.v[0].message).p, (char *)NULL);
	return QPP_DATA;
}

static enum qpp_code file(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct filing *g = request;
	struct qpp_excepting *x = g->x;
	struct qpp_exception_row row;
	struct exception_body body;
	struct qpp_exception_window w;
	struct qpp_exception_event event;
	struct qpp_who who;
	bool knows;
	*x->findings = g->before;
	enum qpp_code code = open_own(tx, x, g->f->id, g->f->version, &row, &body, err);
	if (code == QPP_OK && !qpp_str_is(row.state, "draft"))
		code = not_now(err, &row);
	if (code == QPP_OK)
		code = exception_subject(x, tx, &body.form, &who, err);
	if (code == QPP_OK)
		code = exception_window(x, &body.form, x->at, &event, &w, err);
	if (code == QPP_OK && w.state != QPP_APPLY_NOW)
		code = untimely(x, &w, err);
	if (code != QPP_OK)
		return code;
	if (!g->f->certified)
		exception_fault(x->findings, QPP_ERROR, "memberMissing", "certified", QPP_LIT("the certification is missing"),
		                QPP_LIT("that what is said is true"), QPP_LIT(""));
	code = exception_check(x, tx, &body.form, QPP_ERROR, x->findings, &knows, err);
	if (code == QPP_OK)
		code = refuse(x, err);
	if (code == QPP_OK)
		code = once_each(tx, &row, err);
	if (code != QPP_OK)
		return code;
	body.margin = w.closes.has ? w.margin : 0;
	put_form(tx, x, &who, &body.form, &row, &body);
	return acknowledge(tx, g, &row, &body, err);
}

enum qpp_code qpp_exception_file(struct qpp_excepting *x, struct qpp_exception_filing *f, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_once once;
	struct filing g = { .x = x, .f = f, .once = &once, .before = *x->findings };
	enum qpp_code code = exception_writes(x, err);
	f->replayed = false;
	if (code != QPP_OK)
		return code;
	const struct qpp_keyed key = { .key = f->key, .account_id = x->call.actor->account_id, .act = "exception.file",
		.content = qpp_str_cat(a, qpp_str_dup(a, f->id).p, f->certified ? " certified" : "", (char *)NULL) };
	code = qpp_write_by_key(x->call.service->store, a, &key, &once, file, &g, err);
	f->replayed = once.replayed;
	return code == QPP_OK && once.replayed ? unkeep(a, once.response, f, err) : code;
}

/* ---- withdrawal ---- */

struct withdrawal {
	struct qpp_excepting *x;
	struct qpp_str id;
	int64_t version;
};

static enum qpp_code withdraw(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct withdrawal *g = request;
	struct qpp_exception_row row;
	struct exception_body body;
	struct qpp_receipt receipt = { 0 };
	enum qpp_code code = open_own(tx, g->x, g->id, g->version, &row, &body, err);
	if (code != QPP_OK)
		return code;
	bool filed = qpp_str_is(row.state, "submitted");
	if (!filed && !qpp_str_is(row.state, "draft"))
		return not_now(err, &row);
	row.state = state(QPP_EXCEPTION_WITHDRAWN);
	if (filed)
		code = exception_record(tx, g->x, &row, "withdrawal", row.number, &receipt, err);
	if (code == QPP_OK)
		code = qpp_store_exception_put(tx, &row, err);
	return code == QPP_OK && filed ? exception_mail(tx, g->x, &row, &body, &receipt, err) : code;
}

enum qpp_code qpp_exception_withdraw(struct qpp_excepting *x, struct qpp_str id, int64_t version, struct qpp_err *err)
{
	struct withdrawal g = { x, id, version };
	enum qpp_code code = exception_writes(x, err);
	return code == QPP_OK ? qpp_store_write(x->call.service->store, x->call.arena, withdraw, &g, err) : code;
}
