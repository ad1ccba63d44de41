/*
 * The election of a virtual group, from JSON (docs/cli.md, "The election file").
 *
 * Strict: a member that is not known, a value of another kind, a day or time
 * that does not exist are error findings with their place. An empty text counts
 * as absent. What is absent is left to the check, which knows what an election
 * must hold; only the performance year is missed here, as nothing can be said
 * without it.
 */
#ifndef QPP_JSON_READ_ELECTION_H
#define QPP_JSON_READ_ELECTION_H

#include "qpp/election.h"

/* NULL when there is no election to speak of: no JSON object, or no performance year. Lives in the arena. */
struct qpp_election *qpp_json_read_election(struct qpp_arena *a, struct qpp_str file, struct qpp_str text,
                                            size_t most_bytes, struct qpp_findings *f);

#endif
