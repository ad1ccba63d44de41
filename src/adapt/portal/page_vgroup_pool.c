/* /virtual-groups/ID/forecast: the members alone and together, and what one's practice tells; /data: the year's data, added up. */
#include "adapt/portal/making_vgroup.h"
#include "adapt/portal/pages.h"

static enum qpp_code show(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_form *form,
                          const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_vgroup_pool_view m = { 0 };
	struct qpp_call call = portal_call(p, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_pool(p, &call, qpp_param(r, "id"), &m, err);
	if (form) {
		m.org = portal_typed(form, "org");
		m.typed_score = portal_typed(form, "score");
		m.typed_dollars = portal_typed(form, "dollars");
		m.shows = qpp_str_is(portal_typed(form, "shows"), "yes");
	}
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_VGROUPS, vgroup_pool, &m, errors);
	return code;
}

static enum qpp_code forecast(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	return show(host, r, s, NULL, NULL, err);
}

static enum qpp_code tell(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = portal_may_write(host, r, "virtual-group.tell", err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	struct qpp_str dollars = portal_typed(&form, "dollars");
	code = qpp_vgroup_pool_say(&call, qpp_param(r, "id"), portal_typed(&form, "org"), portal_typed(&form, "score"), dollars, qpp_str_is(portal_typed(&form, "shows"), "yes"), err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, CAT(r->arena, "/virtual-groups/", C(r->arena, qpp_param(r, "id")), "/forecast?done=told"));
		return QPP_OK;
	}
	if (code == QPP_NOT_FOUND || !portal_wrong_err(&errors, "score", err))
		return code;
	struct qpp_form_errors these = portal_errors_of(&errors);
	return show(host, r, s, &form, &these, err);
}

/* ---- the data of the year ---- */

static enum qpp_code data(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_data_view m = { 0 };
	struct qpp_str text;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_data(host, &call, qpp_param(r, "id"), &m, &text, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_VGROUPS, vgroup_data, &m, NULL);
	return code;
}

static enum qpp_code data_file(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_vgroup_data_view m = { 0 };
	struct qpp_str text;
	struct qpp_call call = portal_call(host, r, QPP_LIT(""));
	enum qpp_code code = making_vgroup_data(host, &call, qpp_param(r, "id"), &m, &text, err);
	if (code == QPP_OK && !text.n)
		return qpp_not_found(err, "submission");
	if (code == QPP_OK)
		qpp_respond_download(s, "application/json", QPP_LIT("virtual-group.json"), text);
	return code;
}

static const struct qpp_param_doc id_params[] = { { QPP_IN_PATH, "id", "string", true, "id of the virtual group" }, { 0 } };

static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/forecast", .can = QPP_CAN_SEE_SCORE, .audit = QPP_AUDIT_READ, .handle = forecast,
	  .summary = "The members of a virtual group alone and together", .params = id_params },
	{ .method = QPP_POST, .path = "/virtual-groups/{id}/forecast", .can = QPP_CAN_MAKE_ELECTION, .audit = QPP_AUDIT_CHANGE, .handle = tell,
	  .flags = QPP_PAGE_WAITS, .summary = "Tell the figures of one's practice", .takes = "application/x-www-form-urlencoded", .params = id_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/data", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = data,
	  .summary = "The data of a virtual group's practices, added up, and who is missing", .params = id_params },
	{ .method = QPP_GET, .path = "/virtual-groups/{id}/data/submission.json", .can = QPP_CAN_SEE_DATA, .audit = QPP_AUDIT_READ, .handle = data_file,
	  .summary = "The added-up submission of a virtual group", .params = id_params },
};
const struct qpp_page_table portal_vgroup_pool_pages = QPP_PAGE_TABLE("portal: virtual groups, alone and together", pages);
