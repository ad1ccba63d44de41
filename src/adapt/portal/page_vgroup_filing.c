/* /virtual-groups/ID: the agreement and its signatures; filing, changing and withdrawing the election; receipts. */
#include "adapt/portal/making_vgroup.h"
#include "adapt/portal/pages.h"

static struct qpp_str path_of(struct qpp_http_request *r, const char *behind)
{
	return CAT(r->arena, "/virtual-groups/", C(r->arena, qpp_param(r, "id")), behind);
}

/* ---- the agreement ---- */

static enum qpp_code show_agreement(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s,
                                    const struct qpp_vgroup_agreement_view *m, const struct qpp_form_errors *errors)
{
	RESPOND(p, r, s, QPP_AT_VGROUPS, vgroup_agreement, m, errors);
	return QPP_OK;
}

static enum qpp_code agreement(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_agreement_view m = { 0 };
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_agreement(host, &call, qpp_param(r, "id"), false, &m, err);
	m.editing = m.may_edit && qpp_str_is(portal_value(qpp_query(r, "edit")), "1");
	return code == QPP_OK ? show_agreement(host, r, s, &m, NULL) : code;
}

static enum qpp_code print(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_agreement_view m = { 0 };
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_agreement(host, &call, qpp_param(r, "id"), true, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_VGROUPS, vgroup_print, &m, NULL);
	return code;
}

static enum qpp_code pdf(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_str bytes;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_pdf(host, &call, qpp_param(r, "id"), &bytes, err);
	if (code == QPP_OK)
		qpp_respond_download(s, "application/pdf", QPP_LIT("virtual-group-agreement.pdf"), bytes);
	return code;
}

/* Clause after clause: what can be kept is kept, what cannot comes back as it was typed. */
static enum qpp_code save_clauses(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct qpp_vgroup_agreement_view m = { 0 };
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = portal_writing(host, r, "virtual-group.clauses", &form, err);
	if (code == QPP_OK)
		code = making_vgroup_agreement(host, &call, qpp_param(r, "id"), false, &m, err);
	struct qpp_vgroup_clause_line *v = (struct qpp_vgroup_clause_line *)(uintptr_t)m.clauses.v;
	for (size_t i = 0; code == QPP_OK && i < m.clauses.n; i++) {
		struct qpp_str body = qpp_form_field(&form, v[i].field), was = v[i].body;
		if (!body.p)
			continue;
		v[i].body = body;
		if (qpp_str_eq(qpp_str_trim(body), was))
			continue;
		code = qpp_vgroup_write_clause(&call, qpp_param(r, "id"), v[i].provision, body, err);
		if (code != QPP_OK && code != QPP_NOT_FOUND && portal_wrong_err(&errors, v[i].field, err))
			code = QPP_OK;
	}
	if (code != QPP_OK)
		return code;
	if (!errors.list.n) {
		qpp_respond_redirect(s, path_of(r, "/agreement?done=clauses"));
		return QPP_OK;
	}
	m.editing = true;
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show_agreement(host, r, s, &m, &these);
}

static enum qpp_code sign(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct qpp_vgroup_agreement_view m = { 0 };
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = portal_writing(host, r, "virtual-group.sign", &form, err);
	if (code != QPP_OK)
		return code;
	if (!portal_typed(&form, "signer").n)
		portal_wrong(&errors, "signer", QPP_LIT("Type your name: that is the signature"));
	if (!qpp_str_is(portal_typed(&form, "bind"), "yes"))
		portal_wrong(&errors, "bind-yes", QPP_LIT("Say that you are authorized to bind the practice"));
	if (!errors.list.n) {
		code = qpp_vgroup_sign(&call, qpp_param(r, "id"), portal_typed(&form, "org"), portal_typed(&form, "signer"), portal_typed(&form, "signer-title"), portal_typed(&form, "hash"), err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, path_of(r, "?done=signed"));
			return QPP_OK;
		}
		if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, "signer", err))
			return code;
	}
	code = making_vgroup_agreement(host, &call, qpp_param(r, "id"), false, &m, err);
	m.signer = portal_typed(&form, "signer");
	m.signer_title = portal_typed(&form, "signer-title");
	struct qpp_form_errors these = portal_errors_of(&errors);
	return code == QPP_OK ? show_agreement(host, r, s, &m, &these) : code;
}

/* ---- filing, changing, withdrawing ---- */

static enum qpp_code show_filing(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, bool withdraw,
                                 const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_vgroup_filing m = { .withdraw = withdraw };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_filing(p, &call, qpp_param(r, "id"), &m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_VGROUPS, vgroup_filing, &m, errors);
	return code;
}

static enum qpp_code filing(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_filing(host, r, s, false, NULL, err);
}

static enum qpp_code withdrawal(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show_filing(host, r, s, true, NULL, err);
}

/* What became of it: on to the receipt, or the page again with the reason. */
static enum qpp_code filed(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, bool withdraw, const struct qpp_receipt *receipt,
                           enum qpp_code code, struct qpp_err *err)
{
	struct portal_errors errors = { .arena = r->arena };
	if (code == QPP_OK) {
		qpp_respond_redirect(s, withdraw ? path_of(r, "?done=group-withdrawn")
		                                 : CAT(r->arena, path_of(r, "/receipts/").p, C(r->arena, qpp_i64_text(r->arena, receipt->sequence))));
		return QPP_OK;
	}
	if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, NULL, err))
		return code;
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show_filing(p, r, s, withdraw, &these, err);
}

static enum qpp_code file(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct qpp_receipt receipt;
	enum qpp_code code = portal_writing(host, r, "virtual-group.file", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	code = qpp_vgroup_file(&call, qpp_param(r, "id"), portal_typed(&form, "key"), (qpp_time){ r->received_us }, &receipt, err);
	return filed(host, r, s, false, &receipt, code, err);
}

static enum qpp_code withdraw(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct qpp_receipt receipt;
	enum qpp_code code = portal_writing(host, r, "virtual-group.withdraw", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	code = qpp_vgroup_withdraw(&call, qpp_param(r, "id"), (qpp_time){ r->received_us }, &receipt, err);
	return filed(host, r, s, true, &receipt, code, err);
}

static enum qpp_code revise(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	enum qpp_code code = portal_writing(host, r, "virtual-group.revise", &form, err);
	if (code != QPP_OK)
		return code;
	bool begin = qpp_str_is(portal_typed(&form, "do"), "begin");
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	code = qpp_vgroup_revise(&call, qpp_param(r, "id"), begin, (qpp_time){ r->received_us }, err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, path_of(r, begin ? "?done=revision" : "?done=stands"));
	return code;
}

/* ---- receipts ---- */

static enum qpp_code receipt_of(void *host, struct qpp_http_request *r, struct qpp_vgroup_receipt_view *m, struct portal_receipt *x, struct qpp_err *err)
{
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	int64_t sequence;
	*m = (struct qpp_vgroup_receipt_view){ 0 };
	*x = (struct portal_receipt){ .type = "application/octet-stream" };
	enum qpp_code code = portal_receipt_sequence(r, &sequence, err);
	if (code == QPP_OK)
		code = making_vgroup_receipt(host, &call, qpp_param(r, "id"), sequence, m, &x->text, &x->body, err);
	x->number = m->number;
	return code;
}

static enum qpp_code receipt(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_receipt_view m;
	struct portal_receipt x;
	enum qpp_code code = receipt_of(host, r, &m, &x, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_VGROUPS, vgroup_receipt, &m, NULL);
	return code;
}

static enum qpp_code receipt_text(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_receipt_view m;
	struct portal_receipt x;
	enum qpp_code code = receipt_of(host, r, &m, &x, err);
	if (code == QPP_OK)
		portal_give_receipt(r, s, &x);
	return code;
}

static enum qpp_code receipt_body(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_receipt_view m;
	struct portal_receipt x;
	enum qpp_code code = receipt_of(host, r, &m, &x, err);
	return code == QPP_OK ? portal_give_filed(r, s, &x, err) : code;
}

/* ---- the table ---- */

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the virtual group" }, { 0 } };
static const struct qpp_param_doc edit_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the virtual group" },
	{ QPP_IN_QUERY, "edit", "string", false, "1: clauses to change" },
	{ 0 },
};
static const struct qpp_param_doc receipt_params[] = {
	{ QPP_IN_PATH, "id", "string", true, "id of the virtual group" },
	{ QPP_IN_PATH, "number", "integer", true, "number of the record" },
	{ 0 },
};
#define FORM "application/x-www-form-urlencoded"
#define RECEIPT "/virtual-groups/{id}/receipts/{number}"

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/agreement", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = agreement,
	  .summary = "The agreement of a virtual group, clause by clause", .params = edit_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/agreement/print", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = print,
	  .summary = "The agreement to print", .params = id_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/agreement/agreement.pdf", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = pdf,
	  .summary = "The agreement as a tagged PDF", .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/agreement", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = save_clauses,
	  .flags = QPP_PAGE_WAITS, .summary = "Change clauses of the agreement", .takes = FORM, .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/signatures", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_FILING, .handle = sign,
	  .flags = QPP_PAGE_WAITS, .summary = "Sign the agreement for a practice", .takes = FORM, .params = id_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/filing", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_READ, .handle = filing,
	  .summary = "Review before the election is filed", .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/filing", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_FILING, .handle = file,
	  .flags = QPP_PAGE_WAITS, .summary = "File the election", .takes = FORM, .params = id_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/withdrawal", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_READ, .handle = withdrawal,
	  .summary = "Review before a group is withdrawn", .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/withdrawal", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_FILING, .handle = withdraw,
	  .flags = QPP_PAGE_WAITS, .summary = "Withdraw a group", .takes = FORM, .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/revision", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = revise,
	  .flags = QPP_PAGE_WAITS, .summary = "Open what is filed for changes, or keep it", .takes = FORM, .params = id_params },
	{ .method = QPP_GET, .path = RECEIPT, .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = receipt,
	  .summary = "The receipt of an election", .params = receipt_params },
	{ .method = QPP_GET, .path = RECEIPT "/receipt.json", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = receipt_text,
	  .summary = "The signed receipt of an election as a file", .params = receipt_params },
	{ .method = QPP_GET, .path = RECEIPT "/filed.json", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = receipt_body,
	  .summary = "The election that was filed, as a file", .params = receipt_params },
};
const struct qpp_page_table portal_vgroup_filing_pages = QPP_PAGE_TABLE("portal: elections of virtual groups", pages);
