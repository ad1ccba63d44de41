/*
 * Who takes part in MIPS (42 CFR 414.1305, 414.1310): from what is known of a
 * clinician or practice to its eligibility, its special statuses, and the
 * reasons.
 *
 * Absent is unknown and never assumed. Where an absent fact could change the
 * status there is none; `possible` then holds the statuses that remain, and
 * `why.unknown` the facts to tell. One absence has a meaning: without a word
 * about an election to opt in there is none yet (reading opt-in-not-told).
 *
 * The facts are those of the level that is asked about: of an individual what
 * the clinician billed under the TIN, of a group what the whole TIN billed. At
 * the levels of groups the clinician's own facts (type, enrollment, QP) may be
 * left out altogether: the answer is then about the group.
 */
#ifndef QPP_ELIGIBILITY_H
#define QPP_ELIGIBILITY_H

#include "qpp/euc.h"

enum { QPP_SEGMENTS = 2 };

enum qpp_opt_in { QPP_OPT_IN_UNKNOWN, QPP_OPT_IN_NONE, QPP_OPT_IN_ELECTED, QPP_OPT_IN_VOLUNTARY, QPP_OPT_INS };

/* What was billed under the TIN in one segment; `billed` false: nothing at all. */
struct qpp_billed {
	bool billed;
	struct qpp_number allowed_charges;       /* dollars */
	struct qpp_number patients, services;    /* counts */
};

/* A figure of each segment. */
struct qpp_by_segment {
	struct qpp_number v[QPP_SEGMENTS];
};

struct qpp_eligibility_facts {
	bool has_type, has_first_enrolled, has_segments;
	enum qpp_clinician_type type;
	qpp_day first_enrolled;                  /* in Medicare, in any capacity */
	enum qpp_qp_status qp_status;
	enum qpp_tri partial_qp_elected;
	enum qpp_opt_in opt_in;
	struct qpp_billed segment[QPP_SEGMENTS];
	/* The practice: clinicians that bill under the TIN (or TINs), and how many of them are what. */
	struct qpp_by_segment clinicians, non_patient_facing, hospital_based, asc_based, facility_based;
	struct qpp_number rural_share, hpsa_share;              /* of its clinicians, 0..1 */
	/* The individual clinician. */
	enum qpp_tri rural, hpsa;
	struct qpp_by_segment encounters;                       /* patient-facing, telehealth among them */
	struct qpp_by_segment hospital, asc, facility;          /* shares of covered services, 0..1 */
	enum qpp_tri inpatient_or_emergency, hospital_scored;   /* what facility-based needs besides */
	struct qpp_location location;
};

enum qpp_eligibility_status {
	QPP_ELIGIBLE, QPP_ELIGIBLE_OPTED_IN, QPP_OPT_IN_ELIGIBLE, QPP_EXEMPT_LOW_VOLUME, QPP_EXEMPT_NEWLY_ENROLLED,
	QPP_EXEMPT_QP, QPP_EXEMPT_PARTIAL_QP, QPP_INELIGIBLE_TYPE, QPP_ELIGIBILITY_STATUSES,
	QPP_ELIGIBILITY_UNDECIDED = QPP_ELIGIBILITY_STATUSES
};

enum qpp_special {
	QPP_SPECIAL_SMALL, QPP_SPECIAL_RURAL, QPP_SPECIAL_HPSA, QPP_SPECIAL_NON_PATIENT_FACING,
	QPP_SPECIAL_HOSPITAL, QPP_SPECIAL_ASC, QPP_SPECIAL_FACILITY, QPP_SPECIALS
};

struct qpp_eligibility {
	enum qpp_eligibility_status status;
	uint32_t possible;                       /* bits 1u << status */
	uint32_t specials, specials_unknown;     /* bits 1u << enum qpp_special */
	struct qpp_reasons why;
	bool has_euc;                            /* a location was told */
	struct qpp_euc euc;                      /* whether the automatic policy for extreme circumstances holds there */
};

/*
 * Where a location was told, `q->catalog` is asked for its county; it may be NULL.
 * `level` is QPP_INDIVIDUAL, QPP_GROUP or QPP_VIRTUAL_GROUP. Fails with QPP_USAGE for another and with QPP_NO_RULE
 * for a year without rules, or for a virtual group in a year that has none.
 */
QPP_MUST_USE enum qpp_code qpp_eligibility_decide(const struct qpp_request *q, const struct qpp_eligibility_facts *facts,
                                                  enum qpp_entity level, struct qpp_eligibility *out, struct qpp_err *err);

/* As the command line writes them; "undecided", and NULL for a number that is none. */
const char *qpp_eligibility_status_name(enum qpp_eligibility_status s);
const char *qpp_special_name(enum qpp_special s);
const char *qpp_opt_in_name(enum qpp_opt_in o);

#endif
