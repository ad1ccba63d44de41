/*
 * Records of a CSV file (RFC 4180), one at a time, in constant memory.
 *
 * Commas separate, a field may stand in double quotes and then hold commas,
 * line ends and doubled quotes; lines end in LF or CRLF; a byte order mark in
 * front and blank lines are passed over. A field, a record and the number of
 * fields are bounded: a file that is one endless line is refused after the
 * first megabyte.
 *
 * Why not libcsv: it passes over blank lines unseen and says neither line nor
 * column of a field, its fields come without their quotes (a record could not be
 * handed on byte by byte), and it copies and calls back for each field, which
 * alone takes as long as everything here.
 */
#ifndef QPP_ADAPT_CSV_H
#define QPP_ADAPT_CSV_H

#include <stddef.h>

#include "qpp/err.h"

enum { QPP_CSV_MOST_FIELD = 1 << 16, QPP_CSV_MOST_RECORD = 1 << 20, QPP_CSV_MOST_COLUMNS = 256 };

/* Where the bytes come from: how many were read, 0 at the end, -1 when it failed. */
typedef ptrdiff_t qpp_csv_source(void *host, void *to, size_t room);

struct qpp_csv_field {
	const char *p;               /* between the quotes where there are some; doubled quotes are still two */
	size_t n;
	bool quoted;
};

/* What is wrong with the text itself; reading cannot go on behind it. */
struct qpp_csv_fault {
	bool too_long;               /* otherwise: not CSV */
	const char *message, *expected;
	uint32_t line, column;
};

struct qpp_csv {
	qpp_csv_source *source;
	void *host;
	char *buffer;
	size_t from, to;             /* what was read and is not yet given out */
	bool at_end;
	uint64_t next_line, bytes;
	/* The record at hand; valid until the next one is asked for. */
	struct qpp_str record;       /* without its line end */
	bool crlf;
	bool open_end;               /* the data ended where a line end was due: the record may have been cut off */
	uint64_t line;               /* where it begins, from 1 */
	struct qpp_csv_field fields[QPP_CSV_MOST_COLUMNS];
	size_t n_fields;
	struct qpp_csv_fault fault;
};

enum qpp_csv_result { QPP_CSV_RECORD, QPP_CSV_END, QPP_CSV_FAULT, QPP_CSV_READ_FAILED };

/* The buffer is taken from the arena. */
void qpp_csv_open(struct qpp_csv *c, struct qpp_arena *a, qpp_csv_source *source, void *host);
enum qpp_csv_result qpp_csv_next(struct qpp_csv *c);

/* Line and column (in bytes, from 1) of a field of the record at hand. */
void qpp_csv_where(const struct qpp_csv *c, size_t field, struct qpp_where *where);

/* The text of a field with doubled quotes made one; in the arena where that changes it. */
struct qpp_str qpp_csv_text(struct qpp_arena *a, const struct qpp_csv_field *f);

#endif
