/* The agency's feedback against ours, for a terminal: a table, and below each difference why ours is so. */
#ifndef QPP_TEXT_AGENCY_H
#define QPP_TEXT_AGENCY_H

#include "app/agency.h"

struct qpp_str qpp_text_agency(struct qpp_arena *a, const struct qpp_agency *theirs, const struct qpp_agency_lines *x);

#endif
