/* What the filer does before and after filing: documents, answers, withdrawal. */
#include <string.h>

#include "app/eastern.h"
#include "app/review_int.h"

enum { LONGEST_NAME = 200 };

/* --- documents --- */

struct paper {
	struct qpp_reviewing *r;
	struct qpp_str id, document_id;
	struct qpp_review_document_row row;
};

static enum qpp_code too_large(struct qpp_err *err, const char *what, const char *bound)
{
	(void)qpp_fail(err, QPP_LIMIT, what, (char *)NULL);
	qpp_err_detail(err, "at most ", bound, (char *)NULL);
	return QPP_LIMIT;
}

static enum qpp_code room(struct qpp_tx *tx, const struct paper *p, struct qpp_err *err)
{
	struct qpp_review_document_row_rows there = { 0 };
	int64_t bytes = (int64_t)p->row.bytes.n;
	enum qpp_code code = qpp_store_review_document_of(tx, p->id, &there, err);
	if (code != QPP_OK)
		return code;
	for (size_t i = 0; i < there.n; i++)
		bytes += there.v[i].size;
	if (there.n >= QPP_REVIEW_MOST_FILES)
		return too_large(err, "the request has as many documents as it may have", "20 documents");
	return bytes > QPP_REVIEW_REQUEST_BYTES ? too_large(err, "the documents of the request are too large together", "50 MB") : QPP_OK;
}

/* An event without a change of state; the row keeps its version, so that nobody who decides is sent away by it. */
static enum qpp_code noted(struct qpp_tx *tx, struct review_step *s, struct qpp_str note, struct qpp_err *err)
{
	struct qpp_review_event_row e = {
		.review_id = s->row.id, .account_id = s->r->call.actor->account_id, .at = s->r->at, .note = note, .was = s->row.state,
		.act = qpp_str_of(qpp_review_act_name(s->act)), .becomes = s->row.state
	};
	return qpp_store_review_event_add(tx, &e, err);
}

static enum qpp_code attach(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct paper *p = request;
	struct review_step s = { .r = p->r, .act = QPP_REVIEW_ATTACH, .id = p->id };
	enum qpp_code code = review_open(tx, &s, err);
	if (code == QPP_OK)
		code = room(tx, p, err);
	if (code != QPP_OK)
		return code;
	p->row.review_id = s.row.id;
	p->row.account_id = p->r->call.actor->account_id;
	p->row.at = p->r->at;
	code = qpp_store_review_document_add(tx, &p->row, err);
	return code == QPP_OK ? noted(tx, &s, p->row.name, err) : code;
}

/* What follows the last slash of either kind: some browsers send paths. */
static struct qpp_str base_name(struct qpp_str name)
{
	size_t at = name.n;
	while (at > 0 && name.p[at - 1] != '/' && name.p[at - 1] != '\\')
		at--;
	return (struct qpp_str){ name.p + at, name.n - at };
}

static bool good_name(struct qpp_str name)
{
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f || name.p[i] == '"')
			return false;
	return name.n > 0 && name.n <= LONGEST_NAME && review_is_text(name);
}

enum qpp_code qpp_review_attach(struct qpp_reviewing *r, struct qpp_str id, struct qpp_str name, struct qpp_str bytes,
                                struct qpp_review_document_row *out, struct qpp_err *err)
{
	struct paper p = { .r = r, .id = id, .row = { .name = base_name(name), .bytes = bytes } };
	const char *why = NULL, *kind;
	enum qpp_code code = review_writes(r, err);
	if (code != QPP_OK)
		return code;
	if (bytes.n > QPP_REVIEW_FILE_BYTES)
		return too_large(err, "the file is too large", "10 MB");
	if (!good_name(p.row.name))
		return qpp_fail(err, QPP_DATA, "the file has no name that can be kept", (char *)NULL);
	kind = review_kind_of(p.row.name, bytes, &why);
	if (!kind) {
		(void)qpp_fail(err, QPP_DATA, why, (char *)NULL);
		qpp_err_hint(err, "PDF, PNG, JPG, CSV, XLSX, DOCX and TXT are taken", (char *)NULL);
		return QPP_DATA;
	}
	p.row.kind = qpp_str_of(kind);
	code = qpp_store_write(r->reviews->service->store, r->call.arena, attach, &p, err);
	if (code == QPP_OK) {
		*out = p.row;
		out->bytes = QPP_LIT("");
	}
	return code;
}

static enum qpp_code detach(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct paper *p = request;
	/* What was filed stays as it was: only a draft lets go of documents. */
	struct review_step s = { .r = p->r, .act = QPP_REVIEW_EDIT, .id = p->id };
	enum qpp_code code = review_open(tx, &s, err);
	return code == QPP_OK ? qpp_store_review_document_delete(tx, s.row.id, p->document_id, err) : code;
}

enum qpp_code qpp_review_detach(struct qpp_reviewing *r, struct qpp_str id, struct qpp_str document_id, struct qpp_err *err)
{
	struct paper p = { .r = r, .id = id, .document_id = document_id };
	return review_write(r, detach, &p, err);
}

/* --- withdrawal and answer --- */

static enum qpp_code withdraw(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct review_step *s = request;
	struct qpp_receipt receipt;
	enum qpp_code code = review_open(tx, s, err);
	if (code == QPP_OK && s->was != QPP_REVIEW_DRAFT)
		code = review_record(tx, s->r, s->row.id, "withdrawal", s->note, &receipt, err);
	return code == QPP_OK ? review_done(tx, s, err) : code;
}

enum qpp_code qpp_review_withdraw(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str note, struct qpp_err *err)
{
	struct review_step s = { .r = r, .act = QPP_REVIEW_WITHDRAW, .id = id, .version = version, .note = note };
	if (note.n > QPP_REVIEW_TEXT_BYTES || !review_is_text(note))
		return qpp_fail(err, QPP_DATA, "the note is too long, or no text", (char *)NULL);
	return review_write(r, withdraw, &s, err);
}

/* R-414.1385(a)(5): received within the days of the year. */
static enum qpp_code answer(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct review_step *s = request;
	struct qpp_receipt receipt;
	enum qpp_code code = review_open(tx, s, err);
	if (code == QPP_OK && qpp_time_instant(s->r->at).v > qpp_time_instant(s->row.due).v) {
		(void)qpp_fail(err, QPP_CONFLICT, "the time to answer is over", (char *)NULL);
		qpp_err_detail(err, "it was until ", qpp_eastern_exact(qpp_tx_arena(tx), s->r->reviews->eastern, s->row.due).p, (char *)NULL);
		qpp_err_hint(err, "documents can be added until the request is decided", (char *)NULL);
		qpp_err_cite(err, QPP_LIT("414.1385(a)(5)"));
		return QPP_CONFLICT;
	}
	if (code == QPP_OK)
		code = review_record(tx, s->r, s->row.id, "answer", s->note, &receipt, err);
	s->body.question = QPP_LIT("");
	return code == QPP_OK ? review_done(tx, s, err) : code;
}

enum qpp_code qpp_review_answer(struct qpp_reviewing *r, struct qpp_str id, int64_t version, struct qpp_str text, struct qpp_err *err)
{
	struct review_step s = { .r = r, .act = QPP_REVIEW_ANSWER, .id = id, .version = version, .note = text };
	if (!qpp_str_trim(text).n)
		review_fault(r, QPP_ERROR, "memberMissing", "answer", "the answer is missing", "a sentence; documents are added beside it");
	else if (text.n > QPP_REVIEW_TEXT_BYTES || !review_is_text(text))
		review_fault(r, QPP_ERROR, "valueOutOfRange", "answer", "the answer is too long, or no text", "at most 20,000 bytes");
	enum qpp_code code = review_refuse(r, err);
	return code == QPP_OK ? review_write(r, answer, &s, err) : code;
}
