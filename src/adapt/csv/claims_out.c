/*
 * Writing claim lines: the record as it was read, then adjustment, after, the
 * codes, sequestration and net. Numbers are written digit by digit into a block,
 * which goes out when it is full.
 */
#include <string.h>

#include "claims_csv.h"

/* A record, our columns and some room. */
enum { BLOCK = 1 << 18, MOST_ADDED = 512, LONGEST_CODE = 16, NO_CODES = 3 };

static const char no_codes[QPP_CLAIM_CODES_ROOM] = ",,,";
static const char added[] = ",adjustment,after,group,carc,rarc,sequestration,net";

void qpp_claims_out_open(struct qpp_claims_out *o, struct qpp_arena *a, qpp_csv_sink *sink, void *host)
{
	*o = (struct qpp_claims_out){ .sink = sink, .host = host };
	o->buffer = qpp_arena_array_raw(a, BLOCK + QPP_CSV_MOST_RECORD + MOST_ADDED, 1);
}

bool qpp_claims_out_flush(struct qpp_claims_out *o)
{
	if (o->n && !o->failed)
		o->failed = !o->sink(o->host, o->buffer, o->n);
	o->n = 0;
	return !o->failed;
}

static char *put(char *p, const char *s, size_t n)
{
	memcpy(p, s, n);
	return p + n;
}

/* "-12.05" behind a comma, written from its end. */
static char *put_cents(char *p, qpp_cents v)
{
	uint64_t rest = v.v < 0 ? -(uint64_t)v.v : (uint64_t)v.v, whole = rest / 100, cents = rest % 100;
	size_t digits = 1;
	*p++ = ',';
	if (v.v < 0)
		*p++ = '-';
	for (uint64_t more = whole; more >= 10; more /= 10)
		digits++;
	for (size_t i = digits; i-- > 0; whole /= 10)
		p[i] = (char)('0' + whole % 10);
	p += digits;
	p[0] = '.';
	p[1] = (char)('0' + cents / 10);
	p[2] = (char)('0' + cents % 10);
	return p + 3;
}

/* ",CO,144,N807", made once for a run of lines under the same rules. */
static void make_codes(struct qpp_claims_out *o, const struct qpp_claim_period *period)
{
	const struct qpp_str codes[] = { period->codes.group, period->codes.carc, period->codes.rarc };
	char *p = o->codes;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		*p++ = ',';
		p = put(p, codes[i].p, codes[i].n < LONGEST_CODE ? codes[i].n : LONGEST_CODE);
	}
	o->n_codes = (size_t)(p - o->codes);
	o->period = period;
}

static void end_line(struct qpp_claims_out *o, const struct qpp_claims_csv *x, char *p)
{
	if (x->crlf)
		*p++ = '\r';
	*p++ = '\n';
	o->n = (size_t)(p - o->buffer);
	if (o->n >= BLOCK)
		(void)qpp_claims_out_flush(o);
}

void qpp_claims_out_header(struct qpp_claims_out *o, const struct qpp_claims_csv *x)
{
	char *p = put(o->buffer + o->n, x->csv.record.p, x->csv.record.n);
	end_line(o, x, put(p, added, sizeof added - 1));
}

void qpp_claims_out_line(struct qpp_claims_out *o, const struct qpp_claims_csv *x, const struct qpp_claim_result *r)
{
	char *p = put(o->buffer + o->n, x->csv.record.p, x->csv.record.n);
	if (r->period != o->period)
		make_codes(o, r->period);
	p = put_cents(p, r->adjustment);
	p = put_cents(p, r->after);
	memcpy(p, r->adjustment.v ? o->codes : no_codes, sizeof o->codes);
	p += r->adjustment.v ? o->n_codes : NO_CODES;
	p = put_cents(p, r->sequestration);
	end_line(o, x, put_cents(p, r->net));
}
