/*
 * 414.1405: from the final score to the payment adjustment factor. Decides the
 * band and the factor that Medicare multiplies each payment by; the clinician
 * sees both on the feedback page.
 *
 * Bands compare the score at two decimals, the sliding scales use the score
 * before rounding (reading score-compared).
 */
#include "score_int.h"

const char *qpp_band_name(enum qpp_band b)
{
	static const char *const names[] = { "maxNegative", "negative", "neutral", "positive", "exceptional" };
	return names[b];
}

const char *qpp_scaling_source_name(enum qpp_scaling_source s)
{
	static const char *const names[] = { "none", "given", "fitted" };
	return names[s];
}

static int compare(struct qpp_num a, struct qpp_num b)
{
	return qpp_dec_cmp(a.v, b.v);
}

/* R-414.1405(b)(2), R-414.1405(c): a line from the whole percentage at zero points to nothing at the threshold. */
static struct qpp_num negative_factor(struct qpp_calc *c, struct qpp_num score, struct qpp_num threshold)
{
	struct qpp_num distance = QPP_DERIVE(c, QPP_F_DISTANCE, QPP_OP_DIFFERENCE, score, threshold);
	struct qpp_num slide = QPP_DERIVE(c, QPP_F_SLIDE, QPP_OP_QUOTIENT, distance, threshold);
	return QPP_DERIVE(c, QPP_F_FACTOR_EXACT, QPP_OP_PRODUCT, qpp_param(c, QPP_P_applicable_percent), slide);
}

/* R-414.1405(b)(3): a line from nothing at the threshold to the scaled percentage at 100 points. */
static struct qpp_num positive_factor(struct qpp_calc *c, struct qpp_num score, struct qpp_num threshold,
                                      struct qpp_num scaling)
{
	struct qpp_num most = qpp_param(c, QPP_P_final_most);
	struct qpp_num distance = QPP_DERIVE(c, QPP_F_DISTANCE, QPP_OP_DIFFERENCE, score, threshold);
	struct qpp_num span = QPP_DERIVE(c, QPP_F_SPAN, QPP_OP_DIFFERENCE, most, threshold);
	struct qpp_num slide = QPP_DERIVE(c, QPP_F_SLIDE, QPP_OP_QUOTIENT, distance, span);
	return QPP_DERIVE(c, QPP_F_FACTOR_EXACT, QPP_OP_PRODUCT, qpp_param(c, QPP_P_applicable_percent), scaling, slide);
}

/* R-414.1405(d): one half to ten percent between the additional threshold and 100 points, scaled. */
static struct qpp_num additional_factor(struct qpp_calc *c, struct qpp_num score, struct qpp_num threshold,
                                        struct qpp_num scaling)
{
	struct qpp_num least = qpp_param(c, QPP_P_additional_factor_least);
	struct qpp_num most = qpp_param(c, QPP_P_additional_factor_most);
	struct qpp_num distance = QPP_DERIVE(c, QPP_F_DISTANCE, QPP_OP_DIFFERENCE, score, threshold);
	struct qpp_num span = QPP_DERIVE(c, QPP_F_ADDITIONAL_SPAN, QPP_OP_DIFFERENCE, qpp_param(c, QPP_P_final_most), threshold);
	struct qpp_num range = QPP_DERIVE(c, QPP_F_FULL_FACTOR, QPP_OP_DIFFERENCE, most, least);
	struct qpp_num slide = QPP_DERIVE(c, QPP_F_SLIDE, QPP_OP_QUOTIENT, distance, span);
	struct qpp_num above = QPP_DERIVE(c, QPP_F_FULL_FACTOR, QPP_OP_PRODUCT, range, slide);
	struct qpp_num full = QPP_DERIVE(c, QPP_F_FULL_FACTOR, QPP_OP_SUM, least, above);
	return QPP_DERIVE(c, QPP_F_ADDITIONAL_EXACT, QPP_OP_PRODUCT, scaling, full);
}

/* A scaling factor as given, or the year's fitted one; undefined (and no failure) when there is neither. */
static struct qpp_num scaling_of(struct qpp_calc *c, struct qpp_number given, enum qpp_rule_param fitted,
                                 enum qpp_scaling_source *source)
{
	const struct qpp_param_row *row = c->rules->params[fitted];
	if (given.given) {
		struct qpp_num most = qpp_param(c, QPP_P_scaling_factor_most);
		if (c->code == QPP_OK && (qpp_dec_sign(given.v) < 0 || qpp_dec_cmp(given.v, most.v) > 0))
			qpp_calc_fail(c, QPP_USAGE, "the scaling factor is outside 0 to its limit of the year");
		*source = QPP_SCALING_GIVEN;
		return qpp_input(c, QPP_F_SCALING, given.v, given.where);
	}
	if (row && row->status != QPP_RULE_NONE) {
		*source = QPP_SCALING_FITTED;
		return qpp_param(c, fitted);
	}
	*source = QPP_SCALING_NONE;
	return (struct qpp_num){ qpp_dec_undefined(), 0 };
}

/* R-414.1405(e): factors are published with two decimals. */
static struct qpp_value published(struct qpp_calc *c, enum qpp_fact_id id, struct qpp_num exact)
{
	return qpp_value_of(QPP_DERIVE(c, id, QPP_OP_ROUND, exact, qpp_param(c, QPP_P_factor_decimals)));
}

static void not_positive(struct qpp_calc *c, struct qpp_num exact, struct qpp_num rounded, struct qpp_num threshold,
                         struct qpp_adjustment *out)
{
	struct qpp_num quarter = QPP_DERIVE(c, QPP_F_QUARTER, QPP_OP_QUOTIENT, threshold, qpp_param(c, QPP_P_threshold_divisor));
	struct qpp_num factor;
	if (c->code != QPP_OK)
		return;
	if (compare(rounded, threshold) == 0) {
		out->band = QPP_NEUTRAL;
		factor = qpp_constant(c, QPP_F_FACTOR_EXACT, 0);
		qpp_note(c, factor, "the final score is exactly the performance threshold: neutral", (char *)NULL);
	} else if (compare(rounded, quarter) <= 0) {
		out->band = QPP_MAX_NEGATIVE;
		factor = QPP_DERIVE(c, QPP_F_FACTOR_EXACT, QPP_OP_NEGATE, qpp_param(c, QPP_P_applicable_percent));
		qpp_note(c, factor, "the final score is at most one quarter of the performance threshold: the whole percentage is lost",
		         (char *)NULL);
	} else {
		out->band = QPP_NEGATIVE;
		factor = negative_factor(c, exact, threshold);
		qpp_note(c, factor, "the final score is below the performance threshold", (char *)NULL);
		qpp_note_passed(c, factor, "at most one quarter of the threshold", "the score is above it");
	}
	out->band_fact = factor.fact;
	out->factor = published(c, QPP_F_FACTOR, factor);
	out->total = published(c, QPP_F_TOTAL, factor);
}

/* R-414.1405(b): below the threshold a loss, above it a gain, at it neither. */
static void adjustment_of(struct qpp_calc *c, struct qpp_num exact, struct qpp_num rounded, struct qpp_number scaling,
                          struct qpp_number additional_scaling, struct qpp_adjustment *out)
{
	struct qpp_str before = c->subject;
	c->subject = QPP_LIT("adjustment");
	*out = (struct qpp_adjustment){ 0 };
	struct qpp_num threshold = qpp_param(c, QPP_P_performance_threshold);
	struct qpp_num s = scaling_of(c, scaling, QPP_P_scaling_factor_fitted, &out->scaling_source);
	if (c->code != QPP_OK)
		return;
	if (qpp_dec_ok(s.v))
		out->scaling = qpp_value_of(s);
	if (compare(rounded, threshold) <= 0) {
		not_positive(c, exact, rounded, threshold, out);
		c->subject = before;
		return;
	}
	out->band = QPP_POSITIVE;
	struct qpp_num factor = { qpp_dec_undefined(), 0 }, additional = factor;
	if (qpp_dec_ok(s.v)) {
		factor = positive_factor(c, exact, threshold, s);
		qpp_note(c, factor, "the final score is above the performance threshold", (char *)NULL);
		out->band_fact = factor.fact;
		out->factor = published(c, QPP_F_FACTOR, factor);
	}
	bool exceptional = qpp_param_yes(c, QPP_P_additional_factor);
	if (exceptional) {
		struct qpp_num high = qpp_param(c, QPP_P_additional_performance_threshold);
		enum qpp_scaling_source source;
		exceptional = c->code == QPP_OK && compare(rounded, high) >= 0;
		struct qpp_num a = scaling_of(c, additional_scaling, QPP_P_additional_scaling_fitted, &source);
		if (exceptional)
			out->band = QPP_EXCEPTIONAL;
		if (exceptional && qpp_dec_ok(a.v)) {
			additional = additional_factor(c, exact, high, a);
			out->additional = published(c, QPP_F_ADDITIONAL, additional);
		}
	}
	/* Both factors are added before the one rounding, so the total may differ from the sum of the parts. */
	if (out->factor.has && out->additional.has)
		out->total = published(c, QPP_F_TOTAL, QPP_DERIVE(c, QPP_F_TOTAL_EXACT, QPP_OP_SUM, factor, additional));
	else if (out->factor.has && !exceptional)
		out->total = published(c, QPP_F_TOTAL, factor);
	c->subject = before;
}

/*
 * A score whose ratio leaves no room for the scale's own figures enters it at nine decimals, when that cannot matter:
 * a hair below and a hair above the factors are the same. Otherwise it stays as it is, and the scale says that it is too large.
 */
enum { GUARD_PLACES = 9 };
static const int64_t most_scaled = 1000000000000;    /* denominators above it may leave no room for the figures of the scale */

static bool same_factors(const struct qpp_adjustment *a, const struct qpp_adjustment *b)
{
	return a->factor.has == b->factor.has && a->total.has == b->total.has && a->additional.has == b->additional.has &&
	       (!a->factor.has || qpp_dec_eq(a->factor.v, b->factor.v)) && (!a->total.has || qpp_dec_eq(a->total.v, b->total.v)) &&
	       (!a->additional.has || qpp_dec_eq(a->additional.v, b->additional.v));
}

static struct qpp_num scale_score(struct qpp_calc *c, struct qpp_num exact, struct qpp_num rounded, struct qpp_number scaling,
                                  struct qpp_number additional_scaling)
{
	if (c->code != QPP_OK || exact.v.d <= most_scaled)
		return exact;
	qpp_dec near = qpp_dec_round(exact.v, GUARD_PLACES), hair = qpp_dec_scaled(1, GUARD_PLACES);
	struct qpp_calc untraced = *c;
	struct qpp_adjustment below, above;
	untraced.trace = NULL;
	adjustment_of(&untraced, (struct qpp_num){ qpp_dec_sub(near, hair), 0 }, rounded, scaling, additional_scaling, &below);
	adjustment_of(&untraced, (struct qpp_num){ qpp_dec_add(near, hair), 0 }, rounded, scaling, additional_scaling, &above);
	if (untraced.code != QPP_OK || !same_factors(&below, &above))
		return exact;
	struct qpp_num x = QPP_DERIVE(c, QPP_F_SCALE_SCORE, QPP_OP_ROUND, exact, qpp_constant(c, QPP_F_SCALE_SCORE, GUARD_PLACES));
	qpp_note(c, x, "the exact score has too many digits for the scale; one billionth of a point more or less gives the same factor",
	         (char *)NULL);
	return x;
}

void qpp_adjustment_of(struct qpp_calc *c, struct qpp_num exact, struct qpp_num rounded, struct qpp_number scaling,
                       struct qpp_number additional_scaling, struct qpp_adjustment *out)
{
	struct qpp_num x = scale_score(c, exact, rounded, scaling, additional_scaling);
	adjustment_of(c, x, rounded, scaling, additional_scaling, out);
}
