/* /reviewer/targeted-review: the queue, the workbench and what is done there. */
#include "adapt/portal/pages_review.h"

static struct qpp_str path_of(const struct qpp_http_request *r, const char *rest)
{
	return CAT(r->arena, "/reviewer/targeted-review/", C(r->arena, qpp_param(r, "id")), rest);
}

static bool ticked(const struct qpp_http_request *r, const char *name)
{
	return qpp_str_is(portal_value(qpp_query(r, name)), "yes");
}

static enum qpp_code queue(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	enum { MOST_START = 1000000 };
	struct qpp_tr_queue m;
	struct qpp_reviewing v = portal_reviewing(host, r);
	struct making_tr_filter f = { .year = portal_value(qpp_query(r, "year")), .state = portal_value(qpp_query(r, "state")),
		.reason = portal_value(qpp_query(r, "reason")), .open = ticked(r, "open"), .mine = ticked(r, "mine"),
		.unassigned = ticked(r, "unassigned"), .overdue = ticked(r, "overdue"), .duplicates = ticked(r, "duplicates") };
	enum qpp_code code = qpp_query_number(r, "start", 0, MOST_START, &f.start, err);
	if (code == QPP_OK)
		code = making_tr_queue(host, &v, &f, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_REVIEWER, tr_queue, &m, NULL);
	return code;
}

/* ---- the workbench ---- */

static enum qpp_code show(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_tr_bench *m,
                          struct portal_errors *errors, struct qpp_err *err)
{
	/* With findings of its own: those of what was refused are in the form already. */
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = making_tr_bench(p, &v, qpp_param(r, "id"), m, errors, err);
	if (code != QPP_OK)
		return code;
	struct qpp_form_errors list = portal_errors_of(errors);
	RESPOND(p, r, s, QPP_AT_REVIEWER, tr_bench, m, list.n ? &list : NULL);
	return QPP_OK;
}

/* Every value of a name in the query, with blanks between. */
static struct qpp_str query_words(const struct qpp_http_request *r, const char *name)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 100);
	for (size_t i = 0; i < r->query.n; i++)
		if (qpp_str_is(r->query.v[i].name, name))
			qpp_buf_cat(&b, b.n ? " " : "", C(r->arena, r->query.v[i].value), (char *)NULL);
	return qpp_buf_done(&b);
}

static enum qpp_code bench(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_tr_bench m = { .tries = ticked(r, "try"), .reweight = query_words(r, "reweight"),
		.reweight_reason = portal_value(qpp_query(r, "reweightReason")), .small = portal_value(qpp_query(r, "small")),
		.facts_tried = portal_value(qpp_query(r, "facts")) };
	return show(host, r, s, &m, &errors, err);
}

static enum qpp_code document(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_review_document_row d;
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = qpp_review_document(&v, qpp_param(r, "id"), qpp_param(r, "document"), &d, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/octet-stream", d.name, d.bytes);
	return code;
}

static enum qpp_code letter(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return portal_letter(host, r, s, TR_AGENCY, QPP_AT_REVIEWER, err);
}

static enum qpp_code letter_pdf(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return portal_letter_pdf(host, r, s, TR_AGENCY, err);
}

/* ---- acts ---- */

/* What was typed in a form of the workbench stays there when it is refused. */
static struct qpp_tr_bench typed(struct qpp_arena *a, const struct qpp_form *form)
{
#define FIELD(name) portal_value(qpp_form_field(form, name))
	(void)a;
	return (struct qpp_tr_bench){ .question = FIELD("question"), .verdict = FIELD("verdict"), .over = qpp_str_trim(FIELD("over")),
		.topic = FIELD("topic"), .ground = FIELD("ground"), .reasons = FIELD("reasons"), .note = FIELD("note") };
#undef FIELD
}

typedef enum qpp_code act(struct qpp_reviewing *v, struct qpp_str id, int64_t version, struct qpp_tr_bench *m, struct portal_errors *errors,
                          struct qpp_err *err);

static enum qpp_code do_act(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const char *action, act *it,
                            const char *done, struct qpp_err *err)
{
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = portal_may_write(p, r, action, err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_tr_bench m = typed(r->arena, &form);
	code = it(&v, qpp_param(r, "id"), portal_version(&form), &m, &errors, err);
	if (code == QPP_OK && !errors.list.n) {
		qpp_respond_redirect(s, path_of(r, done));
		return QPP_OK;
	}
	/* Somebody else was faster, or a field is wrong: told over the request as it is now. */
	if (!errors.list.n && !portal_refused(&errors, &v, code, NULL, err))
		return code;
	enum qpp_code refused = code;
	code = show(p, r, s, &m, &errors, err);
	if (code == QPP_OK && (refused == QPP_FORBIDDEN || refused == QPP_STALE || refused == QPP_CONFLICT))
		s->status = qpp_code_http(refused);
	return code;
}

static enum qpp_code assign_it(struct qpp_reviewing *v, struct qpp_str id, int64_t version, struct qpp_tr_bench *m, struct portal_errors *errors,
                               struct qpp_err *err)
{
	(void)m, (void)errors;
	return qpp_review_assign(v, id, version, QPP_LIT(""), err);
}

static enum qpp_code ask_it(struct qpp_reviewing *v, struct qpp_str id, int64_t version, struct qpp_tr_bench *m, struct portal_errors *errors,
                            struct qpp_err *err)
{
	(void)errors;
	return qpp_review_ask(v, id, version, m->question, err);
}

static enum qpp_code recommend_it(struct qpp_reviewing *v, struct qpp_str id, int64_t version, struct qpp_tr_bench *m, struct portal_errors *errors,
                                  struct qpp_err *err)
{
	size_t n = 0;
	bool deny = qpp_str_is(m->verdict, "deny"), corrects = qpp_str_is(m->verdict, "approve");
	if (!deny && !corrects && !qpp_str_is(m->verdict, "approveAsIs")) {
		portal_wrong(errors, "verdict", QPP_LIT("Choose what you recommend"));
		return QPP_OK;
	}
	struct qpp_review_override *v_over = making_tr_overrides(v->call.arena, m->over, m->topic, &n);
	const struct qpp_review_opinion opinion = { .approve = !deny, .score_change = corrects, .ground = deny ? m->ground : QPP_LIT(""),
		.reasons = m->reasons, .overrides = v_over, .n_overrides = n };
	enum qpp_code code = qpp_review_recommend(v, id, version, &opinion, err);
	if (code == QPP_DATA && !v->findings->errors)
		portal_wrong_err(errors, "over", err);
	return code;
}

static enum qpp_code confirm_it(struct qpp_reviewing *v, struct qpp_str id, int64_t version, struct qpp_tr_bench *m, struct portal_errors *errors,
                                struct qpp_err *err)
{
	(void)m, (void)errors;
	return qpp_review_confirm(v, id, version, NULL, err);
}

static enum qpp_code return_it(struct qpp_reviewing *v, struct qpp_str id, int64_t version, struct qpp_tr_bench *m, struct portal_errors *errors,
                               struct qpp_err *err)
{
	(void)errors;
	return qpp_review_return(v, id, version, m->note, err);
}

static enum qpp_code close_it(struct qpp_reviewing *v, struct qpp_str id, int64_t version, struct qpp_tr_bench *m, struct portal_errors *errors,
                              struct qpp_err *err)
{
	(void)errors;
	return qpp_review_close(v, id, version, m->note, err);
}

#define ACT(name, action, done)                                                                                             \
	static enum qpp_code name##_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err) \
	{                                                                                                                   \
		return do_act(host, r, s, action, name##_it, "?done=" done, err);                                           \
	}
ACT(assign, "review.assign", "assigned")
ACT(ask, "review.ask", "asked")
ACT(recommend, "review.recommend", "recommended")
ACT(confirm, "review.confirm", "decided")
ACT(return, "review.return", "returned")
ACT(close, "review.close", "closed")

#define FORM "application/x-www-form-urlencoded"
#define READS .can = QPP_CAN_READ_REVIEWS, .audit = QPP_AUDIT_READ, .params = id_params
#define REVIEWS .can = QPP_CAN_DECIDE_REVIEW, .audit = QPP_AUDIT_DECISION, .flags = QPP_PAGE_WAITS, .params = id_params, .takes = FORM
#define CONFIRMS .can = QPP_CAN_CONFIRM_DECISION, .audit = QPP_AUDIT_DECISION, .flags = QPP_PAGE_WAITS, .params = id_params, .takes = FORM
static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the request" }, { 0 } };
static const struct qpp_param_doc document_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the request" },
	{ QPP_IN_PATH, "document", "string", true, "id of the document" },
	{ 0 },
};
static const struct qpp_param_doc queue_params[] = {
	{ QPP_IN_QUERY, "year", "integer", false, "performance year" },
	{ QPP_IN_QUERY, "state", "string", false, "state of the request" },
	{ QPP_IN_QUERY, "reason", "string", false, "name of a reason" },
	{ QPP_IN_QUERY, "open", "string", false, "yes: that have not ended" },
	{ QPP_IN_QUERY, "mine", "string", false, "yes: assigned to who asks" },
	{ QPP_IN_QUERY, "unassigned", "string", false, "yes: assigned to nobody" },
	{ QPP_IN_QUERY, "overdue", "string", false, "yes: whose answer is overdue" },
	{ QPP_IN_QUERY, "duplicates", "string", false, "yes: with an earlier request on the same matter" },
	{ QPP_IN_QUERY, "start", "integer", false, "first line, from 0" },
	{ 0 },
};

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/reviewer/targeted-review", .can = QPP_CAN_READ_REVIEWS, .audit = QPP_AUDIT_READ, .handle = queue,
	  .summary = "Requests for review, by filters", .params = queue_params },
	{ .method = QPP_GET, .path = "/reviewer/targeted-review/{id}", READS, .handle = bench, .summary = "One request with its evidence, and what would change" },
	{ .method = QPP_GET, .path = "/reviewer/targeted-review/{id}/documents/{document}", .can = QPP_CAN_READ_REVIEWS, .audit = QPP_AUDIT_READ,
	  .handle = document, .summary = "A document of a request, as a file", .params = document_params },
	{ .method = QPP_GET, .path = "/reviewer/targeted-review/{id}/letter", READS, .handle = letter, .summary = "A decision as a letter" },
	{ .method = QPP_GET, .path = "/reviewer/targeted-review/{id}/letter.pdf", READS, .handle = letter_pdf, .summary = "A decision as a PDF" },
	{ .method = QPP_POST, .path = "/reviewer/targeted-review/{id}/assign", REVIEWS, .handle = assign_post, .summary = "Take a request" },
	{ .method = QPP_POST, .path = "/reviewer/targeted-review/{id}/ask", REVIEWS, .handle = ask_post, .summary = "Ask for information" },
	{ .method = QPP_POST, .path = "/reviewer/targeted-review/{id}/recommend", REVIEWS, .handle = recommend_post, .summary = "Recommend a decision" },
	{ .method = QPP_POST, .path = "/reviewer/targeted-review/{id}/close", REVIEWS, .handle = close_post, .summary = "Close for no response" },
	{ .method = QPP_POST, .path = "/reviewer/targeted-review/{id}/confirm", CONFIRMS, .handle = confirm_post, .summary = "Decide as recommended" },
	{ .method = QPP_POST, .path = "/reviewer/targeted-review/{id}/return", CONFIRMS, .handle = return_post, .summary = "Give a recommendation back" },
};
const struct qpp_page_table portal_reviewer_pages = QPP_PAGE_TABLE("reviewers: targeted review", pages);
