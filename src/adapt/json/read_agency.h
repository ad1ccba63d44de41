/*
 * The agency's feedback as it is handed out: rows of the public Experience file as CSV (also by tabs) or JSON, or the JSON of
 * a score from its API. Which of them it is shows in the text itself.
 *
 * Of several rows the one of `npi` is read, or else the first; the note says which, and that none was of the NPI. All rows
 * are looked at, the one alone is read: what is wrong with another person's is not told. Faults are findings with the line of
 * the file; with an error nothing is compared. Codes: those of doc.h and read_rows.h, memberMissing.
 */
#ifndef QPP_JSON_READ_AGENCY_H
#define QPP_JSON_READ_AGENCY_H

#include "app/agency.h"
#include "qpp/finding.h"

/* `py`: the year of rows that do not say theirs. `file`: as findings name it, empty for what was pasted. */
void qpp_json_read_agency(struct qpp_arena *a, struct qpp_str file, qpp_py py, struct qpp_str npi, struct qpp_str text,
                          struct qpp_agency *out, struct qpp_findings *f);

#endif
