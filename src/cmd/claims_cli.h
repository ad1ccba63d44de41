/* What the two halves of `qpp claims` share. */
#ifndef QPP_CMD_CLAIMS_CLI_H
#define QPP_CMD_CLAIMS_CLI_H

#include "cmd/cli.h"
#include "qpp/claims.h"

/* The factor as answers print it, and the year that was given (0: none). */
struct qpp_claims_call {
	struct qpp_claims claims;
	qpp_py py;
};

enum qpp_code qpp_claims_adjust(struct qpp_cli *cli, const struct qpp_claims_call *call, const char *path);
enum qpp_code qpp_claims_check(struct qpp_cli *cli, const struct qpp_claims_call *call, const char *path);

struct qpp_str qpp_cents_text(struct qpp_arena *a, qpp_cents v);
/* `factorPercent`, and `year` where one was given. */
json_t *qpp_claims_json(struct qpp_arena *a, const struct qpp_claims_call *call);
/* Several lists as one; nothing is put when all are empty. */
void qpp_claims_put_findings(json_t *to, const struct qpp_findings *lists, size_t n);

#endif
