/* The answer to an election as JSON, in the shape of docs/cli.md; see write.h for how values are written. */
#ifndef QPP_JSON_WRITE_ELECTION_H
#define QPP_JSON_WRITE_ELECTION_H

#include "adapt/json/write.h"
#include "qpp/election.h"

/*
 * decision, performanceYear, findings; effects when accepted. `e` NULL, where no election could be read, gives a
 * rejection with its findings.
 */
json_t *qpp_json_election(const struct qpp_election *e, const struct qpp_election_answer *x,
                          const struct qpp_findings *f);

/* {"provisions": [{cite, provision, says}]} */
json_t *qpp_json_provisions(struct qpp_arena *a, const struct qpp_provision *v, size_t n);

#endif
