/* The answer to an election as text for a terminal; made in the arena. */
#ifndef QPP_TEXT_RENDER_ELECTION_H
#define QPP_TEXT_RENDER_ELECTION_H

#include "qpp/election.h"

/* Decision and effects; the findings are printed apart. `e` may be NULL: nothing could be read. */
struct qpp_str qpp_text_election(struct qpp_arena *a, const struct qpp_election *e,
                                 const struct qpp_election_answer *x, const struct qpp_findings *f);
struct qpp_str qpp_text_provisions(struct qpp_arena *a, const struct qpp_provision *v, size_t n);

#endif
