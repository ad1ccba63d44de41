/* What every model needs: years and windows, names and numbers, the errors of a form; and the rule pages, made once. */
#include "adapt/portal/making.h"

#include <sodium.h>

#include "adapt/html/rules_pages.h"
#include "adapt/html/style.h"
#include "adapt/html/words.h"
#include "app/guard.h"
#include "qpp/check.h"

void qpp_portal_init(struct qpp_portal *p, struct qpp_arena *a)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	enum { TEXT = sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL) };
	char text[TEXT];
	struct qpp_str style = CAT(a, "\n", qpp_html_style);
	p->what_if = qpp_years_rules(p->service->years)->provisional;
	p->rule_pages = qpp_html_rules_pages(a, qpp_years_rules(p->service->years), &p->n_rule_pages);
	(void)crypto_hash_sha256(hash, (const unsigned char *)style.p, style.n);
	(void)sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
	p->rule_policy = CAT(a, "default-src 'none'; style-src 'sha256-", text, "'; base-uri 'none'; frame-ancestors 'none'");
}

void portal_wrong(struct portal_errors *e, const char *field, struct qpp_str says)
{
	*QPP_PUSH(e->arena, &e->list) = (struct qpp_form_error){ field, says };
}

struct qpp_form_errors portal_errors_of(const struct portal_errors *e)
{
	return (struct qpp_form_errors){ e->list.v, e->list.n };
}

bool portal_wrong_err(struct portal_errors *e, const char *field, const struct qpp_err *err)
{
	struct qpp_buf b;
	switch (err->code) {
	case QPP_IO:
	case QPP_BUG:
	case QPP_STOPPED:
	case QPP_FULL:
		return false;
	default:
		break;
	}
	qpp_buf_init(&b, e->arena, 1000);
	/* Who may not is told why; the first words are the agency's, for programs. */
	bool for_programs = err->code == QPP_SIGNED_OUT && err->detail[0];
	qpp_buf_cat(&b, for_programs ? "" : err->primary, err->detail[0] && !for_programs ? ": " : "", err->detail, err->hint[0] ? ". " : "", err->hint, (char *)NULL);
	portal_wrong(e, field, portal_capital(e->arena, qpp_buf_done(&b)));
	return true;
}

/* ---- words ---- */

struct qpp_str making_reweight_words(struct qpp_str reason)
{
	return qpp_reweight_words(reason);
}

struct qpp_str portal_path(struct qpp_str to)
{
	bool fine = to.n && to.p[0] == '/' && (to.n == 1 || (to.p[1] != '/' && to.p[1] != '\\'));
	for (size_t i = 0; fine && i < to.n; i++)
		fine = (unsigned char)to.p[i] > ' ' && to.p[i] != 0x7F && to.p[i] != '\\';
	return fine ? to : QPP_LIT("/");
}

const char *portal_kind_title(enum qpp_org_kind k)
{
	static const char *const titles[QPP_ORG_KINDS] = {
		[QPP_ORG_NONE] = "Organization", [QPP_ORG_PRACTICE] = "Practice", [QPP_ORG_VIRTUAL_GROUP] = "Virtual group",
		[QPP_ORG_SUBGROUP] = "Subgroup", [QPP_ORG_APM_ENTITY] = "APM entity", [QPP_ORG_REGISTRY] = "Registry or vendor",
		[QPP_ORG_CLINICIAN] = "Clinician", [QPP_ORG_AGENCY] = "Agency",
	};
	return titles[k];
}

struct qpp_str portal_number(struct qpp_arena *a, enum qpp_org_kind kind, struct qpp_str number, struct qpp_str tin_masked)
{
	if (kind == QPP_ORG_PRACTICE && tin_masked.n)
		return CAT(a, "TIN ", C(a, tin_masked));
	if (kind == QPP_ORG_CLINICIAN && number.n)
		return CAT(a, "NPI ", C(a, number));
	return number;
}

struct qpp_str portal_capital(struct qpp_arena *a, struct qpp_str s)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, s.n + 1);
	if (s.n)
		qpp_buf_char(&b, s.p[0] >= 'a' && s.p[0] <= 'z' ? (char)(s.p[0] - 'a' + 'A') : s.p[0]);
	if (s.n > 1)
		qpp_buf_add(&b, s.p + 1, s.n - 1);
	return qpp_buf_done(&b);
}

struct qpp_subject portal_subject(struct qpp_arena *a, const struct qpp_org *org, const struct qpp_who *who)
{
	return (struct qpp_subject){ .name = org->name.n ? org->name : QPP_LIT("No name on record"),
		.number = portal_number(a, org->kind, org->number, org->tin_masked), .level = qpp_str_of(qpp_entity_title(who->entity)),
		.clinician = who->npi.n ? CAT(a, "NPI ", C(a, who->npi)) : QPP_LIT(""), .year = who->py.v };
}

/* ---- years ---- */

size_t portal_years(struct qpp_portal *p, struct qpp_arena *a, const int64_t **out)
{
	enum { MOST_YEARS = 20 };
	int64_t *v = QPP_NEW_ARRAY(a, MOST_YEARS, int64_t);
	size_t n = 0;
	for (int y = qpp_years_newest(p->service->years).v; n < MOST_YEARS && qpp_years_catalog(p->service->years, (qpp_py){ y }); y--)
		v[n++] = y;
	*out = v;
	return n;
}

/* The newest year that could be filed by now; before any could, the newest there are rules of. */
static int64_t last_filed(struct qpp_portal *p)
{
	qpp_instant opens, now = qpp_time_instant(qpp_now(p->service->clock));
	qpp_py newest = qpp_years_newest(p->service->years);
	for (qpp_py py = newest; qpp_years_catalog(p->service->years, py); py.v--)
		if (qpp_instant_parse(qpp_years_param(p->service->years, "submission_opens", py), &opens, NULL) && opens.v <= now.v)
			return py.v;
	return newest.v;
}

int64_t portal_year(struct qpp_portal *p, struct qpp_str told)
{
	uint64_t y;
	if (told.n && qpp_str_u64(told, 9999, &y) && qpp_years_catalog(p->service->years, (qpp_py){ (int)y }))
		return (int64_t)y;
	return last_filed(p);
}

struct qpp_window_view portal_window(struct qpp_portal *p, struct qpp_arena *a, qpp_py py)
{
	struct qpp_err err = { 0 };
	qpp_instant opens, closes;
	struct qpp_window_view w = { .open = qpp_window_check(p->service, py, qpp_now(p->service->clock), &err) == QPP_OK };
	if (!qpp_instant_parse(qpp_years_param(p->service->years, "submission_opens", py), &opens, NULL) ||
	    !qpp_instant_parse(qpp_years_param(p->service->years, "submission_closes", py), &closes, NULL)) {
		w.closed = QPP_LIT("The period of this year is not known.");
		return w;
	}
	qpp_time first = qpp_time_of_instant(opens), last = qpp_time_of_instant(closes);
	bool early = qpp_now(p->service->clock).us < first.us, late = qpp_now(p->service->clock).us > last.us;
	/* A service that takes filings at any time says no end that does not hold. */
	if (!early && !late)
		w.closes = qpp_eastern(a, p->zone, last);
	w.closed = early ? CAT(a, "It opens ", C(a, qpp_eastern(a, p->zone, first)), ".")
	                 : CAT(a, "It closed ", C(a, qpp_eastern(a, p->zone, last)), ".");
	return w;
}

bool portal_npi_ok(struct qpp_arena *a, struct qpp_str npi, struct qpp_str *says)
{
	enum { DIGITS = 10 };
	bool digits = npi.n == DIGITS;
	for (size_t i = 0; i < npi.n; i++)
		digits &= npi.p[i] >= '0' && npi.p[i] <= '9';
	if (digits && qpp_npi_check_digit_ok(npi))
		return true;
	*says = CAT(a, "\"", C(a, qpp_shown(a, npi)), "\" is no NPI: ", digits ? "its last digit does not fit the others" : "it has ten digits");
	return false;
}
