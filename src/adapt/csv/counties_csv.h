/*
 * CMS's list of the counties under the automatic policy for extreme and
 * uncontrollable circumstances, as CSV: a header that names, in any order,
 * `state_code`, `county_name` and `zipcode` (other columns are passed over),
 * then a line for each ZIP code of each county.
 *
 * Stray blanks, capitals, line ends of either kind, a byte order mark and "Parish"
 * or the like behind a name are taken as they come, and so is a county without ZIP
 * code (tribal land). What is listed twice is a warning and kept once.
 */
#ifndef QPP_ADAPT_COUNTIES_CSV_H
#define QPP_ADAPT_COUNTIES_CSV_H

#include "csv.h"
#include "qpp/catalog.h"
#include "qpp/finding.h"

/* The publication. */
#define QPP_COUNTIES_SOURCE "CMS's public repository qpp-eu-data"

/*
 * Reads a whole list into `a`, in the order of the catalog. Errors among the findings mean that it is not to be kept.
 * Codes: csvMalformed csvTooLong csvFieldCount csvColumnMissing csvColumnDuplicate countyInvalid countyDuplicate
 * tooMany. QPP_CSV_READ_FAILED when the source failed, QPP_CSV_END otherwise.
 */
enum qpp_csv_result qpp_counties_csv_read(struct qpp_arena *a, struct qpp_str file, qpp_csv_source *source, void *host,
                                          struct qpp_str publication, struct qpp_findings *findings,
                                          struct qpp_euc_list *out);

#endif
