/*
 * A recomputed part held against what its row prints: do the two intervals
 * meet, and how far are they apart when they do not?
 */
#include "app/infer_int.h"

static int places_of(enum qpp_part part)
{
	return part == QPP_PART_FINAL || part == QPP_PART_ADJUSTMENT ? 2 : 4;
}

static struct qpp_str range_text(struct qpp_arena *a, enum qpp_part part, struct qpp_range r)
{
	struct qpp_str least = qpp_dec_text_short(a, r.least, 0, places_of(part));
	struct qpp_str most = qpp_dec_text_short(a, r.most, 0, places_of(part));
	return qpp_str_eq(least, most) ? least : qpp_str_cat(a, least.p, "..", most.p, (char *)NULL);
}

static void hold_range(struct qpp_arena *a, const struct qpp_part_run *p, enum qpp_part part, struct qpp_infer_try *out)
{
	struct qpp_range printed = qpp_printed_range(p, qpp_part_figure(part));
	qpp_dec v = p->row->figure[qpp_part_figure(part)].v;
	out->range = p->got;
	out->recomputed = range_text(a, part, p->got);
	bool below = qpp_dec_cmp(printed.most, p->got.least) < 0, above = qpp_dec_cmp(printed.least, p->got.most) > 0;
	out->outcome = below || above ? QPP_INFER_DIFFERS : QPP_INFER_AGREES;
	out->off = below ? qpp_dec_sub(v, p->got.least) : above ? qpp_dec_sub(v, p->got.most) : qpp_dec_of(0);
}

/* "40/30/30/0" in the order of the categories; the row has fractions of 1. */
static struct qpp_str weights_text(struct qpp_arena *a, const qpp_dec *percent)
{
	struct qpp_buf b;
	qpp_buf_init(&b, a, 200);
	for (int k = 0; k < QPP_CATEGORIES; k++) {
		qpp_buf_cat(&b, k ? "/" : "", (char *)NULL);
		qpp_buf_dec_short(&b, percent[k], 0, 4);
	}
	return qpp_buf_done(&b);
}

static void printed_weights(const struct qpp_experience_row *row, qpp_dec *percent)
{
	for (int k = 0; k < QPP_CATEGORIES; k++)
		percent[k] = qpp_dec_mul(row->figure[QPP_FIGURE_WEIGHT + k].v, qpp_dec_of(100));
}

static void hold_weights(struct qpp_arena *a, const struct qpp_part_run *p, struct qpp_infer_try *out)
{
	qpp_dec printed[QPP_CATEGORIES];
	printed_weights(p->row, printed);
	out->recomputed = weights_text(a, p->weight);
	out->outcome = QPP_INFER_AGREES;
	out->off = out->range.least = out->range.most = qpp_dec_undefined();
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (!qpp_dec_eq(printed[k], p->weight[k]))
			out->outcome = QPP_INFER_DIFFERS;
}

void qpp_part_hold(struct qpp_arena *a, enum qpp_code code, const struct qpp_part_run *p, enum qpp_part part,
                   struct qpp_infer_try *out)
{
	out->range = (struct qpp_range){ qpp_dec_undefined(), qpp_dec_undefined() };
	out->off = qpp_dec_undefined();
	if (code != QPP_OK) {
		out->outcome = code == QPP_NO_RULE ? QPP_INFER_NO_RULE : QPP_INFER_NOT_POSSIBLE;
		out->why = qpp_str_cat(a, p->err.primary, (char *)NULL);
	} else if (p->why) {
		out->outcome = QPP_INFER_NOT_POSSIBLE;
		out->why = qpp_str_of(p->why);
	} else if (part == QPP_PART_WEIGHTS) {
		hold_weights(a, p, out);
	} else if (!qpp_dec_ok(p->got.least) || !qpp_dec_ok(p->got.most)) {
		out->outcome = QPP_INFER_NOT_POSSIBLE;
		out->why = QPP_LIT("its figures are too large to be computed exactly");
	} else {
		hold_range(a, p, part, out);
	}
}

struct qpp_str qpp_part_printed(struct qpp_arena *a, const struct qpp_experience_row *row, enum qpp_part part)
{
	qpp_dec percent[QPP_CATEGORIES];
	if (part != QPP_PART_WEIGHTS)
		return row->figure[qpp_part_figure(part)].text;
	for (int k = 0; k < QPP_CATEGORIES; k++)
		if (!row->figure[QPP_FIGURE_WEIGHT + k].given)
			return QPP_LIT("");
	printed_weights(row, percent);
	return weights_text(a, percent);
}
