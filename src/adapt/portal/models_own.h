/*
 * Models of the pages on which people look after accounts: their own, the
 * consents and tokens of their organization, viewing as somebody else, and what
 * operators decide about access. As models.h.
 */
#ifndef QPP_PORTAL_MODELS_OWN_H
#define QPP_PORTAL_MODELS_OWN_H

#include "adapt/portal/models.h"

/* ---- /account/password, /account/factor, /account/sessions, /session ---- */

struct qpp_password_form {
	bool local;                          /* kept here; otherwise by `provider` */
	struct qpp_str provider;
	int64_t least;                       /* characters of a new one */
};
struct qpp_factor_form {
	bool local, has, mail;               /* an app is set up; a code by mail may be asked for instead */
	struct qpp_str provider;
	struct qpp_str secret, uri;          /* of the new app */
};
struct qpp_session_line {
	struct qpp_str id, place, since, used, ends;
	bool here;
};
struct qpp_sessions_view {
	QPP_LIST(struct qpp_session_line) v;
};
struct qpp_session_time {
	struct qpp_str ends, left;           /* "3:05 p.m. ET", "12 minutes" */
	bool soon;                           /* two minutes or less */
	bool last;                           /* twelve hours after sign-in: nothing prolongs it */
};

/* ---- /account/consents ---- */

struct qpp_own_org {
	struct qpp_str id, name, number, kind;
};
struct qpp_consent_line {
	struct qpp_str registry_id, registry, number, given, ended, by;
	int64_t year;
};
struct qpp_consents_page {
	struct qpp_own_org org;
	QPP_LIST(struct qpp_consent_line) holds, ended;
	struct qpp_str query;                /* typed to find a registry */
	int64_t year;
	QPP_LIST(int64_t) years;
	bool searched;
	QPP_LIST(struct qpp_own_org) found;
	int64_t total;
};
struct qpp_consent_review {
	bool give;
	struct qpp_own_org org, registry;
	int64_t year;
};

/* Several organizations of a person: one is chosen. `href` goes before the id. */
struct qpp_choose_org {
	struct qpp_str title, says, href;
	QPP_LIST(struct qpp_own_org) v;
};

/* ---- /account/tokens ---- */

struct qpp_token_line {
	struct qpp_str id, name, made, by, ends, revoked;
	int64_t year;
	bool over;                           /* revoked, or past its end */
};
struct qpp_tokens_page {
	struct qpp_own_org org;
	QPP_LIST(struct qpp_token_line) v;
	QPP_LIST(int64_t) years;
	struct qpp_str name, months;
	int64_t year;
};
struct qpp_token_made {
	struct qpp_own_org org;
	struct qpp_str token, name, ends;
	int64_t year;
};
struct qpp_token_review {
	struct qpp_own_org org;
	struct qpp_token_line token;
};

/* ---- /view-as ---- */

struct qpp_view_as_form {
	struct qpp_str kind, id, reason;
};

/* ---- /operator/access ---- */

struct qpp_request_line {
	struct qpp_str role_id, person, email, role, org, kind, number, asked, proof;
	bool own;
};
struct qpp_shut_line {
	struct qpp_str id, user, name, email, why, last;
	bool disabled;
};
struct qpp_operator_access {
	QPP_LIST(struct qpp_request_line) requests;
	QPP_LIST(struct qpp_shut_line) accounts;
	int64_t requests_total, accounts_total;
};
struct qpp_request_review {
	struct qpp_request_line x;
	bool approve;
	struct qpp_str reason;
};
struct qpp_open_review {
	struct qpp_shut_line x;
};

#endif
