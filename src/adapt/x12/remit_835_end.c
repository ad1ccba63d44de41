/*
 * Where lines, claims and sets of a remittance end: what they come to is handed
 * on, and the sums and counts of the file are held against each other.
 */
#include "qpp/buf.h"
#include "remit_835_int.h"

struct qpp_finding *qpp_835_find(struct qpp_835 *r, enum qpp_835_list kind, const char *code, uint64_t segment,
                                 const char *message)
{
	struct qpp_findings *list = &r->findings[kind];
	enum qpp_severity severity = kind == QPP_835_ERRORS ? QPP_ERROR : QPP_WARNING;
	struct qpp_finding *f = qpp_find(list, severity, code, (struct qpp_where){ .file = r->file }, qpp_str_of(message));
	r->partial |= kind != QPP_835_REMARKS;
	if (f == &list->scratch)
		return f;
	struct qpp_str name = qpp_x12_element(&r->x12, 0);
	bool named = segment == r->x12.number && r->x12.n_elements && !r->x12.message;
	f->subject = qpp_str_cat(r->arena, "segment ", qpp_i64_text(r->arena, (int64_t)segment).p, named ? " " : "",
	                         named ? qpp_shown(r->arena, name).p : "", (char *)NULL);
	return f;
}

struct qpp_str qpp_835_kept(const struct qpp_835_text *t)
{
	return (struct qpp_str){ t->p, t->n };
}

bool qpp_835_add(struct qpp_835 *r, qpp_cents *to, qpp_cents v)
{
	if (qpp_cents_add(*to, v, to))
		return true;
	(void)qpp_835_find(r, QPP_835_ERRORS, "amountInvalid", r->x12.number, "a sum of amounts is too large");
	return false;
}

static struct qpp_str cents_text(struct qpp_835 *r, qpp_cents v)
{
	struct qpp_buf b;
	qpp_buf_init(&b, r->arena, 40);
	qpp_buf_cents(&b, v);
	return qpp_buf_done(&b);
}

/* Two amounts that must be equal. */
static void hold(struct qpp_835 *r, uint64_t segment, const char *message, qpp_cents found, qpp_cents expected)
{
	if (found.v == expected.v)
		return;
	bool full = qpp_findings_full(&r->findings[QPP_835_SUMS]);
	struct qpp_finding *f = qpp_835_find(r, QPP_835_SUMS, "remitSum", segment, message);
	if (full)
		return;
	f->value = cents_text(r, found);
	f->expected = cents_text(r, expected);
}

/* An element that must be what was counted, or said before. */
static void hold_element(struct qpp_835 *r, const char *message, size_t element, struct qpp_str expected)
{
	bool full = qpp_findings_full(&r->findings[QPP_835_COUNTS]);
	struct qpp_finding *f = qpp_835_find(r, QPP_835_COUNTS, "remitCount", r->x12.number, message);
	if (full)
		return;
	f->value = qpp_shown(r->arena, qpp_x12_element(&r->x12, element));
	f->expected = qpp_shown(r->arena, qpp_str_dup(r->arena, expected));
}

void qpp_835_hold_count(struct qpp_835 *r, const char *message, uint64_t expected)
{
	uint64_t n;
	if (!qpp_str_u64(qpp_x12_element(&r->x12, 1), UINT64_MAX, &n) || n != expected)
		hold_element(r, message, 1, qpp_i64_text(r->arena, (int64_t)expected));
}

void qpp_835_hold_control(struct qpp_835 *r, const char *message, const struct qpp_835_text *expected)
{
	struct qpp_str found = qpp_x12_element(&r->x12, 2), began = qpp_835_kept(expected);
	uint64_t a, b;
	bool numbers = qpp_str_u64(found, UINT64_MAX, &a) && qpp_str_u64(began, UINT64_MAX, &b);
	if (numbers ? a != b : !qpp_str_eq(found, began))
		hold_element(r, message, 2, began);
}

/* ---- lines, claims, sets end ---- */

/* The payment with what was added and taken off by the adjustment and by sequestration taken back. */
static bool base_of(struct qpp_835 *r, qpp_cents paid, const struct qpp_835_sums *s, qpp_cents *base)
{
	*base = paid;
	return qpp_835_add(r, base, s->sequestration) && qpp_835_add(r, base, (qpp_cents){ -s->adjustment.v });
}

static void check_remark(struct qpp_835 *r, const struct qpp_835_sums *s, uint64_t segment)
{
	if (!s->adjusted || s->remark || r->of_claim.remark)
		return;
	qpp_835_find(r, QPP_835_REMARKS, "remitRemarkMissing", segment, "an adjustment has no remark code that explains it")
	    ->expected = r->codes.remark;
}

/* The line at hand as far as its segments have told. */
static struct qpp_remit_line line_of(const struct qpp_835 *r)
{
	return (struct qpp_remit_line){
		.claim = qpp_835_kept(&r->claim_id), .line = qpp_835_kept(&r->line_id),
		.procedure = qpp_835_kept(&r->procedure), .segment = r->line_segment,
		.has_date = r->line_has_date || r->claim_has_date, .date = r->line_has_date ? r->line_date : r->claim_date,
		.found = r->of_line.adjustment, .sequestration = r->of_line.sequestration, .in_sum = r->of_claim.adjusted,
	};
}

static struct qpp_remit_line claim_of(const struct qpp_835 *r)
{
	return (struct qpp_remit_line){
		.claim = qpp_835_kept(&r->claim_id), .segment = r->claim_segment, .has_date = r->claim_has_date,
		.date = r->claim_date, .found = r->of_claim.adjustment, .sequestration = r->of_claim.sequestration,
		.of_claim = true,
	};
}

bool qpp_835_end_line(struct qpp_835 *r)
{
	struct qpp_remit_line line = line_of(r);
	qpp_cents balance = r->line_paid;
	if (!r->in_line)
		return true;
	r->in_line = false;
	if (!base_of(r, r->line_paid, &r->of_line, &line.base) || !qpp_835_add(r, &balance, r->of_line.all))
		return false;
	hold(r, r->line_segment, "what is charged less the adjustments of a line is not what it was paid", r->line_charge,
	     balance);
	check_remark(r, &r->of_line, r->line_segment);
	r->line(r->host, &line);
	return true;
}

/* A claim with lines is handed on as a whole only when something was adjusted above its lines. */
bool qpp_835_end_claim(struct qpp_835 *r)
{
	if (!qpp_835_end_line(r))
		return false;
	if (!r->in_claim)
		return true;
	r->in_claim = false;
	struct qpp_remit_line claim = claim_of(r);
	if (r->line_number) {
		qpp_cents balance = r->claim_paid;
		if (!qpp_835_add(r, &balance, r->of_claim.all))
			return false;
		hold(r, r->claim_segment, "what a claim was paid is not the sum of its lines", balance, r->claim_lines_paid);
		if (!r->of_claim.adjusted && !claim.sequestration.v)
			return true;
		claim.in_sum = true;
	}
	if (!base_of(r, r->claim_paid, &r->of_claim, &claim.base))
		return false;
	check_remark(r, &r->of_claim, r->claim_segment);
	r->line(r->host, &claim);
	return true;
}

bool qpp_835_end_set(struct qpp_835 *r)
{
	const struct qpp_x12 *x = &r->x12;
	qpp_cents expected = r->set_paid;
	if (!qpp_835_end_claim(r))
		return false;
	qpp_835_hold_count(r, "the count of segments in SE is not that of the set", x->number - r->st_segment + 1);
	if (!qpp_str_eq(qpp_x12_element(x, 2), qpp_835_kept(&r->set_control)))
		hold_element(r, "the control number of SE is not that of ST", 2, qpp_835_kept(&r->set_control));
	if (!qpp_835_add(r, &expected, (qpp_cents){ -r->provider_adjustments.v }))
		return false;
	if (r->has_bpr)
		hold(r, x->number, "the payment in BPR is not the sum of the claims less the provider adjustments", r->bpr,
		     expected);
	r->in_set = false;
	return true;
}
