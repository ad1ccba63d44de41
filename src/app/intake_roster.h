/* Records of a roster in CSV (RFC 4180), a port by link: src/adapt/csv/roster_csv.c. */
#ifndef QPP_APP_INTAKE_ROSTER_H
#define QPP_APP_INTAKE_ROSTER_H

#include "qpp/str.h"

/* `take` gets record after record; what is returned is empty, or what was wrong and where ("line 3: ..."). */
struct qpp_str qpp_intake_records(struct qpp_arena *a, struct qpp_str text,
                                  void (*take)(void *self, const struct qpp_str *cells, size_t n), void *self);

#endif
