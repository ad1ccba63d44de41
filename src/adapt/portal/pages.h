/* What the handlers of the portal share. */
#ifndef QPP_PORTAL_PAGES_H
#define QPP_PORTAL_PAGES_H

#include "adapt/portal/portal.h"
#include "adapt/portal/making.h"

/* Makes the page of a view and answers with it. `status` 200, or 422 when there are errors. */
#define RESPOND(portal, r, s, place, view, model, errors)                                                \
	do {                                                                                             \
		struct qpp_shell shell_;                                                                 \
		portal_shell((portal), (r), (s), (place), &shell_);                                      \
		qpp_respond_html((s), portal_n(errors) ? 422 : 200,                                    \
		                 qpp_view_##view((r)->arena, &shell_, (model), (errors)));               \
	} while (0)
/* How many there are; none where `e` is NULL. */
size_t portal_n(const struct qpp_form_errors *e);

void portal_shell(struct qpp_portal *p, const struct qpp_http_request *r, struct qpp_http_response *s, enum qpp_place place,
                  struct qpp_shell *out);

/* Who is signed in; NULL: nobody, or the second step is outstanding. */
const struct qpp_person *portal_person(const struct qpp_http_request *r);
/* The same also while the second step is outstanding. */
const struct qpp_person *portal_half(const struct qpp_http_request *r);
struct qpp_from portal_from(const struct qpp_http_request *r);
/* As whom a use case of data is called: the roles of the person. */
struct qpp_call portal_call(struct qpp_portal *p, const struct qpp_http_request *r, struct qpp_str acting);
/* QPP_FORBIDDEN while somebody views as another; QPP_SIGNED_OUT. For everything that changes something. */
enum qpp_code portal_may_write(struct qpp_portal *p, struct qpp_http_request *r, const char *action, struct qpp_err *err);

/* Begins every page that writes: who may, and the form. */
enum qpp_code portal_writing(struct qpp_portal *p, struct qpp_http_request *r, const char *action, struct qpp_form *form,
                             struct qpp_err *err);
/* A text that may be absent; a field as it was typed, without the blanks around it. Never NULL. */
struct qpp_str portal_value(struct qpp_str s);
struct qpp_str portal_typed(const struct qpp_form *form, const char *name);

/* A receipt as files: `text` is the signed receipt, `body` what was filed, of `type`; `body` is empty where it was not kept. */
struct portal_receipt {
	struct qpp_str number, text, body;
	const char *type;
};
/* The place in the ledger that the path names; QPP_NOT_FOUND for what is none. */
enum qpp_code portal_receipt_sequence(const struct qpp_http_request *r, int64_t *out, struct qpp_err *err);
void portal_give_receipt(const struct qpp_http_request *r, struct qpp_http_response *s, const struct portal_receipt *x);
enum qpp_code portal_give_filed(const struct qpp_http_request *r, struct qpp_http_response *s, const struct portal_receipt *x, struct qpp_err *err);

/* Shows what was posted when nobody was signed in any more, so that it can be sent again; false: no form that is held. */
bool portal_hold(struct qpp_portal *p, const struct qpp_http_request *r, int status, const struct qpp_err *err, struct qpp_http_response *s);

extern const struct qpp_page_table portal_public_pages, portal_account_pages, portal_submission_pages, portal_entry_pages;
extern const struct qpp_page_table portal_own_pages, portal_registry_pages, portal_staff_pages;
extern const struct qpp_page_table portal_vgroup_pages, portal_vgroup_filing_pages, portal_vgroup_pool_pages, portal_vgroup_review_pages;
extern const struct qpp_page_table portal_exception_pages, portal_registration_pages, portal_opt_in_pages;
extern const struct qpp_page_table portal_operator_pages, portal_radar_pages;
extern const struct qpp_page_table portal_feedback_pages, portal_feedback_tool_pages;

#endif
