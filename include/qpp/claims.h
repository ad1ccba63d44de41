/*
 * Claims: what one payment adjustment factor does to claim lines, and the codes
 * that a remittance shows it by (42 CFR 414.1405(e), rules/claims.md).
 *
 * Bound once to rules and a factor, then asked for millions of lines: asking
 * allocates nothing and looks nothing up by text. Amounts are whole cents;
 * adjustment and sequestration are rounded on each line.
 */
#ifndef QPP_CLAIMS_H
#define QPP_CLAIMS_H

#include "qpp/money.h"
#include "qpp/rules.h"

/* Payments of a calendar year are adjusted by the performance year that many years before. */
enum { QPP_PAYMENT_YEARS_LATER = 2 };

struct qpp_claim_codes {
	struct qpp_str group, carc, rarc;      /* empty: none */
};

enum qpp_claim_rounding { QPP_CLAIM_HALF_AWAY, QPP_CLAIM_HALF_EVEN, QPP_CLAIM_TOWARD_ZERO };

/* A share of an amount: n / d, d > 0. */
struct qpp_claim_share {
	int64_t n, d;
};

/* Days of service that one set of figures holds for. */
struct qpp_claim_period {
	qpp_day first, last;
	qpp_py py;
	bool in_year;                          /* the factor is for services of these days */
	bool adjust_unassigned;
	bool items_adjusted;                   /* the reading item_lines */
	enum qpp_claim_rounding rounding;
	struct qpp_claim_share sequestration;
	struct qpp_claim_codes codes;          /* of an adjustment by this factor */
	struct qpp_claim_codes opposite;       /* of one by a factor of the other sign */
	struct qpp_claim_codes sequestration_codes;
	const struct qpp_str *items;           /* first letters of procedure codes that are no professional service */
	size_t n_items;
};

struct qpp_claims {
	qpp_dec factor_pct;
	struct qpp_claim_share factor;
	const struct qpp_claim_period *periods;  /* by day, none overlaps another */
	size_t n_periods;
};

struct qpp_claim_line {
	bool covered_professional_service, assigned;
	qpp_day date;                          /* of service */
	qpp_cents allowed, deductible, coinsurance;
	qpp_cents paid;                        /* by Medicare, before adjustment and sequestration */
};

struct qpp_claim_result {
	qpp_cents adjustment;                  /* 0 when the line is not adjusted */
	qpp_cents after;                       /* paid plus adjustment */
	qpp_cents sequestration, net;          /* net = after less sequestration */
	const struct qpp_claim_period *period;
};

/*
 * `rules` bound to a performance year: the factor is of that year, and services
 * of other years are not adjusted. Bound to year 0: it holds for every line.
 * Fails with QPP_NO_RULE (the year has no rules for claims) and QPP_USAGE (a
 * factor with too many digits).
 */
QPP_MUST_USE enum qpp_code qpp_claims_bind(struct qpp_arena *a, const struct qpp_rules *rules, qpp_dec factor_pct,
                                           struct qpp_claims *out, struct qpp_err *err);

/* Sums over lines. */
struct qpp_claim_totals {
	uint64_t lines, adjusted;              /* adjusted: by a cent or more */
	qpp_cents paid, adjustment, after, sequestration, net;
};

/* QPP_NO_RULE: no rules for services of that day; QPP_ARITHMETIC: an amount does not fit. `*out` is then not set. */
QPP_MUST_USE enum qpp_code qpp_claim_adjust(const struct qpp_claims *c, const struct qpp_claim_line *line,
                                            struct qpp_claim_result *out);

/* The period of a day of service; NULL when the rules have none. */
const struct qpp_claim_period *qpp_claim_period_of(const struct qpp_claims *c, qpp_day day);

/* False when a sum no longer fits. */
bool qpp_claim_totals_add(struct qpp_claim_totals *t, const struct qpp_claim_line *line, const struct qpp_claim_result *r);

/* False when Medicare paid more than what is allowed leaves after the patient's share. */
bool qpp_claim_amounts_agree(const struct qpp_claim_line *line);

/* The procedure code is that of a drug or another item that is not adjusted. */
bool qpp_claim_is_item(const struct qpp_claim_period *p, struct qpp_str procedure);

#endif
