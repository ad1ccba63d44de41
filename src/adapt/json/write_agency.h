/* The agency's feedback against ours, as JSON (docs/cli.md); gives a new value that the caller owns. */
#ifndef QPP_JSON_WRITE_AGENCY_H
#define QPP_JSON_WRITE_AGENCY_H

#include <jansson.h>

#include "app/agency.h"

json_t *qpp_json_agency(qpp_py py, const struct qpp_agency *theirs, const struct qpp_agency_lines *x, const struct qpp_findings *f);

#endif
