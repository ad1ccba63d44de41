/*
 * 414.1305: the low-volume threshold and the MIPS determination period. Each of
 * the two segments shows how much was billed in it; what they show is put
 * together to one finding. A figure that is not told leaves the finding between
 * the least and the most it could be.
 */
#include "eligibility_int.h"

enum { CRITERIA = 3 };

static const struct {
	const char *name, *shown;
} criteria[CRITERIA] = {
	{ "allowedCharges", "allowed charges" }, { "patients", "patients" }, { "services", "services" },
};

static const struct qpp_number *figure_of(const struct qpp_billed *b, int criterion)
{
	return criterion == 0 ? &b->allowed_charges : criterion == 1 ? &b->patients : &b->services;
}

/* "segment 1 (2022-10-01 to 2023-09-30)" */
static const char *segment_name(struct qpp_eligibility_asking *q, int i)
{
	struct qpp_str number = qpp_i64_text(q->c->arena, i + 1);
	const struct qpp_table_row *row = qpp_row_needed(
	    q->c, QPP_T_determination_segments, QPP_KEYS({ QPP_C_determination_segments_segment, number }));
	if (!row)
		return "";
	return qpp_str_cat(q->c->arena, "segment ", number.p, " (", qpp_cell_word(row, QPP_C_determination_segments_first).p,
	                   " to ", qpp_cell_word(row, QPP_C_determination_segments_last).p, ")", (char *)NULL).p;
}

static void say_criterion(struct qpp_eligibility_asking *q, struct qpp_buf *b, int criterion, qpp_dec got, qpp_dec at_most)
{
	int places = criterion == 0 ? 2 : 0;
	const char *dollar = criterion == 0 ? "$" : "";
	struct qpp_arena *a = q->c->arena;
	qpp_buf_cat(b, b->n ? ", " : "", criteria[criterion].shown, " ", dollar, qpp_dec_text_short(a, got, places, 9).p,
	            qpp_dec_cmp(got, at_most) > 0 ? " above " : " not above ", dollar, qpp_dec_text_short(a, at_most, 0, 2).p,
	            (char *)NULL);
}

/* NULL when the year does not ask that figure. */
static const struct qpp_table_row *criterion_row(struct qpp_eligibility_asking *q, int criterion)
{
	return qpp_row(q->c, QPP_T_low_volume, QPP_KEYS({ QPP_C_low_volume_criterion, qpp_str_of(criteria[criterion].name) }));
}

/* R-414.1305: what one segment shows. A figure at the threshold does not exceed it. */
static struct qpp_volumes volume_of(struct qpp_eligibility_asking *q, int segment)
{
	enum { MOST_TEXT = 400 };
	const struct qpp_billed *billed = &q->facts->segment[segment];
	int asked = 0, exceeded = 0, open = 0;
	struct qpp_buf b;
	qpp_buf_init(&b, q->c->arena, MOST_TEXT);
	for (int i = 0; i < CRITERIA; i++) {
		const struct qpp_number *got = figure_of(billed, i);
		const struct qpp_table_row *row = criterion_row(q, i);
		if (!row)
			continue;
		qpp_dec at_most = qpp_cell_num(q->c, QPP_T_low_volume, row, QPP_C_low_volume_at_most).v;
		asked++;
		open += !got->given;
		exceeded += got->given && qpp_dec_cmp(got->v, at_most) > 0;
		if (got->given)
			say_criterion(q, &b, i, got->v, at_most);
	}
	if (b.n)
		qpp_reason_add(q->c->arena, &q->out->why, "414.1305", segment_name(q, segment), ": ", qpp_buf_done(&b).p, (char *)NULL);
	/* R-414.1310(b)(1)(iii): without a choice anything short of all is too little. */
	enum qpp_volume some = qpp_param_yes(q->c, QPP_P_opt_in) ? QPP_BETWEEN : QPP_BELOW;
	int high = exceeded + open;
	return (struct qpp_volumes){ exceeded == asked ? QPP_ABOVE : exceeded ? some : QPP_BELOW, high == asked ? QPP_ABOVE : high ? some : QPP_BELOW };
}

static void list_unknown_figures(struct qpp_eligibility_asking *q)
{
	struct qpp_arena *a = q->c->arena;
	for (int s = 0; s < QPP_SEGMENTS; s++)
		for (int i = 0; i < CRITERIA && q->facts->segment[s].billed; i++)
			if (!figure_of(&q->facts->segment[s], i)->given && criterion_row(q, i))
				qpp_eligibility_unknown(q, qpp_str_cat(a, "segment ", qpp_i64_text(a, s + 1).p, " ", criteria[i].name, (char *)NULL).p,
				        "whether the low-volume threshold is exceeded");
}

/* Both segments billed: the lower finding, or where they differ none (reading segments-together). */
static struct qpp_volumes together(struct qpp_eligibility_asking *q, struct qpp_volumes a, struct qpp_volumes b)
{
	struct qpp_volumes low = { a.least < b.least ? a.least : b.least, a.most < b.most ? a.most : b.most };
	if (qpp_reading(q->c, QPP_R_segments_together) == QPP_R_segments_together_lower)
		return low;
	bool certain = a.least == a.most && b.least == b.most;
	enum qpp_volume floor = a.least > b.least ? a.least : b.least;
	return (struct qpp_volumes){ certain && a.least == b.least ? a.least : QPP_BELOW, low.most >= floor ? low.most : QPP_BELOW };
}

/* R-414.1305, MIPS determination period: both segments when both were billed, else the one. */
static struct qpp_volumes reconciled(struct qpp_eligibility_asking *q)
{
	const struct qpp_eligibility_facts *f = q->facts;
	if (!f->has_segments) {
		qpp_eligibility_unknown(q, "segments", "whether the low-volume threshold is exceeded");
		return (struct qpp_volumes){ QPP_BELOW, QPP_ABOVE };
	}
	if (f->segment[0].billed && f->segment[1].billed) {
		struct qpp_volumes first = volume_of(q, 0), second = volume_of(q, 1);
		return together(q, first, second);
	}
	if (f->segment[1].billed)
		return volume_of(q, 1);
	if (!f->segment[0].billed) {
		qpp_eligibility_reason(q, "414.1305", "nothing was billed in either segment");
		return (struct qpp_volumes){ QPP_BELOW, QPP_BELOW };
	}
	if (qpp_reading(q->c, QPP_R_first_segment_alone) == QPP_R_first_segment_alone_alone)
		return volume_of(q, 0);
	qpp_eligibility_reason(q, "414.1305", "nothing was billed in the second segment");
	return (struct qpp_volumes){ QPP_BELOW, QPP_BELOW };
}

struct qpp_volumes qpp_low_volume(struct qpp_eligibility_asking *q)
{
	struct qpp_volumes v = reconciled(q);
	if (v.least != v.most)
		list_unknown_figures(q);
	return v;
}
