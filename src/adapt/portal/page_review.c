/* /targeted-review: the filer's pages. */
#include "adapt/portal/pages_review.h"

#include <string.h>
#include <time.h>

/* ---- shared ---- */

struct qpp_reviewing portal_reviewing(struct qpp_portal *p, const struct qpp_http_request *r)
{
	enum { MOST_FINDINGS = 50 };
	struct qpp_findings *f = QPP_NEW(r->arena, struct qpp_findings);
	qpp_findings_init(f, r->arena, MOST_FINDINGS);
	return (struct qpp_reviewing){ .reviews = p->reviews, .call = portal_call(p, r, QPP_LIT("")), .at = { r->received_us }, .findings = f };
}

int64_t portal_version(const struct qpp_form *form)
{
	uint64_t v;
	return qpp_str_u64(portal_value(qpp_form_field(form, "version")), INT64_MAX, &v) ? (int64_t)v : 0;
}

struct qpp_str portal_words(struct qpp_arena *a, const struct qpp_form *form, const char *name)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 100);
	for (size_t i = 0; i < form->n; i++)
		if (qpp_str_is(form->v[i].name, name) && form->v[i].body.n) {
			if (b.n)
				qpp_buf_char(&b, ' ');
			qpp_buf_add(&b, form->v[i].body.p, form->v[i].body.n);
		}
	return qpp_buf_done(&b);
}

bool portal_refused(struct portal_errors *errors, const struct qpp_reviewing *v, enum qpp_code code, const char *other, const struct qpp_err *err)
{
	/* What is not there, or not the reader's, is a page of its own: 404. */
	if (code == QPP_NOT_FOUND || code == QPP_SIGNED_OUT)
		return false;
	if (code == QPP_DATA && v->findings->errors)
		making_tr_faults(errors, v->findings, QPP_ERROR);
	return errors->list.n > 0 || portal_wrong_err(errors, other, err);
}

enum qpp_code portal_letter(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, enum making_side side,
                            enum qpp_place place, struct qpp_err *err)
{
	struct qpp_tr_letter m;
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = making_tr_letter(p, &v, side, qpp_param(r, "id"), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, place, tr_letter, &m, NULL);
	return code;
}

enum qpp_code portal_letter_pdf(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, enum making_side side,
                                struct qpp_err *err)
{
	struct qpp_tr_letter m;
	struct qpp_str pdf;
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = making_tr_letter(p, &v, side, qpp_param(r, "id"), &m, err);
	if (code == QPP_OK)
		code = making_tr_letter_pdf(r->arena, &m, v.at, &pdf, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/pdf", CAT(r->arena, "decision-", C(r->arena, m.request.number), ".pdf"), pdf);
	return code;
}

static struct qpp_str path_of(const struct qpp_http_request *r, struct qpp_str id, const char *rest)
{
	return CAT(r->arena, "/targeted-review/", C(r->arena, id), rest);
}

/* ---- landing ---- */

static enum qpp_code landing(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_tr_landing m;
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = making_tr_landing(p, &v, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_REVIEWS, tr_landing, &m, NULL);
	return code;
}

/* ---- who and why ---- */

static enum qpp_code show_form(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_review_form *f,
                               struct qpp_str id, int64_t version, const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_tr_form m;
	struct qpp_reviewing v = portal_reviewing(p, r);
	const struct qpp_person *person = portal_person(r);
	if (!person)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	enum qpp_code code = making_tr_form(p, &v, person, f, id, version, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_REVIEWS, tr_form, &m, errors);
	return code;
}

static qpp_py year_of(struct qpp_str told)
{
	uint64_t y;
	return (qpp_py){ qpp_str_u64(told, 9999, &y) ? (int)y : 0 };
}

/* A new one, with what the address says: pages that show a difference lead here. */
static enum qpp_code new_form(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *person = portal_person(r);
	struct qpp_review_form f = {
		.py = year_of(portal_value(qpp_query(r, "py"))), .level = qpp_entity_of(portal_value(qpp_query(r, "level"))),
		.org_id = portal_value(qpp_query(r, "org")), .npi = portal_value(qpp_query(r, "npi")), .reason = portal_value(qpp_query(r, "reason")),
		.categories = portal_value(qpp_query(r, "categories")), .measures = portal_value(qpp_query(r, "measures")),
		.explanation = portal_value(qpp_query(r, "explanation")), .name = person ? person->name : QPP_LIT(""),
		.email = person ? person->email : QPP_LIT(""),
	};
	return show_form(host, r, s, &f, QPP_LIT(""), 0, NULL, err);
}

static struct qpp_review_form typed(struct qpp_arena *a, const struct qpp_form *form)
{
#define FIELD(name) portal_typed(form, name)
	return (struct qpp_review_form){
		.py = year_of(FIELD("py")), .level = qpp_entity_of(FIELD("level")), .org_id = FIELD("org"), .number = FIELD("number"),
		.npi = FIELD("npi"), .legal_name = FIELD("legalName"), .as = qpp_review_as_of(FIELD("as")), .name = FIELD("name"),
		.email = FIELD("email"), .phone = FIELD("phone"), .authority = qpp_str_is(FIELD("authority"), "yes"), .reason = FIELD("reason"),
		.categories = portal_words(a, form, "categories"), .measures = FIELD("measures"), .explanation = FIELD("explanation"),
	};
#undef FIELD
}

/* Kept as it is; who goes on is told first what is missing. */
static enum qpp_code save(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str id, struct qpp_err *err)
{
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = portal_writing(p, r, "review.draft", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_review_form f = typed(r->arena, &form);
	int64_t version = id.n ? portal_version(&form) : 0;
	/* A number that was typed goes before the list: it is only there for what the list does not have. */
	if (f.number.n)
		f.org_id = QPP_LIT("");
	code = qpp_review_save(&v, &f, &id, &version, err);
	if (code != QPP_OK && !portal_refused(&errors, &v, code, code == QPP_FORBIDDEN ? "org" : NULL, err))
		return code;
	bool on = code == QPP_OK && qpp_str_is(portal_value(qpp_form_field(&form, "do")), "next");
	if (on)
		making_tr_faults(&errors, v.findings, QPP_WARNING);
	if (errors.list.n) {
		struct qpp_form_errors list = portal_errors_of(&errors);
		return show_form(p, r, s, &f, id, version, &list, err);
	}
	qpp_respond_redirect(s, on ? path_of(r, id, "/evidence") : path_of(r, id, "?done=draft"));
	return QPP_OK;
}

static enum qpp_code new_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return save(host, r, s, QPP_LIT(""), err);
}

/* A request that is filed is no longer written. */
static enum qpp_code edit(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_review_detail x;
	struct qpp_reviewing v = portal_reviewing(host, r);
	struct qpp_str id = qpp_param(r, "id");
	enum qpp_code code = qpp_review_get(&v, id, &x, err);
	if (code != QPP_OK)
		return code;
	if (qpp_review_state_of(x.line.row.state) != QPP_REVIEW_DRAFT) {
		qpp_respond_redirect(s, path_of(r, id, ""));
		return QPP_OK;
	}
	return show_form(host, r, s, &x.form, id, x.line.row.version, NULL, err);
}

static enum qpp_code edit_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return save(host, r, s, qpp_param(r, "id"), err);
}

/* ---- evidence ---- */

static enum qpp_code show_evidence(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s,
                                   const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_tr_evidence m;
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = making_tr_evidence(p, &v, qpp_param(r, "id"), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_REVIEWS, tr_evidence, &m, errors);
	return code;
}

static enum qpp_code evidence(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_evidence(host, r, s, NULL, err);
}

static enum qpp_code attach(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_review_document_row row;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(p, r);
	struct qpp_str id = qpp_param(r, "id");
	enum qpp_code code = portal_writing(p, r, "review.attach", &form, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_part *file = qpp_form_file(&form, "file");
	if (!file || !file->body.n) {
		/* Whose it is comes first: what is not there is not told about a file. */
		struct qpp_review_detail x;
		code = qpp_review_get(&v, id, &x, err);
		if (code != QPP_OK)
			return code;
		portal_wrong(&errors, "file", QPP_LIT("Choose a file"));
	} else {
		code = qpp_review_attach(&v, id, portal_value(file->filename), file->body, &row, err);
		if (code == QPP_OK) {
			struct qpp_review_detail x;
			code = qpp_review_get(&v, id, &x, err);
			bool draft = code == QPP_OK && qpp_review_state_of(x.line.row.state) == QPP_REVIEW_DRAFT;
			qpp_respond_redirect(s, path_of(r, id, draft ? "/evidence?done=document-added" : "?done=document-added"));
			return code;
		}
		if (!portal_refused(&errors, &v, code, "file", err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_evidence(p, r, s, &list, err);
}

static enum qpp_code detach(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct qpp_reviewing v = portal_reviewing(host, r);
	struct qpp_str id = qpp_param(r, "id");
	enum qpp_code code = portal_writing(host, r, "review.detach", &form, err);
	if (code == QPP_OK)
		code = qpp_review_detach(&v, id, qpp_param(r, "document"), err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, path_of(r, id, "/evidence?done=document-removed"));
	return code;
}

/* Never shown in the browser, whatever it is: a file to keep, of no type that runs. */
static enum qpp_code document(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_review_document_row d;
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = qpp_review_document(&v, qpp_param(r, "id"), qpp_param(r, "document"), &d, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/octet-stream", d.name, d.bytes);
	return code;
}

/* ---- review and certify ---- */

static enum qpp_code show_certify(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s,
                                  const struct portal_errors *wrong, struct qpp_str key, struct qpp_err *err)
{
	struct qpp_tr_certify m;
	struct qpp_reviewing v = portal_reviewing(p, r);
	struct portal_errors here = { .arena = r->arena }, there = { .arena = r->arena };
	enum qpp_code code = making_tr_certify(p, &v, qpp_param(r, "id"), &m, err);
	if (code != QPP_OK)
		return code;
	if (key.n)
		m.key = key;
	for (size_t i = 0; wrong && i < wrong->list.n; i++) {
		const struct qpp_form_error *x = &wrong->list.v[i];
		bool own = !x->field || strcmp(x->field, "certified-yes") == 0;
		portal_wrong(own ? &here : &there, x->field, x->says);
	}
	if (there.list.n)
		portal_wrong(&here, NULL, QPP_LIT("The request is not complete: see what is missing below"));
	m.missing.v = there.list.v;
	m.missing.n = there.list.n;
	struct qpp_form_errors list = portal_errors_of(&here);
	RESPOND(p, r, s, QPP_AT_REVIEWS, tr_certify, &m, list.n ? &list : NULL);
	return QPP_OK;
}

static enum qpp_code certify(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_review_detail x;
	struct qpp_reviewing v = portal_reviewing(host, r);
	struct qpp_str id = qpp_param(r, "id");
	enum qpp_code code = qpp_review_get(&v, id, &x, err);
	if (code == QPP_OK && qpp_review_state_of(x.line.row.state) != QPP_REVIEW_DRAFT) {
		qpp_respond_redirect(s, path_of(r, id, ""));
		return QPP_OK;
	}
	return code == QPP_OK ? show_certify(host, r, s, NULL, QPP_LIT(""), err) : code;
}

/* The first of two that came at once is still under way: the second waits for it, and has its answer. */
static enum qpp_code file_once(struct qpp_reviewing *v, struct qpp_review_filing *f, struct qpp_err *err)
{
	enum { TRIES = 40, PAUSE = 50000000 };
	enum qpp_code code = qpp_review_file(v, f, err);
	for (int i = 0; i < TRIES && code == QPP_CONFLICT && strcmp(err->primary, "the same request is being worked on") == 0; i++) {
		(void)nanosleep(&(struct timespec){ 0, PAUSE }, NULL);
		code = qpp_review_file(v, f, err);
	}
	return code;
}

/* A double click and a page that is loaded again have the key of the first: they come to its receipt. */
static enum qpp_code file(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = portal_writing(p, r, "review.file", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_review_filing f = { .id = qpp_param(r, "id"), .version = portal_version(&form),
		.certified = qpp_str_is(portal_value(qpp_form_field(&form, "certified")), "yes"), .key = portal_value(qpp_form_field(&form, "key")) };
	code = file_once(&v, &f, err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, path_of(r, f.id, "/receipt"));
		return QPP_OK;
	}
	if (!portal_refused(&errors, &v, code, NULL, err))
		return code;
	struct qpp_err ignored;
	struct qpp_review_detail x;
	/* Filed already, with another key: the receipt is there. */
	if (qpp_review_get(&v, f.id, &x, &ignored) == QPP_OK && x.has_receipt && code == QPP_STALE) {
		qpp_respond_redirect(s, path_of(r, f.id, "/receipt"));
		return QPP_OK;
	}
	return show_certify(p, r, s, &errors, f.key, err);
}

static enum qpp_code receipt(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_tr_receipt m;
	struct qpp_str text;
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = making_tr_receipt(host, &v, qpp_param(r, "id"), &m, &text, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_REVIEWS, tr_receipt, &m, NULL);
	return code;
}

static enum qpp_code receipt_text(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_tr_receipt m;
	struct qpp_str text;
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = making_tr_receipt(host, &v, qpp_param(r, "id"), &m, &text, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/json", CAT(r->arena, "receipt-", C(r->arena, m.number), ".json"), text);
	return code;
}

/* ---- one request ---- */

static enum qpp_code show_detail(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str answer,
                                 const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_tr_detail m = { .answer = answer };
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = making_tr_detail(p, &v, qpp_param(r, "id"), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_REVIEWS, tr_detail, &m, errors);
	return code;
}

static enum qpp_code detail(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_detail(host, r, s, QPP_LIT(""), NULL, err);
}

static enum qpp_code answer(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = portal_writing(host, r, "review.answer", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str text = portal_value(qpp_form_field(&form, "answer"));
	code = qpp_review_answer(&v, qpp_param(r, "id"), portal_version(&form), text, err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, path_of(r, qpp_param(r, "id"), "?done=answered"));
		return QPP_OK;
	}
	if (!portal_refused(&errors, &v, code, NULL, err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_detail(host, r, s, text, &list, err);
}

static enum qpp_code show_withdraw(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str note,
                                   const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_review_detail x;
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = qpp_review_get(&v, qpp_param(r, "id"), &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_tr_withdraw m = { .id = qpp_param(r, "id"), .version = qpp_i64_text(r->arena, x.line.row.version), .note = note,
		.request = making_tr_request(r->arena, &x), .window_open = x.window.state == QPP_WINDOW_OPEN };
	RESPOND(p, r, s, QPP_AT_REVIEWS, tr_withdraw, &m, errors);
	return QPP_OK;
}

static enum qpp_code withdraw(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_withdraw(host, r, s, QPP_LIT(""), NULL, err);
}

static enum qpp_code withdraw_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = portal_writing(host, r, "review.withdraw", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str note = portal_value(qpp_form_field(&form, "note"));
	code = qpp_review_withdraw(&v, qpp_param(r, "id"), portal_version(&form), note, err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, path_of(r, qpp_param(r, "id"), "?done=withdrawn"));
		return QPP_OK;
	}
	if (!portal_refused(&errors, &v, code, NULL, err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_withdraw(host, r, s, note, &list, err);
}

/* ---- the letter ---- */

static enum qpp_code letter(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return portal_letter(host, r, s, TR_FILER, QPP_AT_REVIEWS, err);
}

static enum qpp_code letter_pdf(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return portal_letter_pdf(host, r, s, TR_FILER, err);
}

/* ---- the table ---- */

#define FORM "application/x-www-form-urlencoded"
#define READS .can = QPP_CAN_FILE_REVIEW, .audit = QPP_AUDIT_READ
#define CHANGES .can = QPP_CAN_FILE_REVIEW, .audit = QPP_AUDIT_CHANGE, .flags = QPP_PAGE_WAITS
#define FILES .can = QPP_CAN_FILE_REVIEW, .audit = QPP_AUDIT_FILING, .flags = QPP_PAGE_WAITS
static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the request" }, { 0 } };
static const struct qpp_param_doc document_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the request" },
	{ QPP_IN_PATH, "document", "string", true, "id of the document" },
	{ 0 },
};
static const struct qpp_param_doc new_params[] = {
	{ QPP_IN_QUERY, "py", "integer", false, "performance year" },
	{ QPP_IN_QUERY, "level", "string", false, "individual, group, virtualGroup, subgroup, apmEntity" },
	{ QPP_IN_QUERY, "org", "string", false, "id of the organization" },
	{ QPP_IN_QUERY, "npi", "string", false, "of an individual" },
	{ QPP_IN_QUERY, "reason", "string", false, "name of a reason of the year" },
	{ QPP_IN_QUERY, "categories", "string", false, "quality cost ia pi, blanks between" },
	{ QPP_IN_QUERY, "measures", "string", false, "ids, blanks between" },
	{ QPP_IN_QUERY, "explanation", "string", false, "what the explanation begins with" },
	{ 0 },
};

enum { LARGEST = QPP_REVIEW_FILE_BYTES + (1 << 20) };

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/targeted-review", READS, .handle = landing, .summary = "Windows of review by year; own requests" },
	{ .method = QPP_GET, .path = "/targeted-review/new", READS, .handle = new_form, .summary = "A new request for review", .params = new_params },
	{ .method = QPP_POST, .path = "/targeted-review/new", CHANGES, .handle = new_post, .summary = "Keep a new request as a draft", .takes = FORM },
	{ .method = QPP_GET, .path = "/targeted-review/{id}", READS, .handle = detail, .summary = "One request: question, decision, timeline",
	  .params = id_params },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/edit", READS, .handle = edit, .summary = "A draft: who and why", .params = id_params },
	{ .method = QPP_POST, .path = "/targeted-review/{id}/edit", CHANGES, .handle = edit_post, .summary = "Keep a draft anew", .params = id_params,
	  .takes = FORM },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/evidence", READS, .handle = evidence, .summary = "Documents of a request", .params = id_params },
	{ .method = QPP_POST, .path = "/targeted-review/{id}/documents", CHANGES, .handle = attach, .body = LARGEST, .summary = "Add a document",
	  .params = id_params, .takes = "multipart/form-data" },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/documents/{document}", READS, .handle = document, .summary = "A document, as a file",
	  .params = document_params },
	{ .method = QPP_POST, .path = "/targeted-review/{id}/documents/{document}/remove", CHANGES, .handle = detach,
	  .summary = "Remove a document of a draft", .params = document_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/review", READS, .handle = certify, .summary = "Review and certify a draft", .params = id_params },
	{ .method = QPP_POST, .path = "/targeted-review/{id}/review", FILES, .handle = file, .summary = "File a request", .params = id_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/receipt", READS, .handle = receipt, .summary = "Receipt of a request", .params = id_params },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/receipt.json", READS, .handle = receipt_text, .summary = "The signed receipt as a file",
	  .params = id_params },
	{ .method = QPP_POST, .path = "/targeted-review/{id}/answer", FILES, .handle = answer, .summary = "Answer what was asked", .params = id_params,
	  .takes = FORM },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/withdraw", READS, .handle = withdraw, .summary = "What withdrawing means", .params = id_params },
	{ .method = QPP_POST, .path = "/targeted-review/{id}/withdraw", FILES, .handle = withdraw_post, .summary = "Withdraw a request",
	  .params = id_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/letter", READS, .handle = letter, .summary = "The decision as a letter", .params = id_params },
	{ .method = QPP_GET, .path = "/targeted-review/{id}/letter.pdf", READS, .handle = letter_pdf, .summary = "The decision as a PDF",
	  .params = id_params },
};
const struct qpp_page_table portal_review_pages = QPP_PAGE_TABLE("portal: targeted review", pages);
