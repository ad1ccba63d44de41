/*
 * The store: virtual groups on their way to an election. Included by store.h,
 * which says what holds for all of it. Words of states are the use case's
 * (app/vgroup.h).
 */
#include "app/store.h"

#ifndef QPP_APP_STORE_VGROUPS_H
#define QPP_APP_STORE_VGROUPS_H

#include "app/store_people.h"

struct qpp_vgroup_row {
	struct qpp_str id;
	qpp_py py;
	struct qpp_str name, state;
	struct qpp_str origin;           /* portal, mail */
	struct qpp_str org_id;           /* the practice that began; empty for one that came by mail */
	struct qpp_str account_id;       /* the representative's; empty when not known */
	struct qpp_str rep_name, rep_title, rep_email, rep_phone, rep_address;
	struct qpp_str executed_on;      /* YYYY-MM-DD, of an agreement that was made elsewhere; empty otherwise */
	struct qpp_str identifier, group_org_id;     /* once approved */
	struct qpp_str note;             /* the reasons of the last decision */
	qpp_time filed;                  /* 0: never */
	int64_t sequence;                /* of the ledger record of what stands filed; 0: none */
	bool revising;                   /* filed, and being changed: what was filed stands until it is filed anew */
	qpp_time created, changed;
	int64_t version;
};
QPP_ROWS(qpp_vgroup_row);

/* New, or anew by id under `version`. QPP_NOT_FOUND, QPP_STALE. */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_put(struct qpp_tx *tx, struct qpp_vgroup_row *g, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_vgroup_row *out, struct qpp_err *err);

/* Empty and 0: any. Newest filing first, then newest. `name` begins with it, case counts. */
struct qpp_vgroup_query {
	qpp_py py;
	struct qpp_str state, origin, name;
	bool filed;                      /* only those that were filed at some time */
};
QPP_MUST_USE enum qpp_code qpp_store_vgroup_list(struct qpp_tx *tx, const struct qpp_vgroup_query *q, struct qpp_slice slice,
                                                 struct qpp_vgroup_row_rows *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_count(struct qpp_tx *tx, const struct qpp_vgroup_query *q, int64_t *out, struct qpp_err *err);

/* A practice in a virtual group, whatever came of its invitation. */
struct qpp_vgroup_party {
	struct qpp_str group_id, org_id;
	qpp_py py;
	struct qpp_str state, by_id;     /* by_id: account that answered */
	qpp_time invited, answered;
	bool elected;                    /* it is in what stands filed */
};
QPP_ROWS(qpp_vgroup_party);

/* New or all of it anew, by group and organization. */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_party_put(struct qpp_tx *tx, const struct qpp_vgroup_party *p, struct qpp_err *err);
/* Of a group, in the order of invitation; of a practice in a year (0: any), newest first. */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_parties(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_party_rows *out,
                                                    struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_party_of(struct qpp_tx *tx, struct qpp_str org_id, qpp_py py,
                                                     struct qpp_vgroup_party_rows *out, struct qpp_err *err);

/*
 * A practice is in one virtual group a year. QPP_DUPLICATE: another has it, `*holder` says which; to have it already is
 * fine. Nobody having it is an empty `*out`.
 */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_claim(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str group_id,
                                                  struct qpp_str *holder, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_claimed(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str *out,
                                                    struct qpp_err *err);
/* What the group has is free again: of one practice, or of all (`org_id` empty). */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_release(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str org_id,
                                                    struct qpp_err *err);

/* The NPIs of a party: edition "list" is what it lists now, "elected" what stands filed. */
struct qpp_vgroup_npi {
	struct qpp_str group_id, edition, org_id, npi;
	int64_t place;
};
QPP_ROWS(qpp_vgroup_npi);
/* All NPIs of a party anew (`org_id` empty and `n` 0: none of any party). Of a group, in the order of parties and places. */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_npis_put(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str edition,
                                                     struct qpp_str org_id, const struct qpp_str *npis, size_t n, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_npis(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str edition,
                                                 struct qpp_vgroup_npi_rows *out, struct qpp_err *err);

/* Whether an NPI stands elected in another virtual group of the year. */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_npi_elsewhere(struct qpp_tx *tx, qpp_py py, struct qpp_str group_id, struct qpp_str npi,
                                                          bool *out, struct qpp_err *err);

/* A clause as the parties changed it. */
struct qpp_vgroup_clause {
	struct qpp_str group_id, provision, body, account_id;
	qpp_time changed;
};
QPP_ROWS(qpp_vgroup_clause);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_clause_put(struct qpp_tx *tx, const struct qpp_vgroup_clause *c, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_clauses(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_clause_rows *out,
                                                    struct qpp_err *err);

/* A text that somebody signed, kept once by its hash. */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_agreement_keep(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str hash,
                                                           struct qpp_str body, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_agreement_get(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_str hash,
                                                          struct qpp_str *body, struct qpp_err *err);
struct qpp_vgroup_signature {
	struct qpp_str group_id, org_id, hash, account_id, name, title;
	qpp_time at;
};
QPP_ROWS(qpp_vgroup_signature);
/* QPP_DUPLICATE: the party signed this text already. In the order of signing. */
QPP_MUST_USE enum qpp_code qpp_store_vgroup_sign(struct qpp_tx *tx, const struct qpp_vgroup_signature *s, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_signatures(struct qpp_tx *tx, struct qpp_str group_id,
                                                       struct qpp_vgroup_signature_rows *out, struct qpp_err *err);

/* What happened, oldest first; `number` is set by the store. */
struct qpp_vgroup_event {
	struct qpp_str group_id;
	int64_t number;
	qpp_time at;
	struct qpp_str account_id, org_id, kind, note;
};
QPP_ROWS(qpp_vgroup_event);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_event_add(struct qpp_tx *tx, struct qpp_vgroup_event *e, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_events(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_event_rows *out,
                                                   struct qpp_err *err);

struct qpp_vgroup_share {
	struct qpp_str group_id, org_id;
	bool shows;
	struct qpp_str score, dollars, source;       /* as typed */
};
QPP_ROWS(qpp_vgroup_share);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_share_put(struct qpp_tx *tx, const struct qpp_vgroup_share *s, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_vgroup_shares(struct qpp_tx *tx, struct qpp_str group_id, struct qpp_vgroup_share_rows *out,
                                                   struct qpp_err *err);

#endif
