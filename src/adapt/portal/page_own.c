/* /account/password, /account/factor, /account/sessions, /session: what a person looks after alone. */
#include "adapt/portal/pages.h"

#include "app/identity_own.h"

/* As identity_password.c has them. */
enum { LEAST = 12, LEAST_PRIVILEGED = 15, SECONDS_A_MINUTE = 60 };

/* The person, not somebody who looks on: an agent has no business with another's keys. */
static enum qpp_code alone(const struct qpp_http_request *r, const struct qpp_person **who, struct qpp_err *err)
{
	*who = portal_person(r);
	if (!*who)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	if ((*who)->viewing == QPP_VIEW_NONE)
		return QPP_OK;
	qpp_fail(err, QPP_FORBIDDEN, "password, second step and sessions are shown to the person alone", (char *)NULL);
	qpp_err_hint(err, "Exit view mode to see your own.", (char *)NULL);
	return QPP_FORBIDDEN;
}

static bool is_local(const struct qpp_person *who)
{
	return qpp_str_is(who->provider, "local");
}

/* ---- password ---- */

static enum qpp_code show_password(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s,
                                   const struct qpp_person *who, const struct qpp_form_errors *errors)
{
	struct qpp_password_form m = { .local = is_local(who), .provider = who->provider,
		.least = who->roles & QPP_OF_AGENCY ? LEAST_PRIVILEGED : LEAST };
	RESPOND(p, r, s, QPP_AT_PASSWORD, password, &m, errors);
	return QPP_OK;
}

static enum qpp_code password(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	enum qpp_code code = alone(r, &who, err);
	return code == QPP_OK ? show_password(host, r, s, who, NULL) : code;
}

/* A password that is wrong, or a use case's other remark, at its field. */
static bool wrong_password(struct portal_errors *errors, enum qpp_code code, const char *field, const char *other, const struct qpp_err *err)
{
	if (code != QPP_SIGNED_OUT)
		return portal_wrong_err(errors, other, err);
	portal_wrong(errors, field, QPP_LIT("This is not your present password. After five wrong ones the account is locked for an hour"));
	return true;
}

static enum qpp_code password_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_form form;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = alone(r, &who, err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str new = portal_value(qpp_form_field(&form, "new"));
	if (!qpp_str_eq(new, portal_value(qpp_form_field(&form, "again")))) {
		portal_wrong(&errors, "again", QPP_LIT("This is not the same as the new password. Type both again"));
	} else {
		code = qpp_password_change(p->identity, r->arena, &from, who, portal_value(qpp_form_field(&form, "old")), new, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, QPP_LIT("/account?done=password"));
			return QPP_OK;
		}
		if (!wrong_password(&errors, code, "old", "new", err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_password(p, r, s, who, &list);
}

/* ---- second step ---- */

static enum qpp_code show_factor(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_person *who,
                                 const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_factors f;
	struct qpp_totp_offer offer = { 0 };
	enum qpp_code code = qpp_factors_of(p->identity, r->arena, who, &f, err);
	if (code == QPP_OK && f.local)
		code = qpp_factor_offer(p->identity, r->arena, who, &offer, err);
	if (code != QPP_OK)
		return code;
	struct qpp_factor_form m = { .local = f.local, .has = f.totp, .mail = f.mail, .provider = who->provider, .secret = offer.secret,
		.uri = offer.uri };
	RESPOND(p, r, s, QPP_AT_FACTOR, factor, &m, errors);
	return QPP_OK;
}

static enum qpp_code factor(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	enum qpp_code code = alone(r, &who, err);
	return code == QPP_OK ? show_factor(host, r, s, who, NULL, err) : code;
}

static enum qpp_code factor_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_form form;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = alone(r, &who, err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	code = qpp_factor_renew(p->identity, r->arena, &from, who, portal_value(qpp_form_field(&form, "password")),
	                        qpp_str_trim(portal_value(qpp_form_field(&form, "code"))), err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, QPP_LIT("/account?done=factor"));
		return QPP_OK;
	}
	if (!wrong_password(&errors, code, "password", "code", err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_factor(p, r, s, who, &list, err);
}

/* ---- sessions ---- */

static enum qpp_code sessions(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_sessions_shown x;
	enum qpp_code code = alone(r, &who, err);
	if (code == QPP_OK)
		code = qpp_sessions_mine(p->identity, r->arena, who, &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_session_line *v = QPP_NEW_ARRAY(r->arena, x.n + 1, struct qpp_session_line);
	for (size_t i = 0; i < x.n; i++)
		v[i] = (struct qpp_session_line){ .id = x.v[i].id, .place = x.v[i].place, .here = x.v[i].here,
			.since = qpp_eastern(r->arena, p->zone, x.v[i].created), .used = qpp_eastern(r->arena, p->zone, x.v[i].used),
			.ends = qpp_eastern(r->arena, p->zone, x.v[i].ends) };
	struct qpp_sessions_view m = { .v = { v, x.n } };
	RESPOND(p, r, s, QPP_AT_SESSIONS, sessions, &m, NULL);
	return QPP_OK;
}

static enum qpp_code sessions_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_form form;
	struct qpp_from from = portal_from(r);
	enum qpp_code code = alone(r, &who, err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_str id = portal_value(qpp_form_field(&form, "session"));
	bool others = qpp_str_is(id, "others");
	/* A field that is missing is never taken for "all". */
	if (!id.n)
		return qpp_fail(err, QPP_USAGE, "the form does not say which session", (char *)NULL);
	code = qpp_session_end(p->identity, r->arena, &from, who, others ? QPP_LIT("") : id, err);
	/* Ended already is what was wanted. */
	if (code == QPP_OK || code == QPP_NOT_FOUND) {
		qpp_respond_redirect(s, others ? QPP_LIT("/account/sessions?done=others-ended") : QPP_LIT("/account/sessions?done=session-ended"));
		return QPP_OK;
	}
	return code;
}

/* ---- time left ---- */

static enum qpp_code session_time(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who = portal_person(r);
	if (!who)
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	bool last = who->ends.us <= who->idle_ends.us;
	qpp_time ends = last ? who->ends : who->idle_ends;
	int64_t left = ends.us - who->now.us, warn = 2 * SECONDS_A_MINUTE;
	int64_t seconds = left / QPP_MICROS_A_SECOND, minute = SECONDS_A_MINUTE * QPP_MICROS_A_SECOND;
	/* Whole minutes, until they are few. */
	if (seconds > warn)
		left = (left + minute / 2) / minute * minute;
	struct qpp_session_time m = { .ends = qpp_eastern_hour(r->arena, p->zone, ends), .left = qpp_span_words(r->arena, left),
		.soon = seconds <= warn, .last = last };
	RESPOND(p, r, s, QPP_AT_NONE, session_time, &m, NULL);
	/* It comes anew when it has something else to say: at the warning, and at the end, where the way leads to the sign-in. */
	qpp_respond_set(s, "Refresh", qpp_i64_text(r->arena, (seconds > warn ? seconds - warn : seconds) + 1));
	return QPP_OK;
}

/* Any request prolongs a session: this one leads back to the page that tells it. */
static enum qpp_code session_keep(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	struct qpp_person now;
	if (!portal_person(r))
		return qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
	enum qpp_code code = qpp_session_person(p->identity, r->arena, qpp_cookie(r, "session"), true, &now, err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, QPP_LIT("/session?done=kept"));
	return code;
}

#define FORM "application/x-www-form-urlencoded"
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/account/password", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_NONE, .handle = password,
	  .summary = "A new password" },
	{ .method = QPP_POST, .path = "/account/password", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS, .handle = password_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Change the password", .takes = FORM },
	{ .method = QPP_GET, .path = "/account/factor", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS, .handle = factor,
	  .flags = QPP_PAGE_WAITS, .summary = "Another authenticator app" },
	{ .method = QPP_POST, .path = "/account/factor", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS, .handle = factor_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Take the new authenticator app", .takes = FORM },
	{ .method = QPP_GET, .path = "/account/sessions", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_READ, .handle = sessions,
	  .summary = "Where one is signed in" },
	{ .method = QPP_POST, .path = "/account/sessions", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS, .handle = sessions_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Sign out elsewhere", .takes = FORM },
	{ .method = QPP_GET, .path = "/session", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_NONE, .handle = session_time,
	  .summary = "How much time is left, for browsers without script" },
	{ .method = QPP_POST, .path = "/session", .can = QPP_CAN_OWN_ACCOUNT, .audit = QPP_AUDIT_ACCESS, .handle = session_keep,
	  .flags = QPP_PAGE_WAITS, .summary = "Stay signed in", .takes = FORM },
};
const struct qpp_page_table portal_own_pages = QPP_PAGE_TABLE("portal: password, second step, sessions", pages);
