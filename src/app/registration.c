/*
 * Registering, changing and cancelling: registration.h is the manual. What is kept is an election of the organization, what was
 * said last a record of the ledger.
 */
#include "app/registration_int.h"

#include "app/body.h"
#include "app/by_key.h"
#include "app/eastern.h"

struct qpp_str registration_kind(enum qpp_register k)
{
	return k == QPP_REGISTER_MVP ? QPP_LIT("mvpRegistration") : QPP_LIT("cahpsRegistration");
}

static const char *c(struct qpp_arena *a, struct qpp_str s)
{
	return s.n ? qpp_str_dup(a, s).p : "";
}

/* ---- bodies ---- */

struct qpp_str registration_text(struct qpp_arena *a, const struct registration_body *b)
{
	const struct qpp_registration_form *f = &b->form;
	json_t *o = json_object();
	json_object_set_new(o, "py", json_integer(f->py.v));
	qpp_body_put(o, "register", qpp_str_of(qpp_register_name(f->kind)));
	qpp_body_put(o, "level", qpp_str_of(f->level ? qpp_entity_name(f->level) : ""));
	qpp_body_put(o, "organization", f->org_id);
	qpp_body_put(o, "npi", f->npi);
	qpp_body_put(o, "of", f->of);
	qpp_body_put(o, "mvp", f->mvp);
	qpp_body_put(o, "populationHealthMeasure", f->population_health);
	qpp_body_put(o, "outcomeClaimsMeasure", f->outcome_claims);
	json_object_set_new(o, "cahps", json_boolean(f->cahps));
	qpp_body_put(o, "name", f->name);
	qpp_body_put(o, "description", f->description);
	qpp_body_put(o, "npis", f->npis);
	qpp_body_put(o, "by", b->by);
	json_object_set_new(o, "at", json_integer(b->at.us));
	/* Not part of what was said: they come with the record, and with the warning. */
	if (b->sequence)
		json_object_set_new(o, "sequence", json_integer(b->sequence));
	if (b->warned)
		json_object_set_new(o, "warned", json_true());
	return qpp_body_done(a, o);
}

enum qpp_code registration_read(struct qpp_arena *a, const struct qpp_election_row *row, struct registration_body *out, struct qpp_err *err)
{
	json_t *o = json_loadb(row->body.n ? row->body.p : "", row->body.n, 0, NULL);
	*out = (struct registration_body){ 0 };
	if (!o)
		return qpp_fail(err, QPP_BUG, "a registration of the store cannot be read", (char *)NULL);
	out->form = (struct qpp_registration_form){
		.py = row->py, .kind = qpp_register_of(qpp_body_get(a, o, "register")), .level = qpp_entity_of(qpp_body_get(a, o, "level")), .org_id = row->org_id,
		.npi = row->npi, .of = qpp_body_get(a, o, "of"), .mvp = qpp_body_get(a, o, "mvp"), .population_health = qpp_body_get(a, o, "populationHealthMeasure"),
		.outcome_claims = qpp_body_get(a, o, "outcomeClaimsMeasure"), .cahps = json_is_true(json_object_get(o, "cahps")), .name = qpp_body_get(a, o, "name"),
		.description = qpp_body_get(a, o, "description"), .npis = qpp_body_get(a, o, "npis")
	};
	out->by = qpp_body_get(a, o, "by");
	out->at.us = json_integer_value(json_object_get(o, "at"));
	out->sequence = json_integer_value(json_object_get(o, "sequence"));
	out->warned = json_is_true(json_object_get(o, "warned"));
	json_decref(o);
	return QPP_OK;
}

/* ---- who and when ---- */

enum qpp_code registration_open(struct qpp_tx *tx, const struct qpp_excepting *x, struct qpp_str id, struct qpp_election_row *row,
                                struct registration_body *body, struct qpp_err *err)
{
	enum qpp_code code = qpp_store_election_get(tx, id, row, err);
	bool ours = code == QPP_OK && (qpp_str_eq(row->kind, registration_kind(QPP_REGISTER_MVP)) ||
	                               qpp_str_eq(row->kind, registration_kind(QPP_REGISTER_CAHPS)));
	if (code == QPP_NOT_FOUND || (code == QPP_OK && !ours))
		return qpp_not_found(err, "registration");
	if (code == QPP_OK)
		code = registration_read(qpp_tx_arena(tx), row, body, err);
	if (code != QPP_OK)
		return code;
	/* It is seen by who sees an application of the same subject. */
	const struct qpp_exception_row same = { .state = QPP_LIT("submitted"),
		.who = { .py = row->py, .entity = body->form.level, .org_id = row->org_id, .npi = row->npi } };
	return exception_reader_of(x, &same).sees ? QPP_OK : qpp_not_found(err, "registration");
}

static enum qpp_code may(const struct qpp_excepting *x, struct qpp_str org_id, struct qpp_err *err)
{
	enum qpp_code code = exception_writes(x, err);
	if (code != QPP_OK || exception_official(x->call.actor, org_id))
		return code;
	(void)qpp_fail(err, QPP_FORBIDDEN, "a Security Official of the organization registers for it", (char *)NULL);
	qpp_err_detail(err, "you are no Security Official of it", (char *)NULL);
	qpp_err_hint(err, "ask one of its Security Officials; a Staff User sees what is registered", (char *)NULL);
	qpp_err_cite(err, QPP_LIT("414.1365(b)(1)"));
	return QPP_FORBIDDEN;
}

enum qpp_code registration_window(struct qpp_excepting *x, qpp_py py, enum qpp_register kind, struct qpp_exception_window *out, struct qpp_err *err)
{
	struct qpp_request rules;
	enum qpp_code code = exception_rules(x, py, &rules, err);
	if (code == QPP_OK)
		code = qpp_registration_window(&rules, kind, qpp_time_instant(x->at), out, err);
	/* As for filings: an operator may take them whatever the calendar of the rules says. */
	if (code == QPP_OK && x->call.service->window_open)
		out->state = QPP_APPLY_NOW;
	return code;
}

static enum qpp_code timely(struct qpp_excepting *x, qpp_py py, enum qpp_register kind, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_exception_window w;
	enum qpp_code code = registration_window(x, py, kind, &w, err);
	if (code != QPP_OK || w.state == QPP_APPLY_NOW)
		return code;
	bool early = w.state == QPP_APPLY_NOT_YET;
	if (w.state == QPP_APPLY_UNKNOWN)
		return qpp_fail(err, QPP_CONFLICT, "when registrations of this year were taken is not known here", (char *)NULL);
	(void)qpp_fail(err, QPP_CONFLICT, early ? "registrations of this year are not taken yet" : "the time to register is over", (char *)NULL);
	qpp_err_detail(err, "they are taken", w.opens.has ? " from " : "", w.opens.has ? c(a, qpp_eastern_exact(a, x->zone, qpp_time_of_instant(w.opens.at))) : "",
	               " until ", w.closes.has ? c(a, qpp_eastern_exact(a, x->zone, qpp_time_of_instant(w.closes.at))) : "a day that is not known here",
	               "; this one came ", c(a, qpp_eastern_exact(a, x->zone, x->at)), (char *)NULL);
	qpp_err_hint(err, early ? "come back when the window is open" : "what is registered stands as it is", (char *)NULL);
	qpp_err_cite(err, w.cite);
	return QPP_CONFLICT;
}

/* ---- what stands ---- */

enum qpp_code registration_standing(struct qpp_tx *tx, qpp_py py, enum qpp_register kind, struct qpp_str org_id, struct qpp_election_row_rows *out,
                                    struct qpp_err *err)
{
	return qpp_store_election_list(tx, py, registration_kind(kind), org_id, QPP_LIT("filed"), (struct qpp_slice){ 0 }, out, err);
}

/* A level registers one MVP, and the survey once; subgroups of a practice are told apart by their clinicians (registration_check.c). */
static enum qpp_code once_each(struct qpp_tx *tx, const struct qpp_registration_form *f, struct qpp_str id, struct qpp_err *err)
{
	struct qpp_election_row_rows rows = { 0 };
	struct registration_body b;
	enum qpp_code code = registration_standing(tx, f->py, f->kind, f->org_id, &rows, err);
	for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
		code = registration_read(qpp_tx_arena(tx), &rows.v[i], &b, err);
		if (code != QPP_OK || qpp_str_eq(rows.v[i].id, id) || b.form.level != f->level || !qpp_str_eq(b.form.npi, f->npi) ||
		    !qpp_str_eq(b.form.of, f->of) || (f->level == QPP_SUBGROUP && f->kind == QPP_REGISTER_MVP))
			continue;
		(void)qpp_fail(err, QPP_CONFLICT, "this is registered already", (char *)NULL);
		qpp_err_detail(err, "registered on the pages before, and not cancelled", (char *)NULL);
		qpp_err_hint(err, "change that registration, or cancel it", (char *)NULL);
		return QPP_CONFLICT;
	}
	return code;
}

/* ---- filing ---- */

struct registering {
	struct qpp_excepting *x;
	struct qpp_registering *g;
	struct qpp_once *once;
	struct qpp_findings before;              /* as they were: the store may run a change again */
};

static enum qpp_code not_standing(struct qpp_err *err)
{
	(void)qpp_fail(err, QPP_CONFLICT, "this registration is cancelled", (char *)NULL);
	qpp_err_hint(err, "register anew while the window is open", (char *)NULL);
	return QPP_CONFLICT;
}

/* The registration to be changed or cancelled, by who may, in time. */
static enum qpp_code open_own(struct qpp_tx *tx, struct qpp_excepting *x, struct qpp_str id, int64_t version, struct qpp_election_row *row,
                              struct registration_body *body, struct qpp_err *err)
{
	enum qpp_code code = registration_open(tx, x, id, row, body, err);
	if (code == QPP_OK)
		code = may(x, row->org_id, err);
	if (code == QPP_OK && version && version != row->version)
		return qpp_fail(err, QPP_STALE, "the registration has changed since it was read", (char *)NULL);
	if (code == QPP_OK && !qpp_str_is(row->state, "filed"))
		return not_standing(err);
	return code == QPP_OK ? timely(x, row->py, body->form.kind, err) : code;
}

static enum qpp_code refuse(const struct qpp_excepting *x, struct qpp_err *err)
{
	if (!x->findings->errors)
		return QPP_OK;
	(void)qpp_fail(err, QPP_DATA, "the registration cannot be taken as it is: ", qpp_i64_text(x->call.arena, (int64_t)x->findings->errors).p,
	               x->findings->errors == 1 ? " thing is missing or wrong" : " things are missing or wrong", (char *)NULL);
	if (x->findings->list.n)
		qpp_err_detail(err, c(x->call.arena, x->findings->list.v[0].message), (char *)NULL);
	return QPP_DATA;
}

/* All that decides whether it is taken. `row` has id and version of one that is changed; for whom and what it is stays. */
static enum qpp_code decide(struct qpp_tx *tx, struct qpp_excepting *x, const struct qpp_registering *g, struct qpp_election_row *row,
                            struct registration_body *body, struct qpp_err *err)
{
	struct registration_body was;
	enum qpp_code code;
	*body = (struct registration_body){ .form = g->form, .at = x->at };
	if (g->id.n) {
		code = open_own(tx, x, g->id, g->version, row, &was, err);
		if (code != QPP_OK)
			return code;
		body->form.py = was.form.py, body->form.kind = was.form.kind, body->form.level = was.form.level;
		body->form.org_id = was.form.org_id, body->form.npi = was.form.npi, body->form.of = was.form.of;
	} else {
		code = may(x, g->form.org_id, err);
		if (code == QPP_OK)
			code = timely(x, g->form.py, g->form.kind, err);
	}
	if (code == QPP_OK)
		code = registration_check(x, tx, &body->form, g->id, g->id.n ? &was.form : NULL, err);
	if (code == QPP_OK)
		code = refuse(x, err);
	return code == QPP_OK ? once_each(tx, &body->form, g->id, err) : code;
}

static enum qpp_code record(struct qpp_tx *tx, const struct qpp_excepting *x, const char *kind, struct qpp_election_row *row,
                            struct registration_body *body, struct qpp_receipt *receipt, struct qpp_err *err)
{
	struct qpp_arena *a = qpp_tx_arena(tx);
	body->sequence = 0;
	row->body = registration_text(a, body);
	enum qpp_code code = qpp_store_election_put(tx, row, err);
	const struct qpp_ledger_new new = { .at = x->at, .kind = qpp_str_of(kind), .body = row->body, .keep = true,
		.subject = qpp_str_cat(a, "registration/", c(a, row->id), (char *)NULL) };
	if (code == QPP_OK)
		code = qpp_store_ledger_append(tx, &new, receipt, err);
	if (code != QPP_OK)
		return code;
	body->sequence = receipt->sequence;
	row->body = registration_text(a, body);
	return qpp_store_election_put(tx, row, err);
}

static enum qpp_code name_of(struct qpp_tx *tx, const struct qpp_excepting *x, struct qpp_str *out, struct qpp_err *err)
{
	struct qpp_account account = { 0 };
	enum qpp_code code = qpp_store_account_get(tx, x->call.actor->account_id, &account, err);
	*out = account.name;
	return code;
}

static enum qpp_code file(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct registering *r = request;
	struct qpp_excepting *x = r->x;
	const struct qpp_registration_form *f = &r->g->form;
	struct qpp_election_row row = { .kind = registration_kind(f->kind), .py = f->py, .org_id = f->org_id, .npi = f->npi, .state = QPP_LIT("filed") };
	struct registration_body body;
	struct qpp_receipt receipt;
	struct qpp_exception_window cahps = { 0 };
	enum qpp_cahps state = QPP_CAHPS_NONE;
	*x->findings = r->before;
	enum qpp_code code = decide(tx, x, r->g, &row, &body, err);
	if (code == QPP_OK)
		code = name_of(tx, x, &body.by, err);
	if (code == QPP_OK)
		code = record(tx, x, "registration", &row, &body, &receipt, err);
	if (code == QPP_OK)
		code = registration_cahps(x, tx, row.id, &body.form, &state, &cahps, err);
	if (code != QPP_OK)
		return code;
	r->once->response = row.id;
	return registration_tell(tx, x->zone, &body, REGISTRATION_FILED, &receipt, state == QPP_CAHPS_DUE ? &cahps : NULL, err);
}

enum qpp_code qpp_registration_file(struct qpp_excepting *x, struct qpp_registering *g, struct qpp_err *err)
{
	struct qpp_arena *a = x->call.arena;
	struct qpp_once once;
	const struct registration_body said = { .form = g->form };
	struct registering r = { x, g, &once, *x->findings };
	enum qpp_code code = exception_writes(x, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_keyed key = { .key = g->key, .account_id = x->call.actor->account_id, .act = "registration.file",
		.content = qpp_str_cat(a, c(a, g->id), " ", c(a, registration_text(a, &said)), (char *)NULL) };
	code = qpp_write_by_key(x->call.service->store, a, &key, &once, file, &r, err);
	g->replayed = once.replayed;
	if (code == QPP_OK)
		g->id = qpp_str_dup(a, once.response);
	return code;
}

enum qpp_code qpp_registration_try(struct qpp_excepting *x, const struct qpp_registering *g, struct qpp_err *err)
{
	struct qpp_election_row row;
	struct registration_body body;
	struct qpp_tx *tx;
	enum qpp_code code = qpp_store_begin(x->call.service->store, x->call.arena, &tx, err);
	if (code != QPP_OK)
		return code;
	code = decide(tx, x, g, &row, &body, err);
	qpp_store_end(tx);
	return code;
}

/* ---- cancelling ---- */

struct cancelling {
	struct qpp_excepting *x;
	struct qpp_str id;
	int64_t version;
};

static enum qpp_code cancel_row(struct qpp_tx *tx, const struct qpp_excepting *x, struct qpp_election_row *row, struct registration_body *body,
                                struct qpp_err *err)
{
	struct qpp_receipt receipt;
	row->state = QPP_LIT("withdrawn");
	body->at = x->at;
	enum qpp_code code = name_of(tx, x, &body->by, err);
	if (code == QPP_OK)
		code = record(tx, x, "cancellation", row, body, &receipt, err);
	return code == QPP_OK ? registration_tell(tx, x->zone, body, REGISTRATION_CANCELLED, &receipt, NULL, err) : code;
}

static enum qpp_code cancel(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct cancelling *g = request;
	struct qpp_election_row row;
	struct registration_body body;
	struct qpp_election_row_rows surveys = { 0 };
	enum qpp_code code = open_own(tx, g->x, g->id, g->version, &row, &body, err);
	if (code == QPP_OK)
		code = cancel_row(tx, g->x, &row, &body, err);
	if (code == QPP_OK && body.form.kind == QPP_REGISTER_MVP && body.form.level == QPP_SUBGROUP)
		code = registration_standing(tx, row.py, QPP_REGISTER_CAHPS, row.org_id, &surveys, err);
	/* A survey is of a subgroup that is there. */
	for (size_t i = 0; code == QPP_OK && i < surveys.n; i++) {
		code = registration_read(qpp_tx_arena(tx), &surveys.v[i], &body, err);
		if (code == QPP_OK && qpp_str_eq(body.form.of, row.id))
			code = cancel_row(tx, g->x, &surveys.v[i], &body, err);
	}
	return code;
}

enum qpp_code qpp_registration_cancel(struct qpp_excepting *x, struct qpp_str id, int64_t version, struct qpp_err *err)
{
	struct cancelling g = { x, id, version };
	enum qpp_code code = exception_writes(x, err);
	return code == QPP_OK ? qpp_store_write(x->call.service->store, x->call.arena, cancel, &g, err) : code;
}
