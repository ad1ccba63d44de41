/* Entering and uploading data: forms and drafts, the review of what would change, and the filing itself. */
#include "adapt/portal/pages.h"

#include <string.h>

enum { MOST_FINDINGS = 200, MEGABYTE = 1 << 20, MOST_MEGABYTES = 20 };

/* What was typed, as a draft of the topic; empty fields are nothing. */
static void draft_of_form(struct qpp_arena *a, const struct qpp_form *form, struct qpp_str topic, struct making_draft *d)
{
	struct making_field *v = QPP_NEW_ARRAY(a, form->n + 1, struct making_field);
	*d = (struct making_draft){ .there = true, .topic = topic };
	for (size_t i = 0; i < form->n; i++) {
		const struct qpp_part *x = &form->v[i];
		if (x->filename.p || !x->body.n || qpp_str_is(x->name, "csrf") || qpp_str_is(x->name, "do"))
			continue;
		v[d->form.n++] = (struct making_field){ x->name, x->body };
	}
	d->form.v = v;
}

/* The topic of the page: its last segment, and the measure behind "quality". */
static struct qpp_str topic_of(const struct qpp_http_request *r, const char *page)
{
	return qpp_param(r, "measure").p ? CAT(r->arena, page, "-", C(r->arena, qpp_param(r, "measure"))) : qpp_str_of(page);
}

typedef enum qpp_code show_form(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct making_draft *d,
                                const struct qpp_form_errors *errors, struct qpp_err *err);

static enum qpp_code show_measure(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct making_draft *d,
                                  const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_measure_form m = { .submission_id = qpp_param(r, "id") };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_measure(p, &call, qpp_param(r, "measure"), d, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_SUBMISSIONS, measure, &m, errors);
	return code;
}

static enum qpp_code show_activities(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct making_draft *d,
                                     const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_activities_form m = { .submission_id = qpp_param(r, "id") };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_activities(p, &call, d, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_SUBMISSIONS, activities, &m, errors);
	return code;
}

static enum qpp_code show_pi(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct making_draft *d,
                             const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_pi_form m = { .submission_id = qpp_param(r, "id") };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_pi(p, &call, d, &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_SUBMISSIONS, pi, &m, errors);
	return code;
}

/* The draft of a topic; NULL in `*d` when there is none. */
static enum qpp_code kept_draft(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_str topic, const struct making_draft **d,
                                struct qpp_err *err)
{
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	struct making_drafts *all = QPP_NEW(r->arena, struct making_drafts);
	enum qpp_code code = making_drafts_of(&call, qpp_param(r, "id"), all, err);
	*d = code == QPP_OK ? making_draft_of(all, topic) : NULL;
	return code;
}

static enum qpp_code form_page(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const char *page, show_form *show,
                               struct qpp_err *err)
{
	const struct making_draft *d;
	enum qpp_code code = kept_draft(p, r, topic_of(r, page), &d, err);
	return code == QPP_OK ? show(p, r, s, d, NULL, err) : code;
}

static struct qpp_str review_path(struct qpp_http_request *r, struct qpp_str id, struct qpp_str topic)
{
	return CAT(r->arena, "/submissions/", C(r->arena, id), "/review/", C(r->arena, topic));
}

/* A form came: kept as a draft as it is; and where the person wants to see what it changes, checked. */
static enum qpp_code form_post(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const char *page, show_form *show,
                               struct qpp_err *err)
{
	struct qpp_form form;
	struct making_draft d;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	struct qpp_str id = qpp_param(r, "id");
	enum qpp_code code = portal_may_write(p, r, "submission.draft", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	draft_of_form(r->arena, &form, topic_of(r, page), &d);
	code = making_draft_keep(&call, id, &d, err);
	if (code != QPP_OK)
		return code;
	if (!qpp_str_is(portal_value(qpp_form_field(&form, "do")), "review")) {
		qpp_respond_redirect(s, CAT(r->arena, "/submissions/", C(r->arena, id), "?done=draft"));
		return QPP_OK;
	}
	code = making_faults(p, &call, id, &d, &errors, err);
	if (code != QPP_OK)
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	if (list.n)
		return show(p, r, s, &d, &list, err);
	qpp_respond_redirect(s, review_path(r, id, d.topic));
	return QPP_OK;
}

#define FORM_PAGE(name, page, show)                                                                            \
	static enum qpp_code name##_page(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err) \
	{                                                                                                      \
		return form_page(host, r, s, page, show, err);                                                 \
	}                                                                                                      \
	static enum qpp_code name##_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err) \
	{                                                                                                      \
		return form_post(host, r, s, page, show, err);                                                 \
	}
FORM_PAGE(measure, "quality", show_measure)
FORM_PAGE(activities, "ia", show_activities)
FORM_PAGE(pi, "pi", show_pi)

static enum qpp_code search(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_search_view m = { .submission_id = qpp_param(r, "id"), .query = portal_value(qpp_query(r, "q")), .set = portal_value(qpp_query(r, "set")) };
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = making_search(host, &call, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_SUBMISSIONS, search, &m, NULL);
	return code;
}

/* ---- upload ---- */

static enum qpp_code show_upload(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_upload *m,
                                 const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_str id = portal_value(qpp_param(r, "id"));
	m->most_megabytes = MOST_MEGABYTES;
	m->action = r->path;
	m->window.open = true;
	if (id.n) {
		struct qpp_submission_view of;
		struct qpp_call call = portal_call(p, r, QPP_LIT(""));
		enum qpp_code code = making_submission(p, &call, id, &of, err);
		if (code != QPP_OK)
			return code;
		m->subject = of.subject;
		m->window = of.window;
	}
	RESPOND(p, r, s, QPP_AT_SUBMISSIONS, upload, m, errors);
	if (m->errors.n)
		s->status = 422;
	return QPP_OK;
}

static enum qpp_code upload(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_upload m = { 0 };
	return show_upload(host, r, s, &m, NULL, err);
}

static enum qpp_code upload_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_form form;
	struct qpp_upload m = { 0 };
	struct making_draft d = { 0 };
	struct qpp_str id;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = portal_may_write(p, r, "submission.upload", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	const struct qpp_part *file = qpp_form_file(&form, "file");
	if (!file || !file->body.n) {
		portal_wrong(&errors, "file", QPP_LIT("Choose a file"));
	} else {
		code = making_upload(p, &call, portal_value(qpp_param(r, "id")), portal_value(file->filename), file->body, &d, &id, &m, err);
		if (code == QPP_OK && d.there)
			code = making_draft_keep(&call, id, &d, err);
		if (code == QPP_OK && d.there) {
			qpp_respond_redirect(s, review_path(r, id, d.topic));
			return QPP_OK;
		}
		/* A window that is closed and a practice that is not one's own are said beside the file. */
		if (code != QPP_OK && !portal_wrong_err(&errors, "file", err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_upload(p, r, s, &m, list.n ? &list : NULL, err);
}

/* ---- review and filing ---- */

static enum qpp_code back_to_form(struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_str topic)
{
	struct qpp_arena *a = r->arena;
	const char *id = C(a, qpp_param(r, "id")), *name = C(a, topic);
	if (qpp_str_starts(topic, "quality-"))
		qpp_respond_redirect(s, CAT(a, "/submissions/", id, "/quality/", name + strlen("quality-")));
	else
		qpp_respond_redirect(s, CAT(a, "/submissions/", id, "/", name));
	return QPP_OK;
}

static enum qpp_code review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct making_draft *d;
	struct qpp_filing_review m;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = kept_draft(p, r, qpp_param(r, "topic"), &d, err);
	if (code == QPP_OK && !d)
		return qpp_not_found(err, "draft");
	if (code == QPP_OK)
		code = making_show_review(p, &call, qpp_param(r, "id"), d, &errors, &m, err);
	if (code != QPP_OK)
		return code;
	if (errors.list.n)
		return back_to_form(r, s, d->topic);
	RESPOND(p, r, s, QPP_AT_SUBMISSIONS, review, &m, NULL);
	return QPP_OK;
}

/* It would undo an exception, and nobody has said that it shall: the review again. */
static enum qpp_code confirm_undoing(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_call *call,
                                     const struct making_draft *d, struct qpp_err *err)
{
	struct qpp_filing_review m;
	struct portal_errors none = { .arena = r->arena }, errors = { .arena = r->arena };
	enum qpp_code code = making_show_review(p, call, qpp_param(r, "id"), d, &none, &m, err);
	if (code != QPP_OK)
		return code;
	portal_wrong(&errors, "undo-yes", QPP_LIT("Confirm that these data shall undo the exception, or go back without filing"));
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_SUBMISSIONS, review, &m, &list);
	return QPP_OK;
}

static enum qpp_code file(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct making_draft *d;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	struct qpp_str id = qpp_param(r, "id"), key;
	struct qpp_form form;
	int64_t last = 0;
	enum qpp_code code = portal_may_write(p, r, "submission.file", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code == QPP_OK)
		code = kept_draft(p, r, qpp_param(r, "topic"), &d, err);
	if (code != QPP_OK)
		return code;
	key = portal_value(qpp_form_field(&form, "key"));
	/* Sent twice, the second finds it filed. */
	if (!d) {
		qpp_respond_redirect(s, CAT(r->arena, "/submissions/", C(r->arena, id), "#receipts"));
		return QPP_OK;
	}
	bool confirmed = qpp_str_is(portal_value(qpp_form_field(&form, "undo")), "yes"), unconfirmed = false;
	code = making_file(p, &call, id, d, key, (qpp_time){ r->received_us }, confirmed, &errors, &last, &unconfirmed, err);
	if (code == QPP_OK && unconfirmed)
		return confirm_undoing(p, r, s, &call, d, err);
	if (code != QPP_OK)
		return code;
	if (errors.list.n)
		return back_to_form(r, s, d->topic);
	struct making_draft gone = { .topic = d->topic };
	code = making_draft_keep(&call, id, &gone, err);
	if (code != QPP_OK)
		return code;
	qpp_respond_redirect(s, CAT(r->arena, "/submissions/", C(r->arena, id), "/receipts/", C(r->arena, qpp_i64_text(r->arena, last))));
	return QPP_OK;
}

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the submission" }, { 0 } };
static const struct qpp_param_doc measure_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the submission" },
	{ QPP_IN_PATH, "measure", "string", true, "id of the measure" },
	{ 0 },
};
static const struct qpp_param_doc topic_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the submission" },
	{ QPP_IN_PATH, "topic", "string", true, "upload, ia, pi, or quality- and the measure" },
	{ 0 },
};

#define FORM "application/x-www-form-urlencoded"
#define READS .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_READ
#define CHANGES .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_CHANGE, .flags = QPP_PAGE_WAITS
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/submissions/upload", READS, .handle = upload, .summary = "Upload a file" },
	{ .method = QPP_POST, .path = "/submissions/upload", CHANGES, .handle = upload_post, .body = (MOST_MEGABYTES + 1) * (size_t)MEGABYTE,
	  .summary = "Check a file; kept as a draft", .takes = "multipart/form-data" },
	{ .method = QPP_GET, .path = "/submissions/{id}/upload", READS, .handle = upload, .summary = "Upload a file for a submission", .params = id_params },
	{ .method = QPP_POST, .path = "/submissions/{id}/upload", CHANGES, .handle = upload_post, .body = (MOST_MEGABYTES + 1) * (size_t)MEGABYTE,
	  .summary = "Check a file for a submission; kept as a draft", .params = id_params, .takes = "multipart/form-data" },
	{ .method = QPP_GET, .path = "/submissions/{id}/quality", READS, .handle = search, .summary = "Find a quality measure", .params = id_params },
	{ .method = QPP_GET, .path = "/submissions/{id}/quality/{measure}", READS, .handle = measure_page, .summary = "Counts of a quality measure",
	  .params = measure_params },
	{ .method = QPP_POST, .path = "/submissions/{id}/quality/{measure}", CHANGES, .handle = measure_post,
	  .summary = "Keep counts as a draft, and check them", .params = measure_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/submissions/{id}/ia", READS, .handle = activities_page, .summary = "Improvement activities", .params = id_params },
	{ .method = QPP_POST, .path = "/submissions/{id}/ia", CHANGES, .handle = activities_post, .summary = "Keep activities as a draft, and check them",
	  .params = id_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/submissions/{id}/pi", READS, .handle = pi_page, .summary = "Promoting interoperability", .params = id_params },
	{ .method = QPP_POST, .path = "/submissions/{id}/pi", CHANGES, .handle = pi_post, .summary = "Keep them as a draft, and check them",
	  .params = id_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/submissions/{id}/review/{topic}", READS, .handle = review, .summary = "What filing a draft would change",
	  .params = topic_params },
	{ .method = QPP_POST, .path = "/submissions/{id}/review/{topic}", .can = QPP_CAN_SUBMIT_DATA, .audit = QPP_AUDIT_FILING, .handle = file,
	  .flags = QPP_PAGE_WAITS, .summary = "File a draft", .params = topic_params, .takes = FORM, .success = 303 },
};
const struct qpp_page_table portal_entry_pages = QPP_PAGE_TABLE("portal: entering data", pages);
