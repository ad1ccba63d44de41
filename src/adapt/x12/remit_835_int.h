/* What the files of the 835 reader share. */
#ifndef QPP_ADAPT_REMIT_835_INT_H
#define QPP_ADAPT_REMIT_835_INT_H

#include "remit_835.h"

/* A finding about a segment; only one of QPP_835_ERRORS is an error. */
struct qpp_finding *qpp_835_find(struct qpp_835 *r, enum qpp_835_list kind, const char *code, uint64_t segment,
                                 const char *message);
/* The first element must be the count `expected`. */
void qpp_835_hold_count(struct qpp_835 *r, const char *message, uint64_t expected);

/* The second element must be the control number that the frame began with; numbers may have zeros in front. */
void qpp_835_hold_control(struct qpp_835 *r, const char *message, const struct qpp_835_text *expected);

struct qpp_str qpp_835_kept(const struct qpp_835_text *t);
/* False with its finding when the sum does not fit. */
bool qpp_835_add(struct qpp_835 *r, qpp_cents *to, qpp_cents v);

/* Finish what is open; false when an amount was too large. */
bool qpp_835_end_line(struct qpp_835 *r);
bool qpp_835_end_claim(struct qpp_835 *r);
bool qpp_835_end_set(struct qpp_835 *r);

#endif
