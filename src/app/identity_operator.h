/*
 * What operators decide about access: requests in organizations that have no
 * Security Official who could, and accounts that are locked or disabled. Part of
 * identity: what identity.h says of threads, waiting and audit records holds.
 */
#ifndef QPP_APP_IDENTITY_OPERATOR_H
#define QPP_APP_IDENTITY_OPERATOR_H

#include "app/identity.h"

/*
 * Requests that nobody of the organization can decide, the oldest first; decided by qpp_role_act() with the reason as its
 * note. QPP_FORBIDDEN: no operator.
 */
QPP_MUST_USE enum qpp_code qpp_roles_waiting(struct qpp_identity *identity, struct qpp_arena *arena,
                                             const struct qpp_person *who, struct qpp_slice slice, struct qpp_roles_held *out,
                                             struct qpp_err *err);

/* An account nobody can sign in to; `disabled`: not until an operator enables it. */
struct qpp_account_shut {
	struct qpp_str id, provider, subject, name, email;
	qpp_time locked_until, signed_in;
	bool disabled;
};
struct qpp_accounts_shut {
	const struct qpp_account_shut *v;
	size_t n;
	int64_t total;
};
QPP_MUST_USE enum qpp_code qpp_accounts_shut(struct qpp_identity *identity, struct qpp_arena *arena,
                                             const struct qpp_person *who, struct qpp_slice slice,
                                             struct qpp_accounts_shut *out, struct qpp_err *err);
/* One of them; QPP_NOT_FOUND: there is none, or it is open. */
QPP_MUST_USE enum qpp_code qpp_account_shut_get(struct qpp_identity *identity, struct qpp_arena *arena,
                                                const struct qpp_person *who, struct qpp_str account_id,
                                                struct qpp_account_shut *out, struct qpp_err *err);
/*
 * Opens it: the lock is taken off, a disabled account is enabled. Not the operator's own. Mail tells the person. Waits.
 * QPP_NOT_FOUND; QPP_CONFLICT: it is open; QPP_FORBIDDEN: no operator, or the own account.
 */
QPP_MUST_USE enum qpp_code qpp_account_open(struct qpp_identity *identity, struct qpp_arena *arena, const struct qpp_from *from,
                                            const struct qpp_person *who, struct qpp_str account_id, struct qpp_err *err);

#endif
