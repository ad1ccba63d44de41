/*
 * Performance feedback: what somebody's people see of the released versions of
 * a score, and why it is so. Figures are those of the version; the reasons are
 * made again from what was filed, and shown only when it still is what the
 * version was made of (the hash of its inputs, the rules).
 *
 * Who may (portal.md 2.3): a practice's people its group, subgroups and every TIN/NPI of it, and no other; a clinician the
 * own TIN/NPIs; an APM entity's people the entity, a virtual group's people the virtual group; the agency all. A registry or
 * vendor never, and a participant's people never the entity's own page: QPP_FORBIDDEN, and an entry in the audit. What is of
 * others is QPP_NOT_FOUND, as is a subject without a released version.
 */
#ifndef QPP_APP_FEEDBACK_H
#define QPP_APP_FEEDBACK_H

#include "app/runs.h"
#include "app/runs_whatif.h"
#include "qpp/claims.h"

struct qpp_feedback_version {
	struct qpp_str id;                       /* of the version, for qpp_feedback_ask */
	int64_t number;
	enum qpp_phase phase;
	qpp_time released;                       /* from when it is seen */
	struct qpp_str reason;                   /* correction notice, request number, or why the run was made */
	bool review;                             /* it is the number of a request for review */
	struct qpp_str final_score;              /* empty: none */
	struct qpp_str factor;                   /* empty: none, or not released (`factor_released` 0) */
	qpp_time factor_released;
	bool current;
};

/* Another score that the TIN/NPI has, and why it does not count. */
struct qpp_feedback_other {
	enum qpp_entity level;
	struct qpp_org org;
	struct qpp_str final_score, why, rule;
};

struct qpp_feedback_ask {
	struct qpp_who who;              /* individual: the TIN/NPI */
	struct qpp_str version_id;       /* empty: the current one */
	bool detail;                     /* with categories, measures and reasons: makes the score again */
};

struct qpp_feedback {
	struct qpp_who who;
	struct qpp_org org;
	struct qpp_clinician clinician;          /* of an individual */
	struct qpp_feedback_version *versions;   /* newest first */
	size_t n_versions;
	const struct qpp_feedback_version *shown;
	int payment_year;                        /* that the factor is for */
	/* Which score counts: of `shown`. */
	bool pays;
	enum qpp_entity level;
	struct qpp_org level_org;
	struct qpp_str why, no_factor;           /* no_factor: why there is none to see; empty when there is one */
	struct qpp_feedback_other *others;
	size_t n_others;
	/*
	 * The score with its categories, weights, measures, deciles and reasons; NULL with a sentence in `no_detail`: not
	 * asked for, the data changed since, or it is of an entity that the asker does not belong to. Before the factor is
	 * released there is none in it either.
	 */
	const struct qpp_scored *scored;
	const struct qpp_answer *answer;         /* that `scored` is the one score of, with the data; NULL as it is */
	struct qpp_str no_detail;
	bool factor_additional_year;             /* the year has an additional factor for exceptional performance */
};

QPP_MUST_USE enum qpp_code qpp_feedback_see(const struct qpp_call *call, const struct qpp_feedback_ask *ask,
                                            struct qpp_feedback *out, struct qpp_err *err);

/*
 * Files of feedback are for the organization's own people: QPP_FORBIDDEN while somebody looks on as another. Before one is
 * given out, in a write of its own: who took what as which kind of file ("csv").
 */
QPP_MUST_USE enum qpp_code qpp_feedback_may_download(const struct qpp_call *call, struct qpp_err *err);
QPP_MUST_USE enum qpp_code qpp_feedback_download(const struct qpp_call *call, const struct qpp_feedback *x, const char *kind,
                                                 struct qpp_err *err);

/* A year with a catalog, newest first, and from when its scores and factors are seen by everybody; us 0: not by now. */
struct qpp_feedback_year {
	qpp_py py;
	qpp_time scores, factors;
};
struct qpp_feedback_years {
	struct qpp_feedback_year *v;
	size_t n;
};
QPP_MUST_USE enum qpp_code qpp_feedback_years(const struct qpp_call *call, struct qpp_feedback_years *out, struct qpp_err *err);

/* What changed between two versions of a subject that the asker may see, as facts. QPP_CONFLICT: one cannot be made again. */
QPP_MUST_USE enum qpp_code qpp_feedback_changes(const struct qpp_call *call, const struct qpp_who *who, struct qpp_str old_id,
                                                struct qpp_str now_id, struct qpp_changes *out, struct qpp_err *err);

/* What there is to open in an organization: its own scores, then its TIN/NPIs by NPI. Same rights. */
struct qpp_feedback_line {
	struct qpp_who who;
	struct qpp_str name;                     /* of the clinician or organization */
	struct qpp_feedback_version current;
	enum qpp_entity level;                   /* whose score counts; of a TIN/NPI */
};
struct qpp_feedback_lines {
	struct qpp_org org;                      /* of qpp_feedback_list */
	struct qpp_feedback_line *v;
	size_t n;
	int64_t total;
};
QPP_MUST_USE enum qpp_code qpp_feedback_list(const struct qpp_call *call, qpp_py py, struct qpp_str org_id, struct qpp_slice slice,
                                             struct qpp_feedback_lines *out, struct qpp_err *err);

/* The TIN/NPIs of one clinician that the asker may see: under TINs of others there are none. */
QPP_MUST_USE enum qpp_code qpp_feedback_of_npi(const struct qpp_call *call, qpp_py py, struct qpp_str npi,
                                               struct qpp_feedback_lines *out, struct qpp_err *err);

/*
 * What a factor does to amounts that Medicare pays (before it) for covered professional services, each for the first day of
 * the payment year that is told; exact cents, by the rules of claims. `factor` as in a version. QPP_NO_RULE, QPP_ARITHMETIC.
 */
struct qpp_claims_impact {
	qpp_day day;
	struct qpp_claim_result *lines;
	struct qpp_claim_totals totals;
	struct qpp_claim_result of_hundred;      /* dollars */
};
QPP_MUST_USE enum qpp_code qpp_feedback_claims(const struct qpp_call *call, qpp_py py, struct qpp_str factor,
                                               const qpp_cents *paid, size_t n, struct qpp_claims_impact *out, struct qpp_err *err);

#endif
