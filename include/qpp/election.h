/*
 * May these practices form a virtual group (42 CFR 414.1315)? An election as it
 * was sent, and the answer of the year's rules: accept or reject, with a finding
 * for everything that is wrong, and what being a virtual group means for those
 * who were accepted.
 *
 * Pure: the time of the election is a member of it, no clock is asked. What the
 * election does not say is unknown, never false: it refuses nothing, and a
 * warning with the code of the fault says what it would decide. Only what the
 * election must hold (414.1315(c)(2)) is a fault when it is absent.
 */
#ifndef QPP_ELECTION_H
#define QPP_ELECTION_H

#include "qpp/instant.h"
#include "qpp/score.h"

/* Whether somebody is a qualifying APM participant, in whole or in part. */
enum qpp_election_qp {
	QPP_ELECTION_QP_UNKNOWN, QPP_ELECTION_QP_NONE, QPP_ELECTION_QP_PARTIAL, QPP_ELECTION_QP, QPP_ELECTION_QPS
};

/* One NPI that bills under the TIN of its practice. */
struct qpp_election_clinician {
	struct qpp_str npi;                        /* empty when absent */
	bool has_type;
	enum qpp_clinician_type type;
	enum qpp_tri mips_eligible, newly_enrolled;
	enum qpp_election_qp qp;
	struct qpp_where where;                    /* of the NPI where there is one */
};

struct qpp_election_practice {
	struct qpp_str name, tin;                  /* empty when absent */
	enum qpp_tri in_other_virtual_group;
	struct qpp_count billing_npis;             /* NPIs that bill under the TIN, as the agency knows them */
	struct qpp_count low_volume_criteria_exceeded;
	const struct qpp_election_clinician *clinicians;
	size_t n_clinicians;
	struct qpp_where where, name_where, tin_where, other_where, billing_where, low_volume_where, npis_where;
};

struct qpp_election {
	qpp_py py;
	bool has_submitted_at;
	qpp_instant submitted_at;
	int32_t submitted_offset;                  /* seconds from universal time, as it was written */
	bool submitted_refused;                    /* it was given and could not be read, which was told */
	struct qpp_str changes;                    /* the earlier election it replaces; empty: none */
	enum qpp_tri acknowledged;
	bool has_executed_on;
	qpp_day executed_on;
	struct {
		struct qpp_str name, email, phone, address;
	} representative;
	const struct qpp_election_practice *practices;
	size_t n_practices;
	/* Of the election when they are absent. */
	struct qpp_where where, py_where, submitted_where, changes_where, agreement_where, executed_where,
	    representative_where, practices_where;
};

enum { QPP_ELECTION_MOST_PROGRAMS = 8, QPP_ELECTION_MOST_DUTIES = 8 };

/* What holds for a virtual group throughout its year, and by which paragraph. */
struct qpp_duty {
	struct qpp_str name, cite, says;
};

struct qpp_election_answer {
	bool accepted;                             /* no error among the findings, also those that were there before */
	size_t practices;
	size_t clinicians;                         /* TIN and NPI pairs, whether eligible or not */
	size_t without_adjustment;                 /* of these: QPs and the newly enrolled */
	bool small_practice;                       /* of the virtual group as a whole */
	struct qpp_str apm_score;                  /* what members in a MIPS APM are paid on: virtualGroup, apmEntity */
	struct qpp_str programs[QPP_ELECTION_MOST_PROGRAMS];      /* what it may report to */
	size_t n_programs;
	struct qpp_str closed_programs[QPP_ELECTION_MOST_PROGRAMS];   /* what it may not */
	size_t n_closed_programs;
	struct qpp_duty duties[QPP_ELECTION_MOST_DUTIES];
	size_t n_duties;
};

/*
 * Judges an election under the rules of its own year, to which the request's
 * rules are bound; its findings go to those of the request, which must not be
 * NULL. Errors: QPP_NO_RULE for a year without virtual groups or rules, unless the election came in the window of
 * another year, which is then the finding (wrongYear).
 *
 *   time         late notOpen wrongYear changeDuringYear, memberMissing without a time
 *   the parties  tooFewTins tinDuplicate tinInOtherVirtualGroup practiceIncomplete identifierInvalid
 *   size         tooManyClinicians soloHasSeveralNpis npiListIncomplete
 *   eligibility  noEligibleClinician soloNotEligible belowLowVolume
 *   agreement    agreementNotAcknowledged agreementAfterElection representativeMissing
 */
QPP_MUST_USE enum qpp_code qpp_election_check(const struct qpp_request *q, const struct qpp_election *e,
                                              struct qpp_election_answer *out, struct qpp_err *err);

/* A provision that the agreement of the virtual group holds, in the order of its year (414.1315(c)(3)). */
struct qpp_provision {
	struct qpp_str name, letter, says;
};

/* All provisions of the year; QPP_NO_RULE when there are none. */
QPP_MUST_USE enum qpp_code qpp_election_provisions(const struct qpp_request *q, const struct qpp_provision **out,
                                                   size_t *n, struct qpp_err *err);

const char *qpp_election_qp_name(enum qpp_election_qp qp);   /* "none", "partial", "qp"; NULL when unknown */

#endif
