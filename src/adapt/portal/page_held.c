/*
 * A form that came when the session was over, or with the token of another: nothing of it is lost, it is on the
 * page and can be sent again. Only what our own pages sent: a browser that says otherwise, and a form of another site
 * without a word of the browser's, which has no token at all, are refused as ever.
 */
#include "adapt/portal/pages.h"

#include <string.h>

enum { UNAUTHORIZED = 401, FORBIDDEN = 403 };

/*
 * The pages whose forms are held, by the beginning of their path, and the place in the navigation where they are shown. Those
 * of accounts are not among them: a password is typed anew.
 */
static const struct held {
	const char *begins;
	enum qpp_place at;
} held[] = {
	{ "/targeted-review/", QPP_AT_REVIEWS }, { "/reviewer/targeted-review/", QPP_AT_REVIEWS }, { "/operator/targeted-review/", QPP_AT_REVIEWS },
	{ "/virtual-groups", QPP_AT_VGROUPS }, { "/reviewer/virtual-groups/", QPP_AT_VGROUP_REVIEW }, { "/exceptions", QPP_AT_EXCEPTIONS },
	{ "/registrations", QPP_AT_REGISTRATIONS },
	{ "/reviewer/exceptions/", QPP_AT_EXCEPTION_QUEUE }, { "/eligibility/opt-in/", QPP_AT_OPT_IN },
};

static const struct held *is_held(struct qpp_str path)
{
	for (size_t i = 0; i < sizeof held / sizeof *held; i++)
		if (qpp_str_starts(path, held[i].begins))
			return &held[i];
	return NULL;
}

static bool from_here(const struct qpp_http_request *r)
{
	struct qpp_str site = qpp_header(r, "sec-fetch-site"), origin = qpp_header(r, "origin"), host = qpp_header(r, "host");
	if (site.n)
		return qpp_str_is(site, "same-origin");
	const char *at = origin.n ? memmem(origin.p, origin.n, "://", 3) : NULL;
	return at && qpp_str_eq((struct qpp_str){ at + 3, origin.n - (size_t)(at + 3 - origin.p) }, host);
}

/* Its token was that of a session that is over. Whoever looks as somebody else is refused for another reason. */
static bool by_token(const struct qpp_http_request *r, const struct qpp_err *err)
{
	return !r->caller.view_only && err && strstr(err->primary, "this form was not sent") != NULL;
}

static bool holds(const struct qpp_http_request *r, int status, const struct qpp_err *err)
{
	return r->method == QPP_POST && r->wants_html && from_here(r) &&
	       (status == UNAUTHORIZED || (status == FORBIDDEN && by_token(r, err)));
}

bool portal_hold(struct qpp_portal *p, const struct qpp_http_request *r, int status, const struct qpp_err *err, struct qpp_http_response *s)
{
	struct qpp_form form;
	struct qpp_err ignored;
	struct qpp_shell shell;
	const struct held *page = is_held(r->path);
	if (!page || !holds(r, status, err) || qpp_request_form(r, &form, &ignored) != QPP_OK)
		return false;
	struct qpp_option_text *v = QPP_NEW_ARRAY(r->arena, form.n + 1, struct qpp_option_text);
	struct qpp_held m = { .action = r->path, .signed_in = portal_person(r) != NULL };
	for (size_t i = 0; i < form.n; i++) {
		/* A file is chosen again: browsers keep none. */
		if (form.v[i].filename.p)
			return false;
		if (!qpp_str_is(form.v[i].name, "csrf"))
			v[m.fields.n++] = (struct qpp_option_text){ form.v[i].name, form.v[i].body };
	}
	m.fields.v = v;
	portal_shell(p, r, s, page->at, &shell);
	qpp_respond_html(s, status, qpp_view_held(r->arena, &shell, &m, NULL));
	return true;
}
