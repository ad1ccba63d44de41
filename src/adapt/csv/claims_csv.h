/*
 * Claim lines in CSV: read by the names of the header, in any order, and handed
 * on as they were read with the columns of the answer behind them. Columns that
 * are not ours pass through.
 */
#ifndef QPP_ADAPT_CLAIMS_CSV_H
#define QPP_ADAPT_CLAIMS_CSV_H

#include "csv.h"
#include "qpp/claims.h"
#include "qpp/finding.h"

enum qpp_claim_column {
	QPP_CLAIM_ID, QPP_CLAIM_LINE, QPP_CLAIM_TIN, QPP_CLAIM_NPI, QPP_CLAIM_DATE, QPP_CLAIM_COVERED, QPP_CLAIM_ASSIGNED,
	QPP_CLAIM_ALLOWED, QPP_CLAIM_DEDUCTIBLE, QPP_CLAIM_COINSURANCE, QPP_CLAIM_PAID, QPP_CLAIM_COLUMNS
};

enum { QPP_KNOWN_DAYS = 512 };

struct qpp_claims_csv {
	struct qpp_csv csv;
	struct qpp_arena *arena;
	struct qpp_str file;                      /* as findings name it */
	size_t at[QPP_CLAIM_COLUMNS];             /* place of each column in a record */
	size_t n_columns;
	bool crlf;                                /* how lines end: as the header does */
	struct qpp_findings errors, warnings;     /* apart, so that many warnings hide no error */
	/* What was read before: few days and clinicians come again and again. */
	struct qpp_known_day {
		char text[12];
		qpp_day day;
	} days[QPP_KNOWN_DAYS];
	char npi_text[10];
};

void qpp_claims_csv_open(struct qpp_claims_csv *x, struct qpp_arena *a, struct qpp_str file, qpp_csv_source *source,
                         void *host);

/* The first record: where each column stands. False with findings when it is not the header of claim lines. */
bool qpp_claims_csv_header(struct qpp_claims_csv *x);

/*
 * The next claim line. QPP_CSV_RECORD: one was read; `*good` is false when it has errors, which are then among
 * the findings. QPP_CSV_FAULT: the text cannot be read on; the finding is made. Codes: csvMalformed csvTooLong
 * csvFieldCount csvColumnMissing csvColumnDuplicate csvValueMissing amountInvalid valueUnknown identifierInvalid
 * claimPaidTooMuch, csvEndOpen at the end.
 */
enum qpp_csv_result qpp_claims_csv_next(struct qpp_claims_csv *x, struct qpp_claim_line *line, bool *good);

/* An error about a column of the line at hand. */
struct qpp_finding *qpp_claims_csv_error(struct qpp_claims_csv *x, enum qpp_claim_column column, const char *code,
                                         const char *message);

/* ---- the answer ---- */

enum { QPP_CLAIM_CODES_ROOM = 64 };

/* Takes a full block; false when it could not be written. */
typedef bool qpp_csv_sink(void *host, const char *p, size_t n);

struct qpp_claims_out {
	qpp_csv_sink *sink;
	void *host;
	char *buffer;
	size_t n;
	bool failed;
	/* The codes of the period at hand, as they are written. */
	const struct qpp_claim_period *period;
	char codes[QPP_CLAIM_CODES_ROOM];
	size_t n_codes;
};

void qpp_claims_out_open(struct qpp_claims_out *o, struct qpp_arena *a, qpp_csv_sink *sink, void *host);
void qpp_claims_out_header(struct qpp_claims_out *o, const struct qpp_claims_csv *x);
void qpp_claims_out_line(struct qpp_claims_out *o, const struct qpp_claims_csv *x, const struct qpp_claim_result *r);
/* Writes what is left; false when anything could not be written. */
bool qpp_claims_out_flush(struct qpp_claims_out *o);

#endif
