/* /operator/targeted-review: windows that are moved and campaigns that are made. */
#include "adapt/portal/pages_review.h"

static enum qpp_code show(struct qpp_portal *p, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_tr_operator *m,
                          const struct qpp_form_errors *errors, struct qpp_err *err)
{
	struct qpp_reviewing v = portal_reviewing(p, r);
	enum qpp_code code = making_tr_operator(p, &v, m, err);
	if (code == QPP_OK)
		RESPOND(p, r, s, QPP_AT_REVIEW_WINDOWS, tr_operator, m, errors);
	return code;
}

static enum qpp_code windows(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_tr_operator m = { .hour = QPP_LIT("20:00") };
	return show(host, r, s, &m, NULL, err);
}

/* A day and an hour there; false with a fault at its field. */
static bool instant_of(struct qpp_portal *p, struct qpp_str day, struct qpp_str hour, const char *day_field, const char *hour_field,
                       struct portal_errors *errors, qpp_instant *out)
{
	enum { SECONDS = 60, MINUTES = 60, HOURS = 24 };
	qpp_day d;
	uint64_t h, m;
	struct qpp_str rest = hour, head;
	if (!qpp_day_parse(day, &d)) {
		portal_wrong(errors, day_field, QPP_LIT("This is no day: write year, month and day like 2024-10-31"));
		return false;
	}
	if (!qpp_str_cut(&rest, ':', &head) || !qpp_str_u64(head, HOURS - 1, &h) || !qpp_str_u64(rest, MINUTES - 1, &m)) {
		portal_wrong(errors, hour_field, QPP_LIT("This is no hour: write hours and minutes like 20:00"));
		return false;
	}
	*out = qpp_zone_instant(p->zone, d, (int32_t)((h * MINUTES + m) * SECONDS));
	return true;
}

static qpp_py year_of(struct qpp_str told)
{
	uint64_t y;
	return (qpp_py){ qpp_str_u64(told, 9999, &y) ? (int)y : 0 };
}

static enum qpp_code extend(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	struct qpp_form form;
	qpp_instant closes;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = portal_writing(host, r, "review.extend", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_tr_operator m = { .end = portal_value(qpp_form_field(&form, "end")), .day = portal_typed(&form, "day"),
		.hour = portal_typed(&form, "hour"), .reason = portal_value(qpp_form_field(&form, "reason")) };
	struct qpp_str rest = m.end, year;
	(void)qpp_str_word(&rest, &year);
	if (instant_of(host, m.day, m.hour, "day", "hour", &errors, &closes)) {
		code = qpp_review_extend(&v, year_of(year), qpp_str_trim(rest), closes, m.reason, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, QPP_LIT("/operator/targeted-review?done=extended"));
			return QPP_OK;
		}
		if (!portal_refused(&errors, &v, code, NULL, err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show(host, r, s, &m, &list, err);
}

/* Levels between +, as the rules have them. */
static struct qpp_str joined(struct qpp_arena *a, struct qpp_str words)
{
	struct qpp_buf b;
	struct qpp_str word;
	qpp_buf_init(&b, a, 100);
	while (qpp_str_word(&words, &word))
		qpp_buf_cat(&b, b.n ? "+" : "", C(a, word), (char *)NULL);
	return qpp_buf_done(&b);
}

static enum qpp_code campaign(void *host, struct qpp_http_request *r, struct qpp_http_response *s, struct qpp_err *err)
{
	static const char end_of_day[] = "20:00";
	struct qpp_form form;
	struct portal_errors errors = { .arena = r->arena };
	struct qpp_reviewing v = portal_reviewing(host, r);
	enum qpp_code code = portal_writing(host, r, "review.campaign", &form, err);
	if (code != QPP_OK)
		return code;
	struct qpp_tr_operator m = { .hour = qpp_str_of(end_of_day), .year = portal_value(qpp_form_field(&form, "year")),
		.name = portal_typed(&form, "name"), .says = portal_typed(&form, "says"),
		.levels = portal_words(r->arena, &form, "levels"), .opens_day = portal_typed(&form, "opensDay"),
		.closes_day = portal_typed(&form, "closesDay"), .campaign_reason = portal_value(qpp_form_field(&form, "why")) };
	struct qpp_review_campaign c = { .name = m.name, .says = m.says, .levels = joined(r->arena, m.levels), .opens.has = true, .closes.has = true };
	bool days = instant_of(host, m.opens_day, QPP_LIT("00:00"), "opensDay", "opensDay", &errors, &c.opens.at);
	days &= instant_of(host, m.closes_day, qpp_str_of(end_of_day), "closesDay", "closesDay", &errors, &c.closes.at);
	if (days) {
		code = qpp_review_campaign_add(&v, year_of(m.year), &c, m.campaign_reason, err);
		if (code == QPP_OK) {
			qpp_respond_redirect(s, QPP_LIT("/operator/targeted-review?done=campaign"));
			return QPP_OK;
		}
		if (!portal_refused(&errors, &v, code, NULL, err))
			return code;
	}
	struct qpp_form_errors list = portal_errors_of(&errors);
	return show(host, r, s, &m, &list, err);
}

#define FORM "application/x-www-form-urlencoded"
#define DECIDES .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_DECISION, .flags = QPP_PAGE_WAITS, .takes = FORM
static const struct qpp_page pages[] = {
	{ .method = QPP_GET, .path = "/operator/targeted-review", .can = QPP_CAN_OPERATE, .audit = QPP_AUDIT_READ, .handle = windows,
	  .summary = "Windows of review, to be moved" },
	{ .method = QPP_POST, .path = "/operator/targeted-review/extend", DECIDES, .handle = extend, .summary = "Move the end of a window" },
	{ .method = QPP_POST, .path = "/operator/targeted-review/campaign", DECIDES, .handle = campaign, .summary = "Make a special campaign" },
};
const struct qpp_page_table portal_review_operator_pages = QPP_PAGE_TABLE("operator: targeted review", pages);
