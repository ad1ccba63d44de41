/*
 * Who takes part, by NPI: a clinician with every practice it bills through in a
 * year, what the rules say of it there alone and as part of the practice, and
 * the APM entities and virtual groups it belongs to. Public; the TIN of a
 * practice is for its own people only.
 */
#ifndef QPP_APP_PROVIDER_H
#define QPP_APP_PROVIDER_H

#include "app/service.h"

struct qpp_eligibility;
struct qpp_eligibility_facts;

/* Which low-volume figures are at or below their threshold; bits. */
enum { QPP_LOW_CHARGES = 1, QPP_LOW_PATIENTS = 2, QPP_LOW_SERVICES = 4 };

/* What holds at one level; `facts` NULL: nothing is known there. */
struct qpp_standing {
	const struct qpp_eligibility_facts *facts;
	const struct qpp_eligibility *decided;
	unsigned low;
	bool low_known;
};

/* The facts read and decided by the rules of the year; without facts nothing is known. `low` is not set. */
QPP_MUST_USE enum qpp_code qpp_standing_read(const struct qpp_call *call, qpp_py py, struct qpp_str facts, enum qpp_entity level,
                                             struct qpp_standing *out, struct qpp_err *err);

struct qpp_provider_group {
	struct qpp_org org;              /* APM entity or virtual group */
	struct qpp_str body;             /* of the membership */
};

struct qpp_provider_org {
	struct qpp_org org;
	struct qpp_str tin;              /* for its own people; empty otherwise */
	struct qpp_relation relation;
	struct qpp_standing alone, together;
	struct qpp_provider_group *groups;
	size_t n_groups;
};

struct qpp_provider {
	qpp_py py;
	struct qpp_clinician clinician;
	struct qpp_provider_org *orgs;
	size_t n_orgs;
};

/* QPP_USAGE: no NPI; QPP_NOT_FOUND: nothing is known of it that year; QPP_NO_RULE. */
QPP_MUST_USE enum qpp_code qpp_provider_of(const struct qpp_call *call, struct qpp_str npi, qpp_py py, struct qpp_provider *out,
                                           struct qpp_err *err);

/* What facts of eligibility, as their text, come to at a level; nothing (`facts` NULL) for an empty text, or a year without rules. */
QPP_MUST_USE enum qpp_code qpp_provider_stand(const struct qpp_call *call, qpp_py py, struct qpp_str facts, enum qpp_entity level,
                                              struct qpp_standing *out, struct qpp_err *err);

/* National figures that the agency keeps for a year, as their text (topic "stats"); QPP_NOT_FOUND. */
QPP_MUST_USE enum qpp_code qpp_provider_stats(const struct qpp_call *call, qpp_py py, enum qpp_entity level, struct qpp_str *out,
                                              struct qpp_err *err);

/* Facts of eligibility out of their text (docs/cli.md), a port by link: src/adapt/json. NULL: it is no such text. */
const struct qpp_eligibility_facts *qpp_eligibility_doc_read(struct qpp_arena *a, struct qpp_str text, struct qpp_findings *f);

#endif
