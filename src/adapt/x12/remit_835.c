/*
 * Reading 835: a small machine over segments. SVC begins a line, CLP a claim, ST
 * a set; each is finished by whatever cannot belong to it. Sums are held against
 * each other when their owner ends.
 */
#include "remit_835_int.h"

#include <string.h>

enum { MOST_FINDINGS = 20, DAY_DIGITS = 8, FIRST_REASON = 2, REASON_STEP = 3, FIRST_PROVIDER_REASON = 3 };
enum { ISA_CONTROL = 13, GS_CONTROL = 6 };

void qpp_835_open(struct qpp_835 *r, struct qpp_arena *a, struct qpp_str file, const struct qpp_remit_codes *codes,
                  qpp_x12_source *source, void *host, qpp_835_line *line, void *line_host)
{
	*r = (struct qpp_835){ .arena = a, .file = file, .codes = *codes, .line = line, .host = line_host };
	for (int k = 0; k < QPP_835_LISTS; k++)
		qpp_findings_init(&r->findings[k], a, MOST_FINDINGS);
	qpp_x12_open(&r->x12, a, source, host);
}

static enum qpp_x12_result malformed(struct qpp_835 *r, const char *message)
{
	(void)qpp_835_find(r, QPP_835_ERRORS, "remitMalformed", r->x12.number, message);
	return QPP_X12_FAULT;
}

/* ---- elements ---- */

static void keep(struct qpp_835_text *to, struct qpp_str s)
{
	to->n = s.n < sizeof to->p ? s.n : sizeof to->p;
	if (to->n)
		memcpy(to->p, s.p, to->n);
}

/* Lines are counted where they have no number of their own. */
static void keep_number(struct qpp_835_text *to, uint64_t v)
{
	char digits[24], *p = digits + sizeof digits;
	do {
		*--p = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	keep(to, (struct qpp_str){ p, (size_t)(digits + sizeof digits - p) });
}

/* An amount; X12 leaves out the zero before a point. False with its finding. */
static bool amount(struct qpp_835 *r, size_t element, qpp_cents *out)
{
	struct qpp_str s = qpp_x12_element(&r->x12, element);
	bool bare = s.n && s.p[0] == '.', bare_negative = s.n > 1 && s.p[0] == '-' && s.p[1] == '.';
	char text[32];
	struct qpp_str written = s;
	if ((bare || bare_negative) && s.n < sizeof text - 1) {
		size_t sign = bare_negative;
		text[0] = '-';
		text[sign] = '0';
		memcpy(text + sign + 1, s.p + sign, s.n - sign);
		written = (struct qpp_str){ text, s.n + 1 };
	}
	if (qpp_cents_parse(written, out))
		return true;
	struct qpp_finding *f =
	    qpp_835_find(r, QPP_835_ERRORS, "amountInvalid", r->x12.number, "an amount is not dollars and cents");
	f->value = qpp_shown(r->arena, s);
	f->expected = QPP_LIT("a number such as 1234.5, with at most two decimals");
	return false;
}

/* CCYYMMDD */
static bool date(struct qpp_str s, qpp_day *out)
{
	uint64_t v;
	if (s.n != DAY_DIGITS || !qpp_str_u64(s, 99999999, &v))
		return false;
	return qpp_day_of((int)(v / 10000), (int)(v / 100 % 100), (int)(v % 100), out);
}

/* ---- segments ---- */

static bool begin_set(struct qpp_835 *r)
{
	const struct qpp_x12 *x = &r->x12;
	r->in_set = true;
	r->has_bpr = r->in_claim = r->in_line = false;
	r->st_segment = x->number;
	r->set_paid = r->provider_adjustments = (qpp_cents){ 0 };
	keep(&r->set_control, qpp_x12_element(x, 2));
	r->sets++;
	r->n_sets++;
	return true;
}

static bool begin_claim(struct qpp_835 *r)
{
	if (!qpp_835_end_claim(r))
		return false;
	r->in_claim = true;
	r->claim_segment = r->x12.number;
	r->line_number = 0;
	r->claim_has_date = false;
	r->of_claim = (struct qpp_835_sums){ 0 };
	r->claim_lines_paid = (qpp_cents){ 0 };
	keep(&r->claim_id, qpp_x12_element(&r->x12, 1));
	r->n_claims++;
	return amount(r, 4, &r->claim_paid) && qpp_835_add(r, &r->set_paid, r->claim_paid) &&
	       qpp_835_add(r, &r->paid, r->claim_paid);
}

/* SVC01 is a composite: a qualifier, then the code. */
static bool begin_line(struct qpp_835 *r)
{
	struct qpp_str code = qpp_x12_element(&r->x12, 1), qualifier, procedure;
	if (!qpp_835_end_line(r))
		return false;
	r->in_line = true;
	r->line_segment = r->x12.number;
	r->line_has_date = false;
	r->of_line = (struct qpp_835_sums){ 0 };
	qpp_str_cut(&code, r->x12.component_end, &qualifier);
	if (!qpp_str_cut(&code, r->x12.component_end, &procedure))
		procedure = QPP_LIT("");
	keep(&r->procedure, procedure);
	keep_number(&r->line_id, ++r->line_number);
	return amount(r, 2, &r->line_charge) && amount(r, 3, &r->line_paid) &&
	       qpp_835_add(r, &r->claim_lines_paid, r->line_paid);
}

static void wrong_code(struct qpp_835 *r, const char *message, struct qpp_str found, struct qpp_str expected)
{
	bool full = qpp_findings_full(&r->findings[QPP_835_REMARKS]);
	struct qpp_finding *f = qpp_835_find(r, QPP_835_REMARKS, "remitCode", r->x12.number, message);
	if (full)
		return;
	f->value = qpp_shown(r->arena, found);
	f->expected = expected;
}

/* One reason of an adjustment segment. What raises a payment has a negative amount. */
static bool adjustment(struct qpp_835 *r, struct qpp_835_sums *s, struct qpp_str group, struct qpp_str reason, qpp_cents v)
{
	const struct qpp_remit_codes *codes = &r->codes;
	bool up = qpp_str_eq(reason, codes->positive), down = qpp_str_eq(reason, codes->negative);
	bool sequestration = qpp_str_eq(reason, codes->sequestration);
	if ((up || down || sequestration) && !qpp_str_eq(group, codes->group))
		wrong_code(r, "an adjustment is in the wrong group", group, codes->group);
	else if ((up && !codes->up) || (down && codes->up))
		wrong_code(r, "an adjustment has the reason code of a factor of the other sign", reason,
		           codes->up ? codes->positive : codes->negative);
	if (sequestration)
		return qpp_835_add(r, &s->sequestration, v);
	s->adjusted |= up || down;
	return !(up || down) || qpp_835_add(r, &s->adjustment, (qpp_cents){ -v.v });
}

/* CAS: a group, then up to six times reason, amount, quantity. */
static bool adjustments(struct qpp_835 *r)
{
	struct qpp_835_sums *s = r->in_line ? &r->of_line : &r->of_claim;
	struct qpp_str group = qpp_x12_element(&r->x12, 1);
	for (size_t i = FIRST_REASON; i < r->x12.n_elements; i += REASON_STEP) {
		qpp_cents v;
		if (!r->x12.elements[i].n)
			continue;
		if (!amount(r, i + 1, &v) || !qpp_835_add(r, &s->all, v) || !adjustment(r, s, group, r->x12.elements[i], v))
			return false;
	}
	return true;
}

/* The service day of a line (472, or 150 where a service took several), that of a claim (232). */
static void dates(struct qpp_835 *r)
{
	struct qpp_str which = qpp_x12_element(&r->x12, 1), day = qpp_x12_element(&r->x12, 2);
	bool service = qpp_str_is(which, "472") || qpp_str_is(which, "150");
	if (r->in_line && service)
		r->line_has_date = date(day, &r->line_date);
	else if (!r->in_line && (service || qpp_str_is(which, "232")))
		r->claim_has_date = date(day, &r->claim_date);
}

/* LQ of a line; any element of a claim's MOA or MIA. */
static void remarks(struct qpp_835 *r)
{
	struct qpp_835_sums *s = r->in_line ? &r->of_line : &r->of_claim;
	for (size_t i = 1; i < r->x12.n_elements; i++)
		s->remark |= qpp_str_eq(r->x12.elements[i], r->codes.remark);
}

static bool provider_adjustments(struct qpp_835 *r)
{
	qpp_cents v;
	if (!qpp_835_end_claim(r))
		return false;
	for (size_t i = FIRST_PROVIDER_REASON; i + 1 < r->x12.n_elements; i += 2)
		if (r->x12.elements[i].n && (!amount(r, i + 1, &v) || !qpp_835_add(r, &r->provider_adjustments, v)))
			return false;
	return true;
}

/* Segments of a claim payment. */
static bool in_set(struct qpp_835 *r)
{
	const struct qpp_x12 *x = &r->x12;
	if (qpp_x12_is(x, "SVC"))
		return begin_line(r);
	if (qpp_x12_is(x, "CAS"))
		return adjustments(r);
	if (qpp_x12_is(x, "CLP"))
		return begin_claim(r);
	if (qpp_x12_is(x, "PLB"))
		return provider_adjustments(r);
	if (qpp_x12_is(x, "LX"))
		return qpp_835_end_claim(r);
	if (qpp_x12_is(x, "SE"))
		return qpp_835_end_set(r);
	if (qpp_x12_is(x, "DTM"))
		dates(r);
	else if (qpp_x12_is(x, "LQ") || qpp_x12_is(x, "MOA") || qpp_x12_is(x, "MIA"))
		remarks(r);
	else if (r->in_line && qpp_x12_is(x, "REF") && qpp_str_is(qpp_x12_element(x, 1), "6R"))
		keep(&r->line_id, qpp_x12_element(x, 2));
	r->has_bpr |= qpp_x12_is(x, "BPR");
	return !qpp_x12_is(x, "BPR") || amount(r, 2, &r->bpr);
}

/* The frames around the sets. */
static enum qpp_x12_result frame(struct qpp_835 *r)
{
	const struct qpp_x12 *x = &r->x12;
	bool begins_group = qpp_x12_is(x, "GS");
	if ((begins_group || qpp_x12_is(x, "IEA")) && r->in_group)
		return malformed(r, "the functional group before it has no GE segment");
	if (qpp_x12_is(x, "GE") && !r->in_group)
		return malformed(r, "a GE segment ends a functional group that did not begin");
	if (qpp_x12_is(x, "ISA")) {
		r->groups = 0;
		keep(&r->interchange_control, qpp_x12_element(x, ISA_CONTROL));
	} else if (begins_group) {
		r->in_group = true;
		r->groups++;
		r->sets = 0;
		keep(&r->group_control, qpp_x12_element(x, GS_CONTROL));
	} else if (qpp_x12_is(x, "GE")) {
		r->in_group = false;
		qpp_835_hold_count(r, "the count of sets in GE is not that of the group", r->sets);
		qpp_835_hold_control(r, "the control number of GE is not that of GS", &r->group_control);
	} else if (qpp_x12_is(x, "IEA")) {
		qpp_835_hold_count(r, "the count of groups in IEA is not that of the interchange", r->groups);
		qpp_835_hold_control(r, "the control number of IEA is not that of ISA", &r->interchange_control);
	} else if (!qpp_x12_is(x, "ST")) {
		return malformed(r, "a segment stands outside a transaction set");
	} else if (!qpp_str_is(qpp_x12_element(x, 1), "835")) {
		return malformed(r, "the transaction set is no claim payment (835)");
	} else if (!r->in_group) {
		return malformed(r, "the transaction set stands in no functional group");
	} else {
		(void)begin_set(r);
	}
	return QPP_X12_SEGMENT;
}

static bool is_frame(const struct qpp_x12 *x)
{
	static const char *const names[] = { "ISA", "GS", "ST", "GE", "IEA" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (qpp_x12_is(x, names[i]))
			return true;
	return false;
}

enum qpp_x12_result qpp_835_next(struct qpp_835 *r)
{
	enum qpp_x12_result is = qpp_x12_next(&r->x12);
	const struct qpp_x12 *x = &r->x12;
	if (is == QPP_X12_FAULT)
		(void)qpp_835_find(r, QPP_835_ERRORS, x->truncated ? "remitTruncated" : "remitMalformed", x->number, x->message);
	if (is == QPP_X12_END && !x->number) {
		(void)qpp_835_find(r, QPP_835_ERRORS, "remitTruncated", 1, "the file is empty");
		return QPP_X12_FAULT;
	}
	if (is != QPP_X12_SEGMENT)
		return is;
	if (!r->in_set)
		return frame(r);
	if (is_frame(x))
		return malformed(r, "the transaction set before it has no SE segment");
	if ((qpp_x12_is(x, "SVC") || qpp_x12_is(x, "CAS")) && !r->in_claim)
		return malformed(r, "a line or an adjustment stands outside a claim");
	return in_set(r) ? QPP_X12_SEGMENT : QPP_X12_FAULT;
}
