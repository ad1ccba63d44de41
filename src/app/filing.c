/*
 * Filing, from the request to the acknowledged record: what the document says
 * is checked first, then one write of the store finds or makes the submission,
 * puts the set, appends to the ledger and keeps the answer under its key.
 */
#include "app/filing_int.h"
#include "app/guard.h"

#include <string.h>

#include "qpp/buf.h"

enum { SHOWN_DIGITS = 4, LONGEST_PRACTICE_ID = 64 };

/* One line, as it goes into a header: {"number":"...", ...}. Members of a receipt need no escapes. */
static struct qpp_str receipt_line(struct qpp_arena *a, const struct qpp_receipt *r)
{
	struct qpp_str lines = qpp_receipt_json(a, r);
	struct qpp_buf b;
	bool quoted = false;
	qpp_buf_init(&b, a, lines.n + 1);
	for (size_t i = 0; i < lines.n; i++) {
		quoted ^= lines.p[i] == '"';
		if (quoted || (lines.p[i] != ' ' && lines.p[i] != '\n'))
			qpp_buf_char(&b, lines.p[i]);
	}
	return qpp_buf_done(&b);
}

/* The answer as it is kept: receipt, version and status, then the text. */
static struct qpp_str kept(struct qpp_filing *f)
{
	struct qpp_buf b;
	qpp_buf_init(&b, f->call.arena, f->answer.n + f->receipt.n + 100);
	qpp_buf_str(&b, f->receipt);
	qpp_buf_char(&b, '\n');
	qpp_buf_i64(&b, f->new_version);
	qpp_buf_cat(&b, f->created ? "+\n" : "\n", (char *)NULL);
	qpp_buf_str(&b, f->answer);
	return qpp_buf_done(&b);
}

static enum qpp_code unkeep(struct qpp_filing *f, struct qpp_str response, struct qpp_err *err)
{
	struct qpp_str rest = response, version;
	uint64_t v;
	if (!qpp_str_cut(&rest, '\n', &f->receipt) || !qpp_str_cut(&rest, '\n', &version) || !version.n)
		return qpp_fail(err, QPP_BUG, "a kept answer cannot be read", (char *)NULL);
	f->created = version.p[version.n - 1] == '+';
	version.n -= f->created;
	if (!qpp_str_u64(version, INT64_MAX, &v))
		return qpp_fail(err, QPP_BUG, "a kept answer cannot be read", (char *)NULL);
	f->new_version = (int64_t)v;
	f->answer = rest.p ? rest : QPP_LIT("");
	return QPP_OK;
}

enum qpp_code qpp_filing_record(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_filed *filed, struct qpp_err *err)
{
	struct qpp_filing *f = w->f;
	struct qpp_arena *a = f->call.arena;
	bool gone = w->kind == QPP_FILING_DELETE;
	struct qpp_receipt *receipt = QPP_NEW(a, struct qpp_receipt);
	struct qpp_ledger_new record = {
		.at = f->at, .kind = gone ? QPP_LIT("withdrawal") : QPP_LIT("filing"), .body = f->bytes, .keep = true,
		.subject = qpp_str_cat(a, "measurement-set/", qpp_str_dup(a, filed->set.row.id).p, (char *)NULL)
	};
	enum qpp_code code = qpp_store_ledger_append(tx, &record, receipt, err);
	if (code != QPP_OK)
		return code;
	filed->receipt = receipt;
	if (!gone)
		qpp_guard_filing(tx, f, &filed->set.row);
	f->receipt = receipt_line(a, receipt);
	f->created = filed->created;
	f->new_version = gone ? 0 : filed->set.row.version;
	f->answer = f->show ? f->show(a, filed) : QPP_LIT("");
	if (w->once)
		w->once->response = kept(f);
	return QPP_OK;
}

struct qpp_str qpp_filer_named(struct qpp_arena *a, const struct qpp_submission *s)
{
	if (s->entity != QPP_INDIVIDUAL && s->entity != QPP_GROUP)
		return qpp_shown(a, s->entity_id);
	struct qpp_str last = s->tin;
	if (last.n > SHOWN_DIGITS)
		last = (struct qpp_str){ s->tin.p + s->tin.n - SHOWN_DIGITS, SHOWN_DIGITS };
	return qpp_str_cat(a, "TIN *****", qpp_shown(a, last).p, (char *)NULL);
}

/* The submission that the document names by id: of others, and none, are the same. */
static enum qpp_code by_id(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_submission_row *row, struct qpp_filer *filer,
                           struct qpp_err *err)
{
	enum qpp_code code = qpp_store_submission_get(tx, w->doc->submission_id, row, err);
	if (code == QPP_OK)
		code = qpp_filer_rights(tx, w->f, &row->who, true, QPP_LIT("the practice"), filer, err);
	if (code == QPP_NOT_FOUND || code == QPP_FORBIDDEN || code == QPP_SIGNED_OUT)
		return qpp_not_found(err, "submission");
	return code;
}

static enum qpp_code by_filer(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_submission_row *row,
                              struct qpp_filer *filer, struct qpp_err *err)
{
	const struct qpp_submission *s = &w->doc->s;
	struct qpp_who who;
	bool known = false, created;
	enum qpp_code code = qpp_filer_find(tx, w->f, s, &who, &known, err);
	if (code == QPP_OK)
		code = qpp_filer_rights(tx, w->f, &who, known, qpp_filer_named(w->f->call.arena, s), filer, err);
	if (code != QPP_OK)
		return code;
	*row = (struct qpp_submission_row){ .who = who, .body = QPP_LIT("{}") };
	return qpp_store_submission_find_or_create(tx, row, &created, err);
}

/* A document that names its submission by id says nothing of its year: it is checked when that is known. */
static enum qpp_code check_late(struct qpp_filing_work *w, const struct qpp_who *who, struct qpp_submission *s, struct qpp_err *err)
{
	if (w->checked)
		return QPP_OK;
	s->py = who->py;
	s->entity = QPP_ENTITY_NONE;
	enum qpp_code code = qpp_filing_check(w->f->call.service, w->f->call.arena, s, w->f->findings, err);
	if (code == QPP_OK && w->f->findings->errors)
		code = qpp_filing_refuse(w->f->findings, err);
	return code;
}

static enum qpp_code file_new(struct qpp_tx *tx, struct qpp_filing_work *w, struct qpp_err *err)
{
	struct qpp_filing *f = w->f;
	struct qpp_submission_row submission = { 0 };
	struct qpp_filer filer;
	struct qpp_filed filed = { .created = true, .findings = f->findings };
	struct qpp_submission *s = &filed.set.whole;
	*s = w->doc->s;
	enum qpp_code code = w->doc->submission_id.n ? by_id(tx, w, &submission, &filer, err) : by_filer(tx, w, &submission, &filer, err);
	if (code == QPP_OK)
		code = qpp_window_check(f->call.service, filer.who.py, f->at, err);
	if (code == QPP_OK)
		code = qpp_opt_in_check(tx, f, &filer.who, s->entity_where, err);
	if (code == QPP_OK)
		code = check_late(w, &filer.who, s, err);
	if (code == QPP_OK)
		code = qpp_upload_check(f->call.service, &s->sets[0], &filer, f->findings, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_measurement_set *set = &s->sets[0];
	s->entity = filer.who.entity;
	filed.set.source = w->doc->source;
	filed.set.row = (struct qpp_set_row){
		.submission_id = submission.id, .submitter_id = filer.submitter_id, .program = set->program,
		.category = qpp_str_of(qpp_category_name(set->category)), .practice_id = w->doc->practice_id,
		.method = set->method == QPP_METHOD_NONE ? QPP_LIT("webAttestation") : qpp_str_of(qpp_method_name(set->method)),
		.body = qpp_set_doc_text(f->call.arena, set, w->doc->source)
	};
	code = qpp_store_set_create(tx, &filed.set.row, err);
	if (code == QPP_DUPLICATE) {
		(void)qpp_fail(err, QPP_DUPLICATE, "the submission has a measurement set of this category, method and program already", (char *)NULL);
		qpp_err_detail(err, "it is ", qpp_str_dup(f->call.arena, filed.set.row.id).p, (char *)NULL);
		qpp_err_hint(err, "replace it with PUT /measurement-sets/{id}", (char *)NULL);
	}
	return code == QPP_OK ? qpp_filing_record(tx, w, &filed, err) : code;
}

static enum qpp_code change(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct qpp_filing_work *w = request;
	*w->f->findings = w->before;
	enum qpp_code code = w->kind == QPP_FILING_NEW ? file_new(tx, w, err) : qpp_filing_edit(tx, w, err);
	/* Who filed is kept with what was filed, or neither is. */
	return code == QPP_OK && w->f->call.record ? qpp_store_audit_add(tx, w->f->call.record, err) : code;
}

static struct qpp_str scope(const struct qpp_filing *f)
{
	const struct qpp_actor *actor = f->call.actor;
	struct qpp_arena *a = f->call.arena;
	struct qpp_str who = actor->token_id.n ? actor->token_id : actor->account_id;
	return qpp_str_cat(a, qpp_str_dup(a, who).p, " ", qpp_str_dup(a, f->route).p, (char *)NULL);
}

static struct qpp_str request_hash(const struct qpp_filing *f)
{
	struct qpp_buf b;
	qpp_buf_init(&b, f->call.arena, f->route.n + f->bytes.n + 100);
	qpp_buf_str(&b, f->route);
	qpp_buf_char(&b, '\n');
	qpp_buf_i64(&b, f->version);
	qpp_buf_char(&b, '\n');
	qpp_buf_str(&b, f->bytes);
	return qpp_store_token_hash(f->call.service->store, f->call.arena, qpp_buf_done(&b));
}

static enum qpp_code write_once(struct qpp_filing_work *w, struct qpp_err *err)
{
	struct qpp_filing *f = w->f;
	struct qpp_once once = { .scope = scope(f), .key = f->key, .request_hash = request_hash(f) };
	w->once = &once;
	enum qpp_code code = qpp_store_write_once(f->call.service->store, f->call.arena, &once, change, w, err);
	f->replayed = once.replayed;
	return code == QPP_OK && once.replayed ? unkeep(f, once.response, err) : code;
}

static enum qpp_code write(struct qpp_filing_work *w, struct qpp_err *err)
{
	struct qpp_filing *f = w->f;
	w->before = *f->findings;
	if (f->call.actor->view_only)
		return qpp_fail(err, QPP_FORBIDDEN, "whoever looks as somebody else changes nothing", (char *)NULL);
	enum qpp_code code = f->key.n ? write_once(w, err) : qpp_store_write(f->call.service->store, f->call.arena, change, w, err);
	/* The record went with the transaction. */
	if (code != QPP_OK && f->call.record)
		f->call.record->sequence = 0;
	return code;
}

/* What a document must have whatever it is for. */
static enum qpp_code check_document(struct qpp_filing *f, const struct qpp_set_doc *doc, struct qpp_err *err)
{
	if (doc->practice_id.n > LONGEST_PRACTICE_ID || memchr(doc->practice_id.p ? doc->practice_id.p : "", '\0', doc->practice_id.n)) {
		struct qpp_finding *x = qpp_find(f->findings, QPP_ERROR, "valueOutOfRange", doc->s.where, QPP_LIT("practiceId is too long"));
		x->value = qpp_shown(f->findings->arena, doc->practice_id);
		x->expected = QPP_LIT("at most 64 bytes");
	}
	return f->findings->errors ? qpp_filing_refuse(f->findings, err) : QPP_OK;
}

enum qpp_code qpp_file_set(struct qpp_filing *f, const struct qpp_set_doc *doc, struct qpp_err *err)
{
	struct qpp_filing_work w = { .f = f, .kind = QPP_FILING_NEW, .doc = doc };
	struct qpp_set_doc own = *doc;
	enum qpp_code code = check_document(f, doc, err);
	if (code == QPP_OK && !doc->submission_id.n && !doc->has_submission) {
		struct qpp_finding *x = qpp_find(f->findings, QPP_ERROR, "memberMissing", doc->s.where,
		                                 QPP_LIT("the measurement set does not say which submission it belongs to"));
		x->expected = QPP_LIT("submissionId, or a submission object");
		code = qpp_filing_refuse(f->findings, err);
	}
	if (code == QPP_OK && !doc->submission_id.n) {
		code = qpp_filing_check(f->call.service, f->call.arena, &own.s, f->findings, err);
		if (code == QPP_OK && f->findings->errors)
			code = qpp_filing_refuse(f->findings, err);
		w.checked = true;
		w.doc = &own;
	}
	return code == QPP_OK ? write(&w, err) : code;
}

enum qpp_code qpp_file_replace(struct qpp_filing *f, struct qpp_str set_id, const struct qpp_set_doc *doc, struct qpp_err *err)
{
	struct qpp_filing_work w = { .f = f, .kind = QPP_FILING_REPLACE, .doc = doc, .set_id = set_id };
	enum qpp_code code = check_document(f, doc, err);
	return code == QPP_OK ? write(&w, err) : code;
}

enum qpp_code qpp_file_merge(struct qpp_filing *f, struct qpp_str set_id, const struct qpp_set_doc *doc, struct qpp_err *err)
{
	struct qpp_filing_work w = { .f = f, .kind = QPP_FILING_MERGE, .doc = doc, .set_id = set_id };
	enum qpp_code code = check_document(f, doc, err);
	return code == QPP_OK ? write(&w, err) : code;
}

enum qpp_code qpp_file_delete(struct qpp_filing *f, struct qpp_str set_id, struct qpp_err *err)
{
	struct qpp_filing_work w = { .f = f, .kind = QPP_FILING_DELETE, .set_id = set_id };
	return write(&w, err);
}

enum qpp_code qpp_file_measurement(struct qpp_filing *f, struct qpp_str set_id, struct qpp_str measure_id,
                                   enum qpp_measurement_act act, const struct qpp_measurement *m, struct qpp_err *err)
{
	struct qpp_filing_work w = { .f = f, .kind = QPP_FILING_MEASUREMENT, .set_id = set_id, .measure_id = measure_id, .act = act,
		                         .measurement = m };
	if (f->findings->errors)
		return qpp_filing_refuse(f->findings, err);
	return write(&w, err);
}
