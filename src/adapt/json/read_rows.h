/*
 * Rows of the public QPP Experience file (data.cms.gov), as a JSON list of
 * objects: one object a row, one member a column, values as text or as JSON
 * numbers and booleans. row_columns.c lists the columns that are understood, in
 * the names of all years.
 *
 * A column that no year of the file is known to have is passed over and told
 * once (memberUnknown, an information); so is, for each year, which of the
 * columns that infer uses its rows do not have (memberMissing, an
 * information). A cell that is not what its column holds is an error
 * (numberInvalid, valueUnknown) and counts as empty.
 *
 * Codes besides: those of doc.h, kindWrong, tooMany.
 */
#ifndef QPP_JSON_READ_ROWS_H
#define QPP_JSON_READ_ROWS_H

#include "app/infer.h"
#include "qpp/finding.h"

/*
 * The rows, in the order of the file; NULL when there is no list to read, and an
 * error finding then says why. `py` is the year of rows that do not say theirs
 * (the published file is one year; its rows do not); 0: such a row is an error
 * and left out. `most_bytes` 0 is 64 MiB.
 */
struct qpp_experience_row *qpp_json_read_rows(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                              size_t most_bytes, qpp_py py, size_t *n, struct qpp_findings *f);

#endif
