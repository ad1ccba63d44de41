/* What the parts of `qpp election` share. */
#ifndef QPP_CMD_ELECTION_CLI_H
#define QPP_CMD_ELECTION_CLI_H

#include "cmd/cli.h"
#include "qpp/election.h"

/*
 * Reads an election and judges it; its findings go to `f`, which `q` then has. `*e` stays NULL where no election
 * could be read; the answer is then a rejection.
 */
enum qpp_code qpp_election_read(struct qpp_cli *cli, const char *path, struct qpp_findings *f, struct qpp_request *q,
                                struct qpp_election **e, struct qpp_election_answer *answer);

/* The same; an election without a time is judged as if it were sent now. */
enum qpp_code qpp_election_read_now(struct qpp_cli *cli, const char *path, struct qpp_findings *f, struct qpp_request *q,
                                    struct qpp_election **e, struct qpp_election_answer *answer);

enum qpp_code qpp_election_aggregate(struct qpp_cli *cli);
enum qpp_code qpp_election_email(struct qpp_cli *cli);
enum qpp_code qpp_election_intake(struct qpp_cli *cli);

#endif
