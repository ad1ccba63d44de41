/*
 * An election that came by mail becomes a virtual group of the store, received
 * and waiting for a reviewer. For those who have judged it: they call this in the
 * write that files it, so that judging and taking are one.
 */
#ifndef QPP_APP_VGROUP_TAKE_H
#define QPP_APP_VGROUP_TAKE_H

#include "app/service.h"
#include "app/store.h"
#include "qpp/election.h"

/*
 * `row`: its name (empty: made of the representative's), account, filed moment and ledger sequence are the caller's; with an
 * id and version it is the earlier election that this one replaces, whose practices are free first. Practices that nobody
 * knows are made. QPP_DUPLICATE: a practice is another group's.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_take(struct qpp_tx *tx, struct qpp_vgroup_row *row, const struct qpp_election *e, struct qpp_err *err);

/*
 * Which virtual group has a practice in a year: `*holder` is empty when none has, and `*own` is the row of an election that
 * came by mail for the same representative's address, or account where there is one, which a new one would replace.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_holder(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str account_id, struct qpp_str address,
                                             struct qpp_str *holder, struct qpp_vgroup_row *own, struct qpp_err *err);

/*
 * What the store knows of a practice (who bills under its TIN, eligibility of those that are listed, the low-volume threshold, the
 * virtual group that has it) is put over what a message says of it. `own`: the election that a new one would replace, with the
 * year; its hold on the practice is none.
 */
QPP_MUST_USE enum qpp_code qpp_vgroup_know(const struct qpp_service *service, struct qpp_tx *tx, const struct qpp_vgroup_row *own,
                                           struct qpp_str org_id, struct qpp_election_practice *p, struct qpp_err *err);

/* An election that came by mail does not stand any more: its parties are out, its practices free, an approved group has no members. */
QPP_MUST_USE enum qpp_code qpp_vgroup_let_go(struct qpp_tx *tx, struct qpp_vgroup_row *row, struct qpp_err *err);

#endif
