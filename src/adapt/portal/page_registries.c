/*
 * /account/consents: a Security Official lets registries file for the organization, and ends it; /account/tokens: the
 * Security Official of a registry makes and revokes the tokens of its programs. What is final is reviewed before.
 */
#include "adapt/portal/pages.h"

#include "app/identity_own.h"

static enum qpp_code person_or(const struct qpp_http_request *r, const struct qpp_person **who, struct qpp_err *err)
{
	*who = portal_person(r);
	return *who ? QPP_OK : qpp_fail(err, QPP_SIGNED_OUT, "you are not signed in", (char *)NULL);
}

/* ---- which organization ---- */

static bool gives_consent(enum qpp_org_kind k)
{
	return k == QPP_ORG_PRACTICE || k == QPP_ORG_VIRTUAL_GROUP || k == QPP_ORG_SUBGROUP || k == QPP_ORG_APM_ENTITY;
}

static bool has_tokens(enum qpp_org_kind k)
{
	return k == QPP_ORG_REGISTRY;
}

static struct qpp_own_org own_org(struct qpp_arena *a, const struct qpp_role_held *x)
{
	return (struct qpp_own_org){ .id = x->org_id, .name = x->org_name.n ? x->org_name : QPP_LIT("No name on record"),
		.number = portal_number(a, x->kind, x->org_number, x->tin_masked), .kind = qpp_str_of(portal_kind_title(x->kind)) };
}

static struct qpp_own_org registry_org(const struct qpp_org *x)
{
	return (struct qpp_own_org){ .id = x->id, .name = x->name, .number = x->number, .kind = qpp_str_of(portal_kind_title(x->kind)) };
}

/* Of which the person is Security Official; with one of them the way leads there. */
static void choose(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_person *who,
                   bool (*fits)(enum qpp_org_kind), enum qpp_place place, struct qpp_choose_org *m)
{
	struct qpp_own_org *v = QPP_NEW_ARRAY(r->arena, who->n_held + 1, struct qpp_own_org);
	size_t n = 0;
	for (size_t i = 0; i < who->n_held; i++)
		if (who->held[i].post == QPP_POST_OFFICIAL && fits(who->held[i].kind))
			v[n++] = own_org(r->arena, &who->held[i]);
	if (n == 1) {
		qpp_respond_redirect(s, CAT(r->arena, C(r->arena, m->href), C(r->arena, v[0].id)));
		return;
	}
	m->v.v = v;
	m->v.n = n;
	RESPOND(p, r, s, place, choose_org, m, NULL);
}

/* The organization of the address, which must be the person's own. */
static enum qpp_code org_of(struct qpp_http_request *r, const struct qpp_person *who, bool (*fits)(enum qpp_org_kind),
                            struct qpp_own_org *out, struct qpp_err *err)
{
	for (size_t i = 0; i < who->n_held; i++)
		if (who->held[i].post == QPP_POST_OFFICIAL && fits(who->held[i].kind) && qpp_str_eq(who->held[i].org_id, qpp_param(r, "org"))) {
			*out = own_org(r->arena, &who->held[i]);
			return QPP_OK;
		}
	return qpp_not_found(err, "organization");
}

static enum qpp_code begin(struct qpp_http_request *r, const struct qpp_person **who, bool (*fits)(enum qpp_org_kind), struct qpp_own_org *org,
                           struct qpp_err *err)
{
	enum qpp_code code = person_or(r, who, err);
	return code == QPP_OK ? org_of(r, *who, fits, org, err) : code;
}

/* ---- consents ---- */

static enum qpp_code consents_choose(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_choose_org m = { .title = QPP_LIT("Registries that may file"), .href = QPP_LIT("/account/consents/"),
		.says = QPP_LIT("A registry submits data for an organization only with its consent.") };
	enum qpp_code code = person_or(r, &who, err);
	if (code == QPP_OK)
		choose(host, r, s, who, gives_consent, QPP_AT_CONSENTS, &m);
	return code;
}

static void tell_consents(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_consents_shown *x, struct qpp_consents_page *m)
{
	struct qpp_consent_line *holds = QPP_NEW_ARRAY(a, x->n + 1, struct qpp_consent_line), *ended = QPP_NEW_ARRAY(a, x->n + 1, struct qpp_consent_line);
	for (size_t i = 0; i < x->n; i++) {
		const struct qpp_consent_shown *c = &x->v[i];
		bool over = c->row.revoked.us != 0;
		*(over ? &ended[m->ended.n++] : &holds[m->holds.n++]) = (struct qpp_consent_line){ .registry_id = c->row.registry_id,
			.registry = c->registry, .number = c->number, .by = c->by, .year = c->row.py.v,
			.given = qpp_eastern_day(a, p->zone, c->row.given), .ended = over ? qpp_eastern_day(a, p->zone, c->row.revoked) : QPP_LIT("") };
	}
	m->holds.v = holds;
	m->ended.v = ended;
}

static enum qpp_code find_registries(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_person *who,
                                     struct qpp_consents_page *m, struct qpp_err *err)
{
	struct qpp_registries_found x;
	if (!m->searched)
		return QPP_OK;
	enum qpp_code code = qpp_registries_find(p->identity, r->arena, who, m->query, &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_own_org *v = QPP_NEW_ARRAY(r->arena, x.n + 1, struct qpp_own_org);
	for (size_t i = 0; i < x.n; i++)
		v[i] = registry_org(&x.v[i]);
	m->found.v = v;
	m->found.n = x.n;
	m->total = x.total;
	return QPP_OK;
}

static enum qpp_code consents(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_consents_shown x;
	struct qpp_consents_page m = { .query = qpp_str_trim(portal_value(qpp_query(r, "registry"))), .searched = qpp_query(r, "registry").p != NULL,
		.year = portal_year(p, portal_value(qpp_query(r, "year"))) };
	enum qpp_code code = begin(r, &who, gives_consent, &m.org, err);
	m.years.n = portal_years(p, r->arena, &m.years.v);
	if (code == QPP_OK)
		code = qpp_consents_of_org(p->identity, r->arena, who, m.org.id, m.years.v, m.years.n, &x, err);
	if (code == QPP_OK)
		code = find_registries(p, r, who, &m, err);
	if (code != QPP_OK)
		return code;
	tell_consents(p, r->arena, &x, &m);
	RESPOND(p, r, s, QPP_AT_CONSENTS, consents, &m, NULL);
	return QPP_OK;
}

/* Organization, registry, year and act of the address. */
static enum qpp_code consent_of(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_person **who, struct qpp_consent_review *m,
                                struct qpp_err *err)
{
	struct qpp_org registry;
	struct qpp_str act = qpp_param(r, "act"), year = qpp_param(r, "year");
	*m = (struct qpp_consent_review){ .give = qpp_str_is(act, "give"), .year = portal_year(p, year) };
	enum qpp_code code = begin(r, who, gives_consent, &m->org, err);
	if (code == QPP_OK && ((!m->give && !qpp_str_is(act, "end")) || !qpp_str_eq(qpp_i64_text(r->arena, m->year), year)))
		return qpp_not_found(err, "consent");
	if (code == QPP_OK)
		code = qpp_registry_get(p->identity, r->arena, qpp_param(r, "registry"), &registry, err);
	if (code == QPP_OK)
		m->registry = registry_org(&registry);
	return code;
}

static enum qpp_code consent_review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_consent_review m;
	enum qpp_code code = consent_of(host, r, &who, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_CONSENTS, consent_review, &m, NULL);
	return code;
}

static enum qpp_code consent_act(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_consent_review m;
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	enum qpp_code code = consent_of(p, r, &who, &m, err);
	if (code != QPP_OK)
		return code;
	code = qpp_consent_set(p->identity, r->arena, &from, who, m.org.id, m.registry.id, (qpp_py){ (int)m.year }, m.give, err);
	if (code == QPP_OK) {
		qpp_respond_redirect(s, CAT(r->arena, "/account/consents/", C(r->arena, m.org.id), m.give ? "?done=consent-given" : "?done=consent-ended"));
		return QPP_OK;
	}
	if ((code != QPP_DUPLICATE && code != QPP_CONFLICT) || !portal_wrong_err(&errors, NULL, err))
		return code;
	struct qpp_form_errors list = portal_errors_of(&errors);
	RESPOND(p, r, s, QPP_AT_CONSENTS, consent_review, &m, &list);
	return QPP_OK;
}

/* ---- tokens ---- */

static enum qpp_code tokens_choose(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_choose_org m = { .title = QPP_LIT("API tokens"), .href = QPP_LIT("/account/tokens/"),
		.says = QPP_LIT("With a token the software of a registry submits data for the practices that let it.") };
	enum qpp_code code = person_or(r, &who, err);
	if (code == QPP_OK)
		choose(host, r, s, who, has_tokens, QPP_AT_TOKENS, &m);
	return code;
}

static struct qpp_token_line token_line(struct qpp_portal *p, struct qpp_arena *a, const struct qpp_token_shown *x)
{
	qpp_time now = qpp_now(p->service->clock);
	const struct qpp_api_token *t = &x->row;
	return (struct qpp_token_line){ .id = t->id, .name = t->name, .by = x->by, .year = t->py.v, .made = qpp_eastern_day(a, p->zone, t->created),
		.ends = t->ends.us ? qpp_eastern_day(a, p->zone, t->ends) : QPP_LIT("it is revoked"),
		.revoked = t->revoked.us ? qpp_eastern_day(a, p->zone, t->revoked) : QPP_LIT(""),
		.over = t->revoked.us != 0 || (t->ends.us != 0 && t->ends.us <= now.us) };
}

static enum qpp_code show_tokens(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_person *who,
                                 struct qpp_tokens_page *m, const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_tokens_shown x;
	enum qpp_code code = qpp_tokens_of_org(p->identity, r->arena, who, m->org.id, &x, err);
	if (code != QPP_OK)
		return code;
	struct qpp_token_line *v = QPP_NEW_ARRAY(r->arena, x.n + 1, struct qpp_token_line);
	for (size_t i = 0; i < x.n; i++)
		v[i] = token_line(p, r->arena, &x.v[x.n - 1 - i]);
	m->v.v = v;
	m->v.n = x.n;
	m->years.n = portal_years(p, r->arena, &m->years.v);
	RESPOND(p, r, s, QPP_AT_TOKENS, tokens, m, errors);
	return QPP_OK;
}

static enum qpp_code tokens(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_tokens_page m = { .year = portal_year(host, QPP_LIT("")) };
	enum qpp_code code = begin(r, &who, has_tokens, &m.org, err);
	return code == QPP_OK ? show_tokens(host, r, s, who, &m, NULL, err) : code;
}

/* Months of 30 days and a half: a token is renewed well before, not to the hour. */
static bool read_life(struct qpp_str months, int64_t *us)
{
	enum { MOST_MONTHS = 12, HOURS_A_MONTH = 732, SECONDS_AN_HOUR = 3600 };
	uint64_t n = 0;
	bool good = qpp_str_u64(months, MOST_MONTHS, &n) && n > 0;
	*us = (int64_t)n * HOURS_A_MONTH * SECONDS_AN_HOUR * QPP_MICROS_A_SECOND;
	return good;
}

static void show_made(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, const struct qpp_tokens_page *m,
                      struct qpp_str token, qpp_time ends)
{
	struct qpp_token_made made = { .org = m->org, .token = token, .name = m->name, .year = m->year, .ends = qpp_eastern_day(r->arena, p->zone, ends) };
	RESPOND(p, r, s, QPP_AT_TOKENS, token_made, &made, NULL);
}

static enum qpp_code tokens_post(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_form form;
	struct qpp_api_token row;
	struct qpp_str token;
	struct qpp_tokens_page m = { 0 };
	struct qpp_from from = portal_from(r);
	struct portal_errors errors = { .arena = r->arena };
	int64_t life;
	enum qpp_code code = begin(r, &who, has_tokens, &m.org, err);
	if (code == QPP_OK)
		code = qpp_request_form(r, &form, err);
	if (code != QPP_OK)
		return code;
	m.name = qpp_str_trim(portal_value(qpp_form_field(&form, "name")));
	m.months = portal_value(qpp_form_field(&form, "months"));
	m.year = portal_year(p, portal_value(qpp_form_field(&form, "year")));
	if (!m.name.n)
		portal_wrong(&errors, "name", QPP_LIT("Say what uses the token"));
	if (!read_life(m.months, &life))
		portal_wrong(&errors, "months", QPP_LIT("Choose for how long it is good"));
	if (!portal_errors_of(&errors).n) {
		qpp_time ends = { qpp_now(p->service->clock).us + life };
		code = qpp_token_make(p->identity, r->arena, &from, who, m.org.id, (qpp_py){ (int)m.year }, m.name, ends, &token, &row, err);
		if (code == QPP_OK) {
			show_made(p, r, s, &m, token, ends);
			return QPP_OK;
		}
		if (code != QPP_USAGE || !portal_wrong_err(&errors, "name", err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show_tokens(p, r, s, who, &m, &list, err);
}

/* The token of the address, of the organization of the address. */
static enum qpp_code token_of(struct qpp_portal *p, struct qpp_http_request *r, const struct qpp_person **who, struct qpp_token_review *m,
                              struct qpp_err *err)
{
	struct qpp_tokens_shown x = { 0 };
	*m = (struct qpp_token_review){ 0 };
	enum qpp_code code = begin(r, who, has_tokens, &m->org, err);
	if (code == QPP_OK)
		code = qpp_tokens_of_org(p->identity, r->arena, *who, m->org.id, &x, err);
	for (size_t i = 0; code == QPP_OK && i < x.n; i++)
		if (qpp_str_eq(x.v[i].row.id, qpp_param(r, "token"))) {
			m->token = token_line(p, r->arena, &x.v[i]);
			return QPP_OK;
		}
	return code == QPP_OK ? qpp_not_found(err, "token") : code;
}

static enum qpp_code revoke_review(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	const struct qpp_person *who;
	struct qpp_token_review m;
	enum qpp_code code = token_of(host, r, &who, &m, err);
	if (code == QPP_OK)
		RESPOND((struct qpp_portal *)host, r, s, QPP_AT_TOKENS, token_review, &m, NULL);
	return code;
}

static enum qpp_code revoke(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_portal *p = host;
	const struct qpp_person *who;
	struct qpp_token_review m;
	struct qpp_from from = portal_from(r);
	enum qpp_code code = token_of(p, r, &who, &m, err);
	if (code == QPP_OK)
		code = qpp_token_revoke(p->identity, r->arena, &from, who, m.token.id, err);
	if (code == QPP_OK)
		qpp_respond_redirect(s, CAT(r->arena, "/account/tokens/", C(r->arena, m.org.id), "?done=token-revoked"));
	return code;
}

static const struct qpp_param_doc org_params[] = {
	{ QPP_IN_PATH, "org", "string", true, "id of the organization" },
	{ QPP_IN_QUERY, "registry", "string", false, "beginning of a registry's name, or its identifier" },
	{ QPP_IN_QUERY, "year", "integer", false, "performance year" },
	{ 0 },
};
static const struct qpp_param_doc consent_params[] = {
	{ QPP_IN_PATH, "org", "string", true, "id of the organization" },
	{ QPP_IN_PATH, "registry", "string", true, "id of the registry" },
	{ QPP_IN_PATH, "year", "integer", true, "performance year" },
	{ QPP_IN_PATH, "act", "string", true, "give or end" },
	{ 0 },
};
static const struct qpp_param_doc token_params[] = {
	{ QPP_IN_PATH, "org", "string", true, "id of the registry" }, { QPP_IN_PATH, "token", "string", true, "id of the token" }, { 0 },
};

#define FORM "application/x-www-form-urlencoded"
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/account/consents", .can = QPP_CAN_GRANT_CONSENT, .audit = QPP_AUDIT_NONE, .handle = consents_choose,
	  .summary = "Organizations whose registries one decides about" },
	{ .method = QPP_GET, .path = "/account/consents/{org}", .can = QPP_CAN_GRANT_CONSENT, .audit = QPP_AUDIT_READ, .handle = consents,
	  .summary = "Registries that may file for an organization", .params = org_params },
	{ .method = QPP_GET, .path = "/account/consents/{org}/{registry}/{year}/{act}", .can = QPP_CAN_GRANT_CONSENT, .audit = QPP_AUDIT_READ,
	  .handle = consent_review, .summary = "What giving or ending a consent will do", .params = consent_params },
	{ .method = QPP_POST, .path = "/account/consents/{org}/{registry}/{year}/{act}", .can = QPP_CAN_GRANT_CONSENT, .audit = QPP_AUDIT_ACCESS,
	  .handle = consent_act, .flags = QPP_PAGE_WAITS, .summary = "Give or end a consent", .params = consent_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/account/tokens", .can = QPP_CAN_MAKE_TOKEN, .audit = QPP_AUDIT_NONE, .handle = tokens_choose,
	  .summary = "Registries whose tokens one makes" },
	{ .method = QPP_GET, .path = "/account/tokens/{org}", .can = QPP_CAN_MAKE_TOKEN, .audit = QPP_AUDIT_READ, .handle = tokens,
	  .summary = "Tokens of a registry's programs", .params = org_params },
	{ .method = QPP_POST, .path = "/account/tokens/{org}", .can = QPP_CAN_MAKE_TOKEN, .audit = QPP_AUDIT_ACCESS, .handle = tokens_post,
	  .flags = QPP_PAGE_WAITS, .summary = "Make a token; shown once", .params = org_params, .takes = FORM },
	{ .method = QPP_GET, .path = "/account/tokens/{org}/{token}/revoke", .can = QPP_CAN_MAKE_TOKEN, .audit = QPP_AUDIT_READ,
	  .handle = revoke_review, .summary = "What revoking a token will do", .params = token_params },
	{ .method = QPP_POST, .path = "/account/tokens/{org}/{token}/revoke", .can = QPP_CAN_MAKE_TOKEN, .audit = QPP_AUDIT_ACCESS,
	  .handle = revoke, .flags = QPP_PAGE_WAITS, .summary = "Revoke a token", .params = token_params, .takes = FORM },
};
const struct qpp_page_table portal_registry_pages = QPP_PAGE_TABLE("portal: consents and tokens", pages);
