/*
 * The e-mail election, going out: the text and the roster that the official
 * representative sends to the agency (42 CFR 414.1315(c)(2)). app/intake.h reads
 * the same back: what is written here is judged there as it was here.
 */
#ifndef QPP_APP_ELECTION_MAIL_H
#define QPP_APP_ELECTION_MAIL_H

#include "qpp/election.h"

/* "MIPS virtual group election, performance year ..." */
struct qpp_str qpp_election_mail_subject(struct qpp_arena *a, const struct qpp_election *e);

/* Plain text: year, representative, agreement with the provisions it holds, practices with TIN and NPIs. */
struct qpp_str qpp_election_mail_text(struct qpp_arena *a, const struct qpp_election *e, const struct qpp_provision *v, size_t n);

/* RFC 4180: a record for each NPI, one for a practice without any. Cells that a spreadsheet would run begin with a quote sign. */
struct qpp_str qpp_election_mail_roster(struct qpp_arena *a, const struct qpp_election *e);

#endif
