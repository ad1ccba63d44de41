/*
 * Health care claim payments (X12 835): claims and service lines, as far as the
 * payment adjustment is concerned. A reader over qpp_x12 that hands each line to
 * who asked when it is complete, checks the sums and counts of the file, and
 * keeps nothing.
 */
#ifndef QPP_ADAPT_REMIT_835_H
#define QPP_ADAPT_REMIT_835_H

#include "app/remit.h"
#include "qpp/finding.h"
#include "x12.h"

/* Texts of the line are valid until the call returns. */
typedef void qpp_835_line(void *host, const struct qpp_remit_line *line);

/* Findings by kind, so that many of one hide none of another. Those of REMARKS leave the result whole. */
enum qpp_835_list { QPP_835_ERRORS, QPP_835_COUNTS, QPP_835_SUMS, QPP_835_REMARKS, QPP_835_LISTS };

/* Text out of the file that is needed behind its segment. */
struct qpp_835_text {
	char p[QPP_REMIT_MOST_ID];
	size_t n;
};

/* What adjustment segments of a line or a claim come to. */
struct qpp_835_sums {
	qpp_cents adjustment;          /* as the payment changes: a positive adjustment is positive */
	qpp_cents sequestration;
	qpp_cents all;                 /* every CAS amount */
	bool adjusted, remark;
};

struct qpp_835 {
	struct qpp_x12 x12;
	struct qpp_arena *arena;
	struct qpp_str file;
	struct qpp_remit_codes codes;
	struct qpp_findings findings[QPP_835_LISTS];
	qpp_835_line *line;
	void *host;
	bool partial;                  /* cut off, not readable to its end, or its counts do not hold */
	uint64_t n_claims, n_sets;
	qpp_cents paid;                /* of all claims */
	/* the interchange, the set, the claim and the line at hand */
	uint64_t groups, sets, st_segment;
	bool in_group;
	struct qpp_835_text interchange_control, group_control;
	bool in_set, has_bpr, in_claim, in_line, no_sums;
	struct qpp_835_text set_control, claim_id, line_id, procedure;
	qpp_cents bpr, set_paid, provider_adjustments;
	uint64_t claim_segment, line_segment, line_number;
	qpp_cents claim_paid, claim_lines_paid, line_charge, line_paid;
	struct qpp_835_sums of_claim, of_line;
	bool claim_has_date, line_has_date;
	qpp_day claim_date, line_date;
};

void qpp_835_open(struct qpp_835 *r, struct qpp_arena *a, struct qpp_str file, const struct qpp_remit_codes *codes,
                  qpp_x12_source *source, void *host, qpp_835_line *line, void *line_host);

/*
 * One segment further: QPP_X12_SEGMENT while there are more. QPP_X12_FAULT: it cannot be read on; the finding is made.
 * Codes: errors remitMalformed remitTruncated amountInvalid; counts remitCount; sums remitSum; remarks remitCode
 * remitRemarkMissing.
 */
enum qpp_x12_result qpp_835_next(struct qpp_835 *r);

#endif
