/*
 * The store: organizations, clinicians, and who belongs where in which year.
 * Included by store.h, which says what holds for all of it.
 */
#include "app/store.h"

#ifndef QPP_APP_STORE_PEOPLE_H
#define QPP_APP_STORE_PEOPLE_H

#include "qpp/submission.h"

/* Kinds of organization. An individual clinician's own page is an organization of its own, found by the NPI. */
enum qpp_org_kind {
	QPP_ORG_NONE, QPP_ORG_PRACTICE, QPP_ORG_VIRTUAL_GROUP, QPP_ORG_SUBGROUP, QPP_ORG_APM_ENTITY, QPP_ORG_REGISTRY,
	QPP_ORG_CLINICIAN, QPP_ORG_AGENCY, QPP_ORG_KINDS
};
const char *qpp_org_kind_name(enum qpp_org_kind k);          /* practice virtualGroup subgroup apmEntity registry clinician agency */
enum qpp_org_kind qpp_org_kind_of(struct qpp_str name);      /* QPP_ORG_NONE when unknown */

struct qpp_org {
	struct qpp_str id;
	enum qpp_org_kind kind;
	struct qpp_str number;       /* virtual group, subgroup, APM entity or registry id, NPI; empty for a practice */
	struct qpp_str name, address1, address2, city, state, zip, county;
	struct qpp_str body;         /* what else is known, not of a year */
	struct qpp_str tin_masked;   /* *****1234; empty without a TIN */
	int64_t version;
};
QPP_ROWS(qpp_org);

/*
 * New, or all of it anew by `id` under `version`. `tin`: nine digits; empty: none, or the one it has. Two organizations
 * of one kind with the same TIN (practices) or number are QPP_DUPLICATE. QPP_STALE.
 */
QPP_MUST_USE enum qpp_code qpp_store_org_put(struct qpp_tx *tx, struct qpp_org *org, struct qpp_str tin, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_org_get(struct qpp_tx *tx, struct qpp_str id, struct qpp_org *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_org_by_tin(struct qpp_tx *tx, struct qpp_str tin, struct qpp_org *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_org_by_number(struct qpp_tx *tx, enum qpp_org_kind kind, struct qpp_str number,
                                                   struct qpp_org *out, struct qpp_err *err);
/* By kind, in the order of their names; those whose name begins with `name` (case ignored) where it is not empty. */
QPP_MUST_USE enum qpp_code qpp_store_org_list(struct qpp_tx *tx, enum qpp_org_kind kind, struct qpp_str name,
                                              struct qpp_slice slice, struct qpp_org_rows *out, struct qpp_err *err);
/* The TIN in the clear: for those who have the role to see it, and for hand-over to scoring. Empty without one. */
QPP_MUST_USE enum qpp_code qpp_store_org_tin(struct qpp_tx *tx, struct qpp_str id, struct qpp_str *out, struct qpp_err *err);

struct qpp_clinician {
	struct qpp_str npi;
	int64_t type;                /* 1 a person, 2 an organization */
	struct qpp_str first, middle, last, specialty;
	struct qpp_str enrolled;     /* YYYY-MM-DD, or empty */
	struct qpp_str body;
};
QPP_ROWS(qpp_clinician);

/* New or all of it anew, by NPI. */
QPP_MUST_USE enum qpp_code qpp_store_clinician_put(struct qpp_tx *tx, const struct qpp_clinician *c, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_clinician_get(struct qpp_tx *tx, struct qpp_str npi, struct qpp_clinician *out,
                                                   struct qpp_err *err);

/* A clinician bills through a practice in a year (TIN/NPI): facts of eligibility and special statuses. */
struct qpp_relation {
	qpp_py py;
	struct qpp_str org_id, npi;
	struct qpp_str facts;        /* JSON: the facts of eligibility (docs/cli.md) */
	struct qpp_str statuses;     /* words of qpp_status_name() between single spaces, in the order of the enum */
	struct qpp_str body;         /* JSON: what else the eligibility answer shows (scenario, specialty) */
};
QPP_ROWS(qpp_relation);

/* New or all of it anew, by year, organization and NPI. */
QPP_MUST_USE enum qpp_code qpp_store_relation_put(struct qpp_tx *tx, const struct qpp_relation *r, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_relation_get(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str npi,
                                                  struct qpp_relation *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_relation_delete(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id, struct qpp_str npi,
                                                     struct qpp_err *err);
/* Of one clinician (by organization id); of one organization (by NPI). */
QPP_MUST_USE enum qpp_code qpp_store_relation_of_npi(struct qpp_tx *tx, qpp_py py, struct qpp_str npi,
                                                     struct qpp_relation_rows *out, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_relation_of_org(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id,
                                                     struct qpp_slice slice, struct qpp_relation_rows *out,
                                                     struct qpp_err *err);

/* A practice, or one clinician of it, is in a virtual group, subgroup or APM entity that year. */
struct qpp_membership {
	qpp_py py;
	struct qpp_str group_id;     /* organization: virtual group, subgroup or APM entity */
	struct qpp_str org_id;       /* the practice */
	struct qpp_str npi;          /* empty: the whole practice */
	struct qpp_str body;         /* JSON: relationship code, QP scores, low-volume figures of the entity */
};
QPP_ROWS(qpp_membership);

QPP_MUST_USE enum qpp_code qpp_store_membership_put(struct qpp_tx *tx, const struct qpp_membership *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_membership_delete(struct qpp_tx *tx, const struct qpp_membership *m, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_membership_of_group(struct qpp_tx *tx, qpp_py py, struct qpp_str group_id,
                                                         struct qpp_slice slice, struct qpp_membership_rows *out,
                                                         struct qpp_err *err);
/* Those of a practice as a whole and of its clinicians; `npi` empty: all of the practice, else what concerns that one. */
QPP_MUST_USE enum qpp_code qpp_store_membership_of_org(struct qpp_tx *tx, qpp_py py, struct qpp_str org_id,
                                                       struct qpp_str npi, struct qpp_membership_rows *out,
                                                       struct qpp_err *err);
/* Those that name the clinician, whatever the practice. */
QPP_MUST_USE enum qpp_code qpp_store_membership_of_npi(struct qpp_tx *tx, qpp_py py, struct qpp_str npi,
                                                       struct qpp_membership_rows *out, struct qpp_err *err);

/*
 * Who a submission, a run or a fact is about: an organization in a year, and the clinician in it where it is an
 * individual. `org_id` is the practice (individual, group), the virtual group, the subgroup or the APM entity.
 */
struct qpp_who {
	qpp_py py;
	enum qpp_entity entity;
	struct qpp_str org_id, npi;
};

/* What is known of somebody for a purpose: `topic` "scoring" (docs/cli.md, facts), "eligibility", "stats", ... */
struct qpp_fact_row {
	struct qpp_who who;
	struct qpp_str topic, body;
	int64_t version;
};
/* New, or anew under `version`; version 0 replaces whatever there is. QPP_STALE. */
QPP_MUST_USE enum qpp_code qpp_store_fact_put(struct qpp_tx *tx, struct qpp_fact_row *f, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_store_fact_get(struct qpp_tx *tx, const struct qpp_who *who, struct qpp_str topic,
                                              struct qpp_fact_row *out, struct qpp_err *err);

#endif
