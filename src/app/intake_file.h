/*
 * Filing an election that came by e-mail from the account of a Security Official.
 * It is judged with what the store knows (the other virtual groups of the year,
 * who bills under each TIN, eligibility), and filed when there is no error.
 */
#ifndef QPP_APP_INTAKE_FILE_H
#define QPP_APP_INTAKE_FILE_H

#include "app/receipt.h"
#include "app/service.h"
#include "qpp/election.h"

struct qpp_intake_filing {
	const struct qpp_election *election;     /* as it was read; `at` is its time */
	const struct qpp_rules *rules;           /* bound to its year */
	const struct qpp_years *years;
	qpp_time at;                             /* when the last byte came */
	qpp_instant judged;                      /* the time it is judged by */
	struct qpp_str bytes;                    /* the message, kept with the receipt */
	struct qpp_str key;                      /* of the message: the same again is answered as the first time */
	struct qpp_str account_id;
	bool proved;                             /* the sender's mail server vouches for the address */
};

struct qpp_intake_filed {
	bool accepted, replayed;
	struct qpp_str id;                       /* of the election; empty when nothing was filed */
	struct qpp_str replaced;                 /* an election of the same sender that this one took the place of */
	int64_t sequence;                        /* of its record in the ledger */
};


/* Findings go to `findings`. Errors are the store's. */
QPP_MUST_USE enum qpp_code qpp_intake_file(struct qpp_store *store, struct qpp_arena *a, const struct qpp_intake_filing *f,
                                           struct qpp_findings *findings, struct qpp_intake_filed *out, struct qpp_err *err);

/* Who withdraws: the accounts with the sender's address. */
struct qpp_intake_withdrawal {
	qpp_py py;
	const struct qpp_str *accounts;
	size_t n_accounts;
	qpp_time at;
	struct qpp_str bytes, key;
};
/*
 * What these accounts elected by mail for the year, received, returned or approved, does not stand any more: its practices are free,
 * and the message is a record of the ledger. Once for a key. QPP_NOT_FOUND: they elected nothing that stands.
 */
QPP_MUST_USE enum qpp_code qpp_intake_withdraw(struct qpp_store *store, struct qpp_arena *a, const struct qpp_intake_withdrawal *x,
                                               struct qpp_intake_filed *out, struct qpp_err *err);

#endif
