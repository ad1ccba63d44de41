/* What Security Officials are written about registrations, and the chore that warns of a survey that is due. */
#include "app/eastern.h"
#include "app/notices.h"
#include "app/registration_int.h"

static const char *c(struct qpp_arena *a, struct qpp_str s)
{
	return s.n ? qpp_str_dup(a, s).p : "";
}

static const char *level(const struct qpp_registration_form *f)
{
	static const char *const words[QPP_ENTITIES] = { [QPP_INDIVIDUAL] = "a clinician", [QPP_GROUP] = "the group", [QPP_SUBGROUP] = "a subgroup",
		[QPP_VIRTUAL_GROUP] = "the virtual group", [QPP_APM_ENTITY] = "the APM entity" };
	return words[f->level] ? words[f->level] : "the organization";
}

static enum qpp_code to_officials(struct qpp_tx *tx, struct qpp_str org_id, struct qpp_str subject, const struct qpp_str *v, size_t n, struct qpp_err *err)
{
	struct qpp_role_row_rows roles = { 0 };
	enum qpp_code code = qpp_store_role_of_org(tx, org_id, QPP_POST_ACTIVE, (struct qpp_slice){ 0 }, &roles, err);
	for (size_t i = 0; code == QPP_OK && i < roles.n; i++) {
		struct qpp_account account;
		if (roles.v[i].post != QPP_POST_OFFICIAL)
			continue;
		code = qpp_store_account_get(tx, roles.v[i].account_id, &account, err);
		if (code != QPP_OK || !qpp_mail_address(account.email))
			continue;
		struct qpp_mail m = qpp_notice_say(qpp_tx_arena(tx), account.name, subject, v, n);
		m.to = account.email;
		code = qpp_mail_queue(tx, &m, err);
	}
	return code;
}

enum qpp_code registration_tell(struct qpp_tx *tx, const struct qpp_zone *zone, const struct registration_body *b, enum registration_news what,
                                const struct qpp_receipt *receipt, const struct qpp_exception_window *cahps, struct qpp_err *err)
{
	enum { MOST = 4 };
	static const char *const says[] = { [REGISTRATION_FILED] = " is registered for ", [REGISTRATION_CANCELLED] = " is not registered any more for ",
		[REGISTRATION_DUE] = " is registered with the CAHPS for MIPS survey for " };
	static const char *const subjects[] = { [REGISTRATION_FILED] = "Your registration was received", [REGISTRATION_CANCELLED] = "Your registration is cancelled",
		[REGISTRATION_DUE] = "Register the CAHPS for MIPS survey, or it lapses" };
	struct qpp_arena *a = qpp_tx_arena(tx);
	const struct qpp_registration_form *f = &b->form;
	bool mvp = f->kind == QPP_REGISTER_MVP;
	struct qpp_str v[MOST];
	size_t n = 0;
	v[n++] = qpp_str_cat(a, mvp ? "The MVP " : "The CAHPS for MIPS survey", mvp ? c(a, f->mvp) : "", says[what], level(f), f->name.n ? " \"" : "", c(a, f->name),
	                     f->name.n ? "\"" : "", ", performance year ", qpp_i64_text(a, f->py.v).p, ".", (char *)NULL);
	if (receipt)
		v[n++] = qpp_str_cat(a, "Receipt number: ", c(a, receipt->number), "\nSHA-256: ", c(a, receipt->sha256), (char *)NULL);
	if (cahps)
		v[n++] = qpp_str_cat(a, "The survey needs a registration of its own", cahps->closes.has ? " by " : "",
		                     cahps->closes.has ? c(a, qpp_eastern(a, zone, qpp_time_of_instant(cahps->closes.at))) : "",
		                     ". Without it the choice of the survey lapses; the MVP stays registered without it.", (char *)NULL);
	v[n++] = QPP_LIT("Sign in and open \"Registrations\" to see it.");
	return to_officials(tx, f->org_id, qpp_str_of(subjects[what]), v, n, err);
}

/* ---- the chore ---- */

struct warning {
	struct qpp_excepting *x;
	struct qpp_str id;
	bool told;
};

static enum qpp_code warn(struct qpp_tx *tx, void *request, struct qpp_err *err)
{
	struct warning *g = request;
	struct qpp_election_row row;
	struct registration_body body;
	struct qpp_exception_window w;
	enum qpp_cahps state;
	g->told = false;
	enum qpp_code code = registration_open(tx, g->x, g->id, &row, &body, err);
	if (code == QPP_OK)
		code = registration_cahps(g->x, tx, row.id, &body.form, &state, &w, err);
	if (code != QPP_OK || body.warned || state != QPP_CAHPS_DUE || !qpp_str_is(row.state, "filed"))
		return code;
	body.warned = g->told = true;
	row.body = registration_text(qpp_tx_arena(tx), &body);
	code = qpp_store_election_put(tx, &row, err);
	return code == QPP_OK ? registration_tell(tx, g->x->zone, &body, REGISTRATION_DUE, NULL, &w, err) : code;
}

enum qpp_code qpp_registration_warn(const struct qpp_service *service, const struct qpp_zone *zone, struct qpp_arena *a, qpp_py py, int64_t *n,
                                    struct qpp_err *err)
{
	enum { PAGE = 500, DAY = 86400 };
	static const struct qpp_actor_role machine = { .kind = QPP_ORG_AGENCY, .post = QPP_POST_AUDITOR };
	static const struct qpp_actor actor = { .roles = &machine, .n = 1 };
	struct qpp_excepting x = { .call = { .service = service, .arena = a, .actor = &actor }, .at = qpp_now(service->clock), .zone = zone };
	struct qpp_exception_window w;
	struct qpp_election_row_rows rows = { .n = PAGE };
	struct qpp_tx *tx;
	*n = 0;
	enum qpp_code code = registration_window(&x, py, QPP_REGISTER_CAHPS, &w, err);
	if (code != QPP_OK || !w.closes.has || w.margin < 0 || w.margin > (int64_t)QPP_CAHPS_WARNING_DAYS * DAY)
		return code;
	for (int64_t start = 0; code == QPP_OK && rows.n == PAGE; start += PAGE) {
		code = qpp_store_begin(service->store, a, &tx, err);
		if (code != QPP_OK)
			return code;
		code = qpp_store_election_list(tx, py, registration_kind(QPP_REGISTER_MVP), QPP_LIT(""), QPP_LIT("filed"),
		                               (struct qpp_slice){ .start = start, .most = PAGE }, &rows, err);
		qpp_store_end(tx);
		for (size_t i = 0; code == QPP_OK && i < rows.n; i++) {
			struct warning g = { &x, rows.v[i].id, false };
			code = qpp_store_write(service->store, a, warn, &g, err);
			*n += code == QPP_OK && g.told;
		}
	}
	return code;
}
